/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-text.h"
#include "hostile-text.h"
#include "wuyou-test.h"

static void
assert_owned (char *actual, const char *expected)
{
  g_assert_cmpstr (actual, ==, expected);
  g_free (actual);
}

static void
test_normalise (void)
{
  assert_owned (wuyou_text_normalise (NULL), NULL);
  assert_owned (wuyou_text_normalise (""), "");
  assert_owned (wuyou_text_normalise ("  李　　明 \t"), "李 明");
  assert_owned (wuyou_text_normalise ("ＡＢＣ１２３（沈阳），ｘ"), "ABC123（沈阳），x");
  assert_owned (wuyou_text_normalise ("a\nb\r\nc"), "a b c");
  assert_owned (wuyou_text_normalise ("e\xCC\x81"), "\xC3\xA9"); /* one character, however it was typed */
  assert_owned (wuyou_text_normalise ("\xC3\x28"), "");
  assert_owned (wuyou_text_normalise ("𠮷野"), "𠮷野");
}

static void
test_lines (void)
{
  assert_owned (wuyou_text_normalise_lines (" a  b \n\n c\t d \n"), "a b\n\nc d");
  assert_owned (wuyou_text_normalise_lines ("\n\nа"), "а");
  assert_owned (wuyou_text_normalise_lines ("a\r\nb"), "a\nb");
}

static void
test_compact (void)
{
  assert_owned (wuyou_text_compact (NULL), NULL);
  assert_owned (wuyou_text_compact (" ｌｂｖ４１ｃｄ０６ lfa-00001 "), "LBV41CD06LFA00001");
  assert_owned (wuyou_text_compact ("京·A 12345"), "京A12345");
  assert_owned (wuyou_text_compact ("1234 5678–9012—3456－7"), "12345678901234567");
  assert_owned (wuyou_text_compact ("\xFF"), "");
}

static void
test_check (void)
{
  g_assert_true (wuyou_text_check (NULL, NULL));
  g_assert_true (wuyou_text_check ("", NULL));
  g_assert_true (wuyou_text_check ("《服务合同》第一条：“无忧” 100% <ok> 👍 𠮷", NULL));
  g_assert_false (wuyou_text_check ("a\nb", NULL));
  g_assert_true (wuyou_text_check_lines ("a\n\tb", NULL));
  g_assert_false (wuyou_text_check_lines ("a\rb", NULL));
  g_assert_false (wuyou_text_check ("a\xE2\x80\xAEz", NULL));
  g_assert_false (wuyou_text_check ("a\xE2\x80\x8Bz", NULL));
  g_assert_false (wuyou_text_check ("a\xD8\x9Cz", NULL));
  g_assert_false (wuyou_text_check ("a\xE2\x80\xA8z", NULL));
  g_assert_false (wuyou_text_check ("a\xE3\x85\xA4z", NULL));
  g_assert_false (wuyou_text_check ("a\xEF\xBF\xBDz", NULL));
  g_assert_false (wuyou_text_check ("\xC3\x28", NULL));
}

static void
test_name (void)
{
  static const char *const names[] = { "李明",
                                       "欧阳一鸣",
                                       "阿卜杜拉·买买提",
                                       "Anna-Maria O'Neil",
                                       "𠮷田",
                                       "李〇",
                                       "北京安达（集团）汽车销售服务有限公司",
                                       "A & B 4S店",
                                       "Müller" };
  static const char *const refused[] = { "",
                                         " ",
                                         "123",
                                         "李明\n",
                                         "李<b>明",
                                         "李明👍",
                                         "\xE2\x80\x8B",
                                         "--",
                                         "a;b",
                                         "a=b",
                                         "1\xEF\xB8\x8F\xE2\x83\xA3李",
                                         "李\"明" };
  GString *longest = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!wuyou_name_check (names[i], NULL))
      g_error ("refused: %s", names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (wuyou_name_check (refused[i], NULL))
      g_error ("taken: %s", refused[i]);
  g_assert_false (wuyou_name_check (NULL, NULL));
  for (int i = 0; i < 100; i++)
    g_string_append (longest, "李");
  g_assert_true (wuyou_name_check (longest->str, NULL));
  g_string_append (longest, "李");
  g_assert_false (wuyou_name_check (longest->str, NULL));
  g_string_free (longest, TRUE);
}

static void
test_digits (void)
{
  g_assert_true (wuyou_text_is_digits ("0123456789"));
  g_assert_false (wuyou_text_is_digits (""));
  g_assert_false (wuyou_text_is_digits (NULL));
  g_assert_false (wuyou_text_is_digits ("１"));
  g_assert_cmpuint (wuyou_text_length ("李明"), ==, 2);
  g_assert_cmpuint (wuyou_text_length ("\xFF"), ==, 0);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/base/text/normalise", test_normalise);
  g_test_add_func ("/base/text/normalise/lines", test_lines);
  g_test_add_func ("/base/text/compact", test_compact);
  g_test_add_func ("/base/text/check", test_check);
  g_test_add_func ("/base/text/name", test_name);
  g_test_add_func ("/base/text/digits", test_digits);
  return g_test_run ();
}
