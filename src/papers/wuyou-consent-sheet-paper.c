/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-contract-paper.h"

#include "wuyou-sheet.h"

#define TITLE "车主告知与同意书"

static const char *
or_blank (const char *text)
{
  return text != NULL && *text != '\0' ? text : "________________";
}

static char *
dup_field (const WuyouContract *contract, const char *name, gboolean masked)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, name);

  return masked ? wuyou_field_dup_masked (field, contract) : g_strdup (wuyou_field_get_text (field, contract));
}

static void
add_subject (WuyouSheet *sheet, const WuyouContract *contract, gboolean masked)
{
  g_autofree char *owner = dup_field (contract, "owner_name", masked);
  g_autofree char *mobile = dup_field (contract, "owner_mobile", masked);
  g_autofree char *vin = dup_field (contract, "vin", masked);
  g_autofree char *vehicle = g_strjoin (" ", contract->series != NULL ? contract->series : "", contract->model, NULL);
  const WuyouPaperRow rows[] = {
    { "车主", owner, FALSE },
    { "手机", mobile, FALSE },
    { "车架号", vin, FALSE },
    { "车型", g_strstrip (vehicle), FALSE },
  };

  wuyou_sheet_add_grid (sheet, 2, rows, G_N_ELEMENTS (rows));
}

/* What PIPL 17 asks a notice to say: who, how to reach them, why, how, which kinds, how long, which rights. */
static void
add_notice (WuyouSheet *sheet, const WuyouContractPaperInput *input)
{
  g_autofree char *who = g_strdup_printf (
      "%s（以下称“甲方”），联系电话 %s，地址 %s。甲方设有个人信息保护负责人，可以通过上述方式联系。",
      or_blank (input->dealer.name), or_blank (input->dealer.phone), or_blank (input->dealer.address));
  const WuyouPaperRow rows[] = {
    { "处理者", who, TRUE },
    { "处理目的",
      "核对资格，订立与履行无忧置换服务合同，收取服务费并开具发票，审核置换申请，处理投诉与争议，履行法定义务。",
      TRUE },
    { "处理方式", "收集、录入、核对、加密存储、必要范围内提供、打印与归档；不作自动化拒绝，不用于广告。", TRUE },
    { "信息种类",
      "姓名或者名称、证件类型与号码、手机、邮箱、地址、车辆与发票信息、机动车投保信息；企业车主另含代理人的姓名与手机。",
      TRUE },
    { "保存期限", "合同终止之日起五年，法律另有规定的从其规定；期满删除或者匿名化。", TRUE },
    { "您的权利",
      "查阅、复制、更正、补充、删除、撤回同意、要求解释处理规则。撤回与同意同样方便，撤回不影响此前处理的效力。",
      TRUE },
  };

  wuyou_sheet_add_heading (sheet, 2, "告知事项");
  wuyou_sheet_add_grid (sheet, 1, rows, G_N_ELEMENTS (rows));
}

static void
add_choices (WuyouSheet *sheet, const WuyouContractPaperInput *input)
{
  const char *operator= input->operator.name != NULL ? input->operator.name : "安途无忧服务运营方";
  g_autofree char *provision = g_strdup_printf (
      "为审核资格与申请、结算和系统运行，甲方向下列接收方提供履行所必需的信息：服务运营方%s；承保约定车辆的保险公司；"
      "受托提供系统与存储的技术服务方。接收方只能用于上述目的，不得再行提供。",
      operator);

  wuyou_sheet_add_heading (sheet, 2, "逐项同意");
  wuyou_sheet_add_note (
      sheet, "请在同意的事项前亲自打勾。每一项可以单独决定；不勾选即为不同意，甲方不得因此拒绝提供与该项无关的服务。");
  wuyou_sheet_add_choice (sheet, "我同意甲方为上述目的处理我的个人信息", "不同意的，甲方无法订立和履行服务合同。",
                          FALSE);
  wuyou_sheet_add_choice (
      sheet, "我单独同意甲方处理我的敏感个人信息",
      "包括证件号码，以及可能含有证件、发票、保单的影像。处理仅为核验真实性所必要，影像加密存储、限定人员查看；"
      "泄露可能导致身份被冒用。",
      FALSE);
  wuyou_sheet_add_choice (sheet, "我单独同意甲方向他人提供我的个人信息", provision, FALSE);
}

static void
add_signatures (WuyouSheet *sheet)
{
  static const char *const person[] = { "签字", "日期", NULL };
  static const char *const company[] = { "代理人签字", "日期", NULL };
  static const WuyouPaperSignature signatures[] = {
    { "车主为个人（签字）", NULL, person, FALSE },
    { "车主为单位（盖章）", NULL, company, TRUE },
  };

  wuyou_sheet_begin_together (sheet);
  wuyou_sheet_add_heading (sheet, 2, "车主签署");
  wuyou_sheet_add_signatures (sheet, signatures, G_N_ELEMENTS (signatures));
  wuyou_sheet_add_note (sheet, "本页一式两份，车主与甲方各执一份。甲方取得本页之前不收集证件、发票与保单影像。");
  wuyou_sheet_end_together (sheet);
}

WuyouPaper *
wuyou_consent_sheet_paper_new (const WuyouContractPaperInput *input, WuyouContractPaperVariant variant, GError **error)
{
  gboolean masked = variant == WUYOU_CONTRACT_PAPER_INTERNAL;
  const char *number = input->contract->number;
  g_autofree char *head = number != NULL ? g_strdup_printf ("合同编号 %s", number) : NULL;
  const WuyouPaperRunning running = {
    .title = input->dealer.name,
    .number = head,
    .stamp = TITLE,
    .notice = masked ? "内部留存 · 个人信息已遮盖" : NULL,
    .watermark = masked ? "内部留存" : NULL,
  };
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&running);

  wuyou_sheet_add_title (sheet, TITLE, "个人信息处理的告知，以及逐项、自愿的同意");
  add_subject (sheet, input->contract, masked);
  add_notice (sheet, input);
  add_choices (sheet, input);
  add_signatures (sheet);
  return wuyou_sheet_lay_out (sheet, error);
}
