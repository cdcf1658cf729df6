/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* Evidence, facts and checks side by side in the page of claims: what is asked of the server, and all of it by keys. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-desk.h"
#include "claims/wuyou-claim-review.h"
#include "claims/wuyou-claims-page.h"
#include "claims/wuyou-evidence-viewer.h"
#include "widgets/wuyou-split-view.h"
#include "wuyou-actions.h"
#include "wuyou-evidence-test.h"
#include "wuyou-test.h"
#include "wuyou-window.h"

#define CLAIM WUYOU_EVIDENCE_TEST_CLAIM
#define GET_CLAIM "GET /v1/claims/" CLAIM
#define CHECKS "PUT /v1/claims/" CLAIM "/checks"
#define ME "0199a0b1-0000-7000-8000-000000000001" /* of the fake session */
#define OTHER "01934f73-a800-7bd7-9265-caef53727400"
#define N_FILES 4
#define PRODUCT                                                                                                                                \
  "{\"product\":{\"id\":\"" OTHER "\",\"code\":\"AX-R\",\"label\":\"2026.1\",\"name\":\"置换无忧\","                                       \
  "\"benefit_json\":\"{\\\"exclusions\\\":[{\\\"code\\\":\\\"TRANSFERRED\\\",\\\"title\\\":\\\"车辆已过户\\\","                           \
  "\\\"clause\\\":\\\"通用条款 2.3\\\"},{\\\"code\\\":\\\"PARTIAL_LOSS\\\",\\\"title\\\":\\\"仅为部分损失\\\","                      \
  "\\\"clause\\\":\\\"通用条款 7.1（一）\\\"}]}\",\"clauses\":{\"TRANSFERRED\":\"2.3 约定车辆转让给他人的，本合同终止。\"}},\"people\":{\"" ME \
  "\":\"魏然\"},\"actions\":[],"                                                                                                             \
  "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]}"

static void
sign_in_as (WuyouAppTest *test, const char *role)
{
  g_autofree char *text = wuyou_fake_session (NULL, "[]");
  g_autoptr (GString) body = g_string_new (text);
  g_autoptr (JsonObject) object = NULL;

  g_string_replace (body, "DADM", role, 0);
  object = wuyou_json_parse_object (body->str, body->len, NULL);
  g_assert_true (wuyou_session_take_body (wuyou_app_context_get_session (test->context), object, NULL));
}

static void
copy_members (JsonObject *from, JsonObject *to)
{
  g_autoptr (GList) names = json_object_get_members (from);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (to, l->data, json_node_copy (json_object_get_member (from, l->data)));
}

static const char *assessor; /* of the claim */

static char *
dup_answer (guint n_files)
{
  WuyouEvidenceTestClaim claim = { .n_files = n_files, .contradiction = n_files > 2, .state = "PRE_REVIEW" };
  g_autoptr (JsonObject) answer = wuyou_evidence_test_view (&claim);
  g_autoptr (JsonObject) rest = wuyou_json_parse_object (PRODUCT, strlen (PRODUCT), NULL);
  JsonObject *inner = json_object_get_object_member (answer, "claim");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  copy_members (rest, answer);
  json_object_set_string_member (inner, "submitted_at", "2026-11-22T10:31:05Z");
  json_object_set_string_member (inner, "assessor_id", assessor);
  json_object_set_string_member (inner, "contract_id", OTHER);
  json_object_set_string_member (json_object_get_object_member (answer, "contract"), "id", OTHER);
  json_node_set_object (node, answer);
  return json_to_string (node, FALSE);
}

static void
say_claim (WuyouAppTest *test, guint n_files)
{
  g_autofree char *answer = dup_answer (n_files);
  g_autofree char *thumbnails = wuyou_evidence_test_thumbnails (n_files, 0);

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, answer);
  wuyou_fake_server_say_json (test->server, GET_CLAIM "/thumbnails", 200, thumbnails);
}

static char *
dup_look (guint file)
{
  g_autofree char *id = wuyou_evidence_test_id (file);

  return g_strdup_printf ("GET /v1/evidence/%s/renditions/view", id);
}

static void
set_up (WuyouAppTest *test, gconstpointer role)
{
  g_autoptr (GBytes) page = wuyou_evidence_test_page (1);

  assessor = g_str_equal (role, "OCLA") ? ME : OTHER;
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  sign_in_as (test, role);
  wuyou_fake_server_say_json (test->server, "GET /v1/claims", 200, "{\"items\":[],\"total\":0,\"more\":false}");
  say_claim (test, N_FILES);
  for (guint i = 0; i < N_FILES; i++) {
    g_autofree char *look = dup_look (i);

    wuyou_fake_server_say (test->server, look,
                           &(WuyouFakeAnswer){ .status = 200, .type = "image/jpeg", .bytes = page });
  }
}

static void
tear_down (WuyouAppTest *test, gconstpointer role)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static WuyouPage *
show_claim (WuyouAppTest *test, int width)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_CLAIMS_PAGE, "context", test->context, NULL);

  wuyou_app_test_show (test, GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (test->window), width, 760);
  wuyou_page_enter (page);
  wuyou_page_open_record (page, CLAIM);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "置换无忧"));
  wuyou_app_test_pump (100);
  return page;
}

static GtkWidget *
maybe (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = maybe (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
find_desk (WuyouPage *page)
{
  return maybe (GTK_WIDGET (page), WUYOU_TYPE_CLAIM_DESK);
}

static GtkToggleButton *
find_button (WuyouPage *page)
{
  return GTK_TOGGLE_BUTTON (wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_TOGGLE_BUTTON, "Side by Side"));
}

static GtkWidget *
enter (WuyouPage *page)
{
  gtk_toggle_button_set_active (find_button (page), TRUE);
  wuyou_app_test_pump (100);
  g_assert_nonnull (find_desk (page));
  return find_desk (page);
}

/* As it goes from the focus outwards. */
static void
press (WuyouPage *page, guint key, GdkModifierType modifier)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (page)));
  gboolean taken = FALSE;

  g_assert_nonnull (focus);
  for (GtkWidget *at = focus; at != NULL && !taken; at = taken ? NULL : gtk_widget_get_parent (at)) {
    g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (at);

    for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++) {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (one))
        g_signal_emit_by_name (one, "key-pressed", key, 0, modifier, &taken);
    }
  }
  wuyou_app_test_pump (50);
}

static guint
count_looks (WuyouAppTest *test, guint file)
{
  g_autofree char *look = dup_look (file);

  return wuyou_fake_server_count (test->server, look);
}

static gboolean
is_list_shown (WuyouPage *page)
{
  GtkWidget *split = wuyou_app_test_find (GTK_WIDGET (page), WUYOU_TYPE_SPLIT_VIEW, NULL);
  g_autoptr (GtkWidget) sidebar = NULL;

  g_object_get (split, "sidebar", &sidebar, NULL);
  return gtk_widget_get_mapped (sidebar);
}

/* A look is one request, and none is made for what nobody looks at; neither is a claim that is loaded again. */
static void
test_looks (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);
  GtkWidget *desk;

  g_assert_true (is_list_shown (page));
  g_assert_cmpuint (count_looks (test, 0), ==, 0);
  desk = enter (page);
  g_assert_false (is_list_shown (page));
  WUYOU_APP_TEST_WAIT_FOR (count_looks (test, 0) == 1);
  g_assert_true (wuyou_app_test_has_text (desk, "1/4"));
  press (page, GDK_KEY_Right, 0);
  press (page, GDK_KEY_Right, 0);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (desk, "VIN: the papers differ"));
  g_assert_true (wuyou_app_test_has_text (desk, "VIN: LBV****181753"));
  wuyou_page_refresh (page);
  wuyou_app_test_pump (300);
  g_assert_true (wuyou_app_test_has_text (desk, "3/4"));
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (count_looks (test, i), ==, 1);
  g_assert_cmpuint (count_looks (test, 3), ==, 0);
  wuyou_app_test_assert_named (desk);
}

/* Without a mouse: a file is verified, a check answered from the picture and saved, and the page as it was again. */
static void
test_keys (WuyouAppTest *test, gconstpointer role)
{
  g_autofree char *id = wuyou_evidence_test_id (0);
  g_autofree char *judged = g_strdup_printf ("PUT /v1/evidence/%s/judgement", id);
  g_autofree char *answer = dup_answer (N_FILES);
  WuyouPage *page = show_claim (test, 1240);
  GtkWidget *desk = enter (page);

  wuyou_fake_server_say_json (test->server, judged, 200, "{}");
  wuyou_fake_server_say_json (test->server, CHECKS, 200, answer);
  press (page, GDK_KEY_v, 0);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, judged) == 1);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (desk, "2/4"));
  press (page, GDK_KEY_1, 0);
  press (page, GDK_KEY_y, 0);
  press (page, GDK_KEY_3, 0);
  press (page, GDK_KEY_n, 0);
  press (page, GDK_KEY_Right, 0); /* also from a check */
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (desk, "3/4"));
  g_assert_true (wuyou_page_act (page, WUYOU_PAGE_SAVE));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, CHECKS) == 1);
  wuyou_test_assert_json (
      wuyou_fake_server_last (test->server, CHECKS, NULL),
      "{\"contract\":{\"value\":\"MET\"},\"insurance\":{},\"cause\":{\"value\":\"NOT_MET\"},\"exclusions\":{}}");
  press (page, GDK_KEY_Escape, 0);
  wuyou_app_test_pump (100);
  g_assert_null (find_desk (page));
  g_assert_true (is_list_shown (page));
  g_assert_false (gtk_toggle_button_get_active (find_button (page)));
  g_assert_true (gtk_widget_get_mapped (maybe (GTK_WIDGET (page), WUYOU_TYPE_CLAIM_REVIEW)));
}

static AdwExpanderRow *
find_clauses (GtkWidget *desk)
{
  return ADW_EXPANDER_ROW (wuyou_app_test_find (desk, ADW_TYPE_EXPANDER_ROW, "Clauses about it"));
}

/* Beside a check stands what this product says against it, and the words of the terms where somebody wants them. */
static void
test_clauses (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);
  GtkWidget *desk = enter (page);

  g_assert_true (wuyou_app_test_has_text (desk, "通用条款 2.3 · 车辆已过户"));
  g_assert_true (wuyou_app_test_has_text (desk, "通用条款 7.1（一） · 仅为部分损失"));
  g_assert_false (wuyou_app_test_has_text (desk, "2.3 约定车辆转让给他人的，本合同终止。"));
  adw_expander_row_set_expanded (find_clauses (desk), TRUE);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (desk, "2.3 约定车辆转让给他人的，本合同终止。"));
  wuyou_page_refresh (page); /* it stays open for who reads it */
  wuyou_app_test_pump (500);
  g_assert_true (wuyou_app_test_has_text (desk, "2.3 约定车辆转让给他人的，本合同终止。"));
  g_assert_true (wuyou_app_test_has_text (desk, "Keys 1 to 4 choose a check"));
}

/* What is typed of a check stays over the change between both looks. */
static void
test_kept (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);
  GtkWidget *root = GTK_WIDGET (page);
  GtkWidget *note = wuyou_app_test_find (root, ADW_TYPE_ENTRY_ROW, "Note");

  gtk_editable_set_text (GTK_EDITABLE (note), "早于生效日");
  enter (page);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==, "早于生效日");
  g_assert_true (wuyou_page_act (page, WUYOU_PAGE_BACK)); /* to the list */
  wuyou_app_test_pump (100);
  g_assert_null (find_desk (page));
  g_assert_true (is_list_shown (page));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (wuyou_app_test_find (root, ADW_TYPE_ENTRY_ROW, "Note"))), ==,
                   "早于生效日");
}

/* The check that shows the focus is the one that is answered, however one got there. */
static void
test_gone_to (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);
  GtkWidget *root = GTK_WIDGET (page), *row;
  GtkToggleButton *met;

  g_signal_emit_by_name (wuyou_app_test_find (root, GTK_TYPE_BUTTON, "Go to the Checks"), "clicked");
  met = GTK_TOGGLE_BUTTON (wuyou_app_test_find (root, GTK_TYPE_TOGGLE_BUTTON, "Met"));
  press (page, GDK_KEY_y, 0);
  g_assert_true (gtk_toggle_button_get_active (met));
  row = gtk_widget_get_ancestor (GTK_WIDGET (met), GTK_TYPE_LIST_BOX_ROW);
  g_assert_true (gtk_widget_grab_focus (row)); /* as Tab brings it there */
  press (page, GDK_KEY_n, 0);
  g_assert_false (gtk_toggle_button_get_active (met));
}

/* A digit in a note is a digit. */
static void
test_writing (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);
  GtkWidget *desk = enter (page);
  GtkWidget *note = wuyou_app_test_find (desk, ADW_TYPE_ENTRY_ROW, "Note");
  GtkWidget *focus;

  g_assert_true (gtk_widget_grab_focus (note));
  focus = gtk_root_get_focus (gtk_widget_get_root (note));
  press (page, GDK_KEY_2, 0);
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (note)) == focus);
}

/* Who decides compares, and judges nothing. */
static void
test_approver (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);
  GtkWidget *desk = enter (page);
  GtkWidget *met = wuyou_app_test_find (desk, GTK_TYPE_TOGGLE_BUTTON, "Met");

  WUYOU_APP_TEST_WAIT_FOR (count_looks (test, 0) == 1);
  g_assert_false (gtk_widget_get_sensitive (met));
  press (page, GDK_KEY_v, 0);
  press (page, GDK_KEY_r, 0);
  press (page, GDK_KEY_1, 0);
  press (page, GDK_KEY_y, 0);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (met)));
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (test->context)), ==, 0);
  g_assert_true (wuyou_app_test_has_text (desk, "1/4"));
}

static void
test_clerk (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (find_button (page))));
  gtk_widget_activate_action (GTK_WIDGET (find_button (page)), "claim.compare", NULL);
  wuyou_app_test_pump (100);
  g_assert_null (find_desk (page));
}

static gboolean
act (WuyouPage *page, WuyouPageAct act)
{
  gboolean done = wuyou_page_act (page, act);

  wuyou_app_test_pump (100);
  return done;
}

/* The window's keys reach the claim that is shown while the focus is in the list, and nothing while none is. */
static void
test_window_keys (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);

  gtk_widget_grab_focus (wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY, NULL));
  g_assert_false (act (page, WUYOU_PAGE_PANEL));
  g_assert_true (act (page, WUYOU_PAGE_COMPARE));
  g_assert_nonnull (find_desk (page));
  g_assert_true (act (page, WUYOU_PAGE_PANEL));
  g_assert_true (act (page, WUYOU_PAGE_COMPARE));
  g_assert_null (find_desk (page));
  wuyou_record_detail_show (wuyou_record_page_get_detail (WUYOU_RECORD_PAGE (page)), NULL);
  g_assert_false (act (page, WUYOU_PAGE_COMPARE));
  g_assert_null (find_desk (page));
}

static gboolean
has_action (GtkWidgetClass *klass, const char *action)
{
  const char *name, *property;
  const GVariantType *parameter;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (klass, i, &owner, &name, &parameter, &property); i++)
    if (g_str_equal (name, action))
      return TRUE;
  return FALSE;
}

/* What the shortcuts window lists as the window's is the window's: a key that does nothing would be a lie. */
static void
test_accels (WuyouAppTest *test, gconstpointer role)
{
  GtkWidgetClass *klass = g_type_class_ref (WUYOU_TYPE_WINDOW);
  guint n, n_evidence = 0;
  const WuyouActionInfo *actions = wuyou_actions_get (&n);

  for (guint i = 0; i < n; i++) {
    if (actions[i].action == NULL || !g_str_has_prefix (actions[i].action, "win."))
      continue;
    g_assert_true (has_action (klass, actions[i].action));
    n_evidence += g_strcmp0 (actions[i].accel, "F8") == 0 || g_strcmp0 (actions[i].accel, "F9") == 0;
  }
  g_assert_cmpuint (n_evidence, ==, 2);
  g_type_class_unref (klass);
}

/* One half at a time, and a key for a check shows the half it is in. */
static void
test_narrow (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 360);
  GtkWidget *desk = enter (page);
  GtkWidget *viewer = wuyou_app_test_find (desk, WUYOU_TYPE_EVIDENCE_VIEWER, NULL);
  GtkWidget *review = wuyou_app_test_find (desk, WUYOU_TYPE_CLAIM_REVIEW, NULL);

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (page)), <=, 420);
  g_assert_false (gtk_widget_get_mapped (review));
  gtk_widget_activate_action (viewer, "file.panel", NULL);
  wuyou_app_test_pump (50);
  g_assert_true (gtk_widget_get_mapped (review));
  gtk_widget_activate_action (viewer, "file.panel", NULL);
  wuyou_app_test_pump (50);
  press (page, GDK_KEY_2, 0);
  g_assert_true (gtk_widget_get_mapped (review));
  g_assert_true (wuyou_claim_review_has_focus (WUYOU_CLAIM_REVIEW (review)));
}

/* Nothing to look at yet: the checks are there all the same; what arrives is shown. */
static void
test_empty (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page;
  GtkWidget *desk;

  say_claim (test, 0);
  page = show_claim (test, 1240);
  desk = enter (page);
  g_assert_true (wuyou_app_test_has_text (desk, "No file can be looked at yet"));
  g_assert_true (gtk_widget_get_mapped (wuyou_app_test_find (desk, WUYOU_TYPE_CLAIM_REVIEW, NULL)));
  say_claim (test, N_FILES);
  wuyou_page_refresh (page);
  WUYOU_APP_TEST_WAIT_FOR (count_looks (test, 0) == 1);
  g_assert_true (gtk_widget_get_mapped (wuyou_app_test_find (desk, WUYOU_TYPE_CLAIM_REVIEW, NULL)));
}

/* Taken back by somebody else while it is looked at. */
static void
test_gone (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test, 1240);
  GtkWidget *desk = enter (page);

  press (page, GDK_KEY_Right, 0);
  press (page, GDK_KEY_Right, 0);
  WUYOU_APP_TEST_WAIT_FOR (count_looks (test, 2) == 1);
  say_claim (test, 2);
  wuyou_page_refresh (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (desk, "1/2"));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name, *role;
    void (*run) (WuyouAppTest *test, gconstpointer role);
  } tests[] = {
    { "looks", "OCLA", test_looks },       { "keys", "OCLA", test_keys },
    { "clauses", "OCLA", test_clauses },   { "kept", "OCLA", test_kept },
    { "gone-to", "OCLA", test_gone_to },   { "writing", "OCLA", test_writing },
    { "approver", "OCLB", test_approver }, { "clerk", "DCLM", test_clerk },
    { "narrow", "OCLA", test_narrow },     { "empty", "OCLA", test_empty },
    { "gone", "OCLA", test_gone },         { "window-keys", "OCLA", test_window_keys },
    { "accels", "OCLA", test_accels },
  };

  wuyou_app_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/claim-desk/", tests[i].name, NULL);

    g_test_add (path, WuyouAppTest, tests[i].role, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
