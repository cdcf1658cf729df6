/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>
#include <zlib.h>

#include "wuyou-decode-test.h"

/* Files as hostile as a test likes; the writers of libraries would not make them. */

static void
add_le (GByteArray *out, guint32 value, guint width)
{
  for (guint i = 0; i < width; i++, value >>= 8)
    g_byte_array_append (out, (const guint8[]){ (guint8) value }, 1);
}

static void
add_be (GByteArray *out, guint32 value)
{
  guint32 wire = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &wire, 4);
}

static void
add_entry (GByteArray *out, guint tag, guint type, guint count, guint32 value)
{
  add_le (out, tag, 2);
  add_le (out, type, 2);
  add_le (out, count, 4);
  add_le (out, value, 4);
}

GByteArray *
wuyou_decode_test_exif (int orientation)
{
  GByteArray *out = g_byte_array_new ();
  static const char make[] = "Wuyou", model[] = "Wuyou W1", time[] = "2026:11:23 10:00:00";

  /* TIFF head at 0, first directory at 8 (5 entries, to 74), EXIF at 74 (to 92), GPS at 92 (to 110), then the texts. */
  g_byte_array_append (out, (const guint8 *) "Exif\0\0II*\0\x08\0\0\0", 14);
  add_le (out, 5, 2);
  add_entry (out, 0x010F, 2, sizeof make, 110);
  add_entry (out, 0x0110, 2, sizeof model, 120);
  add_entry (out, 0x0112, 3, 1, (guint32) orientation);
  add_entry (out, 0x8769, 4, 1, 74);
  add_entry (out, 0x8825, 4, 1, 92);
  add_le (out, 0, 4);
  add_le (out, 1, 2);
  add_entry (out, 0x9003, 2, sizeof time, 130);
  add_le (out, 0, 4);
  add_le (out, 1, 2);
  add_entry (out, 0x0012, 2, 10, 150); /* the datum of the map, which is text and so can be looked for */
  add_le (out, 0, 4);
  g_byte_array_append (out, (const guint8 *) "Wuyou\0....Wuyou W1\0.2026:11:23 10:00:00\0GPSSECRET", 50);
  return out;
}

GBytes *
wuyou_decode_test_add_segment (GBytes *jpeg, guint8 marker, const GByteArray *content)
{
  GByteArray *out = g_byte_array_new ();
  const guint8 *data = g_bytes_get_data (jpeg, NULL);
  guint length = content->len + 2;
  const guint8 head[] = { 0xFF, marker, (guint8) (length >> 8), (guint8) length };

  g_byte_array_append (out, data, 2);
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, content->data, content->len);
  g_byte_array_append (out, data + 2, (guint) g_bytes_get_size (jpeg) - 2);
  return g_byte_array_free_to_bytes (out);
}

void
wuyou_decode_test_add_chunk (GByteArray *png, const char *type, const guint8 *data, gsize size)
{
  uLong check = crc32 (crc32 (0, NULL, 0), (const Bytef *) type, 4);

  if (size > 0)
    check = crc32 (check, data, (uInt) size);
  add_be (png, (guint32) size);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, (guint) size);
  add_be (png, (guint32) check);
}

static GByteArray *
deflate_all (const guint8 *data, gsize size)
{
  GByteArray *out = g_byte_array_new ();
  uLongf length = compressBound (size);

  g_byte_array_set_size (out, (guint) length);
  g_assert_cmpint (compress (out->data, &length, data, size), ==, Z_OK);
  g_byte_array_set_size (out, (guint) length);
  return out;
}

GBytes *
wuyou_decode_test_png (guint width, guint height, int interlace, const guint8 *rows, gsize size)
{
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GByteArray) packed
      = deflate_all (rows != NULL ? rows : (const guint8 *) "\0\0\0\0", rows != NULL ? size : 4);

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  add_be (head, width);
  add_be (head, height);
  g_byte_array_append (head, (const guint8[]){ 8, 2, 0, 0, (guint8) interlace }, 5);
  wuyou_decode_test_add_chunk (png, "IHDR", head->data, head->len);
  wuyou_decode_test_add_chunk (png, "tEXt", (const guint8 *) "Comment\0GPSSECRET", 17);
  wuyou_decode_test_add_chunk (png, "IDAT", packed->data, packed->len);
  wuyou_decode_test_add_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

static void
add_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

G_GNUC_PRINTF (2, 3)
static void
add_line (GByteArray *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list more;

  va_start (more, format);
  text = g_strdup_vprintf (format, more);
  va_end (more);
  add_text (out, text);
}

GBytes *
wuyou_decode_test_pdf (const char *const *objects, const char *trailer)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint start;

  add_text (out, "%PDF-1.4\n");
  for (guint i = 0; objects[i] != NULL; i++) {
    g_array_append_val (places, out->len);
    add_line (out, "%u 0 obj\n", i + 1);
    add_text (out, objects[i]);
    add_text (out, "\nendobj\n");
  }
  start = out->len;
  add_line (out, "xref\n0 %u\n0000000000 65535 f \n", places->len + 1);
  for (guint i = 0; i < places->len; i++)
    add_line (out, "%010u 00000 n \n", g_array_index (places, guint, i));
  add_line (out, "trailer\n<</Root 1 0 R/Size %u%s>>\nstartxref\n%u\n%%%%EOF\n", places->len + 1, trailer, start);
  return g_byte_array_free_to_bytes (out);
}

static void
add_stream (GByteArray *out, guint number, const char *entries, const GByteArray *packed)
{
  add_line (out, "%u 0 obj\n<<%s/Filter/FlateDecode/Length %u>>stream\n", number, entries, packed->len);
  g_byte_array_append (out, packed->data, packed->len);
  add_text (out, "\nendstream\nendobj\n");
}

static void
add_cross_reference (GByteArray *out, guint count, guint holder_place)
{
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  g_autoptr (GByteArray) packed = NULL;
  g_autofree char *entries = g_strdup_printf ("/Type/XRef/W[1 4 2]/Root 1 0 R/Size %u", count + 3);
  guint start = out->len;

  for (guint number = 0; number < count + 3; number++) {
    guint kind = number == 0 ? 0 : number <= count ? 2 : 1;
    guint place = number <= count ? count + 1 : number == count + 1 ? holder_place : start;
    guint index = kind == 2 ? number - 1 : 0;

    g_byte_array_append (rows, (const guint8[]){ (guint8) kind }, 1);
    add_be (rows, number == 0 ? 0 : place);
    g_byte_array_append (rows, (const guint8[]){ (guint8) (index >> 8), (guint8) index }, 2);
  }
  packed = deflate_all (rows->data, rows->len);
  add_stream (out, count + 2, entries, packed);
  add_line (out, "startxref\n%u\n%%%%EOF\n", start);
}

GBytes *
wuyou_decode_test_packed_pdf (const char *const *objects)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GString) index = g_string_new (NULL);
  g_autoptr (GString) bodies = g_string_new (NULL);
  g_autoptr (GByteArray) packed = NULL;
  g_autofree char *entries = NULL;
  guint count = g_strv_length ((char **) objects);
  guint place;

  for (guint i = 0; i < count; i++) {
    g_string_append_printf (index, "%u %u ", i + 1, (guint) bodies->len);
    g_string_append_printf (bodies, "%s\n", objects[i]);
  }
  entries = g_strdup_printf ("/Type/ObjStm/N %u/First %u", count, (guint) index->len);
  g_string_append (index, bodies->str);
  packed = deflate_all ((const guint8 *) index->str, index->len);
  add_text (out, "%PDF-1.5\n");
  place = out->len;
  add_stream (out, count + 1, entries, packed);
  add_cross_reference (out, count, place);
  return g_byte_array_free_to_bytes (out);
}
