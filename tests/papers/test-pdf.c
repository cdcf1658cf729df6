/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#include "wuyou-contract-paper.h"
#include "wuyou-paper-sample.h"
#include "wuyou-test.h"

static const WuyouPaperMetadata metadata
    = { "无忧置换服务合同 WY-2026-0000481", "安途无忧商务服务有限公司", NULL, WUYOU_TEST_NOW };

static WuyouPaper *
new_paper (const WuyouPaperSample *sample)
{
  g_autoptr (GError) error = NULL;
  WuyouPaper *paper = wuyou_contract_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, &error);

  g_assert_no_error (error);
  return paper;
}

static GBytes *
write_pdf (WuyouPaper *paper)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = wuyou_paper_to_pdf (paper, &metadata, &error);

  g_assert_no_error (error);
  return pdf;
}

static GBytes *
write_sample (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autoptr (WuyouPaper) paper = new_paper (sample);

  return write_pdf (paper);
}

static gpointer
write_in_thread (gpointer data)
{
  return write_sample ();
}

static char *
run (const char *program, GBytes *pdf, const char *option)
{
  g_autofree char *file = g_build_filename (wuyou_test_new_dir (), "paper.pdf", NULL);
  const char *argv[] = { program, file, option, NULL };
  char *output = NULL;
  GError *error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  g_assert_true (g_file_set_contents (file, data, (gssize) size, NULL));
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  return output;
}

/* The same content is the same file: laid out again, written again, beside other papers, in other threads. */
static void
test_same_bytes (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autoptr (WuyouPaper) paper = new_paper (sample);
  g_autoptr (GBytes) first = write_pdf (paper), again = write_pdf (paper), other = write_sample ();
  GThread *threads[4];

  g_assert_true (g_bytes_equal (first, again));
  g_assert_true (g_bytes_equal (first, other));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("paper", write_in_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (GBytes) pdf = g_thread_join (threads[i]);

    g_assert_true (g_bytes_equal (first, pdf));
  }
}

/* And the same in another process, where every address and hash table is another. */
static void
test_same_bytes_elsewhere (void)
{
  g_autoptr (GBytes) pdf = write_sample ();
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, pdf);
  g_autofree char *pattern = g_strdup_printf ("*sha %s*", hash);

  if (g_test_subprocess ()) {
    g_print ("sha %s\n", hash);
    return;
  }
  for (guint i = 0; i < 2; i++) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    g_test_trap_assert_stdout (pattern);
  }
}

static void
test_metadata (void)
{
  static const char *const expected[] = {
    "无忧置换服务合同 WY-2026-0000481",
    "安途无忧商务服务有限公司",
    "Mon Nov 23 02:00:00 2026",
    "Tagged:          yes",
    "A4",
  };
  g_autoptr (GBytes) pdf = write_sample ();
  g_autofree char *info = run ("pdfinfo", pdf, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strstr (info, expected[i]) == NULL)
      g_error ("%s is missing in %s", expected[i], info);
}

/* The language that a screen reader needs, in a file that is still whole. */
static void
test_language (void)
{
  g_autoptr (GBytes) pdf = write_sample ();
  g_autofree char *qpdf = g_find_program_in_path ("qpdf");
  g_autofree char *report = qpdf != NULL ? run (qpdf, pdf, "--check") : NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  g_assert_nonnull (memmem (data, size, "/Lang (zh-CN)", 13));
  if (report != NULL)
    g_assert_nonnull (strstr (report, "No syntax or stream encoding errors found"));
}

/* Two fonts, embedded, subset, Chinese, searchable; and the size that storing a million of them allows. */
static void
test_fonts (void)
{
  g_autoptr (GBytes) pdf = write_sample ();
  g_autofree char *fonts = run ("pdffonts", pdf, NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (fonts), "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  for (guint i = 2; i < 4; i++) {
    g_assert_nonnull (strstr (lines[i], "NotoSansCJKsc-"));
    g_assert_nonnull (strstr (lines[i], "yes yes yes"));
  }
  g_test_message ("contract packet: %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (pdf));
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 300 * 1024);
}

static void
test_structure (void)
{
  static const char *const expected[]
      = { "Document", "H1 (block)", "H2 (block)", "H3 (block)", "L (block)", "LI (block)" };
  g_autoptr (GBytes) pdf = write_sample ();
  g_autofree char *tree = run ("pdfinfo", pdf, "-struct-text");

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strstr (tree, expected[i]) == NULL)
      g_error ("%s is missing in %s", expected[i], tree);
}

typedef struct {
  const char *word;
  double x, y; /* left, top in points */
} Anchor;

/* Where things stand on the first page; a change here is a change of the layout version. */
static const Anchor anchors[] = {
  { "无忧置换服务合同", 60.0, 67.6 },
  { "扫码验真", 492.0, 127.4 },
  { "经销商", 60.0, 172.7 },
  { "海州安达汽车销售服务有限公司", 130.0, 171.9 },
  { "13800001234", 377.5, 279.1 },
  { "首张发票日期", 60.0, 481.1 },
  { "第", 269.5, 792.6 },
};

static void
test_geometry (void)
{
  g_autoptr (GBytes) pdf = write_sample ();
  g_autofree char *file = g_build_filename (wuyou_test_new_dir (), "paper.pdf", NULL);
  const char *argv[] = { "pdftotext", "-bbox", "-l", "1", file, "-", NULL };
  g_autofree char *boxes = NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  g_assert_true (g_file_set_contents (file, data, (gssize) size, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &boxes, NULL, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (anchors); i++) {
    g_autofree char *needle = g_strdup_printf (">%s</word>", anchors[i].word);
    gboolean found = FALSE;
    double x = 0, y = 0;

    for (const char *at = boxes; !found && (at = strstr (at, needle)) != NULL; at++) {
      const char *start = g_strrstr_len (boxes, at - boxes, "xMin=\"");

      x = g_ascii_strtod (start + 6, NULL);
      y = g_ascii_strtod (strstr (start, "yMin=\"") + 6, NULL);
      found = fabs (x - anchors[i].x) < 1.5 && fabs (y - anchors[i].y) < 1.5;
    }
    if (!found)
      g_error ("%s stands at %.1f, %.1f, not at %.1f, %.1f", anchors[i].word, x, y, anchors[i].x, anchors[i].y);
  }
}

/* A real reader of codes reads the page as a printer of poor quality leaves it. */
static void
test_scanned (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autoptr (GBytes) pdf = write_sample ();
  g_autofree char *zbarimg = g_find_program_in_path ("zbarimg"), *page = NULL, *code = NULL, *root = NULL;
  const char *argv[] = { "pdftoppm", "-r", "150", "-l", "1", "-singlefile", "-png", NULL, NULL, NULL };
  const char *scan[] = { zbarimg, "-q", "--raw", NULL, NULL };
  g_autofree char *file = g_build_filename (wuyou_test_new_dir (), "paper.pdf", NULL);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  if (zbarimg == NULL) {
    g_test_skip ("zbarimg is not installed");
    return;
  }
  root = g_build_filename (wuyou_test_new_dir (), "page", NULL);
  page = g_strconcat (root, ".png", NULL);
  argv[7] = file;
  argv[8] = root;
  scan[3] = page;
  g_assert_true (g_file_set_contents (file, data, (gssize) size, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (
      g_spawn_sync (NULL, (char **) scan, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &code, NULL, NULL, NULL));
  g_assert_cmpstr (g_strchomp (code), ==, sample->payload);
}

static cairo_status_t
append (gpointer closure, const guchar *data, guint length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static char *
read_overlay (const WuyouPaperOverlay *overlay, double width, double height)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) pdf = NULL;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, array, width, height);
  cairo_t *cr = cairo_create (surface);

  wuyou_paper_draw_overlay (cr, width, height, overlay);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  pdf = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  return wuyou_paper_read_text (pdf, NULL);
}

static void
test_overlay (void)
{
  const WuyouPaperOverlay original = { .copy_number = 1, .copy_kind = "客户联" };
  const WuyouPaperOverlay reprint = {
    .copy_number = 2, .reprint = TRUE, .copy_kind = "客户联", .watermark = "补打", .printed = "2026-11-23 10:00 赵敏"
  };
  const WuyouPaperOverlay nothing = { 0 };
  g_autofree char *first = read_overlay (&original, 595, 842), *second = read_overlay (&reprint, 595, 842);
  g_autofree char *letter = read_overlay (&reprint, 612, 792), *none = read_overlay (&nothing, 595, 842);

  g_assert_cmpstr (first, ==, "客户联·正本·副本号1");
  g_assert_nonnull (strstr (second, "客户联·补打2·副本号2"));
  g_assert_nonnull (strstr (second, "2026-11-2310:00赵敏"));
  g_assert_nonnull (strstr (letter, "补打2"));
  g_assert_cmpstr (none, ==, "");
}

/* The same pages on a screen: something is drawn, in the page and not in its margins. */
static void
test_image (void)
{
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autoptr (WuyouPaper) paper = new_paper (sample);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 595, 842);
  cairo_t *cr = cairo_create (surface);
  guint inside = 0, margin = 0;
  const guint8 *pixels;
  int stride;

  wuyou_paper_draw_page (paper, cr, 1);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < 842; y++)
    for (int x = 0; x < 595; x++)
      *(x < 55 || x > 540 || y < 36 || y > 812 ? &margin : &inside) += pixels[y * stride + x] > 64;
  g_assert_cmpuint (inside, >, 5000);
  g_assert_cmpuint (margin, ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/pdf/same-bytes", test_same_bytes);
  g_test_add_func ("/papers/pdf/same-bytes-elsewhere", test_same_bytes_elsewhere);
  g_test_add_func ("/papers/pdf/metadata", test_metadata);
  g_test_add_func ("/papers/pdf/language", test_language);
  g_test_add_func ("/papers/pdf/fonts", test_fonts);
  g_test_add_func ("/papers/pdf/structure", test_structure);
  g_test_add_func ("/papers/pdf/geometry", test_geometry);
  g_test_add_func ("/papers/pdf/scanned", test_scanned);
  g_test_add_func ("/papers/pdf/overlay", test_overlay);
  g_test_add_func ("/papers/pdf/image", test_image);
  return g_test_run ();
}
