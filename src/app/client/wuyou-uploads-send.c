/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "client/wuyou-sealed-file.h"
#include "client/wuyou-uploads-private.h"

#define FIRST_WAIT 1
#define LONGEST_WAIT 60
#define PIECE_DEADLINE 120

static const WuyouUploadKind *
get_kind (const WuyouUploadItem *item)
{
  return wuyou_upload_kind_get (item->of);
}

/* One step of one file: who called, and whether it was stopped meanwhile. */
typedef struct {
  WuyouUploads *self;
  WuyouUploadItem *item;
  GCancellable *cancellable;
} Step;

static void ask_state (WuyouUploads *self, WuyouUploadItem *item);
static void send_piece (WuyouUploads *self, WuyouUploadItem *item);

static Step *
step_new (WuyouUploads *self, WuyouUploadItem *item)
{
  Step *step = g_new0 (Step, 1);

  step->self = g_object_ref (self);
  step->item = g_object_ref (item);
  step->cancellable = g_object_ref (item->cancellable);
  return step;
}

static void
step_free (Step *step)
{
  g_object_unref (step->self);
  g_object_unref (step->item);
  g_object_unref (step->cancellable);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

/* Paused, discarded, or of an account that signed out. */
static gboolean
is_over (Step *step)
{
  return step->self->client == NULL || g_cancellable_is_cancelled (step->cancellable)
         || !_wuyou_uploads_has (step->self, step->item);
}

static void
begin_call (WuyouUploads *self, WuyouUploadItem *item, const WuyouCall *call, GAsyncReadyCallback callback)
{
  Step *step = step_new (self, item);

  wuyou_client_call_async (self->client, call, step->cancellable, callback, step);
}

static gboolean
on_wait_over_cb (gpointer data)
{
  Step *step = data;

  step->item->timer = 0;
  if (is_over (step))
    return G_SOURCE_REMOVE;
  if (step->item->state == WUYOU_UPLOAD_ITEM_CHECKING) {
    ask_state (step->self, step->item);
  } else {
    _wuyou_upload_item_set_state (step->item, WUYOU_UPLOAD_ITEM_QUEUED, NULL);
    _wuyou_uploads_pump (step->self);
  }
  return G_SOURCE_REMOVE;
}

/* Doubling with jitter, as for the outbox. */
static void
wait_and_go_on (WuyouUploads *self, WuyouUploadItem *item, guint asked)
{
  guint longest = item->state == WUYOU_UPLOAD_ITEM_CHECKING ? get_kind (item)->longest_watch : LONGEST_WAIT;
  guint wait;

  item->wait = item->wait == 0 ? FIRST_WAIT : MIN (item->wait * 2, longest);
  wait = MAX (item->wait, asked) * 1000 + (guint) g_random_int_range (0, 400);
  g_clear_handle_id (&item->timer, g_source_remove);
  item->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, wait, on_wait_over_cb, step_new (self, item),
                                    (GDestroyNotify) step_free);
}

/* Until the session is open again; the whole queue is held then. */
static gboolean
is_held_by (const GError *error)
{
  return error->code == WUYOU_ERROR_UNAUTHENTICATED || error->code == WUYOU_ERROR_SUSPENDED
         || error->code == WUYOU_ERROR_CANCELLED || error->code == WUYOU_ERROR_UPGRADE_REQUIRED
         || wuyou_error_info (error->code)->is_gate;
}

static void
take_error (Step *step, const GError *error)
{
  WuyouUploadItem *item = step->item;

  if (is_held_by (error)) {
    _wuyou_upload_item_set_state (item, WUYOU_UPLOAD_ITEM_QUEUED, NULL);
  } else if (wuyou_error_info (error->code)->retryable || error->code == WUYOU_ERROR_INSECURE) {
    _wuyou_upload_item_set_state (item, WUYOU_UPLOAD_ITEM_WAITING, g_error_copy (error));
    wait_and_go_on (step->self, item, wuyou_error_get_retry_after (error));
    _wuyou_uploads_pump (step->self);
  } else {
    _wuyou_uploads_refuse (step->self, item, g_error_copy (error));
  }
}

/* Its bytes are not at the server any more: here neither. */
static void
refuse_destroyed (Step *step, const char *sentence)
{
  _wuyou_uploads_drop_copy (step->self, step->item);
  wuyou_local_remove (step->self->local, WUYOU_LOCAL_UPLOAD, step->item->id);
  _wuyou_uploads_refuse (step->self, step->item, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence));
}

/* The server has every byte and the hash is right: nothing is needed here any more. */
static void
begin_checking (Step *step)
{
  WuyouUploadItem *item = step->item;
  gboolean first = item->state != WUYOU_UPLOAD_ITEM_CHECKING;

  if (first) {
    item->wait = 0;
    _wuyou_uploads_drop_copy (step->self, item);
    _wuyou_upload_item_set_state (item, WUYOU_UPLOAD_ITEM_CHECKING, NULL);
    _wuyou_uploads_keep (step->self, item);
  }
  wait_and_go_on (step->self, item, 0);
  if (first)
    _wuyou_uploads_pump (step->self);
}

static void
refuse_unreadable (Step *step)
{
  _wuyou_uploads_refuse (
      step->self, step->item,
      g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("The server’s answer could not be read.")));
}

/* What a state that is told means; @object says why. */
static void
take_fate (Step *step, WuyouUploadFate fate, JsonObject *object)
{
  const char *reason = object != NULL ? wuyou_json_get_string (object, "state_reason") : NULL;

  switch (fate) {
  case WUYOU_UPLOAD_FATE_UPLOADING:
    _wuyou_upload_item_set_received (step->item, wuyou_json_get_int (object, "received"));
    send_piece (step->self, step->item);
    break;
  case WUYOU_UPLOAD_FATE_CHECKING:
    begin_checking (step);
    break;
  case WUYOU_UPLOAD_FATE_ARRIVED:
    _wuyou_uploads_arrived (step->self, step->item);
    _wuyou_uploads_pump (step->self);
    break;
  case WUYOU_UPLOAD_FATE_INFECTED:
    refuse_destroyed (step, N_ ("The scanner found something harmful. The file was destroyed."));
    break;
  case WUYOU_UPLOAD_FATE_REJECTED:
    refuse_destroyed (step, reason != NULL ? reason : N_ ("Only JPEG, PNG and PDF are taken. Choose another file."));
    break;
  case WUYOU_UPLOAD_FATE_GONE:
    refuse_destroyed (step, N_ ("This upload was taken back."));
    break;
  case WUYOU_UPLOAD_FATE_UNKNOWN:
  default:
    refuse_unreadable (step);
  }
}

static void
take_state (Step *step, JsonObject *answer)
{
  const WuyouUploadKind *kind = get_kind (step->item);
  JsonObject *nested = wuyou_json_get_object (answer, kind->object);
  JsonObject *object = nested != NULL ? nested : answer;
  const WuyouEnum *state = wuyou_enum_find (kind->states, wuyou_json_get_string (object, "state"));

  take_fate (step, state != NULL ? kind->fates[state->value] : WUYOU_UPLOAD_FATE_UNKNOWN, object);
}

static void
on_announced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (is_over (step))
    return;
  if (answer == NULL) {
    take_error (step, error);
    return;
  }
  step->item->announced = TRUE;
  step->item->wait = 0;
  _wuyou_uploads_keep (step->self, step->item);
  take_state (step, answer);
}

/* The same id and key every time: announced twice, it is one. */
static void
announce (WuyouUploads *self, WuyouUploadItem *item)
{
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = get_kind (item)->create };
  /* Another slot than before is another announcement. */
  g_autofree char *key = g_strdup_printf ("%s-%s-%d", item->id, item->slot, item->phase);

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "id", item->id);
  wuyou_json_add_string (body, get_kind (item)->record, item->record);
  wuyou_json_add_string (body, "slot", item->slot);
  if (get_kind (item)->phases != NULL)
    wuyou_json_add_string (body, "phase", wuyou_enum_id (get_kind (item)->phases, item->phase));
  wuyou_json_add_string (body, "file_name", item->name);
  wuyou_json_add_int (body, "size", item->size);
  wuyou_json_end_object (body);
  call.body = body->str;
  call.idempotency_key = key;
  begin_call (self, item, &call, on_announced_cb);
}

static void
on_state_told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  gboolean checking = step->item->state == WUYOU_UPLOAD_ITEM_CHECKING;

  if (is_over (step))
    return;
  if (answer != NULL) {
    take_state (step, answer);
  } else if (checking && !g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
    wait_and_go_on (step->self, step->item, 0);
  } else if (checking) {
    take_fate (step, get_kind (step->item)->absent, NULL);
  } else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
    step->item->announced = FALSE;
    announce (step->self, step->item);
  } else {
    take_error (step, error);
  }
}

static void
ask_state (WuyouUploads *self, WuyouUploadItem *item)
{
  const char *args[] = { item->id, NULL };
  WuyouCall call = { .route = get_kind (item)->get, .args = args };

  begin_call (self, item, &call, on_state_told_cb);
}

/* What arrived damaged is sent again from its beginning, once by itself. */
static void
on_finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (is_over (step))
    return;
  if (answer != NULL) {
    take_state (step, answer);
  } else if (!step->item->sent_again && g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_INVALID)) {
    step->item->sent_again = TRUE;
    ask_state (step->self, step->item);
  } else {
    take_error (step, error);
  }
}

static void
finish (WuyouUploads *self, WuyouUploadItem *item)
{
  const char *args[] = { item->id, NULL };
  g_autofree char *body = g_strdup_printf ("{\"sha256\":\"%s\"}", item->sha256);
  g_autofree char *key = g_strdup_printf ("%s-finish", item->id);
  WuyouCall call = {
    .route = get_kind (item)->finish, .args = args, .body = body, .idempotency_key = key, .deadline = PIECE_DEADLINE
  };

  begin_call (self, item, &call, on_finished_cb);
}

static void
on_piece_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (is_over (step))
    return;
  if (answer != NULL && wuyou_json_get_int (answer, "received") > step->item->received) {
    step->item->wait = 0;
    _wuyou_upload_item_set_received (step->item, wuyou_json_get_int (answer, "received"));
    g_object_notify (G_OBJECT (step->self), "progress");
    send_piece (step->self, step->item);
  } else if (answer != NULL) { /* it says yes and takes nothing */
    g_set_error_literal (&error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "no progress");
    take_error (step, error);
  } else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET)) {
    ask_state (step->self, step->item);
  } else {
    take_error (step, error);
  }
}

static void
on_frame_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) frame = wuyou_sealed_file_read_finish (result, &error);
  WuyouUploadItem *item = step->item;
  const char *args[] = { item->id, NULL };
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, item->received);
  gsize skip = (gsize) (item->received % WUYOU_SEALED_FRAME);
  g_autoptr (GBytes) piece = NULL;
  WuyouCall call = { .route = get_kind (item)->append,
                     .args = args,
                     .upload_offset = offset,
                     .deadline = PIECE_DEADLINE,
                     .flags = WUYOU_CALL_ONCE };

  if (is_over (step))
    return;
  if (frame == NULL) {
    _wuyou_uploads_refuse (step->self, item,
                           g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID,
                                                N_ ("The copy on this computer is damaged. Choose the file again.")));
    return;
  }
  piece = g_bytes_new_from_bytes (frame, skip, g_bytes_get_size (frame) - skip);
  call.bytes = piece;
  begin_call (step->self, item, &call, on_piece_sent_cb);
}

static void
send_piece (WuyouUploads *self, WuyouUploadItem *item)
{
  g_autofree char *path = wuyou_local_dup_upload_path (self->local, item->id);

  if (item->received >= item->size) {
    finish (self, item);
    return;
  }
  if (path != NULL)
    wuyou_sealed_file_read_async (path, item->id, wuyou_local_get_key (self->local), item->size,
                                  (guint) (item->received / WUYOU_SEALED_FRAME), item->cancellable, on_frame_read_cb,
                                  step_new (self, item));
}

void
_wuyou_uploads_send (WuyouUploads *self, WuyouUploadItem *item)
{
  _wuyou_upload_item_set_state (item, WUYOU_UPLOAD_ITEM_SENDING, NULL);
  if (item->announced)
    ask_state (self, item);
  else
    announce (self, item);
}

void
_wuyou_uploads_watch (WuyouUploads *self, WuyouUploadItem *item)
{
  ask_state (self, item);
}

/* What stays of it is swept by the server. */
void
_wuyou_uploads_take_back (WuyouUploads *self, WuyouUploadItem *item)
{
  const char *args[] = { item->id, NULL };
  WuyouCall call = { .route = get_kind (item)->remove, .args = args };

  wuyou_client_call_async (self->client, &call, NULL, NULL, NULL);
}
