/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-money.h"
#include "claims/wuyou-claim-rules.h"

static const struct {
  int state;
  const char *style;
  const char *turn; /* N_() */
} states[] = {
  { WUYOU_CLAIM_DRAFT, "dim-label", N_ ("With the dealership: enter the loss, then report it.") },
  { WUYOU_CLAIM_REPORTED, "warning", N_ ("With the dealership: gather the documents of the loss, then send them in.") },
  { WUYOU_CLAIM_PRE_SUBMITTED, "warning", N_ ("With the operator: an assessor has to take the case.") },
  { WUYOU_CLAIM_PRE_REVIEW, "warning", N_ ("With the operator: the loss is being reviewed.") },
  { WUYOU_CLAIM_MORE_DOCS, "error", N_ ("With the dealership: documents are wanted; send them in one go.") },
  { WUYOU_CLAIM_PRE_APPROVED, "accent", N_ ("With the dealership: the owner chooses the new car.") },
  { WUYOU_CLAIM_PRE_REJECTED, "error", N_ ("The claim was refused.") },
  { WUYOU_CLAIM_REPLACING, "warning",
    N_ ("With the dealership: gather the documents of the new car, then send them in.") },
  { WUYOU_CLAIM_FINAL_SUBMITTED, "warning", N_ ("With the operator: an assessor has to take the case.") },
  { WUYOU_CLAIM_FINAL_REVIEW, "warning", N_ ("With the operator: the new car and its costs are being reviewed.") },
  { WUYOU_CLAIM_APPROVED, "accent", N_ ("With the operator’s finance: the payment can begin.") },
  { WUYOU_CLAIM_REJECTED, "error", N_ ("The claim was refused.") },
  { WUYOU_CLAIM_SETTLING, "accent", N_ ("With the operator’s finance: the payment is under way.") },
  { WUYOU_CLAIM_CLOSED_PAID, "success", N_ ("Paid and closed. The contract is fulfilled.") },
  { WUYOU_CLAIM_CLOSED_UNPAID, "dim-label", N_ ("Closed without payment.") },
  { WUYOU_CLAIM_WITHDRAWN, "dim-label", N_ ("Withdrawn. Nothing is left to do.") },
  { WUYOU_CLAIM_APPEAL, "warning", N_ ("With the operator: somebody else looks at the case again.") },
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
wuyou_claim_text_state (int state)
{
  return _ (wuyou_enum_label (wuyou_claim_states, states[find_state (state)].state));
}

const char *
wuyou_claim_text_style (int state)
{
  return states[find_state (state)].style;
}

char *
wuyou_claim_text_dup_number (const WuyouClaim *claim)
{
  g_autofree char *created = NULL;

  if (claim->number != NULL)
    return g_strdup (claim->number);
  if (claim->created_at == 0)
    return g_strdup (_ ("New claim"));
  created = wuyou_instant_format_local (claim->created_at);
  return g_strdup_printf (_ ("Draft of %s"), created);
}

/* What was decided, and whether anything can still be done about it. */
static char *
dup_ended (const WuyouClaimDossier *dossier, WuyouDate today)
{
  const char *ended = _ (states[find_state (dossier->claim->state)].turn);
  g_autofree char *appeal = NULL;
  char until[11] = "";

  wuyou_date_format (dossier->appeal_until, until);
  appeal = dossier->appeal_until >= today ? g_strdup_printf (_ ("The dealership may appeal until %s."), until)
                                          : g_strdup_printf (_ ("The time for an appeal ended on %s."), until);
  /* Translators: two sentences, the second about an appeal. */
  return g_strdup_printf (_ ("%s %s"), ended, appeal);
}

/* What finance looks for first; an insurer is not told of it. */
static char *
dup_paying (const WuyouClaimDossier *dossier)
{
  const char *turn = _ (states[find_state (dossier->claim->state)].turn);
  g_autofree char *amount = wuyou_money_format (wuyou_claim_amount (dossier->claim));

  if (wuyou_claim_amount (dossier->claim) == 0 || dossier->org_name == NULL)
    return g_strdup (turn);
  /* Translators: a sentence, then the amount and the name of the dealership that gets it. */
  return g_strdup_printf (_ ("%s ¥%s to %s."), turn, amount, dossier->org_name);
}

/* Dealer operations read what the dealership is told, and that it is theirs to do. */
static char *
dup_for_dealer (const WuyouClaimDossier *dossier)
{
  const char *turn = _ (states[find_state (dossier->claim->state)].turn);

  if (!dossier->for_dealer || dossier->holder != WUYOU_TURN_CLERK)
    return g_strdup (turn);
  /* Translators: a sentence that begins "With the dealership", then this one, to the operator's own staff. */
  return g_strdup_printf (_ ("%s You act for it: it may not at present."), turn);
}

char *
wuyou_claim_text_dup_turn (const WuyouClaimDossier *dossier, WuyouDate today)
{
  int state = dossier->claim->state;

  if (state == WUYOU_CLAIM_REPORTED && dossier->holder == WUYOU_TURN_INSURER)
    return g_strdup (_ ("With the insurer: its determination of the loss is awaited."));
  if (dossier->holder == WUYOU_TURN_APPROVER)
    return g_strdup (_ ("With the operator: the assessment is done, somebody else decides."));
  if (dossier->appeal_until != WUYOU_DATE_NONE)
    return dup_ended (dossier, today);
  if (state == WUYOU_CLAIM_APPROVED || state == WUYOU_CLAIM_SETTLING)
    return dup_paying (dossier);
  return dup_for_dealer (dossier);
}

static char *
dup_days_left (gint64 days, gboolean past, const char *until)
{
  if (days < 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Overdue by %d working day, since %s",
                                         "Overdue by %d working days, since %s", (gulong) -days),
                            (int) -days, until);
  if (days == 0)
    return g_strdup_printf (past ? _ ("Overdue since %s") : _ ("Due today, %s"), until);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d working day left, until %s", "%d working days left, until %s", (gulong) days),
      (int) days, until);
}

static WuyouClockLook
get_look (gint64 days, gboolean past)
{
  if (past)
    return (WuyouClockLook){ "dialog-error-symbolic", "error" };
  if (days <= 1)
    return (WuyouClockLook){ "dialog-warning-symbolic", "warning" };
  return (WuyouClockLook){ "document-open-recent-symbolic", "dim-label" };
}

/* Of a review as a whole, where its day is another one than that of whoever is at it. */
static char *
add_last_day (const WuyouClaimDossier *dossier, char *text)
{
  const WuyouClaim *claim = dossier->claim;
  gboolean reviewed = dossier->holder == WUYOU_TURN_ASSESSOR || dossier->holder == WUYOU_TURN_APPROVER;
  g_autofree char *clock = text;
  char last[11] = "";

  if (!reviewed || claim->decide_by == WUYOU_DATE_NONE || claim->decide_by == dossier->due_on)
    return g_steal_pointer (&clock);
  wuyou_date_format (claim->decide_by, last);
  return g_strdup_printf (_ ("%s. To be decided by %s at the latest."), clock, last);
}

char *
wuyou_claim_text_dup_clock (const WuyouClaimDossier *dossier, WuyouDate today, WuyouClockLook *ret_look)
{
  gboolean past = dossier->workdays_left < 0 || dossier->due_on < today; /* on a Saturday no working day has passed */
  g_autofree char *left = NULL;
  char until[11] = "";

  if (dossier->kept_until != WUYOU_DATE_NONE) {
    *ret_look = (WuyouClockLook){ "user-trash-symbolic", "dim-label" };
    wuyou_date_format (dossier->kept_until, until);
    return g_strdup_printf (_ ("A draft that nobody changes is kept until %s, then deleted with its files."), until);
  }
  if (dossier->due_on == WUYOU_DATE_NONE || dossier->holder == WUYOU_TURN_NOBODY)
    return NULL;
  wuyou_date_format (dossier->due_on, until);
  left = dup_days_left (dossier->workdays_left, past, until);
  *ret_look = get_look (dossier->workdays_left, past);
  if (dossier->paused)
    return g_strdup_printf (_ ("%s. The review’s own clock stands meanwhile."), left);
  return add_last_day (dossier, g_steal_pointer (&left));
}

char *
wuyou_claim_text_dup_due (const WuyouClaim *claim, WuyouDate today, WuyouClockLook *ret_look)
{
  char until[11] = "";

  *ret_look = (WuyouClockLook){ NULL, NULL };
  if (claim->due_on == WUYOU_DATE_NONE || claim->turn == WUYOU_TURN_NOBODY)
    return g_strdup ("");
  wuyou_date_format (claim->due_on, until);
  *ret_look = get_look (claim->due_on - today, claim->due_on < today);
  if (claim->due_on > today + 1)
    ret_look->icon = NULL;
  if (claim->due_on < today)
    return g_strdup_printf (_ ("%s overdue"), until + 5);
  if (claim->due_on == today)
    return g_strdup (_ ("Today"));
  return g_strdup (until);
}

static const struct {
  const char *id;
  const char *words; /* N_() */
} actions[] = {
  { "create", N_ ("Draft made") },
  { "update", N_ ("Entries changed") },
  { "edit", N_ ("Entries changed") },
  { "report", N_ ("Loss reported") },
  { "discard", N_ ("Discarded") },
  { "forget", N_ ("Deleted: it was never reported") },
  { "determine", N_ ("Insurer’s determination recorded") },
  { "submit", N_ ("Sent to review") },
  { "take", N_ ("Case taken") },
  { "take-over", N_ ("Case taken over") },
  { "request", N_ ("More documents requested") },
  { "approve", N_ ("Approved") },
  { "endorse", N_ ("Large amount endorsed") },
  { "reject", N_ ("Refusal decided") },
  { "supply", N_ ("Documents sent") },
  { "supply-final", N_ ("Documents sent") },
  { "lapse", N_ ("Closed, time was over") },
  { "remind", N_ ("Reminder: due soon") },
  { "close", N_ ("Closed, time was over") },
  { "replace", N_ ("New car registered") },
  { "settle", N_ ("Payment begun") },
  { "pay", N_ ("Payment registered") },
  { "appeal", N_ ("Appeal made") },
  { "reopen", N_ ("Taken up again") },
  { "reopen-final", N_ ("Taken up again") },
  { "confirm", N_ ("Refusal confirmed") },
  { "withdraw", N_ ("Withdrawn") },
  { "revoke-consent", N_ ("Owner’s consent taken back") },
  { "check", N_ ("Checks decided") },
  { "settle-amount", N_ ("Settlement computed") },
  { "message", N_ ("Message written") },
  { "unmask", N_ ("Full values shown") },
}, papers[] = {
  { "claim-form", N_ ("Claim form") },
  { "evidence-list", N_ ("List of evidence") },
  { "more-documents", N_ ("Request for documents") },
  { "pre-approval", N_ ("Preliminary approval") },
  { "pre-refusal", N_ ("Preliminary refusal") },
  { "approval", N_ ("Approval") },
  { "refusal", N_ ("Refusal") },
  { "settlement", N_ ("Settlement sheet") },
  { "hand-over", N_ ("Hand-over record") },
};

const char *
wuyou_claim_text_action (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].id, action) == 0)
      return _ (actions[i].words);
  return action != NULL ? action : "";
}

const char *
wuyou_claim_text_paper (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (g_strcmp0 (papers[i].id, kind) == 0)
      return _ (papers[i].words);
  return kind != NULL ? kind : "";
}

const char *
wuyou_claim_text_field (const char *name)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, name);
  const WuyouClaimSlot *slot = name != NULL ? wuyou_claim_slot_find (name) : NULL;

  if (field != NULL)
    return _ (field->label);
  if (slot != NULL)
    return _ (slot->title);
  return name != NULL ? name : "";
}

const char *
wuyou_claim_text_slot (const WuyouClaimDossier *dossier, const char *slot)
{
  const WuyouClaimSlotRow *row = wuyou_claim_dossier_find_slot (dossier, slot);

  return row != NULL && row->title != NULL ? row->title : wuyou_claim_text_field (slot);
}

/* A translation may put it elsewhere. */
static char *
fill_in (const char *sentence, const char *title)
{
  const char *place = strstr (sentence, "%s");

  if (place == NULL)
    return g_strdup (sentence);
  return g_strdup_printf ("%.*s%s%s", (int) (place - sentence), sentence, title, place + strlen ("%s"));
}

/* What the server says of a slot carries its title, so that it comes in English; the client knows the sentences. */
char *
wuyou_claim_text_dup_problem (const WuyouDossierProblem *problem)
{
  static const char *const sentences[]
      = { N_ ("Missing: %s"), N_ ("Still being checked: %s"), N_ ("Returned, another is needed: %s") };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++) {
    gsize start = strlen (sentences[i]) - strlen ("%s");

    if (strncmp (problem->detail, sentences[i], start) == 0)
      return fill_in (_ (sentences[i]), problem->detail + start);
  }
  return g_strdup (problem->detail);
}

char *
wuyou_claim_text_dup_refusal (const WuyouClaimDossier *dossier, const WuyouDossierAction *action)
{
  if (!action->allowed && action->violations->len == 1) {
    const WuyouDossierProblem *one = action->violations->pdata[0];
    g_autofree char *detail = wuyou_claim_text_dup_problem (one);

    return g_strdup_printf (_ ("%s: %s"), wuyou_claim_text_slot (dossier, one->field), detail);
  }
  return wuyou_dossier_action_dup_refusal (action, wuyou_claim_text_field);
}

char *
wuyou_claim_text_dup_need (gboolean required, const char *when)
{
  if (when != NULL)
    return g_strdup_printf (_ ("Conditional: when %s"), when);
  return g_strdup (required ? _ ("Required") : _ ("Where there is one"));
}
