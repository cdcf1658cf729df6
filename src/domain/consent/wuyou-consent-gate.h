/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

#include "base/wuyou-date.h"
#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* Computed on every request from acceptances and the versions in force, never a stored flag (architecture 7). */
typedef struct {
  const char *bundle_id;
  gint64 published_at; /* 0: not approved, ignored */
  gint64 withdrawn_at; /* 0: never */
  WuyouDate effective_on;
  gboolean material; /* the first version of all counts as material */
} WuyouGateVersion;

typedef struct {
  const char *bundle_id;
  int capacity;                /* WuyouCapacity */
  int decision;                /* WuyouDecision */
  const char *organisation_id; /* of an ORG_REPRESENTATIVE row */
  gint64 at;
} WuyouGateAcceptance;

typedef enum {
  WUYOU_GATE_OPEN,     /* nothing to ask */
  WUYOU_GATE_REQUIRED, /* only the allow-list until @bundle_id is accepted */
  WUYOU_GATE_PREVIEW,  /* open; @bundle_id comes into force later and may be accepted now */
  WUYOU_GATE_NOTICE,   /* open; @bundle_id is in force, binds without a new consent and is to be shown (P-08) */
} WuyouGateState;

extern const WuyouEnum wuyou_gate_states[]; /* as the bundle route says it: "NOTICE" */
extern const WuyouEnum wuyou_gate_events[]; /* kind of the feed's event that tells of it: "consent-notice" */

typedef struct {
  WuyouGateState state;
  const char *bundle_id;   /* borrowed from the versions; NULL when REQUIRED but no version is in force */
  const char *in_force_id; /* borrowed; NULL when none is */
  const char *accepted_id; /* accepted before, for the diff: the newest, for NOTICE what covers; borrowed, or NULL */
  WuyouDate effective_on;  /* of @bundle_id */
  gboolean declined;       /* the person already declined @bundle_id */
} WuyouConsentGate;

/* @versions in any order, all of the account's audience. @organisation_id: the organisation the account acts for, for
 * which both capacities must be accepted; NULL for a person alone. */
WuyouConsentGate wuyou_consent_gate (const WuyouGateAcceptance *acceptances,
                                     guint n_acceptances,
                                     const WuyouGateVersion *versions,
                                     guint n_versions,
                                     const char *organisation_id,
                                     gint64 now);

/* FALSE while the version binds people: until then and once another one is in force instead, it may be withdrawn. */
gboolean
wuyou_consent_gate_may_withdraw (const WuyouGateVersion *versions, guint n_versions, const char *bundle_id, gint64 now);

/* In force or coming: all of the audience may read it. */
gboolean
wuyou_consent_gate_is_current (const WuyouGateVersion *versions, guint n_versions, const char *bundle_id, gint64 now);

/* Instant at which the answer can change by time alone (a version comes into force), 0 when never. */
gint64 wuyou_consent_gate_next_change (const WuyouGateVersion *versions, guint n_versions, gint64 now);

G_END_DECLS
