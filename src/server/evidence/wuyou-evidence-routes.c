/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-routes.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-evidence-facts.h"
#include "evidence/wuyou-evidence-case.h"
#include "evidence/wuyou-evidence-change.h"
#include "evidence/wuyou-evidence-files.h"
#include "evidence/wuyou-evidence-judge.h"
#include "evidence/wuyou-evidence-show.h"
#include "wuyou-evidence-store.h"
#include "evidence/wuyou-evidence-upload.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"
#include "records/wuyou-once.h"

/* Rows stay when files are taken back; a claim that has had so many is not being filled in by people. */
#define MAX_ROWS (2 * WUYOU_EVIDENCE_MAX)

/* --- a new one --- */

static WuyouEvidence *
read_announced (WuyouRequest *request, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_autoptr (WuyouEvidence) evidence = wuyou_evidence_new ();

  if (body == NULL || !wuyou_record_read_json (&wuyou_evidence_type, evidence, body, WUYOU_CODEC_CLIENT, error)
      || !wuyou_record_check (&wuyou_evidence_type, evidence, WUYOU_FIELD_ALWAYS, error)
      || !wuyou_evidence_set_edits (evidence, error) || !wuyou_evidence_check_facts (evidence, error))
    return NULL;
  evidence->state = WUYOU_EVIDENCE_UPLOADING;
  evidence->created_by = g_strdup (wuyou_request_get_caller (request)->account_id);
  evidence->created_at = evidence->updated_at = wuyou_request_get_now (request);
  return g_steal_pointer (&evidence);
}

/* The claim, and the key that the file will lie under. */
static gboolean
read_claim (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouEvidenceCase *self = data;
  const WuyouChecklistRow *row;

  g_clear_pointer (&self->file_key, wuyou_key_unref);
  if (!wuyou_claim_case_load (&self->loss, conn, self->context, self->evidence->claim_id,
                              wuyou_request_get_caller (self->request), wuyou_request_get_now (self->request), error))
    return FALSE;
  if (self->loss.key == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "erased");
    return FALSE;
  }
  row = wuyou_checklist_find (self->loss.rows, self->evidence->slot);
  self->evidence->sensitive = row != NULL && row->sensitive;
  if (self->evidence->sensitive)
    return wuyou_evidence_load_sensitive_key (conn, self->context, self->evidence->claim_id, &self->file_key, error);
  self->file_key = wuyou_key_ref (self->loss.key);
  return TRUE;
}

/* Beside the record of a new file. */
typedef struct {
  WuyouEvidenceCase *self;
  WuyouKey *new_key; /* the claim's first for sensitive papers; NULL: it is there */
  GBytes *sealed;    /* key of the file */
} Announced;

static gboolean
check_number (WuyouDbConn *conn, const char *claim_id, GError **error)
{
  gint64 all, live;

  if (!wuyou_evidence_count (conn, claim_id, &all, &live, error))
    return FALSE;
  if (live <= WUYOU_EVIDENCE_MAX && all <= MAX_ROWS)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("This claim has as many files as it may have."));
  return FALSE;
}

static gboolean
write_announced (WuyouDbConn *conn, gpointer data, GError **error)
{
  const Announced *new = data;
  const WuyouKey *key = new->self->file_key;
  gboolean taken = TRUE;

  if (!check_number (conn, new->self->evidence->claim_id, error)
      || (new->new_key != NULL && !wuyou_key_offer (conn, new->new_key, &taken, error)))
    return FALSE;
  if (taken)
    return wuyou_file_insert (conn, new->self->id, wuyou_key_get_purpose (key), wuyou_key_get_id (key), new->sealed,
                              error);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "another came first with the key");
  return FALSE;
}

static gboolean
announce (WuyouEvidenceCase *self, GError **error)
{
  g_autoptr (WuyouKey) new_key
      = self->file_key == NULL
            ? wuyou_keys_create (self->context->keys, WUYOU_PURPOSE_CLAIMS_SENSITIVE, self->evidence->claim_id)
            : NULL;
  g_autoptr (GBytes) sealed = NULL;
  Announced new = { .self = self, .new_key = new_key };

  if (new_key != NULL)
    self->file_key = wuyou_key_ref (new_key);
  sealed = new.sealed = wuyou_blob_create_key (self->file_key, self->id);
  return wuyou_evidence_case_save (&(WuyouEvidenceChange){ .self = self,
                                                           .changed = self->evidence,
                                                           .action = "create",
                                                           .write = write_announced,
                                                           .data = &new,
                                                           .is_new = TRUE,
                                                           .once = TRUE },
                                   error);
}

static WuyouReply *
reply_stored (WuyouRequest *request, WuyouServerContext *context, const char *id, guint status, GError **error)
{
  g_auto (WuyouEvidenceCase) self = { .context = context, .request = request, .id = id };

  return wuyou_evidence_case_load (&self, error) ? wuyou_evidence_reply (context, self.evidence, status, error) : NULL;
}

static WuyouReply *
try_create (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouEvidenceCase) self
      = { .context = context, .request = request, .evidence = read_announced (request, error) };
  gboolean replayed;

  if (self.evidence == NULL || !wuyou_once_find (context, request, &replayed, error))
    return NULL;
  self.id = self.evidence->id;
  if (replayed)
    return reply_stored (request, context, self.id, 201, error);
  if (!wuyou_db_read (context->db, read_claim, &self, error) || !wuyou_evidence_case_check_slot (&self, error))
    return NULL;
  wuyou_text_set (&self.evidence->org_id, self.loss.claim->org_id);
  return announce (&self, error) ? reply_stored (request, context, self.id, 201, error) : NULL;
}

static WuyouReply *
create_evidence (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_try_until_current (request, context, try_create, error);
}

static WuyouReply *
get_evidence (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const char *id = wuyou_request_get_id_arg (request, 0, error);

  return id != NULL ? reply_stored (request, context, id, 200, error) : NULL;
}

/* --- its end --- */

static gboolean
write_finished (WuyouDbConn *conn, gpointer data, GError **error)
{
  const WuyouEvidence *evidence = data;

  return wuyou_file_set_content (conn, evidence->id, evidence->size, evidence->sha256, error)
         && wuyou_job_put_for (conn, WUYOU_JOB_EVIDENCE, evidence->id, evidence->org_id, evidence->updated_at, error);
}

static gboolean
finish (WuyouEvidenceCase *self, const char *sha256, GError **error)
{
  g_autoptr (WuyouEvidence) finished = wuyou_evidence_dup (self->evidence);
  WuyouUploadFile file;

  wuyou_evidence_describe (self, &file);
  if (!wuyou_evidence_case_check_side (self, error)
      || (file.stand == WUYOU_UPLOAD_OPEN && !wuyou_evidence_case_check_slot (self, error)))
    return FALSE;
  if (!wuyou_upload_seal (self->context, &file, sha256, error))
    return FALSE;
  finished->state = WUYOU_EVIDENCE_QUARANTINED;
  finished->received = finished->size;
  wuyou_text_set (&finished->sha256, sha256);
  if (!wuyou_evidence_case_save (
          &(WuyouEvidenceChange){
              .self = self, .changed = finished, .action = "finish", .write = write_finished, .data = finished },
          error))
    return FALSE;
  wuyou_job_service_wake (self->context->jobs);
  return TRUE;
}

static WuyouReply *
try_finish (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouEvidenceCase) self = { .context = context, .request = request };
  const char *sha256 = wuyou_upload_read_sha256 (request, error);

  if (sha256 == NULL)
    return NULL;
  self.id = wuyou_request_get_id_arg (request, 0, error);
  if (self.id == NULL || !wuyou_evidence_case_load (&self, error))
    return NULL;
  if (self.evidence->state != WUYOU_EVIDENCE_UPLOADING && g_strcmp0 (self.evidence->sha256, sha256) == 0)
    return wuyou_evidence_reply (context, self.evidence, 200, error); /* finished before; the answer was lost */
  return finish (&self, sha256, error) ? reply_stored (request, context, self.id, 200, error) : NULL;
}

static WuyouReply *
finish_evidence (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_try_until_current (request, context, try_finish, error);
}

/* What a reviewer decided on is not for the dealership to make away with. */
static gboolean
check_unjudged (const WuyouEvidence *evidence, GError **error)
{
  if (evidence->judged_by == NULL)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("What was judged stays with the claim. Add a better file."));
  return FALSE;
}

/* Nothing of the picture stays, and what is compared with others are only pictures that stand. */
static gboolean
write_withdrawn (WuyouDbConn *conn, gpointer data, GError **error)
{
  const WuyouEvidenceCase *self = data;

  return wuyou_print_remove (conn, self->id, error);
}

static gboolean
withdraw (WuyouEvidenceCase *self, GError **error)
{
  g_autoptr (WuyouEvidence) withdrawn = wuyou_evidence_dup (self->evidence);

  if (!wuyou_evidence_case_check_removal (self, error) || !check_unjudged (self->evidence, error))
    return FALSE;
  withdrawn->state = WUYOU_EVIDENCE_WITHDRAWN;
  return wuyou_evidence_case_save (
      &(WuyouEvidenceChange){
          .self = self, .changed = withdrawn, .action = "withdraw", .write = write_withdrawn, .data = self },
      error);
}

static WuyouReply *
try_delete (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouEvidenceCase) self = { .context = context, .request = request };

  self.id = wuyou_request_get_id_arg (request, 0, error);
  if (self.id == NULL || !wuyou_evidence_case_load (&self, error))
    return NULL;
  if (self.evidence->state != WUYOU_EVIDENCE_WITHDRAWN && !withdraw (&self, error))
    return NULL;
  /* On a repeat too: the files may have outlived the first call. */
  return wuyou_evidence_destroy (context, self.id, error) ? wuyou_reply_new (204) : NULL;
}

static WuyouReply *
delete_evidence (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_try_until_current (request, context, try_delete, error);
}

void
wuyou_evidence_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_EVIDENCE_CREATE, create_evidence);
  wuyou_router_add (router, WUYOU_ROUTE_EVIDENCE_GET, get_evidence);
  wuyou_router_add (router, WUYOU_ROUTE_EVIDENCE_PUT, wuyou_evidence_put);
  wuyou_router_add_upload (router, WUYOU_ROUTE_EVIDENCE_APPEND, &wuyou_evidence_upload);
  wuyou_router_add (router, WUYOU_ROUTE_EVIDENCE_FINISH, finish_evidence);
  wuyou_router_add (router, WUYOU_ROUTE_EVIDENCE_DELETE, delete_evidence);
  wuyou_router_add (router, WUYOU_ROUTE_EVIDENCE_JUDGE, wuyou_evidence_judge);
  wuyou_router_add (router, WUYOU_ROUTE_EVIDENCE_RENDITION, wuyou_evidence_get_rendition);
  wuyou_router_add (router, WUYOU_ROUTE_CLAIM_THUMBNAILS, wuyou_evidence_get_thumbnails);
}
