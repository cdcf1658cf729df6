/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-money.h"
#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-exclusion.h"
#include "claims/wuyou-settlement.h"
#include "wuyou-claim-pen.h"
#include "wuyou-contract-facts.h"
#include "wuyou-paper-payload.h"

/* The decisions: each with what it means and what comes next. */

static void
add_offices (Pen *pen)
{
  const WuyouClaimPaperData *data = pen->data;
  g_autofree char *line = NULL;

  if (data->assessor_office == NULL || data->approver_office == NULL)
    return;
  line = g_strdup_printf ("初审：%s；复核：%s。初审与复核由不同人员完成。", data->assessor_office,
                          data->approver_office);
  _wuyou_pen_note (pen, line);
}

static void
end_letter (Pen *pen)
{
  _wuyou_pen_contact (pen);
  _wuyou_pen_begin_together (pen);
  add_offices (pen);
  _wuyou_pen_seal (pen);
  _wuyou_pen_end_together (pen);
}

static void
open_pre_approval (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  const char *insurer = pen->contract->commercial_insurer;
  g_autofree char *day = wuyou_date_format_long (claim->determined_on);
  g_autofree char *line = g_strdup_printf (
      "根据%s于%s作出的%s认定，%s的置换补偿申请已通过预审，可以开始置换新车。", insurer != NULL ? insurer : "保险公司",
      day, _wuyou_claim_word (wuyou_enum_label (wuyou_determinations, claim->determination)), _wuyou_pen_you (pen));

  _wuyou_pen_paragraph (pen, line);
}

static void
add_limit (Pen *pen)
{
  GArray *rows = _wuyou_pen_rows_new ();
  gboolean limited = pen->data->limit_fen >= 0;

  if (limited)
    _wuyou_pen_amount_row (rows, "补偿上限", pen->data->limit_fen);
  else
    _wuyou_pen_row (rows, "补偿金额", g_strdup ("按产品条款与新车票据计算"), TRUE);
  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "最高补偿金额");
  _wuyou_pen_grid (pen, rows);
  _wuyou_pen_note (
      pen, limited ? "本通知不是最终核准。最终金额在新车材料齐备后按产品条款计算，以核准通知为准，不超过上列金额。"
                   : "本通知不是最终核准。最终金额在新车材料齐备后按产品条款计算，以核准通知为准。");
  _wuyou_pen_end_together (pen);
}

static char *
dup_order_by (const Pen *pen)
{
  const WuyouProduct *product = pen->data->product;
  WuyouClaimClocks clocks;
  g_autofree char *day = wuyou_date_format_long (pen->claim->due_on);

  wuyou_claim_clocks_read (product != NULL && product->benefit_json != NULL ? product->benefit_json : "{}", &clocks);
  return g_strdup_printf ("最迟于%s（含当日）签署新车购车合同，即保险公司作出认定之日起%" G_GINT64_FORMAT "日内。", day,
                          clocks.order_days);
}

/* C-06, the same figure as the rule's. */
static char *
dup_least_price (const Pen *pen)
{
  gint64 percent = pen->data->product != NULL ? pen->data->product->rules.min_replacement_msrp_percent : 0;
  g_autofree char *least = _wuyou_pen_dup_yuan (wuyou_money_scale (pen->contract->msrp_fen, percent, 100));
  g_autofree char *old = _wuyou_pen_dup_yuan (pen->contract->msrp_fen);

  if (percent <= 0)
    return NULL;
  if (pen->contract->msrp_fen <= 0)
    return g_strdup_printf ("新车厂商指导价不低于约定车辆厂商指导价的%" G_GINT64_FORMAT "%%。", percent);
  return g_strdup_printf ("新车厂商指导价不低于约定车辆厂商指导价%s的%" G_GINT64_FORMAT "%%，即不低于%s。", old,
                          percent, least);
}

static void
add_conditions (Pen *pen)
{
  const char *brand = _wuyou_contract_facts_brand (pen->contract->brand);
  const char *dealer = pen->data->dealer.name;
  g_autofree char *order_by = dup_order_by (pen), *least = dup_least_price (pen);
  g_autofree char *same
      = g_strdup_printf ("新车品牌与约定车辆相同%s%s。", brand != NULL ? "：" : "", brand != NULL ? brand : "");
  g_autofree char *place = g_strdup_printf ("新车在%s购买。", dealer != NULL ? dealer : "经销商处");
  guint n = 0;

  _wuyou_pen_heading (pen, "置换条件");
  if (pen->claim->due_on != WUYOU_DATE_NONE)
    _wuyou_pen_item (pen, ++n, order_by);
  _wuyou_pen_item (pen, ++n, same);
  if (least != NULL)
    _wuyou_pen_item (pen, ++n, least);
  _wuyou_pen_item (pen, ++n, place);
}

typedef enum { REQUIRED, CONDITIONAL, OPTIONAL } Need;

static Need
get_need (const WuyouChecklistRow *row)
{
  return row->required ? REQUIRED : row->when != NULL ? CONDITIONAL : OPTIONAL;
}

static char *
name_document (const WuyouChecklistRow *row)
{
  const char *form = _wuyou_claim_word (wuyou_enum_label (wuyou_document_forms, row->form));

  return row->when != NULL ? g_strdup_printf ("%s（%s，%s时）", row->title, form, row->when)
                           : g_strdup_printf ("%s（%s）", row->title, form);
}

static char *
join_documents (const GPtrArray *rows, Need need)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++) {
    const WuyouChecklistRow *row = rows->pdata[i];

    if (get_need (row) == need)
      g_ptr_array_add (names, name_document (row));
  }
  g_ptr_array_add (names, NULL);
  return names->len > 1 ? g_strjoinv ("、", (char **) names->pdata) : NULL;
}

static void
add_next_documents (Pen *pen)
{
  g_autoptr (GPtrArray) documents = _wuyou_claim_checklist (pen, WUYOU_PHASE_REPLACEMENT);
  static const char *const words[] = { [REQUIRED] = "必需", [CONDITIONAL] = "有条件", [OPTIONAL] = "如有" };
  GArray *rows = _wuyou_pen_rows_new ();

  for (Need need = REQUIRED; need <= OPTIONAL; need++) {
    char *names = join_documents (documents, need);

    if (names != NULL)
      _wuyou_pen_row (rows, words[need], names, TRUE);
  }
  _wuyou_pen_begin_together (pen);
  if (rows->len > 0)
    _wuyou_pen_heading (pen, "新车交付后请提交");
  _wuyou_pen_grid (pen, rows);
  _wuyou_pen_end_together (pen);
}

gboolean
_wuyou_claim_pre_approval_write (Pen *pen, G_GNUC_UNUSED GError **error)
{
  _wuyou_pen_address (pen);
  open_pre_approval (pen);
  _wuyou_pen_subject (pen);
  add_limit (pen);
  add_conditions (pen);
  add_next_documents (pen);
  end_letter (pen);
  return TRUE;
}

/* Closed as the documents asked for did not come: nobody judged the claim itself. */
static gboolean
has_lapsed (const WuyouClaim *claim)
{
  return claim->state == WUYOU_CLAIM_CLOSED_UNPAID && claim->request_json != NULL;
}

static void
add_lapse (Pen *pen)
{
  g_autofree char *asked = wuyou_date_format_long (wuyou_date_of_instant (pen->claim->requested_at));
  g_autofree char *line = g_strdup_printf ("我们于%s请%s补充材料。补充期限与宽限期均已届满，下列材料没有补齐，"
                                           "无法核定是否应当补偿，本案按无补偿结案。",
                                           pen->claim->requested_at != 0 ? asked : "此前", _wuyou_pen_you (pen));

  _wuyou_pen_paragraph (pen, line);
  _wuyou_pen_subject (pen);
  _wuyou_pen_heading (pen, "当时要求补充的材料");
  _wuyou_claim_request_table (pen);
}

static char *
dup_clause (const Pen *pen, const char *clause)
{
  const WuyouProduct *product = pen->data->product;
  const char *terms = product != NULL ? product->terms_title : NULL;

  if (clause != NULL)
    return terms != NULL ? g_strdup_printf ("《%s》%s", terms, clause) : g_strdup (clause);
  return terms != NULL ? g_strdup_printf ("《%s》", terms) : NULL;
}

static void
add_reason (Pen *pen)
{
  const WuyouProduct *product = pen->data->product;
  const char *word = _wuyou_claim_word (wuyou_enum_label (wuyou_exclusions, pen->claim->exclusion));
  g_autofree char *title = NULL, *clause = NULL;
  GArray *rows = _wuyou_pen_rows_new ();

  if (product != NULL && product->benefit_json != NULL)
    wuyou_exclusion_read (product->benefit_json, pen->claim->exclusion, &title, &clause);
  _wuyou_pen_row (rows, "不予补偿的情形", g_strdup (title != NULL ? title : word), TRUE);
  _wuyou_pen_row (rows, "合同依据", dup_clause (pen, clause), TRUE);
  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "决定与依据");
  _wuyou_pen_grid (pen, rows);
  _wuyou_pen_end_together (pen);
  _wuyou_pen_heading (pen, "理由");
  _wuyou_pen_lines (pen, pen->claim->decision_reason != NULL ? pen->claim->decision_reason : "见上列情形与合同依据。");
}

static void
add_refusal (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  gboolean again = claim->previous_approver_id != NULL;
  g_autofree char *line = g_strdup_printf (
      again ? "%s的申诉已由未参与原决定的人员重新处理。我们维持对本次申请不提供置换补偿的决定，理由如下。"
      : claim->phase == WUYOU_PHASE_REPLACEMENT
          ? "%s的置换补偿申请经初审与复核，决定不提供置换补偿，理由如下。"
          : "%s的置换补偿申请在预审阶段经初审与复核，决定不提供置换补偿，理由如下。",
      _wuyou_pen_you (pen));

  _wuyou_pen_paragraph (pen, line);
  _wuyou_pen_subject (pen);
  add_reason (pen);
  if (claim->state == WUYOU_CLAIM_CLOSED_UNPAID && claim->state_reason != NULL) {
    _wuyou_pen_heading (pen, "对申诉的答复");
    _wuyou_pen_lines (pen, claim->state_reason);
  }
}

static void
add_appeal (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  g_autofree char *day = wuyou_date_format_long (claim->due_on);
  g_autofree char *line = g_strdup_printf ("%s可以在%s（含当日）前通过经销商提交书面申诉，写明理由并附上材料。",
                                           _wuyou_pen_you (pen), day);

  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "如有异议");
  if (claim->previous_approver_id != NULL) {
    _wuyou_pen_paragraph (pen, "这是申诉之后的决定，不再受理对同一申请的申诉。仍有异议的，双方可以先行协商；"
                               "协商不成的，可以按服务合同约定的方式解决争议。");
  } else {
    _wuyou_pen_bold (pen, claim->due_on != WUYOU_DATE_NONE ? line : "可以通过经销商提交书面申诉。");
    _wuyou_pen_paragraph (pen, "申诉由未参与本决定的人员处理，结果书面告知。逾期提交的申诉不再受理。");
  }
  _wuyou_pen_paragraph (pen, "本决定只涉及服务合同约定的置换补偿，不影响车主与保险公司之间的权利。");
  _wuyou_pen_end_together (pen);
}

gboolean
_wuyou_claim_refusal_write (Pen *pen, G_GNUC_UNUSED GError **error)
{
  _wuyou_pen_address (pen);
  if (has_lapsed (pen->claim))
    add_lapse (pen);
  else
    add_refusal (pen);
  add_appeal (pen);
  end_letter (pen);
  return TRUE;
}

static void
add_approved (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  GArray *rows = _wuyou_pen_rows_new ();

  _wuyou_pen_amount_row (rows, "补偿金额", wuyou_claim_amount (claim));
  _wuyou_pen_row (rows, "新车", _wuyou_pen_dup_new_car (pen), TRUE);
  _wuyou_pen_claim_row (pen, rows, "新车车架号", "new_vin", FALSE);
  _wuyou_pen_date_row (rows, "交付日期", claim->delivered_on);
  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "核准的补偿");
  _wuyou_pen_grid (pen, rows);
  if (claim->settlement_json != NULL) {
    g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, claim->settlement_json, -1);
    g_autofree char *code = wuyou_paper_short_code (hash);
    g_autofree char *note
        = g_strdup_printf ("金额如何得出，见《为什么是这个金额》（核算数据校验码 %s）。可以向经销商索取。", code);

    _wuyou_pen_note (pen, note);
  }
  _wuyou_pen_end_together (pen);
}

static void
add_payment (Pen *pen)
{
  gboolean delivered = pen->claim->delivered_on != WUYOU_DATE_NONE;

  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "接下来");
  _wuyou_pen_item (pen, 1,
                   delivered ? "新车已经交付。双方签署的交车记录与核准金额由服务运营方的财务核对。"
                             : "新车交付时，双方当面检查并签署交车记录，由服务运营方的财务与核准金额核对。");
  _wuyou_pen_item (pen, 2, "核对无误后，财务把补偿金额支付给经销商，并留存付款凭证。");
  _wuyou_pen_item (pen, 3, "经销商把补偿金额直接抵减新车价款以及产品条款列明的费用，不折现，不能转给他人使用。");
  _wuyou_pen_item (pen, 4, "付款后本案结案，服务合同履行完毕，剩余服务期不再延续。");
  _wuyou_pen_end_together (pen);
}

gboolean
_wuyou_claim_approval_write (Pen *pen, G_GNUC_UNUSED GError **error)
{
  g_autofree char *line = g_strdup_printf ("%s的置换补偿申请已经核准。", _wuyou_pen_you (pen));

  _wuyou_pen_address (pen);
  _wuyou_pen_paragraph (pen, line);
  _wuyou_pen_subject (pen);
  add_approved (pen);
  add_payment (pen);
  end_letter (pen);
  return TRUE;
}
