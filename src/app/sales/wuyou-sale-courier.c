/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-sale-courier.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-sale-draft.h"

/* Of a draft kept by each: its content, NULL when it is not a contract's. */
static JsonObject *
parse_draft (const WuyouLocalItem *item)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (item->json, strlen (item->json), NULL);

  if (object == NULL || g_strcmp0 (wuyou_json_get_string (object, "kind"), "contract") != 0)
    return NULL;
  return g_steal_pointer (&object);
}

static void
send_draft (WuyouAppContext *context, const char *id)
{
  g_autoptr (WuyouSaleDraft) draft = wuyou_sale_draft_new (context, id);

  wuyou_sale_draft_flush (draft);
}

static void
on_outbox_restored_cb (WuyouAppContext *context)
{
  g_autoptr (GPtrArray) items = wuyou_local_list (wuyou_app_context_get_local (context), WUYOU_LOCAL_DRAFT);

  for (guint i = 0; i < items->len; i++) {
    const WuyouLocalItem *item = items->pdata[i];
    g_autoptr (JsonObject) draft = parse_draft (item);

    if (draft != NULL && wuyou_json_get_boolean (draft, "unsent"))
      send_draft (context, item->id);
  }
}

static void
on_outbox_sent_cb (WuyouAppContext *context, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  wuyou_sale_draft_keep_reply (context, item, reply, etag);
}

void
wuyou_sale_courier_start (WuyouAppContext *context)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (context);

  g_signal_connect_object (outbox, "restored", G_CALLBACK (on_outbox_restored_cb), context, G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "sent", G_CALLBACK (on_outbox_sent_cb), context, G_CONNECT_SWAPPED);
}

char *
wuyou_sale_courier_find_local (WuyouAppContext *context, guint *ret_n)
{
  g_autoptr (GPtrArray) items = wuyou_local_list (wuyou_app_context_get_local (context), WUYOU_LOCAL_DRAFT);
  char *newest = NULL;

  *ret_n = 0;
  for (guint i = 0; i < items->len; i++) {
    const WuyouLocalItem *item = items->pdata[i];
    g_autoptr (JsonObject) draft = parse_draft (item);

    if (draft == NULL || wuyou_json_get_boolean (draft, "exists"))
      continue;
    g_free (newest);
    newest = g_strdup (item->id);
    (*ret_n)++;
  }
  return newest;
}
