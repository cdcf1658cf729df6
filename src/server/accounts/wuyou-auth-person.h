/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-auth.h"

G_BEGIN_DECLS

/* An account with everything that proves or changes it, read in one snapshot. Zero it before reading. */
typedef struct {
  WuyouAccount *account; /* NULL: there is none */
  WuyouOrg *org;
  WuyouKey *key;
  GPtrArray *history; /* hashes of earlier passwords, newest first */
  GBytes *totp_sealed;
  gboolean totp_confirmed;
  gint64 totp_last_step;
  gint64 totp_step; /* of the code that was right; to be used up in the write */
  gboolean locked;
} WuyouPerson;

void wuyou_person_clear (WuyouPerson *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouPerson, wuyou_person_clear)

/* Inside a read. May be called again on the same struct. NOT_FOUND. */
gboolean wuyou_person_read (WuyouPerson *self,
                            WuyouDbConn *conn,
                            WuyouStore *store,
                            const char *account_id,
                            gint64 now,
                            GError **error);
/* The same by e-mail; success with account NULL when nobody has it, though locked may be set then too. */
gboolean wuyou_person_read_login (WuyouPerson *self,
                                  WuyouDbConn *conn,
                                  WuyouStore *store,
                                  const char *login,
                                  gint64 now,
                                  GError **error);
/* Outside of a transaction: the one above in a read of its own. */
gboolean
wuyou_person_load (WuyouPerson *self, WuyouServerContext *context, const char *account_id, gint64 now, GError **error);

/* BAD_CREDENTIALS, without a field for the password and with "totp" for the code. The password takes as long for an
 * account that is not there; while locked nothing is right (2.3-02). Slow: not in a transaction. */
gboolean wuyou_person_check_password (const WuyouPerson *self, const char *typed, GError **error);
gboolean
wuyou_person_check_code (WuyouPerson *self, WuyouServerContext *context, const char *code, gint64 now, GError **error);

/* A wrong try, counted against login (NULL: nobody's) and address, with its audit row. Failures are only logged. */
void wuyou_person_record_failure (const WuyouPerson *self,
                                  WuyouServerContext *context,
                                  const WuyouRequest *request,
                                  const char *login_key,
                                  const char *action);
/* Inside a write: uses up the code's step, forgets the failures. */
gboolean wuyou_person_record_proof (const WuyouPerson *self, WuyouDbConn *conn, GError **error);

/* A new password for @self: rules, likeness to @old (NULL: unknown), history. WEAK_PASSWORD. Slow. */
gboolean wuyou_person_check_new (const WuyouPerson *self, const char *typed, const char *old, GError **error);

G_END_DECLS
