/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-evidence-capture.h"
#include "claims/wuyou-evidence-folder.h"
#include "claims/wuyou-evidence-slot.h"
#include "claims/wuyou-evidence-thumbs.h"
#include "claims/wuyou-evidence-tile.h"
#include "claims/wuyou-evidence-view.h"
#include "widgets/wuyou-banner.h"

G_BEGIN_DECLS

struct _WuyouEvidenceView {
  GtkWidget parent_instance;
  WuyouAppContext *context;
  WuyouEvidenceMode mode;
  JsonObject *answer;
  WuyouEvidenceFolder *folder; /* of the answer and what waits in the outbox; NULL before the first */
  GtkWindow *window;           /* weak; a file that is looked at */
  WuyouEvidenceThumbs *thumbs;
  GtkWidget *box, *tools;
  WuyouBanner *offer;            /* what scanner or camera saved */
  WuyouEvidenceCapture *capture; /* NULL before the first */
  char *capture_claim;           /* the one it was started for */
  char *capture_place;           /* and the place, NULL: to be assigned */
  GPtrArray *capture_kinds;      /* that this computer has, WuyouEvidenceCaptureKind */
  GtkWidget *problems;           /* what was not taken */
  GtkWidget *tray, *tray_strip;  /* what is not assigned */
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

/* wuyou-evidence-places.c: sections, and the places of documents in them. */
void _wuyou_evidence_view_show_places (WuyouEvidenceView *self);
GtkWidget *_wuyou_evidence_view_find_strip (WuyouEvidenceView *self, const char *slot, int phase);
GtkLabel *_wuyou_evidence_view_append_title (GtkWidget *box, const char *text, const char *style);

/* wuyou-evidence-laying.c: each file at its place. */
void _wuyou_evidence_view_lay_out (WuyouEvidenceView *self);
GtkWidget *_wuyou_evidence_view_build_tray (WuyouEvidenceView *self);

/* wuyou-evidence-adding.c: how files come in. @place "SLOT 1", NULL: not assigned. */
void _wuyou_evidence_view_install_adding (GtkWidgetClass *klass);
void _wuyou_evidence_view_accept_drops (WuyouEvidenceView *self, GtkWidget *target, const char *place);
GtkWidget *_wuyou_evidence_view_build_tools (WuyouEvidenceView *self);
void _wuyou_evidence_view_assign (WuyouEvidenceView *self, const char *id, const char *slot, int phase);

/* FALSE: that place takes none now, and why was said. */
gboolean _wuyou_evidence_view_may_take (WuyouEvidenceView *self, const char *place);
gboolean _wuyou_evidence_view_take_files (WuyouEvidenceView *self, GSList *files, const char *place);
void _wuyou_evidence_view_append_tool (GtkWidget *tools,
                                       const char *icon,
                                       const char *label,
                                       const char *action,
                                       const char *target,
                                       const char *tooltip);

/* wuyou-evidence-capturing.c: scanner and camera. */
void _wuyou_evidence_view_install_capturing (GtkWidgetClass *klass);
void _wuyou_evidence_view_append_capture_tools (WuyouEvidenceView *self, GtkWidget *tools);
GMenuModel *_wuyou_evidence_view_build_capture_menu (WuyouEvidenceView *self, const char *place); /* owned, or NULL */
void _wuyou_evidence_view_build_offer (WuyouEvidenceView *self);
void _wuyou_evidence_view_show_offer (WuyouEvidenceView *self);

/* wuyou-evidence-acting.c: what is done with a file. */
void _wuyou_evidence_view_install_acting (GtkWidgetClass *klass);
void _wuyou_evidence_view_prepare_tile (WuyouEvidenceView *self, GtkWidget *tile);
void _wuyou_evidence_view_allow_dragging (WuyouEvidenceView *self);

G_END_DECLS
