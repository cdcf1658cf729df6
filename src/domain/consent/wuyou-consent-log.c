/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-consent-private.h"

#define MAX_EVENTS 500

struct _WuyouConsentLog {
  gint64 wall, steady;
  GArray *events;
};

static void
clear_event (gpointer data)
{
  g_free (((WuyouConsentEvent *) data)->document);
}

GArray *
_wuyou_consent_events_new (void)
{
  GArray *events = g_array_new (FALSE, TRUE, sizeof (WuyouConsentEvent));

  g_array_set_clear_func (events, clear_event);
  return events;
}

WuyouConsentLog *
wuyou_consent_log_new (gint64 wall_now, gint64 steady_now)
{
  WuyouConsentLog *self = g_new0 (WuyouConsentLog, 1);

  self->wall = wall_now;
  self->steady = steady_now;
  self->events = _wuyou_consent_events_new ();
  return self;
}

void
wuyou_consent_log_free (WuyouConsentLog *self)
{
  g_array_unref (self->events);
  g_free (self);
}

static gboolean
counts_once (int kind)
{
  return kind == WUYOU_CONSENT_DISPLAYED || kind == WUYOU_CONSENT_FIRST_SCROLL || kind == WUYOU_CONSENT_REACHED_END
         || kind == WUYOU_CONSENT_DIFF_VIEWED;
}

static gboolean
is_decision (int kind)
{
  return kind == WUYOU_CONSENT_ACCEPTED || kind == WUYOU_CONSENT_DECLINED;
}

/* A decision taken back in its confirmation is replaced by the one that stands. */
static void
drop_decisions (GArray *events)
{
  for (guint i = events->len; i > 0; i--)
    if (is_decision (g_array_index (events, WuyouConsentEvent, i - 1).kind))
      g_array_remove_index (events, i - 1);
}

void
wuyou_consent_log_add (WuyouConsentLog *self, int kind, const char *document, gint64 steady_now)
{
  WuyouConsentEvent event = { .kind = kind, .at = self->wall + (steady_now - self->steady) };

  for (guint i = 0; counts_once (kind) && i < self->events->len; i++) {
    const WuyouConsentEvent *old = &g_array_index (self->events, WuyouConsentEvent, i);

    if (old->kind == kind && g_strcmp0 (old->document, document) == 0)
      return;
  }
  if (is_decision (kind))
    drop_decisions (self->events);
  else if (!counts_once (kind) && self->events->len >= MAX_EVENTS - 100)
    return;
  event.document = g_strdup (document);
  g_array_append_val (self->events, event);
}

char *
wuyou_consent_log_dup_json (const WuyouConsentLog *self)
{
  return _wuyou_consent_events_write (self->events);
}

char *
_wuyou_consent_events_write (const GArray *events)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_array (out, NULL);
  for (guint i = 0; i < events->len; i++) {
    const WuyouConsentEvent *event = &g_array_index (events, WuyouConsentEvent, i);

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "kind", wuyou_enum_id (wuyou_consent_event_kinds, event->kind));
    wuyou_json_add_string (out, "document", event->document);
    wuyou_json_add_instant (out, "at", event->at);
    wuyou_json_add_instant (out, "server_at", event->server_at);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
  return g_string_free (out, FALSE);
}

static gboolean
read_event (GArray *events, JsonObject *object)
{
  const char *name = wuyou_json_get_string (object, "kind");
  const WuyouEnum *kind = name != NULL ? wuyou_enum_find (wuyou_consent_event_kinds, name) : NULL;
  WuyouConsentEvent event = { .at = wuyou_instant_parse (wuyou_json_get_string (object, "at")) };

  if (kind == NULL || event.at == 0)
    return FALSE;
  event.kind = kind->value;
  event.document = g_strdup (wuyou_json_get_string (object, "document"));
  event.server_at = wuyou_instant_parse (wuyou_json_get_string (object, "server_at"));
  g_array_append_val (events, event);
  return TRUE;
}

GArray *
_wuyou_consent_events_read (const char *json, GError **error)
{
  g_autoptr (JsonNode) root = json != NULL ? wuyou_json_parse (json, strlen (json), NULL) : NULL;
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  g_autoptr (GArray) events = _wuyou_consent_events_new ();
  gboolean right = array != NULL && json_array_get_length (array) <= MAX_EVENTS;

  for (guint i = 0; right && i < json_array_get_length (array); i++) {
    JsonObject *object = wuyou_json_array_get_object (array, i);

    right = object != NULL && read_event (events, object);
  }
  if (right)
    return g_steal_pointer (&events);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "events of reading are not understood");
  return NULL;
}
