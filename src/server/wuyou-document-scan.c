/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-document-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-audit-store.h"
#include "wuyou-contract-case.h"
#include "wuyou-document-store.h"
#include "wuyou-scanner.h"

#define WINDOW (256 * 1024)
#define OVERLAP 32

typedef struct {
  WuyouServerContext *context;
  const char *id;
  WuyouDocument *document;
  WuyouOrg *org;
  WuyouFile *file;
  WuyouKey *key;
  WuyouDocument *checked;
  WuyouRecordDraft *draft;
  WuyouContract *contract; /* its version goes into the event */
} Scan;

static void
clear_scan (Scan *scan)
{
  g_clear_pointer (&scan->draft, wuyou_record_draft_free);
  g_clear_pointer (&scan->document, wuyou_document_free);
  g_clear_pointer (&scan->checked, wuyou_document_free);
  g_clear_pointer (&scan->contract, wuyou_contract_free);
  g_clear_pointer (&scan->org, wuyou_org_free);
  g_clear_pointer (&scan->file, wuyou_file_free);
  g_clear_pointer (&scan->key, wuyou_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, clear_scan)

static gboolean
read_scan (WuyouDbConn *conn, gpointer data, GError **error)
{
  Scan *s = data;
  WuyouStore *store = s->context->store;

  clear_scan (s);
  s->document = wuyou_record_load (conn, store, &wuyou_document_type, s->id, NULL, NULL, error);
  if (s->document == NULL)
    return FALSE;
  s->org = wuyou_record_load (conn, store, &wuyou_org_type, s->document->org_id, NULL, NULL, error);
  if (s->org == NULL)
    return FALSE;
  s->contract = wuyou_record_load (conn, store, &wuyou_contract_type, s->document->contract_id, NULL, NULL, error);
  return s->contract != NULL && wuyou_file_load (conn, store, s->id, &s->file, &s->key, error);
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
    if (g_str_equal (*ret_type, "application/pdf") && has_active_name (window, length)) {
      *ret_reason
          = N_ ("PDF files with scripts, attachments or encryption are not taken. Print it to a new PDF first.");
      return TRUE;
    }
    kept = MIN (length, OVERLAP);
    memmove (window, window + length - kept, kept);
  }
  return got == 0;
}

static gboolean
judge (Scan *s, GError **error)
{
  g_autoptr (WuyouBlobReader) reader = wuyou_blob_open (s->context->blobs, s->id, s->key, s->file->file_key, error);
  const char *type = NULL;
  const char *reason = NULL;
  g_autofree char *name = NULL;
  WuyouVerdict verdict;

  if (reader == NULL || !check_content (reader, &type, &reason, error))
    return FALSE;
  s->checked->media_type = g_strdup (type);
  s->checked->state_reason = g_strdup (reason);
  s->checked->state = WUYOU_DOCUMENT_REJECTED_TYPE;
  if (reason != NULL)
    return TRUE;
  if (!wuyou_blob_reader_seek (reader, 0, error)
      || !wuyou_scanner_scan (s->context->config->clamd_socket, s->context->config->scan_seconds, reader, &verdict,
                              &name, error))
    return FALSE;
  s->checked->state = verdict == WUYOU_VERDICT_CLEAN ? WUYOU_DOCUMENT_AVAILABLE : WUYOU_DOCUMENT_INFECTED;
  s->checked->state_reason = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
write_scan (WuyouDbConn *conn, gpointer data, GError **error)
{
  Scan *s = data;

  return wuyou_record_save (conn, s->draft, error)
         && wuyou_event_insert (conn, "contract", s->contract->id, s->contract->version, s->org->path, NULL,
                                wuyou_clock_now (s->context->clock), error);
}

gboolean
wuyou_document_scan (WuyouServerContext *context, const char *id, GError **error)
{
  g_auto (Scan) s = { .context = context, .id = id };
  WuyouActor actor = { .at = wuyou_clock_now (context->clock) };

  if (!wuyou_db_read (context->db, read_scan, &s, error))
    return FALSE;
  if (wuyou_document_is_destroyed (s.document->state)) /* judged before; the file may have outlived that */
    return wuyou_blob_delete (context->blobs, id, error);
  if (s.document->state != WUYOU_DOCUMENT_QUARANTINED || s.key == NULL)
    return TRUE;
  s.checked = wuyou_document_new ();
  wuyou_record_copy (&wuyou_document_type, s.document, s.checked);
  g_clear_pointer (&s.checked->media_type, g_free);
  g_clear_pointer (&s.checked->state_reason, g_free);
  if (!judge (&s, error))
    return FALSE;
  s.checked->updated_at = actor.at;
  s.draft = wuyou_record_prepare (context->store, &wuyou_document_type, s.document, s.checked, s.key, s.org->path,
                                  &actor, "scan", NULL, error);
  if (s.draft == NULL || !wuyou_db_write (context->db, write_scan, &s, error))
    return FALSE;
  return s.checked->state == WUYOU_DOCUMENT_AVAILABLE || wuyou_blob_delete (context->blobs, id, error);
}
