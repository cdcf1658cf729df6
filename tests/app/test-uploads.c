/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "client/wuyou-uploads.h"
#include "wuyou-fake-server.h"
#include "wuyou-test.h"

#define SERVER "https://cn.example"
#define ACCOUNT "0199a0b1-0000-7000-8000-000000000001"
#define CLAIM "0199a0b1-0000-7000-8000-0000000000c1"
#define PIECE (1024 * 1024)
#define SIZE (2 * PIECE + 1000)
#define CREATE "POST /v1/evidence"
#define AVAILABLE "{\"evidence\":{\"state\":\"AVAILABLE\"}}"
#define BEGUN "{\"evidence\":{\"state\":\"UPLOADING\",\"received\":0}}"

static const guint8 key[WUYOU_LOCAL_KEY_BYTES] = { 7 };

typedef struct {
  WuyouFakeServer *server;
  const char *dir;
  WuyouClient *client;
  WuyouSession *session;
  WuyouLocal *local;
  WuyouUploads *uploads;
  guint n_arrived, n_refused;
  char *file; /* a PDF of SIZE bytes */
  char *append, *get, *finish, *remove;
} Fixture;

static void
on_arrived_cb (Fixture *f)
{
  f->n_arrived++;
}

static void
on_refused_cb (Fixture *f)
{
  f->n_refused++;
}

static void
begin_run (Fixture *f, const char *account)
{
  g_autofree char *text = wuyou_fake_session (NULL, "[]");
  g_autoptr (JsonObject) body = wuyou_json_parse_object (text, strlen (text), NULL);

  f->client = wuyou_client_new (&wuyou_clock_system);
  f->session = wuyou_session_new ();
  f->local = wuyou_local_new (f->dir, &wuyou_clock_system);
  g_assert_true (wuyou_client_set_server (f->client, wuyou_fake_server_get_url (f->server), NULL));
  g_assert_true (wuyou_local_open (f->local, SERVER, account, key, NULL));
  wuyou_client_set_token (f->client, "secret");
  f->uploads = wuyou_uploads_new (f->client, f->local, f->session, &wuyou_clock_system);
  g_signal_connect_swapped (f->uploads, "arrived", G_CALLBACK (on_arrived_cb), f);
  g_signal_connect_swapped (f->uploads, "refused", G_CALLBACK (on_refused_cb), f);
  g_assert_true (wuyou_session_take_body (f->session, body, NULL));
}

static void
pump (guint ms)
{
  gint64 ends = g_get_monotonic_time () + ms * 1000;

  do {
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (1000);
  } while (g_get_monotonic_time () < ends);
}

#define WAIT_FOR(condition)                                                                                            \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 ends = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                                                       \
    while (!(condition) && g_get_monotonic_time () < ends)                                                             \
      pump (2);                                                                                                        \
    g_assert_true (condition);                                                                                         \
  }                                                                                                                    \
  G_STMT_END

static void
end_run (Fixture *f)
{
  wuyou_client_cancel_everything (f->client);
  wuyou_uploads_forget (f->uploads);
  /* A copy that a thread makes ends first, whatever the machine does besides. */
  g_object_add_weak_pointer (G_OBJECT (f->uploads), (gpointer *) &f->uploads);
  g_object_unref (f->uploads);
  WAIT_FOR (f->uploads == NULL);
  g_assert_finalize_object (f->local);
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->client);
}

static char *
write_file (const char *dir, const char *name, gsize size, const char *head)
{
  char *path = g_build_filename (dir, name, NULL);
  g_autofree char *content = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    content[i] = (char) (i * 31 + i / PIECE);
  memcpy (content, head, MIN (size, strlen (head)));
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  return path;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->server = wuyou_fake_server_new ();
  f->dir = wuyou_test_new_dir ();
  f->file = write_file (f->dir, "notice.pdf", SIZE, "%PDF-1.7\n");
  begin_run (f, ACCOUNT);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  end_run (f);
  wuyou_fake_server_free (f->server);
  g_free (f->file);
  g_free (f->append);
  g_free (f->get);
  g_free (f->finish);
  g_free (f->remove);
}

static WuyouUploadItem *
add_path (Fixture *f, const char *path, const char *slot)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return wuyou_uploads_add (f->uploads, &(WuyouUploadFile){ .file = file, .record = CLAIM, .slot = slot, .phase = 1 });
}

static WuyouUploadItem *
add (Fixture *f, const char *slot)
{
  WuyouUploadItem *item = add_path (f, f->file, slot);
  const char *id = wuyou_upload_item_get_id (item);

  g_free (f->append);
  g_free (f->get);
  g_free (f->finish);
  g_free (f->remove);
  f->append = g_strdup_printf ("PATCH /v1/evidence/%s/content", id);
  f->get = g_strdup_printf ("GET /v1/evidence/%s", id);
  f->finish = g_strdup_printf ("POST /v1/evidence/%s/finish", id);
  f->remove = g_strdup_printf ("DELETE /v1/evidence/%s", id);
  return item;
}

static void
say (Fixture *f, const char *call, guint status, const char *body)
{
  wuyou_fake_server_say (f->server, call, &(WuyouFakeAnswer){ .status = status, .body = body });
}

static void
say_pieces (Fixture *f, gint64 from)
{
  for (gint64 at = from + PIECE; at < SIZE + PIECE; at += PIECE) {
    g_autofree char *body = g_strdup_printf ("{\"received\":%" G_GINT64_FORMAT "}", MIN (at, SIZE));

    say (f, f->append, 200, body);
  }
}

static guint
get_n (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->uploads));
}

static guint
count_copies (Fixture *f)
{
  g_autofree char *folder = wuyou_local_dup_upload_path (f->local, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/* The original goes as soon as its sealed copy is there; every byte arrives, and the hash of all. */
static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree char *sum = NULL;
  WuyouUploadItem *item = add (f, "LOSS_NOTICE");
  gsize length;

  g_assert_true (g_file_get_contents (f->file, &content, &length, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, length);
  say (f, CREATE, 201, BEGUN);
  say_pieces (f, 0);
  say (f, f->finish, 200, "{\"evidence\":{\"state\":\"QUARANTINED\"}}");
  say (f, f->get, 200, AVAILABLE);
  WAIT_FOR (wuyou_upload_item_get_state (item) != WUYOU_UPLOAD_ITEM_COPYING);
  g_unlink (f->file);
  WAIT_FOR (f->n_arrived == 1);
  g_assert_cmpuint (get_n (f), ==, 0);
  g_assert_cmpuint (count_copies (f), ==, 0);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, f->append), ==, 3);
  g_assert_nonnull (strstr (wuyou_fake_server_last (f->server, f->finish, NULL), sum));
  g_assert_cmpstr (wuyou_fake_server_last (f->server, f->append, "upload-offset"), ==, "2097152");
  g_assert_cmpint (memcmp (wuyou_fake_server_last (f->server, f->append, NULL), content + 2 * PIECE, 1000), ==, 0);
  g_assert_nonnull (strstr (wuyou_fake_server_last (f->server, CREATE, NULL), "\"phase\":\"LOSS\""));
}

/* A document of a contract goes to its own place, by the same queue, and stays one over a restart. */
static void
test_document (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (f->file);
  WuyouUploadItem *item = wuyou_uploads_add (
      f->uploads,
      &(WuyouUploadFile){ .file = file, .of = WUYOU_UPLOAD_OF_CONTRACT, .record = CLAIM, .slot = "INVOICE" });
  g_autofree char *id = g_strdup (wuyou_upload_item_get_id (item));

  f->append = g_strdup_printf ("PATCH /v1/documents/%s/content", id);
  f->finish = g_strdup_printf ("POST /v1/documents/%s/finish", id);
  f->get = g_strdup_printf ("GET /v1/documents/%s", id);
  say (f, "POST /v1/documents", 201, "{\"document\":{\"state\":\"UPLOADING\",\"received\":0}}");
  wuyou_fake_server_say (f->server, f->append, &(WuyouFakeAnswer){ .hang = TRUE });
  WAIT_FOR (wuyou_fake_server_count (f->server, f->append) == 1);
  g_assert_true (wuyou_uploads_find_last (f->uploads, WUYOU_UPLOAD_OF_CONTRACT, CLAIM, "INVOICE") == item);
  g_assert_null (wuyou_uploads_find_last (f->uploads, WUYOU_UPLOAD_OF_CLAIM, CLAIM, "INVOICE"));
  end_run (f);
  begin_run (f, ACCOUNT);
  wuyou_fake_server_forget (f->server, f->append);
  say (f, f->get, 200, "{\"document\":{\"state\":\"UPLOADING\",\"received\":0}}");
  say_pieces (f, 0);
  say (f, f->finish, 200, "{\"document\":{\"state\":\"AVAILABLE\"}}");
  wuyou_uploads_restore (f->uploads);
  WAIT_FOR (f->n_arrived == 1);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, CREATE), ==, 0);
  g_assert_nonnull (strstr (wuyou_fake_server_last (f->server, "POST /v1/documents", NULL), "\"contract_id\""));
  g_assert_null (strstr (wuyou_fake_server_last (f->server, "POST /v1/documents", NULL), "phase"));
  g_assert_cmpuint (count_copies (f), ==, 0);
}

/* Replaced or taken back by somebody meanwhile: said, and not taken for one that has arrived. */
static void
test_document_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (f->file);
  WuyouUploadItem *item = wuyou_uploads_add (
      f->uploads,
      &(WuyouUploadFile){ .file = file, .of = WUYOU_UPLOAD_OF_CONTRACT, .record = CLAIM, .slot = "INVOICE" });
  g_autofree char *sentence = NULL;

  say (f, "POST /v1/documents", 201, "{\"document\":{\"state\":\"WITHDRAWN\"}}");
  WAIT_FOR (f->n_refused == 1);
  sentence = wuyou_upload_item_dup_sentence (item);
  g_assert_cmpstr (sentence, ==, "This upload was taken back.");
  g_assert_cmpuint (f->n_arrived, ==, 0);
  g_assert_cmpuint (count_copies (f), ==, 0);
  g_assert_false (wuyou_upload_item_can_retry (item));
}

/* Nothing that lies on the disk can be read without the key. */
static void
test_sealed (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, NULL);
  g_autofree char *path = wuyou_local_dup_upload_path (f->local, wuyou_upload_item_get_id (item));
  g_autofree char *content = NULL;
  struct stat info;
  gsize length;

  WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_UNASSIGNED);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (memmem (content, length, "%PDF", 4));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

/* The copy was changed on the disk: nothing of it is sent. */
static void
test_damaged_copy (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, NULL);
  g_autofree char *path = wuyou_local_dup_upload_path (f->local, wuyou_upload_item_get_id (item));
  g_autofree char *sentence = NULL;
  g_autofree char *content = NULL;
  gsize length;

  WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_UNASSIGNED);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  content[100] ^= 1;
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  say (f, CREATE, 201, BEGUN);
  g_assert_true (wuyou_uploads_assign (f->uploads, item, "LOSS_NOTICE", 1));
  WAIT_FOR (f->n_refused == 1);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, f->append), ==, 0);
  sentence = wuyou_upload_item_dup_sentence (item);
  g_assert_cmpstr (sentence, ==, "The copy on this computer is damaged. Choose the file again.");
}

/* The line is cut in the middle; it goes on where the server has it, which is not where a frame begins. */
static void
test_cut (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, "LOSS_NOTICE");

  say (f, CREATE, 201, BEGUN);
  say (f, f->append, 503, "{\"code\":\"UNAVAILABLE\"}");
  say (f, f->append, 200, "{\"received\":2098152}");
  say (f, f->get, 200, "{\"evidence\":{\"state\":\"UPLOADING\",\"received\":1500000}}");
  say (f, f->finish, 200, AVAILABLE);
  WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_WAITING);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, f->append), ==, 1);
  WAIT_FOR (f->n_arrived == 1);
  g_assert_cmpstr (wuyou_fake_server_last (f->server, f->append, "upload-offset"), ==, "1500000");
  g_assert_cmpuint (wuyou_fake_server_count (f->server, CREATE), ==, 1);
}

static void
test_restart (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, "LOSS_NOTICE");
  g_autofree char *id = g_strdup (wuyou_upload_item_get_id (item));

  say (f, CREATE, 201, BEGUN);
  say (f, f->append, 200, "{\"received\":1048576}");
  wuyou_fake_server_say (f->server, f->append, &(WuyouFakeAnswer){ .hang = TRUE });
  WAIT_FOR (wuyou_fake_server_count (f->server, f->append) == 2);
  g_unlink (f->file);
  end_run (f);
  begin_run (f, ACCOUNT);
  g_assert_cmpuint (get_n (f), ==, 0);
  wuyou_fake_server_forget (f->server, f->append);
  say (f, f->get, 200, "{\"evidence\":{\"state\":\"UPLOADING\",\"received\":1048576}}");
  say_pieces (f, PIECE);
  say (f, f->finish, 200, AVAILABLE);
  wuyou_uploads_restore (f->uploads);
  g_assert_nonnull (wuyou_uploads_find (f->uploads, id));
  WAIT_FOR (f->n_arrived == 1);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, CREATE), ==, 1);
  g_assert_cmpuint (count_copies (f), ==, 0);
}

/* Ended before the server had heard of it: announced again, as the same one. */
static void
test_unheard_of (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, "LOSS_NOTICE");
  g_autofree char *key_before = NULL;

  say (f, CREATE, 201, BEGUN);
  say (f, f->append, 503, "{\"code\":\"UNAVAILABLE\"}");
  say (f, f->append, 200, "{\"received\":2098152}");
  say (f, f->finish, 200, AVAILABLE);
  WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_WAITING);
  key_before = g_strdup (wuyou_fake_server_last (f->server, CREATE, "idempotency-key"));
  WAIT_FOR (f->n_arrived == 1); /* GET is unknown: 404 */
  g_assert_cmpuint (wuyou_fake_server_count (f->server, CREATE), ==, 2);
  g_assert_cmpstr (wuyou_fake_server_last (f->server, CREATE, "idempotency-key"), ==, key_before);
}

static void
test_pause (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, "LOSS_NOTICE");

  say (f, CREATE, 201, BEGUN);
  wuyou_fake_server_say (f->server, f->append, &(WuyouFakeAnswer){ .hang = TRUE });
  WAIT_FOR (wuyou_fake_server_count (f->server, f->append) == 1);
  wuyou_uploads_pause (f->uploads, NULL, TRUE);
  g_assert_cmpint (wuyou_upload_item_get_state (item), ==, WUYOU_UPLOAD_ITEM_PAUSED);
  g_assert_true (wuyou_uploads_get_paused (f->uploads));
  pump (50);
  end_run (f); /* it stays paused in the next run */
  begin_run (f, ACCOUNT);
  wuyou_uploads_restore (f->uploads);
  pump (100);
  g_assert_true (wuyou_uploads_get_paused (f->uploads));
  g_assert_cmpuint (wuyou_fake_server_count (f->server, f->get), ==, 0);
  wuyou_fake_server_forget (f->server, f->append);
  say (f, f->get, 200, BEGUN);
  say_pieces (f, 0);
  say (f, f->finish, 200, AVAILABLE);
  wuyou_uploads_pause (f->uploads, NULL, FALSE);
  WAIT_FOR (f->n_arrived == 1);
}

/* Also what is still being copied, and what nobody has assigned: nothing goes out until it is said to. */
static void
test_pause_early (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *copying = add (f, "LOSS_NOTICE");
  WuyouUploadItem *other = add (f, NULL);

  wuyou_uploads_pause (f->uploads, NULL, TRUE);
  g_assert_true (wuyou_uploads_get_paused (f->uploads));
  WAIT_FOR (wuyou_upload_item_get_state (copying) == WUYOU_UPLOAD_ITEM_PAUSED);
  WAIT_FOR (wuyou_upload_item_get_state (other) == WUYOU_UPLOAD_ITEM_UNASSIGNED);
  g_assert_true (wuyou_uploads_assign (f->uploads, other, "LOSS_NOTICE", 1));
  g_assert_cmpint (wuyou_upload_item_get_state (other), ==, WUYOU_UPLOAD_ITEM_PAUSED);
  pump (100);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, CREATE), ==, 0);
}

/* The program ends right after files were added: they are sealed before it does. */
static void
test_quit_early (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    add (f, "LOSS_NOTICE");
  say (f, CREATE, 503, "{\"code\":\"UNAVAILABLE\"}");
  g_assert_cmpuint (wuyou_uploads_get_n_copying (f->uploads), ==, 5);
  wuyou_uploads_finish_copying (f->uploads, 20);
  g_assert_cmpuint (wuyou_uploads_get_n_copying (f->uploads), ==, 0);
  end_run (f);
  begin_run (f, ACCOUNT);
  wuyou_uploads_restore (f->uploads);
  g_assert_cmpuint (wuyou_uploads_get_n_waiting (f->uploads), ==, 5);
}

/* Two at a time, however many there are. */
static void
test_fifty (Fixture *f, gconstpointer data)
{
  guint n_sending = 0;

  wuyou_fake_server_say (f->server, CREATE, &(WuyouFakeAnswer){ .hang = TRUE });
  for (int i = 0; i < 50; i++) {
    g_autofree char *name = g_strdup_printf ("%d.pdf", i);
    g_autofree char *path = write_file (f->dir, name, 2000, "%PDF-1.7\n");

    add_path (f, path, "LOSS_NOTICE");
  }
  WAIT_FOR (count_copies (f) == 50);
  pump (200);
  for (guint i = 0; i < get_n (f); i++) {
    g_autoptr (WuyouUploadItem) item = g_list_model_get_item (G_LIST_MODEL (f->uploads), i);

    n_sending += wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_SENDING;
  }
  g_assert_cmpuint (n_sending, ==, 2);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, CREATE), ==, 2);
  g_assert_cmpuint (wuyou_uploads_get_n_waiting (f->uploads), ==, 50);
}

/* A sparse file of 4 GB takes no room, and none is taken by a copy of it. */
static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f->dir, "dashcam.mp4", 100, "....ftypmp42");
  g_autofree char *sentence = NULL;
  WuyouUploadItem *item;
  gint64 began = g_get_monotonic_time ();

  g_assert_cmpint (truncate (path, (off_t) 4 * 1024 * PIECE), ==, 0);
  item = add_path (f, path, "LOSS_NOTICE");
  WAIT_FOR (f->n_refused == 1);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
  sentence = wuyou_upload_item_dup_sentence (item);
  g_assert_cmpstr (sentence, ==, "Larger than 100 MB: nothing of it was sent. Of a video, choose pictures.");
  g_assert_cmpuint (count_copies (f), ==, 0);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, CREATE), ==, 0);
  g_assert_false (wuyou_upload_item_can_retry (item));
}

/* A name is what the record takes, and never a reason to refuse the file. */
static void
test_names (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.7\n", 9);
  g_autofree char *dots = g_strnfill (300, 'x');
  g_autofree char *name = g_strdup_printf ("%s\xe2\x80\xae"
                                           "a\n.pdf",
                                           dots);
  WuyouUploadItem *item
      = wuyou_uploads_add (f->uploads, &(WuyouUploadFile){ .bytes = bytes, .name = name, .record = CLAIM });

  g_assert_cmpint (g_utf8_strlen (wuyou_upload_item_get_name (item), -1), ==, 200);
  g_assert_true (g_str_has_suffix (wuyou_upload_item_get_name (item), "xa.pdf"));
  item = wuyou_uploads_add (f->uploads, &(WuyouUploadFile){ .bytes = bytes, .name = "\n", .record = CLAIM });
  g_assert_cmpstr (wuyou_upload_item_get_name (item), ==, "pasted.png");
}

static void
test_not_taken (Fixture *f, gconstpointer data)
{
  g_autofree char *text = write_file (f->dir, "page.html", 100, "<html>");
  g_autofree char *empty = write_file (f->dir, "empty.pdf", 0, "");
  g_autofree char *pipe = g_build_filename (f->dir, "pipe", NULL);
  g_autofree char *gone = g_build_filename (f->dir, "gone", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  add_path (f, text, "LOSS_NOTICE");
  add_path (f, empty, "LOSS_NOTICE");
  add_path (f, pipe, "LOSS_NOTICE");
  add_path (f, gone, "LOSS_NOTICE");
  add_path (f, f->dir, "LOSS_NOTICE");
  WAIT_FOR (f->n_refused == 5);
  g_assert_cmpuint (count_copies (f), ==, 0);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, CREATE), ==, 0);
}

/* The server found another hash: sent again from its beginning, once, and then told. */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, "LOSS_NOTICE");

  say (f, CREATE, 201, BEGUN);
  say_pieces (f, 0);
  say_pieces (f, 0);
  say (f, f->finish, 422, "{\"code\":\"INVALID\",\"detail\":\"hash\"}");
  say (f, f->get, 200, BEGUN);
  WAIT_FOR (f->n_refused == 1);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, f->append), ==, 6);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, f->finish), ==, 2);
  g_assert_true (wuyou_upload_item_can_retry (item));
  g_assert_cmpuint (count_copies (f), ==, 1);
}

static void
test_infected (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, "LOSS_NOTICE");
  g_autofree char *sentence = NULL;

  say (f, CREATE, 201, BEGUN);
  say_pieces (f, 0);
  say (f, f->finish, 200, "{\"evidence\":{\"state\":\"QUARANTINED\"}}");
  say (f, f->get, 200, "{\"evidence\":{\"state\":\"INFECTED\"}}");
  WAIT_FOR (f->n_refused == 1);
  sentence = wuyou_upload_item_dup_sentence (item);
  g_assert_cmpstr (sentence, ==, "The scanner found something harmful. The file was destroyed.");
  g_assert_false (wuyou_upload_item_can_retry (item));
  end_run (f);
  begin_run (f, ACCOUNT);
  wuyou_uploads_restore (f->uploads);
  g_assert_cmpuint (get_n (f), ==, 0);
}

/* The owner has not agreed yet: told at once, kept, and sent once that is recorded. */
static void
test_refused_then_taken (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, "OWNER_IDENTITY");

  say (f, CREATE, 409, "{\"code\":\"CUSTOMER_CONSENT_REQUIRED\"}");
  say (f, CREATE, 201, BEGUN);
  say_pieces (f, 0);
  say (f, f->finish, 200, AVAILABLE);
  WAIT_FOR (f->n_refused == 1);
  g_assert_true (wuyou_upload_item_can_retry (item));
  wuyou_uploads_try_again (f->uploads, item);
  WAIT_FOR (f->n_arrived == 1);
}

/* Sign-out keeps the queue for whoever signed out, and for nobody else. */
static void
test_other_account (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, NULL);

  WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_UNASSIGNED);
  wuyou_uploads_forget (f->uploads);
  g_assert_cmpuint (get_n (f), ==, 0);
  end_run (f);
  begin_run (f, "another");
  wuyou_uploads_restore (f->uploads);
  g_assert_cmpuint (get_n (f), ==, 0);
  end_run (f);
  begin_run (f, ACCOUNT);
  wuyou_uploads_restore (f->uploads);
  g_assert_cmpuint (get_n (f), ==, 1);
  g_assert_cmpuint (count_copies (f), ==, 1);
}

/* A copy without an entry is of a run that was killed before it said so. */
static void
test_sweep (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = wuyou_local_dup_upload_path (f->local, NULL);
  g_autofree char *left = g_build_filename (folder, "left", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (left, "x", 1, NULL));
  wuyou_uploads_restore (f->uploads);
  g_assert_cmpuint (count_copies (f), ==, 0);
}

static void
test_wipe (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, NULL);
  g_autofree char *path = NULL;

  WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_UNASSIGNED);
  path = wuyou_local_dup_upload_path (f->local, wuyou_upload_item_get_id (item));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  wuyou_uploads_forget (f->uploads);
  wuyou_local_wipe (f->local);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_discard (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add (f, "LOSS_NOTICE");

  say (f, CREATE, 201, BEGUN);
  wuyou_fake_server_say (f->server, f->append, &(WuyouFakeAnswer){ .hang = TRUE });
  WAIT_FOR (wuyou_fake_server_count (f->server, f->append) == 1);
  wuyou_uploads_discard (f->uploads, item);
  g_assert_cmpuint (get_n (f), ==, 0);
  g_assert_cmpuint (count_copies (f), ==, 0);
  WAIT_FOR (wuyou_fake_server_count (f->server, f->remove) == 1);
}

/* A picture is known before it is sent, and a bomb of pixels is not unpacked for that. */
static void
test_thumbnail (Fixture *f, gconstpointer data)
{
  static const guint8 bomb[] = { 0x89, 'P',  'N',  'G', 13, 10,   26,   10, 0, 0, 0, 13, 'I',  'H',  'D',  'R', 0,
                                 0,    0xc3, 0x50, 0,   0,  0xc3, 0x50, 8,  2, 0, 0, 0,  0x8f, 0xe1, 0x98, 0x6c };
  g_autoptr (GBytes) bytes = g_bytes_new_static (bomb, sizeof bomb);
  WuyouUploadItem *item = wuyou_uploads_add (f->uploads, &(WuyouUploadFile){ .bytes = bytes, .record = CLAIM });

  WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_UNASSIGNED);
  g_assert_null (wuyou_upload_item_get_thumbnail (item));
  g_assert_cmpstr (wuyou_upload_item_get_name (item), ==, "pasted.png");
}

static void
test_thumbnail_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 800, 400);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) thumbnail = NULL;
  g_autoptr (GBytes) bytes = NULL;
  WuyouUploadItem *item;
  char *png;
  gsize length;

  gdk_pixbuf_fill (picture, 0x336699ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (picture, &png, &length, "png", NULL, NULL));
  bytes = g_bytes_new_take (png, length);
  item = wuyou_uploads_add (f->uploads, &(WuyouUploadFile){ .bytes = bytes, .record = CLAIM });
  WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_UNASSIGNED);
  wuyou_uploads_forget (f->uploads);
  wuyou_uploads_restore (f->uploads);
  item = g_list_model_get_item (G_LIST_MODEL (f->uploads), 0);
  stream = g_memory_input_stream_new_from_bytes (wuyou_upload_item_get_thumbnail (item));
  thumbnail = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  g_assert_cmpint (gdk_pixbuf_get_width (thumbnail), ==, 192);
  g_assert_cmpint (gdk_pixbuf_get_height (thumbnail), ==, 96);
  g_object_unref (item);
}

/* The same when it had been received, and nobody knows it any more while it waits for the scanner. */
static void
test_document_gone_while_checked (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (f->file);
  WuyouUploadItem *item = wuyou_uploads_add (
      f->uploads,
      &(WuyouUploadFile){ .file = file, .of = WUYOU_UPLOAD_OF_CONTRACT, .record = CLAIM, .slot = "INVOICE" });
  g_autofree char *sentence = NULL;

  say (f, "POST /v1/documents", 201, "{\"document\":{\"state\":\"QUARANTINED\"}}"); /* GET is unknown: 404 */
  WAIT_FOR (f->n_refused + f->n_arrived == 1);
  g_assert_cmpuint (f->n_arrived, ==, 0);
  sentence = wuyou_upload_item_dup_sentence (item);
  g_assert_cmpstr (sentence, ==, "This upload was taken back.");
}

/* Each state that the server may tell means something, of every kind; and each is kept under its own name. */
static void
test_kinds (Fixture *f, gconstpointer data)
{
  for (int of = WUYOU_UPLOAD_OF_CLAIM; of <= WUYOU_UPLOAD_OF_CONTRACT; of++) {
    const WuyouUploadKind *kind = wuyou_upload_kind_get (of);
    guint seen[WUYOU_UPLOAD_FATE_GONE + 1] = { 0 };

    g_assert_cmpint (wuyou_upload_kind_find (kind->name), ==, of);
    for (const WuyouEnum *state = kind->states; state->id != NULL; state++)
      seen[kind->fates[state->value]]++;
    g_assert_cmpuint (seen[WUYOU_UPLOAD_FATE_UNKNOWN], ==, 0);
    g_assert_cmpuint (seen[WUYOU_UPLOAD_FATE_UPLOADING], ==, 1);
    g_assert_cmpuint (seen[WUYOU_UPLOAD_FATE_CHECKING], ==, 1);
    g_assert_cmpuint (seen[WUYOU_UPLOAD_FATE_ARRIVED], >=, 1);
    g_assert_cmpuint (seen[WUYOU_UPLOAD_FATE_INFECTED], ==, 1);
    g_assert_cmpuint (seen[WUYOU_UPLOAD_FATE_REJECTED], ==, 1);
  }
  g_assert_cmpint (wuyou_upload_kind_find (NULL), ==, WUYOU_UPLOAD_OF_CLAIM);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "whole", test_whole },
    { "document", test_document },
    { "document-gone", test_document_gone },
    { "document-gone-while-checked", test_document_gone_while_checked },
    { "kinds", test_kinds },
    { "sealed", test_sealed },
    { "damaged-copy", test_damaged_copy },
    { "cut", test_cut },
    { "restart", test_restart },
    { "unheard-of", test_unheard_of },
    { "pause", test_pause },
    { "pause-early", test_pause_early },
    { "quit-early", test_quit_early },
    { "fifty", test_fifty },
    { "too-large", test_too_large },
    { "names", test_names },
    { "not-taken", test_not_taken },
    { "damaged", test_damaged },
    { "infected", test_infected },
    { "refused-then-taken", test_refused_then_taken },
    { "other-account", test_other_account },
    { "sweep", test_sweep },
    { "wipe", test_wipe },
    { "discard", test_discard },
    { "thumbnail", test_thumbnail },
    { "thumbnail-kept", test_thumbnail_kept },
  };

  wuyou_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/uploads/", tests[i].name, NULL);

    g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
