/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-decoder.h"

#include "sales/wuyou-document.h"
#include "wuyou-image.h"
#include "wuyou-pdf.h"

GQuark
wuyou_decode_error_quark (void)
{
  return g_quark_from_static_string ("wuyou-decode-error");
}

gboolean
wuyou_decode_refuse (GError **error, WuyouDecodeVerdict verdict)
{
  g_set_error_literal (error, WUYOU_DECODE_ERROR, verdict, "refused");
  return FALSE;
}

gboolean
wuyou_decoder_decode (GBytes *file, const char *media_type, const WuyouEdits *edits, WuyouDecoded *ret, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  if (size == 0 || g_strcmp0 (wuyou_document_sniff (data, size), media_type) != 0)
    return wuyou_decode_refuse (error, WUYOU_DECODE_TYPE);
  if (g_str_equal (media_type, "application/pdf"))
    return wuyou_pdf_decode (file, edits, ret, error);
  return wuyou_image_decode (file, media_type, edits, ret, error);
}
