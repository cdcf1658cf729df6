/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-case.h"
#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* What the decoder made of a file; what was uploaded is never handed out. With edits, "view" is the rendition that was
 * made with just these, or nothing yet (DOCUMENT_PENDING; DOCUMENT_REFUSED when they could not be made); "plain" is for
 * who may add such files. A picture cannot be masked: sensitive papers are only for who may see the owner's data in
 * full. */
WuyouReply *wuyou_evidence_get_rendition (WuyouRequest *request, WuyouServerContext *context, GError **error);
/* {"items":[{"id","etag","jpeg"}]}: small pictures of all files of a claim that have one, in one answer. */
WuyouReply *wuyou_evidence_get_thumbnails (WuyouRequest *request, WuyouServerContext *context, GError **error);
/* "thumbs": {id of the file: etag of the small picture that the answer above holds of it, for who may see it}.
 * @renditions: all of the claim, of that kind. */
void wuyou_evidence_write_thumbs (GString *out,
                                  const WuyouClaimCase *loss,
                                  const GPtrArray *renditions,
                                  const WuyouCaller *caller);

G_END_DECLS
