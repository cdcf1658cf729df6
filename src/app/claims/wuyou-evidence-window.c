/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "claims/wuyou-evidence-return-dialog.h"
#include "claims/wuyou-evidence-window-private.h"
#include "claims/wuyou-evidence-writes.h"

#define AGAIN_MS 1500
#define MOST_TRIES 40   /* a minute */
#define PAGE_WIDTH 1600 /* of a drawn PDF page, pixels: sharp at twice the usual size */

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceWindow, wuyou_evidence_window, ADW_TYPE_WINDOW)

const WuyouEvidence *
_wuyou_evidence_window_get_evidence (WuyouEvidenceWindow *self)
{
  return self->folder != NULL ? wuyou_evidence_folder_find (self->folder, self->id) : NULL;
}

/* Facts and pages change with the slot's own rule. */
gboolean
_wuyou_evidence_window_may_edit (WuyouEvidenceWindow *self)
{
  const WuyouEvidence *evidence = _wuyou_evidence_window_get_evidence (self);
  const WuyouEvidencePlace *place
      = evidence != NULL ? wuyou_evidence_folder_find_place (self->folder, evidence->slot, evidence->phase) : NULL;

  return self->mode == WUYOU_EVIDENCE_CLERK && place != NULL && place->refusal == NULL;
}

gboolean
_wuyou_evidence_window_may_edit_pages (WuyouEvidenceWindow *self)
{
  return _wuyou_evidence_window_may_edit (self)
         && wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CLAIM_DOCUMENT,
                               WUYOU_VERB_CREATE);
}

/* --- the picture --- */

static void
show_failure (WuyouEvidenceWindow *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    return;
  wuyou_busy_line_set_busy (self->line, FALSE);
  wuyou_empty_state_set (self->empty, "dialog-warning-symbolic", _ ("This document cannot be shown"),
                         error->domain == WUYOU_ERROR ? wuyou_error_sentence (error)
                                                      : _ ("The file could not be read as a picture or PDF."),
                         NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void ask (WuyouEvidenceWindow *self);

/* It is made when it is first asked for. */
static gboolean
on_prepared_cb (gpointer data)
{
  WuyouEvidenceWindow *self = data;

  self->again = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_it (WuyouEvidenceWindow *self)
{
  self->tries++;
  wuyou_empty_state_set (self->empty, "document-open-recent-symbolic", _ ("This document is being prepared"),
                         _ ("It appears here in a moment."), NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  self->again = g_timeout_add (AGAIN_MS, on_prepared_cb, self);
}

static void
show_page_bar (WuyouEvidenceWindow *self)
{
  guint n = self->pages != NULL ? wuyou_evidence_pages_get_n (self->pages) : 0;
  g_autofree char *text = g_strdup_printf (_ ("Page %u of %u"), self->page + 1, n);

  gtk_menu_button_set_label (self->page_button, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.page-back", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.page-on", self->page + 1 < n);
  gtk_widget_set_visible (self->page_bar, n > 1);
}

static void
on_page_drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = wuyou_evidence_pages_draw_finish (WUYOU_EVIDENCE_PAGES (source), result, &error);

  if (self->context == NULL || (gpointer) self->pages != (gpointer) source)
    return;
  if (texture == NULL) {
    show_failure (self, error);
    return;
  }
  wuyou_busy_line_set_busy (self->line, FALSE);
  wuyou_evidence_picture_set_page (self->picture, texture, (int) self->page + 1);
  gtk_stack_set_visible_child_name (self->stack, "picture");
}

static void
draw_page (WuyouEvidenceWindow *self)
{
  g_cancellable_cancel (self->drawing);
  g_object_unref (self->drawing);
  self->drawing = g_cancellable_new ();
  wuyou_evidence_tools_set_page (self->tools, (int) self->page + 1);
  show_page_bar (self);
  wuyou_evidence_pages_draw_async (self->pages, self->page, PAGE_WIDTH, self->drawing, on_page_drawn_cb,
                                   g_object_ref (self));
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouEvidencePages) pages = wuyou_evidence_pages_open_finish (result, &error);

  if (self->context == NULL)
    return;
  if (pages == NULL) {
    show_failure (self, error);
    return;
  }
  g_set_object (&self->pages, pages);
  draw_page (self);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouEvidenceWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wuyou_client_call_finish_bytes (WUYOU_CLIENT (source), result, NULL, NULL, &error);

  if (self->context == NULL)
    return;
  if (bytes != NULL)
    wuyou_evidence_pages_open_async (bytes, self->loading, on_opened_cb, g_object_ref (self));
  else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_DOCUMENT_PENDING) && self->tries < MOST_TRIES)
    wait_for_it (self);
  else
    show_failure (self, error);
}

/* Who may change the pages sees them plain, with the changes drawn over; everybody else as they are handed out. */
static void
ask (WuyouEvidenceWindow *self)
{
  const char *args[] = { self->id, _wuyou_evidence_window_may_edit_pages (self) ? "plain" : "view", NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_EVIDENCE_RENDITION, .args = args, .deadline = 120 };

  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->loading, on_loaded_cb,
                           g_object_ref (self));
}

static void
load (WuyouEvidenceWindow *self)
{
  g_clear_handle_id (&self->again, g_source_remove);
  self->tries = 0;
  g_cancellable_cancel (self->loading);
  g_object_unref (self->loading);
  self->loading = g_cancellable_new ();
  g_clear_object (&self->pages);
  self->page = 0;
  show_page_bar (self);
  wuyou_evidence_picture_set_page (self->picture, NULL, 1);
  wuyou_evidence_picture_set_zoom (self->picture, 0);
  gtk_stack_set_visible_child_name (self->stack, "picture");
  wuyou_busy_line_set_busy (self->line, TRUE);
  ask (self);
}

/* --- what stands beside it --- */

static guint
find_position (WuyouEvidenceWindow *self, guint *ret_n)
{
  guint position = 0;

  *ret_n = 0;
  for (guint i = 0; i < self->folder->evidence->len; i++) {
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
show_title (WuyouEvidenceWindow *self, const WuyouEvidence *evidence)
{
  const WuyouEvidencePlace *place = wuyou_evidence_folder_find_place (self->folder, evidence->slot, evidence->phase);
  const char *title = place != NULL ? place->row->title : evidence->slot;
  guint n, position = find_position (self, &n);
  g_autofree char *file = wuyou_evidence_dup_name (evidence);
  g_autofree char *subtitle = g_strdup_printf ("%s · %u/%u", file, position + 1, n);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, subtitle);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.back", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.on", position + 1 < n);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_state (WuyouEvidenceWindow *self, const WuyouEvidence *evidence)
{
  g_autofree char *state = wuyou_evidence_dup_state (evidence);

  gtk_label_set_text (self->state, state);
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  if (evidence->state == WUYOU_EVIDENCE_VERIFIED)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "success");
  else if (evidence->state == WUYOU_EVIDENCE_RETURNED)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  gtk_widget_set_visible (self->judge, self->mode == WUYOU_EVIDENCE_REVIEWER);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.unjudge", evidence->state != WUYOU_EVIDENCE_AVAILABLE);
}

static void
update_save (WuyouEvidenceWindow *self)
{
  gtk_widget_set_visible (self->save, _wuyou_evidence_window_may_edit (self));
  gtk_widget_set_sensitive (self->save, wuyou_evidence_facts_form_is_dirty (self->facts)
                                            || wuyou_evidence_editor_is_dirty (self->editor));
}

/* @anew: another file, or what was typed is written. */
static void
show_evidence (WuyouEvidenceWindow *self, gboolean anew)
{
  const WuyouEvidence *evidence = _wuyou_evidence_window_get_evidence (self);
  gboolean may_edit = _wuyou_evidence_window_may_edit (self);

  if (evidence == NULL)
    return;
  show_title (self, evidence);
  show_state (self, evidence);
  if (anew || !wuyou_evidence_facts_form_is_dirty (self->facts))
    wuyou_evidence_facts_form_show (self->facts, self->folder, evidence, may_edit);
  if (anew)
    wuyou_evidence_editor_load (self->editor,
                                _wuyou_evidence_window_may_edit_pages (self) ? evidence->edits_json : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tools), _wuyou_evidence_window_may_edit_pages (self));
  update_save (self);
}

/* --- writing --- */

static void
write_edits (WuyouEvidenceWindow *self, const WuyouEvidence *evidence)
{
  g_autofree char *json = wuyou_evidence_editor_dup_json (self->editor);

  wuyou_evidence_write_edits (self->context, evidence, json);
  wuyou_evidence_editor_load (self->editor, json);
}

/* FALSE: something typed is not right, and the person stays with it. */
static gboolean
write_facts (WuyouEvidenceWindow *self, const WuyouEvidence *evidence)
{
  g_autoptr (WuyouEvidence) typed = wuyou_evidence_new ();

  wuyou_record_copy (&wuyou_evidence_type, evidence, typed);
  if (!wuyou_evidence_facts_form_read (self->facts, typed))
    return FALSE;
  wuyou_evidence_write_facts (self->context, evidence, typed);
  return TRUE;
}

static gboolean
save (WuyouEvidenceWindow *self)
{
  const WuyouEvidence *evidence = _wuyou_evidence_window_get_evidence (self);
  gboolean edits = wuyou_evidence_editor_is_dirty (self->editor);
  gboolean facts = wuyou_evidence_facts_form_is_dirty (self->facts);

  if (evidence == NULL || !_wuyou_evidence_window_may_edit (self) || !(edits || facts))
    return TRUE;
  if (facts && !write_facts (self, evidence))
    return FALSE;
  if (edits)
    write_edits (self, evidence);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
wuyou_evidence_window_save (WuyouEvidenceWindow *self)
{
  if (save (self))
    show_evidence (self, TRUE);
}

void
wuyou_evidence_window_show_file (WuyouEvidenceWindow *self, const char *id)
{
  g_autofree char *wanted = g_strdup (id); /* of a folder that may be another one once it is saved */

  if (!save (self))
    return;
  g_free (self->id);
  self->id = g_steal_pointer (&wanted);
  show_evidence (self, TRUE);
  load (self);
}

void
_wuyou_evidence_window_step (WuyouEvidenceWindow *self, int files)
{
  guint n, position = find_position (self, &n);
  guint wanted = (guint) CLAMP ((int) position + files, 0, (int) n - 1), at = 0;

  if (n == 0 || wanted == position)
    return;
  for (guint i = 0; i < self->folder->evidence->len; i++) {
    const WuyouEvidence *one = self->folder->evidence->pdata[i];

    if (!wuyou_evidence_has_pictures (one) || at++ != wanted)
      continue;
    wuyou_evidence_window_show_file (self, one->id);
    return;
  }
}

guint
_wuyou_evidence_window_get_n_pages (WuyouEvidenceWindow *self)
{
  return self->pages != NULL ? wuyou_evidence_pages_get_n (self->pages) : 0;
}

void
_wuyou_evidence_window_go_to_page (WuyouEvidenceWindow *self, int page)
{
  guint n = _wuyou_evidence_window_get_n_pages (self);
  guint wanted = n > 0 ? (guint) CLAMP (page, 0, (int) n - 1) : 0;

  if (n == 0 || wanted == self->page)
    return;
  self->page = wanted;
  draw_page (self);
}

void
_wuyou_evidence_window_zoom (WuyouEvidenceWindow *self, double factor)
{
  double zoom = wuyou_evidence_picture_get_zoom (self->picture);

  wuyou_evidence_picture_set_zoom (self->picture, factor > 0 ? zoom * factor : 0);
}

/* --- judging --- */

static void
write_judgement (WuyouEvidenceWindow *self, WuyouEvidenceState state, WuyouReturnReason reason, const char *note)
{
  const WuyouEvidence *evidence = _wuyou_evidence_window_get_evidence (self);

  if (evidence == NULL)
    return;
  wuyou_evidence_write_judgement (self->context, evidence, state, reason, note);
  g_signal_emit (self, signals[CHANGED], 0);
  if (state != WUYOU_EVIDENCE_AVAILABLE)
    _wuyou_evidence_window_step (self, 1);
}

static void
on_reason_given_cb (GtkWidget *owner, const char *id, WuyouReturnReason reason, const char *note)
{
  WuyouEvidenceWindow *self = WUYOU_EVIDENCE_WINDOW (owner);

  if (g_strcmp0 (self->id, id) == 0)
    write_judgement (self, WUYOU_EVIDENCE_RETURNED, reason, note);
}

void
_wuyou_evidence_window_judge (WuyouEvidenceWindow *self, WuyouEvidenceState state)
{
  const WuyouEvidence *evidence = _wuyou_evidence_window_get_evidence (self);
  g_autofree char *name = evidence != NULL ? wuyou_evidence_dup_name (evidence) : NULL;

  if (evidence == NULL || self->mode != WUYOU_EVIDENCE_REVIEWER)
    return;
  if (state == WUYOU_EVIDENCE_RETURNED)
    wuyou_evidence_return_dialog_present (GTK_WIDGET (self), name, on_reason_given_cb, self->id);
  else
    write_judgement (self, state, 0, NULL);
}

void
wuyou_evidence_window_take (WuyouEvidenceWindow *self, WuyouEvidenceFolder *folder)
{
  if (g_strcmp0 (folder->claim_id, self->folder->claim_id) != 0)
    return;
  wuyou_evidence_folder_unref (self->folder);
  self->folder = wuyou_evidence_folder_ref (folder);
  if (_wuyou_evidence_window_get_evidence (self) == NULL)
    gtk_window_close (GTK_WINDOW (self)); /* taken back, perhaps by somebody else */
  else
    show_evidence (self, FALSE);
}

static gboolean
wuyou_evidence_window_close_request (GtkWindow *window)
{
  WuyouEvidenceWindow *self = WUYOU_EVIDENCE_WINDOW (window);

  if (!save (self))
    return TRUE;
  return GTK_WINDOW_CLASS (wuyou_evidence_window_parent_class)->close_request (window);
}

static void
wuyou_evidence_window_dispose (GObject *object)
{
  WuyouEvidenceWindow *self = WUYOU_EVIDENCE_WINDOW (object);

  g_clear_handle_id (&self->again, g_source_remove);
  g_cancellable_cancel (self->loading);
  g_cancellable_cancel (self->drawing);
  /* GTK 4.8 does so at the very end only, and what is under way may hold this window longer than that one lives. */
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  g_clear_object (&self->context);
  g_clear_object (&self->pages);
  G_OBJECT_CLASS (wuyou_evidence_window_parent_class)->dispose (object);
}

static void
wuyou_evidence_window_finalize (GObject *object)
{
  WuyouEvidenceWindow *self = WUYOU_EVIDENCE_WINDOW (object);

  g_clear_pointer (&self->folder, wuyou_evidence_folder_unref);
  g_object_unref (self->editor);
  g_object_unref (self->loading);
  g_object_unref (self->drawing);
  g_free (self->id);
  G_OBJECT_CLASS (wuyou_evidence_window_parent_class)->finalize (object);
}

static void
wuyou_evidence_window_class_init (WuyouEvidenceWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wuyou_evidence_window_dispose;
  object_class->finalize = wuyou_evidence_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wuyou_evidence_window_close_request;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  _wuyou_evidence_window_install (GTK_WIDGET_CLASS (klass));
}

static void
wuyou_evidence_window_init (WuyouEvidenceWindow *self)
{
  self->loading = g_cancellable_new ();
  self->drawing = g_cancellable_new ();
  self->editor = wuyou_evidence_editor_new ();
  _wuyou_evidence_window_build (self);
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (update_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->facts, "changed", G_CALLBACK (update_save), self, G_CONNECT_SWAPPED);
}

WuyouEvidenceWindow *
wuyou_evidence_window_present (WuyouAppContext *context,
                               GtkWidget *owner,
                               WuyouEvidenceFolder *folder,
                               const char *id,
                               WuyouEvidenceMode mode)
{
  WuyouEvidenceWindow *self = g_object_new (WUYOU_TYPE_EVIDENCE_WINDOW, NULL);
  GtkRoot *root = gtk_widget_get_root (owner);

  self->context = g_object_ref (context);
  self->folder = wuyou_evidence_folder_ref (folder);
  self->mode = mode;
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  wuyou_evidence_window_show_file (self, id);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->picture));
  return self;
}
