/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-contract-paper.h"
#include "wuyou-contract-store.h"
#include "demo/wuyou-demo.h"
#include "demo/wuyou-demo-document.h"
#include "demo/wuyou-demo-pipeline.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"
#include "wuyou-ledger-store.h"
#include "wuyou-sealer.h"

#define CHUNK 200 /* SQLite's statement journal makes much larger transactions slow */
#define SPARE_FEN G_GINT64_CONSTANT (30000000)
#define STREAM_TOP_UPS 6000
#define STREAM_CREDITS (G_GUINT64_CONSTANT (1) << 44)
#define STREAM_LEDGER (G_GUINT64_CONSTANT (1) << 42)

typedef struct {
  WuyouStore *store;
  WuyouDemoWorld *world;
  void (*progress) (guint done, guint n);
} Sales;

/* What one transaction writes: steps of contracts, in order, with a draft each. */
typedef struct {
  WuyouKey *new_key; /* of the first step */
  WuyouContractDraft *draft;
  WuyouContract *contract; /* of the story */
  WuyouLedgerLine lines[2];
  WuyouLedgerEntry payment; /* id NULL: none with this step */
  WuyouLedgerEntry credit;  /* the same */
  const char *job;          /* NULL: none */
  gint64 job_due_at;
} Write;

typedef struct {
  GPtrArray *stories;   /* GPtrArray of WuyouDemoStep; keeps the records of the drafts alive */
  GArray *writes;       /* Write */
  GPtrArray *documents; /* WuyouDemoDocuments */
  guint first;          /* index of the first contract */
} Chunk;

static void
clear_write (gpointer data)
{
  Write *write = data;

  g_clear_pointer (&write->new_key, wuyou_key_unref);
  g_clear_pointer (&write->draft, wuyou_contract_draft_free);
  g_free ((char *) write->payment.id);
  g_free ((char *) write->credit.id);
}

static void
free_chunk (gpointer data)
{
  Chunk *chunk = data;

  g_array_unref (chunk->writes);
  g_ptr_array_unref (chunk->documents);
  g_ptr_array_unref (chunk->stories);
  g_free (chunk);
}

static Chunk *
create_chunk (guint first)
{
  Chunk *chunk = g_new0 (Chunk, 1);

  chunk->stories = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  chunk->writes = g_array_new (FALSE, TRUE, sizeof (Write));
  g_array_set_clear_func (chunk->writes, clear_write);
  chunk->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_demo_documents_free);
  chunk->first = first;
  return chunk;
}

/* PAID: the wholesale price is owed, or taken from the balance (architecture 7, Selling). */
static void
set_payment (Write *write, const WuyouDemoWorld *world, const WuyouContract *contract, guint index, gint64 at)
{
  const WuyouOrg *org = wuyou_demo_world_find_org (world, contract->org_id);
  gint64 fen = contract->wholesale_fen;

  write->lines[0] = (WuyouLedgerLine){ org->prepaid ? WUYOU_LEDGER_PREPAID : WUYOU_LEDGER_RECEIVABLE, org->id, fen };
  write->lines[1] = (WuyouLedgerLine){ WUYOU_LEDGER_SALES, org->id, -fen };
  write->payment = (WuyouLedgerEntry){
    .id = wuyou_demo_world_create_id (world, at, STREAM_LEDGER + index),
    .source = contract->id,
    .revision = contract->revision,
    .event = "payment",
    .org_id = org->id,
    .booked_on = contract->paid_on,
    .at = at,
    .n_lines = G_N_ELEMENTS (write->lines),
  };
}

/* What was cancelled gives back its part of it. */
static void
set_credit (Write *write, const WuyouDemoWorld *world, const WuyouContract *contract, guint index, gint64 at)
{
  if (contract->credit_fen == 0)
    return;
  write->credit = (WuyouLedgerEntry){
    .id = wuyou_demo_world_create_id (world, at, STREAM_CREDITS + index),
    .source = contract->id,
    .revision = contract->revision,
    .event = "cancellation",
    .org_id = contract->org_id,
    .booked_on = wuyou_date_of_instant (at),
    .at = at,
  };
}

/* As wuyou-contract-act.c schedules it when a contract comes to this state. */
static void
set_job (Write *write, const WuyouContract *contract)
{
  if (contract->state == WUYOU_CONTRACT_PAID) {
    write->job = WUYOU_JOB_START;
    write->job_due_at = wuyou_date_start (contract->effective_on);
  } else if (contract->state == WUYOU_CONTRACT_ACTIVE) {
    write->job = WUYOU_JOB_EXPIRE;
    write->job_due_at = wuyou_date_start (contract->ends_on + 1);
  }
}

static const WuyouDemoStep *
find_step (GPtrArray *steps, const char *action)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_str_equal (((WuyouDemoStep *) steps->pdata[i])->action, action))
      return steps->pdata[i];
  return NULL;
}

/* The way of one contract from one index of its steps to another. */
typedef struct {
  Sales *sales;
  Chunk *chunk;
  GPtrArray *steps;
  WuyouKey *key;
  const WuyouDemoSeller *seller;
  guint index;
} Way;

static gboolean
add_step (Way *way,
          const WuyouDemoStep *before,
          const WuyouDemoStep *step,
          gboolean pays,
          gboolean cancels,
          GError **error)
{
  gboolean is_last = step == way->steps->pdata[way->steps->len - 1];
  WuyouActor actor = { .account_id = step->account_id, .scope = way->seller->path, .purpose = "SALE", .at = step->at };
  const WuyouContract *old = before != NULL ? before->contract : NULL;
  Write write = { .contract = step->contract };

  write.draft = wuyou_contract_draft_new (way->sales->store, old, step->contract, way->key, way->seller->path, &actor,
                                          step->action, step->reason, error);
  if (write.draft == NULL)
    return FALSE;
  write.new_key = before == NULL ? wuyou_key_ref (way->key) : NULL;
  if (pays)
    set_payment (&write, way->sales->world, step->contract, way->index, step->at);
  if (cancels)
    set_credit (&write, way->sales->world, step->contract, way->index, step->at);
  if (is_last)
    set_job (&write, step->contract);
  g_array_append_val (way->chunk->writes, write);
  return TRUE;
}

/* Every step, so that the timeline tells the whole story. */
static gboolean
add_whole (Way *way, GError **error)
{
  const WuyouDemoStep *payment = find_step (way->steps, "pay"), *cancellation = find_step (way->steps, "cancel");
  const WuyouDemoStep *before = NULL;

  for (guint i = 0; i < way->steps->len; i++) {
    const WuyouDemoStep *step = way->steps->pdata[i];

    if (!add_step (way, before, step, step == payment, step == cancellation, error))
      return FALSE;
    before = step;
  }
  return TRUE;
}

static gboolean
add_documents (Way *way, GError **error)
{
  WuyouDemoDocuments *documents
      = wuyou_demo_documents_new (way->sales->store, way->sales->world, way->steps, way->seller, way->key, error);

  if (documents == NULL)
    return FALSE;
  g_ptr_array_add (way->chunk->documents, documents);
  return TRUE;
}

static gboolean
add_contract (Sales *sales, Chunk *chunk, guint index, GError **error)
{
  const WuyouDemoPlan *plan = &sales->world->plan;
  GPtrArray *steps = wuyou_demo_contract_story (plan, index);
  const WuyouDemoStep *last = steps->pdata[steps->len - 1];
  g_autoptr (WuyouKey) key
      = wuyou_keys_create (wuyou_store_get_keys (sales->store), WUYOU_PURPOSE_SALES, last->contract->id);
  Way way = { sales, chunk, steps, key, wuyou_demo_contract_seller (plan, index), index };

  g_ptr_array_add (chunk->stories, steps);
  sales->world->states[index] = (guint8) last->contract->state;
  if (index + WUYOU_DEMO_DOCUMENTED >= plan->contracts && !add_documents (&way, error))
    return FALSE;
  if (plan->contracts <= WUYOU_DEMO_WHOLE_STORIES)
    return add_whole (&way, error);
  return add_step (&way, NULL, last, find_step (steps, "pay") != NULL, find_step (steps, "cancel") != NULL, error);
}

static gpointer
prepare_chunk (guint number, gpointer data, GError **error)
{
  Sales *sales = data;
  guint first = number * CHUNK, end = MIN (first + CHUNK, sales->world->plan.contracts);
  Chunk *chunk = create_chunk (first);

  for (guint i = first; i < end; i++)
    if (!add_contract (sales, chunk, i, error)) {
      free_chunk (chunk);
      return NULL;
    }
  return chunk;
}

/* Numbers were given by the plan; the server goes on after them. */
static gboolean
insert_number (WuyouDbConn *conn, const WuyouContract *contract, gint64 number, GError **error)
{
  return contract->number == NULL
         || wuyou_db_run (conn, error, "INSERT INTO contract_numbers (n, record_id) VALUES ($1, $2)", "it", number,
                          contract->id);
}

static gboolean
save_write (WuyouDbConn *conn, Write *write, GError **error)
{
  write->payment.lines = write->lines;
  if (write->new_key != NULL && !wuyou_key_insert (conn, write->new_key, error))
    return FALSE;
  if (!wuyou_contract_save (conn, write->draft, error))
    return FALSE;
  if (write->payment.id != NULL && !wuyou_ledger_post (conn, &write->payment, error))
    return FALSE;
  if (write->credit.id != NULL
      && !wuyou_ledger_reverse (conn, &write->credit, "payment", write->contract->credit_fen, error))
    return FALSE;
  return write->job == NULL || wuyou_job_put (conn, write->job, write->contract->id, NULL, write->job_due_at, error);
}

static gboolean
save_numbers (WuyouDbConn *conn, const Chunk *chunk, guint first_number, GError **error)
{
  for (guint i = 0; i < chunk->stories->len; i++) {
    GPtrArray *steps = chunk->stories->pdata[i];
    const WuyouDemoStep *last = steps->pdata[steps->len - 1];

    if (!insert_number (conn, last->contract, (gint64) first_number + chunk->first + i, error))
      return FALSE;
  }
  return TRUE;
}

typedef struct {
  Chunk *chunk;
  guint first_number;
} Saving;

/* Steps of one contract follow one another; the sequence number that the first got belongs to all. */
static gboolean
save_chunk (WuyouDbConn *conn, gpointer data, GError **error)
{
  Saving *saving = data;
  GArray *writes = saving->chunk->writes;
  const WuyouContract *before = NULL;

  for (guint i = 0; i < writes->len; i++) {
    Write *write = &g_array_index (writes, Write, i);

    if (before != NULL && g_str_equal (before->id, write->contract->id))
      write->contract->seq = before->seq;
    if (!save_write (conn, write, error))
      return FALSE;
    before = write->contract;
  }
  for (guint i = 0; i < saving->chunk->documents->len; i++)
    if (!wuyou_demo_documents_save (conn, saving->chunk->documents->pdata[i], error))
      return FALSE;
  return save_numbers (conn, saving->chunk, saving->first_number, error);
}

static gboolean
take_chunk (guint number, gpointer prepared, gpointer data, GError **error)
{
  Sales *sales = data;
  Chunk *chunk = prepared;
  Saving saving = { chunk, sales->world->plan.first_number };
  gboolean ok = wuyou_db_write (wuyou_store_get_db (sales->store), save_chunk, &saving, error);

  if (ok && sales->progress != NULL)
    sales->progress (number * CHUNK + chunk->stories->len, sales->world->plan.contracts);
  free_chunk (chunk);
  return ok;
}

static char *
hash_content (const WuyouContract *contract, const WuyouProduct *product, gconstpointer data)
{
  const WuyouDemoWorld *world = data;
  const WuyouOrg *operator= world->orgs->pdata[0];
  const WuyouOrg *org = wuyou_demo_world_find_org (world, contract->org_id);
  const WuyouDemoAccount *seller = wuyou_demo_world_find_person (world, contract->created_by);
  const WuyouContractPaperInput input = { .contract = contract,
                                          .product = product,
                                          .dealer = { org->name, org->credit_code, org->address, org->phone },
                                          .operator= {
                                              operator->name,
                                              operator->credit_code,
                                              operator->address,
                                              operator->phone },
                                              .seller = seller->account->name,
                                          };

  return wuyou_contract_paper_hash (&input);
}

/* A prepaid dealership has paid in what it used and something over. */
static gboolean
top_up (WuyouDbConn *conn, const WuyouDemoWorld *world, const WuyouOrg *org, guint64 stream, GError **error)
{
  g_autofree char *id = wuyou_demo_world_create_id (world, org->created_at, stream);
  gint64 used = 0, fen;
  WuyouLedgerLine lines[2];
  WuyouLedgerEntry entry = {
    .id = id,
    .source = org->id,
    .revision = 1,
    .event = "top-up",
    .org_id = org->id,
    .booked_on = wuyou_date_of_instant (org->created_at),
    .at = org->created_at,
    .lines = lines,
    .n_lines = G_N_ELEMENTS (lines),
  };

  if (!wuyou_ledger_get_balance (conn, WUYOU_LEDGER_PREPAID, org->id, &used, error))
    return FALSE;
  fen = used + SPARE_FEN;
  lines[0] = (WuyouLedgerLine){ WUYOU_LEDGER_BANK, org->id, fen };
  lines[1] = (WuyouLedgerLine){ WUYOU_LEDGER_PREPAID, org->id, -fen };
  return wuyou_ledger_post (conn, &entry, error);
}

/* SQLite goes on after the highest number by itself. */
static gboolean
move_sequence (WuyouDbConn *conn, GError **error)
{
  WuyouDbStmt *stmt;

  if (wuyou_db_kind (wuyou_db_conn_get_db (conn)) != WUYOU_DB_POSTGRES)
    return TRUE;
  stmt = wuyou_db_query (conn, error,
                         "SELECT setval(pg_get_serial_sequence('contract_numbers', 'n'), "
                         "(SELECT coalesce(max(n), 0) + 1 FROM contract_numbers), false)",
                         "");
  return stmt != NULL && wuyou_db_step (stmt, error) == WUYOU_DB_ROW;
}

static gboolean
close_books (WuyouDbConn *conn, gpointer data, GError **error)
{
  const WuyouDemoWorld *world = data;

  for (guint i = 0; i < world->orgs->len; i++) {
    const WuyouOrg *org = world->orgs->pdata[i];

    if (org->prepaid && !top_up (conn, world, org, STREAM_TOP_UPS + i, error))
      return FALSE;
  }
  return move_sequence (conn, error);
}

gboolean
wuyou_demo_write_contracts (WuyouStore *store,
                            WuyouDemoWorld *world,
                            void (*progress) (guint done, guint n),
                            GError **error)
{
  Sales sales = { .store = store, .world = world, .progress = progress };
  const WuyouDemoPipeline pipeline = {
    .n = (world->plan.contracts + CHUNK - 1) / CHUNK,
    .threads = g_get_num_processors (),
    .prepare = prepare_chunk,
    .take = take_chunk,
    .drop = free_chunk,
    .data = &sales,
  };

  g_free (world->states);
  world->states = g_malloc0 (world->plan.contracts + 1);
  world->plan.hash = hash_content;
  world->plan.hash_data = world;
  return wuyou_demo_pipeline_run (&pipeline, error)
         && wuyou_db_write (wuyou_store_get_db (store), close_books, world, error);
}

gboolean
wuyou_demo_seal (WuyouStore *store, GError **error)
{
  guint sealed;

  do {
    if (!wuyou_sealer_run_once (store, &sealed, error))
      return FALSE;
  } while (sealed > 0);
  return TRUE;
}
