/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "ctl/wuyou-ctl.h"

G_BEGIN_DECLS

#define WUYOU_CTL_PUBLIC_KEY "signing.pub" /* in the data folder: 64 hex digits, to be published */

/* A store for a database that holds no organisation yet, made where there is none. Owned. */
WuyouStore *wuyou_ctl_create_store (const WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_write_public_key (WuyouStore *store, GError **error);
gboolean wuyou_ctl_read_public_key (const char *path, guint8 ret_key[32], GError **error);
/* A failure in words for people. Returns FALSE. */
gboolean wuyou_ctl_fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
