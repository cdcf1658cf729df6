/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "claims/wuyou-evidence-rules.h"
#include "claims/wuyou-evidence-view-private.h"
#include "claims/wuyou-evidence-writes.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-wrap-box.h"

static gboolean
read_place (const char *place, char **ret_slot, int *ret_phase)
{
  g_auto (GStrv) parts = place != NULL ? g_strsplit (place, " ", 2) : NULL;

  if (parts == NULL || parts[0] == NULL || parts[1] == NULL)
    return FALSE;
  *ret_slot = g_strdup (parts[0]);
  *ret_phase = (int) g_ascii_strtoll (parts[1], NULL, 10);
  return TRUE;
}

/* --- told before a byte is copied --- */

static void
on_consent_pressed_cb (gpointer view)
{
  g_signal_emit_by_name (view, "consent-wanted");
}

static gboolean
is_open (WuyouEvidenceView *self, const char *slot, int phase)
{
  const WuyouEvidencePlace *place = wuyou_evidence_folder_find_place (self->folder, slot, phase);

  if (place == NULL)
    return FALSE;
  if (place->refusal == NULL)
    return TRUE;
  if (place->needs_consent)
    wuyou_app_context_toast_undo (self->context, place->refusal, _ ("Record It"), on_consent_pressed_cb,
                                  g_object_ref (self), g_object_unref);
  else
    wuyou_app_context_toast (self->context, place->refusal);
  return FALSE;
}

static gboolean
may_take (WuyouEvidenceView *self, const char *place, char **ret_slot, int *ret_phase)
{
  *ret_slot = NULL;
  *ret_phase = 0;
  if (!_wuyou_evidence_view_may_add (self))
    return FALSE;
  return !read_place (place, ret_slot, ret_phase) || is_open (self, *ret_slot, *ret_phase);
}

gboolean
_wuyou_evidence_view_may_take (WuyouEvidenceView *self, const char *place)
{
  g_autofree char *slot = NULL;
  int phase;

  return may_take (self, place, &slot, &phase);
}

static void
add (WuyouEvidenceView *self, GFile *file, GBytes *bytes, const char *slot, int phase)
{
  WuyouUploadFile one = { .file = file,
                          .bytes = bytes,
                          .name = bytes != NULL ? _ ("pasted.png") : NULL,
                          .record = self->folder->claim_id,
                          .slot = slot,
                          .phase = phase };

  wuyou_uploads_add (wuyou_app_context_get_uploads (self->context), &one);
}

gboolean
_wuyou_evidence_view_take_files (WuyouEvidenceView *self, GSList *files, const char *place)
{
  g_autofree char *slot = NULL;
  int phase;

  if (files == NULL || !may_take (self, place, &slot, &phase))
    return FALSE;
  for (GSList *l = files; l != NULL; l = l->next)
    add (self, l->data, NULL, slot, phase);
  return TRUE;
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (data), (GDestroyNotify) g_bytes_unref);
}

typedef struct {
  WuyouEvidenceView *view;
  char *place;
} Pasted;

static void
on_picture_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Pasted *pasted = data;
  g_autoptr (WuyouEvidenceView) self = pasted->view;
  g_autoptr (GBytes) png = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *place = pasted->place;
  g_autofree char *slot = NULL;
  int phase;

  g_free (pasted);
  if (png != NULL && self->context != NULL && may_take (self, place, &slot, &phase))
    add (self, NULL, png, slot, phase);
}

static gboolean
take_picture (WuyouEvidenceView *self, GdkTexture *texture, const char *place)
{
  g_autofree char *slot = NULL;
  int phase;
  g_autoptr (GTask) task = NULL;
  Pasted *pasted;

  if (!may_take (self, place, &slot, &phase))
    return FALSE;
  pasted = g_new0 (Pasted, 1);
  *pasted = (Pasted){ g_object_ref (self), g_strdup (place) };
  task = g_task_new (NULL, NULL, on_picture_saved_cb, pasted);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, save_in_thread);
  return TRUE;
}

/* --- assigning what is here already --- */

void
_wuyou_evidence_view_assign (WuyouEvidenceView *self, const char *id, const char *slot, int phase)
{
  WuyouUploads *uploads = wuyou_app_context_get_uploads (self->context);
  WuyouUploadItem *item = wuyou_uploads_find (uploads, id);
  const WuyouEvidence *evidence = wuyou_evidence_folder_find (self->folder, id);
  g_autoptr (GError) error = NULL;

  if (!_wuyou_evidence_view_may_add (self) || !is_open (self, slot, phase))
    return;
  if (item != NULL) {
    if (!wuyou_uploads_assign (uploads, item, slot, phase))
      wuyou_app_context_toast (self->context, _ ("It is being uploaded. Move it once it has arrived."));
  } else if (evidence != NULL && evidence->phase != phase) {
    wuyou_app_context_toast (self->context, _ ("A document stays in its phase. Add the file there again."));
  } else if (evidence != NULL && g_strcmp0 (evidence->slot, slot) != 0
             && !wuyou_evidence_check_move (evidence, &error)) {
    wuyou_app_context_toast (self->context, wuyou_error_sentence (error));
  } else if (evidence != NULL && g_strcmp0 (evidence->slot, slot) != 0) {
    wuyou_evidence_write_slot (self->context, evidence, slot);
    _wuyou_evidence_view_show_writes (self);
  }
}

/* --- dropping --- */

static gboolean
on_dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, WuyouEvidenceView *self)
{
  const char *place = g_object_get_data (G_OBJECT (target), "place");
  g_autofree char *slot = NULL;
  int phase;

  if (G_VALUE_HOLDS (value, WUYOU_TYPE_EVIDENCE_TILE)) {
    WuyouEvidenceTile *tile = g_value_get_object (value);

    if (tile == NULL || !read_place (place, &slot, &phase))
      return FALSE;
    _wuyou_evidence_view_assign (self, wuyou_evidence_tile_get_id (tile), slot, phase);
    return TRUE;
  }
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
    gboolean taken = _wuyou_evidence_view_take_files (self, files, place);

    g_slist_free (files);
    return taken;
  }
  return G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) && take_picture (self, g_value_get_object (value), place);
}

static gboolean
on_drop_accepted_cb (GtkDropTarget *target, GdkDrop *drop, WuyouEvidenceView *self)
{
  return _wuyou_evidence_view_may_add (self);
}

void
_wuyou_evidence_view_accept_drops (WuyouEvidenceView *self, GtkWidget *target, const char *place)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  GType types[] = { WUYOU_TYPE_EVIDENCE_TILE, GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  gtk_drop_target_set_gtypes (drop, types, G_N_ELEMENTS (types));
  g_object_set_data_full (G_OBJECT (drop), "place", g_strdup (place), g_free);
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_dropped_cb), self, 0);
  g_signal_connect_object (drop, "accept", G_CALLBACK (on_drop_accepted_cb), self, 0);
  gtk_widget_add_controller (target, GTK_EVENT_CONTROLLER (drop));
}

/* --- pasting --- */

/* Where the keyboard is: a place, or none. */
static char *
dup_focused_place (WuyouEvidenceView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *slot = focus != NULL ? gtk_widget_get_ancestor (focus, WUYOU_TYPE_EVIDENCE_SLOT) : NULL;

  if (slot == NULL)
    return NULL;
  return g_strdup_printf ("%s %d", wuyou_evidence_slot_get_code (WUYOU_EVIDENCE_SLOT (slot)),
                          wuyou_evidence_slot_get_phase (WUYOU_EVIDENCE_SLOT (slot)));
}

static void
on_pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceView) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autofree char *place = NULL;

  if (self->context == NULL || value == NULL)
    return;
  place = dup_focused_place (self);
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

    _wuyou_evidence_view_take_files (self, files, place);
    g_slist_free (files);
  } else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE)) {
    take_picture (self, g_value_get_object (value), place);
  }
}

/* Files first: a file manager puts their icon beside them. */
static void
paste (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean files = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
                   || gdk_content_formats_contain_mime_type (formats, "text/uri-list");
  gboolean picture = gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE)
                     || gdk_content_formats_contain_mime_type (formats, "image/png");

  if (!_wuyou_evidence_view_may_add (self))
    return;
  if (!files && !picture) {
    wuyou_app_context_toast (self->context, _ ("There is no file and no picture in the clipboard."));
    return;
  }
  gdk_clipboard_read_value_async (clipboard, files ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE, G_PRIORITY_DEFAULT, NULL,
                                  on_pasted_cb, g_object_ref (self));
}

/* --- choosing --- */

static void
on_chooser_answered_cb (WuyouEvidenceView *self, int response)
{
  g_autoptr (GListModel) chosen = NULL;
  GSList *files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
  for (guint i = 0; chosen != NULL && i < g_list_model_get_n_items (chosen); i++)
    files = g_slist_append (files, g_list_model_get_item (chosen, i));
  g_clear_object (&self->chooser);
  _wuyou_evidence_view_take_files (self, files, self->chooser_place);
  g_slist_free_full (files, g_object_unref);
  wuyou_focus_keep_shown (GTK_WIDGET (self)); /* what came in above pushes it down */
}

static void
add_filter (GtkFileChooserNative *chooser)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Pictures and PDF"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
}

static void
choose (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  const char *place = g_variant_get_string (parameter, NULL);
  g_autofree char *slot = NULL;
  int phase;

  if (!may_take (self, *place != '\0' ? place : NULL, &slot, &phase))
    return;
  g_free (self->chooser_place);
  self->chooser_place = *place != '\0' ? g_strdup (place) : NULL;
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Add Files"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), _ ("_Cancel"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  add_filter (self->chooser);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_answered_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- what is above everything --- */

void
_wuyou_evidence_view_append_tool (GtkWidget *tools,
                                  const char *icon,
                                  const char *label,
                                  const char *action,
                                  const char *target,
                                  const char *tooltip)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (tools), button);
}

GtkWidget *
_wuyou_evidence_view_build_tools (WuyouEvidenceView *self)
{
  GtkWidget *tools = wuyou_wrap_box_new (8);

  _wuyou_evidence_view_append_tool (
      tools, "list-add-symbolic", _ ("Add Files…"), "evidence.add", "",
      _ ("Choose files, or drop them anywhere here; say afterwards which document each is"));
  _wuyou_evidence_view_append_tool (tools, "edit-paste-symbolic", _ ("Paste"), "evidence.paste", NULL,
                                    _ ("Paste copied files or a picture (Ctrl+V)"));
  _wuyou_evidence_view_append_capture_tools (self, tools);
  return tools;
}

void
_wuyou_evidence_view_install_adding (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "evidence.add", "s", choose);
  gtk_widget_class_install_action (klass, "evidence.paste", NULL, paste);
  _wuyou_evidence_view_install_capturing (klass);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_v, GDK_CONTROL_MASK, "evidence.paste", NULL);
}
