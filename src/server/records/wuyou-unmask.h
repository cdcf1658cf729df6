/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-auth.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* Full values of single fields, for a reason, with a row in the audit chain (5.3.5-01). A field stands in @body by its
 * name, or where a view has several records as "claim.loss_place". */
typedef struct {
  const WuyouRecordType *type;
  gconstpointer record;
} WuyouUnmaskRecord;

typedef struct {
  const char *reason; /* of the body */
  GPtrArray *names;   /* char *, of the body */
} WuyouUnmask;

gboolean wuyou_unmask_read (WuyouUnmask *self, WuyouRequest *request, GError **error);
void wuyou_unmask_clear (WuyouUnmask *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouUnmask, wuyou_unmask_clear)

/* Audit row, then the values: no row, no view. @object, @id, @scope, @version: of the record whose view it is. INVALID
 * for a field that none of the records has, or that is not personal. */
WuyouReply *wuyou_unmask_reply (const WuyouUnmask *self,
                                WuyouRequest *request,
                                WuyouServerContext *context,
                                const WuyouUnmaskRecord *records,
                                guint n_records,
                                const char *id,
                                const char *scope,
                                gint64 version,
                                GError **error);

G_END_DECLS
