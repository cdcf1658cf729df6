/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-decode-test.h"

#include <string.h>
#include <unistd.h>

#include "wuyou-decoder.h"
#include "wuyou-image.h"

WuyouServerConfig *
wuyou_decode_test_config (void)
{
  WuyouServerConfig *config = wuyou_server_config_new ();

  config->decoder = g_build_filename (g_getenv ("WUYOU_BUILD"), "src", "decoder", "wuyou-decoder", NULL);
  return config;
}

static void
run_here (GBytes *file, const char *type, const char *edits_json, const WuyouDecoded *child, const GError *said)
{
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse (edits_json, NULL);
  g_auto (WuyouDecoded) here = { 0 };
  g_autoptr (GError) error = NULL;

  if (!wuyou_decoder_decode (file, type, edits, &here, &error)) {
    g_assert_cmpint (error->domain, ==, WUYOU_DECODE_ERROR);
    g_assert_error (said, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE);
    g_assert_cmpstr (said->message, ==, wuyou_decode_verdict_sentence ((guint) error->code));
    return;
  }
  g_assert_no_error (said);
  g_assert_cmpuint (here.pages, ==, child->pages);
  g_assert_cmpuint (here.print, ==, child->print);
  g_assert_cmpint (here.taken_at, ==, child->taken_at);
  if (g_str_has_prefix (type, "image/")) {
    g_assert_true (g_bytes_equal (here.plain, child->plain));
    g_assert_true (g_bytes_equal (here.view, child->view));
    g_assert_true (g_bytes_equal (here.thumb, child->thumb));
  }
}

gboolean
wuyou_decode_test_run (GBytes *file, const char *type, const char *edits, WuyouDecoded *ret, GError **error)
{
  g_autoptr (WuyouServerConfig) config = wuyou_decode_test_config ();
  g_autoptr (GError) local = NULL;
  gboolean blame;
  int fd = wuyou_decode_seal (g_bytes_get_data (file, NULL), g_bytes_get_size (file), error);

  g_assert_cmpint (fd, >=, 0);
  wuyou_decode (config, fd, type, edits, NULL, ret, &blame, &local);
  close (fd);
  run_here (file, type, edits, ret, local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
wuyou_decode_test_refused (const char *name, GBytes *file, const char *type, WuyouDecodeVerdict verdict)
{
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", name);
  g_assert_false (wuyou_decode_test_run (file, type, NULL, &decoded, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE);
  g_assert_cmpstr (error->message, ==, wuyou_decode_verdict_sentence (verdict));
  g_assert_null (decoded.plain);
  g_assert_null (decoded.thumb);
}

void
wuyou_decode_test_taken (const char *name, GBytes *file, const char *type, const char *edits, WuyouDecoded *ret)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", name);
  wuyou_decode_test_run (file, type, edits, ret, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ret->media_type, ==, type);
}

/* Soft light, and things with edges in it, at places that the seed chooses. */
typedef struct {
  double x, y, width, height, light;
} Thing;

static double
light_at (const Thing *things, guint n_things, double x, double y)
{
  double light = 100;

  for (guint i = 0; i < n_things; i++) {
    double dx = (x - things[i].x) / things[i].width, dy = (y - things[i].y) / things[i].height;

    if (i % 3 == 0)
      light += things[i].light / (1 + dx * dx + dy * dy);
    else if (ABS (dx) < 0.5 && ABS (dy) < 0.5)
      light += things[i].light;
  }
  return light;
}

WuyouRaster *
wuyou_decode_test_photo (guint seed, int width, int height)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  WuyouRaster *raster = wuyou_raster_new (width, height);
  Thing things[36];
  guint8 *out = raster->rgb;

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    things[i] = (Thing){ g_rand_double (random), g_rand_double (random), g_rand_double_range (random, 0.05, 0.35),
                         g_rand_double_range (random, 0.05, 0.35), g_rand_double_range (random, -70, 80) };
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      double light = light_at (things, G_N_ELEMENTS (things), (x + 0.5) / width, (y + 0.5) / height);

      for (int c = 0; c < 3; c++)
        *out++ = (guint8) CLAMP (light + 8 * c, 0, 255);
    }
  return raster;
}

const guint8 *
wuyou_decode_test_pixel (const WuyouRaster *raster, int x, int y)
{
  g_assert_true (x >= 0 && x < raster->width && y >= 0 && y < raster->height);
  return raster->rgb + ((gsize) y * (gsize) raster->width + (gsize) x) * 3;
}

WuyouRaster *
wuyou_decode_test_read_jpeg (GBytes *jpeg)
{
  WuyouImageInfo info = { 0 };
  g_autoptr (GError) error = NULL;
  WuyouRaster *raster = wuyou_jpeg_read (jpeg, &info, &error);

  g_assert_no_error (error);
  g_assert_cmpint (info.orientation, ==, 0);
  g_free (info.camera);
  return raster;
}

GBytes *
wuyou_decode_test_cut (GBytes *bytes, gsize size)
{
  return g_bytes_new_from_bytes (bytes, 0, size);
}

GBytes *
wuyou_decode_test_join (GBytes *bytes, gconstpointer more, gsize size)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  g_byte_array_append (all, more, (guint) size);
  return g_byte_array_free_to_bytes (all);
}

gboolean
wuyou_decode_test_contains (GBytes *bytes, const char *text)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text)) != NULL;
}
