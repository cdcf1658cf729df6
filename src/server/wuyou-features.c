/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-features.h"

#include "wuyou-account-routes.h"
#include "wuyou-auth.h"
#include "wuyou-changes-routes.h"
#include "wuyou-claim-routes.h"
#include "wuyou-consent-routes.h"
#include "wuyou-consent-service.h"
#include "wuyou-document-routes.h"
#include "wuyou-evidence-routes.h"
#include "wuyou-job-service.h"
#include "wuyou-mail-service.h"
#include "wuyou-paper-routes.h"
#include "wuyou-password-routes.h"
#include "wuyou-policy-service.h"
#include "wuyou-product-cache.h"
#include "wuyou-sales-routes.h"
#include "wuyou-sealer.h"
#include "wuyou-session-routes.h"
#include "wuyou-support-routes.h"
#include "wuyou-today-routes.h"
#include "wuyou-totp-routes.h"

/* One line a feature: wuyou_<feature>_routes_register (router). */
void
wuyou_features_register (WuyouRouter *router)
{
  wuyou_session_routes_register (router);
  wuyou_password_routes_register (router);
  wuyou_consent_routes_register (router);
  wuyou_changes_routes_register (router);
  wuyou_support_routes_register (router);
  wuyou_account_routes_register (router);
  wuyou_totp_routes_register (router);
  wuyou_today_routes_register (router);
  wuyou_sales_routes_register (router);
  wuyou_document_routes_register (router);
  wuyou_claim_routes_register (router);
  wuyou_evidence_routes_register (router);
  wuyou_paper_routes_register (router);
}

gboolean
wuyou_features_start (WuyouServerContext *context, GError **error)
{
  context->products = wuyou_product_cache_new (context->store);
  context->sealer = wuyou_sealer_start (context->store);
  wuyou_consent_service_start (context);
  wuyou_policy_service_start (context);
  wuyou_auth_install (context);
  context->mails = wuyou_mail_service_start (context);
  context->jobs = wuyou_job_service_start (context);
  return TRUE;
}

void
wuyou_features_stop (WuyouServerContext *context)
{
  g_clear_pointer (&context->jobs, wuyou_job_service_stop);
  g_clear_pointer (&context->mails, wuyou_mail_service_stop);
  wuyou_auth_uninstall (context);
  wuyou_policy_service_stop (context);
  wuyou_consent_service_stop (context);
  g_clear_pointer (&context->sealer, wuyou_sealer_stop);
  g_clear_pointer (&context->products, wuyou_product_cache_free);
}
