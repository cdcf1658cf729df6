/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-field-table.h"
#include "sales/wuyou-contract.h"

const WuyouEnum wuyou_slots[] = {
  { WUYOU_SLOT_INVOICE, "INVOICE", N_ ("Purchase invoice") },
  { WUYOU_SLOT_POLICY, "POLICY", N_ ("Commercial motor policy") },
  { WUYOU_SLOT_IDENTITY, "IDENTITY", N_ ("Identity document") },
  { WUYOU_SLOT_CONSENT_SCAN, "CONSENT_SCAN", N_ ("Signed notices and consents") },
  { WUYOU_SLOT_SIGNED_CONTRACT, "SIGNED_CONTRACT", N_ ("Signed contract") },
  { WUYOU_SLOT_VOUCHER, "VOUCHER", N_ ("Payment voucher") },
  { WUYOU_SLOT_CANCEL_REQUEST, "CANCEL_REQUEST", N_ ("Owner’s request to cancel") },
  { WUYOU_SLOT_TRANSFER_PROOF, "TRANSFER_PROOF", N_ ("Proof of the transfer") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_document_states[] = {
  { WUYOU_DOCUMENT_UPLOADING, "UPLOADING", N_ ("Uploading") },
  { WUYOU_DOCUMENT_QUARANTINED, "QUARANTINED", N_ ("Being checked") },
  { WUYOU_DOCUMENT_AVAILABLE, "AVAILABLE", N_ ("Available") },
  { WUYOU_DOCUMENT_INFECTED, "INFECTED", N_ ("Refused: malicious content") },
  { WUYOU_DOCUMENT_REJECTED_TYPE, "REJECTED_TYPE", N_ ("Refused: kind of file") },
  { WUYOU_DOCUMENT_SUPERSEDED, "SUPERSEDED", N_ ("Replaced") },
  { WUYOU_DOCUMENT_WITHDRAWN, "WITHDRAWN", N_ ("Taken back") },
  { 0, NULL, NULL },
};

#define SRV WUYOU_FIELD_SERVER
#define SILENT (WUYOU_FIELD_SERVER | WUYOU_FIELD_NO_HISTORY)
#define FIXED (WUYOU_FIELD_ALWAYS | WUYOU_FIELD_IMMUTABLE)
#define D(member, kind, label, flags, pi, min, max, values)                                                            \
  WUYOU_FIELD (WuyouDocument, member, kind, label, flags, pi, min, max, values, "document", NULL)

/* clang-format off */
static const WuyouField fields[] = {
  D (id, ID, N_("Record"), FIXED, NONE, 0, 0, NULL),
  D (seq, INTEGER, N_("Sequence"), SILENT, NONE, 0, 0, NULL),
  D (version, INTEGER, N_("Version"), SILENT, NONE, 0, 0, NULL),
  D (contract_id, ID, N_("Contract"), FIXED, NONE, 0, 0, NULL),
  D (slot, ENUM, N_("Kind of document"), FIXED, NONE, 0, 0, wuyou_slots),
  D (revision, INTEGER, N_("Revision"), SRV, NONE, 0, 0, NULL),
  D (file_name, TEXT, N_("File name"), FIXED, THIRD, 1, 200, NULL),
  D (size, INTEGER, N_("Size"), FIXED, NONE, 1, WUYOU_DOCUMENT_MAX_BYTES, NULL),
  D (received, INTEGER, N_("Received"), SILENT, NONE, 0, 0, NULL),
  D (media_type, TEXT, N_("Type"), SRV, NONE, 0, 60, NULL),
  D (sha256, HASH, N_("SHA-256"), SRV, NONE, 0, 0, NULL),
  D (state, ENUM, N_("State"), SRV, NONE, 0, 0, wuyou_document_states),
  D (state_reason, TEXT, N_("Reason"), SRV, NONE, 0, 300, NULL),
  D (org_id, ID, N_("Organisation"), SILENT, NONE, 0, 0, NULL),
  D (created_by, ID, N_("Created by"), SILENT, NONE, 0, 0, NULL),
  D (created_at, INSTANT, N_("Created"), SILENT, NONE, 0, 0, NULL),
  D (updated_at, INSTANT, N_("Changed"), SILENT, NONE, 0, 0, NULL),
};
/* clang-format on */

const WuyouRecordType wuyou_document_type = {
  "document", "documents", "sales", sizeof (WuyouDocument), fields, G_N_ELEMENTS (fields),
};

WUYOU_RECORD_FUNCTIONS (WuyouDocument, wuyou_document)

gboolean
wuyou_document_is_destroyed (int state)
{
  return state == WUYOU_DOCUMENT_INFECTED || state == WUYOU_DOCUMENT_REJECTED_TYPE || state == WUYOU_DOCUMENT_WITHDRAWN;
}

const char *
wuyou_document_sniff (const guint8 *bytes, gsize length)
{
  static const struct {
    const char *magic;
    gsize length;
    const char *type;
  } kinds[] = {
    { "\xff\xd8\xff", 3, "image/jpeg" },
    { "\x89PNG\r\n\x1a\n", 8, "image/png" },
    { "%PDF-1.", 7, "application/pdf" },
    { "%PDF-2.", 7, "application/pdf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (length >= kinds[i].length && memcmp (bytes, kinds[i].magic, kinds[i].length) == 0)
      return kinds[i].type;
  return NULL;
}

gboolean
wuyou_document_check_file (gint64 size, const guint8 *head, gsize head_length, GError **error)
{
  if (size <= 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This file is empty."));
    return FALSE;
  }
  if (size > WUYOU_DOCUMENT_MAX_BYTES) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_TOO_LARGE, N_ ("A document may have 100 MB at most."));
    return FALSE;
  }
  if (wuyou_document_sniff (head, head_length) == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE, "");
    return FALSE;
  }
  return TRUE;
}

#define EDIT WUYOU_OBJECT_CONTRACT, WUYOU_VERB_EDIT
#define PAY WUYOU_OBJECT_CONTRACT_PAYMENT, WUYOU_VERB_SUBMIT
#define CANCEL WUYOU_OBJECT_CONTRACT_CANCELLATION, WUYOU_VERB_SUBMIT
#define TRANSFER WUYOU_OBJECT_CONTRACT_TRANSFER, WUYOU_VERB_EXECUTE
#define IN(state) (1u << WUYOU_CONTRACT_##state)

static const WuyouSlotRule slot_rules[] = {
  { WUYOU_SLOT_INVOICE, EDIT, IN (DRAFT) },
  { WUYOU_SLOT_POLICY, EDIT, IN (DRAFT) },
  { WUYOU_SLOT_IDENTITY, EDIT, IN (DRAFT) },
  { WUYOU_SLOT_CONSENT_SCAN, EDIT, IN (DRAFT) | IN (AWAIT_SIGN) },
  { WUYOU_SLOT_SIGNED_CONTRACT, EDIT, IN (AWAIT_SIGN) },
  { WUYOU_SLOT_VOUCHER, PAY, IN (AWAIT_PAYMENT) },
  { WUYOU_SLOT_CANCEL_REQUEST, CANCEL, IN (PAID) | IN (ACTIVE) },
  { WUYOU_SLOT_TRANSFER_PROOF, TRANSFER, IN (ACTIVE) },
};

const WuyouSlotRule *
wuyou_slot_rule_find (int slot)
{
  for (guint i = 0; i < G_N_ELEMENTS (slot_rules); i++)
    if (slot_rules[i].slot == slot)
      return &slot_rules[i];
  return NULL;
}
