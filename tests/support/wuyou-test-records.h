/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-rules.h"

G_BEGIN_DECLS

/* Records that pass every check on the day of the test clock (2026-11-23); each call gives equal contents. Owned. */
#define WUYOU_TEST_PRODUCT_ID "01932f1e-0000-7000-8000-000000000001"
#define WUYOU_TEST_CONTRACT_ID "01932f1e-0000-7000-8000-000000000002"

#define WUYOU_TEST_ACTOR_ID "01932f1e-0000-7000-8000-000000000003" /* who acts, by the facts below */

WuyouProduct *wuyou_test_product_new (void);
WuyouContract *wuyou_test_contract_new (void);
/* Owned by a company, with a used car. */
WuyouContract *wuyou_test_company_contract_new (void);

/* Facts with which every step of the workflow is possible. @product is borrowed. */
WuyouContractFacts wuyou_test_contract_facts (const WuyouProduct *product);

G_END_DECLS
