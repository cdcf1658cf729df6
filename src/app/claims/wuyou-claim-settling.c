/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-step.h"
#include "claims/wuyou-claim-text.h"
#include "widgets/wuyou-value-rows.h"
#include "widgets/wuyou-wrap-box.h"

static void
on_compute_clicked_cb (WuyouClaimDetail *self)
{
  if (self->dossier != NULL)
    wuyou_record_detail_write (WUYOU_RECORD_DETAIL (self), WUYOU_ROUTE_CLAIM_SETTLE, NULL, "{}",
                               _ ("Settlement computed"));
}

static void
on_amount_done_cb (JsonObject *answer, const char *etag, const char *action, gpointer data)
{
  wuyou_record_detail_take_made (data, answer, etag, NULL);
}

static void
on_amount_clicked_cb (WuyouClaimDetail *self)
{
  if (self->dossier != NULL)
    wuyou_claim_step_present_amount (self->context, GTK_WIDGET (self), self->dossier, on_amount_done_cb, self);
}

void
_wuyou_claim_detail_add_settling (WuyouClaimDetail *self, AdwBin *section)
{
  GtkWidget *sheet = g_object_ref (adw_bin_get_child (section));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = wuyou_wrap_box_new (6);
  GtkWidget *compute = gtk_button_new_with_mnemonic (_ ("_Compute"));
  GtkWidget *amount = gtk_button_new_with_mnemonic (_ ("Another _Amount…"));

  adw_bin_set_child (section, NULL);
  gtk_box_append (GTK_BOX (box), sheet);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (buttons), compute);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (buttons), amount);
  gtk_widget_set_sensitive (amount, self->dossier->claim->settlement_json != NULL);
  gtk_box_append (GTK_BOX (box), buttons);
  adw_bin_set_child (section, box);
  g_object_unref (sheet);
  g_signal_connect_object (compute, "clicked", G_CALLBACK (on_compute_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (amount, "clicked", G_CALLBACK (on_amount_clicked_cb), self, G_CONNECT_SWAPPED);
}
