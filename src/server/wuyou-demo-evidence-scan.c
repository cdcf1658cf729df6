/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "wuyou-demo-evidence.h"
#include "wuyou-paper-press.h"
#include "wuyou-sheet.h"

#define PHOTO_WIDTH 900
#define PHOTO_HEIGHT 1200
#define BYTES_AT_LEAST (64 * 1024)

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

static cairo_status_t
append_bytes (gpointer closure, const guchar *data, guint length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
render_photo (gpointer data, GError **error)
{
  const Scan *scan = data;
  g_autoptr (WuyouPaper) paper = lay_out (scan, error);
  GByteArray *out;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (paper == NULL)
    return NULL;
  out = g_byte_array_sized_new (BYTES_AT_LEAST);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, PHOTO_WIDTH, PHOTO_HEIGHT);
  cr = cairo_create (surface);
  draw_photo (cr, paper, g_str_hash (scan->file->added->id));
  status = cairo_surface_write_to_png_stream (surface, append_bytes, out);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (out);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, cairo_status_to_string (status));
  g_byte_array_unref (out);
  return NULL;
}

GBytes *
wuyou_demo_evidence_scan (const WuyouDemoEvidenceFile *file, const WuyouClaim *claim, GError **error)
{
  Scan scan = { file, claim };

  return wuyou_paper_press_run (wuyou_demo_evidence_is_photo (file->added->slot) ? render_photo : render_pdf, &scan,
                                error);
}
