/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "wuyou-claim-sample.h"
#include "wuyou-test.h"

#define LEGAL WUYOU_CONTRACT_PAPER_LEGAL

static WuyouClaimSample *
new_sample (const char *product)
{
  WuyouClaimSample *sample = wuyou_claim_sample_new (WUYOU_CLAIM_APPROVED, WUYOU_PHASE_REPLACEMENT);

  wuyou_claim_sample_set_product (sample, product);
  return sample;
}

/* The hash under the sheet is that of the very bytes that were stored. */
static void
assert_proof (const WuyouClaimSample *sample, const char *text)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sample->claim->settlement_json, -1);

  g_assert_nonnull (strstr (text, hash));
  g_assert_true (wuyou_settlement_verify (sample->claim->settlement_json, sample->sale->product->benefit_json, NULL));
}

static void
test_depreciation (void)
{
  static const char *const expected[] = {
    "补偿金额¥49,536.00大写：人民币肆万玖仟伍佰叁拾陆元整",
    "发票价税合计首张购车发票¥412,800.00",
    "首张发票日期首张购车发票2026年10月3日",
    "出险日期报案记录2028年6月20日",
    "动力类型服务合同燃油",
    "使用性质服务合同家庭自用",
    "20个月",
    "2026-10-03–2028-06-20",
    "月折旧率",
    "0.6%",
    "412,800.00×20×0.6%",
    "不超过发票金额的比例",
    "¥103,200.00",
    "412,800.00×25%",
    "49,536.00<103,200.00",
    "四舍五入到分",
    "产品AX-D版本2026.1",
    NULL,
  };
  static const char *const absent[] = { "购置税", "车险", "保险金额", "金额的调整", "尚未核准", "第1部分", NULL };
  g_autoptr (WuyouClaimSample) sample = new_sample ("depreciation");
  g_autofree char *text = wuyou_claim_sample_read (sample, "settlement", LEGAL, "settlement-depreciation.pdf");

  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, absent, FALSE);
  assert_proof (sample, text);
}

static void
test_invoice_gap (void)
{
  static const char *const expected[] = {
    "补偿金额¥54,489.60大写：人民币伍万肆仟肆佰捌拾玖元陆角",
    "出险年度保险金额出险时有效的商业保险单¥358,310.40",
    "412,800.00−358,310.40",
    "412,800.00×30%",
    "54,489.60<123,840.00",
    "按零计算",
    NULL,
  };
  g_autoptr (WuyouClaimSample) sample = new_sample ("invoice-gap");
  g_autofree char *text = wuyou_claim_sample_read (sample, "settlement", LEGAL, "settlement-gap.pdf");

  wuyou_paper_assert_words (text, expected, TRUE);
  assert_proof (sample, text);
}

static void
test_replacement (void)
{
  static const char *const expected[] = {
    "¥49,490.97大写：人民币肆万玖仟肆佰玖拾元零玖角柒分",
    "原车购置税原车票据¥36,530.97",
    "新车购置税新车票据¥38,053.10",
    "38,053.10>36,530.97",
    "2,600.00<3,000.00",
    "500.00=500.00",
    "10,200.00>9,860.00",
    "36,530.97+2,600.00+500.00+9,860.00",
    "412,800.00×15%",
    "49,490.97<61,920.00",
    NULL,
  };
  g_autoptr (WuyouClaimSample) sample = new_sample ("replacement");
  g_autofree char *text = wuyou_claim_sample_read (sample, "settlement", LEGAL, "settlement-replacement.pdf");

  wuyou_paper_assert_words (text, expected, TRUE);
  assert_proof (sample, text);
}

/* The cap bites, and the sheet says by which comparison. */
static void
test_capped (void)
{
  static const char *const expected[] = { "¥61,920.00大写：人民币陆万壹仟玖佰贰拾元整", "99,630.97>61,920.00", NULL };
  g_autoptr (WuyouClaimSample) sample = new_sample ("replacement");
  g_autofree char *text = NULL;

  sample->claim->old_policy_fen = sample->claim->new_policy_fen = 6000000;
  wuyou_claim_sample_settle (sample, sample->sale->product->benefit_json);
  text = wuyou_claim_sample_read (sample, "settlement", LEGAL, NULL);
  wuyou_paper_assert_words (text, expected, TRUE);
}

/* A product of two parts: a table each, then their sum. */
static void
test_parts (void)
{
  static const char *const expected[] = {
    "第1部分，共2部分：",
    "第2部分，共2部分：",
    "49,536.00+49,490.97",
    "¥99,026.97大写：人民币玖万玖仟零贰拾陆元玖角柒分",
    NULL,
  };
  g_autoptr (WuyouClaimSample) sample = new_sample ("depreciation"), other = new_sample ("replacement");
  g_autofree char *both = g_strdup_printf ("{\"parts\":[%s,%s]}", sample->sale->product->benefit_json,
                                           other->sale->product->benefit_json);
  g_autofree char *text = NULL;

  g_free (sample->sale->product->benefit_json);
  sample->sale->product->benefit_json = g_strdup (both);
  wuyou_claim_sample_settle (sample, both);
  text = wuyou_claim_sample_read (sample, "settlement", LEGAL, "settlement-parts.pdf");
  wuyou_paper_assert_words (text, expected, TRUE);
}

static void
test_override (void)
{
  static const char *const expected[] = {
    "补偿金额¥52,000.00大写：人民币伍万贰仟元整",         "三、金额的调整",
    "按公式算得49,536.00元，本案改按52,000.00元补偿",     "车主提交了首张发票的红冲与重开凭证",
    "提出：安途无忧理赔初审岗；批准：安途无忧理赔复核岗", NULL,
  };
  static const char *const pending[] = { "复核中·金额尚未核准", "尚待另一人批准", NULL };
  g_autoptr (WuyouClaimSample) sample = new_sample ("depreciation");
  g_autofree char *text = NULL, *before = NULL;

  sample->claim->override_fen = 5200000;
  sample->claim->override_by = g_strdup ("0192f0c0-0000-7000-8000-000000000001");
  sample->claim->override_reason = g_strdup ("车主提交了首张发票的红冲与重开凭证，重开发票金额高于合同所载。");
  sample->data.override_office = "安途无忧理赔初审岗";
  text = wuyou_claim_sample_read (sample, "settlement", LEGAL, "settlement-override.pdf");
  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, pending, FALSE);
  sample->claim->state = WUYOU_CLAIM_FINAL_REVIEW;
  before = wuyou_claim_sample_read (sample, "settlement", LEGAL, "settlement-review.pdf");
  wuyou_paper_assert_words (before, pending, TRUE);
  wuyou_paper_assert_words (before, (const char *const[]){ "批准：安途", NULL }, FALSE);
}

/* A reason of two thousand characters does not push anything off the page. */
static void
test_long_reason (void)
{
  g_autoptr (WuyouClaimSample) sample = new_sample ("replacement");
  g_autofree char *text = NULL;

  sample->claim->override_fen = 1;
  sample->claim->override_by = g_strdup ("0192f0c0-0000-7000-8000-000000000001");
  sample->claim->override_reason = wuyou_paper_repeat ("票据抬头与车主不一致，经核对后按可以确认的部分补偿；", 2000);
  text = wuyou_claim_sample_read (sample, "settlement", LEGAL, "settlement-long.pdf");
  g_assert_nonnull (strstr (text, "¥0.01大写：人民币壹分"));
  assert_proof (sample, text);
}

/* Bytes that were damaged are not explained. */
static void
test_damaged (void)
{
  g_autoptr (WuyouClaimSample) sample = new_sample ("depreciation");
  const WuyouClaimPaperKind *kind = wuyou_claim_paper_find ("settlement");
  g_autoptr (GError) error = NULL;

  sample->claim->settlement_json[strlen (sample->claim->settlement_json) / 2] = '\0';
  g_assert_null (wuyou_claim_paper_new (kind, &sample->data, LEGAL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  g_assert_null (wuyou_claim_paper_hash (kind, &sample->data, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

/* Steps that look right and do not follow from product and inputs: refused as well. */
static void
test_changed (void)
{
  g_autoptr (WuyouClaimSample) sample = new_sample ("depreciation");
  char *amount = strstr (sample->claim->settlement_json, "\"total_fen\":4953600");
  char *step = strstr (sample->claim->settlement_json, "{\"step\":\"total\",\"value\":4953600");
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (amount);
  g_assert_nonnull (step);
  amount[strlen ("\"total_fen\":")] = step[strlen ("{\"step\":\"total\",\"value\":")] = '9';
  g_assert_null (wuyou_claim_paper_new (wuyou_claim_paper_find ("settlement"), &sample->data, LEGAL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/settlement/depreciation", test_depreciation);
  g_test_add_func ("/papers/settlement/invoice-gap", test_invoice_gap);
  g_test_add_func ("/papers/settlement/replacement", test_replacement);
  g_test_add_func ("/papers/settlement/capped", test_capped);
  g_test_add_func ("/papers/settlement/parts", test_parts);
  g_test_add_func ("/papers/settlement/override", test_override);
  g_test_add_func ("/papers/settlement/long-reason", test_long_reason);
  g_test_add_func ("/papers/settlement/damaged", test_damaged);
  g_test_add_func ("/papers/settlement/changed", test_changed);
  return g_test_run ();
}
