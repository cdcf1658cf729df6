/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

#include "wuyou-paper-sample.h"
#include "wuyou-test.h"

/* papers.contract: packets to PDF a second, beside the same text through bare Pango and Cairo. Both run in one
 * thread, by turns; the answer is the median of the rounds, as one line of JSON. */
#define ROUNDS 7
#define PACKETS 12

static cairo_status_t
count_bytes (gpointer closure, const guchar *data, guint length)
{
  *(gsize *) closure += length;
  return CAIRO_STATUS_SUCCESS;
}

static double
show_lines (cairo_t *cr, const char *text, double y)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Noto Sans CJK SC 9.5");
  int height;

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, 475 * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  if (y + height > 780) {
    cairo_show_page (cr);
    y = 60;
  }
  cairo_move_to (cr, 60, y);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
  return y + height;
}

static gsize
write_bare (char **lines)
{
  gsize size = 0;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (count_bytes, &size, 595, 842);
  cairo_t *cr = cairo_create (surface);
  double y = 60;

  for (char **line = lines; *line != NULL; line++)
    y = show_lines (cr, *line, y);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return size;
}

static gsize
write_packet (const WuyouPaperSample *sample)
{
  g_autoptr (WuyouPaper) paper = wuyou_contract_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, NULL);
  g_autoptr (GBytes) pdf = wuyou_paper_to_pdf (paper, NULL, NULL);

  return g_bytes_get_size (pdf);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_rate (gint64 start)
{
  return PACKETS * (double) G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
}

int
main (int argc, char **argv)
{
  double packet[ROUNDS], bare[ROUNDS], ratio[ROUNDS];
  gsize packet_size = 0, bare_size = 0;

  wuyou_test_init (&argc, &argv);
  {
    g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
    g_autoptr (WuyouPaper) paper = wuyou_contract_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, NULL);
    g_autoptr (GBytes) pdf = wuyou_paper_to_pdf (paper, NULL, NULL);
    g_autofree char *text = wuyou_paper_read_text (pdf, "-layout");
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    for (guint round = 0; round < ROUNDS; round++) {
      gint64 start = g_get_monotonic_time ();

      for (guint i = 0; i < PACKETS; i++)
        packet_size = write_packet (sample);
      packet[round] = get_rate (start);
      start = g_get_monotonic_time ();
      for (guint i = 0; i < PACKETS; i++)
        bare_size = write_bare (lines);
      bare[round] = get_rate (start);
      ratio[round] = packet[round] / bare[round];
    }
  }
  qsort (packet, ROUNDS, sizeof *packet, compare);
  qsort (bare, ROUNDS, sizeof *bare, compare);
  qsort (ratio, ROUNDS, sizeof *ratio, compare);
  g_print ("{\"name\":\"papers.contract\",\"unit\":\"packets/s\",\"value\":%.2f,\"floor\":%.2f,\"ratio\":%.2f,"
           "\"bytes\":%" G_GSIZE_FORMAT ",\"floor_bytes\":%" G_GSIZE_FORMAT
           ",\"floor_is\":\"the same text, bare Pango %s and Cairo %s, one thread\"}\n",
           packet[ROUNDS / 2], bare[ROUNDS / 2], ratio[ROUNDS / 2], packet_size, bare_size, pango_version_string (),
           cairo_version_string ());
  return 0;
}
