/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-evidence.h"

#include "demo/wuyou-demo-rendition.h"
#include "wuyou-document-store.h"
#include "wuyou-paper.h"

typedef struct {
  WuyouDemoEvidenceFile *file; /* borrowed from the plan */
  WuyouKey *key;               /* borrowed; the one it is sealed under */
  GBytes *file_key;
  WuyouRecordDraft *added, *judged, *replaced;
  WuyouDemoRendition *rendition; /* NULL: without a decoder */
} Item;

struct _WuyouDemoEvidence {
  WuyouStore *store;
  const WuyouDemoWorld *world;
  const WuyouDemoClaimStory *story;
  WuyouDemoEvidencePlan *plan;
  WuyouKey *key, *sensitive; /* sensitive: NULL without such a file */
  GArray *items;             /* Item */
};

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->added, wuyou_record_draft_free);
  g_clear_pointer (&item->judged, wuyou_record_draft_free);
  g_clear_pointer (&item->replaced, wuyou_record_draft_free);
  g_clear_pointer (&item->rendition, wuyou_demo_rendition_free);
  g_clear_pointer (&item->file_key, g_bytes_unref);
}

void
wuyou_demo_evidence_free (WuyouDemoEvidence *self)
{
  g_array_unref (self->items);
  g_clear_pointer (&self->plan, wuyou_demo_evidence_plan_free);
  g_clear_pointer (&self->sensitive, wuyou_key_unref);
  wuyou_key_unref (self->key);
  g_free (self);
}

static const WuyouClaim *
get_last (const WuyouDemoClaimStory *story)
{
  return ((WuyouDemoClaimStep *) story->steps->pdata[story->steps->len - 1])->claim;
}

/* Identity, licences and bank papers lie under a key of their own. */
static WuyouKey *
choose_key (WuyouDemoEvidence *self, const WuyouEvidence *evidence)
{
  if (!evidence->sensitive)
    return self->key;
  if (self->sensitive == NULL)
    self->sensitive
        = wuyou_keys_create (wuyou_store_get_keys (self->store), WUYOU_PURPOSE_CLAIMS_SENSITIVE, evidence->claim_id);
  return self->sensitive;
}

static WuyouRecordDraft *
prepare (WuyouDemoEvidence *self,
         const WuyouEvidence *old,
         WuyouEvidence *evidence,
         const WuyouDemoAccount *who, /* NULL: the server */
         const char *action,
         GError **error)
{
  const char *scope = self->story->seller->path;
  const WuyouActor actor = {
    .account_id = who != NULL ? who->account->id : NULL, .scope = scope, .purpose = "CLAIM", .at = evidence->updated_at
  };

  return wuyou_record_prepare (self->store, &wuyou_evidence_type, old, evidence, self->key, scope, &actor, action, NULL,
                               error);
}

/* Decoding takes its time: of other claims the server does it when somebody looks. */
static gboolean
is_looked_at (const WuyouDemoClaimStory *story)
{
  switch (get_last (story)->state) {
  case WUYOU_CLAIM_PRE_SUBMITTED:
  case WUYOU_CLAIM_PRE_REVIEW:
  case WUYOU_CLAIM_MORE_DOCS:
  case WUYOU_CLAIM_FINAL_SUBMITTED:
  case WUYOU_CLAIM_FINAL_REVIEW:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
store_file (WuyouDemoEvidence *self, Item *item, GError **error)
{
  WuyouEvidence *evidence = item->file->added;
  g_autoptr (GBytes) scan = wuyou_demo_evidence_scan (item->file, get_last (self->story), error);

  if (scan == NULL)
    return FALSE;
  evidence->size = evidence->received = (gint64) g_bytes_get_size (scan);
  item->file_key = wuyou_blob_create_key (item->key, evidence->id);
  if (!wuyou_blob_put (wuyou_store_get_blobs (self->store), evidence->id, item->key, item->file_key, scan,
                       &evidence->sha256, error))
    return FALSE;
  if (is_looked_at (self->story))
    item->rendition = wuyou_demo_rendition_new (self->store, self->world, evidence, item->key, item->file_key);
  return TRUE;
}

/* What is said later is about the file as it is now stored. */
static void
copy_stored (const WuyouEvidence *added, WuyouEvidence *later)
{
  later->size = added->size;
  later->received = added->received;
  g_free (later->sha256);
  later->sha256 = g_strdup (added->sha256);
}

static gboolean
fill_later (WuyouDemoEvidence *self, Item *item, GError **error)
{
  WuyouDemoEvidenceFile *file = item->file;

  if (file->judged == NULL)
    return TRUE;
  copy_stored (file->added, file->judged);
  item->judged = prepare (self, file->added, file->judged, file->judge, "judge", error);
  if (item->judged == NULL || file->replaced == NULL)
    return item->judged != NULL;
  copy_stored (file->added, file->replaced);
  item->replaced = prepare (self, file->judged, file->replaced, NULL, "supersede", error);
  return item->replaced != NULL;
}

static gboolean
fill_item (WuyouDemoEvidence *self, Item *item, GError **error)
{
  WuyouDemoEvidenceFile *file = item->file;

  if (!store_file (self, item, error))
    return FALSE;
  item->added = prepare (self, NULL, file->added, file->adder, "create", error);
  return item->added != NULL && fill_later (self, item, error);
}

WuyouDemoEvidence *
wuyou_demo_evidence_new (WuyouStore *store,
                         const WuyouDemoClaims *claims,
                         const WuyouDemoClaimStory *story,
                         WuyouKey *key,
                         GError **error)
{
  WuyouDemoEvidence *self = g_new0 (WuyouDemoEvidence, 1);
  gboolean right;

  self->store = store;
  self->world = claims->world;
  self->story = story;
  self->key = wuyou_key_ref (key);
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  self->plan = wuyou_demo_evidence_plan_new (claims, story, error);
  right = self->plan != NULL;
  for (guint i = 0; right && i < self->plan->files->len && wuyou_paper_check_fonts (NULL); i++) {
    WuyouDemoEvidenceFile *file = self->plan->files->pdata[i];
    Item item = { .file = file, .key = choose_key (self, file->added) };

    g_array_append_val (self->items, item);
    right = fill_item (self, &g_array_index (self->items, Item, i), error);
  }
  if (right)
    return self;
  wuyou_demo_evidence_free (self);
  return NULL;
}

const WuyouDemoEvidencePlan *
wuyou_demo_evidence_get_plan (const WuyouDemoEvidence *self)
{
  return self->plan;
}

static gboolean
save_later (WuyouDbConn *conn, WuyouRecordDraft *draft, WuyouEvidence *later, gint64 seq, GError **error)
{
  if (draft == NULL)
    return TRUE;
  later->seq = seq;
  return wuyou_record_save (conn, draft, error);
}

static gboolean
save_item (WuyouDbConn *conn, const Item *item, GError **error)
{
  const WuyouEvidence *evidence = item->file->added;
  const char *purpose = evidence->sensitive ? WUYOU_PURPOSE_CLAIMS_SENSITIVE : WUYOU_PURPOSE_CLAIMS;

  if (!wuyou_record_save (conn, item->added, error)
      || !wuyou_file_insert (conn, evidence->id, purpose, wuyou_key_get_id (item->key), item->file_key, error)
      || !wuyou_file_set_content (conn, evidence->id, evidence->size, evidence->sha256, error))
    return FALSE;
  if (item->rendition != NULL && !wuyou_demo_rendition_save (conn, item->rendition, error))
    return FALSE;
  return save_later (conn, item->judged, item->file->judged, evidence->seq, error)
         && save_later (conn, item->replaced, item->file->replaced, evidence->seq, error);
}

gboolean
wuyou_demo_evidence_save (WuyouDbConn *conn, WuyouDemoEvidence *self, GError **error)
{
  if (self->sensitive != NULL && !wuyou_key_insert (conn, self->sensitive, error))
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    if (!save_item (conn, &g_array_index (self->items, Item, i), error))
      return FALSE;
  return TRUE;
}
