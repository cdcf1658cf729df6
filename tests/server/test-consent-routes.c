/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-consent-store.h"
#include "wuyou-site-test.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define ACCEPT "/v1/consent/acceptances"
#define DECLINE "/v1/consent/declines"
#define BUNDLE "/v1/consent/bundle"

typedef struct {
  WuyouSite *site;
  WuyouDate today;
  char *id, *token, *bundle;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->site = wuyou_site_new (GPOINTER_TO_INT (data));
  f->today = wuyou_date_of_instant (WUYOU_TEST_NOW);
  f->id = wuyou_site_add_account (f->site, "zhao@ad.example", "DADM", "ad", 0);
  f->bundle = wuyou_site_publish (f->site, "DEALER", 1, f->today - 30);
  f->token = wuyou_site_open_session (f->site, f->id);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  wuyou_site_free (f->site);
  g_free (f->id);
  g_free (f->token);
  g_free (f->bundle);
}

static void
expect_state (Fixture *f, const char *state)
{
  wuyou_site_expect (f->site, f->token, "GET", BUNDLE, NULL, 200, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "state"), ==, state);
}

static void
decide (Fixture *f, int decision, void (*spoil) (WuyouConsent *), guint status, const char *code)
{
  g_autofree char *body = wuyou_site_dup_decision (f->site, f->token, decision, spoil);

  wuyou_site_expect (f->site, f->token, "POST", decision == WUYOU_DECISION_ACCEPTED ? ACCEPT : DECLINE, body, status,
                     code);
}

/* P-04, P-06: one click, two linked rows, and the work opens. */
static void
test_accept (Fixture *f, gconstpointer data)
{
  JsonArray *records;

  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 403, "CONSENT_REQUIRED");
  expect_state (f, "REQUIRED");
  g_assert_cmpstr (wuyou_site_get (f->site, "organisation.name"), ==, "示例安达汽车销售有限公司");
  g_assert_cmpuint (json_array_get_length (wuyou_json_get_array (f->site->reply, "capacities")), ==, 2);
  g_assert_cmpstr (wuyou_site_get (f->site, "agree_label"), ==, "同意");
  g_assert_cmpstr (wuyou_site_get (f->site, "hash"), ==, wuyou_site_get (f->site, "bundle.hash"));
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  records = wuyou_json_get_array (f->site->reply, "records");
  g_assert_cmpuint (json_array_get_length (records), ==, 2);
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM consents a JOIN consents b ON a.linked_id = b.id "
                                              "AND b.linked_id = a.id AND a.capacity <> b.capacity"),
                   ==, 2);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
  expect_state (f, "OPEN");
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM audit WHERE action = 'consent-accept'"), ==, 1);
}

static void
test_chain (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 count;

  for (guint i = 0; i < 3; i++) {
    g_autofree char *email = g_strdup_printf ("p%u@ad.example", i);
    g_autofree char *id = wuyou_site_add_account (f->site, email, "DSAL", "ad", 0);
    g_autofree char *token = wuyou_site_open_session (f->site, id);

    wuyou_site_accept (f->site, token);
  }
  wuyou_consent_verify_chain (f->site->store, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, 6);
}

/* --- P-02 and 10.3: nothing forged --- */

static void
drop_ends (WuyouConsent *consent)
{
  g_autoptr (WuyouConsentLog) log = wuyou_consent_log_new (consent->sent_at - 100 * SECOND, 0);

  wuyou_consent_log_add (log, WUYOU_CONSENT_DISPLAYED, NULL, SECOND);
  wuyou_consent_log_add (log, WUYOU_CONSENT_ACCEPTED, NULL, 90 * SECOND);
  g_free (consent->events);
  consent->events = wuyou_consent_log_dup_json (log);
}

static void
change_bytes (WuyouConsent *consent)
{
  consent->bundle_hash[0] = consent->bundle_hash[0] == 'a' ? 'b' : 'a';
}

static void
change_label (WuyouConsent *consent)
{
  g_free (consent->button_label);
  consent->button_label = g_strdup ("下一步");
}

static void
drop_emphasis (WuyouConsent *consent)
{
  consent->emphasis_spans = 0;
}

static void
drop_link (WuyouConsent *consent)
{
  g_clear_pointer (&consent->linked_id, g_free);
}

static void
drop_organisation (WuyouConsent *consent)
{
  g_free (consent->call_to_action);
  consent->call_to_action = g_strdup ("您以个人名义同意");
}

static void
name_other_bundle (WuyouConsent *consent)
{
  g_free (consent->bundle_id);
  consent->bundle_id = g_strdup ("01932f1e-0000-7000-8000-00000000000f");
}

static void
decide_twice (WuyouConsent *consent)
{
  consent->decision = WUYOU_DECISION_DECLINED;
}

static void
test_forged (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *what, *field;
    void (*spoil) (WuyouConsent *consent);
  } cases[] = {
    { "no end", "events.UA", drop_ends },
    { "changed bytes", "bundle_hash", change_bytes },
    { "label", "button_label", change_label },
    { "emphasis", "emphasis_spans", drop_emphasis },
    { "one capacity", "linked_id", drop_link },
    { "no organisation", "call_to_action", drop_organisation },
    { "other bundle", "bundle_id", name_other_bundle },
    { "other decision", "decision", decide_twice },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gboolean named = FALSE;
    JsonArray *violations;

    g_test_message ("%s", cases[i].what);
    decide (f, WUYOU_DECISION_ACCEPTED, cases[i].spoil, 422, "INVALID");
    violations = wuyou_json_get_array (f->site->reply, "violations");
    for (guint k = 0; violations != NULL && k < json_array_get_length (violations); k++)
      named
          = named
            || g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (violations, k), "field"), cases[i].field)
                   == 0;
    g_assert_true (named || g_strcmp0 (wuyou_site_get (f->site, "field"), cases[i].field) == 0);
  }
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM consents"), ==, 0);
  expect_state (f, "REQUIRED");
}

/* What the server knows is not the client's to say. */
static void
test_server_members (Fixture *f, gconstpointer data)
{
  static const char *const members[]
      = { "person_id", "person_name", "organisation_id", "auth_age_seconds", "received_at",
          "hash",      "signature",   "address",         "capacity" };
  g_autofree char *body = wuyou_site_dup_decision (f->site, f->token, WUYOU_DECISION_ACCEPTED, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autofree char *forged = g_strdup_printf ("{\"%s\":\"x\",%s", members[i], body + 1);

    wuyou_site_expect (f->site, f->token, "POST", ACCEPT, forged, 422, "INVALID");
  }
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM consents"), ==, 0);
}

/* Agreeing needs somebody who was there within the hour. */
static void
test_old_sign_in (Fixture *f, gconstpointer data)
{
  wuyou_test_advance (61 * 60 * SECOND);
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 403, "STEP_UP_REQUIRED");
  wuyou_site_expect (f->site, f->token, "POST", "/v1/step-up", "{\"password\":\"" WUYOU_SITE_PASSWORD "\"}", 204, NULL);
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
}

/* The reply was lost and the click is sent again: one record, the same answer. */
static void
test_sent_again (Fixture *f, gconstpointer data)
{
  g_autofree char *body = wuyou_site_dup_decision (f->site, f->token, WUYOU_DECISION_ACCEPTED, NULL), *hash = NULL;
  g_autofree char *other = wuyou_site_add_account (f->site, "qian@ad.example", "DSAL", "ad", 0);
  g_autofree char *token = wuyou_site_open_session (f->site, other);

  for (guint i = 0; i < 10; i++) {
    JsonArray *records;

    wuyou_site_expect (f->site, f->token, "POST", ACCEPT, body, 201, NULL);
    records = wuyou_json_get_array (f->site->reply, "records");
    g_assert_cmpuint (json_array_get_length (records), ==, 2);
    if (hash == NULL)
      hash = g_strdup (wuyou_json_get_string (wuyou_json_array_get_object (records, 0), "hash"));
    g_assert_cmpstr (wuyou_json_get_string (wuyou_json_array_get_object (records, 0), "hash"), ==, hash);
  }
  g_assert_cmpint (wuyou_site_count (f->site, "SELECT count(*) FROM consents"), ==, 2);
  wuyou_site_expect (f->site, token, "POST", ACCEPT, body, 409, "CONFLICT"); /* somebody else's id tells nothing */
}

/* P-09: a refusal is kept; it may be thought over. */
static void
test_decline_then_accept (Fixture *f, gconstpointer data)
{
  decide (f, WUYOU_DECISION_DECLINED, NULL, 201, NULL);
  g_assert_cmpuint (json_array_get_length (wuyou_json_get_array (f->site->reply, "records")), ==, 1);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 403, "CONSENT_REQUIRED");
  expect_state (f, "REQUIRED");
  g_assert_true (wuyou_json_get_boolean (f->site->reply, "declined"));
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/consent/records", NULL, 200, NULL);
  g_assert_cmpuint (json_array_get_length (wuyou_json_get_array (f->site->reply, "items")), ==, 3);
}

static gboolean
write_withdrawal (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_bundle_withdraw (conn, data, "another", WUYOU_TEST_NOW + SECOND, error);
}

/* P-03: years and versions later, every record opens the very text that was decided on; nobody else's does. */
static void
test_earlier_text (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *email, *roles, *org;
    guint status;
  } others[] = {
    { "sun@ad.example", "DSAL", "ad", 404 },  { "boss@ad.example", "DADM", "ad", 200 },
    { "boss@hy.example", "DADM", "hy", 404 }, { "boss@gr.example", "DGRP", "gr", 200 },
    { "ops@op.example", "OOPS", "op", 200 },  { "fin@op.example", "OFIN", "op", 404 },
  };
  g_autofree char *path = g_strconcat ("/v1/consent/bundles/", f->bundle, NULL), *hash = NULL, *next = NULL;
  g_autoptr (GError) error = NULL;

  wuyou_site_expect (f->site, f->token, "GET", path, NULL, 200,
                     NULL); /* in force: to be read before it is decided on */
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  hash = g_strdup (wuyou_site_get (f->site, "bundle_hash"));
  next = wuyou_site_publish (f->site, "DEALER", 2, f->today);
  wuyou_db_write (f->site->context.db, write_withdrawal, f->bundle, &error);
  g_assert_no_error (error);
  wuyou_test_advance (5 * 366 * (gint64) G_TIME_SPAN_DAY);
  g_free (f->token);
  f->token = wuyou_site_open_session (f->site, f->id);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 403, "CONSENT_REQUIRED");
  wuyou_site_expect (f->site, f->token, "GET", path, NULL, 200, NULL); /* also while the gate is closed again */
  g_assert_cmpstr (wuyou_site_get (f->site, "bundle.id"), ==, f->bundle);
  g_assert_cmpstr (wuyou_site_get (f->site, "bundle.hash"), ==, hash);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *id = wuyou_site_add_account (f->site, others[i].email, others[i].roles, others[i].org, 0);
    g_autofree char *token = wuyou_site_open_session (f->site, id);

    wuyou_site_expect (f->site, token, "GET", path, NULL, others[i].status, NULL);
  }
  wuyou_site_expect (f->site, f->token, "GET", "/v1/consent/bundles/none", NULL, 404, "NOT_FOUND");
}

/* P-05: nobody agrees for somebody else. */
static void
test_each_alone (Fixture *f, gconstpointer data)
{
  g_autofree char *other = wuyou_site_add_account (f->site, "sun@ad.example", "DSAL", "ad", 0);
  g_autofree char *token = wuyou_site_open_session (f->site, other), *path = NULL;

  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  path = g_strconcat ("/v1/consent/records?id=", wuyou_site_get (f->site, "id"), NULL);
  wuyou_site_expect (f->site, token, "GET", "/v1/contracts", NULL, 403, "CONSENT_REQUIRED");
  wuyou_site_expect (f->site, token, "GET", path, NULL, 404, "NOT_FOUND");
  wuyou_site_expect (f->site, f->token, "GET", path, NULL, 200, NULL);
  g_assert_nonnull (wuyou_site_get (f->site, "canonical"));
  g_assert_cmpstr (wuyou_site_get (f->site, "record.person_id"), ==, f->id);
}

static void
test_branch (Fixture *f, gconstpointer data)
{
  g_autofree char *id = wuyou_site_add_account (f->site, "li@bc.example", "DSAL", "bc", 0), *path = NULL;

  g_free (f->token);
  f->token = wuyou_site_open_session (f->site, id);
  expect_state (f, "REQUIRED");
  g_assert_cmpstr (wuyou_site_get (f->site, "organisation.branch"), ==, "示例安达北城分公司");
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  path = g_strconcat ("/v1/consent/records?id=", wuyou_site_get (f->site, "linked_id"), NULL);
  wuyou_site_expect (f->site, f->token, "GET", path, NULL, 200, NULL);
  g_assert_cmpstr (wuyou_site_get (f->site, "record.branch_name"), ==, "示例安达北城分公司");
  g_assert_cmpstr (wuyou_site_get (f->site, "record.cooperation_agreement"), ==, "HZ-2026-001");
}

/* P-08, P-11: the next version can be agreed to early, and then asks nothing when its day comes. */
static void
test_preview (Fixture *f, gconstpointer data)
{
  g_autofree char *next = NULL;

  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  next = wuyou_site_publish (f->site, "DEALER", 2, f->today + 1);
  expect_state (f, "PREVIEW");
  g_assert_cmpstr (wuyou_site_get (f->site, "bundle.id"), ==, next);
  g_assert_cmpstr (wuyou_site_get (f->site, "accepted.id"), ==, f->bundle);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  expect_state (f, "OPEN");
  wuyou_test_set_now (wuyou_date_start (f->today + 1) + SECOND);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
}

static void
test_new_version_closes (Fixture *f, gconstpointer data)
{
  g_autofree char *next = NULL;

  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  next = wuyou_site_publish (f->site, "DEALER", 2, f->today + 1);
  wuyou_test_set_now (wuyou_date_start (f->today + 1) - SECOND);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
  wuyou_test_advance (SECOND); /* to the very instant: no cache reaches over it */
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 403, "CONSENT_REQUIRED");
  expect_state (f, "REQUIRED");
  g_assert_cmpstr (wuyou_site_get (f->site, "bundle.id"), ==, next);
}

/* P-08: what asks for no new consent is shown all the same, with what was accepted; there is nothing to decide. */
static void
test_minor_version (Fixture *f, gconstpointer data)
{
  g_autofree char *next = NULL;

  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  next = wuyou_site_publish_minor (f->site, "DEALER", 2, f->today);
  wuyou_test_advance (4 * SECOND);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
  expect_state (f, "NOTICE");
  g_assert_cmpstr (wuyou_site_get (f->site, "bundle.id"), ==, next);
  g_assert_cmpstr (wuyou_site_get (f->site, "hash"), ==, wuyou_site_get (f->site, "bundle.hash"));
  g_assert_cmpstr (wuyou_site_get (f->site, "accepted.id"), ==, f->bundle);
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 422, "INVALID");
  decide (f, WUYOU_DECISION_DECLINED, NULL, 422, "INVALID");
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
}

/* While a later one is asked for ahead of time, the one in force is named, and can be read. */
static void
test_minor_and_preview (Fixture *f, gconstpointer data)
{
  g_autofree char *minor = NULL, *coming = NULL, *path = NULL;

  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  minor = wuyou_site_publish_minor (f->site, "DEALER", 2, f->today);
  coming = wuyou_site_publish (f->site, "DEALER", 3, f->today + 1);
  wuyou_test_advance (4 * SECOND);
  expect_state (f, "PREVIEW");
  g_assert_cmpstr (wuyou_site_get (f->site, "bundle.id"), ==, coming);
  g_assert_cmpstr (wuyou_site_get (f->site, "in_force_id"), ==, minor);
  path = g_strconcat ("/v1/consent/bundles/", minor, NULL);
  wuyou_site_expect (f->site, f->token, "GET", path, NULL, 200, NULL);
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  expect_state (f, "NOTICE");
  g_assert_cmpstr (wuyou_site_get (f->site, "bundle.id"), ==, minor);
  g_assert_cmpstr (wuyou_site_get (f->site, "accepted.id"), ==, f->bundle);
}

/* The text of what is in force or coming is open to all of its audience, and to nobody else. */
static void
test_read_current (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *email, *roles, *org;
    guint status;
  } readers[] = { { "sun@ad.example", "DSAL", "ad", 200 },
                  { "mu@hy.example", "DSAL", "hy", 200 },
                  { "li@bc.example", "DSAL", "bc", 200 },
                  { "zhong@in.example", "ICLM", "in", 404 },
                  { "fin@op.example", "OFIN", "op", 404 } };
  g_autofree char *coming = wuyou_site_publish (f->site, "DEALER", 2, f->today + 9);
  const char *const ids[] = { f->bundle, coming };
  g_autofree char *path = g_strconcat ("/v1/consent/bundles/", coming, NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++) {
    g_autofree char *id = wuyou_site_add_account (f->site, readers[i].email, readers[i].roles, readers[i].org, 0);
    g_autofree char *token = wuyou_site_open_session (f->site, id);

    for (gsize k = 0; k < G_N_ELEMENTS (ids); k++) {
      g_autofree char *text = g_strconcat ("/v1/consent/bundles/", ids[k], NULL);

      wuyou_site_expect (f->site, token, "GET", text, NULL, readers[i].status, NULL);
    }
  }
  wuyou_db_write (f->site->context.db, write_withdrawal, coming, &error);
  g_assert_no_error (error);
  wuyou_test_advance (2 * SECOND);
  wuyou_site_expect (f->site, f->token, "GET", path, NULL, 404, "NOT_FOUND");
}

/* --- the feed --- */

typedef struct {
  Fixture *f;
  char *since;
  int seconds;
  guint status;
  JsonObject *body;
  gint64 took;
  GThread *thread;
} Poll;

static gpointer
run_poll (gpointer data)
{
  Poll *poll = data;
  g_autofree char *text
      = g_strdup_printf ("GET /v1/changes?wait=%d&since=%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                         "Authorization: Bearer %s\r\n\r\n",
                         poll->seconds, poll->since, poll->f->token);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (&poll->f->site->http, text, -1);

  poll->took = g_get_monotonic_time () - start;
  poll->status = reply->status;
  poll->body = wuyou_json_parse_object (reply->body->str, reply->body->len, NULL);
  return NULL;
}

static void
begin_poll (Poll *poll, Fixture *f, int seconds)
{
  wuyou_site_settle (f->site);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/changes", NULL, 200, NULL);
  *poll = (Poll){ .f = f, .since = g_strdup (wuyou_site_get (f->site, "next")), .seconds = seconds };
  poll->thread = g_thread_new ("poll", run_poll, poll);
  g_usleep (500000);
}

static JsonObject *
get_event (Poll *poll, guint index)
{
  JsonArray *events = poll->body != NULL ? wuyou_json_get_array (poll->body, "events") : NULL;

  return events != NULL && index < json_array_get_length (events) ? wuyou_json_array_get_object (events, index) : NULL;
}

static void
end_poll (Poll *poll, const char *kind, const char *record)
{
  JsonObject *event;

  g_thread_join (poll->thread);
  g_assert_cmpuint (poll->status, ==, 200);
  event = get_event (poll, 0);
  if (kind == NULL) {
    g_assert_null (event);
  } else {
    g_assert_nonnull (event);
    g_assert_cmpstr (wuyou_json_get_string (event, "kind"), ==, kind);
    if (record != NULL)
      g_assert_cmpstr (wuyou_json_get_string (event, "record"), ==, record);
  }
  json_object_unref (poll->body);
  g_free (poll->since);
}

/* P-08: published while the window is open, in force at once. */
static void
test_publish_while_waiting (Fixture *f, gconstpointer data)
{
  g_autofree char *next = NULL;
  Poll poll;

  wuyou_site_accept (f->site, f->token);
  wuyou_test_advance (SECOND);
  begin_poll (&poll, f, 20);
  next = wuyou_site_publish (f->site, "DEALER", 2, f->today);
  end_poll (&poll, "consent-required", next);
  g_assert_cmpint (poll.took, <, 5 * SECOND);
}

static void
expect_first_event (Fixture *f, const char *kind, const char *record)
{
  JsonArray *events;
  JsonObject *event;

  wuyou_site_expect (f->site, f->token, "GET", "/v1/changes?wait=20", NULL, 200, NULL);
  events = wuyou_json_get_array (f->site->reply, "events");
  g_assert_cmpuint (json_array_get_length (events), ==, 1);
  event = wuyou_json_array_get_object (events, 0);
  g_assert_cmpstr (wuyou_json_get_string (event, "kind"), ==, kind);
  g_assert_cmpstr (wuyou_json_get_string (event, "record"), ==, record);
}

/* P-08: told while the window is open, and on the next start, where the feed begins without a cursor. */
static void
test_minor_while_waiting (Fixture *f, gconstpointer data)
{
  g_autofree char *next = NULL, *coming = NULL;
  Poll poll;

  wuyou_site_accept (f->site, f->token);
  wuyou_test_advance (SECOND);
  begin_poll (&poll, f, 20);
  next = wuyou_site_publish_minor (f->site, "DEALER", 2, f->today);
  end_poll (&poll, "consent-notice", next);
  expect_first_event (f, "consent-notice", next);
  coming = wuyou_site_publish (f->site, "DEALER", 3, f->today + 3);
  wuyou_test_advance (4 * SECOND);
  expect_first_event (f, "consent-preview", coming);
}

/* Nothing is written at midnight, and yet the window learns of it. */
static void
test_comes_into_force_while_waiting (Fixture *f, gconstpointer data)
{
  g_autofree char *next = NULL;
  Poll poll;

  wuyou_site_accept (f->site, f->token);
  next = wuyou_site_publish (f->site, "DEALER", 2, f->today + 1);
  wuyou_test_set_now (wuyou_date_start (f->today + 1) - 2 * SECOND);
  g_usleep (300000);
  wuyou_site_call (f->site, f->token, "GET", "/v1/changes", NULL);
  begin_poll (&poll, f, 20);
  wuyou_test_advance (2 * SECOND);
  end_poll (&poll, "consent-required", next);
  g_assert_cmpint (poll.took, <, 8 * SECOND);
}

static void
rename_account (WuyouAccount *account)
{
  g_free (account->name);
  account->name = g_strdup ("赵二明");
}

static void
test_before_consent (Fixture *f, gconstpointer data)
{
  g_autofree char *next = NULL, *path = NULL;
  Poll poll;

  begin_poll (&poll, f, 2);
  wuyou_site_change_account (f->site, f->id, rename_account);
  end_poll (&poll, NULL, NULL); /* of the work nothing is heard */
  wuyou_site_accept (f->site, f->token);
  begin_poll (&poll, f, 20);
  wuyou_site_change_account (f->site, f->id, rename_account);
  end_poll (&poll, "changed", f->id);
}

static void
raise_epoch (WuyouAccount *account)
{
  account->epoch++;
}

static void
test_epoch (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;

  wuyou_site_accept (f->site, f->token);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/changes", NULL, 200, NULL);
  path = g_strconcat ("/v1/changes?since=", wuyou_site_get (f->site, "next"), NULL);
  wuyou_site_expect (f->site, f->token, "GET", path, NULL, 200, NULL);
  wuyou_site_change_account (f->site, f->id, raise_epoch);
  for (guint i = 0; i < 100 && wuyou_site_call (f->site, f->token, "GET", path, NULL) != 410; i++)
    g_usleep (30000);
  wuyou_site_expect (f->site, f->token, "GET", path, NULL, 410, "RESYNC_REQUIRED");
  wuyou_site_expect (f->site, f->token, "GET", "/v1/changes?since=nonsense", NULL, 410, "RESYNC_REQUIRED");
  wuyou_site_expect (f->site, f->token, "GET", "/v1/changes?since=1.1.99999999.abc", NULL, 410, "RESYNC_REQUIRED");
}

/* What happens at another dealership is not heard of. */
static void
test_scope (Fixture *f, gconstpointer data)
{
  g_autofree char *stranger = wuyou_site_add_account (f->site, "mu@hy.example", "DADM", "hy", 0), *id = NULL;
  Poll poll;

  wuyou_site_accept (f->site, f->token);
  begin_poll (&poll, f, 2);
  id = wuyou_site_add_account (f->site, "bai@hy.example", "DSAL", "hy", 0);
  end_poll (&poll, NULL, NULL);
  begin_poll (&poll, f, 20);
  g_free (id);
  id = wuyou_site_add_account (f->site, "he@ad.example", "DSAL", "ad", 0);
  end_poll (&poll, "changed", id);
}

static void
test_operator_is_asked_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *id = wuyou_site_add_account (f->site, "ops@op.example", "OOPS", "op", 0), *bundle = NULL;

  g_free (f->token);
  f->token = wuyou_site_open_session (f->site, id);
  expect_state (f, "OPEN");
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
  wuyou_test_advance (4 * SECOND);
  bundle = wuyou_site_publish (f->site, "OPERATOR", 1, f->today);
  wuyou_test_advance (4 * SECOND);
  expect_state (f, "REQUIRED");
  g_assert_null (wuyou_json_get_object (f->site->reply, "organisation"));
  decide (f, WUYOU_DECISION_ACCEPTED, NULL, 201, NULL);
  g_assert_cmpuint (json_array_get_length (wuyou_json_get_array (f->site->reply, "records")), ==, 1);
  wuyou_site_expect (f->site, f->token, "GET", "/v1/contracts", NULL, 200, NULL);
}

/* An audience without any agreements in force does not fall open. */
static void
test_no_agreements (Fixture *f, gconstpointer data)
{
  g_autofree char *id = wuyou_site_add_account (f->site, "zhong@in.example", "ICLM", "in", 0);

  g_free (f->token);
  f->token = wuyou_site_open_session (f->site, id);
  expect_state (f, "REQUIRED");
  g_assert_null (wuyou_json_get_object (f->site->reply, "bundle"));
  wuyou_site_expect (f->site, f->token, "GET", "/v1/account", NULL, 403, "CONSENT_REQUIRED");
}

#define ADD(name, engine, function)                                                                                    \
  g_test_add ("/consent-routes/" name, Fixture, GINT_TO_POINTER (engine), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  ADD ("accept", WUYOU_TEST_SQLITE, test_accept);
  ADD ("accept-postgresql", WUYOU_TEST_POSTGRESQL, test_accept);
  ADD ("chain", WUYOU_TEST_SQLITE, test_chain);
  ADD ("forged", WUYOU_TEST_SQLITE, test_forged);
  ADD ("server-members", WUYOU_TEST_SQLITE, test_server_members);
  ADD ("old-sign-in", WUYOU_TEST_SQLITE, test_old_sign_in);
  ADD ("sent-again", WUYOU_TEST_SQLITE, test_sent_again);
  ADD ("sent-again-postgresql", WUYOU_TEST_POSTGRESQL, test_sent_again);
  ADD ("decline-then-accept", WUYOU_TEST_SQLITE, test_decline_then_accept);
  ADD ("earlier-text", WUYOU_TEST_SQLITE, test_earlier_text);
  ADD ("earlier-text-postgresql", WUYOU_TEST_POSTGRESQL, test_earlier_text);
  ADD ("each-alone", WUYOU_TEST_SQLITE, test_each_alone);
  ADD ("branch", WUYOU_TEST_SQLITE, test_branch);
  ADD ("preview", WUYOU_TEST_SQLITE, test_preview);
  ADD ("minor-version", WUYOU_TEST_SQLITE, test_minor_version);
  ADD ("minor-version-postgresql", WUYOU_TEST_POSTGRESQL, test_minor_version);
  ADD ("minor-and-preview", WUYOU_TEST_SQLITE, test_minor_and_preview);
  ADD ("read-current", WUYOU_TEST_SQLITE, test_read_current);
  ADD ("read-current-postgresql", WUYOU_TEST_POSTGRESQL, test_read_current);
  ADD ("minor-while-waiting", WUYOU_TEST_SQLITE, test_minor_while_waiting);
  ADD ("new-version-closes", WUYOU_TEST_SQLITE, test_new_version_closes);
  ADD ("publish-while-waiting", WUYOU_TEST_SQLITE, test_publish_while_waiting);
  ADD ("publish-while-waiting-postgresql", WUYOU_TEST_POSTGRESQL, test_publish_while_waiting);
  ADD ("comes-into-force-while-waiting", WUYOU_TEST_SQLITE, test_comes_into_force_while_waiting);
  ADD ("before-consent", WUYOU_TEST_SQLITE, test_before_consent);
  ADD ("epoch", WUYOU_TEST_SQLITE, test_epoch);
  ADD ("scope", WUYOU_TEST_SQLITE, test_scope);
  ADD ("operator-is-asked-nothing", WUYOU_TEST_SQLITE, test_operator_is_asked_nothing);
  ADD ("no-agreements", WUYOU_TEST_SQLITE, test_no_agreements);
  return g_test_run ();
}
