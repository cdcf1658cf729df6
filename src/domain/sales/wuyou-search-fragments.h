/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* What people really type to find a contract, for a search index that holds keyed hashes of these texts only. */
typedef enum {
  WUYOU_FRAGMENT_VIN = 1,
  WUYOU_FRAGMENT_VIN_TAIL, /* last 4 to 8 */
  WUYOU_FRAGMENT_NUMBER,
  WUYOU_FRAGMENT_SERIAL,   /* of the number: without leading zeros, and its last 4 */
  WUYOU_FRAGMENT_PLATE,    /* with and without province, and its last 4 */
  WUYOU_FRAGMENT_NAME,     /* whole, surname, two and three neighbours; words and their beginnings */
  WUYOU_FRAGMENT_PHONE,    /* whole and last 4 */
  WUYOU_FRAGMENT_IDENTITY, /* whole and last 4 */
  WUYOU_N_FRAGMENTS
} WuyouFragmentKind;

#define WUYOU_FRAGMENTS_MAX 160   /* of one contract */
#define WUYOU_QUERY_GROUPS_MAX 12 /* of one query */

typedef struct {
  WuyouFragmentKind kind;
  char *text; /* owned */
} WuyouFragment;

const char *wuyou_fragment_kind_id (WuyouFragmentKind kind); /* stable, part of the hash: "vin-tail" */
void wuyou_fragment_free (WuyouFragment *fragment);

/* Elements WuyouFragment, none twice. Owned. */
GPtrArray *wuyou_search_fragments_of_contract (const WuyouContract *contract);

/* What is typed, as groups: a contract is found that has of every group at least one fragment. Elements GPtrArray
 * of WuyouFragment; empty when nothing can be searched. Owned. */
GPtrArray *wuyou_search_fragments_of_query (const char *typed);

/* Mask of (1 << WuyouFragmentKind): what the text may be, for a hint under the entry. */
guint wuyou_search_classify (const char *typed);

G_END_DECLS
