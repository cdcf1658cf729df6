/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-rules.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-money.h"
#include "base/wuyou-field-table.h"
#include "sales/wuyou-identity.h"

const WuyouEnum wuyou_contract_states[] = {
  { WUYOU_CONTRACT_DRAFT, "DRAFT", N_ ("Draft") },
  { WUYOU_CONTRACT_SUBMITTED, "SUBMITTED", N_ ("In review") },
  { WUYOU_CONTRACT_RETURNED, "RETURNED", N_ ("Returned") },
  { WUYOU_CONTRACT_AWAIT_SIGN, "AWAIT_SIGN", N_ ("Awaiting signature") },
  { WUYOU_CONTRACT_AWAIT_PAYMENT, "AWAIT_PAYMENT", N_ ("Awaiting payment") },
  { WUYOU_CONTRACT_PAID, "PAID", N_ ("Paid, not yet in force") },
  { WUYOU_CONTRACT_ACTIVE, "ACTIVE", N_ ("In force") },
  { WUYOU_CONTRACT_CANCEL_REQUESTED, "CANCEL_REQUESTED", N_ ("Cancellation requested") },
  { WUYOU_CONTRACT_CANCELLED, "CANCELLED", N_ ("Cancelled") },
  { WUYOU_CONTRACT_VOIDED, "VOIDED", N_ ("Void") },
  { WUYOU_CONTRACT_EXPIRED, "EXPIRED", N_ ("Expired") },
  { WUYOU_CONTRACT_FULFILLED, "FULFILLED", N_ ("Fulfilled") },
  { WUYOU_CONTRACT_TRANSFER_ENDED, "TRANSFER_ENDED", N_ ("Ended by transfer") },
  { WUYOU_CONTRACT_REVOKED, "REVOKED", N_ ("Revoked") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_owner_kinds[] = {
  { WUYOU_OWNER_PERSON, "PERSON", N_ ("Private person") },
  { WUYOU_OWNER_COMPANY, "COMPANY", N_ ("Company") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_conditions[] = {
  { WUYOU_CONDITION_NEW, "NEW", N_ ("New car") },
  { WUYOU_CONDITION_USED, "USED", N_ ("Used car") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_vehicle_uses[] = {
  { WUYOU_USE_PRIVATE, "PRIVATE", N_ ("Private") },
  { WUYOU_USE_COMPANY, "COMPANY", N_ ("Company’s own use") },
  { WUYOU_USE_HIRE, "HIRE", N_ ("For hire or reward") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_energies[] = {
  { WUYOU_ENERGY_PETROL, "PETROL", N_ ("Petrol or diesel") },
  { WUYOU_ENERGY_PLUGIN, "PLUGIN", N_ ("Plug-in hybrid") },
  { WUYOU_ENERGY_ELECTRIC, "ELECTRIC", N_ ("Electric") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_sources[] = {
  { WUYOU_SOURCE_PLATFORM, "PLATFORM", N_ ("Entered with the customer present") },
  { WUYOU_SOURCE_ORAL, "ORAL", N_ ("Told beforehand") },
  { WUYOU_SOURCE_PAPER, "PAPER", N_ ("From paper") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_payment_methods[] = {
  { WUYOU_PAYMENT_TRANSFER, "TRANSFER", N_ ("Bank transfer") },
  { WUYOU_PAYMENT_CARD, "CARD", N_ ("Bank card") },
  { WUYOU_PAYMENT_MOBILE, "MOBILE", N_ ("Mobile payment") },
  { WUYOU_PAYMENT_CASH, "CASH", N_ ("Cash") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_refund_states[] = {
  { WUYOU_REFUND_QUOTED, "QUOTED", N_ ("Quoted") },
  { WUYOU_REFUND_APPROVED, "APPROVED", N_ ("To be paid") },
  { WUYOU_REFUND_PAID, "PAID", N_ ("Paid back") },
  { 0, NULL, NULL },
};

#define SRV WUYOU_FIELD_SERVER
#define SRVL (WUYOU_FIELD_SERVER | WUYOU_FIELD_LIST)
#define SILENT (WUYOU_FIELD_SERVER | WUYOU_FIELD_NO_HISTORY)
#define LIST_SILENT (SILENT | WUYOU_FIELD_LIST)
#define REQ WUYOU_FIELD_REQUIRED
#define REQL (WUYOU_FIELD_REQUIRED | WUYOU_FIELD_LIST)
#define FIXED (WUYOU_FIELD_ALWAYS | WUYOU_FIELD_IMMUTABLE | WUYOU_FIELD_LIST)
#define SAFE G_GINT64_CONSTANT (1000000000000) /* ten thousand million yuan: more is a slip of the finger */
#define C(member, kind, label, flags, pi, min, max, values, section, authority)                                        \
  WUYOU_FIELD (WuyouContract, member, kind, label, flags, pi, min, max, values, section, authority)

/* clang-format off */
static const WuyouField fields[] = {
  C (id, ID, N_("Record"), FIXED, NONE, 0, 0, NULL, "record", NULL),
  C (seq, INTEGER, N_("Sequence"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (version, INTEGER, N_("Version"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (number, TEXT, N_("Contract number"), SRVL, NONE, 0, 20, NULL, "record", NULL),
  C (revision, INTEGER, N_("Revision"), SRV, NONE, 0, 0, NULL, "record", NULL),
  C (state, ENUM, N_("State"), SRVL, NONE, 0, 0, wuyou_contract_states, "record", NULL),
  C (org_id, ID, N_("Dealership"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (created_by, ID, N_("Created by"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (created_at, INSTANT, N_("Created"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (updated_at, INSTANT, N_("Changed"), LIST_SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (submitted_at, INSTANT, N_("Submitted at"), SRV, NONE, 0, 0, NULL, "record", NULL),

  C (vin, VIN, N_("VIN"), REQL, THIRD, 0, 0, NULL, "vehicle", "GB 16735"),
  C (vin_reason, LONG, N_("Why the VIN is right"), 0, NONE, 0, 300, NULL, "vehicle", "GB 16735"),
  C (brand, ENUM, N_("Brand"), REQL, NONE, 0, 0, wuyou_brands, "vehicle", "1.4"),
  C (series, TEXT, N_("Series"), REQL, NONE, 0, 40, NULL, "vehicle", NULL),
  C (model, TEXT, N_("Model"), REQL, NONE, 0, 60, NULL, "vehicle", NULL),
  C (engine_no, TEXT, N_("Engine number"), 0, THIRD, 0, 30, NULL, "vehicle", NULL),
  C (plate, PLATE, N_("Number plate"), 0, THIRD, 0, 0, NULL, "vehicle", "GA 36"),
  C (energy, ENUM, N_("Drive"), REQ, NONE, 0, 0, wuyou_energies, "vehicle", NULL),
  C (vehicle_use, ENUM, N_("Use"), REQ, NONE, 0, 0, wuyou_vehicle_uses, "vehicle", NULL),
  C (condition, ENUM, N_("Condition"), REQ, NONE, 0, 0, wuyou_conditions, "vehicle", NULL),
  C (seats, INTEGER, N_("Seats"), REQ, NONE, 1, 60, NULL, "vehicle", NULL),
  C (mileage_km, INTEGER, N_("Mileage in km"), 0, NONE, 0, 2000000, NULL, "vehicle", NULL),
  C (transferred, BOOLEAN, N_("Changed hands since the first invoice"), 0, NONE, 0, 0, NULL, "vehicle", NULL),
  C (first_invoice_on, DATE, N_("First invoice"), REQ, NONE, 0, 0, NULL, "vehicle", NULL),
  C (invoice_code, TEXT, N_("Invoice code"), 0, THIRD, 0, 12, NULL, "vehicle", NULL),
  C (invoice_no, TEXT, N_("Invoice number"), REQ, THIRD, 0, 24, NULL, "vehicle", NULL),
  C (invoice_amount_fen, FEN, N_("Invoice amount with tax"), REQ, NONE, 100, SAFE, NULL, "vehicle", NULL),
  C (msrp_fen, FEN, N_("List price"), 0, NONE, 100, SAFE, NULL, "vehicle", NULL),

  C (owner_kind, ENUM, N_("Owner is a"), REQL, NONE, 0, 0, wuyou_owner_kinds, "owner", "1.6"),
  C (owner_name, TEXT, N_("Owner"), REQL, THIRD, 1, 100, NULL, "owner", NULL),
  C (owner_id_type, ENUM, N_("Kind of identity document"), REQ, NONE, 0, 0, wuyou_identity_types, "owner", NULL),
  C (owner_id_no, ID_NO, N_("Identity number"), REQ, SENSITIVE, 0, 30, NULL, "owner", "GB 11643-1999"),
  C (owner_mobile, MOBILE, N_("Mobile phone"), REQL, THIRD, 0, 0, NULL, "owner", NULL),
  C (owner_email, EMAIL, N_("E-mail"), 0, THIRD, 0, 0, NULL, "owner", NULL),
  C (owner_address, TEXT, N_("Address"), REQ, THIRD, 4, 200, NULL, "owner", NULL),
  C (agent_name, TEXT, N_("Acting for the company"), 0, THIRD, 1, 60, NULL, "owner", "1.6"),
  C (agent_mobile, MOBILE, N_("Their mobile phone"), 0, THIRD, 0, 0, NULL, "owner", "1.6"),
  C (owner_source, ENUM, N_("Source of the information"), REQ, NONE, 0, 0, wuyou_sources, "owner", "PIPL 17"),

  C (commercial_insurer, TEXT, N_("Commercial insurer"), REQ, NONE, 2, 60, NULL, "policies", NULL),
  C (commercial_policy_no, TEXT, N_("Commercial policy number"), REQ, THIRD, 5, 40, NULL, "policies", NULL),
  C (commercial_from, DATE, N_("Commercial policy from"), REQ, NONE, 0, 0, NULL, "policies", NULL),
  C (commercial_to, DATE, N_("Commercial policy until"), REQ, NONE, 0, 0, NULL, "policies", NULL),
  C (commercial_sum_fen, FEN, N_("Insured value"), REQ, NONE, 100, SAFE, NULL, "policies", NULL),
  C (compulsory_insurer, TEXT, N_("Compulsory insurer"), REQ, NONE, 2, 60, NULL, "policies", NULL),
  C (compulsory_policy_no, TEXT, N_("Compulsory policy number"), REQ, THIRD, 5, 40, NULL, "policies", NULL),
  C (compulsory_from, DATE, N_("Compulsory policy from"), REQ, NONE, 0, 0, NULL, "policies", NULL),
  C (compulsory_to, DATE, N_("Compulsory policy until"), REQ, NONE, 0, 0, NULL, "policies", NULL),

  C (product_id, ID, N_("Product"), REQL, NONE, 0, 0, NULL, "price", NULL),
  C (term_months, INTEGER, N_("Term in months"), REQ, NONE, 1, 120, NULL, "price", NULL),
  C (retail_fen, FEN, N_("Retail price"), SRV, NONE, 0, SAFE, NULL, "price", "5.3.2"),
  C (received_fen, FEN, N_("Price agreed"), WUYOU_FIELD_LIST, NONE, 0, SAFE, NULL, "price", "5.3.2"),
  C (wholesale_fen, FEN, N_("Wholesale price"), SRV | WUYOU_FIELD_WHOLESALE, NONE, 0, SAFE, NULL, "price", NULL),
  C (gift, BOOLEAN, N_("Given by the dealership"), WUYOU_FIELD_LIST, NONE, 0, 0, NULL, "price", NULL),

  C (starts_on_wish, DATE, N_("Agreed start"), 0, NONE, 0, 0, NULL, "term", NULL),
  C (signed_on, DATE, N_("Signed"), SRV, NONE, 0, 0, NULL, "term", NULL),
  C (effective_on, DATE, N_("In force from"), SRVL, NONE, 0, 0, NULL, "term", NULL),
  C (ends_on, DATE, N_("In force until"), SRVL, NONE, 0, 0, NULL, "term", NULL),

  C (consent_processing, BOOLEAN, N_("Consents to the processing"), REQ, NONE, 0, 0, NULL, "consent", "PIPL 13, 14"),
  C (consent_sensitive, BOOLEAN, N_("Consents to sensitive images"), REQ, NONE, 0, 0, NULL, "consent", "PIPL 29"),
  C (consent_provision, BOOLEAN, N_("Consents to provision to others"), REQ, NONE, 0, 0, NULL, "consent", "PIPL 23"),
  C (consent_on, DATE, N_("Consents given"), REQ, NONE, 0, 0, NULL, "consent", NULL),
  C (consent_attested_by, ID, N_("Attested by"), SRV, NONE, 0, 0, NULL, "consent", NULL),
  C (consent_attested_at, INSTANT, N_("Attested"), SRV, NONE, 0, 0, NULL, "consent", NULL),

  C (paid_fen, FEN, N_("Amount paid"), SRV, NONE, 0, SAFE, NULL, "payment", NULL),
  C (paid_on, DATE, N_("Paid on"), SRV, NONE, 0, 0, NULL, "payment", NULL),
  C (payment_method, ENUM, N_("Paid by"), SRV, NONE, 0, 0, wuyou_payment_methods, "payment", NULL),
  C (payment_reference, TEXT, N_("Payment reference"), SRV, THIRD, 0, 60, NULL, "payment", NULL),

  C (cancel_from, ENUM, N_("State before the request"), SILENT, NONE, 0, 0, wuyou_contract_states, "record", NULL),
  C (cancel_requested_on, DATE, N_("Owner’s request of"), SRV, NONE, 0, 0, NULL, "end", "S-10"),
  C (cancel_on, DATE, N_("Day of cancellation"), SRVL, NONE, 0, 0, NULL, "end", "S-10"),
  C (cancel_requested_by, ID, N_("Cancellation requested by"), SILENT, NONE, 0, 0, NULL, "end", NULL),
  C (cancel_closed_at, INSTANT, N_("Last request closed"), SILENT, NONE, 0, 0, NULL, "record", NULL),
  C (cancelled_by, ID, N_("Cancelled by"), SILENT, NONE, 0, 0, NULL, "end", NULL),
  C (refund_json, JSON, N_("Quote of the refund"), SILENT, NONE, 0, 0, NULL, "end", "S-10"),
  C (refund_fen, FEN, N_("Refund to the owner"), SRV, NONE, 0, SAFE, NULL, "end", "S-10"),
  C (credit_fen, FEN, N_("Credit of the wholesale price"), SRV | WUYOU_FIELD_WHOLESALE, NONE, 0, SAFE, NULL, "end", NULL),
  C (refund_state, ENUM, N_("State of the refund"), SRV, NONE, 0, 0, wuyou_refund_states, "end", NULL),
  C (refund_due_on, DATE, N_("Refund due by"), SRVL, NONE, 0, 0, NULL, "end", "S-10"),
  C (refunded_on, DATE, N_("Refunded on"), SRV, NONE, 0, 0, NULL, "end", NULL),
  C (refund_reference, TEXT, N_("Refund reference"), SRV, THIRD, 0, 60, NULL, "end", NULL),
  C (transferred_on, DATE, N_("Day of the transfer"), SRV, NONE, 0, 0, NULL, "end", "S-11"),
  C (revoke_proposed_by, ID, N_("Revocation proposed by"), SILENT, NONE, 0, 0, NULL, "end", NULL),
  C (revoke_notice_on, DATE, N_("Notice to the owner"), SRV, NONE, 0, 0, NULL, "end", NULL),

  C (terms_sha256, HASH, N_("Terms"), SRV, NONE, 0, 0, NULL, "record", NULL),
  C (content_sha256, HASH, N_("Printed content"), SRV, NONE, 0, 0, NULL, "record", NULL),
  C (state_reason, TEXT, N_("Reason"), SRV, NONE, 0, 2000, NULL, "record", NULL),
};
/* clang-format on */

const WuyouRecordType wuyou_contract_type = {
  "contract", "contracts", "sales", sizeof (WuyouContract), fields, G_N_ELEMENTS (fields),
};

WUYOU_RECORD_FUNCTIONS (WuyouContract, wuyou_contract)

gboolean
wuyou_contract_is_free (const WuyouContract *contract)
{
  return contract->gift && contract->received_fen == 0;
}

gboolean
wuyou_contract_is_editable (const WuyouContract *contract)
{
  return contract->state == WUYOU_CONTRACT_DRAFT || contract->state == 0;
}

gboolean
wuyou_contract_reserves_vehicle (const WuyouContract *contract)
{
  switch (contract->state) {
  case WUYOU_CONTRACT_AWAIT_SIGN:
  case WUYOU_CONTRACT_AWAIT_PAYMENT:
  case WUYOU_CONTRACT_PAID:
  case WUYOU_CONTRACT_ACTIVE:
  case WUYOU_CONTRACT_CANCEL_REQUESTED:
    return TRUE;
  default:
    return FALSE;
  }
}
