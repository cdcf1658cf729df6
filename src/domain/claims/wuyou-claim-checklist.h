/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"

G_BEGIN_DECLS

/* Which documents a claim needs (C-02, requirements 9.3), as its product version lists them. */

typedef enum { WUYOU_FORM_COPY = 1, WUYOU_FORM_STAMPED_COPY, WUYOU_FORM_ORIGINAL } WuyouDocumentForm;
extern const WuyouEnum wuyou_document_forms[];

typedef struct {
  char *slot;  /* code of the product, "LOSS_NOTICE"; one slot stands once in a phase */
  char *title; /* in the language of the product */
  int phase;   /* WuyouClaimPhase */
  int form;    /* WuyouDocumentForm */
  gboolean required;
  char *when;         /* the condition on which it is needed, in the language of the product; NULL: none. Only a person
                       * can tell whether it holds, so nothing that is conditional is missing by itself (C-02). */
  gboolean sensitive; /* identity, licences, bank: needs the owner's separate consent (PIPL 29) */
} WuyouChecklistRow;

/* Rows of @phase for this loss, in the product's order; elements WuyouChecklistRow. CORRUPT when the product's list
 * is not right. Owned. */
GPtrArray *wuyou_checklist_read (const char *benefit_json, int phase, int loss_type, GError **error);
const WuyouChecklistRow *wuyou_checklist_find (const GPtrArray *rows, const char *slot); /* NULL when not listed */

/* What is there for the slots; called for each. */
typedef gboolean (*WuyouSlotFilled) (const char *slot, gpointer data);
/* Required rows that are not filled: a violation for each, its field the slot. INVALID. */
gboolean wuyou_checklist_check (const GPtrArray *rows, WuyouSlotFilled filled, gpointer data, GError **error);

G_END_DECLS
