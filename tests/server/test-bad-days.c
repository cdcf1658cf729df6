/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/wuyou-json.h"
#include "records/wuyou-job-service.h"
#include "wuyou-program-test.h"
#include "wuyou-sealer.h"

/* --- many who create --- */

typedef struct {
  WuyouSale *sale;
  const WuyouSaleUser *user;
  guint16 ports[2];
  int *stop;
  GPtrArray *acknowledged;              /* char *, ids */
  char *last_id, *last_key, *last_body; /* sent, not acknowledged */
  guint odd;                            /* answers that are neither success nor "later" */
  GThread *thread;
} Creator;

/* As a desktop does it: id and key stay until the server said yes. */
static void
create_one (Creator *c, guint16 port)
{
  g_autoptr (WuyouSaleReply) reply = NULL;

  if (c->last_id == NULL) {
    c->last_id = wuyou_sale_new_id (c->sale);
    c->last_key = wuyou_sale_new_id (c->sale);
    c->last_body = wuyou_sale_dup_body (c->sale, c->last_id, NULL);
  }
  reply = wuyou_sale_call_port (
      port, &(WuyouSaleCall){
                .user = c->user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = c->last_body, .key = c->last_key });
  if (reply->status != 201) {
    if (reply->status != 0 && reply->status != 503)
      c->odd++;
    g_usleep (10000);
    return;
  }
  g_ptr_array_add (c->acknowledged, g_steal_pointer (&c->last_id));
  g_clear_pointer (&c->last_key, g_free);
  g_clear_pointer (&c->last_body, g_free);
}

static gpointer
run_creator (gpointer data)
{
  Creator *c = data;

  for (guint i = 0; !g_atomic_int_get (c->stop); i++)
    create_one (c, c->ports[i % 2]);
  return NULL;
}

static Creator *
start_creators (WuyouSale *sale, guint n, guint16 port, guint16 other_port, int *stop)
{
  Creator *creators = g_new0 (Creator, n);

  *stop = FALSE;
  for (guint i = 0; i < n; i++) {
    creators[i] = (Creator){ .sale = sale,
                             .user = wuyou_sale_user (sale, "ad", "DADM"),
                             .ports = { port, other_port },
                             .stop = stop,
                             .acknowledged = g_ptr_array_new_with_free_func (g_free) };
    creators[i].thread = g_thread_new ("creator", run_creator, &creators[i]);
  }
  return creators;
}

/* Ends them; what was under way is sent once more at @port. Returns how many were acknowledged in all. */
static guint
stop_creators (Creator *creators, guint n, guint16 port, int *stop)
{
  guint acknowledged = 0;

  g_atomic_int_set (stop, TRUE);
  for (guint i = 0; i < n; i++)
    g_thread_join (creators[i].thread);
  for (guint i = 0; i < n; i++) {
    for (guint tries = 0; creators[i].last_id != NULL && tries < 500; tries++)
      create_one (&creators[i], port);
    g_assert_null (creators[i].last_id);
    g_assert_cmpuint (creators[i].odd, ==, 0);
    acknowledged += creators[i].acknowledged->len;
  }
  return acknowledged;
}

static void
free_creators (Creator *creators, guint n)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (creators[i].acknowledged);
  g_free (creators);
}

/* Every one that was promised is there, none twice, and there is none that nobody asked for. */
static void
check_created (WuyouSale *sale, const Creator *creators, guint n, guint acknowledged)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DADM");

  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM contracts"), ==, acknowledged);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(DISTINCT id) FROM contracts"), ==, acknowledged);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT CAST(sum(amount) AS BIGINT) FROM counters "
                                                 "WHERE kind = 'contract' AND name = 'DRAFT'"),
                   ==, acknowledged);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action = 'create' "
                                                 "AND object = 'contract'"),
                   ==, acknowledged);
  for (guint i = 0; i < n; i++)
    for (guint a = 0; a < creators[i].acknowledged->len; a += 7) /* read back through the API, every seventh */
      WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_GET,
                    .arg0 = creators[i].acknowledged->pdata[a]);
}

#define N_KILLED 64

/* kill -9 while 64 clients create; the program comes back on the same files. */
static void
test_killed (WuyouSale *sale)
{
  WuyouProgram program = wuyou_program_start (sale);
  int stop;
  Creator *creators = start_creators (sale, N_KILLED, program.port, program.port, &stop);
  guint acknowledged;

  g_usleep (2 * G_USEC_PER_SEC);
  wuyou_program_end (&program, SIGKILL);
  g_usleep (100000);
  g_atomic_int_set (&stop, TRUE);
  program = wuyou_program_start (sale);
  acknowledged = stop_creators (creators, N_KILLED, program.port, &stop);
  g_test_message ("%u acknowledged", acknowledged);
  g_assert_cmpuint (acknowledged, >, N_KILLED);
  check_created (sale, creators, N_KILLED, acknowledged);
  wuyou_program_end (&program, SIGTERM);
  wuyou_program_check_chain (sale);
  free_creators (creators, N_KILLED);
}

/* The database goes away and comes back under load; the server stays. */
static void
test_database_restarted (WuyouSale *sale)
{
  WuyouProgram program;
  int stop;
  Creator *creators;
  guint acknowledged;

  if (wuyou_db_kind (sale->site->context.db) != WUYOU_DB_POSTGRES)
    return;
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* the one in this process warns, and rightly */
  program = wuyou_program_start (sale);
  creators = start_creators (sale, 8, program.port, program.port, &stop);
  for (guint i = 0; i < 2; i++) {
    g_usleep (G_USEC_PER_SEC);
    wuyou_test_postgresql ("restart");
  }
  g_usleep (G_USEC_PER_SEC / 2);
  acknowledged = stop_creators (creators, 8, program.port, &stop);
  g_test_message ("%u acknowledged", acknowledged);
  wuyou_program_end (&program, SIGTERM);
  check_created (sale, creators, 8, acknowledged);
  wuyou_program_check_chain (sale);
  free_creators (creators, 8);
}

/* --- two processes on one database --- */

typedef struct {
  WuyouSale *sale;
  guint16 port;
  int stop;
  GHashTable *seen;
  guint doubles;
} Follower;

static void
note_events (Follower *f, JsonArray *events)
{
  for (guint i = 0; i < json_array_get_length (events); i++) {
    JsonObject *event = wuyou_json_array_get_object (events, i);

    if (g_strcmp0 (wuyou_json_get_string (event, "object"), "contract") == 0
        && !g_hash_table_add (f->seen, g_strdup (wuyou_json_get_string (event, "record"))))
      f->doubles++;
  }
}

static gpointer
run_follower (gpointer data)
{
  Follower *f = data;
  g_autofree char *cursor = g_strdup ("");

  for (guint quiet = 0; quiet < 2;) { /* two looks after the end */
    g_autofree char *query = g_strdup_printf ("wait=1&since=%s", cursor);
    g_autoptr (WuyouSaleReply) reply = wuyou_sale_call_port (
        f->port, &(WuyouSaleCall){
                     .user = wuyou_sale_user (f->sale, "ad", "DSAL"), .route = WUYOU_ROUTE_CHANGES, .query = query });

    g_assert_cmpuint (reply->status, ==, 200);
    note_events (f, wuyou_json_get_array (reply->json, "events"));
    g_free (cursor);
    cursor = g_strdup (wuyou_json_get_string (reply->json, "next"));
    quiet += g_atomic_int_get (&f->stop) && json_array_get_length (wuyou_json_get_array (reply->json, "events")) == 0;
  }
  return NULL;
}

/* One who follows the feed of the other process under load of both meets everything once. */
static void
test_feed (WuyouSale *sale)
{
  WuyouProgram program;
  Follower follower = { .sale = sale };
  Creator *creators;
  GThread *thread;
  int stop;
  guint acknowledged;

  if (wuyou_db_kind (sale->site->context.db) != WUYOU_DB_POSTGRES)
    return;
  wuyou_sale_user (sale, "ad", "DSAL");
  program = wuyou_program_start (sale);
  follower.port = program.port;
  follower.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  thread = g_thread_new ("follower", run_follower, &follower);
  g_usleep (500000);
  creators = start_creators (sale, 8, program.port, wuyou_server_get_port (sale->site->http.server), &stop);
  g_usleep (3 * G_USEC_PER_SEC);
  acknowledged = stop_creators (creators, 8, program.port, &stop);
  g_usleep (G_USEC_PER_SEC);
  g_atomic_int_set (&follower.stop, TRUE);
  g_thread_join (thread);
  g_test_message ("%u created, %u heard of, %u twice", acknowledged, g_hash_table_size (follower.seen),
                  follower.doubles);
  g_assert_cmpuint (g_hash_table_size (follower.seen), ==, acknowledged);
  for (guint i = 0; i < 8; i++)
    for (guint a = 0; a < creators[i].acknowledged->len; a++)
      g_assert_true (g_hash_table_contains (follower.seen, creators[i].acknowledged->pdata[a]));
  wuyou_program_end (&program, SIGTERM);
  check_created (sale, creators, 8, acknowledged);
  wuyou_program_check_chain (sale);
  free_creators (creators, 8);
  g_hash_table_unref (follower.seen);
}

static void
suspend (WuyouAccount *account)
{
  account->state = WUYOU_ACCOUNT_SUSPENDED;
}

/* Suspended here, refused there, within five seconds. */
static void
test_suspended (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DSAL");
  const WuyouSaleCall call = { .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST };
  WuyouProgram program = wuyou_program_start (sale);
  gint64 from, took;
  guint status;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (WuyouSaleReply) reply = wuyou_sale_call_port (program.port, &call);

    g_assert_cmpuint (reply->status, ==, 200);
  }
  wuyou_test_set_now (g_get_real_time ());
  from = g_get_monotonic_time ();
  wuyou_site_change_account (sale->site, user->id, suspend);
  do {
    g_autoptr (WuyouSaleReply) reply = wuyou_sale_call_port (program.port, &call);

    status = reply->status;
    took = g_get_monotonic_time () - from;
    g_usleep (20000);
  } while (status == 200 && took < 10 * G_USEC_PER_SEC);
  g_test_message ("after %.1f s: %u", (double) took / G_USEC_PER_SEC, status);
  g_assert_true (status == 403 || status == 401);
  g_assert_cmpint (took, <, 5 * G_USEC_PER_SEC);
  wuyou_program_end (&program, SIGTERM);
}

/* --- the disk --- */

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* No file may grow: 507, and nothing half. With room again everything goes on where it stood. */
static void
test_disk_full (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DADM");
  gboolean own_files = wuyou_db_kind (sale->site->context.db) == WUYOU_DB_SQLITE;
  g_autofree char *contract = wuyou_sale_create (sale, user, NULL);
  gsize length = 3 * 1024 * 1024;
  g_autofree char *bytes = g_malloc0 (length);
  g_autofree char *id = NULL;
  g_autofree char *new_id = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_sale_dup_body (sale, new_id, NULL);
  g_autofree char *key = wuyou_sale_new_id (sale);
  g_autoptr (WuyouSaleReply) reply = NULL;
  gint64 received;

  signal (SIGXFSZ, SIG_IGN);
  memcpy (bytes, "%PDF-1.7\n", 9);
  id = wuyou_sale_announce (sale, user, contract, "INVOICE", "a.pdf", (gint64) length);
  limit_files (2 * 1024 * 1024 + 4096);
  wuyou_sale_append (sale, user, id, 0, bytes, length, 507, "STORAGE_FULL");
  if (own_files) {
    limit_files (4096);
    for (guint i = 0; i < 3; i++)
      WUYOU_EXPECT (sale, 507, "STORAGE_FULL", .user = user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body,
                    .key = key);
    WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_GET, .arg0 = contract); /* reads go on */
  }
  limit_files (RLIM_INFINITY);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM contracts"), ==, 1);
  WUYOU_EXPECT (sale, 201, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body, .key = key);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM contracts"), ==, 2);
  reply = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_GET, .arg0 = id);
  received = wuyou_json_get_int (wuyou_json_get_object (reply->json, "document"), "received");
  g_test_message ("stands at %" G_GINT64_FORMAT, received);
  wuyou_sale_append (sale, user, id, received, bytes + received, length - (gsize) received, 200, NULL);
  wuyou_sale_finish (sale, user, id, bytes, length);
  g_free (wuyou_sale_wait_document (sale, user, id, "QUARANTINED", 20));
  wuyou_program_check_chain (sale);
}

/* --- the clock --- */

static void
test_clock (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "PAID");
  g_autofree char *from = wuyou_sale_dup_member (sale, user, id, "effective_on");
  gint64 start = wuyou_date_start (wuyou_date_parse (from));
  static const gint64 jumps[] = { 2 * G_TIME_SPAN_HOUR, -G_TIME_SPAN_HOUR, G_TIME_SPAN_HOUR, -G_TIME_SPAN_HOUR };

  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++) {
    g_autofree char *draft = NULL;

    wuyou_test_advance (jumps[i]);
    draft = wuyou_sale_create (sale, user, NULL);
    WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = draft, .version = 1,
                  .body = "{\"series\":\"X5\"}");
    g_free (wuyou_sale_upload (sale, user, draft, "INVOICE", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF)));
    WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_TODAY);
    wuyou_sale_assert_state (sale, user, id, "PAID");
  }
  /* The clock stood past the beginning for a moment: the job was taken too early, and must not be lost by that. */
  wuyou_sale_sql (sale, "UPDATE jobs SET due_at = 1 WHERE kind = 'start'");
  wuyou_job_service_wake (sale->site->context.jobs);
  g_usleep (300000);
  wuyou_sale_assert_state (sale, user, id, "PAID");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM jobs WHERE kind = 'start' AND done_at = 0"), ==,
                   1);
  wuyou_test_set_now (start + G_TIME_SPAN_HOUR);
  wuyou_sale_wait_state (sale, user, id, "ACTIVE");
  wuyou_program_check_chain (sale);
}

/* A process that was away for long trims as soon as it starts, when no other does. */
static void
test_upkeep (WuyouSale *sale)
{
  static const char over[] = "SELECT count(*) FROM limits WHERE name = 'over'";
  WuyouServerContext *context = &sale->site->context;

  wuyou_sale_sql (sale, "INSERT INTO limits (name, began_at, count, expires_at) VALUES ('over', 1, 1, 1)");
  wuyou_job_service_stop (context->jobs);
  wuyou_sale_sql (sale, "DELETE FROM leases WHERE name = 'trim'");
  context->jobs = wuyou_job_service_start (context);
  for (guint i = 0; i < 500 && wuyou_site_count (sale->site, over) > 0; i++)
    g_usleep (10000);
  g_assert_cmpint (wuyou_site_count (sale->site, over), ==, 0);
}

static const WuyouSaleCase cases[] = {
  { "killed", test_killed },       { "database-restarted", test_database_restarted },
  { "feed", test_feed },           { "suspended", test_suspended },
  { "disk-full", test_disk_full }, { "clock", test_clock },
  { "upkeep", test_upkeep },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("bad-days", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
