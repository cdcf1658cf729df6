/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <libexif/exif-data.h>

/* Photos as a telephone takes them, each another: shapes of light, surfaces, the grain of a sensor, 4:2:0, EXIF, one in
 * three held upright. bench-photos FOLDER COUNT WIDTH HEIGHT: writes 0000.jpg and so on; what is there stays. */
#define QUALITY 96 /* of 12 megapixels: 5 MB */

/* A field of random heights, smooth between its points. */
typedef struct {
  int spacing, across;
  float strength;
  guint8 *heights;
} Field;

static guint64 dice;

static guint32
roll (void)
{
  dice ^= dice << 13;
  dice ^= dice >> 7;
  dice ^= dice << 17;
  return (guint32) (dice >> 16);
}

static Field
make_field (int width, int height, int spacing, float strength)
{
  Field field = { spacing, width / spacing + 2, strength, NULL };
  gsize length = (gsize) field.across * (gsize) (height / spacing + 2);

  field.heights = g_malloc (length);
  for (gsize i = 0; i < length; i++)
    field.heights[i] = (guint8) roll ();
  return field;
}

static void
add_field (const Field *field, int y, int width, float *row)
{
  const guint8 *above = field->heights + (y / field->spacing) * field->across;
  const guint8 *below = above + field->across;
  float down = (float) (y % field->spacing) / (float) field->spacing;

  for (int x = 0; x < width; x += field->spacing, above++, below++) {
    float left = (float) above[0] + ((float) below[0] - (float) above[0]) * down;
    float right = (float) above[1] + ((float) below[1] - (float) above[1]) * down;
    float step = (right - left) / (float) field->spacing;

    for (int i = 0; i < field->spacing && x + i < width; i++)
      row[x + i] += (left + step * (float) i - 128) * field->strength;
  }
}

static guint8
clamp (float value)
{
  return (guint8) CLAMP (value, 0.f, 255.f);
}

/* Light, two tints and grain, as RGB. */
static void
mix (const float *light, const float *warmth, const float *green, int width, guint8 *rgb)
{
  for (int x = 0; x < width; x++, rgb += 3) {
    guint32 grain = roll ();
    float value = 128 + light[x];

    rgb[0] = clamp (value + warmth[x] + (float) (grain & 15) - 8);
    rgb[1] = clamp (value + green[x] + (float) (grain >> 4 & 15) - 8);
    rgb[2] = clamp (value - warmth[x] + (float) (grain >> 8 & 15) - 8);
  }
}

static void
write_rows (struct jpeg_compress_struct *jpeg)
{
  int width = (int) jpeg->image_width, height = (int) jpeg->image_height;
  Field light[] = { make_field (width, height, width / 5, 0.7f), make_field (width, height, width / 31, 0.35f),
                    make_field (width, height, 24, 0.15f), make_field (width, height, 5, 0.12f) };
  Field warmth = make_field (width, height, width / 9, 0.2f), green = make_field (width, height, width / 7, 0.1f);
  g_autofree float *rows = g_new (float, 3 * (gsize) width);
  g_autofree guint8 *rgb = g_malloc ((gsize) width * 3);

  for (int y = 0; y < height; y++) {
    memset (rows, 0, 3 * (gsize) width * sizeof *rows);
    for (guint i = 0; i < G_N_ELEMENTS (light); i++)
      add_field (&light[i], y, width, rows);
    add_field (&warmth, y, width, rows + width);
    add_field (&green, y, width, rows + 2 * width);
    mix (rows, rows + width, rows + 2 * width, width, rgb);
    jpeg_write_scanlines (jpeg, &rgb, 1);
  }
  for (guint i = 0; i < G_N_ELEMENTS (light); i++)
    g_free (light[i].heights);
  g_free (warmth.heights);
  g_free (green.heights);
}

static ExifEntry *
add_entry (ExifData *exif, ExifIfd ifd, ExifTag tag)
{
  ExifEntry *entry = exif_entry_new ();

  exif_content_add_entry (exif->ifd[ifd], entry);
  exif_entry_initialize (entry, tag);
  exif_entry_unref (entry);
  return entry;
}

static void
add_text (ExifData *exif, ExifIfd ifd, ExifTag tag, const char *text)
{
  ExifEntry *entry = add_entry (exif, ifd, tag);

  free (entry->data);
  entry->format = EXIF_FORMAT_ASCII;
  entry->size = (guint) strlen (text) + 1;
  entry->components = entry->size;
  entry->data = (guchar *) strdup (text);
}

static void
write_exif (struct jpeg_compress_struct *jpeg, guint number)
{
  ExifData *exif = exif_data_new ();
  g_autofree char *taken
      = g_strdup_printf ("2026:11:%02u %02u:%02u:07", number % 28 + 1, number / 28 % 24, number % 60);
  guchar *data = NULL;
  guint length = 0;

  exif_data_set_byte_order (exif, EXIF_BYTE_ORDER_INTEL);
  add_text (exif, EXIF_IFD_0, EXIF_TAG_MAKE, "Bench");
  add_text (exif, EXIF_IFD_0, EXIF_TAG_MODEL, "Telephone 12");
  add_text (exif, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, taken);
  exif_set_short (add_entry (exif, EXIF_IFD_0, EXIF_TAG_ORIENTATION)->data, EXIF_BYTE_ORDER_INTEL,
                  number % 3 == 2 ? 6 : 1);
  exif_data_save_data (exif, &data, &length);
  jpeg_write_marker (jpeg, JPEG_APP0 + 1, data, length);
  free (data);
  exif_data_unref (exif);
}

static void
write_photo (FILE *file, guint number, int width, int height)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;

  dice = G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) * (number + 1);
  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_stdio_dest (&jpeg, file);
  jpeg.image_width = (JDIMENSION) width;
  jpeg.image_height = (JDIMENSION) height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, QUALITY, TRUE);
  jpeg_start_compress (&jpeg, TRUE);
  write_exif (&jpeg, number);
  write_rows (&jpeg);
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
}

static void
make (const char *folder, guint number, int width, int height)
{
  g_autofree char *path = g_strdup_printf ("%s/%04u.jpg", folder, number);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  FILE *file;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  file = fopen (part, "wb");
  if (file == NULL)
    exit (EXIT_FAILURE);
  write_photo (file, number, width, height);
  if (fclose (file) != 0 || rename (part, path) != 0)
    exit (EXIT_FAILURE);
}

int
main (int argc, char **argv)
{
  if (argc != 5)
    return EXIT_FAILURE;
  for (guint i = 0; i < strtoul (argv[2], NULL, 10); i++)
    make (argv[1], i, (int) strtol (argv[3], NULL, 10), (int) strtol (argv[4], NULL, 10));
  return EXIT_SUCCESS;
}
