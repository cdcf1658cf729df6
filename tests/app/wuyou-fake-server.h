/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A server that says what a test tells it to, in this process and on the main context: for what the real one never
 * does. Answers are kept by "METHOD /path"; the last one for it stays. */
typedef struct _WuyouFakeServer WuyouFakeServer;

typedef struct {
  guint status;
  const char *type; /* NULL: application/json, or problem+json from 400 on */
  const char *body; /* NULL: empty */
  const char *header, *value;
  gboolean hang; /* never answers */
  GBytes *bytes; /* in place of body */
} WuyouFakeAnswer;

WuyouFakeServer *wuyou_fake_server_new (void);
void wuyou_fake_server_free (WuyouFakeServer *self);
const char *wuyou_fake_server_get_url (WuyouFakeServer *self); /* borrowed */
guint16 wuyou_fake_server_get_port (WuyouFakeServer *self);

/* Queues @answer; strings are copied. Without an answer: 404 as a problem. */
void wuyou_fake_server_say (WuyouFakeServer *self, const char *call, const WuyouFakeAnswer *answer);
void wuyou_fake_server_forget (WuyouFakeServer *self, const char *call); /* what it was told to answer to @call */
/* In place of what it was told before. */
void wuyou_fake_server_say_json (WuyouFakeServer *self, const char *call, guint status, const char *body);
guint wuyou_fake_server_count (WuyouFakeServer *self, const char *call);
/* Of the newest request for @call: a header, ":query", or with NULL its body; borrowed. */
const char *wuyou_fake_server_last (WuyouFakeServer *self, const char *call, const char *header);

/* A session body as the server gives it; @gates is a JSON array. Owned. */
char *wuyou_fake_session (const char *token, const char *gates);

G_END_DECLS
