/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-lock-view.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-proof.h"
#include "help/wuyou-hotline.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-form-box.h"

struct _WuyouLockView {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GtkWidget *proof;
};

G_DEFINE_FINAL_TYPE (WuyouLockView, wuyou_lock_view, ADW_TYPE_BIN)

static void
on_proven_cb (WuyouLockView *self)
{
  wuyou_session_set_locked (wuyou_app_context_get_session (self->context), FALSE);
}

static GtkWidget *
build_header (void)
{
  GtkWidget *header = adw_header_bar_new ();

  gtk_widget_add_css_class (header, "flat");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new ("", ""));
  return header;
}

static GtkWidget *
build_links (void)
{
  static const struct {
    const char *label;
    const char *action;
  } links[] = { { N_ ("Sign _Out"), "win.sign-out" }, { N_ ("Report _misuse"), "win.report-misuse" } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ (links[i].label));

    gtk_widget_add_css_class (button, "flat");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), links[i].action);
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

static void
build (WuyouLockView *self)
{
  WuyouSession *session = wuyou_app_context_get_session (self->context);
  const char *name = wuyou_session_get_name (session);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkBox *column;
  GtkWidget *form = wuyou_form_box_new ("system-lock-screen-symbolic", name != NULL ? name : _ ("Locked"),
                                        _ ("Locked. Everything is as you left it."), &column);

  self->proof = wuyou_proof_new (self->context, _ ("_Unlock"));
  g_object_set (self->proof, "offline", TRUE, NULL);
  g_signal_connect_object (self->proof, "proven", G_CALLBACK (on_proven_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (column, self->proof);
  gtk_box_append (column, build_links ());
  gtk_box_append (column, wuyou_hotline_new (self->context));
  gtk_box_append (GTK_BOX (box), build_header ());
  gtk_box_append (GTK_BOX (box), form);
  adw_bin_set_child (ADW_BIN (self), box);
}

static gboolean
wuyou_lock_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WUYOU_LOCK_VIEW (widget)->proof);
}

static void
wuyou_lock_view_dispose (GObject *object)
{
  g_clear_object (&WUYOU_LOCK_VIEW (object)->context);
  G_OBJECT_CLASS (wuyou_lock_view_parent_class)->dispose (object);
}

static void
wuyou_lock_view_class_init (WuyouLockViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_lock_view_dispose;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_lock_view_grab_focus);
}

static void
wuyou_lock_view_init (WuyouLockView *self)
{
}

GtkWidget *
wuyou_lock_view_new (WuyouAppContext *context)
{
  WuyouLockView *self = g_object_new (WUYOU_TYPE_LOCK_VIEW, NULL);

  self->context = g_object_ref (context);
  build (self);
  return GTK_WIDGET (self);
}
