/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-forget.h"

#include "base/wuyou-error.h"
#include "claims/wuyou-claim-write.h"
#include "evidence/wuyou-evidence-files.h"

#define BATCH 500 /* the rest waits for the next time */

typedef struct {
  WuyouClaimWrite write; /* first: the transaction gets this */
  GPtrArray *tokens;
} Forgetting;

static void
clear_forgetting (Forgetting *forgetting)
{
  wuyou_claim_write_clear (&forgetting->write);
  g_clear_pointer (&forgetting->tokens, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Forgetting, clear_forgetting)

/* Somebody may have added a file since: those that there are now are looked at. */
static gboolean
write_forgetting (WuyouDbConn *conn, gpointer data, GError **error)
{
  Forgetting *forgetting = data;
  WuyouClaimWrite *write = &forgetting->write;

  if (!wuyou_claim_case_read_evidence (&write->before, conn, write->context, error))
    return FALSE;
  if (wuyou_claim_case_get_kept_until (&write->before) >= wuyou_date_of_instant (write->now)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "a file came meanwhile");
    return FALSE;
  }
  return wuyou_claim_forget (conn, write->claim, forgetting->tokens, write->now, error);
}

/* The rows first: what is left of the files is swept up later. */
static gboolean
destroy_files (const WuyouClaimWrite *write, GError **error)
{
  for (guint i = 0; i < write->before.evidence->len; i++)
    if (!wuyou_evidence_destroy (write->context, ((WuyouEvidence *) write->before.evidence->pdata[i])->id, error))
      return FALSE;
  return TRUE;
}

static gboolean
forget (WuyouServerContext *context, const char *id, gint64 now, gboolean *ret_forgotten, GError **error)
{
  g_auto (Forgetting) f = { .write = { .context = context, .actor = { .at = now }, .now = now, .id = id } };
  WuyouClaimWrite *write = &f.write;
  gboolean replayed;

  *ret_forgotten = FALSE;
  if (!wuyou_claim_write_begin (write, &replayed, error))
    return FALSE;
  if (write->claim->state != WUYOU_CLAIM_DRAFT
      || wuyou_claim_case_get_kept_until (&write->before) >= wuyou_date_of_instant (now))
    return TRUE;
  f.tokens = wuyou_claim_dup_tokens (wuyou_store_get_keys (context->store), write->claim, write->before.sale.contract);
  write->claim->state = WUYOU_CLAIM_WITHDRAWN;
  *ret_forgotten = wuyou_claim_write_prepare (write, "forget", NULL, error)
                   && wuyou_claim_write_save (write, write_forgetting, error);
  return *ret_forgotten && destroy_files (write, error);
}

typedef struct {
  WuyouServerContext *context;
  GPtrArray *claims; /* the longest untouched first */
} Drafts;

static gboolean
read_drafts (WuyouDbConn *conn, gpointer data, GError **error)
{
  Drafts *drafts = data;
  const WuyouFilter filter = { .field = "state", .op = WUYOU_FILTER_EQUAL, .number = WUYOU_CLAIM_DRAFT };
  const WuyouRecordQuery query = {
    .filters = &filter, .n_filters = 1, .sort = "updated_at", .ascending = TRUE, .list_only = TRUE, .limit = BATCH
  };

  g_ptr_array_set_size (drafts->claims, 0);
  return wuyou_record_list (conn, drafts->context->store, &wuyou_claim_type, &query, drafts->claims, error);
}

/* One that cannot be, because somebody works on it at this moment, must not keep the others. */
gboolean
wuyou_claim_forget_drafts (WuyouServerContext *context, gint64 now, guint *ret_n, GError **error)
{
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_free);
  Drafts drafts = { context, claims };

  if (!wuyou_db_read (context->db, read_drafts, &drafts, error))
    return FALSE;
  for (guint i = 0; i < claims->len; i++) {
    const WuyouClaim *claim = claims->pdata[i];
    g_autoptr (GError) failure = NULL;
    gboolean forgotten;

    if (wuyou_date_of_instant (claim->updated_at) + WUYOU_CLAIM_DRAFT_DAYS >= wuyou_date_of_instant (now))
      break;
    if (!forget (context, claim->id, now, &forgotten, &failure))
      g_info ("draft %s not deleted: %s", claim->id, failure->message);
    *ret_n += forgotten;
  }
  return TRUE;
}
