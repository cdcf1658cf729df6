/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "claims/wuyou-evidence-viewer-private.h"

/* How the pages of a file come into the viewer, or why they do not. */

#define AGAIN_MS 1500
#define MOST_TRIES 40   /* a minute */
#define PAGE_WIDTH 1600 /* of a drawn PDF page, pixels: sharp at twice the usual size */

static gboolean
has_focus (WuyouEvidenceViewer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* @shown: the page, or why it is not there; nobody vouches for what was not on the screen. Keys go on working when what
 * had the focus is gone with it. */
static void
switch_to (WuyouEvidenceViewer *self, gboolean shown)
{
  gboolean had_focus = has_focus (self);

  gtk_stack_set_visible_child_name (self->stack, shown ? "picture" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.verify", shown);
  if (!had_focus || has_focus (self))
    return;
  if (shown || !gtk_widget_child_focus (self->judge, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
show_failure (WuyouEvidenceViewer *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    return;
  wuyou_busy_line_set_busy (self->line, FALSE);
  self->failed = error->domain == WUYOU_ERROR && wuyou_error_info (error->code)->retryable;
  if (self->failed)
    wuyou_empty_state_set_error (self->empty, error);
  else
    wuyou_empty_state_set (self->empty, "dialog-warning-symbolic", _ ("This document cannot be shown"),
                           error->domain == WUYOU_ERROR ? wuyou_error_sentence (error)
                                                        : _ ("The file could not be read as a picture or PDF."),
                           NULL);
  switch_to (self, FALSE);
}

static void ask (WuyouEvidenceViewer *self);

/* It is made when it is first asked for. */
static gboolean
on_prepared_cb (gpointer data)
{
  WuyouEvidenceViewer *self = data;

  self->again = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_it (WuyouEvidenceViewer *self)
{
  self->tries++;
  wuyou_empty_state_set (self->empty, "document-open-recent-symbolic", _ ("This document is being prepared"),
                         _ ("It appears here in a moment."), NULL);
  switch_to (self, FALSE);
  self->again = g_timeout_add (AGAIN_MS, on_prepared_cb, self);
}

static void
show_page_bar (WuyouEvidenceViewer *self)
{
  guint n = self->pages != NULL ? wuyou_evidence_pages_get_n (self->pages) : 0;
  g_autofree char *text = g_strdup_printf (_ ("Page %u of %u"), self->page + 1, n);

  gtk_menu_button_set_label (self->page_button, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.page-back", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.page-on", self->page + 1 < n);
  gtk_widget_set_visible (self->page_bar, n > 1);
}

static void
on_page_drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = wuyou_evidence_pages_draw_finish (WUYOU_EVIDENCE_PAGES (source), result, &error);

  if (self->context == NULL || (gpointer) self->pages != (gpointer) source)
    return;
  if (texture == NULL) {
    show_failure (self, error);
    return;
  }
  wuyou_busy_line_set_busy (self->line, FALSE);
  wuyou_evidence_picture_set_page (self->picture, texture, (int) self->page + 1);
  self->seen = TRUE;
  switch_to (self, TRUE);
}

void
_wuyou_evidence_viewer_draw_page (WuyouEvidenceViewer *self)
{
  g_cancellable_cancel (self->drawing);
  g_object_unref (self->drawing);
  self->drawing = g_cancellable_new ();
  wuyou_evidence_tools_set_page (self->tools, (int) self->page + 1);
  show_page_bar (self);
  wuyou_evidence_pages_draw_async (self->pages, self->page, PAGE_WIDTH, self->drawing, on_page_drawn_cb,
                                   g_object_ref (self));
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouEvidencePages) pages = wuyou_evidence_pages_open_finish (result, &error);

  if (self->context == NULL)
    return;
  if (pages == NULL) {
    show_failure (self, error);
    return;
  }
  g_set_object (&self->pages, pages);
  _wuyou_evidence_viewer_draw_page (self);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wuyou_client_call_finish_bytes (WUYOU_CLIENT (source), result, NULL, NULL, &error);

  if (self->context == NULL)
    return;
  if (bytes != NULL)
    wuyou_evidence_pages_open_async (bytes, self->loading, on_opened_cb, g_object_ref (self));
  else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_DOCUMENT_PENDING) && self->tries < MOST_TRIES)
    wait_for_it (self);
  else
    show_failure (self, error);
}

/* Who may change the pages sees them plain, with the changes drawn over; everybody else as they are handed out. */
static void
ask (WuyouEvidenceViewer *self)
{
  const char *args[] = { self->id, _wuyou_evidence_viewer_may_edit_pages (self) ? "plain" : "view", NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_EVIDENCE_RENDITION, .args = args, .deadline = 120 };

  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->loading, on_loaded_cb,
                           g_object_ref (self));
}

void
_wuyou_evidence_viewer_load (WuyouEvidenceViewer *self)
{
  g_clear_handle_id (&self->again, g_source_remove);
  self->tries = 0;
  self->failed = FALSE;
  self->seen = FALSE; /* the button stays as it is meanwhile, and its focus */
  g_cancellable_cancel (self->loading);
  g_object_unref (self->loading);
  self->loading = g_cancellable_new ();
  g_clear_object (&self->pages);
  self->page = 0;
  show_page_bar (self);
  wuyou_evidence_picture_set_page (self->picture, NULL, 1);
  wuyou_evidence_picture_set_zoom (self->picture, 0);
  switch_to (self, TRUE);
  wuyou_busy_line_set_busy (self->line, TRUE);
  ask (self);
}

void
_wuyou_evidence_viewer_go_on (WuyouEvidenceViewer *self)
{
  if (self->failed && self->id != NULL && wuyou_client_get_online (wuyou_app_context_get_client (self->context)))
    _wuyou_evidence_viewer_load (self);
}
