/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-note-row.h"

#include "widgets/wuyou-focus.h"

struct _WuyouNoteRow {
  AdwPreferencesRow parent_instance;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (WuyouNoteRow, wuyou_note_row, ADW_TYPE_PREFERENCES_ROW)

static gboolean
wuyou_note_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return wuyou_focus_move_from (widget, direction);
}

GtkLabel *
wuyou_note_row_get_label (WuyouNoteRow *self)
{
  return self->label;
}

static void
wuyou_note_row_class_init (WuyouNoteRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = wuyou_note_row_focus;
}

static void
wuyou_note_row_init (WuyouNoteRow *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  g_object_set (self->label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "margin-start", 12,
                "margin-end", 12, "margin-top", 5, "margin-bottom", 7, NULL);
  g_object_set (self, "activatable", FALSE, "selectable", FALSE, "focusable", FALSE, "child", self->label, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "wuyou-note");
}

GtkWidget *
wuyou_note_row_new (void)
{
  return g_object_new (WUYOU_TYPE_NOTE_ROW, NULL);
}
