/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-evidence.h"

#include <adwaita.h>

#define PROGRAM "/proc/self/exe"

static void
hash_program (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (PROGRAM, FALSE, NULL);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;

  g_task_return_pointer (task, bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL, g_free);
}

void
wuyou_consent_evidence_hash_program_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, hash_program);
}

char *
wuyou_consent_evidence_hash_program_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

const char *
wuyou_consent_evidence_get_locale (void)
{
  const char *name = g_get_language_names ()[0];

  return g_str_equal (name, "C") ? "en" : name;
}

guint
wuyou_consent_evidence_get_font_percent (GtkWidget *widget)
{
  guint zoom = WUYOU_IS_AGREEMENT_VIEW (widget) ? wuyou_agreement_view_get_zoom (WUYOU_AGREEMENT_VIEW (widget)) : 100;
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  /* 1024ths of a dot; 96 is normal, -1 stands for it. */
  return dpi > 0 ? (guint) ((gint64) dpi * zoom / (96 * 1024)) : zoom;
}

static const char *
get_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  if (adw_style_manager_get_high_contrast (manager))
    return "high-contrast";
  return adw_style_manager_get_dark (manager) ? "dark" : "light";
}

static void
collect_window (WuyouConsent *consent, GtkWidget *view)
{
  GtkRoot *root = gtk_widget_get_root (view);

  if (root != NULL) {
    consent->window_width = gtk_widget_get_width (GTK_WIDGET (root));
    consent->window_height = gtk_widget_get_height (GTK_WIDGET (root));
  }
  consent->font_percent = wuyou_consent_evidence_get_font_percent (view);
  consent->theme = g_strdup (get_theme ());
}

static void
collect_machine (WuyouConsent *consent)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  consent->client_name = g_strdup ("Wuyou");
  consent->client_version = g_strdup (PACKAGE_VERSION);
  consent->locale = g_strdup (wuyou_consent_evidence_get_locale ());
  consent->host_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, g_get_host_name (), -1);
  consent->time_zone = g_strdup (g_time_zone_get_identifier (zone));
}

WuyouConsent *
wuyou_consent_evidence_collect (WuyouAppContext *context,
                                WuyouAgreementView *view,
                                const WuyouConsentLog *log,
                                const WuyouDecisionFacts *facts)
{
  WuyouAgreementBuffer *buffer = wuyou_agreement_view_get_buffer (view);
  WuyouBundle *bundle = wuyou_agreement_buffer_get_bundle (buffer);
  WuyouConsent *consent = wuyou_consent_new ();

  consent->id = g_strdup (facts->id);
  consent->linked_id = g_strdup (facts->linked_id);
  consent->decision = (int) facts->decision;
  consent->bundle_id = g_strdup (bundle->id);
  consent->bundle_hash = wuyou_bundle_dup_hash (bundle);
  consent->button_label = g_strdup (facts->button_label);
  consent->call_to_action = g_strdup (facts->call_to_action);
  consent->client_build = g_strdup (facts->build);
  consent->emphasis_spans = wuyou_agreement_buffer_count_emphasis (buffer);
  consent->events = wuyou_consent_log_dup_json (log);
  consent->sent_at = wuyou_clock_now (wuyou_app_context_get_clock (context));
  collect_window (consent, GTK_WIDGET (view));
  collect_machine (consent);
  return consent;
}
