/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-detail.h"
#include "sales/wuyou-dossier.h"
#include "widgets/wuyou-case-view.h"

G_BEGIN_DECLS

struct _WuyouContractDetail {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable; /* of the contract shown */
  char *id;
  char *reason;      /* why full values are looked at, asked once a contract */
  const char *asked; /* the step that a reason is being asked for; static */
  WuyouDossier *dossier;
  WuyouCaseView *view;
  WuyouBanner *banner; /* of the view, borrowed */
  WuyouBusyLine *line; /* the same */
  GtkButton *print;
  GPtrArray *bins; /* AdwBin of each section, borrowed */
  guint filling;   /* which of them */
  gboolean loading, acting;
};

void _wuyou_contract_detail_add_sections (WuyouContractDetail *self);
/* Fills the sections anew from self->dossier. */
void _wuyou_contract_detail_fill (WuyouContractDetail *self);
/* Takes the answer of a load or a step. */
void _wuyou_contract_detail_take (WuyouContractDetail *self, JsonObject *answer, const char *etag, gboolean keep);
gboolean _wuyou_contract_detail_has_papers (WuyouContractDetail *self);
/* A step that a person chose: asks what it needs and takes it. */
void _wuyou_contract_detail_act (WuyouContractDetail *self, const WuyouDossierAction *action);
/* Whether pressing it leads anywhere: allowed, or what is missing can be given in its dialog. */
gboolean _wuyou_contract_detail_can_act (const WuyouDossierAction *action);
void _wuyou_contract_detail_unmask (WuyouContractDetail *self, GtkWidget *row, const char *field);

G_END_DECLS
