/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WUYOU_KEY_BYTES 32

/* A file of 32 random bytes, mode 0600, durable. CONFLICT when there is one. */
gboolean _wuyou_key_file_create (const char *directory, const char *name, GError **error);
/* From the systemd credential "wuyou-@name" or the file. INSECURE when others may read it. */
gboolean
_wuyou_key_file_read (const char *directory, const char *name, guint8 ret_key[WUYOU_KEY_BYTES], GError **error);

G_END_DECLS
