/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-evidence-move-dialog.h"
#include "claims/wuyou-evidence-return-dialog.h"
#include "claims/wuyou-evidence-view-private.h"
#include "claims/wuyou-evidence-window.h"
#include "claims/wuyou-evidence-writes.h"

static const char *
read_id (GVariant *parameter)
{
  return g_variant_get_string (parameter, NULL);
}

static const WuyouEvidence *
find_evidence (WuyouEvidenceView *self, GVariant *parameter)
{
  return self->folder != NULL ? wuyou_evidence_folder_find (self->folder, read_id (parameter)) : NULL;
}

static WuyouUploadItem *
find_upload (WuyouEvidenceView *self, GVariant *parameter)
{
  return wuyou_uploads_find (wuyou_app_context_get_uploads (self->context), read_id (parameter));
}

static void
on_window_changed_cb (WuyouEvidenceView *self)
{
  _wuyou_evidence_view_show_writes (self);
}

static void
present (WuyouEvidenceView *self, const WuyouEvidence *evidence, gboolean entering)
{
  WuyouEvidenceWindow *window
      = wuyou_evidence_window_present (self->context, GTK_WIDGET (self), self->folder, evidence->id, self->mode);

  g_set_weak_pointer (&self->window, GTK_WINDOW (window));
  g_signal_connect_object (window, "changed", G_CALLBACK (on_window_changed_cb), self, G_CONNECT_SWAPPED);
  if (entering)
    wuyou_evidence_window_enter (window);
}

/* Straight to what it says, where that is not entered yet. */
static void
enter_facts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  const WuyouEvidence *evidence = find_evidence (self, parameter);

  if (evidence != NULL && _wuyou_evidence_view_may_add (self) && wuyou_evidence_has_pictures (evidence))
    present (self, evidence, TRUE);
}

static void
open_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  const WuyouEvidence *evidence = find_evidence (self, parameter);
  WuyouUploadItem *item = find_upload (self, parameter);

  if (item != NULL && wuyou_upload_item_get_slot (item) == NULL) {
    gtk_widget_activate_action (widget, "evidence.move", "s", read_id (parameter));
  } else if (evidence == NULL || !wuyou_evidence_has_pictures (evidence)) {
    wuyou_app_context_toast (self->context, _ ("This can be looked at once it has been checked."));
  } else {
    present (self, evidence, FALSE);
  }
}

static void
on_place_chosen_cb (GtkWidget *owner, const char *id, const char *slot, int phase)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (owner);

  if (self->folder != NULL)
    _wuyou_evidence_view_assign (self, id, slot, phase);
}

static void
move (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  const WuyouEvidence *evidence = find_evidence (self, parameter);
  WuyouUploadItem *item = find_upload (self, parameter);
  g_autofree char *file = evidence != NULL ? wuyou_evidence_dup_name (evidence) : NULL;

  if (!_wuyou_evidence_view_may_add (self))
    return;
  if (item != NULL)
    wuyou_evidence_move_dialog_present (widget, self->folder, wuyou_upload_item_get_name (item),
                                        wuyou_upload_item_get_slot (item), 0, on_place_chosen_cb, read_id (parameter));
  else if (evidence != NULL)
    wuyou_evidence_move_dialog_present (widget, self->folder, file, evidence->slot, evidence->phase, on_place_chosen_cb,
                                        evidence->id);
}

static gboolean
may_judge (WuyouEvidenceView *self, const WuyouEvidence *evidence)
{
  return self->mode == WUYOU_EVIDENCE_REVIEWER && evidence != NULL && wuyou_evidence_is_judged (evidence->state);
}

static void
verify (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  const WuyouEvidence *evidence = find_evidence (self, parameter);

  if (!may_judge (self, evidence))
    return;
  wuyou_evidence_write_judgement (self->context, evidence, WUYOU_EVIDENCE_VERIFIED, 0, NULL);
  _wuyou_evidence_view_show_writes (self);
}

static void
on_reason_given_cb (GtkWidget *owner, const char *id, WuyouReturnReason reason, const char *note)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (owner);
  const WuyouEvidence *evidence = self->folder != NULL ? wuyou_evidence_folder_find (self->folder, id) : NULL;

  if (evidence == NULL)
    return;
  wuyou_evidence_write_judgement (self->context, evidence, WUYOU_EVIDENCE_RETURNED, reason, note);
  _wuyou_evidence_view_show_writes (self);
}

static void
send_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  const WuyouEvidence *evidence = find_evidence (self, parameter);
  g_autofree char *file = evidence != NULL ? wuyou_evidence_dup_name (evidence) : NULL;

  if (may_judge (self, evidence))
    wuyou_evidence_return_dialog_present (self->context, widget, file, on_reason_given_cb, evidence->id);
}

typedef struct {
  GWeakRef view;
  char *id;
} Removal;

static void
free_removal (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_weak_ref_clear (&removal->view);
  g_free (removal->id);
  g_free (removal);
}

static void
on_removal_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Removal *removal = data;
  g_autoptr (WuyouEvidenceView) self = g_weak_ref_get (&removal->view);
  const WuyouEvidence *evidence
      = self != NULL && self->folder != NULL ? wuyou_evidence_folder_find (self->folder, removal->id) : NULL;

  if (evidence == NULL || !g_str_equal (response, "remove"))
    return;
  wuyou_evidence_write_withdrawal (self->context, evidence);
  _wuyou_evidence_view_show_writes (self);
}

static void
ask_to_remove (WuyouEvidenceView *self, const WuyouEvidence *evidence)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = wuyou_evidence_dup_name (evidence);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Take this document back?"), name);
  Removal *removal = g_new0 (Removal, 1);

  g_weak_ref_init (&removal->view, self);
  removal->id = g_strdup (evidence->id);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep"), "remove", _ ("_Take Back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_removal_answered_cb), removal, free_removal, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
remove_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  const WuyouEvidence *evidence = find_evidence (self, parameter);
  WuyouUploadItem *item = find_upload (self, parameter);

  if (!_wuyou_evidence_view_may_add (self))
    return;
  if (item != NULL)
    wuyou_uploads_discard (wuyou_app_context_get_uploads (self->context), item);
  else if (evidence != NULL)
    ask_to_remove (self, evidence);
}

static void
pause_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  WuyouUploadItem *item = find_upload (self, parameter);

  if (item != NULL)
    wuyou_uploads_pause (wuyou_app_context_get_uploads (self->context), item,
                         wuyou_upload_item_get_state (item) != WUYOU_UPLOAD_ITEM_PAUSED);
}

/* --- the menu of a file --- */

static void
append_entry (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static void
append_upload_entries (WuyouEvidenceView *self, GMenu *menu, WuyouUploadItem *item, const char *id)
{
  WuyouUploadItemState state = wuyou_upload_item_get_state (item);

  if (!wuyou_upload_item_was_announced (item))
    append_entry (menu, _ ("Move to…"), "evidence.move", id);
  if (state == WUYOU_UPLOAD_ITEM_PAUSED)
    append_entry (menu, _ ("Go On"), "evidence.pause", id);
  else if (state >= WUYOU_UPLOAD_ITEM_QUEUED && state < WUYOU_UPLOAD_ITEM_PAUSED)
    append_entry (menu, _ ("Pause"), "evidence.pause", id);
  if (_wuyou_evidence_view_may_add (self))
    append_entry (menu, _ ("Remove"), "evidence.remove", id);
}

static GMenu *
build_menu (WuyouEvidenceView *self, const char *id)
{
  GMenu *menu = g_menu_new ();
  WuyouUploadItem *item = wuyou_uploads_find (wuyou_app_context_get_uploads (self->context), id);
  const WuyouEvidence *evidence = wuyou_evidence_folder_find (self->folder, id);

  if (item != NULL) {
    append_upload_entries (self, menu, item, id);
    return menu;
  }
  if (evidence != NULL && wuyou_evidence_has_pictures (evidence))
    append_entry (menu, _ ("Look at It"), "evidence.open", id);
  if (may_judge (self, evidence)) {
    append_entry (menu, _ ("Verify"), "evidence.verify", id);
    append_entry (menu, _ ("Return…"), "evidence.return", id);
  }
  if (_wuyou_evidence_view_may_add (self)) {
    append_entry (menu, _ ("Move to…"), "evidence.move", id);
    if (evidence != NULL && evidence->judged_by == NULL) /* what was judged stays with the claim */
      append_entry (menu, _ ("Take Back…"), "evidence.remove", id);
  }
  return menu;
}

static gboolean
unparent_later (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: the entry that closed it has still to be acted on. */
static void
on_menu_closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_later, g_object_ref (popover), g_object_unref);
}

static void
open_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  GtkWidget *tile = g_hash_table_lookup (self->tiles, read_id (parameter));
  g_autoptr (GMenu) menu = NULL;
  GtkWidget *popover;
  graphene_rect_t bounds;

  if (tile == NULL || !gtk_widget_compute_bounds (tile, self->box, &bounds))
    return;
  menu = build_menu (self, read_id (parameter));
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return;
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (popover, self->box);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                (int) bounds.size.height });
  g_signal_connect (popover, "closed", G_CALLBACK (on_menu_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* --- a file under mouse and keys --- */

static void
on_tile_clicked_cb (WuyouEvidenceTile *tile)
{
  gtk_widget_activate_action (GTK_WIDGET (tile), "evidence.open", "s", wuyou_evidence_tile_get_id (tile));
}

void
_wuyou_evidence_view_prepare_tile (WuyouEvidenceView *self, GtkWidget *tile)
{
  g_signal_connect (tile, "clicked", G_CALLBACK (on_tile_clicked_cb), NULL);
}

static WuyouEvidenceTile *
find_tile_at (WuyouEvidenceView *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  picked = picked != NULL ? gtk_widget_get_ancestor (picked, WUYOU_TYPE_EVIDENCE_TILE) : NULL;
  return (WuyouEvidenceTile *) picked;
}

static GdkContentProvider *
on_drag_prepared_cb (GtkDragSource *source, double x, double y, WuyouEvidenceView *self)
{
  WuyouEvidenceTile *tile = _wuyou_evidence_view_may_add (self) ? find_tile_at (self, x, y) : NULL;
  g_autoptr (GdkPaintable) icon = NULL;

  if (tile == NULL)
    return NULL;
  icon = gtk_widget_paintable_new (GTK_WIDGET (tile));
  gtk_drag_source_set_icon (source, icon, 20, 20);
  return gdk_content_provider_new_typed (WUYOU_TYPE_EVIDENCE_TILE, tile);
}

static void
on_secondary_pressed_cb (GtkGestureClick *click, int n, double x, double y, WuyouEvidenceView *self)
{
  WuyouEvidenceTile *tile = find_tile_at (self, x, y);

  if (tile != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "evidence.menu", "s", wuyou_evidence_tile_get_id (tile));
}

static const struct {
  guint key;
  GdkModifierType modifier;
  const char *action;
} keys[] = {
  { GDK_KEY_m, 0, "evidence.move" },        { GDK_KEY_e, 0, "evidence.enter" },
  { GDK_KEY_v, 0, "evidence.verify" },      { GDK_KEY_r, 0, "evidence.return" },
  { GDK_KEY_Delete, 0, "evidence.remove" }, { GDK_KEY_space, GDK_CONTROL_MASK, "evidence.pause" },
  { GDK_KEY_Menu, 0, "evidence.menu" },     { GDK_KEY_F10, GDK_SHIFT_MASK, "evidence.menu" },
};

/* On the file that has the focus. */
static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint key,
                   guint code,
                   GdkModifierType modifier,
                   WuyouEvidenceView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !WUYOU_IS_EVIDENCE_TILE (focus))
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (gdk_keyval_to_lower (key) == keys[i].key
        && (modifier & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) == keys[i].modifier)
      return gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, "s",
                                         wuyou_evidence_tile_get_id (WUYOU_EVIDENCE_TILE (focus)));
  return GDK_EVENT_PROPAGATE;
}

void
_wuyou_evidence_view_allow_dragging (WuyouEvidenceView *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag_prepared_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (secondary, "pressed", G_CALLBACK (on_secondary_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
_wuyou_evidence_view_install_acting (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "evidence.open", "s", open_file);
  gtk_widget_class_install_action (klass, "evidence.enter", "s", enter_facts);
  gtk_widget_class_install_action (klass, "evidence.move", "s", move);
  gtk_widget_class_install_action (klass, "evidence.verify", "s", verify);
  gtk_widget_class_install_action (klass, "evidence.return", "s", send_back);
  gtk_widget_class_install_action (klass, "evidence.remove", "s", remove_file);
  gtk_widget_class_install_action (klass, "evidence.pause", "s", pause_file);
  gtk_widget_class_install_action (klass, "evidence.menu", "s", open_menu);
}
