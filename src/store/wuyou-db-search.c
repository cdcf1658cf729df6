/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-db-search.h"

#include "wuyou-db-driver.h"

typedef struct {
  const char *index;
  gboolean begun, more;
} Merge;

gboolean
wuyou_db_search_create (WuyouDbConn *conn, const char *index, GError **error)
{
  return conn->db->driver->search_create (conn, index, error);
}

gboolean
wuyou_db_search_put (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error)
{
  if (tokens->len == 0)
    return TRUE;
  return conn->db->driver->search_put (conn, index, seq, tokens, error);
}

gboolean
wuyou_db_search_delete (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error)
{
  if (tokens->len == 0)
    return TRUE;
  return conn->db->driver->search_delete (conn, index, seq, tokens, error);
}

gboolean
wuyou_db_search_query (WuyouDbConn *conn,
                       const char *index,
                       GPtrArray *groups,
                       gint64 before,
                       guint limit,
                       GArray *ret_seqs,
                       GError **error)
{
  for (guint i = 0; i < groups->len; i++)
    if (((GPtrArray *) groups->pdata[i])->len == 0)
      return TRUE;
  if (groups->len == 0)
    return TRUE;
  return conn->db->driver->search_query (conn, index, groups, before, limit, ret_seqs, error);
}

static gboolean
merge_some (WuyouDbConn *conn, gpointer data, GError **error)
{
  Merge *merge = data;

  return conn->db->driver->search_merge (conn, merge->index, !merge->begun, &merge->more, error);
}

gboolean
wuyou_db_search_merge (WuyouDb *db, const char *index, GError **error)
{
  Merge merge = { .index = index };

  if (db->driver->search_merge == NULL)
    return TRUE;
  do {
    if (!wuyou_db_write_full (db, WUYOU_DB_WRITE_MAINTENANCE, merge_some, &merge, error))
      return FALSE;
    merge.begun = TRUE;
  } while (merge.more);
  return TRUE;
}
