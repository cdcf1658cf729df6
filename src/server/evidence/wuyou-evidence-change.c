/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-change.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-evidence-edits.h"
#include "claims/wuyou-evidence-facts.h"
#include "evidence/wuyou-evidence-case.h"
#include "wuyou-evidence-store.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"
#include "records/wuyou-once.h"
#include "records/wuyou-record-view.h"

gboolean
wuyou_evidence_set_edits (WuyouEvidence *evidence, GError **error)
{
  g_autoptr (WuyouEdits) edits = wuyou_edits_parse (evidence->edits_json, error);

  if (edits == NULL)
    return FALSE;
  g_free (evidence->edits_json);
  evidence->edits_json = wuyou_edits_to_json (edits);
  return TRUE;
}

gboolean
wuyou_evidence_check_version (WuyouRequest *request,
                              const WuyouEvidence *stored,
                              gboolean *ret_outdated,
                              GError **error)
{
  *ret_outdated = wuyou_request_get_if_match (request) != stored->version;
  if (*ret_outdated)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "");
  return !*ret_outdated;
}

/* What stands now goes with it, from which the desktop offers a merge. */
static WuyouReply *
refuse_outdated (WuyouRequest *request, WuyouServerContext *context, const GError *stale, GError **error)
{
  g_auto (WuyouEvidenceCase) self = { .context = context, .request = request };

  self.id = wuyou_request_get_arg (request, 0);
  if (!wuyou_evidence_case_load (&self, error))
    return NULL;
  return wuyou_stale_reply_new (stale, &wuyou_evidence_type, self.evidence, WUYOU_CODEC_MASK_PI,
                                self.evidence->version);
}

typedef struct {
  WuyouRequest *request;
  WuyouServerContext *context;
  WuyouEvidenceHandler handler;
  gboolean outdated;
} Trial;

static WuyouReply *
run_trial (gpointer data, gboolean *ret_meant, GError **error)
{
  Trial *trial = data;
  WuyouReply *reply = trial->handler (trial->request, trial->context, &trial->outdated, error);

  *ret_meant = trial->outdated;
  return reply;
}

WuyouReply *
wuyou_evidence_try (WuyouRequest *request, WuyouServerContext *context, WuyouEvidenceHandler handler, GError **error)
{
  Trial trial = { request, context, handler, FALSE };
  g_autoptr (GError) local = NULL;
  WuyouReply *reply;

  if (wuyou_request_get_json (request, error) == NULL) /* before anything is said of the record */
    return NULL;
  reply = wuyou_try_again (run_trial, &trial, &local);
  if (reply == NULL && trial.outdated)
    return refuse_outdated (request, context, local, error);
  if (reply == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return reply;
}

/* --- what is asked for --- */

static gboolean
refuse_fixed (const WuyouField *field, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This stays as it was announced."));
  if (error != NULL)
    wuyou_error_set_field (*error, field->name, field->authority);
  return FALSE;
}

static gboolean
check_fixed (const WuyouEvidence *old, const WuyouEvidence *changed, GError **error)
{
  for (guint i = 0; i < wuyou_evidence_type.n_fields; i++) {
    const WuyouField *field = &wuyou_evidence_type.fields[i];

    if ((field->flags & WUYOU_FIELD_IMMUTABLE) && !wuyou_field_equal (field, old, changed))
      return refuse_fixed (field, error);
  }
  return TRUE;
}

/* What another kind of paper does not say goes, unless the request insists on it. */
static void
drop_facts (WuyouEvidence *changed, JsonObject *body)
{
  const char *const *facts = wuyou_evidence_facts_of_slot (changed->slot);

  for (guint i = 0; i < wuyou_evidence_type.n_fields; i++) {
    const WuyouField *field = &wuyou_evidence_type.fields[i];

    if (!g_str_equal (field->section, "facts") || g_strv_contains (facts, field->name)
        || json_object_has_member (body, field->name))
      continue;
    if (wuyou_field_is_text (field))
      wuyou_field_set_text (field, changed, NULL);
    else
      wuyou_field_set_int (field, changed, 0);
  }
}

static WuyouEvidence *
read_changed (const WuyouEvidenceCase *self, GError **error)
{
  JsonObject *body = wuyou_request_get_json (self->request, error);
  g_autoptr (WuyouEvidence) changed = wuyou_evidence_dup (self->evidence);

  if (body == NULL || !wuyou_record_read_json (&wuyou_evidence_type, changed, body, WUYOU_CODEC_CLIENT, error)
      || !wuyou_record_check (&wuyou_evidence_type, changed, WUYOU_FIELD_ALWAYS, error)
      || !check_fixed (self->evidence, changed, error) || !wuyou_evidence_set_edits (changed, error))
    return NULL;
  if (g_strcmp0 (changed->slot, self->evidence->slot) != 0)
    drop_facts (changed, body);
  return wuyou_evidence_check_facts (changed, error) ? g_steal_pointer (&changed) : NULL;
}

static gboolean
is_same (const WuyouEvidence *a, const WuyouEvidence *b)
{
  for (guint i = 0; i < wuyou_evidence_type.n_fields; i++)
    if (!wuyou_field_equal (&wuyou_evidence_type.fields[i], a, b))
      return FALSE;
  return TRUE;
}

/* A verdict was on what it was. One that was returned stays so: another is needed. */
static void
take_back_verdict (const WuyouEvidence *old, WuyouEvidence *changed)
{
  if (changed->state != WUYOU_EVIDENCE_VERIFIED || is_same (old, changed))
    return;
  changed->state = WUYOU_EVIDENCE_AVAILABLE;
  g_clear_pointer (&changed->judged_by, g_free);
  changed->judged_at = 0;
}

static gboolean
check_alive (const WuyouEvidence *evidence, GError **error)
{
  if (evidence->state == WUYOU_EVIDENCE_SUPERSEDED) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                         N_ ("This file was replaced. Change the newer one."));
    return FALSE;
  }
  if (!wuyou_evidence_is_destroyed (evidence->state))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("This file is gone. Add it once more to change it."));
  return FALSE;
}

/* --- from one key to another, when the slot's papers are sensitive and the old one's were not, or the reverse --- */

typedef struct {
  char *id;
  GBytes *sealed;
} Resealed;

static void
clear_resealed (gpointer data)
{
  g_free (((Resealed *) data)->id);
  g_clear_pointer (&((Resealed *) data)->sealed, g_bytes_unref);
}

typedef struct {
  WuyouEvidenceCase *self;
  WuyouEvidence *changed;
  gboolean wants_view;
  WuyouKey *to; /* NULL: the key stays */
  gboolean to_is_new;
  GPtrArray *files; /* WuyouFile: of it and of what was rendered of it */
  GArray *resealed; /* Resealed */
} Change;

static void
clear_change (Change *change)
{
  g_clear_pointer (&change->changed, wuyou_evidence_free);
  g_clear_pointer (&change->to, wuyou_key_unref);
  g_clear_pointer (&change->files, g_ptr_array_unref);
  g_clear_pointer (&change->resealed, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, clear_change)

static gboolean
read_file (WuyouDbConn *conn, Change *change, const char *id, GError **error)
{
  WuyouFile *file = NULL;
  WuyouKey *key = NULL;

  if (!wuyou_file_load (conn, change->self->context->store, id, &file, &key, error))
    return FALSE;
  g_clear_pointer (&key, wuyou_key_unref);
  g_ptr_array_add (change->files, file);
  return TRUE;
}

static gboolean
read_files (WuyouDbConn *conn, gpointer data, GError **error)
{
  Change *change = data;
  WuyouEvidenceCase *self = change->self;
  g_autoptr (GPtrArray) renditions = wuyou_rendition_list (conn, self->id, error);
  gboolean right = renditions != NULL;

  g_ptr_array_set_size (change->files, 0);
  right = right && read_file (conn, change, self->id, error);
  for (guint i = 0; right && i < renditions->len; i++)
    right = read_file (conn, change, ((WuyouRendition *) renditions->pdata[i])->id, error);
  if (!right)
    return FALSE;
  if (change->changed->sensitive)
    return wuyou_evidence_load_sensitive_key (conn, self->context, self->evidence->claim_id, &change->to, error);
  g_clear_pointer (&change->to, wuyou_key_unref);
  change->to = wuyou_key_ref (self->loss.key);
  return TRUE;
}

static gboolean
reseal_files (Change *change, GError **error)
{
  WuyouEvidenceCase *self = change->self;

  change->files = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_file_free);
  change->resealed = g_array_new (FALSE, FALSE, sizeof (Resealed));
  g_array_set_clear_func (change->resealed, clear_resealed);
  if (!wuyou_db_read (self->context->db, read_files, change, error))
    return FALSE;
  change->to_is_new = change->to == NULL;
  if (change->to_is_new)
    change->to = wuyou_keys_create (self->context->keys, WUYOU_PURPOSE_CLAIMS_SENSITIVE, self->evidence->claim_id);
  for (guint i = 0; i < change->files->len; i++) {
    const WuyouFile *file = change->files->pdata[i];
    Resealed one = { g_strdup (file->id), NULL };

    one.sealed = wuyou_blob_reseal_key (self->file_key, change->to, file->id, file->file_key, error);
    g_array_append_val (change->resealed, one);
    if (one.sealed == NULL)
      return FALSE;
  }
  return TRUE;
}

/* Whether a rendering came between is told by what there is now. */
static gboolean
check_files (WuyouDbConn *conn, const Change *change, GError **error)
{
  g_autoptr (GPtrArray) renditions = wuyou_rendition_list (conn, change->self->id, error);
  gboolean same = renditions != NULL && renditions->len + 1 == change->files->len;

  if (renditions == NULL)
    return FALSE;
  for (guint i = 0; same && i < renditions->len; i++)
    same = g_str_equal (((WuyouRendition *) renditions->pdata[i])->id, ((WuyouFile *) change->files->pdata[i + 1])->id);
  if (!same)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "rendered meanwhile");
  return same;
}

static gboolean
write_keys (WuyouDbConn *conn, const Change *change, GError **error)
{
  gboolean taken = TRUE;

  if (!check_files (conn, change, error) || (change->to_is_new && !wuyou_key_offer (conn, change->to, &taken, error)))
    return FALSE;
  if (!taken) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "another came first with the key");
    return FALSE;
  }
  for (guint i = 0; i < change->resealed->len; i++) {
    const Resealed *one = &g_array_index (change->resealed, Resealed, i);

    if (!wuyou_file_set_key (conn, one->id, wuyou_key_get_purpose (change->to), wuyou_key_get_id (change->to),
                             one->sealed, error))
      return FALSE;
  }
  return TRUE;
}

/* --- written --- */

/* Who goes back to what was made last needs no decoder for it. */
static gboolean
ask_for_view (WuyouDbConn *conn, const Change *change, GError **error)
{
  const WuyouEvidence *changed = change->changed;
  gboolean made;

  return wuyou_evidence_forget_tries (conn, changed->id, error)
         && wuyou_rendition_check_made (conn, changed->id, changed->edits_json, &made, error)
         && (made
             || wuyou_job_put_for (conn, WUYOU_JOB_EVIDENCE, changed->id, changed->org_id, changed->updated_at, error));
}

static gboolean
write_changed (WuyouDbConn *conn, gpointer data, GError **error)
{
  const Change *change = data;

  return (change->to == NULL || write_keys (conn, change, error))
         && (!change->wants_view || ask_for_view (conn, change, error));
}

static gboolean
check_new_slot (const WuyouEvidenceCase *self, WuyouEvidence *changed, GError **error)
{
  const WuyouChecklistRow *row = wuyou_checklist_find (self->loss.rows, changed->slot);

  if (g_strcmp0 (changed->slot, self->evidence->slot) != 0 && !wuyou_evidence_check_move (self->evidence, error))
    return FALSE;
  changed->sensitive = row != NULL && row->sensitive;
  return wuyou_evidence_check_slot (self->loss.claim, self->loss.rows, changed->slot, changed->phase,
                                    wuyou_claim_case_get_roles (&self->loss, wuyou_request_get_caller (self->request)),
                                    wuyou_date_of_instant (wuyou_request_get_now (self->request)), error);
}

static gboolean
save_change (Change *change, GError **error)
{
  WuyouEvidenceCase *self = change->self;
  gboolean rendered
      = self->evidence->state != WUYOU_EVIDENCE_UPLOADING && self->evidence->state != WUYOU_EVIDENCE_QUARANTINED;

  change->wants_view = rendered && g_strcmp0 (change->changed->edits_json, self->evidence->edits_json) != 0;
  change->changed->unmade = change->changed->unmade && !change->wants_view;
  if (change->changed->sensitive != self->evidence->sensitive && !reseal_files (change, error))
    return FALSE;
  take_back_verdict (self->evidence, change->changed);
  if (!wuyou_evidence_case_save (&(WuyouEvidenceChange){ .self = self,
                                                         .changed = change->changed,
                                                         .action = "update",
                                                         .write = write_changed,
                                                         .data = change,
                                                         .once = TRUE },
                                 error))
    return FALSE;
  if (change->wants_view)
    wuyou_job_service_wake (self->context->jobs);
  return TRUE;
}

static WuyouReply *
try_put (WuyouRequest *request, WuyouServerContext *context, gboolean *ret_outdated, GError **error)
{
  g_auto (WuyouEvidenceCase) self = { .context = context, .request = request };
  g_auto (Change) change = { .self = &self };
  gboolean replayed;

  self.id = wuyou_request_get_id_arg (request, 0, error);
  if (self.id == NULL || !wuyou_evidence_case_load (&self, error)
      || !wuyou_once_find (context, request, &replayed, error))
    return NULL;
  if (replayed) /* what stands now, whatever If-Match says: the client did not hear */
    return wuyou_evidence_reply (context, self.evidence, 200, error);
  if (!wuyou_evidence_check_version (request, self.evidence, ret_outdated, error)
      || !wuyou_evidence_case_check_side (&self, error) || !wuyou_evidence_case_check_slot (&self, error)
      || !check_alive (self.evidence, error))
    return NULL;
  change.changed = read_changed (&self, error);
  if (change.changed == NULL || !check_new_slot (&self, change.changed, error) || !save_change (&change, error))
    return NULL;
  return wuyou_evidence_reply (context, change.changed, 200, error);
}

WuyouReply *
wuyou_evidence_put (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_evidence_try (request, context, try_put, error);
}
