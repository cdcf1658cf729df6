/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-id.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-settlement.h"
#include "demo/wuyou-demo-claim-tale.h"
#include "demo/wuyou-demo-identity.h"

#define YUAN 100
#define HUNDRED_YUAN 10000
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define SERIALS 1000000
#define TWIN_REPORT_NO "BA2026700413552"

/* --- who --- */

const WuyouDemoAccount *
wuyou_tale_get_clerk (const WuyouTale *tale)
{
  return g_hash_table_lookup (tale->claims->clerks, tale->story->seller->org_id);
}

/* Another one than before, once there was an appeal. */
static const WuyouDemoAccount *
pick_person (const WuyouTale *tale, const GPtrArray *people)
{
  guint appeal = tale->claim->previous_approver_id != NULL ? 1 : 0;

  return people->pdata[(tale->person + appeal) % people->len];
}

const WuyouDemoAccount *
wuyou_tale_get_assessor (const WuyouTale *tale)
{
  return pick_person (tale, tale->claims->assessors);
}

const WuyouDemoAccount *
wuyou_tale_get_approver (const WuyouTale *tale)
{
  return pick_person (tale, tale->claims->approvers);
}

const WuyouDemoAccount *
wuyou_tale_get_endorser (const WuyouTale *tale)
{
  const GPtrArray *approvers = tale->claims->approvers;
  const WuyouDemoAccount *approver = wuyou_tale_get_approver (tale);

  for (guint i = 0; i < approvers->len; i++)
    if (approvers->pdata[i] != approver)
      return approvers->pdata[i];
  return approver;
}

const WuyouDemoAccount *
wuyou_tale_get_finance (const WuyouTale *tale)
{
  return tale->claims->finance->pdata[tale->person % tale->claims->finance->len];
}

const WuyouDemoAccount *
wuyou_tale_get_insurer (const WuyouTale *tale)
{
  return tale->claim->insurer_org_id != NULL ? tale->claims->insurer : NULL;
}

char *
wuyou_tale_create_id (WuyouTale *tale)
{
  WuyouClock clock = wuyou_clock_fixed (&tale->at);
  WuyouIdSource source = { &clock, wuyou_demo_random_fill, &tale->random };

  return wuyou_id_new (&source);
}

/* --- words --- */

const char *
wuyou_tale_pick (WuyouTale *tale, JsonObject *object, const char *name)
{
  JsonArray *texts = wuyou_json_get_array (object, name);
  guint n = texts != NULL ? json_array_get_length (texts) : 0;

  return n > 0 ? json_array_get_string_element (texts, wuyou_demo_random_below (&tale->random, n)) : NULL;
}

JsonObject *
wuyou_tale_pick_object (WuyouTale *tale, const char *name)
{
  JsonArray *rows = wuyou_json_get_array (tale->claims->words, name);

  return wuyou_json_array_get_object (rows, wuyou_demo_random_below (&tale->random, json_array_get_length (rows)));
}

static WuyouClaimMessage *
write_message (WuyouTale *tale, JsonArray *row, gint64 at)
{
  const char *side = json_array_get_string_element (row, 0);
  const WuyouDemoAccount *who
      = g_str_equal (side, "DEALER") ? wuyou_tale_get_clerk (tale) : wuyou_tale_get_assessor (tale);
  WuyouClaimMessage *message = g_new0 (WuyouClaimMessage, 1);

  message->id = wuyou_tale_create_id (tale);
  message->account_id = g_strdup (who->account->id);
  message->side = g_strdup (side);
  message->text = g_strdup (json_array_get_string_element (row, 1));
  message->at = MIN (at, tale->claims->plan.now);
  return message;
}

GPtrArray *
wuyou_tale_write_messages (WuyouTale *tale, const char *action)
{
  JsonArray *threads = wuyou_json_get_array (wuyou_json_get_object (tale->claims->words, "messages"), action);
  GPtrArray *messages;
  JsonArray *thread;
  gint64 at = tale->at;

  if (threads == NULL || !wuyou_demo_random_chance (&tale->random, 400))
    return NULL;
  thread = json_array_get_array_element (threads,
                                         wuyou_demo_random_below (&tale->random, json_array_get_length (threads)));
  messages = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_message_free);
  for (guint i = 0; i < json_array_get_length (thread); i++) {
    at += wuyou_demo_random_between (&tale->random, 2, 25) * MINUTE;
    g_ptr_array_add (messages, write_message (tale, json_array_get_array_element (thread, i), at));
  }
  return messages;
}

/* --- the loss --- */

static int
pick_loss_type (WuyouTale *tale)
{
  JsonArray *rows = wuyou_json_get_array (tale->claims->words, "losses");
  gint64 at = wuyou_demo_random_below (&tale->random, 100);

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = wuyou_json_array_get_object (rows, i);

    at -= wuyou_json_get_int (row, "weight");
    if (at < 0)
      return wuyou_enum_find (wuyou_loss_types, wuyou_json_get_string (row, "type"))->value;
  }
  return WUYOU_LOSS_OTHER;
}

static char *
make_number (WuyouTale *tale, const char *start, guint length)
{
  g_autofree char *digits = wuyou_demo_digits (&tale->random, length);
  int year = wuyou_demo_year (wuyou_date_of_instant (tale->at));

  return g_strdup_printf ("%s%d%s", start, year, digits);
}

static void
fill_consent (WuyouTale *tale)
{
  WuyouClaim *claim = tale->claim;

  claim->consent_sensitive = TRUE;
  claim->consent_on = wuyou_date_of_instant (tale->at);
  claim->consent_attested_by = g_strdup (wuyou_tale_get_clerk (tale)->account->id);
  claim->consent_attested_at = tale->at;
}

/* A draft is still without what the caller had not at hand. */
void
wuyou_tale_fill_loss (WuyouTale *tale, gint64 loss_at)
{
  const WuyouDemoWords *words = tale->claims->plan.words;
  const WuyouContract *contract = tale->story->contract;
  const WuyouDemoRegion *region = wuyou_demo_random_pick (&tale->random, words->regions);
  const char *place = wuyou_tale_pick (tale, tale->claims->words, "places");
  gboolean company = contract->agent_name != NULL;
  WuyouClaim *claim = tale->claim;

  claim->loss_at = loss_at / MINUTE * MINUTE;
  claim->loss_type = pick_loss_type (tale);
  claim->loss_place = g_strconcat (region->name, place, NULL);
  claim->loss_cause = g_strdup (wuyou_tale_pick (tale, wuyou_json_get_object (tale->claims->words, "causes"),
                                                 wuyou_enum_id (wuyou_loss_types, claim->loss_type)));
  claim->informant_name = g_strdup (company ? contract->agent_name : contract->owner_name);
  claim->informant_mobile = g_strdup (company ? contract->agent_mobile : contract->owner_mobile);
  if (claim->loss_type == WUYOU_LOSS_THEFT || claim->loss_type == WUYOU_LOSS_COLLISION)
    claim->police_report_no = make_number (tale, "53", 8);
  if (tale->script->state == WUYOU_CLAIM_DRAFT)
    return;
  claim->insurer_report_no = tale->twin ? g_strdup (TWIN_REPORT_NO) : make_number (tale, "BA", 9);
  fill_consent (tale);
}

/* --- what the insurer paid --- */

static gint64
take_share (WuyouTale *tale, gint64 fen, gint64 least, gint64 most)
{
  return fen * wuyou_demo_random_between (&tale->random, least, most) / 1000 / HUNDRED_YUAN * HUNDRED_YUAN;
}

void
wuyou_tale_fill_payout (WuyouTale *tale)
{
  WuyouClaim *claim = tale->claim;

  claim->sum_insured_fen = MAX (take_share (tale, tale->story->contract->commercial_sum_fen, 820, 960), YUAN);
  claim->payout_fen = take_share (tale, claim->sum_insured_fen, 900, 1000);
}

/* --- the new car --- */

/* Of the same brand and no cheaper than the old one; the same model again when there is none. */
static const WuyouDemoModel *
pick_model (WuyouTale *tale)
{
  GPtrArray *models = tale->claims->plan.words->models;
  const WuyouContract *contract = tale->story->contract;
  guint first = wuyou_demo_random_below (&tale->random, models->len);

  for (guint i = 0; i < models->len; i++) {
    const WuyouDemoModel *model = models->pdata[(first + i) % models->len];

    if (model->brand == contract->brand && model->msrp_fen >= contract->msrp_fen
        && model->msrp_fen <= contract->msrp_fen * 3 / 2)
      return model;
  }
  for (guint i = 0; i < models->len; i++) {
    const WuyouDemoModel *model = models->pdata[i];

    if (g_strcmp0 (model->name, contract->model) == 0)
      return model;
  }
  return models->pdata[first];
}

void
wuyou_tale_fill_car (WuyouTale *tale)
{
  const WuyouDemoModel *model = pick_model (tale);
  WuyouDate day = wuyou_date_of_instant (tale->at);
  WuyouClaim *claim = tale->claim;

  claim->new_brand = model->brand;
  claim->new_series = g_strdup (model->series);
  claim->new_model = g_strdup (model->name);
  claim->new_msrp_fen = model->msrp_fen;
  claim->new_ordered_on = day;
  claim->new_vin
      = wuyou_demo_vin (&tale->random, model, wuyou_demo_year (day), wuyou_demo_random_below (&tale->random, SERIALS));
}

static gint64
pick_yuan (WuyouTale *tale, gint64 least, gint64 most)
{
  return wuyou_demo_random_between (&tale->random, least, most) * YUAN;
}

void
wuyou_tale_fill_costs (WuyouTale *tale)
{
  const WuyouContract *contract = tale->story->contract;
  WuyouDate day = wuyou_date_of_instant (tale->at);
  WuyouClaim *claim = tale->claim;

  claim->new_invoice_fen = take_share (tale, claim->new_msrp_fen, 880, 990);
  claim->new_invoice_no
      = g_strdup_printf ("%02d53%05u%011" G_GINT64_FORMAT, wuyou_demo_year (day) % 100, 20000u,
                         wuyou_demo_random_between (&tale->random, 0, G_GINT64_CONSTANT (99999999999)));
  claim->delivered_on = day;
  claim->old_tax_fen = wuyou_purchase_tax (contract->invoice_amount_fen);
  claim->new_tax_fen = wuyou_purchase_tax (claim->new_invoice_fen);
  claim->old_delivery_fen = pick_yuan (tale, 8, 20) * 100;
  claim->new_delivery_fen = pick_yuan (tale, 8, 20) * 100;
  claim->old_registration_fen = pick_yuan (tale, 120, 500);
  claim->new_registration_fen = pick_yuan (tale, 120, 500);
  claim->old_policy_fen = pick_yuan (tale, 5200, 11800);
  claim->new_policy_fen = pick_yuan (tale, 5600, 12600);
}
