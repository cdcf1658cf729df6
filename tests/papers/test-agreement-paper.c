/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-agreement-paper.h"

#include <string.h>

#include "wuyou-paper-private.h"
#include "wuyou-paper-sample.h"
#include "wuyou-test.h"

static const char user_text[]
    = "示例平台用户服务协议\n\n（第 2 版，2026 年 12 月 1 日起生效）\n\n第一条 定义\n\n"
      "1.1 平台：指示例平台。**未经同意不得转让账号。**\n\n1.2 用户：指<u>登录平台的人</u>。\n\n"
      "第二条 账号\n\n2.1 用户应当妥善保管账号。\n";
static const char privacy_text[]
    = "示例平台隐私声明\n\n（第 2 版，2026 年 12 月 1 日起生效）\n\n第一条 范围\n\n1.1 本声明适用于示例平台。\n";

static WuyouAgreement *
parse (WuyouAgreementKind kind, const char *code, const char *title, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  WuyouAgreement *agreement = wuyou_agreement_new (kind, code, title, bytes, &error);

  g_assert_no_error (error);
  return agreement;
}

static WuyouBundle *
new_bundle (void)
{
  g_autoptr (WuyouAgreement) user = parse (WUYOU_AGREEMENT_USER, "UA", "示例平台用户服务协议", user_text);
  g_autoptr (WuyouAgreement) privacy = parse (WUYOU_AGREEMENT_PRIVACY, "PA", "示例平台隐私声明", privacy_text);
  WuyouBundle *bundle = wuyou_bundle_new ();

  user->effective_on = privacy->effective_on = wuyou_date_new (2026, 12, 1);
  wuyou_bundle_add (bundle, user);
  wuyou_bundle_add (bundle, privacy);
  return bundle;
}

/* Everything that was shown is on the copy, with the hash of each text, and emphasis where it was. */
static void
test_copy (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = wuyou_agreement_paper_new (bundle, "李店长 于 2026-12-01 09:30 同意", &error);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  static const char *const expected[] = {
    "示例平台用户服务协议",
    "第2版",
    "第一条定义",
    "1.1平台：指示例平台。未经同意不得转让账号。",
    "1.2用户：指登录平台的人。",
    "第二条账号",
    "2.1用户应当妥善保管账号。",
    "示例平台隐私声明",
    "1.1本声明适用于示例平台。",
    "李店长于2026-12-0109:30同意",
  };

  g_assert_no_error (error);
  g_assert_cmpuint (wuyou_paper_get_n_pages (paper), ==, 2);
  pdf = wuyou_paper_to_pdf (paper, NULL, &error);
  g_assert_no_error (error);
  wuyou_paper_keep (pdf, "agreement.pdf");
  text = wuyou_paper_read_text (pdf, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strstr (text, expected[i]) == NULL)
      g_error ("%s is missing in %s", expected[i], text);
  for (guint i = 0; i < bundle->documents->len; i++)
    g_assert_nonnull (strstr (text, wuyou_bundle_get_document (bundle, i)->sha256));
}

static gboolean
has_attribute (PangoLayout *layout, const char *words, PangoAttrType type)
{
  const char *at = strstr (pango_layout_get_text (layout), words);
  PangoAttrIterator *iter;
  gboolean found = FALSE;

  if (at == NULL)
    return FALSE;
  iter = pango_attr_list_get_iterator (pango_layout_get_attributes (layout));
  do {
    int start, end, offset = (int) (at - pango_layout_get_text (layout));

    pango_attr_iterator_range (iter, &start, &end);
    found |= start == offset && end == offset + (int) strlen (words) && pango_attr_iterator_get (iter, type) != NULL;
  } while (pango_attr_iterator_next (iter));
  pango_attr_iterator_destroy (iter);
  return found;
}

static void
test_emphasis (void)
{
  g_autoptr (WuyouBundle) bundle = new_bundle ();
  g_autoptr (WuyouPaper) paper = wuyou_agreement_paper_new (bundle, NULL, NULL);
  gboolean bold = FALSE, underline = FALSE;

  for (guint i = 0; i < paper->layouts->len; i++) {
    PangoLayout *layout = g_ptr_array_index (paper->layouts, i);

    bold |= has_attribute (layout, "未经同意不得转让账号。", PANGO_ATTR_WEIGHT);
    underline |= has_attribute (layout, "登录平台的人", PANGO_ATTR_UNDERLINE);
  }
  g_assert_true (bold);
  g_assert_true (underline);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/agreement/copy", test_copy);
  g_test_add_func ("/papers/agreement/emphasis", test_emphasis);
  return g_test_run ();
}
