/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json.h"
#include "drafts/wuyou-draft-private.h"

static gboolean
is_entered (const WuyouField *field)
{
  return (field->flags & WUYOU_FIELD_SERVER) == 0 && !g_str_equal (field->name, "id");
}

static void
write_texts (WuyouDraft *self, GString *out)
{
  wuyou_json_begin_object (out, "texts");
  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->texts[i] != NULL)
      wuyou_json_add_string (out, self->kind->type->fields[i].name, self->texts[i]);
  wuyou_json_end_object (out);
  wuyou_json_begin_object (out, "bases");
  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->texts[i] != NULL)
      wuyou_json_add_int (out, self->kind->type->fields[i].name, self->bases[i]);
  wuyou_json_end_object (out);
}

void
_wuyou_draft_save (WuyouDraft *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "kind", self->kind->type->name);
  wuyou_json_add_boolean (out, "exists", self->exists);
  wuyou_json_add_boolean (out, "unsent", self->dirty);
  wuyou_json_add_int (out, "version", self->version);
  write_texts (self, out);
  wuyou_json_end_object (out);
  wuyou_local_save (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_DRAFT, self->id, out->str);
}

/* A draft that an earlier version kept knows one version for all. */
static gint64
find_base (WuyouDraft *self, JsonObject *bases, const char *name)
{
  return bases != NULL && json_object_has_member (bases, name) ? wuyou_json_get_int (bases, name) : self->version;
}

static void
load_texts (WuyouDraft *self, JsonObject *texts, JsonObject *bases)
{
  for (guint i = 0; texts != NULL && i < self->kind->type->n_fields; i++) {
    const WuyouField *field = &self->kind->type->fields[i];

    if (!is_entered (field))
      continue;
    self->texts[i] = g_strdup (wuyou_json_get_string (texts, field->name));
    self->bases[i] = find_base (self, bases, field->name);
  }
}

void
_wuyou_draft_load (WuyouDraft *self)
{
  g_autoptr (JsonObject) kept
      = wuyou_local_load_object (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_DRAFT, self->id);

  if (kept == NULL)
    return;
  self->exists = wuyou_json_get_boolean (kept, "exists");
  self->dirty = wuyou_json_get_boolean (kept, "unsent");
  self->version = wuyou_json_get_int (kept, "version");
  load_texts (self, wuyou_json_get_object (kept, "texts"), wuyou_json_get_object (kept, "bases"));
}

gboolean
_wuyou_draft_is_kept (WuyouAppContext *context, const WuyouDraftKind *kind, const char *id)
{
  g_autoptr (JsonObject) kept = wuyou_local_load_object (wuyou_app_context_get_local (context), WUYOU_LOCAL_DRAFT, id);

  return kept != NULL && g_strcmp0 (wuyou_json_get_string (kept, "kind"), kind->type->name) == 0;
}

void
wuyou_draft_discard (WuyouDraft *self)
{
  g_clear_handle_id (&self->send_timer, g_source_remove);
  self->dirty = FALSE;
  wuyou_local_remove (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_DRAFT, self->id);
}
