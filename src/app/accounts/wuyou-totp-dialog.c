/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-totp-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "accounts/wuyou-totp-form.h"
#include "widgets/wuyou-escape.h"
#include "widgets/wuyou-form-box.h"

#define WUYOU_TYPE_TOTP_DIALOG (wuyou_totp_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WuyouTotpDialog, wuyou_totp_dialog, WUYOU, TOTP_DIALOG, AdwWindow)

struct _WuyouTotpDialog {
  AdwWindow parent_instance;
  WuyouAppContext *context;
  GtkWidget *form;
  void (*done) (gpointer data);
  gpointer data;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (WuyouTotpDialog, wuyou_totp_dialog, ADW_TYPE_WINDOW)

static void
on_begun_cb (WuyouTotpDialog *self)
{
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->form);
}

static void
on_failed_cb (WuyouTotpDialog *self, const GError *error)
{
  wuyou_app_context_toast_error (self->context, error);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_confirmed_cb (WuyouTotpDialog *self)
{
  self->done (self->data);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
wuyou_totp_dialog_dispose (GObject *object)
{
  WuyouTotpDialog *self = WUYOU_TOTP_DIALOG (object);

  g_clear_object (&self->context);
  if (self->destroy != NULL)
    self->destroy (self->data);
  self->destroy = NULL;
  G_OBJECT_CLASS (wuyou_totp_dialog_parent_class)->dispose (object);
}

static void
wuyou_totp_dialog_class_init (WuyouTotpDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_totp_dialog_dispose;
}

static void
wuyou_totp_dialog_init (WuyouTotpDialog *self)
{
  wuyou_escape_closes (GTK_WINDOW (self));
}

static void
fill (WuyouTotpDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkBox *column;
  GtkWidget *form_box
      = wuyou_form_box_new (NULL, _ ("One-time codes"),
                            _ ("Scan this with your authenticator app, then enter the code that it shows."), &column);

  self->form = wuyou_totp_form_new (self->context);
  gtk_box_append (column, self->form);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), form_box);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (self->form, "begun", G_CALLBACK (on_begun_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "failed", G_CALLBACK (on_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "confirmed", G_CALLBACK (on_confirmed_cb), self, G_CONNECT_SWAPPED);
}

void
wuyou_totp_dialog_present (WuyouAppContext *context,
                           GtkWidget *parent,
                           void (*done) (gpointer data),
                           gpointer data,
                           GDestroyNotify destroy)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  WuyouTotpDialog *self = g_object_new (WUYOU_TYPE_TOTP_DIALOG, "modal", TRUE, "transient-for", root, "default-width",
                                        420, "default-height", 620, "title", _ ("One-time codes"), NULL);

  self->context = g_object_ref (context);
  self->done = done;
  self->data = data;
  self->destroy = destroy;
  fill (self);
  wuyou_totp_form_begin (WUYOU_TOTP_FORM (self->form), parent);
}
