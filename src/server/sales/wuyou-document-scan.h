/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* Out of quarantine: content, then the virus scanner. UNAVAILABLE leaves it waiting; a file that is infected or of a
 * kind that is not taken is destroyed and its hash kept (4.2.6-01). */
gboolean wuyou_document_scan (WuyouServerContext *context, const char *id, GError **error);

G_END_DECLS
