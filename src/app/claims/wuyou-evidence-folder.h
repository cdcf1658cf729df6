/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "claims/wuyou-evidence-facts.h"
#include "claims/wuyou-evidence-rules.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* A kind of document that the claim asks for, or has. */
typedef struct {
  const WuyouChecklistRow *row; /* title translated where it is ours */
  WuyouSlotState state;
  gboolean sending; /* CHECKING, and nothing of it has arrived */
  gboolean requested;
  char *request_reason;
  char *refusal; /* why no file is taken now, a translated sentence; NULL: files are taken */
  gboolean needs_consent;
} WuyouEvidencePlace;

typedef struct {
  const WuyouField *fact;
  GPtrArray *values; /* WuyouEvidenceSaid */
} WuyouEvidenceConflict;

typedef struct {
  char *source; /* "contract", "claim" or the id of a file */
  char *slot, *value;
} WuyouEvidenceSaid;

/* What one answer says of the papers of a claim, with what waits in the outbox already applied. Immutable, counted. */
typedef struct {
  char *claim_id, *etag;
  WuyouClaim *claim;       /* masked */
  WuyouContract *contract; /* masked */
  GPtrArray *rows;         /* WuyouChecklistRow */
  GPtrArray *places;       /* WuyouEvidencePlace, by phase in the product's order */
  GPtrArray *evidence;     /* WuyouEvidence that is not taken back or replaced, by place, oldest first */
  GPtrArray *conflicts;    /* WuyouEvidenceConflict */
  guint32 roles;           /* what one is to this claim */
  WuyouDate today;
  GHashTable *thumbs; /* id of a file → etag of its small picture on the server; NULL: not known */
} WuyouEvidenceFolder;

/* The view of a claim; CORRUPT when it is none. */
WuyouEvidenceFolder *
wuyou_evidence_folder_new (WuyouAppContext *context, JsonObject *answer, const char *etag, GError **error);
const char *wuyou_evidence_place_state (const WuyouEvidencePlace *place); /* translated */
WuyouEvidenceFolder *wuyou_evidence_folder_ref (WuyouEvidenceFolder *self);
void wuyou_evidence_folder_unref (WuyouEvidenceFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouEvidenceFolder, wuyou_evidence_folder_unref)

/* All borrowed, NULL when there is none. */
const WuyouEvidence *wuyou_evidence_folder_find (const WuyouEvidenceFolder *self, const char *id);
const WuyouEvidencePlace *
wuyou_evidence_folder_find_place (const WuyouEvidenceFolder *self, const char *slot, int phase);
gboolean wuyou_evidence_folder_is_open (const WuyouEvidenceFolder *self); /* something may be added somewhere */
gboolean wuyou_evidence_folder_is_in (const WuyouEvidencePlace *place, const char *slot, int phase);
const WuyouEvidenceConflict *
wuyou_evidence_folder_find_conflict (const WuyouEvidenceFolder *self, const char *fact, const char *slot);
/* "VIN: the contract says …1753, the loss notice …1754." Owned. */
char *wuyou_evidence_conflict_dup_sentence (const WuyouEvidenceFolder *self, const WuyouEvidenceConflict *conflict);
/* What the papers of a place say and nobody entered: "VIN, sum insured", and the file to enter it for, borrowed. NULL
 * when there is nothing to enter, or no file yet; owned. */
char *wuyou_evidence_folder_dup_wanted (const WuyouEvidenceFolder *self,
                                        const WuyouEvidencePlace *place,
                                        const WuyouEvidence **ret_file);
/* How many required places of the phase are there, and filled. */
guint wuyou_evidence_folder_count (const WuyouEvidenceFolder *self, int phase, guint *ret_filled);
/* For a person: "Verified", "Returned: not readable", what became of it. Owned. */
char *wuyou_evidence_dup_state (const WuyouEvidence *evidence);
/* Its name, or what it is and when it came where the name is masked. Owned. */
char *wuyou_evidence_dup_name (const WuyouEvidence *evidence);
gboolean wuyou_evidence_has_pictures (const WuyouEvidence *evidence); /* renditions can be looked at */

G_END_DECLS
