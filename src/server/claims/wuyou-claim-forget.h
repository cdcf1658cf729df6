/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* Drafts whose last day is over (10.4): the claim stays as one that was withdrawn, of which nothing personal can be
 * read any more; its keys and files are gone. Adds to *@ret_n how many. */
gboolean wuyou_claim_forget_drafts (WuyouServerContext *context, gint64 now, guint *ret_n, GError **error);

G_END_DECLS
