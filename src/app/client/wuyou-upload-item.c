/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "client/wuyou-uploads-private.h"

enum { PROP_0, PROP_STATE, PROP_PROGRESS, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WuyouUploadItem, wuyou_upload_item, G_TYPE_OBJECT)

const char *
wuyou_upload_item_get_id (WuyouUploadItem *self)
{
  return self->id;
}

WuyouUploadOf
wuyou_upload_item_get_of (WuyouUploadItem *self)
{
  return self->of;
}

const char *
wuyou_upload_item_get_record (WuyouUploadItem *self)
{
  return self->record;
}

const char *
wuyou_upload_item_get_slot (WuyouUploadItem *self)
{
  return self->slot;
}

int
wuyou_upload_item_get_phase (WuyouUploadItem *self)
{
  return self->phase;
}

const char *
wuyou_upload_item_get_name (WuyouUploadItem *self)
{
  return self->name;
}

gint64
wuyou_upload_item_get_size (WuyouUploadItem *self)
{
  return self->size;
}

WuyouUploadItemState
wuyou_upload_item_get_state (WuyouUploadItem *self)
{
  return self->state;
}

gboolean
wuyou_upload_item_was_announced (WuyouUploadItem *self)
{
  return self->announced;
}

gboolean
wuyou_upload_item_has_copy (WuyouUploadItem *self)
{
  return self->has_copy;
}

gboolean
wuyou_upload_item_can_retry (WuyouUploadItem *self)
{
  return self->state == WUYOU_UPLOAD_ITEM_REFUSED && self->has_copy;
}

GBytes *
wuyou_upload_item_get_thumbnail (WuyouUploadItem *self)
{
  return self->thumbnail;
}

double
wuyou_upload_item_get_progress (WuyouUploadItem *self)
{
  if (self->state == WUYOU_UPLOAD_ITEM_CHECKING)
    return 1;
  return self->size > 0 ? (double) self->received / (double) self->size : 0;
}

char *
wuyou_upload_item_dup_sentence (WuyouUploadItem *self)
{
  static const char *const sentences[] = {
    [WUYOU_UPLOAD_ITEM_COPYING] = N_ ("Being copied into the sealed folder of this computer"),
    [WUYOU_UPLOAD_ITEM_UNASSIGNED] = N_ ("Say which document this is"),
    [WUYOU_UPLOAD_ITEM_QUEUED] = N_ ("Waits for its turn"),
    [WUYOU_UPLOAD_ITEM_SENDING] = N_ ("Uploading"),
    [WUYOU_UPLOAD_ITEM_WAITING] = N_ ("Waiting for the server; goes on by itself"),
    [WUYOU_UPLOAD_ITEM_PAUSED] = N_ ("Paused"),
    [WUYOU_UPLOAD_ITEM_CHECKING] = N_ ("Received, being checked"),
    [WUYOU_UPLOAD_ITEM_REFUSED] = N_ ("Not taken"),
  };
  gboolean says = self->error != NULL && self->state == WUYOU_UPLOAD_ITEM_REFUSED;

  if (self->state == WUYOU_UPLOAD_ITEM_SENDING)
    return g_strdup_printf (_ ("Uploading, %d %%"), (int) (wuyou_upload_item_get_progress (self) * 100));
  if (says && self->error->code == WUYOU_ERROR_TOO_LARGE)
    return g_strdup (_ (wuyou_upload_kind_get (self->of)->too_large));
  return g_strdup (says ? wuyou_error_sentence (self->error) : _ (sentences[self->state]));
}

void
_wuyou_upload_item_set_state (WuyouUploadItem *self, WuyouUploadItemState state, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
_wuyou_upload_item_set_received (WuyouUploadItem *self, gint64 received)
{
  self->received = CLAMP (received, 0, self->size);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

void
_wuyou_upload_item_stop (WuyouUploadItem *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
}

WuyouUploadItem *
_wuyou_upload_item_new (const char *id, const char *record, const char *name)
{
  WuyouUploadItem *self = g_object_new (WUYOU_TYPE_UPLOAD_ITEM, NULL);

  self->id = g_strdup (id);
  self->record = g_strdup (record);
  self->name = g_strdup (name);
  return self;
}

static void
write_thumbnail (WuyouUploadItem *self, GString *out)
{
  gsize length;
  const guint8 *data = self->thumbnail != NULL ? g_bytes_get_data (self->thumbnail, &length) : NULL;
  g_autofree char *text = data != NULL ? g_base64_encode (data, length) : NULL;

  wuyou_json_add_string (out, "thumbnail", text);
}

char *
_wuyou_upload_item_to_json (WuyouUploadItem *self)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "of", wuyou_upload_kind_get (self->of)->name);
  wuyou_json_add_string (out, "record", self->record);
  wuyou_json_add_string (out, "slot", self->slot);
  wuyou_json_add_int (out, "phase", self->phase);
  wuyou_json_add_string (out, "name", self->name);
  wuyou_json_add_int (out, "size", self->size);
  wuyou_json_add_string (out, "sha256", self->sha256);
  wuyou_json_add_boolean (out, "announced", self->announced);
  wuyou_json_add_boolean (out, "paused", self->paused);
  wuyou_json_add_boolean (out, "received", self->state == WUYOU_UPLOAD_ITEM_CHECKING);
  write_thumbnail (self, out);
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

static WuyouUploadItemState
find_state (WuyouUploadItem *self, gboolean received)
{
  if (received)
    return WUYOU_UPLOAD_ITEM_CHECKING;
  if (self->slot == NULL)
    return WUYOU_UPLOAD_ITEM_UNASSIGNED;
  return self->paused ? WUYOU_UPLOAD_ITEM_PAUSED : WUYOU_UPLOAD_ITEM_QUEUED;
}

static GBytes *
read_thumbnail (JsonObject *object)
{
  const char *text = wuyou_json_get_string (object, "thumbnail");
  gsize length;
  guint8 *data = text != NULL ? g_base64_decode (text, &length) : NULL;

  return data != NULL ? g_bytes_new_take (data, length) : NULL;
}

WuyouUploadItem *
_wuyou_upload_item_from_json (const char *id, const char *json)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (json, strlen (json), NULL);
  const char *record = object != NULL ? wuyou_json_get_string (object, "record") : NULL;
  WuyouUploadItem *self;

  if (record == NULL)
    return NULL;
  self = _wuyou_upload_item_new (id, record, wuyou_json_get_string (object, "name"));
  self->of = wuyou_upload_kind_find (wuyou_json_get_string (object, "of"));
  self->slot = g_strdup (wuyou_json_get_string (object, "slot"));
  self->phase = (int) wuyou_json_get_int (object, "phase");
  self->size = wuyou_json_get_int (object, "size");
  self->sha256 = g_strdup (wuyou_json_get_string (object, "sha256"));
  self->announced = wuyou_json_get_boolean (object, "announced");
  self->paused = wuyou_json_get_boolean (object, "paused");
  self->thumbnail = read_thumbnail (object);
  self->has_copy = TRUE;
  self->state = find_state (self, wuyou_json_get_boolean (object, "received"));
  return self;
}

static void
wuyou_upload_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouUploadItem *self = WUYOU_UPLOAD_ITEM (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_int (value, self->state);
    break;
  case PROP_PROGRESS:
    g_value_set_double (value, wuyou_upload_item_get_progress (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_upload_item_finalize (GObject *object)
{
  WuyouUploadItem *self = WUYOU_UPLOAD_ITEM (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->thumbnail, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self->id);
  g_free (self->record);
  g_free (self->slot);
  g_free (self->name);
  g_free (self->sha256);
  G_OBJECT_CLASS (wuyou_upload_item_parent_class)->finalize (object);
}

static void
wuyou_upload_item_class_init (WuyouUploadItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = wuyou_upload_item_get_property;
  object_class->finalize = wuyou_upload_item_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, WUYOU_UPLOAD_ITEM_REFUSED, 0, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wuyou_upload_item_init (WuyouUploadItem *self)
{
  self->cancellable = g_cancellable_new ();
}
