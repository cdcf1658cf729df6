/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-view.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-claim-case.h"
#include "wuyou-claim-store.h"
#include "wuyou-document-store.h"
#include "engine/wuyou-error-response.h"
#include "sales/wuyou-paper-service.h"
#include "records/wuyou-record-view.h"

#define MAX_HISTORY 200

typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  const char *id;
  WuyouContractCase sale;
  GPtrArray *history; /* WuyouHistoryEntry */
  GPtrArray *papers;  /* WuyouStoredPaper, of the present revision */
  GPtrArray *prints;  /* GPtrArray of WuyouPrint for each of them */
  GHashTable *names;  /* account id → name */
} View;

static void
clear_view (View *view)
{
  wuyou_contract_case_clear (&view->sale);
  g_clear_pointer (&view->history, g_ptr_array_unref);
  g_clear_pointer (&view->papers, g_ptr_array_unref);
  g_clear_pointer (&view->prints, g_ptr_array_unref);
  g_clear_pointer (&view->names, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, clear_view)

static gboolean
read_papers (WuyouDbConn *conn, View *view, GError **error)
{
  for (guint i = 0; i < WUYOU_N_STORED_PAPERS; i++) {
    WuyouStoredPaper *paper = NULL;
    GPtrArray *prints;

    if (!wuyou_paper_find (conn, view->id, view->sale.contract->revision, wuyou_stored_paper_kinds[i], &paper, error))
      return FALSE;
    if (paper == NULL)
      continue;
    g_ptr_array_add (view->papers, paper);
    prints = wuyou_print_list (conn, paper->id, error);
    if (prints == NULL)
      return FALSE;
    g_ptr_array_add (view->prints, prints);
    for (guint p = 0; p < prints->len; p++)
      if (!wuyou_names_read (view->names, conn, view->context->store, ((WuyouPrint *) prints->pdata[p])->account_id,
                             error))
        return FALSE;
  }
  return TRUE;
}

/* Whether dealer operations begin its claims, as its dealership may no longer act. */
static gboolean
read_suspended (WuyouDbConn *conn, View *view, GError **error)
{
  WuyouOrg *org = view->sale.org;

  return !wuyou_caller_is_desk (view->caller) || wuyou_org_read_suspended (conn, org->path, &org->suspended, error);
}

static gboolean
read_view (WuyouDbConn *conn, gpointer data, GError **error)
{
  View *view = data;

  clear_view (view);
  view->names = wuyou_names_new ();
  view->papers = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_stored_paper_free);
  view->prints = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  if (!wuyou_contract_case_load (&view->sale, conn, view->context, view->id, view->caller->scope, error))
    return FALSE;
  view->history = wuyou_history_list (conn, view->context->store, &wuyou_contract_type, view->id, MAX_HISTORY, error);
  return view->history != NULL
         && wuyou_names_read_history (view->names, conn, view->context->store, view->history, error)
         && read_papers (conn, view, error) && read_suspended (conn, view, error);
}

static void
write_copy (GString *out, const View *view, const WuyouPrint *print)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_int (out, "copy_number", print->copy_number);
  wuyou_json_add_instant (out, "at", print->at);
  wuyou_json_add_string (out, "actor", g_hash_table_lookup (view->names, print->account_id));
  wuyou_json_add_string (out, "reprint_reason", print->reprint_reason);
  wuyou_json_end_object (out);
}

static void
write_papers (GString *out, const View *view)
{
  wuyou_json_begin_array (out, "papers");
  for (guint i = 0; i < view->papers->len; i++) {
    const WuyouStoredPaper *paper = view->papers->pdata[i];
    const GPtrArray *prints = view->prints->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "kind", paper->kind);
    wuyou_json_add_int (out, "revision", paper->revision);
    wuyou_json_add_int (out, "pages", paper->pages);
    wuyou_json_add_string (out, "content_sha256", paper->content_sha256);
    wuyou_json_begin_array (out, "copies");
    for (guint p = 0; p < prints->len; p++)
      write_copy (out, view, prints->pdata[p]);
    wuyou_json_end_array (out);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

/* The rule of its product version, so that the desktop shows what a request would give before it is sent. */
static void
write_cancellation (GString *out, const WuyouProduct *product)
{
  g_autoptr (JsonObject) benefit
      = wuyou_json_parse_object (product->benefit_json, strlen (product->benefit_json), NULL);
  JsonNode *rule = benefit != NULL ? json_object_get_member (benefit, "cancellation") : NULL;
  g_autofree char *text = rule != NULL ? json_to_string (rule, FALSE) : NULL;

  wuyou_json_add_raw (out, "cancellation", text);
}

static void
write_surroundings (GString *out, const View *view)
{
  wuyou_json_begin_object (out, "org");
  wuyou_json_add_string (out, "id", view->sale.org->id);
  wuyou_json_add_string (out, "name", view->sale.org->name);
  wuyou_json_end_object (out);
  if (wuyou_caller_stands_in (view->caller, view->sale.org))
    wuyou_json_add_boolean (out, "for_dealer", TRUE);
  if (view->sale.product == NULL)
    return;
  wuyou_json_begin_object (out, "product");
  wuyou_json_add_string (out, "id", view->sale.product->id);
  wuyou_json_add_string (out, "code", view->sale.product->code);
  wuyou_json_add_string (out, "label", view->sale.product->label);
  wuyou_json_add_string (out, "name", view->sale.product->name);
  write_cancellation (out, view->sale.product);
  wuyou_json_end_object (out);
}

WuyouReply *
wuyou_contract_view_reply (WuyouServerContext *context,
                           const WuyouRequest *request,
                           const char *id,
                           guint status,
                           GError **error)
{
  const WuyouTimelineRules rules = { .flags = wuyou_contract_codec_for (wuyou_request_get_caller (request)->roles) };
  g_auto (View) view = { .context = context, .caller = wuyou_request_get_caller (request), .id = id };
  WuyouReply *reply;
  GString *out;

  if (!wuyou_db_read (context->db, read_view, &view, error))
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_record_view_write (out, "contract", &wuyou_contract_type, view.sale.contract,
                           wuyou_contract_codec_for (view.caller->roles));
  wuyou_json_add_boolean (out, "erased", view.sale.erased);
  write_surroundings (out, &view);
  wuyou_contract_case_write_documents (&view.sale, out);
  wuyou_contract_case_write_actions (&view.sale, view.caller, wuyou_request_get_now (request), out);
  wuyou_timeline_write (out, view.history, view.names, &rules);
  write_papers (out, &view);
  wuyou_json_end_object (out);
  reply = wuyou_reply_new_json (status, out);
  wuyou_reply_set_revision (reply, view.sale.contract->version);
  return reply;
}

typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  const char *id;
  WuyouContract *contract;
} Current;

static gboolean
read_current (WuyouDbConn *conn, gpointer data, GError **error)
{
  Current *c = data;

  g_clear_pointer (&c->contract, wuyou_contract_free);
  c->contract = wuyou_record_load (conn, c->context->store, &wuyou_contract_type, c->id, c->caller->scope, NULL, error);
  return c->contract != NULL;
}

WuyouReply *
wuyou_contract_refuse (WuyouServerContext *context, const WuyouRequest *request, GError *refused, GError **error)
{
  Current c = {
    .context = context,
    .caller = wuyou_request_get_caller (request),
    .id = wuyou_request_get_arg (request, 0),
  };
  WuyouReply *reply = NULL;

  if (!g_error_matches (refused, WUYOU_ERROR, WUYOU_ERROR_STALE)) {
    g_propagate_error (error, refused);
    return NULL;
  }
  if (wuyou_db_read (context->db, read_current, &c, error))
    reply = wuyou_stale_reply_new (refused, &wuyou_contract_type, c.contract,
                                   wuyou_contract_codec_for (c.caller->roles), c.contract->version);
  g_clear_pointer (&c.contract, wuyou_contract_free);
  g_error_free (refused);
  return reply;
}
