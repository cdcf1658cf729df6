/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-checklist.h"
#include "wuyou-claim-pen.h"
#include "wuyou-contract-facts.h"

/* Parts that several papers of a claim share. */

const char *
_wuyou_pen_you (const Pen *pen)
{
  return pen->contract->owner_kind == WUYOU_OWNER_COMPANY ? "贵单位" : "您";
}

/* Many models begin with their series. */
static char *
join_car (int brand, const char *series, const char *model)
{
  const char *parts[4] = { NULL };
  guint n = 0;

  if (_wuyou_contract_facts_brand (brand) != NULL)
    parts[n++] = _wuyou_contract_facts_brand (brand);
  if (series != NULL && (model == NULL || !g_str_has_prefix (model, series)))
    parts[n++] = series;
  if (model != NULL)
    parts[n++] = model;
  return n > 0 ? g_strjoinv (" ", (char **) parts) : NULL;
}

char *
_wuyou_pen_dup_new_car (const Pen *pen)
{
  return join_car (pen->claim->new_brand, pen->claim->new_series, pen->claim->new_model);
}

/* Companies have names that want a row to themselves. */
static gboolean
is_long (const char *name)
{
  return name != NULL && g_utf8_strlen (name, -1) > 16;
}

/* Neither identity nor telephone: a letter is understood without. */
GArray *
_wuyou_pen_subject_rows (Pen *pen)
{
  const WuyouContract *contract = pen->contract;
  const WuyouProduct *product = pen->data->product;
  GArray *rows = _wuyou_pen_rows_new ();

  _wuyou_pen_contract_row (pen, rows, "车主", "owner_name", is_long (contract->owner_name));
  _wuyou_pen_row (rows, "约定车辆", join_car (contract->brand, contract->series, contract->model), FALSE);
  _wuyou_pen_contract_row (pen, rows, "车架号", "vin", FALSE);
  _wuyou_pen_contract_row (pen, rows, "车牌号", "plate", FALSE);
  if (product != NULL && product->name != NULL)
    _wuyou_pen_row (rows, "服务产品", g_strdup_printf ("%s %s %s", product->name, product->code, product->label),
                    FALSE);
  return rows;
}

void
_wuyou_pen_subject (Pen *pen)
{
  GArray *rows = _wuyou_pen_subject_rows (pen);

  if (pen->claim->loss_at != 0)
    _wuyou_pen_date_row (rows, "出险日期", wuyou_date_of_instant (pen->claim->loss_at));
  _wuyou_pen_space (pen);
  _wuyou_pen_grid (pen, rows);
}

void
_wuyou_pen_address (Pen *pen)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, "owner_name");
  g_autofree char *name
      = pen->masked ? wuyou_field_dup_masked (field, pen->contract) : g_strdup (pen->contract->owner_name);
  g_autofree char *line = g_strconcat (name != NULL && *name != '\0' ? name : "车主", "：", NULL);

  _wuyou_pen_bold (pen, line);
}

static void
add_party (GArray *rows, const char *role, const WuyouPaperParty *party)
{
  if (party->name == NULL)
    return;
  _wuyou_pen_row (rows, role, g_strdup (party->name), party->phone == NULL);
  if (party->phone != NULL)
    _wuyou_pen_row (rows, "联系电话", g_strdup (party->phone), FALSE);
  if (party->address != NULL)
    _wuyou_pen_row (rows, "地址", g_strdup (party->address), TRUE);
}

void
_wuyou_pen_contact (Pen *pen)
{
  GArray *rows = _wuyou_pen_rows_new ();

  add_party (rows, "经销商", &pen->data->dealer);
  add_party (rows, "服务运营方", &pen->data->operator);
  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, "有疑问请联系");
  _wuyou_pen_grid (pen, rows);
  _wuyou_pen_end_together (pen);
}

void
_wuyou_pen_seal (Pen *pen)
{
  static const char *const lines[] = { "经办人", "日期", NULL };
  const WuyouPaperSignature signature = { "经销商（盖章）", pen->data->dealer.name, lines, TRUE };

  _wuyou_pen_signatures (pen, &signature, 1);
}

void
_wuyou_pen_both (Pen *pen, const char *heading, const char *const *declaration)
{
  static const char *const person[] = { "签字", "日期", NULL };
  static const char *const agent[] = { "代理人签字", "日期", NULL };
  static const char *const dealer[] = { "经办人签字", "日期", NULL };
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, "owner_name");
  gboolean company = pen->contract->owner_kind == WUYOU_OWNER_COMPANY;
  g_autofree char *owner
      = pen->masked ? wuyou_field_dup_masked (field, pen->contract) : g_strdup (pen->contract->owner_name);
  const WuyouPaperSignature signatures[] = {
    { company ? "车主（盖章）" : "车主（签字）", owner, company ? agent : person, company },
    { "经销商（盖章）", pen->data->dealer.name, dealer, TRUE },
  };

  _wuyou_pen_begin_together (pen);
  _wuyou_pen_heading (pen, heading);
  for (guint i = 0; declaration[i] != NULL; i++)
    _wuyou_pen_item (pen, i + 1, declaration[i]);
  _wuyou_pen_signatures (pen, signatures, G_N_ELEMENTS (signatures));
  _wuyou_pen_end_together (pen);
}

GPtrArray *
_wuyou_claim_checklist (const Pen *pen, int phase)
{
  const WuyouProduct *product = pen->data->product;
  GPtrArray *rows = product != NULL && product->benefit_json != NULL
                        ? wuyou_checklist_read (product->benefit_json, phase, pen->claim->loss_type, NULL)
                        : NULL;

  return rows != NULL ? rows : g_ptr_array_new ();
}
