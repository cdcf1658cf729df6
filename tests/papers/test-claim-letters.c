/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "claims/wuyou-exclusion.h"
#include "wuyou-claim-sample.h"
#include "wuyou-test.h"

#define LEGAL WUYOU_CONTRACT_PAPER_LEGAL
#define LOSS WUYOU_PHASE_LOSS
#define REPLACEMENT WUYOU_PHASE_REPLACEMENT

static void
set_text (char **where, const char *text)
{
  g_free (*where);
  *where = g_strdup (text);
}

/* C-04: everything in one list with its reason, by when, what comes then, who to ask. */
static void
test_request (void)
{
  static const char *const expected[] = {
    "欧阳靖远：",
    "您的置换补偿申请正在预审中",
    "本通知已一次性列明全部需要补充的内容",
    "保险公司全损或推定全损认定书",
    "印章不清晰，请提供加盖印章的复印件",
    "保险公司划账水单",
    "只有第一页",
    "权益转让书",
    "尚未提交",
    "请于2028年7月25日（含当日）前",
    "仍可在5个工作日内补交",
    "您可以在15日内书面申诉",
    "海州安达汽车销售服务有限公司",
    "0599-8000100",
    "安途无忧商务服务有限公司",
    "400-800-0100",
    "出具日期2028年7月10日",
    NULL,
  };
  static const char *const absent[] = { "此前未一并提出的原因", "初审：", NULL };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_MORE_DOCS, LOSS);
  g_autofree char *text = wuyou_claim_sample_read (sample, "more-documents", LEGAL, NULL);

  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, absent, FALSE);
}

static void
test_second_request (void)
{
  static const char *const expected[] = {
    "申请正在复核中",
    "这是本阶段第2次补充材料通知",
    "此前未一并提出的原因：税票是新补交的材料带出的疑问",
    "新车购置税完税证明",
    "税额与发票不符",
    NULL,
  };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_MORE_DOCS, REPLACEMENT);
  g_autofree char *text = NULL;

  sample->claim->requests = 2;
  set_text (&sample->claim->request_reason, "税票是新补交的材料带出的疑问");
  set_text (&sample->claim->request_json, "[{\"slot\":\"NEW_TAX_CERTIFICATE\",\"reason\":\"税额与发票不符\"}]");
  text = wuyou_claim_sample_read (sample, "more-documents", LEGAL, "more-documents-second.pdf");
  wuyou_paper_assert_words (text, expected, TRUE);
}

/* Forty documents, each with a reason of three hundred characters: all of it, on as many pages as it takes. */
static void
test_long_request (void)
{
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_MORE_DOCS, LOSS);
  g_autofree char *reason = wuyou_paper_repeat ("影像边缘被裁切，无法辨认编号与印章，", 300), *text = NULL;
  GString *json = g_string_new ("[");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (json, "%s{\"slot\":\"SLOT_%02u\",\"reason\":\"理由%02u%s\"}", i > 0 ? "," : "", i, i,
                            reason);
  g_string_append (json, "]");
  set_text (&sample->claim->request_json, json->str);
  text = wuyou_claim_sample_read (sample, "more-documents", LEGAL, "more-documents-long.pdf");
  for (guint i = 0; i < 40; i++) {
    g_autofree char *mark = g_strdup_printf ("理由%02u", i);

    g_assert_nonnull (strstr (text, mark));
  }
  g_string_free (json, TRUE);
}

/* What is no request prints no row, and does not stop the letter. */
static void
test_odd_request (void)
{
  static const char *const odd[] = { "", "{}", "[]", "[1,null,{}]", "[{\"slot\":7}]", "nonsense" };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_MORE_DOCS, LOSS);
    g_autofree char *text = NULL;

    set_text (&sample->claim->request_json, odd[i]);
    text = wuyou_claim_sample_read (sample, "more-documents", LEGAL, NULL);
    g_assert_nonnull (strstr (text, "需要补充的材料"));
    g_assert_null (strstr (text, "(null)"));
  }
}

static void
test_pre_approval (void)
{
  static const char *const expected[] = {
    "根据海晏财产保险股份有限公司于2028年7月3日作出的推定全损认定",
    "您的置换补偿申请已通过预审",
    "补偿上限¥49,536.00大写：人民币肆万玖仟伍佰叁拾陆元整",
    "不超过上列金额",
    "最迟于2028年12月30日（含当日）签署新车购车合同",
    "认定之日起180日内",
    "新车品牌与约定车辆相同：BMW",
    "不低于约定车辆厂商指导价449,800.00元的90%，即不低于404,820.00元",
    "新车在海州安达汽车销售服务有限公司购买",
    "新车购置税完税证明（复印件）",
    "有条件新车服务合同与发票（复印件，为新车购买了服务时）",
    "初审：安途无忧理赔初审岗；复核：安途无忧理赔复核岗",
    NULL,
  };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_PRE_APPROVED, LOSS);
  g_autofree char *text = wuyou_claim_sample_read (sample, "pre-approval", LEGAL, NULL);

  wuyou_paper_assert_words (text, expected, TRUE);
}

static void
test_limits (void)
{
  static const struct {
    gint64 fen;
    const char *words;
  } cases[] = {
    { 0, "¥0.00大写：人民币零元整" },
    { 10700053, "¥107,000.53大写：人民币壹拾万柒仟元零伍角叁分" },
    { 6192000, "¥61,920.00大写：人民币陆万壹仟玖佰贰拾元整" },
    { WUYOU_SETTLEMENT_UNLIMITED, "补偿金额按产品条款与新车票据计算" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_PRE_APPROVED, LOSS);
    g_autofree char *text = NULL;

    sample->data.limit_fen = cases[i].fen;
    sample->sale->contract->msrp_fen = 0;
    text = wuyou_claim_sample_read (sample, "pre-approval", LEGAL, NULL);
    g_assert_nonnull (strstr (text, cases[i].words));
    g_assert_nonnull (strstr (text, "新车厂商指导价不低于约定车辆厂商指导价的90%。"));
    g_assert_null (strstr (text, "-0.01"));
  }
}

static void
test_pre_refusal (void)
{
  static const char *const expected[] = {
    "预审不予补偿通知",
    "在预审阶段经初审与复核，决定不提供置换补偿",
    "不予补偿的情形出险时无有效机动车保险，或未按全损结案",
    "合同依据《安途折旧补偿服务条款》通用条款7.1（二）、（三）",
    "本次事故按部分损失赔付，未按全损或推定全损结案",
    "您可以在2028年7月25日（含当日）前通过经销商提交书面申诉",
    "申诉由未参与本决定的人员处理",
    "不影响车主与保险公司之间的权利",
    NULL,
  };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_PRE_REJECTED, LOSS);
  g_autofree char *text = wuyou_claim_sample_read (sample, "pre-refusal", LEGAL, NULL);

  wuyou_paper_assert_words (text, expected, TRUE);
}

/* Every reason has a clause and words, in each product. */
static void
test_reasons (void)
{
  for (const WuyouEnum *row = wuyou_exclusions; row->id != NULL; row++) {
    g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_REJECTED, REPLACEMENT);
    g_autofree char *title = NULL, *clause = NULL, *line = NULL, *text = NULL;

    sample->claim->exclusion = row->value;
    wuyou_exclusion_read (sample->sale->product->benefit_json, row->value, &title, &clause);
    line = g_strconcat ("《安途折旧补偿服务条款》", clause, NULL);
    text = wuyou_claim_sample_read (sample, "refusal", LEGAL, NULL);
    wuyou_paper_assert_words (text, (const char *const[]){ title, line, NULL }, TRUE);
  }
}

/* After an appeal the letter says that it was one, and what is left to do. */
static void
test_refusal_after_appeal (void)
{
  static const char *const expected[] = {
    "您的申诉已由未参与原决定的人员重新处理", "不再受理对同一申请的申诉",         "对申诉的答复",
    "新提交的鉴定意见没有改变结论",           "可以按服务合同约定的方式解决争议", NULL,
  };
  static const char *const absent[] = { "提交书面申诉，写明理由", NULL };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_CLOSED_UNPAID, REPLACEMENT);
  g_autofree char *text = NULL;

  g_clear_pointer (&sample->claim->request_json, g_free);
  set_text (&sample->claim->previous_approver_id, "0192f0c0-0000-7000-8000-000000000001");
  set_text (&sample->claim->state_reason, "新提交的鉴定意见没有改变结论。");
  text = wuyou_claim_sample_read (sample, "refusal", LEGAL, "refusal-after-appeal.pdf");
  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, absent, FALSE);
}

/* Closed as nothing came: no exclusion is claimed, and the way back is open. */
static void
test_lapse (void)
{
  static const char *const expected[] = {
    "我们于2028年7月10日请您补充材料",
    "本案按无补偿结案",
    "保险公司划账水单",
    "您可以在2028年7月25日（含当日）前通过经销商提交书面申诉",
    NULL,
  };
  static const char *const absent[] = { "不予补偿的情形", "7.1", NULL };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_CLOSED_UNPAID, LOSS);
  g_autofree char *text = wuyou_claim_sample_read (sample, "pre-refusal", LEGAL, "pre-refusal-lapse.pdf");

  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, absent, FALSE);
}

/* Two thousand characters in twenty paragraphs: over the page, with nothing lost, and the seal not alone. */
static void
test_long_reasons (void)
{
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_REJECTED, REPLACEMENT);
  g_autofree char *unit = wuyou_paper_repeat ("新车的厂商指导价与购置方式经核对不符合条款约定，", 95), *text = NULL;
  GString *reasons = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (reasons, "（%02u）%s\n\n", i, unit);
  set_text (&sample->claim->decision_reason, reasons->str);
  text = wuyou_claim_sample_read (sample, "refusal", LEGAL, "refusal-long.pdf");
  for (guint i = 0; i < 20; i++) {
    g_autofree char *mark = g_strdup_printf ("（%02u）", i);

    g_assert_nonnull (strstr (text, mark));
  }
  g_assert_nonnull (strstr (text, "第2页·共2页"));
  g_assert_null (strstr (text, "共3页"));
  g_string_free (reasons, TRUE);
}

static void
test_approval (void)
{
  static const char *const expected[] = {
    "您的置换补偿申请已经核准",
    "补偿金额¥49,536.00大写：人民币肆万玖仟伍佰叁拾陆元整",
    "BMWX3xDrive30L尊享型",
    "LBV41CD08NFB00077",
    "交付日期2028年8月16日",
    "核算数据校验码",
    "新车已经交付",
    "财务把补偿金额支付给经销商",
    "不折现",
    "服务合同履行完毕",
    NULL,
  };
  static const char *const not_yet[] = { "新车交付时，双方当面检查并签署交车记录", NULL };
  static const char *const other[] = { "补偿金额¥51,000.05大写：人民币伍万壹仟元零伍分", NULL };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_APPROVED, REPLACEMENT);
  g_autofree char *text = wuyou_claim_sample_read (sample, "approval", LEGAL, NULL), *again = NULL;

  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, not_yet, FALSE);
  sample->claim->delivered_on = WUYOU_DATE_NONE;
  sample->claim->override_fen = 5100005;
  set_text (&sample->claim->override_by, "0192f0c0-0000-7000-8000-000000000001");
  again = wuyou_claim_sample_read (sample, "approval", LEGAL, NULL);
  wuyou_paper_assert_words (again, not_yet, TRUE);
  wuyou_paper_assert_words (again, other, TRUE);
}

/* A company is not addressed as a person. */
static void
test_company (void)
{
  static const struct {
    const char *kind;
    WuyouClaimState state;
    WuyouClaimPhase phase;
  } letters[] = {
    { "more-documents", WUYOU_CLAIM_MORE_DOCS, LOSS }, { "pre-approval", WUYOU_CLAIM_PRE_APPROVED, LOSS },
    { "pre-refusal", WUYOU_CLAIM_PRE_REJECTED, LOSS }, { "approval", WUYOU_CLAIM_APPROVED, REPLACEMENT },
    { "refusal", WUYOU_CLAIM_REJECTED, REPLACEMENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (letters[i].state, letters[i].phase);
    g_autofree char *text = NULL;

    wuyou_claim_sample_make_company (sample);
    text = wuyou_claim_sample_read (sample, letters[i].kind, LEGAL, NULL);
    wuyou_paper_assert_words (text, (const char *const[]){ "海州远山供应链管理有限公司：", "贵单位的", NULL }, TRUE);
    wuyou_paper_assert_words (text, (const char *const[]){ "您", "林晓棠", "13900005678", NULL }, FALSE);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/letters/request", test_request);
  g_test_add_func ("/papers/letters/second-request", test_second_request);
  g_test_add_func ("/papers/letters/long-request", test_long_request);
  g_test_add_func ("/papers/letters/odd-request", test_odd_request);
  g_test_add_func ("/papers/letters/pre-approval", test_pre_approval);
  g_test_add_func ("/papers/letters/limits", test_limits);
  g_test_add_func ("/papers/letters/pre-refusal", test_pre_refusal);
  g_test_add_func ("/papers/letters/reasons", test_reasons);
  g_test_add_func ("/papers/letters/refusal-after-appeal", test_refusal_after_appeal);
  g_test_add_func ("/papers/letters/lapse", test_lapse);
  g_test_add_func ("/papers/letters/long-reasons", test_long_reasons);
  g_test_add_func ("/papers/letters/approval", test_approval);
  g_test_add_func ("/papers/letters/company", test_company);
  return g_test_run ();
}
