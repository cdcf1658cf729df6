/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-writes.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-evidence-folder.h"

#define KIND "evidence."
#define SLOT KIND "slot"
#define EDITS KIND "edits"
#define FACTS KIND "facts"
#define JUDGE KIND "judge"
#define WITHDRAW KIND "withdraw"

static char *
dup_tag (const WuyouEvidence *evidence)
{
  return g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", evidence->version);
}

static void
send (WuyouAppContext *context,
      const WuyouEvidence *evidence,
      const char *kind,
      const char *verb,
      WuyouRouteId route,
      const char *body)
{
  const char *args[] = { evidence->id, NULL };
  g_autofree char *tag = dup_tag (evidence);
  g_autofree char *name = wuyou_evidence_dup_name (evidence);
  g_autofree char *label = g_strdup_printf ("%s: %s", verb, name);
  WuyouWrite write = {
    .call = { .route = route, .args = args, .body = body, .if_match = tag },
    .kind = kind,
    .record = evidence->id,
    .label = label,
    .coalesce = TRUE,
    .follow_tag = TRUE,
  };

  wuyou_outbox_add (wuyou_app_context_get_outbox (context), &write);
}

/* One member, null when @value is. */
static char *
dup_member (const char *name, const char *value)
{
  g_autoptr (GString) body = g_string_new (NULL);

  wuyou_json_begin_object (body, NULL);
  if (value != NULL)
    wuyou_json_add_string (body, name, value);
  else
    wuyou_json_add_raw (body, name, "null");
  wuyou_json_end_object (body);
  return g_string_free (g_steal_pointer (&body), FALSE);
}

void
wuyou_evidence_write_slot (WuyouAppContext *context, const WuyouEvidence *evidence, const char *slot)
{
  g_autofree char *body = dup_member ("slot", slot);

  send (context, evidence, SLOT, _ ("Move"), WUYOU_ROUTE_EVIDENCE_PUT, body);
}

void
wuyou_evidence_write_edits (WuyouAppContext *context, const WuyouEvidence *evidence, const char *edits_json)
{
  g_autofree char *body = dup_member ("edits_json", edits_json);

  send (context, evidence, EDITS, _ ("Turn, crop or blacken"), WUYOU_ROUTE_EVIDENCE_PUT, body);
}

static void
add_fact (GString *body, const WuyouField *field, const WuyouEvidence *typed)
{
  if (!wuyou_field_is_set (field, typed))
    wuyou_json_add_raw (body, field->name, "null");
  else if (wuyou_field_is_text (field))
    wuyou_json_add_string (body, field->name, wuyou_field_get_text (field, typed));
  else if (field->kind == WUYOU_KIND_DATE)
    wuyou_json_add_date (body, field->name, (gint32) wuyou_field_get_int (field, typed));
  else
    wuyou_json_add_int (body, field->name, wuyou_field_get_int (field, typed));
}

gboolean
wuyou_evidence_write_facts (WuyouAppContext *context, const WuyouEvidence *evidence, const WuyouEvidence *typed)
{
  g_autoptr (GString) body = g_string_new (NULL);
  guint n = 0;

  wuyou_json_begin_object (body, NULL);
  for (guint i = 0; i < wuyou_evidence_type.n_fields; i++) {
    const WuyouField *field = &wuyou_evidence_type.fields[i];

    if (!g_str_equal (field->section, "facts") || wuyou_field_equal (field, evidence, typed))
      continue;
    add_fact (body, field, typed);
    n++;
  }
  wuyou_json_end_object (body);
  if (n > 0)
    send (context, evidence, FACTS, _ ("What it says"), WUYOU_ROUTE_EVIDENCE_PUT, body->str);
  return n > 0;
}

void
wuyou_evidence_write_judgement (WuyouAppContext *context,
                                const WuyouEvidence *evidence,
                                WuyouEvidenceState state,
                                WuyouReturnReason reason,
                                const char *note)
{
  g_autoptr (GString) body = g_string_new (NULL);

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "state", wuyou_enum_id (wuyou_evidence_states, state));
  if (state == WUYOU_EVIDENCE_RETURNED)
    wuyou_json_add_string (body, "return_reason", wuyou_enum_id (wuyou_return_reasons, reason));
  wuyou_json_add_string (body, "note", note);
  wuyou_json_end_object (body);
  send (context, evidence, JUDGE, _ (wuyou_enum_label (wuyou_evidence_states, state)), WUYOU_ROUTE_EVIDENCE_JUDGE,
        body->str);
}

void
wuyou_evidence_write_withdrawal (WuyouAppContext *context, const WuyouEvidence *evidence)
{
  send (context, evidence, WITHDRAW, _ ("Take back"), WUYOU_ROUTE_EVIDENCE_DELETE, NULL);
}

static void
apply_judgement (WuyouAppContext *context, WuyouEvidence *evidence, JsonObject *body)
{
  const WuyouEnum *state = wuyou_enum_find (wuyou_evidence_states, wuyou_json_get_string (body, "state"));
  const WuyouEnum *reason = wuyou_enum_find (wuyou_return_reasons, wuyou_json_get_string (body, "return_reason"));

  evidence->state = state != NULL ? state->value : evidence->state;
  evidence->return_reason = reason != NULL ? reason->value : 0;
  evidence->judged_at = evidence->state != WUYOU_EVIDENCE_AVAILABLE ? wuyou_app_context_now (context) : 0;
  g_free (evidence->state_reason);
  evidence->state_reason = g_strdup (wuyou_json_get_string (body, "note"));
}

static void
apply (WuyouAppContext *context, WuyouEvidence *evidence, WuyouOutboxItem *item)
{
  const char *kind = wuyou_outbox_item_get_kind (item);
  const char *text = wuyou_outbox_item_get_body (item);
  g_autoptr (JsonObject) body = text != NULL ? wuyou_json_parse_object (text, strlen (text), NULL) : NULL;

  if (g_str_equal (kind, WITHDRAW))
    evidence->state = WUYOU_EVIDENCE_WITHDRAWN;
  else if (body != NULL && g_str_equal (kind, JUDGE))
    apply_judgement (context, evidence, body);
  else if (body != NULL)
    wuyou_record_read_json (&wuyou_evidence_type, evidence, body, 0, NULL);
}

gboolean
wuyou_evidence_is_write (WuyouOutboxItem *item)
{
  const char *kind = wuyou_outbox_item_get_kind (item);

  return kind != NULL && g_str_has_prefix (kind, KIND);
}

void
wuyou_evidence_apply_writes (WuyouAppContext *context, WuyouEvidence *evidence)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (context);
  g_autofree char *tag = dup_tag (evidence);
  guint length = g_list_model_get_n_items (G_LIST_MODEL (outbox));

  if (wuyou_outbox_find (outbox, evidence->id) == NULL) {
    wuyou_outbox_set_tag (outbox, evidence->id, tag);
    return;
  }
  for (guint i = 0; i < length; i++) {
    g_autoptr (WuyouOutboxItem) item = g_list_model_get_item (G_LIST_MODEL (outbox), i);

    if (wuyou_evidence_is_write (item) && g_strcmp0 (wuyou_outbox_item_get_record (item), evidence->id) == 0
        && wuyou_outbox_item_get_state (item) != WUYOU_OUTBOX_REFUSED)
      apply (context, evidence, item);
  }
}
