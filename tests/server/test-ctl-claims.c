/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "claims/wuyou-claim-rules.h"
#include "wuyou-claim-paper.h"
#include "wuyou-claim-store.h"
#include "wuyou-counter-store.h"
#include "ctl/wuyou-ctl.h"
#include "claims/wuyou-evidence.h"
#include "wuyou-document-store.h"
#include "wuyou-red-flag-store.h"
#include "wuyou-test.h"

/* Claims of "wuyouctl demo" as they stand in a database. */

typedef struct {
  char *uri, *data;
} Fixture;

static GString *told;

static void
capture (const char *text)
{
  g_string_append (told, text);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->uri = wuyou_test_new_database (GPOINTER_TO_INT (data));
  fixture->data = g_build_filename (wuyou_test_new_dir (), "data", NULL);
  told = g_string_new (NULL);
  wuyou_test_set_now (WUYOU_TEST_NOW);
  g_set_print_handler (capture);
  g_set_printerr_handler (capture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_set_print_handler (NULL);
  g_set_printerr_handler (NULL);
  g_string_free (told, TRUE);
  g_free (fixture->uri);
  g_free (fixture->data);
}

static void
expect (Fixture *fixture, const char *line, int status, const char *words)
{
  g_autofree char *whole = g_strdup_printf ("wuyouctl --db '%s' --data '%s' %s", fixture->uri, fixture->data, line);
  g_auto (GStrv) argv = NULL;
  int argc, result;

  g_assert_true (g_shell_parse_argv (whole, &argc, &argv, NULL));
  g_string_truncate (told, 0);
  result = wuyou_ctl_run (argc, argv, wuyou_test_clock ());
  if (result != status || strstr (told->str, words) == NULL)
    g_error ("%s: %d instead of %d, “%s”\n%s", line, result, status, words, told->str);
}

/* All claims, and what ought to follow from them. */
typedef struct {
  WuyouStore *store;
  GPtrArray *claims;
  GHashTable *states, *turns, *insurers; /* counters */
} Look;

static void
clear_look (Look *look)
{
  g_clear_pointer (&look->claims, g_ptr_array_unref);
  g_clear_pointer (&look->states, g_hash_table_unref);
  g_clear_pointer (&look->turns, g_hash_table_unref);
  g_clear_pointer (&look->insurers, g_hash_table_unref);
  g_clear_pointer (&look->store, wuyou_store_close);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, clear_look)

static gboolean
read_claims (WuyouDbConn *conn, gpointer data, GError **error)
{
  Look *look = data;
  WuyouRecordQuery query = { .ascending = TRUE, .limit = 500 };
  guint before;

  do {
    before = look->claims->len;
    if (!wuyou_record_list (conn, look->store, &wuyou_claim_type, &query, look->claims, error))
      return FALSE;
    if (look->claims->len > 0)
      query.after_seq = ((WuyouClaim *) look->claims->pdata[look->claims->len - 1])->seq;
  } while (look->claims->len == before + query.limit);
  look->states = wuyou_counter_read (conn, WUYOU_COUNTER_CLAIM, NULL, error);
  look->turns = wuyou_counter_read (conn, WUYOU_COUNTER_CLAIM_TURN, NULL, error);
  look->insurers = wuyou_counter_read (conn, WUYOU_COUNTER_CLAIM_INSURER, NULL, error);
  return look->states != NULL && look->turns != NULL && look->insurers != NULL;
}

static Look
look_at (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  Look look = { .store = wuyou_store_open (fixture->uri, fixture->data, wuyou_test_clock (), &error) };

  g_assert_no_error (error);
  look.claims = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_free);
  g_assert_true (wuyou_db_read (wuyou_store_get_db (look.store), read_claims, &look, &error));
  g_assert_no_error (error);
  return look;
}

static void
take_one (GHashTable *counters, const char *name)
{
  gint64 *left = g_hash_table_lookup (counters, name);

  if (left == NULL || --*left < 0)
    g_error ("the counter of %s is too small", name);
}

static void
expect_nothing_left (GHashTable *counters)
{
  GHashTableIter iter;
  gpointer name, left;

  g_hash_table_iter_init (&iter, counters);
  while (g_hash_table_iter_next (&iter, &name, &left))
    if (*(gint64 *) left != 0)
      g_error ("the counter of %s is off by %" G_GINT64_FORMAT, (char *) name, *(gint64 *) left);
}

static void
check_counters (Look *look)
{
  for (guint i = 0; i < look->claims->len; i++) {
    const WuyouClaim *claim = look->claims->pdata[i];

    take_one (look->states, wuyou_enum_id (wuyou_claim_states, claim->state));
    take_one (look->turns, wuyou_enum_id (wuyou_turns, claim->turn));
    if (claim->insurer_org_id != NULL)
      take_one (look->insurers, wuyou_enum_id (wuyou_claim_states, claim->state));
  }
  expect_nothing_left (look->states);
  expect_nothing_left (look->turns);
  expect_nothing_left (look->insurers);
}

typedef struct {
  const WuyouClaim *claim;
  WuyouStore *store;
  gboolean blocks;
  WuyouContract *contract;
  GArray *found;
} Related;

static gboolean
read_related (WuyouDbConn *conn, gpointer data, GError **error)
{
  Related *related = data;

  g_clear_pointer (&related->contract, wuyou_contract_free);
  g_array_set_size (related->found, 0);
  related->contract
      = wuyou_record_load (conn, related->store, &wuyou_contract_type, related->claim->contract_id, NULL, NULL, error);
  return related->contract != NULL
         && wuyou_claim_blocks_end (conn, related->claim->contract_id, &related->blocks, error)
         && (related->claim->number == NULL
             || wuyou_claim_search (conn, related->store, related->claim->number, NULL, 10, related->found, error));
}

/* Its contract, its place as the one open claim, and that it is found by its number. */
static void
check_related (const Look *look, const WuyouClaim *claim)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  Related related = { .claim = claim, .store = look->store, .found = found };
  g_autoptr (GError) error = NULL;
  gboolean paid = claim->state == WUYOU_CLAIM_CLOSED_PAID;

  g_assert_true (wuyou_db_read (wuyou_store_get_db (look->store), read_related, &related, &error));
  g_assert_no_error (error);
  g_assert_cmpint (related.contract->state, ==, paid ? WUYOU_CONTRACT_FULFILLED : WUYOU_CONTRACT_ACTIVE);
  g_assert_cmpint (related.blocks, ==, !wuyou_claim_allows_cancellation (claim));
  if (claim->number != NULL) {
    g_assert_cmpuint (found->len, ==, 1);
    g_assert_cmpint (g_array_index (found, gint64, 0), ==, claim->seq);
  }
  wuyou_contract_free (related.contract);
}

/* --- evidence and flags --- */

typedef struct {
  Look *look;
  GPtrArray *evidence;
  guint flags, sensitive, judged, letters;
} Papers;

/* Its file opens under the claim's key and is what its row says. */
static gboolean
check_letter (WuyouDbConn *conn, Papers *papers, const WuyouStoredPaper *paper, GError **error)
{
  WuyouStore *store = papers->look->store;
  g_autoptr (WuyouFile) file = NULL;
  g_autoptr (WuyouKey) key = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *sha256 = NULL;

  if (!wuyou_file_load (conn, store, paper->id, &file, &key, error))
    return FALSE;
  pdf = wuyou_blob_read_all (wuyou_store_get_blobs (store), file->id, key, file->file_key, 10 * 1024 * 1024, error);
  if (pdf == NULL)
    return FALSE;
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, pdf);
  g_assert_cmpstr (sha256, ==, file->sha256);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF", 4), ==, 0);
  papers->letters++;
  return TRUE;
}

/* What was decided last has its letter, of the version that decided it. */
static gboolean
check_letters (WuyouDbConn *conn, Papers *papers, const WuyouClaim *claim, GError **error)
{
  const WuyouClaimPaperKind *last = wuyou_claim_paper_get_letter (claim);
  g_autoptr (GPtrArray) letters = wuyou_paper_list (conn, claim->id, error);
  gboolean found = last == NULL || papers->evidence->len == 0; /* no Chinese font */

  for (guint i = 0; letters != NULL && i < letters->len; i++) {
    const WuyouStoredPaper *paper = letters->pdata[i];

    if (!check_letter (conn, papers, paper, error))
      return FALSE;
    g_assert_cmpint (paper->revision, <=, claim->version);
    g_assert_cmpint (paper->created_at, <=, claim->updated_at);
    found = found || (last != NULL && g_str_equal (paper->kind, last->kind));
  }
  g_assert_true (found);
  return letters != NULL;
}

static gboolean
check_file (WuyouDbConn *conn, Papers *papers, const WuyouEvidence *evidence, GError **error)
{
  WuyouStore *store = papers->look->store;
  g_autoptr (WuyouFile) file = NULL;
  g_autoptr (WuyouKey) key = NULL;
  g_autoptr (WuyouBlobReader) reader = NULL;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 piece[8192];
  gssize got;

  if (!wuyou_file_load (conn, store, evidence->id, &file, &key, error))
    return FALSE;
  g_assert_cmpstr (file->purpose, ==, evidence->sensitive ? WUYOU_PURPOSE_CLAIMS_SENSITIVE : WUYOU_PURPOSE_CLAIMS);
  g_assert_cmpstr (file->key_id, ==, evidence->claim_id);
  reader = wuyou_blob_open (wuyou_store_get_blobs (store), file->id, key, file->file_key, error);
  while (reader != NULL && (got = wuyou_blob_reader_read (reader, piece, sizeof piece, error)) > 0)
    g_checksum_update (sum, piece, got);
  g_assert_no_error (*error);
  g_assert_cmpstr (g_checksum_get_string (sum), ==, evidence->sha256);
  papers->sensitive += evidence->sensitive;
  papers->judged += evidence->judged_by != NULL;
  return reader != NULL;
}

static gboolean
check_papers (WuyouDbConn *conn, gpointer data, GError **error)
{
  Papers *papers = data;
  const WuyouRecordQuery query = { .limit = 1000 };

  g_ptr_array_set_size (papers->evidence, 0);
  papers->flags = papers->sensitive = papers->judged = papers->letters = 0;
  if (!wuyou_record_list (conn, papers->look->store, &wuyou_evidence_type, &query, papers->evidence, error))
    return FALSE;
  for (guint i = 0; i < papers->evidence->len; i++)
    if (!check_file (conn, papers, papers->evidence->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < papers->look->claims->len; i++) {
    g_autoptr (GPtrArray) flags
        = wuyou_red_flag_list (conn, ((WuyouClaim *) papers->look->claims->pdata[i])->id, error);

    if (flags == NULL)
      return FALSE;
    papers->flags += flags->len;
    if (!check_letters (conn, papers, papers->look->claims->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

/* Every file and letter opens under its key; two claims, and no others, have the same report number. */
static void
test_evidence (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_evidence_free);
  g_autoptr (GError) error = NULL;

  expect (fixture, "demo --contracts 300 --seed 1", WUYOU_CTL_OK, "claims in");
  {
    g_auto (Look) look = look_at (fixture);
    Papers papers = { .look = &look, .evidence = evidence };

    g_assert_true (wuyou_db_read (wuyou_store_get_db (look.store), check_papers, &papers, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (papers.flags, ==, 2);
    if (evidence->len > 0) /* there is a Chinese font */
      g_assert_true (evidence->len > 100 && papers.sensitive > 20 && papers.judged > 30 && papers.letters > 25);
  }
}

static void
test_demo (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint paid = 0;
  g_autofree char *number = NULL;

  expect (fixture, "demo --contracts 300 --claims 60 --seed 5", WUYOU_CTL_OK, "claims in");
  expect (fixture, "audit verify", WUYOU_CTL_OK, "whole");
  {
    g_auto (Look) look = look_at (fixture);
    g_autofree char *last = g_strdup_printf ("LP-2026-%07u", look.claims->len + 1);

    g_assert_cmpuint (look.claims->len, >, 90);
    check_counters (&look);
    for (guint i = 0; i < look.claims->len; i++) {
      check_related (&look, look.claims->pdata[i]);
      paid += ((WuyouClaim *) look.claims->pdata[i])->state == WUYOU_CLAIM_CLOSED_PAID;
    }
    g_assert_cmpuint (paid, >=, 3);
    number = wuyou_claim_take_number (wuyou_store_get_db (look.store), "0190c5a0-0000-7000-8000-00000000abcd",
                                      wuyou_date_of_instant (WUYOU_TEST_NOW), NULL);
    g_assert_cmpstr (number, >, "LP-2026-0000090"); /* drafts at the end have none */
    g_assert_cmpstr (number, <=, last);
  }
}

static void
test_too_many (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  expect (fixture, "demo --contracts 100 --claims 100", WUYOU_CTL_FAILED, "fewer claims");
}

#define ADD_BOTH(name, run)                                                                                            \
  g_test_add ("/ctl-claims/" name "/sqlite", Fixture, GINT_TO_POINTER (WUYOU_TEST_SQLITE), set_up, run, tear_down);    \
  g_test_add ("/ctl-claims/" name "/postgresql", Fixture, GINT_TO_POINTER (WUYOU_TEST_POSTGRESQL), set_up, run,        \
              tear_down)

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  ADD_BOTH ("demo", test_demo);
  ADD_BOTH ("too-many", test_too_many);
  ADD_BOTH ("evidence", test_evidence);
  return g_test_run ();
}
