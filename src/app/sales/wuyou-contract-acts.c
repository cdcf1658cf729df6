/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-step-up.h"
#include "base/wuyou-json.h"
#include "sales/wuyou-contract-detail-private.h"
#include "sales/wuyou-contract-words.h"
#include "widgets/wuyou-reason-dialog.h"
#include "sales/wuyou-step-dialog.h"
#include "widgets/wuyou-masked-row.h"

gboolean
_wuyou_contract_detail_can_act (const WuyouDossierAction *action)
{
  if (action->allowed)
    return TRUE;
  /* What is missing is asked and uploaded in the dialog of these steps. */
  return wuyou_step_dialog_knows (action->action)
         && (g_strcmp0 (action->code, "INVALID") == 0 || g_strcmp0 (action->code, "DOCUMENT_PENDING") == 0);
}

typedef struct {
  WuyouContractDetail *detail;
  char *action;
} Step;

static void
free_step (Step *step)
{
  g_object_unref (step->detail);
  g_free (step->action);
  g_free (step);
}

static void
show_refused (WuyouContractDetail *self, const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_STALE))
    wuyou_banner_show (self->banner, WUYOU_BANNER_WARNING,
                       _ ("Someone changed this contract meanwhile. It is shown as it is now; try again."), NULL);
  else
    wuyou_banner_show_error (self->banner, error);
}

static void
on_step_taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Step *step = data;
  WuyouContractDetail *self = step->detail;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  self->acting = FALSE;
  if (self->context != NULL) {
    wuyou_busy_line_set_busy (self->line, FALSE);
    if (answer != NULL) {
      wuyou_banner_hide (self->banner);
      wuyou_app_context_toast (self->context, wuyou_contract_words_action (step->action));
      _wuyou_contract_detail_take (self, answer, etag, TRUE);
      g_signal_emit_by_name (self, "changed", self->id);
    } else {
      wuyou_contract_detail_refresh (self);
      show_refused (self, error);
    }
  }
  free_step (step);
}

static void
take_step (WuyouContractDetail *self, const char *action, const char *reason)
{
  const char *args[] = { self->id, action, NULL };
  g_autofree char *key = wuyou_app_context_new_id (self->context);
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_ACT,
                     .args = args,
                     .if_match = self->dossier->etag,
                     .idempotency_key = key,
                     .deadline = 60 };
  Step *step = g_new0 (Step, 1);

  wuyou_json_begin_object (body, NULL);
  if (reason != NULL && *reason != '\0')
    wuyou_json_add_string (body, "reason", reason);
  wuyou_json_end_object (body);
  call.body = body->str;
  step->detail = g_object_ref (self);
  step->action = g_strdup (action);
  self->acting = TRUE;
  wuyou_busy_line_set_busy (self->line, TRUE);
  /* Not cancelled when the page is left: the answer says whether it happened. */
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, NULL, on_step_taken_cb, step);
}

#define MAX_SUGGESTIONS 3

/* Steps that ask for a reason, or once more, and for nothing else. */
typedef struct {
  const char *action;
  const char *title, *text, *button;        /* N_() */
  const char *suggestions[MAX_SUGGESTIONS]; /* N_() */
  gboolean destructive, without_reason;
} Question;

static const Question questions[] = {
  { .action = "void",
    .title = N_ ("Make This Contract Void?"),
    .text = N_ ("This cannot be undone. The vehicle becomes free for a new contract."),
    .button = N_ ("_Make Void"),
    .suggestions = { N_ ("The customer does not want it"), N_ ("Entered twice"), N_ ("Wrong vehicle") },
    .destructive = TRUE },
  { .action = "correct",
    .title = N_ ("Correct This Contract?"),
    .text = N_ ("It becomes a draft again and keeps its number. What was printed and signed is no longer valid: a new "
                "revision must be printed and signed."),
    .button = N_ ("_Correct"),
    .suggestions = { N_ ("Typing error"), N_ ("Bad scan"), N_ ("The customer changed something") } },
  { .action = "return",
    .title = N_ ("Return to the Dealership?"),
    .text = N_ ("Say what has to be corrected."),
    .button = N_ ("_Return") },
  { .action = "cancel",
    .title = N_ ("Cancel This Contract?"),
    .text = N_ ("This cannot be undone. The refund is paid next, by finance; the dealership gets its part of the "
                "wholesale price back at once, and the vehicle becomes free."),
    .button = N_ ("_Cancel the Contract"),
    .destructive = TRUE,
    .without_reason = TRUE },
  { .action = "keep",
    .title = N_ ("Refuse the Cancellation?"),
    .text = N_ ("The contract goes on as before. Say why, for the dealership and the owner."),
    .button = N_ ("_Refuse"),
    .suggestions = { N_ ("The request is not signed by the owner"), N_ ("The scan cannot be read") } },
  { .action = "withdraw-cancel",
    .title = N_ ("Withdraw the Request?"),
    .text = N_ ("The contract goes on as before."),
    .button = N_ ("_Withdraw"),
    .suggestions = { N_ ("The owner keeps the contract"), N_ ("Requested by mistake") } },
  { .action = "propose-revoke",
    .title = N_ ("Propose to Revoke This Contract?"),
    .text = N_ ("A claim approver decides. Say what the owner did against the contract; the dealership reads it too."),
    .button = N_ ("_Propose") },
  { .action = "drop-revoke",
    .title = N_ ("Not Revoke This Contract?"),
    .text = N_ ("The proposal is dropped and the contract goes on."),
    .button = N_ ("_Drop the Proposal") },
};

static const Question *
find_question (const WuyouDossierAction *action)
{
  gboolean asks = (action->transition->flags & (WUYOU_TRANSITION_REASON | WUYOU_TRANSITION_DESTRUCTIVE)) != 0;

  for (guint i = 0; asks && i < G_N_ELEMENTS (questions); i++)
    if (g_str_equal (questions[i].action, action->action))
      return &questions[i];
  return NULL;
}

static void
on_reason_cb (const char *text, gpointer data)
{
  WuyouContractDetail *self = data;

  if (self->dossier != NULL && g_strcmp0 (self->dossier->contract->id, self->id) == 0)
    take_step (self, self->asked, text);
}

static void
ask (WuyouContractDetail *self, const Question *question)
{
  const char *suggestions[MAX_SUGGESTIONS + 1] = { NULL };

  for (guint i = 0; i < MAX_SUGGESTIONS && question->suggestions[i] != NULL; i++)
    suggestions[i] = _ (question->suggestions[i]);
  self->asked = question->action;
  wuyou_reason_dialog_present (GTK_WIDGET (self),
                               &(WuyouReasonQuestion){
                                   .title = _ (question->title),
                                   .text = _ (question->text),
                                   .entry = question->without_reason ? NULL : _ ("Reason"),
                                   .button = _ (question->button),
                                   .suggestions = suggestions[0] != NULL ? suggestions : NULL,
                                   .required = !question->without_reason,
                                   .destructive = question->destructive,
                               },
                               on_reason_cb, self);
}

static void
on_step_dialog_done_cb (JsonObject *answer, const char *etag, gpointer data)
{
  WuyouContractDetail *self = data;

  if (self->context == NULL)
    return;
  if (answer == NULL) { /* closed: a scan may have been uploaded in it */
    wuyou_contract_detail_refresh (self);
    return;
  }
  _wuyou_contract_detail_take (self, answer, etag, TRUE);
  g_signal_emit_by_name (self, "changed", self->id);
}

void
_wuyou_contract_detail_act (WuyouContractDetail *self, const WuyouDossierAction *action)
{
  const Question *question;

  if (self->acting || !_wuyou_contract_detail_can_act (action))
    return;
  question = find_question (action);
  if (wuyou_step_dialog_knows (action->action))
    wuyou_step_dialog_present (self->context, GTK_WIDGET (self), self->dossier, action->action, on_step_dialog_done_cb,
                               self);
  else if (question != NULL)
    ask (self, question);
  else
    take_step (self, action->action, NULL);
}

typedef struct {
  WuyouContractDetail *detail;
  GtkWidget *row;
  const char *field; /* of the field table: static */
} Unmask;

static void
free_unmask (Unmask *unmask)
{
  g_object_unref (unmask->detail);
  g_object_unref (unmask->row);
  g_free (unmask);
}

static void
on_unmasked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Unmask *unmask = data;
  WuyouContractDetail *self = unmask->detail;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_step_up_call_finish (result, NULL, &error);
  JsonObject *contract = answer != NULL ? wuyou_json_get_object (answer, "contract") : NULL;
  const char *value = contract != NULL ? wuyou_json_get_string (contract, unmask->field) : NULL;

  if (self->context != NULL) {
    if (value != NULL)
      wuyou_masked_row_show_value (WUYOU_MASKED_ROW (unmask->row), value);
    else
      wuyou_app_context_toast_error (self->context, error);
  }
  free_unmask (unmask);
}

static void
fetch_full (Unmask *unmask)
{
  WuyouContractDetail *self = unmask->detail;
  const char *args[] = { self->id, NULL };
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_UNMASK, .args = args };

  wuyou_json_begin_object (body, NULL);
  wuyou_json_begin_array (body, "fields");
  wuyou_json_add_string (body, NULL, unmask->field);
  wuyou_json_end_array (body);
  wuyou_json_add_string (body, "reason", self->reason);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_step_up_call_async (self->context, GTK_WIDGET (self), _ ("Full personal data is shown only to you, confirmed."),
                            &call, self->cancellable, on_unmasked_cb, unmask);
}

static void
on_unmask_reason_cb (const char *text, gpointer data)
{
  GtkWidget *row = data;
  WuyouContractDetail *self = WUYOU_CONTRACT_DETAIL (gtk_widget_get_ancestor (row, WUYOU_TYPE_CONTRACT_DETAIL));
  Unmask *unmask;

  if (self == NULL)
    return;
  if (self->reason == NULL)
    self->reason = g_strdup (text);
  unmask = g_new0 (Unmask, 1);
  unmask->detail = g_object_ref (self);
  unmask->row = g_object_ref (row);
  unmask->field = g_object_get_data (G_OBJECT (row), "wuyou-field");
  fetch_full (unmask);
}

/* One reason a contract: the next eye opens without asking again. */
void
_wuyou_contract_detail_unmask (WuyouContractDetail *self, GtkWidget *row, const char *field)
{
  const char *suggestions[]
      = { _ ("Calling the customer"), _ ("Checking the identity"), _ ("The customer asked"), NULL };

  if (self->reason != NULL) {
    on_unmask_reason_cb (self->reason, row);
    return;
  }
  wuyou_reason_dialog_present (row,
                               &(WuyouReasonQuestion){
                                   .title = _ ("Show the Full Value?"),
                                   .text = _ ("Who looked, when and why is kept in the log. It is masked again after a "
                                              "minute."),
                                   .entry = _ ("Reason"),
                                   .button = _ ("_Show"),
                                   .suggestions = suggestions,
                                   .required = TRUE,
                               },
                               on_unmask_reason_cb, row);
}
