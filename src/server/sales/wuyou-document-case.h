/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-case.h"
#include "wuyou-document-store.h"

G_BEGIN_DECLS

/* A document with its contract, file and key, as the caller may see it; NOT_FOUND otherwise. */
typedef struct {
  WuyouServerContext *context;
  WuyouRequest *request;
  const char *id;
  WuyouDocument *document;
  WuyouContractCase sale;
  WuyouFile *file;
  WuyouKey *key;
} WuyouDocumentCase;

gboolean wuyou_document_case_load (WuyouDocumentCase *self, GError **error);
void wuyou_document_case_clear (WuyouDocumentCase *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouDocumentCase, wuyou_document_case_clear)

/* FORBIDDEN, CUSTOMER_CONSENT_REQUIRED or ILLEGAL_TRANSITION when the caller may not add to @slot now. */
gboolean wuyou_document_check_slot (int slot, const WuyouContract *contract, guint32 roles, GError **error);

/* The document as JSON; bytes received so far while it is uploaded. */
WuyouReply *wuyou_document_case_reply (const WuyouDocumentCase *self, guint status, GError **error);

G_END_DECLS
