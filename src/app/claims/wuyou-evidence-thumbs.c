/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-thumbs.h"

#include <string.h>

#include "base/wuyou-json.h"

#define BATCH 24
#define THREADS 2

/* One picture on its way from text to texture. */
typedef struct {
  char *id, *etag;
  char *base64; /* or: */
  GBytes *jpeg;
  GdkTexture *texture;
  guint64 turn; /* a later one counts, whichever is ready first */
} Picture;

typedef struct {
  GdkTexture *texture;
  char *etag;
  guint64 turn;
} Known;

struct _WuyouEvidenceThumbs {
  GObject parent_instance;
  WuyouAppContext *context;
  char *claim_id;
  GHashTable *known;  /* id → Known */
  GHashTable *coming; /* id → etag of what is kept here and being decoded */
  GHashTable *wanted; /* id → etag of what the server has */
  GHashTable *asked;  /* id → the same, of what it was asked for and answered, whatever it said */
  GPtrArray *files;   /* ids of those that have pictures; empty until the claim was read */
  gboolean told;      /* wanted is what the server said, not what was kept */
  gboolean asking;
  guint64 turns;
  GQueue waiting;    /* Picture, to be decoded */
  GThreadPool *pool; /* of GTask, a batch each: goes on while the page is laid out */
  GCancellable *cancellable;
};

enum { READY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceThumbs, wuyou_evidence_thumbs, G_TYPE_OBJECT)

static GHashTable *
new_etags (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
picture_free (Picture *picture)
{
  g_free (picture->id);
  g_free (picture->etag);
  g_free (picture->base64);
  g_clear_pointer (&picture->jpeg, g_bytes_unref);
  g_clear_object (&picture->texture);
  g_free (picture);
}

static void
known_free (Known *known)
{
  g_clear_object (&known->texture);
  g_free (known->etag);
  g_free (known);
}

static void
decode (Picture *picture)
{
  gsize length;
  guint8 *data;

  if (picture->jpeg == NULL && picture->base64 != NULL) {
    data = g_base64_decode (picture->base64, &length);
    picture->jpeg = g_bytes_new_take (data, length);
  }
  if (picture->jpeg != NULL)
    picture->texture = gdk_texture_new_from_bytes (picture->jpeg, NULL);
}

static void
decode_in_thread (gpointer data, gpointer unused)
{
  g_autoptr (GTask) task = data;
  GPtrArray *batch = g_task_get_task_data (task);

  for (guint i = 0; i < batch->len && !g_cancellable_is_cancelled (g_task_get_cancellable (task)); i++)
    decode (batch->pdata[i]);
  g_task_return_boolean (task, TRUE);
}

static void
take_picture (WuyouEvidenceThumbs *self, Picture *picture)
{
  Known *known = g_hash_table_lookup (self->known, picture->id);

  g_hash_table_remove (self->coming, picture->id);
  if (picture->texture == NULL || (known != NULL && known->turn > picture->turn))
    return;
  known = g_new0 (Known, 1);
  known->turn = picture->turn;
  known->texture = g_steal_pointer (&picture->texture);
  known->etag = g_strdup (picture->etag);
  g_hash_table_insert (self->known, g_strdup (picture->id), known);
  g_signal_emit (self, signals[READY], 0, picture->id);
}

static void
on_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceThumbs) self = data;
  GPtrArray *batch = g_task_get_task_data (G_TASK (result));

  for (guint i = 0; i < batch->len && self->context != NULL; i++)
    take_picture (self, batch->pdata[i]);
}

static void
queue (WuyouEvidenceThumbs *self, Picture *picture)
{
  picture->turn = ++self->turns;
  g_queue_push_tail (&self->waiting, picture);
}

static void
decode_waiting (WuyouEvidenceThumbs *self)
{
  while (!g_queue_is_empty (&self->waiting)) {
    /* Without a source: a task may end on its thread, and nothing of ours may end there with it. */
    GTask *task = g_task_new (NULL, self->cancellable, on_decoded_cb, g_object_ref (self));
    GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);

    for (guint i = 0; i < BATCH && !g_queue_is_empty (&self->waiting); i++)
      g_ptr_array_add (batch, g_queue_pop_head (&self->waiting));
    g_task_set_task_data (task, batch, (GDestroyNotify) g_ptr_array_unref);
    g_task_set_check_cancellable (task, FALSE);
    g_thread_pool_push (self->pool, task, NULL);
  }
}

/* --- what is kept: etag and picture as two lines, so that no JSON is read for two hundred of them --- */

static char *
dup_cache_id (const char *id)
{
  return g_strconcat ("thumb:", id, NULL);
}

static void
keep (WuyouEvidenceThumbs *self, const Picture *picture)
{
  g_autofree char *cache_id = dup_cache_id (picture->id);
  g_autofree char *text = g_strconcat (picture->etag, "\n", picture->base64, NULL);

  wuyou_local_save (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_CACHE, cache_id, text);
}

static Picture *
load_kept (WuyouEvidenceThumbs *self, const char *id)
{
  g_autofree char *cache_id = dup_cache_id (id);
  g_autofree char *text = wuyou_local_load (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_CACHE, cache_id);
  char *base64 = text != NULL ? strchr (text, '\n') : NULL;
  Picture *picture;

  if (base64 == NULL)
    return NULL;
  *base64 = '\0';
  picture = g_new0 (Picture, 1);
  picture->id = g_strdup (id);
  picture->etag = g_strdup (text);
  picture->base64 = g_strdup (base64 + 1);
  return picture;
}

/* Its etag, borrowed; NULL: none. */
static const char *
find_picture (WuyouEvidenceThumbs *self, const char *id)
{
  const Known *known = g_hash_table_lookup (self->known, id);
  Picture *picture;

  if (known != NULL)
    return known->etag;
  if (!g_hash_table_contains (self->coming, id)) {
    picture = load_kept (self, id);
    if (picture == NULL)
      return NULL;
    g_hash_table_insert (self->coming, g_strdup (id), g_strdup (picture->etag));
    queue (self, picture);
  }
  return g_hash_table_lookup (self->coming, id);
}

/* TRUE when what is here, or will be in a moment, is what the server has, or all that it gives. The version of the
 * record would not tell: it is changed first, and the picture made after that. */
static gboolean
is_current (WuyouEvidenceThumbs *self, const char *id)
{
  const char *etag = find_picture (self, id);
  const char *wanted = g_hash_table_lookup (self->wanted, id);

  if (!self->told)
    return etag != NULL;
  return wanted == NULL || g_strcmp0 (etag, wanted) == 0
         || g_strcmp0 (g_hash_table_lookup (self->asked, id), wanted) == 0;
}

static void
take_item (WuyouEvidenceThumbs *self, JsonObject *item)
{
  const char *id = wuyou_json_get_string (item, "id");
  const char *etag = wuyou_json_get_string (item, "etag");
  const char *jpeg = wuyou_json_get_string (item, "jpeg");
  const Known *known = id != NULL ? g_hash_table_lookup (self->known, id) : NULL;
  Picture *picture;

  if (id == NULL || etag == NULL || jpeg == NULL || (known != NULL && g_strcmp0 (known->etag, etag) == 0))
    return;
  picture = g_new0 (Picture, 1);
  picture->id = g_strdup (id);
  picture->etag = g_strdup (etag);
  picture->base64 = g_strdup (jpeg);
  keep (self, picture);
  g_hash_table_insert (self->coming, g_strdup (id), g_strdup (etag));
  queue (self, picture);
}

static void
copy_etags (GHashTable *from, GHashTable *to)
{
  GHashTableIter iter;
  gpointer id, etag;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &id, &etag))
    g_hash_table_insert (to, g_strdup (id), g_strdup (etag));
}

typedef struct {
  WuyouEvidenceThumbs *self;
  GCancellable *cancellable; /* of the claim */
  GHashTable *wanted;        /* when it was asked */
} Fetch;

static void
free_fetch (Fetch *fetch)
{
  g_object_unref (fetch->self);
  g_object_unref (fetch->cancellable);
  g_hash_table_unref (fetch->wanted);
  g_free (fetch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, free_fetch)

static void ask_for_missing (WuyouEvidenceThumbs *self);

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Fetch) fetch = data;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, NULL);
  WuyouEvidenceThumbs *self = fetch->self;
  JsonArray *items = answer != NULL ? wuyou_json_get_array (answer, "items") : NULL;

  if (fetch->cancellable != self->cancellable) /* of another claim */
    return;
  self->asking = FALSE;
  if (self->context == NULL || items == NULL)
    return;
  copy_etags (fetch->wanted, self->asked);
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonObject *item = wuyou_json_array_get_object (items, i);

    if (item != NULL)
      take_item (self, item);
  }
  if (self->told)
    ask_for_missing (self);
  else
    decode_waiting (self);
}

static void
fetch (WuyouEvidenceThumbs *self)
{
  const char *args[] = { self->claim_id, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .args = args, .deadline = 60 };
  Fetch *fetch;

  /* Who may not see them would only be written down as refused. */
  if (!wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CLAIM_PICTURE, WUYOU_VERB_READ))
    return;
  fetch = g_new (Fetch, 1);
  *fetch = (Fetch){ g_object_ref (self), g_object_ref (self->cancellable), new_etags () };
  copy_etags (self->wanted, fetch->wanted);
  self->asking = TRUE;
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_answered_cb,
                           fetch);
}

/* What is on its way may bring it. */
static void
ask_for_missing (WuyouEvidenceThumbs *self)
{
  gboolean all = TRUE;

  for (guint i = 0; i < self->files->len; i++)
    all = is_current (self, self->files->pdata[i]) && all;
  decode_waiting (self);
  if (!all && !self->asking)
    fetch (self);
}

static void
begin_claim (WuyouEvidenceThumbs *self, const char *claim_id)
{
  if (g_strcmp0 (self->claim_id, claim_id) == 0)
    return;
  g_free (self->claim_id);
  self->claim_id = g_strdup (claim_id);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_queue_clear_full (&self->waiting, (GDestroyNotify) picture_free);
  g_hash_table_remove_all (self->known);
  g_hash_table_remove_all (self->coming);
  g_hash_table_remove_all (self->asked);
  g_hash_table_remove_all (self->wanted);
  g_ptr_array_set_size (self->files, 0);
  self->told = self->asking = FALSE;
}

/* What this account is never shown is not asked for: every look at the claim would fetch all the others again. */
static gboolean
may_see (WuyouEvidenceThumbs *self, const WuyouEvidence *evidence)
{
  return wuyou_evidence_has_pictures (evidence)
         && (!evidence->sensitive
             || wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CLAIM_DOCUMENT,
                                   WUYOU_VERB_UNMASK));
}

void
wuyou_evidence_thumbs_expect (WuyouEvidenceThumbs *self, const char *claim_id)
{
  begin_claim (self, claim_id);
  if (!self->asking && self->files->len == 0)
    fetch (self);
}

void
wuyou_evidence_thumbs_take (WuyouEvidenceThumbs *self, const WuyouEvidenceFolder *folder)
{
  begin_claim (self, folder->claim_id);
  g_hash_table_remove_all (self->wanted);
  self->told = folder->thumbs != NULL;
  if (self->told)
    copy_etags (folder->thumbs, self->wanted);
  g_ptr_array_set_size (self->files, 0);
  for (guint i = 0; i < folder->evidence->len; i++) {
    const WuyouEvidence *one = folder->evidence->pdata[i];

    if (may_see (self, one))
      g_ptr_array_add (self->files, g_strdup (one->id));
  }
  ask_for_missing (self);
}

void
wuyou_evidence_thumbs_add_local (WuyouEvidenceThumbs *self, const char *id, GBytes *jpeg)
{
  Picture *picture;

  if (jpeg == NULL || g_hash_table_contains (self->known, id))
    return;
  picture = g_new0 (Picture, 1);
  picture->id = g_strdup (id);
  picture->jpeg = g_bytes_ref (jpeg);
  queue (self, picture);
  decode_waiting (self);
}

GdkTexture *
wuyou_evidence_thumbs_get (WuyouEvidenceThumbs *self, const char *id)
{
  const Known *known = g_hash_table_lookup (self->known, id);

  return known != NULL ? known->texture : NULL;
}

static void
wuyou_evidence_thumbs_dispose (GObject *object)
{
  WuyouEvidenceThumbs *self = WUYOU_EVIDENCE_THUMBS (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) picture_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_evidence_thumbs_parent_class)->dispose (object);
}

static void
wuyou_evidence_thumbs_finalize (GObject *object)
{
  WuyouEvidenceThumbs *self = WUYOU_EVIDENCE_THUMBS (object);

  g_thread_pool_free (self->pool, FALSE, TRUE); /* each batch holds us until it was taken: there is none */
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->coming);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->files);
  g_free (self->claim_id);
  G_OBJECT_CLASS (wuyou_evidence_thumbs_parent_class)->finalize (object);
}

static void
wuyou_evidence_thumbs_class_init (WuyouEvidenceThumbsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_evidence_thumbs_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_evidence_thumbs_finalize;
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wuyou_evidence_thumbs_init (WuyouEvidenceThumbs *self)
{
  self->cancellable = g_cancellable_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) known_free);
  self->coming = new_etags ();
  self->wanted = new_etags ();
  self->asked = new_etags ();
  self->files = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->waiting);
  self->pool = g_thread_pool_new (decode_in_thread, NULL, THREADS, FALSE, NULL);
}

WuyouEvidenceThumbs *
wuyou_evidence_thumbs_new (WuyouAppContext *context)
{
  WuyouEvidenceThumbs *self = g_object_new (WUYOU_TYPE_EVIDENCE_THUMBS, NULL);

  self->context = g_object_ref (context);
  return self;
}
