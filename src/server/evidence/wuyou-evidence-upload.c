/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-upload.h"

#include "evidence/wuyou-evidence-case.h"
#include "wuyou-evidence-store.h"

static WuyouUploadStand
judge (int state)
{
  if (state == WUYOU_EVIDENCE_UPLOADING)
    return WUYOU_UPLOAD_OPEN;
  return wuyou_evidence_is_destroyed (state) ? WUYOU_UPLOAD_GONE : WUYOU_UPLOAD_DONE;
}

static void
free_case (gpointer data)
{
  wuyou_evidence_case_clear (data);
  g_free (data);
}

static gpointer
load_case (WuyouServerContext *context, WuyouRequest *request, const char *id, GError **error)
{
  WuyouEvidenceCase *self = g_new0 (WuyouEvidenceCase, 1);

  *self = (WuyouEvidenceCase){ .context = context, .request = request, .id = id };
  if (wuyou_evidence_case_load (self, error))
    return self;
  free_case (self);
  return NULL;
}

static gboolean
check_case (gpointer data, GError **error)
{
  return wuyou_evidence_case_check_side (data, error) && wuyou_evidence_case_check_slot (data, error);
}

void
wuyou_evidence_describe (gpointer data, WuyouUploadFile *ret_file)
{
  WuyouEvidenceCase *self = data;

  *ret_file
      = (WuyouUploadFile){ self->id, self->evidence->size, judge (self->evidence->state), self->file, self->file_key };
}

static gboolean
read_stand (WuyouDbConn *conn, const char *id, WuyouUploadStand *ret_stand, GError **error)
{
  int state;

  if (!wuyou_evidence_read_state (conn, id, &state, error))
    return FALSE;
  *ret_stand = judge (state);
  return TRUE;
}

static const WuyouUploadKind kind = { load_case, free_case, check_case, wuyou_evidence_describe, read_stand };

static gpointer
begin_upload (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_upload_begin (&kind, request, context, error);
}

const WuyouUpload wuyou_evidence_upload = { begin_upload, wuyou_upload_take, wuyou_upload_finish, wuyou_upload_free };
