/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "drafts/wuyou-draft.h"

G_BEGIN_DECLS

/* Takes the record of a draft to its next state: what was typed last goes first, then the step, on the version that it
 * made. Always tried at once, as nobody knows better whether the server is there; it can be stopped. */
#define WUYOU_TYPE_DRAFT_SUBMISSION (wuyou_draft_submission_get_type ())
G_DECLARE_FINAL_TYPE (WuyouDraftSubmission, wuyou_draft_submission, WUYOU, DRAFT_SUBMISSION, GObject)

typedef struct {
  const char *(*get_action) (gpointer form); /* borrowed; NULL: somebody else took it on, and there is no step */
  const char *(*get_etag) (gpointer form);   /* borrowed; NULL: the form does not know the record yet */
  void (*load) (gpointer form);              /* asks for it; then wuyou_draft_submission_loaded() */
  void (*busy) (gpointer form, gboolean busy);
  void (*done) (gpointer form);                        /* taken, and the draft is discarded */
  void (*failed) (gpointer form, const GError *error); /* not for what the draft itself was refused */
} WuyouDraftSubmissionCalls;

/* @route of {id}, {action}; @calls static; @form borrowed until wuyou_draft_submission_leave(). */
WuyouDraftSubmission *wuyou_draft_submission_new (WuyouAppContext *context,
                                                  WuyouDraft *draft,
                                                  WuyouRouteId route,
                                                  const WuyouDraftSubmissionCalls *calls,
                                                  gpointer form);
void wuyou_draft_submission_begin (WuyouDraftSubmission *self); /* nothing while it is under way */
void wuyou_draft_submission_loaded (WuyouDraftSubmission *self, const GError *error); /* NULL: the form has it */
void wuyou_draft_submission_cancel (WuyouDraftSubmission *self); /* what is at the server may be done all the same */
void wuyou_draft_submission_leave (WuyouDraftSubmission *self);  /* the form goes; a step that was sent goes on */

G_END_DECLS
