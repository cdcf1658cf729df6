/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#include "sales/wuyou-document-scan.h"
#include "uploads/wuyou-upload-sweep.h"
#include "records/wuyou-job-service.h"
#include "wuyou-sale-test.h"

/* What must not be kept is not kept, whatever happened on the way. */

static const WuyouSaleUser *
get_manager (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DADM");
}

static char *
build_path (WuyouSale *sale, const char *id, gboolean finished)
{
  g_autofree char *name = g_strconcat (id, finished ? NULL : ".part", NULL);

  return g_build_filename (wuyou_store_get_data_dir (sale->site->store), "files", id + strlen (id) - 2, name, NULL);
}

static gboolean
has_file (WuyouSale *sale, const char *id)
{
  g_autofree char *part = build_path (sale, id, FALSE);
  g_autofree char *whole = build_path (sale, id, TRUE);

  return g_file_test (part, G_FILE_TEST_EXISTS) || g_file_test (whole, G_FILE_TEST_EXISTS);
}

/* As a crash or a full disk leaves it. */
static void
leave_file (WuyouSale *sale, const char *id, gboolean finished)
{
  g_autofree char *path = build_path (sale, id, finished);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "left", -1, NULL));
}

static void
wait_gone (WuyouSale *sale, const char *id)
{
  for (guint i = 0; i < 500 && has_file (sale, id); i++)
    g_usleep (10000);
  g_assert_false (has_file (sale, id));
}

static void
take_back (WuyouSale *sale, const char *id)
{
  WUYOU_EXPECT (sale, 204, NULL, .user = get_manager (sale), .route = WUYOU_ROUTE_DOCUMENT_DELETE, .arg0 = id);
}

static int
begin_piece (WuyouSale *sale, const char *id)
{
  g_autofree char *head
      = g_strdup_printf ("PATCH /v1/documents/%s/content HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                         "Content-Type: application/octet-stream\r\nUpload-Offset: 0\r\n"
                         "Content-Length: %u\r\n\r\n",
                         id, get_manager (sale)->token, (guint) strlen (WUYOU_SALE_PDF));
  int fd = wuyou_http_test_connect (&sale->site->http);

  wuyou_http_test_send (fd, head, -1);
  for (guint i = 0; i < 500 && wuyou_metrics_get (sale->site->context.metrics, WUYOU_GAUGE_UPLOADS) == 0; i++)
    g_usleep (10000);
  return fd;
}

/* The head of a piece comes, the document is taken back, and then the bytes come. */
static void
test_late_bytes (WuyouSale *sale)
{
  g_autofree char *contract = wuyou_sale_create (sale, get_manager (sale), NULL);
  g_autofree char *id
      = wuyou_sale_announce (sale, get_manager (sale), contract, "INVOICE", "a.pdf", (gint64) strlen (WUYOU_SALE_PDF));
  g_autoptr (WuyouHttpReply) reply = NULL;
  int fd = begin_piece (sale, id);

  take_back (sale, id);
  wuyou_http_test_send (fd, WUYOU_SALE_PDF, -1);
  reply = wuyou_http_test_read (fd, 10000);
  wuyou_http_test_assert_problem (reply, 409, "CONFLICT");
  close (fd);
  g_assert_false (has_file (sale, id));
}

/* Taking back is done only when the file is gone, the second time too. */
static void
test_taken_back_again (WuyouSale *sale)
{
  g_autofree char *contract = wuyou_sale_create (sale, get_manager (sale), NULL);
  g_autofree char *id = wuyou_sale_announce (sale, get_manager (sale), contract, "INVOICE", "a.pdf", 100);

  take_back (sale, id);
  leave_file (sale, id, FALSE);
  leave_file (sale, id, TRUE);
  take_back (sale, id);
  g_assert_false (has_file (sale, id));
}

/* The verdict was written and the file stayed: the job is done when it is gone. */
static void
test_judged_again (WuyouSale *sale)
{
  static const char sick[] = WUYOU_SALE_PDF WUYOU_TEST_VIRUS;
  static const char active[] = WUYOU_SALE_PDF "/JavaScript ";
  const char *const bad[] = { sick, active };
  g_autofree char *contract = wuyou_sale_create (sale, get_manager (sale), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *id = wuyou_sale_upload (sale, get_manager (sale), contract, "INVOICE", bad[i], strlen (bad[i]));
    g_autoptr (GError) error = NULL;

    wait_gone (sale, id);
    leave_file (sale, id, TRUE);
    wuyou_document_scan (&sale->site->context, id, &error);
    g_assert_no_error (error);
    g_assert_false (has_file (sale, id));
  }
}

/* --- the upkeep --- */

static gint64
get_now (WuyouSale *sale)
{
  return wuyou_clock_now (sale->site->context.clock);
}

/* The calls of one day, from @now on. */
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

static void
set_written (WuyouSale *sale, const char *id, gboolean finished, gint64 at)
{
  g_autofree char *path = build_path (sale, id, finished);
  struct utimbuf times = { at / G_USEC_PER_SEC, at / G_USEC_PER_SEC };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static void
set_state (WuyouSale *sale, const char *id, const char *state)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE documents SET state = '%s' WHERE id = '%s'", state, id);

  wuyou_sale_sql (sale, sql);
}

static void
test_sweep_destroyed (WuyouSale *sale)
{
  static const struct {
    const char *state;
    gboolean goes;
  } states[] = {
    { "QUARANTINED", FALSE },  { "AVAILABLE", FALSE },  { "INFECTED", TRUE },
    { "REJECTED_TYPE", TRUE }, { "SUPERSEDED", FALSE }, { "WITHDRAWN", TRUE },
  };
  g_autofree char *contract = wuyou_sale_create (sale, get_manager (sale), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *id
        = wuyou_sale_upload (sale, get_manager (sale), contract, "INVOICE", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));

    g_test_message ("%s", states[i].state);
    set_state (sale, id, states[i].state);
    g_assert_cmpuint (sweep (sale, get_now (sale)), ==, states[i].goes);
    g_assert_cmpint (has_file (sale, id), ==, !states[i].goes);
  }
}

/* Its slot closed, so nobody can finish it or take it back. A younger one stays. */
static void
test_sweep_uploads (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_manager (sale);
  g_autofree char *contract = wuyou_sale_bring_to (sale, "ad", NULL, "DRAFT");
  g_autofree char *begun = wuyou_sale_announce (sale, user, contract, "INVOICE", "a.pdf", 100);
  g_autofree char *empty = wuyou_sale_announce (sale, user, contract, "INVOICE", "b.pdf", 100);
  gint64 now = get_now (sale);

  wuyou_sale_append (sale, user, begun, 0, WUYOU_SALE_PDF, 50, 200, NULL);
  wuyou_sale_submit (sale, user, contract);
  g_assert_cmpuint (sweep (sale, now + 5 * G_TIME_SPAN_DAY), ==, 0);
  g_assert_true (has_file (sale, begun));
  g_assert_cmpuint (sweep (sale, now + 7 * G_TIME_SPAN_DAY + G_TIME_SPAN_MINUTE), ==, 2);
  g_assert_false (has_file (sale, begun));
  for (guint i = 0; i < 2; i++) {
    g_autofree char *state = wuyou_sale_wait_document (sale, user, i == 0 ? begun : empty, "", 0);

    g_assert_cmpstr (state, ==, "WITHDRAWN");
  }
  wuyou_sale_append (sale, user, begun, 0, WUYOU_SALE_PDF, 50, 409, "ILLEGAL_TRANSITION");
}

/* Files of nobody go after a day: one that was begun, and a whole one whose row a crash did not let come, as of a
 * paper. What has a row of its own stays. */
static void
test_sweep_lost (WuyouSale *sale)
{
  g_autofree char *lost = wuyou_sale_new_id (sale);
  g_autofree char *whole = wuyou_sale_new_id (sale);
  g_autofree char *paper = wuyou_sale_new_id (sale);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO files (id, purpose, key_id, file_key, size, sha256) "
                                          "SELECT '%s', purpose, key_id, file_key, 1, 'f' FROM files LIMIT 1",
                                          paper);
  g_autofree char *contract = wuyou_sale_bring_to (sale, "ad", NULL, "DRAFT");
  gint64 now = get_now (sale);

  wuyou_sale_sql (sale, sql);
  leave_file (sale, lost, FALSE);
  leave_file (sale, whole, TRUE);
  leave_file (sale, paper, FALSE);
  set_written (sale, lost, FALSE, now);
  set_written (sale, whole, TRUE, now);
  set_written (sale, paper, FALSE, now - 100 * G_TIME_SPAN_DAY);
  g_assert_cmpuint (sweep (sale, now), ==, 0);
  set_written (sale, lost, FALSE, now - G_TIME_SPAN_DAY - G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (sweep (sale, now), ==, 1);
  g_assert_false (has_file (sale, lost));
  g_assert_true (has_file (sale, whole));
  set_written (sale, whole, TRUE, now - G_TIME_SPAN_DAY - G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (sweep (sale, now), ==, 1);
  g_assert_false (has_file (sale, whole));
  g_assert_true (has_file (sale, paper));
}

/* The hourly upkeep does it. */
static void
test_upkeep (WuyouSale *sale)
{
  WuyouServerContext *context = &sale->site->context;
  g_autofree char *contract = wuyou_sale_create (sale, get_manager (sale), NULL);
  g_autofree char *id = wuyou_sale_announce (sale, get_manager (sale), contract, "INVOICE", "a.pdf", 100);
  g_autofree char *state = NULL;

  wuyou_sale_sql (sale, "UPDATE documents SET created_at = 1");
  wuyou_job_service_stop (context->jobs);
  wuyou_sale_sql (sale, "DELETE FROM leases WHERE name = 'trim'");
  context->jobs = wuyou_job_service_start (context);
  state = wuyou_sale_wait_document (sale, get_manager (sale), id, "UPLOADING", 20);
  g_assert_cmpstr (state, ==, "WITHDRAWN");
}

static const WuyouSaleCase cases[] = {
  { "late-bytes", test_late_bytes },
  { "taken-back-again", test_taken_back_again },
  { "judged-again", test_judged_again },
  { "sweep-destroyed", test_sweep_destroyed },
  { "sweep-uploads", test_sweep_uploads },
  { "sweep-lost", test_sweep_lost },
  { "upkeep", test_upkeep },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("documents-gone", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
