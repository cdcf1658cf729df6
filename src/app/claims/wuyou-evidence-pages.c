/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-pages.h"

#include <poppler.h>

#include "base/wuyou-error.h"
#include "sales/wuyou-document.h"

#define MOST_WIDTH 4000

struct _WuyouEvidencePages {
  GObject parent_instance;
  GdkTexture *picture;       /* or: */
  PopplerDocument *document; /* one thread at a time */
  GMutex lock;
  guint n;
};

G_DEFINE_FINAL_TYPE (WuyouEvidencePages, wuyou_evidence_pages, G_TYPE_OBJECT)

static gboolean
open_bytes (WuyouEvidencePages *self, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char *type = wuyou_document_sniff (data, length);

  if (g_strcmp0 (type, "application/pdf") == 0) {
    self->document = poppler_document_new_from_bytes (bytes, NULL, NULL);
    self->n = self->document != NULL ? (guint) poppler_document_get_n_pages (self->document) : 0;
  } else if (type != NULL) {
    self->picture = gdk_texture_new_from_bytes (bytes, NULL);
    self->n = self->picture != NULL;
  }
  return self->n > 0;
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (WuyouEvidencePages) self = g_object_new (WUYOU_TYPE_EVIDENCE_PAGES, NULL);

  if (open_bytes (self, data))
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
  else
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE, "neither picture nor PDF");
}

void
wuyou_evidence_pages_open_async (GBytes *bytes,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, open_in_thread);
}

WuyouEvidencePages *
wuyou_evidence_pages_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
wuyou_evidence_pages_get_n (WuyouEvidencePages *self)
{
  return self->n;
}

typedef struct {
  guint page;
  int width;
} Wanted;

static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  gsize size = stride * (gsize) cairo_image_surface_get_height (surface);
  g_autoptr (GBytes) bytes
      = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), size,
                                    (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (surface));

  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface),
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}

static GdkTexture *
draw_page (WuyouEvidencePages *self, const Wanted *wanted)
{
  PopplerPage *page = poppler_document_get_page (self->document, (int) wanted->page);
  double width = 0, height = 0;
  int across = CLAMP (wanted->width, 1, MOST_WIDTH);
  cairo_surface_t *surface;
  GdkTexture *texture;
  cairo_t *cr;

  if (page == NULL)
    return NULL;
  poppler_page_get_size (page, &width, &height);
  width = MAX (width, 1);
  height = CLAMP (height, 1, width * 8);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, across, MAX (1, (int) (height * across / width)));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, across / width, across / width);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  texture = make_texture (surface);
  cairo_surface_destroy (surface);
  g_object_unref (page);
  return texture;
}

static void
draw_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WuyouEvidencePages *self = source;
  GdkTexture *texture;

  g_mutex_lock (&self->lock);
  texture = self->picture != NULL                       ? g_object_ref (self->picture)
            : !g_cancellable_is_cancelled (cancellable) ? draw_page (self, data)
                                                        : NULL;
  g_mutex_unlock (&self->lock);
  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE, "page");
}

void
wuyou_evidence_pages_draw_async (WuyouEvidencePages *self,
                                 guint page,
                                 int width,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wanted wanted = { page, width };

  g_task_set_task_data (task, g_memdup2 (&wanted, sizeof wanted), g_free);
  g_task_run_in_thread (task, draw_in_thread);
}

GdkTexture *
wuyou_evidence_pages_draw_finish (WuyouEvidencePages *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
wuyou_evidence_pages_finalize (GObject *object)
{
  WuyouEvidencePages *self = WUYOU_EVIDENCE_PAGES (object);

  g_clear_object (&self->picture);
  g_clear_object (&self->document);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (wuyou_evidence_pages_parent_class)->finalize (object);
}

static void
wuyou_evidence_pages_class_init (WuyouEvidencePagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_evidence_pages_finalize;
}

static void
wuyou_evidence_pages_init (WuyouEvidencePages *self)
{
  g_mutex_init (&self->lock);
}
