/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-claim-detail-private.h"
#include "widgets/wuyou-value-rows.h"

static const struct {
  const char *state, *words, *icon, *style;
} looks[] = {
  { "OPEN", N_ ("Open"), "dialog-warning-symbolic", "warning" },
  { "CLEARED", N_ ("Cleared"), "emblem-ok-symbolic", "success" },
  { "CONFIRMED", N_ ("Confirmed"), "dialog-error-symbolic", "error" },
};

void
_wuyou_claim_detail_add_flag (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouClaimFlag *flag)
{
  g_autofree char *at = wuyou_instant_format_local (flag->at);
  g_autoptr (GString) text = g_string_new (at);
  AdwActionRow *row;

  if (flag->fact != NULL)
    g_string_append_printf (text, " · %s", flag->fact);
  if (flag->note != NULL)
    g_string_append_printf (text, " · %s", flag->note);
  row = wuyou_value_group_add_text (group, flag->code != NULL ? flag->code : "", text->str);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_strcmp0 (looks[i].state, flag->state) == 0) {
      GtkWidget *label = gtk_label_new (_ (looks[i].words));

      gtk_widget_add_css_class (label, looks[i].style);
      adw_action_row_add_prefix (row, gtk_image_new_from_icon_name (looks[i].icon));
      adw_action_row_add_suffix (row, label);
    }
}

/* A paper is opened as the very bytes that were stored. */
void
_wuyou_claim_detail_add_letter_button (WuyouClaimDetail *self, AdwActionRow *row, const WuyouClaimPaper *paper)
{
}
