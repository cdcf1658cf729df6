/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-evidence-rules.h"
#include "widgets/wuyou-dossier-parts.h"

G_BEGIN_DECLS

/* One slot of the checklist. */
typedef struct {
  char *slot, *title, *request_reason, *when; /* when: as in WuyouChecklistRow */
  int phase, form, state;                     /* WuyouClaimPhase, WuyouDocumentForm, WuyouSlotState */
  gboolean required, sensitive, requested;
} WuyouClaimSlotRow;

typedef struct {
  char *id, *actor, *side, *text; /* side: "DEALER", "OPERATOR" */
  gint64 at;
} WuyouClaimNote;

typedef struct {
  char *kind;
  gint64 revision, pages, at;
} WuyouClaimPaper;

typedef struct {
  char *id, *code, *severity, *note, *evidence_id, *fact;
  int state; /* WuyouFlagState; 0 for one this version does not know */
  gint64 at;
} WuyouClaimFlag;

/* Everything one answer says of a claim. Owned by the holder of the reference. */
typedef struct {
  WuyouClaim *claim;       /* personal information masked */
  WuyouContract *contract; /* the same; without prices for who may not see them */
  char *etag;
  char *org_name, *insurer_name; /* or NULL */
  gboolean for_dealer;           /* this account takes the steps of its dealership */
  char *product_label, *benefit_json;
  WuyouClaimClocks clocks;
  int holder;                   /* WuyouTurn */
  WuyouDate due_on, kept_until; /* kept_until: last day of a draft that nobody touches */
  WuyouDate appeal_until;       /* NONE: nothing to appeal against, or no more */
  gint64 workdays_left;         /* negative: overdue */
  gboolean paused;
  GPtrArray *checklist; /* WuyouClaimSlotRow */
  GPtrArray *actions;   /* WuyouDossierAction */
  GPtrArray *timeline;  /* WuyouDossierEntry */
  GPtrArray *notes;     /* WuyouClaimNote: messages with the other side */
  GPtrArray *papers;    /* WuyouClaimPaper */
  GPtrArray *flags;     /* WuyouClaimFlag; NULL: not for this person */
  char **open_sections;
  JsonObject *answer; /* as it came, for the evidence */
} WuyouClaimDossier;

/* CORRUPT when it is not such an answer. @etag may be NULL. */
WuyouClaimDossier *wuyou_claim_dossier_new (JsonObject *answer, const char *etag, GError **error);
void wuyou_claim_dossier_free (WuyouClaimDossier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouClaimDossier, wuyou_claim_dossier_free)

gboolean wuyou_claim_dossier_is_open (const WuyouClaimDossier *self, const char *section);
/* The name of an account that had a part in it; "" when not told. Borrowed. */
const char *wuyou_claim_dossier_get_person (const WuyouClaimDossier *self, const char *account_id);
/* What to suggest: a step of the table that this person may take now, else one that lacks something. Or NULL. */
const WuyouDossierAction *wuyou_claim_dossier_get_next (const WuyouClaimDossier *self);
/* The words of the clause that this reason for a refusal stands on; NULL when not told. Borrowed. */
const char *wuyou_claim_dossier_get_clause (const WuyouClaimDossier *self, int exclusion);
const WuyouClaimSlotRow *wuyou_claim_dossier_find_slot (const WuyouClaimDossier *self, const char *slot);

G_END_DECLS
