/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "base/wuyou-error.h"
#include "demo/wuyou-demo-evidence.h"
#include "wuyou-paper-press.h"
#include "wuyou-sheet.h"

#define PHOTO_WIDTH 900
#define PHOTO_HEIGHT 1200
#define QUALITY 85

/* As the papers name them. */
static const struct {
  const char *fact, *label;
} labels[] = {
  { "vin", "车辆识别代号" },
  { "plate", "号牌号码" },
  { "owner_name", "所有人" },
  { "loss_on", "出险日期" },
  { "payout_fen", "实际赔付金额" },
  { "sum_insured_fen", "车辆损失保险金额" },
  { "invoice_amount_fen", "价税合计" },
  { "new_vin", "新车车辆识别代号" },
  { "new_invoice_fen", "新车价税合计" },
  { "new_tax_fen", "车辆购置税" },
  { "delivered_on", "交车日期" },
};

gboolean
wuyou_demo_evidence_is_photo (const char *slot)
{
  static const char *const photos[]
      = { "VEHICLE_LICENCE", "DRIVING_LICENCE", "OWNER_IDENTITY", "REGISTRATION_AND_KEYS", NULL };

  return g_strv_contains (photos, slot);
}

typedef struct {
  const WuyouDemoEvidenceFile *file;
  const WuyouClaim *claim;
} Scan;

static void
add_row (GArray *rows, GPtrArray *texts, const char *label, char *value)
{
  const WuyouPaperRow row = { .label = label, .value = value, .wide = TRUE };

  g_ptr_array_add (texts, value);
  if (value != NULL)
    g_array_append_val (rows, row);
}

static void
add_facts (GArray *rows, GPtrArray *texts, const WuyouEvidence *evidence)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    const WuyouField *field = wuyou_record_type_find (&wuyou_evidence_type, labels[i].fact);

    if (wuyou_field_is_set (field, evidence))
      add_row (rows, texts, labels[i].label, wuyou_field_dup_display (field, evidence));
  }
}

static WuyouPaper *
lay_out (const Scan *scan, GError **error)
{
  const WuyouPaperRunning running = { .watermark = "演示样张" };
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&running);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (WuyouPaperRow));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  add_row (rows, texts, "合同编号", g_strdup (scan->claim->contract_number));
  add_row (rows, texts, "报案号", g_strdup (scan->claim->insurer_report_no));
  add_facts (rows, texts, scan->file->added);
  add_row (rows, texts, "日期", wuyou_date_format_long (wuyou_date_of_instant (scan->file->added->created_at)));
  wuyou_sheet_add_title (sheet, scan->file->title, NULL);
  wuyou_sheet_add_grid (sheet, 1, (const WuyouPaperRow *) (gpointer) rows->data, rows->len);
  return wuyou_sheet_lay_out (sheet, error);
}

static GBytes *
render_pdf (gpointer data, GError **error)
{
  const Scan *scan = data;
  const WuyouPaperMetadata metadata = { .title = scan->file->title, .created_at = scan->file->added->created_at };
  g_autoptr (WuyouPaper) paper = lay_out (scan, error);

  return paper != NULL ? wuyou_paper_to_pdf (paper, &metadata, error) : NULL;
}

/* On a table in the evening light, a little askew. */
static void
draw_photo (cairo_t *cr, WuyouPaper *paper, guint tilt)
{
  cairo_pattern_t *light = cairo_pattern_create_linear (0, 0, PHOTO_WIDTH, PHOTO_HEIGHT);
  double scale = 0.86 * PHOTO_HEIGHT / WUYOU_PAPER_HEIGHT;

  cairo_pattern_add_color_stop_rgb (light, 0, 0.46, 0.38, 0.30);
  cairo_pattern_add_color_stop_rgb (light, 1, 0.20, 0.16, 0.13);
  cairo_set_source (cr, light);
  cairo_paint (cr);
  cairo_pattern_destroy (light);
  cairo_translate (cr, PHOTO_WIDTH / 2.0, PHOTO_HEIGHT / 2.0);
  cairo_rotate (cr, ((double) (tilt % 90) - 45) / 900);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -WUYOU_PAPER_WIDTH / 2, -WUYOU_PAPER_HEIGHT / 2);
  cairo_rectangle (cr, 0, 0, WUYOU_PAPER_WIDTH, WUYOU_PAPER_HEIGHT);
  cairo_set_source_rgb (cr, 0.95, 0.94, 0.90);
  cairo_fill (cr);
  wuyou_paper_draw_page (paper, cr, 0);
}

/* A row as cairo has it: four bytes a pixel, in the order of the machine. */
static GBytes *
write_jpeg (cairo_surface_t *surface)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors; /* the one that ends the program: only memory can run out here */
  unsigned char *data = NULL;
  unsigned long size = 0;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  jpeg.image_width = PHOTO_WIDTH;
  jpeg.image_height = PHOTO_HEIGHT;
  jpeg.input_components = 4;
  jpeg.in_color_space = G_BYTE_ORDER == G_LITTLE_ENDIAN ? JCS_EXT_BGRX : JCS_EXT_XRGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, QUALITY, TRUE);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = cairo_image_surface_get_data (surface)
                   + (gsize) jpeg.next_scanline * (gsize) cairo_image_surface_get_stride (surface);

    jpeg_write_scanlines (&jpeg, &row, 1);
  }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (data, size, free, data);
}

static GBytes *
render_photo (gpointer data, GError **error)
{
  const Scan *scan = data;
  g_autoptr (WuyouPaper) paper = lay_out (scan, error);
  cairo_surface_t *surface;
  cairo_status_t status;
  GBytes *photo;
  cairo_t *cr;

  if (paper == NULL)
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, PHOTO_WIDTH, PHOTO_HEIGHT);
  cr = cairo_create (surface);
  draw_photo (cr, paper, g_str_hash (scan->file->added->id));
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  photo = status == CAIRO_STATUS_SUCCESS ? write_jpeg (surface) : NULL;
  cairo_surface_destroy (surface);
  if (photo == NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, cairo_status_to_string (status));
  return photo;
}

GBytes *
wuyou_demo_evidence_scan (const WuyouDemoEvidenceFile *file, const WuyouClaim *claim, GError **error)
{
  Scan scan = { file, claim };

  return wuyou_paper_press_run (wuyou_demo_evidence_is_photo (file->added->slot) ? render_photo : render_pdf, &scan,
                                error);
}
