/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "ctl/wuyou-ctl-records.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-error.h"
#include "accounts/wuyou-auth.h"

struct _WuyouCtlBatch {
  WuyouStore *store;
  WuyouActor actor;
  GPtrArray *drafts;     /* WuyouRecordDraft */
  char *password, *hash; /* the last that was hashed: demo accounts share theirs */
};

char *
wuyou_ctl_create_password (void)
{
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* no i, l, o, 0, 1 */
  GString *password = g_string_new (NULL);

  for (guint i = 0; i < 16; i++) {
    if (i > 0 && i % 4 == 0)
      g_string_append_c (password, '-');
    g_string_append_c (password, letters[randombytes_uniform (sizeof letters - 1)]);
  }
  return g_string_free (password, FALSE);
}

WuyouCtlBatch *
wuyou_ctl_batch_new (WuyouStore *store, const WuyouActor *actor)
{
  WuyouCtlBatch *batch = g_new0 (WuyouCtlBatch, 1);

  batch->store = store;
  batch->actor = *actor;
  batch->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_record_draft_free);
  return batch;
}

void
wuyou_ctl_batch_free (WuyouCtlBatch *batch)
{
  g_ptr_array_unref (batch->drafts);
  wuyou_password_free (batch->password);
  g_free (batch->hash);
  g_free (batch);
}

/* With a new key of its own where the type holds personal information. */
static gboolean
add_record (WuyouCtlBatch *batch,
            const WuyouRecordType *type,
            gpointer record,
            const char *id,
            const char *path,
            GError **error)
{
  g_autoptr (WuyouKey) key = NULL;
  WuyouRecordDraft *draft;

  if (type->purpose != NULL)
    key = wuyou_keys_create (wuyou_store_get_keys (batch->store), type->purpose, id);
  draft = wuyou_record_prepare (batch->store, type, NULL, record, key, path, &batch->actor, "create", NULL, error);
  if (draft == NULL)
    return FALSE;
  if (key != NULL)
    wuyou_record_draft_add_key (draft, key);
  g_ptr_array_add (batch->drafts, draft);
  return TRUE;
}

gboolean
wuyou_ctl_batch_add_org (WuyouCtlBatch *batch, WuyouOrg *org, GError **error)
{
  return wuyou_record_check (&wuyou_org_type, org, WUYOU_FIELD_ALWAYS, error)
         && add_record (batch, &wuyou_org_type, org, org->id, org->path, error);
}

static const char *
hash_password (WuyouCtlBatch *batch, char *prepared)
{
  if (batch->password != NULL && g_str_equal (batch->password, prepared)) {
    wuyou_password_free (prepared);
    return batch->hash;
  }
  wuyou_password_free (batch->password);
  g_free (batch->hash);
  batch->password = prepared;
  batch->hash = wuyou_auth_hash_password (prepared);
  return batch->hash;
}

static gboolean
set_password (WuyouCtlBatch *batch, WuyouAccount *account, const char *password, int origin, GError **error)
{
  char *prepared = wuyou_password_prepare (password);

  if (prepared == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_WEAK_PASSWORD, "not text");
    return FALSE;
  }
  g_free (account->password_hash);
  account->password_hash = g_strdup (hash_password (batch, prepared));
  account->password_origin = origin;
  account->password_changed_at = batch->actor.at;
  return TRUE;
}

gboolean
wuyou_ctl_batch_add_account (WuyouCtlBatch *batch,
                             WuyouAccount *account,
                             const char *path,
                             const char *password,
                             int origin,
                             GError **error)
{
  if (!wuyou_record_check (&wuyou_account_type, account, WUYOU_FIELD_ALWAYS, error))
    return FALSE;
  if (password != NULL && !set_password (batch, account, password, origin, error))
    return FALSE;
  account->email_key = wuyou_auth_dup_email_key (wuyou_store_get_keys (batch->store), account->email);
  return add_record (batch, &wuyou_account_type, account, account->id, path, error);
}

gboolean
wuyou_ctl_batch_add_product (WuyouCtlBatch *batch, WuyouProduct *product, const char *path, GError **error)
{
  return wuyou_record_check (&wuyou_product_type, product, WUYOU_FIELD_ALWAYS, error)
         && add_record (batch, &wuyou_product_type, product, product->id, path, error);
}

static gboolean
save_drafts (WuyouDbConn *conn, gpointer data, GError **error)
{
  GPtrArray *drafts = data;

  for (guint i = 0; i < drafts->len; i++)
    if (!wuyou_record_save (conn, drafts->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
wuyou_ctl_batch_save (WuyouCtlBatch *batch, GError **error)
{
  if (!wuyou_db_write (wuyou_store_get_db (batch->store), save_drafts, batch->drafts, error))
    return FALSE;
  g_ptr_array_set_size (batch->drafts, 0);
  return TRUE;
}

/* --- looking up --- */

typedef struct {
  WuyouStore *store;
  const char *text;
  gpointer found;
  gboolean empty;
} Search;

static gboolean
find_account (WuyouDbConn *conn, gpointer data, GError **error)
{
  Search *search = data;
  GError *local = NULL;

  search->found = wuyou_auth_find_account (conn, search->store, search->text, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gpointer
refuse_unknown (GError **error, char *message)
{
  wuyou_error_take_violation (error, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, message));
  g_free (message);
  return NULL;
}

WuyouAccount *
wuyou_ctl_find_account (WuyouStore *store, const char *email, GError **error)
{
  Search search = { .store = store, .text = email };

  if (!wuyou_db_read (wuyou_store_get_db (store), find_account, &search, error))
    return NULL;
  return search.found != NULL ? search.found
                              : refuse_unknown (error, g_strdup_printf (_ ("There is no account %s."), email));
}

static gboolean
find_org (WuyouDbConn *conn, gpointer data, GError **error)
{
  Search *search = data;
  const WuyouFilter filter = { .field = "code", .op = WUYOU_FILTER_EQUAL, .text = search->text };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = 1 };
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  if (!wuyou_record_list (conn, search->store, &wuyou_org_type, &query, found, error))
    return FALSE;
  search->found = found->len > 0 ? found->pdata[0] : NULL;
  return TRUE;
}

WuyouOrg *
wuyou_ctl_find_org (WuyouStore *store, const char *code, GError **error)
{
  Search search = { .store = store, .text = code };

  if (!wuyou_db_read (wuyou_store_get_db (store), find_org, &search, error))
    return NULL;
  return search.found != NULL ? search.found
                              : refuse_unknown (error, g_strdup_printf (_ ("There is no organisation %s."), code));
}

static gboolean
load_org (WuyouDbConn *conn, gpointer data, GError **error)
{
  Search *search = data;

  search->found = wuyou_record_load (conn, search->store, &wuyou_org_type, search->text, NULL, NULL, error);
  return search->found != NULL;
}

WuyouOrg *
wuyou_ctl_load_org (WuyouStore *store, const char *id, GError **error)
{
  Search search = { .store = store, .text = id };

  return wuyou_db_read (wuyou_store_get_db (store), load_org, &search, error) ? search.found : NULL;
}

static gboolean
look_for_orgs (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT seq FROM orgs LIMIT 1", "");
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  ((Search *) data)->empty = result == WUYOU_DB_DONE;
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_ctl_is_empty (WuyouStore *store, gboolean *ret_empty, GError **error)
{
  Search search = { .store = store };

  if (!wuyou_db_read (wuyou_store_get_db (store), look_for_orgs, &search, error))
    return FALSE;
  *ret_empty = search.empty;
  return TRUE;
}

WuyouActor
wuyou_ctl_actor (WuyouStore *store, const WuyouAccount *account, const char *purpose)
{
  return (WuyouActor){
    .account_id = account != NULL ? account->id : NULL,
    .purpose = purpose,
    .at = wuyou_clock_now (wuyou_store_get_clock (store)),
  };
}
