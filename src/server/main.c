/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "base/wuyou-locale.h"
#include "wuyou-audit-store.h"
#include "wuyou-features.h"
#include "engine/wuyou-log.h"
#include "engine/wuyou-server.h"

#define STOP_MARGIN 30

typedef struct {
  WuyouServerContext context; /* first */
  WuyouServerConfig *config;
  WuyouStore *store;
  WuyouRouter *router;
  WuyouServer *server;
  GMainLoop *loop;
  guint feed_listener;
  int schema_version;
} Program;

static struct {
  char *listen, *port_file, *log_level;
  int workers, rate_limit;
} options = { .rate_limit = -1 };

static gboolean
parse_options (WuyouServerConfig *config, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_STRING, &config->db_uri, "sqlite:PATH or postgresql://…", "URI" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &config->data_dir, "Folder of keys and files", "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options.listen, "Address to serve at; port 0: any free one", "HOST:PORT" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options.port_file, "Write the port here once it is open", "FILE" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &config->tls_cert, "Certificate chain, PEM; read again on SIGHUP",
      "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &config->tls_key, "Its key, PEM", "FILE" },
    { "trusted-proxy", 0, 0, G_OPTION_ARG_STRING, &config->trusted_proxy, "Reverse proxy in front", "ADDR" },
    { "clamd", 0, 0, G_OPTION_ARG_FILENAME, &config->clamd_socket, "Socket of the virus scanner", "SOCKET" },
    { "decoder", 0, 0, G_OPTION_ARG_FILENAME, &config->decoder,
      "Program that reads uploaded files, if not the installed", "PROGRAM" },
    { "spool", 0, 0, G_OPTION_ARG_FILENAME, &config->spool_dir, "Folder for outgoing mail", "DIR" },
    { "workers", 0, 0, G_OPTION_ARG_INT, &options.workers, "Threads that handle requests", "N" },
    { "rate-limit", 0, 0, G_OPTION_ARG_INT, &options.rate_limit, "Requests a second of one account; 0: any", "N" },
    { "log-level", 0, 0, G_OPTION_ARG_STRING, &options.log_level, "error, warning, info or debug", "LEVEL" },
    { NULL },
  };
  g_autoptr (GOptionContext) parser = g_option_context_new ("- server of the dealership desktop");

  g_option_context_add_main_entries (parser, entries, NULL);
  return g_option_context_parse (parser, argc, argv, error);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_options (WuyouServerConfig *config, int argc, GError **error)
{
  if (argc > 1)
    return refuse (error, "wuyou-server takes options only");
  if (config->db_uri == NULL || config->data_dir == NULL)
    return refuse (error, "--db and --data are needed");
  if (options.workers < 0 || options.workers > 1024)
    return refuse (error, "--workers lies between 1 and 1024");
  if (options.rate_limit >= 0)
    config->rate_limit = (guint) options.rate_limit;
  if (options.workers > 0)
    config->workers = (guint) options.workers;
  if (!wuyou_log_set_up (options.log_level != NULL ? options.log_level : "info"))
    return refuse (error, "--log-level is error, warning, info or debug");
  return options.listen == NULL || wuyou_server_config_set_listen (config, options.listen, error);
}

/* Every connection is a descriptor; the soft limit of 1024 is for programs that still use select (). */
static void
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static void
on_feed_moved_cb (const char *channel, gpointer data)
{
  Program *program = data;

  wuyou_server_wake (program->server, NULL);
}

/* Opening the store brought the schema up to date; another process may have brought it further since. */
static gboolean
is_ready (WuyouServerContext *context, GError **error)
{
  const Program *program = (const Program *) context;
  int version;

  if (!wuyou_db_schema_version (context->db, &version, error))
    return FALSE;
  if (version == program->schema_version)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "the database belongs to another version");
  return FALSE;
}

static gboolean
open_program (Program *program, GError **error)
{
  WuyouServerContext *context = &program->context;

  program->store = wuyou_store_open (program->config->db_uri, program->config->data_dir, &wuyou_clock_system, error);
  if (program->store == NULL)
    return FALSE;
  *context = (WuyouServerContext){
    .store = program->store,
    .db = wuyou_store_get_db (program->store),
    .keys = wuyou_store_get_keys (program->store),
    .blobs = wuyou_store_get_blobs (program->store),
    .clock = wuyou_store_get_clock (program->store),
    .ids = { .clock = wuyou_store_get_clock (program->store) },
    .config = program->config,
    .is_ready = is_ready,
  };
  program->router = wuyou_router_new ();
  wuyou_features_register (program->router);
  program->server = wuyou_server_new (context, program->router);
  return wuyou_db_schema_version (context->db, &program->schema_version, error)
         && wuyou_features_start (context, error);
}

static gboolean
write_port (const WuyouServer *server, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u\n", wuyou_server_get_port (server));

  return options.port_file == NULL || g_file_set_contents (options.port_file, text, -1, error);
}

static gboolean
on_stop_asked_cb (gpointer data)
{
  Program *program = data;

  /* Requests in flight are finished; one that never ends must not keep the process. */
  alarm (program->config->drain_seconds + STOP_MARGIN);
  g_main_loop_quit (program->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_reload_asked_cb (gpointer data)
{
  Program *program = data;
  g_autoptr (GError) error = NULL;

  if (program->config->tls_cert == NULL)
    return G_SOURCE_CONTINUE;
  if (wuyou_server_reload_tls (program->server, &error))
    wuyou_log_message (WUYOU_LOG_INFO, "certificate read again");
  else
    wuyou_log_message (WUYOU_LOG_ERROR, "the old certificate stays: %s", error->message);
  return G_SOURCE_CONTINUE;
}

static gboolean
serve (Program *program, GError **error)
{
  if (!open_program (program, error) || !wuyou_server_start (program->server, error))
    return FALSE;
  program->feed_listener = wuyou_db_listen (program->context.db, WUYOU_CHANNEL_FEED, on_feed_moved_cb, program);
  wuyou_log_message (WUYOU_LOG_INFO, "listening on %s port %u", program->config->listen_host,
                     wuyou_server_get_port (program->server));
  if (!write_port (program->server, error))
    return FALSE;
  program->loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_stop_asked_cb, program);
  g_unix_signal_add (SIGINT, on_stop_asked_cb, program);
  g_unix_signal_add (SIGHUP, on_reload_asked_cb, program);
  g_main_loop_run (program->loop);
  wuyou_log_message (WUYOU_LOG_INFO, "stopping");
  return TRUE;
}

static void
close_program (Program *program)
{
  if (program->feed_listener != 0)
    wuyou_db_unlisten (program->context.db, program->feed_listener);
  if (program->server != NULL) {
    wuyou_server_stop (program->server);
    wuyou_features_stop (&program->context);
  }
  wuyou_server_free (program->server);
  wuyou_router_free (program->router);
  wuyou_store_close (program->store);
  wuyou_server_config_free (program->config);
  g_clear_pointer (&program->loop, g_main_loop_unref);
}

int
main (int argc, char *argv[])
{
  Program program = { .config = wuyou_server_config_new () };
  g_autoptr (GError) error = NULL;
  gboolean good;

  wuyou_locale_begin ();
  signal (SIGPIPE, SIG_IGN);
  raise_file_limit ();
  good = parse_options (program.config, &argc, &argv, &error) && check_options (program.config, argc, &error)
         && serve (&program, &error);
  if (!good)
    g_printerr ("wuyou-server: %s\n", error->message);
  close_program (&program);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
