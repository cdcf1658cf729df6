/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-gate.h"

G_BEGIN_DECLS

/* One-time codes, for accounts that must have them: cannot be skipped; the other way out is signing out. */
#define WUYOU_TYPE_TOTP_GATE (wuyou_totp_gate_get_type ())
G_DECLARE_FINAL_TYPE (WuyouTotpGate, wuyou_totp_gate, WUYOU, TOTP_GATE, WuyouGate)

G_END_DECLS
