/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-request-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "base/wuyou-json.h"

WuyouRequest *
_wuyou_request_new (WuyouServer *server, struct MHD_Connection *connection, const char *target)
{
  WuyouRequest *request = g_new0 (WuyouRequest, 1);
  g_autofree char *id = wuyou_id_random_hex (8);

  request->server = server;
  request->connection = connection;
  request->target = g_strdup (target);
  g_strlcpy (request->id, id, sizeof request->id);
  return request;
}

void
_wuyou_request_free (WuyouRequest *request)
{
  if (request->note_destroy != NULL)
    request->note_destroy (request->note);
  wuyou_caller_clear (&request->caller);
  wuyou_reply_free (request->reply);
  g_clear_pointer (&request->json, json_object_unref);
  g_clear_pointer (&request->query, g_ptr_array_unref);
  g_free (request->target);
  g_free (request->path);
  g_free (request->forwarded);
  g_free (request->args[0]);
  g_free (request->args[1]);
  g_free (request->body);
  g_free (request->fingerprint);
  g_free (request);
}

void
wuyou_caller_clear (WuyouCaller *caller)
{
  g_free (caller->scope);
  memset (caller, 0, sizeof *caller);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, message);
  return FALSE;
}

/* Characters that may stand in a target (RFC 3986); everything else comes as %XX. */
static gboolean
is_target_character (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~:/?@!$&'()*+,;=%", c) != NULL);
}

/* Decodes %XX and, in queries, '+'. NULL for a wrong escape, a control character, or what is not UTF-8. */
static char *
decode (const char *text, gsize length, gboolean query)
{
  g_autofree char *out = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++) {
    int c = (guchar) text[i];

    if (c == '%') {
      int high = i + 2 < length ? g_ascii_xdigit_value (text[i + 1]) : -1;
      int low = i + 2 < length ? g_ascii_xdigit_value (text[i + 2]) : -1;

      if (high < 0 || low < 0)
        return NULL;
      c = high * 16 + low;
      i += 2;
    } else if (c == '+' && query) {
      c = ' ';
    }
    if (c < 0x20 || c == 0x7f)
      return NULL;
    out[n++] = (char) c;
  }
  out[n] = '\0';
  return g_utf8_validate (out, (gssize) n, NULL) ? g_steal_pointer (&out) : NULL;
}

static gboolean
has_dot_segment (const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);

  return g_strv_contains ((const char *const *) segments, ".")
         || g_strv_contains ((const char *const *) segments, "..");
}

static gboolean
parse_path (WuyouRequest *request, gsize length, GError **error)
{
  request->path = decode (request->target, length, FALSE);
  if (request->path == NULL)
    return refuse (error, "the path is not escaped well");
  /* An escaped slash would mean one thing to a proxy and another to us. */
  if (g_strstr_len (request->target, (gssize) length, "%2f") || g_strstr_len (request->target, (gssize) length, "%2F"))
    return refuse (error, "an escaped slash in the path");
  if (strchr (request->path, '.') != NULL && has_dot_segment (request->path))
    return refuse (error, "dot segments in the path");
  return TRUE;
}

static gboolean
parse_parameter (WuyouRequest *request, const char *text, gsize length, GError **error)
{
  const char *equals = memchr (text, '=', length);
  gsize name_length = equals != NULL ? (gsize) (equals - text) : length;
  gsize value_start = equals != NULL ? name_length + 1 : length;
  g_autofree char *name = decode (text, name_length, TRUE);
  g_autofree char *value = decode (text + value_start, length - value_start, TRUE);

  if (name == NULL || value == NULL)
    return refuse (error, "the query is not escaped well");
  if (wuyou_request_get_query (request, name) != NULL)
    return refuse (error, "a parameter stands twice in the query");
  if (request->query == NULL)
    request->query = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (request->query, g_steal_pointer (&name));
  g_ptr_array_add (request->query, g_steal_pointer (&value));
  return request->query->len <= 2 * 64 || refuse (error, "too many parameters");
}

gboolean
_wuyou_request_parse_target (WuyouRequest *request, GError **error)
{
  gsize length = strlen (request->target);
  gsize path_length = strcspn (request->target, "?");
  const char *p = request->target + path_length;

  if (length > WUYOU_MAX_TARGET)
    return refuse (error, "the address is too long");
  if (request->target[0] != '/')
    return refuse (error, "the address does not begin with a slash");
  for (gsize i = 0; i < length; i++)
    if (!is_target_character (request->target[i]))
      return refuse (error, "a character in the address that must be escaped");
  if (!parse_path (request, path_length, error))
    return FALSE;
  while (*p != '\0') {
    gsize part = strcspn (++p, "&");

    if (part > 0 && !parse_parameter (request, p, part, error))
      return FALSE;
    p += part;
  }
  return TRUE;
}

const WuyouRoute *
wuyou_request_get_route (const WuyouRequest *request)
{
  return request->route;
}

const WuyouCaller *
wuyou_request_get_caller (const WuyouRequest *request)
{
  return &request->caller;
}

const char *
wuyou_request_get_id (const WuyouRequest *request)
{
  return request->id;
}

const char *
wuyou_request_get_address (const WuyouRequest *request)
{
  return request->address;
}

gint64
wuyou_request_get_now (const WuyouRequest *request)
{
  return request->now;
}

const char *
wuyou_request_get_arg (const WuyouRequest *request, guint index)
{
  return index < G_N_ELEMENTS (request->args) ? request->args[index] : NULL;
}

const char *
wuyou_request_get_id_arg (const WuyouRequest *request, guint index, GError **error)
{
  const char *id = wuyou_request_get_arg (request, index);

  if (wuyou_id_is_valid (id))
    return id;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "not an id");
  return NULL;
}

const char *
wuyou_request_get_query (const WuyouRequest *request, const char *name)
{
  for (guint i = 0; request->query != NULL && i + 1 < request->query->len; i += 2)
    if (g_str_equal (request->query->pdata[i], name))
      return request->query->pdata[i + 1];
  return NULL;
}

gboolean
wuyou_request_check_query (const WuyouRequest *request, GError **error)
{
  g_auto (GStrv) known = g_strsplit (request->route->query != NULL ? request->route->query : "", " ", -1);

  for (guint i = 0; request->query != NULL && i + 1 < request->query->len; i += 2) {
    GError *violation;

    if (g_strv_contains ((const char *const *) known, request->query->pdata[i]))
      continue;
    violation = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This field is not known here."));
    wuyou_error_set_field (violation, request->query->pdata[i], NULL);
    g_propagate_error (error, violation);
    return FALSE;
  }
  return TRUE;
}

gboolean
wuyou_request_get_query_int (const WuyouRequest *request,
                             const char *name,
                             gint64 min,
                             gint64 max,
                             gint64 fallback,
                             gint64 *ret_value,
                             GError **error)
{
  const char *text = wuyou_request_get_query (request, name);
  GError *violation = NULL;

  if (text == NULL) {
    *ret_value = fallback;
    return TRUE;
  }
  if (g_ascii_string_to_signed (text, 10, min, max, ret_value, NULL))
    return TRUE;
  violation = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This is not a number in the range allowed."));
  wuyou_error_set_field (violation, name, NULL);
  wuyou_error_take_violation (error, violation);
  return FALSE;
}

const char *
wuyou_request_get_header (const WuyouRequest *request, const char *name)
{
  for (guint i = 0; i < request->n_headers; i++)
    if (g_ascii_strcasecmp (request->headers[i].name, name) == 0)
      return request->headers[i].value;
  return NULL;
}

gint64
wuyou_request_get_if_match (const WuyouRequest *request)
{
  return request->if_match;
}

const char *
wuyou_request_get_idempotency_key (const WuyouRequest *request)
{
  return request->idempotency_key;
}

const char *
wuyou_request_get_fingerprint (WuyouRequest *request)
{
  g_autoptr (GChecksum) checksum = NULL;

  if (request->fingerprint != NULL)
    return request->fingerprint;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  /* With the NUL after each part, so that parts cannot flow into each other. */
  g_checksum_update (checksum, (const guchar *) request->method, (gssize) strlen (request->method) + 1);
  g_checksum_update (checksum, (const guchar *) request->target, (gssize) strlen (request->target) + 1);
  if (request->body_length > 0)
    g_checksum_update (checksum, request->body, (gssize) request->body_length);
  request->fingerprint = g_strdup (g_checksum_get_string (checksum));
  return request->fingerprint;
}

const char *
wuyou_request_get_body (const WuyouRequest *request, gsize *ret_length)
{
  if (ret_length != NULL)
    *ret_length = request->body_length;
  return request->body != NULL ? (const char *) request->body : "";
}

gint64
wuyou_request_get_body_length (const WuyouRequest *request)
{
  return request->declared;
}

JsonObject *
wuyou_request_get_json (WuyouRequest *request, GError **error)
{
  if (request->json == NULL)
    request->json = wuyou_json_parse_object (wuyou_request_get_body (request, NULL), request->body_length, error);
  return request->json;
}

gboolean
wuyou_request_is_over (const WuyouRequest *request)
{
  return request->over;
}

void
wuyou_request_set_note (WuyouRequest *request, gpointer note, GDestroyNotify destroy)
{
  if (request->note_destroy != NULL)
    request->note_destroy (request->note);
  request->note = note;
  request->note_destroy = destroy;
}

gpointer
wuyou_request_get_note (const WuyouRequest *request)
{
  return request->note;
}
