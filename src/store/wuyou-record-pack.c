/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-record-pack.h"

#include <string.h>

#include "base/wuyou-error.h"

/* Each field: length of name (1 byte), name, length of value (4 bytes, little endian), value. Texts as they are,
 * numbers as 8 bytes, enums as their id. */

gboolean
_wuyou_pack_wants (const WuyouField *field, guint flags)
{
  guint class = field->pi == WUYOU_PI_NONE ? WUYOU_PACK_CLEAR : WUYOU_PACK_SEALED;

  if ((flags & WUYOU_PACK_HISTORY) != 0 && (field->flags & WUYOU_FIELD_NO_HISTORY) != 0)
    return FALSE;
  return (flags & class) != 0;
}

static void
append_value (const WuyouField *field, gconstpointer data, gsize length, GByteArray *out)
{
  guint8 name_length = (guint8) strlen (field->name);
  guint32 value_length = GUINT32_TO_LE ((guint32) length);

  g_byte_array_append (out, &name_length, 1);
  g_byte_array_append (out, (const guint8 *) field->name, name_length);
  g_byte_array_append (out, (const guint8 *) &value_length, sizeof value_length);
  g_byte_array_append (out, data, (guint) length);
}

static void
append_field (const WuyouField *field, gconstpointer record, GByteArray *out)
{
  gint64 number;
  const char *text = NULL;

  if (wuyou_field_is_text (field))
    text = wuyou_field_get_text (field, record);
  else if (field->kind == WUYOU_KIND_ENUM)
    text = wuyou_enum_id (field->values, (int) wuyou_field_get_int (field, record));
  if (text != NULL) {
    append_value (field, text, strlen (text), out);
    return;
  }
  number = GINT64_TO_LE (wuyou_field_get_int (field, record));
  append_value (field, &number, sizeof number, out);
}

void
_wuyou_record_pack (const WuyouRecordType *type,
                    gconstpointer record,
                    gconstpointer other,
                    guint flags,
                    GByteArray *out)
{
  for (guint i = 0; i < type->n_fields; i++) {
    const WuyouField *field = &type->fields[i];

    if (!_wuyou_pack_wants (field, flags) || !wuyou_field_is_set (field, record))
      continue;
    if (other == NULL || !wuyou_field_equal (field, record, other))
      append_field (field, record, out);
  }
}

static void
set_value (const WuyouField *field, gpointer record, const char *value, gsize length)
{
  gint64 number = 0;
  g_autofree char *text = NULL;
  const WuyouEnum *row;

  if (wuyou_field_is_text (field) || field->kind == WUYOU_KIND_ENUM)
    text = g_strndup (value, length);
  if (field->kind == WUYOU_KIND_ENUM) {
    row = wuyou_enum_find (field->values, text);
    wuyou_field_set_int (field, record, row != NULL ? row->value : 0);
  } else if (text != NULL) {
    wuyou_field_set_text (field, record, text);
  } else {
    memcpy (&number, value, MIN (length, sizeof number));
    wuyou_field_set_int (field, record, GINT64_FROM_LE (number));
  }
}

/* Fields stand in the order of the table, so the next name is nearly always one of the next few rows. */
static const WuyouField *
find_field (const WuyouRecordType *type, const char *name, gsize length, guint *hint)
{
  for (guint i = 0; i < type->n_fields; i++) {
    guint index = (*hint + i) % type->n_fields;
    const WuyouField *field = &type->fields[index];

    if (strncmp (field->name, name, length) == 0 && field->name[length] == '\0') {
      *hint = index + 1;
      return field;
    }
  }
  return NULL;
}

gboolean
_wuyou_record_unpack (const WuyouRecordType *type,
                      gpointer record,
                      const guint8 *data,
                      gsize length,
                      guint only,
                      GPtrArray *ret_fields,
                      GError **error)
{
  const guint8 *end = data + length;
  guint hint = 0;

  while (data < end) {
    const char *name = (const char *) data + 1;
    gsize name_length = *data;
    const WuyouField *field;
    guint32 value_length;

    if ((gsize) (end - data) < 1 + name_length + 4)
      break;
    data += 1 + name_length;
    memcpy (&value_length, data, 4);
    value_length = GUINT32_FROM_LE (value_length);
    data += 4;
    if ((gsize) (end - data) < value_length)
      break;
    field = find_field (type, name, name_length, &hint);
    if (field != NULL && (only == 0 || (field->flags & only) != 0))
      set_value (field, record, (const char *) data, value_length);
    if (field != NULL && ret_fields != NULL && !g_ptr_array_find (ret_fields, field, NULL))
      g_ptr_array_add (ret_fields, (gpointer) field);
    data += value_length;
    if (data == end)
      return TRUE;
  }
  if (length == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "A packed %s is cut", type->name);
  return FALSE;
}
