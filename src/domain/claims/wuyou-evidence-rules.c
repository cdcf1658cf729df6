/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-refusal.h"
#include "claims/wuyou-claim-rules.h"

#define IN(state) (1u << WUYOU_CLAIM_##state)
#define CLERK WUYOU_OBJECT_CLAIM_DOCUMENT, WUYOU_VERB_CREATE
#define INSURER WUYOU_OBJECT_CLAIM_DETERMINATION, WUYOU_VERB_CREATE
#define FINANCE WUYOU_OBJECT_CLAIM, WUYOU_VERB_EXECUTE
#define REFUSED (IN (PRE_REJECTED) | IN (REJECTED) | IN (CLOSED_UNPAID))
#define OPEN                                                                                                           \
  (IN (REPORTED) | IN (PRE_SUBMITTED) | IN (PRE_REVIEW) | IN (MORE_DOCS) | IN (PRE_APPROVED) | IN (REPLACING)          \
   | IN (FINAL_SUBMITTED) | IN (FINAL_REVIEW) | IN (APPROVED) | IN (APPEAL))
#define OF_LOSS (IN (DRAFT) | IN (REPORTED) | IN (MORE_DOCS) | IN (APPEAL))
#define OF_REPLACEMENT (IN (PRE_APPROVED) | IN (REPLACING) | IN (MORE_DOCS) | IN (APPEAL))

/* Once it was made, more may be brought for it. */
static gboolean
check_appeal (const WuyouClaim *claim, WuyouDate today, GError **error)
{
  return claim->state == WUYOU_CLAIM_APPEAL || wuyou_claim_check_appeal (claim, today, error);
}

const WuyouClaimSlot wuyou_claim_slots[] = {
  { WUYOU_SLOT_DETERMINATION, N_ ("Insurer’s determination"), NULL, WUYOU_PHASE_LOSS, INSURER, OF_LOSS, NULL },
  { WUYOU_SLOT_WITHDRAWAL, N_ ("Owner’s statement of withdrawal"), N_ ("Required to withdraw"), 0, CLERK, OPEN, NULL },
  { WUYOU_SLOT_APPEAL, N_ ("Owner’s appeal"), N_ ("Required for the appeal"), 0, CLERK, REFUSED | IN (APPEAL),
    check_appeal },
  { WUYOU_SLOT_PAYMENT_PROOF, N_ ("Proof of payment"), N_ ("Required for the payout"), 0, FINANCE, IN (SETTLING),
    NULL },
  { NULL, NULL, NULL, 0, WUYOU_OBJECT_NONE, 0, 0, NULL },
};

/* Files of the checklist, by phase. */
static const WuyouClaimSlot of_phase[] = {
  [WUYOU_PHASE_LOSS] = { "LOSS", NULL, NULL, WUYOU_PHASE_LOSS, CLERK, OF_LOSS, NULL },
  [WUYOU_PHASE_REPLACEMENT] = { "REPLACEMENT", NULL, NULL, WUYOU_PHASE_REPLACEMENT, CLERK, OF_REPLACEMENT, NULL },
};

const WuyouEnum wuyou_slot_states[] = {
  { WUYOU_SLOT_MISSING, "MISSING", N_ ("Missing") },    { WUYOU_SLOT_CHECKING, "CHECKING", N_ ("Being checked") },
  { WUYOU_SLOT_RETURNED, "RETURNED", N_ ("Returned") }, { WUYOU_SLOT_FILLED, "AVAILABLE", N_ ("Available") },
  { WUYOU_SLOT_VERIFIED, "VERIFIED", N_ ("Verified") }, { 0, NULL, NULL },
};

static gboolean
refuse (GError **error, WuyouError code, const char *authority, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, "slot", authority);
  return FALSE;
}

const WuyouClaimSlot *
wuyou_claim_slot_find (const char *slot)
{
  for (const WuyouClaimSlot *row = wuyou_claim_slots; row->slot != NULL; row++)
    if (g_strcmp0 (row->slot, slot) == 0)
      return row;
  return NULL;
}

static const WuyouClaimSlot *
find_rule (const GPtrArray *rows, const char *slot, int phase)
{
  const WuyouChecklistRow *listed = wuyou_checklist_find (rows, slot);
  const WuyouClaimSlot *own = wuyou_claim_slot_find (slot);

  if (own != NULL)
    return own->phase == 0 || own->phase == phase ? own : NULL;
  return listed != NULL && listed->phase == phase ? &of_phase[phase] : NULL;
}

/* Documents of the other phase are no longer taken while this one waits for more. */
static gboolean
is_open (const WuyouClaim *claim, const WuyouClaimSlot *rule, int phase)
{
  gboolean either = claim->state != WUYOU_CLAIM_MORE_DOCS && claim->state != WUYOU_CLAIM_APPEAL;

  return (rule->states & (1u << claim->state)) != 0 && (rule->phase == 0 || either || claim->phase == phase);
}

gboolean
wuyou_evidence_check_slot (const WuyouClaim *claim,
                           const GPtrArray *rows,
                           const char *slot,
                           int phase,
                           guint32 roles,
                           WuyouDate today,
                           GError **error)
{
  const WuyouClaimSlot *rule = find_rule (rows, slot, phase);
  const WuyouChecklistRow *listed = wuyou_checklist_find (rows, slot);

  if (rule == NULL)
    return refuse (error, WUYOU_ERROR_INVALID, "C-02", N_ ("This claim has no such document."));
  if (!wuyou_permission_check (roles, rule->object, rule->verbs))
    return refuse (error, WUYOU_ERROR_FORBIDDEN, NULL, "slot");
  if (!is_open (claim, rule, phase))
    return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL,
                   N_ ("This kind of document is not taken in the claim’s present state."));
  if (rule->check != NULL && !rule->check (claim, today, error))
    return FALSE;
  if (listed != NULL && listed->sensitive && !claim->consent_sensitive)
    return refuse (error, WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED, "PIPL 28-30",
                   N_ ("The owner’s consent to identity, licence and bank papers must be recorded first."));
  return TRUE;
}

static WuyouSlotState
judge (int state)
{
  switch (state) {
  case WUYOU_EVIDENCE_VERIFIED:
    return WUYOU_SLOT_VERIFIED;
  case WUYOU_EVIDENCE_AVAILABLE:
    return WUYOU_SLOT_FILLED;
  case WUYOU_EVIDENCE_RETURNED:
    return WUYOU_SLOT_RETURNED;
  case WUYOU_EVIDENCE_UPLOADING:
  case WUYOU_EVIDENCE_QUARANTINED:
    return WUYOU_SLOT_CHECKING;
  default:
    return WUYOU_SLOT_MISSING;
  }
}

static gboolean
is_in (const WuyouEvidence *file, const char *slot, int phase)
{
  return file->phase == phase && g_strcmp0 (file->slot, slot) == 0;
}

/* The best of a slot's files that came after @since. */
static WuyouSlotState
find_newer (const GPtrArray *evidence, const char *slot, int phase, gint64 since)
{
  WuyouSlotState best = WUYOU_SLOT_MISSING;

  for (guint i = 0; i < evidence->len; i++) {
    const WuyouEvidence *file = evidence->pdata[i];

    if (is_in (file, slot, phase) && file->created_at > since)
      best = MAX (best, judge (file->state));
  }
  return best;
}

static gint64
get_return (const WuyouEvidence *returned)
{
  return MAX (returned->judged_at, returned->created_at);
}

gboolean
wuyou_evidence_replaces (const WuyouEvidence *file, const WuyouEvidence *returned)
{
  return returned->state == WUYOU_EVIDENCE_RETURNED && is_in (file, returned->slot, returned->phase)
         && file->created_at > get_return (returned);
}

gboolean
wuyou_evidence_check_move (const WuyouEvidence *evidence, GError **error)
{
  if (evidence->state != WUYOU_EVIDENCE_RETURNED)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("This file was returned. Add it anew where it belongs."));
  return FALSE;
}

/* When the last of a slot's files was returned that nothing replaced yet; -1: there is none. */
static gint64
find_return (const GPtrArray *evidence, const char *slot, int phase)
{
  gint64 at = -1;

  for (guint i = 0; i < evidence->len; i++) {
    const WuyouEvidence *file = evidence->pdata[i];

    if (file->state == WUYOU_EVIDENCE_RETURNED && is_in (file, slot, phase))
      at = MAX (at, get_return (file));
  }
  return at;
}

/* A page that was returned is wanted again, however good the other pages are that came with it. */
WuyouSlotState
wuyou_evidence_slot_state (const GPtrArray *evidence, const char *slot, int phase)
{
  gint64 returned = find_return (evidence, slot, phase);
  WuyouSlotState best = find_newer (evidence, slot, phase, returned);

  return best == WUYOU_SLOT_MISSING && returned >= 0 ? WUYOU_SLOT_RETURNED : best;
}

static void
collect (GError **refusal, WuyouSlotState state, const char *slot, const char *title, gboolean *all_pending)
{
  *all_pending = *all_pending && state == WUYOU_SLOT_CHECKING;
  wuyou_refusal_collect (refusal, WUYOU_ERROR_INVALID, slot, "C-02",
                         state == WUYOU_SLOT_CHECKING   ? g_strdup_printf (_ ("Still being checked: %s"), title)
                         : state == WUYOU_SLOT_RETURNED ? g_strdup_printf (_ ("Returned, another is needed: %s"), title)
                                                        : g_strdup_printf (_ ("Missing: %s"), title));
}

static void
collect_closed (GError **refusal, const WuyouChecklistRow *row, gboolean *all_pending)
{
  *all_pending = FALSE;
  wuyou_refusal_collect (refusal, WUYOU_ERROR_INVALID, row->slot, "PIPL 15",
                         g_strdup_printf (_ ("Closed without the owner’s consent: %s"), row->title));
}

static gboolean
settle (GError *refusal, gboolean all_pending, GError **error)
{
  if (refusal == NULL)
    return TRUE;
  if (all_pending)
    refusal->code = WUYOU_ERROR_DOCUMENT_PENDING;
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
wuyou_evidence_check_complete (const GPtrArray *evidence,
                               const GPtrArray *rows,
                               int phase,
                               gboolean consent,
                               GError **error)
{
  gboolean all_pending = TRUE;
  GError *refusal = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const WuyouChecklistRow *row = rows->pdata[i];
    WuyouSlotState state;

    if (row->phase != phase || !row->required)
      continue;
    state = wuyou_evidence_slot_state (evidence, row->slot, phase);
    if (state < WUYOU_SLOT_FILLED)
      collect (&refusal, state, row->slot, row->title, &all_pending);
    else if (row->sensitive && !consent)
      collect_closed (&refusal, row, &all_pending);
  }
  return settle (refusal, all_pending, error);
}

gboolean
wuyou_evidence_check_request (const GPtrArray *evidence,
                              const char *request_json,
                              int phase,
                              gint64 since,
                              GError **error)
{
  g_autoptr (JsonNode) node
      = request_json != NULL ? wuyou_json_parse (request_json, strlen (request_json), NULL) : NULL;
  JsonArray *wanted = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean all_pending = TRUE;
  GError *refusal = NULL;

  for (guint i = 0; wanted != NULL && i < json_array_get_length (wanted); i++) {
    JsonObject *row = wuyou_json_array_get_object (wanted, i);
    const char *slot = row != NULL ? wuyou_json_get_string (row, "slot") : NULL;
    const char *title = row != NULL ? wuyou_json_get_string (row, "title") : NULL;
    WuyouSlotState state = slot != NULL ? find_newer (evidence, slot, phase, since) : WUYOU_SLOT_FILLED;

    if (state < WUYOU_SLOT_FILLED)
      collect (&refusal, state, slot, title != NULL ? title : slot, &all_pending);
  }
  return settle (refusal, all_pending, error);
}

static gboolean
is_asked (JsonArray *request, const char *slot)
{
  for (guint i = 0; i < json_array_get_length (request); i++)
    if (g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (request, i), "slot"), slot) == 0)
      return TRUE;
  return FALSE;
}

gboolean
wuyou_evidence_check_asked (const GPtrArray *evidence,
                            const GPtrArray *rows,
                            JsonArray *request,
                            int phase,
                            GError **error)
{
  GError *refusal = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const WuyouChecklistRow *row = rows->pdata[i];

    if (row->phase == phase && row->required && !is_asked (request, row->slot)
        && wuyou_evidence_slot_state (evidence, row->slot, phase) == WUYOU_SLOT_RETURNED)
      wuyou_refusal_collect (&refusal, WUYOU_ERROR_INVALID, "request", "C-04",
                             g_strdup_printf (_ ("Returned, but not asked for: %s"), row->title));
  }
  if (refusal != NULL)
    g_propagate_error (error, refusal);
  return refusal == NULL;
}
