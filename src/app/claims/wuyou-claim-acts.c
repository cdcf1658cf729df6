/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-step-up.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-notice.h"
#include "claims/wuyou-claim-request.h"
#include "claims/wuyou-claim-step.h"
#include "claims/wuyou-claim-text.h"
#include "widgets/wuyou-masked-row.h"
#include "widgets/wuyou-reason-dialog.h"

typedef struct {
  WuyouClaimDetail *detail;
  WuyouRouteId route;
  char *toast;
} Write;

static void
free_write (Write *write)
{
  g_object_unref (write->detail);
  g_free (write->toast);
  g_free (write);
}

static void
show_refused (WuyouClaimDetail *self, const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_STALE))
    wuyou_banner_show (self->banner, WUYOU_BANNER_WARNING,
                       _ ("Someone changed this claim meanwhile. It is shown as it is now; try again."), NULL);
  else
    wuyou_banner_show_error (self->banner, error);
}

static void
take_made (WuyouClaimDetail *self, JsonObject *answer, const char *etag, const char *toast)
{
  wuyou_banner_hide (self->banner);
  wuyou_app_context_toast (self->context, toast);
  _wuyou_claim_detail_take (self, answer, etag, TRUE);
  wuyou_claim_notice_note_own (self->context, self->id, self->dossier != NULL ? self->dossier->claim->version : 0);
  g_signal_emit_by_name (self, "changed", self->id);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Write *write = data;
  WuyouClaimDetail *self = write->detail;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  self->acting = FALSE;
  if (self->context != NULL) {
    wuyou_busy_line_set_busy (self->line, FALSE);
    if (answer != NULL) {
      if (write->route == WUYOU_ROUTE_CLAIM_CHECKS)
        wuyou_claim_review_set_saved (self->review);
      take_made (self, answer, etag, write->toast);
    } else {
      wuyou_claim_detail_refresh (self);
      show_refused (self, error);
    }
  }
  free_write (write);
}

void
_wuyou_claim_detail_write (WuyouClaimDetail *self,
                           WuyouRouteId route,
                           const char *arg,
                           const char *body,
                           const char *toast)
{
  const char *args[] = { self->id, arg, NULL };
  g_autofree char *key = wuyou_app_context_new_id (self->context);
  WuyouCall call = {
    .route = route, .args = args, .body = body, .if_match = self->dossier->etag, .idempotency_key = key, .deadline = 60
  };
  Write *write;

  if (self->acting)
    return;
  write = g_new0 (Write, 1);
  write->detail = g_object_ref (self);
  write->route = route;
  write->toast = g_strdup (toast);
  self->acting = TRUE;
  wuyou_busy_line_set_busy (self->line, TRUE);
  /* Not cancelled when the page is left: the answer says whether it happened. */
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, NULL, on_written_cb, write);
}

static void
on_step_done_cb (JsonObject *answer, const char *etag, const char *action, gpointer data)
{
  WuyouClaimDetail *self = data;

  if (self->context == NULL)
    return;
  if (answer == NULL)
    wuyou_claim_detail_refresh (self);
  else
    take_made (self, answer, etag, wuyou_claim_text_action (action));
}

void
_wuyou_claim_detail_act (WuyouClaimDetail *self, const WuyouDossierAction *action)
{
  if (self->acting || !action->allowed)
    return;
  if (g_str_equal (action->action, "request"))
    wuyou_claim_request_present (self->context, GTK_WIDGET (self), self->dossier, on_step_done_cb, self);
  else if (wuyou_claim_step_needs_dialog (action->action))
    wuyou_claim_step_present (self->context, GTK_WIDGET (self), self->dossier, action, on_step_done_cb, self);
  else
    _wuyou_claim_detail_write (self, WUYOU_ROUTE_CLAIM_ACT, action->action, "{}",
                               wuyou_claim_text_action (action->action));
}

typedef struct {
  WuyouClaimDetail *detail;
  GtkWidget *row;
  const char *field; /* "claim.loss_place": interned */
} Unmask;

static void
free_unmask (Unmask *unmask)
{
  g_object_unref (unmask->detail);
  g_object_unref (unmask->row);
  g_free (unmask);
}

static const char *
find_value (JsonObject *answer, const char *field)
{
  g_auto (GStrv) parts = g_strsplit (field, ".", 2);
  JsonObject *record = answer != NULL ? wuyou_json_get_object (answer, parts[0]) : NULL;

  return record != NULL ? wuyou_json_get_string (record, parts[1]) : NULL;
}

static void
on_unmasked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Unmask *unmask = data;
  WuyouClaimDetail *self = unmask->detail;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_step_up_call_finish (result, NULL, &error);
  const char *value = find_value (answer, unmask->field);

  if (self->context != NULL) {
    if (value != NULL)
      wuyou_masked_row_show_value (WUYOU_MASKED_ROW (unmask->row), value);
    else
      wuyou_app_context_toast_error (self->context, error);
  }
  free_unmask (unmask);
}

static void
fetch_full (Unmask *unmask)
{
  WuyouClaimDetail *self = unmask->detail;
  const char *args[] = { self->id, NULL };
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIM_UNMASK, .args = args };

  wuyou_json_begin_object (body, NULL);
  wuyou_json_begin_array (body, "fields");
  wuyou_json_add_string (body, NULL, unmask->field);
  wuyou_json_end_array (body);
  wuyou_json_add_string (body, "reason", self->reason);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_step_up_call_async (self->context, GTK_WIDGET (self), _ ("Full personal data is shown only to you, confirmed."),
                            &call, self->cancellable, on_unmasked_cb, unmask);
}

static void
on_unmask_reason_cb (const char *text, gpointer data)
{
  GtkWidget *row = data;
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (gtk_widget_get_ancestor (row, WUYOU_TYPE_CLAIM_DETAIL));
  Unmask *unmask;

  if (self == NULL)
    return;
  if (self->reason == NULL)
    self->reason = g_strdup (text);
  unmask = g_new0 (Unmask, 1);
  unmask->detail = g_object_ref (self);
  unmask->row = g_object_ref (row);
  unmask->field = g_object_get_data (G_OBJECT (row), "wuyou-field");
  fetch_full (unmask);
}

/* One reason a claim: the next eye opens without asking again. */
void
_wuyou_claim_detail_unmask (WuyouClaimDetail *self, GtkWidget *row, const char *field)
{
  const char *suggestions[]
      = { _ ("Reviewing the claim"), _ ("Calling the customer"), _ ("Talking to the insurer"), NULL };

  if (self->reason != NULL) {
    on_unmask_reason_cb (self->reason, row);
    return;
  }
  wuyou_reason_dialog_present (row,
                               &(WuyouReasonQuestion){
                                   .title = _ ("Show the Full Value?"),
                                   .text = _ ("Who looked, when and why is kept in the log. It is masked again after a "
                                              "minute."),
                                   .entry = _ ("Reason"),
                                   .button = _ ("_Show"),
                                   .suggestions = suggestions,
                                   .required = TRUE,
                               },
                               on_unmask_reason_cb, row);
}
