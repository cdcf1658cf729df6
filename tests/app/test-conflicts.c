/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>

#include "sales/wuyou-contract-form.h"
#include "sales/wuyou-dossier.h"
#include "wuyou-draft-test.h"
#include "wuyou-test.h"

#define ID WUYOU_DRAFT_TEST_ID
#define PUT_CONTRACT "PUT /v1/contracts/" ID
#define MOBILE_AT_1 ",\"owner_mobile\":\"138****1234\""

#define STALE(version, more)                                                                                           \
  "{\"code\":\"STALE\",\"current\":{\"id\":\"" ID "\",\"version\":" version ",\"state\":\"DRAFT\"" more "}}"

static void
on_conflict_cb (WuyouDraft *draft, JsonObject *current, gint64 *version)
{
  *version = json_object_get_int_member (current, "version");
}

/* An entry that was typed on version 1 and did not get through: refused, or the end came before it was sent. */
static void
leave_mileage (WuyouAppTest *test, gboolean sent)
{
  WuyouDraft *draft = wuyou_draft_test_open (test, 1, "");

  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 412, STALE ("2", ",\"mileage_km\":12"));
  wuyou_draft_test_type (draft, "mileage_km", "99");
  if (sent) {
    wuyou_draft_flush (draft);
    WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_get_state (draft) == WUYOU_DRAFT_REFUSED);
  }
  g_assert_finalize_object (draft);
}

/* Opened again, the entry does not go over what another machine saved meanwhile before a person said so. */
static void
test_left_behind (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft;
  gint64 version = 0;
  guint n;

  leave_mileage (test, data != NULL);
  wuyou_draft_test_say (test, PUT_CONTRACT, 3, ",\"mileage_km\":99");
  n = wuyou_fake_server_count (test->server, PUT_CONTRACT);
  draft = wuyou_sale_draft_new (test->context, ID);
  g_signal_connect (draft, "conflict", G_CALLBACK (on_conflict_cb), &version);
  wuyou_draft_test_load (draft, 2, ",\"mileage_km\":12");
  g_assert_cmpint (version, ==, 2);
  g_assert_cmpint (wuyou_draft_get_state (draft), ==, WUYOU_DRAFT_REFUSED);
  wuyou_app_test_pump (1500);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, PUT_CONTRACT), ==, n);
  wuyou_draft_send_again (draft, version);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"2\"");
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL), "{\"mileage_km\":99}");
  wuyou_draft_test_close (draft);
}

/* Asked and not answered: what is typed next goes with the old version, so that the server asks again. */
static void
test_decided_later (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft;
  gint64 version = 0;

  leave_mileage (test, FALSE);
  draft = wuyou_draft_test_open (test, 2, ",\"mileage_km\":12");
  g_signal_connect (draft, "conflict", G_CALLBACK (on_conflict_cb), &version);
  wuyou_draft_test_type (draft, "series", "3系");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (version == 2);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"1\"");
  wuyou_draft_test_close (draft);
}

/* What this machine itself saved is no other's: neither its answer nor what is loaded while it is under way. */
static void
test_own_change (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_draft_test_open (test, 1, "");
  gint64 version = 0;

  g_signal_connect (draft, "conflict", G_CALLBACK (on_conflict_cb), &version);
  wuyou_draft_test_say (test, PUT_CONTRACT, 2, MOBILE_AT_1);
  wuyou_draft_test_type (draft, "owner_mobile", "13800001234");
  wuyou_draft_flush (draft);
  wuyou_draft_test_load (draft, 2, MOBILE_AT_1);
  wuyou_draft_test_type (draft, "series", "3系");
  WUYOU_APP_TEST_WAIT_FOR (*wuyou_draft_get_text (draft, wuyou_draft_test_find_field ("owner_mobile")) == '\0');
  wuyou_draft_test_say (test, PUT_CONTRACT, 3, MOBILE_AT_1 ",\"series\":\"3系\"");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"2\"");
  g_assert_cmpint (version, ==, 0);
  wuyou_draft_test_close (draft);
}

static GtkWidget *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window;
  }
  return NULL;
}

/* Types a number over version 1 in the form; two different ones may look the same when they are masked. */
static GtkWidget *
ask_about_mobile (WuyouAppTest *test)
{
  g_autoptr (WuyouProducts) products = wuyou_products_new (test->context);
  g_autofree char *answer = wuyou_draft_test_dup_answer (ID, 1, ",\"series\":\"3系\"");
  GtkWidget *form;

  wuyou_fake_server_say_json (test->server, "GET /v1/contracts/" ID, 200, answer);
  wuyou_fake_server_say_json (test->server, "GET /v1/products", 200, "{\"items\":[]}");
  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 412, STALE ("2", MOBILE_AT_1 ",\"series\":\"5系\""));
  form = GTK_WIDGET (wuyou_contract_form_new (test->context, products, ID));
  wuyou_app_test_show (test, form);
  WUYOU_APP_TEST_WAIT_FOR (g_str_equal (
      gtk_editable_get_text (GTK_EDITABLE (wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "Series"))), "3系"));
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "Mobile phone")), "13899991234");
  wuyou_record_form_flush (WUYOU_RECORD_FORM (form));
  WUYOU_APP_TEST_WAIT_FOR (find_question () != NULL);
  return find_question ();
}

static void
test_question (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *question = ask_about_mobile (test);

  g_assert_true (wuyou_app_test_has_text (question, "Yours: 13899991234\nTheirs: 138****1234"));
  /* Theirs differs from what was loaded here, but nobody typed it here: it is not sent, and not asked for. */
  g_assert_false (wuyou_app_test_has_text (question, "5系"));
  gtk_window_close (GTK_WINDOW (question));
  WUYOU_APP_TEST_WAIT_FOR (find_question () == NULL);
}

#define ADD(path, function)                                                                                            \
  g_test_add (path, WuyouAppTest, NULL, wuyou_draft_test_set_up, function, wuyou_draft_test_tear_down)

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  ADD ("/conflicts/unsent", test_left_behind);
  g_test_add ("/conflicts/refused", WuyouAppTest, GUINT_TO_POINTER (1), wuyou_draft_test_set_up, test_left_behind,
              wuyou_draft_test_tear_down);
  ADD ("/conflicts/later", test_decided_later);
  ADD ("/conflicts/own", test_own_change);
  ADD ("/conflicts/question", test_question);
  return g_test_run ();
}
