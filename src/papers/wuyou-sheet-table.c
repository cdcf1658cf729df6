/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sheet-private.h"

#define GUTTER 20.0
#define LABEL_WIDTH 70.0
#define CELL_PADDING 2.4
#define TALLEST_ROW 240.0
#define MAX_CELLS 16

typedef struct {
  PangoLayout *layout;
  StyleId style;
  Ink ink;
  double x, width, align;
} Cell;

static int
count_lines (const Cell *cells, guint n_cells)
{
  int most = 1;

  for (guint i = 0; i < n_cells; i++)
    most = MAX (most, pango_layout_get_line_count (cells[i].layout));
  return most;
}

static void
mark_cells (WuyouSheet *sheet, const Cell *cells, guint n_cells, int line, double top)
{
  for (guint i = 0; i < n_cells; i++)
    if (line < pango_layout_get_line_count (cells[i].layout))
      _wuyou_sheet_mark_line (sheet, cells[i].layout, line, cells[i].style, cells[i].ink, cells[i].x, top,
                              cells[i].width, cells[i].align);
}

static void
mark_rule_below (WuyouSheet *sheet, double y)
{
  _wuyou_sheet_mark (sheet, (Mark){ .kind = MARK_LINE, .ink = INK_HAIR, .y = y, .width = CONTENT_WIDTH });
}

/* A row is one atom. Only one that would take a third of a page is cut, and then between lines. */
static void
add_row (WuyouSheet *sheet, const Cell *cells, guint n_cells, const char *tag, int head)
{
  double leading = _wuyou_paper_style (STYLE_VALUE)->leading;
  int n = count_lines (cells, n_cells);
  gboolean cut = n * leading > TALLEST_ROW;

  for (int i = 0; i < n; i++) {
    gboolean first = i == 0, last = i == n - 1;

    if (first || cut) {
      double height = (cut ? 1 : n) * leading + (first ? CELL_PADDING : 0) + (!cut || last ? CELL_PADDING : 0);
      Atom *atom = _wuyou_sheet_begin_atom (sheet, tag, height, 0);

      atom->head = head;
      atom->glue = cut && (first || i == n - 2) && !last ? GLUE_HARD : GLUE_NONE;
    }
    mark_cells (sheet, cells, n_cells, i, (first || !cut ? CELL_PADDING : 0) + (cut ? 0 : i * leading));
  }
  mark_rule_below (sheet, _wuyou_sheet_last_atom (sheet)->height);
}

static guint
fill_pair (WuyouSheet *sheet, Cell *cells, const WuyouPaperRow *row, double x, double width)
{
  const char *value = row->value != NULL && *row->value != '\0' ? row->value : "—";

  cells[0] = (Cell){ .style = STYLE_LABEL, .ink = INK_GREY, .x = x, .width = LABEL_WIDTH };
  cells[0].layout = _wuyou_sheet_shape (sheet, STYLE_LABEL, row->label, NULL, 0, LABEL_WIDTH - 6);
  cells[1] = (Cell){ .style = STYLE_VALUE, .ink = INK_TEXT, .x = x + LABEL_WIDTH, .width = width - LABEL_WIDTH };
  cells[1].layout = _wuyou_sheet_shape (sheet, STYLE_VALUE, value, NULL, 0, width - LABEL_WIDTH);
  return 2;
}

void
wuyou_sheet_add_grid (WuyouSheet *sheet, int columns, const WuyouPaperRow *rows, guint n_rows)
{
  double half = (CONTENT_WIDTH - GUTTER) / 2;

  for (guint i = 0; i < n_rows; i++) {
    gboolean pair = columns == 2 && !rows[i].wide && i + 1 < n_rows && !rows[i + 1].wide;
    Cell cells[4];
    guint n = fill_pair (sheet, cells, &rows[i], 0, columns == 2 && !rows[i].wide ? half : CONTENT_WIDTH);

    if (pair)
      n += fill_pair (sheet, cells + n, &rows[++i], half + GUTTER, half);
    add_row (sheet, cells, n, "P", -1);
    _wuyou_sheet_end_block (sheet);
  }
}

static guint
fill_table_row (WuyouSheet *sheet,
                Cell *cells,
                guint n_columns,
                const double *widths,
                guint numeric,
                const char *const *texts,
                gboolean is_head)
{
  StyleId style = is_head ? STYLE_LABEL : STYLE_VALUE;
  double total = 0, x = 0;

  for (guint i = 0; i < n_columns; i++)
    total += widths[i];
  for (guint i = 0; i < n_columns; i++) {
    double width = widths[i] / total * CONTENT_WIDTH;

    cells[i] = (Cell){ .style = style, .ink = is_head ? INK_GREY : INK_TEXT, .x = x, .width = width - 8 };
    cells[i].layout = _wuyou_sheet_shape (sheet, style, texts[i] != NULL ? texts[i] : "", NULL, 0, width - 8);
    cells[i].align = numeric & (1u << i) ? 1 : 0;
    x += width;
  }
  return n_columns;
}

void
wuyou_sheet_add_table (WuyouSheet *sheet,
                       guint n_columns,
                       const double *widths,
                       guint numeric,
                       const char *const *cells,
                       guint n_rows)
{
  Cell row[MAX_CELLS];
  guint head = sheet->paper->atoms->len;

  g_return_if_fail (n_columns > 0 && n_columns <= MAX_CELLS);
  for (guint i = 0; i < n_rows; i++) {
    fill_table_row (sheet, row, n_columns, widths, numeric, cells + i * n_columns, i == 0);
    add_row (sheet, row, n_columns, "TR", (int) head);
    _wuyou_sheet_last_atom (sheet)->parent_tag = "Table";
    if (i == 0)
      _wuyou_sheet_last_atom (sheet)->glue = GLUE_HARD;
    _wuyou_sheet_end_block (sheet);
  }
}

#define SEAL_SIZE 88.0
#define SIGN_LEADING 29.0
#define SIGN_LABEL 54.0

/* A lone block has room for the seal beside its name, two have it below. */
static double
measure_signature (const WuyouPaperSignature *signature, int n_name, gboolean lone)
{
  double lines = signature->lines != NULL ? g_strv_length ((char **) signature->lines) * SIGN_LEADING : 0;
  double head = 24 + n_name * _wuyou_paper_style (STYLE_VALUE)->leading;
  double seal = signature->seal ? SEAL_SIZE + (lone ? 0 : head) : 0;

  return MAX (head + lines, seal) + 10;
}

static void
mark_seal (WuyouSheet *sheet, double right, double top)
{
  PangoLayout *label = _wuyou_sheet_shape (sheet, STYLE_NOTE, "盖章处", NULL, 0, -1);
  double x = right - SEAL_SIZE;

  _wuyou_sheet_mark (sheet, (Mark){ .kind = MARK_RING, .ink = INK_HAIR, .x = x, .y = top, .width = SEAL_SIZE });
  _wuyou_sheet_mark_line (sheet, label, 0, STYLE_NOTE, INK_HAIR, x, top + SEAL_SIZE / 2 - 6, SEAL_SIZE, 0.5);
}

static void
mark_signature (WuyouSheet *sheet,
                const WuyouPaperSignature *signature,
                PangoLayout *name,
                double x,
                double width,
                gboolean lone)
{
  PangoLayout *role = _wuyou_sheet_shape (sheet, STYLE_HEADING_3, signature->role, NULL, 0, -1);
  double leading = _wuyou_paper_style (STYLE_VALUE)->leading;
  double line = width - SIGN_LABEL - (signature->seal ? SEAL_SIZE + 8 : 0);
  double y = 19;

  _wuyou_sheet_mark_line (sheet, role, 0, STYLE_HEADING_3, INK_TEXT, x, 0, 0, 0);
  for (int i = 0; name != NULL && i < pango_layout_get_line_count (name); i++, y += leading)
    _wuyou_sheet_mark_line (sheet, name, i, STYLE_VALUE, INK_TEXT, x, y, 0, 0);
  if (signature->seal)
    mark_seal (sheet, x + width, lone ? 0 : y + 5);
  for (const char *const *label = signature->lines; label != NULL && *label != NULL; label++, y += SIGN_LEADING) {
    PangoLayout *layout = _wuyou_sheet_shape (sheet, STYLE_LABEL, *label, NULL, 0, -1);
    double base = y + SIGN_LEADING + 2;

    _wuyou_sheet_mark_line (sheet, layout, 0, STYLE_LABEL, INK_GREY, x, base - 13, 0, 0);
    _wuyou_sheet_mark (sheet,
                       (Mark){ .kind = MARK_LINE, .ink = INK_GREY, .x = x + SIGN_LABEL, .y = base, .width = line });
  }
}

void
wuyou_sheet_add_signatures (WuyouSheet *sheet, const WuyouPaperSignature *signatures, guint n_signatures)
{
  double width = n_signatures > 1 ? (CONTENT_WIDTH - 28) / 2 : CONTENT_WIDTH * 0.6;
  PangoLayout *names[2] = { NULL, NULL };
  double height = 0;

  g_return_if_fail (n_signatures > 0 && n_signatures <= 2);
  for (guint i = 0; i < n_signatures; i++) {
    if (signatures[i].name != NULL)
      names[i] = _wuyou_sheet_shape (sheet, STYLE_VALUE, signatures[i].name, NULL, 0, width);
    height
        = MAX (height, measure_signature (&signatures[i], names[i] != NULL ? pango_layout_get_line_count (names[i]) : 0,
                                          n_signatures == 1));
  }
  _wuyou_sheet_begin_atom (sheet, "P", height, 14);
  for (guint i = 0; i < n_signatures; i++)
    mark_signature (sheet, &signatures[i], names[i], i * (width + 28), width, n_signatures == 1);
  _wuyou_sheet_end_block (sheet);
}
