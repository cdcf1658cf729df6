/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "consent/wuyou-agreement-copy.h"
#include "consent/wuyou-agreement-reader.h"
#include "widgets/wuyou-escape.h"

#define WUYOU_TYPE_AGREEMENT_WINDOW (wuyou_agreement_window_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAgreementWindow, wuyou_agreement_window, WUYOU, AGREEMENT_WINDOW, AdwWindow)

struct _WuyouAgreementWindow {
  AdwWindow parent_instance;
  WuyouAppContext *context;
  WuyouBundle *bundle;
  char *footer;
  WuyouAgreementReader *reader;
};

G_DEFINE_FINAL_TYPE (WuyouAgreementWindow, wuyou_agreement_window, ADW_TYPE_WINDOW)

static void
save (WuyouAgreementWindow *self)
{
  wuyou_agreement_copy_save (self->context, GTK_WIDGET (self), self->bundle, self->footer);
}

static void
toggle_contents (WuyouAgreementWindow *self)
{
  wuyou_agreement_reader_toggle_contents (self->reader);
}

static void
find (WuyouAgreementWindow *self)
{
  wuyou_agreement_reader_find (self->reader);
}

static void
wuyou_agreement_window_finalize (GObject *object)
{
  WuyouAgreementWindow *self = WUYOU_AGREEMENT_WINDOW (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->bundle, wuyou_bundle_unref);
  g_free (self->footer);
  G_OBJECT_CLASS (wuyou_agreement_window_parent_class)->finalize (object);
}

static void
wuyou_agreement_window_class_init (WuyouAgreementWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_agreement_window_finalize;
}

static void
wuyou_agreement_window_init (WuyouAgreementWindow *self)
{
  wuyou_escape_closes (GTK_WINDOW (self));
}

static GtkWidget *
create_button (WuyouAgreementWindow *self, const char *icon, const char *name, GCallback pressed)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", pressed, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_header (WuyouAgreementWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *contents = create_button (self, "view-list-symbolic", _ ("Contents"), G_CALLBACK (toggle_contents));
  GtkWidget *title = adw_window_title_new (_ ("Agreements"), self->bundle->version_label);

  g_object_bind_property (self->reader, "folded", contents, "visible", G_BINDING_SYNC_CREATE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), contents);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             create_button (self, "edit-find-symbolic", _ ("Search all documents"), G_CALLBACK (find)));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           create_button (self, "document-save-symbolic", _ ("Save a copy"), G_CALLBACK (save)));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), title);
  return header;
}

void
wuyou_agreement_window_present (WuyouAppContext *context, GtkWidget *parent, WuyouBundle *bundle, const char *footer)
{
  WuyouAgreementWindow *self
      = g_object_new (WUYOU_TYPE_AGREEMENT_WINDOW, "modal", TRUE, "transient-for", gtk_widget_get_root (parent),
                      "default-width", 900, "default-height", 700, "title", _ ("Agreements"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->context = g_object_ref (context);
  self->bundle = wuyou_bundle_ref (bundle);
  self->footer = g_strdup (footer);
  self->reader = WUYOU_AGREEMENT_READER (wuyou_agreement_reader_new (bundle, NULL));
  wuyou_agreement_reader_hide_progress (self->reader);
  gtk_widget_set_vexpand (GTK_WIDGET (self->reader), TRUE);
  gtk_box_append (GTK_BOX (box), create_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->reader));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_widget_grab_focus (GTK_WIDGET (self->reader));
  gtk_window_present (GTK_WINDOW (self));
}
