/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-field-table.h"
#include "sales/wuyou-product.h"

const WuyouEnum wuyou_claim_states[] = {
  { WUYOU_CLAIM_DRAFT, "DRAFT", N_ ("Draft") },
  { WUYOU_CLAIM_REPORTED, "REPORTED", N_ ("Loss reported") },
  { WUYOU_CLAIM_PRE_SUBMITTED, "PRE_SUBMITTED", N_ ("Awaiting preliminary review") },
  { WUYOU_CLAIM_PRE_REVIEW, "PRE_REVIEW", N_ ("In preliminary review") },
  { WUYOU_CLAIM_MORE_DOCS, "MORE_DOCS", N_ ("More documents needed") },
  { WUYOU_CLAIM_PRE_APPROVED, "PRE_APPROVED", N_ ("Preliminarily approved") },
  { WUYOU_CLAIM_PRE_REJECTED, "PRE_REJECTED", N_ ("Preliminarily refused") },
  { WUYOU_CLAIM_REPLACING, "REPLACING", N_ ("New car being bought") },
  { WUYOU_CLAIM_FINAL_SUBMITTED, "FINAL_SUBMITTED", N_ ("Awaiting final review") },
  { WUYOU_CLAIM_FINAL_REVIEW, "FINAL_REVIEW", N_ ("In final review") },
  { WUYOU_CLAIM_APPROVED, "APPROVED", N_ ("Approved") },
  { WUYOU_CLAIM_REJECTED, "REJECTED", N_ ("Claim refused") },
  { WUYOU_CLAIM_SETTLING, "SETTLING", N_ ("Being settled") },
  { WUYOU_CLAIM_CLOSED_PAID, "CLOSED_PAID", N_ ("Closed, paid") },
  { WUYOU_CLAIM_CLOSED_UNPAID, "CLOSED_UNPAID", N_ ("Closed without payment") },
  { WUYOU_CLAIM_WITHDRAWN, "WITHDRAWN", N_ ("Withdrawn") },
  { WUYOU_CLAIM_APPEAL, "APPEAL", N_ ("Appeal") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_claim_phases[] = {
  { WUYOU_PHASE_LOSS, "LOSS", N_ ("The loss") },
  { WUYOU_PHASE_REPLACEMENT, "REPLACEMENT", N_ ("The new car") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_loss_types[] = {
  { WUYOU_LOSS_COLLISION, "COLLISION", N_ ("Collision") },
  { WUYOU_LOSS_THEFT, "THEFT", N_ ("Theft") },
  { WUYOU_LOSS_FIRE, "FIRE", N_ ("Fire") },
  { WUYOU_LOSS_FLOOD, "FLOOD", N_ ("Flood or storm") },
  { WUYOU_LOSS_OTHER, "OTHER", N_ ("Other") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_determinations[] = {
  { WUYOU_DETERMINATION_ACTUAL, "ACTUAL", N_ ("Total loss") },
  { WUYOU_DETERMINATION_CONSTRUCTIVE, "CONSTRUCTIVE", N_ ("Constructive total loss") },
  { WUYOU_DETERMINATION_PARTIAL, "PARTIAL", N_ ("Not a total loss") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_checks[] = {
  { WUYOU_CHECK_MET, "MET", N_ ("Met") },
  { WUYOU_CHECK_NOT_MET, "NOT_MET", N_ ("Not met") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_turns[] = {
  { WUYOU_TURN_NOBODY, "NOBODY", N_ ("Nobody") },
  { WUYOU_TURN_CLERK, "CLERK", N_ ("The dealership") },
  { WUYOU_TURN_ASSESSOR, "ASSESSOR", N_ ("The assessor") },
  { WUYOU_TURN_APPROVER, "APPROVER", N_ ("The approver") },
  { WUYOU_TURN_FINANCE, "FINANCE", N_ ("The operator’s finance") },
  { WUYOU_TURN_INSURER, "INSURER", N_ ("The insurer") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_exclusions[] = {
  { WUYOU_EXCLUSION_IDENTITY_MISMATCH, "IDENTITY_MISMATCH", N_ ("Car, owner or use differ from the contract") },
  { WUYOU_EXCLUSION_BEFORE_EFFECTIVE, "BEFORE_EFFECTIVE", N_ ("Loss before the contract was in force") },
  { WUYOU_EXCLUSION_PARTIAL_LOSS, "PARTIAL_LOSS", N_ ("Partial loss only") },
  { WUYOU_EXCLUSION_NO_MOTOR_COVER, "NO_MOTOR_COVER", N_ ("No motor policy, or not paid as a total loss") },
  { WUYOU_EXCLUSION_MODIFIED, "MODIFIED", N_ ("Modified or assembled car") },
  { WUYOU_EXCLUSION_TRANSFERRED, "TRANSFERRED", N_ ("The car changed hands") },
  { WUYOU_EXCLUSION_REPLACEMENT_BELOW_90, "REPLACEMENT_BELOW_90", N_ ("New car below the list price required") },
  { WUYOU_EXCLUSION_OTHER_BRAND, "OTHER_BRAND", N_ ("New car of another brand") },
  { WUYOU_EXCLUSION_INTENT_OR_FRAUD, "INTENT_OR_FRAUD", N_ ("Intent, gross negligence, fraud or crime") },
  { WUYOU_EXCLUSION_MISUSE, "MISUSE", N_ ("Misuse or poor maintenance") },
  { WUYOU_EXCLUSION_WEAR_OR_DEFECT, "WEAR_OR_DEFECT", N_ ("Inherent defect or wear") },
  { WUYOU_EXCLUSION_WAR_OR_RIOT, "WAR_OR_RIOT", N_ ("War, terror, strike or riot") },
  { WUYOU_EXCLUSION_NUCLEAR_OR_POLLUTION, "NUCLEAR_OR_POLLUTION", N_ ("Nuclear event or pollution") },
  { WUYOU_EXCLUSION_OFFICIAL_ACT, "OFFICIAL_ACT", N_ ("Administrative or judicial act") },
  { WUYOU_EXCLUSION_INDIRECT_LOSS, "INDIRECT_LOSS", N_ ("Indirect loss") },
  { WUYOU_EXCLUSION_FILED_LATE, "FILED_LATE", N_ ("Claimed too late") },
  { WUYOU_EXCLUSION_DOCUMENTS_MISSING, "DOCUMENTS_MISSING", N_ ("Missing documents leave it undetermined") },
  { 0, NULL, NULL },
};

#define SRV WUYOU_FIELD_SERVER
#define SRVL (WUYOU_FIELD_SERVER | WUYOU_FIELD_LIST)
#define LIST_SILENT (WUYOU_FIELD_SERVER | WUYOU_FIELD_NO_HISTORY | WUYOU_FIELD_LIST)
#define REQ WUYOU_FIELD_REQUIRED
#define REQL (WUYOU_FIELD_REQUIRED | WUYOU_FIELD_LIST)
#define FIXED (WUYOU_FIELD_ALWAYS | WUYOU_FIELD_IMMUTABLE | WUYOU_FIELD_LIST)
#define SAFE G_GINT64_CONSTANT (1000000000000) /* as for a contract */
#define C(member, kind, label, flags, pi, min, max, values, section, authority)                                        \
  WUYOU_FIELD (WuyouClaim, member, kind, label, flags, pi, min, max, values, section, authority)

/* clang-format off */
static const WuyouField fields[] = {
  C (id, ID, N_("Record"), FIXED, NONE, 0, 0, NULL, "record", NULL),
  C (seq, INTEGER, N_("Sequence"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (version, INTEGER, N_("Version"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (number, TEXT, N_("Claim number"), SRVL, NONE, 0, 20, NULL, "record", NULL),
  C (state, ENUM, N_("State"), SRVL, NONE, 0, 0, wuyou_claim_states, "record", NULL),
  C (phase, ENUM, N_("Phase"), SRVL, NONE, 0, 0, wuyou_claim_phases, "record", NULL),
  C (contract_id, ID, N_("Contract"), FIXED, NONE, 0, 0, NULL, "record", NULL),
  C (org_id, ID, N_("Dealership"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (insurer_org_id, ID, N_("Insurer"), LIST_SILENT, NONE, 0, 0, NULL, "record", "1.2"),
  C (created_by, ID, N_("Created by"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (created_at, INSTANT, N_("Created"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (updated_at, INSTANT, N_("Changed"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (contract_number, TEXT, N_("Contract number"), LIST_SILENT, NONE, 0, 20, NULL, "record", NULL),
  C (contract_owner_name, TEXT, N_("Owner"), LIST_SILENT, THIRD, 0, 100, NULL, "record", NULL),
  C (contract_vin, VIN, N_("VIN"), LIST_SILENT, THIRD, 0, 0, NULL, "record", NULL),
  C (contract_model, TEXT, N_("Model"), LIST_SILENT, NONE, 0, 60, NULL, "record", NULL),
  C (reported_at, INSTANT, N_("Reported at"), SRVL, NONE, 0, 0, NULL, "record", NULL),

  C (loss_at, INSTANT, N_("Time of the loss"), REQL, NONE, 0, 0, NULL, "loss", "C-01"),
  C (loss_type, ENUM, N_("Kind of loss"), REQL, NONE, 0, 0, wuyou_loss_types, "loss", "C-01"),
  C (loss_place, TEXT, N_("Place of the loss"), REQ, THIRD, 2, 200, NULL, "loss", "C-01"),
  C (loss_cause, LONG, N_("Cause of the loss"), REQ, THIRD, 2, 2000, NULL, "loss", "C-01"),
  C (insurer_report_no, TEXT, N_("Insurer’s report number"), REQ, THIRD, 5, 40, NULL, "loss", "C-01"),
  C (police_report_no, TEXT, N_("Police report number"), 0, THIRD, 0, 40, NULL, "loss", NULL),
  C (informant_name, TEXT, N_("Reported by"), REQ, THIRD, 1, 60, NULL, "loss", "C-01"),
  C (informant_mobile, MOBILE, N_("Informant’s mobile phone"), REQ, THIRD, 0, 0, NULL, "loss", "C-01"),
  C (reported_late, BOOLEAN, N_("Reported late"), SRVL, NONE, 0, 0, NULL, "loss", "C-01"),

  C (consent_sensitive, BOOLEAN, N_("Owner’s consent to sensitive papers"), 0, NONE, 0, 0, NULL, "consent", "PIPL 28-30"),
  C (consent_on, DATE, N_("Day of the owner’s consent"), 0, NONE, 0, 0, NULL, "consent", "PIPL 28-30"),
  C (consent_attested_by, ID, N_("Consent attested by"), SRV, NONE, 0, 0, NULL, "consent", NULL),
  C (consent_attested_at, INSTANT, N_("Consent attested at"), SRV, NONE, 0, 0, NULL, "consent", NULL),

  C (determination, ENUM, N_("Insurer’s determination"), SRVL, NONE, 0, 0, wuyou_determinations, "determination", "1.4"),
  C (determined_on, DATE, N_("Day of the insurer’s determination"), SRV, NONE, 0, 0, NULL, "determination", "1.4"),
  C (determined_by, ID, N_("Recorded by"), SRV, NONE, 0, 0, NULL, "determination", NULL),
  C (determined_by_insurer, BOOLEAN, N_("Recorded by the insurer"), SRV, NONE, 0, 0, NULL, "determination", "1.4"),
  C (sum_insured_fen, FEN, N_("Insured value in the year of the loss"), 0, NONE, 100, SAFE, NULL, "determination", NULL),
  C (payout_fen, FEN, N_("Paid by the insurer"), 0, THIRD, 0, SAFE, NULL, "determination", NULL),

  C (check_contract, ENUM, N_("The contract covers the loss"), SRV, NONE, 0, 0, wuyou_checks, "review", "6.2"),
  C (check_insurance, ENUM, N_("The motor policies were in force"), SRV, NONE, 0, 0, wuyou_checks, "review", "6.2"),
  C (check_cause, ENUM, N_("Cause and evidence agree"), SRV, NONE, 0, 0, wuyou_checks, "review", "6.2"),
  C (check_exclusions, ENUM, N_("No exclusion applies"), SRV, NONE, 0, 0, wuyou_checks, "review", "6.2"),
  C (check_notes_json, JSON, N_("Notes of the review"), SRV, THIRD, 0, 0, NULL, "review", "6.2"),
  C (assessor_id, ID, N_("Assessor"), SRVL, NONE, 0, 0, NULL, "review", "C-08"),
  C (approver_id, ID, N_("Approver"), SRV, NONE, 0, 0, NULL, "review", "C-08"),
  C (endorsed_by, ID, N_("Large amount endorsed by"), SRV, NONE, 0, 0, NULL, "review", "C-08"),
  C (previous_approver_id, ID, N_("Decided before by"), SRV, NONE, 0, 0, NULL, "review", "C-09"),
  C (previous_assessor_id, ID, N_("Assessed before by"), SRV, NONE, 0, 0, NULL, "review", "C-09"),
  C (exclusion, ENUM, N_("Reason of the refusal"), SRV, NONE, 0, 0, wuyou_exclusions, "review", NULL),
  C (decision_reason, LONG, N_("Reasons in words"), SRV, NONE, 0, 2000, NULL, "review", NULL),

  C (submitted_at, INSTANT, N_("Sent to review"), SRVL, NONE, 0, 0, NULL, "clock", "C-05"),
  C (clock_used, INTEGER, N_("Working days used"), SRV, NONE, 0, 0, NULL, "clock", "C-05"),
  C (due_on, DATE, N_("Due"), SRVL, NONE, 0, 0, NULL, "clock", "C-05"),
  C (decide_by, DATE, N_("To be decided by"), SRV, NONE, 0, 0, NULL, "clock", "C-05"),
  C (queue_on, DATE, N_("Place in the queue"), WUYOU_FIELD_SERVER | WUYOU_FIELD_NO_HISTORY, NONE, 0, 0, NULL, "clock", "C-05"),
  C (turn, ENUM, N_("To act"), LIST_SILENT, NONE, 0, 0, wuyou_turns, "clock", "C-05"),
  C (requests, INTEGER, N_("Requests for documents"), SRV, NONE, 0, 0, NULL, "clock", "C-04"),
  C (requested_at, INSTANT, N_("Requested at"), SRV, NONE, 0, 0, NULL, "clock", "C-04"),
  C (request_json, JSON, N_("Documents requested"), SRV, NONE, 0, 0, NULL, "clock", "C-04"),
  C (request_reason, TEXT, N_("Why again"), SRV, NONE, 0, 300, NULL, "clock", "C-04"),

  C (new_brand, ENUM, N_("Brand of the new car"), REQ, NONE, 0, 0, wuyou_brands, "replacement", "1.4"),
  C (new_series, TEXT, N_("Series of the new car"), REQ, NONE, 0, 40, NULL, "replacement", NULL),
  C (new_model, TEXT, N_("Model of the new car"), REQ, NONE, 0, 60, NULL, "replacement", NULL),
  C (new_vin, VIN, N_("VIN of the new car"), 0, THIRD, 0, 0, NULL, "replacement", "GB 16735"),
  C (new_invoice_no, TEXT, N_("Invoice number of the new car"), 0, THIRD, 0, 24, NULL, "replacement", NULL),
  C (new_msrp_fen, FEN, N_("List price of the new car"), REQ, NONE, 100, SAFE, NULL, "replacement", "C-06"),
  C (new_invoice_fen, FEN, N_("Invoice amount of the new car"), 0, NONE, 100, SAFE, NULL, "replacement", "C-06"),
  C (new_ordered_on, DATE, N_("New car ordered"), 0, NONE, 0, 0, NULL, "replacement", "C-06"),
  C (delivered_on, DATE, N_("New car handed over"), 0, NONE, 0, 0, NULL, "replacement", "C-06"),
  C (old_tax_fen, FEN, N_("Purchase tax of the old car"), 0, NONE, 0, SAFE, NULL, "costs", NULL),
  C (new_tax_fen, FEN, N_("Purchase tax of the new car"), 0, NONE, 0, SAFE, NULL, "costs", NULL),
  C (old_delivery_fen, FEN, N_("Delivery of the old car"), 0, NONE, 0, SAFE, NULL, "costs", NULL),
  C (new_delivery_fen, FEN, N_("Delivery of the new car"), 0, NONE, 0, SAFE, NULL, "costs", NULL),
  C (old_registration_fen, FEN, N_("Registration of the old car"), 0, NONE, 0, SAFE, NULL, "costs", NULL),
  C (new_registration_fen, FEN, N_("Registration of the new car"), 0, NONE, 0, SAFE, NULL, "costs", NULL),
  C (old_policy_fen, FEN, N_("First year’s motor policies of the old car"), 0, NONE, 0, SAFE, NULL, "costs", NULL),
  C (new_policy_fen, FEN, N_("First year’s motor policies of the new car"), 0, NONE, 0, SAFE, NULL, "costs", NULL),

  C (settlement_json, JSON, N_("Settlement"), SRV, NONE, 0, 0, NULL, "settlement", "C-07"),
  C (settled_fen, FEN, N_("Amount of the settlement"), SRVL, NONE, 0, SAFE, NULL, "settlement", "C-07"),
  C (override_fen, FEN, N_("Amount instead"), SRVL, NONE, 0, SAFE, NULL, "settlement", "C-07"),
  C (override_reason, LONG, N_("Why another amount"), SRV, NONE, 0, 2000, NULL, "settlement", "C-07"),
  C (override_by, ID, N_("Other amount by"), SRVL, NONE, 0, 0, NULL, "settlement", "C-08"),
  C (paid_fen, FEN, N_("Amount paid"), SRV, NONE, 0, SAFE, NULL, "settlement", "C-11"),
  C (paid_on, DATE, N_("Paid on"), SRV, NONE, 0, 0, NULL, "settlement", "C-11"),
  C (payment_reference, TEXT, N_("Payment reference"), SRV, THIRD, 0, 60, NULL, "settlement", "C-11"),
  C (state_reason, LONG, N_("Reason"), SRV, NONE, 0, 2000, NULL, "record", NULL),
};
/* clang-format on */

const WuyouRecordType wuyou_claim_type = {
  "claim", "claims", "claims", sizeof (WuyouClaim), fields, G_N_ELEMENTS (fields),
};

WUYOU_RECORD_FUNCTIONS (WuyouClaim, wuyou_claim)
