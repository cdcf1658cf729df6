/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one file that speaks SQL for the desktop: a table of sealed values by kind and id. A connection belongs to one
 * thread at a time. Inside client/ only. Errors: STORAGE_FULL, CORRUPT, INTERNAL. */
typedef struct _WuyouLocalDb WuyouLocalDb;

WuyouLocalDb *wuyou_local_db_open (const char *path, GError **error); /* creates */
void wuyou_local_db_close (WuyouLocalDb *db);

gboolean wuyou_local_db_begin (WuyouLocalDb *db, GError **error);
gboolean wuyou_local_db_commit (WuyouLocalDb *db, GError **error); /* survives the end of this process */
gboolean wuyou_local_db_make_durable (WuyouLocalDb *db,
                                      GError **error); /* what is committed survives the end of power */
void wuyou_local_db_rollback (WuyouLocalDb *db);

gboolean
wuyou_local_db_put (WuyouLocalDb *db, int kind, const char *id, gint64 saved_at, GBytes *sealed, GError **error);
gboolean wuyou_local_db_delete (WuyouLocalDb *db, int kind, const char *id, GError **error);
GBytes *wuyou_local_db_get (WuyouLocalDb *db, int kind, const char *id, gint64 *ret_saved_at); /* owned, NULL: none */
/* In the order in which the ids were first put. */
void wuyou_local_db_each (WuyouLocalDb *db,
                          int kind,
                          void (*row) (const char *id, gint64 saved_at, GBytes *sealed, gpointer data),
                          gpointer data);

G_END_DECLS
