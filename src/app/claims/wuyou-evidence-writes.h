/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* What people change about a file goes by the outbox: at once on the screen, kept while the server is away, and in its
 * order for one file. */

void wuyou_evidence_write_slot (WuyouAppContext *context, const WuyouEvidence *evidence, const char *slot);
/* @edits_json NULL: none any more. */
void wuyou_evidence_write_edits (WuyouAppContext *context, const WuyouEvidence *evidence, const char *edits_json);
/* The facts that differ in @typed; TRUE when there were any. */
gboolean
wuyou_evidence_write_facts (WuyouAppContext *context, const WuyouEvidence *evidence, const WuyouEvidence *typed);
/* AVAILABLE takes a judgement back. */
void wuyou_evidence_write_judgement (WuyouAppContext *context,
                                     const WuyouEvidence *evidence,
                                     WuyouEvidenceState state,
                                     WuyouReturnReason reason,
                                     const char *note);
void wuyou_evidence_write_withdrawal (WuyouAppContext *context, const WuyouEvidence *evidence);

/* As it will be when what waits was sent; also tells the outbox its version when nothing waits. */
void wuyou_evidence_apply_writes (WuyouAppContext *context, WuyouEvidence *evidence);
gboolean wuyou_evidence_is_write (WuyouOutboxItem *item);

G_END_DECLS
