/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "accounts/wuyou-step-up.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-masked-row.h"
#include "widgets/wuyou-reason-dialog.h"
#include "wuyou-record-detail-private.h"

/* --- writing --- */

typedef struct {
  WuyouRecordDetail *detail;
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
show_refused (WuyouRecordDetail *self, const GError *error)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  WuyouBanner *banner = priv->banner;

  priv->refused = TRUE;
  priv->away = g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE);
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_STALE))
    wuyou_banner_show (banner, WUYOU_BANNER_WARNING, _ (WUYOU_RECORD_DETAIL_GET_CLASS (self)->kind->stale), NULL);
  else
    wuyou_banner_show_undone (banner, error);
}

static void
take_made (WuyouRecordDetail *self, WuyouRouteId route, JsonObject *answer, const char *etag, const char *toast)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  WuyouRecordDetailClass *klass = WUYOU_RECORD_DETAIL_GET_CLASS (self);

  priv->refused = priv->away = FALSE;
  wuyou_banner_hide (priv->banner);
  if (toast != NULL)
    wuyou_app_context_toast (priv->context, toast);
  if (klass->written != NULL)
    klass->written (self, route, answer);
  _wuyou_record_detail_take (self, answer, etag, TRUE);
  _wuyou_record_detail_emit_changed (self);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Write *write = data;
  WuyouRecordDetail *self = write->detail;
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  priv->writing = FALSE;
  if (priv->context != NULL) {
    wuyou_busy_line_set_busy (priv->line, FALSE);
    if (answer != NULL) {
      take_made (self, write->route, answer, etag, write->toast);
    } else {
      wuyou_record_detail_refresh (self);
      show_refused (self, error);
    }
  }
  free_write (write);
}

void
wuyou_record_detail_write (WuyouRecordDetail *self,
                           WuyouRouteId route,
                           const char *arg,
                           const char *body,
                           const char *toast)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  const char *args[] = { priv->id, arg, NULL };
  WuyouCall call = { .route = route,
                     .args = args,
                     .body = body,
                     .if_match = WUYOU_RECORD_DETAIL_GET_CLASS (self)->get_etag (self),
                     .deadline = 60 };
  Write *write;

  if (priv->writing)
    return;
  call.idempotency_key = wuyou_write_key_get (&priv->key, &call, wuyou_app_context_get_clock (priv->context));
  write = g_new0 (Write, 1);
  write->detail = g_object_ref (self);
  write->route = route;
  write->toast = g_strdup (toast);
  priv->writing = TRUE;
  wuyou_busy_line_set_busy (priv->line, TRUE);
  /* Not cancelled when the page is left: the answer says whether it happened. */
  wuyou_client_call_async (wuyou_app_context_get_client (priv->context), &call, NULL, on_written_cb, write);
}

void
wuyou_record_detail_take_made (WuyouRecordDetail *self, JsonObject *answer, const char *etag, const char *toast)
{
  if (wuyou_record_detail_get_context (self) == NULL)
    return;
  if (answer == NULL)
    wuyou_record_detail_refresh (self);
  else
    take_made (self, WUYOU_N_ROUTES, answer, etag, toast);
}

/* --- full values --- */

typedef struct {
  WuyouRecordDetail *detail;
  GtkWidget *row;
  const char *field; /* interned */
} Unmask;

static void
free_unmask (Unmask *unmask)
{
  g_object_unref (unmask->detail);
  g_object_unref (unmask->row);
  g_free (unmask);
}

/* "contract.owner_name" stands in the object "contract" of the answer, what has no point in that of the record itself.
 */
static const char *
find_value (WuyouRecordDetail *self, JsonObject *answer, const char *field)
{
  const char *point = strchr (field, '.');
  g_autofree char *object = point != NULL ? g_strndup (field, (gsize) (point - field))
                                          : g_strdup (WUYOU_RECORD_DETAIL_GET_CLASS (self)->kind->object);
  JsonObject *record = answer != NULL ? wuyou_json_get_object (answer, object) : NULL;

  return record != NULL ? wuyou_json_get_string (record, point != NULL ? point + 1 : field) : NULL;
}

static void
on_unmasked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Unmask *unmask = data;
  WuyouAppContext *context = wuyou_record_detail_get_context (unmask->detail);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_step_up_call_finish (result, NULL, &error);
  const char *value = find_value (unmask->detail, answer, unmask->field);

  if (value != NULL)
    wuyou_masked_row_show_value (WUYOU_MASKED_ROW (unmask->row), value);
  else if (context != NULL)
    wuyou_app_context_toast_error (context, error);
  free_unmask (unmask);
}

static void
fetch_full (Unmask *unmask)
{
  WuyouRecordDetail *self = unmask->detail;
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  const char *args[] = { priv->id, NULL };
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_RECORD_DETAIL_GET_CLASS (self)->kind->unmask, .args = args };

  wuyou_json_begin_object (body, NULL);
  wuyou_json_begin_array (body, "fields");
  wuyou_json_add_string (body, NULL, unmask->field);
  wuyou_json_end_array (body);
  wuyou_json_add_string (body, "reason", priv->reason);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_step_up_call_async (priv->context, GTK_WIDGET (self), _ ("Full personal data is shown only to you, confirmed."),
                            &call, priv->cancellable, on_unmasked_cb, unmask);
}

static void
on_unmask_reason_cb (const char *text, gpointer data)
{
  GtkWidget *row = data;
  GtkWidget *self = gtk_widget_get_ancestor (row, WUYOU_TYPE_RECORD_DETAIL);
  WuyouRecordDetailPrivate *priv;
  Unmask *unmask;

  if (self == NULL) /* filled anew meanwhile */
    return;
  priv = _wuyou_record_detail_get_private (WUYOU_RECORD_DETAIL (self));
  if (priv->reason == NULL)
    priv->reason = g_strdup (text);
  unmask = g_new0 (Unmask, 1);
  unmask->detail = WUYOU_RECORD_DETAIL (g_object_ref (self));
  unmask->row = g_object_ref (row);
  unmask->field = g_object_get_data (G_OBJECT (row), "wuyou-unmask");
  fetch_full (unmask);
}

void
wuyou_record_detail_unmask (WuyouRecordDetail *self, GtkWidget *row, const char *field)
{
  const char *const *reasons = WUYOU_RECORD_DETAIL_GET_CLASS (self)->kind->unmask_reasons;
  const char *suggestions[WUYOU_UNMASK_REASONS + 1] = { NULL };
  const char *reason = _wuyou_record_detail_get_private (self)->reason;

  g_object_set_data (G_OBJECT (row), "wuyou-unmask", (gpointer) g_intern_string (field));
  if (reason != NULL) {
    on_unmask_reason_cb (reason, row);
    return;
  }
  for (guint i = 0; i < WUYOU_UNMASK_REASONS; i++)
    suggestions[i] = _ (reasons[i]);
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
