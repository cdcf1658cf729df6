/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "uploads/wuyou-upload.h"

G_BEGIN_DECLS

/* The file of a document, as wuyou-upload.h takes it in. */
extern const WuyouUpload wuyou_document_upload;
/* @document_case: a WuyouDocumentCase. */
void wuyou_document_describe (gpointer document_case, WuyouUploadFile *ret_file);

G_END_DECLS
