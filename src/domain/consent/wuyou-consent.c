/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-field-table.h"

const WuyouEnum wuyou_capacities[] = {
  { WUYOU_CAPACITY_PERSON, "NATURAL_PERSON", N_ ("In my own name") },
  { WUYOU_CAPACITY_ORGANISATION, "ORG_REPRESENTATIVE", N_ ("For the organisation") },
  { 0 },
};

const WuyouEnum wuyou_decisions[] = {
  { WUYOU_DECISION_ACCEPTED, "ACCEPTED", N_ ("Agreed") },
  { WUYOU_DECISION_DECLINED, "DECLINED", N_ ("Declined") },
  { 0 },
};

const WuyouEnum wuyou_consent_event_kinds[] = {
  { WUYOU_CONSENT_DISPLAYED, "DISPLAYED", N_ ("Shown") },
  { WUYOU_CONSENT_FIRST_SCROLL, "FIRST_SCROLL", N_ ("Scrolled first") },
  { WUYOU_CONSENT_REACHED_END, "REACHED_END", N_ ("Read to the end") },
  { WUYOU_CONSENT_DIFF_VIEWED, "DIFF_VIEWED", N_ ("Changes viewed") },
  { WUYOU_CONSENT_FOCUS_LOST, "FOCUS_LOST", N_ ("Window left") },
  { WUYOU_CONSENT_FOCUS_GAINED, "FOCUS_GAINED", N_ ("Window entered") },
  { WUYOU_CONSENT_DECLINED, "DECLINED", N_ ("Declined") },
  { WUYOU_CONSENT_ACCEPTED, "ACCEPTED", N_ ("Agreed") },
  { 0 },
};

#define SRV WUYOU_FIELD_SERVER
#define ALW WUYOU_FIELD_ALWAYS
#define F(member, kind, label, flags, pi, max, values, authority)                                                      \
  WUYOU_FIELD (WuyouConsent, member, kind, label, flags, pi, 0, max, values, "consent", authority)

/* clang-format off */
static const WuyouField fields[] = {
  F (id, ID, N_("Record"), ALW, NONE, 0, NULL, NULL),
  F (linked_id, ID, N_("Record in the other capacity"), 0, NONE, 0, NULL, "P-04"),
  F (capacity, ENUM, N_("Capacity"), SRV, NONE, 0, wuyou_capacities, "P-04"),
  F (decision, ENUM, N_("Decision"), ALW, NONE, 0, wuyou_decisions, NULL),
  F (bundle_id, ID, N_("Agreements"), ALW, NONE, 0, NULL, "P-01"),
  F (bundle_hash, HASH, N_("Hash of the agreements"), ALW, NONE, 0, NULL, "P-01"),
  F (documents, JSON, N_("Documents"), SRV, NONE, 0, NULL, "P-01"),
  F (person_id, ID, N_("Person"), SRV, NONE, 0, NULL, NULL),
  F (person_name, TEXT, N_("Name"), SRV, USER, 100, NULL, NULL),
  F (login, TEXT, N_("Sign-in name"), SRV, USER, 254, NULL, NULL),
  F (role, TEXT, N_("Role"), SRV, NONE, 100, NULL, NULL),
  F (organisation_id, ID, N_("Organisation"), SRV, NONE, 0, NULL, "P-04"),
  F (organisation_name, TEXT, N_("Name of the organisation"), SRV, NONE, 200, NULL, "P-04"),
  F (organisation_code, TEXT, N_("Credit code"), SRV, NONE, 18, NULL, NULL),
  F (organisation_address, TEXT, N_("Registered address"), SRV, NONE, 200, NULL, NULL),
  F (branch_id, ID, N_("Branch"), SRV, NONE, 0, NULL, NULL),
  F (branch_name, TEXT, N_("Name of the branch"), SRV, NONE, 200, NULL, NULL),
  F (cooperation_agreement, TEXT, N_("Cooperation agreement"), SRV, NONE, 60, NULL, "P-04"),
  F (appointment, TEXT, N_("Appointment"), SRV, NONE, 200, NULL, "P-04"),
  F (button_label, TEXT, N_("Label of the button"), ALW, NONE, 40, NULL, NULL),
  F (call_to_action, TEXT, N_("Words around the button"), ALW, NONE, 400, NULL, "P-03"),
  F (client_name, TEXT, N_("Program"), ALW, NONE, 60, NULL, NULL),
  F (client_version, TEXT, N_("Version of the program"), ALW, NONE, 40, NULL, NULL),
  F (client_build, TEXT, N_("Build"), 0, NONE, 64, NULL, NULL),
  F (locale, TEXT, N_("Language"), ALW, NONE, 40, NULL, NULL),
  F (window_width, INTEGER, N_("Width of the window"), 0, NONE, 100000, NULL, NULL),
  F (window_height, INTEGER, N_("Height of the window"), 0, NONE, 100000, NULL, NULL),
  F (font_percent, INTEGER, N_("Size of the text"), 0, NONE, 1000, NULL, NULL),
  F (theme, TEXT, N_("Style"), 0, NONE, 40, NULL, NULL),
  F (emphasis_spans, INTEGER, N_("Emphasised passages shown"), 0, NONE, 1000000, NULL, "P-07"),
  F (events, JSON, N_("Record of reading"), ALW, NONE, 0, NULL, "P-02"),
  F (dwell_seconds, INTEGER, N_("Time of reading"), SRV, NONE, 0, NULL, NULL),
  F (auth_method, TEXT, N_("Sign-in method"), SRV, NONE, 40, NULL, NULL),
  F (auth_second_factor, BOOLEAN, N_("Second factor"), SRV, NONE, 0, NULL, NULL),
  F (auth_age_seconds, INTEGER, N_("Time since sign-in"), SRV, NONE, 0, NULL, NULL),
  F (session_id, TEXT, N_("Session"), SRV, NONE, 64, NULL, NULL),
  F (device_id, TEXT, N_("Device"), SRV, NONE, 64, NULL, NULL),
  F (device_key, TEXT, N_("Key of the device"), SRV, NONE, 64, NULL, NULL),
  F (address, TEXT, N_("Network address"), SRV, USER, 64, NULL, NULL),
  F (host_hash, HASH, N_("Hash of the host name"), 0, NONE, 0, NULL, NULL),
  F (time_zone, TEXT, N_("Time zone"), 0, NONE, 60, NULL, NULL),
  F (sent_at, INSTANT, N_("Sent"), ALW, NONE, 0, NULL, NULL),
  F (clock_skew, INTEGER, N_("Difference of the clocks"), SRV, NONE, 0, NULL, NULL),
  F (received_at, INSTANT, N_("Received"), SRV, NONE, 0, NULL, NULL),
  F (time_source, TEXT, N_("Source of the time"), SRV, NONE, 60, NULL, NULL),
  F (copy_channel, TEXT, N_("Copy given by"), SRV, NONE, 60, NULL, "P-03"),
  F (copy_hash, HASH, N_("Hash of the copy"), SRV, NONE, 0, NULL, "P-03"),
  F (previous_hash, HASH, N_("Hash of the record before"), SRV, NONE, 0, NULL, NULL),
  F (key_fingerprint, HASH, N_("Fingerprint of the key"), SRV, NONE, 0, NULL, NULL),
  F (hash, HASH, N_("Hash"), SRV, NONE, 0, NULL, NULL),
  F (signature, TEXT, N_("Signature"), SRV, NONE, 128, NULL, NULL),
};
/* clang-format on */

const WuyouRecordType wuyou_consent_type = {
  .name = "consent",
  .table = "consents",
  .purpose = "users",
  .size = sizeof (WuyouConsent),
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
};

WUYOU_RECORD_FUNCTIONS (WuyouConsent, wuyou_consent)

/* Evidence, not interface: these words are compared letter by letter, so they do not pass through a catalogue. */
static const struct {
  const char *language, *agree, *decline, *person, *organisation;
} words[] = {
  { "zh", "同意", "不同意", "本次同意以数据电文形式订立。您以个人名义同意以上全部协议。",
    "本次同意以数据电文形式订立。您代表〈%s〉并以个人名义同意以上全部协议。" },
  { "en", "Agree", "Decline", "This is concluded as an electronic data message. You agree in your own name.",
    "This is concluded as an electronic data message. You agree for 〈%s〉 and in your own name." },
};

static gsize
find_words (const char *locale)
{
  return locale != NULL && g_str_has_prefix (locale, "zh") ? 0 : 1;
}

const char *
wuyou_consent_agree_label (const char *locale)
{
  return words[find_words (locale)].agree;
}

const char *
wuyou_consent_decline_label (const char *locale)
{
  return words[find_words (locale)].decline;
}

char *
wuyou_consent_dup_call_to_action (const char *locale, const char *organisation)
{
  const char *pattern = words[find_words (locale)].organisation;
  const char *gap = strstr (pattern, "%s");

  if (organisation == NULL)
    return g_strdup (words[find_words (locale)].person);
  return g_strdup_printf ("%.*s%s%s", (int) (gap - pattern), pattern, organisation, gap + 2);
}

static WuyouConsent *
copy_for (const WuyouConsent *self, WuyouCapacity capacity)
{
  WuyouConsent *copy = wuyou_consent_new ();

  wuyou_record_copy (&wuyou_consent_type, self, copy);
  copy->capacity = (int) capacity;
  return copy;
}

GPtrArray *
wuyou_consent_split (const WuyouConsent *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_consent_free);
  WuyouConsent *person = copy_for (self, WUYOU_CAPACITY_PERSON);

  g_ptr_array_add (rows, person);
  if (self->organisation_id != NULL && self->linked_id != NULL) {
    WuyouConsent *organisation = copy_for (self, WUYOU_CAPACITY_ORGANISATION);
    char *id = organisation->id;

    organisation->id = organisation->linked_id;
    organisation->linked_id = id;
    g_ptr_array_add (rows, organisation);
  }
  g_clear_pointer (&person->cooperation_agreement, g_free);
  g_clear_pointer (&person->appointment, g_free);
  return rows;
}
