/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "claims/wuyou-claim-view.h"
#include "claims/wuyou-claim-write.h"
#include "records/wuyou-once.h"
#include "engine/wuyou-request-members.h"

#define MAX_TEXT 2000

typedef struct {
  WuyouClaimWrite write;
  WuyouClaimMessage message; /* borrowed */
  GBytes *sealed;
} Post;

static void
clear_post (Post *post)
{
  wuyou_claim_write_clear (&post->write);
  g_clear_pointer (&post->sealed, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Post, clear_post)

/* Those who work on the case write; others read. */
static const char *
get_side (guint32 roles)
{
  if (wuyou_permission_check (roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_SUBMIT))
    return "DEALER";
  return wuyou_permission_check (roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_APPROVE) ? "OPERATOR" : NULL;
}

static gboolean
read_message (Post *post, JsonObject *body, GError **error)
{
  const WuyouMember members[] = { { "id", G_TYPE_STRING }, { "text", G_TYPE_STRING } };
  const char *id = wuyou_json_get_string (body, "id");
  const char *text = wuyou_json_get_string (body, "text");
  const WuyouCaller *caller = post->write.caller;
  const char *side = get_side (wuyou_claim_case_get_roles (&post->write.before, caller));

  if (!wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error)
      || !wuyou_request_check_text (text, "text", 1, MAX_TEXT, N_ ("Write something first."), error))
    return FALSE;
  if (side == NULL || id == NULL || !wuyou_id_is_valid (id)) {
    g_set_error_literal (error, WUYOU_ERROR, side == NULL ? WUYOU_ERROR_FORBIDDEN : WUYOU_ERROR_INVALID,
                         N_ ("This value is not known here."));
    wuyou_error_set_field (*error, side == NULL ? NULL : "id", NULL);
    return FALSE;
  }
  post->message
      = (WuyouClaimMessage){ (char *) id, (char *) caller->account_id, (char *) side, (char *) text, post->write.now };
  return TRUE;
}

/* An event too, so that the other side hears of it; the audit row says that, not what, was written. */
static gboolean
write_message (WuyouDbConn *conn, gpointer data, GError **error)
{
  Post *post = data;
  const WuyouClaimCase *loss = &post->write.before;
  const WuyouAuditEntry entry = {
    .action = "message",
    .object = "claim",
    .object_id = loss->claim->id,
    .scope = loss->sale.org->path,
    .version = loss->claim->version,
    .outcome = "OK",
  };

  return wuyou_claim_message_insert (conn, loss->claim->id, &post->message, post->sealed, error)
         && wuyou_audit_insert (conn, &post->write.actor, &entry, error)
         && wuyou_event_insert (conn, "claim", loss->claim->id, loss->claim->version, loss->sale.org->path, NULL,
                                post->write.now, error);
}

static gboolean
find_message (WuyouDbConn *conn, gpointer data, GError **error)
{
  Post *post = data;
  const WuyouClaimCase *loss = &post->write.before;
  g_autoptr (GPtrArray) messages = wuyou_claim_message_list (conn, loss->claim->id, loss->key, G_MAXINT, error);

  for (guint i = 0; messages != NULL && i < messages->len; i++) {
    const WuyouClaimMessage *message = messages->pdata[i];

    if (g_str_equal (message->id, post->message.id) && g_str_equal (message->account_id, post->message.account_id)
        && g_strcmp0 (message->text, post->message.text) == 0)
      return TRUE;
  }
  if (messages != NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "");
  return FALSE;
}

/* The same again is no conflict, anything else under the same id is one. */
static gboolean
save_message (Post *post, GError **error)
{
  GError *conflict = NULL;
  gboolean replayed;

  if (wuyou_once_write (post->write.context, post->write.request, post->write.id, write_message, post, &replayed,
                        &conflict))
    return TRUE;
  if (g_error_matches (conflict, WUYOU_ERROR, WUYOU_ERROR_CONFLICT)) {
    g_clear_error (&conflict);
    return wuyou_db_read (post->write.context->db, find_message, post, error);
  }
  g_propagate_error (error, conflict);
  return FALSE;
}

WuyouReply *
wuyou_claim_message_post (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (Post) post = { 0 };
  gboolean replayed = FALSE;

  if (body == NULL)
    return NULL;
  wuyou_claim_write_init (&post.write, request, context);
  post.write.id = wuyou_request_get_id_arg (request, 0, error);
  if (post.write.id == NULL || !wuyou_claim_write_begin (&post.write, &replayed, error))
    return NULL;
  if (!replayed) {
    if (!read_message (&post, body, error))
      return NULL;
    post.sealed = wuyou_claim_message_seal (post.write.before.key, &post.message);
    if (!save_message (&post, error))
      return NULL;
  }
  return wuyou_claim_view_reply (context, request, post.write.id, 200, error);
}
