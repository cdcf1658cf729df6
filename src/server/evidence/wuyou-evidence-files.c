/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-files.h"

#include "wuyou-evidence-store.h"

typedef struct {
  const char *evidence_id;
  GPtrArray *renditions;
} Listing;

static gboolean
read_renditions (WuyouDbConn *conn, gpointer data, GError **error)
{
  Listing *listing = data;

  g_clear_pointer (&listing->renditions, g_ptr_array_unref);
  listing->renditions = wuyou_rendition_list (conn, listing->evidence_id, error);
  return listing->renditions != NULL;
}

gboolean
wuyou_evidence_destroy (WuyouServerContext *context, const char *evidence_id, GError **error)
{
  Listing listing = { .evidence_id = evidence_id };
  gboolean right = wuyou_db_read (context->db, read_renditions, &listing, error)
                   && wuyou_blob_delete (context->blobs, evidence_id, error);

  for (guint i = 0; right && i < listing.renditions->len; i++)
    right = wuyou_blob_delete (context->blobs, ((WuyouRendition *) listing.renditions->pdata[i])->id, error);
  g_clear_pointer (&listing.renditions, g_ptr_array_unref);
  return right;
}
