-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
-- Words in braces stand for the engine's own (wuyou_db_exec). An unset text is '', an unset number 0.

-- Keys. customer_keys is what a backup keeps apart.
CREATE TABLE domain_keys (
  purpose {text} PRIMARY KEY,
  wrapped {blob} NOT NULL
) {strict};

CREATE TABLE customer_keys (
  purpose {text} NOT NULL,
  id {text} NOT NULL,
  wrapped {blob} NOT NULL,
  PRIMARY KEY (purpose, id)
) {by_key};

CREATE TABLE erasures (
  seq {serial},
  purpose {text} NOT NULL,
  id {text} NOT NULL,
  erased_at {int} NOT NULL
) {strict};

-- Records of the field tables: columns for what is not personal, the rest sealed together.
CREATE TABLE orgs (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  version {int} NOT NULL DEFAULT 0,
  kind {text} NOT NULL DEFAULT '',
  parent_id {text} NOT NULL DEFAULT '',
  path {text} NOT NULL DEFAULT '',
  code {text} NOT NULL DEFAULT '',
  name {text} NOT NULL DEFAULT '',
  credit_code {text} NOT NULL DEFAULT '',
  address {text} NOT NULL DEFAULT '',
  phone {text} NOT NULL DEFAULT '',
  cooperation_no {text} NOT NULL DEFAULT '',
  cooperation_from {int} NOT NULL DEFAULT 0,
  cooperation_to {int} NOT NULL DEFAULT 0,
  prepaid {int} NOT NULL DEFAULT 0,
  suspended {int} NOT NULL DEFAULT 0,
  created_at {int} NOT NULL DEFAULT 0,
  updated_at {int} NOT NULL DEFAULT 0,
  key_id {text},
  sealed {blob}
) {strict};

CREATE TABLE accounts (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  version {int} NOT NULL DEFAULT 0,
  org_id {text} NOT NULL DEFAULT '',
  email_key {text} NOT NULL DEFAULT '',
  roles {text} NOT NULL DEFAULT '',
  state {text} NOT NULL DEFAULT '',
  password_origin {text} NOT NULL DEFAULT '',
  password_changed_at {int} NOT NULL DEFAULT 0,
  totp {int} NOT NULL DEFAULT 0,
  created_by {text} NOT NULL DEFAULT '',
  employed_until {int} NOT NULL DEFAULT 0,
  epoch {int} NOT NULL DEFAULT 0,
  created_at {int} NOT NULL DEFAULT 0,
  updated_at {int} NOT NULL DEFAULT 0,
  key_id {text},
  sealed {blob}
) {strict};

CREATE TABLE products (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  version {int} NOT NULL DEFAULT 0,
  code {text} NOT NULL DEFAULT '',
  label {text} NOT NULL DEFAULT '',
  name {text} NOT NULL DEFAULT '',
  family {text} NOT NULL DEFAULT '',
  on_sale_from {int} NOT NULL DEFAULT 0,
  on_sale_to {int} NOT NULL DEFAULT 0,
  terms_title {text} NOT NULL DEFAULT '',
  terms_text {text} NOT NULL DEFAULT '',
  terms_sha256 {text} NOT NULL DEFAULT '',
  summary {text} NOT NULL DEFAULT '',
  rules_json {text} NOT NULL DEFAULT '',
  prices_json {text} NOT NULL DEFAULT '',
  benefit_json {text} NOT NULL DEFAULT '',
  created_at {int} NOT NULL DEFAULT 0,
  updated_at {int} NOT NULL DEFAULT 0
) {strict};

CREATE TABLE contracts (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  version {int} NOT NULL DEFAULT 0,
  number {text} NOT NULL DEFAULT '',
  revision {int} NOT NULL DEFAULT 0,
  state {text} NOT NULL DEFAULT '',
  org_id {text} NOT NULL DEFAULT '',
  created_by {text} NOT NULL DEFAULT '',
  created_at {int} NOT NULL DEFAULT 0,
  updated_at {int} NOT NULL DEFAULT 0,
  submitted_at {int} NOT NULL DEFAULT 0,
  vin_reason {text} NOT NULL DEFAULT '',
  brand {text} NOT NULL DEFAULT '',
  series {text} NOT NULL DEFAULT '',
  model {text} NOT NULL DEFAULT '',
  energy {text} NOT NULL DEFAULT '',
  vehicle_use {text} NOT NULL DEFAULT '',
  condition {text} NOT NULL DEFAULT '',
  seats {int} NOT NULL DEFAULT 0,
  mileage_km {int} NOT NULL DEFAULT 0,
  transferred {int} NOT NULL DEFAULT 0,
  first_invoice_on {int} NOT NULL DEFAULT 0,
  invoice_amount_fen {int} NOT NULL DEFAULT 0,
  msrp_fen {int} NOT NULL DEFAULT 0,
  owner_kind {text} NOT NULL DEFAULT '',
  owner_id_type {text} NOT NULL DEFAULT '',
  owner_source {text} NOT NULL DEFAULT '',
  commercial_insurer {text} NOT NULL DEFAULT '',
  commercial_from {int} NOT NULL DEFAULT 0,
  commercial_to {int} NOT NULL DEFAULT 0,
  commercial_sum_fen {int} NOT NULL DEFAULT 0,
  compulsory_insurer {text} NOT NULL DEFAULT '',
  compulsory_from {int} NOT NULL DEFAULT 0,
  compulsory_to {int} NOT NULL DEFAULT 0,
  product_id {text} NOT NULL DEFAULT '',
  term_months {int} NOT NULL DEFAULT 0,
  retail_fen {int} NOT NULL DEFAULT 0,
  received_fen {int} NOT NULL DEFAULT 0,
  wholesale_fen {int} NOT NULL DEFAULT 0,
  gift {int} NOT NULL DEFAULT 0,
  starts_on_wish {int} NOT NULL DEFAULT 0,
  signed_on {int} NOT NULL DEFAULT 0,
  effective_on {int} NOT NULL DEFAULT 0,
  ends_on {int} NOT NULL DEFAULT 0,
  consent_processing {int} NOT NULL DEFAULT 0,
  consent_sensitive {int} NOT NULL DEFAULT 0,
  consent_provision {int} NOT NULL DEFAULT 0,
  consent_on {int} NOT NULL DEFAULT 0,
  consent_attested_by {text} NOT NULL DEFAULT '',
  consent_attested_at {int} NOT NULL DEFAULT 0,
  paid_fen {int} NOT NULL DEFAULT 0,
  paid_on {int} NOT NULL DEFAULT 0,
  payment_method {text} NOT NULL DEFAULT '',
  terms_sha256 {text} NOT NULL DEFAULT '',
  content_sha256 {text} NOT NULL DEFAULT '',
  state_reason {text} NOT NULL DEFAULT '',
  key_id {text},
  sealed {blob}
) {strict};

CREATE TABLE documents (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  version {int} NOT NULL DEFAULT 0,
  contract_id {text} NOT NULL DEFAULT '',
  slot {text} NOT NULL DEFAULT '',
  revision {int} NOT NULL DEFAULT 0,
  size {int} NOT NULL DEFAULT 0,
  received {int} NOT NULL DEFAULT 0,
  media_type {text} NOT NULL DEFAULT '',
  sha256 {text} NOT NULL DEFAULT '',
  state {text} NOT NULL DEFAULT '',
  state_reason {text} NOT NULL DEFAULT '',
  org_id {text} NOT NULL DEFAULT '',
  created_by {text} NOT NULL DEFAULT '',
  created_at {int} NOT NULL DEFAULT 0,
  updated_at {int} NOT NULL DEFAULT 0,
  key_id {text},
  sealed {blob}
) {strict};

CREATE UNIQUE INDEX orgs_path ON orgs (path);
CREATE UNIQUE INDEX accounts_email_key ON accounts (email_key) WHERE email_key <> '';
CREATE INDEX accounts_org_id ON accounts (org_id, seq);
CREATE INDEX accounts_created_by ON accounts (created_by);
CREATE UNIQUE INDEX products_code ON products (code, label);
CREATE INDEX contracts_org_id ON contracts (org_id, seq);
CREATE INDEX contracts_state ON contracts (org_id, state, seq);
CREATE INDEX contracts_effective_on ON contracts (state, effective_on);
CREATE UNIQUE INDEX contracts_number ON contracts (number) WHERE number <> '';
CREATE INDEX documents_contract_id ON documents (contract_id, seq);
CREATE INDEX documents_state ON documents (state, seq);

CREATE TABLE history (
  seq {serial},
  record_id {text} NOT NULL,
  version {int} NOT NULL,
  at {int} NOT NULL,
  account_id {text},
  action {text} NOT NULL,
  reason {text},
  clear {blob},
  sealed {blob}
) {strict};
CREATE UNIQUE INDEX history_record_id ON history (record_id, version);

CREATE TABLE audit (
  seq {serial},
  at {int} NOT NULL,
  account_id {text},
  session_id {text},
  device_id {text},
  actor_scope {text},
  purpose {text},
  address {text},
  action {text} NOT NULL,
  object {text},
  object_id {text},
  scope {text},
  version {int} NOT NULL,
  outcome {text} NOT NULL,
  reason {text},
  detail {text},
  position {int}
) {strict};
CREATE UNIQUE INDEX audit_position ON audit (position) WHERE position IS NOT NULL;
CREATE INDEX audit_unsealed ON audit (seq) WHERE position IS NULL;
CREATE INDEX audit_account_id ON audit (account_id, seq);
CREATE INDEX audit_object_id ON audit (object_id, seq);

-- leaves: 32 bytes a row, in order; root: of the Merkle tree over them; hash: over number, rows, root and the
-- hash before, which is what is signed.
CREATE TABLE audit_batches (
  number {int} PRIMARY KEY,
  first_position {int} NOT NULL,
  n_rows {int} NOT NULL,
  leaves {blob} NOT NULL,
  root {blob} NOT NULL,
  previous {blob} NOT NULL,
  hash {blob} NOT NULL,
  sealed_at {int} NOT NULL,
  signature {blob} NOT NULL
) {strict};

CREATE TABLE events (
  seq {serial},
  kind {text} NOT NULL,
  record_id {text},
  version {int} NOT NULL,
  scope {text},
  account_id {text},
  at {int} NOT NULL,
  position {int}
) {strict};
CREATE UNIQUE INDEX events_position ON events (position) WHERE position IS NOT NULL;
CREATE INDEX events_unsealed ON events (seq) WHERE position IS NULL;

-- Named numbers: last position of the feed, oldest position kept …
CREATE TABLE marks (
  name {text} PRIMARY KEY,
  value {int} NOT NULL
) {strict};

CREATE TABLE leases (
  name {text} PRIMARY KEY,
  holder {text} NOT NULL,
  until {int} NOT NULL
) {strict};

CREATE TABLE idempotency (
  account_id {text} NOT NULL,
  key {text} NOT NULL,
  fingerprint {text} NOT NULL,
  status {int} NOT NULL,
  record_id {text},
  expires_at {int} NOT NULL,
  PRIMARY KEY (account_id, key)
) {by_key};
CREATE INDEX idempotency_expires_at ON idempotency (expires_at);

-- shard: rows that everybody updates are spread over connections.
CREATE TABLE counters (
  kind {text} NOT NULL,
  org_id {text} NOT NULL,
  name {text} NOT NULL,
  shard {int} NOT NULL,
  amount {int} NOT NULL,
  PRIMARY KEY (kind, org_id, name, shard)
) {by_key};

CREATE TABLE contract_numbers (
  n {serial},
  record_id {text} NOT NULL UNIQUE
) {strict};

-- One active contract per car: keyed hash of the VIN, first and last day.
CREATE TABLE reservations (
  contract_id {text} PRIMARY KEY,
  vin_key {text} NOT NULL,
  from_on {int} NOT NULL,
  until_on {int} NOT NULL,
  UNIQUE (vin_key, from_on)
) {strict};

CREATE TABLE jobs (
  seq {serial},
  kind {text} NOT NULL,
  name {text} NOT NULL,
  payload {text},
  due_at {int} NOT NULL,
  attempts {int} NOT NULL DEFAULT 0,
  holder {text},
  leased_until {int} NOT NULL DEFAULT 0,
  done_at {int} NOT NULL DEFAULT 0,
  failure {text},
  UNIQUE (kind, name)
) {strict};
CREATE INDEX jobs_due_at ON jobs (due_at) WHERE done_at = 0;

CREATE TABLE mails (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  kind {text} NOT NULL,
  account_id {text},
  sealed {blob} NOT NULL,
  created_at {int} NOT NULL,
  due_at {int} NOT NULL,
  attempts {int} NOT NULL DEFAULT 0,
  leased_until {int} NOT NULL DEFAULT 0,
  sent_at {int} NOT NULL DEFAULT 0,
  failure {text}
) {strict};
CREATE INDEX mails_due_at ON mails (due_at) WHERE sent_at = 0;

-- Rate limits and lock-outs: how often in the window that began at.
CREATE TABLE limits (
  name {text} PRIMARY KEY,
  began_at {int} NOT NULL,
  count {int} NOT NULL,
  locked_until {int} NOT NULL DEFAULT 0,
  expires_at {int} NOT NULL
) {strict};
CREATE INDEX limits_expires_at ON limits (expires_at);

CREATE TABLE sessions (
  id {text} PRIMARY KEY,
  account_id {text} NOT NULL,
  token_hash {text} NOT NULL UNIQUE,
  device_id {text},
  device_label {text},
  client {text},
  locale {text},
  host {text},
  created_at {int} NOT NULL,
  seen_at {int} NOT NULL,
  authenticated_at {int} NOT NULL,
  stepped_up_until {int} NOT NULL DEFAULT 0,
  expires_at {int} NOT NULL,
  idle_seconds {int} NOT NULL,
  second_factor {int} NOT NULL DEFAULT 0,
  ended_at {int} NOT NULL DEFAULT 0,
  end_reason {text}
) {strict};
CREATE INDEX sessions_account_id ON sessions (account_id, created_at);

-- Earlier passwords, one-time code secrets, reset tokens.
CREATE TABLE password_history (
  seq {serial},
  account_id {text} NOT NULL,
  hash {text} NOT NULL,
  at {int} NOT NULL
) {strict};
CREATE INDEX password_history_account_id ON password_history (account_id, seq);

CREATE TABLE totp_secrets (
  account_id {text} PRIMARY KEY,
  sealed {blob} NOT NULL,
  confirmed {int} NOT NULL,
  last_step {int} NOT NULL,
  created_at {int} NOT NULL
) {strict};

CREATE TABLE reset_tokens (
  token_hash {text} PRIMARY KEY,
  account_id {text} NOT NULL,
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  used_at {int} NOT NULL
) {strict};

CREATE TABLE files (
  id {text} PRIMARY KEY,
  purpose {text} NOT NULL,
  key_id {text} NOT NULL,
  file_key {blob} NOT NULL,
  size {int} NOT NULL DEFAULT 0,
  sha256 {text}
) {strict};

-- Papers rendered once, and every copy printed of them.
CREATE TABLE papers (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  contract_id {text} NOT NULL,
  revision {int} NOT NULL,
  kind {text} NOT NULL,
  layout {int} NOT NULL,
  content_sha256 {text} NOT NULL,
  pages {int} NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (contract_id, revision, kind)
) {strict};

CREATE TABLE prints (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  paper_id {text} NOT NULL,
  copy_number {int} NOT NULL,
  reprint_reason {text},
  account_id {text} NOT NULL,
  device {text},
  at {int} NOT NULL,
  result {text},
  UNIQUE (paper_id, copy_number)
) {strict};

CREATE TABLE bundles (
  id {text} PRIMARY KEY,
  audience {text} NOT NULL,
  version_label {text} NOT NULL,
  language {text} NOT NULL,
  effective_on {int} NOT NULL,
  material {int} NOT NULL,
  change_summary {text},
  previous_id {text},
  imported_by {text} NOT NULL,
  imported_at {int} NOT NULL,
  approved_by {text},
  published_at {int} NOT NULL DEFAULT 0,
  withdrawn_at {int} NOT NULL DEFAULT 0
) {strict};
CREATE INDEX bundles_audience ON bundles (audience, effective_on);

CREATE TABLE agreements (
  id {text} PRIMARY KEY,
  bundle_id {text} NOT NULL,
  position {int} NOT NULL,
  kind {int} NOT NULL,
  code {text} NOT NULL,
  title {text} NOT NULL,
  aliases {text} NOT NULL,
  version_label {text} NOT NULL,
  effective_on {int} NOT NULL,
  language {text} NOT NULL,
  text {blob} NOT NULL,
  sha256 {text} NOT NULL,
  clause_ids {text} NOT NULL,
  UNIQUE (bundle_id, position)
) {strict};

CREATE TABLE consents (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  linked_id {text},
  person_id {text} NOT NULL,
  organisation_id {text},
  bundle_id {text} NOT NULL,
  capacity {int} NOT NULL,
  decision {int} NOT NULL,
  at {int} NOT NULL,
  previous_hash {text} NOT NULL UNIQUE,
  hash {text} NOT NULL UNIQUE,
  sealed {blob} NOT NULL
) {strict};
CREATE INDEX consents_person_id ON consents (person_id, seq);
CREATE INDEX consents_organisation_id ON consents (organisation_id, bundle_id);

CREATE TABLE settings (
  name {text} PRIMARY KEY,
  value {text} NOT NULL,
  version {int} NOT NULL,
  updated_at {int} NOT NULL
) {strict};

-- kind: 1 holiday, 2 make-up workday.
CREATE TABLE holidays (
  day {int} PRIMARY KEY,
  kind {int} NOT NULL,
  label {text} NOT NULL
) {strict};

CREATE TABLE feedback (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  account_id {text} NOT NULL,
  kind {text} NOT NULL,
  sealed {blob} NOT NULL,
  at {int} NOT NULL
) {strict};

-- Balanced, immutable entries; an entry is told by its source.
CREATE TABLE ledger_entries (
  seq {serial},
  id {text} NOT NULL UNIQUE,
  source {text} NOT NULL,
  revision {int} NOT NULL,
  event {text} NOT NULL,
  org_id {text} NOT NULL,
  booked_on {int} NOT NULL,
  at {int} NOT NULL,
  reverses {text},
  UNIQUE (source, revision, event)
) {strict};
CREATE INDEX ledger_entries_org_id ON ledger_entries (org_id, booked_on);

CREATE TABLE ledger_lines (
  entry_id {text} NOT NULL,
  line {int} NOT NULL,
  account {text} NOT NULL,
  org_id {text} NOT NULL,
  amount_fen {int} NOT NULL,
  PRIMARY KEY (entry_id, line)
) {by_key};
CREATE INDEX ledger_lines_account ON ledger_lines (account, org_id);
