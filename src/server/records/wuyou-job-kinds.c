/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "records/wuyou-job-kinds.h"

#include "base/wuyou-error.h"
#include "claims/wuyou-claim-remind.h"
#include "claims/wuyou-claim-write.h"
#include "evidence/wuyou-evidence-check.h"
#include "records/wuyou-job-service.h"
#include "sales/wuyou-contract-write.h"
#include "sales/wuyou-document-scan.h"
#include "sales/wuyou-paper-service.h"

static gboolean
start_contract (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  return wuyou_contract_act_by_system (context, job->name, "start", error);
}

static gboolean
expire_contract (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  return wuyou_contract_act_by_system (context, job->name, "expire", error);
}

static gboolean
lapse_claim (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  return wuyou_claim_act_by_system (context, job->name, "lapse", error);
}

static gboolean
remind_of_claim (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  return wuyou_claim_remind (context, job->name, job->payload, error);
}

static gboolean
fulfil_contract (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  return wuyou_contract_act_by_system (context, job->name, "fulfil", error);
}

static gboolean
fix_paper (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  return wuyou_paper_service_fix (context, job->name, error);
}

static gboolean
scan_document (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  return wuyou_document_scan (context, job->name, error);
}

static gboolean
check_evidence (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  return wuyou_evidence_check (context, job->name, error);
}

static const struct {
  const char *kind;
  gboolean (*run) (WuyouServerContext *context, const WuyouJob *job, GError **error);
} kinds[] = {
  { WUYOU_JOB_START, start_contract },    { WUYOU_JOB_EXPIRE, expire_contract }, { WUYOU_JOB_LAPSE, lapse_claim },
  { WUYOU_JOB_FULFIL, fulfil_contract },  { WUYOU_JOB_PAPER, fix_paper },        { WUYOU_JOB_SCAN, scan_document },
  { WUYOU_JOB_EVIDENCE, check_evidence }, { WUYOU_JOB_REMIND, remind_of_claim },
};

gboolean
wuyou_job_run (WuyouServerContext *context, const WuyouJob *job, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, job->kind))
      return kinds[i].run (context, job, error);
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "no such job: %s", job->kind);
  return FALSE;
}
