/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "wuyou-audit-store.h"
#include "accounts/wuyou-auth.h"
#include "accounts/wuyou-auth-watch.h"
#include "consent/wuyou-consent-service.h"
#include "support/wuyou-policy-service.h"
#include "wuyou-record-store.h"

/* Sessions are looked up in the database and remembered for a moment, so that a suspension or a sign-out elsewhere
 * is seen by every process within it (architecture 7, Shared state). */
#define CACHE_LIFE (3 * G_TIME_SPAN_SECOND)
#define CACHE_MAX 20000
#define TOUCH_EVERY (60 * G_TIME_SPAN_SECOND)

/* A token bucket for each account or address: bursts of a page that opens are fine, a loop is not. */
#define BURST_SECONDS 3
#define REFUSALS_PER_MINUTE 10

typedef struct {
  WuyouCaller caller;
  gint64 until;      /* of the cache, instant */
  gint64 expires_at; /* of the session */
} CachedCaller;

typedef struct {
  gint64 at;
  gint64 level; /* thousandths of a request */
  gint64 refusals_from;
  guint refusals;
} Bucket;

struct _WuyouAuth {
  GMutex lock;
  GHashTable *callers; /* token hash → CachedCaller */
  GHashTable *buckets; /* account or address → Bucket */
  guint generation;    /* raised by every forgetting: what was read before is not remembered after */
  WuyouAuthWatch *watch;
};

typedef struct {
  WuyouServerContext *context;
  const char *token_hash;
  gint64 now;
  WuyouCaller *caller;
  gint64 expires_at;
  gboolean stale;
  guint generation;
} Resolution;

static void
free_cached (gpointer data)
{
  CachedCaller *cached = data;

  wuyou_caller_clear (&cached->caller);
  g_free (cached);
}

static void
copy_caller (const WuyouCaller *from, WuyouCaller *to)
{
  *to = *from;
  to->scope = g_strdup (from->scope);
}

static gboolean
find_cached (WuyouAuth *auth, Resolution *r)
{
  CachedCaller *cached;
  gboolean found;

  g_mutex_lock (&auth->lock);
  cached = g_hash_table_lookup (auth->callers, r->token_hash);
  found
      = cached != NULL && r->now < cached->until && r->now < cached->expires_at && r->now + CACHE_LIFE >= cached->until;
  if (found)
    copy_caller (&cached->caller, r->caller);
  r->generation = auth->generation;
  g_mutex_unlock (&auth->lock);
  return found;
}

static void
add_cached (WuyouAuth *auth, const Resolution *r)
{
  CachedCaller *cached = g_new0 (CachedCaller, 1);

  copy_caller (r->caller, &cached->caller);
  cached->until = r->now + CACHE_LIFE;
  cached->expires_at = r->expires_at;
  g_mutex_lock (&auth->lock);
  if (g_hash_table_size (auth->callers) >= CACHE_MAX)
    g_hash_table_remove_all (auth->callers);
  if (r->generation == auth->generation)
    g_hash_table_replace (auth->callers, g_strdup (r->token_hash), cached);
  else
    free_cached (cached);
  g_mutex_unlock (&auth->lock);
}

static gboolean
is_of_account (gpointer key, gpointer value, gpointer account_id)
{
  CachedCaller *cached = value;

  return account_id == NULL || g_str_equal (cached->caller.account_id, account_id);
}

void
wuyou_auth_forget (WuyouServerContext *context, const char *account_id)
{
  if (context->auth == NULL)
    return;
  g_mutex_lock (&context->auth->lock);
  context->auth->generation++;
  g_hash_table_foreach_remove (context->auth->callers, is_of_account, (gpointer) account_id);
  g_mutex_unlock (&context->auth->lock);
}

void
wuyou_auth_fill_caller (WuyouCaller *caller, const WuyouAccount *account, const WuyouOrg *org)
{
  g_strlcpy (caller->account_id, account->id, sizeof caller->account_id);
  g_strlcpy (caller->organisation_id, org->id, sizeof caller->organisation_id);
  caller->scope = g_strdup (org->kind == WUYOU_ORG_OPERATOR ? "/" : org->path);
  caller->roles = wuyou_account_get_roles (account);
  caller->epoch = account->epoch;
  caller->must_change_password = account->password_origin != WUYOU_PASSWORD_USER;
  caller->must_set_up_codes = wuyou_roles_are_operator (caller->roles) && !account->totp;
}

static void
fill_caller (WuyouCaller *caller, const WuyouSession *session, const WuyouAccount *account, const WuyouOrg *org)
{
  wuyou_auth_fill_caller (caller, account, org);
  g_strlcpy (caller->session_id, session->id, sizeof caller->session_id);
  g_strlcpy (caller->device_id, session->device_id != NULL ? session->device_id : "", sizeof caller->device_id);
  caller->authenticated_at = session->authenticated_at;
  caller->stepped_up_until = session->stepped_up_until;
}

static gboolean
read_resolution (WuyouDbConn *conn, gpointer data, GError **error)
{
  Resolution *r = data;
  WuyouStore *store = r->context->store;
  g_autoptr (WuyouSession) session = wuyou_session_find (conn, r->token_hash, r->now, error);
  g_autoptr (WuyouAccount) account = NULL;
  g_autoptr (WuyouOrg) org = NULL;

  if (session == NULL)
    return FALSE;
  account = wuyou_record_load (conn, store, &wuyou_account_type, session->account_id, NULL, NULL, error);
  if (account == NULL)
    return FALSE;
  org = wuyou_auth_load_org (conn, store, account, error);
  if (org == NULL || !wuyou_auth_check_state (account, org, r->now, error))
    return FALSE;
  wuyou_caller_clear (r->caller);
  fill_caller (r->caller, session, account, org);
  r->expires_at = session->expires_at;
  r->stale = r->now - session->seen_at > TOUCH_EVERY;
  return TRUE;
}

static gboolean
write_touch (WuyouDbConn *conn, gpointer data, GError **error)
{
  Resolution *r = data;

  return wuyou_session_touch (conn, r->caller->session_id, r->now, error);
}

/* An account that is gone takes its sessions along. */
static gboolean
look_up (Resolution *r, GError **error)
{
  GError *local = NULL;

  if (wuyou_db_read (r->context->db, read_resolution, r, &local))
    return TRUE;
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND))
    local->code = WUYOU_ERROR_UNAUTHENTICATED;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
find_caller (Resolution *r, GError **error)
{
  WuyouAuth *auth = r->context->auth;
  g_autoptr (GError) ignored = NULL;

  if (find_cached (auth, r))
    return TRUE;
  if (!look_up (r, error))
    return FALSE;
  if (r->stale && !wuyou_db_write (r->context->db, write_touch, r, &ignored))
    g_debug ("session not touched: %s", ignored->message);
  add_cached (auth, r);
  return TRUE;
}

static gboolean
resolve_token (WuyouServerContext *context,
               const WuyouRequest *request,
               const char *token,
               WuyouCaller *caller,
               GError **error)
{
  g_autofree char *hash = wuyou_auth_hash_token (token);
  Resolution r = { .context = context, .token_hash = hash, .now = wuyou_request_get_now (request), .caller = caller };

  return find_caller (&r, error);
}

static const char *
get_bucket_name (const WuyouRequest *request)
{
  const WuyouCaller *caller = wuyou_request_get_caller (request);

  return *caller->account_id != '\0' ? caller->account_id : wuyou_request_get_address (request);
}

static Bucket *
find_bucket (WuyouAuth *auth, const char *name, gint64 now)
{
  Bucket *bucket = g_hash_table_lookup (auth->buckets, name);

  if (bucket != NULL)
    return bucket;
  if (g_hash_table_size (auth->buckets) >= CACHE_MAX)
    g_hash_table_remove_all (auth->buckets);
  bucket = g_new0 (Bucket, 1);
  bucket->at = now;
  bucket->level = G_MAXINT64 / 2;
  g_hash_table_insert (auth->buckets, g_strdup (name), bucket);
  return bucket;
}

static gboolean
check_limit (WuyouServerContext *context, const WuyouRequest *request, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  gint64 rate = context->config->rate_limit;
  const char *name = get_bucket_name (request);
  gboolean allowed;
  Bucket *bucket;

  if (rate == 0 || name == NULL)
    return TRUE;
  g_mutex_lock (&context->auth->lock);
  bucket = find_bucket (context->auth, name, now);
  bucket->level = MIN (rate * BURST_SECONDS * 1000, bucket->level + (now - bucket->at) * rate / 1000);
  bucket->at = now;
  allowed = bucket->level >= 1000;
  if (allowed)
    bucket->level -= 1000;
  g_mutex_unlock (&context->auth->lock);
  if (allowed)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_RATE_LIMITED, "");
  if (error != NULL)
    wuyou_error_set_retry_after (*error, 1);
  return FALSE;
}

static gboolean
may_record_refusal (WuyouAuth *auth, const char *name)
{
  gint64 now = g_get_monotonic_time ();
  gboolean allowed;
  Bucket *bucket;

  g_mutex_lock (&auth->lock);
  bucket = find_bucket (auth, name, now);
  if (now - bucket->refusals_from > G_TIME_SPAN_MINUTE) {
    bucket->refusals_from = now;
    bucket->refusals = 0;
  }
  allowed = bucket->refusals++ < REFUSALS_PER_MINUTE;
  g_mutex_unlock (&auth->lock);
  return allowed;
}

typedef struct {
  WuyouActor actor;
  WuyouAuditEntry entry;
} Refusal;

static gboolean
write_refusal (WuyouDbConn *conn, gpointer data, GError **error)
{
  Refusal *refusal = data;

  return wuyou_audit_insert (conn, &refusal->actor, &refusal->entry, error);
}

static void
record_refusal (WuyouServerContext *context, const WuyouRequest *request, const GError *refused)
{
  Refusal refusal = {
    .actor = wuyou_auth_get_actor (request),
    .entry = {
      .action = "refused",
      .object = wuyou_object_id (wuyou_request_get_route (request)->object),
      .object_id = wuyou_request_get_arg (request, 0),
      .outcome = wuyou_error_info (refused->domain == WUYOU_ERROR ? refused->code : WUYOU_ERROR_INTERNAL)->id,
      .detail = NULL,
    },
  };
  g_autoptr (GError) error = NULL;

  if (!may_record_refusal (context->auth, get_bucket_name (request)))
    return;
  if (!wuyou_db_write (context->db, write_refusal, &refusal, &error))
    g_warning ("refusal not recorded: %s", error->message);
}

static const WuyouAccessGate gates[] = {
  { WUYOU_ERROR_PASSWORD_CHANGE_REQUIRED, WUYOU_ROUTE_BEFORE_PASSWORD, wuyou_gate_password },
  { WUYOU_ERROR_CONSENT_REQUIRED, WUYOU_ROUTE_BEFORE_CONSENT, wuyou_consent_service_gate },
  { WUYOU_ERROR_CODES_REQUIRED, WUYOU_ROUTE_BEFORE_CODES, wuyou_gate_codes },
  { 0, 0, NULL },
};

void
wuyou_auth_install (WuyouServerContext *context)
{
  context->auth = g_new0 (WuyouAuth, 1);
  g_mutex_init (&context->auth->lock);
  context->auth->callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_cached);
  context->auth->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  context->access = (WuyouAccess){ wuyou_policy_service_check, resolve_token, check_limit, record_refusal, gates };
  context->auth->watch = wuyou_auth_watch_start (context);
}

void
wuyou_auth_uninstall (WuyouServerContext *context)
{
  if (context->auth == NULL)
    return;
  wuyou_auth_watch_stop (context->auth->watch);
  context->access = (WuyouAccess){ NULL };
  g_hash_table_unref (context->auth->callers);
  g_hash_table_unref (context->auth->buckets);
  g_mutex_clear (&context->auth->lock);
  g_clear_pointer (&context->auth, g_free);
}
