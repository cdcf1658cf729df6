-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
CREATE TABLE sessions (
  id {text} PRIMARY KEY,
  token_hash {text} NOT NULL UNIQUE,
  account_id {text} NOT NULL,
  device_id {text},
  device_label {text},
  client {text},
  locale {text},
  host {text},
  second_factor {int} NOT NULL,
  idle_seconds {int} NOT NULL,
  created_at {int} NOT NULL,
  seen_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  authenticated_at {int} NOT NULL,
  stepped_up_until {int} NOT NULL,
  ended_at {int} NOT NULL,
  ended_reason {text}
){strict};
CREATE INDEX sessions_account ON sessions (account_id, created_at);

CREATE TABLE sign_in_failures (
  key {text} PRIMARY KEY,
  count {int} NOT NULL,
  locked_until {int} NOT NULL,
  last_at {int} NOT NULL
){strict};

CREATE TABLE password_history (
  account_id {text} NOT NULL,
  at {int} NOT NULL,
  hash {text} NOT NULL,
  PRIMARY KEY (account_id, at)
){strict};

CREATE TABLE totp_secrets (
  account_id {text} PRIMARY KEY,
  sealed {blob} NOT NULL,
  confirmed {int} NOT NULL,
  last_step {int} NOT NULL,
  created_at {int} NOT NULL
){strict};

CREATE TABLE reset_tokens (
  token_hash {text} PRIMARY KEY,
  account_id {text} NOT NULL,
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  used_at {int} NOT NULL
){strict};
