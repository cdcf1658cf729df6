/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-exclusion.h"
#include "claims/wuyou-terms-clause.h"
#include "wuyou-test.h"

static const char terms[] = "<!-- x -->\n"
                            "# 某某通用条款\n\n"
                            "第一条 范围\n\n"
                            "1.1 **下列情形下，甲方不提供服务：**\n\n"
                            "（一）部分损失；\n\n"
                            "（二）**未赔付；**\n\n"
                            "（三）无保险。\n\n"
                            "1.2 另有约定的除外。\n\n"
                            "1.10 下列各项：\n\n"
                            "- 发票；\n"
                            "- 合同。\n\n"
                            "第二条 其他\n"
                            "# 产品条款\n\n"
                            "1.2 产品另说。\n\n"
                            "9.9 仅在产品条款中。\n";

static const struct {
  const char *reference, *words;
} cases[] = {
  { "通用条款 1.2", "1.2 另有约定的除外。" },
  { "产品条款 1.2", "1.2 产品另说。" },
  { "通用条款 1.1（二）", "1.1 下列情形下，甲方不提供服务：\n（二）未赔付；" },
  { "通用条款 1.1（二）、（三）", "1.1 下列情形下，甲方不提供服务：\n（二）未赔付；\n（三）无保险。" },
  { "通用条款 1.2、1.1（一）", "1.2 另有约定的除外。\n1.1 下列情形下，甲方不提供服务：\n（一）部分损失；" },
  { "通用条款 1.1", "1.1 下列情形下，甲方不提供服务：\n（一）部分损失；\n（二）未赔付；\n（三）无保险。" },
  { "通用条款 1.10", "1.10 下列各项：\n- 发票；\n- 合同。" },
  { "通用条款 1.1（九）", NULL },
  { "通用条款 9.9", NULL }, /* of another part */
  { "通用条款 1", NULL },   /* not the start of a number */
  { "合同条款 1.2", NULL },
  { "1.2", NULL },
  { "通用条款", NULL },
  { "通用条款 （一）", NULL },
  { "", NULL },
  { "、、", NULL },
};

static void
test_cases (void)
{
  g_auto (GStrv) lines = g_strsplit (terms, "\n", -1);
  g_auto (GStrv) none = g_strsplit ("", "\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = wuyou_terms_dup_clause (lines, cases[i].reference);

    g_assert_cmpstr (words, ==, cases[i].words);
  }
  g_assert_null (wuyou_terms_dup_clause (none, "通用条款 1.2"));
}

static char *
read_file (const char *path)
{
  g_autofree char *file = wuyou_test_source_path (path);
  char *text;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  return text;
}

/* Every clause that a product names as a reason is in its terms. */
static void
test_products (void)
{
  static const char *const products[] = { "depreciation", "invoice-gap", "replacement" };
  g_autofree char *general = read_file ("../data/demo/terms/general.zh.md");
  g_auto (GStrv) lines = g_strsplit (general, "\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (products); i++) {
    g_autofree char *path = g_strdup_printf ("../data/demo/products/%s.json", products[i]);
    g_autofree char *text = read_file (path);
    g_autoptr (JsonObject) product = wuyou_json_parse_object (text, strlen (text), NULL);
    g_autofree char *benefit = wuyou_json_canonical (json_object_get_member (product, "benefit"));

    for (const WuyouEnum *row = wuyou_exclusions; row->id != NULL; row++) {
      g_autofree char *title = NULL;
      g_autofree char *clause = NULL;
      g_autofree char *words = NULL;

      wuyou_exclusion_read (benefit, row->value, &title, &clause);
      g_assert_cmpstr (wuyou_exclusion_find_clause (json_object_get_object_member (product, "benefit"), row->value), ==,
                       clause);
      words = wuyou_terms_dup_clause (lines, clause);
      g_assert_nonnull (words);
      g_assert_null (strstr (words, "**"));
      if (row->value == WUYOU_EXCLUSION_IDENTITY_MISMATCH)
        g_assert_cmpstr (words, ==,
                         "7.1 下列任一情形下，甲方不提供置换服务：\n（四）申请人、车辆或者使用性质与信息页不符；");
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/terms-clause/cases", test_cases);
  g_test_add_func ("/terms-clause/products", test_products);
  return g_test_run ();
}
