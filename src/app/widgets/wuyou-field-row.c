/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-field-row.h"

#include <glib/gi18n.h>

#include "widgets/wuyou-note-row.h"

struct _WuyouFieldRow {
  GObject parent_instance;
  const WuyouField *field;
  char *title;
  GtkWidget *row;
  GtkWidget *note_row;
  GtkLabel *note;
  GtkImage *mark;
  GtkLabel *kept;
  GtkSwitch *switcher;
  gboolean setting, visible;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouFieldRow, wuyou_field_row, G_TYPE_OBJECT)

static void
on_row_changed_cb (WuyouFieldRow *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_day_selected_cb (GtkCalendar *calendar, WuyouFieldRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->row), text);
}

static void
on_calendar_opened_cb (GtkWidget *calendar, WuyouFieldRow *self)
{
  WuyouDate date = wuyou_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->row)));
  g_autoptr (GDateTime) day = NULL;
  int year, month, day_of_month;

  if (date == WUYOU_DATE_NONE)
    return;
  wuyou_date_split (date, &year, &month, &day_of_month);
  day = g_date_time_new_local (year, month, day_of_month, 0, 0, 0);
  g_signal_handlers_block_by_func (calendar, on_day_selected_cb, self);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
  g_signal_handlers_unblock_by_func (calendar, on_day_selected_cb, self);
}

static void
add_calendar (WuyouFieldRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();
  g_autofree char *name = g_strdup_printf (_ ("Choose the day: %s"), self->title);

  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), button);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (on_day_selected_cb), self, 0);
  g_signal_connect_object (calendar, "map", G_CALLBACK (on_calendar_opened_cb), self, 0);
}

static void
make_entry (WuyouFieldRow *self)
{
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;

  self->row = adw_entry_row_new ();
  self->mark = GTK_IMAGE (gtk_image_new ());
  self->kept = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->kept), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->kept), "numeric");
  gtk_widget_set_visible (GTK_WIDGET (self->mark), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->kept), FALSE);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), GTK_WIDGET (self->kept));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), GTK_WIDGET (self->mark));
  if (self->field->kind == WUYOU_KIND_DATE)
    add_calendar (self);
  if (self->field->kind == WUYOU_KIND_FEN)
    purpose = GTK_INPUT_PURPOSE_NUMBER;
  else if (self->field->kind == WUYOU_KIND_MOBILE)
    purpose = GTK_INPUT_PURPOSE_PHONE;
  else if (self->field->kind == WUYOU_KIND_EMAIL)
    purpose = GTK_INPUT_PURPOSE_EMAIL;
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->row), purpose);
  g_signal_connect_object (self->row, "changed", G_CALLBACK (on_row_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_choice (WuyouFieldRow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Choose…"));
  for (const WuyouEnum *value = self->field->values; value->id != NULL; value++)
    gtk_string_list_append (names, _ (value->label));
  self->row = adw_combo_row_new ();
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (names));
  g_signal_connect_object (self->row, "notify::selected", G_CALLBACK (on_row_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_switch (WuyouFieldRow *self)
{
  self->row = adw_action_row_new ();
  self->switcher = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->switcher), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), GTK_WIDGET (self->switcher));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->row), GTK_WIDGET (self->switcher));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->switcher), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
  g_signal_connect_object (self->switcher, "notify::active", G_CALLBACK (on_row_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_note (WuyouFieldRow *self)
{
  self->note_row = wuyou_note_row_new ();
  self->note = wuyou_note_row_get_label (WUYOU_NOTE_ROW (self->note_row));
  gtk_widget_set_visible (self->note_row, FALSE);
  g_object_ref_sink (self->note_row);
}

WuyouFieldRow *
wuyou_field_row_new (const WuyouField *field, const char *label)
{
  WuyouFieldRow *self = g_object_new (WUYOU_TYPE_FIELD_ROW, NULL);

  self->field = field;
  self->visible = TRUE;
  self->title = g_strdup (label != NULL ? label : _ (field->label));
  if (field->kind == WUYOU_KIND_ENUM)
    make_choice (self);
  else if (field->kind == WUYOU_KIND_BOOLEAN)
    make_switch (self);
  else
    make_entry (self);
  g_object_ref_sink (self->row);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), self->title);
  make_note (self);
  return self;
}

void
wuyou_field_row_add_to (WuyouFieldRow *self, AdwPreferencesGroup *group)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (group), "wuyou-field-rows");

  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, self->note_row);
  if (rows == NULL) {
    rows = g_ptr_array_new_with_free_func (g_object_unref);
    g_object_set_data_full (G_OBJECT (group), "wuyou-field-rows", rows, (GDestroyNotify) g_ptr_array_unref);
  }
  g_ptr_array_add (rows, self);
}

const WuyouField *
wuyou_field_row_get_field (WuyouFieldRow *self)
{
  return self->field;
}

GtkWidget *
wuyou_field_row_get_row (WuyouFieldRow *self)
{
  return self->row;
}

const char *
wuyou_field_row_get_text (WuyouFieldRow *self)
{
  guint selected;

  if (self->switcher != NULL)
    return gtk_switch_get_active (self->switcher) ? "true" : "";
  if (!ADW_IS_COMBO_ROW (self->row))
    return gtk_editable_get_text (GTK_EDITABLE (self->row));
  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));
  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? self->field->values[selected - 1].id : "";
}

static guint
find_choice (WuyouFieldRow *self, const char *id)
{
  for (guint i = 0; self->field->values[i].id != NULL; i++)
    if (g_strcmp0 (self->field->values[i].id, id) == 0)
      return i + 1;
  return 0;
}

void
wuyou_field_row_set_text (WuyouFieldRow *self, const char *text)
{
  self->setting = TRUE;
  if (self->switcher != NULL) {
    /* Setting what it is already would end the move of a switch that was just pressed, and undo it. */
    if (gtk_switch_get_active (self->switcher) != (g_strcmp0 (text, "true") == 0))
      gtk_switch_set_active (self->switcher, g_strcmp0 (text, "true") == 0);
  } else if (ADW_IS_COMBO_ROW (self->row))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), find_choice (self, text));
  else if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->row)), text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->row), text != NULL ? text : "");
  self->setting = FALSE;
}

static const struct {
  const char *note, *icon, *row;
} moods[] = {
  [WUYOU_FIELD_ROW_QUIET] = { NULL, NULL, NULL },
  [WUYOU_FIELD_ROW_HINT] = { "dim-label", NULL, NULL },
  [WUYOU_FIELD_ROW_RIGHT] = { "success", "emblem-ok-symbolic", NULL },
  [WUYOU_FIELD_ROW_CAUTION] = { "warning", "dialog-warning-symbolic", NULL },
  [WUYOU_FIELD_ROW_WRONG] = { "error", "dialog-error-symbolic", "error" },
  [WUYOU_FIELD_ROW_MISSING] = { "error", "dialog-error-symbolic", "error" },
};

static void
show_mark (WuyouFieldRow *self, WuyouFieldRowMood mood)
{
  if (self->mark == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->mark), moods[mood].icon != NULL);
  if (moods[mood].icon == NULL)
    return;
  gtk_image_set_from_icon_name (self->mark, moods[mood].icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), moods[mood].note);
}

void
wuyou_field_row_set_sentence (WuyouFieldRow *self, WuyouFieldRowMood mood, const char *sentence)
{
  for (guint i = 0; i < G_N_ELEMENTS (moods); i++) {
    if (moods[i].note != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->note), moods[i].note);
    if (moods[i].note != NULL && self->mark != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->mark), moods[i].note);
  }
  gtk_widget_remove_css_class (self->row, "error");
  if (moods[mood].note != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), moods[mood].note);
  if (moods[mood].row != NULL)
    gtk_widget_add_css_class (self->row, moods[mood].row);
  show_mark (self, mood);
  gtk_label_set_text (self->note, sentence != NULL && mood != WUYOU_FIELD_ROW_MISSING ? sentence : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->note), -1);
  gtk_widget_set_visible (self->note_row, self->visible && *gtk_label_get_text (self->note) != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
}

void
wuyou_field_row_set_kept (WuyouFieldRow *self, const char *masked)
{
  if (self->kept == NULL)
    return;
  gtk_label_set_text (self->kept, masked != NULL ? masked : "");
  gtk_widget_set_visible (GTK_WIDGET (self->kept), masked != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->kept),
                               masked != NULL ? _ ("Saved and masked. Type to put another value in its place.") : NULL);
}

void
wuyou_field_row_set_visible (WuyouFieldRow *self, gboolean visible)
{
  self->visible = visible;
  gtk_widget_set_visible (self->row, visible);
  gtk_widget_set_visible (self->note_row, visible && *gtk_label_get_text (self->note) != '\0');
}

void
wuyou_field_row_focus (WuyouFieldRow *self)
{
  gtk_widget_grab_focus (self->row);
}

static void
wuyou_field_row_finalize (GObject *object)
{
  WuyouFieldRow *self = WUYOU_FIELD_ROW (object);

  g_clear_object (&self->row);
  g_clear_object (&self->note_row);
  g_free (self->title);
  G_OBJECT_CLASS (wuyou_field_row_parent_class)->finalize (object);
}

static void
wuyou_field_row_class_init (WuyouFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_field_row_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_field_row_init (WuyouFieldRow *self)
{
}
