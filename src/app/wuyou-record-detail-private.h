/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-write-key.h"
#include "wuyou-record-detail.h"

G_BEGIN_DECLS

typedef struct {
  WuyouAppContext *context;
  GCancellable *cancellable; /* of the record shown */
  char *id;
  char *reason; /* why full values are looked at, asked once a record */
  WuyouCaseView *view;
  WuyouBanner *banner; /* of the view, borrowed */
  WuyouBusyLine *line; /* the same */
  WuyouWriteKey key;
  gboolean loading, writing;
  gboolean refused; /* the banner says why a write was: it stays while the record is read again */
  gboolean away;    /* it was for want of a connection */
  gboolean shown;   /* something of this record is on the screen */
  gboolean wanted;  /* the focus is to be in it as soon as it is there */
} WuyouRecordDetailPrivate;

WuyouRecordDetailPrivate *_wuyou_record_detail_get_private (WuyouRecordDetail *self);
/* Shows the answer of a load or a write; @keep: for when the server is away. */
void _wuyou_record_detail_take (WuyouRecordDetail *self, JsonObject *answer, const char *etag, gboolean keep);
void _wuyou_record_detail_emit_changed (WuyouRecordDetail *self);

G_END_DECLS
