/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-local.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "client/wuyou-local-db.h"
#include "client/wuyou-local-writer.h"
#include "client/wuyou-seal.h"

#define CONTACT "contact"
#define KEY_CHECK "key-check"
#define CLOCK_SLACK (1 * G_TIME_SPAN_HOUR)
#define TOUCH_EVERY (5 * G_TIME_SPAN_MINUTE)
/* Usually a fraction of a millisecond: one write to the page cache. The bound is for a disk that hangs. */
#define SETTLE_WITHIN (50 * G_TIME_SPAN_MILLISECOND)

struct _WuyouLocal {
  GObject parent_instance;
  char *dir;
  WuyouClock clock;
  char *folder; /* of the account, while open */
  WuyouLocalDb *db;
  WuyouLocalWriter *writer;
  guint8 *key; /* sodium_malloc: locked, guarded */
  gint64 contact;
};

enum { FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouLocal, wuyou_local, G_TYPE_OBJECT)

void
wuyou_local_item_free (WuyouLocalItem *item)
{
  g_free (item->id);
  g_free (item->json);
  g_free (item);
}

/* The folder's name says nothing about account or server. */
char *
wuyou_local_dup_folder (WuyouLocal *self, const char *server, const char *account)
{
  g_autofree char *both = g_strdup_printf ("%s %s", server, account);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  name[32] = '\0';
  return g_build_filename (self->dir, name, NULL);
}

gboolean
wuyou_local_is_open (WuyouLocal *self)
{
  return self->db != NULL;
}

char *
wuyou_local_dup_upload_path (WuyouLocal *self, const char *id)
{
  return self->folder != NULL ? g_build_filename (self->folder, "uploads", id, NULL) : NULL;
}

static void
on_write_failed_cb (const GError *error, gpointer data)
{
  g_signal_emit (data, signals[FAILED], 0, error);
}

static char *
read_text (WuyouLocal *self, int kind, const char *id, gint64 *ret_saved_at)
{
  g_autoptr (GBytes) sealed = NULL;

  if (self->db == NULL)
    return NULL;
  if (!wuyou_local_writer_peek (self->writer, kind, id, ret_saved_at, &sealed))
    sealed = wuyou_local_db_get (self->db, kind, id, ret_saved_at);
  return sealed != NULL ? wuyou_unseal (self->key, kind, id, sealed) : NULL;
}

/* A wrong key is found now, and not by a draft that cannot be read. */
static gboolean
check_key (WuyouLocal *self, GError **error)
{
  g_autoptr (GBytes) sealed = wuyou_local_db_get (self->db, WUYOU_LOCAL_STATE, KEY_CHECK, NULL);
  g_autofree char *text = sealed != NULL ? wuyou_unseal (self->key, WUYOU_LOCAL_STATE, KEY_CHECK, sealed) : NULL;

  if (sealed == NULL)
    return wuyou_local_save (self, WUYOU_LOCAL_STATE, KEY_CHECK, "{}");
  if (text != NULL)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "the local file has another key");
  return FALSE;
}

static gboolean
open_files (WuyouLocal *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "local.db", NULL);
  WuyouLocalDb *second;

  if (g_mkdir_with_parents (self->folder, 0700) != 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STORAGE_FULL, "the folder for local data cannot be made");
    return FALSE;
  }
  self->db = wuyou_local_db_open (path, error);
  if (self->db == NULL)
    return FALSE;
  g_chmod (path, 0600);
  second = wuyou_local_db_open (path, error);
  if (second == NULL)
    return FALSE;
  self->writer = wuyou_local_writer_new (second, on_write_failed_cb, self);
  return TRUE;
}

static void
close_files (WuyouLocal *self)
{
  g_clear_pointer (&self->writer, wuyou_local_writer_free);
  g_clear_pointer (&self->db, wuyou_local_db_close);
  g_clear_pointer (&self->key, sodium_free);
  g_clear_pointer (&self->folder, g_free);
  self->contact = 0;
}

/* A file whose key is lost is put aside, not destroyed: the key may come back with an old keyring. */
static void
put_aside (WuyouLocal *self)
{
  g_autofree char *folder = g_strdup (self->folder);
  g_autofree char *aside = g_strdup_printf ("%s.%" G_GINT64_FORMAT, folder, wuyou_clock_now (&self->clock));

  close_files (self);
  if (g_rename (folder, aside) != 0)
    g_warning ("local data with another key could not be put aside");
}

static void
read_contact (WuyouLocal *self)
{
  g_autofree char *text = read_text (self, WUYOU_LOCAL_STATE, CONTACT, &self->contact);

  if (text == NULL)
    self->contact = 0;
}

gboolean
wuyou_local_open (WuyouLocal *self, const char *server, const char *account, const guint8 *key, GError **error)
{
  wuyou_local_close (self);
  self->folder = wuyou_local_dup_folder (self, server, account);
  self->key = sodium_malloc (WUYOU_LOCAL_KEY_BYTES);
  memcpy (self->key, key, WUYOU_LOCAL_KEY_BYTES);
  if (!open_files (self, error)) {
    close_files (self);
    return FALSE;
  }
  if (!check_key (self, error)) {
    put_aside (self);
    return FALSE;
  }
  read_contact (self);
  return TRUE;
}

const guint8 *
wuyou_local_get_key (WuyouLocal *self)
{
  return self->key;
}

void
wuyou_local_close (WuyouLocal *self)
{
  close_files (self);
}

/* What a person made: a key that is on the screen is in the file. */
static gboolean
is_precious (WuyouLocalKind kind)
{
  return kind == WUYOU_LOCAL_DRAFT || kind == WUYOU_LOCAL_OUTBOX || kind == WUYOU_LOCAL_UPLOAD
         || kind == WUYOU_LOCAL_TEXT;
}

static gboolean
save_at (WuyouLocal *self, WuyouLocalKind kind, const char *id, const char *json, gint64 at)
{
  g_autoptr (GBytes) sealed = NULL;

  if (self->db == NULL)
    return FALSE;
  sealed = wuyou_seal (self->key, kind, id, json);
  wuyou_local_writer_put (self->writer, kind, id, at, sealed);
  if (is_precious (kind))
    wuyou_local_writer_settle (self->writer, SETTLE_WITHIN);
  return TRUE;
}

gboolean
wuyou_local_save (WuyouLocal *self, WuyouLocalKind kind, const char *id, const char *json)
{
  return save_at (self, kind, id, json, wuyou_clock_now (&self->clock));
}

/* Also when the clock was set back: time that was seen does not come again. */
static gboolean
is_stale (WuyouLocal *self, WuyouLocalKind kind)
{
  gint64 now = wuyou_clock_now (&self->clock);

  if (kind != WUYOU_LOCAL_CACHE)
    return FALSE;
  return now > self->contact + WUYOU_LOCAL_CACHE_HOURS * G_TIME_SPAN_HOUR || now < self->contact - CLOCK_SLACK;
}

char *
wuyou_local_load (WuyouLocal *self, WuyouLocalKind kind, const char *id)
{
  gint64 saved_at;

  return is_stale (self, kind) ? NULL : read_text (self, kind, id, &saved_at);
}

JsonObject *
wuyou_local_load_object (WuyouLocal *self, WuyouLocalKind kind, const char *id)
{
  g_autofree char *text = wuyou_local_load (self, kind, id);

  return text != NULL ? wuyou_json_parse_object (text, strlen (text), NULL) : NULL;
}

typedef struct {
  WuyouLocal *self;
  WuyouLocalKind kind;
  GPtrArray *items;
} Listing;

static void
append_item (const char *id, gint64 saved_at, GBytes *sealed, gpointer data)
{
  Listing *listing = data;
  char *json = wuyou_unseal (listing->self->key, listing->kind, id, sealed);
  WuyouLocalItem *item;

  if (json == NULL)
    return;
  item = g_new0 (WuyouLocalItem, 1);
  item->id = g_strdup (id);
  item->json = json;
  item->saved_at = saved_at;
  g_ptr_array_add (listing->items, item);
}

GPtrArray *
wuyou_local_list (WuyouLocal *self, WuyouLocalKind kind)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_local_item_free);
  Listing listing = { self, kind, items };

  if (self->db == NULL || is_stale (self, kind))
    return items;
  wuyou_local_writer_flush (self->writer);
  wuyou_local_db_each (self->db, kind, append_item, &listing);
  return items;
}

void
wuyou_local_remove (WuyouLocal *self, WuyouLocalKind kind, const char *id)
{
  if (self->db != NULL)
    wuyou_local_writer_delete (self->writer, kind, id);
}

void
wuyou_local_flush (WuyouLocal *self)
{
  if (self->db != NULL)
    wuyou_local_writer_flush (self->writer);
}

void
wuyou_local_touch (WuyouLocal *self)
{
  gint64 now = wuyou_clock_now (&self->clock);

  if (self->db == NULL || ABS (now - self->contact) < TOUCH_EVERY)
    return;
  self->contact = now;
  save_at (self, WUYOU_LOCAL_STATE, CONTACT, "{}", now);
}

static void
remove_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
}

static void
remove_uploads (const char *folder)
{
  g_autofree char *uploads = g_build_filename (folder, "uploads", NULL);
  g_autoptr (GDir) dir = g_dir_open (uploads, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    remove_file (uploads, name);
  g_rmdir (uploads);
}

void
wuyou_local_wipe (WuyouLocal *self)
{
  g_autofree char *folder = g_strdup (self->folder);

  close_files (self);
  if (folder == NULL)
    return;
  remove_file (folder, "local.db");
  remove_file (folder, "local.db-wal");
  remove_file (folder, "local.db-shm");
  remove_file (folder, "key");
  remove_uploads (folder);
  g_rmdir (folder);
}

static void
wuyou_local_finalize (GObject *object)
{
  WuyouLocal *self = WUYOU_LOCAL (object);

  close_files (self);
  g_free (self->dir);
  G_OBJECT_CLASS (wuyou_local_parent_class)->finalize (object);
}

static void
wuyou_local_class_init (WuyouLocalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_local_finalize;
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
wuyou_local_init (WuyouLocal *self)
{
}

WuyouLocal *
wuyou_local_new (const char *dir, const WuyouClock *clock)
{
  WuyouLocal *self = g_object_new (WUYOU_TYPE_LOCAL, NULL);

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  self->dir = g_strdup (dir);
  self->clock = *clock;
  return self;
}
