/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "records/wuyou-job-service.h"
#include "wuyou-paper-payload.h"
#include "wuyou-sale-test.h"

#define N_THREADS 8

static const WuyouSaleUser *
get_manager (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DADM");
}

static GBytes *
get_paper (WuyouSale *sale, const char *id, const char *kind)
{
  g_autoptr (WuyouSaleReply) reply = WUYOU_CALL (sale, 200, NULL, .user = get_manager (sale),
                                                 .route = WUYOU_ROUTE_CONTRACT_PAPER, .arg0 = id, .arg1 = kind);

  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "content-type"), ==, "application/pdf");
  return g_bytes_ref (reply->body);
}

static gint64
count_papers (WuyouSale *sale)
{
  return wuyou_site_count (sale->site, "SELECT count(*) FROM papers");
}

typedef struct {
  WuyouSale *sale;
  const char *id, *kind;
  GBytes *bytes;
  const char *print; /* its id; NULL: a new one */
  gint64 copy;
} Reader;

static gpointer
run_reader (gpointer data)
{
  Reader *r = data;

  r->bytes = get_paper (r->sale, r->id, r->kind);
  return NULL;
}

/* One and the same paper for everybody and for ever, also for those who ask for it first at the same moment. */
static void
test_same_bytes (WuyouSale *sale)
{
  static const char *const kinds[] = { "contract", "consent-sheet" };
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");

  wuyou_sale_sql (sale, "DELETE FROM papers"); /* as if rendering at once had failed */
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    Reader readers[N_THREADS];
    GThread *threads[N_THREADS];
    g_autoptr (GBytes) later = NULL;

    for (guint i = 0; i < N_THREADS; i++) {
      readers[i] = (Reader){ .sale = sale, .id = id, .kind = kinds[k] };
      threads[i] = g_thread_new ("reader", run_reader, &readers[i]);
    }
    for (guint i = 0; i < N_THREADS; i++)
      g_thread_join (threads[i]);
    g_assert_cmpint (count_papers (sale), ==, k + 1);
    wuyou_test_advance (G_TIME_SPAN_DAY);
    later = get_paper (sale, id, kinds[k]);
    for (guint i = 0; i < N_THREADS; i++) {
      g_assert_true (g_bytes_equal (readers[i].bytes, later));
      g_bytes_unref (readers[i].bytes);
    }
  }
}

static void
test_kinds (WuyouSale *sale)
{
  static const char *const wrong[] = { "CONTRACT", "draft", "agreement" };
  g_autofree char *draft = wuyou_sale_create (sale, get_manager (sale), NULL);
  g_autofree char *empty = wuyou_sale_new_id (sale);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\"}", empty);
  g_autoptr (GBytes) paper = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = get_manager (sale), .route = WUYOU_ROUTE_CONTRACT_PAPER,
                  .arg0 = draft, .arg1 = wrong[i]);
  paper = get_paper (sale, draft, "contract"); /* a draft is shown, and not kept */
  g_assert_cmpint (count_papers (sale), ==, 0);
  WUYOU_EXPECT (sale, 409, "ILLEGAL_TRANSITION", .user = get_manager (sale), .route = WUYOU_ROUTE_CONTRACT_PRINT,
                .arg0 = draft, .body = "{\"id\":\"0190a000-0000-7000-8000-00000000beef\",\"kind\":\"contract\"}");
  /* Even one in which nothing stands yet. */
  WUYOU_EXPECT (sale, 201, NULL, .user = get_manager (sale), .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body);
  g_clear_pointer (&paper, g_bytes_unref);
  paper = get_paper (sale, empty, "contract");
}

/* --- what it says --- */

static char *
read_text (GBytes *pdf)
{
  g_autofree char *path = g_build_filename (wuyou_test_new_dir (), "paper.pdf", NULL);
  g_autofree char *command = g_strdup_printf ("pdftotext -layout %s -", path);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  g_spawn_command_line_sync (command, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_says (const char *text, const char *words, gboolean says)
{
  if ((strstr (text, words) != NULL) != says)
    g_error ("“%s” %s in\n%s", words, says ? "is not" : "is", text);
}

static void
test_text (WuyouSale *sale)
{
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");
  g_autofree char *number = wuyou_sale_dup_member (sale, get_manager (sale), id, "number");
  g_autoptr (GBytes) paper = get_paper (sale, id, "contract");
  g_autofree char *text = read_text (paper);

  assert_says (text, number, TRUE);
  assert_says (text, "叁仟陆佰捌拾元整", TRUE);
  assert_says (text, "11010519491231002X", TRUE);
  assert_says (text, "13812345678", TRUE);
  assert_says (text, "李雷", TRUE);
  assert_says (text, "2,600.00", FALSE); /* what the dealership pays is nobody's business */
  assert_says (text, "****", FALSE);
}

/* --- copies --- */

static WuyouSaleReply *
print (WuyouSale *sale, const char *contract, const char *print_id, const char *more)
{
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"kind\":\"contract\"%s}", print_id, more);

  return WUYOU_CALL (sale, 201, NULL, .user = get_manager (sale), .route = WUYOU_ROUTE_CONTRACT_PRINT, .arg0 = contract,
                     .body = body);
}

static gpointer
run_printer (gpointer data)
{
  Reader *r = data;
  g_autofree char *fresh = wuyou_sale_new_id (r->sale);
  g_autoptr (WuyouSaleReply) reply = r->print != NULL ? print (r->sale, r->id, r->print, "")
                                                      : print (r->sale, r->id, fresh, ",\"reason\":\"客户丢失\"");

  r->copy = wuyou_json_get_int (reply->json, "copy_number");
  return NULL;
}

static void
test_copies (WuyouSale *sale)
{
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");
  g_autofree char *first = wuyou_sale_new_id (sale);
  Reader printers[N_THREADS];
  GThread *threads[N_THREADS];
  guint seen = 0;

  for (guint i = 0; i < 3; i++) { /* the answer was lost: the same print keeps its number */
    g_autoptr (WuyouSaleReply) reply = print (sale, id, first, "");

    g_assert_cmpint (wuyou_json_get_int (reply->json, "copy_number"), ==, 1);
    g_assert_false (wuyou_json_get_boolean (reply->json, "reprint"));
  }
  {
    g_autofree char *bare = wuyou_sale_new_id (sale);
    g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"kind\":\"contract\"}", bare);
    g_autoptr (WuyouSaleReply) reply = WUYOU_CALL (sale, 422, "INVALID", .user = get_manager (sale),
                                                   .route = WUYOU_ROUTE_CONTRACT_PRINT, .arg0 = id, .body = body);

    g_assert_true (wuyou_sale_reply_has_field (reply, "reason")); /* a reprint says why */
  }
  for (guint i = 0; i < N_THREADS; i++) {
    printers[i] = (Reader){ .sale = sale, .id = id, .print = i == 0 ? first : NULL };
    threads[i] = g_thread_new ("printer", run_printer, &printers[i]);
  }
  for (guint i = 0; i < N_THREADS; i++) {
    g_thread_join (threads[i]);
    seen |= 1u << printers[i].copy;
  }
  g_assert_cmpuint (seen, ==, ((1u << N_THREADS) - 1) << 1); /* 1 to 8, each once */
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM prints"), ==, N_THREADS);
  /* And one row of each, however often it was sent. */
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action = 'print'"), ==, N_THREADS);
}

static void
marry (WuyouAccount *account)
{
  g_free (account->name);
  account->name = g_strdup ("赵一鸣改");
}

/* A print's id belongs to its paper. */
static void
test_print_id (WuyouSale *sale)
{
  static const char *const wrong[] = {
    "{}",
    "{\"id\":\"7\",\"kind\":\"contract\"}",
    "{\"id\":\"0190a000-0000-7000-8000-00000000beef\",\"kind\":\"contract\",\"surprise\":1}",
    "{\"id\":\"0190a000-0000-7000-8000-00000000beef\",\"kind\":7}",
    "{\"id\":\"0190a000-0000-7000-8000-00000000beef\",\"kind\":\"contract\",\"reason\":\"a\\u202eb\"}",
  };
  g_autofree char *one = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");
  g_autofree char *other = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");
  g_autofree char *print_id = wuyou_sale_new_id (sale);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"kind\":\"contract\"}", print_id);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (
        sale, &(WuyouSaleCall){
                  .user = get_manager (sale), .route = WUYOU_ROUTE_CONTRACT_PRINT, .arg0 = one, .body = wrong[i] });

    g_assert_cmpuint (reply->status, ==, i == 0 ? 404 : 422);
  }
  wuyou_sale_reply_free (print (sale, one, print_id, ""));
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = get_manager (sale), .route = WUYOU_ROUTE_CONTRACT_PRINT, .arg0 = other,
                .body = body);
  g_clear_pointer (&body, g_free); /* nor does it get another reason afterwards */
  body = g_strdup_printf ("{\"id\":\"%s\",\"kind\":\"contract\",\"reason\":\"原件损坏\"}", print_id);
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = get_manager (sale), .route = WUYOU_ROUTE_CONTRACT_PRINT, .arg0 = one,
                .body = body);
}

/* Should the server die between the step and its paper, the job makes it before a name changes. */
static void
test_fixed (WuyouSale *sale)
{
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");

  wuyou_sale_sql (sale, "DELETE FROM papers");
  wuyou_sale_sql (sale, "UPDATE jobs SET due_at = 1 WHERE kind = 'paper'");
  wuyou_job_service_wake (sale->site->context.jobs);
  for (guint i = 0; i < 1000 && count_papers (sale) == 0; i++)
    g_usleep (10000);
  g_assert_cmpint (count_papers (sale), ==, 1);
  wuyou_site_change_account (sale->site, get_manager (sale)->id, marry);
  g_bytes_unref (get_paper (sale, id, "contract"));
}

/* --- verifying a copy --- */

static char *
sign (WuyouSale *sale, const char *id, const guint8 *key)
{
  g_autofree char *number = wuyou_sale_dup_member (sale, get_manager (sale), id, "number");
  g_autofree char *hash = wuyou_sale_dup_member (sale, get_manager (sale), id, "content_sha256");
  g_autofree char *revision = wuyou_sale_dup_member (sale, get_manager (sale), id, "revision");
  WuyouPaperPayload payload;

  g_assert_true (wuyou_paper_payload_init (&payload, number, (guint) g_ascii_strtoull (revision, NULL, 10), hash,
                                           wuyou_date_of_instant (WUYOU_TEST_NOW)));
  return wuyou_paper_payload_sign (&payload, key);
}

static WuyouSaleReply *
verify (WuyouSale *sale, const WuyouSaleUser *user, const char *payload, guint status, const char *code)
{
  g_autofree char *body = g_strdup_printf ("{\"payload\":\"%s\"}", payload);

  return WUYOU_CALL (sale, status, code, .user = user, .route = WUYOU_ROUTE_PAPER_VERIFY, .body = body);
}

static void
expect_verified (WuyouSale *sale, const char *payload, gboolean current, const char *state)
{
  g_autoptr (WuyouSaleReply) reply = verify (sale, get_manager (sale), payload, 200, NULL);

  g_assert_true (wuyou_json_get_boolean (reply->json, "valid"));
  g_assert_true (wuyou_json_get_boolean (reply->json, "known"));
  g_assert_cmpint (wuyou_json_get_boolean (reply->json, "current"), ==, current);
  g_assert_cmpstr (wuyou_json_get_string (reply->json, "state"), ==, state);
}

static void
test_verify (WuyouSale *sale)
{
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");
  const guint8 *key = wuyou_keys_get_signing_key (sale->site->context.keys);
  g_autofree char *first = sign (sale, id, key);
  g_autofree char *tampered = g_strdup (first);
  g_autofree char *second = NULL;
  g_autofree char *foreign = NULL;
  guint8 other_key[WUYOU_PAPER_SECRET_KEY];
  g_autoptr (WuyouSaleReply) stranger = NULL;

  memset (other_key, 7, sizeof other_key);
  foreign = sign (sale, id, other_key);
  tampered[8] = tampered[8] == 'A' ? 'B' : 'A';
  expect_verified (sale, first, TRUE, "AWAIT_SIGN");
  wuyou_sale_reply_free (verify (sale, get_manager (sale), tampered, 422, "INVALID"));
  wuyou_sale_reply_free (verify (sale, get_manager (sale), foreign, 422, "INVALID"));
  wuyou_sale_reply_free (verify (sale, get_manager (sale), "", 422, "INVALID"));
  wuyou_sale_reply_free (verify (sale, get_manager (sale), "WY1..", 422, "INVALID"));
  WUYOU_EXPECT (sale, 422, "INVALID", .user = get_manager (sale), .route = WUYOU_ROUTE_PAPER_VERIFY, .body = "{}");
  stranger = verify (sale, wuyou_sale_user (sale, "hy", "DADM"), first, 200, NULL);
  g_assert_false (wuyou_json_get_boolean (stranger->json, "known")); /* genuine; whose it is, is not told */
  g_assert_false (wuyou_sale_reply_has_bytes (stranger, id));
  wuyou_sale_act (sale, get_manager (sale), id, "correct", "{\"reason\":\"改地址\"}", 200, NULL);
  WUYOU_EXPECT (sale, 200, NULL, .user = get_manager (sale), .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id,
                .version = wuyou_sale_get_version (sale, get_manager (sale), id), .body = "{\"series\":\"X5\"}");
  wuyou_sale_submit (sale, get_manager (sale), id);
  second = sign (sale, id, key);
  expect_verified (sale, first, FALSE, "AWAIT_SIGN");
  expect_verified (sale, second, TRUE, "AWAIT_SIGN");
  wuyou_sale_act (sale, get_manager (sale), id, "void", "{\"reason\":\"客户放弃\"}", 200, NULL);
  expect_verified (sale, second, TRUE, "VOIDED");
}

static const WuyouSaleCase cases[] = {
  { "same-bytes", test_same_bytes }, { "kinds", test_kinds },   { "text", test_text },   { "copies", test_copies },
  { "print-id", test_print_id },     { "verify", test_verify }, { "fixed", test_fixed },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("papers-routes", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
