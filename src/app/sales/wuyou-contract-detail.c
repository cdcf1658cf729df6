/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-detail-private.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-print-window.h"

G_DEFINE_FINAL_TYPE (WuyouContractDetail, wuyou_contract_detail, WUYOU_TYPE_RECORD_DETAIL)

static const WuyouRecordDetailKind contract_kind = {
  .type = &wuyou_contract_type,
  .object = "contract",
  .get = WUYOU_ROUTE_CONTRACT_GET,
  .unmask = WUYOU_ROUTE_CONTRACT_UNMASK,
  .none = N_ ("Choose a contract"),
  .stale = N_ ("Someone changed this contract meanwhile. It is shown as it is now; try again."),
  .unmask_reasons = { N_ ("Calling the customer"), N_ ("Checking the identity"), N_ ("The customer asked") },
};

static gboolean
is_writing (WuyouContractDetail *self)
{
  return wuyou_record_detail_is_writing (WUYOU_RECORD_DETAIL (self));
}

static void
show_head (WuyouContractDetail *self)
{
  int state = self->dossier->contract->state;
  g_autofree char *number = wuyou_contract_words_dup_number (self->dossier->contract);
  g_autofree char *turn = wuyou_contract_words_dup_turn (self->dossier, wuyou_app_context_get_session (self->context));

  wuyou_case_view_set_head (self->view, number, wuyou_contract_words_state (state), wuyou_contract_words_style (state),
                            turn);
}

static gboolean
is_draft (WuyouContractDetail *self)
{
  return self->dossier->contract->state == WUYOU_CONTRACT_DRAFT;
}

/* A draft is submitted from its form, where what is missing can be filled in. */
static void
show_next (WuyouContractDetail *self)
{
  const WuyouDossierAction *next = wuyou_dossier_get_next (self->dossier);
  g_autofree char *refusal = next != NULL ? wuyou_contract_words_dup_refusal (next) : NULL;
  gboolean can_edit
      = wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CONTRACT, WUYOU_VERB_EDIT);

  WuyouCaseStep step = { .refusal = refusal };

  if (next == NULL || (is_draft (self) && !can_edit)) {
    wuyou_case_view_set_next (self->view, NULL);
    return;
  }
  step.label = is_draft (self) ? _ ("_Continue") : _ (next->transition->label);
  step.sensitive = !is_writing (self) && (is_draft (self) || _wuyou_contract_detail_can_act (next));
  wuyou_case_view_set_next (self->view, &step);
}

static void
show_menu (WuyouContractDetail *self)
{
  const WuyouDossierAction *next = wuyou_dossier_get_next (self->dossier);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (WuyouCaseStep));
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->dossier->actions->len; i++) {
    const WuyouDossierAction *action = self->dossier->actions->pdata[i];
    WuyouCaseStep step = { .name = action->action };

    if (action == next || !wuyou_dossier_action_is_for_people (action))
      continue;
    g_ptr_array_add (refusals, wuyou_contract_words_dup_refusal (action));
    step.label = _ (action->transition->label);
    step.refusal = refusals->pdata[refusals->len - 1];
    step.sensitive = !is_writing (self) && _wuyou_contract_detail_can_act (action);
    step.destructive = (action->transition->flags & WUYOU_TRANSITION_DESTRUCTIVE) != 0;
    g_array_append_val (steps, step);
  }
  wuyou_case_view_set_steps (self->view, (const WuyouCaseStep *) steps->data, steps->len);
}

gboolean
_wuyou_contract_detail_has_papers (WuyouContractDetail *self)
{
  return self->dossier != NULL && self->dossier->contract->content_sha256 != NULL
         && wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CONTRACT, WUYOU_VERB_PRINT);
}

static void
show_dossier (WuyouContractDetail *self)
{
  double place = wuyou_case_view_get_place (self->view);

  show_head (self);
  show_next (self);
  show_menu (self);
  gtk_widget_set_visible (GTK_WIDGET (self->print), _wuyou_contract_detail_has_papers (self));
  _wuyou_contract_detail_fill (self);
  wuyou_case_view_set_place (self->view, place);
  wuyou_case_view_show_case (self->view);
}

static gboolean
wuyou_contract_detail_take (WuyouRecordDetail *detail, JsonObject *answer, const char *etag, GError **error)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (detail);
  WuyouDossier *dossier = wuyou_dossier_new (answer, etag, error);

  if (dossier == NULL)
    return FALSE;
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  self->dossier = dossier;
  show_dossier (self);
  return TRUE;
}

static void
wuyou_contract_detail_forget (WuyouRecordDetail *detail)
{
  g_clear_pointer (&WUYOU_CONTRACT_DETAIL (detail)->dossier, wuyou_dossier_free);
}

static const char *
wuyou_contract_detail_get_etag (WuyouRecordDetail *detail)
{
  return WUYOU_CONTRACT_DETAIL (detail)->dossier->etag;
}

static const char *
wuyou_contract_detail_get_hint (WuyouRecordDetail *detail)
{
  return _ ("Up and Down go through the list, Enter opens, Ctrl+N begins a new one.");
}

gboolean
wuyou_contract_detail_print (WuyouContractDetail *self)
{
  if (!_wuyou_contract_detail_has_papers (self))
    return FALSE;
  wuyou_print_window_present (self->context, GTK_WIDGET (self), self->dossier, NULL);
  return TRUE;
}

static void
wuyou_contract_detail_written (WuyouRecordDetail *detail, WuyouRouteId route, JsonObject *answer)
{
  JsonObject *contract = wuyou_json_get_object (answer, "contract");
  const char *id = contract != NULL ? wuyou_json_get_string (contract, "id") : NULL;

  if (route == WUYOU_ROUTE_CONTRACT_ACT && id != NULL)
    _wuyou_contract_detail_forget_reason (WUYOU_CONTRACT_DETAIL (detail), id);
}

static void
wuyou_contract_detail_next (WuyouRecordDetail *detail)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (detail);
  const WuyouDossierAction *next = self->dossier != NULL ? wuyou_dossier_get_next (self->dossier) : NULL;

  if (next == NULL)
    return;
  if (is_draft (self))
    wuyou_record_detail_request_edit (detail, NULL);
  else
    _wuyou_contract_detail_act (self, next);
}

static void
wuyou_contract_detail_step (WuyouRecordDetail *detail, const char *name)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (detail);
  const WuyouDossierAction *action = self->dossier != NULL ? wuyou_dossier_find_action (self->dossier, name) : NULL;

  if (action != NULL)
    _wuyou_contract_detail_act (self, action);
}

static void
wuyou_contract_detail_constructed (GObject *object)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (object);

  G_OBJECT_CLASS (wuyou_contract_detail_parent_class)->constructed (object);
  self->context = wuyou_record_detail_get_context (WUYOU_RECORD_DETAIL (self));
  self->view = wuyou_record_detail_get_view (WUYOU_RECORD_DETAIL (self));
  self->print = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Print…")));
  wuyou_case_view_add_button (self->view, GTK_WIDGET (self->print));
  g_signal_connect_object (self->print, "clicked", G_CALLBACK (wuyou_contract_detail_print), self, G_CONNECT_SWAPPED);
  _wuyou_contract_detail_add_sections (self);
}

static void
wuyou_contract_detail_dispose (GObject *object)
{
  WUYOU_CONTRACT_DETAIL (object)->context = NULL;
  G_OBJECT_CLASS (wuyou_contract_detail_parent_class)->dispose (object);
}

static void
wuyou_contract_detail_finalize (GObject *object)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (object);

  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  g_clear_pointer (&self->bins, g_ptr_array_unref);
  G_OBJECT_CLASS (wuyou_contract_detail_parent_class)->finalize (object);
}

static void
wuyou_contract_detail_class_init (WuyouContractDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WuyouRecordDetailClass *detail_class = WUYOU_RECORD_DETAIL_CLASS (klass);

  object_class->constructed = wuyou_contract_detail_constructed;
  object_class->dispose = wuyou_contract_detail_dispose;
  object_class->finalize = wuyou_contract_detail_finalize;
  detail_class->kind = &contract_kind;
  detail_class->take = wuyou_contract_detail_take;
  detail_class->forget = wuyou_contract_detail_forget;
  detail_class->get_etag = wuyou_contract_detail_get_etag;
  detail_class->get_hint = wuyou_contract_detail_get_hint;
  detail_class->written = wuyou_contract_detail_written;
  detail_class->next = wuyou_contract_detail_next;
  detail_class->step = wuyou_contract_detail_step;
}

static void
wuyou_contract_detail_init (WuyouContractDetail *self)
{
}

WuyouRecordDetail *
wuyou_contract_detail_new (WuyouAppContext *context)
{
  return g_object_new (WUYOU_TYPE_CONTRACT_DETAIL, "context", context, NULL);
}
