/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Beside the text: headings of every document with how far it was read, and the key clauses (P-07). Choosing one
 * jumps there; signal "jumped". */
#define WUYOU_TYPE_AGREEMENT_CONTENTS (wuyou_agreement_contents_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAgreementContents, wuyou_agreement_contents, WUYOU, AGREEMENT_CONTENTS, AdwBin)

GtkWidget *wuyou_agreement_contents_new (WuyouAgreementView *view);
guint wuyou_agreement_contents_get_n_keys (WuyouAgreementContents *self);
void wuyou_agreement_contents_show_keys (WuyouAgreementContents *self, gboolean keys);
/* For what was decided on already: nothing is left to be read to the end. */
void wuyou_agreement_contents_hide_progress (WuyouAgreementContents *self);
/* "read 62 % (still to be read to the end)"; owned. */
char *wuyou_agreement_contents_describe (guint percent);

G_END_DECLS
