/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-store-test.h"

#include "sales/wuyou-vin.h"

static const struct {
  const char *id, *path, *name;
  int kind;
} orgs[] = {
  { "0190a000-0000-7000-8000-000000000001", "/op/", "无忧运营", WUYOU_ORG_OPERATOR },
  { TEST_DEALER, TEST_DEALER_PATH, "蓝湾汽车销售", WUYOU_ORG_DEALER },
  { TEST_BRANCH, TEST_BRANCH_PATH, "蓝湾东店", WUYOU_ORG_BRANCH },
  { "0190a000-0000-7000-8000-000000000004", "/op/blue/west/", "蓝湾西店", WUYOU_ORG_BRANCH },
  { TEST_OTHER, TEST_OTHER_PATH, "绿原汽车销售", WUYOU_ORG_DEALER },
};

static gboolean
save_draft (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_record_save (conn, data, error);
}

static void
add_org (StoreFixture *fixture, guint index)
{
  g_autoptr (WuyouOrg) org = wuyou_org_new ();
  g_autoptr (WuyouKey) key
      = wuyou_keys_create (wuyou_store_get_keys (fixture->store), WUYOU_PURPOSE_USERS, orgs[index].id);
  g_autoptr (WuyouRecordDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  org->id = g_strdup (orgs[index].id);
  org->path = g_strdup (orgs[index].path);
  org->code = g_strdup (orgs[index].path);
  org->name = g_strdup (orgs[index].name);
  org->kind = orgs[index].kind;
  org->legal_representative = g_strdup ("林知远");
  draft = wuyou_record_prepare (fixture->store, &wuyou_org_type, NULL, org, key, org->path, &fixture->actor, "create",
                                NULL, &error);
  g_assert_no_error (error);
  wuyou_record_draft_add_key (draft, key);
  wuyou_db_write (fixture->db, save_draft, draft, &error);
  g_assert_no_error (error);
}

void
store_fixture_reopen (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, wuyou_store_close);
  fixture->store = wuyou_store_open (fixture->uri, fixture->data_dir, wuyou_test_clock (), &error);
  g_assert_no_error (error);
  fixture->db = wuyou_store_get_db (fixture->store);
}

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->engine = (WuyouTestEngine) GPOINTER_TO_INT (data);
  fixture->uri = wuyou_test_new_database (fixture->engine);
  fixture->data_dir = g_build_filename (wuyou_test_new_dir (), "data", NULL);
  fixture->actor = (WuyouActor){ .account_id = TEST_ACCOUNT,
                                 .session_id = "session",
                                 .scope = TEST_DEALER_PATH,
                                 .purpose = "SALE",
                                 .at = WUYOU_TEST_NOW };
  wuyou_store_init (fixture->uri, fixture->data_dir, &error);
  g_assert_no_error (error);
  store_fixture_reopen (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (orgs); i++)
    add_org (fixture, i);
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->store, wuyou_store_close);
  g_free (fixture->uri);
  g_free (fixture->data_dir);
}

char *
store_test_id (guint number)
{
  return g_strdup_printf ("0190b000-0000-7000-8000-%012x", number);
}

WuyouContract *
store_test_contract (guint number, const char *org_id)
{
  WuyouContract *contract = wuyou_contract_new ();

  contract->id = store_test_id (number);
  contract->org_id = g_strdup (org_id);
  contract->created_by = g_strdup (TEST_ACCOUNT);
  contract->state = WUYOU_CONTRACT_DRAFT;
  contract->vin = g_strdup_printf ("WBA8E1100FK%06u", number % 1000000);
  contract->series = g_strdup ("3");
  contract->model = g_strdup ("320i");
  contract->seats = 5;
  contract->first_invoice_on = wuyou_date_new (2026, 11, 1);
  contract->invoice_amount_fen = G_GINT64_CONSTANT (31280000);
  contract->owner_kind = WUYOU_OWNER_PERSON;
  contract->owner_name = g_strdup ("欧阳明月");
  contract->owner_mobile = g_strdup_printf ("139%08u", number);
  contract->owner_id_no = g_strdup_printf ("11010119900101%04u", number % 10000);
  contract->plate = g_strdup ("沪A12345");
  contract->term_months = 36;
  return contract;
}

static gboolean
save_contract (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_contract_save (conn, data, error);
}

typedef struct {
  StoreFixture *fixture;
  const char *id, *scope;
  WuyouContract *contract;
  WuyouKey *key;
} Loading;

static gboolean
load_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  Loading *loading = data;

  loading->key = wuyou_record_load_key (conn, loading->fixture->store, &wuyou_contract_type, loading->id, error);
  return loading->key != NULL;
}

gboolean
store_test_save (StoreFixture *fixture,
                 const WuyouContract *old,
                 WuyouContract *contract,
                 const char *action,
                 GError **error)
{
  Loading loading = { .fixture = fixture, .id = contract->id };
  g_autoptr (WuyouContractDraft) draft = NULL;
  const char *path = g_str_equal (contract->org_id, TEST_DEALER)   ? TEST_DEALER_PATH
                     : g_str_equal (contract->org_id, TEST_BRANCH) ? TEST_BRANCH_PATH
                                                                   : TEST_OTHER_PATH;

  if (old != NULL)
    g_assert_true (wuyou_db_read (fixture->db, load_key, &loading, NULL));
  draft = wuyou_contract_draft_new (fixture->store, old, contract, loading.key, path, &fixture->actor, action, NULL,
                                    error);
  g_clear_pointer (&loading.key, wuyou_key_unref);
  return draft != NULL && wuyou_db_write (fixture->db, save_contract, draft, error);
}

static gboolean
load_contract (WuyouDbConn *conn, gpointer data, GError **error)
{
  Loading *loading = data;

  loading->contract = wuyou_record_load (conn, loading->fixture->store, &wuyou_contract_type, loading->id,
                                         loading->scope, NULL, error);
  return loading->contract != NULL;
}

WuyouContract *
store_test_load (StoreFixture *fixture, const char *id, const char *scope, GError **error)
{
  Loading loading = { .fixture = fixture, .id = id, .scope = scope };

  wuyou_db_read (fixture->db, load_contract, &loading, error);
  return loading.contract;
}

void
store_test_seal (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint sealed;

  do {
    wuyou_sealer_run_once (fixture->store, &sealed, &error);
    g_assert_no_error (error);
  } while (sealed > 0);
}

static gboolean
run_sql (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_db_exec (conn, data, error);
}

void
store_test_sql (StoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_write (fixture->db, run_sql, (gpointer) sql, &error);
  g_assert_no_error (error);
}

typedef struct {
  const char *sql;
  gint64 number;
} Asking;

static gboolean
read_number (WuyouDbConn *conn, gpointer data, GError **error)
{
  Asking *asking = data;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, asking->sql, "");

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  asking->number = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

gint64
store_test_number (StoreFixture *fixture, const char *sql)
{
  Asking asking = { sql, 0 };
  g_autoptr (GError) error = NULL;

  wuyou_db_read (fixture->db, read_number, &asking, &error);
  g_assert_no_error (error);
  return asking.number;
}

void
store_test_add (const char *group, const StoreCase *cases, guint n)
{
  static const char *const engines[] = { "sqlite", "postgresql" };

  for (guint engine = 0; engine < G_N_ELEMENTS (engines); engine++)
    for (guint i = 0; i < n; i++) {
      g_autofree char *path = g_strdup_printf ("/%s/%s/%s", engines[engine], group, cases[i].name);

      g_test_add (path, StoreFixture, GINT_TO_POINTER (engine), store_fixture_set_up, cases[i].run,
                  store_fixture_tear_down);
    }
}
