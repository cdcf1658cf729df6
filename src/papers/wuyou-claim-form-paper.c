/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-pen.h"

/* What both parties sign: the claim form at the beginning, the record of the new car at the end. */

/* What every paper says of owner and car, and how to reach them. */
static void
add_owner (Pen *pen)
{
  GArray *rows = _wuyou_pen_subject_rows (pen);

  _wuyou_pen_space (pen);
  _wuyou_pen_contract_row (pen, rows, "车主手机", "owner_mobile", FALSE);
  if (pen->contract->owner_kind == WUYOU_OWNER_COMPANY) {
    _wuyou_pen_contract_row (pen, rows, "授权代理人", "agent_name", FALSE);
    _wuyou_pen_contract_row (pen, rows, "代理人手机", "agent_mobile", FALSE);
  }
  _wuyou_pen_grid (pen, rows);
}

static void
add_reported (const WuyouClaim *claim, GArray *rows)
{
  g_autofree char *time = wuyou_instant_format_local (claim->reported_at);

  if (claim->reported_at != 0)
    _wuyou_pen_row (rows, "报案登记",
                    g_strconcat (time, claim->reported_late ? "（晚于合同约定的告知期限）" : NULL, NULL), TRUE);
}

static void
add_loss (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  const char *kind = wuyou_enum_label (wuyou_loss_types, claim->loss_type);
  GArray *rows = _wuyou_pen_rows_new ();

  if (claim->loss_at != 0)
    _wuyou_pen_row (rows, "出险时间", wuyou_instant_format_local (claim->loss_at), FALSE);
  _wuyou_pen_row (rows, "出险类型", *kind != '\0' ? g_strdup (_wuyou_claim_word (kind)) : NULL, FALSE);
  _wuyou_pen_claim_row (pen, rows, "出险地点", "loss_place", TRUE);
  _wuyou_pen_claim_row (pen, rows, "出险经过", "loss_cause", TRUE);
  _wuyou_pen_claim_row (pen, rows, "报案人", "informant_name", FALSE);
  _wuyou_pen_claim_row (pen, rows, "报案人手机", "informant_mobile", FALSE);
  _wuyou_pen_claim_row (pen, rows, "保险公司报案号", "insurer_report_no", FALSE);
  _wuyou_pen_claim_row (pen, rows, "公安报案号", "police_report_no", FALSE);
  add_reported (claim, rows);
  _wuyou_pen_heading (pen, "出险情况");
  _wuyou_pen_grid (pen, rows);
}

/* The motor insurer's facts are insurance, and are called so. */
static void
add_insurer (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  const char *determination = wuyou_enum_label (wuyou_determinations, claim->determination);
  GArray *rows = _wuyou_pen_rows_new ();

  _wuyou_pen_contract_row (pen, rows, "承保公司", "commercial_insurer", FALSE);
  _wuyou_pen_contract_row (pen, rows, "商业险保单号", "commercial_policy_no", FALSE);
  _wuyou_pen_row (rows, "认定结果", g_strdup (*determination != '\0' ? _wuyou_claim_word (determination) : "尚未认定"),
                  FALSE);
  _wuyou_pen_date_row (rows, "认定日期", claim->determined_on);
  _wuyou_pen_money_row (rows, "保险金额", claim->sum_insured_fen);
  _wuyou_pen_money_row (rows, "已付金额", claim->payout_fen);
  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "车主自行投保的机动车保险与保险公司的认定");
  _wuyou_pen_grid (pen, rows);
  _wuyou_pen_end_together (pen);
}

static void
add_consent (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  g_autofree char *day = wuyou_date_format_long (claim->consent_on);
  g_autofree char *text = g_strdup_printf (
      "包括身份证件或营业执照、行驶证、驾驶证与银行划账凭证的影像。仅用于核对本次申请，加密存储、限定人员查看。"
      "可以不同意，但缺少这些材料无法完成审核；可以随时撤回。同意日期：%s。",
      claim->consent_on != WUYOU_DATE_NONE ? day : "____年__月__日");

  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "敏感材料的单独同意");
  _wuyou_pen_choice (pen, "单独同意为审核本次申请处理敏感材料", text, claim->consent_sensitive);
  _wuyou_pen_end_together (pen);
}

gboolean
_wuyou_claim_form_write (Pen *pen, G_GNUC_UNUSED GError **error)
{
  static const char *const declaration[] = {
    "依据上列服务合同，就约定车辆的全损申请置换补偿。以上内容与提交的材料真实、完整，清楚伪造、变造材料或者以欺诈方法申请的后果。",
    "清楚车辆是否构成全损或推定全损以保险公司的书面认定为准，经销商与服务运营方不另行认定。",
    "清楚置换补偿用于抵减在经销商处购置新车的价款，不折现，不转让；一次置换后服务合同履行完毕。",
    NULL,
  };

  add_owner (pen);
  add_loss (pen);
  add_insurer (pen);
  add_consent (pen);
  _wuyou_pen_both (pen, "声明与签署", declaration);
  return TRUE;
}

static void
add_new_car (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  GArray *rows = _wuyou_pen_rows_new ();

  _wuyou_pen_row (rows, "新车", _wuyou_pen_dup_new_car (pen), TRUE);
  _wuyou_pen_claim_row (pen, rows, "车架号", "new_vin", FALSE);
  _wuyou_pen_claim_row (pen, rows, "发票号码", "new_invoice_no", FALSE);
  _wuyou_pen_money_row (rows, "厂商指导价", claim->new_msrp_fen);
  _wuyou_pen_money_row (rows, "发票价税合计", claim->new_invoice_fen);
  _wuyou_pen_date_row (rows, "订购日期", claim->new_ordered_on);
  _wuyou_pen_row (rows, "交付日期",
                  claim->delivered_on != WUYOU_DATE_NONE ? wuyou_date_format_long (claim->delivered_on)
                                                         : g_strdup ("______年____月____日"),
                  FALSE);
  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "交付的新车");
  _wuyou_pen_grid (pen, rows);
  _wuyou_pen_end_together (pen);
}

static void
add_checks (Pen *pen)
{
  static const char *const checks[][2] = {
    { "车架号", "车身、发票与合格证上的车架号与上列一致" },
    { "外观与内饰", "漆面、玻璃、轮胎与内饰完好，无划伤和修补" },
    { "功能", "灯光、空调、影音与驾驶辅助功能正常" },
    { "里程与钥匙", "里程表 __________ 公里；遥控钥匙 ____ 把，机械钥匙 ____ 把" },
    { "随车文件", "发票、合格证或一致性证书、使用说明与保养手册" },
    { "登记与保单", "号牌或临时号牌、行驶证，机动车保险单由车主自行投保并持有" },
    { "随车物品", "三角警示牌、反光背心、工具与充电设备（如有）" },
    { "补偿抵减", "补偿金额已按核准通知在新车价款中抵减，明细已说明" },
  };
  static const double widths[] = { 17, 63, 20 };
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  _wuyou_pen_cells (cells, "项目", "内容", "车主确认", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    _wuyou_pen_cells (cells, checks[i][0], checks[i][1], "□ 是　□ 否", NULL);
  _wuyou_pen_cells (cells, "不符说明", "如有不符，写明后由双方签字：\n\n", "", NULL);
  _wuyou_pen_heading (pen, "交付检查");
  _wuyou_pen_table (pen, G_N_ELEMENTS (widths), widths, 0, cells);
}

gboolean
_wuyou_claim_hand_over_write (Pen *pen, G_GNUC_UNUSED GError **error)
{
  static const char *const declaration[] = {
    "新车及上列文件、物品已经当面清点，车主已经接收。",
    "双方清楚：本次置换完成后，原服务合同履行完毕，剩余服务期不再延续。",
    NULL,
  };

  _wuyou_pen_subject (pen);
  add_new_car (pen);
  add_checks (pen);
  _wuyou_pen_both (pen, "双方签署", declaration);
  return TRUE;
}
