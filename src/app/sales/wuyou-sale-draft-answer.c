/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-sale-draft-private.h"

static void
clear_text (WuyouSaleDraft *self, guint i)
{
  g_clear_pointer (&self->texts[i], g_free);
  g_clear_error (&self->errors[i]);
}

/* A sheet that is printed next shall bear the name and not its mask: what was typed here is remembered until somebody
 * else may have changed it, in memory and for papers only. */
static void
remember (WuyouSaleDraft *self, const WuyouField *field)
{
  if (field->pi != WUYOU_PI_NONE && wuyou_field_is_text (field))
    wuyou_field_set_text (field, self->said, wuyou_field_get_text (field, self->merged));
}

static void
drop_text (WuyouSaleDraft *self, guint i)
{
  remember (self, &wuyou_contract_type.fields[i]);
  clear_text (self, i);
}

static void
forget_said (WuyouSaleDraft *self)
{
  wuyou_record_clear (&wuyou_contract_type, self->said);
}

/* What the server took needs no text any more: from then on its value is shown. */
static void
drop_saved_texts (WuyouSaleDraft *self)
{
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];

    if (self->texts[i] != NULL && self->errors[i] == NULL && field->pi == WUYOU_PI_NONE
        && wuyou_field_equal (field, self->merged, self->server))
      clear_text (self, i);
  }
}

void
_wuyou_sale_draft_drop_answered (WuyouSaleDraft *self)
{
  for (guint i = 0; wuyou_sale_draft_is_settled (self) && i < wuyou_contract_type.n_fields; i++)
    if (self->texts[i] != NULL && self->errors[i] == NULL)
      clear_text (self, i);
  _wuyou_sale_draft_merge (self);
}

/* A creation leaves out what is empty; a change says so. */
static gboolean
was_sent (JsonNode *typed, JsonNode *sent, gboolean is_create)
{
  if (typed == NULL)
    return FALSE;
  return sent != NULL ? json_node_equal (typed, sent) : is_create && JSON_NODE_HOLDS_NULL (typed);
}

/* What went with @item and is typed as it was then is at the server: its text would shadow what somebody else puts
 * there later, and go out again with the next change. What was typed over it meanwhile stays. */
static void
drop_sent_texts (WuyouSaleDraft *self, WuyouOutboxItem *item)
{
  gboolean is_create = g_strcmp0 (wuyou_outbox_item_get_kind (item), WUYOU_SALE_DRAFT_CREATE) == 0;
  const char *body = wuyou_outbox_item_get_body (item);
  g_autoptr (JsonObject) sent = body != NULL ? wuyou_json_parse_object (body, strlen (body), NULL) : NULL;
  g_autoptr (JsonNode) node = _wuyou_sale_draft_dup_changes (self);
  JsonObject *typed = json_node_get_object (node);

  for (guint i = 0; sent != NULL && i < wuyou_contract_type.n_fields; i++) {
    const char *name = wuyou_contract_type.fields[i].name;

    if (self->texts[i] != NULL
        && was_sent (json_object_get_member (typed, name), json_object_get_member (sent, name), is_create))
      drop_text (self, i);
  }
}

static void
copy_values (WuyouSaleDraft *self, const WuyouDossier *dossier)
{
  if (self->server == NULL)
    self->server = wuyou_contract_new ();
  wuyou_record_copy (&wuyou_contract_type, dossier->contract, self->server);
  self->version = dossier->contract->version;
  self->exists = TRUE;
}

void
wuyou_sale_draft_take_dossier (WuyouSaleDraft *self, const WuyouDossier *dossier)
{
  if (dossier->contract->version != self->version)
    forget_said (self);
  copy_values (self, dossier);
  if (!self->dirty)
    drop_saved_texts (self);
  _wuyou_sale_draft_merge (self);
  wuyou_outbox_set_tag (wuyou_app_context_get_outbox (self->context), self->id, dossier->etag);
  if (wuyou_sale_draft_is_settled (self))
    _wuyou_sale_draft_set_state (self, WUYOU_DRAFT_SAVED, NULL);
  g_signal_emit_by_name (self, "changed");
}

void
wuyou_sale_draft_take_theirs (WuyouSaleDraft *self, const WuyouField *field, JsonObject *current)
{
  g_autoptr (WuyouContract) theirs = wuyou_contract_new ();

  if (!wuyou_record_read_json (&wuyou_contract_type, theirs, current, WUYOU_CODEC_MASKED_INPUT, NULL))
    return;
  if (self->server == NULL)
    self->server = wuyou_contract_new ();
  if (wuyou_field_is_text (field))
    wuyou_field_set_text (field, self->server, wuyou_field_get_text (field, theirs));
  else
    wuyou_field_set_int (field, self->server, wuyou_field_get_int (field, theirs));
  clear_text (self, _wuyou_sale_draft_position (field));
}

void
_wuyou_sale_draft_take_reply (WuyouSaleDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  g_autoptr (WuyouDossier) dossier = wuyou_dossier_new (reply, etag, NULL);

  self->exists = TRUE;
  drop_sent_texts (self, item);
  if (dossier != NULL) {
    /* More than this one change came in between. */
    if (self->version > 0 && dossier->contract->version > self->version + 1)
      forget_said (self);
    copy_values (self, dossier);
    wuyou_dossier_keep (wuyou_app_context_get_local (self->context), reply);
  }
  _wuyou_sale_draft_merge (self);
  _wuyou_sale_draft_save (self);
}

static void
on_sent_cb (WuyouSaleDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) != 0)
    return;
  _wuyou_sale_draft_take_reply (self, item, reply, etag);
  _wuyou_sale_draft_set_state (self, wuyou_sale_draft_is_settled (self) ? WUYOU_DRAFT_SAVED : WUYOU_DRAFT_SENDING,
                               NULL);
  g_signal_emit_by_name (self, "changed");
}

static void
on_refused_cb (WuyouSaleDraft *self, WuyouOutboxItem *item, const GError *error, JsonObject *problem)
{
  JsonObject *current = problem != NULL ? wuyou_json_get_object (problem, "current") : NULL;

  if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) != 0)
    return;
  _wuyou_sale_draft_set_state (self, WUYOU_DRAFT_REFUSED, error);
  if (current == NULL)
    return;
  forget_said (self);
  g_signal_emit_by_name (self, "conflict", current);
}

static void
on_online_cb (WuyouSaleDraft *self)
{
  if (!wuyou_client_get_online (wuyou_app_context_get_client (self->context)) && self->state == WUYOU_DRAFT_SENDING)
    _wuyou_sale_draft_set_state (self, WUYOU_DRAFT_LOCAL, NULL);
}

void
_wuyou_sale_draft_connect (WuyouSaleDraft *self)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (self->context);

  g_signal_connect_object (outbox, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "refused", G_CALLBACK (on_refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_client (self->context), "notify::online", G_CALLBACK (on_online_cb),
                           self, G_CONNECT_SWAPPED);
}
