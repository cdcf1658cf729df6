/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence.h"
#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* PUT: another slot, other edits, what the paper says. New edits ask for a new view, which reviewers wait for. */
WuyouReply *wuyou_evidence_put (WuyouRequest *request, WuyouServerContext *context, GError **error);

/* Its edits in their canonical form, so that equal ones are equal text; INVALID. */
gboolean wuyou_evidence_set_edits (WuyouEvidence *evidence, GError **error);

/* A request that says which version it is based on: STALE when @stored is another. A claim that changed meanwhile is no
 * reason to refuse it: @handler is then called again, and says in *@ret_outdated that it was this check that failed. */
gboolean wuyou_evidence_check_version (WuyouRequest *request,
                                       const WuyouEvidence *stored,
                                       gboolean *ret_outdated,
                                       GError **error);
typedef WuyouReply *(*WuyouEvidenceHandler) (WuyouRequest *request,
                                             WuyouServerContext *context,
                                             gboolean *ret_outdated,
                                             GError **error);
WuyouReply *
wuyou_evidence_try (WuyouRequest *request, WuyouServerContext *context, WuyouEvidenceHandler handler, GError **error);

G_END_DECLS
