/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "consent/wuyou-consent.h"
#include "wuyou-consent-store.h"
#include "ctl/wuyou-ctl-bundle.h"
#include "demo/wuyou-demo.h"
#include "wuyou-record-store.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define LOCALE "zh_CN.UTF-8"
#define STREAM_BUNDLES 4000
#define STREAM_CONSENTS 5000

typedef struct {
  WuyouStore *store;
  WuyouDemoWorld *world;
  GPtrArray *files;
  WuyouBundle *bundle; /* of the audience at hand */
  gint64 published_at;
} Agreements;

static gboolean
publish (Agreements *a, const char *audience, guint64 stream, GError **error)
{
  const WuyouDemoAccount *importer = wuyou_demo_world_find_account (a->world, WUYOU_ROLE_OOPS, NULL);
  const WuyouDemoAccount *approver = wuyou_demo_world_find_account (a->world, WUYOU_ROLE_OPRV, NULL);
  WuyouDemoRandom random = wuyou_demo_random (a->world->plan.seed, stream);
  WuyouClock clock = wuyou_clock_fixed (&a->published_at);
  const WuyouIdSource ids = { &clock, wuyou_demo_random_fill, &random };
  const WuyouBundleSource source = {
    .files = a->files,
    .audience = audience,
    .material = TRUE,
  };
  g_autoptr (WuyouProposal) proposal = NULL;

  g_clear_pointer (&a->bundle, wuyou_bundle_unref);
  a->bundle = wuyou_ctl_bundle_new (a->store, &source, &ids, &proposal, error);
  return a->bundle != NULL && wuyou_ctl_bundle_save (a->store, a->bundle, importer->account->id, a->published_at, error)
         && wuyou_ctl_bundle_publish (a->store, a->bundle->id, approver->account->id, a->published_at, error);
}

/* As somebody reads who takes their time: every document to its end. */
static char *
create_events (const WuyouBundle *bundle, gint64 at, gint64 *ret_end)
{
  g_autoptr (WuyouConsentLog) log = wuyou_consent_log_new (at, 0);
  gint64 passed = SECOND;

  wuyou_consent_log_add (log, WUYOU_CONSENT_DISPLAYED, NULL, passed);
  wuyou_consent_log_add (log, WUYOU_CONSENT_FIRST_SCROLL, NULL, passed += 6 * SECOND);
  for (guint i = 0; i < bundle->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    passed += (20 + (gint64) wuyou_agreement_get_length (document) / 60) * SECOND;
    wuyou_consent_log_add (log, WUYOU_CONSENT_REACHED_END, document->code, passed);
  }
  wuyou_consent_log_add (log, WUYOU_CONSENT_ACCEPTED, NULL, passed += 5 * SECOND);
  *ret_end = at + passed;
  return wuyou_consent_log_dup_json (log);
}

static void
set_organisation (WuyouConsent *consent, const WuyouDemoWorld *world, const WuyouOrg *org)
{
  const WuyouOrg *branch = org->kind == WUYOU_ORG_BRANCH ? org : NULL;
  const WuyouOrg *whole = branch != NULL ? wuyou_demo_world_find_org (world, org->parent_id) : org;

  consent->organisation_id = g_strdup (org->id);
  consent->organisation_name = g_strdup (whole->name);
  consent->organisation_code = g_strdup (whole->credit_code);
  consent->organisation_address = g_strdup (whole->address);
  consent->branch_id = branch != NULL ? g_strdup (branch->id) : NULL;
  consent->branch_name = branch != NULL ? g_strdup (branch->name) : NULL;
  consent->cooperation_agreement = g_strdup (org->cooperation_no);
  consent->appointment = g_strdup ("由本机构管理员建立账号");
}

static void
set_presentation (WuyouConsent *consent, const WuyouBundle *bundle)
{
  consent->button_label = g_strdup (wuyou_consent_agree_label (LOCALE));
  consent->call_to_action = wuyou_consent_dup_call_to_action (LOCALE, consent->organisation_name);
  consent->client_name = g_strdup ("wuyou");
  consent->client_version = g_strdup (PACKAGE_VERSION);
  consent->locale = g_strdup (LOCALE);
  consent->window_width = 1280;
  consent->window_height = 800;
  consent->font_percent = 100;
  consent->theme = g_strdup ("light");
  consent->emphasis_spans = (gint64) wuyou_bundle_count_emphasis (bundle);
  consent->time_zone = g_strdup ("Asia/Shanghai");
  consent->auth_method = g_strdup ("PASSWORD");
  consent->auth_age_seconds = 120;
}

static WuyouConsent *
create_consent (const Agreements *a, const WuyouDemoAccount *demo, guint index)
{
  const WuyouAccount *account = demo->account;
  gint64 at = a->published_at + (10 + (gint64) index * 7) * 60 * SECOND;
  WuyouConsent *consent = wuyou_consent_new ();

  consent->id = wuyou_demo_world_create_id (a->world, at, STREAM_CONSENTS + 2 * index);
  consent->linked_id = wuyou_demo_world_create_id (a->world, at, STREAM_CONSENTS + 2 * index + 1);
  consent->decision = WUYOU_DECISION_ACCEPTED;
  consent->bundle_id = g_strdup (a->bundle->id);
  consent->bundle_hash = wuyou_bundle_dup_hash (a->bundle);
  consent->person_id = g_strdup (account->id);
  consent->person_name = g_strdup (account->name);
  consent->login = g_strdup (account->email);
  consent->role = g_strdup (account->roles);
  set_organisation (consent, a->world, demo->org);
  set_presentation (consent, a->bundle);
  consent->events = create_events (a->bundle, at, &consent->sent_at);
  wuyou_consent_receive (consent, a->bundle, consent->sent_at + SECOND / 5);
  return consent;
}

typedef struct {
  WuyouStore *store;
  const char *account_id;
  WuyouKey *key;
} KeyOf;

static gboolean
load_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  KeyOf *of = data;

  of->key = wuyou_record_load_key (conn, of->store, &wuyou_account_type, of->account_id, error);
  return of->key != NULL;
}

static gboolean
accept (Agreements *a, const WuyouDemoAccount *demo, guint index, GError **error)
{
  g_autoptr (WuyouConsent) consent = create_consent (a, demo, index);
  g_autoptr (GPtrArray) rows = NULL;
  KeyOf of = { .store = a->store, .account_id = demo->account->id };
  gboolean ok;

  if (!wuyou_consent_check (consent, a->bundle, error)
      || !wuyou_db_read (wuyou_store_get_db (a->store), load_key, &of, error))
    return FALSE;
  rows = wuyou_consent_split (consent);
  ok = wuyou_consent_append (a->store, rows, of.key, NULL, NULL, error);
  wuyou_key_unref (of.key);
  return ok;
}

static gboolean
is_insurer (const WuyouOrg *org)
{
  return org->kind == WUYOU_ORG_INSURER || org->kind == WUYOU_ORG_INSURER_BRANCH;
}

static gboolean
has_consented (const WuyouDemoAccount *demo)
{
  return demo->org->kind != WUYOU_ORG_OPERATOR && demo->state != WUYOU_DEMO_NOT_CONSENTED
         && demo->state != WUYOU_DEMO_INVITED && demo->state != WUYOU_DEMO_INITIAL_PASSWORD;
}

static gboolean
publish_and_accept (Agreements *a, const char *audience, gboolean insurer, guint64 stream, GError **error)
{
  if (!publish (a, audience, stream, error))
    return FALSE;
  for (guint i = 0; i < a->world->accounts->len; i++) {
    const WuyouDemoAccount *demo = a->world->accounts->pdata[i];

    if (has_consented (demo) && is_insurer (demo->org) == insurer && !accept (a, demo, i, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
wuyou_demo_write_agreements (WuyouStore *store, WuyouDemoWorld *world, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GBytes *file = wuyou_demo_file ("agreements/agreements-1.zh.md", error);
  Agreements a = {
    .store = store,
    .world = world,
    .files = files,
    .published_at = wuyou_date_start (wuyou_demo_plan_first_day (world->plan.now)) + 9 * 3600 * SECOND,
  };
  gboolean ok;

  if (file == NULL)
    return FALSE;
  g_ptr_array_add (files, file);
  ok = publish_and_accept (&a, "DEALER", FALSE, STREAM_BUNDLES, error)
       && publish_and_accept (&a, "INSURER", TRUE, STREAM_BUNDLES + 1, error);
  g_clear_pointer (&a.bundle, wuyou_bundle_unref);
  return ok;
}
