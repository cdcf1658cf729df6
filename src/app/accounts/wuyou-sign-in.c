/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-sign-in.h"

#include <string.h>

#include "accounts/wuyou-local-access.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "client/wuyou-offline-proof.h"

#define RESUME_DEADLINE 10

typedef struct {
  char *email;
  char *password;
  JsonObject *body;
  char *token;
  char *note;
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  explicit_bzero (sign_in->password, strlen (sign_in->password));
  g_free (sign_in->password);
  g_free (sign_in->email);
  g_clear_pointer (&sign_in->body, json_object_unref);
  g_free (sign_in->token);
  g_free (sign_in->note);
  g_free (sign_in);
}

static char *
dup_device_id (WuyouAppContext *context)
{
  GSettings *settings = wuyou_app_context_get_settings (context);
  char *id = g_settings_get_string (settings, "device");

  if (*id != '\0')
    return id;
  g_free (id);
  id = wuyou_app_context_new_id (context);
  g_settings_set_string (settings, "device", id);
  return id;
}

static void
write_device (WuyouAppContext *context, GString *out)
{
  g_autofree char *id = dup_device_id (context);

  wuyou_json_begin_object (out, "device");
  wuyou_json_add_string (out, "id", id);
  wuyou_json_add_string (out, "label", g_get_host_name ());
  wuyou_json_add_string (out, "client", "wuyou");
  wuyou_json_add_string (out, "version", PACKAGE_VERSION);
  wuyou_json_add_string (out, "locale", g_get_language_names ()[0]);
  wuyou_json_end_object (out);
}

static char *
sign_in_body (WuyouAppContext *context, const char *email, const char *password, const char *code)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "login", email);
  wuyou_json_add_string (out, "password", password);
  wuyou_json_add_string (out, "totp", code != NULL && *code != '\0' ? code : NULL);
  write_device (context, out);
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

static void
keep_settings (WuyouAppContext *context, const SignIn *sign_in)
{
  GSettings *settings = wuyou_app_context_get_settings (context);
  WuyouClient *client = wuyou_app_context_get_client (context);
  JsonObject *account = wuyou_json_get_object (sign_in->body, "account");

  g_settings_set_string (settings, "email", sign_in->email);
  g_settings_set_string (settings, "server", wuyou_client_get_server (client));
  g_settings_set_string (settings, "account", wuyou_json_get_string (account, "id"));
}

static void
on_local_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WuyouAppContext *context = WUYOU_APP_CONTEXT (source);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;

  sign_in->note = wuyou_local_access_open_finish (result);
  keep_settings (context, sign_in);
  wuyou_client_set_token (wuyou_app_context_get_client (context), sign_in->token);
  if (!wuyou_session_take_body (wuyou_app_context_get_session (context), sign_in->body, &error)) {
    g_task_return_error (task, error);
    return;
  }
  wuyou_local_touch (wuyou_app_context_get_local (context));
  wuyou_offline_proof_keep (wuyou_app_context_get_local (context), sign_in->password);
  wuyou_outbox_restore (wuyou_app_context_get_outbox (context));
  g_task_return_boolean (task, TRUE);
}

static void
on_signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WuyouAppContext *context = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  JsonObject *account;

  sign_in->body = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  if (sign_in->body == NULL) {
    g_task_return_error (task, error);
    return;
  }
  account = wuyou_json_get_object (sign_in->body, "account");
  sign_in->token = g_strdup (wuyou_json_get_string (sign_in->body, "token"));
  if (account == NULL || sign_in->token == NULL || wuyou_json_get_string (account, "id") == NULL) {
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "not a session");
    return;
  }
  wuyou_local_access_open_async (context, wuyou_json_get_string (account, "id"), sign_in->password, sign_in->token,
                                 g_task_get_cancellable (task), on_local_opened_cb, g_object_ref (task));
}

void
wuyou_sign_in_async (WuyouAppContext *context,
                     const char *email,
                     const char *password,
                     const char *code,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  SignIn *sign_in = g_new0 (SignIn, 1);
  g_autofree char *body = sign_in_body (context, email, password, code);
  WuyouCall call = { .route = WUYOU_ROUTE_SIGN_IN, .body = body, .flags = WUYOU_CALL_ANONYMOUS | WUYOU_CALL_ONCE };

  sign_in->email = g_strdup (email);
  sign_in->password = g_strdup (password);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, sign_in, (GDestroyNotify) sign_in_free);
  wuyou_client_call_async (wuyou_app_context_get_client (context), &call, cancellable, on_signed_in_cb, task);
  explicit_bzero (body, strlen (body));
}

gboolean
wuyou_sign_in_finish (GAsyncResult *result, char **ret_note, GError **error)
{
  SignIn *sign_in = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *ret_note = g_strdup (sign_in->note);
  return TRUE;
}

/* Without an answer the cached session goes on, offline; a refusal was already acted on by the context. */
static void
on_session_got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WuyouAppContext *context = g_task_get_source_object (task);
  WuyouSession *session = wuyou_app_context_get_session (context);
  GError *error = NULL;
  g_autoptr (JsonObject) body = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (body != NULL && wuyou_session_take_body (session, body, &error)) {
    wuyou_outbox_restore (wuyou_app_context_get_outbox (context));
    g_task_return_boolean (task, TRUE);
  } else if (wuyou_session_get_state (session) != WUYOU_SESSION_SIGNED_OUT) {
    g_clear_error (&error);
    wuyou_outbox_restore (wuyou_app_context_get_outbox (context));
    g_task_return_boolean (task, TRUE);
  } else {
    wuyou_client_set_token (wuyou_app_context_get_client (context), NULL);
    g_task_return_error (task, error);
  }
}

static void
on_local_restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WuyouAppContext *context = WUYOU_APP_CONTEXT (source);
  g_autofree char *token = wuyou_local_access_restore_finish (result);
  g_autoptr (JsonObject) cached = NULL;
  WuyouCall call = { .route = WUYOU_ROUTE_SESSION_GET, .deadline = RESUME_DEADLINE };

  if (token == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_UNAUTHENTICATED, "nothing was kept");
    return;
  }
  wuyou_client_set_token (wuyou_app_context_get_client (context), token);
  explicit_bzero (token, strlen (token));
  cached = wuyou_local_load_object (wuyou_app_context_get_local (context), WUYOU_LOCAL_CACHE, "session");
  if (cached != NULL)
    wuyou_session_take_body (wuyou_app_context_get_session (context), cached, NULL);
  wuyou_client_call_async (wuyou_app_context_get_client (context), &call, g_task_get_cancellable (task),
                           on_session_got_cb, g_object_ref (task));
}

void
wuyou_sign_in_resume_async (WuyouAppContext *context,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  g_autofree char *account = g_settings_get_string (wuyou_app_context_get_settings (context), "account");

  g_task_set_check_cancellable (task, FALSE);
  if (*account == '\0' || wuyou_client_get_server (wuyou_app_context_get_client (context)) == NULL) {
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_UNAUTHENTICATED, "nothing was kept");
    g_object_unref (task);
    return;
  }
  wuyou_local_access_restore_async (context, account, cancellable, on_local_restored_cb, task);
}

gboolean
wuyou_sign_in_resume_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
