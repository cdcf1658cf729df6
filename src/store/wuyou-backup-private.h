/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <stdio.h>

#include "wuyou-backup-manifest.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* The parts of a backup, for wuyou-backup*.c. */
#define WUYOU_BACKUP_MANIFEST "MANIFEST"
#define WUYOU_BACKUP_SQLITE "database.sqlite"
#define WUYOU_BACKUP_POSTGRES "database.pgdump"
#define WUYOU_BACKUP_KEYS "customer-keys" /* the file that is kept apart */
#define WUYOU_BACKUP_FILES "files"        /* in the data folder too */
#define WUYOU_BACKUP_ERASURES "erasures"

/* A new file with mode 0600; on the disk for sure once it was closed. */
FILE *_wuyou_backup_create_file (const char *path, GError **error);
gboolean _wuyou_backup_close_file (FILE *file, const char *path, GError **error);
gboolean _wuyou_backup_write_text (const char *path, const char *text, GError **error);
/* The database of a backup and its engine. Owned. */
char *_wuyou_backup_find_database (const char *folder, WuyouDbKind *ret_kind);
/* Reads the list of a backup and checks everything against it. */
gboolean _wuyou_backup_check (WuyouManifest *manifest, GError **error);
/* Makes the list of what @folder holds, which is nearly all: the sealed files are copied meanwhile. */
gboolean _wuyou_backup_write_list (WuyouStore *store, const char *folder, GError **error);
/* The audit root, where there is one. */
gboolean _wuyou_backup_copy_root (const char *from, const char *to, GError **error);

/* Customer keys: "purpose id wrapped" a line. */
gboolean _wuyou_backup_write_keys (WuyouDb *db, const char *path, GError **error);
gboolean _wuyou_backup_insert_keys (WuyouDb *db, const char *path, GError **error);

/* Lists of erasures: "purpose id" → instant. A file that cannot be read to its end, word for word, is refused. */
GHashTable *_wuyou_erasures_new (void); /* owned */
gboolean _wuyou_erasures_add_file (GHashTable *erasures, const char *path, GError **error);
/* Erases in @store, which has its keys, what it does not know as erased yet. */
gboolean _wuyou_erasures_repeat (GHashTable *erasures, WuyouStore *store, GError **error);

G_END_DECLS
