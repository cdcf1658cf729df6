/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-flags.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "claims/wuyou-claim-case.h"
#include "claims/wuyou-claim-view.h"
#include "records/wuyou-once.h"
#include "wuyou-red-flag-store.h"
#include "engine/wuyou-request-members.h"

gboolean
wuyou_claim_flags_read (WuyouDbConn *conn,
                        const char *claim_id,
                        const WuyouCaller *caller,
                        GPtrArray **ret_flags,
                        GError **error)
{
  g_clear_pointer (ret_flags, g_ptr_array_unref);
  if (!wuyou_permission_check (caller->roles, WUYOU_OBJECT_RED_FLAG, WUYOU_VERB_READ))
    return TRUE;
  *ret_flags = wuyou_red_flag_list (conn, claim_id, error);
  return *ret_flags != NULL;
}

static void
write_flag (GString *out, const WuyouRedFlag *flag)
{
  const WuyouFlagInfo *info = wuyou_flag_info (flag->code);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", flag->id);
  wuyou_json_add_string (out, "code", info->id);
  wuyou_json_add_string (out, "severity", wuyou_enum_id (wuyou_severities, info->severity));
  wuyou_json_add_instant (out, "at", flag->at);
  wuyou_json_add_string (out, "state", wuyou_enum_id (wuyou_flag_states, flag->state));
  wuyou_json_add_string (out, "note", flag->note);
  wuyou_json_add_string (out, "evidence_id", flag->evidence_id);
  wuyou_json_add_string (out, "fact", flag->fact);
  wuyou_json_end_object (out);
}

void
wuyou_claim_flags_write (const GPtrArray *flags, GString *out)
{
  if (flags == NULL)
    return;
  wuyou_json_begin_array (out, "flags");
  for (guint i = 0; i < flags->len; i++)
    write_flag (out, flags->pdata[i]);
  wuyou_json_end_array (out);
}

/* --- judged --- */

typedef struct {
  WuyouServerContext *context;
  WuyouRequest *request;
  const char *claim_id, *flag_id, *note;
  int state;
  WuyouClaimCase loss;
} Judgement;

static void
clear_judgement (Judgement *judgement)
{
  wuyou_claim_case_clear (&judgement->loss);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judgement, clear_judgement)

static gboolean
read_claim (WuyouDbConn *conn, gpointer data, GError **error)
{
  Judgement *j = data;

  return wuyou_claim_case_load (&j->loss, conn, j->context, j->claim_id, wuyou_request_get_caller (j->request),
                                wuyou_request_get_now (j->request), error);
}

static gboolean
read_body (Judgement *j, GError **error)
{
  static const WuyouMember members[] = { { "state", G_TYPE_STRING }, { "note", G_TYPE_STRING } };
  JsonObject *body = wuyou_request_get_json (j->request, error);
  const WuyouEnum *state;

  if (body == NULL || !wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error))
    return FALSE;
  j->note = wuyou_json_get_string (body, "note");
  if (!wuyou_request_check_text (j->note, "note", 0, 300, N_ ("This text is too long."), error))
    return FALSE;
  state = wuyou_enum_find (wuyou_flag_states, wuyou_json_get_string (body, "state"));
  if (state == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("A value of another kind is expected here."));
    wuyou_error_set_field (*error, "state", NULL);
    return FALSE;
  }
  j->state = state->value;
  return TRUE;
}

/* The audit row is of the claim, in the operator's scope alone: the dealership must not learn that there is a flag. */
static gboolean
write_judgement (WuyouDbConn *conn, gpointer data, GError **error)
{
  Judgement *j = data;
  const WuyouActor actor = wuyou_auth_get_actor (j->request);
  const WuyouAuditEntry entry = {
    .action = "judge-flag",
    .object = "claim",
    .object_id = j->claim_id,
    .scope = actor.scope,
    .version = j->loss.claim->version,
    .outcome = "OK",
    .reason = j->note,
  };

  return wuyou_red_flag_judge (conn, j->claim_id, j->flag_id, j->state, j->note, &actor, error)
         && wuyou_audit_insert (conn, &actor, &entry, error)
         && wuyou_event_insert (conn, "claim", j->claim_id, j->loss.claim->version, actor.scope, NULL, actor.at, error);
}

WuyouReply *
wuyou_claim_flag_put (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (Judgement) j = { .context = context, .request = request };
  gboolean replayed;

  if (wuyou_request_get_json (request, error) == NULL)
    return NULL;
  j.claim_id = wuyou_request_get_id_arg (request, 0, error);
  j.flag_id = j.claim_id != NULL ? wuyou_request_get_id_arg (request, 1, error) : NULL;
  if (j.flag_id == NULL || !wuyou_db_read (context->db, read_claim, &j, error) || !read_body (&j, error)
      || !wuyou_once_write (context, request, j.claim_id, write_judgement, &j, &replayed, error))
    return NULL;
  return wuyou_claim_view_reply (context, request, j.claim_id, 200, error);
}
