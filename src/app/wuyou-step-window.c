/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-step-window.h"

#include "client/wuyou-write-key.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-escape.h"

#define WIDTH 520
#define MOST_SHOWN 360 /* of the content, before it scrolls */
#define DEADLINE 60    /* seconds: a step may have a paper to print */

struct _WuyouStepWindow {
  AdwWindow parent_instance;
  WuyouAppContext *context;
  GtkWidget *owner;
  char *etag;
  WuyouWriteKey key;
  GtkBox *column;
  WuyouBanner *banner;
  WuyouBusyButton *button;
  GCancellable *cancellable;
  const WuyouStepWindowCalls *calls;
  gpointer data;
  gboolean told, closed, destructive;
  GtkScrolledWindow *scroller;
  guint fitting;
};

G_DEFINE_FINAL_TYPE (WuyouStepWindow, wuyou_step_window, ADW_TYPE_WINDOW)

static void
tell (WuyouStepWindow *self, JsonObject *answer, const char *etag)
{
  if (self->told)
    return;
  self->told = TRUE;
  self->calls->done (answer, etag, self->data);
}

/* --- one try --- */

/* Somebody else was faster, or a document came in: what is typed stays, the next press is for the version now. */
static void
take_version (WuyouStepWindow *self, GAsyncResult *result)
{
  char *now = wuyou_client_call_dup_etag_now (result);

  if (now == NULL)
    return;
  g_free (self->etag);
  self->etag = now;
}

static void
show_problem (WuyouStepWindow *self, const GError *error)
{
  if (self->calls->refused != NULL && self->calls->refused (error, self->data))
    wuyou_banner_hide (self->banner);
  else
    wuyou_banner_show_undone (self->banner, error);
}

static void
take_refusal (WuyouStepWindow *self, GAsyncResult *result, const GError *error)
{
  if (error->code == WUYOU_ERROR_STALE)
    take_version (self, result);
  if (!self->closed) {
    show_problem (self, error);
    return;
  }
  wuyou_app_context_toast_error (self->context, error);
  tell (self, NULL, NULL);
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouStepWindow) self = data;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  wuyou_busy_button_set_busy (self->button, FALSE);
  if (answer == NULL) {
    take_refusal (self, result, error);
    return;
  }
  tell (self, answer, etag);
  gtk_window_destroy (GTK_WINDOW (self));
}

void
wuyou_step_window_send (WuyouStepWindow *self, WuyouRouteId route, const char *const *args, const char *body)
{
  WuyouCall call = { .route = route, .args = args, .body = body, .if_match = self->etag, .deadline = DEADLINE };

  call.idempotency_key = wuyou_write_key_get (&self->key, &call, wuyou_app_context_get_clock (self->context));
  wuyou_banner_hide (self->banner);
  wuyou_busy_button_set_busy (self->button, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_answered_cb,
                           g_object_ref (self));
}

static void
on_pressed_cb (WuyouStepWindow *self)
{
  self->calls->pressed (self->data);
}

static void
on_cancelled_cb (WuyouStepWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/* --- the window --- */

/* What cannot be undone wants the button itself. */
static void
on_entry_activated_cb (WuyouStepWindow *self)
{
  if (!self->destructive)
    wuyou_busy_button_press (self->button);
}

/* Return in an entry sends, as the button does. */
static void
let_send (WuyouStepWindow *self, GtkWidget *widget)
{
  if (ADW_IS_ENTRY_ROW (widget))
    g_signal_connect_object (widget, "entry-activated", G_CALLBACK (on_entry_activated_cb), self, G_CONNECT_SWAPPED);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_send (self, child);
}

void
wuyou_step_window_append (WuyouStepWindow *self, GtkWidget *widget)
{
  gtk_box_append (self->column, widget);
  let_send (self, widget);
}

void
wuyou_step_window_warn (WuyouStepWindow *self, const char *sentence)
{
  wuyou_banner_show (self->banner, WUYOU_BANNER_WARNING, sentence, NULL);
}

void
wuyou_step_window_set_destructive (WuyouStepWindow *self)
{
  self->destructive = TRUE;
  g_object_set (self->button, "suggested", FALSE, "destructive", TRUE, NULL);
}

/* Closed while the server works, it goes on: the answer says whether it happened. */
static gboolean
wuyou_step_window_close_request (GtkWindow *window)
{
  WuyouStepWindow *self = WUYOU_STEP_WINDOW (window);

  self->closed = TRUE;
  if (!wuyou_busy_button_get_busy (self->button))
    tell (self, NULL, NULL);
  return GTK_WINDOW_CLASS (wuyou_step_window_parent_class)->close_request (window);
}

static void
wuyou_step_window_dispose (GObject *object)
{
  WuyouStepWindow *self = WUYOU_STEP_WINDOW (object);

  if (self->owner != NULL)
    tell (self, NULL, NULL);
  g_clear_handle_id (&self->fitting, g_source_remove);
  g_clear_object (&self->owner);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_step_window_parent_class)->dispose (object);
}

static void
wuyou_step_window_finalize (GObject *object)
{
  WuyouStepWindow *self = WUYOU_STEP_WINDOW (object);

  self->calls->free (self->data);
  g_object_unref (self->cancellable);
  wuyou_write_key_clear (&self->key);
  g_free (self->etag);
  G_OBJECT_CLASS (wuyou_step_window_parent_class)->finalize (object);
}

static void
wuyou_step_window_class_init (WuyouStepWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_step_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_step_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wuyou_step_window_close_request;
}

static gboolean
on_fit_cb (gpointer data)
{
  WuyouStepWindow *self = data;
  GtkWidget *column = GTK_WIDGET (self->column);
  int height;

  self->fitting = 0;
  gtk_widget_measure (column, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (GTK_WIDGET (self->scroller)), NULL,
                      &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->scroller, MIN (height, MOST_SHOWN));
  return G_SOURCE_REMOVE;
}

/* A sentence that refuses would take its room from the entries and push one half out of sight: as far as they are few,
 * the window grows by it instead. */
static void
on_content_changed_cb (WuyouStepWindow *self)
{
  if (self->fitting == 0)
    self->fitting = g_idle_add (on_fit_cb, self);
}

static GtkWidget *
build_scroller (WuyouStepWindow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  g_object_set (self->column, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 18, NULL);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE, "vexpand", TRUE,
                "child", self->column, NULL);
  self->scroller = GTK_SCROLLED_WINDOW (scroller);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (on_content_changed_cb), self, G_CONNECT_SWAPPED);
  return scroller;
}

static GtkWidget *
build_bar (WuyouStepWindow *self)
{
  GtkWidget *bar = gtk_action_bar_new ();

  self->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (""));
  g_object_set (self->button, "suggested", TRUE, NULL);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), GTK_WIDGET (self->button));
  g_signal_connect_object (self->button, "pressed", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
  return bar;
}

static void
wuyou_step_window_init (WuyouStepWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->cancellable = g_cancellable_new ();
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), build_scroller (self));
  gtk_box_append (GTK_BOX (box), build_bar (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
  wuyou_escape_closes (GTK_WINDOW (self));
}

WuyouStepWindow *
wuyou_step_window_new (WuyouAppContext *context,
                       GtkWidget *owner,
                       const char *title,
                       const char *button,
                       const char *etag,
                       const WuyouStepWindowCalls *calls,
                       gpointer data)
{
  WuyouStepWindow *self = g_object_new (WUYOU_TYPE_STEP_WINDOW, "title", title, NULL);
  GtkRoot *root = gtk_widget_get_root (owner);

  self->context = g_object_ref (context);
  self->owner = g_object_ref (owner);
  self->etag = g_strdup (etag);
  self->calls = calls;
  self->data = data;
  g_object_set (self->button, "label", button, NULL);
  if (GTK_IS_WINDOW (root)) {
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
    /* Opened by a key, it shows from the first where the keys go. */
    gtk_window_set_focus_visible (GTK_WINDOW (self), gtk_window_get_focus_visible (GTK_WINDOW (root)));
  }
  return self;
}
