/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-settlement.h"
#include "sales/wuyou-contract.h"
#include "wuyou-claim-pen.h"
#include "wuyou-contract-facts.h"

/* 「为什么是这个金额」: what went in, each step in words with its figure, what came out (C-07). */

static char *
dup_input (const WuyouField *field, const WuyouSettlementInput *input)
{
  switch (field->kind) {
  case WUYOU_KIND_FEN:
    return _wuyou_pen_dup_money (wuyou_field_get_int (field, input));
  case WUYOU_KIND_DATE:
    return wuyou_date_format_long ((WuyouDate) wuyou_field_get_int (field, input));
  default:
    if (field->values == wuyou_energies)
      return g_strdup (_wuyou_contract_facts_energy (input->energy));
    if (field->values == wuyou_vehicle_uses)
      return g_strdup (_wuyou_contract_facts_use (input->vehicle_use));
    return g_strdup (_wuyou_contract_facts_condition (input->condition));
  }
}

/* Where each of them was read. */
static const char *
find_source (const char *input)
{
  static const struct {
    const char *input, *source;
  } sources[] = {
    { "invoice_amount_fen", "首张购车发票" },
    { "first_invoice_on", "首张购车发票" },
    { "effective_on", "服务合同" },
    { "loss_on", "报案记录" },
    { "determined_on", "保险公司认定书" },
    { "energy", "服务合同" },
    { "vehicle_use", "服务合同" },
    { "condition", "服务合同" },
    { "sum_insured_fen", "出险时有效的商业保险单" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_str_equal (sources[i].input, input))
      return sources[i].source;
  return g_str_has_prefix (input, "new_") ? "新车票据" : "原车票据";
}

static void
add_inputs (Pen *pen, const WuyouSettlement *settlement, const WuyouSettlementInput *input)
{
  static const double widths[] = { 40, 35, 25 };
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  _wuyou_pen_cells (cells, "数据", "来源", "数值", NULL);
  for (guint i = 0; i < wuyou_settlement_input_type.n_fields; i++) {
    const WuyouField *field = &wuyou_settlement_input_type.fields[i];
    g_autofree char *value = NULL;

    if (!wuyou_settlement_uses (settlement, field->name))
      continue;
    value = dup_input (field, input);
    _wuyou_pen_cells (cells, _wuyou_claim_word (field->label), find_source (field->name), value != NULL ? value : "—",
                      NULL);
  }
  _wuyou_pen_heading (pen, "一、用到的数据");
  _wuyou_pen_table (pen, G_N_ELEMENTS (widths), widths, 1u << 2, cells);
}

static char *
dup_figure (const WuyouSettlementStep *step)
{
  g_autofree char *figure = wuyou_settlement_step_dup_figure (step);

  switch (step->kind->unit) {
  case WUYOU_UNIT_FEN:
    return g_strconcat ("¥ ", figure, NULL);
  case WUYOU_UNIT_MONTHS:
    return g_strconcat (figure, " 个月", NULL);
  default:
    return g_steal_pointer (&figure);
  }
}

static void
append_step (GPtrArray *cells, const WuyouSettlement *settlement, const WuyouSettlementInput *input, guint index)
{
  const WuyouSettlementStep *step = &g_array_index (settlement->steps, WuyouSettlementStep, index);
  g_autofree char *arithmetic = wuyou_settlement_dup_arithmetic (settlement, input, index);
  g_autofree char *words
      = g_strconcat (_wuyou_claim_word (step->kind->sentence), arithmetic != NULL ? "\n" : NULL, arithmetic, NULL);
  g_autofree char *figure = dup_figure (step);

  _wuyou_pen_cells (cells, _wuyou_claim_word (step->kind->label), words, figure, NULL);
}

static gboolean
ends_part (const WuyouSettlementStep *step)
{
  return g_str_equal (step->kind->id, "benefit");
}

static guint
count_parts (const WuyouSettlement *settlement)
{
  guint n = 0;

  for (guint i = 0; i < settlement->steps->len; i++)
    n += ends_part (&g_array_index (settlement->steps, WuyouSettlementStep, i)) ? 1 : 0;
  return n;
}

static void
flush_table (Pen *pen, GPtrArray **cells)
{
  static const double widths[] = { 27, 55, 18 };

  if ((*cells)->len > G_N_ELEMENTS (widths)) {
    _wuyou_pen_table (pen, G_N_ELEMENTS (widths), widths, 1u << 2, g_steal_pointer (cells));
    *cells = g_ptr_array_new_with_free_func (g_free);
  }
  g_ptr_array_set_size (*cells, 0);
  _wuyou_pen_cells (*cells, "步骤", "说明与算式", "结果", NULL);
}

/* A product may add parts: each is a table of its own, and the sum comes last. */
static void
add_steps (Pen *pen, const WuyouSettlement *settlement, const WuyouSettlementInput *input)
{
  guint n_parts = count_parts (settlement), part = 0;
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  _wuyou_pen_heading (pen, "二、一步一步怎么算");
  flush_table (pen, &cells);
  for (guint i = 0; i < settlement->steps->len; i++) {
    append_step (cells, settlement, input, i);
    if (n_parts > 1 && ends_part (&g_array_index (settlement->steps, WuyouSettlementStep, i))) {
      g_autofree char *line = g_strdup_printf ("第%u部分，共%u部分：", ++part, n_parts);

      _wuyou_pen_bold (pen, line);
      flush_table (pen, &cells);
    }
  }
  flush_table (pen, &cells);
  g_ptr_array_unref (cells);
  _wuyou_pen_note (pen, "金额以人民币元为单位，保留两位小数，第三位四舍五入；只在得出一项金额时舍入一次，中间不舍入。");
}

static char *
dup_offices (const WuyouClaimPaperData *data)
{
  g_autofree char *by = data->override_office != NULL ? g_strconcat ("提出：", data->override_office, NULL) : NULL;
  g_autofree char *approved = data->approver_office != NULL && data->claim->state != WUYOU_CLAIM_FINAL_REVIEW
                                  ? g_strconcat ("批准：", data->approver_office, NULL)
                                  : g_strdup ("尚待另一人批准");

  return by != NULL ? g_strconcat (by, "；", approved, NULL) : g_steal_pointer (&approved);
}

static void
add_other_amount (Pen *pen)
{
  const WuyouClaim *claim = pen->claim;
  g_autofree char *computed = _wuyou_pen_dup_yuan (claim->settled_fen);
  g_autofree char *other = _wuyou_pen_dup_yuan (claim->override_fen);
  g_autofree char *line = g_strdup_printf ("按公式算得%s，本案改按%s补偿。原因：", computed, other);
  g_autofree char *offices = dup_offices (pen->data);

  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "三、金额的调整");
  _wuyou_pen_paragraph (pen, line);
  _wuyou_pen_lines (pen, claim->override_reason != NULL ? claim->override_reason : "—");
  _wuyou_pen_note (pen, offices);
  _wuyou_pen_end_together (pen);
}

static void
add_amount (Pen *pen)
{
  GArray *rows = _wuyou_pen_rows_new ();

  _wuyou_pen_amount_row (rows, "补偿金额", wuyou_claim_amount (pen->claim));
  _wuyou_pen_heading (pen, "结果");
  _wuyou_pen_grid (pen, rows);
}

/* How to check it, and whom to ask. */
static void
add_proof (Pen *pen)
{
  const WuyouProduct *product = pen->data->product;
  const WuyouPaperParty *dealer = &pen->data->dealer;
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pen->claim->settlement_json, -1);
  g_autofree char *rules = product != NULL && product->code != NULL && product->label != NULL
                               ? g_strdup_printf ("计算规则：产品 %s 版本 %s。", product->code, product->label)
                               : g_strdup ("计算规则：合同所附产品条款。");
  g_autofree char *note = g_strdup_printf (
      "%s用同样的数据和规则再算一次，会得到同样的金额和同样的摘要。\n核算数据 SHA-256：%s", rules, hash);
  g_autofree char *ask
      = g_strdup_printf ("对金额有疑问，请联系%s%s%s。", dealer->name != NULL ? dealer->name : "经销商",
                         dealer->phone != NULL ? "，电话 " : "", dealer->phone != NULL ? dealer->phone : "");

  _wuyou_pen_begin_together (pen);
  _wuyou_pen_note (pen, note);
  _wuyou_pen_note (pen, ask);
  _wuyou_pen_end_together (pen);
}

gboolean
_wuyou_claim_settlement_write (Pen *pen, GError **error)
{
  const WuyouProduct *product = pen->data->product;
  const char *json = pen->claim->settlement_json;
  WuyouSettlementInput input;
  g_autoptr (WuyouSettlement) settlement = wuyou_settlement_read (json, &input, error);

  if (settlement == NULL)
    return FALSE;
  /* What cannot be computed again is not explained to anybody. */
  if (product != NULL && product->benefit_json != NULL && !wuyou_settlement_verify (json, product->benefit_json, error))
    return FALSE;
  _wuyou_pen_paragraph (pen,
                        "补偿金额按产品条款约定的方法算出。下面是用到的每一项数据和每一步的结果，可以用计算器核对。");
  _wuyou_pen_subject (pen);
  add_amount (pen);
  add_inputs (pen, settlement, &input);
  add_steps (pen, settlement, &input);
  if (pen->claim->override_by != NULL)
    add_other_amount (pen);
  add_proof (pen);
  return TRUE;
}
