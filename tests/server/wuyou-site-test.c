/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-site-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-record.h"
#include "consent/wuyou-agreement-import.h"
#include "accounts/wuyou-auth.h"
#include "wuyou-consent-store.h"
#include "ctl/wuyou-ctl-records.h"
#include "wuyou-features.h"
#include "wuyou-openapi-check.h"
#include "wuyou-record-store.h"
#include "wuyou-session-store.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static const struct {
  const char *code, *parent, *path, *name;
  int kind;
} orgs[] = {
  { "op", NULL, "/op/", "示例无忧运营有限公司", WUYOU_ORG_OPERATOR },
  { "gr", "op", "/op/gr/", "示例汽车集团", WUYOU_ORG_DEALER_GROUP },
  { "ad", "gr", "/op/gr/ad/", "示例安达汽车销售有限公司", WUYOU_ORG_DEALER },
  { "bc", "ad", "/op/gr/ad/bc/", "示例安达北城分公司", WUYOU_ORG_BRANCH },
  { "hy", "gr", "/op/gr/hy/", "示例恒远汽车销售有限公司", WUYOU_ORG_DEALER },
  { "in", "op", "/op/in/", "示例保险股份有限公司", WUYOU_ORG_INSURER },
};

const WuyouOrg *
wuyou_site_get_org (WuyouSite *site, const char *code)
{
  for (guint i = 0; i < site->orgs->len; i++)
    if (g_str_equal (((WuyouOrg *) site->orgs->pdata[i])->code, code))
      return site->orgs->pdata[i];
  g_assert_not_reached ();
}

static void
add_orgs (WuyouSite *site)
{
  WuyouActor actor = wuyou_ctl_actor (site->store, NULL, NULL);
  g_autoptr (WuyouCtlBatch) batch = wuyou_ctl_batch_new (site->store, &actor);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (orgs); i++) {
    WuyouOrg *org = wuyou_org_new ();

    org->id = wuyou_id_new (&site->context.ids);
    org->kind = orgs[i].kind;
    org->code = g_strdup (orgs[i].code);
    org->path = g_strdup (orgs[i].path);
    org->name = g_strdup (orgs[i].name);
    org->cooperation_no = g_strdup ("HZ-2026-001");
    org->parent_id = orgs[i].parent != NULL ? g_strdup (wuyou_site_get_org (site, orgs[i].parent)->id) : NULL;
    g_ptr_array_add (site->orgs, org);
    wuyou_ctl_batch_add_org (batch, org, &error);
    g_assert_no_error (error);
  }
  wuyou_ctl_batch_save (batch, &error);
  g_assert_no_error (error);
}

static void
start (WuyouSite *site)
{
  g_autoptr (GError) error = NULL;

  site->context = (WuyouServerContext){
    .store = site->store,
    .db = wuyou_store_get_db (site->store),
    .keys = wuyou_store_get_keys (site->store),
    .blobs = wuyou_store_get_blobs (site->store),
    .clock = wuyou_test_clock (),
    .ids = { .clock = wuyou_test_clock () },
    .config = site->config,
  };
  site->router = wuyou_router_new ();
  wuyou_features_register (site->router);
  site->http.server = wuyou_server_new (&site->context, site->router);
  wuyou_features_start (&site->context, &error);
  g_assert_no_error (error);
  wuyou_server_start (site->http.server, &error);
  g_assert_no_error (error);
}

static void
on_feed_moved_cb (const char *channel, gpointer data)
{
  wuyou_server_wake (((WuyouSite *) data)->http.server, NULL);
}

static WuyouSite *
open_site (const char *uri, const char *data)
{
  WuyouSite *site = g_new0 (WuyouSite, 1);
  g_autoptr (GError) error = NULL;

  site->uri = g_strdup (uri);
  site->data = g_strdup (data);
  site->store = wuyou_store_open (uri, data, wuyou_test_clock (), &error);
  g_assert_no_error (error);
  site->config = wuyou_server_config_new ();
  site->config->workers = 6;
  site->config->log_requests = FALSE;
  site->config->rate_limit = 0;
  site->config->decoder = g_build_filename (g_getenv ("WUYOU_BUILD"), "src", "decoder", "wuyou-decoder", NULL);
  site->config->spool_dir = g_build_filename (data, "spool", NULL);
  site->config->db_uri = g_strdup (uri);
  site->config->data_dir = g_strdup (data);
  site->orgs = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_org_free);
  start (site);
  site->feed_listener = wuyou_db_listen (site->context.db, "feed", on_feed_moved_cb, site);
  return site;
}

WuyouSite *
wuyou_site_new (WuyouTestEngine engine)
{
  g_autofree char *uri = wuyou_test_new_database (engine);
  g_autofree char *data = g_build_filename (wuyou_test_new_dir (), "data", NULL);
  g_autoptr (GError) error = NULL;
  WuyouSite *site;

  wuyou_test_set_now (WUYOU_TEST_NOW);
  wuyou_db_register_postgres ();
  wuyou_store_init (uri, data, &error);
  g_assert_no_error (error);
  site = open_site (uri, data);
  add_orgs (site);
  return site;
}

WuyouSite *
wuyou_site_new_beside (WuyouSite *first)
{
  return open_site (first->uri, first->data);
}

void
wuyou_site_free (WuyouSite *site)
{
  wuyou_db_unlisten (site->context.db, site->feed_listener); /* its thread outlives the server */
  wuyou_server_stop (site->http.server);
  wuyou_features_stop (&site->context);
  wuyou_server_free (site->http.server);
  wuyou_router_free (site->router);
  wuyou_store_close (site->store);
  wuyou_server_config_free (site->config);
  g_ptr_array_unref (site->orgs);
  g_free (site->uri);
  g_free (site->data);
  g_clear_pointer (&site->reply, json_object_unref);
  g_free (site->etag);
  g_free (site);
}

char *
wuyou_site_add_account (WuyouSite *site, const char *email, const char *roles, const char *org, int origin)
{
  WuyouActor actor = wuyou_ctl_actor (site->store, NULL, NULL);
  g_autoptr (WuyouCtlBatch) batch = wuyou_ctl_batch_new (site->store, &actor);
  g_autoptr (WuyouAccount) account = wuyou_account_new ();
  g_autoptr (GError) error = NULL;

  account->id = wuyou_id_new (&site->context.ids);
  account->org_id = g_strdup (wuyou_site_get_org (site, org)->id);
  account->email = g_strdup (email);
  account->name = g_strdup ("赵一鸣");
  account->phone = g_strdup ("13800001234");
  account->roles = g_strdup (roles);
  account->state = WUYOU_ACCOUNT_ACTIVE;
  account->totp = g_str_equal (org, "op"); /* as the operator's must, though these have no secret */
  wuyou_ctl_batch_add_account (batch, account, wuyou_site_get_org (site, org)->path, WUYOU_SITE_PASSWORD,
                               origin != 0 ? origin : WUYOU_PASSWORD_USER, &error);
  g_assert_no_error (error);
  wuyou_ctl_batch_save (batch, &error);
  g_assert_no_error (error);
  return g_strdup (account->id);
}

typedef struct {
  WuyouSite *site;
  const WuyouRecordType *type;
  const char *id;
  gpointer record;
  WuyouKey *key;
  WuyouRecordDraft *draft;
} Change;

static gboolean
read_change (WuyouDbConn *conn, gpointer data, GError **error)
{
  Change *c = data;

  c->record = wuyou_record_load (conn, c->site->store, c->type, c->id, NULL, NULL, error);
  c->key = wuyou_record_load_key (conn, c->site->store, c->type, c->id, error);
  return c->record != NULL;
}

static gboolean
save_change (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_record_save (conn, ((Change *) data)->draft, error);
}

static void
change_record (Change *c, gpointer changed, const char *path)
{
  WuyouActor actor = wuyou_ctl_actor (c->site->store, NULL, NULL);
  g_autoptr (GError) error = NULL;

  c->draft = wuyou_record_prepare (c->site->store, c->type, c->record, changed, c->key, path, &actor, "update", NULL,
                                   &error);
  g_assert_no_error (error);
  wuyou_db_write (c->site->context.db, save_change, c, &error);
  g_assert_no_error (error);
  wuyou_record_draft_free (c->draft);
  g_clear_pointer (&c->key, wuyou_key_unref);
  wuyou_record_free (c->type, c->record);
}

static gpointer
begin_change (Change *c)
{
  gpointer changed = wuyou_record_new (c->type);
  g_autoptr (GError) error = NULL;

  wuyou_db_read (c->site->context.db, read_change, c, &error);
  g_assert_no_error (error);
  wuyou_record_copy (c->type, c->record, changed);
  return changed;
}

void
wuyou_site_change_account (WuyouSite *site, const char *id, void (*change) (WuyouAccount *account))
{
  Change c = { .site = site, .type = &wuyou_account_type, .id = id };
  g_autoptr (WuyouAccount) changed = begin_change (&c);

  change (changed);
  change_record (&c, changed, "/op/gr/ad/");
}

void
wuyou_site_suspend_org (WuyouSite *site, const char *code, gboolean suspended)
{
  Change c = { .site = site, .type = &wuyou_org_type, .id = wuyou_site_get_org (site, code)->id };
  g_autoptr (WuyouOrg) changed = begin_change (&c);

  changed->suspended = suspended;
  change_record (&c, changed, changed->path);
}

/* --- calls --- */

static GString *
write_request (WuyouSite *site, const char *token, const char *method, const char *path, const char *body)
{
  GString *out = g_string_new (NULL);
  gboolean writes = !g_str_equal (method, "GET");
  g_autofree char *key = site->key != NULL ? g_strdup (site->key) : wuyou_id_new (&site->context.ids);

  g_string_append_printf (out, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", method, path);
  if (token != NULL)
    g_string_append_printf (out, "Authorization: Bearer %s\r\n", token);
  if (site->agent != NULL)
    g_string_append_printf (out, "User-Agent: %s\r\n", site->agent);
  if (writes)
    g_string_append_printf (out, "Idempotency-Key: %s\r\n", key);
  if (site->if_match != NULL)
    g_string_append_printf (out, "If-Match: \"%s\"\r\n", site->if_match);
  if (writes)
    g_string_append_printf (out, "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                            g_str_equal (method, "PATCH") ? "application/octet-stream" : "application/json",
                            body != NULL ? strlen (body) : 0);
  g_string_append_printf (out, "\r\n%s", writes && body != NULL ? body : "");
  return out;
}

/* Every answer of every test is one that the API document knows. */
static void
check_document (const char *method, const char *path, const WuyouHttpReply *reply, const char *type)
{
  g_autofree char *plain = g_strndup (path, strcspn (path, "?"));
  g_autoptr (GError) error = NULL;

  if (!g_str_has_prefix (path, "/v1/")) /* for machines, not part of the API */
    return;
  wuyou_openapi_check_reply (method, plain, reply->status, type, reply->body->str, reply->body->len, &error);
  g_assert_no_error (error);
}

guint
wuyou_site_call (WuyouSite *site, const char *token, const char *method, const char *path, const char *body)
{
  g_autoptr (GString) text = write_request (site, token, method, path, body);
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (&site->http, text->str, (gssize) text->len);
  const char *type = g_hash_table_lookup (reply->headers, "content-type");

  g_assert_cmpuint (reply->status, !=, 0);
  check_document (method, path, reply, type);
  site->if_match = site->key = site->agent = NULL;
  g_clear_pointer (&site->reply, json_object_unref);
  g_free (site->etag);
  site->etag = g_strdup (g_hash_table_lookup (reply->headers, "etag"));
  if (type != NULL && strstr (type, "json") != NULL) {
    g_autoptr (GError) error = NULL;

    site->reply = wuyou_json_parse_object (reply->body->str, reply->body->len, &error);
    g_assert_no_error (error);
  }
  return reply->status;
}

void
wuyou_site_expect_at (const char *where,
                      WuyouSite *site,
                      const char *token,
                      const char *method,
                      const char *path,
                      const char *body,
                      guint status,
                      const char *code)
{
  guint is = wuyou_site_call (site, token, method, path, body);
  const char *is_code = site->reply != NULL ? wuyou_json_get_string (site->reply, "code") : NULL;

  if (is != status || (code != NULL && g_strcmp0 (is_code, code) != 0))
    g_error ("%s: %s %s: %u %s (%s), expected %u %s", where, method, path, is, is_code,
             site->reply != NULL ? wuyou_json_get_string (site->reply, "detail") : NULL, status, code);
}

const char *
wuyou_site_get (WuyouSite *site, const char *member)
{
  g_auto (GStrv) parts = g_strsplit (member, ".", -1);
  JsonObject *object = site->reply;
  guint i = 0;

  for (; parts[i + 1] != NULL && object != NULL; i++)
    object = wuyou_json_get_object (object, parts[i]);
  return object != NULL ? wuyou_json_get_string (object, parts[i]) : NULL;
}

char *
wuyou_site_sign_in (WuyouSite *site, const char *email, const char *code)
{
  g_autoptr (GString) body = g_string_new (NULL);

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "login", email);
  wuyou_json_add_string (body, "password", WUYOU_SITE_PASSWORD);
  wuyou_json_add_string (body, "totp", code);
  wuyou_json_add_raw (body, "device",
                      "{\"label\":\"前台电脑\",\"client\":\"wuyou\",\"version\":\"0.1.0\",\"locale\":\"zh_CN\"}");
  wuyou_json_end_object (body);
  wuyou_site_expect (site, NULL, "POST", "/v1/sessions", body->str, 201, NULL);
  return g_strdup (wuyou_site_get (site, "token"));
}

typedef struct {
  WuyouSession session;
  char *token_hash;
} Opening;

static gboolean
write_opening (WuyouDbConn *conn, gpointer data, GError **error)
{
  Opening *o = data;

  return wuyou_session_insert (conn, &o->session, o->token_hash, error);
}

char *
wuyou_site_open_session (WuyouSite *site, const char *account_id)
{
  char *token = g_strdup_printf ("test-token-%u", ++site->sessions);
  gint64 now = wuyou_clock_now (wuyou_test_clock ());
  g_autofree char *id = wuyou_id_new (&site->context.ids);
  g_autofree char *hash = wuyou_auth_hash_token (token);
  Opening opening = {
    .session = {
      .id = id,
      .account_id = (char *) account_id,
      .created_at = now,
      .seen_at = now,
      .authenticated_at = now,
      .stepped_up_until = now + 300 * SECOND,
      .expires_at = now + G_TIME_SPAN_DAY,
      .idle_seconds = 86400,
    },
    .token_hash = hash,
  };
  g_autoptr (GError) error = NULL;

  wuyou_db_write (site->context.db, write_opening, &opening, &error);
  g_assert_no_error (error);
  return token;
}

/* --- agreements --- */

typedef struct {
  WuyouBundle *bundle;
  const char *importer, *approver;
  gint64 now;
} Publishing;

static gboolean
write_bundle (WuyouDbConn *conn, gpointer data, GError **error)
{
  Publishing *p = data;

  return wuyou_bundle_insert (conn, p->bundle, p->importer, p->now, error)
         && wuyou_bundle_approve (conn, p->bundle->id, p->approver, p->now, error);
}

static WuyouBundle *
create_bundle (WuyouSite *site, const char *audience, int version, WuyouDate effective_on)
{
  g_autofree char *text = g_strdup_printf (
      "《平台用户服务协议》及《隐私声明》\n\n平台用户服务协议\n\n（第 %d 版，2025 年 1 月 %d 日起生效）\n\n"
      "第一条 责任\n\n1.1 甲方对第 %d 项**承担责任**。\n\n隐私声明\n\n第一条 定义\n\n1.1 **信息**指资料。\n\n"
      "附件 1\n\n说明\n\n1. 名单第 %d 号。\n",
      version, version, version, version);
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));
  WuyouBundle *bundle = wuyou_bundle_new ();
  g_autoptr (GError) error = NULL;

  wuyou_agreement_import (bundle, file, &error);
  g_assert_no_error (error);
  bundle->id = wuyou_id_new (&site->context.ids);
  g_free (bundle->audience);
  bundle->audience = g_strdup (audience);
  wuyou_bundle_set_effective (bundle, effective_on);
  for (guint i = 0; i < bundle->documents->len; i++)
    wuyou_bundle_get_document (bundle, i)->id = wuyou_id_new (&site->context.ids);
  return bundle;
}

static char *
publish (WuyouSite *site, const char *audience, int version, WuyouDate effective_on, gboolean material)
{
  g_autofree char *importer = wuyou_id_new (&site->context.ids);
  g_autofree char *approver = wuyou_id_new (&site->context.ids);
  Publishing publishing = { NULL, importer, approver, wuyou_clock_now (wuyou_test_clock ()) };
  g_autoptr (GError) error = NULL;
  char *id;

  publishing.bundle = create_bundle (site, audience, version, effective_on);
  publishing.bundle->material = material;
  wuyou_db_write (site->context.db, write_bundle, &publishing, &error);
  g_assert_no_error (error);
  id = g_strdup (publishing.bundle->id);
  wuyou_bundle_unref (publishing.bundle);
  return id;
}

char *
wuyou_site_publish (WuyouSite *site, const char *audience, int version, WuyouDate effective_on)
{
  return publish (site, audience, version, effective_on, TRUE);
}

char *
wuyou_site_publish_minor (WuyouSite *site, const char *audience, int version, WuyouDate effective_on)
{
  return publish (site, audience, version, effective_on, FALSE);
}

static char *
create_events (const WuyouBundle *bundle, int decision, gint64 now)
{
  g_autoptr (WuyouConsentLog) log = wuyou_consent_log_new (now - 100 * SECOND, 0);

  wuyou_consent_log_add (log, WUYOU_CONSENT_DISPLAYED, NULL, SECOND);
  for (guint i = 0; i < bundle->documents->len; i++)
    wuyou_consent_log_add (log, WUYOU_CONSENT_REACHED_END, wuyou_bundle_get_document (bundle, i)->code,
                           (i + 2) * 10 * SECOND);
  wuyou_consent_log_add (log, decision == WUYOU_DECISION_ACCEPTED ? WUYOU_CONSENT_ACCEPTED : WUYOU_CONSENT_DECLINED,
                         NULL, 90 * SECOND);
  return wuyou_consent_log_dup_json (log);
}

static void
fill_decision (WuyouSite *site, WuyouConsent *consent, const WuyouBundle *bundle, int decision)
{
  static const char locale[] = "zh_CN.UTF-8";
  const char *organisation = wuyou_site_get (site, "organisation.name");

  consent->id = wuyou_id_new (&site->context.ids);
  consent->linked_id
      = organisation != NULL && decision == WUYOU_DECISION_ACCEPTED ? wuyou_id_new (&site->context.ids) : NULL;
  consent->decision = decision;
  consent->bundle_id = g_strdup (bundle->id);
  consent->bundle_hash = wuyou_bundle_dup_hash (bundle);
  consent->button_label
      = g_strdup (wuyou_site_get (site, decision == WUYOU_DECISION_ACCEPTED ? "agree_label" : "decline_label"));
  consent->call_to_action = wuyou_consent_dup_call_to_action (locale, organisation);
  consent->client_name = g_strdup ("wuyou");
  consent->client_version = g_strdup ("0.1.0");
  consent->locale = g_strdup (locale);
  consent->emphasis_spans = (gint64) wuyou_bundle_count_emphasis (bundle);
  consent->sent_at = wuyou_clock_now (wuyou_test_clock ());
  consent->events = create_events (bundle, decision, consent->sent_at);
}

char *
wuyou_site_dup_decision (WuyouSite *site, const char *token, int decision, void (*spoil) (WuyouConsent *consent))
{
  g_autoptr (WuyouConsent) consent = wuyou_consent_new ();
  g_autoptr (WuyouBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  GString *json = g_string_new (NULL);

  wuyou_site_expect (site, token, "GET", "/v1/consent/bundle", NULL, 200, NULL);
  bundle = wuyou_bundle_read_json (wuyou_json_get_object (site->reply, "bundle"), &error);
  g_assert_no_error (error);
  fill_decision (site, consent, bundle, decision);
  if (spoil != NULL)
    spoil (consent);
  wuyou_record_write_json (&wuyou_consent_type, consent, WUYOU_CODEC_CLIENT, json);
  return g_string_free (json, FALSE);
}

void
wuyou_site_accept (WuyouSite *site, const char *token)
{
  g_autofree char *body = wuyou_site_dup_decision (site, token, WUYOU_DECISION_ACCEPTED, NULL);

  wuyou_site_expect (site, token, "POST", "/v1/consent/acceptances", body, 201, NULL);
}

/* --- looking behind --- */

static char *
read_mail (const char *path, const char *to)
{
  g_autofree char *contents = NULL;
  g_autofree char *header = g_strconcat ("\nTo: ", to, "\n", NULL);
  char *body, *text;
  gsize length;

  if (!g_file_get_contents (path, &contents, NULL, NULL) || strstr (contents, header) == NULL)
    return NULL;
  body = strstr (contents, "\n\n");
  g_assert_nonnull (body);
  g_base64_decode_inplace (body, &length);
  text = g_strndup (body, length);
  g_unlink (path);
  return text;
}

static char *
find_mail (const char *directory, const char *to)
{
  GDir *dir = g_dir_open (directory, 0, NULL);
  const char *name;
  char *text = NULL;

  while (dir != NULL && text == NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (directory, name, NULL);

    if (g_str_has_suffix (name, ".eml"))
      text = read_mail (path, to);
  }
  g_clear_pointer (&dir, g_dir_close);
  return text;
}

char *
wuyou_site_take_mail (WuyouSite *site, const char *to)
{
  for (guint i = 0; i < 100; i++) {
    char *text = find_mail (site->config->spool_dir, to);

    if (text != NULL)
      return text;
    g_usleep (50000);
  }
  return NULL;
}

typedef struct {
  const char *sql;
  gint64 number;
} Count;

static gboolean
read_count (WuyouDbConn *conn, gpointer data, GError **error)
{
  Count *count = data;
  WuyouDbStmt *stmt = wuyou_db_prepare (conn, count->sql, error);

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  count->number = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

gint64
wuyou_site_count (WuyouSite *site, const char *sql)
{
  Count count = { sql, 0 };
  g_autoptr (GError) error = NULL;

  wuyou_db_read (site->context.db, read_count, &count, &error);
  g_assert_no_error (error);
  return count.number;
}

void
wuyou_site_settle (WuyouSite *site)
{
  gint64 until = g_get_monotonic_time () + 20 * SECOND;

  while (wuyou_site_count (site, "SELECT count(*) FROM events WHERE position IS NULL") > 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (20000);
  }
}
