/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-openapi.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-route.h"

#define JSON_TYPE "application/json"
#define PROBLEM_TYPE "application/problem+json"

static void
add_pattern (GString *out, const WuyouField *field)
{
  static const struct {
    WuyouKind kind;
    const char *format;
    const char *pattern;
  } shapes[] = {
    { WUYOU_KIND_ID, "uuid", "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" },
    { WUYOU_KIND_HASH, NULL, "^[0-9a-f]{64}$" },
    { WUYOU_KIND_INSTANT, "date-time", NULL },
    { WUYOU_KIND_DATE, "date", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (shapes[i].kind == field->kind) {
      wuyou_json_add_string (out, "format", shapes[i].format);
      wuyou_json_add_string (out, "pattern", shapes[i].pattern);
    }
}

static const char *
get_type_name (const WuyouField *field)
{
  switch (field->kind) {
  case WUYOU_KIND_FEN:
  case WUYOU_KIND_INTEGER:
    return "integer";
  case WUYOU_KIND_BOOLEAN:
    return "boolean";
  case WUYOU_KIND_TEXT:
  case WUYOU_KIND_LONG:
  case WUYOU_KIND_ID:
  case WUYOU_KIND_HASH:
  case WUYOU_KIND_VIN:
  case WUYOU_KIND_ID_NO:
  case WUYOU_KIND_MOBILE:
  case WUYOU_KIND_EMAIL:
  case WUYOU_KIND_PLATE:
  case WUYOU_KIND_JSON:
  case WUYOU_KIND_INSTANT:
  case WUYOU_KIND_DATE:
  case WUYOU_KIND_ENUM:
  default:
    return "string";
  }
}

static void
add_enum (GString *out, const WuyouEnum *values)
{
  wuyou_json_begin_array (out, "enum");
  for (const WuyouEnum *value = values; value->id != NULL; value++)
    wuyou_json_add_string (out, NULL, value->id);
  wuyou_json_end_array (out);
}

/* Limits hold for what is sent; personal information comes back masked, which may be shorter. */
static void
add_limits (GString *out, const WuyouField *field)
{
  gboolean number = field->kind == WUYOU_KIND_FEN || field->kind == WUYOU_KIND_INTEGER;

  if (number && (field->min != 0 || field->max != 0)) {
    wuyou_json_add_int (out, "minimum", MIN (field->min, 0));
    wuyou_json_add_int (out, "maximum", field->max);
  } else if (wuyou_field_is_text (field) && field->max != 0) {
    wuyou_json_add_int (out, "maxLength", field->max);
  }
}

static void
add_field (GString *out, const WuyouField *field)
{
  wuyou_json_begin_object (out, field->name);
  wuyou_json_add_string (out, "type", get_type_name (field));
  wuyou_json_add_string (out, "title", field->label);
  add_pattern (out, field);
  add_limits (out, field);
  if (field->kind == WUYOU_KIND_ENUM && field->values != NULL)
    add_enum (out, field->values);
  if ((field->flags & WUYOU_FIELD_SERVER) != 0)
    wuyou_json_add_boolean (out, "readOnly", TRUE);
  if (field->kind == WUYOU_KIND_FEN)
    wuyou_json_add_string (out, "description", "fen (0.01 CNY)");
  wuyou_json_add_string (out, "x-authority", field->authority);
  wuyou_json_end_object (out);
}

static void
add_record (GString *out, const WuyouRecordType *type)
{
  wuyou_json_begin_object (out, type->name);
  wuyou_json_add_string (out, "type", "object");
  wuyou_json_begin_object (out, "properties");
  for (guint i = 0; i < type->n_fields; i++)
    add_field (out, &type->fields[i]);
  wuyou_json_end_object (out);
  wuyou_json_add_boolean (out, "additionalProperties", FALSE);
  wuyou_json_end_object (out);
}

static void
add_string_property (GString *out, const char *name)
{
  wuyou_json_begin_object (out, name);
  wuyou_json_add_string (out, "type", "string");
  wuyou_json_end_object (out);
}

static void
add_integer_property (GString *out, const char *name)
{
  wuyou_json_begin_object (out, name);
  wuyou_json_add_string (out, "type", "integer");
  wuyou_json_end_object (out);
}

static void
add_error_codes (GString *out)
{
  wuyou_json_begin_object (out, "code");
  wuyou_json_add_string (out, "type", "string");
  wuyou_json_begin_array (out, "enum");
  for (guint i = 0; i < WUYOU_N_ERRORS; i++)
    if (wuyou_error_info (i)->status != 0)
      wuyou_json_add_string (out, NULL, wuyou_error_info (i)->id);
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
}

static void
add_problem_members (GString *out)
{
  static const char *const required[] = { "type", "title", "status", "code" };

  wuyou_json_add_string (out, "type", "object");
  wuyou_json_begin_array (out, "required");
  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    wuyou_json_add_string (out, NULL, required[i]);
  wuyou_json_end_array (out);
}

static void
add_violations (GString *out)
{
  wuyou_json_begin_object (out, "violations");
  wuyou_json_add_string (out, "type", "array");
  wuyou_json_begin_object (out, "items");
  wuyou_json_add_string (out, "type", "object");
  wuyou_json_begin_object (out, "properties");
  add_string_property (out, "field");
  add_string_property (out, "code");
  add_string_property (out, "detail");
  add_string_property (out, "authority");
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
}

static void
add_problem (GString *out)
{
  wuyou_json_begin_object (out, "problem");
  add_problem_members (out);
  wuyou_json_begin_object (out, "properties");
  add_string_property (out, "type");
  add_string_property (out, "title");
  add_integer_property (out, "status");
  add_error_codes (out);
  add_string_property (out, "detail");
  add_string_property (out, "field");
  add_string_property (out, "authority");
  add_violations (out);
  add_integer_property (out, "retry_after");
  wuyou_json_begin_object (out, "current"); /* of STALE */
  wuyou_json_add_string (out, "type", "object");
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
}

static void
add_record_once (GString *out, const WuyouRecordType *type, GPtrArray *seen)
{
  if (type == NULL || g_ptr_array_find (seen, type, NULL))
    return;
  g_ptr_array_add (seen, (gpointer) type);
  add_record (out, type);
}

static void
add_components (GString *out)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();

  wuyou_json_begin_object (out, "components");
  wuyou_json_begin_object (out, "securitySchemes");
  wuyou_json_begin_object (out, "session");
  wuyou_json_add_string (out, "type", "http");
  wuyou_json_add_string (out, "scheme", "bearer");
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  wuyou_json_begin_object (out, "schemas");
  add_problem (out);
  for (guint i = 0; i < WUYOU_N_ROUTES; i++) {
    add_record_once (out, wuyou_route_get (i)->body, seen);
    add_record_once (out, wuyou_route_get (i)->answer, seen);
  }
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
}

static void
add_parameter (GString *out, const char *in, const char *name, gboolean required)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "name", name);
  wuyou_json_add_string (out, "in", in);
  wuyou_json_add_boolean (out, "required", required);
  wuyou_json_begin_object (out, "schema");
  wuyou_json_add_string (out, "type", "string");
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
}

static void
add_parameters (GString *out, const WuyouRoute *route)
{
  g_auto (GStrv) query = g_strsplit (route->query != NULL ? route->query : "", " ", -1);

  wuyou_json_begin_array (out, "parameters");
  for (const char *p = strchr (route->path, '{'); p != NULL; p = strchr (p + 1, '{')) {
    g_autofree char *name = g_strndup (p + 1, strcspn (p + 1, "}"));

    add_parameter (out, "path", name, TRUE);
  }
  if ((route->flags & WUYOU_ROUTE_IDEMPOTENT) != 0)
    add_parameter (out, "header", "Idempotency-Key", TRUE);
  if ((route->flags & WUYOU_ROUTE_IF_MATCH) != 0)
    add_parameter (out, "header", "If-Match", TRUE);
  if ((route->flags & WUYOU_ROUTE_STREAM_IN) != 0)
    add_parameter (out, "header", "Upload-Offset", TRUE);
  for (guint i = 0; query[i] != NULL; i++)
    add_parameter (out, "query", query[i], FALSE);
  wuyou_json_end_array (out);
}

static void
add_reference (GString *out, const char *name)
{
  g_autofree char *reference = g_strconcat ("#/components/schemas/", name, NULL);

  wuyou_json_add_string (out, "$ref", reference);
}

static void
add_body (GString *out, const WuyouRoute *route)
{
  gboolean streamed = (route->flags & WUYOU_ROUTE_STREAM_IN) != 0;

  if (route->max_body == 0)
    return;
  wuyou_json_begin_object (out, "requestBody");
  wuyou_json_begin_object (out, "content");
  wuyou_json_begin_object (out, streamed ? "application/octet-stream" : JSON_TYPE);
  wuyou_json_begin_object (out, "schema");
  if (route->body != NULL)
    add_reference (out, route->body->name);
  else if (!streamed)
    wuyou_json_add_string (out, "type", "object");
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  wuyou_json_add_int (out, "x-max-bytes", route->max_body);
  wuyou_json_end_object (out);
}

/* An answer has a record under its name, a list has records in "items"; what stands beside them is the handler's. */
static void
add_answer_schema (GString *out, const WuyouRecordType *type)
{
  wuyou_json_begin_object (out, "schema");
  wuyou_json_add_string (out, "type", "object");
  if (type != NULL) {
    wuyou_json_begin_object (out, "properties");
    wuyou_json_begin_object (out, type->name);
    add_reference (out, type->name);
    wuyou_json_end_object (out);
    wuyou_json_begin_object (out, "items");
    wuyou_json_add_string (out, "type", "array");
    wuyou_json_begin_object (out, "items");
    add_reference (out, type->name);
    wuyou_json_end_object (out);
    wuyou_json_end_object (out);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_object (out);
}

static void
add_answer (GString *out, const WuyouRoute *route)
{
  wuyou_json_begin_object (out, "2XX");
  wuyou_json_add_string (out, "description", "Done");
  wuyou_json_begin_object (out, "content");
  if ((route->flags & WUYOU_ROUTE_BYTES_OUT) != 0) {
    wuyou_json_begin_object (out, "*/*");
  } else {
    wuyou_json_begin_object (out, JSON_TYPE);
    add_answer_schema (out, route->answer);
  }
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
}

static void
add_refusal (GString *out, const char *status)
{
  wuyou_json_begin_object (out, status);
  wuyou_json_add_string (out, "description", "Refused; the code says why");
  wuyou_json_begin_object (out, "content");
  wuyou_json_begin_object (out, PROBLEM_TYPE);
  wuyou_json_begin_object (out, "schema");
  add_reference (out, "problem");
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
}

static void
add_responses (GString *out, const WuyouRoute *route)
{
  wuyou_json_begin_object (out, "responses");
  add_answer (out, route);
  add_refusal (out, "4XX");
  add_refusal (out, "5XX");
  wuyou_json_end_object (out);
}

/* "getV1ContractsId" */
static char *
make_operation_id (const WuyouRoute *route)
{
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  GString *id = g_string_new (method);
  gboolean upper = FALSE;

  for (const char *p = route->path; *p != '\0'; p++) {
    if (g_ascii_isalnum (*p)) {
      g_string_append_c (id, upper ? g_ascii_toupper (*p) : *p);
      upper = FALSE;
    } else {
      upper = TRUE;
    }
  }
  return g_string_free (id, FALSE);
}

static void
add_operation (GString *out, const WuyouRoute *route)
{
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  g_autofree char *id = make_operation_id (route);

  wuyou_json_begin_object (out, method);
  wuyou_json_add_string (out, "operationId", id);
  wuyou_json_add_string (out, "summary", route->summary);
  if ((route->flags & WUYOU_ROUTE_PUBLIC) != 0) {
    wuyou_json_begin_array (out, "security");
    wuyou_json_end_array (out);
  }
  add_parameters (out, route);
  add_body (out, route);
  add_responses (out, route);
  wuyou_json_end_object (out);
}

static gboolean
stands_before (guint index)
{
  for (guint i = 0; i < index; i++)
    if (g_str_equal (wuyou_route_get (i)->path, wuyou_route_get (index)->path))
      return TRUE;
  return FALSE;
}

static void
add_paths (GString *out)
{
  wuyou_json_begin_object (out, "paths");
  for (guint i = 0; i < WUYOU_N_ROUTES; i++) {
    const char *path = wuyou_route_get (i)->path;

    if ((wuyou_route_get (i)->flags & WUYOU_ROUTE_UNVERSIONED) != 0 || stands_before (i))
      continue;
    wuyou_json_begin_object (out, path);
    for (guint j = i; j < WUYOU_N_ROUTES; j++)
      if (g_str_equal (wuyou_route_get (j)->path, path))
        add_operation (out, wuyou_route_get (j));
    wuyou_json_end_object (out);
  }
  wuyou_json_end_object (out);
}

static void
add_info (GString *out)
{
  wuyou_json_begin_object (out, "info");
  wuyou_json_add_string (out, "title", "Wuyou");
  wuyou_json_add_string (out, "version", PACKAGE_VERSION);
  wuyou_json_begin_object (out, "license");
  wuyou_json_add_string (out, "name", "GPL-3.0-or-later");
  wuyou_json_add_string (out, "identifier", "GPL-3.0-or-later");
  wuyou_json_end_object (out);
  wuyou_json_end_object (out);
}

void
wuyou_openapi_write (GString *out)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "openapi", "3.1.0");
  add_info (out);
  wuyou_json_begin_array (out, "servers");
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "url", "/");
  wuyou_json_end_object (out);
  wuyou_json_end_array (out);
  wuyou_json_begin_array (out, "security");
  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "session");
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
  wuyou_json_end_array (out);
  add_paths (out);
  add_components (out);
  wuyou_json_end_object (out);
}
