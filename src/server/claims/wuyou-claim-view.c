/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-view.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-claim-flags.h"
#include "claims/wuyou-claim-sections.h"
#include "claims/wuyou-exclusion.h"
#include "claims/wuyou-terms-clause.h"
#include "evidence/wuyou-evidence-show.h"
#include "wuyou-claim-store.h"
#include "wuyou-document-store.h"
#include "wuyou-evidence-store.h"
#include "records/wuyou-record-view.h"

#define MAX_HISTORY 300
#define MAX_MESSAGES 500

typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller;
  gint64 now;
  const char *id;
  WuyouClaimCase loss;
  GPtrArray *history;  /* WuyouHistoryEntry */
  GPtrArray *messages; /* WuyouClaimMessage */
  GPtrArray *papers;   /* WuyouStoredPaper */
  GPtrArray *thumbs;   /* WuyouRendition */
  GPtrArray *flags;    /* WuyouRedFlag, or NULL for who may not know of them */
  GHashTable *names;
} View;

static void
clear_view (View *view)
{
  wuyou_claim_case_clear (&view->loss);
  g_clear_pointer (&view->history, g_ptr_array_unref);
  g_clear_pointer (&view->messages, g_ptr_array_unref);
  g_clear_pointer (&view->papers, g_ptr_array_unref);
  g_clear_pointer (&view->thumbs, g_ptr_array_unref);
  g_clear_pointer (&view->flags, g_ptr_array_unref);
  g_clear_pointer (&view->names, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, clear_view)

static gboolean
read_people (WuyouDbConn *conn, View *view, GError **error)
{
  const WuyouClaim *claim = view->loss.claim;
  const char *people[]
      = { claim->assessor_id, claim->approver_id, claim->determined_by,      claim->previous_approver_id,
          claim->override_by, claim->created_by,  claim->consent_attested_by };
  WuyouStore *store = view->context->store;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (!wuyou_names_read (view->names, conn, store, people[i], error))
      return FALSE;
  for (guint i = 0; i < view->messages->len; i++)
    if (!wuyou_names_read (view->names, conn, store, ((WuyouClaimMessage *) view->messages->pdata[i])->account_id,
                           error))
      return FALSE;
  return wuyou_names_read_history (view->names, conn, store, view->history, error);
}

static gboolean
read_view (WuyouDbConn *conn, gpointer data, GError **error)
{
  View *view = data;

  clear_view (view);
  view->names = wuyou_names_new ();
  if (!wuyou_claim_case_load (&view->loss, conn, view->context, view->id, view->caller, view->now, error))
    return FALSE;
  view->history = wuyou_history_list (conn, view->context->store, &wuyou_claim_type, view->id, MAX_HISTORY, error);
  if (view->history == NULL)
    return FALSE;
  view->messages = wuyou_claim_message_list (conn, view->id, view->loss.key, MAX_MESSAGES, error);
  view->papers = view->messages != NULL ? wuyou_paper_list (conn, view->id, error) : NULL;
  view->thumbs
      = view->papers != NULL ? wuyou_rendition_list_claim (conn, view->id, WUYOU_RENDITION_THUMB, error) : NULL;
  return view->thumbs != NULL && read_people (conn, view, error)
         && wuyou_claim_flags_read (conn, view->id, view->caller, &view->flags, error);
}

static void
hide (const WuyouField *field, gpointer record)
{
  if (wuyou_field_is_text (field))
    wuyou_field_set_text (field, record, NULL);
  else
    wuyou_field_set_int (field, record, 0);
}

/* An insurer: what was reported and determined, nothing of review, money and what both sides write (1.2-02). */
static gboolean
is_for_insurer (const WuyouField *field)
{
  static const char *const sections[] = { "review", "costs", "settlement", NULL };
  static const char *const names[] = { "state_reason", "request_json", "request_reason", NULL };

  return !g_strv_contains (sections, field->section) && !g_strv_contains (names, field->name);
}

/* The review's own notes stay with the operator; the amount is told when it was decided. */
static gboolean
is_for_dealer (const WuyouField *field, const WuyouClaim *claim)
{
  static const char *const told[] = { "assessor_id", "approver_id", "exclusion", "decision_reason", NULL };

  if (g_str_equal (field->section, "review"))
    return g_strv_contains (told, field->name);
  if (!g_str_equal (field->section, "settlement"))
    return TRUE;
  switch (claim->state) {
  case WUYOU_CLAIM_PRE_APPROVED:
  case WUYOU_CLAIM_REPLACING:
  case WUYOU_CLAIM_APPROVED:
  case WUYOU_CLAIM_SETTLING:
  case WUYOU_CLAIM_CLOSED_PAID:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
is_shown (const WuyouField *field, const WuyouClaim *claim, const WuyouCaller *caller)
{
  if (wuyou_caller_is_insurer (caller))
    return is_for_insurer (field);
  return wuyou_roles_are_operator (caller->roles) || is_for_dealer (field, claim);
}

WuyouClaim *
wuyou_claim_dup_for (const WuyouClaim *claim, const WuyouCaller *caller)
{
  WuyouClaim *copy = wuyou_claim_new ();

  wuyou_record_copy (&wuyou_claim_type, claim, copy);
  for (guint i = 0; i < wuyou_claim_type.n_fields; i++)
    if (!is_shown (&wuyou_claim_type.fields[i], claim, caller))
      hide (&wuyou_claim_type.fields[i], copy);
  return copy;
}

/* An insurer sees car, owner and policies; no price and no commission (1.2-02). */
WuyouContract *
wuyou_claim_dup_contract_for (const WuyouContract *contract, const WuyouCaller *caller)
{
  static const char *const hidden[] = { "price", "payment", "consent", NULL };
  WuyouContract *copy = wuyou_contract_new ();

  wuyou_record_copy (&wuyou_contract_type, contract, copy);
  for (guint i = 0; wuyou_caller_is_insurer (caller) && i < wuyou_contract_type.n_fields; i++)
    if (g_strv_contains (hidden, wuyou_contract_type.fields[i].section))
      hide (&wuyou_contract_type.fields[i], copy);
  return copy;
}

static void
write_contract (GString *out, const View *view)
{
  g_autoptr (WuyouContract) copy = wuyou_claim_dup_contract_for (view->loss.sale.contract, view->caller);

  wuyou_record_view_write (out, "contract", &wuyou_contract_type, copy, wuyou_contract_codec_for (view->caller->roles));
}

static void
write_org (GString *out, const char *name, const WuyouOrg *org)
{
  if (org == NULL)
    return;
  wuyou_json_begin_object (out, name);
  wuyou_json_add_string (out, "id", org->id);
  wuyou_json_add_string (out, "name", org->name);
  wuyou_json_end_object (out);
}

/* The words of the terms that this contract was sold under, of each reason for a refusal. Read once for all of them:
 * the terms are long. */
static void
write_clauses (GString *out, const WuyouProduct *product)
{
  const char *terms = product->terms_text != NULL ? product->terms_text : "";
  const char *json = product->benefit_json != NULL ? product->benefit_json : "";
  g_auto (GStrv) lines = g_strsplit (terms, "\n", -1);
  g_autoptr (JsonObject) benefit = wuyou_json_parse_object (json, strlen (json), NULL);

  wuyou_json_begin_object (out, "clauses");
  for (const WuyouEnum *row = wuyou_exclusions; row->id != NULL; row++) {
    const char *clause = wuyou_exclusion_find_clause (benefit, row->value);
    g_autofree char *text = clause != NULL ? wuyou_terms_dup_clause (lines, clause) : NULL;

    wuyou_json_add_string (out, row->id, text);
  }
  wuyou_json_end_object (out);
}

static void
write_product (GString *out, const WuyouProduct *product, const WuyouCaller *caller)
{
  wuyou_json_begin_object (out, "product");
  wuyou_json_add_string (out, "id", product->id);
  wuyou_json_add_string (out, "code", product->code);
  wuyou_json_add_string (out, "label", product->label);
  wuyou_json_add_string (out, "name", product->name);
  if (!wuyou_caller_is_insurer (caller)) { /* what it pays */
    wuyou_json_add_string (out, "benefit_json", product->benefit_json);
    write_clauses (out, product);
  }
  wuyou_json_end_object (out);
}

static void
write_messages (GString *out, const View *view)
{
  wuyou_json_begin_array (out, "messages");
  for (guint i = 0; !wuyou_caller_is_insurer (view->caller) && i < view->messages->len; i++) {
    const WuyouClaimMessage *message = view->messages->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "id", message->id);
    wuyou_json_add_instant (out, "at", message->at);
    wuyou_json_add_string (out, "actor", g_hash_table_lookup (view->names, message->account_id));
    wuyou_json_add_string (out, "side", message->side);
    wuyou_json_add_string (out, "text", message->text);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

static void
write_papers (GString *out, const View *view)
{
  wuyou_json_begin_array (out, "papers");
  for (guint i = 0; !wuyou_caller_is_insurer (view->caller) && i < view->papers->len; i++) {
    const WuyouStoredPaper *paper = view->papers->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "kind", paper->kind);
    wuyou_json_add_int (out, "revision", paper->revision);
    wuyou_json_add_int (out, "pages", paper->pages);
    wuyou_json_add_instant (out, "at", paper->created_at);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

static void
write_people (GString *out, const View *view)
{
  GHashTableIter iter;
  gpointer id, name;

  if (wuyou_caller_is_insurer (view->caller))
    return;
  wuyou_json_begin_object (out, "people");
  g_hash_table_iter_init (&iter, view->names);
  while (g_hash_table_iter_next (&iter, &id, &name))
    wuyou_json_add_string (out, id, name);
  wuyou_json_end_object (out);
}

static gboolean
is_told (const WuyouField *field, gconstpointer data)
{
  const View *view = data;

  return is_shown (field, view->loss.claim, view->caller);
}

static void
write_timeline (GString *out, const View *view)
{
  static const char *const internal[] = { "check", "settle-amount", "take-over", "endorse", NULL };
  gboolean insurer = wuyou_caller_is_insurer (view->caller);
  const WuyouTimelineRules rules = {
    .flags = WUYOU_CODEC_NO_WHOLESALE | (insurer ? WUYOU_CODEC_CLIENT : 0),
    .anonymous_but = insurer ? view->caller->account_id : NULL,
    .unreasoned = wuyou_roles_are_operator (view->caller->roles) ? NULL : internal,
    .tells = is_told,
    .data = view,
  };

  wuyou_timeline_write (out, view->history, view->names, &rules);
}

static void
write_claim (GString *out, const View *view)
{
  g_autoptr (WuyouClaim) claim = wuyou_claim_dup_for (view->loss.claim, view->caller);

  wuyou_record_view_write (out, "claim", &wuyou_claim_type, claim, WUYOU_CODEC_MASK_PI);
  wuyou_json_add_boolean (out, "erased", view->loss.erased);
  write_contract (out, view);
  write_org (out, "org", view->loss.sale.org);
  write_org (out, "insurer", view->loss.insurer);
  if (wuyou_caller_stands_in (view->caller, view->loss.sale.org))
    wuyou_json_add_boolean (out, "for_dealer", TRUE);
  write_product (out, view->loss.sale.product, view->caller);
  wuyou_claim_sections_write (&view->loss, view->caller, view->now, out);
  wuyou_evidence_write_thumbs (out, &view->loss, view->thumbs, view->caller);
  write_timeline (out, view);
}

WuyouReply *
wuyou_claim_view_reply (WuyouServerContext *context,
                        const WuyouRequest *request,
                        const char *id,
                        guint status,
                        GError **error)
{
  g_auto (View) view = {
    .context = context, .caller = wuyou_request_get_caller (request), .now = wuyou_request_get_now (request), .id = id
  };
  WuyouReply *reply;
  GString *out;

  if (!wuyou_db_read (context->db, read_view, &view, error))
    return NULL;
  out = g_string_sized_new (16384);
  wuyou_json_begin_object (out, NULL);
  write_claim (out, &view);
  write_messages (out, &view);
  write_papers (out, &view);
  wuyou_claim_flags_write (view.flags, out);
  write_people (out, &view);
  wuyou_json_end_object (out);
  reply = wuyou_reply_new_json (status, out);
  wuyou_reply_set_revision (reply, view.loss.claim->version);
  return reply;
}

static gboolean
read_current (WuyouDbConn *conn, gpointer data, GError **error)
{
  View *view = data;

  return wuyou_claim_case_load (&view->loss, conn, view->context, view->id, view->caller, view->now, error);
}

static WuyouReply *
make_stale_reply (const View *view, const GError *stale)
{
  g_autoptr (WuyouClaim) claim = wuyou_claim_dup_for (view->loss.claim, view->caller);

  return wuyou_stale_reply_new (stale, &wuyou_claim_type, claim, WUYOU_CODEC_MASK_PI, view->loss.claim->version);
}

WuyouReply *
wuyou_claim_refuse (WuyouServerContext *context, const WuyouRequest *request, GError *refused, GError **error)
{
  g_auto (View) view = { .context = context,
                         .caller = wuyou_request_get_caller (request),
                         .now = wuyou_request_get_now (request),
                         .id = wuyou_request_get_arg (request, 0) };
  g_autoptr (GError) stale = refused;

  if (!g_error_matches (stale, WUYOU_ERROR, WUYOU_ERROR_STALE)) {
    g_propagate_error (error, g_steal_pointer (&stale));
    return NULL;
  }
  if (!wuyou_db_read (context->db, read_current, &view, error))
    return NULL;
  return make_stale_reply (&view, stale);
}
