/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-clock.h"
#include "wuyou-blob.h"
#include "wuyou-db.h"
#include "wuyou-keys.h"

G_BEGIN_DECLS

/* The database, its keys and its folder of files, opened together. */
typedef struct _WuyouStore WuyouStore;

/* Makes PostgreSQL known to wuyou_db_open; wuyou_store_open does it too. */
void wuyou_db_register_postgres (void);

/* First start: folder (0700), key files, schema. CONFLICT when there is one already. */
gboolean wuyou_store_init (const char *uri, const char *data_dir, GError **error);
/* Migrates, compares the schema with the field tables and refuses what does not match. Owned. */
WuyouStore *wuyou_store_open (const char *uri, const char *data_dir, const WuyouClock *clock, GError **error);
void wuyou_store_close (WuyouStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouStore, wuyou_store_close)

WuyouDb *wuyou_store_get_db (WuyouStore *store);
WuyouKeys *wuyou_store_get_keys (WuyouStore *store);
WuyouBlobs *wuyou_store_get_blobs (WuyouStore *store);
const WuyouClock *wuyou_store_get_clock (WuyouStore *store);
const char *wuyou_store_get_data_dir (WuyouStore *store);

/* A scope is the path of an organisation ("/op/group/dealer/"): it and all below it. NULL or "/": everything. */
gboolean wuyou_scope_has (const char *scope, const char *path);

/* Who does something, and for what; stands in every audit row. Borrowed; NULL where unknown (jobs). */
typedef struct {
  const char *account_id;
  const char *session_id;
  const char *device_id;
  const char *scope;   /* path of the account's organisation */
  const char *purpose; /* "SALE", "SUPPORT" … */
  const char *address; /* keyed digest of the network address */
  gint64 at;
} WuyouActor;

G_END_DECLS
