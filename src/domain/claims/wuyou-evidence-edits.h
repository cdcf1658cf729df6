/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WUYOU_EDITS_MAX_PAGES 300
#define WUYOU_EDITS_MAX_REDACTIONS 100 /* a page */
#define WUYOU_EDITS_WHOLE 10000

/* A part of a page in 1/10000 of its width and height, as the page lies after it was turned. */
typedef struct {
  int x, y, width, height;
} WuyouEditsBox;

typedef struct {
  int page;           /* from 1 */
  int rotate;         /* 0, 90, 180, 270 clockwise; comes first */
  WuyouEditsBox crop; /* width 0: the whole page; comes last */
  GArray *redactions; /* element WuyouEditsBox */
} WuyouPageEdits;

/* What is changed on the pages of a file (edits_json of evidence). Only pages that change, in their order. */
typedef struct {
  GPtrArray *pages; /* element WuyouPageEdits* */
} WuyouEdits;

/* NULL and "" are no change. INVALID for the field edits_json otherwise. Owned. */
WuyouEdits *wuyou_edits_parse (const char *json, GError **error);
void wuyou_edits_free (WuyouEdits *edits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouEdits, wuyou_edits_free)

/* The canonical form: equal changes are equal bytes. NULL without any change. Owned. */
char *wuyou_edits_to_json (const WuyouEdits *edits);
const WuyouPageEdits *wuyou_edits_find (const WuyouEdits *edits, guint page); /* NULL: as it is */

/* The box in pixels or points of a page of that size, at least one each way; a redaction grows to whole ones. */
void wuyou_edits_box_place (const WuyouEditsBox *box, int width, int height, WuyouEditsBox *ret_box);

G_END_DECLS
