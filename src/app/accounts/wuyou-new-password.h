/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A new password typed twice, with its strength and what is still wrong with it. Signals "changed", "activated". */
#define WUYOU_TYPE_NEW_PASSWORD (wuyou_new_password_get_type ())
G_DECLARE_FINAL_TYPE (WuyouNewPassword, wuyou_new_password, WUYOU, NEW_PASSWORD, AdwBin)

GtkWidget *wuyou_new_password_new (void);
/* Words that belong to the account and may not be part of it; NULL-ended. */
void wuyou_new_password_set_words (WuyouNewPassword *self, const char *const *words);
/* Borrowed; NULL and WEAK_PASSWORD or INVALID while it will not do. */
const char *wuyou_new_password_get (WuyouNewPassword *self, GError **error);
void wuyou_new_password_clear (WuyouNewPassword *self);

G_END_DECLS
