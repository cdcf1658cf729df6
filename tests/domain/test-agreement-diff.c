/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "consent/wuyou-agreement-diff.h"
#include "consent/wuyou-agreement-import.h"
#include "wuyou-test.h"

/* = equal, - deleted, + inserted. */
static const struct {
  const char *name, *before, *after, *expected;
} text_cases[] = {
  { "same", "甲乙", "甲乙", "=甲乙" },
  { "both-empty", "", "", "" },
  { "all-new", "", "甲", "+甲" },
  { "all-gone", "甲", "", "-甲" },
  { "number", "在 24 小时内", "在 12 小时内", "=在 |-24|+12|= 小时内" },
  { "word", "the dealer signs", "the owner signs", "=the |-dealer|+owner|= signs" },
  { "insert", "由您承担。", "由您或者安途承担。", "=由您|+或者安途|=承担。" },
  { "two-places", "甲方应当立即通知乙方。", "甲方可以立即通知各方当事人。",
    "=甲方|-应当|+可以|=立即通知|-乙方|+各方当事人|=。" },
  { "short-equal-is-noise", "天地玄黄宇宙", "子丑玄午宇宙", "-天地玄黄|+子丑玄午|=宇宙" },
  { "emoji", "甲😀乙丙", "甲😃乙丙", "=甲|-😀|+😃|=乙丙" },
};

static char *
describe (const GArray *segments)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < segments->len; i++) {
    const WuyouSegment *segment = &g_array_index (segments, WuyouSegment, i);

    g_string_append_printf (out, "%s%c%s", i > 0 ? "|" : "", "=-+"[segment->kind], segment -> text);
  }
  return g_string_free (out, FALSE);
}

static void
test_texts (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GArray) segments = wuyou_diff_texts (text_cases[i].before, text_cases[i].after);
  g_autofree char *found = describe (segments);

  g_assert_cmpstr (found, ==, text_cases[i].expected);
}

static char *
collect (const GArray *segments, WuyouSegmentKind without)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < segments->len; i++)
    if (g_array_index (segments, WuyouSegment, i).kind != without)
      g_string_append (out, g_array_index (segments, WuyouSegment, i).text);
  return g_string_free (out, FALSE);
}

/* Both texts can be read back from the segments, whatever they are and however long. */
static void
test_random_texts (void)
{
  static const char *const pieces[] = { "甲", "乙", "丙", "12", "word", " ", "。", "\n" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int round = 0; round < 60; round++) {
    g_autoptr (GString) a = g_string_new (NULL), b = g_string_new (NULL);
    g_autoptr (GArray) segments = NULL;
    g_autofree char *before = NULL, *after = NULL;

    for (int k = g_rand_int_range (random, 0, round == 59 ? 6000 : 60); k > 0; k--) {
      g_string_append (a, pieces[g_rand_int_range (random, 0, 8)]);
      g_string_append (b, pieces[g_rand_int_range (random, 0, 8)]);
    }
    segments = wuyou_diff_texts (a->str, b->str);
    before = collect (segments, WUYOU_SEGMENT_INSERTED);
    after = collect (segments, WUYOU_SEGMENT_DELETED);
    g_assert_cmpstr (before, ==, a->str);
    g_assert_cmpstr (after, ==, b->str);
  }
}

static WuyouBundle *
import_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  WuyouBundle *bundle = wuyou_bundle_new ();
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));

  wuyou_agreement_import (bundle, file, &error);
  g_assert_no_error (error);
  return bundle;
}

#define HEAD "平台用户服务协议\n\n第一条 定义\n\n"
#define A "账号由管理员建立并交给本人使用。"
#define B "密码应当妥善保管，不得告诉他人。"
#define C "发现异常时请立即拨打支持热线。"

/* Rows that are not the same, in order: id and flags; a added, r removed, c changed, e emphasis, n renumbered,
 * m moved, ! key. */
static const struct {
  const char *name, *before, *after, *expected;
  gboolean material;
} clause_cases[] = {
  { "same", HEAD "1.1 " A "\n", HEAD "1.1 " A "\n", "", FALSE },
  { "reflowed", HEAD "1.1 账号由管理员\n建立并交给本人使用。\n", HEAD "1.1 " A "\n", "", FALSE },
  { "inserted-in-front", HEAD "1.1 " A "\n\n1.2 " B "\n", HEAD "1.1 " C "\n\n1.2 " A "\n\n1.3 " B "\n",
    "UA-1.1-2 a|UA-1.1 n|UA-1.2 n", FALSE },
  { "removed", HEAD "1.1 " A "\n\n1.2 " B "\n\n1.3 " C "\n", HEAD "1.1 " A "\n\n1.2 " C "\n", "UA-1.2 r|UA-1.3 n",
    FALSE },
  { "removed-last", HEAD "1.1 " A "\n\n1.2 " B "\n", HEAD "1.1 " A "\n", "UA-1.2 r", FALSE },
  { "moved", HEAD "1.1 " A "\n\n1.2 " B "\n\n1.3 " C "\n", HEAD "1.1 " C "\n\n1.2 " A "\n\n1.3 " B "\n",
    "UA-1.3 nm|UA-1.1 n|UA-1.2 n", FALSE },
  { "changed", HEAD "1.1 " A "\n\n1.2 " B "\n", HEAD "1.1 " A "\n\n1.2 密码和验证码应当妥善保管，不得告诉他人。\n",
    "UA-1.2 c", FALSE },
  { "changed-key", HEAD "1.1 **" B "**\n", HEAD "1.1 **密码和验证码应当妥善保管，不得告诉他人。**\n", "UA-1.1 c!",
    TRUE },
  { "emphasis-only", HEAD "1.1 " B "\n", HEAD "1.1 密码**应当**妥善保管，不得告诉他人。\n", "UA-1.1 e!", TRUE },
  { "new-key", HEAD "1.1 " A "\n", HEAD "1.1 " A "\n\n1.2 **" C "**\n", "UA-1.2 a!", TRUE },
  { "document-added", HEAD "1.1 " A "\n", HEAD "1.1 " A "\n\n附件 1\n\n说明材料\n\n车主和车辆的信息。\n",
    "X1-T a|X1-T-2 a|X1-0.p1 a", FALSE },
  { "document-removed", HEAD "1.1 " A "\n\n附件 1\n\n说明材料\n\n**车主和车辆的信息。**\n", HEAD "1.1 " A "\n",
    "X1-T r|X1-T-2 r|X1-0.p1 r!", TRUE },
};

static char *
describe_rows (const WuyouDiff *diff)
{
  static const char letters[] = "arcenm";
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < diff->rows->len; i++) {
    const WuyouDiffRow *row = diff->rows->pdata[i];

    if (row->flags == WUYOU_DIFF_SAME)
      continue;
    g_string_append_printf (out, "%s%s ", out->len > 0 ? "|" : "",
                            row->after != NULL ? row->after->id : row->before->id);
    for (int bit = 0; bit < 6; bit++)
      if (row->flags & 1u << bit)
        g_string_append_c (out, letters[bit]);
    if (row->key)
      g_string_append_c (out, '!');
    g_assert_true ((row->segments != NULL) == ((row->flags & WUYOU_DIFF_CHANGED) != 0));
  }
  return g_string_free (out, FALSE);
}

static void
test_clauses (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (WuyouBundle) before = import_text (clause_cases[i].before), after = import_text (clause_cases[i].after);
  g_autoptr (WuyouProposal) proposal = wuyou_agreement_propose (after, before, NULL);
  g_autoptr (WuyouDiff) diff = wuyou_agreement_diff (before, after);
  g_autofree char *found = describe_rows (diff);

  g_assert_cmpstr (found, ==, clause_cases[i].expected);
  g_assert_cmpint (diff->material, ==, clause_cases[i].material);
}

static WuyouBundle *
import_sample (int version)
{
  g_autofree char *name = g_strdup_printf ("../data/demo/agreements/agreements-%d.zh.md", version);
  g_autofree char *path = wuyou_test_source_path (name), *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return import_text (text);
}

static void
test_sample (void)
{
  g_autoptr (WuyouBundle) before = import_sample (1), after = import_sample (2);
  g_autoptr (WuyouProposal) proposal = wuyou_agreement_propose (after, before, NULL);
  g_autoptr (WuyouDiff) diff = wuyou_agreement_diff (before, after);
  g_autofree char *found = describe_rows (diff);

  g_assert_cmpstr (found, ==,
                   "UA-V c|UA-1.7 n|UA-1.6 nm|UA-2.4 c!|UA-2.5-2 a|UA-2.5 n|UA-3.3 n|UA-3.4a n|UA-5.3.3 a|UA-5.3.4 c|"
                   "UA-5.3.5 r|UA-6.1 c|PA-4.p1 c|PA-10.p1 e!|PA-13.6 c|PA-13.7 a|X1-3.p5 a|X1-5.p3 c");
  g_assert_cmpuint (diff->added, ==, 4);
  g_assert_cmpuint (diff->removed, ==, 1);
  g_assert_cmpuint (diff->key_touched, ==, 2);
  g_assert_true (diff->material);
}

/* Without proposed ids the same number may mean another clause; words still pair what has no partner. */
static void
test_foreign_ids (void)
{
  g_autoptr (WuyouBundle) before = import_text (HEAD "1.1 " A "\n"), after = import_text (HEAD "1.7 " A "\n");
  g_autoptr (WuyouDiff) diff = wuyou_agreement_diff (before, after);
  g_autofree char *found = describe_rows (diff);

  g_assert_cmpstr (found, ==, "UA-1.7 n");
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (text_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/consent/diff/text/%s", text_cases[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_texts);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (clause_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/consent/diff/clauses/%s", clause_cases[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_clauses);
  }
  g_test_add_func ("/consent/diff/text/random", test_random_texts);
  g_test_add_func ("/consent/diff/sample", test_sample);
  g_test_add_func ("/consent/diff/foreign-ids", test_foreign_ids);
  return g_test_run ();
}
