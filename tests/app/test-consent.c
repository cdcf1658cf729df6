/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "consent/wuyou-agreement-buffer.h"
#include "consent/wuyou-agreement-contents.h"
#include "consent/wuyou-agreement-copy.h"
#include "consent/wuyou-agreement-find.h"
#include "consent/wuyou-agreement-gate.h"
#include "consent/wuyou-agreement-import.h"
#include "consent/wuyou-agreement-reader.h"
#include "consent/wuyou-changes-view.h"
#include "consent/wuyou-consent-evidence.h"
#include "consent/wuyou-consent-notice.h"
#include "consent/wuyou-consent-records-row.h"
#include "consent/wuyou-consent.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-empty-state.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define ACCEPT "POST /v1/consent/acceptances"
#define DECLINE "POST /v1/consent/declines"
#define BUNDLE "GET /v1/consent/bundle"
#define ORGANISATION "安达汽车销售服务（北京）有限公司"

/* --- bundles --- */

static WuyouBundle *
import (const char *text, WuyouBundle *previous, int version)
{
  WuyouBundle *bundle = wuyou_bundle_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouProposal) proposal = NULL;

  bundle->id = g_strdup_printf ("0197a000-0000-7000-8000-00000000000%d", version);
  bundle->audience = g_strdup ("DEALER");
  wuyou_agreement_import (bundle, bytes, &error);
  g_assert_no_error (error);
  proposal = wuyou_agreement_propose (bundle, previous, NULL);
  wuyou_bundle_set_effective (bundle, wuyou_date_new (2025 + version, 1, 1));
  return bundle;
}

static WuyouBundle *
import_sample (int version, WuyouBundle *previous)
{
  g_autofree char *name = g_strdup_printf ("../data/demo/agreements/agreements-%d.zh.md", version);
  g_autofree char *path = wuyou_test_source_path (name);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return import (text, previous, version);
}

/* Three documents that fit on one screen. */
static WuyouBundle *
import_short (void)
{
  return import (
      "用户服务协议\n\n第一条 定义\n\n1.1 本平台。\n\n个人信息处理协议\n\n第一条 原则\n\n1.1 **最小必要。**\n\n"
      "附件 1\n\n说明\n\n1. 用户信息\n",
      NULL, 1);
}

static char *
write_answer (const char *state, WuyouBundle *bundle, WuyouBundle *accepted, const char *hash)
{
  g_autofree char *own = wuyou_bundle_dup_hash (bundle);
  g_autoptr (GString) now = g_string_new (NULL), before = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "state", state);
  wuyou_bundle_write_json (bundle, now);
  wuyou_json_add_raw (out, "bundle", now->str);
  if (accepted != NULL) {
    wuyou_bundle_write_json (accepted, before);
    wuyou_json_add_raw (out, "accepted", before->str);
  }
  wuyou_json_add_string (out, "hash", hash != NULL ? hash : own);
  wuyou_json_begin_object (out, "organisation");
  wuyou_json_add_string (out, "id", "0197a000-0000-7000-8000-0000000000aa");
  wuyou_json_add_string (out, "name", ORGANISATION);
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

/* --- a gate on screen --- */

typedef struct {
  WuyouAppTest app;
  WuyouBundle *bundle;
  GtkWidget *gate;
  WuyouAgreementReader *reader;
  WuyouAgreementView *view;
  GtkAdjustment *adjustment;
  GtkWidget *agree, *decline;
  guint n_passed, n_refused;
} Fixture;

static void
on_passed_cb (Fixture *f)
{
  f->n_passed++;
}

static void
on_refused_cb (Fixture *f)
{
  f->n_refused++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  wuyou_app_test_set_up (&f->app);
  wuyou_app_test_sign_in (&f->app, "[\"CONSENT_REQUIRED\"]");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  wuyou_app_test_tear_down (&f->app);
  g_clear_pointer (&f->bundle, wuyou_bundle_unref);
}

static void
open_gate (Fixture *f)
{
  f->gate = wuyou_agreement_gate_new (f->app.context);
  g_signal_connect_swapped (f->gate, "passed", G_CALLBACK (on_passed_cb), f);
  g_signal_connect_swapped (f->gate, "refused", G_CALLBACK (on_refused_cb), f);
  wuyou_app_test_show (&f->app, f->gate);
}

static void
find_parts (Fixture *f)
{
  f->reader = WUYOU_AGREEMENT_READER (wuyou_app_test_find (f->gate, WUYOU_TYPE_AGREEMENT_READER, NULL));
  f->view = wuyou_agreement_reader_get_view (f->reader);
  f->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (f->view));
  f->agree = wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON,
                                  wuyou_consent_agree_label (wuyou_consent_evidence_get_locale ()));
  f->decline = wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON,
                                    wuyou_consent_decline_label (wuyou_consent_evidence_get_locale ()));
}

static gboolean
has_reader (Fixture *f)
{
  GtkWidget *stack = wuyou_app_test_find (f->gate, GTK_TYPE_STACK, NULL);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "reading") == 0;
}

/* Takes @bundle. */
static void
show_bundle (Fixture *f, WuyouBundle *bundle, WuyouBundle *accepted, const char *state)
{
  g_autofree char *answer = write_answer (state, bundle, accepted, NULL);

  f->bundle = bundle;
  wuyou_fake_server_say_json (f->app.server, BUNDLE, 200, answer);
  open_gate (f);
  WUYOU_APP_TEST_WAIT_FOR (has_reader (f));
  find_parts (f);
  if (accepted == NULL)
    WUYOU_APP_TEST_WAIT_FOR (wuyou_agreement_view_is_settled (f->view));
}

static void
show_sample (Fixture *f)
{
  show_bundle (f, import_sample (1, NULL), NULL, "REQUIRED");
}

static gboolean
can_agree (Fixture *f)
{
  return gtk_widget_get_sensitive (f->agree);
}

static void
scroll_by (Fixture *f, double pixels)
{
  gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_value (f->adjustment) + pixels);
  wuyou_app_test_pump (5);
}

static gboolean
is_at_end (Fixture *f)
{
  return gtk_adjustment_get_value (f->adjustment)
         >= gtk_adjustment_get_upper (f->adjustment) - gtk_adjustment_get_page_size (f->adjustment) - 1;
}

/* As a wheel or a scroll bar does. */
static void
read_all (Fixture *f)
{
  while (!is_at_end (f))
    scroll_by (f, gtk_adjustment_get_page_size (f->adjustment) / 2);
}

static void
press (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
resize (Fixture *f, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (f->app.window), width, height);
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_width (f->gate) == width);
  wuyou_app_test_pump (50);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_agreement_view_is_settled (f->view));
}

static JsonObject *
parse_last (Fixture *f, const char *call)
{
  const char *body = wuyou_fake_server_last (f->app.server, call, NULL);
  JsonObject *object = wuyou_json_parse_object (body, strlen (body), NULL);

  g_assert_nonnull (object);
  return object;
}

/* --- text --- */

static void
test_buffer (void)
{
  for (int version = 1; version <= 2; version++) {
    g_autoptr (WuyouBundle) bundle = import_sample (version, NULL);
    g_autoptr (WuyouAgreementBuffer) buffer = wuyou_agreement_buffer_new (bundle);

    g_assert_cmpuint (wuyou_bundle_count_emphasis (bundle), >, 10);
    g_assert_cmpuint (wuyou_agreement_buffer_count_emphasis (buffer), ==, wuyou_bundle_count_emphasis (bundle));
  }
}

static void
assert_span (WuyouAgreementBuffer *buffer, GtkTextIter *at, const WuyouSpan *span)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (buffer));
  GtkTextTag *bold = gtk_text_tag_table_lookup (table, "bold"), *line = gtk_text_tag_table_lookup (table, "underline");

  for (const char *c = span->text; *c != '\0'; c = g_utf8_next_char (c)) {
    g_assert_cmpuint (gtk_text_iter_get_char (at), ==, g_utf8_get_char (c));
    g_assert_cmpint (gtk_text_iter_has_tag (at, bold), ==, span->bold);
    g_assert_cmpint (gtk_text_iter_has_tag (at, line), ==, span->underline);
    gtk_text_iter_forward_char (at);
  }
}

/* Every letter is there, and bold exactly where the agreement has it (P-07). */
static void
test_words (void)
{
  g_autoptr (WuyouBundle) bundle = import_sample (1, NULL);
  g_autoptr (WuyouAgreementBuffer) buffer = wuyou_agreement_buffer_new (bundle);

  for (guint i = 0; i < bundle->documents->len; i++)
    for (guint j = 0; j < wuyou_bundle_get_document (bundle, i)->clauses->len; j++) {
      const WuyouClause *clause = wuyou_agreement_get_clause (wuyou_bundle_get_document (bundle, i), j);
      GtkTextIter start, end;
      g_autofree char *text = NULL;
      guint document, index;

      wuyou_agreement_buffer_get_clause (buffer, i, j, &start, &end);
      wuyou_agreement_buffer_locate (buffer, &start, &document, &index);
      g_assert_cmpuint (document, ==, i);
      g_assert_cmpuint (index, ==, j);
      text = gtk_text_iter_get_slice (&start, &end);
      g_assert_true (g_str_has_prefix (text, clause->number));
      for (guint k = 0, skip = 0; k < clause->spans->len; k++) {
        const WuyouSpan *span = &g_array_index (clause->spans, WuyouSpan, k);

        for (; k == 0 && skip == 0; skip = 1)
          gtk_text_iter_set_offset (&start, gtk_text_iter_get_offset (&end)
                                                - (int) g_utf8_strlen (strstr (text, span->text), -1));
        assert_span (buffer, &start, span);
      }
      g_assert_cmpint (gtk_text_iter_compare (&start, &end), ==, 0);
    }
}

/* --- reading --- */

static void
test_read_and_agree (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *hash = NULL,
                  *words = wuyou_consent_dup_call_to_action (wuyou_consent_evidence_get_locale (), ORGANISATION);
  const char *id;

  show_sample (f);
  wuyou_app_test_assert_named (f->gate);
  g_assert_false (can_agree (f));
  g_assert_true (gtk_widget_get_sensitive (f->decline));
  g_assert_true (wuyou_app_test_has_text (f->gate, words));
  g_assert_cmpint (gtk_widget_get_width (f->agree), ==, gtk_widget_get_width (f->decline));
  read_all (f);
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
  g_assert_cmpuint (wuyou_agreement_view_get_total (f->view), ==, 100);
  wuyou_fake_server_say_json (f->app.server, ACCEPT, 201, "{}");
  press (f->agree);
  WUYOU_APP_TEST_WAIT_FOR (f->n_passed == 1);
  sent = parse_last (f, ACCEPT);
  hash = wuyou_bundle_dup_hash (f->bundle);
  id = wuyou_json_get_string (sent, "id");
  g_assert_cmpstr (wuyou_fake_server_last (f->app.server, ACCEPT, "Idempotency-Key"), ==, id);
  g_assert_cmpstr (wuyou_json_get_string (sent, "bundle_hash"), ==, hash);
  g_assert_cmpstr (wuyou_json_get_string (sent, "call_to_action"), ==, words);
  g_assert_cmpint (wuyou_json_get_int (sent, "emphasis_spans"), ==, wuyou_bundle_count_emphasis (f->bundle));
  g_assert_nonnull (wuyou_json_get_string (sent, "linked_id"));
  g_assert_cmpuint (strlen (wuyou_json_get_string (sent, "host_hash")), ==, 64);
}

/* What the window sends passes the very rules the server asks. */
static void
test_evidence (Fixture *f, gconstpointer data)
{
  g_autoptr (WuyouConsent) consent = wuyou_consent_new ();
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GError) error = NULL;

  show_sample (f);
  read_all (f);
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
  wuyou_fake_server_say_json (f->app.server, ACCEPT, 201, "{}");
  press (f->agree);
  WUYOU_APP_TEST_WAIT_FOR (f->n_passed == 1);
  sent = parse_last (f, ACCEPT);
  wuyou_record_read_json (&wuyou_consent_type, consent, sent, WUYOU_CODEC_CLIENT, &error);
  g_assert_no_error (error);
  consent->organisation_id = g_strdup ("0197a000-0000-7000-8000-0000000000aa");
  consent->organisation_name = g_strdup (ORGANISATION);
  wuyou_consent_receive (consent, f->bundle, g_get_real_time ());
  wuyou_consent_check (consent, f->bundle, &error);
  g_assert_no_error (error);
  g_assert_cmpint (consent->window_width, ==, gtk_widget_get_width (f->app.window));
  g_assert_cmpint (consent->font_percent, >, 0);
  g_assert_nonnull (consent->client_build);
}

/* Activating an insensitive button emits "clicked" in GTK 4.8. */
static void
test_no_click_before_the_end (Fixture *f, gconstpointer data)
{
  show_sample (f);
  g_signal_emit_by_name (f->agree, "clicked");
  gtk_widget_activate (f->agree);
  wuyou_app_test_pump (300);
  g_assert_cmpuint (wuyou_fake_server_count (f->app.server, ACCEPT), ==, 0);
  /* The end of the last document is not the end of each. */
  gtk_adjustment_set_value (f->adjustment, gtk_adjustment_get_upper (f->adjustment));
  wuyou_app_test_pump (20);
  g_assert_true (wuyou_agreement_view_is_read (f->view, 2));
  g_assert_false (wuyou_agreement_view_is_read (f->view, 0));
  g_assert_false (can_agree (f));
  g_signal_emit_by_name (f->agree, "clicked");
  wuyou_app_test_pump (50);
  g_assert_cmpuint (wuyou_fake_server_count (f->app.server, ACCEPT), ==, 0);
}

static void
test_resize (Fixture *f, gconstpointer data)
{
  show_sample (f);
  resize (f, 1250, 880);
  resize (f, 600, 500);
  resize (f, 1250, 880);
  for (guint i = 0; i < f->bundle->documents->len; i++)
    g_assert_false (wuyou_agreement_view_is_read (f->view, i));
  wuyou_agreement_view_set_zoom (f->view, 50);
  wuyou_app_test_pump (200);
  wuyou_agreement_view_set_zoom (f->view, 300);
  wuyou_app_test_pump (200);
  g_assert_false (can_agree (f));
  g_assert_false (wuyou_agreement_view_is_read (f->view, 0));
  resize (f, 600, 500);
  read_all (f);
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
}

/* A resize next to the end moves the text, but nobody read it. */
static void
test_resize_near_the_end (Fixture *f, gconstpointer data)
{
  show_sample (f);
  wuyou_agreement_view_jump (f->view, 2, wuyou_bundle_get_document (f->bundle, 2)->clauses->len - 3);
  wuyou_app_test_pump (20);
  resize (f, 820, 400);
  resize (f, 1250, 880);
  resize (f, 600, 520);
  g_assert_false (wuyou_agreement_view_is_read (f->view, 0));
  g_assert_false (wuyou_agreement_view_is_read (f->view, 1));
  g_assert_false (can_agree (f));
}

static void
test_jump (Fixture *f, gconstpointer data)
{
  WuyouBundle *bundle;

  show_sample (f);
  bundle = f->bundle;
  for (guint i = 0; i < bundle->documents->len; i++) {
    wuyou_agreement_view_jump (f->view, i, wuyou_bundle_get_document (bundle, i)->clauses->len - 1);
    wuyou_app_test_pump (20);
    g_assert_false (wuyou_agreement_view_is_read (f->view, i));
  }
  g_assert_false (can_agree (f));
  wuyou_agreement_view_jump (f->view, 1, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->adjustment), >, 500);
  wuyou_agreement_view_resume (f->view, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->adjustment), ==, 0);
}

static void
test_contents (Fixture *f, gconstpointer data)
{
  GtkWidget *contents, *row;
  guint keys = 0, document, clause;

  show_sample (f);
  contents = wuyou_app_test_find (f->gate, WUYOU_TYPE_AGREEMENT_CONTENTS, NULL);
  for (guint i = 0; i < f->bundle->documents->len; i++)
    for (guint j = 0; j < wuyou_bundle_get_document (f->bundle, i)->clauses->len; j++)
      keys += wuyou_agreement_get_clause (wuyou_bundle_get_document (f->bundle, i), j)->key;
  g_assert_cmpuint (wuyou_agreement_contents_get_n_keys (WUYOU_AGREEMENT_CONTENTS (contents)), ==, keys);
  row = gtk_widget_get_ancestor (wuyou_app_test_find (contents, GTK_TYPE_LABEL, "第六条 责任限制"),
                                 GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_activate (row);
  wuyou_app_test_pump (300);
  wuyou_agreement_view_get_place (f->view, &document, &clause);
  g_assert_cmpuint (document, ==, 0);
  g_assert_cmpstr (wuyou_agreement_get_clause (wuyou_bundle_get_document (f->bundle, 0), clause)->number, ==, "第六条");
  g_assert_true (wuyou_app_test_has_text (f->gate, "Not read to the end yet: "));
}

static void
test_caret (Fixture *f, gconstpointer data)
{
  GtkTextBuffer *buffer;

  show_sample (f);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (f->view));
  for (guint i = 0; i < f->bundle->documents->len; i++) {
    GtkTextIter end;

    wuyou_agreement_buffer_get_document (wuyou_agreement_view_get_buffer (f->view), i, NULL, &end);
    gtk_text_buffer_place_cursor (buffer, &end); /* as a screen reader does */
    g_assert_true (wuyou_agreement_view_is_read (f->view, i));
  }
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
}

/* Page by page with the keys, as the view itself binds them. */
static void
test_keys (Fixture *f, gconstpointer data)
{
  show_sample (f);
  gtk_widget_grab_focus (GTK_WIDGET (f->view));
  for (int i = 0; i < 60 && !can_agree (f); i++) {
    g_signal_emit_by_name (f->view, "move-cursor", GTK_MOVEMENT_PAGES, 1, FALSE);
    wuyou_app_test_pump (10);
  }
  g_assert_true (can_agree (f));
}

static void
test_short (Fixture *f, gconstpointer data)
{
  show_bundle (f, import_short (), NULL, "REQUIRED");
  resize (f, 1250, 880); /* all of it on one screen */
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
}

static void
test_find (Fixture *f, gconstpointer data)
{
  WuyouAgreementFind *find;
  guint n;

  show_sample (f);
  wuyou_agreement_reader_find (f->reader);
  find = WUYOU_AGREEMENT_FIND (wuyou_app_test_find (f->gate, WUYOU_TYPE_AGREEMENT_FIND, NULL));
  g_assert_cmpuint (wuyou_agreement_find_search (find, "没有这样的字"), ==, 0);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (f->gate, "Not found"));
  n = wuyou_agreement_find_search (find, "24 小时");
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (wuyou_agreement_view_is_read (f->view, 0));
  n = wuyou_agreement_find_search (find, "个人信息");
  g_assert_cmpuint (n, >, 20);
  for (guint i = 0; i < n; i++)
    wuyou_agreement_find_step (find, -1);
  wuyou_app_test_pump (20);
  for (guint i = 0; i < f->bundle->documents->len; i++)
    g_assert_false (wuyou_agreement_view_is_read (f->view, i));
  g_assert_false (can_agree (f));
}

/* --- decisions --- */

static void
test_decline (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) sent = NULL;
  GtkWindow *dialog = NULL;

  show_sample (f);
  wuyou_fake_server_say_json (f->app.server, DECLINE, 201, "{}");
  press (f->decline);
  wuyou_app_test_pump (50);
  for (guint i = 0; i < g_list_model_get_n_items (gtk_window_get_toplevels ()); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (gtk_window_get_toplevels (), i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      dialog = window;
  }
  g_assert_nonnull (dialog);
  wuyou_app_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "_Save the Text");
  g_assert_cmpuint (wuyou_fake_server_count (f->app.server, DECLINE), ==, 0);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "decline");
  WUYOU_APP_TEST_WAIT_FOR (f->n_refused == 1);
  sent = parse_last (f, DECLINE);
  g_assert_cmpstr (wuyou_json_get_string (sent, "decision"), ==, "DECLINED");
  g_assert_null (wuyou_json_get_string (sent, "linked_id"));
  gtk_window_destroy (dialog);
}

/* The server goes away in the middle: kept, sent once more when asked, under the same id. */
static void
test_server_away (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;

  show_sample (f);
  read_all (f);
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
  wuyou_fake_server_say_json (f->app.server, ACCEPT, 500, "{\"code\":\"INTERNAL\"}");
  press (f->agree);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (f->gate, "Your decision is kept"));
  g_assert_cmpuint (f->n_passed, ==, 0);
  first = g_strdup (wuyou_fake_server_last (f->app.server, ACCEPT, NULL));
  wuyou_fake_server_say_json (f->app.server, ACCEPT, 201, "{}");
  press (wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON, "Send Again"));
  WUYOU_APP_TEST_WAIT_FOR (f->n_passed == 1);
  g_assert_cmpstr (wuyou_fake_server_last (f->app.server, ACCEPT, NULL), ==, first);
}

/* The program ends before the server had it; the next run brings it. */
static void
test_kept_over_restart (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;

  show_sample (f);
  read_all (f);
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
  wuyou_fake_server_say_json (f->app.server, ACCEPT, 503, "{\"code\":\"UNAVAILABLE\"}");
  press (f->agree);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (f->app.server, ACCEPT) > 0);
  first = g_strdup (wuyou_fake_server_last (f->app.server, ACCEPT, NULL));
  gtk_window_destroy (GTK_WINDOW (f->app.window));
  wuyou_app_test_pump (50);
  wuyou_fake_server_say_json (f->app.server, ACCEPT, 201, "{}");
  open_gate (f);
  WUYOU_APP_TEST_WAIT_FOR (f->n_passed == 1);
  g_assert_cmpstr (wuyou_fake_server_last (f->app.server, ACCEPT, NULL), ==, first);
}

static void
test_refused_by_server (Fixture *f, gconstpointer data)
{
  show_sample (f);
  read_all (f);
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
  wuyou_fake_server_say_json (f->app.server, ACCEPT, 422, "{\"code\":\"INVALID\"}");
  press (f->agree);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (f->app.server, ACCEPT) == 1);
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_mapped (wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON, "Load Again")));
  press (wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON, "Load Again"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (f->app.server, BUNDLE) == 2);
  wuyou_app_test_pump (100);
  find_parts (f);
  g_assert_false (can_agree (f));
}

/* --- what cannot be agreed to --- */

static void
expect_problem (Fixture *f, const char *answer)
{
  wuyou_fake_server_say_json (f->app.server, BUNDLE, 200, answer);
  open_gate (f);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (f->gate, "complete and unchanged"));
  g_assert_false (has_reader (f));
  wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON, "Try Again");
}

static void
test_wrong_hash (Fixture *f, gconstpointer data)
{
  g_autofree char *answer = NULL;

  f->bundle = import_sample (1, NULL);
  answer = write_answer ("REQUIRED", f->bundle, NULL, WUYOU_CONSENT_FIRST_HASH);
  expect_problem (f, answer);
}

static void
test_incomplete (Fixture *f, gconstpointer data)
{
  g_autofree char *answer = NULL;

  f->bundle = import_sample (1, NULL);
  g_ptr_array_set_size (f->bundle->documents, 2);
  answer = write_answer ("REQUIRED", f->bundle, NULL, NULL);
  expect_problem (f, answer);
}

static void
test_not_loaded (Fixture *f, gconstpointer data)
{
  wuyou_fake_server_say_json (f->app.server, BUNDLE, 500, "{\"code\":\"INTERNAL\"}");
  open_gate (f);
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_mapped (wuyou_app_test_find (f->gate, WUYOU_TYPE_EMPTY_STATE, NULL)));
  g_assert_false (has_reader (f));
}

static void
test_open_already (Fixture *f, gconstpointer data)
{
  g_autofree char *answer = NULL;

  f->bundle = import_sample (1, NULL);
  answer = write_answer ("OPEN", f->bundle, NULL, NULL);
  wuyou_fake_server_say_json (f->app.server, BUNDLE, 200, answer);
  open_gate (f);
  WUYOU_APP_TEST_WAIT_FOR (f->n_passed == 1);
}

/* --- a new version --- */

static void
test_changes (Fixture *f, gconstpointer data)
{
  g_autoptr (WuyouBundle) before = import_sample (1, NULL);
  GtkWidget *changes;
  guint document, clause;

  show_bundle (f, import_sample (2, before), before, "REQUIRED");
  g_assert_true (wuyou_agreement_reader_shows_changes (f->reader));
  changes = wuyou_app_test_find (f->gate, WUYOU_TYPE_CHANGES_VIEW, NULL);
  g_assert_cmpuint (wuyou_changes_view_get_n_rows (WUYOU_CHANGES_VIEW (changes)), >=, 10);
  g_assert_true (wuyou_app_test_has_text (changes, "1 clause removed"));
  g_assert_true (wuyou_app_test_has_text (changes, "12 小时内通知"));
  wuyou_app_test_assert_named (f->gate);
  g_assert_false (can_agree (f));
  wuyou_app_test_pump (300); /* on the screen, before the text has ever been */
  press (wuyou_app_test_find (changes, GTK_TYPE_BUTTON, "In the Text"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_agreement_view_is_settled (f->view));
  wuyou_app_test_pump (50);
  g_assert_false (wuyou_agreement_reader_shows_changes (f->reader));
  wuyou_agreement_view_get_place (f->view, &document, &clause);
  g_assert_cmpuint (document, ==, 0);
  scroll_by (f, -gtk_adjustment_get_value (f->adjustment));
  g_assert_false (can_agree (f));
  read_all (f);
  WUYOU_APP_TEST_WAIT_FOR (can_agree (f));
  wuyou_fake_server_say_json (f->app.server, ACCEPT, 201, "{}");
  press (f->agree);
  WUYOU_APP_TEST_WAIT_FOR (f->n_passed == 1);
  g_assert_nonnull (strstr (wuyou_fake_server_last (f->app.server, ACCEPT, NULL), "DIFF_VIEWED"));
}

static void
test_preview (Fixture *f, gconstpointer data)
{
  g_autofree char *answer = NULL;

  f->bundle = import_sample (2, NULL);
  answer = write_answer ("PREVIEW", f->bundle, NULL, NULL);
  wuyou_fake_server_say_json (f->app.server, BUNDLE, 200, answer);
  open_gate (f);
  WUYOU_APP_TEST_WAIT_FOR (has_reader (f));
  press (wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON, "Not Now"));
  g_assert_cmpuint (f->n_refused, ==, 1);
  g_assert_cmpuint (wuyou_fake_server_count (f->app.server, DECLINE), ==, 0);
}

#define TOLD "0197a000-0000-7000-8000-000000000008"

static void
tell (Fixture *f, const char *kind)
{
  g_autoptr (JsonObject) event = json_object_new ();

  json_object_set_string_member (event, "kind", kind);
  json_object_set_string_member (event, "record", TOLD);
  g_signal_emit_by_name (wuyou_app_context_get_feed (f->app.context), "event", event);
}

static void
test_notice (Fixture *f, gconstpointer data)
{
  GtkWidget *notice = wuyou_consent_notice_new (f->app.context);

  wuyou_app_test_show (&f->app, notice);
  g_assert_false (wuyou_app_test_has_text (notice, "New agreements"));
  tell (f, "consent-preview");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (notice, "New agreements"));
  tell (f, "consent");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (notice, "New agreements"));
}

/* P-08: what binds without a new consent is shown with its changes and closed with one button; nothing is sent. */
static void
test_minor_version (Fixture *f, gconstpointer data)
{
  g_autoptr (WuyouBundle) before = import_sample (1, NULL);
  g_autofree char *answer = NULL;
  GtkWidget *close, *decline;

  f->bundle = import_sample (2, before);
  answer = write_answer ("NOTICE", f->bundle, before, NULL);
  wuyou_fake_server_say_json (f->app.server, BUNDLE, 200, answer);
  open_gate (f);
  WUYOU_APP_TEST_WAIT_FOR (has_reader (f));
  f->reader = WUYOU_AGREEMENT_READER (wuyou_app_test_find (f->gate, WUYOU_TYPE_AGREEMENT_READER, NULL));
  g_assert_true (wuyou_agreement_reader_shows_changes (f->reader));
  g_assert_true (wuyou_app_test_has_text (f->gate, "covers the change"));
  g_assert_false (wuyou_app_test_has_text (f->gate, "to be read to the end"));
  wuyou_app_test_assert_named (f->gate);
  decline = wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON, "Not Now");
  g_assert_false (gtk_widget_get_visible (decline));
  close = wuyou_app_test_find (f->gate, GTK_TYPE_BUTTON, "Understood");
  g_assert_true (gtk_widget_get_sensitive (close));
  g_assert_false (wuyou_consent_notice_is_seen (f->app.context, f->bundle->id));
  press (close);
  g_assert_true (wuyou_consent_notice_is_seen (f->app.context, f->bundle->id));
  g_assert_cmpuint (f->n_passed, ==, 1);
  wuyou_app_test_pump (50);
  g_assert_cmpuint (wuyou_fake_server_count (f->app.server, ACCEPT), ==, 0);
  g_assert_cmpuint (wuyou_fake_server_count (f->app.server, DECLINE), ==, 0);
}

/* Told once: what was closed does not come back with the next start, a later version does. */
static void
test_minor_notice (Fixture *f, gconstpointer data)
{
  GtkWidget *notice = wuyou_consent_notice_new (f->app.context);

  wuyou_app_test_show (&f->app, notice);
  tell (f, "consent-notice");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (notice, "agreements have changed"));
  tell (f, "consent");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (notice, "agreements have changed"));
  wuyou_consent_notice_set_seen (f->app.context, TOLD);
  tell (f, "consent-notice");
  wuyou_app_test_pump (50);
  g_assert_false (wuyou_app_test_has_text (notice, "agreements have changed"));
  wuyou_consent_notice_set_seen (f->app.context, "0197a000-0000-7000-8000-000000000001");
  g_assert_true (wuyou_consent_notice_is_seen (f->app.context, TOLD));
  g_assert_false (wuyou_consent_notice_is_seen (f->app.context, "0197a000-0000-7000-8000-000000000003"));
}

static void
test_records (Fixture *f, gconstpointer data)
{
  GtkWidget *row = wuyou_consent_records_row_new (f->app.context);

  wuyou_fake_server_say_json (
      f->app.server, "GET /v1/consent/records", 200,
      "{\"items\":[{\"id\":\"0197a000-0000-7000-8000-0000000000b1\",\"capacity\":\"ORG_REPRESENTATIVE\","
      "\"decision\":\"ACCEPTED\",\"bundle_id\":\"0197a000-0000-7000-8000-000000000001\","
      "\"organisation_name\":\"" ORGANISATION "\",\"received_at\":\"2026-11-23T02:00:00Z\","
      "\"documents\":[{\"title\":\"用户服务协议\",\"version\":\"第 1 版\"}]}]}");
  wuyou_app_test_show (&f->app, row);
  g_assert_cmpuint (wuyou_fake_server_count (f->app.server, "GET /v1/consent/records"), ==, 0);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (row, "用户服务协议 第 1 版"));
  g_assert_true (wuyou_app_test_has_text (row, ORGANISATION));
  wuyou_app_test_assert_named (row);
}

static GtkWindow *
find_other_window (GtkWidget *row)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (GTK_ROOT (window) != gtk_widget_get_root (row) && gtk_window_get_transient_for (window) != NULL)
      return window;
  }
  return NULL;
}

#define TEXT "GET /v1/consent/bundles/0197a000-0000-7000-8000-000000000001"

static void
say_text (Fixture *f, WuyouBundle *bundle)
{
  g_autoptr (GString) body = g_string_new ("{\"bundle\":");

  wuyou_bundle_write_json (bundle, body);
  g_string_append_c (body, '}');
  wuyou_fake_server_say_json (f->app.server, TEXT, 200, body->str);
}

/* P-03: a record opens the text it was made of, and no other one in its place. */
static void
test_record_text (Fixture *f, gconstpointer data)
{
  GtkWidget *row = wuyou_consent_records_row_new (f->app.context), *label, *record;
  g_autoptr (WuyouBundle) bundle = import_sample (1, NULL), other = import_sample (2, NULL);
  g_autofree char *hash = wuyou_bundle_dup_hash (bundle);
  g_autofree char *list = g_strdup_printf (
      "{\"items\":[{\"id\":\"0197a000-0000-7000-8000-0000000000b1\",\"capacity\":\"NATURAL_PERSON\","
      "\"decision\":\"ACCEPTED\",\"bundle_id\":\"0197a000-0000-7000-8000-000000000001\",\"bundle_hash\":\"%s\","
      "\"received_at\":\"2026-11-23T02:00:00Z\",\"documents\":[]}]}",
      hash);

  wuyou_fake_server_say_json (f->app.server, "GET /v1/consent/records", 200, list);
  wuyou_app_test_show (&f->app, row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (row, " · "));
  label = wuyou_app_test_find (row, GTK_TYPE_LABEL, "In my own name");
  record = gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW);
  say_text (f, other);
  adw_action_row_activate (ADW_ACTION_ROW (record));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (f->app.server, TEXT) == 1);
  wuyou_app_test_pump (200);
  g_assert_null (find_other_window (row));
  say_text (f, bundle);
  adw_action_row_activate (ADW_ACTION_ROW (record));
  WUYOU_APP_TEST_WAIT_FOR (find_other_window (row) != NULL);
  wuyou_app_test_assert_named (GTK_WIDGET (find_other_window (row)));
  gtk_window_destroy (find_other_window (row));
}

/* --- the copy --- */

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *) data = wuyou_agreement_copy_write_finish (result, NULL);
}

static void
test_copy (void)
{
  g_autoptr (WuyouBundle) bundle = import_sample (1, NULL);
  g_autofree char *path = g_build_filename (wuyou_test_new_dir (), "copy.pdf", NULL), *bytes = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gboolean written = FALSE;
  gsize length = 0;

  wuyou_agreement_copy_write_async (bundle, NULL, WUYOU_TEST_NOW, file, on_written_cb, &written);
  WUYOU_APP_TEST_WAIT_FOR (written);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 10000);
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/consent/buffer", test_buffer);
  g_test_add_func ("/consent/words", test_words);
  g_test_add_func ("/consent/copy", test_copy);
#define ADD(name, function) g_test_add ("/consent/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("read-and-agree", test_read_and_agree);
  ADD ("evidence", test_evidence);
  ADD ("no-click-before-the-end", test_no_click_before_the_end);
  ADD ("resize", test_resize);
  ADD ("resize-near-the-end", test_resize_near_the_end);
  ADD ("jump", test_jump);
  ADD ("contents", test_contents);
  ADD ("caret", test_caret);
  ADD ("keys", test_keys);
  ADD ("short", test_short);
  ADD ("find", test_find);
  ADD ("decline", test_decline);
  ADD ("server-away", test_server_away);
  ADD ("kept-over-restart", test_kept_over_restart);
  ADD ("refused-by-server", test_refused_by_server);
  ADD ("wrong-hash", test_wrong_hash);
  ADD ("incomplete", test_incomplete);
  ADD ("not-loaded", test_not_loaded);
  ADD ("open-already", test_open_already);
  ADD ("changes", test_changes);
  ADD ("preview", test_preview);
  ADD ("notice", test_notice);
  ADD ("minor-version", test_minor_version);
  ADD ("minor-notice", test_minor_notice);
  ADD ("records", test_records);
  ADD ("record-text", test_record_text);
  return g_test_run ();
}
