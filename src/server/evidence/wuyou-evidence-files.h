/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* The file and what was rendered of it, once its record says that it is taken back or refused. Sweeping does the same
 * for what a crash leaves. */
gboolean wuyou_evidence_destroy (WuyouServerContext *context, const char *evidence_id, GError **error);

G_END_DECLS
