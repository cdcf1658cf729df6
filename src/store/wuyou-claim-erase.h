/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-keys.h"

G_BEGIN_DECLS

/* What claims on a contract know of its owner: the keys of both purposes, the digests of numbers, the prints of
 * pictures. In the transaction that erases the contract's customer. */
gboolean _wuyou_claims_erase (WuyouDbConn *conn, const char *contract_id, gint64 at, GError **error);

G_END_DECLS
