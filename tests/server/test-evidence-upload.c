/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-evidence-test.h"
#include "records/wuyou-job-service.h"

/* Files of claims on their way in. */

static const WuyouSaleUser *
get_clerk (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DCLM");
}

static void
announce (WuyouSale *sale, const char *claim, const char *member, const char *value, guint status, const char *code)
{
  g_autofree char *id = wuyou_sale_new_id (sale);
  g_autofree char *plain = wuyou_evidence_test_dup_body (sale, id, claim, "LOSS_NOTICE", 100);
  g_autoptr (JsonObject) body = wuyou_json_parse_object (plain, strlen (plain), NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autofree char *text = NULL;
  g_autoptr (WuyouSaleReply) reply = NULL;

  json_object_set_member (body, member, json_from_string (value, NULL));
  text = json_to_string (node, FALSE);
  g_test_message ("%s: %s", member, value);
  reply = WUYOU_CALL (sale, status, code, .user = get_clerk (sale), .route = WUYOU_ROUTE_EVIDENCE_CREATE, .body = text);
  if (status == 422)
    g_assert_true (wuyou_sale_reply_has_field (reply, member));
}

static void
test_announce (WuyouSale *sale)
{
  static const struct {
    const char *member, *value;
  } wrong[] = {
    { "size", "0" },
    { "size", "104857601" },
    { "size", "4294967296" },
    { "size", "\"100\"" },
    { "file_name", "\"\"" },
    { "file_name", "\"a\\u202efdp.exe\"" },
    { "slot", "\"NONSENSE\"" },
    { "slot", "\"NEW_INVOICE\"" }, /* of the other phase */
    { "slot", "null" },
    { "phase", "7" },
    { "id", "\"../../etc\"" },
    { "state", "\"AVAILABLE\"" },
    { "sha256", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"" },
    { "sensitive", "false" },
    { "pages", "3" },
    { "judged_by", "\"0190a000-0000-7000-8000-00000000dead\"" },
    { "edits_json", "\"{\"" },
    { "edits_json", "\"{\\\"pages\\\":[{\\\"page\\\":1,\\\"rotate\\\":45}]}\"" },
    { "payout_fen", "100" }, /* a loss notice does not say this */
    { "surprise", "1" },
  };
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    announce (sale, claim, wrong[i].member, wrong[i].value, 422, "INVALID");
  announce (sale, claim, "claim_id", "\"0190a000-0000-7000-8000-00000000dead\"", 404, "NOT_FOUND");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence"), ==, 0);
}

/* Nothing of a sensitive paper is taken before the owner agreed to that (PIPL 29): not one byte. */
static void
test_consent (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *contract = NULL, *claim = NULL, *id = NULL, *body = NULL;
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 200, 100, NULL);

  wuyou_evidence_test_set_decoder (sale, NULL);
  contract = wuyou_claim_test_contract (sale, "ad");
  claim = wuyou_claim_test_create (sale, clerk, contract, "{\"consent_sensitive\":false,\"consent_on\":null}");
  announce (sale, claim, "slot", "\"OWNER_IDENTITY\"", 409, "CUSTOMER_CONSENT_REQUIRED");
  announce (sale, claim, "slot", "\"LOSS_NOTICE\"", 201, NULL);
  g_assert_cmpint (
      wuyou_site_count (sale->site, "SELECT count(*) FROM customer_keys WHERE purpose = 'claims-sensitive'"), ==, 0);
  wuyou_claim_test_put (sale, clerk, claim, "{\"consent_sensitive\":true,\"consent_on\":\"2026-11-24\"}");
  id = wuyou_evidence_test_add (sale, clerk, claim, "OWNER_IDENTITY", photo, "AVAILABLE");
  body = wuyou_evidence_test_dup (sale, clerk, id, "sensitive");
  g_assert_cmpstr (body, ==, "true");
}

static void
expect_create (WuyouSale *sale,
               const char *org,
               const char *roles,
               const char *claim,
               const char *slot,
               guint status,
               const char *code)
{
  g_autofree char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_evidence_test_dup_body (sale, id, claim, slot, 100);

  g_test_message ("%s of %s: %s", roles, org, slot);
  WUYOU_EXPECT (sale, status, code, .user = wuyou_sale_user (sale, org, roles), .route = WUYOU_ROUTE_EVIDENCE_CREATE,
                .body = body);
}

/* Who adds what, and what others see of it. */
static void
test_roles (WuyouSale *sale)
{
  static const struct {
    const char *org, *roles, *slot;
    guint status;
    const char *code;
  } rows[] = {
    { "ad", "DCLM", "LOSS_NOTICE", 201, NULL },
    { "ad", "DADM", "LOSS_NOTICE", 201, NULL },
    { "ad", "DSAL", "LOSS_NOTICE", 403, "FORBIDDEN" },
    { "ad", "DDPO", "LOSS_NOTICE", 403, "FORBIDDEN" },
    { "op", "OCLA", "LOSS_NOTICE", 403, "FORBIDDEN" },
    { "op", "OFIN", "LOSS_NOTICE", 403, "FORBIDDEN" },
    { "hy", "DCLM", "LOSS_NOTICE", 404, "NOT_FOUND" },
    { "hy", "DADM", "DETERMINATION", 404, "NOT_FOUND" },
    { "in", "ICLM", "LOSS_NOTICE", 403, "FORBIDDEN" },
    { "in", "ICLM", "OWNER_IDENTITY", 403, "FORBIDDEN" },
    { "in", "ICLM", "DETERMINATION", 201, NULL },
    { "ad", "DCLM", "PAYMENT_PROOF", 403, "FORBIDDEN" },
    { "op", "OFIN", "PAYMENT_PROOF", 409, "ILLEGAL_TRANSITION" },
    { "ad", "DCLM", "APPEAL_STATEMENT", 409, "ILLEGAL_TRANSITION" },
  };
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *name
      = g_strdup_printf ("UPDATE claims SET insurer_org_id = '%s'", wuyou_site_get_org (sale->site, "in")->id);

  expect_create (sale, "in", "ICLM", claim, "DETERMINATION", 404, "NOT_FOUND"); /* not its policy */
  wuyou_sale_sql (sale, name);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    expect_create (sale, rows[i].org, rows[i].roles, claim, rows[i].slot, rows[i].status, rows[i].code);
}

/* --- content --- */

typedef struct {
  const char *name, *head;
  gsize length;
  guint status; /* of the first piece */
  const char *state;
} Bad;

#define BAD(name, bytes, status, state)                                                                                \
  {                                                                                                                    \
    name, bytes, sizeof bytes - 1, status, state                                                                       \
  }

static void
send_bad (WuyouSale *sale, const char *claim, const char *slot, const Bad *bad)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autoptr (GBytes) bytes = g_bytes_new_static (bad->head, bad->length);
  g_autofree char *id = wuyou_evidence_test_announce (sale, clerk, claim, slot, (gint64) bad->length);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *kept = NULL;

  g_test_message ("%s in %s", bad->name, slot);
  wuyou_evidence_test_append (sale, clerk, id, 0, bytes, bad->status, bad->status == 415 ? "UNSUPPORTED_TYPE" : NULL);
  if (bad->status != 200)
    return;
  wuyou_evidence_test_finish (sale, clerk, id, bytes);
  wuyou_evidence_test_wait (sale, clerk, id, bad->state);
  kept = wuyou_evidence_test_dup (sale, clerk, id, "sha256");
  g_assert_cmpstr (kept, ==, sha256);
  for (guint i = 0; i < 200 && wuyou_evidence_test_has_file (sale, id); i++)
    g_usleep (10000);
  g_assert_false (wuyou_evidence_test_has_file (sale, id));
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, clerk, id, "view", 422, "DOCUMENT_REFUSED"));
}

/* Whatever slot it comes in by: nothing of it stays, its hash does. */
static void
test_bad_files (WuyouSale *sale)
{
  static const char *const slots[] = { "LOSS_NOTICE", "DETERMINATION", "OWNER_IDENTITY", "LOAN_SETTLEMENT" };
  static const Bad bad[] = {
    BAD ("virus in a PDF", "%PDF-1.4\n" WUYOU_TEST_VIRUS, 200, "INFECTED"),
    BAD ("virus behind a JPEG", "\xff\xd8\xff\xe0\0\x10JFIF\0" WUYOU_TEST_VIRUS, 200, "INFECTED"),
    BAD ("zipped virus", "PK\3\4\24\0\0\0\0\0" WUYOU_TEST_VIRUS, 415, NULL),
    BAD ("zip behind a PNG's head", "\x89PNG\r\n\x1a\nPK\3\4\24\0\0\0\0\0", 200, "REJECTED_TYPE"),
    BAD ("a PDF and a program", "%PDF-1.4\nMZ\x90\0\3\0\0\0\4", 200, "REJECTED_TYPE"),
    BAD ("a program", "MZ\x90\0\3\0\0\0\4\0\0\0", 415, NULL),
    BAD ("an SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>", 415, NULL),
    BAD ("a PDF with a script", "%PDF-1.4\n1 0 obj << /S /JavaScript /JS (app.alert) >> endobj", 200, "REJECTED_TYPE"),
    BAD ("a cut JPEG", "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", 200, "REJECTED_TYPE"),
  };
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");

  for (guint s = 0; s < G_N_ELEMENTS (slots); s++)
    for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
      send_bad (sale, claim, slots[s], &bad[i]);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM renditions"), ==, 0);
}

/* --- the real scanner --- */

#define EICAR "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

static GPid
start_clamd (char **ret_socket)
{
  g_autofree char *script = wuyou_test_source_path ("support/scanner.sh");
  const char *folder = wuyou_test_new_dir ();
  char *argv[] = { script, (char *) folder, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  *ret_socket = g_build_filename (folder, "socket", NULL);
  g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 1000 && !g_file_test (*ret_socket, G_FILE_TEST_EXISTS); i++)
    g_usleep (20000);
  return pid;
}

static gsize
deflate_virus (char *packed, gsize room)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  gsize read, size = 0;

  g_converter_convert (G_CONVERTER (zlib), EICAR, strlen (EICAR), packed, room, G_CONVERTER_INPUT_AT_END, &read, &size,
                       NULL);
  return size;
}

/* The test virus as a stream of a PDF, deflated as they are, or as it is. */
static GBytes *
create_sick_pdf (gboolean deflated)
{
  g_autoptr (GString) pdf = g_string_new ("<< /Length ");
  char packed[400] = EICAR;
  gsize size = deflated ? deflate_virus (packed, sizeof packed) : strlen (EICAR);

  g_string_append_printf (pdf, "%u%s >>\nstream\n", (guint) size, deflated ? " /Filter /FlateDecode" : "");
  g_string_append_len (pdf, packed, (gssize) size);
  g_string_append (pdf, "\nendstream");
  return wuyou_evidence_test_pdf (pdf);
}

static void
test_clamd (WuyouSale *sale)
{
  static const char *const slots[] = { "LOSS_NOTICE", "DETERMINATION", "OWNER_IDENTITY", "LOAN_SETTLEMENT" };
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) good = wuyou_evidence_test_photo (1, 300, 200, NULL);
  char *socket;
  GPid pid = start_clamd (&socket);

  g_free (sale->site->config->clamd_socket);
  sale->site->config->clamd_socket = socket;
  for (guint i = 0; i < G_N_ELEMENTS (slots) * 2; i++) {
    g_autoptr (GBytes) sick = create_sick_pdf (i % 2 == 1);
    g_autofree char *id = wuyou_evidence_test_send (sale, clerk, claim, slots[i / 2], sick);
    g_autofree char *found
        = g_strdup_printf ("SELECT count(*) FROM evidence WHERE id = '%s' AND state = 'INFECTED'", id);

    wuyou_evidence_test_wait_count (sale, found, 1);
  }
  g_free (wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", good, "AVAILABLE"));
  kill (pid, SIGTERM);
  g_spawn_close_pid (pid);
}

/* The name says nothing; what is inside does. A PDF called a picture is one, and comes out as a PDF. */
static void
test_wrong_name (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) pdf = wuyou_evidence_test_pdf (NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", pdf, "AVAILABLE");
  g_autofree char *type = wuyou_evidence_test_dup (sale, clerk, id, "media_type");
  g_autofree char *pages = wuyou_evidence_test_dup (sale, clerk, id, "pages");
  g_autoptr (WuyouSaleReply) view = wuyou_evidence_test_rendition (sale, clerk, id, "view", 200, NULL);
  g_autoptr (WuyouSaleReply) thumb = wuyou_evidence_test_rendition (sale, clerk, id, "thumb", 200, NULL);

  g_assert_cmpstr (type, ==, "application/pdf");
  g_assert_cmpstr (pages, ==, "1");
  g_assert_cmpstr (g_hash_table_lookup (view->headers, "content-type"), ==, "application/pdf");
  g_assert_cmpstr (g_hash_table_lookup (thumb->headers, "content-type"), ==, "image/jpeg");
  g_assert_true (wuyou_sale_reply_has_bytes (view, "%PDF-"));
}

/* --- the way there --- */

/* The same file twice is two files, and no red flag within one claim. Finished twice, the same create sent twice, cut
 * and gone on with: one file. */
static void
test_again (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (3, 400, 300, NULL);
  gsize size = g_bytes_get_size (photo), half = size / 2;
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (photo, 0, half);
  g_autoptr (GBytes) tail = g_bytes_new_from_bytes (photo, half, size - half);
  g_autofree char *first = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *id = wuyou_sale_new_id (sale), *key = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_evidence_test_dup_body (sale, id, claim, "LOSS_NOTICE", (gint64) size);
  g_autofree char *received = NULL;

  for (guint i = 0; i < 2; i++)
    WUYOU_EXPECT (sale, 201, NULL, .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_CREATE, .body = body, .key = key);
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_CREATE, .body = body);
  wuyou_evidence_test_append (sale, clerk, id, 0, head, 200, NULL);
  wuyou_evidence_test_append (sale, clerk, id, 0, head, 409, "OFFSET");
  received = wuyou_evidence_test_dup (sale, clerk, id, "received");
  g_assert_cmpint (g_ascii_strtoll (received, NULL, 10), ==, half);
  wuyou_evidence_test_append (sale, clerk, id, (gint64) half, photo, 413, "TOO_LARGE");
  wuyou_evidence_test_append (sale, clerk, id, (gint64) half, tail, 200, NULL);
  wuyou_evidence_test_finish (sale, clerk, id, photo);
  wuyou_evidence_test_finish (sale, clerk, id, photo);
  wuyou_evidence_test_wait (sale, clerk, id, "AVAILABLE");
  wuyou_evidence_test_finish (sale, clerk, id, photo);
  wuyou_evidence_test_append (sale, clerk, id, (gint64) size, head, 409, "CONFLICT");
  WUYOU_EXPECT (sale, 201, NULL, .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_CREATE, .body = body, .key = key);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE state = 'AVAILABLE'"), ==, 2);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM red_flags WHERE code <> 'SAME_POLICY'"), ==, 0);
}

/* Two server processes, pieces in turn, and both check what waits. */
static void
test_two_processes (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (4, 500, 400, NULL);
  gsize size = g_bytes_get_size (photo), half = size / 2;
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (photo, 0, half);
  g_autoptr (GBytes) tail = g_bytes_new_from_bytes (photo, half, size - half);
  WuyouSite *first = sale->site, *second;

  if (wuyou_db_kind (first->context.db) != WUYOU_DB_POSTGRES)
    return;
  second = wuyou_site_new_beside (first);
  g_free (second->config->clamd_socket);
  second->config->clamd_socket = g_strdup (first->config->clamd_socket);
  g_free (second->config->decoder);
  second->config->decoder = g_strdup (first->config->decoder);
  for (guint i = 0; i < 4; i++) {
    g_autofree char *id = wuyou_evidence_test_announce (sale, clerk, claim, "LOSS_NOTICE", (gint64) size);

    wuyou_evidence_test_append (sale, clerk, id, 0, head, 200, NULL);
    sale->site = second;
    wuyou_evidence_test_append (sale, clerk, id, (gint64) half, tail, 200, NULL);
    wuyou_evidence_test_finish (sale, clerk, id, photo);
    sale->site = first;
    wuyou_evidence_test_finish (sale, clerk, id, photo);
    wuyou_job_service_wake (first->context.jobs);
    wuyou_evidence_test_wait (sale, clerk, id, "AVAILABLE");
  }
  g_assert_cmpint (wuyou_site_count (first, "SELECT count(*) FROM renditions"), ==, 8);
  wuyou_site_free (second);
}

/* --- services that fail --- */

static void
wait_connections (WuyouSale *sale, guint n)
{
  for (guint i = 0; i < 500 && wuyou_test_scanner_count (sale->scanner) < n; i++) {
    wuyou_evidence_test_work_again (sale);
    g_usleep (20000);
  }
  g_assert_cmpuint (wuyou_test_scanner_count (sale->scanner), >=, n);
}

/* Down, hung, mad: it waits. Back again: it goes on. */
static void
test_scanner (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (5, 300, 200, NULL);
  g_autofree char *id = NULL, *state = NULL;

  sale->site->config->scan_seconds = 1;
  wuyou_test_scanner_stop (sale->scanner);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  for (guint i = 0; i < 5; i++) {
    wuyou_evidence_test_work_again (sale);
    g_usleep (50000);
  }
  wuyou_test_scanner_start (sale->scanner);
  for (int mode = WUYOU_SCANNER_HANGS; mode < WUYOU_SCANNER_N_MODES; mode++) {
    wuyou_test_scanner_set_mode (sale->scanner, mode);
    wait_connections (sale, wuyou_test_scanner_count (sale->scanner) + 1);
  }
  state = wuyou_evidence_test_dup (sale, clerk, id, "state");
  g_assert_cmpstr (state, ==, "QUARANTINED");
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, clerk, id, "view", 409, "DOCUMENT_PENDING"));
  wuyou_test_scanner_set_mode (sale->scanner, WUYOU_SCANNER_HONEST);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE state = 'AVAILABLE'", 1);
}

/* Documents of a sale pass while evidence waits for its decoder, and the other way round. */
static void
test_apart (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *contract = wuyou_sale_create (sale, manager, NULL);
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (5, 300, 200, NULL);
  g_autofree char *document = NULL, *state = NULL;
  char *ids[3];

  sale->site->config->decode_seconds = 6;
  wuyou_evidence_test_set_decoder (sale, "exec sleep 6");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  document = wuyou_sale_upload (sale, manager, contract, "INVOICE", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  state = wuyou_sale_wait_document (sale, manager, document, "QUARANTINED", 5);
  g_assert_cmpstr (state, ==, "AVAILABLE");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autofree char *waiting = wuyou_evidence_test_dup (sale, clerk, ids[i], "state");

    g_assert_cmpstr (waiting, ==, "QUARANTINED");
    g_free (ids[i]);
  }
}

static void
count_tries (WuyouSale *sale, const char *script, gboolean refused)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (6, 300, 200, NULL);
  g_autofree char *id = NULL, *reason = NULL, *sha256 = NULL;

  sale->site->config->decode_seconds = 1;
  wuyou_evidence_test_set_decoder (sale, script);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE decode_tries >= 2", 1);
  if (!refused) {
    sale->site->config->decode_seconds = 30;
    wuyou_evidence_test_set_decoder (sale, NULL);
    wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE state IN ('AVAILABLE', 'REJECTED_TYPE')",
                                    1);
    return;
  }
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE state = 'REJECTED_TYPE'", 1);
  reason = wuyou_evidence_test_dup (sale, clerk, id, "state_reason");
  sha256 = wuyou_evidence_test_dup (sale, clerk, id, "sha256");
  g_assert_cmpuint (strlen (reason), >, 20);
  g_assert_nonnull (sha256);
  for (guint i = 0; i < 200 && wuyou_evidence_test_has_file (sale, id); i++)
    g_usleep (10000);
  g_assert_false (wuyou_evidence_test_has_file (sale, id));
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE decode_tries = 3"), ==, 1);
}

static void
test_decoder_crashes (WuyouSale *sale)
{
  count_tries (sale, "printf WYR1 >&4; kill -SEGV $$", TRUE);
}

static void
test_decoder_loops (WuyouSale *sale)
{
  count_tries (sale, "printf WYR1 >&4; while :; do :; done", TRUE);
}

static void
test_decoder_babbles (WuyouSale *sale)
{
  count_tries (sale, "printf 'WYR1all is well' >&4", TRUE);
}

/* Crashed twice, right the third time. */
static void
test_decoder_recovers (WuyouSale *sale)
{
  count_tries (sale, "printf WYR1 >&4; kill -SEGV $$", FALSE);
}

/* Not there is nobody's fault: no file is refused for it, however long that lasts. */
static void
test_decoder_missing (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (6, 300, 200, NULL);
  g_autofree char *id = NULL, *state = NULL;

  wuyou_evidence_test_set_decoder (sale, "true");
  g_assert_cmpint (g_chmod (sale->site->config->decoder, 0600), ==, 0);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  for (guint i = 0; i < 10; i++) {
    wuyou_evidence_test_work_again (sale);
    g_usleep (50000);
  }
  state = wuyou_evidence_test_dup (sale, clerk, id, "state");
  g_assert_cmpstr (state, ==, "QUARANTINED");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE decode_tries = 0"), ==, 1);
  wuyou_evidence_test_set_decoder (sale, NULL);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE state = 'AVAILABLE'", 1);
}

/* The decoder is there and does not come to look at the file: a library is missing, the kernel has no memory for it.
 * No file may be lost for that. */
static void
test_decoder_broken (WuyouSale *sale)
{
  static const char *const scripts[] = { "exit 127", "kill -SEGV $$", "printf WYR1 >&4; kill -KILL $$" };
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (6, 300, 200, NULL);
  g_autofree char *id = NULL, *state = NULL;

  wuyou_evidence_test_set_decoder (sale, scripts[0]);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  for (guint i = 0; i < 18; i++) {
    wuyou_evidence_test_set_decoder (sale, scripts[i % G_N_ELEMENTS (scripts)]);
    wuyou_evidence_test_work_again (sale);
    g_usleep (100000);
  }
  state = wuyou_evidence_test_dup (sale, clerk, id, "state");
  g_assert_cmpstr (state, ==, "QUARANTINED");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE decode_tries = 0"), ==, 1);
  wuyou_evidence_test_set_decoder (sale, NULL);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE state = 'AVAILABLE'", 1);
}

/* A server that stops waits for neither, and the file is looked at again by the next. */
static void
test_stopped_meanwhile (WuyouSale *sale)
{
  WuyouServerContext *context = &sale->site->context;
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (6, 300, 200, NULL);
  g_autofree char *id = NULL;

  for (guint i = 0; i < 2; i++) {
    gint64 start;

    if (i == 0)
      wuyou_test_scanner_set_mode (sale->scanner, WUYOU_SCANNER_HANGS);
    else
      wuyou_evidence_test_set_decoder (sale, "printf WYR1 >&4; exec /bin/sleep 100");
    if (id == NULL)
      id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
    wuyou_evidence_test_work_again (sale);
    g_usleep (700000);
    start = g_get_monotonic_time ();
    wuyou_job_service_stop (context->jobs);
    g_assert_null (context->jobs);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
    wuyou_test_scanner_set_mode (sale->scanner, WUYOU_SCANNER_HONEST);
    wuyou_evidence_test_set_decoder (sale, i == 0 ? "true" : NULL);
    context->jobs = wuyou_job_service_start (context);
  }
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE state = 'AVAILABLE'", 1);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE decode_tries = 0"), ==, 1);
}

/* --- how many --- */

static void
add_rows (WuyouSale *sale, const char *claim, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *sql = g_strdup_printf (
        "INSERT INTO evidence (id, version, claim_id, org_id, slot, phase, state) "
        "SELECT '0190f000-0000-7000-8000-%012x', 1, id, org_id, 'LOSS_NOTICE', 'LOSS', 'AVAILABLE' FROM claims "
        "WHERE id = '%s'",
        i, claim);

    wuyou_sale_sql (sale, sql);
  }
}

static void
test_limit (WuyouSale *sale)
{
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");

  add_rows (sale, claim, 399);
  announce (sale, claim, "slot", "\"LOSS_NOTICE\"", 201, NULL);
  announce (sale, claim, "slot", "\"LOSS_NOTICE\"", 409, "ILLEGAL_TRANSITION");
  wuyou_sale_sql (sale, "UPDATE evidence SET state = 'WITHDRAWN' WHERE id = '0190f000-0000-7000-8000-000000000001'");
  announce (sale, claim, "slot", "\"LOSS_NOTICE\"", 201, NULL);
  announce (sale, claim, "slot", "\"LOSS_NOTICE\"", 409, "ILLEGAL_TRANSITION");
}

static const WuyouSaleCase cases[] = {
  { "announce", test_announce },
  { "consent", test_consent },
  { "roles", test_roles },
  { "bad-files", test_bad_files },
  { "clamd", test_clamd },
  { "wrong-name", test_wrong_name },
  { "again", test_again },
  { "two-processes", test_two_processes },
  { "scanner", test_scanner },
  { "apart", test_apart },
  { "decoder-crashes", test_decoder_crashes },
  { "decoder-loops", test_decoder_loops },
  { "decoder-babbles", test_decoder_babbles },
  { "decoder-recovers", test_decoder_recovers },
  { "decoder-missing", test_decoder_missing },
  { "decoder-broken", test_decoder_broken },
  { "stopped-meanwhile", test_stopped_meanwhile },
  { "limit", test_limit },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("evidence-upload", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
