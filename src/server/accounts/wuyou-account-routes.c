/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-account-routes.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-record.h"
#include "base/wuyou-text.h"
#include "wuyou-audit-store.h"
#include "accounts/wuyou-email-change.h"

#define ACTIVITY_PAGE 50
#define MAX_REASON 200

/* What proves who one is never leaves the server, not even to its owner. */
static WuyouReply *
reply_account (const WuyouAccount *account)
{
  g_autoptr (WuyouAccount) shown = wuyou_account_new ();
  GString *out = g_string_new (NULL);
  WuyouReply *reply;

  wuyou_record_copy (&wuyou_account_type, account, shown);
  g_clear_pointer (&shown->password_hash, g_free);
  g_clear_pointer (&shown->email_key, g_free);
  wuyou_record_write_json (&wuyou_account_type, shown, WUYOU_CODEC_DEFAULT, out);
  reply = wuyou_reply_new_json (200, out);
  wuyou_reply_set_revision (reply, account->version);
  return reply;
}

static WuyouReply *
get_account (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouPerson) person = { NULL };

  if (!wuyou_person_load (&person, context, wuyou_request_get_caller (request)->account_id,
                          wuyou_request_get_now (request), error))
    return NULL;
  return reply_account (person.account);
}

/* --- change --- */

static gboolean
refuse_field (const char *field, const char *sentence, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, field, NULL);
  return FALSE;
}

/* The record's members, and beside them the reason, which is not one. */
static gboolean
read_body (WuyouAccountChange *change, JsonObject *body, char **ret_reason, GError **error)
{
  const char *reason = wuyou_json_get_string (body, "reason");

  if (reason != NULL && (wuyou_text_length (reason) > MAX_REASON || !wuyou_text_check (reason, NULL)))
    return refuse_field ("reason", N_ ("This reason cannot be stored."), error);
  *ret_reason = g_strdup (reason);
  json_object_remove_member (body, "reason");
  if (!wuyou_record_read_json (&wuyou_account_type, change->changed, body, WUYOU_CODEC_CLIENT, error)
      || !wuyou_record_check (&wuyou_account_type, change->changed, WUYOU_FIELD_ALWAYS, error))
    return FALSE;
  return g_strcmp0 (change->changed->id, change->person.account->id) == 0
         || refuse_field ("id", N_ ("A record keeps its id."), error);
}

static gboolean
save_change (WuyouAccountChange *change, const char *action, const char *reason, GError **error)
{
  GError *local = NULL;

  if (wuyou_account_change_save (change, action, reason, &local))
    return TRUE;
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_CONFLICT))
    wuyou_error_set_field (local, "email", "2.2-01");
  g_propagate_error (error, local);
  return FALSE;
}

static WuyouReply *
put_account (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (WuyouEmailChange) email = { NULL };
  g_auto (WuyouAccountChange) change = { NULL };
  g_autofree char *reason = NULL;

  if (body == NULL
      || !wuyou_account_change_begin (&change, context, request, wuyou_request_get_caller (request)->account_id, error))
    return NULL;
  if (wuyou_request_get_if_match (request) != change.person.account->version) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "");
    return NULL;
  }
  if (!read_body (&change, body, &reason, error) || !wuyou_email_change_ask (&email, &change, error))
    return NULL;
  return save_change (&change, "update", reason, error) ? reply_account (change.changed) : NULL;
}

static WuyouReply *
confirm_email (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (WuyouEmailChange) email = { NULL };
  g_auto (WuyouAccountChange) change = { NULL };

  if (body == NULL
      || !wuyou_account_change_begin (&change, context, request, wuyou_request_get_caller (request)->account_id, error)
      || !wuyou_email_change_confirm (&email, &change, wuyou_json_get_string (body, "token"), error))
    return NULL;
  return save_change (&change, "email", NULL, error) ? reply_account (change.changed) : NULL;
}

/* --- activity --- */

typedef struct {
  WuyouAuditQuery query;
  GPtrArray *rows;
} Activity;

static gboolean
read_activity (WuyouDbConn *conn, gpointer data, GError **error)
{
  Activity *a = data;

  g_ptr_array_set_size (a->rows, 0);
  return wuyou_audit_list (conn, &a->query, a->rows, error);
}

static void
write_row (GString *out, const WuyouAuditRow *row)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_int (out, "seq", row->seq);
  wuyou_json_add_instant (out, "at", row->at);
  wuyou_json_add_string (out, "action", row->action);
  wuyou_json_add_string (out, "object", row->object);
  wuyou_json_add_string (out, "record", row->object_id);
  wuyou_json_add_string (out, "outcome", row->outcome);
  wuyou_json_add_string (out, "reason", row->reason);
  wuyou_json_add_string (out, "purpose", row->purpose);
  wuyou_json_add_string (out, "session", row->session_id);
  wuyou_json_end_object (out);
}

static WuyouReply *
get_activity (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_audit_row_free);
  Activity activity = { .rows = rows };
  gint64 limit;
  GString *out;

  activity.query.account_id = wuyou_request_get_caller (request)->account_id;
  if (!wuyou_request_get_query_int (request, "before", 1, G_MAXINT64, G_MAXINT64, &activity.query.before_seq, error)
      || !wuyou_request_get_query_int (request, "limit", 1, 200, ACTIVITY_PAGE, &limit, error))
    return NULL;
  activity.query.limit = (guint) limit;
  if (!wuyou_db_read (context->db, read_activity, &activity, error))
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "items");
  for (guint i = 0; i < rows->len; i++)
    write_row (out, rows->pdata[i]);
  wuyou_json_end_array (out);
  if (rows->len == limit)
    wuyou_json_add_int (out, "before", ((WuyouAuditRow *) rows->pdata[rows->len - 1])->seq);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

void
wuyou_account_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_ACCOUNT_GET, get_account);
  wuyou_router_add (router, WUYOU_ROUTE_ACCOUNT_PUT, put_account);
  wuyou_router_add (router, WUYOU_ROUTE_EMAIL_CONFIRM, confirm_email);
  wuyou_router_add (router, WUYOU_ROUTE_ACCOUNT_ACTIVITY, get_activity);
}
