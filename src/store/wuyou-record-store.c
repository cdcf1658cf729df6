/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-record-store.h"

#include "base/wuyou-error.h"
#include "wuyou-audit-store.h"
#include "wuyou-db-search.h"
#include "wuyou-record-pack.h"
#include "wuyou-record-sql.h"

struct _WuyouRecordDraft {
  const WuyouRecordSql *sql;
  gpointer record;
  gboolean is_new, is_changed;
  gint64 old_version;
  WuyouKey *key;
  GBytes *sealed;
  GBytes *history_clear, *history_sealed;
  GPtrArray *new_keys;
  char *index;
  GPtrArray *old_tokens, *new_tokens;
  const char *scope, *action, *reason;
  WuyouActor actor;
};

static GBytes *
seal_array (WuyouKey *key, const char *context, GByteArray *plain)
{
  return wuyou_key_seal (key, context, plain->data != NULL ? plain->data : (const guint8 *) "", plain->len);
}

static char *
build_context (const WuyouRecordSql *sql, gconstpointer record, const char *suffix)
{
  return g_strconcat (sql->type->table, "/", wuyou_field_get_text (sql->id, record), suffix, NULL);
}

static void
seal_record (WuyouRecordDraft *draft)
{
  g_autofree char *context = build_context (draft->sql, draft->record, NULL);
  g_autoptr (GByteArray) plain = g_byte_array_new ();

  if (!draft->sql->has_pi || draft->key == NULL)
    return;
  _wuyou_record_pack (draft->sql->type, draft->record, NULL, WUYOU_PACK_SEALED, plain);
  draft->sealed = seal_array (draft->key, context, plain);
}

/* Length of the old values (4 bytes, little endian), old values, new values. */
static GByteArray *
pack_change (const WuyouRecordType *type, gconstpointer old, gconstpointer record, guint flags)
{
  GByteArray *out = g_byte_array_new ();
  guint32 length = 0;

  g_byte_array_append (out, (const guint8 *) &length, sizeof length);
  _wuyou_record_pack (type, old, record, flags, out);
  length = GUINT32_TO_LE (out->len - (guint32) sizeof length);
  *(guint32 *) (gpointer) out->data = length;
  _wuyou_record_pack (type, record, old, flags, out);
  return out;
}

static void
keep_history (WuyouRecordDraft *draft, gconstpointer old)
{
  const WuyouRecordType *type = draft->sql->type;
  g_autofree char *suffix = g_strdup_printf ("/history/%" G_GINT64_FORMAT, draft->old_version + 1);
  g_autofree char *context = build_context (draft->sql, draft->record, suffix);
  GByteArray *clear = pack_change (type, old, draft->record, WUYOU_PACK_CLEAR | WUYOU_PACK_HISTORY);
  g_autoptr (GByteArray) sealed = pack_change (type, old, draft->record, WUYOU_PACK_SEALED | WUYOU_PACK_HISTORY);

  if (clear->len > 4)
    draft->history_clear = g_byte_array_free_to_bytes (g_steal_pointer (&clear));
  if (sealed->len > 4 && draft->key != NULL)
    draft->history_sealed = seal_array (draft->key, context, sealed);
  g_clear_pointer (&clear, g_byte_array_unref);
}

static gboolean
differs (const WuyouRecordSql *sql, gconstpointer old, gconstpointer record)
{
  for (guint i = 0; i < sql->type->n_fields; i++) {
    const WuyouField *field = &sql->type->fields[i];

    if (field != sql->version && field != sql->updated_at && !wuyou_field_equal (field, old, record))
      return TRUE;
  }
  return FALSE;
}

static void
set_marks (WuyouRecordDraft *draft, gconstpointer old)
{
  const WuyouRecordSql *sql = draft->sql;

  draft->old_version = old != NULL ? wuyou_field_get_int (sql->version, old) : 0;
  draft->is_changed = old == NULL || differs (sql, old, draft->record);
  wuyou_field_set_int (sql->version, draft->record, draft->old_version + 1);
  if (sql->updated_at != NULL)
    wuyou_field_set_int (sql->updated_at, draft->record, draft->actor.at);
  if (old == NULL && sql->created_at != NULL && wuyou_field_get_int (sql->created_at, draft->record) == 0)
    wuyou_field_set_int (sql->created_at, draft->record, draft->actor.at);
}

static gboolean
check_key (const WuyouRecordSql *sql, gconstpointer record, WuyouKey *key, GError **error)
{
  for (guint i = 0; key == NULL && i < sql->type->n_fields; i++) {
    const WuyouField *field = &sql->type->fields[i];

    if (field->pi == WUYOU_PI_NONE || !wuyou_field_is_set (field, record))
      continue;
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "%s.%s cannot be kept without a key", sql->type->name,
                 field->name);
    return FALSE;
  }
  return TRUE;
}

WuyouRecordDraft *
wuyou_record_prepare (WuyouStore *store,
                      const WuyouRecordType *type,
                      gconstpointer old,
                      gpointer record,
                      WuyouKey *key,
                      const char *scope,
                      const WuyouActor *actor,
                      const char *action,
                      const char *reason,
                      GError **error)
{
  const WuyouRecordSql *sql = _wuyou_store_get_sql (store, type);
  WuyouRecordDraft *draft;

  if (!check_key (sql, record, key, error))
    return NULL;
  draft = g_new0 (WuyouRecordDraft, 1);
  draft->sql = sql;
  draft->record = record;
  draft->is_new = old == NULL;
  draft->key = key != NULL ? wuyou_key_ref (key) : NULL;
  draft->scope = scope;
  draft->action = action;
  draft->reason = reason;
  draft->actor = *actor;
  draft->new_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_key_unref);
  set_marks (draft, old);
  seal_record (draft);
  if (old != NULL)
    keep_history (draft, old);
  return draft;
}

void
wuyou_record_draft_free (WuyouRecordDraft *draft)
{
  g_clear_pointer (&draft->key, wuyou_key_unref);
  g_clear_pointer (&draft->sealed, g_bytes_unref);
  g_clear_pointer (&draft->history_clear, g_bytes_unref);
  g_clear_pointer (&draft->history_sealed, g_bytes_unref);
  g_clear_pointer (&draft->old_tokens, g_ptr_array_unref);
  g_clear_pointer (&draft->new_tokens, g_ptr_array_unref);
  g_ptr_array_unref (draft->new_keys);
  g_free (draft->index);
  g_free (draft);
}

gboolean
wuyou_record_draft_is_changed (WuyouRecordDraft *draft)
{
  return draft->is_changed;
}

void
wuyou_record_draft_add_key (WuyouRecordDraft *draft, WuyouKey *key)
{
  g_ptr_array_add (draft->new_keys, wuyou_key_ref (key));
}

void
wuyou_record_draft_take_tokens (WuyouRecordDraft *draft,
                                const char *index,
                                GPtrArray *old_tokens,
                                GPtrArray *new_tokens)
{
  draft->index = g_strdup (index);
  draft->old_tokens = old_tokens;
  draft->new_tokens = new_tokens;
}

/* Answers the number of the next parameter. */
static int
bind_row (WuyouDbStmt *stmt, WuyouRecordDraft *draft)
{
  int next = _wuyou_record_bind (draft->sql, stmt, 1, draft->record);
  if (draft->sql->has_pi) {
    gsize length = 0;
    gconstpointer data = draft->sealed != NULL ? g_bytes_get_data (draft->sealed, &length) : NULL;

    wuyou_db_bind_text (stmt, next++, draft->key != NULL ? wuyou_key_get_id (draft->key) : NULL);
    wuyou_db_bind_blob (stmt, next++, data, length);
  }
  return next;
}

static gboolean
insert_row (WuyouDbConn *conn, WuyouRecordDraft *draft, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_prepare_insert (conn, draft->sql->insert, error);
  gint64 seq;

  if (stmt == NULL)
    return FALSE;
  bind_row (stmt, draft);
  if (!wuyou_db_insert (stmt, &seq, error))
    return FALSE;
  wuyou_field_set_int (draft->sql->seq, draft->record, seq);
  return TRUE;
}

static gboolean
update_row (WuyouDbConn *conn, WuyouRecordDraft *draft, GError **error)
{
  const WuyouRecordSql *sql = draft->sql;
  WuyouDbStmt *stmt = wuyou_db_prepare (conn, sql->update, error);
  int next;

  if (stmt == NULL)
    return FALSE;
  next = bind_row (stmt, draft);
  wuyou_db_bind_text (stmt, next++, wuyou_field_get_text (sql->id, draft->record));
  wuyou_db_bind_int (stmt, next, draft->old_version);
  if (wuyou_db_step (stmt, error) != WUYOU_DB_DONE)
    return FALSE;
  if (wuyou_db_changes (conn) == 1)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "This %s is no longer at version %" G_GINT64_FORMAT,
               sql->type->name, draft->old_version);
  return FALSE;
}

static gboolean
insert_history (WuyouDbConn *conn, WuyouRecordDraft *draft, GError **error)
{
  const WuyouRecordSql *sql = draft->sql;

  return wuyou_db_run (conn, error,
                       "INSERT INTO history (record_id, version, at, account_id, action, reason, clear, sealed) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                       "tiitttbb", wuyou_field_get_text (sql->id, draft->record),
                       wuyou_field_get_int (sql->version, draft->record), draft->actor.at, draft->actor.account_id,
                       draft->action, draft->reason, draft->history_clear, draft->history_sealed);
}

static gboolean
move_tokens (WuyouDbConn *conn, WuyouRecordDraft *draft, GError **error)
{
  gint64 seq = wuyou_field_get_int (draft->sql->seq, draft->record);

  if (draft->index == NULL)
    return TRUE;
  if (draft->old_tokens != NULL && !wuyou_db_search_delete (conn, draft->index, seq, draft->old_tokens, error))
    return FALSE;
  return draft->new_tokens == NULL || wuyou_db_search_put (conn, draft->index, seq, draft->new_tokens, error);
}

static gboolean
tell (WuyouDbConn *conn, WuyouRecordDraft *draft, GError **error)
{
  const WuyouRecordSql *sql = draft->sql;
  const char *id = wuyou_field_get_text (sql->id, draft->record);
  gint64 version = wuyou_field_get_int (sql->version, draft->record);
  WuyouAuditEntry entry = {
    .action = draft->action,
    .object = sql->type->name,
    .object_id = id,
    .scope = draft->scope,
    .version = version,
    .outcome = "OK",
    .reason = draft->reason,
  };

  return wuyou_audit_insert (conn, &draft->actor, &entry, error)
         && wuyou_event_insert (conn, sql->type->name, id, version, draft->scope, NULL, draft->actor.at, error);
}

gboolean
wuyou_record_save (WuyouDbConn *conn, WuyouRecordDraft *draft, GError **error)
{
  for (guint i = 0; i < draft->new_keys->len; i++)
    if (!wuyou_key_insert (conn, draft->new_keys->pdata[i], error))
      return FALSE;
  if (!(draft->is_new ? insert_row (conn, draft, error) : update_row (conn, draft, error)))
    return FALSE;
  return insert_history (conn, draft, error) && move_tokens (conn, draft, error) && tell (conn, draft, error);
}
