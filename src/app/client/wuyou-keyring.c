/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-keyring.h"

#include <glib/gi18n.h>
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

#include "base/wuyou-error.h"

static const SecretSchema schema = {
  .name = "org.wuyou.Wuyou.Session",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "slot", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* A keyring that asks its person for a password waits for ever: every question has a clock of its own, and an answer
 * that comes after it is dropped. */
typedef struct {
  GCancellable *inner;
  gulong on_cancelled;
  guint clock;
  gboolean late;
} Question;

static void
question_free (Question *question)
{
  g_clear_handle_id (&question->clock, g_source_remove);
  g_object_unref (question->inner);
  g_free (question);
}

static gboolean
on_clock_ended_cb (gpointer data)
{
  Question *question = data;

  question->clock = 0;
  question->late = TRUE;
  g_cancellable_cancel (question->inner);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled_cb (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

static GTask *
question_new (GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data,
              gpointer tag,
              Question **ret_question)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  question->inner = g_cancellable_new ();
  question->clock = g_timeout_add_seconds (WUYOU_KEYRING_TIMEOUT, on_clock_ended_cb, question);
  if (cancellable != NULL)
    question->on_cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled_cb),
                                                    g_object_ref (question->inner), g_object_unref);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  *ret_question = question;
  return task;
}

static void
stop_clock (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  g_clear_handle_id (&question->clock, g_source_remove);
  if (question->on_cancelled != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), question->on_cancelled);
  question->on_cancelled = 0;
}

static void
return_failure (GTask *task, const GError *error)
{
  Question *question = g_task_get_task_data (task);
  WuyouError code = WUYOU_ERROR_UNAVAILABLE;

  if (question->late)
    code = WUYOU_ERROR_TIMEOUT;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    code = WUYOU_ERROR_CANCELLED;
  g_task_return_new_error (task, WUYOU_ERROR, code, "%s", error->message);
}

static void
on_collection_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);

  stop_clock (task);
  if (error != NULL)
    g_task_return_int (task, WUYOU_KEYRING_NO_SERVICE);
  else if (collection == NULL)
    g_task_return_int (task, WUYOU_KEYRING_NO_COLLECTION);
  else
    g_task_return_int (task, secret_collection_get_locked (collection) ? WUYOU_KEYRING_LOCKED : WUYOU_KEYRING_READY);
}

static void
on_service_got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_finish (result, &error);

  if (service == NULL) {
    stop_clock (task);
    g_task_return_int (task, WUYOU_KEYRING_NO_SERVICE);
    return;
  }
  secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, question->inner,
                               on_collection_found_cb, g_steal_pointer (&task));
}

void
wuyou_keyring_probe_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Question *question;
  GTask *task = question_new (cancellable, callback, user_data, wuyou_keyring_probe_async, &question);

  secret_service_get (SECRET_SERVICE_NONE, question->inner, on_service_got_cb, task);
}

WuyouKeyringState
wuyou_keyring_probe_finish (GAsyncResult *result)
{
  gssize state = g_task_propagate_int (G_TASK (result), NULL);

  return state < 0 ? WUYOU_KEYRING_NO_SERVICE : (WuyouKeyringState) state;
}

const char *
wuyou_keyring_sentence (WuyouKeyringState state)
{
  switch (state) {
  case WUYOU_KEYRING_NO_SERVICE:
    return _ ("This computer has no keyring, so you will sign in again next time.");
  case WUYOU_KEYRING_NO_COLLECTION:
    return _ ("No keyring has been set up on this computer, so you will sign in again next time.");
  case WUYOU_KEYRING_LOCKED:
    return _ ("The keyring of this computer is locked, so you will sign in again next time.");
  case WUYOU_KEYRING_READY:
  default:
    return "";
  }
}

static void
on_stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  gboolean stored = secret_password_store_finish (result, &error);

  stop_clock (task);
  if (stored)
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    return_failure (task, error);
  else
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "the keyring did not store");
}

void
wuyou_keyring_store_async (const char *slot,
                           const char *secret,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Question *question;
  GTask *task = question_new (cancellable, callback, user_data, wuyou_keyring_store_async, &question);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, _ ("Wuyou"), secret, question->inner, on_stored_cb, task,
                         "slot", slot, NULL);
}

gboolean
wuyou_keyring_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  stop_clock (task);
  if (error != NULL)
    return_failure (task, error);
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) secret_password_free);
}

void
wuyou_keyring_lookup_async (const char *slot,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Question *question;
  GTask *task = question_new (cancellable, callback, user_data, wuyou_keyring_lookup_async, &question);

  secret_password_lookup (&schema, question->inner, on_looked_up_cb, task, "slot", slot, NULL);
}

char *
wuyou_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wuyou_keyring_free (char *secret)
{
  secret_password_free (secret);
}

static void
on_cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!secret_password_clear_finish (result, &error) && error != NULL)
    g_debug ("keyring: %s", error->message);
}

void
wuyou_keyring_clear (const char *slot)
{
  secret_password_clear (&schema, NULL, on_cleared_cb, NULL, "slot", slot, NULL);
}
