/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-features.h"

#include "accounts/wuyou-account-routes.h"
#include "accounts/wuyou-auth.h"
#include "records/wuyou-changes-routes.h"
#include "claims/wuyou-claim-routes.h"
#include "consent/wuyou-consent-routes.h"
#include "consent/wuyou-consent-service.h"
#include "sales/wuyou-document-routes.h"
#include "evidence/wuyou-evidence-routes.h"
#include "records/wuyou-job-service.h"
#include "mail/wuyou-mail-service.h"
#include "sales/wuyou-paper-routes.h"
#include "accounts/wuyou-password-routes.h"
#include "support/wuyou-policy-service.h"
#include "sales/wuyou-product-cache.h"
#include "sales/wuyou-sales-routes.h"
#include "wuyou-sealer.h"
#include "accounts/wuyou-session-routes.h"
#include "support/wuyou-support-routes.h"
#include "today/wuyou-today-routes.h"
#include "accounts/wuyou-totp-routes.h"

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
  if (context->jobs != NULL)
    wuyou_job_service_stop (context->jobs);
  g_clear_pointer (&context->mails, wuyou_mail_service_stop);
  wuyou_auth_uninstall (context);
  wuyou_policy_service_stop (context);
  wuyou_consent_service_stop (context);
  g_clear_pointer (&context->sealer, wuyou_sealer_stop);
  g_clear_pointer (&context->products, wuyou_product_cache_free);
}
