/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "Read to the end" (P-02) as a pure state machine; lengths in pixels of the caller's view. A document is read when
 * its end came on screen by the reader's own scrolling, when all of it fits on screen after layout, or when focus,
 * caret or screen reader came to its last clause. A resize alone never completes a document that does not fit. */
typedef struct _WuyouReadTracker WuyouReadTracker;

typedef enum {
  WUYOU_SCROLL_READER, /* wheel, touch, scroll bar, keys, assistive action */
  WUYOU_SCROLL_LAYOUT, /* clamped by a resize or a change of font */
  WUYOU_SCROLL_JUMP,   /* table of contents, search result */
} WuyouScrollCause;

WuyouReadTracker *wuyou_read_tracker_new (guint n_documents);
void wuyou_read_tracker_free (WuyouReadTracker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouReadTracker, wuyou_read_tracker_free)

/* @clauses weighs the document in the total and tells which clause is the last. */
void wuyou_read_tracker_set_clauses (WuyouReadTracker *self, guint document, guint clauses);

/* Each returns TRUE when this call made the document read, so that the event is recorded once.
 * @offset: top of the viewport from the top of the document, negative while it stands below. @settled: line heights
 * are final and the document is shown (a text view that still measures lines reports too small a height). */
gboolean wuyou_read_tracker_layout (WuyouReadTracker *self,
                                    guint document,
                                    double viewport,
                                    double content,
                                    double offset,
                                    gboolean settled);
gboolean wuyou_read_tracker_scroll (WuyouReadTracker *self, guint document, double offset, WuyouScrollCause cause);
gboolean wuyou_read_tracker_caret (WuyouReadTracker *self, guint document, guint clause);

gboolean wuyou_read_tracker_is_read (const WuyouReadTracker *self, guint document);
gboolean wuyou_read_tracker_is_complete (const WuyouReadTracker *self); /* every document; FALSE without any */
guint wuyou_read_tracker_get_percent (const WuyouReadTracker *self, guint document); /* 100 only when read */
guint wuyou_read_tracker_get_total (const WuyouReadTracker *self);                   /* 100 only when complete */
int wuyou_read_tracker_get_next (const WuyouReadTracker *self); /* first document not yet read, -1 when complete */

G_END_DECLS
