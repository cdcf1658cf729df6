/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-paper-service.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-contract-paper.h"
#include "wuyou-document-store.h"
#include "wuyou-paper-payload.h"
#include "wuyou-paper-press.h"
#include "wuyou-setting-store.h"

#define CONTRACT_KIND "contract"
#define CONSENT_KIND "consent-sheet"
#define MAX_PAPER_BYTES (32 * 1024 * 1024)

const char *const wuyou_stored_paper_kinds[WUYOU_N_STORED_PAPERS] = { CONTRACT_KIND, CONSENT_KIND };

/* What a paper says beside the contract, read before it is laid out. */
typedef struct {
  WuyouServerContext *context;
  const WuyouContractCase *sale;
  JsonObject *operator_profile;
  WuyouAccount *seller;
  char *payload;
  WuyouContractPaperInput input;
} Setting;

static void
clear_setting (Setting *setting)
{
  g_clear_pointer (&setting->operator_profile, json_object_unref);
  g_clear_pointer (&setting->seller, wuyou_account_free);
  g_clear_pointer (&setting->payload, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setting, clear_setting)

JsonObject *
wuyou_operator_profile_read (WuyouDbConn *conn, GError **error)
{
  GError *local = NULL;
  g_autofree char *json = wuyou_setting_get (conn, "operator-profile", NULL, &local);

  if (local != NULL) {
    g_propagate_error (error, local);
    return NULL;
  }
  return json != NULL ? wuyou_json_parse_object (json, strlen (json), error) : json_object_new ();
}

static gboolean
read_setting (WuyouDbConn *conn, gpointer data, GError **error)
{
  Setting *s = data;
  g_autoptr (GError) local = NULL;

  clear_setting (s);
  s->operator_profile = wuyou_operator_profile_read (conn, error);
  if (s->operator_profile == NULL)
    return FALSE;
  s->seller = wuyou_record_load (conn, s->context->store, &wuyou_account_type, s->sale->contract->created_by, NULL,
                                 NULL, &local);
  return TRUE;
}

static gboolean
prepare_setting (Setting *s, GError **error)
{
  const WuyouOrg *org = s->sale->org;

  if (!wuyou_db_read (s->context->db, read_setting, s, error))
    return FALSE;
  s->input = (WuyouContractPaperInput){
    .contract = s->sale->contract,
    .product = s->sale->product,
    .dealer = { org->name, org->credit_code, org->address, org->phone },
    .operator= {
        wuyou_json_get_string (s->operator_profile, "name"), wuyou_json_get_string (s->operator_profile, "credit_code"),
        wuyou_json_get_string (s->operator_profile, "address"), wuyou_json_get_string (s->operator_profile, "phone") },
    .seller = s->seller != NULL ? s->seller->name : NULL,
  };
  return TRUE;
}

char *
wuyou_paper_service_hash (WuyouServerContext *context, const WuyouContractCase *sale, GError **error)
{
  g_auto (Setting) setting = { .context = context, .sale = sale };

  return prepare_setting (&setting, error) ? wuyou_contract_paper_hash (&setting.input) : NULL;
}

/* The code on the paper: number, revision and hash under the server's signature (PR-04). */
static void
sign_payload (Setting *s)
{
  const WuyouContract *contract = s->sale->contract;
  WuyouPaperPayload payload;

  if (contract->content_sha256 == NULL
      || !wuyou_paper_payload_init (&payload, contract->number, (guint) contract->revision, contract->content_sha256,
                                    wuyou_date_of_instant (contract->submitted_at)))
    return;
  s->payload = wuyou_paper_payload_sign (&payload, wuyou_keys_get_signing_key (s->context->keys));
  s->input.payload = s->payload;
}

static WuyouPaper *
lay_out (Setting *s, const char *kind, GError **error)
{
  gboolean draft = s->sale->contract->content_sha256 == NULL;
  WuyouContractPaperVariant variant = draft ? WUYOU_CONTRACT_PAPER_DRAFT : WUYOU_CONTRACT_PAPER_LEGAL;

  sign_payload (s);
  if (g_str_equal (kind, CONSENT_KIND)) /* signed before there is a contract: never a draft */
    return wuyou_consent_sheet_paper_new (&s->input, WUYOU_CONTRACT_PAPER_LEGAL, error);
  return wuyou_contract_paper_new (&s->input, variant, error);
}

typedef struct {
  Setting *setting;
  const char *kind;
  guint pages;
} Rendering;

static GBytes *
render (gpointer data, GError **error)
{
  Rendering *r = data;
  const Setting *s = r->setting;
  g_autoptr (WuyouPaper) paper = lay_out (r->setting, r->kind, error);
  g_autofree char *title = NULL;
  WuyouPaperMetadata metadata;

  if (paper == NULL)
    return NULL;
  title = wuyou_contract_paper_dup_title (&s->input);
  metadata = (WuyouPaperMetadata){ .title = title,
                                   .author = s->input.operator.name,
                                   .created_at = s->sale->contract->submitted_at };
  r->pages = wuyou_paper_get_n_pages (paper);
  return wuyou_paper_to_pdf (paper, &metadata, error);
}

static GBytes *
render_paper (Setting *s, const char *kind, guint *ret_pages, GError **error)
{
  Rendering rendering = { .setting = s, .kind = kind };
  GBytes *pdf = wuyou_paper_press_run (render, &rendering, error);

  *ret_pages = rendering.pages;
  return pdf;
}

typedef struct {
  WuyouServerContext *context;
  const WuyouContract *contract;
  const char *kind;
  WuyouStoredPaper *paper;
  WuyouFile *file;
  WuyouKey *key;
} Found;

static void
clear_found (Found *found)
{
  g_clear_pointer (&found->paper, wuyou_stored_paper_free);
  g_clear_pointer (&found->file, wuyou_file_free);
  g_clear_pointer (&found->key, wuyou_key_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, clear_found)

static gboolean
read_found (WuyouDbConn *conn, gpointer data, GError **error)
{
  Found *f = data;

  clear_found (f);
  if (!wuyou_paper_find (conn, f->contract->id, f->contract->revision, f->kind, &f->paper, error))
    return FALSE;
  if (f->paper != NULL)
    return wuyou_file_load (conn, f->context->store, f->paper->id, &f->file, &f->key, error);
  f->key = wuyou_record_load_key (conn, f->context->store, &wuyou_contract_type, f->contract->id, error);
  if (f->key == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "erased");
  return f->key != NULL;
}

typedef struct {
  WuyouStoredPaper paper;
  GBytes *file_key;
  const char *key_id;
  gint64 size;
  char *sha256;
} NewPaper;

static gboolean
write_paper (WuyouDbConn *conn, gpointer data, GError **error)
{
  NewPaper *n = data;

  return wuyou_file_insert (conn, n->paper.id, WUYOU_PURPOSE_SALES, n->key_id, n->file_key, error)
         && wuyou_file_set_content (conn, n->paper.id, n->size, n->sha256, error)
         && wuyou_paper_insert (conn, &n->paper, error);
}

/* Another request may have stored the same revision meanwhile: then its bytes are the ones that count. */
static gboolean
store_paper (Found *found, GBytes *pdf, guint pages, GError **error)
{
  WuyouServerContext *context = found->context;
  g_autofree char *id = wuyou_id_new (&context->ids);
  g_autoptr (GBytes) file_key = wuyou_blob_create_key (found->key, id);
  g_autofree char *sha256 = NULL;
  NewPaper new;

  if (!wuyou_blob_put (context->blobs, id, found->key, file_key, pdf, &sha256, error))
    return FALSE;
  new = (NewPaper){
    .paper = { .id = id,
               .record_id = found->contract->id,
               .kind = (char *) found->kind,
               .revision = found->contract->revision,
               .layout = WUYOU_PAPER_LAYOUT_VERSION,
               .pages = pages,
               .created_at = wuyou_clock_now (context->clock),
               .content_sha256 = found->contract->content_sha256 },
    .file_key = file_key,
    .key_id = wuyou_key_get_id (found->key),
    .size = (gint64) g_bytes_get_size (pdf),
    .sha256 = sha256,
  };
  if (wuyou_db_write (context->db, write_paper, &new, error))
    return TRUE;
  wuyou_blob_delete (context->blobs, id, NULL);
  return FALSE;
}

static GBytes *
read_stored (Found *found, GError **error)
{
  if (found->key == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "erased");
    return NULL;
  }
  return wuyou_blob_read_all (found->context->blobs, found->paper->id, found->key, found->file->file_key,
                              MAX_PAPER_BYTES, error);
}

static GBytes *
make_paper (Found *found, const WuyouContractCase *sale, GError **error)
{
  g_auto (Setting) setting = { .context = found->context, .sale = sale };
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) local = NULL;
  guint pages = 0;

  if (!prepare_setting (&setting, error))
    return NULL;
  pdf = render_paper (&setting, found->kind, &pages, error);
  if (pdf == NULL || found->contract->content_sha256 == NULL) /* a draft is not kept */
    return g_steal_pointer (&pdf);
  if (store_paper (found, pdf, pages, &local))
    return g_steal_pointer (&pdf);
  if (!g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_CONFLICT)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  return wuyou_db_read (found->context->db, read_found, found, error) ? read_stored (found, error) : NULL;
}

GBytes *
wuyou_paper_service_get (WuyouServerContext *context, const WuyouContractCase *sale, const char *kind, GError **error)
{
  g_auto (Found) found = { .context = context, .contract = sale->contract, .kind = kind };

  if (!wuyou_db_read (context->db, read_found, &found, error))
    return NULL;
  return found.paper != NULL ? read_stored (&found, error) : make_paper (&found, sale, error);
}

typedef struct {
  WuyouServerContext *context;
  const char *id;
  WuyouContractCase sale;
} Fixing;

static gboolean
read_fixing (WuyouDbConn *conn, gpointer data, GError **error)
{
  Fixing *fixing = data;

  return wuyou_contract_case_load (&fixing->sale, conn, fixing->context, fixing->id, NULL, error);
}

gboolean
wuyou_paper_service_fix (WuyouServerContext *context, const char *contract_id, GError **error)
{
  Fixing fixing = { .context = context, .id = contract_id };
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) local = NULL;

  if (wuyou_db_read (context->db, read_fixing, &fixing, &local) && fixing.sale.contract->content_sha256 != NULL)
    pdf = wuyou_paper_service_get (context, &fixing.sale, CONTRACT_KIND, &local);
  wuyou_contract_case_clear (&fixing.sale);
  if (local == NULL || g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_INVALID)) /* too late: it asks for a new one */
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
