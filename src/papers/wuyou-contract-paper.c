/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-contract-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-contract-facts.h"
#include "wuyou-paper-payload.h"
#include "wuyou-sheet.h"

#define TITLE "无忧置换服务合同"

static void
hash_text (GChecksum *checksum, const char *text)
{
  /* The NUL between texts is hashed too, so that no two contents join to the same bytes. */
  g_checksum_update (checksum, (const guchar *) (text != NULL ? text : ""),
                     text != NULL ? (gssize) strlen (text) + 1 : 1);
}

static void
hash_facts (GChecksum *checksum, const WuyouContractPaperInput *input)
{
  g_autoptr (GPtrArray) facts = _wuyou_contract_facts_new (input, FALSE);

  for (guint i = 0; i < facts->len; i++) {
    const WuyouContractSection *section = g_ptr_array_index (facts, i);

    hash_text (checksum, section->title);
    for (guint r = 0; r < section->rows->len; r++) {
      hash_text (checksum, g_array_index (section->rows, WuyouPaperRow, r).label);
      hash_text (checksum, g_array_index (section->rows, WuyouPaperRow, r).value);
    }
  }
}

char *
wuyou_contract_paper_hash (const WuyouContractPaperInput *input)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const WuyouContract *contract = input->contract;
  const char *terms = _wuyou_contract_facts_terms (input);
  g_autofree char *head = g_strdup_printf ("wuyou-contract layout %d revision %" G_GINT64_FORMAT,
                                           WUYOU_PAPER_LAYOUT_VERSION, contract->revision);
  g_autofree char *terms_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, terms != NULL ? terms : "", -1);
  g_autofree char *consents = g_strdup_printf ("%d%d%d %d", contract->consent_processing, contract->consent_sensitive,
                                               contract->consent_provision, contract->consent_on);

  hash_text (checksum, head);
  hash_text (checksum, contract->number);
  hash_facts (checksum, input);
  hash_text (checksum, terms_hash);
  hash_text (checksum, consents);
  return g_strdup (g_checksum_get_string (checksum));
}

char *
wuyou_contract_paper_dup_title (const WuyouContractPaperInput *input)
{
  return input->contract->number != NULL ? g_strdup_printf ("%s %s", TITLE, input->contract->number) : g_strdup (TITLE);
}

/* Running head and foot of both papers of a contract. */
static WuyouSheet *
new_sheet (const WuyouContractPaperInput *input,
           WuyouContractPaperVariant variant,
           const char *title,
           gboolean with_code)
{
  const WuyouContract *contract = input->contract;
  gboolean draft = variant == WUYOU_CONTRACT_PAPER_DRAFT;
  g_autofree char *hash = draft || !with_code ? NULL : wuyou_contract_paper_hash (input);
  g_autofree char *code = hash != NULL ? wuyou_paper_short_code (hash) : NULL;
  g_autofree char *number
      = contract->number != NULL ? g_strdup_printf ("合同编号 %s", contract->number) : g_strdup ("合同编号 提交后生成");
  g_autofree char *stamp
      = code != NULL ? g_strdup_printf ("第 %" G_GINT64_FORMAT " 版 · 内容摘要 %s", contract->revision, code) : NULL;
  WuyouPaperRunning running = { .title = title, .number = number, .stamp = draft ? "草稿" : stamp };

  if (draft) {
    running.notice = "草稿 不作为合同";
    running.watermark = "草稿 不作为合同";
  } else if (variant == WUYOU_CONTRACT_PAPER_INTERNAL) {
    running.notice = "内部留存 · 个人信息已遮盖 · 不作为合同文本";
    running.watermark = "内部留存";
  } else if (with_code) {
    running.qr = input->payload;
  }
  return wuyou_sheet_new (&running);
}

static void
add_information (WuyouSheet *sheet, const WuyouContractPaperInput *input, WuyouContractPaperVariant variant)
{
  g_autoptr (GPtrArray) facts = _wuyou_contract_facts_new (input, variant == WUYOU_CONTRACT_PAPER_INTERNAL);

  for (guint i = 0; i < facts->len; i++) {
    const WuyouContractSection *section = g_ptr_array_index (facts, i);

    wuyou_sheet_begin_together (sheet);
    wuyou_sheet_add_heading (sheet, 2, section->title);
    wuyou_sheet_add_grid (sheet, 2, (const WuyouPaperRow *) (gpointer) section->rows->data, section->rows->len);
    wuyou_sheet_end_together (sheet);
  }
}

static void
add_consents (WuyouSheet *sheet, const WuyouContract *contract)
{
  g_autofree char *date = wuyou_date_format_long (contract->consent_on);
  g_autofree char *note
      = g_strdup_printf ("上述同意由乙方于%s在单独的《车主告知与同意书》上逐项签署。乙方可以随时撤回同意。",
                         *date != '\0' ? date : "____年__月__日");

  wuyou_sheet_break_page (sheet);
  wuyou_sheet_add_heading (sheet, 1, "车主告知与同意");
  wuyou_sheet_add_choice (
      sheet, "同意为订立和履行本合同处理个人信息",
      "甲方为核对身份与车辆、订立合同、收取服务费、提供置换服务和履行法定义务，处理乙方的身份、联系方式、"
      "车辆与投保信息。",
      contract->consent_processing);
  wuyou_sheet_add_choice (
      sheet, "单独同意处理敏感个人信息",
      "甲方为核验真实性，处理乙方的证件号码、证件影像、发票与保单影像。乙方可以拒绝，但甲方将无法核验并提供服务。",
      contract->consent_sensitive);
  wuyou_sheet_add_choice (
      sheet, "单独同意向第三方提供个人信息",
      "甲方为审核与结算，向服务运营方、承保约定车辆的保险公司以及受托的技术服务方提供上述必要信息；接收方不得另作他用。",
      contract->consent_provision);
  wuyou_sheet_add_note (sheet, note);
}

static const char *const person_lines[] = { "签字", "日期", NULL };
static const char *const dealer_lines[] = { "经办人签字", "日期", NULL };
static const char *const company_lines[] = { "代理人签字", "日期", NULL };

static void
add_declaration (WuyouSheet *sheet, const WuyouContractPaperInput *input, gboolean masked)
{
  static const WuyouPaperSpan bold = { 0, G_MAXUINT, WUYOU_PAPER_SPAN_BOLD };
  const WuyouContract *contract = input->contract;
  gboolean company = contract->owner_kind == WUYOU_OWNER_COMPANY;
  const WuyouField *name = wuyou_record_type_find (&wuyou_contract_type, "owner_name");
  g_autofree char *owner = masked ? wuyou_field_dup_masked (name, contract) : g_strdup (contract->owner_name);
  const WuyouPaperSignature signatures[] = {
    { "甲方（盖章）", input->dealer.name, dealer_lines, TRUE },
    { company ? "乙方（盖章）" : "乙方（签字）", owner, company ? company_lines : person_lines, company },
  };

  wuyou_sheet_begin_together (sheet);
  wuyou_sheet_add_heading (sheet, 1, "客户声明");
  wuyou_sheet_add_item (sheet, 0, "1.",
                        "本人（本单位）已完整阅读并理解合同信息页、服务通用条款与产品条款，信息页所载内容真实、准确。",
                        NULL, 0);
  wuyou_sheet_add_item (
      sheet, 0, "2.",
      "甲方已就粗体与下划线标示的条款，特别是不提供服务的情形、补偿上限与退费规则，作出提示并应要求予以说明。", &bold,
      1);
  wuyou_sheet_add_item (sheet, 0, "3.",
                        "本人（本单位）清楚本合同是服务合同，约定车辆的机动车保险由本人（本单位）自行投保并保持有效。",
                        NULL, 0);
  wuyou_sheet_add_signatures (sheet, signatures, G_N_ELEMENTS (signatures));
  wuyou_sheet_end_together (sheet);
}

/* What was fixed at submission must be what prints; a name or address may have changed since. */
static gboolean
is_as_fixed (const WuyouContractPaperInput *input)
{
  g_autofree char *hash = input->contract->content_sha256 != NULL ? wuyou_contract_paper_hash (input) : NULL;

  return hash == NULL || g_str_equal (hash, input->contract->content_sha256);
}

static gboolean
check_printable (const WuyouContractPaperInput *input, WuyouContractPaperVariant variant, GError **error)
{
  const char *refusal = NULL;

  if (variant == WUYOU_CONTRACT_PAPER_DRAFT)
    return TRUE;
  if (input->contract->number == NULL || input->contract->revision <= 0)
    refusal = N_ ("A contract prints as a contract once it is submitted and has a number.");
  else if (!is_as_fixed (input))
    refusal = N_ ("What this contract would print has changed since it was submitted. Return it and submit it again.");
  if (refusal != NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, refusal);
  return refusal == NULL;
}

WuyouPaper *
wuyou_contract_paper_new (const WuyouContractPaperInput *input, WuyouContractPaperVariant variant, GError **error)
{
  g_autoptr (WuyouSheet) sheet = NULL;
  g_autofree char *subtitle = NULL;
  const char *terms = _wuyou_contract_facts_terms (input);

  if (!check_printable (input, variant, error))
    return NULL;
  sheet = new_sheet (input, variant, TITLE, TRUE);
  subtitle = input->contract->number != NULL
                 ? g_strdup_printf ("合同编号 %s · 第 %" G_GINT64_FORMAT " 版", input->contract->number,
                                    MAX (input->contract->revision, 1))
                 : g_strdup ("合同编号于提交后生成");
  wuyou_sheet_add_title (sheet, TITLE, subtitle);
  add_information (sheet, input, variant);
  if (terms != NULL)
    wuyou_sheet_add_markdown (sheet, terms);
  add_consents (sheet, input->contract);
  add_declaration (sheet, input, variant == WUYOU_CONTRACT_PAPER_INTERNAL);
  return wuyou_sheet_lay_out (sheet, error);
}
