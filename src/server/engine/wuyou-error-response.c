/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-error-response.h"

#include "base/wuyou-json.h"
#include "engine/wuyou-reply-private.h"

#define PROBLEM_TYPE "urn:wuyou:problem:"

static const char *
get_code_id (const GError *error)
{
  return wuyou_error_info (error->domain == WUYOU_ERROR ? (WuyouError) error->code : WUYOU_ERROR_INTERNAL)->id;
}

/* What is between brackets of a foreign error may be a path or a value: it stays in the log. Of our own codes
 * INTERNAL and CORRUPT say more than a client should know. */
static const char *
get_detail (const GError *error)
{
  if (error->domain != WUYOU_ERROR || error->code == WUYOU_ERROR_INTERNAL || error->code == WUYOU_ERROR_CORRUPT)
    return NULL;
  return *error->message != '\0' ? error->message : NULL;
}

static void
write_violations (const GPtrArray *violations, GString *out)
{
  if (violations == NULL)
    return;
  wuyou_json_begin_array (out, "violations");
  for (guint i = 0; i < violations->len; i++) {
    const GError *violation = violations->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "field", wuyou_error_get_field (violation));
    wuyou_json_add_string (out, "code", get_code_id (violation));
    wuyou_json_add_string (out, "detail", get_detail (violation));
    wuyou_json_add_string (out, "authority", wuyou_error_get_authority (violation));
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

static guint
get_status (const GError *error)
{
  guint status = error->domain == WUYOU_ERROR ? wuyou_error_info (error->code)->status : 0;

  return status != 0 ? status : 500;
}

void
wuyou_error_response_write (const GError *error, GString *out)
{
  const WuyouErrorInfo *info = wuyou_error_info (wuyou_error_from_id (get_code_id (error)));
  g_autofree char *type = g_strconcat (PROBLEM_TYPE, info->id, NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "type", type);
  wuyou_json_add_string (out, "title", info->sentence);
  wuyou_json_add_int (out, "status", get_status (error));
  wuyou_json_add_string (out, "code", info->id);
  wuyou_json_add_string (out, "detail", get_detail (error));
  wuyou_json_add_string (out, "field", wuyou_error_get_field (error));
  wuyou_json_add_string (out, "authority", wuyou_error_get_authority (error));
  write_violations (wuyou_error_get_violations (error), out);
  if (wuyou_error_get_retry_after (error) > 0)
    wuyou_json_add_int (out, "retry_after", wuyou_error_get_retry_after (error));
  wuyou_json_end_object (out);
}

WuyouReply *
wuyou_error_response_new (const GError *error)
{
  GString *out = g_string_sized_new (256);
  WuyouReply *reply;
  guint seconds = wuyou_error_get_retry_after (error);
  guint status = get_status (error);

  wuyou_error_response_write (error, out);
  reply = wuyou_reply_new_json (status, out);
  reply->type = "application/problem+json";
  if (seconds == 0 && (status == 503 || status == 429))
    seconds = 1;
  if (seconds > 0) {
    g_autofree char *value = g_strdup_printf ("%u", seconds);

    wuyou_reply_set_header (reply, "Retry-After", value);
  }
  if (status == 401)
    wuyou_reply_set_header (reply, "WWW-Authenticate", "Bearer");
  return reply;
}
