/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-app-test.h"

#include <adwaita.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-test.h"

void
wuyou_app_test_init (int *argc, char ***argv)
{
  wuyou_test_init (argc, argv);
  adw_init ();
}

void
wuyou_app_test_set_up (WuyouAppTest *self)
{
  self->server = wuyou_fake_server_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  self->context = wuyou_app_context_new (self->settings, &wuyou_clock_system, wuyou_test_new_dir ());
  g_assert_true (wuyou_client_set_server (wuyou_app_context_get_client (self->context),
                                          wuyou_fake_server_get_url (self->server), NULL));
  wuyou_fake_server_say (self->server, "GET /v1/changes", &(WuyouFakeAnswer){ .hang = TRUE });
}

void
wuyou_app_test_sign_in (WuyouAppTest *self, const char *gates)
{
  static const guint8 key[WUYOU_LOCAL_KEY_BYTES] = { 5 };
  g_autofree char *text = wuyou_fake_session (NULL, gates);
  g_autoptr (JsonObject) body = wuyou_json_parse_object (text, strlen (text), NULL);

  wuyou_client_set_token (wuyou_app_context_get_client (self->context), "secret");
  g_assert_true (
      wuyou_local_open (wuyou_app_context_get_local (self->context), "https://cn.example", "test", key, NULL));
  g_assert_true (wuyou_session_take_body (wuyou_app_context_get_session (self->context), body, NULL));
}

void
wuyou_app_test_sign_in_as (WuyouAppTest *self, const char *role)
{
  g_autofree char *text = wuyou_fake_session (NULL, "[]");
  g_autoptr (GString) body = g_string_new (text);
  g_autoptr (JsonObject) object = NULL;

  g_string_replace (body, "DADM", role, 0);
  object = wuyou_json_parse_object (body->str, body->len, NULL);
  g_assert_true (wuyou_session_take_body (wuyou_app_context_get_session (self->context), object, NULL));
}

void
wuyou_app_test_pump (guint ms)
{
  gint64 ends = g_get_monotonic_time () + ms * 1000;

  do {
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (1000);
  } while (g_get_monotonic_time () < ends);
}

void
wuyou_app_test_show (WuyouAppTest *self, GtkWidget *widget)
{
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (self->window), widget);
  gtk_window_present (GTK_WINDOW (self->window));
  wuyou_app_test_pump (50);
}

void
wuyou_app_test_tear_down (WuyouAppTest *self)
{
  GtkWidget *child = self->window != NULL ? gtk_window_get_child (GTK_WINDOW (self->window)) : NULL;

  if (child != NULL) {
    g_object_add_weak_pointer (G_OBJECT (child), (gpointer *) &child);
    gtk_window_destroy (GTK_WINDOW (self->window));
    wuyou_app_test_pump (50);
    g_assert_null (child);
  }
  wuyou_feed_stop (wuyou_app_context_get_feed (self->context));
  wuyou_app_test_pump (50);
  g_assert_finalize_object (self->context);
  g_object_unref (self->settings);
  wuyou_fake_server_free (self->server);
  *self = (WuyouAppTest){ NULL, NULL, NULL, NULL };
}

/* What a person would call the widget. */
static char *
name_of (GtkWidget *widget)
{
  const char *text = NULL;

  if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  else if (ADW_IS_PREFERENCES_ROW (widget))
    text = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  else if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    text = gtk_button_get_label (GTK_BUTTON (widget));
  else if (gtk_widget_get_tooltip_text (widget) != NULL)
    text = gtk_widget_get_tooltip_text (widget);
  return text != NULL ? g_strdup (text) : NULL;
}

static GtkWidget *
search (GtkWidget *widget, GType type, const char *name)
{
  g_autofree char *own = name_of (widget);

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (name == NULL || g_strcmp0 (own, name) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = search (child, type, name);

    if (found != NULL)
      return found;
  }
  return NULL;
}

GtkWidget *
wuyou_app_test_find (GtkWidget *root, GType type, const char *name)
{
  GtkWidget *found = search (root, type, name);

  if (found == NULL)
    g_error ("no %s \"%s\"", g_type_name (type), name);
  return found;
}

GtkWidget *
wuyou_app_test_find_dialog (WuyouAppTest *self)
{
  g_autoptr (GList) tops = gtk_window_list_toplevels ();

  for (GList *l = tops; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (self->window))
      return l->data;
  g_error ("no dialog");
}

gboolean
wuyou_app_test_has_text (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
      && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (wuyou_app_test_has_text (child, text))
      return TRUE;
  return FALSE;
}

/* Parts of the libraries that name their buttons otherwise, or not at all before libadwaita 1.4. */
static gboolean
is_foreign (GtkWidget *widget)
{
  const char *type = G_OBJECT_TYPE_NAME (widget);

  return g_str_equal (type, "GtkWindowControls") || g_str_equal (type, "AdwToastWidget");
}

static gboolean
contains_label (GtkWidget *widget)
{
  GtkWidget *label = search (widget, GTK_TYPE_LABEL, NULL);

  return label != NULL && *gtk_label_get_text (GTK_LABEL (label)) != '\0';
}

void
wuyou_app_test_assert_named (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) || GTK_IS_MENU_BUTTON (root)) {
    if (!contains_label (root) && gtk_widget_get_tooltip_text (root) == NULL
        && gtk_widget_get_tooltip_text (gtk_widget_get_parent (root)) == NULL)
      g_error ("a button without a name: %s in %s", G_OBJECT_TYPE_NAME (root),
               G_OBJECT_TYPE_NAME (gtk_widget_get_parent (root)));
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && !is_foreign (child))
      wuyou_app_test_assert_named (child);
}
