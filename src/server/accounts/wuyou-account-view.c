/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-account-view.h"

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "accounts/wuyou-auth.h"
#include "support/wuyou-policy-service.h"
#include "wuyou-record-store.h"

typedef struct {
  WuyouServerContext *context;
  const char *account_id, *session_id;
  gint64 now;
  WuyouClientPolicy policy;
  WuyouAccount *account;
  WuyouOrg *org;
  WuyouSession *session;
  WuyouSession *before; /* the sign-in before this one */
} View;

static void
clear_view (View *view)
{
  wuyou_account_free (view->account);
  wuyou_org_free (view->org);
  wuyou_session_free (view->session);
  wuyou_session_free (view->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, clear_view)

static gboolean
unseal_before (WuyouDbConn *conn, View *v, GError **error)
{
  GError *local = NULL;
  g_autoptr (WuyouKey) key = NULL;

  if (v->before == NULL)
    return TRUE;
  key = wuyou_record_load_key (conn, v->context->store, &wuyou_account_type, v->account_id, &local);
  if (local == NULL)
    wuyou_session_unseal (v->before, key, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_view (WuyouDbConn *conn, gpointer data, GError **error)
{
  View *v = data;
  WuyouStore *store = v->context->store;

  g_clear_pointer (&v->account, wuyou_account_free);
  g_clear_pointer (&v->org, wuyou_org_free);
  v->account = wuyou_record_load (conn, store, &wuyou_account_type, v->account_id, NULL, NULL, error);
  if (v->account == NULL)
    return FALSE;
  v->org = wuyou_record_load (conn, store, &wuyou_org_type, v->account->org_id, NULL, NULL, error);
  g_clear_pointer (&v->session, wuyou_session_free);
  g_clear_pointer (&v->before, wuyou_session_free);
  return v->org != NULL && wuyou_session_load (conn, v->account_id, v->session_id, &v->session, &v->before, error)
         && unseal_before (conn, v, error);
}

static void
write_account (GString *out, const View *v)
{
  wuyou_json_begin_object (out, "account");
  wuyou_json_add_string (out, "id", v->account->id);
  wuyou_json_add_string (out, "name", v->account->name);
  wuyou_json_add_string (out, "email", v->account->email);
  wuyou_json_add_string (out, "roles", v->account->roles);
  wuyou_json_add_boolean (out, "totp", v->account->totp);
  wuyou_json_add_int (out, "version", v->account->version);
  wuyou_json_begin_object (out, "org");
  wuyou_json_add_string (out, "id", v->org->id);
  wuyou_json_add_string (out, "name", v->org->name);
  wuyou_json_add_string (out, "kind", wuyou_enum_id (wuyou_org_kinds, v->org->kind));
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
}

static void
write_session (GString *out, const View *v)
{
  wuyou_json_begin_object (out, "session");
  wuyou_json_add_string (out, "id", v->session->id);
  wuyou_json_add_instant (out, "expires_at", v->session->expires_at);
  wuyou_json_add_int (out, "idle_seconds", v->session->idle_seconds);
  wuyou_json_end_object (out);
  if (v->before == NULL)
    return;
  wuyou_json_begin_object (out, "last_sign_in");
  wuyou_json_add_instant (out, "at", v->before->created_at);
  wuyou_json_add_string (out, "host", v->before->host);
  wuyou_json_add_string (out, "device", v->before->device_label);
  wuyou_json_end_object (out);
}

/* Those that are closed, as the next call would find them. */
static gboolean
write_gates (GString *out, const View *v, GError **error)
{
  g_auto (WuyouCaller) caller = { .scope = NULL };
  gboolean closed;

  wuyou_auth_fill_caller (&caller, v->account, v->org);
  wuyou_json_begin_array (out, "gates");
  for (const WuyouAccessGate *gate = v->context->access.gates; gate != NULL && gate->is_closed != NULL; gate++) {
    if (!gate->is_closed (v->context, &caller, v->now, &closed, error))
      return FALSE;
    if (closed)
      wuyou_json_add_string (out, NULL, wuyou_error_info (gate->code)->id);
  }
  wuyou_json_end_array (out);
  return TRUE;
}

WuyouReply *
wuyou_account_view_reply (WuyouServerContext *context,
                          const char *account_id,
                          const char *session_id,
                          const char *token,
                          gint64 now,
                          GError **error)
{
  g_auto (View) view = { .context = context, .account_id = account_id, .session_id = session_id, .now = now };
  g_autoptr (GString) out = g_string_new (NULL), policy = g_string_new (NULL);

  if (!wuyou_db_read (context->db, read_view, &view, error)
      || !wuyou_policy_service_get (context, now, &view.policy, error))
    return NULL;
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "token", token);
  write_session (out, &view);
  write_account (out, &view);
  if (!write_gates (out, &view, error))
    return NULL;
  wuyou_client_policy_write_json (&view.policy, policy);
  wuyou_json_add_raw (out, "client_policy", policy->str);
  wuyou_json_add_instant (out, "server_time", now);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (token != NULL ? 201 : 200, g_steal_pointer (&out));
}
