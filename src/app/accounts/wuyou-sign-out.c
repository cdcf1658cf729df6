/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-sign-out.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-error.h"

#define STILL_SECONDS 30
#define LEAVING "wuyou-leaving"

static void
on_signed_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (reply == NULL)
    g_debug ("sign-out: %s", error->message);
}

void
wuyou_sign_out (WuyouAppContext *context)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SIGN_OUT };

  if (wuyou_session_get_state (wuyou_app_context_get_session (context)) == WUYOU_SESSION_SIGNED_OUT)
    return;
  wuyou_client_cancel_everything (wuyou_app_context_get_client (context));
  wuyou_client_call_async (wuyou_app_context_get_client (context), &call, NULL, on_signed_out_cb, NULL);
  wuyou_app_context_end_session (context, FALSE, NULL);
}

char *
wuyou_sign_out_dup_question (WuyouAppContext *context)
{
  guint n_writes = wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (context));
  guint n_files = wuyou_uploads_get_n_waiting (wuyou_app_context_get_uploads (context));

  if (n_writes == 0 && n_files == 0)
    return NULL;
  if (n_files == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u change has not been sent yet. It stays on this computer, sealed, until "
                                         "you sign in again.",
                                         "%u changes have not been sent yet. They stay on this computer, sealed, until "
                                         "you sign in again.",
                                         n_writes),
                            n_writes);
  if (n_writes == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u file has not been uploaded yet. It stays on this computer, sealed, until "
                                         "you sign in again.",
                                         "%u files have not been uploaded yet. They stay on this computer, sealed, "
                                         "until you sign in again.",
                                         n_files),
                            n_files);
  return g_strdup_printf (
      _ ("Not sent yet: changes %u, files %u. They stay on this computer, sealed, until you sign in "
         "again."),
      n_writes, n_files);
}

/* On the way out, until what is waited for is done; it hangs on the context, so there is one at a time. */
typedef struct {
  WuyouAppContext *context; /* not referenced */
  WuyouOutbox *outbox;
  WuyouUploads *uploads;
  gboolean sending; /* everything, not only what is being sealed */
  guint timer;
  AdwToast *toast; /* or NULL */
} Leaving;

static gboolean
is_done (const Leaving *leaving)
{
  if (!leaving->sending)
    return wuyou_uploads_get_n_copying (leaving->uploads) == 0;
  return wuyou_uploads_get_n_waiting (leaving->uploads) == 0 && wuyou_outbox_get_n_waiting (leaving->outbox) == 0;
}

static void
free_leaving (gpointer data)
{
  Leaving *leaving = data;

  g_signal_handlers_disconnect_by_data (leaving->outbox, leaving);
  g_signal_handlers_disconnect_by_data (leaving->uploads, leaving);
  g_object_unref (leaving->outbox);
  g_object_unref (leaving->uploads);
  g_clear_handle_id (&leaving->timer, g_source_remove);
  if (leaving->toast != NULL) {
    g_signal_handlers_disconnect_by_data (leaving->toast, leaving->context);
    adw_toast_dismiss (leaving->toast);
    g_object_unref (leaving->toast);
  }
  g_free (leaving);
}

static void
stop_leaving (WuyouAppContext *context)
{
  g_object_set_data (G_OBJECT (context), LEAVING, NULL);
}

static gboolean
on_still_cb (gpointer data)
{
  Leaving *leaving = data;
  WuyouAppContext *context = leaving->context;

  leaving->timer = 0;
  stop_leaving (context);
  wuyou_app_context_toast (context, _ ("Not everything could be sent, so you are still signed in."));
  return G_SOURCE_REMOVE;
}

static void
on_moved_cb (Leaving *leaving)
{
  g_autoptr (WuyouAppContext) context = g_object_ref (leaving->context);

  g_clear_handle_id (&leaving->timer, g_source_remove);
  if (!is_done (leaving)) {
    leaving->timer = g_timeout_add_seconds (STILL_SECONDS, on_still_cb, leaving);
    return;
  }
  stop_leaving (context);
  wuyou_sign_out (context);
}

static void
offer_to_stay (Leaving *leaving)
{
  leaving->toast = g_object_ref_sink (adw_toast_new (_ ("You are signed out as soon as everything is sent.")));
  adw_toast_set_button_label (leaving->toast, _ ("_Stay"));
  adw_toast_set_timeout (leaving->toast, 0);
  g_signal_connect_swapped (leaving->toast, "button-clicked", G_CALLBACK (stop_leaving), leaving->context);
  wuyou_app_context_add_toast (leaving->context, leaving->toast);
}

static void
leave (WuyouAppContext *context, gboolean sending)
{
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->context = context;
  leaving->outbox = g_object_ref (wuyou_app_context_get_outbox (context));
  leaving->uploads = g_object_ref (wuyou_app_context_get_uploads (context));
  leaving->sending = sending;
  g_object_set_data_full (G_OBJECT (context), LEAVING, leaving, free_leaving);
  g_signal_connect_swapped (leaving->outbox, "notify::n-waiting", G_CALLBACK (on_moved_cb), leaving);
  g_signal_connect_swapped (leaving->uploads, "notify::progress", G_CALLBACK (on_moved_cb), leaving);
  if (sending)
    offer_to_stay (leaving);
  on_moved_cb (leaving);
}

void
wuyou_sign_out_after_sending (WuyouAppContext *context)
{
  leave (context, TRUE);
  wuyou_outbox_retry (wuyou_app_context_get_outbox (context));
  wuyou_uploads_pause (wuyou_app_context_get_uploads (context), NULL, FALSE);
  wuyou_uploads_try_again (wuyou_app_context_get_uploads (context), NULL);
}

void
wuyou_sign_out_now (WuyouAppContext *context)
{
  leave (context, FALSE);
}
