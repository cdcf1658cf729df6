/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "widgets/wuyou-record-columns.h"
#include "widgets/wuyou-record-list-private.h"
#include "widgets/wuyou-reason-dialog.h"
#include "widgets/wuyou-text-scale.h"
#include "widgets/wuyou-wrap-box.h"

static void
show_chip (WuyouRecordList *self, guint chip, gint64 count)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (self->chips[chip]));
  GtkWidget *label = gtk_widget_get_last_child (box);
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, count);
  g_autofree char *name = g_strdup_printf ("%s %s", _ (self->kind->chips[chip].label), text);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, count > 0 && chip != 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips[chip]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  count > 0 && chip != 0 ? name : _ (self->kind->chips[chip].label), -1);
}

void
_wuyou_record_list_show_counts (WuyouRecordList *self, JsonObject *counts)
{
  if (counts == NULL)
    return;
  for (guint i = 0; i < self->kind->n_chips; i++) {
    g_auto (GStrv) states = g_strsplit (self->kind->chips[i].states, ",", -1);
    gint64 count = 0;

    for (guint s = 0; states[s] != NULL; s++)
      count += wuyou_json_get_int (counts, states[s]);
    show_chip (self, i, count);
    if (self->kind->chips[i].hides)
      gtk_widget_set_visible (GTK_WIDGET (self->chips[i]), count > 0 || self->chip == i);
  }
}

static void
on_chip_toggled_cb (GtkToggleButton *button, WuyouRecordList *self)
{
  if (self->setting || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < self->kind->n_chips; i++)
    if (self->chips[i] == button)
      self->chip = i;
  _wuyou_record_list_ask (self);
}

static void
on_mine_toggled_cb (WuyouRecordList *self)
{
  if (self->setting)
    return;
  self->mine = gtk_toggle_button_get_active (self->mine_button);
  _wuyou_record_list_ask (self);
}

static GtkToggleButton *
make_chip (const char *label)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_set_visible (count, FALSE);
  gtk_box_append (GTK_BOX (box), count);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "wuyou-chip");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_TOGGLE_BUTTON (button);
}

/* In rows; where text is so large that these would leave no room for the list, in one row that scrolls. */
static GtkWidget *
lay_out_chips (WuyouRecordList *self)
{
  gboolean large = wuyou_text_is_large (GTK_WIDGET (self));
  GtkWidget *box = large ? gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4) : wuyou_wrap_box_new (4);
  GtkWidget *scroller;

  for (guint i = 0; i <= self->kind->n_chips; i++) {
    GtkWidget *chip = GTK_WIDGET (i < self->kind->n_chips ? self->chips[i] : self->mine_button);

    if (large)
      gtk_box_append (GTK_BOX (box), chip);
    else
      wuyou_wrap_box_append (WUYOU_WRAP_BOX (box), chip);
  }
  g_object_set (box, "margin-start", 12, "margin-end", 12, "margin-top", 6, "margin-bottom", 6, NULL);
  if (!large)
    return box;
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

GtkWidget *
_wuyou_record_list_build_chips (WuyouRecordList *self)
{

  for (guint i = 0; i < self->kind->n_chips; i++) {
    self->chips[i] = make_chip (_ (self->kind->chips[i].label));
    if (i > 0)
      gtk_toggle_button_set_group (self->chips[i], self->chips[0]);
    g_signal_connect_object (self->chips[i], "toggled", G_CALLBACK (on_chip_toggled_cb), self, 0);
    gtk_widget_set_visible (GTK_WIDGET (self->chips[i]), !self->kind->chips[i].hides);
  }
  self->mine_button = make_chip (_ (self->kind->toggle));
  g_signal_connect_object (self->mine_button, "toggled", G_CALLBACK (on_mine_toggled_cb), self, G_CONNECT_SWAPPED);
  self->setting = TRUE;
  gtk_toggle_button_set_active (self->chips[self->chip], TRUE);
  self->setting = FALSE;
  return lay_out_chips (self);
}

static guint
find_chip (WuyouRecordList *self, const char *id)
{
  for (guint i = 0; i < self->kind->n_chips; i++)
    if (g_strcmp0 (self->kind->chips[i].id, id) == 0)
      return i;
  return 0;
}

void
wuyou_record_list_set_chip (WuyouRecordList *self, const char *id)
{
  self->chip = find_chip (self, id);
  self->setting = TRUE;
  gtk_toggle_button_set_active (self->chips[self->chip], TRUE);
  self->setting = FALSE;
}

void
_wuyou_record_list_show_view (WuyouRecordList *self, const WuyouListView *view)
{
  const char *sort = view != NULL ? view->sort : NULL;

  self->setting = TRUE;
  self->chip = view != NULL ? find_chip (self, view->chip) : 0;
  self->mine = view != NULL && view->mine;
  gtk_toggle_button_set_active (self->chips[self->chip], TRUE);
  gtk_toggle_button_set_active (self->mine_button, self->mine);
  gtk_editable_set_text (GTK_EDITABLE (self->search), view != NULL && view->search != NULL ? view->search : "");
  wuyou_record_columns_set_sort (self->view, sort);
  self->setting = FALSE;
  g_free (self->state->sort);
  self->state->sort = g_strdup (sort);
  g_clear_handle_id (&self->search_timer, g_source_remove);
  _wuyou_record_list_ask (self);
}

static void build_menu_model (WuyouRecordList *self);

static void
on_view_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WuyouRecordList *self = data;
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < self->state->views->len; i++) {
    const WuyouListView *view = self->state->views->pdata[i];

    if (g_str_equal (view->name, name)) {
      _wuyou_record_list_show_view (self, view);
      return;
    }
  }
}

static void
on_view_removed_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WuyouRecordList *self = data;

  wuyou_list_state_remove_view (self->state, g_variant_get_string (parameter, NULL));
  _wuyou_record_list_save (self);
  build_menu_model (self);
}

static void
on_view_named_cb (const char *name, gpointer data)
{
  WuyouRecordList *self = data;
  WuyouListView *view = g_new0 (WuyouListView, 1);
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));

  view->name = g_strdup (name);
  view->chip = g_strdup (self->kind->chips[self->chip].id);
  view->search = *search != '\0' ? g_strdup (search) : NULL;
  view->sort = g_strdup (self->state->sort);
  view->mine = self->mine;
  wuyou_list_state_take_view (self->state, view);
  _wuyou_record_list_save (self);
  build_menu_model (self);
}

static void
on_view_saved_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WuyouRecordList *self = data;

  wuyou_reason_dialog_present (GTK_WIDGET (self),
                               &(WuyouReasonQuestion){
                                   .title = _ ("Save This View"),
                                   .text = _ ("State, search and sort order come back under this name."),
                                   .entry = _ ("Name"),
                                   .button = _ ("_Save"),
                                   .required = TRUE,
                               },
                               on_view_named_cb, self);
}

static void
on_column_toggled_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  WuyouRecordList *self = data;
  const char *id = g_object_get_data (G_OBJECT (action), "wuyou-column-id");
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr (GPtrArray) state = wuyou_record_columns_dup_state (self->view);

  for (guint i = 0; i < state->len; i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (g_str_equal (((WuyouListColumn *) state->pdata[i])->id, id))
      wuyou_record_columns_set_wanted (column, g_variant_get_boolean (value));
  }
  if (self->kind->column_wanted != NULL)
    self->kind->column_wanted (id, self->data);
  g_simple_action_set_state (action, value);
  _wuyou_record_list_queue_fit (self);
  _wuyou_record_list_save (self);
}

static void
add_column_item (WuyouRecordList *self, GMenu *menu, GtkColumnViewColumn *column, const WuyouListColumn *state)
{
  g_autofree char *name = g_strconcat ("column-", state->id, NULL);
  g_autofree char *detailed = g_strconcat ("list.", name, NULL);
  g_autoptr (GSimpleAction) action = NULL;

  g_menu_append (menu, gtk_column_view_column_get_title (column), detailed);
  if (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name) != NULL)
    return;
  action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (state->visible));
  g_object_set_data_full (G_OBJECT (action), "wuyou-column-id", g_strdup (state->id), g_free);
  g_signal_connect_object (action, "change-state", G_CALLBACK (on_column_toggled_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static GMenuModel *
build_columns_menu (WuyouRecordList *self)
{
  GMenu *menu = g_menu_new ();
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr (GPtrArray) state = wuyou_record_columns_dup_state (self->view);

  for (guint i = 0; i < state->len; i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    add_column_item (self, menu, column, state->pdata[i]);
  }
  return G_MENU_MODEL (menu);
}

static void
append_view_items (WuyouRecordList *self, GMenu *show, GMenu *remove)
{
  for (guint i = 0; i < self->state->views->len; i++) {
    const WuyouListView *view = self->state->views->pdata[i];
    g_autoptr (GMenuItem) item = g_menu_item_new (view->name, NULL);
    g_autoptr (GMenuItem) gone = g_menu_item_new (view->name, NULL);

    g_menu_item_set_action_and_target (item, "list.view", "s", view->name);
    g_menu_item_set_action_and_target (gone, "list.remove-view", "s", view->name);
    g_menu_append_item (show, item);
    g_menu_append_item (remove, gone);
  }
}

static void
build_menu_model (WuyouRecordList *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) views = g_menu_new ();
  g_autoptr (GMenu) remove = g_menu_new ();
  g_autoptr (GMenu) save = g_menu_new ();
  g_autoptr (GMenuModel) columns = build_columns_menu (self);

  append_view_items (self, views, remove);
  g_menu_append (save, _ ("_Save This View…"), "list.save-view");
  if (self->state->views->len > 0)
    g_menu_append_submenu (save, _ ("_Remove a View"), G_MENU_MODEL (remove));
  g_menu_append_submenu (save, _ ("_Columns"), columns);
  g_menu_append_section (menu, self->state->views->len > 0 ? _ ("Saved views") : NULL, G_MENU_MODEL (views));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (save));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
}

static const GActionEntry entries[] = {
  { .name = "view", .activate = on_view_activated_cb, .parameter_type = "s" },
  { .name = "remove-view", .activate = on_view_removed_cb, .parameter_type = "s" },
  { .name = "save-view", .activate = on_view_saved_cb },
};

GtkWidget *
_wuyou_record_list_build_menu (WuyouRecordList *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->actions = actions;
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", G_ACTION_GROUP (actions));
  self->menu_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu_button, "view-more-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), _ ("Views and columns"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Views and columns"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->menu_button), "flat");
  g_signal_connect_object (self->menu_button, "realize", G_CALLBACK (build_menu_model), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->menu_button);
}
