/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-text.h"
#include "claims/wuyou-evidence-rules.h"
#include "widgets/wuyou-value-rows.h"

/* What the next step of a claim still wants, each with the way to where it is brought. */

static void
on_missing_activated_cb (AdwActionRow *row, WuyouClaimDetail *self)
{
  const char *name = g_object_get_data (G_OBJECT (row), "wuyou-field");
  const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, name);
  GtkWidget *slot;

  if (field != NULL && wuyou_claim_dossier_is_open (self->dossier, field->section))
    wuyou_record_detail_request_edit (WUYOU_RECORD_DETAIL (self), name);
  else if ((slot = wuyou_evidence_view_focus_slot (self->evidence, name)) != NULL)
    wuyou_case_view_show_widget (self->view, slot); /* with what is said of it, not only its button */
  else
    wuyou_case_view_jump (self->view, _wuyou_claim_detail_find_section (self, name));
}

/* To an entry that one may fill in, or a paper that one may bring. */
static gboolean
leads_somewhere (WuyouClaimDetail *self, const char *name)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, name);

  return field != NULL ? wuyou_claim_dossier_is_open (self->dossier, field->section)
                       : wuyou_claim_slot_find (name) != NULL;
}

static void
lead_to (WuyouClaimDetail *self, AdwActionRow *row, const char *field)
{
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "wuyou-field", g_strdup (field), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_missing_activated_cb), self, 0);
}

static void
add_missing (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouDossierProblem *problem)
{
  g_autofree char *detail = wuyou_claim_text_dup_problem (problem);

  lead_to (self, wuyou_value_group_add_text (group, wuyou_claim_text_slot (self->dossier, problem->field), detail),
           problem->field);
}

/* One sentence for the whole step; it may be for want of one thing. */
static void
add_refusal (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouDossierAction *action)
{
  g_autofree char *refusal = wuyou_claim_text_dup_refusal (self->dossier, action);
  AdwActionRow *row = wuyou_value_group_add_text (group, refusal, NULL);

  if (leads_somewhere (self, action->field))
    lead_to (self, row, action->field);
}

gboolean
_wuyou_claim_detail_has_missing (WuyouClaimDetail *self)
{
  const WuyouDossierAction *next = wuyou_claim_dossier_get_next (self->dossier);

  return next != NULL && !next->allowed;
}

void
_wuyou_claim_detail_fill_missing (WuyouClaimDetail *self)
{
  const WuyouDossierAction *next = wuyou_claim_dossier_get_next (self->dossier);
  guint n;
  g_autofree char *title = NULL;
  g_autofree char *before = NULL;
  AdwPreferencesGroup *group;

  if (!_wuyou_claim_detail_has_missing (self))
    return;
  n = next->violations->len;
  if (n > 0)
    title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing is missing", "%u things are missing", n), n);
  before = g_strdup_printf (_ ("Before “%s”"), _ (next->transition->label));
  group = _wuyou_claim_detail_append_group (self, n > 0 ? title : _ ("Not possible yet"));
  adw_preferences_group_set_description (group, before); /* has lines, a title has one */
  for (guint i = 0; i < n; i++)
    add_missing (self, group, next->violations->pdata[i]);
  if (n == 0)
    add_refusal (self, group, next);
}
