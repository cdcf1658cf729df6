/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "wuyou-consent-store.h"

static char *
format_aliases (const WuyouAgreement *document)
{
  GString *json = g_string_new (NULL);

  wuyou_json_begin_array (json, NULL);
  for (guint i = 0; document->aliases != NULL && i < document->aliases->len; i++)
    wuyou_json_add_string (json, NULL, document->aliases->pdata[i]);
  wuyou_json_end_array (json);
  return g_string_free (json, FALSE);
}

static gboolean
insert_document (WuyouDbConn *conn,
                 const char *bundle_id,
                 guint position,
                 const WuyouAgreement *document,
                 GError **error)
{
  g_autofree char *aliases = format_aliases (document);
  g_autofree char *clause_ids = wuyou_agreement_dup_clause_ids (document);

  return wuyou_db_run (conn, error,
                       "INSERT INTO agreements (id, bundle_id, position, kind, code, title, aliases, version_label, "
                       "effective_on, language, text, sha256, clause_ids) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                       "ttiittttitbtt", document->id, bundle_id, (gint64) position, (gint64) document->kind,
                       document->code, document->title, aliases, document->version_label,
                       (gint64) document->effective_on, document->language, document->text, document->sha256,
                       clause_ids);
}

gboolean
wuyou_bundle_insert (WuyouDbConn *conn, const WuyouBundle *bundle, const char *imported_by, gint64 now, GError **error)
{
  if (!wuyou_db_run (conn, error,
                     "INSERT INTO bundles (id, audience, version_label, language, effective_on, material, "
                     "change_summary, previous_id, imported_by, imported_at) "
                     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                     "ttttiittti", bundle->id, bundle->audience, bundle->version_label, bundle->language,
                     (gint64) bundle->effective_on, (gint64) bundle->material, bundle->change_summary,
                     bundle->previous_id, imported_by, now))
    return FALSE;
  for (guint i = 0; i < bundle->documents->len; i++)
    if (!insert_document (conn, bundle->id, i, bundle->documents->pdata[i], error))
      return FALSE;
  return TRUE;
}

#define INFO_COLUMNS                                                                                                   \
  "id, audience, version_label, language, change_summary, previous_id, imported_by, approved_by, effective_on, "       \
  "material, imported_at, published_at, withdrawn_at"

void
wuyou_bundle_info_free (WuyouBundleInfo *info)
{
  g_free (info->id);
  g_free (info->audience);
  g_free (info->version_label);
  g_free (info->language);
  g_free (info->change_summary);
  g_free (info->previous_id);
  g_free (info->imported_by);
  g_free (info->approved_by);
  g_free (info);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouBundleInfo, wuyou_bundle_info_free)

static WuyouBundleInfo *
read_info (WuyouDbStmt *stmt)
{
  WuyouBundleInfo *info = g_new0 (WuyouBundleInfo, 1);
  char **texts[]
      = { &info->id,          &info->audience,    &info->version_label, &info->language, &info->change_summary,
          &info->previous_id, &info->imported_by, &info->approved_by };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (wuyou_db_column_text (stmt, (int) i));
  info->effective_on = (WuyouDate) wuyou_db_column_int (stmt, 8);
  info->material = wuyou_db_column_int (stmt, 9) != 0;
  info->imported_at = wuyou_db_column_int (stmt, 10);
  info->published_at = wuyou_db_column_int (stmt, 11);
  info->withdrawn_at = wuyou_db_column_int (stmt, 12);
  return info;
}

static WuyouBundleInfo *
load_info (WuyouDbConn *conn, const char *id, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT " INFO_COLUMNS " FROM bundles WHERE id = $1", "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  if (result == WUYOU_DB_DONE)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "No such bundle");
  return result == WUYOU_DB_ROW ? read_info (stmt) : NULL;
}

static gboolean
refuse (WuyouError code, const char *sentence, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  return FALSE;
}

static gboolean
check_approval (const WuyouBundleInfo *info, const char *approved_by, GError **error)
{
  if (info->withdrawn_at != 0)
    return refuse (WUYOU_ERROR_ILLEGAL_TRANSITION, N_ ("This version was withdrawn."), error);
  if (info->published_at != 0)
    return refuse (WUYOU_ERROR_ILLEGAL_TRANSITION, N_ ("This version is published already."), error);
  if (g_strcmp0 (info->imported_by, approved_by) == 0)
    return refuse (WUYOU_ERROR_FORBIDDEN, N_ ("Who imported a version cannot approve it."), error);
  return TRUE;
}

gboolean
wuyou_bundle_approve (WuyouDbConn *conn, const char *id, const char *approved_by, gint64 now, GError **error)
{
  g_autoptr (WuyouBundleInfo) info = load_info (conn, id, error);

  return info != NULL && check_approval (info, approved_by, error)
         && wuyou_db_run (conn, error, "UPDATE bundles SET approved_by = $2, published_at = $3 WHERE id = $1", "tti",
                          id, approved_by, now)
         && wuyou_event_insert (conn, "bundle", id, 1, NULL, NULL, now, error);
}

/* Nobody is left without the agreements that they work under. */
static gboolean
check_not_binding (WuyouDbConn *conn, const WuyouBundleInfo *info, gint64 now, GError **error)
{
  g_auto (WuyouGateFacts) facts = { NULL };

  if (!wuyou_gate_facts_read (conn, info->audience, "", &facts, error))
    return FALSE;
  return wuyou_consent_gate_may_withdraw ((const WuyouGateVersion *) (gpointer) facts.versions->data,
                                          facts.versions->len, info->id, now)
         || refuse (WUYOU_ERROR_ILLEGAL_TRANSITION,
                    N_ ("This version is in force. Publish the one that replaces it first."), error);
}

/* A version that is not material covers who accepted the one that it was compared with. Were that one taken back before
 * its day, its change would bind people who never agreed to it. */
static gboolean
check_followers (WuyouDbConn *conn, const WuyouBundleInfo *info, gint64 now, GError **error)
{
  WuyouDbStmt *stmt;
  WuyouDbResult result;

  if (info->published_at == 0 || wuyou_date_start (info->effective_on) <= now)
    return TRUE;
  stmt = wuyou_db_query (
      conn, error, "SELECT 1 FROM bundles WHERE previous_id = $1 AND material = 0 AND withdrawn_at = 0", "t", info->id);
  result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  return result == WUYOU_DB_DONE
         || (result == WUYOU_DB_ROW
             && refuse (WUYOU_ERROR_ILLEGAL_TRANSITION,
                        N_ ("A version that is not material builds on this one. Withdraw that one first."), error));
}

gboolean
wuyou_bundle_withdraw (WuyouDbConn *conn, const char *id, const char *withdrawn_by, gint64 now, GError **error)
{
  g_autoptr (WuyouBundleInfo) info = load_info (conn, id, error);

  if (info == NULL)
    return FALSE;
  if (info->withdrawn_at != 0)
    return refuse (WUYOU_ERROR_ILLEGAL_TRANSITION, N_ ("This version was withdrawn."), error);
  if (g_strcmp0 (info->imported_by, withdrawn_by) == 0)
    return refuse (WUYOU_ERROR_FORBIDDEN, N_ ("Who imported a version cannot withdraw it."), error);
  return check_not_binding (conn, info, now, error) && check_followers (conn, info, now, error)
         && wuyou_db_run (conn, error, "UPDATE bundles SET withdrawn_at = $2 WHERE id = $1", "ti", id, now)
         && wuyou_event_insert (conn, "bundle", id, 2, NULL, NULL, now, error);
}

GPtrArray *
wuyou_bundle_list (WuyouDbConn *conn, const char *audience, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_bundle_info_free);
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT " INFO_COLUMNS " FROM bundles WHERE CAST($1 AS TEXT) IS NULL "
                                      "OR audience = $1 ORDER BY effective_on DESC, imported_at DESC",
                                      "t", audience);

  if (stmt == NULL)
    return NULL;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (list, read_info (stmt));
  return result == WUYOU_DB_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
set_clause_ids (WuyouAgreement *document, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = wuyou_json_parse (text, strlen (text), error);

  if (node == NULL)
    return FALSE;
  return JSON_NODE_HOLDS_ARRAY (node) && wuyou_agreement_set_clause_ids (document, json_node_get_array (node), error);
}

static void
read_aliases (WuyouAgreement *document, const char *text)
{
  g_autoptr (JsonNode) node = wuyou_json_parse (text, strlen (text), NULL);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  g_ptr_array_set_size (document->aliases, 0);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (document->aliases, g_strdup (json_array_get_string_element (array, i)));
}

/* The stored value is what counts, not what the text says when it is read again. */
static void
replace_text (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static WuyouAgreement *
read_document (WuyouDbStmt *stmt, GError **error)
{
  g_autoptr (GBytes) text = wuyou_db_dup_bytes (stmt, 8);
  g_autoptr (WuyouAgreement) document
      = wuyou_agreement_new ((WuyouAgreementKind) wuyou_db_column_int (stmt, 1), wuyou_db_column_text (stmt, 2),
                             wuyou_db_column_text (stmt, 3), text, error);

  if (document == NULL)
    return NULL;
  replace_text (&document->id, wuyou_db_column_text (stmt, 0));
  read_aliases (document, wuyou_db_column_text (stmt, 4));
  replace_text (&document->version_label, wuyou_db_column_text (stmt, 5));
  document->effective_on = (WuyouDate) wuyou_db_column_int (stmt, 6);
  replace_text (&document->language, wuyou_db_column_text (stmt, 7));
  if (!g_str_equal (document->sha256, wuyou_db_column_text (stmt, 9))) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The text of agreement %s was changed", document->id);
    return NULL;
  }
  return set_clause_ids (document, wuyou_db_column_text (stmt, 10), error) ? g_steal_pointer (&document) : NULL;
}

static gboolean
read_documents (WuyouDbConn *conn, WuyouBundle *bundle, GError **error)
{
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT id, kind, code, title, aliases, version_label, effective_on, language, "
                                      "text, sha256, clause_ids FROM agreements WHERE bundle_id = $1 ORDER BY position",
                                      "t", bundle->id);

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    g_autoptr (WuyouAgreement) document = read_document (stmt, error);

    if (document == NULL)
      return FALSE;
    wuyou_bundle_add (bundle, document);
  }
  return result == WUYOU_DB_DONE;
}

WuyouBundle *
wuyou_bundle_load (WuyouDbConn *conn, const char *id, GError **error)
{
  g_autoptr (WuyouBundleInfo) info = load_info (conn, id, error);
  g_autoptr (WuyouBundle) bundle = NULL;

  if (info == NULL)
    return NULL;
  bundle = wuyou_bundle_new ();
  bundle->id = g_steal_pointer (&info->id);
  bundle->audience = g_steal_pointer (&info->audience);
  bundle->version_label = g_steal_pointer (&info->version_label);
  g_free (bundle->language);
  bundle->language = g_steal_pointer (&info->language);
  bundle->change_summary = g_steal_pointer (&info->change_summary);
  bundle->previous_id = g_steal_pointer (&info->previous_id);
  bundle->effective_on = info->effective_on;
  bundle->material = info->material;
  bundle->published_at = info->published_at;
  return read_documents (conn, bundle, error) ? g_steal_pointer (&bundle) : NULL;
}
