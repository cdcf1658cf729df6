/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-upload-line.h"
#include "claims/wuyou-evidence-view-private.h"
#include "claims/wuyou-evidence-window.h"
#include "claims/wuyou-evidence-writes.h"

#define SETTLE_MS 250 /* what comes together is told together */

enum { PROP_0, PROP_MODE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, CONSENT_WANTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceView, wuyou_evidence_view, GTK_TYPE_WIDGET)

gboolean
_wuyou_evidence_view_may_add (WuyouEvidenceView *self)
{
  return self->mode == WUYOU_EVIDENCE_CLERK && self->folder != NULL && wuyou_evidence_folder_is_open (self->folder);
}

static gboolean
on_layout_due_cb (gpointer data)
{
  WuyouEvidenceView *self = data;

  self->layout_source = 0;
  _wuyou_evidence_view_lay_out (self);
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
  g_clear_pointer (&self->folder, wuyou_evidence_folder_unref);
  self->folder = folder;
  gtk_widget_set_visible (self->tools, _wuyou_evidence_view_may_add (self));
  _wuyou_evidence_view_show_places (self);
  wuyou_evidence_thumbs_take (self->thumbs, self->folder);
  _wuyou_evidence_view_lay_out (self);
  if (self->window != NULL)
    wuyou_evidence_window_take (WUYOU_EVIDENCE_WINDOW (self->window), self->folder);
}

void
wuyou_evidence_view_expect (WuyouEvidenceView *self, const char *claim_id)
{
  wuyou_evidence_thumbs_expect (self->thumbs, claim_id);
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
  _wuyou_evidence_view_show_offer (self);
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
    _wuyou_evidence_view_show_places (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
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
  g_clear_object (&self->capture);
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
  g_free (self->capture_claim);
  g_free (self->capture_place);
  g_clear_pointer (&self->capture_kinds, g_ptr_array_unref);
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
  _wuyou_evidence_view_build_offer (self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->offer));
  gtk_box_append (GTK_BOX (self->box), wuyou_upload_line_new (context, FALSE));
  gtk_box_append (GTK_BOX (self->box), self->problems);
  gtk_box_append (GTK_BOX (self->box), _wuyou_evidence_view_build_tray (self));
  gtk_box_append (GTK_BOX (self->box), self->phases);
  _wuyou_evidence_view_accept_drops (self, GTK_WIDGET (self), NULL);
  _wuyou_evidence_view_allow_dragging (self);
  connect_context (self);
  return GTK_WIDGET (self);
}
