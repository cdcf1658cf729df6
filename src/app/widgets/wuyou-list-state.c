/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-list-state.h"

#include "base/wuyou-json.h"

void
wuyou_list_column_free (WuyouListColumn *column)
{
  g_free (column->id);
  g_free (column);
}

void
wuyou_list_view_free (WuyouListView *view)
{
  g_free (view->name);
  g_free (view->chip);
  g_free (view->search);
  g_free (view->sort);
  g_free (view);
}

static void
read_columns (WuyouListState *self, JsonArray *array)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++) {
    JsonObject *object = wuyou_json_array_get_object (array, i);
    WuyouListColumn *column;

    if (object == NULL || wuyou_json_get_string (object, "id") == NULL)
      continue;
    column = g_new0 (WuyouListColumn, 1);
    column->id = g_strdup (wuyou_json_get_string (object, "id"));
    column->width = (int) CLAMP (wuyou_json_get_int (object, "width"), 0, 2000);
    column->visible = wuyou_json_get_boolean (object, "visible");
    g_ptr_array_add (self->columns, column);
  }
}

static void
read_views (WuyouListState *self, JsonArray *array)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++) {
    JsonObject *object = wuyou_json_array_get_object (array, i);
    WuyouListView *view;

    if (object == NULL || wuyou_json_get_string (object, "name") == NULL)
      continue;
    view = g_new0 (WuyouListView, 1);
    view->name = g_strdup (wuyou_json_get_string (object, "name"));
    view->chip = g_strdup (wuyou_json_get_string (object, "chip"));
    view->search = g_strdup (wuyou_json_get_string (object, "search"));
    view->sort = g_strdup (wuyou_json_get_string (object, "sort"));
    view->mine = wuyou_json_get_boolean (object, "mine");
    g_ptr_array_add (self->views, view);
  }
}

WuyouListState *
wuyou_list_state_load (WuyouLocal *local, const char *list)
{
  WuyouListState *self = g_new0 (WuyouListState, 1);
  g_autofree char *id = g_strconcat ("list:", list, NULL);
  g_autoptr (JsonObject) object = wuyou_local_load_object (local, WUYOU_LOCAL_STATE, id);

  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_list_column_free);
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_list_view_free);
  if (object == NULL)
    return self;
  read_columns (self, wuyou_json_get_array (object, "columns"));
  read_views (self, wuyou_json_get_array (object, "views"));
  self->sort = g_strdup (wuyou_json_get_string (object, "sort"));
  return self;
}

static void
write_columns (const WuyouListState *self, GString *out)
{
  wuyou_json_begin_array (out, "columns");
  for (guint i = 0; i < self->columns->len; i++) {
    const WuyouListColumn *column = self->columns->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "id", column->id);
    wuyou_json_add_int (out, "width", column->width);
    wuyou_json_add_boolean (out, "visible", column->visible);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

static void
write_views (const WuyouListState *self, GString *out)
{
  wuyou_json_begin_array (out, "views");
  for (guint i = 0; i < self->views->len; i++) {
    const WuyouListView *view = self->views->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "name", view->name);
    wuyou_json_add_string (out, "chip", view->chip);
    wuyou_json_add_string (out, "search", view->search);
    wuyou_json_add_string (out, "sort", view->sort);
    wuyou_json_add_boolean (out, "mine", view->mine);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

void
wuyou_list_state_save (const WuyouListState *self, WuyouLocal *local, const char *list)
{
  g_autofree char *id = g_strconcat ("list:", list, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  write_columns (self, out);
  write_views (self, out);
  wuyou_json_add_string (out, "sort", self->sort);
  wuyou_json_end_object (out);
  wuyou_local_save (local, WUYOU_LOCAL_STATE, id, out->str);
}

void
wuyou_list_state_free (WuyouListState *self)
{
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->views);
  g_free (self->sort);
  g_free (self);
}

WuyouListColumn *
wuyou_list_state_find_column (WuyouListState *self, const char *id)
{
  for (guint i = 0; i < self->columns->len; i++) {
    WuyouListColumn *column = self->columns->pdata[i];

    if (g_str_equal (column->id, id))
      return column;
  }
  return NULL;
}

void
wuyou_list_state_set_columns (WuyouListState *self, GPtrArray *columns)
{
  g_ptr_array_unref (self->columns);
  self->columns = columns;
}

void
wuyou_list_state_remove_view (WuyouListState *self, const char *name)
{
  for (guint i = self->views->len; i > 0; i--)
    if (g_str_equal (((WuyouListView *) self->views->pdata[i - 1])->name, name))
      g_ptr_array_remove_index (self->views, i - 1);
}

void
wuyou_list_state_take_view (WuyouListState *self, WuyouListView *view)
{
  wuyou_list_state_remove_view (self, view->name);
  g_ptr_array_add (self->views, view);
}
