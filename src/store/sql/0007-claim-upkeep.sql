-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
-- The decoder failed over the changes to a file, again and again.
ALTER TABLE evidence ADD COLUMN unmade {int} NOT NULL DEFAULT 0;
-- Work of a party (an organisation) is done turn by turn; of a million files that wait a few rows are read.
ALTER TABLE jobs ADD COLUMN party {text} NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN taken_at {int} NOT NULL DEFAULT 0;
UPDATE jobs SET party = coalesce((SELECT e.org_id FROM evidence e WHERE e.id = jobs.name), 'none')
WHERE kind = 'evidence' AND done_at = 0;
UPDATE jobs SET party = coalesce((SELECT c.org_id FROM documents d JOIN contracts c ON c.id = d.contract_id
  WHERE d.id = jobs.name), 'none') WHERE kind = 'scan' AND done_at = 0;
DROP INDEX jobs_due_at;
CREATE INDEX jobs_due_at ON jobs (due_at, seq) WHERE done_at = 0 AND party = '';
CREATE INDEX jobs_of_party ON jobs (kind, party, due_at, seq) WHERE done_at = 0;
CREATE INDEX jobs_taken_at ON jobs (kind, party, taken_at) WHERE taken_at > 0;
-- The rest of what the list of claims is sorted by: for an insurer, and by the day that it is due for a dealership.
CREATE INDEX claims_by_number_of_insurer ON claims (insurer_org_id, number, seq);
CREATE INDEX claims_updated_at_of_insurer ON claims (insurer_org_id, updated_at, seq);
CREATE INDEX claims_loss_at_of_insurer ON claims (insurer_org_id, loss_at, seq);
CREATE INDEX claims_due_on_of_insurer ON claims (insurer_org_id, due_on, seq);
CREATE INDEX claims_queue_on_of_insurer ON claims (insurer_org_id, queue_on, seq);
CREATE INDEX claims_due_on_of_org ON claims (org_id, due_on, seq);
CREATE INDEX claims_queue_on_of_org ON claims (org_id, queue_on, seq);
