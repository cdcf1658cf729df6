/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "today/wuyou-today-routes.h"

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-rules.h"
#include "sales/wuyou-contract-rules.h"
#include "accounts/wuyou-auth.h"
#include "wuyou-counter-store.h"
#include "wuyou-record-store.h"
#include "today/wuyou-today-claims.h"

#define ROWS 20             /* of each list: it is a page to act on, not a report */
#define NEWEST_LOOKED_AT 60 /* of the dealership, for those that are the seller's own */

/* What waits for a person, with the days after which one looks at it again; oldest first. Others follow from the
 * workflow table: who may take the suggested step. */
static const struct {
  const char *field;
  int value;
  int days;
} waiting[] = {
  { "state", WUYOU_CONTRACT_AWAIT_PAYMENT, 7 }, { "state", WUYOU_CONTRACT_AWAIT_SIGN, 7 },
  { "state", WUYOU_CONTRACT_RETURNED, 3 },      { "state", WUYOU_CONTRACT_SUBMITTED, 3 },
  { "state", WUYOU_CONTRACT_DRAFT, 14 },        { "state", WUYOU_CONTRACT_CANCEL_REQUESTED, 3 },
  { "refund_state", WUYOU_REFUND_APPROVED, 0 },
};
#define SOON_DAYS 2 /* before that day the clock is said to run out */

typedef enum { CLOCK, MINE, OTHERS, NEW, N_LISTS } List;
static const char *const list_names[N_LISTS] = {
  "clock_running_out",
  "waiting_for_me",
  "waiting_for_others",
  "new_since_yesterday",
};

typedef struct {
  const WuyouContract *contract; /* borrowed, or NULL: */
  const WuyouClaim *claim;       /* borrowed */
  const WuyouTransition *step;   /* suggested to the caller, or NULL */
  gboolean mine;
  WuyouDate due; /* NONE: some day */
} Item;

typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  gint64 now;
  WuyouDate today;
  GPtrArray *states[G_N_ELEMENTS (waiting)]; /* WuyouContract */
  GPtrArray *newest;
  GPtrArray *claims, *newest_claims; /* WuyouClaim */
  GHashTable *desk;                  /* dealerships that the caller acts for */
  GHashTable *counts, *refunds, *paid, *received, *wholesale;
  GArray *lists[N_LISTS]; /* Item */
} Today;

static void
clear_today (Today *t)
{
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    g_clear_pointer (&t->states[i], g_ptr_array_unref);
  for (guint i = 0; i < N_LISTS; i++)
    g_clear_pointer (&t->lists[i], g_array_unref);
  g_clear_pointer (&t->newest, g_ptr_array_unref);
  g_clear_pointer (&t->claims, g_ptr_array_unref);
  g_clear_pointer (&t->newest_claims, g_ptr_array_unref);
  g_clear_pointer (&t->desk, g_hash_table_unref);
  g_clear_pointer (&t->counts, g_hash_table_unref);
  g_clear_pointer (&t->refunds, g_hash_table_unref);
  g_clear_pointer (&t->paid, g_hash_table_unref);
  g_clear_pointer (&t->received, g_hash_table_unref);
  g_clear_pointer (&t->wholesale, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Today, clear_today)

static gboolean
has_role (const Today *t, guint32 roles)
{
  return (t->caller->roles & roles) != 0;
}

#define BIT(role) WUYOU_ROLE_BIT (WUYOU_ROLE_##role)

static gboolean
is_manager (const Today *t)
{
  return has_role (t, BIT (DADM) | BIT (DGRP) | BIT (DFIN) | BIT (OOPS) | BIT (OPRD) | BIT (OFIN));
}

/* A seller's day is about their own contracts. */
static gboolean
sees_own_only (const Today *t)
{
  return has_role (t, BIT (DSAL)) && !is_manager (t);
}

/* By organisation and creator alone: a search through branches where the seller has nothing would walk all of them. */
static void
narrow_to_own (const Today *t, WuyouRecordQuery *query, WuyouFilter *filters)
{
  query->scope = NULL;
  filters[query->n_filters++]
      = (WuyouFilter){ .field = "org_id", .op = WUYOU_FILTER_EQUAL, .text = t->caller->organisation_id };
  filters[query->n_filters++]
      = (WuyouFilter){ .field = "created_by", .op = WUYOU_FILTER_EQUAL, .text = t->caller->account_id };
}

static GPtrArray *
read_list (const Today *t, WuyouDbConn *conn, const char *field, int value, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_contract_free);
  WuyouFilter filters[3];
  WuyouRecordQuery query = { .scope = t->caller->scope, .filters = filters, .list_only = TRUE };

  if (field != NULL)
    filters[query.n_filters++] = (WuyouFilter){ .field = field, .op = WUYOU_FILTER_EQUAL, .number = value };
  if (field != NULL && sees_own_only (t))
    narrow_to_own (t, &query, filters);
  query.ascending = field != NULL;
  query.limit = field == NULL && sees_own_only (t) ? NEWEST_LOOKED_AT : ROWS;
  if (!wuyou_record_list (conn, t->context->store, &wuyou_contract_type, &query, list, error))
    return NULL;
  return g_steal_pointer (&list);
}

/* Counts say where nothing waits, so that nothing is searched for in vain among a million. */
static gboolean
has_any (const Today *t, const char *field, int value)
{
  const WuyouField *row = wuyou_record_type_find (&wuyou_contract_type, field);
  GHashTable *counts = row->values == wuyou_contract_states ? t->counts : t->refunds;

  return g_hash_table_contains (counts, wuyou_enum_id (row->values, value));
}

static gboolean
read_lists (Today *t, WuyouDbConn *conn, GError **error)
{
  t->counts = wuyou_counter_read (conn, "contract", t->caller->scope, error);
  t->refunds = t->counts != NULL ? wuyou_counter_read (conn, WUYOU_COUNTER_REFUND, t->caller->scope, error) : NULL;
  if (t->refunds == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++) {
    if (!has_any (t, waiting[i].field, waiting[i].value))
      continue;
    t->states[i] = read_list (t, conn, waiting[i].field, waiting[i].value, error);
    if (t->states[i] == NULL)
      return FALSE;
  }
  t->newest = read_list (t, conn, NULL, 0, error);
  return t->newest != NULL;
}

static gboolean
read_figures (Today *t, WuyouDbConn *conn, GError **error)
{
  const char *scope = t->caller->scope;

  t->paid = wuyou_counter_read (conn, WUYOU_COUNTER_PAID, scope, error);
  t->received = t->paid != NULL ? wuyou_counter_read (conn, WUYOU_COUNTER_RECEIVED, scope, error) : NULL;
  t->wholesale = t->received != NULL ? wuyou_counter_read (conn, WUYOU_COUNTER_WHOLESALE, scope, error) : NULL;
  return t->wholesale != NULL;
}

static gboolean
read_claims (Today *t, WuyouDbConn *conn, GError **error)
{
  t->desk = wuyou_today_claims_read_desk (conn, t->caller, error);
  if (t->desk != NULL)
    t->claims = wuyou_today_claims_read_waiting (conn, t->context, t->caller, t->desk, ROWS, error);
  if (t->claims != NULL)
    t->newest_claims = wuyou_today_claims_read_newest (conn, t->context, t->caller, t->desk, ROWS, error);
  return t->newest_claims != NULL;
}

static gboolean
read_today (WuyouDbConn *conn, gpointer data, GError **error)
{
  Today *t = data;

  clear_today (t);
  if (!read_claims (t, conn, error))
    return FALSE;
  if (!wuyou_permission_check (t->caller->roles, WUYOU_OBJECT_CONTRACT, WUYOU_VERB_READ))
    return TRUE;
  return read_lists (t, conn, error) && (!is_manager (t) || read_figures (t, conn, error));
}

/* The step the table suggests in this state, when it is the caller's to take; by permission, not by guard: what is
 * still missing is said when the record is open. */
static const WuyouTransition *
find_step (const Today *t, const WuyouWorkflow *workflow, int state)
{
  for (guint i = 0; i < workflow->n_transitions; i++) {
    const WuyouTransition *step = &workflow->transitions[i];

    if (step->from == state && (step->flags & WUYOU_TRANSITION_NEXT) != 0
        && (step->flags & WUYOU_TRANSITION_SYSTEM) == 0
        && wuyou_permission_check (t->caller->roles, step->object, step->verbs))
      return step;
  }
  return NULL;
}

static List
choose_list (const Today *t, const Item *item)
{
  if (!item->mine)
    return OTHERS;
  return item->due != WUYOU_DATE_NONE && item->due <= t->today + SOON_DAYS ? CLOCK : MINE;
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;

  if ((x->due == WUYOU_DATE_NONE) != (y->due == WUYOU_DATE_NONE))
    return x->due == WUYOU_DATE_NONE ? 1 : -1;
  return x->due != y->due ? (x->due < y->due ? -1 : 1) : 0;
}

/* A refund has its day by the terms; a cancellation waits for the end of the notice. */
static WuyouDate
compute_due (const WuyouContract *contract, int days)
{
  WuyouDate since = wuyou_date_of_instant (contract->updated_at);

  if (contract->state == WUYOU_CONTRACT_CANCEL_REQUESTED)
    return MAX (since, contract->cancel_on) + days;
  return contract->refund_due_on != WUYOU_DATE_NONE ? contract->refund_due_on : since + days;
}

/* A seller's day is about what they began themselves, here too. */
static gboolean
is_told (const Today *t, const WuyouClaim *claim)
{
  return !sees_own_only (t) || g_strcmp0 (claim->created_by, t->caller->account_id) == 0;
}

static void
sort_claims (Today *t)
{
  for (guint i = 0; i < t->claims->len; i++) {
    const WuyouClaim *claim = t->claims->pdata[i];
    gboolean mine = wuyou_today_claims_is_mine (claim, t->caller, t->desk);
    const WuyouTransition *step = mine ? find_step (t, &wuyou_claim_workflow, claim->state) : NULL;
    Item item = { .claim = claim, .step = step, .mine = mine, .due = claim->due_on };

    if (is_told (t, claim))
      g_array_append_val (t->lists[choose_list (t, &item)], item);
  }
}

static void
sort_waiting (Today *t)
{
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    for (guint k = 0; t->states[i] != NULL && k < t->states[i]->len; k++) {
      const WuyouContract *contract = t->states[i]->pdata[k];
      const WuyouTransition *step = find_step (t, &wuyou_contract_workflow, contract->state);
      Item item = {
        .contract = contract, .step = step, .mine = step != NULL, .due = compute_due (contract, waiting[i].days)
      };

      g_array_append_val (t->lists[choose_list (t, &item)], item);
    }
  sort_claims (t);
  for (guint i = 0; i < NEW; i++)
    g_array_sort (t->lists[i], compare_due);
}

static gint64
get_created_at (const Item *item)
{
  return item->claim != NULL ? item->claim->created_at : item->contract->created_at;
}

static int
compare_age (gconstpointer a, gconstpointer b)
{
  gint64 x = get_created_at (a), y = get_created_at (b);

  return x != y ? (x > y ? -1 : 1) : 0;
}

static void
sort_new (Today *t)
{
  gint64 since = wuyou_date_start (t->today - 1);

  for (guint i = 0; t->newest != NULL && i < t->newest->len; i++) {
    const WuyouContract *contract = t->newest->pdata[i];
    Item item = { .contract = contract };

    if (contract->created_at >= since
        && (!sees_own_only (t) || g_strcmp0 (contract->created_by, t->caller->account_id) == 0))
      g_array_append_val (t->lists[NEW], item);
  }
  for (guint i = 0; i < t->newest_claims->len; i++) {
    const WuyouClaim *claim = t->newest_claims->pdata[i];
    Item item = { .claim = claim };

    if (claim->created_at >= since && is_told (t, claim))
      g_array_append_val (t->lists[NEW], item);
  }
  g_array_sort (t->lists[NEW], compare_age);
}

static char *
dup_title (const WuyouContract *contract)
{
  g_autofree char *name
      = wuyou_field_dup_masked (wuyou_record_type_find (&wuyou_contract_type, "owner_name"), contract);
  GString *title = g_string_new (name);

  if (contract->model != NULL)
    g_string_append_printf (title, "%s%s", title->len > 0 ? " · " : "", contract->model);
  return g_string_free (title, FALSE);
}

static void
write_contract (GString *out, const WuyouContract *contract)
{
  g_autofree char *title = dup_title (contract);

  wuyou_json_add_string (out, "number", contract->number);
  wuyou_json_add_string (out, "title", title);
  wuyou_json_add_string (out, "state", wuyou_enum_id (wuyou_contract_states, contract->state));
}

static void
write_item (GString *out, const Item *item)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "object", item->claim != NULL ? "claim" : "contract");
  wuyou_json_add_string (out, "id", item->claim != NULL ? item->claim->id : item->contract->id);
  if (item->claim != NULL)
    wuyou_today_claims_write (out, item->claim);
  else
    write_contract (out, item->contract);
  wuyou_json_add_string (out, "action", item->step != NULL ? item->step->action : NULL);
  if (item->due != WUYOU_DATE_NONE)
    wuyou_json_add_instant (out, "due", wuyou_date_start (item->due + 1) - G_TIME_SPAN_SECOND);
  wuyou_json_add_instant (out, "at", item->claim != NULL ? item->claim->updated_at : item->contract->updated_at);
  wuyou_json_end_object (out);
}

static gint64
get_figure (GHashTable *figures, const char *month)
{
  const gint64 *value = g_hash_table_lookup (figures, month);

  return value != NULL ? *value : 0;
}

static void
write_figures (const Today *t, GString *out)
{
  char month[11];

  if (t->paid == NULL)
    return;
  wuyou_date_format (t->today, month);
  month[7] = '\0';
  wuyou_json_begin_object (out, "figures");
  wuyou_json_add_string (out, "month", month);
  wuyou_json_add_int (out, "contracts", get_figure (t->paid, month));
  wuyou_json_add_int (out, "received_fen", get_figure (t->received, month));
  if (wuyou_permission_check (t->caller->roles, WUYOU_OBJECT_WHOLESALE, WUYOU_VERB_READ))
    wuyou_json_add_int (out, "wholesale_fen", get_figure (t->wholesale, month));
  for (const WuyouEnum *state = wuyou_contract_states; state->id != NULL; state++)
    wuyou_json_add_int (out, state->id, get_figure (t->counts, state->id));
  wuyou_json_end_object (out);
}

static GString *
write_today (const Today *t)
{
  GString *out = g_string_sized_new (8192);

  wuyou_json_begin_object (out, NULL);
  write_figures (t, out);
  for (guint i = 0; i < N_LISTS; i++) {
    wuyou_json_begin_array (out, list_names[i]);
    for (guint k = 0; k < t->lists[i]->len && k < ROWS; k++)
      write_item (out, &g_array_index (t->lists[i], Item, k));
    wuyou_json_end_array (out);
  }
  wuyou_json_end_object (out);
  return out;
}

static WuyouReply *
get_today (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (Today) t = {
    .context = context,
    .caller = wuyou_request_get_caller (request),
    .now = wuyou_request_get_now (request),
  };

  t.today = wuyou_date_of_instant (t.now);
  if (!wuyou_db_read (context->db, read_today, &t, error))
    return NULL;
  for (guint i = 0; i < N_LISTS; i++)
    t.lists[i] = g_array_new (FALSE, FALSE, sizeof (Item));
  sort_waiting (&t);
  sort_new (&t);
  return wuyou_reply_new_json (200, write_today (&t));
}

void
wuyou_today_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_TODAY, get_today);
}
