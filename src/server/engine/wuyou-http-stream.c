/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "engine/wuyou-log.h"
#include "engine/wuyou-reply-private.h"
#include "engine/wuyou-server-private.h"

#define PIECE (256 * 1024)
#define BLOCK (64 * 1024)

/* A worker fills the piece, the parsing thread empties it; between the two the connection is suspended, so that
 * only one of them has it at a time. */
typedef struct {
  WuyouWork work; /* first */
  WuyouRequest *request;
  gsize start, end;
  gboolean failed;
  guint8 piece[PIECE];
} Stream;

static void
fill (WuyouWork *work)
{
  Stream *stream = (Stream *) work;
  WuyouReply *reply = stream->request->reply;
  GError *error = NULL;
  gssize got = reply->source->read (reply->source_data, stream->piece, PIECE, &error);

  stream->start = 0;
  stream->end = (gsize) MAX (got, 0);
  stream->failed = got <= 0;
  if (got < 0 && error != NULL)
    wuyou_log_failure (stream->request, error);
  g_clear_error (&error);
  MHD_resume_connection (stream->request->connection);
}

static ssize_t
on_bytes_wanted_cb (void *data, uint64_t position, char *buffer, size_t length)
{
  Stream *stream = data;
  gsize n = MIN (length, stream->end - stream->start);

  if (n > 0) {
    memcpy (buffer, stream->piece + stream->start, n);
    stream->start += n;
    return (ssize_t) n;
  }
  if (stream->failed)
    return MHD_CONTENT_READER_END_WITH_ERROR;
  MHD_suspend_connection (stream->request->connection);
  if (!wuyou_workers_again (stream->request->server->workers, &stream->work)) {
    stream->failed = TRUE;
    MHD_resume_connection (stream->request->connection);
  }
  return 0;
}

struct MHD_Response *
_wuyou_stream_new_response (WuyouRequest *request)
{
  Stream *stream = g_malloc (sizeof *stream);

  stream->work.run = fill;
  stream->request = request;
  stream->start = stream->end = 0;
  stream->failed = FALSE;
  return MHD_create_response_from_callback (request->reply->length, BLOCK, on_bytes_wanted_cb, stream, g_free);
}
