/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-server.h"

G_BEGIN_DECLS

/* The engine in this process with a handful of handlers on real routes, and a client that sends bytes as they are:
 *   GET    /v1/support                    fixed JSON, no session
 *   POST   /v1/misuse-reports             {"length":…,"digest":…} of the body, no session, 16 KiB
 *   POST   /v1/contracts                  the same, session, Idempotency-Key, 64 KiB
 *   PUT    /v1/contracts/{id}             {"id":…,"revision":…}, session, If-Match and Idempotency-Key
 *   GET    /v1/contracts/{id}             {"id":…,"query":…}
 *   GET    /v1/today                      waits until wuyou_http_test_open_gate ()
 *   GET    /v1/changes                    waits for a wake: {"over":…,"number":…}
 *   PATCH  /v1/documents/{id}/content     streamed: {"length":…,"digest":…}
 *   GET    /v1/documents/{id}/content     ?size=N bytes, made while sent
 *   GET    /v1/products                   fails inside with a secret in its message
 * Tokens: "good" (a manager), "initial" (must change the password), "seller" (no permission for contracts' payment). */
typedef struct {
  WuyouServerConfig *config;
  WuyouServerContext context;
  WuyouRouter *router;
  WuyouServer *server;
  GMutex lock;
  GCond opened;
  gboolean open;
  guint waiting; /* handlers behind the gate */
  guint number;  /* what long polls look at */
  guint handled; /* calls of the long poll's handler */
  guint uploads_freed;
  gsize chunk_delay; /* microseconds a chunk takes */
} WuyouHttpTest;

/* Not started yet, so that the test can change test->config. */
WuyouHttpTest *wuyou_http_test_new (void);
void wuyou_http_test_start (WuyouHttpTest *test);
void wuyou_http_test_free (WuyouHttpTest *test);
void wuyou_http_test_open_gate (WuyouHttpTest *test);
void wuyou_http_test_wait_waiting (WuyouHttpTest *test, guint n);
void wuyou_http_test_tell (WuyouHttpTest *test, const char *scope); /* number + 1, then wake */

typedef struct {
  guint status;        /* 0: nothing came */
  GHashTable *headers; /* lower-case name → value */
  GString *body;
  gboolean truncated; /* the connection ended inside the body */
} WuyouHttpReply;

int wuyou_http_test_connect (WuyouHttpTest *test);
/* FALSE when the peer has closed. */
gboolean wuyou_http_test_send (int fd, const char *bytes, gssize length);
/* One reply off the connection, waiting at most @milliseconds for each byte. */
WuyouHttpReply *wuyou_http_test_read (int fd, int milliseconds);
gboolean wuyou_http_test_is_closed (int fd, int milliseconds);
void wuyou_http_reply_free (WuyouHttpReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouHttpReply, wuyou_http_reply_free)

/* Connect, send, read one reply, close. */
WuyouHttpReply *wuyou_http_test_exchange (WuyouHttpTest *test, const char *bytes, gssize length);
/* Asserts a problem document with this status and code. */
void wuyou_http_test_assert_problem (const WuyouHttpReply *reply, guint status, const char *code);

G_END_DECLS
