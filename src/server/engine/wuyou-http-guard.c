/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-http-guard.h"

#include <string.h>

#include "base/wuyou-error.h"

#define MAX_KEY 128

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, message);
  return FALSE;
}

/* Headers that are acted on: a second one is an attempt to be read in two ways. */
static const char *const single_headers[] = {
  "authorization",   "content-encoding", "content-length", "content-type", "expect",        "host",
  "idempotency-key", "if-match",         "if-none-match",  "range",        "upload-offset",
};

static enum MHD_Result
collect_header (void *data,
                enum MHD_ValueKind kind,
                const char *name,
                size_t name_length,
                const char *value,
                size_t value_length)
{
  WuyouRequest *request = data;

  request->n_headers++;
  if (request->n_headers > WUYOU_MAX_HEADERS)
    return MHD_NO;
  request->headers[request->n_headers - 1] = (WuyouHeader){
    .name = name,
    .value = value != NULL ? value : "",
    .name_length = name_length,
    .value_length = value_length,
  };
  return MHD_YES;
}

static gboolean
is_token (const WuyouHeader *header)
{
  for (gsize i = 0; i < header->name_length; i++)
    if (!g_ascii_isalnum (header->name[i])
        && (header->name[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", header->name[i]) == NULL))
      return FALSE;
  return header->name_length > 0 && strlen (header->name) == header->name_length;
}

static gboolean
is_clean_value (const WuyouHeader *header)
{
  for (gsize i = 0; i < header->value_length; i++) {
    guchar c = (guchar) header->value[i];

    if ((c < 0x20 && c != '\t') || c == 0x7f)
      return FALSE;
  }
  return TRUE;
}

static guint
count_header (const WuyouRequest *request, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < request->n_headers; i++)
    n += g_ascii_strcasecmp (request->headers[i].name, name) == 0;
  return n;
}

static gboolean
check_headers (WuyouRequest *request, GError **error)
{
  for (guint i = 0; i < request->n_headers; i++) {
    if (!is_token (&request->headers[i]))
      return refuse (error, "a header name with a character that may not stand there");
    if (!is_clean_value (&request->headers[i]))
      return refuse (error, "a header value with a control character");
  }
  for (guint i = 0; i < G_N_ELEMENTS (single_headers); i++)
    if (count_header (request, single_headers[i]) > 1)
      return refuse (error, "a header that may stand once stands twice");
  return TRUE;
}

static gboolean
check_length (WuyouRequest *request, GError **error)
{
  const char *text = wuyou_request_get_header (request, "Content-Length");
  guint64 length = 0;

  if (count_header (request, "Transfer-Encoding") > 0)
    return refuse (error, "Transfer-Encoding is not taken; send Content-Length");
  if (text == NULL)
    return TRUE;
  /* g_ascii_string_to_unsigned refuses signs and blanks, as RFC 9112 asks. */
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &length, NULL))
    return refuse (error, "Content-Length is not a number");
  request->declared = (gint64) length;
  return TRUE;
}

static gboolean
check_encoding (const WuyouRequest *request, GError **error)
{
  const char *encoding = wuyou_request_get_header (request, "Content-Encoding");

  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    return refuse (error, "Content-Encoding is not taken");
  return TRUE;
}

gboolean
wuyou_http_guard_check (WuyouRequest *request, const char *version, GError **error)
{
  gboolean current = g_strcmp0 (version, "HTTP/1.1") == 0;
  const char *host;

  if (!current && g_strcmp0 (version, "HTTP/1.0") != 0)
    return refuse (error, "only HTTP/1.1 and HTTP/1.0 are spoken here");
  MHD_get_connection_values_n (request->connection, MHD_HEADER_KIND, collect_header, request);
  if (request->n_headers > WUYOU_MAX_HEADERS) {
    request->n_headers = WUYOU_MAX_HEADERS;
    return refuse (error, "too many headers");
  }
  if (!check_headers (request, error) || !check_length (request, error) || !check_encoding (request, error))
    return FALSE;
  host = wuyou_request_get_header (request, "Host");
  if ((current && host == NULL) || (host != NULL && strpbrk (host, " ,/@\\") != NULL))
    return refuse (error, "no Host, or one that is none");
  return TRUE;
}

static gboolean
check_body (const WuyouRequest *request, GError **error)
{
  const char *type = wuyou_request_get_header (request, "Content-Type");

  if (request->declared > 0 && request->route->max_body == 0)
    return refuse (error, "no body is expected here");
  if (request->declared > request->route->max_body) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_TOO_LARGE, "The body may have %u bytes.", request->route->max_body);
    return FALSE;
  }
  if ((request->route->flags & WUYOU_ROUTE_STREAM_IN) != 0 || request->declared == 0)
    return TRUE;
  /* A web page cannot send this type to a foreign server without asking first. */
  if (type == NULL || g_ascii_strncasecmp (type, "application/json", 16) != 0
      || (type[16] != '\0' && type[16] != ';' && type[16] != ' '))
    return refuse (error, "the body must be application/json");
  return TRUE;
}

/* A strong tag with a revision: "7". */
static gboolean
read_if_match (WuyouRequest *request, GError **error)
{
  const char *tag = wuyou_request_get_header (request, "If-Match");
  gsize length = tag != NULL ? strlen (tag) : 0;
  g_autofree char *digits = length > 2 ? g_strndup (tag + 1, length - 2) : NULL;

  if (tag == NULL)
    return TRUE;
  if (digits == NULL || tag[0] != '"' || tag[length - 1] != '"'
      || !g_ascii_string_to_signed (digits, 10, 1, G_MAXINT64, &request->if_match, NULL))
    return refuse (error, "If-Match is not the tag of a revision");
  return TRUE;
}

static gboolean
read_idempotency_key (WuyouRequest *request, GError **error)
{
  const char *key = wuyou_request_get_header (request, "Idempotency-Key");
  gsize length = key != NULL ? strlen (key) : 0;

  if (key == NULL)
    return TRUE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      return refuse (error, "Idempotency-Key is not plain text");
  if (length < 8 || length > MAX_KEY)
    return refuse (error, "Idempotency-Key must have 8 to 128 characters");
  request->idempotency_key = key;
  return TRUE;
}

gboolean
wuyou_http_guard_check_route (WuyouRequest *request, GError **error)
{
  return check_body (request, error) && read_if_match (request, error) && read_idempotency_key (request, error);
}
