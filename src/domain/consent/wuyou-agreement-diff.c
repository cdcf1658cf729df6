/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-diff.h"

#include "consent/wuyou-agreement-private.h"

/* Clauses with foreign ids are the same clause from this likeness on. */
#define SAME_CLAUSE_PERCENT 60

/* One document on both sides; partner[] are indexes on the other side, -1 for none. */
typedef struct {
  const WuyouAgreement *before, *after;
  int *old_partner, *new_partner;
  guint n_old, n_new;
} Pairing;

static void
free_row (gpointer data)
{
  WuyouDiffRow *row = data;

  g_clear_pointer (&row->segments, g_array_unref);
  g_free (row);
}

static void
pair_up (Pairing *pairing, guint old, guint new)
{
  pairing->old_partner[old] = (int) new;
  pairing->new_partner[new] = (int) old;
}

static void
pair_by_id (Pairing *pairing)
{
  for (guint i = 0; i < pairing->n_old; i++)
    pairing->old_partner[i] = -1;
  for (guint j = 0; j < pairing->n_new; j++) {
    const char *id = wuyou_agreement_get_clause (pairing->after, j)->id;
    int old = pairing->before != NULL ? wuyou_agreement_find_clause (pairing->before, id) : -1;

    pairing->new_partner[j] = -1;
    if (old >= 0)
      pair_up (pairing, (guint) old, j);
  }
}

static guint
compare_words (const WuyouClause *a, const WuyouClause *b)
{
  g_autofree char *x = wuyou_clause_dup_text (a), *y = wuyou_clause_dup_text (b);

  return wuyou_diff_likeness (x, y);
}

static void
pair_by_words (Pairing *pairing)
{
  for (guint j = 0; j < pairing->n_new; j++) {
    const WuyouClause *clause = wuyou_agreement_get_clause (pairing->after, j);
    guint best = SAME_CLAUSE_PERCENT - 1;
    int found = -1;

    for (guint i = 0; i < pairing->n_old && pairing->new_partner[j] < 0; i++) {
      const WuyouClause *old = wuyou_agreement_get_clause (pairing->before, i);
      guint percent = pairing->old_partner[i] < 0 && old->kind == clause->kind ? compare_words (old, clause) : 0;

      if (percent > best) {
        best = percent;
        found = (int) i;
      }
    }
    if (found >= 0)
      pair_up (pairing, (guint) found, j);
  }
}

/* Clauses outside the longest run that kept its order have moved. Marks them in @moved, by new index. */
static void
find_moved (const Pairing *pairing, gboolean *moved)
{
  g_autofree guint *length = g_new0 (guint, pairing->n_new + 1);
  g_autofree int *before = g_new0 (int, pairing->n_new + 1);
  int best = -1;

  for (guint j = 0; j < pairing->n_new; j++) {
    before[j] = -1;
    if (pairing->new_partner[j] < 0)
      continue;
    length[j] = 1;
    moved[j] = TRUE;
    for (guint k = 0; k < j; k++)
      if (length[k] > 0 && pairing->new_partner[k] < pairing->new_partner[j] && length[k] + 1 > length[j]) {
        length[j] = length[k] + 1;
        before[j] = (int) k;
      }
    if (best < 0 || length[j] > length[best])
      best = (int) j;
  }
  for (; best >= 0; best = before[best])
    moved[best] = FALSE;
}

static gboolean
same_emphasis (const WuyouClause *a, const WuyouClause *b)
{
  if (a->spans->len != b->spans->len)
    return FALSE;
  for (guint i = 0; i < a->spans->len; i++) {
    const WuyouSpan *x = &g_array_index (a->spans, WuyouSpan, i), *y = &g_array_index (b->spans, WuyouSpan, i);

    if (x->bold != y->bold || x->underline != y->underline || !g_str_equal (x->text, y->text))
      return FALSE;
  }
  return TRUE;
}

static WuyouDiffRow *
add_row (WuyouDiff *self, const char *code, const WuyouClause *before, const WuyouClause *after)
{
  WuyouDiffRow *row = g_new0 (WuyouDiffRow, 1);

  row->code = code;
  row->before = before;
  row->after = after;
  row->key = (before != NULL && before->key) || (after != NULL && after->key);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
compare (WuyouDiffRow *row)
{
  g_autofree char *before = wuyou_clause_dup_text (row->before), *after = wuyou_clause_dup_text (row->after);
  g_autofree char *x = _wuyou_text_normalise (before), *y = _wuyou_text_normalise (after);

  if (!g_str_equal (x, y)) {
    row->flags |= WUYOU_DIFF_CHANGED;
    row->segments = wuyou_diff_texts (before, after);
  } else if (!same_emphasis (row->before, row->after)) {
    row->flags |= WUYOU_DIFF_EMPHASIS;
  }
  if (!g_str_equal (row->before->number, row->after->number))
    row->flags |= WUYOU_DIFF_RENUMBERED;
}

static void
add_removed (WuyouDiff *self, const Pairing *pairing, guint *next_old)
{
  for (; *next_old < pairing->n_old && pairing->old_partner[*next_old] < 0; ++*next_old)
    add_row (self, pairing->before->code, wuyou_agreement_get_clause (pairing->before, *next_old), NULL)->flags
        = WUYOU_DIFF_REMOVED;
}

/* Removed clauses follow the clause they used to follow. */
static void
add_rows (WuyouDiff *self, const Pairing *pairing)
{
  g_autofree gboolean *moved = g_new0 (gboolean, pairing->n_new + 1);
  guint next_old = 0;

  find_moved (pairing, moved);
  add_removed (self, pairing, &next_old);
  for (guint j = 0; j < pairing->n_new; j++) {
    int old = pairing->new_partner[j];
    const WuyouClause *clause = wuyou_agreement_get_clause (pairing->after, j);
    WuyouDiffRow *row = add_row (self, pairing->after->code,
                                 old >= 0 ? wuyou_agreement_get_clause (pairing->before, (guint) old) : NULL, clause);

    if (old < 0) {
      row->flags = WUYOU_DIFF_ADDED;
      continue;
    }
    compare (row);
    if (moved[j]) {
      row->flags |= WUYOU_DIFF_MOVED;
      continue;
    }
    for (guint skipped = next_old; skipped < (guint) old; skipped++)
      if (pairing->old_partner[skipped] < 0)
        add_row (self, pairing->before->code, wuyou_agreement_get_clause (pairing->before, skipped), NULL)->flags
            = WUYOU_DIFF_REMOVED;
    next_old = (guint) old + 1;
    add_removed (self, pairing, &next_old);
  }
  for (; next_old < pairing->n_old; next_old++)
    if (pairing->old_partner[next_old] < 0)
      add_row (self, pairing->before->code, wuyou_agreement_get_clause (pairing->before, next_old), NULL)->flags
          = WUYOU_DIFF_REMOVED;
}

static void
diff_document (WuyouDiff *self, const WuyouAgreement *before, const WuyouAgreement *after)
{
  Pairing pairing = {
    before, after, NULL, NULL, before != NULL ? before->clauses->len : 0, after != NULL ? after->clauses->len : 0
  };

  pairing.old_partner = g_new0 (int, pairing.n_old + 1);
  pairing.new_partner = g_new0 (int, pairing.n_new + 1);
  pair_by_id (&pairing);
  pair_by_words (&pairing);
  add_rows (self, &pairing);
  g_free (pairing.old_partner);
  g_free (pairing.new_partner);
}

static void
count_rows (WuyouDiff *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    const WuyouDiffRow *row = self->rows->pdata[i];
    guint words = WUYOU_DIFF_ADDED | WUYOU_DIFF_REMOVED | WUYOU_DIFF_CHANGED | WUYOU_DIFF_EMPHASIS;

    self->added += (row->flags & WUYOU_DIFF_ADDED) != 0;
    self->removed += (row->flags & WUYOU_DIFF_REMOVED) != 0;
    self->changed += (row->flags & (WUYOU_DIFF_CHANGED | WUYOU_DIFF_EMPHASIS)) != 0;
    self->renumbered += (row->flags & WUYOU_DIFF_RENUMBERED) != 0;
    self->moved += (row->flags & WUYOU_DIFF_MOVED) != 0;
    self->key_touched += row->key && (row->flags & words) != 0;
  }
  self->material = self->key_touched > 0;
}

WuyouDiff *
wuyou_agreement_diff (WuyouBundle *before, WuyouBundle *after)
{
  WuyouDiff *self = g_new0 (WuyouDiff, 1);

  self->before = wuyou_bundle_ref (before);
  self->after = wuyou_bundle_ref (after);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  for (guint i = 0; i < after->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (after, i);

    diff_document (self, wuyou_bundle_find_document (before, document->code), document);
  }
  for (guint i = 0; i < before->documents->len; i++)
    if (wuyou_bundle_find_document (after, wuyou_bundle_get_document (before, i)->code) == NULL)
      diff_document (self, wuyou_bundle_get_document (before, i), NULL);
  count_rows (self);
  return self;
}

void
wuyou_diff_free (WuyouDiff *self)
{
  g_ptr_array_unref (self->rows);
  wuyou_bundle_unref (self->before);
  wuyou_bundle_unref (self->after);
  g_free (self);
}
