/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-document.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* A place for one document: choose, drop or paste a file; its upload and its state. The upload belongs to the queue of
 * this machine and goes on without this row. Signal "changed": a document came or went, or an upload changed its state.
 */
#define WUYOU_TYPE_DOCUMENT_SLOT (wuyou_document_slot_get_type ())
G_DECLARE_FINAL_TYPE (WuyouDocumentSlot, wuyou_document_slot, WUYOU, DOCUMENT_SLOT, AdwActionRow)

GtkWidget *wuyou_document_slot_new (WuyouAppContext *context, const char *contract_id, int slot, const char *hint);
void wuyou_document_slot_set_document (WuyouDocumentSlot *self, const WuyouDocument *document); /* copied; NULL: none */
/* The sentence why nothing is taken yet; NULL: files are taken. */
void wuyou_document_slot_set_refusal (WuyouDocumentSlot *self, const char *sentence);
/* @bytes (a pasted picture) when @file is NULL. FALSE when nothing is taken yet. */
gboolean wuyou_document_slot_take (WuyouDocumentSlot *self, GFile *file, GBytes *bytes);
gboolean wuyou_document_slot_is_available (WuyouDocumentSlot *self);
gboolean wuyou_document_slot_is_busy (WuyouDocumentSlot *self);            /* an upload is under way */
WuyouUploadItem *wuyou_document_slot_get_upload (WuyouDocumentSlot *self); /* or NULL */
int wuyou_document_slot_get_slot (WuyouDocumentSlot *self);

G_END_DECLS
