/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-test.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static GPtrArray *dirs;
static pid_t dirs_owner;
static gint64 now = WUYOU_TEST_NOW;
static WuyouClock test_clock;

void
wuyou_test_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (argc, argv, NULL);
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_clear_pointer (&dir, g_dir_close);
  remove (path);
}

static void
remove_dirs (void)
{
  if (getpid () != dirs_owner)
    return;
  for (guint i = 0; i < dirs->len; i++)
    remove_tree (dirs->pdata[i]);
  g_ptr_array_unref (dirs);
}

const char *
wuyou_test_new_dir (void)
{
  GError *error = NULL;
  char *path = g_dir_make_tmp ("wuyou-test-XXXXXX", &error);

  g_assert_no_error (error);
  if (!dirs) {
    dirs = g_ptr_array_new_with_free_func (g_free);
    dirs_owner = getpid ();
    atexit (remove_dirs);
  }
  g_ptr_array_add (dirs, path);
  return path;
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
