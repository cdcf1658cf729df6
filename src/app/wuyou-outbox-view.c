/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-outbox-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "widgets/wuyou-empty-state.h"
#include "widgets/wuyou-escape.h"
#include "wuyou-upload-line.h"
#include "wuyou-upload-row.h"

static const char *
state_text (WuyouOutboxItem *item)
{
  const GError *error = wuyou_outbox_item_get_error (item);

  if (error != NULL)
    return wuyou_error_sentence (error);
  switch (wuyou_outbox_item_get_state (item)) {
  case WUYOU_OUTBOX_SENDING:
    return _ ("Being sent…");
  case WUYOU_OUTBOX_REFUSED:
    return _ ("The server refused this.");
  case WUYOU_OUTBOX_QUEUED:
  case WUYOU_OUTBOX_WAITING:
  default:
    return _ ("Waits for its turn.");
  }
}

typedef struct {
  WuyouOutbox *outbox;
  WuyouOutboxItem *item;
} Discard;

static void
discard_free (gpointer data, GClosure *closure)
{
  Discard *discard = data;

  g_object_unref (discard->outbox);
  g_object_unref (discard->item);
  g_free (discard);
}

static void
on_discard_answered_cb (Discard *discard, const char *response)
{
  if (g_str_equal (response, "discard"))
    wuyou_outbox_discard (discard->outbox, discard->item);
}

static void
on_discard_clicked_cb (GtkWidget *button, WuyouOutboxItem *item)
{
  WuyouOutbox *outbox = g_object_get_data (G_OBJECT (button), "outbox");
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (button)), _ ("Discard this change?"),
                                              _ ("It was not sent and cannot be brought back."));
  Discard *discard = g_new0 (Discard, 1);

  discard->outbox = g_object_ref (outbox);
  discard->item = g_object_ref (item);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep"), "discard", _ ("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_discard_answered_cb), discard, discard_free,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update_row (AdwActionRow *row, GParamSpec *pspec, WuyouOutboxItem *item)
{
  adw_action_row_set_subtitle (row, state_text (item));
}

static void
on_item_state_changed_cb (AdwActionRow *row, GParamSpec *pspec, WuyouOutboxItem *item)
{
  update_row (row, pspec, item);
}

static GtkWidget *
create_row (gpointer object, gpointer outbox)
{
  WuyouOutboxItem *item = object;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  const char *label = wuyou_outbox_item_get_label (item);

  g_object_set (row, "use-markup", FALSE, "title", label != NULL ? label : "", NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Discard"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Discard"), -1);
  g_object_set_data_full (G_OBJECT (button), "outbox", g_object_ref (outbox), g_object_unref);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  update_row (ADW_ACTION_ROW (row), NULL, item);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_discard_clicked_cb), item, 0);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (on_item_state_changed_cb), row, G_CONNECT_SWAPPED);
  return row;
}

static gboolean
has_rows (GtkWidget *list)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) != NULL;
}

static void
show_what_waits (GtkStack *stack, WuyouAppContext *context)
{
  GtkWidget *lists = g_object_get_data (G_OBJECT (stack), "lists");
  gboolean files = wuyou_uploads_get_n_waiting (wuyou_app_context_get_uploads (context)) > 0;
  gboolean shown = FALSE;

  for (GtkWidget *list = gtk_widget_get_first_child (lists); list != NULL; list = gtk_widget_get_next_sibling (list)) {
    gtk_widget_set_visible (list, has_rows (list));
    shown = shown || has_rows (list);
  }
  gtk_stack_set_visible_child_name (stack, shown ? "list" : files ? "files" : "empty");
}

static void
on_items_changed_cb (GtkStack *stack, guint position, guint removed, guint added, GListModel *model)
{
  show_what_waits (stack, g_object_get_data (G_OBJECT (stack), "context"));
}

/* --- files that need a person --- */

static gboolean
needs_person (gpointer object, gpointer data)
{
  WuyouUploadItemState state = wuyou_upload_item_get_state (object);

  return state == WUYOU_UPLOAD_ITEM_REFUSED || state == WUYOU_UPLOAD_ITEM_UNASSIGNED;
}

static GtkWidget *
create_file_row (gpointer object, gpointer context)
{
  return wuyou_upload_row_new (context, object, TRUE);
}

/* Each time an item changes its state, the queue's progress is told. */
static void
on_progress_cb (GtkFilter *filter)
{
  gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static GListModel *
filter_files (WuyouUploads *uploads)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (needs_person, NULL, NULL));

  g_signal_connect_object (uploads, "notify::progress", G_CALLBACK (on_progress_cb), filter, G_CONNECT_SWAPPED);
  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (uploads)), filter));
}

static void
append_list (GtkWidget *lists, GListModel *model, GtkListBoxCreateWidgetFunc create, gpointer data)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_bind_model (GTK_LIST_BOX (list), model, create, g_object_ref (data), g_object_unref);
  gtk_box_append (GTK_BOX (lists), list);
}

static GtkWidget *
build_lists (WuyouAppContext *context, GListModel *files, GtkWidget **ret_lists)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (context);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *lists = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  g_object_set (lists, "valign", GTK_ALIGN_START, "margin-start", 18, "margin-end", 18, "margin-top", 18,
                "margin-bottom", 18, NULL);
  append_list (lists, G_LIST_MODEL (outbox), create_row, outbox);
  append_list (lists, files, create_file_row, context);
  *ret_lists = lists;
  adw_clamp_set_child (ADW_CLAMP (clamp), lists);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
on_send_clicked_cb (WuyouAppContext *context)
{
  wuyou_outbox_retry (wuyou_app_context_get_outbox (context));
  wuyou_uploads_try_again (wuyou_app_context_get_uploads (context), NULL);
}

/* With nothing to send there is nothing to press. */
static void
show_send (GtkWidget *send)
{
  WuyouAppContext *context = g_object_get_data (G_OBJECT (send), "context");

  gtk_widget_set_visible (send, g_list_model_get_n_items (G_LIST_MODEL (wuyou_app_context_get_outbox (context))) > 0
                                    || wuyou_uploads_get_n_waiting (wuyou_app_context_get_uploads (context)) > 0);
}

static GtkWidget *
build_header (WuyouAppContext *context)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *send = gtk_button_new_with_mnemonic (_ ("_Send Now"));

  g_object_set_data_full (G_OBJECT (send), "context", g_object_ref (context), g_object_unref);
  g_signal_connect_object (send, "clicked", G_CALLBACK (on_send_clicked_cb), context, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_outbox (context), "items-changed", G_CALLBACK (show_send), send,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_uploads (context), "notify::progress", G_CALLBACK (show_send), send,
                           G_CONNECT_SWAPPED);
  show_send (send);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), send);
  return header;
}

void
wuyou_outbox_view_present (WuyouAppContext *context, GtkWindow *parent)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (context);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *stack = gtk_stack_new ();
  g_autoptr (GListModel) files = filter_files (wuyou_app_context_get_uploads (context));
  GtkWidget *lists;
  GtkWidget *line = wuyou_upload_line_new (context, FALSE);

  gtk_widget_set_vexpand (stack, TRUE);
  gtk_stack_add_named (GTK_STACK (stack), build_lists (context, files, &lists), "list");
  gtk_stack_add_named (GTK_STACK (stack),
                       wuyou_empty_state_new ("emblem-ok-symbolic", _ ("Everything is sent"),
                                              _ ("What you do while offline waits here until the server has it."),
                                              NULL),
                       "empty");
  gtk_stack_add_named (GTK_STACK (stack),
                       wuyou_empty_state_new ("document-send-symbolic", _ ("Files are being uploaded"),
                                              _ ("They go on in the background, also after a restart."), NULL),
                       "files");
  g_object_set (line, "margin-start", 18, "margin-end", 18, "margin-top", 6, NULL);
  gtk_box_append (GTK_BOX (box), build_header (context));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), stack);
  adw_window_set_content (ADW_WINDOW (window), box);
  g_object_set_data_full (G_OBJECT (stack), "context", g_object_ref (context), g_object_unref);
  g_object_set_data (G_OBJECT (stack), "lists", lists);
  g_signal_connect_object (outbox, "items-changed", G_CALLBACK (on_items_changed_cb), stack, G_CONNECT_SWAPPED);
  g_signal_connect_object (files, "items-changed", G_CALLBACK (on_items_changed_cb), stack, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_uploads (context), "items-changed", G_CALLBACK (on_items_changed_cb),
                           stack, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "place-requested", G_CALLBACK (gtk_window_close), window, G_CONNECT_SWAPPED);
  show_what_waits (GTK_STACK (stack), context);
  wuyou_escape_closes (GTK_WINDOW (window));
  gtk_window_set_title (GTK_WINDOW (window), _ ("Waiting to be sent"));
  gtk_window_set_default_size (GTK_WINDOW (window), 460, 420);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
