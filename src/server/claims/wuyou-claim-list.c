/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-view.h"
#include "claims/wuyou-claim-write.h"
#include "engine/wuyou-request-members.h"
#include "wuyou-counter-store.h"

#define MAX_STATES 20
#define MAX_TURNS 5
#define MAX_ORGS 1000
#define SEARCH_LIMIT 1000 /* a search says "1000+" past this */
#define DEFAULT_LIMIT 50
#define ITEM_BYTES 600

/* A page of claims. All borrowed from the request but what is read. */
typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  WuyouFilter filters[MAX_STATES + MAX_TURNS + MAX_ORGS + 4];
  int states[MAX_STATES], turns[MAX_TURNS];
  guint n_filters, n_states, n_turns;
  const char *text;
  gboolean narrowed; /* by what no counter knows */
  gboolean queue;
  guint limit;
  WuyouRecordQuery query;
  GPtrArray *orgs; /* whose claims these are, where the scope does not say it; element char * */
  GArray *seqs;
  GPtrArray *claims;
  GHashTable *counts, *turn_counts;
  gint64 total;
} List;

static void
clear_list (List *list)
{
  g_clear_pointer (&list->orgs, g_ptr_array_unref);
  g_clear_pointer (&list->seqs, g_array_unref);
  g_clear_pointer (&list->claims, g_ptr_array_unref);
  g_clear_pointer (&list->counts, g_hash_table_unref);
  g_clear_pointer (&list->turn_counts, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, clear_list)

static void
add_number (List *list, const char *field, gint64 number)
{
  list->filters[list->n_filters++] = (WuyouFilter){ .field = field, .op = WUYOU_FILTER_EQUAL, .number = number };
}

static void
add_text (List *list, const char *field, const char *text)
{
  list->filters[list->n_filters++] = (WuyouFilter){ .field = field, .op = WUYOU_FILTER_EQUAL, .text = text };
}

static gboolean
parse_states (List *list, const char *text, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (text != NULL ? text : "", ",", MAX_STATES + 1);

  for (guint i = 0; ids[i] != NULL; i++) {
    const WuyouEnum *state = wuyou_enum_find (wuyou_claim_states, ids[i]);

    if (state == NULL || i >= MAX_STATES)
      return wuyou_request_refuse_query (error, "state");
    list->states[list->n_states++] = state->value;
    add_number (list, "state", state->value);
  }
  return TRUE;
}

static gboolean
parse_phase (List *list, const char *text, GError **error)
{
  const WuyouEnum *phase = text != NULL ? wuyou_enum_find (wuyou_claim_phases, text) : NULL;

  if (text == NULL)
    return TRUE;
  if (phase == NULL)
    return wuyou_request_refuse_query (error, "phase");
  add_number (list, "phase", phase->value);
  list->narrowed = TRUE;
  return TRUE;
}

static gboolean
parse_sort (List *list, const char *text, GError **error)
{
  static const char *const sorts[] = { "seq", "number", "updated_at", "due_on", "loss_at", "settled_fen" };

  if (text == NULL)
    return TRUE;
  list->query.ascending = *text != '-';
  text += *text == '-';
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i], text)) {
      list->query.sort = i > 0 ? sorts[i] : NULL;
      break;
    } else if (i + 1 == G_N_ELEMENTS (sorts))
      return wuyou_request_refuse_query (error, "sort");
  if (list->query.ascending && g_strcmp0 (list->query.sort, "due_on") == 0)
    list->query.sort = "queue_on"; /* what has no day comes last either way */
  /* No order by what is not shown (1.2-02), or not yet. */
  return g_strcmp0 (list->query.sort, "settled_fen") != 0 || wuyou_roles_are_operator (list->caller->roles)
         || wuyou_request_refuse_query (error, "sort");
}

static gboolean
parse_flag (const WuyouRequest *request, const char *name, gboolean *ret_set, GError **error)
{
  const char *text = wuyou_request_get_query (request, name);

  *ret_set = g_strcmp0 (text, "true") == 0;
  return text == NULL || *ret_set || g_str_equal (text, "false") || wuyou_request_refuse_query (error, name);
}

/* Dealer operations act for dealerships that may no longer; which these are is read with the list. */
static gboolean
is_desk (const List *list)
{
  return list->queue && wuyou_caller_is_desk (list->caller);
}

/* What is due first, of what this caller can work on. */
static void
queue_up (List *list)
{
  guint32 roles = is_desk (list) ? wuyou_roles_for_dealer (list->caller->roles) : list->caller->roles;

  for (const WuyouEnum *turn = wuyou_turns; turn->id != NULL; turn++)
    if (wuyou_claim_turn_is_for (turn->value, roles)) {
      list->turns[list->n_turns++] = turn->value;
      add_number (list, "turn", turn->value);
    }
  if (list->n_turns == 0) { /* nobody's: nothing is found */
    add_number (list, "turn", -1);
    list->narrowed = TRUE;
  }
  if (list->query.sort == NULL) {
    list->query.sort = "queue_on";
    list->query.ascending = TRUE;
  }
}

static gboolean
parse_position (List *list, const WuyouRequest *request, GError **error)
{
  gint64 limit;

  if (!wuyou_request_get_query_int (request, "limit", 1, 500, DEFAULT_LIMIT, &limit, error)
      || !wuyou_request_get_query_int (request, "offset", 0, G_MAXINT32, 0, &list->query.skip, error)
      || !wuyou_request_get_query_int (request, "after", 0, G_MAXINT64, 0, &list->query.after_seq, error))
    return FALSE;
  list->query.limit = list->limit = (guint) limit;
  if (list->query.after_seq != 0 && (list->query.sort != NULL || list->query.skip != 0))
    return wuyou_request_refuse_query (error, "after");
  return TRUE;
}

static gboolean
parse_narrowing (List *list, const WuyouRequest *request, GError **error)
{
  const char *contract = wuyou_request_get_query (request, "contract");
  gboolean mine;

  if (!parse_flag (request, "mine", &mine, error) || !parse_flag (request, "queue", &list->queue, error))
    return FALSE;
  if (contract != NULL && !wuyou_id_is_valid (contract))
    return wuyou_request_refuse_query (error, "contract");
  if (contract != NULL)
    add_text (list, "contract_id", contract);
  if (mine)
    add_text (list, wuyou_roles_are_operator (list->caller->roles) ? "assessor_id" : "created_by",
              list->caller->account_id);
  list->narrowed = list->narrowed || mine || contract != NULL;
  if (list->queue)
    queue_up (list);
  return TRUE;
}

static gboolean
parse_list (List *list, const WuyouRequest *request, GError **error)
{
  if (!wuyou_request_check_query (request, error)
      || !parse_states (list, wuyou_request_get_query (request, "state"), error)
      || !parse_phase (list, wuyou_request_get_query (request, "phase"), error)
      || !parse_sort (list, wuyou_request_get_query (request, "sort"), error) || !parse_narrowing (list, request, error)
      || !parse_position (list, request, error))
    return FALSE;
  list->text = wuyou_request_get_query (request, "q");
  if (list->text != NULL && strlen (list->text) > 200)
    return wuyou_request_refuse_query (error, "q");
  if (list->text != NULL && *list->text == '\0')
    list->text = NULL;
  list->query.scope = list->caller->scope;
  list->query.list_only = TRUE;
  return TRUE;
}

static void
add_orgs (List *list, const char *field)
{
  for (guint i = 0; i < list->orgs->len; i++)
    list->filters[list->query.n_filters++]
        = (WuyouFilter){ .field = field, .op = WUYOU_FILTER_EQUAL, .text = list->orgs->pdata[i] };
  if (list->orgs->len == 0)
    list->filters[list->query.n_filters++] = (WuyouFilter){ .field = field, .op = WUYOU_FILTER_EQUAL, .text = "-" };
}

/* An insurer's claims are those of its policies, whichever dealership's they are (1.2-02). */
static gboolean
narrow_to_orgs (List *list, WuyouDbConn *conn, GError **error)
{
  gboolean insurer = wuyou_caller_is_insurer (list->caller);

  list->query.filters = list->filters;
  list->query.n_filters = list->n_filters;
  if (!insurer && !is_desk (list))
    return TRUE;
  g_clear_pointer (&list->orgs, g_ptr_array_unref);
  list->orgs = insurer ? wuyou_scope_list_orgs (conn, list->caller->scope, MAX_ORGS, error)
                       : wuyou_org_list_suspended (conn, MAX_ORGS, error);
  if (list->orgs == NULL)
    return FALSE;
  list->query.scope = NULL;
  add_orgs (list, insurer ? "insurer_org_id" : "org_id");
  return TRUE;
}

static gboolean
read_counts (List *list, WuyouDbConn *conn, GError **error)
{
  gboolean insurer = wuyou_caller_is_insurer (list->caller);
  const char *kind = insurer ? WUYOU_COUNTER_CLAIM_INSURER : WUYOU_COUNTER_CLAIM;

  g_clear_pointer (&list->counts, g_hash_table_unref);
  g_clear_pointer (&list->turn_counts, g_hash_table_unref);
  list->counts = wuyou_counter_read (conn, kind, list->caller->scope, error);
  if (list->counts == NULL)
    return FALSE;
  if (insurer) /* their queue is counted by walking it: it is short */
    return TRUE;
  list->turn_counts = wuyou_counter_read (conn, WUYOU_COUNTER_CLAIM_TURN, list->caller->scope, error);
  return list->turn_counts != NULL;
}

static gboolean
search (List *list, WuyouDbConn *conn, GError **error)
{
  g_clear_pointer (&list->seqs, g_array_unref);
  if (list->text == NULL)
    return TRUE;
  list->seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  list->query.seqs = list->seqs;
  return wuyou_claim_search (conn, list->context->store, list->text, list->caller->scope, SEARCH_LIMIT, list->seqs,
                             error);
}

static gint64
get_count (GHashTable *counts, const char *id)
{
  const gint64 *count = g_hash_table_lookup (counts, id);

  return count != NULL ? *count : 0;
}

static gint64
sum_counts (const List *list)
{
  gint64 total = 0;

  if (list->n_turns > 0) {
    for (guint i = 0; i < list->n_turns; i++)
      total += get_count (list->turn_counts, wuyou_enum_id (wuyou_turns, list->turns[i]));
    return total;
  }
  for (const WuyouEnum *state = wuyou_claim_states; state->id != NULL; state++) {
    gboolean wanted = list->n_states == 0;

    for (guint i = 0; i < list->n_states; i++)
      wanted = wanted || list->states[i] == state->value;
    if (wanted)
      total += get_count (list->counts, state->id);
  }
  return total;
}

/* Counters know states and turns; what is narrowed otherwise is little, and counted. */
static gboolean
count_total (List *list, WuyouDbConn *conn, GError **error)
{
  gboolean counted = list->narrowed || list->text != NULL || (list->n_turns > 0 && list->n_states > 0)
                     || (list->n_turns > 0 && list->turn_counts == NULL) || is_desk (list);

  if (!counted) {
    list->total = sum_counts (list);
    return TRUE;
  }
  return wuyou_record_count (conn, list->context->store, &wuyou_claim_type, &list->query, &list->total, error);
}

static gboolean
read_list (WuyouDbConn *conn, gpointer data, GError **error)
{
  List *list = data;

  g_clear_pointer (&list->claims, g_ptr_array_unref);
  list->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_free);
  return narrow_to_orgs (list, conn, error) && read_counts (list, conn, error) && search (list, conn, error)
         && count_total (list, conn, error)
         && wuyou_record_list (conn, list->context->store, &wuyou_claim_type, &list->query, list->claims, error);
}

static void
write_counts (const List *list, GString *out)
{
  wuyou_json_add_int (out, "total", list->total);
  wuyou_json_add_boolean (out, "more", list->seqs != NULL && list->seqs->len >= SEARCH_LIMIT);
  wuyou_json_begin_object (out, "counts");
  for (const WuyouEnum *state = wuyou_claim_states; state->id != NULL; state++)
    if (get_count (list->counts, state->id) != 0)
      wuyou_json_add_int (out, state->id, get_count (list->counts, state->id));
  wuyou_json_end_object (out);
  if (list->turn_counts == NULL)
    return;
  wuyou_json_begin_object (out, "turns");
  for (const WuyouEnum *turn = wuyou_turns; turn->id != NULL; turn++)
    if (get_count (list->turn_counts, turn->id) != 0)
      wuyou_json_add_int (out, turn->id, get_count (list->turn_counts, turn->id));
  wuyou_json_end_object (out);
}

static void
write_items (const List *list, GString *out)
{
  wuyou_json_begin_array (out, "items");
  for (guint i = 0; i < list->claims->len; i++) {
    g_autoptr (WuyouClaim) claim = wuyou_claim_dup_for (list->claims->pdata[i], list->caller);

    wuyou_record_write_json (&wuyou_claim_type, claim, WUYOU_CODEC_MASK_PI | WUYOU_CODEC_LIST, out);
  }
  wuyou_json_end_array (out);
}

WuyouReply *
wuyou_claim_list_get (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (List) list = { .context = context, .caller = wuyou_request_get_caller (request) };
  GString *out;

  if (!parse_list (&list, request, error) || !wuyou_db_read (context->db, read_list, &list, error))
    return NULL;
  out = g_string_sized_new (list.claims->len * ITEM_BYTES);
  wuyou_json_begin_object (out, NULL);
  write_items (&list, out);
  write_counts (&list, out);
  if (list.text == NULL && list.claims->len == list.limit && list.query.sort == NULL && list.query.skip == 0)
    wuyou_json_add_int (out, "next", ((WuyouClaim *) list.claims->pdata[list.claims->len - 1])->seq);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}
