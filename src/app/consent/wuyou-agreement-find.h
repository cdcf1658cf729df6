/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Searches all documents while one types: how many matches, which one, the one before and after. Hidden until opened;
 * Escape closes it. */
#define WUYOU_TYPE_AGREEMENT_FIND (wuyou_agreement_find_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAgreementFind, wuyou_agreement_find, WUYOU, AGREEMENT_FIND, AdwBin)

GtkWidget *wuyou_agreement_find_new (WuyouAgreementView *view);
void wuyou_agreement_find_open (WuyouAgreementFind *self);
/* 0 … n; what is typed into the entry. */
guint wuyou_agreement_find_search (WuyouAgreementFind *self, const char *text);
guint wuyou_agreement_find_get_current (WuyouAgreementFind *self); /* from 1, 0: none */
void wuyou_agreement_find_step (WuyouAgreementFind *self, int step);

G_END_DECLS
