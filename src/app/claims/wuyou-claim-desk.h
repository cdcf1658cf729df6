/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-claim-review.h"
#include "claims/wuyou-evidence-view.h"

G_BEGIN_DECLS

/* Evidence beside what it says and what is to be decided: the file on one side, its facts against contract and report
 * and the four checks on the other. All keys of the viewer and of the checks work wherever the focus is. Signals:
 * "changed": a file was judged; "left": Escape. */
#define WUYOU_TYPE_CLAIM_DESK (wuyou_claim_desk_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimDesk, wuyou_claim_desk, WUYOU, CLAIM_DESK, AdwBin)

/* @review stands in it until the desk is disposed of or gives it back. */
GtkWidget *wuyou_claim_desk_new (WuyouAppContext *context, WuyouClaimReview *review);
/* The claim as the server answers it. The first file that is not judged is shown, later the one that was. */
void wuyou_claim_desk_take (WuyouClaimDesk *self, JsonObject *answer, const char *etag, WuyouEvidenceMode mode);
const char *wuyou_claim_desk_get_claim (WuyouClaimDesk *self); /* borrowed; NULL before the first */
void wuyou_claim_desk_show_checks (WuyouClaimDesk *self);      /* and begins with the first that is open */
gboolean wuyou_claim_desk_switch_panel (WuyouClaimDesk *self); /* picture or entries */
void wuyou_claim_desk_focus (WuyouClaimDesk *self);
void wuyou_claim_desk_give_back (WuyouClaimDesk *self); /* takes the review out */

G_END_DECLS
