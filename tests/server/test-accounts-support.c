/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/wuyou-calendar.h"
#include "base/wuyou-json.h"
#include "mail/wuyou-mail-spool.h"
#include "mail/wuyou-mail-text.h"
#include "wuyou-setting-store.h"
#include "wuyou-site-test.h"

/* --- support profile (P-10) --- */

static gboolean
write_profile (WuyouDbConn *conn, gpointer data, GError **error)
{
  static const char profile[]
      = "{\"tel\":\"400-000-0000\",\"tz\":\"Asia/Shanghai\",\"email\":\"support@op.example\",\"weekly_hours\":["
        "{\"weekday\":1,\"open\":\"09:00\",\"close\":\"18:00\"},{\"weekday\":2,\"open\":\"09:00\",\"close\":\"18:00\"},"
        "{\"weekday\":3,\"open\":\"09:00\",\"close\":\"18:00\"},{\"weekday\":4,\"open\":\"09:00\",\"close\":\"18:00\"},"
        "{\"weekday\":5,\"open\":\"09:00\",\"close\":\"18:00\"}],\"client_policy\":{\"supported_from\":\"0.1.0\"}}";

  return wuyou_setting_set (conn, "support-profile", profile, 0, error)
         && wuyou_setting_set (conn, "operator-profile", "{\"name\":\"示例无忧运营有限公司\"}", 0, error)
         && wuyou_holiday_set (conn, wuyou_date_parse ("2026-10-01"), WUYOU_DAY_HOLIDAY, "国庆节", error)
         && wuyou_holiday_set (conn, wuyou_date_parse ("2026-10-10"), WUYOU_DAY_WORKDAY, "调休", error);
}

static void
set_profile (WuyouSite *site)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_write (site->context.db, write_profile, NULL, &error);
  g_assert_no_error (error);
}

static gint64
at (const char *date, int hour, int minute)
{
  return wuyou_date_start (wuyou_date_parse (date)) + (hour * 60 + minute) * 60 * (gint64) G_USEC_PER_SEC;
}

static void
test_hours (void)
{
  static const struct {
    const char *date;
    int hour, minute;
    gboolean open;
    const char *changes_date;
    int changes_hour;
  } cases[] = {
    { "2026-09-30", 9, 0, TRUE, "2026-09-30", 18 },
    { "2026-09-30", 8, 59, FALSE, "2026-09-30", 9 },
    { "2026-09-30", 17, 59, TRUE, "2026-09-30", 18 },
    { "2026-09-30", 18, 0, FALSE, "2026-10-02", 9 }, /* tomorrow is a holiday */
    { "2026-10-01", 10, 0, FALSE, "2026-10-02", 9 },
    { "2026-10-10", 10, 0, TRUE, "2026-10-10", 18 }, /* a Saturday that is worked */
    { "2026-10-11", 10, 0, FALSE, "2026-10-12", 9 },
  };
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);

  set_profile (site);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    wuyou_test_set_now (at (cases[i].date, cases[i].hour, cases[i].minute));
    wuyou_site_expect (site, NULL, "GET", "/v1/support", NULL, 200, NULL);
    g_assert_cmpint (wuyou_json_get_boolean (site->reply, "open_now"), ==, cases[i].open);
    g_assert_cmpint (wuyou_instant_parse (wuyou_site_get (site, "changes_at")), ==,
                     at (cases[i].changes_date, cases[i].changes_hour, 0));
  }
  wuyou_site_free (site);
}

/* What the desktop computes from the calendar is what the server says. */
static void
test_calendar_travels (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  g_autoptr (WuyouCalendar) calendar = NULL;
  g_autoptr (GError) error = NULL;

  set_profile (site);
  wuyou_test_set_now (at ("2026-10-10", 10, 0));
  wuyou_site_expect (site, NULL, "GET", "/v1/support", NULL, 200, NULL);
  g_assert_cmpstr (wuyou_site_get (site, "tel"), ==, "400-000-0000");
  g_assert_cmpstr (wuyou_site_get (site, "operator.name"), ==, "示例无忧运营有限公司");
  g_assert_cmpstr (wuyou_site_get (site, "client_policy.supported_from"), ==, "0.1.0");
  calendar = wuyou_calendar_new_from_json (site->reply, &error);
  g_assert_no_error (error);
  g_assert_true (wuyou_calendar_is_open (calendar, at ("2026-10-10", 10, 0)));
  g_assert_false (wuyou_calendar_is_open (calendar, at ("2026-10-01", 10, 0)));
  wuyou_site_free (site);
}

static void
test_nothing_set (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);

  wuyou_site_expect (site, NULL, "GET", "/v1/support", NULL, 200, NULL);
  g_assert_false (wuyou_json_get_boolean (site->reply, "open_now"));
  g_assert_null (wuyou_site_get (site, "changes_at"));
  wuyou_site_free (site);
}

/* --- client policy --- */

static gboolean
write_policy (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autofree char *profile = g_strdup_printf ("{\"client_policy\":%s}", (const char *) data);

  return wuyou_setting_set (conn, "support-profile", profile, 0, error);
}

static void
set_policy (WuyouSite *site, const char *policy)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_write (site->context.db, write_policy, (gpointer) policy, &error);
  g_assert_no_error (error);
  wuyou_test_advance (4 * G_USEC_PER_SEC);
}

static void
expect_from (WuyouSite *site,
             const char *agent,
             const char *token,
             const char *method,
             const char *path,
             guint status,
             const char *code)
{
  site->agent = agent;
  wuyou_site_expect (site, token, method, path, g_str_equal (method, "GET") ? NULL : "{}", status, code);
}

/* 6.1-01: an application that is too old is told so, whatever it asks, but for help and the way out. */
static void
test_minimum_version (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  g_autofree char *id = wuyou_site_add_account (site, "a@ad.example", "DADM", "ad", 0);
  g_autofree char *token = wuyou_site_open_session (site, id);

  expect_from (site, "wuyou/0.0.9", token, "GET", "/v1/session", 200, NULL);
  set_policy (site, "{\"blocked_below\":\"0.1\",\"supported_from\":\"0.2\",\"idle_lock_minutes_max\":5}");
  expect_from (site, "wuyou/0.0.9", token, "GET", "/v1/session", 426, "UPGRADE_REQUIRED");
  expect_from (site, "wuyou/0.0.9 libsoup/3", NULL, "POST", "/v1/sessions", 426, "UPGRADE_REQUIRED");
  expect_from (site, "wuyou/0.0.9", NULL, "GET", "/v1/support", 200, NULL);
  expect_from (site, "wuyou/0.1.0", token, "GET", "/v1/session", 200, NULL);
  g_assert_cmpstr (wuyou_site_get (site, "client_policy.supported_from"), ==, "0.2.0");
  g_assert_cmpint (wuyou_json_get_int (wuyou_json_get_object (site->reply, "client_policy"), "idle_lock_minutes_max"),
                   ==, 5);
  wuyou_site_expect (site, token, "GET", "/v1/session", NULL, 200, NULL); /* a program of somebody's own */
  expect_from (site, "wuyou/0.0.9", token, "DELETE", "/v1/session", 204, NULL);
  wuyou_site_free (site);
}

/* A policy that nobody can read stops nobody from working, and is warned of. */
static void
test_broken_policy (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  g_autofree char *id = wuyou_site_add_account (site, "a@ad.example", "DADM", "ad", 0);
  g_autofree char *token = wuyou_site_open_session (site, id);

  g_test_expect_message ("wuyou-server", G_LOG_LEVEL_WARNING, "client policy not read:*blocked_below*");
  set_policy (site, "{\"blocked_below\":\"everything\"}");
  expect_from (site, "wuyou/0.0.9", token, "GET", "/v1/session", 200, NULL);
  wuyou_site_free (site);
  g_test_assert_expected_messages ();
}

/* 2.4-03: as many desktops of one account as the policy lets; the oldest one goes. */
static void
test_desktops (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  g_autofree char *id = wuyou_site_add_account (site, "a@ad.example", "DADM", "ad", 0);
  char *tokens[3];

  set_policy (site, "{\"desktops_max\":2}");
  for (guint i = 0; i < 3; i++) {
    tokens[i] = wuyou_site_sign_in (site, "a@ad.example", NULL);
    wuyou_test_advance (G_USEC_PER_SEC);
  }
  wuyou_site_expect (site, tokens[0], "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  for (guint i = 0; i < 3; i++) {
    if (i > 0)
      wuyou_site_expect (site, tokens[i], "GET", "/v1/session", NULL, 200, NULL);
    g_free (tokens[i]);
  }
  wuyou_site_free (site);
}

/* A report from the sign-in window reaches the operator's mailbox. */
static void
test_report_mail (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  g_autofree char *mail = NULL;

  set_profile (site);
  wuyou_site_expect (site, NULL, "POST", "/v1/misuse-reports",
                     "{\"login\":\"zhao@ad.example\",\"text\":\"有人用我的账号登录\"}", 201, NULL);
  mail = wuyou_site_take_mail (site, "support@op.example");
  g_assert_nonnull (mail);
  g_assert_nonnull (strstr (mail, "有人用我的账号登录"));
  g_assert_nonnull (strstr (mail, "zhao@ad.example"));
  g_assert_cmpint (wuyou_site_count (site, "SELECT count(*) FROM feedback WHERE CAST(sealed AS TEXT) LIKE '%登录%'"),
                   ==, 0); /* sealed where it lies */
  wuyou_site_free (site);
}

/* --- mail --- */

static char *
spool (const char *to, const char *subject, const char *text, GError **error)
{
  g_autofree char *directory = g_build_filename (wuyou_test_new_dir (), "spool", NULL);
  g_autofree char *path = g_build_filename (directory, "m1.eml", NULL);
  WuyouMail mail = { .id = (char *) "m1", .to = (char *) to, .subject = (char *) subject, .text = (char *) text };
  char *contents = NULL;

  if (!wuyou_mail_spool_write (directory, &mail, WUYOU_TEST_NOW, error))
    return NULL;
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  return contents;
}

static void
test_mail_format (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = spool ("zhao@ad.example", "重置登录密码", "您好", &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (contents, "\nTo: zhao@ad.example\n"));
  g_assert_nonnull (strstr (contents, "\nSubject: =?UTF-8?"));
  g_assert_nonnull (strstr (contents, "\nContent-Transfer-Encoding: base64\n"));
  g_assert_nonnull (strstr (contents, "Mon, 23 Nov 2026"));
  for (const char *p = contents; *p != '\0'; p++) /* seven bits only */
    g_assert_true (g_ascii_isprint (*p) || *p == '\n' || *p == '\t');
}

static void
test_mail_addresses (void)
{
  static const char *const addresses[]
      = { "a@b.example\nBcc: c@d.example", "a@b.example\r\nX: y", "a@b.example, c@d.example", "nobody", "", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (spool (addresses[i], "x", "y", &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  }
}

static void
test_mail_subject (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = spool ("a@b.example", "x\nBcc: c@d.example", "y", &error);

  g_assert_no_error (error);
  g_assert_null (strstr (contents, "\nBcc:"));
}

static void
test_mail_no_folder (void)
{
  g_autofree char *file = g_build_filename (wuyou_test_new_dir (), "file", NULL);
  WuyouMail mail = { .id = (char *) "m1", .to = (char *) "a@b.example", .subject = (char *) "x", .text = (char *) "y" };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_false (wuyou_mail_spool_write (file, &mail, WUYOU_TEST_NOW, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_UNAVAILABLE, NULL);
}

/* Every kind in both languages, every place filled; values are not looked at again. */
static void
test_mail_texts (void)
{
  static const char *const facts[]
      = { "name", "{token}", "time", "T",    "host", "H",      "token", "K",   "old", "O", "new",
          "N",    "login",   "L",    "text", "X",    "number", "M",     "due", "D",   NULL };

  for (guint kind = 0; kind < WUYOU_N_MAILS; kind++)
    for (guint english = 0; english < 2; english++) {
      WuyouMail *mail = wuyou_mail_text_new (kind, english ? "en" : "zh", "i", NULL, "a@b.example", facts);
      g_auto (GStrv) parts = g_strsplit (mail->text, "{token}", -1);

      g_assert_cmpuint (strlen (mail->subject), >, 5);
      for (guint i = 0; parts[i] != NULL; i++)
        g_assert_null (strchr (parts[i], '{'));
      g_assert_cmpint (g_str_is_ascii (mail->subject), ==, (gboolean) english);
      wuyou_mail_free (mail);
    }
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/support/hours", test_hours);
  g_test_add_func ("/support/calendar-travels", test_calendar_travels);
  g_test_add_func ("/support/nothing-set", test_nothing_set);
  g_test_add_func ("/policy/minimum-version", test_minimum_version);
  g_test_add_func ("/policy/broken", test_broken_policy);
  g_test_add_func ("/policy/desktops", test_desktops);
  g_test_add_func ("/support/report-mail", test_report_mail);
  g_test_add_func ("/mail/format", test_mail_format);
  g_test_add_func ("/mail/addresses", test_mail_addresses);
  g_test_add_func ("/mail/subject", test_mail_subject);
  g_test_add_func ("/mail/no-folder", test_mail_no_folder);
  g_test_add_func ("/mail/texts", test_mail_texts);
  return g_test_run ();
}
