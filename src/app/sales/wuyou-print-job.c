/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-print-job.h"

#include <gtk/gtkunixprint.h>

typedef struct {
  PopplerDocument *document;
  WuyouPaper *paper;
  WuyouPaperOverlay overlay;
  gboolean has_overlay;
  char *texts[3];
  void (*done) (GtkPrintOperationResult result, const char *printer, const GError *error, gpointer data);
  gpointer data;
} Run;

static void
free_run (gpointer data, GClosure *closure)
{
  Run *run = data;

  g_clear_object (&run->document);
  g_clear_pointer (&run->paper, wuyou_paper_unref);
  for (guint i = 0; i < G_N_ELEMENTS (run->texts); i++)
    g_free (run->texts[i]);
  g_free (run);
}

static void
on_begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, Run *run)
{
  gtk_print_operation_set_n_pages (operation, run->paper != NULL ? (int) wuyou_paper_get_n_pages (run->paper)
                                                                 : poppler_document_get_n_pages (run->document));
}

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int number, Run *run)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = WUYOU_PAPER_WIDTH, height = WUYOU_PAPER_HEIGHT;
  double sheet_width = gtk_print_context_get_width (context);
  double sheet_height = gtk_print_context_get_height (context);
  PopplerPage *page = NULL;

  if (run->document != NULL) {
    page = poppler_document_get_page (run->document, number);
    poppler_page_get_size (page, &width, &height);
  }
  cairo_save (cr);
  cairo_scale (cr, sheet_width / width, sheet_height / height);
  if (page != NULL)
    poppler_page_render_for_printing (page, cr);
  else
    wuyou_paper_draw_page (run->paper, cr, (guint) number);
  cairo_restore (cr);
  g_clear_object (&page);
  if (run->has_overlay)
    wuyou_paper_draw_overlay (cr, sheet_width, sheet_height, &run->overlay);
}

static void
on_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Run *run)
{
  GtkPrintSettings *settings = gtk_print_operation_get_print_settings (operation);
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  run->done (result, settings != NULL ? gtk_print_settings_get_printer (settings) : NULL, error, run->data);
}

static void
set_a4 (GtkPrintOperation *operation)
{
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_paper_size_free (size);
}

static Run *
new_run (const WuyouPrintJob *job)
{
  Run *run = g_new0 (Run, 1);

  run->document = job->document != NULL ? g_object_ref (job->document) : NULL;
  run->paper = job->paper != NULL ? wuyou_paper_ref (job->paper) : NULL;
  run->has_overlay = job->overlay != NULL;
  if (job->overlay != NULL) {
    run->overlay = *job->overlay;
    run->overlay.copy_kind = run->texts[0] = g_strdup (job->overlay->copy_kind);
    run->overlay.printed = run->texts[1] = g_strdup (job->overlay->printed);
    run->overlay.watermark = run->texts[2] = g_strdup (job->overlay->watermark);
  }
  return run;
}

void
wuyou_print_job_run (
    const WuyouPrintJob *job,
    GtkWindow *parent,
    const char *file,
    const char *printer,
    void (*done) (GtkPrintOperationResult result, const char *printer, const GError *error, gpointer data),
    gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  Run *run = new_run (job);

  run->done = done;
  run->data = data;
  if (printer != NULL && *printer != '\0')
    gtk_print_settings_set_printer (settings, printer);
  gtk_print_operation_set_print_settings (operation, settings);
  set_a4 (operation);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, job->title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print_cb), run);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), run);
  g_signal_connect_data (operation, "done", G_CALLBACK (on_done_cb), run, free_run, 0);
  if (file != NULL)
    gtk_print_operation_set_export_filename (operation, file);
  /* Never ACTION_PRINT with a name: GTK 4.8 crashes on it. The dialog starts on the last printer. */
  gtk_print_operation_run (operation,
                           file != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           parent, NULL);
}

#define SEARCH_MS 2500

/* Held by the enumeration and by the timer: with no print system at all GTK may never come to an end. */
typedef struct {
  void (*found) (gboolean any, gpointer data); /* NULL once it was told */
  gpointer data;
  gboolean any;
} Search;

static void
tell_found (Search *search)
{
  if (search->found != NULL)
    search->found (search->any, search->data);
  search->found = NULL;
}

/* Files and previews are printers to GTK, but not to a person. */
static gboolean
on_printer_met_cb (GtkPrinter *printer, gpointer data)
{
  Search *search = data;

  search->any = search->any || !gtk_printer_is_virtual (printer);
  return search->any;
}

static void
on_search_ended_cb (gpointer data)
{
  tell_found (data);
  g_rc_box_release (data);
}

static gboolean
on_search_late_cb (gpointer data)
{
  tell_found (data);
  return G_SOURCE_REMOVE;
}

void
wuyou_print_job_find_printers (void (*found) (gboolean any, gpointer data), gpointer data)
{
  Search *search = g_rc_box_new0 (Search);

  search->any = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
  search->found = found;
  search->data = data;
  g_timeout_add_full (G_PRIORITY_DEFAULT, SEARCH_MS, on_search_late_cb, g_rc_box_acquire (search), g_rc_box_release);
  gtk_enumerate_printers (on_printer_met_cb, search, on_search_ended_cb, FALSE);
}
