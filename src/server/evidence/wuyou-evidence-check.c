/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-check.h"

#include <glib/gi18n-lib.h>

#include "accounts/wuyou-account.h"
#include "base/wuyou-error.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim.h"
#include "claims/wuyou-evidence-rules.h"
#include "evidence/wuyou-evidence-case.h"
#include "wuyou-audit-store.h"
#include "evidence/wuyou-evidence-files.h"
#include "evidence/wuyou-evidence-flags.h"
#include "evidence/wuyou-evidence-render.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"
#include "uploads/wuyou-quarantine.h"

#define MAX_TRIES 3

/* The file as it stands; read again when somebody changed it meanwhile. */
typedef struct {
  WuyouServerContext *context;
  const char *id;
  WuyouEvidence *evidence;
  WuyouClaim *claim;
  WuyouOrg *org, *insurer; /* insurer may be NULL */
  WuyouFile *file;
  WuyouKey *file_key, *key; /* key: of the record; NULL when erased */
  /* What is to be written. */
  WuyouRendering *rendering; /* NULL: refused */
  WuyouEvidence *checked;
  WuyouRecordDraft *draft;
  GPtrArray *returned;   /* WuyouEvidence that this one replaces once it is available */
  GPtrArray *superseded; /* WuyouEvidence: the same, as they then are */
  GPtrArray *replaced;   /* WuyouRecordDraft of each of them, which borrows it */
} Check;

static void
clear_check (Check *check)
{
  g_clear_pointer (&check->draft, wuyou_record_draft_free);
  g_clear_pointer (&check->replaced, g_ptr_array_unref);
  g_clear_pointer (&check->superseded, g_ptr_array_unref);
  g_clear_pointer (&check->returned, g_ptr_array_unref);
  g_clear_pointer (&check->evidence, wuyou_evidence_free);
  g_clear_pointer (&check->checked, wuyou_evidence_free);
  g_clear_pointer (&check->claim, wuyou_claim_free);
  g_clear_pointer (&check->org, wuyou_org_free);
  g_clear_pointer (&check->insurer, wuyou_org_free);
  g_clear_pointer (&check->file, wuyou_file_free);
  g_clear_pointer (&check->file_key, wuyou_key_unref);
  g_clear_pointer (&check->key, wuyou_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, clear_check)

static gboolean
read_key (WuyouDbConn *conn, Check *check, GError **error)
{
  GError *failure = NULL;

  check->key = wuyou_record_load_key (conn, check->context->store, &wuyou_evidence_type, check->id, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
read_returned (WuyouDbConn *conn, Check *c, GError **error)
{
  const WuyouFilter filter = { .field = "claim_id", .op = WUYOU_FILTER_EQUAL, .text = c->claim->id };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = WUYOU_EVIDENCE_MAX * 2 };

  c->returned = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_evidence_free);
  if (!wuyou_record_list (conn, c->context->store, &wuyou_evidence_type, &query, c->returned, error))
    return FALSE;
  for (guint i = c->returned->len; i > 0; i--)
    if (!wuyou_evidence_replaces (c->evidence, c->returned->pdata[i - 1]))
      g_ptr_array_remove_index (c->returned, i - 1);
  return TRUE;
}

static gboolean
read_check (WuyouDbConn *conn, gpointer data, GError **error)
{
  Check *c = data;
  WuyouStore *store = c->context->store;

  clear_check (c);
  c->evidence = wuyou_record_load (conn, store, &wuyou_evidence_type, c->id, NULL, NULL, error);
  if (c->evidence == NULL)
    return FALSE;
  c->claim = wuyou_record_load (conn, store, &wuyou_claim_type, c->evidence->claim_id, NULL, NULL, error);
  if (c->claim == NULL)
    return FALSE;
  c->org = wuyou_record_load (conn, store, &wuyou_org_type, c->evidence->org_id, NULL, NULL, error);
  if (c->org == NULL)
    return FALSE;
  if (c->claim->insurer_org_id != NULL)
    c->insurer = wuyou_record_load (conn, store, &wuyou_org_type, c->claim->insurer_org_id, NULL, NULL, error);
  return (c->claim->insurer_org_id == NULL || c->insurer != NULL) && read_key (conn, c, error)
         && read_returned (conn, c, error) && wuyou_file_load (conn, store, c->id, &c->file, &c->file_key, error);
}

static gboolean
reload (Check *check, GError **error)
{
  return wuyou_db_read (check->context->db, read_check, check, error);
}

/* --- written --- */

static gboolean
tell (WuyouDbConn *conn, const Check *c, gint64 now, GError **error)
{
  return wuyou_event_insert (conn, "claim", c->claim->id, c->claim->version, c->org->path, NULL, now, error)
         && (c->insurer == NULL
             || wuyou_event_insert (conn, "claim", c->claim->id, c->claim->version, c->insurer->path, NULL, now,
                                    error));
}

/* Edits that came while it was decoded ask for another view, which must not be forgotten. */
static gboolean
ask_again (WuyouDbConn *conn, const Check *c, gint64 now, GError **error)
{
  return g_strcmp0 (c->evidence->edits_json, c->rendering->edits_json) == 0
         || wuyou_job_put_for (conn, WUYOU_JOB_EVIDENCE, c->id, c->evidence->org_id, now, error);
}

/* What was returned stays to be seen, and counts no more (6.8). */
static gboolean
prepare_replaced (Check *c, const WuyouActor *actor, GError **error)
{
  c->superseded = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_evidence_free);
  c->replaced = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_record_draft_free);
  for (guint i = 0; i < c->returned->len; i++) {
    const WuyouEvidence *old = c->returned->pdata[i];
    WuyouEvidence *changed = wuyou_evidence_dup (old);
    WuyouRecordDraft *draft;

    g_ptr_array_add (c->superseded, changed);
    changed->state = WUYOU_EVIDENCE_SUPERSEDED;
    draft = wuyou_record_prepare (c->context->store, &wuyou_evidence_type, old, changed, c->key, c->org->path, actor,
                                  "supersede", NULL, error);
    if (draft == NULL)
      return FALSE;
    g_ptr_array_add (c->replaced, draft);
  }
  return TRUE;
}

static gboolean
save_replaced (WuyouDbConn *conn, const Check *c, GError **error)
{
  for (guint i = 0; i < c->replaced->len; i++)
    if (!wuyou_record_save (conn, c->replaced->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
write_check (WuyouDbConn *conn, gpointer data, GError **error)
{
  Check *c = data;
  gint64 now = wuyou_clock_now (c->context->clock);

  if (!wuyou_record_save (conn, c->draft, error) || !tell (conn, c, now, error))
    return FALSE;
  return c->rendering == NULL
         || (save_replaced (conn, c, error) && wuyou_rendering_write (c->rendering, conn, now, error)
             && wuyou_evidence_find_flags (conn, c->context, c->checked, c->claim, &c->rendering->decoded, now, error)
             && ask_again (conn, c, now, error));
}

typedef struct {
  int state;
  const char *media_type, *reason;
  guint pages;
} Verdict;

/* The verdict stands whatever else of the record changed since: it is on the bytes. */
static gboolean
write_verdict (Check *c, const Verdict *verdict, GError **error)
{
  const WuyouActor actor = { .at = wuyou_clock_now (c->context->clock) };

  c->checked = wuyou_evidence_new ();
  wuyou_record_copy (&wuyou_evidence_type, c->evidence, c->checked);
  c->checked->state = verdict->state;
  c->checked->pages = verdict->pages;
  wuyou_text_set (&c->checked->media_type, verdict->media_type);
  wuyou_text_set (&c->checked->state_reason, verdict->reason);
  c->draft = wuyou_record_prepare (c->context->store, &wuyou_evidence_type, c->evidence, c->checked, c->key,
                                   c->org->path, &actor, "check", NULL, error);
  return c->draft != NULL && (c->rendering == NULL || prepare_replaced (c, &actor, error))
         && wuyou_db_write (c->context->db, write_check, c, error);
}

static gboolean
is_waiting (const Check *c)
{
  return c->evidence->state == WUYOU_EVIDENCE_QUARANTINED && c->key != NULL && c->file_key != NULL;
}

/* Its slot changed to one whose papers lie under another key: what was made here must not stay under the first. */
static gboolean
check_key (const Check *c, GError **error)
{
  if (c->rendering == NULL
      || g_str_equal (wuyou_key_get_purpose (c->rendering->key), wuyou_key_get_purpose (c->file_key)))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "the file lies under another key now");
  return FALSE;
}

/* *@ret_written FALSE without an error: it went another way meanwhile. */
static gboolean
settle (Check *c, const Verdict *verdict, gboolean *ret_written, GError **error)
{
  GError *local = NULL;

  *ret_written = FALSE;
  while (is_waiting (c)) {
    *ret_written = check_key (c, &local) && write_verdict (c, verdict, &local);
    if (*ret_written)
      return TRUE;
    if (!g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_STALE)) {
      g_propagate_error (error, local);
      return FALSE;
    }
    g_clear_error (&local);
    if (!reload (c, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
refuse (Check *c, int state, const char *media_type, const char *reason, GError **error)
{
  const Verdict verdict = { state, media_type, reason, 0 };
  gboolean written;

  return settle (c, &verdict, &written, error) && (!written || wuyou_evidence_destroy (c->context, c->id, error));
}

/* --- decided --- */

/* A decoder that fails may have had bad luck; one that fails again and again was made to. *@ret_final: no further try
 * will go better. */
static gboolean
count_failure (const Check *c, const GError *failure, gboolean blame, gboolean *ret_final, GError **error)
{
  gint64 tries;

  *ret_final = g_error_matches (failure, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE);
  if (*ret_final || !blame || !g_error_matches (failure, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE))
    return TRUE;
  if (!wuyou_evidence_add_try (c->context->db, c->id, &tries, error))
    return FALSE;
  *ret_final = tries >= MAX_TRIES;
  return TRUE;
}

static gboolean
refuse_failed (Check *c, const char *media_type, const GError *failure, GError **error)
{
  g_info ("evidence %s refused: %s", c->id, failure->message);
  if (g_error_matches (failure, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE))
    return refuse (c, WUYOU_EVIDENCE_REJECTED_TYPE, media_type, failure->message, error);
  return refuse (
      c, WUYOU_EVIDENCE_REJECTED_TYPE, media_type,
      N_ ("This file could not be opened safely. Print it to a new PDF, or take a new picture, and add that."), error);
}

/* A lost connection may hide a write that did happen: then the files made here are the ones that count. */
static gboolean
may_be_written (const GError *error)
{
  return g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
}

static gboolean
admit (Check *c, const char *media_type, GError **error)
{
  const Verdict verdict = { WUYOU_EVIDENCE_AVAILABLE, media_type, NULL, c->rendering->decoded.pages };
  GError *failure = NULL;
  gboolean written = FALSE;

  if (wuyou_rendering_seal (c->rendering, &failure))
    settle (c, &verdict, &written, &failure);
  if (!may_be_written (failure))
    wuyou_rendering_finish (c->rendering, written);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean decode (Check *c, const char *media_type, const char *edits_json, GError **error);

/* Without the changes the file may well be right: it is taken, and they are tried once more by themselves. */
static gboolean
handle_failure (Check *c, const char *media_type, gboolean edited, gboolean blame, GError *failure, GError **error)
{
  g_autoptr (GError) owned = failure;
  gboolean final;

  if (!count_failure (c, failure, blame, &final, error))
    return FALSE;
  if (final)
    return edited ? decode (c, media_type, NULL, error) : refuse_failed (c, media_type, failure, error);
  g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

static gboolean
decode (Check *c, const char *media_type, const char *edits_json, GError **error)
{
  g_auto (WuyouRendering) rendering = {
    .context = c->context,
    .evidence_id = c->id,
    .key = c->file_key,
    .edits_json = g_strdup (edits_json),
  };
  g_autoptr (WuyouKey) key = wuyou_key_ref (c->file_key);
  GError *failure = NULL;
  gboolean blame, right;

  if (!wuyou_rendering_decode (&rendering, c->file, media_type, &blame, &failure))
    return handle_failure (c, media_type, edits_json != NULL, blame, failure, error);
  rendering.key = key; /* reading the record again drops its own */
  c->rendering = &rendering;
  right = admit (c, media_type, error);
  c->rendering = NULL;
  return right;
}

static gboolean
check_new (Check *c, GError **error)
{
  g_auto (WuyouQuarantine) result = { 0 };

  if (!wuyou_quarantine_judge (c->context, c->file, c->file_key, &result, error))
    return FALSE;
  switch (result.outcome) {
  case WUYOU_OUTCOME_CLEAN:
    return decode (c, result.media_type, c->evidence->edits_json, error);
  case WUYOU_OUTCOME_INFECTED:
    return refuse (c, WUYOU_EVIDENCE_INFECTED, result.media_type, result.reason, error);
  default:
    return refuse (c, WUYOU_EVIDENCE_REJECTED_TYPE, result.media_type, result.reason, error);
  }
}

/* --- once more, with other edits --- */

typedef struct {
  Check *check;
  WuyouRendering *rendering;
} Renewal;

static gboolean
write_renewal (WuyouDbConn *conn, gpointer data, GError **error)
{
  Renewal *renewal = data;
  Check *c = renewal->check;
  gint64 now = wuyou_clock_now (c->context->clock);
  gint64 version;

  if (!wuyou_record_read_version (conn, c->context->store, &wuyou_evidence_type, c->id, &version, error))
    return FALSE;
  if (version != c->evidence->version) { /* other edits, another key, or it is gone */
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "the file changed while its view was made");
    return FALSE;
  }
  return wuyou_rendering_write (renewal->rendering, conn, now, error) && tell (conn, c, now, error);
}

static gboolean
prepare_unmade (Check *c, GError **error)
{
  const WuyouActor actor = { .at = wuyou_clock_now (c->context->clock) };

  g_clear_pointer (&c->draft, wuyou_record_draft_free);
  g_clear_pointer (&c->checked, wuyou_evidence_free);
  c->checked = wuyou_evidence_dup (c->evidence);
  c->checked->unmade = TRUE;
  c->draft = wuyou_record_prepare (c->context->store, &wuyou_evidence_type, c->evidence, c->checked, c->key,
                                   c->org->path, &actor, "check", NULL, error);
  return c->draft != NULL;
}

/* The clerk is told, whatever else changed meanwhile; other edits have a job of their own. Without edits the plain
 * picture is what everybody sees, and it is there. */
static gboolean
give_up (Check *c, const char *edits_json, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (edits_json != NULL && c->key != NULL && g_strcmp0 (c->evidence->edits_json, edits_json) == 0
         && !c->evidence->unmade && !wuyou_evidence_is_destroyed (c->evidence->state)) {
    if (prepare_unmade (c, &local) && wuyou_db_write (c->context->db, write_check, c, &local))
      return TRUE;
    if (!g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_STALE)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    g_clear_error (&local);
    if (!reload (c, error))
      return FALSE;
  }
  return TRUE;
}

/* What was made before stays where it is: nobody but its owner is shown it while the edits differ. */
static gboolean
handle_unmade (Check *c, const char *edits_json, gboolean blame, GError *failure, GError **error)
{
  g_autoptr (GError) owned = failure;
  gboolean final;

  if (!count_failure (c, failure, blame, &final, error))
    return FALSE;
  if (final) {
    g_info ("changes to evidence %s not made: %s", c->id, failure->message);
    return give_up (c, edits_json, error);
  }
  g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

static gboolean
renew (Check *c, GError **error)
{
  g_auto (WuyouRendering) rendering = {
    .context = c->context,
    .evidence_id = c->id,
    .key = c->file_key,
    .edits_json = g_strdup (c->evidence->edits_json),
  };
  Renewal renewal = { c, &rendering };
  GError *failure = NULL;
  gboolean blame, written;

  if (!wuyou_rendering_decode (&rendering, c->file, c->evidence->media_type, &blame, &failure))
    return handle_unmade (c, rendering.edits_json, blame, failure, error);
  written = wuyou_rendering_seal (&rendering, &failure)
            && wuyou_db_write (c->context->db, write_renewal, &renewal, &failure);
  if (!may_be_written (failure))
    wuyou_rendering_finish (&rendering, written);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return written;
}

gboolean
wuyou_evidence_check (WuyouServerContext *context, const char *id, GError **error)
{
  g_auto (Check) c = { .context = context, .id = id };

  if (!reload (&c, error))
    return FALSE;
  if (wuyou_evidence_is_destroyed (c.evidence->state)) /* judged before; the files may have outlived that */
    return wuyou_evidence_destroy (context, id, error);
  if (c.key == NULL || c.file_key == NULL || c.evidence->state == WUYOU_EVIDENCE_UPLOADING)
    return TRUE;
  return c.evidence->state == WUYOU_EVIDENCE_QUARANTINED ? check_new (&c, error) : renew (&c, error);
}
