/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-email-change.h"

#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"

#define TOKEN_BYTES 20
#define ASKED 5 /* times an hour: the mails go to somebody who may know nothing of it */
#define HOUR 3600

void
wuyou_email_change_clear (WuyouEmailChange *self)
{
  g_free (self->token);
  g_free (self->token_hash);
  g_free (self->limit);
  g_free (self->address_key);
  g_free (self->email);
  g_free (self->email_key);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  *self = (WuyouEmailChange){ NULL };
}

static char *
dup_context (const WuyouEmailChange *self)
{
  return g_strconcat ("email_changes/", self->token_hash, NULL);
}

static gint64
get_now (const WuyouEmailChange *self)
{
  return wuyou_request_get_now (self->change->request);
}

/* --- asking --- */

static gboolean
read_taken (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouEmailChange *self = data;
  GError *local = NULL;
  g_autoptr (WuyouAccount) other = wuyou_auth_find_account (conn, self->change->context->store, self->email, &local);

  self->taken = other != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
check_free (WuyouEmailChange *self, GError **error)
{
  if (!wuyou_db_read (self->change->context->db, read_taken, self, error))
    return FALSE;
  if (!self->taken)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "email in use");
  if (error != NULL)
    wuyou_error_set_field (*error, "email", "2.2-01");
  return FALSE;
}

static gboolean
write_asked (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouEmailChange *self = data;
  gint64 now = get_now (self);

  return wuyou_limit_use (conn, self->limit, ASKED, HOUR, now, error)
         && wuyou_email_change_put (conn, self->token_hash, self->change->changed->id, self->sealed, now,
                                    now + WUYOU_POLICY_EMAIL_CHANGE * G_TIME_SPAN_SECOND, error);
}

static void
prepare (WuyouEmailChange *self)
{
  g_autofree char *context = NULL;

  self->token = wuyou_id_random_hex (TOKEN_BYTES);
  self->token_hash = wuyou_auth_hash_token (self->token);
  self->limit = g_strconcat ("email:", self->change->changed->id, NULL);
  context = dup_context (self);
  self->sealed = wuyou_key_seal (self->change->person.key, context, self->email, strlen (self->email));
}

static void
add_mails (WuyouEmailChange *self)
{
  const char *facts[] = { "new", self->email, "token", self->token, NULL };
  const char *notice[] = { "new", self->email, NULL };

  wuyou_account_change_add_mail (self->change, WUYOU_MAIL_EMAIL_CONFIRM, self->email, facts);
  wuyou_account_change_add_mail (self->change, WUYOU_MAIL_EMAIL_ASKED, NULL, notice);
}

gboolean
wuyou_email_change_ask (WuyouEmailChange *self, WuyouAccountChange *change, GError **error)
{
  WuyouAccount *changed = change->changed;

  self->change = change;
  self->email_key = wuyou_auth_dup_email_key (change->context->keys, changed->email);
  if (g_strcmp0 (self->email_key, change->person.account->email_key) == 0)
    return TRUE;
  self->email = g_steal_pointer (&changed->email);
  changed->email = g_strdup (change->person.account->email);
  if (!check_free (self, error))
    return FALSE;
  prepare (self);
  add_mails (self);
  change->and = write_asked;
  change->data = self;
  return TRUE;
}

/* --- confirming --- */

static gboolean
read_asked (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouEmailChange *self = data;

  g_clear_pointer (&self->sealed, g_bytes_unref);
  if (!wuyou_failure_check (conn, self->address_key, get_now (self), error))
    return FALSE;
  self->sealed = wuyou_email_change_get (conn, self->token_hash, self->change->changed->id, get_now (self), error);
  return self->sealed != NULL;
}

static gboolean
find_asked (WuyouEmailChange *self, GError **error)
{
  WuyouAccountChange *change = self->change;
  GError *local = NULL;

  if (wuyou_db_read (change->context->db, read_asked, self, &local))
    return TRUE;
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS)) {
    wuyou_error_set_field (local, "token", "2.2-01");
    wuyou_person_record_failure (&change->person, change->context, change->request, NULL, "email");
  }
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
unseal (WuyouEmailChange *self, GError **error)
{
  g_autofree char *context = dup_context (self);
  g_autoptr (GBytes) plain = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (self->sealed, &length);

  plain = wuyou_key_unseal (self->change->person.key, context, data, length, error);
  if (plain == NULL)
    return FALSE;
  data = g_bytes_get_data (plain, &length);
  self->email = g_strndup (data, length);
  self->email_key = wuyou_auth_dup_email_key (self->change->context->keys, self->email);
  return TRUE;
}

static gboolean
write_confirmed (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouEmailChange *self = data;

  return wuyou_email_change_use (conn, self->token_hash, error);
}

/* Told to the old and the new address. */
static void
put_email (WuyouEmailChange *self)
{
  WuyouAccountChange *change = self->change;
  const char *old = change->person.account->email;
  const char *facts[] = { "old", old, "new", self->email, NULL };

  g_free (change->changed->email);
  change->changed->email = g_strdup (self->email);
  g_free (change->changed->email_key);
  change->changed->email_key = g_strdup (self->email_key);
  wuyou_account_change_add_mail (change, WUYOU_MAIL_EMAIL_CHANGED, old, facts);
  wuyou_account_change_add_mail (change, WUYOU_MAIL_EMAIL_CHANGED, self->email, facts);
}

gboolean
wuyou_email_change_confirm (WuyouEmailChange *self, WuyouAccountChange *change, const char *code, GError **error)
{
  g_autofree char *compact = g_ascii_strdown (code != NULL ? code : "", -1);

  self->change = change;
  self->address_key = wuyou_auth_dup_address_key (change->context, change->request);
  self->token_hash = wuyou_auth_hash_token (g_strstrip (compact));
  if (!find_asked (self, error) || !unseal (self, error))
    return FALSE;
  put_email (self);
  change->and = write_confirmed;
  change->data = self;
  return TRUE;
}
