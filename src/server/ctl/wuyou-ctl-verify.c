/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-workflow.h"
#include "ctl/wuyou-ctl-store.h"
#include "wuyou-paper-payload.h"
#include "wuyou-sealer.h"

gboolean
wuyou_ctl_fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  wuyou_error_take_violation (error, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, message));
  return FALSE;
}

gboolean
wuyou_ctl_workflow (WuyouCtl *ctl, GError **error)
{
  const WuyouWorkflow *workflow = wuyou_workflow_by_name (wuyou_ctl_arg (ctl, 0));
  g_autofree char *dot = NULL;

  if (workflow == NULL)
    return wuyou_ctl_usage (error, _ ("There is no workflow “%s”; try contract."), wuyou_ctl_arg (ctl, 0));
  dot = wuyou_workflow_to_dot (workflow);
  g_print ("%s", dot);
  return TRUE;
}

/* --- the signing key's public half --- */

gboolean
wuyou_ctl_write_public_key (WuyouStore *store, GError **error)
{
  g_autofree char *path = g_build_filename (wuyou_store_get_data_dir (store), WUYOU_CTL_PUBLIC_KEY, NULL);
  char text[2 * 32 + 2];

  sodium_bin2hex (text, sizeof text, wuyou_keys_get_public_key (wuyou_store_get_keys (store)), 32);
  text[2 * 32] = '\n';
  text[2 * 32 + 1] = '\0';
  return g_file_set_contents (path, text, -1, error);
}

gboolean
wuyou_ctl_read_public_key (const char *path, guint8 ret_key[32], GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0, decoded = 0;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  if (length == 32) {
    memcpy (ret_key, text, 32);
    return TRUE;
  }
  g_strstrip (text);
  if (sodium_hex2bin (ret_key, 32, text, strlen (text), NULL, &decoded, NULL) == 0 && decoded == 32)
    return TRUE;
  return wuyou_ctl_fail (error, _ ("%s is not a public key: 64 hexadecimal digits."), path);
}

static gboolean
find_public_key (const WuyouCtl *ctl, guint8 ret_key[32], GError **error)
{
  g_autofree char *path = NULL;

  if (wuyou_ctl_has (ctl, "key"))
    return wuyou_ctl_read_public_key (wuyou_ctl_get (ctl, "key"), ret_key, error);
  if (ctl->data_dir == NULL)
    return wuyou_ctl_usage (error, _ ("Name the public key: --key FILE, or --data DIR before the command."));
  path = g_build_filename (ctl->data_dir, WUYOU_CTL_PUBLIC_KEY, NULL);
  return wuyou_ctl_read_public_key (path, ret_key, error);
}

gboolean
wuyou_ctl_paper_verify (WuyouCtl *ctl, GError **error)
{
  WuyouPaperPayload payload;
  g_autoptr (GString) hash = g_string_new (NULL);
  g_autofree char *code = NULL;
  char date[11];
  guint8 key[32];

  if (!find_public_key (ctl, key, error) || !wuyou_paper_payload_verify (wuyou_ctl_arg (ctl, 0), key, &payload, error))
    return FALSE;
  for (guint i = 0; i < sizeof payload.hash; i++)
    g_string_append_printf (hash, "%02x", payload.hash[i]);
  code = wuyou_paper_short_code (hash->str);
  wuyou_date_format (payload.date, date);
  g_print (_ ("The signature is right.\nContract: %s\nRevision: %u\nMade on:  %s\nCode:     %s\n"), payload.number,
           payload.revision, date, code);
  return TRUE;
}

gboolean
wuyou_ctl_audit_verify (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_open (ctl, error);
  g_autoptr (WuyouAuditReport) audit = NULL;
  g_autofree char *rows = NULL, *batches = NULL;

  if (store == NULL || !wuyou_audit_verify (store, &audit, error))
    return FALSE;
  for (guint i = 0; i < audit->findings->len; i++)
    g_print ("%s\n", (const char *) audit->findings->pdata[i]);
  if (audit->findings->len > 0)
    return wuyou_ctl_fail (error,
                           ngettext ("The audit log is not whole: %u finding.",
                                     "The audit log is not whole: %u findings.", audit->findings->len),
                           audit->findings->len);
  rows = g_strdup_printf ("%" G_GINT64_FORMAT, audit->rows);
  batches = g_strdup_printf ("%" G_GINT64_FORMAT, audit->batches);
  g_print (_ ("The audit log is whole: %s rows in %s batches.\n"), rows, batches);
  return TRUE;
}
