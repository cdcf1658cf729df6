/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "wuyou-claim-store.h"

void
wuyou_claim_message_free (WuyouClaimMessage *message)
{
  g_free (message->id);
  g_free (message->account_id);
  g_free (message->side);
  g_free (message->text);
  g_free (message);
}

static char *
dup_place (const char *id)
{
  return g_strconcat ("claim_messages/", id, NULL);
}

GBytes *
wuyou_claim_message_seal (const WuyouKey *key, const WuyouClaimMessage *message)
{
  g_autofree char *place = dup_place (message->id);

  return wuyou_key_seal (key, place, message->text, strlen (message->text));
}

gboolean
wuyou_claim_message_insert (WuyouDbConn *conn,
                            const char *claim_id,
                            const WuyouClaimMessage *message,
                            GBytes *sealed,
                            GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO claim_messages (id, claim_id, account_id, side, at, sealed) "
                       "VALUES ($1, $2, $3, $4, $5, $6)",
                       "ttttib", message->id, claim_id, message->account_id, message->side, message->at, sealed);
}

static gboolean
read_text (WuyouDbStmt *stmt, const WuyouKey *key, WuyouClaimMessage *message, GError **error)
{
  g_autofree char *place = dup_place (message->id);
  gsize length;
  gconstpointer sealed = wuyou_db_column_blob (stmt, 4, &length);
  g_autoptr (GBytes) plain = NULL;

  if (key == NULL)
    return TRUE;
  plain = wuyou_key_unseal (key, place, sealed, length, error);
  if (plain == NULL)
    return FALSE;
  message->text = g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  return TRUE;
}

static WuyouClaimMessage *
read_message (WuyouDbStmt *stmt, const WuyouKey *key, GError **error)
{
  WuyouClaimMessage *message = g_new0 (WuyouClaimMessage, 1);

  message->id = g_strdup (wuyou_db_column_text (stmt, 0));
  message->account_id = g_strdup (wuyou_db_column_text (stmt, 1));
  message->side = g_strdup (wuyou_db_column_text (stmt, 2));
  message->at = wuyou_db_column_int (stmt, 3);
  if (read_text (stmt, key, message, error))
    return message;
  wuyou_claim_message_free (message);
  return NULL;
}

GPtrArray *
wuyou_claim_message_list (WuyouDbConn *conn, const char *claim_id, const WuyouKey *key, guint limit, GError **error)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_message_free);
  WuyouDbResult result = WUYOU_DB_DONE;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT id, account_id, side, at, sealed FROM claim_messages "
                                      "WHERE claim_id = $1 ORDER BY seq DESC LIMIT $2",
                                      "ti", claim_id, (gint64) limit);

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouClaimMessage *message = read_message (stmt, key, error);

    if (message == NULL)
      return NULL;
    g_ptr_array_insert (messages, 0, message);
  }
  return stmt != NULL && result == WUYOU_DB_DONE ? g_steal_pointer (&messages) : NULL;
}
