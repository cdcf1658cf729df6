/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-upload-line.h"

#include <glib/gi18n.h>

struct _WuyouUploadLine {
  GtkWidget parent_instance;
  WuyouUploads *uploads;
  WuyouClient *client;
  GtkWidget *box, *moving;
  GtkLabel *label;
  GtkProgressBar *bar;
  GtkButton *pause, *refused;
  gboolean tells;
};

G_DEFINE_FINAL_TYPE (WuyouUploadLine, wuyou_upload_line, GTK_TYPE_WIDGET)

static guint
show_refused (WuyouUploadLine *self)
{
  guint n = self->tells ? wuyou_uploads_get_n_refused (self->uploads) : 0;
  g_autofree char *text
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file was not taken", "%u files were not taken", n), n);

  gtk_button_set_label (self->refused, text);
  gtk_widget_set_visible (GTK_WIDGET (self->refused), n > 0);
  return n;
}

static char *
dup_text (WuyouUploadLine *self, guint n, double progress)
{
  g_autofree char *count = NULL;

  if (wuyou_uploads_get_paused (self->uploads))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u upload is paused", "%u uploads are paused", n), n);
  if (!wuyou_client_get_online (self->client))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file waits to be sent", "%u files wait to be sent", n),
                            n);
  count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file is being uploaded", "%u files are being uploaded", n),
                           n);
  return g_strdup_printf ("%s · %d %%", count, (int) (progress * 100));
}

static void
update (WuyouUploadLine *self)
{
  guint n = wuyou_uploads_get_n_waiting (self->uploads);
  gboolean paused = wuyou_uploads_get_paused (self->uploads);
  const char *verb = paused ? _ ("Go on with all uploads") : _ ("Pause all uploads");
  double progress = wuyou_uploads_get_progress (self->uploads);
  g_autofree char *text = dup_text (self, n, progress);

  gtk_widget_set_visible (self->moving, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), show_refused (self) + n > 0);
  gtk_label_set_text (self->label, text);
  gtk_progress_bar_set_fraction (self->bar, progress);
  gtk_button_set_icon_name (self->pause, paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause), verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause), GTK_ACCESSIBLE_PROPERTY_LABEL, verb, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
on_pause_clicked_cb (WuyouUploadLine *self)
{
  wuyou_uploads_pause (self->uploads, NULL, !wuyou_uploads_get_paused (self->uploads));
  update (self);
}

static void
wuyou_upload_line_dispose (GObject *object)
{
  WuyouUploadLine *self = WUYOU_UPLOAD_LINE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->uploads);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (wuyou_upload_line_parent_class)->dispose (object);
}

static void
wuyou_upload_line_class_init (WuyouUploadLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_upload_line_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wuyou_upload_line_init (WuyouUploadLine *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->moving = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->refused = GTK_BUTTON (gtk_button_new_with_label (""));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->pause = GTK_BUTTON (gtk_button_new_from_icon_name ("media-playback-pause-symbolic"));
  g_object_set (self->label, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->pause), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->pause), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (self->moving), words);
  gtk_box_append (GTK_BOX (self->moving), GTK_WIDGET (self->pause));
  gtk_box_append (GTK_BOX (self->box), self->moving);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->refused));
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->refused)), PANGO_ELLIPSIZE_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->refused), "win.outbox");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "wuyou-upload-line");
  g_signal_connect_object (self->pause, "clicked", G_CALLBACK (on_pause_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_upload_line_new (WuyouAppContext *context, gboolean tells)
{
  WuyouUploadLine *self = g_object_new (WUYOU_TYPE_UPLOAD_LINE, NULL);

  self->tells = tells;
  self->uploads = g_object_ref (wuyou_app_context_get_uploads (context));
  self->client = g_object_ref (wuyou_app_context_get_client (context));
  g_signal_connect_object (self->client, "notify::online", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->uploads, "notify::progress", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->uploads, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
