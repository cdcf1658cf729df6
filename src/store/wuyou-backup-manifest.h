/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-db.h"

G_BEGIN_DECLS

/* The list of what a backup holds, in the file MANIFEST: "sha256  path" a line, as sha256sum reads it, and at its end a
 * line that counts and hashes those before it. */
typedef struct {
  char *folder;
  GString *lines;     /* as they are written */
  GHashTable *hashes; /* path below the folder → SHA-256, "" for what is gone */
} WuyouManifest;

void _wuyou_manifest_init (WuyouManifest *manifest, const char *folder);
void _wuyou_manifest_clear (WuyouManifest *manifest);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouManifest, _wuyou_manifest_clear)

/* @path below the folder. */
gboolean _wuyou_manifest_add (WuyouManifest *manifest, const char *path, GError **error);
/* A file that was taken away while the backup was made: "# gone path". */
void _wuyou_manifest_add_gone (WuyouManifest *manifest, const char *path);
gboolean _wuyou_manifest_write (WuyouManifest *manifest, GError **error);

/* CORRUPT when it is missing, cut, or does not name every part of a backup. */
gboolean _wuyou_manifest_read (WuyouManifest *manifest, GError **error);
/* CORRUPT that names a file that is missing or changed. */
gboolean _wuyou_manifest_check (WuyouManifest *manifest, GError **error);
/* CORRUPT when @path is not the file of keys that was written with this backup: another one's, or a part of it. */
gboolean _wuyou_manifest_check_keys (WuyouManifest *manifest, const char *path, GError **error);

/* Copies the tree of finished sealed files and notes them under "files/". */
gboolean _wuyou_backup_copy_files (const char *from, const char *to, WuyouManifest *manifest, GError **error);
/* The files that the manifest names, to a folder of their own. */
gboolean _wuyou_backup_restore_files (WuyouManifest *manifest, const char *to, GError **error);
/* A folder without files goes; CONFLICT when there are some. */
gboolean _wuyou_backup_clear_place (const char *folder, GError **error);
void _wuyou_backup_empty_folder (const char *path);
void _wuyou_backup_remove_tree (const char *path);
gboolean _wuyou_backup_sync (const char *folder, GError **error); /* all that was written there is on the disk */

/* Every finished file that the database of the backup names has a line: CORRUPT when one has not. */
gboolean _wuyou_backup_check_files (WuyouManifest *manifest, GError **error);
/* Lines for those that were taken away since, as @db says now; CORRUPT when one is missing without that. */
gboolean _wuyou_backup_add_gone (WuyouManifest *manifest, WuyouDb *db, GError **error);

G_END_DECLS
