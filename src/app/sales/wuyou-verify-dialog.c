/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-verify-dialog.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-words.h"
#include "sales/wuyou-contract-words.h"
#include "widgets/wuyou-busy-button.h"

#define WUYOU_TYPE_VERIFY_DIALOG (wuyou_verify_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WuyouVerifyDialog, wuyou_verify_dialog, WUYOU, VERIFY_DIALOG, AdwWindow)

struct _WuyouVerifyDialog {
  AdwWindow parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  GtkTextBuffer *buffer;
  WuyouBusyButton *button;
  GtkWidget *result;
  GtkImage *mark;
  GtkLabel *title, *text;
  GtkButton *open;
  const char *page; /* that shows it */
  char *record;
};

G_DEFINE_FINAL_TYPE (WuyouVerifyDialog, wuyou_verify_dialog, ADW_TYPE_WINDOW)

static void
show_result (WuyouVerifyDialog *self, const char *icon, const char *style, const char *title, const char *text)
{
  static const char *const styles[] = { "success", "warning", "error" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->mark), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), style);
  gtk_image_set_from_icon_name (self->mark, icon);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (self->result, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->open), self->record != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->result), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
show_answer (WuyouVerifyDialog *self, JsonObject *answer)
{
  const char *number = wuyou_json_get_string (answer, "number");
  gboolean of_claim = g_strcmp0 (wuyou_json_get_string (answer, "kind"), "claim") == 0;
  const WuyouEnum *state = wuyou_enum_find (of_claim ? wuyou_claim_states : wuyou_contract_states,
                                            wuyou_json_get_string (answer, "state"));
  g_autofree char *text = NULL;

  g_free (self->record);
  self->record = g_strdup (wuyou_json_get_string (answer, "id"));
  self->page = of_claim ? "claims" : "sales";
  if (!wuyou_json_get_boolean (answer, "valid")) {
    show_result (self, "dialog-error-symbolic", "error", _ ("Not genuine"),
                 _ ("This code was not made by this service, or it was changed. Do not accept the copy."));
    return;
  }
  text = g_strdup_printf (_ ("%s, revision %d%s%s"), number != NULL ? number : "",
                          (int) wuyou_json_get_int (answer, "revision"), state != NULL ? " · " : "",
                          state != NULL ? _ (state->label) : "");
  if (state == NULL)
    show_result (self, "dialog-information-symbolic", "warning", _ ("Genuine, of another dealership"), text);
  else if (wuyou_json_get_boolean (answer, "current"))
    show_result (self, "emblem-ok-symbolic", "success", _ ("Genuine and current"), text);
  else
    show_result (self, "dialog-warning-symbolic", "warning", _ ("Genuine, but an older revision"), text);
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouVerifyDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  wuyou_busy_button_set_busy (self->button, FALSE);
  g_clear_pointer (&self->record, g_free);
  if (answer != NULL)
    show_answer (self, answer);
  else if (!g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    show_result (self, "dialog-error-symbolic", "error",
                 g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_INVALID) ? _ ("Not genuine") : _ ("Not checked"),
                 wuyou_error_sentence (error));
}

static void
on_pressed_cb (WuyouVerifyDialog *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_PAPER_VERIFY };

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
  if (*text == '\0')
    return;
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "payload", text);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_busy_button_set_busy (self->button, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_answered_cb,
                           g_object_ref (self));
}

static void
on_cancelled_cb (WuyouVerifyDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
on_open_clicked_cb (WuyouVerifyDialog *self)
{
  wuyou_app_context_go (self->context, self->page, self->record);
  gtk_window_close (GTK_WINDOW (self));
}

static void
wuyou_verify_dialog_dispose (GObject *object)
{
  WuyouVerifyDialog *self = WUYOU_VERIFY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_verify_dialog_parent_class)->dispose (object);
}

static void
wuyou_verify_dialog_finalize (GObject *object)
{
  WuyouVerifyDialog *self = WUYOU_VERIFY_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_free (self->record);
  G_OBJECT_CLASS (wuyou_verify_dialog_parent_class)->finalize (object);
}

static void
wuyou_verify_dialog_class_init (WuyouVerifyDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_verify_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_verify_dialog_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
build_result (WuyouVerifyDialog *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->result = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->mark = GTK_IMAGE (gtk_image_new ());
  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->text = GTK_LABEL (gtk_label_new (NULL));
  self->open = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Open")));
  gtk_image_set_pixel_size (self->mark, 32);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  g_object_set (self->title, "xalign", 0.0f, "wrap", TRUE, NULL);
  g_object_set (self->text, "xalign", 0.0f, "wrap", TRUE, NULL);
  g_object_set (words, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->open), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (self->result), GTK_WIDGET (self->mark));
  gtk_box_append (GTK_BOX (self->result), words);
  gtk_box_append (GTK_BOX (self->result), GTK_WIDGET (self->open));
  gtk_widget_set_visible (self->result, FALSE);
  g_signal_connect_object (self->open, "clicked", G_CALLBACK (on_open_clicked_cb), self, G_CONNECT_SWAPPED);
  return self->result;
}

static GtkWidget *
build_entry (WuyouVerifyDialog *self)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_object_set (view, "wrap-mode", GTK_WRAP_CHAR, "monospace", TRUE, "accepts-tab", FALSE, "top-margin", 8,
                "bottom-margin", 8, "left-margin", 10, "right-margin", 10, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text of the code"), -1);
  gtk_widget_set_size_request (scroller, -1, 110);
  gtk_widget_add_css_class (scroller, "card");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}

static void
wuyou_verify_dialog_init (WuyouVerifyDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *text
      = gtk_label_new (_ ("Read the square code of the copy with a scanner, or paste its text. It begins with WY1."));

  self->cancellable = g_cancellable_new ();
  self->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ ("_Verify")));
  g_object_set (self->button, "suggested", TRUE, "halign", GTK_ALIGN_END, NULL);
  g_object_set (text, "wrap", TRUE, "xalign", 0.0f, NULL);
  g_object_set (column, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 18, NULL);
  gtk_box_append (GTK_BOX (column), text);
  gtk_box_append (GTK_BOX (column), build_entry (self));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->button));
  gtk_box_append (GTK_BOX (column), build_result (self));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), column);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, -1);
  g_signal_connect_object (self->button, "pressed", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
}

void
wuyou_verify_dialog_present (WuyouAppContext *context, GtkWidget *owner)
{
  WuyouVerifyDialog *self = g_object_new (WUYOU_TYPE_VERIFY_DIALOG, "title", _ ("Verify a Copy"), "modal", TRUE, NULL);
  GtkRoot *root = gtk_widget_get_root (owner);

  self->context = g_object_ref (context);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (self));
}
