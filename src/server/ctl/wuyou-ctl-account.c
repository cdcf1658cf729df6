/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "accounts/wuyou-auth.h"
#include "wuyou-audit-store.h"
#include "ctl/wuyou-ctl-records.h"
#include "ctl/wuyou-ctl-store.h"

static WuyouAccount *
create_account (const WuyouCtl *ctl, const WuyouOrg *org)
{
  const WuyouIdSource ids = { .clock = ctl->clock };
  WuyouAccount *account = wuyou_account_new ();

  account->id = wuyou_id_new (&ids);
  account->org_id = g_strdup (org->id);
  account->email = g_strdup (wuyou_ctl_arg (ctl, 0));
  account->name = g_strdup (wuyou_ctl_get (ctl, "name"));
  account->phone = g_strdup (wuyou_ctl_get (ctl, "phone"));
  account->roles = g_strdup (wuyou_ctl_get (ctl, "roles"));
  account->state = WUYOU_ACCOUNT_ACTIVE;
  return account;
}

/* Operator roles belong to the operator only. */
static gboolean
check_roles (const WuyouAccount *account, const WuyouOrg *org, GError **error)
{
  guint32 roles = 0;

  if (!wuyou_roles_parse (account->roles, &roles) || roles == 0)
    return wuyou_ctl_usage (error, _ ("--roles takes codes such as DADM or DSAL, with a space between them."));
  if (wuyou_roles_are_operator (roles) != (org->kind == WUYOU_ORG_OPERATOR))
    return wuyou_ctl_fail (error, _ ("The roles %s do not belong to %s."), account->roles, org->name);
  return TRUE;
}

gboolean
wuyou_ctl_account_add (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_open (ctl, error);
  g_autoptr (WuyouOrg) org = store != NULL ? wuyou_ctl_find_org (store, wuyou_ctl_get (ctl, "org"), error) : NULL;
  g_autoptr (WuyouAccount) account = org != NULL ? create_account (ctl, org) : NULL;
  g_autoptr (WuyouCtlBatch) batch = NULL;
  g_autofree char *password = wuyou_ctl_create_password ();
  WuyouActor actor;

  if (account == NULL || !check_roles (account, org, error))
    return FALSE;
  actor = wuyou_ctl_actor (store, NULL, NULL);
  batch = wuyou_ctl_batch_new (store, &actor);
  if (!wuyou_ctl_batch_add_account (batch, account, org->path, password, WUYOU_PASSWORD_INITIAL, error)
      || !wuyou_ctl_batch_save (batch, error))
    return FALSE;
  g_print (_ ("Account:           %s\nOne-time password: %s\n"), account->email, password);
  return TRUE;
}

/* --- listing --- */

typedef struct {
  WuyouStore *store;
  const char *org_id;
  gint64 after;
  GPtrArray *found;
} Page;

static gboolean
read_page (WuyouDbConn *conn, gpointer data, GError **error)
{
  Page *page = data;
  const WuyouFilter filter = { .field = "org_id", .op = WUYOU_FILTER_EQUAL, .text = page->org_id };
  const WuyouRecordQuery query = {
    .filters = &filter,
    .n_filters = page->org_id != NULL ? 1 : 0,
    .ascending = TRUE,
    .after_seq = page->after,
    .limit = 200,
  };

  g_ptr_array_set_size (page->found, 0);
  return wuyou_record_list (conn, page->store, &wuyou_account_type, &query, page->found, error);
}

static void
free_account (gpointer account)
{
  wuyou_account_free (account);
}

gboolean
wuyou_ctl_account_list (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_open (ctl, error);
  g_autoptr (WuyouOrg) org = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (free_account);
  Page page = { .store = store, .found = found };

  if (store == NULL)
    return FALSE;
  if (wuyou_ctl_has (ctl, "org") && (org = wuyou_ctl_find_org (store, wuyou_ctl_get (ctl, "org"), error)) == NULL)
    return FALSE;
  page.org_id = org != NULL ? org->id : NULL;
  do {
    if (!wuyou_db_read (wuyou_store_get_db (store), read_page, &page, error))
      return FALSE;
    for (guint i = 0; i < found->len; i++) {
      const WuyouAccount *account = found->pdata[i];

      g_print ("%s\t%s\t%s\t%s\n", account->email, account->name, account->roles,
               wuyou_enum_id (wuyou_account_states, account->state));
      page.after = account->seq;
    }
  } while (found->len == 200);
  return TRUE;
}

/* --- a new one-time password --- */

typedef struct {
  WuyouStore *store;
  WuyouAccount *account;
  WuyouKey *key;
  WuyouRecordDraft *draft;
  gboolean remove_totp;
  gint64 now;
} Reset;

static gboolean
load_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reset *reset = data;
  GError *local = NULL;

  reset->key = wuyou_record_load_key (conn, reset->store, &wuyou_account_type, reset->account->id, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
save_reset (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reset *reset = data;
  const char *id = reset->account->id;

  if (reset->remove_totp && !wuyou_totp_remove (conn, id, error))
    return FALSE;
  return wuyou_record_save (conn, reset->draft, error)
         && wuyou_session_end (conn, id, NULL, NULL, "RESET", reset->now, NULL, error)
         && wuyou_failure_clear (conn, reset->account->email_key, error);
}

static gboolean
write_reset (Reset *reset, const WuyouOrg *org, const char *password, GError **error)
{
  WuyouActor actor = wuyou_ctl_actor (reset->store, NULL, NULL);
  g_autoptr (WuyouAccount) changed = wuyou_account_new ();
  gboolean ok;

  wuyou_record_copy (&wuyou_account_type, reset->account, changed);
  reset->now = actor.at;
  g_free (changed->password_hash);
  changed->password_hash = wuyou_auth_hash_password (password);
  changed->password_origin = WUYOU_PASSWORD_RESET;
  changed->password_changed_at = actor.at;
  changed->totp = changed->totp && !reset->remove_totp;
  reset->draft = wuyou_record_prepare (reset->store, &wuyou_account_type, reset->account, changed, reset->key,
                                       org->path, &actor, "reset", NULL, error);
  ok = reset->draft != NULL && wuyou_db_write (wuyou_store_get_db (reset->store), save_reset, reset, error);
  g_clear_pointer (&reset->draft, wuyou_record_draft_free);
  return ok;
}

gboolean
wuyou_ctl_account_reset (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_open (ctl, error);
  g_autoptr (WuyouAccount) account
      = store != NULL ? wuyou_ctl_find_account (store, wuyou_ctl_arg (ctl, 0), error) : NULL;
  g_autoptr (WuyouOrg) org = account != NULL ? wuyou_ctl_load_org (store, account->org_id, error) : NULL;
  g_autofree char *password = wuyou_ctl_create_password ();
  Reset reset = { .store = store, .account = account, .remove_totp = wuyou_ctl_has (ctl, "totp") };
  gboolean ok;

  if (org == NULL || !wuyou_db_read (wuyou_store_get_db (store), load_key, &reset, error))
    return FALSE;
  if (reset.key == NULL)
    return wuyou_ctl_fail (error, _ ("This account was erased."));
  ok = write_reset (&reset, org, password, error);
  wuyou_key_unref (reset.key);
  if (ok)
    g_print (_ ("Account:           %s\nOne-time password: %s\n"), account->email, password);
  return ok;
}
