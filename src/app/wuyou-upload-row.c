/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-upload-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct {
  WuyouAppContext *context;
  WuyouUploadItem *item;
} Row;

static Row *
row_new (WuyouAppContext *context, WuyouUploadItem *item)
{
  Row *self = g_new0 (Row, 1);

  self->context = g_object_ref (context);
  self->item = g_object_ref (item);
  return self;
}

static void
row_free (gpointer data, GClosure *closure)
{
  Row *self = data;

  g_object_unref (self->context);
  g_object_unref (self->item);
  g_free (self);
}

static void
on_retry_clicked_cb (Row *self)
{
  wuyou_uploads_try_again (wuyou_app_context_get_uploads (self->context), self->item);
}

static void
on_dismiss_answered_cb (Row *self, const char *response)
{
  if (g_str_equal (response, "discard"))
    wuyou_uploads_discard (wuyou_app_context_get_uploads (self->context), self->item);
}

static void
ask (Row *self, GtkWidget *button)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (button)), _ ("Discard this file?"),
                                              _ ("It was not sent. Its copy on this computer goes."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep"), "discard", _ ("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_dismiss_answered_cb), row_new (self->context, self->item),
                         row_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_dismiss_clicked_cb (Row *self, GtkWidget *button)
{
  if (wuyou_upload_item_has_copy (self->item))
    ask (self, button);
  else
    wuyou_uploads_discard (wuyou_app_context_get_uploads (self->context), self->item);
}

static void
on_show_clicked_cb (Row *self)
{
  wuyou_app_context_go (self->context, wuyou_upload_kind_get (wuyou_upload_item_get_of (self->item))->page,
                        wuyou_upload_item_get_record (self->item));
}

static void
add_button (GtkWidget *row, const char *icon, const char *verb, GCallback clicked, Row *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", verb, wuyou_upload_item_get_name (self->item));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_data (button, "clicked", clicked, self, row_free, G_CONNECT_SWAPPED);
}

static char *
dup_sentence (WuyouUploadItem *item, gboolean elsewhere)
{
  g_autofree char *sentence = wuyou_upload_item_dup_sentence (item);

  if (!elsewhere)
    return g_steal_pointer (&sentence);
  return g_strdup_printf ("%s · %s", _ (wuyou_upload_kind_get (wuyou_upload_item_get_of (item))->of), sentence);
}

GtkWidget *
wuyou_upload_row_new (WuyouAppContext *context, WuyouUploadItem *item, gboolean elsewhere)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  g_autofree char *sentence = dup_sentence (item, elsewhere);
  gboolean refused = wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_REFUSED;

  g_object_set (row, "use-markup", FALSE, "title", wuyou_upload_item_get_name (item), "subtitle", sentence,
                "subtitle-lines", 0, NULL);
  gtk_widget_add_css_class (mark, refused ? "error" : "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  if (elsewhere)
    add_button (row, "go-next-symbolic", _ ("Show where it belongs"), G_CALLBACK (on_show_clicked_cb),
                row_new (context, item));
  if (wuyou_upload_item_can_retry (item))
    add_button (row, "view-refresh-symbolic", _ ("Try again"), G_CALLBACK (on_retry_clicked_cb),
                row_new (context, item));
  add_button (row, "window-close-symbolic", _ ("Dismiss"), G_CALLBACK (on_dismiss_clicked_cb), row_new (context, item));
  return row;
}
