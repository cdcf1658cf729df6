/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* A letter as it was stored, or another paper drawn now; masked for who may not see full values. */
WuyouReply *wuyou_claim_paper_get (WuyouRequest *request, WuyouServerContext *context, GError **error);

G_END_DECLS
