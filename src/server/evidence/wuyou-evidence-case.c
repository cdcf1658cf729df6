/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-case.h"

#include "accounts/wuyou-account.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "records/wuyou-once.h"

void
wuyou_evidence_case_clear (WuyouEvidenceCase *self)
{
  g_clear_pointer (&self->evidence, wuyou_evidence_free);
  wuyou_claim_case_clear (&self->loss);
  g_clear_pointer (&self->file, wuyou_file_free);
  g_clear_pointer (&self->file_key, wuyou_key_unref);
}

static gboolean
refuse_not_found (GError **error, const char *why)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, why);
  return FALSE;
}

/* Somebody who is no more was of the dealership, as nearly all are. */
static gboolean
read_side (WuyouDbConn *conn, WuyouEvidenceCase *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WuyouAccount) account = wuyou_record_load (conn, self->context->store, &wuyou_account_type,
                                                        self->evidence->created_by, NULL, NULL, &local);
  const WuyouCaller creator = { .roles = account != NULL ? wuyou_account_get_roles (account) : 0 };

  self->of_insurer = wuyou_caller_is_insurer (&creator);
  if (account != NULL || g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_case (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouEvidenceCase *self = data;
  WuyouStore *store = self->context->store;
  const WuyouCaller *caller = wuyou_request_get_caller (self->request);

  wuyou_evidence_case_clear (self);
  self->evidence = wuyou_record_load (conn, store, &wuyou_evidence_type, self->id, NULL, NULL, error);
  if (self->evidence == NULL
      || !wuyou_claim_case_load (&self->loss, conn, self->context, self->evidence->claim_id, caller,
                                 wuyou_request_get_now (self->request), error))
    return FALSE;
  if (!wuyou_claim_case_shows_slot (&self->loss, self->evidence->slot, caller))
    return refuse_not_found (error, "hidden");
  return read_side (conn, self, error) && wuyou_file_load (conn, store, self->id, &self->file, &self->file_key, error);
}

gboolean
wuyou_evidence_case_load (WuyouEvidenceCase *self, GError **error)
{
  if (!wuyou_db_read (self->context->db, read_case, self, error))
    return FALSE;
  return (self->loss.key != NULL && self->file_key != NULL) || refuse_not_found (error, "erased");
}

gboolean
wuyou_evidence_case_check_side (const WuyouEvidenceCase *self, GError **error)
{
  if (self->of_insurer == wuyou_caller_is_insurer (wuyou_request_get_caller (self->request)))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN, "the other side's file");
  return FALSE;
}

gboolean
wuyou_evidence_case_check_removal (const WuyouEvidenceCase *self, GError **error)
{
  GError *local = NULL;

  if (!wuyou_evidence_case_check_side (self, error))
    return FALSE;
  if (wuyou_evidence_case_check_slot (self, &local))
    return TRUE;
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED)) {
    g_error_free (local);
    return TRUE;
  }
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
wuyou_evidence_case_check_slot (const WuyouEvidenceCase *self, GError **error)
{
  return wuyou_evidence_check_slot (self->loss.claim, self->loss.rows, self->evidence->slot, self->evidence->phase,
                                    wuyou_claim_case_get_roles (&self->loss, wuyou_request_get_caller (self->request)),
                                    wuyou_date_of_instant (wuyou_request_get_now (self->request)), error);
}

gboolean
wuyou_evidence_load_sensitive_key (WuyouDbConn *conn,
                                   WuyouServerContext *context,
                                   const char *claim_id,
                                   WuyouKey **ret_key,
                                   GError **error)
{
  GError *failure = NULL;

  g_clear_pointer (ret_key, wuyou_key_unref);
  *ret_key = wuyou_keys_load (context->keys, conn, WUYOU_PURPOSE_CLAIMS_SENSITIVE, claim_id, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

typedef struct {
  const WuyouEvidenceChange *change;
  WuyouRecordDraft *draft;
} Save;

/* Whoever looks at the claim is told; the record's own event is of the file. */
static gboolean
tell_claim (WuyouDbConn *conn, const WuyouEvidenceCase *self, GError **error)
{
  const WuyouClaim *claim = self->loss.claim;
  gint64 now = wuyou_request_get_now (self->request);

  return wuyou_event_insert (conn, "claim", claim->id, claim->version, self->loss.sale.org->path, NULL, now, error)
         && (self->loss.insurer == NULL
             || wuyou_event_insert (conn, "claim", claim->id, claim->version, self->loss.insurer->path, NULL, now,
                                    error));
}

static gboolean
write_change (WuyouDbConn *conn, gpointer data, GError **error)
{
  Save *save = data;
  const WuyouEvidenceChange *change = save->change;

  return wuyou_claim_case_check_current (&change->self->loss, conn, change->self->context, error)
         && wuyou_record_save (conn, save->draft, error)
         && (change->write == NULL || change->write (conn, change->data, error))
         && tell_claim (conn, change->self, error);
}

gboolean
wuyou_evidence_case_save (const WuyouEvidenceChange *change, GError **error)
{
  WuyouEvidenceCase *self = change->self;
  WuyouServerContext *context = self->context;
  const WuyouActor actor = wuyou_auth_get_actor (self->request);
  Save save = { .change = change };
  gboolean replayed, right;

  save.draft = wuyou_record_prepare (context->store, &wuyou_evidence_type, change->is_new ? NULL : self->evidence,
                                     change->changed, self->loss.key, self->loss.sale.org->path, &actor, change->action,
                                     change->reason, error);
  if (save.draft == NULL)
    return FALSE;
  right = change->once ? wuyou_once_write (context, self->request, self->id, write_change, &save, &replayed, error)
                       : wuyou_db_write (context->db, write_change, &save, error);
  wuyou_record_draft_free (save.draft);
  return right;
}

WuyouEvidence *
wuyou_evidence_dup (const WuyouEvidence *evidence)
{
  WuyouEvidence *copy = wuyou_evidence_new ();

  wuyou_record_copy (&wuyou_evidence_type, evidence, copy);
  return copy;
}

static void
write_record (GString *out, const WuyouEvidence *evidence, gint64 received)
{
  g_autoptr (WuyouEvidence) shown = wuyou_evidence_dup (evidence);
  g_autoptr (GString) record = g_string_new (NULL);

  shown->received = received;
  wuyou_record_write_json (&wuyou_evidence_type, shown, WUYOU_CODEC_MASK_PI, record);
  wuyou_json_add_raw (out, "evidence", record->str);
}

WuyouReply *
wuyou_evidence_reply (WuyouServerContext *context, const WuyouEvidence *evidence, guint status, GError **error)
{
  gint64 received = evidence->received;
  WuyouReply *reply;
  GString *out;

  if (evidence->state == WUYOU_EVIDENCE_UPLOADING
      && !wuyou_blob_get_size (context->blobs, evidence->id, &received, error))
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  write_record (out, evidence, received);
  wuyou_json_end_object (out);
  reply = wuyou_reply_new_json (status, out);
  wuyou_reply_set_revision (reply, evidence->version);
  return reply;
}
