/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-job-store.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* Does what a job of its kind is for; done once more it does no harm. Blocks. INTERNAL: no such kind;
 * otherwise errors of the work itself. */
gboolean wuyou_job_run (WuyouServerContext *context, const WuyouJob *job, GError **error);

G_END_DECLS
