/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* A backup is a new folder, which gets its name when it is whole: database without customer keys, keys in a file of
 * their own (to be kept apart and no longer than 35 days), sealed files, audit root, and a manifest with the SHA-256 of
 * all. The server may go on working. Master and signing key are not in it. */
gboolean wuyou_backup_create (WuyouStore *store, const char *folder, GError **error);
/* Everything is there and as the manifest says, and the database is whole. CORRUPT that names what is not. The audit
 * chain is walked after a restore (wuyou_audit_verify), which needs the server's keys. */
gboolean wuyou_backup_verify (const char *folder, GError **error);
/* Into an empty database and a data folder without files; @keys_file NULL: the one in @folder. What was erased after
 * the backup stays erased when @erasures (a later list, or NULL) says so; every session ends. The key files stand in
 * @data_dir before. All or nothing: after a failure nothing is there to be served, and a second try may be made. */
gboolean wuyou_backup_restore (const char *folder,
                               const char *keys_file,
                               const char *erasures,
                               const char *uri,
                               const char *data_dir,
                               GError **error);
/* The erasure list as a file, one "purpose id instant" a line; to be kept with the keys. */
gboolean wuyou_backup_write_erasures (WuyouStore *store, const char *path, GError **error);

G_END_DECLS
