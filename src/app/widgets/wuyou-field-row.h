/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "base/wuyou-field.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_FIELD_ROW_QUIET,   /* no sentence */
  WUYOU_FIELD_ROW_HINT,    /* grey */
  WUYOU_FIELD_ROW_RIGHT,   /* green: checked */
  WUYOU_FIELD_ROW_CAUTION, /* yellow: acceptable, look again */
  WUYOU_FIELD_ROW_WRONG,   /* red */
  WUYOU_FIELD_ROW_MISSING, /* red, and the sentence only for the screen reader: the empty row says it already */
} WuyouFieldRowMood;

/* The row of one field in a form: entry, choice or switch by the field's kind, and a sentence under it. Signal
 * "changed": by the person, not by set_text. The text is what wuyou_field_parse_display takes; of a switch "true" or
 * "". Lives as long as its rows. */
#define WUYOU_TYPE_FIELD_ROW (wuyou_field_row_get_type ())
G_DECLARE_FINAL_TYPE (WuyouFieldRow, wuyou_field_row, WUYOU, FIELD_ROW, GObject)

/* @label NULL: the field's own. Owned by the row made, once it is added. */
WuyouFieldRow *wuyou_field_row_new (const WuyouField *field, const char *label);
void wuyou_field_row_add_to (WuyouFieldRow *self, AdwPreferencesGroup *group);
const WuyouField *wuyou_field_row_get_field (WuyouFieldRow *self);
GtkWidget *wuyou_field_row_get_row (WuyouFieldRow *self); /* borrowed */
const char *wuyou_field_row_get_text (WuyouFieldRow *self);
void wuyou_field_row_set_text (WuyouFieldRow *self, const char *text);
void wuyou_field_row_set_sentence (WuyouFieldRow *self, WuyouFieldRowMood mood, const char *sentence);
/* What the server holds and shows masked: it stays unless something is typed. NULL: nothing. */
void wuyou_field_row_set_kept (WuyouFieldRow *self, const char *masked);
void wuyou_field_row_set_visible (WuyouFieldRow *self, gboolean visible);
void wuyou_field_row_focus (WuyouFieldRow *self);

G_END_DECLS
