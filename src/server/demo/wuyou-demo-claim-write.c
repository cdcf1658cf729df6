/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo.h"
#include "demo/wuyou-demo-letter.h"
#include "demo/wuyou-demo-pipeline.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"

#define CHUNK 200    /* as for contracts */
#define WITH_FILES 2 /* claims whose files are made by one thread */
#define THREADS 8    /* at least: those that write files wait for the disk */

typedef struct {
  WuyouStore *store;
  const WuyouDemoClaims *claims;
  void (*progress) (guint done, guint n);
} Filing;

typedef struct {
  const WuyouDemoClaimStep *step;
  WuyouClaimDraft *draft;
  GPtrArray *sealed; /* GBytes of its messages, or NULL */
} Write;

/* A claim on its way into the database: its steps in order. */
typedef struct {
  guint number;
  WuyouDemoClaimStory *story;
  WuyouKey *key;
  GArray *writes;              /* Write */
  WuyouDemoEvidence *evidence; /* NULL: without files */
  WuyouDemoLetters *letters;   /* NULL: likewise */
  gint64 lapses_at;
} File;

static void
clear_write (gpointer data)
{
  Write *write = data;

  g_clear_pointer (&write->draft, wuyou_claim_draft_free);
  g_clear_pointer (&write->sealed, g_ptr_array_unref);
}

static void
free_file (gpointer data)
{
  File *file = data;

  g_array_unref (file->writes);
  g_clear_pointer (&file->letters, wuyou_demo_letters_free);
  g_clear_pointer (&file->evidence, wuyou_demo_evidence_free);
  g_clear_pointer (&file->key, wuyou_key_unref);
  wuyou_demo_claim_story_free (file->story);
  g_free (file);
}

static void
free_chunk (gpointer chunk)
{
  g_ptr_array_unref (chunk);
}

static GPtrArray *
seal_messages (const File *file, const GPtrArray *messages)
{
  GPtrArray *sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (sealed, wuyou_claim_message_seal (file->key, messages->pdata[i]));
  return sealed;
}

static gboolean
add_write (Filing *filing, File *file, const WuyouClaim *old, const WuyouDemoClaimStep *step, GError **error)
{
  const WuyouDemoSeller *seller = file->story->seller;
  const WuyouActor actor = {
    .account_id = step->actor != NULL ? step->actor->account->id : NULL,
    .scope = seller->path,
    .purpose = "CLAIM",
    .at = step->at,
  };
  const WuyouClaimChange change = {
    .old = old,
    .claim = step->claim,
    .contract = file->story->contract,
    .key = file->key,
    .scope = seller->path,
    .insurer_scope = old != NULL && step->claim->insurer_org_id != NULL ? filing->claims->insurer->org->path : NULL,
    .actor = &actor,
    .action = step->action,
    .reason = step->reason,
  };
  Write write = { .step = step, .draft = wuyou_claim_draft_new (filing->store, &change, error) };

  if (write.draft == NULL)
    return FALSE;
  if (step->messages != NULL)
    write.sealed = seal_messages (file, step->messages);
  g_array_append_val (file->writes, write);
  return TRUE;
}

/* As wuyou-claim-act.c schedules it. */
static gint64
compute_lapse (const Filing *filing, const File *file)
{
  const WuyouDemoClaimStep *last = file->story->steps->pdata[file->story->steps->len - 1];
  WuyouClaimClocks clocks;

  if (last->claim->state != WUYOU_CLAIM_MORE_DOCS)
    return 0;
  wuyou_claim_clocks_read (file->story->product->benefit_json, &clocks);
  return wuyou_date_start (
      wuyou_calendar_add_workdays (filing->claims->calendar, last->claim->due_on, (int) clocks.grace_days) + 1);
}

static guint
count_plain (const WuyouDemoClaims *claims)
{
  return claims->rows->len - MIN (claims->rows->len, WUYOU_DEMO_EVIDENCED);
}

static gboolean
fill_file (Filing *filing, File *file, GError **error)
{
  const WuyouClaim *old = NULL;

  for (guint i = 0; i < file->story->steps->len; i++) {
    const WuyouDemoClaimStep *step = file->story->steps->pdata[i];

    if (!add_write (filing, file, old, step, error))
      return FALSE;
    old = step->claim;
  }
  file->lapses_at = compute_lapse (filing, file);
  if (file->number <= count_plain (filing->claims))
    return TRUE;
  file->evidence = wuyou_demo_evidence_new (filing->store, filing->claims, file->story, file->key, error);
  if (file->evidence == NULL)
    return FALSE;
  file->letters = wuyou_demo_letters_new (filing->store, filing->claims->world, file->story,
                                          wuyou_demo_evidence_get_plan (file->evidence), file->key, error);
  return file->letters != NULL;
}

static File *
prepare_file (Filing *filing, guint n, GError **error)
{
  WuyouDemoClaimStory *story = wuyou_demo_claim_story_new (filing->claims, n);
  const WuyouDemoClaimStep *first = story->steps->pdata[0];
  File *file = g_new0 (File, 1);

  file->number = n + 1;
  file->story = story;
  file->key = wuyou_keys_create (wuyou_store_get_keys (filing->store), WUYOU_PURPOSE_CLAIMS, first->claim->id);
  file->writes = g_array_new (FALSE, TRUE, sizeof (Write));
  g_array_set_clear_func (file->writes, clear_write);
  if (fill_file (filing, file, error))
    return file;
  free_file (file);
  return NULL;
}

static guint
count_chunks (const WuyouDemoClaims *claims)
{
  guint plain = count_plain (claims), others = claims->rows->len - plain;

  return (plain + CHUNK - 1) / CHUNK + (others + WITH_FILES - 1) / WITH_FILES;
}

/* Rows of chunk @number: large ones, and at the end small ones of those with files. */
static void
find_range (const WuyouDemoClaims *claims, guint number, guint *ret_first, guint *ret_end)
{
  guint plain = count_plain (claims), n = (plain + CHUNK - 1) / CHUNK;

  if (number < n) {
    *ret_first = number * CHUNK;
    *ret_end = MIN (*ret_first + CHUNK, plain);
  } else {
    *ret_first = plain + (number - n) * WITH_FILES;
    *ret_end = MIN (*ret_first + WITH_FILES, claims->rows->len);
  }
}

static gpointer
prepare_chunk (guint number, gpointer data, GError **error)
{
  Filing *filing = data;
  guint first, end;
  g_autoptr (GPtrArray) chunk = g_ptr_array_new_with_free_func (free_file);

  find_range (filing->claims, number, &first, &end);

  for (guint i = first; i < end; i++) {
    File *file = prepare_file (filing, i, error);

    if (file == NULL)
      return NULL;
    g_ptr_array_add (chunk, file);
  }
  return g_steal_pointer (&chunk);
}

static gboolean
save_messages (WuyouDbConn *conn, const Write *write, GError **error)
{
  for (guint i = 0; write->sealed != NULL && i < write->sealed->len; i++)
    if (!wuyou_claim_message_insert (conn, write->step->claim->id, write->step->messages->pdata[i],
                                     write->sealed->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Numbers were given by the plan; the server goes on after them. */
static gboolean
insert_number (WuyouDbConn *conn, const WuyouClaim *claim, gint64 number, GError **error)
{
  return claim->number == NULL
         || wuyou_db_run (conn, error, "INSERT INTO claim_numbers (n, record_id) VALUES ($1, $2)", "it", number,
                          claim->id);
}

static gboolean
save_file (WuyouDbConn *conn, const File *file, GError **error)
{
  const WuyouClaim *last = NULL;

  if (!wuyou_key_insert (conn, file->key, error))
    return FALSE;
  for (guint i = 0; i < file->writes->len; i++) {
    const Write *write = &g_array_index (file->writes, Write, i);

    if (last != NULL)
      write->step->claim->seq = last->seq;
    if (!wuyou_claim_save (conn, write->draft, error) || !save_messages (conn, write, error))
      return FALSE;
    last = write->step->claim;
  }
  return insert_number (conn, last, file->number, error)
         && (file->evidence == NULL || wuyou_demo_evidence_save (conn, file->evidence, error))
         && (file->letters == NULL || wuyou_demo_letters_save (conn, file->letters, error))
         && (file->lapses_at == 0 || wuyou_job_put (conn, WUYOU_JOB_LAPSE, last->id, NULL, file->lapses_at, error));
}

static gboolean
save_chunk (WuyouDbConn *conn, gpointer data, GError **error)
{
  const GPtrArray *chunk = data;

  for (guint i = 0; i < chunk->len; i++)
    if (!save_file (conn, chunk->pdata[i], error))
      return FALSE;
  return TRUE;
}

static void
keep_letters (GPtrArray *chunk)
{
  for (guint i = 0; i < chunk->len; i++)
    if (((File *) chunk->pdata[i])->letters != NULL)
      wuyou_demo_letters_keep (((File *) chunk->pdata[i])->letters);
}

static gboolean
take_chunk (guint number, gpointer prepared, gpointer data, GError **error)
{
  Filing *filing = data;
  GPtrArray *chunk = prepared;
  gboolean ok = wuyou_db_write (wuyou_store_get_db (filing->store), save_chunk, chunk, error);
  guint first, end;

  if (ok)
    keep_letters (chunk);
  find_range (filing->claims, number, &first, &end);
  if (ok && filing->progress != NULL)
    filing->progress (end, filing->claims->rows->len);
  free_chunk (chunk);
  return ok;
}

/* SQLite goes on after the highest number by itself. */
static gboolean
move_sequence (WuyouDbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
  WuyouDbStmt *stmt;

  if (wuyou_db_kind (wuyou_db_conn_get_db (conn)) != WUYOU_DB_POSTGRES)
    return TRUE;
  stmt = wuyou_db_query (conn, error,
                         "SELECT setval(pg_get_serial_sequence('claim_numbers', 'n'), "
                         "(SELECT coalesce(max(n), 0) + 1 FROM claim_numbers), false)",
                         "");
  return stmt != NULL && wuyou_db_step (stmt, error) == WUYOU_DB_ROW;
}

gboolean
wuyou_demo_write_claims (WuyouStore *store,
                         const WuyouDemoClaims *claims,
                         void (*progress) (guint done, guint n),
                         GError **error)
{
  Filing filing = { store, claims, progress };
  const WuyouDemoPipeline pipeline = {
    .n = count_chunks (claims),
    .threads = MAX (g_get_num_processors (), THREADS),
    .prepare = prepare_chunk,
    .take = take_chunk,
    .drop = free_chunk,
    .data = &filing,
  };

  return wuyou_demo_pipeline_run (&pipeline, error)
         && wuyou_db_write (wuyou_store_get_db (store), move_sequence, NULL, error);
}
