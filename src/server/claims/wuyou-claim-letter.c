/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-letter.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-claim-settlement.h"
#include "wuyou-document-store.h"
#include "wuyou-paper-payload.h"
#include "sales/wuyou-paper-service.h"

/* Letters name offices, not people; paper is written in Chinese. */
#define ASSESSOR "理赔初审"
#define APPROVER "理赔复核"

typedef struct {
  WuyouServerContext *context;
  const WuyouClaimCase *loss;
  const WuyouClaim *claim;
  const WuyouClaimPaperKind *kind;
  JsonObject *operator_profile;
  GArray *evidence; /* WuyouClaimPaperEvidence */
  char *payload;
  WuyouClaimPaperData data;
} Drawing;

static void
clear_drawing (Drawing *drawing)
{
  g_clear_pointer (&drawing->operator_profile, json_object_unref);
  g_clear_pointer (&drawing->evidence, g_array_unref);
  g_clear_pointer (&drawing->payload, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawing, clear_drawing)

static gboolean
read_operator (WuyouDbConn *conn, gpointer data, GError **error)
{
  Drawing *d = data;

  g_clear_pointer (&d->operator_profile, json_object_unref);
  d->operator_profile = wuyou_operator_profile_read (conn, error);
  return d->operator_profile != NULL;
}

static gboolean
compute_limit (Drawing *d, GError **error)
{
  WuyouSettlementInput input;

  if (d->kind->id != WUYOU_CLAIM_PAPER_PRE_APPROVAL)
    return TRUE;
  wuyou_claim_settlement_input (d->claim, d->loss->sale.contract, &input);
  return wuyou_settlement_compute_limit (d->loss->sale.product->benefit_json, &input, &d->data.limit_fen, error);
}

static void
fill_data (Drawing *d, gint64 issued_at)
{
  const WuyouOrg *org = d->loss->sale.org;
  const WuyouClaim *claim = d->claim;

  d->evidence = wuyou_claim_paper_evidence_new (d->loss->rows, d->loss->evidence);
  d->data = (WuyouClaimPaperData){
    .claim = claim,
    .contract = d->loss->sale.contract,
    .product = d->loss->sale.product,
    .dealer = { org->name, org->credit_code, org->address, org->phone },
    .operator= {
        wuyou_json_get_string (d->operator_profile, "name"), wuyou_json_get_string (d->operator_profile, "credit_code"),
        wuyou_json_get_string (d->operator_profile, "address"), wuyou_json_get_string (d->operator_profile, "phone") },
    .evidence = (const WuyouClaimPaperEvidence *) d->evidence->data,
    .n_evidence = d->evidence->len,
    .assessor_office = claim->assessor_id != NULL ? ASSESSOR : NULL,
    .approver_office = claim->approver_id != NULL ? APPROVER : NULL,
    .override_office = claim->override_by != NULL ? ASSESSOR : NULL,
    .issued_at = issued_at,
  };
}

/* The code on the paper, as on a contract (PR-04). A draft has no number to sign. */
static gboolean
sign_payload (Drawing *d, char **ret_hash, GError **error)
{
  WuyouPaperPayload payload;

  *ret_hash = NULL;
  if (d->claim->number == NULL)
    return TRUE;
  *ret_hash = wuyou_claim_paper_hash (d->kind, &d->data, error);
  if (*ret_hash == NULL)
    return FALSE;
  if (!wuyou_paper_payload_init (&payload, d->claim->number, (guint) d->claim->version, *ret_hash,
                                 wuyou_date_of_instant (d->data.issued_at)))
    return TRUE;
  d->payload = wuyou_paper_payload_sign (&payload, wuyou_keys_get_signing_key (d->context->keys));
  d->data.payload = d->payload;
  return TRUE;
}

GBytes *
wuyou_claim_draw (WuyouServerContext *context,
                  const WuyouClaimCase *loss,
                  const WuyouClaim *claim,
                  const WuyouClaimPaperKind *kind,
                  WuyouContractPaperVariant variant,
                  gint64 issued_at,
                  guint *ret_pages,
                  char **ret_hash,
                  GError **error)
{
  g_auto (Drawing) d = { .context = context, .loss = loss, .claim = claim, .kind = kind };
  g_autofree char *hash = NULL;
  GBytes *pdf;

  if (!wuyou_db_read (context->db, read_operator, &d, error))
    return NULL;
  fill_data (&d, issued_at);
  if (!compute_limit (&d, error) || !sign_payload (&d, &hash, error))
    return NULL;
  pdf = wuyou_claim_paper_print (kind, &d.data, variant, ret_pages, error);
  if (pdf != NULL && ret_hash != NULL)
    *ret_hash = g_steal_pointer (&hash);
  return pdf;
}

struct _WuyouClaimLetter {
  WuyouServerContext *context;
  WuyouStoredPaper paper;
  GBytes *file_key;
  char *key_id, *sha256;
  gint64 size;
  gboolean kept;
};

static gboolean
put_file (WuyouClaimLetter *letter, const WuyouKey *key, GBytes *pdf, GError **error)
{
  letter->paper.id = wuyou_id_new (&letter->context->ids);
  letter->file_key = wuyou_blob_create_key (key, letter->paper.id);
  letter->key_id = g_strdup (wuyou_key_get_id (key));
  letter->size = (gint64) g_bytes_get_size (pdf);
  return wuyou_blob_put (letter->context->blobs, letter->paper.id, key, letter->file_key, pdf, &letter->sha256, error);
}

gboolean
wuyou_claim_letter_new (WuyouServerContext *context,
                        const WuyouClaimCase *loss,
                        const WuyouClaim *claim,
                        gint64 now,
                        WuyouClaimLetter **ret_letter,
                        GError **error)
{
  const WuyouClaimPaperKind *kind = wuyou_claim_paper_get_letter (claim);
  g_autoptr (GBytes) pdf = NULL;
  WuyouClaimLetter *letter;
  guint pages = 0;
  char *hash = NULL;

  *ret_letter = NULL;
  if (kind == NULL)
    return TRUE;
  pdf = wuyou_claim_draw (context, loss, claim, kind, WUYOU_CONTRACT_PAPER_LEGAL, now, &pages, &hash, error);
  if (pdf == NULL)
    return FALSE;
  letter = g_new0 (WuyouClaimLetter, 1);
  letter->context = context;
  letter->paper = (WuyouStoredPaper){
    .record_id = g_strdup (claim->id),
    .kind = g_strdup (kind->kind),
    .revision = claim->version,
    .layout = WUYOU_PAPER_LAYOUT_VERSION,
    .pages = pages,
    .created_at = now,
    .content_sha256 = hash,
  };
  if (put_file (letter, loss->key, pdf, error)) {
    *ret_letter = letter;
    return TRUE;
  }
  wuyou_claim_letter_free (letter);
  return FALSE;
}

gboolean
wuyou_claim_letter_insert (WuyouDbConn *conn, const WuyouClaimLetter *letter, GError **error)
{
  return letter == NULL
         || (wuyou_file_insert (conn, letter->paper.id, WUYOU_PURPOSE_CLAIMS, letter->key_id, letter->file_key, error)
             && wuyou_file_set_content (conn, letter->paper.id, letter->size, letter->sha256, error)
             && wuyou_paper_insert (conn, &letter->paper, error));
}

void
wuyou_claim_letter_keep (WuyouClaimLetter *letter)
{
  if (letter != NULL)
    letter->kept = TRUE;
}

void
wuyou_claim_letter_free (WuyouClaimLetter *letter)
{
  if (!letter->kept && letter->paper.id != NULL)
    wuyou_blob_delete (letter->context->blobs, letter->paper.id, NULL);
  g_free (letter->paper.id);
  g_free (letter->paper.record_id);
  g_free (letter->paper.kind);
  g_free (letter->paper.content_sha256);
  g_clear_pointer (&letter->file_key, g_bytes_unref);
  g_free (letter->key_id);
  g_free (letter->sha256);
  g_free (letter);
}
