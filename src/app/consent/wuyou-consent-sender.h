/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-consent.h"
#include "wuyou-app-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Brings one decision to the server, once: kept sealed on this machine under its id until the server has it, sent again
 * when asked to or when the server is back. Signals: "sent" (int decision); "waiting" (const GError *): kept, NULL when
 * the person broke off the confirmation; "refused" (const GError *): the server wants another one, nothing is kept;
 * "busy" (gboolean). */
#define WUYOU_TYPE_CONSENT_SENDER (wuyou_consent_sender_get_type ())
G_DECLARE_FINAL_TYPE (WuyouConsentSender, wuyou_consent_sender, WUYOU, CONSENT_SENDER, GObject)

/* @widget: over its window the person is asked who they are; not referenced, @sender must not outlive it. */
WuyouConsentSender *wuyou_consent_sender_new (WuyouAppContext *context, GtkWidget *widget, GCancellable *cancellable);
void wuyou_consent_sender_send (WuyouConsentSender *self, const WuyouConsent *consent);
void wuyou_consent_sender_repeat (WuyouConsentSender *self);
/* What is kept, or 0. */
int wuyou_consent_sender_get_decision (WuyouConsentSender *self);
/* Takes up what an earlier run kept about the bundle with this hash; forgets it when it is about another. */
gboolean wuyou_consent_sender_restore (WuyouConsentSender *self, const char *bundle_hash);
void wuyou_consent_sender_drop (WuyouConsentSender *self);

G_END_DECLS
