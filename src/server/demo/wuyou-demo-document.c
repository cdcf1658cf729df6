/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-document.h"

#include "sales/wuyou-document.h"
#include "wuyou-document-store.h"
#include "wuyou-paper.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define STREAM_DOCUMENTS (G_GUINT64_CONSTANT (1) << 43)

typedef struct {
  WuyouDocument *document;
  WuyouRecordDraft *draft;
  GBytes *file_key;
} Item;

struct _WuyouDemoDocuments {
  WuyouStore *store;
  const WuyouDemoWorld *world;
  const WuyouDemoSeller *seller;
  WuyouKey *key;
  GArray *items; /* Item */
};

/* What is uploaded just before a step is taken. */
static const struct {
  const char *action;
  int slot;
  const char *file_name;
} uploads[] = {
  { "submit", WUYOU_SLOT_INVOICE, "购车发票.pdf" },
  { "submit", WUYOU_SLOT_POLICY, "商业保险单.pdf" },
  { "send-to-review", WUYOU_SLOT_INVOICE, "购车发票.pdf" },
  { "send-to-review", WUYOU_SLOT_POLICY, "商业保险单.pdf" },
  { "sign", WUYOU_SLOT_CONSENT_SCAN, "告知与同意签字件.pdf" },
  { "sign", WUYOU_SLOT_SIGNED_CONTRACT, "合同签字件.pdf" },
  { "pay", WUYOU_SLOT_VOUCHER, "收款凭证.pdf" },
};

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->draft, wuyou_record_draft_free);
  g_clear_pointer (&item->document, wuyou_document_free);
  g_clear_pointer (&item->file_key, g_bytes_unref);
}

void
wuyou_demo_documents_free (WuyouDemoDocuments *documents)
{
  g_array_unref (documents->items);
  wuyou_key_unref (documents->key);
  g_free (documents);
}

static WuyouDocument *
create_document (const WuyouDemoDocuments *self, const WuyouDemoStep *step, guint upload, gint64 at)
{
  const WuyouContract *contract = step->contract;
  WuyouDocument *document = wuyou_document_new ();

  document->id
      = wuyou_demo_world_create_id (self->world, at, STREAM_DOCUMENTS + g_str_hash (contract->id) * 8ull + upload);
  document->contract_id = g_strdup (contract->id);
  document->slot = uploads[upload].slot;
  document->revision = contract->revision;
  document->file_name = g_strdup (uploads[upload].file_name);
  document->media_type = g_strdup ("application/pdf");
  document->state = WUYOU_DOCUMENT_AVAILABLE;
  document->org_id = g_strdup (contract->org_id);
  document->created_by = g_strdup (step->account_id);
  document->created_at = document->updated_at = at;
  return document;
}

/* The file first, then the row that names it. */
static gboolean
fill_item (WuyouDemoDocuments *self, Item *item, const WuyouDemoStep *step, gint64 at, GError **error)
{
  const WuyouOrg *org = wuyou_demo_world_find_org (self->world, step->contract->org_id);
  const WuyouActor actor = { .account_id = step->account_id, .scope = self->seller->path, .purpose = "SALE", .at = at };
  WuyouDocument *document = item->document;
  g_autoptr (GBytes) scan = wuyou_demo_scan (document->slot, step->contract, org->name, at, error);

  if (scan == NULL)
    return FALSE;
  document->size = document->received = (gint64) g_bytes_get_size (scan);
  item->file_key = wuyou_blob_create_key (self->key, document->id);
  if (!wuyou_blob_put (wuyou_store_get_blobs (self->store), document->id, self->key, item->file_key, scan,
                       &document->sha256, error))
    return FALSE;
  item->draft = wuyou_record_prepare (self->store, &wuyou_document_type, NULL, document, self->key, self->seller->path,
                                      &actor, "create", NULL, error);
  return item->draft != NULL;
}

static gboolean
add_uploads (WuyouDemoDocuments *self, const WuyouDemoStep *step, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (uploads); i++) {
    gint64 at = step->at - (3 - (gint64) (i % 3)) * 40 * SECOND;
    Item item = { 0 };

    if (!g_str_equal (uploads[i].action, step->action))
      continue;
    item.document = create_document (self, step, i, at);
    g_array_append_val (self->items, item);
    if (!fill_item (self, &g_array_index (self->items, Item, self->items->len - 1), step, at, error))
      return FALSE;
  }
  return TRUE;
}

WuyouDemoDocuments *
wuyou_demo_documents_new (WuyouStore *store,
                          const WuyouDemoWorld *world,
                          GPtrArray *steps,
                          const WuyouDemoSeller *seller,
                          WuyouKey *key,
                          GError **error)
{
  WuyouDemoDocuments *self = g_new0 (WuyouDemoDocuments, 1);

  self->store = store;
  self->world = world;
  self->seller = seller;
  self->key = wuyou_key_ref (key);
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  for (guint i = 0; i < steps->len && wuyou_paper_check_fonts (NULL); i++)
    if (!add_uploads (self, steps->pdata[i], error)) {
      wuyou_demo_documents_free (self);
      return NULL;
    }
  return self;
}

gboolean
wuyou_demo_documents_save (WuyouDbConn *conn, WuyouDemoDocuments *self, GError **error)
{
  for (guint i = 0; i < self->items->len; i++) {
    Item *item = &g_array_index (self->items, Item, i);
    const WuyouDocument *document = item->document;

    if (!wuyou_record_save (conn, item->draft, error)
        || !wuyou_file_insert (conn, document->id, WUYOU_PURPOSE_SALES, wuyou_key_get_id (self->key), item->file_key,
                               error)
        || !wuyou_file_set_content (conn, document->id, document->size, document->sha256, error))
      return FALSE;
  }
  return TRUE;
}
