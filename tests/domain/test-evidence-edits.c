/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-edits.h"
#include "wuyou-test.h"

static void
test_canonical (void)
{
  static const struct {
    const char *json, *canonical;
  } rows[] = {
    { NULL, NULL },
    { "", NULL },
    { "{\"pages\":[]}", NULL },
    { "{\"pages\":[{\"page\":3}]}", NULL },
    { "{\"pages\":[{\"page\":1,\"rotate\":0,\"crop\":[0,0,10000,10000],\"redact\":[]}]}", NULL },
    { " { \"pages\" : [ { \"rotate\" : 90 , \"page\" : 1 } ] } ", "{\"pages\":[{\"page\":1,\"rotate\":90}]}" },
    { "{\"pages\":[{\"page\":300,\"rotate\":270},{\"page\":2,\"crop\":[0,0,10000,9999]}]}",
      "{\"pages\":[{\"crop\":[0,0,10000,9999],\"page\":2},{\"page\":300,\"rotate\":270}]}" },
    { "{\"pages\":[{\"page\":1,\"redact\":[[5,5,1,1],[9999,9999,1,1],[0,0,10000,10000]],\"crop\":[1,2,3,4],\"rotate\":180}]}",
      "{\"pages\":[{\"crop\":[1,2,3,4],\"page\":1,\"redact\":[[0,0,10000,10000],[5,5,1,1],[9999,9999,1,1]],"
      "\"rotate\":180}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WuyouEdits) edits = wuyou_edits_parse (rows[i].json, &error);
    g_autofree char *canonical = NULL;
    g_autoptr (WuyouEdits) again = NULL;
    g_autofree char *same = NULL;

    g_assert_no_error (error);
    canonical = wuyou_edits_to_json (edits);
    g_assert_cmpstr (canonical, ==, rows[i].canonical);
    again = wuyou_edits_parse (canonical, &error);
    g_assert_no_error (error);
    same = wuyou_edits_to_json (again);
    g_assert_cmpstr (same, ==, canonical);
  }
}

static void
test_refuses (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    "null",
    "pages",
    "{\"pages\":null}",
    "{\"pages\":{}}",
    "{\"pages\":[1]}",
    "{\"pages\":[],\"more\":1}",
    "{\"pages\":[{}]}",
    "{\"pages\":[{\"page\":0}]}",
    "{\"pages\":[{\"page\":301}]}",
    "{\"pages\":[{\"page\":\"1\"}]}",
    "{\"pages\":[{\"page\":4294967297}]}",
    "{\"pages\":[{\"page\":1},{\"page\":1}]}",
    "{\"pages\":[{\"page\":1,\"page\":2}]}",
    "{\"pages\":[{\"page\":1,\"zoom\":2}]}",
    "{\"pages\":[{\"page\":1,\"rotate\":45}]}",
    "{\"pages\":[{\"page\":1,\"rotate\":360}]}",
    "{\"pages\":[{\"page\":1,\"rotate\":-90}]}",
    "{\"pages\":[{\"page\":1,\"rotate\":null}]}",
    "{\"pages\":[{\"page\":1,\"rotate\":4294967386}]}",
    "{\"pages\":[{\"page\":1,\"crop\":null}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[0,0,1]}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[0,0,1,1,1]}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[0,0,0,1]}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[0,0,10001,1]}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[-1,0,1,1]}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[9999,0,2,1]}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[0,5000,1,5001]}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[0.5,0,1,1]}]}",
    "{\"pages\":[{\"page\":1,\"crop\":[\"0\",0,1,1]}]}",
    "{\"pages\":[{\"page\":1,\"redact\":{}}]}",
    "{\"pages\":[{\"page\":1,\"redact\":[1]}]}",
    "{\"pages\":[{\"page\":1,\"redact\":[[0,0,1]]}]}",
    "{\"pages\":[{\"page\":1,\"redact\":[[0,0,1,9223372036854775807]]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WuyouEdits) edits = wuyou_edits_parse (texts[i], &error);

    g_test_message ("%s", texts[i]);
    g_assert_null (edits);
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "edits_json");
  }
}

static WuyouEdits *
parse_many (guint pages, guint redactions, GError **error)
{
  g_autoptr (GString) text = g_string_new ("{\"pages\":[");

  for (guint page = 1; page <= pages; page++) {
    g_string_append_printf (text, "%s{\"page\":%u,\"rotate\":90,\"redact\":[", page > 1 ? "," : "", page);
    for (guint i = 0; i < redactions; i++)
      g_string_append_printf (text, "%s[%u,0,1,1]", i > 0 ? "," : "", i);
    g_string_append (text, "]}");
  }
  g_string_append (text, "]}");
  return wuyou_edits_parse (text->str, error);
}

static void
test_most (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouEdits) most = parse_many (WUYOU_EDITS_MAX_PAGES, WUYOU_EDITS_MAX_REDACTIONS, &error);
  g_autoptr (WuyouEdits) more = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (most->pages->len, ==, WUYOU_EDITS_MAX_PAGES);
  g_assert_nonnull (wuyou_edits_find (most, 300));
  g_assert_null (wuyou_edits_find (most, 301));
  more = parse_many (1, WUYOU_EDITS_MAX_REDACTIONS + 1, &error);
  g_assert_null (more);
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "edits_json");
}

static void
test_place (void)
{
  static const struct {
    WuyouEditsBox box;
    int width, height;
    WuyouEditsBox placed;
  } rows[] = {
    { { 0, 0, 10000, 10000 }, 1, 1, { 0, 0, 1, 1 } }, { { 9999, 9999, 1, 1 }, 1, 1, { 0, 0, 1, 1 } },
    { { 0, 0, 1, 1 }, 30000, 3, { 0, 0, 3, 1 } },     { { 5000, 0, 5000, 5000 }, 801, 601, { 400, 0, 401, 301 } },
    { { 9999, 0, 1, 1 }, 7, 7, { 6, 0, 1, 1 } },      { { 3333, 3333, 3333, 3333 }, 100, 100, { 33, 33, 34, 34 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    WuyouEditsBox placed;

    wuyou_edits_box_place (&rows[i].box, rows[i].width, rows[i].height, &placed);
    g_assert_cmpint (placed.x, ==, rows[i].placed.x);
    g_assert_cmpint (placed.y, ==, rows[i].placed.y);
    g_assert_cmpint (placed.width, ==, rows[i].placed.width);
    g_assert_cmpint (placed.height, ==, rows[i].placed.height);
  }
}

/* Whatever the box and the page: it lies on the page. */
static void
test_place_any (void)
{
  for (guint i = 0; i < 20000; i++) {
    WuyouEditsBox box = { g_test_rand_int_range (0, 10000), g_test_rand_int_range (0, 10000), 0, 0 }, placed;
    int width = g_test_rand_int_range (1, 30001), height = g_test_rand_int_range (1, 30001);

    box.width = g_test_rand_int_range (1, 10001 - box.x);
    box.height = g_test_rand_int_range (1, 10001 - box.y);
    wuyou_edits_box_place (&box, width, height, &placed);
    g_assert_true (placed.x >= 0 && placed.width >= 1 && placed.x + placed.width <= width);
    g_assert_true (placed.y >= 0 && placed.height >= 1 && placed.y + placed.height <= height);
    g_assert_true ((gint64) placed.x * 10000 <= (gint64) box.x * width);
    g_assert_true ((gint64) (placed.x + placed.width) * 10000 >= (gint64) (box.x + box.width) * width);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/evidence-edits/canonical", test_canonical);
  g_test_add_func ("/evidence-edits/refuses", test_refuses);
  g_test_add_func ("/evidence-edits/most", test_most);
  g_test_add_func ("/evidence-edits/place", test_place);
  g_test_add_func ("/evidence-edits/place-any", test_place_any);
  return g_test_run ();
}
