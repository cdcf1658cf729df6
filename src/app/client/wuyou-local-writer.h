/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-local-db.h"

G_BEGIN_DECLS

/* The one thread that writes the local file. Writes are kept in order and many go to one commit, which survives this
 * process at once and the machine a moment later; what cannot be written is tried again until it can, and stays
 * readable meanwhile. Inside client/ only. */
typedef struct _WuyouLocalWriter WuyouLocalWriter;

/* Takes @db. @failed runs on the main thread, once per outage. */
WuyouLocalWriter *
wuyou_local_writer_new (WuyouLocalDb *db, void (*failed) (const GError *error, gpointer data), gpointer data);
void wuyou_local_writer_put (WuyouLocalWriter *self, int kind, const char *id, gint64 saved_at, GBytes *sealed);
void wuyou_local_writer_delete (WuyouLocalWriter *self, int kind, const char *id);
/* What waits for the disk: TRUE when (kind, id) is among it, then *ret_sealed is owned, or NULL for a deletion. */
gboolean
wuyou_local_writer_peek (WuyouLocalWriter *self, int kind, const char *id, gint64 *ret_saved_at, GBytes **ret_sealed);
/* Until all is committed, for @within microseconds at most, and not at all while the disk refuses. */
void wuyou_local_writer_settle (WuyouLocalWriter *self, gint64 within);
gboolean wuyou_local_writer_flush (WuyouLocalWriter *self); /* until all is committed; FALSE: the disk refused */
void wuyou_local_writer_free (WuyouLocalWriter *self);      /* flushes once, ends the thread, closes the file */

G_END_DECLS
