/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-checklist.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-refusal.h"

const WuyouEnum wuyou_document_forms[] = {
  { WUYOU_FORM_COPY, "COPY", N_ ("Copy") },
  { WUYOU_FORM_STAMPED_COPY, "STAMPED_COPY", N_ ("Copy with the insurer’s stamp") },
  { WUYOU_FORM_ORIGINAL, "ORIGINAL", N_ ("Original") },
  { 0, NULL, NULL },
};

static void
free_row (WuyouChecklistRow *row)
{
  g_free (row->slot);
  g_free (row->title);
  g_free (row->when);
  g_free (row);
}

static gboolean
is_sensitive (const char *slot)
{
  static const char *const sensitive[] = { "OWNER_IDENTITY", "DRIVING_LICENCE", "VEHICLE_LICENCE", "PAYOUT_SLIP" };

  for (guint i = 0; i < G_N_ELEMENTS (sensitive); i++)
    if (g_str_equal (sensitive[i], slot))
      return TRUE;
  return FALSE;
}

static gboolean
applies (JsonObject *row, int phase, int loss_type)
{
  const char *loss = wuyou_json_get_string (row, "loss");

  return wuyou_json_get_int (row, "phase") == phase
         && (g_strcmp0 (loss, "ANY") == 0 || g_strcmp0 (loss, wuyou_enum_id (wuyou_loss_types, loss_type)) == 0);
}

/* Required, conditional or neither. Product versions from before conditions have none. */
static gboolean
is_need_right (JsonObject *object)
{
  const char *when = wuyou_json_get_string (object, "when");

  if (!json_object_has_member (object, "when"))
    return TRUE;
  return when != NULL && *when != '\0' && !wuyou_json_get_boolean (object, "required");
}

static gboolean
read_row (JsonObject *object, int phase, GPtrArray *rows)
{
  const char *slot = wuyou_json_get_string (object, "slot");
  const char *title = wuyou_json_get_string (object, "title");
  const WuyouEnum *form = wuyou_enum_find (wuyou_document_forms, wuyou_json_get_string (object, "form"));
  WuyouChecklistRow *row;

  if (slot == NULL || title == NULL || form == NULL || !is_need_right (object)
      || wuyou_checklist_find (rows, slot) != NULL)
    return FALSE;
  row = g_new0 (WuyouChecklistRow, 1);
  *row = (WuyouChecklistRow){
    .slot = g_strdup (slot),
    .title = g_strdup (title),
    .phase = phase,
    .form = form->value,
    .required = wuyou_json_get_boolean (object, "required"),
    .when = g_strdup (wuyou_json_get_string (object, "when")),
    .sensitive = is_sensitive (slot),
  };
  g_ptr_array_add (rows, row);
  return TRUE;
}

GPtrArray *
wuyou_checklist_read (const char *benefit_json, int phase, int loss_type, GError **error)
{
  g_autoptr (JsonObject) benefit = wuyou_json_parse_object (benefit_json, strlen (benefit_json), NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row);
  JsonArray *list = wuyou_json_get_array (benefit, "checklist");
  gboolean right = list != NULL;

  for (guint i = 0; right && i < json_array_get_length (list); i++) {
    JsonObject *object = wuyou_json_array_get_object (list, i);

    right = object != NULL && (!applies (object, phase, loss_type) || read_row (object, phase, rows));
  }
  if (right)
    return g_steal_pointer (&rows);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "product checklist");
  return NULL;
}

const WuyouChecklistRow *
wuyou_checklist_find (const GPtrArray *rows, const char *slot)
{
  for (guint i = 0; i < rows->len; i++) {
    const WuyouChecklistRow *row = rows->pdata[i];

    if (g_str_equal (row->slot, slot))
      return row;
  }
  return NULL;
}

gboolean
wuyou_checklist_check (const GPtrArray *rows, WuyouSlotFilled filled, gpointer data, GError **error)
{
  GError *refusal = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const WuyouChecklistRow *row = rows->pdata[i];

    if (row->required && !filled (row->slot, data))
      wuyou_refusal_collect (&refusal, WUYOU_ERROR_INVALID, row->slot, "C-02",
                             g_strdup_printf (_ ("Missing: %s"), row->title));
  }
  if (refusal == NULL)
    return TRUE;
  g_propagate_error (error, refusal);
  return FALSE;
}
