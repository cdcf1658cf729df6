/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* Tokens of fragments (WuyouFragment) for the operator and for each of the organisations @scopes (NULL: none). */
void _wuyou_search_add_tokens (WuyouKeys *keys,
                               const GPtrArray *fragments,
                               const char *const *scopes,
                               guint n_scopes,
                               GPtrArray *tokens);
/* Groups of tokens for what was typed, as @scope may find it; empty when it may find nothing. Owned. */
GPtrArray *
_wuyou_search_dup_groups (WuyouDbConn *conn, WuyouStore *store, const char *typed, const char *scope, GError **error);

G_END_DECLS
