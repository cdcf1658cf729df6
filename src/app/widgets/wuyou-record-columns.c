/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-record-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/wuyou-text-scale.h"

#define N_EXTRA 3 /* go for want of room in general; what goes after them, only where narrowing did not help */
#define N_GOING 4
#define CELL_PADDING 16
#define LONGEST_SAMPLE 112

static const WuyouRecordColumn *
get_column (gpointer object)
{
  return g_object_get_data (object, "wuyou-column");
}

static const char *const styles[] = { "dim-label", "warning", "error", "accent", "success" };

static void
show_look (GtkListItem *item, GtkWidget *label, WuyouCellLook look)
{
  GtkWidget *icon = g_object_get_data (G_OBJECT (item), "wuyou-icon");

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++) {
    gtk_widget_remove_css_class (label, styles[i]);
    gtk_widget_remove_css_class (icon, styles[i]);
  }
  if (look.style != NULL) {
    gtk_widget_add_css_class (label, look.style);
    gtk_widget_add_css_class (icon, look.style);
  }
  gtk_widget_set_visible (icon, look.icon != NULL);
  if (look.icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (icon), look.icon);
}

static void
show_record (GtkListItem *item, WuyouRecordItem *record)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (item), "wuyou-label");
  const WuyouRecordColumn *column = get_column (item);
  gpointer data = g_object_get_data (G_OBJECT (item), "wuyou-data");
  g_autofree char *text = NULL;

  if (wuyou_record_item_get_record (record) == NULL) {
    gtk_label_set_text (label, "");
    return;
  }
  text = column->dup_text (record, data);
  gtk_label_set_text (label, text);
  if (column->get_look != NULL)
    show_look (item, GTK_WIDGET (label), column->get_look (record, data));
}

static void
on_record_changed_cb (GtkListItem *item)
{
  show_record (item, gtk_list_item_get_item (item));
}

static GtkWidget *
build_look (GtkListItem *item, GtkWidget *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *icon = gtk_image_new ();

  gtk_widget_set_visible (icon, FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  g_object_set_data (G_OBJECT (item), "wuyou-icon", icon);
  return box;
}

static void
on_cell_set_up_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  const WuyouRecordColumn *column = get_column (factory);
  GtkWidget *label = gtk_label_new (NULL);

  /* Ellipsis is by grapheme, so a row never shows half a Chinese character. */
  gtk_label_set_ellipsize (GTK_LABEL (label), column->tail ? PANGO_ELLIPSIZE_START : PANGO_ELLIPSIZE_END);
  /* So large that the table scrolls, GTK 4.8 would give each row the height of the narrowest cell. */
  if (column->wraps && !wuyou_text_is_large (label))
    g_object_set (label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "ellipsize", PANGO_ELLIPSIZE_NONE,
                  "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  gtk_label_set_xalign (GTK_LABEL (label), column->number ? 1 : 0);
  if (column->number) /* clear of the scroll bar, which lies over the last column */
    gtk_widget_set_margin_end (label, 6);
  if (!column->words)
    gtk_widget_add_css_class (label, "numeric");
  g_object_set_data (G_OBJECT (item), "wuyou-column", (gpointer) column);
  g_object_set_data (G_OBJECT (item), "wuyou-label", label);
  g_object_set_data (G_OBJECT (item), "wuyou-data", g_object_get_data (G_OBJECT (factory), "wuyou-data"));
  gtk_list_item_set_child (item, column->get_look != NULL ? build_look (item, label) : label);
}

static void
on_cell_bound_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  WuyouRecordItem *record = gtk_list_item_get_item (item);

  g_signal_connect_object (record, "notify::record", G_CALLBACK (on_record_changed_cb), item, G_CONNECT_SWAPPED);
  show_record (item, record);
}

static void
on_cell_unbound_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), on_record_changed_cb, item);
}

/* The server sorts: comparing only tells which column is asked first, and whether upside down. GTK 4.8 has no other
 * way to learn it. */
static int
compare_nothing (gconstpointer a, gconstpointer b, gpointer data)
{
  const char **ret_sort = (const char **) g_object_get_data (G_OBJECT (a), "wuyou-sort");

  if (ret_sort != NULL && *ret_sort == NULL)
    *ret_sort = ((const WuyouRecordColumn *) data)->sort;
  return -1;
}

static gboolean
is_wanted (GtkColumnViewColumn *made)
{
  return g_object_get_data (G_OBJECT (made), "wuyou-wanted") != NULL;
}

void
wuyou_record_columns_set_wanted (GtkColumnViewColumn *made, gboolean wanted)
{
  g_object_set_data (G_OBJECT (made), "wuyou-wanted", GINT_TO_POINTER (wanted));
}

static int
get_width (GtkColumnViewColumn *made)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (made), "wuyou-width"));
}

static int
get_usual (GtkColumnViewColumn *made)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (made), "wuyou-usual"));
}

/* The width that is remembered; one that the table gives a column to fill its room is not. */
static void
keep_width (GtkColumnViewColumn *made, int width)
{
  g_object_set_data (G_OBJECT (made), "wuyou-width", GINT_TO_POINTER (width));
}

static void
on_width_changed_cb (GtkColumnViewColumn *made)
{
  keep_width (made, gtk_column_view_column_get_fixed_width (made));
}

static void
give_width (GtkColumnViewColumn *made, int width)
{
  g_signal_handlers_block_by_func (made, on_width_changed_cb, NULL);
  gtk_column_view_column_set_fixed_width (made, width);
  g_signal_handlers_unblock_by_func (made, on_width_changed_cb, NULL);
}

/* What the longest of the words that can stand in it takes in this language. */
static int
measure_samples (GtkWidget *view, const WuyouRecordColumn *column)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (view, NULL);
  int width = 0;

  for (guint i = 0; column->dup_sample != NULL; i++) {
    g_autofree char *text = column->dup_sample (i);
    int needed;

    if (text == NULL)
      break;
    pango_layout_set_text (layout, text, -1);
    pango_layout_get_pixel_size (layout, &needed, NULL);
    width = MAX (width, needed + CELL_PADDING);
  }
  return width;
}

static void
append_column (GtkColumnView *view, const WuyouRecordColumn *column, int width, gboolean visible, GObject *data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *made = gtk_column_view_column_new (_ (column->title), factory);
  int samples = measure_samples (GTK_WIDGET (view), column);
  int least = column->least > 0 ? column->least : column->width;
  /* The very longest words have no claim to their room. */
  int usual = MAX (wuyou_text_scale_px (GTK_WIDGET (view), column->width),
                   MIN (samples, wuyou_text_scale_px (GTK_WIDGET (view), LONGEST_SAMPLE)));

  g_object_set_data (G_OBJECT (factory), "wuyou-column", (gpointer) column);
  if (data != NULL)
    g_object_set_data_full (G_OBJECT (factory), "wuyou-data", g_object_ref (data), g_object_unref);
  g_signal_connect (factory, "setup", G_CALLBACK (on_cell_set_up_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_cell_bound_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_cell_unbound_cb), NULL);
  g_object_set_data (G_OBJECT (made), "wuyou-column", (gpointer) column);
  if (column->sort != NULL) {
    g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_nothing, (gpointer) column, NULL));

    gtk_column_view_column_set_sorter (made, sorter);
  }
  gtk_column_view_column_set_resizable (made, TRUE);
  /* All widths fixed: GTK 4.8 gives a free column the least, or what the rows on the screen ask for. */
  g_signal_connect (made, "notify::fixed-width", G_CALLBACK (on_width_changed_cb), NULL);
  g_object_set_data (G_OBJECT (made), "wuyou-usual", GINT_TO_POINTER (usual));
  g_object_set_data (G_OBJECT (made), "wuyou-whole", GINT_TO_POINTER (MAX (usual, samples)));
  g_object_set_data (G_OBJECT (made), "wuyou-least", GINT_TO_POINTER (wuyou_text_scale_px (GTK_WIDGET (view), least)));
  gtk_column_view_column_set_fixed_width (made, width > 0 ? width : usual);
  gtk_column_view_column_set_visible (made, visible);
  wuyou_record_columns_set_wanted (made, visible);
  gtk_column_view_append_column (view, made);
  g_object_unref (made);
}

static gboolean
is_shown (GtkColumnViewColumn *made, int gone)
{
  int goes = get_column (made)->goes;

  return is_wanted (made) && (goes == 0 || goes > gone);
}

/* So wide nothing in it is cut; what somebody made narrower or wider stays. */
static int
get_whole (GtkColumnViewColumn *made)
{
  int width = get_width (made);

  return width != get_usual (made) ? width : GPOINTER_TO_INT (g_object_get_data (G_OBJECT (made), "wuyou-whole"));
}

static int
get_least (GtkColumnViewColumn *made)
{
  const WuyouRecordColumn *column = get_column (made);
  int least = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (made), "wuyou-least"));

  return column->least > 0 ? MIN (get_width (made), least) : get_width (made);
}

/* How wide is what is left when all that goes at @gone or before is away. */
static int
sum_widths (GListModel *model, int gone, int (*get) (GtkColumnViewColumn *made))
{
  int width = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkColumnViewColumn) made = g_list_model_get_item (model, i);

    if (is_shown (made, gone))
      width += get (made);
  }
  return width;
}

/* The column with the longest words; without it, the next. */
static GtkColumnViewColumn *
find_rest (GListModel *model, int gone)
{
  GtkColumnViewColumn *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkColumnViewColumn) made = g_list_model_get_item (model, i);

    if (is_shown (made, gone) && get_column (made)->rest > (found != NULL ? get_column (found)->rest : 0))
      found = made;
  }
  return found;
}

static int
count_gone (GListModel *model, int width)
{
  int gone = 0;

  while (gone < N_EXTRA && sum_widths (model, gone, get_whole) > width)
    gone++;
  return sum_widths (model, gone, get_least) > width ? N_GOING : gone;
}

/* What there is too much or too little, as far as this column takes or gives it. */
static int
take_share (GtkColumnViewColumn *made, int rest)
{
  if (rest < 0)
    return MAX (rest, get_least (made) - get_width (made));
  return MIN (rest, get_whole (made) - get_width (made));
}

/* The first columns give first, the last take first: the day at the end of a row stays whole the longest. */
void
wuyou_record_columns_fit (GtkColumnView *view, int width)
{
  GListModel *model = gtk_column_view_get_columns (view);
  guint n = g_list_model_get_n_items (model);
  int gone = count_gone (model, width);
  int rest = width - sum_widths (model, gone, get_width);
  gboolean backwards = rest > 0;
  GtkColumnViewColumn *widest = find_rest (model, gone);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GtkColumnViewColumn) made = g_list_model_get_item (model, backwards ? n - 1 - i : i);
    int share = is_shown (made, gone) ? take_share (made, rest) : 0;

    gtk_column_view_column_set_visible (made, is_shown (made, gone));
    give_width (made, get_width (made) + share);
    rest -= share;
  }
  if (widest != NULL && rest > 0)
    give_width (widest, gtk_column_view_column_get_fixed_width (widest) + rest);
}

static const WuyouRecordColumn *
find_column (const WuyouRecordColumns *table, const char *id)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (g_str_equal (table->columns[i].id, id))
      return &table->columns[i];
  return NULL;
}

/* Over right-aligned figures stands a right-aligned word. The titles come in the order the columns were added. */
static void
align_titles (GtkColumnView *view)
{
  GListModel *model = gtk_column_view_get_columns (view);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = gtk_widget_get_first_child (header);

  for (guint i = 0; i < g_list_model_get_n_items (model) && title != NULL; i++) {
    g_autoptr (GtkColumnViewColumn) made = g_list_model_get_item (model, i);

    if (get_column (made)->number)
      gtk_widget_set_halign (gtk_widget_get_first_child (title), GTK_ALIGN_END);
    title = gtk_widget_get_next_sibling (title);
  }
}

void
wuyou_record_columns_append (GtkColumnView *view, const WuyouRecordColumns *table, WuyouListState *state, GObject *data)
{
  for (guint i = 0; i < state->columns->len; i++) {
    const WuyouListColumn *kept = state->columns->pdata[i];
    const WuyouRecordColumn *column = find_column (table, kept->id);

    if (column != NULL)
      append_column (view, column, kept->width, kept->visible, data);
  }
  for (guint i = 0; i < table->n_columns; i++)
    if (wuyou_list_state_find_column (state, table->columns[i].id) == NULL)
      append_column (view, &table->columns[i], 0, table->columns[i].visible, data);
  align_titles (view);
}

GPtrArray *
wuyou_record_columns_dup_state (GtkColumnView *view)
{
  GPtrArray *result = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_list_column_free);
  GListModel *model = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkColumnViewColumn) made = g_list_model_get_item (model, i);
    WuyouListColumn *column = g_new0 (WuyouListColumn, 1);

    column->id = g_strdup (get_column (made)->id);
    column->width = get_width (made) != get_usual (made) ? get_width (made) : 0;
    column->visible = is_wanted (made);
    g_ptr_array_add (result, column);
  }
  return result;
}

char *
wuyou_record_columns_dup_sort (GtkColumnView *view)
{
  const char *field = NULL;
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;

  g_object_set_data (a, "wuyou-sort", &field);
  g_object_set_data (b, "wuyou-sort", &field);
  order = gtk_sorter_compare (gtk_column_view_get_sorter (view), a, b);
  if (field == NULL)
    return NULL;
  return g_strconcat (order == GTK_ORDERING_LARGER ? "-" : "", field, NULL);
}

void
wuyou_record_columns_set_sort (GtkColumnView *view, const char *sort)
{
  GListModel *model = gtk_column_view_get_columns (view);
  gboolean down = sort != NULL && *sort == '-';

  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  for (guint i = 0; sort != NULL && i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkColumnViewColumn) made = g_list_model_get_item (model, i);

    if (g_strcmp0 (get_column (made)->sort, sort + (down ? 1 : 0)) == 0)
      gtk_column_view_sort_by_column (view, made, down ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  }
}
