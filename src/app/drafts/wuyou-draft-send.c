/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "drafts/wuyou-draft-private.h"

#define SEND_DELAY_MS 1200

JsonNode *
_wuyou_draft_dup_changes (WuyouDraft *self)
{
  gpointer typed = wuyou_record_new (self->kind->type);
  g_autoptr (GString) values = g_string_new (NULL);
  JsonNode *node;
  JsonObject *object;

  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->texts[i] != NULL)
      _wuyou_draft_parse_text (self, &self->kind->type->fields[i], typed);
  wuyou_record_write_json (self->kind->type, typed, WUYOU_CODEC_CLIENT, values);
  wuyou_record_free (self->kind->type, typed);
  node = wuyou_json_parse (values->str, values->len, NULL);
  object = json_node_get_object (node);
  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->texts[i] != NULL && self->errors[i] == NULL
        && !json_object_has_member (object, self->kind->type->fields[i].name))
      json_object_set_null_member (object, self->kind->type->fields[i].name);
  return node;
}

static char *
build_changes (WuyouDraft *self)
{
  g_autoptr (JsonNode) node = _wuyou_draft_dup_changes (self);

  /* What never changes went with the creation. */
  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->kind->type->fields[i].flags & WUYOU_FIELD_IMMUTABLE)
      json_object_remove_member (json_node_get_object (node), self->kind->type->fields[i].name);
  return json_to_string (node, FALSE);
}

static char *
build_record (WuyouDraft *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_record_write_json (self->kind->type, self->merged, WUYOU_CODEC_CLIENT, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The outbox's items for this record, oldest first; owned. */
static GPtrArray *
list_writes (WuyouDraft *self)
{
  GListModel *outbox = G_LIST_MODEL (wuyou_app_context_get_outbox (self->context));
  GPtrArray *writes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++) {
    g_autoptr (WuyouOutboxItem) item = g_list_model_get_item (outbox, i);

    if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) == 0)
      g_ptr_array_add (writes, g_steal_pointer (&item));
  }
  return writes;
}

/* Where the refused one stands; the length of @writes: none was refused. */
static guint
find_refused (const GPtrArray *writes)
{
  guint i = 0;

  while (i < writes->len && wuyou_outbox_item_get_state (writes->pdata[i]) != WUYOU_OUTBOX_REFUSED)
    i++;
  return i;
}

/* A refused write would hold back what corrects it. What stands behind it was never sent, and the correction carries
 * all of it. The newest goes first, or the outbox would send the next one as soon as the one before it is gone. */
static void
drop_refused (WuyouDraft *self)
{
  g_autoptr (GPtrArray) writes = list_writes (self);
  guint refused = find_refused (writes);

  for (guint i = writes->len; i > refused; i--)
    wuyou_outbox_discard (wuyou_app_context_get_outbox (self->context), writes->pdata[i - 1]);
}

/* It may be at the server already, so that nothing may be made a second time. */
static gboolean
is_create_under_way (WuyouDraft *self)
{
  g_autoptr (GPtrArray) writes = list_writes (self);

  for (guint i = 0; i < writes->len; i++)
    if (g_strcmp0 (wuyou_outbox_item_get_kind (writes->pdata[i]), self->kind->create) == 0
        && wuyou_outbox_item_was_tried (writes->pdata[i]))
      return TRUE;
  return FALSE;
}

gboolean
_wuyou_draft_is_under_way (WuyouDraft *self)
{
  g_autoptr (GPtrArray) writes = list_writes (self);

  return find_refused (writes) > 0;
}

/* A change is one of what was seen when its oldest entry was typed: when somebody else saved since, the server is to
 * say so and not to take it. With nothing seen it is one of the first version, as of no version at all the server would
 * not say what stands there now. */
static char *
dup_tag (WuyouDraft *self)
{
  gint64 oldest = self->version;

  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->texts[i] != NULL && self->errors[i] == NULL)
      oldest = MIN (oldest, self->bases[i]);
  return g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", MAX (oldest, 1));
}

void
_wuyou_draft_set_tag (WuyouDraft *self)
{
  g_autofree char *tag = dup_tag (self);

  wuyou_outbox_set_tag (wuyou_app_context_get_outbox (self->context), self->id, tag);
}

static void
add_write (WuyouDraft *self, gboolean is_create)
{
  const char *args[] = { self->id, NULL };
  g_autofree char *number = self->kind->dup_number (self->merged);
  g_autofree char *label = g_strdup_printf (_ ("Save %s"), number);
  g_autofree char *body = is_create ? build_record (self) : build_changes (self);
  g_autofree char *tag = dup_tag (self);

  /* What is under way goes with the version it was typed on, and this behind it with the one that makes. */
  if (!_wuyou_draft_is_under_way (self))
    _wuyou_draft_set_tag (self);
  wuyou_outbox_add (wuyou_app_context_get_outbox (self->context),
                    &(WuyouWrite){
                        .call = { .route = is_create ? self->kind->create_route : self->kind->put_route,
                                  .args = is_create ? NULL : args,
                                  .body = body,
                                  .if_match = is_create ? NULL : tag },
                        .kind = is_create ? self->kind->create : self->kind->save,
                        .record = self->id,
                        .label = label,
                        .coalesce = TRUE,
                        .follow_tag = !is_create,
                    });
}

static void
send (WuyouDraft *self)
{
  drop_refused (self);
  self->dirty = FALSE;
  /* First the write: who hears of the state asks whether all is settled. */
  add_write (self, !self->exists && !is_create_under_way (self));
  _wuyou_draft_set_state (self, WUYOU_DRAFT_SENDING, NULL);
  _wuyou_draft_save (self);
}

static gboolean
on_send_due_cb (gpointer data)
{
  WuyouDraft *self = data;

  self->send_timer = 0;
  if (self->dirty)
    send (self);
  return G_SOURCE_REMOVE;
}

void
_wuyou_draft_queue_send (WuyouDraft *self)
{
  self->dirty = TRUE;
  g_clear_handle_id (&self->send_timer, g_source_remove);
  self->send_timer = g_timeout_add (SEND_DELAY_MS, on_send_due_cb, self);
}

void
_wuyou_draft_hold (WuyouDraft *self)
{
  g_clear_handle_id (&self->send_timer, g_source_remove);
  self->dirty = TRUE;
  _wuyou_draft_save (self);
}

/* What was typed in the last moment before an end without warning is in no message to the server yet; and of one that
 * was refused the form shall hear. */
void
_wuyou_draft_send_left_over (WuyouDraft *self)
{
  g_autoptr (GPtrArray) writes = list_writes (self);

  if (self->dirty || find_refused (writes) < writes->len)
    _wuyou_draft_queue_send (self);
}

void
wuyou_draft_send_again (WuyouDraft *self, gint64 version)
{
  _wuyou_draft_merge (self);
  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->errors[i] == NULL)
      self->bases[i] = version;
  self->version = MAX (self->version, version);
  send (self);
  g_signal_emit_by_name (self, "changed");
}

void
wuyou_draft_flush (WuyouDraft *self)
{
  g_clear_handle_id (&self->send_timer, g_source_remove);
  if (self->dirty)
    send (self);
  wuyou_local_flush (wuyou_app_context_get_local (self->context));
}

gboolean
wuyou_draft_is_settled (WuyouDraft *self)
{
  return !self->dirty && wuyou_outbox_find (wuyou_app_context_get_outbox (self->context), self->id) == NULL;
}
