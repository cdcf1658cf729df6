/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-show.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "evidence/wuyou-evidence-case.h"
#include "wuyou-evidence-store.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"

#define MAX_THUMB (1024 * 1024)

static gboolean
may (const WuyouCaller *caller, guint verbs)
{
  return wuyou_permission_check (caller->roles, WUYOU_OBJECT_CLAIM_DOCUMENT, verbs);
}

static gboolean
refuse_forbidden (GError **error, const char *why)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN, why);
  return FALSE;
}

static gboolean
refuse_pending (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_DOCUMENT_PENDING, N_ ("This document is still being checked."));
  return FALSE;
}

/* --- one --- */

typedef struct {
  WuyouEvidenceCase self;
  int kind;
  WuyouRendition *rendition; /* NULL: there is none */
  gboolean never_made;       /* nor any other of this file */
  WuyouFile *file;
  WuyouKey *key;
} Show;

static void
clear_show (Show *show)
{
  wuyou_evidence_case_clear (&show->self);
  g_clear_pointer (&show->rendition, wuyou_rendition_free);
  g_clear_pointer (&show->file, wuyou_file_free);
  g_clear_pointer (&show->key, wuyou_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Show, clear_show)

static gboolean
check_available (const WuyouEvidence *evidence, GError **error)
{
  switch (evidence->state) {
  case WUYOU_EVIDENCE_AVAILABLE:
  case WUYOU_EVIDENCE_VERIFIED:
  case WUYOU_EVIDENCE_RETURNED:
  case WUYOU_EVIDENCE_SUPERSEDED:
    return TRUE;
  case WUYOU_EVIDENCE_INFECTED:
  case WUYOU_EVIDENCE_REJECTED_TYPE:
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_DOCUMENT_REFUSED, "");
    return FALSE;
  case WUYOU_EVIDENCE_WITHDRAWN:
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "withdrawn");
    return FALSE;
  default:
    return refuse_pending (error);
  }
}

static gboolean
check_kind (Show *show, GError **error)
{
  const WuyouCaller *caller = wuyou_request_get_caller (show->self.request);
  const WuyouEnum *kind = wuyou_enum_find (wuyou_rendition_kinds, wuyou_request_get_arg (show->self.request, 1));

  if (kind == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "kind");
    return FALSE;
  }
  show->kind = kind->value;
  return kind->value != WUYOU_RENDITION_PLAIN || may (caller, WUYOU_VERB_CREATE) || refuse_forbidden (error, "plain");
}

/* The owner may take the consent back: then such papers are kept, and shown to nobody (PIPL 15, 29). */
static gboolean
check_sensitive (const Show *show, GError **error)
{
  if (!show->self.evidence->sensitive)
    return TRUE;
  if (!may (wuyou_request_get_caller (show->self.request), WUYOU_VERB_UNMASK))
    return refuse_forbidden (error, "sensitive");
  if (show->self.loss.claim->consent_sensitive)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED,
                       N_ ("The owner’s consent to identity, licence and bank papers must be recorded first."));
  return FALSE;
}

/* The plain one is made with the verdict on the file and stays. */
static gboolean
look_for_any (WuyouDbConn *conn, Show *show, GError **error)
{
  g_autoptr (WuyouRendition) plain = NULL;

  if (!wuyou_rendition_find (conn, show->self.id, WUYOU_RENDITION_PLAIN, &plain, error))
    return FALSE;
  show->never_made = plain == NULL;
  return TRUE;
}

/* Without edits there is one picture for all. */
static gboolean
read_rendition (WuyouDbConn *conn, gpointer data, GError **error)
{
  Show *show = data;
  const char *edits = show->self.evidence->edits_json;
  int kind = show->kind == WUYOU_RENDITION_VIEW && edits == NULL ? WUYOU_RENDITION_PLAIN : show->kind;

  g_clear_pointer (&show->rendition, wuyou_rendition_free);
  g_clear_pointer (&show->file, wuyou_file_free);
  g_clear_pointer (&show->key, wuyou_key_unref);
  if (!wuyou_rendition_find (conn, show->self.id, kind, &show->rendition, error))
    return FALSE;
  if (show->rendition != NULL && kind != WUYOU_RENDITION_PLAIN && g_strcmp0 (show->rendition->edits_json, edits) != 0)
    g_clear_pointer (&show->rendition, wuyou_rendition_free);
  if (show->rendition == NULL)
    return look_for_any (conn, show, error);
  return wuyou_file_load (conn, show->self.context->store, show->rendition->id, &show->file, &show->key, error);
}

static gboolean
write_job (WuyouDbConn *conn, gpointer data, GError **error)
{
  const Show *show = data;

  return wuyou_job_want_for (conn, WUYOU_JOB_EVIDENCE, show->self.id, show->self.evidence->org_id,
                             wuyou_request_get_now (show->self.request), error);
}

static gboolean
refuse_unmade (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_DOCUMENT_REFUSED, wuyou_evidence_unmade_sentence);
  return FALSE;
}

/* Lost, as after a backup that came between two of them, or never made, as of demo data: it is made now. */
static gboolean
make_anew (Show *show, GError **error)
{
  if (!wuyou_db_write (show->self.context->db, write_job, show, error))
    return FALSE;
  wuyou_job_service_wake (show->self.context->jobs);
  return refuse_pending (error);
}

static WuyouBlobReader *
open_rendition (Show *show, GError **error)
{
  GError *local = NULL;
  WuyouBlobReader *reader;

  if (show->rendition == NULL) {
    if (show->never_made)
      make_anew (show, error);
    else if (show->self.evidence->unmade)
      refuse_unmade (error);
    else
      refuse_pending (error);
    return NULL;
  }
  reader = wuyou_blob_open (show->self.context->blobs, show->rendition->id, show->key, show->file->file_key, &local);
  if (reader == NULL && g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
    g_error_free (local);
    make_anew (show, error);
  } else if (reader == NULL) {
    g_propagate_error (error, local);
  }
  return reader;
}

static gboolean
write_read (WuyouDbConn *conn, gpointer data, GError **error)
{
  const Show *show = data;
  const WuyouEvidenceCase *self = &show->self;
  const WuyouActor actor = wuyou_auth_get_actor (self->request);
  const WuyouAuditEntry entry = {
    .action = show->kind == WUYOU_RENDITION_PLAIN ? "read-evidence-plain" : "read-evidence",
    .object = "evidence",
    .object_id = self->id,
    .scope = self->loss.sale.org->path,
    .version = self->evidence->version,
    .outcome = "OK",
    .reason = self->evidence->slot,
  };

  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static gssize
read_source (gpointer data, guint8 *buffer, gsize length, GError **error)
{
  return wuyou_blob_reader_read (data, buffer, length, error);
}

static void
free_source (gpointer data)
{
  wuyou_blob_reader_close (data);
}

WuyouReply *
wuyou_evidence_get_rendition (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  static const WuyouReplySource source = { read_source, free_source };
  g_auto (Show) show = { .self = { .context = context, .request = request } };
  g_autoptr (WuyouBlobReader) reader = NULL;
  guint64 size;

  show.self.id = wuyou_request_get_id_arg (request, 0, error);
  if (show.self.id == NULL || !wuyou_evidence_case_load (&show.self, error) || !check_kind (&show, error)
      || !check_sensitive (&show, error) || !check_available (show.self.evidence, error)
      || !wuyou_db_read (context->db, read_rendition, &show, error))
    return NULL;
  reader = open_rendition (&show, error);
  if (reader == NULL || (show.kind != WUYOU_RENDITION_THUMB && !wuyou_db_write (context->db, write_read, &show, error)))
    return NULL; /* no row, no view */
  size = (guint64) wuyou_blob_reader_get_size (reader);
  return wuyou_reply_new_stream (200, show.rendition->media_type, size, &source, g_steal_pointer (&reader));
}

/* --- all small ones --- */

typedef struct {
  char *evidence_id;
  WuyouFile *file;
  WuyouKey *key;
} Thumb;

static void
free_thumb (gpointer data)
{
  Thumb *thumb = data;

  g_free (thumb->evidence_id);
  wuyou_file_free (thumb->file);
  g_clear_pointer (&thumb->key, wuyou_key_unref);
  g_free (thumb);
}

typedef struct {
  WuyouServerContext *context;
  WuyouRequest *request;
  const char *claim_id;
  WuyouClaimCase loss;
  GPtrArray *thumbs; /* Thumb */
} Thumbnails;

static const WuyouEvidence *
find_evidence (const GPtrArray *evidence, const char *id)
{
  for (guint i = 0; i < evidence->len; i++)
    if (g_str_equal (((const WuyouEvidence *) evidence->pdata[i])->id, id))
      return evidence->pdata[i];
  return NULL;
}

/* One that was made before the last redaction is only for who redacts. */
static gboolean
may_show (const WuyouClaimCase *loss, const WuyouRendition *rendition, const WuyouCaller *caller)
{
  const WuyouEvidence *evidence = find_evidence (loss->evidence, rendition->evidence_id);

  if (evidence == NULL || wuyou_evidence_is_destroyed (evidence->state)
      || !wuyou_claim_case_shows_slot (loss, evidence->slot, caller)
      || (evidence->sensitive && (!may (caller, WUYOU_VERB_UNMASK) || !loss->claim->consent_sensitive)))
    return FALSE;
  return g_strcmp0 (rendition->edits_json, evidence->edits_json) == 0 || may (caller, WUYOU_VERB_CREATE);
}

void
wuyou_evidence_write_thumbs (GString *out,
                             const WuyouClaimCase *loss,
                             const GPtrArray *renditions,
                             const WuyouCaller *caller)
{
  wuyou_json_begin_object (out, "thumbs");
  for (guint i = 0; i < renditions->len; i++) {
    const WuyouRendition *one = renditions->pdata[i];

    if (wuyou_permission_check (caller->roles, WUYOU_OBJECT_CLAIM_PICTURE, WUYOU_VERB_READ)
        && may_show (loss, one, caller))
      wuyou_json_add_string (out, one->evidence_id, one->id);
  }
  wuyou_json_end_object (out);
}

static gboolean
add_thumb (WuyouDbConn *conn, Thumbnails *t, const WuyouRendition *rendition, GError **error)
{
  WuyouFile *file = NULL;
  WuyouKey *key = NULL;
  Thumb *thumb;

  if (!wuyou_file_load (conn, t->context->store, rendition->id, &file, &key, error))
    return FALSE;
  thumb = g_new (Thumb, 1);
  *thumb = (Thumb){ g_strdup (rendition->evidence_id), file, key };
  g_ptr_array_add (t->thumbs, thumb);
  return TRUE;
}

static gboolean
read_thumbs (WuyouDbConn *conn, gpointer data, GError **error)
{
  Thumbnails *t = data;
  g_autoptr (GPtrArray) renditions = NULL;

  g_ptr_array_set_size (t->thumbs, 0);
  if (!wuyou_claim_case_load (&t->loss, conn, t->context, t->claim_id, wuyou_request_get_caller (t->request),
                              wuyou_request_get_now (t->request), error))
    return FALSE;
  renditions = wuyou_rendition_list_claim (conn, t->claim_id, WUYOU_RENDITION_THUMB, error);
  for (guint i = 0; renditions != NULL && i < renditions->len; i++)
    if (may_show (&t->loss, renditions->pdata[i], wuyou_request_get_caller (t->request))
        && !add_thumb (conn, t, renditions->pdata[i], error))
      return FALSE;
  return renditions != NULL;
}

/* One that is being replaced, or of an erased claim, is left out. */
static void
write_thumb (GString *out, WuyouServerContext *context, const Thumb *thumb)
{
  g_autoptr (GBytes) jpeg = NULL;
  g_autofree char *text = NULL;
  gsize length;
  gconstpointer data;

  if (thumb->key == NULL)
    return;
  jpeg = wuyou_blob_read_all (context->blobs, thumb->file->id, thumb->key, thumb->file->file_key, MAX_THUMB, NULL);
  if (jpeg == NULL)
    return;
  data = g_bytes_get_data (jpeg, &length);
  text = g_base64_encode (data, length);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", thumb->evidence_id);
  wuyou_json_add_string (out, "etag", thumb->file->id);
  wuyou_json_add_string (out, "jpeg", text);
  wuyou_json_end_object (out);
}

WuyouReply *
wuyou_evidence_get_thumbnails (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_autoptr (GPtrArray) thumbs = g_ptr_array_new_with_free_func (free_thumb);
  Thumbnails t = { .context = context, .request = request, .thumbs = thumbs };
  GString *out;
  gboolean right;

  t.claim_id = wuyou_request_get_id_arg (request, 0, error);
  right = t.claim_id != NULL && wuyou_db_read (context->db, read_thumbs, &t, error);
  wuyou_claim_case_clear (&t.loss);
  if (!right)
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "items");
  for (guint i = 0; i < thumbs->len; i++)
    write_thumb (out, context, thumbs->pdata[i]);
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}
