/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WUYOU_TYPE_NOTE_ROW (wuyou_note_row_get_type ())

/* A sentence in a group of rows, about the row above it. It is read and passed by: the keys go on to the next row,
 * where GTK 4.8 would leave the whole group at a row that takes no focus. */
G_DECLARE_FINAL_TYPE (WuyouNoteRow, wuyou_note_row, WUYOU, NOTE_ROW, AdwPreferencesRow)

GtkWidget *wuyou_note_row_new (void);
GtkLabel *wuyou_note_row_get_label (WuyouNoteRow *self);

G_END_DECLS
