/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-id.h"
#include "consent/wuyou-agreement-import.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* What a person says about a new version of the agreements. Borrowed. */
typedef struct {
  GPtrArray *files;       /* GBytes, Markdown */
  WuyouDate effective_on; /* NONE: what the text says */
  const char *audience;
  const char *label;   /* NULL: what the text says */
  const char *summary; /* or NULL */
  gboolean material;
  gboolean keep_dates; /* the text may name another day than @effective_on, which binds all the same */
} WuyouBundleSource;

/* Reads the files and gives every clause its id against the newest version for that audience in @store. Bundle and
 * documents have their ids. *@ret_proposal is owned and owns nothing of the bundle. Owned. */
WuyouBundle *wuyou_ctl_bundle_new (WuyouStore *store,
                                   const WuyouBundleSource *source,
                                   const WuyouIdSource *ids,
                                   WuyouProposal **ret_proposal,
                                   GError **error);
/* One line a clause, for the person who confirms; owned. */
char *wuyou_ctl_proposal_dup_text (const WuyouProposal *proposal);
gboolean wuyou_ctl_bundle_save (WuyouStore *store,
                                const WuyouBundle *bundle,
                                const char *imported_by,
                                gint64 now,
                                GError **error);
gboolean wuyou_ctl_bundle_publish (WuyouStore *store, const char *id, const char *by, gint64 now, GError **error);
gboolean wuyou_ctl_bundle_withdraw (WuyouStore *store, const char *id, const char *by, gint64 now, GError **error);

G_END_DECLS
