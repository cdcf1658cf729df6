/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-contract.h"
#include "wuyou-contract-store.h"
#include "wuyou-request-store.h"
#include "wuyou-sql-capture.h"

/* Floor of server.create: the rows that a create writes, written by bare SQLite from bytes that lie ready in memory,
 * many creates to a commit. The rows come from the store itself, which writes the same bodies to another copy of the
 * database first.
 * floor-create COPY FOLDER OTHER-COPY BODIES ORG ACCOUNT SCOPE BATCH: prints the number of creates and of rows; then,
 * for every line of standard input, which is a number of creates, creates a second. */
#define STORE_BATCH 64

/* Of the counters, which everybody shares, nothing: they are not among the rows of the figure. */
static const char *const rows[] = {
  "INSERT INTO contracts ",
  "INSERT INTO history ",
  "INSERT INTO audit ",
  "INSERT INTO events ",
  "INSERT INTO customer_keys ",
  "INSERT INTO idempotency ",
  "INSERT INTO \"" WUYOU_SEARCH_CONTRACTS "\" (rowid",
  NULL,
};

typedef struct {
  WuyouStore *store;
  const char *org_id, *scope;
  WuyouActor actor;
  char **bodies;
  guint n_bodies, first;
  WuyouContract *contracts[STORE_BATCH];
  WuyouContractDraft *drafts[STORE_BATCH];
} Writer;

static gboolean
save_batch (WuyouDbConn *conn, gpointer data, GError **error)
{
  Writer *writer = data;

  for (guint i = 0; i < STORE_BATCH && writer->drafts[i] != NULL; i++) {
    g_autofree char *fingerprint = g_compute_checksum_for_string (G_CHECKSUM_SHA256, writer->contracts[i]->id, -1);

    if (!wuyou_contract_save (conn, writer->drafts[i], error)
        || !wuyou_idempotency_insert (conn, writer->actor.account_id, writer->contracts[i]->id, fingerprint, 200,
                                      writer->contracts[i]->id, writer->actor.at, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
prepare (Writer *writer, guint slot, const char *body, GError **error)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (body, strlen (body), error);
  WuyouContract *contract = wuyou_contract_new ();

  writer->contracts[slot] = contract;
  if (object == NULL || !wuyou_record_read_json (&wuyou_contract_type, contract, object, WUYOU_CODEC_CLIENT, error))
    return FALSE;
  contract->state = WUYOU_CONTRACT_DRAFT;
  contract->org_id = g_strdup (writer->org_id);
  contract->created_by = g_strdup (writer->actor.account_id);
  contract->created_at = contract->updated_at = writer->actor.at;
  writer->drafts[slot] = wuyou_contract_draft_new (writer->store, NULL, contract, NULL, writer->scope, &writer->actor,
                                                   "create", NULL, error);
  return writer->drafts[slot] != NULL;
}

static void
clear_batch (Writer *writer)
{
  for (guint i = 0; i < STORE_BATCH; i++) {
    g_clear_pointer (&writer->drafts[i], wuyou_contract_draft_free);
    g_clear_pointer (&writer->contracts[i], wuyou_contract_free);
  }
}

static gboolean
write_bodies (Writer *writer, GError **error)
{
  gboolean good = TRUE;

  for (guint first = 0; good && first < writer->n_bodies; first += STORE_BATCH) {
    for (guint i = 0; good && i < STORE_BATCH && first + i < writer->n_bodies; i++)
      good = prepare (writer, i, writer->bodies[first + i], error);
    good = good && wuyou_db_write (wuyou_store_get_db (writer->store), save_batch, writer, error);
    clear_batch (writer);
  }
  return good;
}

static GPtrArray *
capture (Writer *writer, const char *path, const char *folder, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  GPtrArray *statements;
  gboolean good;

  wuyou_sql_capture_install ();
  writer->store = wuyou_store_open (uri, folder, &wuyou_clock_system, error);
  if (writer->store == NULL)
    return NULL;
  wuyou_sql_capture_begin (rows);
  good = write_bodies (writer, error);
  statements = wuyou_sql_capture_take ();
  wuyou_store_close (writer->store);
  if (!good)
    g_clear_pointer (&statements, g_ptr_array_unref);
  return statements;
}

static sqlite3 *
open_bare (const char *path)
{
  sqlite3 *db;

  wuyou_sql_must (NULL, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), SQLITE_OK);
  wuyou_sql_must (db,
                  sqlite3_exec (db,
                                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000;"
                                "PRAGMA cache_size=-131072; PRAGMA temp_store=MEMORY",
                                NULL, NULL, NULL),
                  SQLITE_OK);
  return db;
}

static void
write_row (sqlite3 *db, GHashTable *prepared, const WuyouSqlStatement *statement)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (prepared, statement->sql);
  int code;

  if (stmt == NULL) {
    wuyou_sql_must (db, sqlite3_prepare_v3 (db, statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL), SQLITE_OK);
    g_hash_table_insert (prepared, statement->sql, stmt);
  }
  wuyou_sql_bind (stmt, statement);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    continue;
  wuyou_sql_must (db, code, SQLITE_DONE);
  sqlite3_reset (stmt);
}

typedef struct {
  sqlite3 *db;
  GHashTable *prepared;
  GPtrArray *statements;
  guint next, per_create, batch;
} Floor;

/* 0 when nothing is left to write. */
static double
write_creates (Floor *floor, guint creates)
{
  gint64 start = g_get_monotonic_time ();
  guint done = 0;

  while (done < creates && floor->next < floor->statements->len) {
    guint n = MIN (floor->batch, creates - done);

    wuyou_sql_must (floor->db, sqlite3_exec (floor->db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    for (guint i = 0; i < n * floor->per_create && floor->next < floor->statements->len; i++)
      write_row (floor->db, floor->prepared, floor->statements->pdata[floor->next++]);
    wuyou_sql_must (floor->db, sqlite3_exec (floor->db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    done += n;
  }
  return (double) done * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
}

static void
serve (Floor *floor, guint n_bodies)
{
  char line[64];

  floor->per_create = floor->statements->len / n_bodies;
  printf ("%u %u\n", n_bodies, floor->statements->len);
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL) {
    printf ("%.3f\n", write_creates (floor, (guint) strtoul (line, NULL, 10)));
    fflush (stdout);
  }
}

static gboolean
load_bodies (Writer *writer, const char *path, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  writer->bodies = g_strsplit (g_strchomp (text), "\n", -1);
  writer->n_bodies = g_strv_length (writer->bodies);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Writer writer = { 0 };
  Floor floor = { 0 };

  if (argc != 9)
    return EXIT_FAILURE;
  writer = (Writer){ .org_id = argv[5], .scope = argv[7] };
  writer.actor = (WuyouActor){
    .account_id = argv[6],
    .session_id = argv[6],
    .device_id = "bench",
    .scope = argv[7],
    .purpose = "SALE",
    .at = g_get_real_time (),
  };
  if (load_bodies (&writer, argv[4], &error))
    floor.statements = capture (&writer, argv[1], argv[2], &error);
  g_strfreev (writer.bodies);
  if (floor.statements == NULL) {
    g_printerr ("floor-create: %s\n", error->message);
    return EXIT_FAILURE;
  }
  floor.db = open_bare (argv[3]);
  floor.prepared = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sqlite3_finalize);
  floor.batch = (guint) strtoul (argv[8], NULL, 10);
  serve (&floor, writer.n_bodies);
  g_hash_table_unref (floor.prepared);
  sqlite3_close (floor.db);
  g_ptr_array_unref (floor.statements);
  return EXIT_SUCCESS;
}
