/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "drafts/wuyou-draft-private.h"

static void
clear_text (WuyouDraft *self, guint i)
{
  g_clear_pointer (&self->texts[i], g_free);
  g_clear_error (&self->errors[i]);
}

/* A sheet that is printed next shall bear the name and not its mask: what was typed here is remembered until somebody
 * else may have changed it, in memory only; what is said of a VIN stays beside it as well. */
static void
remember (WuyouDraft *self, const WuyouField *field)
{
  if (field->pi != WUYOU_PI_NONE && wuyou_field_is_text (field))
    wuyou_field_set_text (field, self->said, wuyou_field_get_text (field, self->merged));
}

static void
drop_text (WuyouDraft *self, guint i)
{
  remember (self, &self->kind->type->fields[i]);
  clear_text (self, i);
}

static void
forget_said (WuyouDraft *self)
{
  wuyou_record_clear (self->kind->type, self->said);
}

/* What the server took needs no text any more: from then on its value is shown. */
static void
drop_saved_texts (WuyouDraft *self)
{
  for (guint i = 0; i < self->kind->type->n_fields; i++) {
    const WuyouField *field = &self->kind->type->fields[i];

    if (self->texts[i] != NULL && self->errors[i] == NULL && field->pi == WUYOU_PI_NONE
        && wuyou_field_equal (field, self->merged, self->server))
      clear_text (self, i);
  }
}

void
_wuyou_draft_drop_answered (WuyouDraft *self)
{
  for (guint i = 0; wuyou_draft_is_settled (self) && i < self->kind->type->n_fields; i++)
    if (self->texts[i] != NULL && self->errors[i] == NULL)
      clear_text (self, i);
  _wuyou_draft_merge (self);
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
drop_sent_texts (WuyouDraft *self, WuyouOutboxItem *item)
{
  gboolean is_create = g_strcmp0 (wuyou_outbox_item_get_kind (item), self->kind->create) == 0;
  const char *body = wuyou_outbox_item_get_body (item);
  g_autoptr (JsonObject) sent = body != NULL ? wuyou_json_parse_object (body, strlen (body), NULL) : NULL;
  g_autoptr (JsonNode) node = _wuyou_draft_dup_changes (self);
  JsonObject *typed = json_node_get_object (node);

  for (guint i = 0; sent != NULL && i < self->kind->type->n_fields; i++) {
    const char *name = self->kind->type->fields[i].name;

    if (self->texts[i] != NULL
        && was_sent (json_object_get_member (typed, name), json_object_get_member (sent, name), is_create))
      drop_text (self, i);
  }
}

gboolean
wuyou_draft_is_disputed (WuyouDraft *self, const WuyouField *field, gconstpointer theirs)
{
  guint i = _wuyou_draft_position (self, field);

  return self->texts[i] != NULL && self->errors[i] == NULL && !wuyou_field_equal (field, self->merged, theirs);
}

/* Entries that say what the server says anyway stand on the newest version too; TRUE when others do not. Wrong ones are
 * not sent: they keep their version until they are right. */
static gboolean
move_bases (WuyouDraft *self)
{
  gboolean disputed = FALSE;

  for (guint i = 0; i < self->kind->type->n_fields; i++) {
    if (self->texts[i] == NULL || self->errors[i] != NULL || self->bases[i] >= self->version)
      continue;
    if (wuyou_draft_is_disputed (self, &self->kind->type->fields[i], self->server))
      disputed = TRUE;
    else
      self->bases[i] = self->version;
  }
  return disputed;
}

/* Somebody else saved since this was typed: nothing goes out before a person chose. */
static void
ask (WuyouDraft *self)
{
  g_autoptr (GError) stale = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_STALE, "");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonObject) current = NULL;

  wuyou_record_write_json (self->kind->type, self->server, WUYOU_CODEC_DEFAULT, text);
  current = wuyou_json_parse_object (text->str, text->len, NULL);
  _wuyou_draft_hold (self);
  _wuyou_draft_set_state (self, WUYOU_DRAFT_REFUSED, stale);
  if (current != NULL)
    g_signal_emit_by_name (self, "conflict", current);
}

static gint64
get_version (WuyouDraft *self, gconstpointer record)
{
  return wuyou_field_get_int (wuyou_record_type_find (self->kind->type, "version"), record);
}

static void
copy_values (WuyouDraft *self, gconstpointer record)
{
  if (self->server == NULL)
    self->server = wuyou_record_new (self->kind->type);
  wuyou_record_copy (self->kind->type, record, self->server);
  self->exists = TRUE;
}

/* While a write is under way, its answer says what it met: what is loaded may show that very write. */
static gboolean
take_version (WuyouDraft *self, gint64 version)
{
  if (_wuyou_draft_is_under_way (self))
    return FALSE;
  self->version = MAX (self->version, version);
  return move_bases (self);
}

void
wuyou_draft_take (WuyouDraft *self, gconstpointer record)
{
  gint64 version = get_version (self, record);
  gboolean disputed;

  /* A slow answer that a newer one overtook. */
  if (self->server != NULL && version < get_version (self, self->server))
    return;
  if (version != self->version)
    forget_said (self);
  copy_values (self, record);
  disputed = take_version (self, version);
  if (!self->dirty && !disputed)
    drop_saved_texts (self);
  _wuyou_draft_merge (self);
  if (wuyou_draft_is_settled (self) && !disputed)
    _wuyou_draft_set_state (self, WUYOU_DRAFT_SAVED, NULL);
  g_signal_emit_by_name (self, "changed");
  if (disputed)
    ask (self);
}

void
wuyou_draft_show_kept (WuyouDraft *self, gconstpointer record)
{
  if (self->server != NULL)
    return;
  copy_values (self, record);
  self->version = MAX (self->version, get_version (self, record));
  _wuyou_draft_merge (self);
  g_signal_emit_by_name (self, "changed");
}

void
wuyou_draft_take_theirs (WuyouDraft *self, const WuyouField *field, JsonObject *current)
{
  gpointer theirs = wuyou_record_new (self->kind->type);

  if (!wuyou_record_read_json (self->kind->type, theirs, current, WUYOU_CODEC_MASKED_INPUT, NULL)) {
    wuyou_record_free (self->kind->type, theirs);
    return;
  }
  if (self->server == NULL)
    self->server = wuyou_record_new (self->kind->type);
  if (wuyou_field_is_text (field))
    wuyou_field_set_text (field, self->server, wuyou_field_get_text (field, theirs));
  else
    wuyou_field_set_int (field, self->server, wuyou_field_get_int (field, theirs));
  wuyou_record_free (self->kind->type, theirs);
  clear_text (self, _wuyou_draft_position (self, field));
}

/* A write that was taken changed what it was typed on, and nothing came in between: what was typed on the same stands
 * on what it made. */
static void
follow_write (WuyouDraft *self, gint64 version)
{
  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->bases[i] == version - 1)
      self->bases[i] = version;
}

static gint64
read_tag (const char *etag)
{
  return etag != NULL && *etag == '"' ? g_ascii_strtoll (etag + 1, NULL, 10) : 0;
}

static void
raise_version (WuyouDraft *self, gint64 version)
{
  /* Asked for again after its answer was lost, a write is answered with what stands by now. */
  if (self->version > 0 && version > self->version + 1)
    forget_said (self);
  self->version = MAX (self->version, version);
  follow_write (self, version);
}

/* The record in an answer, or NULL; owned. */
static gpointer
read_reply (WuyouDraft *self, JsonObject *reply)
{
  JsonObject *object = wuyou_json_get_object (reply, self->kind->type->name);
  gpointer record = object != NULL ? wuyou_record_new (self->kind->type) : NULL;

  if (record == NULL || wuyou_record_read_json (self->kind->type, record, object, WUYOU_CODEC_MASKED_INPUT, NULL))
    return record;
  wuyou_record_free (self->kind->type, record);
  return NULL;
}

gboolean
_wuyou_draft_take_reply (WuyouDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  gpointer record = read_reply (self, reply);
  gboolean disputed = FALSE;

  self->exists = TRUE;
  drop_sent_texts (self, item);
  raise_version (self, record != NULL ? get_version (self, record) : read_tag (etag));
  if (record != NULL) {
    copy_values (self, record);
    disputed = take_version (self, self->version);
    wuyou_dossier_keep_answer (wuyou_app_context_get_local (self->context), self->kind->type, reply);
    wuyou_record_free (self->kind->type, record);
  }
  _wuyou_draft_merge (self);
  _wuyou_draft_set_tag (self);
  _wuyou_draft_save (self);
  return disputed;
}

static void
on_sent_cb (WuyouDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  gboolean disputed;

  if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) != 0)
    return;
  disputed = _wuyou_draft_take_reply (self, item, reply, etag);
  _wuyou_draft_set_state (self, wuyou_draft_is_settled (self) ? WUYOU_DRAFT_SAVED : WUYOU_DRAFT_SENDING, NULL);
  g_signal_emit_by_name (self, "changed");
  if (disputed)
    ask (self);
}

static void
on_refused_cb (WuyouDraft *self, WuyouOutboxItem *item, const GError *error, JsonObject *problem)
{
  JsonObject *current = problem != NULL ? wuyou_json_get_object (problem, "current") : NULL;

  if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) != 0)
    return;
  _wuyou_draft_set_state (self, WUYOU_DRAFT_REFUSED, error);
  if (current == NULL)
    return;
  forget_said (self);
  g_signal_emit_by_name (self, "conflict", current);
}

static void
on_online_cb (WuyouDraft *self)
{
  if (!wuyou_client_get_online (wuyou_app_context_get_client (self->context)) && self->state == WUYOU_DRAFT_SENDING)
    _wuyou_draft_set_state (self, WUYOU_DRAFT_LOCAL, NULL);
}

void
_wuyou_draft_connect (WuyouDraft *self)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (self->context);

  g_signal_connect_object (outbox, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "refused", G_CALLBACK (on_refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_client (self->context), "notify::online", G_CALLBACK (on_online_cb),
                           self, G_CONNECT_SWAPPED);
}
