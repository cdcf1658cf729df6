/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gtk/gtk.h>

#include "base/wuyou-json.h"
#include "widgets/wuyou-record-model-private.h"

#define PAGE_ROWS 100
#define FIRST_PAGES 3 /* with the first request: as many rows as GtkColumnView asks for before it is scrolled */
#define MAX_PAGES 24  /* held: enough for the rows GtkColumnView keeps alive and some way around them */
#define MAX_WANTED 6  /* pages still worth fetching; older wishes were scrolled past */
#define MAX_UNDER_WAY 2

typedef struct {
  guint number;
  gboolean loaded;
  gboolean under_way;
  WuyouRecordItem *items[PAGE_ROWS];
} Page;

struct _WuyouRecordModel {
  GObject parent_instance;
  WuyouClient *client;
  const WuyouRecordType *type;
  WuyouRouteId route;
  char **query;
  GCancellable *cancellable; /* of the present query */
  GHashTable *pages;         /* number → Page */
  GQueue recent;             /* numbers, newest first */
  GQueue wanted;             /* numbers, newest first */
  guint under_way;
  guint fetch_source;
  guint total;
  gboolean more;
  gboolean busy;
  GError *error;
};

enum { PROP_0, PROP_BUSY, PROP_ERROR, PROP_TOTAL, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void fetch_wanted (WuyouRecordModel *self);

static void
free_page (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < PAGE_ROWS; i++)
    g_clear_object (&page->items[i]);
  g_free (page);
}

static GType
get_item_type (GListModel *list)
{
  return WUYOU_TYPE_RECORD_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return WUYOU_RECORD_MODEL (list)->total;
}

static void
drop_oldest_pages (WuyouRecordModel *self)
{
  while (g_queue_get_length (&self->recent) > MAX_PAGES) {
    gpointer number = g_queue_pop_tail (&self->recent);

    g_hash_table_remove (self->pages, number);
  }
}

static Page *
hold_page (WuyouRecordModel *self, guint number)
{
  gpointer key = GUINT_TO_POINTER (number);
  Page *page = g_hash_table_lookup (self->pages, key);

  if (page == NULL) {
    page = g_new0 (Page, 1);
    page->number = number;
    g_hash_table_insert (self->pages, key, page);
  }
  if (g_queue_peek_head (&self->recent) != key || g_queue_is_empty (&self->recent)) {
    g_queue_remove (&self->recent, key);
    g_queue_push_head (&self->recent, key);
    drop_oldest_pages (self);
  }
  return page;
}

static gboolean
on_fetch_idle_cb (gpointer data)
{
  WuyouRecordModel *self = data;

  self->fetch_source = 0;
  fetch_wanted (self);
  return G_SOURCE_REMOVE;
}

static void
want_page (WuyouRecordModel *self, guint number)
{
  gpointer key = GUINT_TO_POINTER (number);

  if (!g_queue_is_empty (&self->wanted) && g_queue_peek_head (&self->wanted) == key)
    return;
  g_queue_remove (&self->wanted, key);
  g_queue_push_head (&self->wanted, key);
  while (g_queue_get_length (&self->wanted) > MAX_WANTED)
    g_queue_pop_tail (&self->wanted);
  if (self->fetch_source == 0)
    self->fetch_source = g_idle_add (on_fetch_idle_cb, self);
}

static gpointer
get_item (GListModel *list, guint position)
{
  WuyouRecordModel *self = WUYOU_RECORD_MODEL (list);
  Page *page;
  WuyouRecordItem **item;

  if (position >= self->total)
    return NULL;
  page = hold_page (self, position / PAGE_ROWS);
  if (!page->loaded && !page->under_way)
    want_page (self, page->number);
  item = &page->items[position % PAGE_ROWS];
  if (*item == NULL)
    *item = _wuyou_record_item_new (self->type, position);
  return g_object_ref (*item);
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WuyouRecordModel,
                               wuyou_record_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
set_busy (WuyouRecordModel *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
take_error (WuyouRecordModel *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* The view is told of length only; rows fill in by themselves, so that nothing on the screen jumps. */
static void
set_total (WuyouRecordModel *self, guint total, gboolean more)
{
  guint old = self->total;

  self->more = more;
  self->total = total;
  if (total > old)
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, total - old);
  else if (total < old)
    g_list_model_items_changed (G_LIST_MODEL (self), total, old - total, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

static gpointer
read_record (WuyouRecordModel *self, JsonObject *object)
{
  gpointer record = wuyou_record_new (self->type);
  g_autoptr (GError) error = NULL;

  if (object != NULL && wuyou_record_read_json (self->type, record, object, WUYOU_CODEC_MASKED_INPUT, &error))
    return record;
  g_debug ("row not read: %s", error != NULL ? error->message : "no object");
  wuyou_record_free (self->type, record);
  return NULL;
}

static void
fill_page (WuyouRecordModel *self, Page *page, JsonArray *rows, guint first)
{
  guint length = rows != NULL ? json_array_get_length (rows) : 0;
  guint n_rows = MIN (length - MIN (first, length), PAGE_ROWS);

  page->loaded = first == 0 || n_rows > 0;
  for (guint i = 0; i < n_rows; i++) {
    gpointer record = read_record (self, wuyou_json_array_get_object (rows, first + i));

    if (page->items[i] == NULL)
      page->items[i] = _wuyou_record_item_new (self->type, page->number * PAGE_ROWS + i);
    if (record != NULL)
      _wuyou_record_item_take (page->items[i], record);
  }
}

typedef struct {
  WuyouRecordModel *model;
  GCancellable *query;
  guint number;
} Fetch;

static void
free_fetch (Fetch *fetch)
{
  g_object_unref (fetch->model);
  g_object_unref (fetch->query);
  g_free (fetch);
}

static guint
count_pages (guint number)
{
  return number == 0 ? FIRST_PAGES : 1;
}

static Page *
find_page (WuyouRecordModel *self, guint number)
{
  return g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));
}

static void
take_answer (WuyouRecordModel *self, guint number, JsonObject *answer)
{
  gint64 total = wuyou_json_get_int (answer, "total");

  take_error (self, NULL);
  for (guint i = 0; i < count_pages (number); i++) {
    Page *page = find_page (self, number + i);

    if (page != NULL)
      fill_page (self, page, wuyou_json_get_array (answer, "items"), i * PAGE_ROWS);
  }
  set_total (self, (guint) CLAMP (total, 0, G_MAXINT), wuyou_json_get_boolean (answer, "more"));
  g_signal_emit (self, signals[ANSWERED], 0, answer);
}

static void
on_page_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = data;
  WuyouRecordModel *self = fetch->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (fetch->query != self->cancellable) { /* of an earlier query */
    free_fetch (fetch);
    return;
  }
  self->under_way--;
  for (guint i = 0; i < count_pages (fetch->number); i++) {
    Page *page = find_page (self, fetch->number + i);

    if (page != NULL)
      page->under_way = FALSE;
  }
  if (answer != NULL)
    take_answer (self, fetch->number, answer);
  else
    take_error (self, g_steal_pointer (&error));
  if (fetch->number == 0)
    set_busy (self, FALSE);
  fetch_wanted (self);
  free_fetch (fetch);
}

static void
fetch_page (WuyouRecordModel *self, guint number)
{
  g_autoptr (GPtrArray) query = g_ptr_array_new ();
  g_autofree char *offset = g_strdup_printf ("%u", number * PAGE_ROWS);
  g_autofree char *limit = g_strdup_printf ("%u", count_pages (number) * PAGE_ROWS);
  WuyouCall call = { .route = self->route };
  Fetch *fetch = g_new0 (Fetch, 1);

  for (char **word = self->query; word != NULL && *word != NULL; word++)
    g_ptr_array_add (query, *word);
  g_ptr_array_add (query, (gpointer) "offset");
  g_ptr_array_add (query, offset);
  g_ptr_array_add (query, (gpointer) "limit");
  g_ptr_array_add (query, limit);
  g_ptr_array_add (query, NULL);
  call.query = (const char *const *) query->pdata;
  fetch->model = g_object_ref (self);
  fetch->query = g_object_ref (self->cancellable);
  fetch->number = number;
  for (guint i = count_pages (number); i-- > 0;)
    hold_page (self, number + i)->under_way = TRUE;
  self->under_way++;
  wuyou_client_call_async (self->client, &call, self->cancellable, on_page_answered_cb, fetch);
}

static void
fetch_wanted (WuyouRecordModel *self)
{
  while (self->under_way < MAX_UNDER_WAY && !g_queue_is_empty (&self->wanted)) {
    guint number = GPOINTER_TO_UINT (g_queue_pop_head (&self->wanted));
    Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));

    if (page != NULL && !page->loaded && !page->under_way)
      fetch_page (self, number);
  }
}

static void
begin_query (WuyouRecordModel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  self->under_way = 0;
  g_queue_clear (&self->wanted);
}

void
wuyou_record_model_set_query (WuyouRecordModel *self, const char *const *query)
{
  g_return_if_fail (WUYOU_IS_RECORD_MODEL (self));
  g_strfreev (self->query);
  self->query = g_strdupv ((char **) query);
  wuyou_record_model_reload (self);
}

static void
mark_stale (gpointer key, gpointer value, gpointer data)
{
  Page *page = value;

  page->loaded = FALSE;
  page->under_way = FALSE;
}

void
wuyou_record_model_reload (WuyouRecordModel *self)
{
  guint shown;

  g_return_if_fail (WUYOU_IS_RECORD_MODEL (self));
  shown = g_queue_is_empty (&self->recent) ? 0 : GPOINTER_TO_UINT (g_queue_peek_head (&self->recent));
  begin_query (self);
  g_hash_table_foreach (self->pages, mark_stale, NULL);
  set_busy (self, TRUE);
  if (shown != 0 && shown * PAGE_ROWS < self->total)
    want_page (self, shown);
  hold_page (self, 0);
  fetch_page (self, 0);
}

void
wuyou_record_model_touch (WuyouRecordModel *self, const char *id)
{
  guint position = wuyou_record_model_find (self, id);
  Page *page;

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (position / PAGE_ROWS));
  page->loaded = FALSE;
  if (!page->under_way)
    want_page (self, page->number);
}

void
wuyou_record_model_seed (WuyouRecordModel *self, JsonArray *items, guint total)
{
  g_return_if_fail (WUYOU_IS_RECORD_MODEL (self));
  if (self->total > 0)
    return;
  fill_page (self, hold_page (self, 0), items, 0);
  ((Page *) g_hash_table_lookup (self->pages, GUINT_TO_POINTER (0)))->loaded = FALSE;
  set_total (self, MAX (total, MIN (json_array_get_length (items), PAGE_ROWS)), FALSE);
}

void
wuyou_record_model_clear (WuyouRecordModel *self)
{
  g_return_if_fail (WUYOU_IS_RECORD_MODEL (self));
  set_total (self, 0, FALSE);
  g_queue_clear (&self->recent);
  g_queue_clear (&self->wanted);
  g_hash_table_remove_all (self->pages);
}

guint
wuyou_record_model_find (WuyouRecordModel *self, const char *id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pages);
  while (id != NULL && g_hash_table_iter_next (&iter, NULL, &value)) {
    Page *page = value;

    for (guint i = 0; i < PAGE_ROWS; i++)
      if (page->items[i] != NULL && g_strcmp0 (wuyou_record_item_get_id (page->items[i]), id) == 0)
        return page->number * PAGE_ROWS + i;
  }
  return GTK_INVALID_LIST_POSITION;
}

guint
wuyou_record_model_get_total (WuyouRecordModel *self)
{
  return self->total;
}

gboolean
wuyou_record_model_has_more (WuyouRecordModel *self)
{
  return self->more;
}

gboolean
wuyou_record_model_get_busy (WuyouRecordModel *self)
{
  return self->busy;
}

const GError *
wuyou_record_model_get_error (WuyouRecordModel *self)
{
  return self->error;
}

static void
wuyou_record_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WuyouRecordModel *self = WUYOU_RECORD_MODEL (object);

  switch (id) {
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_TOTAL:
    g_value_set_uint (value, self->total);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wuyou_record_model_dispose (GObject *object)
{
  WuyouRecordModel *self = WUYOU_RECORD_MODEL (object);

  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (wuyou_record_model_parent_class)->dispose (object);
}

static void
wuyou_record_model_finalize (GObject *object)
{
  WuyouRecordModel *self = WUYOU_RECORD_MODEL (object);

  g_queue_clear (&self->recent);
  g_queue_clear (&self->wanted);
  g_hash_table_unref (self->pages);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_error (&self->error);
  g_strfreev (self->query);
  G_OBJECT_CLASS (wuyou_record_model_parent_class)->finalize (object);
}

static void
wuyou_record_model_class_init (WuyouRecordModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wuyou_record_model_dispose;
  object_class->finalize = wuyou_record_model_finalize;
  object_class->get_property = wuyou_record_model_get_property;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR]
      = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TOTAL]
      = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
}

static void
wuyou_record_model_init (WuyouRecordModel *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, free_page);
  self->cancellable = g_cancellable_new ();
}

WuyouRecordModel *
wuyou_record_model_new (WuyouClient *client, const WuyouRecordType *type, WuyouRouteId route)
{
  WuyouRecordModel *self = g_object_new (WUYOU_TYPE_RECORD_MODEL, NULL);

  self->client = g_object_ref (client);
  self->type = type;
  self->route = route;
  return self;
}
