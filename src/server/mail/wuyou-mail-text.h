/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-job-store.h"
#include "engine/wuyou-request.h"

G_BEGIN_DECLS

/* What the server writes to people, in Chinese or English. */
typedef enum {
  WUYOU_MAIL_RESET_TOKEN,
  WUYOU_MAIL_PASSWORD_CHANGED,
  WUYOU_MAIL_PASSWORD_RESET,
  WUYOU_MAIL_MANAGER_RESET, /* to the dealership's manager */
  WUYOU_MAIL_EMAIL_CONFIRM, /* to the new address, which may be a stranger's */
  WUYOU_MAIL_EMAIL_ASKED,
  WUYOU_MAIL_EMAIL_CHANGED,
  WUYOU_MAIL_CODES_ON,
  WUYOU_MAIL_CODES_OFF,
  WUYOU_MAIL_MISUSE,    /* to the operator */
  WUYOU_MAIL_CLAIM,     /* a claim moved; says which, and nothing personal */
  WUYOU_MAIL_CLAIM_DUE, /* the same: something is to be done of it until "due" */
  WUYOU_N_MAILS
} WuyouMailKind;

/* "en" when the request asks for English first, else "zh", also without one; static. */
const char *wuyou_mail_language (const WuyouRequest *request);

/* @facts: names and values by turns, ended by NULL; "{name}" in the text becomes the value. Owned. */
WuyouMail *wuyou_mail_text_new (WuyouMailKind kind,
                                const char *language,
                                const char *id,
                                const char *account_id,
                                const char *to,
                                const char *const *facts);

G_END_DECLS
