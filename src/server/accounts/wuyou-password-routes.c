/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-password-routes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "accounts/wuyou-auth-change.h"

#define RESET_TOKEN_BYTES 20
#define RESETS_OF_LOGIN 3    /* mails an hour */
#define RESETS_OF_ADDRESS 30 /* asked for by a network address an hour */
#define HOUR 3600
#define MAX_LOGIN 320
#define MAX_MANAGERS 100

/* --- step-up --- */

typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  WuyouPerson person;
} StepUp;

static gboolean
write_step_up (WuyouDbConn *conn, gpointer data, GError **error)
{
  StepUp *s = data;
  const WuyouActor actor = wuyou_auth_get_actor (s->request);
  const WuyouAuditEntry entry = {
    .action = "step-up",
    .object = "account",
    .object_id = actor.account_id,
    .scope = s->person.org->path,
    .outcome = "OK",
  };

  return wuyou_person_record_proof (&s->person, conn, error)
         && wuyou_session_step_up (conn, actor.session_id, actor.at,
                                   actor.at + WUYOU_POLICY_STEP_UP * G_TIME_SPAN_SECOND, error)
         && wuyou_audit_insert (conn, &actor, &entry, error);
}

/* Architecture 7, Step-up: the password, or the code where the account has codes. The operator's accounts must have
 * some: until they do, the gate lets them at nothing but setting them up. */
static gboolean
check_step_up (StepUp *s, JsonObject *body, GError **error)
{
  const WuyouAccount *account = s->person.account;

  if (account->totp)
    return wuyou_person_check_code (&s->person, s->context, wuyou_json_get_string (body, "totp"),
                                    wuyou_request_get_now (s->request), error);
  return wuyou_person_check_password (&s->person, wuyou_json_get_string (body, "password"), error);
}

static gboolean
prove (StepUp *s, JsonObject *body, GError **error)
{
  GError *local = NULL;
  gboolean right;

  if (!wuyou_auth_enter (error))
    return FALSE;
  right = check_step_up (s, body, &local);
  wuyou_auth_leave ();
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS) && !s->person.locked)
    wuyou_person_record_failure (&s->person, s->context, s->request, s->person.account->email_key, "step-up");
  if (local != NULL)
    g_propagate_error (error, local);
  return right;
}

static WuyouReply *
step_up (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  StepUp s = { .context = context, .request = request };
  const char *account_id = wuyou_request_get_caller (request)->account_id;
  gboolean right;

  if (body == NULL)
    return NULL;
  right = wuyou_person_load (&s.person, context, account_id, wuyou_request_get_now (request), error)
          && prove (&s, body, error) && wuyou_db_write (context->db, write_step_up, &s, error);
  wuyou_person_clear (&s.person);
  if (!right)
    return NULL;
  wuyou_auth_forget (context, account_id);
  return wuyou_reply_new (204);
}

/* --- change --- */

static gboolean
check_change (WuyouAccountChange *change, const char *old, const char *new, GError **error)
{
  GError *local = NULL;
  gboolean right;

  if (!wuyou_auth_enter (error))
    return FALSE;
  right = wuyou_person_check_password (&change->person, old, &local)
          && wuyou_person_check_new (&change->person, new, old, &local);
  if (right)
    wuyou_account_change_set_password (change, new);
  wuyou_auth_leave ();
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS) && !change->person.locked)
    wuyou_person_record_failure (&change->person, change->context, change->request, change->person.account->email_key,
                                 "password");
  if (local != NULL)
    g_propagate_error (error, local);
  return right;
}

static WuyouReply *
change_password (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  const WuyouCaller *caller = wuyou_request_get_caller (request);
  g_auto (WuyouAccountChange) change = { NULL };

  if (body == NULL || !wuyou_account_change_begin (&change, context, request, caller->account_id, error)
      || !check_change (&change, wuyou_json_get_string (body, "old"), wuyou_json_get_string (body, "new"), error))
    return NULL;
  change.end_sessions = "password changed";
  change.keep_session = caller->session_id;
  wuyou_account_change_add_mail (&change, WUYOU_MAIL_PASSWORD_CHANGED, NULL, NULL);
  return wuyou_account_change_save (&change, "password", NULL, error) ? wuyou_reply_new (204) : NULL;
}

/* --- reset: asking --- */

typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  const char *login;
  char *login_limit, *address_limit;
  WuyouPerson person;
  gboolean known; /* somebody who may have a mail */
  char *token, *token_hash;
  WuyouMailDraft *mail;
} Asking;

static void
clear_asking (Asking *a)
{
  g_free (a->login_limit);
  g_free (a->address_limit);
  wuyou_person_clear (&a->person);
  g_free (a->token);
  g_free (a->token_hash);
  wuyou_mail_draft_free (a->mail);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asking, clear_asking)

static gboolean
read_asking (WuyouDbConn *conn, gpointer data, GError **error)
{
  Asking *a = data;
  gint64 now = wuyou_request_get_now (a->request);

  if (!wuyou_person_read_login (&a->person, conn, a->context->store, a->login, now, error))
    return FALSE;
  /* An address counts as verified once its owner has come in with the mailed password and chosen another. */
  a->known = a->person.account != NULL && a->person.key != NULL && a->person.account->state == WUYOU_ACCOUNT_ACTIVE
             && wuyou_auth_check_state (a->person.account, a->person.org, now, NULL);
  return TRUE;
}

static gboolean
write_asking (WuyouDbConn *conn, gpointer data, GError **error)
{
  Asking *a = data;
  gint64 now = wuyou_request_get_now (a->request);
  const WuyouActor actor = { .account_id = a->known ? a->person.account->id : NULL, .at = now };
  const WuyouAuditEntry entry
      = { .action = "reset-request", .object = "account", .object_id = actor.account_id, .outcome = "OK" };

  return wuyou_limit_use (conn, a->address_limit, RESETS_OF_ADDRESS, HOUR, now, error)
         && wuyou_limit_use (conn, a->login_limit, RESETS_OF_LOGIN, HOUR, now, error)
         && (!a->known
             || wuyou_reset_insert (conn, a->token_hash, a->person.account->id, now,
                                    now + WUYOU_POLICY_RESET * G_TIME_SPAN_SECOND, error))
         && wuyou_mail_draft_insert (conn, a->mail, now, error) && wuyou_audit_insert (conn, &actor, &entry, error);
}

static char *
dup_limit (const char *what, const char *key)
{
  return g_strconcat (what, ":", key, NULL);
}

static void
prepare_asking (Asking *a)
{
  g_autofree char *login_key = wuyou_auth_dup_email_key (a->context->keys, a->login);
  g_autofree char *address_key = wuyou_auth_dup_address_key (a->context, a->request);

  a->login_limit = dup_limit ("reset", login_key);
  a->address_limit = dup_limit ("reset", address_key);
  a->token = wuyou_id_random_hex (RESET_TOKEN_BYTES);
  a->token_hash = wuyou_auth_hash_token (a->token);
}

static void
write_token_mail (Asking *a)
{
  const WuyouAccount *account = a->person.account;
  const char *facts[] = { "name", a->known ? account->name : "", "token", a->token, NULL };

  if (a->known)
    a->mail = wuyou_mail_draft_new (a->context, a->request, WUYOU_MAIL_RESET_TOKEN, account->id, account->email, facts);
}

static WuyouReply *
ask_reset (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (Asking) a = { .context = context, .request = request };

  if (body == NULL)
    return NULL;
  a.login = wuyou_json_get_string (body, "login");
  if (a.login == NULL || strlen (a.login) > MAX_LOGIN)
    return wuyou_reply_new (204);
  prepare_asking (&a);
  if (!wuyou_db_read (context->db, read_asking, &a, error))
    return NULL;
  write_token_mail (&a);
  if (!wuyou_db_write (context->db, write_asking, &a, error))
    return NULL;
  wuyou_mail_service_wake (context);
  return wuyou_reply_new (204);
}

/* --- reset: finishing --- */

typedef struct {
  WuyouAccountChange change;
  char *token_hash, *account_id;
  GPtrArray *managers; /* WuyouAccount */
} Finishing;

static void
clear_finishing (Finishing *f)
{
  wuyou_account_change_clear (&f->change);
  g_free (f->token_hash);
  g_free (f->account_id);
  g_clear_pointer (&f->managers, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finishing, clear_finishing)

typedef struct {
  const char *token_hash, *address_key;
  gint64 now;
  char *account_id;
} Finding;

static gboolean
read_token (WuyouDbConn *conn, gpointer data, GError **error)
{
  Finding *finding = data;

  g_clear_pointer (&finding->account_id, g_free);
  if (!wuyou_failure_check (conn, finding->address_key, finding->now, error))
    return FALSE;
  finding->account_id = wuyou_reset_find (conn, finding->token_hash, finding->now, error);
  return finding->account_id != NULL;
}

/* The second factor of 2.4-02, where the account has one. */
static gboolean
check_second_factor (Finishing *f, JsonObject *body, GError **error)
{
  WuyouPerson *person = &f->change.person;
  const char *code = wuyou_json_get_string (body, "totp");
  GError *local = NULL;

  if (!person->account->totp
      || wuyou_person_check_code (person, f->change.context, code, wuyou_request_get_now (f->change.request), &local))
    return TRUE;
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS) && !person->locked && code != NULL
      && *code != '\0')
    wuyou_person_record_failure (person, f->change.context, f->change.request, person->account->email_key, "reset");
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
check_reset (Finishing *f, JsonObject *body, GError **error)
{
  WuyouPerson *person = &f->change.person;
  const char *new = wuyou_json_get_string (body, "new");
  gboolean right;

  if (!wuyou_auth_check_state (person->account, person->org, wuyou_request_get_now (f->change.request), error)
      || !check_second_factor (f, body, error) || !wuyou_auth_enter (error))
    return FALSE;
  right = wuyou_person_check_new (person, new, NULL, error);
  if (right)
    wuyou_account_change_set_password (&f->change, new);
  wuyou_auth_leave ();
  return right;
}

static gboolean
read_managers (WuyouDbConn *conn, gpointer data, GError **error)
{
  Finishing *f = data;
  const WuyouAccount *account = f->change.person.account;
  const WuyouFilter filter = { .field = "org_id", .op = WUYOU_FILTER_EQUAL, .text = account->org_id };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = MAX_MANAGERS };

  g_clear_pointer (&f->managers, g_ptr_array_unref);
  f->managers = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_account_free);
  return wuyou_record_list (conn, f->change.context->store, &wuyou_account_type, &query, f->managers, error);
}

/* 2.4-02: notice to the person and to the dealership's managers. */
static void
add_notices (Finishing *f)
{
  const WuyouAccount *account = f->change.person.account;

  wuyou_account_change_add_mail (&f->change, WUYOU_MAIL_PASSWORD_RESET, NULL, NULL);
  for (guint i = 0; i < f->managers->len; i++) {
    const WuyouAccount *manager = f->managers->pdata[i];

    if (!g_str_equal (manager->id, account->id) && manager->email != NULL && manager->state == WUYOU_ACCOUNT_ACTIVE
        && (wuyou_account_get_roles (manager) & WUYOU_ROLE_BIT (WUYOU_ROLE_DADM)) != 0)
      wuyou_account_change_add_mail (&f->change, WUYOU_MAIL_MANAGER_RESET, manager->email, NULL);
  }
}

static gboolean
use_token (WuyouDbConn *conn, gpointer data, GError **error)
{
  Finishing *f = data;
  g_autofree char *account_id = wuyou_reset_use (conn, f->token_hash, wuyou_request_get_now (f->change.request), error);

  return account_id != NULL;
}

/* Tokens are not guessed at will either: a wrong one counts against the address it came from. */
static gboolean
find_token (Finishing *f, const WuyouRequest *request, WuyouServerContext *context, Finding *finding, GError **error)
{
  GError *local = NULL;

  if (wuyou_db_read (context->db, read_token, finding, &local))
    return TRUE;
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS))
    wuyou_person_record_failure (&f->change.person, context, request, NULL, "reset");
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
begin_finishing (Finishing *f, WuyouRequest *request, WuyouServerContext *context, JsonObject *body, GError **error)
{
  const char *token = wuyou_json_get_string (body, "token");
  g_autofree char *compact = token != NULL ? g_ascii_strdown (token, -1) : g_strdup ("");
  g_autofree char *address_key = wuyou_auth_dup_address_key (context, request);
  Finding finding = { .address_key = address_key, .now = wuyou_request_get_now (request) };

  f->token_hash = wuyou_auth_hash_token (g_strstrip (compact));
  finding.token_hash = f->token_hash;
  if (!find_token (f, request, context, &finding, error))
    return FALSE;
  f->account_id = finding.account_id;
  return wuyou_account_change_begin (&f->change, context, request, f->account_id, error);
}

static WuyouReply *
finish_reset (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (Finishing) f = { .token_hash = NULL };

  if (body == NULL || !begin_finishing (&f, request, context, body, error) || !check_reset (&f, body, error)
      || !wuyou_db_read (context->db, read_managers, &f, error))
    return NULL;
  add_notices (&f);
  f.change.end_sessions = "password reset";
  f.change.and = use_token;
  f.change.data = &f;
  return wuyou_account_change_save (&f.change, "password-reset", NULL, error) ? wuyou_reply_new (204) : NULL;
}

void
wuyou_password_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_STEP_UP, step_up);
  wuyou_router_add (router, WUYOU_ROUTE_PASSWORD_CHANGE, change_password);
  wuyou_router_add (router, WUYOU_ROUTE_RESET_REQUEST, ask_reset);
  wuyou_router_add (router, WUYOU_ROUTE_RESET_FINISH, finish_reset);
}
