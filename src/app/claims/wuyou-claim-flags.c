/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-text.h"
#include "claims/wuyou-red-flag.h"
#include "sales/wuyou-print-window.h"
#include "widgets/wuyou-reason-dialog.h"
#include "widgets/wuyou-value-rows.h"

static const struct {
  const char *state, *icon, *style;
} looks[] = {
  { "OPEN", "dialog-warning-symbolic", "warning" },
  { "CLEARED", "emblem-ok-symbolic", "success" },
  { "CONFIRMED", "dialog-error-symbolic", "error" },
};

typedef struct {
  WuyouClaimDetail *detail; /* lives longer: it is the owner of the question */
  char *flag;
  const char *state;
} Judgement;

static void
free_judgement (gpointer data)
{
  Judgement *judgement = data;

  g_free (judgement->flag);
  g_free (judgement);
}

static void
on_note_given_cb (const char *text, gpointer data)
{
  GtkWidget *button = data;
  Judgement *judgement = g_object_get_data (G_OBJECT (button), "wuyou-judgement");
  g_autoptr (GString) body = g_string_new (NULL);

  if (judgement->detail->dossier == NULL)
    return;
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "state", judgement->state);
  wuyou_json_add_string (body, "note", text);
  wuyou_json_end_object (body);
  _wuyou_claim_detail_write (judgement->detail, WUYOU_ROUTE_CLAIM_FLAG, judgement->flag, body->str, _ ("Saved"));
}

static void
on_judge_clicked_cb (GtkButton *button)
{
  const Judgement *judgement = g_object_get_data (G_OBJECT (button), "wuyou-judgement");
  gboolean clears = g_str_equal (judgement->state, "CLEARED");

  wuyou_reason_dialog_present (GTK_WIDGET (button),
                               &(WuyouReasonQuestion){
                                   .title = clears ? _ ("Is It Explained?") : _ ("Confirm the Flag?"),
                                   .text = _ ("Only reviewers see flags and what is noted of them."),
                                   .entry = _ ("Note"),
                                   .button = clears ? _ ("_Explained") : _ ("_Confirm"),
                                   .required = TRUE,
                                   .destructive = !clears,
                               },
                               on_note_given_cb, button);
}

static void
add_judge (WuyouClaimDetail *self, AdwActionRow *row, const WuyouClaimFlag *flag, const char *state)
{
  gboolean clears = g_str_equal (state, "CLEARED");
  GtkWidget *button = wuyou_value_row_add_button (row, clears ? "emblem-ok-symbolic" : "dialog-error-symbolic",
                                                  clears ? _ ("Explained…") : _ ("Confirm…"), flag->id);
  Judgement *judgement = g_new0 (Judgement, 1);

  judgement->detail = self;
  judgement->flag = g_strdup (flag->id);
  judgement->state = state;
  g_object_set_data_full (G_OBJECT (button), "wuyou-judgement", judgement, free_judgement);
  g_signal_connect (button, "clicked", G_CALLBACK (on_judge_clicked_cb), NULL);
}

static void
show_state (AdwActionRow *row, const WuyouClaimFlag *flag)
{
  const WuyouEnum *state = flag->state != NULL ? wuyou_enum_find (wuyou_flag_states, flag->state) : NULL;

  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (looks); i++)
    if (g_str_equal (looks[i].state, flag->state)) {
      GtkWidget *label = gtk_label_new (_ (state->label));

      gtk_widget_add_css_class (label, looks[i].style);
      adw_action_row_add_prefix (row, gtk_image_new_from_icon_name (looks[i].icon));
      adw_action_row_add_suffix (row, label);
    }
}

void
_wuyou_claim_detail_add_flag (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouClaimFlag *flag)
{
  const WuyouFlagInfo *info = flag->code != NULL ? wuyou_flag_find (flag->code) : NULL;
  g_autofree char *at = wuyou_instant_format_local (flag->at);
  g_autofree char *text
      = g_strdup_printf ("%s%s%s", at, flag->note != NULL ? " · " : "", flag->note != NULL ? flag->note : "");
  AdwActionRow *row = wuyou_value_group_add_text (group, info != NULL ? _ (info->sentence) : flag->code, text);

  show_state (row, flag);
  if (g_strcmp0 (flag->state, "OPEN") != 0 || !_wuyou_claim_detail_can (self, WUYOU_OBJECT_RED_FLAG, WUYOU_VERB_EDIT))
    return;
  add_judge (self, row, flag, "CLEARED");
  add_judge (self, row, flag, "CONFIRMED");
}

static void
on_letter_clicked_cb (GtkButton *button, WuyouClaimDetail *self)
{
  const char *kind = g_object_get_data (G_OBJECT (button), "wuyou-id");
  const char *args[] = { self->id, kind, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIM_PAPER, .args = args, .deadline = 60 };
  g_autofree char *number = NULL;

  if (self->dossier == NULL)
    return;
  number = wuyou_claim_text_dup_number (self->dossier->claim);
  wuyou_print_window_present_call (self->context, GTK_WIDGET (self), wuyou_claim_text_paper (kind), number, &call);
}

void
_wuyou_claim_detail_add_letter_button (WuyouClaimDetail *self, AdwActionRow *row, const char *kind)
{
  g_autofree char *name = g_strdup_printf (_ ("Open %s"), wuyou_claim_text_paper (kind));
  GtkWidget *button = wuyou_value_row_add_button (row, "view-reveal-symbolic", name, kind);

  g_signal_connect_object (button, "clicked", G_CALLBACK (on_letter_clicked_cb), self, 0);
  adw_action_row_set_activatable_widget (row, button);
}
