/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wuyou-history-store.h"
#include "wuyou-audit-store.h"
#include "wuyou-counter-store.h"
#include "wuyou-db-search.h"
#include "wuyou-store-test.h"

static WuyouContract *
create (StoreFixture *fixture, guint number, const char *org_id)
{
  WuyouContract *contract = store_test_contract (number, org_id);
  g_autoptr (GError) error = NULL;

  store_test_save (fixture, NULL, contract, "create", &error);
  g_assert_no_error (error);
  return contract;
}

static WuyouContract *
copy (const WuyouContract *contract)
{
  WuyouContract *other = wuyou_contract_new ();

  wuyou_record_copy (&wuyou_contract_type, contract, other);
  return other;
}

static void
test_round_trip (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) contract = create (fixture, 1, TEST_DEALER);
  g_autoptr (WuyouContract) loaded = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_reopen (fixture);
  loaded = store_test_load (fixture, contract->id, TEST_DEALER_PATH, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++)
    g_assert_true (wuyou_field_equal (&wuyou_contract_type.fields[i], contract, loaded));
  g_assert_cmpint (loaded->seq, >, 0);
  g_assert_cmpint (loaded->version, ==, 1);
  g_assert_cmpint (loaded->created_at, ==, WUYOU_TEST_NOW);
}

/* Nothing of what is personal may stand in the database, in whatever column. */
static void
test_nothing_clear (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) contract = create (fixture, 7, TEST_DEALER);
  g_autoptr (WuyouContract) changed = copy (contract);
  static const char *const secrets[] = { "欧阳", "13900000007", "110101199001010007", "WBA8E1100FK000007", "沪A" };
  g_autofree char *file = NULL;
  gsize length;

  g_free (changed->owner_name);
  changed->owner_name = g_strdup ("欧阳清风");
  g_assert_true (store_test_save (fixture, contract, changed, "update", NULL));
  if (fixture->engine != WUYOU_TEST_SQLITE)
    return;
  store_fixture_reopen (fixture);
  g_assert_true (g_file_get_contents (fixture->uri + strlen ("sqlite:"), &file, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (memmem (file, length, secrets[i], strlen (secrets[i])));
}

static void
test_stale_and_conflict (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) contract = create (fixture, 1, TEST_DEALER);
  g_autoptr (WuyouContract) first = copy (contract);
  g_autoptr (WuyouContract) second = copy (contract);
  g_autoptr (WuyouContract) again = store_test_contract (1, TEST_DEALER);
  g_autoptr (GError) error = NULL;

  first->seats = 4;
  second->seats = 7;
  g_assert_true (store_test_save (fixture, contract, first, "update", &error));
  g_assert_false (store_test_save (fixture, contract, second, "update", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_STALE, NULL);
  g_assert_false (store_test_save (fixture, NULL, again, "create", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM contracts"), ==, 1);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM history WHERE action <> 'create'"), ==, 1);
}

static void
test_scope (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) contract = create (fixture, 1, TEST_BRANCH);
  static const struct {
    const char *scope;
    gboolean seen;
  } rows[] = { { NULL, TRUE },
               { "/", TRUE },
               { "/op/", TRUE },
               { TEST_DEALER_PATH, TRUE },
               { TEST_BRANCH_PATH, TRUE },
               { TEST_OTHER_PATH, FALSE },
               { "/op/blue/west/", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WuyouContract) loaded = store_test_load (fixture, contract->id, rows[i].scope, &error);

    g_assert_true ((loaded != NULL) == rows[i].seen);
    g_assert_true (rows[i].seen || g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND));
  }
}

typedef struct {
  StoreFixture *fixture;
  const WuyouRecordQuery *query;
  const char *typed, *scope;
  GString *found;
  gint64 last;
} Listing;

static gboolean
run_list (WuyouDbConn *conn, gpointer data, GError **error)
{
  Listing *listing = data;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_contract_free);

  if (!wuyou_record_list (conn, listing->fixture->store, &wuyou_contract_type, listing->query, records, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++) {
    const WuyouContract *contract = records->pdata[i];

    g_assert_cmpstr (contract->owner_name, ==, "欧阳明月");
    g_string_append_printf (listing->found, "%s ", contract->id + 34);
    listing->last = contract->seq;
  }
  return TRUE;
}

static char *
list (StoreFixture *fixture, const WuyouRecordQuery *query, gint64 *ret_last)
{
  Listing listing = { .fixture = fixture, .query = query, .found = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;

  wuyou_db_read (fixture->db, run_list, &listing, &error);
  g_assert_no_error (error);
  if (ret_last != NULL)
    *ret_last = listing.last;
  return g_string_free (listing.found, FALSE);
}

static const struct {
  WuyouRecordQuery query;
  const WuyouFilter filters[3];
  const char *expected;
} list_cases[] = {
  { { .limit = 100 }, { { NULL } }, "09 08 07 06 05 04 03 02 01 " },
  { { .limit = 2, .ascending = TRUE }, { { NULL } }, "01 02 " },
  { { .limit = 100, .scope = TEST_DEALER_PATH }, { { NULL } }, "08 07 05 04 02 01 " },
  { { .limit = 3, .scope = TEST_DEALER_PATH, .skip = 2 }, { { NULL } }, "05 04 02 " },
  { { .limit = 2, .scope = TEST_DEALER_PATH, .skip = 1, .ascending = TRUE }, { { NULL } }, "02 04 " },
  { { .limit = 2, .skip = 7 }, { { NULL } }, "02 01 " },
  { { .limit = 2, .skip = 9 }, { { NULL } }, "" },
  { { .limit = 2, .skip = 100, .scope = TEST_OTHER_PATH }, { { NULL } }, "" },
  { { .limit = 2, .skip = 1, .scope = TEST_DEALER_PATH, .sort = "seats" }, { { NULL } }, "07 05 " },
  { { .limit = 100, .scope = TEST_BRANCH_PATH }, { { NULL } }, "08 05 02 " },
  { { .limit = 100, .scope = "/op/none/" }, { { NULL } }, "" },
  { { .limit = 100, .n_filters = 1 }, { { "state", WUYOU_FILTER_EQUAL, NULL, WUYOU_CONTRACT_VOIDED } }, "09 06 03 " },
  { { .limit = 100, .n_filters = 2, .scope = TEST_DEALER_PATH },
    { { "seats", WUYOU_FILTER_EQUAL, NULL, 4 }, { "seats", WUYOU_FILTER_EQUAL, NULL, 5 } },
    "05 04 " },
  { { .limit = 100, .n_filters = 2 },
    { { "seats", WUYOU_FILTER_FROM, NULL, 4 }, { "seats", WUYOU_FILTER_TO, NULL, 6 } },
    "06 05 04 " },
  { { .limit = 2, .n_filters = 3 },
    { { "seats", WUYOU_FILTER_EQUAL, NULL, 4 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 9 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 7 } },
    "09 07 " },
  { { .limit = 2, .n_filters = 3, .skip = 1 },
    { { "seats", WUYOU_FILTER_EQUAL, NULL, 4 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 9 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 7 } },
    "07 04 " },
  { { .limit = 3, .n_filters = 3 },
    { { "seats", WUYOU_FILTER_EQUAL, NULL, 4 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 9 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 4 } },
    "09 04 " },
  { { .limit = 3, .n_filters = 3, .sort = "seats", .ascending = TRUE },
    { { "state", WUYOU_FILTER_EQUAL, NULL, WUYOU_CONTRACT_VOIDED },
      { "state", WUYOU_FILTER_EQUAL, NULL, WUYOU_CONTRACT_DRAFT },
      { "seats", WUYOU_FILTER_FROM, NULL, 5 } },
    "05 06 07 " },
  { { .limit = 9, .n_filters = 3, .scope = TEST_DEALER_PATH, .skip = 1 },
    { { "seats", WUYOU_FILTER_EQUAL, NULL, 4 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 8 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 5 } },
    "05 04 " },
  { { .limit = 9, .n_filters = 3, .after_seq = 8 },
    { { "seats", WUYOU_FILTER_EQUAL, NULL, 5 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 8 },
      { "seats", WUYOU_FILTER_EQUAL, NULL, 4 } },
    "05 04 " },
  { { .limit = 9, .n_filters = 2 },
    { { "created_by", WUYOU_FILTER_EQUAL, "nobody", 0 }, { "created_by", WUYOU_FILTER_EQUAL, "none", 0 } },
    "" },
  { { .limit = 3, .sort = "seats", .scope = TEST_DEALER_PATH, .ascending = TRUE }, { { NULL } }, "01 02 04 " },
  { { .limit = 3, .sort = "seats", .after_number = 7, .after_seq = 7 }, { { NULL } }, "06 05 04 " },
  { { .limit = 100, .n_filters = 1 }, { { "created_by", WUYOU_FILTER_EQUAL, "nobody", 0 } }, "" },
};

static void
test_lists (StoreFixture *fixture, gconstpointer data)
{
  static const char *const orgs[] = { TEST_DEALER, TEST_BRANCH, TEST_OTHER };

  for (guint i = 1; i <= 9; i++) {
    g_autoptr (WuyouContract) contract = store_test_contract (i, orgs[(i - 1) % 3]);

    contract->seats = i;
    contract->state = i % 3 == 0 ? WUYOU_CONTRACT_VOIDED : WUYOU_CONTRACT_DRAFT;
    g_assert_true (store_test_save (fixture, NULL, contract, "create", NULL));
  }
  for (guint i = 0; i < G_N_ELEMENTS (list_cases); i++) {
    WuyouRecordQuery query = list_cases[i].query;
    g_autofree char *found = NULL;

    query.filters = list_cases[i].filters;
    found = list (fixture, &query, NULL);
    g_assert_cmpstr (found, ==, list_cases[i].expected);
  }
}

static void
test_list_walk (StoreFixture *fixture, gconstpointer data)
{
  WuyouRecordQuery query = { .limit = 2, .scope = TEST_DEALER_PATH, .list_only = TRUE };
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 1; i <= 7; i++)
    wuyou_contract_free (create (fixture, i, i % 2 == 0 ? TEST_BRANCH : TEST_DEALER));
  for (guint i = 0; i < 4; i++) {
    g_autofree char *page = list (fixture, &query, &query.after_seq);

    g_string_append (all, page);
  }
  g_assert_cmpstr (all->str, ==, "07 06 05 04 03 02 01 ");
}

/* Blocks of numbers that are far apart, as a million contracts make them. */
static void
test_jump (StoreFixture *fixture, gconstpointer data)
{
  static const struct {
    WuyouRecordQuery query;
    const char *expected;
  } rows[] = {
    { { .limit = 2, .skip = 3 }, "06 05 " },
    { { .limit = 3, .skip = 6 }, "03 02 01 " },
    { { .limit = 3, .skip = 9 }, "" },
    { { .limit = 2, .skip = 3, .ascending = TRUE }, "04 05 " },
    { { .limit = 2, .skip = 2, .scope = TEST_DEALER_PATH }, "06 05 " },
    { { .limit = 2, .skip = 3, .scope = TEST_DEALER_PATH, .ascending = TRUE }, "05 06 " },
    { { .limit = 2, .skip = 1, .scope = TEST_OTHER_PATH }, "03 " },
  };
  static const char *const orgs[] = { TEST_DEALER, TEST_BRANCH, TEST_OTHER };

  for (guint i = 1; i <= 9; i++) {
    g_autofree char *next = NULL;

    wuyou_contract_free (create (fixture, i, orgs[i == 3 || i == 7 ? 2 : i % 2]));
    next = fixture->engine == WUYOU_TEST_SQLITE
               ? g_strdup_printf ("UPDATE sqlite_sequence SET seq = %u WHERE name = 'contracts'", i * 3000)
               : g_strdup_printf ("SELECT setval(pg_get_serial_sequence('contracts', 'seq'), %u)", i * 3000);
    store_test_sql (fixture, next);
  }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *found = list (fixture, &rows[i].query, NULL);

    g_assert_cmpstr (found, ==, rows[i].expected);
  }
}

static gboolean
list_by_name (WuyouDbConn *conn, gpointer data, GError **error)
{
  StoreFixture *fixture = data;
  const WuyouFilter filter = { "owner_name", WUYOU_FILTER_EQUAL, "欧阳明月", 0 };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = 1 };
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  return wuyou_record_list (conn, fixture->store, &wuyou_contract_type, &query, records, error);
}

static void
test_sealed_is_no_filter (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_db_read (fixture->db, list_by_name, fixture, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "owner_name");
}

static gboolean
check_history (WuyouDbConn *conn, gpointer data, GError **error)
{
  StoreFixture *fixture = data;
  g_autofree char *id = store_test_id (1);
  g_autoptr (GPtrArray) entries = wuyou_history_list (conn, fixture->store, &wuyou_contract_type, id, 10, error);
  const WuyouHistoryEntry *entry;

  g_assert_nonnull (entries);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = entries->pdata[0];
  g_assert_cmpint (entry->version, ==, 2);
  g_assert_cmpstr (entry->action, ==, "update");
  g_assert_cmpstr (entry->account_id, ==, TEST_ACCOUNT);
  g_assert_cmpuint (entry->fields->len, ==, 3);
  g_assert_cmpstr (((WuyouContract *) entry->old_record)->owner_name, ==, "欧阳明月");
  g_assert_cmpstr (((WuyouContract *) entry->new_record)->owner_name, ==, "欧阳清风");
  g_assert_cmpint (((WuyouContract *) entry->old_record)->seats, ==, 5);
  g_assert_cmpint (((WuyouContract *) entry->new_record)->seats, ==, 4);
  g_assert_cmpstr (((WuyouContract *) entry->old_record)->plate, ==, "沪A12345");
  g_assert_null (((WuyouContract *) entry->new_record)->plate);
  g_assert_cmpuint (((WuyouHistoryEntry *) entries->pdata[1])->fields->len, ==, 0);
  return TRUE;
}

static void
test_history (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) contract = create (fixture, 1, TEST_DEALER);
  g_autoptr (WuyouContract) changed = copy (contract);
  g_autoptr (GError) error = NULL;

  g_free (changed->owner_name);
  changed->owner_name = g_strdup ("欧阳清风");
  g_clear_pointer (&changed->plate, g_free);
  changed->seats = 4;
  g_assert_true (store_test_save (fixture, contract, changed, "update", NULL));
  wuyou_db_read (fixture->db, check_history, fixture, &error);
  g_assert_no_error (error);
}

static gboolean
run_search (WuyouDbConn *conn, gpointer data, GError **error)
{
  Listing *listing = data;
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  WuyouRecordQuery query = { .scope = listing->scope, .seqs = seqs, .limit = 100 };

  listing->query = &query;
  return wuyou_contract_search (conn, listing->fixture->store, listing->typed, listing->scope, G_MAXINT64, 100, seqs,
                                error)
         && run_list (conn, listing, error);
}

static const struct {
  const char *typed, *scope, *expected;
} search_cases[] = {
  { "000012", TEST_DEALER_PATH, "0c " },      /* last six of the VIN */
  { "欧阳", TEST_DEALER_PATH, "0c 0b " },     /* surname */
  { "明月", "/", "0d 0c 0b " },               /* part of a name, the operator */
  { "0013", TEST_OTHER_PATH, "0d " },         /* last four of phone and identity */
  { "0013", TEST_DEALER_PATH, "" },           /* another dealership's */
  { "13900000011", TEST_DEALER_PATH, "0b " }, /* whole phone */
  { "A12345", TEST_BRANCH_PATH, "0c " },      /* plate without province */
  { "欧阳 000011", TEST_DEALER_PATH, "0b " }, /* both */
  { "上官", TEST_DEALER_PATH, "" },
};

static void
check_searches (StoreFixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (search_cases); i++) {
    Listing listing = {
      .fixture = fixture, .typed = search_cases[i].typed, .scope = search_cases[i].scope, .found = g_string_new (NULL)
    };
    g_autoptr (GError) error = NULL;

    wuyou_db_read (fixture->db, run_search, &listing, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (listing.found->str, ==, search_cases[i].expected);
    g_string_free (listing.found, TRUE);
  }
}

static void
test_search (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) one = create (fixture, 11, TEST_DEALER);
  g_autoptr (WuyouContract) two = create (fixture, 12, TEST_BRANCH);
  g_autoptr (WuyouContract) three = create (fixture, 13, TEST_OTHER);
  g_autoptr (WuyouContract) renamed = copy (one);
  g_autoptr (WuyouContract) back = copy (one);

  check_searches (fixture);
  g_free (renamed->owner_name);
  renamed->owner_name = g_strdup ("上官婉");
  g_assert_true (store_test_save (fixture, one, renamed, "update", NULL));
  g_assert_true (store_test_save (fixture, renamed, back, "update", NULL));
  check_searches (fixture);
}

#define SEARCH_PIECES "SELECT count(DISTINCT segid) FROM " WUYOU_SEARCH_CONTRACTS "_idx"
#define TOGETHER 12

static gboolean
save_together (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouContractDraft **drafts = data;

  for (guint i = 0; i < TOGETHER; i++)
    if (!wuyou_contract_save (conn, drafts[i], error))
      return FALSE;
  return TRUE;
}

/* Contracts that are committed together go into the index together: FTS5 writes what it has gathered at every
 * savepoint, also at one that a statement sets for itself, and a search looks into every piece. */
static void
test_search_pieces (StoreFixture *fixture, gconstpointer data)
{
  WuyouContract *contracts[TOGETHER];
  WuyouContractDraft *drafts[TOGETHER];
  gint64 before;

  if (fixture->engine != WUYOU_TEST_SQLITE)
    return;
  before = store_test_number (fixture, SEARCH_PIECES);
  for (guint i = 0; i < TOGETHER; i++) {
    contracts[i] = store_test_contract (700 + i, TEST_DEALER);
    drafts[i] = wuyou_contract_draft_new (fixture->store, NULL, contracts[i], NULL, TEST_DEALER_PATH, &fixture->actor,
                                          "create", NULL, NULL);
    g_assert_nonnull (drafts[i]);
  }
  g_assert_true (wuyou_db_write (fixture->db, save_together, drafts, NULL));
  g_assert_cmpint (store_test_number (fixture, SEARCH_PIECES), ==, before + 1);
  for (guint i = 0; i < TOGETHER; i++) {
    wuyou_contract_draft_free (drafts[i]);
    wuyou_contract_free (contracts[i]);
  }
}

/* Merged, everything is found as before, in one piece; again with nothing to do. PostgreSQL has nothing to merge. */
static void
test_search_merge (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) one = create (fixture, 11, TEST_DEALER);
  g_autoptr (WuyouContract) two = create (fixture, 12, TEST_BRANCH);
  g_autoptr (WuyouContract) three = create (fixture, 13, TEST_OTHER);
  g_autoptr (GError) error = NULL;

  if (fixture->engine == WUYOU_TEST_SQLITE)
    g_assert_cmpint (store_test_number (fixture, SEARCH_PIECES), ==, 3);
  for (guint i = 0; i < 2; i++) {
    wuyou_db_search_merge (fixture->db, WUYOU_SEARCH_CONTRACTS, &error);
    g_assert_no_error (error);
    if (fixture->engine == WUYOU_TEST_SQLITE)
      g_assert_cmpint (store_test_number (fixture, SEARCH_PIECES), ==, 1);
    check_searches (fixture);
  }
}

static gint64 count_state (StoreFixture *fixture, const char *scope, const char *state);

typedef struct {
  const char *scope, *name;
  gint64 count;
} Counting;

static gboolean
read_counter (WuyouDbConn *conn, gpointer data, GError **error)
{
  Counting *counting = data;

  return wuyou_counter_get (conn, "contract", counting->scope, counting->name, &counting->count, error);
}

static gint64
count_state (StoreFixture *fixture, const char *scope, const char *state)
{
  Counting counting = { scope, state, -1 };

  g_assert_true (wuyou_db_read (fixture->db, read_counter, &counting, NULL));
  return counting.count;
}

typedef struct {
  StoreFixture *fixture;
  guint first;
} Seller;

static gpointer
run_seller (gpointer data)
{
  Seller *seller = data;

  for (guint i = 0; i < 8; i++) {
    g_autoptr (WuyouContract) contract
        = store_test_contract (seller->first + i, i % 2 == 0 ? TEST_DEALER : TEST_BRANCH);
    g_autoptr (WuyouContract) voided = copy (contract);
    g_autoptr (GError) error = NULL;

    store_test_save (seller->fixture, NULL, contract, "create", &error);
    g_assert_no_error (error);
    if (i >= 2)
      continue;
    wuyou_record_clear (&wuyou_contract_type, voided);
    wuyou_record_copy (&wuyou_contract_type, contract, voided);
    voided->state = WUYOU_CONTRACT_VOIDED;
    g_assert_true (store_test_save (seller->fixture, contract, voided, "void", &error));
  }
  return NULL;
}

static void
test_counters (StoreFixture *fixture, gconstpointer data)
{
  GThread *threads[16];
  Seller sellers[16];

  for (guint i = 0; i < 16; i++) {
    sellers[i] = (Seller){ fixture, 100 + i * 10 };
    threads[i] = g_thread_new ("seller", run_seller, &sellers[i]);
  }
  for (guint i = 0; i < 16; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (count_state (fixture, "/", "DRAFT"), ==, 16 * 6);
  g_assert_cmpint (count_state (fixture, TEST_DEALER_PATH, "VOIDED"), ==, 16 * 2);
  g_assert_cmpint (count_state (fixture, TEST_BRANCH_PATH, "VOIDED"), ==, 16);
  g_assert_cmpint (count_state (fixture, TEST_OTHER_PATH, "DRAFT"), ==, 0);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM contracts"), ==, 128);
}

static WuyouContract *
reserving (guint number, const char *org_id, const char *vin, WuyouDate from, WuyouDate to)
{
  WuyouContract *contract = store_test_contract (number, org_id);

  g_free (contract->vin);
  contract->vin = g_strdup (vin);
  contract->state = WUYOU_CONTRACT_ACTIVE;
  contract->effective_on = from;
  contract->ends_on = to;
  return contract;
}

static void
test_reservation (StoreFixture *fixture, gconstpointer data)
{
  const char *vin = "WBA8E1100FK000001";
  WuyouDate start = wuyou_date_new (2026, 12, 1), end = wuyou_date_new (2029, 11, 30);
  g_autoptr (WuyouContract) first = reserving (1, TEST_DEALER, vin, start, end);
  g_autoptr (WuyouContract) overlapping = reserving (2, TEST_OTHER, vin, end, end + 100);
  g_autoptr (WuyouContract) later = reserving (3, TEST_OTHER, vin, end + 1, end + 100);
  g_autoptr (WuyouContract) voided = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (store_test_save (fixture, NULL, first, "create", &error));
  g_assert_false (store_test_save (fixture, NULL, overlapping, "create", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_DUPLICATE_VEHICLE, "vin");
  g_assert_true (store_test_save (fixture, NULL, later, "create", &error));
  voided = copy (first);
  voided->state = WUYOU_CONTRACT_VOIDED;
  g_assert_true (store_test_save (fixture, first, voided, "void", &error));
  again = reserving (4, TEST_OTHER, vin, start, end);
  g_assert_true (store_test_save (fixture, NULL, again, "create", &error));
  g_assert_no_error (error);
}

typedef struct {
  StoreFixture *fixture;
  guint number;
  gboolean won;
} Racer;

static gpointer
run_racer (gpointer data)
{
  Racer *racer = data;
  WuyouDate start = wuyou_date_new (2026, 12, 1);
  g_autoptr (WuyouContract) contract
      = reserving (racer->number, TEST_DEALER, "WBA8E1100FK000009", start + (int) racer->number, start + 1000);
  g_autoptr (GError) error = NULL;

  racer->won = store_test_save (racer->fixture, NULL, contract, "create", &error);
  if (!racer->won)
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_DUPLICATE_VEHICLE);
  return NULL;
}

static void
test_reservation_race (StoreFixture *fixture, gconstpointer data)
{
  GThread *threads[12];
  Racer racers[12];
  guint winners = 0;

  for (guint i = 0; i < 12; i++) {
    racers[i] = (Racer){ fixture, i, FALSE };
    threads[i] = g_thread_new ("racer", run_racer, &racers[i]);
  }
  for (guint i = 0; i < 12; i++) {
    g_thread_join (threads[i]);
    winners += racers[i].won ? 1 : 0;
  }
  g_assert_cmpuint (winners, ==, 1);
}

static void
test_erasure (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) contract = create (fixture, 11, TEST_DEALER);
  g_autoptr (WuyouContract) loaded = NULL;
  Listing listing = { .fixture = fixture, .typed = "欧阳", .scope = "/", .found = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;

  wuyou_contract_erase (fixture->store, contract->id, &fixture->actor, "主体请求", &error);
  g_assert_no_error (error);
  loaded = store_test_load (fixture, contract->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (loaded->owner_name);
  g_assert_null (loaded->vin);
  g_assert_cmpint (loaded->invoice_amount_fen, ==, contract->invoice_amount_fen);
  g_assert_cmpint (loaded->version, ==, 2);
  g_assert_true (wuyou_db_read (fixture->db, run_search, &listing, &error));
  g_assert_cmpstr (listing.found->str, ==, "");
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM customer_keys WHERE purpose = 'sales'"), ==, 0);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM erasures"), ==, 1);
  g_string_free (listing.found, TRUE);
}

static void
test_tampered_seal (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouContract) one = create (fixture, 1, TEST_DEALER);
  g_autoptr (WuyouContract) two = create (fixture, 2, TEST_DEALER);
  g_autoptr (GError) error = NULL;

  /* Sealed fields of one record do not open in another, even with its key beside them. */
  store_test_sql (fixture, "UPDATE contracts SET sealed = (SELECT c.sealed FROM contracts c WHERE c.id LIKE '%1'), "
                           "key_id = (SELECT c.key_id FROM contracts c WHERE c.id LIKE '%1') WHERE id LIKE '%2'");
  g_assert_null (store_test_load (fixture, two->id, NULL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static void
test_wrong_master_key (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->data_dir, "master.key", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_strnfill (32, 'x');

  g_clear_pointer (&fixture->store, wuyou_store_close);
  g_assert_true (g_file_set_contents_full (path, other, 32, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_null (wuyou_store_open (fixture->uri, fixture->data_dir, wuyou_test_clock (), &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_null (wuyou_store_open (fixture->uri, fixture->data_dir, wuyou_test_clock (), &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INSECURE, NULL);
}

static void
test_numbers (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *one = wuyou_contract_take_number (fixture->db, "a", wuyou_date_new (2026, 11, 23), NULL);
  g_autofree char *two = wuyou_contract_take_number (fixture->db, "b", wuyou_date_new (2026, 11, 23), NULL);
  g_autofree char *same = wuyou_contract_take_number (fixture->db, "a", wuyou_date_new (2026, 11, 23), NULL);

  g_assert_cmpstr (one, ==, "WY-2026-0000001");
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, <, two);
}

static const StoreCase cases[] = {
  { "round-trip", test_round_trip },
  { "nothing-clear", test_nothing_clear },
  { "stale-and-conflict", test_stale_and_conflict },
  { "scope", test_scope },
  { "lists", test_lists },
  { "list-walk", test_list_walk },
  { "jump", test_jump },
  { "sealed-is-no-filter", test_sealed_is_no_filter },
  { "history", test_history },
  { "search", test_search },
  { "search-pieces", test_search_pieces },
  { "search-merge", test_search_merge },
  { "counters", test_counters },
  { "reservation", test_reservation },
  { "reservation-race", test_reservation_race },
  { "erasure", test_erasure },
  { "tampered-seal", test_tampered_seal },
  { "wrong-master-key", test_wrong_master_key },
  { "numbers", test_numbers },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("record", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
