/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "claims/wuyou-claim.h"
#include "claims/wuyou-image-print.h"
#include "wuyou-document-store.h"
#include "wuyou-evidence-store.h"
#include "wuyou-job-store.h"
#include "wuyou-red-flag-store.h"
#include "wuyou-store-test.h"

#define NOW WUYOU_TEST_NOW

/* --- claims and files with just what is asked here --- */

static char *
claim_id (guint number)
{
  return store_test_id (0xc00 + number);
}

static void
add_claim (StoreFixture *fixture, guint number, guint contract)
{
  g_autofree char *id = claim_id (number);
  g_autofree char *of = store_test_id (contract);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO claims (id, version, state, contract_id, org_id) "
                                          "VALUES ('%s', 1, 'REPORTED', '%s', '" TEST_DEALER "')",
                                          id, of);

  store_test_sql (fixture, sql);
}

static void
add_evidence (StoreFixture *fixture, guint number, guint claim, const char *state, const char *sha256)
{
  g_autofree char *id = store_test_id (number);
  g_autofree char *of = claim_id (claim);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO evidence (id, version, claim_id, org_id, slot, state, sha256) "
                                          "VALUES ('%s', 1, '%s', '" TEST_DEALER "', 'LOSS_NOTICE', '%s', '%s')",
                                          id, of, state, sha256);

  store_test_sql (fixture, sql);
}

/* --- prints --- */

typedef struct {
  guint evidence;
  guint64 print;
} Picture;

static gboolean
put_print (WuyouDbConn *conn, gpointer data, GError **error)
{
  const Picture *picture = data;
  g_autofree char *id = store_test_id (picture->evidence);

  return wuyou_print_put (conn, id, picture->print, error) && wuyou_print_put (conn, id, picture->print, error);
}

typedef struct {
  guint64 print;
  guint most;
  const char *sha256;
  const char *contract_id;
  GPtrArray *found;
} Search;

static gboolean
find (WuyouDbConn *conn, gpointer data, GError **error)
{
  Search *search = data;

  g_clear_pointer (&search->found, g_ptr_array_unref);
  search->found = search->sha256 != NULL
                      ? wuyou_evidence_find_same (conn, search->sha256, search->contract_id, error)
                      : wuyou_print_find_near (conn, search->print, search->most, search->contract_id, error);
  return search->found != NULL;
}

static guint
count_within (StoreFixture *fixture, guint64 print, guint most, const char *sha256, guint contract)
{
  g_autofree char *contract_id = store_test_id (contract);
  Search search = { print, most, sha256, contract_id, NULL };
  g_autoptr (GError) error = NULL;
  guint n;

  wuyou_db_read (fixture->db, find, &search, &error);
  g_assert_no_error (error);
  n = search.found->len;
  g_ptr_array_unref (search.found);
  return n;
}

static guint
count_found (StoreFixture *fixture, guint64 print, const char *sha256, guint contract)
{
  return count_within (fixture, print, WUYOU_IMAGE_PRINT_NEAR, sha256, contract);
}

#define PRINT G_GUINT64_CONSTANT (0x5a5a1234fedc0f0f)

/* Every place of up to three bits is found; so are six that leave a band alone; seven never are. */
static void
test_near (StoreFixture *fixture, gconstpointer data)
{
  Picture picture = { 1, PRINT };

  add_claim (fixture, 1, 1);
  add_evidence (fixture, 1, 1, "AVAILABLE", "");
  g_assert_true (wuyou_db_write (fixture->db, put_print, &picture, NULL));
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM image_prints"), ==, 4);
  for (guint a = 0; a < 64; a += 3)
    for (guint b = 0; b < 64; b += 5)
      for (guint c = 0; c < 64; c += 7) {
        guint64 other = PRINT ^ ((guint64) 1 << a) ^ ((guint64) 1 << b) ^ ((guint64) 1 << c);

        g_assert_cmpuint (count_found (fixture, other, NULL, 2), ==, 1);
      }
  g_assert_cmpuint (count_found (fixture, PRINT ^ 0x0000000300030003, NULL, 2), ==, 1);
  g_assert_cmpuint (count_found (fixture, PRINT ^ 0x000000000000003f, NULL, 2), ==, 1);
  g_assert_cmpuint (count_found (fixture, PRINT ^ 0x000000000000007f, NULL, 2), ==, 0);
  g_assert_cmpuint (count_found (fixture, PRINT ^ 0x0001000100010001, NULL, 2), ==,
                    0); /* all four bands: not promised */
  g_assert_cmpuint (count_within (fixture, PRINT ^ 0x07, WUYOU_IMAGE_PRINT_NEAR_PAPER, NULL, 2), ==, 1);
  g_assert_cmpuint (count_within (fixture, PRINT ^ 0x0f, WUYOU_IMAGE_PRINT_NEAR_PAPER, NULL, 2), ==, 0);
}

/* Only of other contracts, and only what was not taken back. */
static void
test_elsewhere (StoreFixture *fixture, gconstpointer data)
{
  static const char hash[] = "ab";
  static const struct {
    const char *state;
    guint found;
  } states[] = {
    { "AVAILABLE", 1 }, { "VERIFIED", 1 },  { "RETURNED", 1 },  { "QUARANTINED", 1 },
    { "INFECTED", 1 },  { "WITHDRAWN", 0 }, { "UPLOADING", 0 },
  };
  Picture picture = { 1, PRINT };

  add_claim (fixture, 1, 1);
  add_claim (fixture, 2, 1);
  add_evidence (fixture, 1, 1, "AVAILABLE", hash);
  g_assert_true (wuyou_db_write (fixture->db, put_print, &picture, NULL));
  g_assert_cmpuint (count_found (fixture, 0, hash, 1), ==, 0);
  g_assert_cmpuint (count_found (fixture, PRINT, NULL, 1), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *sql = g_strdup_printf ("UPDATE evidence SET state = '%s'", states[i].state);

    store_test_sql (fixture, sql);
    g_assert_cmpuint (count_found (fixture, 0, hash, 2), ==, states[i].found);
    g_assert_cmpuint (count_found (fixture, PRINT, NULL, 2), ==, states[i].found);
  }
}

/* --- renditions --- */

typedef struct {
  StoreFixture *fixture;
  const char *id, *evidence_id, *edits;
  int kind;
  char *replaced;
  WuyouRendition *found;
  int state;
  GBytes *file_key;
} Rendering;

static gboolean
put_rendition (WuyouDbConn *conn, gpointer data, GError **error)
{
  Rendering *r = data;
  const WuyouRendition rendition
      = { (char *) r->id, (char *) r->evidence_id, r->kind, (char *) "image/jpeg", (char *) r->edits, NOW };

  g_clear_pointer (&r->replaced, g_free);
  return wuyou_rendition_put (conn, &rendition, &r->replaced, error)
         && wuyou_file_insert (conn, r->id, WUYOU_PURPOSE_CLAIMS, "k", r->file_key, error);
}

static gboolean
find_rendition (WuyouDbConn *conn, gpointer data, GError **error)
{
  Rendering *r = data;

  g_clear_pointer (&r->found, wuyou_rendition_free);
  return wuyou_rendition_find (conn, r->evidence_id, r->kind, &r->found, error)
         && wuyou_rendition_read_state (conn, r->id, &r->state, error);
}

static void
test_renditions (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *evidence = store_test_id (1), *first = store_test_id (2), *second = store_test_id (3);
  g_autoptr (GBytes) key = g_bytes_new_static ("key", 3);
  Rendering r
      = { .fixture = fixture, .id = first, .evidence_id = evidence, .kind = WUYOU_RENDITION_VIEW, .file_key = key };

  add_claim (fixture, 1, 1);
  add_evidence (fixture, 1, 1, "AVAILABLE", "");
  g_assert_true (wuyou_db_read (fixture->db, find_rendition, &r, NULL));
  g_assert_null (r.found);
  g_assert_cmpint (r.state, ==, 0);
  g_assert_true (wuyou_db_write (fixture->db, put_rendition, &r, NULL));
  g_assert_null (r.replaced);
  r.id = second;
  r.edits = "{\"pages\":[]}";
  g_assert_true (wuyou_db_write (fixture->db, put_rendition, &r, NULL));
  g_assert_cmpstr (r.replaced, ==, first);
  g_assert_true (wuyou_db_read (fixture->db, find_rendition, &r, NULL));
  g_assert_cmpstr (r.found->id, ==, second);
  g_assert_cmpstr (r.found->edits_json, ==, r.edits);
  g_assert_cmpint (r.state, ==, WUYOU_EVIDENCE_AVAILABLE);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM renditions"), ==, 1);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM files"), ==, 1); /* the first opens no more */
  wuyou_rendition_free (r.found);
  g_free (r.replaced);
}

static void
test_tries (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *id = store_test_id (1);
  gint64 tries;

  add_claim (fixture, 1, 1);
  add_evidence (fixture, 1, 1, "QUARANTINED", "");
  for (gint64 i = 1; i <= 3; i++) {
    g_assert_true (wuyou_evidence_add_try (fixture->db, id, &tries, NULL));
    g_assert_cmpint (tries, ==, i);
  }
  g_assert_cmpint (store_test_number (fixture, "SELECT version FROM evidence"), ==, 1);
}

/* --- flags --- */

typedef struct {
  const WuyouMarks *marks;
  const char *claim_id, *flag_id, *note;
  int state;
  GPtrArray *flags;
} Flagging;

static const WuyouIdSource *
get_ids (void)
{
  static WuyouIdSource ids;

  ids.clock = wuyou_test_clock ();
  return &ids;
}

static gboolean
save_marks (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_claim_marks_save (conn, ((Flagging *) data)->marks, get_ids (), NOW, error);
}

static gboolean
list_flags (WuyouDbConn *conn, gpointer data, GError **error)
{
  Flagging *f = data;

  g_clear_pointer (&f->flags, g_ptr_array_unref);
  f->flags = wuyou_red_flag_list (conn, f->claim_id, error);
  return f->flags != NULL;
}

static gboolean
judge_flag (WuyouDbConn *conn, gpointer data, GError **error)
{
  Flagging *f = data;
  const WuyouActor actor = { .account_id = TEST_ACCOUNT, .at = NOW + 1 };

  return wuyou_red_flag_judge (conn, f->claim_id, f->flag_id, f->state, f->note, &actor, error);
}

static void
save_claim_marks (StoreFixture *fixture, guint claim, guint contract, const char *report, const char *policy)
{
  g_autofree char *id = claim_id (claim), *contract_id = store_test_id (contract);
  const WuyouClaim one = { .id = id, .contract_id = contract_id, .insurer_report_no = (char *) report };
  const WuyouContract of = { .id = contract_id, .commercial_policy_no = (char *) policy };
  g_autoptr (WuyouMarks) marks = wuyou_marks_new (wuyou_store_get_keys (fixture->store), &one, &of);
  Flagging f = { .marks = marks };
  g_autoptr (GError) error = NULL;

  wuyou_db_write (fixture->db, save_marks, &f, &error);
  g_assert_no_error (error);
}

static guint
count_flags (StoreFixture *fixture, guint claim)
{
  g_autofree char *id = claim_id (claim);
  Flagging f = { .claim_id = id };
  guint n;

  g_assert_true (wuyou_db_read (fixture->db, list_flags, &f, NULL));
  n = f.flags->len;
  g_ptr_array_unref (f.flags);
  return n;
}

/* Both get one, once; a claim on the same contract is the same loss once more. */
static void
test_marks (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 1; i <= 3; i++)
    add_claim (fixture, i, i);
  add_claim (fixture, 4, 1);
  save_claim_marks (fixture, 1, 1, "RB-2026 0001", "AT1");
  save_claim_marks (fixture, 4, 1, "RB-2026 0001", "AT1");
  g_assert_cmpuint (count_flags (fixture, 1) + count_flags (fixture, 4), ==, 0);
  save_claim_marks (fixture, 2, 2, "ｒｂ20260001", "AT2"); /* as it may be typed, too */
  save_claim_marks (fixture, 2, 2, "rb20260001", "AT2");
  save_claim_marks (fixture, 3, 3, "RB20269999", "AT2");
  g_assert_cmpuint (count_flags (fixture, 1), ==, 1);
  g_assert_cmpuint (count_flags (fixture, 2), ==, 2);
  g_assert_cmpuint (count_flags (fixture, 3), ==, 1);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM claim_marks"), ==, 8);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM claim_marks WHERE mark LIKE '%2026%'"), ==, 0);
}

static void
test_judged (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *one = claim_id (1), *two = claim_id (2);
  Flagging f = { .claim_id = one, .state = WUYOU_FLAG_CLEARED, .note = "同一事故" };
  g_autoptr (GError) error = NULL;
  const WuyouRedFlag *flag;

  add_claim (fixture, 1, 1);
  add_claim (fixture, 2, 2);
  save_claim_marks (fixture, 1, 1, "RB20260001", NULL);
  save_claim_marks (fixture, 2, 2, "RB20260001", NULL);
  g_assert_true (wuyou_db_read (fixture->db, list_flags, &f, NULL));
  f.flag_id = ((WuyouRedFlag *) f.flags->pdata[0])->id;
  f.claim_id = two; /* of another claim */
  g_assert_false (wuyou_db_write (fixture->db, judge_flag, &f, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_NOT_FOUND, NULL);
  f.claim_id = one;
  g_assert_true (wuyou_db_write (fixture->db, judge_flag, &f, &error));
  save_claim_marks (fixture, 2, 2, "RB20260001", NULL); /* found again */
  g_assert_true (wuyou_db_read (fixture->db, list_flags, &f, NULL));
  flag = f.flags->pdata[0];
  g_assert_cmpuint (f.flags->len, ==, 1);
  g_assert_cmpint (flag->code, ==, WUYOU_FLAG_SAME_REPORT_NO);
  g_assert_cmpint (flag->state, ==, WUYOU_FLAG_CLEARED);
  g_assert_cmpstr (flag->fact, ==, "report");
  g_assert_cmpstr (flag->note, ==, f.note);
  g_assert_cmpstr (flag->judged_by, ==, TEST_ACCOUNT);
  g_ptr_array_unref (f.flags);
}

/* --- keys and jobs --- */

typedef struct {
  WuyouKey *key;
  gboolean taken;
} Offer;

static gboolean
offer_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  Offer *offer = data;

  return wuyou_key_offer (conn, offer->key, &offer->taken, error);
}

/* Only the first is kept. And a file goes from one customer's key to another's without being sealed anew. */
static void
test_keys (StoreFixture *fixture, gconstpointer data)
{
  WuyouKeys *keys = wuyou_store_get_keys (fixture->store);
  g_autofree char *id = claim_id (1), *file = store_test_id (9);
  g_autoptr (WuyouKey) claims = wuyou_keys_create (keys, WUYOU_PURPOSE_CLAIMS, id);
  g_autoptr (WuyouKey) sensitive = wuyou_keys_create (keys, WUYOU_PURPOSE_CLAIMS_SENSITIVE, id);
  g_autoptr (WuyouKey) late = wuyou_keys_create (keys, WUYOU_PURPOSE_CLAIMS_SENSITIVE, id);
  g_autoptr (GBytes) content = g_bytes_new_static ("secret", 6);
  g_autoptr (GBytes) file_key = wuyou_blob_create_key (claims, file);
  g_autoptr (GBytes) resealed = NULL;
  g_autoptr (GBytes) opened = NULL;
  WuyouBlobs *blobs = wuyou_store_get_blobs (fixture->store);
  g_autoptr (GError) error = NULL;
  Offer offer = { sensitive, FALSE };

  g_assert_true (wuyou_db_write (fixture->db, offer_key, &offer, NULL));
  g_assert_true (offer.taken);
  offer.key = late;
  g_assert_true (wuyou_db_write (fixture->db, offer_key, &offer, NULL));
  g_assert_false (offer.taken);
  g_assert_true (wuyou_blob_put (blobs, file, claims, file_key, content, NULL, NULL));
  resealed = wuyou_blob_reseal_key (claims, sensitive, file, file_key, &error);
  g_assert_no_error (error);
  opened = wuyou_blob_read_all (blobs, file, sensitive, resealed, 100, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, content));
  g_assert_null (wuyou_blob_open (blobs, file, claims, resealed, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  g_assert_null (wuyou_blob_reseal_key (sensitive, claims, file, file_key, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static gboolean
put_job (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_job_put_for (conn, "evidence", data, TEST_DEALER, NOW, error);
}

typedef struct {
  const WuyouJob *job;
  const char *holder;
} Finish;

static gboolean
finish_job (WuyouDbConn *conn, gpointer data, GError **error)
{
  const Finish *finish = data;

  return wuyou_job_finish (conn, finish->job, finish->holder, error);
}

/* Asked for again while it runs, it is done again; and lanes take only their kinds. */
static void
test_jobs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouJob) first = NULL, second = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  Finish finish;

  g_assert_true (wuyou_db_write (fixture->db, put_job, (gpointer) "a", NULL));
  g_assert_true (wuyou_job_take_fair (fixture->db, "scan", "one", NOW, 60, &none, NULL));
  g_assert_null (none);
  g_assert_true (wuyou_job_take (fixture->db, "one", NOW, 60, &none, NULL));
  g_assert_null (none);
  g_assert_true (wuyou_job_take_fair (fixture->db, "evidence", "one", NOW, 60, &first, NULL));
  g_assert_nonnull (first);
  g_assert_true (wuyou_job_take_fair (fixture->db, "evidence", "two", NOW, 60, &none, NULL));
  g_assert_null (none);
  g_assert_true (wuyou_db_write (fixture->db, put_job, (gpointer) "a", NULL));
  finish = (Finish){ first, "one" };
  g_assert_false (wuyou_db_write (fixture->db, finish_job, &finish, &error));
  g_assert_true (wuyou_job_take_fair (fixture->db, "evidence", "two", NOW, 60, &second, NULL));
  g_assert_nonnull (second);
  finish = (Finish){ second, "two" };
  g_assert_true (wuyou_db_write (fixture->db, finish_job, &finish, NULL));
}

/* --- in turn --- */

static gboolean
put_batches (WuyouDbConn *conn, gpointer data, GError **error)
{
  static const struct {
    const char *party, *name;
    guint n;
  } batches[] = { { TEST_DEALER, "big", 200 }, { TEST_BRANCH, "late", 1 }, { TEST_OTHER, "some", 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (batches); i++)
    for (guint n = 0; n < batches[i].n; n++) {
      g_autofree char *name = g_strdup_printf ("%s%u", batches[i].name, n);

      if (!wuyou_job_put_for (conn, "evidence", name, batches[i].party, NOW + 1000 * i + n, error))
        return FALSE;
    }
  return TRUE;
}

static void
expect_taken (StoreFixture *fixture, const char *kind, gint64 now, const char *name, gboolean fails)
{
  g_autoptr (WuyouJob) job = NULL;
  g_autoptr (GError) error = NULL;
  Finish finish;

  g_assert_true (wuyou_job_take_fair (fixture->db, kind, "one", now, 60, &job, &error));
  g_assert_cmpstr (job != NULL ? job->name : NULL, ==, name);
  if (job == NULL)
    return;
  finish = (Finish){ job, "one" };
  g_assert_true (fails ? wuyou_job_fail (fixture->db, job, "one", "UNAVAILABLE", now + G_TIME_SPAN_MINUTE, &error)
                       : wuyou_db_write (fixture->db, finish_job, &finish, &error));
}

/* Two hundred came first, and who sends one waits for one of them; failures cost a turn as well. */
static void
test_jobs_fair (StoreFixture *fixture, gconstpointer data)
{
  static const char *const order[]
      = { "big0", "late0", "some0", "big1", "some1", "big2", "some2", "big3", "big4", "big5", "new0", "big6" };
  const gint64 now = NOW + 10000;

  g_assert_true (wuyou_db_write (fixture->db, put_batches, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    if (g_str_equal (order[i], "new0"))
      store_test_sql (fixture,
                      "INSERT INTO jobs (kind, name, party, due_at) VALUES ('evidence', 'new0', '" TEST_OTHER "', 1)");
    expect_taken (fixture, "evidence", now, order[i], i % 2 == 0);
  }
  expect_taken (fixture, "scan", now, NULL, FALSE);
}

/* In work at the same time: of several runners each takes the next party's. What a lease has run out on is taken again.
 */
static void
test_jobs_in_work (StoreFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "big0", "late0", "some0", "big1", "some1" };
  WuyouJob *jobs[G_N_ELEMENTS (names)];

  g_assert_true (wuyou_db_write (fixture->db, put_batches, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_true (wuyou_job_take_fair (fixture->db, "evidence", "one", NOW + 10000, i == 1 ? 0 : 60, &jobs[i], NULL));
    g_assert_cmpstr (jobs[i]->name, ==, names[i]);
    wuyou_job_free (jobs[i]);
    g_usleep (1000);
    if (i == 1)
      store_test_sql (fixture, "UPDATE jobs SET leased_until = 9000000000000000 WHERE name = 'late0'");
  }
  store_test_sql (fixture, "UPDATE jobs SET leased_until = 1 WHERE name = 'late0'");
  expect_taken (fixture, "evidence", NOW + 10000, "late0", FALSE);
  expect_taken (fixture, "evidence", NOW - 1, NULL, FALSE); /* nothing is due */
}

static const StoreCase cases[] = {
  { "jobs-fair", test_jobs_fair },
  { "jobs-in-work", test_jobs_in_work },
  { "near", test_near },
  { "elsewhere", test_elsewhere },
  { "renditions", test_renditions },
  { "tries", test_tries },
  { "marks", test_marks },
  { "judged", test_judged },
  { "keys", test_keys },
  { "jobs", test_jobs },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("store/evidence", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
