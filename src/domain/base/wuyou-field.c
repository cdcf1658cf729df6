/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-record.h"

#include <string.h>

typedef enum { STORED_TEXT, STORED_INT64, STORED_INT32 } Stored;

static Stored
get_stored (WuyouKind kind)
{
  switch (kind) {
  case WUYOU_KIND_FEN:
  case WUYOU_KIND_INTEGER:
  case WUYOU_KIND_INSTANT:
    return STORED_INT64;
  case WUYOU_KIND_DATE:
  case WUYOU_KIND_ENUM:
  case WUYOU_KIND_BOOLEAN:
    return STORED_INT32;
  case WUYOU_KIND_TEXT:
  case WUYOU_KIND_LONG:
  case WUYOU_KIND_ID:
  case WUYOU_KIND_HASH:
  case WUYOU_KIND_VIN:
  case WUYOU_KIND_ID_NO:
  case WUYOU_KIND_MOBILE:
  case WUYOU_KIND_EMAIL:
  case WUYOU_KIND_PLATE:
  case WUYOU_KIND_JSON:
  default:
    return STORED_TEXT;
  }
}

static gpointer
get_member (const WuyouField *field, gconstpointer record)
{
  return (char *) record + field->offset;
}

const WuyouField *
wuyou_record_type_find (const WuyouRecordType *type, const char *name)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (g_strcmp0 (type->fields[i].name, name) == 0)
      return &type->fields[i];
  return NULL;
}

gpointer
wuyou_record_new (const WuyouRecordType *type)
{
  return g_malloc0 (type->size);
}

void
wuyou_record_clear (const WuyouRecordType *type, gpointer record)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (wuyou_field_is_text (&type->fields[i]))
      wuyou_field_set_text (&type->fields[i], record, NULL);
  memset (record, 0, type->size);
}

void
wuyou_record_free (const WuyouRecordType *type, gpointer record)
{
  if (record == NULL)
    return;
  wuyou_record_clear (type, record);
  g_free (record);
}

void
wuyou_record_copy (const WuyouRecordType *type, gconstpointer from, gpointer to)
{
  for (guint i = 0; i < type->n_fields; i++) {
    const WuyouField *field = &type->fields[i];

    if (wuyou_field_is_text (field))
      wuyou_field_set_text (field, to, wuyou_field_get_text (field, from));
    else
      wuyou_field_set_int (field, to, wuyou_field_get_int (field, from));
  }
}

gboolean
wuyou_field_is_text (const WuyouField *field)
{
  return get_stored (field->kind) == STORED_TEXT;
}

const char *
wuyou_field_get_text (const WuyouField *field, gconstpointer record)
{
  g_return_val_if_fail (wuyou_field_is_text (field), NULL);
  return *(char **) get_member (field, record);
}

void
wuyou_field_set_text (const WuyouField *field, gpointer record, const char *value)
{
  char **member = get_member (field, record);

  g_return_if_fail (wuyou_field_is_text (field));
  if (*member == value)
    return;
  g_free (*member);
  *member = value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

gint64
wuyou_field_get_int (const WuyouField *field, gconstpointer record)
{
  gpointer member = get_member (field, record);

  g_return_val_if_fail (!wuyou_field_is_text (field), 0);
  return get_stored (field->kind) == STORED_INT64 ? *(gint64 *) member : *(gint32 *) member;
}

void
wuyou_field_set_int (const WuyouField *field, gpointer record, gint64 value)
{
  gpointer member = get_member (field, record);

  g_return_if_fail (!wuyou_field_is_text (field));
  if (get_stored (field->kind) == STORED_INT64)
    *(gint64 *) member = value;
  else
    *(gint32 *) member = (gint32) value;
}

gboolean
wuyou_field_is_set (const WuyouField *field, gconstpointer record)
{
  if (wuyou_field_is_text (field))
    return wuyou_field_get_text (field, record) != NULL;
  return wuyou_field_get_int (field, record) != 0;
}

gboolean
wuyou_field_equal (const WuyouField *field, gconstpointer a, gconstpointer b)
{
  if (wuyou_field_is_text (field))
    return g_strcmp0 (wuyou_field_get_text (field, a), wuyou_field_get_text (field, b)) == 0;
  return wuyou_field_get_int (field, a) == wuyou_field_get_int (field, b);
}

const WuyouEnum *
wuyou_enum_find (const WuyouEnum *values, const char *id)
{
  for (; id != NULL && values->id != NULL; values++)
    if (g_str_equal (values->id, id))
      return values;
  return NULL;
}

const char *
wuyou_enum_id (const WuyouEnum *values, int value)
{
  for (; values->id != NULL; values++)
    if (values->value == value)
      return values->id;
  return NULL;
}

const char *
wuyou_enum_label (const WuyouEnum *values, int value)
{
  for (; values->id != NULL; values++)
    if (values->value == value)
      return values->label;
  return "";
}
