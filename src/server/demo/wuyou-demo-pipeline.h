/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Work that is prepared by several threads and taken in order by one: chunk 0, 1, 2 … @n - 1. */
typedef struct {
  guint n, threads;
  gpointer (*prepare) (guint chunk, gpointer data, GError **error); /* any thread; NULL stops everything */
  gboolean (*take) (guint chunk, gpointer prepared, gpointer data, GError **error); /* the caller's thread; owns it */
  void (*drop) (gpointer prepared);                                                 /* one that is not taken any more */
  gpointer data;
} WuyouDemoPipeline;

gboolean wuyou_demo_pipeline_run (const WuyouDemoPipeline *pipeline, GError **error);

G_END_DECLS
