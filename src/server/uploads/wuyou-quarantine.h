/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-document-store.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

typedef enum { WUYOU_OUTCOME_CLEAN = 1, WUYOU_OUTCOME_INFECTED, WUYOU_OUTCOME_REFUSED } WuyouOutcome;

typedef struct {
  WuyouOutcome outcome;
  char *media_type; /* found by content; NULL when refused for it */
  char *reason;     /* what was found, or the sentence N_() that says what is not taken */
} WuyouQuarantine;

void wuyou_quarantine_clear (WuyouQuarantine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouQuarantine, wuyou_quarantine_clear)

/* A finished file: its content, then the virus scanner. UNAVAILABLE when there is no clear verdict: it waits. */
gboolean wuyou_quarantine_judge (WuyouServerContext *context,
                                 const WuyouFile *file,
                                 const WuyouKey *key,
                                 WuyouQuarantine *ret_result,
                                 GError **error);

G_END_DECLS
