/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-paper-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MAX_WIDTH 860

struct _WuyouPaperView {
  GtkWidget parent_instance;
  GtkScrolledWindow *scroller;
  GtkBox *box;
  PopplerDocument *document;
  WuyouPaper *paper;
  WuyouPaperOverlay overlay;
  gboolean has_overlay;
  char *texts[3];
};

G_DEFINE_FINAL_TYPE (WuyouPaperView, wuyou_paper_view, GTK_TYPE_WIDGET)

#define WUYOU_TYPE_PAPER_PAGE (wuyou_paper_page_get_type ())
G_DECLARE_FINAL_TYPE (WuyouPaperPage, wuyou_paper_page, WUYOU, PAPER_PAGE, GtkWidget)

struct _WuyouPaperPage {
  GtkWidget parent_instance;
  WuyouPaperView *view; /* the parent's parent: outlives the page */
  guint number;
  double ratio; /* height of a page one wide */
  cairo_surface_t *picture;
  int picture_width;
};

G_DEFINE_FINAL_TYPE (WuyouPaperPage, wuyou_paper_page, GTK_TYPE_WIDGET)

static void
draw_page (WuyouPaperView *self, cairo_t *cr, guint number)
{
  double width = WUYOU_PAPER_WIDTH, height = WUYOU_PAPER_HEIGHT;

  if (self->paper != NULL) {
    wuyou_paper_draw_page (self->paper, cr, number);
  } else if (self->document != NULL) {
    PopplerPage *page = poppler_document_get_page (self->document, (int) number);

    poppler_page_get_size (page, &width, &height);
    poppler_page_render (page, cr);
    g_object_unref (page);
  }
  if (self->has_overlay)
    wuyou_paper_draw_overlay (cr, width, height, &self->overlay);
}

static void
render (WuyouPaperPage *page, int width, int height, int scale)
{
  double paper_width = WUYOU_PAPER_WIDTH;
  cairo_t *cr;

  g_clear_pointer (&page->picture, cairo_surface_destroy);
  if (page->view->document != NULL) {
    PopplerPage *pdf = poppler_document_get_page (page->view->document, (int) page->number);

    poppler_page_get_size (pdf, &paper_width, NULL);
    g_object_unref (pdf);
  }
  page->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * scale, height * scale);
  page->picture_width = width * scale;
  cr = cairo_create (page->picture);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width * scale / paper_width, width * scale / paper_width);
  draw_page (page->view, cr, page->number);
  cairo_destroy (cr);
}

static gboolean
is_on_screen (WuyouPaperPage *page)
{
  graphene_rect_t bounds;
  int height = gtk_widget_get_height (GTK_WIDGET (page->view->scroller));

  if (!gtk_widget_compute_bounds (GTK_WIDGET (page), GTK_WIDGET (page->view->scroller), &bounds))
    return FALSE;
  return bounds.origin.y + bounds.size.height > -height / 2 && bounds.origin.y < height + height / 2;
}

static void
wuyou_paper_page_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WuyouPaperPage *self = WUYOU_PAPER_PAGE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t *cr;

  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 }, &area);
  if (!is_on_screen (self)) {
    g_clear_pointer (&self->picture, cairo_surface_destroy);
    return;
  }
  if (self->picture == NULL || self->picture_width != width * scale)
    render (self, width, height, scale);
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
wuyou_paper_page_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wuyou_paper_page_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  double ratio = WUYOU_PAPER_PAGE (widget)->ratio;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = 120;
    *natural = MAX_WIDTH;
    return;
  }
  *minimum = *natural = (int) ((for_size > 0 ? for_size : 120) * ratio);
}

static void
wuyou_paper_page_finalize (GObject *object)
{
  g_clear_pointer (&WUYOU_PAPER_PAGE (object)->picture, cairo_surface_destroy);
  G_OBJECT_CLASS (wuyou_paper_page_parent_class)->finalize (object);
}

static void
wuyou_paper_page_class_init (WuyouPaperPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wuyou_paper_page_finalize;
  widget_class->snapshot = wuyou_paper_page_snapshot;
  widget_class->measure = wuyou_paper_page_measure;
  widget_class->get_request_mode = wuyou_paper_page_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wuyou_paper_page_init (WuyouPaperPage *self)
{
}

static double
get_ratio (WuyouPaperView *self, guint number)
{
  double width = WUYOU_PAPER_WIDTH, height = WUYOU_PAPER_HEIGHT;

  if (self->document != NULL) {
    PopplerPage *page = poppler_document_get_page (self->document, (int) number);

    poppler_page_get_size (page, &width, &height);
    g_object_unref (page);
  }
  return width > 0 ? height / width : 1;
}

static guint
get_n_pages (WuyouPaperView *self)
{
  if (self->paper != NULL)
    return wuyou_paper_get_n_pages (self->paper);
  return self->document != NULL ? (guint) poppler_document_get_n_pages (self->document) : 0;
}

static guint
count_children (WuyouPaperView *self)
{
  guint n_children = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_children++;
  return n_children;
}

static void
append_page (WuyouPaperView *self, guint number, guint n_pages)
{
  WuyouPaperPage *page = g_object_new (WUYOU_TYPE_PAPER_PAGE, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Page %u of %u"), number + 1, n_pages);

  page->view = self;
  page->number = number;
  page->ratio = get_ratio (self, number);
  gtk_widget_add_css_class (GTK_WIDGET (page), "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (self->box, GTK_WIDGET (page));
}

/* Pages that stay keep their place, so that a preview does not jump while one types. */
static void
rebuild (WuyouPaperView *self)
{
  guint n_pages = get_n_pages (self);
  guint n_children = count_children (self);

  for (; n_children > n_pages; n_children--)
    gtk_box_remove (self->box, gtk_widget_get_last_child (GTK_WIDGET (self->box)));
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    g_clear_pointer (&WUYOU_PAPER_PAGE (child)->picture, cairo_surface_destroy);
    WUYOU_PAPER_PAGE (child)->ratio = get_ratio (self, WUYOU_PAPER_PAGE (child)->number);
    gtk_widget_queue_resize (child);
    gtk_widget_queue_draw (child);
  }
  for (; n_children < n_pages; n_children++)
    append_page (self, n_children, n_pages);
}

void
wuyou_paper_view_set_document (WuyouPaperView *self, PopplerDocument *document)
{
  g_clear_pointer (&self->paper, wuyou_paper_unref);
  g_set_object (&self->document, document);
  rebuild (self);
}

void
wuyou_paper_view_set_paper (WuyouPaperView *self, WuyouPaper *paper)
{
  g_clear_object (&self->document);
  g_clear_pointer (&self->paper, wuyou_paper_unref);
  self->paper = paper != NULL ? wuyou_paper_ref (paper) : NULL;
  rebuild (self);
}

void
wuyou_paper_view_set_overlay (WuyouPaperView *self, const WuyouPaperOverlay *overlay)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_clear_pointer (&self->texts[i], g_free);
  self->has_overlay = overlay != NULL;
  if (overlay != NULL) {
    self->overlay = *overlay;
    self->overlay.copy_kind = self->texts[0] = g_strdup (overlay->copy_kind);
    self->overlay.printed = self->texts[1] = g_strdup (overlay->printed);
    self->overlay.watermark = self->texts[2] = g_strdup (overlay->watermark);
  }
  rebuild (self);
}

static void
on_scrolled_cb (WuyouPaperView *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    WuyouPaperPage *page = WUYOU_PAPER_PAGE (child);

    if ((page->picture != NULL) != is_on_screen (page))
      gtk_widget_queue_draw (child);
  }
}

static void
wuyou_paper_view_dispose (GObject *object)
{
  WuyouPaperView *self = WUYOU_PAPER_VIEW (object);

  if (self->scroller != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->scroller));
  self->scroller = NULL;
  g_clear_object (&self->document);
  g_clear_pointer (&self->paper, wuyou_paper_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_clear_pointer (&self->texts[i], g_free);
  G_OBJECT_CLASS (wuyou_paper_view_parent_class)->dispose (object);
}

static void
wuyou_paper_view_class_init (WuyouPaperViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_paper_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wuyou_paper_view_init (WuyouPaperView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  g_object_set (self->box, "margin-start", 18, "margin-end", 18, "margin-top", 18, "margin-bottom", 18, NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH + 36);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH + 36);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, clamp);
  gtk_widget_set_parent (GTK_WIDGET (self->scroller), GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (on_scrolled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_paper_view_new (void)
{
  return g_object_new (WUYOU_TYPE_PAPER_VIEW, NULL);
}
