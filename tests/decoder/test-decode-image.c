/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "claims/wuyou-image-print.h"
#include "wuyou-decode-test.h"
#include "wuyou-image.h"

#define JPEG "image/jpeg"
#define PNG "image/png"

/* Red, green, blue and white in the corners, from the top left on; so that each of the eight ways to lie is another. */
static WuyouRaster *
make_corners (int width, int height)
{
  static const guint8 colours[4][3] = { { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 255, 255, 255 } };
  WuyouRaster *raster = wuyou_raster_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      memcpy (raster->rgb + ((gsize) y * (gsize) width + (gsize) x) * 3,
              colours[(y >= height / 2) * 2 + (x >= width / 2)], 3);
  return raster;
}

/* "RGBW": what is in the corners now. */
static char *
read_corners (const WuyouRaster *raster)
{
  char *found = g_strdup ("....");

  for (int i = 0; i < 4; i++) {
    const guint8 *pixel = wuyou_decode_test_pixel (raster, i % 2 ? raster->width * 3 / 4 : raster->width / 4,
                                                   i / 2 ? raster->height * 3 / 4 : raster->height / 4);
    guint kind = (pixel[0] > 128) | (pixel[1] > 128) << 1 | (pixel[2] > 128) << 2;

    found[i] = "KRG.B..W"[kind];
  }
  return found;
}

static GBytes *
make_turned (int orientation)
{
  g_autoptr (WuyouRaster) raster = make_corners (640, 480);
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);
  g_autoptr (GByteArray) exif = wuyou_decode_test_exif (orientation);

  return wuyou_decode_test_add_segment (jpeg, 0xE1, exif);
}

static void
test_orientation (void)
{
  static const char *const upright[]
      = { "RGBW", "RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB", "RGBW" };

  for (int orientation = 0; orientation <= 9; orientation++) {
    g_autoptr (GBytes) jpeg = make_turned (orientation);
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (WuyouRaster) plain = NULL;
    g_autofree char *corners = NULL;
    gboolean swapped = orientation >= 5 && orientation <= 8;

    wuyou_decode_test_taken ("turned", jpeg, JPEG, NULL, &decoded);
    g_assert_cmpint (decoded.width, ==, swapped ? 480 : 640);
    g_assert_cmpint (decoded.height, ==, swapped ? 640 : 480);
    plain = wuyou_decode_test_read_jpeg (decoded.plain);
    g_assert_cmpint (plain->width, ==, decoded.width);
    corners = read_corners (plain);
    g_assert_cmpstr (corners, ==, upright[orientation]);
  }
}

static void
test_metadata (void)
{
  g_autoptr (GBytes) jpeg = make_turned (1);
  g_autoptr (GByteArray) comment = g_byte_array_new ();
  g_autoptr (GBytes) both = NULL;
  g_auto (WuyouDecoded) decoded = { 0 };
  static const char *const secrets[] = { "Exif", "GPSSECRET", "W1", "II*", "JSECRET" };

  g_byte_array_append (comment, (const guint8 *) "JSECRET", 7);
  both = wuyou_decode_test_add_segment (jpeg, 0xFE, comment);
  wuyou_decode_test_taken ("metadata", both, JPEG, "{\"pages\":[{\"page\":1,\"rotate\":90}]}", &decoded);
  g_assert_cmpstr (decoded.camera, ==, "Wuyou W1");
  g_assert_cmpint (decoded.taken_at, ==, WUYOU_TEST_NOW);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_assert_true (wuyou_decode_test_contains (both, secrets[i]));
    g_assert_false (wuyou_decode_test_contains (decoded.plain, secrets[i]));
    g_assert_false (wuyou_decode_test_contains (decoded.view, secrets[i]));
    g_assert_false (wuyou_decode_test_contains (decoded.thumb, secrets[i]));
  }
}

static void
test_broken_exif (void)
{
  g_autoptr (WuyouRaster) raster = make_corners (64, 48);
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);

  for (guint i = 0; i < 200; i++) {
    g_autoptr (GByteArray) exif = wuyou_decode_test_exif (1);
    g_autoptr (GBytes) file = NULL;
    WuyouImageInfo info = { 0 };

    exif->data[g_test_rand_int_range (6, (gint32) exif->len)] = (guint8) g_test_rand_int_range (0, 256);
    g_byte_array_set_size (exif, (guint) g_test_rand_int_range (6, (gint32) exif->len + 1));
    file = wuyou_decode_test_add_segment (jpeg, 0xE1, exif);
    wuyou_raster_free (wuyou_jpeg_read (file, &info, NULL));
    g_assert_true (info.camera == NULL || g_utf8_strlen (info.camera, -1) <= 64);
    g_assert_cmpint (info.orientation, <=, 8);
    g_free (info.camera);
  }
}

static void
test_edits (void)
{
  g_autoptr (WuyouRaster) raster = make_corners (800, 600);
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);
  static const struct {
    const char *edits, *corners;
    int width, height;
  } rows[] = {
    { "{\"pages\":[{\"page\":1,\"rotate\":90}]}", "BRWG", 600, 800 },
    { "{\"pages\":[{\"page\":1,\"rotate\":180}]}", "WBGR", 800, 600 },
    { "{\"pages\":[{\"page\":1,\"rotate\":270}]}", "GWRB", 600, 800 },
    { "{\"pages\":[{\"page\":1,\"crop\":[5000,0,5000,10000]}]}", "GGWW", 400, 600 },
    { "{\"pages\":[{\"page\":1,\"redact\":[[0,0,5000,5000]]}]}", "KGBW", 800, 600 },
    { "{\"pages\":[{\"page\":1,\"rotate\":90,\"redact\":[[5000,0,5000,5000]]}]}", "BKWG", 600, 800 },
    { "{\"pages\":[{\"page\":1,\"rotate\":90,\"redact\":[[0,0,5000,5000]],\"crop\":[0,0,10000,5000]}]}", "KRKR", 600,
      400 },
    { "{\"pages\":[{\"page\":2,\"rotate\":90}]}", "RGBW", 800, 600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (WuyouRaster) view = NULL;
    g_autoptr (WuyouRaster) plain = NULL;
    g_autofree char *corners = NULL;
    g_autofree char *before = NULL;

    wuyou_decode_test_taken (rows[i].edits, jpeg, JPEG, rows[i].edits, &decoded);
    view = wuyou_decode_test_read_jpeg (decoded.view);
    plain = wuyou_decode_test_read_jpeg (decoded.plain);
    corners = read_corners (view);
    before = read_corners (plain);
    g_assert_cmpstr (before, ==, "RGBW");
    g_assert_cmpstr (corners, ==, rows[i].corners);
    g_assert_cmpint (view->width, ==, rows[i].width);
    g_assert_cmpint (view->height, ==, rows[i].height);
  }
}

/* Every pixel of the part is black in the view and in the thumbnail, also at its rim, whatever was there. */
static void
test_redaction (void)
{
  g_autoptr (WuyouRaster) raster = wuyou_decode_test_photo (7, 1000, 700);
  g_autoptr (GBytes) jpeg = NULL;
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (WuyouRaster) view = NULL;
  g_autoptr (WuyouRaster) plain = NULL;

  for (int y = 210; y < 280; y++)
    memset (raster->rgb + ((gsize) y * 1000 + 300) * 3, y % 2 ? 255 : 0, 400 * 3); /* what is to be hidden */
  jpeg = wuyou_jpeg_write (raster);
  wuyou_decode_test_taken ("redaction", jpeg, JPEG, "{\"pages\":[{\"page\":1,\"redact\":[[3000,3000,4000,1000]]}]}",
                           &decoded);
  view = wuyou_decode_test_read_jpeg (decoded.view);
  plain = wuyou_decode_test_read_jpeg (decoded.plain);
  for (int y = 211; y < 279; y++)
    for (int x = 301; x < 699; x++)
      for (int c = 0; c < 3; c++)
        g_assert_cmpint (wuyou_decode_test_pixel (view, x, y)[c], <=, 24); /* what the encoder rounds */
  g_assert_cmpint (wuyou_decode_test_pixel (plain, 500, 241)[0], >, 100);
}

static void
test_untouched (void)
{
  g_autoptr (WuyouRaster) raster = wuyou_decode_test_photo (3, 300, 200);
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);
  static const char *const edits[] = { NULL, "", "{\"pages\":[]}", "{\"pages\":[{\"page\":1,\"rotate\":0}]}" };

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_auto (WuyouDecoded) decoded = { 0 };

    wuyou_decode_test_taken ("untouched", jpeg, JPEG, edits[i], &decoded);
    g_assert_true (decoded.view == decoded.plain);
  }
}

static GBytes *
make_png (guint width, guint height, int interlace)
{
  gsize length = 1 + (gsize) width * 3;
  g_autofree guint8 *rows = g_malloc (length * height);

  for (guint y = 0; y < height; y++) {
    rows[y * length] = 0;
    memset (rows + y * length + 1, y < height / 2 ? 0 : 200, length - 1);
  }
  return wuyou_decode_test_png (width, height, interlace, rows, length * height);
}

static void
test_sizes (void)
{
  static const struct {
    guint width, height, to_width, to_height;
  } rows[]
      = { { 1, 1, 1, 1 }, { 3, 500, 3, 500 }, { 5000, 100, 4096, 81 }, { 100, 9000, 45, 4096 }, { 30000, 2, 4096, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) png = make_png (rows[i].width, rows[i].height, 0);
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (WuyouRaster) plain = NULL;
    g_autoptr (WuyouRaster) thumb = NULL;

    wuyou_decode_test_taken ("size", png, PNG, NULL, &decoded);
    plain = wuyou_decode_test_read_jpeg (decoded.plain);
    thumb = wuyou_decode_test_read_jpeg (decoded.thumb);
    g_assert_cmpuint ((guint) decoded.width, ==, rows[i].width);
    g_assert_cmpuint ((guint) decoded.height, ==, rows[i].height);
    g_assert_cmpuint ((guint) plain->width, ==, rows[i].to_width);
    g_assert_cmpuint ((guint) plain->height, ==, rows[i].to_height);
    g_assert_cmpint (MAX (thumb->width, thumb->height), <=, 256);
    g_assert_false (wuyou_decode_test_contains (decoded.plain, "GPSSECRET"));
  }
}

static void
test_reduced (void)
{
  g_autoptr (WuyouRaster) raster = make_corners (5000, 3000);
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (WuyouRaster) plain = NULL;
  g_autofree char *corners = NULL;

  wuyou_decode_test_taken ("large", jpeg, JPEG, NULL, &decoded);
  plain = wuyou_decode_test_read_jpeg (decoded.plain);
  corners = read_corners (plain);
  g_assert_cmpstr (corners, ==, "RGBW");
  g_assert_cmpint (plain->width, <=, WUYOU_DECODE_PLAIN_SIDE);
  g_assert_cmpint (plain->width, >, 3500);
  g_assert_cmpint (decoded.width, ==, 5000);
}

static void
on_png_write_cb (png_structp png, png_bytep data, size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) length);
}

/* Corners of a PNG in every form that there is, from libpng's own writer. */
static GBytes *
write_png (int form, int depth, int interlace)
{
  static const png_color palette[] = { { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 0, 0, 0 } };
  static const guint8 clear[] = { 255, 255, 255, 0 }; /* black that is not there: white paper */
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  GByteArray *out = g_byte_array_new ();
  guint8 rows[60][60 * 8];
  png_bytep pointers[60];
  guint channels = form == PNG_COLOR_TYPE_RGB ? 3 : form == PNG_COLOR_TYPE_RGB_ALPHA ? 4 : 1;

  for (guint y = 0; y < 60; y++)
    for (guint x = 0; x < 60; x++)
      for (guint c = 0; c < channels; c++)
        for (guint b = 0; b < (guint) depth / 8; b++) {
          guint corner = (y >= 30) * 2 + (x >= 30);
          const guint8 colour[] = { palette[corner].red, palette[corner].green, palette[corner].blue, clear[corner] };

          rows[y][(x * channels + c) * (guint) depth / 8 + b] = channels == 1 ? (guint8) corner : colour[c];
        }
  for (guint y = 0; y < 60; y++)
    pointers[y] = rows[y];
  png_set_write_fn (png, out, on_png_write_cb, NULL);
  png_set_IHDR (png, info, 60, 60, depth, form, interlace, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (form == PNG_COLOR_TYPE_PALETTE) {
    png_set_PLTE (png, info, palette, 4);
    png_set_tRNS (png, info, clear, 4, NULL);
  }
  png_set_rows (png, info, pointers);
  png_write_png (png, info, PNG_TRANSFORM_IDENTITY, NULL);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (out);
}

static void
test_forms (void)
{
  static const struct {
    int form, depth;
    const char *corners;
  } rows[] = {
    { PNG_COLOR_TYPE_PALETTE, 8, "RGBW" },    { PNG_COLOR_TYPE_RGB, 8, "RGBK" },
    { PNG_COLOR_TYPE_RGB, 16, "RGBK" },       { PNG_COLOR_TYPE_RGB_ALPHA, 8, "RGBW" },
    { PNG_COLOR_TYPE_RGB_ALPHA, 16, "RGBW" }, { PNG_COLOR_TYPE_GRAY, 8, "KKKK" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) png
        = write_png (rows[i / 2].form, rows[i / 2].depth, i % 2 ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE);
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (WuyouRaster) plain = NULL;
    g_autofree char *corners = NULL;

    wuyou_decode_test_taken ("form", png, PNG, NULL, &decoded);
    plain = wuyou_decode_test_read_jpeg (decoded.plain);
    corners = read_corners (plain);
    g_assert_cmpstr (corners, ==, rows[i / 2].corners);
  }
}

/* @bands: one scan for each frequency of each colour, which is allowed, and costs a walk over all pixels each. */
static GBytes *
write_progressive (gboolean bands)
{
  g_autoptr (WuyouRaster) raster = make_corners (640, 480);
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  jpeg_scan_info scans[1 + 3 * 63] = { { 3, { 0, 1, 2 }, 0, 0, 0, 0 } };
  unsigned char *data = NULL;
  unsigned long size = 0;

  for (int i = 0; i < 3 * 63; i++)
    scans[i + 1] = (jpeg_scan_info){ 1, { i / 63 }, i % 63 + 1, i % 63 + 1, 0, 0 };
  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  jpeg.image_width = 640;
  jpeg.image_height = 480;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_simple_progression (&jpeg);
  if (bands) {
    jpeg.scan_info = scans;
    jpeg.num_scans = G_N_ELEMENTS (scans);
  }
  jpeg_start_compress (&jpeg, TRUE);
  for (gsize y = 0; y < 480; y++) {
    JSAMPROW row = raster->rgb + y * 640 * 3;

    jpeg_write_scanlines (&jpeg, &row, 1);
  }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (data, size, free, data);
}

static void
test_progressive (void)
{
  g_autoptr (GBytes) usual = write_progressive (FALSE);
  g_autoptr (GBytes) bomb = write_progressive (TRUE);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (WuyouRaster) plain = NULL;
  g_autofree char *corners = NULL;

  wuyou_decode_test_taken ("progressive", usual, JPEG, NULL, &decoded);
  plain = wuyou_decode_test_read_jpeg (decoded.plain);
  corners = read_corners (plain);
  g_assert_cmpstr (corners, ==, "RGBW");
  wuyou_decode_test_refused ("190 scans", bomb, JPEG, WUYOU_DECODE_UNSUPPORTED);
}

static void
test_interlaced (void)
{
  g_autoptr (GBytes) cut = make_png (64, 64, 1); /* its passes have other lengths: too few bytes */

  wuyou_decode_test_refused ("interlaced, cut off", cut, PNG, WUYOU_DECODE_DAMAGED);
}

static void
test_bombs (void)
{
  static const struct {
    guint width, height;
    int interlace;
    WuyouDecodeVerdict verdict;
  } rows[] = {
    { 50000, 50000, 0, WUYOU_DECODE_PIXELS },
    { 50000, 1, 0, WUYOU_DECODE_PIXELS },
    { 1, 30001, 0, WUYOU_DECODE_PIXELS },
    { 20000, 20000, 0, WUYOU_DECODE_PIXELS },
    { 0x7FFFFFFF, 0x7FFFFFFF, 0, WUYOU_DECODE_PIXELS },
    { 10000, 10000, 1, WUYOU_DECODE_PIXELS },
    { 0, 100, 0, WUYOU_DECODE_DAMAGED },
    { 10000, 10000, 0, WUYOU_DECODE_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) png = wuyou_decode_test_png (rows[i].width, rows[i].height, rows[i].interlace, NULL, 0);

    wuyou_decode_test_refused ("bomb", png, PNG, rows[i].verdict);
  }
}

/* Text that inflates to gigabytes, and a great many small ones: passed over. */
static void
test_chunks (void)
{
  g_autoptr (GBytes) png = make_png (16, 16, 0);
  g_autofree guint8 *zeros = g_malloc0 (40 * 1024 * 1024);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) file = NULL;
  g_auto (WuyouDecoded) decoded = { 0 };

  g_byte_array_append (all, g_bytes_get_data (png, NULL), 33);
  wuyou_decode_test_add_chunk (all, "iCCP", zeros, 40 * 1024 * 1024);
  for (int i = 0; i < 5000; i++)
    wuyou_decode_test_add_chunk (all, "zTXt", (const guint8 *) "a\0\0x\x9c", 5);
  g_byte_array_append (all, (const guint8 *) g_bytes_get_data (png, NULL) + 33, (guint) g_bytes_get_size (png) - 33);
  file = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  wuyou_decode_test_taken ("chunks", file, PNG, NULL, &decoded);
}

static void
test_damaged (void)
{
  g_autoptr (WuyouRaster) raster = wuyou_decode_test_photo (1, 640, 480);
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);
  g_autoptr (GBytes) png = make_png (64, 64, 0);
  g_autoptr (GBytes) garbage = g_bytes_new_static ("\xff\xd8\xffgarbage all the way down", 27);
  gsize size = g_bytes_get_size (jpeg);

  for (guint i = 1; i < 10; i++) {
    g_autoptr (GBytes) cut = wuyou_decode_test_cut (jpeg, 4 + (size - 8) * i / 10);
    g_autoptr (GBytes) cut_png = wuyou_decode_test_cut (png, 10 + (g_bytes_get_size (png) - 14) * i / 10);

    wuyou_decode_test_refused ("JPEG cut off", cut, JPEG, WUYOU_DECODE_DAMAGED);
    wuyou_decode_test_refused ("PNG cut off", cut_png, PNG, WUYOU_DECODE_DAMAGED);
  }
  wuyou_decode_test_refused ("garbage", garbage, JPEG, WUYOU_DECODE_DAMAGED);
}

static void
test_types (void)
{
  g_autoptr (WuyouRaster) raster = wuyou_decode_test_photo (1, 64, 48);
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);
  static const struct {
    const char *name, *content, *type;
  } rows[] = {
    { "GIF named .jpg", "GIF89a\x01\0\x01", JPEG },
    { "empty", "", JPEG },
    { "SVG with an external entity",
      "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>",
      "image/svg+xml" },
    { "SVG as PNG", "<svg/>", PNG },
    { "a type that is none", "\xff\xd8\xff", "../../etc/passwd" },
    { "HTML as PDF", "<html>%PDF-1.4", "application/pdf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) file = g_bytes_new_static (rows[i].content, strlen (rows[i].content));

    wuyou_decode_test_refused (rows[i].name, file, rows[i].type, WUYOU_DECODE_TYPE);
  }
  wuyou_decode_test_refused ("JPEG as PNG", jpeg, PNG, WUYOU_DECODE_TYPE);
  wuyou_decode_test_refused ("JPEG as PDF", jpeg, "application/pdf", WUYOU_DECODE_TYPE);
}

/* A picture that is an archive or a page as well: nothing of that comes out. */
static void
test_polyglot (void)
{
  static const char zip[] = "PK\x03\x04\x14\0\0\0SECRETPAYLOAD<script>%PDF-1.4";
  g_autoptr (WuyouRaster) raster = wuyou_decode_test_photo (1, 64, 48);
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);
  g_autoptr (GBytes) png = make_png (64, 48, 0);
  g_autoptr (GBytes) first = wuyou_decode_test_join (jpeg, zip, sizeof zip);
  g_autoptr (GBytes) second = wuyou_decode_test_join (png, zip, sizeof zip);

  for (guint i = 0; i < 2; i++) {
    g_auto (WuyouDecoded) decoded = { 0 };

    wuyou_decode_test_taken ("polyglot", i == 0 ? first : second, i == 0 ? JPEG : PNG, NULL, &decoded);
    g_assert_false (wuyou_decode_test_contains (decoded.plain, "SECRETPAYLOAD"));
    g_assert_false (wuyou_decode_test_contains (decoded.plain, "PK\x03\x04"));
  }
}

static guint64
print_of (WuyouRaster *raster)
{
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);
  g_auto (WuyouDecoded) decoded = { 0 };

  wuyou_raster_free (raster);
  wuyou_decode_test_taken ("print", jpeg, JPEG, NULL, &decoded);
  return decoded.print;
}

static WuyouRaster *
lighten (WuyouRaster *raster)
{
  for (gsize i = 0; i < (gsize) raster->width * (gsize) raster->height * 3; i++)
    raster->rgb[i] = (guint8) MIN (raster->rgb[i] * 11 / 10 + 12, 255);
  return raster;
}

static WuyouRaster *
cut_rim (WuyouRaster *raster)
{
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse ("{\"pages\":[{\"page\":1,\"crop\":[100,100,9800,9800]}]}", NULL);

  return wuyou_raster_edit (raster, edits->pages->pdata[0]);
}

static void
assert_near (guint64 print, WuyouRaster *other, const char *what)
{
  guint distance = wuyou_image_print_distance (print, print_of (other));

  g_test_message ("%s: %u", what, distance);
  g_assert_cmpuint (distance, <=, WUYOU_IMAGE_PRINT_NEAR);
}

static WuyouRaster *
encode_again (WuyouRaster *raster)
{
  g_autoptr (GBytes) jpeg = wuyou_jpeg_write (raster);

  wuyou_raster_free (raster);
  return wuyou_decode_test_read_jpeg (jpeg);
}

static void
fill_box (WuyouRaster *raster, int x, int y, int width, int height, guint8 shade)
{
  for (int row = y; row < y + height; row++)
    memset (raster->rgb + ((gsize) row * (gsize) raster->width + (gsize) x) * 3, shade, (gsize) width * 3);
}

/* A form as insurers and tax offices have: the same rows, other words in them. */
static WuyouRaster *
draw_form (guint seed)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed + 1);
  WuyouRaster *raster = wuyou_raster_new (620, 877);

  fill_box (raster, 0, 0, 620, 877, 244);
  fill_box (raster, 180, 60, 260, 26, 60);
  for (int y = 130; y < 700; y += 55) {
    fill_box (raster, 50, y, 520, 2, 90);
    fill_box (raster, 60, y + 20, 90, 14, 110);
    for (int x = 225; x < 225 + g_rand_int_range (dice, 50, 260); x += 12)
      fill_box (raster, x, y + 18, g_rand_int_range (dice, 5, 11), 17, 80);
  }
  return raster;
}

/* Other papers of the same form are not the same paper, with few exceptions; the same one sent again is. */
static void
test_papers (void)
{
  guint64 prints[60];
  guint near = 0, near_paper = 0;
  gboolean paper;

  for (guint i = 0; i < G_N_ELEMENTS (prints); i++) {
    g_autoptr (WuyouRaster) form = draw_form (i);
    g_autoptr (WuyouRaster) photo = wuyou_decode_test_photo (i, 800, 600);

    prints[i] = wuyou_raster_print (form, &paper);
    g_assert_true (paper);
    wuyou_raster_print (photo, &paper);
    g_assert_false (paper);
    g_assert_cmpuint (wuyou_image_print_distance (prints[i], print_of (encode_again (draw_form (i)))), <=,
                      WUYOU_IMAGE_PRINT_NEAR_PAPER);
    for (guint other = 0; other < i; other++) {
      guint distance = wuyou_image_print_distance (prints[i], prints[other]);

      near += distance <= WUYOU_IMAGE_PRINT_NEAR;
      near_paper += distance <= WUYOU_IMAGE_PRINT_NEAR_PAPER;
    }
  }
  g_test_message ("of 1770 pairs %u near, %u as paper", near, near_paper);
  g_assert_cmpuint (near, >, 20);
  g_assert_cmpuint (near_paper, <, 10);
}

static void
test_print (void)
{
  guint64 prints[12];

  for (guint i = 0; i < G_N_ELEMENTS (prints); i++) {
    prints[i] = print_of (wuyou_decode_test_photo (i, 800, 600));
    assert_near (prints[i], encode_again (encode_again (wuyou_decode_test_photo (i, 800, 600))), "encoded again");
    assert_near (prints[i], wuyou_decode_test_photo (i, 1900, 1425), "larger");
    assert_near (prints[i], wuyou_decode_test_photo (i, 200, 150), "smaller");
    assert_near (prints[i], lighten (wuyou_decode_test_photo (i, 800, 600)), "lighter");
    assert_near (prints[i], cut_rim (wuyou_decode_test_photo (i, 800, 600)), "without its rim");
    for (guint other = 0; other < i; other++)
      g_assert_cmpuint (wuyou_image_print_distance (prints[i], prints[other]), >, 16);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/decoder/image/orientation", test_orientation);
  g_test_add_func ("/decoder/image/metadata", test_metadata);
  g_test_add_func ("/decoder/image/broken-exif", test_broken_exif);
  g_test_add_func ("/decoder/image/edits", test_edits);
  g_test_add_func ("/decoder/image/redaction", test_redaction);
  g_test_add_func ("/decoder/image/untouched", test_untouched);
  g_test_add_func ("/decoder/image/sizes", test_sizes);
  g_test_add_func ("/decoder/image/reduced", test_reduced);
  g_test_add_func ("/decoder/image/forms", test_forms);
  g_test_add_func ("/decoder/image/progressive", test_progressive);
  g_test_add_func ("/decoder/image/interlaced", test_interlaced);
  g_test_add_func ("/decoder/image/bombs", test_bombs);
  g_test_add_func ("/decoder/image/chunks", test_chunks);
  g_test_add_func ("/decoder/image/damaged", test_damaged);
  g_test_add_func ("/decoder/image/types", test_types);
  g_test_add_func ("/decoder/image/polyglot", test_polyglot);
  g_test_add_func ("/decoder/image/print", test_print);
  g_test_add_func ("/decoder/image/papers", test_papers);
  return g_test_run ();
}
