/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-job-store.h"

G_BEGIN_DECLS

/* One mail as a file of its own in @directory, whole or not at all; a mail written again replaces itself.
 * STORAGE_FULL, UNAVAILABLE, INVALID for an address that is none. */
gboolean wuyou_mail_spool_write (const char *directory, const WuyouMail *mail, gint64 now, GError **error);

G_END_DECLS
