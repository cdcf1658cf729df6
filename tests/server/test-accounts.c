/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <liboath/oath.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "accounts/wuyou-auth.h"
#include "wuyou-site-test.h"

#define MINUTE (60 * (gint64) G_USEC_PER_SEC)
#define MAIL "zhao@ad.example"
#define WRONG "{\"login\":\"" MAIL "\",\"password\":\"Lanting-99-Songtao\"}"
#define RIGHT "{\"login\":\"" MAIL "\",\"password\":\"" WUYOU_SITE_PASSWORD "\"}"
#define NEW_PASSWORD "Qinghe-58-Wutong"

/* One person of a dealership that has agreed, for most tests. */
typedef struct {
  WuyouSite *site;
  char *id;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  WuyouDate today = wuyou_date_of_instant (WUYOU_TEST_NOW);
  g_autofree char *token = NULL, *bundle = NULL;

  f->site = wuyou_site_new (GPOINTER_TO_INT (data));
  f->id = wuyou_site_add_account (f->site, MAIL, "DADM", "ad", 0);
  bundle = wuyou_site_publish (f->site, "DEALER", 1, today - 30);
  token = wuyou_site_open_session (f->site, f->id);
  wuyou_site_accept (f->site, token);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  wuyou_site_free (f->site);
  g_free (f->id);
}

static void
test_sign_in (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, "  ZHAO@ad.Example ", NULL);
  g_autofree char *first = NULL;

  g_assert_cmpuint (strlen (token), ==, 64);
  g_assert_cmpstr (wuyou_site_get (f->site, "account.id"), ==, f->id);
  g_assert_cmpstr (wuyou_site_get (f->site, "account.org.kind"), ==, "DEALER");
  g_assert_cmpuint (json_array_get_length (wuyou_json_get_array (f->site->reply, "gates")), ==, 0);
  g_assert_cmpint (wuyou_json_get_int (wuyou_json_get_object (f->site->reply, "session"), "idle_seconds"), ==, 43200);
  first = g_strdup (wuyou_site_get (f->site, "session.id"));
  wuyou_site_expect (f->site, token, "GET", "/v1/session", NULL, 200, NULL);
  g_assert_null (wuyou_site_get (f->site, "token"));
  g_assert_cmpstr (wuyou_site_get (f->site, "session.id"), ==, first);
  g_assert_cmpstr (wuyou_site_get (f->site, "last_sign_in.host"), ==, NULL); /* the first was opened without a host */
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM audit WHERE action = 'sign-in' AND outcome = 'OK'"),
                   ==, 1);
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM sessions WHERE token_hash NOT LIKE '%token%'"), ==,
                   2);
}

/* Everything that is wrong with a body is either BAD_CREDENTIALS or a named refusal, never a session. */
static void
test_sign_in_bad_bodies (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *body;
    guint status;
    const char *code;
  } cases[] = {
    { "", 400, "MALFORMED" },
    { "[]", 400, "MALFORMED" },
    { "{}", 401, "BAD_CREDENTIALS" },
    { "{\"login\":7,\"password\":true}", 401, "BAD_CREDENTIALS" },
    { "{\"login\":\"" MAIL "\"}", 401, "BAD_CREDENTIALS" },
    { "{\"login\":\"" MAIL "\",\"password\":\"\"}", 401, "BAD_CREDENTIALS" },
    { "{\"login\":\"" MAIL "\",\"password\":\"" WUYOU_SITE_PASSWORD "\",\"password\":\"x\"}", 400, "MALFORMED" },
    { "{\"login\":\"' OR 1=1 --\",\"password\":\"' OR 1=1 --\"}", 401, "BAD_CREDENTIALS" },
    { "{\"login\":\"nobody@ad.example\",\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 401, "BAD_CREDENTIALS" },
    { "{\"login\":\"" MAIL "\",\"password\":\"" WUYOU_SITE_PASSWORD "\",\"device\":{\"label\":\"a\\u202eb\"}}", 422,
      "INVALID" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", cases[i].body, cases[i].status, cases[i].code);
}

/* 2.3-02: five wrong tries lock; the right password is then refused with the very same answer. */
static void
test_lock_out (Fixture *f, gconstpointer data)
{
  g_autofree char *wrong = NULL, *locked = NULL, *unknown = NULL, *token = NULL;

  for (guint i = 0; i < 5; i++)
    wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", WRONG, 401, "BAD_CREDENTIALS");
  wrong = json_to_string (json_node_init_object (json_node_alloc (), f->site->reply), FALSE);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", RIGHT, 401, "BAD_CREDENTIALS");
  locked = json_to_string (json_node_init_object (json_node_alloc (), f->site->reply), FALSE);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", "{\"login\":\"a@b.example\",\"password\":\"x\"}", 401,
                     "BAD_CREDENTIALS");
  unknown = json_to_string (json_node_init_object (json_node_alloc (), f->site->reply), FALSE);
  g_assert_cmpstr (wrong, ==, locked);
  g_assert_cmpstr (wrong, ==, unknown);
  wuyou_test_advance (MINUTE - G_USEC_PER_SEC);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", RIGHT, 401, "BAD_CREDENTIALS");
  wuyou_test_advance (2 * G_USEC_PER_SEC);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", WRONG, 401, "BAD_CREDENTIALS");
  wuyou_test_advance (MINUTE + G_USEC_PER_SEC); /* the sixth failure locks for twice as long */
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", RIGHT, 401, "BAD_CREDENTIALS");
  wuyou_test_advance (MINUTE);
  token = wuyou_site_sign_in (f->site, MAIL, NULL);
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM limits WHERE count >= 5 AND name IN "
                                              "(SELECT email_key FROM accounts)"),
                   ==, 0);
}

static void
measure (WuyouSite *site, const char *body, gint64 *best)
{
  gint64 start = g_get_monotonic_time ();

  wuyou_site_call (site, NULL, "POST", "/v1/sessions", body);
  *best = MIN (*best, g_get_monotonic_time () - start);
}

/* No enumeration by the clock: an unknown account takes a hash's time as well. */
static void
test_unknown_takes_as_long (Fixture *f, gconstpointer data)
{
  gint64 known = G_MAXINT64, unknown = G_MAXINT64;

  for (guint i = 0; i < 4; i++) { /* by turns, as the machine may have other things to do */
    measure (f->site, WRONG, &known);
    measure (f->site, "{\"login\":\"nobody@ad.example\",\"password\":\"Lanting-99-Songtao\"}", &unknown);
  }
  g_test_message ("known %" G_GINT64_FORMAT " µs, unknown %" G_GINT64_FORMAT " µs", known, unknown);
  g_assert_cmpint (unknown * 2, >, known);
  g_assert_cmpint (known * 2, >, unknown);
}

/* Whose desk a session was opened at is nowhere in clear. */
static void
test_session_sealed (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  JsonArray *items;

  wuyou_test_advance (G_USEC_PER_SEC);
  first = wuyou_site_sign_in (f->site, MAIL, NULL);
  wuyou_test_advance (G_USEC_PER_SEC);
  second = wuyou_site_sign_in (f->site, MAIL, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "last_sign_in.host"), ==, "127.0.0.1");
  g_assert_cmpstr (wuyou_site_get (f->site, "last_sign_in.device"), ==, "前台电脑");
  wuyou_site_expect (f->site, second, "GET", "/v1/sessions", NULL, 200, NULL);
  items = wuyou_json_get_array (f->site->reply, "items");
  g_assert_cmpstr (wuyou_json_get_string (wuyou_json_array_get_object (items, 0), "host"), ==, "127.0.0.1");
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM sessions WHERE length (sealed) > 40"), ==, 2);
  g_assert_cmpint (
      wuyou_site_count (f->site, "SELECT count(*) FROM sessions WHERE CAST (sealed AS TEXT) LIKE '%127.0%'"), ==, 0);
}

/* 2.4-03: one desktop at a time; the older one is told off at its next call. */
static void
test_one_desktop (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;

  wuyou_test_advance (G_USEC_PER_SEC);
  first = wuyou_site_sign_in (f->site, MAIL, NULL);
  wuyou_test_advance (G_USEC_PER_SEC);
  second = wuyou_site_sign_in (f->site, MAIL, NULL);
  wuyou_site_expect (f->site, first, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  wuyou_site_expect (f->site, second, "GET", "/v1/session", NULL, 200, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "last_sign_in.device"), ==, "前台电脑");
  wuyou_site_expect (f->site, second, "GET", "/v1/sessions", NULL, 200, NULL);
  g_assert_cmpuint (json_array_get_length (wuyou_json_get_array (f->site->reply, "items")), ==, 1);
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM audit WHERE action = 'session-replaced'"), >=, 1);
  wuyou_site_expect (f->site, second, "DELETE", "/v1/session", NULL, 204, NULL);
  wuyou_site_expect (f->site, second, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
}

static void
test_sessions (Fixture *f, gconstpointer data)
{
  g_autofree char *first = wuyou_site_open_session (f->site, f->id), *second = NULL, *path = NULL, *stranger = NULL;
  g_autofree char *other = wuyou_site_add_account (f->site, "qian@ad.example", "DADM", "ad", 0);

  wuyou_test_advance (G_USEC_PER_SEC);
  second = wuyou_site_open_session (f->site, f->id);
  stranger = wuyou_site_open_session (f->site, other);
  wuyou_site_accept (f->site, stranger);
  wuyou_site_expect (f->site, first, "GET", "/v1/session", NULL, 200, NULL);
  path = g_strconcat ("/v1/sessions/", wuyou_site_get (f->site, "session.id"), NULL);
  wuyou_site_expect (f->site, stranger, "DELETE", path, NULL, 404, "NOT_FOUND");
  wuyou_site_expect (f->site, second, "DELETE", path, NULL, 204, NULL);
  wuyou_site_expect (f->site, first, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  wuyou_site_expect (f->site, second, "DELETE", path, NULL, 404, "NOT_FOUND");
  wuyou_site_expect (f->site, second, "DELETE", "/v1/sessions", NULL, 204, NULL);
  wuyou_site_expect (f->site, second, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  wuyou_site_expect (f->site, stranger, "GET", "/v1/session", NULL, 200, NULL);
}

static void
test_idle (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL);

  for (guint i = 0; i < 3; i++) { /* use prolongs it */
    wuyou_test_advance (11 * 60 * MINUTE);
    wuyou_site_expect (f->site, token, "GET", "/v1/session", NULL, 200, NULL);
  }
  wuyou_test_advance (12 * 60 * MINUTE + MINUTE);
  wuyou_site_expect (f->site, token, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
}

/* --- one-time codes --- */

static char *
compute_code (const char *secret, gint64 at)
{
  char *bytes = NULL, *code = g_malloc0 (7);
  size_t length;

  g_assert_cmpint (oath_base32_decode (secret, strlen (secret), &bytes, &length), ==, OATH_OK);
  g_assert_cmpint (oath_totp_generate (bytes, length, (time_t) (at / G_USEC_PER_SEC), 30, 0, 6, code), ==, OATH_OK);
  free (bytes);
  return code;
}

static char *
turn_on (Fixture *f, const char *token)
{
  g_autofree char *secret = NULL, *code = NULL, *body = NULL;

  wuyou_site_expect (f->site, token, "POST", "/v1/totp", "{}", 200, NULL);
  secret = g_strdup (wuyou_site_get (f->site, "secret"));
  g_assert_true (g_str_has_prefix (wuyou_site_get (f->site, "uri"), "otpauth://totp/"));
  wuyou_site_expect (f->site, token, "PUT", "/v1/totp", "{\"code\":\"000000\"}", 401, "BAD_CREDENTIALS");
  code = compute_code (secret, wuyou_clock_now (wuyou_test_clock ()));
  body = g_strdup_printf ("{\"code\":\"%s\"}", code);
  wuyou_site_expect (f->site, token, "PUT", "/v1/totp", body, 204, NULL);
  return g_steal_pointer (&secret);
}

static void
test_codes (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL), *again = NULL, *mail = NULL;
  g_autofree char *secret = turn_on (f, token);
  g_autofree char *used = compute_code (secret, WUYOU_TEST_NOW), *next = NULL, *body = NULL;

  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", RIGHT, 401, "BAD_CREDENTIALS");
  g_assert_cmpstr (wuyou_site_get (f->site, "field"), ==, "totp");
  body = g_strdup_printf ("{\"login\":\"" MAIL "\",\"password\":\"" WUYOU_SITE_PASSWORD "\",\"totp\":\"%s\"}", used);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", body, 401, "BAD_CREDENTIALS"); /* the one that confirmed */
  wuyou_test_advance (30 * G_USEC_PER_SEC);
  next = compute_code (secret, wuyou_clock_now (wuyou_test_clock ()));
  again = wuyou_site_sign_in (f->site, MAIL, next);
  g_assert_true (wuyou_json_get_boolean (wuyou_json_get_object (f->site->reply, "account"), "totp"));
  g_free (body);
  body = g_strdup_printf ("{\"totp\":\"%s\"}", next);
  wuyou_site_expect (f->site, again, "POST", "/v1/step-up", body, 401, "BAD_CREDENTIALS"); /* replayed */
  wuyou_site_expect (f->site, again, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 401,
                     "BAD_CREDENTIALS"); /* with codes, the password does not count */
  wuyou_site_expect (f->site, again, "DELETE", "/v1/totp", NULL, 204, NULL);
  mail = wuyou_site_take_mail (f->site, MAIL);
  g_assert_nonnull (mail);
  wuyou_test_advance (4 * G_USEC_PER_SEC);
  g_free (again);
  again = wuyou_site_sign_in (f->site, MAIL, NULL);
}

/* --- step-up --- */

static void
test_step_up (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL);

  wuyou_site_expect (f->site, token, "POST", "/v1/totp", "{}", 200, NULL); /* fresh from the sign-in */
  wuyou_test_advance (5 * MINUTE);
  wuyou_site_expect (f->site, token, "POST", "/v1/totp", "{}", 403, "STEP_UP_REQUIRED");
  wuyou_site_expect (f->site, token, "POST", "/v1/step-up", "{\"password\":\"no\"}", 401, "BAD_CREDENTIALS");
  wuyou_site_expect (f->site, token, "POST", "/v1/totp", "{}", 403, "STEP_UP_REQUIRED");
  wuyou_site_expect (f->site, token, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 204, NULL);
  wuyou_site_expect (f->site, token, "POST", "/v1/totp", "{}", 200, NULL);
  for (guint i = 0; i < 5; i++)
    wuyou_site_expect (f->site, token, "POST", "/v1/step-up", "{\"password\":\"no\"}", 401, "BAD_CREDENTIALS");
  wuyou_site_expect (f->site, token, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 401,
                     "BAD_CREDENTIALS");
}

static void
drop_codes (WuyouAccount *account)
{
  account->totp = FALSE;
}

static void
expect_gate (Fixture *f, const char *gate)
{
  JsonArray *gates = wuyou_json_get_array (f->site->reply, "gates");

  g_assert_cmpuint (json_array_get_length (gates), ==, gate != NULL ? 1 : 0);
  if (gate != NULL)
    g_assert_cmpstr (json_array_get_string_element (gates, 0), ==, gate);
}

/* Accounts of the operator need codes: without them nothing is open but the way to them, however long that takes. */
static void
test_operator_codes (Fixture *f, gconstpointer data)
{
  g_autofree char *id = wuyou_site_add_account (f->site, "ops@op.example", "OOPS OCLA", "op", 0);
  g_autofree char *token = NULL, *secret = NULL, *code = NULL, *body = NULL, *path = NULL;

  wuyou_site_change_account (f->site, id, drop_codes);
  token = wuyou_site_sign_in (f->site, "ops@op.example", NULL);
  expect_gate (f, "CODES_REQUIRED");
  path = g_strdup_printf ("/v1/contracts/%s/unmask", id);
  wuyou_site_expect (f->site, token, "POST", path, "{\"reason\":\"x\"}", 403, "CODES_REQUIRED");
  wuyou_test_advance (6 * MINUTE);
  wuyou_site_expect (f->site, token, "POST", "/v1/totp", "{}", 403, "STEP_UP_REQUIRED");
  wuyou_site_expect (f->site, token, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 204, NULL);
  secret = turn_on (f, token);
  wuyou_site_expect (f->site, token, "GET", "/v1/session", NULL, 200, NULL);
  expect_gate (f, NULL);
  wuyou_site_expect (f->site, token, "DELETE", "/v1/totp", NULL, 409, "ILLEGAL_TRANSITION");
  wuyou_test_advance (6 * MINUTE);
  wuyou_site_expect (f->site, token, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 401,
                     "BAD_CREDENTIALS");
  wuyou_site_expect (f->site, token, "POST", path, "{\"reason\":\"x\"}", 403, "STEP_UP_REQUIRED");
  code = compute_code (secret, wuyou_clock_now (wuyou_test_clock ()));
  body = g_strdup_printf ("{\"totp\":\"%s\"}", code);
  wuyou_site_expect (f->site, token, "POST", "/v1/step-up", body, 204, NULL);
  wuyou_site_expect (f->site, token, "POST", path, "{\"reason\":\"客户来电核对\",\"fields\":[\"owner_name\"]}", 404,
                     "NOT_FOUND");
}

/* --- passwords --- */

static void
test_initial_password (Fixture *f, gconstpointer data)
{
  g_autofree char *id = wuyou_site_add_account (f->site, "xin@ad.example", "DSAL", "ad", WUYOU_PASSWORD_INITIAL);
  g_autofree char *token = wuyou_site_sign_in (f->site, "xin@ad.example", NULL);
  JsonArray *gates = wuyou_json_get_array (f->site->reply, "gates");
  static const struct {
    const char *body, *code;
    guint status;
  } cases[] = {
    { "{\"old\":\"x\",\"new\":\"" NEW_PASSWORD "\"}", "BAD_CREDENTIALS", 401 },
    { "{\"old\":\"" WUYOU_SITE_PASSWORD "\",\"new\":\"short\"}", "WEAK_PASSWORD", 422 },
    { "{\"old\":\"" WUYOU_SITE_PASSWORD "\",\"new\":\"xin@ad.example1\"}", "WEAK_PASSWORD", 422 },
    { "{\"old\":\"" WUYOU_SITE_PASSWORD "\",\"new\":\"" WUYOU_SITE_PASSWORD "\"}", "WEAK_PASSWORD", 422 },
    { "{\"old\":\"" WUYOU_SITE_PASSWORD "\",\"new\":\"" WUYOU_SITE_PASSWORD "!\"}", "WEAK_PASSWORD", 422 },
    { "{\"old\":\"" WUYOU_SITE_PASSWORD "\"}", "WEAK_PASSWORD", 422 },
    { "{\"old\":\"" WUYOU_SITE_PASSWORD "\",\"new\":\"" NEW_PASSWORD "\"}", NULL, 204 },
  };

  g_assert_cmpuint (json_array_get_length (gates), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (gates, 0), ==, "PASSWORD_CHANGE_REQUIRED");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    wuyou_site_expect (f->site, token, "PUT", "/v1/password", cases[i].body, cases[i].status, cases[i].code);
  wuyou_site_expect (f->site, token, "GET", "/v1/session", NULL, 200, NULL);
  gates = wuyou_json_get_array (f->site->reply, "gates");
  g_assert_cmpuint (json_array_get_length (gates), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (gates, 0), ==, "CONSENT_REQUIRED");
}

static void
put_password (Fixture *f, const char *token, const char *old, const char *new, guint status)
{
  g_autofree char *body = g_strdup_printf ("{\"old\":\"%s\",\"new\":\"%s\"}", old, new);

  wuyou_site_expect (f->site, token, "PUT", "/v1/password", body, status, status == 204 ? NULL : "WEAK_PASSWORD");
}

/* 2.4-01: none of the last five comes back; other sessions end, this one stays, a notice is sent. */
static void
test_password_history (Fixture *f, gconstpointer data)
{
  static const char *const passwords[] = { WUYOU_SITE_PASSWORD, "Qinghe-58-Wutong",  "Baita-41-Yinxing",
                                           "Meixi-27-Zhuyuan",  "Dongpo-93-Haitang", "Xiangshan-64-Fengye" };
  g_autofree char *other = wuyou_site_open_session (f->site, f->id), *token = wuyou_site_open_session (f->site, f->id);
  g_autofree char *mail = NULL;

  put_password (f, token, passwords[0], passwords[1], 204);
  wuyou_site_expect (f->site, other, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  mail = wuyou_site_take_mail (f->site, MAIL);
  g_assert_nonnull (mail);
  g_assert_nonnull (strstr (mail, "赵一鸣"));
  for (guint i = 1; i + 1 < G_N_ELEMENTS (passwords); i++) {
    put_password (f, token, passwords[i], passwords[0], 422);
    put_password (f, token, passwords[i], passwords[i + 1], 204);
  }
  put_password (f, token, passwords[5], passwords[0], 422); /* the fifth before */
  put_password (f, token, passwords[5], "Tianmu-18-Longjing", 204);
  put_password (f, token, "Tianmu-18-Longjing", passwords[0], 204); /* the sixth */
}

/* --- reset --- */

static char *
take_token_of (Fixture *f, const char *email)
{
  g_autofree char *mail = wuyou_site_take_mail (f->site, email);
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (mail);
  lines = g_strsplit (mail, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strlen (lines[i]) == 40 && strspn (lines[i], "0123456789abcdef") == 40)
      return g_strdup (lines[i]);
  g_assert_not_reached ();
}

static char *
take_token (Fixture *f)
{
  return take_token_of (f, MAIL);
}

static void
expect_reset (Fixture *f, const char *token, const char *new, guint status, const char *code)
{
  g_autofree char *body = g_strdup_printf ("{\"token\":\"%s\",\"new\":\"%s\"}", token, new);

  wuyou_site_expect (f->site, NULL, "PUT", "/v1/password-resets", body, status, code);
}

static void
ask_reset (Fixture *f, const char *login)
{
  g_autofree char *body = g_strdup_printf ("{\"login\":\"%s\"}", login);

  wuyou_site_expect (f->site, NULL, "POST", "/v1/password-resets", body, 204, NULL);
}

static void
test_reset (Fixture *f, gconstpointer data)
{
  g_autofree char *session = wuyou_site_sign_in (f->site, MAIL, NULL), *first = NULL, *second = NULL;
  g_autofree char *manager = wuyou_site_add_account (f->site, "boss@ad.example", "DADM", "ad", 0);
  g_autofree char *seller = wuyou_site_add_account (f->site, "other@ad.example", "DSAL", "ad", 0), *notice = NULL;

  ask_reset (f, MAIL);
  first = take_token (f);
  ask_reset (f, "nobody@ad.example");
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM reset_tokens"), ==, 1);
  expect_reset (f, "0000000000000000000000000000000000000000", NEW_PASSWORD, 401, "BAD_CREDENTIALS");
  expect_reset (f, first, "short", 422, "WEAK_PASSWORD");
  expect_reset (f, first, NEW_PASSWORD, 204, NULL); /* a weak try does not cost the token */
  wuyou_site_expect (f->site, session, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  expect_reset (f, first, "Baita-41-Yinxing", 401, "BAD_CREDENTIALS"); /* once only */
  notice = wuyou_site_take_mail (f->site, "boss@ad.example");
  g_assert_nonnull (notice);
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM mails WHERE kind = 'manager-reset'"), ==, 1);
  g_free (wuyou_site_take_mail (f->site, MAIL)); /* the notice */
  ask_reset (f, MAIL);
  second = take_token (f);
  wuyou_test_advance (31 * MINUTE);
  expect_reset (f, second, "Baita-41-Yinxing", 401, "BAD_CREDENTIALS"); /* too late */
}

static void
test_reset_limit (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    ask_reset (f, MAIL);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/password-resets", "{\"login\":\"" MAIL "\"}", 429, "RATE_LIMITED");
  for (guint i = 0; i < 3; i++)
    ask_reset (f, "nobody@ad.example");
  wuyou_site_expect (f->site, NULL, "POST", "/v1/password-resets", "{\"login\":\"nobody@ad.example\"}", 429,
                     "RATE_LIMITED"); /* the same for an account that is not there */
  wuyou_test_advance (61 * MINUTE);
  ask_reset (f, MAIL);
}

static void
test_reset_second_factor (Fixture *f, gconstpointer data)
{
  g_autofree char *session = wuyou_site_sign_in (f->site, MAIL, NULL), *secret = turn_on (f, session);
  g_autofree char *token = NULL, *code = NULL, *body = NULL;

  g_free (wuyou_site_take_mail (f->site, MAIL));
  ask_reset (f, MAIL);
  token = take_token (f);
  expect_reset (f, token, NEW_PASSWORD, 401, "BAD_CREDENTIALS");
  g_assert_cmpstr (wuyou_site_get (f->site, "field"), ==, "totp");
  wuyou_test_advance (30 * G_USEC_PER_SEC);
  code = compute_code (secret, wuyou_clock_now (wuyou_test_clock ()));
  body = g_strdup_printf ("{\"token\":\"%s\",\"new\":\"" NEW_PASSWORD "\",\"totp\":\"%s\"}", token, code);
  wuyou_site_expect (f->site, NULL, "PUT", "/v1/password-resets", body, 204, NULL);
}

/* --- suspension --- */

static void
dismiss (WuyouAccount *account)
{
  account->employed_until = wuyou_date_of_instant (wuyou_clock_now (wuyou_test_clock ())) - 1;
}

static void
suspend (WuyouAccount *account)
{
  account->state = WUYOU_ACCOUNT_SUSPENDED;
}

static void
restore (WuyouAccount *account)
{
  account->state = WUYOU_ACCOUNT_ACTIVE;
}

/* As another process would do it: seen within five seconds of real time though the test clock stands still. */
static void
wait_for (Fixture *f, const char *token, guint status)
{
  gint64 until = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (wuyou_site_call (f->site, token, "GET", "/v1/session", NULL) != status) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (20000);
  }
}

static void
test_dismissed (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL);

  wuyou_site_change_account (f->site, f->id, dismiss);
  wait_for (f, token, 403);
  wuyou_site_expect (f->site, token, "GET", "/v1/account", NULL, 403, "SUSPENDED");
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", RIGHT, 403, "SUSPENDED");
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", WRONG, 401, "BAD_CREDENTIALS"); /* tells nobody else */
}

static void
test_last_day (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL);

  wuyou_test_advance (-G_TIME_SPAN_DAY);
  wuyou_site_change_account (f->site, f->id, dismiss); /* employed until two days before the test's day */
  wuyou_test_advance (-G_TIME_SPAN_DAY);
  wait_for (f, token, 200);
}

static void
test_suspended (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL);

  wuyou_site_change_account (f->site, f->id, suspend);
  wait_for (f, token, 403);
  wuyou_site_change_account (f->site, f->id, restore);
  wait_for (f, token, 200);
  wuyou_site_suspend_org (f->site, "gr", TRUE); /* the group above the dealership */
  wait_for (f, token, 403);
  wuyou_site_suspend_org (f->site, "gr", FALSE);
  wait_for (f, token, 200);
  wuyou_site_suspend_org (f->site, "hy", TRUE);
  wuyou_site_suspend_org (f->site, "hy", FALSE);
  wait_for (f, token, 200);
}

typedef struct {
  WuyouSite *site;
  const char *token;
  guint status;
  gint64 took;
} Poll;

/* As a desktop follows: other news may come first. */
static gpointer
run_poll (gpointer data)
{
  Poll *poll = data;
  g_autofree char *text = g_strdup_printf (
      "GET /v1/changes?wait=20 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n",
      poll->token);
  gint64 start = g_get_monotonic_time ();

  do {
    g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (&poll->site->http, text, -1);

    poll->status = reply->status;
    poll->took = g_get_monotonic_time () - start;
  } while (poll->status == 200 && poll->took < 10 * G_USEC_PER_SEC);
  return NULL;
}

/* A desktop that only waits learns of it too. */
static void
test_suspended_while_waiting (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL);
  Poll poll = { f->site, token, 0, 0 };
  GThread *thread = g_thread_new ("poll", run_poll, &poll);

  g_usleep (600000);
  wuyou_site_suspend_org (f->site, "gr", TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (poll.status, ==, 403);
  g_assert_cmpint (poll.took, <, 5 * G_USEC_PER_SEC);
}

/* --- misuse --- */

static void
test_misuse (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL), *other = wuyou_site_open_session (f->site, f->id);

  wuyou_site_expect (f->site, token, "POST", "/v1/misuse-reports", "{\"text\":\"有人用我的账号\"}", 201, NULL);
  wuyou_site_expect (f->site, token, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  wuyou_site_expect (f->site, other, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM feedback WHERE kind = 'misuse'"), ==, 1);
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM audit WHERE action = 'misuse'"), ==, 1);
  g_free (token);
  token = wuyou_site_sign_in (f->site, MAIL, NULL);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/misuse-reports", "{\"login\":\"" MAIL "\"}", 201, NULL);
  wuyou_site_expect (f->site, token, "GET", "/v1/session", NULL, 200, NULL); /* nobody is thrown out by a stranger */
  wuyou_site_expect (f->site, "forged", "POST", "/v1/misuse-reports", "{\"login\":\"" MAIL "\"}", 201, NULL);
  for (guint i = 0; i < 8; i++)
    wuyou_site_expect (f->site, NULL, "POST", "/v1/misuse-reports", "{}", 201, NULL);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/misuse-reports", "{}", 429, "RATE_LIMITED");
}

static void
test_feedback (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_open_session (f->site, f->id);

  wuyou_site_expect (f->site, token, "POST", "/v1/feedback", "{\"text\":\"\"}", 422, "INVALID");
  f->site->key = "same-key-0001";
  wuyou_site_expect (f->site, token, "POST", "/v1/feedback", "{\"text\":\"打印很快\"}", 201, NULL);
  f->site->key = "same-key-0001";
  wuyou_site_expect (f->site, token, "POST", "/v1/feedback", "{\"text\":\"打印很快\"}", 201, NULL);
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM feedback"), ==, 1);
  f->site->key = "same-key-0001";
  wuyou_site_expect (f->site, token, "POST", "/v1/feedback", "{\"text\":\"别的\"}", 409, "IDEMPOTENCY_KEY_REUSED");
}

/* --- own data --- */

static void
test_account (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL);
  g_autofree char *other = wuyou_site_add_account (f->site, "taken@ad.example", "DSAL", "ad", 0);
  static const struct {
    const char *body, *code;
    guint status;
  } refused[] = {
    { "{\"roles\":\"OSYS\"}", "INVALID", 422 },
    { "{\"password_hash\":\"x\"}", "INVALID", 422 },
    { "{\"totp\":true}", "INVALID", 422 },
    { "{\"email\":\"no address\"}", "INVALID", 422 },
    { "{\"name\":null}", "INVALID", 422 },
    { "{\"nick\":\"x\"}", "INVALID", 422 },
    { "{\"email\":\"Taken@AD.example\"}", "CONFLICT", 409 },
  };

  wuyou_site_expect (f->site, token, "GET", "/v1/account", NULL, 200, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "phone"), ==, "13800001234");
  g_assert_null (wuyou_site_get (f->site, "password_hash"));
  g_assert_null (wuyou_site_get (f->site, "email_key"));
  g_assert_cmpstr (f->site->etag, ==, "\"1\"");
  wuyou_site_expect (f->site, token, "PUT", "/v1/account", "{\"phone\":\"13900005678\"}", 428, "PRECONDITION_REQUIRED");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    f->site->if_match = "1";
    wuyou_site_expect (f->site, token, "PUT", "/v1/account", refused[i].body, refused[i].status, refused[i].code);
  }
  f->site->if_match = "1";
  wuyou_site_expect (f->site, token, "PUT", "/v1/account", "{\"phone\":\"13900005678\",\"reason\":\"换号\"}", 200,
                     NULL);
  g_assert_cmpstr (f->site->etag, ==, "\"2\"");
  f->site->if_match = "1";
  wuyou_site_expect (f->site, token, "PUT", "/v1/account", "{\"phone\":\"13700000000\"}", 412, "STALE");
  g_assert_cmpint (
      wuyou_site_count (f->site, "SELECT count(*) FROM history WHERE action = 'update' AND reason = '换号'"), ==, 1);
  wuyou_test_advance (6 * MINUTE);
  f->site->if_match = "2";
  wuyou_site_expect (f->site, token, "PUT", "/v1/account", "{\"phone\":\"13700000000\"}", 403, "STEP_UP_REQUIRED");
}

/* --- a new address (2.2-01, 3.1-01) --- */

static void
ask_email (Fixture *f, const char *token, const char *email, guint status, const char *code)
{
  g_autofree char *body = g_strdup_printf ("{\"email\":\"%s\"}", email), *version = NULL;

  wuyou_site_expect (f->site, token, "GET", "/v1/account", NULL, 200, NULL);
  version = g_strndup (f->site->etag + 1, strlen (f->site->etag) - 2);
  f->site->if_match = version;
  wuyou_site_expect (f->site, token, "PUT", "/v1/account", body, status, code);
}

static void
confirm_email (Fixture *f, const char *token, const char *code, guint status, const char *refusal)
{
  g_autofree char *body = g_strdup_printf ("{\"token\":\"%s\"}", code);

  wuyou_site_expect (f->site, token, "PUT", "/v1/account/email", body, status, refusal);
}

/* The old address counts until the new one is proved, and both are told of everything. */
static void
test_new_email (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL), *code = NULL, *notice = NULL, *changed = NULL;
  g_autofree char *other = wuyou_site_add_account (f->site, "taken@ad.example", "DADM", "ad", 0), *stranger = NULL;

  ask_email (f, token, "Taken@AD.example", 409, "CONFLICT");
  ask_email (f, token, "new@ad.example", 200, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "email"), ==, MAIL);
  code = take_token_of (f, "new@ad.example");
  notice = wuyou_site_take_mail (f->site, MAIL);
  g_assert_nonnull (strstr (notice, "new@ad.example"));
  g_assert_null (strstr (notice, code));
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM email_changes"), ==, 1);
  confirm_email (f, token, "0000000000000000000000000000000000000000", 401, "BAD_CREDENTIALS");
  g_assert_cmpstr (wuyou_site_get (f->site, "field"), ==, "token");
  stranger = wuyou_site_open_session (f->site, other);
  wuyou_site_accept (f->site, stranger);
  confirm_email (f, stranger, code, 401, "BAD_CREDENTIALS"); /* somebody else's code proves nothing */
  confirm_email (f, token, code, 200, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "email"), ==, "new@ad.example");
  confirm_email (f, token, code, 401, "BAD_CREDENTIALS"); /* once only */
  changed = wuyou_site_take_mail (f->site, MAIL);
  g_assert_nonnull (strstr (changed, "new@ad.example"));
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM history WHERE action = 'email'"), ==, 1);
  wuyou_site_expect (f->site, NULL, "POST", "/v1/sessions", RIGHT, 401, "BAD_CREDENTIALS");
  g_free (token);
  token = wuyou_site_sign_in (f->site, "NEW@ad.example", NULL);
}

/* Only the last code counts, for half an hour, and not for a session that was ended for a reason. */
static void
test_new_email_codes (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL), *first = NULL, *second = NULL, *third = NULL;

  ask_email (f, token, "one@ad.example", 200, NULL);
  first = take_token_of (f, "one@ad.example");
  ask_email (f, token, "two@ad.example", 200, NULL);
  second = take_token_of (f, "two@ad.example");
  confirm_email (f, token, first, 401, "BAD_CREDENTIALS");
  wuyou_test_advance (31 * MINUTE);
  confirm_email (f, token, second, 401, "BAD_CREDENTIALS");
  wuyou_site_expect (f->site, token, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 204, NULL);
  ask_email (f, token, "three@ad.example", 200, NULL);
  third = take_token_of (f, "three@ad.example");
  wuyou_site_expect (f->site, token, "POST", "/v1/misuse-reports", "{}", 201, NULL);
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM email_changes"), ==, 0);
}

/* Somebody takes the address while the code is on its way. */
static void
test_new_email_taken_meanwhile (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL), *code = NULL, *other = NULL;

  ask_email (f, token, "new@ad.example", 200, NULL);
  code = take_token_of (f, "new@ad.example");
  other = wuyou_site_add_account (f->site, "New@ad.example", "DSAL", "ad", 0);
  confirm_email (f, token, code, 409, "CONFLICT");
  g_assert_cmpstr (wuyou_site_get (f->site, "field"), ==, "email");
  wuyou_site_expect (f->site, token, "GET", "/v1/account", NULL, 200, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "email"), ==, MAIL);
}

/* The same address in other letters is the same mailbox; others are mailed five times an hour at most. */
static void
test_new_email_limits (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL);

  ask_email (f, token, "Zhao@AD.example", 200, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "email"), ==, "Zhao@AD.example");
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM mails"), ==, 0);
  for (guint i = 0; i < 5; i++)
    ask_email (f, token, "victim@else.example", 200, NULL);
  ask_email (f, token, "victim@else.example", 429, "RATE_LIMITED");
}

/* 2.5-01: what was done with the account, and only with this one. */
static void
test_activity (Fixture *f, gconstpointer data)
{
  g_autofree char *token = wuyou_site_sign_in (f->site, MAIL, NULL), *path = NULL;
  JsonArray *items;
  gint64 before;

  wuyou_site_expect (f->site, token, "GET", "/v1/contracts/01932f1e-0000-7000-8000-000000000009", NULL, 404,
                     "NOT_FOUND");
  wuyou_site_expect (f->site, token, "GET", "/v1/account/activity?limit=1", NULL, 200, NULL);
  items = wuyou_json_get_array (f->site->reply, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  before = wuyou_json_get_int (f->site->reply, "before");
  g_assert_cmpint (before, >, 0);
  path = g_strdup_printf ("/v1/account/activity?before=%" G_GINT64_FORMAT, before);
  wuyou_site_expect (f->site, token, "GET", path, NULL, 200, NULL);
  items = wuyou_json_get_array (f->site->reply, "items");
  g_assert_cmpuint (json_array_get_length (items), >=, 1);
  g_assert_cmpint (wuyou_json_get_int (wuyou_json_array_get_object (items, 0), "seq"), <, before);
  wuyou_site_expect (f->site, token, "GET", "/v1/account/activity?before=0", NULL, 422, "INVALID");
}

#define ADD(name, engine, function)                                                                                    \
  g_test_add ("/accounts/" name, Fixture, GINT_TO_POINTER (engine), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  ADD ("sign-in", WUYOU_TEST_SQLITE, test_sign_in);
  ADD ("sign-in-bad-bodies", WUYOU_TEST_SQLITE, test_sign_in_bad_bodies);
  ADD ("lock-out", WUYOU_TEST_SQLITE, test_lock_out);
  ADD ("lock-out-postgresql", WUYOU_TEST_POSTGRESQL, test_lock_out);
  ADD ("unknown-takes-as-long", WUYOU_TEST_SQLITE, test_unknown_takes_as_long);
  ADD ("one-desktop", WUYOU_TEST_SQLITE, test_one_desktop);
  ADD ("one-desktop-postgresql", WUYOU_TEST_POSTGRESQL, test_one_desktop);
  ADD ("session-sealed", WUYOU_TEST_SQLITE, test_session_sealed);
  ADD ("sessions", WUYOU_TEST_SQLITE, test_sessions);
  ADD ("idle", WUYOU_TEST_SQLITE, test_idle);
  ADD ("codes", WUYOU_TEST_SQLITE, test_codes);
  ADD ("codes-postgresql", WUYOU_TEST_POSTGRESQL, test_codes);
  ADD ("step-up", WUYOU_TEST_SQLITE, test_step_up);
  ADD ("operator-codes", WUYOU_TEST_SQLITE, test_operator_codes);
  ADD ("initial-password", WUYOU_TEST_SQLITE, test_initial_password);
  ADD ("password-history", WUYOU_TEST_SQLITE, test_password_history);
  ADD ("reset", WUYOU_TEST_SQLITE, test_reset);
  ADD ("reset-postgresql", WUYOU_TEST_POSTGRESQL, test_reset);
  ADD ("reset-limit", WUYOU_TEST_SQLITE, test_reset_limit);
  ADD ("reset-second-factor", WUYOU_TEST_SQLITE, test_reset_second_factor);
  ADD ("dismissed", WUYOU_TEST_SQLITE, test_dismissed);
  ADD ("last-day", WUYOU_TEST_SQLITE, test_last_day);
  ADD ("suspended", WUYOU_TEST_SQLITE, test_suspended);
  ADD ("suspended-postgresql", WUYOU_TEST_POSTGRESQL, test_suspended);
  ADD ("suspended-while-waiting", WUYOU_TEST_SQLITE, test_suspended_while_waiting);
  ADD ("misuse", WUYOU_TEST_SQLITE, test_misuse);
  ADD ("feedback", WUYOU_TEST_SQLITE, test_feedback);
  ADD ("account", WUYOU_TEST_SQLITE, test_account);
  ADD ("new-email", WUYOU_TEST_SQLITE, test_new_email);
  ADD ("new-email-postgresql", WUYOU_TEST_POSTGRESQL, test_new_email);
  ADD ("new-email-codes", WUYOU_TEST_SQLITE, test_new_email_codes);
  ADD ("new-email-taken-meanwhile", WUYOU_TEST_SQLITE, test_new_email_taken_meanwhile);
  ADD ("new-email-limits", WUYOU_TEST_SQLITE, test_new_email_limits);
  ADD ("activity", WUYOU_TEST_SQLITE, test_activity);
  return g_test_run ();
}
