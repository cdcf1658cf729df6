/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-view.h"

#include "base/wuyou-json.h"
#include "wuyou-consent-store.h"
#include "wuyou-record-store.h"

void
wuyou_consent_case_clear (WuyouConsentCase *self)
{
  wuyou_account_free (self->account);
  wuyou_org_free (self->org);
  wuyou_org_free (self->whole);
  wuyou_session_free (self->session);
  g_clear_pointer (&self->key, wuyou_key_unref);
  g_clear_pointer (&self->bundle, wuyou_bundle_unref);
  g_clear_pointer (&self->accepted, wuyou_bundle_unref);
  *self = (WuyouConsentCase){ NULL };
}

typedef struct {
  WuyouConsentCase *consent;
  WuyouServerContext *context;
  const WuyouRequest *request;
} Loading;

static gboolean
read_person (Loading *l, WuyouDbConn *conn, GError **error)
{
  const WuyouCaller *caller = wuyou_request_get_caller (l->request);
  WuyouStore *store = l->context->store;
  WuyouConsentCase *c = l->consent;
  g_autoptr (WuyouSession) before = NULL;
  GError *local = NULL;

  c->account = wuyou_record_load (conn, store, &wuyou_account_type, caller->account_id, NULL, NULL, error);
  if (c->account == NULL)
    return FALSE;
  c->org = wuyou_record_load (conn, store, &wuyou_org_type, c->account->org_id, NULL, NULL, error);
  if (c->org == NULL || !wuyou_session_load (conn, caller->account_id, caller->session_id, &c->session, &before, error))
    return FALSE;
  c->key = wuyou_record_load_key (conn, store, &wuyou_account_type, c->account->id, &local);
  if (local == NULL && c->org->kind == WUYOU_ORG_BRANCH && c->org->parent_id != NULL)
    c->whole = wuyou_record_load (conn, store, &wuyou_org_type, c->org->parent_id, NULL, NULL, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_bundles (Loading *l, WuyouDbConn *conn, GError **error)
{
  WuyouConsentCase *c = l->consent;
  gboolean shows = *c->state.bundle_id != '\0';
  const char *shown = shows ? c->state.bundle_id : c->state.accepted_id;

  if (*shown != '\0' && (c->bundle = wuyou_bundle_load (conn, shown, error)) == NULL)
    return FALSE;
  if (shows && *c->state.accepted_id != '\0' && !g_str_equal (c->state.accepted_id, shown))
    return (c->accepted = wuyou_bundle_load (conn, c->state.accepted_id, error)) != NULL;
  return TRUE;
}

static gboolean
read_case (WuyouDbConn *conn, gpointer data, GError **error)
{
  Loading *l = data;
  gint64 now = wuyou_request_get_now (l->request);

  wuyou_consent_case_clear (l->consent);
  return read_person (l, conn, error)
         && wuyou_consent_service_read (conn, l->consent->account->id, l->consent->org, now, &l->consent->state, error)
         && read_bundles (l, conn, error);
}

gboolean
wuyou_consent_case_load (WuyouConsentCase *self,
                         WuyouServerContext *context,
                         const WuyouRequest *request,
                         GError **error)
{
  Loading loading = { self, context, request };

  return wuyou_db_read (context->db, read_case, &loading, error);
}

static gboolean
acts_for_organisation (const WuyouConsentCase *self)
{
  return wuyou_consent_service_organisation (self->org) != NULL;
}

static void
write_bundle (const char *name, const WuyouBundle *bundle, GString *out)
{
  g_autoptr (GString) json = g_string_new (NULL);

  if (bundle == NULL)
    return;
  wuyou_bundle_write_json (bundle, json);
  wuyou_json_add_raw (out, name, json->str);
}

static void
write_organisation (const WuyouConsentCase *self, GString *out)
{
  const WuyouOrg *named = self->whole != NULL ? self->whole : self->org;

  if (!acts_for_organisation (self))
    return;
  wuyou_json_begin_object (out, "organisation");
  wuyou_json_add_string (out, "id", self->org->id);
  wuyou_json_add_string (out, "name", named->name);
  wuyou_json_add_string (out, "branch", self->whole != NULL ? self->org->name : NULL);
  wuyou_json_end_object (out);
}

void
wuyou_consent_case_write (const WuyouConsentCase *self, const char *locale, GString *out)
{
  g_autofree char *hash = self->bundle != NULL ? wuyou_bundle_dup_hash (self->bundle) : NULL;

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "state", wuyou_enum_id (wuyou_gate_states, self->state.state));
  write_bundle ("bundle", self->bundle, out);
  wuyou_json_add_string (out, "hash", hash);
  wuyou_json_add_string (out, "in_force_id", *self->state.in_force_id != '\0' ? self->state.in_force_id : NULL);
  write_bundle ("accepted", self->accepted, out);
  write_organisation (self, out);
  wuyou_json_begin_array (out, "capacities");
  wuyou_json_add_string (out, NULL, wuyou_enum_id (wuyou_capacities, WUYOU_CAPACITY_PERSON));
  if (acts_for_organisation (self))
    wuyou_json_add_string (out, NULL, wuyou_enum_id (wuyou_capacities, WUYOU_CAPACITY_ORGANISATION));
  wuyou_json_end_array (out);
  wuyou_json_add_string (out, "agree_label", wuyou_consent_agree_label (locale));
  wuyou_json_add_string (out, "decline_label", wuyou_consent_decline_label (locale));
  wuyou_json_add_boolean (out, "declined", self->state.declined);
  wuyou_json_end_object (out);
}

static void
set (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static void
fill_organisation (const WuyouConsentCase *self, WuyouConsent *consent)
{
  const WuyouOrg *named = self->whole != NULL ? self->whole : self->org;

  if (!acts_for_organisation (self))
    return;
  set (&consent->organisation_id, self->org->id);
  set (&consent->organisation_name, named->name);
  set (&consent->organisation_code, named->credit_code);
  set (&consent->organisation_address, named->address);
  set (&consent->branch_id, self->whole != NULL ? self->org->id : NULL);
  set (&consent->branch_name, self->whole != NULL ? self->org->name : NULL);
  set (&consent->cooperation_agreement,
       self->org->cooperation_no != NULL ? self->org->cooperation_no : named->cooperation_no);
  set (&consent->appointment, self->account->created_by != NULL ? self->account->created_by : "operator");
}

void
wuyou_consent_case_fill (const WuyouConsentCase *self, const WuyouRequest *request, WuyouConsent *consent)
{
  const WuyouCaller *caller = wuyou_request_get_caller (request);
  gint64 age = wuyou_request_get_now (request) - caller->authenticated_at;

  set (&consent->person_id, self->account->id);
  set (&consent->person_name, self->account->name);
  set (&consent->login, self->account->email);
  set (&consent->role, self->account->roles);
  fill_organisation (self, consent);
  set (&consent->auth_method, self->session->second_factor ? "PASSWORD+TOTP" : "PASSWORD");
  consent->auth_second_factor = self->session->second_factor;
  consent->auth_age_seconds = MAX (age, 0) / G_TIME_SPAN_SECOND;
  set (&consent->session_id, caller->session_id);
  set (&consent->device_id, *caller->device_id != '\0' ? caller->device_id : NULL);
  set (&consent->address, wuyou_request_get_address (request));
  set (&consent->time_source, "server");
  set (&consent->copy_channel, "application");
}

void
wuyou_consent_write_summary (GPtrArray *rows, GString *out)
{
  const WuyouConsent *first = rows->pdata[0];

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", first->id);
  wuyou_json_add_string (out, "linked_id", first->linked_id);
  wuyou_json_add_string (out, "decision", wuyou_enum_id (wuyou_decisions, first->decision));
  wuyou_json_add_string (out, "bundle_id", first->bundle_id);
  wuyou_json_add_string (out, "bundle_hash", first->bundle_hash);
  wuyou_json_add_instant (out, "received_at", first->received_at);
  wuyou_json_add_string (out, "key_fingerprint", first->key_fingerprint);
  wuyou_json_begin_array (out, "records");
  for (guint i = 0; i < rows->len; i++) {
    const WuyouConsent *row = rows->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "id", row->id);
    wuyou_json_add_string (out, "capacity", wuyou_enum_id (wuyou_capacities, row->capacity));
    wuyou_json_add_string (out, "hash", row->hash);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
}
