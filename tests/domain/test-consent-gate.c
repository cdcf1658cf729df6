/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-gate.h"
#include "consent/wuyou-consent.h"
#include "wuyou-test.h"

#define DAY (24 * G_GINT64_CONSTANT (3600000000))
#define P WUYOU_CAPACITY_PERSON
#define O WUYOU_CAPACITY_ORGANISATION
#define YES WUYOU_DECISION_ACCEPTED
#define NO WUYOU_DECISION_DECLINED
#define ORG "org"

/* Days are counted from the test clock's day; 0 published means: not approved. */
typedef struct {
  const char *id;
  int published, effective, withdrawn;
  gboolean material;
} Version;

typedef struct {
  const char *id;
  int capacity, decision;
  const char *organisation;
} Decision;

static const struct {
  const char *name;
  Version versions[4];
  Decision decisions[5];
  const char *organisation;
  WuyouGateState state;
  const char *asks, *accepted;
  gboolean declined;
} cases[] = {
  { "nothing-published", { { NULL } }, { { NULL } }, ORG, WUYOU_GATE_REQUIRED, NULL, NULL, FALSE },
  { "not-approved", { { "v1", 0, -5, 0, TRUE } }, { { NULL } }, ORG, WUYOU_GATE_REQUIRED, NULL, NULL, FALSE },
  { "first-sign-in", { { "v1", -9, -5, 0, TRUE } }, { { NULL } }, ORG, WUYOU_GATE_REQUIRED, "v1", NULL, FALSE },
  { "both-capacities",
    { { "v1", -9, -5, 0, TRUE } },
    { { "v1", P, YES, NULL }, { "v1", O, YES, ORG } },
    ORG,
    WUYOU_GATE_OPEN,
    NULL,
    "v1",
    FALSE },
  { "person-only",
    { { "v1", -9, -5, 0, TRUE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_OPEN,
    NULL,
    "v1",
    FALSE },
  { "organisation-missing",
    { { "v1", -9, -5, 0, TRUE } },
    { { "v1", P, YES, NULL } },
    ORG,
    WUYOU_GATE_REQUIRED,
    "v1",
    "v1",
    FALSE },
  { "other-organisation",
    { { "v1", -9, -5, 0, TRUE } },
    { { "v1", P, YES, NULL }, { "v1", O, YES, "left" } },
    ORG,
    WUYOU_GATE_REQUIRED,
    "v1",
    "v1",
    FALSE },
  { "declined", { { "v1", -9, -5, 0, TRUE } }, { { "v1", P, NO, NULL } }, NULL, WUYOU_GATE_REQUIRED, "v1", NULL, TRUE },
  { "declined-then-accepted",
    { { "v1", -9, -5, 0, TRUE } },
    { { "v1", P, NO, NULL }, { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_OPEN,
    NULL,
    "v1",
    FALSE },
  { "new-version-in-force",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, -1, 0, TRUE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_REQUIRED,
    "v2",
    "v1",
    FALSE },
  { "new-version-today",
    { { "v2", -3, 0, 0, TRUE }, { "v1", -9, -5, 0, TRUE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_REQUIRED,
    "v2",
    "v1",
    FALSE },
  { "new-version-coming",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, 1, 0, TRUE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_PREVIEW,
    "v2",
    "v1",
    FALSE },
  { "coming-declined",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, 1, 0, TRUE } },
    { { "v1", P, YES, NULL }, { "v2", P, NO, NULL } },
    NULL,
    WUYOU_GATE_PREVIEW,
    "v2",
    "v1",
    TRUE },
  { "coming-accepted-early",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, 1, 0, TRUE } },
    { { "v1", P, YES, NULL }, { "v2", P, YES, NULL } },
    NULL,
    WUYOU_GATE_OPEN,
    NULL,
    "v2",
    FALSE },
  { "accepted-early-then-in-force",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, -1, 0, TRUE } },
    { { "v2", P, YES, NULL } },
    NULL,
    WUYOU_GATE_OPEN,
    NULL,
    "v2",
    FALSE },
  { "only-the-coming-one-accepted",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, 1, 0, TRUE } },
    { { "v2", P, YES, NULL } },
    NULL,
    WUYOU_GATE_REQUIRED,
    "v1",
    "v2",
    FALSE },
  { "not-material",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, -1, 0, FALSE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_NOTICE,
    "v2",
    "v1",
    FALSE },
  { "material-before-not-material",
    { { "v1", -9, -8, 0, TRUE }, { "v2", -7, -5, 0, TRUE }, { "v3", -3, -1, 0, FALSE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_REQUIRED,
    "v3",
    "v1",
    FALSE },
  { "not-material-accepted-early",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, -1, 0, FALSE }, { "v3", -3, 2, 0, TRUE } },
    { { "v1", P, YES, NULL }, { "v3", P, YES, NULL } },
    NULL,
    WUYOU_GATE_NOTICE,
    "v2",
    "v1",
    FALSE },
  { "not-material-and-one-to-ask-for", /* what is asked for comes first, and holds both changes */
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, -1, 0, FALSE }, { "v3", -3, 2, 0, TRUE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_PREVIEW,
    "v3",
    "v1",
    FALSE },
  { "not-material-accepted",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, -1, 0, FALSE } },
    { { "v2", P, YES, NULL } },
    NULL,
    WUYOU_GATE_OPEN,
    NULL,
    "v2",
    FALSE },
  { "coming-not-material",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, 1, 0, FALSE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_OPEN,
    NULL,
    "v1",
    FALSE },
  { "withdrawn",
    { { "v1", -9, -5, 0, TRUE }, { "v2", -3, -1, -1, TRUE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_OPEN,
    NULL,
    "v1",
    FALSE },
  { "withdrawn-after-it-bound", /* what was accepted then still counts towards what changed little since */
    { { "v1", -9, -5, -1, TRUE }, { "v2", -4, -2, 0, FALSE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_NOTICE,
    "v2",
    "v1",
    FALSE },
  { "withdrawn-material-asks-on", /* v3 holds v2's change, which nobody agreed to */
    { { "v1", -9, -8, 0, TRUE }, { "v2", -7, -5, -1, TRUE }, { "v3", -4, -3, 0, FALSE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_REQUIRED,
    "v3",
    "v1",
    FALSE },
  { "withdrawn-before-it-bound",
    { { "v1", -9, -8, 0, TRUE }, { "v2", -7, -3, -5, TRUE }, { "v3", -4, -2, 0, FALSE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_NOTICE,
    "v3",
    "v1",
    FALSE },
  { "same-day-later-publication",
    { { "v2", -3, -1, 0, TRUE }, { "v1", -4, -1, 0, TRUE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_REQUIRED,
    "v2",
    "v1",
    FALSE },
  { "published-late-is-not-in-force-before",
    { { "v1", -9, -5, 0, TRUE }, { "v2", 1, -2, 0, TRUE } },
    { { "v1", P, YES, NULL } },
    NULL,
    WUYOU_GATE_OPEN,
    NULL,
    "v1",
    FALSE },
};

static guint
fill_versions (const Version *rows, WuyouGateVersion *versions)
{
  guint n = 0;

  for (; rows[n].id != NULL; n++) {
    WuyouDate today = wuyou_date_of_instant (WUYOU_TEST_NOW);

    versions[n]
        = (WuyouGateVersion){ .bundle_id = rows[n].id,
                              .published_at = rows[n].published != 0 ? WUYOU_TEST_NOW + rows[n].published * DAY : 0,
                              .withdrawn_at = rows[n].withdrawn != 0 ? WUYOU_TEST_NOW + rows[n].withdrawn * DAY : 0,
                              .effective_on = today + rows[n].effective,
                              .material = rows[n].material };
  }
  return n;
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  WuyouGateVersion versions[4];
  WuyouGateAcceptance acceptances[5];
  guint n_versions = fill_versions (cases[i].versions, versions), n = 0;
  WuyouConsentGate gate;

  for (const Decision *d = cases[i].decisions; d->id != NULL; d++)
    acceptances[n++] = (WuyouGateAcceptance){ d->id, d->capacity, d->decision, d->organisation, WUYOU_TEST_NOW - DAY };
  gate = wuyou_consent_gate (acceptances, n, versions, n_versions, cases[i].organisation, WUYOU_TEST_NOW);
  g_assert_cmpint (gate.state, ==, cases[i].state);
  g_assert_cmpstr (gate.bundle_id, ==, cases[i].asks);
  g_assert_cmpstr (gate.accepted_id, ==, cases[i].accepted);
  g_assert_cmpint (gate.declined, ==, cases[i].declined);
}

/* A version comes into force at midnight in Shanghai, which is 16:00 UTC the day before. */
static void
test_midnight (void)
{
  WuyouGateVersion versions[] = {
    { .bundle_id = "v1", .published_at = 1, .effective_on = wuyou_date_new (2026, 1, 1), .material = TRUE },
    { .bundle_id = "v2", .published_at = 1, .effective_on = wuyou_date_new (2026, 12, 1), .material = TRUE },
  };
  WuyouGateAcceptance accepted = { "v1", P, YES, NULL, 1 };
  gint64 midnight = wuyou_instant_parse ("2026-11-30T16:00:00Z");

  g_assert_cmpint (wuyou_consent_gate (&accepted, 1, versions, 2, NULL, midnight - 1).state, ==, WUYOU_GATE_PREVIEW);
  g_assert_cmpint (wuyou_consent_gate (&accepted, 1, versions, 2, NULL, midnight).state, ==, WUYOU_GATE_REQUIRED);
  g_assert_cmpint (wuyou_consent_gate_next_change (versions, 2, WUYOU_TEST_NOW), ==, midnight);
  g_assert_cmpint (wuyou_consent_gate_next_change (versions, 2, midnight), ==, 0);
}

/* People are bound by the newest version that began; only that one cannot be taken back. */
static void
test_withdraw (void)
{
  static const Version rows[]
      = { { "old", -9, -8, 0, TRUE }, { "now", -7, -5, 0, TRUE }, { "coming", -4, 2, 0, TRUE }, { NULL } };
  WuyouGateVersion versions[4];
  guint n = fill_versions (rows, versions);

  g_assert_true (wuyou_consent_gate_may_withdraw (versions, n, "old", WUYOU_TEST_NOW));
  g_assert_false (wuyou_consent_gate_may_withdraw (versions, n, "now", WUYOU_TEST_NOW));
  g_assert_true (wuyou_consent_gate_may_withdraw (versions, n, "coming", WUYOU_TEST_NOW));
  g_assert_true (wuyou_consent_gate_may_withdraw (versions, n, "now", WUYOU_TEST_NOW + 3 * DAY));
  g_assert_false (wuyou_consent_gate_may_withdraw (versions, n, "coming", WUYOU_TEST_NOW + 3 * DAY));
}

/* Whoever may be asked for it may read it before. */
static void
test_current (void)
{
  static const Version rows[]
      = { { "old", -9, -8, 0, TRUE },   { "now", -7, -5, 0, FALSE },       { "coming", -4, 2, 0, TRUE },
          { "later", -4, 5, -1, TRUE }, { "not-approved", 0, 3, 0, TRUE }, { NULL } };
  WuyouGateVersion versions[6];
  guint n = fill_versions (rows, versions);

  g_assert_false (wuyou_consent_gate_is_current (versions, n, "old", WUYOU_TEST_NOW));
  g_assert_true (wuyou_consent_gate_is_current (versions, n, "now", WUYOU_TEST_NOW));
  g_assert_true (wuyou_consent_gate_is_current (versions, n, "coming", WUYOU_TEST_NOW));
  g_assert_false (wuyou_consent_gate_is_current (versions, n, "later", WUYOU_TEST_NOW));
  g_assert_false (wuyou_consent_gate_is_current (versions, n, "not-approved", WUYOU_TEST_NOW));
  g_assert_false (wuyou_consent_gate_is_current (versions, n, "unknown", WUYOU_TEST_NOW));
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/consent/gate/%s", cases[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
  }
  g_test_add_func ("/consent/gate/midnight", test_midnight);
  g_test_add_func ("/consent/gate/withdraw", test_withdraw);
  g_test_add_func ("/consent/gate/current", test_current);
  return g_test_run ();
}
