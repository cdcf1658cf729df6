/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-consent-package.h"
#include "wuyou-audit-store.h"
#include "wuyou-consent-store.h"
#include "ctl/wuyou-ctl-store.h"

#define AUDIT_ROWS 50 /* of each record */

typedef struct {
  WuyouStore *store;
  const char *id;
  GPtrArray *records; /* WuyouConsent */
  WuyouBundle *bundle;
  GPtrArray *audit; /* WuyouAuditRow */
} Export;

static void
reset_export (Export *export)
{
  g_ptr_array_set_size (export->records, 0);
  g_ptr_array_set_size (export->audit, 0);
  g_clear_pointer (&export->bundle, wuyou_bundle_unref);
}

static gboolean
read_record (Export *export, WuyouDbConn *conn, const char *id, GError **error)
{
  WuyouConsent *record = wuyou_consent_load (conn, export->store, id, error);

  if (record == NULL)
    return FALSE;
  g_ptr_array_add (export->records, record);
  return TRUE;
}

/* A click leaves its audit row under the person's record, whichever of the two is asked for (10.3). */
static gboolean
read_audit (Export *export, WuyouDbConn *conn, GError **error)
{
  for (guint i = 0; i < export->records->len; i++) {
    const WuyouConsent *record = export->records->pdata[i];
    const WuyouAuditQuery query
        = { .object = "consent", .object_id = record->id, .before_seq = G_MAXINT64, .limit = AUDIT_ROWS };

    if (!wuyou_audit_list (conn, &query, export->audit, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_export (WuyouDbConn *conn, gpointer data, GError **error)
{
  Export *export = data;
  const WuyouConsent *first;

  reset_export (export);
  if (!read_record (export, conn, export->id, error))
    return FALSE;
  first = export->records->pdata[0];
  if (first->linked_id != NULL && !read_record (export, conn, first->linked_id, error))
    return FALSE;
  export->bundle = wuyou_bundle_load (conn, first->bundle_id, error);
  return export->bundle != NULL && read_audit (export, conn, error);
}

static char *
write_audit (const Export *export)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_array (out, NULL);
  for (guint i = 0; i < export->audit->len; i++) {
    const WuyouAuditRow *row = export->audit->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_int (out, "position", row->position);
    wuyou_json_add_instant (out, "at", row->at);
    wuyou_json_add_string (out, "account_id", row->account_id);
    wuyou_json_add_string (out, "action", row->action);
    wuyou_json_add_string (out, "object_id", row->object_id);
    wuyou_json_add_string (out, "outcome", row->outcome);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
  return g_string_free (out, FALSE);
}

/* Mode 0600: the package holds names and addresses. */
static gboolean
write_package (const WuyouCtl *ctl, GBytes *package, GError **error)
{
  g_autofree char *name = g_strdup_printf ("consent-%s.json", wuyou_ctl_arg (ctl, 0));
  const char *path = wuyou_ctl_has (ctl, "o") ? wuyou_ctl_get (ctl, "o") : name;

  if (!g_file_set_contents_full (path, g_bytes_get_data (package, NULL), (gssize) g_bytes_get_size (package),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return FALSE;
  g_print (_ ("Written: %s\n"), path);
  return TRUE;
}

gboolean
wuyou_ctl_consent_export (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_open (ctl, error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_consent_free);
  g_autoptr (GPtrArray) audit = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_audit_row_free);
  Export export = { .store = store, .id = wuyou_ctl_arg (ctl, 0), .records = records, .audit = audit };
  g_autofree char *audit_json = NULL;
  g_autoptr (GBytes) package = NULL;

  if (store == NULL)
    return FALSE;
  if (wuyou_db_read (wuyou_store_get_db (store), read_export, &export, error)) {
    audit_json = write_audit (&export);
    package = wuyou_consent_package_write (records, export.bundle, audit_json,
                                           wuyou_keys_get_signing_key (wuyou_store_get_keys (store)),
                                           wuyou_clock_now (ctl->clock), error);
  }
  g_clear_pointer (&export.bundle, wuyou_bundle_unref);
  return package != NULL && write_package (ctl, package, error);
}

gboolean
wuyou_ctl_consent_verify (WuyouCtl *ctl, GError **error)
{
  char *text = NULL;
  gsize length = 0;
  g_autoptr (GBytes) package = NULL;
  g_autofree char *summary = NULL;

  if (!g_file_get_contents (wuyou_ctl_arg (ctl, 0), &text, &length, error))
    return FALSE;
  package = g_bytes_new_take (text, length);
  if (!wuyou_consent_package_verify (package, wuyou_ctl_get (ctl, "fingerprint"), &summary, error))
    return FALSE;
  g_print ("%s\n", summary);
  if (!wuyou_ctl_has (ctl, "fingerprint"))
    g_print ("%s\n", _ ("The package agrees with itself. To know who signed it, compare with --fingerprint."));
  return TRUE;
}
