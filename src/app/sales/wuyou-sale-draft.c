/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-sale-draft.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "sales/wuyou-contract-words.h"

#define SEND_DELAY_MS 1200
#define SAVE "contract.save"

struct _WuyouSaleDraft {
  GObject parent_instance;
  WuyouAppContext *context;
  char *id;
  char **texts;          /* by position in the field table; NULL: not typed here */
  char **shown;          /* the server's values as text, as they were last asked for */
  GError **errors;       /* by position too */
  WuyouContract *server; /* as the server said last, masked; or NULL */
  WuyouContract *merged;
  gboolean exists, dirty;
  gint64 version; /* the last that was seen of the server's; 0: none */
  WuyouDraftState state;
  GError *problem;
  char *upload_ids[WUYOU_SLOT_VOUCHER + 1], *upload_paths[WUYOU_SLOT_VOUCHER + 1];
  guint send_timer;
};

enum { CHANGED, STATE_CHANGED, CONFLICT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouSaleDraft, wuyou_sale_draft, G_TYPE_OBJECT)

static guint
get_position (const WuyouField *field)
{
  return (guint) (field - wuyou_contract_type.fields);
}

static gboolean
is_entered (const WuyouField *field)
{
  return (field->flags & (WUYOU_FIELD_SERVER | WUYOU_FIELD_IMMUTABLE)) == 0;
}

static void
set_state (WuyouSaleDraft *self, WuyouDraftState state, const GError *problem)
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
static void
parse_text (WuyouSaleDraft *self, const WuyouField *field, WuyouContract *into)
{
  guint i = get_position (field);
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
merge (WuyouSaleDraft *self)
{
  if (self->merged == NULL)
    self->merged = wuyou_contract_new ();
  wuyou_record_clear (&wuyou_contract_type, self->merged);
  if (self->server != NULL)
    wuyou_record_copy (&wuyou_contract_type, self->server, self->merged);
  g_free (self->merged->id);
  self->merged->id = g_strdup (self->id);
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++)
    if (self->texts[i] != NULL)
      parse_text (self, &wuyou_contract_type.fields[i], self->merged);
}

static void
write_uploads (WuyouSaleDraft *self, GString *out)
{
  wuyou_json_begin_array (out, "uploads");
  for (int slot = 1; slot <= WUYOU_SLOT_VOUCHER; slot++) {
    if (self->upload_ids[slot] == NULL)
      continue;
    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_int (out, "slot", slot);
    wuyou_json_add_string (out, "id", self->upload_ids[slot]);
    wuyou_json_add_string (out, "path", self->upload_paths[slot]);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

static void
save_locally (WuyouSaleDraft *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "kind", "contract");
  wuyou_json_add_boolean (out, "exists", self->exists);
  wuyou_json_add_boolean (out, "unsent", self->dirty);
  wuyou_json_add_int (out, "version", self->version);
  wuyou_json_begin_object (out, "texts");
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++)
    if (self->texts[i] != NULL)
      wuyou_json_add_string (out, wuyou_contract_type.fields[i].name, self->texts[i]);
  wuyou_json_end_object (out);
  write_uploads (self, out);
  wuyou_json_end_object (out);
  wuyou_local_save (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_DRAFT, self->id, out->str);
}

static void
load_texts (WuyouSaleDraft *self, JsonObject *texts)
{
  for (guint i = 0; texts != NULL && i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];

    if (is_entered (field))
      self->texts[i] = g_strdup (wuyou_json_get_string (texts, field->name));
  }
}

static void
load_uploads (WuyouSaleDraft *self, JsonArray *uploads)
{
  for (guint i = 0; uploads != NULL && i < json_array_get_length (uploads); i++) {
    JsonObject *object = wuyou_json_array_get_object (uploads, i);
    gint64 slot = object != NULL ? wuyou_json_get_int (object, "slot") : 0;

    if (slot < 1 || slot > WUYOU_SLOT_VOUCHER)
      continue;
    self->upload_ids[slot] = g_strdup (wuyou_json_get_string (object, "id"));
    self->upload_paths[slot] = g_strdup (wuyou_json_get_string (object, "path"));
  }
}

static void
load_locally (WuyouSaleDraft *self)
{
  g_autoptr (JsonObject) kept
      = wuyou_local_load_object (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_DRAFT, self->id);

  if (kept == NULL)
    return;
  self->exists = wuyou_json_get_boolean (kept, "exists");
  self->dirty = wuyou_json_get_boolean (kept, "unsent");
  self->version = wuyou_json_get_int (kept, "version");
  load_texts (self, wuyou_json_get_object (kept, "texts"));
  load_uploads (self, wuyou_json_get_array (kept, "uploads"));
}

/* Entries typed here: right ones with their value, emptied ones as null. Wrong ones stay here until they are right. */
static char *
build_changes (WuyouSaleDraft *self)
{
  g_autoptr (WuyouContract) typed = wuyou_contract_new ();
  g_autoptr (GString) values = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  for (guint i = 0; i < wuyou_contract_type.n_fields; i++)
    if (self->texts[i] != NULL)
      parse_text (self, &wuyou_contract_type.fields[i], typed);
  wuyou_record_write_json (&wuyou_contract_type, typed, WUYOU_CODEC_CLIENT, values);
  node = wuyou_json_parse (values->str, values->len, NULL);
  object = json_node_get_object (node);
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++)
    if (self->texts[i] != NULL && self->errors[i] == NULL
        && !json_object_has_member (object, wuyou_contract_type.fields[i].name))
      json_object_set_null_member (object, wuyou_contract_type.fields[i].name);
  return json_to_string (node, FALSE);
}

static char *
build_record (WuyouSaleDraft *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_record_write_json (&wuyou_contract_type, self->merged, WUYOU_CODEC_CLIENT, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static WuyouOutboxItem *
find_create (WuyouSaleDraft *self)
{
  GListModel *outbox = G_LIST_MODEL (wuyou_app_context_get_outbox (self->context));

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++) {
    g_autoptr (WuyouOutboxItem) item = g_list_model_get_item (outbox, i);

    if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) == 0
        && g_strcmp0 (wuyou_outbox_item_get_kind (item), WUYOU_SALE_DRAFT_CREATE) == 0)
      return item;
  }
  return NULL;
}

/* A refused write would hold back what corrects it. */
static void
drop_refused (WuyouSaleDraft *self)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (self->context);
  WuyouOutboxItem *item;

  while ((item = wuyou_outbox_find (outbox, self->id)) != NULL
         && wuyou_outbox_item_get_state (item) == WUYOU_OUTBOX_REFUSED)
    wuyou_outbox_discard (outbox, item);
}

static void
add_write (WuyouSaleDraft *self, gboolean is_create)
{
  const char *args[] = { self->id, NULL };
  g_autofree char *number = wuyou_contract_words_dup_number (self->merged);
  g_autofree char *label = g_strdup_printf (_ ("Save %s"), number);
  g_autofree char *body = is_create ? build_record (self) : build_changes (self);
  g_autofree char *tag = self->version > 0 ? g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", self->version) : NULL;

  wuyou_outbox_add (wuyou_app_context_get_outbox (self->context),
                    &(WuyouWrite){
                        .call = { .route = is_create ? WUYOU_ROUTE_CONTRACT_CREATE : WUYOU_ROUTE_CONTRACT_PUT,
                                  .args = is_create ? NULL : args,
                                  .body = body,
                                  .if_match = is_create ? NULL : tag },
                        .kind = is_create ? WUYOU_SALE_DRAFT_CREATE : SAVE,
                        .record = self->id,
                        .label = label,
                        .coalesce = TRUE,
                        .follow_tag = !is_create,
                    });
}

static void
send (WuyouSaleDraft *self)
{
  WuyouOutboxItem *create;

  drop_refused (self);
  create = find_create (self);
  self->dirty = FALSE;
  set_state (self, WUYOU_DRAFT_SENDING, NULL);
  add_write (self, !self->exists && (create == NULL || !wuyou_outbox_item_was_tried (create)));
  save_locally (self);
}

static gboolean
on_send_due_cb (gpointer data)
{
  WuyouSaleDraft *self = data;

  self->send_timer = 0;
  if (self->dirty)
    send (self);
  return G_SOURCE_REMOVE;
}

static void
queue_send (WuyouSaleDraft *self)
{
  self->dirty = TRUE;
  g_clear_handle_id (&self->send_timer, g_source_remove);
  self->send_timer = g_timeout_add (SEND_DELAY_MS, on_send_due_cb, self);
}

/* What was typed in the last moment before an end without warning is in no message to the server yet; and of one that
 * was refused the form shall hear. */
static void
send_left_over (WuyouSaleDraft *self)
{
  WuyouOutboxItem *item = wuyou_outbox_find (wuyou_app_context_get_outbox (self->context), self->id);

  if (self->dirty || (item != NULL && wuyou_outbox_item_get_state (item) == WUYOU_OUTBOX_REFUSED))
    queue_send (self);
}

void
wuyou_sale_draft_set_text (WuyouSaleDraft *self, const WuyouField *field, const char *text)
{
  guint i = get_position (field);
  gboolean kept = wuyou_sale_draft_get_kept (self, field) != NULL;

  if (g_strcmp0 (self->texts[i], text) == 0)
    return;
  g_free (self->texts[i]);
  /* Emptied again over a kept value: the kept value stands. */
  self->texts[i] = kept && *text == '\0' ? NULL : g_strdup (text);
  if (self->texts[i] == NULL)
    g_clear_error (&self->errors[i]);
  merge (self);
  queue_send (self);
  save_locally (self);
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
  guint i = get_position (field);

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
  return self->errors[get_position (field)];
}

const WuyouContract *
wuyou_sale_draft_get_contract (WuyouSaleDraft *self)
{
  return self->merged;
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
  return self->texts[get_position (field)] == NULL && wuyou_sale_draft_get_kept (self, field) != NULL;
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

      if (is_masked (self, name) || (field != NULL && self->errors[get_position (field)] != NULL))
        continue;
      wuyou_error_take_violation (&all, g_error_copy (part));
    }
  }
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}

/* What the server took needs no text any more: from then on its value is shown, masked where it is personal. */
static void
drop_saved_texts (WuyouSaleDraft *self)
{
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];

    if (self->texts[i] == NULL || self->errors[i] != NULL || field->pi != WUYOU_PI_NONE)
      continue;
    if (wuyou_field_equal (field, self->merged, self->server))
      g_clear_pointer (&self->texts[i], g_free);
  }
}

void
wuyou_sale_draft_take_dossier (WuyouSaleDraft *self, const WuyouDossier *dossier)
{
  if (self->server == NULL)
    self->server = wuyou_contract_new ();
  wuyou_record_copy (&wuyou_contract_type, dossier->contract, self->server);
  self->version = dossier->contract->version;
  self->exists = TRUE;
  if (!self->dirty)
    drop_saved_texts (self);
  merge (self);
  wuyou_outbox_set_tag (wuyou_app_context_get_outbox (self->context), self->id, dossier->etag);
  if (!self->dirty && wuyou_sale_draft_is_settled (self))
    set_state (self, WUYOU_DRAFT_SAVED, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wuyou_sale_draft_take_theirs (WuyouSaleDraft *self, const WuyouField *field, JsonObject *current)
{
  guint i = get_position (field);
  g_autoptr (WuyouContract) theirs = wuyou_contract_new ();

  if (!wuyou_record_read_json (&wuyou_contract_type, theirs, current, WUYOU_CODEC_MASKED_INPUT, NULL))
    return;
  if (self->server == NULL)
    self->server = wuyou_contract_new ();
  if (wuyou_field_is_text (field))
    wuyou_field_set_text (field, self->server, wuyou_field_get_text (field, theirs));
  else
    wuyou_field_set_int (field, self->server, wuyou_field_get_int (field, theirs));
  g_clear_pointer (&self->texts[i], g_free);
  g_clear_error (&self->errors[i]);
}

void
wuyou_sale_draft_send_again (WuyouSaleDraft *self, gint64 version)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (self->context);
  g_autofree char *tag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version);

  drop_refused (self);
  self->version = version;
  wuyou_outbox_set_tag (outbox, self->id, tag);
  merge (self);
  send (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wuyou_sale_draft_set_upload (WuyouSaleDraft *self, int slot, const char *document_id, const char *path)
{
  g_return_if_fail (slot >= 1 && slot <= WUYOU_SLOT_VOUCHER);
  if (g_strcmp0 (self->upload_ids[slot], document_id) == 0)
    return;
  g_free (self->upload_ids[slot]);
  g_free (self->upload_paths[slot]);
  self->upload_ids[slot] = g_strdup (document_id);
  self->upload_paths[slot] = g_strdup (path);
  save_locally (self);
}

gboolean
wuyou_sale_draft_get_upload (WuyouSaleDraft *self, int slot, char **ret_id, char **ret_path)
{
  if (self->upload_ids[slot] == NULL || self->upload_paths[slot] == NULL)
    return FALSE;
  *ret_id = g_strdup (self->upload_ids[slot]);
  *ret_path = g_strdup (self->upload_paths[slot]);
  return TRUE;
}

void
wuyou_sale_draft_flush (WuyouSaleDraft *self)
{
  g_clear_handle_id (&self->send_timer, g_source_remove);
  if (self->dirty)
    send (self);
  wuyou_local_flush (wuyou_app_context_get_local (self->context));
}

void
wuyou_sale_draft_discard (WuyouSaleDraft *self)
{
  g_clear_handle_id (&self->send_timer, g_source_remove);
  self->dirty = FALSE;
  wuyou_local_remove (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_DRAFT, self->id);
}

gboolean
wuyou_sale_draft_is_settled (WuyouSaleDraft *self)
{
  return !self->dirty && wuyou_outbox_find (wuyou_app_context_get_outbox (self->context), self->id) == NULL;
}

static void
on_sent_cb (WuyouSaleDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) != 0)
    return;
  self->exists = TRUE;
  save_locally (self);
  if (!self->dirty && wuyou_sale_draft_is_settled (self))
    set_state (self, WUYOU_DRAFT_SAVED, NULL);
}

static void
on_refused_cb (WuyouSaleDraft *self, WuyouOutboxItem *item, const GError *error, JsonObject *problem)
{
  JsonObject *current = problem != NULL ? wuyou_json_get_object (problem, "current") : NULL;

  if (g_strcmp0 (wuyou_outbox_item_get_record (item), self->id) != 0)
    return;
  set_state (self, WUYOU_DRAFT_REFUSED, error);
  if (current != NULL)
    g_signal_emit (self, signals[CONFLICT], 0, current);
}

static void
on_online_cb (WuyouSaleDraft *self)
{
  if (!wuyou_client_get_online (wuyou_app_context_get_client (self->context)) && self->state == WUYOU_DRAFT_SENDING)
    set_state (self, WUYOU_DRAFT_LOCAL, NULL);
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
  g_free (self->shown);
  g_free (self->errors);
  g_free (self->id);
  g_clear_error (&self->problem);
  g_clear_pointer (&self->server, wuyou_contract_free);
  g_clear_pointer (&self->merged, wuyou_contract_free);
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
  self->shown = g_new0 (char *, wuyou_contract_type.n_fields);
  self->errors = g_new0 (GError *, wuyou_contract_type.n_fields);
}

WuyouSaleDraft *
wuyou_sale_draft_new (WuyouAppContext *context, const char *id)
{
  WuyouSaleDraft *self = g_object_new (WUYOU_TYPE_SALE_DRAFT, NULL);
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (context);

  self->context = g_object_ref (context);
  self->id = id != NULL ? g_strdup (id) : wuyou_app_context_new_id (context);
  self->exists = id != NULL;
  if (id != NULL)
    load_locally (self);
  merge (self);
  g_signal_connect_object (outbox, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "refused", G_CALLBACK (on_refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_client (context), "notify::online", G_CALLBACK (on_online_cb), self,
                           G_CONNECT_SWAPPED);
  send_left_over (self);
  return self;
}
