/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-list.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-words.h"

static char *
dup_number (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return g_strdup (contract->number != NULL ? contract->number : "—");
}

static char *
dup_owner (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return g_strdup (contract->owner_name != NULL ? contract->owner_name : "");
}

static char *
dup_vehicle (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return wuyou_contract_words_dup_vehicle (contract);
}

static char *
dup_vin (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return g_strdup (contract->vin != NULL ? contract->vin : "");
}

static char *
dup_phone (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return g_strdup (contract->owner_mobile != NULL ? contract->owner_mobile : "");
}

static char *
dup_product (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return wuyou_products_dup_name (products, contract->product_id);
}

/* A table has room for a shorter word than the contract's own page. */
static char *
dup_chip (int state)
{
  const char *words = wuyou_contract_words_state (state);

  if (state == WUYOU_CONTRACT_AWAIT_SIGN)
    words = _ ("To sign");
  else if (state == WUYOU_CONTRACT_AWAIT_PAYMENT)
    words = _ ("To pay");
  else if (state == WUYOU_CONTRACT_PAID)
    words = _ ("To start");
  return g_strconcat ("● ", words, NULL);
}

static char *
dup_state (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return dup_chip (contract->state);
}

static char *
dup_state_sample (guint n)
{
  return wuyou_contract_states[n].id != NULL ? dup_chip (wuyou_contract_states[n].value) : NULL;
}

static WuyouCellLook
get_state_look (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return (WuyouCellLook){ wuyou_contract_words_style (contract->state), NULL };
}

static char *
dup_day (WuyouDate date)
{
  char text[11] = "";

  if (date != WUYOU_DATE_NONE)
    wuyou_date_format (date, text);
  return g_strdup (text);
}

static char *
dup_from (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return dup_day (contract->effective_on);
}

static char *
dup_until (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return dup_day (contract->ends_on);
}

static char *
dup_changed (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return contract->updated_at != 0 ? wuyou_instant_format_local (contract->updated_at) : g_strdup ("");
}

static char *
dup_amount (WuyouRecordItem *item, gpointer products)
{
  const WuyouContract *contract = wuyou_record_item_get_record (item);

  return wuyou_contract_words_dup_price (contract);
}

static const WuyouRecordColumn columns[] = {
  { "number", N_ ("Number"), "number", 122, TRUE, 0, FALSE, FALSE, 0, dup_number },
  { "owner", N_ ("Owner"), NULL, 62, TRUE, 0, FALSE, TRUE, 1, dup_owner },
  { "state", N_ ("State"), NULL, 96, TRUE, 0, FALSE, FALSE, 0, dup_state, get_state_look, dup_state_sample },
  { "vehicle", N_ ("Vehicle"), NULL, 130, TRUE, 3, FALSE, TRUE, 2, dup_vehicle },
  { "amount", N_ ("Price"), "received_fen", 100, TRUE, 2, TRUE, FALSE, 0, dup_amount },
  { "until", N_ ("Until"), "ends_on", 100, TRUE, 1, FALSE, FALSE, 0, dup_until },
  { "from", N_ ("From"), "effective_on", 100, FALSE, 0, FALSE, FALSE, 0, dup_from },
  { "product", N_ ("Product"), NULL, 160, FALSE, 0, FALSE, FALSE, 0, dup_product },
  { "vin", N_ ("VIN"), NULL, 140, FALSE, 0, FALSE, FALSE, 0, dup_vin },
  { "phone", N_ ("Mobile phone"), NULL, 120, FALSE, 0, FALSE, FALSE, 0, dup_phone },
  { "changed", N_ ("Changed"), "updated_at", 150, FALSE, 0, FALSE, FALSE, 0, dup_changed },
};

static const WuyouRecordChip chips[] = {
  { "all", N_ ("All"), "" },
  { "draft", N_ ("Drafts"), "DRAFT", .nothing = N_ ("No drafts"),
    .nothing_text = N_ ("A contract that is begun stands here until it is submitted.") },
  { "review", N_ ("Review"), "SUBMITTED,RETURNED", .hides = TRUE }, /* a step of a few products only */
  { "sign", N_ ("To sign"), "AWAIT_SIGN" },
  { "pay", N_ ("To pay"), "AWAIT_PAYMENT" },
  { "paid", N_ ("To start"), "PAID" },
  { "active", N_ ("In force"), "ACTIVE,CANCEL_REQUESTED" },
  { "ended", N_ ("Ended"), "EXPIRED,VOIDED,CANCELLED,FULFILLED,TRANSFER_ENDED,REVOKED" },
};

static char *
dup_total (guint total, gboolean more)
{
  if (more)
    return g_strdup_printf (_ ("%'u+ contracts"), total);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u contract", "%'u contracts", total), total);
}

/* Rows have the id of their product only. */
static void
on_column_wanted (const char *id, gpointer products)
{
  if (g_str_equal (id, "product") && wuyou_products_get_all (products)->len == 0)
    wuyou_products_refresh (products, NULL);
}

const WuyouRecordListKind wuyou_contract_list_kind = {
  .type = &wuyou_contract_type,
  .route = WUYOU_ROUTE_CONTRACTS_LIST,
  .cache = "contracts",
  .state = "sales",
  .object = WUYOU_OBJECT_CONTRACT,
  .chips = chips,
  .n_chips = G_N_ELEMENTS (chips),
  .columns = { columns, G_N_ELEMENTS (columns) },
  .title = N_ ("Contracts"),
  .search = N_ ("Search contracts"),
  .search_hint = N_ ("VIN, name, phone, plate, number"),
  .search_help = N_ ("Try the last six of the VIN, part of the name, the last four of the phone, the plate or the "
                     "contract’s serial number."),
  .empty_icon = "document-edit-symbolic",
  .empty_title = N_ ("Sell the first contract"),
  .empty_text = N_ ("Contracts stand here from the first entry to the end of their term."),
  .create = N_ ("New Contract"),
  .toggle = N_ ("Only mine"),
  .dup_total = dup_total,
  .column_wanted = on_column_wanted,
};

GtkWidget *
wuyou_contract_list_new (WuyouAppContext *context, WuyouProducts *products)
{
  return wuyou_record_list_new (context, &wuyou_contract_list_kind, G_OBJECT (products));
}
