/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-document-scan.h"

#include "base/wuyou-text.h"
#include "wuyou-audit-store.h"
#include "sales/wuyou-contract-case.h"
#include "wuyou-document-store.h"
#include "uploads/wuyou-quarantine.h"

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

static gboolean
judge (Scan *s, GError **error)
{
  static const int states[] = {
    [WUYOU_OUTCOME_CLEAN] = WUYOU_DOCUMENT_AVAILABLE,
    [WUYOU_OUTCOME_INFECTED] = WUYOU_DOCUMENT_INFECTED,
    [WUYOU_OUTCOME_REFUSED] = WUYOU_DOCUMENT_REJECTED_TYPE,
  };
  g_auto (WuyouQuarantine) result = { 0 };

  if (!wuyou_quarantine_judge (s->context, s->file, s->key, &result, error))
    return FALSE;
  s->checked->state = states[result.outcome];
  wuyou_text_set (&s->checked->media_type, result.media_type);
  wuyou_text_set (&s->checked->state_reason, result.reason);
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
  if (!judge (&s, error))
    return FALSE;
  s.checked->updated_at = actor.at;
  s.draft = wuyou_record_prepare (context->store, &wuyou_document_type, s.document, s.checked, s.key, s.org->path,
                                  &actor, "scan", NULL, error);
  if (s.draft == NULL || !wuyou_db_write (context->db, write_scan, &s, error))
    return FALSE;
  return s.checked->state == WUYOU_DOCUMENT_AVAILABLE || wuyou_blob_delete (context->blobs, id, error);
}
