/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* The job of a file. Out of quarantine: content, virus scanner, confined decoder, then its renditions, prints and flags
 * in one transaction. UNAVAILABLE leaves it waiting; a file that is infected, of a kind that is not taken, or at which
 * the decoder failed three times is destroyed and its hash kept. Later: its renditions anew, with the edits that it has
 * then. May be done twice or at two places at a time. */
gboolean wuyou_evidence_check (WuyouServerContext *context, const char *id, GError **error);

G_END_DECLS
