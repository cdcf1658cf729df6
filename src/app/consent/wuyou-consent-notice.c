/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-notice.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "consent/wuyou-agreement-gate.h"
#include "widgets/wuyou-banner.h"

struct _WuyouConsentNotice {
  AdwBin parent_instance;
  WuyouAppContext *context;
  WuyouBanner *banner;
};

G_DEFINE_FINAL_TYPE (WuyouConsentNotice, wuyou_consent_notice, ADW_TYPE_BIN)

static void
on_feed_event_cb (WuyouConsentNotice *self, JsonObject *event)
{
  const char *kind = wuyou_json_get_string (event, "kind");

  if (g_strcmp0 (kind, "consent-preview") == 0)
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE,
                       _ ("New agreements come into force soon. You may read and accept them now."), _ ("Read"));
  else if (g_strcmp0 (kind, "consent") == 0)
    wuyou_banner_hide (self->banner);
}

static void
on_passed_cb (WuyouConsentNotice *self)
{
  wuyou_banner_hide (self->banner);
}

static void
on_banner_pressed_cb (WuyouConsentNotice *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window = adw_window_new (), *gate = wuyou_agreement_gate_new (self->context);

  gtk_window_set_title (GTK_WINDOW (window), _ ("Agreements"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 780);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  adw_window_set_content (ADW_WINDOW (window), gate);
  g_signal_connect_object (gate, "passed", G_CALLBACK (on_passed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gate, "passed", G_CALLBACK (gtk_window_close), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (gate, "refused", G_CALLBACK (gtk_window_close), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

GtkWidget *
wuyou_consent_notice_new (WuyouAppContext *context)
{
  WuyouConsentNotice *self = g_object_new (WUYOU_TYPE_CONSENT_NOTICE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (wuyou_app_context_get_feed (context), "event", G_CALLBACK (on_feed_event_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static void
wuyou_consent_notice_dispose (GObject *object)
{
  g_clear_object (&WUYOU_CONSENT_NOTICE (object)->context);
  G_OBJECT_CLASS (wuyou_consent_notice_parent_class)->dispose (object);
}

static void
wuyou_consent_notice_class_init (WuyouConsentNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_consent_notice_dispose;
}

static void
wuyou_consent_notice_init (WuyouConsentNotice *self)
{
  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  g_signal_connect_object (self->banner, "pressed", G_CALLBACK (on_banner_pressed_cb), self, G_CONNECT_SWAPPED);
}
