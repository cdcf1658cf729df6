/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-document-slot.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-document-window.h"
#include "widgets/wuyou-row-layout.h"

struct _WuyouDocumentSlot {
  AdwActionRow parent_instance;
  WuyouAppContext *context;
  char *contract_id, *hint, *refusal;
  int slot;
  WuyouDocument *document;
  WuyouUploadItem *upload; /* on its way, refused, or just arrived */
  gboolean arrived;
  GtkImage *mark;
  GtkProgressBar *bar;
  GtkButton *choose, *retry, *view, *remove;
  GtkFileChooserNative *chooser;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouDocumentSlot, wuyou_document_slot, ADW_TYPE_ACTION_ROW)

static gboolean
has_document (WuyouDocumentSlot *self)
{
  return self->document != NULL
         && (self->document->state == WUYOU_DOCUMENT_AVAILABLE || self->document->state == WUYOU_DOCUMENT_QUARANTINED);
}

static void
show_mark (WuyouDocumentSlot *self, const char *icon, const char *style)
{
  static const char *const styles[] = { "success", "error", "warning", "dim-label" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->mark), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), style);
  gtk_image_set_from_icon_name (self->mark, icon);
}

/* One word more than for evidence: a contract is not sold before the scanner has said yes. */
static char *
dup_sentence (WuyouDocumentSlot *self)
{
  if (self->arrived)
    return g_strdup (_ ("Received and checked"));
  if (wuyou_upload_item_get_state (self->upload) == WUYOU_UPLOAD_ITEM_CHECKING)
    return g_strdup (_ ("Received, being checked for viruses"));
  return wuyou_upload_item_dup_sentence (self->upload);
}

static void
show_upload (WuyouDocumentSlot *self)
{
  g_autofree char *sentence = dup_sentence (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), sentence);
  gtk_progress_bar_set_fraction (self->bar, wuyou_upload_item_get_progress (self->upload));
  if (self->arrived)
    show_mark (self, "emblem-ok-symbolic", "success");
  else if (wuyou_upload_item_get_state (self->upload) == WUYOU_UPLOAD_ITEM_REFUSED)
    show_mark (self, "dialog-warning-symbolic", "error");
  else
    show_mark (self, "document-send-symbolic", "dim-label");
}

static void
show_document (WuyouDocumentSlot *self)
{
  g_autofree char *text = NULL;
  g_autofree char *size = NULL;

  if (self->document == NULL) {
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), self->refusal != NULL ? self->refusal : self->hint);
    show_mark (self, "mail-attachment-symbolic", "dim-label");
    return;
  }
  size = g_format_size ((guint64) MAX (self->document->size, 0));
  text = g_strdup_printf ("%s · %s", _ (wuyou_enum_label (wuyou_document_states, self->document->state)), size);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  if (self->document->state == WUYOU_DOCUMENT_AVAILABLE)
    show_mark (self, "emblem-ok-symbolic", "success");
  else if (self->document->state == WUYOU_DOCUMENT_QUARANTINED || self->document->state == WUYOU_DOCUMENT_UPLOADING)
    show_mark (self, "document-open-recent-symbolic", "warning");
  else
    show_mark (self, "dialog-warning-symbolic", "error");
}

static void
name_button (GtkButton *button, const char *verb, const char *slot)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", verb, slot);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* A new label would replace the accessible name. */
static void
label_choose (WuyouDocumentSlot *self, gboolean replaces)
{
  const char *slot = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  gtk_button_set_label (self->choose, replaces ? _ ("Replace…") : _ ("Choose…"));
  name_button (self->choose, replaces ? _ ("Replace") : _ ("Choose"), slot);
}

static void
update (WuyouDocumentSlot *self)
{
  gboolean busy = wuyou_document_slot_is_busy (self);
  gboolean checking = self->upload != NULL && wuyou_upload_item_get_state (self->upload) == WUYOU_UPLOAD_ITEM_CHECKING;

  if (self->upload != NULL)
    show_upload (self);
  else
    show_document (self);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), busy);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), self->upload != NULL && wuyou_upload_item_can_retry (self->upload));
  gtk_widget_set_visible (GTK_WIDGET (self->remove), busy && !checking);
  gtk_widget_set_visible (GTK_WIDGET (self->choose), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose), self->refusal == NULL);
  label_choose (self, has_document (self) || self->arrived);
  gtk_widget_set_visible (GTK_WIDGET (self->view), self->upload == NULL && self->document != NULL
                                                       && self->document->state == WUYOU_DOCUMENT_AVAILABLE);
}

static WuyouUploads *
get_uploads (WuyouDocumentSlot *self)
{
  return wuyou_app_context_get_uploads (self->context);
}

static void
on_upload_changed_cb (WuyouDocumentSlot *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
let_go (WuyouDocumentSlot *self)
{
  if (self->upload == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->upload, self);
  g_clear_object (&self->upload);
  self->arrived = FALSE;
}

static void
follow (WuyouDocumentSlot *self, WuyouUploadItem *item)
{
  let_go (self);
  self->upload = g_object_ref (item);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (on_upload_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::progress", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/* What an earlier look or run began goes on without this row; it left the queue when it arrived, or was given up. */
static void
on_queue_changed_cb (WuyouDocumentSlot *self)
{
  WuyouUploadItem *item = wuyou_uploads_find_last (get_uploads (self), WUYOU_UPLOAD_OF_CONTRACT, self->contract_id,
                                                   wuyou_enum_id (wuyou_slots, self->slot));

  if (item == self->upload || (item == NULL && self->arrived))
    return;
  if (item != NULL)
    follow (self, item);
  else
    let_go (self);
  on_upload_changed_cb (self);
}

/* Told after it left the queue. */
static void
on_arrived_cb (WuyouDocumentSlot *self, WuyouUploadItem *item)
{
  if (wuyou_upload_item_get_of (item) != WUYOU_UPLOAD_OF_CONTRACT
      || g_strcmp0 (wuyou_upload_item_get_record (item), self->contract_id) != 0
      || g_strcmp0 (wuyou_upload_item_get_slot (item), wuyou_enum_id (wuyou_slots, self->slot)) != 0)
    return;
  follow (self, item);
  self->arrived = TRUE;
  on_upload_changed_cb (self);
}

static void
drop_upload (WuyouDocumentSlot *self)
{
  g_autoptr (WuyouUploadItem) item = self->upload != NULL ? g_object_ref (self->upload) : NULL;

  let_go (self);
  if (item != NULL)
    wuyou_uploads_discard (get_uploads (self), item);
}

gboolean
wuyou_document_slot_take (WuyouDocumentSlot *self, GFile *file, GBytes *bytes)
{
  WuyouUploadFile one = { .file = file,
                          .bytes = bytes,
                          .name = bytes != NULL ? _ ("pasted.png") : NULL,
                          .of = WUYOU_UPLOAD_OF_CONTRACT,
                          .record = self->contract_id,
                          .slot = wuyou_enum_id (wuyou_slots, self->slot) };

  if (self->refusal != NULL) {
    wuyou_app_context_toast (self->context, self->refusal);
    return FALSE;
  }
  drop_upload (self);
  wuyou_uploads_add (get_uploads (self), &one);
  return TRUE;
}

static void
take_texture (WuyouDocumentSlot *self, GdkTexture *texture)
{
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (texture);

  wuyou_document_slot_take (self, NULL, png);
}

static gboolean
on_dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, WuyouDocumentSlot *self)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
    gboolean taken = files != NULL && wuyou_document_slot_take (self, files->data, NULL);

    g_slist_free (files);
    return taken;
  }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE)) {
    take_texture (self, g_value_get_object (value));
    return TRUE;
  }
  return FALSE;
}

static void
on_files_pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouDocumentSlot) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && self->context != NULL)
    on_dropped_cb (NULL, value, 0, 0, self);
}

static gboolean
on_paste_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ? GDK_TYPE_TEXTURE : GDK_TYPE_FILE_LIST;

  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, on_files_pasted_cb, g_object_ref (widget));
  return TRUE;
}

static void
on_chooser_answered_cb (WuyouDocumentSlot *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    wuyou_document_slot_take (self, file, NULL);
}

static void
on_choose_clicked_cb (WuyouDocumentSlot *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ (wuyou_enum_label (wuyou_slots, self->slot)),
                                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  gtk_file_filter_set_name (filter, _ ("Pictures and PDF"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_answered_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_retry_clicked_cb (WuyouDocumentSlot *self)
{
  if (self->upload != NULL)
    wuyou_uploads_try_again (get_uploads (self), self->upload);
}

static void
on_remove_clicked_cb (WuyouDocumentSlot *self)
{
  drop_upload (self);
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_view_clicked_cb (WuyouDocumentSlot *self)
{
  if (self->document != NULL)
    wuyou_document_window_present (self->context, GTK_WIDGET (self), self->document);
}

void
wuyou_document_slot_set_document (WuyouDocumentSlot *self, const WuyouDocument *document)
{
  g_clear_pointer (&self->document, wuyou_document_free);
  if (document != NULL) {
    self->document = wuyou_document_new ();
    wuyou_record_copy (&wuyou_document_type, document, self->document);
    if (self->arrived && document->state == WUYOU_DOCUMENT_AVAILABLE
        && g_strcmp0 (wuyou_upload_item_get_id (self->upload), document->id) == 0)
      let_go (self);
  }
  update (self);
}

void
wuyou_document_slot_set_refusal (WuyouDocumentSlot *self, const char *sentence)
{
  if (g_strcmp0 (self->refusal, sentence) == 0)
    return;
  g_free (self->refusal);
  self->refusal = g_strdup (sentence);
  update (self);
}

gboolean
wuyou_document_slot_is_available (WuyouDocumentSlot *self)
{
  if (self->upload != NULL)
    return self->arrived;
  return self->document != NULL && self->document->state == WUYOU_DOCUMENT_AVAILABLE;
}

gboolean
wuyou_document_slot_is_busy (WuyouDocumentSlot *self)
{
  return self->upload != NULL && !self->arrived
         && wuyou_upload_item_get_state (self->upload) != WUYOU_UPLOAD_ITEM_REFUSED;
}

WuyouUploadItem *
wuyou_document_slot_get_upload (WuyouDocumentSlot *self)
{
  return self->upload;
}

int
wuyou_document_slot_get_slot (WuyouDocumentSlot *self)
{
  return self->slot;
}

/* Why a file was not taken is told once, where nothing is left to try again; the rest goes on without this row. */
static void
leave_upload (WuyouDocumentSlot *self)
{
  gboolean refused = self->upload != NULL && wuyou_upload_item_get_state (self->upload) == WUYOU_UPLOAD_ITEM_REFUSED;

  if (refused && !wuyou_upload_item_can_retry (self->upload))
    drop_upload (self);
  else
    let_go (self);
}

static void
wuyou_document_slot_dispose (GObject *object)
{
  WuyouDocumentSlot *self = WUYOU_DOCUMENT_SLOT (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (get_uploads (self), self);
  leave_upload (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->context);
  g_clear_pointer (&self->document, wuyou_document_free);
  g_clear_pointer (&self->contract_id, g_free);
  g_clear_pointer (&self->hint, g_free);
  g_clear_pointer (&self->refusal, g_free);
  G_OBJECT_CLASS (wuyou_document_slot_parent_class)->dispose (object);
}

static void
wuyou_document_slot_class_init (WuyouDocumentSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_document_slot_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_v, GDK_CONTROL_MASK, on_paste_cb, NULL);
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkButton *
add_button (WuyouDocumentSlot *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label (name);

  if (icon != NULL) {
    gtk_widget_add_css_class (button, "flat");
    gtk_widget_set_tooltip_text (button, name);
  }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return GTK_BUTTON (button);
}

static void
wuyou_document_slot_init (WuyouDocumentSlot *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  self->mark = GTK_IMAGE (gtk_image_new ());
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  g_object_set (self->bar, "valign", GTK_ALIGN_CENTER, "width-request", 90, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->mark));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->bar));
  self->view = add_button (self, "view-reveal-symbolic", _ ("Look at it"), G_CALLBACK (on_view_clicked_cb));
  self->retry = add_button (self, "view-refresh-symbolic", _ ("Try again"), G_CALLBACK (on_retry_clicked_cb));
  self->remove = add_button (self, "window-close-symbolic", _ ("Stop"), G_CALLBACK (on_remove_clicked_cb));
  self->choose = add_button (self, NULL, _ ("Choose…"), G_CALLBACK (on_choose_clicked_cb));
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_object_set (self, "use-markup", FALSE, NULL);
  wuyou_row_stack_if_large (ADW_ACTION_ROW (self));
}

GtkWidget *
wuyou_document_slot_new (WuyouAppContext *context, const char *contract_id, int slot, const char *hint)
{
  const char *name = _ (wuyou_enum_label (wuyou_slots, slot));
  WuyouDocumentSlot *self = g_object_new (WUYOU_TYPE_DOCUMENT_SLOT, "title", name, NULL);

  self->context = g_object_ref (context);
  self->contract_id = g_strdup (contract_id);
  self->slot = slot;
  self->hint = g_strdup (hint);
  name_button (self->view, _ ("Look at it"), name);
  name_button (self->retry, _ ("Try again"), name);
  name_button (self->remove, _ ("Stop"), name);
  g_signal_connect_object (get_uploads (self), "items-changed", G_CALLBACK (on_queue_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_uploads (self), "arrived", G_CALLBACK (on_arrived_cb), self, G_CONNECT_SWAPPED);
  on_queue_changed_cb (self);
  update (self);
  return GTK_WIDGET (self);
}
