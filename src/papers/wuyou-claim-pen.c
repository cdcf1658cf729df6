/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-pen.h"

#include <string.h>

#include "base/wuyou-money.h"
#include "wuyou-contract-facts.h"

/* The NUL between texts is hashed too, so that no two contents join to the same bytes. */
static void
hash_text (Pen *pen, const char *text)
{
  if (pen->checksum != NULL)
    g_checksum_update (pen->checksum, (const guchar *) (text != NULL ? text : ""),
                       text != NULL ? (gssize) strlen (text) + 1 : 1);
}

void
_wuyou_pen_title (Pen *pen, const char *title, const char *subtitle)
{
  hash_text (pen, title);
  hash_text (pen, subtitle);
  if (pen->sheet != NULL)
    wuyou_sheet_add_title (pen->sheet, title, subtitle);
}

void
_wuyou_pen_heading (Pen *pen, const char *text)
{
  hash_text (pen, text);
  if (pen->sheet != NULL)
    wuyou_sheet_add_heading (pen->sheet, 2, text);
}

void
_wuyou_pen_paragraph (Pen *pen, const char *text)
{
  hash_text (pen, text);
  if (pen->sheet != NULL)
    wuyou_sheet_add_paragraph (pen->sheet, text, NULL, 0);
}

void
_wuyou_pen_bold (Pen *pen, const char *text)
{
  static const WuyouPaperSpan bold = { 0, G_MAXUINT, WUYOU_PAPER_SPAN_BOLD };

  hash_text (pen, text);
  if (pen->sheet != NULL)
    wuyou_sheet_add_paragraph (pen->sheet, text, &bold, 1);
}

void
_wuyou_pen_lines (Pen *pen, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (*g_strstrip (*line) != '\0')
      _wuyou_pen_paragraph (pen, *line);
}

void
_wuyou_pen_note (Pen *pen, const char *text)
{
  hash_text (pen, text);
  if (pen->sheet != NULL)
    wuyou_sheet_add_note (pen->sheet, text);
}

void
_wuyou_pen_item (Pen *pen, guint number, const char *text)
{
  g_autofree char *marker = g_strdup_printf ("%u.", number);

  hash_text (pen, text);
  if (pen->sheet != NULL)
    wuyou_sheet_add_item (pen->sheet, 0, marker, text, NULL, 0);
}

void
_wuyou_pen_choice (Pen *pen, const char *title, const char *text, gboolean ticked)
{
  hash_text (pen, title);
  hash_text (pen, text);
  hash_text (pen, ticked ? "1" : "0");
  if (pen->sheet != NULL)
    wuyou_sheet_add_choice (pen->sheet, title, text, ticked);
}

void
_wuyou_pen_grid (Pen *pen, GArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    hash_text (pen, g_array_index (rows, WuyouPaperRow, i).label);
    hash_text (pen, g_array_index (rows, WuyouPaperRow, i).value);
  }
  if (pen->sheet != NULL)
    wuyou_sheet_add_grid (pen->sheet, 2, (const WuyouPaperRow *) (gpointer) rows->data, rows->len);
  g_array_unref (rows);
}

void
_wuyou_pen_table (Pen *pen, guint n_columns, const double *widths, guint numeric, GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    hash_text (pen, cells->pdata[i]);
  if (pen->sheet != NULL)
    wuyou_sheet_add_table (pen->sheet, n_columns, widths, numeric, (const char *const *) cells->pdata,
                           cells->len / n_columns);
  g_ptr_array_unref (cells);
}

void
_wuyou_pen_signatures (Pen *pen, const WuyouPaperSignature *signatures, guint n_signatures)
{
  for (guint i = 0; i < n_signatures; i++) {
    hash_text (pen, signatures[i].role);
    hash_text (pen, signatures[i].name);
  }
  if (pen->sheet != NULL)
    wuyou_sheet_add_signatures (pen->sheet, signatures, n_signatures);
}

void
_wuyou_pen_space (Pen *pen)
{
  if (pen->sheet != NULL)
    wuyou_sheet_add_space (pen->sheet, 6);
}

void
_wuyou_pen_begin_together (Pen *pen)
{
  if (pen->sheet != NULL)
    wuyou_sheet_begin_together (pen->sheet);
}

void
_wuyou_pen_end_together (Pen *pen)
{
  if (pen->sheet != NULL)
    wuyou_sheet_end_together (pen->sheet);
}

static void
clear_row (gpointer data)
{
  WuyouPaperRow *row = data;

  g_free ((char *) row->value);
}

GArray *
_wuyou_pen_rows_new (void)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (WuyouPaperRow));

  g_array_set_clear_func (rows, clear_row);
  return rows;
}

void
_wuyou_pen_row (GArray *rows, const char *label, char *value, gboolean wide)
{
  WuyouPaperRow row = { label, value, wide };

  g_array_append_val (rows, row);
}

static void
add_field (Pen *pen,
           GArray *rows,
           const WuyouRecordType *type,
           gconstpointer record,
           const char *label,
           const char *name,
           gboolean wide)
{
  const WuyouField *field = wuyou_record_type_find (type, name);
  const char *text = wuyou_field_get_text (field, record);

  if (text != NULL)
    _wuyou_pen_row (rows, label, pen->masked ? wuyou_field_dup_masked (field, record) : g_strdup (text), wide);
}

void
_wuyou_pen_claim_row (Pen *pen, GArray *rows, const char *label, const char *field, gboolean wide)
{
  add_field (pen, rows, &wuyou_claim_type, pen->claim, label, field, wide);
}

void
_wuyou_pen_contract_row (Pen *pen, GArray *rows, const char *label, const char *field, gboolean wide)
{
  add_field (pen, rows, &wuyou_contract_type, pen->contract, label, field, wide);
}

void
_wuyou_pen_date_row (GArray *rows, const char *label, WuyouDate date)
{
  if (date != WUYOU_DATE_NONE)
    _wuyou_pen_row (rows, label, wuyou_date_format_long (date), FALSE);
}

char *
_wuyou_pen_dup_money (gint64 fen)
{
  g_autofree char *digits = wuyou_money_format (fen);

  return g_strconcat ("¥ ", digits, NULL);
}

char *
_wuyou_pen_dup_yuan (gint64 fen)
{
  g_autofree char *digits = wuyou_money_format (fen);

  return g_strconcat (digits, "元", NULL);
}

void
_wuyou_pen_money_row (GArray *rows, const char *label, gint64 fen)
{
  if (fen != 0)
    _wuyou_pen_row (rows, label, _wuyou_pen_dup_money (fen), FALSE);
}

void
_wuyou_pen_amount_row (GArray *rows, const char *label, gint64 fen)
{
  g_autofree char *digits = wuyou_money_format (fen);
  g_autofree char *words = wuyou_money_format_uppercase (fen);

  _wuyou_pen_row (rows, label, g_strdup_printf ("¥ %s　大写：%s", digits, words), TRUE);
}

void
_wuyou_pen_cells (GPtrArray *cells, ...)
{
  va_list texts;

  va_start (texts, cells);
  for (const char *text = va_arg (texts, const char *); text != NULL; text = va_arg (texts, const char *))
    g_ptr_array_add (cells, g_strdup (text));
  va_end (texts);
}
