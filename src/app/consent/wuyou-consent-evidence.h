/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement-view.h"
#include "consent/wuyou-consent.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* How the agreements were really shown and read (10.3). */

/* SHA-256 of the running program, computed off the main thread; NULL when it cannot be read. Owned. */
void
wuyou_consent_evidence_hash_program_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *wuyou_consent_evidence_hash_program_finish (GAsyncResult *result);

/* "zh_CN" as the interface speaks it; borrowed. */
const char *wuyou_consent_evidence_get_locale (void);
guint wuyou_consent_evidence_get_font_percent (GtkWidget *widget);

typedef struct {
  WuyouDecision decision;
  const char *id;
  const char *linked_id;    /* NULL: in one capacity only */
  const char *button_label; /* as on the button */
  const char *call_to_action;
  const char *build; /* or NULL */
} WuyouDecisionFacts;

/* The fields a client sends; owned. */
WuyouConsent *wuyou_consent_evidence_collect (WuyouAppContext *context,
                                              WuyouAgreementView *view,
                                              const WuyouConsentLog *log,
                                              const WuyouDecisionFacts *facts);

G_END_DECLS
