/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-session-routes.h"

#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-account-view.h"
#include "wuyou-audit-store.h"
#include "wuyou-auth.h"
#include "wuyou-record-store.h"

/* Everything one sign-in needs, read in one snapshot, decided without a transaction, written in another. */
typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  gint64 now;
  const char *login;
  char *login_key, *address_key;
  gboolean locked;
  WuyouAccount *account;
  WuyouOrg *org;
  GBytes *totp_sealed;
  gint64 totp_last_step;
  gint64 totp_step;
  WuyouSession session;
  char *token, *token_hash;
  const char *failure; /* outcome for the audit row */
} SignIn;

static void
clear_sign_in (SignIn *s)
{
  g_free (s->login_key);
  g_free (s->address_key);
  wuyou_account_free (s->account);
  wuyou_org_free (s->org);
  g_clear_pointer (&s->totp_sealed, g_bytes_unref);
  g_free (s->session.id);
  g_free (s->token);
  g_free (s->token_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, clear_sign_in)

static gboolean
read_locked (WuyouDbConn *conn, SignIn *s, GError **error)
{
  const char *keys[] = { s->login_key, s->address_key };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    guint count;
    gint64 until;

    if (!wuyou_failure_get (conn, keys[i], &count, &until, error))
      return FALSE;
    s->locked = s->locked || until > s->now;
  }
  return TRUE;
}

static gboolean
read_sign_in (WuyouDbConn *conn, gpointer data, GError **error)
{
  SignIn *s = data;
  WuyouStore *store = s->context->store;
  GError *local = NULL;
  gboolean confirmed;

  if (!read_locked (conn, s, error))
    return FALSE;
  s->account = wuyou_auth_find_account (conn, store, s->login, &local);
  if (s->account == NULL) {
    g_propagate_error (error, local);
    return local == NULL;
  }
  s->org = wuyou_record_load (conn, store, &wuyou_org_type, s->account->org_id, NULL, NULL, error);
  if (s->org == NULL)
    return FALSE;
  if (s->account->totp)
    s->totp_sealed = wuyou_totp_get (conn, s->account->id, &confirmed, &s->totp_last_step, &local);
  g_propagate_error (error, local);
  return local == NULL;
}

static gboolean
refuse_credentials (SignIn *s, const char *field, GError **error)
{
  s->failure = wuyou_error_info (WUYOU_ERROR_BAD_CREDENTIALS)->id;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "");
  if (error != NULL && field != NULL)
    wuyou_error_set_field (*error, field, NULL);
  return FALSE;
}

/* The same answer whether the account is unknown, locked or the password wrong (2.3-02): no enumeration. */
static gboolean
check_password (SignIn *s, const char *typed, GError **error)
{
  char *prepared = typed != NULL ? wuyou_password_prepare (typed) : NULL;
  const char *hash = s->account != NULL ? s->account->password_hash : NULL;
  gboolean right = wuyou_auth_verify_password (hash, prepared);

  wuyou_password_free (prepared);
  return (right && !s->locked) || refuse_credentials (s, NULL, error);
}

static gboolean
check_code (SignIn *s, const char *code, GError **error)
{
  g_autoptr (GBytes) secret = NULL;

  if (!s->account->totp)
    return TRUE;
  if (code == NULL || *code == '\0')
    return refuse_credentials (s, "totp", error);
  if (s->totp_sealed != NULL) {
    gsize length;
    const guint8 *sealed = g_bytes_get_data (s->totp_sealed, &length);

    secret = wuyou_keys_unseal (s->context->keys, WUYOU_PURPOSE_USERS, s->account->id, sealed, length, error);
  }
  if (secret == NULL)
    return FALSE;
  s->totp_step = wuyou_auth_check_totp (secret, code, s->now);
  return s->totp_step > s->totp_last_step || refuse_credentials (s, "totp", error);
}

static gboolean
write_failure (WuyouDbConn *conn, gpointer data, GError **error)
{
  SignIn *s = data;
  const WuyouActor actor
      = { .account_id = s->account != NULL ? s->account->id : NULL, .address = s->address_key, .at = s->now };
  const WuyouAuditEntry entry = {
    .action = "sign-in",
    .object = "account",
    .object_id = s->account != NULL ? s->account->id : NULL,
    .scope = s->org != NULL ? s->org->path : NULL,
    .outcome = s->failure,
  };

  return wuyou_failure_add (conn, s->login_key, WUYOU_POLICY_FAILURES, WUYOU_POLICY_LOCK, s->now, error)
         && wuyou_failure_add (conn, s->address_key, WUYOU_POLICY_ADDRESS_FAILURES, WUYOU_POLICY_LOCK, s->now, error)
         && wuyou_audit_insert (conn, &actor, &entry, error);
}

static gboolean
write_session (WuyouDbConn *conn, gpointer data, GError **error)
{
  SignIn *s = data;
  const WuyouActor actor = {
    .account_id = s->account->id,
    .session_id = s->session.id,
    .device_id = s->session.device_id,
    .scope = s->org->path,
    .address = s->address_key,
    .at = s->now,
  };
  const WuyouAuditEntry entry = {
    .action = "sign-in", .object = "account", .object_id = s->account->id, .scope = s->org->path, .outcome = "OK"
  };

  if (s->totp_step != 0 && !wuyou_totp_use_step (conn, s->account->id, s->totp_step, error))
    return FALSE;
  return wuyou_session_end (conn, s->account->id, NULL, NULL, "signed in elsewhere", s->now, NULL, error)
         && wuyou_session_insert (conn, &s->session, s->token_hash, error)
         && wuyou_failure_clear (conn, s->login_key, error) && wuyou_audit_insert (conn, &actor, &entry, error);
}

static void
begin_session (SignIn *s, JsonObject *device)
{
  s->token = wuyou_id_random_hex (WUYOU_TOKEN_BYTES);
  s->token_hash = wuyou_auth_hash_token (s->token);
  s->session = (WuyouSession){
    .id = wuyou_id_new (&s->context->ids),
    .account_id = s->account->id,
    .device_id = (char *) wuyou_json_get_string (device, "id"),
    .device_label = (char *) wuyou_json_get_string (device, "label"),
    .client = (char *) wuyou_json_get_string (device, "client"),
    .locale = (char *) wuyou_json_get_string (device, "locale"),
    .host = (char *) wuyou_request_get_address (s->request),
    .created_at = s->now,
    .seen_at = s->now,
    .authenticated_at = s->now,
    .stepped_up_until = s->now + WUYOU_POLICY_STEP_UP * G_TIME_SPAN_SECOND,
    .expires_at = s->now + WUYOU_POLICY_SESSION_LIFE * G_TIME_SPAN_SECOND,
    .idle_seconds = WUYOU_POLICY_SESSION_IDLE,
    .second_factor = s->account->totp,
  };
}

static gboolean
check_person (SignIn *s, JsonObject *body, GError **error)
{
  GError *local = NULL;

  if (check_password (s, wuyou_json_get_string (body, "password"), &local)
      && check_code (s, wuyou_json_get_string (body, "totp"), &local))
    return TRUE;
  /* A missing code is a question, not a failed try; a failure while locked does not prolong the lock. */
  if (s->failure != NULL && !s->locked
      && !(wuyou_error_get_field (local) != NULL && wuyou_json_get_string (body, "totp") == NULL)) {
    g_autoptr (GError) lost = NULL;

    if (!wuyou_db_write (s->context->db, write_failure, s, &lost))
      g_warning ("failed sign-in not recorded: %s", lost->message);
  }
  g_propagate_error (error, local);
  return FALSE;
}

static WuyouReply *
sign_in (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (SignIn) s = { .context = context, .request = request, .now = wuyou_request_get_now (request) };
  const char *address = wuyou_request_get_address (request);

  if (body == NULL)
    return NULL;
  s.login = wuyou_json_get_string (body, "login");
  if (s.login == NULL || strlen (s.login) > 320) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "");
    return NULL;
  }
  s.login_key = wuyou_auth_dup_email_key (context->keys, s.login);
  s.address_key = wuyou_keys_digest (context->keys, "address", address != NULL ? address : "");
  if (!wuyou_db_read (context->db, read_sign_in, &s, error) || !check_person (&s, body, error))
    return NULL;
  if (!wuyou_auth_check_state (s.account, s.org, s.now, error))
    return NULL;
  begin_session (&s, wuyou_json_get_object (body, "device"));
  if (!wuyou_db_write (context->db, write_session, &s, error))
    return NULL;
  wuyou_auth_forget (context, s.account->id);
  return wuyou_account_view_reply (context, s.account->id, s.session.id, s.token, s.now, error);
}

static WuyouReply *
get_session (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const WuyouCaller *caller = wuyou_request_get_caller (request);

  return wuyou_account_view_reply (context, caller->account_id, caller->session_id, NULL,
                                   wuyou_request_get_now (request), error);
}

typedef struct {
  const WuyouRequest *request;
  const char *session_id; /* NULL: all */
  const char *keep;
  const char *reason;
  guint ended;
} Ending;

static gboolean
write_end (WuyouDbConn *conn, gpointer data, GError **error)
{
  Ending *e = data;
  const WuyouActor actor = wuyou_auth_get_actor (e->request);
  const WuyouAuditEntry entry = {
    .action = "sign-out",
    .object = "session",
    .object_id = e->session_id,
    .scope = actor.scope,
    .outcome = "OK",
    .reason = e->reason,
  };

  return wuyou_session_end (conn, actor.account_id, e->session_id, e->keep, e->reason, actor.at, &e->ended, error)
         && wuyou_audit_insert (conn, &actor, &entry, error);
}

static WuyouReply *
end_sessions (WuyouServerContext *context, Ending *ending, GError **error)
{
  if (!wuyou_db_write (context->db, write_end, ending, error))
    return NULL;
  wuyou_auth_forget (context, wuyou_request_get_caller (ending->request)->account_id);
  wuyou_server_wake (context->server, NULL);
  return wuyou_reply_new (204);
}

static WuyouReply *
sign_out (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  Ending ending
      = { .request = request, .session_id = wuyou_request_get_caller (request)->session_id, .reason = "signed out" };

  return end_sessions (context, &ending, error);
}

static WuyouReply *
end_all (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  Ending ending = { .request = request, .reason = "signed out everywhere" };

  return end_sessions (context, &ending, error);
}

static WuyouReply *
end_one (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  Ending ending = { .request = request, .reason = "ended from another session" };
  WuyouReply *reply;

  ending.session_id = wuyou_request_get_id_arg (request, 0, error);
  if (ending.session_id == NULL)
    return NULL;
  reply = end_sessions (context, &ending, error);
  if (reply == NULL || ending.ended > 0)
    return reply;
  wuyou_reply_free (reply);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "session");
  return NULL;
}

typedef struct {
  const WuyouRequest *request;
  GPtrArray *sessions;
} Listing;

static gboolean
read_sessions (WuyouDbConn *conn, gpointer data, GError **error)
{
  Listing *l = data;

  l->sessions = wuyou_session_list (conn, wuyou_request_get_caller (l->request)->account_id,
                                    wuyou_request_get_now (l->request), error);
  return l->sessions != NULL;
}

static void
write_one (GString *out, const WuyouSession *session, const char *current)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", session->id);
  wuyou_json_add_string (out, "device", session->device_label);
  wuyou_json_add_string (out, "client", session->client);
  wuyou_json_add_string (out, "host", session->host);
  wuyou_json_add_instant (out, "created_at", session->created_at);
  wuyou_json_add_instant (out, "seen_at", session->seen_at);
  wuyou_json_add_boolean (out, "current", g_strcmp0 (session->id, current) == 0);
  wuyou_json_end_object (out);
}

static WuyouReply *
list_sessions (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  Listing listing = { .request = request };
  g_autoptr (GPtrArray) sessions = NULL;
  GString *out;

  if (!wuyou_db_read (context->db, read_sessions, &listing, error))
    return NULL;
  sessions = listing.sessions;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "items");
  for (guint i = 0; i < sessions->len; i++)
    write_one (out, sessions->pdata[i], wuyou_request_get_caller (request)->session_id);
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

void
wuyou_session_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_SIGN_IN, sign_in);
  wuyou_router_add (router, WUYOU_ROUTE_SESSION_GET, get_session);
  wuyou_router_add (router, WUYOU_ROUTE_SIGN_OUT, sign_out);
  wuyou_router_add (router, WUYOU_ROUTE_SESSIONS_LIST, list_sessions);
  wuyou_router_add (router, WUYOU_ROUTE_SESSIONS_END_ALL, end_all);
  wuyou_router_add (router, WUYOU_ROUTE_SESSION_END, end_one);
}
