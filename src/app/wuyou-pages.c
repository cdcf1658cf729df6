/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-account-page.h"
#include "claims/wuyou-claims-page.h"
#include "help/wuyou-help-page.h"
#include "sales/wuyou-sales-page.h"
#include "today/wuyou-today-page.h"
#include "wuyou-page.h"

static const WuyouPageInfo pages[] = {
  { .id = "today",
    .label = N_ ("Today"),
    .icon = "view-list-bullet-symbolic",
    .object = WUYOU_OBJECT_NONE,
    .get_type = wuyou_today_page_get_type,
    .accel = "<Control>1",
    .help = "today" },
  { .id = "sales",
    .label = N_ ("Sales"),
    .icon = "view-list-symbolic",
    .object = WUYOU_OBJECT_CONTRACT,
    .verbs = WUYOU_VERB_READ,
    .get_type = wuyou_sales_page_get_type,
    .accel = "<Control>2",
    .help = "sales",
    .find_async = wuyou_sales_page_find_async },
  { .id = "claims",
    .label = N_ ("Claims"),
    .icon = "emblem-documents-symbolic",
    .object = WUYOU_OBJECT_CLAIM,
    .verbs = WUYOU_VERB_READ,
    .get_type = wuyou_claims_page_get_type,
    .accel = "<Control>3",
    .help = "claims",
    .find_async = wuyou_claims_page_find_async,
    .count_async = wuyou_claims_page_count_async,
    .counts = "claim" },
  { .id = "help",
    .label = N_ ("Help and support"),
    .icon = "help-about-symbolic",
    .object = WUYOU_OBJECT_NONE,
    .get_type = wuyou_help_page_get_type,
    .accel = "<Control>9",
    .help = "help",
    .at_bottom = TRUE },
  { .id = "account",
    .label = N_ ("Personal settings"),
    .icon = "avatar-default-symbolic",
    .object = WUYOU_OBJECT_NONE,
    .get_type = wuyou_account_page_get_type,
    .accel = "<Control>0",
    .help = "account",
    .at_bottom = TRUE },
};

const WuyouPageInfo *
wuyou_pages_get (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (pages);
  return pages;
}

const WuyouPageInfo *
wuyou_pages_find (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].id, id))
      return &pages[i];
  return NULL;
}
