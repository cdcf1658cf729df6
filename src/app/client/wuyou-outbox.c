/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-outbox-private.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "base/wuyou-json.h"

#define FIRST_WAIT 1
#define LONGEST_WAIT 60

struct _WuyouOutbox {
  GObject parent_instance;
  WuyouClient *client;
  WuyouLocal *local;
  WuyouSession *session;
  GPtrArray *items;
  GHashTable *tags; /* record → ETag of the last reply */
  WuyouOutboxItem *sending;
  GCancellable *cancellable;
  guint timer;
  guint wait; /* seconds */
  gboolean held;
};

enum { PROP_0, PROP_N_WAITING, PROP_HELD, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { SENT, REFUSED, DELAYED, RESTORED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void send_next (WuyouOutbox *self);

static GType
wuyou_outbox_get_item_type (GListModel *list)
{
  return WUYOU_TYPE_OUTBOX_ITEM;
}

static guint
wuyou_outbox_get_n_items (GListModel *list)
{
  return WUYOU_OUTBOX (list)->items->len;
}

static gpointer
wuyou_outbox_get_item (GListModel *list, guint position)
{
  WuyouOutbox *self = WUYOU_OUTBOX (list);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
wuyou_outbox_list_init (GListModelInterface *iface)
{
  iface->get_item_type = wuyou_outbox_get_item_type;
  iface->get_n_items = wuyou_outbox_get_n_items;
  iface->get_item = wuyou_outbox_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WuyouOutbox,
                               wuyou_outbox,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wuyou_outbox_list_init))

static void
keep_item (WuyouOutbox *self, WuyouOutboxItem *item)
{
  g_autofree char *json = _wuyou_outbox_item_to_json (item);

  wuyou_local_save (self->local, WUYOU_LOCAL_OUTBOX, item->id, json);
}

static void
drop_item (WuyouOutbox *self, WuyouOutboxItem *item)
{
  guint position;

  if (!g_ptr_array_find (self->items, item, &position))
    return;
  wuyou_local_remove (self->local, WUYOU_LOCAL_OUTBOX, item->id);
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

static gboolean
on_timer_due_cb (gpointer data)
{
  WuyouOutbox *self = data;

  self->timer = 0;
  send_next (self);
  return G_SOURCE_REMOVE;
}

static void
wait_and_retry (WuyouOutbox *self, const GError *error)
{
  guint asked = wuyou_error_get_retry_after (error);

  self->wait = self->wait == 0 ? FIRST_WAIT : MIN (self->wait * 2, LONGEST_WAIT);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (MAX (self->wait, asked) * 1000 + g_random_int_range (0, 500), on_timer_due_cb, self);
}

/* A closed gate and an ended session are not the record's fault: it waits until they are open again. */
static gboolean
is_held_by (const GError *error)
{
  switch (error->code) {
  case WUYOU_ERROR_UNAUTHENTICATED:
  case WUYOU_ERROR_SUSPENDED:
  case WUYOU_ERROR_CANCELLED:
  case WUYOU_ERROR_INSECURE:
  case WUYOU_ERROR_UPGRADE_REQUIRED:
    return TRUE;
  default:
    return wuyou_error_info (error->code)->is_gate;
  }
}

static void
take_failure (WuyouOutbox *self, WuyouOutboxItem *item, const GError *error, JsonObject *problem)
{
  if (is_held_by (error)) {
    _wuyou_outbox_item_set_state (item, WUYOU_OUTBOX_QUEUED, error);
    /* A network that answers in the server's place does so for a while, and nobody says when that is over. */
    if (error->code == WUYOU_ERROR_INSECURE)
      wait_and_retry (self, error);
    g_signal_emit (self, signals[DELAYED], 0, item, error);
    return;
  }
  if (wuyou_error_info (error->code)->retryable) {
    _wuyou_outbox_item_set_state (item, WUYOU_OUTBOX_WAITING, error);
    wait_and_retry (self, error);
    g_signal_emit (self, signals[DELAYED], 0, item, error);
    return;
  }
  _wuyou_outbox_item_set_state (item, WUYOU_OUTBOX_REFUSED, error);
  keep_item (self, item);
  g_signal_emit (self, signals[REFUSED], 0, item, error, problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
  send_next (self);
}

static void
on_item_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouOutbox) self = data;
  g_autoptr (WuyouOutboxItem) item = g_steal_pointer (&self->sending);
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (self->client == NULL)
    return;
  if (!g_ptr_array_find (self->items, item, NULL)) { /* forgotten with its account; the next one's may wait */
    send_next (self);
    return;
  }
  if (reply == NULL) {
    take_failure (self, item, error, wuyou_client_call_get_problem (result));
    return;
  }
  self->wait = 0;
  if (item->record != NULL && etag != NULL)
    wuyou_outbox_set_tag (self, item->record, etag);
  drop_item (self, item);
  g_signal_emit (self, signals[SENT], 0, item, reply, etag);
  send_next (self);
}

static gboolean
is_blocked (WuyouOutbox *self, guint position)
{
  WuyouOutboxItem *item = g_ptr_array_index (self->items, position);

  if (item->state == WUYOU_OUTBOX_REFUSED)
    return TRUE;
  for (guint i = 0; i < position; i++) {
    WuyouOutboxItem *earlier = g_ptr_array_index (self->items, i);

    if (item->record != NULL && g_strcmp0 (earlier->record, item->record) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
send_item (WuyouOutbox *self, WuyouOutboxItem *item)
{
  const char *tag = item->follow_tag && item->record != NULL ? g_hash_table_lookup (self->tags, item->record) : NULL;
  WuyouCall call = {
    .route = item->route,
    .args = (const char *const *) item->args,
    .query = (const char *const *) item->query,
    .body = item->body,
    .idempotency_key = item->id,
    .if_match = tag != NULL ? tag : item->if_match,
    .flags = WUYOU_CALL_ONCE,
  };

  self->sending = g_object_ref (item);
  item->tried = TRUE;
  _wuyou_outbox_item_set_state (item, WUYOU_OUTBOX_SENDING, NULL);
  wuyou_client_call_async (self->client, &call, self->cancellable, on_item_answered_cb, g_object_ref (self));
}

static void
send_next (WuyouOutbox *self)
{
  if (self->sending != NULL || self->timer != 0 || self->held || self->client == NULL)
    return;
  for (guint i = 0; i < self->items->len; i++) {
    if (is_blocked (self, i))
      continue;
    send_item (self, g_ptr_array_index (self->items, i));
    return;
  }
}

static WuyouOutboxItem *
find_to_replace (WuyouOutbox *self, const WuyouWrite *write)
{
  for (guint i = self->items->len; write->coalesce && i > 0; i--) {
    WuyouOutboxItem *item = g_ptr_array_index (self->items, i - 1);

    if (g_strcmp0 (item->record, write->record) != 0)
      continue;
    if (g_strcmp0 (item->kind, write->kind) == 0 && !item->tried)
      return item;
    return NULL;
  }
  return NULL;
}

WuyouOutboxItem *
wuyou_outbox_add (WuyouOutbox *self, const WuyouWrite *write)
{
  WuyouIdSource source = { &wuyou_clock_system, NULL, NULL };
  g_autofree char *id
      = write->call.idempotency_key != NULL ? g_strdup (write->call.idempotency_key) : wuyou_id_new (&source);
  WuyouOutboxItem *item = find_to_replace (self, write);

  if (item != NULL) {
    _wuyou_outbox_item_fill (item, write);
  } else {
    item = _wuyou_outbox_item_new (id, write);
    g_ptr_array_add (self->items, item);
    g_list_model_items_changed (G_LIST_MODEL (self), self->items->len - 1, 0, 1);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
  }
  keep_item (self, item);
  send_next (self);
  return item;
}

WuyouOutboxItem *
wuyou_outbox_find (WuyouOutbox *self, const char *record)
{
  for (guint i = self->items->len; i > 0; i--) {
    WuyouOutboxItem *item = g_ptr_array_index (self->items, i - 1);

    if (g_strcmp0 (item->record, record) == 0)
      return item;
  }
  return NULL;
}

void
wuyou_outbox_discard (WuyouOutbox *self, WuyouOutboxItem *item)
{
  if (item != self->sending)
    drop_item (self, item);
  send_next (self);
}

void
wuyou_outbox_retry (WuyouOutbox *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->wait = 0;
  send_next (self);
}

void
wuyou_outbox_set_tag (WuyouOutbox *self, const char *record, const char *etag)
{
  g_hash_table_insert (self->tags, g_strdup (record), g_strdup (etag));
}

guint
wuyou_outbox_get_n_waiting (WuyouOutbox *self)
{
  return self->items->len;
}

void
wuyou_outbox_restore (WuyouOutbox *self)
{
  g_autoptr (GPtrArray) kept = wuyou_local_list (self->local, WUYOU_LOCAL_OUTBOX);
  guint before = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < kept->len; i++) {
    WuyouLocalItem *row = g_ptr_array_index (kept, i);
    WuyouOutboxItem *item = _wuyou_outbox_item_from_json (row->id, row->json);

    if (item != NULL)
      g_ptr_array_add (self->items, item);
  }
  if (before > 0 || self->items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->items->len);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
  g_signal_emit (self, signals[RESTORED], 0);
  send_next (self);
}

void
wuyou_outbox_forget (WuyouOutbox *self)
{
  guint before = self->items->len;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_ptr_array_set_size (self->items, 0);
  g_hash_table_remove_all (self->tags);
  if (before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

static void
on_session_changed_cb (WuyouOutbox *self)
{
  WuyouSessionState state = wuyou_session_get_state (self->session);
  gboolean held = state != WUYOU_SESSION_ACTIVE && state != WUYOU_SESSION_LOCKED;

  if (held == self->held)
    return;
  self->held = held;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
  if (!held)
    wuyou_outbox_retry (self);
}

static void
on_online_changed_cb (WuyouOutbox *self)
{
  if (wuyou_client_get_online (self->client) && self->sending == NULL && self->timer != 0)
    wuyou_outbox_retry (self);
}

static void
wuyou_outbox_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouOutbox *self = WUYOU_OUTBOX (object);

  switch (prop_id) {
  case PROP_N_WAITING:
    g_value_set_uint (value, self->items->len);
    break;
  case PROP_HELD:
    g_value_set_boolean (value, self->held);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_outbox_dispose (GObject *object)
{
  WuyouOutbox *self = WUYOU_OUTBOX (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  g_clear_object (&self->local);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (wuyou_outbox_parent_class)->dispose (object);
}

static void
wuyou_outbox_finalize (GObject *object)
{
  WuyouOutbox *self = WUYOU_OUTBOX (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (wuyou_outbox_parent_class)->finalize (object);
}

static void
wuyou_outbox_class_init (WuyouOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wuyou_outbox_get_property;
  object_class->dispose = wuyou_outbox_dispose;
  object_class->finalize = wuyou_outbox_finalize;
  properties[PROP_N_WAITING]
      = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SENT] = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                3, WUYOU_TYPE_OUTBOX_ITEM, JSON_TYPE_OBJECT, G_TYPE_STRING);
  signals[REFUSED]
      = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                      WUYOU_TYPE_OUTBOX_ITEM, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE, JSON_TYPE_OBJECT);
  signals[DELAYED] = g_signal_new ("delayed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, WUYOU_TYPE_OUTBOX_ITEM, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[RESTORED]
      = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_outbox_init (WuyouOutbox *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
  self->held = TRUE;
}

WuyouOutbox *
wuyou_outbox_new (WuyouClient *client, WuyouLocal *local, WuyouSession *session)
{
  WuyouOutbox *self = g_object_new (WUYOU_TYPE_OUTBOX, NULL);

  self->client = g_object_ref (client);
  self->local = g_object_ref (local);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
  on_session_changed_cb (self);
  return self;
}
