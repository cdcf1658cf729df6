/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a row of a list does when it is narrow. libadwaita shares the room between title and suffix by what each would
 * like to have, so a long value leaves a title that is broken after every letter or two. */

/* The title keeps its words, or as many letters of them as leave room for a value. */
void wuyou_row_keep_title (AdwActionRow *row);
/* A short value stays whole beside it. */
void wuyou_row_keep_value (GtkLabel *value);
/* Its suffixes below the title, or beside it again; where text is large they stay below. */
void wuyou_row_set_stacked (AdwActionRow *row, gboolean stacked);
/* Below the title, where text is so large that there is no room beside it: for suffixes that do not wrap, as
 * buttons. */
void wuyou_row_stack_if_large (AdwActionRow *row);

G_END_DECLS
