/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-seal.h"

#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define WRAP_BYTES (crypto_pwhash_SALTBYTES + NONCE + WUYOU_SEAL_KEY_BYTES + TAG)
#define WRAP_MEMORY (64 * 1024 * 1024)
#define WRAP_PASSES 3

static char *
binding (int kind, const char *id)
{
  return g_strdup_printf ("wuyou-local %d %s", kind, id);
}

GBytes *
wuyou_seal (const guint8 *key, int kind, const char *id, const char *text)
{
  g_autofree char *bound = binding (kind, id);
  gsize length = strlen (text);
  guint8 *out = g_malloc (NONCE + length + TAG);

  randombytes_buf (out, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out + NONCE, NULL, (const guint8 *) text, length, (const guint8 *) bound,
                                              strlen (bound), NULL, out, key);
  return g_bytes_new_take (out, NONCE + length + TAG);
}

char *
wuyou_unseal (const guint8 *key, int kind, const char *id, GBytes *sealed)
{
  g_autofree char *bound = binding (kind, id);
  gsize length;
  const guint8 *data = g_bytes_get_data (sealed, &length);
  g_autofree char *text = NULL;

  if (length < NONCE + TAG)
    return NULL;
  text = g_malloc0 (length - NONCE - TAG + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *) text, NULL, NULL, data + NONCE, length - NONCE,
                                                  (const guint8 *) bound, strlen (bound), data, key)
      != 0)
    return NULL;
  return g_steal_pointer (&text);
}

void
wuyou_seal_new_key (guint8 key[WUYOU_SEAL_KEY_BYTES])
{
  randombytes_buf (key, WUYOU_SEAL_KEY_BYTES);
}

typedef struct {
  char *path;
  char *password;
  guint8 key[WUYOU_SEAL_KEY_BYTES];
} Wrap;

static void
wrap_free (Wrap *wrap)
{
  sodium_memzero (wrap->password, strlen (wrap->password));
  sodium_memzero (wrap->key, sizeof wrap->key);
  g_free (wrap->password);
  g_free (wrap->path);
  g_free (wrap);
}

static gboolean
derive (const char *password, const guint8 *salt, guint8 key[WUYOU_SEAL_KEY_BYTES], GError **error)
{
  if (crypto_pwhash (key, WUYOU_SEAL_KEY_BYTES, password, strlen (password), salt, WRAP_PASSES, WRAP_MEMORY,
                     crypto_pwhash_ALG_ARGON2ID13)
      == 0)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "not enough memory to derive the local key");
  return FALSE;
}

static gboolean
write_wrapped (const Wrap *wrap, GError **error)
{
  guint8 out[WRAP_BYTES], by[WUYOU_SEAL_KEY_BYTES];
  guint8 *nonce = out + crypto_pwhash_SALTBYTES;
  g_autoptr (GError) failure = NULL;

  randombytes_buf (out, crypto_pwhash_SALTBYTES + NONCE);
  if (!derive (wrap->password, out, by, error))
    return FALSE;
  crypto_aead_xchacha20poly1305_ietf_encrypt (nonce + NONCE, NULL, wrap->key, sizeof wrap->key, NULL, 0, NULL, nonce,
                                              by);
  sodium_memzero (by, sizeof by);
  if (g_file_set_contents_full (wrap->path, (const char *) out, sizeof out,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &failure))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STORAGE_FULL, failure->message);
  return FALSE;
}

static gboolean
read_wrapped (Wrap *wrap, const guint8 *in, GError **error)
{
  const guint8 *nonce = in + crypto_pwhash_SALTBYTES;
  guint8 by[WUYOU_SEAL_KEY_BYTES];
  int opened;

  if (!derive (wrap->password, in, by, error))
    return FALSE;
  opened = crypto_aead_xchacha20poly1305_ietf_decrypt (wrap->key, NULL, NULL, nonce + NONCE, WUYOU_SEAL_KEY_BYTES + TAG,
                                                       NULL, 0, nonce, by);
  sodium_memzero (by, sizeof by);
  if (opened == 0)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "the local key has another password");
  return FALSE;
}

static void
unwrap_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wrap *wrap = data;
  g_autofree char *content = NULL;
  gsize length = 0;
  GError *error = NULL;
  gboolean done;

  if (g_file_get_contents (wrap->path, &content, &length, NULL) && length == WRAP_BYTES) {
    done = read_wrapped (wrap, (const guint8 *) content, &error);
  } else {
    wuyou_seal_new_key (wrap->key);
    done = write_wrapped (wrap, &error);
  }
  if (done)
    g_task_return_pointer (task, g_memdup2 (wrap->key, sizeof wrap->key), g_free);
  else
    g_task_return_error (task, error);
}

static GTask *
wrap_task (const char *path,
           const char *password,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data,
           Wrap **ret_wrap)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Wrap *wrap = g_new0 (Wrap, 1);

  wrap->path = g_strdup (path);
  wrap->password = g_strdup (password);
  g_task_set_task_data (task, wrap, (GDestroyNotify) wrap_free);
  if (ret_wrap != NULL)
    *ret_wrap = wrap;
  return task;
}

void
wuyou_seal_unwrap_async (const char *path,
                         const char *password,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = wrap_task (path, password, cancellable, callback, user_data, NULL);

  g_task_run_in_thread (task, unwrap_in_thread);
}

guint8 *
wuyou_seal_unwrap_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
wrap_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_wrapped (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wuyou_seal_wrap_async (const char *path,
                       const char *password,
                       const guint8 *key,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Wrap *wrap;
  g_autoptr (GTask) task = wrap_task (path, password, cancellable, callback, user_data, &wrap);

  memcpy (wrap->key, key, sizeof wrap->key);
  g_task_run_in_thread (task, wrap_in_thread);
}

gboolean
wuyou_seal_wrap_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
