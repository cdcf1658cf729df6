/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-field.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_CONSENT_DISPLAYED = 1,
  WUYOU_CONSENT_FIRST_SCROLL,
  WUYOU_CONSENT_REACHED_END, /* names its document */
  WUYOU_CONSENT_DIFF_VIEWED,
  WUYOU_CONSENT_FOCUS_LOST,
  WUYOU_CONSENT_FOCUS_GAINED,
  WUYOU_CONSENT_DECLINED,
  WUYOU_CONSENT_ACCEPTED,
} WuyouConsentEventKind;

extern const WuyouEnum wuyou_consent_event_kinds[];

/* Reading events as the dialog collects them. Times are the wall clock when the log began plus a steady clock, so
 * that a clock set back in between cannot put the end before the beginning. */
typedef struct _WuyouConsentLog WuyouConsentLog;
WuyouConsentLog *wuyou_consent_log_new (gint64 wall_now, gint64 steady_now);
void wuyou_consent_log_free (WuyouConsentLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouConsentLog, wuyou_consent_log_free)
/* @document is a document's code, or NULL. DISPLAYED, FIRST_SCROLL, DIFF_VIEWED and REACHED_END count once. */
void wuyou_consent_log_add (WuyouConsentLog *self, int kind, const char *document, gint64 steady_now);
char *wuyou_consent_log_dup_json (const WuyouConsentLog *self); /* for WuyouConsent.events; owned */

G_END_DECLS
