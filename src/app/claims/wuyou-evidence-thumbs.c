/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-thumbs.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-evidence-folder.h"

#define BATCH 24
#define MOST_AT_A_TIME 2

/* One picture on its way from text to texture. */
typedef struct {
  char *id, *etag;
  char *base64; /* or: */
  GBytes *jpeg;
  GdkTexture *texture;
} Picture;

typedef struct {
  GdkTexture *texture;
  char *etag;
  gint64 version; /* of the evidence, when it was last known to be right */
} Known;

struct _WuyouEvidenceThumbs {
  GObject parent_instance;
  WuyouAppContext *context;
  char *claim_id;
  GHashTable *known;    /* id → Known */
  GHashTable *versions; /* id → gint64 *, of what is wanted */
  GQueue waiting;       /* Picture, to be decoded */
  guint n_batches;
  GCancellable *cancellable;
};

enum { READY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceThumbs, wuyou_evidence_thumbs, G_TYPE_OBJECT)

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
decode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *batch = data;

  for (guint i = 0; i < batch->len && !g_cancellable_is_cancelled (cancellable); i++)
    decode (batch->pdata[i]);
  g_task_return_boolean (task, TRUE);
}

static void decode_next (WuyouEvidenceThumbs *self);

static void
take_picture (WuyouEvidenceThumbs *self, Picture *picture)
{
  const gint64 *version = g_hash_table_lookup (self->versions, picture->id);
  Known *known;

  if (picture->texture == NULL)
    return;
  known = g_new0 (Known, 1);
  known->texture = g_steal_pointer (&picture->texture);
  known->etag = g_strdup (picture->etag);
  known->version = version != NULL ? *version : 0;
  g_hash_table_insert (self->known, g_strdup (picture->id), known);
  g_signal_emit (self, signals[READY], 0, picture->id);
}

static void
on_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceThumbs) self = data;
  GPtrArray *batch = g_task_get_task_data (G_TASK (result));

  self->n_batches--;
  for (guint i = 0; i < batch->len && self->context != NULL; i++)
    take_picture (self, batch->pdata[i]);
  if (self->context != NULL)
    decode_next (self);
}

static void
decode_next (WuyouEvidenceThumbs *self)
{
  while (self->n_batches < MOST_AT_A_TIME && !g_queue_is_empty (&self->waiting)) {
    /* Without a source: a task may end on its thread, and nothing of ours may end there with it. */
    g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_decoded_cb, g_object_ref (self));
    GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);

    for (guint i = 0; i < BATCH && !g_queue_is_empty (&self->waiting); i++)
      g_ptr_array_add (batch, g_queue_pop_head (&self->waiting));
    self->n_batches++;
    g_task_set_task_data (task, batch, (GDestroyNotify) g_ptr_array_unref);
    g_task_set_check_cancellable (task, FALSE);
    g_task_run_in_thread (task, decode_in_thread);
  }
}

/* --- what is kept: version, etag and picture as three lines, so that no JSON is read for two hundred of them --- */

static char *
dup_cache_id (const char *id)
{
  return g_strconcat ("thumb:", id, NULL);
}

static void
keep (WuyouEvidenceThumbs *self, const Picture *picture)
{
  const gint64 *version = g_hash_table_lookup (self->versions, picture->id);
  g_autofree char *cache_id = dup_cache_id (picture->id);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "\n%s\n%s", version != NULL ? *version : 0,
                                           picture->etag != NULL ? picture->etag : "", picture->base64);

  wuyou_local_save (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_CACHE, cache_id, text);
}

static Picture *
load_kept (WuyouEvidenceThumbs *self, const char *id, gint64 *ret_version)
{
  g_autofree char *cache_id = dup_cache_id (id);
  g_autofree char *text = wuyou_local_load (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_CACHE, cache_id);
  char *etag = text != NULL ? strchr (text, '\n') : NULL;
  char *base64 = etag != NULL ? strchr (etag + 1, '\n') : NULL;
  Picture *picture;

  if (base64 == NULL)
    return NULL;
  *base64 = '\0';
  picture = g_new0 (Picture, 1);
  picture->id = g_strdup (id);
  picture->etag = g_strdup (etag + 1);
  picture->base64 = g_strdup (base64 + 1);
  *ret_version = g_ascii_strtoll (text, NULL, 10);
  return picture;
}

/* TRUE when what is here, or will be in a moment, is of this version. */
static gboolean
is_current (WuyouEvidenceThumbs *self, const WuyouEvidence *evidence)
{
  const Known *known = g_hash_table_lookup (self->known, evidence->id);
  Picture *picture;
  gint64 version = 0;

  if (known != NULL)
    return known->version == evidence->version;
  picture = load_kept (self, evidence->id, &version);
  if (picture != NULL)
    g_queue_push_tail (&self->waiting, picture);
  return picture != NULL && version == evidence->version;
}

static void
take_item (WuyouEvidenceThumbs *self, JsonObject *item)
{
  const char *id = wuyou_json_get_string (item, "id");
  const char *etag = wuyou_json_get_string (item, "etag");
  const char *jpeg = wuyou_json_get_string (item, "jpeg");
  Known *known = id != NULL ? g_hash_table_lookup (self->known, id) : NULL;
  const gint64 *version = id != NULL ? g_hash_table_lookup (self->versions, id) : NULL;
  Picture *picture;

  if (id == NULL || jpeg == NULL)
    return;
  picture = g_new0 (Picture, 1);
  picture->id = g_strdup (id);
  picture->etag = g_strdup (etag);
  picture->base64 = g_strdup (jpeg);
  keep (self, picture);
  if (known != NULL && etag != NULL && g_strcmp0 (known->etag, etag) == 0) {
    known->version = version != NULL ? *version : known->version;
    picture_free (picture);
  } else {
    g_queue_push_tail (&self->waiting, picture);
  }
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceThumbs) self = data;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, NULL);
  JsonArray *items = answer != NULL ? wuyou_json_get_array (answer, "items") : NULL;

  if (self->context == NULL || items == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonObject *item = wuyou_json_array_get_object (items, i);

    if (item != NULL)
      take_item (self, item);
  }
  decode_next (self);
}

static void
fetch (WuyouEvidenceThumbs *self)
{
  const char *args[] = { self->claim_id, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .args = args, .deadline = 60 };

  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_answered_cb,
                           g_object_ref (self));
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
}

void
wuyou_evidence_thumbs_take (WuyouEvidenceThumbs *self, const char *claim_id, const GPtrArray *evidence)
{
  gboolean all = TRUE;

  begin_claim (self, claim_id);
  for (guint i = 0; i < evidence->len; i++) {
    const WuyouEvidence *one = evidence->pdata[i];

    if (!wuyou_evidence_has_pictures (one))
      continue;
    g_hash_table_insert (self->versions, g_strdup (one->id), g_memdup2 (&one->version, sizeof one->version));
    all = is_current (self, one) && all;
  }
  decode_next (self);
  if (!all)
    fetch (self);
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
  g_queue_push_tail (&self->waiting, picture);
  decode_next (self);
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

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->versions);
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
  self->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->waiting);
}

WuyouEvidenceThumbs *
wuyou_evidence_thumbs_new (WuyouAppContext *context)
{
  WuyouEvidenceThumbs *self = g_object_new (WUYOU_TYPE_EVIDENCE_THUMBS, NULL);

  self->context = g_object_ref (context);
  return self;
}
