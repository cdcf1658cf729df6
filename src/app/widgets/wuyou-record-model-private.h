/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "widgets/wuyou-record-model.h"

G_BEGIN_DECLS

WuyouRecordItem *_wuyou_record_item_new (const WuyouRecordType *type, guint position);
/* Takes @record; notifies when it or @more differs. */
void _wuyou_record_item_take (WuyouRecordItem *self, gpointer record, JsonObject *more);

G_END_DECLS
