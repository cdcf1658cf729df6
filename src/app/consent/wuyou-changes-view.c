/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-changes-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define COLUMN_WIDTH 1080
#define NARROW 640

struct _WuyouChangesView {
  GtkWidget parent_instance;
  WuyouDiff *diff;
  GtkWidget *scrolled;
  GtkBox *list;
  GPtrArray *pairs; /* GtkBox: before and after of a row; borrowed */
  gboolean narrow;
  guint turn_source;
};

enum { CLAUSE_WANTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouChangesView, wuyou_changes_view, GTK_TYPE_WIDGET)

/* Takes @part. */
static void
add_part (GString *text, guint count, char *part)
{
  if (count > 0) {
    if (text->len > 0)
      g_string_append (text, " · ");
    g_string_append (text, part);
  }
  g_free (part);
}

char *
wuyou_changes_view_describe (const WuyouDiff *diff)
{
  GString *text = g_string_new (NULL);
  guint n;

  n = diff->changed;
  add_part (text, n, g_strdup_printf (ngettext ("%u clause changed", "%u clauses changed", n), n));
  n = diff->added;
  add_part (text, n, g_strdup_printf (ngettext ("%u clause added", "%u clauses added", n), n));
  n = diff->removed;
  add_part (text, n, g_strdup_printf (ngettext ("%u clause removed", "%u clauses removed", n), n));
  n = diff->moved;
  add_part (text, n, g_strdup_printf (ngettext ("%u clause moved", "%u clauses moved", n), n));
  n = diff->renumbered;
  add_part (text, n, g_strdup_printf (ngettext ("%u clause renumbered", "%u clauses renumbered", n), n));
  if (text->len == 0)
    g_string_append (text, _ ("No clause changed"));
  return g_string_free (text, FALSE);
}

/* --- words with what happened to them --- */

typedef struct {
  GString *text;
  PangoAttrList *attributes;
} Words;

static void
words_init (Words *words)
{
  words->text = g_string_new (NULL);
  words->attributes = pango_attr_list_new ();
}

static void
mark (Words *words, gsize start, PangoAttribute *attribute)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) words->text->len;
  pango_attr_list_insert (words->attributes, attribute);
}

static void
mark_removed (Words *words, gsize start)
{
  mark (words, start, pango_attr_strikethrough_new (TRUE));
  mark (words, start, pango_attr_background_new (0xe000, 0x1b00, 0x2400));
  mark (words, start, pango_attr_background_alpha_new (0x3800));
}

static void
mark_added (Words *words, gsize start)
{
  mark (words, start, pango_attr_underline_new (PANGO_UNDERLINE_DOUBLE));
  mark (words, start, pango_attr_background_new (0x2e00, 0xc200, 0x7e00));
  mark (words, start, pango_attr_background_alpha_new (0x4000));
}

static void
mark_change (Words *words, gsize start, gboolean after)
{
  if (after)
    mark_added (words, start);
  else
    mark_removed (words, start);
}

static void
add_number (Words *words, const WuyouClause *clause)
{
  if (*clause->number == '\0')
    return;
  g_string_append (words->text, clause->number);
  g_string_append_c (words->text, ' ');
}

/* Emphasis of the clause itself is kept beside the marks of change. */
static void
mark_emphasis (Words *words, const WuyouClause *clause, gsize base)
{
  gsize at = base;

  for (guint i = 0; i < clause->spans->len; i++) {
    const WuyouSpan *span = &g_array_index (clause->spans, WuyouSpan, i);
    gsize end = at + strlen (span->text);
    PangoAttribute *attribute;

    for (int kind = 0; kind < 2; kind++) {
      if (kind == 0 ? !span->bold : !span->underline)
        continue;
      attribute
          = kind == 0 ? pango_attr_weight_new (PANGO_WEIGHT_BOLD) : pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
      attribute->start_index = (guint) at;
      attribute->end_index = (guint) end;
      pango_attr_list_insert_before (words->attributes, attribute);
    }
    at = end;
  }
}

static void
add_side (Words *words, const WuyouDiffRow *row, gboolean after)
{
  const WuyouClause *clause = after ? row->after : row->before;
  WuyouSegmentKind skipped = after ? WUYOU_SEGMENT_DELETED : WUYOU_SEGMENT_INSERTED;
  g_autofree char *whole = wuyou_clause_dup_text (clause);
  gsize base, start;

  start = words->text->len;
  add_number (words, clause);
  if ((row->flags & WUYOU_DIFF_RENUMBERED) != 0)
    mark_change (words, start, after);
  base = words->text->len;
  for (guint i = 0; row->segments != NULL && i < row->segments->len; i++) {
    const WuyouSegment *segment = &g_array_index (row->segments, WuyouSegment, i);

    if (segment->kind == skipped)
      continue;
    start = words->text->len;
    g_string_append (words->text, segment->text);
    if (segment->kind != WUYOU_SEGMENT_EQUAL)
      mark_change (words, start, after);
  }
  if (row->segments == NULL)
    g_string_append (words->text, whole);
  if (g_str_equal (words->text->str + base, whole))
    mark_emphasis (words, clause, base);
  if ((row->flags & (WUYOU_DIFF_ADDED | WUYOU_DIFF_REMOVED)) != 0)
    mark_change (words, base, after);
}

/* --- widgets --- */

static GtkWidget *
build_caption (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
build_words (const WuyouDiffRow *row, gboolean after)
{
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *name = NULL;
  Words words;

  words_init (&words);
  add_side (&words, row, after);
  pango_attr_list_insert_before (words.attributes, pango_attr_line_height_new (1.35));
  gtk_label_set_text (GTK_LABEL (label), words.text->str);
  gtk_label_set_attributes (GTK_LABEL (label), words.attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  name = g_strdup_printf (after ? _ ("After: %s") : _ ("Before: %s"), words.text->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  pango_attr_list_unref (words.attributes);
  g_string_free (words.text, TRUE);
  return label;
}

static GtkWidget *
build_side (const WuyouDiffRow *row, gboolean after)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *words;

  gtk_box_append (GTK_BOX (box), build_caption (after ? _ ("After") : _ ("Before")));
  if ((after ? row->after : row->before) != NULL) {
    words = build_words (row, after);
  } else {
    words = build_caption (after ? _ ("(removed)") : _ ("(not there before)"));
    gtk_widget_set_valign (words, GTK_ALIGN_START);
  }
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static const char *
get_kind (guint flags)
{
  if ((flags & WUYOU_DIFF_ADDED) != 0)
    return _ ("Added");
  if ((flags & WUYOU_DIFF_REMOVED) != 0)
    return _ ("Removed");
  if ((flags & WUYOU_DIFF_CHANGED) != 0)
    return _ ("Changed");
  if ((flags & WUYOU_DIFF_EMPHASIS) != 0)
    return _ ("Emphasis changed");
  if ((flags & WUYOU_DIFF_MOVED) != 0)
    return _ ("Moved, same words");
  return _ ("Renumbered, same words");
}

static char *
describe_row (const WuyouDiffRow *row)
{
  const WuyouClause *clause = row->after != NULL ? row->after : row->before;
  const char *kind = get_kind (row->flags);
  const char *key = row->key ? _ (" · ★ key clause") : "";

  if (row->before != NULL && row->after != NULL && (row->flags & WUYOU_DIFF_RENUMBERED) != 0)
    return g_strdup_printf ("%s · %s → %s%s", kind, row->before->number, row->after->number, key);
  if (*clause->number == '\0')
    return g_strdup_printf ("%s%s", kind, key);
  return g_strdup_printf ("%s · %s%s", kind, clause->number, key);
}

static void
on_full_text_cb (GtkButton *button, gpointer data)
{
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (button), WUYOU_TYPE_CHANGES_VIEW);
  guint place = GPOINTER_TO_UINT (data);

  g_signal_emit (self, signals[CLAUSE_WANTED], 0, place >> 20, place & 0xfffff);
}

static gboolean
find_place (WuyouChangesView *self, const WuyouDiffRow *row, guint *ret_place)
{
  const WuyouBundle *bundle = self->diff->after;

  for (guint i = 0; row->after != NULL && i < bundle->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);
    int clause = wuyou_agreement_find_clause (document, row->after->id);

    if (clause < 0 || !g_str_equal (document->code, row->code))
      continue;
    *ret_place = i << 20 | (guint) clause;
    return TRUE;
  }
  return FALSE;
}

static GtkWidget *
build_head (WuyouChangesView *self, const WuyouDiffRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *text = describe_row (row);
  GtkWidget *title = gtk_label_new (text), *button;
  guint place;

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (box), title);
  if (find_place (self, row, &place)) {
    button = gtk_button_new_with_label (_ ("In the Text"));
    gtk_widget_add_css_class (button, "flat");
    gtk_widget_add_css_class (button, "caption");
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
    g_signal_connect (button, "clicked", G_CALLBACK (on_full_text_cb), GUINT_TO_POINTER (place));
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

static void
add_row (WuyouChangesView *self, const WuyouDiffRow *row)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  gtk_box_append (GTK_BOX (pair), build_side (row, FALSE));
  gtk_box_append (GTK_BOX (pair), build_side (row, TRUE));
  g_ptr_array_add (self->pairs, pair);
  gtk_box_append (GTK_BOX (card), build_head (self, row));
  gtk_box_append (GTK_BOX (card), pair);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "wuyou-change");
  gtk_box_append (self->list, card);
}

static const char *
get_title (WuyouChangesView *self, const char *code)
{
  WuyouAgreement *document = wuyou_bundle_find_document (self->diff->after, code);

  if (document == NULL)
    document = wuyou_bundle_find_document (self->diff->before, code);
  return document != NULL ? document->title : code;
}

static void
add_title (WuyouChangesView *self, const char *code)
{
  GtkWidget *label = gtk_label_new (get_title (self, code));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_set_margin_top (label, 12);
  gtk_box_append (self->list, label);
}

/* Clauses that kept their words and only moved to another number are told in one line, not shown twice. */
static gboolean
only_moved (const WuyouDiffRow *row)
{
  return (row->flags & (WUYOU_DIFF_ADDED | WUYOU_DIFF_REMOVED | WUYOU_DIFF_CHANGED | WUYOU_DIFF_EMPHASIS)) == 0;
}

static void
add_moved (WuyouChangesView *self, const char *code)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *label;

  for (guint i = 0; i < self->diff->rows->len; i++) {
    const WuyouDiffRow *row = self->diff->rows->pdata[i];

    if (row->flags == WUYOU_DIFF_SAME || !only_moved (row) || !g_str_equal (row->code, code))
      continue;
    g_string_append_printf (text, text->len > 0 ? "   %s → %s" : "%s → %s", row->before->number, row->after->number);
  }
  if (text->len == 0)
    return;
  g_string_prepend (text, _ ("Same words under another number or at another place: "));
  label = build_caption (text->str);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (self->list, label);
}

static void
fill (WuyouChangesView *self)
{
  const char *code = NULL;

  for (guint i = 0; i < self->diff->rows->len; i++) {
    const WuyouDiffRow *row = self->diff->rows->pdata[i];

    if (row->flags == WUYOU_DIFF_SAME)
      continue;
    if (code == NULL || !g_str_equal (code, row->code)) {
      if (code != NULL)
        add_moved (self, code);
      code = row->code;
      add_title (self, code);
    }
    if (!only_moved (row))
      add_row (self, row);
  }
  if (code != NULL)
    add_moved (self, code);
}

static void
add_summary (WuyouChangesView *self)
{
  g_autofree char *counts = wuyou_changes_view_describe (self->diff);
  GtkWidget *title = gtk_label_new (counts), *legend = gtk_label_new (NULL), *note;
  const char *summary = self->diff->after->change_summary;
  g_autofree char *markup
      = g_markup_printf_escaped ("<span strikethrough=\"true\" bgcolor=\"#e01b24\" bgalpha=\"22%%\">%s</span>   "
                                 "<span underline=\"double\" bgcolor=\"#2ec27e\" bgalpha=\"25%%\">%s</span>",
                                 _ ("removed words"), _ ("added words"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "title-3");
  gtk_box_append (self->list, title);
  if (summary != NULL && *summary != '\0') {
    note = gtk_label_new (summary);
    gtk_label_set_xalign (GTK_LABEL (note), 0);
    gtk_label_set_wrap (GTK_LABEL (note), TRUE);
    gtk_box_append (self->list, note);
  }
  gtk_label_set_markup (GTK_LABEL (legend), markup);
  gtk_label_set_xalign (GTK_LABEL (legend), 0);
  gtk_widget_add_css_class (legend, "caption");
  gtk_box_append (self->list, legend);
}

static gboolean
on_turned_cb (gpointer data)
{
  WuyouChangesView *self = data;

  self->turn_source = 0;
  for (guint i = 0; i < self->pairs->len; i++) {
    GtkWidget *pair = self->pairs->pdata[i];

    gtk_orientable_set_orientation (GTK_ORIENTABLE (pair),
                                    self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
    gtk_box_set_homogeneous (GTK_BOX (pair), !self->narrow);
    gtk_box_set_spacing (GTK_BOX (pair), self->narrow ? 10 : 24);
  }
  return G_SOURCE_REMOVE;
}

static void
wuyou_changes_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WuyouChangesView *self = WUYOU_CHANGES_VIEW (widget);
  gboolean narrow = width < NARROW;

  gtk_widget_allocate (self->scrolled, width, height, baseline, NULL);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  if (self->turn_source == 0)
    self->turn_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_turned_cb, self, NULL);
}

static void
wuyou_changes_view_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  gtk_widget_measure (WUYOU_CHANGES_VIEW (widget)->scrolled, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
build (WuyouChangesView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "wuyou-changes");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), COLUMN_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
wuyou_changes_view_new (WuyouDiff *diff)
{
  WuyouChangesView *self = g_object_new (WUYOU_TYPE_CHANGES_VIEW, NULL);

  self->diff = diff;
  add_summary (self);
  fill (self);
  return GTK_WIDGET (self);
}

guint
wuyou_changes_view_get_n_rows (WuyouChangesView *self)
{
  return self->pairs->len;
}

static void
wuyou_changes_view_dispose (GObject *object)
{
  WuyouChangesView *self = WUYOU_CHANGES_VIEW (object);

  g_clear_handle_id (&self->turn_source, g_source_remove);
  g_ptr_array_set_size (self->pairs, 0);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (wuyou_changes_view_parent_class)->dispose (object);
}

static void
wuyou_changes_view_finalize (GObject *object)
{
  WuyouChangesView *self = WUYOU_CHANGES_VIEW (object);

  g_clear_pointer (&self->diff, wuyou_diff_free);
  g_ptr_array_unref (self->pairs);
  G_OBJECT_CLASS (wuyou_changes_view_parent_class)->finalize (object);
}

static void
wuyou_changes_view_class_init (WuyouChangesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_changes_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_changes_view_finalize;
  widget_class->size_allocate = wuyou_changes_view_size_allocate;
  widget_class->measure = wuyou_changes_view_measure;
  signals[CLAUSE_WANTED] = g_signal_new ("clause-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
wuyou_changes_view_init (WuyouChangesView *self)
{
  self->pairs = g_ptr_array_new ();
  build (self);
}
