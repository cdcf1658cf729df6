/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-timeline.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static char *
dup_value (const WuyouTimelineWords *words, const char *field_name, const char *value)
{
  const WuyouField *field = wuyou_record_type_find (words->type, field_name);

  if (value == NULL || *value == '\0')
    return g_strdup ("—");
  if (field != NULL && (field->kind == WUYOU_KIND_ENUM || field->kind == WUYOU_KIND_BOOLEAN))
    return g_strdup (_ (value));
  if (field != NULL && field->kind == WUYOU_KIND_FEN)
    return g_strconcat ("¥", value, NULL);
  return g_strdup (value);
}

static gboolean
is_told (const WuyouTimelineWords *words, const WuyouDossierChange *change)
{
  const WuyouField *field = wuyou_record_type_find (words->type, change->field);

  return field != NULL && (field->flags & WUYOU_FIELD_NO_HISTORY) == 0 && field->kind != WUYOU_KIND_ID
         && field->kind != WUYOU_KIND_HASH && !g_str_equal (field->name, "state");
}

static GtkWidget *
build_change (const WuyouTimelineWords *words, const WuyouDossierChange *change)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *old = dup_value (words, change->field, change->old_value);
  g_autofree char *new = dup_value (words, change->field, change->new_value);
  g_autofree char *text = change->old_value == NULL || *change->old_value == '\0'
                              ? g_strdup (new)
                              : g_strdup_printf ("%s → %s", old, new);

  g_object_set (row, "use-markup", FALSE, "title", words->get_field (change->field), "subtitle", text, "subtitle-lines",
                3, NULL);
  return row;
}

static guint
add_changes (const WuyouTimelineWords *words, GtkWidget *row, const WuyouDossierEntry *entry)
{
  guint n_changes = 0;

  for (guint i = 0; i < entry->changes->len; i++) {
    if (!is_told (words, entry->changes->pdata[i]))
      continue;
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), build_change (words, entry->changes->pdata[i]));
    n_changes++;
  }
  return n_changes;
}

static GtkWidget *
build_entry (const WuyouTimelineWords *words, const WuyouDossierEntry *entry)
{
  GtkWidget *row = adw_expander_row_new ();
  guint n_changes = add_changes (words, row, entry);
  g_autofree char *at = wuyou_instant_format_local (entry->at);
  GString *text = g_string_new (at);

  if (n_changes == 0) {
    g_object_ref_sink (row);
    g_object_unref (row);
    row = adw_action_row_new ();
  }
  if (!entry->unnamed)
    g_string_append_printf (text, " · %s", entry->actor != NULL ? entry->actor : _ ("The system"));
  if (entry->reason != NULL && *entry->reason != '\0')
    g_string_append_printf (text, " · %s", entry->reason);
  g_object_set (row, "use-markup", FALSE, "title", words->get_action (entry->action), "subtitle", text->str, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words->get_action (entry->action), -1);
  g_string_free (text, TRUE);
  return row;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  gint64 left = (*(WuyouDossierEntry *const *) a)->at;
  gint64 right = (*(WuyouDossierEntry *const *) b)->at;

  return left < right ? 1 : left > right ? -1 : 0;
}

GtkWidget *
wuyou_timeline_new (const GPtrArray *entries, const WuyouTimelineWords *words)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (sorted, entries->pdata[i]);
  g_ptr_array_sort (sorted, compare_entries);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Timeline"));
  gtk_widget_add_css_class (group, "wuyou-values");
  for (guint i = 0; i < sorted->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), build_entry (words, sorted->pdata[i]));
  return group;
}
