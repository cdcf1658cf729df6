/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-view.h"

#include <glib/gi18n.h>

#include "consent/wuyou-read-tracker.h"

#define LINE_CHARACTERS 42
#define SIDE_MARGIN 24
#define TOP_MARGIN 12
/* A scroll that begins while lines are still measured is the reader's when keys or pointer were used just before. */
#define INPUT_MOMENT (700 * G_TIME_SPAN_MILLISECOND)
/* A click puts the caret where it hits, which is no reading. */
#define POINTER_MOMENT (60 * G_TIME_SPAN_MILLISECOND)

struct _WuyouAgreementView {
  GtkTextView parent_instance;
  WuyouAgreementBuffer *buffer;
  WuyouReadTracker *tracker;
  GtkAdjustment *adjustment;
  GtkCssProvider *style;
  double *reached; /* per document: how far down the reader's own scrolling came */
  guint n_documents;
  guint settle_source, progress_source;
  guint zoom;
  int width;
  int character; /* width of one, Pango units */
  double value;
  gint64 input_at, pointer_at;
  gboolean settled, jumping, scrolled;
  int wanted; /* offset of a jump that waits for the lines to be measured, -1: none */
  int jumped; /* where the last jump put the caret, -1: the reader moved it since */
};

enum { PROGRESS, REACHED_END, FIRST_SCROLL, MEASURED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouAgreementView, wuyou_agreement_view, GTK_TYPE_TEXT_VIEW)

static void arm (WuyouAgreementView *self);

typedef struct {
  double viewport, content, offset;
} Geometry;

static void
measure (WuyouAgreementView *self, guint document, Geometry *ret_geometry)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter start, end;
  int top, last, height, y;

  wuyou_agreement_buffer_get_document (self->buffer, document, &start, &end);
  gtk_text_view_get_line_yrange (view, &start, &top, NULL);
  gtk_text_view_get_line_yrange (view, &end, &last, &height);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, 0, top, NULL, &y);
  ret_geometry->viewport = gtk_widget_get_height (GTK_WIDGET (self));
  ret_geometry->content = last + height - top;
  ret_geometry->offset = -y;
}

static gboolean
on_progress_due_cb (gpointer data)
{
  WuyouAgreementView *self = data;

  self->progress_source = 0;
  g_signal_emit (self, signals[PROGRESS], 0);
  return G_SOURCE_REMOVE;
}

/* Later, as it also comes while sizes are given out, when nothing on screen may change. */
static void
tell_progress (WuyouAgreementView *self)
{
  if (self->progress_source == 0)
    self->progress_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_progress_due_cb, self, NULL);
}

static void
report_end (WuyouAgreementView *self, guint document)
{
  g_signal_emit (self, signals[REACHED_END], 0, document);
}

static void
take_layout (WuyouAgreementView *self)
{
  for (guint i = 0; i < self->n_documents; i++) {
    Geometry at;

    measure (self, i, &at);
    if (wuyou_read_tracker_layout (self->tracker, i, at.viewport, at.content, at.offset, self->settled))
      report_end (self, i);
  }
  tell_progress (self);
}

static void
note_reached (WuyouAgreementView *self, guint document, const Geometry *at)
{
  double bottom = at->offset + at->viewport;

  if (at->content > 0 && at->offset < at->content)
    self->reached[document] = MAX (self->reached[document], CLAMP (bottom / at->content, 0.0, 1.0));
}

static void
take_scroll (WuyouAgreementView *self, WuyouScrollCause cause)
{
  for (guint i = 0; i < self->n_documents; i++) {
    Geometry at;

    measure (self, i, &at);
    if (cause == WUYOU_SCROLL_READER)
      note_reached (self, i, &at);
    if (wuyou_read_tracker_scroll (self->tracker, i, at.offset, cause))
      report_end (self, i);
  }
  if (cause == WUYOU_SCROLL_READER && !self->scrolled) {
    self->scrolled = TRUE;
    g_signal_emit (self, signals[FIRST_SCROLL], 0);
  }
  tell_progress (self);
}

static gboolean
is_reader_at_work (WuyouAgreementView *self)
{
  return self->settled || g_get_monotonic_time () - self->input_at < INPUT_MOMENT;
}

static void
on_value_changed_cb (WuyouAgreementView *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);

  if (value == self->value)
    return;
  self->value = value;
  if (self->jumping)
    take_scroll (self, WUYOU_SCROLL_JUMP);
  else
    take_scroll (self, is_reader_at_work (self) ? WUYOU_SCROLL_READER : WUYOU_SCROLL_LAYOUT);
}

/* The value that comes with a new size or length is the layout's doing, not the reader's. */
static void
on_adjustment_changed_cb (WuyouAgreementView *self)
{
  self->value = gtk_adjustment_get_value (self->adjustment);
  arm (self);
}

static void
move_to (WuyouAgreementView *self, const GtkTextIter *at)
{
  int y;

  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), at, &y, NULL);
  self->jumping = TRUE;
  gtk_adjustment_set_value (self->adjustment, y);
  self->jumping = FALSE;
}

static void
jump_to (WuyouAgreementView *self, int offset)
{
  GtkTextIter at;

  self->wanted = -1;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &at, offset);
  self->jumped = offset;
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &at);
  move_to (self, &at);
}

static int
measure_character (WuyouAgreementView *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "国");
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return width;
}

/* A new font, scale or zoom shows in the width of a character; the lists hang by it. */
static gboolean
take_font (WuyouAgreementView *self)
{
  int character = measure_character (self);

  if (character == self->character)
    return FALSE;
  self->character = character;
  wuyou_agreement_buffer_measure (self->buffer, gtk_widget_get_pango_context (GTK_WIDGET (self)));
  g_signal_emit (self, signals[MEASURED], 0);
  return TRUE;
}

/* The view measures its lines in idle moments of a higher priority, so this runs when none is left. */
static gboolean
on_settled_cb (gpointer data)
{
  WuyouAgreementView *self = data;

  self->settle_source = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->width <= 1 || self->adjustment == NULL)
    return G_SOURCE_REMOVE;
  if (take_font (self)) {
    arm (self);
    return G_SOURCE_REMOVE;
  }
  self->settled = TRUE;
  take_layout (self);
  if (self->wanted >= 0)
    jump_to (self, self->wanted);
  return G_SOURCE_REMOVE;
}

static void
arm (WuyouAgreementView *self)
{
  self->settled = FALSE;
  if (self->adjustment != NULL && self->width > 1)
    take_layout (self);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_idle_add (on_settled_cb, self);
}

static gboolean
stands_where_it_jumped (WuyouAgreementView *self, guint document, guint clause)
{
  GtkTextIter at;
  guint jumped_document, jumped_clause;

  if (self->jumped < 0)
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &at, self->jumped);
  wuyou_agreement_buffer_locate (self->buffer, &at, &jumped_document, &jumped_clause);
  return jumped_document == document && jumped_clause == clause;
}

/* Keys and screen readers move the caret; that it stays in the clause to which one jumped is no reading either. */
static void
on_cursor_moved_cb (WuyouAgreementView *self)
{
  GtkTextIter at;
  guint document, clause;

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &at,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
  wuyou_agreement_buffer_locate (self->buffer, &at, &document, &clause);
  if (stands_where_it_jumped (self, document, clause))
    return;
  self->jumped = -1;
  if (g_get_monotonic_time () - self->pointer_at < POINTER_MOMENT)
    return;
  if (wuyou_read_tracker_caret (self->tracker, document, clause))
    report_end (self, document);
  tell_progress (self);
}

static gboolean
on_event_cb (WuyouAgreementView *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event)) {
  case GDK_BUTTON_PRESS:
  case GDK_BUTTON_RELEASE:
  case GDK_TOUCH_BEGIN:
  case GDK_TOUCH_UPDATE:
  case GDK_TOUCH_END:
    self->pointer_at = g_get_monotonic_time ();
    self->input_at = self->pointer_at;
    break;
  case GDK_KEY_PRESS:
  case GDK_SCROLL:
    self->input_at = g_get_monotonic_time ();
    break;
  default:
    break;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
on_adjustment_set_cb (WuyouAgreementView *self)
{
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_set_object (&self->adjustment, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)));
  if (self->adjustment == NULL)
    return;
  self->value = gtk_adjustment_get_value (self->adjustment);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (on_adjustment_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (on_value_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
name_for_readers (WuyouAgreementView *self)
{
  WuyouBundle *bundle = wuyou_agreement_buffer_get_bundle (self->buffer);
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < bundle->documents->len; i++) {
    if (i > 0)
      /* Translators: between the titles of documents. */
      g_string_append (titles, _ (", "));
    g_string_append (titles, wuyou_bundle_get_document (bundle, i)->title);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, titles->str, -1);
}

static void
take_buffer (WuyouAgreementView *self, WuyouAgreementBuffer *buffer)
{
  WuyouBundle *bundle = wuyou_agreement_buffer_get_bundle (buffer);

  self->buffer = g_object_ref (buffer);
  self->n_documents = bundle->documents->len;
  self->tracker = wuyou_read_tracker_new (self->n_documents);
  self->reached = g_new0 (double, self->n_documents);
  for (guint i = 0; i < self->n_documents; i++)
    wuyou_read_tracker_set_clauses (self->tracker, i, wuyou_bundle_get_document (bundle, i)->clauses->len);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), GTK_TEXT_BUFFER (buffer));
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved_cb), self, G_CONNECT_SWAPPED);
  name_for_readers (self);
}

GtkWidget *
wuyou_agreement_view_new (WuyouAgreementBuffer *buffer)
{
  WuyouAgreementView *self = g_object_new (WUYOU_TYPE_AGREEMENT_VIEW, NULL);

  take_buffer (self, buffer);
  return GTK_WIDGET (self);
}

WuyouAgreementBuffer *
wuyou_agreement_view_get_buffer (WuyouAgreementView *self)
{
  return self->buffer;
}

gboolean
wuyou_agreement_view_is_complete (WuyouAgreementView *self)
{
  return wuyou_read_tracker_is_complete (self->tracker);
}

gboolean
wuyou_agreement_view_is_read (WuyouAgreementView *self, guint document)
{
  return wuyou_read_tracker_is_read (self->tracker, document);
}

guint
wuyou_agreement_view_get_percent (WuyouAgreementView *self, guint document)
{
  return wuyou_read_tracker_get_percent (self->tracker, document);
}

guint
wuyou_agreement_view_get_total (WuyouAgreementView *self)
{
  return wuyou_read_tracker_get_total (self->tracker);
}

int
wuyou_agreement_view_get_next (WuyouAgreementView *self)
{
  return wuyou_read_tracker_get_next (self->tracker);
}

gboolean
wuyou_agreement_view_is_settled (WuyouAgreementView *self)
{
  return self->settled;
}

static void
jump_when_settled (WuyouAgreementView *self, const GtkTextIter *at)
{
  if (self->settled)
    jump_to (self, gtk_text_iter_get_offset (at));
  else
    self->wanted = gtk_text_iter_get_offset (at);
}

void
wuyou_agreement_view_jump (WuyouAgreementView *self, guint document, guint clause)
{
  GtkTextIter at;

  wuyou_agreement_buffer_get_clause (self->buffer, document, clause, &at, NULL);
  jump_when_settled (self, &at);
}

/* One line above the last one seen, so that nothing is missed. */
void
wuyou_agreement_view_resume (WuyouAgreementView *self, guint document)
{
  GtkTextIter at;
  Geometry geometry;
  int top;
  double back;

  wuyou_agreement_buffer_get_document (self->buffer, document, &at, NULL);
  measure (self, document, &geometry);
  back = self->reached[document] * geometry.content - geometry.viewport;
  if (self->settled && back > 0 && self->reached[document] < 1) {
    gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &at, &top, NULL);
    gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (self), &at, top + (int) back, NULL);
  }
  jump_when_settled (self, &at);
}

void
wuyou_agreement_view_show_match (WuyouAgreementView *self, const GtkTextIter *at)
{
  GdkRectangle where;
  int height = gtk_widget_get_height (GTK_WIDGET (self)), y;

  self->jumped = gtk_text_iter_get_offset (at);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), at);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), at, &where);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, where.x, where.y, NULL, &y);
  if (y >= 0 && y + where.height <= height)
    return;
  self->jumping = TRUE;
  gtk_adjustment_set_value (self->adjustment, MAX (where.y - height / 3, 0));
  self->jumping = FALSE;
}

void
wuyou_agreement_view_get_place (WuyouAgreementView *self, guint *ret_document, guint *ret_clause)
{
  GtkTextIter at;
  int y;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, 0, 2 * TOP_MARGIN, NULL, &y);
  gtk_text_view_get_line_at_y (GTK_TEXT_VIEW (self), &at, y, NULL);
  wuyou_agreement_buffer_locate (self->buffer, &at, ret_document, ret_clause);
}

void
wuyou_agreement_view_set_zoom (WuyouAgreementView *self, guint percent)
{
  g_autofree char *css = NULL;

  self->zoom = CLAMP (percent, 50, 300);
  css = g_strdup_printf ("textview { font-size: %u%%; }", self->zoom * 11 / 10);
  gtk_css_provider_load_from_data (self->style, css, -1);
  arm (self);
}

guint
wuyou_agreement_view_get_zoom (WuyouAgreementView *self)
{
  return self->zoom;
}

int
wuyou_agreement_view_get_line_width (WuyouAgreementView *self)
{
  return PANGO_PIXELS (measure_character (self)) * LINE_CHARACTERS + 2 * SIDE_MARGIN;
}

/* Before the lines are broken anew, so that what follows from it is not taken for reading. */
static void
wuyou_agreement_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WuyouAgreementView *self = WUYOU_AGREEMENT_VIEW (widget);
  gboolean other = width != self->width;

  if (other)
    self->settled = FALSE;
  GTK_WIDGET_CLASS (wuyou_agreement_view_parent_class)->size_allocate (widget, width, height, baseline);
  self->width = width;
  if (other)
    arm (self);
}

static void
wuyou_agreement_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wuyou_agreement_view_parent_class)->root (widget);
  take_font (WUYOU_AGREEMENT_VIEW (widget));
}

static void
wuyou_agreement_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wuyou_agreement_view_parent_class)->map (widget);
  arm (WUYOU_AGREEMENT_VIEW (widget));
}

static void
wuyou_agreement_view_dispose (GObject *object)
{
  WuyouAgreementView *self = WUYOU_AGREEMENT_VIEW (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  G_OBJECT_CLASS (wuyou_agreement_view_parent_class)->dispose (object);
}

static void
wuyou_agreement_view_finalize (GObject *object)
{
  WuyouAgreementView *self = WUYOU_AGREEMENT_VIEW (object);

  g_clear_object (&self->buffer);
  g_clear_object (&self->style);
  g_clear_pointer (&self->tracker, wuyou_read_tracker_free);
  g_free (self->reached);
  G_OBJECT_CLASS (wuyou_agreement_view_parent_class)->finalize (object);
}

static void
wuyou_agreement_view_class_init (WuyouAgreementViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = wuyou_agreement_view_dispose;
  object_class->finalize = wuyou_agreement_view_finalize;
  widget_class->size_allocate = wuyou_agreement_view_size_allocate;
  widget_class->root = wuyou_agreement_view_root;
  widget_class->map = wuyou_agreement_view_map;
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REACHED_END]
      = g_signal_new ("reached-end", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MEASURED] = g_signal_new ("measured", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FIRST_SCROLL] = g_signal_new ("first-scroll", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_agreement_view_init (WuyouAgreementView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  self->wanted = -1;
  self->jumped = -1;
  self->zoom = 100;
  self->style = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (self->style, "textview { font-size: 110%; }", -1);
  gtk_style_context_add_provider (gtk_widget_get_style_context (GTK_WIDGET (self)), GTK_STYLE_PROVIDER (self->style),
                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (view, SIDE_MARGIN);
  gtk_text_view_set_right_margin (view, SIDE_MARGIN);
  gtk_text_view_set_top_margin (view, TOP_MARGIN);
  gtk_text_view_set_bottom_margin (view, 4 * TOP_MARGIN);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  g_signal_connect (self, "notify::vadjustment", G_CALLBACK (on_adjustment_set_cb), NULL);
}
