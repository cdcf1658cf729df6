/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-write.h"
#include "mail/wuyou-mail-service.h"

G_BEGIN_DECLS

/* Who hears by mail that a claim moved: whoever began it when the dealership is to act or the case was decided, its
 * assessor when papers came back. The number and nothing personal. *@ret_notice NULL when nobody waits for it, or it
 * was their own act; owned. */
gboolean wuyou_claim_mail_new (const WuyouClaimWrite *write, WuyouMailDraft **ret_notice, GError **error);
/* The same people, that the claim is due. */
gboolean wuyou_claim_mail_new_due (const WuyouClaimWrite *write, WuyouMailDraft **ret_notice, GError **error);

G_END_DECLS
