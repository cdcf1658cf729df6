/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-document-window.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-rules.h"
#include "widgets/wuyou-paper-view.h"
#include "widgets/wuyou-busy-line.h"
#include "widgets/wuyou-empty-state.h"

typedef struct {
  GtkWindow *window; /* NULL once closed */
  GtkStack *stack;
  WuyouBusyLine *line;
  WuyouEmptyState *empty;
  GCancellable *cancellable;
} View;

static void
on_closed_cb (View *view)
{
  view->window = NULL;
  g_cancellable_cancel (view->cancellable);
}

static GtkWidget *
show_pdf (GBytes *bytes, GError **error)
{
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, error);
  GtkWidget *view;

  if (document == NULL)
    return NULL;
  view = wuyou_paper_view_new ();
  wuyou_paper_view_set_document (WUYOU_PAPER_VIEW (view), document);
  g_object_unref (document);
  return view;
}

static GtkWidget *
show_picture (GBytes *bytes, GError **error)
{
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, error);
  GtkWidget *picture;

  if (texture == NULL)
    return NULL;
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  return picture;
}

static void
show_bytes (View *view, GBytes *bytes, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *type = wuyou_document_sniff (data, length);
  GtkWidget *child = g_strcmp0 (type, "application/pdf") == 0 ? show_pdf (bytes, error) : show_picture (bytes, error);

  if (child == NULL)
    return;
  gtk_stack_add_named (view->stack, child, "content");
  gtk_stack_set_visible_child_name (view->stack, "content");
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  View *view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wuyou_client_call_finish_bytes (WUYOU_CLIENT (source), result, NULL, NULL, &error);

  if (view->window != NULL) {
    wuyou_busy_line_set_busy (view->line, FALSE);
    if (bytes != NULL)
      show_bytes (view, bytes, &error);
    if (error != NULL) {
      wuyou_empty_state_set (view->empty, "dialog-warning-symbolic", _ ("This document cannot be shown"),
                             error->domain == WUYOU_ERROR ? wuyou_error_sentence (error)
                                                          : _ ("The file could not be read as a picture or PDF."),
                             NULL);
      gtk_stack_set_visible_child_name (view->stack, "empty");
    }
  }
  g_object_unref (view->cancellable);
  g_free (view);
}

static View *
build (GtkWidget *owner, const char *title, const char *subtitle)
{
  View *view = g_new0 (View, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkRoot *root = gtk_widget_get_root (owner);

  view->window = GTK_WINDOW (adw_window_new ());
  view->cancellable = g_cancellable_new ();
  view->stack = GTK_STACK (gtk_stack_new ());
  view->line = WUYOU_BUSY_LINE (wuyou_busy_line_new ());
  view->empty = WUYOU_EMPTY_STATE (wuyou_empty_state_new (NULL, "", "", NULL));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, subtitle));
  gtk_stack_add_named (view->stack, adw_bin_new (), "waiting");
  gtk_stack_add_named (view->stack, GTK_WIDGET (view->empty), "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (view->stack), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view->line));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view->stack));
  adw_window_set_content (ADW_WINDOW (view->window), box);
  gtk_window_set_title (view->window, title);
  gtk_window_set_default_size (view->window, 760, 860);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (view->window, GTK_WINDOW (root));
  g_signal_connect_swapped (view->window, "destroy", G_CALLBACK (on_closed_cb), view);
  return view;
}

void
wuyou_document_window_present_call (WuyouAppContext *context,
                                    GtkWidget *owner,
                                    const char *title,
                                    const char *subtitle,
                                    const WuyouCall *call)
{
  View *view = build (owner, title, subtitle);

  wuyou_busy_line_set_busy (view->line, TRUE);
  gtk_window_present (view->window);
  wuyou_client_call_async (wuyou_app_context_get_client (context), call, view->cancellable, on_loaded_cb, view);
}

void
wuyou_document_window_present (WuyouAppContext *context, GtkWidget *owner, const WuyouDocument *document)
{
  const char *args[] = { document->id, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_DOCUMENT_CONTENT, .args = args, .deadline = 120 };

  wuyou_document_window_present_call (context, owner, _ (wuyou_enum_label (wuyou_slots, document->slot)),
                                      document->file_name != NULL ? document->file_name : "", &call);
}
