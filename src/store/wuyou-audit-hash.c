/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-audit-private.h"

#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"

G_STATIC_ASSERT (crypto_hash_sha256_BYTES == WUYOU_AUDIT_HASH);

static void
add_number (crypto_hash_sha256_state *state, gint64 number)
{
  guint8 bytes[8];
  guint64 value = GUINT64_TO_BE ((guint64) number);

  memcpy (bytes, &value, sizeof bytes);
  crypto_hash_sha256_update (state, bytes, sizeof bytes);
}

static void
add_text (crypto_hash_sha256_state *state, const char *text)
{
  add_number (state, text != NULL ? (gint64) strlen (text) : -1);
  if (text != NULL)
    crypto_hash_sha256_update (state, (const guint8 *) text, strlen (text));
}

void
_wuyou_audit_hash_row (const WuyouAuditRow *row, guint8 ret_leaf[WUYOU_AUDIT_HASH])
{
  const char *const texts[]
      = { row->account_id, row->session_id, row->device_id, row->actor_scope, row->purpose, row->address, row->action,
          row->object,     row->object_id,  row->scope,     row->outcome,     row->reason,  row->detail };
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (const guint8 *) "\0", 1);
  add_number (&state, row->seq);
  add_number (&state, row->at);
  add_number (&state, row->version);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (&state, texts[i]);
  crypto_hash_sha256_final (&state, ret_leaf);
}

static guint
largest_power_below (guint n)
{
  guint power = 1;

  while (power * 2 < n)
    power *= 2;
  return power;
}

void
_wuyou_audit_hash_leaves (const guint8 *leaves, guint n, guint8 ret_root[WUYOU_AUDIT_HASH])
{
  guint8 node[1 + 2 * WUYOU_AUDIT_HASH] = { 1 };
  guint left;

  if (n == 1) {
    memcpy (ret_root, leaves, WUYOU_AUDIT_HASH);
    return;
  }
  left = largest_power_below (n);
  _wuyou_audit_hash_leaves (leaves, left, node + 1);
  _wuyou_audit_hash_leaves (leaves + (gsize) left * WUYOU_AUDIT_HASH, n - left, node + 1 + WUYOU_AUDIT_HASH);
  crypto_hash_sha256 (ret_root, node, sizeof node);
}

void
_wuyou_audit_hash_batch (const WuyouAuditBatch *batch, guint8 ret_hash[WUYOU_AUDIT_HASH])
{
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  add_text (&state, "wuyou-audit-1");
  add_number (&state, batch->number);
  add_number (&state, batch->first_position);
  add_number (&state, batch->n_rows);
  add_number (&state, batch->sealed_at);
  crypto_hash_sha256_update (&state, batch->root, sizeof batch->root);
  crypto_hash_sha256_update (&state, batch->previous, sizeof batch->previous);
  crypto_hash_sha256_final (&state, ret_hash);
}

gboolean
_wuyou_audit_root_write (const char *data_dir, const WuyouAuditBatch *batch, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "audit-root", NULL);
  g_autofree char *text = NULL;
  char hash[65], signature[129];

  sodium_bin2hex (hash, sizeof hash, batch->hash, sizeof batch->hash);
  sodium_bin2hex (signature, sizeof signature, batch->signature, sizeof batch->signature);
  text = g_strdup_printf ("%" G_GINT64_FORMAT " %s %s\n", batch->number, hash, signature);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
_wuyou_audit_root_read (const char *data_dir, WuyouAuditBatch *ret_batch, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "audit-root", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  words = g_strsplit (g_strchomp (text), " ", 3);
  ret_batch->number = g_ascii_strtoll (words[0], NULL, 10);
  if (g_strv_length (words) == 3
      && sodium_hex2bin (ret_batch->hash, WUYOU_AUDIT_HASH, words[1], strlen (words[1]), NULL, &length, NULL) == 0
      && length == WUYOU_AUDIT_HASH)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s cannot be read", path);
  return FALSE;
}
