/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-evidence-test.h"

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "base/wuyou-json.h"

#define N_FILLED 8 /* places that files are spread over */

static const struct {
  const char *slot, *title, *phase, *form;
  gboolean required, sensitive;
  const char *when;
} rows[] = {
  { "SERVICE_CONTRACT", "服务合同", "LOSS", "COPY", TRUE, FALSE },
  { "COMMERCIAL_POLICY", "出险时有效的商业保险单", "LOSS", "COPY", TRUE, FALSE },
  { "LOSS_NOTICE", "出险通知书", "LOSS", "STAMPED_COPY", TRUE, FALSE },
  { "DETERMINATION", "保险公司全损（推定全损）认定书及一次性赔偿协议", "LOSS", "STAMPED_COPY", TRUE, FALSE },
  { "PAYOUT_CALCULATION", "赔款计算书", "LOSS", "STAMPED_COPY", TRUE, FALSE },
  { "FIRST_INVOICE", "原车购车发票", "LOSS", "ORIGINAL", TRUE, FALSE },
  { "ACCIDENT_CERTIFICATE", "交通事故认定书", "LOSS", "ORIGINAL", FALSE, FALSE, "发生碰撞" },
  { "SCENE_PHOTOS", "事故现场照片", "LOSS", "COPY", FALSE, FALSE },
  { "OWNER_IDENTITY", "车主身份证", "LOSS", "COPY", TRUE, TRUE },
  { "PAYOUT_SLIP", "划账水单", "LOSS", "COPY", TRUE, TRUE },
  { "NEW_PURCHASE_CONTRACT", "新车购车合同", "REPLACEMENT", "COPY", TRUE, FALSE },
  { "NEW_INVOICE", "新车购车发票", "REPLACEMENT", "ORIGINAL", TRUE, FALSE },
  { "DELIVERY_RECEIPT", "新车交接单", "REPLACEMENT", "ORIGINAL", FALSE, FALSE },
};

char *
wuyou_evidence_test_id (guint file)
{
  return g_strdup_printf ("0199a0b1-0000-7000-8000-%012x", 0xe000 + file);
}

static void
write_rows (GString *out, const WuyouEvidenceTestClaim *claim)
{
  wuyou_json_begin_array (out, "checklist");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "slot", rows[i].slot);
    wuyou_json_add_string (out, "title", rows[i].title);
    wuyou_json_add_string (out, "phase", rows[i].phase);
    wuyou_json_add_string (out, "form", rows[i].form);
    wuyou_json_add_boolean (out, "required", rows[i].required);
    wuyou_json_add_boolean (out, "sensitive", rows[i].sensitive);
    if (rows[i].when != NULL)
      wuyou_json_add_string (out, "when", rows[i].when);
    if (claim->requested && i == 6) {
      wuyou_json_add_boolean (out, "requested", TRUE);
      wuyou_json_add_string (out, "request_reason", "请补充盖章页，现有照片看不清编号");
    }
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

static const char *
find_state (guint file)
{
  return file % 17 == 3 ? "RETURNED" : file % 11 == 5 ? "QUARANTINED" : file % 4 == 1 ? "VERIFIED" : "AVAILABLE";
}

static char *
dup_etag (guint file, guint turned)
{
  return g_strdup_printf ("t%u.%u", file, file == 0 ? turned : 0);
}

static void
write_thumbs (GString *out, const WuyouEvidenceTestClaim *claim)
{
  wuyou_json_begin_object (out, "thumbs");
  for (guint i = 0; i < claim->n_files; i++) {
    g_autofree char *id = wuyou_evidence_test_id (i);
    g_autofree char *etag = dup_etag (i, claim->turned);

    if (!g_str_equal (find_state (i), "QUARANTINED"))
      wuyou_json_add_string (out, id, etag);
  }
  wuyou_json_end_object (out);
}

static void
write_file (GString *out, guint file, guint edited, gboolean sensitive)
{
  g_autofree char *id = wuyou_evidence_test_id (file);
  g_autofree char *name = g_strdup_printf ("IMG_2026112%u_%04u.jpg", file % 8, 1031 + file * 7);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", id);
  wuyou_json_add_int (out, "version", 3 + (file == 0 ? edited : 0));
  wuyou_json_add_string (out, "claim_id", WUYOU_EVIDENCE_TEST_CLAIM);
  wuyou_json_add_string (out, "slot", rows[file < N_FILLED - 1 ? file : N_FILLED - 1].slot);
  wuyou_json_add_string (out, "phase", "LOSS");
  wuyou_json_add_string (out, "file_name", file == 2 ? "出险通知书（盖章）.pdf" : name);
  wuyou_json_add_string (out, "media_type", file == 2 ? "application/pdf" : "image/jpeg");
  wuyou_json_add_int (out, "size", 2400000);
  wuyou_json_add_string (out, "state", find_state (file));
  if (g_str_equal (find_state (file), "RETURNED"))
    wuyou_json_add_string (out, "return_reason", "BLURRED");
  wuyou_json_add_boolean (out, "sensitive", sensitive);
  if (file == 2)
    wuyou_json_add_string (out, "vin", "LBV****181753");
  wuyou_json_end_object (out);
}

static void
write_contradiction (GString *out)
{
  g_autofree char *id = wuyou_evidence_test_id (2);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "fact", "VIN");
  wuyou_json_begin_array (out, "values");
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "source", "contract");
  wuyou_json_add_string (out, "value", "LBV****181758");
  wuyou_json_end_object (out);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "source", id);
  wuyou_json_add_string (out, "slot", "LOSS_NOTICE");
  wuyou_json_add_string (out, "value", "LBV****181753");
  wuyou_json_end_object (out);
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
}

JsonObject *
wuyou_evidence_test_view (const WuyouEvidenceTestClaim *claim)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_object (out, "claim");
  wuyou_json_add_string (out, "id", WUYOU_EVIDENCE_TEST_CLAIM);
  wuyou_json_add_int (out, "version", 7);
  wuyou_json_add_string (out, "state", claim->state != NULL ? claim->state : "REPORTED");
  wuyou_json_add_string (out, "phase", "LOSS");
  wuyou_json_add_string (out, "loss_at", "2026-11-20T03:30:00Z");
  wuyou_json_add_boolean (out, "consent_sensitive", claim->consent);
  wuyou_json_end_object (out);
  wuyou_json_begin_object (out, "contract");
  wuyou_json_add_string (out, "vin", "LBV****181758");
  wuyou_json_add_string (out, "owner_name", "李*");
  wuyou_json_end_object (out);
  write_rows (out, claim);
  wuyou_json_begin_array (out, "evidence");
  for (guint i = 0; i < claim->n_files; i++)
    write_file (out, i, claim->edited, claim->unseen && i == claim->n_files - 1);
  wuyou_json_end_array (out);
  wuyou_json_begin_array (out, "contradictions");
  if (claim->contradiction)
    write_contradiction (out);
  wuyou_json_end_array (out);
  write_thumbs (out, claim);
  wuyou_json_end_object (out);
  object = wuyou_json_parse_object (out->str, out->len, &error);
  g_assert_no_error (error);
  return object;
}

static void
draw_lines (cairo_t *cr, double width, double height, guint file)
{
  cairo_set_source_rgb (cr, 0.15, 0.15, 0.2);
  for (double y = height * 0.2; y < height * 0.9; y += height * 0.05) {
    cairo_rectangle (cr, width * 0.1, y, width * (0.5 + 0.3 * (((int) y * 7 + (int) file) % 10) / 10.0),
                     height * 0.018);
    cairo_fill (cr);
  }
  cairo_set_source_rgba (cr, 0.8, 0.1, 0.1, 0.8);
  cairo_set_line_width (cr, width * 0.012);
  cairo_arc (cr, width * 0.75, height * 0.78, width * 0.12, 0, 7);
  cairo_stroke (cr);
  cairo_rectangle (cr, width * 0.25, height * 0.08, width * 0.5, height * 0.045);
  cairo_fill (cr);
}

static GBytes *
draw_jpeg (int width, int height, guint file)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  char *jpeg = NULL;
  gsize length = 0;

  cairo_set_source_rgb (cr, 0.85 + 0.03 * (file % 5), 0.9, 0.95 - 0.04 * (file % 4));
  cairo_paint (cr);
  draw_lines (cr, width, height, file);
  cairo_destroy (cr);
  pixbuf = gdk_pixbuf_get_from_surface (surface, 0, 0, width, height);
  cairo_surface_destroy (surface);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &length, "jpeg", NULL, NULL));
  return g_bytes_new_take (jpeg, length);
}

GBytes *
wuyou_evidence_test_page (guint file)
{
  return draw_jpeg (900, 1200, file);
}

char *
wuyou_evidence_test_thumbnails (guint n_files, guint turned)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "items");
  for (guint i = 0; i < n_files; i++) {
    g_autofree char *id = wuyou_evidence_test_id (i);
    g_autofree char *etag = dup_etag (i, turned);
    gboolean lies = (i + (i == 0 ? turned : 0)) % 3 == 0;
    g_autoptr (GBytes) jpeg = draw_jpeg (lies ? 160 : 120, lies ? 120 : 160, i);
    gsize length;
    const guint8 *data = g_bytes_get_data (jpeg, &length);
    g_autofree char *text = g_base64_encode (data, length);

    if (g_str_equal (find_state (i), "QUARANTINED"))
      continue;
    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "id", id);
    wuyou_json_add_string (out, "etag", etag);
    wuyou_json_add_string (out, "jpeg", text);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
wuyou_evidence_test_pdf (guint n_pages)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, 595, 842);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < n_pages; i++) {
    draw_lines (cr, 595, 842, i);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
