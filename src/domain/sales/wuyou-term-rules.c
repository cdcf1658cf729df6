/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-term-rules.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-refusal.h"

#define POLICY_AUTHORITY "1.4"

const WuyouEnum wuyou_policy_kinds[] = {
  { WUYOU_POLICY_COMMERCIAL, "COMMERCIAL", N_ ("Commercial motor policy") },
  { WUYOU_POLICY_COMPULSORY, "COMPULSORY", N_ ("Compulsory motor policy") },
  { 0, NULL, NULL },
};

typedef struct {
  int kind;
  WuyouPeriod days;
  const char *from_field, *to_field;
} Policy;

static int
get_day (WuyouDate date)
{
  int year, month, day;

  wuyou_date_split (date, &year, &month, &day);
  return day;
}

/* Where the last month has no such day its end is the last day of the term (Civil Code 202): a term that starts on
 * 31 January is over at the end of February, not a day before. */
WuyouDate
wuyou_term_last_day (WuyouDate from, gint64 months)
{
  WuyouDate end;

  if (from == WUYOU_DATE_NONE || months < 1 || months > 12 * 300)
    return WUYOU_DATE_NONE;
  end = wuyou_date_add_months (from, (int) months);
  if (end == WUYOU_DATE_NONE)
    return WUYOU_DATE_NONE;
  return get_day (end) < get_day (from) ? end : end - 1;
}

gint64
wuyou_term_months (const WuyouContract *contract, const WuyouProduct *product)
{
  if (contract->term_months > 0)
    return contract->term_months;
  if (contract->condition == WUYOU_CONDITION_NEW)
    return product->rules.term_months_new;
  return contract->condition == WUYOU_CONDITION_USED ? product->rules.term_months_used : 0;
}

int
wuyou_period_days (WuyouPeriod period)
{
  return period.to < period.from ? 0 : period.to - period.from + 1;
}

gboolean
wuyou_period_overlaps (WuyouPeriod a, WuyouPeriod b)
{
  return a.from <= b.to && b.from <= a.to;
}

static gboolean
refuse (GError **error, const char *field, const char *sentence)
{
  GError *refusal = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);

  wuyou_error_set_field (refusal, field, NULL);
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
compute_start (const WuyouContract *contract,
               const WuyouProduct *product,
               WuyouDate signed_on,
               WuyouDate paid_on,
               WuyouDate *ret_from,
               GError **error)
{
  gboolean by_payment = product->rules.start_rule == WUYOU_START_PAYMENT_DAY;
  WuyouDate from = by_payment ? paid_on : signed_on;

  if (from == WUYOU_DATE_NONE)
    return refuse (error, by_payment ? "paid_on" : "signed_on",
                   by_payment ? N_ ("The term starts with the payment, and its day is missing.")
                              : N_ ("The term starts after the signature, and its day is missing."));
  if (!by_payment)
    from++;
  if (contract->starts_on_wish != WUYOU_DATE_NONE && !product->rules.listed_start)
    return refuse (error, "starts_on_wish", N_ ("This product has no agreed start."));
  *ret_from = MAX (from, contract->starts_on_wish); /* never retroactive */
  return TRUE;
}

gboolean
wuyou_term_compute (const WuyouContract *contract,
                    const WuyouProduct *product,
                    WuyouDate signed_on,
                    WuyouDate paid_on,
                    WuyouPeriod *ret_term,
                    GError **error)
{
  gboolean is_new = contract->condition == WUYOU_CONDITION_NEW;
  gint64 months = wuyou_term_months (contract, product);
  WuyouPeriod term = { 0 };

  if (contract->condition == 0)
    return refuse (error, "condition", N_ ("Please say whether the car is new or used."));
  if (is_new && contract->first_invoice_on == WUYOU_DATE_NONE)
    return refuse (error, "first_invoice_on",
                   N_ ("The term of a new car counts from its first invoice, and that day is missing."));
  if (!compute_start (contract, product, signed_on, paid_on, &term.from, error))
    return FALSE;
  term.to = wuyou_term_last_day (is_new ? contract->first_invoice_on : term.from, months);
  if (term.to == WUYOU_DATE_NONE)
    return refuse (error, "term_months", N_ ("Please choose the term."));
  if (term.to < term.from)
    return refuse (error, is_new ? "first_invoice_on" : "term_months",
                   N_ ("The term would be over before it starts. Check the first invoice and the agreed start."));
  *ret_term = term;
  return TRUE;
}

static void
list_policies (const WuyouContract *contract, Policy policies[2])
{
  policies[0] = (Policy){
    WUYOU_POLICY_COMMERCIAL, { contract->commercial_from, contract->commercial_to }, "commercial_from", "commercial_to"
  };
  policies[1] = (Policy){
    WUYOU_POLICY_COMPULSORY, { contract->compulsory_from, contract->compulsory_to }, "compulsory_from", "compulsory_to"
  };
}

static void
add_gap (GArray *gaps, int kind, WuyouDate from, WuyouDate to)
{
  WuyouPolicyGap gap = { kind, { from, to } };

  if (from <= to)
    g_array_append_val (gaps, gap);
}

GArray *
wuyou_term_find_gaps (const WuyouContract *contract, WuyouPeriod term)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (WuyouPolicyGap));
  Policy policies[2];

  list_policies (contract, policies);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++) {
    WuyouPeriod days = policies[i].days;
    gboolean is_set = days.from != WUYOU_DATE_NONE && days.to != WUYOU_DATE_NONE;

    if (!is_set || !wuyou_period_overlaps (days, term) || wuyou_period_days (days) == 0) {
      add_gap (gaps, policies[i].kind, term.from, term.to);
      continue;
    }
    add_gap (gaps, policies[i].kind, term.from, days.from - 1);
    add_gap (gaps, policies[i].kind, days.to + 1, term.to);
  }
  return gaps;
}

static void
check_policy (const Policy *policy, WuyouDate day, GError **refusal)
{
  const char *label = g_dgettext (GETTEXT_PACKAGE, wuyou_enum_label (wuyou_policy_kinds, policy->kind));
  WuyouPeriod days = policy->days;
  char iso[11];

  wuyou_date_format (day, iso);
  if (days.from != WUYOU_DATE_NONE && days.to != WUYOU_DATE_NONE && days.to < days.from)
    wuyou_refusal_collect (refusal, WUYOU_ERROR_NOT_ELIGIBLE, policy->to_field, POLICY_AUTHORITY,
                           g_strdup_printf (_ ("%s: it ends before it begins."), label));
  else if (days.from != WUYOU_DATE_NONE && days.from > day)
    wuyou_refusal_collect (
        refusal, WUYOU_ERROR_NOT_ELIGIBLE, policy->from_field, POLICY_AUTHORITY,
        g_strdup_printf (_ ("%s: not yet in force on %s, when the service would start."), label, iso));
  else if (days.to != WUYOU_DATE_NONE && days.to < day)
    wuyou_refusal_collect (
        refusal, WUYOU_ERROR_NOT_ELIGIBLE, policy->to_field, POLICY_AUTHORITY,
        g_strdup_printf (_ ("%s: no longer in force on %s, when the service would start."), label, iso));
}

gboolean
wuyou_policies_check (const WuyouContract *contract, WuyouDate day, GError **error)
{
  GError *refusal = NULL;
  Policy policies[2];

  list_policies (contract, policies);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    check_policy (&policies[i], day, &refusal);
  if (refusal == NULL)
    return TRUE;
  g_propagate_error (error, refusal);
  return FALSE;
}
