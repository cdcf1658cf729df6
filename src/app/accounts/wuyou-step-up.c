/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-step-up.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "accounts/wuyou-proof.h"
#include "base/wuyou-error.h"
#include "widgets/wuyou-escape.h"
#include "widgets/wuyou-form-box.h"

typedef struct {
  GTask *task;
  GtkWindow *window;
  gboolean proven;
} Question;

static void
on_proven_cb (Question *question)
{
  question->proven = TRUE;
  gtk_window_destroy (question->window);
}

/* The one way out, whether it was proven or closed. */
static void
on_window_destroyed_cb (Question *question)
{
  if (question->proven)
    g_task_return_boolean (question->task, TRUE);
  else
    g_task_return_new_error (question->task, WUYOU_ERROR, WUYOU_ERROR_CANCELLED, "closed");
  g_object_unref (question->task);
  g_free (question);
}

static GtkWidget *
build_content (WuyouAppContext *context, const char *reason, Question *question, GtkWidget **ret_proof)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkBox *column;
  GtkWidget *form = wuyou_form_box_new (NULL, _ ("Is it you?"), reason, &column);

  *ret_proof = wuyou_proof_new (context, _ ("_Confirm"));
  g_signal_connect_swapped (*ret_proof, "proven", G_CALLBACK (on_proven_cb), question);
  gtk_widget_add_css_class (header, "flat");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new ("", ""));
  gtk_box_append (column, *ret_proof);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), form);
  return box;
}

void
wuyou_step_up_async (WuyouAppContext *context,
                     GtkWidget *parent,
                     const char *reason,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *proof;

  question->task = g_task_new (context, cancellable, callback, user_data);
  question->window = GTK_WINDOW (adw_window_new ());
  g_task_set_check_cancellable (question->task, FALSE);
  gtk_window_set_title (question->window, _ ("Confirm"));
  gtk_window_set_modal (question->window, TRUE);
  gtk_window_set_default_size (question->window, 400, 380);
  gtk_window_set_transient_for (question->window, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  adw_window_set_content (ADW_WINDOW (question->window), build_content (context, reason, question, &proof));
  wuyou_escape_closes (question->window);
  g_signal_connect_swapped (question->window, "destroy", G_CALLBACK (on_window_destroyed_cb), question);
  gtk_window_present (question->window);
  gtk_widget_grab_focus (proof);
}

gboolean
wuyou_step_up_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A call that may need it: made, asked about, made again. The call is copied, as the client keeps nothing of it. */
typedef struct {
  GtkWidget *parent;
  char *reason;
  WuyouCall call;
  GStrv args;
  GStrv query;
  char *etag;
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_clear_object (&attempt->parent);
  g_free (attempt->reason);
  g_strfreev (attempt->args);
  g_strfreev (attempt->query);
  g_free ((char *) attempt->call.body);
  g_free ((char *) attempt->call.idempotency_key);
  g_free ((char *) attempt->call.if_match);
  g_free (attempt->etag);
  g_free (attempt);
}

static Attempt *
attempt_new (GtkWidget *parent, const char *reason, const WuyouCall *call)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->parent = g_object_ref (parent);
  attempt->reason = g_strdup (reason);
  attempt->args = g_strdupv ((char **) call->args);
  attempt->query = g_strdupv ((char **) call->query);
  attempt->call = *call;
  attempt->call.args = (const char *const *) attempt->args;
  attempt->call.query = (const char *const *) attempt->query;
  attempt->call.body = g_strdup (call->body);
  attempt->call.idempotency_key = g_strdup (call->idempotency_key);
  attempt->call.if_match = g_strdup (call->if_match);
  attempt->call.bytes = NULL;
  return attempt;
}

static WuyouClient *
get_client (GTask *task)
{
  return wuyou_app_context_get_client (g_task_get_source_object (task));
}

static void
on_called_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  JsonObject *reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &attempt->etag, &error);

  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_person_confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;

  if (wuyou_step_up_finish (result, &error))
    wuyou_client_call_async (get_client (task), &attempt->call, g_task_get_cancellable (task), on_called_again_cb,
                             g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
on_called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  JsonObject *reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &attempt->etag, &error);

  if (reply != NULL) {
    g_task_return_pointer (task, reply, (GDestroyNotify) json_object_unref);
  } else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_STEP_UP_REQUIRED)
             && !g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
    g_error_free (error);
    wuyou_step_up_async (g_task_get_source_object (task), attempt->parent, attempt->reason,
                         g_task_get_cancellable (task), on_person_confirmed_cb, g_object_ref (task));
  } else {
    g_task_return_error (task, error);
  }
}

void
wuyou_step_up_call_async (WuyouAppContext *context,
                          GtkWidget *parent,
                          const char *reason,
                          const WuyouCall *call,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  Attempt *attempt = attempt_new (parent, reason, call);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, attempt, (GDestroyNotify) attempt_free);
  wuyou_client_call_async (get_client (task), &attempt->call, cancellable, on_called_cb, task);
}

JsonObject *
wuyou_step_up_call_finish (GAsyncResult *result, char **ret_etag, GError **error)
{
  JsonObject *reply = g_task_propagate_pointer (G_TASK (result), error);
  Attempt *attempt = g_task_get_task_data (G_TASK (result));

  if (reply != NULL && ret_etag != NULL)
    *ret_etag = g_steal_pointer (&attempt->etag);
  return reply;
}
