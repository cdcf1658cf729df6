/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-auth-change.h"

G_BEGIN_DECLS

/* A new e-mail address of an account (2.2-01, 3.1-01): asked for, then proved with a code mailed to it. */
typedef struct {
  WuyouAccountChange *change;
  char *token, *token_hash, *limit, *address_key;
  char *email, *email_key; /* the new one */
  GBytes *sealed;
  gboolean taken;
} WuyouEmailChange;

void wuyou_email_change_clear (WuyouEmailChange *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouEmailChange, wuyou_email_change_clear)

/* Takes a new address out of the change: it stays the old one until its owner proves the new one. Mails the code to
 * the new address and a notice to the old. CONFLICT when somebody has it. TRUE also when the address is the old one,
 * or the same in other letters. To be cleared after the change was saved. */
gboolean wuyou_email_change_ask (WuyouEmailChange *self, WuyouAccountChange *change, GError **error);
/* The other half: puts the address that @code proves into the change. BAD_CREDENTIALS; RATE_LIMITED. */
gboolean
wuyou_email_change_confirm (WuyouEmailChange *self, WuyouAccountChange *change, const char *code, GError **error);

G_END_DECLS
