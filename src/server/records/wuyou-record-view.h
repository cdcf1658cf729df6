/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-workflow.h"
#include "accounts/wuyou-auth.h"
#include "wuyou-history-store.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* What the view of any record has: the record itself, its timeline with the names of people, and the steps that its
 * workflow knows from here. */

/* Account id → name, each looked up once; NULL for one that is gone. Owned. */
GHashTable *wuyou_names_new (void);
gboolean
wuyou_names_read (GHashTable *names, WuyouDbConn *conn, WuyouStore *store, const char *account_id, GError **error);
gboolean wuyou_names_read_history (GHashTable *names,
                                   WuyouDbConn *conn,
                                   WuyouStore *store,
                                   const GPtrArray *history,
                                   GError **error);

void wuyou_record_view_write (GString *out,
                              const char *name,
                              const WuyouRecordType *type,
                              gconstpointer record,
                              guint flags);
/* The answer to a write that was based on another version: @stale, and as "current" what stands now. */
WuyouReply *wuyou_stale_reply_new (const GError *stale,
                                   const WuyouRecordType *type,
                                   gconstpointer record,
                                   guint flags,
                                   gint64 version);
/* What of the history is told. NO_WHOLESALE leaves those changes out, CLIENT all changes and reasons: only who did what
 * and when. */
typedef struct {
  guint flags;
  const char *anonymous_but;     /* not who did it, unless it was this account; NULL: everybody */
  const char *const *unreasoned; /* actions whose reason is not told, ended by NULL; or NULL */
  gboolean (*tells) (const WuyouField *field, gconstpointer data); /* whether changes of it are; NULL: of all */
  gconstpointer data;
} WuyouTimelineRules;

void wuyou_timeline_write (GString *out, const GPtrArray *history, GHashTable *names, const WuyouTimelineRules *rules);
/* Each step from @state that @roles may take, with whether it is possible and why not: a JSON array "actions". */
void wuyou_actions_write (GString *out, const WuyouWorkflow *workflow, int state, const WuyouStep *step, guint32 roles);

G_END_DECLS
