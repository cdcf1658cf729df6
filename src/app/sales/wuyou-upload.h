/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-document.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_UPLOAD_READING,
  WUYOU_UPLOAD_SENDING,
  WUYOU_UPLOAD_WAITING,  /* the server is away; goes on by itself */
  WUYOU_UPLOAD_CHECKING, /* received, waits for the scanner */
  WUYOU_UPLOAD_DONE,
  WUYOU_UPLOAD_REFUSED, /* this file is not taken: another one */
  WUYOU_UPLOAD_FAILED,  /* may be tried again */
} WuyouUploadState;

/* One file on its way to a slot: checked before a byte is sent, in pieces, going on where the server has it. Signal
 * "changed" after every change of state or progress. */
#define WUYOU_TYPE_UPLOAD (wuyou_upload_get_type ())
G_DECLARE_FINAL_TYPE (WuyouUpload, wuyou_upload, WUYOU, UPLOAD, GObject)

/* One of @file and @bytes (a pasted picture, called @name). @document_id: an upload begun earlier, or NULL. */
WuyouUpload *wuyou_upload_new (WuyouAppContext *context,
                               const char *contract_id,
                               int slot,
                               GFile *file,
                               GBytes *bytes,
                               const char *name,
                               const char *document_id);
void wuyou_upload_start (WuyouUpload *self); /* also: try again */
void wuyou_upload_cancel (WuyouUpload *self);
/* Nothing more is to be sent; what failed may be tried again, also by the next run. */
gboolean wuyou_upload_is_over (WuyouUpload *self);
WuyouUploadState wuyou_upload_get_state (WuyouUpload *self);
double wuyou_upload_get_progress (WuyouUpload *self);      /* 0 … 1 */
const char *wuyou_upload_get_sentence (WuyouUpload *self); /* translated */
const char *wuyou_upload_get_document_id (WuyouUpload *self);
const char *wuyou_upload_get_path (WuyouUpload *self); /* NULL for a pasted picture */
int wuyou_upload_get_slot (WuyouUpload *self);

G_END_DECLS
