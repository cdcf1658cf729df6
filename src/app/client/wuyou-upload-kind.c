/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-upload-kind.h"

#include <glib/gi18n.h>

#include "claims/wuyou-claim-words.h"
#include "claims/wuyou-evidence.h"
#include "sales/wuyou-document.h"

#define FATE(fate) WUYOU_UPLOAD_FATE_##fate

/* What was judged, or taken back by somebody who saw it there, has arrived all the same. */
static const WuyouUploadFate evidence_fates[] = {
  [WUYOU_EVIDENCE_UPLOADING] = FATE (UPLOADING), [WUYOU_EVIDENCE_QUARANTINED] = FATE (CHECKING),
  [WUYOU_EVIDENCE_AVAILABLE] = FATE (ARRIVED),   [WUYOU_EVIDENCE_VERIFIED] = FATE (ARRIVED),
  [WUYOU_EVIDENCE_RETURNED] = FATE (ARRIVED),    [WUYOU_EVIDENCE_SUPERSEDED] = FATE (ARRIVED),
  [WUYOU_EVIDENCE_INFECTED] = FATE (INFECTED),   [WUYOU_EVIDENCE_REJECTED_TYPE] = FATE (REJECTED),
  [WUYOU_EVIDENCE_WITHDRAWN] = FATE (ARRIVED),
};

/* A slot of a contract has one document: without it the contract cannot go on. */
static const WuyouUploadFate document_fates[] = {
  [WUYOU_DOCUMENT_UPLOADING] = FATE (UPLOADING),    [WUYOU_DOCUMENT_QUARANTINED] = FATE (CHECKING),
  [WUYOU_DOCUMENT_AVAILABLE] = FATE (ARRIVED),      [WUYOU_DOCUMENT_INFECTED] = FATE (INFECTED),
  [WUYOU_DOCUMENT_REJECTED_TYPE] = FATE (REJECTED), [WUYOU_DOCUMENT_SUPERSEDED] = FATE (GONE),
  [WUYOU_DOCUMENT_WITHDRAWN] = FATE (GONE),
};

static const WuyouUploadKind kinds[] = {
  [WUYOU_UPLOAD_OF_CLAIM] = {
    .name = "claim",
    .create = WUYOU_ROUTE_EVIDENCE_CREATE,
    .get = WUYOU_ROUTE_EVIDENCE_GET,
    .append = WUYOU_ROUTE_EVIDENCE_APPEND,
    .finish = WUYOU_ROUTE_EVIDENCE_FINISH,
    .remove = WUYOU_ROUTE_EVIDENCE_DELETE,
    .object = "evidence",
    .record = "claim_id",
    .states = wuyou_evidence_states,
    .fates = evidence_fates,
    .absent = FATE (ARRIVED),
    .phases = wuyou_claim_phases,
    .longest_watch = 60,
    .too_large = N_ ("Larger than 100 MB: nothing of it was sent. Of a video, choose pictures."),
    .page = "claims",
    .of = N_ ("Claim"),
  },
  [WUYOU_UPLOAD_OF_CONTRACT] = {
    .name = "contract",
    .create = WUYOU_ROUTE_DOCUMENT_CREATE,
    .get = WUYOU_ROUTE_DOCUMENT_GET,
    .append = WUYOU_ROUTE_DOCUMENT_APPEND,
    .finish = WUYOU_ROUTE_DOCUMENT_FINISH,
    .remove = WUYOU_ROUTE_DOCUMENT_DELETE,
    .object = "document",
    .record = "contract_id",
    .states = wuyou_document_states,
    .fates = document_fates,
    .absent = FATE (GONE),
    .longest_watch = 2, /* somebody waits for it to submit the contract */
    .too_large = N_ ("Larger than 100 MB: nothing of it was sent. Scan it again, smaller."),
    .page = "sales",
    .of = N_ ("Contract"),
  },
};

const WuyouUploadKind *
wuyou_upload_kind_get (WuyouUploadOf of)
{
  return &kinds[of];
}

WuyouUploadOf
wuyou_upload_kind_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return i;
  return WUYOU_UPLOAD_OF_CLAIM;
}
