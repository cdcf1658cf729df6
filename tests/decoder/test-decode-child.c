/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wuyou-decode-test.h"
#include "wuyou-image.h"

/* What the server makes of a decoder that misbehaves: scripts in its place, and the real one with a file that is too
 * much for its limits. */

static GBytes *
make_jpeg (void)
{
  g_autoptr (WuyouRaster) raster = wuyou_decode_test_photo (1, 320, 240);

  return wuyou_jpeg_write (raster);
}

static void
assert_no_children (void)
{
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
}

static gboolean
decode_blaming (const WuyouServerConfig *config,
                GBytes *file,
                const char *type,
                WuyouDecoded *ret,
                gboolean *ret_blame,
                GError **error)
{
  int fd = wuyou_decode_seal (g_bytes_get_data (file, NULL), g_bytes_get_size (file), error);
  gboolean done = wuyou_decode (config, fd, type, NULL, NULL, ret, ret_blame, error);

  close (fd);
  assert_no_children ();
  return done;
}

static gboolean
decode (const WuyouServerConfig *config, GBytes *file, const char *type, WuyouDecoded *ret, GError **error)
{
  gboolean blame;

  return decode_blaming (config, file, type, ret, &blame, error);
}

static char *
write_script (const char *body)
{
  char *path = g_build_filename (wuyou_test_new_dir (), "decoder", NULL);
  g_autofree char *script = g_strconcat ("#!/bin/sh\n", body, "\n", NULL);

  g_assert_true (g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  return path;
}

#define READY "printf WYR1 >&4; "

/* What it does before it is ready says nothing about the file; nor does being killed by others. */
static void
test_misbehaves (void)
{
  static const struct {
    const char *name, *script, *says;
    gboolean blame;
  } rows[] = {
    { "crashes", READY "kill -SEGV $$", "signal 11", TRUE },
    { "crashes before", "kill -SEGV $$", "signal 11", FALSE },
    { "is killed", READY "kill -KILL $$", "signal 9", FALSE },
    { "gives up", READY "exit 3", "status 3", TRUE },
    { "lacks a library", "exit 127", "status 127", FALSE },
    { "says nothing", "exit 0", "status 0", FALSE },
    { "hangs", READY "exec /bin/sleep 100", "out of time", TRUE },
    { "hangs before", "exec /bin/sleep 100", "out of time", FALSE },
    { "hangs with closed ears", READY "exec 4>&-; exec /bin/sleep 100", "signal 9", TRUE },
    { "loops", READY "while :; do :; done", "out of time", TRUE },
    { "drips", READY "while :; do /bin/sleep 0.1; printf W >&4; done", "out of time", TRUE },
    { "talks without end", READY "exec /bin/cat /dev/zero >&4", "too long", TRUE },
    { "talks nonsense", READY "printf 'WYD1 is what I say, and no more' >&4", "is none", TRUE },
    { "a verdict that is none", READY "printf 'WYD1\\000\\000\\000\\143' >&4; head -c 48 /dev/zero >&4", "is none",
      TRUE },
    { "breaks off", READY "printf 'WYD1\\000\\000\\000\\000\\000' >&4", "is none", TRUE },
    { "never was ready", "printf 'WYD1\\000\\000\\000\\000\\000' >&4", "is none", FALSE },
    { "is no program", "#", "status 0", FALSE },
  };
  g_autoptr (GBytes) file = make_jpeg ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WuyouServerConfig) config = wuyou_server_config_new ();
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (GError) error = NULL;
    gboolean blame = !rows[i].blame;

    config->decoder = write_script (rows[i].script);
    config->decode_seconds = strstr (rows[i].says, "time") != NULL ? 1 : 30;
    g_test_message ("%s", rows[i].name);
    g_assert_false (decode_blaming (config, file, "image/jpeg", &decoded, &blame, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
    g_assert_nonnull (strstr (error->message, rows[i].says));
    g_assert_null (decoded.plain);
    g_assert_cmpint (blame, ==, rows[i].blame);
  }
}

static gpointer
stop_soon (gpointer data)
{
  g_usleep (300000);
  g_cancellable_cancel (data);
  return NULL;
}

/* Ended by the server that stops, at once, and nothing is held against the file. */
static void
test_stopped (void)
{
  g_autoptr (WuyouServerConfig) config = wuyou_server_config_new ();
  g_autoptr (GBytes) file = make_jpeg ();
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("stop", stop_soon, stop);
  gint64 start = g_get_monotonic_time ();
  int fd = wuyou_decode_seal (g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL);
  gboolean blame = TRUE;

  config->decoder = write_script (READY "exec /bin/sleep 60");
  g_assert_false (wuyou_decode (config, fd, "image/jpeg", NULL, stop, &decoded, &blame, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
  g_assert_false (blame);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_TIME_SPAN_SECOND);
  assert_no_children ();
  g_thread_join (thread);
  close (fd);
}

/* The real one in a place that does not let it confine itself as it is told to. */
static void
test_fails_closed (void)
{
  g_autoptr (WuyouServerConfig) config = wuyou_decode_test_config ();
  g_autofree char *script = g_strdup_printf ("ulimit -v 900000; exec %s \"$@\"", config->decoder);
  g_autoptr (GBytes) file = make_jpeg ();
  g_auto (WuyouDecoded) decoded = { 0 };
  g_auto (WuyouDecoded) lower = { 0 };
  g_autoptr (GError) error = NULL;

  g_free (config->decoder);
  config->decoder = write_script (script);
  g_assert_false (decode (config, file, "image/jpeg", &decoded, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "status 1"));
  g_clear_error (&error);
  config->decode_memory = 800; /* that it may have */
  decode (config, file, "image/jpeg", &lower, &error);
  g_assert_no_error (error);
}

static void
test_missing (void)
{
  g_autoptr (WuyouServerConfig) config = wuyou_server_config_new ();
  g_autoptr (GBytes) file = make_jpeg ();
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (GError) error = NULL;

  config->decoder = g_strdup ("/nonexistent/wuyou-decoder");
  g_assert_false (decode (config, file, "image/jpeg", &decoded, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
}

static char *
read_beside (const char *script, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (script);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Nothing of the server's goes over: neither its environment nor a descriptor. */
static void
test_inherits (void)
{
  g_autoptr (WuyouServerConfig) config = wuyou_server_config_new ();
  g_autoptr (GBytes) file = make_jpeg ();
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autofree char *environment = NULL;
  g_autofree char *arguments = NULL;
  g_autofree char *ignored = NULL;

  signal (SIGPIPE, SIG_IGN); /* as the server does */
  g_setenv ("WUYOU_SECRET", "topsecret", TRUE);
  config->decoder = write_script ("d=${0%/*}; /usr/bin/env >$d/env; echo \"$@\" >$d/args\n"
                                  "/bin/grep -E '^Sig(Blk|Ign)' /proc/self/status >$d/signals");
  decode (config, file, "image/jpeg", &decoded, NULL);
  environment = read_beside (config->decoder, "env");
  arguments = read_beside (config->decoder, "args");
  ignored = read_beside (config->decoder, "signals");
  g_assert_null (strstr (environment, "topsecret"));
  g_assert_null (strstr (environment, "HOME="));
  g_assert_nonnull (strstr (environment, "FC_LANG=zh-cn"));
  g_assert_cmpstr (arguments, ==, "image/jpeg 1024 60\n");
  g_assert_nonnull (strstr (ignored, "SigBlk:\t0000000000000000"));
  g_assert_nonnull (strstr (ignored, "SigIgn:"));
  g_assert_cmphex (g_ascii_strtoull (strstr (ignored, "SigIgn:") + 7, NULL, 16) & 0x7FFFFFFF, ==, 0);
}

/* Ten forms, each of which draws the next ten times: 10^10 pages of work in a kilobyte. */
static GBytes *
make_endless (void)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (objects, g_strdup ("<</Type/Catalog/Pages 2 0 R>>"));
  g_ptr_array_add (objects, g_strdup ("<</Type/Pages/Kids[3 0 R]/Count 1>>"));
  g_ptr_array_add (objects, g_strdup ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources"
                                      "<</XObject<</X 5 0 R>>>>>>"));
  g_ptr_array_add (objects, g_strdup ("<</Length 6>>stream\n/X Do \nendstream"));
  for (guint i = 0; i < 10; i++)
    g_ptr_array_add (objects, g_strdup_printf ("<</Type/XObject/Subtype/Form/BBox[0 0 400 300]/Length 60/Resources"
                                               "<</XObject<</X %u 0 R>>>>>>stream\n%s\nendstream",
                                               i + 6, "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do "));
  g_ptr_array_add (objects, g_strdup ("<</Type/XObject/Subtype/Form/BBox[0 0 400 300]/Length 13>>stream\n"
                                      "0 0 9 9 re f \nendstream"));
  g_ptr_array_add (objects, NULL);
  return wuyou_decode_test_pdf ((const char *const *) objects->pdata, "");
}

static void
test_endless (void)
{
  g_autoptr (WuyouServerConfig) config = wuyou_decode_test_config ();
  g_autoptr (GBytes) file = make_endless ();

  for (int by_clock = 0; by_clock < 2; by_clock++) {
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (GError) error = NULL;

    config->decode_cpu_seconds = by_clock ? 100 : 1;
    config->decode_seconds = by_clock ? 1 : 100;
    g_assert_false (decode (config, file, "application/pdf", &decoded, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
    g_assert_nonnull (strstr (error->message, by_clock ? "out of time" : "signal 24"));
  }
}

static void
test_memory (void)
{
  g_autoptr (WuyouServerConfig) config = wuyou_decode_test_config ();
  gsize length = 1 + 3 * 7000, size = length * 7000;
  g_autofree guint8 *rows = g_malloc0 (size + 8 * length);
  g_autoptr (GBytes) file = wuyou_decode_test_png (7000, 7000, 1, rows, size + 8 * length);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (GError) error = NULL;

  config->decode_memory = 256; /* its pixels alone take 187 MiB, and as much address space is the program */
  g_assert_false (decode (config, file, "image/png", &decoded, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "signal"));
}

/* By pipe, and twice from one descriptor. */
static void
test_sources (void)
{
  gboolean blame;
  g_autoptr (WuyouServerConfig) config = wuyou_decode_test_config ();
  g_autoptr (GBytes) file = make_jpeg ();
  gsize size = g_bytes_get_size (file);
  int ends[2], fd;

  g_assert_cmpint (size, <, 60000);
  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  g_assert_cmpint (write (ends[1], g_bytes_get_data (file, NULL), size), ==, (gssize) size);
  close (ends[1]);
  fd = wuyou_decode_seal (g_bytes_get_data (file, NULL), size, NULL);
  g_assert_cmpint (write (fd, "x", 1), ==, -1);
  for (int i = 0; i < 3; i++) {
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (GError) error = NULL;

    wuyou_decode (config, i == 0 ? ends[0] : fd, "image/jpeg", NULL, NULL, &decoded, &blame, &error);
    g_assert_no_error (error);
    g_assert_cmpint (decoded.width, ==, 320);
  }
  close (ends[0]);
  close (fd);
}

static void
test_bad_edits (void)
{
  gboolean blame;
  g_autoptr (WuyouServerConfig) config = wuyou_decode_test_config ();
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_decode (config, STDIN_FILENO, "image/jpeg", "{\"pages\":1}", NULL, &decoded, &blame, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "edits_json");
}

static gpointer
decode_some (gpointer data)
{
  gboolean blame;

  for (guint i = 0; i < 8; i++) {
    g_autoptr (WuyouServerConfig) config = wuyou_decode_test_config ();
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (GError) error = NULL;
    int fd = wuyou_decode_seal (g_bytes_get_data (data, NULL), g_bytes_get_size (data), &error);

    wuyou_decode (config, fd, "image/jpeg", NULL, NULL, &decoded, &blame, &error);
    g_assert_no_error (error);
    close (fd);
  }
  return NULL;
}

/* No child holds the answer of another open: it would not end. */
static void
test_threads (void)
{
  g_autoptr (GBytes) file = make_jpeg ();
  GThread *threads[6];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("decode", decode_some, file);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  assert_no_children ();
}

#define FIND "WUYOU_TEST_FIND" /* set: this program says where it would find its decoder, and ends */

static int
say_program (void)
{
  g_autoptr (WuyouServerConfig) config = wuyou_server_config_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = wuyou_decode_find_program (config, &error);

  g_print ("%s", path != NULL ? path : error->message);
  return 0;
}

static char *
ask_copy (const char *program)
{
  const char *argv[] = { program, NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), FIND, "1", TRUE);
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_spawn_sync (NULL, (char **) argv, environment, 0, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  return output;
}

static void
make_program (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (path, "#!/bin/sh\n", -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
}

/* In the neighbouring folder of a build, before it beside the server. */
static void
test_find (void)
{
  g_autofree char *folder = g_build_filename (wuyou_test_new_dir (), "src", NULL);
  g_autofree char *copy = g_build_filename (folder, "server", "copy", NULL);
  g_autofree char *build = g_build_filename (folder, "decoder", "wuyou-decoder", NULL);
  g_autofree char *beside = g_build_filename (folder, "server", "wuyou-decoder", NULL);
  g_autoptr (GFile) self = g_file_new_for_path ("/proc/self/exe");
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  make_program (copy);
  make_program (build);
  g_assert_true (g_file_copy (self, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
  g_assert_cmpint (g_chmod (copy, 0700), ==, 0);
  first = ask_copy (copy);
  g_assert_true (g_str_has_suffix (first, "/src/server/../decoder/wuyou-decoder"));
  make_program (beside);
  second = ask_copy (copy);
  g_assert_cmpstr (second, ==, beside);
}

int
main (int argc, char **argv)
{
  if (g_getenv (FIND) != NULL)
    return say_program ();
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/decoder/child/misbehaves", test_misbehaves);
  g_test_add_func ("/decoder/child/stopped", test_stopped);
  g_test_add_func ("/decoder/child/fails-closed", test_fails_closed);
  g_test_add_func ("/decoder/child/find", test_find);
  g_test_add_func ("/decoder/child/missing", test_missing);
  g_test_add_func ("/decoder/child/inherits", test_inherits);
  g_test_add_func ("/decoder/child/endless", test_endless);
  g_test_add_func ("/decoder/child/memory", test_memory);
  g_test_add_func ("/decoder/child/sources", test_sources);
  g_test_add_func ("/decoder/child/bad-edits", test_bad_edits);
  g_test_add_func ("/decoder/child/threads", test_threads);
  return g_test_run ();
}
