/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-window.h"

#include <glib/gi18n.h>

struct _WuyouEvidenceWindow {
  AdwWindow parent_instance;
  WuyouEvidenceViewer *viewer;
  char *claim_id;
  GtkWindow *question; /* weak: whether to close without a wrong entry */
  WuyouEvidenceMode mode;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouEvidenceWindow, wuyou_evidence_window, ADW_TYPE_WINDOW)

static void
on_viewer_changed_cb (WuyouEvidenceWindow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_key_pressed_cb (WuyouEvidenceWindow *self, guint key)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

void
wuyou_evidence_window_take (WuyouEvidenceWindow *self, WuyouEvidenceFolder *folder)
{
  if (g_strcmp0 (folder->claim_id, self->claim_id) == 0)
    wuyou_evidence_viewer_take (self->viewer, folder, self->mode);
}

void
wuyou_evidence_window_enter (WuyouEvidenceWindow *self)
{
  wuyou_evidence_viewer_enter (self->viewer);
}

static void
on_leave_answered_cb (WuyouEvidenceWindow *self, const char *response)
{
  GtkWindow *question = self->question;

  g_clear_weak_pointer (&self->question);
  if (!g_str_equal (response, "leave"))
    return;
  gtk_window_set_transient_for (question, NULL); /* it outlives this window by its own end, see dispose */
  wuyou_evidence_viewer_drop_wrong (self->viewer);
  gtk_window_close (GTK_WINDOW (self));
}

/* A half-typed number must not hold anybody here; which entry it is stands beside it. */
static void
ask_to_leave (WuyouEvidenceWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Close without what is wrong?"),
                                              _ ("What is wrong stays as it was; everything else is saved."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _ ("_Go On Typing"), "leave",
                                    _ ("_Leave It Out"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_answered_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->question, GTK_WINDOW (dialog));
  gtk_window_present (self->question);
}

static gboolean
wuyou_evidence_window_close_request (GtkWindow *window)
{
  WuyouEvidenceWindow *self = WUYOU_EVIDENCE_WINDOW (window);

  if (!wuyou_evidence_viewer_save (self->viewer)) {
    if (self->question == NULL)
      ask_to_leave (self);
    return TRUE;
  }
  return GTK_WINDOW_CLASS (wuyou_evidence_window_parent_class)->close_request (window);
}

static void
wuyou_evidence_window_dispose (GObject *object)
{
  /* GTK 4.8 does so at the very end only, and what is under way may hold this window longer than that one lives. */
  gtk_window_set_transient_for (GTK_WINDOW (object), NULL);
  g_clear_weak_pointer (&WUYOU_EVIDENCE_WINDOW (object)->question);
  g_clear_pointer (&WUYOU_EVIDENCE_WINDOW (object)->claim_id, g_free);
  G_OBJECT_CLASS (wuyou_evidence_window_parent_class)->dispose (object);
}

static void
wuyou_evidence_window_class_init (WuyouEvidenceWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_evidence_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = wuyou_evidence_window_close_request;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_evidence_window_init (WuyouEvidenceWindow *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  gtk_window_set_default_size (GTK_WINDOW (self), 1080, 760);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 400);
}

static void
add_viewer (WuyouEvidenceWindow *self, WuyouAppContext *context)
{
  self->viewer = WUYOU_EVIDENCE_VIEWER (wuyou_evidence_viewer_new (context, TRUE));
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->viewer));
  g_object_bind_property (self->viewer, "title", self, "title", G_BINDING_DEFAULT);
  g_signal_connect_object (self->viewer, "changed", G_CALLBACK (on_viewer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->viewer, "gone", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
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

  add_viewer (self, context);
  self->claim_id = g_strdup (folder->claim_id);
  self->mode = mode;
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  wuyou_evidence_viewer_take (self->viewer, folder, mode);
  wuyou_evidence_viewer_show_file (self->viewer, id);
  gtk_window_present (GTK_WINDOW (self));
  wuyou_evidence_viewer_focus (self->viewer);
  return self;
}
