/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "widgets/wuyou-record-list.h"

G_BEGIN_DECLS

/* The list of claims: what the list of records needs to know of them. Who reviews, pays or determines sees at first
 * what waits for them. */
GtkWidget *wuyou_claim_list_new (WuyouAppContext *context);
/* Whether this person works on what others send in. */
gboolean wuyou_claim_list_has_queue (WuyouSession *session);

G_END_DECLS
