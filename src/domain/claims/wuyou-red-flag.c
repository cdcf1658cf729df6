/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-red-flag.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-text.h"

#define EARLY_DAYS 30               /* before the loss: not of it */
#define CLOCK_SLACK G_TIME_SPAN_DAY /* cameras know no time zone, and their clocks are wrong */

const WuyouEnum wuyou_severities[] = {
  { WUYOU_SEVERITY_NOTICE, "NOTICE", N_ ("Notice") },
  { WUYOU_SEVERITY_WARNING, "WARNING", N_ ("Warning") },
  { WUYOU_SEVERITY_ALARM, "ALARM", N_ ("Alarm") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_flag_states[] = {
  { WUYOU_FLAG_OPEN, "OPEN", N_ ("To be looked at") },
  { WUYOU_FLAG_CLEARED, "CLEARED", N_ ("Explained") },
  { WUYOU_FLAG_CONFIRMED, "CONFIRMED", N_ ("Confirmed") },
  { 0, NULL, NULL },
};

/* clang-format off */
const WuyouFlagInfo wuyou_flag_infos[] = {
  { WUYOU_FLAG_SAME_FILE, "SAME_FILE", WUYOU_SEVERITY_ALARM, N_("The very same file is in another claim.") },
  { WUYOU_FLAG_SIMILAR_PICTURE, "SIMILAR_PICTURE", WUYOU_SEVERITY_WARNING, N_("A picture in another claim is nearly the same.") },
  { WUYOU_FLAG_TAKEN_BEFORE_LOSS, "TAKEN_BEFORE_LOSS", WUYOU_SEVERITY_NOTICE, N_("By its own date the picture was taken long before the loss.") },
  { WUYOU_FLAG_TAKEN_AFTER_UPLOAD, "TAKEN_AFTER_UPLOAD", WUYOU_SEVERITY_NOTICE, N_("By its own date the picture was taken after it came here.") },
  { WUYOU_FLAG_SAME_REPORT_NO, "SAME_REPORT_NO", WUYOU_SEVERITY_ALARM, N_("Another claim has the same insurer’s report number.") },
  { WUYOU_FLAG_SAME_INVOICE, "SAME_INVOICE", WUYOU_SEVERITY_ALARM, N_("Another claim has the same invoice number.") },
  { WUYOU_FLAG_SAME_NEW_VIN, "SAME_NEW_VIN", WUYOU_SEVERITY_ALARM, N_("Another claim has the same new car.") },
  { WUYOU_FLAG_SAME_POLICY, "SAME_POLICY", WUYOU_SEVERITY_WARNING, N_("Another claim rests on the same motor policy.") },
  { 0, NULL, 0, NULL },
};
/* clang-format on */

const WuyouFlagInfo *
wuyou_flag_info (int code)
{
  for (const WuyouFlagInfo *info = wuyou_flag_infos; info->id != NULL; info++)
    if (info->code == code)
      return info;
  g_return_val_if_reached (NULL);
}

const WuyouFlagInfo *
wuyou_flag_find (const char *id)
{
  for (const WuyouFlagInfo *info = wuyou_flag_infos; info->id != NULL; info++)
    if (g_strcmp0 (info->id, id) == 0)
      return info;
  return NULL;
}

void
wuyou_claim_mark_free (WuyouClaimMark *mark)
{
  g_free (mark->text);
  g_free (mark);
}

static void
add_mark (GPtrArray *marks, int code, const char *kind, const char *text)
{
  g_autofree char *compact = wuyou_text_compact (text);
  WuyouClaimMark *mark;

  if (compact == NULL || *compact == '\0')
    return;
  mark = g_new0 (WuyouClaimMark, 1);
  *mark = (WuyouClaimMark){ code, kind, g_steal_pointer (&compact) };
  g_ptr_array_add (marks, mark);
}

/* A number on paper begins anew with every code. */
static char *
dup_invoice (const WuyouContract *contract)
{
  if (contract->invoice_code == NULL || contract->invoice_no == NULL)
    return g_strdup (contract->invoice_no);
  return g_strconcat (contract->invoice_code, contract->invoice_no, NULL);
}

GPtrArray *
wuyou_claim_list_marks (const WuyouClaim *claim, const WuyouContract *contract)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_mark_free);
  g_autofree char *invoice = dup_invoice (contract);

  add_mark (marks, WUYOU_FLAG_SAME_REPORT_NO, "report", claim->insurer_report_no);
  add_mark (marks, WUYOU_FLAG_SAME_INVOICE, "invoice", invoice);
  add_mark (marks, WUYOU_FLAG_SAME_INVOICE, "invoice", claim->new_invoice_no);
  add_mark (marks, WUYOU_FLAG_SAME_NEW_VIN, "new-vin", claim->new_vin);
  add_mark (marks, WUYOU_FLAG_SAME_POLICY, "policy", contract->commercial_policy_no);
  add_mark (marks, WUYOU_FLAG_SAME_POLICY, "policy", contract->compulsory_policy_no);
  return marks;
}

int
wuyou_flag_of_picture (gint64 taken_at, gint64 loss_at, gint64 uploaded_at)
{
  if (taken_at == 0)
    return 0;
  if (taken_at > uploaded_at + CLOCK_SLACK)
    return WUYOU_FLAG_TAKEN_AFTER_UPLOAD;
  return loss_at != 0 && taken_at < loss_at - EARLY_DAYS * G_TIME_SPAN_DAY ? WUYOU_FLAG_TAKEN_BEFORE_LOSS : 0;
}
