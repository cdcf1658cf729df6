/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-evidence.h"
#include "client/wuyou-uploads.h"

G_BEGIN_DECLS

/* One file as a small picture with its name and what became of it, drawn by itself: two hundred of them are two hundred
 * widgets and no more. It is a button; what its menu offers is decided by the view it is in. */
#define WUYOU_TYPE_EVIDENCE_TILE (wuyou_evidence_tile_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceTile, wuyou_evidence_tile, WUYOU, EVIDENCE_TILE, GtkButton)

GtkWidget *wuyou_evidence_tile_new (const char *id);
const char *wuyou_evidence_tile_get_id (WuyouEvidenceTile *self);
void wuyou_evidence_tile_show_evidence (WuyouEvidenceTile *self, const WuyouEvidence *evidence); /* not kept */
void wuyou_evidence_tile_show_upload (WuyouEvidenceTile *self, WuyouUploadItem *item);           /* referenced */
WuyouUploadItem *wuyou_evidence_tile_get_upload (WuyouEvidenceTile *self); /* borrowed; NULL: it is at the server */
GdkTexture *wuyou_evidence_tile_get_texture (WuyouEvidenceTile *self);     /* borrowed */
void wuyou_evidence_tile_set_texture (WuyouEvidenceTile *self, GdkTexture *texture); /* NULL: a sign of its kind */
/* What does not agree, for the screen reader and as a sign; NULL: nothing. */
void wuyou_evidence_tile_set_warning (WuyouEvidenceTile *self, const char *sentence);

G_END_DECLS
