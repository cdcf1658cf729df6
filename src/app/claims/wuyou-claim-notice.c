/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-notice.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-dossier.h"

#define OWN "wuyou-claims-own"     /* on the context: id → version */
#define SHOWN "wuyou-claims-shown" /* the same: id */
#define DELAY_MS 1500              /* a step is several events */

struct _WuyouClaimNotice {
  WuyouAppContext *context;
  GCancellable *cancellable;
  GHashTable *waiting; /* ids that something happened to */
  guint timer;
  void (*send) (const char *id, const char *text, gpointer data);
  gpointer data;
};

void
wuyou_claim_notice_note_own (WuyouAppContext *context, const char *id, gint64 version)
{
  GHashTable *own = g_object_get_data (G_OBJECT (context), OWN);
  gint64 *kept;

  if (own == NULL) {
    own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_object_set_data_full (G_OBJECT (context), OWN, own, (GDestroyNotify) g_hash_table_unref);
  }
  kept = g_new (gint64, 1);
  *kept = version;
  g_hash_table_insert (own, g_strdup (id), kept);
}

static gint64
get_own (WuyouAppContext *context, const char *id)
{
  GHashTable *own = g_object_get_data (G_OBJECT (context), OWN);
  const gint64 *version = own != NULL ? g_hash_table_lookup (own, id) : NULL;

  return version != NULL ? *version : 0;
}

void
wuyou_claim_notice_set_shown (WuyouAppContext *context, const char *id)
{
  g_object_set_data_full (G_OBJECT (context), SHOWN, g_strdup (id), g_free);
}

static gboolean
concerns (WuyouClaimNotice *self, const WuyouClaimDossier *dossier)
{
  WuyouSession *session = wuyou_app_context_get_session (self->context);
  const char *me = wuyou_session_get_account_id (session);
  const WuyouClaim *claim = dossier->claim;

  if (g_strcmp0 (me, claim->created_by) == 0 || g_strcmp0 (me, claim->assessor_id) == 0
      || g_strcmp0 (me, claim->approver_id) == 0)
    return TRUE;
  return wuyou_claim_turn_is_for (dossier->holder, wuyou_session_get_roles (session));
}

/* Done on another machine of theirs, it is theirs too. */
static gboolean
is_own (WuyouClaimNotice *self, const WuyouClaimDossier *dossier)
{
  const char *me = wuyou_session_get_name (wuyou_app_context_get_session (self->context));
  const WuyouDossierEntry *newest = NULL;

  for (guint i = 0; i < dossier->timeline->len; i++) {
    const WuyouDossierEntry *entry = dossier->timeline->pdata[i];

    if (newest == NULL || entry->at > newest->at)
      newest = entry;
  }
  return newest != NULL && newest->actor != NULL && g_strcmp0 (newest->actor, me) == 0;
}

static void
tell (WuyouClaimNotice *self, const WuyouClaimDossier *dossier)
{
  const WuyouClaim *claim = dossier->claim;
  g_autofree char *text = NULL;

  if (claim->state == WUYOU_CLAIM_DRAFT || is_own (self, dossier) || !concerns (self, dossier))
    return;
  if (claim->number != NULL)
    text = g_strdup_printf (_ ("There is news of claim %s."), claim->number);
  self->send (claim->id, text != NULL ? text : _ ("There is news of a claim."), self->data);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  g_autoptr (WuyouClaimDossier) dossier = answer != NULL ? wuyou_claim_dossier_new (answer, NULL, NULL) : NULL;

  if (dossier != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    tell (data, dossier);
}

static gboolean
on_due_cb (gpointer data)
{
  WuyouClaimNotice *self = data;
  GHashTableIter iter;
  gpointer id;

  self->timer = 0;
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    const char *args[] = { id, NULL };
    WuyouCall call = { .route = WUYOU_ROUTE_CLAIM_GET, .args = args };

    wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_loaded_cb,
                             self);
  }
  g_hash_table_remove_all (self->waiting);
  return G_SOURCE_REMOVE;
}

static gboolean
is_wanted (WuyouClaimNotice *self, const char *id, gint64 version)
{
  return g_settings_get_boolean (wuyou_app_context_get_settings (self->context), "claim-notices")
         && g_strcmp0 (g_object_get_data (G_OBJECT (self->context), SHOWN), id) != 0
         && (version == 0 || version > get_own (self->context, id));
}

static void
on_feed_event_cb (WuyouClaimNotice *self, JsonObject *event)
{
  const char *id = wuyou_json_get_string (event, "record");

  if (g_strcmp0 (wuyou_json_get_string (event, "object"), "claim") != 0 || id == NULL
      || !is_wanted (self, id, wuyou_json_get_int (event, "revision")))
    return;
  g_hash_table_add (self->waiting, g_strdup (id));
  if (self->timer == 0)
    self->timer = g_timeout_add (DELAY_MS, on_due_cb, self);
}

static void
on_outbox_sent_cb (WuyouClaimNotice *self, WuyouOutboxItem *item, JsonObject *reply)
{
  JsonObject *claim = reply != NULL ? wuyou_json_get_object (reply, "claim") : NULL;

  if (claim != NULL && wuyou_json_get_string (claim, "id") != NULL)
    wuyou_claim_notice_note_own (self->context, wuyou_json_get_string (claim, "id"),
                                 wuyou_json_get_int (claim, "version"));
}

WuyouClaimNotice *
wuyou_claim_notice_new (WuyouAppContext *context,
                        void (*send) (const char *id, const char *text, gpointer data),
                        gpointer data)
{
  WuyouClaimNotice *self = g_new0 (WuyouClaimNotice, 1);

  self->context = g_object_ref (context);
  self->cancellable = g_cancellable_new ();
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->send = send;
  self->data = data;
  g_signal_connect_swapped (wuyou_app_context_get_feed (context), "event", G_CALLBACK (on_feed_event_cb), self);
  g_signal_connect_swapped (wuyou_app_context_get_outbox (context), "sent", G_CALLBACK (on_outbox_sent_cb), self);
  return self;
}

void
wuyou_claim_notice_free (WuyouClaimNotice *self)
{
  g_signal_handlers_disconnect_by_data (wuyou_app_context_get_feed (self->context), self);
  g_signal_handlers_disconnect_by_data (wuyou_app_context_get_outbox (self->context), self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->context);
  g_hash_table_unref (self->waiting);
  g_free (self);
}
