-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
-- What is found by its end to be forgotten (wuyou-trim-store.c).
CREATE INDEX sessions_expires_at ON sessions (expires_at);
CREATE INDEX jobs_done_at ON jobs (done_at) WHERE done_at > 0;
CREATE INDEX mails_sent_at ON mails (sent_at) WHERE sent_at > 0;
-- Signing in looks for one address; the unique index leaves out the accounts without one, and with them a look-up by
-- parameter.
CREATE INDEX accounts_email ON accounts (email_key, seq);
-- A state in the natural order over all organisations, in place of one that nothing asked for; and one's own contracts
-- in a large organisation.
DROP INDEX contracts_effective_on;
CREATE INDEX contracts_of_state ON contracts (state, seq);
CREATE INDEX contracts_created_by ON contracts (org_id, created_by, seq);
