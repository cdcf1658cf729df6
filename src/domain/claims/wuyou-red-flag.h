/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"
#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* What the reviewers should look at twice (C-10, 5.3.1-01): found by the server, shown to them alone, and without a
 * word of whose the other claim is. */
typedef enum {
  WUYOU_FLAG_SAME_FILE = 1,
  WUYOU_FLAG_SIMILAR_PICTURE,
  WUYOU_FLAG_TAKEN_BEFORE_LOSS,
  WUYOU_FLAG_TAKEN_AFTER_UPLOAD,
  WUYOU_FLAG_SAME_REPORT_NO,
  WUYOU_FLAG_SAME_INVOICE,
  WUYOU_FLAG_SAME_NEW_VIN,
  WUYOU_FLAG_SAME_POLICY,
} WuyouFlagCode;

typedef enum { WUYOU_SEVERITY_NOTICE = 1, WUYOU_SEVERITY_WARNING, WUYOU_SEVERITY_ALARM } WuyouSeverity;
typedef enum { WUYOU_FLAG_OPEN = 1, WUYOU_FLAG_CLEARED, WUYOU_FLAG_CONFIRMED } WuyouFlagState;

extern const WuyouEnum wuyou_severities[], wuyou_flag_states[];

typedef struct {
  int code;
  const char *id; /* on the wire and in the database */
  int severity;
  const char *sentence; /* N_() */
} WuyouFlagInfo;

extern const WuyouFlagInfo wuyou_flag_infos[]; /* ended by a row with id NULL */
const WuyouFlagInfo *wuyou_flag_info (int code);
const WuyouFlagInfo *wuyou_flag_find (const char *id); /* NULL when unknown */

/* Numbers that only one claim should have. Each is kept as a keyed digest of its kind. */
typedef struct {
  int code;         /* of the flag when another claim has the same */
  const char *kind; /* "report", "invoice" …; static */
  char *text;       /* as it is compared: without spaces, upper case */
} WuyouClaimMark;

void wuyou_claim_mark_free (WuyouClaimMark *mark);
/* Those that claim and contract have now. Elements WuyouClaimMark; owned. */
GPtrArray *wuyou_claim_list_marks (const WuyouClaim *claim, const WuyouContract *contract);

/* What a picture's own date says, or 0: taken long before the loss that it shows, or after it came. @taken_at 0: it has
 * none. */
int wuyou_flag_of_picture (gint64 taken_at, gint64 loss_at, gint64 uploaded_at);

G_END_DECLS
