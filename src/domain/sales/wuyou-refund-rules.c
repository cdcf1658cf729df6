/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-refund-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-money.h"

static JsonObject *
parse_benefit (const char *benefit_json)
{
  return wuyou_json_parse_object (benefit_json, strlen (benefit_json), NULL);
}

static gboolean
has_flag (const char *benefit_json, const char *name)
{
  g_autoptr (JsonObject) benefit = parse_benefit (benefit_json);

  return wuyou_json_get_boolean (wuyou_json_get_object (benefit, "cancellation"), name);
}

gboolean
wuyou_refund_is_for_gifts (const char *benefit_json)
{
  return has_flag (benefit_json, "gift_refundable");
}

gboolean
wuyou_refund_is_for_revoked (const char *benefit_json)
{
  return has_flag (benefit_json, "revocation_refundable");
}

WuyouDate
wuyou_refund_cancel_on (const char *benefit_json, WuyouDate requested_on)
{
  g_autoptr (JsonObject) benefit = parse_benefit (benefit_json);

  return requested_on + (WuyouDate) wuyou_json_get_int (wuyou_json_get_object (benefit, "cancellation"), "notice_days");
}

static gint64
count_begun (WuyouDate from, WuyouDate to)
{
  int completed = wuyou_date_completed_months (from, to);

  return completed + (wuyou_date_add_months (from, completed) < to ? 1 : 0);
}

/* A month that has begun is used. */
static gint64
count_units (const WuyouContract *contract, WuyouDate end, gboolean monthly)
{
  return monthly ? count_begun (contract->effective_on, end) : end - contract->effective_on;
}

static WuyouRefundCount
count (const WuyouContract *contract, WuyouDate first_unused, const WuyouRefund *refund, gboolean refundable)
{
  WuyouDate end = CLAMP (first_unused, contract->effective_on, contract->ends_on + 1);
  WuyouRefundCount result = { .used = count_units (contract, end, refund->monthly) };

  if (refundable)
    result.refund_fen = wuyou_money_scale (contract->received_fen, refund->units - result.used, refund->units);
  return result;
}

static gboolean
refuse (GError **error, WuyouError code, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  return FALSE;
}

/* The terms say "from the first day up to the day of cancellation": that day counts as used where it is INCLUDED. */
static gboolean
is_day_included (JsonObject *rule)
{
  return g_strcmp0 (wuyou_json_get_string (rule, "day_of_cancellation"), "EXCLUDED") != 0;
}

gboolean
wuyou_refund_compute (const WuyouContract *contract,
                      const char *benefit_json,
                      WuyouDate cancel_on,
                      WuyouRefund *ret_refund,
                      GError **error)
{
  g_autoptr (JsonObject) benefit = parse_benefit (benefit_json);
  JsonObject *rule = wuyou_json_get_object (benefit, "cancellation");
  const char *method = wuyou_json_get_string (rule, "method");
  WuyouRefund refund = { .monthly = g_strcmp0 (method, "MONTHLY") == 0, .cancel_on = cancel_on };
  gboolean refundable = !contract->gift || wuyou_json_get_boolean (rule, "gift_refundable");

  if (method == NULL || (!refund.monthly && !g_str_equal (method, "DAILY")))
    return refuse (error, WUYOU_ERROR_CORRUPT, "product cancellation rule");
  if (contract->effective_on == WUYOU_DATE_NONE || contract->ends_on < contract->effective_on)
    return refuse (error, WUYOU_ERROR_INVALID, N_ ("This contract has no term yet."));
  refund.units = count_units (contract, contract->ends_on + 1, refund.monthly);
  refund.with_day = count (contract, cancel_on + 1, &refund, refundable);
  refund.without_day = count (contract, cancel_on, &refund, refundable);
  refund.day_included = is_day_included (rule);
  refund.used = refund.day_included ? refund.with_day.used : refund.without_day.used;
  refund.refund_fen = refund.day_included ? refund.with_day.refund_fen : refund.without_day.refund_fen;
  refund.due_on = cancel_on + (WuyouDate) wuyou_json_get_int (rule, "refund_within_days");
  *ret_refund = refund;
  return TRUE;
}

static void
write_rule (GString *out, JsonObject *rule, const WuyouRefund *refund)
{
  wuyou_json_begin_object (out, "rule");
  wuyou_json_add_string (out, "method", refund->monthly ? "MONTHLY" : "DAILY");
  wuyou_json_add_string (out, "day_of_cancellation", refund->day_included ? "INCLUDED" : "EXCLUDED");
  wuyou_json_add_int (out, "notice_days", wuyou_json_get_int (rule, "notice_days"));
  wuyou_json_add_int (out, "refund_within_days", wuyou_json_get_int (rule, "refund_within_days"));
  wuyou_json_add_boolean (out, "gift_refundable", wuyou_json_get_boolean (rule, "gift_refundable"));
  wuyou_json_end_object (out);
}

static void
write_count (GString *out, const char *name, const WuyouRefundCount *count)
{
  wuyou_json_begin_object (out, name);
  wuyou_json_add_int (out, "used", count->used);
  wuyou_json_add_int (out, "refund_fen", count->refund_fen);
  wuyou_json_end_object (out);
}

char *
wuyou_refund_to_json (const WuyouRefund *refund, const WuyouContract *contract, const char *benefit_json)
{
  g_autoptr (JsonObject) benefit = parse_benefit (benefit_json);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, benefit_json, -1);
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "benefit_sha256", sha256);
  write_rule (out, wuyou_json_get_object (benefit, "cancellation"), refund);
  wuyou_json_add_date (out, "from", contract->effective_on);
  wuyou_json_add_date (out, "until", contract->ends_on);
  wuyou_json_add_int (out, "received_fen", contract->received_fen);
  wuyou_json_add_date (out, "cancel_on", refund->cancel_on);
  wuyou_json_add_int (out, "units", refund->units);
  write_count (out, "with_day", &refund->with_day);
  write_count (out, "without_day", &refund->without_day);
  wuyou_json_add_int (out, "refund_fen", refund->refund_fen);
  wuyou_json_add_date (out, "due_on", refund->due_on);
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

static WuyouRefundCount
read_count (JsonObject *quote, const char *name)
{
  JsonObject *count = wuyou_json_get_object (quote, name);

  return (WuyouRefundCount){ wuyou_json_get_int (count, "used"), wuyou_json_get_int (count, "refund_fen") };
}

gboolean
wuyou_refund_from_json (const char *json, WuyouRefund *ret_refund)
{
  g_autoptr (JsonObject) quote = json != NULL ? wuyou_json_parse_object (json, strlen (json), NULL) : NULL;
  JsonObject *rule = wuyou_json_get_object (quote, "rule");

  if (rule == NULL)
    return FALSE;
  *ret_refund = (WuyouRefund){
    .units = wuyou_json_get_int (quote, "units"),
    .monthly = g_strcmp0 (wuyou_json_get_string (rule, "method"), "MONTHLY") == 0,
    .refund_fen = wuyou_json_get_int (quote, "refund_fen"),
    .cancel_on = wuyou_date_parse (wuyou_json_get_string (quote, "cancel_on")),
    .due_on = wuyou_date_parse (wuyou_json_get_string (quote, "due_on")),
    .day_included = is_day_included (rule),
    .with_day = read_count (quote, "with_day"),
    .without_day = read_count (quote, "without_day"),
  };
  ret_refund->used = ret_refund->day_included ? ret_refund->with_day.used : ret_refund->without_day.used;
  return TRUE;
}
