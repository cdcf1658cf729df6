/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Contents, search and text of a bundle side by side; with an earlier bundle it opens on what changed since. One
 * column when the window is narrow. Signal "changes-shown" once the changes were on screen. Property "folded": a
 * button is needed that brings the contents back. */
#define WUYOU_TYPE_AGREEMENT_READER (wuyou_agreement_reader_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAgreementReader, wuyou_agreement_reader, WUYOU, AGREEMENT_READER, GtkWidget)

/* @accepted may be NULL. */
GtkWidget *wuyou_agreement_reader_new (WuyouBundle *bundle, WuyouBundle *accepted);
/* Folded or not as it will be at @width, before it is first given a size: what is built beside it asks for no more. */
void wuyou_agreement_reader_fold_for (WuyouAgreementReader *self, int width);
/* For what was decided on already. */
void wuyou_agreement_reader_hide_progress (WuyouAgreementReader *self);
WuyouAgreementView *wuyou_agreement_reader_get_view (WuyouAgreementReader *self); /* borrowed */
gboolean wuyou_agreement_reader_has_changes (WuyouAgreementReader *self);
void wuyou_agreement_reader_show_changes (WuyouAgreementReader *self, gboolean changes);
gboolean wuyou_agreement_reader_shows_changes (WuyouAgreementReader *self);
void wuyou_agreement_reader_find (WuyouAgreementReader *self);
void wuyou_agreement_reader_toggle_contents (WuyouAgreementReader *self);
/* To the first document that was not read to its end. */
void wuyou_agreement_reader_go_on (WuyouAgreementReader *self);

G_END_DECLS
