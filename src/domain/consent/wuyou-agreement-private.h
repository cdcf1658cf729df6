/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement.h"

G_BEGIN_DECLS

/* A line that is not blank, and what stands on it without emphasis marks. */
typedef struct {
  gsize start, end;
  char *plain;
  guint number; /* 1 is the first line of the text */
  gboolean after_blank;
} WuyouSourceLine;

/* Lines that make one clause. @skip bytes of the first line's plain text are marker and number. */
typedef struct {
  guint first, count;
  WuyouClauseKind kind;
  guint level;
  char *marker;
  char *number;
  gsize skip;
  gboolean title; /* a document starts here */
} WuyouSourceBlock;

typedef struct {
  GArray *lines;  /* WuyouSourceLine */
  GArray *blocks; /* WuyouSourceBlock */
} WuyouSource;

typedef enum {
  WUYOU_JOIN_GLUE,  /* the sentence goes on, Chinese has no blank there */
  WUYOU_JOIN_SPACE, /* the sentence goes on between Latin words */
  WUYOU_JOIN_BREAK,
} WuyouJoin;

WuyouSource *_wuyou_source_new (const char *text, gsize length);
void _wuyou_source_free (WuyouSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouSource, _wuyou_source_free)
WuyouSourceBlock *_wuyou_source_block (const WuyouSource *self, guint index);
WuyouSourceLine *_wuyou_source_line (const WuyouSource *self, guint index);
/* Text of the block's first line behind marker and number. */
const char *_wuyou_source_rest (const WuyouSource *self, const WuyouSourceBlock *block);
WuyouJoin _wuyou_source_join (const char *before, const char *after);

/* What a line begins with; FALSE when it begins with plain words. */
gboolean _wuyou_shape_detect (const char *plain, WuyouSourceBlock *ret_block);
gboolean _wuyou_shape_is_label (const char *plain); /* "地址：…" */
gboolean _wuyou_shape_ends_sentence (const char *plain);
gboolean _wuyou_shape_is_version (const char *plain);
gboolean _wuyou_shape_is_annex (const char *plain);
gboolean _wuyou_shape_is_cover (const char *plain);
gboolean _wuyou_shape_is_title (const char *plain);
gboolean _wuyou_shape_is_known_heading (const char *plain);
int _wuyou_shape_number (const char *label); /* 第十三条 → 13, （二） → 2; -1 when there is none */

GPtrArray *
_wuyou_clauses_parse (const WuyouSource *source, const char *text, guint first_line, const char *code, GError **error);
void _wuyou_clauses_name (GPtrArray *clauses, const char *code);
void _wuyou_clause_free (WuyouClause *clause);
gboolean _wuyou_clause_id_is_valid (const char *id, const char *code);

/* As wuyou_agreement_new(), with lines counted from @first_line of the file. */
WuyouAgreement *_wuyou_agreement_new_at (WuyouAgreementKind kind,
                                         const char *code,
                                         const char *title,
                                         GBytes *text,
                                         guint first_line,
                                         GError **error);

/* Words for comparing: no blanks, full-width forms folded. Owned. */
char *_wuyou_text_normalise (const char *text);
/* Sorted pairs of neighbouring characters, for likeness; owned array of guint64. */
GArray *_wuyou_text_pairs (const char *normalised);
guint _wuyou_pairs_likeness (const GArray *a, const GArray *b);

G_END_DECLS
