/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-route.h"
#include "wuyou-page.h"

G_BEGIN_DECLS

/* For the finder: one request for what @text finds; @read makes a finding of an item, or NULL. Returns by @task. */
typedef WuyouFinding *(*WuyouRecordFindingRead) (JsonObject *item);
void wuyou_record_finding_async (WuyouAppContext *context,
                                 WuyouRouteId route,
                                 const char *text,
                                 WuyouRecordFindingRead read,
                                 GTask *task);

G_END_DECLS
