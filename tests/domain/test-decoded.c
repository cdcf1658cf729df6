/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "claims/wuyou-decoded.h"
#include "claims/wuyou-image-print.h"
#include "wuyou-test.h"

static GBytes *
make_bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static GBytes *
pack (WuyouDecodeVerdict verdict, const char *plain, const char *view, const char *thumb, const char *camera)
{
  WuyouDecoded decoded = { .pages = 2, .width = 640, .height = 480, .print = G_GUINT64_CONSTANT (0xF123456789ABCDEF) };
  g_autoptr (GBytes) plain_bytes = make_bytes (plain);
  g_autoptr (GBytes) view_bytes = make_bytes (view);
  g_autoptr (GBytes) thumb_bytes = make_bytes (thumb);

  decoded.taken_at = WUYOU_TEST_NOW;
  decoded.camera = (char *) camera;
  decoded.plain = plain_bytes;
  decoded.view = *view != '\0' ? view_bytes : plain_bytes;
  decoded.thumb = thumb_bytes;
  return g_byte_array_free_to_bytes (wuyou_decoded_pack (verdict, &decoded));
}

#define JPEG "\xff\xd8\xff\xe0plain"
#define PDF "%PDF-1.5 view"

static void
test_round (void)
{
  g_autoptr (GBytes) answer = pack (WUYOU_DECODE_OK, JPEG, PDF, JPEG, "相机 W1");
  g_autoptr (GBytes) alone = pack (WUYOU_DECODE_OK, JPEG, "", JPEG, NULL);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_auto (WuyouDecoded) second = { 0 };
  WuyouDecodeVerdict verdict = WUYOU_DECODE_TYPE;

  g_assert_true (wuyou_decoded_unpack (answer, &verdict, &decoded));
  g_assert_cmpint (verdict, ==, WUYOU_DECODE_OK);
  g_assert_cmpuint (decoded.pages, ==, 2);
  g_assert_cmpint (decoded.width, ==, 640);
  g_assert_cmpint (decoded.height, ==, 480);
  g_assert_cmpuint (decoded.print, ==, G_GUINT64_CONSTANT (0xF123456789ABCDEF));
  g_assert_cmpint (decoded.taken_at, ==, WUYOU_TEST_NOW);
  g_assert_cmpstr (decoded.camera, ==, "相机 W1");
  g_assert_cmpmem (g_bytes_get_data (decoded.view, NULL), g_bytes_get_size (decoded.view), PDF, strlen (PDF));
  g_assert_true (wuyou_decoded_unpack (alone, &verdict, &second));
  g_assert_true (second.view == second.plain || g_bytes_equal (second.view, second.plain));
  g_assert_null (second.camera);
}

static void
test_verdicts (void)
{
  for (guint verdict = WUYOU_DECODE_OK + 1; verdict < WUYOU_N_DECODES; verdict++) {
    g_autoptr (GBytes) answer = pack (verdict, JPEG, "", JPEG, NULL);
    g_auto (WuyouDecoded) decoded = { 0 };
    WuyouDecodeVerdict found = WUYOU_DECODE_OK;

    g_assert_nonnull (wuyou_decode_verdict_sentence (verdict));
    g_assert_true (wuyou_decoded_unpack (answer, &found, &decoded));
    g_assert_cmpint (found, ==, verdict);
    g_assert_null (decoded.plain);
  }
  g_assert_null (wuyou_decode_verdict_sentence (WUYOU_DECODE_OK));
  g_assert_null (wuyou_decode_verdict_sentence (WUYOU_N_DECODES));
}

static void
assert_refused (GBytes *answer)
{
  g_auto (WuyouDecoded) decoded = { 0 };
  WuyouDecodeVerdict verdict;

  g_assert_false (wuyou_decoded_unpack (answer, &verdict, &decoded));
  g_assert_null (decoded.plain);
  g_assert_null (decoded.camera);
}

static void
test_hostile (void)
{
  static const char *const cameras[] = { "a\nb", "a\x7f", "\xff\xfe", "\xe2\x80\xae evil" };
  g_autoptr (GBytes) whole = pack (WUYOU_DECODE_OK, JPEG, PDF, JPEG, "W1");
  g_autoptr (GBytes) script = pack (WUYOU_DECODE_OK, "<script>", "", JPEG, NULL);
  g_autoptr (GBytes) view = pack (WUYOU_DECODE_OK, JPEG, "<script>", JPEG, NULL);
  g_autoptr (GBytes) thumb = pack (WUYOU_DECODE_OK, JPEG, PDF, PDF, NULL);
  g_autoptr (GBytes) nothing = pack (WUYOU_DECODE_OK, "", "", "", NULL);
  gsize size = g_bytes_get_size (whole);

  for (gsize i = 0; i < size; i++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, i);

    assert_refused (cut);
  }
  for (guint i = 0; i < G_N_ELEMENTS (cameras); i++) {
    g_autoptr (GBytes) answer = pack (WUYOU_DECODE_OK, JPEG, PDF, JPEG, cameras[i]);

    assert_refused (answer);
  }
  assert_refused (script);
  assert_refused (view);
  assert_refused (thumb);
  assert_refused (nothing);
}

/* Any byte changed: refused or a decoded whole, never a read beyond its end. */
static void
test_changed (void)
{
  g_autoptr (GBytes) whole = pack (WUYOU_DECODE_OK, JPEG, PDF, JPEG, "W1");
  gsize size = g_bytes_get_size (whole);

  for (guint i = 0; i < 5000; i++) {
    guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), size);
    g_autoptr (GBytes) answer = NULL;
    g_auto (WuyouDecoded) decoded = { 0 };
    WuyouDecodeVerdict verdict;

    copy[g_test_rand_int_range (0, (gint32) size)] = (guint8) g_test_rand_int_range (0, 256);
    answer = g_bytes_new_take (copy, size);
    if (wuyou_decoded_unpack (answer, &verdict, &decoded) && verdict == WUYOU_DECODE_OK) {
      g_assert_cmpuint (decoded.pages, <=, WUYOU_DECODE_MAX_PAGES);
      g_assert_nonnull (decoded.view);
      g_assert_cmpuint (g_bytes_get_size (decoded.plain), <, size);
    }
  }
}

static void
fill_gray (guint8 *gray, int kind)
{
  for (int y = 0; y < 32; y++)
    for (int x = 0; x < 32; x++)
      gray[y * 32 + x] = kind == 0   ? 255
                         : kind == 1 ? (guint8) (200 + (x * 7 + y * 3) % 2)
                         : kind == 2 ? (guint8) (x * y / 5)
                                     : (guint8) (((x / 6) * 53 + (y / 5) * 91) % 200);
}

/* The very bits: they are stored, and must be the same on every machine and in every later version. */
static void
test_print (void)
{
  guint8 white[1024], noise[1024], slope[1024], tiles[1024];
  guint64 a, b;

  fill_gray (white, 0);
  fill_gray (noise, 1);
  fill_gray (slope, 2);
  fill_gray (tiles, 3);
  g_assert_cmpuint (wuyou_image_print (white), ==, 0);
  g_assert_cmpuint (wuyou_image_print (noise), ==, 0);
  a = wuyou_image_print (slope);
  b = wuyou_image_print (tiles);
  g_assert_cmphex (a, ==, G_GUINT64_CONSTANT (0xa855905580550055));
  g_assert_cmphex (b, ==, G_GUINT64_CONSTANT (0xd389761ee12ce1ac));
  g_assert_cmpuint (wuyou_image_print_distance (a, a), ==, 0);
  g_assert_cmpuint (wuyou_image_print_distance (a, b), >, 16);
  g_assert_cmpuint (wuyou_image_print_distance (0, 0), ==, 64);
  g_assert_cmpuint (wuyou_image_print_distance (0, a), ==, 64);
  g_assert_cmpuint (wuyou_image_print_distance (3, 5), ==, 2);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/decoded/round", test_round);
  g_test_add_func ("/decoded/verdicts", test_verdicts);
  g_test_add_func ("/decoded/hostile", test_hostile);
  g_test_add_func ("/decoded/changed", test_changed);
  g_test_add_func ("/decoded/print", test_print);
  return g_test_run ();
}
