/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-list-route.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "engine/wuyou-request-members.h"
#include "sales/wuyou-contract-case.h"
#include "wuyou-contract-store.h"
#include "wuyou-counter-store.h"

#define MAX_STATES 16
#define SEARCH_LIMIT 1000 /* a search says "1000+" past this */
#define DEFAULT_LIMIT 50
#define ITEM_BYTES 700 /* an item and some room */

/* A page of the list: filters, order, position or cursor, search. All borrowed from the request. */
typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  WuyouFilter filters[MAX_STATES + 2];
  guint n_filters;
  int states[MAX_STATES];
  guint n_states;
  const char *text; /* searched for */
  WuyouRecordQuery query;
  GArray *seqs;
  GPtrArray *contracts;
  guint first, limit; /* of contracts, what is sent */
  guint n_found;      /* of a search */
  gboolean paged;     /* contracts begins with what is sent */
  GHashTable *counts; /* by id of the state */
  gboolean mine;
  gint64 total; /* of a list of one's own: the counters know organisations only */
} List;

static void
clear_list (List *list)
{
  g_clear_pointer (&list->counts, g_hash_table_unref);
  g_clear_pointer (&list->seqs, g_array_unref);
  g_clear_pointer (&list->contracts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, clear_list)

static gboolean
parse_states (List *list, const char *text, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (text != NULL ? text : "", ",", MAX_STATES + 1);

  for (guint i = 0; ids[i] != NULL; i++) {
    const WuyouEnum *state = wuyou_enum_find (wuyou_contract_states, ids[i]);

    if (state == NULL || i >= MAX_STATES)
      return wuyou_request_refuse_query (error, "state");
    list->states[list->n_states++] = state->value;
    list->filters[list->n_filters++]
        = (WuyouFilter){ .field = "state", .op = WUYOU_FILTER_EQUAL, .number = state->value };
  }
  return TRUE;
}

static gboolean
parse_sort (List *list, const char *text, GError **error)
{
  static const char *const sorts[] = { "seq", "number", "updated_at", "ends_on", "effective_on", "received_fen" };

  if (text == NULL)
    return TRUE;
  list->query.ascending = *text != '-';
  text += *text == '-';
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i], text)) {
      list->query.sort = i > 0 ? sorts[i] : NULL;
      return TRUE;
    }
  return wuyou_request_refuse_query (error, "sort");
}

/* Cursor: the seq of the last row; enough for the natural order, which is the one that is walked. */
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
is_searched (const List *list)
{
  return list->text != NULL && *list->text != '\0';
}

/* What a search finds is little enough to be read as a whole, so that its count is right under any filter and
 * order; without these its page is enough. */
static void
widen_search (List *list)
{
  if (!is_searched (list))
    return;
  list->first = (guint) list->query.skip;
  list->query.skip = 0;
  list->query.limit = SEARCH_LIMIT;
}

static gboolean
parse_list (List *list, const WuyouRequest *request, GError **error)
{
  const char *mine = wuyou_request_get_query (request, "mine");

  if (!wuyou_request_check_query (request, error)
      || !parse_states (list, wuyou_request_get_query (request, "state"), error)
      || !parse_sort (list, wuyou_request_get_query (request, "sort"), error) || !parse_position (list, request, error))
    return FALSE;
  if (mine != NULL && !g_str_equal (mine, "true") && !g_str_equal (mine, "false"))
    return wuyou_request_refuse_query (error, "mine");
  list->mine = g_strcmp0 (mine, "true") == 0;
  if (list->mine)
    list->filters[list->n_filters++]
        = (WuyouFilter){ .field = "created_by", .op = WUYOU_FILTER_EQUAL, .text = list->caller->account_id };
  list->text = wuyou_request_get_query (request, "q");
  if (list->text != NULL && strlen (list->text) > 200)
    return wuyou_request_refuse_query (error, "q");
  list->query.scope = list->caller->scope;
  list->query.filters = list->filters;
  list->query.n_filters = list->n_filters;
  list->query.list_only = TRUE;
  widen_search (list);
  return TRUE;
}

/* The newest first, as they were found: no record needs to be read for what is not sent. */
static void
keep_page (List *list)
{
  guint first = MIN (list->first, list->seqs->len);
  guint end = MIN (first + list->limit, list->seqs->len);

  g_array_remove_range (list->seqs, end, list->seqs->len - end);
  g_array_remove_range (list->seqs, 0, first);
}

static gboolean
read_found (WuyouDbConn *conn, List *list, GError **error)
{
  const WuyouRecordQuery *query = &list->query;
  gboolean exact;

  if (!wuyou_contract_search_is_exact (conn, list->caller->scope, &exact, error))
    return FALSE;
  list->paged = exact && query->n_filters == 0 && query->sort == NULL && !query->ascending && query->after_seq == 0;
  list->n_found = list->seqs->len;
  if (list->paged)
    keep_page (list);
  if (!wuyou_record_list (conn, list->context->store, &wuyou_contract_type, query, list->contracts, error))
    return FALSE;
  list->total = list->paged ? list->n_found : list->contracts->len;
  return TRUE;
}

static gboolean
read_list (WuyouDbConn *conn, gpointer data, GError **error)
{
  List *list = data;

  g_clear_pointer (&list->seqs, g_array_unref);
  g_clear_pointer (&list->contracts, g_ptr_array_unref);
  list->contracts = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_contract_free);
  if (is_searched (list)) {
    list->seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
    list->query.seqs = list->seqs;
    if (!wuyou_contract_search (conn, list->context->store, list->text, list->caller->scope, G_MAXINT64, SEARCH_LIMIT,
                                list->seqs, error))
      return FALSE;
  }
  g_clear_pointer (&list->counts, g_hash_table_unref);
  list->counts = wuyou_counter_read (conn, "contract", list->caller->scope, error);
  if (list->counts == NULL)
    return FALSE;
  if (list->mine && !is_searched (list)
      && !wuyou_record_count (conn, list->context->store, &wuyou_contract_type, &list->query, &list->total, error))
    return FALSE;
  if (is_searched (list))
    return read_found (conn, list, error);
  return wuyou_record_list (conn, list->context->store, &wuyou_contract_type, &list->query, list->contracts, error);
}

static gint64
get_count (const List *list, const WuyouEnum *state)
{
  const gint64 *count = g_hash_table_lookup (list->counts, state->id);

  return count != NULL ? *count : 0;
}

static gint64
count_listed (const List *list)
{
  gint64 total = 0;

  for (const WuyouEnum *state = wuyou_contract_states; state->id != NULL; state++) {
    gboolean wanted = list->n_states == 0;

    for (guint i = 0; i < list->n_states; i++)
      wanted = wanted || list->states[i] == state->value;
    if (wanted)
      total += get_count (list, state);
  }
  return total;
}

static void
write_counts (const List *list, GString *out)
{
  gint64 total = list->mine || is_searched (list) ? list->total : count_listed (list);

  wuyou_json_add_int (out, "total", total);
  wuyou_json_add_boolean (out, "more", is_searched (list) && list->n_found >= SEARCH_LIMIT);
  wuyou_json_begin_object (out, "counts");
  for (const WuyouEnum *state = wuyou_contract_states; state->id != NULL; state++)
    if (get_count (list, state) != 0)
      wuyou_json_add_int (out, state->id, get_count (list, state));
  wuyou_json_end_object (out);
}

static void
write_items (const List *list, GString *out)
{
  guint flags = wuyou_contract_codec_for (list->caller->roles) | WUYOU_CODEC_LIST;
  guint from = list->paged ? 0 : list->first;

  wuyou_json_begin_array (out, "items");
  for (guint i = from; i < list->contracts->len && i - from < list->limit; i++)
    wuyou_record_write_json (&wuyou_contract_type, list->contracts->pdata[i], flags, out);
  wuyou_json_end_array (out);
}

WuyouReply *
wuyou_contract_list_get (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (List) list = { .context = context, .caller = wuyou_request_get_caller (request) };
  GString *out;

  if (!parse_list (&list, request, error))
    return NULL;
  if (!wuyou_db_read (context->db, read_list, &list, error))
    return NULL;
  out = g_string_sized_new (list.contracts->len * ITEM_BYTES);
  wuyou_json_begin_object (out, NULL);
  write_items (&list, out);
  write_counts (&list, out);
  if (!is_searched (&list) && list.contracts->len == list.limit && list.query.sort == NULL && list.query.skip == 0)
    wuyou_json_add_int (out, "next", ((WuyouContract *) list.contracts->pdata[list.contracts->len - 1])->seq);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}
