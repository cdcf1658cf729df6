/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* What the pages do with the room they have, and where the keys lead. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "widgets/wuyou-record-columns.h"
#include "sales/wuyou-contract-form.h"
#include "sales/wuyou-contract-list.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-sales-page.h"
#include "today/wuyou-today-page.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-note-row.h"
#include "widgets/wuyou-split-view.h"
#include "widgets/wuyou-tab-stop.h"
#include "widgets/wuyou-wrap-box.h"
#include "wuyou-actions.h"
#include "wuyou-app-test.h"
#include "wuyou-work-view.h"

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define OTHER "01934f73-a800-7bd7-9265-caef53727401"
#define ROW "{\"id\":\"" ID "\",\"seq\":2,\"version\":3,\"number\":\"WY-2026-0000481\",\"state\":\"AWAIT_SIGN\"}"
#define NEW_ROW "{\"id\":\"" OTHER "\",\"seq\":3,\"version\":2,\"number\":\"WY-2026-0000482\",\"state\":\"AWAIT_SIGN\"}"
#define LIST "{\"items\":[" ROW "],\"total\":1,\"more\":false,\"counts\":{}}"
#define OTHER_LIST "{\"items\":[" NEW_ROW "],\"total\":1,\"more\":false,\"counts\":{}}"
#define LONGER_LIST "{\"items\":[" NEW_ROW "," ROW "],\"total\":2,\"more\":false,\"counts\":{}}"
#define DOSSIER                                                                                                        \
  "{\"contract\":{\"id\":\"" ID "\",\"version\":3,\"revision\":1,\"number\":\"WY-2026-0000481\","                      \
  "\"state\":\"AWAIT_SIGN\",\"owner_name\":\"李*\"},\"documents\":[],\"actions\":[],\"timeline\":[],\"papers\":[]}"

static void
set_up (WuyouAppTest *test, gconstpointer data)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200, LIST);
  wuyou_fake_server_say_json (test->server, "GET /v1/products", 200, "{\"items\":[]}");
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts/" ID, 200, DOSSIER);
}

static void
tear_down (WuyouAppTest *test, gconstpointer data)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static void
show_at (WuyouAppTest *test, GtkWidget *widget, int width)
{
  test->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (test->window), width, 600);
  gtk_window_set_child (GTK_WINDOW (test->window), widget);
  gtk_window_present (GTK_WINDOW (test->window));
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0);
  wuyou_app_test_pump (50);
}

static void
resize_to (WuyouAppTest *test, GtkWidget *widget, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (test->window), width, 600);
  WUYOU_APP_TEST_WAIT_FOR (ABS (gtk_widget_get_width (widget) - width) < 12);
  wuyou_app_test_pump (100);
}

/* --- split view --- */

static WuyouSplitView *
build_split (GtkWidget **ret_side, GtkWidget **ret_content)
{
  WuyouSplitView *split = g_object_new (WUYOU_TYPE_SPLIT_VIEW, "sidebar-min", 200, "sidebar-max", 260, "sidebar-share",
                                        0.5, "content-min", 360, NULL);

  *ret_side = gtk_button_new_with_label ("side");
  *ret_content = gtk_button_new_with_label ("content");
  wuyou_split_view_set_sidebar (split, *ret_side);
  wuyou_split_view_set_content (split, *ret_content);
  return split;
}

/* The very first allocation is a narrow one: something is there to be seen. */
static void
test_split_narrow (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *side, *content;
  WuyouSplitView *split = build_split (&side, &content);

  show_at (test, GTK_WIDGET (split), 400);
  g_assert_true (wuyou_split_view_get_folded (split));
  g_assert_true (gtk_widget_get_mapped (side));
  g_assert_false (gtk_widget_get_mapped (content));
  g_assert_cmpint (gtk_widget_get_width (gtk_widget_get_parent (side)), ==, gtk_widget_get_width (GTK_WIDGET (split)));
  gtk_widget_grab_focus (side);
  wuyou_split_view_set_show_content (split, TRUE);
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_mapped (content) && !gtk_widget_get_mapped (side));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (test->window)) == content);
  g_assert_true (gtk_widget_activate_action (content, "split.back", NULL));
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_mapped (side) && !gtk_widget_get_mapped (content));
}

static void
test_split_wide (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *side, *content;
  WuyouSplitView *split = build_split (&side, &content);

  show_at (test, GTK_WIDGET (split), 1000);
  g_assert_false (wuyou_split_view_get_folded (split));
  g_assert_true (gtk_widget_get_mapped (side) && gtk_widget_get_mapped (content));
  g_assert_cmpint (gtk_widget_get_width (gtk_widget_get_parent (side)), ==, 260);
  resize_to (test, GTK_WIDGET (split), 420);
  g_assert_true (wuyou_split_view_get_folded (split));
  resize_to (test, GTK_WIDGET (split), 900);
  g_assert_false (wuyou_split_view_get_folded (split));
  g_assert_true (gtk_widget_get_mapped (side) && gtk_widget_get_mapped (content));
}

/* --- wrap box --- */

static void
test_wrap_box (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *box = wuyou_wrap_box_new (4);
  int minimum, one, all;

  for (guint i = 0; i < 8; i++)
    wuyou_wrap_box_append (WUYOU_WRAP_BOX (box), gtk_button_new_with_label ("Awaiting"));
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  show_at (test, box, 360);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 200);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 4000, &one, NULL, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 360, &all, NULL, NULL, NULL);
  g_assert_cmpint (all, >=, 2 * one + 4);
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    graphene_rect_t at;

    g_assert_true (gtk_widget_compute_bounds (child, box, &at));
    g_assert_cmpfloat (at.origin.x + at.size.width, <=, gtk_widget_get_width (box));
    g_assert_cmpfloat (at.origin.y + at.size.height, <=, gtk_widget_get_height (box));
  }
}

/* --- columns --- */

static GtkColumnViewColumn *
find_column (GtkColumnView *view, const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
      return column;
  }
  g_error ("no column %s", title);
}

static int
sum_widths (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  int sum = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (gtk_column_view_column_get_visible (column))
      sum += gtk_column_view_column_get_fixed_width (column);
  }
  return sum;
}

static gboolean
is_visible (GtkColumnView *view, const char *title)
{
  return gtk_column_view_column_get_visible (find_column (view, title));
}

static void
test_columns (WuyouAppTest *test, gconstpointer data)
{
  WuyouProducts *products = wuyou_products_new (test->context);
  WuyouListState *state = wuyou_list_state_load (wuyou_app_context_get_local (test->context), "columns-test");
  GtkColumnView *view = GTK_COLUMN_VIEW (g_object_ref_sink (gtk_column_view_new (NULL)));
  g_autoptr (GPtrArray) kept = NULL;
  int vehicle;

  wuyou_record_columns_append (view, &wuyou_contract_list_kind.columns, state, G_OBJECT (products));
  wuyou_record_columns_fit (view, 1200);
  g_assert_true (is_visible (view, "Until") && is_visible (view, "Price") && is_visible (view, "Vehicle"));
  g_assert_cmpint (sum_widths (view), ==, 1200);
  vehicle = gtk_column_view_column_get_fixed_width (find_column (view, "Vehicle"));
  g_assert_cmpint (vehicle, >, 500);
  for (int width = 1200; width >= 330; width -= 10) {
    wuyou_record_columns_fit (view, width);
    g_assert_cmpint (sum_widths (view), ==, width);
    g_assert_true (is_visible (view, "Price") || !is_visible (view, "Until"));
    g_assert_true (is_visible (view, "Vehicle") || !is_visible (view, "Price"));
  }
  g_assert_false (is_visible (view, "Vehicle"));
  /* Chosen, a column stays, and what goes for want of room is not forgotten. */
  wuyou_record_columns_set_wanted (find_column (view, "VIN"), TRUE);
  wuyou_record_columns_fit (view, 330);
  g_assert_true (is_visible (view, "VIN"));
  g_assert_cmpint (sum_widths (view), >, 330);
  gtk_column_view_column_set_fixed_width (find_column (view, "Owner"), 99);
  wuyou_record_columns_fit (view, 1600);
  g_assert_true (is_visible (view, "Until"));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (find_column (view, "Owner")), ==, 99);
  kept = wuyou_record_columns_dup_state (view);
  for (guint i = 0; i < kept->len; i++) {
    const WuyouListColumn *column = kept->pdata[i];

    /* Only what a person pulled is remembered: another language or size of text wants other widths. */
    g_assert_cmpint (column->width, ==, g_str_equal (column->id, "owner") ? 99 : 0);
    if (g_str_equal (column->id, "until"))
      g_assert_true (column->visible);
  }
  g_object_unref (view);
  wuyou_list_state_free (state);
  g_object_unref (products);
}

static void
test_vehicle_words (WuyouAppTest *test, gconstpointer data)
{
  static const struct {
    int brand;
    const char *series, *model, *words;
  } cases[] = {
    { WUYOU_BRAND_MINI, "MINI", "COOPER S", "MINI COOPER S" },
    { WUYOU_BRAND_MINI, "MINI", "MINI COOPER", "MINI COOPER" },
    { WUYOU_BRAND_MINI, "COUNTRYMAN", NULL, "MINI COUNTRYMAN" },
    { WUYOU_BRAND_BMW, "X3", "X3 xDrive30i", "BMW X3 xDrive30i" },
    { WUYOU_BRAND_BMW, "5系", "525Li", "BMW 5系 525Li" },
    { 0, NULL, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouContract) contract = wuyou_contract_new ();
    g_autofree char *words = NULL;

    contract->brand = cases[i].brand;
    contract->series = g_strdup (cases[i].series);
    contract->model = g_strdup (cases[i].model);
    words = wuyou_contract_words_dup_vehicle (contract);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

/* --- the list --- */

/* What was just submitted is not in the list yet: it is marked when an answer brings it. */
static void
test_select_later (WuyouAppTest *test, gconstpointer data)
{
  WuyouProducts *products = wuyou_products_new (test->context);
  WuyouRecordList *list = WUYOU_RECORD_LIST (wuyou_contract_list_new (test->context, products));

  show_at (test, GTK_WIDGET (list), 800);
  wuyou_record_list_refresh (list);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (list), "WY-2026-0000481"));
  wuyou_record_list_select (list, ID);
  g_assert_cmpstr (wuyou_record_list_get_selected (list), ==, ID);
  wuyou_record_list_select (list, OTHER);
  g_assert_null (wuyou_record_list_get_selected (list));
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200, LONGER_LIST);
  wuyou_record_list_refresh (list);
  WUYOU_APP_TEST_WAIT_FOR (g_strcmp0 (wuyou_record_list_get_selected (list), OTHER) == 0);
  g_object_unref (products);
}

/* A row that comes to stand where the selected one was is not selected by that, and can be. */
static void
test_select_replaced (WuyouAppTest *test, gconstpointer data)
{
  WuyouProducts *products = wuyou_products_new (test->context);
  WuyouRecordList *list = WUYOU_RECORD_LIST (wuyou_contract_list_new (test->context, products));

  show_at (test, GTK_WIDGET (list), 800);
  wuyou_record_list_refresh (list);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (list), "WY-2026-0000481"));
  wuyou_record_list_select (list, ID);
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200, OTHER_LIST);
  wuyou_record_list_refresh (list);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (list), "WY-2026-0000482"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_record_list_get_selected (list) == NULL);
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200, LONGER_LIST);
  wuyou_record_list_refresh (list);
  WUYOU_APP_TEST_WAIT_FOR (g_strcmp0 (wuyou_record_list_get_selected (list), ID) == 0);
  g_object_unref (products);
}

static WuyouPage *
show_sales (WuyouAppTest *test, int width)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_SALES_PAGE, "context", test->context, NULL);

  show_at (test, GTK_WIDGET (page), width);
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "WY-2026-0000481"));
  return page;
}

static GtkWidget *
find_back (WuyouPage *page)
{
  return wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "Back");
}

/* One way back, and only where there is one: from the contract to the list, from the form to what was before. */
static void
test_back (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = show_sales (test, 460);

  g_assert_false (gtk_widget_get_visible (find_back (page)));
  g_assert_false (wuyou_page_act (page, WUYOU_PAGE_BACK));
  wuyou_page_open_record (page, ID);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "Overview"));
  g_assert_true (gtk_widget_get_visible (find_back (page)));
  g_assert_false (wuyou_app_test_has_text (GTK_WIDGET (page), "Only mine"));
  g_assert_true (wuyou_page_act (page, WUYOU_PAGE_BACK));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "Only mine"));
  g_assert_false (gtk_widget_get_visible (find_back (page)));
  g_assert_true (wuyou_page_act (page, WUYOU_PAGE_NEW));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "Vehicle"));
  g_assert_true (gtk_widget_get_visible (find_back (page)));
  g_assert_true (wuyou_page_act (page, WUYOU_PAGE_SAVE));
  g_assert_true (wuyou_page_act (page, WUYOU_PAGE_BACK));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "Only mine"));
  g_assert_false (wuyou_page_act (page, WUYOU_PAGE_SAVE));
  wuyou_app_test_assert_named (GTK_WIDGET (page));
}

/* The key of a page that is on brings its list back; one that was left for another shows what it showed. */
static void
test_named_again (WuyouAppTest *test, gconstpointer data)
{
  WuyouWorkView *view = wuyou_work_view_new (test->context);

  show_at (test, GTK_WIDGET (view), 460);
  g_assert_true (wuyou_work_view_go (view, "sales", ID));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (view), "Overview"));
  g_assert_true (wuyou_work_view_go (view, "help", NULL));
  g_assert_true (wuyou_work_view_go_by_key (view, "sales"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (view), "Overview"));
  g_assert_true (wuyou_work_view_go (view, "sales", NULL)); /* as a click does, and once more */
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (view), "Overview"));
  g_assert_true (wuyou_work_view_go_by_key (view, "sales"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (view), "Only mine"));
  g_assert_true (wuyou_page_act (wuyou_work_view_get_page (view), WUYOU_PAGE_NEW));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (view), "Vehicle"));
  g_assert_true (wuyou_work_view_go_by_key (view, "sales"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (view), "Vehicle"));
}

/* In a wide window the list and the contract stand side by side. */
static void
test_side_by_side (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = show_sales (test, 780);

  wuyou_page_open_record (page, ID);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "Overview"));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "Only mine"));
  g_assert_false (gtk_widget_get_visible (find_back (page)));
}

/* No window is too narrow for what the page asks for. */
static void
test_slim (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = show_sales (test, 360);
  int minimum;

  gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

/* --- the form --- */

static void
test_todo (WuyouAppTest *test, gconstpointer data)
{
  WuyouProducts *products = wuyou_products_new (test->context);
  GtkWidget *form = GTK_WIDGET (wuyou_contract_form_new (test->context, products, NULL));
  GtkWidget *row, *next, *other;

  show_at (test, form, 800);
  g_assert_false (wuyou_app_test_has_text (form, "still to be done"));
  g_signal_emit_by_name (wuyou_app_test_find (form, WUYOU_TYPE_BUSY_BUTTON, NULL), "pressed");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (form, "still to be done"));
  row = wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "VIN");
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_has_css_class (row, "error"));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (test->window)), row));
  next = wuyou_app_test_find (form, GTK_TYPE_BUTTON, "_Next One");
  g_signal_emit_by_name (next, "clicked");
  other = gtk_root_get_focus (GTK_ROOT (test->window));
  g_assert_false (gtk_widget_is_ancestor (other, row) || other == row);
  /* Filled in, it is gone, and the next one takes its place. */
  gtk_editable_set_text (GTK_EDITABLE (row), "LBVJBAR75TS181753");
  WUYOU_APP_TEST_WAIT_FOR (!gtk_widget_has_css_class (row, "error"));
  g_signal_emit_by_name (next, "clicked");
  g_assert_false (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (test->window)), row));
  g_object_unref (products);
}

/* --- Today --- */

static void
on_place_requested_cb (WuyouAppContext *context, const char *page, const char *record, char **ret_place)
{
  g_free (*ret_place);
  *ret_place = g_strdup_printf ("%s/%s", page, record);
}

/* An empty day offers the first step, and takes it. */
static void
test_empty_day (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_TODAY_PAGE, "context", test->context, NULL);
  g_autofree char *place = NULL;

  g_signal_connect (test->context, "place-requested", G_CALLBACK (on_place_requested_cb), &place);
  wuyou_fake_server_say_json (test->server, "GET /v1/today", 200, "{}");
  show_at (test, GTK_WIDGET (page), 700);
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "Nothing waits for you"));
  g_signal_emit_by_name (wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "_New contract"), "clicked");
  g_assert_cmpstr (place, ==, "sales/new");
  g_signal_handlers_disconnect_by_func (test->context, on_place_requested_cb, &place);
}

/* The keys begin at what waits, not at the month's figures, which nothing can be done with. */
static void
test_day_focus (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_TODAY_PAGE, "context", test->context, NULL);

  wuyou_fake_server_say_json (test->server, "GET /v1/today", 200,
                              "{\"figures\":{\"contracts\":3,\"received_fen\":100},\"waiting_for_me\":[{\"id\":\"" ID
                              "\",\"number\":\"WY-2026-0000481\",\"state\":\"AWAIT_SIGN\"}]}");
  show_at (test, GTK_WIDGET (page), 700);
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "WY-2026-0000481"));
  gtk_widget_grab_focus (GTK_WIDGET (page));
  g_assert_true (ADW_IS_ACTION_ROW (gtk_root_get_focus (GTK_ROOT (test->window))));
}

/* A claim stands among the contracts, in its own words, and opens on its own page. */
static void
test_day_claim (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_TODAY_PAGE, "context", test->context, NULL);
  g_autofree char *place = NULL;

  g_signal_connect (test->context, "place-requested", G_CALLBACK (on_place_requested_cb), &place);
  wuyou_fake_server_say_json (test->server, "GET /v1/today", 200,
                              "{\"waiting_for_me\":[{\"object\":\"claim\",\"id\":\"" ID
                              "\",\"number\":\"LP-2026-0000012\",\"title\":\"李*\",\"loss_type\":\"FIRE\","
                              "\"state\":\"PRE_SUBMITTED\",\"action\":\"take\"}]}");
  show_at (test, GTK_WIDGET (page), 700);
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "LP-2026-0000012  李* · Fire"));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "Take the case"));
  gtk_widget_grab_focus (GTK_WIDGET (page));
  gtk_widget_activate (gtk_root_get_focus (GTK_ROOT (test->window)));
  g_assert_cmpstr (place, ==, "claims/" ID);
  g_signal_handlers_disconnect_by_func (test->context, on_place_requested_cb, &place);
}

/* The window says that the server is away; the page does not say it again above what it still shows. */
static void
test_offline_once (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_TODAY_PAGE, "context", test->context, NULL);

  wuyou_fake_server_say_json (test->server, "GET /v1/today", 200,
                              "{\"waiting_for_me\":[{\"id\":\"" ID
                              "\",\"number\":\"WY-2026-0000481\",\"state\":\"AWAIT_SIGN\"}]}");
  show_at (test, GTK_WIDGET (page), 700);
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "WY-2026-0000481"));
  g_assert_true (wuyou_client_set_server (wuyou_app_context_get_client (test->context), "http://127.0.0.1:1", NULL));
  wuyou_page_refresh (page);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_page_get_busy (page));
  wuyou_app_test_pump (300);
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "WY-2026-0000481"));
  g_assert_false (wuyou_app_test_has_text (GTK_WIDGET (page), "server"));
}

static GtkWidget *
append_button (GtkWidget *box)
{
  GtkWidget *button = gtk_button_new_with_label ("button");

  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static gboolean
tab_leads_to (WuyouAppTest *test, GtkDirectionType direction, GtkWidget *widget)
{
  GtkWidget *focus;

  gtk_widget_child_focus (test->window, direction);
  focus = gtk_window_get_focus (GTK_WINDOW (test->window));
  return focus == widget || (focus != NULL && gtk_widget_is_ancestor (focus, widget));
}

/* What comes in above the focus does not push it out of sight. */
static void
test_focus_stays (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *above = gtk_label_new ("text"), *below = gtk_label_new ("text"), *button;
  graphene_rect_t bounds;

  gtk_box_append (GTK_BOX (box), above);
  button = append_button (box);
  gtk_box_append (GTK_BOX (box), below);
  gtk_widget_set_size_request (below, -1, 2000);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  show_at (test, scrolled, 300);
  gtk_widget_grab_focus (button);
  gtk_widget_set_size_request (above, -1, 1500);
  wuyou_focus_keep_shown (box);
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_compute_bounds (button, scrolled, &bounds) && bounds.origin.y > 0
                           && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (scrolled)
                           && gtk_widget_get_height (above) == 1500);
}

/* What has a place for the focus of its own lets it go at either end, and text does not take it. */
static void
test_tab_passes (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = append_button (box);
  GtkWidget *busy = wuyou_busy_button_new ("busy");
  GtkWidget *text = gtk_label_new ("text");
  GtkWidget *after;

  wuyou_focus_let_mark (GTK_LABEL (text));
  gtk_box_append (GTK_BOX (box), busy);
  gtk_box_append (GTK_BOX (box), text);
  after = append_button (box);
  show_at (test, box, 300);
  gtk_widget_grab_focus (before);
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_FORWARD, busy));
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_FORWARD, after));
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_FORWARD, before));
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_BACKWARD, after));
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_BACKWARD, busy));
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_BACKWARD, before));
}

static void
test_tab_stop (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = append_button (box);
  GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = append_button (rows);
  GtkWidget *second = append_button (rows);
  GtkWidget *stop = wuyou_tab_stop_new (rows);
  GtkWidget *after;

  gtk_box_append (GTK_BOX (box), stop);
  after = append_button (box);
  show_at (test, box, 300);
  gtk_widget_grab_focus (before);
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_FORWARD, first));
  g_assert_true (tab_leads_to (test, GTK_DIR_DOWN, second));
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_FORWARD, after));
  wuyou_tab_stop_set_place (WUYOU_TAB_STOP (stop), first);
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_BACKWARD, first));
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_BACKWARD, before));
}

/* A sentence between two rows is passed by, both ways. */
static void
test_tab_note (WuyouAppTest *test, gconstpointer data)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *rows[] = { adw_entry_row_new (), wuyou_note_row_new (), wuyou_note_row_new (), adw_entry_row_new () };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_preferences_group_add (group, rows[i]);
  show_at (test, GTK_WIDGET (group), 300);
  gtk_widget_grab_focus (rows[0]);
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_FORWARD, rows[3]));
  g_assert_true (tab_leads_to (test, GTK_DIR_TAB_BACKWARD, rows[0]));
}

/* From the list of contracts Tab goes on, to what is around the page and back. */
static void
test_tab_around (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = append_button (box);
  WuyouPage *page = g_object_new (WUYOU_TYPE_SALES_PAGE, "context", test->context, NULL);
  guint n = 0;

  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (page));
  show_at (test, box, 1200);
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "WY-2026-0000481"));
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (page)));
  while (!tab_leads_to (test, GTK_DIR_TAB_FORWARD, before))
    g_assert_cmpuint (++n, <, 40);
  for (n = 0; n == 0 || !tab_leads_to (test, GTK_DIR_TAB_BACKWARD, before); n++)
    g_assert_cmpuint (n, <, 40);
  g_assert_cmpuint (n, >, 4);
}

#define ADD(path, function) g_test_add (path, WuyouAppTest, NULL, set_up, function, tear_down)

/* The content takes all of the room on request, although there is room for both; the way back brings the list again. */
static void
test_split_alone (WuyouAppTest *test, gconstpointer data)
{
  WuyouSplitView *split = g_object_new (WUYOU_TYPE_SPLIT_VIEW, NULL);
  GtkWidget *sidebar = gtk_label_new ("list"), *content = gtk_label_new ("record");

  wuyou_split_view_set_sidebar (split, sidebar);
  wuyou_split_view_set_content (split, content);
  show_at (test, GTK_WIDGET (split), 1000);
  g_assert_true (gtk_widget_get_mapped (sidebar) && gtk_widget_get_mapped (content));
  wuyou_split_view_set_alone (split, TRUE);
  wuyou_app_test_pump (100);
  g_assert_true (wuyou_split_view_get_folded (split) && wuyou_split_view_get_show_content (split));
  g_assert_false (gtk_widget_get_mapped (sidebar));
  g_assert_cmpint (gtk_widget_get_width (gtk_widget_get_parent (content)), ==,
                   gtk_widget_get_width (GTK_WIDGET (split)));
  wuyou_split_view_set_show_content (split, FALSE);
  wuyou_app_test_pump (100);
  g_assert_false (wuyou_split_view_get_folded (split));
  g_assert_true (gtk_widget_get_mapped (sidebar) && gtk_widget_get_mapped (content));
}

/* Every key of the table is drawn, also those that stand for several. */
static void
test_shortcuts (WuyouAppTest *test, gconstpointer data)
{
  test->window = GTK_WIDGET (wuyou_actions_shortcuts_window ());
  gtk_window_set_modal (GTK_WINDOW (test->window), FALSE);
  gtk_window_present (GTK_WINDOW (test->window));
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_mapped (test->window));
  wuyou_app_test_pump (200);
  g_assert_true (wuyou_app_test_has_text (test->window, "Find an action or a record"));
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  ADD ("/layout/split/narrow", test_split_narrow);
  ADD ("/layout/split/wide", test_split_wide);
  ADD ("/layout/split/alone", test_split_alone);
  ADD ("/layout/shortcuts", test_shortcuts);
  ADD ("/layout/wrap-box", test_wrap_box);
  ADD ("/layout/tab/passes", test_tab_passes);
  ADD ("/layout/focus-stays", test_focus_stays);
  ADD ("/layout/tab/stop", test_tab_stop);
  ADD ("/layout/tab/note", test_tab_note);
  ADD ("/layout/tab/around", test_tab_around);
  ADD ("/layout/columns", test_columns);
  ADD ("/layout/vehicle-words", test_vehicle_words);
  ADD ("/layout/list/select-later", test_select_later);
  ADD ("/layout/list/select-replaced", test_select_replaced);
  ADD ("/layout/sales/back", test_back);
  ADD ("/layout/named-again", test_named_again);
  ADD ("/layout/sales/side-by-side", test_side_by_side);
  ADD ("/layout/sales/slim", test_slim);
  ADD ("/layout/form/todo", test_todo);
  ADD ("/layout/today/empty", test_empty_day);
  ADD ("/layout/today/focus", test_day_focus);
  ADD ("/layout/today/claim", test_day_claim);
  ADD ("/layout/today/offline", test_offline_once);
  return g_test_run ();
}
