/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-site-test.h"

/* Two servers on one PostgreSQL: whichever serves the next request, it knows what the other was told. */
#define SECOND ((gint64) G_USEC_PER_SEC)
#define MAIL "zhao@ad.example"
#define WRONG "{\"login\":\"" MAIL "\",\"password\":\"Lanting-99-Songtao\"}"
#define RIGHT "{\"login\":\"" MAIL "\",\"password\":\"" WUYOU_SITE_PASSWORD "\"}"

typedef struct {
  WuyouSite *a, *b;
  char *id, *bundle, *token;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->a = wuyou_site_new (WUYOU_TEST_POSTGRESQL);
  f->b = wuyou_site_new_beside (f->a);
  f->id = wuyou_site_add_account (f->a, MAIL, "DADM", "ad", 0);
  f->bundle = wuyou_site_publish (f->a, "DEALER", 1, wuyou_date_of_instant (WUYOU_TEST_NOW) - 30);
  f->token = wuyou_site_sign_in (f->a, MAIL, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  wuyou_site_free (f->b);
  wuyou_site_free (f->a);
  g_free (f->id);
  g_free (f->bundle);
  g_free (f->token);
}

static void
test_session (Fixture *f, gconstpointer data)
{
  wuyou_site_expect (f->b, f->token, "GET", "/v1/contracts", NULL, 403, "CONSENT_REQUIRED");
  wuyou_site_accept (f->a, f->token);
  wuyou_site_expect (f->b, f->token, "GET", "/v1/contracts", NULL, 200, NULL); /* a closed gate is never remembered */
  wuyou_test_advance (6 * 60 * SECOND);
  wuyou_site_expect (f->b, f->token, "POST", "/v1/totp", "{}", 403, "STEP_UP_REQUIRED");
  wuyou_site_expect (f->a, f->token, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 204, NULL);
  wuyou_test_advance (4 * SECOND);
  wuyou_site_expect (f->b, f->token, "POST", "/v1/totp", "{}", 200, NULL);
  wuyou_site_expect (f->a, f->token, "DELETE", "/v1/session", NULL, 204, NULL);
  wuyou_test_advance (4 * SECOND);
  wuyou_site_expect (f->b, f->token, "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
}

static void
test_lock_out (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    wuyou_site_expect (i % 2 ? f->a : f->b, NULL, "POST", "/v1/sessions", WRONG, 401, "BAD_CREDENTIALS");
  wuyou_site_expect (f->a, NULL, "POST", "/v1/sessions", RIGHT, 401, "BAD_CREDENTIALS");
  wuyou_site_expect (f->b, NULL, "POST", "/v1/sessions", RIGHT, 401, "BAD_CREDENTIALS");
}

/* What guards a secret is counted by both servers together, wherever the next try is made. */
static WuyouSite *
pick (Fixture *f, guint i)
{
  return i % 2 ? f->a : f->b;
}

static void
test_step_up_limit (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    wuyou_site_expect (pick (f, i), f->token, "POST", "/v1/step-up", "{\"password\":\"no\"}", 401, "BAD_CREDENTIALS");
  for (guint i = 0; i < 2; i++)
    wuyou_site_expect (pick (f, i), f->token, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 401,
                       "BAD_CREDENTIALS");
}

static void
test_asking_limits (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    wuyou_site_expect (pick (f, i), NULL, "POST", "/v1/password-resets", "{\"login\":\"" MAIL "\"}", 204, NULL);
  for (guint i = 0; i < 10; i++)
    wuyou_site_expect (pick (f, i), NULL, "POST", "/v1/misuse-reports", "{}", 201, NULL);
  for (guint i = 0; i < 2; i++) {
    wuyou_site_expect (pick (f, i), NULL, "POST", "/v1/password-resets", "{\"login\":\"" MAIL "\"}", 429,
                       "RATE_LIMITED");
    wuyou_site_expect (pick (f, i), NULL, "POST", "/v1/misuse-reports", "{}", 429, "RATE_LIMITED");
  }
}

/* Fifty wrong reset codes from one address: then not even a right sign-in from there, for a while. */
static void
test_address_limit (Fixture *f, gconstpointer data)
{
  static const char guess[] = "{\"token\":\"0000000000000000000000000000000000000000\",\"new\":\"Qinghe-58-Wutong\"}";
  g_autofree char *token = NULL;

  for (guint i = 0; i < 50; i++)
    wuyou_site_expect (pick (f, i), NULL, "PUT", "/v1/password-resets", guess, 401, "BAD_CREDENTIALS");
  for (guint i = 0; i < 2; i++) {
    wuyou_site_expect (pick (f, i), NULL, "PUT", "/v1/password-resets", guess, 429, "RATE_LIMITED");
    wuyou_site_expect (pick (f, i), NULL, "POST", "/v1/sessions", RIGHT, 401, "BAD_CREDENTIALS");
  }
  wuyou_test_advance (61 * SECOND);
  token = wuyou_site_sign_in (f->a, MAIL, NULL);
}

/* --- many tries at one time --- */

#define TRIES 12

typedef struct {
  WuyouSite *site;
  guint status;
} Try;

static gpointer
run_try (gpointer data)
{
  Try *try = data;
  g_autofree char *text = g_strdup_printf ("POST /v1/sessions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                           "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                                           strlen (WRONG), WRONG);
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (&try->site->http, text, -1);

  try->status = reply->status;
  return NULL;
}

/* None of them is lost in the race: what got past the lock prolongs it. */
static void
test_tries_at_once (Fixture *f, gconstpointer data)
{
  Try tries[TRIES];
  GThread *threads[TRIES];
  gint64 counted;

  for (guint i = 0; i < TRIES; i++) {
    tries[i].site = pick (f, i);
    threads[i] = g_thread_new ("try", run_try, &tries[i]);
  }
  for (guint i = 0; i < TRIES; i++) {
    g_thread_join (threads[i]);
    g_assert_cmpuint (tries[i].status, ==, 401);
  }
  counted = wuyou_site_count (f->a, "SELECT count FROM limits WHERE name IN (SELECT email_key FROM accounts)");
  g_assert_cmpint (counted, >=, 5);
  g_assert_cmpint (counted, ==,
                   wuyou_site_count (f->b, "SELECT count(*) FROM audit WHERE outcome = 'BAD_CREDENTIALS'"));
}

typedef struct {
  WuyouSite *site;
  const char *token;
  guint status;
  char *body;
  gint64 took;
} Poll;

static gpointer
run_poll (gpointer data)
{
  Poll *poll = data;
  g_autofree char *text = g_strdup_printf (
      "GET /v1/changes?wait=20 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n",
      poll->token);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (&poll->site->http, text, -1);

  poll->took = g_get_monotonic_time () - start;
  poll->status = reply->status;
  poll->body = g_strdup (reply->body->str);
  return NULL;
}

static void
suspend (WuyouAccount *account)
{
  account->state = WUYOU_ACCOUNT_SUSPENDED;
}

/* As a desktop follows: what the first answer brings may be the change itself, the next one then the refusal. */
static gpointer
run_desktop (gpointer data)
{
  Poll *poll = data;
  gint64 start = g_get_monotonic_time ();

  do {
    g_clear_pointer (&poll->body, g_free);
    run_poll (poll);
  } while (poll->status == 200 && g_get_monotonic_time () - start < 10 * SECOND);
  poll->took = g_get_monotonic_time () - start;
  return NULL;
}

/* The desktops of both servers learn of it within five seconds, though no test clock moves and they only wait. */
static void
test_suspension (Fixture *f, gconstpointer data)
{
  g_autofree char *second = NULL;
  Poll polls[2];
  GThread *threads[2];

  wuyou_site_accept (f->a, f->token);
  second = wuyou_site_open_session (f->b, f->id);
  polls[0] = (Poll){ .site = f->a, .token = f->token };
  polls[1] = (Poll){ .site = f->b, .token = second };
  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("desktop", run_desktop, &polls[i]);
  g_usleep (SECOND);
  wuyou_site_change_account (f->a, f->id, suspend);
  for (guint i = 0; i < 2; i++) {
    g_thread_join (threads[i]);
    g_assert_cmpuint (polls[i].status, ==, 403);
    g_assert_nonnull (strstr (polls[i].body, "SUSPENDED"));
    g_assert_cmpint (polls[i].took, <, 6 * SECOND);
    g_free (polls[i].body);
  }
}

static void
test_publication (Fixture *f, gconstpointer data)
{
  g_autofree char *next = NULL;
  Poll poll = { .site = f->b, .token = f->token };
  GThread *thread;

  wuyou_site_accept (f->a, f->token);
  wuyou_site_expect (f->b, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
  wuyou_test_advance (SECOND);
  wuyou_site_settle (f->a);
  thread = g_thread_new ("poll", run_poll, &poll);
  g_usleep (SECOND);
  next = wuyou_site_publish (f->a, "DEALER", 2, wuyou_date_of_instant (WUYOU_TEST_NOW));
  g_thread_join (thread);
  g_assert_cmpuint (poll.status, ==, 200);
  g_assert_nonnull (strstr (poll.body, "consent-required"));
  g_assert_nonnull (strstr (poll.body, next));
  g_assert_cmpint (poll.took, <, 6 * SECOND);
  g_free (poll.body);
  wuyou_site_expect (f->b, f->token, "GET", "/v1/contracts", NULL, 403, "CONSENT_REQUIRED");
}

/* --- nothing is skipped --- */

#define WRITERS 4
#define CHANGES 12

typedef struct {
  WuyouSite *site;
  char *id;
} Writer;

static void
rename_account (WuyouAccount *account)
{
  char *name = g_strdup_printf ("员工%" G_GINT64_FORMAT, account->version);

  g_free (account->name);
  account->name = name;
}

static gpointer
run_writer (gpointer data)
{
  Writer *writer = data;

  for (guint i = 0; i < CHANGES; i++)
    wuyou_site_change_account (writer->site, writer->id, rename_account);
  return NULL;
}

static void
take_events (WuyouSite *site, GHashTable *seen)
{
  JsonArray *events = wuyou_json_get_array (site->reply, "events");

  for (guint i = 0; i < json_array_get_length (events); i++) {
    JsonObject *event = wuyou_json_array_get_object (events, i);
    char *name = g_strdup_printf ("%s %" G_GINT64_FORMAT, wuyou_json_get_string (event, "record"),
                                  wuyou_json_get_int (event, "revision"));

    if (g_strcmp0 (wuyou_json_get_string (event, "object"), "account") == 0)
      g_assert_true (g_hash_table_add (seen, name)); /* none twice */
    else
      g_free (name);
  }
}

/* Writers at both servers, one follower at the second: commits overtake one another, events do not get lost. */
static void
test_follow_under_load (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = NULL;
  Writer writers[WRITERS];
  GThread *threads[WRITERS];
  gint64 until;

  wuyou_site_accept (f->a, f->token);
  for (guint i = 0; i < WRITERS; i++) {
    g_autofree char *email = g_strdup_printf ("w%u@ad.example", i);

    writers[i].site = i % 2 ? f->a : f->b;
    writers[i].id = wuyou_site_add_account (f->a, email, "DSAL", "ad", 0);
  }
  wuyou_site_settle (f->a);
  wuyou_site_expect (f->b, f->token, "GET", "/v1/changes", NULL, 200, NULL);
  for (guint i = 0; i < WRITERS; i++)
    threads[i] = g_thread_new ("writer", run_writer, &writers[i]);
  until = g_get_monotonic_time () + 60 * SECOND;
  while (g_hash_table_size (seen) < WRITERS * CHANGES && g_get_monotonic_time () < until) {
    g_free (path);
    path = g_strdup_printf ("/v1/changes?wait=2&since=%s", wuyou_site_get (f->b, "next"));
    wuyou_site_expect (f->b, f->token, "GET", path, NULL, 200, NULL);
    take_events (f->b, seen);
  }
  for (guint i = 0; i < WRITERS; i++) {
    g_thread_join (threads[i]);
    g_free (writers[i].id);
  }
  g_assert_cmpuint (g_hash_table_size (seen), ==, WRITERS * CHANGES);
}

#define ADD(name, function) g_test_add ("/accounts-shared/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  ADD ("session", test_session);
  ADD ("lock-out", test_lock_out);
  ADD ("step-up-limit", test_step_up_limit);
  ADD ("asking-limits", test_asking_limits);
  ADD ("address-limit", test_address_limit);
  ADD ("tries-at-once", test_tries_at_once);
  ADD ("suspension", test_suspension);
  ADD ("publication", test_publication);
  ADD ("follow-under-load", test_follow_under_load);
  return g_test_run ();
}
