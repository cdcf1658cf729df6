/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "records/wuyou-record-view.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "engine/wuyou-error-response.h"

GHashTable *
wuyou_names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

gboolean
wuyou_names_read (GHashTable *names, WuyouDbConn *conn, WuyouStore *store, const char *account_id, GError **error)
{
  g_autoptr (WuyouAccount) account = NULL;
  g_autoptr (GError) local = NULL;

  if (account_id == NULL || g_hash_table_contains (names, account_id))
    return TRUE;
  account = wuyou_record_load (conn, store, &wuyou_account_type, account_id, NULL, NULL, &local);
  if (account == NULL && !g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_hash_table_insert (names, g_strdup (account_id), g_strdup (account != NULL ? account->name : NULL));
  return TRUE;
}

gboolean
wuyou_names_read_history (GHashTable *names,
                          WuyouDbConn *conn,
                          WuyouStore *store,
                          const GPtrArray *history,
                          GError **error)
{
  for (guint i = 0; i < history->len; i++)
    if (!wuyou_names_read (names, conn, store, ((WuyouHistoryEntry *) history->pdata[i])->account_id, error))
      return FALSE;
  return TRUE;
}

void
wuyou_record_view_write (GString *out, const char *name, const WuyouRecordType *type, gconstpointer record, guint flags)
{
  g_autoptr (GString) json = g_string_new (NULL);

  wuyou_record_write_json (type, record, flags, json);
  wuyou_json_add_raw (out, name, json->str);
}

static void
write_change (GString *out, const WuyouField *field, const WuyouHistoryEntry *entry)
{
  g_autofree char *old = wuyou_field_dup_masked (field, entry->old_record);
  g_autofree char *new = wuyou_field_dup_masked (field, entry->new_record);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "field", field->name);
  wuyou_json_add_string (out, "old", old);
  wuyou_json_add_string (out, "new", new);
  wuyou_json_end_object (out);
}

static gboolean
is_told (const WuyouField *field, const WuyouTimelineRules *rules)
{
  if ((rules->flags & WUYOU_CODEC_NO_WHOLESALE) && (field->flags & WUYOU_FIELD_WHOLESALE))
    return FALSE;
  return rules->tells == NULL || rules->tells (field, rules->data);
}

static void
write_changes (GString *out, const WuyouHistoryEntry *entry, const WuyouTimelineRules *rules)
{
  if (rules->unreasoned == NULL || !g_strv_contains (rules->unreasoned, entry->action))
    wuyou_json_add_string (out, "reason", entry->reason);
  wuyou_json_begin_array (out, "changes");
  for (guint i = 0; i < entry->fields->len; i++)
    if (is_told (entry->fields->pdata[i], rules))
      write_change (out, entry->fields->pdata[i], entry);
  wuyou_json_end_array (out);
}

/* A person who is not named is not the system: what has no actor was done by that. */
static void
write_actor (GString *out, const WuyouHistoryEntry *entry, GHashTable *names, const WuyouTimelineRules *rules)
{
  if (entry->account_id == NULL)
    return;
  if (rules->anonymous_but == NULL || g_str_equal (rules->anonymous_but, entry->account_id))
    wuyou_json_add_string (out, "actor", g_hash_table_lookup (names, entry->account_id));
  else
    wuyou_json_add_boolean (out, "unnamed", TRUE);
}

static void
write_entry (GString *out, const WuyouHistoryEntry *entry, GHashTable *names, const WuyouTimelineRules *rules)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_instant (out, "at", entry->at);
  wuyou_json_add_string (out, "action", entry->action);
  wuyou_json_add_int (out, "version", entry->version);
  write_actor (out, entry, names, rules);
  if (!(rules->flags & WUYOU_CODEC_CLIENT))
    write_changes (out, entry, rules);
  wuyou_json_end_object (out);
}

void
wuyou_timeline_write (GString *out, const GPtrArray *history, GHashTable *names, const WuyouTimelineRules *rules)
{
  wuyou_json_begin_array (out, "timeline");
  for (guint i = 0; i < history->len; i++)
    write_entry (out, history->pdata[i], names, rules);
  wuyou_json_end_array (out);
}

static void
write_action (GString *out,
              const WuyouWorkflow *workflow,
              const WuyouTransition *row,
              const WuyouStep *step,
              guint32 roles)
{
  /* What comes with the action is judged when it comes; here only what stands already. */
  static const char placeholder[] = "—  —";
  g_autoptr (GError) error = NULL;
  gboolean allowed = wuyou_workflow_check (row, roles, placeholder, step, &error);

  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION))
    return; /* not a step of this record: its product or phase goes another way */
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "action", row->action);
  wuyou_json_add_string (out, "to", wuyou_enum_id (workflow->states, row->to));
  wuyou_json_add_boolean (out, "allowed", allowed);
  if (!allowed) {
    g_autoptr (GString) problem = g_string_new (NULL);

    wuyou_error_response_write (error, problem);
    wuyou_json_add_raw (out, "problem", problem->str);
  }
  wuyou_json_end_object (out);
}

void
wuyou_actions_write (GString *out, const WuyouWorkflow *workflow, int state, const WuyouStep *step, guint32 roles)
{
  wuyou_json_begin_array (out, "actions");
  for (guint i = 0; i < workflow->n_transitions; i++) {
    const WuyouTransition *row = &workflow->transitions[i];

    if (row->from == state && !(row->flags & WUYOU_TRANSITION_SYSTEM)
        && wuyou_permission_check (roles, row->object, row->verbs))
      write_action (out, workflow, row, step, roles);
  }
  wuyou_json_end_array (out);
}

WuyouReply *
wuyou_stale_reply_new (const GError *stale,
                       const WuyouRecordType *type,
                       gconstpointer record,
                       guint flags,
                       gint64 version)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  WuyouReply *reply;

  wuyou_error_response_write (stale, out);
  g_string_truncate (out, out->len - 1); /* the object goes on */
  wuyou_record_view_write (out, "current", type, record, flags);
  wuyou_json_end_object (out);
  bytes = g_string_free_to_bytes (out);
  reply = wuyou_reply_new_bytes (wuyou_error_info (WUYOU_ERROR_STALE)->status, "application/problem+json", bytes);
  wuyou_reply_set_revision (reply, version);
  return reply;
}
