/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-contract.h"

#include "sales/wuyou-identity.h"
#include "sales/wuyou-price-rules.h"
#include "sales/wuyou-term-rules.h"
#include "demo/wuyou-demo-identity.h"

#define YUAN 100
#define HUNDRED_YUAN 10000
#define SERIALS 1000000
#define STRIDE 618033              /* without a common factor with SERIALS, so that no two cars have the same serial */
#define ELECTRONIC_ONLY_FROM 20058 /* 2024-12-01 */

typedef struct {
  const WuyouDemoPlan *plan;
  const WuyouProduct *product;
  WuyouDemoRandom *random;
  WuyouContract *contract;
  const WuyouDemoRegion *region;
  WuyouDate today;
} Form;

static gboolean
allows (const WuyouProduct *product, int condition)
{
  return (product->rules.conditions & (1u << condition)) != 0;
}

static void
fill_invoice (Form *form)
{
  WuyouContract *c = form->contract;
  gboolean paper = c->first_invoice_on < ELECTRONIC_ONLY_FROM && wuyou_demo_random_chance (form->random, 800);
  int year = wuyou_demo_year (c->first_invoice_on);

  if (paper) {
    c->invoice_code = g_strdup_printf ("153%s%02d%s", "0020", year % 100, "130");
    c->invoice_no = g_strdup_printf ("%08u", wuyou_demo_random_below (form->random, 100000000));
  } else {
    c->invoice_no = g_strdup_printf ("%02d53%05u%011" G_GINT64_FORMAT, year % 100, 20000u,
                                     wuyou_demo_random_between (form->random, 0, G_GINT64_CONSTANT (99999999999)));
  }
}

/* New cars sell a little under the list price; used ones lose about a percent a month. */
static gint64
compute_invoice_amount (Form *form, gint64 months)
{
  gint64 share = wuyou_demo_random_between (form->random, 860, 1000) - months * 11;

  return form->contract->msrp_fen * share / 1000 / HUNDRED_YUAN * HUNDRED_YUAN;
}

static void
fill_age (Form *form)
{
  WuyouContract *c = form->contract;
  gint64 months = 0;

  if (c->condition == WUYOU_CONDITION_NEW) {
    c->first_invoice_on = form->today - (WuyouDate) wuyou_demo_random_between (form->random, 0, 35);
    c->mileage_km = wuyou_demo_random_between (form->random, 8, 1800);
  } else {
    months = wuyou_demo_random_between (form->random, 13, form->product->rules.max_age_months_used - 3);
    c->first_invoice_on
        = wuyou_date_add_months (form->today, -(int) months) - (WuyouDate) wuyou_demo_random_below (form->random, 25);
    c->mileage_km = months * wuyou_demo_random_between (form->random, 600, 2100);
    c->transferred = TRUE;
  }
  c->invoice_amount_fen = compute_invoice_amount (form, months);
  fill_invoice (form);
}

static void
fill_vehicle (Form *form, guint serial)
{
  const WuyouDemoModel *model = wuyou_demo_random_pick (form->random, form->plan->words->models);
  WuyouContract *c = form->contract;

  c->brand = model->brand;
  c->series = g_strdup (model->series);
  c->model = g_strdup (model->name);
  c->energy = model->energy;
  c->seats = model->seats;
  c->msrp_fen = model->msrp_fen;
  fill_age (form);
  c->vin = wuyou_demo_vin (form->random, model, wuyou_demo_year (c->first_invoice_on), serial);
  c->engine_no = wuyou_demo_digits (form->random, 8);
  if (c->condition == WUYOU_CONDITION_USED || wuyou_demo_random_chance (form->random, 350))
    c->plate = wuyou_demo_plate (form->random, form->region->plate, c->energy);
}

static void
fill_person (Form *form)
{
  const WuyouDemoWords *words = form->plan->words;
  WuyouContract *c = form->contract;

  c->owner_kind = WUYOU_OWNER_PERSON;
  c->vehicle_use = WUYOU_USE_PRIVATE;
  c->owner_name = wuyou_demo_person_name (form->random, words);
  if (wuyou_demo_random_chance (form->random, 985)) {
    c->owner_id_type = WUYOU_IDENTITY_RESIDENT;
    c->owner_id_no = wuyou_demo_resident_id (form->random, wuyou_demo_random_pick (form->random, words->birth_regions),
                                             form->today);
  } else {
    c->owner_id_type = WUYOU_IDENTITY_HK_MACAU_PERMIT;
    c->owner_id_no = g_strdup_printf ("H%08u", wuyou_demo_random_below (form->random, 100000000));
  }
}

static void
fill_company (Form *form)
{
  const WuyouDemoWords *words = form->plan->words;
  WuyouContract *c = form->contract;

  c->owner_kind = WUYOU_OWNER_COMPANY;
  c->vehicle_use = WUYOU_USE_COMPANY;
  c->owner_name = wuyou_demo_company_name (form->random, words);
  c->owner_id_type = WUYOU_IDENTITY_CREDIT_CODE;
  c->owner_id_no = wuyou_demo_credit_code (form->random, form->region->code);
  c->agent_name = wuyou_demo_person_name (form->random, words);
  c->agent_mobile = wuyou_demo_mobile (form->random, words);
}

static void
fill_owner (Form *form)
{
  const WuyouDemoWords *words = form->plan->words;
  WuyouContract *c = form->contract;

  if (wuyou_demo_random_chance (form->random, 800))
    fill_person (form);
  else
    fill_company (form);
  c->owner_mobile = wuyou_demo_mobile (form->random, words);
  if (wuyou_demo_random_chance (form->random, 250))
    c->owner_email = g_strdup_printf ("user%06u@%s", wuyou_demo_random_below (form->random, 1000000),
                                      (const char *) wuyou_demo_random_pick (form->random, words->mail_domains));
  c->owner_address = wuyou_demo_address (form->random, words, form->region);
  c->owner_source = wuyou_demo_random_chance (form->random, 900) ? WUYOU_SOURCE_PLATFORM : WUYOU_SOURCE_PAPER;
}

static void
fill_policies (Form *form)
{
  const WuyouDemoInsurer *insurer = wuyou_demo_random_pick (form->random, form->plan->words->insurers);
  WuyouContract *c = form->contract;
  WuyouDate first = c->condition == WUYOU_CONDITION_NEW ? c->first_invoice_on : form->today - 280;

  c->commercial_insurer = g_strdup (insurer->name);
  c->commercial_from = (WuyouDate) wuyou_demo_random_between (form->random, first, form->today);
  c->commercial_to = wuyou_term_last_day (c->commercial_from, 12);
  c->commercial_policy_no = wuyou_demo_policy_no (form->random, insurer, "SY", c->commercial_from);
  c->commercial_sum_fen = c->invoice_amount_fen * wuyou_demo_random_between (form->random, 940, 1000) / 1000
                          / HUNDRED_YUAN * HUNDRED_YUAN;
  if (wuyou_demo_random_chance (form->random, 120))
    insurer = wuyou_demo_random_pick (form->random, form->plan->words->insurers);
  c->compulsory_insurer = g_strdup (insurer->name);
  c->compulsory_from = c->commercial_from;
  c->compulsory_to = c->commercial_to;
  c->compulsory_policy_no = wuyou_demo_policy_no (form->random, insurer, "JQ", c->compulsory_from);
}

static const WuyouPrice *
pick_price (Form *form)
{
  const WuyouContract *c = form->contract;
  const WuyouPrice *found[4];
  guint n = 0;

  for (guint i = 0; i < form->product->prices->len && n < G_N_ELEMENTS (found); i++) {
    const WuyouPrice *price = &g_array_index (form->product->prices, WuyouPrice, i);

    if (price->condition == c->condition && price->min_invoice_fen <= c->invoice_amount_fen
        && c->invoice_amount_fen <= price->max_invoice_fen)
      found[n++] = price;
  }
  if (n == 0)
    return NULL;
  return found[wuyou_demo_random_chance (form->random, 700) ? 0 : wuyou_demo_random_below (form->random, n)];
}

/* A discount, to whole ten yuan. */
static gint64
pick_received (Form *form, const WuyouPrice *price)
{
  gint64 fen = wuyou_demo_random_between (form->random, price->min_received_fen / YUAN / 10,
                                          price->max_received_fen / YUAN / 10)
               * 10 * YUAN;

  return CLAMP (fen, price->min_received_fen, price->max_received_fen);
}

static void
fill_price (Form *form)
{
  const WuyouPrice *price = pick_price (form);
  WuyouContract *c = form->contract;

  c->product_id = g_strdup (form->product->id);
  if (price == NULL)
    return;
  c->term_months = price->term_months;
  c->gift = wuyou_demo_random_chance (form->random, 30);
  if (c->gift)
    c->received_fen = 0;
  else if (wuyou_demo_random_chance (form->random, 550))
    c->received_fen = price->max_received_fen;
  else
    c->received_fen = pick_received (form, price);
  wuyou_price_apply (c, form->product);
}

static void
fill_consents (Form *form, const char *seller_id)
{
  WuyouContract *c = form->contract;

  c->consent_processing = c->consent_sensitive = c->consent_provision = TRUE;
  c->consent_on = form->today;
  c->consent_attested_by = g_strdup (seller_id);
  c->consent_attested_at = c->created_at;
}

void
wuyou_demo_contract_fill (const WuyouDemoPlan *plan,
                          guint index,
                          const WuyouProduct *product,
                          WuyouDemoRandom *random,
                          WuyouContract *contract)
{
  guint serial = (guint) (((guint64) index * STRIDE + plan->seed * 7919) % SERIALS);
  Form form = {
    .plan = plan,
    .product = product,
    .random = random,
    .contract = contract,
    .region = wuyou_demo_random_pick (random, plan->words->regions),
    .today = wuyou_date_of_instant (contract->created_at),
  };

  if (contract->condition == 0)
    contract->condition = allows (product, WUYOU_CONDITION_USED) && wuyou_demo_random_chance (random, 280)
                              ? WUYOU_CONDITION_USED
                              : WUYOU_CONDITION_NEW;
  fill_vehicle (&form, serial);
  fill_owner (&form);
  fill_policies (&form);
  fill_price (&form);
  fill_consents (&form, contract->created_by);
}

void
wuyou_demo_contract_forget (WuyouDemoRandom *random, WuyouContract *c)
{
  if (wuyou_demo_random_chance (random, 400)) {
    c->consent_processing = c->consent_sensitive = c->consent_provision = FALSE;
    c->consent_on = WUYOU_DATE_NONE;
    c->consent_attested_at = 0;
    g_clear_pointer (&c->consent_attested_by, g_free);
  }
  if (wuyou_demo_random_chance (random, 500)) {
    c->received_fen = c->retail_fen = c->wholesale_fen = c->term_months = 0;
    g_clear_pointer (&c->product_id, g_free);
  }
  if (wuyou_demo_random_chance (random, 300)) {
    c->compulsory_from = c->compulsory_to = WUYOU_DATE_NONE;
    g_clear_pointer (&c->compulsory_policy_no, g_free);
  }
}
