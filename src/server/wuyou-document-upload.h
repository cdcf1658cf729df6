/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-router.h"

G_BEGIN_DECLS

/* Appending bytes at Upload-Offset, sealed and on the disk chunk by chunk in constant memory. */
extern const WuyouUpload wuyou_document_upload;

G_END_DECLS
