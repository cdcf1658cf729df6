/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-evidence.h"
#include "demo/wuyou-demo-claim.h"

G_BEGIN_DECLS

/* The newest so many claims come with their evidence as files, where a Chinese font is installed. */
#define WUYOU_DEMO_EVIDENCED 48

/* One file as the story has it: what was added, what a reviewer thought of it, what became of it once returned. */
typedef struct {
  WuyouEvidence *added, *judged, *replaced; /* owned; NULL: not looked at yet, not returned or still wanted */
  const WuyouDemoAccount *adder, *judge;
  const char *title; /* of the slot, borrowed from the rows */
} WuyouDemoEvidenceFile;

typedef struct {
  GPtrArray *rows;  /* WuyouChecklistRow of both phases */
  GPtrArray *files; /* WuyouDemoEvidenceFile, oldest first */
} WuyouDemoEvidencePlan;

/* What the story's people added when; no files yet, so without size and hash. Thread-safe. CORRUPT. */
WuyouDemoEvidencePlan *
wuyou_demo_evidence_plan_new (const WuyouDemoClaims *claims, const WuyouDemoClaimStory *story, GError **error);
void wuyou_demo_evidence_plan_free (WuyouDemoEvidencePlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDemoEvidencePlan, wuyou_demo_evidence_plan_free)

/* The file as it was then, borrowed; NULL: not there yet. */
const WuyouEvidence *wuyou_demo_evidence_file_at (const WuyouDemoEvidenceFile *file, gint64 at);

/* A page that says what the paper says, scanned (PDF) or photographed by hand (JPEG); owned. */
GBytes *wuyou_demo_evidence_scan (const WuyouDemoEvidenceFile *file, const WuyouClaim *claim, GError **error);
gboolean wuyou_demo_evidence_is_photo (const char *slot);

/* Files of one claim: written when they are made, their rows when they are saved. */
typedef struct _WuyouDemoEvidence WuyouDemoEvidence;

/* @key: of the claim. */
WuyouDemoEvidence *wuyou_demo_evidence_new (WuyouStore *store,
                                            const WuyouDemoClaims *claims,
                                            const WuyouDemoClaimStory *story,
                                            WuyouKey *key,
                                            GError **error);
void wuyou_demo_evidence_free (WuyouDemoEvidence *self);
const WuyouDemoEvidencePlan *wuyou_demo_evidence_get_plan (const WuyouDemoEvidence *self);
gboolean wuyou_demo_evidence_save (WuyouDbConn *conn, WuyouDemoEvidence *self, GError **error);

G_END_DECLS
