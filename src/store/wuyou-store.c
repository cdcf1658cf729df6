/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-store.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "accounts/wuyou-account.h"
#include "base/wuyou-error.h"
#include "claims/wuyou-claim.h"
#include "claims/wuyou-evidence.h"
#include "sales/wuyou-contract.h"
#include "sales/wuyou-document.h"
#include "wuyou-record-sql.h"
#include "wuyou-store-resources.h"

static const WuyouRecordType *const types[] = {
  &wuyou_org_type,      &wuyou_account_type, &wuyou_product_type,  &wuyou_contract_type,
  &wuyou_document_type, &wuyou_claim_type,   &wuyou_evidence_type,
};

/* In order; a step that was published is never changed. */
static const struct {
  const char *name;
  const char *index; /* search index to create with it, or NULL */
} steps[] = {
  { "0001-base", "search_contracts" }, { "0002-accounts", NULL },      { "0003-upkeep", NULL },
  { "0004-claims", "search_claims" },  { "0005-contract-ends", NULL }, { "0006-claim-clocks", NULL },
  { "0007-claim-upkeep", NULL },
};

struct _WuyouStore {
  WuyouDb *db;
  WuyouKeys *keys;
  WuyouBlobs *blobs;
  const WuyouClock *clock;
  char *data_dir;
  WuyouRecordSql *sql[G_N_ELEMENTS (types)];
};

static gboolean
migrate (WuyouDb *db, GError **error)
{
  WuyouDbMigration migrations[G_N_ELEMENTS (steps)];
  GBytes *texts[G_N_ELEMENTS (steps)];
  gboolean ok;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree char *path = g_strdup_printf ("/org/wuyou/store/sql/%s.sql", steps[i].name);

    texts[i] = g_resource_lookup_data (wuyou_store_get_resource (), path, 0, NULL);
    migrations[i] = (WuyouDbMigration){ steps[i].name, g_bytes_get_data (texts[i], NULL), steps[i].index };
  }
  ok = wuyou_db_migrate (db, migrations, G_N_ELEMENTS (steps), error);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_bytes_unref (texts[i]);
  return ok;
}

static gboolean
check_schema (WuyouDbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (!wuyou_record_type_check_schema (conn, types[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
make_data_dir (const char *data_dir, GError **error)
{
  if (g_mkdir_with_parents (data_dir, 0700) == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "Cannot create %s: %s", data_dir, g_strerror (errno));
  return FALSE;
}

gboolean
wuyou_store_init (const char *uri, const char *data_dir, GError **error)
{
  g_autoptr (WuyouDb) db = NULL;

  wuyou_db_register_postgres ();
  if (!make_data_dir (data_dir, error))
    return FALSE;
  db = wuyou_db_open (uri, error);
  return db != NULL && wuyou_keys_init (data_dir, error) && migrate (db, error);
}

static gboolean
open_parts (WuyouStore *store, const char *uri, GError **error)
{
  g_autofree char *files = g_build_filename (store->data_dir, "files", NULL);

  store->db = wuyou_db_open (uri, error);
  if (store->db == NULL || !migrate (store->db, error) || !wuyou_db_read (store->db, check_schema, NULL, error))
    return FALSE;
  store->keys = wuyou_keys_open (store->data_dir, store->db, error);
  if (store->keys == NULL)
    return FALSE;
  store->blobs = wuyou_blobs_open (files, error);
  return store->blobs != NULL;
}

WuyouStore *
wuyou_store_open (const char *uri, const char *data_dir, const WuyouClock *clock, GError **error)
{
  g_autoptr (WuyouStore) store = g_new0 (WuyouStore, 1);

  wuyou_db_register_postgres ();
  store->clock = clock;
  store->data_dir = g_strdup (data_dir);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    store->sql[i] = _wuyou_record_sql_new (types[i]);
  return open_parts (store, uri, error) ? g_steal_pointer (&store) : NULL;
}

void
wuyou_store_close (WuyouStore *store)
{
  if (store == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    _wuyou_record_sql_free (store->sql[i]);
  g_clear_pointer (&store->blobs, wuyou_blobs_close);
  g_clear_pointer (&store->keys, wuyou_keys_close);
  g_clear_pointer (&store->db, wuyou_db_close);
  g_free (store->data_dir);
  g_free (store);
}

const WuyouRecordSql *
_wuyou_store_get_sql (WuyouStore *store, const WuyouRecordType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i] == type)
      return store->sql[i];
  g_error ("%s is not a stored type", type->name);
}

WuyouDb *
wuyou_store_get_db (WuyouStore *store)
{
  return store->db;
}

WuyouKeys *
wuyou_store_get_keys (WuyouStore *store)
{
  return store->keys;
}

WuyouBlobs *
wuyou_store_get_blobs (WuyouStore *store)
{
  return store->blobs;
}

const WuyouClock *
wuyou_store_get_clock (WuyouStore *store)
{
  return store->clock;
}

const char *
wuyou_store_get_data_dir (WuyouStore *store)
{
  return store->data_dir;
}
