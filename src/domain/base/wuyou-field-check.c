/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-record.h"
#include "base/wuyou-id.h"
#include "base/wuyou-json-guard.h"
#include "base/wuyou-money.h"
#include "base/wuyou-refusal.h"
#include "base/wuyou-text.h"
#include "sales/wuyou-contact.h"
#include "sales/wuyou-vin.h"

#define DEFAULT_MAX_TEXT 400
#define DEFAULT_MAX_LONG 4000

static gboolean
check_length (const WuyouField *field, const char *text, GError **error)
{
  gint64 length = g_utf8_strlen (text, -1);
  gint64 max = field->max != 0 ? field->max : (field->kind == WUYOU_KIND_LONG ? DEFAULT_MAX_LONG : DEFAULT_MAX_TEXT);

  if (field->kind == WUYOU_KIND_JSON || (length >= field->min && length <= max))
    return TRUE;
  if (field->min == max)
    return wuyou_refuse_take (error, NULL, g_strdup_printf (_ ("This has %d characters exactly."), (int) max));
  if (length < field->min)
    return wuyou_refuse_take (error, NULL,
                              g_strdup_printf (_ ("This needs %d characters at least."), (int) field->min));
  return wuyou_refuse_take (error, NULL, g_strdup_printf (_ ("This may have %d characters at most."), (int) max));
}

static gboolean
check_hash (const char *text, GError **error)
{
  gsize length = 0;

  for (const char *p = text; g_ascii_isxdigit (*p) && !g_ascii_isupper (*p); p++)
    length++;
  if (length == 64 && text[64] == '\0')
    return TRUE;
  return wuyou_refuse (error, NULL, N_ ("This is not a SHA-256 digest."));
}

static gboolean
check_text_kind (const WuyouField *field, const char *text, GError **error)
{
  switch (field->kind) {
  case WUYOU_KIND_ID:
    return wuyou_id_is_valid (text) || wuyou_refuse (error, NULL, N_ ("This is not a valid record id."));
  case WUYOU_KIND_HASH:
    return check_hash (text, error);
  case WUYOU_KIND_VIN:
    return wuyou_vin_check (text, error);
  case WUYOU_KIND_MOBILE:
    return wuyou_mobile_check (text, error);
  case WUYOU_KIND_EMAIL:
    return wuyou_email_check (text, error);
  case WUYOU_KIND_PLATE:
    return wuyou_plate_check (text, error);
  case WUYOU_KIND_LONG:
    return wuyou_text_check_lines (text, error);
  case WUYOU_KIND_JSON:
    return wuyou_json_guard (text, strlen (text), error);
  case WUYOU_KIND_TEXT:
  case WUYOU_KIND_ID_NO:
  case WUYOU_KIND_FEN:
  case WUYOU_KIND_INTEGER:
  case WUYOU_KIND_INSTANT:
  case WUYOU_KIND_DATE:
  case WUYOU_KIND_ENUM:
  case WUYOU_KIND_BOOLEAN:
  default:
    return wuyou_text_check (text, error);
  }
}

static gboolean
check_range (const WuyouField *field, gint64 value, GError **error)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if ((field->min == 0 && field->max == 0) || (value >= field->min && value <= field->max))
    return TRUE;
  low = field->kind == WUYOU_KIND_FEN ? wuyou_money_format (field->min)
                                      : g_strdup_printf ("%" G_GINT64_FORMAT, field->min);
  high = field->kind == WUYOU_KIND_FEN ? wuyou_money_format (field->max)
                                       : g_strdup_printf ("%" G_GINT64_FORMAT, field->max);
  return wuyou_refuse_take (error, NULL, g_strdup_printf (_ ("This lies between %s and %s."), low, high));
}

static gboolean
check_number_kind (const WuyouField *field, gint64 value, GError **error)
{
  if (field->kind == WUYOU_KIND_ENUM && wuyou_enum_id (field->values, (int) value) == NULL)
    return wuyou_refuse (error, NULL, N_ ("Choose one of the offered values."));
  if (field->kind == WUYOU_KIND_FEN || field->kind == WUYOU_KIND_INTEGER)
    return check_range (field, value, error);
  return TRUE;
}

gboolean
wuyou_field_check (const WuyouField *field, gconstpointer record, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean right;

  if (!wuyou_field_is_set (field, record))
    return TRUE;
  if (wuyou_field_is_text (field)) {
    const char *text = wuyou_field_get_text (field, record);

    right = g_utf8_validate (text, -1, NULL)
                ? check_length (field, text, &local) && check_text_kind (field, text, &local)
                : wuyou_refuse (&local, NULL, N_ ("This is not valid text."));
  } else {
    right = check_number_kind (field, wuyou_field_get_int (field, record), &local);
  }
  if (right)
    return TRUE;
  if (local->domain == WUYOU_ERROR && wuyou_error_get_field (local) == NULL) {
    g_autofree char *authority = g_strdup (wuyou_error_get_authority (local));

    wuyou_error_set_field (local, field->name, authority != NULL ? authority : field->authority);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
add_missing (const WuyouField *field, GError **error)
{
  GError *missing = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This is missing."));

  wuyou_error_set_field (missing, field->name, field->authority);
  wuyou_error_take_violation (error, missing);
}

gboolean
wuyou_record_check (const WuyouRecordType *type, gconstpointer record, guint required, GError **error)
{
  GError *all = NULL;

  for (guint i = 0; i < type->n_fields; i++) {
    const WuyouField *field = &type->fields[i];
    GError *one = NULL;

    if ((field->flags & required) && !wuyou_field_is_set (field, record))
      add_missing (field, &all);
    else if (!wuyou_field_check (field, record, &one))
      wuyou_error_take_violation (&all, one);
  }
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}
