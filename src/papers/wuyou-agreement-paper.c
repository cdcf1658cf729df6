/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-agreement-paper.h"

#include "wuyou-sheet.h"

#include <string.h>

static char *
join_spans (const WuyouClause *clause, GArray *ret_spans)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < clause->spans->len; i++) {
    const WuyouSpan *span = &g_array_index (clause->spans, WuyouSpan, i);
    WuyouPaperSpan run = { .start = (guint) text->len };

    g_string_append (text, span->text);
    run.end = (guint) text->len;
    run.flags = (span->bold ? WUYOU_PAPER_SPAN_BOLD : 0) | (span->underline ? WUYOU_PAPER_SPAN_UNDERLINE : 0);
    if (run.flags != 0)
      g_array_append_val (ret_spans, run);
  }
  return g_string_free (text, FALSE);
}

static void
add_clause (WuyouSheet *sheet, const WuyouClause *clause)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (WuyouPaperSpan));
  g_autofree char *text = join_spans (clause, spans);
  g_autofree char *label = wuyou_clause_dup_label (clause);
  const char *marker = *clause->number != '\0' ? clause->number : "•";
  const WuyouPaperSpan *data = (const WuyouPaperSpan *) (gpointer) spans->data;

  switch (clause->kind) {
  case WUYOU_CLAUSE_TITLE:
    wuyou_sheet_add_heading (sheet, 2, label);
    break;
  case WUYOU_CLAUSE_VERSION:
    wuyou_sheet_add_note (sheet, label);
    break;
  case WUYOU_CLAUSE_HEADING:
    wuyou_sheet_add_heading (sheet, 3, label);
    break;
  case WUYOU_CLAUSE_NUMBERED:
  case WUYOU_CLAUSE_ITEM:
    wuyou_sheet_add_item (sheet, clause->kind == WUYOU_CLAUSE_ITEM ? 1 : 0, marker, text, data, spans->len);
    break;
  case WUYOU_CLAUSE_PARAGRAPH:
  default:
    wuyou_sheet_add_paragraph (sheet, text, data, spans->len);
    break;
  }
}

static gboolean
repeats_title (const WuyouAgreement *document, const WuyouClause *clause)
{
  g_autofree char *text = wuyou_clause_dup_text (clause);

  return clause->kind == WUYOU_CLAUSE_TITLE && g_strcmp0 (text, document->title) == 0;
}

static void
add_document (WuyouSheet *sheet, const WuyouAgreement *document)
{
  g_autofree char *effective = wuyou_date_format_long (document->effective_on);
  g_autofree char *line
      = g_strdup_printf ("%s · %s起生效\n全文 SHA-256 %s", document->version_label, effective, document->sha256);

  wuyou_sheet_break_page (sheet);
  wuyou_sheet_add_title (sheet, document->title, line);
  for (guint i = 0; i < document->clauses->len; i++)
    if (!repeats_title (document, wuyou_agreement_get_clause (document, i)))
      add_clause (sheet, wuyou_agreement_get_clause (document, i));
}

WuyouPaper *
wuyou_agreement_paper_new (const WuyouBundle *bundle, const char *footer, GError **error)
{
  g_autofree char *hash = wuyou_bundle_dup_hash (bundle);
  g_autofree char *stamp = g_strdup_printf ("协议摘要 %.16s", hash);
  const WuyouPaperRunning running = { .title = "协议副本", .number = footer, .stamp = stamp };
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&running);

  for (guint i = 0; i < bundle->documents->len; i++)
    add_document (sheet, wuyou_bundle_get_document (bundle, i));
  return wuyou_sheet_lay_out (sheet, error);
}
