/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-sale-draft.h"
#include "wuyou-app-test.h"

G_BEGIN_DECLS

/* What the tests of drafts and of their conflicts share: one contract, at the fake server and here. */
#define WUYOU_DRAFT_TEST_ID "01934f73-a800-7bd7-9265-caef53727400"

void wuyou_draft_test_set_up (WuyouAppTest *test, gconstpointer data);
void wuyou_draft_test_tear_down (WuyouAppTest *test, gconstpointer data);
const WuyouField *wuyou_draft_test_find_field (const char *name);

/* An answer about the contract @id; @more are further members: ",\"seats\":5". Owned. */
char *wuyou_draft_test_dup_answer (const char *id, int version, const char *more);
/* The same from the fake server, with its tag, in place of what it was told before. */
void wuyou_draft_test_say (WuyouAppTest *test, const char *call, int version, const char *more);
/* The same as if it was loaded. */
void wuyou_draft_test_load (WuyouDraft *draft, int version, const char *more);

WuyouDraft *wuyou_draft_test_open (WuyouAppTest *test, int version, const char *more);
void wuyou_draft_test_type (WuyouDraft *draft, const char *name, const char *text);
void wuyou_draft_test_close (WuyouDraft *draft);

G_END_DECLS
