/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-contract-paper.h"

#include <string.h>

#include "sales/wuyou-identity.h"
#include "wuyou-paper-sample.h"
#include "wuyou-test.h"

static GBytes *
print (WuyouPaper *paper)
{
  const WuyouPaperMetadata metadata
      = { "无忧置换服务合同 WY-2026-0000481", "安途无忧商务服务有限公司", NULL, WUYOU_TEST_NOW };
  g_autoptr (GError) error = NULL;
  GBytes *pdf = wuyou_paper_to_pdf (paper, &metadata, &error);

  g_assert_no_error (error);
  return pdf;
}

static char *
read_variant (const WuyouPaperSample *sample, WuyouContractPaperVariant variant, const char *keep)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = wuyou_contract_paper_new (&sample->input, variant, &error);
  g_autoptr (GBytes) pdf = NULL;

  g_assert_no_error (error);
  pdf = print (paper);
  if (keep != NULL)
    wuyou_paper_keep (pdf, keep);
  return wuyou_paper_read_text (pdf, NULL);
}

/* Every fact of the contract, as a person reads it (PR-02, PR-06). */
static const char *const facts[] = {
  "无忧置换服务合同",
  "WY-2026-0000481",
  "第1版",
  "海州安达汽车销售服务有限公司",
  "91350100M000100Y43",
  "海州市云台区迎宾大道1号",
  "0599-8000100",
  "经办人赵敏",
  "安途无忧商务服务有限公司",
  "姓名欧阳靖远",
  "居民身份证",
  "11010519491231002X",
  "13800001234",
  "jingyuan@mail.example",
  "海州市云台区观澜路88号听涛苑6幢1202室",
  "LBV41CD06LFA00001",
  "BMWX3",
  "xDrive30i领先型",
  "B48B20C07654321",
  "海A12D45",
  "动力与座位燃油·5座",
  "家庭自用",
  "新车",

  "36公里",
  "2026年10月3日",
  "26330000000012345678",
  "¥412,800.00大写：人民币肆拾壹万贰仟捌佰元整",
  "¥449,800.00",
  "海晏财产保险股份有限公司",
  "PDAA20263301000004567",
  "2026年10月4日至2027年10月3日",
  "PDZA20263301000008910",
  "安途折旧补偿",
  "AX-D·2026.1",
  "自签署之日的次日零时起",
  "至2029年10月2日二十四时止",
  "¥4,280.00",
  "¥3,980.00大写：人民币叁仟玖佰捌拾元整",
  "扫码验真",
  "内容摘要",
  "无忧置换服务通用条款",
  "产品条款·安途折旧补偿",
  "车主告知与同意",
  "客户声明",
  "2026年11月23日",
  "甲方（盖章）",
  "乙方（签字）",
  "经办人签字",
  NULL,
};

static void
test_facts (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *text = read_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL, "legal.pdf");
  static const char *const forbidden[] = { "草稿", "补打", "保险费", "保费", "赔款", "2,600.00", NULL };

  wuyou_paper_assert_words (text, facts, TRUE);
  wuyou_paper_assert_words (text, forbidden, FALSE);
}

/* The parts come in the order of PR-02. */
static void
test_order (void)
{
  static const char *const parts[] = {
    "甲方·服务提供方",
    "无忧置换服务通用条款",
    "第十条其他",
    "产品条款·安途折旧补偿",
    "同意为订立和履行本合同处理个人信息",
    "本人（本单位）已完整阅读",
    "甲方（盖章）",
  };
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *text = read_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL, NULL);
  const char *at = text;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    at = strstr (at, parts[i]);
    g_assert_nonnull (at);
  }
}

static void
test_internal (void)
{
  static const char *const personal[] = {
    "11010519491231002X",
    "13800001234",
    "jingyuan@",
    "欧阳靖远",
    "观澜路",
    "LBV41CD06LFA00001",
    "B48B20C07654321",
    "PDAA20263301000004567",
    "26330000000012345678",
    "扫码验真",
    NULL,
  };
  static const char *const expected[]
      = { "内部留存", "个人信息已遮盖", "002X", "138****1234", "欧*", "¥412,800.00", NULL };
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *text = read_variant (sample, WUYOU_CONTRACT_PAPER_INTERNAL, "internal.pdf");

  wuyou_paper_assert_words (text, personal, FALSE);
  wuyou_paper_assert_words (text, expected, TRUE);
}

static void
test_draft (void)
{
  static const char *const expected[] = { "草稿不作为合同", "合同编号提交后生成", "欧阳靖远", NULL };
  static const char *const absent[] = { "扫码验真", "版·内容摘要", NULL };
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *text = NULL;

  g_clear_pointer (&sample->contract->number, g_free);
  sample->contract->revision = 0;
  text = read_variant (sample, WUYOU_CONTRACT_PAPER_DRAFT, "draft.pdf");
  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, absent, FALSE);
}

/* The live preview of a form in which nothing is filled in yet. */
static void
test_empty_draft (void)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  const WuyouContractPaperInput input = { .contract = contract };
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = wuyou_contract_paper_new (&input, WUYOU_CONTRACT_PAPER_DRAFT, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (wuyou_paper_get_n_pages (paper), ==, 2);
  g_assert_null (wuyou_contract_paper_new (&input, WUYOU_CONTRACT_PAPER_LEGAL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
}

static void
test_company (void)
{
  static const char *const expected[] = {
    "海州远山供应链管理有限公司",
    "统一社会信用代码",
    "授权代理人林晓棠",
    "13900005678",
    "乙方（盖章）",
    "代理人签字",
    "企业自用",
    "约定自2026年12月1日零时起，且不早于签署之日的次日零时",
    NULL,
  };
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  WuyouContract *contract = sample->contract;
  g_autofree char *text = NULL;

  contract->owner_kind = WUYOU_OWNER_COMPANY;
  contract->owner_id_type = WUYOU_IDENTITY_CREDIT_CODE;
  contract->vehicle_use = WUYOU_USE_COMPANY;
  contract->starts_on_wish = wuyou_date_new (2026, 12, 1);
  g_free (contract->owner_name);
  contract->owner_name = g_strdup ("海州远山供应链管理有限公司");
  contract->agent_name = g_strdup ("林晓棠");
  contract->agent_mobile = g_strdup ("13900005678");
  text = read_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL, "company.pdf");
  wuyou_paper_assert_words (text, expected, TRUE);
  g_assert_true (strstr (text, "¥3,980.00大写") < strstr (text, "第2页·共6页"));
}

static void
test_used_and_gift (void)
{
  static const char *const expected[]
      = { "二手车", "自起始日起满24个月的前一日二十四时止", "由甲方赠送", "自服务费付清之日零时起", NULL };
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *text = NULL;

  sample->contract->condition = WUYOU_CONDITION_USED;
  sample->contract->term_months = 24;
  sample->contract->gift = TRUE;
  sample->contract->received_fen = 0;
  sample->product->rules.start_rule = WUYOU_START_PAYMENT_DAY;
  text = read_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL, NULL);
  wuyou_paper_assert_words (text, expected, TRUE);
}

/* Sixty characters of a name, two hundred of an address, rare characters among them: all on paper. */
static void
test_long_values (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  WuyouContract *contract = sample->contract;
  g_autofree char *name = wuyou_paper_repeat ("龘靐阿卜杜热合曼买买提艾力江", 60);
  g_autofree char *address = wuyou_paper_repeat ("新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县", 200);
  g_autofree char *model = wuyou_paper_repeat ("尊享型豪华套装", 60);
  g_autofree char *text = NULL;

  g_free (contract->owner_name);
  g_free (contract->owner_address);
  g_free (contract->model);
  contract->owner_name = g_strdup (name);
  contract->owner_address = g_strdup (address);
  contract->model = g_strdup (model);
  contract->owner_kind = WUYOU_OWNER_COMPANY;
  text = read_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL, "long.pdf");
  wuyou_paper_assert_words (text, (const char *const[]){ name, address, model, NULL }, TRUE);
}

static void
test_twenty_pages (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  GString *terms = g_string_new ("# 无忧置换服务通用条款\n\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  guint n;

  for (guint i = 1; i <= 100; i++)
    g_string_append_printf (
        terms,
        "第%u条 服务的范围与限制\n\n%u.1 本条约定第%u项内容：\n\n（一）**约定车辆在服务期内发生全损，且乙方"
        "在甲方处购置符合条件的新车；**\n\n（二）甲方按产品条款向乙方提供置换补偿，并协助办理新车的选购、上牌与"
        "交付，乙方应当提供必要的协助并如实说明情况。\n\n%u.2 本款与前款冲突的，以本款为准，尾号%04u。\n\n",
        i, i, i, i, i);
  sample->input.terms = terms->str;
  paper = wuyou_contract_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, &error);
  g_assert_no_error (error);
  n = wuyou_paper_get_n_pages (paper);
  g_assert_cmpuint (n, >=, 18);
  pdf = print (paper);
  wuyou_paper_keep (pdf, "twenty.pdf");
  text = wuyou_paper_read_text (pdf, NULL);
  for (guint i = 1; i <= n; i++) {
    g_autofree char *count = g_strdup_printf ("第%u页·共%u页", i, n);

    g_assert_nonnull (strstr (text, count));
  }
  for (guint i = 1; i <= 100; i++) {
    g_autofree char *tail = g_strdup_printf ("尾号%04u。", i);

    g_assert_nonnull (strstr (text, tail));
  }
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 400 * 1024);
  g_string_free (terms, TRUE);
}

/* A later version of the product does not change what was bound (PR-05). */
static void
test_bound_terms (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *before = wuyou_contract_paper_hash (&sample->input), *after = NULL, *text = NULL;

  sample->product->terms_text = g_strdup ("# 新版条款\n\n这是后来的版本。");
  after = wuyou_contract_paper_hash (&sample->input);
  text = read_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL, NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (strstr (text, "这是后来的版本"));
  sample->input.terms = NULL;
  g_free (text);
  text = read_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL, NULL);
  g_assert_nonnull (strstr (text, "这是后来的版本"));
}

/* What happens to a contract after it was fixed: none of it is on the paper, so none of it moves the hash. */
static const char *const not_printed[] = {
  "id",
  "seq",
  "version",
  "state",
  "org_id",
  "created_by",
  "created_at",
  "updated_at",
  "submitted_at",
  "vin_reason",
  "transferred",
  "owner_source",
  "product_id",
  "wholesale_fen",
  "signed_on",
  "effective_on",
  "ends_on",
  "consent_attested_by",
  "consent_attested_at",
  "paid_fen",
  "paid_on",
  "payment_method",
  "payment_reference",
  "terms_sha256",
  "content_sha256",
  "state_reason",
  "agent_name",
  "agent_mobile",
  "cancel_from",
  "cancel_requested_on",
  "cancel_on",
  "cancel_requested_by",
  "cancel_closed_at",
  "cancelled_by",
  "refund_json",
  "refund_fen",
  "credit_fen",
  "refund_state",
  "refund_due_on",
  "refunded_on",
  "refund_reference",
  "transferred_on",
  "revoke_proposed_by",
  "revoke_notice_on",
  NULL,
};

static void
change_field (const WuyouField *field, WuyouContract *contract)
{
  if (wuyou_field_is_text (field))
    wuyou_field_set_text (field, contract, "改动");
  else if (field->kind == WUYOU_KIND_BOOLEAN)
    wuyou_field_set_int (field, contract, !wuyou_field_get_int (field, contract));
  else if (field->kind == WUYOU_KIND_ENUM)
    wuyou_field_set_int (field, contract, wuyou_field_get_int (field, contract) == 2 ? 1 : 2);
  else
    wuyou_field_set_int (field, contract, wuyou_field_get_int (field, contract) + 1);
}

static void
test_hash (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *hash = wuyou_contract_paper_hash (&sample->input);

  g_assert_cmpuint (strlen (hash), ==, 64);
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];
    g_autoptr (WuyouPaperSample) other = wuyou_paper_sample_new ();
    g_autofree char *changed = NULL;
    gboolean printed = !g_strv_contains (not_printed, field->name);

    change_field (field, other->contract);
    changed = wuyou_contract_paper_hash (&other->input);
    if (g_str_equal (changed, hash) == printed)
      g_error ("%s: %s", field->name, printed ? "printed, but not in the hash" : "not printed, but in the hash");
  }
}

static void
test_hash_of_parts (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *hash = wuyou_contract_paper_hash (&sample->input), *terms = NULL, *dealer = NULL, *payload = NULL;

  sample->input.payload = "other";
  payload = wuyou_contract_paper_hash (&sample->input);
  g_assert_cmpstr (payload, ==, hash);
  sample->input.dealer.name = "另一家公司";
  dealer = wuyou_contract_paper_hash (&sample->input);
  g_assert_cmpstr (dealer, !=, hash);
  sample->input.terms = "# 别的条款";
  terms = wuyou_contract_paper_hash (&sample->input);
  g_assert_cmpstr (terms, !=, dealer);
}

/* A dealership that moved between submission and the first print: refused, instead of a page that its hash denies. */
static void
test_changed_since (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = NULL, draft = NULL;

  sample->contract->content_sha256 = wuyou_contract_paper_hash (&sample->input);
  paper = wuyou_contract_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, &error);
  g_assert_no_error (error);
  sample->input.dealer.address = "海州市新址路 9 号";
  g_assert_null (wuyou_contract_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  draft = wuyou_contract_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_DRAFT, &error);
  g_assert_no_error (error);
}

/* The code printed is the one that verifies, and it says what the foot of the page says. */
static void
test_printed_code (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autofree char *hash = wuyou_contract_paper_hash (&sample->input), *code = wuyou_paper_short_code (hash);
  g_autofree char *text = read_variant (sample, WUYOU_CONTRACT_PAPER_LEGAL, NULL);
  guint8 public_key[WUYOU_PAPER_PUBLIC_KEY], secret_key[WUYOU_PAPER_SECRET_KEY];
  g_autoptr (GError) error = NULL;
  WuyouPaperPayload payload;

  wuyou_paper_sample_keys (public_key, secret_key);
  g_assert_true (wuyou_paper_payload_verify (sample->payload, public_key, &payload, &error));
  g_assert_no_error (error);
  g_assert_cmpint (payload.hash[0], ==, g_ascii_xdigit_value (hash[0]) * 16 + g_ascii_xdigit_value (hash[1]));
  g_assert_nonnull (strstr (text, code));
}

static void
test_consent_sheet (void)
{
  static const char *const expected[] = {
    "车主告知与同意书",
    "处理目的",
    "处理方式",
    "信息种类",
    "保存期限",
    "您的权利",
    "我同意甲方为上述目的处理我的个人信息",
    "我单独同意甲方处理我的敏感个人信息",
    "我单独同意甲方向他人提供我的个人信息",
    "安途无忧商务服务有限公司",
    "保险公司",
    "技术服务方",
    "车主为个人（签字）",
    "车主为单位（盖章）",
    "欧阳靖远",
    "LBV41CD06LFA00001",
    "第1页·共1页",
    NULL,
  };
  static const char *const personal[] = { "欧阳靖远", "13800001234", "LBV41CD06LFA00001", "11010519491231002X", NULL };
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = wuyou_consent_sheet_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, &error);
  g_autoptr (WuyouPaper) masked = wuyou_consent_sheet_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_INTERNAL, &error);
  g_autoptr (GBytes) pdf = print (paper), masked_pdf = print (masked);
  g_autofree char *text = wuyou_paper_read_text (pdf, NULL), *masked_text = wuyou_paper_read_text (masked_pdf, NULL);

  wuyou_paper_keep (pdf, "consent.pdf");
  wuyou_paper_assert_words (text, expected, TRUE);
  wuyou_paper_assert_words (text, (const char *const[]){ "11010519491231002X", NULL }, FALSE);
  wuyou_paper_assert_words (masked_text, personal, FALSE);
}

/* Printed before anything is known of the contract but who sells it. */
static void
test_empty_consent_sheet (void)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  const WuyouContractPaperInput input = { .contract = contract, .dealer = { .name = "海州安达汽车销售服务有限公司" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = wuyou_consent_sheet_paper_new (&input, WUYOU_CONTRACT_PAPER_LEGAL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (wuyou_paper_get_n_pages (paper), ==, 1);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/contract/facts", test_facts);
  g_test_add_func ("/papers/contract/order", test_order);
  g_test_add_func ("/papers/contract/internal", test_internal);
  g_test_add_func ("/papers/contract/draft", test_draft);
  g_test_add_func ("/papers/contract/empty-draft", test_empty_draft);
  g_test_add_func ("/papers/contract/company", test_company);
  g_test_add_func ("/papers/contract/used-and-gift", test_used_and_gift);
  g_test_add_func ("/papers/contract/long-values", test_long_values);
  g_test_add_func ("/papers/contract/twenty-pages", test_twenty_pages);
  g_test_add_func ("/papers/contract/bound-terms", test_bound_terms);
  g_test_add_func ("/papers/contract/hash", test_hash);
  g_test_add_func ("/papers/contract/hash-of-parts", test_hash_of_parts);
  g_test_add_func ("/papers/contract/changed-since", test_changed_since);
  g_test_add_func ("/papers/contract/printed-code", test_printed_code);
  g_test_add_func ("/papers/consent-sheet/facts", test_consent_sheet);
  g_test_add_func ("/papers/consent-sheet/empty", test_empty_consent_sheet);
  return g_test_run ();
}
