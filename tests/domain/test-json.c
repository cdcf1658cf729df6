/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-date.h"
#include "base/wuyou-json.h"
#include "wuyou-test.h"

static void
test_accepts (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    "0",
    "-1",
    "9223372036854775807",
    "\"\"",
    "true",
    " { \"a\" : [ 1 , null ] } ",
    "\"\\ud83d\\ude97\"",
    "\"车架号\"",
    "{\"a\":{\"a\":1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = wuyou_json_parse (texts[i], strlen (texts[i]), &error);

    g_assert_no_error (error);
    g_assert_nonnull (node);
  }
}

static void
test_refuses (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "{",
    "[1,]",
    "{\"a\":1,}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "01",
    "1.5",
    "1e3",
    "--1",
    "+1",
    "9223372036854775808",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\x41\"",
    "\"a\nb\"",
    "nul",
    "{}{}",
    "{'a':1}",
    "[1 2]",
    "{\"a\" 1}",
    "NaN",
    "\"unfinished",
    "\xff",
    "\"\xc0\xaf\"",
    "// c\n{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = wuyou_json_parse (texts[i], strlen (texts[i]), &error);

    g_test_message ("%s", texts[i]);
    g_assert_null (node);
    wuyou_test_expect_error (&error, WUYOU_ERROR_MALFORMED, NULL);
  }
}

static void
test_embedded_nul (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wuyou_json_parse ("{\"a\":\0 1}", 9, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_MALFORMED, NULL);
}

/* json-glib 1.6.6 crashes on 200,000 levels; the guard must answer first. */
static void
test_depth (void)
{
  static const struct {
    guint depth;
    gboolean right;
  } cases[] = { { 1, TRUE }, { 32, TRUE }, { 33, FALSE }, { 200000, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = NULL;

    for (guint d = 0; d < cases[i].depth; d++)
      g_string_append_c (text, '[');
    for (guint d = 0; d < cases[i].depth; d++)
      g_string_append_c (text, ']');
    node = wuyou_json_parse (text->str, text->len, &error);
    g_assert_cmpint (node != NULL, ==, cases[i].right);
  }
}

static void
test_canonical (void)
{
  const char *text = "{ \"b\" : [true, null, -7], \"a\" : {\"z\":\"\\u4eba\\n\", \"y\":1} }";
  g_autoptr (JsonNode) node = wuyou_json_parse (text, strlen (text), NULL);
  g_autofree char *canonical = wuyou_json_canonical (node);

  g_assert_cmpstr (canonical, ==, "{\"a\":{\"y\":1,\"z\":\"人\\u000a\"},\"b\":[true,null,-7]}");
}

static void
test_writer (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "quote", "a\"b\\c\t");
  wuyou_json_add_string (out, "absent", NULL);
  wuyou_json_begin_array (out, "list");
  wuyou_json_add_int (out, NULL, G_MININT64);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_end_object (out);
  wuyou_json_add_boolean (out, NULL, TRUE);
  wuyou_json_end_array (out);
  wuyou_json_add_date (out, "on", wuyou_date_new (2026, 11, 22));
  wuyou_json_add_date (out, "no", WUYOU_DATE_NONE);
  wuyou_json_add_raw (out, "raw", "[1]");
  wuyou_json_end_object (out);
  g_assert_cmpstr (out->str, ==,
                   "{\"quote\":\"a\\\"b\\\\c\\u0009\",\"list\":[-9223372036854775808,{},true],\"on\":\"2026-11-22\","
                   "\"raw\":[1]}");
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/base/json/accepts", test_accepts);
  g_test_add_func ("/base/json/refuses", test_refuses);
  g_test_add_func ("/base/json/embedded-nul", test_embedded_nul);
  g_test_add_func ("/base/json/depth", test_depth);
  g_test_add_func ("/base/json/canonical", test_canonical);
  g_test_add_func ("/base/json/writer", test_writer);
  return g_test_run ();
}
