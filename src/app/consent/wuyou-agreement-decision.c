/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "consent/wuyou-agreement-gate-private.h"
#include "consent/wuyou-consent-evidence.h"
#include "consent/wuyou-consent-notice.h"
#include "consent/wuyou-decline-dialog.h"

static WuyouAppContext *
get_context (WuyouAgreementGate *self)
{
  return wuyou_gate_get_context (WUYOU_GATE (self));
}

static void
decide (WuyouAgreementGate *self, WuyouDecision decision)
{
  gboolean accepted = decision == WUYOU_DECISION_ACCEPTED;
  GtkButton *button = accepted ? self->agree : self->decline;
  g_autofree char *id = wuyou_app_context_new_id (get_context (self));
  g_autofree char *linked
      = accepted && self->organisation != NULL ? wuyou_app_context_new_id (get_context (self)) : NULL;
  const WuyouDecisionFacts facts = {
    .decision = decision,
    .id = id,
    .linked_id = linked,
    .button_label = gtk_button_get_label (button),
    .call_to_action = gtk_label_get_text (self->words),
    .build = self->build,
  };
  g_autoptr (WuyouConsent) consent = NULL;

  self->restored = FALSE;
  wuyou_consent_log_add (self->log, accepted ? WUYOU_CONSENT_ACCEPTED : WUYOU_CONSENT_DECLINED, NULL,
                         g_get_monotonic_time ());
  consent = wuyou_consent_evidence_collect (get_context (self), wuyou_agreement_reader_get_view (self->reader),
                                            self->log, &facts);
  wuyou_consent_sender_send (self->sender, consent);
}

static void
close_told (WuyouAgreementGate *self)
{
  wuyou_consent_notice_set_seen (get_context (self), self->bundle->id);
  wuyou_gate_passed (WUYOU_GATE (self));
}

/* An insensitive button can still be activated by a program, so the rule is asked here as well. */
void
_wuyou_agreement_gate_agree (WuyouAgreementGate *self)
{
  if (self->reader != NULL && self->told) {
    close_told (self);
    return;
  }
  if (self->reader == NULL || !self->usable || self->sending
      || !wuyou_agreement_view_is_complete (wuyou_agreement_reader_get_view (self->reader)))
    return;
  if (wuyou_consent_sender_get_decision (self->sender) == WUYOU_DECISION_ACCEPTED)
    wuyou_consent_sender_repeat (self->sender);
  else
    decide (self, WUYOU_DECISION_ACCEPTED);
}

static void
on_decline_confirmed_cb (WuyouAgreementGate *self)
{
  if (self->reader == NULL || self->sending)
    return;
  if (wuyou_consent_sender_get_decision (self->sender) == WUYOU_DECISION_DECLINED)
    wuyou_consent_sender_repeat (self->sender);
  else
    decide (self, WUYOU_DECISION_DECLINED);
}

void
_wuyou_agreement_gate_ask_decline (WuyouAgreementGate *self)
{
  if (self->reader == NULL || self->sending || self->told)
    return;
  if (self->preview)
    wuyou_gate_refused (WUYOU_GATE (self));
  else
    wuyou_decline_dialog_present (get_context (self), GTK_WIDGET (self), self->bundle,
                                  G_CALLBACK (on_decline_confirmed_cb));
}

/* --- what came of it --- */

static void
on_sent_cb (WuyouAgreementGate *self, int decision)
{
  if (decision != WUYOU_DECISION_ACCEPTED) {
    if (!self->restored)
      wuyou_gate_refused (WUYOU_GATE (self));
    return;
  }
  wuyou_app_context_toast (get_context (self),
                           _ ("Thank you. You find your copy at any time under Personal Settings, Agreements."));
  wuyou_gate_passed (WUYOU_GATE (self));
}

static void
on_waiting_cb (WuyouAgreementGate *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (error == NULL) {
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE, _ ("Nothing was sent yet, as you did not confirm who you are."),
                       _ ("Confirm"));
    return;
  }
  text = g_strdup_printf (_ ("%s Your decision is kept and sent when the server is back."),
                          wuyou_error_sentence (error));
  wuyou_banner_show (self->banner, WUYOU_BANNER_WARNING, text, _ ("Send Again"));
}

static void
on_refused_cb (WuyouAgreementGate *self, const GError *error)
{
  const GPtrArray *violations = wuyou_error_get_violations (error);
  const GError *first = violations != NULL && violations->len > 0 ? violations->pdata[0] : error;

  self->reload = TRUE;
  wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR, wuyou_error_sentence (first), _ ("Load Again"));
}

static void
on_busy_cb (WuyouAgreementGate *self, gboolean busy)
{
  self->sending = busy;
  wuyou_busy_line_set_busy (self->busy, busy);
  if (busy)
    wuyou_banner_hide (self->banner);
  _wuyou_agreement_gate_show_progress (self);
}

static void
connect_sender (WuyouAgreementGate *self)
{
  g_signal_connect_object (self->sender, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sender, "waiting", G_CALLBACK (on_waiting_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sender, "refused", G_CALLBACK (on_refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sender, "busy", G_CALLBACK (on_busy_cb), self, G_CONNECT_SWAPPED);
}

/* A decision that an earlier run could not bring to the server is brought now. A refusal is only recorded then, as who
 * signed in again may have thought it over. */
void
_wuyou_agreement_gate_start_sender (WuyouAgreementGate *self)
{
  g_autofree char *hash = wuyou_bundle_dup_hash (self->bundle);

  if (g_signal_handler_find (self->sender, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_sent_cb, NULL) == 0)
    connect_sender (self);
  self->restored = wuyou_consent_sender_restore (self->sender, hash);
  if (self->restored)
    wuyou_consent_sender_repeat (self->sender);
}
