/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-desk.h"

#include <glib/gi18n.h>

#include "claims/wuyou-evidence-viewer.h"
#include "widgets/wuyou-empty-state.h"

struct _WuyouClaimDesk {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GtkStack *stack;
  WuyouEvidenceViewer *viewer;
  WuyouClaimReview *review;
  AdwBin *place;               /* of the review, beside the file */
  AdwBin *other;               /* of the review while there is no file */
  WuyouEvidenceFolder *folder; /* NULL before the first */
  JsonObject *answer;
  WuyouEvidenceMode mode;
};

enum { CHANGED, LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouClaimDesk, wuyou_claim_desk, ADW_TYPE_BIN)

/* What waits to be judged comes first. */
static const char *
find_first (WuyouClaimDesk *self)
{
  const char *first = NULL;

  for (guint i = 0; i < self->folder->evidence->len; i++) {
    const WuyouEvidence *one = self->folder->evidence->pdata[i];

    if (!wuyou_evidence_has_pictures (one))
      continue;
    if (one->state == WUYOU_EVIDENCE_AVAILABLE)
      return one->id;
    if (first == NULL)
      first = one->id;
  }
  return first;
}

static void
put_review (WuyouClaimDesk *self, AdwBin *place)
{
  if (self->review == NULL || adw_bin_get_child (place) == GTK_WIDGET (self->review))
    return;
  adw_bin_set_child (self->place, NULL);
  adw_bin_set_child (self->other, NULL);
  adw_bin_set_child (place, GTK_WIDGET (self->review));
}

/* Only what is shown is asked for: the server records each look. */
static void
show_first (WuyouClaimDesk *self)
{
  const char *first = find_first (self);

  gtk_stack_set_visible_child_name (self->stack, first != NULL ? "file" : "empty");
  put_review (self, first != NULL ? self->place : self->other);
  if (first != NULL)
    wuyou_evidence_viewer_show_file (self->viewer, first);
}

static void
on_gone_cb (WuyouClaimDesk *self)
{
  wuyou_evidence_viewer_clear (self->viewer);
  show_first (self);
}

static void
take_folder (WuyouClaimDesk *self, WuyouEvidenceFolder *folder)
{
  g_clear_pointer (&self->folder, wuyou_evidence_folder_unref);
  self->folder = folder;
  wuyou_evidence_viewer_take (self->viewer, folder, self->mode);
  if (wuyou_evidence_viewer_get_id (self->viewer) == NULL)
    show_first (self);
}

void
wuyou_claim_desk_take (WuyouClaimDesk *self, JsonObject *answer, const char *etag, WuyouEvidenceMode mode)
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
  self->mode = mode;
  take_folder (self, folder);
}

/* What was judged waits in the outbox, and is shown at once. */
static void
on_viewer_changed_cb (WuyouClaimDesk *self)
{
  WuyouEvidenceFolder *folder = wuyou_evidence_folder_new (self->context, self->answer, self->folder->etag, NULL);

  if (folder != NULL)
    take_folder (self, folder);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
wuyou_claim_desk_get_claim (WuyouClaimDesk *self)
{
  return self->folder != NULL ? self->folder->claim_id : NULL;
}

void
wuyou_claim_desk_show_checks (WuyouClaimDesk *self)
{
  wuyou_evidence_viewer_reveal_panel (self->viewer);
  if (self->review != NULL)
    wuyou_claim_review_focus (self->review);
}

void
wuyou_claim_desk_focus (WuyouClaimDesk *self)
{
  if (wuyou_evidence_viewer_get_id (self->viewer) != NULL)
    wuyou_evidence_viewer_focus (self->viewer);
  else if (self->review != NULL)
    wuyou_claim_review_focus (self->review);
}

void
wuyou_claim_desk_give_back (WuyouClaimDesk *self)
{
  adw_bin_set_child (self->place, NULL);
  adw_bin_set_child (self->other, NULL);
  if (self->review != NULL)
    wuyou_claim_review_set_narrow (self->review, FALSE);
  self->review = NULL;
  wuyou_evidence_viewer_clear (self->viewer); /* what is under way may outlive the desk */
}

static gboolean
on_key_pressed_cb (WuyouClaimDesk *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval == GDK_KEY_Escape) {
    g_signal_emit (self, signals[LEFT], 0);
    return GDK_EVENT_STOP;
  }
  if (self->review == NULL)
    return GDK_EVENT_PROPAGATE;
  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_4 && (state & gtk_accelerator_get_default_mod_mask ()) == 0)
    wuyou_evidence_viewer_reveal_panel (self->viewer);
  return wuyou_claim_review_press (self->review, keyval, state);
}

static void
wuyou_claim_desk_dispose (GObject *object)
{
  WuyouClaimDesk *self = WUYOU_CLAIM_DESK (object);

  g_clear_pointer (&self->folder, wuyou_evidence_folder_unref);
  g_clear_pointer (&self->answer, json_object_unref);
  g_clear_object (&self->context);
  self->review = NULL;
  G_OBJECT_CLASS (wuyou_claim_desk_parent_class)->dispose (object);
}

static void
wuyou_claim_desk_class_init (WuyouClaimDeskClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_claim_desk_dispose;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_claim_desk_init (WuyouClaimDesk *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->stack = GTK_STACK (gtk_stack_new ());
  g_object_set (self->stack, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  self->place = ADW_BIN (adw_bin_new ());
  self->other = ADW_BIN (adw_bin_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

static GtkWidget *
build_empty (WuyouClaimDesk *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->other));
  g_object_set (clamp, "margin-start", 12, "margin-end", 12, "margin-bottom", 18, NULL);
  gtk_box_append (GTK_BOX (box),
                  wuyou_empty_state_new ("x-office-document-symbolic", _ ("No file can be looked at yet"),
                                         _ ("Files appear here once they were received and checked."), NULL));
  gtk_box_append (GTK_BOX (box), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

gboolean
wuyou_claim_desk_switch_panel (WuyouClaimDesk *self)
{
  return gtk_widget_activate_action (GTK_WIDGET (self->viewer), "file.panel", NULL);
}

GtkWidget *
wuyou_claim_desk_new (WuyouAppContext *context, WuyouClaimReview *review)
{
  WuyouClaimDesk *self = g_object_new (WUYOU_TYPE_CLAIM_DESK, NULL);

  self->context = g_object_ref (context);
  self->review = review;
  wuyou_claim_review_set_narrow (review, TRUE);
  self->viewer = WUYOU_EVIDENCE_VIEWER (wuyou_evidence_viewer_new (context, FALSE));
  wuyou_evidence_viewer_append (self->viewer, GTK_WIDGET (self->place));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->viewer), "file");
  gtk_stack_add_named (self->stack, build_empty (self), "empty");
  g_signal_connect_object (self->viewer, "changed", G_CALLBACK (on_viewer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->viewer, "gone", G_CALLBACK (on_gone_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
