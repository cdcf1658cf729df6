/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "claims/wuyou-evidence-capture.h"
#include "claims/wuyou-evidence-slot.h"
#include "claims/wuyou-evidence-view.h"
#include "widgets/wuyou-banner.h"
#include "wuyou-evidence-test.h"
#include "wuyou-test.h"

/* Programs of the desktop stand in this home: what they would save, scripts save. */
static void
write_file (const char *path, const char *text, int mode)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
install (const char *id, const char *script, const char *categories)
{
  g_autofree char *program = g_build_filename (g_get_home_dir (), "programs", id, NULL);
  g_autofree char *entry = g_strconcat (g_get_user_data_dir (), "/applications/", id, ".desktop", NULL);
  g_autofree char *text = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=%s\nExec=%s\nCategories=%s\n", id,
                                           program, categories);

  write_file (program, script, 0700);
  write_file (entry, text, 0600);
}

static void
prepare_home (void)
{
  g_autofree char *folders = g_build_filename (g_get_user_config_dir (), "user-dirs.dirs", NULL);

  write_file (folders, "XDG_PICTURES_DIR=\"$HOME/图片\"\nXDG_DOCUMENTS_DIR=\"$HOME/文档\"\n", 0600);
  g_reload_user_special_dirs_cache ();
}

/* A scanning program that nobody has heard of, and a camera that is known by its name. */
static void
install_all (void)
{
  install ("guvcview",
           "#!/bin/sh\nmkdir -p \"$HOME/图片/Webcam\"\nsleep 0.2\ncd \"$HOME/图片/Webcam\"\n"
           "printf x >.part\nmv .part 一.jpg\nprintf x >二.JPG\nprintf x >notes.txt\n",
           "AudioVideo;");
  install ("com.example.papers", "#!/bin/sh\nmkdir -p \"$HOME/文档\"\nprintf x >\"$HOME/文档/scan.pdf\"\n",
           "Graphics;Scanning;");
}

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
take (GtkWidget *view, const WuyouEvidenceTestClaim *claim, const char *id)
{
  g_autoptr (JsonObject) answer = wuyou_evidence_test_view (claim);

  if (id != NULL)
    json_object_set_string_member (json_object_get_object_member (answer, "claim"), "id", id);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, "\"7\"");
}

static GtkWidget *
show_view (WuyouAppTest *test, WuyouEvidenceMode mode)
{
  GtkWidget *view = wuyou_evidence_view_new (test->context);

  wuyou_app_test_show (test, view);
  wuyou_evidence_view_set_mode (WUYOU_EVIDENCE_VIEW (view), mode);
  take (view, &(WuyouEvidenceTestClaim){ 0 }, NULL);
  wuyou_app_test_pump (50);
  return view;
}

static guint
count_uploads (WuyouAppTest *test)
{
  return g_list_model_get_n_items (G_LIST_MODEL (wuyou_app_context_get_uploads (test->context)));
}

static gboolean
offers (GtkWidget *view, const char *sentence)
{
  GtkWidget *banner = wuyou_app_test_find (view, WUYOU_TYPE_BANNER, NULL);
  g_autofree char *title = NULL;
  gboolean revealed;

  g_object_get (banner, "title", &title, "revealed", &revealed, NULL);
  return sentence != NULL ? revealed && g_str_equal (title, sentence) : !revealed;
}

/* Only pictures and PDF are offered, under their last names, and nothing is taken before somebody says so. */
static void
test_camera (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK);

  g_assert_true (offers (view, NULL));
  gtk_widget_activate_action (view, "evidence.capture", "s", "camera");
  WUYOU_APP_TEST_WAIT_FOR (offers (view, "2 new files were saved. Add them to this claim?"));
  g_assert_cmpuint (count_uploads (test), ==, 0);
  g_signal_emit_by_name (wuyou_app_test_find (view, WUYOU_TYPE_BANNER, NULL), "pressed");
  WUYOU_APP_TEST_WAIT_FOR (count_uploads (test) == 2);
  g_assert_true (offers (view, NULL));
}

static GtkWidget *
find_dismiss (GtkWidget *root)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (root), "Do not ask again") == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_dismiss (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Not asked about again, though they still lie there; what is saved after that is. */
static void
test_dismiss (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK);
  g_autofree char *later = g_build_filename (g_get_home_dir (), "图片", "Webcam", "三.jpg", NULL);

  gtk_widget_activate_action (view, "evidence.capture", "s", "camera");
  WUYOU_APP_TEST_WAIT_FOR (offers (view, "2 new files were saved. Add them to this claim?"));
  g_signal_emit_by_name (find_dismiss (wuyou_app_test_find (view, WUYOU_TYPE_BANNER, NULL)), "clicked");
  g_assert_true (offers (view, NULL));
  take (view, &(WuyouEvidenceTestClaim){ 0 }, NULL);
  wuyou_app_test_pump (2500); /* looked at twice meanwhile */
  g_assert_true (offers (view, NULL));
  write_file (later, "x", 0600);
  WUYOU_APP_TEST_WAIT_FOR (offers (view, "1 new file was saved. Add it to this claim?"));
  g_assert_cmpuint (count_uploads (test), ==, 0);
}

/* What was scanned for one claim is not offered to another. */
static void
test_other_claim (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK);

  gtk_widget_activate_action (view, "evidence.capture", "s", "scan");
  WUYOU_APP_TEST_WAIT_FOR (offers (view, "1 new file was saved. Add it to this claim?"));
  take (view, &(WuyouEvidenceTestClaim){ 0 }, "0190c5a0-0000-7000-8000-0000000000ff");
  g_assert_true (offers (view, NULL));
  g_signal_emit_by_name (wuyou_app_test_find (view, WUYOU_TYPE_BANNER, NULL), "pressed");
  wuyou_app_test_pump (50);
  g_assert_cmpuint (count_uploads (test), ==, 0);
}

static void
test_reader (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_READER);

  gtk_widget_activate_action (view, "evidence.capture", "s", "scan");
  wuyou_app_test_pump (300);
  g_assert_true (offers (view, NULL));
}

/* Scanned for a document, it is offered to that one; a second press would find nothing to add. */
static void
test_place (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK);
  g_autoptr (WuyouUploadItem) item = NULL;

  gtk_widget_activate_action (view, "evidence.capture", "s", "scan LOSS_NOTICE 1");
  WUYOU_APP_TEST_WAIT_FOR (offers (view, "1 new file was saved. Add it to “出险通知书”?"));
  g_assert_cmpuint (count_uploads (test), ==, 0);
  g_signal_emit_by_name (wuyou_app_test_find (view, WUYOU_TYPE_BANNER, NULL), "pressed");
  g_signal_emit_by_name (wuyou_app_test_find (view, WUYOU_TYPE_BANNER, NULL), "pressed");
  g_assert_cmpuint (count_uploads (test), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (wuyou_app_context_get_uploads (test->context)), 0);
  g_assert_cmpstr (wuyou_upload_item_get_slot (item), ==, "LOSS_NOTICE");
}

/* In the place of the window, which owns what it is asked to show. */
static void
on_toast_requested_cb (guint *count, AdwToast *toast)
{
  ++*count;
  g_object_unref (toast);
}

/* Where the owner has to agree first, nothing is started. */
static void
test_consent (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK);
  guint n_toasts = 0;

  g_signal_connect_swapped (test->context, "toast-requested", G_CALLBACK (on_toast_requested_cb), &n_toasts);
  gtk_widget_activate_action (view, "evidence.capture", "s", "camera OWNER_IDENTITY 1");
  wuyou_app_test_pump (1500);
  g_assert_cmpuint (n_toasts, ==, 1);
  g_assert_true (offers (view, NULL));
}

/* Where no program is installed nothing speaks of one. */
static void
test_none (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view = show_view (test, WUYOU_EVIDENCE_CLERK);
  GtkWidget *slot = wuyou_app_test_find (view, WUYOU_TYPE_EVIDENCE_SLOT, NULL);

  g_assert_false (wuyou_app_test_has_text (view, "Scan…"));
  g_assert_false (wuyou_app_test_has_text (view, "Take a Picture…"));
  g_assert_false (gtk_widget_get_visible (wuyou_app_test_find (slot, GTK_TYPE_MENU_BUTTON, NULL)));
}

static gboolean
is_found (guint kind)
{
  g_autoptr (GAppInfo) info = wuyou_evidence_capture_find_program (&wuyou_evidence_capture_kinds[kind]);

  return info != NULL;
}

static void
test_tools (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view, *slot;

  install_all ();
  for (guint i = 0; i < WUYOU_EVIDENCE_CAPTURE_KINDS; i++)
    WUYOU_APP_TEST_WAIT_FOR (is_found (i)); /* GIO watches the folder */
  view = show_view (test, WUYOU_EVIDENCE_CLERK);

  g_assert_true (wuyou_app_test_has_text (view, "Scan…"));
  g_assert_true (wuyou_app_test_has_text (view, "Take a Picture…"));
  slot = wuyou_app_test_find (view, WUYOU_TYPE_EVIDENCE_SLOT, NULL);
  g_assert_true (gtk_widget_get_visible (wuyou_app_test_find (slot, GTK_TYPE_MENU_BUTTON, NULL)));
  wuyou_app_test_assert_named (view);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (WuyouAppTest *test, gconstpointer data);
  } tests[] = {
    { "/capture/none", test_none },     { "/capture/tools", test_tools },
    { "/capture/place", test_place },   { "/capture/consent", test_consent },
    { "/capture/camera", test_camera }, { "/capture/other-claim", test_other_claim },
    { "/capture/reader", test_reader }, { "/capture/dismiss", test_dismiss },
  };

  wuyou_app_test_init (&argc, &argv);
  prepare_home ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, WuyouAppTest, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
