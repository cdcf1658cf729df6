/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-document-store.h"
#include "wuyou-evidence-test.h"
#include "records/wuyou-job-service.h"
#include "wuyou-red-flag-store.h"

/* What is shown of the files of claims, to whom, and what is decided about them. */

static const WuyouSaleUser *
get_clerk (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DCLM");
}

static const WuyouSaleUser *
get_assessor (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "op", "OCLA");
}

static void
expect (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *kind, guint status, const char *code)
{
  g_test_message ("%s of %s: %s", user->roles, user->org, kind);
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, user, id, kind, status, code));
}

/* Based on the first version: refused, with what stands now, masked. */
static void
expect_stale (WuyouSale *sale, const WuyouSaleUser *user, const char *id, WuyouRouteId route, const char *body)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 412, "STALE", .user = user, .route = route, .arg0 = id, .body = body, .version = 1);
  JsonObject *current = wuyou_json_get_object (reply->json, "current");

  g_assert_cmpint (wuyou_json_get_int (current, "version"), ==, wuyou_evidence_test_version (sale, user, id));
  g_assert_cmpint (reply->version, ==, wuyou_json_get_int (current, "version"));
  g_assert_cmpstr (wuyou_json_get_string (current, "id"), ==, id);
}

static void
add_insurer (WuyouSale *sale)
{
  g_autofree char *sql
      = g_strdup_printf ("UPDATE claims SET insurer_org_id = '%s'", wuyou_site_get_org (sale->site, "in")->id);

  wuyou_sale_sql (sale, sql);
}

/* Renditions only, by role; each full look is written down. */
static void
test_who (WuyouSale *sale)
{
  static const struct {
    const char *org, *roles;
    guint view, plain, sensitive;
  } rows[] = {
    { "ad", "DCLM", 200, 200, 200 }, { "ad", "DADM", 200, 200, 200 }, { "op", "OCLA", 200, 403, 200 },
    { "op", "OCLB", 200, 403, 200 }, { "op", "OOPS", 200, 403, 403 }, { "in", "ICLM", 404, 404, 404 },
    { "op", "OAUD", 403, 403, 403 }, { "ad", "DDPO", 403, 403, 403 }, { "gr", "DGRP", 403, 403, 403 },
    { "ad", "DSAL", 403, 403, 403 }, { "op", "OFIN", 404, 404, 404 }, { "hy", "DCLM", 404, 404, 404 },
  };
  static const char *const codes[] = { [3] = "FORBIDDEN", [4] = "NOT_FOUND" };
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 640, 480, "2026:11:23 10:00:00");
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *secret = wuyou_evidence_test_add (sale, clerk, claim, "OWNER_IDENTITY", photo, "AVAILABLE");
  gint64 looks = 0;

  add_insurer (sale);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const WuyouSaleUser *user = wuyou_sale_user (sale, rows[i].org, rows[i].roles);
    guint view = rows[i].view, plain = rows[i].plain, sensitive = rows[i].sensitive;

    expect (sale, user, id, "view", view, view != 200 ? codes[view % 10 == 3 ? 3 : 4] : NULL);
    expect (sale, user, id, "plain", plain, plain != 200 ? codes[plain % 10 == 3 ? 3 : 4] : NULL);
    expect (sale, user, secret, "view", sensitive, sensitive != 200 ? codes[sensitive % 10 == 3 ? 3 : 4] : NULL);
    looks += (view == 200) + (plain == 200) + (sensitive == 200);
  }
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action LIKE 'read-evidence%'"), ==,
                   looks);
  expect (sale, clerk, id, "original", 404, "NOT_FOUND");
  expect (sale, clerk, id, "thumb", 200, NULL);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action LIKE 'read-evidence%'"), ==,
                   looks);
}

static void
expect_record (WuyouSale *sale, const char *org, const char *roles, const char *id, guint status)
{
  g_test_message ("record for %s of %s", roles, org);
  WUYOU_EXPECT (sale, status, status == 404 ? "NOT_FOUND" : NULL, .user = wuyou_sale_user (sale, org, roles),
                .route = WUYOU_ROUTE_EVIDENCE_GET, .arg0 = id);
}

static guint count_thumbs (WuyouSale *sale, const WuyouSaleUser *user, const char *claim);

/* What the claim does not list for somebody is not had by its id either: not its record, not its small picture. */
static void
test_unlisted (WuyouSale *sale)
{
  static const struct {
    const char *org, *roles;
    guint notice, determination;
  } rows[] = {
    { "ad", "DCLM", 200, 200 }, { "op", "OCLA", 200, 200 }, { "op", "OAUD", 200, 200 }, { "ad", "DDPO", 200, 200 },
    { "in", "ICLM", 404, 200 }, { "ad", "DSAL", 404, 404 }, { "ad", "DFIN", 404, 404 }, { "op", "OFIN", 404, 404 },
    { "op", "OPRV", 404, 404 }, { "gr", "DGRP", 404, 404 },
  };
  const WuyouSaleUser *clerk = get_clerk (sale), *insurer = wuyou_sale_user (sale, "in", "ICLM");
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 640, 480, NULL);
  g_autofree char *notice = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *secret = wuyou_evidence_test_add (sale, clerk, claim, "OWNER_IDENTITY", photo, "AVAILABLE");
  g_autofree char *determined = NULL;

  add_insurer (sale);
  determined = wuyou_evidence_test_add (sale, insurer, claim, "DETERMINATION", photo, "AVAILABLE");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    expect_record (sale, rows[i].org, rows[i].roles, notice, rows[i].notice);
    expect_record (sale, rows[i].org, rows[i].roles, determined, rows[i].determination);
  }
  expect (sale, insurer, determined, "view", 200, NULL);
  g_assert_cmpuint (count_thumbs (sale, insurer, claim), ==, 1);
  g_assert_cmpuint (count_thumbs (sale, get_assessor (sale), claim), ==, 3);
  g_assert_cmpuint (count_thumbs (sale, wuyou_sale_user (sale, "op", "OOPS"), claim), ==, 2);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "op", "OAUD"),
                .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .arg0 = claim);
}

/* Every way in, for people of another dealership and another insurer: as if there were nothing. */
static void
test_foreign (WuyouSale *sale)
{
  static const struct {
    WuyouRouteId route;
    const char *arg1, *body;
    guint dealer, insurer, none; /* @none: without a claim's role */
  } rows[] = {
    { WUYOU_ROUTE_EVIDENCE_GET, NULL, NULL, 404, 404, 404 },
    { WUYOU_ROUTE_EVIDENCE_PUT, NULL, "{}", 404, 404, 404 },
    { WUYOU_ROUTE_EVIDENCE_FINISH, NULL,
      "{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}", 404, 404, 404 },
    { WUYOU_ROUTE_EVIDENCE_APPEND, NULL, "x", 404, 404, 404 },
    { WUYOU_ROUTE_EVIDENCE_DELETE, NULL, NULL, 404, 404, 404 },
    { WUYOU_ROUTE_EVIDENCE_JUDGE, NULL, "{\"state\":\"VERIFIED\"}", 404, 404, 403 },
    { WUYOU_ROUTE_EVIDENCE_RENDITION, "view", NULL, 404, 404, 403 },
    { WUYOU_ROUTE_EVIDENCE_RENDITION, "plain", NULL, 404, 404, 403 },
    { WUYOU_ROUTE_EVIDENCE_RENDITION, "thumb", NULL, 404, 404, 403 },
  };
  const WuyouSaleUser *clerk = get_clerk (sale);
  const WuyouSaleUser *users[] = { wuyou_sale_user (sale, "hy", "DCLM"), wuyou_sale_user (sale, "in", "ICLM"),
                                   wuyou_sale_user (sale, "ad", "DSAL") };
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 640, 480, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint u = 0; u < G_N_ELEMENTS (users); u++) {
      guint status = u == 0 ? rows[i].dealer : u == 1 ? rows[i].insurer : rows[i].none;

      g_test_message ("row %u for %s of %s", i, users[u]->roles, users[u]->org);
      WUYOU_EXPECT (sale, status, status == 404 ? "NOT_FOUND" : "FORBIDDEN", .user = users[u], .route = rows[i].route,
                    .arg0 = id, .arg1 = rows[i].arg1, .body = rows[i].body, .version = 3,
                    .lines = "Upload-Offset: 0\r\n");
    }
}

/* The determination may come from either side; none makes away with the other's, nor blackens it. */
static void
test_other_side (WuyouSale *sale)
{
  const WuyouSaleUser *users[] = { get_clerk (sale), wuyou_sale_user (sale, "in", "ICLM") };
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 640, 480, NULL);

  add_insurer (sale);
  for (guint i = 0; i < G_N_ELEMENTS (users); i++) {
    const WuyouSaleUser *own = users[i], *other = users[1 - i];
    g_autofree char *id = wuyou_evidence_test_add (sale, own, claim, "DETERMINATION", photo, "AVAILABLE");
    g_autofree char *half
        = wuyou_evidence_test_announce (sale, own, claim, "DETERMINATION", (gint64) g_bytes_get_size (photo));

    g_test_message ("%s", own->roles);
    wuyou_evidence_test_put (sale, other, id, "{\"edits_json\":null}", 403, "FORBIDDEN");
    WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = other, .route = WUYOU_ROUTE_EVIDENCE_DELETE, .arg0 = id);
    wuyou_evidence_test_append (sale, other, half, 0, photo, 403, "FORBIDDEN");
    wuyou_evidence_test_append (sale, own, half, 0, photo, 200, NULL);
    WUYOU_EXPECT (sale, 204, NULL, .user = own, .route = WUYOU_ROUTE_EVIDENCE_DELETE, .arg0 = id);
  }
}

/* Consent that is taken back: the papers are shown to nobody, and can be taken away. */
static void
test_consent_taken_back (WuyouSale *sale)
{
  static const char code[] = "CUSTOMER_CONSENT_REQUIRED";
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 640, 480, NULL);
  g_autofree char *secret = wuyou_evidence_test_add (sale, clerk, claim, "OWNER_IDENTITY", photo, "AVAILABLE");
  g_autofree char *notice = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");

  wuyou_claim_test_put (sale, clerk, claim, "{\"consent_sensitive\":false}");
  expect (sale, clerk, secret, "view", 409, code);
  expect (sale, clerk, secret, "thumb", 409, code);
  expect (sale, get_assessor (sale), secret, "view", 409, code);
  expect (sale, get_assessor (sale), notice, "view", 200, NULL);
  g_assert_cmpuint (count_thumbs (sale, clerk, claim), ==, 1);
  wuyou_evidence_test_put (sale, clerk, secret, "{}", 409, code);
  WUYOU_EXPECT (sale, 204, NULL, .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_DELETE, .arg0 = secret);
  g_assert_false (wuyou_evidence_test_has_file (sale, secret));
}

static char *
dup_thumb (WuyouSale *sale, const WuyouSaleUser *user, const char *claim)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .arg0 = claim);
  JsonArray *items = wuyou_json_get_array (reply->json, "items");

  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  return g_strdup (wuyou_json_get_string (wuyou_json_array_get_object (items, 0), "id"));
}

/* Finance opens its own proof of payment again, and has none of the claim's other papers; the dealership may look at
 * it, the insurer may not. */
static void
test_own_proof (WuyouSale *sale)
{
  const WuyouSaleUser *finance = wuyou_sale_user (sale, "op", "OFIN");
  const WuyouSaleUser *insurer = wuyou_sale_user (sale, "in", "ICLM");
  g_autofree char *claim = wuyou_claim_test_bring_to (sale, "ad", "REPLACING");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (31, 640, 480, NULL);
  g_autofree char *other
      = wuyou_evidence_test_add (sale, get_clerk (sale), claim, "WITHDRAWAL_STATEMENT", photo, "AVAILABLE");
  g_autofree char *proof = NULL, *thumb = NULL;

  wuyou_sale_sql (sale, "UPDATE claims SET state = 'SETTLING', version = version + 1");
  add_insurer (sale);
  proof = wuyou_evidence_test_add (sale, finance, claim, "PAYMENT_PROOF", photo, "AVAILABLE");
  expect (sale, finance, proof, "view", 200, NULL);
  expect (sale, finance, proof, "thumb", 200, NULL);
  expect (sale, finance, proof, "plain", 403, "FORBIDDEN");
  expect (sale, finance, other, "view", 404, "NOT_FOUND");
  expect (sale, finance, other, "thumb", 404, "NOT_FOUND");
  thumb = dup_thumb (sale, finance, claim);
  g_assert_cmpstr (thumb, ==, proof);
  expect (sale, get_clerk (sale), proof, "view", 200, NULL);
  expect (sale, insurer, proof, "view", 404, "NOT_FOUND");
  expect (sale, wuyou_sale_user (sale, "ad", "DFIN"), proof, "view", 403, "FORBIDDEN");
}

/* Nothing of the original's bytes: no EXIF, and no thumbnail of it. */
static void
test_renditions_are_new (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (2, 640, 480, "2026:11:23 10:00:00");
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  static const char *const kinds[] = { "view", "plain", "thumb" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (WuyouSaleReply) reply = wuyou_evidence_test_rendition (sale, clerk, id, kinds[i], 200, NULL);

    g_assert_true (wuyou_sale_reply_has_bytes (reply, "\xff\xd8\xff"));
    g_assert_false (wuyou_sale_reply_has_bytes (reply, "Exif"));
    g_assert_false (wuyou_sale_reply_has_bytes (reply, "2026:11:23"));
    g_assert_false (g_bytes_equal (reply->body, photo));
  }
}

#define REDACTED                                                                                                       \
  "{\"edits_json\":\"{\\\"pages\\\":[{\\\"page\\\":1,\\\"rotate\\\":90,\\\"redact\\\":[[0,0,5000,5000]]}]}\"}"

static guint
count_thumbs (WuyouSale *sale, const WuyouSaleUser *user, const char *claim)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .arg0 = claim);

  return json_array_get_length (wuyou_json_get_array (reply->json, "items"));
}

/* From the moment on at which something is blackened no reviewer gets what lies under it, however long the new view
 * takes. */
static void
test_redaction (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale), *reviewer = get_assessor (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (3, 640, 480, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autoptr (WuyouSaleReply) before = wuyou_evidence_test_rendition (sale, reviewer, id, "view", 200, NULL);
  g_autoptr (WuyouSaleReply) after = NULL;
  g_autoptr (WuyouSaleReply) plain = NULL;
  guint files = wuyou_evidence_test_count_files (sale);

  wuyou_evidence_test_set_decoder (sale, "exec sleep 1");
  sale->site->config->decode_seconds = 2;
  wuyou_evidence_test_put (sale, clerk, id, REDACTED, 200, NULL);
  expect (sale, reviewer, id, "view", 409, "DOCUMENT_PENDING");
  expect (sale, reviewer, id, "thumb", 409, "DOCUMENT_PENDING");
  expect (sale, reviewer, id, "plain", 403, "FORBIDDEN");
  expect (sale, clerk, id, "view", 409, "DOCUMENT_PENDING");
  g_assert_cmpuint (count_thumbs (sale, reviewer, claim), ==, 0);
  g_assert_cmpuint (count_thumbs (sale, clerk, claim), ==, 1);
  sale->site->config->decode_seconds = 30;
  wuyou_evidence_test_set_decoder (sale, NULL);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM renditions WHERE kind = 'view'", 1);
  after = wuyou_evidence_test_rendition (sale, reviewer, id, "view", 200, NULL);
  plain = wuyou_evidence_test_rendition (sale, clerk, id, "plain", 200, NULL);
  g_assert_false (g_bytes_equal (before->body, after->body));
  g_assert_true (g_bytes_equal (before->body, plain->body));
  g_assert_cmpuint (count_thumbs (sale, reviewer, claim), ==, 1);
  wuyou_evidence_test_put (sale, clerk, id, "{\"edits_json\":null}", 200, NULL);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM renditions WHERE kind = 'view'", 0);
  expect (sale, reviewer, id, "view", 200, NULL);
  for (guint i = 0; i < 100 && wuyou_evidence_test_count_files (sale) != files; i++)
    g_usleep (20000);
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files); /* nothing of what was replaced is left */
}

static void
wait_shown (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  for (guint i = 0; i < 1500; i++) {
    g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (
        sale, &(WuyouSaleCall){ .user = user, .route = WUYOU_ROUTE_EVIDENCE_RENDITION, .arg0 = id, .arg1 = "view" });

    if (reply->status == 200)
      break;
    wuyou_evidence_test_work_again (sale);
    g_usleep (20000);
  }
  expect (sale, user, id, "view", 200, NULL);
}

/* The file of a rendition is lost, as after a backup that came between two of them. */
static void
test_lost_rendition (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (3, 640, 480, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *command = g_strdup_printf ("find %s/files -type f ! -name '*%s*' -newer %s/master.key -delete",
                                              wuyou_store_get_data_dir (sale->site->store), id,
                                              wuyou_store_get_data_dir (sale->site->store));

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  expect (sale, clerk, id, "view", 409, "DOCUMENT_PENDING");
  wait_shown (sale, clerk, id);
}

static gboolean
delete_renditions (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_db_exec (conn, "DELETE FROM renditions", error);
}

/* Of demo data only what is being reviewed has renditions. */
static void
test_never_rendered (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (3, 640, 480, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");

  g_assert_true (wuyou_db_write (sale->site->context.db, delete_renditions, NULL, NULL));
  expect (sale, clerk, id, "view", 409, "DOCUMENT_PENDING");
  wait_shown (sale, clerk, id);
}

/* --- what the paper says, and another slot --- */

static void
test_facts (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (4, 300, 200, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  static const struct {
    const char *body;
    guint status;
    const char *field;
  } rows[] = {
    { "{\"loss_on\":\"2026-11-25\",\"owner_name\":\"李雷\"}", 200, NULL },
    { "{\"payout_fen\":100}", 422, "payout_fen" },
    { "{\"file_name\":\"b.jpg\"}", 422, "file_name" },
    { "{\"phase\":\"REPLACEMENT\"}", 422, "phase" },
    { "{\"claim_id\":\"0190a000-0000-7000-8000-00000000dead\"}", 422, "claim_id" },
    { "{\"state\":\"VERIFIED\"}", 422, "state" },
    { "{\"edits_json\":\"{\\\"pages\\\":[{\\\"page\\\":1,\\\"rotate\\\":7}]}\"}", 422, "edits_json" },
    { "{\"slot\":\"NEW_INVOICE\"}", 422, "slot" },
    { "{\"slot\":\"LOAN_SETTLEMENT\",\"loss_on\":\"2026-11-25\"}", 422, "loss_on" },
    { "{\"slot\":\"LOAN_SETTLEMENT\"}", 200, NULL }, /* says nothing, so what it said is gone */
  };
  g_autofree char *gone = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WuyouSaleReply) reply
        = WUYOU_CALL (sale, rows[i].status, rows[i].status == 422 ? "INVALID" : NULL, .user = clerk,
                      .route = WUYOU_ROUTE_EVIDENCE_PUT, .arg0 = id, .body = rows[i].body,
                      .version = wuyou_evidence_test_version (sale, clerk, id));

    if (rows[i].field != NULL)
      g_assert_true (wuyou_sale_reply_has_field (reply, rows[i].field));
  }
  gone = wuyou_evidence_test_dup (sale, clerk, id, "loss_on");
  g_assert_null (gone);
  expect_stale (sale, clerk, id, WUYOU_ROUTE_EVIDENCE_PUT, "{}");
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = get_assessor (sale), .route = WUYOU_ROUTE_EVIDENCE_PUT, .arg0 = id,
                .body = "{}", .version = wuyou_evidence_test_version (sale, clerk, id));
}

/* --- keys --- */

typedef struct {
  WuyouSale *sale;
  const char *id;
  WuyouFile *file;
  WuyouKey *key, *keys[3];
  const char *claim, *contract;
} Opening;

static gboolean
read_file (WuyouDbConn *conn, gpointer data, GError **error)
{
  Opening *o = data;
  WuyouStore *store = o->sale->site->store;
  WuyouKeys *keys = wuyou_store_get_keys (store);

  o->keys[0] = wuyou_keys_load (keys, conn, WUYOU_PURPOSE_SALES, o->contract, error);
  o->keys[1] = wuyou_keys_load (keys, conn, WUYOU_PURPOSE_CLAIMS, o->claim, error);
  o->keys[2] = wuyou_keys_load (keys, conn, WUYOU_PURPOSE_CLAIMS_SENSITIVE, o->claim, error);
  return wuyou_file_load (conn, store, o->id, &o->file, &o->key, error);
}

/* Opens with the @right-th of sales, claims, sensitive, and with no other. */
static void
check_keys (WuyouSale *sale, const char *claim, const char *contract, const char *id, guint right)
{
  Opening o = { .sale = sale, .id = id, .claim = claim, .contract = contract };

  g_assert_true (wuyou_db_read (sale->site->context.db, read_file, &o, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (o.keys); i++) {
    g_autoptr (GError) error = NULL;
    WuyouBlobReader *reader;

    g_assert_nonnull (o.keys[i]);
    reader = wuyou_blob_open (sale->site->context.blobs, id, o.keys[i], o.file->file_key, &error);
    g_assert_cmpint (reader != NULL, ==, i == right);
    g_clear_pointer (&reader, wuyou_blob_reader_close);
    wuyou_key_unref (o.keys[i]);
  }
  wuyou_file_free (o.file);
  wuyou_key_unref (o.key);
}

static void
check_all_keys (WuyouSale *sale, const char *claim, const char *contract, const char *id, guint right)
{
  static const char *const kinds[] = { "plain", "thumb" };

  check_keys (sale, claim, contract, id, right);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *count = g_strdup_printf (
        "SELECT count(*) FROM renditions r JOIN files f ON f.id = r.id WHERE r.evidence_id = '%s' AND f.purpose = '%s'",
        id, right == 2 ? "claims-sensitive" : "claims");

    g_assert_cmpint (wuyou_site_count (sale->site, count), ==, 2);
  }
}

/* Each purpose opens its own, also after the paper moved from one kind of slot to another and back. */
static void
test_keys (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *contract = wuyou_claim_test_dup (sale, clerk, claim, "contract_id");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (5, 300, 200, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *first = NULL;

  wuyou_evidence_test_put (sale, clerk, id, "{\"slot\":\"OWNER_IDENTITY\"}", 200, NULL); /* makes the key */
  check_all_keys (sale, claim, contract, id, 2);
  expect (sale, clerk, id, "view", 200, NULL);
  first = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  check_all_keys (sale, claim, contract, first, 1);
  wuyou_evidence_test_put (sale, clerk, id, "{\"slot\":\"LOSS_NOTICE\"}", 200, NULL);
  check_all_keys (sale, claim, contract, id, 1);
  expect (sale, clerk, id, "view", 200, NULL);
  wuyou_evidence_test_put (sale, clerk, id, REDACTED, 200, NULL); /* rendered anew under the key it has now */
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM renditions WHERE kind = 'view'", 1);
  expect (sale, get_assessor (sale), id, "view", 200, NULL);
}

/* --- judged --- */

static void
judge (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *body, guint status, const char *code)
{
  WUYOU_EXPECT (sale, status, code, .user = user, .route = WUYOU_ROUTE_EVIDENCE_JUDGE, .arg0 = id, .body = body,
                .version = wuyou_evidence_test_version (sale, get_clerk (sale), id));
}

static void
set_review (WuyouSale *sale, const WuyouSaleUser *assessor, const char *state)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE claims SET state = '%s', assessor_id = '%s', version = version + 1",
                                          state, assessor->id);

  wuyou_sale_sql (sale, sql);
}

static void
test_judge (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale), *assessor = get_assessor (sale);
  const WuyouSaleUser *other = wuyou_sale_add_user (sale, "op", "OCLA");
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (6, 300, 200, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *half = wuyou_evidence_test_announce (sale, clerk, claim, "LOSS_NOTICE", 100);
  g_autofree char *state = NULL, *by = NULL;

  judge (sale, assessor, id, "{\"state\":\"VERIFIED\"}", 409, "ILLEGAL_TRANSITION");
  set_review (sale, assessor, "PRE_REVIEW");
  judge (sale, other, id, "{\"state\":\"VERIFIED\"}", 403, "FORBIDDEN");
  judge (sale, wuyou_sale_user (sale, "op", "OCLB"), id, "{\"state\":\"VERIFIED\"}", 403, "FORBIDDEN");
  judge (sale, wuyou_sale_user (sale, "ad", "DADM"), id, "{\"state\":\"VERIFIED\"}", 403, "FORBIDDEN");
  judge (sale, assessor, half, "{\"state\":\"VERIFIED\"}", 409, "ILLEGAL_TRANSITION");
  judge (sale, assessor, id, "{\"state\":\"WITHDRAWN\"}", 422, "INVALID");
  judge (sale, assessor, id, "{\"state\":\"RETURNED\"}", 422, "INVALID");
  judge (sale, assessor, id, "{\"state\":\"RETURNED\",\"return_reason\":\"UGLY\"}", 422, "INVALID");
  judge (sale, assessor, id, "{\"state\":\"RETURNED\",\"return_reason\":\"OTHER\"}", 422, "INVALID");
  judge (sale, assessor, id, "{\"state\":\"VERIFIED\",\"return_reason\":\"BLURRED\"}", 422, "INVALID");
  judge (sale, assessor, id, "{\"state\":\"VERIFIED\"}", 200, NULL);
  judge (sale, assessor, id, "{\"state\":\"AVAILABLE\"}", 200, NULL);
  judge (sale, assessor, id, "{\"state\":\"RETURNED\",\"return_reason\":\"BLURRED\",\"note\":\"看不清\"}", 200, NULL);
  state = wuyou_evidence_test_dup (sale, clerk, id, "state");
  by = wuyou_evidence_test_dup (sale, clerk, id, "judged_by");
  g_assert_cmpstr (state, ==, "RETURNED");
  g_assert_cmpstr (by, ==, assessor->id);
  expect_stale (sale, assessor, id, WUYOU_ROUTE_EVIDENCE_JUDGE, "{\"state\":\"VERIFIED\"}");
  set_review (sale, assessor, "MORE_DOCS");
  WUYOU_EXPECT (sale, 409, "ILLEGAL_TRANSITION", .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_DELETE, .arg0 = id);
}

/* What was returned is replaced when another of its slot is there: not by one of another slot, and not before that one
 * was found clean. */
static void
test_superseded (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale), *assessor = get_assessor (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (41, 300, 200, NULL);
  g_autoptr (GBytes) better = wuyou_evidence_test_photo (42, 300, 200, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *other = NULL, *newer = NULL, *state = NULL, *before = NULL;

  set_review (sale, assessor, "PRE_REVIEW");
  judge (sale, assessor, id, "{\"state\":\"RETURNED\",\"return_reason\":\"BLURRED\"}", 200, NULL);
  wuyou_claim_test_act (sale, assessor, claim, "request",
                        "{\"request\":[{\"slot\":\"LOAN_SETTLEMENT\",\"reason\":\"模糊\"}]}", 422, "INVALID");
  wuyou_test_advance (G_TIME_SPAN_MINUTE);
  set_review (sale, assessor, "MORE_DOCS");
  wuyou_evidence_test_put (sale, clerk, id, "{\"slot\":\"LOAN_SETTLEMENT\"}", 409, "ILLEGAL_TRANSITION");
  other = wuyou_evidence_test_add (sale, clerk, claim, "LOAN_SETTLEMENT", better, "AVAILABLE");
  g_free (wuyou_evidence_test_announce (sale, clerk, claim, "LOSS_NOTICE", 100));
  before = wuyou_evidence_test_dup (sale, clerk, id, "state");
  g_assert_cmpstr (before, ==, "RETURNED");
  newer = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", better, "AVAILABLE");
  state = wuyou_evidence_test_dup (sale, clerk, id, "state");
  g_assert_cmpstr (state, ==, "SUPERSEDED");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action = 'supersede'"), ==, 1);
  expect (sale, clerk, id, "view", 200, NULL);
  wuyou_evidence_test_put (sale, clerk, id, "{\"slot\":\"LOAN_SETTLEMENT\"}", 409, "ILLEGAL_TRANSITION");
  set_review (sale, assessor, "PRE_REVIEW");
  judge (sale, assessor, id, "{\"state\":\"VERIFIED\"}", 409, "ILLEGAL_TRANSITION");
}

/* A verdict was on what it was: what is verified and then changed is to be looked at again. */
static void
test_changed_after (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale), *assessor = get_assessor (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (6, 300, 200, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *same = NULL, *state = NULL;

  set_review (sale, assessor, "PRE_REVIEW");
  judge (sale, assessor, id, "{\"state\":\"VERIFIED\"}", 200, NULL);
  wuyou_evidence_test_put (sale, clerk, id, REDACTED, 409, "ILLEGAL_TRANSITION");
  set_review (sale, assessor, "MORE_DOCS");
  wuyou_evidence_test_put (sale, clerk, id, "{}", 200, NULL);
  same = wuyou_evidence_test_dup (sale, clerk, id, "state");
  g_assert_cmpstr (same, ==, "VERIFIED");
  wuyou_evidence_test_put (sale, clerk, id, REDACTED, 200, NULL);
  state = wuyou_evidence_test_dup (sale, clerk, id, "state");
  g_assert_cmpstr (state, ==, "AVAILABLE");
}

/* --- flags --- */

static guint
count_flags (WuyouSale *sale, const WuyouSaleUser *user, const char *claim, const char *code)
{
  g_autoptr (WuyouSaleReply) reply = wuyou_claim_test_get (sale, user, claim);
  JsonArray *flags = wuyou_json_get_array (reply->json, "flags");
  guint n = 0;

  for (guint i = 0; flags != NULL && i < json_array_get_length (flags); i++)
    n += g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (flags, i), "code"), code) == 0;
  return n;
}

static void
assert_nothing_of (WuyouSale *sale, const WuyouSaleUser *user, const char *claim, const char *org, const char *other)
{
  g_autoptr (WuyouSaleReply) reply = wuyou_claim_test_get (sale, user, claim);
  g_autofree char *text = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
  const char *flags = strstr (text, "\"flags\":");
  const char *const secrets[]
      = { other, wuyou_site_get_org (sale->site, org)->id, wuyou_site_get_org (sale->site, org)->name };

  g_assert_nonnull (flags);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (text, secrets[i]));
}

/* The same file and a picture nearly the same, at another dealership: both claims are flagged, reviewers see it, and
 * nobody sees whose the other is. */
static void
test_flags (WuyouSale *sale)
{
  const WuyouSaleUser *reviewer = get_assessor (sale);
  const WuyouSaleUser *one = wuyou_sale_user (sale, "ad", "DCLM"), *two = wuyou_sale_user (sale, "hy", "DCLM");
  g_autofree char *first = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *second = wuyou_evidence_test_claim (sale, "hy");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (7, 640, 480, NULL);
  g_autoptr (GBytes) again = wuyou_evidence_test_photo (8, 640, 480, NULL);
  g_autoptr (GBytes) smaller = wuyou_evidence_test_photo (8, 320, 240, NULL);
  g_autoptr (GBytes) unlike = wuyou_evidence_test_photo (99, 640, 480, NULL);
  GBytes *const sent[] = { photo, again };
  GBytes *const sent_there[] = { photo, smaller, unlike };

  for (guint i = 0; i < G_N_ELEMENTS (sent); i++)
    g_free (wuyou_evidence_test_add (sale, one, first, "LOSS_NOTICE", sent[i], "AVAILABLE"));
  g_assert_cmpuint (count_flags (sale, reviewer, first, "SAME_FILE"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sent_there); i++)
    g_free (wuyou_evidence_test_add (sale, two, second, "LOSS_NOTICE", sent_there[i], "AVAILABLE"));
  g_assert_cmpuint (count_flags (sale, reviewer, first, "SAME_FILE"), ==, 1);
  g_assert_cmpuint (count_flags (sale, reviewer, second, "SAME_FILE"), ==, 1);
  g_assert_cmpuint (count_flags (sale, reviewer, first, "SIMILAR_PICTURE"), ==, 1);
  g_assert_cmpuint (count_flags (sale, reviewer, second, "SIMILAR_PICTURE"), ==, 1);
  g_assert_cmpuint (count_flags (sale, reviewer, second, "SAME_REPORT_NO"), ==, 1); /* the test's reports are alike */
  g_assert_cmpuint (count_flags (sale, reviewer, first, "SAME_REPORT_NO"), ==, 1);
  g_assert_cmpuint (count_flags (sale, one, first, "SAME_FILE"), ==, 0);
  g_assert_cmpuint (count_flags (sale, two, second, "SAME_FILE"), ==, 0);
  assert_nothing_of (sale, reviewer, first, "hy", second);
  assert_nothing_of (sale, reviewer, second, "ad", first);
}

/* By their own date: long before the loss, or after they came. */
static void
test_dates (WuyouSale *sale)
{
  static const struct {
    const char *taken, *code;
  } rows[] = {
    { "2026:11:25 10:00:00", NULL },
    { "2026:09:01 10:00:00", "TAKEN_BEFORE_LOSS" },
    { "2027:03:01 10:00:00", "TAKEN_AFTER_UPLOAD" },
  };
  const WuyouSaleUser *clerk = get_clerk (sale), *reviewer = get_assessor (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  guint flags = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) photo = wuyou_evidence_test_photo (20 + i, 300, 200, rows[i].taken);

    g_free (wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE"));
    flags += rows[i].code != NULL;
    if (rows[i].code != NULL)
      g_assert_cmpuint (count_flags (sale, reviewer, claim, rows[i].code), ==, 1);
    g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM red_flags"), ==, flags);
  }
}

static void
test_flag_judged (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale), *reviewer = get_assessor (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (20, 300, 200, "2026:09:01 10:00:00");
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autoptr (WuyouSaleReply) view = wuyou_claim_test_get (sale, reviewer, claim);
  g_autoptr (WuyouSaleReply) judged = NULL;
  JsonObject *flag = wuyou_json_array_get_object (wuyou_json_get_array (view->json, "flags"), 0);
  const char *flag_id = wuyou_json_get_string (flag, "id");

  g_assert_cmpstr (wuyou_json_get_string (flag, "evidence_id"), ==, id);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = clerk, .route = WUYOU_ROUTE_CLAIM_FLAG, .arg0 = claim, .arg1 = flag_id,
                .body = "{\"state\":\"CLEARED\"}");
  WUYOU_EXPECT (sale, 422, "INVALID", .user = reviewer, .route = WUYOU_ROUTE_CLAIM_FLAG, .arg0 = claim, .arg1 = flag_id,
                .body = "{\"state\":\"FINE\"}");
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = reviewer, .route = WUYOU_ROUTE_CLAIM_FLAG, .arg0 = claim, .arg1 = claim,
                .body = "{\"state\":\"CLEARED\"}");
  judged = WUYOU_CALL (sale, 200, NULL, .user = reviewer, .route = WUYOU_ROUTE_CLAIM_FLAG, .arg0 = claim,
                       .arg1 = flag_id, .body = "{\"state\":\"CLEARED\",\"note\":\"相机日期有误\"}");
  flag = wuyou_json_array_get_object (wuyou_json_get_array (judged->json, "flags"), 0);
  g_assert_cmpstr (wuyou_json_get_string (flag, "state"), ==, "CLEARED");
  g_assert_cmpstr (wuyou_json_get_string (flag, "note"), ==, "相机日期有误");
}

/* --- many --- */

#define N_THUMBS 200

typedef struct {
  WuyouSale *sale;
  const char *claim, *model;
  WuyouKey *key;
  char *ids[N_THUMBS];
  GBytes *file_keys[N_THUMBS];
} Many;

static gboolean
read_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  Many *many = data;

  many->key = wuyou_keys_load (many->sale->site->context.keys, conn, WUYOU_PURPOSE_CLAIMS, many->claim, error);
  return many->key != NULL;
}

static gboolean
write_rows (WuyouDbConn *conn, gpointer data, GError **error)
{
  Many *many = data;

  for (guint i = 0; i < N_THUMBS; i++) {
    g_autofree char *evidence = wuyou_sale_new_id (many->sale);

    if (!wuyou_db_run (conn, error,
                       "INSERT INTO evidence (id, version, claim_id, org_id, slot, phase, state) "
                       "SELECT $1, 1, claim_id, org_id, slot, phase, state FROM evidence WHERE id = $2",
                       "tt", evidence, many->model)
        || !wuyou_db_run (conn, error,
                          "INSERT INTO renditions (id, evidence_id, kind, media_type, made_at) "
                          "VALUES ($1, $2, 'thumb', 'image/jpeg', 1)",
                          "tt", many->ids[i], evidence)
        || !wuyou_file_insert (conn, many->ids[i], WUYOU_PURPOSE_CLAIMS, many->claim, many->file_keys[i], error))
      return FALSE;
  }
  return TRUE;
}

/* All of them in one answer, each the right one. */
static void
test_thumbnails (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (9, 256, 192, NULL);
  g_autofree char *model = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  Many many = { .sale = sale, .claim = claim, .model = model };
  g_autoptr (WuyouSaleReply) reply = NULL;
  g_autofree char *expected = g_base64_encode (g_bytes_get_data (photo, NULL), g_bytes_get_size (photo));
  JsonArray *items;
  guint n = 0;

  g_assert_true (wuyou_db_read (sale->site->context.db, read_key, &many, NULL));
  for (guint i = 0; i < N_THUMBS; i++) {
    many.ids[i] = wuyou_sale_new_id (sale);
    many.file_keys[i] = wuyou_blob_create_key (many.key, many.ids[i]);
    g_assert_true (
        wuyou_blob_put (sale->site->context.blobs, many.ids[i], many.key, many.file_keys[i], photo, NULL, NULL));
  }
  g_assert_true (wuyou_db_write (sale->site->context.db, write_rows, &many, NULL));
  reply
      = WUYOU_CALL (sale, 200, NULL, .user = get_assessor (sale), .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .arg0 = claim);
  items = wuyou_json_get_array (reply->json, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, N_THUMBS + 1);
  for (guint i = 0; i < N_THUMBS + 1; i++) {
    JsonObject *item = wuyou_json_array_get_object (items, i);

    g_assert_nonnull (wuyou_json_get_string (item, "etag"));
    n += g_strcmp0 (wuyou_json_get_string (item, "jpeg"), expected) == 0;
  }
  g_assert_cmpuint (n, ==, N_THUMBS);
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = wuyou_sale_user (sale, "hy", "DCLM"),
                .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .arg0 = claim);
  for (guint i = 0; i < N_THUMBS; i++) {
    g_free (many.ids[i]);
    g_bytes_unref (many.file_keys[i]);
  }
  wuyou_key_unref (many.key);
}

static const WuyouSaleCase cases[] = {
  { "who", test_who },
  { "unlisted", test_unlisted },
  { "foreign", test_foreign },
  { "other-side", test_other_side },
  { "consent-taken-back", test_consent_taken_back },
  { "own-proof", test_own_proof },
  { "renditions-are-new", test_renditions_are_new },
  { "redaction", test_redaction },
  { "lost-rendition", test_lost_rendition },
  { "never-rendered", test_never_rendered },
  { "facts", test_facts },
  { "keys", test_keys },
  { "judge", test_judge },
  { "superseded", test_superseded },
  { "changed-after", test_changed_after },
  { "flags", test_flags },
  { "dates", test_dates },
  { "flag-judged", test_flag_judged },
  { "thumbnails", test_thumbnails },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("evidence-shown", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
