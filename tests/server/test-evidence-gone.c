/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-backup.h"
#include "wuyou-contract-store.h"
#include "evidence/wuyou-evidence-check.h"
#include "evidence/wuyou-evidence-render.h"
#include "wuyou-evidence-test.h"
#include "records/wuyou-job-service.h"
#include "uploads/wuyou-upload-sweep.h"

/* Crashes on the way, things done twice, and what must not be kept. */

static const WuyouSaleUser *
get_clerk (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DCLM");
}

/* Jobs are done by hand here. */
static void
stop_jobs (WuyouSale *sale)
{
  wuyou_job_service_stop (sale->site->context.jobs);
}

static gboolean
check (WuyouSale *sale, const char *id)
{
  g_autoptr (GError) error = NULL;
  gboolean right = wuyou_evidence_check (&sale->site->context, id, &error);

  if (!right)
    g_test_message ("%s", error->message);
  return right;
}

static void
assert_state (WuyouSale *sale, const char *id, const char *state)
{
  g_autofree char *present = wuyou_evidence_test_dup (sale, get_clerk (sale), id, "state");

  g_assert_cmpstr (present, ==, state);
}

static void
leave_file (WuyouSale *sale, const char *id)
{
  g_autofree char *path
      = g_build_filename (wuyou_store_get_data_dir (sale->site->store), "files", id + strlen (id) - 2, id, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "left", -1, NULL));
}

static void
assert_rendition (WuyouSale *sale, const char *evidence, const char *kind)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT count(*) FROM renditions WHERE evidence_id = '%s' AND kind = '%s'", evidence, kind);

  g_assert_cmpint (wuyou_site_count (sale->site, sql), ==, 1);
}

/* The database refuses at the last moment, as when the process dies there: the next try ends right, and nothing of the
 * first is left on the disk. */
static void
test_refused_write (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  g_autofree char *id = NULL;
  guint files;

  stop_jobs (sale);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  files = wuyou_evidence_test_count_files (sale);
  wuyou_sale_sql (sale, "ALTER TABLE image_prints RENAME TO image_prints_away");
  g_assert_false (check (sale, id));
  assert_state (sale, id, "QUARANTINED");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM renditions"), ==, 0);
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files);
  wuyou_sale_sql (sale, "ALTER TABLE image_prints_away RENAME TO image_prints");
  g_assert_true (check (sale, id));
  assert_state (sale, id, "AVAILABLE");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM image_prints"), ==, 4);
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files + 2);
}

/* Done, and done again because nobody heard: the same, once. */
static void
test_done_twice (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, "2020:01:01 10:00:00");
  g_autofree char *id = NULL;
  guint files;

  stop_jobs (sale);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  g_assert_true (check (sale, id));
  files = wuyou_evidence_test_count_files (sale);
  for (guint i = 0; i < 3; i++)
    g_assert_true (check (sale, id));
  assert_state (sale, id, "AVAILABLE");
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM renditions"), ==, 2);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM red_flags"), ==, 1);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM image_prints"), ==, 4);
}

typedef struct {
  WuyouSale *sale;
  const char *id;
} Checking;

static gpointer
run_check (gpointer data)
{
  Checking *checking = data;

  return GINT_TO_POINTER (check (checking->sale, checking->id));
}

/* A lease that ran out: several check the same file at one moment. */
static void
test_at_once (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  g_autofree char *id = NULL, *version = NULL;
  GThread *threads[4];
  Checking checking;
  guint files;

  stop_jobs (sale);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  files = wuyou_evidence_test_count_files (sale);
  checking = (Checking){ sale, id };
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("check", run_check, &checking);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  assert_state (sale, id, "AVAILABLE");
  version = wuyou_evidence_test_dup (sale, clerk, id, "version");
  g_assert_cmpstr (version, ==, "3"); /* announced, finished, checked */
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files + 2);
  assert_rendition (sale, id, "plain");
  assert_rendition (sale, id, "thumb");
}

static gpointer
type_facts (gpointer data)
{
  Checking *checking = data;

  for (guint i = 0; i < 10; i++) {
    g_autofree char *body = g_strdup_printf ("{\"loss_on\":\"2026-11-%02u\"}", i + 1);
    g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (
        checking->sale, &(WuyouSaleCall){ .user = get_clerk (checking->sale),
                                          .route = WUYOU_ROUTE_EVIDENCE_PUT,
                                          .arg0 = checking->id,
                                          .body = body,
                                          .version = wuyou_evidence_test_version (
                                              checking->sale, get_clerk (checking->sale), checking->id) });

    g_assert_true (reply->status == 200 || reply->status == 412);
    g_usleep (20000);
  }
  return NULL;
}

/* The clerk types and blackens while it is checked: neither is lost, and the view is of the last edits. */
static void
test_changed_meanwhile (WuyouSale *sale)
{
  static const char edits[]
      = "{\"edits_json\":\"{\\\"pages\\\":[{\\\"page\\\":1,\\\"rotate\\\":180}]}\",\"loss_on\":\"2026-11-20\"}";
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 1200, 900, NULL);
  g_autofree char *id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  Checking checking = { sale, id };
  GThread *thread = g_thread_new ("type", type_facts, &checking);
  g_autofree char *day = NULL;

  wuyou_evidence_test_wait (sale, clerk, id, "AVAILABLE");
  g_thread_join (thread);
  wuyou_evidence_test_put (sale, clerk, id, edits, 200, NULL);
  day = wuyou_evidence_test_dup (sale, clerk, id, "loss_on");
  g_assert_cmpstr (day, ==, "2026-11-20");
  wuyou_evidence_test_wait_count (sale, "SELECT count(*) FROM renditions WHERE kind = 'view'", 1);
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, clerk, id, "view", 200, NULL));
}

/* Edits of a file that is still in quarantine are in its first view. */
static void
test_edited_in_quarantine (WuyouSale *sale)
{
  static const char edits[] = "{\"edits_json\":\"{\\\"pages\\\":[{\\\"page\\\":1,\\\"rotate\\\":90}]}\"}";
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  g_autofree char *id = NULL;

  stop_jobs (sale);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  wuyou_evidence_test_put (sale, clerk, id, edits, 200, NULL);
  g_assert_true (check (sale, id));
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, clerk, id, "view", 200, NULL));
  assert_rendition (sale, id, "view");
}

/* --- taken back --- */

static void
test_withdrawn (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  guint files = wuyou_evidence_test_count_files (sale);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  static const char prints[] = "SELECT count(*) FROM image_prints";
  g_autofree char *waiting = NULL;

  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "op", "OCLA"),
                .route = WUYOU_ROUTE_EVIDENCE_DELETE, .arg0 = id);
  g_assert_cmpint (wuyou_site_count (sale->site, prints), ==, 4);
  for (guint i = 0; i < 2; i++)
    WUYOU_EXPECT (sale, 204, NULL, .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_DELETE, .arg0 = id);
  g_assert_cmpint (wuyou_site_count (sale->site, prints), ==, 0);
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files);
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, clerk, id, "view", 404, "NOT_FOUND"));
  wuyou_evidence_test_put (sale, clerk, id, "{\"loss_on\":\"2026-11-20\"}", 409, "ILLEGAL_TRANSITION");
  stop_jobs (sale);
  waiting = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  WUYOU_EXPECT (sale, 204, NULL, .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_DELETE, .arg0 = waiting);
  leave_file (sale, waiting); /* the verdict was there, and then the process died */
  g_assert_true (check (sale, waiting));
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files);
}

static guint
sweep (WuyouSale *sale, gint64 now)
{
  guint all = 0;

  for (guint hour = 0; hour < 24; hour++) {
    g_autoptr (GError) error = NULL;
    guint removed;

    wuyou_upload_sweep (&sale->site->context, now + hour * G_TIME_SPAN_HOUR, &removed, &error);
    g_assert_no_error (error);
    all += removed;
  }
  return all;
}

/* What a crash left of refused files, and uploads nobody finished; the rest stays. */
static void
test_sweep (WuyouSale *sale)
{
  static const struct {
    const char *state;
    guint goes;
  } states[] = {
    { "AVAILABLE", 0 },   { "VERIFIED", 0 }, { "RETURNED", 0 },      { "SUPERSEDED", 0 },
    { "QUARANTINED", 0 }, { "INFECTED", 3 }, { "REJECTED_TYPE", 3 }, { "WITHDRAWN", 3 },
  };
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  gint64 now = wuyou_clock_now (sale->site->context.clock);
  g_autofree char *half = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
    g_autofree char *sql = g_strdup_printf ("UPDATE evidence SET state = '%s' WHERE id = '%s'", states[i].state, id);

    g_test_message ("%s", states[i].state);
    wuyou_sale_sql (sale, sql);
    g_assert_cmpuint (sweep (sale, now), ==, states[i].goes);
    g_assert_cmpint (wuyou_evidence_test_has_file (sale, id), ==, states[i].goes == 0);
  }
  half = wuyou_evidence_test_announce (sale, clerk, claim, "LOSS_NOTICE", 100000);
  wuyou_evidence_test_append (sale, clerk, half, 0, photo, 200, NULL);
  g_assert_cmpuint (sweep (sale, now + 5 * G_TIME_SPAN_DAY), ==, 0);
  g_assert_cmpuint (sweep (sale, now + 8 * G_TIME_SPAN_DAY), ==, 1);
  assert_state (sale, half, "WITHDRAWN");
  g_assert_false (wuyou_evidence_test_has_file (sale, half));
}

typedef struct {
  WuyouSale *sale;
  const char *id;
  WuyouFile *file;
  WuyouKey *key;
} Original;

static gboolean
read_original (WuyouDbConn *conn, gpointer data, GError **error)
{
  Original *original = data;

  g_clear_pointer (&original->file, wuyou_file_free);
  g_clear_pointer (&original->key, wuyou_key_unref);
  return wuyou_file_load (conn, original->sale->site->store, original->id, &original->file, &original->key, error);
}

/* The process dies between the renditions and their rows: they go, and nothing else. */
static void
test_died_between (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  static const char rows[] = "SELECT count(*) FROM files";
  guint files = wuyou_evidence_test_count_files (sale);
  gint64 now = g_get_real_time (), n_rows = wuyou_site_count (sale->site, rows); /* of the disk */
  g_autoptr (GError) error = NULL;
  Original original = { .sale = sale, .id = id };
  gboolean blame;

  wuyou_db_read (sale->site->context.db, read_original, &original, &error);
  g_assert_no_error (error);
  {
    g_auto (WuyouRendering) rendering
        = { .context = &sale->site->context, .evidence_id = id, .key = original.key, .edits_json = NULL };

    wuyou_rendering_decode (&rendering, original.file, "image/jpeg", &blame, &error);
    g_assert_no_error (error);
    wuyou_rendering_seal (&rendering, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files + 2);
  g_assert_cmpuint (sweep (sale, now), ==, 0); /* it may still be under way */
  g_assert_cmpuint (sweep (sale, now + 2 * G_TIME_SPAN_DAY), ==, 2);
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files);
  g_assert_cmpint (wuyou_site_count (sale->site, rows), ==, n_rows);
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, clerk, id, "view", 200, NULL));
  wuyou_file_free (original.file);
  wuyou_key_unref (original.key);
}

/* --- erased --- */

static void
erase (WuyouSale *sale, const char *claim)
{
  g_autofree char *contract = wuyou_claim_test_dup (sale, get_clerk (sale), claim, "contract_id");
  const WuyouActor actor = { .at = wuyou_clock_now (sale->site->context.clock) };
  g_autoptr (GError) error = NULL;

  wuyou_contract_erase (sale->site->store, contract, &actor, NULL, &error);
  g_assert_no_error (error);
}

/* While the decoder looks at it: nothing of what it finds is kept. */
static void
test_erased_meanwhile (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  g_autofree char *folder = g_strdup (wuyou_test_new_dir ());
  g_autofree char *go = g_build_filename (folder, "go", NULL);
  g_autofree char *begun = g_build_filename (folder, "begun", NULL);
  g_autofree char *script = g_strdup_printf (": >%s; while [ ! -e %s ]; do /bin/sleep 0.05; done; exec %s \"$@\"",
                                             begun, go, sale->site->config->decoder);
  g_autofree char *id = NULL;
  Checking checking;
  GThread *thread;
  guint files;

  stop_jobs (sale);
  id = wuyou_evidence_test_send (sale, clerk, claim, "LOSS_NOTICE", photo);
  files = wuyou_evidence_test_count_files (sale);
  wuyou_evidence_test_set_decoder (sale, script);
  checking = (Checking){ sale, id };
  thread = g_thread_new ("check", run_check, &checking);
  while (!g_file_test (begun, G_FILE_TEST_EXISTS))
    g_usleep (10000);
  erase (sale, claim);
  g_assert_true (g_file_set_contents (go, "", 0, NULL));
  g_thread_join (thread);
  g_assert_true (check (sale, id));
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM image_prints"), ==, 0);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM renditions"), ==, 0);
  g_assert_cmpuint (wuyou_evidence_test_count_files (sale), ==, files);
}

/* An upload that was under way when its claim was erased ends like any other, and keeps none behind it waiting. */
static void
test_erased_upload (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *other = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  gint64 now = wuyou_clock_now (sale->site->context.clock);
  g_autofree char *half = NULL, *later = NULL;

  half = wuyou_evidence_test_announce (sale, clerk, claim, "LOSS_NOTICE", 100000);
  wuyou_evidence_test_append (sale, clerk, half, 0, photo, 200, NULL);
  later = wuyou_evidence_test_announce (sale, clerk, other, "LOSS_NOTICE", 100000);
  wuyou_evidence_test_append (sale, clerk, later, 0, photo, 200, NULL);
  erase (sale, claim);
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_GET, .arg0 = half);
  g_assert_cmpuint (sweep (sale, now + 8 * G_TIME_SPAN_DAY), ==, 2);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE state = 'WITHDRAWN'"), ==, 2);
  g_assert_false (wuyou_evidence_test_has_file (sale, half));
  g_assert_false (wuyou_evidence_test_has_file (sale, later));
}

/* What reviewers wrote about people goes with the rest. */
static void
test_erased_notes (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, "2020:01:01 10:00:00");
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");

  wuyou_sale_sql (sale, "UPDATE red_flags SET state = 'CLEARED', note = '车主王小明已说明'");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM red_flags WHERE note <> ''"), ==, 1);
  erase (sale, claim);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM red_flags WHERE note <> ''"), ==, 0);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM red_flags WHERE state = 'CLEARED'"), ==, 1);
}

static void
test_erased (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autofree char *contract = wuyou_claim_test_dup (sale, clerk, claim, "contract_id");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *secret = wuyou_evidence_test_add (sale, clerk, claim, "OWNER_IDENTITY", photo, "AVAILABLE");
  const WuyouActor actor = { .at = wuyou_clock_now (sale->site->context.clock) };
  static const char keys[] = "SELECT count(*) FROM customer_keys WHERE purpose IN ('claims', 'claims-sensitive')";
  static const char list[] = "SELECT count(*) FROM erasures WHERE purpose IN ('claims', 'claims-sensitive')";
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (wuyou_site_count (sale->site, keys), ==, 2);
  wuyou_contract_erase (sale->site->store, contract, &actor, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wuyou_site_count (sale->site, keys), ==, 0);
  g_assert_cmpint (wuyou_site_count (sale->site, list), ==, 2);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM claim_marks"), ==, 0);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM image_prints"), ==, 0);
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, clerk, id, "view", 404, "NOT_FOUND"));
  wuyou_sale_reply_free (wuyou_evidence_test_rendition (sale, clerk, secret, "view", 404, "NOT_FOUND"));
  g_assert_true (check (sale, id)); /* nothing to do, and nothing that fails */
  WUYOU_EXPECT (sale, 200, NULL, .user = clerk, .route = WUYOU_ROUTE_CLAIM_THUMBNAILS, .arg0 = claim);
}

/* --- kept --- */

static char *
make_backup (WuyouSale *sale)
{
  char *folder = g_build_filename (wuyou_test_new_dir (), "backup", NULL);
  g_autoptr (GError) error = NULL;

  wuyou_backup_create (sale->site->store, folder, &error);
  g_assert_no_error (error);
  wuyou_backup_verify (folder, &error);
  g_assert_no_error (error);
  return folder;
}

/* Files and renditions are in the backup, and one that lacks any of them is none. */
static void
test_backup (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = get_clerk (sale);
  g_autofree char *claim = wuyou_evidence_test_claim (sale, "ad");
  g_autoptr (GBytes) photo = wuyou_evidence_test_photo (1, 400, 300, NULL);
  g_autofree char *id = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *taken_back = wuyou_evidence_test_add (sale, clerk, claim, "LOSS_NOTICE", photo, "AVAILABLE");
  g_autofree char *folder = NULL, *path = NULL, *kept = NULL, *renamed = NULL;
  g_autoptr (GError) error = NULL;

  WUYOU_EXPECT (sale, 204, NULL, .user = clerk, .route = WUYOU_ROUTE_EVIDENCE_DELETE, .arg0 = taken_back);
  folder = make_backup (sale);
  path = g_build_filename (folder, "files", id + strlen (id) - 2, id, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (wuyou_backup_verify (folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  /* A file that is gone though nobody took it away: the next backup says so. */
  kept = g_build_filename (wuyou_store_get_data_dir (sale->site->store), "files", id + strlen (id) - 2, id, NULL);
  renamed = g_build_filename (wuyou_test_new_dir (), "kept", NULL);
  g_assert_cmpint (g_rename (kept, renamed), ==, 0);
  g_free (folder);
  folder = g_build_filename (wuyou_test_new_dir (), "second", NULL);
  g_assert_false (wuyou_backup_create (sale->site->store, folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static const WuyouSaleCase cases[] = {
  { "refused-write", test_refused_write },
  { "done-twice", test_done_twice },
  { "at-once", test_at_once },
  { "changed-meanwhile", test_changed_meanwhile },
  { "edited-in-quarantine", test_edited_in_quarantine },
  { "withdrawn", test_withdrawn },
  { "sweep", test_sweep },
  { "died-between", test_died_between },
  { "erased", test_erased },
  { "erased-meanwhile", test_erased_meanwhile },
  { "erased-upload", test_erased_upload },
  { "erased-notes", test_erased_notes },
  { "backup", test_backup },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("evidence-gone", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
