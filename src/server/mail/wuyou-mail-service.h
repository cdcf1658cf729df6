/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "mail/wuyou-mail-text.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* A mail on its way into the outbox, sealed before the transaction that writes it. */
typedef struct _WuyouMailDraft WuyouMailDraft;

/* @request NULL: the system. @facts: as for wuyou_mail_text_new; "time" and "host" are added. Owned. */
WuyouMailDraft *wuyou_mail_draft_new (WuyouServerContext *context,
                                      const WuyouRequest *request,
                                      WuyouMailKind kind,
                                      const char *account_id,
                                      const char *to,
                                      const char *const *facts);
void wuyou_mail_draft_free (WuyouMailDraft *draft); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouMailDraft, wuyou_mail_draft_free)
/* Inside the write that is its reason; TRUE also for NULL. */
gboolean wuyou_mail_draft_insert (WuyouDbConn *conn, const WuyouMailDraft *draft, gint64 now, GError **error);

/* Takes mails out of the outbox into the spool folder, each a file ID.eml of RFC 5322; without a folder they stay. */

WuyouMailService *wuyou_mail_service_start (WuyouServerContext *context);
void wuyou_mail_service_stop (WuyouMailService *service);
void wuyou_mail_service_wake (WuyouServerContext *context); /* a mail was inserted */

G_END_DECLS
