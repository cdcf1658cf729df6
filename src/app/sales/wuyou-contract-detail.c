/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-detail-private.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-print-window.h"

enum { EDIT_REQUESTED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouContractDetail, wuyou_contract_detail, ADW_TYPE_BIN)

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
  step.sensitive = !self->acting && (is_draft (self) || _wuyou_contract_detail_can_act (next));
  wuyou_case_view_set_next (self->view, &step);
}

static void
on_step_cb (WuyouContractDetail *self, const char *name)
{
  const WuyouDossierAction *action = self->dossier != NULL ? wuyou_dossier_find_action (self->dossier, name) : NULL;

  if (action != NULL)
    _wuyou_contract_detail_act (self, action);
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
    step.sensitive = !self->acting && _wuyou_contract_detail_can_act (action);
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

void
_wuyou_contract_detail_take (WuyouContractDetail *self, JsonObject *answer, const char *etag, gboolean keep)
{
  g_autoptr (GError) error = NULL;
  WuyouDossier *dossier = wuyou_dossier_new (answer, etag, &error);

  if (dossier == NULL) {
    wuyou_banner_show_error (self->banner, error);
    return;
  }
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  self->dossier = dossier;
  if (keep)
    wuyou_dossier_keep (wuyou_app_context_get_local (self->context), answer);
  show_dossier (self);
}

static void
show_load_error (WuyouContractDetail *self, const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    return;
  if (self->dossier != NULL) {
    if (!g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE))
      wuyou_banner_show_error (self->banner, error);
    return;
  }
  wuyou_case_view_show_error (self->view, error);
}

typedef struct {
  WuyouContractDetail *detail;
  char *id;
} Load;

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Load *load = data;
  WuyouContractDetail *self = load->detail;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (self->context != NULL && g_strcmp0 (self->id, load->id) == 0) {
    self->loading = FALSE;
    wuyou_busy_line_set_busy (self->line, FALSE);
    if (answer != NULL) {
      wuyou_banner_hide (self->banner);
      _wuyou_contract_detail_take (self, answer, etag, TRUE);
    } else {
      show_load_error (self, error);
    }
  }
  g_object_unref (load->detail);
  g_free (load->id);
  g_free (load);
}

void
wuyou_contract_detail_refresh (WuyouContractDetail *self)
{
  const char *args[] = { self->id, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_GET, .args = args };
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
show_none (WuyouContractDetail *self)
{
  wuyou_case_view_show_none (self->view, "view-list-symbolic", _ ("Choose a contract"),
                             _ ("Up and Down go through the list, Enter opens, Ctrl+N begins a new one."));
}

static void
show_cached (WuyouContractDetail *self)
{
  g_autoptr (JsonObject) kept = wuyou_dossier_load_kept (wuyou_app_context_get_local (self->context), self->id);

  if (kept != NULL)
    _wuyou_contract_detail_take (self, kept, NULL, FALSE);
}

void
wuyou_contract_detail_stop (WuyouContractDetail *self)
{
  g_cancellable_cancel (self->cancellable);
  self->loading = FALSE;
  wuyou_busy_line_set_busy (self->line, FALSE);
}

void
wuyou_contract_detail_show (WuyouContractDetail *self, const char *id)
{
  if (id != NULL && g_strcmp0 (self->id, id) == 0) {
    wuyou_contract_detail_refresh (self);
    return;
  }
  wuyou_contract_detail_stop (self);
  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  wuyou_banner_hide (self->banner);
  wuyou_case_view_set_place (self->view, 0);
  if (id == NULL) {
    show_none (self);
    return;
  }
  show_cached (self);
  wuyou_contract_detail_refresh (self);
}

const char *
wuyou_contract_detail_get_id (WuyouContractDetail *self)
{
  return self->id;
}

gboolean
wuyou_contract_detail_print (WuyouContractDetail *self)
{
  if (!_wuyou_contract_detail_has_papers (self))
    return FALSE;
  wuyou_print_window_present (self->context, GTK_WIDGET (self), self->dossier, NULL);
  return TRUE;
}

void
wuyou_contract_detail_focus (WuyouContractDetail *self)
{
  wuyou_case_view_focus (self->view);
}

void
wuyou_contract_detail_read_on (WuyouContractDetail *self)
{
  wuyou_case_view_read_on (self->view);
}

static void
on_next_clicked_cb (WuyouContractDetail *self)
{
  const WuyouDossierAction *next = self->dossier != NULL ? wuyou_dossier_get_next (self->dossier) : NULL;

  if (next == NULL)
    return;
  if (is_draft (self))
    g_signal_emit (self, signals[EDIT_REQUESTED], 0, self->id, NULL);
  else
    _wuyou_contract_detail_act (self, next);
}

static void
on_retry_cb (WuyouContractDetail *self)
{
  wuyou_contract_detail_refresh (self);
}

static void
wuyou_contract_detail_dispose (GObject *object)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_contract_detail_parent_class)->dispose (object);
}

static void
wuyou_contract_detail_finalize (GObject *object)
{
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  g_clear_pointer (&self->bins, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->reason);
  G_OBJECT_CLASS (wuyou_contract_detail_parent_class)->finalize (object);
}

static void
wuyou_contract_detail_class_init (WuyouContractDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wuyou_contract_detail_dispose;
  object_class->finalize = wuyou_contract_detail_finalize;
  signals[EDIT_REQUESTED] = g_signal_new ("edit-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wuyou_contract_detail_init (WuyouContractDetail *self)
{
  self->cancellable = g_cancellable_new ();
  self->view = WUYOU_CASE_VIEW (wuyou_case_view_new ());
  self->banner = wuyou_case_view_get_banner (self->view);
  self->line = wuyou_case_view_get_line (self->view);
  self->print = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Print…")));
  wuyou_case_view_add_button (self->view, GTK_WIDGET (self->print));
  _wuyou_contract_detail_add_sections (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->view));
  show_none (self);
  g_signal_connect_object (self->print, "clicked", G_CALLBACK (wuyou_contract_detail_print), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "next", G_CALLBACK (on_next_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "retry", G_CALLBACK (on_retry_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_contract_detail_new (WuyouAppContext *context)
{
  WuyouContractDetail *self = g_object_new (WUYOU_TYPE_CONTRACT_DETAIL, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
