/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-value-rows.h"

#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-row-layout.h"

AdwPreferencesGroup *
wuyou_value_group_new (const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_widget_add_css_class (group, "wuyou-values");
  return ADW_PREFERENCES_GROUP (group);
}

void
wuyou_value_group_add_marked (AdwPreferencesGroup *group,
                              const char *title,
                              const char *value,
                              const char *icon,
                              const char *style)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);

  g_object_set (row, "use-markup", FALSE, "title", title, NULL);
  g_object_set (label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 1.0f, "natural-wrap-mode",
                GTK_NATURAL_WRAP_NONE, NULL);
  wuyou_row_keep_value (GTK_LABEL (label));
  wuyou_focus_let_mark (GTK_LABEL (label));
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (row, "wuyou-value");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  if (icon != NULL) {
    GtkWidget *image = gtk_image_new_from_icon_name (icon);

    if (style != NULL)
      gtk_widget_add_css_class (image, style);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  wuyou_row_keep_title (ADW_ACTION_ROW (row));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
  adw_preferences_group_add (group, row);
}

void
wuyou_value_group_add (AdwPreferencesGroup *group, const char *title, const char *value)
{
  wuyou_value_group_add_marked (group, title, value, NULL, NULL);
}

void
wuyou_value_group_add_nothing (AdwPreferencesGroup *group, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", text, NULL);
  gtk_widget_add_css_class (row, "dim-label");
  adw_preferences_group_add (group, row);
}

AdwActionRow *
wuyou_value_group_add_text (AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  /* Alone, as notifications are held back until all of one call is set: "1 < 2" would be parsed. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", title, "subtitle", text != NULL ? text : "", "subtitle-lines", 0, "title-lines", 0, NULL);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

GtkWidget *
wuyou_value_row_add_button (AdwActionRow *row, const char *icon, const char *name, const char *data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  g_object_set (button, "valign", GTK_ALIGN_CENTER, "tooltip-text", name, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "wuyou-id", g_strdup (data), g_free);
  adw_action_row_add_suffix (row, button);
  return button;
}
