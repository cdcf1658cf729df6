/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-write.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-contract-store.h"
#include "sales/wuyou-contract-view.h"
#include "records/wuyou-once.h"

/* One write of a draft: what stood before, what shall stand, and the draft of the record between them. */
typedef struct {
  WuyouServerContext *context;
  WuyouRequest *request;
  const char *id;
  WuyouContractCase before;
  WuyouKey *key;
  WuyouContract *contract;
  WuyouContractDraft *draft;
} Write;

static void
clear_write (Write *w)
{
  wuyou_contract_case_clear (&w->before);
  g_clear_pointer (&w->draft, wuyou_contract_draft_free);
  g_clear_pointer (&w->contract, wuyou_contract_free);
  g_clear_pointer (&w->key, wuyou_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Write, clear_write)

static gboolean
save_contract (WuyouDbConn *conn, gpointer data, GError **error)
{
  Write *w = data;

  return wuyou_contract_save (conn, w->draft, error);
}

static WuyouContract *
read_new_contract (WuyouRequest *request, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  const WuyouCaller *caller = wuyou_request_get_caller (request);
  gint64 now = wuyou_request_get_now (request);
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();

  if (body == NULL || !wuyou_record_read_json (&wuyou_contract_type, contract, body, WUYOU_CODEC_CLIENT, error)
      || !wuyou_record_check (&wuyou_contract_type, contract, WUYOU_FIELD_ALWAYS, error))
    return NULL;
  contract->state = WUYOU_CONTRACT_DRAFT;
  contract->org_id = g_strdup (caller->organisation_id);
  contract->created_by = g_strdup (caller->account_id);
  contract->created_at = contract->updated_at = now;
  wuyou_contract_attest (contract, NULL, caller->account_id, now);
  return g_steal_pointer (&contract);
}

/* The same id with the same content is the same creation sent again; anything else is one generic conflict, also for
 * an id that belongs to somebody else. */
static gboolean
is_same_creation (Write *w, const WuyouContract *stored)
{
  if (g_strcmp0 (stored->created_by, w->contract->created_by) != 0)
    return FALSE;
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];

    if (!(field->flags & WUYOU_FIELD_SERVER) && !wuyou_field_equal (field, stored, w->contract))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_before (WuyouDbConn *conn, gpointer data, GError **error)
{
  Write *w = data;
  const WuyouCaller *caller = wuyou_request_get_caller (w->request);

  g_clear_pointer (&w->key, wuyou_key_unref);
  if (!wuyou_contract_case_load (&w->before, conn, w->context, w->id, caller->scope, error))
    return FALSE;
  w->key = wuyou_record_load_key (conn, w->context->store, &wuyou_contract_type, w->id, error);
  if (w->key == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION, N_ ("The customer’s data were erased."));
  return w->key != NULL;
}

static gboolean
settle_conflict (Write *w, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (wuyou_db_read (w->context->db, read_before, w, &local) && is_same_creation (w, w->before.contract))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "id in use");
  return FALSE;
}

WuyouReply *
wuyou_contract_create (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (Write) w = { .context = context, .request = request, .contract = read_new_contract (request, error) };
  const WuyouActor actor = wuyou_auth_get_actor (request);
  g_autoptr (GError) local = NULL;
  gboolean replayed;

  if (w.contract == NULL)
    return NULL;
  w.id = w.contract->id;
  w.draft
      = wuyou_contract_draft_new (context->store, NULL, w.contract, NULL, actor.scope, &actor, "create", NULL, error);
  if (w.draft == NULL)
    return NULL;
  if (!wuyou_once_write (context, request, w.id, save_contract, &w, &replayed, &local)) {
    if (!g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_CONFLICT) || !settle_conflict (&w, error)) {
      if (error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  }
  return wuyou_contract_view_reply (context, request, w.id, 201, error);
}

static gboolean
check_version (const Write *w, GError **error)
{
  if (wuyou_request_get_if_match (w->request) == w->before.contract->version)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "");
  return FALSE;
}

static gboolean
check_editable (const Write *w, GError **error)
{
  if (wuyou_contract_is_editable (w->before.contract))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("Only a draft can be changed. Take the contract back to correct it."));
  return FALSE;
}

static gboolean
change_contract (Write *w, GError **error)
{
  JsonObject *body = wuyou_request_get_json (w->request, error);
  gint64 now = wuyou_request_get_now (w->request);

  if (body == NULL)
    return FALSE;
  w->contract = wuyou_contract_new ();
  wuyou_record_copy (&wuyou_contract_type, w->before.contract, w->contract);
  if (!wuyou_record_read_json (&wuyou_contract_type, w->contract, body, WUYOU_CODEC_CLIENT, error))
    return FALSE;
  if (g_strcmp0 (w->contract->id, w->before.contract->id) != 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("A record keeps its id."));
    wuyou_error_set_field (*error, "id", NULL);
    return FALSE;
  }
  w->contract->updated_at = now;
  wuyou_contract_attest (w->contract, w->before.contract, wuyou_request_get_caller (w->request)->account_id, now);
  return TRUE;
}

static WuyouReply *
put_contract (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (Write) w = { .context = context, .request = request };
  const WuyouActor actor = wuyou_auth_get_actor (request);
  gboolean replayed = FALSE;

  w.id = wuyou_request_get_id_arg (request, 0, error);
  if (w.id == NULL || !wuyou_db_read (context->db, read_before, &w, error)
      || !wuyou_once_find (context, request, &replayed, error))
    return NULL;
  if (replayed) /* what stands now, whatever If-Match says: the client did not hear */
    return wuyou_contract_view_reply (context, request, w.id, 200, error);
  if (!check_version (&w, error) || !check_editable (&w, error) || !change_contract (&w, error))
    return NULL;
  w.draft = wuyou_contract_draft_new (context->store, w.before.contract, w.contract, w.key, w.before.org->path, &actor,
                                      "update", NULL, error);
  if (w.draft == NULL || !wuyou_once_write (context, request, w.id, save_contract, &w, &replayed, error))
    return NULL;
  return wuyou_contract_view_reply (context, request, w.id, 200, error);
}

WuyouReply *
wuyou_contract_put (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  GError *local = NULL;
  WuyouReply *reply = put_contract (request, context, &local);

  return reply != NULL ? reply : wuyou_contract_refuse (context, request, local, error);
}
