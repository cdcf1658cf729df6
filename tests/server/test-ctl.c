/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "wuyou-consent-store.h"
#include "wuyou-counter-store.h"
#include "wuyou-contract-store.h"
#include "ctl/wuyou-ctl-store.h"
#include "demo/wuyou-demo-world.h"
#include "wuyou-ledger-store.h"
#include "wuyou-paper-payload.h"
#include "wuyou-test.h"

#define IMPORTER "han.le@antu.example"
#define APPROVER "lu.ning@antu.example"

typedef struct {
  char *uri, *data;
  GString *out, *err;
} Fixture;

static GString *captured_out, *captured_err;

static void
capture_out (const char *text)
{
  g_string_append (captured_out, text);
}

static void
capture_err (const char *text)
{
  g_string_append (captured_err, text);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->uri = wuyou_test_new_database (GPOINTER_TO_INT (data));
  fixture->data = g_build_filename (wuyou_test_new_dir (), "data", NULL);
  fixture->out = captured_out = g_string_new (NULL);
  fixture->err = captured_err = g_string_new (NULL);
  wuyou_test_set_now (WUYOU_TEST_NOW);
  g_set_print_handler (capture_out);
  g_set_printerr_handler (capture_err);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_set_print_handler (NULL);
  g_set_printerr_handler (NULL);
  g_string_free (fixture->out, TRUE);
  g_string_free (fixture->err, TRUE);
  g_free (fixture->uri);
  g_free (fixture->data);
}

/* Words of one line, with --db and --data before them. */
static int
run (Fixture *fixture, const char *line)
{
  g_autofree char *whole = g_strdup_printf ("wuyouctl --db '%s' --data '%s' %s", fixture->uri, fixture->data, line);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  int argc;

  g_shell_parse_argv (whole, &argc, &argv, &error);
  g_assert_no_error (error);
  g_string_truncate (fixture->out, 0);
  g_string_truncate (fixture->err, 0);
  return wuyou_ctl_run (argc, argv, wuyou_test_clock ());
}

static void
expect (Fixture *fixture, const char *line, int status, const char *words)
{
  int result = run (fixture, line);

  if (result != status)
    g_error ("%s: %d instead of %d\n%s%s", line, result, status, fixture->out->str, fixture->err->str);
  if (words != NULL && strstr (fixture->out->str, words) == NULL && strstr (fixture->err->str, words) == NULL)
    g_error ("%s does not say “%s”\n%s%s", line, words, fixture->out->str, fixture->err->str);
}

static void
test_usage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const wrong[] = {
    "",
    "nonsense",
    "agreement",
    "agreement burn",
    "demo --contracts",
    "demo --contracts many",
    "demo --contracts -1",
    "demo --contracts 1000001",
    "demo --speed 3",
    "demo 300",
    "demo --seed 1 --seed 2",
    "init",
    "init --operator X",
    "agreement import",
    "agreement import A --effective 2026-12-01 --audience DEALER",
    "agreement import A --effective tomorrow --audience DEALER --by X",
    "agreement import A --effective 2026-12-01 --audience WORLD --by X",
    "agreement approve",
    "agreement approve ID",
    "agreement withdraw",
    "agreement withdraw ID",
    "workflow contract",
    "workflow nothing --dot",
    "consent export",
    "consent verify",
    "paper verify",
    "account add a@b.example",
    "audit verify now",
    "backup",
    "restore",
    "backup verify",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    expect (fixture, wrong[i], WUYOU_CTL_USAGE, "wuyouctl: ");
    g_assert_cmpstr (fixture->out->str, ==, "");
  }
}

static void
test_help (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const commands[] = {
    "init",
    "demo",
    "account add",
    "account list",
    "account reset",
    "agreement import",
    "agreement approve",
    "agreement withdraw",
    "agreement list",
    "consent export",
    "consent verify",
    "audit verify",
    "paper verify",
    "workflow",
  };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *line = g_strdup_printf ("%s --help", commands[i]);

    expect (fixture, line, WUYOU_CTL_OK, commands[i]);
  }
  expect (fixture, "--help", WUYOU_CTL_OK, "agreement import FILE");
  expect (fixture, "--version", WUYOU_CTL_OK, "wuyouctl ");
  expect (fixture, "workflow contract --dot", WUYOU_CTL_OK, "digraph");
}

static void
test_no_database (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  char *argv[] = { (char *) "wuyouctl", (char *) "demo", NULL };

  g_assert_cmpint (wuyou_ctl_run (2, argv, wuyou_test_clock ()), ==, WUYOU_CTL_USAGE);
  g_assert_nonnull (strstr (fixture->err->str, "--db"));
}

/* The program itself, on a machine without the locale that its user asks for. */
static void
test_locale (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const locales[] = { "LC_ALL=xx_XX.UTF-8", "LC_ALL=C", "LC_ALL=" };
  g_autofree char *program = g_build_filename (g_getenv ("WUYOU_BUILD"), "src", "server", "wuyouctl", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++) {
    const char *argv[] = { "env", "LANG=xx_XX.UTF-8", locales[i], program, "demo", "--print-accounts", NULL };
    g_autofree char *out = NULL;
    g_autoptr (GError) error = NULL;

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
                  NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (strstr (out, "李卫东"));
  }
}

static void
test_init (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  expect (fixture, "account list", WUYOU_CTL_FAILED, NULL);
  expect (fixture, "init --operator 示例运营有限公司 --admin not-an-address", WUYOU_CTL_FAILED, NULL);
}

static void
test_accounts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  expect (fixture, "init --operator 示例运营有限公司 --admin admin@op.example", WUYOU_CTL_OK, "One-time password: ");
  expect (fixture, "init --operator 示例运营有限公司 --admin admin@op.example", WUYOU_CTL_FAILED, "in use");
  expect (fixture, "demo", WUYOU_CTL_FAILED, "in use");
  expect (fixture, "account list", WUYOU_CTL_OK, "admin@op.example\tadmin@op.example\tOSYS\tACTIVE");
  expect (fixture, "account add b@op.example --name 李雷 --org op --roles 'OOPS'", WUYOU_CTL_OK, "password");
  expect (fixture, "account add b@op.example --name 李雷 --org op --roles OOPS", WUYOU_CTL_FAILED, NULL);
  expect (fixture, "account add c@op.example --name 李雷 --org op --roles DSAL", WUYOU_CTL_FAILED, "DSAL");
  expect (fixture, "account add c@op.example --name 李雷 --org op --roles BOSS", WUYOU_CTL_USAGE, "roles");
  expect (fixture, "account add c@op.example --name 李雷 --org none --roles OOPS", WUYOU_CTL_FAILED, "none");
  expect (fixture, "account reset b@op.example --totp", WUYOU_CTL_OK, "password");
  expect (fixture, "account reset nobody@op.example", WUYOU_CTL_FAILED, "nobody@op.example");
  expect (fixture, "audit verify", WUYOU_CTL_OK, "whole");
}

static WuyouStore *
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WuyouStore *store = wuyou_store_open (fixture->uri, fixture->data, wuyou_test_clock (), &error);

  g_assert_no_error (error);
  return store;
}

typedef struct {
  WuyouStore *store;
  GHashTable *counters;
  GString *content;
  guint contracts;
  gint64 sales, receivable;
} Look;

static gboolean
read_contracts (WuyouDbConn *conn, Look *look, GError **error)
{
  WuyouRecordQuery query = { .ascending = TRUE, .limit = 500 };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_contract_free);

  do {
    g_ptr_array_set_size (found, 0);
    if (!wuyou_record_list (conn, look->store, &wuyou_contract_type, &query, found, error))
      return FALSE;
    for (guint i = 0; i < found->len; i++) {
      WuyouContract *contract = found->pdata[i];
      const char *state = wuyou_enum_id (wuyou_contract_states, contract->state);
      gint64 *left = g_hash_table_lookup (look->counters, state);

      g_assert_nonnull (left);
      (*left)--;
      query.after_seq = contract->seq;
      look->contracts++;
      wuyou_record_write_json (&wuyou_contract_type, contract, WUYOU_CODEC_DEFAULT, look->content);
    }
  } while (found->len == query.limit);
  return TRUE;
}

static gboolean
look_at (WuyouDbConn *conn, gpointer data, GError **error)
{
  Look *look = data;

  look->counters = wuyou_counter_read (conn, "contract", NULL, error);
  return look->counters != NULL && read_contracts (conn, look, error);
}

/* Every counter is what a count gives. Returns all contracts as text. */
static char *
check_contracts (Fixture *fixture, guint expected)
{
  g_autoptr (WuyouStore) store = open_store (fixture);
  g_autoptr (GError) error = NULL;
  Look look = { .store = store, .content = g_string_new (NULL) };
  GHashTableIter iter;
  gpointer name, left;

  g_assert_true (wuyou_db_read (wuyou_store_get_db (store), look_at, &look, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (look.contracts, ==, expected);
  g_hash_table_iter_init (&iter, look.counters);
  while (g_hash_table_iter_next (&iter, &name, &left))
    if (*(gint64 *) left != 0)
      g_error ("the counter of %s is off by %" G_GINT64_FORMAT, (char *) name, *(gint64 *) left);
  g_hash_table_unref (look.counters);
  return g_string_free (look.content, FALSE);
}

/* The server goes on with numbers after those of the demo. */
static void
check_next_number (Fixture *fixture, const char *expected)
{
  g_autoptr (WuyouStore) store = open_store (fixture);
  g_autofree char *number = wuyou_contract_take_number (
      wuyou_store_get_db (store), "0190c5a0-0000-7000-8000-00000000abcd", wuyou_date_of_instant (WUYOU_TEST_NOW), NULL);

  g_assert_cmpstr (number, >=, expected);
}

static void
test_demo (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *content = NULL;

  expect (fixture, "demo --contracts 2000 --seed 5", WUYOU_CTL_OK, "zhao.min@anda.example");
  content = check_contracts (fixture, 2000);
  g_assert_nonnull (strstr (content, "\"state\":\"REVOKED\""));
  expect (fixture, "audit verify", WUYOU_CTL_OK, "whole");
  expect (fixture, "demo --contracts 1", WUYOU_CTL_FAILED, "in use");
  check_next_number (fixture, "WY-2026-0001990");
}

static void
test_same_seed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL, *again = NULL, *other = NULL;

  expect (fixture, "demo --contracts 60 --seed 9", WUYOU_CTL_OK, NULL);
  first = check_contracts (fixture, 60);
  tear_down (fixture, data);
  set_up (fixture, data);
  expect (fixture, "demo --contracts 60 --seed 9", WUYOU_CTL_OK, NULL);
  again = check_contracts (fixture, 60);
  tear_down (fixture, data);
  set_up (fixture, data);
  expect (fixture, "demo --contracts 60 --seed 10", WUYOU_CTL_OK, NULL);
  other = check_contracts (fixture, 60);
  g_assert_true (g_str_equal (first, again));
  g_assert_false (g_str_equal (first, other));
}

static void
test_print_accounts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  expect (fixture, "demo --print-accounts", WUYOU_CTL_OK, "li.weidong@anda.example");
  g_assert_false (g_file_test (fixture->data, G_FILE_TEST_EXISTS));
}

static char *
dup_first_id (Fixture *fixture, const char *words)
{
  g_auto (GStrv) lines = g_strsplit (fixture->out->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], words) != NULL)
      return g_strndup (lines[i], 36);
  g_error ("no line with %s in\n%s", words, fixture->out->str);
}

static void
test_agreement (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *file = wuyou_test_source_path ("../data/demo/agreements/agreements-2.zh.md");
  g_autofree char *base = g_strdup_printf ("agreement import '%s' --effective 2026-12-01 --audience DEALER", file);
  g_autofree char *no_yes = g_strdup_printf ("%s --by " IMPORTER " --keep-dates", base);
  g_autofree char *good = g_strdup_printf ("%s --by " IMPORTER " --keep-dates --yes", base);
  g_autofree char *seller = g_strdup_printf ("%s --by zhao.min@anda.example --yes", base);
  g_autofree char *id = NULL, *approve = NULL;

  expect (fixture, "demo --contracts 0", WUYOU_CTL_OK, NULL);
  expect (fixture, seller, WUYOU_CTL_FAILED, "permission");
  expect (fixture, no_yes, WUYOU_CTL_FAILED, "--yes");
  expect (fixture, good, WUYOU_CTL_OK, "UA-");
  g_assert_nonnull (strstr (fixture->out->str, "Imported as"));
  expect (fixture, "agreement list", WUYOU_CTL_OK, "not approved");
  id = dup_first_id (fixture, "not approved");
  approve = g_strdup_printf ("agreement approve %s --by ", id);
  {
    g_autofree char *same = g_strconcat (approve, IMPORTER, NULL);
    g_autofree char *by_seller = g_strconcat (approve, "zhao.min@anda.example", NULL);
    g_autofree char *other = g_strconcat (approve, APPROVER, NULL);

    expect (fixture, same, WUYOU_CTL_FAILED, NULL);
    expect (fixture, by_seller, WUYOU_CTL_FAILED, "permission");
    expect (fixture, other, WUYOU_CTL_OK, "Published");
    expect (fixture, other, WUYOU_CTL_FAILED, NULL);
  }
  expect (fixture, "agreement approve 0190c5a0-0000-7000-8000-000000000000 --by " APPROVER, WUYOU_CTL_FAILED, NULL);
  expect (fixture, "audit verify", WUYOU_CTL_OK, "whole");
}

/* Somebody who may import and approve still does not approve their own. */
static void
test_same_person (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *file = wuyou_test_source_path ("../data/demo/agreements/agreements-1.zh.md");
  g_autofree char *line = g_strdup_printf (
      "agreement import '%s' --effective 2025-01-01 --audience DEALER --by both@op.example --yes", file);
  g_autofree char *id = NULL, *approve = NULL, *withdraw = NULL;

  expect (fixture, "init --operator 示例运营有限公司 --admin admin@op.example", WUYOU_CTL_OK, NULL);
  expect (fixture, "account add both@op.example --name 李雷 --org op --roles 'OOPS OPRV'", WUYOU_CTL_OK, NULL);
  expect (fixture, line, WUYOU_CTL_OK, NULL);
  expect (fixture, "agreement list", WUYOU_CTL_OK, NULL);
  id = dup_first_id (fixture, "not approved");
  approve = g_strdup_printf ("agreement approve %s --by both@op.example", id);
  expect (fixture, approve, WUYOU_CTL_FAILED, "another person");
  withdraw = g_strdup_printf ("agreement withdraw %s --by both@op.example", id);
  expect (fixture, withdraw, WUYOU_CTL_FAILED, "another person");
}

/* A version of few words that names no day; its one clause has @number. Owned path. */
static char *
write_agreements (const char *number, const char *words)
{
  g_autofree char *text = g_strdup_printf ("平台用户服务协议\n\n第一条 责任\n\n%s %s\n\n隐私声明\n\n第一条 定义\n\n"
                                           "1.1 信息指资料。\n\n附件 1\n\n说明\n\n1. 名单。\n",
                                           number, words);
  char *path = g_build_filename (wuyou_test_new_dir (), "agreements.md", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* What could not be read again is not written: it would shut out its whole audience. */
static void
test_long_number (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *levels = g_strnfill (62, '1'), *file = NULL, *line = NULL, *good = NULL, *again = NULL;

  for (guint i = 1; i < 62; i += 2)
    levels[i] = '.';
  levels[61] = '1';
  file = write_agreements (levels, "甲方承担责任。");
  good = write_agreements ("1.1", "甲方承担责任。");
  line = g_strdup_printf ("agreement import '%s' --effective 2026-12-01 --audience DEALER --by " IMPORTER " --yes",
                          file);
  again = g_strdup_printf ("agreement import '%s' --effective 2026-12-01 --audience DEALER --by " IMPORTER " --yes",
                           good);
  expect (fixture, "demo --contracts 0", WUYOU_CTL_OK, NULL);
  expect (fixture, line, WUYOU_CTL_FAILED, "1.1.1.1.1.1");
  expect (fixture, again, WUYOU_CTL_OK, "Imported as");
}

/* A new version of the agreements, imported and, when @approve, published. Owned id. */
static char *
import_version (Fixture *fixture, const char *words, const char *date, gboolean approve)
{
  g_autofree char *file = write_agreements ("1.1", words);
  g_autofree char *line
      = g_strdup_printf ("agreement import '%s' --effective %s --audience DEALER --by " IMPORTER " --yes", file, date);
  g_autofree char *publish = NULL;
  char *id;

  expect (fixture, line, WUYOU_CTL_OK, "Imported as");
  id = g_strndup (strstr (fixture->out->str, "Imported as ") + strlen ("Imported as "), 36);
  publish = g_strdup_printf ("agreement approve %s --by " APPROVER, id);
  if (approve)
    expect (fixture, publish, WUYOU_CTL_OK, "Published");
  return id;
}

static void
expect_withdraw (Fixture *fixture, const char *id, const char *by, int status, const char *words)
{
  g_autofree char *line = g_strdup_printf ("agreement withdraw %s --by %s", id, by);

  expect (fixture, line, status, words);
}

/* The test clock's day is in 2026, before December. */
static void
test_withdraw (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *coming = NULL, *binding = NULL, *next = NULL, *draft = NULL, *approve = NULL;

  expect (fixture, "demo --contracts 0", WUYOU_CTL_OK, NULL);
  coming = import_version (fixture, "甲方承担一半责任。", "2027-03-01", TRUE);
  expect_withdraw (fixture, coming, IMPORTER, WUYOU_CTL_FAILED, "permission");
  expect_withdraw (fixture, coming, "zhao.min@anda.example", WUYOU_CTL_FAILED, "permission");
  expect_withdraw (fixture, coming, APPROVER, WUYOU_CTL_OK, "Withdrawn");
  expect (fixture, "agreement list", WUYOU_CTL_OK, "withdrawn");
  expect_withdraw (fixture, coming, APPROVER, WUYOU_CTL_FAILED, "withdrawn");
  binding = import_version (fixture, "甲方承担全部责任。", "2026-02-01", TRUE);
  expect_withdraw (fixture, binding, APPROVER, WUYOU_CTL_FAILED, "in force");
  wuyou_test_advance (G_TIME_SPAN_SECOND);
  next = import_version (fixture, "甲方承担主要责任。", "2026-02-01", TRUE);
  expect_withdraw (fixture, binding, APPROVER, WUYOU_CTL_OK, "Withdrawn");
  expect_withdraw (fixture, next, APPROVER, WUYOU_CTL_FAILED, "in force");
  draft = import_version (fixture, "甲方不承担责任。", "2027-03-01", FALSE);
  expect_withdraw (fixture, draft, APPROVER, WUYOU_CTL_OK, "Withdrawn");
  approve = g_strdup_printf ("agreement approve %s --by " APPROVER, draft);
  expect (fixture, approve, WUYOU_CTL_FAILED, "withdrawn");
  expect_withdraw (fixture, "0190c5a0-0000-7000-8000-000000000000", APPROVER, WUYOU_CTL_FAILED, NULL);
  expect (fixture, "audit verify", WUYOU_CTL_OK, "whole");
}

/* A change is not slipped in by taking back the version that asked for it. */
static void
test_withdraw_in_order (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *coming = NULL, *minor = NULL, *file = write_agreements ("1.1", "甲方承担一半责任的。");
  g_autofree char *line = g_strdup_printf ("agreement import '%s' --effective 2027-04-01 --audience DEALER "
                                           "--not-material --by " IMPORTER " --yes",
                                           file);

  expect (fixture, "demo --contracts 0", WUYOU_CTL_OK, NULL);
  coming = import_version (fixture, "甲方承担一半责任。", "2027-03-01", TRUE);
  expect (fixture, line, WUYOU_CTL_OK, "Imported as");
  minor = g_strndup (strstr (fixture->out->str, "Imported as ") + strlen ("Imported as "), 36);
  expect_withdraw (fixture, coming, APPROVER, WUYOU_CTL_FAILED, "builds on this one");
  expect_withdraw (fixture, minor, APPROVER, WUYOU_CTL_OK, "Withdrawn");
  expect_withdraw (fixture, coming, APPROVER, WUYOU_CTL_OK, "Withdrawn");
}

static gboolean
read_dates (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autoptr (WuyouBundle) bundle = wuyou_bundle_load (conn, data, error);

  g_assert_nonnull (bundle);
  for (guint i = 0; i < bundle->documents->len; i++)
    g_assert_cmpint (wuyou_bundle_get_document (bundle, i)->effective_on, ==, wuyou_date_new (2026, 12, 1));
  return bundle->effective_on == wuyou_date_new (2026, 12, 1);
}

/* P-11: another day in the text is never passed over; when it is kept, what binds is shown and hashed. */
static void
test_dates (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *file = wuyou_test_source_path ("../data/demo/agreements/agreements-2.zh.md");
  g_autofree char *line = g_strdup_printf ("agreement import '%s' --audience DEALER --by " IMPORTER " --yes", file);
  g_autofree char *other = g_strconcat (line, " --effective 2026-12-01", NULL);
  g_autofree char *kept = g_strconcat (other, " --keep-dates", NULL);
  g_autofree char *same = g_strconcat (line, " --effective 2027-01-01", NULL), *id = NULL;
  g_autoptr (WuyouStore) store = NULL;

  expect (fixture, "demo --contracts 0", WUYOU_CTL_OK, NULL);
  expect (fixture, other, WUYOU_CTL_FAILED, "用户服务协议");
  g_assert_nonnull (strstr (fixture->err->str, "2026-12-01"));
  g_assert_null (strstr (strstr (fixture->err->str, "2026-12-01") + 1, "2026-12-01")); /* said once */
  g_assert_nonnull (strstr (fixture->err->str, "2027-01-01"));
  expect (fixture, same, WUYOU_CTL_OK, "Imported as");
  expect (fixture, kept, WUYOU_CTL_OK, "Imported as");
  id = g_strndup (strstr (fixture->out->str, "Imported as ") + strlen ("Imported as "), 36);
  store = open_store (fixture);
  g_assert_true (wuyou_db_read (wuyou_store_get_db (store), read_dates, id, NULL));
}

static char *
dup_consent_id (Fixture *fixture)
{
  g_autoptr (WuyouDemoWorld) world = wuyou_demo_world_new (1, WUYOU_TEST_NOW, 0, NULL);
  g_autofree char *start = NULL;

  g_assert_nonnull (world);
  /* The first account's consent: made ten minutes after publishing, on the first stream of consents. */
  return wuyou_demo_world_create_id (
      world, wuyou_date_start (wuyou_demo_plan_first_day (WUYOU_TEST_NOW)) + G_GINT64_CONSTANT (33000000000), 5000);
}

typedef struct {
  WuyouStore *store;
  char *id, *linked; /* of the person's record, and of the organisation's */
} Click;

/* The demo leaves no audit rows of consents; the server writes one a click, under the person's record. */
static gboolean
write_click (WuyouDbConn *conn, gpointer data, GError **error)
{
  Click *click = data;
  g_autoptr (WuyouConsent) record = wuyou_consent_load (conn, click->store, click->id, error);
  const WuyouActor actor = { .account_id = "account", .at = WUYOU_TEST_NOW };
  const WuyouAuditEntry entry
      = { .action = "consent-accept", .object = "consent", .object_id = click->id, .outcome = "OK" };

  g_assert_nonnull (record);
  g_free (click->linked);
  click->linked = g_strdup (record->linked_id);
  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static void
expect_audit (Fixture *fixture, const char *id)
{
  g_autofree char *path = g_build_filename (wuyou_test_new_dir (), "consent.json", NULL);
  g_autofree char *line = g_strdup_printf ("consent export %s -o '%s'", id, path), *text = NULL;

  expect (fixture, line, WUYOU_CTL_OK, path);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "consent-accept"));
}

/* 10.3: whichever of the two records is asked for, its package holds the audit slice of the click. */
static void
test_consent_audit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Click click = { NULL, NULL, NULL };
  g_autoptr (GError) error = NULL;

  expect (fixture, "demo --contracts 0 --seed 1", WUYOU_CTL_OK, NULL);
  click.id = dup_consent_id (fixture);
  click.store = open_store (fixture);
  wuyou_db_write (wuyou_store_get_db (click.store), write_click, &click, &error);
  g_assert_no_error (error);
  wuyou_store_close (click.store);
  expect_audit (fixture, click.id);
  expect_audit (fixture, click.linked);
  g_free (click.id);
  g_free (click.linked);
}

static void
test_consent (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *id = NULL, *export = NULL, *verify = NULL, *wrong = NULL, *text = NULL;
  g_autofree char *path = g_build_filename (wuyou_test_new_dir (), "consent.json", NULL);
  char *place;

  expect (fixture, "demo --contracts 0 --seed 1", WUYOU_CTL_OK, NULL);
  id = dup_consent_id (fixture);
  export = g_strdup_printf ("consent export %s -o '%s'", id, path);
  verify = g_strdup_printf ("consent verify '%s'", path);
  wrong = g_strdup_printf ("%s --fingerprint 00", verify);
  expect (fixture, export, WUYOU_CTL_OK, path);
  expect (fixture, verify, WUYOU_CTL_OK, "李卫东");
  expect (fixture, wrong, WUYOU_CTL_FAILED, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  place = strstr (text, "李卫东");
  g_assert_nonnull (place);
  memcpy (place, "王", strlen ("王"));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  expect (fixture, verify, WUYOU_CTL_FAILED, NULL);
  expect (fixture, "consent export 0190c5a0-0000-7000-8000-000000000000", WUYOU_CTL_FAILED, NULL);
}

static void
test_paper (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = NULL, *line = NULL, *damaged = NULL;
  WuyouPaperPayload payload;

  expect (fixture, "demo --contracts 0", WUYOU_CTL_OK, NULL);
  g_assert_true (wuyou_paper_payload_init (&payload, "WY-2026-0000481", 2, "00112233445566778899aabbccddeeff", 20780));
  {
    g_autoptr (WuyouStore) store = open_store (fixture);

    text = wuyou_paper_payload_sign (&payload, wuyou_keys_get_signing_key (wuyou_store_get_keys (store)));
  }
  line = g_strdup_printf ("paper verify %s", text);
  expect (fixture, line, WUYOU_CTL_OK, "WY-2026-0000481");
  text[10] = text[10] == 'A' ? 'B' : 'A';
  damaged = g_strdup_printf ("paper verify %s", text);
  expect (fixture, damaged, WUYOU_CTL_FAILED, NULL);
  expect (fixture, "paper verify nonsense", WUYOU_CTL_FAILED, NULL);
}

static void
copy_file (const char *from, const char *to, const char *name)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &content, &length, NULL));
  g_assert_true (g_file_set_contents_full (target, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Another database and data folder, which has the two keys and nothing else. */
static void
move_house (Fixture *fixture, gconstpointer data)
{
  char *folder = g_build_filename (wuyou_test_new_dir (), "data", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  copy_file (fixture->data, folder, "master.key");
  copy_file (fixture->data, folder, "signing.key");
  g_free (fixture->data);
  g_free (fixture->uri);
  fixture->data = folder;
  fixture->uri = wuyou_test_new_database (GPOINTER_TO_INT (data));
}

static void
damage_manifest_file (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    FILE *file;

    if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || strstr (name, "manifest") != NULL)
      continue;
    file = g_fopen (path, "ab");
    g_assert_nonnull (file);
    fputs ("x", file);
    fclose (file);
    return;
  }
  g_assert_not_reached ();
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (wuyou_test_new_dir (), "backup", NULL);
  g_autofree char *backup = g_strdup_printf ("backup '%s'", folder);
  g_autofree char *verify = g_strdup_printf ("backup verify '%s'", folder);
  g_autofree char *restore = g_strdup_printf ("restore '%s'", folder);
  g_autofree char *no_list = g_strdup_printf ("%s --erasures '%s/none'", restore, folder);
  g_autofree char *before = NULL, *after = NULL;

  expect (fixture, verify, WUYOU_CTL_FAILED, NULL);
  expect (fixture, "demo --contracts 60", WUYOU_CTL_OK, NULL);
  before = check_contracts (fixture, 60);
  expect (fixture, backup, WUYOU_CTL_OK, folder);
  expect (fixture, backup, WUYOU_CTL_FAILED, NULL);
  expect (fixture, verify, WUYOU_CTL_OK, "whole");
  expect (fixture, restore, WUYOU_CTL_FAILED, NULL);
  move_house (fixture, data);
  expect (fixture, no_list, WUYOU_CTL_FAILED, NULL);
  expect (fixture, restore, WUYOU_CTL_OK, "Restored");
  expect (fixture, "audit verify", WUYOU_CTL_OK, "whole");
  after = check_contracts (fixture, 60);
  g_assert_true (g_str_equal (before, after));
  damage_manifest_file (folder);
  expect (fixture, verify, WUYOU_CTL_FAILED, NULL);
}

#define ADD(path, engine, test) g_test_add (path, Fixture, GINT_TO_POINTER (engine), set_up, test, tear_down)
#define ADD_BOTH(path, test)                                                                                           \
  ADD ("/ctl/sqlite/" path, WUYOU_TEST_SQLITE, test);                                                                  \
  ADD ("/ctl/postgresql/" path, WUYOU_TEST_POSTGRESQL, test)

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_assert_nonnull (freopen ("/dev/null", "r", stdin)); /* nobody to ask */
  ADD ("/ctl/usage", WUYOU_TEST_SQLITE, test_usage);
  ADD ("/ctl/help", WUYOU_TEST_SQLITE, test_help);
  ADD ("/ctl/no-database", WUYOU_TEST_SQLITE, test_no_database);
  ADD ("/ctl/locale", WUYOU_TEST_SQLITE, test_locale);
  ADD ("/ctl/init", WUYOU_TEST_SQLITE, test_init);
  ADD ("/ctl/same-seed", WUYOU_TEST_SQLITE, test_same_seed);
  ADD ("/ctl/print-accounts", WUYOU_TEST_SQLITE, test_print_accounts);
  ADD ("/ctl/paper", WUYOU_TEST_SQLITE, test_paper);
  ADD_BOTH ("accounts", test_accounts);
  ADD_BOTH ("demo", test_demo);
  ADD_BOTH ("agreement", test_agreement);
  ADD_BOTH ("same-person", test_same_person);
  ADD_BOTH ("long-number", test_long_number);
  ADD_BOTH ("withdraw", test_withdraw);
  ADD_BOTH ("withdraw-in-order", test_withdraw_in_order);
  ADD ("/ctl/dates", WUYOU_TEST_SQLITE, test_dates);
  ADD_BOTH ("consent", test_consent);
  ADD_BOTH ("consent-audit", test_consent_audit);
  ADD_BOTH ("backup", test_backup);
  return g_test_run ();
}
