/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-keys.h"

G_BEGIN_DECLS

/* Unwraps a customer's key and opens with it in one go, without allocating. @plain holds *@length bytes, which becomes
 * the length of the text. CORRUPT. */
gboolean _wuyou_keys_open_row (WuyouKeys *keys,
                               const char *purpose,
                               const char *id,
                               gconstpointer wrapped,
                               gsize wrapped_length,
                               const char *context,
                               gconstpointer sealed,
                               gsize *length,
                               guint8 *plain,
                               GError **error);

G_END_DECLS
