/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <pango/pangocairo.h>

#include "base/wuyou-money.h"
#include "sales/wuyou-document.h"
#include "wuyou-demo-document.h"

#define WIDTH 595.0 /* A4 in points */
#define HEIGHT 842.0
#define SCALE 1.25 /* 90 dots an inch: legible, and small */
#define MARGIN 56.0
#define TITLE "Noto Serif CJK SC, Noto Sans CJK SC, serif 20"
#define TEXT "Noto Serif CJK SC, Noto Sans CJK SC, serif 12"
#define MARK "Noto Sans CJK SC, sans 44"

static cairo_status_t
append_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
append_date (GString *out, const char *label, WuyouDate date)
{
  g_autofree char *text = date != WUYOU_DATE_NONE ? wuyou_date_format_long (date) : g_strdup ("");

  g_string_append_printf (out, "%s　%s\n", label, text);
}

static void
append_money (GString *out, const char *label, gint64 fen)
{
  g_autofree char *digits = wuyou_money_format (fen);
  g_autofree char *words = wuyou_money_format_uppercase (fen);

  g_string_append_printf (out, "%s　¥%s（%s）\n", label, digits, words);
}

static void
append_text (GString *out, const char *label, const char *text)
{
  if (text != NULL)
    g_string_append_printf (out, "%s　%s\n", label, text);
}

static const char *
write_invoice (GString *out, const WuyouContract *c, const char *dealer)
{
  append_text (out, "发票代码", c->invoice_code);
  append_text (out, "发票号码", c->invoice_no);
  append_date (out, "开票日期", c->first_invoice_on);
  append_text (out, "购买方", c->owner_name);
  append_text (out, "厂牌型号", c->model);
  append_text (out, "车辆识别代号", c->vin);
  append_text (out, "发动机号码", c->engine_no);
  append_money (out, "价税合计", c->invoice_amount_fen);
  append_text (out, "销货单位", dealer);
  return c->condition == WUYOU_CONDITION_USED ? "二手车销售统一发票" : "机动车销售统一发票";
}

static const char *
write_policy (GString *out, const WuyouContract *c, const char *dealer G_GNUC_UNUSED)
{
  append_text (out, "保险公司", c->commercial_insurer);
  append_text (out, "保险单号", c->commercial_policy_no);
  append_text (out, "被保险人", c->owner_name);
  append_text (out, "车辆识别代号", c->vin);
  append_date (out, "保险期间自", c->commercial_from);
  append_date (out, "至", c->commercial_to);
  append_money (out, "车辆损失保险金额", c->commercial_sum_fen);
  return "机动车商业保险单";
}

static const char *
write_consent (GString *out, const WuyouContract *c, const char *dealer)
{
  append_text (out, "经销商", dealer);
  append_text (out, "车主", c->owner_name);
  append_text (out, "同意处理个人信息", "√");
  append_text (out, "同意处理敏感影像", "√");
  append_text (out, "同意向运营方和保险公司提供", "√");
  append_date (out, "签字日期", c->consent_on);
  return "车主告知与同意书 · 签字件";
}

static const char *
write_contract (GString *out, const WuyouContract *c, const char *dealer)
{
  g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, c->revision);

  append_text (out, "合同编号", c->number);
  append_text (out, "版次", revision);
  append_text (out, "经销商", dealer);
  append_text (out, "车主", c->owner_name);
  append_text (out, "内容摘要", c->content_sha256);
  append_date (out, "签署日期", c->signed_on);
  return "置换服务合同 · 签字件";
}

static const char *
write_voucher (GString *out, const WuyouContract *c, const char *dealer)
{
  append_text (out, "收款单位", dealer);
  append_text (out, "付款人", c->owner_name);
  append_text (out, "流水号", c->payment_reference);
  append_money (out, "服务费", c->paid_fen);
  append_date (out, "收款日期", c->paid_on);
  return "收款凭证";
}

static const char *(*const writers[]) (GString *out, const WuyouContract *c, const char *dealer) = {
  [WUYOU_SLOT_INVOICE] = write_invoice,      [WUYOU_SLOT_POLICY] = write_policy,
  [WUYOU_SLOT_CONSENT_SCAN] = write_consent, [WUYOU_SLOT_SIGNED_CONTRACT] = write_contract,
  [WUYOU_SLOT_VOUCHER] = write_voucher,
};

static void
draw_text (cairo_t *cr, const char *font, const char *text, double x, double y, double spacing)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) ((WIDTH - MARGIN - x) * PANGO_SCALE));
  pango_layout_set_line_spacing (layout, (float) spacing);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (description);
  g_object_unref (layout);
}

static void
draw_page (cairo_t *cr, const char *title, const char *text)
{
  draw_text (cr, TITLE, title, MARGIN, MARGIN, 1);
  draw_text (cr, TEXT, text, MARGIN, MARGIN + 56, 1.8);
  cairo_set_source_rgba (cr, 0.6, 0.1, 0.1, 0.25);
  cairo_translate (cr, MARGIN, HEIGHT - 160);
  cairo_rotate (cr, -0.3);
  draw_text (cr, MARK, "演示样张", 0, 0, 1);
}

GBytes *
wuyou_demo_scan (int slot, const WuyouContract *contract, const char *dealer)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  const char *title = writers[slot](text, contract, dealer);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (WIDTH * SCALE), (int) (HEIGHT * SCALE));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_scale (cr, SCALE, SCALE);
  draw_page (cr, title, text->str);
  cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
