/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-raster.h"

#include <string.h>

/* Averages by area: in units of 1/to_width, a pixel of the large picture is to_width wide and one of the small picture
 * width, so that each large one falls into one or two of the small ones. The same for rows. */
struct _WuyouRasterSink {
  int width, height;
  WuyouRaster *raster;
  guint32 *line; /* one row, averaged across: 8.8 bits a value */
  guint32 *sums; /* the small row that is being filled: 8.8 bits × height */
  int y;         /* rows taken */
};

WuyouRasterSink *
wuyou_raster_sink_new (int width, int height, int to_width, int to_height)
{
  WuyouRasterSink *sink = g_new (WuyouRasterSink, 1);

  *sink = (WuyouRasterSink){
    .width = width,
    .height = height,
    .raster = wuyou_raster_new (to_width, to_height),
    .line = g_new0 (guint32, (gsize) to_width * 3),
    .sums = g_new0 (guint32, (gsize) to_width * 3),
  };
  return sink;
}

void
wuyou_raster_sink_free (WuyouRasterSink *sink)
{
  if (sink == NULL)
    return;
  wuyou_raster_free (sink->raster);
  g_free (sink->line);
  g_free (sink->sums);
  g_free (sink);
}

static void
add_weighted (guint32 *to, const guint8 *pixel, guint32 weight)
{
  for (int i = 0; i < 3; i++)
    to[i] += pixel[i] * weight;
}

static void
average_across (WuyouRasterSink *sink, const guint8 *row)
{
  guint32 width = (guint32) sink->width;
  guint32 step = (guint32) sink->raster->width;
  guint32 room = width; /* what is left of the small pixel */
  guint32 *to = sink->line;

  memset (sink->line, 0, step * 3 * sizeof *sink->line);
  for (guint32 x = 0; x < width; x++, row += 3) {
    guint32 first = MIN (room, step);

    add_weighted (to, row, first);
    room -= first;
    if (room == 0) {
      to += 3;
      room = width;
      if (step > first)
        add_weighted (to, row, step - first);
      room -= step - first;
    }
  }
  for (guint32 i = 0; i < step * 3; i++)
    sink->line[i] = sink->line[i] * 256u / width;
}

static void
add_line (WuyouRasterSink *sink, guint32 weight)
{
  for (int i = 0; i < sink->raster->width * 3; i++)
    sink->sums[i] += sink->line[i] * weight;
}

static void
put_row (WuyouRasterSink *sink, int y)
{
  gsize length = (gsize) sink->raster->width * 3;
  guint8 *out = sink->raster->rgb + (gsize) y * length;

  for (gsize i = 0; i < length; i++)
    out[i] = (guint8) ((sink->sums[i] / (guint32) sink->height + 128) >> 8);
  memset (sink->sums, 0, length * sizeof *sink->sums);
}

void
wuyou_raster_sink_push (WuyouRasterSink *sink, const guint8 *row)
{
  gint64 step = sink->raster->height;
  gint64 start = sink->y * step;
  gint64 small = start / sink->height;
  gint64 first = MIN (step, (small + 1) * sink->height - start);

  g_return_if_fail (sink->y < sink->height);
  if (sink->width == sink->raster->width && sink->height == sink->raster->height) {
    memcpy (sink->raster->rgb + (gsize) sink->y++ * (gsize) sink->width * 3, row, (gsize) sink->width * 3);
    return;
  }
  average_across (sink, row);
  sink->y++;
  add_line (sink, (guint32) first);
  if (start + first == (small + 1) * sink->height)
    put_row (sink, (int) small);
  if (step > first)
    add_line (sink, (guint32) (step - first));
}

WuyouRaster *
wuyou_raster_sink_finish (WuyouRasterSink *sink)
{
  WuyouRaster *raster = g_steal_pointer (&sink->raster);

  wuyou_raster_sink_free (sink);
  return raster;
}
