/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-decoded.h"
#include "claims/wuyou-evidence-edits.h"

G_BEGIN_DECLS

#define WUYOU_DECODE_ERROR (wuyou_decode_error_quark ()) /* the code is a WuyouDecodeVerdict */
GQuark wuyou_decode_error_quark (void);
gboolean wuyou_decode_refuse (GError **error, WuyouDecodeVerdict verdict); /* FALSE */

/* Decodes one file, already confined. On FALSE the error is of WUYOU_DECODE_ERROR. */
gboolean
wuyou_decoder_decode (GBytes *file, const char *media_type, const WuyouEdits *edits, WuyouDecoded *ret, GError **error);

G_END_DECLS
