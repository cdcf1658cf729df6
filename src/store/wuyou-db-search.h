/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-db.h"

G_BEGIN_DECLS

/* Posting list of 16-digit hex tokens by a record's sequence number. A record's tokens are put once; deleting
 * needs the same tokens again. @index is created by wuyou_db_search_create. */
gboolean wuyou_db_search_create (WuyouDbConn *conn, const char *index, GError **error);
gboolean wuyou_db_search_put (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error);
gboolean wuyou_db_search_delete (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error);
/* Records that have, for every element of @groups (GPtrArray of GPtrArray of char *), at least one token of it;
 * newest first, below @before (G_MAXINT64: all). Appends gint64 to @ret_seqs. */
gboolean wuyou_db_search_query (WuyouDbConn *conn,
                                const char *index,
                                GPtrArray *groups,
                                gint64 before,
                                guint limit,
                                GArray *ret_seqs,
                                GError **error);
/* Joins the pieces that writing left, in small transactions, until there is one: a search looks into each of them.
 * Reads and writes the whole index; for once a day, and after much was written at once. */
gboolean wuyou_db_search_merge (WuyouDb *db, const char *index, GError **error);

G_END_DECLS
