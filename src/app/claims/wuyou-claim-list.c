/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-list.h"

#include <glib/gi18n.h>

#include "base/wuyou-money.h"
#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-claim-text.h"

static const WuyouClaim *
get_claim (WuyouRecordItem *item)
{
  return wuyou_record_item_get_record (item);
}

static char *
dup_or_dash (const char *text)
{
  return g_strdup (text != NULL ? text : "—");
}

static char *
dup_number (WuyouRecordItem *item, gpointer context)
{
  return dup_or_dash (get_claim (item)->number);
}

static char *
dup_contract (WuyouRecordItem *item, gpointer context)
{
  return dup_or_dash (get_claim (item)->contract_number);
}

static char *
dup_owner (WuyouRecordItem *item, gpointer context)
{
  return dup_or_dash (get_claim (item)->contract_owner_name);
}

static char *
dup_model (WuyouRecordItem *item, gpointer context)
{
  return dup_or_dash (get_claim (item)->contract_model);
}

static char *
dup_label (const WuyouEnum *values, int value)
{
  return g_strdup (value != 0 ? _ (wuyou_enum_label (values, value)) : "");
}

static char *
dup_kind (WuyouRecordItem *item, gpointer context)
{
  return dup_label (wuyou_loss_types, get_claim (item)->loss_type);
}

static char *
dup_turn (WuyouRecordItem *item, gpointer context)
{
  int turn = get_claim (item)->turn;

  return turn != WUYOU_TURN_NOBODY ? dup_label (wuyou_turns, turn) : g_strdup ("—");
}

static char *
dup_state (WuyouRecordItem *item, gpointer context)
{
  return g_strconcat ("● ", wuyou_claim_text_state (get_claim (item)->state), NULL);
}

static char *
dup_state_sample (guint n)
{
  if (wuyou_claim_states[n].id == NULL)
    return NULL;
  return g_strconcat ("● ", wuyou_claim_text_state (wuyou_claim_states[n].value), NULL);
}

static WuyouCellLook
get_state_look (WuyouRecordItem *item, gpointer context)
{
  return (WuyouCellLook){ wuyou_claim_text_style (get_claim (item)->state), NULL };
}

static WuyouDate
get_today (gpointer context)
{
  return wuyou_date_of_instant (wuyou_app_context_now (context));
}

static char *
dup_due (WuyouRecordItem *item, gpointer context)
{
  WuyouClockLook look;

  return wuyou_claim_text_dup_due (get_claim (item), get_today (context), &look);
}

static char *
dup_due_sample (guint n)
{
  return n == 0 ? g_strdup_printf (_ ("%s overdue"), "⚠⚠ 12-03") : NULL;
}

static WuyouCellLook
get_due_look (WuyouRecordItem *item, gpointer context)
{
  WuyouClockLook look;
  g_autofree char *text = wuyou_claim_text_dup_due (get_claim (item), get_today (context), &look);

  return (WuyouCellLook){ look.style, look.icon };
}

/* Empty until it is settled, and for those who are not told yet. */
static char *
dup_amount (WuyouRecordItem *item, gpointer context)
{
  const WuyouClaim *claim = get_claim (item);

  return claim->settled_fen != 0 ? wuyou_money_format (wuyou_claim_amount (claim)) : g_strdup ("");
}

static char *
dup_instant (gint64 at)
{
  return at != 0 ? wuyou_instant_format_local (at) : g_strdup ("");
}

static char *
dup_loss (WuyouRecordItem *item, gpointer context)
{
  return dup_instant (get_claim (item)->loss_at);
}

static char *
dup_changed (WuyouRecordItem *item, gpointer context)
{
  return dup_instant (get_claim (item)->updated_at);
}

static const WuyouRecordColumn columns[] = {
  { "number", N_ ("Claim"), "number", 128, TRUE, 0, FALSE, FALSE, 0, dup_number, .least = 70, .tail = TRUE },
  { "owner", N_ ("Owner"), NULL, 62, TRUE, 4, FALSE, TRUE, 1, dup_owner, .least = 54 },
  { "state", N_ ("State"), NULL, 96, TRUE, 0, FALSE, FALSE, 0, dup_state, get_state_look, dup_state_sample,
    .least = 112, .wraps = TRUE }, /* its longest word */
  { "due", N_ ("Due"), "due_on", 104, TRUE, 0, FALSE, FALSE, 0, dup_due, get_due_look, dup_due_sample, .least = 92 },
  { "turn", N_ ("With"), NULL, 96, TRUE, 2, FALSE, TRUE, 0, dup_turn },
  { "kind", N_ ("Kind of loss"), NULL, 92, TRUE, 3, FALSE, TRUE, 0, dup_kind },
  { "amount", N_ ("Amount"), NULL, 100, TRUE, 1, TRUE, FALSE, 0, dup_amount },
  { "contract", N_ ("Contract"), NULL, 122, TRUE, 1, FALSE, FALSE, 0, dup_contract },
  { "model", N_ ("Model"), NULL, 110, FALSE, 0, FALSE, TRUE, 2, dup_model },
  { "loss", N_ ("Time of the loss"), "loss_at", 150, FALSE, 0, FALSE, FALSE, 0, dup_loss },
  { "changed", N_ ("Changed"), "updated_at", 150, FALSE, 0, FALSE, FALSE, 0, dup_changed },
};

static const WuyouRecordChip chips[] = {
  { "all", N_ ("All"), "" },
  { "queue", N_ ("Waiting for me"), "true", "queue" },
  { "draft", N_ ("Drafts"), "DRAFT", .nothing = N_ ("No drafts"),
    .nothing_text = N_ ("A claim is begun from the contract of the car that was lost. It stands here until the loss is "
                        "reported.") },
  { "loss", N_ ("First review"), "REPORTED,PRE_SUBMITTED,PRE_REVIEW" },
  { "documents", N_ ("Documents wanted"), "MORE_DOCS" },
  { "car", N_ ("Replacement"), "PRE_APPROVED,REPLACING,FINAL_SUBMITTED,FINAL_REVIEW" },
  { "pay", N_ ("To pay"), "APPROVED,SETTLING" },
  { "appeal", N_ ("Refused, appeals"), "PRE_REJECTED,REJECTED,APPEAL" },
  { "closed", N_ ("Case closed"), "CLOSED_PAID,CLOSED_UNPAID,WITHDRAWN" },
};

static char *
dup_total (guint total, gboolean more)
{
  if (more)
    return g_strdup_printf (_ ("%'u+ claims"), total);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u claim", "%'u claims", total), total);
}

static const WuyouRecordListKind kind = {
  .type = &wuyou_claim_type,
  .route = WUYOU_ROUTE_CLAIMS_LIST,
  .cache = "claims",
  .state = "claims",
  .object = WUYOU_OBJECT_CLAIM,
  .chips = chips,
  .n_chips = G_N_ELEMENTS (chips),
  .columns = { columns, G_N_ELEMENTS (columns) },
  .title = N_ ("Claims"),
  .search = N_ ("Search claims"),
  .search_hint = N_ ("Number, VIN, owner"),
  .search_help = N_ ("Try the number of the claim or of its contract, the last six of the VIN or part of the owner’s "
                     "name."),
  .empty_icon = "emblem-ok-symbolic",
  .empty_title = N_ ("No claims"),
  .empty_text = N_ ("When a car under contract is lost, its claim stands here, from the report to the new car."),
  .create = N_ ("Report a Loss"),
  .toggle = N_ ("Only mine"),
  .dup_total = dup_total,
};

gboolean
wuyou_claim_list_has_queue (WuyouSession *session)
{
  guint32 roles = wuyou_session_get_roles (session);

  return wuyou_claim_turn_is_for (WUYOU_TURN_ASSESSOR, roles) || wuyou_claim_turn_is_for (WUYOU_TURN_APPROVER, roles)
         || wuyou_claim_turn_is_for (WUYOU_TURN_FINANCE, roles);
}

GtkWidget *
wuyou_claim_list_new (WuyouAppContext *context)
{
  GtkWidget *list = wuyou_record_list_new (context, &kind, G_OBJECT (context));

  if (wuyou_claim_list_has_queue (wuyou_app_context_get_session (context)))
    wuyou_record_list_set_chip (WUYOU_RECORD_LIST (list), "queue");
  return list;
}
