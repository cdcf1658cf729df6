/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-local-access.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "client/wuyou-keyring.h"
#include "client/wuyou-offline-proof.h"
#include "client/wuyou-seal.h"

typedef struct {
  WuyouAppContext *context;
  char *account;
  char *password;
  char *token;
  char *slot;
  char *token_slot;
  char *folder;
  char *key_file;
  guint8 key[WUYOU_SEAL_KEY_BYTES];
  gboolean in_keyring;
  char *note;
} Access;

static void
access_free (Access *access)
{
  if (access->password != NULL)
    explicit_bzero (access->password, strlen (access->password));
  if (access->token != NULL)
    explicit_bzero (access->token, strlen (access->token));
  explicit_bzero (access->key, sizeof access->key);
  g_object_unref (access->context);
  g_free (access->account);
  g_free (access->password);
  g_free (access->token);
  g_free (access->slot);
  g_free (access->token_slot);
  g_free (access->folder);
  g_free (access->key_file);
  g_free (access->note);
  g_free (access);
}

static Access *
access_new (WuyouAppContext *context, const char *account, const char *password, const char *token)
{
  Access *access = g_new0 (Access, 1);
  const char *server = wuyou_client_get_server (wuyou_app_context_get_client (context));

  access->context = g_object_ref (context);
  access->account = g_strdup (account);
  access->password = g_strdup (password);
  access->token = g_strdup (token);
  access->slot = wuyou_app_context_dup_slot (context, account);
  access->token_slot = g_strconcat (access->slot, " token", NULL);
  access->folder = wuyou_local_dup_folder (wuyou_app_context_get_local (context), server, account);
  access->key_file = g_build_filename (access->folder, "key", NULL);
  return access;
}

static void
set_note (Access *access, const char *note)
{
  g_free (access->note);
  access->note = g_strdup (note);
}

static gboolean
open_file (Access *access, GError **error)
{
  const char *server = wuyou_client_get_server (wuyou_app_context_get_client (access->context));

  return wuyou_local_open (wuyou_app_context_get_local (access->context), server, access->account, access->key, error);
}

/* A file that another key sealed was put aside by the first try: the second makes a new one. */
static void
open_or_begin_anew (Access *access)
{
  g_autoptr (GError) error = NULL;

  if (open_file (access, &error))
    return;
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT) && open_file (access, NULL)) {
    set_note (access, _ ("Drafts from before could not be opened on this computer and were put aside."));
    return;
  }
  set_note (access,
            _ ("Nothing can be stored on this computer just now; drafts are kept only while the window is open."));
}

static void
on_token_stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!wuyou_keyring_store_finish (result, &error))
    g_message ("keyring: %s", error->message);
}

static void
on_key_stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Access *access = g_task_get_task_data (task);

  /* Only when the keyring has it for certain may the copy under the password go. */
  if (!wuyou_keyring_store_finish (result, NULL))
    return;
  g_unlink (access->key_file);
  wuyou_keyring_store_async (access->token_slot, access->token, NULL, on_token_stored_cb, g_object_ref (task));
}

/* The work does not wait for the keyring to write. */
static void
finish_opening (GTask *task, Access *access)
{
  g_autofree char *text = NULL;

  open_or_begin_anew (access);
  g_task_return_boolean (task, TRUE);
  if (!access->in_keyring)
    return;
  text = g_base64_encode (access->key, sizeof access->key);
  wuyou_keyring_store_async (access->slot, text, NULL, on_key_stored_cb, g_object_ref (task));
  explicit_bzero (text, strlen (text));
}

static void unwrap_key (GTask *task, Access *access);

static void
on_key_unwrapped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Access *access = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *key = wuyou_seal_unwrap_finish (result, &error);
  g_autofree char *aside = g_strconcat (access->key_file, ".old", NULL);

  if (key != NULL) {
    memcpy (access->key, key, sizeof access->key);
    explicit_bzero (key, sizeof access->key);
    finish_opening (task, access);
    return;
  }
  /* The password was changed elsewhere: the key it wrapped is out of reach, a new one is made. */
  if (error->code == WUYOU_ERROR_BAD_CREDENTIALS && g_rename (access->key_file, aside) == 0) {
    unwrap_key (task, access);
    return;
  }
  wuyou_seal_new_key (access->key);
  finish_opening (task, access);
}

static void
unwrap_key (GTask *task, Access *access)
{
  g_mkdir_with_parents (access->folder, 0700);
  wuyou_seal_unwrap_async (access->key_file, access->password, g_task_get_cancellable (task), on_key_unwrapped_cb,
                           g_object_ref (task));
}

static gboolean
read_key (Access *access, const char *text)
{
  gsize length = 0;
  g_autofree guchar *bytes = text != NULL ? g_base64_decode (text, &length) : NULL;

  if (length != sizeof access->key)
    return FALSE;
  memcpy (access->key, bytes, length);
  explicit_bzero (bytes, length);
  return TRUE;
}

static void
on_key_looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Access *access = g_task_get_task_data (task);
  char *text = wuyou_keyring_lookup_finish (result, NULL);

  access->in_keyring = TRUE;
  if (read_key (access, text)) {
    finish_opening (task, access);
  } else if (g_file_test (access->key_file, G_FILE_TEST_EXISTS)) {
    unwrap_key (task, access);
  } else {
    wuyou_seal_new_key (access->key);
    finish_opening (task, access);
  }
  wuyou_keyring_free (text);
}

static void
on_keyring_probed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Access *access = g_task_get_task_data (task);
  WuyouKeyringState state = wuyou_keyring_probe_finish (result);

  if (state == WUYOU_KEYRING_READY) {
    wuyou_keyring_lookup_async (access->slot, g_task_get_cancellable (task), on_key_looked_up_cb, g_object_ref (task));
    return;
  }
  set_note (access, wuyou_keyring_sentence (state));
  unwrap_key (task, access);
}

void
wuyou_local_access_open_async (WuyouAppContext *context,
                               const char *account,
                               const char *password,
                               const char *token,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, access_new (context, account, password, token), (GDestroyNotify) access_free);
  wuyou_keyring_probe_async (cancellable, on_keyring_probed_cb, task);
}

char *
wuyou_local_access_open_finish (GAsyncResult *result)
{
  Access *access = g_task_get_task_data (G_TASK (result));

  return g_steal_pointer (&access->note);
}

static void
on_key_restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Access *access = g_task_get_task_data (task);
  char *text = wuyou_keyring_lookup_finish (result, NULL);

  if (read_key (access, text))
    open_or_begin_anew (access);
  wuyou_keyring_free (text);
  g_task_return_boolean (task, TRUE);
}

static void
on_token_restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Access *access = g_task_get_task_data (task);
  char *text = wuyou_keyring_lookup_finish (result, NULL);

  access->token = g_strdup (text);
  wuyou_keyring_free (text);
  if (access->token == NULL)
    g_task_return_boolean (task, FALSE);
  else
    wuyou_keyring_lookup_async (access->slot, g_task_get_cancellable (task), on_key_restored_cb, g_object_ref (task));
}

void
wuyou_local_access_restore_async (WuyouAppContext *context,
                                  const char *account,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  Access *access = access_new (context, account, NULL, NULL);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, access, (GDestroyNotify) access_free);
  wuyou_keyring_lookup_async (access->token_slot, cancellable, on_token_restored_cb, task);
}

char *
wuyou_local_access_restore_finish (GAsyncResult *result)
{
  Access *access = g_task_get_task_data (G_TASK (result));

  return g_steal_pointer (&access->token);
}

static void
on_key_wrapped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!wuyou_seal_wrap_finish (result, &error))
    g_warning ("local key: %s", error->message);
}

void
wuyou_local_access_rewrap (WuyouAppContext *context, const char *password)
{
  WuyouLocal *local = wuyou_app_context_get_local (context);
  const char *account = wuyou_session_get_account_id (wuyou_app_context_get_session (context));
  const char *server = wuyou_client_get_server (wuyou_app_context_get_client (context));
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (!wuyou_local_is_open (local) || account == NULL)
    return;
  wuyou_offline_proof_keep (local, password);
  folder = wuyou_local_dup_folder (local, server, account);
  path = g_build_filename (folder, "key", NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    wuyou_seal_wrap_async (path, password, wuyou_local_get_key (local), NULL, on_key_wrapped_cb, NULL);
}
