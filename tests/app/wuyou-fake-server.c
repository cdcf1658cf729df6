/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-fake-server.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct {
  guint status;
  char *type, *body, *header, *value;
  GBytes *bytes;
  gboolean hang;
} Answer;

typedef struct {
  GQueue answers;
  guint count;
  GHashTable *headers;
  char *body;
} Line;

struct _WuyouFakeServer {
  SoupServer *soup;
  char *url;
  guint16 port;
  GHashTable *lines; /* "GET /v1/session" → Line */
  GPtrArray *hanging;
};

static void
answer_free (Answer *answer)
{
  g_free (answer->type);
  g_free (answer->body);
  g_free (answer->header);
  g_free (answer->value);
  g_clear_pointer (&answer->bytes, g_bytes_unref);
  g_free (answer);
}

static void
line_free (Line *line)
{
  g_queue_clear_full (&line->answers, (GDestroyNotify) answer_free);
  g_hash_table_unref (line->headers);
  g_free (line->body);
  g_free (line);
}

static Line *
get_line (WuyouFakeServer *self, const char *call)
{
  Line *line = g_hash_table_lookup (self->lines, call);

  if (line != NULL)
    return line;
  line = g_new0 (Line, 1);
  g_queue_init (&line->answers);
  line->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->lines, g_strdup (call), line);
  return line;
}

static void
keep_header (const char *name, const char *value, gpointer data)
{
  g_hash_table_insert (data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
keep_request (Line *line, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  line->count++;
  g_hash_table_remove_all (line->headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header, line->headers);
  keep_header (":query", g_uri_get_query (soup_server_message_get_uri (message)), line->headers);
  g_free (line->body);
  line->body = g_malloc0 ((gsize) body->length + 1); /* also bytes: a zero does not end them */
  if (body->length > 0)
    memcpy (line->body, body->data, (gsize) body->length);
}

static void
give (SoupServerMessage *message, const Answer *answer)
{
  const char *type = answer->status >= 400 ? "application/problem+json" : "application/json";

  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->header != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), answer->header, answer->value);
  if (answer->bytes != NULL)
    soup_server_message_set_response (message, answer->type, SOUP_MEMORY_COPY, g_bytes_get_data (answer->bytes, NULL),
                                      g_bytes_get_size (answer->bytes));
  else if (answer->body != NULL)
    soup_server_message_set_response (message, answer->type != NULL ? answer->type : type, SOUP_MEMORY_COPY,
                                      answer->body, strlen (answer->body));
}

static void
on_request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  static const Answer unknown = { 404, NULL, (char *) "{\"code\":\"NOT_FOUND\"}", NULL, NULL, NULL, FALSE };
  WuyouFakeServer *self = data;
  g_autofree char *call = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  Line *line = get_line (self, call);
  const Answer *answer = g_queue_peek_head (&line->answers);

  keep_request (line, message);
  if (answer != NULL && answer->hang) {
    soup_server_message_pause (message);
    g_ptr_array_add (self->hanging, g_object_ref (message));
    return;
  }
  give (message, answer != NULL ? answer : &unknown);
  if (line->answers.length > 1)
    answer_free (g_queue_pop_head (&line->answers));
}

void
wuyou_fake_server_say (WuyouFakeServer *self, const char *call, const WuyouFakeAnswer *answer)
{
  Answer *copy = g_new0 (Answer, 1);

  copy->status = answer->status;
  copy->type = g_strdup (answer->type);
  copy->body = g_strdup (answer->body);
  copy->header = g_strdup (answer->header);
  copy->value = g_strdup (answer->value);
  copy->bytes = answer->bytes != NULL ? g_bytes_ref (answer->bytes) : NULL;
  copy->hang = answer->hang;
  g_queue_push_tail (&get_line (self, call)->answers, copy);
}

void
wuyou_fake_server_forget (WuyouFakeServer *self, const char *call)
{
  g_queue_clear_full (&get_line (self, call)->answers, (GDestroyNotify) answer_free);
}

void
wuyou_fake_server_say_json (WuyouFakeServer *self, const char *call, guint status, const char *body)
{
  wuyou_fake_server_forget (self, call);
  wuyou_fake_server_say (self, call, &(WuyouFakeAnswer){ .status = status, .body = body });
}

guint
wuyou_fake_server_count (WuyouFakeServer *self, const char *call)
{
  return get_line (self, call)->count;
}

const char *
wuyou_fake_server_last (WuyouFakeServer *self, const char *call, const char *header)
{
  Line *line = get_line (self, call);
  g_autofree char *lower = header != NULL ? g_ascii_strdown (header, -1) : NULL;

  return header != NULL ? g_hash_table_lookup (line->headers, lower) : line->body;
}

const char *
wuyou_fake_server_get_url (WuyouFakeServer *self)
{
  return self->url;
}

guint16
wuyou_fake_server_get_port (WuyouFakeServer *self)
{
  return self->port;
}

WuyouFakeServer *
wuyou_fake_server_new (void)
{
  WuyouFakeServer *self = g_new0 (WuyouFakeServer, 1);
  GSList *uris;

  self->soup = soup_server_new (NULL, NULL);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) line_free);
  self->hanging = g_ptr_array_new_with_free_func (g_object_unref);
  soup_server_add_handler (self->soup, NULL, on_request_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->soup);
  self->port = g_uri_get_port (uris->data);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
wuyou_fake_server_free (WuyouFakeServer *self)
{
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_ptr_array_unref (self->hanging);
  g_hash_table_unref (self->lines);
  g_free (self->url);
  g_free (self);
}

char *
wuyou_fake_session (const char *token, const char *gates)
{
  g_autofree char *member = token != NULL ? g_strdup_printf ("\"token\":\"%s\",", token) : g_strdup ("");

  return g_strdup_printf ("{%s\"session\":{\"id\":\"0199a0b1-0000-7000-8000-00000000000a\",\"idle_seconds\":900},"
                          "\"account\":{\"id\":\"0199a0b1-0000-7000-8000-000000000001\",\"name\":\"李明华\","
                          "\"email\":\"li@anda.example\",\"roles\":\"DADM\",\"totp\":false,"
                          "\"org\":{\"id\":\"0199a0b1-0000-7000-8000-000000000002\",\"name\":\"安达汽车\","
                          "\"kind\":\"DEALER\"}},"
                          "\"last_sign_in\":{\"at\":\"2026-11-22T10:31:05Z\",\"host\":\"192.0.2.14\"},\"gates\":%s}",
                          member, gates);
}
