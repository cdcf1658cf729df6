/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "consent/wuyou-agreement-import.h"
#include "consent/wuyou-consent-package.h"
#include "wuyou-test.h"

#define ID "0190c5a0-0000-7000-8000-000000000001"
#define LINKED "0190c5a0-0000-7000-8000-000000000002"
#define BUNDLE "0190c5a0-0000-7000-8000-000000000003"
#define PERSON "0190c5a0-0000-7000-8000-000000000004"
#define ORGANISATION "0190c5a0-0000-7000-8000-000000000005"
#define SECOND G_GINT64_CONSTANT (1000000)

static const char text[]
    = "《平台用户服务协议》及《隐私声明》\n\n平台用户服务协议\n\n（第 1 版，2025 年 1 月 1 日起生效）\n\n"
      "第一条 责任\n\n1.1 甲**乙**。\n\n隐私声明\n\n第一条 定义\n\n1.1 **丙**丁。\n\n附件 1\n\n说明\n\n1. 戊。\n";

static WuyouBundle *
new_bundle (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_bytes_new_static (text, strlen (text));
  WuyouBundle *bundle = wuyou_bundle_new ();

  wuyou_agreement_import (bundle, file, &error);
  g_assert_no_error (error);
  bundle->id = g_strdup (BUNDLE);
  return bundle;
}

static char *
read_calmly (void)
{
  g_autoptr (WuyouConsentLog) log = wuyou_consent_log_new (WUYOU_TEST_NOW - 100 * SECOND, 0);
  static const struct {
    int kind;
    const char *document;
    int second;
  } steps[] = {
    { WUYOU_CONSENT_DISPLAYED, NULL, 1 },    { WUYOU_CONSENT_FIRST_SCROLL, NULL, 3 },
    { WUYOU_CONSENT_FIRST_SCROLL, NULL, 4 }, { WUYOU_CONSENT_REACHED_END, "UA", 30 },
    { WUYOU_CONSENT_FOCUS_LOST, NULL, 31 },  { WUYOU_CONSENT_FOCUS_GAINED, NULL, 51 },
    { WUYOU_CONSENT_REACHED_END, "PA", 60 }, { WUYOU_CONSENT_REACHED_END, "UA", 70 },
    { WUYOU_CONSENT_REACHED_END, "X1", 80 }, { WUYOU_CONSENT_DECLINED, NULL, 85 },
    { WUYOU_CONSENT_ACCEPTED, NULL, 90 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    wuyou_consent_log_add (log, steps[i].kind, steps[i].document, steps[i].second * SECOND);
  return wuyou_consent_log_dup_json (log);
}

static WuyouConsent *
new_consent (const WuyouBundle *bundle)
{
  WuyouConsent *consent = wuyou_consent_new ();

  consent->id = g_strdup (ID);
  consent->linked_id = g_strdup (LINKED);
  consent->decision = WUYOU_DECISION_ACCEPTED;
  consent->bundle_id = g_strdup (BUNDLE);
  consent->bundle_hash = wuyou_bundle_dup_hash (bundle);
  consent->person_id = g_strdup (PERSON);
  consent->person_name = g_strdup ("李店长");
  consent->login = g_strdup ("li@dealer.example");
  consent->organisation_id = g_strdup (ORGANISATION);
  consent->organisation_name = g_strdup ("示例汽车销售有限公司");
  consent->cooperation_agreement = g_strdup ("HZ-2026-001");
  consent->button_label = g_strdup (wuyou_consent_agree_label ("zh_CN.UTF-8"));
  consent->call_to_action = wuyou_consent_dup_call_to_action ("zh_CN.UTF-8", consent->organisation_name);
  consent->client_name = g_strdup ("wuyou");
  consent->client_version = g_strdup ("0.1.0");
  consent->locale = g_strdup ("zh_CN.UTF-8");
  consent->emphasis_spans = (gint64) wuyou_bundle_count_emphasis (bundle);
  consent->events = read_calmly ();
  consent->sent_at = WUYOU_TEST_NOW - 5 * SECOND;
  consent->auth_method = g_strdup ("PASSWORD");
  consent->auth_age_seconds = 60;
  wuyou_consent_receive (consent, bundle, WUYOU_TEST_NOW);
  return consent;
}

static void
test_log (void)
{
  g_autofree char *events = read_calmly ();

  wuyou_test_assert_json (events,
                          "[{\"kind\":\"DISPLAYED\",\"at\":\"2026-11-23T01:58:21.000000Z\"},"
                          "{\"kind\":\"FIRST_SCROLL\",\"at\":\"2026-11-23T01:58:23.000000Z\"},"
                          "{\"kind\":\"REACHED_END\",\"document\":\"UA\",\"at\":\"2026-11-23T01:58:50.000000Z\"},"
                          "{\"kind\":\"FOCUS_LOST\",\"at\":\"2026-11-23T01:58:51.000000Z\"},"
                          "{\"kind\":\"FOCUS_GAINED\",\"at\":\"2026-11-23T01:59:11.000000Z\"},"
                          "{\"kind\":\"REACHED_END\",\"document\":\"PA\",\"at\":\"2026-11-23T01:59:20.000000Z\"},"
                          "{\"kind\":\"REACHED_END\",\"document\":\"X1\",\"at\":\"2026-11-23T01:59:40.000000Z\"},"
                          "{\"kind\":\"ACCEPTED\",\"at\":\"2026-11-23T01:59:50.000000Z\"}]");
}

/* Hours of leaving and entering the window do not push the decision out of the record. */
static void
test_log_is_bounded (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle);
  g_autoptr (WuyouConsentLog) log = wuyou_consent_log_new (WUYOU_TEST_NOW, 0);
  g_autoptr (GError) error = NULL;

  wuyou_consent_log_add (log, WUYOU_CONSENT_DISPLAYED, NULL, 0);
  for (int i = 0; i < 5000; i++)
    wuyou_consent_log_add (log, i % 2 != 0 ? WUYOU_CONSENT_FOCUS_GAINED : WUYOU_CONSENT_FOCUS_LOST, NULL, i);
  wuyou_consent_log_add (log, WUYOU_CONSENT_REACHED_END, "UA", 6000);
  wuyou_consent_log_add (log, WUYOU_CONSENT_REACHED_END, "PA", 6000);
  wuyou_consent_log_add (log, WUYOU_CONSENT_REACHED_END, "X1", 6000);
  wuyou_consent_log_add (log, WUYOU_CONSENT_ACCEPTED, NULL, 6001);
  g_free (consent->events);
  consent->events = wuyou_consent_log_dup_json (log);
  wuyou_consent_check (consent, bundle, &error);
  g_assert_no_error (error);
}

static void
test_receive (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (consent->dwell_seconds, ==, 69); /* 89 s less 20 s without focus */
  g_assert_cmpint (consent->clock_skew, ==, 5 * SECOND);
  g_assert_nonnull (strstr (consent->documents, wuyou_bundle_get_document (bundle, 2)->sha256));
  g_assert_nonnull (strstr (consent->events, "server_at"));
  wuyou_consent_check (consent, bundle, &error);
  g_assert_no_error (error);
}

#define AT(kind, second) "{\"kind\":\"" kind "\",\"at\":\"2026-11-23T01:59:" second "Z\"}"
#define END(document, second)                                                                                          \
  "{\"kind\":\"REACHED_END\",\"document\":\"" document "\",\"at\":\"2026-11-23T01:59:" second "Z\"}"
#define SHOWN AT ("DISPLAYED", "00")
#define AGREED AT ("ACCEPTED", "50")

/* One member of a good acceptance is replaced; NULL removes it. */
static const struct {
  const char *name, *member, *value, *field;
} refusal_cases[] = {
  { "other-bundle", "bundle_hash", WUYOU_CONSENT_FIRST_HASH, "bundle_hash" },
  { "no-decision", "decision", NULL, "decision" },
  { "no-events", "events", NULL, "events" },
  { "events-not-json", "events", "[", "events" },
  { "events-not-objects", "events", "[1]", "events" },
  { "events-of-unknown-kind", "events", "[{\"kind\":\"X\",\"at\":\"2026-11-23T01:59:00Z\"}]", "events" },
  { "not-shown", "events", "[" END ("UA", "10") "," END ("PA", "10") "," END ("X1", "10") "," AGREED "]", "events" },
  { "one-end-missing", "events", "[" SHOWN "," END ("UA", "10") "," END ("X1", "10") "," AGREED "]", "events.PA" },
  { "end-of-something-else", "events",
    "[" SHOWN "," END ("UA", "10") "," END ("PA", "10") "," END ("X2", "10") "," AGREED "]", "events.X1" },
  { "end-before-display", "events",
    "[" AT ("DISPLAYED", "20") "," END ("UA", "10") "," END ("PA", "30") "," END ("X1", "30") "," AGREED "]",
    "events.UA" },
  { "end-after-decision", "events",
    "[" SHOWN "," END ("UA", "10") "," END ("PA", "30") "," END ("X1", "51") "," AGREED "]", "events.X1" },
  { "no-decision-in-events", "events", "[" SHOWN "," END ("UA", "10") "," END ("PA", "30") "," END ("X1", "30") "]",
    "events" },
  { "both-decisions", "events",
    "[" SHOWN "," END ("UA", "10") "," END ("PA", "30") "," END ("X1", "30") "," AT ("DECLINED", "40") "," AGREED "]",
    "events" },
  { "other-label", "button_label", "OK", "button_label" },
  { "label-of-decline", "button_label", "不同意", "button_label" },
  { "label-with-blank", "button_label", "同意 ", "button_label" },
  { "no-words", "call_to_action", NULL, "call_to_action" },
  { "organisation-not-named", "call_to_action", "您以个人名义同意", "call_to_action" },
  { "no-second-row", "linked_id", NULL, "linked_id" },
  { "second-row-is-the-first", "linked_id", ID, "linked_id" },
  { "no-organisation", "organisation_id", NULL, "linked_id" },
  { "emphasis-lost", "emphasis_spans", NULL, "emphasis_spans" },
};

static void
replace (WuyouConsent *consent, const char *member, const char *value)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_consent_type, member);

  g_assert_nonnull (field);
  if (wuyou_field_is_text (field))
    wuyou_field_set_text (field, consent, value);
  else
    wuyou_field_set_int (field, consent, value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0);
}

static void
test_refusals (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle);
  g_autoptr (GError) error = NULL;

  replace (consent, refusal_cases[i].member, refusal_cases[i].value);
  g_assert_false (wuyou_consent_check (consent, bundle, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, refusal_cases[i].field);
}

static void
test_other_refusals (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle);
  g_autoptr (GError) error = NULL;

  consent->auth_age_seconds = 3601;
  g_assert_false (wuyou_consent_check (consent, bundle, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_STEP_UP_REQUIRED, NULL);
  consent->auth_age_seconds = 3600;
  g_assert_true (wuyou_consent_check (consent, bundle, &error));
  g_ptr_array_set_size (bundle->documents, 2);
  g_assert_false (wuyou_consent_check (consent, bundle, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "documents");
}

static void
test_decline (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle);
  g_autoptr (GError) error = NULL;

  replace (consent, "linked_id", NULL);
  replace (consent, "events", "[" SHOWN "," AT ("DECLINED", "40") "]");
  consent->decision = WUYOU_DECISION_DECLINED;
  g_assert_false (wuyou_consent_check (consent, bundle, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "button_label");
  replace (consent, "button_label", "不同意");
  wuyou_consent_check (consent, bundle, &error);
  g_assert_no_error (error);
}

static void
make_key (guint8 *public_key, guint8 *secret, guint8 seed)
{
  guint8 bytes[crypto_sign_SEEDBYTES] = { seed };

  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_sign_seed_keypair (public_key, secret, bytes);
}

static void
test_split (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle);
  g_autoptr (GPtrArray) rows = wuyou_consent_split (consent), single = NULL;
  WuyouConsent *person = rows->pdata[0], *organisation = rows->pdata[1];

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (person->capacity, ==, WUYOU_CAPACITY_PERSON);
  g_assert_cmpint (organisation->capacity, ==, WUYOU_CAPACITY_ORGANISATION);
  g_assert_cmpstr (person->id, ==, ID);
  g_assert_cmpstr (person->linked_id, ==, LINKED);
  g_assert_cmpstr (organisation->id, ==, LINKED);
  g_assert_cmpstr (organisation->linked_id, ==, ID);
  g_assert_null (person->cooperation_agreement);
  g_assert_cmpstr (organisation->cooperation_agreement, ==, "HZ-2026-001");
  replace (consent, "linked_id", NULL);
  replace (consent, "organisation_id", NULL);
  single = wuyou_consent_split (consent);
  g_assert_cmpuint (single->len, ==, 1);
}

/* Every member is under the signature: change any one of them and it shows. */
static void
test_seal_covers_all (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle);
  guint8 public_key[WUYOU_SIGN_PUBLIC_BYTES], secret[WUYOU_SIGN_SECRET_BYTES];
  g_autoptr (GError) error = NULL;

  make_key (public_key, secret, 1);
  wuyou_consent_seal (consent, NULL, secret);
  g_assert_cmpstr (consent->previous_hash, ==, WUYOU_CONSENT_FIRST_HASH);
  wuyou_consent_verify (consent, public_key, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < wuyou_consent_type.n_fields; i++) {
    const WuyouField *field = &wuyou_consent_type.fields[i];
    g_autoptr (WuyouConsent) changed = wuyou_consent_new ();

    wuyou_record_copy (&wuyou_consent_type, consent, changed);
    if (field->kind == WUYOU_KIND_ENUM)
      wuyou_field_set_int (field, changed, wuyou_field_get_int (field, consent) == 1 ? 2 : 1);
    else if (field->kind == WUYOU_KIND_BOOLEAN)
      wuyou_field_set_int (field, changed, !wuyou_field_get_int (field, consent));
    else if (!wuyou_field_is_text (field))
      wuyou_field_set_int (field, changed, wuyou_field_get_int (field, consent) + 1);
    else
      wuyou_field_set_text (field, changed, g_str_equal (field->name, "signature") ? "00" : "another");
    g_assert_false (wuyou_consent_verify (changed, public_key, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID,
                             g_str_equal (field->name, "signature") ? "signature" : "hash");
  }
}

static void
test_seal_other_key (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle);
  guint8 public_key[WUYOU_SIGN_PUBLIC_BYTES], secret[WUYOU_SIGN_SECRET_BYTES], other[WUYOU_SIGN_PUBLIC_BYTES];
  guint8 other_secret[WUYOU_SIGN_SECRET_BYTES];
  g_autoptr (GError) error = NULL;

  make_key (public_key, secret, 1);
  make_key (other, other_secret, 2);
  wuyou_consent_seal (consent, NULL, secret);
  g_assert_false (wuyou_consent_verify (consent, other, &error));
  g_assert_cmpuint (wuyou_error_get_violations (error)->len, ==, 2);
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "key_fingerprint");
}

/* What a client sends passes the codec, what only the server may set does not. */
static void
test_wire (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouConsent) consent = new_consent (bundle), read = wuyou_consent_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) sent = NULL, forged = NULL;
  static const char forgery[] = "{\"person_id\":\"" PERSON "\"}";

  wuyou_record_write_json (&wuyou_consent_type, consent, WUYOU_CODEC_CLIENT, out);
  sent = wuyou_json_parse_object (out->str, out->len, &error);
  wuyou_record_read_json (&wuyou_consent_type, read, sent, WUYOU_CODEC_CLIENT, &error);
  g_assert_no_error (error);
  g_assert_null (read->person_id);
  g_assert_cmpstr (read->bundle_hash, ==, consent->bundle_hash);
  g_assert_true (wuyou_record_check (&wuyou_consent_type, read, WUYOU_FIELD_ALWAYS, &error));
  forged = wuyou_json_parse_object (forgery, strlen (forgery), &error);
  g_assert_false (wuyou_record_read_json (&wuyou_consent_type, read, forged, WUYOU_CODEC_CLIENT, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "person_id");
}

static void
test_words (void)
{
  g_autofree char *person = wuyou_consent_dup_call_to_action ("zh_CN", NULL);
  g_autofree char *odd = wuyou_consent_dup_call_to_action ("de_DE", "100%s GmbH");

  g_assert_cmpstr (wuyou_consent_agree_label ("zh_CN.UTF-8"), ==, "同意");
  g_assert_cmpstr (wuyou_consent_agree_label (NULL), ==, "Agree");
  g_assert_cmpstr (wuyou_consent_decline_label ("zh_HK"), ==, "不同意");
  g_assert_nonnull (strstr (person, "数据电文"));
  g_assert_nonnull (strstr (odd, "〈100%s GmbH〉"));
}

static GPtrArray *
seal_rows (const WuyouConsent *consent, const guint8 *secret)
{
  GPtrArray *rows = wuyou_consent_split (consent);
  const char *previous = NULL;

  for (guint i = 0; i < rows->len; i++) {
    wuyou_consent_seal (rows->pdata[i], previous, secret);
    previous = ((WuyouConsent *) rows->pdata[i])->hash;
  }
  return rows;
}

typedef struct {
  WuyouBundle *bundle;
  GPtrArray *rows;
  guint8 public_key[WUYOU_SIGN_PUBLIC_BYTES], secret[WUYOU_SIGN_SECRET_BYTES];
  char *fingerprint;
  GBytes *package;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouConsent) consent = NULL;
  g_autoptr (GError) error = NULL;

  fixture->bundle = new_bundle ();
  consent = new_consent (fixture->bundle);
  make_key (fixture->public_key, fixture->secret, 1);
  fixture->fingerprint = wuyou_consent_dup_fingerprint (fixture->public_key);
  fixture->rows = seal_rows (consent, fixture->secret);
  fixture->package = wuyou_consent_package_write (fixture->rows, fixture->bundle, "[{\"action\":\"consent\"}]",
                                                  fixture->secret, WUYOU_TEST_NOW, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wuyou_bundle_unref (fixture->bundle);
  g_ptr_array_unref (fixture->rows);
  g_free (fixture->fingerprint);
  g_bytes_unref (fixture->package);
}

static void
test_package (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;

  g_assert_true (wuyou_consent_package_verify (fixture->package, NULL, NULL, &error));
  g_assert_true (wuyou_consent_package_verify (fixture->package, fixture->fingerprint, &summary, &error));
  g_assert_nonnull (strstr (summary, "示例汽车销售有限公司"));
  g_assert_nonnull (strstr (summary, wuyou_bundle_get_document (fixture->bundle, 0)->sha256));
  g_assert_false (wuyou_consent_package_verify (fixture->package, WUYOU_CONSENT_FIRST_HASH, NULL, &error));
  g_assert_cmpuint (wuyou_error_get_violations (error)->len, ==, 1);
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "key_fingerprint");
}

static JsonObject *
get_element (JsonObject *package, const char *array, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (package, array), index);
}

/* Each spoils one thing in a good package; the faults that are reported are listed by field, in order. */
static void
spoil_text (JsonObject *package)
{
  JsonObject *document = get_element (package, "documents", 0);
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (json_object_get_string_member (document, "content"), &length);
  g_autofree char *content = NULL;

  bytes[length - 2] ^= 1;
  content = g_base64_encode (bytes, length);
  json_object_set_string_member (document, "content", content);
}

static void
spoil_document_label (JsonObject *package)
{
  json_object_set_string_member (get_element (package, "documents", 0), "version_label", "第 9 版");
}

static void
drop_document (JsonObject *package)
{
  json_array_remove_element (json_object_get_array_member (package, "documents"), 2);
}

static void
spoil_name (JsonObject *package)
{
  json_object_set_string_member (get_element (package, "records", 0), "person_name", "王店长");
}

static void
spoil_event (JsonObject *package)
{
  json_object_set_string_member (get_element (package, "records", 1), "events",
                                 "[" SHOWN "," END ("UA", "10") "," END ("X1", "10") "," AGREED "]");
}

static void
spoil_record_signature (JsonObject *package)
{
  json_object_set_string_member (get_element (package, "records", 0), "signature",
                                 json_object_get_string_member (get_element (package, "records", 1), "signature"));
}

static void
drop_record (JsonObject *package)
{
  json_array_remove_element (json_object_get_array_member (package, "records"), 1);
}

static void
drop_records (JsonObject *package)
{
  json_object_set_array_member (package, "records", json_array_new ());
}

static void
spoil_record_type (JsonObject *package)
{
  json_object_set_int_member (get_element (package, "records", 1), "events", 1);
}

static void
spoil_audit (JsonObject *package)
{
  json_object_set_string_member (get_element (package, "audit", 0), "action", "other");
}

static void
swap_key (JsonObject *package)
{
  guint8 public_key[WUYOU_SIGN_PUBLIC_BYTES], secret[WUYOU_SIGN_SECRET_BYTES];
  char hex[2 * WUYOU_SIGN_PUBLIC_BYTES + 1];

  make_key (public_key, secret, 9);
  json_object_set_string_member (package, "public_key",
                                 sodium_bin2hex (hex, sizeof hex, public_key, sizeof public_key));
}

static const struct {
  const char *name;
  void (*spoil) (JsonObject *package);
  const char *faults;
} package_cases[] = {
  { "text", spoil_text, "package_signature bundle_hash documents.UA bundle_hash documents.UA" },
  { "document-label", spoil_document_label, "package_signature bundle_hash bundle_hash" },
  { "document-missing", drop_document,
    "package_signature documents bundle_hash documents.X1 documents bundle_hash documents.X1" },
  { "name", spoil_name, "package_signature hash signature" },
  { "event-missing", spoil_event, "package_signature hash signature events.PA" },
  { "record-signature", spoil_record_signature, "package_signature signature" },
  { "record-missing", drop_record, "package_signature linked_id" },
  { "no-records", drop_records, "package_signature records" },
  { "record-of-wrong-type", spoil_record_type, "package_signature records linked_id" },
  { "audit", spoil_audit, "package_signature" },
  { "key", swap_key, "key_fingerprint package_signature key_fingerprint signature key_fingerprint signature" },
};

static char *
list_faults (const GError *error)
{
  GString *out = g_string_new (NULL);
  const GPtrArray *violations = wuyou_error_get_violations (error);

  for (guint i = 0; i < violations->len; i++) {
    const char *field = wuyou_error_get_field (violations->pdata[i]);

    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", field != NULL ? field : "(null)");
  }
  return g_string_free (out, FALSE);
}

static GBytes *
pack (JsonObject *package)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  char *canonical;

  json_node_init_object (node, package);
  canonical = wuyou_json_canonical (node);
  return g_bytes_new_take (canonical, strlen (canonical));
}

static void
test_package_spoilt (Fixture *fixture, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) package = wuyou_json_parse_object (g_bytes_get_data (fixture->package, NULL),
                                                            g_bytes_get_size (fixture->package), &error);
  g_autoptr (GBytes) spoilt = NULL;
  g_autofree char *faults = NULL;

  package_cases[i].spoil (package);
  spoilt = pack (package);
  g_assert_false (wuyou_consent_package_verify (spoilt, NULL, NULL, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID);
  faults = list_faults (error);
  g_assert_cmpstr (faults, ==, package_cases[i].faults);
}

/* A signature does not make up for evidence that was never there. */
static void
test_package_signed_gap (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouConsent) consent = new_consent (fixture->bundle);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) package = NULL;
  g_autofree char *faults = NULL;

  replace (consent, "events", "[" SHOWN "," END ("UA", "10") "," END ("X1", "10") "," AGREED "]");
  rows = seal_rows (consent, fixture->secret);
  package = wuyou_consent_package_write (rows, fixture->bundle, NULL, fixture->secret, WUYOU_TEST_NOW, &error);
  g_assert_no_error (error);
  g_assert_false (wuyou_consent_package_verify (package, fixture->fingerprint, NULL, &error));
  faults = list_faults (error);
  g_assert_cmpstr (faults, ==, "events.PA events.PA");
}

static void
test_package_malformed (void)
{
  static const char *const cases[] = { "",
                                       "x",
                                       "[]",
                                       "{}",
                                       "{\"format\":\"wuyou-consent-package-2\"}",
                                       "{\"format\":\"wuyou-consent-package-1\"}",
                                       "{\"format\":\"wuyou-consent-package-1\",\"public_key\":\"00\"}" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i], strlen (cases[i]));
    g_autoptr (GError) error = NULL;

    g_assert_false (wuyou_consent_package_verify (bytes, NULL, NULL, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED);
  }
}

/* No changed byte anywhere goes unnoticed, and none brings the reader down. */
static void
test_package_any_byte (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->package);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (int round = 0; round < 300; round++) {
    g_autofree char *copy = g_memdup2 (g_bytes_get_data (fixture->package, NULL), length);
    gsize at = (gsize) g_rand_int_range (random, 0, (gint32) length - 1);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;

    copy[at] = (char) (copy[at] ^ (1 << g_rand_int_range (random, 0, 7)));
    bytes = g_bytes_new (copy, round % 5 == 0 ? at : length);
    g_assert_false (wuyou_consent_package_verify (bytes, NULL, NULL, &error));
    g_assert_nonnull (error);
  }
}

static void
test_package_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (wuyou_consent_package_write (none, fixture->bundle, NULL, fixture->secret, WUYOU_TEST_NOW, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  g_assert_null (
      wuyou_consent_package_write (fixture->rows, fixture->bundle, "[", fixture->secret, WUYOU_TEST_NOW, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_MALFORMED, NULL);
  g_ptr_array_set_size (fixture->bundle->documents, 1);
  g_assert_null (
      wuyou_consent_package_write (fixture->rows, fixture->bundle, NULL, fixture->secret, WUYOU_TEST_NOW, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
}

#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)

static void
add_package_tests (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (package_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/consent/package/spoilt/%s", package_cases[i].name);

    ADD (path, GSIZE_TO_POINTER (i), test_package_spoilt);
  }
  ADD ("/consent/package/verify", NULL, test_package);
  ADD ("/consent/package/signed-gap", NULL, test_package_signed_gap);
  ADD ("/consent/package/any-byte", NULL, test_package_any_byte);
  ADD ("/consent/package/refuses", NULL, test_package_refuses);
  g_test_add_func ("/consent/package/malformed", test_package_malformed);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (refusal_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/consent/refusal/%s", refusal_cases[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refusals);
  }
  g_test_add_func ("/consent/refusal/others", test_other_refusals);
  g_test_add_func ("/consent/log", test_log);
  g_test_add_func ("/consent/log/bounded", test_log_is_bounded);
  g_test_add_func ("/consent/receive", test_receive);
  g_test_add_func ("/consent/decline", test_decline);
  g_test_add_func ("/consent/split", test_split);
  g_test_add_func ("/consent/seal/covers-all", test_seal_covers_all);
  g_test_add_func ("/consent/seal/other-key", test_seal_other_key);
  g_test_add_func ("/consent/wire", test_wire);
  g_test_add_func ("/consent/words", test_words);
  add_package_tests ();
  return g_test_run ();
}
