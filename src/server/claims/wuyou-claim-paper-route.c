/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-paper-route.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "wuyou-audit-store.h"
#include "claims/wuyou-claim-letter.h"
#include "claims/wuyou-claim-view.h"
#include "wuyou-document-store.h"

#define MAX_PAPER_BYTES (64 * 1024 * 1024)

typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  const char *id;
  const WuyouClaimPaperKind *kind;
  WuyouClaimCase loss;
  GPtrArray *papers; /* WuyouStoredPaper, newest first */
  WuyouFile *file;
  WuyouKey *key;
} Reading;

static void
clear_reading (Reading *reading)
{
  wuyou_claim_case_clear (&reading->loss);
  g_clear_pointer (&reading->papers, g_ptr_array_unref);
  g_clear_pointer (&reading->file, wuyou_file_free);
  g_clear_pointer (&reading->key, wuyou_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

/* The newest of its kind: a second request for documents is a letter of its own. */
static const WuyouStoredPaper *
find_letter (const Reading *reading)
{
  for (guint i = 0; i < reading->papers->len; i++) {
    const WuyouStoredPaper *paper = reading->papers->pdata[i];

    if (g_str_equal (paper->kind, reading->kind->kind))
      return paper;
  }
  return NULL;
}

static gboolean
read_loss (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reading *reading = data;
  const WuyouStoredPaper *letter;

  clear_reading (reading);
  if (!wuyou_claim_case_load (&reading->loss, conn, reading->context, reading->id,
                              wuyou_request_get_caller (reading->request), wuyou_request_get_now (reading->request),
                              error))
    return FALSE;
  reading->papers = wuyou_paper_list (conn, reading->id, error);
  if (reading->papers == NULL)
    return FALSE;
  letter = find_letter (reading);
  return letter == NULL
         || wuyou_file_load (conn, reading->context->store, letter->id, &reading->file, &reading->key, error);
}

static gboolean
write_view (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reading *reading = data;
  const WuyouActor actor = wuyou_auth_get_actor (reading->request);
  const WuyouAuditEntry entry = {
    .action = "read-paper",
    .object = "claim",
    .object_id = reading->id,
    .scope = reading->loss.sale.org->path,
    .version = reading->loss.claim->version,
    .outcome = "OK",
    .reason = reading->kind->kind,
  };

  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static GBytes *
refuse (GError **error, WuyouError code, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  return NULL;
}

static GBytes *
read_letter (const Reading *reading, gboolean full, GError **error)
{
  const WuyouStoredPaper *letter = find_letter (reading);

  if (letter == NULL)
    return refuse (error, WUYOU_ERROR_NOT_FOUND, "no such letter yet");
  if (!full)
    return refuse (error, WUYOU_ERROR_FORBIDDEN, "letter");
  if (reading->key == NULL)
    return refuse (error, WUYOU_ERROR_NOT_FOUND, "erased");
  return wuyou_blob_read_all (reading->context->blobs, letter->id, reading->key, reading->file->file_key,
                              MAX_PAPER_BYTES, error);
}

/* As the caller sees it: what was not decided yet is not read off a paper either. */
static gboolean
is_open (const Reading *reading)
{
  const WuyouCaller *caller = wuyou_request_get_caller (reading->request);
  g_autoptr (WuyouClaim) seen = wuyou_claim_dup_for (reading->loss.claim, caller);

  return wuyou_claim_paper_is_open (reading->kind, seen);
}

/* The list of documents is for those who may list them. */
static gboolean
may_have (const Reading *reading)
{
  return reading->kind->id != WUYOU_CLAIM_PAPER_EVIDENCE
         || wuyou_claim_case_shows_evidence (&reading->loss, wuyou_request_get_caller (reading->request));
}

static GBytes *
make_paper (const Reading *reading, gboolean full, GError **error)
{
  const WuyouClaim *claim = reading->loss.claim;
  WuyouContractPaperVariant variant = claim->number == NULL ? WUYOU_CONTRACT_PAPER_DRAFT
                                      : full                ? WUYOU_CONTRACT_PAPER_LEGAL
                                                            : WUYOU_CONTRACT_PAPER_INTERNAL;

  if (reading->loss.key == NULL)
    return refuse (error, WUYOU_ERROR_NOT_FOUND, "erased");
  if (!may_have (reading))
    return refuse (error, WUYOU_ERROR_FORBIDDEN, "list of documents");
  if (!is_open (reading))
    return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, N_ ("The claim has no such paper in its present state."));
  return wuyou_claim_draw (reading->context, &reading->loss, claim, reading->kind, variant, claim->updated_at, NULL,
                           NULL, error);
}

WuyouReply *
wuyou_claim_paper_get (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const WuyouCaller *caller = wuyou_request_get_caller (request);
  gboolean full = wuyou_permission_check (caller->roles, WUYOU_OBJECT_CUSTOMER, WUYOU_VERB_UNMASK);
  g_auto (Reading) reading = { .context = context, .request = request };
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *name = NULL;
  WuyouReply *reply;

  reading.kind = wuyou_claim_paper_find (wuyou_request_get_arg (request, 1));
  reading.id = wuyou_request_get_id_arg (request, 0, error);
  if (reading.id == NULL)
    return NULL;
  if (reading.kind == NULL || wuyou_caller_is_insurer (caller)) {
    refuse (error, WUYOU_ERROR_NOT_FOUND, "kind of paper");
    return NULL;
  }
  if (!wuyou_db_read (context->db, read_loss, &reading, error))
    return NULL;
  pdf = reading.kind->letter ? read_letter (&reading, full, error) : make_paper (&reading, full, error);
  /* A full view leaves its row before a byte is sent. */
  if (pdf == NULL || !wuyou_db_write (context->db, write_view, &reading, error))
    return NULL;
  reply = wuyou_reply_new_bytes (200, "application/pdf", pdf);
  name = g_strdup_printf ("%s-%s.pdf", reading.loss.claim->number != NULL ? reading.loss.claim->number : "draft",
                          reading.kind->kind);
  wuyou_reply_set_file_name (reply, name);
  return reply;
}
