-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
CREATE TABLE claims (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  version {int} NOT NULL DEFAULT 0,
  number {text} NOT NULL DEFAULT '',
  state {text} NOT NULL DEFAULT '',
  phase {text} NOT NULL DEFAULT '',
  contract_id {text} NOT NULL DEFAULT '',
  org_id {text} NOT NULL DEFAULT '',
  insurer_org_id {text} NOT NULL DEFAULT '',
  created_by {text} NOT NULL DEFAULT '',
  created_at {int} NOT NULL DEFAULT 0,
  updated_at {int} NOT NULL DEFAULT 0,
  contract_number {text} NOT NULL DEFAULT '',
  contract_model {text} NOT NULL DEFAULT '',
  reported_at {int} NOT NULL DEFAULT 0,
  loss_at {int} NOT NULL DEFAULT 0,
  loss_type {text} NOT NULL DEFAULT '',
  reported_late {int} NOT NULL DEFAULT 0,
  consent_sensitive {int} NOT NULL DEFAULT 0,
  consent_on {int} NOT NULL DEFAULT 0,
  consent_attested_by {text} NOT NULL DEFAULT '',
  consent_attested_at {int} NOT NULL DEFAULT 0,
  determination {text} NOT NULL DEFAULT '',
  determined_on {int} NOT NULL DEFAULT 0,
  determined_by {text} NOT NULL DEFAULT '',
  determined_by_insurer {int} NOT NULL DEFAULT 0,
  sum_insured_fen {int} NOT NULL DEFAULT 0,
  check_contract {text} NOT NULL DEFAULT '',
  check_insurance {text} NOT NULL DEFAULT '',
  check_cause {text} NOT NULL DEFAULT '',
  check_exclusions {text} NOT NULL DEFAULT '',
  assessor_id {text} NOT NULL DEFAULT '',
  approver_id {text} NOT NULL DEFAULT '',
  previous_approver_id {text} NOT NULL DEFAULT '',
  previous_assessor_id {text} NOT NULL DEFAULT '',
  exclusion {text} NOT NULL DEFAULT '',
  decision_reason {text} NOT NULL DEFAULT '',
  submitted_at {int} NOT NULL DEFAULT 0,
  clock_used {int} NOT NULL DEFAULT 0,
  due_on {int} NOT NULL DEFAULT 0,
  turn {text} NOT NULL DEFAULT '',
  requests {int} NOT NULL DEFAULT 0,
  requested_at {int} NOT NULL DEFAULT 0,
  request_json {text} NOT NULL DEFAULT '',
  request_reason {text} NOT NULL DEFAULT '',
  new_brand {text} NOT NULL DEFAULT '',
  new_series {text} NOT NULL DEFAULT '',
  new_model {text} NOT NULL DEFAULT '',
  new_msrp_fen {int} NOT NULL DEFAULT 0,
  new_invoice_fen {int} NOT NULL DEFAULT 0,
  new_ordered_on {int} NOT NULL DEFAULT 0,
  delivered_on {int} NOT NULL DEFAULT 0,
  old_tax_fen {int} NOT NULL DEFAULT 0,
  new_tax_fen {int} NOT NULL DEFAULT 0,
  old_delivery_fen {int} NOT NULL DEFAULT 0,
  new_delivery_fen {int} NOT NULL DEFAULT 0,
  old_registration_fen {int} NOT NULL DEFAULT 0,
  new_registration_fen {int} NOT NULL DEFAULT 0,
  old_policy_fen {int} NOT NULL DEFAULT 0,
  new_policy_fen {int} NOT NULL DEFAULT 0,
  settlement_json {text} NOT NULL DEFAULT '',
  settled_fen {int} NOT NULL DEFAULT 0,
  override_fen {int} NOT NULL DEFAULT 0,
  override_reason {text} NOT NULL DEFAULT '',
  override_by {text} NOT NULL DEFAULT '',
  paid_fen {int} NOT NULL DEFAULT 0,
  paid_on {int} NOT NULL DEFAULT 0,
  state_reason {text} NOT NULL DEFAULT '',
  key_id {text},
  sealed {blob}
) {strict};
CREATE INDEX claims_org_id ON claims (org_id, seq);
CREATE INDEX claims_state ON claims (org_id, state, seq);
CREATE INDEX claims_of_state ON claims (state, seq);
CREATE INDEX claims_contract_id ON claims (contract_id, seq);
CREATE INDEX claims_insurer ON claims (insurer_org_id, seq);
CREATE INDEX claims_state_of_insurer ON claims (insurer_org_id, state, seq);
CREATE INDEX claims_assessor_id ON claims (assessor_id, seq);
CREATE INDEX claims_created_by ON claims (org_id, created_by, seq);
CREATE INDEX claims_phase ON claims (phase, seq);
CREATE INDEX claims_due_on ON claims (due_on, seq);
-- The queues: who is to act, and what is due first.
CREATE INDEX claims_turn ON claims (turn, due_on, seq);
CREATE INDEX claims_turn_of_org ON claims (org_id, turn, due_on, seq);
CREATE INDEX claims_turn_of_insurer ON claims (insurer_org_id, turn, due_on, seq);
CREATE UNIQUE INDEX claims_number ON claims (number) WHERE number <> '';

CREATE TABLE claim_numbers (
  n {serial},
  record_id {text} NOT NULL UNIQUE
) {strict};

-- One loss at a time: taken with the report, given back when the claim is over.
CREATE TABLE open_claims (
  contract_id {text} PRIMARY KEY,
  claim_id {text} NOT NULL
) {strict};

CREATE TABLE evidence (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  version {int} NOT NULL DEFAULT 0,
  claim_id {text} NOT NULL DEFAULT '',
  org_id {text} NOT NULL DEFAULT '',
  slot {text} NOT NULL DEFAULT '',
  phase {text} NOT NULL DEFAULT '',
  size {int} NOT NULL DEFAULT 0,
  received {int} NOT NULL DEFAULT 0,
  media_type {text} NOT NULL DEFAULT '',
  sha256 {text} NOT NULL DEFAULT '',
  state {text} NOT NULL DEFAULT '',
  state_reason {text} NOT NULL DEFAULT '',
  sensitive {int} NOT NULL DEFAULT 0,
  pages {int} NOT NULL DEFAULT 0,
  edits_json {text} NOT NULL DEFAULT '',
  return_reason {text} NOT NULL DEFAULT '',
  judged_by {text} NOT NULL DEFAULT '',
  judged_at {int} NOT NULL DEFAULT 0,
  created_by {text} NOT NULL DEFAULT '',
  created_at {int} NOT NULL DEFAULT 0,
  updated_at {int} NOT NULL DEFAULT 0,
  decode_tries {int} NOT NULL DEFAULT 0, -- times that the decoder failed over it; no field of the record
  key_id {text},
  sealed {blob}
) {strict};
CREATE INDEX evidence_claim_id ON evidence (claim_id, seq);
CREATE INDEX evidence_state ON evidence (state, seq);
CREATE INDEX evidence_sha256 ON evidence (sha256) WHERE sha256 <> '';

-- What the decoder made of a file: a sealed file of its own (files.id = id), for the edits that it was made with.
CREATE TABLE renditions (
  id {text} PRIMARY KEY,
  evidence_id {text} NOT NULL,
  kind {text} NOT NULL,
  media_type {text} NOT NULL,
  edits_json {text} NOT NULL DEFAULT '',
  made_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX renditions_kind ON renditions (evidence_id, kind);

-- Likeness of pictures: the print in four bands, so that what differs in few bits shares one of them.
CREATE TABLE image_prints (
  band {int} NOT NULL,
  value {int} NOT NULL,
  evidence_id {text} NOT NULL,
  print {text} NOT NULL,
  PRIMARY KEY (band, value, evidence_id)
) {by_key};
CREATE INDEX image_prints_evidence_id ON image_prints (evidence_id);

CREATE TABLE red_flags (
  id {text} PRIMARY KEY,
  claim_id {text} NOT NULL,
  evidence_id {text} NOT NULL DEFAULT '',
  code {text} NOT NULL,
  severity {text} NOT NULL,
  detail {text} NOT NULL DEFAULT '',
  state {text} NOT NULL DEFAULT 'OPEN',
  note {text} NOT NULL DEFAULT '',
  judged_by {text} NOT NULL DEFAULT '',
  judged_at {int} NOT NULL DEFAULT 0,
  at {int} NOT NULL
) {strict};
CREATE INDEX red_flags_claim_id ON red_flags (claim_id);
-- Found once, however often a file is looked at.
CREATE UNIQUE INDEX red_flags_once ON red_flags (claim_id, evidence_id, code, detail);

CREATE TABLE claim_messages (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  claim_id {text} NOT NULL,
  account_id {text} NOT NULL,
  side {text} NOT NULL,
  at {int} NOT NULL,
  sealed {blob} NOT NULL
) {strict};
CREATE INDEX claim_messages_claim_id ON claim_messages (claim_id, seq);

-- Numbers that fraud would repeat, as keyed hashes: insurer's report, invoices, VIN of the new car.
CREATE TABLE claim_marks (
  kind {text} NOT NULL,
  mark {text} NOT NULL,
  claim_id {text} NOT NULL,
  PRIMARY KEY (kind, mark, claim_id)
) {by_key};
CREATE INDEX claim_marks_claim_id ON claim_marks (claim_id);

-- Letters of claims are stored papers too.
ALTER TABLE papers RENAME COLUMN contract_id TO record_id;
