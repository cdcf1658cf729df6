/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-program-test.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mail/wuyou-mail-service.h"
#include "records/wuyou-job-service.h"
#include "wuyou-sealer.h"

static void
read_port (WuyouProgram *program, const char *path)
{
  g_autofree char *text = NULL;

  for (guint i = 0; i < 3000 && !(g_file_get_contents (path, &text, NULL, NULL) && strchr (text, '\n')); i++) {
    g_clear_pointer (&text, g_free);
    g_usleep (20000);
  }
  g_assert_nonnull (text);
  program->port = (guint16) g_ascii_strtoull (text, NULL, 10);
  unlink (path);
}

/* It goes away with its test, however that ends. */
static void
bind_to_parent (gpointer data G_GNUC_UNUSED)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* One SQLite has one server: who writes without a pause lets no other process in for seconds, and the work of the one
 * in this process would give up. */
static void
rest (WuyouServerContext *context)
{
  if (wuyou_db_kind (context->db) != WUYOU_DB_SQLITE)
    return;
  g_clear_pointer (&context->jobs, wuyou_job_service_stop);
  g_clear_pointer (&context->mails, wuyou_mail_service_stop);
  g_clear_pointer (&context->sealer, wuyou_sealer_stop);
}

WuyouProgram
wuyou_program_start (WuyouSale *sale)
{
  const WuyouServerConfig *config = sale->site->config;
  g_autofree char *binary = g_build_filename (g_getenv ("WUYOU_BUILD"), "src", "server", "wuyou-server", NULL);
  g_autofree char *port_file = g_build_filename (wuyou_test_new_dir (), "port", NULL);
  const char *const argv[] = { binary,     "--db",        config->db_uri, "--data",  config->data_dir,
                               "--listen", "127.0.0.1:0", "--port-file",  port_file, "--rate-limit",
                               "0",        "--log-level", "error",        "--clamd", config->clamd_socket,
                               NULL };
  g_autoptr (GError) error = NULL;
  WuyouProgram program;

  rest (&sale->site->context);
  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, bind_to_parent, NULL, &program.pid, &error);
  g_assert_no_error (error);
  read_port (&program, port_file);
  return program;
}

void
wuyou_program_end (WuyouProgram *program, int signal)
{
  kill (program->pid, signal);
  g_assert_cmpint (waitpid (program->pid, NULL, 0), ==, program->pid);
}

void
wuyou_program_check_chain (WuyouSale *sale)
{
  g_autoptr (WuyouAuditReport) report = NULL;
  g_autoptr (GError) error = NULL;
  guint sealed = 1;

  while (sealed > 0) {
    wuyou_sealer_run_once (sale->site->store, &sealed, &error);
    g_assert_no_error (error);
  }
  wuyou_audit_verify (sale->site->store, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->findings->len, ==, 0);
}
