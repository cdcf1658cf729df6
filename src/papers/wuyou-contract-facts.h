/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-contract-paper.h"
#include "wuyou-sheet.h"

G_BEGIN_DECLS

/* The information page as data: what is printed and what is hashed are the same rows. Nothing that changes after
 * submission (state, signing, payment, dates in force) is among them. */
typedef struct {
  char *title;
  GArray *rows; /* WuyouPaperRow; values owned by @values */
  GPtrArray *values;
} WuyouContractSection;

GPtrArray *_wuyou_contract_facts_new (const WuyouContractPaperInput *input, gboolean masked); /* WuyouContractSection */
const char *_wuyou_contract_facts_terms (const WuyouContractPaperInput *input);               /* borrowed, or NULL */

/* The paper's words for values of the contract; NULL for 0. */
const char *_wuyou_contract_facts_brand (int brand);
const char *_wuyou_contract_facts_energy (int energy);
const char *_wuyou_contract_facts_use (int vehicle_use);
const char *_wuyou_contract_facts_condition (int condition);

G_END_DECLS
