/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-app-context.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "client/wuyou-keyring.h"

struct _WuyouAppContext {
  GObject parent_instance;
  GSettings *settings;
  WuyouClock clock;
  WuyouClient *client;
  WuyouSession *session;
  WuyouLocal *local;
  WuyouOutbox *outbox;
  WuyouUploads *uploads;
  WuyouFeed *feed;
};

enum { PLACE_REQUESTED, TOAST_REQUESTED, ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouAppContext, wuyou_app_context, G_TYPE_OBJECT)

WuyouClient *
wuyou_app_context_get_client (WuyouAppContext *self)
{
  return self->client;
}

WuyouSession *
wuyou_app_context_get_session (WuyouAppContext *self)
{
  return self->session;
}

WuyouLocal *
wuyou_app_context_get_local (WuyouAppContext *self)
{
  return self->local;
}

WuyouOutbox *
wuyou_app_context_get_outbox (WuyouAppContext *self)
{
  return self->outbox;
}

WuyouUploads *
wuyou_app_context_get_uploads (WuyouAppContext *self)
{
  return self->uploads;
}

WuyouFeed *
wuyou_app_context_get_feed (WuyouAppContext *self)
{
  return self->feed;
}

GSettings *
wuyou_app_context_get_settings (WuyouAppContext *self)
{
  return self->settings;
}

const WuyouClock *
wuyou_app_context_get_clock (WuyouAppContext *self)
{
  return &self->clock;
}

gint64
wuyou_app_context_now (WuyouAppContext *self)
{
  return wuyou_client_now (self->client);
}

char *
wuyou_app_context_new_id (WuyouAppContext *self)
{
  WuyouIdSource source = { &self->clock, NULL, NULL };

  return wuyou_id_new (&source);
}

char *
wuyou_app_context_dup_slot (WuyouAppContext *self, const char *account)
{
  return g_strdup_printf ("%s %s", wuyou_client_get_server (self->client), account);
}

void
wuyou_app_context_go (WuyouAppContext *self, const char *page, const char *record)
{
  g_signal_emit (self, signals[PLACE_REQUESTED], 0, page, record);
}

void
wuyou_app_context_add_toast (WuyouAppContext *self, AdwToast *toast)
{
  g_object_ref_sink (toast);
  g_signal_emit (self, signals[TOAST_REQUESTED], 0, toast);
  g_object_unref (toast);
}

/* A toast's title is markup. */
static AdwToast *
toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

void
wuyou_app_context_toast (WuyouAppContext *self, const char *text)
{
  wuyou_app_context_add_toast (self, toast_new (text));
}

void
wuyou_app_context_toast_error (WuyouAppContext *self, const GError *error)
{
  AdwToast *toast;

  if (error == NULL || g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    return;
  toast = toast_new (wuyou_error_sentence (error));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 8);
  wuyou_app_context_add_toast (self, toast);
}

typedef struct {
  void (*undo) (gpointer data);
  gpointer data;
  GDestroyNotify destroy;
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  if (undo->destroy != NULL)
    undo->destroy (undo->data);
  g_free (undo);
}

static void
on_toast_pressed_cb (Undo *undo)
{
  undo->undo (undo->data);
}

void
wuyou_app_context_toast_undo (WuyouAppContext *self,
                              const char *text,
                              const char *button,
                              void (*undo) (gpointer data),
                              gpointer data,
                              GDestroyNotify destroy)
{
  AdwToast *toast = toast_new (text);
  Undo *closure = g_new0 (Undo, 1);

  *closure = (Undo){ undo, data, destroy };
  adw_toast_set_button_label (toast, button);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_toast_pressed_cb), closure, undo_free,
                         G_CONNECT_SWAPPED);
  wuyou_app_context_add_toast (self, toast);
}

/* The keyring keeps the local key, so that what was typed can be opened again; the token goes. */
static void
forget_token (WuyouAppContext *self)
{
  g_autofree char *slot = wuyou_app_context_dup_slot (self, wuyou_session_get_account_id (self->session));
  g_autofree char *token_slot = g_strconcat (slot, " token", NULL);

  wuyou_keyring_clear (token_slot);
  wuyou_client_set_token (self->client, NULL);
}

static void
forget_key (WuyouAppContext *self)
{
  g_autofree char *slot = wuyou_app_context_dup_slot (self, wuyou_session_get_account_id (self->session));

  wuyou_keyring_clear (slot);
}

void
wuyou_app_context_end_session (WuyouAppContext *self, gboolean wipe, const char *sentence)
{
  g_autofree char *said = g_strdup (sentence);

  if (wuyou_session_get_state (self->session) == WUYOU_SESSION_SIGNED_OUT)
    return;
  wuyou_feed_stop (self->feed);
  forget_token (self);
  if (wipe)
    forget_key (self);
  wuyou_session_clear (self->session);
  wuyou_outbox_forget (self->outbox);
  wuyou_uploads_forget (self->uploads);
  if (wipe)
    wuyou_local_wipe (self->local);
  else
    wuyou_local_close (self->local);
  g_signal_emit (self, signals[ENDED], 0, said);
}

static void
on_signed_out_cb (WuyouAppContext *self, const GError *error)
{
  gboolean too_old = g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_UPGRADE_REQUIRED);

  wuyou_client_cancel_everything (self->client);
  wuyou_app_context_end_session (self, FALSE,
                                 too_old ? wuyou_error_sentence (error)
                                         : _ ("Your session has ended. Sign in again; what you entered is kept."));
}

static void
on_suspended_cb (WuyouAppContext *self, const GError *error)
{
  g_autofree char *text
      = g_strdup_printf ("%s %s", wuyou_error_sentence (error), _ ("The data kept on this computer was removed."));

  wuyou_client_cancel_everything (self->client);
  wuyou_app_context_end_session (self, TRUE, text);
}

static void
on_gate_closed_cb (WuyouAppContext *self, const char *gate)
{
  wuyou_session_open_gate (self->session, gate);
}

/* So that the next start has something to show before the server answered. */
static void
on_session_changed_cb (WuyouAppContext *self)
{
  g_autofree char *body = NULL;

  if (wuyou_session_get_state (self->session) != WUYOU_SESSION_ACTIVE)
    return;
  body = wuyou_session_dup_body (self->session);
  wuyou_local_save (self->local, WUYOU_LOCAL_CACHE, "session", body);
}

static void
on_contact_cb (WuyouAppContext *self)
{
  wuyou_local_touch (self->local);
}

static void
on_local_failed_cb (WuyouAppContext *self, const GError *error)
{
  if (error->code == WUYOU_ERROR_STORAGE_FULL)
    wuyou_app_context_toast (self, _ ("This computer’s disk is full. What you type is kept while the window is open."));
  else
    wuyou_app_context_toast_error (self, error);
}

static void
wuyou_app_context_dispose (GObject *object)
{
  WuyouAppContext *self = WUYOU_APP_CONTEXT (object);

  if (self->feed != NULL)
    wuyou_feed_stop (self->feed);
  g_clear_object (&self->feed);
  if (self->uploads != NULL)
    wuyou_uploads_forget (self->uploads);
  g_clear_object (&self->uploads);
  g_clear_object (&self->outbox);
  g_clear_object (&self->local);
  g_clear_object (&self->session);
  g_clear_object (&self->client);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wuyou_app_context_parent_class)->dispose (object);
}

static void
wuyou_app_context_class_init (WuyouAppContextClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_app_context_dispose;
  signals[PLACE_REQUESTED] = g_signal_new ("place-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                           2, G_TYPE_STRING, G_TYPE_STRING);
  signals[TOAST_REQUESTED]
      = g_signal_new ("toast-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wuyou_app_context_init (WuyouAppContext *self)
{
}

static void
connect_parts (WuyouAppContext *self)
{
  g_signal_connect_object (self->outbox, "restored", G_CALLBACK (wuyou_uploads_restore), self->uploads,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "signed-out", G_CALLBACK (on_signed_out_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "suspended", G_CALLBACK (on_suspended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "gate", G_CALLBACK (on_gate_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "contact", G_CALLBACK (on_contact_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "suspended", G_CALLBACK (on_suspended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "gate", G_CALLBACK (on_gate_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->local, "failed", G_CALLBACK (on_local_failed_cb), self, G_CONNECT_SWAPPED);
}

WuyouAppContext *
wuyou_app_context_new (GSettings *settings, const WuyouClock *clock, const char *data_dir)
{
  WuyouAppContext *self = g_object_new (WUYOU_TYPE_APP_CONTEXT, NULL);

  self->settings = g_object_ref (settings);
  self->clock = *clock;
  self->client = wuyou_client_new (clock);
  self->session = wuyou_session_new ();
  self->local = wuyou_local_new (data_dir, clock);
  self->outbox = wuyou_outbox_new (self->client, self->local, self->session);
  self->uploads = wuyou_uploads_new (self->client, self->local, self->session, clock);
  self->feed = wuyou_feed_new (self->client, self->session);
  connect_parts (self);
  return self;
}
