/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-evidence-rules.h"
#include "wuyou-claim-pen.h"
#include "wuyou-claim-sample.h"
#include "wuyou-paper-payload.h"
#include "wuyou-test.h"

#define LEGAL WUYOU_CONTRACT_PAPER_LEGAL
#define INTERNAL WUYOU_CONTRACT_PAPER_INTERNAL

/* A state in which each kind can be drawn. */
static const struct {
  const char *kind;
  WuyouClaimState state;
  WuyouClaimPhase phase;
} papers[] = {
  { "claim-form", WUYOU_CLAIM_REPORTED, WUYOU_PHASE_LOSS },
  { "evidence-list", WUYOU_CLAIM_PRE_REVIEW, WUYOU_PHASE_LOSS },
  { "more-documents", WUYOU_CLAIM_MORE_DOCS, WUYOU_PHASE_LOSS },
  { "pre-approval", WUYOU_CLAIM_PRE_APPROVED, WUYOU_PHASE_LOSS },
  { "pre-refusal", WUYOU_CLAIM_PRE_REJECTED, WUYOU_PHASE_LOSS },
  { "approval", WUYOU_CLAIM_APPROVED, WUYOU_PHASE_REPLACEMENT },
  { "refusal", WUYOU_CLAIM_REJECTED, WUYOU_PHASE_REPLACEMENT },
  { "settlement", WUYOU_CLAIM_APPROVED, WUYOU_PHASE_REPLACEMENT },
  { "hand-over", WUYOU_CLAIM_REPLACING, WUYOU_PHASE_REPLACEMENT },
};

static WuyouClaimSample *
new_sample (guint i)
{
  WuyouClaimSample *sample = wuyou_claim_sample_new (papers[i].state, papers[i].phase);

  wuyou_claim_sample_add_file (sample, "FIRST_INVOICE", WUYOU_PHASE_LOSS, "发票.pdf", WUYOU_EVIDENCE_VERIFIED);
  wuyou_claim_sample_list (sample);
  return sample;
}

/* Who is asked, when, for which claim, on which page: on every paper. */
static void
test_common (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autoptr (WuyouClaimSample) sample = new_sample (i);
    const WuyouClaimPaperKind *kind = wuyou_claim_paper_find (papers[i].kind);
    g_autofree char *hash = wuyou_claim_paper_hash (kind, &sample->data, NULL), *code = wuyou_paper_short_code (hash);
    g_autofree char *keep = g_strconcat (papers[i].kind, ".pdf", NULL);
    g_autofree char *text = wuyou_claim_sample_read (sample, papers[i].kind, LEGAL, keep);
    const char *const words[] = {
      kind->title, "LP-2028-0000012", "WY-2026-0000481", code, "第9版·内容摘要", "第1页·共", "扫码验真",
      "欧阳靖远",  "BMW X3",          "安途折旧补偿",    NULL,
    };

    wuyou_paper_assert_words (text, words, TRUE);
    g_assert_cmpuint (sizeof papers / sizeof papers[0], ==, WUYOU_CLAIM_PAPER_HAND_OVER);
  }
}

/* The service is no insurance, and no paper calls it so. Insurer, its policy and its sum are called by their names. */
static void
test_wording (void)
{
  static const char *const forbidden[]
      = { "保费", "保险费", "赔款", "理赔款", "投保人", "被保险人", "理赔金", "拒赔", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autoptr (WuyouClaimSample) sample = new_sample (i);
    g_autofree char *text = NULL;

    wuyou_claim_sample_set_product (sample, "replacement");
    wuyou_claim_sample_list (sample);
    text = wuyou_claim_sample_read (sample, papers[i].kind, LEGAL, NULL);
    wuyou_paper_assert_words (text, forbidden, FALSE);
  }
}

/* Only the two that the owner signs name more than the owner and the car (PR-06, data no letter needs). */
static void
test_no_others (void)
{
  static const char *const others[] = {
    "林望舒",     "13700009876", "13800001234", "11010519491231002X",
    "jingyuan@",  "观澜路",      "G30高速",     "RDAA",
    "海公交认字", "PDAA",        "赵敏",        NULL,
  };

  for (guint i = 1; i < G_N_ELEMENTS (papers); i++) {
    g_autoptr (WuyouClaimSample) sample = new_sample (i);
    g_autofree char *text = wuyou_claim_sample_read (sample, papers[i].kind, LEGAL, NULL);

    wuyou_paper_assert_words (text, others, FALSE);
  }
}

static void
test_internal (void)
{
  static const char *const personal[] = {
    "欧阳靖远",    "LBV41CD06LFA00001", "LBV41CD08NFB00077", "海A12D45", "13800001234", "林望舒",
    "13700009876", "G30高速",           "雨天路滑",          "发票.pdf", "扫码验真",    NULL,
  };
  static const char *const kept[] = { "内部留存", "个人信息已遮盖", "欧*", "LP-2028-0000012", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autoptr (WuyouClaimSample) sample = new_sample (i);
    const WuyouClaimPaperKind *kind = wuyou_claim_paper_find (papers[i].kind);
    g_autofree char *keep = g_strconcat (papers[i].kind, "-internal.pdf", NULL);
    g_autofree char *text = wuyou_claim_sample_read (sample, papers[i].kind, INTERNAL, keep);
    g_autofree char *hash = wuyou_claim_paper_hash (kind, &sample->data, NULL), *code = wuyou_paper_short_code (hash);

    wuyou_paper_assert_words (text, personal, FALSE);
    wuyou_paper_assert_words (text, kept, TRUE);
    g_assert_nonnull (strstr (text, code)); /* of what the owner's copy says */
  }
}

static void
test_same_bytes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autoptr (WuyouClaimSample) sample = new_sample (i), other = new_sample (i);
    g_autoptr (GBytes) first = wuyou_claim_sample_print (sample, papers[i].kind, LEGAL, NULL);
    g_autoptr (GBytes) second = wuyou_claim_sample_print (other, papers[i].kind, LEGAL, NULL);

    g_assert_true (g_bytes_equal (first, second));
    g_assert_cmpuint (g_bytes_get_size (first), <, 300 * 1024);
  }
}

static char *
hash_changed (guint i, void (*change) (WuyouClaimSample *sample))
{
  g_autoptr (WuyouClaimSample) sample = new_sample (i);

  if (change != NULL)
    change (sample);
  return wuyou_claim_paper_hash (wuyou_claim_paper_find (papers[i].kind), &sample->data, NULL);
}

static void
change_version (WuyouClaimSample *sample)
{
  sample->claim->version++;
}

static void
change_owner (WuyouClaimSample *sample)
{
  g_free (sample->sale->contract->owner_name);
  sample->sale->contract->owner_name = g_strdup ("欧阳靖");
}

static void
change_payload (WuyouClaimSample *sample)
{
  sample->data.payload = "WY1.other";
}

static void
change_day (WuyouClaimSample *sample)
{
  sample->data.issued_at += G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
}

/* All that is printed is in the hash, and the code that carries the hash is not. */
static void
test_hash (void)
{
  static const struct {
    void (*change) (WuyouClaimSample *sample);
    gboolean differs;
  } changes[] = {
    { NULL, FALSE }, { change_payload, FALSE }, { change_version, TRUE }, { change_owner, TRUE }, { change_day, TRUE },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autofree char *hash = hash_changed (i, NULL);

    for (guint c = 0; c < G_N_ELEMENTS (changes); c++) {
      g_autofree char *changed = hash_changed (i, changes[c].change);

      g_assert_cmpuint (strlen (changed), ==, 64);
      g_assert_true (g_str_equal (changed, hash) != changes[c].differs);
    }
    g_assert_true (g_hash_table_add (seen, g_steal_pointer (&hash)));
  }
}

static void
test_states (void)
{
  g_autoptr (WuyouClaim) claim = wuyou_claim_new ();
  static const struct {
    WuyouClaimState state;
    WuyouClaimPhase phase;
    const char *letter;
  } letters[] = {
    { WUYOU_CLAIM_DRAFT, WUYOU_PHASE_LOSS, NULL },
    { WUYOU_CLAIM_PRE_REVIEW, WUYOU_PHASE_LOSS, NULL },
    { WUYOU_CLAIM_MORE_DOCS, WUYOU_PHASE_LOSS, "more-documents" },
    { WUYOU_CLAIM_MORE_DOCS, WUYOU_PHASE_REPLACEMENT, "more-documents" },
    { WUYOU_CLAIM_PRE_APPROVED, WUYOU_PHASE_LOSS, "pre-approval" },
    { WUYOU_CLAIM_PRE_REJECTED, WUYOU_PHASE_LOSS, "pre-refusal" },
    { WUYOU_CLAIM_CLOSED_UNPAID, WUYOU_PHASE_LOSS, "pre-refusal" },
    { WUYOU_CLAIM_CLOSED_UNPAID, WUYOU_PHASE_REPLACEMENT, "refusal" },
    { WUYOU_CLAIM_REJECTED, WUYOU_PHASE_REPLACEMENT, "refusal" },
    { WUYOU_CLAIM_APPROVED, WUYOU_PHASE_REPLACEMENT, "approval" },
    { WUYOU_CLAIM_SETTLING, WUYOU_PHASE_REPLACEMENT, NULL },
    { WUYOU_CLAIM_WITHDRAWN, WUYOU_PHASE_LOSS, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    const WuyouClaimPaperKind *letter;

    claim->state = letters[i].state;
    claim->phase = letters[i].phase;
    letter = wuyou_claim_paper_get_letter (claim);
    g_assert_cmpstr (letter != NULL ? letter->kind : NULL, ==, letters[i].letter);
  }
  claim->state = WUYOU_CLAIM_APPROVED;
  g_assert_false (wuyou_claim_paper_is_open (wuyou_claim_paper_find ("settlement"), claim)); /* nothing computed */
  g_assert_null (wuyou_claim_paper_find ("contract"));
  g_assert_null (wuyou_claim_paper_find (NULL));
}

/* What the state does not allow, or has no number, is refused before anything is drawn. */
static void
test_refused (void)
{
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_PRE_REVIEW, WUYOU_PHASE_LOSS);
  g_autoptr (GError) error = NULL;

  g_assert_null (wuyou_claim_paper_new (wuyou_claim_paper_find ("approval"), &sample->data, LEGAL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  g_assert_null (wuyou_claim_paper_hash (wuyou_claim_paper_find ("refusal"), &sample->data, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  g_clear_pointer (&sample->claim->number, g_free);
  g_assert_null (wuyou_claim_paper_print (wuyou_claim_paper_find ("claim-form"), &sample->data, LEGAL, NULL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
}

static void
test_form (void)
{
  static const char *const facts[] = {
    "2028-06-2017:00",
    "碰撞",
    "海州市云台区G30高速128公里处",
    "现场由拖车运离。",
    "林望舒",
    "13700009876",
    "RDAA202833010000077",
    "海公交认字〔2028〕第0621号",
    "2028-06-2109:00",
    "海晏财产保险股份有限公司",
    "PDAA20263301000004567",
    "推定全损",
    "2028年7月3日",
    "¥358,310.40",
    "¥356,000.00",
    "13800001234",
    "同意日期：2028年6月22日",
    "车主（签字）",
    "经销商（盖章）",
    "声明与签署",
    NULL,
  };
  static const char *const late[] = { "晚于合同约定的告知期限", NULL };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_REPORTED, WUYOU_PHASE_LOSS);
  g_autofree char *text = wuyou_claim_sample_read (sample, "claim-form", LEGAL, NULL), *again = NULL;

  wuyou_paper_assert_words (text, facts, TRUE);
  wuyou_paper_assert_words (text, late, FALSE);
  sample->claim->reported_late = TRUE;
  again = wuyou_claim_sample_read (sample, "claim-form", LEGAL, NULL);
  wuyou_paper_assert_words (again, late, TRUE);
}

/* Printed at the desk before anything but the contract is known. */
static void
test_draft (void)
{
  static const char *const expected[] = { "草稿报案后生效", "案件编号报案后生成", "尚未认定", "____年__月__日", NULL };
  static const char *const absent[] = { "扫码验真", "内容摘要", NULL };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_DRAFT, WUYOU_PHASE_LOSS);
  g_autoptr (WuyouClaim) empty = wuyou_claim_new ();
  g_autofree char *text = NULL;

  empty->state = WUYOU_CLAIM_DRAFT;
  sample->data.claim = empty;
  sample->data.product = NULL;
  text = wuyou_claim_sample_read (sample, "claim-form", WUYOU_CONTRACT_PAPER_DRAFT, "claim-form-draft.pdf");
  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, absent, FALSE);
}

/* Everything that may be missing is: nothing breaks, and nothing is made up. */
static void
test_missing (void)
{
  static const char *const absent[] = { "(null)", "1970", "1900", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    g_autoptr (WuyouClaim) claim = wuyou_claim_new ();
    g_autoptr (WuyouContract) contract = wuyou_contract_new ();
    g_autoptr (WuyouClaimSample) sample = new_sample (i);
    g_autofree char *settlement = g_strdup (sample->claim->settlement_json), *text = NULL;
    const WuyouClaimPaperData data = { .claim = claim, .contract = contract, .limit_fen = -1 };

    claim->number = g_strdup ("LP-2028-0000012");
    claim->state = (int) papers[i].state;
    claim->phase = (int) papers[i].phase;
    claim->settlement_json = g_steal_pointer (&settlement);
    sample->data = data;
    text = wuyou_claim_sample_read (sample, papers[i].kind, LEGAL, NULL);
    wuyou_paper_assert_words (text, absent, FALSE);
  }
}

static void
test_company (void)
{
  static const char *const expected[] = { "海州远山供应链管理有限公司", "车主（盖章）", "代理人签字", NULL };
  static const char *const form[] = { "授权代理人林晓棠", "13900005678", NULL };
  static const guint signed_ones[] = { 0, G_N_ELEMENTS (papers) - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (signed_ones); i++) {
    g_autoptr (WuyouClaimSample) sample = new_sample (signed_ones[i]);
    g_autofree char *text = NULL, *keep = g_strconcat (papers[signed_ones[i]].kind, "-company.pdf", NULL);

    wuyou_claim_sample_make_company (sample);
    text = wuyou_claim_sample_read (sample, papers[signed_ones[i]].kind, LEGAL, keep);
    wuyou_paper_assert_words (text, expected, TRUE);
    if (i == 0)
      wuyou_paper_assert_words (text, form, TRUE);
  }
}

static void
test_evidence (void)
{
  static const char *const expected[] = {
    "第一阶段·出险",
    "第二阶段·新车",
    "其他文件",
    "首张购车发票",
    "复印件",
    "发票.pdf",
    "已核验",
    "2028-07-04",
    "缺，必需",
    "未交，车辆有未结清的购车贷款时需提供",
    "已退回：缺页",
    "已拒收：",
    "付款凭证",
    "已收到有效文件3份，共6页；必需材料还缺",
    NULL,
  };
  static const char *const other_loss[] = { "公安机关立案证明", NULL };
  g_autoptr (WuyouClaimSample) sample = new_sample (1);
  g_autofree char *text = NULL, *code = NULL;

  wuyou_claim_sample_add_file (sample, "PAYOUT_SLIP", WUYOU_PHASE_LOSS, "水单.jpg", WUYOU_EVIDENCE_RETURNED);
  wuyou_claim_sample_add_file (sample, "VEHICLE_LICENCE", WUYOU_PHASE_LOSS, "行驶证.zip", WUYOU_EVIDENCE_INFECTED);
  wuyou_claim_sample_add_file (sample, "NEW_INVOICE", WUYOU_PHASE_REPLACEMENT, "新车发票.pdf",
                               WUYOU_EVIDENCE_AVAILABLE);
  wuyou_claim_sample_add_file (sample, "PAYMENT_PROOF", WUYOU_PHASE_REPLACEMENT, "回单.pdf", WUYOU_EVIDENCE_AVAILABLE);
  wuyou_claim_sample_list (sample);
  text = wuyou_claim_sample_read (sample, "evidence-list", LEGAL, "evidence-list-mixed.pdf");
  code = wuyou_paper_short_code (sample->data.evidence[10].sha256);
  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, other_loss, FALSE);
  g_assert_cmpstr (sample->data.evidence[10].title, ==, "首张购车发票");
  g_assert_nonnull (strstr (text, code));
}

/* Nothing missing: the list says so. */
static void
test_evidence_complete (void)
{
  static const char *const expected[] = { "必需材料已齐全", NULL };
  static const char *const absent[] = { "缺，必需", NULL };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_FINAL_REVIEW, WUYOU_PHASE_REPLACEMENT);
  g_autofree char *text = NULL;

  for (guint i = 0; i < sample->checklist->len; i++) {
    const WuyouChecklistRow *row = sample->checklist->pdata[i];
    g_autofree char *name = g_strdup_printf ("%s.pdf", row->title);

    if (row->required)
      wuyou_claim_sample_add_file (sample, row->slot, row->phase, name, WUYOU_EVIDENCE_VERIFIED);
  }
  wuyou_claim_sample_list (sample);
  text = wuyou_claim_sample_read (sample, "evidence-list", LEGAL, NULL);
  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, absent, FALSE);
}

/* Two hundred files with long names: every one of them, its head on every page. */
static void
test_many_files (void)
{
  g_autoptr (WuyouClaimSample) sample = new_sample (1);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  guint heads = 0;

  for (guint i = 0; i < 200; i++) {
    g_autofree char *name = g_strdup_printf ("IMG_20280704_%06u_事故现场照片.jpeg", i);

    wuyou_claim_sample_add_file (sample, "ACCIDENT_CERTIFICATE", WUYOU_PHASE_LOSS, name, WUYOU_EVIDENCE_AVAILABLE);
  }
  wuyou_claim_sample_list (sample);
  pdf = wuyou_claim_sample_print (sample, "evidence-list", LEGAL, "evidence-list-200.pdf");
  text = wuyou_paper_read_text (pdf, NULL);
  for (guint i = 0; i < sample->data.n_evidence; i++) {
    const char *sha256 = sample->data.evidence[i].sha256;
    g_autofree char *code = sha256 != NULL ? wuyou_paper_short_code (sha256) : g_strdup ("缺");

    g_assert_nonnull (strstr (text, code));
  }
  for (const char *at = strstr (text, "校验码状态"); at != NULL; at = strstr (at + 1, "校验码状态"))
    heads++;
  g_assert_cmpuint (heads, >=, 10);
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 500 * 1024);
}

static void
test_hand_over (void)
{
  static const char *const expected[] = {
    "BMWX3xDrive30L尊享型", "LBV41CD08NFB00077", "28330000000087654321", "¥430,000.00", "2028年8月16日", "□是□否",
    "车主（签字）",         "经销商（盖章）",    "剩余服务期不再延续",   NULL,
  };
  static const char *const blank[] = { "交付日期______年____月____日", NULL };
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_REPLACING, WUYOU_PHASE_REPLACEMENT);
  g_autofree char *text = wuyou_claim_sample_read (sample, "hand-over", LEGAL, NULL), *again = NULL;

  wuyou_paper_assert_words (text, expected, TRUE);
  sample->claim->delivered_on = WUYOU_DATE_NONE;
  again = wuyou_claim_sample_read (sample, "hand-over", LEGAL, "hand-over-blank.pdf");
  wuyou_paper_assert_words (again, blank, TRUE);
}

/* Names and places as they are written, also with characters that few fonts have. */
static void
test_rare (void)
{
  g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_REPORTED, WUYOU_PHASE_LOSS);
  g_autofree char *name = wuyou_paper_repeat ("龘靐㐂阿卜杜热合曼买买提艾力江", 60);
  g_autofree char *cause = wuyou_paper_repeat ("察布查尔锡伯自治县𠮷村路口雨天路滑，", 1900);
  const char *const words[] = { name, cause, NULL };
  g_autofree char *text = NULL;

  wuyou_claim_sample_make_company (sample);
  g_free (sample->sale->contract->owner_name);
  g_free (sample->claim->loss_cause);
  sample->sale->contract->owner_name = g_strdup (name);
  sample->claim->loss_cause = g_strdup (cause);
  text = wuyou_claim_sample_read (sample, "claim-form", LEGAL, "claim-form-long.pdf");
  wuyou_paper_assert_words (text, (const char *const[]){ name, NULL }, TRUE);
  g_assert_nonnull (strstr (text, "𠮷村路口"));
  g_assert_nonnull (strstr (text, words[1] + strlen (words[1]) - 30));
}

static GHashTable *
read_catalogue (void)
{
  g_autofree char *file = wuyou_test_source_path ("../po/zh_CN.po"), *text = NULL;
  GHashTable *catalogue = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; line[0] != NULL && line[1] != NULL; line++)
    if (g_str_has_prefix (line[0], "msgid \"") && g_str_has_prefix (line[1], "msgstr \""))
      g_hash_table_insert (catalogue, g_strndup (line[0] + 7, strlen (line[0]) - 8),
                           g_strndup (line[1] + 8, strlen (line[1]) - 9));
  return catalogue;
}

/* Paper and desktop say the same of the same thing. */
static void
test_words (void)
{
  g_autoptr (GHashTable) catalogue = read_catalogue ();
  const char *const(*words)[2];
  guint n = _wuyou_claim_words (&words);

  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (words[i][1], ==, g_hash_table_lookup (catalogue, words[i][0]));
  for (const WuyouClaimPaperKind *kind = wuyou_claim_paper_kinds; kind->kind != NULL; kind++)
    g_assert_cmpstr (kind->title, ==, g_hash_table_lookup (catalogue, kind->label));
}

static void
assert_word (const char *label)
{
  if (g_str_is_ascii (_wuyou_claim_word (label)))
    g_error ("no Chinese for “%s”", label);
}

static void
assert_steps (const char *settlement_json)
{
  WuyouSettlementInput input;
  g_autoptr (WuyouSettlement) settlement = wuyou_settlement_read (settlement_json, &input, NULL);

  for (guint i = 0; i < settlement->steps->len; i++) {
    assert_word (g_array_index (settlement->steps, WuyouSettlementStep, i).kind->label);
    assert_word (g_array_index (settlement->steps, WuyouSettlementStep, i).kind->sentence);
  }
}

static void
test_all_words (void)
{
  static const char *const products[] = { "depreciation", "invoice-gap", "replacement" };
  static const WuyouEnum *const enums[] = {
    wuyou_claim_phases,   wuyou_loss_types,      wuyou_determinations, wuyou_exclusions,
    wuyou_document_forms, wuyou_evidence_states, wuyou_return_reasons,
  };

  for (guint i = 0; i < G_N_ELEMENTS (enums); i++)
    for (const WuyouEnum *row = enums[i]; row->id != NULL; row++)
      assert_word (row->label);
  for (guint i = 0; i < wuyou_settlement_input_type.n_fields; i++)
    assert_word (wuyou_settlement_input_type.fields[i].label);
  for (const WuyouClaimSlot *slot = wuyou_claim_slots; slot->slot != NULL; slot++)
    assert_word (slot->title);
  for (guint i = 0; i < G_N_ELEMENTS (products); i++) {
    g_autoptr (WuyouClaimSample) sample = wuyou_claim_sample_new (WUYOU_CLAIM_APPROVED, WUYOU_PHASE_REPLACEMENT);

    wuyou_claim_sample_set_product (sample, products[i]);
    assert_steps (sample->claim->settlement_json);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/claim/common", test_common);
  g_test_add_func ("/papers/claim/wording", test_wording);
  g_test_add_func ("/papers/claim/no-others", test_no_others);
  g_test_add_func ("/papers/claim/internal", test_internal);
  g_test_add_func ("/papers/claim/same-bytes", test_same_bytes);
  g_test_add_func ("/papers/claim/hash", test_hash);
  g_test_add_func ("/papers/claim/states", test_states);
  g_test_add_func ("/papers/claim/refused", test_refused);
  g_test_add_func ("/papers/claim/form", test_form);
  g_test_add_func ("/papers/claim/draft", test_draft);
  g_test_add_func ("/papers/claim/missing", test_missing);
  g_test_add_func ("/papers/claim/company", test_company);
  g_test_add_func ("/papers/claim/evidence", test_evidence);
  g_test_add_func ("/papers/claim/evidence-complete", test_evidence_complete);
  g_test_add_func ("/papers/claim/many-files", test_many_files);
  g_test_add_func ("/papers/claim/hand-over", test_hand_over);
  g_test_add_func ("/papers/claim/rare", test_rare);
  g_test_add_func ("/papers/claim/words", test_words);
  g_test_add_func ("/papers/claim/all-words", test_all_words);
  return g_test_run ();
}
