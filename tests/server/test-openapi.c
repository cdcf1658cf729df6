/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "base/wuyou-route.h"
#include "wuyou-openapi-check.h"
#include "engine/wuyou-openapi.h"
#include "wuyou-test.h"

static JsonObject *
read_document (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *document;

  wuyou_openapi_write (out);
  document = wuyou_json_parse_object (out->str, out->len, &error);
  g_assert_no_error (error);
  return document;
}

/* Every route of the table and nothing else. */
static void
test_routes (void)
{
  g_autoptr (JsonObject) document = read_document ();
  JsonObject *paths = wuyou_json_get_object (document, "paths");
  guint n = 0;

  g_assert_cmpstr (wuyou_json_get_string (document, "openapi"), ==, "3.1.0");
  for (guint i = 0; i < WUYOU_N_ROUTES; i++) {
    const WuyouRoute *route = wuyou_route_get (i);
    g_autofree char *method = g_ascii_strdown (route->method, -1);
    JsonObject *path = wuyou_json_get_object (paths, route->path);

    if ((route->flags & WUYOU_ROUTE_UNVERSIONED) != 0) {
      g_assert_null (path);
      continue;
    }
    g_assert_nonnull (wuyou_json_get_object (path, method));
    g_assert_nonnull (wuyou_json_get_string (wuyou_json_get_object (path, method), "operationId"));
    n++;
  }
  g_assert_cmpuint (n, >, 30);
}

/* No reference points nowhere. */
static void
check_references (JsonNode *node, JsonObject *schemas)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    const char *reference = wuyou_json_get_string (object, "$ref");
    g_autoptr (GList) members = json_object_get_values (object);

    if (reference != NULL) {
      g_assert_true (g_str_has_prefix (reference, "#/components/schemas/"));
      g_assert_true (json_object_has_member (schemas, reference + strlen ("#/components/schemas/")));
    }
    for (GList *l = members; l != NULL; l = l->next)
      check_references (l->data, schemas);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    g_autoptr (GList) elements = json_array_get_elements (json_node_get_array (node));

    for (GList *l = elements; l != NULL; l = l->next)
      check_references (l->data, schemas);
  }
}

static void
test_references (void)
{
  g_autoptr (JsonObject) document = read_document ();
  JsonObject *schemas = wuyou_json_get_object (wuyou_json_get_object (document, "components"), "schemas");

  g_assert_nonnull (wuyou_json_get_object (schemas, "problem"));
  g_assert_nonnull (wuyou_json_get_object (schemas, "contract"));
  check_references (json_object_get_member (document, "paths"), schemas);
}

#define ID "019aaaaa-0000-7000-8000-00000000000a"

typedef struct {
  const char *method, *path;
  guint status;
  const char *type, *body;
  gboolean good;
} Answer;

static const Answer answers[] = {
  { "GET", "/v1/contracts/" ID, 200, "application/json", "{\"contract\":{\"id\":\"" ID "\"},\"actions\":[]}", TRUE },
  { "GET", "/v1/contracts/" ID, 200, "application/json", "{\"contract\":{\"id\":\"7\"}}", FALSE },
  { "GET", "/v1/contracts/" ID, 200, "application/json", "{\"contract\":{\"id\":7}}", FALSE },
  { "GET", "/v1/contracts/" ID, 200, "application/json", "{\"contract\":{\"surprise\":1}}", FALSE },
  { "GET", "/v1/contracts/" ID, 200, "application/json", "{\"contract\":{\"state\":\"NONSENSE\"}}", FALSE },
  { "GET", "/v1/contracts/" ID, 200, "application/json", "[]", FALSE },
  { "GET", "/v1/contracts/" ID, 200, "text/html", "{}", FALSE },
  { "GET", "/v1/contracts", 200, "application/json", "{\"items\":[{\"id\":\"" ID "\"}],\"next\":7}", TRUE },
  { "GET", "/v1/contracts", 200, "application/json", "{\"items\":[{\"id\":\"" ID "\"},{\"id\":1}]}", FALSE },
  { "GET", "/v1/contracts", 302, "application/json", "{}", FALSE },
  { "GET", "/v1/nothing", 200, "application/json", "{}", FALSE },
  { "DELETE", "/v1/session", 204, NULL, "", TRUE },
  { "GET", "/v1/documents/" ID "/content", 200, "image/png", "x", TRUE },
  { "GET", "/v1/contracts", 401, "application/problem+json",
    "{\"type\":\"a\",\"title\":\"b\",\"status\":401,\"code\":\"UNAUTHENTICATED\"}", TRUE },
  { "GET", "/v1/contracts", 401, "application/problem+json", "{\"type\":\"a\",\"title\":\"b\",\"status\":401}", FALSE },
  { "GET", "/v1/contracts", 401, "application/problem+json",
    "{\"type\":\"a\",\"title\":\"b\",\"status\":401,\"code\":\"OFFLINE\"}", FALSE },
  { "GET", "/v1/contracts", 401, "application/json", "{}", FALSE },
};

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    const Answer *a = &answers[i];
    g_autoptr (GError) error = NULL;
    gboolean good
        = wuyou_openapi_check_reply (a->method, a->path, a->status, a->type, a->body, strlen (a->body), &error);

    g_test_message ("%u: %s", i, error != NULL ? error->message : "as described");
    g_assert_cmpint (good, ==, a->good);
    g_assert_cmpint (error == NULL, ==, a->good);
  }
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/openapi/routes", test_routes);
  g_test_add_func ("/openapi/references", test_references);
  g_test_add_func ("/openapi/answers", test_answers);
  return g_test_run ();
}
