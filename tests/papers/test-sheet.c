/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "wuyou-paper-sample.h"
#include "wuyou-sheet-private.h"
#include "wuyou-test.h"

static const WuyouPaperRunning plain
    = { .title = "测试文件", .number = "合同编号 WY-2026-0000481", .stamp = "第 1 版" };

static WuyouPaper *
lay_out (WuyouSheet *sheet)
{
  g_autoptr (GError) error = NULL;
  WuyouPaper *paper = wuyou_sheet_lay_out (sheet, &error);

  g_assert_no_error (error);
  return paper;
}

static char *
read_paper (WuyouPaper *paper)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = wuyou_paper_to_pdf (paper, NULL, &error);

  g_assert_no_error (error);
  return wuyou_paper_read_text (pdf, NULL);
}

static const Atom *
get_atom (WuyouPaper *paper, const GArray *page, guint index)
{
  return &g_array_index (paper->atoms, Atom, g_array_index (page, Placed, index).atom);
}

/* No page ends where something holds on to what follows, nothing leaves the page, nothing is lost or doubled. */
static void
check_pages (WuyouPaper *paper, double top)
{
  guint next = 0;

  for (guint p = 0; p < paper->pages->len; p++) {
    const GArray *page = g_ptr_array_index (paper->pages, p);
    double y = top;

    g_assert_cmpuint (page->len, >, 0);
    for (guint i = 0; i < page->len; i++) {
      const Placed *placed = &g_array_index (page, Placed, i);
      const Atom *atom = get_atom (paper, page, i);

      g_assert_cmpfloat (placed->y, >=, y - 0.01);
      y = placed->y + atom->height;
      g_assert_cmpfloat (y, <=, CONTENT_BOTTOM + 0.02);
      if (placed->atom == next)
        next++;
      else
        g_assert_cmpint (atom->head, ==, (int) placed->atom);
    }
    if (p + 1 < paper->pages->len)
      g_assert_cmpint (get_atom (paper, page, page->len - 1)->glue, !=, GLUE_HARD);
  }
  g_assert_cmpuint (next, ==, paper->atoms->len);
}

#define SENTENCE "约定车辆是否构成全损或者推定全损，由承保该车辆机动车损失保险的保险公司依照其条款作出认定。"

/* A heading and its paragraph pushed down line by line over the foot of the page. */
static void
test_breaks (void)
{
  for (guint filler = 20; filler < 60; filler++) {
    g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
    g_autoptr (WuyouPaper) paper = NULL;

    for (guint i = 0; i < filler; i++)
      wuyou_sheet_add_paragraph (sheet, "填充", NULL, 0);
    wuyou_sheet_add_heading (sheet, 3, "第一条 标题");
    wuyou_sheet_add_paragraph (sheet, SENTENCE SENTENCE SENTENCE SENTENCE, NULL, 0);
    wuyou_sheet_add_item (sheet, 0, "1.1", "应当符合下列条件：", NULL, 0);
    wuyou_sheet_add_item (sheet, 1, "（一）", SENTENCE SENTENCE, NULL, 0);
    paper = lay_out (sheet);
    check_pages (paper, CONTENT_TOP);
    g_assert_cmpuint (wuyou_paper_get_n_pages (paper), <=, 2);
  }
}

static void
test_together (void)
{
  static const char *const lines[] = { "签字", "日期", NULL };
  const WuyouPaperSignature signature = { "乙方（签字）", "欧阳靖远", lines, FALSE };

  for (guint filler = 15; filler < 45; filler++) {
    g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
    g_autoptr (WuyouPaper) paper = NULL;
    guint first, last = 0;

    for (guint i = 0; i < filler; i++)
      wuyou_sheet_add_paragraph (sheet, "填充", NULL, 0);
    first = sheet->paper->atoms->len;
    wuyou_sheet_begin_together (sheet);
    wuyou_sheet_add_heading (sheet, 1, "客户声明");
    for (guint i = 0; i < 3; i++)
      wuyou_sheet_add_item (sheet, 0, "1.", SENTENCE, NULL, 0);
    wuyou_sheet_add_signatures (sheet, &signature, 1);
    wuyou_sheet_end_together (sheet);
    last = sheet->paper->atoms->len - 1;
    paper = lay_out (sheet);
    check_pages (paper, CONTENT_TOP);
    for (guint p = 0; p < paper->pages->len; p++) {
      const GArray *page = g_ptr_array_index (paper->pages, p);
      gboolean has_first = FALSE, has_last = FALSE;

      for (guint i = 0; i < page->len; i++) {
        has_first |= g_array_index (page, Placed, i).atom == first;
        has_last |= g_array_index (page, Placed, i).atom == last;
      }
      g_assert_true (has_first == has_last);
    }
  }
}

/* More than a page that asks to stay together is cut all the same, and still without orphans. */
static void
test_too_long_together (void)
{
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
  g_autoptr (WuyouPaper) paper = NULL;

  wuyou_sheet_begin_together (sheet);
  for (guint i = 0; i < 60; i++)
    wuyou_sheet_add_paragraph (sheet, SENTENCE SENTENCE, NULL, 0);
  wuyou_sheet_end_together (sheet);
  paper = lay_out (sheet);
  g_assert_cmpuint (wuyou_paper_get_n_pages (paper), >, 1);
  check_pages (paper, CONTENT_TOP);
}

/* One value longer than a page. */
static void
test_endless_value (void)
{
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
  g_autoptr (WuyouPaper) paper = NULL;
  GString *value = g_string_new (NULL);
  WuyouPaperRow row = { "说明", NULL, TRUE };
  g_autofree char *text = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (value, "字%04u", i);
  row.value = value->str;
  wuyou_sheet_add_grid (sheet, 2, &row, 1);
  paper = lay_out (sheet);
  check_pages (paper, CONTENT_TOP);
  text = read_paper (paper);
  for (guint i = 0; i < 2000; i += 111) {
    g_autofree char *word = g_strdup_printf ("字%04u", i);

    g_assert_nonnull (strstr (text, word));
  }
  g_string_free (value, TRUE);
}

static void
test_table_head (void)
{
  static const double widths[] = { 3, 1, 1 };
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
  g_autoptr (WuyouPaper) paper = NULL;
  g_autofree char *text = NULL;
  guint heads = 0;

  for (guint i = 0; i < 121; i++) {
    g_ptr_array_add (cells, (gpointer) (i == 0 ? "服务项目" : "车辆购置税"));
    g_ptr_array_add (cells, (gpointer) (i == 0 ? "数量" : "1"));
    g_ptr_array_add (cells, (gpointer) (i == 0 ? "金额" : "39,823.01"));
  }
  wuyou_sheet_add_table (sheet, 3, widths, 6, (const char *const *) cells->pdata, 121);
  paper = lay_out (sheet);
  check_pages (paper, CONTENT_TOP);
  text = read_paper (paper);
  for (const char *at = text; (at = strstr (at, "服务项目")) != NULL; at++)
    heads++;
  g_assert_cmpuint (wuyou_paper_get_n_pages (paper), >, 2);
  g_assert_cmpuint (heads, ==, wuyou_paper_get_n_pages (paper));
}

static void
test_notice_and_pages (void)
{
  const WuyouPaperRunning running = { .notice = "草稿 不作为合同", .watermark = "草稿 不作为合同" };
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&running);
  g_autoptr (WuyouPaper) paper = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 3; i++) {
    wuyou_sheet_break_page (sheet);
    wuyou_sheet_add_heading (sheet, 1, "标题");
    wuyou_sheet_add_paragraph (sheet, "正文", NULL, 0);
  }
  paper = lay_out (sheet);
  check_pages (paper, CONTENT_TOP + NOTICE_HEIGHT);
  text = read_paper (paper);
  g_assert_cmpuint (wuyou_paper_get_n_pages (paper), ==, 3);
  g_assert_nonnull (strstr (text, "第1页·共3页"));
  g_assert_nonnull (strstr (text, "第3页·共3页"));
}

static void
test_empty (void)
{
  const WuyouPaperRunning nothing = { 0 };
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&nothing);
  g_autoptr (WuyouPaper) paper = lay_out (sheet);
  g_autofree char *text = read_paper (paper);

  g_assert_cmpuint (wuyou_paper_get_n_pages (paper), ==, 1);
  g_assert_cmpstr (text, ==, "第1页·共1页");
}

/* Characters that only a large font has, and Chinese forms where Japan writes others. */
static void
test_rare_characters (void)
{
  static const char rare[] = "龘靐齉爨囍喆堃骉淼芃玥垚犇旻昶翀颀頔䶮直骨复门关";
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
  g_autoptr (WuyouPaper) paper = NULL;
  g_autofree char *text = NULL;

  wuyou_sheet_add_paragraph (sheet, rare, NULL, 0);
  paper = lay_out (sheet);
  text = read_paper (paper);
  g_assert_nonnull (strstr (text, rare));
}

static void
test_family (void)
{
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
  PangoLayout *layout = _wuyou_sheet_shape (sheet, STYLE_BODY, "直骨复门关 AaZz 0189 ¥·—“”（）", NULL, 0, -1);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);

  for (GSList *item = line->runs; item != NULL; item = item->next) {
    PangoLayoutRun *run = item->data;
    g_autoptr (PangoFontDescription) description = pango_font_describe (run->item->analysis.font);

    g_assert_cmpstr (pango_font_description_get_family (description), ==, "Noto Sans CJK SC");
  }
}

/* Private characters, which no font has: refused by name instead of an empty box in a contract. */
static void
test_unprintable (void)
{
  static const char *const texts[] = { "王\xf3\xb0\x80\x80", "李\xf4\x8f\xbf\xbd四" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
    g_autoptr (GError) error = NULL;

    wuyou_sheet_add_paragraph (sheet, texts[i], NULL, 0);
    g_assert_null (wuyou_sheet_lay_out (sheet, &error));
    g_assert_nonnull (strstr (error->message, i == 0 ? "U+F0000" : "U+10FFFD"));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  }
}

/* Broken UTF-8, control characters and markup are text like any other. */
static void
test_hostile_text (void)
{
  static const char hostile[] = "<b>&amp;</b> %s \\(x\\) \xff\xfe \x01 \xe2\x80\xae"
                                "abc \xc2\xad <u>x";
  g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
  g_autoptr (WuyouPaper) paper = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  wuyou_sheet_add_paragraph (sheet, hostile, NULL, 0);
  wuyou_sheet_add_markdown (sheet, "**没有结束\n\n# \n\n- \n\n1.1\n\n<u>**交错</u>**\n\n（一）\n第条\n\n\\*\\*");
  paper = wuyou_sheet_lay_out (sheet, &error);
  if (paper == NULL) {
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
    return;
  }
  text = read_paper (paper);
  g_assert_nonnull (strstr (text, "<b>&amp;</b>"));
  g_assert_nonnull (strstr (text, "没有结束"));
}

static void
test_no_fonts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouSheet) sheet = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  if (!g_test_subprocess ()) {
    g_autofree char *file = g_build_filename (wuyou_test_new_dir (), "fonts.conf", NULL);
    g_autofree char *old = g_strdup (g_getenv ("FONTCONFIG_FILE"));

    g_assert_true (g_file_set_contents (file, "<?xml version=\"1.0\"?><fontconfig></fontconfig>", -1, NULL));
    g_setenv ("FONTCONFIG_FILE", file, TRUE);
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_unsetenv ("FONTCONFIG_FILE");
    if (old != NULL)
      g_setenv ("FONTCONFIG_FILE", old, TRUE);
    g_test_trap_assert_passed ();
    return;
  }
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_FATAL_MASK);
  g_assert_false (wuyou_paper_check_fonts (&error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_FONT_MISSING, NULL);
  sheet = wuyou_sheet_new (&plain);
  wuyou_sheet_add_title (sheet, "标题", NULL);
  g_assert_null (wuyou_sheet_lay_out (sheet, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_FONT_MISSING, NULL);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 60, 84);
  cr = cairo_create (surface);
  wuyou_paper_draw_overlay (cr, 60, 84, &(WuyouPaperOverlay){ .copy_number = 1 });
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

typedef struct {
  const char *markdown;
  const char *tags; /* structure type of each block, in order */
  const char *text;
} MarkdownCase;

static const MarkdownCase markdown_cases[] = {
  { "# 标题\n\n第一条 定义\n\n1.1 甲方\n续行\n\n段落", "H1 H3 LI P", "标题第一条定义1.1甲方续行段落" },
  { "## 二级\n### 三级\n正文\n正文二", "H2 H3 P", "二级三级正文正文二" },
  { "- 一\n- 二\n* 三", "LI LI LI", "•一•二•三" },
  { "（一）甲；\n（二）乙。\n(1) 丙\n1、丁\n2. 戊", "LI LI LI LI LI", "（一）甲；（二）乙。(1)丙1、丁2.戊" },
  { "第三条第二款所称的“约定车辆”，是指信息页所载的车辆。", "P",
    "第三条第二款所称的“约定车辆”，是指信息页所载的车辆。" },
  { "第十一条\n正文", "H3 P", "第十一条正文" },
  { "<!-- 注释 -->\n正文", "P", "正文" },
  { "共 3 页\n\n2026 年的说明\n\n3.5元不是编号", "P P P", "共3页2026年的说明3.5元不是编号" },
  { "**粗体** 之后", "P", "粗体之后" },
};

static char *
collect_tags (WuyouPaper *paper)
{
  GString *tags = g_string_new (NULL);
  guint block = G_MAXUINT;

  for (guint i = 0; i < paper->atoms->len; i++) {
    const Atom *atom = &g_array_index (paper->atoms, Atom, i);

    if (atom->block != block)
      g_string_append_printf (tags, "%s%s", tags->len > 0 ? " " : "", atom->tag);
    block = atom->block;
  }
  return g_string_free (tags, FALSE);
}

static void
test_markdown (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (markdown_cases); i++) {
    const WuyouPaperRunning nothing = { 0 };
    g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&nothing);
    g_autoptr (WuyouPaper) paper = NULL;
    g_autofree char *tags = NULL, *text = NULL;

    wuyou_sheet_add_markdown (sheet, markdown_cases[i].markdown);
    paper = lay_out (sheet);
    tags = collect_tags (paper);
    g_assert_cmpstr (tags, ==, markdown_cases[i].tags);
    text = read_paper (paper);
    if (!g_str_has_suffix (text, markdown_cases[i].text))
      g_error ("%s: %s", markdown_cases[i].text, text);
  }
}

/* Terms that a hand or a machine has damaged: any order of the pieces of the format, and still a paper. */
static void
test_random_markdown (void)
{
  static const char *const pieces[]
      = { "**",       "<u>", "</u>", "# ", "## ", "### ", "\n",  "\n\n", "第",   "一",  "条 ",
          "1.",       "1 ",  "（",   "）", "(2)", "- ",   "* ",  "、",   "<!--", "-->", "\\",
          "约定车辆", "。",  "：",   " ",  "　",  "\t",   "abc", "\xe5", "龘" };

  for (guint round = 0; round < 150; round++) {
    g_autoptr (WuyouSheet) sheet = wuyou_sheet_new (&plain);
    GString *text = g_string_new (NULL);
    g_autoptr (WuyouPaper) paper = NULL;
    g_autoptr (GError) error = NULL;

    for (int i = 0; i < 120; i++)
      g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
    wuyou_sheet_add_markdown (sheet, text->str);
    paper = wuyou_sheet_lay_out (sheet, &error);
    g_assert_true (paper != NULL || g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_INVALID));
    g_string_free (text, TRUE);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/sheet/breaks", test_breaks);
  g_test_add_func ("/papers/sheet/together", test_together);
  g_test_add_func ("/papers/sheet/too-long-together", test_too_long_together);
  g_test_add_func ("/papers/sheet/endless-value", test_endless_value);
  g_test_add_func ("/papers/sheet/table-head", test_table_head);
  g_test_add_func ("/papers/sheet/notice-and-pages", test_notice_and_pages);
  g_test_add_func ("/papers/sheet/empty", test_empty);
  g_test_add_func ("/papers/sheet/rare-characters", test_rare_characters);
  g_test_add_func ("/papers/sheet/family", test_family);
  g_test_add_func ("/papers/sheet/unprintable", test_unprintable);
  g_test_add_func ("/papers/sheet/hostile-text", test_hostile_text);
  g_test_add_func ("/papers/sheet/no-fonts", test_no_fonts);
  g_test_add_func ("/papers/sheet/markdown", test_markdown);
  g_test_add_func ("/papers/sheet/random-markdown", test_random_markdown);
  return g_test_run ();
}
