/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "consent/wuyou-agreement-import.h"
#include "wuyou-test.h"

static WuyouBundle *
import_text (const char *text, GError **error)
{
  g_autoptr (WuyouBundle) bundle = wuyou_bundle_new ();
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));

  return wuyou_agreement_import (bundle, file, error) ? g_steal_pointer (&bundle) : NULL;
}

static char *
read_sample (int version)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("../data/demo/agreements/agreements-%d.zh.md", version);
  g_autofree char *path = wuyou_test_source_path (name);
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static WuyouBundle *
import_sample (int version)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_sample (version);
  WuyouBundle *bundle = import_text (text, &error);

  g_assert_no_error (error);
  return bundle;
}

#define HEAD "平台用户服务协议\n\n第一条 定义\n\n"

/* Each line of @expected: id, kind letter, number, "*" when it is a key clause, text with bold in [] . */
static const struct {
  const char *name;
  const char *text;
  const char *expected;
} parse_cases[] = {
  { "repeated-number", HEAD "1.1 甲。\n\n1.4 乙。\n\n1.5 丙。\n\n1.5 丁。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N 1.1 甲。|UA-1.4 N 1.4 乙。|UA-1.5a N 1.5 丙。|UA-1.5b N 1.5 丁。" },
  { "bold-in-clause", HEAD "1.1 甲**乙**丙。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N* 1.1 甲[乙]丙。" },
  { "bold-over-clauses", HEAD "1.1 甲**乙。\n\n1.2 丙**丁。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N* 1.1 甲[乙。]|UA-1.2 N* 1.2 [丙]丁。" },
  { "bold-number", HEAD "**1.1 甲。**\n", "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N* 1.1 [甲。]" },
  { "bold-heading-is-no-key", "平台用户服务协议\n\n**第一条 定义**\n\n1.1 甲。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 [定义]|UA-1.1 N 1.1 甲。" },
  { "underline", HEAD "1.1 甲<u>乙</u>。\n", "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N* 1.1 甲(乙)。" },
  { "broken-by-blank-line",
    HEAD
    "1.1 本条写得足够长，以便看出这一行不是标题而是一个被空行截断的句子，它在这里没有写完就\n\n断开了。\n\n1.2 乙。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N 1.1 "
    "本条写得足够长，以便看出这一行不是标题而是一个被空行截断的句子，它在这里没有写完就断开了。|UA-1.2 N 1.2 乙。" },
  { "short-lines-stay-apart", HEAD "接收信息\n\n利用信息进行联系\n\n反馈意见。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.p1 P 接收信息|UA-1.p2 P 利用信息进行联系|UA-1.p3 P 反馈意见。" },
  { "wrapped-line", HEAD "1.1 甲乙丙，\n丁戊 SQL\nis text。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N 1.1 甲乙丙，丁戊 SQL is text。" },
  { "party-block",
    "平台用户服务协议\n\n甲方：某公司（以下简称“甲方”）\n地址：某路 1 号\n电子邮箱：a@b.example\n\n前言\n\n甲。\n",
    "UA-T T 平台用户服务协议|UA-0.p1 P 甲方：某公司（以下简称“甲方”）/地址：某路 1 "
    "号/电子邮箱：a@b.example|UA-h1 H 前言|UA-h1.p1 P 甲。" },
  { "lists", HEAD "1. 用途：\n\n- a) 甲；\n- b) 乙。\n\n2. 目的\n\n丙。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 H 1. 用途：|UA-1.1.a I -a) 甲；|UA-1.1.b I -b) "
    "乙。|UA-1.2 H 2. 目的|UA-1.2.p1 P 丙。" },
  { "tight-list-has-no-headings", HEAD "1. 身份证\n2. 驾驶证\n3. 行驶证\n\n以上材料。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 I 1. 身份证|UA-1.2 I 2. 驾驶证|UA-1.3 I 3. "
    "行驶证|UA-1.p1 P 以上材料。" },
  { "bullets", HEAD "- 甲\n- 乙\n", "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.b1 I - 甲|UA-1.b2 I - 乙" },
  { "chinese-numbers", "平台用户服务协议\n\n第二十一条 其他\n\n（一）甲；\n（二）乙。\n",
    "UA-T T 平台用户服务协议|UA-21 H 第二十一条 其他|UA-21.1 I （一） 甲；|UA-21.2 I （二） 乙。" },
  { "article-with-text", "平台用户服务协议\n\n第一条 本协议自签署之日起生效。\n\n第一条所述的甲。\n",
    "UA-T T 平台用户服务协议|UA-1 N 第一条 本协议自签署之日起生效。|UA-1.p1 P 第一条所述的甲。" },
  { "number-inside-sentence", HEAD "1.1 依照本协议\n1.2 条款的定义。\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N 1.1 依照本协议1.2 条款的定义。" },
  { "windows-file", "\xef\xbb\xbf平台用户服务协议\r\n\r\n第一条 定义\r\n\r\n　　1.1 甲。\r\n",
    "UA-T T 平台用户服务协议|UA-1 H 第一条 定义|UA-1.1 N 1.1 甲。" },
  { "markdown-headings", "# 平台规则\n\n## 第一条 定义\n\n1.1 甲。\n",
    "OA-T T #平台规则|OA-1 H ##第一条 定义|OA-1.1 N 1.1 甲。" },
};

static void
append_spans (GString *out, const WuyouClause *clause)
{
  for (guint i = 0; i < clause->spans->len; i++) {
    const WuyouSpan *span = &g_array_index (clause->spans, WuyouSpan, i);

    g_string_append_printf (out, "%s%s%s",
                            span->bold        ? "["
                            : span->underline ? "("
                                              : "",
                            span->text,
                            span->bold        ? "]"
                            : span->underline ? ")"
                                              : "");
  }
}

static char *
describe (const WuyouAgreement *document)
{
  static const char letters[] = "?TVHNPI";
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < document->clauses->len; i++) {
    const WuyouClause *clause = wuyou_agreement_get_clause (document, i);

    g_string_append_printf (out, "%s%s %c%s %s%s%s", i > 0 ? "|" : "", clause->id, letters[clause->kind],
                            clause->key ? "*" : "", clause->marker, clause->number,
                            *clause->number != '\0' || g_str_equal (clause->marker, "-") ? " " : "");
    append_spans (out, clause);
  }
  g_strdelimit (out->str, "\n", '/');
  return g_string_free (out, FALSE);
}

static void
test_parse (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouBundle) bundle = import_text (parse_cases[i].text, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (bundle->documents->len, ==, 1);
  found = describe (wuyou_bundle_get_document (bundle, 0));
  g_assert_cmpstr (found, ==, parse_cases[i].expected);
}

static const struct {
  const char *name;
  const char *text;
  const char *part; /* of the sentence */
  const char *field;
} error_cases[] = {
  { "empty", "", "is empty", NULL },
  { "blank", " \n\t\n　\n", "is empty", NULL },
  { "latin-1", "\xd0\xad\xd2\xe9", "UTF-8", NULL },
  { "cut-character", "平台用户服务协议\n\n第一条 定\xe4\xb9", "UTF-8", NULL },
  { "no-title", "第一条 定义\n\n1.1 甲。\n", "No title", NULL },
  { "prose-only", "本协议由双方签署，自签署之日起生效。\n", "No title", NULL },
  { "unclosed-bold", HEAD "1.1 甲**乙。\n\n1.2 丙。\n", "never closed", "line 5" },
  { "unclosed-underline", HEAD "1.1 甲<u>乙。\n", "never closed", "line 5" },
  { "stray-underline", HEAD "1.1 甲</u>乙。\n", "none was begun", "line 5" },
  { "bold-over-documents", HEAD "1.1 甲**。\n\n附件 1\n\n说明**\n", "never closed", "line 5" },
};

static void
test_errors (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouBundle) bundle = import_text (error_cases[i].text, &error);

  g_assert_null (bundle);
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, error_cases[i].part));
  g_assert_cmpstr (wuyou_error_get_field (error), ==, error_cases[i].field);
}

static void
test_nul (void)
{
  g_autoptr (WuyouBundle) bundle = wuyou_bundle_new ();
  g_autoptr (GBytes) file = g_bytes_new_static (HEAD "\0"
                                                     "甲",
                                                sizeof HEAD + 3);
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_agreement_import (bundle, file, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID);
  g_assert_cmpuint (bundle->documents->len, ==, 0);
}

static char *
strip_source (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *c = text; *c != '\0';) {
    gsize mark = g_str_has_prefix (c, "**")     ? 2
                 : g_str_has_prefix (c, "<u>")  ? 3
                 : g_str_has_prefix (c, "</u>") ? 4
                                                : 0;

    if (mark == 0 && !g_unichar_isspace (g_utf8_get_char (c)) && g_utf8_get_char (c) != 0xfeff)
      g_string_append_unichar (out, g_utf8_get_char (c));
    c = mark > 0 ? c + mark : g_utf8_next_char (c);
  }
  return g_string_free (out, FALSE);
}

static char *
strip_clauses (const WuyouBundle *bundle)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < bundle->documents->len; i++)
    for (guint j = 0; j < wuyou_bundle_get_document (bundle, i)->clauses->len; j++) {
      const WuyouClause *clause = wuyou_agreement_get_clause (wuyou_bundle_get_document (bundle, i), j);
      g_autofree char *text = wuyou_clause_dup_text (clause);

      g_string_append_printf (out, "%s%s%s", clause->marker, clause->number, text);
    }
  return strip_source (out->str);
}

static void
assert_nothing_lost (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouBundle) bundle = import_text (text, &error);
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *shown = NULL, *source = strip_source (text);

  g_assert_no_error (error);
  shown = strip_clauses (bundle);
  g_assert_cmpstr (shown, ==, source);
  for (guint i = 0; i < bundle->documents->len; i++) {
    GBytes *part = wuyou_bundle_get_document (bundle, i)->text;

    g_string_append_len (bytes, g_bytes_get_data (part, NULL), (gssize) g_bytes_get_size (part));
  }
  g_assert_cmpstr (bytes->str, ==, text);
}

static void
test_nothing_lost (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    assert_nothing_lost (parse_cases[i].text);
  for (int version = 1; version <= 2; version++) {
    g_autofree char *text = read_sample (version);

    assert_nothing_lost (text);
  }
}

/* Whatever the bytes, the reader neither crashes nor loses a character of what it accepts. */
static void
test_mutations (void)
{
  g_autofree char *text = read_sample (1);
  gsize length = strlen (text);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);

  for (int round = 0; round < 150; round++) {
    g_autofree char *copy = g_strdup (text);
    g_autoptr (GError) error = NULL;
    g_autoptr (WuyouBundle) bundle = NULL;

    for (int k = 0; k < 4; k++)
      copy[g_rand_int_range (random, 0, (gint32) length)] = "*\n#- <1.u>"[g_rand_int_range (random, 0, 10)];
    bundle = import_text (copy, &error);
    g_assert_true ((bundle == NULL) == (error != NULL));
    if (bundle != NULL)
      assert_nothing_lost (copy);
  }
}

static void
test_sample (void)
{
  static const struct {
    WuyouAgreementKind kind;
    const char *code, *title;
    guint clauses, keys;
  } expected[] = {
    { WUYOU_AGREEMENT_USER, "UA", "安途无忧车辆保障平台用户服务协议", 55, 8 },
    { WUYOU_AGREEMENT_PRIVACY, "PA", "隐私声明及个人信息处理协议", 59, 6 },
    { WUYOU_AGREEMENT_ANNEX, "X1", "附件 1 个人信息处理活动说明", 19, 0 },
  };
  g_autoptr (WuyouBundle) bundle = import_sample (1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (bundle->documents->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < bundle->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);
    guint keys = 0;

    for (guint j = 0; j < document->clauses->len; j++)
      keys += wuyou_agreement_get_clause (document, j)->key;
    g_assert_cmpint (document->kind, ==, expected[i].kind);
    g_assert_cmpstr (document->code, ==, expected[i].code);
    g_assert_cmpstr (document->title, ==, expected[i].title);
    g_assert_cmpuint (document->clauses->len, ==, expected[i].clauses);
    g_assert_cmpuint (keys, ==, expected[i].keys);
    g_assert_cmpstr (document->version_label, ==, "第 1 版");
    g_assert_cmpint (document->effective_on, ==, wuyou_date_new (2025, 1, 1));
  }
  g_assert_cmpstr (wuyou_bundle_get_document (bundle, 1)->aliases->pdata[0], ==, "隐私声明与个人信息处理协议");
  g_assert_cmpstr (wuyou_bundle_get_document (bundle, 1)->aliases->pdata[1], ==, "个人信息处理协议");
  g_assert_true (wuyou_bundle_check_complete (bundle, &error));
}

static void
test_incomplete (void)
{
  static const struct {
    const char *text, *missing;
  } cases[] = {
    { HEAD "1.1 甲。\n", "privacy" },
    { HEAD "1.1 甲。\n\n隐私声明\n\n第一条 甲\n\n乙。\n", "annex" },
    { "隐私声明\n\n第一条 甲\n\n乙。\n\n附件\n\n丙。\n", "user agreement" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WuyouBundle) bundle = import_text (cases[i].text, &error);

    g_assert_no_error (error);
    g_assert_false (wuyou_bundle_check_complete (bundle, &error));
    g_assert_nonnull (strstr (error->message, cases[i].missing));
  }
}

static void
test_several_files (void)
{
  static const char *const files[] = {
    "平台用户服务协议\n\n第一条 定义\n\n1.1 甲，见《隐私政策》。\n",
    "隐私声明\n\n（第三版，2026年2月28日起生效）\n\n第一条 定义\n\n乙。\n",
    "附件\n\n丙。\n",
    "附件二 清单\n\n丁。\n",
  };
  static const char *const codes[] = { "UA", "PA", "X1", "X2" };
  g_autoptr (WuyouBundle) bundle = wuyou_bundle_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GBytes) file = g_bytes_new_static (files[i], strlen (files[i]));
    g_autoptr (GError) error = NULL;

    wuyou_agreement_import (bundle, file, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (bundle->documents->len, ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < bundle->documents->len; i++) {
    g_assert_cmpstr (wuyou_bundle_get_document (bundle, i)->code, ==, codes[i]);
    g_assert_cmpstr (wuyou_bundle_get_document (bundle, i)->version_label, ==, "第三版");
    g_assert_cmpint (wuyou_bundle_get_document (bundle, i)->effective_on, ==, wuyou_date_new (2026, 2, 28));
  }
}

static void
test_proposal_first (void)
{
  g_autoptr (WuyouBundle) bundle = import_sample (1);
  g_autoptr (WuyouProposal) proposal = wuyou_agreement_propose (bundle, NULL, NULL);

  g_assert_cmpuint (proposal->rows->len, ==, 55 + 59 + 19);
  g_assert_cmpuint (proposal->removed->len, ==, 0);
  for (guint i = 0; i < proposal->rows->len; i++)
    g_assert_cmpint (g_array_index (proposal->rows, WuyouProposalRow, i).basis, ==, WUYOU_PROPOSAL_NEW);
}

static const WuyouProposalRow *
find_row (const WuyouProposal *proposal, const char *number, const char *start)
{
  for (guint i = 0; i < proposal->rows->len; i++) {
    const WuyouProposalRow *row = &g_array_index (proposal->rows, WuyouProposalRow, i);
    const WuyouClause *clause = wuyou_agreement_get_clause (row->document, row->clause);
    g_autofree char *text = wuyou_clause_dup_text (clause);

    if (g_str_equal (clause->number, number) && g_str_has_prefix (text, start))
      return row;
  }
  g_assert_not_reached ();
}

static void
test_proposal_second (void)
{
  static const struct {
    const char *number, *start, *id;
    WuyouProposalBasis basis;
  } expected[] = {
    { "1.6", "操作手册", "UA-1.7", WUYOU_PROPOSAL_SAME }, /* moved and renumbered */
    { "1.7", "车主", "UA-1.6", WUYOU_PROPOSAL_SAME },
    { "2.4", "您应当保管", "UA-2.4", WUYOU_PROPOSAL_SIMILAR }, /* other words */
    { "2.5", "查看完整", "UA-2.5-2", WUYOU_PROPOSAL_NEW },     /* inserted: its number's id is taken */
    { "2.6", "发现账号", "UA-2.5", WUYOU_PROPOSAL_SAME },
    { "3.2", "账号信息", "UA-3.3", WUYOU_PROPOSAL_SAME },
    { "3.3", "法律规定", "UA-3.4a", WUYOU_PROPOSAL_SAME },
    { "3.4", "本条不适用", "UA-3.4b", WUYOU_PROPOSAL_SAME },
    { "5.3.3", "用自动化", "UA-5.3.3", WUYOU_PROPOSAL_NEW },
    { "7.", "每年至少", "PA-13.7", WUYOU_PROPOSAL_NEW },
  };
  g_autoptr (WuyouBundle) first = import_sample (1), second = import_sample (2);
  g_autoptr (WuyouProposal) proposal = wuyou_agreement_propose (second, first, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    const WuyouProposalRow *row = find_row (proposal, expected[i].number, expected[i].start);

    g_assert_cmpstr (wuyou_agreement_get_clause (row->document, row->clause)->id, ==, expected[i].id);
    g_assert_cmpint (row->basis, ==, expected[i].basis);
  }
  g_assert_cmpuint (proposal->removed->len, ==, 1);
  g_assert_cmpstr (proposal->removed->pdata[0], ==, "UA-5.3.5");
  for (guint i = 0; i < proposal->rows->len; i++) {
    const WuyouProposalRow *row = &g_array_index (proposal->rows, WuyouProposalRow, i);

    g_assert_true (g_hash_table_add (ids, wuyou_agreement_get_clause (row->document, row->clause)->id));
  }
}

static void
test_proposal_rules (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouBundle) first = import_text (HEAD "1.1 用户应当妥善保管密码。\n\n1.2 旧的说法。\n", &error);
  g_autoptr (WuyouBundle) second
      = import_text (HEAD "1.1 用户应当妥善保管密码。\n\n1.2 完全另写。\n\n1.3 新增内容。\n", &error);
  g_autoptr (GPtrArray) retired = g_ptr_array_new ();
  g_autoptr (WuyouProposal) proposal = NULL;
  const WuyouProposalRow *row;

  g_ptr_array_add (retired, (gpointer) "UA-1.3");
  proposal = wuyou_agreement_propose (second, first, retired);
  row = find_row (proposal, "1.2", "完全另写");
  g_assert_cmpint (row->basis, ==, WUYOU_PROPOSAL_NUMBER);
  g_assert_cmpstr (row->old_id, ==, "UA-1.2");
  g_assert_cmpstr (wuyou_agreement_get_clause (row->document, 4)->id, ==, "UA-1.3-2");

  g_assert_false (wuyou_proposal_set_id (proposal, 3, "UA-1.1", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  g_assert_false (wuyou_proposal_set_id (proposal, 3, "PA-9", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  g_assert_true (wuyou_proposal_set_id (proposal, 3, "UA-1.2b", &error));
  g_assert_cmpuint (proposal->removed->len, ==, 1);
  g_assert_true (wuyou_proposal_set_id (proposal, 4, "UA-1.2", &error));
  g_assert_cmpuint (proposal->removed->len, ==, 0);
  g_assert_no_error (error);
}

static JsonObject *
to_json (const WuyouBundle *bundle)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  wuyou_bundle_write_json (bundle, out);
  object = wuyou_json_parse_object (out->str, out->len, &error);
  g_assert_no_error (error);
  return object;
}

static void
test_wire (void)
{
  g_autoptr (WuyouBundle) first = import_sample (1), second = import_sample (2), read = NULL;
  g_autoptr (WuyouProposal) proposal = wuyou_agreement_propose (second, first, NULL);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sent = NULL, *received = NULL;

  second->id = g_strdup ("0190c5a0-0000-7000-8000-000000000001");
  second->material = TRUE;
  wuyou_bundle_set_effective (second, wuyou_date_new (2027, 1, 1));
  object = to_json (second);
  read = wuyou_bundle_read_json (object, &error);
  g_assert_no_error (error);
  sent = wuyou_bundle_dup_hash (second);
  received = wuyou_bundle_dup_hash (read);
  g_assert_cmpstr (sent, ==, received);
  g_assert_cmpstr (read->id, ==, second->id);
  g_assert_true (read->material);
  for (guint i = 0; i < second->documents->len; i++) {
    g_autofree char *a = describe (wuyou_bundle_get_document (second, i));
    g_autofree char *b = describe (wuyou_bundle_get_document (read, i));

    g_assert_cmpstr (a, ==, b);
  }
}

static void
test_wire_tampered (void)
{
  static const struct {
    const char *member, *value;
    WuyouError code;
  } cases[] = {
    { "text", "平台用户服务协议\n\n第一条 定义\n\n1.1 丁。\n", WUYOU_ERROR_CORRUPT },
    { "version_label", "第 9 版", WUYOU_ERROR_CORRUPT },
    { "sha256", "00", WUYOU_ERROR_CORRUPT },
    { "kind", "NOTHING", WUYOU_ERROR_MALFORMED },
    { "code", NULL, WUYOU_ERROR_MALFORMED },
    { "code", "PA", WUYOU_ERROR_INVALID },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouBundle) bundle = import_text (HEAD "1.1 甲。\n", &error);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) object = to_json (bundle);
    JsonObject *document = json_array_get_object_element (json_object_get_array_member (object, "documents"), 0);

    json_object_remove_member (document, cases[i].member);
    if (cases[i].value != NULL)
      json_object_set_string_member (document, cases[i].member, cases[i].value);
    g_assert_null (wuyou_bundle_read_json (object, &error));
    wuyou_test_expect_error (&error, cases[i].code, NULL);
  }
}

static void
test_hash_covers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouBundle) a = import_text (HEAD "1.1 甲。\n", &error), b = import_text (HEAD "1.1 甲。 \n", &error);
  g_autoptr (WuyouBundle) c = import_text (HEAD "1.1 甲。\n", &error);
  g_autofree char *x = wuyou_bundle_dup_hash (a), *y = wuyou_bundle_dup_hash (b), *z = NULL;

  g_assert_cmpstr (x, !=, y); /* one blank more is another text */
  wuyou_bundle_set_effective (c, wuyou_date_new (2027, 1, 1));
  z = wuyou_bundle_dup_hash (c);
  g_assert_cmpstr (x, !=, z);
}

#define DATED "平台用户服务协议\n\n（第 1 版，2019 年 11 月 30 日起生效）\n\n第一条 责任\n\n1.1 甲。\n\n"
#define DATED_OTHERWISE "隐私声明\n\n（第 1 版，2020 年 1 月 1 日起生效）\n\n第一条 定义\n\n1.1 乙。\n"

/* P-11: what binds, what is shown and what is hashed is one day, whatever the texts say. */
static void
test_one_date (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouBundle) bundle = import_text (DATED DATED_OTHERWISE, &error);
  WuyouDate first = wuyou_date_new (2019, 11, 30), second = wuyou_date_new (2020, 1, 1);

  g_assert_no_error (error);
  g_assert_cmpstr (wuyou_bundle_find_other_date (bundle, first)->code, ==, "PA");
  g_assert_cmpint (wuyou_bundle_find_other_date (bundle, first)->effective_on, ==, second);
  g_assert_cmpstr (wuyou_bundle_find_other_date (bundle, second)->code, ==, "UA");
  wuyou_bundle_set_effective (bundle, wuyou_date_new (2027, 1, 1));
  g_assert_cmpint (wuyou_bundle_get_document (bundle, 0)->effective_on, ==, bundle->effective_on);
  g_assert_cmpint (wuyou_bundle_get_document (bundle, 1)->effective_on, ==, bundle->effective_on);
}

/* A document without a day of its own contradicts nothing; the one that lent it the day is named. */
static void
test_lent_date (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouBundle) bundle = import_text ("隐私声明\n\n第一条 定义\n\n1.1 乙。\n\n" DATED, &error);

  g_assert_no_error (error);
  g_assert_null (wuyou_bundle_find_other_date (bundle, wuyou_date_new (2019, 11, 30)));
  g_assert_cmpstr (wuyou_bundle_find_other_date (bundle, wuyou_date_new (2026, 12, 1))->code, ==, "UA");
}

static void
add_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/consent/agreement/parse/%s", parse_cases[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_parse);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (error_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/consent/agreement/error/%s", error_cases[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_errors);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  add_cases ();
  g_test_add_func ("/consent/agreement/nul", test_nul);
  g_test_add_func ("/consent/agreement/nothing-lost", test_nothing_lost);
  g_test_add_func ("/consent/agreement/mutations", test_mutations);
  g_test_add_func ("/consent/agreement/sample", test_sample);
  g_test_add_func ("/consent/agreement/incomplete", test_incomplete);
  g_test_add_func ("/consent/agreement/several-files", test_several_files);
  g_test_add_func ("/consent/agreement/proposal/first", test_proposal_first);
  g_test_add_func ("/consent/agreement/proposal/second", test_proposal_second);
  g_test_add_func ("/consent/agreement/proposal/rules", test_proposal_rules);
  g_test_add_func ("/consent/agreement/wire/round-trip", test_wire);
  g_test_add_func ("/consent/agreement/wire/tampered", test_wire_tampered);
  g_test_add_func ("/consent/agreement/hash", test_hash_covers);
  g_test_add_func ("/consent/agreement/one-date", test_one_date);
  g_test_add_func ("/consent/agreement/lent-date", test_lent_date);
  return g_test_run ();
}
