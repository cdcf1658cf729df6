/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-folder.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-evidence-writes.h"

static void
free_row (WuyouChecklistRow *row)
{
  g_free (row->slot);
  g_free (row->title);
  g_free (row->when);
  g_free (row);
}

static void
free_place (WuyouEvidencePlace *place)
{
  g_free (place->request_reason);
  g_free (place->refusal);
  g_free (place);
}

static void
free_said (WuyouEvidenceSaid *said)
{
  g_free (said->source);
  g_free (said->slot);
  g_free (said->value);
  g_free (said);
}

static void
free_conflict (WuyouEvidenceConflict *conflict)
{
  g_ptr_array_unref (conflict->values);
  g_free (conflict);
}

static WuyouChecklistRow *
add_row (WuyouEvidenceFolder *self, const char *slot, const char *title, int phase)
{
  WuyouChecklistRow *row = g_new0 (WuyouChecklistRow, 1);

  row->slot = g_strdup (slot);
  row->title = g_strdup (title != NULL ? title : slot);
  row->phase = phase;
  g_ptr_array_add (self->rows, row);
  return row;
}

static WuyouEvidencePlace *
add_place (WuyouEvidenceFolder *self, const WuyouChecklistRow *row)
{
  WuyouEvidencePlace *place = g_new0 (WuyouEvidencePlace, 1);

  place->row = row;
  g_ptr_array_add (self->places, place);
  return place;
}

static void
read_place (WuyouEvidenceFolder *self, JsonObject *object)
{
  const char *slot = wuyou_json_get_string (object, "slot");
  const WuyouEnum *phase = wuyou_enum_find (wuyou_claim_phases, wuyou_json_get_string (object, "phase"));
  const WuyouEnum *form = wuyou_enum_find (wuyou_document_forms, wuyou_json_get_string (object, "form"));
  WuyouChecklistRow *row;
  WuyouEvidencePlace *place;

  if (slot == NULL || phase == NULL)
    return;
  row = add_row (self, slot, wuyou_json_get_string (object, "title"), phase->value);
  row->form = form != NULL ? form->value : 0;
  row->required = wuyou_json_get_boolean (object, "required");
  row->when = g_strdup (wuyou_json_get_string (object, "when"));
  row->sensitive = wuyou_json_get_boolean (object, "sensitive");
  place = add_place (self, row);
  place->requested = wuyou_json_get_boolean (object, "requested");
  place->request_reason = g_strdup (wuyou_json_get_string (object, "request_reason"));
}

static void
read_evidence (WuyouEvidenceFolder *self, WuyouAppContext *context, JsonObject *object)
{
  g_autoptr (WuyouEvidence) evidence = wuyou_evidence_new ();

  if (!wuyou_record_read_json (&wuyou_evidence_type, evidence, object, WUYOU_CODEC_MASKED_INPUT, NULL)
      || evidence->id == NULL)
    return;
  wuyou_evidence_apply_writes (context, evidence);
  if (evidence->state != WUYOU_EVIDENCE_WITHDRAWN)
    g_ptr_array_add (self->evidence, g_steal_pointer (&evidence));
}

static WuyouEvidenceSaid *
read_said (JsonObject *object)
{
  WuyouEvidenceSaid *said = g_new0 (WuyouEvidenceSaid, 1);

  said->source = g_strdup (wuyou_json_get_string (object, "source"));
  said->slot = g_strdup (wuyou_json_get_string (object, "slot"));
  said->value = g_strdup (wuyou_json_get_string (object, "value"));
  return said;
}

/* The wire may name the field in capitals. */
static const WuyouField *
find_fact (const char *name)
{
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  return lower != NULL ? wuyou_record_type_find (&wuyou_evidence_type, lower) : NULL;
}

static void
read_conflict (WuyouEvidenceFolder *self, JsonObject *object)
{
  const WuyouField *fact = find_fact (wuyou_json_get_string (object, "fact"));
  JsonArray *values = wuyou_json_get_array (object, "values");
  WuyouEvidenceConflict *conflict;

  if (fact == NULL || values == NULL)
    return;
  conflict = g_new0 (WuyouEvidenceConflict, 1);
  conflict->fact = fact;
  conflict->values = g_ptr_array_new_with_free_func ((GDestroyNotify) free_said);
  for (guint i = 0; i < json_array_get_length (values); i++) {
    JsonObject *value = wuyou_json_array_get_object (values, i);

    if (value != NULL)
      g_ptr_array_add (conflict->values, read_said (value));
  }
  g_ptr_array_add (self->conflicts, conflict);
}

/* Nothing of it is with the server yet. */
static gboolean
is_on_its_way (const WuyouEvidenceFolder *self, const WuyouChecklistRow *row)
{
  for (guint i = 0; i < self->evidence->len; i++) {
    const WuyouEvidence *file = self->evidence->pdata[i];

    if (file->phase == row->phase && g_strcmp0 (file->slot, row->slot) == 0
        && file->state == WUYOU_EVIDENCE_QUARANTINED)
      return FALSE;
  }
  return TRUE;
}

/* What this account may not add to now, by the very rule that the server has. */
static void
judge_place (WuyouEvidenceFolder *self, WuyouEvidencePlace *place)
{
  const WuyouChecklistRow *row = place->row;
  g_autoptr (GError) error = NULL;

  place->state = wuyou_evidence_slot_state (self->evidence, row->slot, row->phase);
  place->sending = place->state == WUYOU_SLOT_CHECKING && is_on_its_way (self, row);
  if (wuyou_evidence_check_slot (self->claim, self->rows, row->slot, row->phase, self->roles, self->today, &error))
    return;
  place->needs_consent = error->code == WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED;
  place->refusal = g_strdup (wuyou_error_sentence (error));
}

const char *
wuyou_evidence_place_state (const WuyouEvidencePlace *place)
{
  return place->sending ? _ (wuyou_enum_label (wuyou_evidence_states, WUYOU_EVIDENCE_UPLOADING))
                        : _ (wuyou_enum_label (wuyou_slot_states, place->state));
}

static gboolean
has_files (const WuyouEvidenceFolder *self, const char *slot)
{
  for (guint i = 0; i < self->evidence->len; i++)
    if (g_strcmp0 (((const WuyouEvidence *) self->evidence->pdata[i])->slot, slot) == 0)
      return TRUE;
  return FALSE;
}

/* Slots beside the checklist are there when they can be filled, or are. */
static void
add_own_places (WuyouEvidenceFolder *self)
{
  for (const WuyouClaimSlot *own = wuyou_claim_slots; own->slot != NULL; own++) {
    int phase = own->phase != 0 ? own->phase : self->claim->phase;

    if (wuyou_checklist_find (self->rows, own->slot) != NULL
        || !(has_files (self, own->slot)
             || wuyou_evidence_check_slot (self->claim, self->rows, own->slot, phase, self->roles, self->today, NULL)))
      continue;
    add_place (self, add_row (self, own->slot, _ (own->title), phase));
  }
}

static void
each_object (JsonArray *array, void (*read) (WuyouEvidenceFolder *self, JsonObject *object), WuyouEvidenceFolder *self)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *object = wuyou_json_array_get_object (array, i);

    if (object != NULL)
      read (self, object);
  }
}

static gboolean
read_claim (WuyouEvidenceFolder *self, JsonObject *answer, GError **error)
{
  JsonObject *claim = wuyou_json_get_object (answer, "claim");
  JsonObject *contract = wuyou_json_get_object (answer, "contract");

  if (contract != NULL)
    wuyou_record_read_json (&wuyou_contract_type, self->contract, contract, WUYOU_CODEC_MASKED_INPUT, NULL);
  if (claim != NULL && wuyou_record_read_json (&wuyou_claim_type, self->claim, claim, WUYOU_CODEC_MASKED_INPUT, NULL)
      && self->claim->id != NULL) {
    self->claim_id = g_strdup (self->claim->id);
    return TRUE;
  }
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "not a claim");
  return FALSE;
}

static void
clear_folder (gpointer data)
{
  WuyouEvidenceFolder *self = data;

  g_free (self->claim_id);
  g_free (self->etag);
  wuyou_claim_free (self->claim);
  wuyou_contract_free (self->contract);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->evidence);
  g_ptr_array_unref (self->conflicts);
  g_clear_pointer (&self->thumbs, g_hash_table_unref);
}

/* An answer that was kept by an older program says nothing of them. */
static GHashTable *
read_thumbs (JsonObject *object)
{
  GHashTable *thumbs;
  JsonObjectIter iter;
  const char *id;

  if (object == NULL)
    return NULL;
  thumbs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &id, NULL))
    g_hash_table_insert (thumbs, g_strdup (id), g_strdup (wuyou_json_get_string (object, id)));
  return thumbs;
}

WuyouEvidenceFolder *
wuyou_evidence_folder_ref (WuyouEvidenceFolder *self)
{
  return g_rc_box_acquire (self);
}

void
wuyou_evidence_folder_unref (WuyouEvidenceFolder *self)
{
  g_rc_box_release_full (self, clear_folder);
}

static guint
find_index (const WuyouEvidenceFolder *self, const WuyouEvidence *evidence)
{
  guint at = 0;

  while (at < self->places->len
         && !wuyou_evidence_folder_is_in (self->places->pdata[at], evidence->slot, evidence->phase))
    at++;
  return at;
}

/* As the places stand on the page, so that stepping through them goes down it; GLib's sort keeps the rest. */
static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  guint x = find_index (data, *(WuyouEvidence *const *) a), y = find_index (data, *(WuyouEvidence *const *) b);

  return x != y ? (x < y ? -1 : 1) : 0;
}

WuyouEvidenceFolder *
wuyou_evidence_folder_new (WuyouAppContext *context, JsonObject *answer, const char *etag, GError **error)
{
  JsonArray *evidence = wuyou_json_get_array (answer, "evidence");
  g_autoptr (WuyouEvidenceFolder) self = g_rc_box_new0 (WuyouEvidenceFolder);

  self->etag = g_strdup (etag);
  self->roles = wuyou_session_get_roles_for (wuyou_app_context_get_session (context),
                                             wuyou_json_get_boolean (answer, "for_dealer"));
  self->today = wuyou_date_of_instant (wuyou_app_context_now (context));
  self->claim = wuyou_claim_new ();
  self->contract = wuyou_contract_new ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row);
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) free_place);
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_evidence_free);
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) free_conflict);
  if (!read_claim (self, answer, error))
    return NULL;
  each_object (wuyou_json_get_array (answer, "checklist"), read_place, self);
  for (guint i = 0; evidence != NULL && i < json_array_get_length (evidence); i++)
    read_evidence (self, context, wuyou_json_array_get_object (evidence, i));
  each_object (wuyou_json_get_array (answer, "contradictions"), read_conflict, self);
  self->thumbs = read_thumbs (wuyou_json_get_object (answer, "thumbs"));
  add_own_places (self);
  for (guint i = 0; i < self->places->len; i++)
    judge_place (self, self->places->pdata[i]);
  g_ptr_array_sort_with_data (self->evidence, compare_places, self);
  return g_steal_pointer (&self);
}

const WuyouEvidence *
wuyou_evidence_folder_find (const WuyouEvidenceFolder *self, const char *id)
{
  for (guint i = 0; i < self->evidence->len; i++) {
    const WuyouEvidence *evidence = self->evidence->pdata[i];

    if (g_strcmp0 (evidence->id, id) == 0)
      return evidence;
  }
  return NULL;
}

gboolean
wuyou_evidence_folder_is_open (const WuyouEvidenceFolder *self)
{
  for (guint i = 0; i < self->places->len; i++) {
    const WuyouEvidencePlace *place = self->places->pdata[i];

    if (place->refusal == NULL || place->needs_consent)
      return TRUE;
  }
  return FALSE;
}

gboolean
wuyou_evidence_folder_is_in (const WuyouEvidencePlace *place, const char *slot, int phase)
{
  return g_strcmp0 (place->row->slot, slot) == 0 && (phase == 0 || place->row->phase == phase);
}

const WuyouEvidencePlace *
wuyou_evidence_folder_find_place (const WuyouEvidenceFolder *self, const char *slot, int phase)
{
  for (guint i = 0; i < self->places->len; i++)
    if (wuyou_evidence_folder_is_in (self->places->pdata[i], slot, phase))
      return self->places->pdata[i];
  return NULL;
}

static gboolean
concerns (const WuyouEvidenceConflict *conflict, const char *slot)
{
  for (guint i = 0; i < conflict->values->len; i++)
    if (g_strcmp0 (((const WuyouEvidenceSaid *) conflict->values->pdata[i])->slot, slot) == 0)
      return TRUE;
  return FALSE;
}

const WuyouEvidenceConflict *
wuyou_evidence_folder_find_conflict (const WuyouEvidenceFolder *self, const char *fact, const char *slot)
{
  for (guint i = 0; i < self->conflicts->len; i++) {
    const WuyouEvidenceConflict *conflict = self->conflicts->pdata[i];

    if ((fact == NULL || g_str_equal (conflict->fact->name, fact)) && concerns (conflict, slot))
      return conflict;
  }
  return NULL;
}

static const char *
name_source (const WuyouEvidenceFolder *self, const WuyouEvidenceSaid *said)
{
  const WuyouEvidencePlace *place = said->slot != NULL ? wuyou_evidence_folder_find_place (self, said->slot, 0) : NULL;

  if (place != NULL)
    return place->row->title;
  if (g_strcmp0 (said->source, "contract") == 0)
    return _ ("contract");
  return g_strcmp0 (said->source, "claim") == 0 ? _ ("report of the loss") : _ ("another document");
}

char *
wuyou_evidence_conflict_dup_sentence (const WuyouEvidenceFolder *self, const WuyouEvidenceConflict *conflict)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < conflict->values->len; i++) {
    const WuyouEvidenceSaid *said = conflict->values->pdata[i];

    if (i > 0)
      g_string_append (all, _ ("; "));
    /* Translators: which paper, and what it says. */
    g_string_append_printf (all, _ ("%s: %s"), name_source (self, said), said->value != NULL ? said->value : "");
  }
  /* Translators: a fact as "VIN", and what the papers say of it. */
  return g_strdup_printf (_ ("%s: the papers differ (%s)"), _ (conflict->fact->label), all->str);
}

/* One that may hold it, the newest first: what was returned is replaced, not read. */
static const WuyouEvidence *
find_readable (const WuyouEvidenceFolder *self, const WuyouEvidencePlace *place)
{
  for (guint i = self->evidence->len; i > 0; i--) {
    const WuyouEvidence *one = self->evidence->pdata[i - 1];

    if (wuyou_evidence_folder_is_in (place, one->slot, one->phase) && wuyou_evidence_is_usable (one->state))
      return one;
  }
  return NULL;
}

/* By any of the files: what is on three pictures stands on one of them. */
static gboolean
is_entered (const WuyouEvidenceFolder *self, const WuyouEvidencePlace *place, const WuyouField *fact)
{
  for (guint i = 0; i < self->evidence->len; i++) {
    const WuyouEvidence *one = self->evidence->pdata[i];

    if (wuyou_evidence_folder_is_in (place, one->slot, one->phase) && wuyou_evidence_is_usable (one->state)
        && wuyou_field_is_set (fact, one))
      return TRUE;
  }
  return FALSE;
}

char *
wuyou_evidence_folder_dup_wanted (const WuyouEvidenceFolder *self,
                                  const WuyouEvidencePlace *place,
                                  const WuyouEvidence **ret_file)
{
  const char *const *facts = wuyou_evidence_facts_of_slot (place->row->slot);
  g_autoptr (GString) all = g_string_new (NULL);

  *ret_file = find_readable (self, place);
  for (guint i = 0; *ret_file != NULL && facts[i] != NULL; i++) {
    const WuyouField *fact = wuyou_record_type_find (&wuyou_evidence_type, facts[i]);

    if (is_entered (self, place, fact))
      continue;
    if (all->len > 0) /* Translators: between the names of entries. */
      g_string_append (all, _ (", "));
    g_string_append (all, _ (fact->label));
  }
  return all->len > 0 ? g_string_free (g_steal_pointer (&all), FALSE) : NULL;
}

guint
wuyou_evidence_folder_count (const WuyouEvidenceFolder *self, int phase, guint *ret_filled)
{
  guint required = 0;

  *ret_filled = 0;
  for (guint i = 0; i < self->places->len; i++) {
    const WuyouEvidencePlace *place = self->places->pdata[i];

    if (place->row->phase != phase || !(place->row->required || place->requested))
      continue;
    required++;
    *ret_filled += place->state >= WUYOU_SLOT_FILLED;
  }
  return required;
}

char *
wuyou_evidence_dup_state (const WuyouEvidence *evidence)
{
  const char *state = _ (wuyou_enum_label (wuyou_evidence_states, evidence->state));

  if (evidence->state == WUYOU_EVIDENCE_REJECTED_TYPE && evidence->state_reason != NULL)
    return g_strdup_printf (_ ("%s: %s"), state, _ (evidence->state_reason));
  if (evidence->unmade && wuyou_evidence_is_usable (evidence->state))
    return g_strdup (_ (wuyou_evidence_unmade_sentence));
  if (evidence->state != WUYOU_EVIDENCE_RETURNED)
    return g_strdup (state);
  if (evidence->state_reason != NULL && *evidence->state_reason != '\0')
    return g_strdup_printf (_ ("%s: %s – %s"), state,
                            _ (wuyou_enum_label (wuyou_return_reasons, evidence->return_reason)),
                            evidence->state_reason);
  return g_strdup_printf (_ ("%s: %s"), state, _ (wuyou_enum_label (wuyou_return_reasons, evidence->return_reason)));
}

char *
wuyou_evidence_dup_name (const WuyouEvidence *evidence)
{
  gboolean masked = evidence->file_name == NULL || g_str_has_prefix (evidence->file_name, "*");
  gboolean pdf = g_strcmp0 (evidence->media_type, "application/pdf") == 0
                 || (evidence->file_name != NULL && g_str_has_suffix (evidence->file_name, ".pdf"));
  char day[11] = "";

  if (!masked)
    return g_strdup (evidence->file_name);
  if (evidence->created_at == 0)
    return g_strdup (pdf ? _ ("PDF") : _ ("Picture"));
  wuyou_date_format (wuyou_date_of_instant (evidence->created_at), day);
  return g_strdup_printf (pdf ? _ ("PDF of %s") : _ ("Picture of %s"), day);
}

gboolean
wuyou_evidence_has_pictures (const WuyouEvidence *evidence)
{
  return wuyou_evidence_is_judged (evidence->state) || evidence->state == WUYOU_EVIDENCE_SUPERSEDED;
}
