/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "today/wuyou-today-claims.h"

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-claim-case.h"
#include "wuyou-claim-store.h"
#include "wuyou-counter-store.h"
#include "wuyou-record-store.h"

#define MAX_ORGS 1000

typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  GHashTable *desk; /* borrowed */
  GPtrArray *orgs;  /* of an insurer, whose claims no scope says; element char *; else NULL */
  WuyouFilter filters[MAX_ORGS + 1];
  guint n_filters;
} Desk;

static void
clear_desk (Desk *desk)
{
  g_clear_pointer (&desk->orgs, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, clear_desk)

static gboolean
may_read (const WuyouCaller *caller)
{
  return wuyou_permission_check (caller->roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_READ);
}

/* An insurer's claims are those of its policies, whichever dealership's they are (1.2-02). */
static gboolean
narrow (Desk *desk, WuyouDbConn *conn, GError **error)
{
  if (!wuyou_caller_is_insurer (desk->caller))
    return TRUE;
  desk->orgs = wuyou_scope_list_orgs (conn, desk->caller->scope, MAX_ORGS, error);
  if (desk->orgs == NULL)
    return FALSE;
  g_ptr_array_add (desk->orgs, g_strdup ("-")); /* so that without any nothing is found */
  for (guint i = 0; i < desk->orgs->len && i < MAX_ORGS; i++)
    desk->filters[desk->n_filters++]
        = (WuyouFilter){ .field = "insurer_org_id", .op = WUYOU_FILTER_EQUAL, .text = desk->orgs->pdata[i] };
  return TRUE;
}

static gboolean
read_claims (Desk *desk, WuyouDbConn *conn, WuyouRecordQuery *query, GPtrArray *ret_claims, GError **error)
{
  query->scope = desk->orgs == NULL ? desk->caller->scope : NULL;
  query->filters = desk->filters;
  query->list_only = TRUE;
  return wuyou_record_list (conn, desk->context->store, &wuyou_claim_type, query, ret_claims, error);
}

/* Drafts are nobody else's business. */
static gboolean
is_told (const WuyouClaim *claim, const Desk *desk)
{
  return claim->state != WUYOU_CLAIM_DRAFT || wuyou_today_claims_is_mine (claim, desk->caller, desk->desk);
}

static gboolean
read_turn (Desk *desk, WuyouDbConn *conn, int turn, guint limit, GPtrArray *ret_claims, GError **error)
{
  WuyouRecordQuery query = { .sort = "queue_on", .ascending = TRUE, .limit = limit };

  desk->filters[desk->n_filters] = (WuyouFilter){ .field = "turn", .op = WUYOU_FILTER_EQUAL, .number = turn };
  query.n_filters = desk->n_filters + 1;
  return read_claims (desk, conn, &query, ret_claims, error);
}

/* Counts say where nothing waits. Insurers have none by turn, and few claims. */
static gboolean
read_turns (Desk *desk, WuyouDbConn *conn, guint limit, GPtrArray *ret_claims, GError **error)
{
  g_autoptr (GHashTable) counts = wuyou_counter_read (conn, WUYOU_COUNTER_CLAIM_TURN, desk->caller->scope, error);

  if (counts == NULL)
    return FALSE;
  for (const WuyouEnum *turn = wuyou_turns; turn->id != NULL; turn++) {
    if (turn->value == WUYOU_TURN_NOBODY || (desk->orgs == NULL && !g_hash_table_contains (counts, turn->id)))
      continue;
    if (!read_turn (desk, conn, turn->value, limit, ret_claims, error))
      return FALSE;
  }
  return TRUE;
}

/* What stands with the dealerships that dealer operations act for, before it drowns in what stands with all others. */
static gboolean
read_desk_turns (Desk *desk, WuyouDbConn *conn, guint limit, GPtrArray *ret_claims, GError **error)
{
  const guint32 clerk = wuyou_roles_for_dealer (0);
  g_auto (Desk) narrowed = { .context = desk->context, .caller = desk->caller, .orgs = g_ptr_array_new () };
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, desk->desk);
  while (narrowed.n_filters < MAX_ORGS && g_hash_table_iter_next (&iter, &id, NULL))
    narrowed.filters[narrowed.n_filters++] = (WuyouFilter){ .field = "org_id", .op = WUYOU_FILTER_EQUAL, .text = id };
  for (const WuyouEnum *turn = wuyou_turns; narrowed.n_filters > 0 && turn->id != NULL; turn++)
    if (wuyou_claim_turn_is_for (turn->value, clerk)
        && !read_turn (&narrowed, conn, turn->value, limit, ret_claims, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_claim (const GPtrArray *claims, guint n, const WuyouClaim *claim)
{
  for (guint i = 0; i < n; i++)
    if (((const WuyouClaim *) claims->pdata[i])->seq == claim->seq)
      return TRUE;
  return FALSE;
}

static void
drop_twins (GPtrArray *claims, guint first)
{
  for (guint i = claims->len; i > first; i--)
    if (has_claim (claims, first, claims->pdata[i - 1]))
      g_ptr_array_remove_index (claims, i - 1);
}

static gboolean
read_all_turns (Desk *desk, WuyouDbConn *conn, guint limit, GPtrArray *ret_claims, GError **error)
{
  guint first;

  if (!read_desk_turns (desk, conn, limit, ret_claims, error))
    return FALSE;
  first = ret_claims->len;
  if (!read_turns (desk, conn, limit, ret_claims, error))
    return FALSE;
  drop_twins (ret_claims, first);
  return TRUE;
}

GHashTable *
wuyou_today_claims_read_desk (WuyouDbConn *conn, const WuyouCaller *caller, GError **error)
{
  GHashTable *desk = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) orgs = NULL;

  if (!wuyou_caller_is_desk (caller))
    return desk;
  orgs = wuyou_org_list_suspended (conn, MAX_ORGS, error);
  for (guint i = 0; orgs != NULL && i < orgs->len; i++)
    g_hash_table_add (desk, g_strdup (orgs->pdata[i]));
  if (orgs == NULL)
    g_clear_pointer (&desk, g_hash_table_unref);
  return desk;
}

static GPtrArray *
keep_told (GPtrArray *claims, const Desk *desk)
{
  for (guint i = claims->len; i > 0; i--)
    if (!is_told (claims->pdata[i - 1], desk))
      g_ptr_array_remove_index (claims, i - 1);
  return g_ptr_array_ref (claims);
}

GPtrArray *
wuyou_today_claims_read_waiting (WuyouDbConn *conn,
                                 WuyouServerContext *context,
                                 const WuyouCaller *caller,
                                 GHashTable *acted_for,
                                 guint limit,
                                 GError **error)
{
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_free);
  g_auto (Desk) desk = { .context = context, .caller = caller, .desk = acted_for };

  if (may_read (caller) && (!narrow (&desk, conn, error) || !read_all_turns (&desk, conn, limit, claims, error)))
    return NULL;
  return keep_told (claims, &desk);
}

GPtrArray *
wuyou_today_claims_read_newest (WuyouDbConn *conn,
                                WuyouServerContext *context,
                                const WuyouCaller *caller,
                                GHashTable *acted_for,
                                guint limit,
                                GError **error)
{
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_free);
  g_auto (Desk) desk = { .context = context, .caller = caller, .desk = acted_for };
  WuyouRecordQuery query = { .limit = limit };

  if (!may_read (caller))
    return g_steal_pointer (&claims);
  if (!narrow (&desk, conn, error))
    return NULL;
  query.n_filters = desk.n_filters;
  if (!read_claims (&desk, conn, &query, claims, error))
    return NULL;
  return keep_told (claims, &desk);
}

gboolean
wuyou_today_claims_is_mine (const WuyouClaim *claim, const WuyouCaller *caller, GHashTable *desk)
{
  gboolean acts = g_hash_table_contains (desk, claim->org_id);

  if (!wuyou_claim_turn_is_for (claim->turn, acts ? wuyou_roles_for_dealer (caller->roles) : caller->roles))
    return FALSE;
  return claim->turn != WUYOU_TURN_ASSESSOR || claim->assessor_id == NULL
         || g_str_equal (claim->assessor_id, caller->account_id);
}

void
wuyou_today_claims_write (GString *out, const WuyouClaim *claim)
{
  g_autofree char *owner
      = wuyou_field_dup_masked (wuyou_record_type_find (&wuyou_claim_type, "contract_owner_name"), claim);

  wuyou_json_add_string (out, "number", claim->number);
  wuyou_json_add_string (out, "title", owner);
  wuyou_json_add_string (out, "loss_type", wuyou_enum_id (wuyou_loss_types, claim->loss_type));
  wuyou_json_add_string (out, "state", wuyou_enum_id (wuyou_claim_states, claim->state));
}
