/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "base/wuyou-text.h"
#include "client/wuyou-sealed-file.h"
#include "client/wuyou-uploads-private.h"
#include "sales/wuyou-document.h"

#define MOST_AT_A_TIME 2
#define MOST_COPIES 2
#define MOST_NAME 200 /* characters, as the record has */

enum { PROP_0, PROP_PROGRESS, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { ARRIVED, REFUSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
wuyou_uploads_get_item_type (GListModel *list)
{
  return WUYOU_TYPE_UPLOAD_ITEM;
}

static guint
wuyou_uploads_get_n_items (GListModel *list)
{
  return WUYOU_UPLOADS (list)->items->len;
}

static gpointer
wuyou_uploads_get_item (GListModel *list, guint position)
{
  WuyouUploads *self = WUYOU_UPLOADS (list);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
wuyou_uploads_list_init (GListModelInterface *iface)
{
  iface->get_item_type = wuyou_uploads_get_item_type;
  iface->get_n_items = wuyou_uploads_get_n_items;
  iface->get_item = wuyou_uploads_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WuyouUploads,
                               wuyou_uploads,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wuyou_uploads_list_init))

static gboolean
is_to_send (const WuyouUploadItem *item)
{
  return item->state >= WUYOU_UPLOAD_ITEM_QUEUED && item->state <= WUYOU_UPLOAD_ITEM_PAUSED;
}

static void
tell_progress (WuyouUploads *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

gboolean
_wuyou_uploads_has (WuyouUploads *self, WuyouUploadItem *item)
{
  return g_ptr_array_find (self->items, item, NULL);
}

void
_wuyou_uploads_keep (WuyouUploads *self, WuyouUploadItem *item)
{
  g_autofree char *json = _wuyou_upload_item_to_json (item);

  wuyou_local_save (self->local, WUYOU_LOCAL_UPLOAD, item->id, json);
}

void
_wuyou_uploads_drop_copy (WuyouUploads *self, WuyouUploadItem *item)
{
  g_autofree char *path = wuyou_local_dup_upload_path (self->local, item->id);

  item->has_copy = FALSE;
  if (path != NULL)
    g_unlink (path);
}

void
_wuyou_uploads_drop (WuyouUploads *self, WuyouUploadItem *item)
{
  guint position;

  if (!g_ptr_array_find (self->items, item, &position))
    return;
  _wuyou_upload_item_stop (item);
  _wuyou_uploads_drop_copy (self, item);
  wuyou_local_remove (self->local, WUYOU_LOCAL_UPLOAD, item->id);
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  tell_progress (self);
}

void
_wuyou_uploads_arrived (WuyouUploads *self, WuyouUploadItem *item)
{
  g_autoptr (WuyouUploadItem) kept = g_object_ref (item);

  self->done += item->size;
  _wuyou_uploads_drop (self, item);
  g_signal_emit (self, signals[ARRIVED], 0, kept);
}

void
_wuyou_uploads_refuse (WuyouUploads *self, WuyouUploadItem *item, GError *error)
{
  g_autoptr (WuyouUploadItem) kept = g_object_ref (item);

  _wuyou_upload_item_stop (item);
  _wuyou_upload_item_set_state (item, WUYOU_UPLOAD_ITEM_REFUSED, error);
  g_signal_emit (self, signals[REFUSED], 0, kept);
  tell_progress (self);
  _wuyou_uploads_pump (self);
}

static guint
count_in (WuyouUploads *self, WuyouUploadItemState state)
{
  guint count = 0;

  for (guint i = 0; i < self->items->len; i++)
    count += ((WuyouUploadItem *) g_ptr_array_index (self->items, i))->state == state;
  return count;
}

void
_wuyou_uploads_pump (WuyouUploads *self)
{
  guint n_sending = count_in (self, WUYOU_UPLOAD_ITEM_SENDING);

  if (self->held || self->client == NULL || !wuyou_local_is_open (self->local))
    return;
  for (guint i = 0; i < self->items->len && n_sending < MOST_AT_A_TIME; i++) {
    WuyouUploadItem *item = g_ptr_array_index (self->items, i);

    if (item->state != WUYOU_UPLOAD_ITEM_QUEUED)
      continue;
    n_sending++;
    _wuyou_uploads_send (self, item);
  }
  tell_progress (self);
}

/* --- adding: sealed first, sent then --- */

typedef struct {
  WuyouUploads *self;
  WuyouUploadItem *item;
  GFile *file;
  GBytes *bytes;
} Source;

static void
source_free (Source *source)
{
  g_object_unref (source->self);
  g_object_unref (source->item);
  g_clear_object (&source->file);
  g_clear_pointer (&source->bytes, g_bytes_unref);
  g_free (source);
}

static void copy_next (WuyouUploads *self);

static void
take_copy (WuyouUploads *self, WuyouUploadItem *item, WuyouSealedSummary *summary)
{
  item->size = summary->size;
  item->sha256 = g_strdup (summary->sha256);
  item->thumbnail = summary->thumbnail != NULL ? g_bytes_ref (summary->thumbnail) : NULL;
  item->has_copy = TRUE;
  _wuyou_upload_item_set_state (item,
                                item->slot == NULL ? WUYOU_UPLOAD_ITEM_UNASSIGNED
                                : item->paused     ? WUYOU_UPLOAD_ITEM_PAUSED
                                                   : WUYOU_UPLOAD_ITEM_QUEUED,
                                NULL);
  _wuyou_uploads_keep (self, item);
  _wuyou_uploads_pump (self);
}

static void
on_copied_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Source *source = data;
  g_autoptr (WuyouUploads) self = g_object_ref (source->self);
  GError *error = NULL;
  g_autoptr (WuyouSealedSummary) summary = wuyou_sealed_file_write_finish (result, &error);
  gboolean wanted = _wuyou_uploads_has (self, source->item);

  self->n_copying--;
  if (summary != NULL && wanted)
    take_copy (self, source->item, summary);
  else if (wanted)
    _wuyou_uploads_refuse (self, source->item, error);
  else
    g_clear_error (&error);
  source_free (source);
  copy_next (self);
}

static void
copy_one (WuyouUploads *self, Source *source)
{
  g_autofree char *path = wuyou_local_dup_upload_path (self->local, source->item->id);
  WuyouSealedSource from = { .path = path,
                             .id = source->item->id,
                             .file = source->file,
                             .bytes = source->bytes,
                             .most = WUYOU_DOCUMENT_MAX_BYTES,
                             .check = wuyou_document_check_file };

  self->n_copying++;
  wuyou_sealed_file_write_async (&from, wuyou_local_get_key (self->local), source->item->cancellable, on_copied_cb,
                                 source);
}

static void
copy_next (WuyouUploads *self)
{
  while (self->n_copying < MOST_COPIES && !g_queue_is_empty (&self->to_copy)) {
    Source *source = g_queue_pop_head (&self->to_copy);

    if (_wuyou_uploads_has (self, source->item) && wuyou_local_is_open (self->local))
      copy_one (self, source);
    else
      source_free (source);
  }
}

static void
append_item (WuyouUploads *self, WuyouUploadItem *item)
{
  g_ptr_array_add (self->items, item);
  g_list_model_items_changed (G_LIST_MODEL (self), self->items->len - 1, 0, 1);
}

/* What a record may not hold, as signs that nobody sees, is left out; the end of a long name tells its kind. */
static char *
clean_name (const char *name)
{
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GString) clean = g_string_new (NULL);
  glong length;

  for (const char *at = shown; *at != '\0'; at = g_utf8_next_char (at)) {
    char one[8] = { 0 };

    g_unichar_to_utf8 (g_utf8_get_char (at), one);
    if (wuyou_text_check (one, NULL))
      g_string_append (clean, one);
  }
  length = g_utf8_strlen (clean->str, -1);
  if (length > MOST_NAME)
    g_string_erase (clean, 0, g_utf8_offset_to_pointer (clean->str, length - MOST_NAME) - clean->str);
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

static char *
dup_file_name (const WuyouUploadFile *file)
{
  g_autofree char *base = file->file != NULL ? g_file_get_basename (file->file) : NULL;
  g_autofree char *name = clean_name (file->name != NULL ? file->name : base != NULL ? base : "");

  return *name != '\0' ? g_steal_pointer (&name) : g_strdup ("pasted.png");
}

WuyouUploadItem *
wuyou_uploads_add (WuyouUploads *self, const WuyouUploadFile *file)
{
  WuyouIdSource ids = { &self->clock, NULL, NULL };
  g_autofree char *id = wuyou_id_new (&ids);
  g_autofree char *name = dup_file_name (file);
  WuyouUploadItem *item = _wuyou_upload_item_new (id, file->record, name);
  Source *source = g_new0 (Source, 1);

  item->of = file->of;
  item->slot = g_strdup (file->slot);
  item->phase = file->phase;
  if (wuyou_uploads_get_n_waiting (self) == 0)
    self->done = 0;
  append_item (self, item);
  source->self = g_object_ref (self);
  source->item = g_object_ref (item);
  source->file = file->file != NULL ? g_object_ref (file->file) : NULL;
  source->bytes = file->bytes != NULL ? g_bytes_ref (file->bytes) : NULL;
  if (!wuyou_local_is_open (self->local)) {
    source_free (source);
    _wuyou_uploads_refuse (self, item,
                           g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID,
                                                N_ ("The sealed folder of this computer is not open. Sign in again.")));
    return item;
  }
  g_queue_push_tail (&self->to_copy, source);
  copy_next (self);
  return item;
}

/* --- what people do with them --- */

gboolean
wuyou_uploads_assign (WuyouUploads *self, WuyouUploadItem *item, const char *slot, int phase)
{
  /* While it is announced nobody knows whether the server has heard of it under the old one. */
  if (item->announced || item->state == WUYOU_UPLOAD_ITEM_SENDING || !_wuyou_uploads_has (self, item))
    return FALSE;
  g_free (item->slot);
  item->slot = g_strdup (slot);
  item->phase = phase;
  if (item->state == WUYOU_UPLOAD_ITEM_UNASSIGNED || wuyou_upload_item_can_retry (item))
    _wuyou_upload_item_set_state (item, item->paused ? WUYOU_UPLOAD_ITEM_PAUSED : WUYOU_UPLOAD_ITEM_QUEUED, NULL);
  else
    g_object_notify (G_OBJECT (item), "state");
  if (item->has_copy)
    _wuyou_uploads_keep (self, item);
  _wuyou_uploads_pump (self);
  return TRUE;
}

/* What is copied or not assigned yet will be paused when it could go. */
static void
pause_one (WuyouUploads *self, WuyouUploadItem *item, gboolean paused)
{
  if (item->paused == paused || item->state > WUYOU_UPLOAD_ITEM_PAUSED)
    return;
  item->paused = paused;
  item->wait = 0;
  if (!is_to_send (item)) {
    if (item->has_copy)
      _wuyou_uploads_keep (self, item);
    return;
  }
  _wuyou_upload_item_stop (item);
  _wuyou_upload_item_set_state (item, paused ? WUYOU_UPLOAD_ITEM_PAUSED : WUYOU_UPLOAD_ITEM_QUEUED, NULL);
  _wuyou_uploads_keep (self, item);
}

void
wuyou_uploads_pause (WuyouUploads *self, WuyouUploadItem *item, gboolean paused)
{
  for (guint i = 0; i < self->items->len; i++) {
    WuyouUploadItem *one = g_ptr_array_index (self->items, i);

    if (item == NULL || one == item)
      pause_one (self, one, paused);
  }
  _wuyou_uploads_pump (self);
  tell_progress (self);
}

static void
queue_again (WuyouUploadItem *item)
{
  g_clear_handle_id (&item->timer, g_source_remove);
  item->wait = 0;
  item->sent_again = FALSE;
  _wuyou_upload_item_set_state (item, WUYOU_UPLOAD_ITEM_QUEUED, NULL);
}

void
wuyou_uploads_try_again (WuyouUploads *self, WuyouUploadItem *item)
{
  for (guint i = 0; i < self->items->len; i++) {
    WuyouUploadItem *one = g_ptr_array_index (self->items, i);

    if (item == NULL ? one->state == WUYOU_UPLOAD_ITEM_WAITING
                     : one == item && (one->state == WUYOU_UPLOAD_ITEM_WAITING || wuyou_upload_item_can_retry (one)))
      queue_again (one);
  }
  _wuyou_uploads_pump (self);
}

void
wuyou_uploads_discard (WuyouUploads *self, WuyouUploadItem *item)
{
  g_autoptr (WuyouUploadItem) kept = g_object_ref (item);

  if (!_wuyou_uploads_has (self, item))
    return;
  if (item->announced && item->state != WUYOU_UPLOAD_ITEM_REFUSED)
    _wuyou_uploads_take_back (self, item);
  _wuyou_uploads_drop (self, kept);
  _wuyou_uploads_pump (self);
}

WuyouUploadItem *
wuyou_uploads_find (WuyouUploads *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++) {
    WuyouUploadItem *item = g_ptr_array_index (self->items, i);

    if (g_str_equal (item->id, id))
      return item;
  }
  return NULL;
}

WuyouUploadItem *
wuyou_uploads_find_last (WuyouUploads *self, WuyouUploadOf of, const char *record, const char *slot)
{
  for (guint i = self->items->len; i > 0; i--) {
    WuyouUploadItem *item = g_ptr_array_index (self->items, i - 1);

    if (item->of == of && g_strcmp0 (item->record, record) == 0 && g_strcmp0 (item->slot, slot) == 0)
      return item;
  }
  return NULL;
}

guint
wuyou_uploads_get_n_waiting (WuyouUploads *self)
{
  guint count = 0;

  for (guint i = 0; i < self->items->len; i++) {
    const WuyouUploadItem *item = g_ptr_array_index (self->items, i);

    count += is_to_send (item) || item->state == WUYOU_UPLOAD_ITEM_COPYING;
  }
  return count;
}

guint
wuyou_uploads_get_n_copying (WuyouUploads *self)
{
  return count_in (self, WUYOU_UPLOAD_ITEM_COPYING);
}

static gboolean
on_time_over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
wuyou_uploads_finish_copying (WuyouUploads *self, guint seconds)
{
  gboolean over = FALSE;
  guint timer = g_timeout_add_seconds (seconds, on_time_over_cb, &over);

  while (!over && wuyou_uploads_get_n_copying (self) > 0)
    g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (timer);
}

guint
wuyou_uploads_get_n_refused (WuyouUploads *self)
{
  return count_in (self, WUYOU_UPLOAD_ITEM_REFUSED);
}

double
wuyou_uploads_get_progress (WuyouUploads *self)
{
  gint64 size = self->done, received = self->done;

  for (guint i = 0; i < self->items->len; i++) {
    const WuyouUploadItem *item = g_ptr_array_index (self->items, i);

    if (!is_to_send (item))
      continue;
    size += item->size;
    received += item->received;
  }
  return size > 0 ? (double) received / (double) size : 0;
}

gboolean
wuyou_uploads_get_paused (WuyouUploads *self)
{
  guint n_going = 0;

  for (guint i = 0; i < self->items->len; i++) {
    const WuyouUploadItem *item = g_ptr_array_index (self->items, i);

    n_going += !item->paused && (is_to_send (item) || item->state == WUYOU_UPLOAD_ITEM_COPYING);
  }
  return n_going == 0 && wuyou_uploads_get_n_waiting (self) > 0;
}

/* --- from one run to the next --- */

/* A copy whose entry was not written yet when the program ended: its file is still where it was. */
static void
sweep (WuyouUploads *self)
{
  g_autofree char *folder = wuyou_local_dup_upload_path (self->local, NULL);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (wuyou_uploads_find (self, name) == NULL)
      g_unlink (path);
  }
}

static gboolean
has_copying (WuyouUploads *self)
{
  return self->n_copying > 0 || !g_queue_is_empty (&self->to_copy);
}

void
wuyou_uploads_restore (WuyouUploads *self)
{
  g_autoptr (GPtrArray) kept = wuyou_local_list (self->local, WUYOU_LOCAL_UPLOAD);

  for (guint i = 0; i < kept->len; i++) {
    WuyouLocalItem *row = g_ptr_array_index (kept, i);
    WuyouUploadItem *item
        = wuyou_uploads_find (self, row->id) == NULL ? _wuyou_upload_item_from_json (row->id, row->json) : NULL;

    if (item == NULL)
      continue;
    append_item (self, item);
    if (item->state == WUYOU_UPLOAD_ITEM_CHECKING)
      _wuyou_uploads_watch (self, item);
  }
  if (!has_copying (self))
    sweep (self);
  _wuyou_uploads_pump (self);
}

void
wuyou_uploads_forget (WuyouUploads *self)
{
  guint before = self->items->len;

  for (guint i = 0; i < before; i++)
    _wuyou_upload_item_stop (g_ptr_array_index (self->items, i));
  g_ptr_array_set_size (self->items, 0);
  self->done = 0;
  if (before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  tell_progress (self);
}

static void
on_session_changed_cb (WuyouUploads *self)
{
  WuyouSessionState state = wuyou_session_get_state (self->session);
  gboolean held = state != WUYOU_SESSION_ACTIVE && state != WUYOU_SESSION_LOCKED;

  if (held == self->held)
    return;
  self->held = held;
  _wuyou_uploads_pump (self);
}

static void
on_online_changed_cb (WuyouUploads *self)
{
  if (wuyou_client_get_online (self->client))
    wuyou_uploads_try_again (self, NULL);
}

static void
wuyou_uploads_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_PROGRESS:
    g_value_set_double (value, wuyou_uploads_get_progress (WUYOU_UPLOADS (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_uploads_dispose (GObject *object)
{
  WuyouUploads *self = WUYOU_UPLOADS (object);

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    _wuyou_upload_item_stop (g_ptr_array_index (self->items, i));
  g_ptr_array_set_size (self->items, 0);
  g_queue_clear_full (&self->to_copy, (GDestroyNotify) source_free);
  g_clear_object (&self->client);
  g_clear_object (&self->local);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (wuyou_uploads_parent_class)->dispose (object);
}

static void
wuyou_uploads_finalize (GObject *object)
{
  g_ptr_array_unref (WUYOU_UPLOADS (object)->items);
  G_OBJECT_CLASS (wuyou_uploads_parent_class)->finalize (object);
}

static void
wuyou_uploads_class_init (WuyouUploadsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = wuyou_uploads_get_property;
  object_class->dispose = wuyou_uploads_dispose;
  object_class->finalize = wuyou_uploads_finalize;
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ARRIVED]
      = g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, WUYOU_TYPE_UPLOAD_ITEM);
  signals[REFUSED]
      = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, WUYOU_TYPE_UPLOAD_ITEM);
}

static void
wuyou_uploads_init (WuyouUploads *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->to_copy);
}

WuyouUploads *
wuyou_uploads_new (WuyouClient *client, WuyouLocal *local, WuyouSession *session, const WuyouClock *clock)
{
  WuyouUploads *self = g_object_new (WUYOU_TYPE_UPLOADS, NULL);

  self->client = g_object_ref (client);
  self->local = g_object_ref (local);
  self->session = g_object_ref (session);
  self->clock = *clock;
  self->held = TRUE;
  on_session_changed_cb (self);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
