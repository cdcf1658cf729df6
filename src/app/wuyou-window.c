/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-window-private.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-lock-view.h"
#include "accounts/wuyou-sign-in-view.h"
#include "accounts/wuyou-sign-in.h"
#include "accounts/wuyou-sign-out.h"

#define START_DELAY_MS 300
#define IDLE_CHECK_SECONDS 5

G_DEFINE_FINAL_TYPE (WuyouWindow, wuyou_window, ADW_TYPE_APPLICATION_WINDOW)

static WuyouSession *
get_session (WuyouWindow *self)
{
  return wuyou_app_context_get_session (self->context);
}

const char *
wuyou_window_get_view (WuyouWindow *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

static void
drop_view (WuyouWindow *self, gpointer slot)
{
  GtkWidget **view = slot;

  if (*view == NULL)
    return;
  gtk_stack_remove (self->stack, *view);
  *view = NULL;
}

static void
show_view (WuyouWindow *self, GtkWidget *view, const char *name)
{
  if (gtk_widget_get_parent (view) == NULL)
    gtk_stack_add_named (self->stack, view, name);
  gtk_widget_set_visible (view, TRUE);
  if (gtk_stack_get_visible_child (self->stack) == view)
    return;
  gtk_stack_set_visible_child (self->stack, view);
  /* The stack moves the focus on by one when it changes; each view knows its own place. The work gets back the one it
   * had. */
  if (view != GTK_WIDGET (self->work))
    gtk_widget_grab_focus (view);
}

static void
show_sign_in (WuyouWindow *self)
{
  drop_view (self, &self->work);
  drop_view (self, &self->gate);
  drop_view (self, &self->lock);
  self->greeted = self->warned = FALSE;
  if (self->sign_in == NULL)
    self->sign_in = wuyou_sign_in_view_new (self->context);
  show_view (self, self->sign_in, "sign-in");
}

/* 6.1-01: still supported, though not for long. */
static void
warn_outdated (WuyouWindow *self)
{
  if (self->warned || !wuyou_session_is_outdated (get_session (self)))
    return;
  self->warned = TRUE;
  wuyou_app_context_toast (self->context, _ ("This version of the application will stop working soon. Update it."));
}

/* A toast once a sign-in: a sign-in that was not the person's own shows here (2.4-03). */
static void
greet (WuyouWindow *self)
{
  gint64 at = wuyou_session_get_last_sign_in_at (get_session (self));
  const char *host = wuyou_session_get_last_sign_in_host (get_session (self));
  g_autofree char *when = at != 0 ? wuyou_instant_format_local (at) : NULL;
  g_autofree char *text = NULL;

  if (self->greeted || self->sign_in == NULL || when == NULL)
    return;
  self->greeted = TRUE;
  if (host != NULL)
    text = g_strdup_printf (_ ("Last sign-in: %s, from %s"), when, host);
  else
    text = g_strdup_printf (_ ("Last sign-in: %s"), when);
  wuyou_app_context_toast (self->context, text);
}

static void
on_gate_passed_cb (WuyouWindow *self)
{
  _wuyou_window_ask_session (self);
}

static void
on_gate_refused_cb (WuyouWindow *self)
{
  wuyou_sign_out (self->context);
}

static void
show_gate (WuyouWindow *self)
{
  const WuyouGateInfo *info = wuyou_gates_first (get_session (self));

  if (info == NULL) {
    wuyou_app_context_end_session (self->context, FALSE,
                                   _ ("This version of the application is too old. Please update it."));
    return;
  }
  if (self->gate != NULL && self->gate_id != info->id)
    drop_view (self, &self->gate);
  if (self->gate == NULL) {
    self->gate = g_object_new (info->get_type (), "context", self->context, NULL);
    self->gate_id = info->id;
    g_signal_connect_object (self->gate, "passed", G_CALLBACK (on_gate_passed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->gate, "refused", G_CALLBACK (on_gate_refused_cb), self, G_CONNECT_SWAPPED);
  }
  show_view (self, GTK_WIDGET (self->gate), "gate");
  if (self->work != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->work), FALSE);
}

static void
show_work (WuyouWindow *self)
{
  gboolean first = self->work == NULL;

  if (first)
    self->work = wuyou_work_view_new (self->context);
  show_view (self, GTK_WIDGET (self->work), "work");
  if (first)
    gtk_widget_grab_focus (GTK_WIDGET (self->work));
  warn_outdated (self);
  greet (self);
  drop_view (self, &self->sign_in);
  drop_view (self, &self->gate);
  drop_view (self, &self->lock);
}

/* The work stays as it is behind the lock, but is neither drawn nor read out. */
static void
show_lock (WuyouWindow *self)
{
  if (self->lock == NULL)
    self->lock = wuyou_lock_view_new (self->context);
  show_view (self, self->lock, "lock");
  if (self->work != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->work), FALSE);
}

static void
on_session_changed_cb (WuyouWindow *self)
{
  switch (wuyou_session_get_state (get_session (self))) {
  case WUYOU_SESSION_GATED:
    show_gate (self);
    break;
  case WUYOU_SESSION_ACTIVE:
    self->last_input = g_get_monotonic_time ();
    show_work (self);
    break;
  case WUYOU_SESSION_LOCKED:
    show_lock (self);
    break;
  case WUYOU_SESSION_SIGNED_OUT:
  default:
    show_sign_in (self);
    break;
  }
  _wuyou_window_update_actions (self);
}

static void
on_session_ended_cb (WuyouWindow *self, const char *sentence)
{
  if (sentence != NULL && self->sign_in != NULL)
    wuyou_sign_in_view_say (WUYOU_SIGN_IN_VIEW (self->sign_in), sentence);
}

static void
on_toast_requested_cb (WuyouWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
}

static void
on_place_requested_cb (WuyouWindow *self, const char *page, const char *record)
{
  if (self->work != NULL)
    wuyou_work_view_go (self->work, page, record);
}

static void
on_session_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  self->asking = FALSE;
  if (self->context == NULL || wuyou_session_get_state (get_session (self)) == WUYOU_SESSION_SIGNED_OUT)
    return;
  if (body == NULL || !wuyou_session_take_body (get_session (self), body, &error))
    wuyou_app_context_toast_error (self->context, error);
}

void
_wuyou_window_ask_session (WuyouWindow *self)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SESSION_GET };

  if (self->asking)
    return;
  self->asking = TRUE;
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_session_asked_cb,
                           g_object_ref (self));
}

static void
on_resumed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean resumed = wuyou_sign_in_resume_finish (result, &error);

  g_clear_handle_id (&self->start_timer, g_source_remove);
  if (self->context == NULL)
    return;
  gtk_spinner_stop (self->start_spinner); /* it turns, and paints, also where nobody sees it */
  if (resumed)
    return;
  if (wuyou_session_get_state (get_session (self)) == WUYOU_SESSION_SIGNED_OUT)
    show_sign_in (self);
}

static gboolean
on_start_delayed_cb (gpointer data)
{
  WuyouWindow *self = data;

  self->start_timer = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->start_spinner), TRUE);
  gtk_spinner_start (self->start_spinner);
  return G_SOURCE_REMOVE;
}

static guint
get_idle_limit (WuyouWindow *self)
{
  guint wanted = g_settings_get_uint (wuyou_app_context_get_settings (self->context), "idle-lock-minutes") * 60;
  guint allowed = wuyou_session_get_lock_seconds (get_session (self));

  return allowed > 0 ? MIN (wanted, allowed) : wanted;
}

static gboolean
on_idle_checked_cb (gpointer data)
{
  WuyouWindow *self = data;
  gint64 idle = (g_get_monotonic_time () - self->last_input) / G_USEC_PER_SEC;

  if (wuyou_session_get_state (get_session (self)) == WUYOU_SESSION_ACTIVE && idle >= get_idle_limit (self))
    wuyou_session_set_locked (get_session (self), TRUE);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_input_seen_cb (WuyouWindow *self)
{
  self->last_input = g_get_monotonic_time ();
  return GDK_EVENT_PROPAGATE;
}

static void
watch_input (WuyouWindow *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_input_seen_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  self->last_input = g_get_monotonic_time ();
  self->idle_timer = g_timeout_add_seconds (IDLE_CHECK_SECONDS, on_idle_checked_cb, self);
}

static void
bind_size (WuyouWindow *self)
{
  GSettings *settings = wuyou_app_context_get_settings (self->context);

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
connect_context (WuyouWindow *self)
{
  g_signal_connect_object (get_session (self), "changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_feed (self->context), "resync", G_CALLBACK (_wuyou_window_ask_session),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "ended", G_CALLBACK (on_session_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "toast-requested", G_CALLBACK (on_toast_requested_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "place-requested", G_CALLBACK (on_place_requested_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
wuyou_window_dispose (GObject *object)
{
  WuyouWindow *self = WUYOU_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle_timer, g_source_remove);
  g_clear_handle_id (&self->start_timer, g_source_remove);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_window_parent_class)->dispose (object);
}

static void
wuyou_window_finalize (GObject *object)
{
  g_clear_object (&WUYOU_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (wuyou_window_parent_class)->finalize (object);
}

static void
wuyou_window_class_init (WuyouWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_window_finalize;
  _wuyou_window_install_actions (klass);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/wuyou/Wuyou/wuyou-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WuyouWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WuyouWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WuyouWindow, start_spinner);
}

static void
wuyou_window_init (WuyouWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

WuyouWindow *
wuyou_window_new (GtkApplication *application, WuyouAppContext *context)
{
  WuyouWindow *self = g_object_new (WUYOU_TYPE_WINDOW, "application", application, NULL);

  self->context = g_object_ref (context);
  bind_size (self);
  connect_context (self);
  watch_input (self);
  _wuyou_window_update_actions (self);
  self->start_timer = g_timeout_add (START_DELAY_MS, on_start_delayed_cb, self);
  wuyou_sign_in_resume_async (context, self->cancellable, on_resumed_cb, g_object_ref (self));
  return self;
}
