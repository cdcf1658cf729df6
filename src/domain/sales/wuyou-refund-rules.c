/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-refund-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-money.h"

/* The terms say "from the first day up to the day of cancellation": that day counts as used where it is INCLUDED. */
static WuyouDate
get_first_unused (const WuyouContract *contract, JsonObject *rule, WuyouDate cancel_on)
{
  gboolean included = g_strcmp0 (wuyou_json_get_string (rule, "day_of_cancellation"), "EXCLUDED") != 0;

  return CLAMP (cancel_on + (included ? 1 : 0), contract->effective_on, contract->ends_on + 1);
}

static void
count_days (const WuyouContract *contract, WuyouDate first_unused, WuyouRefund *refund)
{
  refund->units = wuyou_period_days ((WuyouPeriod){ contract->effective_on, contract->ends_on });
  refund->used = first_unused - contract->effective_on;
}

static gint64
count_begun (WuyouDate from, WuyouDate to)
{
  int completed = wuyou_date_completed_months (from, to);

  return completed + (wuyou_date_add_months (from, completed) < to ? 1 : 0);
}

/* A month that has begun is used. */
static void
count_months (const WuyouContract *contract, WuyouDate first_unused, WuyouRefund *refund)
{
  refund->units = count_begun (contract->effective_on, contract->ends_on + 1);
  refund->used = count_begun (contract->effective_on, first_unused);
}

static gboolean
is_refundable (const WuyouContract *contract, JsonObject *rule)
{
  return !contract->gift || wuyou_json_get_boolean (rule, "gift_refundable");
}

static gboolean
refuse (GError **error, WuyouError code, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  return FALSE;
}

gboolean
wuyou_refund_compute (const WuyouContract *contract,
                      const char *benefit_json,
                      WuyouDate cancel_on,
                      WuyouRefund *ret_refund,
                      GError **error)
{
  g_autoptr (JsonObject) benefit = wuyou_json_parse_object (benefit_json, strlen (benefit_json), NULL);
  JsonObject *rule = wuyou_json_get_object (benefit, "cancellation");
  const char *method = wuyou_json_get_string (rule, "method");
  WuyouRefund refund = { .monthly = g_strcmp0 (method, "MONTHLY") == 0 };
  WuyouDate first_unused;

  if (method == NULL || (!refund.monthly && !g_str_equal (method, "DAILY")))
    return refuse (error, WUYOU_ERROR_CORRUPT, "product cancellation rule");
  if (contract->effective_on == WUYOU_DATE_NONE || contract->ends_on < contract->effective_on)
    return refuse (error, WUYOU_ERROR_INVALID, N_ ("This contract has no term yet."));
  first_unused = get_first_unused (contract, rule, cancel_on);
  (refund.monthly ? count_months : count_days) (contract, first_unused, &refund);
  if (is_refundable (contract, rule))
    refund.refund_fen = wuyou_money_scale (contract->received_fen, refund.units - refund.used, refund.units);
  refund.due_on = cancel_on + (WuyouDate) wuyou_json_get_int (rule, "refund_within_days");
  *ret_refund = refund;
  return TRUE;
}
