/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-upload.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-contract-rules.h"

#define PIECE (1024 * 1024)
#define WAIT_SECONDS 3
#define POLL_MS 800
#define PIECE_DEADLINE 60

struct _WuyouUpload {
  GObject parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  char *contract_id, *document_id, *name;
  int slot;
  GFile *file;
  GBytes *bytes;
  gsize offset;
  gboolean announced;
  gboolean resumed;    /* of an earlier run, and not found by this one yet */
  gboolean sent_again; /* it arrived damaged once */
  WuyouUploadState state;
  char *sentence;
  guint timer;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouUpload, wuyou_upload, G_TYPE_OBJECT)

static void ask_state (WuyouUpload *self);
static void send_piece (WuyouUpload *self);
static void announce (WuyouUpload *self);

static void
set_state (WuyouUpload *self, WuyouUploadState state, const char *sentence)
{
  self->state = state;
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_wait_over_cb (gpointer data)
{
  WuyouUpload *self = data;

  self->timer = 0;
  if (self->announced)
    ask_state (self);
  else
    announce (self);
  return G_SOURCE_REMOVE;
}

static void
wait_and_go_on (WuyouUpload *self, guint milliseconds)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (milliseconds, on_wait_over_cb, self);
}

/* The server away, or too busy: goes on by itself. Anything else is for the person. */
static void
take_error (WuyouUpload *self, const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    return;
  if (error->domain == WUYOU_ERROR && wuyou_error_info (error->code)->retryable) {
    set_state (self, WUYOU_UPLOAD_WAITING, _ ("Waiting for the server; goes on by itself"));
    wait_and_go_on (self, WAIT_SECONDS * 1000);
    return;
  }
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE)) {
    set_state (self, WUYOU_UPLOAD_WAITING, _ ("Waiting for the connection; goes on by itself"));
    wait_and_go_on (self, WAIT_SECONDS * 1000);
    return;
  }
  set_state (self, WUYOU_UPLOAD_FAILED, wuyou_error_sentence (error));
}

static void
show_document_state (WuyouUpload *self, const WuyouDocument *document)
{
  switch (document->state) {
  case WUYOU_DOCUMENT_AVAILABLE:
    set_state (self, WUYOU_UPLOAD_DONE, _ ("Received and checked"));
    break;
  case WUYOU_DOCUMENT_INFECTED:
    set_state (self, WUYOU_UPLOAD_REFUSED, _ ("The scanner found something harmful. The file was destroyed."));
    break;
  case WUYOU_DOCUMENT_REJECTED_TYPE:
    set_state (self, WUYOU_UPLOAD_REFUSED,
               document->state_reason != NULL ? _ (document->state_reason)
                                              : _ ("Only JPEG, PNG and PDF are taken. Choose another file."));
    break;
  case WUYOU_DOCUMENT_QUARANTINED:
    set_state (self, WUYOU_UPLOAD_CHECKING, _ ("Received, being checked for viruses"));
    wait_and_go_on (self, POLL_MS);
    break;
  default:
    set_state (self, WUYOU_UPLOAD_FAILED, _ ("This upload was taken back."));
    break;
  }
}

static void
go_on_from (WuyouUpload *self, const WuyouDocument *document)
{
  if (document->state != WUYOU_DOCUMENT_UPLOADING) {
    show_document_state (self, document);
    return;
  }
  self->offset = (gsize) CLAMP (document->received, 0, (gint64) g_bytes_get_size (self->bytes));
  send_piece (self);
}

static WuyouDocument *
read_document (JsonObject *answer)
{
  JsonObject *object = wuyou_json_get_object (answer, "document");
  WuyouDocument *document = wuyou_document_new ();

  if (wuyou_record_read_json (&wuyou_document_type, document, object != NULL ? object : answer,
                              WUYOU_CODEC_MASKED_INPUT, NULL))
    return document;
  wuyou_document_free (document);
  return NULL;
}

static void
take_state (WuyouUpload *self, JsonObject *answer, const GError *error)
{
  g_autoptr (WuyouDocument) document = answer != NULL ? read_document (answer) : NULL;

  if (document != NULL)
    go_on_from (self, document);
  else if (error != NULL)
    take_error (self, error);
  else
    set_state (self, WUYOU_UPLOAD_FAILED, _ ("The server’s answer could not be read."));
}

/* The desktop ended before the server had heard of the upload that was kept: it is announced under the same id. */
static gboolean
is_unheard_of (WuyouUpload *self, const GError *error)
{
  return self->resumed && g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND);
}

static void
on_state_told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouUpload) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (is_unheard_of (self, error)) {
    self->announced = self->resumed = FALSE;
    announce (self);
  } else {
    take_state (self, answer, error);
  }
}

static void
ask_state (WuyouUpload *self)
{
  const char *args[] = { self->document_id, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_DOCUMENT_GET, .args = args };

  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_state_told_cb,
                           g_object_ref (self));
}

/* What arrived damaged is gone from the server: it is sent again from its beginning, once by itself. */
static void
on_finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouUpload) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL && !self->sent_again && g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_INVALID)) {
    self->sent_again = TRUE;
    ask_state (self);
  } else {
    take_state (self, answer, error);
  }
}

static void
finish (WuyouUpload *self)
{
  const char *args[] = { self->document_id, NULL };
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bytes);
  g_autofree char *body = g_strdup_printf ("{\"sha256\":\"%s\"}", sha256);
  g_autofree char *key = g_strdup_printf ("%s-finish", self->document_id);
  WuyouCall call = {
    .route = WUYOU_ROUTE_DOCUMENT_FINISH, .args = args, .body = body, .idempotency_key = key, .deadline = PIECE_DEADLINE
  };

  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_finished_cb,
                           g_object_ref (self));
}

static void
on_piece_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouUpload) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer != NULL) {
    self->offset = (gsize) CLAMP (wuyou_json_get_int (answer, "received"), 0, (gint64) g_bytes_get_size (self->bytes));
    send_piece (self);
  } else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET)) {
    ask_state (self);
  } else {
    take_error (self, error);
  }
}

static void
send_piece (WuyouUpload *self)
{
  const char *args[] = { self->document_id, NULL };
  gsize size = g_bytes_get_size (self->bytes);
  g_autofree char *offset = g_strdup_printf ("%" G_GSIZE_FORMAT, self->offset);
  g_autoptr (GBytes) piece = NULL;
  WuyouCall call = { .route = WUYOU_ROUTE_DOCUMENT_APPEND,
                     .args = args,
                     .upload_offset = offset,
                     .deadline = PIECE_DEADLINE,
                     .flags = WUYOU_CALL_ONCE };

  set_state (self, WUYOU_UPLOAD_SENDING, _ ("Uploading"));
  if (self->offset >= size) {
    finish (self);
    return;
  }
  piece = g_bytes_new_from_bytes (self->bytes, self->offset, MIN (PIECE, size - self->offset));
  call.bytes = piece;
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_piece_sent_cb,
                           g_object_ref (self));
}

static void
on_announced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouUpload) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer != NULL) {
    self->announced = TRUE;
    self->offset = 0;
    send_piece (self);
  } else {
    take_error (self, error);
  }
}

static void
announce (WuyouUpload *self)
{
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_DOCUMENT_CREATE, .idempotency_key = self->document_id };

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "id", self->document_id);
  wuyou_json_add_string (body, "contract_id", self->contract_id);
  wuyou_json_add_string (body, "slot", wuyou_enum_id (wuyou_slots, self->slot));
  wuyou_json_add_string (body, "file_name", self->name);
  wuyou_json_add_int (body, "size", (gint64) g_bytes_get_size (self->bytes));
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_announced_cb,
                           g_object_ref (self));
}

static void
check_and_send (WuyouUpload *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->bytes, &size);
  g_autoptr (GError) error = NULL;

  if (!wuyou_document_check_file ((gint64) size, data, size, &error)) {
    set_state (self, WUYOU_UPLOAD_REFUSED, wuyou_error_sentence (error));
    return;
  }
  set_state (self, WUYOU_UPLOAD_SENDING, _ ("Uploading"));
  if (self->announced)
    ask_state (self);
  else
    announce (self);
}

static void
on_file_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouUpload) self = data;
  g_autoptr (GError) error = NULL;

  self->bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->bytes != NULL)
    check_and_send (self);
  else
    set_state (self, WUYOU_UPLOAD_REFUSED, _ ("The file cannot be read any more. Choose it again."));
}

static void
on_size_known_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouUpload) self = data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (info == NULL) {
    set_state (self, WUYOU_UPLOAD_REFUSED, _ ("The file cannot be read any more. Choose it again."));
  } else if (g_file_info_get_size (info) > WUYOU_DOCUMENT_MAX_BYTES) {
    wuyou_document_check_file (g_file_info_get_size (info), NULL, 0, &error);
    set_state (self, WUYOU_UPLOAD_REFUSED, wuyou_error_sentence (error));
  } else {
    g_file_load_bytes_async (self->file, self->cancellable, on_file_read_cb, g_object_ref (self));
  }
}

void
wuyou_upload_start (WuyouUpload *self)
{
  self->sent_again = FALSE;
  if (self->bytes != NULL) {
    check_and_send (self);
    return;
  }
  set_state (self, WUYOU_UPLOAD_READING, _ ("Reading the file"));
  g_file_query_info_async (self->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, G_PRIORITY_DEFAULT, self->cancellable,
                           on_size_known_cb, g_object_ref (self));
}

void
wuyou_upload_cancel (WuyouUpload *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

gboolean
wuyou_upload_is_over (WuyouUpload *self)
{
  return self->state == WUYOU_UPLOAD_CHECKING || self->state == WUYOU_UPLOAD_DONE
         || self->state == WUYOU_UPLOAD_REFUSED;
}

WuyouUploadState
wuyou_upload_get_state (WuyouUpload *self)
{
  return self->state;
}

double
wuyou_upload_get_progress (WuyouUpload *self)
{
  gsize size = self->bytes != NULL ? g_bytes_get_size (self->bytes) : 0;

  if (self->state >= WUYOU_UPLOAD_CHECKING)
    return 1;
  return size > 0 ? (double) self->offset / (double) size : 0;
}

const char *
wuyou_upload_get_sentence (WuyouUpload *self)
{
  return self->sentence;
}

const char *
wuyou_upload_get_document_id (WuyouUpload *self)
{
  return self->document_id;
}

const char *
wuyou_upload_get_path (WuyouUpload *self)
{
  return self->file != NULL ? g_file_peek_path (self->file) : NULL;
}

int
wuyou_upload_get_slot (WuyouUpload *self)
{
  return self->slot;
}

static void
wuyou_upload_dispose (GObject *object)
{
  wuyou_upload_cancel (WUYOU_UPLOAD (object));
  G_OBJECT_CLASS (wuyou_upload_parent_class)->dispose (object);
}

static void
wuyou_upload_finalize (GObject *object)
{
  WuyouUpload *self = WUYOU_UPLOAD (object);

  g_clear_object (&self->context);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->contract_id);
  g_free (self->document_id);
  g_free (self->name);
  g_free (self->sentence);
  G_OBJECT_CLASS (wuyou_upload_parent_class)->finalize (object);
}

static void
wuyou_upload_class_init (WuyouUploadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_upload_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_upload_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_upload_init (WuyouUpload *self)
{
  self->cancellable = g_cancellable_new ();
}

WuyouUpload *
wuyou_upload_new (WuyouAppContext *context,
                  const char *contract_id,
                  int slot,
                  GFile *file,
                  GBytes *bytes,
                  const char *name,
                  const char *document_id)
{
  WuyouUpload *self = g_object_new (WUYOU_TYPE_UPLOAD, NULL);

  self->context = g_object_ref (context);
  self->contract_id = g_strdup (contract_id);
  self->document_id = document_id != NULL ? g_strdup (document_id) : wuyou_app_context_new_id (context);
  self->announced = self->resumed = document_id != NULL;
  self->slot = slot;
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  self->name = name != NULL ? g_strdup (name) : (file != NULL ? g_file_get_basename (file) : g_strdup ("pasted.png"));
  return self;
}
