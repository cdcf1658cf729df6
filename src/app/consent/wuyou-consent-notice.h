/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A quiet line that new agreements come into force later and may be read and accepted now, or that they changed without
 * asking for anything (P-08). It shows itself when the feed says so, and opens the agreements in a window of their own.
 */
#define WUYOU_TYPE_CONSENT_NOTICE (wuyou_consent_notice_get_type ())
G_DECLARE_FINAL_TYPE (WuyouConsentNotice, wuyou_consent_notice, WUYOU, CONSENT_NOTICE, AdwBin)

GtkWidget *wuyou_consent_notice_new (WuyouAppContext *context);

/* A version with nothing to decide is told of until the person has closed it; kept on this device. */
void wuyou_consent_notice_set_seen (WuyouAppContext *context, const char *bundle_id);
gboolean wuyou_consent_notice_is_seen (WuyouAppContext *context, const char *bundle_id);

G_END_DECLS
