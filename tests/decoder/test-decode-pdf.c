/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "claims/wuyou-image-print.h"
#include "wuyou-decode-test.h"
#include "wuyou-image.h"
#include "wuyou-pdf.h"

#define PDF "application/pdf"
#define FONT "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
#define PAGE(content)                                                                                                  \
  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Resources<</Font<</F 5 0 R>>>>/Contents " content ">>"
#define TEXT                                                                                                           \
  "<</Length 80>>stream\nBT /F 24 Tf 40 200 Td (GEHEIM) Tj ET BT /F 24 Tf 40 60 Td (Offen) Tj ET         \n\nendstream"
#define PAGES "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>"

/* Two pages of the same text; the third member is what a test puts in. */
static GBytes *
make_pdf (const char *catalog, const char *page, const char *more, gboolean packed)
{
  const char *const objects[] = {
    catalog != NULL ? catalog : "<</Type/Catalog/Pages 2 0 R>>",
    PAGES,
    page != NULL ? page : PAGE ("4 0 R"),
    TEXT,
    FONT,
    PAGE ("4 0 R"),
    more != NULL ? more : "null",
    NULL,
  };

  return packed ? wuyou_decode_test_packed_pdf (objects) : wuyou_decode_test_pdf (objects, "");
}

static char *
get_text (GBytes *pdf, int number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PdfDocument) document = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_autoptr (PdfPage) page = NULL;

  g_assert_no_error (error);
  page = poppler_document_get_page (document, number);
  return poppler_page_get_text (page);
}

#define assert_text(pdf, page, text, is)                                                                               \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *_found = get_text (pdf, page);                                                                    \
    g_assert_cmpint (strstr (_found, text) != NULL, ==, is);                                                           \
  }                                                                                                                    \
  G_STMT_END

static void
get_size (GBytes *pdf, int number, int *ret_width, int *ret_height)
{
  g_autoptr (PdfDocument) document = poppler_document_new_from_bytes (pdf, NULL, NULL);
  g_autoptr (PdfPage) page = poppler_document_get_page (document, number);
  double width, height;

  poppler_page_get_size (page, &width, &height);
  *ret_width = (int) (width + 0.5);
  *ret_height = (int) (height + 0.5);
}

static void
test_plain (void)
{
  g_autoptr (GBytes) file = make_pdf (NULL, NULL, NULL, FALSE);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (WuyouRaster) thumb = NULL;

  wuyou_decode_test_taken ("plain", file, PDF, NULL, &decoded);
  g_assert_cmpuint (decoded.pages, ==, 2);
  g_assert_cmpint (decoded.width, ==, 400);
  g_assert_cmpint (decoded.height, ==, 300);
  g_assert_cmpuint (decoded.print, !=, 0);
  g_assert_true (decoded.view == decoded.plain);
  assert_text (decoded.plain, 0, "GEHEIM", TRUE);
  assert_text (decoded.plain, 1, "Offen", TRUE);
  thumb = wuyou_decode_test_read_jpeg (decoded.thumb);
  g_assert_cmpint (thumb->width, ==, 256);
  g_assert_cmpint (thumb->height, ==, 192);
}

/* The packed maker puts streams where only objects may be: its pages are empty, which is enough for what it is for. */
static void
test_packed (void)
{
  const char *const objects[] = { "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]>>", NULL };
  g_autoptr (GBytes) file = wuyou_decode_test_packed_pdf (objects);
  g_auto (WuyouDecoded) decoded = { 0 };

  wuyou_decode_test_taken ("packed", file, PDF, NULL, &decoded);
  g_assert_cmpuint (decoded.pages, ==, 1);
  g_assert_cmpuint (decoded.print, ==, 0); /* a white page is like no other */
}

static void
test_redaction (void)
{
  g_autoptr (GBytes) file = make_pdf (NULL, NULL, NULL, FALSE);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (PdfDocument) view = NULL;
  g_autoptr (PdfPage) page = NULL;
  g_autoptr (WuyouRaster) raster = NULL;

  /* The word stands at 40 … 150 across, 76 … 100 down, of 400 × 300. */
  wuyou_decode_test_taken ("redaction", file, PDF, "{\"pages\":[{\"page\":1,\"redact\":[[500,2000,5000,1600]]}]}",
                           &decoded);
  assert_text (decoded.plain, 0, "GEHEIM", TRUE);
  assert_text (decoded.view, 0, "GEHEIM", FALSE);
  assert_text (decoded.view, 0, "Offen", FALSE); /* the whole page is a picture now */
  assert_text (decoded.view, 1, "GEHEIM", TRUE);
  g_assert_false (wuyou_decode_test_contains (decoded.view, "GEHEIM"));
  view = poppler_document_new_from_bytes (decoded.view, NULL, NULL);
  page = poppler_document_get_page (view, 0);
  raster = wuyou_pdf_draw_page (page, 1);
  g_assert_cmpint (raster->width, ==, 400);
  for (int y = 62; y < 106; y++)
    for (int x = 22; x < 218; x++)
      g_assert_cmpint (wuyou_decode_test_pixel (raster, x, y)[1], <, 16);
  g_assert_cmpint (wuyou_decode_test_pixel (raster, 300, 80)[1], >, 240);
  g_assert_cmpint (wuyou_decode_test_pixel (raster, 100, 110)[1], >, 240);
}

static void
test_geometry (void)
{
  g_autoptr (GBytes) file = make_pdf (NULL, NULL, NULL, FALSE);
  static const struct {
    const char *edits;
    int width, height;
    gboolean secret;
  } rows[] = {
    { "{\"pages\":[{\"page\":1,\"rotate\":90}]}", 300, 400, TRUE },
    { "{\"pages\":[{\"page\":1,\"rotate\":180}]}", 400, 300, TRUE },
    { "{\"pages\":[{\"page\":1,\"rotate\":270}]}", 300, 400, TRUE },
    { "{\"pages\":[{\"page\":1,\"crop\":[0,5000,10000,5000]}]}", 400, 150, FALSE },
    { "{\"pages\":[{\"page\":1,\"rotate\":90,\"crop\":[0,0,5000,10000]}]}", 150, 400, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (WuyouRaster) thumb = NULL;
    int width, height;

    wuyou_decode_test_taken (rows[i].edits, file, PDF, rows[i].edits, &decoded);
    get_size (decoded.view, 0, &width, &height);
    g_assert_cmpint (ABS (width - rows[i].width), <=, 1);
    g_assert_cmpint (ABS (height - rows[i].height), <=, 1);
    assert_text (decoded.view, 0, "GEHEIM", rows[i].secret);
    get_size (decoded.view, 1, &width, &height);
    g_assert_cmpint (width, ==, 400);
    thumb = wuyou_decode_test_read_jpeg (decoded.thumb);
    g_assert_cmpint (thumb->width > thumb->height, ==, rows[i].width > rows[i].height);
  }
}

/* Where the black letters are after a turn: on the left, so at the top of what lies to the right. */
static void
test_turned (void)
{
  g_autoptr (GBytes) file = make_pdf (NULL, NULL, NULL, FALSE);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (PdfDocument) view = NULL;
  g_autoptr (PdfPage) page = NULL;
  g_autoptr (WuyouRaster) raster = NULL;
  int above = 0, below = 0;

  wuyou_decode_test_taken ("turned", file, PDF, "{\"pages\":[{\"page\":1,\"rotate\":90}]}", &decoded);
  view = poppler_document_new_from_bytes (decoded.view, NULL, NULL);
  page = poppler_document_get_page (view, 0);
  raster = wuyou_pdf_draw_page (page, 1);
  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      *(y < raster->height / 2 ? &above : &below) += wuyou_decode_test_pixel (raster, x, y)[0] < 100;
  g_assert_cmpint (above, >, 100);
  g_assert_cmpint (below, ==, 0);
}

/* Script and the like, in the open, with escapes, inside an object stream, and where only poppler sees it. */
static void
test_active (void)
{
  static const char *const scripts[][4] = {
    /* what, catalogue, first page, object 7 */
    { "open action", "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", NULL, NULL },
    { "escaped", "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScript/JS(app.alert(1))>>>>", NULL, NULL },
    { "tree of names", "<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a) 7 0 R]>>>>>>", NULL,
      "<</S/JavaScript/JS(1)>>" },
    { "page", NULL, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/AA<</O<</S/JavaScript/JS(1)>>>>>>", NULL },
    { "launch", "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(cmd.exe)>>>>", NULL, NULL },
    { "launch by link", NULL, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Annots[7 0 R]>>",
      "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/L#61unch/F(cmd.exe)>>>>" },
    { "file", "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) 7 0 R]>>>>>>", NULL,
      "<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>" },
    { "file as a note", NULL, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Annots[7 0 R]>>",
      "<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>>>" },
    { "rich media", NULL, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Annots[7 0 R]>>",
      "<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>" },
    { "film", NULL, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Annots[7 0 R]>>",
      "<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]/Movie<</F(a.avi)>>>>" },
    { "form to send", NULL, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Annots[7 0 R]>>",
      "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/SubmitForm/F(http://example.com)>>>>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    for (int packed = 0; packed < 2; packed++) {
      g_autoptr (GBytes) file = make_pdf (scripts[i][1], scripts[i][2], scripts[i][3], packed);

      g_assert_false (packed && wuyou_decode_test_contains (file, "Script"));
      wuyou_decode_test_refused (scripts[i][0], file, PDF, WUYOU_DECODE_ACTIVE);
    }
}

/* What an invoice may well have: links to a web site, a table of contents, a stamp. */
static void
test_harmless (void)
{
  static const char *const annotations[]
      = { "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://example.com/TRACKER)>>>>",
          "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[3 0 R/Fit]>>",
          "<</Type/Annot/Subtype/Stamp/Rect[0 0 90 90]/F 4/Contents(TRACKER)>>",
          "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(TRACKER)>>" };

  for (guint i = 0; i < G_N_ELEMENTS (annotations); i++) {
    g_autoptr (GBytes) file
        = make_pdf (NULL, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Annots[7 0 R]>>", annotations[i], FALSE);
    g_auto (WuyouDecoded) decoded = { 0 };
    g_autoptr (PdfDocument) plain = NULL;
    g_autoptr (PdfPage) page = NULL;
    GList *links;

    wuyou_decode_test_taken (annotations[i], file, PDF, NULL, &decoded);
    g_assert_false (wuyou_decode_test_contains (decoded.plain, "TRACKER"));
    plain = poppler_document_new_from_bytes (decoded.plain, NULL, NULL);
    page = poppler_document_get_page (plain, 0);
    links = poppler_page_get_annot_mapping (page);
    g_assert_null (links);
  }
}

static void
test_metadata (void)
{
  const char *const objects[] = { "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>",
                                  "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                  PAGE ("4 0 R"),
                                  TEXT,
                                  FONT,
                                  "<</Type/Metadata/Subtype/XML/Length 12>>stream\n<x>NAMEX</x>\nendstream",
                                  NULL };
  g_autoptr (GBytes) file = wuyou_decode_test_pdf (objects, "/Info<</Title(NAMEX)/Author(NAMEX)>>");
  g_auto (WuyouDecoded) decoded = { 0 };
  g_autoptr (PdfDocument) plain = NULL;
  g_autofree char *title = NULL;
  g_autofree char *author = NULL;

  wuyou_decode_test_taken ("metadata", file, PDF, NULL, &decoded);
  g_assert_false (wuyou_decode_test_contains (decoded.plain, "NAMEX"));
  plain = poppler_document_new_from_bytes (decoded.plain, NULL, NULL);
  title = poppler_document_get_title (plain);
  author = poppler_document_get_author (plain);
  g_assert_null (title);
  g_assert_null (author);
}

/* A photograph inside a page is compressed anew: neither its EXIF nor what hangs behind it comes through. */
static void
test_photo_inside (void)
{
  g_autoptr (WuyouRaster) raster = wuyou_decode_test_photo (5, 640, 480);
  g_autoptr (GBytes) bare = wuyou_jpeg_write (raster);
  g_autoptr (GByteArray) exif = wuyou_decode_test_exif (1);
  g_autoptr (GBytes) jpeg = wuyou_decode_test_add_segment (bare, 0xE1, exif);
  g_autoptr (GString) hex = g_string_new (NULL);
  g_auto (WuyouDecoded) decoded = { 0 };
  g_auto (WuyouDecoded) photo = { 0 };
  g_autoptr (GBytes) file = NULL;
  g_autofree char *image = NULL;
  const guint8 *data = g_bytes_get_data (jpeg, NULL);

  for (gsize i = 0; i < g_bytes_get_size (jpeg); i++)
    g_string_append_printf (hex, "%02x", data[i]);
  g_string_append_c (hex, '>');
  image = g_strdup_printf ("<</Type/XObject/Subtype/Image/Width 640/Height 480/ColorSpace/DeviceRGB/BitsPerComponent 8"
                           "/Filter[/ASCIIHexDecode/DCTDecode]/Length %u>>stream\n%s\nendstream",
                           (guint) hex->len, hex->str);
  {
    const char *const objects[]
        = { "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 640 480]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
            "<</Length 28>>stream\n640 0 0 480 0 0 cm /I Do      \nendstream",
            image,
            NULL };

    file = wuyou_decode_test_pdf (objects, "");
  }
  wuyou_decode_test_taken ("photo inside", file, PDF, NULL, &decoded);
  g_assert_true (wuyou_decode_test_contains (decoded.plain, "/DCTDecode"));
  g_assert_false (wuyou_decode_test_contains (decoded.plain, "Exif"));
  g_assert_false (wuyou_decode_test_contains (decoded.plain, "GPSSECRET"));
  g_assert_cmpuint (g_bytes_get_size (decoded.plain), <, 3 * g_bytes_get_size (jpeg));
  wuyou_decode_test_taken ("the photo", jpeg, "image/jpeg", NULL, &photo);
  g_assert_cmpuint (wuyou_image_print_distance (photo.print, decoded.print), <=, WUYOU_IMAGE_PRINT_NEAR);
}

static GBytes *
make_pages (guint count, const char *size)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) kids = g_string_new ("<</Type/Pages/Kids[");

  g_ptr_array_add (objects, g_strdup ("<</Type/Catalog/Pages 2 0 R>>"));
  for (guint i = 0; i < count; i++)
    g_string_append_printf (kids, "%u 0 R ", i + 3);
  g_string_append_printf (kids, "]/Count %u>>", count);
  g_ptr_array_add (objects, g_strdup (kids->str));
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (objects, g_strdup_printf ("<</Type/Page/Parent 2 0 R/MediaBox[%s]>>", size));
  g_ptr_array_add (objects, NULL);
  return wuyou_decode_test_pdf ((const char *const *) objects->pdata, "");
}

static void
test_pages (void)
{
  static const struct {
    guint count;
    const char *size;
    WuyouDecodeVerdict verdict;
  } rows[] = {
    { 10000, "0 0 595 842", WUYOU_DECODE_PAGES },
    { 301, "0 0 595 842", WUYOU_DECODE_PAGES },
    { 0, "0 0 595 842", WUYOU_DECODE_PAGES },
    { 1, "0 0 20000 842", WUYOU_DECODE_PAGE_SIZE },
    { 1, "0 0 595 99999", WUYOU_DECODE_PAGE_SIZE },
    { 1, "0 0 2 2", WUYOU_DECODE_PAGE_SIZE },
    { 1, "-99999 -99999 99999 99999", WUYOU_DECODE_PAGE_SIZE },
  };
  g_autoptr (GBytes) most = make_pages (300, "0 0 595 842");
  g_auto (WuyouDecoded) decoded = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) file = make_pages (rows[i].count, rows[i].size);

    wuyou_decode_test_refused (rows[i].size, file, PDF, rows[i].verdict);
  }
  wuyou_decode_test_taken ("300 pages", most, PDF, NULL, &decoded);
  g_assert_cmpuint (decoded.pages, ==, 300);
}

static void
test_encrypted (void)
{
  const char *const objects[]
      = { "<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE ("4 0 R"), TEXT, FONT, PAGE ("4 0 R"), NULL };
  static const char *const trailers[] = {
    "/Encrypt<</Filter/Standard/V 1/R 2/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)/P -4>>"
    "/ID[(0123456789012345)(0123456789012345)]",
    "/Encr#79pt<</Filter/Standard/V 2/R 3>>", "/Encrypt 9 0 R"
  };

  for (guint i = 0; i < G_N_ELEMENTS (trailers); i++) {
    g_autoptr (GBytes) file = wuyou_decode_test_pdf (objects, trailers[i]);

    wuyou_decode_test_refused ("encrypted", file, PDF, WUYOU_DECODE_ENCRYPTED);
  }
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) file = make_pdf (NULL, NULL, NULL, FALSE);
  g_autoptr (GBytes) garbage = g_bytes_new_static ("%PDF-1.4\ngarbage\n%%EOF\n", 23);
  g_autoptr (GBytes) head = g_bytes_new_static ("%PDF-1.7", 8);
  g_autoptr (GBytes) loop = NULL;
  g_autoptr (GBytes) padded = wuyou_decode_test_join (file, "\0\0\0\0\r\n", 6);
  g_auto (WuyouDecoded) decoded = { 0 };
  const char *const circle[] = { "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 2>>", NULL };
  gsize size = g_bytes_get_size (file);

  for (guint i = 1; i < 10; i++) {
    g_autoptr (GBytes) cut = wuyou_decode_test_cut (file, size * i / 10);
    g_autoptr (GBytes) mended = wuyou_decode_test_join (cut, "\n%%EOF\n", 7);

    wuyou_decode_test_refused ("cut off", cut, PDF, WUYOU_DECODE_DAMAGED);
    if (i < 6) /* before the second page */
      wuyou_decode_test_refused ("cut off with an end", mended, PDF, WUYOU_DECODE_DAMAGED);
  }
  wuyou_decode_test_refused ("garbage", garbage, PDF, WUYOU_DECODE_DAMAGED);
  wuyou_decode_test_refused ("head only", head, PDF, WUYOU_DECODE_DAMAGED);
  loop = wuyou_decode_test_pdf (circle, "");
  wuyou_decode_test_refused ("pages in a circle", loop, PDF, WUYOU_DECODE_DAMAGED);
  wuyou_decode_test_taken ("padded", padded, PDF, NULL, &decoded);
}

/* Begins like a JPEG and is a PDF for readers that look a kilobyte in: it is what it begins with. */
static void
test_polyglot (void)
{
  g_autoptr (GBytes) file = make_pdf (NULL, NULL, NULL, FALSE);
  g_autoptr (GBytes) start = g_bytes_new_static ("\xff\xd8\xff\xe0", 4);
  g_autoptr (GBytes) both = wuyou_decode_test_join (start, g_bytes_get_data (file, NULL), g_bytes_get_size (file));

  wuyou_decode_test_refused ("as JPEG", both, "image/jpeg", WUYOU_DECODE_DAMAGED);
  wuyou_decode_test_refused ("as PDF", both, PDF, WUYOU_DECODE_TYPE);
}

#define CHINESE(text)                                                                                                  \
  "<</Length 60>>stream\nBT /F 60 Tf 20 100 Td <" text "> Tj ET                         \n\nendstream"

static GBytes *
make_chinese (const char *encoding, const char *collection, const char *content)
{
  g_autofree char *font
      = g_strdup_printf ("<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/%s/DescendantFonts[7 0 R]>>", encoding);
  g_autofree char *inner = g_strdup_printf ("<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/DW 1000/FontDescriptor "
                                            "8 0 R/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 2>>>>",
                                            collection);
  const char *const objects[] = {
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    PAGE ("4 0 R"),
    content,
    font,
    "null",
    inner,
    "<</Type/FontDescriptor/FontName/Song/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120"
    "/CapHeight 700/StemV 80>>",
    NULL,
  };

  return wuyou_decode_test_pdf (objects, "");
}

static guint
count_ink (GBytes *jpeg)
{
  g_autoptr (WuyouRaster) raster = wuyou_decode_test_read_jpeg (jpeg);
  guint n = 0;

  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      n += wuyou_decode_test_pixel (raster, x, y)[0] < 128;
  return n;
}

/* A paper that brings no font: the confined child draws its letters with one of the machine's, which it opens then. */
static void
test_chinese (void)
{
  static const struct {
    const char *encoding, *collection, *content;
  } rows[] = {
    { "UniGB-UCS2-H", "GB1", CHINESE ("65E05FE7") },
    { "GBK-EUC-H", "GB1", CHINESE ("CEDED3C7") },
    { "UniCNS-UCS2-H", "CNS1", CHINESE ("71216182") },
  };
  g_autoptr (GBytes) empty = make_chinese ("UniGB-UCS2-H", "GB1", CHINESE (""));
  g_auto (WuyouDecoded) blank = { 0 };

  wuyou_decode_test_taken ("blank", empty, PDF, NULL, &blank);
  g_assert_cmpuint (count_ink (blank.thumb), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) file = make_chinese (rows[i].encoding, rows[i].collection, rows[i].content);
    g_auto (WuyouDecoded) decoded = { 0 };

    wuyou_decode_test_taken (rows[i].encoding, file, PDF, NULL, &decoded);
    g_assert_cmpuint (count_ink (decoded.thumb), >, 200);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/decoder/pdf/plain", test_plain);
  g_test_add_func ("/decoder/pdf/packed", test_packed);
  g_test_add_func ("/decoder/pdf/redaction", test_redaction);
  g_test_add_func ("/decoder/pdf/geometry", test_geometry);
  g_test_add_func ("/decoder/pdf/turned", test_turned);
  g_test_add_func ("/decoder/pdf/active", test_active);
  g_test_add_func ("/decoder/pdf/harmless", test_harmless);
  g_test_add_func ("/decoder/pdf/metadata", test_metadata);
  g_test_add_func ("/decoder/pdf/photo-inside", test_photo_inside);
  g_test_add_func ("/decoder/pdf/pages", test_pages);
  g_test_add_func ("/decoder/pdf/encrypted", test_encrypted);
  g_test_add_func ("/decoder/pdf/damaged", test_damaged);
  g_test_add_func ("/decoder/pdf/polyglot", test_polyglot);
  g_test_add_func ("/decoder/pdf/chinese", test_chinese);
  return g_test_run ();
}
