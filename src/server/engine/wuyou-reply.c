/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-reply-private.h"

#include <string.h>

static WuyouReply *
new_reply (WuyouReplyKind kind, guint status, const char *type)
{
  WuyouReply *reply = g_new0 (WuyouReply, 1);

  reply->kind = kind;
  reply->status = status;
  reply->type = type != NULL ? g_intern_string (type) : NULL;
  return reply;
}

WuyouReply *
wuyou_reply_new (guint status)
{
  return new_reply (WUYOU_REPLY_EMPTY, status, NULL);
}

WuyouReply *
wuyou_reply_new_json (guint status, GString *json)
{
  WuyouReply *reply = new_reply (WUYOU_REPLY_JSON, status, "application/json");

  reply->json = json;
  reply->length = json->len;
  return reply;
}

WuyouReply *
wuyou_reply_new_bytes (guint status, const char *type, GBytes *bytes)
{
  WuyouReply *reply = new_reply (WUYOU_REPLY_BYTES, status, type);

  reply->bytes = g_bytes_ref (bytes);
  reply->length = g_bytes_get_size (bytes);
  return reply;
}

WuyouReply *
wuyou_reply_new_stream (guint status, const char *type, guint64 length, const WuyouReplySource *source, gpointer data)
{
  WuyouReply *reply = new_reply (WUYOU_REPLY_STREAM, status, type);

  reply->length = length;
  reply->source = source;
  reply->source_data = data;
  return reply;
}

WuyouReply *
wuyou_reply_new_wait (const char *scope, gint64 until)
{
  WuyouReply *reply = new_reply (WUYOU_REPLY_WAIT, 0, NULL);

  reply->scope = g_strdup (scope);
  reply->until = until;
  return reply;
}

void
wuyou_reply_free (WuyouReply *reply)
{
  if (reply == NULL)
    return;
  g_clear_pointer (&reply->headers, g_ptr_array_unref);
  g_clear_pointer (&reply->bytes, g_bytes_unref);
  if (reply->json != NULL)
    g_string_free (reply->json, TRUE);
  if (reply->source != NULL && reply->source->free != NULL)
    reply->source->free (reply->source_data);
  g_free (reply->scope);
  g_free (reply);
}

void
wuyou_reply_set_header (WuyouReply *reply, const char *name, const char *value)
{
  if (reply->headers == NULL)
    reply->headers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (reply->headers, g_strdup (name));
  g_ptr_array_add (reply->headers, g_strdup (value));
}

void
wuyou_reply_set_revision (WuyouReply *reply, gint64 revision)
{
  char tag[32];

  g_snprintf (tag, sizeof tag, "\"%" G_GINT64_FORMAT "\"", revision);
  wuyou_reply_set_header (reply, "ETag", tag);
}

void
wuyou_reply_set_file_name (WuyouReply *reply, const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *value = g_strdup_printf ("attachment; filename*=UTF-8''%s", escaped);

  wuyou_reply_set_header (reply, "Content-Disposition", value);
}

guint
wuyou_reply_get_status (const WuyouReply *reply)
{
  return reply->status;
}

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

struct MHD_Response *
_wuyou_reply_take_response (WuyouReply *reply)
{
  if (reply->json != NULL) {
    gsize length = reply->json->len;
    char *text = g_string_free (g_steal_pointer (&reply->json), FALSE);

    return MHD_create_response_from_buffer_with_free_callback_cls (length, text, g_free, text);
  }
  if (reply->bytes != NULL) {
    gsize length;
    gconstpointer data = g_bytes_get_data (reply->bytes, &length);

    return MHD_create_response_from_buffer_with_free_callback_cls (length, (void *) data, unref_bytes,
                                                                   g_steal_pointer (&reply->bytes));
  }
  return MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT);
}

void
_wuyou_reply_add_headers (const WuyouReply *reply,
                          struct MHD_Response *response,
                          const char *request_id,
                          gboolean secure)
{
  if (reply->type != NULL)
    MHD_add_response_header (response, "Content-Type", reply->type);
  MHD_add_response_header (response, "Cache-Control", "no-store");
  MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
  MHD_add_response_header (response, "X-Request-Id", request_id);
  if (secure)
    MHD_add_response_header (response, "Strict-Transport-Security", "max-age=31536000");
  for (guint i = 0; reply->headers != NULL && i + 1 < reply->headers->len; i += 2)
    MHD_add_response_header (response, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
  if (reply->close)
    MHD_add_response_header (response, "Connection", "close");
}
