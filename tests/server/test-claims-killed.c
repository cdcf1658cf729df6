/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <signal.h>

#include "base/wuyou-text.h"
#include "wuyou-claim-test.h"
#include "wuyou-program-test.h"
#include "wuyou-record-store.h"

#define N_CLAIMS 1000
#define N_KILLS 10
#define N_CLERKS 24
#define PATIENCE 90 /* seconds in which not one report came through, on whatever machine */

/* --- as many contracts, each as the first but for its id --- */

typedef struct {
  WuyouStore *store;
  const char *id;
  WuyouContract *contract;
  GPtrArray *drafts; /* WuyouRecordDraft */
} Copies;

static gboolean
read_first (WuyouDbConn *conn, gpointer data, GError **error)
{
  Copies *copies = data;

  copies->contract = wuyou_record_load (conn, copies->store, &wuyou_contract_type, copies->id, NULL, NULL, error);
  return copies->contract != NULL;
}

static gboolean
save_copies (WuyouDbConn *conn, gpointer data, GError **error)
{
  Copies *copies = data;

  for (guint i = 0; i < copies->drafts->len; i++)
    if (!wuyou_record_save (conn, copies->drafts->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* The program has a clock of its own. */
static void
prepare_copy (Copies *copies, WuyouContract *copy, const char *id)
{
  const WuyouActor actor = { .at = g_get_real_time () };
  WuyouDate today = wuyou_date_of_instant (actor.at);
  g_autoptr (WuyouKey) key = NULL;
  g_autoptr (GError) error = NULL;
  WuyouRecordDraft *draft;

  wuyou_record_copy (&wuyou_contract_type, copies->contract, copy);
  wuyou_text_set (&copy->id, id);
  wuyou_text_set (&copy->number, NULL);
  copy->seq = copy->version = 0;
  copy->state = WUYOU_CONTRACT_ACTIVE;
  copy->effective_on = today - 100;
  copy->ends_on = today + 100;
  key = wuyou_keys_create (wuyou_store_get_keys (copies->store), WUYOU_PURPOSE_SALES, id);
  draft = wuyou_record_prepare (copies->store, &wuyou_contract_type, NULL, copy, key, "/op/gr/ad/", &actor, "create",
                                NULL, &error);
  g_assert_no_error (error);
  wuyou_record_draft_add_key (draft, key);
  g_ptr_array_add (copies->drafts, draft);
}

static void
add_contracts (WuyouSale *sale, const char *first, char *ids[N_CLAIMS])
{
  Copies copies = { .store = sale->site->store, .id = first };
  g_autoptr (GPtrArray) contracts = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_contract_free);
  g_autoptr (GError) error = NULL;

  copies.drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_record_draft_free);
  wuyou_db_read (wuyou_store_get_db (copies.store), read_first, &copies, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_CLAIMS; i++) {
    ids[i] = wuyou_sale_new_id (sale);
    g_ptr_array_add (contracts, wuyou_contract_new ());
    prepare_copy (&copies, contracts->pdata[i], ids[i]);
  }
  wuyou_db_write (wuyou_store_get_db (copies.store), save_copies, &copies, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (copies.drafts);
  wuyou_contract_free (copies.contract);
}

/* --- clerks at their desktops: id, keys and words of each request stay until the server said yes --- */

typedef struct {
  WuyouSale *sale;
  const WuyouSaleUser *user;
  char **contracts;
  int next; /* contract nobody has begun with */
  int port;
  int done; /* reports acknowledged */
  int odd;  /* answers that are neither success nor "later" */
  int last; /* second of the monotonic clock in which the last of them was */
} Office;

static int
get_second (void)
{
  return (int) (g_get_monotonic_time () / G_USEC_PER_SEC);
}

static gboolean
is_getting_on (Office *office)
{
  return get_second () - g_atomic_int_get (&office->last) < PATIENCE;
}

static WuyouSaleReply *
send (Office *office, guint status, WuyouSaleCall call)
{
  while (is_getting_on (office)) {
    guint16 port = (guint16) g_atomic_int_get (&office->port);
    WuyouSaleReply *reply = wuyou_sale_call_port (port, &call);

    if (reply->status == status)
      return reply;
    if (reply->status != 0 && reply->status != 503) {
      g_test_message ("%u %s", reply->status, wuyou_sale_reply_get_code (reply));
      g_atomic_int_inc (&office->odd);
    }
    wuyou_sale_reply_free (reply);
    g_usleep (10000);
  }
  return NULL;
}

static char *
dup_body (const char *id, const char *contract)
{
  char at[28];
  g_autofree char *loss = NULL;

  wuyou_instant_format (g_get_real_time () - 3 * G_TIME_SPAN_DAY, at);
  loss = g_strdup_printf ("{\"loss_at\":\"%s\",\"consent_sensitive\":false,\"consent_on\":null}", at);
  return wuyou_claim_test_dup_body (id, contract, loss);
}

static void
report (Office *office, const char *contract)
{
  g_autofree char *id = wuyou_sale_new_id (office->sale);
  g_autofree char *create_key = wuyou_sale_new_id (office->sale);
  g_autofree char *report_key = wuyou_sale_new_id (office->sale);
  g_autofree char *body = dup_body (id, contract);
  g_autoptr (WuyouSaleReply) created = NULL;
  g_autoptr (WuyouSaleReply) reported = NULL;

  created = send (
      office, 201,
      (WuyouSaleCall){ .user = office->user, .route = WUYOU_ROUTE_CLAIM_CREATE, .body = body, .key = create_key });
  if (created == NULL)
    return;
  reported = send (office, 200,
                   (WuyouSaleCall){ .user = office->user,
                                    .route = WUYOU_ROUTE_CLAIM_ACT,
                                    .arg0 = id,
                                    .arg1 = "report",
                                    .body = "{}",
                                    .key = report_key,
                                    .version = created->version });
  if (reported == NULL)
    return;
  g_atomic_int_inc (&office->done);
  g_atomic_int_set (&office->last, get_second ());
}

static gpointer
work (gpointer data)
{
  Office *office = data;

  for (int i; (i = g_atomic_int_add (&office->next, 1)) < N_CLAIMS;)
    report (office, office->contracts[i]);
  return NULL;
}

/* After each eleventh part of the reports the program is killed as it stands, and comes back on the same files. */
static void
kill_again_and_again (Office *office, WuyouProgram *program)
{
  for (int kills = 1; kills <= N_KILLS; kills++) {
    while (g_atomic_int_get (&office->done) < kills * N_CLAIMS / (N_KILLS + 1) && is_getting_on (office))
      g_usleep (2000);
    wuyou_program_end (program, SIGKILL);
    *program = wuyou_program_start (office->sale);
    g_atomic_int_set (&office->port, program->port);
  }
}

static void
check_reports (WuyouSale *sale)
{
  static const char *const counts[] = {
    "SELECT count(*) FROM claims WHERE state = 'REPORTED'",
    "SELECT count(*) FROM claims",
    "SELECT count(DISTINCT contract_id) FROM claims",
    "SELECT count(DISTINCT number) FROM claims WHERE number LIKE 'LP-%'",
    "SELECT count(*) FROM open_claims",
    "SELECT count(*) FROM claim_numbers",
    "SELECT count(*) FROM audit WHERE object = 'claim' AND action = 'create'",
    "SELECT count(*) FROM audit WHERE object = 'claim' AND action = 'report'",
    "SELECT CAST(sum(amount) AS BIGINT) FROM counters WHERE kind = 'claim'",
    "SELECT CAST(sum(amount) AS BIGINT) FROM counters WHERE kind = 'claim' AND name = 'REPORTED'",
    "SELECT CAST(sum(amount) AS BIGINT) FROM counters WHERE kind = 'claim-turn' AND name = 'INSURER'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_test_message ("%s", counts[i]);
    g_assert_cmpint (wuyou_site_count (sale->site, counts[i]), ==, N_CLAIMS);
  }
}

static void
test_killed (WuyouSale *sale)
{
  g_autofree char *first = wuyou_claim_test_contract (sale, "ad");
  char *contracts[N_CLAIMS];
  Office office = { .sale = sale, .user = wuyou_sale_user (sale, "ad", "DCLM"), .contracts = contracts };
  WuyouProgram program;
  GThread *clerks[N_CLERKS];

  add_contracts (sale, first, contracts);
  program = wuyou_program_start (sale);
  office.port = program.port;
  office.last = get_second ();
  for (guint i = 0; i < N_CLERKS; i++)
    clerks[i] = g_thread_new ("clerk", work, &office);
  kill_again_and_again (&office, &program);
  for (guint i = 0; i < N_CLERKS; i++)
    g_thread_join (clerks[i]);
  g_assert_cmpint (office.odd, ==, 0);
  g_assert_cmpint (office.done, ==, N_CLAIMS);
  check_reports (sale);
  wuyou_program_end (&program, SIGTERM);
  wuyou_program_check_chain (sale);
  for (guint i = 0; i < N_CLAIMS; i++)
    g_free (contracts[i]);
}

int
main (int argc, char **argv)
{
  static const WuyouSaleCase cases[] = { { "killed", test_killed } };

  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("claims-killed", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
