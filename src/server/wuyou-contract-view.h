/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-contract-case.h"

G_BEGIN_DECLS

/* All that the page of one contract shows, in one answer: record (masked), organisation, product, documents, steps,
 * timeline, papers. */
WuyouReply *wuyou_contract_view_reply (WuyouServerContext *context,
                                       const WuyouRequest *request,
                                       const char *id,
                                       guint status,
                                       GError **error);

G_END_DECLS
