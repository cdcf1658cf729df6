/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-evidence-folder.h"

G_BEGIN_DECLS

/* One kind of document with what there is of it: what is asked for and in which form, how it stands, and its files.
 * Its button activates "evidence.add" with the slot and the phase as "SLOT 1". */
#define WUYOU_TYPE_EVIDENCE_SLOT (wuyou_evidence_slot_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceSlot, wuyou_evidence_slot, WUYOU, EVIDENCE_SLOT, GtkWidget)

GtkWidget *wuyou_evidence_slot_new (const char *slot, int phase);
/* @may_add FALSE: this person only looks. Nothing is kept. */
void wuyou_evidence_slot_show (WuyouEvidenceSlot *self,
                               const WuyouEvidenceFolder *folder,
                               const WuyouEvidencePlace *place,
                               gboolean may_add);
GtkWidget *wuyou_evidence_slot_get_strip (WuyouEvidenceSlot *self); /* the WuyouWrapBox of its files */
const char *wuyou_evidence_slot_get_code (WuyouEvidenceSlot *self);
int wuyou_evidence_slot_get_phase (WuyouEvidenceSlot *self);

/* Other ways to add files, NULL: none. */
void wuyou_evidence_slot_set_menu (WuyouEvidenceSlot *self, GMenuModel *menu);

G_END_DECLS
