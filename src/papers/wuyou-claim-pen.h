/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-claim-paper.h"
#include "wuyou-sheet.h"

G_BEGIN_DECLS

/* Writes a paper of a claim: onto a sheet, or into the hash of what it says, so that nothing is printed that is not
 * hashed. Texts are Chinese. */
typedef struct {
  const WuyouClaimPaperData *data;
  const WuyouClaim *claim;
  const WuyouContract *contract;
  gboolean masked;
  WuyouSheet *sheet;   /* NULL while hashing */
  GChecksum *checksum; /* NULL while printing */
} Pen;

void _wuyou_pen_title (Pen *pen, const char *title, const char *subtitle);
void _wuyou_pen_heading (Pen *pen, const char *text);
void _wuyou_pen_paragraph (Pen *pen, const char *text);
void _wuyou_pen_bold (Pen *pen, const char *text);
void _wuyou_pen_lines (Pen *pen, const char *text); /* a paragraph for each line of it */
void _wuyou_pen_note (Pen *pen, const char *text);
void _wuyou_pen_item (Pen *pen, guint number, const char *text); /* "1." … */
void _wuyou_pen_choice (Pen *pen, const char *title, const char *text, gboolean ticked);
void _wuyou_pen_grid (Pen *pen, GArray *rows); /* of _wuyou_pen_row; consumed */
void _wuyou_pen_table (Pen *pen, guint n_columns, const double *widths, guint numeric, GPtrArray *cells); /* consumed */
void _wuyou_pen_signatures (Pen *pen, const WuyouPaperSignature *signatures, guint n_signatures);
void _wuyou_pen_space (Pen *pen); /* between running text and a grid */
void _wuyou_pen_begin_together (Pen *pen);
void _wuyou_pen_end_together (Pen *pen);

/* Rows of a grid in two columns. @value is taken, may be NULL. */
GArray *_wuyou_pen_rows_new (void);
void _wuyou_pen_row (GArray *rows, const char *label, char *value, gboolean wide);
/* A text field of claim or contract, masked on an internal copy; left out when not set. */
void _wuyou_pen_claim_row (Pen *pen, GArray *rows, const char *label, const char *field, gboolean wide);
void _wuyou_pen_contract_row (Pen *pen, GArray *rows, const char *label, const char *field, gboolean wide);
void _wuyou_pen_date_row (GArray *rows, const char *label, WuyouDate date); /* the same */
void _wuyou_pen_money_row (GArray *rows, const char *label, gint64 fen);    /* 0: not set */
void _wuyou_pen_amount_row (GArray *rows, const char *label, gint64 fen);   /* digits and uppercase, also 0 */
/* One row of a table of texts. */
void _wuyou_pen_cells (GPtrArray *cells, ...) G_GNUC_NULL_TERMINATED; /* copied */

/* Parts that several papers share. */
void _wuyou_pen_subject (Pen *pen);         /* whose car, which contract */
GArray *_wuyou_pen_subject_rows (Pen *pen); /* the same without the loss, to add to; owned */
void _wuyou_pen_address (Pen *pen);         /* to the owner */
void _wuyou_pen_contact (Pen *pen);         /* who to ask */
void _wuyou_pen_seal (Pen *pen);            /* the dealership's seal under a letter */
void _wuyou_pen_both (Pen *pen, const char *heading, const char *const *declaration); /* both parties sign */
const char *_wuyou_pen_you (const Pen *pen);                                          /* 您, 贵单位 */
char *_wuyou_pen_dup_new_car (const Pen *pen);                                        /* NULL when not known; owned */
char *_wuyou_pen_dup_money (gint64 fen);                                              /* "¥ 412,800.00"; owned */
char *_wuyou_pen_dup_yuan (gint64 fen); /* "412,800.00元", for running text; owned */

/* Chinese for a label of the domain's tables (N_()): the words of the desktop. Borrowed; the label itself when it has
 * none, which a test rules out. */
const char *_wuyou_claim_word (const char *label);
guint _wuyou_claim_words (const char *const (**ret_words)[2]); /* all of them: label, word */

/* Writers of the papers. */
gboolean _wuyou_claim_form_write (Pen *pen, GError **error);
gboolean _wuyou_claim_evidence_write (Pen *pen, GError **error);
gboolean _wuyou_claim_request_write (Pen *pen, GError **error);
gboolean _wuyou_claim_pre_approval_write (Pen *pen, GError **error);
gboolean _wuyou_claim_refusal_write (Pen *pen, GError **error);
gboolean _wuyou_claim_approval_write (Pen *pen, GError **error);
gboolean _wuyou_claim_settlement_write (Pen *pen, GError **error);
gboolean _wuyou_claim_hand_over_write (Pen *pen, GError **error);
/* Table of the documents that stand requested, of use to two letters. */
void _wuyou_claim_request_table (Pen *pen);
/* Rows of a phase's checklist; never NULL. Owned. */
GPtrArray *_wuyou_claim_checklist (const Pen *pen, int phase);

G_END_DECLS
