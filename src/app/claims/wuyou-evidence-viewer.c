/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "claims/wuyou-evidence-return-dialog.h"
#include "claims/wuyou-evidence-viewer-private.h"
#include "claims/wuyou-evidence-writes.h"

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, GONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceViewer, wuyou_evidence_viewer, GTK_TYPE_WIDGET)

const WuyouEvidence *
_wuyou_evidence_viewer_get_evidence (WuyouEvidenceViewer *self)
{
  return self->folder != NULL && self->id != NULL ? wuyou_evidence_folder_find (self->folder, self->id) : NULL;
}

/* Facts and pages change with the slot's own rule. */
gboolean
_wuyou_evidence_viewer_may_edit (WuyouEvidenceViewer *self)
{
  const WuyouEvidence *evidence = _wuyou_evidence_viewer_get_evidence (self);
  const WuyouEvidencePlace *place
      = evidence != NULL ? wuyou_evidence_folder_find_place (self->folder, evidence->slot, evidence->phase) : NULL;

  return self->mode == WUYOU_EVIDENCE_CLERK && place != NULL && place->refusal == NULL
         && evidence->state != WUYOU_EVIDENCE_SUPERSEDED;
}

gboolean
_wuyou_evidence_viewer_may_edit_pages (WuyouEvidenceViewer *self)
{
  return _wuyou_evidence_viewer_may_edit (self)
         && wuyou_permission_check (self->folder->roles, WUYOU_OBJECT_CLAIM_DOCUMENT, WUYOU_VERB_CREATE);
}

/* --- what stands beside it --- */

static guint
find_position (WuyouEvidenceViewer *self, guint *ret_n)
{
  guint position = 0;

  *ret_n = 0;
  for (guint i = 0; self->folder != NULL && i < self->folder->evidence->len; i++) {
    const WuyouEvidence *one = self->folder->evidence->pdata[i];

    if (!wuyou_evidence_has_pictures (one))
      continue;
    if (g_strcmp0 (one->id, self->id) == 0)
      position = *ret_n;
    ++*ret_n;
  }
  return position;
}

static void
show_title (WuyouEvidenceViewer *self, const WuyouEvidence *evidence)
{
  const WuyouEvidencePlace *place = wuyou_evidence_folder_find_place (self->folder, evidence->slot, evidence->phase);
  const char *title = place != NULL ? place->row->title : evidence->slot;
  guint n, position = find_position (self, &n);
  g_autofree char *file = wuyou_evidence_dup_name (evidence);
  g_autofree char *subtitle = g_strdup_printf ("%u/%u · %s", position + 1, n, file); /* cut, it keeps the place */
  g_autofree char *name = g_strdup_printf ("%s, %s", title, subtitle);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.back", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.on", position + 1 < n);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_state (WuyouEvidenceViewer *self, const WuyouEvidence *evidence)
{
  g_autofree char *state = wuyou_evidence_dup_state (evidence);

  gtk_label_set_text (self->state, state);
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  if (evidence->state == WUYOU_EVIDENCE_VERIFIED)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "success");
  else if (evidence->state == WUYOU_EVIDENCE_RETURNED || evidence->unmade)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  gtk_widget_set_visible (self->judge,
                          self->mode == WUYOU_EVIDENCE_REVIEWER && wuyou_evidence_is_judged (evidence->state));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.unjudge", evidence->state != WUYOU_EVIDENCE_AVAILABLE);
}

static void
update_save (WuyouEvidenceViewer *self)
{
  gtk_widget_set_visible (self->save, _wuyou_evidence_viewer_may_edit (self));
  gtk_widget_set_sensitive (self->save, wuyou_evidence_facts_form_is_dirty (self->facts)
                                            || wuyou_evidence_editor_is_dirty (self->editor));
}

/* @anew: another file, or what was typed is written. */
static void
show_evidence (WuyouEvidenceViewer *self, gboolean anew)
{
  const WuyouEvidence *evidence = _wuyou_evidence_viewer_get_evidence (self);
  gboolean may_edit = _wuyou_evidence_viewer_may_edit (self);

  if (evidence == NULL)
    return;
  show_title (self, evidence);
  show_state (self, evidence);
  if (anew || !wuyou_evidence_facts_form_is_dirty (self->facts))
    wuyou_evidence_facts_form_show (self->facts, self->folder, evidence, may_edit);
  if (anew)
    wuyou_evidence_editor_load (self->editor,
                                _wuyou_evidence_viewer_may_edit_pages (self) ? evidence->edits_json : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tools), _wuyou_evidence_viewer_may_edit_pages (self));
  update_save (self);
}

/* --- writing --- */

static void
write_edits (WuyouEvidenceViewer *self, const WuyouEvidence *evidence)
{
  g_autofree char *json = wuyou_evidence_editor_dup_json (self->editor);

  wuyou_evidence_write_edits (self->context, evidence, json);
  wuyou_evidence_editor_load (self->editor, json);
}

/* FALSE: something typed is not right, and the person stays with it. */
static gboolean
write_facts (WuyouEvidenceViewer *self, const WuyouEvidence *evidence)
{
  g_autoptr (WuyouEvidence) typed = wuyou_evidence_new ();

  wuyou_record_copy (&wuyou_evidence_type, evidence, typed);
  if (!wuyou_evidence_facts_form_read (self->facts, typed))
    return FALSE;
  wuyou_evidence_write_facts (self->context, evidence, typed);
  return TRUE;
}

gboolean
wuyou_evidence_viewer_save (WuyouEvidenceViewer *self)
{
  const WuyouEvidence *evidence = _wuyou_evidence_viewer_get_evidence (self);
  gboolean edits = wuyou_evidence_editor_is_dirty (self->editor);
  gboolean facts = wuyou_evidence_facts_form_is_dirty (self->facts);

  if (evidence == NULL || !_wuyou_evidence_viewer_may_edit (self) || !(edits || facts))
    return TRUE;
  if (facts && !write_facts (self, evidence))
    return FALSE;
  if (edits)
    write_edits (self, evidence);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
wuyou_evidence_viewer_drop_wrong (WuyouEvidenceViewer *self)
{
  const WuyouEvidence *evidence = _wuyou_evidence_viewer_get_evidence (self);

  if (evidence != NULL)
    wuyou_evidence_facts_form_drop_wrong (self->facts, evidence);
}

void
_wuyou_evidence_viewer_save_here (WuyouEvidenceViewer *self)
{
  if (wuyou_evidence_viewer_save (self))
    show_evidence (self, TRUE);
}

void
wuyou_evidence_viewer_show_file (WuyouEvidenceViewer *self, const char *id)
{
  g_autofree char *wanted = g_strdup (id); /* of a folder that may be another one once it is saved */

  if (!wuyou_evidence_viewer_save (self))
    return;
  g_free (self->id);
  self->id = g_steal_pointer (&wanted);
  show_evidence (self, TRUE);
  _wuyou_evidence_viewer_load (self);
}

void
_wuyou_evidence_viewer_step (WuyouEvidenceViewer *self, int files)
{
  guint n, position = find_position (self, &n);
  guint wanted = (guint) CLAMP ((int) position + files, 0, (int) n - 1), at = 0;

  if (n == 0 || wanted == position)
    return;
  for (guint i = 0; i < self->folder->evidence->len; i++) {
    const WuyouEvidence *one = self->folder->evidence->pdata[i];

    if (!wuyou_evidence_has_pictures (one) || at++ != wanted)
      continue;
    wuyou_evidence_viewer_show_file (self, one->id);
    return;
  }
}

guint
_wuyou_evidence_viewer_get_n_pages (WuyouEvidenceViewer *self)
{
  return self->pages != NULL ? wuyou_evidence_pages_get_n (self->pages) : 0;
}

void
_wuyou_evidence_viewer_go_to_page (WuyouEvidenceViewer *self, int page)
{
  guint n = _wuyou_evidence_viewer_get_n_pages (self);
  guint wanted = n > 0 ? (guint) CLAMP (page, 0, (int) n - 1) : 0;

  if (n == 0 || wanted == self->page)
    return;
  self->page = wanted;
  _wuyou_evidence_viewer_draw_page (self);
}

void
_wuyou_evidence_viewer_zoom (WuyouEvidenceViewer *self, double factor)
{
  double zoom = wuyou_evidence_picture_get_zoom (self->picture);

  wuyou_evidence_picture_set_zoom (self->picture, factor > 0 ? zoom * factor : 0);
}

/* --- judging --- */

static void
write_judgement (WuyouEvidenceViewer *self, WuyouEvidenceState state, WuyouReturnReason reason, const char *note)
{
  const WuyouEvidence *evidence = _wuyou_evidence_viewer_get_evidence (self);

  if (evidence == NULL)
    return;
  wuyou_evidence_write_judgement (self->context, evidence, state, reason, note);
  g_signal_emit (self, signals[CHANGED], 0);
  if (state != WUYOU_EVIDENCE_AVAILABLE)
    _wuyou_evidence_viewer_step (self, 1);
}

static void
on_reason_given_cb (GtkWidget *owner, const char *id, WuyouReturnReason reason, const char *note)
{
  WuyouEvidenceViewer *self = WUYOU_EVIDENCE_VIEWER (owner);

  if (g_strcmp0 (self->id, id) == 0)
    write_judgement (self, WUYOU_EVIDENCE_RETURNED, reason, note);
}

void
_wuyou_evidence_viewer_judge (WuyouEvidenceViewer *self, WuyouEvidenceState state)
{
  const WuyouEvidence *evidence = _wuyou_evidence_viewer_get_evidence (self);
  g_autofree char *name = evidence != NULL ? wuyou_evidence_dup_name (evidence) : NULL;

  if (evidence == NULL || self->mode != WUYOU_EVIDENCE_REVIEWER || !wuyou_evidence_is_judged (evidence->state)
      || (state == WUYOU_EVIDENCE_VERIFIED && !self->seen))
    return;
  if (state == WUYOU_EVIDENCE_RETURNED)
    wuyou_evidence_return_dialog_present (self->context, GTK_WIDGET (self), name, on_reason_given_cb, self->id);
  else
    write_judgement (self, state, 0, NULL);
}

void
wuyou_evidence_viewer_take (WuyouEvidenceViewer *self, WuyouEvidenceFolder *folder, WuyouEvidenceMode mode)
{
  gboolean other = self->folder == NULL || g_strcmp0 (folder->claim_id, self->folder->claim_id) != 0;

  if (other)
    wuyou_evidence_viewer_clear (self);
  wuyou_evidence_folder_ref (folder);
  g_clear_pointer (&self->folder, wuyou_evidence_folder_unref);
  self->folder = folder;
  self->mode = mode;
  if (self->id == NULL)
    return;
  if (_wuyou_evidence_viewer_get_evidence (self) != NULL)
    show_evidence (self, FALSE);
  else
    g_signal_emit (self, signals[GONE], 0);
}

static void
stop (WuyouEvidenceViewer *self)
{
  g_clear_handle_id (&self->again, g_source_remove);
  g_cancellable_cancel (self->loading);
  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->pages);
}

void
wuyou_evidence_viewer_clear (WuyouEvidenceViewer *self)
{
  stop (self);
  g_clear_pointer (&self->id, g_free);
  wuyou_evidence_picture_set_page (self->picture, NULL, 1);
  wuyou_busy_line_set_busy (self->line, FALSE);
}

const char *
wuyou_evidence_viewer_get_id (WuyouEvidenceViewer *self)
{
  return self->id;
}

void
wuyou_evidence_viewer_append (WuyouEvidenceViewer *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->panel), widget);
}

void
wuyou_evidence_viewer_focus (WuyouEvidenceViewer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->picture));
}

void
wuyou_evidence_viewer_enter (WuyouEvidenceViewer *self)
{
  wuyou_evidence_viewer_reveal_panel (self);
  wuyou_evidence_facts_form_focus (self->facts);
}

void
wuyou_evidence_viewer_reveal_panel (WuyouEvidenceViewer *self)
{
  wuyou_split_view_set_show_content (self->split, FALSE);
}

/* Where there is no room for both, one draws on the picture and not on the tools. */
static void
on_tool_changed_cb (WuyouEvidenceViewer *self)
{
  if (wuyou_evidence_picture_get_tool (self->picture) != WUYOU_PICTURE_LOOK)
    wuyou_split_view_set_show_content (self->split, TRUE);
}

static void
wuyou_evidence_viewer_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouEvidenceViewer *self = WUYOU_EVIDENCE_VIEWER (object);

  switch (prop_id) {
  case PROP_TITLE:
    g_value_set_string (value, adw_window_title_get_title (self->title));
    break;
  case PROP_SUBTITLE:
    g_value_set_string (value, adw_window_title_get_subtitle (self->title));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_evidence_viewer_dispose (GObject *object)
{
  WuyouEvidenceViewer *self = WUYOU_EVIDENCE_VIEWER (object);
  GtkWidget *child;

  stop (self);
  g_clear_object (&self->context);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wuyou_evidence_viewer_parent_class)->dispose (object);
}

static void
wuyou_evidence_viewer_finalize (GObject *object)
{
  WuyouEvidenceViewer *self = WUYOU_EVIDENCE_VIEWER (object);

  g_clear_pointer (&self->folder, wuyou_evidence_folder_unref);
  g_object_unref (self->editor);
  g_object_unref (self->loading);
  g_object_unref (self->drawing);
  g_free (self->id);
  G_OBJECT_CLASS (wuyou_evidence_viewer_parent_class)->finalize (object);
}

static void
wuyou_evidence_viewer_class_init (WuyouEvidenceViewerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = wuyou_evidence_viewer_get_property;
  object_class->dispose = wuyou_evidence_viewer_dispose;
  object_class->finalize = wuyou_evidence_viewer_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE]
      = g_param_spec_string ("subtitle", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GONE] = g_signal_new ("gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  _wuyou_evidence_viewer_install (GTK_WIDGET_CLASS (klass));
}

static void
wuyou_evidence_viewer_init (WuyouEvidenceViewer *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->loading = g_cancellable_new ();
  self->drawing = g_cancellable_new ();
  self->editor = wuyou_evidence_editor_new ();
  _wuyou_evidence_viewer_build (self);
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (update_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->facts, "changed", G_CALLBACK (update_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picture, "notify::tool", G_CALLBACK (on_tool_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_evidence_viewer_new (WuyouAppContext *context, gboolean in_window)
{
  WuyouEvidenceViewer *self = g_object_new (WUYOU_TYPE_EVIDENCE_VIEWER, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (self->empty, "pressed", G_CALLBACK (_wuyou_evidence_viewer_load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_client (context), "notify::online",
                           G_CALLBACK (_wuyou_evidence_viewer_go_on), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (self->bar, in_window);
  adw_header_bar_set_show_end_title_buttons (self->bar, in_window);
  if (!in_window)
    gtk_widget_add_css_class (GTK_WIDGET (self->bar), "flat");
  return GTK_WIDGET (self);
}
