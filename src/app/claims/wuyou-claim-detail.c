/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-detail-private.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-notice.h"
#include "claims/wuyou-claim-text.h"

G_DEFINE_FINAL_TYPE (WuyouClaimDetail, wuyou_claim_detail, WUYOU_TYPE_RECORD_DETAIL)

static const WuyouRecordDetailKind claim_kind = {
  .type = &wuyou_claim_type,
  .object = "claim",
  .get = WUYOU_ROUTE_CLAIM_GET,
  .unmask = WUYOU_ROUTE_CLAIM_UNMASK,
  .none = N_ ("Choose a claim"),
  .stale = N_ ("Someone changed this claim meanwhile. It is shown as it is now; try again."),
  .unmask_reasons = { N_ ("Reviewing the claim"), N_ ("Calling the customer"), N_ ("Talking to the insurer") },
};

static gboolean
is_writing (WuyouClaimDetail *self)
{
  return wuyou_record_detail_is_writing (WUYOU_RECORD_DETAIL (self));
}

gboolean
_wuyou_claim_detail_can (WuyouClaimDetail *self, WuyouObject object, guint verbs)
{
  WuyouSession *session = wuyou_app_context_get_session (self->context);

  return wuyou_permission_check (wuyou_session_get_roles_for (session, self->dossier->for_dealer), object, verbs);
}

static gboolean
can_edit (WuyouClaimDetail *self)
{
  return self->dossier != NULL && self->dossier->open_sections[0] != NULL
         && _wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM, WUYOU_VERB_SUBMIT);
}

static gboolean
is_draft (WuyouClaimDetail *self)
{
  return self->dossier->claim->state == WUYOU_CLAIM_DRAFT && can_edit (self);
}

static void
show_head (WuyouClaimDetail *self)
{
  int state = self->dossier->claim->state;
  g_autofree char *number = wuyou_claim_text_dup_number (self->dossier->claim);
  WuyouDate today = wuyou_date_of_instant (wuyou_app_context_now (self->context));
  g_autofree char *turn = wuyou_claim_text_dup_turn (self->dossier, today);
  WuyouClockLook look = { NULL, NULL };
  g_autofree char *clock = wuyou_claim_text_dup_clock (self->dossier, today, &look);

  wuyou_case_view_set_head (self->view, number, wuyou_claim_text_state (state), wuyou_claim_text_style (state), turn);
  wuyou_case_view_set_clock (self->view, clock, look.icon, look.style);
}

/* A draft is reported from its form, where what is missing can be filled in. */
static void
show_next (WuyouClaimDetail *self)
{
  const WuyouDossierAction *next = wuyou_claim_dossier_get_next (self->dossier);
  g_autofree char *refusal = next != NULL ? wuyou_claim_text_dup_refusal (self->dossier, next) : NULL;
  WuyouCaseStep step = { .label = _ ("_Continue"), .sensitive = !is_writing (self) };

  gtk_widget_set_visible (GTK_WIDGET (self->edit), can_edit (self) && !is_draft (self));
  if (!is_draft (self)) {
    step.label = next != NULL ? _ (next->transition->label) : NULL;
    step.refusal = refusal;
    step.sensitive = !is_writing (self) && next != NULL && next->allowed;
  }
  if (next == NULL && _wuyou_claim_detail_reviews (self)) {
    step.label = _ ("Go to the Checks");
    step.sensitive = TRUE;
  }
  wuyou_case_view_set_next (self->view, step.label != NULL ? &step : NULL);
}

static void
show_menu (WuyouClaimDetail *self)
{
  const WuyouDossierAction *next = wuyou_claim_dossier_get_next (self->dossier);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (WuyouCaseStep));
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->dossier->actions->len; i++) {
    const WuyouDossierAction *action = self->dossier->actions->pdata[i];
    WuyouCaseStep step = { .name = action->action };

    if ((action == next && !is_draft (self)) || !wuyou_dossier_action_is_for_people (action)
        || g_strcmp0 (action->code, "FORBIDDEN") == 0)
      continue;
    g_ptr_array_add (refusals, wuyou_claim_text_dup_refusal (self->dossier, action));
    step.label = _ (action->transition->label);
    step.refusal = refusals->pdata[refusals->len - 1];
    step.sensitive = !is_writing (self) && action->allowed;
    step.destructive = (action->transition->flags & WUYOU_TRANSITION_DESTRUCTIVE) != 0;
    g_array_append_val (steps, step);
  }
  wuyou_case_view_set_steps (self->view, (const WuyouCaseStep *) steps->data, steps->len);
}

static void
show_dossier (WuyouClaimDetail *self, gboolean begin)
{
  double place = wuyou_case_view_get_place (self->view);

  show_head (self);
  show_next (self);
  show_menu (self);
  _wuyou_claim_detail_fill (self, begin);
  wuyou_case_view_set_place (self->view, place);
  wuyou_case_view_show_case (self->view);
}

static gboolean
is_shown (WuyouClaimDetail *self, JsonObject *answer)
{
  g_autoptr (JsonNode) shown = NULL;
  g_autoptr (JsonNode) now = NULL;

  if (self->dossier == NULL)
    return FALSE;
  shown = json_node_init_object (json_node_alloc (), self->dossier->answer);
  now = json_node_init_object (json_node_alloc (), answer);
  return json_node_equal (shown, now);
}

/* What was kept is what the server says still, and so it is on most visits: the sections stay as they are. Only what
 * may differ from the answer is shown again: files and messages that wait to be sent, checks that were saved. */
static void
confirm (WuyouClaimDetail *self, const char *etag)
{
  g_free (self->dossier->etag);
  self->dossier->etag = g_strdup (etag);
  show_head (self);
  show_next (self);
  show_menu (self);
  wuyou_evidence_view_take (self->evidence, self->dossier->answer, etag);
  if (_wuyou_claim_detail_is_filled (self)) { /* or it is about to be */
    wuyou_claim_talk_set (self->talk, self->dossier);
    wuyou_claim_review_set (self->review, self->dossier, _wuyou_claim_detail_reviews (self));
  }
  _wuyou_claim_detail_fill_desk (self);
}

static gboolean
wuyou_claim_detail_take (WuyouRecordDetail *detail, JsonObject *answer, const char *etag, GError **error)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (detail);
  WuyouClaimDossier *dossier;
  gboolean begin = self->dossier == NULL;

  if (is_shown (self, answer)) {
    confirm (self, etag);
    return TRUE;
  }
  dossier = wuyou_claim_dossier_new (answer, etag, error);
  if (dossier == NULL)
    return FALSE;
  g_clear_pointer (&self->dossier, wuyou_claim_dossier_free);
  self->dossier = dossier;
  show_dossier (self, begin);
  return TRUE;
}

static void
wuyou_claim_detail_expect (WuyouRecordDetail *detail, const char *id)
{
  wuyou_evidence_view_expect (WUYOU_CLAIM_DETAIL (detail)->evidence, id);
}

static void
wuyou_claim_detail_forget (WuyouRecordDetail *detail)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (detail);

  _wuyou_claim_detail_stop_filling (self);
  g_clear_pointer (&self->dossier, wuyou_claim_dossier_free);
  _wuyou_claim_detail_leave_desk (self);
}

static const char *
wuyou_claim_detail_get_etag (WuyouRecordDetail *detail)
{
  return WUYOU_CLAIM_DETAIL (detail)->dossier->etag;
}

static const char *
wuyou_claim_detail_get_hint (WuyouRecordDetail *detail)
{
  return wuyou_record_detail_can (detail, WUYOU_OBJECT_CLAIM, WUYOU_VERB_CREATE)
             ? _ ("Up and Down go through the list, Enter opens, Ctrl+N reports a loss.")
             : _ ("Up and Down go through the list, Enter opens.");
}

/* Its own doing is not announced to who did it. */
static void
wuyou_claim_detail_written (WuyouRecordDetail *detail, WuyouRouteId route, JsonObject *answer)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (detail);
  JsonObject *claim = wuyou_json_get_object (answer, "claim");

  if (route == WUYOU_ROUTE_CLAIM_CHECKS)
    wuyou_claim_review_set_saved (self->review);
  if (route == WUYOU_ROUTE_CLAIM_FLAG)
    _wuyou_claim_detail_forget_note (self);
  wuyou_claim_notice_note_own (self->context, wuyou_record_detail_get_id (detail),
                               claim != NULL ? wuyou_json_get_int (claim, "version") : 0);
}

gboolean
wuyou_claim_detail_save (WuyouClaimDetail *self)
{
  _wuyou_claim_detail_fill_rest (self);
  return self->dossier != NULL && wuyou_claim_review_save (self->review);
}

static void
on_edit_clicked_cb (WuyouClaimDetail *self)
{
  if (can_edit (self))
    wuyou_record_detail_request_edit (WUYOU_RECORD_DETAIL (self), NULL);
}

static void
wuyou_claim_detail_next (WuyouRecordDetail *detail)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (detail);
  const WuyouDossierAction *next = self->dossier != NULL ? wuyou_claim_dossier_get_next (self->dossier) : NULL;

  if (self->dossier != NULL && is_draft (self))
    on_edit_clicked_cb (self);
  else if (next != NULL)
    _wuyou_claim_detail_act (self, next);
  else if (self->dossier != NULL && _wuyou_claim_detail_reviews (self))
    _wuyou_claim_detail_go_to_checks (self);
}

static void
wuyou_claim_detail_step (WuyouRecordDetail *detail, const char *name)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (detail);
  const WuyouDossierAction *action
      = self->dossier != NULL ? wuyou_dossier_actions_find (self->dossier->actions, name) : NULL;

  if (action != NULL)
    _wuyou_claim_detail_act (self, action);
}

static void
on_review_write_cb (WuyouClaimDetail *self, int route, const char *arg, const char *body)
{
  wuyou_record_detail_write (WUYOU_RECORD_DETAIL (self), (WuyouRouteId) route, arg, body, _ ("Saved"));
}

static void
on_consent_wanted_cb (WuyouClaimDetail *self)
{
  wuyou_record_detail_request_edit (WUYOU_RECORD_DETAIL (self), "consent_sensitive");
}

static void
build_parts (WuyouClaimDetail *self)
{
  self->review = WUYOU_CLAIM_REVIEW (g_object_ref_sink (wuyou_claim_review_new (self->context)));
  self->talk = WUYOU_CLAIM_TALK (g_object_ref_sink (wuyou_claim_talk_new (self->context)));
  self->evidence = WUYOU_EVIDENCE_VIEW (g_object_ref_sink (wuyou_evidence_view_new (self->context)));
  g_signal_connect_object (self->evidence, "changed", G_CALLBACK (wuyou_record_detail_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->evidence, "consent-wanted", G_CALLBACK (on_consent_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "write", G_CALLBACK (on_review_write_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->talk, "sent", G_CALLBACK (wuyou_record_detail_refresh), self, G_CONNECT_SWAPPED);
}

static void
wuyou_claim_detail_constructed (GObject *object)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (object);

  G_OBJECT_CLASS (wuyou_claim_detail_parent_class)->constructed (object);
  self->context = wuyou_record_detail_get_context (WUYOU_RECORD_DETAIL (self));
  self->view = wuyou_record_detail_get_view (WUYOU_RECORD_DETAIL (self));
  self->edit = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Edit")));
  wuyou_case_view_add_button (self->view, GTK_WIDGET (self->edit));
  _wuyou_claim_detail_add_desk_button (self);
  g_signal_connect_object (self->edit, "clicked", G_CALLBACK (on_edit_clicked_cb), self, G_CONNECT_SWAPPED);
  build_parts (self);
  _wuyou_claim_detail_add_sections (self);
}

static void
wuyou_claim_detail_dispose (GObject *object)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (object);

  _wuyou_claim_detail_stop_filling (self);
  self->context = NULL;
  g_clear_object (&self->review);
  g_clear_object (&self->talk);
  g_clear_object (&self->evidence);
  G_OBJECT_CLASS (wuyou_claim_detail_parent_class)->dispose (object);
}

static void
wuyou_claim_detail_finalize (GObject *object)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (object);

  g_clear_pointer (&self->dossier, wuyou_claim_dossier_free);
  g_clear_pointer (&self->bins, g_ptr_array_unref);
  g_free (self->flag);
  G_OBJECT_CLASS (wuyou_claim_detail_parent_class)->finalize (object);
}

static void
wuyou_claim_detail_class_init (WuyouClaimDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WuyouRecordDetailClass *detail_class = WUYOU_RECORD_DETAIL_CLASS (klass);

  object_class->constructed = wuyou_claim_detail_constructed;
  object_class->dispose = wuyou_claim_detail_dispose;
  object_class->finalize = wuyou_claim_detail_finalize;
  detail_class->kind = &claim_kind;
  detail_class->take = wuyou_claim_detail_take;
  detail_class->forget = wuyou_claim_detail_forget;
  detail_class->expect = wuyou_claim_detail_expect;
  detail_class->get_etag = wuyou_claim_detail_get_etag;
  detail_class->get_hint = wuyou_claim_detail_get_hint;
  detail_class->written = wuyou_claim_detail_written;
  detail_class->next = wuyou_claim_detail_next;
  detail_class->step = wuyou_claim_detail_step;
  _wuyou_claim_detail_install_desk (GTK_WIDGET_CLASS (klass));
}

static void
wuyou_claim_detail_init (WuyouClaimDetail *self)
{
}

WuyouRecordDetail *
wuyou_claim_detail_new (WuyouAppContext *context)
{
  return g_object_new (WUYOU_TYPE_CLAIM_DETAIL, "context", context, NULL);
}
