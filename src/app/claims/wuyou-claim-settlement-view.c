/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-settlement-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-money.h"
#include "claims/wuyou-settlement.h"
#include "sales/wuyou-contract-words.h"
#include "widgets/wuyou-field-words.h"
#include "widgets/wuyou-value-rows.h"
#include "widgets/wuyou-field-words.h"

static char *
dup_figure (const WuyouSettlementStep *step)
{
  g_autofree char *figure = wuyou_settlement_step_dup_figure (step);

  if (step->kind->unit == WUYOU_UNIT_FEN)
    return g_strconcat ("¥", figure, NULL);
  if (step->kind->unit == WUYOU_UNIT_MONTHS)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s month", "%s months", (gulong) step->value), figure);
  return g_steal_pointer (&figure);
}

static void
add_step (AdwPreferencesGroup *group, const WuyouSettlement *settlement, const WuyouSettlementInput *input, guint i)
{
  const WuyouSettlementStep *step = &g_array_index (settlement->steps, WuyouSettlementStep, i);
  g_autofree char *arithmetic = wuyou_settlement_dup_arithmetic (settlement, input, i);
  g_autofree char *figure = dup_figure (step);
  AdwActionRow *row = wuyou_value_group_add_text (group, _ (step->kind->label), arithmetic);
  GtkWidget *label = gtk_label_new (figure);
  gboolean last = i + 1 == settlement->steps->len;

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, last ? "heading" : "wuyou-figure");
  adw_action_row_add_suffix (row, label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
}

static GtkWidget *
build_inputs (const WuyouSettlementInput *input)
{
  GtkWidget *row = adw_expander_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", _ ("What the formula looks at"), NULL);
  for (guint i = 0; i < wuyou_settlement_input_type.n_fields; i++) {
    const WuyouField *field = &wuyou_settlement_input_type.fields[i];
    GtkWidget *one;
    g_autofree char *value = NULL;

    if (!wuyou_field_is_set (field, input))
      continue;
    value = wuyou_field_words_dup_value (field, input);
    one = adw_action_row_new ();
    g_object_set (one, "use-markup", FALSE, "title", _ (field->label), "subtitle", value, NULL);
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), one);
  }
  return row;
}

static void
add_override (AdwPreferencesGroup *group, const WuyouClaimDossier *dossier)
{
  const WuyouClaim *claim = dossier->claim;
  g_autofree char *amount = NULL;
  g_autofree char *shown = NULL;

  if (claim->override_by == NULL)
    return;
  amount = wuyou_money_format (claim->override_fen);
  shown = g_strconcat ("¥", amount, NULL);
  wuyou_value_group_add_marked (group, _ ("Amount instead"), shown, "dialog-warning-symbolic", "warning");
  wuyou_value_group_add_text (group, _ ("Why another amount"), claim->override_reason);
  wuyou_value_group_add (group, _ ("Other amount by"), wuyou_claim_dossier_get_person (dossier, claim->override_by));
}

GtkWidget *
wuyou_claim_settlement_view_new (const WuyouClaimDossier *dossier)
{
  AdwPreferencesGroup *group = wuyou_value_group_new (_ ("Why this amount"));
  WuyouSettlementInput input = { 0 };
  const char *json = dossier->claim->settlement_json;
  g_autoptr (WuyouSettlement) settlement = json != NULL ? wuyou_settlement_read (json, &input, NULL) : NULL;

  if (settlement == NULL) {
    wuyou_value_group_add_nothing (group, _ ("The settlement is not computed yet."));
    return GTK_WIDGET (group);
  }
  for (guint i = 0; i < settlement->steps->len; i++)
    add_step (group, settlement, &input, i);
  add_override (group, dossier);
  adw_preferences_group_add (group, build_inputs (&input));
  return GTK_WIDGET (group);
}
