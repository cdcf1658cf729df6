/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gio/gio.h>
#include <signal.h>
#include <sys/wait.h>

#include "wuyou-test.h"

#define REFUSED 10

typedef enum {
  FORBIDDEN, /* works outside, is refused or deadly inside */
  ALLOWED,
  DEADLY, /* works outside, ends the process inside */
} Outcome;

static const struct {
  const char *what;
  Outcome outcome;
} rows[] = {
  { "open", FORBIDDEN },
  { "fopen", FORBIDDEN },
  { "open-program", FORBIDDEN },
  { "create", FORBIDDEN },
  { "list", FORBIDDEN },
  { "mkdir", FORBIDDEN },
  { "memfd", FORBIDDEN },
  { "socket", DEADLY },
  { "socketpair", FORBIDDEN },
  { "exec", DEADLY },
  { "fork", FORBIDDEN },
  { "thread", FORBIDDEN },
  { "ptrace", DEADLY },
  { "kill", FORBIDDEN },
  { "write-elsewhere", FORBIDDEN },
  { "make-code", FORBIDDEN },
  { "turn-into-code", FORBIDDEN },
  { "memory", FORBIDDEN },
  { "dumpable", FORBIDDEN },
  { "time", DEADLY },
  { "confine", FORBIDDEN },
  { "answer", ALLOWED },
};

static int
run_probe (const char *how, const char *what)
{
  g_autofree char *probe = g_build_filename (g_getenv ("WUYOU_BUILD"), "tests", "decoder", "confined-probe", NULL);
  const char *argv[] = { probe, how, what, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s %s: %s %d", how, what, WIFSIGNALED (status) ? "signal" : "status",
                  WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
  return status;
}

static gboolean
was_killed (int status)
{
  return WIFSIGNALED (status)
         && (WTERMSIG (status) == SIGSYS || WTERMSIG (status) == SIGXCPU || WTERMSIG (status) == SIGKILL);
}

static void
check_inside (int status, Outcome outcome)
{
  switch (outcome) {
  case ALLOWED:
    g_assert_cmpint (status, ==, 0);
    break;
  case FORBIDDEN:
    g_assert_true (WIFEXITED (status));
    g_assert_cmpint (WEXITSTATUS (status), ==, REFUSED);
    break;
  default:
    g_assert_true (was_killed (status));
  }
}

/* Each is tried without the confinement first: a probe that fails by itself would prove nothing. */
static void
test_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  int outside = run_probe ("free", rows[row].what);

  g_assert_true (WIFEXITED (outside));
  g_assert_cmpint (WEXITSTATUS (outside), ==, 0);
  check_inside (run_probe ("confined", rows[row].what), rows[row].outcome);
  check_inside (run_probe ("old", rows[row].what), rows[row].outcome);
}

static void
test_closed (void)
{
  int status = run_probe ("closed", "answer");

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 3);
}

static void
test_shelf (void)
{
  int reading = run_probe ("confined", "shelf");
  int old = run_probe ("old", "shelf");
  int writing = run_probe ("confined", "shelf-write");
  int lifting = run_probe ("confined", "limits");

  g_assert_cmpint (reading, ==, 0);
  g_assert_cmpint (old, ==, 0);
  g_assert_cmpint (WEXITSTATUS (writing), ==, REFUSED);
  g_assert_cmpint (WEXITSTATUS (lifting), ==, REFUSED);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/decoder/confinement/", rows[i].what, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
  }
  g_test_add_func ("/decoder/confinement/shelf", test_shelf);
  g_test_add_func ("/decoder/confinement/closed", test_closed);
  return g_test_run ();
}
