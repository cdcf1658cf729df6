/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-words.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-money.h"
#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-document.h"
#include "widgets/wuyou-field-words.h"

static const struct {
  int state;
  const char *style;
  const char *icon;
  const char *turn; /* NULL: said by code */
} states[] = {
  { WUYOU_CONTRACT_DRAFT, "dim-label", "document-edit-symbolic",
    N_ ("With the dealership: complete the entries and documents, then submit.") },
  { WUYOU_CONTRACT_SUBMITTED, "warning", "document-send-symbolic",
    N_ ("With the operator: the sale is being reviewed.") },
  { WUYOU_CONTRACT_RETURNED, "error", "edit-undo-symbolic",
    N_ ("With the dealership: the operator returned it; correct it and submit again.") },
  { WUYOU_CONTRACT_AWAIT_SIGN, "warning", "document-print-symbolic",
    N_ ("With the dealership: print it, have the customer sign, then upload the signed copies.") },
  { WUYOU_CONTRACT_AWAIT_PAYMENT, "warning", "view-list-symbolic",
    N_ ("With the dealership: register the customer’s payment with its voucher.") },
  { WUYOU_CONTRACT_PAID, "accent", "document-open-recent-symbolic", NULL },
  { WUYOU_CONTRACT_ACTIVE, "success", "emblem-ok-symbolic", NULL },
  { WUYOU_CONTRACT_CANCEL_REQUESTED, "warning", "dialog-question-symbolic",
    N_ ("With the operator: the cancellation is being decided.") },
  { WUYOU_CONTRACT_CANCELLED, "dim-label", "window-close-symbolic", N_ ("The contract was cancelled.") },
  { WUYOU_CONTRACT_VOIDED, "error", "edit-delete-symbolic", N_ ("The contract is void. Nothing is left to do.") },
  { WUYOU_CONTRACT_EXPIRED, "dim-label", "document-open-recent-symbolic", N_ ("The service term is over.") },
  { WUYOU_CONTRACT_FULFILLED, "dim-label", "emblem-ok-symbolic", N_ ("The service was given.") },
  { WUYOU_CONTRACT_TRANSFER_ENDED, "dim-label", "window-close-symbolic",
    N_ ("The contract ended when the car changed hands.") },
  { WUYOU_CONTRACT_REVOKED, "error", "window-close-symbolic", N_ ("The contract was revoked.") },
};

static guint
find_state (int state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].state == state)
      return i;
  return 0;
}

const char *
wuyou_contract_words_state (int state)
{
  const char *label = wuyou_enum_label (wuyou_contract_states, state != 0 ? state : WUYOU_CONTRACT_DRAFT);

  return *label != '\0' ? _ (label) : "";
}

const char *
wuyou_contract_words_style (int state)
{
  return states[find_state (state)].style;
}

const char *
wuyou_contract_words_icon (int state)
{
  return states[find_state (state)].icon;
}

char *
wuyou_contract_words_dup_turn (const WuyouDossier *dossier, WuyouSession *session)
{
  const WuyouContract *contract = dossier->contract;
  char date[11] = "";

  if (contract->state == WUYOU_CONTRACT_PAID && contract->effective_on != WUYOU_DATE_NONE) {
    wuyou_date_format (contract->effective_on, date);
    return g_strdup_printf (_ ("Paid. It comes into force by itself on %s."), date);
  }
  if (contract->state == WUYOU_CONTRACT_ACTIVE && contract->revoke_proposed_by != NULL)
    return g_strdup (_ ("In force. With the operator: a second person decides whether it is revoked."));
  if (contract->state == WUYOU_CONTRACT_CANCEL_REQUESTED && contract->cancel_on != WUYOU_DATE_NONE) {
    wuyou_date_format (contract->cancel_on, date);
    return g_strdup_printf (_ ("With the operator: the cancellation as of %s is being decided."), date);
  }
  if (contract->refund_state == WUYOU_REFUND_APPROVED) {
    wuyou_date_format (contract->refund_due_on, date);
    return g_strdup_printf (_ ("With the operator’s finance: the refund is to be paid by %s."), date);
  }
  if (contract->state == WUYOU_CONTRACT_ACTIVE && contract->ends_on != WUYOU_DATE_NONE) {
    wuyou_date_format (contract->ends_on, date);
    return g_strdup_printf (_ ("In force until %s, that day included."), date);
  }
  if (contract->state == WUYOU_CONTRACT_DRAFT
      && g_strcmp0 (contract->created_by, wuyou_session_get_account_id (session)) == 0)
    return g_strdup (_ ("With you: complete the entries and documents, then submit."));
  if (states[find_state (contract->state)].turn == NULL)
    return g_strdup ("");
  return g_strdup (_ (states[find_state (contract->state)].turn));
}

char *
wuyou_contract_words_dup_price (const WuyouContract *contract)
{
  if (wuyou_contract_is_free (contract))
    return g_strdup (_ ("Free of charge"));
  return wuyou_field_words_dup_value (wuyou_record_type_find (&wuyou_contract_type, "received_fen"), contract);
}

char *
wuyou_contract_words_dup_number (const WuyouContract *contract)
{
  char *created;
  char *text;

  if (contract->number != NULL)
    return g_strdup (contract->number);
  if (contract->created_at == 0)
    return g_strdup (_ ("New contract"));
  created = wuyou_instant_format_local (contract->created_at);
  text = g_strdup_printf (_ ("Draft of %s"), created);
  g_free (created);
  return text;
}

/* What a later part begins with is said there: "MINI" and "MINI" of "MINI COOPER S", "X3" of "X3 xDrive30L". */
static gboolean
is_said_later (const char *const *parts, guint n_parts, guint part)
{
  for (guint i = part + 1; i < n_parts; i++)
    if (parts[i] != NULL && g_str_has_prefix (parts[i], parts[part]))
      return TRUE;
  return FALSE;
}

char *
wuyou_contract_words_dup_vehicle (const WuyouContract *contract)
{
  const char *const parts[] = { contract->brand != 0 ? _ (wuyou_enum_label (wuyou_brands, contract->brand)) : NULL,
                                contract->series, contract->model };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && !is_said_later (parts, G_N_ELEMENTS (parts), i))
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", parts[i]);
  return g_string_free (out, FALSE);
}

static const struct {
  const char *action;
  const char *words;
} actions[] = {
  { "create", N_ ("Draft made") },
  { "update", N_ ("Entries changed") },
  { "edit", N_ ("Entries changed") },
  { "change", N_ ("Entries changed") },
  { "submit", N_ ("Contract submitted") },
  { "send-to-review", N_ ("Sent to review") },
  { "approve", N_ ("Approved") },
  { "return", N_ ("Returned") },
  { "correct", N_ ("Taken back to correct") },
  { "sign", N_ ("Signed copy registered") },
  { "pay", N_ ("Payment registered") },
  { "start", N_ ("Came into force") },
  { "void", N_ ("Made void") },
  { "expire", N_ ("Expired") },
  { "request-cancel", N_ ("Cancellation requested") },
  { "cancel", N_ ("Cancelled") },
  { "keep", N_ ("Cancellation refused") },
  { "withdraw-cancel", N_ ("Request withdrawn") },
  { "refund", N_ ("Refund registered") },
  { "transfer", N_ ("Ended by transfer") },
  { "propose-revoke", N_ ("Revocation proposed") },
  { "drop-revoke", N_ ("Revocation dropped") },
  { "revoke", N_ ("Revoked") },
  { "fulfil", N_ ("Fulfilled") },
  { "print", N_ ("Printed") },
  { "unmask", N_ ("Full values shown") },
};

char *
wuyou_contract_words_dup_count (const WuyouRefund *refund, gboolean with_day)
{
  const WuyouRefundCount *count = with_day ? &refund->with_day : &refund->without_day;
  g_autofree char *amount = wuyou_money_format (count->refund_fen);

  return g_strdup_printf (refund->monthly ? _ ("%d of %d months used: ¥%s") : _ ("%d of %d days used: ¥%s"),
                          (int) count->used, (int) refund->units, amount);
}

const char *
wuyou_contract_words_count_label (gboolean with_day)
{
  return with_day ? _ ("the day counted") : _ ("the day not counted");
}

const char *
wuyou_contract_words_action (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].action, action) == 0)
      return _ (actions[i].words);
  return action != NULL ? action : "";
}

char *
wuyou_contract_words_dup_refusal (const WuyouDossierAction *action)
{
  return wuyou_dossier_action_dup_refusal (action, wuyou_contract_words_field);
}

const char *
wuyou_contract_words_field (const char *name)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, name);
  const WuyouEnum *slot = name != NULL ? wuyou_enum_find (wuyou_slots, name) : NULL;

  if (field != NULL)
    return _ (field->label);
  if (slot != NULL)
    return _ (slot->label);
  return name != NULL ? name : "";
}
