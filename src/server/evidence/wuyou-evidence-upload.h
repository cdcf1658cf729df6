/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "uploads/wuyou-upload.h"

G_BEGIN_DECLS

/* The file of a claim, as wuyou-upload.h takes it in. */
extern const WuyouUpload wuyou_evidence_upload;
/* @evidence_case: a WuyouEvidenceCase. */
void wuyou_evidence_describe (gpointer evidence_case, WuyouUploadFile *ret_file);

G_END_DECLS
