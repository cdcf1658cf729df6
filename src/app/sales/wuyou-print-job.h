/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>
#include <poppler.h>

#include "wuyou-paper.h"

G_BEGIN_DECLS

/* What goes onto A4 sheets; one of @document and @paper. Borrowed until the call returns. */
typedef struct {
  const char *title;
  PopplerDocument *document;
  WuyouPaper *paper;
  const WuyouPaperOverlay *overlay; /* or NULL */
} WuyouPrintJob;

/* With @file NULL: GTK's print dialog over @parent, and printing; else a PDF at that path, and @parent may be NULL.
 * @done gets APPLY, CANCEL or ERROR (with @error) once. @printer is preselected; *the one used comes back in @done. */
void wuyou_print_job_run (
    const WuyouPrintJob *job,
    GtkWindow *parent,
    const char *file,
    const char *printer,
    void (*done) (GtkPrintOperationResult result, const char *printer, const GError *error, gpointer data),
    gpointer data);

/* Whether a printer is set up on this computer; @found is told once, soon. In a sandbox the portal knows, so: yes. */
void wuyou_print_job_find_printers (void (*found) (gboolean any, gpointer data), gpointer data);

G_END_DECLS
