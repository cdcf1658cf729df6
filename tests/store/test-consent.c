/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "wuyou-consent-store.h"
#include "wuyou-store-test.h"

#define BUNDLE "0190d000-0000-7000-8000-000000000001"
#define PERSON "0190d000-0000-7000-8000-0000000000aa"
#define TEXT "# 用户协议\n\n第一条 定义\n\n1.1 **平台**指服务平台。\n"

static WuyouBundle *
create_bundle (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static (TEXT, strlen (TEXT));
  WuyouBundle *bundle = wuyou_bundle_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouAgreement) document = wuyou_agreement_new (WUYOU_AGREEMENT_USER, "UA", "用户协议", text, &error);

  g_assert_no_error (error);
  document->id = g_strdup ("0190d000-0000-7000-8000-000000000011");
  document->version_label = g_strdup ("第 1 版");
  document->effective_on = wuyou_date_new (2026, 11, 1);
  bundle->id = g_strdup (BUNDLE);
  bundle->audience = g_strdup ("DEALER");
  bundle->version_label = g_strdup ("第 1 版");
  bundle->language = g_strdup ("zh-CN");
  bundle->effective_on = document->effective_on;
  bundle->material = TRUE;
  wuyou_bundle_add (bundle, document);
  return bundle;
}

static gboolean
insert_bundle (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_bundle_insert (conn, data, "importer", WUYOU_TEST_NOW, error);
}

static gboolean
approve_as (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_bundle_approve (conn, BUNDLE, data, WUYOU_TEST_NOW, error);
}

static gboolean
load_bundle (WuyouDbConn *conn, gpointer data, GError **error)
{
  *(WuyouBundle **) data = wuyou_bundle_load (conn, BUNDLE, error);
  return *(WuyouBundle **) data != NULL;
}

static void
test_bundle (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouBundle) bundle = create_bundle ();
  g_autoptr (WuyouBundle) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = wuyou_bundle_dup_hash (bundle);
  g_autofree char *loaded_hash = NULL;

  wuyou_db_write (fixture->db, insert_bundle, bundle, &error);
  g_assert_no_error (error);
  g_assert_false (wuyou_db_write (fixture->db, approve_as, (gpointer) "importer", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_FORBIDDEN, NULL);
  g_assert_true (wuyou_db_write (fixture->db, approve_as, (gpointer) "approver", &error));
  g_assert_false (wuyou_db_write (fixture->db, approve_as, (gpointer) "approver", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL);
  wuyou_db_read (fixture->db, load_bundle, &loaded, &error);
  g_assert_no_error (error);
  loaded_hash = wuyou_bundle_dup_hash (loaded);
  g_assert_cmpstr (hash, ==, loaded_hash);
  g_assert_cmpint (loaded->published_at, ==, WUYOU_TEST_NOW);
  store_test_sql (fixture, "UPDATE agreements SET sha256 = '0'");
  g_clear_pointer (&loaded, wuyou_bundle_unref);
  g_assert_false (wuyou_db_read (fixture->db, load_bundle, &loaded, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

typedef struct {
  StoreFixture *fixture;
  WuyouKey *key;
  guint number;
} Click;

static GPtrArray *
create_rows (guint number, int decision)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_consent_free);

  for (guint i = 0; i < 2; i++) {
    WuyouConsent *consent = wuyou_consent_new ();

    consent->id = store_test_id (number * 2 + i);
    consent->person_id = g_strdup (PERSON);
    consent->person_name = g_strdup ("林知远");
    consent->bundle_id = g_strdup (BUNDLE);
    consent->capacity = i == 0 ? WUYOU_CAPACITY_PERSON : WUYOU_CAPACITY_ORGANISATION;
    consent->organisation_id = i == 0 ? NULL : g_strdup (TEST_DEALER);
    consent->decision = decision;
    consent->received_at = WUYOU_TEST_NOW;
    g_ptr_array_add (rows, consent);
  }
  return rows;
}

static gpointer
run_click (gpointer data)
{
  Click *click = data;

  for (guint i = 0; i < 4; i++) {
    g_autoptr (GPtrArray) rows = create_rows (click->number * 10 + i, WUYOU_DECISION_ACCEPTED);
    g_autoptr (GError) error = NULL;

    wuyou_consent_append (click->fixture->store, rows, click->key, NULL, NULL, &error);
    g_assert_no_error (error);
  }
  return NULL;
}

static gboolean
insert_user_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_key_insert (conn, data, error);
}

static WuyouKey *
create_user_key (StoreFixture *fixture)
{
  WuyouKey *key = wuyou_keys_create (wuyou_store_get_keys (fixture->store), WUYOU_PURPOSE_USERS, PERSON);

  g_assert_true (wuyou_db_write (fixture->db, insert_user_key, key, NULL));
  return key;
}

static gboolean
check_records (WuyouDbConn *conn, gpointer data, GError **error)
{
  StoreFixture *fixture = data;
  g_autoptr (GPtrArray) list = wuyou_consent_list (conn, fixture->store, PERSON, 100, error);
  const guint8 *public_key = wuyou_keys_get_public_key (wuyou_store_get_keys (fixture->store));

  g_assert_nonnull (list);
  g_assert_cmpuint (list->len, ==, 48);
  for (guint i = 0; i < list->len; i++) {
    g_assert_cmpstr (((WuyouConsent *) list->pdata[i])->person_name, ==, "林知远");
    if (!wuyou_consent_verify (list->pdata[i], public_key, error))
      return FALSE;
  }
  return TRUE;
}

/* Everybody appends to one chain at the same time; it stays one. */
static void
test_chain (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouKey) key = create_user_key (fixture);
  GThread *threads[6];
  Click clicks[6];
  g_autoptr (GError) error = NULL;
  gint64 count = 0;

  for (guint i = 0; i < 6; i++) {
    clicks[i] = (Click){ fixture, key, i };
    threads[i] = g_thread_new ("click", run_click, &clicks[i]);
  }
  for (guint i = 0; i < 6; i++)
    g_thread_join (threads[i]);
  wuyou_consent_verify_chain (fixture->store, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, 48);
  wuyou_db_read (fixture->db, check_records, fixture, &error);
  g_assert_no_error (error);
  store_test_sql (fixture, "DELETE FROM consents WHERE seq = (SELECT seq FROM consents ORDER BY seq LIMIT 1 OFFSET 3)");
  g_assert_false (wuyou_consent_verify_chain (fixture->store, &count, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static void
test_repeat (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouKey) key = create_user_key (fixture);
  g_autoptr (GPtrArray) first = create_rows (1, WUYOU_DECISION_ACCEPTED);
  g_autoptr (GPtrArray) again = create_rows (1, WUYOU_DECISION_ACCEPTED);
  g_autoptr (GPtrArray) other = create_rows (1, WUYOU_DECISION_DECLINED);
  g_autoptr (GError) error = NULL;

  g_assert_true (wuyou_consent_append (fixture->store, first, key, NULL, NULL, &error));
  wuyou_consent_append (fixture->store, again, key, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((WuyouConsent *) again->pdata[1])->hash, ==, ((WuyouConsent *) first->pdata[1])->hash);
  g_assert_false (wuyou_consent_append (fixture->store, other, key, NULL, NULL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM consents"), ==, 2);
}

static gboolean
read_facts (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_gate_facts_read (conn, "DEALER", PERSON, data, error);
}

static WuyouGateState
get_gate (StoreFixture *fixture)
{
  g_auto (WuyouGateFacts) facts = { NULL };
  WuyouConsentGate gate;

  g_assert_true (wuyou_db_read (fixture->db, read_facts, &facts, NULL));
  gate = wuyou_consent_gate ((const WuyouGateAcceptance *) (gpointer) facts.acceptances->data, facts.acceptances->len,
                             (const WuyouGateVersion *) (gpointer) facts.versions->data, facts.versions->len,
                             TEST_DEALER, WUYOU_TEST_NOW);
  return gate.state;
}

static void
test_gate (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouBundle) bundle = create_bundle ();
  g_autoptr (WuyouKey) key = create_user_key (fixture);
  g_autoptr (GPtrArray) rows = create_rows (1, WUYOU_DECISION_ACCEPTED);

  g_assert_true (wuyou_db_write (fixture->db, insert_bundle, bundle, NULL));
  g_assert_true (wuyou_db_write (fixture->db, approve_as, (gpointer) "approver", NULL));
  g_assert_cmpint (get_gate (fixture), ==, WUYOU_GATE_REQUIRED);
  g_assert_true (wuyou_consent_append (fixture->store, rows, key, NULL, NULL, NULL));
  g_assert_cmpint (get_gate (fixture), ==, WUYOU_GATE_OPEN);
}

static const StoreCase cases[] = {
  { "bundle", test_bundle },
  { "chain", test_chain },
  { "repeat", test_repeat },
  { "gate", test_gate },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("consent", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
