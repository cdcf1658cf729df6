/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "records/wuyou-changes-routes.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "accounts/wuyou-auth.h"
#include "consent/wuyou-consent-service.h"

#define LONGEST_WAIT 50 /* seconds; below what proxies allow */
#define PAGE 200

/* Where a desktop stands, opaque to it: "1.EPOCH.POSITION.GATE". Of the gate only enough to notice that it moved. */
typedef struct {
  gint64 epoch, position;
  char gate[16];
} Cursor;

/* One request over its runs: kept as its note. */
typedef struct {
  Cursor cursor;
  gint64 deadline; /* instant */
} Wait;

typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  Cursor cursor;
  WuyouConsentState state;
  GPtrArray *events; /* WuyouEvent */
} Changes;

static void
clear_changes (Changes *c)
{
  g_clear_pointer (&c->events, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changes, clear_changes)

/* Which events a desktop may hear of besides its own session: the right to read the object they are about. */
static const struct {
  const char *kind;
  WuyouObject object;
} readable[] = {
  { "contract", WUYOU_OBJECT_CONTRACT },       { "document", WUYOU_OBJECT_CONTRACT }, { "claim", WUYOU_OBJECT_CLAIM },
  { "evidence", WUYOU_OBJECT_CLAIM_DOCUMENT }, { "product", WUYOU_OBJECT_PRODUCT },   { "org", WUYOU_OBJECT_ORG },
  { "account", WUYOU_OBJECT_ACCOUNT },
};

static gboolean
refuse_cursor (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_RESYNC_REQUIRED, "");
  return FALSE;
}

static void
describe_gate (const WuyouConsentState *state, char gate[16])
{
  g_autofree char *text = g_strdup_printf ("%d%s", state->state, state->bundle_id);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  g_strlcpy (gate, hash, 13);
}

static char *
format_cursor (const Cursor *cursor)
{
  return g_strdup_printf ("1.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT ".%s", cursor->epoch, cursor->position,
                          cursor->gate);
}

static gboolean
parse_number (const char *text, gint64 *ret_value)
{
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, ret_value, NULL);
}

static gboolean
parse_cursor (const char *text, Cursor *ret_cursor)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 5);

  if (g_strv_length (parts) != 4 || !g_str_equal (parts[0], "1") || strlen (parts[3]) >= sizeof ret_cursor->gate)
    return FALSE;
  g_strlcpy (ret_cursor->gate, parts[3], sizeof ret_cursor->gate);
  return parse_number (parts[1], &ret_cursor->epoch) && parse_number (parts[2], &ret_cursor->position);
}

static gboolean
read_position (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_feed_get_position (conn, data, error);
}

/* What the desktop knows before the first answer: whether its gate is closed, not what there is to read behind it. */
static void
describe_start (const WuyouConsentState *state, char gate[16])
{
  const WuyouConsentState open = { .state = WUYOU_GATE_OPEN };

  describe_gate (state->state == WUYOU_GATE_REQUIRED ? state : &open, gate);
}

/* Without a cursor the feed begins now: what the desktop then loads is at least as new. */
static gboolean
begin_cursor (Changes *c, const char *since, GError **error)
{
  if (since == NULL || *since == '\0') {
    c->cursor.epoch = c->caller->epoch;
    describe_start (&c->state, c->cursor.gate);
    return wuyou_db_read (c->context->db, read_position, &c->cursor.position, error);
  }
  return (parse_cursor (since, &c->cursor) && c->cursor.epoch == c->caller->epoch) || refuse_cursor (error);
}

static gboolean
read_events (WuyouDbConn *conn, gpointer data, GError **error)
{
  Changes *c = data;
  gint64 next;

  g_ptr_array_set_size (c->events, 0);
  if (!wuyou_feed_read (conn, c->cursor.position, c->caller->scope, c->caller->account_id, PAGE, c->events, &next,
                        error))
    return FALSE;
  c->cursor.position = next;
  return TRUE;
}

static gboolean
may_hear (const Changes *c, const WuyouEvent *event)
{
  if (g_str_equal (event->kind, "session"))
    return TRUE;
  if (c->state.state == WUYOU_GATE_REQUIRED || c->caller->must_set_up_codes)
    return FALSE;
  if (g_str_equal (event->kind, "account") && g_strcmp0 (event->record_id, c->caller->account_id) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (readable); i++)
    if (g_str_equal (event->kind, readable[i].kind))
      return wuyou_permission_check (c->caller->roles, readable[i].object, WUYOU_VERB_READ);
  return FALSE;
}

static void
filter_events (Changes *c)
{
  for (guint i = c->events->len; i > 0; i--) {
    const WuyouEvent *event = c->events->pdata[i - 1];

    /* Another process may have ended or suspended it: the next call looks again. */
    if (g_str_equal (event->kind, "session") || g_strcmp0 (event->record_id, c->caller->account_id) == 0)
      wuyou_auth_forget (c->context, c->caller->account_id);
    if (!may_hear (c, event))
      g_ptr_array_remove_index (c->events, i - 1);
  }
}

static void
write_event (GString *out, const WuyouEvent *event)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, event->position);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", id);
  wuyou_json_add_string (out, "kind", g_str_equal (event->kind, "session") ? "session" : "changed");
  wuyou_json_add_string (out, "object", event->kind);
  wuyou_json_add_string (out, "record", event->record_id);
  wuyou_json_add_int (out, "revision", event->version);
  wuyou_json_add_string (out, "scope", event->scope);
  wuyou_json_end_object (out);
}

/* A gate moves by an event or by the calendar alone; the cursor says what the desktop last knew. */
static void
write_gate_event (const Changes *c, const char *gate, GString *out)
{
  g_autofree char *id = g_strconcat ("gate-", gate, NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", id);
  wuyou_json_add_string (out, "kind", wuyou_enum_id (wuyou_gate_events, c->state.state));
  wuyou_json_add_string (out, "object", "consent");
  wuyou_json_add_string (out, "record", *c->state.bundle_id != '\0' ? c->state.bundle_id : NULL);
  wuyou_json_end_object (out);
}

static WuyouReply *
write_changes (Changes *c, const char *gate, gboolean gate_moved)
{
  GString *out = g_string_new (NULL);
  g_autofree char *next = NULL;

  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "events");
  if (gate_moved)
    write_gate_event (c, gate, out);
  for (guint i = 0; i < c->events->len; i++)
    write_event (out, c->events->pdata[i]);
  wuyou_json_end_array (out);
  g_strlcpy (c->cursor.gate, gate, sizeof c->cursor.gate);
  next = format_cursor (&c->cursor);
  wuyou_json_add_string (out, "next", next);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

/* Sleeps until something happens, until the client's time is over or a version of the agreements comes into force. */
static WuyouReply *
wait_on (WuyouRequest *request, Changes *c, Wait *wait)
{
  gint64 until = wait->deadline;

  if (c->state.next_change > wuyou_request_get_now (request))
    until = MIN (until, c->state.next_change);
  wait->cursor = c->cursor;
  return wuyou_reply_new_wait (NULL, until);
}

static gboolean
begin (WuyouRequest *request, Changes *c, Wait **ret_wait, GError **error)
{
  Wait *wait = wuyou_request_get_note (request);
  gint64 seconds;

  if (!wuyou_request_get_query_int (request, "wait", 0, 3600, 0, &seconds, error)
      || !wuyou_consent_service_get (c->context, c->caller->account_id, c->caller->organisation_id,
                                     wuyou_request_get_now (request), &c->state, error))
    return FALSE;
  *ret_wait = wait;
  if (wait != NULL) {
    c->cursor = wait->cursor;
    return c->cursor.epoch == c->caller->epoch || refuse_cursor (error);
  }
  if (!begin_cursor (c, wuyou_request_get_query (request, "since"), error))
    return FALSE;
  *ret_wait = wait = g_new0 (Wait, 1);
  wait->deadline = wuyou_request_get_now (request) + MIN (seconds, LONGEST_WAIT) * G_TIME_SPAN_SECOND;
  wuyou_request_set_note (request, wait, g_free);
  return TRUE;
}

static WuyouReply *
get_changes (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (Changes) c = { .context = context, .caller = wuyou_request_get_caller (request) };
  gboolean gate_moved;
  char gate[16];
  Wait *wait;

  c.events = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_event_free);
  if (!begin (request, &c, &wait, error) || !wuyou_db_read (context->db, read_events, &c, error))
    return NULL;
  filter_events (&c);
  describe_gate (&c.state, gate);
  gate_moved = !g_str_equal (gate, c.cursor.gate);
  if (c.events->len == 0 && !gate_moved && !wuyou_request_is_over (request)
      && wuyou_request_get_now (request) < wait->deadline)
    return wait_on (request, &c, wait);
  return write_changes (&c, gate, gate_moved);
}

void
wuyou_changes_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_CHANGES, get_changes);
}
