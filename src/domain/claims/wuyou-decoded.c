/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-decoded.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAGIC 0x57594431u /* WYD1 */
#define MAX_CAMERA 256    /* bytes */

static const char *const sentences[WUYOU_N_DECODES] = {
  [WUYOU_DECODE_TYPE] = N_ ("Only JPEG, PNG and PDF files are taken."),
  [WUYOU_DECODE_DAMAGED] = N_ ("This file is damaged or was cut off. Take the picture or scan it again."),
  [WUYOU_DECODE_PIXELS]
  = N_ ("This picture is too large. Save it again with at most 120 million pixels and 30,000 on a side."),
  [WUYOU_DECODE_PAGES] = N_ ("This file has no page or more than 300. Split it into several files."),
  [WUYOU_DECODE_PAGE_SIZE] = N_ ("A page of this file has an impossible size. Print it to a new PDF on A4."),
  [WUYOU_DECODE_ENCRYPTED] = N_ ("This PDF is encrypted. Print it to a new PDF without a password."),
  [WUYOU_DECODE_ACTIVE]
  = N_ ("PDF files with scripts, attachments or encryption are not taken. Print it to a new PDF first."),
  [WUYOU_DECODE_UNSUPPORTED] = N_ ("This kind of picture cannot be read. Save it as an ordinary JPEG."),
  [WUYOU_DECODE_OUTPUT] = N_ ("This file is too large when it is opened. Split it into several files."),
};

const char *
wuyou_decode_verdict_sentence (guint verdict)
{
  return verdict < WUYOU_N_DECODES ? sentences[verdict] : NULL;
}

void
wuyou_decoded_clear (WuyouDecoded *self)
{
  g_free (self->media_type);
  g_free (self->camera);
  g_clear_pointer (&self->plain, g_bytes_unref);
  g_clear_pointer (&self->view, g_bytes_unref);
  g_clear_pointer (&self->thumb, g_bytes_unref);
  *self = (WuyouDecoded){ 0 };
}

static void
add_32 (GByteArray *out, guint32 value)
{
  guint32 wire = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &wire, sizeof wire);
}

static void
add_64 (GByteArray *out, guint64 value)
{
  guint64 wire = GUINT64_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &wire, sizeof wire);
}

static void
add_blob (GByteArray *out, gconstpointer data, gsize size)
{
  add_32 (out, (guint32) size);
  g_byte_array_append (out, data, (guint) size);
}

static void
add_bytes (GByteArray *out, GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  add_blob (out, data, size);
}

GByteArray *
wuyou_decoded_pack (WuyouDecodeVerdict verdict, const WuyouDecoded *decoded)
{
  GByteArray *out = g_byte_array_new ();
  static const WuyouDecoded none;

  if (verdict != WUYOU_DECODE_OK)
    decoded = &none;
  add_32 (out, MAGIC);
  add_32 (out, verdict);
  add_32 (out, decoded->pages);
  add_32 (out, (guint32) decoded->width);
  add_32 (out, (guint32) decoded->height);
  add_64 (out, decoded->print);
  add_32 (out, decoded->paper ? 1 : 0);
  add_64 (out, (guint64) decoded->taken_at);
  add_blob (out, decoded->camera != NULL ? decoded->camera : "",
            decoded->camera != NULL ? strlen (decoded->camera) : 0);
  add_bytes (out, decoded->plain);
  add_bytes (out, decoded->view != decoded->plain ? decoded->view : NULL);
  add_bytes (out, decoded->thumb);
  return out;
}

typedef struct {
  GBytes *bytes;
  const guint8 *data;
  gsize size, at;
} Cursor;

static gboolean
take_number (Cursor *cursor, guint width, guint64 *ret)
{
  if (cursor->size - cursor->at < width)
    return FALSE;
  *ret = 0;
  while (width-- > 0)
    *ret = *ret << 8 | cursor->data[cursor->at++];
  return TRUE;
}

/* NULL when it is empty. */
static gboolean
take_blob (Cursor *cursor, GBytes **ret_blob)
{
  guint64 size;

  if (!take_number (cursor, 4, &size) || cursor->size - cursor->at < size)
    return FALSE;
  *ret_blob = size > 0 ? g_bytes_new_from_bytes (cursor->bytes, cursor->at, size) : NULL;
  cursor->at += size;
  return TRUE;
}

static gboolean
begins_with (GBytes *bytes, const char *magic)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= strlen (magic) && memcmp (data, magic, strlen (magic)) == 0;
}

static gboolean
is_rendition (GBytes *bytes)
{
  return begins_with (bytes, "\xff\xd8\xff") || begins_with (bytes, "%PDF-1.");
}

static gboolean
take_camera (Cursor *cursor, char **ret_camera)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize size;

  if (!take_blob (cursor, &bytes))
    return FALSE;
  if (bytes == NULL)
    return TRUE;
  text = g_bytes_get_data (bytes, &size);
  if (size > MAX_CAMERA || !g_utf8_validate_len (text, size, NULL))
    return FALSE;
  *ret_camera = g_strndup (text, size);
  for (const char *p = *ret_camera; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
take_numbers (Cursor *cursor, WuyouDecoded *ret)
{
  guint64 pages, width, height, paper, taken_at;

  if (!take_number (cursor, 4, &pages) || !take_number (cursor, 4, &width) || !take_number (cursor, 4, &height)
      || !take_number (cursor, 8, &ret->print) || !take_number (cursor, 4, &paper)
      || !take_number (cursor, 8, &taken_at))
    return FALSE;
  ret->pages = (guint) pages;
  ret->width = (int) width;
  ret->height = (int) height;
  ret->paper = paper != 0;
  ret->taken_at = (gint64) taken_at;
  return paper <= 1 && pages <= WUYOU_DECODE_MAX_PAGES && width <= WUYOU_DECODE_MAX_SIDE
         && height <= WUYOU_DECODE_MAX_SIDE;
}

static gboolean
is_whole (const WuyouDecoded *decoded)
{
  return decoded->pages > 0 && decoded->width > 0 && decoded->height > 0 && decoded->plain != NULL
         && decoded->thumb != NULL && is_rendition (decoded->plain) && is_rendition (decoded->view)
         && begins_with (decoded->thumb, "\xff\xd8\xff");
}

static gboolean
take_decoded (Cursor *cursor, WuyouDecoded *ret)
{
  if (!take_numbers (cursor, ret) || !take_camera (cursor, &ret->camera) || !take_blob (cursor, &ret->plain)
      || !take_blob (cursor, &ret->view) || !take_blob (cursor, &ret->thumb))
    return FALSE;
  if (ret->view == NULL && ret->plain != NULL)
    ret->view = g_bytes_ref (ret->plain);
  return cursor->at == cursor->size;
}

gboolean
wuyou_decoded_unpack (GBytes *answer, WuyouDecodeVerdict *ret_verdict, WuyouDecoded *ret)
{
  Cursor cursor = { .bytes = answer };
  g_auto (WuyouDecoded) decoded = { 0 };
  guint64 magic, verdict;

  cursor.data = g_bytes_get_data (answer, &cursor.size);
  if (!take_number (&cursor, 4, &magic) || magic != MAGIC || !take_number (&cursor, 4, &verdict)
      || verdict >= WUYOU_N_DECODES || !take_decoded (&cursor, &decoded))
    return FALSE;
  *ret_verdict = (WuyouDecodeVerdict) verdict;
  if (verdict != WUYOU_DECODE_OK)
    return TRUE;
  if (!is_whole (&decoded))
    return FALSE;
  *ret = decoded;
  decoded = (WuyouDecoded){ 0 };
  return TRUE;
}
