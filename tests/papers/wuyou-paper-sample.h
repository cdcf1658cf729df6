/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-contract-paper.h"
#include "wuyou-paper-payload.h"

G_BEGIN_DECLS

/* A contract as it stands at submission, all of it fictional; the ids are right by their checksums. */
typedef struct {
  WuyouContract *contract;
  WuyouProduct *product;
  char *terms, *payload;
  WuyouContractPaperInput input;
} WuyouPaperSample;

WuyouPaperSample *wuyou_paper_sample_new (void);
/* Signs the payload again after a change of the contract. */
void wuyou_paper_sample_sign (WuyouPaperSample *sample);
void wuyou_paper_sample_keys (guint8 *ret_public, guint8 *ret_secret);
void wuyou_paper_sample_free (WuyouPaperSample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouPaperSample, wuyou_paper_sample_free)

/* What pdftotext -layout reads from @pdf, without the blanks that justification leaves; owned. */
char *wuyou_paper_read_text (GBytes *pdf, const char *option);
/* Each of @words (blanks in them do not count, as in what is read without an option) is in @text, or none is. */
void wuyou_paper_assert_words (const char *text, const char *const *words, gboolean there);
/* @unit again and again, cut after so many characters; owned. */
char *wuyou_paper_repeat (const char *unit, guint characters);
/* Writes @pdf into the folder of WUYOU_PAPERS_OUT when that is set, to look at. */
void wuyou_paper_keep (GBytes *pdf, const char *name);

G_END_DECLS
