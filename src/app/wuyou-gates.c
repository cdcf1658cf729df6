/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-password-gate.h"
#include "accounts/wuyou-totp-gate.h"
#include "consent/wuyou-agreement-gate.h"
#include "wuyou-gate.h"

/* In the order in which they are passed. */
static const WuyouGateInfo gates[] = {
  { "PASSWORD_CHANGE_REQUIRED", wuyou_password_gate_get_type },
  { "CONSENT_REQUIRED", wuyou_agreement_gate_get_type },
  { "CODES_REQUIRED", wuyou_totp_gate_get_type },
};

const WuyouGateInfo *
wuyou_gates_first (WuyouSession *session)
{
  for (guint i = 0; i < G_N_ELEMENTS (gates); i++)
    if (wuyou_session_has_gate (session, gates[i].id))
      return &gates[i];
  return NULL;
}
