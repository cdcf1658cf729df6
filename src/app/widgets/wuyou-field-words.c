/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-field-words.h"

#include <glib/gi18n.h>

#include "base/wuyou-money.h"

char *
wuyou_field_words_dup_value (const WuyouField *field, gconstpointer record)
{
  g_autofree char *text = NULL;

  if (!wuyou_field_is_set (field, record))
    return g_strdup ("");
  if (field->kind == WUYOU_KIND_FEN) {
    text = wuyou_money_format (wuyou_field_get_int (field, record));
    return g_strconcat ("¥", text, NULL);
  }
  text = wuyou_field_dup_display (field, record);
  if ((field->kind == WUYOU_KIND_ENUM || field->kind == WUYOU_KIND_BOOLEAN) && *text != '\0')
    return g_strdup (_ (text));
  return g_steal_pointer (&text);
}
