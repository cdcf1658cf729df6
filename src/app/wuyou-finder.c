/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-finder.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "wuyou-actions.h"
#include "wuyou-page.h"

#define SEARCH_DELAY_MS 200
#define MIN_RECORD_CHARS 2

#define WUYOU_TYPE_FINDER (wuyou_finder_get_type ())
G_DECLARE_FINAL_TYPE (WuyouFinder, wuyou_finder, WUYOU, FINDER, AdwWindow)

struct _WuyouFinder {
  AdwWindow parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  GtkSearchEntry *entry;
  GtkListBox *list;
  GtkLabel *empty;
  guint timer;
};

G_DEFINE_FINAL_TYPE (WuyouFinder, wuyou_finder, ADW_TYPE_WINDOW)

/* What a row does is in its data: an action with its target, or a record of a page. */
static void
add_row (WuyouFinder *self,
         const char *icon,
         const char *title,
         const char *subtitle,
         const char *action,
         const WuyouPageInfo *page,
         const char *record)
{
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", title, "activatable", TRUE, NULL);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (action), g_free);
  g_object_set_data_full (G_OBJECT (row), "record", g_strdup (record), g_free);
  g_object_set_data (G_OBJECT (row), "page", (gpointer) page);
  gtk_list_box_append (self->list, row);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), FALSE);
  if (gtk_list_box_get_selected_row (self->list) == NULL)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static gboolean
matches (const char *text, const char *label)
{
  g_autofree char *plain = g_utf8_casefold (label, -1);

  return *text == '\0' || strstr (plain, text) != NULL;
}

static gboolean
is_allowed (WuyouFinder *self, const WuyouPageInfo *page)
{
  return wuyou_session_can (wuyou_app_context_get_session (self->context), page->object, page->verbs);
}

static void
add_pages (WuyouFinder *self, const char *text)
{
  guint n;
  const WuyouPageInfo *pages = wuyou_pages_get (&n);

  for (guint i = 0; i < n; i++)
    if (is_allowed (self, &pages[i]) && matches (text, _ (pages[i].label)))
      add_row (self, pages[i].icon, _ (pages[i].label), NULL, NULL, &pages[i], NULL);
}

static void
add_actions (WuyouFinder *self, const char *text)
{
  guint n;
  const WuyouActionInfo *actions = wuyou_actions_get (&n);

  for (guint i = 0; i < n; i++)
    if (actions[i].find && matches (text, _ (actions[i].label)))
      add_row (self, "system-run-symbolic", _ (actions[i].label), NULL, actions[i].action, NULL, NULL);
}

static void
on_records_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  const WuyouPageInfo *page = data;
  WuyouFinder *self = WUYOU_FINDER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), &error);

  if (found == NULL || self->context == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  for (guint i = 0; i < found->len; i++) {
    WuyouFinding *finding = g_ptr_array_index (found, i);

    add_row (self, page->icon, finding->title, finding->subtitle, NULL, page, finding->record);
  }
}

static void
ask_pages (WuyouFinder *self, const char *text)
{
  guint n;
  const WuyouPageInfo *pages = wuyou_pages_get (&n);

  for (guint i = 0; i < n; i++) {
    if (pages[i].find_async == NULL || !is_allowed (self, &pages[i]))
      continue;
    pages[i].find_async (self->context, text,
                         g_task_new (self, self->cancellable, on_records_found_cb, (gpointer) &pages[i]));
  }
}

static gboolean
on_search_due_cb (gpointer data)
{
  WuyouFinder *self = data;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  self->timer = 0;
  if (g_utf8_strlen (text, -1) >= MIN_RECORD_CHARS)
    ask_pages (self, text);
  return G_SOURCE_REMOVE;
}

static void
clear_list (WuyouFinder *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->empty), TRUE);
}

static void
on_text_changed_cb (WuyouFinder *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *text = g_utf8_casefold (typed, -1);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  clear_list (self);
  add_pages (self, text);
  add_actions (self, text);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (SEARCH_DELAY_MS, on_search_due_cb, self);
}

static void
on_row_activated_cb (WuyouFinder *self, GtkListBoxRow *row)
{
  g_autoptr (WuyouAppContext) context = g_object_ref (self->context);
  const WuyouPageInfo *page = g_object_get_data (G_OBJECT (row), "page");
  g_autofree char *record = g_strdup (g_object_get_data (G_OBJECT (row), "record"));
  g_autofree char *action = g_strdup (g_object_get_data (G_OBJECT (row), "action"));
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_destroy (GTK_WINDOW (self));
  if (page != NULL)
    wuyou_app_context_go (context, page->id, record);
  else if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), action, NULL);
}

static void
on_entry_activated_cb (WuyouFinder *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    on_row_activated_cb (self, row);
}

static void
move_selection (WuyouFinder *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *next
      = gtk_list_box_get_row_at_index (self->list, row != NULL ? gtk_list_box_row_get_index (row) + step : 0);

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}

/* The cursor stays in the entry while the arrows walk the list. */
static gboolean
on_key_pressed_cb (WuyouFinder *self, guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Down:
    move_selection (self, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Up:
    move_selection (self, -1);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    gtk_window_close (GTK_WINDOW (self));
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
wuyou_finder_dispose (GObject *object)
{
  WuyouFinder *self = WUYOU_FINDER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_finder_parent_class)->dispose (object);
}

static void
wuyou_finder_finalize (GObject *object)
{
  g_clear_object (&WUYOU_FINDER (object)->cancellable);
  G_OBJECT_CLASS (wuyou_finder_parent_class)->finalize (object);
}

static void
wuyou_finder_class_init (WuyouFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_finder_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_finder_finalize;
}

static GtkWidget *
build_results (WuyouFinder *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->empty = GTK_LABEL (gtk_label_new (_ ("Nothing found")));
  gtk_widget_add_css_class (GTK_WIDGET (self->empty), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "wuyou-finder-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Results"), -1);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->empty));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

static void
connect_children (WuyouFinder *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_entry_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
wuyou_finder_init (WuyouFinder *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  g_object_set (self->entry, "placeholder-text", _ ("Page, action, contract, VIN, name…"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find an action or a record"), -1);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), build_results (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  connect_children (self);
}

void
wuyou_finder_present (WuyouAppContext *context, GtkWindow *parent)
{
  WuyouFinder *self = g_object_new (WUYOU_TYPE_FINDER, "modal", TRUE, "transient-for", parent, "default-width", 520,
                                    "default-height", 480, "title", _ ("Find"), NULL);

  self->context = g_object_ref (context);
  on_text_changed_cb (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
