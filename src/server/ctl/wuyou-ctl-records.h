/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-account.h"
#include "sales/wuyou-product.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* Records that the command line makes itself. */

/* Four groups of four characters that cannot be mistaken for one another, 80 bits. Owned. */
char *wuyou_ctl_create_password (void);
/* Everything is written in one transaction when the batch ends. Records stay the caller's until then. */
typedef struct _WuyouCtlBatch WuyouCtlBatch;
WuyouCtlBatch *wuyou_ctl_batch_new (WuyouStore *store, const WuyouActor *actor);
void wuyou_ctl_batch_free (WuyouCtlBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouCtlBatch, wuyou_ctl_batch_free)
gboolean wuyou_ctl_batch_add_org (WuyouCtlBatch *batch, WuyouOrg *org, GError **error);
/* Sets look-up key and password hash. @password NULL: none yet. @path: of the account's organisation. */
gboolean wuyou_ctl_batch_add_account (WuyouCtlBatch *batch,
                                      WuyouAccount *account,
                                      const char *path,
                                      const char *password,
                                      int origin,
                                      GError **error);
gboolean wuyou_ctl_batch_add_product (WuyouCtlBatch *batch, WuyouProduct *product, const char *path, GError **error);
gboolean wuyou_ctl_batch_save (WuyouCtlBatch *batch, GError **error);

/* Owned; NULL with NOT_FOUND and a sentence. */
WuyouAccount *wuyou_ctl_find_account (WuyouStore *store, const char *email, GError **error);
WuyouOrg *wuyou_ctl_find_org (WuyouStore *store, const char *code, GError **error);
WuyouOrg *wuyou_ctl_load_org (WuyouStore *store, const char *id, GError **error);
gboolean wuyou_ctl_is_empty (WuyouStore *store, gboolean *ret_empty, GError **error); /* no organisation yet */
/* Who uses the command line, for audit rows. @account may be NULL. Borrows. */
WuyouActor wuyou_ctl_actor (WuyouStore *store, const WuyouAccount *account, const char *purpose);

G_END_DECLS
