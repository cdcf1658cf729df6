/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-auth-person.h"
#include "mail/wuyou-mail-service.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* A change of one account with everything that goes along: history, sessions, mails. */
typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  WuyouActor actor;
  WuyouPerson person;
  WuyouAccount *changed;    /* a copy of the account, to be changed before saving */
  gboolean new_password;    /* the old hash goes into the history */
  const char *end_sessions; /* reason; NULL: sessions stay */
  const char *keep_session; /* this one stays */
  GPtrArray *mails;         /* WuyouMailDraft */
  WuyouDbFunc and;          /* more of the same write, before all else; may be NULL */
  gpointer data;
  WuyouRecordDraft *draft;
} WuyouAccountChange;

void wuyou_account_change_clear (WuyouAccountChange *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouAccountChange, wuyou_account_change_clear)

/* Reads the account. The one who acts is the caller, or, where nobody is signed in, the account itself. */
gboolean wuyou_account_change_begin (WuyouAccountChange *self,
                                     WuyouServerContext *context,
                                     const WuyouRequest *request,
                                     const char *account_id,
                                     GError **error);
/* To the account itself, or with @to to somebody else; "name" is among the facts already. */
void
wuyou_account_change_add_mail (WuyouAccountChange *self, WuyouMailKind kind, const char *to, const char *const *facts);
/* Sets the new password, prepared from what was typed. Slow. */
void wuyou_account_change_set_password (WuyouAccountChange *self, const char *typed);
/* ILLEGAL_TRANSITION when the account was erased; STALE when it changed meanwhile. */
gboolean wuyou_account_change_save (WuyouAccountChange *self, const char *action, const char *reason, GError **error);

G_END_DECLS
