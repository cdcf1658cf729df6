/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-money.h"
#include "sales/wuyou-document.h"
#include "demo/wuyou-demo-document.h"
#include "wuyou-paper-press.h"
#include "wuyou-sheet.h"

/* Rows of a page; texts are owned. */
typedef struct {
  GArray *rows; /* WuyouPaperRow */
  GStringChunk *texts;
} Page;

static void
add_text (Page *page, const char *label, const char *text)
{
  WuyouPaperRow row = { .label = label, .wide = TRUE };

  if (text == NULL)
    return;
  row.value = g_string_chunk_insert (page->texts, text);
  g_array_append_val (page->rows, row);
}

static void
add_date (Page *page, const char *label, WuyouDate date)
{
  g_autofree char *text = date != WUYOU_DATE_NONE ? wuyou_date_format_long (date) : NULL;

  add_text (page, label, text);
}

static void
add_money (Page *page, const char *label, gint64 fen)
{
  g_autofree char *digits = wuyou_money_format (fen);
  g_autofree char *words = wuyou_money_format_uppercase (fen);
  g_autofree char *text = g_strdup_printf ("¥%s（%s）", digits, words);

  add_text (page, label, text);
}

static const char *
write_invoice (Page *page, const WuyouContract *c, const char *dealer)
{
  add_text (page, "发票代码", c->invoice_code);
  add_text (page, "发票号码", c->invoice_no);
  add_date (page, "开票日期", c->first_invoice_on);
  add_text (page, "购买方", c->owner_name);
  add_text (page, "厂牌型号", c->model);
  add_text (page, "车辆识别代号", c->vin);
  add_text (page, "发动机号码", c->engine_no);
  add_money (page, "价税合计", c->invoice_amount_fen);
  add_text (page, "销货单位", dealer);
  return c->condition == WUYOU_CONDITION_USED ? "二手车销售统一发票" : "机动车销售统一发票";
}

static const char *
write_policy (Page *page, const WuyouContract *c, const char *dealer G_GNUC_UNUSED)
{
  add_text (page, "保险公司", c->commercial_insurer);
  add_text (page, "保险单号", c->commercial_policy_no);
  add_text (page, "被保险人", c->owner_name);
  add_text (page, "车辆识别代号", c->vin);
  add_date (page, "保险期间自", c->commercial_from);
  add_date (page, "至", c->commercial_to);
  add_money (page, "车辆损失保险金额", c->commercial_sum_fen);
  return "机动车商业保险单";
}

static const char *
write_consent (Page *page, const WuyouContract *c, const char *dealer)
{
  add_text (page, "经销商", dealer);
  add_text (page, "车主", c->owner_name);
  add_text (page, "同意处理个人信息", "已签字");
  add_text (page, "同意处理敏感影像", "已签字");
  add_text (page, "同意向运营方和保险公司提供", "已签字");
  add_date (page, "签字日期", c->consent_on);
  return "车主告知与同意书（签字件）";
}

static const char *
write_contract (Page *page, const WuyouContract *c, const char *dealer)
{
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, c->revision);

  add_text (page, "合同编号", c->number);
  add_text (page, "版次", revision);
  add_text (page, "经销商", dealer);
  add_text (page, "车主", c->owner_name);
  add_text (page, "内容摘要", c->content_sha256);
  add_date (page, "签署日期", c->signed_on);
  return "置换服务合同（签字件）";
}

static const char *
write_voucher (Page *page, const WuyouContract *c, const char *dealer)
{
  add_text (page, "收款单位", dealer);
  add_text (page, "付款人", c->owner_name);
  add_text (page, "流水号", c->payment_reference);
  add_money (page, "服务费", c->paid_fen);
  add_date (page, "收款日期", c->paid_on);
  return "收款凭证";
}

static const char *(*const writers[]) (Page *page, const WuyouContract *c, const char *dealer) = {
  [WUYOU_SLOT_INVOICE] = write_invoice,      [WUYOU_SLOT_POLICY] = write_policy,
  [WUYOU_SLOT_CONSENT_SCAN] = write_consent, [WUYOU_SLOT_SIGNED_CONTRACT] = write_contract,
  [WUYOU_SLOT_VOUCHER] = write_voucher,
};

typedef struct {
  int slot;
  const WuyouContract *contract;
  const char *dealer;
  gint64 at;
} Scan;

static GBytes *
render_scan (gpointer data, GError **error)
{
  const Scan *scan = data;
  const WuyouPaperRunning running = { .watermark = "演示样张" };
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&running);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (WuyouPaperRow));
  Page page = { rows, g_string_chunk_new (512) };
  const char *title = writers[scan->slot](&page, scan->contract, scan->dealer);
  const WuyouPaperMetadata metadata = { .title = title, .created_at = scan->at };
  g_autoptr (WuyouPaper) paper = NULL;

  wuyou_sheet_add_title (sheet, title, NULL);
  wuyou_sheet_add_grid (sheet, 1, (const WuyouPaperRow *) (gpointer) rows->data, rows->len);
  paper = wuyou_sheet_lay_out (sheet, error);
  g_string_chunk_free (page.texts);
  return paper != NULL ? wuyou_paper_to_pdf (paper, &metadata, error) : NULL;
}

GBytes *
wuyou_demo_scan (int slot, const WuyouContract *contract, const char *dealer, gint64 at, GError **error)
{
  Scan scan = { .slot = slot, .contract = contract, .dealer = dealer, .at = at };

  return wuyou_paper_press_run (render_scan, &scan, error);
}
