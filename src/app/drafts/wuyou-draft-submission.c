/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "drafts/wuyou-draft-submission.h"

#include "client/wuyou-write-key.h"

#define DEADLINE 60 /* seconds */

struct _WuyouDraftSubmission {
  GObject parent_instance;
  WuyouAppContext *context;
  WuyouDraft *draft;
  WuyouRouteId route;
  const WuyouDraftSubmissionCalls *calls;
  gpointer form; /* NULL once it is gone */
  gboolean wanted;
  GCancellable *acting; /* NULL unless the step is on its way */
  WuyouWriteKey key;
};

G_DEFINE_FINAL_TYPE (WuyouDraftSubmission, wuyou_draft_submission, G_TYPE_OBJECT)

static void
end (WuyouDraftSubmission *self)
{
  self->wanted = FALSE;
  self->calls->busy (self->form, FALSE);
}

static void
fail (WuyouDraftSubmission *self, const GError *error)
{
  end (self);
  self->calls->failed (self->form, error);
}

/* --- the step --- */

static void
take_failure (WuyouDraftSubmission *self, const GError *error)
{
  if (self->form == NULL)
    return;
  /* Stopped by a person, it may be done. */
  if (error->code == WUYOU_ERROR_CANCELLED || error->code == WUYOU_ERROR_STALE)
    self->calls->load (self->form);
  fail (self, error);
}

static void
on_acted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouDraftSubmission) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  const WuyouDraftKind *kind = wuyou_draft_get_kind (self->draft);

  g_clear_object (&self->acting);
  if (answer == NULL) {
    take_failure (self, error);
    return;
  }
  wuyou_dossier_keep_answer (wuyou_app_context_get_local (self->context), kind->type, answer);
  wuyou_draft_discard (self->draft);
  if (self->form == NULL)
    return;
  end (self);
  self->calls->done (self->form);
}

static void
act (WuyouDraftSubmission *self, const char *action, const char *etag)
{
  const char *args[] = { wuyou_draft_get_id (self->draft), action, NULL };
  WuyouCall call = { .route = self->route, .args = args, .body = "{}", .if_match = etag, .deadline = DEADLINE };

  call.idempotency_key = wuyou_write_key_get (&self->key, &call, wuyou_app_context_get_clock (self->context));
  self->acting = g_cancellable_new ();
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->acting, on_acted_cb,
                           g_object_ref (self));
}

/* --- what comes before it --- */

/* While what was typed was on its way, somebody else may have taken the record on. */
static void
act_if_there_is_one (WuyouDraftSubmission *self, const char *etag)
{
  const char *action = self->calls->get_action (self->form);
  g_autoptr (GError) none = NULL;

  if (action != NULL) {
    act (self, action, etag);
    return;
  }
  none = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION, "");
  fail (self, none);
}

static void
go_on (WuyouDraftSubmission *self)
{
  const char *etag;

  if (!self->wanted || self->acting != NULL)
    return;
  if (wuyou_draft_get_state (self->draft) == WUYOU_DRAFT_REFUSED) {
    end (self);
    return;
  }
  if (!wuyou_draft_is_settled (self->draft))
    return;
  etag = self->calls->get_etag (self->form);
  if (etag != NULL)
    act_if_there_is_one (self, etag);
  else
    self->calls->load (self->form);
}

void
wuyou_draft_submission_begin (WuyouDraftSubmission *self)
{
  if (self->wanted)
    return;
  self->wanted = TRUE;
  self->calls->busy (self->form, TRUE);
  wuyou_draft_flush (self->draft);
  wuyou_outbox_retry (wuyou_app_context_get_outbox (self->context));
  go_on (self);
}

void
wuyou_draft_submission_loaded (WuyouDraftSubmission *self, const GError *error)
{
  if (!self->wanted || self->acting != NULL)
    return;
  if (error != NULL)
    fail (self, error);
  else if (self->calls->get_etag (self->form) == NULL) /* which said why */
    end (self);
  else
    go_on (self);
}

void
wuyou_draft_submission_cancel (WuyouDraftSubmission *self)
{
  if (self->acting != NULL)
    g_cancellable_cancel (self->acting);
  else if (self->wanted)
    end (self);
}

void
wuyou_draft_submission_leave (WuyouDraftSubmission *self)
{
  self->wanted = FALSE;
  self->form = NULL;
}

static void
on_state_cb (WuyouDraftSubmission *self)
{
  go_on (self);
}

/* What was typed last does not get through: the step would wait without an end. */
static void
on_delayed_cb (WuyouDraftSubmission *self, WuyouOutboxItem *item, const GError *error)
{
  if (self->wanted && g_strcmp0 (wuyou_outbox_item_get_record (item), wuyou_draft_get_id (self->draft)) == 0)
    fail (self, error);
}

static void
wuyou_draft_submission_finalize (GObject *object)
{
  WuyouDraftSubmission *self = WUYOU_DRAFT_SUBMISSION (object);

  wuyou_write_key_clear (&self->key);
  g_clear_object (&self->acting);
  g_clear_object (&self->draft);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_draft_submission_parent_class)->finalize (object);
}

static void
wuyou_draft_submission_class_init (WuyouDraftSubmissionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_draft_submission_finalize;
}

static void
wuyou_draft_submission_init (WuyouDraftSubmission *self)
{
}

WuyouDraftSubmission *
wuyou_draft_submission_new (WuyouAppContext *context,
                            WuyouDraft *draft,
                            WuyouRouteId route,
                            const WuyouDraftSubmissionCalls *calls,
                            gpointer form)
{
  WuyouDraftSubmission *self = g_object_new (WUYOU_TYPE_DRAFT_SUBMISSION, NULL);

  self->context = g_object_ref (context);
  self->draft = g_object_ref (draft);
  self->route = route;
  self->calls = calls;
  self->form = form;
  g_signal_connect_object (draft, "state-changed", G_CALLBACK (on_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_outbox (context), "delayed", G_CALLBACK (on_delayed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
