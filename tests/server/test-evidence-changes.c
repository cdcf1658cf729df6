/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json.h"
#include "records/wuyou-job-service.h"
#include "wuyou-evidence-test.h"

/* Changes to pages: which picture there is, and what the decoder fails over is said, undone, and nothing is lost. */

#define EDITS(page) "{\"edits_json\":\"{\\\"pages\\\":[{\\\"page\\\":1," page "}]}\"}"
#define TURNED EDITS ("\\\"rotate\\\":90")
#define BLACKENED EDITS ("\\\"rotate\\\":90,\\\"redact\\\":[[0,0,5000,5000]]")
#define CRASH "printf WYR1 >&4; kill -SEGV $$"

static const WuyouSaleUser *
get_clerk (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DCLM");
}

static void
expect (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *kind, guint status, const char *code)
{
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, user, id, kind, status, code));
}

static void
expect_member (WuyouSale *sale, const char *id, const char *member, const char *value)
{
  g_autofree char *got = wuyou_evidence_test_dup (sale, get_clerk (sale), id, member);

  g_assert_cmpstr (got, ==, value);
}

/* No try is left in the queue: an hour later as now. */
static void
expect_rest (WuyouSale *sale)
{
  static const char waiting[] = "SELECT count(*) FROM jobs WHERE kind = 'evidence' AND done_at = 0";

  wuyou_evidence_test_wait_count (sale, waiting, 0);
}

static gint64
count_events (WuyouSale *sale)
{
  return wuyou_site_count (sale->site, "SELECT count(*) FROM events WHERE kind = 'claim'");
}

static char *
add_photo (WuyouSale *sale)
{
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (3, 640, 480, NULL);

  return wuyou_evidence_test_add (sale, get_clerk (sale), claim, "LOSS_NOTICE", photo, "AVAILABLE");
}

/* Turned, and then blackened by a decoder that crashes over it. */
static char *
make_unmade (WuyouSale *sale)
{
  char *id = add_photo (sale);

  wuyou_evidence_test_put (sale, get_clerk (sale), id, TURNED, 200, NULL);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM renditions WHERE kind = 'view'", 1);
  expect_rest (sale);
  wuyou_evidence_test_set_decoder (sale, CRASH);
  wuyou_evidence_test_put (sale, get_clerk (sale), id, BLACKENED, 200, NULL);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE unmade = 1", 1);
  return id;
}

/* After three tries it ends: the clerk is told what to do, reviewers get nothing of what was made before. */
static void
test_told (WuyouSale *sale)
{
  const WuyouSaleUser *reviewer = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = NULL;
  gint64 events;

  id = make_unmade (sale);
  events = count_events (sale);
  expect_rest (sale);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE decode_tries = 3"), ==, 1);
  g_assert_cmpint (count_events (sale), ==, events);
  expect_member (sale, id, "state", "AVAILABLE");
  expect_member (sale, id, "unmade", "true");
  expect (sale, reviewer, id, "view", 422, "DOCUMENT_REFUSED");
  expect (sale, reviewer, id, "thumb", 422, "DOCUMENT_REFUSED");
  expect (sale, get_clerk (sale), id, "view", 422, "DOCUMENT_REFUSED");
  expect (sale, get_clerk (sale), id, "plain", 200, NULL);
  g_assert_true (wuyou_evidence_test_has_file (sale, id));
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM renditions"), ==, 3);
}

/* What was made last is shown again at once, though the decoder still crashes. */
static void
test_undone (WuyouSale *sale)
{
  g_autofree char *id = make_unmade (sale);
  guint files = wuyou_evidence_test_count_files (sale);

  wuyou_evidence_test_put (sale, get_clerk (sale), id, TURNED, 200, NULL);
  expect_member (sale, id, "unmade", NULL);
  expect (sale, wuyou_sale_user (sale, "op", "OCLA"), id, "view", 200, NULL);
  expect (sale, wuyou_sale_user (sale, "op", "OCLA"), id, "thumb", 200, NULL);
  expect_rest (sale);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE decode_tries = 0"), ==, 1);
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files);
}

/* Without any changes the picture is there, whatever the decoder does; and other changes get three tries of their own.
 */
static void
test_other_changes (WuyouSale *sale)
{
  g_autofree char *id = make_unmade (sale);

  wuyou_evidence_test_put (sale, get_clerk (sale), id, "{\"edits_json\":null}", 200, NULL);
  expect (sale, wuyou_sale_user (sale, "op", "OCLA"), id, "view", 200, NULL);
  expect_rest (sale);
  expect_member (sale, id, "unmade", NULL);
  wuyou_evidence_test_set_decoder (sale, NULL);
  wuyou_evidence_test_put (sale, get_clerk (sale), id, BLACKENED, 200, NULL);
  expect_rest (sale);
  expect_member (sale, id, "unmade", NULL);
  expect (sale, wuyou_sale_user (sale, "op", "OCLA"), id, "view", 200, NULL);
}

/* A file that was turned before it was looked at is not lost for it. */
static void
test_before_the_check (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (4, 320, 240, NULL);
  g_autofree char *script = g_strdup_printf (
      "if read -r edits || [ -n \"$edits\" ]; then " CRASH "; fi\nexec %s \"$@\"", sale->site->config->decoder);
  g_autofree char *id = NULL;

  wuyou_evidence_test_set_decoder (sale, "exit 1"); /* nobody's fault */
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  wuyou_evidence_test_put (sale, clerk, id, TURNED, 200, NULL);
  expect_member (sale, id, "state", "QUARANTINED");
  wuyou_evidence_test_set_decoder (sale, script);
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM evidence WHERE state = 'AVAILABLE' AND unmade = 1", 1);
  expect (sale, clerk, id, "plain", 200, NULL);
  expect (sale, clerk, id, "view", 422, "DOCUMENT_REFUSED");
  wuyou_evidence_test_put (sale, clerk, id, "{\"edits_json\":null}", 200, NULL);
  expect (sale, clerk, id, "view", 200, NULL);
}

/* A decoder that is not there is no reason to give up. */
static void
test_nobodys_fault (WuyouSale *sale)
{
  g_autofree char *id = add_photo (sale);

  wuyou_evidence_test_set_decoder (sale, "exit 127");
  wuyou_evidence_test_put (sale, get_clerk (sale), id, TURNED, 200, NULL);
  for (guint i = 0; i < 10; i++) {
    wuyou_evidence_test_work_again (sale);
    g_usleep (50000);
  }
  expect_member (sale, id, "unmade", NULL);
  expect (sale, get_clerk (sale), id, "view", 409, "DOCUMENT_PENDING");
  wuyou_evidence_test_set_decoder (sale, NULL);
  expect_rest (sale);
  expect (sale, get_clerk (sale), id, "view", 200, NULL);
}

/* What the view of the claim says of its small picture, and what is handed out; both NULL when there is none. */
static char *
dup_thumb (WuyouSale *sale, const WuyouSaleUser *user, const char *claim, const char *id)
{
  g_autoptr (WuyouSaleReply) view = wuyou_claim_test_get (sale, user, claim);
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .arg0 = claim);
  JsonArray *items = wuyou_json_get_array (reply->json, "items");
  JsonObject *item = json_array_get_length (items) > 0 ? wuyou_json_array_get_object (items, 0) : NULL;
  const char *said = wuyou_json_get_string (wuyou_json_get_object (view->json, "thumbs"), id);

  g_assert_cmpstr (said, ==, item != NULL ? wuyou_json_get_string (item, "etag") : NULL);
  return g_strdup (said);
}

/* The claim says which picture there is, so that a desktop knows what it lacks; who may not see it is not told of it.
 */
static void
test_thumbs_said (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale), *reviewer = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (3, 640, 480, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *first = dup_thumb (sale, clerk, claim, id);
  g_autofree char *same = NULL, *seen = NULL, *none = NULL, *second = NULL, *last = NULL;

  g_assert_nonnull (first);
  seen = dup_thumb (sale, reviewer, claim, id);
  g_assert_cmpstr (seen, ==, first);
  wuyou_evidence_test_set_decoder (sale, "exit 127");
  wuyou_evidence_test_put (sale, clerk, id, BLACKENED, 200, NULL);
  same = dup_thumb (sale, clerk, claim, id);
  g_assert_cmpstr (same, ==, first);
  none = dup_thumb (sale, reviewer, claim, id);
  g_assert_null (none);
  wuyou_evidence_test_set_decoder (sale, NULL);
  expect_rest (sale);
  second = dup_thumb (sale, clerk, claim, id);
  last = dup_thumb (sale, reviewer, claim, id);
  g_assert_cmpstr (second, !=, first);
  g_assert_cmpstr (last, ==, second);
}

/* One dealership sends many, and all who work are at them; another's one is the next all the same. */
static void
test_in_turn (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale), *other = wuyou_sale_user (sale, "hy", "DCLM");
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *other_claim = wuyou_evidence_test_claim (sale, "hy");
  g_autofree char *gate = g_build_filename (wuyou_test_new_dir (), "gate", NULL);
  g_autofree char *script = g_strdup_printf ("while [ ! -e %s ]; do /bin/sleep 0.05; done; exec %s \"$@\"", gate,
                                             sale->site->config->decoder);
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (5, 320, 240, NULL);
  g_autofree char *id = NULL;
  g_autofree char *before = NULL;

  wuyou_evidence_test_set_decoder (sale, script);
  for (guint i = 0; i < 8; i++)
    g_free (wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo));
  id = wuyou_evidence_test_send (sale, other, other_claim, "LOSS_NOTICE", photo);
  g_assert_true (g_file_set_contents (gate, "", 0, NULL));
  expect_rest (sale);
  before = g_strdup_printf (
      "SELECT count(*) FROM jobs j JOIN jobs o ON o.name = '%s' AND o.kind = j.kind AND j.taken_at < o.taken_at", id);
  g_assert_cmpint (wuyou_site_count (sale->site, before), <=, 2);
}

/* Each for itself: one that ended a job by the name of both would end what the other has just begun once more. */
static void
test_two_at_once (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *script = g_strdup_printf ("/bin/sleep 1; exec %s \"$@\"", sale->site->config->decoder);
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (6, 320, 240, NULL);

  wuyou_evidence_test_set_decoder (sale, script);
  for (guint i = 0; i < 4; i++)
    g_free (wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo));
  wuyou_evidence_test_wait_count (
      sale, "SELECT count(DISTINCT holder) FROM jobs WHERE kind = 'evidence' AND holder IS NOT NULL", 2);
  wuyou_evidence_test_set_decoder (sale, NULL);
  expect_rest (sale);
}

/* A decoder that counts how often it begins, and takes its time. */
static char *
make_slow (WuyouSale *sale, const char *seconds)
{
  char *count = g_build_filename (wuyou_test_new_dir (), "count", NULL);
  g_autofree char *script
      = g_strdup_printf ("echo >>%s; /bin/sleep %s; exec %s \"$@\"", count, seconds, sale->site->config->decoder);

  wuyou_evidence_test_set_decoder (sale, script);
  return count;
}

static void
expect_begun (const char *count, const char *lines)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (count, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, lines);
}

/* Longer than a lease, and done once all the same. */
static void
test_lease_kept (WuyouSale *sale)
{
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *count = make_slow (sale, "8");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (7, 320, 240, NULL);
  g_autofree char *id = NULL;

  wuyou_job_service_stop (sale->site->context.jobs);
  sale->site->config->lease_seconds = 4; /* a busy machine keeps one late */
  wuyou_job_service_start (&sale->site->context);
  id = wuyou_evidence_test_send (sale, get_clerk (sale), claim, "LOSS_NOTICE", photo);
  expect_rest (sale); /* the others look for work all the time */
  expect_member (sale, id, "state", "AVAILABLE");
  expect_begun (count, "\n");
}

static gboolean
delete_renditions (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_db_exec (conn, "DELETE FROM renditions", error);
}

/* Who looks again and again while a picture is made does not have it begun again each time. */
static void
test_waited_for (WuyouSale *sale)
{
  g_autofree char *id = add_photo (sale);
  g_autofree char *count = NULL;

  expect_rest (sale);
  g_assert_true (wuyou_db_write (sale->site->context.db, delete_renditions, NULL, NULL));
  count = make_slow (sale, "2");
  for (guint i = 0; i < 10; i++) {
    expect (sale, get_clerk (sale), id, "view", 409, "DOCUMENT_PENDING");
    g_usleep (100000);
  }
  expect_rest (sale);
  expect (sale, get_clerk (sale), id, "view", 200, NULL);
  expect_begun (count, "\n");
}

static const WuyouSaleCase cases[] = {
  { "told", test_told },
  { "undone", test_undone },
  { "other-changes", test_other_changes },
  { "before-the-check", test_before_the_check },
  { "nobodys-fault", test_nobodys_fault },
  { "thumbs-said", test_thumbs_said },
  { "in-turn", test_in_turn },
  { "two-at-once", test_two_at_once },
  { "lease-kept", test_lease_kept },
  { "waited-for", test_waited_for },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("evidence-changes", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
