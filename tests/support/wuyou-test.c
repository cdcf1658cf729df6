/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-test.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <unistd.h>

static char *root;
static gint64 now = WUYOU_TEST_NOW;
static WuyouClock test_clock;

void
wuyou_test_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (argc, argv, NULL);
}

/* A session of its own: whoever kills the test's process group leaves this one to clean up. */
static void
on_child_forked_cb (gpointer data)
{
  setsid ();
}

/* The folder goes when the other end of the pipe does, which is when this program ends, however it ends. */
static void
remove_with_program (const char *path)
{
  const char *argv[] = { "/bin/sh", "-c", "cat >/dev/null; rm -rf -- \"$0\"", path, NULL };
  GError *error = NULL;
  int pipe;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                            on_child_forked_cb, NULL, NULL, &pipe, NULL, NULL, &error);
  g_assert_no_error (error);
}

const char *
wuyou_test_new_dir (void)
{
  static int serial;
  GError *error = NULL;
  g_autofree char *path = NULL;

  if (!root) {
    root = g_dir_make_tmp ("wuyou-test-XXXXXX", &error);
    g_assert_no_error (error);
    remove_with_program (root);
  }
  path = g_strdup_printf ("%s/%d", root, ++serial);
  g_assert_no_errno (g_mkdir (path, 0700));
  return g_intern_string (path);
}

char *
wuyou_test_source_path (const char *path)
{
  return g_build_filename (TESTS_DIR, path, NULL);
}

const WuyouClock *
wuyou_test_clock (void)
{
  test_clock = wuyou_clock_fixed (&now);
  return &test_clock;
}

void
wuyou_test_set_now (gint64 instant)
{
  now = instant;
}

void
wuyou_test_advance (gint64 microseconds)
{
  now += microseconds;
}

static gboolean
concerns_field (const GError *error, const char *field)
{
  const GPtrArray *violations = wuyou_error_get_violations (error);

  if (g_strcmp0 (wuyou_error_get_field (error), field) == 0)
    return TRUE;
  for (guint i = 0; violations && i < violations->len; i++) {
    if (g_strcmp0 (wuyou_error_get_field (violations->pdata[i]), field) == 0)
      return TRUE;
  }
  return FALSE;
}

void
wuyou_test_expect_error_at (const char *where, GError **error, WuyouError code, const char *field)
{
  const char *expected = wuyou_error_info (code)->id;

  if (!*error)
    g_error ("%s: expected %s, but nothing failed", where, expected);
  if ((*error)->domain != WUYOU_ERROR || (*error)->code != (int) code)
    g_error ("%s: expected %s, got %s %d: %s", where, expected, g_quark_to_string ((*error)->domain), (*error)->code,
             (*error)->message);
  if (field && !concerns_field (*error, field))
    g_error ("%s: expected %s about \"%s\", got: %s", where, expected, field, (*error)->message);
  g_clear_error (error);
}

void
wuyou_test_assert_json_at (const char *where, const char *actual, const char *expected)
{
  GError *error = NULL;
  g_autoptr (JsonNode) wanted = json_from_string (expected, &error);
  g_autoptr (JsonNode) got = NULL;

  g_assert_no_error (error);
  got = json_from_string (actual, &error);
  if (error)
    g_error ("%s: not JSON (%s): %s", where, error->message, actual);
  if (!got || !json_node_equal (got, wanted))
    g_error ("%s: JSON differs\n  expected %s\n  got      %s", where, expected, actual);
}
