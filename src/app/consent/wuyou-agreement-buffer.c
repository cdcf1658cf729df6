/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-buffer.h"

/* Numbers of one length on one level share the column in which their text begins. */
typedef struct {
  guint level, length;
  GPtrArray *labels; /* char * */
  GtkTextTag *first; /* line with the number */
  GtkTextTag *rest;  /* further lines of the clause */
} Column;

typedef struct {
  guint document, clause;
  int start, end; /* characters */
} Place;

struct _WuyouAgreementBuffer {
  GtkTextBuffer parent_instance;
  WuyouBundle *bundle;
  GArray *places;    /* Place, in reading order */
  GArray *documents; /* guint: index of the first place of each document */
  GPtrArray *columns;
  GtkTextTag *bold, *underline;
};

G_DEFINE_FINAL_TYPE (WuyouAgreementBuffer, wuyou_agreement_buffer, GTK_TYPE_TEXT_BUFFER)

static void
free_column (gpointer data)
{
  g_ptr_array_unref (((Column *) data)->labels);
  g_free (data);
}

static Column *
get_column (WuyouAgreementBuffer *self, guint level, const char *label)
{
  guint length = (guint) g_utf8_strlen (label, -1);
  Column *column;

  for (guint i = 0; i < self->columns->len; i++) {
    column = self->columns->pdata[i];
    if (column->level == level && column->length == length) {
      g_ptr_array_add (column->labels, g_strdup (label));
      return column;
    }
  }
  column = g_new0 (Column, 1);
  column->level = level;
  column->length = length;
  column->labels = g_ptr_array_new_with_free_func (g_free);
  column->first = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self), NULL, "accumulative-margin", TRUE, NULL);
  column->rest = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self), NULL, "accumulative-margin", TRUE, NULL);
  g_ptr_array_add (column->labels, g_strdup (label));
  g_ptr_array_add (self->columns, column);
  return column;
}

static void
insert (WuyouAgreementBuffer *self, const char *text, GtkTextTag *tag, GtkTextTag *other)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self), &end);
  gtk_text_buffer_insert_with_tags (GTK_TEXT_BUFFER (self), &end, text, -1, tag != NULL ? tag : other,
                                    tag != NULL ? other : NULL, NULL);
}

static void
insert_plain (WuyouAgreementBuffer *self, const char *text)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (self), &end);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), &end, text, -1);
}

static void
insert_spans (WuyouAgreementBuffer *self, const WuyouClause *clause)
{
  for (guint i = 0; i < clause->spans->len; i++) {
    const WuyouSpan *span = &g_array_index (clause->spans, WuyouSpan, i);

    if (span->bold || span->underline)
      insert (self, span->text, span->bold ? self->bold : NULL, span->underline ? self->underline : NULL);
    else
      insert_plain (self, span->text);
  }
}

static int
get_length (WuyouAgreementBuffer *self)
{
  return gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self));
}

static void
apply (WuyouAgreementBuffer *self, GtkTextTag *tag, int start, int end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), &from, start);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), &to, end);
  gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self), tag, &from, &to);
}

/* A paragraph's style is that of its first character. */
static void
apply_column (WuyouAgreementBuffer *self, const Column *column, int start, int end)
{
  GtkTextIter line;
  int second;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), &line, start);
  gtk_text_iter_forward_line (&line);
  second = MIN (gtk_text_iter_get_offset (&line), end);
  apply (self, column->first, start, second);
  if (second < end)
    apply (self, column->rest, second, end);
}

static void
apply_named (WuyouAgreementBuffer *self, const char *name, int start, int end)
{
  apply (self, gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self)), name), start, end);
}

/* Markdown's own dash is not shown as such; a list without numbers gets dots. */
static const char *
get_label (const WuyouClause *clause)
{
  if (*clause->number != '\0')
    return clause->number;
  return clause->kind == WUYOU_CLAUSE_ITEM ? "•" : "";
}

static void
insert_hanging (WuyouAgreementBuffer *self, const WuyouClause *clause, int start)
{
  const char *label = get_label (clause);
  Column *column = get_column (self, MAX (clause->level, 2), label);

  insert_plain (self, label);
  insert_plain (self, "\t");
  insert_spans (self, clause);
  apply_column (self, column, start, get_length (self));
}

static void
insert_block (WuyouAgreementBuffer *self, const WuyouClause *clause, const char *style, int start)
{
  const char *label = get_label (clause);

  insert_plain (self, label);
  if (*label != '\0' && clause->spans->len > 0)
    insert_plain (self, " ");
  insert_spans (self, clause);
  apply_named (self, style, start, get_length (self));
}

static void
insert_words (WuyouAgreementBuffer *self, const WuyouClause *clause, int start)
{
  switch (clause->kind) {
  case WUYOU_CLAUSE_NUMBERED:
  case WUYOU_CLAUSE_ITEM:
    insert_hanging (self, clause, start);
    break;
  case WUYOU_CLAUSE_TITLE:
    insert_block (self, clause, "title", start);
    break;
  case WUYOU_CLAUSE_VERSION:
    insert_block (self, clause, "version", start);
    break;
  case WUYOU_CLAUSE_HEADING:
    insert_block (self, clause, "heading", start);
    break;
  case WUYOU_CLAUSE_PARAGRAPH:
  default:
    insert_block (self, clause, "paragraph", start);
    break;
  }
}

static void
insert_clause (WuyouAgreementBuffer *self, guint document, guint index)
{
  const WuyouClause *clause = wuyou_agreement_get_clause (wuyou_bundle_get_document (self->bundle, document), index);
  Place place = { .document = document, .clause = index };

  if (self->places->len > 0)
    insert_plain (self, "\n");
  place.start = get_length (self);
  insert_words (self, clause, place.start);
  place.end = get_length (self);
  g_array_append_val (self->places, place);
}

/* Space stands above each clause, so that lines within one stay together. */
static void
apply_spacing (WuyouAgreementBuffer *self)
{
  for (guint i = 0; i < self->places->len; i++) {
    const Place *place = &g_array_index (self->places, Place, i);
    const WuyouClause *clause
        = wuyou_agreement_get_clause (wuyou_bundle_get_document (self->bundle, place->document), place->clause);
    GtkTextIter line;

    gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), &line, place->start);
    if (clause->kind >= WUYOU_CLAUSE_NUMBERED && !gtk_text_iter_ends_line (&line))
      apply_named (self, clause->kind == WUYOU_CLAUSE_ITEM ? "close" : "apart", place->start, place->start + 1);
    if (place->clause == 0 && place->document > 0)
      apply_named (self, "document", place->start, place->start + 1);
  }
}

static void
create_tags (WuyouAgreementBuffer *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);

  gtk_text_buffer_create_tag (buffer, "base", "line-height", 1.5, NULL);
  gtk_text_buffer_create_tag (buffer, "title", "scale", 1.45, "line-height", 1.25, "pixels-above-lines", 20,
                              "pixels-below-lines", 4, NULL);
  gtk_text_buffer_create_tag (buffer, "version", "scale", 0.9, NULL);
  gtk_text_buffer_create_tag (buffer, "heading", "scale", 1.18, "pixels-above-lines", 22, NULL);
  gtk_text_buffer_create_tag (buffer, "paragraph", NULL);
  gtk_text_buffer_create_tag (buffer, "apart", "pixels-above-lines", 9, NULL);
  gtk_text_buffer_create_tag (buffer, "close", "pixels-above-lines", 3, NULL);
  gtk_text_buffer_create_tag (buffer, "document", "pixels-above-lines", 72, NULL);
  self->bold = gtk_text_buffer_create_tag (buffer, "bold", "weight", PANGO_WEIGHT_BOLD, NULL);
  self->underline = gtk_text_buffer_create_tag (buffer, "underline", "underline", PANGO_UNDERLINE_SINGLE, NULL);
}

static void
fill (WuyouAgreementBuffer *self)
{
  for (guint i = 0; i < self->bundle->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (self->bundle, i);
    guint first = self->places->len;

    g_array_append_val (self->documents, first);
    for (guint j = 0; j < document->clauses->len; j++)
      insert_clause (self, i, j);
  }
  apply_named (self, "base", 0, get_length (self));
  apply_spacing (self);
}

static void
raise_tag (WuyouAgreementBuffer *self, const char *name)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self));

  gtk_text_tag_set_priority (gtk_text_tag_table_lookup (table, name), gtk_text_tag_table_get_size (table) - 1);
}

WuyouAgreementBuffer *
wuyou_agreement_buffer_new (WuyouBundle *bundle)
{
  WuyouAgreementBuffer *self = g_object_new (WUYOU_TYPE_AGREEMENT_BUFFER, NULL);
  GtkTextIter start;

  self->bundle = wuyou_bundle_ref (bundle);
  create_tags (self);
  fill (self);
  raise_tag (self, "document");
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self), &start);
  return self;
}

WuyouBundle *
wuyou_agreement_buffer_get_bundle (WuyouAgreementBuffer *self)
{
  return self->bundle;
}

static const Place *
get_place (WuyouAgreementBuffer *self, guint document, guint clause)
{
  guint first = g_array_index (self->documents, guint, document);

  return &g_array_index (self->places, Place, first + clause);
}

static void
get_range (WuyouAgreementBuffer *self, int start, int end, GtkTextIter *ret_start, GtkTextIter *ret_end)
{
  if (ret_start != NULL)
    gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), ret_start, start);
  if (ret_end != NULL)
    gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self), ret_end, end);
}

void
wuyou_agreement_buffer_get_clause (WuyouAgreementBuffer *self,
                                   guint document,
                                   guint clause,
                                   GtkTextIter *ret_start,
                                   GtkTextIter *ret_end)
{
  const Place *place = get_place (self, document, clause);

  get_range (self, place->start, place->end, ret_start, ret_end);
}

void
wuyou_agreement_buffer_get_document (WuyouAgreementBuffer *self,
                                     guint document,
                                     GtkTextIter *ret_start,
                                     GtkTextIter *ret_end)
{
  guint n_clauses = wuyou_bundle_get_document (self->bundle, document)->clauses->len;

  get_range (self, get_place (self, document, 0)->start, get_place (self, document, n_clauses - 1)->end, ret_start,
             ret_end);
}

void
wuyou_agreement_buffer_locate (WuyouAgreementBuffer *self,
                               const GtkTextIter *at,
                               guint *ret_document,
                               guint *ret_clause)
{
  int offset = gtk_text_iter_get_offset (at);
  guint low = 0, high = self->places->len;
  const Place *place;

  while (high - low > 1) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->places, Place, middle).start <= offset)
      low = middle;
    else
      high = middle;
  }
  place = &g_array_index (self->places, Place, low);
  *ret_document = place->document;
  *ret_clause = place->clause;
}

/* Between two points where emphasis changes it is the same everywhere. */
guint
wuyou_agreement_buffer_count_emphasis (WuyouAgreementBuffer *self)
{
  GtkTextIter iter;
  guint count = 0;

  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &iter);
  do {
    if (gtk_text_iter_has_tag (&iter, self->bold) || gtk_text_iter_has_tag (&iter, self->underline))
      if (gtk_text_iter_is_start (&iter) || gtk_text_iter_toggles_tag (&iter, self->bold)
          || gtk_text_iter_toggles_tag (&iter, self->underline))
        count++;
  } while (gtk_text_iter_forward_to_tag_toggle (&iter, NULL) && !gtk_text_iter_is_end (&iter));
  return count;
}

static int
measure_label (PangoLayout *layout, const char *label)
{
  int width;

  pango_layout_set_text (layout, label, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static void
measure_column (Column *column, PangoLayout *layout)
{
  int em = measure_label (layout, "国"), hang = em;
  int left = column->level > 2 ? (int) (column->level - 2) * em * 2 : 0;
  PangoTabArray *tabs;

  for (guint i = 0; i < column->labels->len; i++)
    hang = MAX (hang, measure_label (layout, column->labels->pdata[i]));
  hang += em * 2 / 3;
  tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, hang);
  g_object_set (column->first, "left-margin", left, "indent", -hang, "tabs", tabs, NULL);
  g_object_set (column->rest, "left-margin", left + hang, NULL);
  pango_tab_array_free (tabs);
}

void
wuyou_agreement_buffer_measure (WuyouAgreementBuffer *self, PangoContext *context)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);

  for (guint i = 0; i < self->columns->len; i++)
    measure_column (self->columns->pdata[i], layout);
}

static void
wuyou_agreement_buffer_finalize (GObject *object)
{
  WuyouAgreementBuffer *self = WUYOU_AGREEMENT_BUFFER (object);

  g_clear_pointer (&self->bundle, wuyou_bundle_unref);
  g_array_unref (self->places);
  g_array_unref (self->documents);
  g_ptr_array_unref (self->columns);
  G_OBJECT_CLASS (wuyou_agreement_buffer_parent_class)->finalize (object);
}

static void
wuyou_agreement_buffer_class_init (WuyouAgreementBufferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_agreement_buffer_finalize;
}

static void
wuyou_agreement_buffer_init (WuyouAgreementBuffer *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->documents = g_array_new (FALSE, FALSE, sizeof (guint));
  self->columns = g_ptr_array_new_with_free_func (free_column);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (self), FALSE);
}
