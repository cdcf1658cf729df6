/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-payload.h"

#include <sodium.h>
#include <string.h>

#include "wuyou-qr.h"
#include "wuyou-test.h"

#define HASH "3f9a21c400112233445566778899aabbccddeeff00112233445566778899aabb"

static guint8 public_key[WUYOU_PAPER_PUBLIC_KEY], secret_key[WUYOU_PAPER_SECRET_KEY];

static void
make_keys (guint8 first, guint8 *ret_public, guint8 *ret_secret)
{
  guint8 seed[crypto_sign_SEEDBYTES] = { first };

  crypto_sign_seed_keypair (ret_public, ret_secret, seed);
}

static char *
sign_sample (void)
{
  WuyouPaperPayload payload;

  g_assert_true (wuyou_paper_payload_init (&payload, "WY-2026-0000481", 2, HASH, wuyou_date_new (2026, 11, 23)));
  return wuyou_paper_payload_sign (&payload, secret_key);
}

static void
test_round_trip (void)
{
  g_autofree char *text = sign_sample (), *again = sign_sample ();
  g_autoptr (GError) error = NULL;
  WuyouPaperPayload payload;

  g_assert_cmpstr (text, ==, again);
  g_assert_true (g_str_has_prefix (text, "WY1."));
  g_assert_cmpuint (strlen (text), <, 200);
  g_assert_true (wuyou_paper_payload_verify (text, public_key, &payload, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (payload.number, ==, "WY-2026-0000481");
  g_assert_cmpuint (payload.revision, ==, 2);
  g_assert_cmpint (payload.date, ==, wuyou_date_new (2026, 11, 23));
  g_assert_cmphex (payload.hash[0], ==, 0x3f);
  g_assert_cmphex (payload.hash[15], ==, 0xbb);
}

static void
test_typed (void)
{
  g_autofree char *text = sign_sample ();
  g_autofree char *folded = g_strdup_printf ("  %.40s\r\n %.60s\t%s\n", text, text + 40, text + 100);
  g_autoptr (GError) error = NULL;
  WuyouPaperPayload payload;

  g_assert_true (wuyou_paper_payload_verify (folded, public_key, &payload, &error));
  g_assert_no_error (error);
}

/* Whatever one character is changed to, the copy is refused, and the caller's payload is not touched. */
static void
test_tampered (void)
{
  g_autofree char *text = sign_sample ();

  for (gsize i = 0; i < strlen (text); i++) {
    g_autofree char *changed = g_strdup (text);
    g_autoptr (GError) error = NULL;
    WuyouPaperPayload payload = { .revision = 77 };

    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (wuyou_paper_payload_verify (changed, public_key, &payload, &error))
      g_error ("character %" G_GSIZE_FORMAT " may be changed", i);
    g_assert_cmpuint (payload.revision, ==, 77);
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  }
}

static void
test_refused (void)
{
  g_autofree char *good = sign_sample ();
  g_autofree char *cut = g_strndup (good, strlen (good) - 8);
  g_autofree char *twice = g_strconcat (good, good, NULL);
  g_autofree char *endless = g_strnfill (100000, 'A');
  g_autofree char *long_one = g_strconcat ("WY1.", endless, NULL);
  const char *const texts[] = {
    NULL, "",    "WY1.",   "WY1..",          "WY1.A.", "WY2.AAAA.BBBB", "https://example.invalid/",
    cut,  twice, long_one, "WY1.\xff\xfe.A",
  };
  guint8 other_public[WUYOU_PAPER_PUBLIC_KEY], other_secret[WUYOU_PAPER_SECRET_KEY];
  g_autoptr (GError) error = NULL;
  WuyouPaperPayload payload;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_false (wuyou_paper_payload_verify (texts[i], public_key, &payload, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  }
  make_keys (9, other_public, other_secret);
  g_assert_false (wuyou_paper_payload_verify (good, other_public, &payload, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
}

/* A body that was really signed, but not by this format. */
static void
test_foreign_body (void)
{
  static const char *const bodies[] = {
    "",
    "WY-1",
    "WY-1\n0\n2026-11-23\nAAAAAAAAAAAAAAAAAAAAAA",
    "WY-1\n1\n2026-02-30\nAAAAAAAAAAAAAAAAAAAAAA",
    "WY-1\n1\n2026-11-23\nAAAA",
    "WY-1\n1\n2026-11-23\nAAAAAAAAAAAAAAAAAAAAAA\nmore",
    "WY_1\n1\n2026-11-23\nAAAAAAAAAAAAAAAAAAAAAA",
    "WY-1\n99999999\n2026-11-23\nAAAAAAAAAAAAAAAAAAAAAA",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    char encoded[256], signature[128];
    guint8 bytes[crypto_sign_BYTES];
    g_autofree char *message = NULL, *text = NULL;
    g_autoptr (GError) error = NULL;
    WuyouPaperPayload payload;

    sodium_bin2base64 (encoded, sizeof encoded, (const guint8 *) bodies[i], strlen (bodies[i]),
                       sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    message = g_strconcat ("WY1.", encoded, NULL);
    crypto_sign_detached (bytes, NULL, (const guint8 *) message, strlen (message), secret_key);
    sodium_bin2base64 (signature, sizeof signature, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text = g_strconcat (message, ".", signature, NULL);
    g_assert_false (wuyou_paper_payload_verify (text, public_key, &payload, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  }
}

static void
test_init (void)
{
  WuyouDate day = wuyou_date_new (2026, 11, 23);
  WuyouPaperPayload payload;

  g_assert_false (wuyou_paper_payload_init (&payload, NULL, 1, HASH, day));
  g_assert_false (wuyou_paper_payload_init (&payload, "", 1, HASH, day));
  g_assert_false (wuyou_paper_payload_init (&payload, "WY 1", 1, HASH, day));
  g_assert_false (wuyou_paper_payload_init (&payload, "0123456789012345678901234567890123456789", 1, HASH, day));
  g_assert_false (wuyou_paper_payload_init (&payload, "WY-1", 0, HASH, day));
  g_assert_false (wuyou_paper_payload_init (&payload, "WY-1", 1, "3f9a", day));
  g_assert_false (wuyou_paper_payload_init (&payload, "WY-1", 1, NULL, day));
  g_assert_false (wuyou_paper_payload_init (&payload, "WY-1", 1, HASH, WUYOU_DATE_NONE));
  g_assert_true (wuyou_paper_payload_init (&payload, "WY-1", 1, HASH, day));
}

static void
test_short_code (void)
{
  g_autofree char *code = wuyou_paper_short_code (HASH), *stub = wuyou_paper_short_code ("3f9");

  g_assert_cmpstr (code, ==, "3F9A-21C4");
  g_assert_cmpstr (stub, ==, "3F9");
}

/* The three finder patterns and the timing lines of ISO/IEC 18004, and the squares where they belong on paper. */
static void
test_code (void)
{
  g_autofree char *text = sign_sample ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouQr) qr = wuyou_qr_new (text, &error);
  guint width;

  g_assert_no_error (error);
  width = wuyou_qr_get_width (qr);
  g_assert_cmpuint (width, <=, 57);
  g_assert_cmpuint (width % 4, ==, 1);
  for (guint i = 0; i < 7; i++) {
    g_assert_true (wuyou_qr_is_dark (qr, i, 0) && wuyou_qr_is_dark (qr, width - 1 - i, 0));
    g_assert_true (wuyou_qr_is_dark (qr, 0, width - 1 - i));
  }
  for (guint i = 8; i < width - 8; i++)
    g_assert_true (wuyou_qr_is_dark (qr, i, 6) == (i % 2 == 0));
}

static void
test_code_drawn (void)
{
  g_autofree char *text = sign_sample ();
  g_autoptr (WuyouQr) qr = wuyou_qr_new (text, NULL);
  guint width = wuyou_qr_get_width (qr), size = (width + 8) * 4;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) size, (int) size);
  cairo_t *cr = cairo_create (surface);
  const guint8 *pixels;

  wuyou_qr_draw (qr, cr, 0, 0, size);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  for (guint row = 0; row < width; row++)
    for (guint column = 0; column < width; column++) {
      guint offset = ((row + 4) * 4 + 2) * (guint) cairo_image_surface_get_stride (surface) + (column + 4) * 4 + 2;

      g_assert_true ((pixels[offset] > 127) == wuyou_qr_is_dark (qr, column, row));
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_code_refused (void)
{
  g_autofree char *huge = g_strnfill (5000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (wuyou_qr_new ("", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  g_assert_null (wuyou_qr_new (huge, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_assert_cmpint (sodium_init (), >=, 0);
  make_keys (7, public_key, secret_key);
  g_test_add_func ("/papers/payload/round-trip", test_round_trip);
  g_test_add_func ("/papers/payload/typed-with-blanks", test_typed);
  g_test_add_func ("/papers/payload/tampered", test_tampered);
  g_test_add_func ("/papers/payload/refused", test_refused);
  g_test_add_func ("/papers/payload/foreign-body", test_foreign_body);
  g_test_add_func ("/papers/payload/init", test_init);
  g_test_add_func ("/papers/payload/short-code", test_short_code);
  g_test_add_func ("/papers/qr/structure", test_code);
  g_test_add_func ("/papers/qr/drawn", test_code_drawn);
  g_test_add_func ("/papers/qr/refused", test_code_refused);
  return g_test_run ();
}
