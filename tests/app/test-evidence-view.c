/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-evidence-editor.h"
#include "claims/wuyou-evidence-picture.h"
#include "wuyou-upload-line.h"
#include "claims/wuyou-evidence-slot.h"
#include "claims/wuyou-evidence-tile.h"
#include "claims/wuyou-evidence-view.h"
#include "claims/wuyou-evidence-window.h"
#include "widgets/wuyou-split-view.h"
#include "wuyou-evidence-test.h"
#include "wuyou-test.h"

#define CLAIM WUYOU_EVIDENCE_TEST_CLAIM
#define THUMBNAILS "GET /v1/claims/" CLAIM "/thumbnails"
#define CREATE "POST /v1/evidence"

static void
set_up (WuyouAppTest *test, gconstpointer data)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
}

static void
tear_down (WuyouAppTest *test, gconstpointer data)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static void
on_counted_cb (guint *count)
{
  ++*count;
}

/* In the place of the window, which owns what it is asked to show. */
static void
on_toast_requested_cb (guint *count, AdwToast *toast)
{
  ++*count;
  g_object_unref (toast);
}

static GtkWidget *
show_view (WuyouAppTest *test, WuyouEvidenceMode mode, const WuyouEvidenceTestClaim *claim)
{
  g_autoptr (JsonObject) answer = wuyou_evidence_test_view (claim);
  g_autofree char *thumbnails = wuyou_evidence_test_thumbnails (claim->n_files - claim->unseen, claim->turned);
  GtkWidget *view = wuyou_evidence_view_new (test->context);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  wuyou_fake_server_say_json (test->server, THUMBNAILS, 200, thumbnails);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  wuyou_app_test_show (test, scrolled);
  wuyou_evidence_view_set_mode (WUYOU_EVIDENCE_VIEW (view), mode);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, "\"7\"");
  wuyou_app_test_pump (50);
  return view;
}

static GtkWidget *
find_tile (GtkWidget *root, const char *id)
{
  if (WUYOU_IS_EVIDENCE_TILE (root) && g_strcmp0 (wuyou_evidence_tile_get_id (WUYOU_EVIDENCE_TILE (root)), id) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_tile (child, id);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static guint
count_tiles (GtkWidget *root)
{
  guint count = WUYOU_IS_EVIDENCE_TILE (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    count += count_tiles (child);
  return count;
}

static const char *
get_slot_of (GtkWidget *view, const char *id)
{
  GtkWidget *tile = find_tile (view, id);
  GtkWidget *slot = tile != NULL ? gtk_widget_get_ancestor (tile, WUYOU_TYPE_EVIDENCE_SLOT) : NULL;

  return slot != NULL ? wuyou_evidence_slot_get_code (WUYOU_EVIDENCE_SLOT (slot)) : NULL;
}

static GtkWidget *
find_slot (GtkWidget *root, const char *code)
{
  if (WUYOU_IS_EVIDENCE_SLOT (root) && g_str_equal (wuyou_evidence_slot_get_code (WUYOU_EVIDENCE_SLOT (root)), code))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_slot (child, code);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (one))
      return GTK_DROP_TARGET (one);
  }
  g_assert_not_reached ();
}

static gboolean
drop_files (GtkWidget *target, GSList *files)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  g_signal_emit_by_name (find_drop_target (target), "drop", &value, 0.0, 0.0, &taken);
  return taken;
}

static gboolean
drop_tile (GtkWidget *target, GtkWidget *tile)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, WUYOU_TYPE_EVIDENCE_TILE);
  g_value_set_object (&value, tile);
  g_signal_emit_by_name (find_drop_target (target), "drop", &value, 0.0, 0.0, &taken);
  return taken;
}

/* A picture out of the clipboard, or from another window. */
static void
test_drop_picture (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ 0 });
  g_autoptr (GBytes) jpeg = wuyou_evidence_test_page (1);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (jpeg, NULL);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_TEXTURE);
  g_value_set_object (&value, texture);
  wuyou_fake_server_say (test->server, CREATE, &(WuyouFakeAnswer){ .hang = TRUE });
  g_signal_emit_by_name (find_drop_target (find_slot (view, "LOSS_NOTICE")), "drop", &value, 0.0, 0.0, &taken);
  g_assert_true (taken);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, CREATE) == 1);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, CREATE, NULL), "pasted.png"));
}

static GSList *
write_files (guint n)
{
  const char *dir = wuyou_test_new_dir ();
  GSList *files = NULL;

  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%u.pdf", dir, i);

    g_assert_true (g_file_set_contents (path, "%PDF-1.7\n.", -1, NULL));
    files = g_slist_prepend (files, g_file_new_for_path (path));
  }
  return files;
}

static gboolean
press (GtkWidget *view, guint key, GdkModifierType modifier)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++) {
    g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (one))
      g_signal_emit_by_name (one, "key-pressed", key, 0, modifier, &taken);
  }
  return taken;
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i - 1);

    if (G_OBJECT_TYPE (window) == type)
      return window;
  }
  return NULL;
}

/* All that a claim asks for, in order and in words; two hundred files in one request for all of their pictures. */
static void
test_places (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK,
                               &(WuyouEvidenceTestClaim){ .n_files = 200, .contradiction = TRUE, .requested = TRUE });

  g_assert_cmpuint (count_tiles (view), ==, 200);
  g_assert_true (wuyou_app_test_has_text (view, "出险通知书"));
  g_assert_true (wuyou_app_test_has_text (view, "Required · Copy with the insurer’s stamp"));
  g_assert_true (wuyou_app_test_has_text (view, "Conditional: when 发生碰撞 · Original"));
  g_assert_true (wuyou_app_test_has_text (view, "Asked for now: 请补充盖章页"));
  g_assert_true (
      wuyou_app_test_has_text (view, "VIN: the papers differ (contract: LBV****181758; 出险通知书: LBV****181753)"));
  g_assert_true (wuyou_app_test_has_text (view, "5 of 9 required documents are there"));
  wuyou_app_test_assert_named (view);
  wuyou_app_test_pump (300);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, THUMBNAILS), ==, 1);
}

/* What was seen once is there without the server, and asked for again only when a file changed. */
static void
test_thumbnails_kept (WuyouAppTest *test, gconstpointer data)
{
  WuyouEvidenceTestClaim claim = { .n_files = 6 };
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_READER, &claim);
  g_autoptr (JsonObject) answer = wuyou_evidence_test_view (&claim);
  g_autoptr (GtkWidget) again = NULL;

  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, THUMBNAILS) == 1);
  wuyou_app_test_pump (300);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, "\"7\"");
  wuyou_app_test_pump (100);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, THUMBNAILS), ==, 1);
  again = g_object_ref_sink (wuyou_evidence_view_new (test->context));
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (again), answer, "\"7\"");
  wuyou_app_test_pump (300);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, THUMBNAILS), ==, 1);
}

/* A claim that was never open on this computer: its pictures come while it is read, whichever is first, and once. */
static void
expect_thumbnails (WuyouAppTest *test, guint first_ms)
{
  g_autoptr (JsonObject) answer = wuyou_evidence_test_view (&(WuyouEvidenceTestClaim){ .n_files = 3 });
  g_autofree char *thumbnails = wuyou_evidence_test_thumbnails (3, 0);
  g_autofree char *id = wuyou_evidence_test_id (0);
  GtkWidget *view = wuyou_evidence_view_new (test->context);

  wuyou_fake_server_say_json (test->server, THUMBNAILS, 200, thumbnails);
  wuyou_app_test_show (test, view);
  wuyou_evidence_view_expect (WUYOU_EVIDENCE_VIEW (view), CLAIM);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, THUMBNAILS) == 1);
  wuyou_app_test_pump (first_ms);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, "\"7\"");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_evidence_tile_get_texture (WUYOU_EVIDENCE_TILE (find_tile (view, id))) != NULL);
  wuyou_app_test_pump (300);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, THUMBNAILS), ==, 1);
}

static void
test_thumbnails_expected (WuyouAppTest *test, gconstpointer data)
{
  expect_thumbnails (test, 0);
}

static void
test_thumbnails_first (WuyouAppTest *test, gconstpointer data)
{
  expect_thumbnails (test, 300);
}

/* What was expected and did not come is asked for once more, when the claim says that there is one. */
static void
test_thumbnails_expected_less (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) answer = wuyou_evidence_test_view (&(WuyouEvidenceTestClaim){ .n_files = 3 });
  g_autofree char *thumbnails = wuyou_evidence_test_thumbnails (2, 0);
  GtkWidget *view = wuyou_evidence_view_new (test->context);

  wuyou_fake_server_say_json (test->server, THUMBNAILS, 200, thumbnails);
  wuyou_app_test_show (test, view);
  wuyou_evidence_view_expect (WUYOU_EVIDENCE_VIEW (view), CLAIM);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, "\"7\"");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, THUMBNAILS) == 2);
  wuyou_app_test_pump (300);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, THUMBNAILS), ==, 2);
}

static guint
count_asked (WuyouAppTest *test, const char *role)
{
  WuyouEvidenceTestClaim claim = { .n_files = 3, .unseen = TRUE };
  g_autoptr (JsonObject) answer = wuyou_evidence_test_view (&claim);
  GtkWidget *view;

  wuyou_app_test_sign_in_as (test, role);
  view = show_view (test, WUYOU_EVIDENCE_READER, &claim);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, THUMBNAILS) == 1);
  wuyou_app_test_pump (300);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, "\"7\"");
  wuyou_app_test_pump (300);
  return wuyou_fake_server_count (test->server, THUMBNAILS);
}

/* Who may not look at identity cards gets no small picture of them, and the rest is not fetched again for that. */
static void
test_thumbnails_unseen (WuyouAppTest *test, gconstpointer data)
{
  g_assert_cmpuint (count_asked (test, "OOPS"), ==, 1);
}

/* Changes that could not be made are said with what to do next, until the file is returned anyway. */
static void
test_unmade (WuyouAppTest *test, gconstpointer data)
{
  static const struct {
    int state;
    gboolean unmade, said;
  } rows[] = {
    { WUYOU_EVIDENCE_AVAILABLE, TRUE, TRUE },
    { WUYOU_EVIDENCE_VERIFIED, TRUE, TRUE },
    { WUYOU_EVIDENCE_AVAILABLE, FALSE, FALSE },
    { WUYOU_EVIDENCE_RETURNED, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const WuyouEvidence evidence
        = { .state = rows[i].state, .unmade = rows[i].unmade, .return_reason = WUYOU_RETURN_BLURRED };
    g_autofree char *state = wuyou_evidence_dup_state (&evidence);

    g_assert_cmpint (g_str_equal (state, _ (wuyou_evidence_unmade_sentence)), ==, rows[i].said);
  }
}

/* What the server did not give is not asked for again until it says that it has another. */
static void
test_thumbnails_missing (WuyouAppTest *test, gconstpointer data)
{
  g_assert_cmpuint (count_asked (test, "DCLM"), ==, 1);
}

static guint
take_turned (WuyouAppTest *test, GtkWidget *view, guint edited, guint turned)
{
  WuyouEvidenceTestClaim claim = { .n_files = 3, .edited = edited, .turned = turned };
  g_autoptr (JsonObject) answer = wuyou_evidence_test_view (&claim);
  g_autofree char *thumbnails = wuyou_evidence_test_thumbnails (3, turned);

  wuyou_fake_server_say_json (test->server, THUMBNAILS, 200, thumbnails);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, "\"7\"");
  wuyou_app_test_pump (300);
  return wuyou_fake_server_count (test->server, THUMBNAILS);
}

static gboolean
is_upright (GtkWidget *view)
{
  g_autofree char *id = wuyou_evidence_test_id (0);
  GdkTexture *texture = wuyou_evidence_tile_get_texture (WUYOU_EVIDENCE_TILE (find_tile (view, id)));

  return texture != NULL && gdk_texture_get_height (texture) > gdk_texture_get_width (texture);
}

/* A page is turned: the record changes first, and its picture a moment later, with no change of the record. */
static void
test_thumbnails_turned (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3 });

  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, THUMBNAILS) == 1);
  wuyou_app_test_pump (300);
  g_assert_false (is_upright (view));
  g_assert_cmpuint (take_turned (test, view, 1, 0), ==, 1); /* the picture is still the one before */
  g_assert_false (is_upright (view));
  g_assert_cmpuint (take_turned (test, view, 1, 1), ==, 2);
  WUYOU_APP_TEST_WAIT_FOR (is_upright (view));
  g_assert_cmpuint (take_turned (test, view, 1, 1), ==, 2);
  g_assert_cmpuint (take_turned (test, view, 2, 1), ==, 2);
  g_assert_cmpuint (take_turned (test, view, 2, 3), ==, 3);
}

/* Said anew while the connection is gone: asked for once more when it is back. */
static void
test_thumbnails_failed (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  g_autoptr (JsonObject) answer
      = wuyou_evidence_test_view (&(WuyouEvidenceTestClaim){ .n_files = 3, .edited = 1, .turned = 1 });

  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, THUMBNAILS) == 1);
  wuyou_fake_server_say_json (test->server, THUMBNAILS, 403, "{}");
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, "\"7\"");
  wuyou_app_test_pump (300);
  g_assert_false (is_upright (view));
  take_turned (test, view, 1, 1);
  WUYOU_APP_TEST_WAIT_FOR (is_upright (view));
}

static void
test_drop_fifty (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ 0 });
  g_autoslist (GFile) files = write_files (50);

  wuyou_fake_server_say (test->server, CREATE, &(WuyouFakeAnswer){ .hang = TRUE });
  g_assert_true (drop_files (view, files));
  WUYOU_APP_TEST_WAIT_FOR (count_tiles (view) == 50);
  g_assert_true (wuyou_app_test_has_text (view, "50 files are not assigned yet."));
  wuyou_app_test_pump (200);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, CREATE), ==, 0); /* nobody said what they are */
  g_assert_true (drop_files (find_slot (view, "LOSS_NOTICE"), files));
  WUYOU_APP_TEST_WAIT_FOR (count_tiles (view) == 100);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, CREATE) == 2);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, CREATE, NULL), "LOSS_NOTICE"));
}

static WuyouUploadItem *
drop_one (WuyouAppTest *test, GtkWidget *view)
{
  WuyouUploads *uploads = wuyou_app_context_get_uploads (test->context);
  g_autoslist (GFile) files = write_files (1);
  g_autoptr (WuyouUploadItem) item = NULL;

  g_assert_true (drop_files (view, files));
  item = g_list_model_get_item (G_LIST_MODEL (uploads), 0);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_UNASSIGNED);
  WUYOU_APP_TEST_WAIT_FOR (find_tile (view, wuyou_upload_item_get_id (item)) != NULL);
  return item;
}

/* From the tray to a document without a mouse. */
static void
test_assign_by_keyboard (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  WuyouUploadItem *item = drop_one (test, view);
  const char *id = wuyou_upload_item_get_id (item);
  GtkWidget *dialog, *row;

  wuyou_fake_server_say (test->server, CREATE, &(WuyouFakeAnswer){ .hang = TRUE });
  g_assert_true (gtk_widget_grab_focus (find_tile (view, id)));
  g_assert_true (press (view, GDK_KEY_m, 0));
  dialog = find_toplevel (ADW_TYPE_WINDOW);
  g_assert_nonnull (dialog);
  row = wuyou_app_test_find (dialog, ADW_TYPE_ACTION_ROW, "原车购车发票");
  g_assert_true (gtk_widget_activate (row));
  WUYOU_APP_TEST_WAIT_FOR (g_strcmp0 (get_slot_of (view, id), "FIRST_INVOICE") == 0);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, CREATE) == 1);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, CREATE, NULL), "FIRST_INVOICE"));
}

static void
test_assign_by_dragging (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  WuyouUploadItem *item = drop_one (test, view);
  g_autofree char *file = wuyou_evidence_test_id (1);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s", file);

  wuyou_fake_server_say (test->server, CREATE, &(WuyouFakeAnswer){ .hang = TRUE });
  g_assert_true (drop_tile (find_slot (view, "FIRST_INVOICE"), find_tile (view, wuyou_upload_item_get_id (item))));
  WUYOU_APP_TEST_WAIT_FOR (g_strcmp0 (get_slot_of (view, wuyou_upload_item_get_id (item)), "FIRST_INVOICE") == 0);
  /* What is at the server moves on the screen at once, and by a write there. */
  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .hang = TRUE });
  g_assert_true (drop_tile (find_slot (view, "FIRST_INVOICE"), find_tile (view, file)));
  g_assert_cmpstr (get_slot_of (view, file), ==, "FIRST_INVOICE");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, put) == 1);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, put, NULL), ==, "{\"slot\":\"FIRST_INVOICE\"}");
  g_assert_cmpstr (wuyou_fake_server_last (test->server, put, "if-match"), ==, "\"3\"");
}

/* The owner has not agreed: told before anything is copied, with the way to record it. */
static void
test_consent_first (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ 0 });
  g_autoslist (GFile) files = write_files (1);
  guint n_toasts = 0, n_wanted = 0;

  g_signal_connect_swapped (test->context, "toast-requested", G_CALLBACK (on_toast_requested_cb), &n_toasts);
  g_signal_connect_swapped (view, "consent-wanted", G_CALLBACK (on_counted_cb), &n_wanted);
  g_assert_false (drop_files (find_slot (view, "OWNER_IDENTITY"), files));
  g_assert_cmpuint (n_toasts, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wuyou_app_context_get_uploads (test->context))), ==, 0);
  g_signal_emit_by_name (view, "consent-wanted");
  g_assert_cmpuint (n_wanted, ==, 1);
}

static void
test_consent_given (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .consent = TRUE });
  g_autoslist (GFile) files = write_files (1);

  wuyou_fake_server_say (test->server, CREATE, &(WuyouFakeAnswer){ .hang = TRUE });
  g_assert_true (drop_files (find_slot (view, "OWNER_IDENTITY"), files));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, CREATE) == 1);
}

/* Who only looks changes nothing, by whatever way. */
static void
test_reader (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_READER, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  g_autoslist (GFile) files = write_files (1);
  g_autofree char *id = wuyou_evidence_test_id (1);

  g_assert_false (drop_files (view, files));
  g_assert_false (drop_files (find_slot (view, "LOSS_NOTICE"), files));
  drop_tile (find_slot (view, "FIRST_INVOICE"), find_tile (view, id));
  g_assert_true (gtk_widget_grab_focus (find_tile (view, id)));
  press (view, GDK_KEY_m, 0);
  press (view, GDK_KEY_v, 0);
  press (view, GDK_KEY_Delete, 0);
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (test->context)), ==, 0);
  g_assert_null (find_toplevel (ADW_TYPE_WINDOW));
  g_assert_null (find_toplevel (ADW_TYPE_MESSAGE_DIALOG));
}

static void
test_refused_here (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ 0 });
  g_autofree char *path = g_build_filename (wuyou_test_new_dir (), "chat.html", NULL);
  GSList *files = NULL;

  g_assert_true (g_file_set_contents (path, "<html>", -1, NULL));
  files = g_slist_prepend (NULL, g_file_new_for_path (path));
  g_assert_true (drop_files (find_slot (view, "LOSS_NOTICE"), files));
  g_slist_free_full (files, g_object_unref);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "Only JPEG, PNG and PDF files are taken."));
  g_signal_emit_by_name (wuyou_app_test_find (view, GTK_TYPE_BUTTON, "Dismiss"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (view, "chat.html"));
}

/* The reviewer judges by two keys; the file says it at once, and the claim is loaded again when it was sent. */
static void
test_judge (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_REVIEWER, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  g_autofree char *id = wuyou_evidence_test_id (0);
  g_autofree char *other = wuyou_evidence_test_id (2);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s/judgement", id);
  g_autofree char *put_other = g_strdup_printf ("PUT /v1/evidence/%s/judgement", other);
  guint n_changed = 0;
  GtkWidget *dialog;

  g_signal_connect_swapped (view, "changed", G_CALLBACK (on_counted_cb), &n_changed);
  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .status = 200, .body = "{}" });
  wuyou_fake_server_say (test->server, put_other, &(WuyouFakeAnswer){ .status = 200, .body = "{}" });
  g_assert_true (gtk_widget_grab_focus (find_tile (view, id)));
  g_assert_true (press (view, GDK_KEY_v, 0));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (find_tile (view, id)), "Verified"));
  WUYOU_APP_TEST_WAIT_FOR (n_changed == 1);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, put, NULL), ==, "{\"state\":\"VERIFIED\"}");
  g_assert_true (gtk_widget_grab_focus (find_tile (view, other)));
  g_assert_true (press (view, GDK_KEY_r, 0));
  dialog = find_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  wuyou_app_test_pump (50);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, put_other), ==, 0);
  g_assert_true (press (view, GDK_KEY_r, 0));
  dialog = find_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "return"));
  gtk_widget_activate (wuyou_app_test_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL));
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "return"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "return");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, put_other) == 1);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, put_other, NULL), ==,
                   "{\"state\":\"RETURNED\",\"return_reason\":\"BLURRED\"}");
}

/* Somebody else judged it meanwhile: said, and nothing is left in the way. */
static void
test_stale (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_REVIEWER, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  g_autofree char *id = wuyou_evidence_test_id (0);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s/judgement", id);
  guint n_toasts = 0, n_changed = 0;

  g_signal_connect_swapped (view, "changed", G_CALLBACK (on_counted_cb), &n_changed);
  g_signal_connect_swapped (test->context, "toast-requested", G_CALLBACK (on_toast_requested_cb), &n_toasts);
  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .status = 412, .body = "{\"code\":\"STALE\"}" });
  g_assert_true (gtk_widget_grab_focus (find_tile (view, id)));
  g_assert_true (press (view, GDK_KEY_v, 0));
  WUYOU_APP_TEST_WAIT_FOR (n_changed == 1);
  g_assert_cmpuint (n_toasts, ==, 1);
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (test->context)), ==, 0);
}

static void
say_page (WuyouAppTest *test, guint file, const char *kind, const char *type, GBytes *bytes)
{
  g_autofree char *id = wuyou_evidence_test_id (file);
  g_autofree char *call = g_strdup_printf ("GET /v1/evidence/%s/renditions/%s", id, kind);

  wuyou_fake_server_say (test->server, call, &(WuyouFakeAnswer){ .status = 200, .type = type, .bytes = bytes });
}

static GtkWidget *
open_file (GtkWidget *view, guint file)
{
  g_autofree char *id = wuyou_evidence_test_id (file);

  gtk_widget_activate_action (view, "evidence.open", "s", id);
  return find_toplevel (WUYOU_TYPE_EVIDENCE_WINDOW);
}

static void
act (GtkWidget *window, const char *action)
{
  gtk_widget_activate_action (wuyou_app_test_find (window, WUYOU_TYPE_EVIDENCE_VIEWER, NULL), action, NULL);
}

static void
close_window (GtkWidget *window)
{
  gtk_window_close (GTK_WINDOW (window));
  wuyou_app_test_pump (50);
}

static GtkWidget *
find_picture (GtkWidget *window)
{
  return wuyou_app_test_find (window, WUYOU_TYPE_EVIDENCE_PICTURE, NULL);
}

/* Turned, blackened and undone; what is saved comes back as it was. */
static void
test_edits (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (GBytes) page = wuyou_evidence_test_page (0);
  GtkWidget *view, *window;
  g_autofree char *id = wuyou_evidence_test_id (0);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s", id);
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (WuyouEvidenceEditor) editor = wuyou_evidence_editor_new ();
  WuyouSplitView *split;
  const WuyouEditsBox *box;
  const char *body;

  say_page (test, 0, "plain", "image/jpeg", page);
  view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .status = 200, .body = "{}" });
  window = open_file (view, 0);
  g_assert_nonnull (window);
  wuyou_app_test_pump (300);
  wuyou_app_test_assert_named (window);
  split = WUYOU_SPLIT_VIEW (wuyou_app_test_find (window, WUYOU_TYPE_SPLIT_VIEW, NULL));
  wuyou_split_view_set_show_content (split, FALSE); /* as in a narrow window: the tools without the picture */
  act (window, "file.turn-right");
  g_assert_false (wuyou_split_view_get_show_content (split));
  g_signal_emit_by_name (wuyou_app_test_find (window, GTK_TYPE_BUTTON, "Blacken a Part"), "clicked");
  g_assert_cmpint (wuyou_evidence_picture_get_selected (WUYOU_EVIDENCE_PICTURE (find_picture (window))), ==, 0);
  wuyou_evidence_picture_set_tool (WUYOU_EVIDENCE_PICTURE (find_picture (window)), WUYOU_PICTURE_REDACT);
  g_assert_true (wuyou_split_view_get_show_content (split)); /* one draws on the picture */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (wuyou_app_test_find (window, GTK_TYPE_SPIN_BUTTON, NULL)), 12.5);
  act (window, "file.turn-left");
  act (window, "file.undo");
  act (window, "file.save");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, put) == 1);
  body = wuyou_fake_server_last (test->server, put, NULL);
  sent = wuyou_json_parse_object (body, strlen (body), NULL);
  wuyou_evidence_editor_load (editor, wuyou_json_get_string (sent, "edits_json"));
  g_assert_cmpint (wuyou_evidence_editor_get_rotation (editor, 1), ==, 90);
  g_assert_cmpuint (wuyou_evidence_editor_get_redactions (editor, 1)->len, ==, 1);
  box = &g_array_index (wuyou_evidence_editor_get_redactions (editor, 1), WuyouEditsBox, 0);
  g_assert_cmpint (box->x, ==, 1250);
  g_assert_cmpint (box->width, ==, 3000);
  close_window (window);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, put), ==, 1); /* closing had nothing to save */
}

/* What is marked turns with its page; four turns are none. */
static void
test_turning (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (WuyouEvidenceEditor) editor = wuyou_evidence_editor_new ();
  const WuyouEditsBox box = { 1000, 2000, 3000, 500 };
  const GArray *boxes;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  wuyou_evidence_editor_redact (editor, 1, &box);
  wuyou_evidence_editor_crop (editor, 1, &(WuyouEditsBox){ 0, 1000, 10000, 8000 });
  before = wuyou_evidence_editor_dup_json (editor);
  wuyou_evidence_editor_turn (editor, 1, TRUE);
  boxes = wuyou_evidence_editor_get_redactions (editor, 1);
  g_assert_cmpint (g_array_index (boxes, WuyouEditsBox, 0).x, ==, 7500);
  g_assert_cmpint (g_array_index (boxes, WuyouEditsBox, 0).y, ==, 1000);
  for (int i = 0; i < 3; i++)
    wuyou_evidence_editor_turn (editor, 1, TRUE);
  after = wuyou_evidence_editor_dup_json (editor);
  g_assert_cmpstr (before, ==, after);
  for (int i = 0; i < 6; i++)
    wuyou_evidence_editor_undo (editor);
  g_assert_false (wuyou_evidence_editor_is_dirty (editor));
  g_assert_false (wuyou_evidence_editor_can_undo (editor));
  wuyou_evidence_editor_redact (editor, 1, &(WuyouEditsBox){ -500, 9990, 90000, 3 });
  boxes = wuyou_evidence_editor_get_redactions (editor, 1);
  g_assert_cmpint (g_array_index (boxes, WuyouEditsBox, 0).x, ==, 0);
  g_assert_cmpint (g_array_index (boxes, WuyouEditsBox, 0).width, ==, WUYOU_EDITS_WHOLE);
}

/* Page by page, and file by file with what was typed written on the way. */
static void
test_pages_and_facts (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (GBytes) pdf = wuyou_evidence_test_pdf (3);
  g_autoptr (GBytes) page = wuyou_evidence_test_page (1);
  g_autofree char *id = wuyou_evidence_test_id (2);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s", id);
  GtkWidget *view, *window, *row;

  say_page (test, 2, "plain", "application/pdf", pdf);
  say_page (test, 1, "plain", "image/jpeg", page);
  view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3, .contradiction = TRUE });
  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .status = 200, .body = "{}" });
  window = open_file (view, 2);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "Page 1 of 3"));
  act (window, "file.page-on");
  act (window, "file.page-on");
  act (window, "file.page-on");
  g_assert_true (wuyou_app_test_has_text (window, "Page 3 of 3"));
  g_assert_true (wuyou_app_test_has_text (window, "VIN: the papers differ"));
  row = wuyou_app_test_find (window, ADW_TYPE_ENTRY_ROW, "Day of the loss");
  gtk_editable_set_text (GTK_EDITABLE (row), "yesterday");
  act (window, "file.back");
  g_assert_true (wuyou_app_test_has_text (window, "Page 3 of 3")); /* it is not left with a wrong entry */
  gtk_editable_set_text (GTK_EDITABLE (row), "2026-11-19");
  act (window, "file.back");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, put) == 1);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, put, NULL), ==, "{\"loss_on\":\"2026-11-19\"}");
  g_assert_false (wuyou_app_test_has_text (window, "Page 3 of 3"));
  close_window (window);
}

static GtkWidget *
find_verify (GtkWidget *window)
{
  return wuyou_app_test_find (window, GTK_TYPE_BUTTON, "Verify");
}

/* The reviewer gets what is handed out, not the plain one, and goes on by himself after a judgement. */
static void
test_review_window (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (GBytes) page = wuyou_evidence_test_page (1);
  g_autoptr (GBytes) pdf = wuyou_evidence_test_pdf (2);
  g_autofree char *id = wuyou_evidence_test_id (0);
  g_autofree char *next = wuyou_evidence_test_id (1);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s/judgement", id);
  g_autofree char *rendition = g_strdup_printf ("GET /v1/evidence/%s/renditions/view", next);
  GtkWidget *view, *window;

  say_page (test, 0, "view", "application/pdf", pdf);
  say_page (test, 1, "view", "image/jpeg", page);
  view = show_view (test, WUYOU_EVIDENCE_REVIEWER, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .hang = TRUE });
  window = open_file (view, 0);
  act (window, "file.verify"); /* nothing is on the screen yet */
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "Page 1 of 2"));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, put), ==, 0);
  g_assert_false (wuyou_app_test_has_text (window, "Blacken a Part"));
  wuyou_app_test_pump (200);
  gtk_widget_grab_focus (find_verify (window));
  act (window, "file.verify");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, rendition) == 1);
  g_assert_true (gtk_widget_has_focus (find_verify (window))); /* for the next file */
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, put) == 1);
  close_window (window);
}

/* Nobody vouches for what was not on the screen; it can be returned all the same. */
static void
test_verify_unseen (WuyouAppTest *test, gconstpointer data)
{
  g_autofree char *id = wuyou_evidence_test_id (0);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s/judgement", id);
  g_autofree char *rendition = g_strdup_printf ("GET /v1/evidence/%s/renditions/view", id);
  GtkWidget *view, *window;

  wuyou_fake_server_say_json (test->server, rendition, 422, "{\"code\":\"DOCUMENT_REFUSED\"}");
  view = show_view (test, WUYOU_EVIDENCE_REVIEWER, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .hang = TRUE });
  window = open_file (view, 0);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "This document cannot be shown"));
  g_assert_false (gtk_widget_is_sensitive (find_verify (window)));
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (window))); /* keys go on working */
  act (window, "file.verify");
  wuyou_app_test_pump (200);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, put), ==, 0);
  g_assert_true (gtk_widget_is_sensitive (wuyou_app_test_find (window, GTK_TYPE_BUTTON, "Return…")));
  close_window (window);
}

/* A page that does not come is not one that cannot be shown: it is asked for again, by hand and by itself. */
static void
test_page_away (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (GBytes) page = wuyou_evidence_test_page (1);
  g_autofree char *id = wuyou_evidence_test_id (0);
  g_autofree char *rendition = g_strdup_printf ("GET /v1/evidence/%s/renditions/view", id);
  WuyouClient *client = wuyou_app_context_get_client (test->context);
  GtkWidget *view, *window;
  guint asked;

  wuyou_fake_server_say_json (test->server, rendition, 503, "{\"code\":\"UNAVAILABLE\"}");
  view = show_view (test, WUYOU_EVIDENCE_READER, &(WuyouEvidenceTestClaim){ .n_files = 1 });
  window = open_file (view, 0);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "This could not be loaded"));
  g_assert_false (wuyou_app_test_has_text (window, "sent later"));
  asked = wuyou_fake_server_count (test->server, rendition);
  g_signal_emit_by_name (wuyou_app_test_find (window, GTK_TYPE_BUTTON, "Try again"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, rendition) > asked);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "This could not be loaded"));
  wuyou_fake_server_forget (test->server, rendition);
  say_page (test, 0, "view", "image/jpeg", page);
  g_object_notify (G_OBJECT (client), "online");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (window, "This could not be loaded"));
  close_window (window);
}

/* What is no picture, whatever it says of itself, ends in a sentence. */
static void
test_broken_page (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (GBytes) broken = g_bytes_new_static ("\xff\xd8\xff nothing", 11);
  GtkWidget *view, *window;

  say_page (test, 0, "view", "image/jpeg", broken);
  view = show_view (test, WUYOU_EVIDENCE_READER, &(WuyouEvidenceTestClaim){ .n_files = 1 });
  window = open_file (view, 0);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "This document cannot be shown"));
  close_window (window);
}

/* Gone while its window is open: taken back by somebody else. */
static void
test_gone (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (GBytes) page = wuyou_evidence_test_page (1);
  g_autoptr (JsonObject) empty = wuyou_evidence_test_view (&(WuyouEvidenceTestClaim){ 0 });
  GtkWidget *view;

  say_page (test, 0, "view", "image/jpeg", page);
  view = show_view (test, WUYOU_EVIDENCE_READER, &(WuyouEvidenceTestClaim){ .n_files = 1 });
  g_assert_nonnull (open_file (view, 0));
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), empty, "\"8\"");
  wuyou_app_test_pump (100);
  g_assert_null (find_toplevel (WUYOU_TYPE_EVIDENCE_WINDOW));
  g_assert_cmpuint (count_tiles (view), ==, 0);
}

/* What a paper says is asked for where it was added, and one key away from its entry; once entered, nothing is asked.
 */
static void
test_wanted (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (GBytes) page = wuyou_evidence_test_page (1);
  g_autofree char *id = wuyou_evidence_test_id (2);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s", id);
  GtkWidget *view, *window, *slot, *row;

  say_page (test, 2, "plain", "image/jpeg", page);
  view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  slot = find_slot (view, "LOSS_NOTICE");
  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .status = 200, .body = "{}" });
  g_assert_true (wuyou_app_test_has_text (slot, "Number plate, Owner, Day of the loss: enter what the paper says"));
  g_assert_true (wuyou_app_test_has_text (view, "what 3 of them say is not entered yet"));
  g_assert_false (wuyou_app_test_has_text (find_slot (view, "FIRST_INVOICE"), "enter what")); /* there is none */
  g_assert_true (gtk_widget_grab_focus (find_tile (view, id)));
  g_assert_true (press (view, GDK_KEY_e, 0));
  window = find_toplevel (WUYOU_TYPE_EVIDENCE_WINDOW);
  g_assert_nonnull (window);
  wuyou_app_test_pump (200);
  row = wuyou_app_test_find (window, ADW_TYPE_ENTRY_ROW, "Number plate"); /* the VIN is known */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), row));
  gtk_editable_set_text (GTK_EDITABLE (row), "京A12345");
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (window, ADW_TYPE_ENTRY_ROW, "Owner")), "李明");
  act (window, "file.save");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (slot, "Day of the loss: enter what the paper says"));
  g_assert_false (wuyou_app_test_has_text (slot, "Number plate"));
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (window, ADW_TYPE_ENTRY_ROW, "Day of the loss")),
                         "2026-11-20");
  close_window (window);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (slot, "enter what the paper says"));
}

static GtkWidget *
close_to_question (GtkWidget *window)
{
  GtkWidget *dialog;

  close_window (window);
  dialog = find_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) == GTK_WINDOW (window));
  return dialog;
}

static void
answer (GtkWidget *dialog, const char *label)
{
  g_signal_emit_by_name (wuyou_app_test_find (dialog, GTK_TYPE_BUTTON, label), "clicked");
  wuyou_app_test_pump (50);
}

/* Who cannot finish a number leaves it, and keeps what is right. */
static void
test_wrong_left (WuyouAppTest *test, gconstpointer data)
{
  g_autofree char *id = wuyou_evidence_test_id (2);
  g_autofree char *put = g_strdup_printf ("PUT /v1/evidence/%s", id);
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  GtkWidget *window, *day, *dialog;

  wuyou_fake_server_say (test->server, put, &(WuyouFakeAnswer){ .status = 200, .body = "{}" });
  window = open_file (view, 2);
  day = wuyou_app_test_find (window, ADW_TYPE_ENTRY_ROW, "Day of the loss");
  gtk_editable_set_text (GTK_EDITABLE (day), "2026-1");
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (window, ADW_TYPE_ENTRY_ROW, "Number plate")), "京A12345");
  dialog = close_to_question (window);
  gtk_window_close (GTK_WINDOW (window)); /* by the window manager: one question, not two */
  answer (dialog, "_Go On Typing");
  g_assert_null (find_toplevel (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (day)), ==, "2026-1");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), day));
  answer (close_to_question (window), "_Leave It Out");
  g_assert_null (find_toplevel (WUYOU_TYPE_EVIDENCE_WINDOW));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, put) == 1);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, put, NULL), ==, "{\"plate\":\"京A12345\"}");
}

/* The file is taken back by somebody else while its window asks: both go, and nobody is asked about nothing. */
static void
test_wrong_gone (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) empty = wuyou_evidence_test_view (&(WuyouEvidenceTestClaim){ 0 });
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  GtkWidget *window = open_file (view, 2);

  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (window, ADW_TYPE_ENTRY_ROW, "Day of the loss")), "2026-1");
  close_to_question (window);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), empty, "\"8\"");
  wuyou_app_test_pump (100);
  g_assert_null (find_toplevel (WUYOU_TYPE_EVIDENCE_WINDOW));
  g_assert_null (find_toplevel (ADW_TYPE_MESSAGE_DIALOG));
}

/* Nobody else is asked to. */
static void
test_wanted_by_clerk (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_REVIEWER, &(WuyouEvidenceTestClaim){ .n_files = 3 });
  g_autofree char *id = wuyou_evidence_test_id (2);

  g_assert_false (wuyou_app_test_has_text (view, "enter what the paper says"));
  g_assert_false (wuyou_app_test_has_text (view, "not entered yet"));
  gtk_widget_activate_action (view, "evidence.enter", "s", id);
  g_assert_null (find_toplevel (WUYOU_TYPE_EVIDENCE_WINDOW));
}

static void
test_queue_line (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK, &(WuyouEvidenceTestClaim){ 0 });
  g_autoslist (GFile) files = write_files (3);
  GtkWidget *queue = wuyou_app_test_find (view, WUYOU_TYPE_UPLOAD_LINE, NULL);

  wuyou_fake_server_say (test->server, CREATE, &(WuyouFakeAnswer){ .hang = TRUE });
  g_assert_false (gtk_widget_get_visible (queue));
  drop_files (find_slot (view, "LOSS_NOTICE"), files);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (queue, "3 files are being uploaded"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, CREATE) == 2);
  g_signal_emit_by_name (wuyou_app_test_find (queue, GTK_TYPE_BUTTON, "Pause all uploads"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (queue, "3 uploads are paused"));
  /* Signing out leaves nothing on the screen, and nothing is lost. */
  wuyou_app_context_end_session (test->context, FALSE, NULL);
  wuyou_app_test_pump (50);
  g_assert_cmpuint (count_tiles (view), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (WuyouAppTest *test, gconstpointer data);
  } tests[] = {
    { "places", test_places },
    { "thumbnails-kept", test_thumbnails_kept },
    { "thumbnails-expected", test_thumbnails_expected },
    { "thumbnails-first", test_thumbnails_first },
    { "thumbnails-expected-less", test_thumbnails_expected_less },
    { "thumbnails-unseen", test_thumbnails_unseen },
    { "thumbnails-missing", test_thumbnails_missing },
    { "unmade", test_unmade },
    { "thumbnails-turned", test_thumbnails_turned },
    { "thumbnails-failed", test_thumbnails_failed },
    { "drop-fifty", test_drop_fifty },
    { "drop-picture", test_drop_picture },
    { "assign-by-keyboard", test_assign_by_keyboard },
    { "assign-by-dragging", test_assign_by_dragging },
    { "consent-first", test_consent_first },
    { "consent-given", test_consent_given },
    { "reader", test_reader },
    { "refused-here", test_refused_here },
    { "judge", test_judge },
    { "stale", test_stale },
    { "edits", test_edits },
    { "turning", test_turning },
    { "pages-and-facts", test_pages_and_facts },
    { "review-window", test_review_window },
    { "verify-unseen", test_verify_unseen },
    { "broken-page", test_broken_page },
    { "page-away", test_page_away },
    { "gone", test_gone },
    { "wanted", test_wanted },
    { "wrong-left", test_wrong_left },
    { "wrong-gone", test_wrong_gone },
    { "wanted-by-clerk", test_wanted_by_clerk },
    { "queue-line", test_queue_line },
  };

  wuyou_app_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/evidence/", tests[i].name, NULL);

    g_test_add (path, WuyouAppTest, NULL, set_up, tests[i].run, tear_down);
  }
  return g_test_run ();
}
