/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence-view.h"
#include "wuyou-app-test.h"

G_BEGIN_DECLS

/* A claim with papers, as its view is answered, for tests of what shows them. */
#define WUYOU_EVIDENCE_TEST_CLAIM "0199a0b1-0000-7000-8000-0000000000c1"

typedef struct {
  const char *state; /* of the claim; NULL: REPORTED */
  gboolean consent;
  guint n_files; /* spread over the places of the loss */
  gboolean contradiction, requested;
  gboolean unseen;      /* the last file is sensitive, and its small picture not in the answer */
  guint edited, turned; /* the first file was changed so often; and pictures made of that */
} WuyouEvidenceTestClaim;

char *wuyou_evidence_test_id (guint file);                                  /* owned */
JsonObject *wuyou_evidence_test_view (const WuyouEvidenceTestClaim *claim); /* owned */
char *wuyou_evidence_test_thumbnails (guint n_files, guint turned); /* the answer for their small pictures; owned */
GBytes *wuyou_evidence_test_page (guint file);                      /* JPEG that looks like a paper; owned */
GBytes *wuyou_evidence_test_pdf (guint n_pages);                    /* owned */

G_END_DECLS
