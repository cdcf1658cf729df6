/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-routes.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-record.h"
#include "wuyou-audit-store.h"
#include "wuyou-consent-store.h"
#include "consent/wuyou-consent-view.h"
#include "mail/wuyou-mail-text.h"
#include "wuyou-record-store.h"

#define MAX_RECORDS 200

static const char *
get_locale (const WuyouRequest *request)
{
  const char *locale = wuyou_request_get_query (request, "locale");

  if (locale != NULL)
    return locale;
  return g_str_equal (wuyou_mail_language (request), "en") ? "en_US" : "zh_CN";
}

static WuyouReply *
get_bundle (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouConsentCase) consent = { NULL };
  GString *out;

  if (!wuyou_consent_case_load (&consent, context, request, error))
    return NULL;
  out = g_string_sized_new (65536);
  wuyou_consent_case_write (&consent, get_locale (request), out);
  return wuyou_reply_new_json (200, out);
}

/* --- a decision --- */

typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  int decision;
  WuyouConsentCase before;
  WuyouConsent *consent;
  GPtrArray *rows; /* as stored */
} Deciding;

static void
clear_deciding (Deciding *d)
{
  wuyou_consent_case_clear (&d->before);
  g_clear_pointer (&d->consent, wuyou_consent_free);
  g_clear_pointer (&d->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Deciding, clear_deciding)

static gboolean
refuse_field (const char *field, const char *authority, const char *sentence, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, field, authority);
  return FALSE;
}

static gboolean
parse_consent (Deciding *d, WuyouRequest *request, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);

  if (body == NULL)
    return FALSE;
  d->consent = wuyou_consent_new ();
  if (!wuyou_record_read_json (&wuyou_consent_type, d->consent, body, WUYOU_CODEC_CLIENT, error))
    return FALSE;
  if (d->consent->decision == 0)
    d->consent->decision = d->decision;
  if (d->consent->decision != d->decision)
    return refuse_field ("decision", NULL, N_ ("The decision was sent to the wrong place."), error);
  return wuyou_record_check (&wuyou_consent_type, d->consent, WUYOU_FIELD_ALWAYS, error);
}

/* One click's rows by the id that the client gave it. */
static gboolean
read_repeated (WuyouDbConn *conn, gpointer data, GError **error)
{
  Deciding *d = data;
  GError *local = NULL;
  WuyouConsent *first = wuyou_consent_load (conn, d->context->store, d->consent->id, &local), *second = NULL;

  g_clear_pointer (&d->rows, g_ptr_array_unref);
  if (first == NULL) {
    if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
      g_error_free (local);
      return TRUE;
    }
    g_propagate_error (error, local);
    return FALSE;
  }
  d->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_consent_free);
  g_ptr_array_add (d->rows, first);
  if (first->linked_id == NULL)
    return TRUE;
  second = wuyou_consent_load (conn, d->context->store, first->linked_id, error);
  if (second != NULL)
    g_ptr_array_add (d->rows, second);
  return second != NULL;
}

/* A re-sent click is a success; the id of another one, or of somebody else's, one generic conflict. */
static gboolean
check_repeated (Deciding *d, gboolean *ret_repeated, GError **error)
{
  const WuyouConsent *stored;

  *ret_repeated = FALSE;
  if (!wuyou_db_read (d->context->db, read_repeated, d, error))
    return FALSE;
  if (d->rows == NULL)
    return TRUE;
  stored = d->rows->pdata[0];
  *ret_repeated = stored->decision == d->decision && g_strcmp0 (stored->bundle_id, d->consent->bundle_id) == 0
                  && g_str_equal (stored->person_id, wuyou_request_get_caller (d->request)->account_id);
  if (*ret_repeated)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "id in use");
  return FALSE;
}

static gboolean
asks (const WuyouConsentCase *consent)
{
  return *consent->state.bundle_id != '\0' && consent->state.state != WUYOU_GATE_NOTICE;
}

static gboolean
check_decision (Deciding *d, GError **error)
{
  const WuyouConsentCase *before = &d->before;

  if (before->key == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                         N_ ("The data of this account were erased."));
    return FALSE;
  }
  if (!asks (before) || !g_str_equal (d->consent->bundle_id, before->state.bundle_id))
    return refuse_field ("bundle_id", "P-11",
                         N_ ("These agreements are not the ones to decide on now. Please load them again."), error);
  wuyou_consent_case_fill (before, d->request, d->consent);
  wuyou_consent_receive (d->consent, before->bundle, wuyou_request_get_now (d->request));
  return wuyou_consent_check (d->consent, before->bundle, error);
}

static gboolean
write_audit (WuyouDbConn *conn, gpointer data, GError **error)
{
  Deciding *d = data;
  const WuyouActor actor = wuyou_auth_get_actor (d->request);
  const WuyouAuditEntry entry = {
    .action = d->decision == WUYOU_DECISION_ACCEPTED ? "consent-accept" : "consent-decline",
    .object = "consent",
    .object_id = d->consent->id,
    .scope = d->before.org->path,
    .outcome = "OK",
  };

  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static gboolean
store_decision (Deciding *d, GError **error)
{
  if (!wuyou_consent_case_load (&d->before, d->context, d->request, error) || !check_decision (d, error))
    return FALSE;
  d->rows = wuyou_consent_split (d->consent);
  if (!wuyou_consent_append (d->context->store, d->rows, d->before.key, write_audit, d, error))
    return FALSE;
  wuyou_consent_service_forget (d->context, d->before.account->id);
  return TRUE;
}

static WuyouReply *
decide (WuyouRequest *request, WuyouServerContext *context, int decision, GError **error)
{
  g_auto (Deciding) d = { .context = context, .request = request, .decision = decision };
  gboolean repeated;
  GString *out;

  if (!parse_consent (&d, request, error) || !check_repeated (&d, &repeated, error)
      || (!repeated && !store_decision (&d, error)))
    return NULL;
  out = g_string_new (NULL);
  wuyou_consent_write_summary (d.rows, out);
  return wuyou_reply_new_json (201, out);
}

static WuyouReply *
accept (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return decide (request, context, WUYOU_DECISION_ACCEPTED, error);
}

static WuyouReply *
decline (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return decide (request, context, WUYOU_DECISION_DECLINED, error);
}

/* --- own records --- */

typedef struct {
  WuyouServerContext *context;
  const char *account_id, *id;
  GPtrArray *records;
} Listing;

static gboolean
read_records (WuyouDbConn *conn, gpointer data, GError **error)
{
  Listing *l = data;
  WuyouConsent *one;

  g_clear_pointer (&l->records, g_ptr_array_unref);
  if (l->id == NULL) {
    l->records = wuyou_consent_list (conn, l->context->store, l->account_id, MAX_RECORDS, error);
    return l->records != NULL;
  }
  one = wuyou_consent_load (conn, l->context->store, l->id, error);
  if (one == NULL)
    return FALSE;
  l->records = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_consent_free);
  g_ptr_array_add (l->records, one);
  if (g_strcmp0 (one->person_id, l->account_id) == 0)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "consent");
  return FALSE;
}

static void
write_item (GString *out, const WuyouConsent *record)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", record->id);
  wuyou_json_add_string (out, "linked_id", record->linked_id);
  wuyou_json_add_string (out, "capacity", wuyou_enum_id (wuyou_capacities, record->capacity));
  wuyou_json_add_string (out, "decision", wuyou_enum_id (wuyou_decisions, record->decision));
  wuyou_json_add_string (out, "bundle_id", record->bundle_id);
  wuyou_json_add_string (out, "bundle_hash", record->bundle_hash);
  wuyou_json_add_string (out, "organisation_name", record->organisation_name);
  wuyou_json_add_raw (out, "documents", record->documents);
  wuyou_json_add_instant (out, "received_at", record->received_at);
  wuyou_json_add_string (out, "hash", record->hash);
  wuyou_json_end_object (out);
}

/* What was signed, letter by letter, with what is needed to check it. */
static void
write_whole (GString *out, WuyouServerContext *context, const WuyouConsent *record)
{
  g_autofree char *canonical = wuyou_consent_dup_canonical (record);
  g_autoptr (GString) json = g_string_new (NULL);
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < WUYOU_SIGN_PUBLIC_BYTES; i++)
    g_string_append_printf (key, "%02x", wuyou_keys_get_public_key (context->keys)[i]);
  wuyou_record_write_json (&wuyou_consent_type, record, WUYOU_CODEC_DEFAULT, json);
  wuyou_json_add_raw (out, "record", json->str);
  wuyou_json_add_string (out, "canonical", canonical);
  wuyou_json_add_string (out, "public_key", key->str);
  g_string_free (key, TRUE);
}

static WuyouReply *
list_records (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  Listing l = { .context = context, .account_id = wuyou_request_get_caller (request)->account_id };
  gboolean right;
  GString *out;

  l.id = wuyou_request_get_query (request, "id");
  right = wuyou_db_read (context->db, read_records, &l, error);
  if (!right) {
    g_clear_pointer (&l.records, g_ptr_array_unref);
    return NULL;
  }
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "items");
  for (guint i = 0; i < l.records->len; i++)
    write_item (out, l.records->pdata[i]);
  wuyou_json_end_array (out);
  if (l.id != NULL)
    write_whole (out, context, l.records->pdata[0]);
  wuyou_json_end_object (out);
  g_ptr_array_unref (l.records);
  return wuyou_reply_new_json (200, out);
}

/* --- the text of a version --- */

typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  const char *id;
  gint64 now;
  WuyouBundle *bundle;
} Text;

/* P-08: what binds, or soon will, is open to everyone it is for. */
static gboolean
read_current (WuyouDbConn *conn, const Text *t, gboolean *ret_current, GError **error)
{
  g_autoptr (WuyouOrg) org
      = wuyou_record_load (conn, t->context->store, &wuyou_org_type, t->caller->organisation_id, NULL, NULL, error);

  return org != NULL && wuyou_consent_service_is_current (conn, org, t->id, t->now, ret_current, error);
}

/* P-03: for good, for whoever decided on it; for those of the organisation who may read its consents; and for those
 * who look after agreements. For all others there is no such version, unless it is in force or coming. */
static gboolean
may_read (WuyouDbConn *conn, const Text *t, gboolean *ret_may, GError **error)
{
  gboolean reads_consents = wuyou_permission_check (t->caller->roles, WUYOU_OBJECT_CONSENT, WUYOU_VERB_READ);

  *ret_may = wuyou_permission_check (t->caller->roles, WUYOU_OBJECT_AGREEMENT, WUYOU_VERB_READ);
  if (*ret_may)
    return TRUE;
  return wuyou_consent_concerns (conn, t->id, t->caller->account_id, reads_consents ? t->caller->scope : NULL, ret_may,
                                 error)
         && (*ret_may || read_current (conn, t, ret_may, error));
}

static gboolean
read_text (WuyouDbConn *conn, gpointer data, GError **error)
{
  Text *t = data;
  gboolean may;

  g_clear_pointer (&t->bundle, wuyou_bundle_unref);
  if (!may_read (conn, t, &may, error))
    return FALSE;
  if (may)
    return (t->bundle = wuyou_bundle_load (conn, t->id, error)) != NULL;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "bundle");
  return FALSE;
}

static WuyouReply *
get_text (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  Text t = { .context = context,
             .caller = wuyou_request_get_caller (request),
             .id = wuyou_request_get_id_arg (request, 0, error),
             .now = wuyou_request_get_now (request) };
  g_autoptr (GString) bundle = g_string_new (NULL);
  gboolean right = t.id != NULL && wuyou_db_read (context->db, read_text, &t, error);
  GString *out;

  if (right)
    wuyou_bundle_write_json (t.bundle, bundle);
  g_clear_pointer (&t.bundle, wuyou_bundle_unref);
  if (!right)
    return NULL;
  out = g_string_sized_new (bundle->len + 16);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_raw (out, "bundle", bundle->str);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

void
wuyou_consent_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_CONSENT_BUNDLE, get_bundle);
  wuyou_router_add (router, WUYOU_ROUTE_CONSENT_TEXT, get_text);
  wuyou_router_add (router, WUYOU_ROUTE_CONSENT_ACCEPT, accept);
  wuyou_router_add (router, WUYOU_ROUTE_CONSENT_DECLINE, decline);
  wuyou_router_add (router, WUYOU_ROUTE_CONSENT_RECORDS, list_records);
}
