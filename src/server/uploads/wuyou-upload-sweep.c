/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "uploads/wuyou-upload-sweep.h"

#include "accounts/wuyou-account.h"
#include "wuyou-document-store.h"
#include "wuyou-evidence-store.h"

#define UPLOAD_DAYS 7
#define LOST_DAYS 1
#define BATCH 100
#define MAX_BATCHES 20 /* of uploads; the rest waits for the next call */
#define TURNS 24
#define TURN_FOLDERS ((WUYOU_BLOB_FOLDERS + TURNS - 1) / TURNS)

/* --- uploads that nobody finished --- */

/* Both have the fields state, created_at, id and org_id. */
static const struct {
  const WuyouRecordType *type;
  int uploading, withdrawn;
} kinds[] = {
  { &wuyou_document_type, WUYOU_DOCUMENT_UPLOADING, WUYOU_DOCUMENT_WITHDRAWN },
  { &wuyou_evidence_type, WUYOU_EVIDENCE_UPLOADING, WUYOU_EVIDENCE_WITHDRAWN },
};

typedef struct {
  WuyouServerContext *context;
  const WuyouRecordType *type;
  gconstpointer record; /* borrowed */
  gpointer withdrawn;
  WuyouOrg *org;
  WuyouKey *key; /* NULL when erased: then there is nothing to seal */
  WuyouRecordDraft *draft;
} Expiry;

static void
clear_expiry (Expiry *expiry)
{
  g_clear_pointer (&expiry->draft, wuyou_record_draft_free);
  if (expiry->withdrawn != NULL)
    wuyou_record_free (expiry->type, g_steal_pointer (&expiry->withdrawn));
  g_clear_pointer (&expiry->org, wuyou_org_free);
  g_clear_pointer (&expiry->key, wuyou_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Expiry, clear_expiry)

static const char *
get_text (const WuyouRecordType *type, gconstpointer record, const char *name)
{
  return wuyou_field_get_text (wuyou_record_type_find (type, name), record);
}

static gboolean
read_expiry (WuyouDbConn *conn, gpointer data, GError **error)
{
  Expiry *e = data;
  WuyouStore *store = e->context->store;
  GError *failure = NULL;

  clear_expiry (e);
  e->org = wuyou_record_load (conn, store, &wuyou_org_type, get_text (e->type, e->record, "org_id"), NULL, NULL, error);
  if (e->org == NULL)
    return FALSE;
  e->key = wuyou_record_load_key (conn, store, e->type, get_text (e->type, e->record, "id"), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
write_expiry (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_record_save (conn, ((Expiry *) data)->draft, error);
}

/* The row first: a file without it would be asked for again. */
static gboolean
expire_upload (WuyouServerContext *context, guint kind, gconstpointer record, gint64 now, GError **error)
{
  const WuyouRecordType *type = kinds[kind].type;
  g_auto (Expiry) e = { .context = context, .type = type, .record = record };
  const WuyouActor actor = { .at = now };

  if (!wuyou_db_read (context->db, read_expiry, &e, error))
    return FALSE;
  e.withdrawn = wuyou_record_new (type);
  wuyou_record_copy (type, record, e.withdrawn);
  wuyou_field_set_int (wuyou_record_type_find (type, "state"), e.withdrawn, kinds[kind].withdrawn);
  e.draft = wuyou_record_prepare (context->store, type, record, e.withdrawn, e.key, e.org->path, &actor, "withdraw",
                                  NULL, error);
  return e.draft != NULL && wuyou_db_write (context->db, write_expiry, &e, error)
         && wuyou_blob_delete (context->blobs, get_text (type, record, "id"), error);
}

typedef struct {
  WuyouServerContext *context;
  guint kind;
  GPtrArray *records; /* the oldest first */
} Uploads;

static void
clear_uploads (Uploads *uploads)
{
  for (guint i = 0; i < uploads->records->len; i++)
    wuyou_record_free (kinds[uploads->kind].type, uploads->records->pdata[i]);
  g_ptr_array_set_size (uploads->records, 0);
}

static gboolean
read_uploads (WuyouDbConn *conn, gpointer data, GError **error)
{
  Uploads *uploads = data;
  const WuyouFilter filter = { .field = "state", .op = WUYOU_FILTER_EQUAL, .number = kinds[uploads->kind].uploading };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .ascending = TRUE, .limit = BATCH };

  clear_uploads (uploads);
  return wuyou_record_list (conn, uploads->context->store, kinds[uploads->kind].type, &query, uploads->records, error);
}

/* One that cannot be withdrawn, because it was finished or touched at this moment, must not keep the others. */
static guint
expire_batch (Uploads *uploads, gint64 now)
{
  const WuyouRecordType *type = kinds[uploads->kind].type;
  const WuyouField *created_at = wuyou_record_type_find (type, "created_at");
  guint n = 0;

  for (guint i = 0; i < uploads->records->len; i++) {
    gconstpointer record = uploads->records->pdata[i];
    g_autoptr (GError) error = NULL;

    if (wuyou_field_get_int (created_at, record) > now - UPLOAD_DAYS * G_TIME_SPAN_DAY)
      continue;
    if (expire_upload (uploads->context, uploads->kind, record, now, &error))
      n++;
    else
      g_info ("upload %s not withdrawn: %s", get_text (type, record, "id"), error->message);
  }
  return n;
}

static gboolean
expire_uploads (WuyouServerContext *context, guint kind, gint64 now, guint *removed, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  Uploads uploads = { context, kind, records };
  gboolean right = TRUE;
  guint n = BATCH;

  for (guint i = 0; right && i < MAX_BATCHES && n > 0; i++) {
    right = wuyou_db_read (context->db, read_uploads, &uploads, error);
    n = right ? expire_batch (&uploads, now) : 0;
    *removed += n;
  }
  clear_uploads (&uploads);
  return right;
}

/* --- files --- */

typedef struct {
  const GPtrArray *entries; /* WuyouBlobEntry */
  guint from;
  gint64 before;
  GPtrArray *over; /* ids, borrowed */
} Files;

/* A file is of a document, of evidence, or rendered of evidence; its record says whether it is still wanted. */
static gboolean
check_record (WuyouDbConn *conn, const char *id, gboolean *ret_known, gboolean *ret_over, GError **error)
{
  int document, evidence, rendered;

  if (!wuyou_document_read_state (conn, id, &document, error) || !wuyou_evidence_read_state (conn, id, &evidence, error)
      || !wuyou_rendition_read_state (conn, id, &rendered, error))
    return FALSE;
  *ret_known = document != 0 || evidence != 0 || rendered != 0;
  *ret_over = wuyou_document_is_destroyed (document) || wuyou_evidence_is_destroyed (evidence)
              || wuyou_evidence_is_destroyed (rendered);
  return TRUE;
}

/* Papers and what else is in the store have a row of their own among the files, and no such record. A row without
 * content, and no record: what was rendered before a crash. No row: a letter or paper whose write did not come, and
 * which nobody can open, as its key was to be in the row. */
static gboolean
check_over (WuyouDbConn *conn, const WuyouBlobEntry *entry, gint64 before, gboolean *ret_over, GError **error)
{
  gboolean exists = TRUE, begun, known;

  if (!check_record (conn, entry->id, &known, ret_over, error))
    return FALSE;
  if (known || entry->written_at >= before)
    return TRUE;
  if (!wuyou_file_exists (conn, entry->id, &exists, error) || !wuyou_file_is_begun (conn, entry->id, &begun, error))
    return FALSE;
  *ret_over = begun || !exists;
  return TRUE;
}

static gboolean
read_over (WuyouDbConn *conn, gpointer data, GError **error)
{
  Files *files = data;

  g_ptr_array_set_size (files->over, 0);
  for (guint i = files->from; i < MIN (files->from + BATCH, files->entries->len); i++) {
    const WuyouBlobEntry *entry = files->entries->pdata[i];
    gboolean over;

    if (!check_over (conn, entry, files->before, &over, error))
      return FALSE;
    if (over)
      g_ptr_array_add (files->over, entry->id);
  }
  return TRUE;
}

static gboolean
write_over (WuyouDbConn *conn, gpointer data, GError **error)
{
  const GPtrArray *over = ((Files *) data)->over;

  for (guint i = 0; i < over->len; i++) {
    const char *id = over->pdata[i];
    gboolean known, gone;

    if (!check_record (conn, id, &known, &gone, error) || (!known && !wuyou_file_forget_begun (conn, id, error)))
      return FALSE;
  }
  return TRUE;
}

/* A state that destroys is never left again, so what was read stays true; what was begun a day ago is not ended. */
static gboolean
sweep_folder (WuyouServerContext *context, guint folder, gint64 now, guint *removed, GError **error)
{
  g_autoptr (GPtrArray) entries = wuyou_blobs_list (context->blobs, folder, error);
  g_autoptr (GPtrArray) over = g_ptr_array_new ();
  Files files = { .entries = entries, .before = now - LOST_DAYS * G_TIME_SPAN_DAY, .over = over };

  for (; entries != NULL && files.from < entries->len; files.from += BATCH) {
    if (!wuyou_db_read (context->db, read_over, &files, error))
      return FALSE;
    for (guint i = 0; i < over->len; i++)
      if (!wuyou_blob_delete (context->blobs, over->pdata[i], error))
        return FALSE;
    if (over->len > 0 && !wuyou_db_write (context->db, write_over, &files, error))
      return FALSE;
    *removed += over->len;
  }
  return entries != NULL;
}

gboolean
wuyou_upload_sweep (WuyouServerContext *context, gint64 now, guint *ret_removed, GError **error)
{
  guint from = (guint) (now / G_TIME_SPAN_HOUR % TURNS) * TURN_FOLDERS;

  *ret_removed = 0;
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    if (!expire_uploads (context, kind, now, ret_removed, error))
      return FALSE;
  for (guint folder = from; folder < MIN (from + TURN_FOLDERS, WUYOU_BLOB_FOLDERS); folder++)
    if (!sweep_folder (context, folder, now, ret_removed, error))
      return FALSE;
  return TRUE;
}
