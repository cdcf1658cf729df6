/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-auth.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "wuyou-record-store.h"

/* 19 MiB and two passes (OWASP's first choice for Argon2id); at most two at a time, so that a flood of sign-ins
 * takes neither all memory nor all workers. */
#define HASH_OPS 2
#define HASH_MEMORY ((gsize) 19 * 1024 * 1024)
#define HASH_PARALLEL 2
#define HASH_WAITING 12 /* of the workers; others must stay free for those who are signed in */
#define MAX_DEPTH 8     /* organisations above one another */

#define TOTP_STEP 30
#define TOTP_WINDOW 1
#define TOTP_DIGITS 6

static GMutex hash_lock;
static GCond hash_free;
static guint hashing;
static int entered;

gboolean
wuyou_auth_enter (GError **error)
{
  if (g_atomic_int_add (&entered, 1) < HASH_WAITING)
    return TRUE;
  wuyou_auth_leave ();
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "");
  return FALSE;
}

void
wuyou_auth_leave (void)
{
  g_atomic_int_add (&entered, -1);
}

static void
begin_hash (void)
{
  g_mutex_lock (&hash_lock);
  while (hashing >= HASH_PARALLEL)
    g_cond_wait (&hash_free, &hash_lock);
  hashing++;
  g_mutex_unlock (&hash_lock);
}

static void
end_hash (void)
{
  g_mutex_lock (&hash_lock);
  hashing--;
  g_cond_signal (&hash_free);
  g_mutex_unlock (&hash_lock);
}

char *
wuyou_auth_hash_password (const char *prepared)
{
  char *hash = g_malloc (crypto_pwhash_STRBYTES);

  begin_hash ();
  if (crypto_pwhash_str_alg (hash, prepared, strlen (prepared), HASH_OPS, HASH_MEMORY, crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    g_error ("out of memory while hashing");
  end_hash ();
  return hash;
}

gboolean
wuyou_auth_verify_password (const char *hash, const char *prepared)
{
  g_autofree char *other = NULL;
  gboolean right;

  if (hash == NULL) { /* takes as long as a wrong password, so that time tells nothing of who has an account */
    other = wuyou_auth_hash_password (prepared != NULL ? prepared : "");
    return FALSE;
  }
  begin_hash ();
  right = prepared != NULL && crypto_pwhash_str_verify (hash, prepared, strlen (prepared)) == 0;
  end_hash ();
  return right;
}

char *
wuyou_auth_hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

gint64
wuyou_auth_check_totp (GBytes *secret, const char *code, gint64 now)
{
  gsize length;
  const char *bytes = g_bytes_get_data (secret, &length);
  time_t seconds = (time_t) (now / G_TIME_SPAN_SECOND);
  int offset = 0;

  if (code == NULL || strlen (code) != TOTP_DIGITS)
    return 0;
  if (oath_totp_validate2 (bytes, length, seconds, TOTP_STEP, 0, TOTP_WINDOW, &offset, code) < 0)
    return 0;
  return seconds / TOTP_STEP + offset;
}

char *
wuyou_auth_dup_email_key (WuyouKeys *keys, const char *email)
{
  g_autofree char *folded = wuyou_account_fold_email (email);

  return wuyou_keys_digest (keys, "email", folded);
}

WuyouAccount *
wuyou_auth_find_account (WuyouDbConn *conn, WuyouStore *store, const char *login, GError **error)
{
  g_autofree char *key = wuyou_auth_dup_email_key (wuyou_store_get_keys (store), login);
  const WuyouFilter filter = { .field = "email_key", .op = WUYOU_FILTER_EQUAL, .text = key };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = 1 };
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  if (!wuyou_record_list (conn, store, &wuyou_account_type, &query, found, error) || found->len == 0)
    return NULL;
  return found->pdata[0];
}

WuyouOrg *
wuyou_auth_load_org (WuyouDbConn *conn, WuyouStore *store, const WuyouAccount *account, GError **error)
{
  g_autoptr (WuyouOrg) org = wuyou_record_load (conn, store, &wuyou_org_type, account->org_id, NULL, NULL, error);
  g_autofree char *above = org != NULL ? g_strdup (org->parent_id) : NULL;

  for (guint i = 0; org != NULL && !org->suspended && above != NULL && i < MAX_DEPTH; i++) {
    g_autoptr (WuyouOrg) parent = wuyou_record_load (conn, store, &wuyou_org_type, above, NULL, NULL, error);

    if (parent == NULL)
      return NULL;
    org->suspended = parent->suspended;
    g_free (above);
    above = g_strdup (parent->parent_id);
  }
  return g_steal_pointer (&org);
}

gboolean
wuyou_auth_check_state (const WuyouAccount *account, const WuyouOrg *org, gint64 now, GError **error)
{
  gboolean employed
      = account->employed_until == WUYOU_DATE_NONE || wuyou_date_of_instant (now) <= account->employed_until;
  gboolean usable = account->state == WUYOU_ACCOUNT_ACTIVE || account->state == WUYOU_ACCOUNT_INVITED;

  if (usable && employed && org != NULL && !org->suspended)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_SUSPENDED, "account or organisation");
  return FALSE;
}

WuyouActor
wuyou_auth_get_actor (const WuyouRequest *request)
{
  const WuyouCaller *caller = wuyou_request_get_caller (request);

  return (WuyouActor){
    .account_id = *caller->account_id != '\0' ? caller->account_id : NULL,
    .session_id = *caller->session_id != '\0' ? caller->session_id : NULL,
    .device_id = *caller->device_id != '\0' ? caller->device_id : NULL,
    .scope = caller->scope,
    .purpose = wuyou_request_get_route (request)->purpose,
    .at = wuyou_request_get_now (request),
  };
}

char *
wuyou_auth_dup_address_key (WuyouServerContext *context, const WuyouRequest *request)
{
  const char *address = wuyou_request_get_address (request);

  return wuyou_keys_digest (context->keys, "address", address != NULL ? address : "");
}
