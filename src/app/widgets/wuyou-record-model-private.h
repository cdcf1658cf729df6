/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "widgets/wuyou-record-model.h"

G_BEGIN_DECLS

WuyouRecordItem *_wuyou_record_item_new (const WuyouRecordType *type, guint position);
void _wuyou_record_item_take (WuyouRecordItem *self, gpointer record); /* takes @record; notifies when it differs */

G_END_DECLS
