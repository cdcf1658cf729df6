/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-document-sweep.h"

#include "accounts/wuyou-account.h"
#include "wuyou-document-store.h"

#define UPLOAD_DAYS 7
#define LOST_DAYS 1
#define BATCH 100
#define MAX_BATCHES 20 /* of uploads; the rest waits for the next call */
#define TURNS 24
#define TURN_FOLDERS ((WUYOU_BLOB_FOLDERS + TURNS - 1) / TURNS)

/* --- uploads that nobody finished --- */

typedef struct {
  WuyouServerContext *context;
  WuyouDocument *document; /* borrowed */
  WuyouDocument *withdrawn;
  WuyouOrg *org;
  WuyouKey *key; /* NULL when erased: then there is nothing to seal */
  WuyouRecordDraft *draft;
} Expiry;

static void
clear_expiry (Expiry *expiry)
{
  g_clear_pointer (&expiry->draft, wuyou_record_draft_free);
  g_clear_pointer (&expiry->withdrawn, wuyou_document_free);
  g_clear_pointer (&expiry->org, wuyou_org_free);
  g_clear_pointer (&expiry->key, wuyou_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Expiry, clear_expiry)

static gboolean
read_expiry (WuyouDbConn *conn, gpointer data, GError **error)
{
  Expiry *e = data;
  WuyouStore *store = e->context->store;
  GError *failure = NULL;

  clear_expiry (e);
  e->org = wuyou_record_load (conn, store, &wuyou_org_type, e->document->org_id, NULL, NULL, error);
  if (e->org == NULL)
    return FALSE;
  e->key = wuyou_record_load_key (conn, store, &wuyou_document_type, e->document->id, &failure);
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
expire_upload (WuyouServerContext *context, WuyouDocument *document, gint64 now, GError **error)
{
  g_auto (Expiry) e = { .context = context, .document = document };
  const WuyouActor actor = { .at = now };

  if (!wuyou_db_read (context->db, read_expiry, &e, error))
    return FALSE;
  e.withdrawn = wuyou_document_new ();
  wuyou_record_copy (&wuyou_document_type, document, e.withdrawn);
  e.withdrawn->state = WUYOU_DOCUMENT_WITHDRAWN;
  e.draft = wuyou_record_prepare (context->store, &wuyou_document_type, document, e.withdrawn, e.key, e.org->path,
                                  &actor, "withdraw", NULL, error);
  return e.draft != NULL && wuyou_db_write (context->db, write_expiry, &e, error)
         && wuyou_blob_delete (context->blobs, document->id, error);
}

typedef struct {
  WuyouServerContext *context;
  GPtrArray *documents; /* WuyouDocument, the oldest first */
} Uploads;

static gboolean
read_uploads (WuyouDbConn *conn, gpointer data, GError **error)
{
  Uploads *uploads = data;

  g_ptr_array_set_size (uploads->documents, 0);
  return wuyou_document_list_state (conn, uploads->context->store, WUYOU_DOCUMENT_UPLOADING, BATCH, uploads->documents,
                                    error);
}

/* One that cannot be withdrawn, because it was finished or touched at this moment, must not keep the others. */
static guint
expire_batch (Uploads *uploads, gint64 now)
{
  guint n = 0;

  for (guint i = 0; i < uploads->documents->len; i++) {
    WuyouDocument *document = uploads->documents->pdata[i];
    g_autoptr (GError) error = NULL;

    if (document->created_at > now - UPLOAD_DAYS * G_TIME_SPAN_DAY)
      continue;
    if (expire_upload (uploads->context, document, now, &error))
      n++;
    else
      g_info ("upload %s not withdrawn: %s", document->id, error->message);
  }
  return n;
}

static gboolean
expire_uploads (WuyouServerContext *context, gint64 now, guint *removed, GError **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_document_free);
  Uploads uploads = { context, documents };
  guint n = BATCH;

  for (guint i = 0; i < MAX_BATCHES && n > 0; i++) {
    if (!wuyou_db_read (context->db, read_uploads, &uploads, error))
      return FALSE;
    n = expire_batch (&uploads, now);
    *removed += n;
  }
  return TRUE;
}

/* --- files --- */

typedef struct {
  const GPtrArray *entries; /* WuyouBlobEntry */
  guint from;
  gint64 before;
  GPtrArray *over; /* ids, borrowed */
} Files;

/* Papers and what else is in the store have a row of their own among the files, and none among the documents. */
static gboolean
check_over (WuyouDbConn *conn, const WuyouBlobEntry *entry, gint64 before, gboolean *ret_over, GError **error)
{
  gboolean exists = TRUE;
  int state;

  if (!wuyou_document_read_state (conn, entry->id, &state, error))
    return FALSE;
  *ret_over = wuyou_document_is_destroyed (state);
  if (state != 0 || entry->finished || entry->written_at >= before)
    return TRUE;
  if (!wuyou_file_exists (conn, entry->id, &exists, error))
    return FALSE;
  *ret_over = !exists;
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

/* A state that destroys is never left again, so what was read stays true. */
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
    *removed += over->len;
  }
  return entries != NULL;
}

gboolean
wuyou_document_sweep (WuyouServerContext *context, gint64 now, guint *ret_removed, GError **error)
{
  guint from = (guint) (now / G_TIME_SPAN_HOUR % TURNS) * TURN_FOLDERS;

  *ret_removed = 0;
  if (!expire_uploads (context, now, ret_removed, error))
    return FALSE;
  for (guint folder = from; folder < MIN (from + TURN_FOLDERS, WUYOU_BLOB_FOLDERS); folder++)
    if (!sweep_folder (context, folder, now, ret_removed, error))
      return FALSE;
  return TRUE;
}
