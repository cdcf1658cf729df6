/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-text.h"
#include "claims/wuyou-red-flag.h"
#include "drafts/wuyou-kept-text.h"
#include "sales/wuyou-print-window.h"
#include "widgets/wuyou-reason-dialog.h"
#include "widgets/wuyou-value-rows.h"

static const struct {
  const char *icon, *style;
} looks[] = {
  [WUYOU_FLAG_OPEN] = { "dialog-warning-symbolic", "warning" },
  [WUYOU_FLAG_CLEARED] = { "emblem-ok-symbolic", "success" },
  [WUYOU_FLAG_CONFIRMED] = { "dialog-error-symbolic", "error" },
};

#define KEPT "flag"

/* Of the claim that is shown still: it may have been read again while the note was written. */
static gboolean
is_open (WuyouClaimDetail *self, const char *id)
{
  for (guint i = 0; self->dossier != NULL && self->dossier->flags != NULL && i < self->dossier->flags->len; i++) {
    const WuyouClaimFlag *flag = self->dossier->flags->pdata[i];

    if (g_strcmp0 (flag->id, id) == 0)
      return flag->state == WUYOU_FLAG_OPEN;
  }
  return FALSE;
}

static void
on_note_given_cb (const char *text, gpointer data)
{
  WuyouClaimDetail *self = data;
  g_autoptr (GString) body = g_string_new (NULL);

  if (!is_open (self, self->flag)) {
    wuyou_app_context_toast (self->context, _ ("Somebody judged this flag meanwhile."));
    return;
  }
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "state", wuyou_enum_id (wuyou_flag_states, self->verdict));
  wuyou_json_add_string (body, "note", text);
  wuyou_json_end_object (body);
  wuyou_record_detail_write (WUYOU_RECORD_DETAIL (self), WUYOU_ROUTE_CLAIM_FLAG, self->flag, body->str, _ ("Saved"));
}

void
_wuyou_claim_detail_forget_note (WuyouClaimDetail *self)
{
  if (self->flag != NULL)
    wuyou_kept_text_save (self->context, KEPT, self->flag, NULL);
}

static void
ask_for_note (WuyouClaimDetail *self, const char *flag, int verdict)
{
  gboolean clears = verdict == WUYOU_FLAG_CLEARED;
  GtkEditable *line;

  g_free (self->flag);
  self->flag = g_strdup (flag);
  self->verdict = verdict;
  line = wuyou_reason_dialog_present (GTK_WIDGET (self),
                                      &(WuyouReasonQuestion){
                                          .title = clears ? _ ("Is It Explained?") : _ ("Confirm the Flag?"),
                                          .text = _ ("Only reviewers see flags and what is noted of them."),
                                          .entry = _ ("Note"),
                                          .button = clears ? _ ("_Explained") : _ ("_Confirm"),
                                          .required = TRUE,
                                          .destructive = !clears,
                                      },
                                      on_note_given_cb, self);
  wuyou_kept_text_follow (self->context, line, KEPT, flag);
}

static void
on_judge_clicked_cb (GtkWidget *button, WuyouClaimDetail *self)
{
  ask_for_note (self, g_object_get_data (G_OBJECT (button), "wuyou-id"),
                GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "wuyou-verdict")));
}

static void
add_judge (WuyouClaimDetail *self, AdwActionRow *row, const WuyouClaimFlag *flag, int verdict)
{
  GtkWidget *button = wuyou_value_row_add_button (
      row, looks[verdict].icon, verdict == WUYOU_FLAG_CLEARED ? _ ("Explained…") : _ ("Confirm…"), flag->id);

  g_object_set_data (G_OBJECT (button), "wuyou-verdict", GINT_TO_POINTER (verdict));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_judge_clicked_cb), self, 0);
}

static void
show_state (AdwActionRow *row, const WuyouClaimFlag *flag)
{
  GtkWidget *label;

  if (flag->state == 0)
    return;
  label = gtk_label_new (_ (wuyou_enum_label (wuyou_flag_states, flag->state)));
  gtk_widget_add_css_class (label, looks[flag->state].style);
  adw_action_row_add_prefix (row, gtk_image_new_from_icon_name (looks[flag->state].icon));
  adw_action_row_add_suffix (row, label);
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
  if (flag->state != WUYOU_FLAG_OPEN
      || !wuyou_record_detail_can (WUYOU_RECORD_DETAIL (self), WUYOU_OBJECT_RED_FLAG, WUYOU_VERB_EDIT))
    return;
  add_judge (self, row, flag, WUYOU_FLAG_CLEARED);
  add_judge (self, row, flag, WUYOU_FLAG_CONFIRMED);
}

static void
on_letter_clicked_cb (GtkButton *button, WuyouClaimDetail *self)
{
  const char *kind = g_object_get_data (G_OBJECT (button), "wuyou-id");
  const char *args[] = { wuyou_record_detail_get_id (WUYOU_RECORD_DETAIL (self)), kind, NULL };
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
  GtkWidget *button = wuyou_value_row_add_button (row, "document-open-symbolic", name, kind);

  g_signal_connect_object (button, "clicked", G_CALLBACK (on_letter_clicked_cb), self, 0);
  adw_action_row_set_activatable_widget (row, button);
}
