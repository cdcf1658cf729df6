/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "drafts/wuyou-draft-courier.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "drafts/wuyou-draft.h"

/* Of a draft kept: its content, NULL when it is of another kind. */
static JsonObject *
parse_draft (const WuyouDraftKind *kind, const WuyouLocalItem *item)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (item->json, strlen (item->json), NULL);

  if (object == NULL || g_strcmp0 (wuyou_json_get_string (object, "kind"), kind->type->name) != 0)
    return NULL;
  return g_steal_pointer (&object);
}

typedef struct {
  WuyouAppContext *context; /* lives longer */
  const WuyouDraftKind *kind;
} Courier;

static void
send_draft (Courier *courier, const char *id)
{
  g_autoptr (WuyouDraft) draft = wuyou_draft_new (courier->context, courier->kind, id);

  wuyou_draft_flush (draft);
}

static void
on_outbox_restored_cb (WuyouOutbox *outbox, gpointer data)
{
  Courier *courier = data;
  g_autoptr (GPtrArray) items = wuyou_local_list (wuyou_app_context_get_local (courier->context), WUYOU_LOCAL_DRAFT);

  for (guint i = 0; i < items->len; i++) {
    const WuyouLocalItem *item = items->pdata[i];
    g_autoptr (JsonObject) draft = parse_draft (courier->kind, item);

    if (draft != NULL && wuyou_json_get_boolean (draft, "unsent"))
      send_draft (courier, item->id);
  }
}

static void
on_outbox_sent_cb (WuyouOutbox *outbox, WuyouOutboxItem *item, JsonObject *reply, const char *etag, gpointer data)
{
  Courier *courier = data;

  wuyou_draft_keep_reply (courier->context, courier->kind, item, reply, etag);
}

static void
free_courier (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
wuyou_draft_courier_start (WuyouAppContext *context, const WuyouDraftKind *kind)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (context);
  Courier *courier = g_new0 (Courier, 1);

  courier->context = context;
  courier->kind = kind;
  g_signal_connect (outbox, "restored", G_CALLBACK (on_outbox_restored_cb), courier);
  g_signal_connect_data (outbox, "sent", G_CALLBACK (on_outbox_sent_cb), courier, free_courier, 0);
}

char *
wuyou_draft_courier_find_local (WuyouAppContext *context, const WuyouDraftKind *kind, guint *ret_n)
{
  g_autoptr (GPtrArray) items = wuyou_local_list (wuyou_app_context_get_local (context), WUYOU_LOCAL_DRAFT);
  char *newest = NULL;

  *ret_n = 0;
  for (guint i = 0; i < items->len; i++) {
    const WuyouLocalItem *item = items->pdata[i];
    g_autoptr (JsonObject) draft = parse_draft (kind, item);

    if (draft == NULL || wuyou_json_get_boolean (draft, "exists"))
      continue;
    g_free (newest);
    newest = g_strdup (item->id);
    (*ret_n)++;
  }
  return newest;
}
