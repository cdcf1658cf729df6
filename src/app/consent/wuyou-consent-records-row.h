/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the person agreed to or declined, and when, with a copy of the text (P-03): a row of the personal settings that
 * loads when it is opened. */
#define WUYOU_TYPE_CONSENT_RECORDS_ROW (wuyou_consent_records_row_get_type ())
G_DECLARE_FINAL_TYPE (WuyouConsentRecordsRow, wuyou_consent_records_row, WUYOU, CONSENT_RECORDS_ROW, AdwExpanderRow)

GtkWidget *wuyou_consent_records_row_new (WuyouAppContext *context);

G_END_DECLS
