/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-case.h"
#include "wuyou-document-store.h"

G_BEGIN_DECLS

/* A file of a claim with the claim, as the caller may see it. */
typedef struct {
  WuyouServerContext *context;
  WuyouRequest *request;
  const char *id;
  WuyouEvidence *evidence;
  WuyouClaimCase loss; /* its key seals the record */
  WuyouFile *file;
  WuyouKey *file_key;  /* opens the file: the claim's, or the one for sensitive papers */
  gboolean of_insurer; /* sent by the insurer, not by the dealership */
} WuyouEvidenceCase;

/* NOT_FOUND also for what the caller may not see, and for a claim that was erased. */
gboolean wuyou_evidence_case_load (WuyouEvidenceCase *self, GError **error);
void wuyou_evidence_case_clear (WuyouEvidenceCase *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouEvidenceCase, wuyou_evidence_case_clear)

/* May the caller add to, change or take back this file now? As wuyou_evidence_check_slot. */
gboolean wuyou_evidence_case_check_slot (const WuyouEvidenceCase *self, GError **error);
/* Both sides may bring the determination; neither touches what the other brought. FORBIDDEN. */
gboolean wuyou_evidence_case_check_side (const WuyouEvidenceCase *self, GError **error);
/* As both; but what lies here without the owner's consent, or no longer with it, may always go. */
gboolean wuyou_evidence_case_check_removal (const WuyouEvidenceCase *self, GError **error);
/* The key of the claim's sensitive papers; *@ret_key NULL when there were none so far. */
gboolean wuyou_evidence_load_sensitive_key (WuyouDbConn *conn,
                                            WuyouServerContext *context,
                                            const char *claim_id,
                                            WuyouKey **ret_key,
                                            GError **error);

/* What is written beside a change of the record, in its transaction; may run twice. */
typedef gboolean (*WuyouEvidenceWrite) (WuyouDbConn *conn, gpointer data, GError **error);

typedef struct {
  WuyouEvidenceCase *self;
  WuyouEvidence *changed; /* of self->evidence, or the first one of it */
  const char *action, *reason;
  WuyouEvidenceWrite write; /* NULL: nothing */
  gpointer data;
  gboolean is_new, once; /* once: under the request's Idempotency-Key */
} WuyouEvidenceChange;

/* Seals, then writes: STALE when claim or file changed since they were read. @changed is then what stands. */
gboolean wuyou_evidence_case_save (const WuyouEvidenceChange *change, GError **error);
WuyouEvidence *wuyou_evidence_dup (const WuyouEvidence *evidence);

/* The record as JSON with its version; bytes received so far while it is uploaded. */
WuyouReply *
wuyou_evidence_reply (WuyouServerContext *context, const WuyouEvidence *evidence, guint status, GError **error);

G_END_DECLS
