/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-gate.h"

#include "consent/wuyou-consent.h"

const WuyouEnum wuyou_gate_states[] = {
  { WUYOU_GATE_OPEN, "OPEN", NULL },
  { WUYOU_GATE_REQUIRED, "REQUIRED", NULL },
  { WUYOU_GATE_PREVIEW, "PREVIEW", NULL },
  { WUYOU_GATE_NOTICE, "NOTICE", NULL },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_gate_events[] = {
  { WUYOU_GATE_OPEN, "consent", NULL },
  { WUYOU_GATE_REQUIRED, "consent-required", NULL },
  { WUYOU_GATE_PREVIEW, "consent-preview", NULL },
  { WUYOU_GATE_NOTICE, "consent-notice", NULL },
  { 0, NULL, NULL },
};

static gboolean
is_published (const WuyouGateVersion *version, gint64 now)
{
  return version->published_at != 0 && version->published_at <= now
         && (version->withdrawn_at == 0 || version->withdrawn_at > now);
}

static gint64
get_start (const WuyouGateVersion *version)
{
  return MAX (wuyou_date_start (version->effective_on), version->published_at);
}

/* Later day first; of one day, the one published last replaces the other. */
static gboolean
is_newer (const WuyouGateVersion *a, const WuyouGateVersion *b)
{
  return a->effective_on != b->effective_on ? a->effective_on > b->effective_on : a->published_at > b->published_at;
}

static const WuyouGateVersion *
find_in_force (const WuyouGateVersion *versions, guint n, gint64 now)
{
  const WuyouGateVersion *best = NULL;

  for (guint i = 0; i < n; i++)
    if (is_published (&versions[i], now) && get_start (&versions[i]) <= now
        && (best == NULL || is_newer (&versions[i], best)))
      best = &versions[i];
  return best;
}

/* Withdrawn only after its day: it was agreed to, and what follows builds on it. */
static gboolean
has_bound (const WuyouGateVersion *version, gint64 now)
{
  return is_published (version, now) || (version->published_at != 0 && version->withdrawn_at > get_start (version));
}

static const WuyouGateVersion *
find_before (const WuyouGateVersion *versions, guint n, const WuyouGateVersion *than, gint64 now)
{
  const WuyouGateVersion *best = NULL;

  for (guint i = 0; i < n; i++)
    if (has_bound (&versions[i], now) && is_newer (than, &versions[i])
        && (best == NULL || is_newer (&versions[i], best)))
      best = &versions[i];
  return best;
}

static const WuyouGateVersion *
find_coming (const WuyouGateVersion *versions, guint n, const WuyouGateVersion *in_force, gint64 now)
{
  const WuyouGateVersion *next = NULL;

  for (guint i = 0; i < n; i++)
    if (is_published (&versions[i], now) && get_start (&versions[i]) > now && is_newer (&versions[i], in_force)
        && (next == NULL || is_newer (next, &versions[i])))
      next = &versions[i];
  return next;
}

static gint64
find_decision (const WuyouGateAcceptance *acceptances,
               guint n,
               const char *bundle_id,
               int capacity,
               int decision,
               const char *organisation_id)
{
  gint64 at = 0;

  for (guint i = 0; i < n; i++) {
    const WuyouGateAcceptance *a = &acceptances[i];

    if (a->capacity == capacity && a->decision == decision && g_strcmp0 (a->bundle_id, bundle_id) == 0
        && (capacity == WUYOU_CAPACITY_PERSON || g_strcmp0 (a->organisation_id, organisation_id) == 0))
      at = MAX (at, a->at);
  }
  return at;
}

/* Both capacities where the account acts for an organisation: the present one, not one it has left (P-04). */
static gboolean
is_accepted (const WuyouGateAcceptance *acceptances,
             guint n,
             const WuyouGateVersion *version,
             const char *organisation_id)
{
  return find_decision (acceptances, n, version->bundle_id, WUYOU_CAPACITY_PERSON, WUYOU_DECISION_ACCEPTED, NULL) != 0
         && (organisation_id == NULL
             || find_decision (acceptances, n, version->bundle_id, WUYOU_CAPACITY_ORGANISATION, WUYOU_DECISION_ACCEPTED,
                               organisation_id)
                    != 0);
}

static void
ask_for (WuyouConsentGate *gate,
         WuyouGateState state,
         const WuyouGateVersion *version,
         const WuyouGateAcceptance *acceptances,
         guint n)
{
  gate->state = state;
  gate->bundle_id = version->bundle_id;
  gate->effective_on = version->effective_on;
  gate->declined
      = find_decision (acceptances, n, version->bundle_id, WUYOU_CAPACITY_PERSON, WUYOU_DECISION_DECLINED, NULL) != 0;
}

static void
tell_of (WuyouConsentGate *gate, const WuyouGateVersion *in_force, const WuyouGateVersion *covering)
{
  gate->state = WUYOU_GATE_NOTICE;
  gate->bundle_id = in_force->bundle_id;
  gate->effective_on = in_force->effective_on;
  gate->accepted_id = covering->bundle_id;
}

/* An acceptance of any version since the last material one still holds: the newest of them. */
static const WuyouGateVersion *
find_covering (const WuyouGateAcceptance *acceptances,
               guint n_acceptances,
               const WuyouGateVersion *versions,
               guint n_versions,
               const WuyouGateVersion *in_force,
               const char *organisation_id,
               gint64 now)
{
  for (const WuyouGateVersion *version = in_force; version != NULL;
       version = version->material ? NULL : find_before (versions, n_versions, version, now))
    if (is_accepted (acceptances, n_acceptances, version, organisation_id))
      return version;
  return NULL;
}

static const char *
find_accepted (const WuyouGateAcceptance *acceptances,
               guint n_acceptances,
               const WuyouGateVersion *versions,
               guint n_versions)
{
  const WuyouGateVersion *best = NULL;

  for (guint i = 0; i < n_versions; i++)
    if (is_accepted (acceptances, n_acceptances, &versions[i], NULL) && (best == NULL || is_newer (&versions[i], best)))
      best = &versions[i];
  return best != NULL ? best->bundle_id : NULL;
}

WuyouConsentGate
wuyou_consent_gate (const WuyouGateAcceptance *acceptances,
                    guint n_acceptances,
                    const WuyouGateVersion *versions,
                    guint n_versions,
                    const char *organisation_id,
                    gint64 now)
{
  WuyouConsentGate gate = { .state = WUYOU_GATE_REQUIRED };
  const WuyouGateVersion *in_force = find_in_force (versions, n_versions, now), *coming, *covering;

  gate.accepted_id = find_accepted (acceptances, n_acceptances, versions, n_versions);
  if (in_force == NULL)
    return gate;
  gate.in_force_id = in_force->bundle_id;
  covering = find_covering (acceptances, n_acceptances, versions, n_versions, in_force, organisation_id, now);
  if (covering == NULL) {
    ask_for (&gate, WUYOU_GATE_REQUIRED, in_force, acceptances, n_acceptances);
    return gate;
  }
  gate.state = WUYOU_GATE_OPEN;
  coming = find_coming (versions, n_versions, in_force, now);
  if (coming != NULL && coming->material && !is_accepted (acceptances, n_acceptances, coming, organisation_id))
    ask_for (&gate, WUYOU_GATE_PREVIEW, coming, acceptances, n_acceptances);
  else if (covering != in_force)
    tell_of (&gate, in_force, covering);
  return gate;
}

gboolean
wuyou_consent_gate_may_withdraw (const WuyouGateVersion *versions, guint n_versions, const char *bundle_id, gint64 now)
{
  const WuyouGateVersion *in_force = find_in_force (versions, n_versions, now);

  return in_force == NULL || !g_str_equal (in_force->bundle_id, bundle_id);
}

gboolean
wuyou_consent_gate_is_current (const WuyouGateVersion *versions, guint n_versions, const char *bundle_id, gint64 now)
{
  const WuyouGateVersion *in_force = find_in_force (versions, n_versions, now);

  for (guint i = 0; i < n_versions; i++)
    if (g_str_equal (versions[i].bundle_id, bundle_id))
      return &versions[i] == in_force || (is_published (&versions[i], now) && get_start (&versions[i]) > now);
  return FALSE;
}

gint64
wuyou_consent_gate_next_change (const WuyouGateVersion *versions, guint n_versions, gint64 now)
{
  gint64 next = 0;

  for (guint i = 0; i < n_versions; i++) {
    const WuyouGateVersion *version = &versions[i];
    gint64 times[]
        = { version->published_at != 0 ? get_start (version) : 0, version->published_at, version->withdrawn_at };

    for (gsize k = 0; k < G_N_ELEMENTS (times); k++)
      if (times[k] > now && (next == 0 || times[k] < next))
        next = times[k];
  }
  return next;
}
