/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-account-policy.h"
#include "ctl/wuyou-ctl-records.h"
#include "demo/wuyou-demo.h"
#include "wuyou-limit-store.h"
#include "wuyou-session-store.h"

#define TOTP_BYTES 20
#define STREAM_TOTP (G_GUINT64_CONSTANT (1) << 41)

GBytes *
wuyou_demo_totp_secret (const WuyouDemoWorld *world, const WuyouDemoAccount *demo)
{
  WuyouDemoRandom random = wuyou_demo_random (world->plan.seed, STREAM_TOTP + g_str_hash (demo->account->email));
  guint8 *secret = g_malloc (TOTP_BYTES);

  wuyou_demo_random_fill (secret, TOTP_BYTES, &random);
  return g_bytes_new_take (secret, TOTP_BYTES);
}

static int
get_password_origin (const WuyouDemoAccount *demo)
{
  return demo->state == WUYOU_DEMO_INITIAL_PASSWORD ? WUYOU_PASSWORD_INITIAL : WUYOU_PASSWORD_USER;
}

static gboolean
add_account (WuyouCtlBatch *batch, const WuyouDemoWorld *world, WuyouDemoAccount *demo, GError **error)
{
  gboolean has_password = demo->state != WUYOU_DEMO_INVITED;

  demo->account->totp = demo->org->kind == WUYOU_ORG_OPERATOR && demo->state == WUYOU_DEMO_READY;
  return wuyou_ctl_batch_add_account (batch, demo->account, demo->org->path, has_password ? world->password : NULL,
                                      get_password_origin (demo), error);
}

static gboolean
add_records (WuyouCtlBatch *batch, WuyouDemoWorld *world, GError **error)
{
  WuyouOrg *operator= world->orgs->pdata[0];

  for (guint i = 0; i < world->orgs->len; i++)
    if (!wuyou_ctl_batch_add_org (batch, world->orgs->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < world->products->len; i++)
    if (!wuyou_ctl_batch_add_product (batch, world->products->pdata[i], operator->path, error))
      return FALSE;
  for (guint i = 0; i < world->accounts->len; i++)
    if (!add_account (batch, world, world->accounts->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* What stands beside the records: one-time code secrets and failed tries. Sealed outside the transaction. */
typedef struct {
  const WuyouDemoWorld *world;
  GPtrArray *secrets; /* GBytes, NULL where an account has none */
  gint64 now;
} Extras;

static gboolean
lock_account (WuyouDbConn *conn, const WuyouDemoAccount *demo, gint64 now, GError **error)
{
  for (guint i = 0; i < WUYOU_POLICY_FAILURES + 12; i++) /* enough to stay locked for a day */
    if (!wuyou_failure_add (conn, demo->account->email_key, &wuyou_failures_of_login, now, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_extras (WuyouDbConn *conn, gpointer data, GError **error)
{
  Extras *extras = data;

  for (guint i = 0; i < extras->world->accounts->len; i++) {
    const WuyouDemoAccount *demo = extras->world->accounts->pdata[i];
    const char *id = demo->account->id;
    GBytes *secret = extras->secrets->pdata[i];

    if (secret != NULL
        && (!wuyou_totp_put (conn, id, secret, extras->now, error) || !wuyou_totp_confirm (conn, id, error)))
      return FALSE;
    if (demo->state == WUYOU_DEMO_LOCKED && !lock_account (conn, demo, extras->now, error))
      return FALSE;
  }
  return TRUE;
}

static GBytes *
seal_secret (WuyouStore *store, const WuyouDemoWorld *world, const WuyouDemoAccount *demo)
{
  g_autoptr (GBytes) secret = wuyou_demo_totp_secret (world, demo);
  gsize length;
  gconstpointer bytes = g_bytes_get_data (secret, &length);

  return wuyou_keys_seal (wuyou_store_get_keys (store), WUYOU_PURPOSE_USERS, demo->account->id, bytes, length);
}

static void
free_bytes (gpointer bytes)
{
  g_clear_pointer ((GBytes **) &bytes, g_bytes_unref);
}

gboolean
wuyou_demo_write_people (WuyouStore *store, WuyouDemoWorld *world, GError **error)
{
  WuyouActor actor = { .purpose = "SETUP", .at = wuyou_date_start (wuyou_demo_plan_first_day (world->plan.now) - 1) };
  g_autoptr (WuyouCtlBatch) batch = wuyou_ctl_batch_new (store, &actor);
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func (free_bytes);
  Extras extras = { .world = world, .secrets = secrets, .now = world->plan.now };

  if (!add_records (batch, world, error) || !wuyou_ctl_batch_save (batch, error))
    return FALSE;
  for (guint i = 0; i < world->accounts->len; i++) {
    const WuyouDemoAccount *demo = world->accounts->pdata[i];

    g_ptr_array_add (secrets, demo->account->totp ? seal_secret (store, world, demo) : NULL);
  }
  return wuyou_db_write (wuyou_store_get_db (store), write_extras, &extras, error);
}
