/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <stdlib.h>

#include "sales/wuyou-contract-list.h"
#include "sales/wuyou-contract.h"
#include "widgets/wuyou-record-model-private.h"

/* Floors of the application: a bare AdwApplicationWindow, and the same with the very columns of the list of contracts
 * over a model in memory, which hands out a thousand records again and again.
 * floor-window WIDTH HEIGHT [ROWS FILE]: FILE is the answer to a request for the list. */
#define KEPT 1000

static struct {
  int width, height;
  guint n_rows;
  const char *path;
} options;

struct _FloorModel {
  GObject parent_instance;
  WuyouRecordItem *items[KEPT];
  guint n_kept, n_rows;
};

#define FLOOR_TYPE_MODEL (floor_model_get_type ())
G_DECLARE_FINAL_TYPE (FloorModel, floor_model, FLOOR, MODEL, GObject)

static GType
get_item_type (GListModel *list)
{
  return WUYOU_TYPE_RECORD_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return FLOOR_MODEL (list)->n_rows;
}

static gpointer
get_item (GListModel *list, guint position)
{
  FloorModel *self = FLOOR_MODEL (list);

  return position < self->n_rows ? g_object_ref (self->items[position % self->n_kept]) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FloorModel,
                               floor_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
floor_model_class_init (FloorModelClass *klass)
{
}

static void
floor_model_init (FloorModel *self)
{
}

static FloorModel *
read_model (void)
{
  FloorModel *self = g_object_new (FLOOR_TYPE_MODEL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *rows;

  if (!json_parser_load_from_file (parser, options.path, NULL))
    exit (EXIT_FAILURE);
  rows = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "items");
  self->n_rows = options.n_rows;
  self->n_kept = KEPT;
  for (guint i = 0; i < KEPT; i++) {
    JsonObject *row = json_array_get_object_element (rows, i % json_array_get_length (rows));
    WuyouContract *contract = wuyou_contract_new ();

    if (!wuyou_record_read_json (&wuyou_contract_type, contract, row, WUYOU_CODEC_MASKED_INPUT, NULL))
      exit (EXIT_FAILURE);
    self->items[i] = _wuyou_record_item_new (&wuyou_contract_type, i);
    _wuyou_record_item_take (self->items[i], contract);
  }
  return self;
}

static GtkWidget *
build_view (void)
{
  GtkSingleSelection *selection = gtk_single_selection_new (G_LIST_MODEL (read_model ()));
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (selection));

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_widget_add_css_class (view, "data-table");
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (view), TRUE);
  return view;
}

/* No column of those shown asks for the products. */
static GtkWidget *
build_list (void)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = build_view ();
  WuyouListState state = { .columns = g_ptr_array_new (), .views = g_ptr_array_new () };
  g_autoptr (GObject) products = g_object_new (G_TYPE_OBJECT, NULL);

  wuyou_record_columns_append (GTK_COLUMN_VIEW (view), &wuyou_contract_list_kind.columns, &state, products);
  g_ptr_array_unref (state.columns);
  g_ptr_array_unref (state.views);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
on_activated_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), options.width, options.height);
  if (options.path != NULL)
    adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), build_list ());
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "org.wuyou.Floor",
                                                         "resource-base-path", "/org/wuyou/Wuyou", NULL);

  if (argc != 3 && argc != 5)
    return EXIT_FAILURE;
  options.width = (int) strtol (argv[1], NULL, 10);
  options.height = (int) strtol (argv[2], NULL, 10);
  if (argc == 5) {
    options.n_rows = (guint) strtoul (argv[3], NULL, 10);
    options.path = argv[4];
  }
  g_signal_connect (application, "activate", G_CALLBACK (on_activated_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
