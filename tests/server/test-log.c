/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "wuyou-http-test.h"
#include "engine/wuyou-log.h"

/* What a request carries that tells who somebody is; none of it may be in the log. */
static const char *const secrets[] = {
  "019aaaaa", "13800138000", "good", "\346\235\216", "%E6%9D%8E", "LSVAA4187E2000001", "Firefox",
};

static void
serve_one (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();

  g_assert_true (wuyou_log_set_up ("info"));
  wuyou_http_test_start (test);
  wuyou_http_reply_free (
      wuyou_http_test_exchange (test,
                                "GET /v1/contracts/LSVAA4187E2000001?q=%E6%9D%8E13800138000 HTTP/1.1\r\n"
                                "Host: a\r\nUser-Agent: Firefox\r\nAuthorization: Bearer good\r\n\r\n",
                                -1));
  wuyou_http_reply_free (
      wuyou_http_test_exchange (test, "GET /13800138000?LSVAA4187E2000001 HTTP/1.1\r\nHost: a\r\n\r\n", -1));
  g_message ("a word of GLib");
  wuyou_http_test_free (test);
}

static void
test_lines (void)
{
  if (g_test_subprocess ()) {
    serve_one ();
    return;
  }
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr (
      "*\"method\":\"GET\",\"route\":\"/v1/contracts/{id}\",\"account\":\"*\",\"status\":200,\"bytes\":*");
  g_test_trap_assert_stderr ("*\"route\":\"none\",\"status\":404,*");
  g_test_trap_assert_stderr ("*\"level\":\"info\",*\"message\":\"a word of GLib\"*");
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_autofree char *pattern = g_strconcat ("*", secrets[i], "*", NULL);

    g_test_trap_assert_stderr_unmatched (pattern);
  }
}

static void
test_levels (void)
{
  g_assert_false (wuyou_log_set_up ("loud"));
  g_assert_false (wuyou_log_set_up (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/lines", test_lines);
  g_test_add_func ("/log/levels", test_levels);
  return g_test_run ();
}
