/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-sale-draft-private.h"

enum { CHANGED, STATE_CHANGED, CONFLICT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouSaleDraft, wuyou_sale_draft, G_TYPE_OBJECT)

guint
_wuyou_sale_draft_position (const WuyouField *field)
{
  return (guint) (field - wuyou_contract_type.fields);
}

void
_wuyou_sale_draft_set_state (WuyouSaleDraft *self, WuyouDraftState state, const GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  self->state = state;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
parse_boolean (const WuyouField *field, WuyouContract *into, const char *text)
{
  wuyou_field_set_int (field, into, g_str_equal (text, "true"));
}

/* The text of a field into @into when it is right; else its error is kept and the value left unset. */
void
_wuyou_sale_draft_parse_text (WuyouSaleDraft *self, const WuyouField *field, WuyouContract *into)
{
  guint i = _wuyou_sale_draft_position (field);
  const char *text = self->texts[i];
  g_autoptr (WuyouContract) probe = NULL;

  g_clear_error (&self->errors[i]);
  if (field->kind == WUYOU_KIND_BOOLEAN) {
    parse_boolean (field, into, text);
    return;
  }
  probe = wuyou_contract_new ();
  if (!wuyou_field_parse_display (field, probe, text, &self->errors[i])) {
    wuyou_field_is_text (field) ? wuyou_field_set_text (field, into, NULL) : wuyou_field_set_int (field, into, 0);
    return;
  }
  if (wuyou_field_is_text (field))
    wuyou_field_set_text (field, into, wuyou_field_get_text (field, probe));
  else
    wuyou_field_set_int (field, into, wuyou_field_get_int (field, probe));
}

static void
add_said (WuyouSaleDraft *self)
{
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];

    if (wuyou_field_is_text (field) && wuyou_field_get_text (field, self->said) != NULL)
      wuyou_field_set_text (field, self->merged, wuyou_field_get_text (field, self->said));
  }
}

void
_wuyou_sale_draft_merge (WuyouSaleDraft *self)
{
  if (self->merged == NULL)
    self->merged = wuyou_contract_new ();
  wuyou_record_clear (&wuyou_contract_type, self->merged);
  if (self->server != NULL)
    wuyou_record_copy (&wuyou_contract_type, self->server, self->merged);
  add_said (self);
  g_free (self->merged->id);
  self->merged->id = g_strdup (self->id);
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++)
    if (self->texts[i] != NULL)
      _wuyou_sale_draft_parse_text (self, &wuyou_contract_type.fields[i], self->merged);
}

void
wuyou_sale_draft_set_text (WuyouSaleDraft *self, const WuyouField *field, const char *text)
{
  guint i = _wuyou_sale_draft_position (field);
  gboolean kept = wuyou_sale_draft_get_kept (self, field) != NULL;

  if (g_strcmp0 (self->texts[i], text) == 0)
    return;
  if (self->texts[i] == NULL)
    self->bases[i] = self->version;
  g_free (self->texts[i]);
  /* Emptied again over a kept value: the kept value stands. */
  self->texts[i] = kept && *text == '\0' ? NULL : g_strdup (text);
  if (self->texts[i] == NULL)
    g_clear_error (&self->errors[i]);
  _wuyou_sale_draft_merge (self);
  _wuyou_sale_draft_queue_send (self);
  _wuyou_sale_draft_save (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
dup_server_text (WuyouSaleDraft *self, const WuyouField *field)
{
  if (field->kind == WUYOU_KIND_BOOLEAN)
    return g_strdup (wuyou_field_get_int (field, self->server) ? "true" : "");
  if (field->kind == WUYOU_KIND_ENUM)
    return g_strdup (wuyou_enum_id (field->values, (int) wuyou_field_get_int (field, self->server)));
  return wuyou_field_dup_display (field, self->server);
}

const char *
wuyou_sale_draft_get_kept (WuyouSaleDraft *self, const WuyouField *field)
{
  if (self->server == NULL || field->pi == WUYOU_PI_NONE || !wuyou_field_is_text (field))
    return NULL;
  return wuyou_field_get_text (field, self->server);
}

const char *
wuyou_sale_draft_get_text (WuyouSaleDraft *self, const WuyouField *field)
{
  guint i = _wuyou_sale_draft_position (field);

  if (self->texts[i] != NULL)
    return self->texts[i];
  if (self->server == NULL || wuyou_sale_draft_get_kept (self, field) != NULL)
    return "";
  g_free (self->shown[i]);
  self->shown[i] = dup_server_text (self, field);
  return self->shown[i] != NULL ? self->shown[i] : "";
}

const GError *
wuyou_sale_draft_get_error (WuyouSaleDraft *self, const WuyouField *field)
{
  return self->errors[_wuyou_sale_draft_position (field)];
}

const WuyouContract *
wuyou_sale_draft_get_contract (WuyouSaleDraft *self)
{
  return self->merged;
}

gboolean
wuyou_sale_draft_is_plain (WuyouSaleDraft *self, const WuyouField *field)
{
  if (self->texts[_wuyou_sale_draft_position (field)] != NULL)
    return *self->texts[_wuyou_sale_draft_position (field)] != '\0';
  return wuyou_field_is_text (field) && wuyou_field_get_text (field, self->said) != NULL;
}

static gboolean
is_masked (WuyouSaleDraft *self, const char *name)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, name);

  if (field == NULL)
    return FALSE;
  /* The server checked what it keeps; what is said of the reason concerns the VIN. */
  if (g_str_equal (name, "vin_reason"))
    field = wuyou_record_type_find (&wuyou_contract_type, "vin");
  return self->texts[_wuyou_sale_draft_position (field)] == NULL && !wuyou_sale_draft_is_plain (self, field)
         && wuyou_sale_draft_get_kept (self, field) != NULL;
}

static void
add_typing_errors (WuyouSaleDraft *self, GError **all)
{
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++)
    if (self->errors[i] != NULL)
      wuyou_error_take_violation (all, g_error_copy (self->errors[i]));
}

gboolean
wuyou_sale_draft_check (WuyouSaleDraft *self, const WuyouContractFacts *facts, GError **error)
{
  GError *all = NULL;
  g_autoptr (GError) found = NULL;
  const GPtrArray *parts;

  add_typing_errors (self, &all);
  if (!wuyou_contract_check (self->merged, facts, &found)) {
    parts = wuyou_error_get_violations (found);
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
      const GError *part = parts->pdata[i];
      const char *name = wuyou_error_get_field (part);
      const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, name);

      if (is_masked (self, name) || (field != NULL && self->errors[_wuyou_sale_draft_position (field)] != NULL))
        continue;
      wuyou_error_take_violation (&all, g_error_copy (part));
    }
  }
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}

const char *
wuyou_sale_draft_get_id (WuyouSaleDraft *self)
{
  return self->id;
}

gboolean
wuyou_sale_draft_exists (WuyouSaleDraft *self)
{
  return self->exists;
}

WuyouDraftState
wuyou_sale_draft_get_state (WuyouSaleDraft *self)
{
  return self->state;
}

const GError *
wuyou_sale_draft_get_problem (WuyouSaleDraft *self)
{
  return self->problem;
}

static void
wuyou_sale_draft_dispose (GObject *object)
{
  WuyouSaleDraft *self = WUYOU_SALE_DRAFT (object);

  g_clear_handle_id (&self->send_timer, g_source_remove);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_sale_draft_parent_class)->dispose (object);
}

static void
wuyou_sale_draft_finalize (GObject *object)
{
  WuyouSaleDraft *self = WUYOU_SALE_DRAFT (object);

  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    g_free (self->texts[i]);
    g_free (self->shown[i]);
    g_clear_error (&self->errors[i]);
  }
  for (guint i = 0; i <= WUYOU_SLOT_VOUCHER; i++) {
    g_free (self->upload_ids[i]);
    g_free (self->upload_paths[i]);
  }
  g_free (self->texts);
  g_free (self->bases);
  g_free (self->shown);
  g_free (self->errors);
  g_free (self->id);
  g_clear_error (&self->problem);
  g_clear_pointer (&self->server, wuyou_contract_free);
  g_clear_pointer (&self->merged, wuyou_contract_free);
  g_clear_pointer (&self->said, wuyou_contract_free);
  G_OBJECT_CLASS (wuyou_sale_draft_parent_class)->finalize (object);
}

static void
wuyou_sale_draft_class_init (WuyouSaleDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_sale_draft_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_sale_draft_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[CONFLICT] = g_signal_new ("conflict", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
}

static void
wuyou_sale_draft_init (WuyouSaleDraft *self)
{
  self->texts = g_new0 (char *, wuyou_contract_type.n_fields);
  self->bases = g_new0 (gint64, wuyou_contract_type.n_fields);
  self->shown = g_new0 (char *, wuyou_contract_type.n_fields);
  self->errors = g_new0 (GError *, wuyou_contract_type.n_fields);
  self->said = wuyou_contract_new ();
}

/* As it lies here, with nobody told of it. */
static WuyouSaleDraft *
open_draft (WuyouAppContext *context, const char *id)
{
  WuyouSaleDraft *self = g_object_new (WUYOU_TYPE_SALE_DRAFT, NULL);

  self->context = g_object_ref (context);
  self->id = id != NULL ? g_strdup (id) : wuyou_app_context_new_id (context);
  self->exists = id != NULL;
  if (id != NULL)
    _wuyou_sale_draft_load (self);
  _wuyou_sale_draft_merge (self);
  return self;
}

WuyouSaleDraft *
wuyou_sale_draft_new (WuyouAppContext *context, const char *id)
{
  WuyouSaleDraft *self = open_draft (context, id);

  _wuyou_sale_draft_drop_answered (self);
  _wuyou_sale_draft_connect (self);
  _wuyou_sale_draft_send_left_over (self);
  return self;
}

void
wuyou_sale_draft_keep_reply (WuyouAppContext *context, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  const char *id = wuyou_outbox_item_get_record (item);
  g_autoptr (WuyouSaleDraft) self = NULL;

  if (id == NULL || !_wuyou_sale_draft_is_kept (context, id))
    return;
  self = open_draft (context, id);
  _wuyou_sale_draft_take_reply (self, item, reply, etag);
}
