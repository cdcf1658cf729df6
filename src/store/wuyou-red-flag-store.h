/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-id.h"
#include "claims/wuyou-red-flag.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* A flag belongs to one claim and says nothing of another one; the other one has a flag of its own. */
typedef struct {
  char *id, *claim_id;
  char *evidence_id; /* NULL: of the claim itself */
  int code;          /* WuyouFlagCode */
  int state;         /* WuyouFlagState */
  char *fact;        /* NULL, or which number it is about: "report", "policy" … */
  char *note, *judged_by;
  gint64 judged_at, at;
} WuyouRedFlag;

void wuyou_red_flag_free (WuyouRedFlag *flag);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouRedFlag, wuyou_red_flag_free)

/* A source of ids, as the transaction may run twice. Once for claim, file, code and fact, however often it is found;
 * one that was judged stays judged. @evidence_id and @fact may be NULL. */
gboolean wuyou_red_flag_insert (WuyouDbConn *conn,
                                const WuyouIdSource *ids,
                                const char *claim_id,
                                const char *evidence_id,
                                int code,
                                const char *fact,
                                gint64 at,
                                GError **error);
/* Newest first; element WuyouRedFlag; owned. */
GPtrArray *wuyou_red_flag_list (WuyouDbConn *conn, const char *claim_id, GError **error);
/* NOT_FOUND when the claim has no such flag. @note may be NULL. */
gboolean wuyou_red_flag_judge (WuyouDbConn *conn,
                               const char *claim_id,
                               const char *flag_id,
                               int state,
                               const char *note,
                               const WuyouActor *actor,
                               GError **error);

/* --- numbers that fraud would repeat --- */

/* Digests of what claim and contract have, made outside the transaction. */
typedef struct _WuyouMarks WuyouMarks;

WuyouMarks *wuyou_marks_new (WuyouKeys *keys, const WuyouClaim *claim, const WuyouContract *contract);
void wuyou_marks_free (WuyouMarks *marks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouMarks, wuyou_marks_free)

/* Writes down those that the claim has now, and flags it and every claim on another contract that has one of them. In
 * the transaction that saves the claim. */
gboolean wuyou_claim_marks_save (WuyouDbConn *conn,
                                 const WuyouMarks *marks,
                                 const WuyouIdSource *ids,
                                 gint64 at,
                                 GError **error);

G_END_DECLS
