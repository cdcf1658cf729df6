/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-contract-facts.h"

#include "base/wuyou-money.h"
#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-identity.h"
#include "sales/wuyou-term-rules.h"

typedef struct {
  const WuyouContractPaperInput *input;
  const WuyouContract *contract;
  gboolean masked;
  WuyouContractSection *section;
} Writer;

/* Words of the paper for values of the contract's enums; the index is the value. */
static const char *const brands[] = { NULL, "BMW", "MINI" };
static const char *const energies[] = { NULL, "燃油", "插电式混合动力", "纯电动" };
static const char *const uses[] = { NULL, "家庭自用", "企业自用", "营运" };
static const char *const conditions[] = { NULL, "新车", "二手车" };
static const char *const identities[] = {
  NULL,
  "居民身份证",
  "港澳台居民居住证",
  "港澳居民来往内地通行证",
  "台湾居民来往大陆通行证",
  "外国人永久居留身份证",
  "护照",
  "统一社会信用代码",
};

#define WORD(table, value) ((guint) (value) < G_N_ELEMENTS (table) ? (table)[value] : NULL)

const char *
_wuyou_contract_facts_brand (int brand)
{
  return WORD (brands, brand);
}

const char *
_wuyou_contract_facts_energy (int energy)
{
  return WORD (energies, energy);
}

const char *
_wuyou_contract_facts_use (int vehicle_use)
{
  return WORD (uses, vehicle_use);
}

const char *
_wuyou_contract_facts_condition (int condition)
{
  return WORD (conditions, condition);
}

static void
free_section (gpointer data)
{
  WuyouContractSection *section = data;

  g_free (section->title);
  g_array_unref (section->rows);
  g_ptr_array_unref (section->values);
  g_free (section);
}

static void
begin_section (Writer *writer, GPtrArray *facts, const char *title)
{
  WuyouContractSection *section = g_new0 (WuyouContractSection, 1);

  section->title = g_strdup (title);
  section->rows = g_array_new (FALSE, TRUE, sizeof (WuyouPaperRow));
  section->values = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (facts, section);
  writer->section = section;
}

static void
take_row (Writer *writer, const char *label, char *value, gboolean wide)
{
  WuyouPaperRow row = { label, value, wide };

  if (value != NULL)
    g_ptr_array_add (writer->section->values, value);
  g_array_append_val (writer->section->rows, row);
}

static void
add_row (Writer *writer, const char *label, const char *value)
{
  take_row (writer, label, g_strdup (value), FALSE);
}

/* A text field of the contract: masked by the one rule for masking, when this is an internal copy. */
static void
add_field (Writer *writer, const char *label, const char *name, gboolean wide)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, name);
  const char *text = wuyou_field_get_text (field, writer->contract);

  if (text != NULL && writer->masked)
    take_row (writer, label, wuyou_field_dup_masked (field, writer->contract), wide);
  else
    take_row (writer, label, g_strdup (text), wide);
}

static void
add_date (Writer *writer, const char *label, WuyouDate date)
{
  take_row (writer, label, date != WUYOU_DATE_NONE ? wuyou_date_format_long (date) : NULL, FALSE);
}

static char *
format_amount (gint64 fen)
{
  g_autofree char *digits = wuyou_money_format (fen);

  return g_strdup_printf ("¥ %s", digits);
}

static char *
format_amount_in_words (gint64 fen)
{
  g_autofree char *digits = wuyou_money_format (fen);
  g_autofree char *words = wuyou_money_format_uppercase (fen);

  return g_strdup_printf ("¥ %s　大写：%s", digits, words);
}

static void
add_party (Writer *writer, const char *role, const WuyouPaperParty *party)
{
  take_row (writer, role, g_strdup (party->name), TRUE);
  add_row (writer, "信用代码", party->credit_code);
  add_row (writer, "联系电话", party->phone);
  take_row (writer, "地址", g_strdup (party->address), TRUE);
}

static void
add_parties (Writer *writer, GPtrArray *facts)
{
  const WuyouContractPaperInput *input = writer->input;

  begin_section (writer, facts, "甲方 · 服务提供方");
  add_party (writer, "经销商", &input->dealer);
  if (input->seller != NULL)
    add_row (writer, "经办人", input->seller);
  if (input->operator.name != NULL)
    add_row (writer, "服务运营方", input->operator.name);
}

static void
add_owner (Writer *writer, GPtrArray *facts)
{
  const WuyouContract *contract = writer->contract;
  gboolean company = contract->owner_kind == WUYOU_OWNER_COMPANY;

  begin_section (writer, facts, "乙方 · 车主");
  add_field (writer, company ? "名称" : "姓名", "owner_name", company);
  add_field (writer, "手机", "owner_mobile", FALSE);
  if (contract->owner_email != NULL || company)
    add_field (writer, "电子邮箱", "owner_email", !company);
  add_row (writer, "证件类型", WORD (identities, contract->owner_id_type));
  add_field (writer, "证件号码", "owner_id_no", FALSE);
  add_field (writer, "地址", "owner_address", TRUE);
  if (company) {
    add_field (writer, "授权代理人", "agent_name", FALSE);
    add_field (writer, "代理人手机", "agent_mobile", FALSE);
  }
}

static char *
describe_drive (const WuyouContract *contract)
{
  const char *energy = WORD (energies, contract->energy);
  g_autofree char *seats = contract->seats > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT " 座", contract->seats) : NULL;

  if (energy == NULL || seats == NULL)
    return g_strdup (energy != NULL ? energy : seats);
  return g_strdup_printf ("%s · %s", energy, seats);
}

static void
add_vehicle (Writer *writer, GPtrArray *facts)
{
  const WuyouContract *contract = writer->contract;

  begin_section (writer, facts, "约定车辆");
  add_field (writer, "车架号", "vin", FALSE);
  add_field (writer, "号牌号码", "plate", FALSE);
  take_row (writer, "品牌车系",
            g_strjoin (" ", WORD (brands, contract->brand) != NULL ? WORD (brands, contract->brand) : "—",
                       contract->series, NULL),
            FALSE);
  add_row (writer, "车型", contract->model);
  add_field (writer, "发动机号", "engine_no", FALSE);
  take_row (writer, "动力与座位", describe_drive (contract), FALSE);
  add_row (writer, "使用性质", WORD (uses, contract->vehicle_use));
  add_row (writer, "购置类型", WORD (conditions, contract->condition));
  take_row (writer, "行驶里程",
            contract->mileage_km > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT " 公里", contract->mileage_km) : NULL,
            FALSE);
  take_row (writer, "厂商指导价", contract->msrp_fen > 0 ? format_amount (contract->msrp_fen) : NULL, FALSE);
  add_date (writer, "首张发票日期", contract->first_invoice_on);
  add_field (writer, "发票号码", "invoice_no", FALSE);
  if (contract->invoice_code != NULL)
    add_field (writer, "发票代码", "invoice_code", TRUE);
  take_row (writer, "发票价税合计",
            contract->invoice_amount_fen > 0 ? format_amount_in_words (contract->invoice_amount_fen) : NULL, TRUE);
}

static char *
format_span (WuyouDate from, WuyouDate to)
{
  g_autofree char *first = wuyou_date_format_long (from);
  g_autofree char *last = wuyou_date_format_long (to);

  return from != WUYOU_DATE_NONE && to != WUYOU_DATE_NONE ? g_strdup_printf ("%s至%s", first, last) : NULL;
}

/* The motor policies are insurance, and are called so; the service is not. */
static void
add_policies (Writer *writer, GPtrArray *facts)
{
  const WuyouContract *contract = writer->contract;

  begin_section (writer, facts, "车主自行投保的机动车保险");
  add_row (writer, "商业险承保", contract->commercial_insurer);
  add_field (writer, "保单号", "commercial_policy_no", FALSE);
  take_row (writer, "保险期间", format_span (contract->commercial_from, contract->commercial_to), FALSE);
  take_row (writer, "车损险保额",
            contract->commercial_sum_fen > 0 ? format_amount (contract->commercial_sum_fen) : NULL, FALSE);
  add_row (writer, "交强险承保", contract->compulsory_insurer);
  add_field (writer, "保单号", "compulsory_policy_no", FALSE);
  take_row (writer, "保险期间", format_span (contract->compulsory_from, contract->compulsory_to), TRUE);
}

static char *
describe_start (const WuyouContract *contract, const WuyouProduct *product)
{
  const char *rule = product->rules.start_rule == WUYOU_START_PAYMENT_DAY ? "服务费付清之日零时" : "签署之日的次日零时";
  g_autofree char *agreed = NULL;

  if (contract->starts_on_wish == WUYOU_DATE_NONE)
    return g_strconcat ("自", rule, "起", NULL);
  agreed = wuyou_date_format_long (contract->starts_on_wish);
  return g_strdup_printf ("约定自%s零时起，且不早于%s", agreed, rule);
}

static char *
describe_end (const WuyouContract *contract, const WuyouProduct *product)
{
  gint64 months = wuyou_term_months (contract, product);
  g_autofree char *last = NULL;

  if (months <= 0)
    return NULL;
  if (contract->condition == WUYOU_CONDITION_USED)
    return g_strdup_printf ("自起始日起满 %" G_GINT64_FORMAT " 个月的前一日二十四时止", months);
  if (contract->first_invoice_on == WUYOU_DATE_NONE)
    return NULL;
  last = wuyou_date_format_long (wuyou_term_last_day (contract->first_invoice_on, months));
  return g_strdup_printf ("至%s二十四时止（自首张发票日期起满 %" G_GINT64_FORMAT " 个月的前一日）", last, months);
}

static void
add_service (Writer *writer, GPtrArray *facts)
{
  const WuyouContract *contract = writer->contract;
  const WuyouProduct *product = writer->input->product;
  gboolean free_of_charge = wuyou_contract_is_free (contract);

  begin_section (writer, facts, "服务与服务费");
  if (product != NULL) {
    add_row (writer, "服务产品", product->name);
    take_row (writer, "产品版本", g_strdup_printf ("%s · %s", product->code, product->label), FALSE);
    take_row (writer, "服务期起始", describe_start (contract, product), TRUE);
    take_row (writer, "服务期终止", describe_end (contract, product), TRUE);
  }
  if (contract->retail_fen > 0)
    take_row (writer, "建议零售价", format_amount (contract->retail_fen), TRUE);
  if (free_of_charge)
    take_row (writer, "服务费", g_strdup ("由甲方赠送，乙方无须支付；合同解除时不退还费用"), TRUE);
  else
    take_row (writer, "服务费", contract->received_fen > 0 ? format_amount_in_words (contract->received_fen) : NULL,
              TRUE);
  if (contract->gift && !free_of_charge)
    take_row (writer, "说明", g_strdup ("服务费由甲方赠送；合同解除时不退还"), TRUE);
}

GPtrArray *
_wuyou_contract_facts_new (const WuyouContractPaperInput *input, gboolean masked)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (free_section);
  Writer writer = { .input = input, .contract = input->contract, .masked = masked };

  add_parties (&writer, facts);
  add_owner (&writer, facts);
  add_vehicle (&writer, facts);
  add_policies (&writer, facts);
  add_service (&writer, facts);
  return facts;
}

const char *
_wuyou_contract_facts_terms (const WuyouContractPaperInput *input)
{
  if (input->terms != NULL)
    return input->terms;
  return input->product != NULL ? input->product->terms_text : NULL;
}
