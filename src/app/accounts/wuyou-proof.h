/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Password or one-time code and POST /v1/step-up: in the lock and in the step-up dialog. Accounts with one-time codes
 * are asked for a code, and may type the password instead. Property "offline": without the server the
 * password kept at sign-in will do, a few times. Signal "proven". */
#define WUYOU_TYPE_PROOF (wuyou_proof_get_type ())
G_DECLARE_FINAL_TYPE (WuyouProof, wuyou_proof, WUYOU, PROOF, AdwBin)

GtkWidget *wuyou_proof_new (WuyouAppContext *context, const char *button);

G_END_DECLS
