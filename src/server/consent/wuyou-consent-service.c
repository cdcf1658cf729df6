/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-service.h"

#include "base/wuyou-error.h"
#include "wuyou-consent-store.h"
#include "wuyou-record-store.h"

#define CACHE_LIFE (3 * G_TIME_SPAN_SECOND)
#define CACHE_MAX 20000

struct _WuyouConsentService {
  GMutex lock;
  GHashTable *open; /* account id → Entry */
  guint generation; /* raised by every forgetting: what was read before is not remembered after */
};

typedef struct {
  WuyouConsentState state;
  char organisation_id[40];
  gint64 at;
} Entry;

void
wuyou_consent_service_start (WuyouServerContext *context)
{
  context->consent = g_new0 (WuyouConsentService, 1);
  g_mutex_init (&context->consent->lock);
  context->consent->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
wuyou_consent_service_stop (WuyouServerContext *context)
{
  if (context->consent == NULL)
    return;
  g_hash_table_unref (context->consent->open);
  g_mutex_clear (&context->consent->lock);
  g_clear_pointer (&context->consent, g_free);
}

void
wuyou_consent_service_forget (WuyouServerContext *context, const char *account_id)
{
  if (context->consent == NULL)
    return;
  g_mutex_lock (&context->consent->lock);
  context->consent->generation++;
  if (account_id != NULL)
    g_hash_table_remove (context->consent->open, account_id);
  else
    g_hash_table_remove_all (context->consent->open);
  g_mutex_unlock (&context->consent->lock);
}

static gboolean
is_fresh (const Entry *entry, const char *organisation_id, gint64 now)
{
  return now >= entry->at && now < entry->at + CACHE_LIFE
         && (entry->state.next_change == 0 || now < entry->state.next_change)
         && g_str_equal (entry->organisation_id, organisation_id);
}

static gboolean
find_open (WuyouConsentService *self,
           const char *account_id,
           const char *organisation_id,
           gint64 now,
           guint *ret_generation,
           WuyouConsentState *ret_state)
{
  gboolean found = FALSE;
  const Entry *entry;

  if (self == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  entry = g_hash_table_lookup (self->open, account_id);
  if (entry != NULL && is_fresh (entry, organisation_id, now)) {
    *ret_state = entry->state;
    found = TRUE;
  }
  *ret_generation = self->generation;
  g_mutex_unlock (&self->lock);
  return found;
}

static void
remember (WuyouConsentService *self,
          const char *account_id,
          const char *organisation_id,
          gint64 now,
          guint generation,
          const WuyouConsentState *state)
{
  Entry *entry;

  if (self == NULL || state->state == WUYOU_GATE_REQUIRED)
    return;
  entry = g_new0 (Entry, 1);
  entry->state = *state;
  entry->at = now;
  g_strlcpy (entry->organisation_id, organisation_id, sizeof entry->organisation_id);
  g_mutex_lock (&self->lock);
  if (g_hash_table_size (self->open) >= CACHE_MAX)
    g_hash_table_remove_all (self->open);
  if (generation == self->generation)
    g_hash_table_replace (self->open, g_strdup (account_id), entry);
  else
    g_free (entry);
  g_mutex_unlock (&self->lock);
}

const char *
wuyou_consent_service_audience (const WuyouOrg *org)
{
  switch (org->kind) {
  case WUYOU_ORG_OPERATOR:
    return "OPERATOR";
  case WUYOU_ORG_INSURER:
  case WUYOU_ORG_INSURER_BRANCH:
    return "INSURER";
  default:
    return "DEALER";
  }
}

const char *
wuyou_consent_service_organisation (const WuyouOrg *org)
{
  return org->kind != WUYOU_ORG_OPERATOR ? org->id : NULL;
}

/* The operator is the other party of the agreements; its staff are asked once it publishes some for them. */
static gboolean
asks_nothing (const WuyouOrg *org, const WuyouGateFacts *facts)
{
  return org->kind == WUYOU_ORG_OPERATOR && facts->versions->len == 0;
}

static void
copy_id (char to[40], const char *id)
{
  g_strlcpy (to, id != NULL ? id : "", 40);
}

gboolean
wuyou_consent_service_read (WuyouDbConn *conn,
                            const char *account_id,
                            const WuyouOrg *org,
                            gint64 now,
                            WuyouConsentState *ret_state,
                            GError **error)
{
  g_auto (WuyouGateFacts) facts = { NULL };
  const WuyouGateVersion *versions;
  WuyouConsentGate gate = { .state = WUYOU_GATE_OPEN };

  if (!wuyou_gate_facts_read (conn, wuyou_consent_service_audience (org), account_id, &facts, error))
    return FALSE;
  versions = (const WuyouGateVersion *) (gpointer) facts.versions->data;
  if (!asks_nothing (org, &facts))
    gate = wuyou_consent_gate ((const WuyouGateAcceptance *) (gpointer) facts.acceptances->data, facts.acceptances->len,
                               versions, facts.versions->len, wuyou_consent_service_organisation (org), now);
  *ret_state = (WuyouConsentState){ .state = gate.state, .declined = gate.declined };
  copy_id (ret_state->bundle_id, gate.bundle_id);
  copy_id (ret_state->accepted_id, gate.accepted_id);
  copy_id (ret_state->in_force_id, gate.in_force_id);
  ret_state->next_change = wuyou_consent_gate_next_change (versions, facts.versions->len, now);
  return TRUE;
}

gboolean
wuyou_consent_service_is_current (WuyouDbConn *conn,
                                  const WuyouOrg *org,
                                  const char *bundle_id,
                                  gint64 now,
                                  gboolean *ret_current,
                                  GError **error)
{
  g_auto (WuyouGateFacts) facts = { NULL };

  if (!wuyou_gate_facts_read (conn, wuyou_consent_service_audience (org), "", &facts, error))
    return FALSE;
  *ret_current = wuyou_consent_gate_is_current ((const WuyouGateVersion *) (gpointer) facts.versions->data,
                                                facts.versions->len, bundle_id, now);
  return TRUE;
}

typedef struct {
  WuyouServerContext *context;
  const char *account_id, *organisation_id;
  gint64 now;
  WuyouConsentState *state;
} Reading;

static gboolean
read_state (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reading *r = data;
  g_autoptr (WuyouOrg) org
      = wuyou_record_load (conn, r->context->store, &wuyou_org_type, r->organisation_id, NULL, NULL, error);

  return org != NULL && wuyou_consent_service_read (conn, r->account_id, org, r->now, r->state, error);
}

gboolean
wuyou_consent_service_get (WuyouServerContext *context,
                           const char *account_id,
                           const char *organisation_id,
                           gint64 now,
                           WuyouConsentState *ret_state,
                           GError **error)
{
  Reading reading = { context, account_id, organisation_id, now, ret_state };
  guint generation = 0;

  if (find_open (context->consent, account_id, organisation_id, now, &generation, ret_state))
    return TRUE;
  if (!wuyou_db_read (context->db, read_state, &reading, error))
    return FALSE;
  remember (context->consent, account_id, organisation_id, now, generation, ret_state);
  return TRUE;
}

gboolean
wuyou_consent_service_gate (WuyouServerContext *context,
                            const WuyouCaller *caller,
                            gint64 now,
                            gboolean *ret_closed,
                            GError **error)
{
  WuyouConsentState state;

  if (!wuyou_consent_service_get (context, caller->account_id, caller->organisation_id, now, &state, error))
    return FALSE;
  *ret_closed = state.state == WUYOU_GATE_REQUIRED;
  return TRUE;
}
