/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-offline-proof.h"

#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

#define ITEM "offline-proof"
#define MEMORY (64 * 1024 * 1024)
#define PASSES 3

typedef struct {
  char *password;
  char *hash; /* NULL: to be made */
} Proof;

static void
proof_free (Proof *proof)
{
  sodium_memzero (proof->password, strlen (proof->password));
  g_free (proof->password);
  g_free (proof->hash);
  g_free (proof);
}

static void
hash_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Proof *proof = data;
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash, proof->password, strlen (proof->password), PASSES, MEMORY) == 0)
    g_task_return_pointer (task, g_strdup (hash), g_free);
  else
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "not enough memory to hash");
}

static void
on_hashed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *hash = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GString) json = g_string_new (NULL);

  if (hash == NULL)
    return;
  wuyou_json_begin_object (json, NULL);
  wuyou_json_add_string (json, "hash", hash);
  wuyou_json_end_object (json);
  wuyou_local_save (WUYOU_LOCAL (source), WUYOU_LOCAL_STATE, ITEM, json->str);
}

static GTask *
task_new (WuyouLocal *local,
          const char *password,
          char *hash,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (local, cancellable, callback, user_data);
  Proof *proof = g_new0 (Proof, 1);

  proof->password = g_strdup (password);
  proof->hash = hash;
  g_task_set_task_data (task, proof, (GDestroyNotify) proof_free);
  return task;
}

void
wuyou_offline_proof_keep (WuyouLocal *local, const char *password)
{
  g_autoptr (GTask) task = task_new (local, password, NULL, NULL, on_hashed_cb, NULL);

  if (wuyou_local_is_open (local))
    g_task_run_in_thread (task, hash_in_thread);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Proof *proof = data;

  if (crypto_pwhash_str_verify (proof->hash, proof->password, strlen (proof->password)) == 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "wrong password");
}

void
wuyou_offline_proof_check_async (WuyouLocal *local,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (JsonObject) kept = wuyou_local_load_object (local, WUYOU_LOCAL_STATE, ITEM);
  const char *hash = kept != NULL ? wuyou_json_get_string (kept, "hash") : NULL;
  g_autoptr (GTask) task = task_new (local, password, g_strdup (hash), cancellable, callback, user_data);

  if (hash != NULL)
    g_task_run_in_thread (task, check_in_thread);
  else
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "nothing was kept");
}

gboolean
wuyou_offline_proof_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
