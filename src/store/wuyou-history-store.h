/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* What changed, newest first. The two records hold only the fields in @fields. */
typedef struct {
  gint64 version, at;
  char *account_id, *action, *reason;
  GPtrArray *fields; /* const WuyouField * */
  gpointer old_record, new_record;
  const WuyouRecordType *type;
} WuyouHistoryEntry;

void wuyou_history_entry_free (WuyouHistoryEntry *entry);
/* Element WuyouHistoryEntry; owned, frees its elements. */
GPtrArray *wuyou_history_list (WuyouDbConn *conn,
                               WuyouStore *store,
                               const WuyouRecordType *type,
                               const char *id,
                               guint limit,
                               GError **error);

G_END_DECLS
