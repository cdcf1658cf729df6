/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-sender.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-step-up.h"
#include "base/wuyou-json.h"
#include "base/wuyou-record.h"

#define KEPT "consent-decision"

struct _WuyouConsentSender {
  GObject parent_instance;
  WuyouAppContext *context;
  GtkWidget *widget;
  GCancellable *cancellable;
  char *body; /* NULL: nothing kept */
  char *id;
  int decision;
  gboolean busy;
};

enum { SENT, WAITING, REFUSED, BUSY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouConsentSender, wuyou_consent_sender, G_TYPE_OBJECT)

static WuyouLocal *
get_local (WuyouConsentSender *self)
{
  return wuyou_app_context_get_local (self->context);
}

static void
forget (WuyouConsentSender *self)
{
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->id, g_free);
  self->decision = 0;
  wuyou_local_remove (get_local (self), WUYOU_LOCAL_STATE, KEPT);
}

/* Without a local file it is kept as long as the window is open. */
static void
keep (WuyouConsentSender *self)
{
  wuyou_local_save (get_local (self), WUYOU_LOCAL_STATE, KEPT, self->body);
}

static void
set_busy (WuyouConsentSender *self, gboolean busy)
{
  self->busy = busy;
  g_signal_emit (self, signals[BUSY], 0, busy);
}

/* What another try with the same words can never mend. */
static gboolean
is_final (const GError *error)
{
  switch (error->domain == WUYOU_ERROR ? error->code : WUYOU_ERROR_INTERNAL) {
  case WUYOU_ERROR_INVALID:
  case WUYOU_ERROR_MALFORMED:
  case WUYOU_ERROR_CONFLICT:
  case WUYOU_ERROR_KEY_REUSED:
  case WUYOU_ERROR_ILLEGAL_TRANSITION:
  case WUYOU_ERROR_FORBIDDEN:
  case WUYOU_ERROR_NOT_FOUND:
  case WUYOU_ERROR_TOO_LARGE:
    return TRUE;
  default:
    return FALSE;
  }
}

static void
take_failure (WuyouConsentSender *self, const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED)) {
    g_signal_emit (self, signals[WAITING], 0, NULL);
  } else if (is_final (error)) {
    forget (self);
    g_signal_emit (self, signals[REFUSED], 0, error);
  } else {
    g_signal_emit (self, signals[WAITING], 0, error);
  }
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouConsentSender) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_step_up_call_finish (result, NULL, &error);
  int decision = self->decision;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_busy (self, FALSE);
  if (reply == NULL) {
    take_failure (self, error);
    return;
  }
  forget (self);
  g_signal_emit (self, signals[SENT], 0, decision);
}

void
wuyou_consent_sender_repeat (WuyouConsentSender *self)
{
  WuyouCall call = { .body = self->body, .idempotency_key = self->id };

  if (self->body == NULL || self->busy)
    return;
  call.route = self->decision == WUYOU_DECISION_ACCEPTED ? WUYOU_ROUTE_CONSENT_ACCEPT : WUYOU_ROUTE_CONSENT_DECLINE;
  set_busy (self, TRUE);
  wuyou_step_up_call_async (self->context, self->widget,
                            _ ("Your decision binds you and the organisation you act for. Please confirm that it is "
                               "you."),
                            &call, self->cancellable, on_sent_cb, g_object_ref (self));
}

void
wuyou_consent_sender_send (WuyouConsentSender *self, const WuyouConsent *consent)
{
  GString *body = g_string_new (NULL);

  g_return_if_fail (!self->busy);
  wuyou_record_write_json (&wuyou_consent_type, consent, WUYOU_CODEC_CLIENT, body);
  g_free (self->body);
  g_free (self->id);
  self->body = g_string_free (body, FALSE);
  self->id = g_strdup (consent->id);
  self->decision = consent->decision;
  keep (self);
  wuyou_consent_sender_repeat (self);
}

int
wuyou_consent_sender_get_decision (WuyouConsentSender *self)
{
  return self->decision;
}

void
wuyou_consent_sender_drop (WuyouConsentSender *self)
{
  forget (self);
}

gboolean
wuyou_consent_sender_restore (WuyouConsentSender *self, const char *bundle_hash)
{
  g_autoptr (JsonObject) kept = wuyou_local_load_object (get_local (self), WUYOU_LOCAL_STATE, KEPT);
  const char *decision = kept != NULL ? wuyou_json_get_string (kept, "decision") : NULL;
  const WuyouEnum *row = decision != NULL ? wuyou_enum_find (wuyou_decisions, decision) : NULL;
  const char *id = kept != NULL ? wuyou_json_get_string (kept, "id") : NULL;

  if (kept == NULL || self->body != NULL)
    return FALSE;
  if (row == NULL || id == NULL || g_strcmp0 (wuyou_json_get_string (kept, "bundle_hash"), bundle_hash) != 0) {
    forget (self);
    return FALSE;
  }
  self->body = wuyou_local_load (get_local (self), WUYOU_LOCAL_STATE, KEPT);
  self->id = g_strdup (id);
  self->decision = row->value;
  return TRUE;
}

static void
on_online_changed_cb (WuyouConsentSender *self)
{
  if (wuyou_client_get_online (wuyou_app_context_get_client (self->context)))
    wuyou_consent_sender_repeat (self);
}

WuyouConsentSender *
wuyou_consent_sender_new (WuyouAppContext *context, GtkWidget *widget, GCancellable *cancellable)
{
  WuyouConsentSender *self = g_object_new (WUYOU_TYPE_CONSENT_SENDER, NULL);

  self->context = g_object_ref (context);
  self->widget = widget;
  self->cancellable = g_object_ref (cancellable);
  g_signal_connect_object (wuyou_app_context_get_client (context), "notify::online", G_CALLBACK (on_online_changed_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}

static void
wuyou_consent_sender_finalize (GObject *object)
{
  WuyouConsentSender *self = WUYOU_CONSENT_SENDER (object);

  g_clear_object (&self->context);
  g_clear_object (&self->cancellable);
  g_free (self->body);
  g_free (self->id);
  G_OBJECT_CLASS (wuyou_consent_sender_parent_class)->finalize (object);
}

static void
wuyou_consent_sender_class_init (WuyouConsentSenderClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wuyou_consent_sender_finalize;
  signals[SENT] = g_signal_new ("sent", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[WAITING]
      = g_signal_new ("waiting", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REFUSED]
      = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[BUSY] = g_signal_new ("busy", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
wuyou_consent_sender_init (WuyouConsentSender *self)
{
}
