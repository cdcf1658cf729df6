/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "claims/wuyou-evidence-facts.h"
#include "claims/wuyou-evidence-rules.h"
#include "claims/wuyou-settlement.h"
#include "demo/wuyou-demo.h"
#include "demo/wuyou-demo-claim-script.h"
#include "demo/wuyou-demo-evidence.h"
#include "wuyou-paper.h"
#include "wuyou-test.h"

/* The stories of claims in the demo data, as they are told before anything is written. */

typedef struct {
  WuyouDemoWorld *world;
  WuyouDemoClaims *claims;
} Data;

static Data
create_data (guint64 seed, gint64 now, guint contracts, guint further)
{
  g_autoptr (GError) error = NULL;
  Data data = { .world = wuyou_demo_world_new (seed, now, contracts, &error) };

  g_assert_no_error (error);
  data.claims = wuyou_demo_claims_new (data.world, NULL, further, &error);
  g_assert_no_error (error);
  g_assert_nonnull (data.claims);
  return data;
}

static void
clear_data (Data *data)
{
  wuyou_demo_claims_free (data->claims);
  wuyou_demo_world_free (data->world);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Data, clear_data)

static const WuyouDemoClaimStep *
get_last (const WuyouDemoClaimStory *story)
{
  return story->steps->pdata[story->steps->len - 1];
}

/* Who decides has not assessed, and an appeal is decided by others than before. */
static void
check_people (const WuyouClaim *claim)
{
  if (claim->approver_id == NULL)
    return;
  g_assert_cmpstr (claim->approver_id, !=, claim->assessor_id);
  if (claim->state != WUYOU_CLAIM_APPEAL && claim->state != WUYOU_CLAIM_CLOSED_UNPAID)
    g_assert_cmpstr (claim->approver_id, !=, claim->previous_approver_id);
}

static void
check_amount (const WuyouDemoClaimStory *story, const WuyouClaim *claim)
{
  g_autoptr (GError) error = NULL;

  if (claim->settlement_json == NULL)
    return;
  wuyou_settlement_verify (claim->settlement_json, story->product->benefit_json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (claim->settled_fen, >=, 0); /* nothing has worn off in a car's first month */
  if (claim->state == WUYOU_CLAIM_CLOSED_PAID)
    g_assert_cmpint (claim->paid_fen, ==, wuyou_claim_amount (claim));
}

static void
check_cover (const WuyouDemoClaimStory *story, const WuyouClaim *claim)
{
  WuyouDate loss_on = wuyou_date_of_instant (claim->loss_at);

  g_assert_cmpint (claim->loss_at, <=, claim->created_at);
  if (claim->number != NULL)
    g_assert_true (wuyou_claim_is_covered (story->contract, loss_on));
  g_assert_cmpstr (claim->contract_id, ==, story->contract->id);
  g_assert_cmpstr (claim->contract_vin, ==, story->contract->vin);
}

static void
check_steps (const WuyouDemoClaimStory *story, gint64 now)
{
  gint64 at = 0;

  for (guint i = 0; i < story->steps->len; i++) {
    const WuyouDemoClaimStep *step = story->steps->pdata[i];
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (step->at, >=, at);
    g_assert_cmpint (step->at, <=, now);
    at = step->at;
    wuyou_record_check (&wuyou_claim_type, step->claim, WUYOU_FIELD_ALWAYS, &error);
    g_assert_no_error (error);
    g_assert_cmpint (step->claim->turn, ==, (int) wuyou_claim_get_turn (step->claim));
    for (guint j = 0; step->messages != NULL && j < step->messages->len; j++)
      g_assert_cmpint (((WuyouClaimMessage *) step->messages->pdata[j])->at, <=, now);
  }
}

static void
check_story (const Data *data, guint n, const WuyouDemoClaimStory *story)
{
  const WuyouDemoClaimRow *row = &g_array_index (data->claims->rows, WuyouDemoClaimRow, n);
  const WuyouClaim *claim = get_last (story)->claim;

  check_steps (story, data->world->plan.now);
  check_people (claim);
  check_amount (story, claim);
  check_cover (story, claim);
  g_assert_cmpint (claim->number != NULL, ==, claim->reported_at != 0);
  if (row->script != WUYOU_DEMO_CLAIM_FURTHER && claim->state != wuyou_scripts[row->script].state)
    g_error ("row %u: script %u ends as %s", n, row->script, wuyou_enum_id (wuyou_claim_states, claim->state));
  if (!row->whole)
    g_assert_cmpuint (story->steps->len, ==, 1);
}

/* Whether a claim was paid and whether its contract is fulfilled. */
static void
check_fulfilled (const Data *data, GHashTable *paid)
{
  guint fulfilled = 0;

  for (guint i = 0; i < data->world->plan.contracts; i++) {
    g_autoptr (GPtrArray) steps = wuyou_demo_contract_story (&data->world->plan, i);
    const WuyouContract *last = ((WuyouDemoStep *) steps->pdata[steps->len - 1])->contract;

    if (last->state != WUYOU_CONTRACT_FULFILLED)
      continue;
    fulfilled++;
    g_assert_true (g_hash_table_contains (paid, last->id));
  }
  g_assert_cmpuint (fulfilled, >, 0);
  g_assert_cmpuint (fulfilled, ==, g_hash_table_size (paid));
}

typedef struct {
  guint states, exclusions, settled, due_today, overdue, paused, messages, overridden, appealed, insurers;
} Seen;

static void
look (const Data *data, const WuyouDemoClaimStory *story, Seen *seen)
{
  const WuyouClaim *claim = get_last (story)->claim;
  WuyouDate today = wuyou_date_of_instant (data->world->plan.now);
  gboolean waits = claim->turn != WUYOU_TURN_NOBODY && claim->due_on != WUYOU_DATE_NONE;

  seen->states |= 1u << claim->state;
  seen->settled += claim->settled_fen > 0;
  seen->exclusions |= 1u << claim->exclusion;
  seen->due_today += waits && claim->due_on == today;
  seen->overdue += waits && claim->due_on < today;
  seen->paused += claim->state == WUYOU_CLAIM_MORE_DOCS;
  seen->overridden += claim->override_by != NULL;
  seen->appealed += claim->previous_approver_id != NULL;
  seen->insurers += claim->insurer_org_id != NULL && g_strcmp0 (claim->determined_by, claim->created_by) != 0;
  for (guint i = 0; i < story->steps->len; i++)
    seen->messages += ((WuyouDemoClaimStep *) story->steps->pdata[i])->messages != NULL;
}

static void
check_seen (const Seen *seen)
{
  for (const WuyouEnum *row = wuyou_claim_states; row->id != NULL; row++)
    if ((seen->states & 1u << row->value) == 0)
      g_error ("no claim is %s", row->id);
  g_assert_cmpuint (seen->settled, >, 5);
  g_assert_cmpuint (seen->due_today, >, 0);
  g_assert_cmpuint (seen->overdue, >, 0);
  g_assert_cmpuint (seen->paused, >, 2);
  g_assert_cmpuint (seen->overridden, >, 0);
  g_assert_cmpuint (seen->appealed, >, 2);
  g_assert_cmpuint (seen->insurers, >, 0);
  g_assert_cmpuint (seen->messages, >, 5);
  g_assert_cmphex (seen->exclusions & ~1u, !=, 0);
}

static void
test_stories (gconstpointer contracts)
{
  g_auto (Data) data = create_data (1, WUYOU_TEST_NOW, GPOINTER_TO_UINT (contracts), 0);
  g_autoptr (GHashTable) on = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) paid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Seen seen = { 0 };
  gint64 created_at = 0;

  for (guint i = 0; i < data.claims->rows->len; i++) {
    g_autoptr (WuyouDemoClaimStory) story = wuyou_demo_claim_story_new (data.claims, i);
    const WuyouClaim *claim = get_last (story)->claim;

    check_story (&data, i, story);
    look (&data, story, &seen);
    g_assert_cmpint (claim->created_at, >=, created_at);
    created_at = claim->created_at;
    g_assert_true (g_hash_table_add (on, g_strdup (claim->contract_id)));
    if (claim->state == WUYOU_CLAIM_CLOSED_PAID)
      g_hash_table_add (paid, g_strdup (claim->contract_id));
  }
  check_seen (&seen);
  check_fulfilled (&data, paid);
}

/* On any day of the week and at any time of the day. */
static void
test_hours (void)
{
  for (int hour = 0; hour < 24 * 9; hour += 7) {
    gint64 now = wuyou_date_start (20780) + hour * G_GINT64_CONSTANT (3600000000);
    g_auto (Data) data = create_data (3, now, 300, 20);

    for (guint i = 0; i < data.claims->rows->len; i++) {
      g_autoptr (WuyouDemoClaimStory) story = wuyou_demo_claim_story_new (data.claims, i);

      check_story (&data, i, story);
    }
  }
}

/* Claims that stand as they are now, before those that are told whole, and each on a contract of its own. */
static void
test_further (void)
{
  g_auto (Data) data = create_data (2, WUYOU_TEST_NOW, 4000, 1500);
  g_autoptr (GHashTable) on = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint open = 0;

  for (guint i = 0; i < data.claims->rows->len; i++) {
    g_autoptr (WuyouDemoClaimStory) story = wuyou_demo_claim_story_new (data.claims, i);
    const WuyouClaim *claim = get_last (story)->claim;

    check_story (&data, i, story);
    g_assert_true (g_hash_table_add (on, g_strdup (claim->contract_id)));
    if (i >= 1500)
      continue;
    g_assert_cmpint (claim->state, !=, WUYOU_CLAIM_CLOSED_PAID);
    open += wuyou_claim_is_open (claim);
  }
  g_assert_cmpuint (open, >, 100);
  g_assert_cmpuint (open, <, 700);
}

static void
test_too_many (void)
{
  g_autoptr (WuyouDemoWorld) world = wuyou_demo_world_new (2, WUYOU_TEST_NOW, 120, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (wuyou_demo_claims_new (world, NULL, 121, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
}

/* --- evidence --- */

static const WuyouEvidence *
get_evidence (const WuyouDemoEvidencePlan *plan, guint i)
{
  return wuyou_demo_evidence_file_at (plan->files->pdata[i], G_MAXINT64);
}

/* As they stand now, borrowed, newest first as the server reads them. */
static GPtrArray *
list_evidence (const WuyouDemoEvidencePlan *plan)
{
  GPtrArray *evidence = g_ptr_array_new ();

  for (guint i = plan->files->len; i > 0; i--)
    g_ptr_array_add (evidence, (gpointer) get_evidence (plan, i - 1));
  return evidence;
}

static void
check_file (const WuyouDemoClaimStory *story, const WuyouDemoEvidencePlan *plan, guint i, gint64 now)
{
  const WuyouEvidence *evidence = get_evidence (plan, i);
  const WuyouChecklistRow *row = wuyou_checklist_find (plan->rows, evidence->slot);
  const WuyouClaim *claim = get_last (story)->claim;
  g_autoptr (GError) error = NULL;

  g_assert_true (row != NULL || wuyou_claim_slot_find (evidence->slot) != NULL);
  g_assert_cmpint (evidence->sensitive, ==, row != NULL && row->sensitive);
  g_assert_true (!evidence->sensitive || claim->consent_sensitive);
  wuyou_evidence_check_facts (evidence, &error);
  g_assert_no_error (error);
  g_assert_cmpint (evidence->created_at, >=, claim->created_at - G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  g_assert_cmpint (evidence->created_at, <=, now);
  g_assert_cmpint (evidence->judged_at, <=, now);
  g_assert_cmpint (evidence->return_reason != 0, ==,
                   evidence->state == WUYOU_EVIDENCE_RETURNED || evidence->state == WUYOU_EVIDENCE_SUPERSEDED);
  g_assert_cmpint (evidence->judged_by != NULL, ==, evidence->state != WUYOU_EVIDENCE_AVAILABLE);
}

/* What the guards of the server would find. */
static void
check_slots (const WuyouClaim *claim, const GPtrArray *evidence, const GPtrArray *rows)
{
  gboolean whole = wuyou_evidence_check_complete (evidence, rows, claim->phase, claim->consent_sensitive, NULL);
  gboolean supplied
      = wuyou_evidence_check_request (evidence, claim->request_json, claim->phase, claim->requested_at, NULL);

  switch (claim->state) {
  case WUYOU_CLAIM_DRAFT:
  case WUYOU_CLAIM_REPORTED:
  case WUYOU_CLAIM_REPLACING:
    g_assert_false (whole);
    break;
  case WUYOU_CLAIM_MORE_DOCS:
    g_assert_false (supplied);
    break;
  case WUYOU_CLAIM_PRE_SUBMITTED:
  case WUYOU_CLAIM_PRE_REVIEW:
  case WUYOU_CLAIM_FINAL_REVIEW:
  case WUYOU_CLAIM_APPROVED:
    g_assert_true (whole && supplied);
    break;
  case WUYOU_CLAIM_CLOSED_PAID:
    g_assert_cmpint ((int) wuyou_evidence_slot_state (evidence, WUYOU_SLOT_PAYMENT_PROOF, claim->phase), ==,
                     (int) WUYOU_SLOT_FILLED);
    break;
  default:
    break;
  }
}

static void
test_evidence (void)
{
  g_auto (Data) data = create_data (1, WUYOU_TEST_NOW, 300, 0);
  guint states = 0, contradictions = 0;

  for (guint i = 0; i < data.claims->rows->len; i++) {
    g_autoptr (WuyouDemoClaimStory) story = wuyou_demo_claim_story_new (data.claims, i);
    g_autoptr (WuyouDemoEvidencePlan) plan = wuyou_demo_evidence_plan_new (data.claims, story, NULL);
    g_autoptr (GPtrArray) evidence = list_evidence (plan);
    g_autoptr (GPtrArray) found = wuyou_evidence_compare (story->contract, get_last (story)->claim, evidence);

    for (guint j = 0; j < plan->files->len; j++) {
      check_file (story, plan, j, data.world->plan.now);
      states |= 1u << get_evidence (plan, j)->state;
    }
    check_slots (get_last (story)->claim, evidence, plan->rows);
    contradictions += found->len;
  }
  g_assert_cmphex (states, ==,
                   1u << WUYOU_EVIDENCE_AVAILABLE | 1u << WUYOU_EVIDENCE_VERIFIED | 1u << WUYOU_EVIDENCE_RETURNED
                       | 1u << WUYOU_EVIDENCE_SUPERSEDED);
  g_assert_cmpuint (contradictions, >=, 1);
  g_assert_cmpuint (contradictions, <=, 4);
}

/* Each kind is what its name says, and no two are the same. */
static void
test_scans (void)
{
  g_auto (Data) data = create_data (1, WUYOU_TEST_NOW, 300, 0);
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WuyouDemoClaimStory) story = wuyou_demo_claim_story_new (data.claims, 0);
  g_autoptr (WuyouDemoEvidencePlan) plan = wuyou_demo_evidence_plan_new (data.claims, story, NULL);
  guint photos = 0;

  if (!wuyou_paper_check_fonts (NULL)) {
    g_test_skip ("no Chinese font");
    return;
  }
  for (guint i = 0; i < plan->files->len; i++) {
    WuyouDemoEvidenceFile *file = plan->files->pdata[i];
    g_autoptr (GBytes) bytes = wuyou_demo_evidence_scan (file, get_last (story)->claim, NULL);
    gboolean photo = g_str_equal (file->added->media_type, "image/jpeg");

    g_assert_nonnull (bytes);
    g_assert_cmpuint (g_bytes_get_size (bytes), >, 2000);
    g_assert_cmpint (memcmp (g_bytes_get_data (bytes, NULL), photo ? "\xff\xd8\xff" : "%PDF", photo ? 3 : 4), ==, 0);
    g_assert_true (g_hash_table_add (hashes, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes)));
    photos += photo;
  }
  g_assert_cmpuint (plan->files->len, >, 15);
  g_assert_cmpuint (photos, >, 2);
}

static char *
tell_all (guint64 seed)
{
  g_auto (Data) data = create_data (seed, WUYOU_TEST_NOW, 150, 30);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < data.claims->rows->len; i++) {
    g_autoptr (WuyouDemoClaimStory) story = wuyou_demo_claim_story_new (data.claims, i);

    for (guint j = 0; j < story->steps->len; j++) {
      const WuyouDemoClaimStep *step = story->steps->pdata[j];

      g_string_append_printf (out, "%s %s ", step->action, step->actor != NULL ? step->actor->account->id : "");
      wuyou_record_write_json (&wuyou_claim_type, step->claim, 0, out);
      for (guint k = 0; step->messages != NULL && k < step->messages->len; k++)
        g_string_append (out, ((WuyouClaimMessage *) step->messages->pdata[k])->id);
    }
  }
  return g_string_free (out, FALSE);
}

static void
test_same_seed (void)
{
  g_autofree char *first = tell_all (7);
  g_autofree char *again = tell_all (7);
  g_autofree char *other = tell_all (8);

  g_assert_true (g_str_equal (first, again));
  g_assert_false (g_str_equal (first, other));
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_data_func ("/demo-claims/stories/300", GUINT_TO_POINTER (300), test_stories);
  g_test_add_data_func ("/demo-claims/stories/5000", GUINT_TO_POINTER (5000), test_stories);
  g_test_add_func ("/demo-claims/hours", test_hours);
  g_test_add_func ("/demo-claims/further", test_further);
  g_test_add_func ("/demo-claims/too-many", test_too_many);
  g_test_add_func ("/demo-claims/evidence", test_evidence);
  g_test_add_func ("/demo-claims/scans", test_scans);
  g_test_add_func ("/demo-claims/same-seed", test_same_seed);
  return g_test_run ();
}
