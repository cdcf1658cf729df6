/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-read-tracker.h"

/* Adjustments are rounded to device pixels at fractional scales. */
#define TOLERANCE 2.0

typedef struct {
  double viewport, content, offset;
  double seen; /* part that was on screen so far, 0 … 1 */
  gboolean settled;
  gboolean awaits_settled; /* the reader was at the end while lines were still being measured */
  gboolean read;
  guint clauses;
} Document;

struct _WuyouReadTracker {
  guint n_documents;
  Document documents[];
};

WuyouReadTracker *
wuyou_read_tracker_new (guint n_documents)
{
  WuyouReadTracker *self = g_malloc0 (sizeof *self + n_documents * sizeof (Document));

  self->n_documents = n_documents;
  for (guint i = 0; i < n_documents; i++)
    self->documents[i].clauses = 1;
  return self;
}

void
wuyou_read_tracker_free (WuyouReadTracker *self)
{
  g_free (self);
}

static Document *
get_document (WuyouReadTracker *self, guint index)
{
  g_return_val_if_fail (index < self->n_documents, NULL);
  return &self->documents[index];
}

void
wuyou_read_tracker_set_clauses (WuyouReadTracker *self, guint document, guint clauses)
{
  Document *doc = get_document (self, document);

  g_return_if_fail (doc != NULL && clauses > 0);
  doc->clauses = clauses;
}

static gboolean
is_laid_out (const Document *doc)
{
  return doc->viewport >= 1 && doc->content >= 1;
}

static gboolean
shows_end (const Document *doc)
{
  return is_laid_out (doc) && doc->offset + doc->viewport >= doc->content - TOLERANCE && doc->offset < doc->content;
}

static gboolean
shows_all (const Document *doc)
{
  return shows_end (doc) && doc->offset <= TOLERANCE;
}

static gboolean
mark_read (Document *doc)
{
  gboolean first = !doc->read;

  doc->read = TRUE;
  doc->seen = 1;
  return first;
}

static void
note_seen (Document *doc)
{
  if (is_laid_out (doc))
    doc->seen = MAX (doc->seen, CLAMP ((doc->offset + doc->viewport) / doc->content, 0.0, 1.0));
}

gboolean
wuyou_read_tracker_layout (WuyouReadTracker *self,
                           guint document,
                           double viewport,
                           double content,
                           double offset,
                           gboolean settled)
{
  Document *doc = get_document (self, document);
  gboolean waited;

  g_return_val_if_fail (doc != NULL, FALSE);
  doc->viewport = viewport;
  doc->content = content;
  doc->offset = offset;
  doc->settled = settled;
  doc->awaits_settled = doc->awaits_settled && shows_end (doc);
  if (!settled)
    return FALSE;
  waited = doc->awaits_settled;
  doc->awaits_settled = FALSE;
  note_seen (doc);
  return (waited || shows_all (doc)) && mark_read (doc);
}

gboolean
wuyou_read_tracker_scroll (WuyouReadTracker *self, guint document, double offset, WuyouScrollCause cause)
{
  Document *doc = get_document (self, document);

  g_return_val_if_fail (doc != NULL, FALSE);
  doc->offset = offset;
  doc->awaits_settled = FALSE;
  if (cause != WUYOU_SCROLL_READER)
    return FALSE;
  if (!doc->settled) {
    doc->awaits_settled = shows_end (doc);
    return FALSE;
  }
  note_seen (doc);
  return shows_end (doc) && mark_read (doc);
}

gboolean
wuyou_read_tracker_caret (WuyouReadTracker *self, guint document, guint clause)
{
  Document *doc = get_document (self, document);

  g_return_val_if_fail (doc != NULL, FALSE);
  doc->seen = MAX (doc->seen, CLAMP ((clause + 1.0) / doc->clauses, 0.0, 1.0));
  return clause + 1 >= doc->clauses && mark_read (doc);
}

gboolean
wuyou_read_tracker_is_read (const WuyouReadTracker *self, guint document)
{
  return document < self->n_documents && self->documents[document].read;
}

int
wuyou_read_tracker_get_next (const WuyouReadTracker *self)
{
  for (guint i = 0; i < self->n_documents; i++)
    if (!self->documents[i].read)
      return (int) i;
  return -1;
}

gboolean
wuyou_read_tracker_is_complete (const WuyouReadTracker *self)
{
  return self->n_documents > 0 && wuyou_read_tracker_get_next (self) < 0;
}

guint
wuyou_read_tracker_get_percent (const WuyouReadTracker *self, guint document)
{
  g_return_val_if_fail (document < self->n_documents, 0);
  if (self->documents[document].read)
    return 100;
  return MIN ((guint) (self->documents[document].seen * 100), 99);
}

guint
wuyou_read_tracker_get_total (const WuyouReadTracker *self)
{
  double seen = 0, all = 0;

  if (wuyou_read_tracker_is_complete (self))
    return 100;
  for (guint i = 0; i < self->n_documents; i++) {
    seen += self->documents[i].seen * self->documents[i].clauses;
    all += self->documents[i].clauses;
  }
  return all > 0 ? MIN ((guint) (seen * 100 / all), 99) : 0;
}
