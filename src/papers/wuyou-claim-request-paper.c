/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-evidence-rules.h"
#include "wuyou-claim-pen.h"

/* C-04: all that is missing in one notice. */

static char *
dup_title (const GPtrArray *rows, const char *slot, int *ret_form)
{
  const WuyouChecklistRow *row = wuyou_checklist_find (rows, slot);
  const WuyouClaimSlot *own = wuyou_claim_slot_find (slot);

  *ret_form = row != NULL ? row->form : 0;
  if (row != NULL && row->when != NULL)
    return g_strdup_printf ("%s（%s时）", row->title, row->when);
  return g_strdup (row != NULL ? row->title : own != NULL ? _wuyou_claim_word (own->title) : slot);
}

static JsonNode *
parse_request (const char *json)
{
  JsonNode *node = json != NULL ? wuyou_json_parse (json, strlen (json), NULL) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_ARRAY (node))
    return node;
  json_node_unref (node);
  return NULL;
}

void
_wuyou_claim_request_table (Pen *pen)
{
  static const double widths[] = { 7, 38, 17, 38 };
  g_autoptr (JsonNode) request = parse_request (pen->claim->request_json);
  g_autoptr (GPtrArray) rows = _wuyou_claim_checklist (pen, pen->claim->phase);
  JsonArray *array = request != NULL ? json_node_get_array (request) : NULL;
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  _wuyou_pen_cells (cells, "序号", "材料", "形式", "需要的原因", NULL);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *item = wuyou_json_array_get_object (array, i);
    const char *slot = wuyou_json_get_string (item, "slot"), *reason = wuyou_json_get_string (item, "reason");
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    int form = 0;
    g_autofree char *title = slot != NULL ? dup_title (rows, slot, &form) : g_strdup ("—");

    _wuyou_pen_cells (cells, number, title, _wuyou_claim_word (wuyou_enum_label (wuyou_document_forms, form)),
                      reason != NULL ? reason : "尚未提交", NULL);
  }
  _wuyou_pen_table (pen, G_N_ELEMENTS (widths), widths, 0, cells);
}

static void
add_opening (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  g_autofree char *opening = g_strdup_printf (
      "%s的置换补偿申请正在%s中。为了作出决定，还需要下列材料。本通知已一次性列明全部需要补充的内容。",
      _wuyou_pen_you (pen), claim->phase == WUYOU_PHASE_REPLACEMENT ? "复核" : "预审");
  g_autofree char *again = g_strdup_printf ("这是本阶段第%" G_GINT64_FORMAT "次补充材料通知。此前未一并提出的原因：%s",
                                            claim->requests, claim->request_reason);

  _wuyou_pen_paragraph (pen, opening);
  if (claim->requests > 1 && claim->request_reason != NULL)
    _wuyou_pen_paragraph (pen, again);
}

static void
add_due (Pen *pen)
{
  g_autofree char *day = wuyou_date_format_long (pen->claim->due_on);
  g_autofree char *line = g_strdup_printf ("请于%s（含当日）前把上列材料交给经销商。", day);

  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "补充期限");
  _wuyou_pen_bold (pen, pen->claim->due_on != WUYOU_DATE_NONE ? line : "请尽快把上列材料交给经销商。");
  _wuyou_pen_end_together (pen);
}

static void
add_what_next (Pen *pen)
{
  const WuyouProduct *product = pen->data->product;
  WuyouClaimClocks clocks;
  g_autofree char *grace = NULL, *appeal = NULL;

  wuyou_claim_clocks_read (product != NULL && product->benefit_json != NULL ? product->benefit_json : "{}", &clocks);
  grace = g_strdup_printf ("期限届满后，仍可在%" G_GINT64_FORMAT
                           "个工作日内补交；届时仍未补齐的，本案可能因材料不足按无补偿结案，我们会另行书面通知。",
                           clocks.grace_days);
  appeal = g_strdup_printf ("结案后，%s可以在%" G_GINT64_FORMAT "日内书面申诉，由其他人员重新处理。",
                            _wuyou_pen_you (pen), clocks.appeal_days);
  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "之后会怎样");
  _wuyou_pen_item (pen, 1, "等待补充期间审核暂停；材料补齐后，审核接着进行，已用的审核时间不重新计算。");
  _wuyou_pen_item (pen, 2, grace);
  _wuyou_pen_item (pen, 3, appeal);
  _wuyou_pen_item (pen, 4, "确实无法取得某项材料的，请在期限内与经销商联系，说明原因。");
  _wuyou_pen_end_together (pen);
}

gboolean
_wuyou_claim_request_write (Pen *pen, G_GNUC_UNUSED GError **error)
{
  _wuyou_pen_address (pen);
  add_opening (pen);
  _wuyou_pen_subject (pen);
  _wuyou_pen_heading (pen, "需要补充的材料");
  _wuyou_claim_request_table (pen);
  add_due (pen);
  add_what_next (pen);
  _wuyou_pen_contact (pen);
  _wuyou_pen_seal (pen);
  return TRUE;
}
