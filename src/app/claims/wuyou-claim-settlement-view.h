/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-claim-dossier.h"

G_BEGIN_DECLS

/* Why this amount: what went in, each step in words with how it came about, and what is paid. */
GtkWidget *wuyou_claim_settlement_view_new (const WuyouClaimDossier *dossier);

G_END_DECLS
