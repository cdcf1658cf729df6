/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib-object.h>

#include "claims/wuyou-evidence-edits.h"

G_BEGIN_DECLS

/* What a person does to the pages of one file: turn, crop, blacken, and take it back step by step. Boxes are as in
 * wuyou-evidence-edits.h; when a page is turned they turn with it. Signal "changed". */
#define WUYOU_TYPE_EVIDENCE_EDITOR (wuyou_evidence_editor_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceEditor, wuyou_evidence_editor, WUYOU, EVIDENCE_EDITOR, GObject)

WuyouEvidenceEditor *wuyou_evidence_editor_new (void);
void wuyou_evidence_editor_load (WuyouEvidenceEditor *self, const char *edits_json); /* forgets the steps; NULL: none */
char *wuyou_evidence_editor_dup_json (WuyouEvidenceEditor *self);                    /* canonical, NULL: none; owned */
gboolean wuyou_evidence_editor_is_dirty (WuyouEvidenceEditor *self); /* another result than what was loaded */

/* Pages from 1. Getters: 0, an empty box, an empty array where nothing was done. */
int wuyou_evidence_editor_get_rotation (WuyouEvidenceEditor *self, int page);
WuyouEditsBox wuyou_evidence_editor_get_crop (WuyouEvidenceEditor *self, int page);
const GArray *wuyou_evidence_editor_get_redactions (WuyouEvidenceEditor *self, int page); /* WuyouEditsBox; borrowed */

void wuyou_evidence_editor_turn (WuyouEvidenceEditor *self, int page, gboolean right);
void wuyou_evidence_editor_crop (WuyouEvidenceEditor *self, int page, const WuyouEditsBox *box); /* NULL: not */
/* Clipped to the page; gives its index, or -1 when there may be no more. */
int wuyou_evidence_editor_redact (WuyouEvidenceEditor *self, int page, const WuyouEditsBox *box);
void wuyou_evidence_editor_change (WuyouEvidenceEditor *self, int page, guint index, const WuyouEditsBox *box);
void wuyou_evidence_editor_remove (WuyouEvidenceEditor *self, int page, guint index);
gboolean wuyou_evidence_editor_can_undo (WuyouEvidenceEditor *self);
void wuyou_evidence_editor_undo (WuyouEvidenceEditor *self);

G_END_DECLS
