/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-field-table.h"
#include "claims/wuyou-claim.h"
#include "sales/wuyou-document.h"

const WuyouEnum wuyou_evidence_states[] = {
  { WUYOU_EVIDENCE_UPLOADING, "UPLOADING", N_ ("Uploading") },
  { WUYOU_EVIDENCE_QUARANTINED, "QUARANTINED", N_ ("Being checked") },
  { WUYOU_EVIDENCE_AVAILABLE, "AVAILABLE", N_ ("Available") },
  { WUYOU_EVIDENCE_VERIFIED, "VERIFIED", N_ ("Verified") },
  { WUYOU_EVIDENCE_RETURNED, "RETURNED", N_ ("Returned") },
  { WUYOU_EVIDENCE_SUPERSEDED, "SUPERSEDED", N_ ("Replaced") },
  { WUYOU_EVIDENCE_INFECTED, "INFECTED", N_ ("Refused: malicious content") },
  { WUYOU_EVIDENCE_REJECTED_TYPE, "REJECTED_TYPE", N_ ("Refused: kind of file") },
  { WUYOU_EVIDENCE_WITHDRAWN, "WITHDRAWN", N_ ("Taken back") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_return_reasons[] = {
  { WUYOU_RETURN_BLURRED, "BLURRED", N_ ("Not readable") },
  { WUYOU_RETURN_MISSING_PAGE, "MISSING_PAGE", N_ ("A page is missing") },
  { WUYOU_RETURN_EXPIRED, "EXPIRED", N_ ("Expired") },
  { WUYOU_RETURN_INCONSISTENT, "INCONSISTENT", N_ ("Contradicts other papers") },
  { WUYOU_RETURN_OTHER, "OTHER", N_ ("Another reason") },
  { 0, NULL, NULL },
};

const char wuyou_evidence_unmade_sentence[]
    = N_ ("The changes to this file could not be made: undo them, or add the file anew.");

#define SRV WUYOU_FIELD_SERVER
#define SILENT (WUYOU_FIELD_SERVER | WUYOU_FIELD_NO_HISTORY)
#define FIXED (WUYOU_FIELD_ALWAYS | WUYOU_FIELD_IMMUTABLE)
#define E(member, kind, label, flags, pi, min, max, values)                                                            \
  WUYOU_FIELD (WuyouEvidence, member, kind, label, flags, pi, min, max, values, "evidence", NULL)
#define F(member, kind, label, min, max)                                                                               \
  WUYOU_FIELD (WuyouEvidence, member, kind, label, 0, THIRD, min, max, NULL, "facts", "C-02")
#define SAFE G_GINT64_CONSTANT (1000000000000) /* as for a contract */

/* clang-format off */
static const WuyouField fields[] = {
  E (id, ID, N_("Record"), FIXED, NONE, 0, 0, NULL),
  E (seq, INTEGER, N_("Sequence"), SILENT, NONE, 0, 0, NULL),
  E (version, INTEGER, N_("Version"), SILENT, NONE, 0, 0, NULL),
  E (claim_id, ID, N_("Claim"), FIXED, NONE, 0, 0, NULL),
  E (org_id, ID, N_("Organisation"), SILENT, NONE, 0, 0, NULL),
  E (slot, TEXT, N_("Kind of document"), WUYOU_FIELD_ALWAYS, NONE, 2, 60, NULL),
  E (phase, ENUM, N_("Phase"), FIXED, NONE, 0, 0, wuyou_claim_phases),
  E (file_name, TEXT, N_("File name"), FIXED, THIRD, 1, 200, NULL),
  E (size, INTEGER, N_("Size"), FIXED, NONE, 1, WUYOU_DOCUMENT_MAX_BYTES, NULL),
  E (received, INTEGER, N_("Received"), SILENT, NONE, 0, 0, NULL),
  E (media_type, TEXT, N_("Type"), SRV, NONE, 0, 60, NULL),
  E (sha256, HASH, N_("SHA-256"), SRV, NONE, 0, 0, NULL),
  E (state, ENUM, N_("State"), SRV, NONE, 0, 0, wuyou_evidence_states),
  E (state_reason, TEXT, N_("Reason"), SRV, NONE, 0, 300, NULL),
  E (sensitive, BOOLEAN, N_("Sensitive"), SRV, NONE, 0, 0, NULL),
  E (pages, INTEGER, N_("Pages"), SRV, NONE, 0, 0, NULL),
  E (edits_json, JSON, N_("Rotation, crop and redactions"), 0, NONE, 0, 0, NULL),
  E (unmade, BOOLEAN, N_("Changes could not be made"), SRV, NONE, 0, 0, NULL),
  F (vin, VIN, N_("VIN"), 0, 0),
  F (plate, PLATE, N_("Number plate"), 0, 0),
  F (owner_name, TEXT, N_("Owner"), 1, 100),
  F (loss_on, DATE, N_("Day of the loss"), 0, 0),
  F (payout_fen, FEN, N_("Paid by the insurer"), 0, SAFE),
  F (sum_insured_fen, FEN, N_("Insured value in the year of the loss"), 0, SAFE),
  F (invoice_amount_fen, FEN, N_("Invoice amount"), 0, SAFE),
  F (new_vin, VIN, N_("VIN of the new car"), 0, 0),
  F (new_invoice_fen, FEN, N_("Invoice amount of the new car"), 0, SAFE),
  F (new_tax_fen, FEN, N_("Purchase tax of the new car"), 0, SAFE),
  F (delivered_on, DATE, N_("New car handed over"), 0, 0),
  E (return_reason, ENUM, N_("Why it was returned"), SRV, NONE, 0, 0, wuyou_return_reasons),
  E (judged_by, ID, N_("Judged by"), SRV, NONE, 0, 0, NULL),
  E (judged_at, INSTANT, N_("Judged at"), SRV, NONE, 0, 0, NULL),
  E (created_by, ID, N_("Created by"), SILENT, NONE, 0, 0, NULL),
  E (created_at, INSTANT, N_("Created"), SILENT, NONE, 0, 0, NULL),
  E (updated_at, INSTANT, N_("Changed"), SILENT, NONE, 0, 0, NULL),
};
/* clang-format on */

const WuyouRecordType wuyou_evidence_type = {
  "evidence", "evidence", "claims", sizeof (WuyouEvidence), fields, G_N_ELEMENTS (fields),
};

WUYOU_RECORD_FUNCTIONS (WuyouEvidence, wuyou_evidence)

gboolean
wuyou_evidence_is_destroyed (int state)
{
  return state == WUYOU_EVIDENCE_INFECTED || state == WUYOU_EVIDENCE_REJECTED_TYPE || state == WUYOU_EVIDENCE_WITHDRAWN;
}

gboolean
wuyou_evidence_is_usable (int state)
{
  return state == WUYOU_EVIDENCE_AVAILABLE || state == WUYOU_EVIDENCE_VERIFIED;
}

gboolean
wuyou_evidence_is_judged (int state)
{
  return wuyou_evidence_is_usable (state) || state == WUYOU_EVIDENCE_RETURNED;
}
