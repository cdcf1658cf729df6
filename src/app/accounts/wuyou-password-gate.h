/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-gate.h"

G_BEGIN_DECLS

/* A password of one's own instead of the initial one (2.4-01): cannot be skipped; the other way out is signing out. */
#define WUYOU_TYPE_PASSWORD_GATE (wuyou_password_gate_get_type ())
G_DECLARE_FINAL_TYPE (WuyouPasswordGate, wuyou_password_gate, WUYOU, PASSWORD_GATE, WuyouGate)

G_END_DECLS
