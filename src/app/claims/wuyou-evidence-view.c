/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "wuyou-upload-line.h"
#include "claims/wuyou-evidence-view-private.h"
#include "claims/wuyou-evidence-window.h"
#include "claims/wuyou-evidence-writes.h"
#include "widgets/wuyou-row-layout.h"
#include "widgets/wuyou-tab-stop.h"
#include "widgets/wuyou-wrap-box.h"

#define SETTLE_MS 250 /* what comes together is told together */

enum { PROP_0, PROP_MODE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, CONSENT_WANTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceView, wuyou_evidence_view, GTK_TYPE_WIDGET)

static char *
dup_place_key (const char *slot, int phase)
{
  return g_strdup_printf ("%s %d", slot, phase);
}

gboolean
_wuyou_evidence_view_may_add (WuyouEvidenceView *self)
{
  return self->mode == WUYOU_EVIDENCE_CLERK && self->folder != NULL;
}

/* --- sections and places --- */

static GtkLabel *
append_title (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

/* An insurer reads its own determination only. */
static gboolean
may_read (WuyouEvidenceView *self)
{
  WuyouSession *session = wuyou_app_context_get_session (self->context);

  return g_strcmp0 (wuyou_session_get_org_kind (session), "INSURER") != 0
         && wuyou_session_can (session, WUYOU_OBJECT_CLAIM_DOCUMENT, WUYOU_VERB_READ);
}

static GtkWidget *
append_section (WuyouEvidenceView *self, int phase)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint filled, required = wuyou_evidence_folder_count (self->folder, phase, &filled);
  g_autofree char *count = g_strdup_printf (_ ("%u of %u required documents are there"), filled, required);

  append_title (section, _ (wuyou_enum_label (wuyou_claim_phases, phase)), "heading");
  g_object_set_data (G_OBJECT (section), "count", append_title (section, count, "caption"));
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (section), "count"), may_read (self));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "wuyou-slots");
  gtk_box_append (GTK_BOX (section), card);
  g_object_set_data (G_OBJECT (section), "phase", GINT_TO_POINTER (phase));
  gtk_box_append (GTK_BOX (self->phases), section);
  return card;
}

static void
append_place (WuyouEvidenceView *self, GtkWidget *card, const WuyouEvidencePlace *place)
{
  GtkWidget *slot = wuyou_evidence_slot_new (place->row->slot, place->row->phase);
  char *key = dup_place_key (place->row->slot, place->row->phase);

  if (gtk_widget_get_first_child (card) != NULL)
    gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (card), slot);
  _wuyou_evidence_view_accept_drops (self, slot, key);
  g_hash_table_insert (self->slots, key, slot);
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* The new car's papers stand here from the day there is one to choose. */
static gboolean
has_begun (const WuyouEvidenceFolder *folder, int phase)
{
  static const int states[]
      = { WUYOU_CLAIM_PRE_APPROVED, WUYOU_CLAIM_REPLACING, WUYOU_CLAIM_FINAL_SUBMITTED, WUYOU_CLAIM_FINAL_REVIEW,
          WUYOU_CLAIM_APPROVED,     WUYOU_CLAIM_SETTLING,  WUYOU_CLAIM_CLOSED_PAID };

  if (folder->claim->phase >= phase)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (folder->claim->state == states[i])
      return TRUE;
  for (guint i = 0; i < folder->evidence->len; i++)
    if (((const WuyouEvidence *) folder->evidence->pdata[i])->phase == phase)
      return TRUE;
  return FALSE;
}

/* To who may not read the papers only those stand here that they bring. */
static gboolean
is_shown (WuyouEvidenceView *self, const WuyouEvidencePlace *place)
{
  return has_begun (self->folder, place->row->phase)
         && (place->refusal == NULL || place->state != WUYOU_SLOT_MISSING || may_read (self));
}

static void
build_places (WuyouEvidenceView *self)
{
  static const int phases[] = { WUYOU_PHASE_LOSS, WUYOU_PHASE_REPLACEMENT };

  g_hash_table_remove_all (self->slots);
  g_hash_table_remove_all (self->tiles);
  clear_box (self->phases);
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++) {
    GtkWidget *card = NULL;

    for (guint j = 0; j < self->folder->places->len; j++) {
      const WuyouEvidencePlace *place = self->folder->places->pdata[j];

      if (place->row->phase != phases[i] || !is_shown (self, place))
        continue;
      if (card == NULL)
        card = append_section (self, phases[i]);
      append_place (self, card, place);
    }
  }
}

static char *
dup_outline (WuyouEvidenceView *self)
{
  GString *outline = g_string_new (self->folder->claim_id);

  for (guint i = 0; i < self->folder->places->len; i++) {
    const WuyouEvidencePlace *place = self->folder->places->pdata[i];

    if (is_shown (self, place))
      g_string_append_printf (outline, "|%s %d", place->row->slot, place->row->phase);
  }
  return g_string_free (outline, FALSE);
}

static void
update_counts (WuyouEvidenceView *self)
{
  for (GtkWidget *section = gtk_widget_get_first_child (self->phases); section != NULL;
       section = gtk_widget_get_next_sibling (section)) {
    int phase = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (section), "phase"));
    guint filled, required = wuyou_evidence_folder_count (self->folder, phase, &filled);
    g_autofree char *count = g_strdup_printf (_ ("%u of %u required documents are there"), filled, required);

    gtk_label_set_text (g_object_get_data (G_OBJECT (section), "count"), count);
    gtk_widget_set_visible (g_object_get_data (G_OBJECT (section), "count"), required > 0);
  }
}

static void
update_places (WuyouEvidenceView *self)
{
  for (guint i = 0; i < self->folder->places->len; i++) {
    const WuyouEvidencePlace *place = self->folder->places->pdata[i];
    g_autofree char *key = dup_place_key (place->row->slot, place->row->phase);
    WuyouEvidenceSlot *slot = g_hash_table_lookup (self->slots, key);

    if (slot != NULL)
      wuyou_evidence_slot_show (slot, self->folder, place, _wuyou_evidence_view_may_add (self));
  }
  update_counts (self);
}

/* --- files --- */

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

static GtkWidget *
find_strip (WuyouEvidenceView *self, const char *slot, int phase)
{
  g_autofree char *key = slot != NULL ? dup_place_key (slot, phase) : NULL;
  WuyouEvidenceSlot *place = key != NULL ? g_hash_table_lookup (self->slots, key) : NULL;

  return place != NULL ? wuyou_evidence_slot_get_strip (place) : self->tray_strip;
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
  put_tile (tile, find_strip (self, evidence->slot, evidence->phase));
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
  put_tile (tile, find_strip (self, wuyou_upload_item_get_slot (item), wuyou_upload_item_get_phase (item)));
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
on_dismiss_clicked_cb (GtkWidget *button, WuyouUploadItem *item)
{
  GtkWidget *view = gtk_widget_get_ancestor (button, WUYOU_TYPE_EVIDENCE_VIEW);

  wuyou_uploads_discard (wuyou_app_context_get_uploads (WUYOU_EVIDENCE_VIEW (view)->context), item);
}

static void
on_retry_clicked_cb (GtkWidget *button, WuyouUploadItem *item)
{
  GtkWidget *view = gtk_widget_get_ancestor (button, WUYOU_TYPE_EVIDENCE_VIEW);

  wuyou_uploads_try_again (wuyou_app_context_get_uploads (WUYOU_EVIDENCE_VIEW (view)->context), item);
}

static void
add_button (GtkWidget *row, const char *icon, const char *verb, GCallback clicked, WuyouUploadItem *item)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", verb, wuyou_upload_item_get_name (item));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (button, "clicked", clicked, item, 0);
}

static void
append_problem (WuyouEvidenceView *self, WuyouUploadItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *sentence = wuyou_upload_item_dup_sentence (item);
  GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  g_object_set (row, "use-markup", FALSE, "title", wuyou_upload_item_get_name (item), "subtitle", sentence,
                "subtitle-lines", 0, NULL);
  gtk_widget_add_css_class (mark, "error");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  if (wuyou_upload_item_can_retry (item))
    add_button (row, "view-refresh-symbolic", _ ("Try again"), G_CALLBACK (on_retry_clicked_cb), item);
  add_button (row, "window-close-symbolic", _ ("Dismiss"), G_CALLBACK (on_dismiss_clicked_cb), item);
  gtk_list_box_append (GTK_LIST_BOX (self->problems), row);
}

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
      append_problem (self, item);
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

static void
lay_out (WuyouEvidenceView *self)
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

static gboolean
on_layout_due_cb (gpointer data)
{
  WuyouEvidenceView *self = data;

  self->layout_source = 0;
  lay_out (self);
  return G_SOURCE_REMOVE;
}

void
_wuyou_evidence_view_queue_layout (WuyouEvidenceView *self)
{
  if (self->layout_source == 0)
    self->layout_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 15, on_layout_due_cb, self, NULL);
}

/* --- what is written --- */

static gboolean
on_changed_due_cb (gpointer data)
{
  WuyouEvidenceView *self = data;

  self->changed_source = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
_wuyou_evidence_view_queue_changed (WuyouEvidenceView *self)
{
  if (self->changed_source == 0)
    self->changed_source = g_timeout_add (SETTLE_MS, on_changed_due_cb, self);
}

static void
on_arrived_cb (WuyouEvidenceView *self, WuyouUploadItem *item)
{
  if (self->folder != NULL && g_strcmp0 (wuyou_upload_item_get_record (item), self->folder->claim_id) == 0)
    _wuyou_evidence_view_queue_changed (self);
}

static gboolean
is_ours (WuyouEvidenceView *self, WuyouOutboxItem *item)
{
  return self->folder != NULL && wuyou_evidence_is_write (item)
         && wuyou_evidence_folder_find (self->folder, wuyou_outbox_item_get_record (item)) != NULL;
}

static void
on_sent_cb (WuyouEvidenceView *self, WuyouOutboxItem *item)
{
  if (is_ours (self, item))
    _wuyou_evidence_view_queue_changed (self);
}

/* What the server says is shown again; a later change of the same file is not held up by this one. */
static void
on_refused_cb (WuyouEvidenceView *self, WuyouOutboxItem *item, const GError *error)
{
  if (!is_ours (self, item))
    return;
  wuyou_app_context_toast_error (self->context, error);
  wuyou_outbox_discard (wuyou_app_context_get_outbox (self->context), item);
  _wuyou_evidence_view_queue_changed (self);
}

static void
on_thumb_ready_cb (WuyouEvidenceView *self, const char *id)
{
  WuyouEvidenceTile *tile = g_hash_table_lookup (self->tiles, id);

  if (tile != NULL)
    wuyou_evidence_tile_set_texture (tile, wuyou_evidence_thumbs_get (self->thumbs, id));
}

static void
on_upload_state_cb (WuyouEvidenceView *self)
{
  _wuyou_evidence_view_queue_layout (self);
}

static void
on_uploads_changed_cb (WuyouEvidenceView *self, guint position, guint removed, guint added, GListModel *uploads)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (WuyouUploadItem) item = g_list_model_get_item (uploads, i);

    g_signal_connect_object (item, "notify::state", G_CALLBACK (on_upload_state_cb), self, G_CONNECT_SWAPPED);
  }
  _wuyou_evidence_view_queue_layout (self);
}

static void
connect_context (WuyouEvidenceView *self)
{
  WuyouUploads *uploads = wuyou_app_context_get_uploads (self->context);
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (self->context);

  g_signal_connect_object (uploads, "items-changed", G_CALLBACK (on_uploads_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uploads, "arrived", G_CALLBACK (on_arrived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "refused", G_CALLBACK (on_refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->thumbs, "ready", G_CALLBACK (on_thumb_ready_cb), self, G_CONNECT_SWAPPED);
  on_uploads_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (uploads)), G_LIST_MODEL (uploads));
}

static void
take_folder (WuyouEvidenceView *self, WuyouEvidenceFolder *folder)
{
  g_autofree char *outline = NULL;

  g_clear_pointer (&self->folder, wuyou_evidence_folder_unref);
  self->folder = folder;
  outline = dup_outline (self);
  if (g_strcmp0 (outline, self->outline) != 0) {
    g_free (self->outline);
    self->outline = g_steal_pointer (&outline);
    build_places (self);
  }
  gtk_widget_set_visible (self->tools, _wuyou_evidence_view_may_add (self));
  update_places (self);
  wuyou_evidence_thumbs_take (self->thumbs, self->folder->claim_id, self->folder->evidence);
  lay_out (self);
  if (self->window != NULL)
    wuyou_evidence_window_take (WUYOU_EVIDENCE_WINDOW (self->window), self->folder);
}

void
wuyou_evidence_view_take (WuyouEvidenceView *self, JsonObject *answer, const char *etag)
{
  g_autoptr (GError) error = NULL;
  WuyouEvidenceFolder *folder = wuyou_evidence_folder_new (self->context, answer, etag, &error);

  if (folder == NULL) {
    wuyou_app_context_toast_error (self->context, error);
    return;
  }
  json_object_ref (answer);
  g_clear_pointer (&self->answer, json_object_unref);
  self->answer = answer;
  take_folder (self, folder);
}

void
_wuyou_evidence_view_show_writes (WuyouEvidenceView *self)
{
  WuyouEvidenceFolder *folder
      = self->answer != NULL ? wuyou_evidence_folder_new (self->context, self->answer, self->folder->etag, NULL) : NULL;

  if (folder != NULL)
    take_folder (self, folder);
}

void
wuyou_evidence_view_set_mode (WuyouEvidenceView *self, WuyouEvidenceMode mode)
{
  if (self->mode == mode)
    return;
  self->mode = mode;
  gtk_widget_set_visible (self->tools, _wuyou_evidence_view_may_add (self));
  if (self->folder != NULL)
    update_places (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

gboolean
wuyou_evidence_view_focus_slot (WuyouEvidenceView *self, const char *slot)
{
  const WuyouEvidencePlace *place
      = self->folder != NULL ? wuyou_evidence_folder_find_place (self->folder, slot, 0) : NULL;
  g_autofree char *key = place != NULL ? dup_place_key (slot, place->row->phase) : NULL;
  GtkWidget *widget = key != NULL ? g_hash_table_lookup (self->slots, key) : NULL;

  return widget != NULL && gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
wuyou_evidence_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_MODE:
    wuyou_evidence_view_set_mode (WUYOU_EVIDENCE_VIEW (object), g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_evidence_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_MODE:
    g_value_set_int (value, WUYOU_EVIDENCE_VIEW (object)->mode);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_evidence_view_dispose (GObject *object)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (object);

  g_clear_handle_id (&self->layout_source, g_source_remove);
  g_clear_handle_id (&self->changed_source, g_source_remove);
  g_hash_table_remove_all (self->slots);
  g_hash_table_remove_all (self->tiles);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->chooser);
  g_clear_object (&self->thumbs);
  g_clear_pointer (&self->folder, wuyou_evidence_folder_unref);
  g_clear_pointer (&self->answer, json_object_unref);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_evidence_view_parent_class)->dispose (object);
}

static void
wuyou_evidence_view_finalize (GObject *object)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (object);

  g_hash_table_unref (self->slots);
  g_hash_table_unref (self->tiles);
  g_free (self->outline);
  g_free (self->chooser_place);
  G_OBJECT_CLASS (wuyou_evidence_view_parent_class)->finalize (object);
}

static void
wuyou_evidence_view_class_init (WuyouEvidenceViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->set_property = wuyou_evidence_view_set_property;
  object_class->get_property = wuyou_evidence_view_get_property;
  object_class->dispose = wuyou_evidence_view_dispose;
  object_class->finalize = wuyou_evidence_view_finalize;
  properties[PROP_MODE] = g_param_spec_int ("mode", NULL, NULL, 0, WUYOU_EVIDENCE_REVIEWER, 0,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONSENT_WANTED]
      = g_signal_new ("consent-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  _wuyou_evidence_view_install_adding (GTK_WIDGET_CLASS (klass));
  _wuyou_evidence_view_install_acting (GTK_WIDGET_CLASS (klass));
}

static GtkWidget *
build_tray (WuyouEvidenceView *self)
{
  GtkWidget *stop;

  self->tray = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->tray_title = append_title (self->tray, NULL, "heading");
  self->tray_strip = wuyou_wrap_box_new (6);
  stop = wuyou_tab_stop_new (self->tray_strip);
  gtk_box_append (GTK_BOX (self->tray), stop);
  gtk_widget_add_css_class (self->tray, "card");
  gtk_widget_add_css_class (self->tray, "wuyou-tray");
  gtk_widget_set_visible (self->tray, FALSE);
  return self->tray;
}

static void
wuyou_evidence_view_init (WuyouEvidenceView *self)
{
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->problems = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->problems), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->problems, "boxed-list");
  gtk_widget_set_visible (self->problems, FALSE);
  self->phases = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
wuyou_evidence_view_new (WuyouAppContext *context)
{
  WuyouEvidenceView *self = g_object_new (WUYOU_TYPE_EVIDENCE_VIEW, NULL);

  self->context = g_object_ref (context);
  self->thumbs = wuyou_evidence_thumbs_new (context);
  self->tools = _wuyou_evidence_view_build_tools (self);
  gtk_widget_set_visible (self->tools, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->tools);
  gtk_box_append (GTK_BOX (self->box), wuyou_upload_line_new (context));
  gtk_box_append (GTK_BOX (self->box), self->problems);
  gtk_box_append (GTK_BOX (self->box), build_tray (self));
  gtk_box_append (GTK_BOX (self->box), self->phases);
  _wuyou_evidence_view_accept_drops (self, GTK_WIDGET (self), NULL);
  _wuyou_evidence_view_allow_dragging (self);
  connect_context (self);
  return GTK_WIDGET (self);
}
