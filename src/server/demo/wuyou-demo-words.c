/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-words.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

#define FEN 100

static void
add_weighted (GPtrArray *array, gpointer row, gint64 weight)
{
  for (gint64 i = 0; i < MAX (weight, 1); i++)
    g_ptr_array_add (array, row);
}

static GPtrArray *
read_texts (JsonObject *object, const char *name)
{
  GPtrArray *array = g_ptr_array_new ();
  JsonArray *rows = wuyou_json_get_array (object, name);

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    g_ptr_array_add (array, (gpointer) json_array_get_string_element (rows, i));
  return array;
}

static GPtrArray *
read_weighted_texts (JsonObject *object, const char *name)
{
  GPtrArray *array = g_ptr_array_new ();
  JsonArray *rows = wuyou_json_get_array (object, name);

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = wuyou_json_array_get_object (rows, i);

    add_weighted (array, (gpointer) wuyou_json_get_string (row, "text"), wuyou_json_get_int (row, "weight"));
  }
  return array;
}

/* Rows stand several times in their array; each is freed once, when the array ends at its last mention. */
static void
free_rows (GPtrArray *array)
{
  gpointer last = NULL;

  for (guint i = 0; array != NULL && i < array->len; i++)
    if (array->pdata[i] != last) {
      g_free (last);
      last = array->pdata[i];
    }
  g_free (last);
  if (array != NULL)
    g_ptr_array_unref (array);
}

static GPtrArray *
read_regions (JsonObject *root)
{
  GPtrArray *array = g_ptr_array_new ();
  JsonArray *rows = wuyou_json_get_array (root, "regions");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = wuyou_json_array_get_object (rows, i);
    WuyouDemoRegion *region = g_new0 (WuyouDemoRegion, 1);

    region->code = wuyou_json_get_string (row, "code");
    region->name = wuyou_json_get_string (row, "name");
    region->plate = wuyou_json_get_string (row, "plate");
    add_weighted (array, region, wuyou_json_get_int (row, "weight"));
  }
  return array;
}

static GPtrArray *
read_insurers (JsonObject *root)
{
  GPtrArray *array = g_ptr_array_new ();
  JsonArray *rows = wuyou_json_get_array (root, "insurers");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = wuyou_json_array_get_object (rows, i);
    WuyouDemoInsurer *insurer = g_new0 (WuyouDemoInsurer, 1);

    insurer->name = wuyou_json_get_string (row, "name");
    insurer->prefix = wuyou_json_get_string (row, "prefix");
    add_weighted (array, insurer, wuyou_json_get_int (row, "weight"));
  }
  return array;
}

static int
read_enum (JsonObject *object, const char *name, const WuyouEnum *values)
{
  const WuyouEnum *row = wuyou_enum_find (values, wuyou_json_get_string (object, name));

  return row != NULL ? row->value : 0;
}

static void
read_models_of_series (GPtrArray *array, JsonObject *series)
{
  JsonArray *rows = wuyou_json_get_array (series, "models");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = wuyou_json_array_get_object (rows, i);
    WuyouDemoModel *model = g_new0 (WuyouDemoModel, 1);

    model->brand = read_enum (series, "brand", wuyou_brands);
    model->series = wuyou_json_get_string (series, "name");
    model->name = wuyou_json_get_string (row, "name");
    model->wmi = wuyou_json_get_string (row, "wmi");
    model->energy = read_enum (row, "energy", wuyou_energies);
    model->msrp_fen = wuyou_json_get_int (row, "msrp_yuan") * FEN;
    model->seats = wuyou_json_get_int (row, "seats");
    add_weighted (array, model, wuyou_json_get_int (row, "weight"));
  }
}

static GPtrArray *
read_models (JsonObject *root)
{
  GPtrArray *array = g_ptr_array_new ();
  JsonArray *rows = wuyou_json_get_array (root, "series");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    read_models_of_series (array, wuyou_json_array_get_object (rows, i));
  return array;
}

static void
read_words (WuyouDemoWords *words)
{
  JsonObject *root = words->root;
  JsonObject *company = wuyou_json_get_object (root, "company");

  words->surnames = read_weighted_texts (root, "surnames");
  words->given = read_texts (root, "given");
  words->birth_regions = read_texts (root, "birth_regions");
  words->streets = read_texts (root, "streets");
  words->estates = read_texts (root, "estates");
  words->mobile_prefixes = read_texts (root, "mobile_prefixes");
  words->mail_domains = read_texts (root, "mail_domains");
  words->cities = read_texts (company, "cities");
  words->company_names = read_texts (company, "names");
  words->trades = read_texts (company, "trades");
  words->void_reasons = read_texts (root, "void_reasons");
  words->return_reasons = read_texts (root, "return_reasons");
  words->regions = read_regions (root);
  words->insurers = read_insurers (root);
  words->models = read_models (root);
}

WuyouDemoWords *
wuyou_demo_words_load (GError **error)
{
  g_autoptr (WuyouDemoWords) words = g_new0 (WuyouDemoWords, 1);

  words->root = wuyou_demo_file_object ("words.json", error);
  if (words->root == NULL)
    return NULL;
  read_words (words);
  if (words->surnames->len == 0 || words->regions->len == 0 || words->models->len == 0 || words->insurers->len == 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "words.json");
    return NULL;
  }
  return g_steal_pointer (&words);
}

void
wuyou_demo_words_free (WuyouDemoWords *words)
{
  GPtrArray *texts[] = {
    words->surnames,      words->given,           words->birth_regions, words->streets,
    words->estates,       words->mobile_prefixes, words->mail_domains,  words->cities,
    words->company_names, words->trades,          words->void_reasons,  words->return_reasons,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (&texts[i], g_ptr_array_unref);
  free_rows (words->regions);
  free_rows (words->insurers);
  free_rows (words->models);
  g_clear_pointer (&words->root, json_object_unref);
  g_free (words);
}

const char *
wuyou_demo_words_get_end_reason (const WuyouDemoWords *words, const char *state)
{
  const char *reason = wuyou_json_get_string (wuyou_json_get_object (words->root, "end_reasons"), state);

  return reason != NULL ? reason : "";
}
