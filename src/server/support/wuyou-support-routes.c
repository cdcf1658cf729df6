/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "support/wuyou-support-routes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-calendar.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "wuyou-audit-store.h"
#include "accounts/wuyou-auth.h"
#include "mail/wuyou-mail-service.h"
#include "records/wuyou-once.h"
#include "wuyou-setting-store.h"

#define DAYS_BACK 40
#define DAYS_AHEAD 500
#define MAX_TEXT 4000 /* characters */
#define MAX_LOGIN 320
#define REPORTS_OF_ADDRESS 10 /* an hour, by somebody who is not signed in */
#define HOUR 3600

/* --- support profile --- */

typedef struct {
  gint64 now;
  char *profile, *operator_profile;
  GPtrArray *days;
} Support;

static void
clear_support (Support *s)
{
  g_clear_pointer (&s->profile, g_free);
  g_clear_pointer (&s->operator_profile, g_free);
  g_clear_pointer (&s->days, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Support, clear_support)

static gboolean
read_support (WuyouDbConn *conn, gpointer data, GError **error)
{
  Support *s = data;
  WuyouDate today = wuyou_date_of_instant (s->now);
  GError *local = NULL;

  clear_support (s);
  s->profile = wuyou_setting_get (conn, "support-profile", NULL, &local);
  if (local == NULL)
    s->operator_profile = wuyou_setting_get (conn, "operator-profile", NULL, &local);
  if (local == NULL)
    s->days = wuyou_holiday_list (conn, today - DAYS_BACK, today + DAYS_AHEAD, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static WuyouCalendar *
create_calendar (const Support *s, JsonObject *profile, GError **error)
{
  WuyouCalendar *calendar = profile != NULL ? wuyou_calendar_new_from_json (profile, error) : wuyou_calendar_new ();

  if (calendar != NULL)
    wuyou_holiday_add_all (s->days, calendar);
  return calendar;
}

static void
add_member (GString *out, JsonObject *object, const char *name)
{
  g_autofree char *json = object != NULL && json_object_has_member (object, name)
                              ? wuyou_json_canonical (json_object_get_member (object, name))
                              : NULL;

  wuyou_json_add_raw (out, name, json);
}

static void
write_support (const Support *s, JsonObject *profile, const WuyouCalendar *calendar, GString *out)
{
  static const char *const members[] = { "tel", "tz", "email", "privacy_email", "client_policy" };
  gboolean open = wuyou_calendar_is_open (calendar, s->now);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_raw (out, "operator", s->operator_profile);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    add_member (out, profile, members[i]);
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  wuyou_calendar_write_json (calendar, out);
  wuyou_json_add_boolean (out, "open_now", open);
  wuyou_json_add_instant (out, "changes_at",
                          open ? wuyou_calendar_closing (calendar, s->now)
                               : wuyou_calendar_next_opening (calendar, s->now));
  wuyou_json_add_instant (out, "server_time", s->now);
  wuyou_json_end_object (out);
}

static WuyouReply *
get_support (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (Support) s = { .now = wuyou_request_get_now (request) };
  g_autoptr (JsonObject) profile = NULL;
  g_autoptr (WuyouCalendar) calendar = NULL;
  GString *out;

  if (!wuyou_db_read (context->db, read_support, &s, error))
    return NULL;
  if (s.profile != NULL && (profile = wuyou_json_parse_object (s.profile, strlen (s.profile), error)) == NULL)
    return NULL;
  calendar = create_calendar (&s, profile, error);
  if (calendar == NULL)
    return NULL;
  out = g_string_new (NULL);
  write_support (&s, profile, calendar, out);
  return wuyou_reply_new_json (200, out);
}

/* --- feedback and reports --- */

typedef struct {
  WuyouServerContext *context;
  WuyouRequest *request;
  WuyouActor actor;
  const char *kind; /* "feedback", "misuse" */
  char *id, *address_key, *limit_key;
  char *login;
  GBytes *sealed;
  WuyouMailDraft *mail;
  gboolean signed_in;
} Report;

static void
clear_report (Report *r)
{
  g_free (r->id);
  g_free (r->address_key);
  g_free (r->limit_key);
  g_free (r->login);
  g_clear_pointer (&r->sealed, g_bytes_unref);
  wuyou_mail_draft_free (r->mail);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, clear_report)

static gboolean
check_text (const char *text, gboolean needed, GError **error)
{
  if (text == NULL || *text == '\0') {
    if (!needed)
      return TRUE;
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("Write what you want to say."));
  } else if (wuyou_text_length (text) > MAX_TEXT) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This text is longer than 4,000 characters."));
  } else if (wuyou_text_check_lines (text, error)) {
    return TRUE;
  }
  if (error != NULL)
    wuyou_error_set_field (*error, "text", NULL);
  return FALSE;
}

/* What was said may name people: sealed, and bound to its row. */
static void
seal_report (Report *r, const char *text)
{
  g_autoptr (GString) json = g_string_new (NULL);

  r->id = wuyou_id_new (&r->context->ids);
  wuyou_json_begin_object (json, NULL);
  wuyou_json_add_string (json, "text", text);
  wuyou_json_add_string (json, "login", r->login);
  wuyou_json_add_string (json, "host", wuyou_request_get_address (r->request));
  wuyou_json_end_object (json);
  r->sealed = wuyou_keys_seal (r->context->keys, WUYOU_PURPOSE_USERS, r->id, json->str, json->len);
}

static gboolean
write_report (WuyouDbConn *conn, gpointer data, GError **error)
{
  Report *r = data;
  const char *account_id = r->actor.account_id != NULL ? r->actor.account_id : "";
  const WuyouAuditEntry entry
      = { .action = r->kind, .object = "feedback", .object_id = r->id, .scope = r->actor.scope, .outcome = "OK" };

  return wuyou_feedback_insert (conn, r->id, account_id, r->kind, r->sealed, r->actor.at, error)
         && wuyou_audit_insert (conn, &r->actor, &entry, error);
}

static WuyouReply *
reply_with_id (const Report *r)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", r->id);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (201, out);
}

static WuyouReply *
send_feedback (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  const char *text = body != NULL ? wuyou_json_get_string (body, "text") : NULL;
  g_auto (Report) r = { .context = context, .request = request, .kind = "feedback" };
  gboolean replayed;

  if (body == NULL || !check_text (text, TRUE, error))
    return NULL;
  r.actor = wuyou_auth_get_actor (request);
  seal_report (&r, text);
  if (!wuyou_once_write (context, request, r.id, write_report, &r, &replayed, error))
    return NULL;
  return reply_with_id (&r);
}

/* --- misuse (2.5-02) --- */

typedef struct {
  WuyouCaller caller;
  gboolean known;
} Reporter;

static void
clear_reporter (Reporter *reporter)
{
  wuyou_caller_clear (&reporter->caller);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reporter, clear_reporter)

/* The route is public, as somebody may report from the sign-in window; a session that is sent along is looked at. */
static void
find_reporter (WuyouRequest *request, WuyouServerContext *context, Reporter *reporter)
{
  const char *value = wuyou_request_get_header (request, "Authorization");
  g_autoptr (GError) ignored = NULL;

  if (value != NULL && g_ascii_strncasecmp (value, "Bearer ", 7) == 0 && strlen (value) <= 263)
    reporter->known = context->access.resolve (context, request, value + 7, &reporter->caller, &ignored);
}

static gboolean
write_misuse (WuyouDbConn *conn, gpointer data, GError **error)
{
  Report *r = data;

  if (!r->signed_in && !wuyou_limit_use (conn, r->limit_key, REPORTS_OF_ADDRESS, HOUR, r->actor.at, error))
    return FALSE;
  if (r->signed_in
      && (!wuyou_session_end (conn, r->actor.account_id, NULL, NULL, "misuse reported", r->actor.at, NULL, error)
          || !wuyou_email_change_drop (conn, r->actor.account_id, error)))
    return FALSE;
  return write_report (conn, r, error) && wuyou_mail_draft_insert (conn, r->mail, r->actor.at, error);
}

static gboolean
write_operator_mail (Report *r, const char *text, GError **error)
{
  const char *facts[] = { "login", r->login != NULL ? r->login : r->actor.account_id, "text", text, NULL };
  g_autofree char *profile = NULL;
  g_autoptr (JsonObject) object = NULL;
  const char *to;

  if (!wuyou_setting_read (r->context->db, "support-profile", &profile, error))
    return FALSE;
  object = profile != NULL ? wuyou_json_parse_object (profile, strlen (profile), NULL) : NULL;
  to = object != NULL ? wuyou_json_get_string (object, "email") : NULL;
  if (to != NULL)
    r->mail = wuyou_mail_draft_new (r->context, r->request, WUYOU_MAIL_MISUSE, r->actor.account_id, to, facts);
  return TRUE;
}

static void
set_reporter (Report *r, const Reporter *reporter)
{
  r->signed_in = reporter->known;
  r->actor = (WuyouActor){ .address = r->address_key, .at = wuyou_request_get_now (r->request) };
  if (!reporter->known)
    return;
  r->actor.account_id = reporter->caller.account_id;
  r->actor.session_id = reporter->caller.session_id;
  r->actor.scope = reporter->caller.scope;
}

static WuyouReply *
report_misuse (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  const char *text = body != NULL ? wuyou_json_get_string (body, "text") : NULL;
  const char *login = body != NULL ? wuyou_json_get_string (body, "login") : NULL;
  g_auto (Reporter) reporter = { .known = FALSE };
  g_auto (Report) r = { .context = context, .request = request, .kind = "misuse" };

  if (body == NULL || !check_text (text, FALSE, error))
    return NULL;
  if (login != NULL && strlen (login) <= MAX_LOGIN && wuyou_text_check (login, NULL))
    r.login = g_strdup (login);
  r.address_key = wuyou_auth_dup_address_key (context, request);
  r.limit_key = g_strconcat ("misuse:", r.address_key, NULL);
  find_reporter (request, context, &reporter);
  set_reporter (&r, &reporter);
  seal_report (&r, text);
  if (!write_operator_mail (&r, text, error) || !wuyou_db_write (context->db, write_misuse, &r, error))
    return NULL;
  if (r.signed_in)
    wuyou_auth_forget (context, r.actor.account_id);
  wuyou_mail_service_wake (context);
  return reply_with_id (&r);
}

void
wuyou_support_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_SUPPORT, get_support);
  wuyou_router_add (router, WUYOU_ROUTE_FEEDBACK, send_feedback);
  wuyou_router_add (router, WUYOU_ROUTE_MISUSE_REPORT, report_misuse);
}
