/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-judge.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "evidence/wuyou-evidence-case.h"
#include "evidence/wuyou-evidence-change.h"
#include "records/wuyou-once.h"
#include "engine/wuyou-request-members.h"

typedef struct {
  int state, return_reason;
  char *note; /* owned */
} Verdict;

static void
clear_verdict (Verdict *verdict)
{
  g_clear_pointer (&verdict->note, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, clear_verdict)

static gboolean
refuse_field (GError **error, const char *field, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, field, "6.8");
  return FALSE;
}

static gboolean
check_verdict (const Verdict *verdict, const char *reason, GError **error)
{
  if (verdict->state != WUYOU_EVIDENCE_VERIFIED && verdict->state != WUYOU_EVIDENCE_RETURNED
      && verdict->state != WUYOU_EVIDENCE_AVAILABLE)
    return refuse_field (error, "state", N_ ("A value of another kind is expected here."));
  if (verdict->state != WUYOU_EVIDENCE_RETURNED)
    return reason == NULL
           || refuse_field (error, "return_reason", N_ ("Only a file that is returned has a reason for it."));
  if (verdict->return_reason == 0)
    return refuse_field (error, "return_reason", N_ ("Why is it returned? The dealership will read this."));
  if (verdict->return_reason == WUYOU_RETURN_OTHER && wuyou_text_length (verdict->note) < 2)
    return refuse_field (error, "note", N_ ("Why is it returned? The dealership will read this."));
  return TRUE;
}

static gboolean
read_verdict (WuyouRequest *request, Verdict *verdict, GError **error)
{
  static const WuyouMember members[]
      = { { "state", G_TYPE_STRING }, { "return_reason", G_TYPE_STRING }, { "note", G_TYPE_STRING } };
  JsonObject *body = wuyou_request_get_json (request, error);
  const WuyouEnum *state, *reason;
  const char *note;

  if (body == NULL || !wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error))
    return FALSE;
  note = wuyou_json_get_string (body, "note");
  if (!wuyou_request_check_text (note, "note", 0, 300, N_ ("This text is too long."), error))
    return FALSE;
  state = wuyou_enum_find (wuyou_evidence_states, wuyou_json_get_string (body, "state"));
  reason = wuyou_enum_find (wuyou_return_reasons, wuyou_json_get_string (body, "return_reason"));
  verdict->state = state != NULL ? state->value : 0;
  verdict->return_reason = reason != NULL ? reason->value : 0;
  verdict->note = note != NULL ? wuyou_text_normalise (note) : NULL;
  return check_verdict (verdict, wuyou_json_get_string (body, "return_reason"), error);
}

static gboolean
check_assessor (const WuyouEvidenceCase *self, GError **error)
{
  const WuyouClaim *claim = self->loss.claim;

  if (claim->state != WUYOU_CLAIM_PRE_REVIEW && claim->state != WUYOU_CLAIM_FINAL_REVIEW) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                         N_ ("Files are judged while the claim is in review."));
    return FALSE;
  }
  if (g_strcmp0 (claim->assessor_id, wuyou_request_get_caller (self->request)->account_id) == 0)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN, "assessor");
  return FALSE;
}

static gboolean
check_shown (const WuyouEvidence *evidence, int verdict, GError **error)
{
  if (wuyou_evidence_is_judged (evidence->state) && !(evidence->unmade && verdict == WUYOU_EVIDENCE_VERIFIED))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("Only a file that can be looked at can be judged."));
  return FALSE;
}

static gboolean
save_verdict (WuyouEvidenceCase *self, const Verdict *verdict, WuyouEvidence *judged, GError **error)
{
  gboolean taken_back = verdict->state == WUYOU_EVIDENCE_AVAILABLE;

  judged->state = verdict->state;
  judged->return_reason = verdict->return_reason;
  wuyou_text_set (&judged->state_reason, verdict->note);
  wuyou_text_set (&judged->judged_by, taken_back ? NULL : wuyou_request_get_caller (self->request)->account_id);
  judged->judged_at = taken_back ? 0 : wuyou_request_get_now (self->request);
  return wuyou_evidence_case_save (
      &(WuyouEvidenceChange){
          .self = self, .changed = judged, .action = "judge", .reason = verdict->note, .once = TRUE },
      error);
}

static WuyouReply *
try_judge (WuyouRequest *request, WuyouServerContext *context, gboolean *ret_outdated, GError **error)
{
  g_auto (WuyouEvidenceCase) self = { .context = context, .request = request };
  g_autoptr (WuyouEvidence) judged = NULL;
  g_auto (Verdict) verdict = { 0 };
  gboolean replayed;

  self.id = wuyou_request_get_id_arg (request, 0, error);
  if (self.id == NULL || !wuyou_evidence_case_load (&self, error)
      || !wuyou_once_find (context, request, &replayed, error))
    return NULL;
  if (replayed)
    return wuyou_evidence_reply (context, self.evidence, 200, error);
  if (!check_assessor (&self, error) || !read_verdict (request, &verdict, error)
      || !wuyou_evidence_check_version (request, self.evidence, ret_outdated, error)
      || !check_shown (self.evidence, verdict.state, error))
    return NULL;
  judged = wuyou_evidence_dup (self.evidence);
  if (!save_verdict (&self, &verdict, judged, error))
    return NULL;
  return wuyou_evidence_reply (context, judged, 200, error);
}

WuyouReply *
wuyou_evidence_judge (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_evidence_try (request, context, try_judge, error);
}
