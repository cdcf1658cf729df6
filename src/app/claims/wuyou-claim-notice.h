/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* What happens to claims elsewhere, told by a notification: of those this person works on or that wait for them, not of
 * what they did themselves, and not while the window shows the claim. Nothing personal is in it. */
typedef struct _WuyouClaimNotice WuyouClaimNotice;

/* @send gets the claim's id and one translated sentence. @context is referenced. */
WuyouClaimNotice *wuyou_claim_notice_new (WuyouAppContext *context,
                                          void (*send) (const char *id, const char *text, gpointer data),
                                          gpointer data);
void wuyou_claim_notice_free (WuyouClaimNotice *self);

/* This version was made here. */
void wuyou_claim_notice_note_own (WuyouAppContext *context, const char *id, gint64 version);
/* The window shows this claim now; NULL: none. */
void wuyou_claim_notice_set_shown (WuyouAppContext *context, const char *id);

G_END_DECLS
