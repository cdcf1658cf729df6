/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-capture.h"

#include <gio/gdesktopappinfo.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define LOOK_MS 1000

struct _WuyouEvidenceCapture {
  GObject parent_instance;
  gint64 began, ends; /* microseconds, UTC and monotonic */
  GHashTable *seen;   /* path → size and time of the last look */
  GHashTable *told;   /* paths that were offered */
  GPtrArray *found;   /* GFile */
  guint look_source;
  gboolean looking;
};

G_DEFINE_FINAL_TYPE (WuyouEvidenceCapture, wuyou_evidence_capture, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

const WuyouEvidenceCaptureKind wuyou_evidence_capture_kinds[WUYOU_EVIDENCE_CAPTURE_KINDS] = {
  { "scan",
    N_ ("Scan…"),
    N_ ("Opens the scanning program of this computer. What you save there is offered here."),
    N_ ("The scanning program did not start."),
    "scanner-symbolic",
    { "simple-scan.desktop", "org.gnome.SimpleScan.desktop", "org.kde.skanpage.desktop", "org.kde.skanlite.desktop" },
    { "scanning", "x-scanning", "x-scanner" } },
  { "camera",
    N_ ("Take a Picture…"),
    N_ ("Opens the camera of this computer. The pictures you take are offered here."),
    N_ ("The camera program did not start."),
    "camera-photo-symbolic",
    { "org.gnome.Snapshot.desktop", "org.gnome.Cheese.desktop", "org.kde.kamoso.desktop", "guvcview.desktop" },
    { "x-camera", "x-webcam", "webcam" } },
};

/* Where the programs above save: the folder of the user, and a folder in it. */
static const struct {
  GUserDirectory directory;
  const char *inner;
} places[] = {
  { G_USER_DIRECTORY_DOCUMENTS, NULL },    { G_USER_DIRECTORY_PICTURES, NULL }, { G_USER_DIRECTORY_PICTURES, "Camera" },
  { G_USER_DIRECTORY_PICTURES, "Webcam" }, { G_USER_DIRECTORY_DESKTOP, NULL },  { G_USER_DIRECTORY_DOWNLOAD, NULL },
  { G_USER_DIRECTORY_DOCUMENTS, "Scans" },
};

static const char *const endings[] = { ".jpg", ".jpeg", ".png", ".pdf" };

const WuyouEvidenceCaptureKind *
wuyou_evidence_capture_find_kind (const char *id)
{
  for (guint i = 0; i < WUYOU_EVIDENCE_CAPTURE_KINDS; i++)
    if (g_strcmp0 (wuyou_evidence_capture_kinds[i].id, id) == 0)
      return &wuyou_evidence_capture_kinds[i];
  return NULL;
}

/* In a list as "Graphics;Scanning;". */
static gboolean
says (const char *categories, const char *wanted)
{
  g_auto (GStrv) tokens = g_strsplit (categories, ";", -1);

  for (guint i = 0; tokens[i] != NULL; i++)
    if (g_ascii_strcasecmp (tokens[i], wanted) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_of_kind (GAppInfo *info, const WuyouEvidenceCaptureKind *kind)
{
  const char *categories
      = G_IS_DESKTOP_APP_INFO (info) ? g_desktop_app_info_get_categories (G_DESKTOP_APP_INFO (info)) : NULL;

  for (guint i = 0; categories != NULL && kind->categories[i] != NULL; i++)
    if (says (categories, kind->categories[i]))
      return g_app_info_should_show (info);
  return FALSE;
}

static GAppInfo *
find_by_category (const WuyouEvidenceCaptureKind *kind)
{
  g_autolist (GAppInfo) all = g_app_info_get_all ();

  for (GList *l = all; l != NULL; l = l->next)
    if (is_of_kind (l->data, kind))
      return g_object_ref (l->data);
  return NULL;
}

GAppInfo *
wuyou_evidence_capture_find_program (const WuyouEvidenceCaptureKind *kind)
{
  for (guint i = 0; kind->programs[i] != NULL; i++) {
    GDesktopAppInfo *info = g_desktop_app_info_new (kind->programs[i]);

    if (info != NULL)
      return G_APP_INFO (info);
  }
  return find_by_category (kind);
}

static gboolean
is_wanted (const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  if (*lower == '.')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* --- in a thread: homes may lie on a slow network --- */

static void
look_at (GHashTable *table, const char *folder, const char *name, gint64 began)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf info;
  gint64 changed;

  if (!is_wanted (name) || g_stat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size == 0)
    return;
  changed = (gint64) info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
  if (changed >= began)
    g_hash_table_insert (table, g_steal_pointer (&path),
                         g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, changed, (gint64) info.st_size));
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const gint64 *began = data;
  GHashTable *table = new_table ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    const char *root = g_get_user_special_dir (places[i].directory);
    g_autofree char *folder = root != NULL ? g_build_filename (root, places[i].inner, NULL) : NULL;
    g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
      look_at (table, folder, name, *began);
  }
  g_task_return_pointer (task, table, (GDestroyNotify) g_hash_table_unref);
}

/* --- in the main loop --- */

/* A file that is still being written differs from the look before. */
static void
take_table (WuyouEvidenceCapture *self, GHashTable *table)
{
  guint before = self->found->len;
  GHashTableIter iter;
  gpointer path, stamp;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &path, &stamp))
    if (g_strcmp0 (g_hash_table_lookup (self->seen, path), stamp) == 0
        && g_hash_table_add (self->told, g_strdup (path)))
      g_ptr_array_add (self->found, g_file_new_for_path (path));
  g_hash_table_unref (self->seen);
  self->seen = g_hash_table_ref (table);
  if (self->found->len != before)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WuyouEvidenceCapture *self = WUYOU_EVIDENCE_CAPTURE (source);
  g_autoptr (GHashTable) table = g_task_propagate_pointer (G_TASK (result), NULL);

  self->looking = FALSE;
  if (self->look_source != 0 && table != NULL) /* else it is over */
    take_table (self, table);
}

static void
end (WuyouEvidenceCapture *self)
{
  self->look_source = 0;
  g_ptr_array_set_size (self->found, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_look_cb (gpointer data)
{
  WuyouEvidenceCapture *self = data;
  g_autoptr (GTask) task = NULL;

  if (g_get_monotonic_time () > self->ends) {
    end (self);
    return G_SOURCE_REMOVE;
  }
  if (self->looking)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  task = g_task_new (self, NULL, on_listed_cb, NULL);
  g_task_set_task_data (task, g_memdup2 (&self->began, sizeof self->began), g_free);
  g_task_run_in_thread (task, list_in_thread);
  return G_SOURCE_CONTINUE;
}

gboolean
wuyou_evidence_capture_start (WuyouEvidenceCapture *self,
                              const WuyouEvidenceCaptureKind *kind,
                              GAppLaunchContext *launch)
{
  g_autoptr (GAppInfo) program = wuyou_evidence_capture_find_program (kind);

  if (self->look_source == 0) {
    self->began = g_get_real_time ();
    self->look_source = g_timeout_add (LOOK_MS, on_look_cb, self);
  }
  self->ends = g_get_monotonic_time () + WUYOU_EVIDENCE_CAPTURE_MINUTES * G_TIME_SPAN_MINUTE;
  return program != NULL && g_app_info_launch (program, NULL, launch, NULL);
}

guint
wuyou_evidence_capture_count (WuyouEvidenceCapture *self)
{
  return self->found->len;
}

GSList *
wuyou_evidence_capture_take (WuyouEvidenceCapture *self)
{
  GSList *files = NULL;

  for (guint i = self->found->len; i > 0; i--)
    files = g_slist_prepend (files, g_object_ref (self->found->pdata[i - 1]));
  g_ptr_array_set_size (self->found, 0);
  return files;
}

static void
wuyou_evidence_capture_dispose (GObject *object)
{
  WuyouEvidenceCapture *self = WUYOU_EVIDENCE_CAPTURE (object);

  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  G_OBJECT_CLASS (wuyou_evidence_capture_parent_class)->dispose (object);
}

static void
wuyou_evidence_capture_class_init (WuyouEvidenceCaptureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_evidence_capture_dispose;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_evidence_capture_init (WuyouEvidenceCapture *self)
{
  self->seen = new_table ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
}

WuyouEvidenceCapture *
wuyou_evidence_capture_new (void)
{
  return g_object_new (WUYOU_TYPE_EVIDENCE_CAPTURE, NULL);
}
