/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "uploads/wuyou-scanner.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

#include "base/wuyou-error.h"

#define PIECE (64 * 1024)
#define MAX_REPLY 1024

static gboolean
refuse_unavailable (GError **error, const char *why)
{
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "scanner: %s", why);
  return FALSE;
}

static GSocketConnection *
connect_scanner (const char *path, guint seconds, GCancellable *stop, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) local = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, seconds);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), stop, &local);
  if (connection == NULL)
    refuse_unavailable (error, local->message);
  return connection;
}

/* clamd closes early when its own limit is reached, and says why in its reply: a failed write is not the end. */
static gboolean
send_piece (GOutputStream *out, const guint8 *data, gsize length, GCancellable *stop)
{
  guint32 size = GUINT32_TO_BE ((guint32) length);

  return g_output_stream_write_all (out, &size, sizeof size, NULL, stop, NULL)
         && (length == 0 || g_output_stream_write_all (out, data, length, NULL, stop, NULL));
}

static gboolean
send_file (GOutputStream *out, WuyouBlobReader *reader, gint64 end, GCancellable *stop, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (PIECE);
  gssize got;

  if (!g_output_stream_write_all (out, "zINSTREAM", 10, NULL, stop, NULL))
    return TRUE;
  while ((got = wuyou_blob_reader_read (reader, buffer, PIECE, error)) > 0) {
    if (g_get_monotonic_time () > end)
      return refuse_unavailable (error, "too slow");
    if (!send_piece (out, buffer, (gsize) got, stop))
      return TRUE;
  }
  if (got < 0)
    return FALSE;
  send_piece (out, NULL, 0, stop);
  return TRUE;
}

/* To the NUL that ends it; what comes in drops must not hold us for ever. */
static char *
read_reply (GInputStream *in, gint64 end, GCancellable *stop)
{
  char *reply = g_malloc0 (MAX_REPLY + 1);
  gsize length = 0;
  gssize got;

  do {
    got = g_input_stream_read (in, reply + length, MAX_REPLY - length, stop, NULL);
    length += got > 0 ? (gsize) got : 0;
  } while (got > 0 && length < MAX_REPLY && memchr (reply, '\0', length) == NULL && g_get_monotonic_time () < end);
  if (memchr (reply, '\0', length) == NULL) /* cut: no verdict */
    *reply = '\0';
  return reply;
}

static gboolean
parse_reply (const char *reply, WuyouVerdict *ret_verdict, char **ret_name, GError **error)
{
  const char *body = g_str_has_prefix (reply, "stream: ") ? reply + strlen ("stream: ") : NULL;

  if (body != NULL && g_str_equal (body, "OK")) {
    *ret_verdict = WUYOU_VERDICT_CLEAN;
    return TRUE;
  }
  if (body != NULL && g_str_has_suffix (body, " FOUND")) {
    *ret_verdict = WUYOU_VERDICT_INFECTED;
    *ret_name = g_strndup (body, strlen (body) - strlen (" FOUND"));
    return TRUE;
  }
  return refuse_unavailable (error, *reply != '\0' ? reply : "no reply");
}

gboolean
wuyou_scanner_scan (const char *socket_path,
                    guint seconds,
                    WuyouBlobReader *reader,
                    GCancellable *stop,
                    WuyouVerdict *ret_verdict,
                    char **ret_name,
                    GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *reply = NULL;

  if (socket_path == NULL)
    return refuse_unavailable (error, "none is set up");
  connection = connect_scanner (socket_path, seconds, stop, error);
  if (connection == NULL)
    return FALSE;
  if (!send_file (g_io_stream_get_output_stream (G_IO_STREAM (connection)), reader, end, stop, error))
    return FALSE;
  reply = read_reply (g_io_stream_get_input_stream (G_IO_STREAM (connection)), end, stop);
  return parse_reply (reply, ret_verdict, ret_name, error);
}
