/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-outbox-private.h"

#include <string.h>

#include "base/wuyou-json.h"

enum { PROP_0, PROP_STATE, PROP_LABEL, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WuyouOutboxItem, wuyou_outbox_item, G_TYPE_OBJECT)

const char *
wuyou_outbox_item_get_id (WuyouOutboxItem *self)
{
  return self->id;
}

const char *
wuyou_outbox_item_get_record (WuyouOutboxItem *self)
{
  return self->record;
}

const char *
wuyou_outbox_item_get_kind (WuyouOutboxItem *self)
{
  return self->kind;
}

const char *
wuyou_outbox_item_get_label (WuyouOutboxItem *self)
{
  return self->label;
}

const char *
wuyou_outbox_item_get_body (WuyouOutboxItem *self)
{
  return self->body;
}

WuyouOutboxState
wuyou_outbox_item_get_state (WuyouOutboxItem *self)
{
  return self->state;
}

gboolean
wuyou_outbox_item_was_tried (WuyouOutboxItem *self)
{
  return self->tried;
}

const GError *
wuyou_outbox_item_get_error (WuyouOutboxItem *self)
{
  return self->error;
}

void
_wuyou_outbox_item_set_state (WuyouOutboxItem *self, WuyouOutboxState state, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
_wuyou_outbox_item_fill (WuyouOutboxItem *self, const WuyouWrite *write)
{
  g_autofree char *label = g_strdup (write->label);

  g_strfreev (self->args);
  g_strfreev (self->query);
  g_free (self->body);
  g_free (self->if_match);
  g_free (self->label);
  self->route = write->call.route;
  self->args = g_strdupv ((char **) write->call.args);
  self->query = g_strdupv ((char **) write->call.query);
  self->body = g_strdup (write->call.body);
  self->if_match = g_strdup (write->call.if_match);
  self->label = g_steal_pointer (&label);
  self->follow_tag = write->follow_tag;
}

WuyouOutboxItem *
_wuyou_outbox_item_new (const char *id, const WuyouWrite *write)
{
  WuyouOutboxItem *self = g_object_new (WUYOU_TYPE_OUTBOX_ITEM, NULL);

  self->id = g_strdup (id);
  self->kind = g_strdup (write->kind);
  self->record = g_strdup (write->record);
  _wuyou_outbox_item_fill (self, write);
  return self;
}

static void
write_texts (GString *out, const char *name, char **texts)
{
  if (texts == NULL)
    return;
  wuyou_json_begin_array (out, name);
  for (guint i = 0; texts[i] != NULL; i++)
    wuyou_json_add_string (out, NULL, texts[i]);
  wuyou_json_end_array (out);
}

/* The route is written as method and template: its number may change with the next version. */
char *
_wuyou_outbox_item_to_json (WuyouOutboxItem *self)
{
  GString *out = g_string_new (NULL);
  const WuyouRoute *route = wuyou_route_get (self->route);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "method", route->method);
  wuyou_json_add_string (out, "path", route->path);
  wuyou_json_add_string (out, "kind", self->kind);
  wuyou_json_add_string (out, "record", self->record);
  wuyou_json_add_string (out, "label", self->label);
  write_texts (out, "args", self->args);
  write_texts (out, "query", self->query);
  wuyou_json_add_string (out, "body", self->body);
  wuyou_json_add_string (out, "if_match", self->if_match);
  wuyou_json_add_boolean (out, "follow_tag", self->follow_tag);
  wuyou_json_add_boolean (out, "refused", self->state == WUYOU_OUTBOX_REFUSED);
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

static gboolean
find_route (const char *method, const char *path, WuyouRouteId *ret_route)
{
  for (int i = 0; method != NULL && path != NULL && i < WUYOU_N_ROUTES; i++) {
    const WuyouRoute *route = wuyou_route_get (i);

    if (!g_str_equal (route->method, method) || !g_str_equal (route->path, path))
      continue;
    *ret_route = i;
    return TRUE;
  }
  return FALSE;
}

static char **
read_texts (JsonObject *object, const char *name)
{
  JsonArray *array = wuyou_json_get_array (object, name);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (texts, json_array_get_string_element (array, i));
  return g_strv_builder_end (texts);
}

WuyouOutboxItem *
_wuyou_outbox_item_from_json (const char *id, const char *json)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (json, strlen (json), NULL);
  WuyouOutboxItem *self;
  WuyouRouteId route;

  if (object == NULL
      || !find_route (wuyou_json_get_string (object, "method"), wuyou_json_get_string (object, "path"), &route))
    return NULL;
  self = g_object_new (WUYOU_TYPE_OUTBOX_ITEM, NULL);
  self->id = g_strdup (id);
  self->route = route;
  self->kind = g_strdup (wuyou_json_get_string (object, "kind"));
  self->record = g_strdup (wuyou_json_get_string (object, "record"));
  self->label = g_strdup (wuyou_json_get_string (object, "label"));
  self->args = read_texts (object, "args");
  self->query = read_texts (object, "query");
  self->body = g_strdup (wuyou_json_get_string (object, "body"));
  self->if_match = g_strdup (wuyou_json_get_string (object, "if_match"));
  self->follow_tag = wuyou_json_get_boolean (object, "follow_tag");
  self->tried = TRUE; /* for all that is known: the run that kept it may have ended while it was sent */
  if (wuyou_json_get_boolean (object, "refused"))
    self->state = WUYOU_OUTBOX_REFUSED;
  return self;
}

static void
wuyou_outbox_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouOutboxItem *self = WUYOU_OUTBOX_ITEM (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_int (value, self->state);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_outbox_item_finalize (GObject *object)
{
  WuyouOutboxItem *self = WUYOU_OUTBOX_ITEM (object);

  g_free (self->id);
  g_free (self->kind);
  g_free (self->record);
  g_free (self->label);
  g_strfreev (self->args);
  g_strfreev (self->query);
  g_free (self->body);
  g_free (self->if_match);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wuyou_outbox_item_parent_class)->finalize (object);
}

static void
wuyou_outbox_item_class_init (WuyouOutboxItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wuyou_outbox_item_get_property;
  object_class->finalize = wuyou_outbox_item_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, WUYOU_OUTBOX_QUEUED, WUYOU_OUTBOX_REFUSED,
                                             WUYOU_OUTBOX_QUEUED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wuyou_outbox_item_init (WuyouOutboxItem *self)
{
}
