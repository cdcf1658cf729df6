/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-document.h"
#include "widgets/wuyou-dossier-parts.h"

G_BEGIN_DECLS

typedef struct {
  gint64 copy_number, at;
  char *actor, *reprint_reason;
} WuyouDossierCopy;

typedef struct {
  char *kind;
  gint64 revision, pages;
  char *content_sha256;
  GPtrArray *copies; /* WuyouDossierCopy */
} WuyouDossierPaper;

/* Everything one answer says of a contract. Owned by the holder of the reference. */
typedef struct {
  WuyouContract *contract; /* personal information masked */
  char *etag;
  char *org_name;
  gboolean for_dealer; /* this account takes the steps of its dealership in its claims */
  char *product_label; /* "AX-D 2026.1 name", or NULL */
  char *product_name;
  char *benefit_json;   /* of its product version, as far as a cancellation goes; or NULL */
  GPtrArray *documents; /* WuyouDocument, newest first */
  GPtrArray *actions;   /* WuyouDossierAction */
  GPtrArray *timeline;  /* WuyouDossierEntry, as the server orders them */
  GPtrArray *papers;    /* WuyouDossierPaper */
} WuyouDossier;

/* CORRUPT when it is not such an answer. @etag may be NULL. Free with wuyou_dossier_free. */
WuyouDossier *wuyou_dossier_new (JsonObject *answer, const char *etag, GError **error);
void wuyou_dossier_free (WuyouDossier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDossier, wuyou_dossier_free)

/* For when the server is away: the whole answer in the cache of this machine, by the contract's id. */
void wuyou_dossier_keep (WuyouLocal *local, JsonObject *answer);
JsonObject *wuyou_dossier_load_kept (WuyouLocal *local, const char *id); /* owned, or NULL */

const WuyouDossierAction *wuyou_dossier_find_action (const WuyouDossier *self, const char *action); /* or NULL */
/* The step to suggest: the table's next one that a person may take. Borrowed, or NULL. */
const WuyouDossierAction *wuyou_dossier_get_next (const WuyouDossier *self);
const WuyouDossierPaper *wuyou_dossier_find_paper (const WuyouDossier *self, const char *kind);
/* The newest document of the slot that counts: for signed scans, of this revision. Borrowed, or NULL. */
const WuyouDocument *wuyou_dossier_find_document (const WuyouDossier *self, int slot);

G_END_DECLS
