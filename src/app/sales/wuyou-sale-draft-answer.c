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
 * else may have changed it, in memory only; what is said of a VIN stays beside it as well. */
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

gboolean
wuyou_sale_draft_is_disputed (WuyouSaleDraft *self, const WuyouField *field, const WuyouContract *theirs)
{
  guint i = _wuyou_sale_draft_position (field);

  return self->texts[i] != NULL && self->errors[i] == NULL && !wuyou_field_equal (field, self->merged, theirs);
}

/* Entries that say what the server says anyway stand on the newest version too; TRUE when others do not. Wrong ones are
 * not sent: they keep their version until they are right. */
static gboolean
move_bases (WuyouSaleDraft *self)
{
  gboolean disputed = FALSE;

  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    if (self->texts[i] == NULL || self->errors[i] != NULL || self->bases[i] >= self->version)
      continue;
    if (wuyou_sale_draft_is_disputed (self, &wuyou_contract_type.fields[i], self->server))
      disputed = TRUE;
    else
      self->bases[i] = self->version;
  }
  return disputed;
}

/* Somebody else saved since this was typed: nothing goes out before a person chose. */
static void
ask (WuyouSaleDraft *self)
{
  g_autoptr (GError) stale = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_STALE, "");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonObject) current = NULL;

  wuyou_record_write_json (&wuyou_contract_type, self->server, WUYOU_CODEC_DEFAULT, text);
  current = wuyou_json_parse_object (text->str, text->len, NULL);
  _wuyou_sale_draft_hold (self);
  _wuyou_sale_draft_set_state (self, WUYOU_DRAFT_REFUSED, stale);
  if (current != NULL)
    g_signal_emit_by_name (self, "conflict", current);
}

static void
copy_values (WuyouSaleDraft *self, const WuyouDossier *dossier)
{
  if (self->server == NULL)
    self->server = wuyou_contract_new ();
  wuyou_record_copy (&wuyou_contract_type, dossier->contract, self->server);
  self->exists = TRUE;
}

/* While a write is under way, its answer says what it met: @dossier may show that very write. */
static gboolean
take_version (WuyouSaleDraft *self, gint64 version)
{
  if (_wuyou_sale_draft_is_under_way (self))
    return FALSE;
  self->version = MAX (self->version, version);
  return move_bases (self);
}

void
wuyou_sale_draft_take_dossier (WuyouSaleDraft *self, const WuyouDossier *dossier)
{
  gboolean disputed;

  /* A slow answer that a newer one overtook. */
  if (self->server != NULL && dossier->contract->version < self->server->version)
    return;
  if (dossier->contract->version != self->version)
    forget_said (self);
  copy_values (self, dossier);
  disputed = take_version (self, dossier->contract->version);
  if (!self->dirty && !disputed)
    drop_saved_texts (self);
  _wuyou_sale_draft_merge (self);
  if (wuyou_sale_draft_is_settled (self) && !disputed)
    _wuyou_sale_draft_set_state (self, WUYOU_DRAFT_SAVED, NULL);
  g_signal_emit_by_name (self, "changed");
  if (disputed)
    ask (self);
}

void
wuyou_sale_draft_show_kept (WuyouSaleDraft *self, const WuyouDossier *dossier)
{
  if (self->server != NULL)
    return;
  copy_values (self, dossier);
  self->version = MAX (self->version, dossier->contract->version);
  _wuyou_sale_draft_merge (self);
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

/* A write that was taken changed what it was typed on, and nothing came in between: what was typed on the same stands
 * on what it made. */
static void
follow_write (WuyouSaleDraft *self, gint64 version)
{
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++)
    if (self->bases[i] == version - 1)
      self->bases[i] = version;
}

static gint64
read_tag (const char *etag)
{
  return etag != NULL && *etag == '"' ? g_ascii_strtoll (etag + 1, NULL, 10) : 0;
}

static void
raise_version (WuyouSaleDraft *self, gint64 version)
{
  /* Asked for again after its answer was lost, a write is answered with what stands by now. */
  if (self->version > 0 && version > self->version + 1)
    forget_said (self);
  self->version = MAX (self->version, version);
  follow_write (self, version);
}

gboolean
_wuyou_sale_draft_take_reply (WuyouSaleDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  g_autoptr (WuyouDossier) dossier = wuyou_dossier_new (reply, etag, NULL);
  gboolean disputed = FALSE;

  self->exists = TRUE;
  drop_sent_texts (self, item);
  raise_version (self, dossier != NULL ? dossier->contract->version : read_tag (etag));
  if (dossier != NULL) {
    copy_values (self, dossier);
    disputed = take_version (self, self->version);
    wuyou_dossier_keep (wuyou_app_context_get_local (self->context), reply);
  }
  _wuyou_sale_draft_merge (self);
  _wuyou_sale_draft_set_tag (self);
  _wuyou_sale_draft_save (self);
  return disputed;
}

static void
on_sent_cb (WuyouSaleDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  gboolean disputed;

  if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) != 0)
    return;
  disputed = _wuyou_sale_draft_take_reply (self, item, reply, etag);
  _wuyou_sale_draft_set_state (self, wuyou_sale_draft_is_settled (self) ? WUYOU_DRAFT_SAVED : WUYOU_DRAFT_SENDING,
                               NULL);
  g_signal_emit_by_name (self, "changed");
  if (disputed)
    ask (self);
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
