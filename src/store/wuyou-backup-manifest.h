/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WUYOU_BACKUP_KEYS "customer-keys" /* the file that is kept apart */

/* The list of what a backup holds: "sha256  path" a line, as sha256sum reads it, in the file MANIFEST. */
typedef struct {
  char *folder;
  GString *lines;
} WuyouManifest;

void _wuyou_manifest_init (WuyouManifest *manifest, const char *folder);
void _wuyou_manifest_clear (WuyouManifest *manifest);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouManifest, _wuyou_manifest_clear)

/* @path below the folder. */
gboolean _wuyou_manifest_add (WuyouManifest *manifest, const char *path, GError **error);
gboolean _wuyou_manifest_write (WuyouManifest *manifest, GError **error);
/* CORRUPT that names the first file that is missing, changed or not in the list. */
gboolean _wuyou_manifest_check (const char *folder, GError **error);

/* Copies the tree of finished sealed files; with @manifest notes them under "files/". */
gboolean _wuyou_backup_copy_files (const char *from, const char *to, WuyouManifest *manifest, GError **error);

G_END_DECLS
