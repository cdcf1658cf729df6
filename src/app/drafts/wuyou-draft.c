/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "drafts/wuyou-draft-private.h"

enum { CHANGED, STATE_CHANGED, CONFLICT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouDraft, wuyou_draft, G_TYPE_OBJECT)

guint
_wuyou_draft_position (WuyouDraft *self, const WuyouField *field)
{
  return (guint) (field - self->kind->type->fields);
}

void
_wuyou_draft_set_state (WuyouDraft *self, WuyouDraftState state, const GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  self->state = state;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
parse_boolean (const WuyouField *field, gpointer into, const char *text)
{
  wuyou_field_set_int (field, into, g_str_equal (text, "true"));
}

/* The text of a field into @into when it is right; else its error is kept and the value left unset. */
void
_wuyou_draft_parse_text (WuyouDraft *self, const WuyouField *field, gpointer into)
{
  guint i = _wuyou_draft_position (self, field);
  const char *text = self->texts[i];
  gpointer probe;

  g_clear_error (&self->errors[i]);
  if (field->kind == WUYOU_KIND_BOOLEAN) {
    parse_boolean (field, into, text);
    return;
  }
  probe = wuyou_record_new (self->kind->type);
  if (!wuyou_field_parse_display (field, probe, text, &self->errors[i]))
    wuyou_record_clear (self->kind->type, probe);
  if (wuyou_field_is_text (field))
    wuyou_field_set_text (field, into, wuyou_field_get_text (field, probe));
  else
    wuyou_field_set_int (field, into, wuyou_field_get_int (field, probe));
  wuyou_record_free (self->kind->type, probe);
}

static void
add_said (WuyouDraft *self)
{
  for (guint i = 0; i < self->kind->type->n_fields; i++) {
    const WuyouField *field = &self->kind->type->fields[i];

    if (wuyou_field_is_text (field) && wuyou_field_get_text (field, self->said) != NULL)
      wuyou_field_set_text (field, self->merged, wuyou_field_get_text (field, self->said));
  }
}

void
_wuyou_draft_merge (WuyouDraft *self)
{
  if (self->merged == NULL)
    self->merged = wuyou_record_new (self->kind->type);
  wuyou_record_clear (self->kind->type, self->merged);
  if (self->server != NULL)
    wuyou_record_copy (self->kind->type, self->server, self->merged);
  add_said (self);
  wuyou_field_set_text (wuyou_record_type_find (self->kind->type, "id"), self->merged, self->id);
  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->texts[i] != NULL)
      _wuyou_draft_parse_text (self, &self->kind->type->fields[i], self->merged);
}

void
wuyou_draft_set_text (WuyouDraft *self, const WuyouField *field, const char *text)
{
  guint i = _wuyou_draft_position (self, field);
  gboolean kept = wuyou_draft_get_kept (self, field) != NULL;

  if (g_strcmp0 (self->texts[i], text) == 0)
    return;
  if (self->texts[i] == NULL)
    self->bases[i] = self->version;
  g_free (self->texts[i]);
  /* Emptied again over a kept value: the kept value stands. */
  self->texts[i] = kept && *text == '\0' ? NULL : g_strdup (text);
  if (self->texts[i] == NULL)
    g_clear_error (&self->errors[i]);
  _wuyou_draft_merge (self);
  _wuyou_draft_queue_send (self);
  _wuyou_draft_save (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
dup_server_text (WuyouDraft *self, const WuyouField *field)
{
  if (field->kind == WUYOU_KIND_BOOLEAN)
    return g_strdup (wuyou_field_get_int (field, self->server) ? "true" : "");
  if (field->kind == WUYOU_KIND_ENUM)
    return g_strdup (wuyou_enum_id (field->values, (int) wuyou_field_get_int (field, self->server)));
  return wuyou_field_dup_display (field, self->server);
}

const char *
wuyou_draft_get_kept (WuyouDraft *self, const WuyouField *field)
{
  if (self->server == NULL || field->pi == WUYOU_PI_NONE || !wuyou_field_is_text (field))
    return NULL;
  return wuyou_field_get_text (field, self->server);
}

const char *
wuyou_draft_get_text (WuyouDraft *self, const WuyouField *field)
{
  guint i = _wuyou_draft_position (self, field);

  if (self->texts[i] != NULL)
    return self->texts[i];
  if (self->server == NULL || wuyou_draft_get_kept (self, field) != NULL)
    return "";
  g_free (self->shown[i]);
  self->shown[i] = dup_server_text (self, field);
  return self->shown[i] != NULL ? self->shown[i] : "";
}

const GError *
wuyou_draft_get_error (WuyouDraft *self, const WuyouField *field)
{
  return self->errors[_wuyou_draft_position (self, field)];
}

gconstpointer
wuyou_draft_get_record (WuyouDraft *self)
{
  return self->merged;
}

gboolean
wuyou_draft_is_plain (WuyouDraft *self, const WuyouField *field)
{
  if (self->texts[_wuyou_draft_position (self, field)] != NULL)
    return *self->texts[_wuyou_draft_position (self, field)] != '\0';
  return wuyou_field_is_text (field) && wuyou_field_get_text (field, self->said) != NULL;
}

static gboolean
is_masked (WuyouDraft *self, const char *name)
{
  const WuyouField *field = wuyou_record_type_find (self->kind->type, name);

  if (field == NULL)
    return FALSE;
  /* The server checked what it keeps; what is said of a reason concerns what it is for. */
  if (self->kind->get_subject != NULL)
    field = wuyou_record_type_find (self->kind->type, self->kind->get_subject (name));
  return self->texts[_wuyou_draft_position (self, field)] == NULL && !wuyou_draft_is_plain (self, field)
         && wuyou_draft_get_kept (self, field) != NULL;
}

static void
add_typing_errors (WuyouDraft *self, GError **all)
{
  for (guint i = 0; i < self->kind->type->n_fields; i++)
    if (self->errors[i] != NULL)
      wuyou_error_take_violation (all, g_error_copy (self->errors[i]));
}

gboolean
wuyou_draft_check (WuyouDraft *self, WuyouDraftCheck check, gconstpointer facts, GError **error)
{
  GError *all = NULL;
  g_autoptr (GError) found = NULL;
  const GPtrArray *parts;

  add_typing_errors (self, &all);
  if (!check (self->merged, facts, &found)) {
    parts = wuyou_error_get_violations (found);
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
      const GError *part = parts->pdata[i];
      const char *name = wuyou_error_get_field (part);
      const WuyouField *field = wuyou_record_type_find (self->kind->type, name);

      if (is_masked (self, name) || (field != NULL && self->errors[_wuyou_draft_position (self, field)] != NULL))
        continue;
      wuyou_error_take_violation (&all, g_error_copy (part));
    }
  }
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}

const WuyouDraftKind *
wuyou_draft_get_kind (WuyouDraft *self)
{
  return self->kind;
}

const char *
wuyou_draft_get_id (WuyouDraft *self)
{
  return self->id;
}

gboolean
wuyou_draft_exists (WuyouDraft *self)
{
  return self->exists;
}

WuyouDraftState
wuyou_draft_get_state (WuyouDraft *self)
{
  return self->state;
}

const GError *
wuyou_draft_get_problem (WuyouDraft *self)
{
  return self->problem;
}

static void
wuyou_draft_dispose (GObject *object)
{
  WuyouDraft *self = WUYOU_DRAFT (object);

  g_clear_handle_id (&self->send_timer, g_source_remove);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_draft_parent_class)->dispose (object);
}

static void
wuyou_draft_finalize (GObject *object)
{
  WuyouDraft *self = WUYOU_DRAFT (object);

  for (guint i = 0; i < self->kind->type->n_fields; i++) {
    g_free (self->texts[i]);
    g_free (self->shown[i]);
    g_clear_error (&self->errors[i]);
  }
  g_free (self->texts);
  g_free (self->bases);
  g_free (self->shown);
  g_free (self->errors);
  g_free (self->id);
  g_clear_error (&self->problem);
  wuyou_record_free (self->kind->type, self->server);
  wuyou_record_free (self->kind->type, self->merged);
  wuyou_record_free (self->kind->type, self->said);
  G_OBJECT_CLASS (wuyou_draft_parent_class)->finalize (object);
}

static void
wuyou_draft_class_init (WuyouDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_draft_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_draft_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[CONFLICT] = g_signal_new ("conflict", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
}

static void
wuyou_draft_init (WuyouDraft *self)
{
}

/* As it lies here, with nobody told of it. */
static WuyouDraft *
open_draft (WuyouAppContext *context, const WuyouDraftKind *kind, const char *id)
{
  WuyouDraft *self = g_object_new (WUYOU_TYPE_DRAFT, NULL);

  self->kind = kind;
  self->texts = g_new0 (char *, kind->type->n_fields);
  self->bases = g_new0 (gint64, kind->type->n_fields);
  self->shown = g_new0 (char *, kind->type->n_fields);
  self->errors = g_new0 (GError *, kind->type->n_fields);
  self->said = wuyou_record_new (kind->type);
  self->context = g_object_ref (context);
  self->id = id != NULL ? g_strdup (id) : wuyou_app_context_new_id (context);
  self->exists = id != NULL;
  if (id != NULL)
    _wuyou_draft_load (self);
  _wuyou_draft_merge (self);
  return self;
}

WuyouDraft *
wuyou_draft_new (WuyouAppContext *context, const WuyouDraftKind *kind, const char *id)
{
  WuyouDraft *self = open_draft (context, kind, id);

  _wuyou_draft_drop_answered (self);
  _wuyou_draft_connect (self);
  _wuyou_draft_send_left_over (self);
  return self;
}

void
wuyou_draft_keep_reply (WuyouAppContext *context,
                        const WuyouDraftKind *kind,
                        WuyouOutboxItem *item,
                        JsonObject *reply,
                        const char *etag)
{
  const char *id = wuyou_outbox_item_get_record (item);
  g_autoptr (WuyouDraft) self = NULL;

  if (id == NULL || !_wuyou_draft_is_kept (context, kind, id))
    return;
  self = open_draft (context, kind, id);
  _wuyou_draft_take_reply (self, item, reply, etag);
}
