/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-session-routes.h"

#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "accounts/wuyou-account-view.h"
#include "wuyou-audit-store.h"
#include "accounts/wuyou-auth-person.h"
#include "support/wuyou-policy-service.h"
#include "wuyou-record-store.h"

#define MAX_LOGIN 320 /* bytes of an e-mail address */

/* Everything one sign-in needs, read in one snapshot, decided without a transaction, written in another. */
typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  gint64 now;
  const char *login;
  char *login_key, *address_key;
  WuyouPerson person;
  WuyouClientPolicy policy;
  char *client;
  WuyouSession session;
  char *token, *token_hash;
} SignIn;

static void
clear_sign_in (SignIn *s)
{
  g_free (s->login_key);
  g_free (s->address_key);
  wuyou_person_clear (&s->person);
  g_free (s->client);
  g_free (s->session.id);
  g_clear_pointer (&s->session.sealed, g_bytes_unref);
  g_free (s->token);
  g_free (s->token_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, clear_sign_in)

static gboolean
read_sign_in (WuyouDbConn *conn, gpointer data, GError **error)
{
  SignIn *s = data;
  gint64 until;
  guint count;

  if (!wuyou_person_read_login (&s->person, conn, s->context->store, s->login, s->now, error)
      || !wuyou_failure_get (conn, s->address_key, &count, &until, error))
    return FALSE;
  s->person.locked = s->person.locked || until > s->now;
  return TRUE;
}

/* 2.4-03: as many desktops at a time as the policy lets; an older one that is still open is ended, which may tell of
 * an account that is shared. */
static gboolean
end_others (WuyouDbConn *conn, const SignIn *s, const WuyouActor *actor, GError **error)
{
  const WuyouAuditEntry entry = {
    .action = "session-replaced",
    .object = "account",
    .object_id = s->person.account->id,
    .scope = s->person.org->path,
    .outcome = "OK",
  };
  g_autoptr (GPtrArray) open = wuyou_session_list (conn, s->person.account->id, s->now, error);

  if (open == NULL)
    return FALSE;
  for (guint i = (guint) s->policy.desktops_max - 1; i < open->len; i++) {
    const WuyouSession *old = open->pdata[i];

    if (!wuyou_session_end (conn, s->person.account->id, old->id, NULL, "signed in elsewhere", s->now, NULL, error)
        || !wuyou_audit_insert (conn, actor, &entry, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_session (WuyouDbConn *conn, gpointer data, GError **error)
{
  SignIn *s = data;
  const char *account_id = s->person.account->id;
  const WuyouActor actor = {
    .account_id = account_id,
    .session_id = s->session.id,
    .device_id = s->session.device_id,
    .scope = s->person.org->path,
    .address = s->address_key,
    .at = s->now,
  };
  const WuyouAuditEntry entry = {
    .action = "sign-in", .object = "account", .object_id = account_id, .scope = s->person.org->path, .outcome = "OK"
  };

  return wuyou_person_record_proof (&s->person, conn, error) && end_others (conn, s, &actor, error)
         && wuyou_session_insert (conn, &s->session, s->token_hash, error)
         && wuyou_audit_insert (conn, &actor, &entry, error);
}

static gboolean
check_text (JsonObject *object, const char *name, gsize max, GError **error)
{
  const char *text = wuyou_json_get_string (object, name);

  if (text == NULL || (wuyou_text_length (text) <= max && wuyou_text_check (text, NULL)))
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "The device’s %s cannot be stored.", name);
  if (error != NULL)
    wuyou_error_set_field (*error, "device", NULL);
  return FALSE;
}

static gboolean
check_device (JsonObject *device, GError **error)
{
  return device == NULL
         || (check_text (device, "id", WUYOU_ID_LENGTH, error) && check_text (device, "label", 100, error)
             && check_text (device, "client", 60, error) && check_text (device, "version", 40, error)
             && check_text (device, "locale", 40, error));
}

static char *
describe_client (JsonObject *device)
{
  const char *client = wuyou_json_get_string (device, "client"), *version = wuyou_json_get_string (device, "version");

  return client != NULL && version != NULL ? g_strconcat (client, " ", version, NULL) : g_strdup (client);
}

static void
begin_session (SignIn *s, JsonObject *device)
{
  s->token = wuyou_id_random_hex (WUYOU_TOKEN_BYTES);
  s->token_hash = wuyou_auth_hash_token (s->token);
  s->client = device != NULL ? describe_client (device) : NULL;
  s->session = (WuyouSession){
    .id = wuyou_id_new (&s->context->ids),
    .account_id = s->person.account->id,
    .device_id = device != NULL ? (char *) wuyou_json_get_string (device, "id") : NULL,
    .device_label = device != NULL ? (char *) wuyou_json_get_string (device, "label") : NULL,
    .client = s->client,
    .locale = device != NULL ? (char *) wuyou_json_get_string (device, "locale") : NULL,
    .host = (char *) wuyou_request_get_address (s->request),
    .created_at = s->now,
    .seen_at = s->now,
    .authenticated_at = s->now,
    .stepped_up_until = s->now + WUYOU_POLICY_STEP_UP * G_TIME_SPAN_SECOND,
    .expires_at = s->now + WUYOU_POLICY_SESSION_LIFE * G_TIME_SPAN_SECOND,
    .idle_seconds = WUYOU_POLICY_SESSION_IDLE,
    .second_factor = s->person.account->totp,
  };
  if (s->person.key != NULL)
    wuyou_session_seal (&s->session, s->person.key);
}

/* The same answer whether the account is unknown, locked or the password wrong (2.3-02): no enumeration. A missing
 * code is a question, not a wrong try; a try while locked does not prolong the lock. */
static gboolean
check_person (SignIn *s, JsonObject *body, GError **error)
{
  const char *code = wuyou_json_get_string (body, "totp");
  GError *local = NULL;
  gboolean asks = FALSE;

  if (wuyou_person_check_password (&s->person, wuyou_json_get_string (body, "password"), &local)) {
    if (!s->person.account->totp || wuyou_person_check_code (&s->person, s->context, code, s->now, &local))
      return TRUE;
    asks = code == NULL || *code == '\0';
  }
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS) && !asks && !s->person.locked)
    wuyou_person_record_failure (&s->person, s->context, s->request, s->login_key, "sign-in");
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
prove (SignIn *s, JsonObject *body, GError **error)
{
  gboolean right;

  if (!wuyou_auth_enter (error))
    return FALSE;
  right = wuyou_db_read (s->context->db, read_sign_in, s, error) && check_person (s, body, error);
  wuyou_auth_leave ();
  return right && wuyou_auth_check_state (s->person.account, s->person.org, s->now, error);
}

static WuyouReply *
sign_in (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  JsonObject *device = body != NULL ? wuyou_json_get_object (body, "device") : NULL;
  g_auto (SignIn) s = { .context = context, .request = request, .now = wuyou_request_get_now (request) };

  if (body == NULL || !check_device (device, error))
    return NULL;
  s.login = wuyou_json_get_string (body, "login");
  if (s.login == NULL || strlen (s.login) > MAX_LOGIN) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "");
    return NULL;
  }
  s.login_key = wuyou_auth_dup_email_key (context->keys, s.login);
  s.address_key = wuyou_auth_dup_address_key (context, request);
  if (!wuyou_policy_service_get (context, s.now, &s.policy, error) || !prove (&s, body, error))
    return NULL;
  begin_session (&s, device);
  if (!wuyou_db_write (context->db, write_session, &s, error))
    return NULL;
  wuyou_auth_forget (context, s.person.account->id);
  return wuyou_account_view_reply (context, s.person.account->id, s.session.id, s.token, s.now, error);
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
  WuyouServerContext *context;
  const WuyouRequest *request;
  GPtrArray *sessions;
} Listing;

static gboolean
read_sessions (WuyouDbConn *conn, gpointer data, GError **error)
{
  Listing *l = data;
  const char *account_id = wuyou_request_get_caller (l->request)->account_id;
  GError *local = NULL;
  g_autoptr (WuyouKey) key = wuyou_record_load_key (conn, l->context->store, &wuyou_account_type, account_id, &local);

  g_clear_pointer (&l->sessions, g_ptr_array_unref);
  if (local == NULL)
    l->sessions = wuyou_session_list (conn, account_id, wuyou_request_get_now (l->request), &local);
  for (guint i = 0; local == NULL && i < l->sessions->len; i++)
    wuyou_session_unseal (l->sessions->pdata[i], key, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
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
  Listing listing = { .context = context, .request = request };
  gboolean right = wuyou_db_read (context->db, read_sessions, &listing, error);
  g_autoptr (GPtrArray) sessions = listing.sessions;
  GString *out;

  if (!right)
    return NULL;
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
