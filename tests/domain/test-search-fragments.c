/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "sales/wuyou-search-fragments.h"
#include "wuyou-test.h"

static WuyouContract *
new_contract (void)
{
  WuyouContract *contract = wuyou_contract_new ();

  contract->vin = g_strdup ("LBV41CD06LFA00481");
  contract->number = g_strdup ("WY-2026-0012481");
  contract->plate = g_strdup ("京A12345");
  contract->owner_name = g_strdup ("欧阳一鸣");
  contract->owner_mobile = g_strdup ("13812345678");
  contract->owner_id_no = g_strdup ("11010519491231002X");
  return contract;
}

static gboolean
has_fragment (GPtrArray *fragments, const WuyouFragment *wanted)
{
  for (guint i = 0; i < fragments->len; i++) {
    const WuyouFragment *fragment = g_ptr_array_index (fragments, i);

    if (fragment->kind == wanted->kind && g_str_equal (fragment->text, wanted->text))
      return TRUE;
  }
  return FALSE;
}

/* What the index does: of every group at least one. */
static gboolean
finds (const WuyouContract *contract, const char *typed)
{
  g_autoptr (GPtrArray) stored = wuyou_search_fragments_of_contract (contract);
  g_autoptr (GPtrArray) groups = wuyou_search_fragments_of_query (typed);

  for (guint i = 0; i < groups->len; i++) {
    GPtrArray *group = g_ptr_array_index (groups, i);
    gboolean met = FALSE;

    for (guint j = 0; j < group->len; j++)
      met = met || has_fragment (stored, g_ptr_array_index (group, j));
    if (!met)
      return FALSE;
  }
  return groups->len > 0;
}

static void
test_found (void)
{
  static const char *const typed[] = {
    "LBV41CD06LFA00481",
    "lbv 41cd06 lfa 00481",
    "ＬＢＶ４１ＣＤ０６ＬＦＡ００４８１",
    "0481",
    "00481",
    "A00481",
    "fa00481",
    "LFA00481",
    "WY-2026-0012481",
    "wy20260012481",
    "0012481",
    "12481",
    "2481",
    "京A12345",
    "京a·12345",
    "A12345",
    "12345",
    "2345",
    "欧",
    "欧阳",
    "一鸣",
    "阳一",
    "欧阳一",
    "欧阳一鸣",
    "鸣",
    "13812345678",
    "138 1234 5678",
    "+86 13812345678",
    "5678",
    "11010519491231002X",
    "110105 19491231 002x",
    "002x",
    "欧阳 5678",
    "A00481 欧阳一鸣",
    "  欧阳一鸣  ",
  };
  g_autoptr (WuyouContract) contract = new_contract ();

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    if (!finds (contract, typed[i]))
      g_error ("not found: %s", typed[i]);
}

static void
test_not_found (void)
{
  static const char *const typed[] = { "",
                                       " ",
                                       "481",
                                       "9999",
                                       "LBV41CD06LFA00482",
                                       "欧阳二",
                                       "鸣一",
                                       "欧阳 9999",
                                       "13812345679",
                                       "京A12346",
                                       "%",
                                       "*",
                                       "' OR 1",
                                       "\xC3\x28",
                                       "\xE2\x80\xAE"
                                       "5678" };
  g_autoptr (WuyouContract) contract = new_contract ();

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    if (finds (contract, typed[i]))
      g_error ("found: %s", typed[i]);
}

static void
test_company (void)
{
  static const char *const found[] = { "北京安达汽车销售服务有限公司",
                                       "安达",
                                       "安达汽车",
                                       "汽车销售",
                                       "北",
                                       "4s",
                                       "安达 销售",
                                       "4S店",
                                       "张",
                                       "张伟",
                                       "3333",
                                       "安达汽车销售服务有限公司" };
  static const char *const not_found[] = { "上海安达", "有限公司", "安车" };
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();

  contract->owner_name = g_strdup ("北京安达汽车销售服务（4S店）有限公司");
  contract->agent_name = g_strdup ("张伟");
  contract->agent_mobile = g_strdup ("13900003333");
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    if (!finds (contract, found[i]))
      g_error ("not found: %s", found[i]);
  for (guint i = 0; i < G_N_ELEMENTS (not_found); i++)
    if (finds (contract, not_found[i]))
      g_error ("found: %s", not_found[i]);
}

static void
test_latin (void)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();

  contract->owner_name = g_strdup ("Anna-Maria Vandenberghe");
  g_assert_true (finds (contract, "anna"));
  g_assert_true (finds (contract, "Maria"));
  g_assert_true (finds (contract, "van"));
  g_assert_true (finds (contract, "VANDENBERGHE"));
  g_assert_true (finds (contract, "anna vandenb"));
  g_assert_true (finds (contract, "Anna-Maria"));
  g_assert_false (finds (contract, "berghe"));
}

static void
test_bounded (void)
{
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autoptr (WuyouContract) contract = new_contract ();
  g_autoptr (GPtrArray) fragments = NULL, groups = NULL;

  for (int i = 0; i < 5000; i++)
    g_string_append_unichar (long_text, 0x4E00 + (gunichar) (i * 7 % 20000));
  g_free (contract->owner_name);
  contract->owner_name = g_strdup (long_text->str);
  fragments = wuyou_search_fragments_of_contract (contract);
  groups = wuyou_search_fragments_of_query (long_text->str);
  g_assert_cmpuint (fragments->len, <=, WUYOU_FRAGMENTS_MAX);
  g_assert_cmpuint (groups->len, <=, WUYOU_QUERY_GROUPS_MAX);
  g_string_truncate (long_text, 0);
  for (int i = 0; i < 5000; i++)
    g_string_append (long_text, "1234 ");
  g_clear_pointer (&groups, g_ptr_array_unref);
  groups = wuyou_search_fragments_of_query (long_text->str);
  g_assert_cmpuint (groups->len, <=, WUYOU_QUERY_GROUPS_MAX);
}

/* An ordinary sale keeps the index small: its cost is counted in fragments. */
static void
test_count (void)
{
  g_autoptr (WuyouContract) contract = new_contract ();
  g_autoptr (GPtrArray) fragments = wuyou_search_fragments_of_contract (contract);

  g_assert_cmpuint (fragments->len, <=, 30);
  for (guint i = 0; i < fragments->len; i++) { /* none twice */
    WuyouFragment *fragment = g_ptr_array_steal_index (fragments, i);

    g_assert_false (has_fragment (fragments, fragment));
    g_ptr_array_insert (fragments, (int) i, fragment);
  }
}

static void
test_classify (void)
{
  static const struct {
    const char *typed;
    WuyouFragmentKind kind;
    gboolean only;
  } cases[] = {
    { "京A12345", WUYOU_FRAGMENT_PLATE, TRUE },
    { "欧阳", WUYOU_FRAGMENT_NAME, TRUE },
    { "LBV41CD06LFA00481", WUYOU_FRAGMENT_VIN, FALSE },
    { "5678", WUYOU_FRAGMENT_PHONE, FALSE },
    { "5678", WUYOU_FRAGMENT_IDENTITY, FALSE },
    { "5678", WUYOU_FRAGMENT_VIN_TAIL, FALSE },
    { "481", WUYOU_FRAGMENT_SERIAL, FALSE },
    { "13812345678", WUYOU_FRAGMENT_PHONE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint mask = wuyou_search_classify (cases[i].typed);

    g_assert_true (mask & (1u << cases[i].kind));
    g_assert_true (!cases[i].only || mask == (1u << cases[i].kind));
  }
  g_assert_cmpuint (wuyou_search_classify (""), ==, 0);
  g_assert_cmpuint (wuyou_search_classify (NULL), ==, 0);
  for (int kind = 1; kind < WUYOU_N_FRAGMENTS; kind++)
    g_assert_nonnull (wuyou_fragment_kind_id (kind));
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/search/found", test_found);
  g_test_add_func ("/sales/search/not-found", test_not_found);
  g_test_add_func ("/sales/search/company", test_company);
  g_test_add_func ("/sales/search/latin", test_latin);
  g_test_add_func ("/sales/search/bounded", test_bounded);
  g_test_add_func ("/sales/search/count", test_count);
  g_test_add_func ("/sales/search/classify", test_classify);
  return g_test_run ();
}
