/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-paper-routes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim.h"
#include "wuyou-audit-store.h"
#include "sales/wuyou-contract-case.h"
#include "wuyou-document-store.h"
#include "records/wuyou-once.h"
#include "wuyou-paper-payload.h"
#include "sales/wuyou-paper-service.h"
#include "engine/wuyou-request-members.h"

typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  const char *id;
  WuyouContractCase sale;
  WuyouStoredPaper *paper;
  WuyouAccount *account;
  WuyouPrint print;
} Copy;

static void
clear_copy (Copy *copy)
{
  wuyou_contract_case_clear (&copy->sale);
  g_clear_pointer (&copy->paper, wuyou_stored_paper_free);
  g_clear_pointer (&copy->account, wuyou_account_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, clear_copy)

static gboolean
read_sale (WuyouDbConn *conn, gpointer data, GError **error)
{
  Copy *copy = data;
  const WuyouCaller *caller = wuyou_request_get_caller (copy->request);

  g_clear_pointer (&copy->account, wuyou_account_free);
  copy->account
      = wuyou_record_load (conn, copy->context->store, &wuyou_account_type, caller->account_id, NULL, NULL, error);
  return copy->account != NULL
         && wuyou_contract_case_load (&copy->sale, conn, copy->context, copy->id, caller->scope, error);
}

static const char *
find_kind (const char *name, GError **error)
{
  for (guint i = 0; name != NULL && i < WUYOU_N_STORED_PAPERS; i++)
    if (g_str_equal (wuyou_stored_paper_kinds[i], name))
      return wuyou_stored_paper_kinds[i];
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "kind of paper");
  return NULL;
}

static gboolean
write_paper_view (WuyouDbConn *conn, gpointer data, GError **error)
{
  Copy *copy = data;
  const WuyouActor actor = wuyou_auth_get_actor (copy->request);
  const WuyouAuditEntry entry = {
    .action = "read-paper",
    .object = "contract",
    .object_id = copy->id,
    .scope = copy->sale.org->path,
    .version = copy->sale.contract->version,
    .outcome = "OK",
    .detail = NULL,
  };

  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static WuyouReply *
get_paper (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (Copy) copy = { .context = context, .request = request };
  const char *kind = find_kind (wuyou_request_get_arg (request, 1), error);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *name = NULL;
  WuyouReply *reply;

  copy.id = kind != NULL ? wuyou_request_get_id_arg (request, 0, error) : NULL;
  if (copy.id == NULL || !wuyou_db_read (context->db, read_sale, &copy, error))
    return NULL;
  pdf = wuyou_paper_service_get (context, &copy.sale, kind, error);
  /* The paper shows full values: it is a full view and leaves its row before a byte is sent. */
  if (pdf == NULL || !wuyou_db_write (context->db, write_paper_view, &copy, error))
    return NULL;
  reply = wuyou_reply_new_bytes (200, "application/pdf", pdf);
  name = g_strdup_printf ("%s-%s.pdf", copy.sale.contract->number != NULL ? copy.sale.contract->number : "draft", kind);
  wuyou_reply_set_file_name (reply, name);
  return reply;
}

/* The first copy is the original; every other one is a reprint and says why (PR-03). */
static gboolean
check_reprint (const WuyouPrint *print, GError **error)
{
  g_autofree char *visible = wuyou_text_normalise_lines (print->reprint_reason);

  if (print->copy_number == 1 || wuyou_text_length (visible) >= 2)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("Please give a reason."));
  wuyou_error_set_field (*error, "reason", NULL);
  return FALSE;
}

static gboolean
write_copy (WuyouDbConn *conn, gpointer data, GError **error)
{
  Copy *copy = data;
  const WuyouActor actor = wuyou_auth_get_actor (copy->request);
  g_autofree char *detail = NULL;
  WuyouAuditEntry entry;
  gboolean new;

  if (!wuyou_contract_case_check_current (&copy->sale, conn, copy->context, error)
      || !wuyou_print_reserve (conn, &copy->print, &new, error) || !check_reprint (&copy->print, error))
    return FALSE;
  if (!new) /* sent again: it has its row */
    return TRUE;
  detail = g_strdup_printf ("{\"copy\":%" G_GINT64_FORMAT "}", copy->print.copy_number);
  entry = (WuyouAuditEntry){
    .action = "print",
    .object = "contract",
    .object_id = copy->id,
    .scope = copy->sale.org->path,
    .version = copy->sale.contract->version,
    .outcome = "OK",
    .reason = copy->print.reprint_reason,
    .detail = detail,
  };
  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static gboolean
read_paper (WuyouDbConn *conn, gpointer data, GError **error)
{
  Copy *copy = data;
  const char *kind = copy->print.result; /* borrowed for the look-up */

  g_clear_pointer (&copy->paper, wuyou_stored_paper_free);
  if (!wuyou_paper_find (conn, copy->id, copy->sale.contract->revision, kind, &copy->paper, error))
    return FALSE;
  if (copy->paper == NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                         N_ ("A draft has no numbered copies. Submit the contract first."));
  return copy->paper != NULL;
}

static gboolean
parse_print (Copy *copy, JsonObject *body, GError **error)
{
  const WuyouMember members[] = {
    { "id", G_TYPE_STRING }, { "kind", G_TYPE_STRING }, { "reason", G_TYPE_STRING }, { "device", G_TYPE_STRING }
  };
  const char *id = wuyou_json_get_string (body, "id");
  const char *reason = wuyou_json_get_string (body, "reason");
  const char *kind;

  if (!wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error))
    return FALSE;
  kind = find_kind (wuyou_json_get_string (body, "kind"), error);
  if (kind == NULL)
    return FALSE;
  if (!wuyou_request_check_text (reason, "reason", 0, 200, N_ ("Please give a reason."), error)
      || !wuyou_request_check_text (wuyou_json_get_string (body, "device"), "device", 0, 100,
                                    N_ ("This value is not known here."), error))
    return FALSE;
  if (!wuyou_id_is_valid (id)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This is not a valid record id."));
    wuyou_error_set_field (*error, "id", NULL);
    return FALSE;
  }
  copy->print = (WuyouPrint){
    .id = (char *) id,
    .account_id = (char *) wuyou_request_get_caller (copy->request)->account_id,
    .device = (char *) wuyou_json_get_string (body, "device"),
    .reprint_reason = (char *) reason,
    .result = (char *) kind,
    .at = wuyou_request_get_now (copy->request),
  };
  return TRUE;
}

static WuyouReply *
make_print_reply (const Copy *copy)
{
  g_autofree char *when = wuyou_instant_format_local (copy->print.at);
  g_autofree char *printed = g_strdup_printf ("%s %s", copy->account->name, when);
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", copy->print.id);
  wuyou_json_add_int (out, "copy_number", copy->print.copy_number);
  wuyou_json_add_boolean (out, "reprint", copy->print.copy_number > 1);
  wuyou_json_add_string (out, "printed", printed);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (201, out);
}

static WuyouReply *
try_reserve (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (Copy) copy = { .context = context, .request = request };

  if (body == NULL || !parse_print (&copy, body, error))
    return NULL;
  copy.id = wuyou_request_get_id_arg (request, 0, error);
  if (copy.id == NULL || !wuyou_db_read (context->db, read_sale, &copy, error)
      || !wuyou_db_read (context->db, read_paper, &copy, error))
    return NULL;
  copy.print.paper_id = copy.paper->id;
  copy.print.result = NULL;
  /* The print's own id makes this repeatable: the same one keeps its number. */
  if (!wuyou_db_write (context->db, write_copy, &copy, error))
    return NULL;
  return make_print_reply (&copy);
}

static WuyouReply *
reserve_copy (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_try_until_current (request, context, try_reserve, error);
}

typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  WuyouPaperPayload payload;
  char hex[2 * WUYOU_PAPER_PAYLOAD_HASH + 1];
  WuyouContract *contract; /* NULL: not one of the caller's */
  WuyouClaim *claim;       /* the same */
  GPtrArray *letters;      /* WuyouStoredPaper, of the claim */
} Verify;

static void
clear_verify (Verify *v)
{
  g_clear_pointer (&v->contract, wuyou_contract_free);
  g_clear_pointer (&v->claim, wuyou_claim_free);
  g_clear_pointer (&v->letters, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verify, clear_verify)

/* Of that number, as the caller may see it; NULL when there is none. Owned. */
static gboolean
find_record (WuyouDbConn *conn, const Verify *v, const WuyouRecordType *type, gpointer *ret_record, GError **error)
{
  const WuyouFilter filter = { .field = "number", .op = WUYOU_FILTER_EQUAL, .text = v->payload.number };
  const WuyouRecordQuery query = {
    .scope = wuyou_request_get_caller (v->request)->scope,
    .filters = &filter,
    .n_filters = 1,
    .limit = 1,
  };
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  if (!wuyou_record_list (conn, v->context->store, type, &query, found, error))
    return FALSE;
  *ret_record = found->len > 0 ? found->pdata[0] : NULL;
  return TRUE;
}

/* Numbers of claims and contracts differ in how they begin. */
static gboolean
read_verified (WuyouDbConn *conn, gpointer data, GError **error)
{
  Verify *v = data;

  clear_verify (v);
  if (!g_str_has_prefix (v->payload.number, WUYOU_CLAIM_NUMBER_PREFIX))
    return find_record (conn, v, &wuyou_contract_type, (gpointer *) &v->contract, error);
  if (!wuyou_permission_check (wuyou_request_get_caller (v->request)->roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_READ))
    return TRUE;
  if (!find_record (conn, v, &wuyou_claim_type, (gpointer *) &v->claim, error))
    return FALSE;
  v->letters = v->claim != NULL ? wuyou_paper_list (conn, v->claim->id, error) : NULL;
  return v->claim == NULL || v->letters != NULL;
}

static gboolean
has_hash (const Verify *v, const char *content_sha256)
{
  return content_sha256 != NULL && g_str_has_prefix (content_sha256, v->hex);
}

/* A letter stays what it was when the claim moves on; another paper is one of the version it was drawn from. */
static gboolean
is_current_letter (const Verify *v)
{
  for (guint i = 0; i < v->letters->len; i++)
    if (has_hash (v, ((const WuyouStoredPaper *) v->letters->pdata[i])->content_sha256))
      return TRUE;
  return v->claim->version == v->payload.revision;
}

static void
write_record (GString *out, const char *kind, const char *id, const char *state, gboolean current)
{
  wuyou_json_add_string (out, "kind", kind);
  wuyou_json_add_string (out, "id", id);
  wuyou_json_add_string (out, "state", state);
  wuyou_json_add_boolean (out, "current", current);
}

static void
write_verified (GString *out, const Verify *v)
{
  char date[11];

  wuyou_date_format (v->payload.date, date);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_boolean (out, "valid", TRUE);
  wuyou_json_add_string (out, "number", v->payload.number);
  wuyou_json_add_int (out, "revision", v->payload.revision);
  wuyou_json_add_string (out, "date", date);
  wuyou_json_add_boolean (out, "known", v->contract != NULL || v->claim != NULL);
  if (v->contract != NULL)
    write_record (out, "contract", v->contract->id, wuyou_enum_id (wuyou_contract_states, v->contract->state),
                  v->contract->revision == v->payload.revision && has_hash (v, v->contract->content_sha256));
  if (v->claim != NULL)
    write_record (out, "claim", v->claim->id, wuyou_enum_id (wuyou_claim_states, v->claim->state),
                  is_current_letter (v));
  wuyou_json_end_object (out);
}

static WuyouReply *
verify_paper (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  const WuyouMember member = { "payload", G_TYPE_STRING };
  const char *text = wuyou_json_get_string (body, member.name);
  g_auto (Verify) v = { .context = context, .request = request };
  GString *out;

  if (body == NULL || !wuyou_request_check_members (body, &member, 1, error))
    return NULL;
  if (!wuyou_paper_payload_verify (text != NULL ? text : "", wuyou_keys_get_public_key (context->keys), &v.payload,
                                   error)) {
    wuyou_error_set_field (*error, "payload", NULL);
    return NULL;
  }
  for (guint i = 0; i < WUYOU_PAPER_PAYLOAD_HASH; i++)
    g_snprintf (v.hex + 2 * i, 3, "%02x", v.payload.hash[i]);
  if (!wuyou_db_read (context->db, read_verified, &v, error))
    return NULL;
  out = g_string_new (NULL);
  write_verified (out, &v);
  return wuyou_reply_new_json (200, out);
}

void
wuyou_paper_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_CONTRACT_PAPER, get_paper);
  wuyou_router_add (router, WUYOU_ROUTE_CONTRACT_PRINT, reserve_copy);
  wuyou_router_add (router, WUYOU_ROUTE_PAPER_VERIFY, verify_paper);
}
