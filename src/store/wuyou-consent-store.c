/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-consent-store.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-record-sql.h"

#define MAX_TRIES 50

static GBytes *
seal_row (WuyouKey *key, const WuyouConsent *consent)
{
  g_autofree char *context = g_strconcat ("consents/", consent->id, NULL);
  g_autoptr (GString) json = g_string_new (NULL);

  wuyou_record_write_json (&wuyou_consent_type, consent, WUYOU_CODEC_DEFAULT, json);
  return wuyou_key_seal (key, context, json->str, json->len);
}

static gboolean
read_last_hash (WuyouDbConn *conn, gpointer data, GError **error)
{
  char **hash = data;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT hash FROM consents ORDER BY seq DESC LIMIT 1", "");
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  g_free (*hash);
  *hash = g_strdup (result == WUYOU_DB_ROW ? wuyou_db_column_text (stmt, 0) : WUYOU_CONSENT_FIRST_HASH);
  return result != WUYOU_DB_ERROR;
}

typedef struct {
  WuyouStore *store;
  GPtrArray *rows;
  GPtrArray *sealed; /* GBytes */
  WuyouKey *key;
  WuyouDbFunc and;
  gpointer data;
  char *last_hash;
  gboolean overtaken;
} Appending;

/* Hashing and signing happen before the transaction; it holds only if the chain still ends where it did. */
static void
seal_rows (Appending *appending)
{
  const guint8 *secret = wuyou_keys_get_signing_key (wuyou_store_get_keys (appending->store));
  const char *previous = appending->last_hash;

  g_ptr_array_set_size (appending->sealed, 0);
  for (guint i = 0; i < appending->rows->len; i++) {
    WuyouConsent *consent = appending->rows->pdata[i];

    wuyou_consent_seal (consent, previous, secret);
    previous = consent->hash;
    g_ptr_array_add (appending->sealed, seal_row (appending->key, consent));
  }
}

static gboolean
insert_row (WuyouDbConn *conn, const WuyouConsent *consent, GBytes *sealed, GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO consents (id, linked_id, person_id, organisation_id, bundle_id, capacity, "
                       "decision, at, previous_hash, hash, sealed) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                       "tttttiiittb", consent->id, consent->linked_id, consent->person_id, consent->organisation_id,
                       consent->bundle_id, (gint64) consent->capacity, (gint64) consent->decision, consent->received_at,
                       consent->previous_hash, consent->hash, sealed);
}

static gboolean
write_rows (WuyouDbConn *conn, gpointer data, GError **error)
{
  Appending *appending = data;
  g_autofree char *last = NULL;

  if (!read_last_hash (conn, &last, error))
    return FALSE;
  appending->overtaken = !g_str_equal (last, appending->last_hash);
  if (appending->overtaken)
    return TRUE;
  for (guint i = 0; i < appending->rows->len; i++)
    if (!insert_row (conn, appending->rows->pdata[i], appending->sealed->pdata[i], error))
      return FALSE;
  return appending->and == NULL || appending->and (conn, appending->data, error);
}

static WuyouConsent *
open_row (WuyouConsent *consent, WuyouKey *key, const char *id, WuyouDbStmt *stmt, int column, GError **error)
{
  g_autofree char *context = g_strconcat ("consents/", id, NULL);
  g_autoptr (WuyouConsent) taken = consent;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (JsonObject) json = NULL;
  gsize length;
  gconstpointer data = wuyou_db_column_blob (stmt, column, &length);

  plain = wuyou_key_unseal (key, context, data, length, error);
  if (plain == NULL)
    return NULL;
  data = g_bytes_get_data (plain, &length);
  json = wuyou_json_parse_object (data, length, error);
  if (json == NULL || !wuyou_record_read_json (&wuyou_consent_type, taken, json, WUYOU_CODEC_DEFAULT, error))
    return NULL;
  return g_steal_pointer (&taken);
}

#define SELECT_ROWS                                                                                                    \
  "SELECT c.id, c.person_id, c.sealed, k.wrapped FROM consents c "                                                     \
  "LEFT JOIN customer_keys k ON k.purpose = 'users' AND k.id = c.person_id "

static WuyouConsent *
read_row (WuyouStore *store, WuyouDbStmt *stmt, GError **error)
{
  const char *id = wuyou_db_column_text (stmt, 0);
  g_autoptr (WuyouKey) key = NULL;
  gsize length;
  gconstpointer wrapped = wuyou_db_column_blob (stmt, 3, &length);

  if (wrapped == NULL) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "The person of consent %s was erased", id);
    return NULL;
  }
  key = wuyou_keys_unwrap (wuyou_store_get_keys (store), WUYOU_PURPOSE_USERS, wuyou_db_column_text (stmt, 1), wrapped,
                           length, error);
  return key != NULL ? open_row (wuyou_consent_new (), key, id, stmt, 2, error) : NULL;
}

WuyouConsent *
wuyou_consent_load (WuyouDbConn *conn, WuyouStore *store, const char *id, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, SELECT_ROWS "WHERE c.id = $1", "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  if (result == WUYOU_DB_DONE)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "No such consent");
  return result == WUYOU_DB_ROW ? read_row (store, stmt, error) : NULL;
}

gboolean
wuyou_consent_concerns (WuyouDbConn *conn,
                        const char *bundle_id,
                        const char *person_id,
                        const char *scope,
                        gboolean *ret_concerns,
                        GError **error)
{
  g_autofree char *end = scope != NULL ? _wuyou_scope_end (scope) : NULL;
  WuyouDbStmt *row
      = wuyou_db_query (conn, error,
                        "SELECT CASE WHEN EXISTS (SELECT 1 FROM consents WHERE person_id = $1 AND bundle_id = $2) "
                        "OR EXISTS (SELECT 1 FROM orgs o JOIN consents c ON c.organisation_id = o.id "
                        "WHERE o.path >= $3 AND o.path < $4 AND c.bundle_id = $2) THEN 1 ELSE 0 END",
                        "tttt", person_id, bundle_id, scope != NULL ? scope : "", end != NULL ? end : "");

  if (row == NULL || wuyou_db_step (row, error) != WUYOU_DB_ROW)
    return FALSE;
  *ret_concerns = wuyou_db_column_int (row, 0) != 0;
  return TRUE;
}

GPtrArray *
wuyou_consent_list (WuyouDbConn *conn, WuyouStore *store, const char *person_id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_consent_free);
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, SELECT_ROWS "WHERE c.person_id = $1 ORDER BY c.seq DESC LIMIT $2",
                                      "ti", person_id, (gint64) limit);

  if (stmt == NULL)
    return NULL;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouConsent *consent = read_row (store, stmt, error);

    if (consent == NULL)
      return NULL;
    g_ptr_array_add (list, consent);
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&list) : NULL;
}

typedef struct {
  Appending *appending;
  GPtrArray *stored; /* WuyouConsent, NULL elements where there is none */
} Repeat;

static gboolean
read_stored (WuyouDbConn *conn, gpointer data, GError **error)
{
  Repeat *repeat = data;

  g_ptr_array_set_size (repeat->stored, 0);
  for (guint i = 0; i < repeat->appending->rows->len; i++) {
    const WuyouConsent *row = repeat->appending->rows->pdata[i];
    GError *missing = NULL;
    WuyouConsent *stored = wuyou_consent_load (conn, repeat->appending->store, row->id, &missing);

    if (stored != NULL)
      g_ptr_array_add (repeat->stored, stored);
    else if (!g_error_matches (missing, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
      g_propagate_error (error, missing);
      return FALSE;
    }
    g_clear_error (&missing);
  }
  return TRUE;
}

static gboolean
is_same_click (const WuyouConsent *stored, const WuyouConsent *row)
{
  return stored->decision == row->decision && g_strcmp0 (stored->person_id, row->person_id) == 0
         && g_strcmp0 (stored->bundle_id, row->bundle_id) == 0;
}

/* *@ret_repeated: the very same click was stored before; the rows then are what is stored. */
static gboolean
check_repeated (Appending *appending, gboolean *ret_repeated, GError **error)
{
  g_autoptr (GPtrArray) stored = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_consent_free);
  Repeat repeat = { appending, stored };

  *ret_repeated = FALSE;
  if (!wuyou_db_read (wuyou_store_get_db (appending->store), read_stored, &repeat, error))
    return FALSE;
  if (stored->len == 0)
    return TRUE;
  for (guint i = 0; i < stored->len; i++)
    if (stored->len != appending->rows->len || !is_same_click (stored->pdata[i], appending->rows->pdata[i])) {
      g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "This consent is there with other contents");
      return FALSE;
    }
  for (guint i = 0; i < stored->len; i++) {
    wuyou_record_clear (&wuyou_consent_type, appending->rows->pdata[i]);
    wuyou_record_copy (&wuyou_consent_type, stored->pdata[i], appending->rows->pdata[i]);
  }
  *ret_repeated = TRUE;
  return TRUE;
}

static gboolean
append_once (Appending *appending, GError **error)
{
  WuyouDb *db = wuyou_store_get_db (appending->store);

  if (!wuyou_db_read (db, read_last_hash, &appending->last_hash, error))
    return FALSE;
  seal_rows (appending);
  return wuyou_db_write (db, write_rows, appending, error);
}

gboolean
wuyou_consent_append (WuyouStore *store, GPtrArray *rows, WuyouKey *key, WuyouDbFunc and, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Appending appending = { store, rows, sealed, key, and, data, NULL, TRUE };
  gboolean ok = TRUE, repeated = FALSE;

  for (guint try = 0; ok && !repeated && appending.overtaken && try < MAX_TRIES; try++)
    ok = check_repeated (&appending, &repeated, error) && (repeated || append_once (&appending, error));
  g_free (appending.last_hash);
  if (ok && !repeated && appending.overtaken) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "Too many consents at once");
    return FALSE;
  }
  return ok;
}
