/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement-gate.h"
#include "consent/wuyou-agreement-reader.h"
#include "consent/wuyou-consent-sender.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-line.h"
#include "widgets/wuyou-empty-state.h"

G_BEGIN_DECLS

struct _WuyouAgreementGate {
  WuyouGate parent_instance;

  AdwWindowTitle *title;
  GtkWidget *sign_out;
  WuyouBanner *banner;
  WuyouBusyLine *busy;
  GtkStack *stack; /* "loading", "problem", "reading" */
  WuyouEmptyState *problem;
  AdwBin *place;
  WuyouAgreementReader *reader; /* NULL while there is nothing to read */
  GPtrArray *tools;             /* GtkWidget that need a text; borrowed */
  AdwHeaderBar *header;
  GtkWidget *tool_box; /* in the header, or above the buttons where that is too narrow */
  GtkWidget *progress_row;
  GtkBox *decision;
  GtkWidget *contents_button;
  GtkProgressBar *progress;
  GtkLabel *progress_text, *words;
  GtkButton *go_on, *agree, *decline;
  GtkWindow *window; /* whose focus is watched; weak */

  WuyouBundle *bundle;
  char *organisation; /* name, NULL for a person alone */
  gboolean told;      /* in force without a new consent: shown, and nothing to decide (P-08) */
  gboolean preview, usable, sending, reload, folded;
  gboolean restored; /* the decision under way was taken in an earlier run */
  WuyouConsentLog *log;
  WuyouConsentSender *sender;
  char *build;
};

/* The footer: progress, the words that bind, and the two buttons. */
GtkWidget *_wuyou_agreement_gate_build_footer (WuyouAgreementGate *self);
void _wuyou_agreement_gate_fill_footer (WuyouAgreementGate *self);
void _wuyou_agreement_gate_show_progress (WuyouAgreementGate *self);
void _wuyou_agreement_gate_fold_footer (WuyouAgreementGate *self, gboolean folded);
void _wuyou_agreement_gate_take_tools (WuyouAgreementGate *self);
/* The buttons, and what comes of them. */
void _wuyou_agreement_gate_start_sender (WuyouAgreementGate *self);
void _wuyou_agreement_gate_agree (WuyouAgreementGate *self);
void _wuyou_agreement_gate_ask_decline (WuyouAgreementGate *self);

G_END_DECLS
