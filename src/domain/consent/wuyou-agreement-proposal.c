/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-import.h"

#include <stdlib.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "consent/wuyou-agreement-private.h"

#define SIMILAR_PERCENT 50
#define NONE G_MAXUINT

typedef struct {
  const WuyouClause *clause;
  char *words;
  GArray *pairs;
  guint partner; /* index on the other side, NONE while alone */
  WuyouProposalBasis basis;
  guint percent;
} Side;

typedef struct {
  guint percent;
  gboolean number;
  guint after, before, distance;
} Candidate;

static void
clear_side (gpointer data)
{
  Side *side = data;

  g_free (side->words);
  g_array_unref (side->pairs);
}

static GArray *
read_sides (const WuyouAgreement *document)
{
  GArray *sides = g_array_new (FALSE, TRUE, sizeof (Side));

  g_array_set_clear_func (sides, clear_side);
  for (guint i = 0; document != NULL && i < document->clauses->len; i++) {
    const WuyouClause *clause = wuyou_agreement_get_clause (document, i);
    g_autofree char *text = wuyou_clause_dup_text (clause);
    Side side = { .clause = clause, .partner = NONE };

    side.words = _wuyou_text_normalise (text);
    side.pairs = _wuyou_text_pairs (side.words);
    g_array_append_val (sides, side);
  }
  return sides;
}

static Side *
get_side (GArray *sides, guint index)
{
  return &g_array_index (sides, Side, index);
}

static void
pair_up (GArray *after, guint i, GArray *before, guint j, WuyouProposalBasis basis, guint percent)
{
  get_side (after, i)->partner = j;
  get_side (after, i)->basis = basis;
  get_side (after, i)->percent = percent;
  get_side (before, j)->partner = i;
}

static gboolean
is_heading (const WuyouClause *clause)
{
  return clause->kind == WUYOU_CLAUSE_HEADING || clause->kind == WUYOU_CLAUSE_TITLE;
}

static gboolean
may_pair (const Side *a, const Side *b)
{
  return is_heading (a->clause) == is_heading (b->clause)
         && (a->clause->kind == WUYOU_CLAUSE_VERSION) == (b->clause->kind == WUYOU_CLAUSE_VERSION);
}

static void
pair_same_words (GArray *after, GArray *before, gboolean same_number)
{
  for (guint i = 0; i < after->len; i++) {
    Side *a = get_side (after, i);

    for (guint j = 0; j < before->len && a->partner == NONE; j++) {
      Side *b = get_side (before, j);

      if (b->partner == NONE && may_pair (a, b) && g_str_equal (a->words, b->words)
          && (!same_number || g_str_equal (a->clause->number, b->clause->number)))
        pair_up (after, i, before, j, WUYOU_PROPOSAL_SAME, 100);
    }
  }
}

static int
compare_candidates (gconstpointer x, gconstpointer y)
{
  const Candidate *a = x, *b = y;

  if (a->percent != b->percent)
    return a->percent > b->percent ? -1 : 1;
  if (a->number != b->number)
    return a->number ? -1 : 1;
  return (a->distance > b->distance) - (a->distance < b->distance);
}

static void
pair_similar_words (GArray *after, GArray *before)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < after->len; i++)
    for (guint j = 0; j < before->len && get_side (after, i)->partner == NONE; j++) {
      Side *a = get_side (after, i), *b = get_side (before, j);
      Candidate candidate = { 0, g_str_equal (a->clause->number, b->clause->number), i, j, i > j ? i - j : j - i };

      if (b->partner != NONE || !may_pair (a, b))
        continue;
      candidate.percent = _wuyou_pairs_likeness (a->pairs, b->pairs);
      if (candidate.percent >= SIMILAR_PERCENT)
        g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  for (guint k = 0; k < candidates->len; k++) {
    const Candidate *c = &g_array_index (candidates, Candidate, k);

    if (get_side (after, c->after)->partner == NONE && get_side (before, c->before)->partner == NONE)
      pair_up (after, c->after, before, c->before, WUYOU_PROPOSAL_SIMILAR, c->percent);
  }
}

/* Paragraphs have no number to go by, and an item's number means nothing without what it stands under. */
static gboolean
has_same_number (const Side *a, const Side *b)
{
  if (a->clause->kind != b->clause->kind || a->clause->kind == WUYOU_CLAUSE_PARAGRAPH)
    return FALSE;
  if (a->clause->kind == WUYOU_CLAUSE_ITEM || *a->clause->number == '\0')
    return g_str_equal (a->clause->id, b->clause->id);
  return a->clause->level == b->clause->level && g_str_equal (a->clause->number, b->clause->number);
}

static void
pair_same_number (GArray *after, GArray *before)
{
  for (guint i = 0; i < after->len; i++) {
    Side *a = get_side (after, i);

    for (guint j = 0; j < before->len && a->partner == NONE; j++) {
      Side *b = get_side (before, j);

      if (b->partner == NONE && has_same_number (a, b))
        pair_up (after, i, before, j, WUYOU_PROPOSAL_NUMBER, _wuyou_pairs_likeness (a->pairs, b->pairs));
    }
  }
}

static char *
choose_fresh_id (GHashTable *taken, const char *natural)
{
  char *id = g_strdup (natural);

  for (guint n = 2; g_hash_table_contains (taken, id); n++) {
    g_free (id);
    id = g_strdup_printf ("%s-%u", natural, n);
  }
  return id;
}

static void
clear_row (gpointer data)
{
  g_free (((WuyouProposalRow *) data)->old_id);
}

static void
add_rows (WuyouProposal *self, WuyouAgreement *document, GArray *after, GArray *before, GHashTable *taken)
{
  for (guint i = 0; i < after->len; i++) {
    Side *side = get_side (after, i);
    WuyouProposalRow row = { document, i, side->basis, side->percent, NULL };

    if (side->partner != NONE)
      row.old_id = g_strdup (get_side (before, side->partner)->clause->id);
    g_array_append_val (self->rows, row);
  }
  for (guint i = 0; i < after->len; i++) {
    WuyouClause *clause = document->clauses->pdata[i];
    Side *side = get_side (after, i);
    g_autofree char *natural = clause->id;

    if (side->partner != NONE)
      clause->id = g_strdup (get_side (before, side->partner)->clause->id);
    else
      clause->id = choose_fresh_id (taken, natural);
    g_hash_table_add (taken, g_strdup (clause->id));
  }
}

static void
propose_document (WuyouProposal *self, WuyouAgreement *document, const WuyouAgreement *old, GHashTable *taken)
{
  g_autoptr (GArray) after = read_sides (document), before = read_sides (old);

  pair_same_words (after, before, TRUE);
  pair_same_words (after, before, FALSE);
  pair_similar_words (after, before);
  pair_same_number (after, before);
  for (guint j = 0; j < before->len; j++) {
    g_hash_table_add (taken, g_strdup (get_side (before, j)->clause->id));
    if (get_side (before, j)->partner == NONE)
      g_ptr_array_add (self->removed, g_strdup (get_side (before, j)->clause->id));
  }
  add_rows (self, document, after, before, taken);
}

static void
remove_document (WuyouProposal *self, const WuyouAgreement *old)
{
  for (guint i = 0; i < old->clauses->len; i++)
    g_ptr_array_add (self->removed, g_strdup (wuyou_agreement_get_clause (old, i)->id));
}

WuyouProposal *
wuyou_agreement_propose (WuyouBundle *bundle, WuyouBundle *previous, const GPtrArray *retired)
{
  WuyouProposal *self = g_new0 (WuyouProposal, 1);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->bundle = wuyou_bundle_ref (bundle);
  self->previous = previous != NULL ? wuyou_bundle_ref (previous) : NULL;
  self->rows = g_array_new (FALSE, FALSE, sizeof (WuyouProposalRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; retired != NULL && i < retired->len; i++)
    g_hash_table_add (taken, g_strdup (retired->pdata[i]));
  for (guint i = 0; i < bundle->documents->len; i++) {
    WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    propose_document (self, document, previous != NULL ? wuyou_bundle_find_document (previous, document->code) : NULL,
                      taken);
  }
  for (guint i = 0; previous != NULL && i < previous->documents->len; i++)
    if (wuyou_bundle_find_document (bundle, wuyou_bundle_get_document (previous, i)->code) == NULL)
      remove_document (self, wuyou_bundle_get_document (previous, i));
  return self;
}

void
wuyou_proposal_free (WuyouProposal *self)
{
  wuyou_bundle_unref (self->bundle);
  g_clear_pointer (&self->previous, wuyou_bundle_unref);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->removed);
  g_free (self);
}

static void
drop_removed (WuyouProposal *self, const char *id)
{
  for (guint i = 0; i < self->removed->len; i++)
    if (g_str_equal (self->removed->pdata[i], id)) {
      g_ptr_array_remove_index (self->removed, i);
      return;
    }
}

static gboolean
was_there_before (const WuyouProposal *self, const WuyouAgreement *document, const char *id)
{
  const WuyouAgreement *old
      = self->previous != NULL ? wuyou_bundle_find_document (self->previous, document->code) : NULL;

  return old != NULL && wuyou_agreement_find_clause (old, id) >= 0;
}

gboolean
wuyou_proposal_set_id (WuyouProposal *self, guint row, const char *id, GError **error)
{
  WuyouProposalRow *entry;
  WuyouClause *clause;
  int holder;

  g_return_val_if_fail (row < self->rows->len, FALSE);
  entry = &g_array_index (self->rows, WuyouProposalRow, row);
  clause = entry->document->clauses->pdata[entry->clause];
  if (!_wuyou_clause_id_is_valid (id, entry->document->code)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                         N_ ("A clause id begins with the code of its document, such as “UA-3.5a”."));
    return FALSE;
  }
  holder = wuyou_agreement_find_clause (entry->document, id);
  if (holder >= 0 && (guint) holder != entry->clause) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("Another clause already has this id."));
    return FALSE;
  }
  if (entry->old_id != NULL && !g_str_equal (entry->old_id, id))
    g_ptr_array_add (self->removed, g_steal_pointer (&entry->old_id));
  drop_removed (self, id);
  g_free (entry->old_id);
  entry->old_id = was_there_before (self, entry->document, id) ? g_strdup (id) : NULL;
  entry->basis = WUYOU_PROPOSAL_PERSON;
  g_free (clause->id);
  clause->id = g_strdup (id);
  return TRUE;
}
