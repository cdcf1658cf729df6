/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-evidence-folder.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Small pictures of a claim's files: first those that are kept sealed on this machine, then, in one request, what is
 * newer. Decoded on threads, a few at a time. Signal "ready" (const char *id): one is there, or another than before. */
#define WUYOU_TYPE_EVIDENCE_THUMBS (wuyou_evidence_thumbs_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceThumbs, wuyou_evidence_thumbs, WUYOU, EVIDENCE_THUMBS, GObject)

WuyouEvidenceThumbs *wuyou_evidence_thumbs_new (WuyouAppContext *context);
/* The claim is not known here and is being read: its pictures come meanwhile. */
void wuyou_evidence_thumbs_expect (WuyouEvidenceThumbs *self, const char *claim_id);
/* Nothing of it is kept. Asks the server when it has a picture that is not here, once for each. */
void wuyou_evidence_thumbs_take (WuyouEvidenceThumbs *self, const WuyouEvidenceFolder *folder);
/* A picture that is on this machine only, by the id of its upload. */
void wuyou_evidence_thumbs_add_local (WuyouEvidenceThumbs *self, const char *id, GBytes *jpeg);
GdkTexture *wuyou_evidence_thumbs_get (WuyouEvidenceThumbs *self, const char *id); /* borrowed, NULL: none yet */

G_END_DECLS
