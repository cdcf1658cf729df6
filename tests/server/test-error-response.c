/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "engine/wuyou-error-response.h"
#include "wuyou-test.h"

static char *
write_error (const GError *error)
{
  GString *out = g_string_new (NULL);

  wuyou_error_response_write (error, out);
  return g_string_free (out, FALSE);
}

static void
test_violations (void)
{
  GError *error = NULL;
  GError *violation = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, "The VIN has 17 characters.");
  g_autofree char *text = NULL;

  wuyou_error_set_field (violation, "vin", "GB 16735");
  wuyou_error_take_violation (&error, violation);
  violation = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_WEAK_PASSWORD, "Too \"short\".");
  wuyou_error_set_field (violation, "password", NULL);
  wuyou_error_take_violation (&error, violation);
  text = write_error (error);
  wuyou_test_assert_json (
      text,
      "{\"type\":\"urn:wuyou:problem:INVALID\",\"title\":\"Some entries need attention.\",\"status\":422,"
      "\"code\":\"INVALID\",\"detail\":\"The VIN has 17 characters.\",\"field\":\"vin\",\"authority\":\"GB 16735\","
      "\"violations\":[{\"field\":\"vin\",\"code\":\"INVALID\",\"detail\":\"The VIN has 17 characters.\","
      "\"authority\":\"GB 16735\"},{\"field\":\"password\",\"code\":\"WEAK_PASSWORD\",\"detail\":\"Too "
      "\\\"short\\\".\"}]}");
  g_error_free (error);
}

/* What a foreign library says may hold a path, a statement or a value. */
static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_ACCES, "/var/lib/secret");
  g_autoptr (GError) inside = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "SELECT secret");
  g_autofree char *text = write_error (error);
  g_autofree char *inside_text = write_error (inside);

  g_assert_null (strstr (text, "secret"));
  g_assert_null (strstr (inside_text, "secret"));
  g_assert_nonnull (strstr (text, "\"status\":500"));
}

/* Every code has a row with a status that may be sent, or never crosses the wire and is then a 500. */
static void
test_codes (void)
{
  for (guint code = 0; code < WUYOU_N_ERRORS; code++) {
    g_autoptr (GError) error = g_error_new_literal (WUYOU_ERROR, (int) code, "");
    g_autoptr (WuyouReply) reply = wuyou_error_response_new (error);
    guint status = wuyou_error_info (code)->status;

    g_assert_cmpuint (wuyou_reply_get_status (reply), ==, status != 0 ? status : 500);
    g_assert_cmpuint (wuyou_reply_get_status (reply), >=, 400);
  }
}

static void
test_retry_after (void)
{
  g_autoptr (GError) error = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_RATE_LIMITED, "");
  g_autofree char *text = NULL;

  wuyou_error_set_retry_after (error, 30);
  text = write_error (error);
  g_assert_nonnull (strstr (text, "\"retry_after\":30"));
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/error-response/violations", test_violations);
  g_test_add_func ("/error-response/foreign", test_foreign);
  g_test_add_func ("/error-response/codes", test_codes);
  g_test_add_func ("/error-response/retry-after", test_retry_after);
  return g_test_run ();
}
