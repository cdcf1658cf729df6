/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "uploads/wuyou-quarantine.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "records/wuyou-job-service.h"
#include "uploads/wuyou-scanner.h"

#define WINDOW (256 * 1024)
#define OVERLAP 32

void
wuyou_quarantine_clear (WuyouQuarantine *self)
{
  g_clear_pointer (&self->media_type, g_free);
  g_clear_pointer (&self->reason, g_free);
}

/* A name ends where a letter or digit does not follow: /EncryptMetadata is another. */
static gboolean
has_name (const guint8 *data, gsize length, const char *name)
{
  gsize size = strlen (name);
  const guint8 *end = data + length;

  while ((data = memmem (data, (gsize) (end - data), name, size)) != NULL) {
    data += size;
    if (data == end || !g_ascii_isalnum (*data))
      return TRUE;
  }
  return FALSE;
}

/* Names of a PDF that make it act, hide other files or refuse to be read. They may be written with escapes or sit in
 * compressed objects; the confined decoders that come with claims look there too. /JS runs only in an action that is
 * named here, and is so short that one scan of a few pages in thirty has it by chance in the bytes of its pictures. */
static gboolean
has_active_name (const guint8 *data, gsize length)
{
  static const char *const names[]
      = { "/JavaScript", "/Rendition", "/Launch", "/EmbeddedFile", "/Encrypt", "/RichMedia" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (has_name (data, length, names[i]))
      return TRUE;
  return FALSE;
}

/* As much as fits: pieces of a file that was cut on its way are as short as they came. */
static gssize
fill_window (WuyouBlobReader *reader, guint8 *window, GError **error)
{
  gssize filled = 0;
  gssize got;

  do {
    got = wuyou_blob_reader_read (reader, window + filled, (gsize) (WINDOW - filled), error);
    filled += MAX (got, 0);
  } while (got > 0 && filled < WINDOW);
  return got < 0 ? got : filled;
}

static gboolean
check_content (WuyouBlobReader *reader, const char **ret_type, const char **ret_reason, GError **error)
{
  g_autofree guint8 *window = g_malloc (OVERLAP + WINDOW);
  gsize kept = 0;
  gssize got;
  gboolean first = TRUE;

  while ((got = fill_window (reader, window + kept, error)) > 0) {
    gsize length = kept + (gsize) got;

    if (first)
      *ret_type = wuyou_document_sniff (window, length);
    first = FALSE;
    if (*ret_type == NULL) {
      *ret_reason = N_ ("Only JPEG, PNG and PDF files are taken.");
      return TRUE;
    }
    if (!g_str_equal (*ret_type, "application/pdf")) /* the decoder looks at the rest */
      return TRUE;
    if (has_active_name (window, length)) {
      *ret_reason
          = N_ ("PDF files with scripts, attachments or encryption are not taken. Print it to a new PDF first.");
      return TRUE;
    }
    kept = MIN (length, OVERLAP);
    memmove (window, window + length - kept, kept);
  }
  return got == 0;
}

gboolean
wuyou_quarantine_judge (WuyouServerContext *context,
                        const WuyouFile *file,
                        const WuyouKey *key,
                        WuyouQuarantine *ret_result,
                        GError **error)
{
  g_autoptr (WuyouBlobReader) reader = wuyou_blob_open (context->blobs, file->id, key, file->file_key, error);
  const char *type = NULL, *reason = NULL;
  g_autofree char *name = NULL;
  WuyouVerdict verdict = 0;

  if (reader == NULL || !check_content (reader, &type, &reason, error))
    return FALSE;
  if (reason == NULL
      && (!wuyou_blob_reader_seek (reader, 0, error)
          || !wuyou_scanner_scan (context->config->clamd_socket, context->config->scan_seconds, reader,
                                  wuyou_job_service_get_stop (context->jobs), &verdict, &name, error)))
    return FALSE;
  *ret_result = (WuyouQuarantine){
    .outcome = reason != NULL                   ? WUYOU_OUTCOME_REFUSED
               : verdict == WUYOU_VERDICT_CLEAN ? WUYOU_OUTCOME_CLEAN
                                                : WUYOU_OUTCOME_INFECTED,
    .media_type = g_strdup (type),
    .reason = reason != NULL ? g_strdup (reason) : g_steal_pointer (&name),
  };
  return TRUE;
}
