/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "accounts/wuyou-account-page.h"
#include "accounts/wuyou-activity-row.h"
#include "accounts/wuyou-lock-view.h"
#include "accounts/wuyou-password-gate.h"
#include "accounts/wuyou-sessions-row.h"
#include "accounts/wuyou-sign-in-view.h"
#include "accounts/wuyou-sign-in.h"
#include "accounts/wuyou-totp-gate.h"
#include "client/wuyou-offline-proof.h"
#include "help/wuyou-help-page.h"
#include "help/wuyou-hotline.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-busy-button.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"
#include "wuyou-window.h"
#include "wuyou-work-view.h"

static void
set_up (WuyouAppTest *t, gconstpointer data)
{
  wuyou_app_test_set_up (t);
}

static void
tear_down (WuyouAppTest *t, gconstpointer data)
{
  wuyou_app_test_tear_down (t);
}

static void
type_in (GtkWidget *root, const char *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (root, GTK_TYPE_EDITABLE, row)), text);
}

static void
press (GtkWidget *root)
{
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (wuyou_app_test_find (root, WUYOU_TYPE_BUSY_BUTTON, NULL)));
}

static WuyouSessionState
get_state (WuyouAppTest *t)
{
  return wuyou_session_get_state (wuyou_app_context_get_session (t->context));
}

static void
test_sign_in (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *view = wuyou_sign_in_view_new (t->context);
  g_autofree char *session = wuyou_fake_session ("token-1", "[]");

  wuyou_app_test_show (t, view);
  wuyou_app_test_assert_named (view);
  type_in (view, "E-mail", " li@anda.example ");
  press (view);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "Enter your password."));
  g_assert_cmpuint (wuyou_fake_server_count (t->server, "POST /v1/sessions"), ==, 0);
  wuyou_fake_server_say_json (t->server, "POST /v1/sessions", 401, "{\"code\":\"BAD_CREDENTIALS\"}");
  type_in (view, "Password", "wrong");
  press (view);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "is wrong, or the account is locked"));
  g_assert_cmpint (get_state (t), ==, WUYOU_SESSION_SIGNED_OUT);
  wuyou_fake_server_say_json (t->server, "POST /v1/sessions", 401, "{\"code\":\"BAD_CREDENTIALS\",\"field\":\"totp\"}");
  press (view);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "Enter the one-time code"));
  wuyou_fake_server_say_json (t->server, "POST /v1/sessions", 201, session);
  type_in (view, "One-time code", "123456");
  press (view);
  WUYOU_APP_TEST_WAIT_FOR (get_state (t) == WUYOU_SESSION_ACTIVE);
  g_assert_nonnull (strstr (wuyou_fake_server_last (t->server, "POST /v1/sessions", NULL), "\"totp\":\"123456\""));
  g_assert_nonnull (strstr (wuyou_fake_server_last (t->server, "POST /v1/sessions", NULL), "\"li@anda.example\""));
  g_assert_null (wuyou_fake_server_last (t->server, "POST /v1/sessions", "Authorization"));
  g_assert_true (wuyou_local_is_open (wuyou_app_context_get_local (t->context)));
}

/* The window answers while the server does not, and the way back is there. */
static void
test_sign_in_hanging (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *view = wuyou_sign_in_view_new (t->context);
  GtkWidget *button;

  wuyou_fake_server_say (t->server, "POST /v1/sessions", &(WuyouFakeAnswer){ .hang = TRUE });
  wuyou_app_test_show (t, view);
  type_in (view, "E-mail", "li@anda.example");
  type_in (view, "Password", "x");
  press (view);
  button = wuyou_app_test_find (view, GTK_TYPE_BUTTON, "Cancel");
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  WUYOU_APP_TEST_WAIT_FOR (!gtk_widget_get_visible (button));
  g_assert_cmpint (get_state (t), ==, WUYOU_SESSION_SIGNED_OUT);
}

/* What a key does in @widget itself, as if it came up from the widget with the focus. */
static gboolean
press_key (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (key, 0);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    for (guint j = 0;
         GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++) {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

      if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, NULL);
    }
  }
  return FALSE;
}

/* Escape goes back to signing in, with the focus where one goes on; there is nothing to leave there. */
static void
test_forgotten (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *view = wuyou_sign_in_view_new (t->context);
  GtkWidget *forgot = wuyou_app_test_find (view, GTK_TYPE_BUTTON, "_Forgot password?");
  GtkWidget *password = wuyou_app_test_find (view, GTK_TYPE_EDITABLE, "Password");

  wuyou_app_test_show (t, view);
  type_in (view, "E-mail", "li@anda.example");
  g_assert_false (press_key (view, GDK_KEY_Escape));
  g_signal_emit_by_name (forgot, "clicked");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "Forgot your password?"));
  g_assert_true (press_key (view, GDK_KEY_Escape));
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (view, "Forgot your password?"));
  g_assert_true (gtk_widget_get_mapped (forgot));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (t->window)), password));
}

static void
test_suspended (WuyouAppTest *t, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_ACCOUNT_GET };

  wuyou_app_test_sign_in (t, "[]");
  wuyou_local_save (wuyou_app_context_get_local (t->context), WUYOU_LOCAL_DRAFT, "a", "{}");
  wuyou_fake_server_say_json (t->server, "GET /v1/account", 403, "{\"code\":\"SUSPENDED\"}");
  wuyou_client_call_async (wuyou_app_context_get_client (t->context), &call, NULL, NULL, NULL);
  WUYOU_APP_TEST_WAIT_FOR (get_state (t) == WUYOU_SESSION_SIGNED_OUT);
  g_assert_false (wuyou_local_is_open (wuyou_app_context_get_local (t->context)));
  g_assert_false (wuyou_client_has_token (wuyou_app_context_get_client (t->context)));
}

static void
on_passed_cb (gboolean *passed)
{
  *passed = TRUE;
}

static void
test_password_gate (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *gate;
  gboolean passed = FALSE;

  wuyou_app_test_sign_in (t, "[\"PASSWORD_CHANGE_REQUIRED\"]");
  gate = g_object_new (WUYOU_TYPE_PASSWORD_GATE, "context", t->context, NULL);
  g_signal_connect_swapped (gate, "passed", G_CALLBACK (on_passed_cb), &passed);
  wuyou_app_test_show (t, gate);
  wuyou_app_test_assert_named (gate);
  type_in (gate, "Present password", "initial password 1");
  type_in (gate, "New password", "short");
  press (gate);
  g_assert_cmpuint (wuyou_fake_server_count (t->server, "PUT /v1/password"), ==, 0);
  type_in (gate, "New password", "seven tall green lamps");
  type_in (gate, "New password again", "seven tall green lamp");
  press (gate);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (gate, "Both passwords must be the same."));
  type_in (gate, "New password again", "seven tall green lamps");
  wuyou_fake_server_say_json (t->server, "PUT /v1/password", 204, NULL);
  press (gate);
  WUYOU_APP_TEST_WAIT_FOR (passed);
}

static void
test_codes_gate (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *gate;
  gboolean passed = FALSE;

  wuyou_app_test_sign_in (t, "[\"CODES_REQUIRED\"]");
  wuyou_fake_server_say_json (t->server, "POST /v1/totp", 503, "{\"code\":\"UNAVAILABLE\"}");
  gate = g_object_new (WUYOU_TYPE_TOTP_GATE, "context", t->context, NULL);
  g_signal_connect_swapped (gate, "passed", G_CALLBACK (on_passed_cb), &passed);
  wuyou_app_test_show (t, gate);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (gate, "not available just now"));
  g_assert_false (gtk_widget_is_sensitive (wuyou_app_test_find (gate, GTK_TYPE_EDITABLE, "First code")));
  wuyou_fake_server_say_json (t->server, "POST /v1/totp", 200,
                              "{\"secret\":\"GEZDGNBVGY3TQOJQ\",\"uri\":\"otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ\"}");
  g_signal_emit_by_name (wuyou_app_test_find (gate, GTK_TYPE_BUTTON, "Try Again"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (gate, "GEZDGNBVGY3TQOJQ"));
  wuyou_app_test_assert_named (gate);
  wuyou_fake_server_say_json (t->server, "PUT /v1/totp", 401, "{\"code\":\"BAD_CREDENTIALS\",\"field\":\"totp\"}");
  type_in (gate, "First code", "000000");
  press (gate);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (gate, "is wrong"));
  g_assert_false (passed);
  wuyou_fake_server_say_json (t->server, "PUT /v1/totp", 204, NULL);
  type_in (gate, "First code", " 123456 ");
  press (gate);
  WUYOU_APP_TEST_WAIT_FOR (passed);
  g_assert_nonnull (strstr (wuyou_fake_server_last (t->server, "PUT /v1/totp", NULL), "\"code\":\"123456\""));
}

/* One that is @shown, of that @title or any. */
static GtkWidget *
find_window (gboolean shown, const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (gtk_widget_get_visible (window) == shown
        && (title == NULL || g_strcmp0 (gtk_window_get_title (GTK_WINDOW (window)), title) == 0))
      return window;
  }
  return NULL;
}

/* A screen reader that asks GTK 4.8 for a window that was closed meanwhile gets the last one of the list: one that was
 * never shown has no name on the bus, and the application ends. */
static void
test_codes_dialog (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *page = g_object_new (WUYOU_TYPE_ACCOUNT_PAGE, "context", t->context, NULL), *form;

  wuyou_app_test_sign_in (t, "[]");
  wuyou_fake_server_say_json (t->server, "GET /v1/account", 200,
                              "{\"name\":\"李明华\",\"email\":\"li@anda.example\",\"roles\":\"DADM\",\"totp\":false}");
  wuyou_fake_server_say_json (t->server, "POST /v1/totp", 503, "{\"code\":\"UNAVAILABLE\"}");
  wuyou_app_test_show (t, page);
  wuyou_page_enter (WUYOU_PAGE (page));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Set Up…"));
  g_signal_emit_by_name (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Set Up…"), "clicked");
  g_assert_null (find_window (FALSE, NULL));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (t->server, "POST /v1/totp") > 0);
  wuyou_app_test_pump (50);
  g_assert_null (find_window (TRUE, "One-time codes"));
  wuyou_fake_server_say_json (t->server, "POST /v1/totp", 200,
                              "{\"secret\":\"GEZDGNBVGY3TQOJQ\",\"uri\":\"otpauth:x\"}");
  g_signal_emit_by_name (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Set Up…"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (find_window (TRUE, "One-time codes") != NULL);
  form = find_window (TRUE, "One-time codes");
  g_assert_true (wuyou_app_test_has_text (form, "GEZDGNBVGY3TQOJQ"));
  wuyou_fake_server_say_json (t->server, "PUT /v1/totp", 204, NULL);
  type_in (form, "First code", "123456");
  press (form);
  WUYOU_APP_TEST_WAIT_FOR (find_window (TRUE, "One-time codes") == NULL);
  g_assert_null (find_window (FALSE, NULL));
  wuyou_page_leave (WUYOU_PAGE (page));
}

/* What the operator asks of the desktop; what this version does not understand asks nothing. */
static void
test_client_policy (WuyouAppTest *t, gconstpointer data)
{
  static const struct {
    const char *policy;
    guint lock;
    gboolean outdated;
  } cases[] = {
    { "{}", 900, FALSE },
    { "{\"idle_lock_minutes_max\":5,\"supported_from\":\"0.0.1\"}", 300, FALSE },
    { "{\"idle_lock_minutes_max\":60,\"supported_from\":\"900.0\"}", 900, TRUE },
    { "{\"later\":true,\"idle_lock_minutes_max\":5}", 900, FALSE },
  };
  WuyouSession *session = wuyou_app_context_get_session (t->context);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = wuyou_fake_session (NULL, "[]");
    g_autoptr (JsonObject) body = wuyou_json_parse_object (text, strlen (text), NULL);
    JsonObject *policy = wuyou_json_parse_object (cases[i].policy, strlen (cases[i].policy), NULL);

    json_object_set_object_member (body, "client_policy", policy);
    g_assert_true (wuyou_session_take_body (session, body, NULL));
    g_assert_cmpuint (wuyou_session_get_lock_seconds (session), ==, cases[i].lock);
    g_assert_cmpint (wuyou_session_is_outdated (session), ==, cases[i].outdated);
  }
}

static void
test_lock (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *view;

  wuyou_app_test_sign_in (t, "[]");
  wuyou_session_set_locked (wuyou_app_context_get_session (t->context), TRUE);
  view = wuyou_lock_view_new (t->context);
  wuyou_app_test_show (t, view);
  wuyou_app_test_assert_named (view);
  wuyou_fake_server_say_json (t->server, "POST /v1/step-up", 401, "{\"code\":\"BAD_CREDENTIALS\"}");
  type_in (view, "Password", "wrong");
  press (view);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "is wrong"));
  g_assert_cmpint (get_state (t), ==, WUYOU_SESSION_LOCKED);
  wuyou_fake_server_say_json (t->server, "POST /v1/step-up", 204, NULL);
  type_in (view, "Password", "right");
  press (view);
  WUYOU_APP_TEST_WAIT_FOR (get_state (t) == WUYOU_SESSION_ACTIVE);
}

static gboolean
is_proof_kept (WuyouAppTest *t)
{
  g_autofree char *kept
      = wuyou_local_load (wuyou_app_context_get_local (t->context), WUYOU_LOCAL_STATE, "offline-proof");

  return kept != NULL;
}

/* The server is away: the password of the sign-in opens the lock, another does not. */
static void
test_lock_offline (WuyouAppTest *t, gconstpointer data)
{
  WuyouFakeServer *gone = wuyou_fake_server_new ();
  GtkWidget *view;

  wuyou_app_test_sign_in (t, "[]");
  wuyou_offline_proof_keep (wuyou_app_context_get_local (t->context), "seven tall green lamps");
  WUYOU_APP_TEST_WAIT_FOR (is_proof_kept (t));
  wuyou_session_set_locked (wuyou_app_context_get_session (t->context), TRUE);
  g_assert_true (
      wuyou_client_set_server (wuyou_app_context_get_client (t->context), wuyou_fake_server_get_url (gone), NULL));
  wuyou_fake_server_free (gone);
  view = wuyou_lock_view_new (t->context);
  wuyou_app_test_show (t, view);
  type_in (view, "Password", "wrong");
  press (view);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "is wrong"));
  g_assert_cmpint (get_state (t), ==, WUYOU_SESSION_LOCKED);
  type_in (view, "Password", "seven tall green lamps");
  press (view);
  WUYOU_APP_TEST_WAIT_FOR (get_state (t) == WUYOU_SESSION_ACTIVE);
}

static void
test_account_page (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *page;

  wuyou_app_test_sign_in (t, "[]");
  wuyou_fake_server_say_json (t->server, "GET /v1/account", 200,
                              "{\"name\":\"李明华\",\"email\":\"li@anda.example\",\"phone\":\"13800001234\","
                              "\"roles\":\"DADM\",\"totp\":false}");
  page = g_object_new (WUYOU_TYPE_ACCOUNT_PAGE, "context", t->context, NULL);
  wuyou_app_test_show (t, page);
  wuyou_page_enter (WUYOU_PAGE (page));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Dealership manager"));
  g_assert_cmpuint (wuyou_client_get_n_requests (wuyou_app_context_get_client (t->context)), ==, 2);
  wuyou_fake_server_say_json (t->server, "GET /v1/sessions", 200,
                              "{\"items\":[{\"id\":\"b\",\"device\":\"Front desk\",\"host\":\"192.0.2.1\","
                              "\"seen_at\":\"2026-11-23T07:50:00Z\"}]}");
  wuyou_fake_server_say_json (t->server, "GET /v1/account/activity", 200,
                              "{\"items\":[{\"seq\":4,\"at\":\"2026-11-23T07:50:00Z\",\"action\":\"unmask\","
                              "\"object\":\"contract\",\"outcome\":\"FORBIDDEN\"}],\"before\":4}");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (wuyou_app_test_find (page, WUYOU_TYPE_SESSIONS_ROW, NULL)), TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (wuyou_app_test_find (page, WUYOU_TYPE_ACTIVITY_ROW, NULL)), TRUE);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Front desk"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Looked at full values · contract"));
  g_signal_emit_by_name (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Show earlier"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (t->server, "GET /v1/account/activity") == 2);
  wuyou_app_test_pump (50);
  wuyou_app_test_assert_named (page);
  wuyou_page_leave (WUYOU_PAGE (page));
}

#define ACCOUNT(email) "{\"name\":\"李明华\",\"email\":\"" email "\",\"roles\":\"DADM\",\"totp\":false}"

/* A new address counts once its code was entered; until then the page asks for it. */
static void
test_new_email (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *page, *email, *code;
  guint read;

  wuyou_app_test_sign_in (t, "[]");
  wuyou_fake_server_say_json (t->server, "GET /v1/account", 200, ACCOUNT ("li@anda.example"));
  page = g_object_new (WUYOU_TYPE_ACCOUNT_PAGE, "context", t->context, NULL);
  wuyou_app_test_show (t, page);
  wuyou_page_enter (WUYOU_PAGE (page));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Dealership manager"));
  email = wuyou_app_test_find (page, ADW_TYPE_ENTRY_ROW, "E-mail");
  code = wuyou_app_test_find (page, ADW_TYPE_ENTRY_ROW, "Code from the e-mail");
  g_assert_false (gtk_widget_get_visible (code));
  wuyou_fake_server_say_json (t->server, "PUT /v1/account", 200, ACCOUNT ("li@anda.example"));
  gtk_editable_set_text (GTK_EDITABLE (email), "new@anda.example");
  g_signal_emit_by_name (email, "apply");
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_visible (code));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "A code was mailed to new@anda.example"));
  read = wuyou_fake_server_count (t->server, "GET /v1/account");
  wuyou_page_refresh (WUYOU_PAGE (page));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (t->server, "GET /v1/account") > read);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_page_get_busy (WUYOU_PAGE (page)));
  g_assert_true (wuyou_app_test_has_text (page, "A code was mailed to new@anda.example"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (email)), ==, "li@anda.example");
  wuyou_fake_server_say_json (t->server, "PUT /v1/account/email", 401,
                              "{\"code\":\"BAD_CREDENTIALS\",\"field\":\"token\"}");
  gtk_editable_set_text (GTK_EDITABLE (code), "1234");
  g_signal_emit_by_name (code, "apply");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "This code is wrong"));
  g_assert_true (gtk_widget_get_visible (code));
  wuyou_app_test_assert_named (page);
  wuyou_fake_server_say_json (t->server, "PUT /v1/account/email", 200, ACCOUNT ("new@anda.example"));
  g_signal_emit_by_name (code, "apply");
  WUYOU_APP_TEST_WAIT_FOR (!gtk_widget_get_visible (code));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (email)), ==, "new@anda.example");
  wuyou_page_leave (WUYOU_PAGE (page));
}

static void
test_help_page (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *page;

  wuyou_app_test_sign_in (t, "[]");
  wuyou_fake_server_say_json (t->server, "GET /v1/support", 200, "{\"tel\":\"400-000-0000\"}");
  page = g_object_new (WUYOU_TYPE_HELP_PAGE, "context", t->context, NULL);
  wuyou_page_enter (WUYOU_PAGE (page));
  wuyou_app_test_show (t, page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "400-000-0000"));
  g_assert_cmpuint (wuyou_fake_server_count (t->server, "GET /v1/support"), ==, 1);
  wuyou_page_open_record (WUYOU_PAGE (page), "offline");
  wuyou_page_open_record (WUYOU_PAGE (page), "no-such-topic");
  wuyou_app_test_assert_named (page);
}

/* P-10, with the examples of the requirement. */
static void
test_hotline (void)
{
  static const struct {
    const char *at; /* +08:00 is eight hours later */
    gboolean open;
  } rows[] = {
    { "2026-11-23T00:59:59Z", FALSE }, { "2026-11-23T01:00:00Z", TRUE },  { "2026-11-23T09:59:59Z", TRUE },
    { "2026-11-23T10:00:00Z", FALSE }, { "2026-11-21T04:00:00Z", FALSE }, { "2026-10-01T02:00:00Z", FALSE },
    { "2026-10-10T02:00:00Z", TRUE },
  };
  const char *text
      = "{\"tel\":\"400-000-0000\",\"weekly_hours\":[{\"weekday\":1,\"open\":\"09:00\",\"close\":\"18:00\"},"
        "{\"weekday\":2,\"open\":\"09:00\",\"close\":\"18:00\"},"
        "{\"weekday\":3,\"open\":\"09:00\",\"close\":\"18:00\"},"
        "{\"weekday\":4,\"open\":\"09:00\",\"close\":\"18:00\"},"
        "{\"weekday\":5,\"open\":\"09:00\",\"close\":\"18:00\"}],"
        "\"holidays\":[\"2026-10-01\"],\"makeup_workdays\":[\"2026-10-10\"]}";
  g_autoptr (JsonObject) support = wuyou_json_parse_object (text, strlen (text), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gboolean open;
    g_autofree char *words = wuyou_hotline_describe (support, wuyou_instant_parse (rows[i].at), &open);

    g_test_message ("%s: %s", rows[i].at, words);
    g_assert_cmpint (open, ==, rows[i].open);
    g_assert_nonnull (words);
  }
}

static void
test_work_view (WuyouAppTest *t, gconstpointer data)
{
  GtkWidget *view;

  wuyou_app_test_sign_in (t, "[]");
  view = GTK_WIDGET (wuyou_work_view_new (t->context));
  wuyou_app_test_show (t, view);
  g_assert_true (wuyou_work_view_go (WUYOU_WORK_VIEW (view), "account", NULL));
  g_assert_cmpstr (wuyou_work_view_get_page_id (WUYOU_WORK_VIEW (view)), ==, "account");
  g_assert_false (wuyou_work_view_go (WUYOU_WORK_VIEW (view), "no-such-page", NULL));
  g_assert_true (wuyou_work_view_go (WUYOU_WORK_VIEW (view), "help", "offline"));
  wuyou_app_test_assert_named (view);
}

/* The window follows the session: gates, work, lock, out. */
static void
test_window (WuyouAppTest *t, gconstpointer data)
{
  g_autoptr (AdwApplication) application = adw_application_new ("org.wuyou.Test", G_APPLICATION_NON_UNIQUE);
  WuyouWindow *window;
  WuyouSession *session = wuyou_app_context_get_session (t->context);

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = wuyou_window_new (GTK_APPLICATION (application), t->context);
  gtk_window_present (GTK_WINDOW (window));
  WUYOU_APP_TEST_WAIT_FOR (g_strcmp0 (wuyou_window_get_view (window), "sign-in") == 0);
  wuyou_app_test_sign_in (t, "[\"PASSWORD_CHANGE_REQUIRED\"]");
  g_assert_cmpstr (wuyou_window_get_view (window), ==, "gate");
  wuyou_app_test_sign_in (t, "[]");
  g_assert_cmpstr (wuyou_window_get_view (window), ==, "work");
  wuyou_app_test_pump (100);
  wuyou_app_test_assert_named (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.lock", NULL);
  g_assert_cmpstr (wuyou_window_get_view (window), ==, "lock");
  wuyou_app_test_pump (50);
  wuyou_session_set_locked (session, FALSE);
  g_assert_cmpstr (wuyou_window_get_view (window), ==, "work");
  wuyou_fake_server_say_json (t->server, "DELETE /v1/session", 204, NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-out", NULL);
  g_assert_cmpstr (wuyou_window_get_view (window), ==, "sign-in");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (t->server, "DELETE /v1/session") == 1);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  wuyou_app_test_pump (50);
  g_assert_null (window);
}

int
main (int argc, char *argv[])
{
  wuyou_app_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/accounts/" name, WuyouAppTest, NULL, set_up, function, tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("sign-in-hanging", test_sign_in_hanging);
  ADD ("forgotten", test_forgotten);
  ADD ("suspended", test_suspended);
  ADD ("password-gate", test_password_gate);
  ADD ("codes-gate", test_codes_gate);
  ADD ("codes-dialog", test_codes_dialog);
  ADD ("client-policy", test_client_policy);
  ADD ("lock", test_lock);
  ADD ("lock-offline", test_lock_offline);
  ADD ("account-page", test_account_page);
  ADD ("new-email", test_new_email);
  ADD ("help-page", test_help_page);
  ADD ("work-view", test_work_view);
  ADD ("window", test_window);
  g_test_add_func ("/accounts/hotline", test_hotline);
  return g_test_run ();
}
