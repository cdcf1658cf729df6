/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

/* Floor of server.get: libmicrohttpd that answers every request with the same bytes, from the thread that parses it.
 * floor-http BYTES THREADS: prints its port; ends with its standard input. */
static enum MHD_Result
answer (void *data,
        struct MHD_Connection *connection,
        const char *url,
        const char *method,
        const char *version,
        const char *upload_data,
        size_t *upload_data_size,
        void **request_data)
{
  struct MHD_Response *response = data;

  return MHD_queue_response (connection, MHD_HTTP_OK, response);
}

static struct MHD_Daemon *
start (struct MHD_Response *response, unsigned int n_threads)
{
  return MHD_start_daemon (MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, response, MHD_OPTION_THREAD_POOL_SIZE,
                           n_threads, MHD_OPTION_CONNECTION_LIMIT, 1000u, MHD_OPTION_END);
}

int
main (int argc, char **argv)
{
  gsize length = argc > 1 ? (gsize) strtoul (argv[1], NULL, 10) : 1;
  unsigned int n_threads = argc > 2 ? (unsigned int) strtoul (argv[2], NULL, 10) : 1;
  g_autofree char *bytes = g_strnfill (length, 'x');
  struct MHD_Response *response = MHD_create_response_from_buffer (length, bytes, MHD_RESPMEM_PERSISTENT);
  struct MHD_Daemon *server;

  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
  server = start (response, n_threads);
  if (server == NULL)
    return EXIT_FAILURE;
  printf ("%u\n", MHD_get_daemon_info (server, MHD_DAEMON_INFO_BIND_PORT)->port);
  fflush (stdout);
  while (getchar () != EOF)
    continue;
  MHD_stop_daemon (server);
  MHD_destroy_response (response);
  return EXIT_SUCCESS;
}
