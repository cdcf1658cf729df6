/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-date.h"
#include "demo/wuyou-demo-random.h"
#include "demo/wuyou-demo-words.h"

G_BEGIN_DECLS

/* Made-up numbers that pass every check of the product. Results are owned. */
char *
wuyou_demo_vin (WuyouDemoRandom *random, const WuyouDemoModel *model, int model_year, guint serial); /* 0 … 999999 */
/* Of a person of 22 to 68 years on @today. */
char *wuyou_demo_resident_id (WuyouDemoRandom *random, const char *region, WuyouDate today);
char *wuyou_demo_credit_code (WuyouDemoRandom *random, const char *region);
char *wuyou_demo_mobile (WuyouDemoRandom *random, const WuyouDemoWords *words);
char *wuyou_demo_plate (WuyouDemoRandom *random, const char *start, int energy); /* @start: "云A" */
char *wuyou_demo_digits (WuyouDemoRandom *random, guint length);                 /* never begins with 0 */
char *wuyou_demo_policy_no (WuyouDemoRandom *random, const WuyouDemoInsurer *insurer, const char *kind, WuyouDate from);
char *wuyou_demo_person_name (WuyouDemoRandom *random, const WuyouDemoWords *words);
char *wuyou_demo_company_name (WuyouDemoRandom *random, const WuyouDemoWords *words);
char *wuyou_demo_address (WuyouDemoRandom *random, const WuyouDemoWords *words, const WuyouDemoRegion *region);

G_END_DECLS
