/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "demo/wuyou-demo.h"
#include "demo/wuyou-demo-claim-script.h"
#include "demo/wuyou-demo-evidence.h"

#define FORCED_FROM 100
#define FORCED_BEGIN 20 /* percent of the contracts: old enough for every script, and none whose state is forced */
#define FORCED_END 59
#define SHARE 40 /* per mille of the contracts in force in a small demo */
#define STREAM_SHARES (G_GUINT64_CONSTANT (1) << 47)

/* Which contracts have a claim, and how it went. */
typedef struct {
  WuyouDemoClaims *claims;
  guint8 *states; /* of each contract */
  guint8 *taken;
  guint further; /* that are still to be spread */
} Planning;

WuyouContract *
wuyou_demo_claim_find_contract (const WuyouDemoPlan *plan, guint index, gint64 *ret_fulfilled_at)
{
  g_autoptr (GPtrArray) steps = wuyou_demo_contract_story (plan, index);
  WuyouContract *found = NULL;

  *ret_fulfilled_at = 0;
  for (guint i = 0; i < steps->len; i++) {
    const WuyouDemoStep *step = steps->pdata[i];

    if (step->contract->state == WUYOU_CONTRACT_FULFILLED)
      *ret_fulfilled_at = step->at;
    if (step->contract->state != WUYOU_CONTRACT_ACTIVE)
      continue;
    if (found == NULL)
      found = wuyou_contract_new ();
    wuyou_record_copy (&wuyou_contract_type, step->contract, found);
  }
  return found;
}

static guint8
find_state (const WuyouDemoPlan *plan, guint index)
{
  g_autoptr (GPtrArray) steps = wuyou_demo_contract_story (plan, index);

  return (guint8) ((WuyouDemoStep *) steps->pdata[steps->len - 1])->contract->state;
}

/* FALSE: what the script tells cannot have happened on this contract yet. */
static gboolean
try_row (Planning *planning, guint index, guint script)
{
  WuyouDemoClaims *claims = planning->claims;
  gint64 fulfilled_at = 0;
  g_autoptr (WuyouContract) contract = wuyou_demo_claim_find_contract (&claims->plan, index, &fulfilled_at);
  WuyouDemoClaimRow row
      = { .index = index, .script = script, .whole = claims->plan.contracts <= WUYOU_DEMO_WHOLE_STORIES };
  WuyouSchedule schedule;

  if (!wuyou_script_schedule (claims, contract, index, &wuyou_scripts[script], fulfilled_at, FALSE, &schedule)
      && (fulfilled_at == 0
          || !wuyou_script_schedule (claims, contract, index, &wuyou_scripts[script], fulfilled_at, TRUE, &schedule)))
    return FALSE;
  row.created_at = schedule.at[0];
  planning->taken[index] = TRUE;
  g_array_append_val (claims->rows, row);
  return TRUE;
}

static gboolean
is_free (const Planning *planning, guint index)
{
  return planning->states[index] == WUYOU_CONTRACT_ACTIVE && !planning->taken[index];
}

static void
add_fulfilled (Planning *planning)
{
  for (guint i = 0; i < planning->claims->plan.contracts; i++)
    if (planning->states[i] == WUYOU_CONTRACT_FULFILLED)
      try_row (planning, i, wuyou_script_count ());
}

/* Each script once, so that a small demo has every state. */
static void
add_forced (Planning *planning)
{
  guint contracts = planning->claims->plan.contracts, n = wuyou_script_count ();
  guint index = contracts * FORCED_BEGIN / 100, end = contracts * FORCED_END / 100, step = MAX ((end - index) / n, 1);

  for (guint script = 0; contracts >= FORCED_FROM && script < n; script++) {
    guint at = MAX (index + 1, contracts * FORCED_BEGIN / 100 + script * step);

    while (at < contracts && !(is_free (planning, at) && try_row (planning, at, script)))
      at++;
    index = at;
    if (at < contracts && wuyou_scripts[script].twin)
      g_array_index (planning->claims->rows, WuyouDemoClaimRow, planning->claims->rows->len - 1).twin = TRUE;
  }
}

static void
add_share (Planning *planning)
{
  const WuyouDemoPlan *plan = &planning->claims->plan;

  for (guint i = 0; plan->contracts <= WUYOU_DEMO_WHOLE_STORIES && i < plan->contracts; i++) {
    WuyouDemoRandom random = wuyou_demo_random (plan->seed, STREAM_SHARES + i);

    if (wuyou_demo_random_chance (&random, SHARE) && is_free (planning, i))
      try_row (planning, i, wuyou_script_pick (&random, FALSE));
  }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const WuyouDemoClaimRow *left = a, *right = b;

  return left->created_at != right->created_at ? (left->created_at < right->created_at ? -1 : 1)
                                               : (int) left->index - (int) right->index;
}

static guint
count_free (const Planning *planning)
{
  guint n = 0;

  for (guint i = 0; i < planning->claims->plan.contracts; i++)
    n += is_free (planning, i);
  return n;
}

/* Evenly over what is in force, before those that are told whole. */
static gboolean
add_further (Planning *planning, GError **error)
{
  guint n_free = count_free (planning), seen = 0, placed = 0;
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, TRUE, sizeof (WuyouDemoClaimRow), planning->further);

  if (planning->further > n_free) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                 _ ("Only %u contracts are in force and without a claim. Ask for fewer claims."), n_free);
    return FALSE;
  }
  for (guint i = 0; placed < planning->further; i++) {
    WuyouDemoClaimRow row = { .index = i, .script = WUYOU_DEMO_CLAIM_FURTHER };

    if (!is_free (planning, i))
      continue;
    seen++;
    if ((guint64) seen * planning->further / n_free <= placed)
      continue;
    placed++;
    g_array_append_val (rows, row);
  }
  g_array_prepend_vals (planning->claims->rows, rows->data, rows->len);
  return TRUE;
}

static gboolean
plan_rows (WuyouDemoClaims *claims, const guint8 *states, guint further, GError **error)
{
  guint n = claims->plan.contracts;
  g_autofree guint8 *own = g_malloc0 (n + 1), *taken = g_malloc0 (n + 1);
  Planning planning = { claims, own, taken, further };

  for (guint i = 0; i < n; i++)
    own[i] = states != NULL ? states[i] : find_state (&claims->plan, i);
  add_fulfilled (&planning);
  add_forced (&planning);
  add_share (&planning);
  g_array_sort (claims->rows, compare_rows);
  for (guint i = claims->rows->len - MIN (claims->rows->len, WUYOU_DEMO_EVIDENCED); i < claims->rows->len; i++)
    g_array_index (claims->rows, WuyouDemoClaimRow, i).whole = TRUE; /* they come with files */
  return add_further (&planning, error);
}

/* --- who --- */

static GPtrArray *
find_people (const WuyouDemoWorld *world, WuyouRole role)
{
  GPtrArray *people = g_ptr_array_new ();

  for (guint i = 0; i < world->accounts->len; i++) {
    WuyouDemoAccount *demo = world->accounts->pdata[i];

    if (demo->state == WUYOU_DEMO_READY && (wuyou_account_get_roles (demo->account) & WUYOU_ROLE_BIT (role)) != 0)
      g_ptr_array_add (people, demo);
  }
  return people;
}

/* Their own, else the one of the organisation above. */
static void
find_clerks (WuyouDemoClaims *claims)
{
  const WuyouDemoWorld *world = claims->world;

  claims->clerks = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < world->orgs->len; i++) {
    const WuyouOrg *org = world->orgs->pdata[i];
    WuyouDemoAccount *clerk = NULL;

    for (const WuyouOrg *at = org; at != NULL && clerk == NULL; at = wuyou_demo_world_find_org (world, at->parent_id))
      clerk = wuyou_demo_world_find_account (world, WUYOU_ROLE_DCLM, at);
    if (clerk != NULL)
      g_hash_table_insert (claims->clerks, org->id, clerk);
  }
}

static gboolean
check_people (const WuyouDemoClaims *claims, GError **error)
{
  gboolean all
      = claims->insurer != NULL && claims->assessors->len > 1 && claims->approvers->len > 1 && claims->finance->len > 0;

  for (guint i = 0; all && i < claims->world->sellers->len; i++)
    all = g_hash_table_contains (claims->clerks, ((WuyouDemoSeller *) claims->world->sellers->pdata[i])->org_id);
  if (!all)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "accounts.json: nobody who files or reviews claims");
  return all;
}

static WuyouCalendar *
read_calendar (GError **error)
{
  g_autoptr (JsonObject) support = wuyou_demo_file_object ("support.json", error);

  return support != NULL ? wuyou_calendar_new_from_json (support, error) : NULL;
}

WuyouDemoClaims *
wuyou_demo_claims_new (const WuyouDemoWorld *world, const guint8 *states, guint further, GError **error)
{
  g_autoptr (WuyouDemoClaims) claims = g_new0 (WuyouDemoClaims, 1);

  claims->world = world;
  claims->plan = world->plan;
  claims->plan.hash = NULL;
  claims->rows = g_array_new (FALSE, TRUE, sizeof (WuyouDemoClaimRow));
  claims->assessors = find_people (world, WUYOU_ROLE_OCLA);
  claims->approvers = find_people (world, WUYOU_ROLE_OCLB);
  claims->finance = find_people (world, WUYOU_ROLE_OFIN);
  claims->insurer = wuyou_demo_world_find_account (world, WUYOU_ROLE_ICLM, NULL);
  find_clerks (claims);
  claims->words = wuyou_demo_file_object ("claims.json", error);
  claims->calendar = claims->words != NULL ? read_calendar (error) : NULL;
  if (claims->calendar == NULL || !check_people (claims, error) || !plan_rows (claims, states, further, error))
    return NULL;
  return g_steal_pointer (&claims);
}

void
wuyou_demo_claims_free (WuyouDemoClaims *claims)
{
  g_array_unref (claims->rows);
  g_ptr_array_unref (claims->assessors);
  g_ptr_array_unref (claims->approvers);
  g_ptr_array_unref (claims->finance);
  g_clear_pointer (&claims->clerks, g_hash_table_unref);
  g_clear_pointer (&claims->words, json_object_unref);
  g_clear_pointer (&claims->calendar, wuyou_calendar_free);
  g_free (claims);
}
