/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-money.h"
#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-claim-settlement-view.h"
#include "claims/wuyou-claim-text.h"
#include "widgets/wuyou-value-rows.h"
#include "wuyou-claim-paper.h"

/* The end of a claim: the new car, why this amount, the payment, and the papers of it all. */

gboolean
_wuyou_claim_detail_has_car (WuyouClaimDetail *self)
{
  return wuyou_claim_dossier_is_open (self->dossier, "replacement")
         || _wuyou_claim_detail_has_values (self, "replacement") || _wuyou_claim_detail_has_values (self, "costs");
}

void
_wuyou_claim_detail_fill_car (WuyouClaimDetail *self)
{
  AdwPreferencesGroup *group = _wuyou_claim_detail_append_group (self, _ ("New car and costs"));
  guint n_rows = _wuyou_claim_detail_add_section (self, group, "replacement")
                 + _wuyou_claim_detail_add_section (self, group, "costs");

  if (n_rows == 0)
    wuyou_value_group_add_nothing (group, _ ("Nothing entered yet"));
}

static gboolean
is_settled_by_me (WuyouClaimDetail *self)
{
  return self->dossier->claim->state == WUYOU_CLAIM_FINAL_REVIEW && _wuyou_claim_detail_reviews (self);
}

gboolean
_wuyou_claim_detail_has_settlement (WuyouClaimDetail *self)
{
  return is_settled_by_me (self) || self->dossier->claim->settlement_json != NULL;
}

void
_wuyou_claim_detail_fill_settlement (WuyouClaimDetail *self)
{
  adw_bin_set_child (self->bins->pdata[self->filling], wuyou_claim_settlement_view_new (self->dossier));
  if (is_settled_by_me (self))
    _wuyou_claim_detail_add_settling (self, self->bins->pdata[self->filling]);
}

static void
add_day (AdwPreferencesGroup *group, const char *title, WuyouDate date)
{
  char text[11] = "";

  if (date == WUYOU_DATE_NONE)
    return;
  wuyou_date_format (date, text);
  wuyou_value_group_add (group, title, text);
}

gboolean
_wuyou_claim_detail_has_payment (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;

  return claim->paid_fen != 0 || claim->state == WUYOU_CLAIM_APPROVED || claim->state == WUYOU_CLAIM_SETTLING;
}

void
_wuyou_claim_detail_fill_payment (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;
  gint64 due = wuyou_claim_amount (claim);
  AdwPreferencesGroup *group;
  g_autofree char *amount = NULL;
  g_autofree char *shown = NULL;

  group = _wuyou_claim_detail_append_group (self, _ ("Payment"));
  amount = wuyou_money_format (claim->paid_fen != 0 ? claim->paid_fen : due);
  shown = g_strconcat ("¥", amount, NULL);
  wuyou_value_group_add (group, claim->paid_fen != 0 ? _ ("Amount paid") : _ ("Amount to be paid"), shown);
  if (self->dossier->org_name != NULL)
    wuyou_value_group_add (group, _ ("Paid to"), self->dossier->org_name);
  add_day (group, _ ("Paid on"), claim->paid_on);
  if (claim->payment_reference != NULL)
    wuyou_value_group_add (group, _ ("Payment reference"), claim->payment_reference);
  add_day (group, _ ("New car handed over"), claim->delivered_on);
}

static void
add_paper (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouClaimPaper *paper)
{
  g_autofree char *at = wuyou_instant_format_local (paper->at);
  g_autofree char *pages = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d page", "%d pages", (gulong) paper->pages),
                                            (int) paper->pages);
  g_autofree char *text = g_strdup_printf ("%s · %s", at, pages);
  AdwActionRow *row = wuyou_value_group_add_text (group, wuyou_claim_text_paper (paper->kind), text);

  _wuyou_claim_detail_add_letter_button (self, row, paper->kind);
}

/* Not stored: drawn of what the claim says now, to be signed, checked or kept. */
static gboolean
is_present (WuyouClaimDetail *self, const WuyouClaimPaperKind *kind)
{
  return !_wuyou_claim_detail_is_insurer (self) && !kind->letter
         && wuyou_claim_paper_is_open (kind, self->dossier->claim)
         && (kind->id != WUYOU_CLAIM_PAPER_EVIDENCE
             || wuyou_record_detail_can (WUYOU_RECORD_DETAIL (self), WUYOU_OBJECT_CLAIM_DOCUMENT, WUYOU_VERB_READ));
}

static void
add_present_papers (WuyouClaimDetail *self, AdwPreferencesGroup *group)
{
  for (const WuyouClaimPaperKind *kind = wuyou_claim_paper_kinds; kind->kind != NULL; kind++) {
    AdwActionRow *row;

    if (!is_present (self, kind))
      continue;
    row = wuyou_value_group_add_text (group, wuyou_claim_text_paper (kind->kind), _ ("As the claim stands now"));
    _wuyou_claim_detail_add_letter_button (self, row, kind->kind);
  }
}

gboolean
_wuyou_claim_detail_has_papers (WuyouClaimDetail *self)
{
  if (self->dossier->papers->len > 0)
    return TRUE;
  for (const WuyouClaimPaperKind *kind = wuyou_claim_paper_kinds; kind->kind != NULL; kind++)
    if (is_present (self, kind))
      return TRUE;
  return FALSE;
}

void
_wuyou_claim_detail_fill_papers (WuyouClaimDetail *self)
{
  AdwPreferencesGroup *group = _wuyou_claim_detail_append_group (self, _ ("Letters and papers"));

  add_present_papers (self, group);
  for (guint i = 0; i < self->dossier->papers->len; i++)
    add_paper (self, group, self->dossier->papers->pdata[i]);
}
