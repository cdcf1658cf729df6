/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "claims/wuyou-claim.h"
#include "wuyou-store-test.h"

/* How the lists of claims are read: by an index that is in their order already, so that a page costs the same however
 * many there are. SQLite is asked about the very statements, PostgreSQL about their like. */

static GMutex lock;
static char *last; /* the last list of claims that was run */

static int
on_statement_cb (unsigned mask, void *data, void *handle, void *text)
{
  const char *sql = sqlite3_sql (handle);

  g_mutex_lock (&lock);
  if (g_str_has_prefix (sql, "SELECT") && strstr (sql, "claims r") != NULL) {
    g_free (last);
    last = g_strdup (sql);
  }
  g_mutex_unlock (&lock);
  return 0;
}

static int
on_opened_cb (sqlite3 *db, const char **message, const void *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, on_statement_cb, NULL);
}

typedef struct {
  StoreFixture *fixture;
  WuyouRecordQuery query;
  const char *sql;
  GString *plan; /* a line each */
  GPtrArray *records;
} Plan;

static gboolean
list_claims (WuyouDbConn *conn, gpointer data, GError **error)
{
  Plan *plan = data;

  return wuyou_record_list (conn, plan->fixture->store, &wuyou_claim_type, &plan->query, plan->records, error);
}

static gboolean
explain (WuyouDbConn *conn, gpointer data, GError **error)
{
  Plan *plan = data;
  gboolean sqlite = plan->fixture->engine == WUYOU_TEST_SQLITE;
  g_autofree char *sql = g_strconcat (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ", plan->sql, NULL);
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *stmt;

  g_string_truncate (plan->plan, 0);
  /* Of a few rows it would read all. */
  if (!sqlite
      && (!wuyou_db_exec (conn, "SET LOCAL enable_seqscan = off", error)
          || !wuyou_db_exec (conn, "SET LOCAL enable_bitmapscan = off", error)
          || !wuyou_db_exec (conn, "SET LOCAL enable_sort = off", error)))
    return FALSE;
  stmt = wuyou_db_query (conn, error, sql, "");
  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_string_append_printf (plan->plan, "%s\n", wuyou_db_column_text (stmt, sqlite ? 3 : 0));
  return result == WUYOU_DB_DONE;
}

static char *
dup_statement (Plan *plan, const char *column, gboolean ascending)
{
  const char *direction = ascending ? "ASC" : "DESC";

  if (plan->fixture->engine != WUYOU_TEST_SQLITE)
    return column != NULL ? g_strdup_printf ("SELECT seq, sealed FROM claims r WHERE r.%s = 'x' ORDER BY r.%s %s, "
                                             "r.seq %s LIMIT 50",
                                             plan->query.filters[0].field, column, direction, direction)
                          : g_strdup_printf ("SELECT seq, sealed FROM claims r WHERE r.%s = 'x' ORDER BY r.seq %s "
                                             "LIMIT 50",
                                             plan->query.filters[0].field, direction);
  g_clear_pointer (&last, g_free);
  g_assert_true (wuyou_db_read (plan->fixture->db, list_claims, plan, NULL));
  g_assert_nonnull (last);
  return g_steal_pointer (&last);
}

/* Every order that the list takes, for an insurer and for a dealership (wuyou-claim-list.c). */
static void
test_orders (StoreFixture *fixture, gconstpointer data)
{
  static const struct {
    const char *field, *sort;
    gboolean ascending;
    const char *index;
  } rows[] = {
    { "insurer_org_id", NULL, FALSE, "claims_insurer" },
    { "insurer_org_id", "number", TRUE, "claims_by_number_of_insurer" },
    { "insurer_org_id", "updated_at", FALSE, "claims_updated_at_of_insurer" },
    { "insurer_org_id", "loss_at", FALSE, "claims_loss_at_of_insurer" },
    { "insurer_org_id", "due_on", FALSE, "claims_due_on_of_insurer" },
    { "insurer_org_id", "queue_on", TRUE, "claims_queue_on_of_insurer" },
    { "org_id", NULL, FALSE, "claims_org_id" },
    { "org_id", "number", TRUE, "claims_by_number_of_org" },
    { "org_id", "updated_at", FALSE, "claims_updated_at_of_org" },
    { "org_id", "loss_at", FALSE, "claims_loss_at_of_org" },
    { "org_id", "due_on", FALSE, "claims_due_on_of_org" },
    { "org_id", "queue_on", TRUE, "claims_queue_on_of_org" },
    { "org_id", "settled_fen", FALSE, "claims_settled_fen_of_org" },
  };
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const WuyouFilter filter = { .field = rows[i].field, .op = WUYOU_FILTER_EQUAL, .text = TEST_DEALER };
    Plan plan = { .fixture = fixture, .plan = text, .records = records };
    g_autofree char *sql = NULL, *index = g_strdup_printf ("%s ", rows[i].index);

    plan.query = (WuyouRecordQuery){ .filters = &filter,
                                     .n_filters = 1,
                                     .limit = 50,
                                     .list_only = TRUE,
                                     .sort = rows[i].sort,
                                     .ascending = rows[i].ascending };
    plan.sql = sql = dup_statement (&plan, rows[i].sort, rows[i].ascending);
    g_assert_true (wuyou_db_read (fixture->db, explain, &plan, NULL));
    g_test_message ("%s by %s: %s", rows[i].field, rows[i].sort, text->str);
    g_assert_nonnull (strstr (text->str, index));
    g_assert_null (strstr (text->str, "TEMP B-TREE"));
    g_assert_null (strstr (text->str, "Sort"));
  }
}

static const StoreCase cases[] = {
  { "orders", test_orders },
};

int
main (int argc, char *argv[])
{
  sqlite3_auto_extension ((void (*) (void)) on_opened_cb);
  wuyou_test_init (&argc, &argv);
  store_test_add ("plans", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
