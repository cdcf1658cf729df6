/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_DIFF_SAME = 0,
  WUYOU_DIFF_ADDED = 1 << 0,
  WUYOU_DIFF_REMOVED = 1 << 1,
  WUYOU_DIFF_CHANGED = 1 << 2,  /* other words */
  WUYOU_DIFF_EMPHASIS = 1 << 3, /* same words, other bold or underline */
  WUYOU_DIFF_RENUMBERED = 1 << 4,
  WUYOU_DIFF_MOVED = 1 << 5,
} WuyouDiffFlags;

typedef enum {
  WUYOU_SEGMENT_EQUAL,
  WUYOU_SEGMENT_DELETED,
  WUYOU_SEGMENT_INSERTED,
} WuyouSegmentKind;

typedef struct {
  WuyouSegmentKind kind;
  char *text;
} WuyouSegment;

typedef struct {
  guint flags;               /* WuyouDiffFlags */
  const char *code;          /* document; borrowed */
  const WuyouClause *before; /* borrowed; NULL when added */
  const WuyouClause *after;  /* borrowed; NULL when removed */
  gboolean key;              /* either side is a key clause */
  GArray *segments;          /* WuyouSegment for CHANGED, else NULL */
} WuyouDiffRow;

typedef struct {
  WuyouBundle *before;
  WuyouBundle *after;
  GPtrArray *rows; /* WuyouDiffRow in the order of the new text, removed ones where they stood; SAME included */
  guint added, removed, changed, renumbered, moved;
  guint key_touched; /* key clauses added, removed or changed */
  gboolean material; /* proposal only: the operator decides (P-08) */
} WuyouDiff;

/* Clauses are paired by id, what is left by likeness of words, never by number (Z2). */
WuyouDiff *wuyou_agreement_diff (WuyouBundle *before, WuyouBundle *after);
void wuyou_diff_free (WuyouDiff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDiff, wuyou_diff_free)

/* Changed words of two texts: Chinese by character, others by word. Owned GArray of WuyouSegment. */
GArray *wuyou_diff_texts (const char *before, const char *after);
/* Likeness of two texts without blanks, 0 … 100. */
guint wuyou_diff_likeness (const char *a, const char *b);

G_END_DECLS
