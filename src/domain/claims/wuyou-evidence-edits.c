/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-evidence-edits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-refusal.h"

static gboolean
refuse_edits (GError **error, const char *sentence)
{
  g_autoptr (GError) refusal = NULL;

  wuyou_refuse (&refusal, NULL, sentence);
  wuyou_error_set_field (refusal, "edits_json", NULL);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
refuse_form (GError **error)
{
  return refuse_edits (error, N_ ("The changes to the pages cannot be read. Turn or blacken them again."));
}

static WuyouPageEdits *
new_page (void)
{
  WuyouPageEdits *page = g_new0 (WuyouPageEdits, 1);

  page->redactions = g_array_new (FALSE, FALSE, sizeof (WuyouEditsBox));
  return page;
}

static void
free_page (WuyouPageEdits *page)
{
  g_array_unref (page->redactions);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouPageEdits, free_page)

static WuyouEdits *
new_edits (void)
{
  WuyouEdits *edits = g_new0 (WuyouEdits, 1);

  edits->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) free_page);
  return edits;
}

void
wuyou_edits_free (WuyouEdits *edits)
{
  if (edits == NULL)
    return;
  g_ptr_array_unref (edits->pages);
  g_free (edits);
}

static gboolean
has_only (JsonObject *object, const char *const *names)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (names, name))
      return FALSE;
  return TRUE;
}

static gboolean
read_number (JsonNode *node, gint64 low, gint64 high, int *ret_number)
{
  gint64 number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  number = json_node_get_int (node);
  *ret_number = (int) CLAMP (number, low, high);
  return number >= low && number <= high;
}

static gboolean
read_box (JsonNode *node, WuyouEditsBox *ret_box, GError **error)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  int *const members[] = { &ret_box->x, &ret_box->y, &ret_box->width, &ret_box->height };

  if (array == NULL || json_array_get_length (array) != G_N_ELEMENTS (members))
    return refuse_form (error);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!read_number (json_array_get_element (array, i), i < 2 ? 0 : 1, WUYOU_EDITS_WHOLE, members[i]))
      return refuse_edits (error, N_ ("A part that is marked lies outside its page."));
  if (ret_box->x + ret_box->width > WUYOU_EDITS_WHOLE || ret_box->y + ret_box->height > WUYOU_EDITS_WHOLE)
    return refuse_edits (error, N_ ("A part that is marked lies outside its page."));
  return TRUE;
}

static gboolean
read_crop (JsonObject *object, WuyouPageEdits *page, GError **error)
{
  const WuyouEditsBox *crop = &page->crop;

  if (!json_object_has_member (object, "crop"))
    return TRUE;
  if (!read_box (json_object_get_member (object, "crop"), &page->crop, error))
    return FALSE;
  if (crop->width == WUYOU_EDITS_WHOLE && crop->height == WUYOU_EDITS_WHOLE)
    page->crop = (WuyouEditsBox){ 0 };
  return TRUE;
}

static int
compare_boxes (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (WuyouEditsBox)); /* any order will do, so that it is always the same one */
}

static gboolean
read_redactions (JsonObject *object, WuyouPageEdits *page, GError **error)
{
  JsonArray *array = wuyou_json_get_array (object, "redact");

  if (!json_object_has_member (object, "redact"))
    return TRUE;
  if (array == NULL)
    return refuse_form (error);
  if (json_array_get_length (array) > WUYOU_EDITS_MAX_REDACTIONS)
    return refuse_edits (error, N_ ("At most 100 parts of a page are blackened. Cover them with fewer, larger ones."));
  for (guint i = 0; i < json_array_get_length (array); i++) {
    WuyouEditsBox box;

    if (!read_box (json_array_get_element (array, i), &box, error))
      return FALSE;
    g_array_append_val (page->redactions, box);
  }
  g_array_sort (page->redactions, compare_boxes);
  return TRUE;
}

static gboolean
read_page (JsonObject *object, WuyouPageEdits *page, GError **error)
{
  static const char *const names[] = { "page", "rotate", "crop", "redact", NULL };

  if (!has_only (object, names))
    return refuse_form (error);
  if (!read_number (json_object_get_member (object, "page"), 1, WUYOU_EDITS_MAX_PAGES, &page->page))
    return refuse_edits (error, N_ ("Only the first 300 pages of a file can be changed."));
  if (json_object_has_member (object, "rotate")
      && (!read_number (json_object_get_member (object, "rotate"), 0, 270, &page->rotate) || page->rotate % 90 != 0))
    return refuse_edits (error, N_ ("A page is turned by 90, 180 or 270 degrees."));
  return read_crop (object, page, error) && read_redactions (object, page, error);
}

static gboolean
changes (const WuyouPageEdits *page)
{
  return page->rotate != 0 || page->crop.width != 0 || page->redactions->len != 0;
}

static int
compare_pages (gconstpointer a, gconstpointer b)
{
  return (*(WuyouPageEdits *const *) a)->page - (*(WuyouPageEdits *const *) b)->page;
}

static gboolean
read_pages (JsonArray *array, WuyouEdits *edits, GError **error)
{
  gboolean seen[WUYOU_EDITS_MAX_PAGES + 1] = { FALSE };

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = wuyou_json_array_get_object (array, i);
    g_autoptr (WuyouPageEdits) page = new_page ();

    if (object == NULL)
      return refuse_form (error);
    if (!read_page (object, page, error))
      return FALSE;
    if (seen[page->page])
      return refuse_form (error);
    seen[page->page] = TRUE;
    if (changes (page))
      g_ptr_array_add (edits->pages, g_steal_pointer (&page));
  }
  g_ptr_array_sort (edits->pages, compare_pages);
  return TRUE;
}

WuyouEdits *
wuyou_edits_parse (const char *json, GError **error)
{
  static const char *const names[] = { "pages", NULL };
  g_autoptr (WuyouEdits) edits = new_edits ();
  g_autoptr (JsonObject) object = NULL;

  if (json == NULL || *json == '\0')
    return g_steal_pointer (&edits);
  object = wuyou_json_parse_object (json, strlen (json), NULL);
  if (object == NULL || !has_only (object, names) || wuyou_json_get_array (object, "pages") == NULL) {
    refuse_form (error);
    return NULL;
  }
  return read_pages (wuyou_json_get_array (object, "pages"), edits, error) ? g_steal_pointer (&edits) : NULL;
}

static void
add_box (GString *out, const char *name, const WuyouEditsBox *box)
{
  wuyou_json_begin_array (out, name);
  wuyou_json_add_int (out, NULL, box->x);
  wuyou_json_add_int (out, NULL, box->y);
  wuyou_json_add_int (out, NULL, box->width);
  wuyou_json_add_int (out, NULL, box->height);
  wuyou_json_end_array (out);
}

/* Members by their names' order, as RFC 8785 has them. */
static void
add_page (GString *out, const WuyouPageEdits *page)
{
  wuyou_json_begin_object (out, NULL);
  if (page->crop.width != 0)
    add_box (out, "crop", &page->crop);
  wuyou_json_add_int (out, "page", page->page);
  if (page->redactions->len != 0) {
    wuyou_json_begin_array (out, "redact");
    for (guint i = 0; i < page->redactions->len; i++)
      add_box (out, NULL, &g_array_index (page->redactions, WuyouEditsBox, i));
    wuyou_json_end_array (out);
  }
  if (page->rotate != 0)
    wuyou_json_add_int (out, "rotate", page->rotate);
  wuyou_json_end_object (out);
}

char *
wuyou_edits_to_json (const WuyouEdits *edits)
{
  GString *out;

  if (edits->pages->len == 0)
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "pages");
  for (guint i = 0; i < edits->pages->len; i++)
    add_page (out, edits->pages->pdata[i]);
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

const WuyouPageEdits *
wuyou_edits_find (const WuyouEdits *edits, guint page)
{
  for (guint i = 0; i < edits->pages->len; i++)
    if (((const WuyouPageEdits *) edits->pages->pdata[i])->page == (int) page)
      return edits->pages->pdata[i];
  return NULL;
}

static void
place_line (int from, int length, int size, int *ret_from, int *ret_length)
{
  gint64 start = (gint64) from * size / WUYOU_EDITS_WHOLE;
  gint64 end = ((gint64) (from + length) * size + WUYOU_EDITS_WHOLE - 1) / WUYOU_EDITS_WHOLE;

  *ret_from = (int) MIN (start, size - 1);
  *ret_length = (int) MAX (end - *ret_from, 1);
}

void
wuyou_edits_box_place (const WuyouEditsBox *box, int width, int height, WuyouEditsBox *ret_box)
{
  WuyouEditsBox placed;

  place_line (box->x, box->width, width, &placed.x, &placed.width);
  place_line (box->y, box->height, height, &placed.y, &placed.height);
  *ret_box = placed;
}
