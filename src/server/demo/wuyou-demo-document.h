/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "demo/wuyou-demo.h"

G_BEGIN_DECLS

/* The newest so many contracts come with their documents as files, where a Chinese font is installed. */
#define WUYOU_DEMO_DOCUMENTED 24

/* Documents of one contract: the files are written when they are made, the rows when they are saved. */
typedef struct _WuyouDemoDocuments WuyouDemoDocuments;

/* @steps: the contract's story. */
WuyouDemoDocuments *wuyou_demo_documents_new (WuyouStore *store,
                                              const WuyouDemoWorld *world,
                                              GPtrArray *steps,
                                              const WuyouDemoSeller *seller,
                                              WuyouKey *key,
                                              GError **error);
void wuyou_demo_documents_free (WuyouDemoDocuments *documents);
gboolean wuyou_demo_documents_save (WuyouDbConn *conn, WuyouDemoDocuments *documents, GError **error);

/* One page that says what it stands for, as PDF; owned. @slot: WuyouSlot. */
GBytes *wuyou_demo_scan (int slot, const WuyouContract *contract, const char *dealer, gint64 at, GError **error);

G_END_DECLS
