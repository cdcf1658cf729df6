/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-rules.h"

G_BEGIN_DECLS

/* How a contract ends before its term: cancellation, transfer, revocation, fulfilment (6.1, S-10, S-11). Guards for the
 * workflow table; a row that is not of this contract's way says ILLEGAL_TRANSITION. */
gboolean wuyou_contract_guard_own (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_request_cancel (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_cancel (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_from_active (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_from_paid (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_withdraw_to_active (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_withdraw_to_paid (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_refund (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_transfer (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_propose_revoke (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_drop_revoke (const WuyouStep *step, GError **error);
gboolean wuyou_contract_guard_revoke (const WuyouStep *step, GError **error);

/* The effect of such a step; FALSE when it is another kind of step. */
gboolean wuyou_contract_apply_end (WuyouContract *contract,
                                   const WuyouTransition *transition,
                                   const WuyouContractFacts *facts,
                                   const WuyouContractInput *input,
                                   gint64 now);

G_END_DECLS
