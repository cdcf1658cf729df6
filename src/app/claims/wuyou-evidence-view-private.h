/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-evidence-folder.h"
#include "claims/wuyou-evidence-slot.h"
#include "claims/wuyou-evidence-thumbs.h"
#include "claims/wuyou-evidence-tile.h"
#include "claims/wuyou-evidence-view.h"

G_BEGIN_DECLS

struct _WuyouEvidenceView {
  GtkWidget parent_instance;
  WuyouAppContext *context;
  WuyouEvidenceMode mode;
  JsonObject *answer;
  WuyouEvidenceFolder *folder; /* of the answer and what waits in the outbox; NULL before the first */
  GtkWindow *window;           /* weak; a file that is looked at */
  WuyouEvidenceThumbs *thumbs;
  GtkWidget *box, *tools, *scan;
  GtkWidget *problems;          /* what was not taken */
  GtkWidget *tray, *tray_strip; /* what is not assigned */
  GtkLabel *tray_title;
  GtkWidget *phases; /* box of sections */
  GHashTable *slots; /* "LOSS_NOTICE 1" → WuyouEvidenceSlot, borrowed */
  GHashTable *tiles; /* id → WuyouEvidenceTile, borrowed */
  char *outline;     /* the names of all places, to see when they are others */
  GtkFileChooserNative *chooser;
  char *chooser_place;
  guint layout_source, changed_source;
};

void _wuyou_evidence_view_queue_layout (WuyouEvidenceView *self);
void _wuyou_evidence_view_queue_changed (WuyouEvidenceView *self);
void _wuyou_evidence_view_show_writes (WuyouEvidenceView *self); /* what was just put into the outbox */
gboolean _wuyou_evidence_view_may_add (WuyouEvidenceView *self);

/* wuyou-evidence-adding.c: how files come in. @place "SLOT 1", NULL: not assigned. */
void _wuyou_evidence_view_install_adding (GtkWidgetClass *klass);
void _wuyou_evidence_view_accept_drops (WuyouEvidenceView *self, GtkWidget *target, const char *place);
GtkWidget *_wuyou_evidence_view_build_tools (WuyouEvidenceView *self);
void _wuyou_evidence_view_assign (WuyouEvidenceView *self, const char *id, const char *slot, int phase);

/* wuyou-evidence-acting.c: what is done with a file. */
void _wuyou_evidence_view_install_acting (GtkWidgetClass *klass);
void _wuyou_evidence_view_prepare_tile (WuyouEvidenceView *self, GtkWidget *tile);
void _wuyou_evidence_view_allow_dragging (WuyouEvidenceView *self);

G_END_DECLS
