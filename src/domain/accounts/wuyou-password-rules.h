/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WUYOU_PASSWORD_MIN 12 /* characters */
#define WUYOU_PASSWORD_MAX 128
#define WUYOU_PASSWORD_HISTORY 5 /* earlier passwords that may not come back; the server keeps their hashes */

/* The form in which a password is hashed and compared (RFC 8265): NFC, other spaces as space. NULL when it is
 * not UTF-8. Owned; free with wuyou_password_free, which wipes it. */
char *wuyou_password_prepare (const char *typed);
void wuyou_password_free (char *password);

/* WEAK_PASSWORD with a sentence that says what to change: length, known from leaks, sequences and repeats,
 * words that belong to the account (@words: e-mail, name, organisation …; NULL-ended, may be NULL). */
gboolean wuyou_password_check (const char *password, const char *const *words, GError **error);

/* A new password may not be the old one with a few characters changed. */
gboolean wuyou_password_is_similar (const char *password, const char *earlier);

/* 0 (refused) … 4, for the bar under the entry. */
int wuyou_password_strength (const char *password, const char *const *words);

G_END_DECLS
