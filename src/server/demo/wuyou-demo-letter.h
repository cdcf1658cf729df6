/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "demo/wuyou-demo-evidence.h"

G_BEGIN_DECLS

/* The letters of a claim's decisions, as the server draws and stores them with each: on the disk when they are made,
 * their rows when they are saved. None where no Chinese font is installed. */
typedef struct _WuyouDemoLetters WuyouDemoLetters;

/* @plan: the files of the claim, of which a letter lists those that were there. Its steps have their versions. */
WuyouDemoLetters *wuyou_demo_letters_new (WuyouStore *store,
                                          const WuyouDemoWorld *world,
                                          const WuyouDemoClaimStory *story,
                                          const WuyouDemoEvidencePlan *plan,
                                          WuyouKey *key,
                                          GError **error);
gboolean wuyou_demo_letters_save (WuyouDbConn *conn, const WuyouDemoLetters *self, GError **error);
void wuyou_demo_letters_keep (WuyouDemoLetters *self); /* they were saved */
void wuyou_demo_letters_free (WuyouDemoLetters *self); /* takes the files away unless kept */

G_END_DECLS
