-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
-- Where a session was opened from is sealed with the account's key. What stood here in clear is forgotten: nothing can
-- seal it now, and sessions end within days.
ALTER TABLE sessions ADD COLUMN sealed {blob};
ALTER TABLE sessions DROP COLUMN host;
ALTER TABLE sessions DROP COLUMN device_label;
-- Addresses that wait for their owner's code; sealed with the account's key.
CREATE TABLE email_changes (
  token_hash {text} PRIMARY KEY,
  account_id {text} NOT NULL,
  sealed {blob} NOT NULL,
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL
) {strict};
CREATE INDEX email_changes_account_id ON email_changes (account_id);
