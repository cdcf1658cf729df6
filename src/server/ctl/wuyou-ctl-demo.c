/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "wuyou-contract-store.h"
#include "ctl/wuyou-ctl-store.h"
#include "wuyou-db-search.h"
#include "demo/wuyou-demo.h"

#define CONTRACTS 300
#define MAX_CONTRACTS 1000000
#define MAX_DAYS_AGO 60
#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static gboolean
print_accounts (const WuyouDemoWorld *world)
{
  g_autofree char *table = wuyou_demo_accounts_table (world);

  g_print ("%s", table);
  return TRUE;
}

/* On a terminal only: it is for a person who waits. */
static void
show_progress (guint done, guint n)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r%u / %u%s", done, n, done == n ? "\n" : "");
}

static gboolean
fill_claims (WuyouStore *store, const WuyouDemoWorld *world, guint further, GError **error)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (WuyouDemoClaims) claims = wuyou_demo_claims_new (world, world->states, further, error);
  double seconds;

  if (claims == NULL || !wuyou_demo_write_claims (store, claims, show_progress, error))
    return FALSE;
  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_printerr (_ ("%u claims in %.1f s (%.0f a second)\n"), claims->rows->len, seconds, claims->rows->len / seconds);
  return TRUE;
}

static gboolean
fill (WuyouStore *store, WuyouDemoWorld *world, guint further, GError **error)
{
  gint64 began = g_get_monotonic_time ();
  double seconds;

  if (!wuyou_demo_write_people (store, world, error) || !wuyou_demo_write_support (store, world, error)
      || !wuyou_demo_write_agreements (store, world, error)
      || !wuyou_demo_write_contracts (store, world, show_progress, error))
    return FALSE;
  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_printerr (_ ("%u contracts in %.1f s (%.0f a second)\n"), world->plan.contracts, seconds,
              world->plan.contracts / seconds);
  return fill_claims (store, world, further, error) && wuyou_demo_seal (store, error)
         && wuyou_db_search_merge (wuyou_store_get_db (store), WUYOU_SEARCH_CONTRACTS, error)
         && wuyou_db_search_merge (wuyou_store_get_db (store), WUYOU_SEARCH_CLAIMS, error);
}

gboolean
wuyou_ctl_demo (WuyouCtl *ctl, GError **error)
{
  gint64 contracts, claims, seed, days_ago;
  g_autoptr (WuyouDemoWorld) world = NULL;
  g_autoptr (WuyouStore) store = NULL;

  if (!wuyou_ctl_get_number (ctl, "contracts", 0, MAX_CONTRACTS, CONTRACTS, &contracts, error)
      || !wuyou_ctl_get_number (ctl, "claims", 0, MAX_CONTRACTS, 0, &claims, error)
      || !wuyou_ctl_get_number (ctl, "seed", 0, G_MAXINT64, 1, &seed, error)
      || !wuyou_ctl_get_number (ctl, "days-ago", 0, MAX_DAYS_AGO, 0, &days_ago, error))
    return FALSE;
  /* As it stood then: what has come due since is done by the server once it runs. */
  world
      = wuyou_demo_world_new ((guint64) seed, wuyou_clock_now (ctl->clock) - days_ago * DAY, (guint) contracts, error);
  if (world == NULL)
    return FALSE;
  if (wuyou_ctl_has (ctl, "print-accounts"))
    return print_accounts (world);
  store = wuyou_ctl_create_store (ctl, error);
  return store != NULL && fill (store, world, (guint) claims, error) && print_accounts (world);
}
