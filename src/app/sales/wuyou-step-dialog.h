/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-dossier.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Steps that come with scans and figures: registering the signed copy, a payment, a refund; asking for a
 * cancellation; ending by transfer or revocation. */
gboolean wuyou_step_dialog_knows (const char *action);

/* @done is called once: with the answer of the step, or with NULL when the dialog was closed. @data belongs to @owner,
 * which is kept alive until then. */
void wuyou_step_dialog_present (WuyouAppContext *context,
                                GtkWidget *owner,
                                const WuyouDossier *dossier,
                                const char *action,
                                void (*done) (JsonObject *answer, const char *etag, gpointer data),
                                gpointer data);

G_END_DECLS
