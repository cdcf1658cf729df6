/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-evidence-check.h"

#include <glib/gi18n-lib.h>

#include "accounts/wuyou-account.h"
#include "base/wuyou-error.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim.h"
#include "wuyou-audit-store.h"
#include "wuyou-evidence-files.h"
#include "wuyou-evidence-flags.h"
#include "wuyou-evidence-render.h"
#include "wuyou-job-service.h"
#include "wuyou-job-store.h"
#include "wuyou-quarantine.h"

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
} Check;

static void
clear_check (Check *check)
{
  g_clear_pointer (&check->draft, wuyou_record_draft_free);
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
         && wuyou_file_load (conn, store, c->id, &c->file, &c->file_key, error);
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
         || wuyou_job_put (conn, WUYOU_JOB_EVIDENCE, c->id, NULL, now, error);
}

static gboolean
write_check (WuyouDbConn *conn, gpointer data, GError **error)
{
  Check *c = data;
  gint64 now = wuyou_clock_now (c->context->clock);

  if (!wuyou_record_save (conn, c->draft, error) || !tell (conn, c, now, error))
    return FALSE;
  return c->rendering == NULL
         || (wuyou_rendering_write (c->rendering, conn, now, error)
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
  return c->draft != NULL && wuyou_db_write (c->context->db, write_check, c, error);
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

/* A decoder that fails may have had bad luck; one that fails again and again was made to. */
static gboolean
refuse_stubborn (Check *c, const char *media_type, GError *failure, GError **error)
{
  gint64 tries;

  if (!wuyou_evidence_add_try (c->context->db, c->id, &tries, error)) {
    g_error_free (failure);
    return FALSE;
  }
  if (tries < MAX_TRIES) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  g_info ("evidence %s refused: %s", c->id, failure->message);
  g_error_free (failure);
  return refuse (
      c, WUYOU_EVIDENCE_REJECTED_TYPE, media_type,
      N_ ("This file could not be opened safely. Print it to a new PDF, or take a new picture, and add that."), error);
}

static gboolean
handle_failure (Check *c, const char *media_type, gboolean blame, GError *failure, GError **error)
{
  if (g_error_matches (failure, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE)) {
    g_autoptr (GError) refusal = failure;

    return refuse (c, WUYOU_EVIDENCE_REJECTED_TYPE, media_type, refusal->message, error);
  }
  if (blame && g_error_matches (failure, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE))
    return refuse_stubborn (c, media_type, failure, error);
  g_propagate_error (error, failure);
  return FALSE;
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

static gboolean
decode (Check *c, const char *media_type, GError **error)
{
  g_auto (WuyouRendering) rendering = {
    .context = c->context,
    .evidence_id = c->id,
    .key = c->file_key,
    .edits_json = g_strdup (c->evidence->edits_json),
  };
  g_autoptr (WuyouKey) key = wuyou_key_ref (c->file_key);
  GError *failure = NULL;
  gboolean blame, right;

  if (!wuyou_rendering_decode (&rendering, c->file, media_type, &blame, &failure))
    return handle_failure (c, media_type, blame, failure, error);
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
    return decode (c, result.media_type, error);
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

  if (!wuyou_rendering_decode (&rendering, c->file, c->evidence->media_type, &blame, error))
    return FALSE;
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
