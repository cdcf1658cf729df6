/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* {"state": "VERIFIED" | "RETURNED" | "AVAILABLE", "return_reason", "note"}: by the assessor of this claim while it is
 * in review. AVAILABLE takes a verdict back. */
WuyouReply *wuyou_evidence_judge (WuyouRequest *request, WuyouServerContext *context, GError **error);

G_END_DECLS
