/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-view-private.h"
#include "widgets/wuyou-tab-stop.h"
#include "widgets/wuyou-wrap-box.h"
#include "wuyou-upload-row.h"

/* Each file of a claim as a tile at its place: what the server has and what is on its way. */

static WuyouEvidenceTile *
get_tile (WuyouEvidenceView *self, const char *id)
{
  WuyouEvidenceTile *tile = g_hash_table_lookup (self->tiles, id);

  if (tile != NULL)
    return tile;
  tile = WUYOU_EVIDENCE_TILE (wuyou_evidence_tile_new (id));
  _wuyou_evidence_view_prepare_tile (self, GTK_WIDGET (tile));
  g_hash_table_insert (self->tiles, g_strdup (id), g_object_ref_sink (tile));
  wuyou_evidence_tile_set_texture (tile, wuyou_evidence_thumbs_get (self->thumbs, id));
  return tile;
}

/* Moved with its focus, which would be lost on the way. */
static void
put_tile (WuyouEvidenceTile *tile, GtkWidget *strip)
{
  GtkWidget *widget = GTK_WIDGET (tile);
  gboolean focused = gtk_widget_has_focus (widget);

  if (gtk_widget_get_parent (widget) == strip)
    return;
  if (gtk_widget_get_parent (widget) != NULL)
    gtk_widget_unparent (widget);
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (strip), widget);
  if (focused)
    gtk_widget_grab_focus (widget);
}

/* The file whose facts are among those that do not agree. */
static char *
dup_warning (WuyouEvidenceView *self, const WuyouEvidence *evidence)
{
  for (guint i = 0; i < self->folder->conflicts->len; i++) {
    const WuyouEvidenceConflict *conflict = self->folder->conflicts->pdata[i];

    for (guint j = 0; j < conflict->values->len; j++)
      if (g_strcmp0 (((const WuyouEvidenceSaid *) conflict->values->pdata[j])->source, evidence->id) == 0)
        return wuyou_evidence_conflict_dup_sentence (self->folder, conflict);
  }
  return NULL;
}

static void
place_evidence (WuyouEvidenceView *self, const WuyouEvidence *evidence, GHashTable *seen)
{
  WuyouEvidenceTile *tile;
  g_autofree char *warning = NULL;

  if (g_hash_table_contains (seen, evidence->id))
    return;
  tile = get_tile (self, evidence->id);
  warning = dup_warning (self, evidence);
  if (wuyou_evidence_tile_get_upload (tile) != NULL) { /* it was on its way, and has arrived */
    gtk_widget_unparent (GTK_WIDGET (tile));
    g_hash_table_remove (self->tiles, evidence->id);
    tile = get_tile (self, evidence->id);
  }
  wuyou_evidence_tile_show_evidence (tile, evidence);
  wuyou_evidence_tile_set_warning (tile, warning);
  put_tile (tile, _wuyou_evidence_view_find_strip (self, evidence->slot, evidence->phase));
  g_hash_table_add (seen, g_strdup (evidence->id));
}

static void
place_upload (WuyouEvidenceView *self, WuyouUploadItem *item, GHashTable *seen)
{
  const char *id = wuyou_upload_item_get_id (item);
  gboolean fresh = !g_hash_table_contains (self->tiles, id);
  WuyouEvidenceTile *tile = get_tile (self, id);

  if (fresh || wuyou_evidence_tile_get_upload (tile) == NULL)
    wuyou_evidence_tile_show_upload (tile, item);
  wuyou_evidence_thumbs_add_local (self->thumbs, id, wuyou_upload_item_get_thumbnail (item));
  put_tile (tile, _wuyou_evidence_view_find_strip (self, wuyou_upload_item_get_slot (item),
                                                   wuyou_upload_item_get_phase (item)));
  g_hash_table_add (seen, g_strdup (id));
}

/* The focus goes on to a neighbour when the file that has it goes. */
static void
remove_tile (GtkWidget *tile)
{
  GtkWidget *next = gtk_widget_get_next_sibling (tile);

  if (gtk_widget_has_focus (tile)) {
    if (next == NULL)
      next = gtk_widget_get_prev_sibling (tile);
    if (next != NULL)
      gtk_widget_grab_focus (next);
    else
      gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (tile)), GTK_DIR_TAB_BACKWARD);
  }
  if (gtk_widget_get_parent (tile) != NULL)
    gtk_widget_unparent (tile);
}

static gboolean
is_gone (gpointer id, gpointer tile, gpointer seen)
{
  if (g_hash_table_contains (seen, id))
    return FALSE;
  remove_tile (tile);
  return TRUE;
}

/* --- what was not taken, and what is not assigned --- */

static void
clear_problems (WuyouEvidenceView *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->problems), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->problems), GTK_WIDGET (row));
}

static void
place_uploads (WuyouEvidenceView *self, GHashTable *seen)
{
  GListModel *uploads = G_LIST_MODEL (wuyou_app_context_get_uploads (self->context));

  clear_problems (self);
  for (guint i = 0; i < g_list_model_get_n_items (uploads); i++) {
    g_autoptr (WuyouUploadItem) item = g_list_model_get_item (uploads, i);

    if (g_strcmp0 (wuyou_upload_item_get_record (item), self->folder->claim_id) != 0)
      continue;
    if (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_REFUSED)
      gtk_list_box_append (GTK_LIST_BOX (self->problems), wuyou_upload_row_new (self->context, item, FALSE));
    else
      place_upload (self, item, seen);
  }
  gtk_widget_set_visible (self->problems, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->problems), 0) != NULL);
}

static void
update_tray (WuyouEvidenceView *self)
{
  g_autofree char *text = NULL;
  guint n = 0;

  for (GtkWidget *tile = gtk_widget_get_first_child (self->tray_strip); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    n++;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u file is not assigned yet. Drag it to its document, or press M.",
                                       "%u files are not assigned yet. Drag each to its document, or press M.", n),
                          n);
  gtk_label_set_text (self->tray_title, text);
  gtk_widget_set_visible (self->tray, n > 0);
}

static void
hide_empty_strips (WuyouEvidenceView *self)
{
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &slot)) {
    GtkWidget *strip = wuyou_evidence_slot_get_strip (slot);

    gtk_widget_set_visible (gtk_widget_get_parent (strip), gtk_widget_get_first_child (strip) != NULL);
  }
}

void
_wuyou_evidence_view_lay_out (WuyouEvidenceView *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (self->folder == NULL)
    return;
  place_uploads (self, seen);
  for (guint i = 0; i < self->folder->evidence->len; i++)
    place_evidence (self, self->folder->evidence->pdata[i], seen);
  g_hash_table_foreach_remove (self->tiles, is_gone, seen);
  hide_empty_strips (self);
  update_tray (self);
}

GtkWidget *
_wuyou_evidence_view_build_tray (WuyouEvidenceView *self)
{
  GtkWidget *stop;

  self->tray = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->tray_title = _wuyou_evidence_view_append_title (self->tray, NULL, "heading");
  self->tray_strip = wuyou_wrap_box_new (6);
  stop = wuyou_tab_stop_new (self->tray_strip);
  gtk_box_append (GTK_BOX (self->tray), stop);
  gtk_widget_add_css_class (self->tray, "card");
  gtk_widget_add_css_class (self->tray, "wuyou-tray");
  gtk_widget_set_visible (self->tray, FALSE);
  return self->tray;
}
