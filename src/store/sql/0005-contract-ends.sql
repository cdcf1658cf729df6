-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
-- How a contract ends before its term: cancellation and refund, transfer, revocation.
ALTER TABLE contracts ADD COLUMN cancel_from {text} NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN cancel_requested_on {int} NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN cancel_on {int} NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN cancel_requested_by {text} NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN cancel_closed_at {int} NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN cancelled_by {text} NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN refund_json {text} NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN refund_fen {int} NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN credit_fen {int} NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN refund_state {text} NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN refund_due_on {int} NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN refunded_on {int} NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN transferred_on {int} NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN revoke_proposed_by {text} NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN revoke_notice_on {int} NOT NULL DEFAULT 0;
-- What finance has to pay back, oldest first.
CREATE INDEX contracts_of_refund ON contracts (refund_state, seq);
