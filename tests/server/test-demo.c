/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-calendar.h"
#include "base/wuyou-text.h"
#include "sales/wuyou-contact.h"
#include "sales/wuyou-credit-code.h"
#include "sales/wuyou-identity.h"
#include "sales/wuyou-invoice.h"
#include "sales/wuyou-price-rules.h"
#include "sales/wuyou-vin.h"
#include "demo/wuyou-demo-identity.h"
#include "demo/wuyou-demo-world.h"
#include "wuyou-test.h"
#include "sales/wuyou-contract-rules.h"

#define SEEDS 20000

static WuyouDemoWorld *
create_world (guint64 seed, guint contracts)
{
  g_autoptr (GError) error = NULL;
  WuyouDemoWorld *world = wuyou_demo_world_new (seed, WUYOU_TEST_NOW, contracts, &error);

  g_assert_no_error (error);
  g_assert_nonnull (world);
  return world;
}

#define assert_passes(call)                                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (GError) error = NULL;                                                                                   \
    gboolean passed = call;                                                                                            \
    g_assert_no_error (error);                                                                                         \
    g_assert_true (passed);                                                                                            \
  }                                                                                                                    \
  G_STMT_END

static void
check_car (WuyouDemoRandom *random, const WuyouDemoWords *words, guint serial)
{
  const WuyouDemoModel *model = wuyou_demo_random_pick (random, words->models);
  const WuyouDemoRegion *region = wuyou_demo_random_pick (random, words->regions);
  g_autofree char *vin = wuyou_demo_vin (random, model, 2019 + (int) (serial % 8), serial);
  g_autofree char *plate = wuyou_demo_plate (random, region->plate, model->energy);
  WuyouVinFinding finding = wuyou_vin_examine (vin, wuyou_date_of_instant (WUYOU_TEST_NOW));

  assert_passes (wuyou_vin_check (vin, &error));
  assert_passes (wuyou_plate_check (plate, &error));
  g_assert_true (finding.check_digit_is_right);
  g_assert_false (finding.needs_reason);
  g_assert_cmpint (finding.brand, ==, model->brand);
  g_assert_cmpint (finding.model_year, ==, 2019 + (int) (serial % 8));
  g_assert_cmpint (wuyou_plate_is_new_energy (plate), ==, model->energy != WUYOU_ENERGY_PETROL);
}

static void
check_owner (WuyouDemoRandom *random, const WuyouDemoWords *words)
{
  WuyouDate today = wuyou_date_of_instant (WUYOU_TEST_NOW);
  const WuyouDemoRegion *region = wuyou_demo_random_pick (random, words->regions);
  g_autofree char *id = wuyou_demo_resident_id (random, wuyou_demo_random_pick (random, words->birth_regions), today);
  g_autofree char *code = wuyou_demo_credit_code (random, region->code);
  g_autofree char *mobile = wuyou_demo_mobile (random, words);
  g_autofree char *person = wuyou_demo_person_name (random, words);
  g_autofree char *company = wuyou_demo_company_name (random, words);
  g_autofree char *address = wuyou_demo_address (random, words, region);

  assert_passes (wuyou_identity_check (WUYOU_IDENTITY_RESIDENT, id, &error));
  g_assert_true (wuyou_identity_is_adult (WUYOU_IDENTITY_RESIDENT, id, today));
  assert_passes (wuyou_credit_code_check (code, &error));
  g_assert_true (wuyou_credit_code_has_right_organisation_code (code));
  assert_passes (wuyou_mobile_check (mobile, &error));
  assert_passes (wuyou_name_check (person, &error));
  assert_passes (wuyou_name_check (company, &error));
  assert_passes (wuyou_text_check (address, &error));
}

static void
test_numbers (void)
{
  g_autoptr (WuyouDemoWorld) world = create_world (1, 1);

  for (guint i = 0; i < SEEDS; i++) {
    WuyouDemoRandom random = wuyou_demo_random (i, 0);

    check_car (&random, world->words, i * 49);
    check_owner (&random, world->words);
  }
}

static void
check_product (WuyouProduct *product)
{
  assert_passes (wuyou_record_check (&wuyou_product_type, product, WUYOU_FIELD_ALWAYS, &error));
  assert_passes (wuyou_price_check_table (product, &error));
  g_assert_true (wuyou_product_is_on_sale (product, wuyou_demo_plan_first_day (WUYOU_TEST_NOW)));
  g_assert_null (strstr (product->terms_text, "<!--"));
  g_assert_nonnull (strstr (product->terms_text, product->label));
  g_assert_nonnull (strstr (product->terms_text, product->code));
}

static void
test_world (void)
{
  g_autoptr (WuyouDemoWorld) world = create_world (1, 1);
  guint states = 0, families = 0;

  for (guint i = 0; i < world->orgs->len; i++) {
    WuyouOrg *org = world->orgs->pdata[i];

    assert_passes (wuyou_record_check (&wuyou_org_type, org, WUYOU_FIELD_ALWAYS, &error));
    assert_passes (wuyou_credit_code_check (org->credit_code, &error));
  }
  for (guint i = 0; i < world->accounts->len; i++) {
    WuyouDemoAccount *demo = world->accounts->pdata[i];
    const char *words[] = { demo->account->name, demo->account->email, demo->org->name, NULL };

    assert_passes (wuyou_record_check (&wuyou_account_type, demo->account, WUYOU_FIELD_ALWAYS, &error));
    assert_passes (wuyou_password_check (world->password, words, &error));
    g_assert_cmpuint (wuyou_account_get_roles (demo->account), !=, 0);
    states |= 1u << demo->state;
  }
  for (guint i = 0; i < world->products->len; i++) {
    check_product (world->products->pdata[i]);
    families |= 1u << ((WuyouProduct *) world->products->pdata[i])->family;
  }
  g_assert_cmphex (states, ==, 0x1fe);
  g_assert_cmphex (families, ==, 0xe);
  for (WuyouRole role = WUYOU_ROLE_OSYS; role < WUYOU_N_ROLES; role++)
    g_assert_nonnull (wuyou_demo_world_find_account (world, role, NULL));
}

static void
check_submitted (const WuyouDemoWorld *world, const WuyouDemoStep *step)
{
  WuyouContractFacts facts = {
    .today = wuyou_date_of_instant (step->at),
    .invoice_available = TRUE,
    .policy_available = TRUE,
  };

  for (guint i = 0; i < world->products->len; i++)
    if (g_strcmp0 (((WuyouProduct *) world->products->pdata[i])->id, step->contract->product_id) == 0)
      facts.product = world->products->pdata[i];
  assert_passes (wuyou_contract_check (step->contract, &facts, &error));
}

static void
check_story (const WuyouDemoWorld *world, GPtrArray *steps)
{
  const WuyouContract *last = ((WuyouDemoStep *) steps->pdata[steps->len - 1])->contract;
  gint64 at = 0;

  for (guint i = 0; i < steps->len; i++) {
    WuyouDemoStep *step = steps->pdata[i];

    g_assert_cmpint (step->at, >=, at);
    g_assert_cmpint (step->at, <=, WUYOU_TEST_NOW);
    at = step->at;
    if (g_str_equal (step->action, "submit") || g_str_equal (step->action, "send-to-review"))
      check_submitted (world, step);
  }
  assert_passes (wuyou_record_check (&wuyou_contract_type, last, WUYOU_FIELD_ALWAYS, &error));
  if (last->state == WUYOU_CONTRACT_ACTIVE) {
    g_assert_cmpint (last->effective_on, <=, wuyou_date_of_instant (WUYOU_TEST_NOW));
    g_assert_cmpint (last->ends_on, >=, wuyou_date_of_instant (WUYOU_TEST_NOW));
    g_assert_cmpint (last->paid_fen, ==, last->received_fen);
    g_assert_true (last->commercial_from <= last->effective_on && last->commercial_to >= last->effective_on);
  }
}

static void
check_spread (GHashTable *states, guint persons, guint contracts)
{
  for (const WuyouEnum *row = wuyou_contract_states; row->id != NULL; row++)
    if (!g_hash_table_contains (states, GINT_TO_POINTER (row->value)))
      g_error ("no contract is %s", row->id);
  g_assert_cmpuint (persons * 100, >, contracts * 74);
  g_assert_cmpuint (persons * 100, <, contracts * 86);
}

static void
test_stories (gconstpointer data)
{
  guint contracts = GPOINTER_TO_UINT (data), persons = 0;
  g_autoptr (WuyouDemoWorld) world = create_world (1, contracts);
  g_autoptr (GHashTable) states = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) vins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 created_at = 0;

  for (guint i = 0; i < contracts; i++) {
    g_autoptr (GPtrArray) steps = wuyou_demo_contract_story (&world->plan, i);
    const WuyouContract *last = ((WuyouDemoStep *) steps->pdata[steps->len - 1])->contract;

    check_story (world, steps);
    g_assert_cmpint (last->created_at, >=, created_at);
    created_at = last->created_at;
    g_hash_table_add (states, GINT_TO_POINTER (last->state));
    g_assert_true (g_hash_table_add (vins, g_strdup (last->vin)));
    persons += last->owner_kind == WUYOU_OWNER_PERSON;
  }
  check_spread (states, persons, contracts);
}

static char *
tell_all (guint64 seed, guint contracts)
{
  g_autoptr (WuyouDemoWorld) world = create_world (seed, contracts);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < contracts; i++) {
    g_autoptr (GPtrArray) steps = wuyou_demo_contract_story (&world->plan, i);

    for (guint j = 0; j < steps->len; j++) {
      WuyouDemoStep *step = steps->pdata[j];

      g_string_append_printf (out, "%s %s ", step->action, step->account_id);
      wuyou_record_write_json (&wuyou_contract_type, step->contract, 0, out);
    }
  }
  return g_string_free (out, FALSE);
}

static void
test_same_seed (void)
{
  g_autofree char *first = tell_all (7, 120);
  g_autofree char *again = tell_all (7, 120);
  g_autofree char *other = tell_all (8, 120);

  g_assert_true (g_str_equal (first, again));
  g_assert_false (g_str_equal (first, other));
}

/* At night and on the stroke of opening, nothing may lie in the future. */
static void
test_hours (void)
{
  for (int minute = 0; minute < 24 * 60; minute += 29) {
    gint64 now = wuyou_date_start (20780) + minute * G_GINT64_CONSTANT (60000000);
    g_autoptr (WuyouDemoWorld) world = wuyou_demo_world_new (3, now, 100, NULL);

    for (guint i = 0; i < 100; i++) {
      g_autoptr (GPtrArray) steps = wuyou_demo_contract_story (&world->plan, i);

      g_assert_cmpint (((WuyouDemoStep *) steps->pdata[steps->len - 1])->at, <=, now);
    }
  }
}

static void
test_support (void)
{
  g_autoptr (JsonObject) support = wuyou_demo_file_object ("support.json", NULL);
  g_autoptr (WuyouCalendar) calendar = wuyou_calendar_new_from_json (support, NULL);
  const struct {
    const char *day;
    int hour, minute;
    gboolean open;
  } rows[] = {
    { "2025-10-01", 10, 0, FALSE }, { "2025-10-11", 10, 0, TRUE },  { "2025-10-09", 9, 0, TRUE },
    { "2025-10-09", 8, 59, FALSE }, { "2025-10-09", 18, 0, FALSE }, { "2026-02-14", 10, 0, TRUE },
    { "2026-02-15", 10, 0, FALSE }, { "2026-11-22", 10, 0, FALSE }, { "2026-11-23", 17, 59, TRUE },
    { "2027-10-01", 10, 0, FALSE }, { "2027-10-09", 10, 0, TRUE },
  };

  g_assert_nonnull (calendar);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 at = wuyou_date_start (wuyou_date_parse (rows[i].day))
                + (rows[i].hour * 60 + rows[i].minute) * G_GINT64_CONSTANT (60000000);

    if (wuyou_calendar_is_open (calendar, at) != rows[i].open)
      g_error ("%s %d:%02d", rows[i].day, rows[i].hour, rows[i].minute);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/demo/numbers", test_numbers);
  g_test_add_func ("/demo/world", test_world);
  g_test_add_data_func ("/demo/stories/300", GUINT_TO_POINTER (300), test_stories);
  g_test_add_data_func ("/demo/stories/5000", GUINT_TO_POINTER (5000), test_stories);
  g_test_add_func ("/demo/same-seed", test_same_seed);
  g_test_add_func ("/demo/hours", test_hours);
  g_test_add_func ("/demo/support", test_support);
  return g_test_run ();
}
