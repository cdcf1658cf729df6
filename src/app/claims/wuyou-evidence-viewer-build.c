/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-evidence-viewer-private.h"
#include "widgets/wuyou-wrap-box.h"

#define CLOSER 1.25

/* --- actions --- */

static void
step_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_step (WUYOU_EVIDENCE_VIEWER (widget), -1);
}

static void
step_on (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_step (WUYOU_EVIDENCE_VIEWER (widget), 1);
}

static void
page_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceViewer *self = WUYOU_EVIDENCE_VIEWER (widget);

  _wuyou_evidence_viewer_go_to_page (self, (int) self->page - 1);
}

static void
page_on (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceViewer *self = WUYOU_EVIDENCE_VIEWER (widget);

  _wuyou_evidence_viewer_go_to_page (self, (int) self->page + 1);
}

static void
zoom_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_zoom (WUYOU_EVIDENCE_VIEWER (widget), CLOSER);
}

static void
zoom_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_zoom (WUYOU_EVIDENCE_VIEWER (widget), 1 / CLOSER);
}

static void
fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_zoom (WUYOU_EVIDENCE_VIEWER (widget), 0);
}

static void
verify (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_judge (WUYOU_EVIDENCE_VIEWER (widget), WUYOU_EVIDENCE_VERIFIED);
}

static void
send_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_judge (WUYOU_EVIDENCE_VIEWER (widget), WUYOU_EVIDENCE_RETURNED);
}

static void
take_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_judge (WUYOU_EVIDENCE_VIEWER (widget), WUYOU_EVIDENCE_AVAILABLE);
}

static void
save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wuyou_evidence_viewer_save_here (WUYOU_EVIDENCE_VIEWER (widget));
}

static void
turn (GtkWidget *widget, gboolean right)
{
  WuyouEvidenceViewer *self = WUYOU_EVIDENCE_VIEWER (widget);

  if (_wuyou_evidence_viewer_may_edit_pages (self))
    wuyou_evidence_editor_turn (self->editor, (int) self->page + 1, right);
}

static void
turn_left (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (widget, FALSE);
}

static void
turn_right (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (widget, TRUE);
}

static void
undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wuyou_evidence_editor_undo (WUYOU_EVIDENCE_VIEWER (widget)->editor);
}

static void
show_panel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouSplitView *split = WUYOU_EVIDENCE_VIEWER (widget)->split;

  wuyou_split_view_set_show_content (split, !wuyou_split_view_get_show_content (split));
}

/* --- keys: those of a letter or an arrow only where nobody writes --- */

static const struct {
  guint key;
  GdkModifierType modifier;
  const char *action;
} keys[] = {
  { GDK_KEY_Left, 0, "file.back" },
  { GDK_KEY_Right, 0, "file.on" },
  { GDK_KEY_Page_Up, 0, "file.page-back" },
  { GDK_KEY_Page_Down, 0, "file.page-on" },
  { GDK_KEY_v, 0, "file.verify" },
  { GDK_KEY_r, 0, "file.return" },
  { GDK_KEY_bracketleft, 0, "file.turn-left" },
  { GDK_KEY_bracketright, 0, "file.turn-right" },
  { GDK_KEY_plus, GDK_CONTROL_MASK, "file.zoom-in" },
  { GDK_KEY_equal, GDK_CONTROL_MASK, "file.zoom-in" },
  { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "file.zoom-in" },
  { GDK_KEY_minus, GDK_CONTROL_MASK, "file.zoom-out" },
  { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "file.zoom-out" },
  { GDK_KEY_0, GDK_CONTROL_MASK, "file.fit" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "file.undo" },
  { GDK_KEY_s, GDK_CONTROL_MASK, "file.save" },
  { GDK_KEY_F9, 0, "file.panel" },
};

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint key,
                   guint code,
                   GdkModifierType modifier,
                   WuyouEvidenceViewer *self)
{
  GdkModifierType held = modifier & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (gdk_keyval_to_lower (key) == keys[i].key && (held & ~GDK_SHIFT_MASK) == keys[i].modifier)
      return gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);
  return GDK_EVENT_PROPAGATE;
}

/* --- parts --- */

static GtkWidget *
make_button (const char *icon, const char *action, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

/* --- all files --- */

static void
on_file_chosen_cb (GtkListBox *list, GtkListBoxRow *row, WuyouEvidenceViewer *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "wuyou-id"));

  gtk_menu_button_popdown (self->file_button);
  wuyou_evidence_viewer_show_file (self, id);
}

static GtkWidget *
build_file_row (WuyouEvidenceViewer *self, const WuyouEvidence *evidence)
{
  GtkWidget *row = adw_action_row_new ();
  const WuyouEvidencePlace *place = wuyou_evidence_folder_find_place (self->folder, evidence->slot, evidence->phase);
  g_autofree char *name = wuyou_evidence_dup_name (evidence);
  g_autofree char *state = wuyou_evidence_dup_state (evidence);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", state, name);

  g_object_set (row, "use-markup", FALSE, "title", place != NULL ? place->row->title : evidence->slot, "subtitle",
                subtitle, "activatable", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (row), "wuyou-id", g_strdup (evidence->id), g_free);
  return row;
}

static GtkWidget *
build_file_list (WuyouEvidenceViewer *self)
{
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; self->folder != NULL && i < self->folder->evidence->len; i++) {
    const WuyouEvidence *one = self->folder->evidence->pdata[i];
    GtkWidget *row;

    if (!wuyou_evidence_has_pictures (one))
      continue;
    row = build_file_row (self, one);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
    if (g_strcmp0 (one->id, self->id) == 0)
      gtk_list_box_select_row (GTK_LIST_BOX (list), GTK_LIST_BOX_ROW (row));
  }
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_file_chosen_cb), self, 0);
  return list;
}

static GtkWidget *
build_scrolled_popover (GtkWidget *list, int width)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_object_set (scrolled, "hscrollbar-policy", GTK_POLICY_NEVER, "max-content-height", 360, "propagate-natural-height",
                TRUE, "width-request", width, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  return popover;
}

static void
on_file_list_wanted_cb (GtkMenuButton *button, gpointer data)
{
  gtk_menu_button_set_popover (button, build_scrolled_popover (build_file_list (data), 300));
}

static GtkWidget *
build_file_button (WuyouEvidenceViewer *self)
{
  self->file_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->file_button, "view-list-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file_button), _ ("All files"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->file_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("All files"),
                                  -1);
  gtk_menu_button_set_create_popup_func (self->file_button, on_file_list_wanted_cb, self, NULL);
  return GTK_WIDGET (self->file_button);
}

static GtkWidget *
build_header (WuyouEvidenceViewer *self)
{
  self->bar = ADW_HEADER_BAR (adw_header_bar_new ());
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (self->bar, GTK_WIDGET (self->title));
  adw_header_bar_pack_start (self->bar, make_button ("go-previous-symbolic", "file.back", _ ("Previous file (←)")));
  adw_header_bar_pack_start (self->bar, make_button ("go-next-symbolic", "file.on", _ ("Next file (→)")));
  adw_header_bar_pack_start (self->bar, build_file_button (self));
  self->panel_button = make_button ("view-dual-symbolic", "file.panel", _ ("Picture or entries (F9)"));
  adw_header_bar_pack_end (self->bar, self->panel_button);
  return GTK_WIDGET (self->bar);
}

/* --- all pages --- */

static void
on_page_chosen_cb (GtkListBox *list, GtkListBoxRow *row, WuyouEvidenceViewer *self)
{
  gtk_menu_button_popdown (self->page_button);
  _wuyou_evidence_viewer_go_to_page (self, gtk_list_box_row_get_index (row));
}

/* What is done to it stands beside its number. */
static GtkWidget *
build_page_row (WuyouEvidenceViewer *self, guint page)
{
  int number = (int) page + 1;
  gboolean black = wuyou_evidence_editor_get_redactions (self->editor, number)->len > 0;
  gboolean other = wuyou_evidence_editor_get_rotation (self->editor, number) != 0
                   || wuyou_evidence_editor_get_crop (self->editor, number).width > 0;
  g_autofree char *text = g_strdup_printf (black   ? _ ("Page %d, blackened")
                                           : other ? _ ("Page %d, turned or cropped")
                                                   : _ ("Page %d"),
                                           number);
  GtkWidget *label = gtk_label_new (text);

  g_object_set (label, "xalign", 0.0, "margin-top", 4, "margin-bottom", 4, NULL);
  return label;
}

static void
on_page_list_wanted_cb (GtkMenuButton *button, gpointer data)
{
  WuyouEvidenceViewer *self = data;
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; i < _wuyou_evidence_viewer_get_n_pages (self); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), build_page_row (self, i));
  gtk_list_box_select_row (GTK_LIST_BOX (list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) self->page));
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_page_chosen_cb), self, 0);
  gtk_menu_button_set_popover (button, build_scrolled_popover (list, -1));
}

static GtkWidget *
build_page_bar (WuyouEvidenceViewer *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->page_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->page_button), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->page_button), "flat");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->page_button), _ ("All pages"));
  gtk_menu_button_set_create_popup_func (self->page_button, on_page_list_wanted_cb, self, NULL);
  gtk_box_append (GTK_BOX (bar), make_button ("go-up-symbolic", "file.page-back", _ ("Page before (Page Up)")));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->page_button));
  gtk_box_append (GTK_BOX (bar), make_button ("go-down-symbolic", "file.page-on", _ ("Page after (Page Down)")));
  self->page_bar = bar;
  return bar;
}

static GtkWidget *
build_zoom (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (bar), make_button ("zoom-out-symbolic", "file.zoom-out", _ ("Smaller (Ctrl+−)")));
  gtk_box_append (GTK_BOX (bar), make_button ("zoom-fit-best-symbolic", "file.fit", _ ("Whole page (Ctrl+0)")));
  gtk_box_append (GTK_BOX (bar), make_button ("zoom-in-symbolic", "file.zoom-in", _ ("Larger (Ctrl++)")));
  return bar;
}

static GtkWidget *
build_bottom (WuyouEvidenceViewer *self)
{
  GtkWidget *bottom = wuyou_wrap_box_new (12);

  g_object_set (bottom, "centred", TRUE, "margin-top", 6, "margin-bottom", 6, "margin-start", 6, "margin-end", 6, NULL);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (bottom), build_page_bar (self));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (bottom), build_zoom ());
  return bottom;
}

static GtkWidget *
build_content (WuyouEvidenceViewer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->picture = WUYOU_EVIDENCE_PICTURE (wuyou_evidence_picture_new (self->editor));
  self->line = WUYOU_BUSY_LINE (wuyou_busy_line_new ());
  self->empty = WUYOU_EMPTY_STATE (wuyou_empty_state_new (NULL, "", "", NULL));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->picture));
  gtk_widget_add_css_class (scrolled, "wuyou-desk");
  gtk_stack_add_named (self->stack, scrolled, "picture");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), build_bottom (self));
  return box;
}

static GtkWidget *
make_judging (const char *label, const char *action, const char *style, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  return button;
}

static GtkWidget *
build_judge (WuyouEvidenceViewer *self)
{
  GtkWidget *wrap = wuyou_wrap_box_new (8);

  wuyou_wrap_box_append (WUYOU_WRAP_BOX (wrap), make_judging (_ ("Verify"), "file.verify", "suggested-action",
                                                              _ ("It is what it should be; on to the next (V)")));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (wrap),
                         make_judging (_ ("Return…"), "file.return", NULL, _ ("Another is needed, for a reason (R)")));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (wrap),
                         make_judging (_ ("Undo"), "file.unjudge", "flat", _ ("Neither verified nor returned")));
  self->judge = wrap;
  return wrap;
}

/* Who does not see the page does not draw on it. */
static void
on_shown_changed_cb (WuyouEvidenceViewer *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  gtk_widget_set_sensitive (GTK_WIDGET (self->tools), g_strcmp0 (shown, "picture") == 0);
}

/* To save stays in sight, however much there is above it. */
static GtkWidget *
build_panel (WuyouEvidenceViewer *self)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->state = GTK_LABEL (gtk_label_new (NULL));
  g_object_set (self->state, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "heading");
  self->facts = WUYOU_EVIDENCE_FACTS_FORM (wuyou_evidence_facts_form_new ());
  self->tools = WUYOU_EVIDENCE_TOOLS (wuyou_evidence_tools_new (self->editor, self->picture));
  self->save = make_judging (_ ("Save"), "file.save", "suggested-action", _ ("Save what is typed and drawn (Ctrl+S)"));
  g_object_set (box, "margin-start", 12, "margin-end", 12, "margin-top", 12, "margin-bottom", 18, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (box), build_judge (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  self->panel = box;
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tools));
  g_object_set (self->save, "margin-start", 12, "margin-end", 12, "margin-top", 6, "margin-bottom", 12, NULL);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (panel), scrolled);
  gtk_box_append (GTK_BOX (panel), self->save);
  g_signal_connect_object (self->stack, "notify::visible-child-name", G_CALLBACK (on_shown_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return panel;
}

void
_wuyou_evidence_viewer_build (WuyouEvidenceViewer *self)
{
  GtkWidget *content = build_content (self);
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->split = g_object_new (WUYOU_TYPE_SPLIT_VIEW, "sidebar-min", 300, "sidebar-max", 460, "content-min", 360,
                              "sidebar-share", 0.38, NULL);
  wuyou_split_view_set_content (self->split, content);
  wuyou_split_view_set_sidebar (self->split, build_panel (self));
  wuyou_split_view_set_show_content (self->split, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->split), TRUE);
  gtk_widget_set_parent (build_header (self), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->split), GTK_WIDGET (self));
  g_object_bind_property (self->split, "folded", self->panel_button, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
_wuyou_evidence_viewer_install (GtkWidgetClass *klass)
{
  static const struct {
    const char *name;
    void (*act) (GtkWidget *widget, const char *name, GVariant *parameter);
  } actions[] = {
    { "file.back", step_back },
    { "file.on", step_on },
    { "file.page-back", page_back },
    { "file.page-on", page_on },
    { "file.zoom-in", zoom_in },
    { "file.zoom-out", zoom_out },
    { "file.fit", fit },
    { "file.verify", verify },
    { "file.return", send_back },
    { "file.unjudge", take_back },
    { "file.save", save },
    { "file.turn-left", turn_left },
    { "file.turn-right", turn_right },
    { "file.undo", undo },
    { "file.panel", show_panel },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].act);
}
