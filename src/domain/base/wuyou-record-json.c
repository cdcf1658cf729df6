/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-record.h"
#include "base/wuyou-json.h"

static gboolean
is_written (const WuyouField *field, guint flags)
{
  if ((flags & WUYOU_CODEC_NO_WHOLESALE) && (field->flags & WUYOU_FIELD_WHOLESALE))
    return FALSE;
  if ((flags & WUYOU_CODEC_LIST) && !(field->flags & WUYOU_FIELD_LIST))
    return FALSE;
  if ((flags & WUYOU_CODEC_CLIENT) && (field->flags & WUYOU_FIELD_SERVER))
    return FALSE;
  return !(flags & WUYOU_CODEC_PI_ONLY) || field->pi != WUYOU_PI_NONE;
}

static void
write_text (const WuyouField *field, gconstpointer record, guint flags, GString *out)
{
  if ((flags & WUYOU_CODEC_MASK_PI) && field->pi != WUYOU_PI_NONE) {
    g_autofree char *masked = wuyou_field_dup_masked (field, record);

    wuyou_json_add_string (out, field->name, masked);
  } else {
    wuyou_json_add_string (out, field->name, wuyou_field_get_text (field, record));
  }
}

static void
write_number (const WuyouField *field, gint64 value, GString *out)
{
  switch (field->kind) {
  case WUYOU_KIND_BOOLEAN:
    wuyou_json_add_boolean (out, field->name, value != 0);
    break;
  case WUYOU_KIND_DATE:
    wuyou_json_add_date (out, field->name, (WuyouDate) value);
    break;
  case WUYOU_KIND_INSTANT:
    wuyou_json_add_instant (out, field->name, value);
    break;
  case WUYOU_KIND_ENUM:
    wuyou_json_add_string (out, field->name, wuyou_enum_id (field->values, (int) value));
    break;
  default:
    wuyou_json_add_int (out, field->name, value);
    break;
  }
}

void
wuyou_record_write_json (const WuyouRecordType *type, gconstpointer record, guint flags, GString *out)
{
  wuyou_json_begin_object (out, NULL);
  for (guint i = 0; i < type->n_fields; i++) {
    const WuyouField *field = &type->fields[i];

    if (!is_written (field, flags) || !wuyou_field_is_set (field, record))
      continue;
    if (wuyou_field_is_text (field))
      write_text (field, record, flags, out);
    else
      write_number (field, wuyou_field_get_int (field, record), out);
  }
  wuyou_json_end_object (out);
}

static gboolean
refuse_member (GError **error, const char *name, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, name, NULL);
  return FALSE;
}

static gboolean
read_text (const WuyouField *field, gpointer record, JsonNode *node, GError **error)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse_member (error, field->name, N_ ("Text is expected here."));
  wuyou_field_set_text (field, record, json_node_get_string (node));
  return TRUE;
}

static gboolean
parse_string_number (const WuyouField *field, const char *text, gint64 *ret_value)
{
  const WuyouEnum *row;

  if (field->kind == WUYOU_KIND_DATE)
    return (*ret_value = wuyou_date_parse (text)) != WUYOU_DATE_NONE;
  if (field->kind == WUYOU_KIND_INSTANT)
    return (*ret_value = wuyou_instant_parse (text)) != 0;
  row = field->kind == WUYOU_KIND_ENUM ? wuyou_enum_find (field->values, text) : NULL;
  *ret_value = row != NULL ? row->value : 0;
  return row != NULL;
}

static gboolean
read_number (const WuyouField *field, gpointer record, JsonNode *node, GError **error)
{
  GType type = json_node_get_value_type (node);
  gboolean as_string
      = field->kind == WUYOU_KIND_DATE || field->kind == WUYOU_KIND_INSTANT || field->kind == WUYOU_KIND_ENUM;
  gint64 value = 0;

  if (as_string) {
    if (type != G_TYPE_STRING || !parse_string_number (field, json_node_get_string (node), &value))
      return refuse_member (error, field->name, N_ ("This value is not known here."));
  } else if (field->kind == WUYOU_KIND_BOOLEAN) {
    if (type != G_TYPE_BOOLEAN)
      return refuse_member (error, field->name, N_ ("Yes or no is expected here."));
    value = json_node_get_boolean (node);
  } else {
    if (type != G_TYPE_INT64)
      return refuse_member (error, field->name, N_ ("A whole number is expected here."));
    value = json_node_get_int (node);
  }
  wuyou_field_set_int (field, record, value);
  return TRUE;
}

static gboolean
read_member (const WuyouField *field, gpointer record, JsonNode *node, guint flags, GError **error)
{
  if (JSON_NODE_HOLDS_NULL (node)) {
    if (wuyou_field_is_text (field))
      wuyou_field_set_text (field, record, NULL);
    else
      wuyou_field_set_int (field, record, 0);
    return TRUE;
  }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return refuse_member (error, field->name, N_ ("A single value is expected here."));
  if (!(wuyou_field_is_text (field) ? read_text : read_number) (field, record, node, error))
    return FALSE;
  if ((flags & WUYOU_CODEC_MASKED_INPUT) && field->pi != WUYOU_PI_NONE)
    return TRUE;
  return wuyou_field_check (field, record, error);
}

static void
read_one (const WuyouRecordType *type, gpointer record, const char *name, JsonNode *node, guint flags, GError **all)
{
  const WuyouField *field = wuyou_record_type_find (type, name);
  GError *one = NULL;

  if (field == NULL)
    refuse_member (&one, name, N_ ("This field is not known here."));
  else if ((flags & WUYOU_CODEC_CLIENT) && (field->flags & WUYOU_FIELD_SERVER))
    refuse_member (&one, name, N_ ("This is set by the server."));
  else
    read_member (field, record, node, flags, &one);
  if (one != NULL)
    wuyou_error_take_violation (all, one);
}

gboolean
wuyou_record_read_json (const WuyouRecordType *type, gpointer record, JsonObject *object, guint flags, GError **error)
{
  gpointer draft = wuyou_record_new (type);
  GError *all = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  wuyou_record_copy (type, record, draft);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    read_one (type, draft, name, node, flags, &all);
  if (all == NULL)
    wuyou_record_copy (type, draft, record);
  wuyou_record_free (type, draft);
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}
