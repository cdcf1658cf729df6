/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-auth-change.h"

#include <glib/gi18n-lib.h>

#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-error.h"

#define MAX_FACTS 8

void
wuyou_account_change_clear (WuyouAccountChange *self)
{
  g_clear_pointer (&self->draft, wuyou_record_draft_free);
  g_clear_pointer (&self->changed, wuyou_account_free);
  g_clear_pointer (&self->mails, g_ptr_array_unref);
  wuyou_person_clear (&self->person);
}

gboolean
wuyou_account_change_begin (WuyouAccountChange *self,
                            WuyouServerContext *context,
                            const WuyouRequest *request,
                            const char *account_id,
                            GError **error)
{
  self->context = context;
  self->request = request;
  self->mails = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_mail_draft_free);
  if (!wuyou_person_load (&self->person, context, account_id, wuyou_request_get_now (request), error))
    return FALSE;
  if (self->person.key == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                         N_ ("The data of this account were erased."));
    return FALSE;
  }
  self->actor = wuyou_auth_get_actor (request);
  if (self->actor.account_id == NULL)
    self->actor.account_id = self->person.account->id;
  self->changed = wuyou_account_new ();
  wuyou_record_copy (&wuyou_account_type, self->person.account, self->changed);
  return TRUE;
}

void
wuyou_account_change_add_mail (WuyouAccountChange *self, WuyouMailKind kind, const char *to, const char *const *facts)
{
  const WuyouAccount *account = self->person.account;
  const char *all[MAX_FACTS * 2 + 3] = { "name", account->name };

  for (guint i = 0; facts != NULL && facts[i] != NULL && i < MAX_FACTS * 2; i += 2) {
    all[i + 2] = facts[i];
    all[i + 3] = facts[i + 1];
  }
  if (to == NULL)
    to = account->email;
  if (to != NULL)
    g_ptr_array_add (self->mails, wuyou_mail_draft_new (self->context, self->request, kind, account->id, to, all));
}

void
wuyou_account_change_set_password (WuyouAccountChange *self, const char *typed)
{
  char *prepared = wuyou_password_prepare (typed);
  WuyouAccount *account = self->changed;

  g_free (account->password_hash);
  account->password_hash = wuyou_auth_hash_password (prepared);
  account->password_origin = WUYOU_PASSWORD_USER;
  account->password_changed_at = wuyou_request_get_now (self->request);
  if (account->state == WUYOU_ACCOUNT_INVITED)
    account->state = WUYOU_ACCOUNT_ACTIVE;
  self->new_password = TRUE;
  wuyou_password_free (prepared);
}

static gboolean
write_along (WuyouAccountChange *self, WuyouDbConn *conn, gint64 now, GError **error)
{
  const WuyouAccount *old = self->person.account;

  if (self->new_password && old->password_hash != NULL
      && !wuyou_password_history_add (conn, old->id, old->password_hash, now, error))
    return FALSE;
  if (self->end_sessions != NULL
      && (!wuyou_session_end (conn, old->id, NULL, self->keep_session, self->end_sessions, now, NULL, error)
          || !wuyou_email_change_drop (conn, old->id, error))) /* asked for in one of them, perhaps by a stranger */
    return FALSE;
  for (guint i = 0; i < self->mails->len; i++)
    if (!wuyou_mail_draft_insert (conn, self->mails->pdata[i], now, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_change (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouAccountChange *self = data;
  gint64 now = wuyou_request_get_now (self->request);
  gboolean proved = self->new_password || self->person.totp_step != 0;

  return (self->and == NULL || self->and (conn, self->data, error))
         && (!proved || wuyou_person_record_proof (&self->person, conn, error))
         && wuyou_record_save (conn, self->draft, error) && write_along (self, conn, now, error);
}

gboolean
wuyou_account_change_save (WuyouAccountChange *self, const char *action, const char *reason, GError **error)
{
  self->draft = wuyou_record_prepare (self->context->store, &wuyou_account_type, self->person.account, self->changed,
                                      self->person.key, self->person.org->path, &self->actor, action, reason, error);
  if (self->draft == NULL || !wuyou_db_write (self->context->db, write_change, self, error))
    return FALSE;
  wuyou_auth_forget (self->context, self->changed->id);
  if (self->mails->len > 0)
    wuyou_mail_service_wake (self->context);
  return TRUE;
}
