/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-request.h"
#include "claims/wuyou-claim-step.h"
#include "claims/wuyou-claim-text.h"

static void
on_step_done_cb (JsonObject *answer, const char *etag, const char *action, gpointer data)
{
  wuyou_record_detail_take_made (data, answer, etag, wuyou_claim_text_action (action));
}

void
_wuyou_claim_detail_act (WuyouClaimDetail *self, const WuyouDossierAction *action)
{
  if (wuyou_record_detail_is_writing (WUYOU_RECORD_DETAIL (self)) || !action->allowed)
    return;
  if (g_str_equal (action->action, "request"))
    wuyou_claim_request_present (self->context, GTK_WIDGET (self), self->dossier, on_step_done_cb, self);
  else if (wuyou_claim_step_needs_dialog (action->action))
    wuyou_claim_step_present (self->context, GTK_WIDGET (self), self->dossier, action, on_step_done_cb, self);
  else
    wuyou_record_detail_write (WUYOU_RECORD_DETAIL (self), WUYOU_ROUTE_CLAIM_ACT, action->action, "{}",
                               wuyou_claim_text_action (action->action));
}
