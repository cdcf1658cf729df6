/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <libexif/exif-data.h>
#include <string.h>

#include "wuyou-image.h"

#define MAX_CAMERA 64 /* characters */
#define CHINA (8 * 60 * 60)

/* Text of an entry without what does not print, or NULL. Owned. */
static char *
dup_text (ExifData *exif, ExifIfd ifd, ExifTag tag)
{
  ExifEntry *entry = exif_content_get_entry (exif->ifd[ifd], tag);
  g_autofree char *raw = NULL;
  GString *text;

  if (entry == NULL || entry->format != EXIF_FORMAT_ASCII || entry->data == NULL)
    return NULL;
  raw = g_strndup ((const char *) entry->data, MIN (entry->size, 1024));
  text = g_string_new (NULL);
  if (g_utf8_validate (raw, -1, NULL))
    for (const char *p = raw; *p != '\0' && g_utf8_strlen (text->str, -1) < MAX_CAMERA; p = g_utf8_next_char (p))
      if (g_unichar_isprint (g_utf8_get_char (p)))
        g_string_append_unichar (text, g_utf8_get_char (p));
  g_strstrip (text->str);
  if (*text->str != '\0')
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

static void
read_camera (ExifData *exif, WuyouImageInfo *info)
{
  g_autofree char *make = dup_text (exif, EXIF_IFD_0, EXIF_TAG_MAKE);
  g_autofree char *model = dup_text (exif, EXIF_IFD_0, EXIF_TAG_MODEL);
  g_autofree char *both = NULL;

  if (model == NULL && make == NULL)
    return;
  if (make == NULL || (model != NULL && g_str_has_prefix (model, make)))
    both = g_steal_pointer (&model);
  else
    both = model != NULL ? g_strconcat (make, " ", model, NULL) : g_steal_pointer (&make);
  info->camera = g_utf8_substring (both, 0, MIN (g_utf8_strlen (both, -1), MAX_CAMERA));
}

/* "2026:11:23 10:00:00", exactly; anything else is no date. */
static gint64
parse_time (const char *text)
{
  static const char form[] = "dddd:dd:dd dd:dd:dd";
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (CHINA);
  g_autoptr (GDateTime) time = NULL;
  int parts[6] = { 0 };
  int part = 0;

  if (text == NULL || strlen (text) != strlen (form))
    return 0;
  for (guint i = 0; form[i] != '\0'; i++) {
    if (form[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
      return 0;
    if (form[i] == 'd')
      parts[part] = parts[part] * 10 + (text[i] - '0');
    else
      part++;
  }
  time = g_date_time_new (zone, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  return time != NULL && parts[0] >= 1990 ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

static int
read_orientation (ExifData *exif)
{
  ExifEntry *entry = exif_content_get_entry (exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  int value = 0;

  if (entry != NULL && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2)
    value = exif_get_short (entry->data, exif_data_get_byte_order (exif));
  return value >= 1 && value <= 8 ? value : 0;
}

void
wuyou_exif_read (const guint8 *data, gsize size, WuyouImageInfo *info)
{
  ExifData *exif = exif_data_new ();
  g_autofree char *taken = NULL;

  if (exif == NULL)
    return;
  exif_data_unset_option (exif, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data (exif, data, (unsigned) MIN (size, G_MAXUINT16));
  info->orientation = read_orientation (exif);
  taken = dup_text (exif, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL);
  info->taken_at = parse_time (taken);
  read_camera (exif, info);
  exif_data_unref (exif);
}
