/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "fuzz.h"
#include "sales/wuyou-document.h"
#include "wuyou-decoder.h"

/* The decoders without their walls: an answer that the server would take, or a verdict. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *type = wuyou_document_sniff (data, size);
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse (
      "{\"pages\":[{\"page\":1,\"rotate\":90,\"redact\":[[0,0,10,10]],\"crop\":[0,0,5000,5000]}]}", NULL);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_auto (WuyouDecoded) taken = { 0 };
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  WuyouDecodeVerdict verdict = WUYOU_DECODE_OK;

  if (type == NULL)
    return 0;
  if (!wuyou_decoder_decode (file, type, edits, &decoded, &error)) {
    g_assert_nonnull (wuyou_decode_verdict_sentence ((guint) error->code));
    return 0;
  }
  answer = g_byte_array_free_to_bytes (wuyou_decoded_pack (WUYOU_DECODE_OK, &decoded));
  g_assert_true (wuyou_decoded_unpack (answer, &verdict, &taken));
  return 0;
}
