/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-case.h"

G_BEGIN_DECLS

/* Papers that are rendered once for a revision and stored: "contract", "consent-sheet". */
#define WUYOU_N_STORED_PAPERS 2
extern const char *const wuyou_stored_paper_kinds[WUYOU_N_STORED_PAPERS];

/* Name, address … of the operator as papers say them; empty where nothing was set. Owned. */
JsonObject *wuyou_operator_profile_read (WuyouDbConn *conn, GError **error);

/* SHA-256 of what the paper of this contract says, as hex; owned. */
char *wuyou_paper_service_hash (WuyouServerContext *context, const WuyouContractCase *sale, GError **error);
/* The stored bytes; renders and stores them when this revision has none yet. Owned. */
GBytes *
wuyou_paper_service_get (WuyouServerContext *context, const WuyouContractCase *sale, const char *kind, GError **error);

/* Sees that a submitted contract has its paper before a name on it changes; nothing to do is well too. */
gboolean wuyou_paper_service_fix (WuyouServerContext *context, const char *contract_id, GError **error);

G_END_DECLS
