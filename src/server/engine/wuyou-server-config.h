/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

#include "base/wuyou-clock.h"
#include "base/wuyou-id.h"

G_BEGIN_DECLS

/* What a server is told at start. Strings are owned by the config; NULL means "not given". Times in seconds. */
typedef struct {
  char *listen_host; /* "127.0.0.1" */
  guint16 port;      /* 0: any free one */
  char *tls_cert, *tls_key;
  char *trusted_proxy; /* address whose X-Forwarded-For is believed */
  char *db_uri;        /* "sqlite:PATH" or "postgresql://…" */
  char *data_dir, *spool_dir, *clamd_socket;
  char *decoder; /* path of wuyou-decoder; NULL: found beside the server or in libexec */
  guint workers, queue_limit;
  guint max_connections, max_connections_per_address, max_polls;
  guint header_seconds;  /* connection or last answer → end of headers; also the longest idle time */
  guint request_seconds; /* headers → whole body */
  guint upload_seconds;  /* the same, for streamed bodies */
  guint send_seconds;    /* answer ready → answer sent; longer for long answers */
  guint queue_seconds;   /* a request that waited longer for a worker is refused */
  guint scan_seconds;    /* what the virus scanner may take over one file, and over each piece of it */
  guint decode_seconds;  /* what the decoder's child may take over one file, by the clock on the wall */
  guint decode_cpu_seconds;
  guint decode_memory;     /* MiB of address space of that child */
  guint lease_seconds;     /* how long a job of a process that was killed waits before another takes it */
  guint drain_seconds;     /* what a stop waits for requests in flight */
  guint64 max_body_memory; /* bytes of bodies in memory at one time, all requests together */
  guint rate_limit;        /* requests a second of one account or address; 0: none */
  gboolean log_requests;
} WuyouServerConfig;

WuyouServerConfig *wuyou_server_config_new (void); /* the defaults of the product; owned */
void wuyou_server_config_free (WuyouServerConfig *config);
/* "127.0.0.1:8443", "[::1]:0", "0.0.0.0:8443"; INVALID otherwise. */
gboolean wuyou_server_config_set_listen (WuyouServerConfig *config, const char *text, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouServerConfig, wuyou_server_config_free)

G_END_DECLS
