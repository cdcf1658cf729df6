/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-print-window.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-contract-words.h"
#include "widgets/wuyou-paper-view.h"
#include "sales/wuyou-print-job.h"
#include "widgets/wuyou-reason-dialog.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-line.h"

#define WUYOU_TYPE_PRINT_WINDOW (wuyou_print_window_get_type ())
G_DECLARE_FINAL_TYPE (WuyouPrintWindow, wuyou_print_window, WUYOU, PRINT_WINDOW, AdwWindow)

struct _WuyouPrintWindow {
  AdwWindow parent_instance;
  WuyouAppContext *context;
  GWeakRef owner;
  GCancellable *cancellable;
  char *contract_id, *number, *kind, *reason;
  char *print_id; /* one copy, however often its reservation is asked for */
  char *file;     /* where the copy goes as PDF, or NULL for the printer */
  guint n_copies; /* printed before */
  WuyouPaperOverlay overlay;
  char *printed;
  PopplerDocument *document;
  WuyouPaper *paper;
  WuyouPaperView *view;
  GtkDropDown *copy_kind;
  GtkButton *print_button, *save_button;
  WuyouBanner *no_printer;
  WuyouBanner *banner;
  WuyouBusyLine *line;
  GtkFileChooserNative *chooser;
  gboolean reserved;
};

G_DEFINE_FINAL_TYPE (WuyouPrintWindow, wuyou_print_window, ADW_TYPE_WINDOW)

/* Paper speaks Chinese whatever the screen speaks. */
static const struct {
  const char *label;
  const char *paper;
} copy_kinds[] = {
  { N_ ("Customer’s copy"), "客户联" },
  { N_ ("Dealership’s copy"), "经销商联" },
  { N_ ("Copy for the file"), "存档联" },
};

const char *
wuyou_print_window_kind_label (const char *kind)
{
  if (g_strcmp0 (kind, "consent-sheet") == 0)
    return _ ("Notices and consents");
  return _ ("Contract");
}

static void
set_ready (WuyouPrintWindow *self, gboolean ready)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->print_button), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), ready);
  wuyou_busy_line_set_busy (self->line, !ready);
}

static void
show_overlay (WuyouPrintWindow *self)
{
  if (self->kind == NULL)
    return;
  if (!self->reserved)
    self->overlay.copy_number = self->n_copies + 1;
  self->overlay.reprint = self->overlay.copy_number > 1;
  self->overlay.copy_kind = copy_kinds[gtk_drop_down_get_selected (self->copy_kind)].paper;
  self->overlay.printed = self->printed;
  wuyou_paper_view_set_overlay (self->view, &self->overlay);
}

static void
show_reprint (WuyouPrintWindow *self)
{
  g_autofree char *text = NULL;

  if (self->kind == NULL || self->n_copies == 0) {
    wuyou_banner_hide (self->banner);
    return;
  }
  text = g_strdup_printf (_ ("This is a reprint: copy %u. It is marked as such on every page, and a reason is asked."),
                          self->n_copies + 1);
  wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE, text, NULL);
}

static void
finish_copy (WuyouPrintWindow *self, const char *printer)
{
  g_autofree char *text = NULL;
  g_autoptr (GtkWidget) owner = g_weak_ref_get (&self->owner);

  if (self->kind != NULL) {
    text = g_strdup_printf (self->file != NULL ? _ ("Copy %u saved") : _ ("Copy %u sent to the printer"),
                            self->overlay.copy_number);
    self->n_copies = self->overlay.copy_number;
    self->reserved = FALSE;
    g_clear_pointer (&self->print_id, g_free);
    g_clear_pointer (&self->reason, g_free);
    g_clear_pointer (&self->printed, g_free);
    show_overlay (self);
    show_reprint (self);
  } else {
    text = g_strdup (self->file != NULL ? _ ("Saved") : _ ("Sent to the printer"));
  }
  if (self->file == NULL && printer != NULL)
    g_settings_set_string (wuyou_app_context_get_settings (self->context), "printer", printer);
  wuyou_app_context_toast (self->context, text);
  if (owner != NULL && self->kind != NULL)
    gtk_widget_activate_action (owner, "win.refresh", NULL);
}

static void
on_job_done_cb (GtkPrintOperationResult result, const char *printer, const GError *error, gpointer data)
{
  g_autoptr (WuyouPrintWindow) self = data;
  g_autofree char *text = NULL;

  if (self->context == NULL)
    return;
  set_ready (self, TRUE);
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY) {
    finish_copy (self, printer);
  } else if (result == GTK_PRINT_OPERATION_RESULT_ERROR) {
    text = g_strdup_printf (_ ("It could not be printed: %s The copy’s number is kept for the next try."),
                            error != NULL ? error->message : "");
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR, text, NULL);
  }
}

static void
run_job (WuyouPrintWindow *self)
{
  g_autofree char *title
      = g_strdup_printf ("%s %s", gtk_window_get_title (GTK_WINDOW (self)), self->number != NULL ? self->number : "");
  g_autofree char *printer = g_settings_get_string (wuyou_app_context_get_settings (self->context), "printer");
  const WuyouPrintJob job = {
    .title = g_strstrip (title),
    .document = self->document,
    .paper = self->paper,
    .overlay = self->kind != NULL ? &self->overlay : NULL,
  };

  wuyou_print_job_run (&job, GTK_WINDOW (self), self->file, printer, on_job_done_cb, g_object_ref (self));
}

static void
on_reserved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouPrintWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  if (answer == NULL) {
    set_ready (self, TRUE);
    wuyou_banner_show_error (self->banner, error);
    return;
  }
  self->reserved = TRUE;
  self->overlay.copy_number = (guint) wuyou_json_get_int (answer, "copy_number");
  self->printed = g_strdup (wuyou_json_get_string (answer, "printed"));
  show_overlay (self);
  run_job (self);
}

static void
reserve (WuyouPrintWindow *self)
{
  const char *args[] = { self->contract_id, NULL };
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_PRINT, .args = args };

  set_ready (self, FALSE);
  if (self->kind == NULL || self->reserved) {
    run_job (self);
    return;
  }
  if (self->print_id == NULL)
    self->print_id = wuyou_app_context_new_id (self->context);
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "id", self->print_id);
  wuyou_json_add_string (body, "kind", self->kind);
  wuyou_json_add_string (body, "reason", self->reason);
  wuyou_json_add_string (body, "device", g_get_host_name ());
  wuyou_json_end_object (body);
  call.body = body->str;
  call.idempotency_key = self->print_id;
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_reserved_cb,
                           g_object_ref (self));
}

static void
on_reason_given_cb (const char *text, gpointer data)
{
  WuyouPrintWindow *self = data;

  g_free (self->reason);
  self->reason = g_strdup (text);
  reserve (self);
}

static void
begin_copy (WuyouPrintWindow *self)
{
  const char *suggestions[] = { _ ("The customer lost it"), _ ("Printed badly"), _ ("Another copy is needed"), NULL };

  if (self->kind == NULL || self->n_copies == 0 || self->reserved || self->reason != NULL) {
    reserve (self);
    return;
  }
  wuyou_reason_dialog_present (GTK_WIDGET (self),
                               &(WuyouReasonQuestion){
                                   .title = _ ("Print Again?"),
                                   .text = _ ("The copy is marked as a reprint. The reason is kept with it."),
                                   .entry = _ ("Reason"),
                                   .button = _ ("_Go On"),
                                   .suggestions = suggestions,
                                   .required = TRUE,
                               },
                               on_reason_given_cb, self);
}

static void
on_print_clicked_cb (WuyouPrintWindow *self)
{
  g_clear_pointer (&self->file, g_free);
  begin_copy (self);
}

static void
on_chooser_answered_cb (WuyouPrintWindow *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file == NULL)
    return;
  g_free (self->file);
  self->file = g_file_get_path (file);
  begin_copy (self);
}

static void
on_save_clicked_cb (WuyouPrintWindow *self)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.pdf", self->number != NULL ? self->number : _ ("draft"),
                                           gtk_window_get_title (GTK_WINDOW (self)));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Save as PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_answered_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouPrintWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wuyou_client_call_finish_bytes (WUYOU_CLIENT (source), result, NULL, NULL, &error);

  if (self->context == NULL)
    return;
  wuyou_busy_line_set_busy (self->line, FALSE);
  if (bytes == NULL) {
    wuyou_banner_show_error (self->banner, error);
    return;
  }
  self->document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  if (self->document == NULL) {
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR, _ ("The paper could not be read. Try again."), NULL);
    return;
  }
  wuyou_paper_view_set_document (self->view, self->document);
  show_overlay (self);
  set_ready (self, TRUE);
}

static void
load (WuyouPrintWindow *self, const WuyouCall *call)
{
  set_ready (self, FALSE);
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), call, self->cancellable, on_loaded_cb,
                           g_object_ref (self));
}

static void
wuyou_print_window_dispose (GObject *object)
{
  WuyouPrintWindow *self = WUYOU_PRINT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (wuyou_print_window_parent_class)->dispose (object);
}

static void
wuyou_print_window_finalize (GObject *object)
{
  WuyouPrintWindow *self = WUYOU_PRINT_WINDOW (object);
  char *const texts[]
      = { self->contract_id, self->number, self->kind, self->reason, self->print_id, self->file, self->printed };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_weak_ref_clear (&self->owner);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document);
  g_clear_pointer (&self->paper, wuyou_paper_unref);
  G_OBJECT_CLASS (wuyou_print_window_parent_class)->finalize (object);
}

static void
on_printers_found_cb (gboolean any, gpointer data)
{
  g_autoptr (WuyouPrintWindow) self = data;

  if (self->context != NULL && !any)
    wuyou_banner_show (self->no_printer, WUYOU_BANNER_NOTE,
                       _ ("No printer is set up on this computer. Save it as PDF, and print that elsewhere."), NULL);
}

static gboolean
on_print_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  WuyouPrintWindow *self = WUYOU_PRINT_WINDOW (widget);

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->print_button)))
    on_print_clicked_cb (self);
  return TRUE;
}

static void
wuyou_print_window_class_init (WuyouPrintWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_print_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_print_window_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, on_print_shortcut_cb, NULL);
}

static GtkWidget *
build_copy_kind (WuyouPrintWindow *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (copy_kinds); i++)
    gtk_string_list_append (names, _ (copy_kinds[i].label));
  self->copy_kind = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_kind), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Kind of copy"),
                                  -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy_kind), _ ("Kind of copy"));
  gtk_widget_set_visible (GTK_WIDGET (self->copy_kind), FALSE);
  g_signal_connect_object (self->copy_kind, "notify::selected", G_CALLBACK (show_overlay), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->copy_kind);
}

static void
wuyou_print_window_init (WuyouPrintWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  g_weak_ref_init (&self->owner, NULL);
  self->cancellable = g_cancellable_new ();
  self->view = WUYOU_PAPER_VIEW (wuyou_paper_view_new ());
  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->no_printer = WUYOU_BANNER (wuyou_banner_new ());
  self->line = WUYOU_BUSY_LINE (wuyou_busy_line_new ());
  self->print_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Print…")));
  self->save_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("Save as P_DF…")));
  gtk_widget_add_css_class (GTK_WIDGET (self->print_button), "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), build_copy_kind (self));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->print_button));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->save_button));
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->no_printer));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 860, 820);
  g_signal_connect_object (self->print_button, "clicked", G_CALLBACK (on_print_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (on_save_clicked_cb), self, G_CONNECT_SWAPPED);
}

static WuyouPrintWindow *
new_window (WuyouAppContext *context, GtkWidget *owner, const char *title)
{
  WuyouPrintWindow *self = g_object_new (WUYOU_TYPE_PRINT_WINDOW, "title", title, NULL);
  GtkRoot *root = gtk_widget_get_root (owner);

  self->context = g_object_ref (context);
  g_weak_ref_set (&self->owner, owner);
  wuyou_print_job_find_printers (on_printers_found_cb, g_object_ref (self));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  return self;
}

void
wuyou_print_window_present (WuyouAppContext *context, GtkWidget *owner, const WuyouDossier *dossier, const char *kind)
{
  const char *wanted = kind != NULL ? kind : "contract";
  const WuyouDossierPaper *paper = wuyou_dossier_find_paper (dossier, wanted);
  WuyouPrintWindow *self = new_window (context, owner, wuyou_print_window_kind_label (wanted));
  const char *args[] = { dossier->contract->id, wanted, NULL };
  const WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_PAPER, .args = args, .deadline = 60 };

  self->contract_id = g_strdup (dossier->contract->id);
  self->number = g_strdup (dossier->contract->number);
  self->kind = g_strdup (wanted);
  self->n_copies = paper != NULL ? paper->copies->len : 0;
  gtk_widget_set_visible (GTK_WIDGET (self->copy_kind), TRUE);
  show_reprint (self);
  load (self, &call);
  gtk_window_present (GTK_WINDOW (self));
}

void
wuyou_print_window_present_paper (WuyouAppContext *context, GtkWidget *owner, const char *title, WuyouPaper *paper)
{
  WuyouPrintWindow *self = new_window (context, owner, title);

  self->paper = wuyou_paper_ref (paper);
  wuyou_paper_view_set_paper (self->view, paper);
  gtk_window_present (GTK_WINDOW (self));
}

void
wuyou_print_window_present_call (WuyouAppContext *context,
                                 GtkWidget *owner,
                                 const char *title,
                                 const char *number,
                                 const WuyouCall *call)
{
  WuyouPrintWindow *self = new_window (context, owner, title);

  self->number = g_strdup (number);
  load (self, call);
  gtk_window_present (GTK_WINDOW (self));
}
