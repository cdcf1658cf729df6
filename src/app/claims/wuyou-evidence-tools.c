/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-tools.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/wuyou-wrap-box.h"

#define N_NUMBERS 4

struct _WuyouEvidenceTools {
  GtkWidget parent_instance;
  WuyouEvidenceEditor *editor;
  WuyouEvidencePicture *picture;
  int page;
  GtkWidget *box, *parts, *numbers;
  GtkToggleButton *crop, *redact;
  GtkWidget *undo, *whole, *remove;
  GtkSpinButton *spins[N_NUMBERS];
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (WuyouEvidenceTools, wuyou_evidence_tools, GTK_TYPE_WIDGET)

static void
on_turn_left_cb (WuyouEvidenceTools *self)
{
  wuyou_evidence_editor_turn (self->editor, self->page, FALSE);
}

static void
on_turn_right_cb (WuyouEvidenceTools *self)
{
  wuyou_evidence_editor_turn (self->editor, self->page, TRUE);
}

static void
on_undo_clicked_cb (WuyouEvidenceTools *self)
{
  wuyou_evidence_editor_undo (self->editor);
}

static void
on_whole_clicked_cb (WuyouEvidenceTools *self)
{
  wuyou_evidence_editor_crop (self->editor, self->page, NULL);
}

static void
on_tool_toggled_cb (WuyouEvidenceTools *self)
{
  wuyou_evidence_picture_set_tool (self->picture, gtk_toggle_button_get_active (self->crop)     ? WUYOU_PICTURE_CROP
                                                  : gtk_toggle_button_get_active (self->redact) ? WUYOU_PICTURE_REDACT
                                                                                                : WUYOU_PICTURE_LOOK);
}

static void
on_crop_toggled_cb (WuyouEvidenceTools *self)
{
  if (gtk_toggle_button_get_active (self->crop))
    gtk_toggle_button_set_active (self->redact, FALSE);
  on_tool_toggled_cb (self);
}

static void
on_redact_toggled_cb (WuyouEvidenceTools *self)
{
  if (gtk_toggle_button_get_active (self->redact))
    gtk_toggle_button_set_active (self->crop, FALSE);
  on_tool_toggled_cb (self);
}

static void
on_add_clicked_cb (WuyouEvidenceTools *self)
{
  gtk_toggle_button_set_active (self->redact, TRUE);
  wuyou_evidence_picture_add_part (self->picture);
}

static void
on_remove_clicked_cb (WuyouEvidenceTools *self)
{
  int selected = wuyou_evidence_picture_get_selected (self->picture);

  if (selected >= 0)
    wuyou_evidence_editor_remove (self->editor, self->page, (guint) selected);
}

static void
on_part_selected_cb (GtkListBox *list, GtkListBoxRow *row, WuyouEvidenceTools *self)
{
  if (self->showing || row == NULL)
    return;
  gtk_toggle_button_set_active (self->redact, TRUE);
  wuyou_evidence_picture_select (self->picture, gtk_list_box_row_get_index (row));
}

static void
on_number_changed_cb (WuyouEvidenceTools *self)
{
  int selected = wuyou_evidence_picture_get_selected (self->picture);
  int values[N_NUMBERS];

  if (self->showing || selected < 0)
    return;
  for (guint i = 0; i < N_NUMBERS; i++)
    values[i] = (int) (gtk_spin_button_get_value (self->spins[i]) * 100 + 0.5);
  wuyou_evidence_editor_change (self->editor, self->page, (guint) selected,
                                &(WuyouEditsBox){ values[0], values[1], values[2], values[3] });
}

static void
show_numbers (WuyouEvidenceTools *self, const GArray *redactions)
{
  int selected = wuyou_evidence_picture_get_selected (self->picture);
  const WuyouEditsBox *box
      = selected >= 0 && selected < (int) redactions->len ? &g_array_index (redactions, WuyouEditsBox, selected) : NULL;
  const int values[N_NUMBERS] = { box != NULL ? box->x : 0, box != NULL ? box->y : 0, box != NULL ? box->width : 0,
                                  box != NULL ? box->height : 0 };

  gtk_widget_set_visible (self->numbers, box != NULL);
  gtk_widget_set_sensitive (self->remove, box != NULL);
  for (guint i = 0; i < N_NUMBERS && box != NULL; i++)
    gtk_spin_button_set_value (self->spins[i], values[i] / 100.0);
}

static GtkListBoxRow *
get_part (WuyouEvidenceTools *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->parts), (int) index);
  GtkWidget *fresh;

  if (row != NULL)
    return row;
  fresh = adw_action_row_new ();
  gtk_list_box_append (GTK_LIST_BOX (self->parts), fresh);
  return GTK_LIST_BOX_ROW (fresh);
}

/* Rows are changed and not made anew: the one with the focus keeps it. */
static void
show_parts (WuyouEvidenceTools *self, const GArray *redactions)
{
  int selected = wuyou_evidence_picture_get_selected (self->picture);
  GtkListBoxRow *row;

  for (guint i = 0; i < redactions->len; i++) {
    const WuyouEditsBox *box = &g_array_index (redactions, WuyouEditsBox, i);
    g_autofree char *title = g_strdup_printf (_ ("Blackened part %u"), i + 1);
    g_autofree char *where = g_strdup_printf (_ ("%d %% from the left, %d %% from the top, %d × %d %%"), box->x / 100,
                                              box->y / 100, box->width / 100, box->height / 100);

    row = get_part (self, i);
    g_object_set (row, "title", title, "subtitle", where, NULL);
  }
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->parts), (int) redactions->len)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->parts), GTK_WIDGET (row));
  gtk_widget_set_visible (self->parts, redactions->len > 0);
  gtk_list_box_select_row (GTK_LIST_BOX (self->parts),
                           selected >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->parts), selected) : NULL);
}

static void
update (WuyouEvidenceTools *self)
{
  const GArray *redactions = wuyou_evidence_editor_get_redactions (self->editor, self->page);

  self->showing = TRUE;
  gtk_widget_set_sensitive (self->undo, wuyou_evidence_editor_can_undo (self->editor));
  gtk_widget_set_sensitive (self->whole, wuyou_evidence_editor_get_crop (self->editor, self->page).width > 0);
  show_parts (self, redactions);
  show_numbers (self, redactions);
  self->showing = FALSE;
}

void
wuyou_evidence_tools_set_page (WuyouEvidenceTools *self, int page)
{
  self->page = page;
  update (self);
}

static void
wuyou_evidence_tools_dispose (GObject *object)
{
  WuyouEvidenceTools *self = WUYOU_EVIDENCE_TOOLS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->editor);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (wuyou_evidence_tools_parent_class)->dispose (object);
}

static void
wuyou_evidence_tools_class_init (WuyouEvidenceToolsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_evidence_tools_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
append_button (WuyouEvidenceTools *self,
               GtkWidget *wrap,
               GtkWidget *button,
               const char *icon,
               const char *name,
               const char *signal,
               GCallback pressed)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, signal, pressed, self, G_CONNECT_SWAPPED);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (wrap), button);
  return button;
}

static GtkWidget *
build_buttons (WuyouEvidenceTools *self)
{
  GtkWidget *wrap = wuyou_wrap_box_new (6);

  append_button (self, wrap, gtk_button_new (), "object-rotate-left-symbolic", _ ("Turn left ([)"), "clicked",
                 G_CALLBACK (on_turn_left_cb));
  append_button (self, wrap, gtk_button_new (), "object-rotate-right-symbolic", _ ("Turn right (])"), "clicked",
                 G_CALLBACK (on_turn_right_cb));
  self->crop = GTK_TOGGLE_BUTTON (append_button (self, wrap, gtk_toggle_button_new (), "edit-cut-symbolic",
                                                 _ ("Crop: draw what stays, or use the arrow keys"), "toggled",
                                                 G_CALLBACK (on_crop_toggled_cb)));
  self->whole = append_button (self, wrap, gtk_button_new (), "view-fullscreen-symbolic", _ ("The whole page again"),
                               "clicked", G_CALLBACK (on_whole_clicked_cb));
  self->redact = GTK_TOGGLE_BUTTON (append_button (self, wrap, gtk_toggle_button_new (), "edit-select-all-symbolic",
                                                   _ ("Blacken: draw what nobody may read"), "toggled",
                                                   G_CALLBACK (on_redact_toggled_cb)));
  self->undo = append_button (self, wrap, gtk_button_new (), "edit-undo-symbolic", _ ("Undo (Ctrl+Z)"), "clicked",
                              G_CALLBACK (on_undo_clicked_cb));
  return wrap;
}

static void
append_number (WuyouEvidenceTools *self, GtkWidget *grid, guint index, const char *name)
{
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 100, 1);

  g_object_set (label, "xalign", 0.0, "hexpand", TRUE, NULL);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_grid_attach (GTK_GRID (grid), label, 0, (int) index, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), spin, 1, (int) index, 1, 1);
  self->spins[index] = GTK_SPIN_BUTTON (spin);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (on_number_changed_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
build_numbers (WuyouEvidenceTools *self)
{
  self->numbers = gtk_grid_new ();
  g_object_set (self->numbers, "row-spacing", 6, "column-spacing", 12, NULL);
  append_number (self, self->numbers, 0, _ ("From the left, %"));
  append_number (self, self->numbers, 1, _ ("From the top, %"));
  append_number (self, self->numbers, 2, _ ("Width, %"));
  append_number (self, self->numbers, 3, _ ("Height, %"));
  return self->numbers;
}

static GtkWidget *
build_part_buttons (WuyouEvidenceTools *self)
{
  GtkWidget *wrap = wuyou_wrap_box_new (6);
  GtkWidget *add = gtk_button_new_with_label (_ ("Blacken a Part"));

  self->remove = gtk_button_new_with_label (_ ("Remove"));
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_add_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (on_remove_clicked_cb), self, G_CONNECT_SWAPPED);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (wrap), add);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (wrap), self->remove);
  return wrap;
}

static GtkWidget *
build_title (void)
{
  GtkWidget *title = gtk_label_new (_ ("This page"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  return title;
}

static GtkWidget *
build_note (void)
{
  GtkWidget *note
      = gtk_label_new (_ ("What is blackened or cut off is burnt in on the server. The original stays sealed; "
                          "nobody looks at it."));

  g_object_set (note, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  return note;
}

static void
wuyou_evidence_tools_init (WuyouEvidenceTools *self)
{
  self->page = 1;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->parts = gtk_list_box_new ();
  gtk_widget_add_css_class (self->parts, "boxed-list");
  gtk_box_append (GTK_BOX (self->box), build_title ());
  gtk_box_append (GTK_BOX (self->box), build_buttons (self));
  gtk_box_append (GTK_BOX (self->box), self->parts);
  gtk_box_append (GTK_BOX (self->box), build_numbers (self));
  gtk_box_append (GTK_BOX (self->box), build_part_buttons (self));
  gtk_box_append (GTK_BOX (self->box), build_note ());
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->parts, "row-selected", G_CALLBACK (on_part_selected_cb), self, 0);
}

GtkWidget *
wuyou_evidence_tools_new (WuyouEvidenceEditor *editor, WuyouEvidencePicture *picture)
{
  WuyouEvidenceTools *self = g_object_new (WUYOU_TYPE_EVIDENCE_TOOLS, NULL);

  self->editor = g_object_ref (editor);
  self->picture = g_object_ref (picture);
  g_signal_connect_object (editor, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (picture, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
