/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-record-list-private.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "widgets/wuyou-record-columns.h"
#include "widgets/wuyou-busy-line.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-tab-stop.h"

#define SEARCH_DELAY_MS 200
#define SELECT_DELAY_MS 120
#define RELOAD_DELAY_MS 700

enum { PROP_0, PROP_BUSY, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { SELECTED, OPENED, PEEKED, NEW_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouRecordList, wuyou_record_list, ADW_TYPE_BIN)

static gboolean
is_filtered (WuyouRecordList *self)
{
  return self->chip != 0 || self->mine || *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

void
_wuyou_record_list_ask (WuyouRecordList *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const WuyouRecordChip *chip = &self->kind->chips[self->chip];
  const char *sort = self->state->sort != NULL ? self->state->sort : "";
  const char *query[] = { chip->param != NULL ? chip->param : "state",
                          chip->states,
                          "mine",
                          self->mine ? "true" : "",
                          "q",
                          text,
                          "sort",
                          sort,
                          NULL };

  self->asked = TRUE;
  self->shown_at = GTK_INVALID_LIST_POSITION; /* among others now */
  wuyou_record_model_set_query (self->model, query);
}

static char *
dup_question (WuyouRecordList *self)
{
  return g_strdup_printf ("%u %d %s %s", self->chip, self->mine, self->state->sort != NULL ? self->state->sort : "",
                          gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
set_shown_for (WuyouRecordList *self)
{
  g_free (self->shown_for);
  self->shown_for = dup_question (self);
}

/* The first page as it looked last, before the first answer is there. */
static void
seed_from_cache (WuyouRecordList *self)
{
  g_autoptr (JsonObject) kept
      = wuyou_local_load_object (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_CACHE, self->kind->cache);
  JsonArray *items = kept != NULL ? wuyou_json_get_array (kept, "items") : NULL;

  if (items == NULL || json_array_get_length (items) == 0)
    return;
  self->seeded = TRUE;
  set_shown_for (self);
  wuyou_record_model_seed (self->model, items, (guint) CLAMP (wuyou_json_get_int (kept, "total"), 0, G_MAXINT));
  _wuyou_record_list_show_counts (self, wuyou_json_get_object (kept, "counts"));
}

static void
keep_answer (WuyouRecordList *self, JsonObject *answer)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (is_filtered (self) || self->state->sort != NULL || self->kept)
    return;
  self->kept = TRUE;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, answer);
  text = json_to_string (node, FALSE);
  wuyou_local_save (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_CACHE, self->kind->cache, text);
}

static void
show_total (WuyouRecordList *self)
{
  guint total = wuyou_record_model_get_total (self->model);
  g_autofree char *text = self->kind->dup_total (total, wuyou_record_model_has_more (self->model));

  gtk_label_set_text (self->total, text);
}

/* One state, and nobody searched for anything: advice about searching would be none. What waits for somebody is theirs
 * already. */
static gboolean
shows_state_only (WuyouRecordList *self)
{
  return self->chip != 0 && *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0'
         && (!self->mine || self->kind->chips[self->chip].param != NULL);
}

/* Where the first step is offered, not a way out of the filter. */
static gboolean
offers_to_begin (WuyouRecordList *self)
{
  if (!is_filtered (self))
    return TRUE;
  return shows_state_only (self) && self->can_create && self->kind->chips[self->chip].nothing != NULL;
}

static void
show_nothing_there (WuyouRecordList *self)
{
  const WuyouRecordChip *chip = &self->kind->chips[self->chip];

  if (chip->param != NULL)
    wuyou_empty_state_set (self->empty, "emblem-ok-symbolic", _ ("Nothing waits for you"), "", _ ("Show All"));
  else if (chip->nothing != NULL)
    wuyou_empty_state_set (self->empty, self->kind->empty_icon, _ (chip->nothing),
                           self->can_create ? _ (chip->nothing_text) : "",
                           self->can_create ? _ (self->kind->create) : _ ("Show All"));
  else
    wuyou_empty_state_set (self->empty, "emblem-ok-symbolic", _ ("None at present"), "", _ ("Show All"));
}

static void
show_nothing (WuyouRecordList *self)
{
  if (shows_state_only (self)) {
    show_nothing_there (self);
    return;
  }
  if (is_filtered (self)) {
    wuyou_empty_state_set (self->empty, "system-search-symbolic", _ ("Nothing found"), _ (self->kind->search_help),
                           _ ("Show All"));
    return;
  }
  wuyou_empty_state_set (self->empty, self->kind->empty_icon, _ (self->kind->empty_title), _ (self->kind->empty_text),
                         self->can_create ? _ (self->kind->create) : NULL);
}

static void
update_stack (WuyouRecordList *self)
{
  const GError *error = wuyou_record_model_get_error (self->model);
  gboolean rows = wuyou_record_model_get_total (self->model) > 0;

  show_total (self);
  gtk_widget_set_visible (GTK_WIDGET (self->total), rows);
  if (rows) {
    wuyou_banner_show_error (self->banner, self->was_offline ? NULL : error);
    gtk_stack_set_visible_child_name (self->stack, "rows");
    return;
  }
  wuyou_banner_hide (self->banner);
  if (error != NULL && !g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED)) {
    wuyou_empty_state_set_error (self->empty, error);
    gtk_stack_set_visible_child_name (self->stack, "empty");
  } else if (!wuyou_record_model_get_busy (self->model) && self->answered) {
    show_nothing (self);
    gtk_stack_set_visible_child_name (self->stack, "empty");
  }
}

static void
select_position (WuyouRecordList *self, guint position)
{
  self->setting = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->setting = FALSE;
}

/* GTK 4.8 can scroll to a row only by an action of the list inside the view. */
static void
scroll_to (WuyouRecordList *self, guint position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

static void
select_wanted (WuyouRecordList *self)
{
  guint position
      = self->wanted != NULL ? wuyou_record_model_find (self->model, self->wanted) : GTK_INVALID_LIST_POSITION;

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  select_position (self, position);
  self->shown_at = position;
  scroll_to (self, position);
}

static void
set_shown (WuyouRecordList *self, const char *id)
{
  g_free (self->shown);
  self->shown = g_strdup (id);
}

/* Another record may stand now where the selected one was: a row that looks selected and is not what is beside the list
 * cannot be selected any more. */
static void
keep_selection (WuyouRecordList *self)
{
  const char *id = wuyou_record_list_get_selected (self);

  if (id != NULL && g_strcmp0 (id, self->shown) == 0)
    self->shown_at = gtk_single_selection_get_selected (self->selection);
  else if (self->shown != NULL && id != NULL)
    select_position (self, wuyou_record_model_find (self->model, self->shown));
}

static void
on_model_answered_cb (WuyouRecordList *self, JsonObject *answer)
{
  self->answered = TRUE;
  self->was_offline = FALSE;
  set_shown_for (self);
  _wuyou_record_list_show_counts (self, wuyou_json_get_object (answer, "counts"));
  keep_answer (self, answer);
  update_stack (self);
  keep_selection (self);
  select_wanted (self);
}

/* No answer came: rows that answer another question would stand below this one as if they answered it. */
static void
drop_other_rows (WuyouRecordList *self)
{
  g_autofree char *question = dup_question (self);

  if (g_strcmp0 (self->shown_for, question) == 0)
    return;
  g_clear_pointer (&self->shown_for, g_free);
  wuyou_record_model_clear (self->model);
  if (!is_filtered (self))
    seed_from_cache (self);
}

static void
on_model_error_cb (WuyouRecordList *self)
{
  const GError *error = wuyou_record_model_get_error (self->model);

  if (error != NULL && !g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    drop_other_rows (self);

  /* The window says so already, and the rows from the cache are there. */
  self->was_offline = g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE);
  update_stack (self);
}

static void
on_model_busy_cb (WuyouRecordList *self)
{
  wuyou_busy_line_set_busy (self->line, wuyou_record_model_get_busy (self->model));
  update_stack (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static gboolean
on_search_due_cb (gpointer data)
{
  WuyouRecordList *self = data;

  self->search_timer = 0;
  _wuyou_record_list_ask (self);
  return G_SOURCE_REMOVE;
}

static void
on_search_changed_cb (WuyouRecordList *self)
{
  if (self->setting)
    return;
  g_clear_handle_id (&self->search_timer, g_source_remove);
  self->search_timer = g_timeout_add (SEARCH_DELAY_MS, on_search_due_cb, self);
}

static void
on_search_stopped_cb (WuyouRecordList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_search_entered_cb (WuyouRecordList *self)
{
  if (wuyou_record_model_get_total (self->model) == 0)
    return;
  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* From what was typed straight to what was found, past the filters. */
static gboolean
on_search_key_pressed_cb (WuyouRecordList *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Down || (state & gtk_accelerator_get_default_mod_mask ()) != 0
      || wuyou_record_model_get_total (self->model) == 0)
    return GDK_EVENT_PROPAGATE;
  on_search_entered_cb (self);
  return GDK_EVENT_STOP;
}

static gboolean
on_select_due_cb (gpointer data)
{
  WuyouRecordList *self = data;
  WuyouRecordItem *item = gtk_single_selection_get_selected_item (self->selection);
  const char *id = item != NULL ? wuyou_record_item_get_id (item) : NULL;

  self->select_timer = 0;
  if (id == NULL)
    return G_SOURCE_REMOVE;
  set_shown (self, id);
  self->shown_at = gtk_single_selection_get_selected (self->selection);
  g_signal_emit (self, signals[SELECTED], 0, id);
  return G_SOURCE_REMOVE;
}

/* Going down twenty rows with a key held must not fetch twenty contracts. */
static void
on_selection_changed_cb (WuyouRecordList *self)
{
  if (self->setting)
    return;
  g_clear_pointer (&self->wanted, g_free);
  g_clear_handle_id (&self->select_timer, g_source_remove);
  self->select_timer = g_timeout_add (SELECT_DELAY_MS, on_select_due_cb, self);
}

static void
on_row_activated_cb (WuyouRecordList *self, guint position)
{
  g_autoptr (WuyouRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const char *id = item != NULL ? wuyou_record_item_get_id (item) : NULL;

  g_clear_handle_id (&self->select_timer, g_source_remove);
  if (id == NULL)
    return;
  set_shown (self, id);
  self->shown_at = position;
  select_position (self, position);
  g_signal_emit (self, signals[OPENED], 0, id);
}

/* What was decided leaves a queue: the next one is that which stands now where it stood, and not the one below. */
static gboolean
go_on_from_gone (WuyouRecordList *self, guint keyval)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint at = keyval == GDK_KEY_Up && self->shown_at > 0 ? self->shown_at - 1 : self->shown_at;

  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_Up) || n == 0 || self->shown_at == GTK_INVALID_LIST_POSITION
      || gtk_single_selection_get_selected (self->selection) != GTK_INVALID_LIST_POSITION)
    return GDK_EVENT_PROPAGATE;
  gtk_single_selection_set_selected (self->selection, MIN (at, n - 1));
  scroll_to (self, MIN (at, n - 1));
  return GDK_EVENT_STOP;
}

/* Space is left to the view where it still has to select. */
static gboolean
on_view_key_pressed_cb (WuyouRecordList *self, guint keyval, guint keycode, GdkModifierType state)
{
  WuyouRecordItem *item = gtk_single_selection_get_selected_item (self->selection);
  const char *id = item != NULL ? wuyou_record_item_get_id (item) : NULL;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (id == NULL)
    return go_on_from_gone (self, keyval);
  if (keyval != GDK_KEY_space)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[PEEKED], 0, id);
  return GDK_EVENT_STOP;
}

static void
on_sort_changed_cb (WuyouRecordList *self)
{
  char *sort;

  if (self->setting)
    return;
  sort = wuyou_record_columns_dup_sort (self->view);
  if (g_strcmp0 (sort, self->state->sort) == 0) {
    g_free (sort);
    return;
  }
  g_free (self->state->sort);
  self->state->sort = sort;
  _wuyou_record_list_save (self);
  _wuyou_record_list_ask (self);
}

void
_wuyou_record_list_save (WuyouRecordList *self)
{
  wuyou_list_state_set_columns (self->state, wuyou_record_columns_dup_state (self->view));
  wuyou_list_state_save (self->state, wuyou_app_context_get_local (self->context), self->kind->state);
}

static void
on_empty_pressed_cb (WuyouRecordList *self)
{
  if (wuyou_record_model_get_error (self->model) != NULL)
    wuyou_record_list_refresh (self);
  else if (offers_to_begin (self))
    g_signal_emit (self, signals[NEW_REQUESTED], 0);
  else
    _wuyou_record_list_show_view (self, NULL);
}

static void
on_data_changed_cb (WuyouRecordList *self)
{
  if (self->asked)
    wuyou_record_model_reload (self->model);
}

void
wuyou_record_list_refresh (WuyouRecordList *self)
{
  self->kept = FALSE;
  if (self->asked)
    wuyou_record_model_reload (self->model);
  else
    _wuyou_record_list_ask (self);
}

void
wuyou_record_list_focus_search (WuyouRecordList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
on_reload_due_cb (gpointer data)
{
  WuyouRecordList *self = data;

  self->reload_timer = 0;
  wuyou_record_list_refresh (self);
  return G_SOURCE_REMOVE;
}

void
wuyou_record_list_touch (WuyouRecordList *self, const char *id, gboolean is_new)
{
  if (!self->asked)
    return;
  if (wuyou_record_model_find (self->model, id) != GTK_INVALID_LIST_POSITION)
    wuyou_record_model_touch (self->model, id);
  else if (is_new && self->reload_timer == 0)
    self->reload_timer = g_timeout_add (RELOAD_DELAY_MS, on_reload_due_cb, self);
}

void
wuyou_record_list_select (WuyouRecordList *self, const char *id)
{
  g_free (self->wanted);
  self->wanted = g_strdup (id);
  set_shown (self, id);
  select_position (self, GTK_INVALID_LIST_POSITION);
  select_wanted (self);
}

const char *
wuyou_record_list_get_selected (WuyouRecordList *self)
{
  WuyouRecordItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? wuyou_record_item_get_id (item) : NULL;
}

gboolean
wuyou_record_list_get_busy (WuyouRecordList *self)
{
  return wuyou_record_model_get_busy (self->model);
}

static void
wuyou_record_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY)
    g_value_set_boolean (value, wuyou_record_list_get_busy (WUYOU_RECORD_LIST (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
wuyou_record_list_grab_focus (GtkWidget *widget)
{
  WuyouRecordList *self = WUYOU_RECORD_LIST (widget);

  if (wuyou_record_model_get_total (self->model) > 0 && gtk_widget_grab_focus (GTK_WIDGET (self->view)))
    return TRUE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
wuyou_record_list_dispose (GObject *object)
{
  WuyouRecordList *self = WUYOU_RECORD_LIST (object);

  if (self->view != NULL && self->state != NULL && wuyou_local_is_open (wuyou_app_context_get_local (self->context)))
    _wuyou_record_list_save (self);
  self->view = NULL;
  g_clear_handle_id (&self->search_timer, g_source_remove);
  g_clear_handle_id (&self->select_timer, g_source_remove);
  g_clear_handle_id (&self->reload_timer, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->shown_for, g_free);
  g_clear_object (&self->model);
  g_clear_object (&self->data);
  g_clear_object (&self->context);
  g_clear_pointer (&self->state, wuyou_list_state_free);
  G_OBJECT_CLASS (wuyou_record_list_parent_class)->dispose (object);
}

static void
wuyou_record_list_class_init (WuyouRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wuyou_record_list_get_property;
  object_class->dispose = wuyou_record_list_dispose;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_record_list_grab_focus);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PEEKED] = g_signal_new ("peeked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NEW_REQUESTED] = g_signal_new ("new-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
}

static void
wuyou_record_list_init (WuyouRecordList *self)
{
  self->shown_at = GTK_INVALID_LIST_POSITION;
}

static GtkWidget *
build_search (WuyouRecordList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _ (self->kind->search_hint), "hexpand", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (self->kind->search),
                                  -1);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_search_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), _wuyou_record_list_build_menu (self));
  g_object_set (box, "margin-start", 12, "margin-end", 12, "margin-top", 6, NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (on_search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (on_search_stopped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (on_search_entered_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static gboolean
on_fit_due_cb (gpointer data)
{
  WuyouRecordList *self = data;
  GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));

  self->fit_source = 0;
  wuyou_record_columns_fit (self->view, (int) gtk_adjustment_get_page_size (across));
  return G_SOURCE_REMOVE;
}

/* Not in the middle of the layout that tells it. */
void
_wuyou_record_list_queue_fit (WuyouRecordList *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_fit_due_cb, self, NULL);
}

static GtkWidget *
build_table (WuyouRecordList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (self->selection)));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_column_view_set_reorderable (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (self->kind->title),
                                  -1);
  wuyou_record_columns_append (self->view, &self->kind->columns, self->state, self->data);
  wuyou_record_columns_set_sort (self->view, self->state->sort);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_view_key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), "notify::page-size",
                           G_CALLBACK (_wuyou_record_list_queue_fit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (on_sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return wuyou_tab_stop_new (scroller);
}

static GtkWidget *
build_stack (WuyouRecordList *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  self->empty = WUYOU_EMPTY_STATE (wuyou_empty_state_new (NULL, "", "", NULL));
  gtk_stack_add_named (self->stack, build_table (self), "rows");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  g_signal_connect_object (self->empty, "pressed", G_CALLBACK (on_empty_pressed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->stack);
}

static void
build (WuyouRecordList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->line = WUYOU_BUSY_LINE (wuyou_busy_line_new ());
  self->total = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->total), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->total), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->total), "numeric");
  g_object_set (self->total, "xalign", 0.0f, "margin-start", 12, "margin-end", 12, "margin-top", 4, "margin-bottom", 4,
                NULL);
  gtk_box_append (GTK_BOX (box), build_search (self));
  gtk_box_append (GTK_BOX (box), _wuyou_record_list_build_chips (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), build_stack (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->total));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
wuyou_record_list_new (WuyouAppContext *context, const WuyouRecordListKind *kind, GObject *data)
{
  WuyouRecordList *self = g_object_new (WUYOU_TYPE_RECORD_LIST, NULL);

  g_assert (kind->n_chips <= WUYOU_MAX_RECORD_CHIPS);
  self->context = g_object_ref (context);
  self->kind = kind;
  self->data = data != NULL ? g_object_ref (data) : NULL;
  self->can_create = wuyou_session_can (wuyou_app_context_get_session (context), kind->object, WUYOU_VERB_CREATE);
  self->state = wuyou_list_state_load (wuyou_app_context_get_local (context), kind->state);
  self->model = wuyou_record_model_new (wuyou_app_context_get_client (context), kind->type, kind->route);
  build (self);
  g_signal_connect_object (self->model, "answered", G_CALLBACK (on_model_answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::busy", G_CALLBACK (on_model_busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::error", G_CALLBACK (on_model_error_cb), self, G_CONNECT_SWAPPED);
  if (data != NULL && g_signal_lookup ("changed", G_OBJECT_TYPE (data)) != 0)
    g_signal_connect_object (data, "changed", G_CALLBACK (on_data_changed_cb), self, G_CONNECT_SWAPPED);
  seed_from_cache (self);
  update_stack (self);
  return GTK_WIDGET (self);
}
