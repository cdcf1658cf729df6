/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-totp-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "accounts/wuyou-totp-form.h"
#include "widgets/wuyou-escape.h"
#include "widgets/wuyou-form-box.h"

typedef struct {
  WuyouAppContext *context;
  GtkWidget *form;
  GWeakRef parent;
  void (*done) (gpointer data);
  gpointer data;
  GDestroyNotify destroy;
} Setup;

static void
free_setup (gpointer data)
{
  Setup *setup = data;

  g_object_unref (setup->context);
  g_weak_ref_clear (&setup->parent);
  if (setup->destroy != NULL)
    setup->destroy (setup->data);
  g_free (setup);
}

static GtkWidget *
build_content (Setup *setup)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkBox *column;
  GtkWidget *form_box
      = wuyou_form_box_new (NULL, _ ("One-time codes"),
                            _ ("Scan this with your authenticator app, then enter the code that it shows."), &column);

  gtk_box_append (column, setup->form);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), form_box);
  return box;
}

/* Not before: GTK 4.8 falls over a window that is not shown when a screen reader counts the windows. */
static void
on_begun_cb (Setup *setup)
{
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&setup->parent);
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;

  if (GTK_IS_WINDOW (root)) {
    GtkWindow *window = g_object_new (ADW_TYPE_WINDOW, "modal", TRUE, "transient-for", root, "default-width", 420,
                                      "default-height", 620, "title", _ ("One-time codes"), NULL);

    adw_window_set_content (ADW_WINDOW (window), build_content (setup));
    wuyou_escape_closes (window);
    gtk_window_present (window);
    gtk_widget_grab_focus (setup->form);
  }
  g_object_unref (setup->form);
}

static void
on_failed_cb (Setup *setup, const GError *error)
{
  wuyou_app_context_toast_error (setup->context, error);
  g_object_unref (setup->form);
}

static void
on_confirmed_cb (Setup *setup)
{
  GtkRoot *root = gtk_widget_get_root (setup->form);

  setup->done (setup->data);
  if (root != NULL) /* not closed meanwhile */
    gtk_window_destroy (GTK_WINDOW (root));
}

void
wuyou_totp_dialog_present (WuyouAppContext *context,
                           GtkWidget *parent,
                           void (*done) (gpointer data),
                           gpointer data,
                           GDestroyNotify destroy)
{
  Setup *setup = g_new0 (Setup, 1);

  setup->context = g_object_ref (context);
  setup->form = g_object_ref_sink (wuyou_totp_form_new (context));
  g_weak_ref_init (&setup->parent, parent);
  setup->done = done;
  setup->data = data;
  setup->destroy = destroy;
  g_object_set_data_full (G_OBJECT (setup->form), "wuyou-setup", setup, free_setup);
  g_signal_connect_swapped (setup->form, "begun", G_CALLBACK (on_begun_cb), setup);
  g_signal_connect_swapped (setup->form, "failed", G_CALLBACK (on_failed_cb), setup);
  g_signal_connect_swapped (setup->form, "confirmed", G_CALLBACK (on_confirmed_cb), setup);
  wuyou_totp_form_begin (WUYOU_TOTP_FORM (setup->form), parent);
}
