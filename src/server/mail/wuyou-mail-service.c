/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "mail/wuyou-mail-service.h"

#include <glib/gstdio.h>

#include "base/wuyou-date.h"
#include "mail/wuyou-mail-spool.h"

#define SWEEP (10 * G_TIME_SPAN_SECOND) /* what another process left in the outbox */
#define LEASE 60
#define RETRY (60 * G_TIME_SPAN_SECOND)
#define MAX_FACTS 16

struct _WuyouMailDraft {
  WuyouMail *mail;
  GBytes *sealed;
};

struct _WuyouMailService {
  WuyouServerContext *context;
  GThread *thread;
  GMutex lock;
  GCond work;
  gboolean pending, stopping;
};

WuyouMailDraft *
wuyou_mail_draft_new (WuyouServerContext *context,
                      const WuyouRequest *request,
                      WuyouMailKind kind,
                      const char *account_id,
                      const char *to,
                      const char *const *facts)
{
  g_autofree char *id = wuyou_id_new (&context->ids);
  gint64 now = request != NULL ? wuyou_request_get_now (request) : wuyou_clock_now (context->clock);
  g_autofree char *time = wuyou_instant_format_local (now);
  const char *host = request != NULL ? wuyou_request_get_address (request) : "";
  const char *all[MAX_FACTS * 2 + 5] = { "time", time, "host", host };
  WuyouMailDraft *draft = g_new0 (WuyouMailDraft, 1);

  for (guint i = 0; facts[i] != NULL && i < MAX_FACTS * 2; i += 2) {
    all[i + 4] = facts[i];
    all[i + 5] = facts[i + 1];
  }
  draft->mail = wuyou_mail_text_new (kind, wuyou_mail_language (request), id, account_id, to, all);
  draft->sealed = wuyou_mail_seal (context->keys, draft->mail);
  return draft;
}

void
wuyou_mail_draft_free (WuyouMailDraft *draft)
{
  if (draft == NULL)
    return;
  wuyou_mail_free (draft->mail);
  g_bytes_unref (draft->sealed);
  g_free (draft);
}

gboolean
wuyou_mail_draft_insert (WuyouDbConn *conn, const WuyouMailDraft *draft, gint64 now, GError **error)
{
  return draft == NULL || wuyou_mail_insert (conn, draft->mail, draft->sealed, now, error);
}

static void
send_mail (WuyouMailService *service, const WuyouMail *mail)
{
  WuyouStore *store = service->context->store;
  gint64 now = wuyou_clock_now (service->context->clock);
  g_autoptr (GError) error = NULL, lost = NULL;

  if (wuyou_mail_spool_write (service->context->config->spool_dir, mail, now, &error)) {
    if (!wuyou_mail_finish (store, mail->id, now, &lost))
      g_warning ("mail sent but not ticked off: %s", lost->message);
    return;
  }
  g_warning ("mail %s not sent: %s", mail->id, error->message);
  if (!wuyou_mail_fail (store, mail->id, error->message, now + RETRY * MIN (mail->attempts, 60), &lost))
    g_warning ("mail not put back: %s", lost->message);
}

static void
send_all (WuyouMailService *service)
{
  for (;;) {
    WuyouMail *mail = NULL;
    g_autoptr (GError) error = NULL;
    gint64 now = wuyou_clock_now (service->context->clock);

    if (!wuyou_mail_take (service->context->store, now, LEASE, &mail, &error))
      g_warning ("outbox not read: %s", error->message);
    if (mail == NULL)
      return;
    send_mail (service, mail);
    wuyou_mail_free (mail);
  }
}

static gpointer
run_service (gpointer data)
{
  WuyouMailService *service = data;

  g_mutex_lock (&service->lock);
  while (!service->stopping) {
    service->pending = FALSE;
    g_mutex_unlock (&service->lock);
    send_all (service);
    g_mutex_lock (&service->lock);
    if (!service->pending && !service->stopping)
      g_cond_wait_until (&service->work, &service->lock, g_get_monotonic_time () + SWEEP);
  }
  g_mutex_unlock (&service->lock);
  return NULL;
}

WuyouMailService *
wuyou_mail_service_start (WuyouServerContext *context)
{
  WuyouMailService *service;

  if (context->config->spool_dir == NULL)
    return NULL;
  service = g_new0 (WuyouMailService, 1);
  service->context = context;
  g_mutex_init (&service->lock);
  g_cond_init (&service->work);
  service->thread = g_thread_new ("mail", run_service, service);
  return service;
}

void
wuyou_mail_service_wake (WuyouServerContext *context)
{
  WuyouMailService *service = context->mails;

  if (service == NULL)
    return;
  g_mutex_lock (&service->lock);
  service->pending = TRUE;
  g_cond_signal (&service->work);
  g_mutex_unlock (&service->lock);
}

void
wuyou_mail_service_stop (WuyouMailService *service)
{
  if (service == NULL)
    return;
  g_mutex_lock (&service->lock);
  service->stopping = TRUE;
  g_cond_signal (&service->work);
  g_mutex_unlock (&service->lock);
  g_thread_join (service->thread);
  g_cond_clear (&service->work);
  g_mutex_clear (&service->lock);
  g_free (service);
}
