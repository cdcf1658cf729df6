/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

static gboolean
type_is (const WuyouAnswer *answer, const char *type)
{
  return answer->type != NULL && g_str_equal (answer->type, type);
}

/* For a refusal without a body that says more: what the bare status means. */
static WuyouError
code_of_status (guint status)
{
  switch (status) {
  case 401:
    return WUYOU_ERROR_UNAUTHENTICATED;
  case 403:
    return WUYOU_ERROR_FORBIDDEN;
  case 404:
    return WUYOU_ERROR_NOT_FOUND;
  case 413:
    return WUYOU_ERROR_TOO_LARGE;
  case 429:
    return WUYOU_ERROR_RATE_LIMITED;
  case 502:
  case 503:
    return WUYOU_ERROR_BUSY;
  case 504:
    return WUYOU_ERROR_TIMEOUT;
  default:
    return status >= 500 ? WUYOU_ERROR_INTERNAL : WUYOU_ERROR_MALFORMED;
  }
}

static GError *
error_of_object (JsonObject *object, WuyouError fallback)
{
  const char *id = wuyou_json_get_string (object, "code");
  const char *detail = wuyou_json_get_string (object, "detail");
  WuyouError code = id != NULL ? wuyou_error_from_id (id) : fallback;
  GError *error = g_error_new_literal (WUYOU_ERROR, code, detail != NULL ? detail : "");

  wuyou_error_set_field (error, wuyou_json_get_string (object, "field"), wuyou_json_get_string (object, "authority"));
  return error;
}

static void
take_violations (GError **error, JsonObject *problem)
{
  JsonArray *violations = wuyou_json_get_array (problem, "violations");

  for (guint i = 0; violations != NULL && i < json_array_get_length (violations); i++) {
    JsonObject *violation = wuyou_json_array_get_object (violations, i);

    if (violation != NULL)
      wuyou_error_take_violation (error, error_of_object (violation, WUYOU_ERROR_INVALID));
  }
}

static guint
retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, 86400, &seconds, NULL))
    return 0;
  return seconds;
}

static void
set_refusal (WuyouAnswer *answer, SoupMessage *message, GError **error)
{
  WuyouError fallback = code_of_status (answer->status);
  gsize length;
  const char *text = g_bytes_get_data (answer->bytes, &length);
  GError *refusal = NULL;

  if (type_is (answer, "application/problem+json"))
    answer->problem = wuyou_json_parse_object (text, length, NULL);
  if (answer->problem == NULL) {
    refusal = g_error_new_literal (WUYOU_ERROR, fallback, "");
  } else {
    refusal = error_of_object (answer->problem, fallback);
    take_violations (&refusal, answer->problem);
  }
  wuyou_error_set_retry_after (refusal, retry_after (message));
  g_propagate_error (error, refusal);
}

/* Our server redirects nobody: whoever does is a portal, a proxy, or someone who wants the token in clear. */
static void
set_redirected (SoupMessage *message, GError **error)
{
  const char *where = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");

  if (where != NULL && g_ascii_strncasecmp (where, "http:", 5) == 0)
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INSECURE, "redirected to a place in clear text");
  else
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE, "redirected elsewhere");
}

void
wuyou_answer_read (WuyouAnswer *answer, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (answer->bytes, &length);

  if (answer->status == 204 || length == 0)
    return;
  if (!type_is (answer, "application/json")) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE, "an answer that is not the server's");
    return;
  }
  answer->object = wuyou_json_parse_object (text, length, NULL);
  if (answer->object == NULL)
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "an answer that cannot be read");
}

WuyouAnswer *
wuyou_answer_new (SoupMessage *message, GBytes *bytes, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  WuyouAnswer *answer = g_new0 (WuyouAnswer, 1);

  answer->status = soup_message_get_status (message);
  answer->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  answer->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->bytes = g_bytes_ref (bytes);
  if (answer->status >= 300 && answer->status < 400)
    set_redirected (message, error);
  else if (answer->status < 200 || answer->status >= 400)
    set_refusal (answer, message, error);
  return answer;
}

void
wuyou_answer_free (WuyouAnswer *answer)
{
  g_free (answer->etag);
  g_free (answer->type);
  g_clear_pointer (&answer->bytes, g_bytes_unref);
  g_clear_pointer (&answer->object, json_object_unref);
  g_clear_pointer (&answer->problem, json_object_unref);
  g_free (answer);
}
