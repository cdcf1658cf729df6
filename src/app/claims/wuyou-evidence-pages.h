/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pages of a picture or PDF in memory; opened and drawn on threads, one page at a time. */
#define WUYOU_TYPE_EVIDENCE_PAGES (wuyou_evidence_pages_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidencePages, wuyou_evidence_pages, WUYOU, EVIDENCE_PAGES, GObject)

/* Finish: owned; UNSUPPORTED_TYPE when it is neither. */
void wuyou_evidence_pages_open_async (GBytes *bytes,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
WuyouEvidencePages *wuyou_evidence_pages_open_finish (GAsyncResult *result, GError **error);
guint wuyou_evidence_pages_get_n (WuyouEvidencePages *self);
/* @page from 0, as wide as @width where it is drawn (a picture has its own size). Finish: owned. */
void wuyou_evidence_pages_draw_async (WuyouEvidencePages *self,
                                      guint page,
                                      int width,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GdkTexture *wuyou_evidence_pages_draw_finish (WuyouEvidencePages *self, GAsyncResult *result, GError **error);

G_END_DECLS
