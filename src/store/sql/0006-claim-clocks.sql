-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
-- The dealership was reminded of a deadline: once for each distance from it.
CREATE TABLE claim_reminders (
  claim_id {text} NOT NULL,
  due_on {int} NOT NULL,
  workdays {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (claim_id, due_on, workdays)
) {by_key};
-- When the review ends at the latest, and who endorsed a large amount.
ALTER TABLE claims ADD COLUMN decide_by {int} NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN endorsed_by {text} NOT NULL DEFAULT '';
-- The queues: what has no day comes after what has one.
ALTER TABLE claims ADD COLUMN queue_on {int} NOT NULL DEFAULT 84005;
UPDATE claims SET queue_on = due_on WHERE due_on <> 0;
DROP INDEX claims_turn;
DROP INDEX claims_turn_of_org;
DROP INDEX claims_turn_of_insurer;
CREATE INDEX claims_turn ON claims (turn, queue_on, seq);
CREATE INDEX claims_turn_of_org ON claims (org_id, turn, queue_on, seq);
CREATE INDEX claims_turn_of_insurer ON claims (insurer_org_id, turn, queue_on, seq);
CREATE INDEX claims_queue_on ON claims (queue_on, seq);
-- What the list of claims is sorted by, for all, for a dealership and for an insurer.
CREATE INDEX claims_by_number ON claims (number, seq);
CREATE INDEX claims_by_number_of_org ON claims (org_id, number, seq);
CREATE INDEX claims_updated_at ON claims (updated_at, seq);
CREATE INDEX claims_updated_at_of_org ON claims (org_id, updated_at, seq);
CREATE INDEX claims_loss_at ON claims (loss_at, seq);
CREATE INDEX claims_loss_at_of_org ON claims (org_id, loss_at, seq);
CREATE INDEX claims_settled_fen ON claims (settled_fen, seq);
CREATE INDEX claims_settled_fen_of_org ON claims (org_id, settled_fen, seq);
-- Drafts that nobody touched for long.
CREATE INDEX claims_state_updated_at ON claims (state, updated_at);
