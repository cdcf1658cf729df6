/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-consent-private.h"

/* Architecture 7, Consent gate: agreeing needs a session authenticated within the hour. */
#define MAX_AUTH_AGE_SECONDS 3600

void
_wuyou_consent_refuse (GError **error, const char *field, const char *authority, const char *sentence)
{
  GError *violation = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);

  wuyou_error_set_field (violation, field, authority);
  wuyou_error_take_violation (error, violation);
}

static char *
write_documents (const WuyouBundle *bundle)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_array (out, NULL);
  for (guint i = 0; i < bundle->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "code", document->code);
    wuyou_json_add_string (out, "id", document->id);
    wuyou_json_add_string (out, "title", document->title);
    wuyou_json_add_string (out, "version", document->version_label);
    wuyou_json_add_date (out, "effective_on", document->effective_on);
    wuyou_json_add_string (out, "language", document->language);
    wuyou_json_add_string (out, "sha256", document->sha256);
    wuyou_json_add_int (out, "length", (gint64) wuyou_agreement_get_length (document));
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
  return g_string_free (out, FALSE);
}

/* From display to decision, without the times the window had lost the focus. */
static gint64
measure_dwell (const GArray *events)
{
  gint64 total = 0, since = 0;

  for (guint i = 0; i < events->len; i++) {
    const WuyouConsentEvent *event = &g_array_index (events, WuyouConsentEvent, i);
    gboolean stops = event->kind == WUYOU_CONSENT_FOCUS_LOST || event->kind == WUYOU_CONSENT_ACCEPTED
                     || event->kind == WUYOU_CONSENT_DECLINED;
    gboolean starts = event->kind == WUYOU_CONSENT_DISPLAYED || event->kind == WUYOU_CONSENT_FOCUS_GAINED;

    if (stops && since != 0) {
      total += MAX (event->at - since, 0);
      since = 0;
    } else if (starts && since == 0) {
      since = event->at;
    }
  }
  return total / G_TIME_SPAN_SECOND;
}

void
wuyou_consent_receive (WuyouConsent *self, const WuyouBundle *bundle, gint64 now)
{
  g_autoptr (GArray) events = _wuyou_consent_events_read (self->events, NULL);

  g_free (self->documents);
  self->documents = write_documents (bundle);
  self->received_at = now;
  self->clock_skew = self->sent_at != 0 ? now - self->sent_at : 0;
  if (events == NULL)
    return;
  for (guint i = 0; i < events->len; i++) {
    WuyouConsentEvent *event = &g_array_index (events, WuyouConsentEvent, i);

    event->server_at
        = event->kind == WUYOU_CONSENT_ACCEPTED || event->kind == WUYOU_CONSENT_DECLINED ? self->received_at : 0;
  }
  g_free (self->events);
  self->events = _wuyou_consent_events_write (events);
  self->dwell_seconds = measure_dwell (events);
}

static const WuyouConsentEvent *
find_event (const GArray *events, int kind, const char *document)
{
  for (guint i = 0; i < events->len; i++) {
    const WuyouConsentEvent *event = &g_array_index (events, WuyouConsentEvent, i);

    if (event->kind == kind && (document == NULL || g_strcmp0 (event->document, document) == 0))
      return event;
  }
  return NULL;
}

static void
check_ends (const GArray *events,
            const WuyouBundle *bundle,
            const WuyouConsentEvent *displayed,
            const WuyouConsentEvent *decided,
            GError **error)
{
  for (guint i = 0; i < bundle->documents->len; i++) {
    const char *code = wuyou_bundle_get_document (bundle, i)->code;
    const WuyouConsentEvent *end = find_event (events, WUYOU_CONSENT_REACHED_END, code);
    g_autofree char *field = g_strconcat ("events.", code, NULL);

    if (end == NULL)
      _wuyou_consent_refuse (error, field, "P-02", N_ ("This document was not read to its end."));
    else if (displayed != NULL && end->at < displayed->at)
      _wuyou_consent_refuse (error, field, "P-02", N_ ("The end of this document was reached before it was shown."));
    else if (decided != NULL && end->at > decided->at)
      _wuyou_consent_refuse (error, field, "P-02",
                             N_ ("The end of this document was reached only after the decision."));
  }
}

static void
check_events (const WuyouConsent *self, const WuyouBundle *bundle, GError **error)
{
  g_autoptr (GArray) events = _wuyou_consent_events_read (self->events, NULL);
  gboolean accepted = self->decision == WUYOU_DECISION_ACCEPTED;
  const WuyouConsentEvent *displayed, *decided;

  if (events == NULL) {
    _wuyou_consent_refuse (error, "events", "P-02", N_ ("The record of reading is missing or damaged."));
    return;
  }
  displayed = find_event (events, WUYOU_CONSENT_DISPLAYED, NULL);
  decided = find_event (events, accepted ? WUYOU_CONSENT_ACCEPTED : WUYOU_CONSENT_DECLINED, NULL);
  if (displayed == NULL)
    _wuyou_consent_refuse (error, "events", "P-02", N_ ("There is no record that the agreements were shown."));
  if (decided == NULL || find_event (events, accepted ? WUYOU_CONSENT_DECLINED : WUYOU_CONSENT_ACCEPTED, NULL) != NULL)
    _wuyou_consent_refuse (error, "events", NULL, N_ ("The record of reading does not show this decision."));
  else if (displayed != NULL && decided->at < displayed->at)
    _wuyou_consent_refuse (error, "events", NULL, N_ ("The decision was taken before the agreements were shown."));
  if (accepted)
    check_ends (events, bundle, displayed, decided, error);
}

static gboolean
has_label (const WuyouConsent *self)
{
  static const char *const locales[] = { "zh_CN", "en" };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++) {
    const char *label = self->decision == WUYOU_DECISION_ACCEPTED ? wuyou_consent_agree_label (locales[i])
                                                                  : wuyou_consent_decline_label (locales[i]);

    if (g_strcmp0 (self->button_label, label) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
names_organisation (const WuyouConsent *self)
{
  return self->organisation_id == NULL
         || (self->organisation_name != NULL && strstr (self->call_to_action, self->organisation_name) != NULL)
         || (self->branch_name != NULL && strstr (self->call_to_action, self->branch_name) != NULL);
}

static void
check_words (const WuyouConsent *self, GError **error)
{
  if (!has_label (self))
    _wuyou_consent_refuse (error, "button_label", NULL, N_ ("The button did not carry its exact label."));
  if (self->decision != WUYOU_DECISION_ACCEPTED)
    return;
  if (self->call_to_action == NULL || *self->call_to_action == '\0')
    _wuyou_consent_refuse (error, "call_to_action", "P-03", N_ ("The words beside the button are missing."));
  else if (!names_organisation (self))
    _wuyou_consent_refuse (error, "call_to_action", "P-04",
                           N_ ("The words beside the button do not name the organisation that is bound."));
}

/* Both capacities, so two rows (P-04); a person alone has one. */
static void
check_capacity (const WuyouConsent *self, GError **error)
{
  if (self->decision != WUYOU_DECISION_ACCEPTED)
    return;
  if (self->organisation_id == NULL) {
    if (self->linked_id != NULL)
      _wuyou_consent_refuse (error, "linked_id", "P-04", N_ ("There is no organisation to agree for."));
  } else if (!wuyou_id_is_valid (self->linked_id) || g_strcmp0 (self->linked_id, self->id) == 0) {
    _wuyou_consent_refuse (error, "linked_id", "P-04",
                           N_ ("The record for the organisation is missing; both capacities are needed."));
  }
}

static void
check_bundle (const WuyouConsent *self, const WuyouBundle *bundle, GError **error)
{
  g_autofree char *hash = wuyou_bundle_dup_hash (bundle);

  if (g_strcmp0 (self->bundle_hash, hash) != 0)
    _wuyou_consent_refuse (error, "bundle_hash", "P-01",
                           N_ ("These are not the agreements that were shown. Please load and read them again."));
  else if (self->decision == WUYOU_DECISION_ACCEPTED
           && self->emphasis_spans != (gint64) wuyou_bundle_count_emphasis (bundle))
    _wuyou_consent_refuse (error, "emphasis_spans", "P-07", N_ ("Not every emphasised passage was shown as such."));
}

gboolean
wuyou_consent_check (const WuyouConsent *self, const WuyouBundle *bundle, GError **error)
{
  GError *all = NULL, *incomplete = NULL;

  if (self->decision == 0)
    _wuyou_consent_refuse (&all, "decision", NULL, N_ ("There is no decision."));
  if (!wuyou_bundle_check_complete (bundle, &incomplete)) {
    wuyou_error_set_field (incomplete, "documents", "P-01");
    wuyou_error_take_violation (&all, incomplete);
  }
  check_bundle (self, bundle, &all);
  check_events (self, bundle, &all);
  check_words (self, &all);
  check_capacity (self, &all);
  if (all == NULL && self->decision == WUYOU_DECISION_ACCEPTED && self->auth_age_seconds > MAX_AUTH_AGE_SECONDS)
    all = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_STEP_UP_REQUIRED, "signed in more than an hour ago");
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}
