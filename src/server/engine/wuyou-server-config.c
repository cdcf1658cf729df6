/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-server-config.h"

#include <stdlib.h>
#include <string.h>

#include "base/wuyou-error.h"

/* Workers mostly wait for a commit, so there are many more of them than processors: that many writes can
 * share one commit, and as many again are prepared meanwhile. */
WuyouServerConfig *
wuyou_server_config_new (void)
{
  WuyouServerConfig *config = g_new (WuyouServerConfig, 1);

  *config = (WuyouServerConfig){
    .listen_host = g_strdup ("127.0.0.1"),
    .port = 0,
    .workers = 64,
    .queue_limit = 512,
    .max_connections = 8000,
    .max_connections_per_address = 1000,
    .max_polls = 6000,
    .header_seconds = 75,
    .request_seconds = 60,
    .upload_seconds = 300,
    .send_seconds = 60,
    .queue_seconds = 15,
    .scan_seconds = 50,
    .decode_seconds = 120,
    .decode_cpu_seconds = 60,
    .decode_memory = 1024,
    .lease_seconds = 30,
    .drain_seconds = 10,
    .max_body_memory = 128 * 1024 * 1024,
    .rate_limit = 200,
    .log_requests = TRUE,
  };
  return config;
}

void
wuyou_server_config_free (WuyouServerConfig *config)
{
  if (config == NULL)
    return;
  g_free (config->listen_host);
  g_free (config->tls_cert);
  g_free (config->tls_key);
  g_free (config->trusted_proxy);
  g_free (config->db_uri);
  g_free (config->data_dir);
  g_free (config->spool_dir);
  g_free (config->clamd_socket);
  g_free (config->decoder);
  g_free (config);
}

gboolean
wuyou_server_config_set_listen (WuyouServerConfig *config, const char *text, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  gsize length = host != NULL ? strlen (host) : 0;
  guint64 port = 0;

  if (length == 0 || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL)) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "Not an address to listen at: %s", text);
    return FALSE;
  }
  if (host[0] == '[' && host[length - 1] == ']') {
    memmove (host, host + 1, length - 2);
    host[length - 2] = '\0';
  }
  g_free (config->listen_host);
  config->listen_host = g_steal_pointer (&host);
  config->port = (guint16) port;
  return TRUE;
}
