/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-evidence-editor.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_PICTURE_LOOK,
  WUYOU_PICTURE_CROP,   /* a drag is the part that stays */
  WUYOU_PICTURE_REDACT, /* a drag is a part to blacken */
} WuyouPictureTool;

/* One page as it will be: turned, blackened and cropped at once, by the mouse, and by the keyboard: with a tool chosen
 * the arrow keys move the marked part, with Shift they change its size, Insert adds one, Delete removes it. Properties
 * "tool", "selected" (index of the marked part, -1: none). */
#define WUYOU_TYPE_EVIDENCE_PICTURE (wuyou_evidence_picture_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidencePicture, wuyou_evidence_picture, WUYOU, EVIDENCE_PICTURE, GtkWidget)

/* @editor is referenced; what it says is drawn over every page. */
GtkWidget *wuyou_evidence_picture_new (WuyouEvidenceEditor *editor);
void
wuyou_evidence_picture_set_page (WuyouEvidencePicture *self, GdkTexture *texture, int page); /* NULL: nothing yet */
void wuyou_evidence_picture_set_zoom (WuyouEvidencePicture *self, double zoom); /* 0: as large as there is room */
double wuyou_evidence_picture_get_zoom (WuyouEvidencePicture *self);            /* as it is shown */
void wuyou_evidence_picture_set_tool (WuyouEvidencePicture *self, WuyouPictureTool tool);
WuyouPictureTool wuyou_evidence_picture_get_tool (WuyouEvidencePicture *self);
void wuyou_evidence_picture_select (WuyouEvidencePicture *self, int index);
void wuyou_evidence_picture_add_part (WuyouEvidencePicture *self); /* blackened, and marked to be moved */
int wuyou_evidence_picture_get_selected (WuyouEvidencePicture *self);

G_END_DECLS
