/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-detail-private.h"

#include <glib/gi18n.h>

#include "claims/wuyou-claim-text.h"

enum { EDIT_REQUESTED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouClaimDetail, wuyou_claim_detail, ADW_TYPE_BIN)

gboolean
_wuyou_claim_detail_can (WuyouClaimDetail *self, WuyouObject object, guint verbs)
{
  return wuyou_session_can (wuyou_app_context_get_session (self->context), object, verbs);
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
  g_autofree char *turn = wuyou_claim_text_dup_turn (self->dossier);
  WuyouClockLook look = { NULL, NULL };
  g_autofree char *clock = wuyou_claim_text_dup_clock (self->dossier, &look);

  wuyou_case_view_set_head (self->view, number, wuyou_claim_text_state (state), wuyou_claim_text_style (state), turn);
  wuyou_case_view_set_clock (self->view, clock, look.icon, look.style);
}

/* A draft is reported from its form, where what is missing can be filled in. */
static void
show_next (WuyouClaimDetail *self)
{
  const WuyouDossierAction *next = wuyou_claim_dossier_get_next (self->dossier);
  g_autofree char *refusal = next != NULL ? wuyou_claim_text_dup_refusal (self->dossier, next) : NULL;
  WuyouCaseStep step = { .label = _ ("_Continue"), .sensitive = !self->acting };

  gtk_widget_set_visible (GTK_WIDGET (self->edit), can_edit (self) && !is_draft (self));
  if (!is_draft (self)) {
    step.label = next != NULL ? _ (next->transition->label) : NULL;
    step.refusal = refusal;
    step.sensitive = !self->acting && next != NULL && next->allowed;
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
    step.sensitive = !self->acting && action->allowed;
    step.destructive = (action->transition->flags & WUYOU_TRANSITION_DESTRUCTIVE) != 0;
    g_array_append_val (steps, step);
  }
  wuyou_case_view_set_steps (self->view, (const WuyouCaseStep *) steps->data, steps->len);
}

static void
show_dossier (WuyouClaimDetail *self)
{
  double place = wuyou_case_view_get_place (self->view);

  show_head (self);
  show_next (self);
  show_menu (self);
  _wuyou_claim_detail_fill (self);
  wuyou_case_view_set_place (self->view, place);
  wuyou_case_view_show_case (self->view);
}

void
_wuyou_claim_detail_take (WuyouClaimDetail *self, JsonObject *answer, const char *etag, gboolean keep)
{
  g_autoptr (GError) error = NULL;
  WuyouClaimDossier *dossier = wuyou_claim_dossier_new (answer, etag, &error);

  if (dossier == NULL) {
    wuyou_banner_show_error (self->banner, error);
    return;
  }
  g_clear_pointer (&self->dossier, wuyou_claim_dossier_free);
  self->dossier = dossier;
  if (keep)
    wuyou_dossier_keep_answer (wuyou_app_context_get_local (self->context), &wuyou_claim_type, answer);
  show_dossier (self);
}

static void
show_load_error (WuyouClaimDetail *self, const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    return;
  if (self->dossier == NULL)
    wuyou_case_view_show_error (self->view, error);
  else if (!g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE))
    wuyou_banner_show_error (self->banner, error);
}

typedef struct {
  WuyouClaimDetail *detail;
  char *id;
} Load;

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Load *load = data;
  WuyouClaimDetail *self = load->detail;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (self->context != NULL && g_strcmp0 (self->id, load->id) == 0) {
    self->loading = FALSE;
    wuyou_busy_line_set_busy (self->line, FALSE);
    if (answer != NULL) {
      wuyou_banner_hide (self->banner);
      _wuyou_claim_detail_take (self, answer, etag, TRUE);
    } else {
      show_load_error (self, error);
    }
  }
  g_object_unref (load->detail);
  g_free (load->id);
  g_free (load);
}

void
wuyou_claim_detail_refresh (WuyouClaimDetail *self)
{
  const char *args[] = { self->id, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIM_GET, .args = args };
  Load *load;

  if (self->id == NULL || self->loading || self->acting)
    return;
  self->loading = TRUE;
  if (g_cancellable_is_cancelled (self->cancellable)) {
    g_object_unref (self->cancellable);
    self->cancellable = g_cancellable_new ();
  }
  load = g_new0 (Load, 1);
  load->detail = g_object_ref (self);
  load->id = g_strdup (self->id);
  wuyou_busy_line_set_busy (self->line, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_loaded_cb, load);
}

static void
show_none (WuyouClaimDetail *self)
{
  gboolean reports = _wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM, WUYOU_VERB_CREATE);

  wuyou_case_view_show_none (self->view, "view-list-symbolic", _ ("Choose a claim"),
                             reports ? _ ("Up and Down go through the list, Enter opens, Ctrl+N reports a loss.")
                                     : _ ("Up and Down go through the list, Enter opens."));
}

static void
show_cached (WuyouClaimDetail *self)
{
  g_autoptr (JsonObject) kept
      = wuyou_dossier_load_answer (wuyou_app_context_get_local (self->context), &wuyou_claim_type, self->id);

  if (kept != NULL)
    _wuyou_claim_detail_take (self, kept, NULL, FALSE);
}

void
wuyou_claim_detail_stop (WuyouClaimDetail *self)
{
  g_cancellable_cancel (self->cancellable);
  self->loading = FALSE;
  wuyou_busy_line_set_busy (self->line, FALSE);
}

void
wuyou_claim_detail_show (WuyouClaimDetail *self, const char *id)
{
  if (id != NULL && g_strcmp0 (self->id, id) == 0) {
    wuyou_claim_detail_refresh (self);
    return;
  }
  wuyou_claim_detail_stop (self);
  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->dossier, wuyou_claim_dossier_free);
  wuyou_banner_hide (self->banner);
  wuyou_case_view_set_place (self->view, 0);
  if (id == NULL) {
    show_none (self);
    return;
  }
  show_cached (self);
  wuyou_claim_detail_refresh (self);
}

const char *
wuyou_claim_detail_get_id (WuyouClaimDetail *self)
{
  return self->id;
}

gboolean
wuyou_claim_detail_save (WuyouClaimDetail *self)
{
  return self->dossier != NULL && wuyou_claim_review_save (self->review);
}

void
wuyou_claim_detail_focus (WuyouClaimDetail *self)
{
  wuyou_case_view_focus (self->view);
}

void
wuyou_claim_detail_read_on (WuyouClaimDetail *self)
{
  wuyou_case_view_read_on (self->view);
}

static void
on_edit_clicked_cb (WuyouClaimDetail *self)
{
  if (can_edit (self))
    g_signal_emit (self, signals[EDIT_REQUESTED], 0, self->id, NULL);
}

static void
on_next_cb (WuyouClaimDetail *self)
{
  const WuyouDossierAction *next = self->dossier != NULL ? wuyou_claim_dossier_get_next (self->dossier) : NULL;

  if (self->dossier != NULL && is_draft (self))
    on_edit_clicked_cb (self);
  else if (next != NULL)
    _wuyou_claim_detail_act (self, next);
  else if (self->dossier != NULL && _wuyou_claim_detail_reviews (self))
    wuyou_case_view_jump (self->view, _wuyou_claim_detail_find_section (self, "check_contract"));
}

static void
on_step_cb (WuyouClaimDetail *self, const char *name)
{
  const WuyouDossierAction *action
      = self->dossier != NULL ? wuyou_dossier_actions_find (self->dossier->actions, name) : NULL;

  if (action != NULL)
    _wuyou_claim_detail_act (self, action);
}

static void
on_review_write_cb (WuyouClaimDetail *self, int route, const char *arg, const char *body)
{
  _wuyou_claim_detail_write (self, (WuyouRouteId) route, arg, body, _ ("Saved"));
}

static void
on_consent_wanted_cb (WuyouClaimDetail *self)
{
  g_signal_emit (self, signals[EDIT_REQUESTED], 0, self->id, "consent_sensitive");
}

static void
wuyou_claim_detail_dispose (GObject *object)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  g_clear_object (&self->review);
  g_clear_object (&self->talk);
  g_clear_object (&self->evidence);
  G_OBJECT_CLASS (wuyou_claim_detail_parent_class)->dispose (object);
}

static void
wuyou_claim_detail_finalize (GObject *object)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->dossier, wuyou_claim_dossier_free);
  g_clear_pointer (&self->bins, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->reason);
  G_OBJECT_CLASS (wuyou_claim_detail_parent_class)->finalize (object);
}

static void
wuyou_claim_detail_class_init (WuyouClaimDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wuyou_claim_detail_dispose;
  object_class->finalize = wuyou_claim_detail_finalize;
  signals[EDIT_REQUESTED] = g_signal_new ("edit-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wuyou_claim_detail_init (WuyouClaimDetail *self)
{
  self->cancellable = g_cancellable_new ();
  self->view = WUYOU_CASE_VIEW (wuyou_case_view_new ());
  self->banner = wuyou_case_view_get_banner (self->view);
  self->line = wuyou_case_view_get_line (self->view);
  self->edit = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Edit")));
  wuyou_case_view_add_button (self->view, GTK_WIDGET (self->edit));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->view));
  g_signal_connect_object (self->edit, "clicked", G_CALLBACK (on_edit_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "next", G_CALLBACK (on_next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "retry", G_CALLBACK (wuyou_claim_detail_refresh), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_claim_detail_new (WuyouAppContext *context)
{
  WuyouClaimDetail *self = g_object_new (WUYOU_TYPE_CLAIM_DETAIL, NULL);

  self->context = g_object_ref (context);
  self->review = WUYOU_CLAIM_REVIEW (g_object_ref_sink (wuyou_claim_review_new ()));
  self->talk = WUYOU_CLAIM_TALK (g_object_ref_sink (wuyou_claim_talk_new (context)));
  self->evidence = WUYOU_EVIDENCE_VIEW (g_object_ref_sink (wuyou_evidence_view_new (context)));
  g_signal_connect_object (self->evidence, "changed", G_CALLBACK (wuyou_claim_detail_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->evidence, "consent-wanted", G_CALLBACK (on_consent_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "write", G_CALLBACK (on_review_write_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->talk, "sent", G_CALLBACK (wuyou_claim_detail_refresh), self, G_CONNECT_SWAPPED);
  _wuyou_claim_detail_add_sections (self);
  show_none (self);
  return GTK_WIDGET (self);
}
