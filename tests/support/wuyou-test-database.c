/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-test.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  pid_t owner;
  pid_t pid;
  FILE *to;
  FILE *from;
  char *dir;
} Cluster;

static Cluster cluster;

static void
stop_cluster (void)
{
  if (getpid () != cluster.owner)
    return;
  fclose (cluster.to);
  waitpid (cluster.pid, NULL, 0);
  fclose (cluster.from);
  g_free (cluster.dir);
}

/* A session of its own: whoever kills the test's process group leaves the script alive to clean up. */
static void
on_child_forked_cb (gpointer data)
{
  setsid ();
}

static char *
read_answer (void)
{
  char line[256];

  if (!fgets (line, sizeof line, cluster.from))
    g_error ("postgresql.sh went away");
  return g_strdup (g_strchomp (line));
}

static void
start_cluster (void)
{
  char *argv[] = { (char *) TESTS_DIR "/support/postgresql.sh", NULL };
  GError *error = NULL;
  int to, from;

  if (cluster.dir)
    return;
  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, on_child_forked_cb, NULL, &cluster.pid, &to,
                            &from, NULL, &error);
  g_assert_no_error (error);
  cluster.owner = getpid ();
  cluster.to = fdopen (to, "w");
  cluster.from = fdopen (from, "r");
  cluster.dir = read_answer ();
  if (cluster.dir[0] != '/')
    g_error ("PostgreSQL did not start");
  atexit (stop_cluster);
}

static char *
build_uri (const char *name)
{
  return g_strdup_printf ("postgresql:///%s?host=%s&user=wuyou", name, cluster.dir);
}

static char *
create_database (void)
{
  static int serial;
  g_autofree char *name = g_strdup_printf ("test%d", ++serial);
  g_autofree char *admin = build_uri ("postgres");
  g_autofree char *statement = g_strconcat ("CREATE DATABASE ", name, NULL);
  PGconn *connection = PQconnectdb (admin);
  PGresult *result = PQexec (connection, statement);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("CREATE DATABASE: %s", PQerrorMessage (connection));
  PQclear (result);
  PQfinish (connection);
  return build_uri (name);
}

char *
wuyou_test_new_database (WuyouTestEngine engine)
{
  if (engine == WUYOU_TEST_SQLITE)
    return g_strdup_printf ("sqlite:%s/wuyou.db", wuyou_test_new_dir ());
  start_cluster ();
  return create_database ();
}

void
wuyou_test_postgresql (const char *command)
{
  g_autofree char *answer = NULL;

  start_cluster ();
  fprintf (cluster.to, "%s\n", command);
  fflush (cluster.to);
  answer = read_answer ();
  g_assert_cmpstr (answer, ==, "ok");
}
