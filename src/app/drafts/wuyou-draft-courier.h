/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "drafts/wuyou-draft.h"

G_BEGIN_DECLS

/* Looks after the drafts of which no form is open: what an earlier run typed and did not queue any more is queued as
 * soon as the outbox is read, and what the outbox sends is noted in its draft. Once for each kind, as long as @context
 * lives. */
void wuyou_draft_courier_start (WuyouAppContext *context, const WuyouDraftKind *kind);

/* The newest draft that is on this machine only, and how many there are. Owned, or NULL. */
char *wuyou_draft_courier_find_local (WuyouAppContext *context, const WuyouDraftKind *kind, guint *ret_n);

G_END_DECLS
