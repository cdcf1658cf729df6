/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "records/wuyou-unmask.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "engine/wuyou-request-members.h"

void
wuyou_unmask_clear (WuyouUnmask *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, "fields", NULL);
  return FALSE;
}

gboolean
wuyou_unmask_read (WuyouUnmask *self, WuyouRequest *request, GError **error)
{
  const WuyouMember members[] = { { "fields", JSON_TYPE_ARRAY }, { "reason", G_TYPE_STRING } };
  JsonObject *body = wuyou_request_get_json (request, error);
  JsonArray *names = body != NULL ? wuyou_json_get_array (body, "fields") : NULL;

  if (body == NULL || !wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error))
    return FALSE;
  self->reason = wuyou_json_get_string (body, "reason");
  self->names = g_ptr_array_new_with_free_func (g_free);
  if (!wuyou_request_check_text (self->reason, "reason", 2, 200, N_ ("Please give a reason."), error))
    return FALSE;
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++) {
    JsonNode *node = json_array_get_element (names, i);
    const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

    if (name == NULL)
      return refuse (error, N_ ("This field is not known here."));
    g_ptr_array_add (self->names, g_strdup (name));
  }
  return self->names->len > 0 || refuse (error, N_ ("Which fields shall be shown?"));
}

/* "claim.loss_place", or of a single record "owner_name". */
static const WuyouField *
find_field (const char *name, const WuyouRecordType *type, gboolean single)
{
  const char *dot = strchr (name, '.');
  const WuyouField *field;

  if (dot == NULL ? !single : (strncmp (name, type->name, (gsize) (dot - name)) != 0 || type->name[dot - name] != '\0'))
    return NULL;
  field = wuyou_record_type_find (type, dot != NULL ? dot + 1 : name);
  return field != NULL && field->pi != WUYOU_PI_NONE ? field : NULL;
}

static gboolean
check_fields (const WuyouUnmask *self, const WuyouUnmaskRecord *records, guint n_records, GError **error)
{
  for (guint i = 0; i < self->names->len; i++) {
    gboolean known = FALSE;

    for (guint r = 0; r < n_records; r++)
      known = known || find_field (self->names->pdata[i], records[r].type, n_records == 1) != NULL;
    if (!known)
      return refuse (error, N_ ("This field is not known here."));
  }
  return TRUE;
}

typedef struct {
  WuyouActor actor;
  WuyouAuditEntry entry;
} Row;

static gboolean
write_row (WuyouDbConn *conn, gpointer data, GError **error)
{
  Row *row = data;

  return wuyou_audit_insert (conn, &row->actor, &row->entry, error);
}

static char *
dup_detail (const WuyouUnmask *self)
{
  GString *detail = g_string_new (NULL);

  wuyou_json_begin_object (detail, NULL);
  wuyou_json_begin_array (detail, "fields");
  for (guint i = 0; i < self->names->len; i++)
    wuyou_json_add_string (detail, NULL, self->names->pdata[i]);
  wuyou_json_end_array (detail);
  wuyou_json_end_object (detail);
  return g_string_free (detail, FALSE);
}

static void
write_value (GString *out, const WuyouField *field, gconstpointer record)
{
  if (wuyou_field_is_text (field))
    wuyou_json_add_string (out, field->name, wuyou_field_get_text (field, record));
  else {
    g_autofree char *text = wuyou_field_dup_display (field, record);

    wuyou_json_add_string (out, field->name, text);
  }
}

static void
write_values (GString *out, const WuyouUnmask *self, const WuyouUnmaskRecord *record, gboolean single)
{
  wuyou_json_begin_object (out, record->type->name);
  for (guint i = 0; i < self->names->len; i++) {
    const WuyouField *field = find_field (self->names->pdata[i], record->type, single);

    if (field != NULL)
      write_value (out, field, record->record);
  }
  wuyou_json_end_object (out);
}

WuyouReply *
wuyou_unmask_reply (const WuyouUnmask *self,
                    WuyouRequest *request,
                    WuyouServerContext *context,
                    const WuyouUnmaskRecord *records,
                    guint n_records,
                    const char *id,
                    const char *scope,
                    gint64 version,
                    GError **error)
{
  g_autofree char *detail = dup_detail (self);
  Row row = { wuyou_auth_get_actor (request),
              { "unmask", records[0].type->name, id, scope, version, "OK", self->reason, detail } };
  GString *out;

  if (!check_fields (self, records, n_records, error) || !wuyou_db_write (context->db, write_row, &row, error))
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  for (guint r = 0; r < n_records; r++)
    write_values (out, self, &records[r], n_records == 1);
  wuyou_json_add_int (out, "seconds", WUYOU_POLICY_UNMASK);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}
