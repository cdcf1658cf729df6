/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "drafts/wuyou-kept-text.h"
#include "sales/wuyou-contract-detail-private.h"
#include "sales/wuyou-contract-words.h"
#include "widgets/wuyou-reason-dialog.h"
#include "sales/wuyou-step-dialog.h"

gboolean
_wuyou_contract_detail_can_act (const WuyouDossierAction *action)
{
  if (action->allowed)
    return TRUE;
  /* What is missing is asked and uploaded in the dialog of these steps. */
  return wuyou_step_dialog_knows (action->action)
         && (g_strcmp0 (action->code, "INVALID") == 0 || g_strcmp0 (action->code, "DOCUMENT_PENDING") == 0);
}

static void
take_step (WuyouContractDetail *self, const char *action, const char *reason)
{
  g_autoptr (GString) body = g_string_new (NULL);

  wuyou_json_begin_object (body, NULL);
  if (reason != NULL && *reason != '\0')
    wuyou_json_add_string (body, "reason", reason);
  wuyou_json_end_object (body);
  wuyou_record_detail_write (WUYOU_RECORD_DETAIL (self), WUYOU_ROUTE_CONTRACT_ACT, action, body->str,
                             wuyou_contract_words_action (action));
}

#define MAX_SUGGESTIONS 3

/* Steps that ask for a reason, or once more, and for nothing else. */
typedef struct {
  const char *action;
  const char *title, *text, *button;        /* N_() */
  const char *dismiss;                      /* N_(), where "Cancel" could be either; or NULL */
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
    .dismiss = N_ ("_Keep the Contract"),
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
    .title = N_ ("Drop the Proposal to Revoke?"),
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

  if (self->dossier != NULL
      && g_strcmp0 (self->dossier->contract->id, wuyou_record_detail_get_id (WUYOU_RECORD_DETAIL (self))) == 0)
    take_step (self, self->asked, text);
}

/* Kept until the step is done: a server that refuses, or is away, does not cost the words. */
void
_wuyou_contract_detail_forget_reason (WuyouContractDetail *self, const char *contract_id)
{
  if (self->asked != NULL)
    wuyou_kept_text_save (self->context, self->asked, contract_id, NULL);
}

static void
ask (WuyouContractDetail *self, const Question *question)
{
  const char *suggestions[MAX_SUGGESTIONS + 1] = { NULL };
  GtkEditable *line;

  for (guint i = 0; i < MAX_SUGGESTIONS && question->suggestions[i] != NULL; i++)
    suggestions[i] = _ (question->suggestions[i]);
  self->asked = question->action;
  line = wuyou_reason_dialog_present (GTK_WIDGET (self),
                                      &(WuyouReasonQuestion){
                                          .title = _ (question->title),
                                          .text = _ (question->text),
                                          .dismiss = question->dismiss != NULL ? _ (question->dismiss) : NULL,
                                          .entry = question->without_reason ? NULL : _ ("Reason"),
                                          .button = _ (question->button),
                                          .suggestions = suggestions[0] != NULL ? suggestions : NULL,
                                          .required = !question->without_reason,
                                          .destructive = question->destructive,
                                      },
                                      on_reason_cb, self);
  if (line != NULL)
    wuyou_kept_text_follow (self->context, line, question->action, self->dossier->contract->id);
}

/* Closed without an answer, a scan may have been uploaded in it. */
static void
on_step_dialog_done_cb (JsonObject *answer, const char *etag, gpointer data)
{
  wuyou_record_detail_take_made (data, answer, etag, NULL);
}

void
_wuyou_contract_detail_act (WuyouContractDetail *self, const WuyouDossierAction *action)
{
  const Question *question;

  if (wuyou_record_detail_is_writing (WUYOU_RECORD_DETAIL (self)) || !_wuyou_contract_detail_can_act (action))
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
