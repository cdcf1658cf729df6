/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-auth-person.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-error.h"
#include "wuyou-audit-store.h"
#include "wuyou-record-store.h"

#define MAX_TYPED 1024 /* bytes; hashing takes any length */

void
wuyou_person_clear (WuyouPerson *self)
{
  g_clear_pointer (&self->account, wuyou_account_free);
  g_clear_pointer (&self->org, wuyou_org_free);
  g_clear_pointer (&self->key, wuyou_key_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->totp_sealed, g_bytes_unref);
  *self = (WuyouPerson){ NULL };
}

static gboolean
read_locked (WuyouPerson *self, WuyouDbConn *conn, const char *key, gint64 now, GError **error)
{
  gint64 until;
  guint count;

  if (!wuyou_failure_get (conn, key, &count, &until, error))
    return FALSE;
  self->locked = self->locked || until > now;
  return TRUE;
}

/* Key and code may be missing, which is no error. */
static gboolean
read_secrets (WuyouPerson *self, WuyouDbConn *conn, WuyouStore *store, GError **error)
{
  GError *local = NULL;

  self->key = wuyou_record_load_key (conn, store, &wuyou_account_type, self->account->id, &local);
  if (local == NULL)
    self->totp_sealed = wuyou_totp_get (conn, self->account->id, &self->totp_confirmed, &self->totp_last_step, &local);
  if (local == NULL)
    self->history = wuyou_password_history_list (conn, self->account->id, WUYOU_PASSWORD_HISTORY, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_rest (WuyouPerson *self, WuyouDbConn *conn, WuyouStore *store, GError **error)
{
  self->org = wuyou_auth_load_org (conn, store, self->account, error);
  return self->org != NULL && read_secrets (self, conn, store, error);
}

gboolean
wuyou_person_read (WuyouPerson *self,
                   WuyouDbConn *conn,
                   WuyouStore *store,
                   const char *account_id,
                   gint64 now,
                   GError **error)
{
  wuyou_person_clear (self);
  self->account = wuyou_record_load (conn, store, &wuyou_account_type, account_id, NULL, NULL, error);
  if (self->account == NULL)
    return FALSE;
  return (self->account->email_key == NULL || read_locked (self, conn, self->account->email_key, now, error))
         && read_rest (self, conn, store, error);
}

gboolean
wuyou_person_read_login (WuyouPerson *self,
                         WuyouDbConn *conn,
                         WuyouStore *store,
                         const char *login,
                         gint64 now,
                         GError **error)
{
  g_autofree char *key = wuyou_auth_dup_email_key (wuyou_store_get_keys (store), login);
  GError *local = NULL;

  wuyou_person_clear (self);
  if (!read_locked (self, conn, key, now, error))
    return FALSE;
  self->account = wuyou_auth_find_account (conn, store, login, &local);
  if (self->account != NULL)
    return read_rest (self, conn, store, error);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

typedef struct {
  WuyouPerson *person;
  WuyouStore *store;
  const char *account_id;
  gint64 now;
} Loading;

static gboolean
read_person (WuyouDbConn *conn, gpointer data, GError **error)
{
  Loading *l = data;

  return wuyou_person_read (l->person, conn, l->store, l->account_id, l->now, error);
}

gboolean
wuyou_person_load (WuyouPerson *self, WuyouServerContext *context, const char *account_id, gint64 now, GError **error)
{
  Loading loading = { self, context->store, account_id, now };

  return wuyou_db_read (context->db, read_person, &loading, error);
}

static gboolean
refuse_credentials (const char *field, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "");
  if (error != NULL && field != NULL)
    wuyou_error_set_field (*error, field, NULL);
  return FALSE;
}

static char *
prepare (const char *typed)
{
  return typed != NULL && strlen (typed) <= MAX_TYPED ? wuyou_password_prepare (typed) : NULL;
}

static gboolean
is_password (const char *hash, const char *typed)
{
  char *prepared = prepare (typed);
  gboolean right = wuyou_auth_verify_password (hash, prepared);

  wuyou_password_free (prepared);
  return right;
}

gboolean
wuyou_person_check_password (const WuyouPerson *self, const char *typed, GError **error)
{
  gboolean right = is_password (self->account != NULL ? self->account->password_hash : NULL, typed);

  return (right && !self->locked) || refuse_credentials (NULL, error);
}

gboolean
wuyou_person_check_code (WuyouPerson *self, WuyouServerContext *context, const char *code, gint64 now, GError **error)
{
  g_autoptr (GBytes) secret = NULL;
  gconstpointer sealed;
  gsize length;

  if (code == NULL || *code == '\0' || self->totp_sealed == NULL || self->locked)
    return refuse_credentials ("totp", error);
  sealed = g_bytes_get_data (self->totp_sealed, &length);
  secret = wuyou_keys_unseal (context->keys, WUYOU_PURPOSE_USERS, self->account->id, sealed, length, error);
  if (secret == NULL)
    return FALSE;
  self->totp_step = wuyou_auth_check_totp (secret, code, now);
  return self->totp_step > self->totp_last_step || refuse_credentials ("totp", error);
}

typedef struct {
  const WuyouPerson *person;
  const char *login_key, *address_key, *action;
  gint64 now;
} Failure;

static gboolean
write_failure (WuyouDbConn *conn, gpointer data, GError **error)
{
  Failure *f = data;
  const WuyouAccount *account = f->person->account;
  const WuyouActor actor
      = { .account_id = account != NULL ? account->id : NULL, .address = f->address_key, .at = f->now };
  const WuyouAuditEntry entry = {
    .action = f->action,
    .object = "account",
    .object_id = account != NULL ? account->id : NULL,
    .scope = f->person->org != NULL ? f->person->org->path : NULL,
    .outcome = wuyou_error_info (WUYOU_ERROR_BAD_CREDENTIALS)->id,
  };

  return (f->login_key == NULL || wuyou_failure_add (conn, f->login_key, &wuyou_failures_of_login, f->now, error))
         && wuyou_failure_add (conn, f->address_key, &wuyou_failures_of_address, f->now, error)
         && wuyou_audit_insert (conn, &actor, &entry, error);
}

void
wuyou_person_record_failure (const WuyouPerson *self,
                             WuyouServerContext *context,
                             const WuyouRequest *request,
                             const char *login_key,
                             const char *action)
{
  g_autofree char *address_key = wuyou_auth_dup_address_key (context, request);
  Failure failure = { self, login_key, address_key, action, wuyou_request_get_now (request) };
  g_autoptr (GError) error = NULL;

  if (!wuyou_db_write (context->db, write_failure, &failure, &error))
    g_warning ("failed try not recorded: %s", error->message);
}

gboolean
wuyou_person_record_proof (const WuyouPerson *self, WuyouDbConn *conn, GError **error)
{
  return (self->totp_step == 0 || wuyou_totp_use_step (conn, self->account->id, self->totp_step, error))
         && wuyou_failure_clear (conn, self->account->email_key, error);
}

static gboolean
refuse_weak (const char *sentence, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_WEAK_PASSWORD, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, "new", NULL);
  return FALSE;
}

/* 2.4-01: none of the last ones again. */
static gboolean
check_history (const WuyouPerson *self, const char *prepared, GError **error)
{
  gboolean used
      = self->account->password_hash != NULL && wuyou_auth_verify_password (self->account->password_hash, prepared);

  for (guint i = 0; i < self->history->len && !used; i++)
    used = wuyou_auth_verify_password (self->history->pdata[i], prepared);
  return !used || refuse_weak (N_ ("This password was used before. Choose a new one."), error);
}

static gboolean
check_rules (const WuyouPerson *self, const char *prepared, GError **error)
{
  const char *words[] = { self->account->email, self->account->name, self->org->name, self->account->phone, NULL };

  for (guint i = 0, n = 0; i < G_N_ELEMENTS (words) - 1; i++) /* those that are set, in front */
    if (words[i] != NULL) {
      const char *word = words[i];

      words[i] = NULL;
      words[n++] = word;
    }
  if (wuyou_password_check (prepared, words, error))
    return TRUE;
  if (error != NULL && wuyou_error_get_field (*error) == NULL)
    wuyou_error_set_field (*error, "new", NULL);
  return FALSE;
}

static gboolean
check_similar (const char *prepared, const char *old, GError **error)
{
  char *earlier = prepare (old);
  gboolean similar = earlier != NULL && wuyou_password_is_similar (prepared, earlier);

  wuyou_password_free (earlier);
  return !similar || refuse_weak (N_ ("The new password is too much like the old one."), error);
}

gboolean
wuyou_person_check_new (const WuyouPerson *self, const char *typed, const char *old, GError **error)
{
  char *prepared = prepare (typed);
  gboolean good;

  if (prepared == NULL)
    return refuse_weak (N_ ("Enter a password of 12 to 128 characters."), error);
  good = check_rules (self, prepared, error) && check_similar (prepared, old, error)
         && check_history (self, prepared, error);
  wuyou_password_free (prepared);
  return good;
}
