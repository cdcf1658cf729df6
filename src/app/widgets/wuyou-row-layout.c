/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-row-layout.h"

#include "widgets/wuyou-text-scale.h"

/* About half of the narrowest row; where text is at 200 %, what a day leaves of it. */
#define MOST_CELLS 10
#define MOST_CELLS_LARGE 6
/* An amount, a day with its hour, a phone number: broken in two it is misread. Large, a day. */
#define MOST_VALUE_CELLS 16
#define MOST_VALUE_CELLS_LARGE 10

static GtkLabel *
find_label (GtkWidget *widget, const char *text)
{
  GtkLabel *found = NULL;

  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

/* A Chinese character takes the room of two letters. */
static int
count_cells (const char *text)
{
  int cells = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    cells += g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;
  return cells;
}

void
wuyou_row_keep_title (AdwActionRow *row)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  GtkLabel *label = find_label (GTK_WIDGET (row), title);

  if (label != NULL)
    gtk_label_set_width_chars (
        label, MIN (count_cells (title), wuyou_text_is_large (GTK_WIDGET (row)) ? MOST_CELLS_LARGE : MOST_CELLS));
}

void
wuyou_row_keep_value (GtkLabel *value)
{
  int cells = count_cells (gtk_label_get_text (value));

  gtk_label_set_wrap (value,
                      cells > (wuyou_text_is_large (GTK_WIDGET (value)) ? MOST_VALUE_CELLS_LARGE : MOST_VALUE_CELLS));
}

void
wuyou_row_set_stacked (AdwActionRow *row, gboolean stacked)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (row));

  if (!GTK_IS_BOX (header))
    return;
  stacked = stacked || wuyou_text_is_large (header);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (header),
                                  stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (gtk_widget_get_last_child (header), stacked ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  if (stacked)
    gtk_widget_add_css_class (GTK_WIDGET (row), "wuyou-stacked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "wuyou-stacked");
}

void
wuyou_row_stack_if_large (AdwActionRow *row)
{
  if (wuyou_text_is_large (GTK_WIDGET (row)))
    wuyou_row_set_stacked (row, TRUE);
}
