/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-copy.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "wuyou-agreement-paper.h"

typedef struct {
  WuyouBundle *bundle;
  char *footer;
  gint64 now;
  GFile *file;
} Writing;

static void
free_writing (gpointer data)
{
  Writing *w = data;

  wuyou_bundle_unref (w->bundle);
  g_free (w->footer);
  g_object_unref (w->file);
  g_free (w);
}

static gboolean
write_copy (const Writing *w, GCancellable *cancellable, GError **error)
{
  g_autoptr (WuyouPaper) paper = wuyou_agreement_paper_new (w->bundle, w->footer, error);
  const WuyouPaperMetadata metadata = { .title = "协议副本", .created_at = w->now };
  g_autoptr (GBytes) bytes = paper != NULL ? wuyou_paper_to_pdf (paper, &metadata, error) : NULL;
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  return g_file_replace_contents (w->file, data, size, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                  cancellable, error);
}

static void
run_writing (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_copy (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wuyou_agreement_copy_write_async (WuyouBundle *bundle,
                                  const char *footer,
                                  gint64 now,
                                  GFile *file,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Writing *w = g_new0 (Writing, 1);

  w->bundle = wuyou_bundle_ref (bundle);
  w->footer = g_strdup (footer);
  w->now = now;
  w->file = g_object_ref (file);
  g_task_set_task_data (task, w, free_writing);
  g_task_run_in_thread (task, run_writing);
}

gboolean
wuyou_agreement_copy_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- choosing a file --- */

typedef struct {
  WuyouAppContext *context;
  WuyouBundle *bundle;
  char *footer;
  GtkFileChooserNative *chooser;
} Saving;

static void
free_saving (Saving *saving)
{
  g_object_unref (saving->context);
  wuyou_bundle_unref (saving->bundle);
  g_free (saving->footer);
  g_object_unref (saving->chooser);
  g_free (saving);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAppContext) context = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (wuyou_agreement_copy_write_finish (result, &error)) {
    wuyou_app_context_toast (context, _ ("The copy was saved"));
    return;
  }
  if (error->domain == WUYOU_ERROR) {
    wuyou_app_context_toast_error (context, error);
    return;
  }
  text = g_strdup_printf (_ ("The copy could not be saved there: %s"), error->message);
  wuyou_app_context_toast (context, text);
}

static void
on_chooser_response_cb (GtkNativeDialog *dialog, int response, Saving *saving)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    wuyou_agreement_copy_write_async (saving->bundle, saving->footer, wuyou_app_context_now (saving->context), file,
                                      on_written_cb, g_object_ref (saving->context));
  free_saving (saving);
}

static char *
dup_file_name (const WuyouBundle *bundle)
{
  char date[11];

  wuyou_date_format (bundle->effective_on, date);
  /* Translators: name of a file; the date is when the agreements come into force. */
  return g_strdup_printf (_ ("Wuyou agreements %s.pdf"), date);
}

void
wuyou_agreement_copy_save (WuyouAppContext *context, GtkWidget *parent, WuyouBundle *bundle, const char *footer)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autofree char *name = dup_file_name (bundle);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Saving *saving = g_new0 (Saving, 1);

  saving->context = g_object_ref (context);
  saving->bundle = wuyou_bundle_ref (bundle);
  saving->footer = g_strdup (footer);
  saving->chooser = gtk_file_chooser_native_new (_ ("Save a Copy"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_filter_set_name (filter, _ ("PDF documents"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (saving->chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (saving->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (saving->chooser), TRUE);
  g_signal_connect (saving->chooser, "response", G_CALLBACK (on_chooser_response_cb), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (saving->chooser));
}

/* --- printing --- */

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *page, int number, WuyouPaper *paper)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (page);

  cairo_scale (cr, gtk_print_context_get_width (page) / WUYOU_PAPER_WIDTH,
               gtk_print_context_get_height (page) / WUYOU_PAPER_HEIGHT);
  wuyou_paper_draw_page (paper, cr, (guint) number);
}

static void
on_print_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, WuyouAppContext *context)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    wuyou_app_context_toast (context, _ ("The copy was sent to the printer"));
  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  text = g_strdup_printf (_ ("The copy could not be printed: %s"), error != NULL ? error->message : "");
  wuyou_app_context_toast (context, text);
}

static GtkPrintOperation *
build_operation (WuyouAppContext *context, WuyouPaper *paper)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_job_name (operation, _ ("Wuyou agreements"));
  gtk_print_operation_set_n_pages (operation, (int) wuyou_paper_get_n_pages (paper));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (on_draw_page_cb), wuyou_paper_ref (paper),
                         (GClosureNotify) (void (*) (void)) wuyou_paper_unref, 0);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_print_done_cb), context, 0);
  return operation;
}

void
wuyou_agreement_copy_print (WuyouAppContext *context, GtkWidget *parent, WuyouBundle *bundle, const char *footer)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = wuyou_agreement_paper_new (bundle, footer, &error);
  g_autoptr (GtkPrintOperation) operation = NULL;

  if (paper == NULL) {
    wuyou_app_context_toast_error (context, error);
    return;
  }
  operation = build_operation (context, paper);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}
