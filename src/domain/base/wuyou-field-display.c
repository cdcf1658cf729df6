/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-field.h"
#include "base/wuyou-money.h"
#include "base/wuyou-refusal.h"
#include "base/wuyou-text.h"
#include "sales/wuyou-contact.h"
#include "sales/wuyou-identity.h"
#include "sales/wuyou-vin.h"

#define HIDDEN "****"

static char *
format_number (const WuyouField *field, gint64 value)
{
  char date[11];

  switch (field->kind) {
  case WUYOU_KIND_FEN:
    return wuyou_money_format (value);
  case WUYOU_KIND_DATE:
    wuyou_date_format ((WuyouDate) value, date);
    return g_strdup (date);
  case WUYOU_KIND_INSTANT:
    return wuyou_instant_format_local (value);
  case WUYOU_KIND_ENUM:
    return g_strdup (wuyou_enum_label (field->values, (int) value));
  case WUYOU_KIND_BOOLEAN:
    return g_strdup (N_ ("Yes"));
  default:
    return g_strdup_printf ("%" G_GINT64_FORMAT, value);
  }
}

char *
wuyou_field_dup_display (const WuyouField *field, gconstpointer record)
{
  if (!wuyou_field_is_set (field, record))
    return g_strdup ("");
  if (wuyou_field_is_text (field))
    return g_strdup (wuyou_field_get_text (field, record));
  return format_number (field, wuyou_field_get_int (field, record));
}

static char *
normalise_text (WuyouKind kind, const char *text)
{
  switch (kind) {
  case WUYOU_KIND_VIN:
    return wuyou_vin_normalise (text);
  case WUYOU_KIND_MOBILE:
    return wuyou_mobile_normalise (text);
  case WUYOU_KIND_EMAIL:
    return wuyou_email_normalise (text);
  case WUYOU_KIND_PLATE:
    return wuyou_plate_normalise (text);
  case WUYOU_KIND_ID_NO:
    return wuyou_identity_normalise (text);
  case WUYOU_KIND_LONG:
    return wuyou_text_normalise_lines (text);
  default:
    return wuyou_text_normalise (text);
  }
}

/* Takes 2026-11-22, 2026/11/22, 2026.11.22, 20261122 and 2026年11月22日, full-width or not. */
static WuyouDate
parse_typed_date (const char *typed)
{
  g_autofree char *text = wuyou_text_normalise (typed);
  guint year, month, day;
  int used = 0;

  if (sscanf (text, "%4u-%2u-%2u%n", &year, &month, &day, &used) == 3 && text[used] == '\0')
    return wuyou_date_new ((int) year, (int) month, (int) day);
  if (sscanf (text, "%4u/%2u/%2u%n", &year, &month, &day, &used) == 3 && text[used] == '\0')
    return wuyou_date_new ((int) year, (int) month, (int) day);
  if (sscanf (text, "%4u.%2u.%2u%n", &year, &month, &day, &used) == 3 && text[used] == '\0')
    return wuyou_date_new ((int) year, (int) month, (int) day);
  if (sscanf (text, "%4u年%2u月%2u日%n", &year, &month, &day, &used) == 3 && text[used] == '\0')
    return wuyou_date_new ((int) year, (int) month, (int) day);
  if (strlen (text) == 8 && sscanf (text, "%4u%2u%2u%n", &year, &month, &day, &used) == 3 && used == 8)
    return wuyou_date_new ((int) year, (int) month, (int) day);
  return WUYOU_DATE_NONE;
}

static gboolean
parse_typed_time (const char *text, guint *ret_hour, guint *ret_minute)
{
  int used = 0;

  /* Chinese input writes a colon of its own. */
  return ((sscanf (text, "%2u:%2u%n", ret_hour, ret_minute, &used) == 2 && text[used] == '\0')
          || (sscanf (text, "%2u：%2u%n", ret_hour, ret_minute, &used) == 2 && text[used] == '\0'))
         && *ret_hour <= 23 && *ret_minute <= 59;
}

/* A day and a time of it in +08:00: "2026-11-22 10:31". */
static gint64
parse_typed_instant (const char *typed)
{
  g_autofree char *text = wuyou_text_normalise (typed);
  char *space = strrchr (text, ' ');
  guint hour, minute;
  WuyouDate date;

  if (space == NULL || !parse_typed_time (space + 1, &hour, &minute))
    return 0;
  *space = '\0';
  date = parse_typed_date (text);
  return date != WUYOU_DATE_NONE ? wuyou_date_start (date) + (hour * 60 + minute) * G_TIME_SPAN_MINUTE : 0;
}

static gboolean
parse_integer (const char *typed, gint64 *ret_value)
{
  g_autofree char *text = wuyou_text_compact (typed);

  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, ret_value, NULL);
}

static gboolean
parse_number (const WuyouField *field, const char *text, gint64 *ret_value, GError **error)
{
  const WuyouEnum *row;

  switch (field->kind) {
  case WUYOU_KIND_FEN:
    return wuyou_money_parse (text, ret_value, error);
  case WUYOU_KIND_DATE:
    *ret_value = parse_typed_date (text);
    return *ret_value != WUYOU_DATE_NONE || wuyou_refuse (error, NULL, N_ ("Write the date as 2026-11-22."));
  case WUYOU_KIND_INSTANT:
    *ret_value = parse_typed_instant (text);
    return *ret_value != 0 || wuyou_refuse (error, NULL, N_ ("Write day and time as 2026-11-22 10:30."));
  case WUYOU_KIND_ENUM:
    row = wuyou_enum_find (field->values, text);
    *ret_value = row != NULL ? row->value : 0;
    return row != NULL || wuyou_refuse (error, NULL, N_ ("Choose one of the offered values."));
  case WUYOU_KIND_INTEGER:
    return parse_integer (text, ret_value) || wuyou_refuse (error, NULL, N_ ("Write a whole number."));
  default:
    return wuyou_refuse (error, NULL, N_ ("This cannot be typed."));
  }
}

static gboolean
parse_display (const WuyouField *field, gpointer record, const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));
  gint64 value = 0;

  if (wuyou_field_is_text (field)) {
    g_autofree char *normal = normalise_text (field->kind, trimmed);

    wuyou_field_set_text (field, record, normal);
    return wuyou_field_check (field, record, error);
  }
  if (*trimmed != '\0' && !parse_number (field, trimmed, &value, error))
    return FALSE;
  wuyou_field_set_int (field, record, value);
  return wuyou_field_check (field, record, error);
}

gboolean
wuyou_field_parse_display (const WuyouField *field, gpointer record, const char *text, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    wuyou_refuse (&local, NULL, N_ ("This is not valid text."));
  else if (parse_display (field, record, text, &local))
    return TRUE;
  if (local->domain == WUYOU_ERROR && wuyou_error_get_field (local) == NULL)
    wuyou_error_set_field (local, field->name, wuyou_error_get_authority (local));
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static char *
keep_ends (const char *text, glong head, glong tail)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *start = NULL;

  if (length <= head + tail)
    return g_strdup (HIDDEN);
  start = g_utf8_substring (text, 0, head);
  return g_strconcat (start, HIDDEN, g_utf8_offset_to_pointer (text, length - tail), NULL);
}

static char *
mask_name (const char *text)
{
  g_autofree char *first = g_utf8_substring (text, 0, g_utf8_strlen (text, -1) > 4 ? 2 : 1);

  return g_strconcat (first, "*", NULL);
}

static char *
mask_email (const char *text)
{
  const char *at = strchr (text, '@');

  return g_strdup_printf ("%.1s***%s", text, at != NULL ? at : "");
}

/* People name a scan after its owner: only the kind of the file stays. */
static char *
mask_file_name (const char *text)
{
  const char *dot = strrchr (text, '.');
  gboolean short_end = dot != NULL && strlen (dot) <= 5;

  return g_strconcat (HIDDEN, short_end ? dot : "", NULL);
}

char *
wuyou_field_dup_masked (const WuyouField *field, gconstpointer record)
{
  const char *text;

  if (field->pi == WUYOU_PI_NONE || !wuyou_field_is_text (field))
    return wuyou_field_dup_display (field, record);
  text = wuyou_field_get_text (field, record);
  if (text == NULL)
    return g_strdup ("");
  switch (field->kind) {
  case WUYOU_KIND_MOBILE:
    return keep_ends (text, 3, 4);
  case WUYOU_KIND_EMAIL:
    return mask_email (text);
  case WUYOU_KIND_VIN:
    return keep_ends (text, 3, 6);
  case WUYOU_KIND_ID_NO:
    return keep_ends (text, 0, 4);
  case WUYOU_KIND_PLATE:
    return keep_ends (text, 2, 2);
  default:
    if (g_str_equal (field->name, "file_name"))
      return mask_file_name (text);
    return strstr (field->name, "name") != NULL ? mask_name (text) : keep_ends (text, 0, 4);
  }
}
