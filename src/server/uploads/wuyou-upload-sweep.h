/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* What other ways left behind, of documents and of evidence. An upload that was not finished within 7 days is
 * withdrawn: its slot may have closed, so that nobody can finish or take it back. Files go whose record is withdrawn or
 * destroyed, with what was rendered of them, and begun ones that have been without any row for a day, or
 * with one that never got content: renditions of a process that died. A whole file without a row stays: nothing says
 * what it was, and without its key, which was in that row, nobody can read it.
 *
 * Small pieces, which others come between, and in one call a 24th of the folders: which ones the hour of @now (business
 * time) says, so that a day of hourly calls has seen them all. */
gboolean wuyou_upload_sweep (WuyouServerContext *context, gint64 now, guint *ret_removed, GError **error);

G_END_DECLS
