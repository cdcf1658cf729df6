/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-notice.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "consent/wuyou-agreement-gate.h"
#include "consent/wuyou-consent-gate.h"
#include "widgets/wuyou-banner.h"

struct _WuyouConsentNotice {
  AdwBin parent_instance;
  WuyouAppContext *context;
  WuyouBanner *banner;
};

G_DEFINE_FINAL_TYPE (WuyouConsentNotice, wuyou_consent_notice, ADW_TYPE_BIN)

/* --- what was shown --- */

#define SEEN_KEY "agreements-seen"
#define SEEN_MAX 20 /* several people may share a device */

static char *
dup_entry (WuyouAppContext *context, const char *bundle_id)
{
  return g_strconcat (wuyou_session_get_account_id (wuyou_app_context_get_session (context)), "/", bundle_id, NULL);
}

gboolean
wuyou_consent_notice_is_seen (WuyouAppContext *context, const char *bundle_id)
{
  g_auto (GStrv) seen = g_settings_get_strv (wuyou_app_context_get_settings (context), SEEN_KEY);
  g_autofree char *entry = dup_entry (context, bundle_id);

  return g_strv_contains ((const char *const *) seen, entry);
}

void
wuyou_consent_notice_set_seen (WuyouAppContext *context, const char *bundle_id)
{
  GSettings *settings = wuyou_app_context_get_settings (context);
  g_auto (GStrv) seen = g_settings_get_strv (settings, SEEN_KEY);
  g_autofree char *entry = dup_entry (context, bundle_id);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) next = NULL;
  guint n = g_strv_length (seen);

  if (wuyou_consent_notice_is_seen (context, bundle_id))
    return;
  g_strv_builder_addv (builder, (const char **) seen + (n < SEEN_MAX ? 0 : n - SEEN_MAX + 1));
  g_strv_builder_add (builder, entry);
  next = g_strv_builder_end (builder);
  g_settings_set_strv (settings, SEEN_KEY, (const char *const *) next);
}

/* --- the line --- */

static void
tell_of (WuyouConsentNotice *self, const char *bundle_id)
{
  if (bundle_id != NULL && wuyou_consent_notice_is_seen (self->context, bundle_id))
    wuyou_banner_hide (self->banner);
  else
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE,
                       _ ("The agreements have changed. Your consent covers the change."), _ ("Read"));
}

static void
on_feed_event_cb (WuyouConsentNotice *self, JsonObject *event)
{
  const WuyouEnum *kind = wuyou_enum_find (wuyou_gate_events, wuyou_json_get_string (event, "kind"));

  if (kind == NULL)
    return;
  if (kind->value == WUYOU_GATE_PREVIEW)
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE,
                       _ ("New agreements come into force soon. You may read and accept them now."), _ ("Read"));
  else if (kind->value == WUYOU_GATE_NOTICE)
    tell_of (self, wuyou_json_get_string (event, "record"));
  else if (kind->value == WUYOU_GATE_OPEN)
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
