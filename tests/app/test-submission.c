/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "drafts/wuyou-draft-submission.h"
#include "wuyou-app-test.h"
#include "wuyou-draft-test.h"
#include "wuyou-fake-server.h"

#define ACT "POST /v1/contracts/" WUYOU_DRAFT_TEST_ID "/actions/submit"
#define PUT "PUT /v1/contracts/" WUYOU_DRAFT_TEST_ID

/* A form that only writes down what it is told. */
typedef struct {
  WuyouAppTest test;
  WuyouDraft *draft;
  WuyouDraftSubmission *submission;
  const char *action, *etag;
  gboolean busy;
  guint n_loads, n_done, n_failed;
  int code; /* of the last failure */
} Form;

static const char *
get_action (gpointer form)
{
  return ((Form *) form)->action;
}

static const char *
get_etag (gpointer form)
{
  return ((Form *) form)->etag;
}

static void
on_load_wanted_cb (gpointer form)
{
  ((Form *) form)->n_loads++;
}

static void
on_busy_cb (gpointer form, gboolean busy)
{
  ((Form *) form)->busy = busy;
}

static void
on_done_cb (gpointer form)
{
  ((Form *) form)->n_done++;
}

static void
on_failed_cb (gpointer data, const GError *error)
{
  Form *form = data;

  form->n_failed++;
  form->code = error->code;
}

static void
set_up (Form *form, gconstpointer data)
{
  static const WuyouDraftSubmissionCalls calls = {
    get_action, get_etag, on_load_wanted_cb, on_busy_cb, on_done_cb, on_failed_cb,
  };

  wuyou_draft_test_set_up (&form->test, NULL);
  form->draft = wuyou_draft_test_open (&form->test, 6, "");
  form->submission
      = wuyou_draft_submission_new (form->test.context, form->draft, WUYOU_ROUTE_CONTRACT_ACT, &calls, form);
  form->action = "submit";
  form->etag = "\"6\"";
}

static void
tear_down (Form *form, gconstpointer data)
{
  wuyou_draft_submission_leave (form->submission);
  g_clear_object (&form->submission);
  wuyou_draft_test_close (form->draft);
  wuyou_draft_test_tear_down (&form->test, NULL);
}

static void
type_series (Form *form)
{
  wuyou_draft_test_type (form->draft, "series", "3 系");
}

/* What was typed last goes first, and the step on what the form knows then. */
static void
test_order (Form *form, gconstpointer data)
{
  wuyou_draft_test_say (&form->test, PUT, 7, "");
  wuyou_draft_test_say (&form->test, ACT, 7, "");
  type_series (form);
  wuyou_draft_submission_begin (form->submission);
  wuyou_draft_submission_begin (form->submission); /* pressed twice */
  g_assert_true (form->busy);
  g_assert_cmpuint (wuyou_fake_server_count (form->test.server, ACT), ==, 0);
  WUYOU_APP_TEST_WAIT_FOR (form->n_done == 1);
  g_assert_false (form->busy);
  g_assert_cmpuint (wuyou_fake_server_count (form->test.server, PUT), ==, 1);
  g_assert_cmpuint (wuyou_fake_server_count (form->test.server, ACT), ==, 1);
  g_assert_cmpstr (wuyou_fake_server_last (form->test.server, ACT, "If-Match"), ==, "\"6\"");
}

/* A form opened from what was kept does not know the version: it loads, once, and says when it could not. */
static void
test_unknown (Form *form, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "");

  wuyou_draft_test_say (&form->test, ACT, 7, "");
  form->etag = NULL;
  wuyou_draft_submission_begin (form->submission);
  g_assert_cmpuint (form->n_loads, ==, 1);
  wuyou_draft_submission_loaded (form->submission, error);
  g_assert_cmpint (form->code, ==, WUYOU_ERROR_NOT_FOUND);
  g_assert_false (form->busy);
  wuyou_draft_submission_begin (form->submission);
  wuyou_draft_submission_loaded (form->submission, NULL); /* and still does not: no circle */
  g_assert_false (form->busy);
  g_assert_cmpuint (form->n_loads, ==, 2);
  wuyou_draft_submission_begin (form->submission);
  form->etag = "\"6\"";
  wuyou_draft_submission_loaded (form->submission, NULL);
  WUYOU_APP_TEST_WAIT_FOR (form->n_done == 1);
}

/* Nobody knows better than a try whether the server is there; what was typed is kept, and nothing waits for ever. */
static void
test_away (Form *form, gconstpointer data)
{
  WuyouClient *client = wuyou_app_context_get_client (form->test.context);
  gint64 pressed;

  wuyou_fake_server_forget (form->test.server, PUT);
  wuyou_fake_server_say (form->test.server, PUT,
                         &(WuyouFakeAnswer){ .status = 200, .type = "text/html", .body = "<html>Welcome</html>" });
  type_series (form);
  wuyou_draft_submission_begin (form->submission);
  WUYOU_APP_TEST_WAIT_FOR (form->n_failed == 1);
  g_assert_cmpint (form->code, ==, WUYOU_ERROR_OFFLINE);
  g_assert_false (form->busy);
  g_assert_false (wuyou_client_get_online (client));
  wuyou_draft_test_say (&form->test, PUT, 7, "");
  wuyou_draft_test_say (&form->test, ACT, 7, "");
  pressed = g_get_monotonic_time ();
  wuyou_draft_submission_begin (form->submission); /* the outbox would wait for a second */
  WUYOU_APP_TEST_WAIT_FOR (form->n_done == 1);
  g_assert_cmpint (g_get_monotonic_time () - pressed, <, G_USEC_PER_SEC / 2);
  g_assert_cmpuint (wuyou_fake_server_count (form->test.server, PUT), ==, 2);
}

/* Stopped, it may have happened all the same: the form asks, and the same step again is the same request. */
static void
test_stopped (Form *form, gconstpointer data)
{
  g_autofree char *first = NULL;

  wuyou_fake_server_say (form->test.server, ACT, &(WuyouFakeAnswer){ .hang = TRUE });
  wuyou_draft_submission_begin (form->submission);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (form->test.server, ACT) == 1);
  first = g_strdup (wuyou_fake_server_last (form->test.server, ACT, "Idempotency-Key"));
  wuyou_draft_submission_cancel (form->submission);
  WUYOU_APP_TEST_WAIT_FOR (form->n_failed == 1);
  g_assert_cmpint (form->code, ==, WUYOU_ERROR_CANCELLED);
  g_assert_cmpuint (form->n_loads, ==, 1);
  g_assert_false (form->busy);
  wuyou_fake_server_say_json (form->test.server, ACT, 422, "{\"code\":\"INVALID\"}");
  wuyou_draft_submission_begin (form->submission);
  WUYOU_APP_TEST_WAIT_FOR (form->n_failed == 2);
  g_assert_cmpstr (wuyou_fake_server_last (form->test.server, ACT, "Idempotency-Key"), ==, first);
}

/* Somebody else took it on while what was typed was sent: there is no step any more, and it is said. */
static void
test_no_step (Form *form, gconstpointer data)
{
  wuyou_draft_test_say (&form->test, PUT, 7, "");
  type_series (form);
  wuyou_draft_submission_begin (form->submission);
  form->action = NULL;
  WUYOU_APP_TEST_WAIT_FOR (form->n_failed == 1);
  g_assert_cmpint (form->code, ==, WUYOU_ERROR_ILLEGAL_TRANSITION);
  g_assert_false (form->busy);
  g_assert_cmpuint (wuyou_fake_server_count (form->test.server, PUT), ==, 1);
}

static void
test_stopped_before (Form *form, gconstpointer data)
{
  wuyou_fake_server_say (form->test.server, PUT, &(WuyouFakeAnswer){ .hang = TRUE });
  type_series (form);
  wuyou_draft_submission_begin (form->submission);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (form->test.server, PUT) == 1);
  wuyou_draft_submission_cancel (form->submission);
  g_assert_false (form->busy);
  g_assert_cmpuint (form->n_failed, ==, 0);
  g_assert_cmpuint (wuyou_fake_server_count (form->test.server, ACT), ==, 0);
}

/* The form is closed while the step is on its way: it is done all the same, and nobody is told. */
static void
test_left (Form *form, gconstpointer data)
{
  wuyou_draft_test_say (&form->test, ACT, 7, "");
  wuyou_draft_submission_begin (form->submission);
  wuyou_draft_submission_leave (form->submission);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (form->test.server, ACT) == 1);
  wuyou_app_test_pump (100);
  g_assert_cmpuint (form->n_done + form->n_failed, ==, 0);
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/submission/" name, Form, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("unknown", test_unknown);
  ADD ("away", test_away);
  ADD ("stopped", test_stopped);
  ADD ("stopped-before", test_stopped_before);
  ADD ("no-step", test_no_step);
  ADD ("left", test_left);
  return g_test_run ();
}
