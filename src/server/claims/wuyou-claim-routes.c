/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-routes.h"

#include "claims/wuyou-claim-paper-route.h"
#include "claims/wuyou-claim-flags.h"
#include "claims/wuyou-claim-view.h"
#include "claims/wuyou-claim-write.h"
#include "records/wuyou-unmask.h"

static WuyouReply *
get_claim (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const char *id = wuyou_request_get_id_arg (request, 0, error);

  return id != NULL ? wuyou_claim_view_reply (context, request, id, 200, error) : NULL;
}

typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  const char *id;
  WuyouClaimCase loss;
} Reading;

static void
clear_reading (Reading *reading)
{
  wuyou_claim_case_clear (&reading->loss);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

static gboolean
read_loss (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reading *reading = data;

  return wuyou_claim_case_load (&reading->loss, conn, reading->context, reading->id,
                                wuyou_request_get_caller (reading->request), wuyou_request_get_now (reading->request),
                                error);
}

/* Of the claim and of its contract: reviewers look at both. */
static WuyouReply *
unmask_claim (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouUnmask) unmask = { 0 };
  g_auto (Reading) reading = { .context = context, .request = request };
  g_autoptr (WuyouClaim) claim = NULL;
  g_autoptr (WuyouContract) contract = NULL;
  WuyouUnmaskRecord records[] = { { &wuyou_claim_type, NULL }, { &wuyou_contract_type, NULL } };

  if (!wuyou_unmask_read (&unmask, request, error))
    return NULL;
  reading.id = wuyou_request_get_id_arg (request, 0, error);
  if (reading.id == NULL || !wuyou_db_read (context->db, read_loss, &reading, error))
    return NULL;
  claim = wuyou_claim_dup_for (reading.loss.claim, wuyou_request_get_caller (request));
  records[0].record = claim;
  contract = wuyou_claim_dup_contract_for (reading.loss.sale.contract, wuyou_request_get_caller (request));
  records[1].record = contract;
  return wuyou_unmask_reply (&unmask, request, context, records, G_N_ELEMENTS (records), reading.id,
                             reading.loss.sale.org->path, claim->version, error);
}

void
wuyou_claim_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_CLAIMS_LIST, wuyou_claim_list_get);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_CREATE, wuyou_claim_create);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_GET, get_claim);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_PUT, wuyou_claim_put);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_ACT, wuyou_claim_act);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_UNMASK, unmask_claim);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_CHECKS, wuyou_claim_checks);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_SETTLE, wuyou_claim_settle_put);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_MESSAGE, wuyou_claim_message_post);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_PAPER, wuyou_claim_paper_get);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_FLAG, wuyou_claim_flag_put);
}
