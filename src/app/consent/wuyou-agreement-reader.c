/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-reader.h"

#include <glib/gi18n.h>

#include "consent/wuyou-agreement-contents.h"
#include "consent/wuyou-agreement-diff.h"
#include "consent/wuyou-agreement-find.h"
#include "consent/wuyou-changes-view.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-text-scale.h"

#define CONTENTS_WIDTH 272
/* With less for the text the contents give way. */
#define TEXT_WIDTH 400

struct _WuyouAgreementReader {
  GtkWidget parent_instance;
  WuyouAgreementView *view;
  GtkWidget *contents, *separator, *content;
  gboolean folded, shows_contents;
  GtkStack *stack;
  GtkWidget *clamp;
  GtkWidget *changes;
  WuyouAgreementFind *find;
  guint fold_source;
};

enum { PROP_0, PROP_FOLDED, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGES_SHOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouAgreementReader, wuyou_agreement_reader, GTK_TYPE_WIDGET)

/* Not only an allocation of this one: a text that is laid out for the first time asks for its size anew meanwhile,
 * which GTK 4.8 forgets on the way up when what is in between was passed over; the next frame is empty then. */
static void
set_shows_contents (WuyouAgreementReader *self, gboolean shows)
{
  if (shows == self->shows_contents)
    return;
  self->shows_contents = shows;
  gtk_widget_queue_resize (self->content);
}

static void
show_text (WuyouAgreementReader *self)
{
  gtk_stack_set_visible_child_name (self->stack, "text");
  set_shows_contents (self, FALSE);
}

static void
on_jumped_cb (WuyouAgreementReader *self)
{
  show_text (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_clause_wanted_cb (WuyouAgreementReader *self, guint document, guint clause)
{
  wuyou_agreement_view_jump (self->view, document, clause);
  on_jumped_cb (self);
}

static void
on_measured_cb (WuyouAgreementReader *self)
{
  int width = wuyou_agreement_view_get_line_width (self->view);

  g_object_set (self->clamp, "maximum-size", width, "tightening-threshold", width, NULL);
}

static GtkWidget *
build_text (WuyouAgreementReader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->clamp = adw_clamp_scrollable_new ();
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (self->clamp), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_ALWAYS);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_widget_add_css_class (scrolled, "view");
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->find = WUYOU_AGREEMENT_FIND (wuyou_agreement_find_new (self->view));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->find));
  gtk_box_append (GTK_BOX (box), scrolled);
  g_signal_connect_object (self->view, "measured", G_CALLBACK (on_measured_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static void
on_changes_mapped_cb (WuyouAgreementReader *self)
{
  g_signal_emit (self, signals[CHANGES_SHOWN], 0);
}

static void
add_changes (WuyouAgreementReader *self, WuyouBundle *bundle, WuyouBundle *accepted)
{
  self->changes = wuyou_changes_view_new (wuyou_agreement_diff (accepted, bundle));
  gtk_stack_add_titled (self->stack, self->changes, "changes", _ ("What Changed"));
  g_signal_connect_object (self->changes, "clause-wanted", G_CALLBACK (on_clause_wanted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->changes, "map", G_CALLBACK (on_changes_mapped_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
build_content (WuyouAgreementReader *self, WuyouBundle *bundle, WuyouBundle *accepted)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *switcher;

  self->stack = GTK_STACK (gtk_stack_new ());
  if (accepted != NULL)
    add_changes (self, bundle, accepted);
  gtk_stack_add_titled (self->stack, build_text (self), "text", _ ("Full Text"));
  if (accepted != NULL) {
    switcher = gtk_stack_switcher_new ();
    gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
    gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
    if (wuyou_text_is_large (switcher))
      gtk_orientable_set_orientation (GTK_ORIENTABLE (switcher), GTK_ORIENTATION_VERTICAL);
    gtk_widget_add_css_class (switcher, "wuyou-contents-switcher");
    gtk_box_append (GTK_BOX (box), switcher);
  }
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

static gboolean
on_fold_settled_cb (gpointer data)
{
  WuyouAgreementReader *self = data;

  self->fold_source = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

/* It folds while sizes are given out, when nothing else may change; who shows a button for it hears of it later. */
static void
set_folded (WuyouAgreementReader *self, gboolean folded)
{
  if (folded == self->folded)
    return;
  self->folded = folded;
  self->shows_contents = FALSE;
  if (self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_fold_settled_cb, self, NULL);
}

static void
allocate_at (GtkWidget *child, int x, int width, int height)
{
  g_autoptr (GskTransform) transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, 0));

  gtk_widget_set_child_visible (child, width > 0);
  if (width > 0)
    gtk_widget_allocate (child, width, height, -1, g_steal_pointer (&transform));
}

static int
get_width (GtkWidget *child, gboolean natural)
{
  int least, wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  return natural ? wanted : least;
}

static int
get_side_width (WuyouAgreementReader *self)
{
  return MAX (CONTENTS_WIDTH, get_width (self->contents, FALSE));
}

static gboolean
is_narrow (WuyouAgreementReader *self, int width)
{
  return width < get_side_width (self) + get_width (self->separator, FALSE)
                     + MAX (TEXT_WIDTH, get_width (self->content, FALSE));
}

void
wuyou_agreement_reader_fold_for (WuyouAgreementReader *self, int width)
{
  self->folded = is_narrow (self, width);
}

static void
wuyou_agreement_reader_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WuyouAgreementReader *self = WUYOU_AGREEMENT_READER (widget);
  int side = get_side_width (self), line = get_width (self->separator, FALSE);
  gboolean right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  set_folded (self, is_narrow (self, width));
  if (self->folded) {
    allocate_at (self->separator, 0, 0, height);
    allocate_at (self->contents, 0, self->shows_contents ? width : 0, height);
    allocate_at (self->content, 0, self->shows_contents ? 0 : width, height);
    return;
  }
  allocate_at (self->contents, right ? width - side : 0, side, height);
  allocate_at (self->separator, right ? width - side - line : side, line, height);
  allocate_at (self->content, right ? 0 : side + line, width - side - line, height);
}

/* As narrow as one of them may be: the contents give way. */
static void
wuyou_agreement_reader_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  WuyouAgreementReader *self = WUYOU_AGREEMENT_READER (widget);
  int least, wanted;

  gtk_widget_measure (self->contents, orientation, -1, minimum, natural, NULL, NULL);
  gtk_widget_measure (self->content, orientation, -1, &least, &wanted, NULL, NULL);
  *minimum = MAX (*minimum, least);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? *natural + wanted : MAX (*natural, wanted);
}

static GtkSizeRequestMode
wuyou_agreement_reader_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
build (WuyouAgreementReader *self, WuyouBundle *bundle, WuyouBundle *accepted)
{
  self->contents = wuyou_agreement_contents_new (self->view);
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  self->content = build_content (self, bundle, accepted);
  gtk_widget_add_css_class (self->contents, "wuyou-sidebar");
  g_signal_connect_object (self->contents, "jumped", G_CALLBACK (on_jumped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->contents, GTK_WIDGET (self));
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
wuyou_agreement_reader_new (WuyouBundle *bundle, WuyouBundle *accepted)
{
  WuyouAgreementReader *self = g_object_new (WUYOU_TYPE_AGREEMENT_READER, NULL);
  g_autoptr (WuyouAgreementBuffer) buffer = wuyou_agreement_buffer_new (bundle);

  self->view = WUYOU_AGREEMENT_VIEW (wuyou_agreement_view_new (buffer));
  build (self, bundle, accepted);
  return GTK_WIDGET (self);
}

void
wuyou_agreement_reader_hide_progress (WuyouAgreementReader *self)
{
  wuyou_agreement_contents_hide_progress (WUYOU_AGREEMENT_CONTENTS (self->contents));
}

WuyouAgreementView *
wuyou_agreement_reader_get_view (WuyouAgreementReader *self)
{
  return self->view;
}

gboolean
wuyou_agreement_reader_has_changes (WuyouAgreementReader *self)
{
  return self->changes != NULL;
}

void
wuyou_agreement_reader_show_changes (WuyouAgreementReader *self, gboolean changes)
{
  if (!changes || self->changes == NULL) {
    on_jumped_cb (self);
    return;
  }
  gtk_stack_set_visible_child (self->stack, self->changes);
  set_shows_contents (self, FALSE);
  gtk_widget_grab_focus (self->changes);
}

gboolean
wuyou_agreement_reader_shows_changes (WuyouAgreementReader *self)
{
  return self->changes != NULL && gtk_stack_get_visible_child (self->stack) == self->changes;
}

void
wuyou_agreement_reader_find (WuyouAgreementReader *self)
{
  show_text (self);
  wuyou_agreement_find_open (self->find);
}

void
wuyou_agreement_reader_toggle_contents (WuyouAgreementReader *self)
{
  set_shows_contents (self, !self->shows_contents);
}

void
wuyou_agreement_reader_go_on (WuyouAgreementReader *self)
{
  int next = wuyou_agreement_view_get_next (self->view);

  show_text (self);
  if (next >= 0)
    wuyou_agreement_view_resume (self->view, (guint) next);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
wuyou_agreement_reader_grab_focus (GtkWidget *widget)
{
  WuyouAgreementReader *self = WUYOU_AGREEMENT_READER (widget);

  return gtk_widget_grab_focus (wuyou_agreement_reader_shows_changes (self) ? self->changes : GTK_WIDGET (self->view));
}

static void
wuyou_agreement_reader_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_FOLDED)
    g_value_set_boolean (value, WUYOU_AGREEMENT_READER (object)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wuyou_agreement_reader_dispose (GObject *object)
{
  WuyouAgreementReader *self = WUYOU_AGREEMENT_READER (object);

  g_clear_handle_id (&self->fold_source, g_source_remove);
  g_clear_pointer (&self->contents, gtk_widget_unparent);
  g_clear_pointer (&self->separator, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (wuyou_agreement_reader_parent_class)->dispose (object);
}

static void
wuyou_agreement_reader_class_init (WuyouAgreementReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_agreement_reader_dispose;
  G_OBJECT_CLASS (klass)->get_property = wuyou_agreement_reader_get_property;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_agreement_reader_grab_focus);
  GTK_WIDGET_CLASS (klass)->measure = wuyou_agreement_reader_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = wuyou_agreement_reader_size_allocate;
  GTK_WIDGET_CLASS (klass)->get_request_mode = wuyou_agreement_reader_get_request_mode;
  properties[PROP_FOLDED]
      = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[CHANGES_SHOWN] = g_signal_new ("changes-shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
}

static void
wuyou_agreement_reader_init (WuyouAgreementReader *self)
{
}
