/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A language names itself, in every language of the interface. */
static const struct {
  const char *id;
  const char *name;
} languages[] = {
  { "", N_ ("As the system") },
  { "zh_CN", "简体中文" },
  { "en", "English" },
};

static const char *const schemes[] = { N_ ("As the system"), N_ ("Light"), N_ ("Dark") };
static const guint minutes[] = { 1, 2, 5, 10, 15, 30, 60 };

static GtkWidget *
combo_row_new (const char *title, const char *subtitle, GtkStringList *choices)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  g_object_unref (choices);
  return row;
}

static void
on_language_chosen_cb (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  g_settings_set_string (settings, "language", languages[adw_combo_row_get_selected (row)].id);
}

static GtkWidget *
language_row_new (GSettings *settings)
{
  GtkStringList *choices = gtk_string_list_new (NULL);
  g_autofree char *present = g_settings_get_string (settings, "language");
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    gtk_string_list_append (choices, i == 0 ? _ (languages[i].name) : languages[i].name);
  row = combo_row_new (_ ("Language"), _ ("In force after the next start"), choices);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].id, present))
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_language_chosen_cb), settings, 0);
  return row;
}

static void
on_scheme_chosen_cb (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  g_settings_set_enum (settings, "color-scheme", adw_combo_row_get_selected (row));
}

static GtkWidget *
scheme_row_new (GSettings *settings)
{
  GtkStringList *choices = gtk_string_list_new (NULL);
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    gtk_string_list_append (choices, _ (schemes[i]));
  row = combo_row_new (_ ("Colours"), NULL, choices);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), g_settings_get_enum (settings, "color-scheme"));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_scheme_chosen_cb), settings, 0);
  return row;
}

static void
on_minutes_chosen_cb (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  g_settings_set_uint (settings, "idle-lock-minutes", minutes[adw_combo_row_get_selected (row)]);
}

static GtkWidget *
lock_row_new (GSettings *settings)
{
  GtkStringList *choices = gtk_string_list_new (NULL);
  guint present = g_settings_get_uint (settings, "idle-lock-minutes");
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++) {
    g_autofree char *text
        = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", minutes[i]), minutes[i]);

    gtk_string_list_append (choices, text);
  }
  row = combo_row_new (_ ("Lock after"), _ ("The operator may ask for less"), choices);
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    if (minutes[i] <= present)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_minutes_chosen_cb), settings, 0);
  return row;
}

/* The server is changed where one signs in; here it is only named. */
static GtkWidget *
server_row_new (WuyouAppContext *context)
{
  GtkWidget *row = adw_action_row_new ();
  const char *server = wuyou_client_get_server (wuyou_app_context_get_client (context));

  g_object_set (row, "title", _ ("Server"), "use-markup", FALSE, NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), server != NULL ? server : _ ("Not set"));
  return row;
}

static GtkWidget *
notices_row_new (GSettings *settings)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_switch_new ();

  g_object_set (row, "use-markup", FALSE, "title", _ ("News of claims"), "subtitle",
                _ ("As a notification of the desktop, without anything personal"), NULL);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("News of claims"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
  g_settings_bind (settings, "claim-notices", choice, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static AdwPreferencesGroup *
group_new (AdwPreferencesPage *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

void
wuyou_preferences_present (WuyouAppContext *context, GtkWindow *parent)
{
  GSettings *settings = wuyou_app_context_get_settings (context);
  GtkWidget *window = adw_preferences_window_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *look = group_new (page, _ ("Appearance"));
  AdwPreferencesGroup *notices = group_new (page, _ ("Notifications"));
  AdwPreferencesGroup *safety = group_new (page, _ ("Security"));

  adw_preferences_group_add (look, language_row_new (settings));
  adw_preferences_group_add (look, scheme_row_new (settings));
  adw_preferences_group_add (notices, notices_row_new (settings));
  adw_preferences_group_add (safety, lock_row_new (settings));
  adw_preferences_group_add (safety, server_row_new (context));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Preferences"));
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 460);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
