/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-world.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "base/wuyou-json.h"

#define STREAM_IDS (G_GUINT64_CONSTANT (1) << 40) /* far from the streams of the contracts */
#define STREAM_ORGS 1000
#define STREAM_ACCOUNTS 2000
#define STREAM_PRODUCTS 3000

const WuyouEnum wuyou_demo_account_states[] = {
  { WUYOU_DEMO_READY, "ready", "可直接使用" },
  { WUYOU_DEMO_TOTP_NEEDED, "totp-needed", "须先设置动态口令" },
  { WUYOU_DEMO_INVITED, "invited", "已邀请" },
  { WUYOU_DEMO_INITIAL_PASSWORD, "initial-password", "须修改初始密码" },
  { WUYOU_DEMO_NOT_CONSENTED, "not-consented", "须同意协议" },
  { WUYOU_DEMO_LOCKED, "locked", "已锁定" },
  { WUYOU_DEMO_SUSPENDED, "suspended", "已停用" },
  { WUYOU_DEMO_CLOSED, "closed", "已注销" },
  { 0, NULL, NULL },
};

char *
wuyou_demo_world_create_id (const WuyouDemoWorld *world, gint64 at, guint64 stream)
{
  WuyouDemoRandom random = wuyou_demo_random (world->plan.seed, STREAM_IDS + stream);
  WuyouClock clock = wuyou_clock_fixed (&at);
  WuyouIdSource source = { &clock, wuyou_demo_random_fill, &random };

  return wuyou_id_new (&source);
}

static gint64
get_beginning (const WuyouDemoWorld *world)
{
  return wuyou_date_start (wuyou_demo_plan_first_day (world->plan.now) - 1);
}

static gboolean
refuse (GError **error, const char *file, const char *what)
{
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s: %s", file, what);
  return FALSE;
}

static int
read_enum (JsonObject *row, const char *name, const WuyouEnum *values)
{
  const WuyouEnum *found = wuyou_enum_find (values, wuyou_json_get_string (row, name));

  return found != NULL ? found->value : 0;
}

/* --- organisations --- */

static void
set_cooperation (const WuyouDemoWorld *world, WuyouOrg *org, JsonObject *row)
{
  const char *number = wuyou_json_get_string (row, "cooperation_no");
  int year;

  if (number == NULL)
    return;
  year = wuyou_demo_year (wuyou_date_of_instant (world->plan.now));
  org->cooperation_no = g_strdup (number);
  org->cooperation_from = wuyou_date_new (year - 3, 1, 1);
  org->cooperation_to = wuyou_date_new (year + 1, 12, 31);
}

static WuyouOrg *
read_org (const WuyouDemoWorld *world, JsonObject *row, const WuyouOrg *parent, guint index)
{
  WuyouOrg *org = wuyou_org_new ();

  org->id = wuyou_demo_world_create_id (world, get_beginning (world), STREAM_ORGS + index);
  org->kind = read_enum (row, "kind", wuyou_org_kinds);
  org->code = g_strdup (wuyou_json_get_string (row, "code"));
  org->name = g_strdup (wuyou_json_get_string (row, "name"));
  org->credit_code = g_strdup (wuyou_json_get_string (row, "credit_code"));
  org->address = g_strdup (wuyou_json_get_string (row, "address"));
  org->phone = g_strdup (wuyou_json_get_string (row, "phone"));
  org->legal_representative = g_strdup (wuyou_json_get_string (row, "legal_representative"));
  org->prepaid = wuyou_json_get_boolean (row, "prepaid");
  org->parent_id = parent != NULL ? g_strdup (parent->id) : NULL;
  org->path = g_strdup_printf ("%s%s/", parent != NULL ? parent->path : "/", org->code);
  org->created_at = org->updated_at = get_beginning (world);
  set_cooperation (world, org, row);
  return org;
}

static gboolean
read_orgs (WuyouDemoWorld *world, GHashTable *by_key, GError **error)
{
  g_autoptr (JsonObject) root = wuyou_demo_file_object ("organisations.json", error);
  JsonArray *rows = root != NULL ? wuyou_json_get_array (root, "organisations") : NULL;

  if (root == NULL)
    return FALSE;
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = wuyou_json_array_get_object (rows, i);
    const char *parent = wuyou_json_get_string (row, "parent");
    WuyouOrg *org = read_org (world, row, parent != NULL ? g_hash_table_lookup (by_key, parent) : NULL, i);

    g_ptr_array_add (world->orgs, org);
    g_hash_table_insert (by_key, g_strdup (wuyou_json_get_string (row, "key")), org);
  }
  return world->orgs->len > 0 || refuse (error, "organisations.json", "empty");
}

/* --- accounts --- */

static int
get_stored_state (int state)
{
  switch (state) {
  case WUYOU_DEMO_INVITED:
    return WUYOU_ACCOUNT_INVITED;
  case WUYOU_DEMO_SUSPENDED:
    return WUYOU_ACCOUNT_SUSPENDED;
  case WUYOU_DEMO_CLOSED:
    return WUYOU_ACCOUNT_CLOSED;
  default:
    return WUYOU_ACCOUNT_ACTIVE;
  }
}

static WuyouDemoAccount *
read_account (const WuyouDemoWorld *world, JsonObject *row, WuyouOrg *org, guint index)
{
  WuyouDemoAccount *demo = g_new0 (WuyouDemoAccount, 1);
  WuyouAccount *account = wuyou_account_new ();

  demo->account = account;
  demo->org = org;
  demo->state = read_enum (row, "state", wuyou_demo_account_states);
  demo->note = wuyou_json_get_string (row, "note");
  demo->sales_weight = (guint) wuyou_json_get_int (row, "sales_weight");
  account->id = wuyou_demo_world_create_id (world, get_beginning (world), STREAM_ACCOUNTS + index);
  account->org_id = g_strdup (org->id);
  account->name = g_strdup (wuyou_json_get_string (row, "name"));
  account->email = g_strdup (wuyou_json_get_string (row, "email"));
  account->phone = g_strdup (wuyou_json_get_string (row, "phone"));
  account->roles = g_strdup (wuyou_json_get_string (row, "roles"));
  account->state = get_stored_state (demo->state);
  account->created_at = account->updated_at = get_beginning (world);
  if (demo->state == WUYOU_DEMO_CLOSED)
    account->employed_until = wuyou_date_of_instant (world->plan.now) - 60;
  return demo;
}

static gboolean
read_accounts (WuyouDemoWorld *world, GHashTable *orgs, GError **error)
{
  JsonArray *rows;

  world->accounts_json = wuyou_demo_file_object ("accounts.json", error);
  if (world->accounts_json == NULL)
    return FALSE;
  world->password = g_strdup (wuyou_json_get_string (world->accounts_json, "password"));
  rows = wuyou_json_get_array (world->accounts_json, "accounts");
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = wuyou_json_array_get_object (rows, i);
    WuyouOrg *org = g_hash_table_lookup (orgs, wuyou_json_get_string (row, "org"));

    if (org == NULL)
      return refuse (error, "accounts.json", "unknown organisation");
    g_ptr_array_add (world->accounts, read_account (world, row, org, i));
  }
  return world->password != NULL || refuse (error, "accounts.json", "no password");
}

static void
free_account (gpointer data)
{
  WuyouDemoAccount *demo = data;

  wuyou_account_free (demo->account);
  g_free (demo);
}

/* --- products --- */

static char *
dup_member_json (JsonObject *row, const char *name)
{
  return json_object_has_member (row, name) ? wuyou_json_canonical (json_object_get_member (row, name)) : NULL;
}

/* The general terms and those of the product in one text; their version label becomes that of the product. */
static char *
read_terms (JsonObject *row, const char *label, GError **error)
{
  GString *text = g_string_new (NULL);
  JsonArray *files = wuyou_json_get_array (row, "terms");

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++) {
    g_autofree char *part = wuyou_demo_file_text (json_array_get_string_element (files, i), error);

    if (part == NULL)
      return g_string_free (text, TRUE);
    g_string_append (text, text->len > 0 ? "\n" : "");
    g_string_append (text, part);
  }
  g_string_replace (text, "2026.1", label, 0);
  return g_string_free (text, FALSE);
}

static gboolean
read_product (WuyouDemoWorld *world, const char *file, guint index, GError **error)
{
  g_autoptr (JsonObject) row = wuyou_demo_file_object (file, error);
  WuyouProduct *product;
  int year, month, day;

  if (row == NULL)
    return FALSE;
  product = wuyou_product_new ();
  g_ptr_array_add (world->products, product);
  wuyou_date_split (wuyou_demo_plan_first_day (world->plan.now) - 31, &year, &month, &day);
  product->id = wuyou_demo_world_create_id (world, get_beginning (world), STREAM_PRODUCTS + index);
  product->code = g_strdup (wuyou_json_get_string (row, "code"));
  product->label = g_strdup_printf ("%d.1", year);
  product->name = g_strdup (wuyou_json_get_string (row, "name"));
  product->family = read_enum (row, "family", wuyou_benefit_families);
  product->on_sale_from = wuyou_date_new (year, month, 1);
  product->terms_title = g_strdup (wuyou_json_get_string (row, "terms_title"));
  product->summary = g_strdup (wuyou_json_get_string (row, "summary"));
  product->rules_json = dup_member_json (row, "rules");
  product->prices_json = dup_member_json (row, "prices");
  product->benefit_json = dup_member_json (row, "benefit");
  product->created_at = product->updated_at = get_beginning (world);
  product->terms_text = read_terms (row, product->label, error);
  if (product->terms_text == NULL)
    return FALSE;
  product->terms_sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, product->terms_text, -1);
  return wuyou_product_parse (product, error);
}

static gboolean
read_products (WuyouDemoWorld *world, GError **error)
{
  static const char *const files[] = {
    "products/depreciation.json",
    "products/invoice-gap.json",
    "products/replacement.json",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (!read_product (world, files[i], i, error))
      return FALSE;
  return TRUE;
}

/* --- who sells --- */

WuyouOrg *
wuyou_demo_world_find_org (const WuyouDemoWorld *world, const char *id)
{
  for (guint i = 0; i < world->orgs->len; i++) {
    WuyouOrg *org = world->orgs->pdata[i];

    if (g_strcmp0 (org->id, id) == 0)
      return org;
  }
  return NULL;
}

WuyouDemoAccount *
wuyou_demo_world_find_person (const WuyouDemoWorld *world, const char *id)
{
  for (guint i = 0; i < world->accounts->len; i++) {
    WuyouDemoAccount *demo = world->accounts->pdata[i];

    if (g_strcmp0 (demo->account->id, id) == 0)
      return demo;
  }
  return NULL;
}

WuyouDemoAccount *
wuyou_demo_world_find_account (const WuyouDemoWorld *world, WuyouRole role, const WuyouOrg *org)
{
  for (guint i = 0; i < world->accounts->len; i++) {
    WuyouDemoAccount *demo = world->accounts->pdata[i];

    if (demo->state == WUYOU_DEMO_READY && (org == NULL || demo->org == org)
        && (wuyou_account_get_roles (demo->account) & WUYOU_ROLE_BIT (role)) != 0)
      return demo;
  }
  return NULL;
}

/* In the organisation itself, else in the one above it. */
static const char *
find_id (const WuyouDemoWorld *world, WuyouRole role, const WuyouOrg *org)
{
  while (org != NULL) {
    WuyouDemoAccount *demo = wuyou_demo_world_find_account (world, role, org);

    if (demo != NULL)
      return demo->account->id;
    org = wuyou_demo_world_find_org (world, org->parent_id);
  }
  return NULL;
}

static void
add_seller (WuyouDemoWorld *world, const WuyouDemoAccount *demo)
{
  for (guint i = 0; i < demo->sales_weight; i++) {
    WuyouDemoSeller *seller = g_new0 (WuyouDemoSeller, 1);

    seller->org_id = demo->org->id;
    seller->path = demo->org->path;
    seller->seller_id = demo->account->id;
    seller->manager_id = find_id (world, WUYOU_ROLE_DADM, demo->org);
    seller->cashier_id = find_id (world, WUYOU_ROLE_DFIN, demo->org);
    if (seller->cashier_id == NULL)
      seller->cashier_id = seller->manager_id;
    g_ptr_array_add (world->sellers, seller);
  }
}

static gboolean
read_sellers (WuyouDemoWorld *world, GError **error)
{
  WuyouDemoAccount *reviewer = wuyou_demo_world_find_account (world, WUYOU_ROLE_OOPS, NULL);
  WuyouDemoAccount *approver = wuyou_demo_world_find_account (world, WUYOU_ROLE_OCLB, NULL);
  WuyouDemoAccount *payer = wuyou_demo_world_find_account (world, WUYOU_ROLE_OFIN, NULL);

  for (guint i = 0; i < world->accounts->len; i++)
    add_seller (world, world->accounts->pdata[i]);
  if (world->sellers->len == 0 || reviewer == NULL || approver == NULL || payer == NULL)
    return refuse (error, "accounts.json", "nobody who sells, reviews, approves or pays");
  world->plan.reviewer_id = reviewer->account->id;
  world->plan.approver_id = approver->account->id;
  world->plan.payer_id = payer->account->id;
  return TRUE;
}

WuyouDemoWorld *
wuyou_demo_world_new (guint64 seed, gint64 now, guint contracts, GError **error)
{
  g_autoptr (WuyouDemoWorld) world = g_new0 (WuyouDemoWorld, 1);
  g_autoptr (GHashTable) orgs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  world->orgs = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_org_free);
  world->accounts = g_ptr_array_new_with_free_func (free_account);
  world->products = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_product_free);
  world->sellers = g_ptr_array_new_with_free_func (g_free);
  world->plan = (WuyouDemoPlan){ .seed = seed, .now = now, .contracts = contracts, .first_number = 1 };
  world->words = wuyou_demo_words_load (error);
  if (world->words == NULL || !read_orgs (world, orgs, error) || !read_accounts (world, orgs, error)
      || !read_products (world, error) || !read_sellers (world, error))
    return NULL;
  world->plan.words = world->words;
  world->plan.products = world->products;
  world->plan.sellers = world->sellers;
  return g_steal_pointer (&world);
}

void
wuyou_demo_world_free (WuyouDemoWorld *world)
{
  g_ptr_array_unref (world->sellers);
  g_ptr_array_unref (world->accounts);
  g_ptr_array_unref (world->products);
  g_ptr_array_unref (world->orgs);
  g_clear_pointer (&world->words, wuyou_demo_words_free);
  g_clear_pointer (&world->accounts_json, json_object_unref);
  g_free (world->password);
  g_free (world->states);
  g_free (world);
}
