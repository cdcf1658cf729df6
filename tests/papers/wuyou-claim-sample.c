/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-sample.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-claim-settlement.h"
#include "claims/wuyou-evidence.h"
#include "sales/wuyou-identity.h"
#include "wuyou-test.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static void
fill_loss (WuyouClaim *claim)
{
  claim->number = g_strdup ("LP-2028-0000012");
  claim->version = 9;
  claim->loss_at = wuyou_date_start (wuyou_date_new (2028, 6, 20)) + 17 * HOUR;
  claim->reported_at = wuyou_date_start (wuyou_date_new (2028, 6, 21)) + 9 * HOUR;
  claim->loss_type = WUYOU_LOSS_COLLISION;
  claim->loss_place = g_strdup ("海州市云台区 G30 高速 128 公里处");
  claim->loss_cause = g_strdup ("雨天路滑，车辆失控撞上中央护栏后侧翻，车身结构严重变形，现场由拖车运离。");
  claim->insurer_report_no = g_strdup ("RDAA202833010000077");
  claim->police_report_no = g_strdup ("海公交认字〔2028〕第 0621 号");
  claim->informant_name = g_strdup ("林望舒");
  claim->informant_mobile = g_strdup ("13700009876");
  claim->consent_sensitive = TRUE;
  claim->consent_on = wuyou_date_new (2028, 6, 22);
  claim->determination = WUYOU_DETERMINATION_CONSTRUCTIVE;
  claim->determined_on = wuyou_date_new (2028, 7, 3);
  claim->sum_insured_fen = 35831040;
  claim->payout_fen = 35600000;
}

static void
fill_review (WuyouClaim *claim)
{
  claim->exclusion = WUYOU_EXCLUSION_NO_MOTOR_COVER;
  claim->decision_reason
      = g_strdup ("保险公司 2028 年 7 月 3 日的结案通知载明，本次事故按部分损失赔付，未按全损或推定全损结案。");
  claim->due_on = wuyou_date_new (2028, 7, 25);
  claim->requests = 1;
  claim->requested_at = wuyou_date_start (wuyou_date_new (2028, 7, 10));
  claim->request_json
      = g_strdup ("[{\"slot\":\"DETERMINATION\",\"reason\":\"印章不清晰，请提供加盖印章的复印件\"},"
                  "{\"slot\":\"PAYOUT_SLIP\",\"reason\":\"只有第一页\"},{\"slot\":\"RIGHTS_TRANSFER\"}]");
}

static void
fill_new_car (WuyouClaim *claim)
{
  claim->new_brand = WUYOU_BRAND_BMW;
  claim->new_series = g_strdup ("X3");
  claim->new_model = g_strdup ("xDrive30L 尊享型");
  claim->new_vin = g_strdup ("LBV41CD08NFB00077");
  claim->new_invoice_no = g_strdup ("28330000000087654321");
  claim->new_msrp_fen = 46980000;
  claim->new_invoice_fen = 43000000;
  claim->new_ordered_on = wuyou_date_new (2028, 7, 28);
  claim->delivered_on = wuyou_date_new (2028, 8, 16);
  claim->old_tax_fen = wuyou_purchase_tax (41280000);
  claim->new_tax_fen = wuyou_purchase_tax (43000000);
  claim->old_delivery_fen = 300000;
  claim->new_delivery_fen = 260000;
  claim->old_registration_fen = claim->new_registration_fen = 50000;
  claim->old_policy_fen = 986000;
  claim->new_policy_fen = 1020000;
}

void
wuyou_claim_sample_settle (WuyouClaimSample *sample, const char *benefit_json)
{
  WuyouSettlementInput input;
  g_autoptr (GError) error = NULL;

  g_assert_true (wuyou_claim_settle (sample->claim, sample->sale->contract, benefit_json, &error));
  g_assert_no_error (error);
  wuyou_claim_settlement_input (sample->claim, sample->sale->contract, &input);
  g_assert_true (wuyou_settlement_compute_limit (benefit_json, &input, &sample->data.limit_fen, &error));
  g_assert_no_error (error);
}

static JsonObject *
read_product (const char *name)
{
  g_autofree char *path = g_strdup_printf ("../data/demo/products/%s.json", name);
  g_autofree char *file = wuyou_test_source_path (path), *text = NULL;
  JsonObject *object;
  gsize length;

  g_assert_true (g_file_get_contents (file, &text, &length, NULL));
  object = wuyou_json_parse_object (text, length, NULL);
  g_assert_nonnull (object);
  return object;
}

static void
read_checklist (WuyouClaimSample *sample)
{
  const char *benefit = sample->sale->product->benefit_json;

  g_clear_pointer (&sample->checklist, g_ptr_array_unref);
  sample->checklist = wuyou_checklist_read (benefit, WUYOU_PHASE_LOSS, sample->claim->loss_type, NULL);
  g_ptr_array_extend_and_steal (
      sample->checklist, wuyou_checklist_read (benefit, WUYOU_PHASE_REPLACEMENT, sample->claim->loss_type, NULL));
}

void
wuyou_claim_sample_set_product (WuyouClaimSample *sample, const char *name)
{
  g_autoptr (JsonObject) object = read_product (name);
  WuyouProduct *product = sample->sale->product;

  g_free (product->code);
  g_free (product->name);
  g_free (product->benefit_json);
  g_free (product->terms_title);
  product->code = g_strdup (wuyou_json_get_string (object, "code"));
  product->name = g_strdup (wuyou_json_get_string (object, "name"));
  product->terms_title = g_strdup (wuyou_json_get_string (object, "terms_title"));
  product->benefit_json = wuyou_json_canonical (json_object_get_member (object, "benefit"));
  product->rules.min_replacement_msrp_percent = 90;
  read_checklist (sample);
  wuyou_claim_sample_settle (sample, product->benefit_json);
}

WuyouClaimSample *
wuyou_claim_sample_new (WuyouClaimState state, WuyouClaimPhase phase)
{
  WuyouClaimSample *sample = g_new0 (WuyouClaimSample, 1);

  sample->sale = wuyou_paper_sample_new ();
  sample->sale->contract->effective_on = wuyou_date_new (2026, 11, 24);
  sample->claim = wuyou_claim_new ();
  sample->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_evidence_free);
  fill_loss (sample->claim);
  fill_review (sample->claim);
  if (phase == WUYOU_PHASE_REPLACEMENT)
    fill_new_car (sample->claim);
  sample->claim->state = (int) state;
  sample->claim->phase = (int) phase;
  if (state == WUYOU_CLAIM_PRE_APPROVED)
    sample->claim->due_on = sample->claim->determined_on + 180;
  sample->data = (WuyouClaimPaperData){
    .claim = sample->claim,
    .contract = sample->sale->contract,
    .product = sample->sale->product,
    .dealer = sample->sale->input.dealer,
    .operator= { "安途无忧商务服务有限公司", NULL, NULL, "400-800-0100" },
    .assessor_office = "安途无忧理赔初审岗",
    .approver_office = "安途无忧理赔复核岗",
    .issued_at = wuyou_date_start (wuyou_date_new (2028, 7, 10)) + 15 * HOUR,
    .payload = sample->sale->payload,
  };
  wuyou_claim_sample_set_product (sample, "depreciation");
  return sample;
}

void
wuyou_claim_sample_add_file (WuyouClaimSample *sample, const char *slot, int phase, const char *name, int state)
{
  WuyouEvidence *file = wuyou_evidence_new ();

  file->slot = g_strdup (slot);
  file->phase = phase;
  file->file_name = g_strdup (name);
  file->pages = 2;
  file->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  file->state = state;
  file->return_reason = state == WUYOU_EVIDENCE_RETURNED ? WUYOU_RETURN_MISSING_PAGE : 0;
  file->created_at = wuyou_date_start (wuyou_date_new (2028, 7, 4));
  g_ptr_array_add (sample->evidence, file);
}

void
wuyou_claim_sample_list (WuyouClaimSample *sample)
{
  g_clear_pointer (&sample->rows, g_array_unref);
  sample->rows = wuyou_claim_paper_evidence_new (sample->checklist, sample->evidence);
  sample->data.evidence = (const WuyouClaimPaperEvidence *) (gpointer) sample->rows->data;
  sample->data.n_evidence = sample->rows->len;
}

void
wuyou_claim_sample_make_company (WuyouClaimSample *sample)
{
  WuyouContract *contract = sample->sale->contract;

  contract->owner_kind = WUYOU_OWNER_COMPANY;
  contract->owner_id_type = WUYOU_IDENTITY_CREDIT_CODE;
  contract->vehicle_use = WUYOU_USE_COMPANY;
  g_free (contract->owner_name);
  contract->owner_name = g_strdup ("海州远山供应链管理有限公司");
  contract->agent_name = g_strdup ("林晓棠");
  contract->agent_mobile = g_strdup ("13900005678");
}

GBytes *
wuyou_claim_sample_print (const WuyouClaimSample *sample,
                          const char *kind,
                          WuyouContractPaperVariant variant,
                          const char *keep)
{
  g_autoptr (GError) error = NULL;
  guint pages = 0;
  GBytes *pdf = wuyou_claim_paper_print (wuyou_claim_paper_find (kind), &sample->data, variant, &pages, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pages, >, 0);
  if (keep != NULL)
    wuyou_paper_keep (pdf, keep);
  return pdf;
}

char *
wuyou_claim_sample_read (const WuyouClaimSample *sample,
                         const char *kind,
                         WuyouContractPaperVariant variant,
                         const char *keep)
{
  g_autoptr (GBytes) pdf = wuyou_claim_sample_print (sample, kind, variant, keep);

  return wuyou_paper_read_text (pdf, NULL);
}

void
wuyou_claim_sample_free (WuyouClaimSample *sample)
{
  g_clear_pointer (&sample->rows, g_array_unref);
  g_ptr_array_unref (sample->checklist);
  g_ptr_array_unref (sample->evidence);
  wuyou_claim_free (sample->claim);
  wuyou_paper_sample_free (sample->sale);
  g_free (sample);
}
