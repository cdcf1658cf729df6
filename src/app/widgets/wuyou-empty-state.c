/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-empty-state.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"

struct _WuyouEmptyState {
  AdwBin parent_instance;
  AdwStatusPage *page;
  GtkButton *button;
};

enum { PRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEmptyState, wuyou_empty_state, ADW_TYPE_BIN)

void
wuyou_empty_state_set (WuyouEmptyState *self, const char *icon, const char *title, const char *text, const char *button)
{
  g_autofree char *safe_title = g_markup_escape_text (title != NULL ? title : "", -1);
  g_autofree char *safe_text = g_markup_escape_text (text != NULL ? text : "", -1);

  adw_status_page_set_icon_name (self->page, icon);
  adw_status_page_set_title (self->page, safe_title);
  adw_status_page_set_description (self->page, safe_text);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
}

void
wuyou_empty_state_set_error (WuyouEmptyState *self, const GError *error)
{
  gboolean offline = g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE);

  /* Nothing was done that would be kept for later. */
  wuyou_empty_state_set (self, offline ? "network-offline-symbolic" : "dialog-warning-symbolic",
                         _ ("This could not be loaded"), wuyou_error_undone_sentence (error), _ ("Try again"));
}

static void
on_button_clicked_cb (WuyouEmptyState *self)
{
  g_signal_emit (self, signals[PRESSED], 0);
}

static void
wuyou_empty_state_class_init (WuyouEmptyStateClass *klass)
{
  signals[PRESSED]
      = g_signal_new ("pressed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_empty_state_init (WuyouEmptyState *self)
{
  self->page = ADW_STATUS_PAGE (adw_status_page_new ());
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "pill");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
  adw_status_page_set_child (self->page, GTK_WIDGET (self->button));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_button_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_empty_state_new (const char *icon, const char *title, const char *text, const char *button)
{
  WuyouEmptyState *self = g_object_new (WUYOU_TYPE_EMPTY_STATE, NULL);

  wuyou_empty_state_set (self, icon, title, text, button);
  return GTK_WIDGET (self);
}
