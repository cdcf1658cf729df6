/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <microhttpd.h>

#include "engine/wuyou-reply.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_REPLY_EMPTY,
  WUYOU_REPLY_JSON,
  WUYOU_REPLY_BYTES,
  WUYOU_REPLY_STREAM,
  WUYOU_REPLY_WAIT,
} WuyouReplyKind;

struct _WuyouReply {
  WuyouReplyKind kind;
  guint status;
  const char *type;   /* static or interned */
  GPtrArray *headers; /* name, value, name … owned */
  GString *json;
  GBytes *bytes;
  guint64 length; /* of the body */
  const WuyouReplySource *source;
  gpointer source_data;
  char *scope; /* of a wait */
  gint64 until;
  gboolean close; /* the connection, after this */
};

/* The body moves into the response; not for STREAM and WAIT. */
struct MHD_Response *_wuyou_reply_take_response (WuyouReply *reply);
/* Headers of the reply and those every answer has. */
void _wuyou_reply_add_headers (const WuyouReply *reply,
                               struct MHD_Response *response,
                               const char *request_id,
                               gboolean secure);

G_END_DECLS
