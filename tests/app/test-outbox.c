/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "client/wuyou-outbox.h"
#include "wuyou-fake-server.h"
#include "wuyou-test.h"

#define SERVER "https://cn.example"
#define ACCOUNT "0199a0b1-0000-7000-8000-000000000001"
#define PUT_A "PUT /v1/contracts/a"
#define PUT_B "PUT /v1/contracts/b"

static const guint8 key[WUYOU_LOCAL_KEY_BYTES] = { 7 };

typedef struct {
  WuyouFakeServer *server;
  const char *dir;
  WuyouClient *client;
  WuyouSession *session;
  WuyouLocal *local;
  WuyouOutbox *outbox;
  GPtrArray *sent;    /* char *: bodies, in the order of the answers */
  GPtrArray *refused; /* char *: records */
} Fixture;

static void
on_sent_cb (Fixture *f, WuyouOutboxItem *item)
{
  g_ptr_array_add (f->sent, g_strdup (wuyou_outbox_item_get_body (item)));
}

static void
on_refused_cb (Fixture *f, WuyouOutboxItem *item)
{
  g_ptr_array_add (f->refused, g_strdup (wuyou_outbox_item_get_record (item)));
}

static void
begin_run (Fixture *f)
{
  f->client = wuyou_client_new (&wuyou_clock_system);
  f->session = wuyou_session_new ();
  f->local = wuyou_local_new (f->dir, &wuyou_clock_system);
  g_assert_true (wuyou_client_set_server (f->client, wuyou_fake_server_get_url (f->server), NULL));
  g_assert_true (wuyou_local_open (f->local, SERVER, ACCOUNT, key, NULL));
  wuyou_client_set_token (f->client, "secret");
  f->outbox = wuyou_outbox_new (f->client, f->local, f->session);
  g_signal_connect_swapped (f->outbox, "sent", G_CALLBACK (on_sent_cb), f);
  g_signal_connect_swapped (f->outbox, "refused", G_CALLBACK (on_refused_cb), f);
}

static void
settle (void)
{
  for (int i = 0; i < 20; i++) {
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (2000);
  }
}

static void
end_run (Fixture *f)
{
  g_object_run_dispose (G_OBJECT (f->outbox));
  settle ();
  g_assert_finalize_object (f->outbox);
  g_assert_finalize_object (f->local);
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->client);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->server = wuyou_fake_server_new ();
  f->dir = wuyou_test_new_dir ();
  f->sent = g_ptr_array_new_with_free_func (g_free);
  f->refused = g_ptr_array_new_with_free_func (g_free);
  begin_run (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  end_run (f);
  wuyou_fake_server_free (f->server);
  g_ptr_array_unref (f->sent);
  g_ptr_array_unref (f->refused);
}

static void
open_session (Fixture *f, const char *gates)
{
  g_autofree char *text = wuyou_fake_session (NULL, gates);
  g_autoptr (JsonObject) body = wuyou_json_parse_object (text, strlen (text), NULL);

  g_assert_true (wuyou_session_take_body (f->session, body, NULL));
}

static gboolean
on_late_cb (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_CONTINUE;
}

#define WAIT_FOR(condition)                                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gboolean late = FALSE;                                                                                             \
    guint timer = g_timeout_add_seconds (8, on_late_cb, &late);                                                        \
    while (!(condition) && !late)                                                                                      \
      g_main_context_iteration (NULL, TRUE);                                                                           \
    g_source_remove (timer);                                                                                           \
    g_assert_true (condition);                                                                                         \
  }                                                                                                                    \
  G_STMT_END

static WuyouOutboxItem *
add (Fixture *f, const char *record, const char *body)
{
  const char *args[] = { record, NULL };
  WuyouWrite write = {
    .call = { .route = WUYOU_ROUTE_CONTRACT_PUT, .args = args, .body = body },
    .kind = "contract.save",
    .record = record,
    .label = "Save",
    .coalesce = TRUE,
    .follow_tag = TRUE,
  };

  return wuyou_outbox_add (f->outbox, &write);
}

static void
test_order (Fixture *f, gconstpointer data)
{
  wuyou_fake_server_say (f->server, PUT_A,
                         &(WuyouFakeAnswer){ .status = 200, .body = "{}", .header = "ETag", .value = "\"2\"" });
  wuyou_fake_server_say_json (f->server, PUT_B, 200, "{}");
  open_session (f, "[]");
  add (f, "a", "{\"n\":1}");
  add (f, "a", "{\"n\":2}");
  add (f, "b", "{\"n\":3}");
  WAIT_FOR (f->sent->len == 3);
  g_assert_cmpstr (f->sent->pdata[0], ==, "{\"n\":1}");
  g_assert_cmpstr (f->sent->pdata[1], ==, "{\"n\":2}");
  g_assert_cmpstr (wuyou_fake_server_last (f->server, PUT_A, "If-Match"), ==, "\"2\"");
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (f->outbox), ==, 0);
}

/* While one is on its way, what is typed after it goes as one. */
static void
test_coalesce (Fixture *f, gconstpointer data)
{
  add (f, "a", "{\"n\":1}");
  add (f, "a", "{\"n\":2}");
  add (f, "b", "{\"n\":3}");
  add (f, "a", "{\"n\":4}");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->outbox)), ==, 2);
  wuyou_fake_server_say_json (f->server, PUT_A, 200, "{}");
  wuyou_fake_server_say_json (f->server, PUT_B, 200, "{}");
  open_session (f, "[]");
  WAIT_FOR (f->sent->len == 2);
  g_assert_cmpstr (f->sent->pdata[0], ==, "{\"n\":4}");
}

static void
test_held_by_gate (Fixture *f, gconstpointer data)
{
  gboolean held;

  open_session (f, "[\"CONSENT_REQUIRED\"]");
  add (f, "a", "{}");
  settle ();
  g_assert_cmpuint (wuyou_fake_server_count (f->server, PUT_A), ==, 0);
  g_object_get (f->outbox, "held", &held, NULL);
  g_assert_true (held);
  wuyou_fake_server_say_json (f->server, PUT_A, 200, "{}");
  open_session (f, "[]");
  WAIT_FOR (f->sent->len == 1);
}

/* A lost reply: the same key goes again, so that the server can see that it is the same. */
static void
test_lost_reply (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  WuyouOutboxItem *item;

  wuyou_fake_server_say (f->server, PUT_A, &(WuyouFakeAnswer){ .status = 503, .body = "{\"code\":\"BUSY\"}" });
  wuyou_fake_server_say (f->server, PUT_A, &(WuyouFakeAnswer){ .status = 200, .body = "{}" });
  open_session (f, "[]");
  item = add (f, "a", "{}");
  WAIT_FOR (wuyou_outbox_item_get_state (item) == WUYOU_OUTBOX_WAITING);
  first = g_strdup (wuyou_fake_server_last (f->server, PUT_A, "Idempotency-Key"));
  WAIT_FOR (f->sent->len == 1);
  g_assert_cmpstr (wuyou_fake_server_last (f->server, PUT_A, "Idempotency-Key"), ==, first);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, PUT_A), ==, 2);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  WuyouOutboxItem *item;

  wuyou_fake_server_say_json (f->server, PUT_A, 412, "{\"code\":\"STALE\",\"current\":{}}");
  wuyou_fake_server_say_json (f->server, PUT_B, 200, "{}");
  open_session (f, "[]");
  item = add (f, "a", "{\"n\":1}");
  WAIT_FOR (f->refused->len == 1);
  add (f, "a", "{\"n\":2}");
  add (f, "b", "{\"n\":3}");
  WAIT_FOR (f->sent->len == 1);
  g_assert_cmpstr (f->sent->pdata[0], ==, "{\"n\":3}");
  g_assert_cmpint (wuyou_outbox_item_get_state (item), ==, WUYOU_OUTBOX_REFUSED);
  g_assert_cmpint (wuyou_outbox_item_get_error (item)->code, ==, WUYOU_ERROR_STALE);
  wuyou_fake_server_say_json (f->server, PUT_A, 200, "{}");
  wuyou_outbox_discard (f->outbox, item);
  WAIT_FOR (f->sent->len == 2);
}

/* A network that answers for the server holds a write up only as long as it does so. */
static void
test_portal (Fixture *f, gconstpointer data)
{
  wuyou_fake_server_say (f->server, PUT_A,
                         &(WuyouFakeAnswer){ .status = 302, .header = "Location", .value = "http://portal.example/" });
  wuyou_fake_server_say_json (f->server, PUT_A, 200, "{}");
  open_session (f, "[]");
  add (f, "a", "{\"n\":1}");
  WAIT_FOR (f->sent->len == 1);
}

/* Signed out while a write is on its way: its late end does not hold up what the next sign-in brings back. */
static void
test_signed_out_meanwhile (Fixture *f, gconstpointer data)
{
  wuyou_fake_server_say (f->server, PUT_A, &(WuyouFakeAnswer){ .hang = TRUE });
  wuyou_fake_server_say_json (f->server, PUT_A, 200, "{}");
  open_session (f, "[]");
  add (f, "a", "{\"n\":1}");
  WAIT_FOR (wuyou_fake_server_count (f->server, PUT_A) == 1);
  wuyou_outbox_forget (f->outbox);
  wuyou_outbox_restore (f->outbox);
  wuyou_client_cancel_everything (f->client);
  WAIT_FOR (f->sent->len == 1);
}

/* As after kill -9: nothing was closed, another process reads the file. */
static void
test_survives (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  WuyouOutboxItem *item;

  id = g_strdup (wuyou_outbox_item_get_id (add (f, "a", "{\"n\":1}")));
  add (f, "b", "{\"n\":2}");
  wuyou_local_flush (f->local);
  end_run (f);
  begin_run (f);
  wuyou_outbox_restore (f->outbox);
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (f->outbox), ==, 2);
  item = wuyou_outbox_find (f->outbox, "a");
  g_assert_cmpstr (wuyou_outbox_item_get_id (item), ==, id);
  g_assert_cmpstr (wuyou_outbox_item_get_kind (item), ==, "contract.save");
  wuyou_fake_server_say_json (f->server, PUT_A, 200, "{}");
  wuyou_fake_server_say_json (f->server, PUT_B, 200, "{}");
  open_session (f, "[]");
  WAIT_FOR (f->sent->len == 2);
  g_assert_cmpstr (f->sent->pdata[0], ==, "{\"n\":1}");
  g_assert_cmpstr (wuyou_fake_server_last (f->server, PUT_A, "Idempotency-Key"), ==, id);
}

/* A write of an earlier run may have reached the server, so what comes after it is another one, in its turn. */
static void
test_restored_stays (Fixture *f, gconstpointer data)
{
  add (f, "a", "{\"n\":1}");
  wuyou_local_flush (f->local);
  end_run (f);
  begin_run (f);
  wuyou_outbox_restore (f->outbox);
  add (f, "a", "{\"n\":2}");
  add (f, "a", "{\"n\":3}"); /* takes the place of the second */
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (f->outbox), ==, 2);
  wuyou_fake_server_say_json (f->server, PUT_A, 200, "{}");
  open_session (f, "[]");
  WAIT_FOR (f->sent->len == 2);
  g_assert_cmpstr (f->sent->pdata[0], ==, "{\"n\":1}");
  g_assert_cmpstr (f->sent->pdata[1], ==, "{\"n\":3}");
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/outbox/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("coalesce", test_coalesce);
  ADD ("held-by-gate", test_held_by_gate);
  ADD ("lost-reply", test_lost_reply);
  ADD ("refused", test_refused);
  ADD ("portal", test_portal);
  ADD ("signed-out-meanwhile", test_signed_out_meanwhile);
  ADD ("survives", test_survives);
  ADD ("restored-stays", test_restored_stays);
  return g_test_run ();
}
