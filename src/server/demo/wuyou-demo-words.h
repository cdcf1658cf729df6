/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* The word lists of data/demo/words.json. A row stands as often in its array as its weight says, so that a plain pick
 * follows the weights. All members are borrowed from the words. */
typedef struct {
  const char *code, *name, *plate; /* "530102", "云南省昆明市五华区", "云A" */
} WuyouDemoRegion;

typedef struct {
  const char *name, *prefix;
} WuyouDemoInsurer;

typedef struct {
  int brand, energy;
  const char *series, *name, *wmi;
  gint64 msrp_fen, seats;
} WuyouDemoModel;

typedef struct {
  JsonObject *root;
  GPtrArray *surnames, *given, *birth_regions, *streets, *estates, *mobile_prefixes, *mail_domains; /* const char * */
  GPtrArray *cities, *company_names, *trades;
  GPtrArray *void_reasons, *return_reasons;
  GPtrArray *regions;  /* WuyouDemoRegion */
  GPtrArray *insurers; /* WuyouDemoInsurer */
  GPtrArray *models;   /* WuyouDemoModel */
} WuyouDemoWords;

WuyouDemoWords *wuyou_demo_words_load (GError **error); /* CORRUPT */
void wuyou_demo_words_free (WuyouDemoWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDemoWords, wuyou_demo_words_free)

/* Why contracts of @state (its id) ended; "" when there is nothing to say. */
const char *wuyou_demo_words_get_end_reason (const WuyouDemoWords *words, const char *state);

/* A file of data/demo as it was compiled in: "words.json", "terms/general.zh.md". Owned; NOT_FOUND. */
GBytes *wuyou_demo_file (const char *name, GError **error);
JsonObject *wuyou_demo_file_object (const char *name, GError **error); /* the same as JSON */
char *wuyou_demo_file_text (const char *name, GError **error);         /* without leading licence comments */

G_END_DECLS
