/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-log.h"

#include <string.h>
#include <unistd.h>

#include "base/wuyou-date.h"
#include "base/wuyou-json.h"
#include "engine/wuyou-request-private.h"

static const char *const level_ids[] = { "error", "warning", "info", "debug" };

/* Of the process, as standard error is; set once before any thread runs. */
static WuyouLogLevel threshold = WUYOU_LOG_WARNING;

gboolean
wuyou_log_is_on (WuyouLogLevel level)
{
  return level <= threshold;
}

static GString *
begin_line (WuyouLogLevel level)
{
  GString *out = g_string_sized_new (256);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_instant (out, "time", g_get_real_time ());
  wuyou_json_add_string (out, "level", level_ids[level]);
  return out;
}

/* One write a line, so that lines of several threads do not mix. */
static void
end_line (GString *out)
{
  gssize written;

  wuyou_json_end_object (out);
  g_string_append_c (out, '\n');
  written = write (STDERR_FILENO, out->str, out->len);
  (void) written; /* there is nowhere else to complain */
  g_string_free (out, TRUE);
}

static void
add_account (GString *out, const WuyouRequest *request)
{
  const WuyouCaller *caller = wuyou_request_get_caller (request);
  g_autofree char *digest = NULL;

  if (caller->account_id[0] == '\0')
    return;
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, caller->account_id, -1);
  digest[12] = '\0';
  wuyou_json_add_string (out, "account", digest);
}

static void
add_request (GString *out, const WuyouRequest *request)
{
  const WuyouRoute *route = wuyou_request_get_route (request);

  wuyou_json_add_string (out, "request", wuyou_request_get_id (request));
  wuyou_json_add_string (out, "method", route != NULL ? route->method : NULL);
  wuyou_json_add_string (out, "route", route != NULL ? route->path : "none");
  add_account (out, request);
}

void
wuyou_log_request (const WuyouRequest *request, guint status, guint64 bytes, gint64 micros, gboolean complete)
{
  GString *out;

  if (!wuyou_log_is_on (WUYOU_LOG_INFO))
    return;
  out = begin_line (WUYOU_LOG_INFO);
  add_request (out, request);
  wuyou_json_add_int (out, "status", status);
  wuyou_json_add_int (out, "bytes", (gint64) bytes);
  wuyou_json_add_int (out, "micros", micros);
  if (!complete)
    wuyou_json_add_boolean (out, "cut", TRUE);
  end_line (out);
}

void
wuyou_log_failure (const WuyouRequest *request, const GError *error)
{
  GString *out = begin_line (WUYOU_LOG_ERROR);

  add_request (out, request);
  wuyou_json_add_string (out, "domain", g_quark_to_string (error->domain));
  wuyou_json_add_string (out, "message", error->message);
  end_line (out);
}

void
wuyou_log_message (WuyouLogLevel level, const char *format, ...)
{
  g_autofree char *message = NULL;
  GString *out;
  va_list args;

  if (!wuyou_log_is_on (level))
    return;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  out = begin_line (level);
  wuyou_json_add_string (out, "message", message);
  end_line (out);
}

static WuyouLogLevel
from_glib (GLogLevelFlags flags)
{
  if ((flags & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    return WUYOU_LOG_ERROR;
  if ((flags & G_LOG_LEVEL_WARNING) != 0)
    return WUYOU_LOG_WARNING;
  return (flags & G_LOG_LEVEL_DEBUG) != 0 ? WUYOU_LOG_DEBUG : WUYOU_LOG_INFO;
}

static const char *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key) && fields[i].length < 0)
      return fields[i].value;
  return NULL;
}

static GLogWriterOutput
write_glib_message (GLogLevelFlags flags, const GLogField *fields, gsize n_fields, gpointer data)
{
  WuyouLogLevel level = from_glib (flags);
  GString *out;

  if (!wuyou_log_is_on (level))
    return G_LOG_WRITER_HANDLED;
  out = begin_line (level);
  wuyou_json_add_string (out, "unit", find_field (fields, n_fields, "GLIB_DOMAIN"));
  wuyou_json_add_string (out, "message", find_field (fields, n_fields, "MESSAGE"));
  end_line (out);
  return G_LOG_WRITER_HANDLED;
}

gboolean
wuyou_log_set_up (const char *level)
{
  for (guint i = 0; i < G_N_ELEMENTS (level_ids); i++)
    if (g_strcmp0 (level, level_ids[i]) == 0) {
      threshold = i;
      g_log_set_writer_func (write_glib_message, NULL, NULL);
      return TRUE;
    }
  return FALSE;
}
