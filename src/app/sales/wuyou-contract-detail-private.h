/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-detail.h"
#include "sales/wuyou-dossier.h"
#include "widgets/wuyou-case-view.h"

G_BEGIN_DECLS

struct _WuyouContractDetail {
  WuyouRecordDetail parent_instance;
  WuyouAppContext *context; /* of the parent, borrowed; NULL once it is disposed of */
  WuyouCaseView *view;      /* the same */
  const char *asked;        /* the step that a reason is being asked for; static */
  WuyouDossier *dossier;
  GtkButton *print;
  GPtrArray *bins; /* AdwBin of each section, borrowed */
  guint filling;   /* which of them */
};

void _wuyou_contract_detail_add_sections (WuyouContractDetail *self);
/* Fills the sections anew from self->dossier. */
void _wuyou_contract_detail_fill (WuyouContractDetail *self);
gboolean _wuyou_contract_detail_has_papers (WuyouContractDetail *self);
/* A step that a person chose: asks what it needs and takes it. */
void _wuyou_contract_detail_act (WuyouContractDetail *self, const WuyouDossierAction *action);
/* Of the step that was asked about last: it is done. */
void _wuyou_contract_detail_forget_reason (WuyouContractDetail *self, const char *contract_id);
/* Whether pressing it leads anywhere: allowed, or what is missing can be given in its dialog. */
gboolean _wuyou_contract_detail_can_act (const WuyouDossierAction *action);

G_END_DECLS
