/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/wuyou-json.h"
#include "records/wuyou-job-service.h"
#include "wuyou-sale-test.h"

#define WINDOW (256 * 1024)

static const WuyouSaleUser *
get_manager (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DADM");
}

/* @length bytes that begin as a PDF and go on at random, always the same. */
static char *
create_pdf (gsize length)
{
  char *bytes = g_malloc (length + 1);
  guint32 state = 12345;

  for (gsize i = 0; i < length; i++) {
    state = state * 1664525 + 1013904223;
    bytes[i] = (char) (state >> 24);
  }
  memcpy (bytes, "%PDF-1.7\n", MIN (length, 9));
  bytes[length] = '\0';
  return bytes;
}

static char *
get_path (WuyouSale *sale, const char *id)
{
  g_autofree char *command = g_strdup_printf ("find %s -name '*%s*'", wuyou_store_get_data_dir (sale->site->store), id);
  char *out = NULL;

  g_spawn_command_line_sync (command, &out, NULL, NULL, NULL);
  return out;
}

static void
assert_destroyed (WuyouSale *sale, const char *id, gboolean destroyed)
{
  g_autofree char *found = get_path (sale, id);

  g_assert_cmpint (*found == '\0', ==, destroyed);
}

/* What is judged is refused at once; its file goes in the same job, a moment after the judgement is read. */
static void
wait_destroyed (WuyouSale *sale, const char *id)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  gboolean there = TRUE;

  while (there && g_get_monotonic_time () < until) {
    g_autofree char *found = get_path (sale, id);

    there = *found != '\0';
    if (there)
      g_usleep (10000);
  }
  g_assert_false (there);
}

static void
assert_judged (WuyouSale *sale, const char *id, gboolean destroyed)
{
  if (destroyed)
    wait_destroyed (sale, id);
  else
    assert_destroyed (sale, id, FALSE);
}

static void
assert_state (WuyouSale *sale, const char *id, const char *state)
{
  g_autofree char *present = wuyou_sale_wait_document (sale, get_manager (sale), id, "QUARANTINED", 20);

  g_assert_cmpstr (present, ==, state);
}

static void
announce (WuyouSale *sale, const char *contract, const char *member, const char *value, guint status, const char *code)
{
  g_autofree char *id = wuyou_sale_new_id (sale);
  g_autofree char *plain
      = g_strdup_printf ("{\"id\":\"%s\",\"contract_id\":\"%s\",\"slot\":\"INVOICE\",\"file_name\":\"a.pdf\","
                         "\"size\":100}",
                         id, contract);
  g_autoptr (JsonObject) body = wuyou_json_parse_object (plain, strlen (plain), NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autofree char *text = NULL;
  g_autoptr (WuyouSaleReply) reply = NULL;

  json_object_set_member (body, member, json_from_string (value, NULL));
  text = json_to_string (node, FALSE);
  reply
      = WUYOU_CALL (sale, status, code, .user = get_manager (sale), .route = WUYOU_ROUTE_DOCUMENT_CREATE, .body = text);
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
    { "size", "-1" },
    { "size", "104857601" },
    { "size", "9223372036854775807" },
    { "size", "\"100\"" },
    { "file_name", "\"\"" },
    { "file_name", "null" },
    { "file_name", "\"a\\u202efdp.exe\"" },
    { "file_name", "\"a\\u0007.pdf\"" },
    { "slot", "\"NONSENSE\"" },
    { "slot", "1" },
    { "id", "\"7\"" },
    { "id", "\"../../../etc/passwd\"" },
    { "contract_id", "null" },
    { "state", "\"AVAILABLE\"" },
    { "sha256", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"" },
    { "revision", "9" },
    { "media_type", "\"image/png\"" },
    { "surprise", "1" },
  };
  g_autofree char *id = wuyou_sale_create (sale, get_manager (sale), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    announce (sale, id, wrong[i].member, wrong[i].value, 422, "INVALID");
  announce (sale, id, "contract_id", "\"0190a000-0000-7000-8000-00000000dead\"", 404, "NOT_FOUND");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM documents"), ==, 0);
}

/* Before the owner's consents are recorded nothing of theirs is taken (S-06); and each slot has its time. */
static void
test_slots (WuyouSale *sale)
{
  g_autofree char *bare = wuyou_sale_create (sale, get_manager (sale), "{\"consent_provision\":false}");
  g_autofree char *draft = wuyou_sale_create (sale, get_manager (sale), NULL);
  g_autofree char *submitted = NULL;
  g_autofree char *body = NULL;

  announce (sale, bare, "slot", "\"INVOICE\"", 409, "CUSTOMER_CONSENT_REQUIRED");
  announce (sale, draft, "slot", "\"SIGNED_CONTRACT\"", 409, "ILLEGAL_TRANSITION");
  announce (sale, draft, "slot", "\"VOUCHER\"", 409, "ILLEGAL_TRANSITION");
  announce (sale, draft, "slot", "\"CONSENT_SCAN\"", 201, NULL);
  submitted = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");
  announce (sale, submitted, "slot", "\"INVOICE\"", 409, "ILLEGAL_TRANSITION");
  announce (sale, submitted, "slot", "\"VOUCHER\"", 409, "ILLEGAL_TRANSITION");
  announce (sale, submitted, "slot", "\"SIGNED_CONTRACT\"", 201, NULL);
  body = g_strdup_printf ("{\"id\":\"0190a000-0000-7000-8000-00000000beef\",\"contract_id\":\"%s\","
                          "\"slot\":\"INVOICE\",\"file_name\":\"a.pdf\",\"size\":10}",
                          draft);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "ad", "DFIN"),
                .route = WUYOU_ROUTE_DOCUMENT_CREATE, .body = body);
}

/* What was begun in time and ended too late stays outside; so does what somebody without the right would finish. */
static void
test_late_finish (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_bring_to (sale, "ad", NULL, "DRAFT");
  g_autofree char *id
      = wuyou_sale_announce (sale, user, contract, "IDENTITY", "a.pdf", (gint64) strlen (WUYOU_SALE_PDF));
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, WUYOU_SALE_PDF, -1);
  g_autofree char *body = g_strdup_printf ("{\"sha256\":\"%s\"}", sha256);

  wuyou_sale_append (sale, user, id, 0, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF), 200, NULL);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "ad", "DFIN"),
                .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id, .body = body);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "ad", "DFIN"),
                .route = WUYOU_ROUTE_DOCUMENT_DELETE, .arg0 = id);
  wuyou_sale_submit (sale, user, contract);
  WUYOU_EXPECT (sale, 409, "ILLEGAL_TRANSITION", .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id,
                .body = body);
  wuyou_sale_append (sale, user, id, (gint64) strlen (WUYOU_SALE_PDF), "", 0, 409, "ILLEGAL_TRANSITION");
}

/* --- content --- */

typedef struct {
  const char *head;
  gsize length;
  const char *code; /* NULL: taken */
} Head;

#define HEAD(bytes, code)                                                                                              \
  {                                                                                                                    \
    bytes, sizeof bytes - 1, code                                                                                      \
  }

static void
test_kinds (WuyouSale *sale)
{
  static const Head heads[] = {
    HEAD ("MZ\x90\0\3\0\0\0\4\0\0\0", "UNSUPPORTED_TYPE"),
    HEAD ("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", "UNSUPPORTED_TYPE"),
    HEAD ("PK\3\4\24\0\0\0\0\0", "UNSUPPORTED_TYPE"),
    HEAD ("GIF89a%PDF-1.4", "UNSUPPORTED_TYPE"),
    HEAD ("\n%PDF-1.4\n%%EOF", "UNSUPPORTED_TYPE"),
    HEAD ("<html>%PDF-1.4", "UNSUPPORTED_TYPE"),
    HEAD ("%PDF-9.4 nonsense", "UNSUPPORTED_TYPE"),
    HEAD ("\x7f"
          "ELF\2\1\1\0\0\0",
          "UNSUPPORTED_TYPE"),
    HEAD ("\x89PNG\r\n\x1a\n and so on", NULL),
    HEAD ("\xff\xd8\xff\xe0 and so on", NULL),
    HEAD ("%PDF-2.0 and so on", NULL),
  };
  g_autofree char *contract = wuyou_sale_create (sale, get_manager (sale), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *id
        = wuyou_sale_announce (sale, get_manager (sale), contract, "INVOICE", "发票.pdf", (gint64) heads[i].length);

    g_test_message ("%u", i);
    wuyou_sale_append (sale, get_manager (sale), id, 0, heads[i].head, heads[i].length,
                       heads[i].code != NULL ? 415 : 200, heads[i].code);
    if (heads[i].code != NULL)
      continue;
    wuyou_sale_finish (sale, get_manager (sale), id, heads[i].head, heads[i].length);
    assert_state (sale, id, "AVAILABLE");
  }
}

/* A first piece too short to be told; the whole is judged in quarantine. */
static void
test_short_pieces (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  static const Head wholes[] = { HEAD ("%PDF-1.4 good", NULL), HEAD ("MZ a program", "x"), HEAD ("%P", "x") };

  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++) {
    g_autofree char *id = wuyou_sale_announce (sale, user, contract, "INVOICE", "发票.pdf", (gint64) wholes[i].length);

    for (gsize at = 0; at < wholes[i].length; at += 2)
      wuyou_sale_append (sale, user, id, (gint64) at, wholes[i].head + at, MIN (2, wholes[i].length - at), 200, NULL);
    wuyou_sale_finish (sale, user, id, wholes[i].head, wholes[i].length);
    assert_state (sale, id, wholes[i].code != NULL ? "REJECTED_TYPE" : "AVAILABLE");
    assert_judged (sale, id, wholes[i].code != NULL);
  }
}

static void
check_pdf (WuyouSale *sale, const char *contract, gsize at, const char *name, const char *state)
{
  gsize length = 2 * WINDOW + 100;
  g_autofree char *bytes = create_pdf (length);
  g_autofree char *id = NULL;

  memcpy (bytes + at, name, strlen (name));
  id = wuyou_sale_upload (sale, get_manager (sale), contract, "INVOICE", bytes, length);
  g_test_message ("%s at %" G_GSIZE_FORMAT, name, at);
  assert_state (sale, id, state);
  assert_judged (sale, id, g_str_equal (state, "REJECTED_TYPE"));
}

/* Names that make a PDF act, wherever the window in which they are looked for ends. */
static void
test_active (WuyouSale *sale)
{
  static const char *const names[] = { "/JavaScript ", "/Encrypt ", "/Launch/", "/EmbeddedFile>", "/RichMedia\n" };
  g_autofree char *contract = wuyou_sale_create (sale, get_manager (sale), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    check_pdf (sale, contract, WINDOW - 1 - 2 * i, names[i], "REJECTED_TYPE");
  check_pdf (sale, contract, 2 * WINDOW - 5, names[0], "REJECTED_TYPE");
  check_pdf (sale, contract, 2 * WINDOW + 100 - strlen (names[0]), names[0], "REJECTED_TYPE");
  check_pdf (sale, contract, 100, "/EncryptMetadata /Encrypt ", "REJECTED_TYPE"); /* not only the first is looked at */
  check_pdf (sale, contract, 100, "/EncryptMetadata /JS (in the bytes of a picture)", "AVAILABLE");
}

static void
test_virus (WuyouSale *sale)
{
  static const char sick[] = WUYOU_SALE_PDF WUYOU_TEST_VIRUS;
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  g_autofree char *id = wuyou_sale_upload (sale, user, contract, "INVOICE", sick, strlen (sick));
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sick, -1);
  g_autoptr (WuyouSaleReply) reply = NULL;
  JsonObject *document;

  assert_state (sale, id, "INFECTED");
  reply = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_GET, .arg0 = id);
  document = wuyou_json_get_object (reply->json, "document");
  g_assert_cmpstr (wuyou_json_get_string (document, "sha256"), ==, sha256);
  g_assert_cmpstr (wuyou_json_get_string (document, "state_reason"), ==, "Wuyou.Test.UNOFFICIAL");
  wait_destroyed (sale, id);
  WUYOU_EXPECT (sale, 422, "DOCUMENT_REFUSED", .user = user, .route = WUYOU_ROUTE_DOCUMENT_CONTENT, .arg0 = id);
}

/* --- the scanner away or mad: nothing passes, nothing is lost --- */

static void
scan_again (WuyouSale *sale)
{
  wuyou_test_advance (G_TIME_SPAN_HOUR);
  wuyou_job_service_wake (sale->site->context.jobs);
}

/* A try that is under way puts itself off from whatever the clock says by then, so the clock goes on until the end. */
static void
scan_until_judged (WuyouSale *sale, const char *id)
{
  gint64 until = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  gboolean judged = FALSE;

  while (!judged && g_get_monotonic_time () < until) {
    g_autofree char *state = wuyou_sale_wait_document (sale, get_manager (sale), id, "", 0);

    judged = !g_str_equal (state, "QUARANTINED");
    if (!judged)
      scan_again (sale);
    g_usleep (50000);
  }
  g_assert_true (judged);
}

static void
test_scanner_down (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  g_autofree char *id = NULL;
  g_autofree char *state = NULL;

  wuyou_test_scanner_stop (sale->scanner);
  id = wuyou_sale_announce (sale, user, contract, "INVOICE", "a.pdf", (gint64) strlen (WUYOU_SALE_PDF));
  wuyou_sale_append (sale, user, id, 0, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF), 200, NULL);
  wuyou_sale_finish (sale, user, id, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  g_usleep (100000);
  scan_again (sale);
  g_usleep (100000);
  state = wuyou_sale_wait_document (sale, user, id, "", 0);
  g_assert_cmpstr (state, ==, "QUARANTINED");
  WUYOU_EXPECT (sale, 409, "DOCUMENT_PENDING", .user = user, .route = WUYOU_ROUTE_DOCUMENT_CONTENT, .arg0 = id);
  wuyou_test_scanner_start (sale->scanner);
  scan_until_judged (sale, id);
  assert_state (sale, id, "AVAILABLE");
}

static void
test_scanner_mad (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  g_autofree char *id = NULL;

  sale->site->config->scan_seconds = 1;
  wuyou_test_scanner_set_mode (sale->scanner, WUYOU_SCANNER_HANGS);
  id = wuyou_sale_announce (sale, user, contract, "INVOICE", "a.pdf", (gint64) strlen (WUYOU_SALE_PDF));
  wuyou_sale_append (sale, user, id, 0, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF), 200, NULL);
  wuyou_sale_finish (sale, user, id, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  for (int mode = WUYOU_SCANNER_HANGS; mode < WUYOU_SCANNER_N_MODES; mode++) {
    g_autofree char *state = NULL;
    guint before = wuyou_test_scanner_count (sale->scanner);

    wuyou_test_scanner_set_mode (sale->scanner, mode);
    for (guint i = 0; i < 500 && wuyou_test_scanner_count (sale->scanner) == before; i++) {
      scan_again (sale);
      g_usleep (20000);
    }
    g_assert_cmpuint (wuyou_test_scanner_count (sale->scanner), >, before);
    g_usleep (50000);
    state = wuyou_sale_wait_document (sale, user, id, "", 0);
    g_test_message ("mode %d: %s", mode, state);
    g_assert_cmpstr (state, ==, "QUARANTINED");
  }
  wuyou_test_scanner_set_mode (sale->scanner, WUYOU_SCANNER_HONEST);
  scan_until_judged (sale, id);
  assert_state (sale, id, "AVAILABLE");
}

/* A scanner that hangs holds up no contract whose term begins. */
static void
test_scanner_apart (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *paid = wuyou_sale_bring_to (sale, "ad", NULL, "PAID");
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  g_autofree char *id
      = wuyou_sale_announce (sale, user, contract, "INVOICE", "a.pdf", (gint64) strlen (WUYOU_SALE_PDF));
  guint before = wuyou_test_scanner_count (sale->scanner);

  wuyou_test_scanner_set_mode (sale->scanner, WUYOU_SCANNER_HANGS);
  wuyou_sale_append (sale, user, id, 0, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF), 200, NULL);
  wuyou_sale_finish (sale, user, id, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  for (guint i = 0; i < 500 && wuyou_test_scanner_count (sale->scanner) == before; i++)
    g_usleep (10000);
  wuyou_test_advance (2 * G_TIME_SPAN_DAY);
  wuyou_sale_wait_state (sale, user, paid, "ACTIVE");
}

/* --- the way there --- */

/* Cut anywhere, gone on from where the server stands, the whole is right. */
static void
test_cut (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  gsize length = 5 * 1024 * 1024 + 4321;
  g_autofree char *bytes = create_pdf (length);
  g_autofree char *id = wuyou_sale_announce (sale, user, contract, "INVOICE", "a.pdf", (gint64) length);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (WuyouSaleReply) content = NULL;
  gsize offset = 0;
  guint cuts = 0;

  while (offset < length) {
    gsize want = MIN (length - offset, 4 * 1024 * 1024);
    gsize send = cuts < 8 ? (gsize) g_rand_int_range (random, 0, (gint32) want) : want;
    g_autofree char *head
        = g_strdup_printf ("PATCH /v1/documents/%s/content HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                           "Content-Type: application/octet-stream\r\nUpload-Offset: %" G_GSIZE_FORMAT "\r\n"
                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                           id, user->token, offset, want);
    g_autoptr (WuyouSaleReply) reply = NULL;
    int fd = wuyou_http_test_connect (&sale->site->http);

    wuyou_http_test_send (fd, head, -1);
    wuyou_http_test_send (fd, bytes + offset, (gssize) send);
    if (send == want)
      wuyou_http_reply_free (wuyou_http_test_read (fd, 10000));
    close (fd);
    g_usleep (100000); /* the server notices */
    reply = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_GET, .arg0 = id);
    offset = (gsize) wuyou_json_get_int (wuyou_json_get_object (reply->json, "document"), "received");
    g_test_message ("cut after %" G_GSIZE_FORMAT ", stands at %" G_GSIZE_FORMAT, send, offset);
    cuts++;
  }
  wuyou_sale_finish (sale, user, id, bytes, length);
  assert_state (sale, id, "AVAILABLE");
  content = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_CONTENT, .arg0 = id);
  g_assert_cmpmem (g_bytes_get_data (content->body, NULL), g_bytes_get_size (content->body), bytes, length);
}

static void
test_offsets (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  gsize length = strlen (WUYOU_SALE_PDF);
  g_autofree char *id = wuyou_sale_announce (sale, user, contract, "INVOICE", "a.pdf", (gint64) length);
  g_autofree char *upper
      = g_strdup ("{\"sha256\":\"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\"}");
  g_autoptr (WuyouSaleReply) offset = NULL;

  WUYOU_EXPECT (sale, 400, "MALFORMED", .user = user, .route = WUYOU_ROUTE_DOCUMENT_APPEND, .arg0 = id, .body = "%PDF");
  WUYOU_EXPECT (sale, 400, "MALFORMED", .user = user, .route = WUYOU_ROUTE_DOCUMENT_APPEND, .arg0 = id, .body = "%PDF",
                .lines = "Upload-Offset: -1\r\n");
  WUYOU_EXPECT (sale, 400, "MALFORMED", .user = user, .route = WUYOU_ROUTE_DOCUMENT_APPEND, .arg0 = id, .body = "%PDF",
                .lines = "Upload-Offset: 0x0\r\n");
  wuyou_sale_append (sale, user, id, 5, WUYOU_SALE_PDF, 10, 409, "OFFSET");
  wuyou_sale_append (sale, user, id, 0, WUYOU_SALE_PDF, 20, 200, NULL);
  wuyou_sale_append (sale, user, id, 0, WUYOU_SALE_PDF, 20, 409, "OFFSET");
  offset = WUYOU_CALL (sale, 409, "OFFSET", .user = user, .route = WUYOU_ROUTE_DOCUMENT_APPEND, .arg0 = id,
                       .lines = "Upload-Offset: 30\r\n"); /* nothing, from a place that is not reached */
  g_assert_true (wuyou_sale_reply_has_bytes (offset, "20"));
  WUYOU_EXPECT (sale, 409, "OFFSET", .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id,
                .body = "{\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}");
  wuyou_sale_append (sale, user, id, 20, WUYOU_SALE_PDF WUYOU_SALE_PDF, length, 413, "TOO_LARGE");
  wuyou_sale_append (sale, user, id, 20, WUYOU_SALE_PDF + 20, length - 20, 200, NULL);
  WUYOU_EXPECT (sale, 422, "INVALID", .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id, .body = "{}");
  WUYOU_EXPECT (sale, 422, "INVALID", .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id, .body = upper);
  WUYOU_EXPECT (sale, 422, "INVALID", .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id,
                .body = "{\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}");
  wuyou_sale_append (sale, user, id, 0, WUYOU_SALE_PDF, length, 200, NULL); /* damaged, so once more */
  wuyou_sale_finish (sale, user, id, WUYOU_SALE_PDF, length);
  wuyou_sale_finish (sale, user, id, WUYOU_SALE_PDF, length); /* the answer was lost */
  assert_state (sale, id, "AVAILABLE");
  wuyou_sale_finish (sale, user, id, WUYOU_SALE_PDF, length);
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id,
                .body = "{\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}");
  wuyou_sale_append (sale, user, id, (gint64) length, "", 0, 409, "CONFLICT");
}

/* Renamed, and then the database refused the row: only the hash of what stands there may get into it. */
static void
test_finish_half_done (WuyouSale *sale)
{
  static const char zeros[] = "{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}";
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  g_autofree char *id = wuyou_sale_upload (sale, user, contract, "INVOICE", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, WUYOU_SALE_PDF, -1);
  g_autofree char *stored = g_strdup_printf ("SELECT count(*) FROM files WHERE sha256 = '%s'", sha256);

  wuyou_sale_sql (sale, "UPDATE documents SET state = 'UPLOADING', sha256 = ''");
  wuyou_sale_sql (sale, "UPDATE files SET sha256 = NULL");
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id, .body = zeros);
  WUYOU_EXPECT (sale, 422, "INVALID", .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = id, .body = "{}");
  wuyou_sale_finish (sale, user, id, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  assert_state (sale, id, "AVAILABLE");
  g_assert_cmpint (wuyou_site_count (sale->site, stored), ==, 1);
}

#define N_APPENDERS 4

typedef struct {
  WuyouSale *sale;
  const char *id, *bytes;
  gsize length;
  WuyouRouteId route;
  guint status;
} Appender;

static gpointer
run_appender (gpointer data)
{
  Appender *a = data;
  g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (
      a->sale, &(WuyouSaleCall){ .user = get_manager (a->sale),
                                 .route = a->route,
                                 .arg0 = a->id,
                                 .body = a->bytes,
                                 .length = (gssize) a->length,
                                 .lines = a->route == WUYOU_ROUTE_DOCUMENT_APPEND ? "Upload-Offset: 0\r\n" : NULL });

  a->status = reply->status;
  return NULL;
}

static guint
run_appenders (Appender *model, guint status)
{
  Appender appenders[N_APPENDERS];
  GThread *threads[N_APPENDERS];
  guint n = 0;

  for (guint i = 0; i < N_APPENDERS; i++) {
    appenders[i] = *model;
    threads[i] = g_thread_new ("appender", run_appender, &appenders[i]);
  }
  for (guint i = 0; i < N_APPENDERS; i++) {
    g_thread_join (threads[i]);
    g_test_message ("%u", appenders[i].status);
    n += appenders[i].status == status;
  }
  return n;
}

/* Two windows send the same file at the same time: nothing is mixed. Then all of them finish. */
static void
test_appenders (WuyouSale *sale)
{
  g_autofree char *contract = wuyou_sale_create (sale, get_manager (sale), NULL);
  gsize length = 3 * 1024 * 1024;
  g_autofree char *bytes = create_pdf (length);
  g_autofree char *id = wuyou_sale_announce (sale, get_manager (sale), contract, "INVOICE", "a.pdf", (gint64) length);
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  g_autofree char *body = g_strdup_printf ("{\"sha256\":\"%s\"}", sha256);
  Appender append = { sale, id, bytes, length, WUYOU_ROUTE_DOCUMENT_APPEND, 0 };
  Appender finish = { sale, id, body, strlen (body), WUYOU_ROUTE_DOCUMENT_FINISH, 0 };
  guint done = run_appenders (&append, 200);

  g_assert_cmpuint (done, <=, 1);
  if (done == 0) { /* they took turns and none came through: one goes on from there */
    g_autoptr (WuyouSaleReply) reply
        = WUYOU_CALL (sale, 200, NULL, .user = get_manager (sale), .route = WUYOU_ROUTE_DOCUMENT_GET, .arg0 = id);
    gint64 received = wuyou_json_get_int (wuyou_json_get_object (reply->json, "document"), "received");

    wuyou_sale_append (sale, get_manager (sale), id, received, bytes + received, length - (gsize) received, 200, NULL);
  }
  done = run_appenders (&finish, 200);
  g_assert_cmpuint (done, >=, 1);
  wuyou_sale_finish (sale, get_manager (sale), id, bytes, length);
  assert_state (sale, id, "AVAILABLE");
}

static void
test_delete (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_bring_to (sale, "ad", NULL, "DRAFT");
  g_autofree char *id = wuyou_sale_upload (sale, user, contract, "IDENTITY", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  g_autofree char *half = wuyou_sale_announce (sale, user, contract, "IDENTITY", "a.pdf", 1000);
  g_autofree char *kept = wuyou_sale_upload (sale, user, contract, "IDENTITY", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));

  wuyou_sale_append (sale, user, half, 0, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF), 200, NULL);
  assert_destroyed (sale, id, FALSE);
  for (guint i = 0; i < 2; i++) {
    WUYOU_EXPECT (sale, 204, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_DELETE, .arg0 = id);
    WUYOU_EXPECT (sale, 204, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_DELETE, .arg0 = half);
  }
  assert_destroyed (sale, id, TRUE);
  assert_destroyed (sale, half, TRUE);
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = user, .route = WUYOU_ROUTE_DOCUMENT_CONTENT, .arg0 = id);
  wuyou_sale_append (sale, user, half, 0, WUYOU_SALE_PDF, 10, 409, "CONFLICT");
  wuyou_sale_submit (sale, user, contract);
  WUYOU_EXPECT (sale, 409, "ILLEGAL_TRANSITION", .user = user, .route = WUYOU_ROUTE_DOCUMENT_DELETE, .arg0 = kept);
  assert_destroyed (sale, kept, FALSE);
}

#define ROUNDS 12

typedef struct {
  WuyouSale *sale;
  const WuyouSaleUser *user;
  const char *document;
} Withdrawing;

static gpointer
run_withdraw (gpointer data)
{
  Withdrawing *w = data;

  wuyou_sale_reply_free (wuyou_sale_call (
      w->sale, &(WuyouSaleCall){ .user = w->user, .route = WUYOU_ROUTE_DOCUMENT_DELETE, .arg0 = w->document }));
  return NULL;
}

/* Both read the same moment; the payment stands on the voucher, or the voucher is gone and there is no payment. */
static void
pay_while_withdrawn (WuyouSale *sale, const WuyouSaleUser *user)
{
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_PAYMENT");
  g_autofree char *voucher = wuyou_sale_upload (sale, user, id, "VOUCHER", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  g_autofree char *amount = wuyou_sale_dup_member (sale, user, id, "received_fen");
  g_autofree char *signed_on = wuyou_sale_dup_member (sale, user, id, "signed_on");
  g_autofree char *body
      = g_strdup_printf ("{\"paid_on\":\"%s\",\"paid_fen\":%s,\"payment_method\":\"CARD\"}", signed_on, amount);
  Withdrawing w = { sale, user, voucher };
  gint64 version = wuyou_sale_get_version (sale, user, id);
  GThread *thread = g_thread_new ("withdraw", run_withdraw, &w);
  g_autoptr (WuyouSaleReply) paid = wuyou_sale_call (sale, &(WuyouSaleCall){ .user = user,
                                                                             .route = WUYOU_ROUTE_CONTRACT_ACT,
                                                                             .arg0 = id,
                                                                             .arg1 = "pay",
                                                                             .version = version,
                                                                             .body = body });
  g_autofree char *sql
      = g_strdup_printf ("SELECT count(*) FROM documents WHERE id = '%s' AND state = 'AVAILABLE'", voucher);

  g_thread_join (thread);
  g_assert_cmpint (wuyou_site_count (sale->site, sql), ==, paid->status == 200 ? 1 : 0);
}

static void
test_withdrawn_while_paid (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DADM");

  for (guint i = 0; i < ROUNDS; i++)
    pay_while_withdrawn (sale, user);
}

static const WuyouSaleCase cases[] = {
  { "announce", test_announce },
  { "slots", test_slots },
  { "late-finish", test_late_finish },
  { "kinds", test_kinds },
  { "short-pieces", test_short_pieces },
  { "active", test_active },
  { "virus", test_virus },
  { "scanner-down", test_scanner_down },
  { "scanner-mad", test_scanner_mad },
  { "scanner-apart", test_scanner_apart },
  { "cut", test_cut },
  { "offsets", test_offsets },
  { "finish-half-done", test_finish_half_done },
  { "appenders", test_appenders },
  { "delete", test_delete },
  { "withdrawn-while-paid", test_withdrawn_while_paid },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("documents", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
