/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-id.h"
#include "sales/wuyou-contract-rules.h"
#include "demo/wuyou-demo-contract.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define OPENS (9 * 60) /* minutes of the day at which dealerships work */
#define CLOSES (18 * 60 + 30)
#define NOTICE_DAYS 62 /* a little more than the products want */
#define WORKDAY (CLOSES - OPENS)
#define FORCED_FROM 100
#define CLAIM_ROOM 110  /* days from the start of a contract to the end of a claim on it */
#define OLDEST_CLAIM 40 /* and from there to today, with the time that selling takes */

typedef struct {
  const WuyouDemoPlan *plan;
  const WuyouDemoSeller *seller;
  const WuyouProduct *product;
  WuyouDemoRandom random;
  guint index;
  int target;
  gint64 at;
  WuyouContract *contract;
  GPtrArray *steps;
} Story;

/* Out of a thousand contracts of that age. */
typedef struct {
  int state;
  guint share;
} Share;

static const Share shares_today[] = {
  { WUYOU_CONTRACT_DRAFT, 300 },         { WUYOU_CONTRACT_SUBMITTED, 80 }, { WUYOU_CONTRACT_AWAIT_SIGN, 220 },
  { WUYOU_CONTRACT_AWAIT_PAYMENT, 170 }, { WUYOU_CONTRACT_VOIDED, 20 },    { WUYOU_CONTRACT_ACTIVE, 210 },
};
static const Share shares_days[] = {
  { WUYOU_CONTRACT_DRAFT, 130 },         { WUYOU_CONTRACT_SUBMITTED, 50 }, { WUYOU_CONTRACT_RETURNED, 20 },
  { WUYOU_CONTRACT_AWAIT_SIGN, 110 },    { WUYOU_CONTRACT_PAID, 50 },      { WUYOU_CONTRACT_VOIDED, 40 },
  { WUYOU_CONTRACT_AWAIT_PAYMENT, 100 }, { WUYOU_CONTRACT_ACTIVE, 500 },
};
static const Share shares_weeks[] = {
  { WUYOU_CONTRACT_DRAFT, 40 },         { WUYOU_CONTRACT_RETURNED, 15 }, { WUYOU_CONTRACT_AWAIT_SIGN, 30 },
  { WUYOU_CONTRACT_AWAIT_PAYMENT, 25 }, { WUYOU_CONTRACT_PAID, 30 },     { WUYOU_CONTRACT_VOIDED, 60 },
  { WUYOU_CONTRACT_ACTIVE, 800 },
};
static const Share shares_older[] = {
  { WUYOU_CONTRACT_VOIDED, 65 },   { WUYOU_CONTRACT_CANCEL_REQUESTED, 4 }, { WUYOU_CONTRACT_CANCELLED, 20 },
  { WUYOU_CONTRACT_FULFILLED, 6 }, { WUYOU_CONTRACT_TRANSFER_ENDED, 14 },  { WUYOU_CONTRACT_REVOKED, 1 },
  { WUYOU_CONTRACT_ACTIVE, 890 },
};

/* At this percentage of the way the state is certain, so that a small demo has them all. */
static const struct {
  int state;
  guint percent;
} forced[] = {
  { WUYOU_CONTRACT_EXPIRED, 5 },     { WUYOU_CONTRACT_REVOKED, 10 },
  { WUYOU_CONTRACT_FULFILLED, 15 },  { WUYOU_CONTRACT_TRANSFER_ENDED, 20 },
  { WUYOU_CONTRACT_FULFILLED, 25 },  { WUYOU_CONTRACT_CANCELLED, 30 },
  { WUYOU_CONTRACT_FULFILLED, 35 },  { WUYOU_CONTRACT_VOIDED, 50 },
  { WUYOU_CONTRACT_ACTIVE, 60 },     { WUYOU_CONTRACT_CANCEL_REQUESTED, 70 },
  { WUYOU_CONTRACT_RETURNED, 93 },   { WUYOU_CONTRACT_SUBMITTED, 94 },
  { WUYOU_CONTRACT_PAID, 95 },       { WUYOU_CONTRACT_AWAIT_PAYMENT, 96 },
  { WUYOU_CONTRACT_AWAIT_SIGN, 97 }, { WUYOU_CONTRACT_DRAFT, 98 },
};

WuyouDate
wuyou_demo_plan_first_day (gint64 now)
{
  return wuyou_date_add_months (wuyou_date_of_instant (now), -WUYOU_DEMO_MONTHS);
}

int
wuyou_demo_year (WuyouDate date)
{
  int year, month, day;

  wuyou_date_split (date, &year, &month, &day);
  return year;
}

/* Minutes of opening hours up to now, counted from the first day. */
static gint64
count_minutes (gint64 now)
{
  WuyouDate first = wuyou_demo_plan_first_day (now);
  gint64 days = wuyou_date_of_instant (now) - first;
  int minute = CLAMP (wuyou_instant_minute_of_day (now), OPENS, CLOSES) - OPENS;

  return days * WORKDAY + minute;
}

static gint64
compute_created_at (const WuyouDemoPlan *plan, guint index)
{
  gint64 total = count_minutes (plan->now) * 60;
  double left = 1 - (index + 0.5) / plan->contracts;
  double age = left * (0.15 + 0.85 * left); /* business grows: more contracts lately than long ago */
  gint64 second = total - 1 - (gint64) (age * (double) (total - 1));
  WuyouDate day = wuyou_demo_plan_first_day (plan->now) + (WuyouDate) (second / (WORKDAY * 60));
  gint64 at = wuyou_date_start (day) + (OPENS * 60 + second % (WORKDAY * 60)) * G_USEC_PER_SEC;

  return MIN (at + index % 997 * 1000, plan->now);
}

static int
pick_share (WuyouDemoRandom *random, const Share *shares, guint n)
{
  guint at = wuyou_demo_random_below (random, 1000);

  for (guint i = 0; i < n; i++) {
    if (at < shares[i].share)
      return shares[i].state;
    at -= shares[i].share;
  }
  return WUYOU_CONTRACT_ACTIVE;
}

#define PICK(random, shares) pick_share (random, shares, G_N_ELEMENTS (shares))

static int
pick_share_of_age (Story *story, gint64 age)
{
  int state = age < 1    ? PICK (&story->random, shares_today)
              : age < 10 ? PICK (&story->random, shares_days)
              : age < 30 ? PICK (&story->random, shares_weeks)
                         : PICK (&story->random, shares_older);

  return state == WUYOU_CONTRACT_FULFILLED && age < OLDEST_CLAIM + CLAIM_ROOM ? WUYOU_CONTRACT_ACTIVE : state;
}

static int
pick_target (Story *story)
{
  gint64 age = (story->plan->now - story->at) / DAY;

  for (guint i = 0; story->plan->contracts >= FORCED_FROM && i < G_N_ELEMENTS (forced); i++)
    if (story->index == story->plan->contracts / 100 * forced[i].percent)
      return forced[i].state;
  return pick_share_of_age (story, age);
}

/* What is in review needs a product with a review; what waits for its start, one with an agreed start. */
static gboolean
is_fit (const Story *story, const WuyouProduct *product)
{
  switch (story->target) {
  case WUYOU_CONTRACT_SUBMITTED:
  case WUYOU_CONTRACT_RETURNED:
    return product->rules.needs_review;
  case WUYOU_CONTRACT_PAID:
    return product->rules.listed_start;
  case WUYOU_CONTRACT_EXPIRED:
    return (product->rules.conditions & (1u << WUYOU_CONDITION_USED)) != 0;
  default:
    return TRUE;
  }
}

static const WuyouProduct *
pick_product (Story *story)
{
  GPtrArray *products = story->plan->products;
  guint first
      = wuyou_demo_random_chance (&story->random, 480) ? 0 : wuyou_demo_random_below (&story->random, products->len);

  for (guint i = 0; i < products->len; i++)
    if (is_fit (story, products->pdata[(first + i) % products->len]))
      return products->pdata[(first + i) % products->len];
  return products->pdata[first];
}

static void
free_step (gpointer data)
{
  WuyouDemoStep *step = data;

  wuyou_contract_free (step->contract);
  g_free (step);
}

static void
add_step (Story *story, const char *action, const char *account_id, const char *reason)
{
  WuyouDemoStep *step = g_new0 (WuyouDemoStep, 1);

  story->contract->updated_at = story->at;
  step->action = action;
  step->account_id = account_id;
  step->reason = reason;
  step->at = story->at;
  step->contract = wuyou_contract_new ();
  wuyou_record_copy (&wuyou_contract_type, story->contract, step->contract);
  g_ptr_array_add (story->steps, step);
}

static void
set_hash (Story *story)
{
  const WuyouDemoPlan *plan = story->plan;

  if (plan->hash == NULL)
    return;
  g_free (story->contract->content_sha256);
  story->contract->content_sha256 = plan->hash (story->contract, story->product, plan->hash_data);
}

/* Takes the transition @lag after the step before. FALSE when that is still to come. */
static gboolean
act (Story *story, const char *action, gint64 lag, const char *account_id, WuyouContractInput *input)
{
  const WuyouTransition *transition
      = wuyou_workflow_find (&wuyou_contract_workflow, story->contract->state, action, NULL);
  WuyouContractFacts facts = { .product = story->product, .manager = TRUE, .actor_id = account_id };
  WuyouContractInput none = { 0 };

  g_return_val_if_fail (transition != NULL, FALSE);
  if (story->at + lag > story->plan->now)
    return FALSE;
  story->at += lag;
  facts.today = wuyou_date_of_instant (story->at);
  wuyou_contract_apply (story->contract, transition, &facts, input != NULL ? input : &none, story->at);
  if (transition->from == WUYOU_CONTRACT_DRAFT && transition->to != WUYOU_CONTRACT_VOIDED)
    set_hash (story);
  add_step (story, action, account_id, input != NULL ? input->reason : NULL);
  return TRUE;
}

static gint64
pick_lag (Story *story, gint64 shortest, gint64 longest)
{
  return wuyou_demo_random_between (&story->random, shortest / MINUTE, longest / MINUTE) * MINUTE;
}

/* Most customers sign and pay at the desk; some come back within days. */
static gint64
pick_customer_lag (Story *story)
{
  if (wuyou_demo_random_chance (&story->random, 850))
    return pick_lag (story, 6 * MINUTE, 50 * MINUTE);
  return wuyou_demo_random_between (&story->random, 1, 5) * DAY + pick_lag (story, 0, 90 * MINUTE);
}

static void
set_number (Story *story)
{
  int year = wuyou_demo_year (wuyou_date_of_instant (story->at));

  story->contract->number = g_strdup_printf ("WY-%04d-%07u", year, story->plan->first_number + story->index);
}

static gboolean
submit (Story *story)
{
  gint64 lag = pick_lag (story, 8 * MINUTE, 55 * MINUTE);
  const char *action = story->product->rules.needs_review ? "send-to-review" : "submit";
  WuyouContractInput returned = { 0 };

  if (story->target == WUYOU_CONTRACT_DRAFT || story->at + lag > story->plan->now)
    return FALSE;
  set_number (story);
  if (!act (story, action, lag, story->seller->seller_id, NULL))
    return FALSE;
  if (!story->product->rules.needs_review)
    return TRUE;
  if (story->target == WUYOU_CONTRACT_SUBMITTED)
    return FALSE;
  if (story->target == WUYOU_CONTRACT_RETURNED) {
    returned.reason = wuyou_demo_random_pick (&story->random, story->plan->words->return_reasons);
    act (story, "return", pick_lag (story, 20 * MINUTE, 300 * MINUTE), story->plan->reviewer_id, &returned);
    return FALSE;
  }
  return act (story, "approve", pick_lag (story, 20 * MINUTE, 200 * MINUTE), story->plan->reviewer_id, NULL);
}

static gboolean
sign (Story *story)
{
  gint64 lag = pick_customer_lag (story);
  WuyouContractInput input = { .signed_on = wuyou_date_of_instant (story->at + lag) };

  return story->target != WUYOU_CONTRACT_AWAIT_SIGN && act (story, "sign", lag, story->seller->seller_id, &input);
}

static gboolean
pay (Story *story)
{
  gint64 lag = pick_customer_lag (story);
  g_autofree char *reference = g_strdup_printf (
      "SK%010" G_GINT64_FORMAT, wuyou_demo_random_between (&story->random, 1, G_GINT64_CONSTANT (9999999999)));
  WuyouContractInput input = {
    .paid_on = wuyou_date_of_instant (story->at + lag),
    .paid_fen = story->contract->received_fen,
    .payment_method = (int) wuyou_demo_random_between (&story->random, WUYOU_PAYMENT_TRANSFER, WUYOU_PAYMENT_MOBILE),
    .payment_reference = reference,
  };

  return story->target != WUYOU_CONTRACT_AWAIT_PAYMENT && act (story, "pay", lag, story->seller->cashier_id, &input);
}

static gboolean
start (Story *story)
{
  gint64 lag = MAX (wuyou_date_start (story->contract->effective_on) - story->at, 0);

  return act (story, "start", lag, NULL, NULL);
}

static void
end_voided (Story *story)
{
  WuyouContractInput input = { .reason = wuyou_demo_random_pick (&story->random, story->plan->words->void_reasons) };

  act (story, "void", pick_lag (story, 30 * MINUTE, 3 * DAY), story->seller->manager_id, &input);
}

/* After a claim, which takes its time. */
static gint64
pick_fulfilled_lag (Story *story, gint64 room)
{
  WuyouDate day = wuyou_date_of_instant (story->at)
                  + (WuyouDate) wuyou_demo_random_between (&story->random, CLAIM_ROOM, room - 1);

  return wuyou_date_start (day) + wuyou_demo_random_between (&story->random, 14 * 60, 17 * 60) * MINUTE - story->at;
}

/* Some time between the start and today, in the middle of a working day. */
static gint64
pick_end_lag (Story *story)
{
  gint64 room = story->plan->now - story->at;

  if (story->target == WUYOU_CONTRACT_FULFILLED && room > (CLAIM_ROOM + 2) * DAY)
    return pick_fulfilled_lag (story, room / DAY);
  return room <= 0 ? 1 : room * wuyou_demo_random_between (&story->random, 200, 900) / 1000;
}

typedef enum { DEALER, REVIEWER, APPROVER, PAYER, SYSTEM } Actor;

typedef struct {
  int target;
  const char *action;
  Actor actor;
  gboolean silent; /* takes no reason */
} End;

static const End ends[] = {
  { WUYOU_CONTRACT_CANCEL_REQUESTED, "request-cancel", DEALER }, { WUYOU_CONTRACT_CANCELLED, "request-cancel", DEALER },
  { WUYOU_CONTRACT_CANCELLED, "cancel", REVIEWER, TRUE },        { WUYOU_CONTRACT_CANCELLED, "refund", PAYER, TRUE },
  { WUYOU_CONTRACT_FULFILLED, "fulfil", SYSTEM, TRUE },          { WUYOU_CONTRACT_TRANSFER_ENDED, "transfer", DEALER },
  { WUYOU_CONTRACT_REVOKED, "propose-revoke", REVIEWER },        { WUYOU_CONTRACT_REVOKED, "revoke", APPROVER },
};

static const char *
find_actor (const Story *story, Actor actor)
{
  switch (actor) {
  case DEALER:
    return story->seller->manager_id;
  case REVIEWER:
    return story->plan->reviewer_id;
  case APPROVER:
    return story->plan->approver_id;
  case PAYER:
    return story->plan->payer_id;
  default:
    return NULL;
  }
}

/* Some refunds still wait for finance, the way most of them do that are not old; a contract that was given has none. */
static gboolean
is_taken (Story *story, const End *end)
{
  if (g_str_equal (end->action, "refund"))
    return story->contract->refund_state == WUYOU_REFUND_APPROVED && wuyou_demo_random_chance (&story->random, 700);
  return end->target == story->target;
}

static void
take_end (Story *story, const End *end)
{
  const char *state = wuyou_enum_id (wuyou_contract_states, story->target);
  gint64 lag = pick_end_lag (story);
  WuyouDate day = wuyou_date_of_instant (story->at + lag);
  g_autofree char *reference = g_strdup_printf (
      "TK%010" G_GINT64_FORMAT, wuyou_demo_random_between (&story->random, 1, G_GINT64_CONSTANT (9999999999)));
  WuyouContractInput input = {
    .reason = end->silent ? NULL : wuyou_demo_words_get_end_reason (story->plan->words, state),
    .cancel_requested_on = MAX (story->contract->signed_on, day - NOTICE_DAYS), /* the letter was on its way */
    .transferred_on = day,
    .revoke_notice_on = day,
    .refunded_on = day,
    .refund_reference = reference,
  };

  act (story, end->action, lag, find_actor (story, end->actor), &input);
}

static void
end_early (Story *story)
{
  gboolean cancels = story->target == WUYOU_CONTRACT_CANCEL_REQUESTED || story->target == WUYOU_CONTRACT_CANCELLED;

  if (cancels && story->contract->gift)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (ends[i].target == story->target && is_taken (story, &ends[i]))
      take_end (story, &ends[i]);
}

static void
expire (Story *story)
{
  if (story->contract->state == WUYOU_CONTRACT_ACTIVE && story->contract->ends_on != WUYOU_DATE_NONE)
    act (story, "expire", wuyou_date_start (story->contract->ends_on + 1) - story->at, NULL, NULL);
}

/* As it would have gone, until the target is reached or now. */
static void
tell (Story *story)
{
  guint voided_after = story->target == WUYOU_CONTRACT_VOIDED ? 1 + wuyou_demo_random_below (&story->random, 3) : 0;

  if (voided_after == 1 || !submit (story) || voided_after == 2 || !sign (story) || voided_after == 3) {
    if (voided_after != 0 && story->contract->state != WUYOU_CONTRACT_SUBMITTED)
      end_voided (story);
    return;
  }
  if (!pay (story) || !start (story))
    return;
  end_early (story);
  expire (story);
}

static char *
create_id (Story *story)
{
  WuyouClock clock = wuyou_clock_fixed (&story->at);
  WuyouIdSource source = { &clock, wuyou_demo_random_fill, &story->random };

  return wuyou_id_new (&source);
}

static void
set_wishes (Story *story)
{
  WuyouContract *c = story->contract;
  WuyouDate today = wuyou_date_of_instant (story->plan->now);

  if (story->target == WUYOU_CONTRACT_EXPIRED)
    c->condition = WUYOU_CONDITION_USED;
  if (story->target == WUYOU_CONTRACT_PAID)
    c->starts_on_wish = today + 2 + (WuyouDate) wuyou_demo_random_below (&story->random, 20);
}

/* The shortest term there is, so that it is over by now. */
static void
set_short_term (Story *story)
{
  WuyouContract *c = story->contract;

  for (guint i = 0; i < story->product->prices->len; i++) {
    const WuyouPrice *price = &g_array_index (story->product->prices, WuyouPrice, i);

    if (price->condition == c->condition && price->term_months < c->term_months
        && price->min_invoice_fen <= c->invoice_amount_fen && c->invoice_amount_fen <= price->max_invoice_fen) {
      c->term_months = price->term_months;
      c->received_fen = c->gift ? 0 : price->max_received_fen;
    }
  }
}

static void
create (Story *story)
{
  WuyouContract *c = story->contract;

  c->id = create_id (story);
  c->state = WUYOU_CONTRACT_DRAFT;
  c->org_id = g_strdup (story->seller->org_id);
  c->created_by = g_strdup (story->seller->seller_id);
  c->created_at = story->at;
  set_wishes (story);
  wuyou_demo_contract_fill (story->plan, story->index, story->product, &story->random, c);
  if (story->target == WUYOU_CONTRACT_EXPIRED)
    set_short_term (story);
  if (story->target == WUYOU_CONTRACT_DRAFT)
    wuyou_demo_contract_forget (&story->random, c);
  add_step (story, "create", story->seller->seller_id, NULL);
}

const WuyouDemoSeller *
wuyou_demo_contract_seller (const WuyouDemoPlan *plan, guint index)
{
  WuyouDemoRandom random = wuyou_demo_random (plan->seed, 2 * (guint64) index + 1);

  return wuyou_demo_random_pick (&random, plan->sellers);
}

GPtrArray *
wuyou_demo_contract_story (const WuyouDemoPlan *plan, guint index)
{
  Story story = {
    .plan = plan,
    .seller = wuyou_demo_contract_seller (plan, index),
    .random = wuyou_demo_random (plan->seed, 2 * (guint64) index),
    .index = index,
    .at = compute_created_at (plan, index),
    .contract = wuyou_contract_new (),
    .steps = g_ptr_array_new_with_free_func (free_step),
  };

  story.target = pick_target (&story);
  story.product = pick_product (&story);
  create (&story);
  tell (&story);
  wuyou_contract_free (story.contract);
  return story.steps;
}
