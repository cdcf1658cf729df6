/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"
#include "client/wuyou-client.h"

G_BEGIN_DECLS

/* One row of a list: a record as the server shows it (masked), or nothing yet. */
#define WUYOU_TYPE_RECORD_ITEM (wuyou_record_item_get_type ())
G_DECLARE_FINAL_TYPE (WuyouRecordItem, wuyou_record_item, WUYOU, RECORD_ITEM, GObject)

/* Borrowed; NULL while the row is under way. Property "record" notifies when it arrives or changes. */
gconstpointer wuyou_record_item_get_record (WuyouRecordItem *self);
const char *wuyou_record_item_get_id (WuyouRecordItem *self); /* NULL while under way */
guint wuyou_record_item_get_position (WuyouRecordItem *self);

/* A list as long as the server's, of which only the pages near what is looked at are held: a million rows scroll
 * as ten do. Pages that were wanted last are fetched first; what has been scrolled past is not fetched at all. */
#define WUYOU_TYPE_RECORD_MODEL (wuyou_record_model_get_type ())
G_DECLARE_FINAL_TYPE (WuyouRecordModel, wuyou_record_model, WUYOU, RECORD_MODEL, GObject)

WuyouRecordModel *wuyou_record_model_new (WuyouClient *client, const WuyouRecordType *type, WuyouRouteId route);
/* Name, value, …, NULL of the list's own parameters (filter, sort, search); copied. Loads from the start; rows on
 * the screen stay until the answer is there. */
void wuyou_record_model_set_query (WuyouRecordModel *self, const char *const *query);
/* The same query again: what changed appears in place. */
void wuyou_record_model_reload (WuyouRecordModel *self);
/* One record changed: its row is fetched again if it is held. */
void wuyou_record_model_touch (WuyouRecordModel *self, const char *id);
/* What the window shows from a cache before the first answer; @items as in an answer. */
void wuyou_record_model_seed (WuyouRecordModel *self, JsonArray *items, guint total);
/* No rows at all, where those that are there answer another question. */
void wuyou_record_model_clear (WuyouRecordModel *self);

guint wuyou_record_model_get_total (WuyouRecordModel *self);
gboolean wuyou_record_model_has_more (WuyouRecordModel *self);       /* there are more than the total: "1000+" */
gboolean wuyou_record_model_get_busy (WuyouRecordModel *self);       /* property "busy": the first page is under way */
const GError *wuyou_record_model_get_error (WuyouRecordModel *self); /* of the last call; property "error" notifies */
/* Position of a record among the pages held, or GTK_INVALID_LIST_POSITION (G_MAXUINT). */
guint wuyou_record_model_find (WuyouRecordModel *self, const char *id);

/* Signal "answered" (JsonObject *): each answer, for counts that come with it. */

G_END_DECLS
