/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-gate.h"

G_BEGIN_DECLS

/* The agreements before the work (P-01 … P-11): read to the end of every document, then agree or decline. Also shown
 * ahead of time for a version that comes into force later; then "refused" only means not now. A version that
 * binds without a new consent is only shown, and closed with one button. */
#define WUYOU_TYPE_AGREEMENT_GATE (wuyou_agreement_gate_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAgreementGate, wuyou_agreement_gate, WUYOU, AGREEMENT_GATE, WuyouGate)

/* For a window of its own; the window that stands before the work makes it by its type. */
GtkWidget *wuyou_agreement_gate_new (WuyouAppContext *context);

G_END_DECLS
