/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sale-test.h"

#include "base/wuyou-id.h"
#include "accounts/wuyou-auth.h"
#include "ctl/wuyou-ctl-records.h"
#include "wuyou-test-records.h"

static void
free_user (gpointer data)
{
  WuyouSaleUser *user = data;

  g_free (user->id);
  g_free (user->token);
  g_free (user->org);
  g_free (user->roles);
  g_free (user);
}

static void
add_product (WuyouSale *sale)
{
  WuyouActor actor = wuyou_ctl_actor (sale->site->store, NULL, NULL);
  g_autoptr (WuyouCtlBatch) batch = wuyou_ctl_batch_new (sale->site->store, &actor);
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  g_autoptr (GError) error = NULL;

  wuyou_ctl_batch_add_product (batch, product, "/op/", &error);
  g_assert_no_error (error);
  wuyou_ctl_batch_save (batch, &error);
  g_assert_no_error (error);
}

WuyouSale *
wuyou_sale_new (WuyouTestEngine engine)
{
  WuyouSale *sale = g_new0 (WuyouSale, 1);
  g_autofree char *bundle = NULL;

  sale->site = wuyou_site_new (engine);
  sale->scanner = wuyou_test_scanner_new ();
  sale->site->config->clamd_socket = g_strdup (wuyou_test_scanner_get_path (sale->scanner));
  sale->users = g_ptr_array_new_with_free_func (free_user);
  add_product (sale);
  bundle = wuyou_site_publish (sale->site, "DEALER", 1, wuyou_date_parse ("2020-01-01"));
  g_free (wuyou_site_publish (sale->site, "INSURER", 1, wuyou_date_parse ("2020-01-01")));
  return sale;
}

void
wuyou_sale_free (WuyouSale *sale)
{
  wuyou_test_scanner_stop (sale->scanner);
  wuyou_site_free (sale->site);
  wuyou_test_scanner_free (sale->scanner);
  g_ptr_array_unref (sale->users);
  g_free (sale);
}

/* Without a password: hashing one takes long, and nobody here types it. */
static char *
add_account (WuyouSale *sale, const char *org_code, const char *roles)
{
  WuyouActor actor = wuyou_ctl_actor (sale->site->store, NULL, NULL);
  g_autoptr (WuyouCtlBatch) batch = wuyou_ctl_batch_new (sale->site->store, &actor);
  g_autoptr (WuyouAccount) account = wuyou_account_new ();
  const WuyouOrg *org = wuyou_site_get_org (sale->site, org_code);
  g_autoptr (GError) error = NULL;

  account->id = wuyou_sale_new_id (sale);
  account->org_id = g_strdup (org->id);
  account->email = g_strdup_printf ("user%u@example.com", sale->users->len);
  account->name = g_strdup_printf ("职员%u", sale->users->len);
  account->roles = g_strdup (roles);
  account->state = WUYOU_ACCOUNT_ACTIVE;
  account->password_origin = WUYOU_PASSWORD_USER;
  account->totp = org->kind == WUYOU_ORG_OPERATOR;
  wuyou_ctl_batch_add_account (batch, account, org->path, NULL, WUYOU_PASSWORD_USER, &error);
  g_assert_no_error (error);
  wuyou_ctl_batch_save (batch, &error);
  g_assert_no_error (error);
  return g_strdup (account->id);
}

const WuyouSaleUser *
wuyou_sale_add_user (WuyouSale *sale, const char *org, const char *roles)
{
  WuyouSaleUser *user = g_new0 (WuyouSaleUser, 1);

  user->id = add_account (sale, org, roles);
  user->org = g_strdup (org);
  user->roles = g_strdup (roles);
  g_ptr_array_add (sale->users, user);
  user->token = wuyou_site_open_session (sale->site, user->id);
  wuyou_sale_sql (sale, "UPDATE sessions SET expires_at = expires_at + 10000000000000000, idle_seconds = 10000000000, "
                        "stepped_up_until = stepped_up_until + 10000000000000000");
  if (!g_str_equal (org, "op"))
    wuyou_site_accept (sale->site, user->token);
  return user;
}

const WuyouSaleUser *
wuyou_sale_user (WuyouSale *sale, const char *org, const char *roles)
{
  for (guint i = 0; i < sale->users->len; i++) {
    const WuyouSaleUser *user = sale->users->pdata[i];

    if (g_str_equal (user->org, org) && g_str_equal (user->roles, roles))
      return user;
  }
  return wuyou_sale_add_user (sale, org, roles);
}

static gboolean
run_sql (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_db_exec (conn, data, error);
}

void
wuyou_sale_sql (WuyouSale *sale, const char *sql)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_write (sale->site->context.db, run_sql, (gpointer) sql, &error);
  g_assert_no_error (error);
}

void
wuyou_sale_set_step_up (WuyouSale *sale, const WuyouSaleUser *user, gboolean stepped_up)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE sessions SET stepped_up_until = %s WHERE account_id = '%s'",
                                          stepped_up ? "9000000000000000000" : "0", user->id);

  wuyou_sale_sql (sale, sql);
  wuyou_auth_forget (&sale->site->context, user->id);
}

char *
wuyou_sale_new_id (WuyouSale *sale)
{
  return wuyou_id_new (&sale->site->context.ids);
}

typedef struct {
  const WuyouSaleCase *test;
  WuyouTestEngine engine;
} Run;

static void
run_case (gconstpointer data)
{
  const Run *run = data;
  g_autoptr (WuyouSale) sale = wuyou_sale_new (run->engine);

  run->test->run (sale);
}

void
wuyou_sale_add_tests (const char *group, const WuyouSaleCase *cases, guint n)
{
  static const char *const engines[] = { [WUYOU_TEST_SQLITE] = "sqlite", [WUYOU_TEST_POSTGRESQL] = "postgresql" };

  for (WuyouTestEngine engine = WUYOU_TEST_SQLITE; engine <= WUYOU_TEST_POSTGRESQL; engine++)
    for (guint i = 0; i < n; i++) {
      g_autofree char *path = g_strdup_printf ("/%s/%s/%s", group, cases[i].name, engines[engine]);
      Run *run = g_new (Run, 1);

      *run = (Run){ &cases[i], engine };
      g_test_add_data_func_full (path, run, run_case, g_free);
    }
}
