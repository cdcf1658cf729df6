/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-client.h"
#include "client/wuyou-session.h"

G_BEGIN_DECLS

/* One standing long poll on /v1/changes while the session is active or gated. Signals, on the main thread:
 *   "event" (JsonObject *): {id, kind, object, record, revision, scope}; no personal data
 *   "resync": what is shown may be stale or no longer allowed; reload
 *   "suspended" (const GError *): wipe and say so
 *   "gate" (const char *gate): a gate closed while working */
#define WUYOU_TYPE_FEED (wuyou_feed_get_type ())
G_DECLARE_FINAL_TYPE (WuyouFeed, wuyou_feed, WUYOU, FEED, GObject)

WuyouFeed *wuyou_feed_new (WuyouClient *client, WuyouSession *session);
void wuyou_feed_start (WuyouFeed *self);
void wuyou_feed_stop (WuyouFeed *self);
void wuyou_feed_hurry (WuyouFeed *self); /* asks now when it pauses: a person wants to know, or the network changed */

G_END_DECLS
