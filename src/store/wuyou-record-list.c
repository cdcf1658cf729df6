/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-record-sql.h"

#include "base/wuyou-error.h"

#define MAX_BRANCHES 16 /* read by an index each; more are found by walking the records */

typedef struct {
  const WuyouRecordSql *sql;
  const WuyouRecordQuery *query;
  const WuyouField *sort;
  GString *text;
  GArray *values; /* Value */
  guint limit;
  const WuyouFilter *chosen; /* of a branch: the one alternative of its field that it reads; NULL: all */
} Builder;

typedef struct {
  const char *text; /* NULL: number */
  gint64 number;
} Value;

static guint
add_number (Builder *builder, gint64 number)
{
  Value value = { NULL, number };

  g_array_append_val (builder->values, value);
  return builder->values->len;
}

static guint
add_text (Builder *builder, const char *text)
{
  Value value = { text != NULL ? text : "", 0 };

  g_array_append_val (builder->values, value);
  return builder->values->len;
}

static guint
add_filter_value (Builder *builder, const WuyouField *field, const char *text, gint64 number)
{
  if (field->kind == WUYOU_KIND_ENUM)
    return add_text (builder, wuyou_enum_id (field->values, (int) number));
  return wuyou_field_is_text (field) ? add_text (builder, text) : add_number (builder, number);
}

static const WuyouField *
find_column (const WuyouRecordSql *sql, const char *name, GError **error)
{
  const WuyouField *field = wuyou_record_type_find (sql->type, name);

  if (field != NULL && _wuyou_record_sql_is_column (field))
    return field;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "Records cannot be listed by “%s”.", name);
  if (error != NULL)
    wuyou_error_set_field (*error, name, NULL);
  return NULL;
}

/* All EQUAL of one field together, at the first of them. */
static void
append_alternatives (Builder *builder, const WuyouField *field, guint first)
{
  const WuyouRecordQuery *query = builder->query;

  if (builder->chosen != NULL && g_str_equal (builder->chosen->field, field->name)) {
    g_string_append_printf (builder->text, " AND r.\"%s\" = $%u", field->name,
                            add_filter_value (builder, field, builder->chosen->text, builder->chosen->number));
    return;
  }
  g_string_append_printf (builder->text, " AND r.\"%s\" IN (", field->name);
  for (guint i = first; i < query->n_filters; i++) {
    const WuyouFilter *filter = &query->filters[i];

    if (filter->op == WUYOU_FILTER_EQUAL && g_str_equal (filter->field, field->name))
      g_string_append_printf (builder->text, "%s$%u", i > first ? ", " : "",
                              add_filter_value (builder, field, filter->text, filter->number));
  }
  g_string_append_c (builder->text, ')');
}

static gboolean
is_repeated (const WuyouRecordQuery *query, guint index)
{
  for (guint i = 0; i < index; i++)
    if (query->filters[i].op == WUYOU_FILTER_EQUAL
        && g_str_equal (query->filters[i].field, query->filters[index].field))
      return TRUE;
  return FALSE;
}

static gboolean
append_filters (Builder *builder, GError **error)
{
  for (guint i = 0; i < builder->query->n_filters; i++) {
    const WuyouFilter *filter = &builder->query->filters[i];
    const WuyouField *field = find_column (builder->sql, filter->field, error);
    guint n;

    if (field == NULL)
      return FALSE;
    if (filter->op == WUYOU_FILTER_EQUAL) {
      if (!is_repeated (builder->query, i))
        append_alternatives (builder, field, i);
      continue;
    }
    n = add_filter_value (builder, field, filter->text, filter->number);
    g_string_append_printf (builder->text, " AND r.\"%s\" %s $%u", field->name,
                            filter->op == WUYOU_FILTER_FROM ? ">=" : "<=", n);
    if (!wuyou_field_is_text (field) && field->kind != WUYOU_KIND_ENUM) /* 0: not set */
      g_string_append_printf (builder->text, " AND r.\"%s\" <> 0", field->name);
  }
  return TRUE;
}

static void
append_keyset (Builder *builder)
{
  const WuyouRecordQuery *query = builder->query;
  const char *compare = query->ascending ? ">" : "<";
  guint value, seq;

  if (query->after_seq == 0)
    return;
  if (builder->sort == builder->sql->seq) {
    g_string_append_printf (builder->text, " AND r.seq %s $%u", compare, add_number (builder, query->after_seq));
    return;
  }
  value = add_filter_value (builder, builder->sort, query->after_text, query->after_number);
  seq = add_number (builder, query->after_seq);
  g_string_append_printf (builder->text, " AND (r.\"%s\", r.seq) %s ($%u, $%u)", builder->sort->name, compare, value,
                          seq);
}

/* Padded with the last one to few lengths, so that few texts are prepared. */
static void
append_seqs (Builder *builder)
{
  const GArray *seqs = builder->query->seqs;
  guint n = 10;

  if (seqs == NULL)
    return;
  while (n < seqs->len)
    n *= 10;
  g_string_append (builder->text, " AND r.seq IN (");
  for (guint i = 0; i < n; i++) {
    gint64 seq = seqs->len == 0 ? 0 : g_array_index (seqs, gint64, MIN (i, seqs->len - 1));

    g_string_append_printf (builder->text, "%s$%u", i > 0 ? ", " : "", add_number (builder, seq));
  }
  g_string_append_c (builder->text, ')');
}

static void
append_order (Builder *builder, gint64 limit, gint64 skip)
{
  const char *direction = builder->query->ascending ? "ASC" : "DESC";

  g_string_append (builder->text, " ORDER BY ");
  if (builder->sort != builder->sql->seq)
    g_string_append_printf (builder->text, "r.\"%s\" %s, ", builder->sort->name, direction);
  g_string_append_printf (builder->text, "r.seq %s LIMIT $%u", direction, add_number (builder, limit));
  if (skip > 0)
    g_string_append_printf (builder->text, " OFFSET $%u", add_number (builder, skip));
}

static gboolean
append_conditions (Builder *builder, gint64 limit, gint64 skip, GError **error)
{
  if (!append_filters (builder, error))
    return FALSE;
  append_keyset (builder);
  append_seqs (builder);
  append_order (builder, limit, skip);
  return TRUE;
}

static void
append_select (Builder *builder)
{
  g_string_append_printf (builder->text, "SELECT %s FROM %s WHERE TRUE",
                          builder->query->list_only ? builder->sql->list_columns : builder->sql->columns,
                          builder->sql->join);
}

/* What is read by ordered reads of their own: organisations, and alternatives of one field. */
typedef struct {
  GPtrArray *org_ids;                       /* char *; NULL: of all organisations */
  const WuyouFilter *filters[MAX_BRANCHES]; /* alternatives; [0] NULL: none */
  guint n_filters, n;                       /* n: reads */
} Branches;

static gboolean
is_alternative (const WuyouFilter *filter, const WuyouFilter *first)
{
  return filter->op == WUYOU_FILTER_EQUAL && g_str_equal (filter->field, first->field);
}

static gboolean
is_known (const Branches *branches, const WuyouFilter *filter)
{
  for (guint i = 0; i < branches->n_filters; i++)
    if (branches->filters[i]->number == filter->number && g_strcmp0 (branches->filters[i]->text, filter->text) == 0)
      return TRUE;
  return FALSE;
}

/* Each value once. FALSE: there are more than @most. */
static gboolean
collect_alternatives (const WuyouRecordQuery *query, guint first, guint most, Branches *branches)
{
  branches->n_filters = 0;
  for (guint i = first; i < query->n_filters; i++) {
    const WuyouFilter *filter = &query->filters[i];

    if (!is_alternative (filter, &query->filters[first]) || is_known (branches, filter))
      continue;
    if (branches->n_filters == most)
      return FALSE;
    branches->filters[branches->n_filters++] = filter;
  }
  return TRUE;
}

/* The first field that may be one of several: an index that begins with it is in order within one of them only. */
static void
find_alternatives (const WuyouRecordQuery *query, guint most, Branches *branches)
{
  for (guint i = 0; i < query->n_filters; i++)
    if (query->filters[i].op == WUYOU_FILTER_EQUAL && !is_repeated (query, i)
        && collect_alternatives (query, i, most, branches) && branches->n_filters > 1)
      return;
  branches->n_filters = 0;
  branches->filters[0] = NULL;
}

/* n 0 or 1: one read does. */
static void
find_branches (const WuyouRecordSql *sql, const WuyouRecordQuery *query, GPtrArray *org_ids, Branches *branches)
{
  guint n_orgs = org_ids != NULL ? org_ids->len : 1;
  gboolean all = _wuyou_scope_is_all (query->scope);

  *branches = (Branches){ .org_ids = org_ids };
  if (query->seqs != NULL || n_orgs > MAX_BRANCHES || (!all && sql->org_id == NULL))
    return;
  find_alternatives (query, MAX_BRANCHES / n_orgs, branches);
  branches->n = n_orgs * MAX (branches->n_filters, 1);
}

static gboolean
append_branch (Builder *builder, const Branches *branches, guint i, GError **error)
{
  guint n_filters = MAX (branches->n_filters, 1);
  gboolean sorted = builder->sort != builder->sql->seq;

  g_string_append_printf (builder->text, "%sSELECT * FROM (SELECT r.seq%s%s%s FROM %s r WHERE TRUE",
                          i > 0 ? " UNION ALL " : "", sorted ? ", r.\"" : "", sorted ? builder->sort->name : "",
                          sorted ? "\"" : "", builder->sql->type->table);
  if (branches->org_ids != NULL)
    g_string_append_printf (builder->text, " AND r.org_id = $%u",
                            add_text (builder, branches->org_ids->pdata[i / n_filters]));
  builder->chosen = branches->filters[i % n_filters];
  if (!append_conditions (builder, builder->limit + builder->query->skip, 0, error))
    return FALSE;
  g_string_append_printf (builder->text, ") b%u", i);
  return TRUE;
}

/* One ordered read for each; of each no more than the page and what is passed over. */
static gboolean
append_branches (Builder *builder, const Branches *branches, GError **error)
{
  gint64 skip = builder->query->skip;

  append_select (builder);
  g_string_append (builder->text, " AND r.seq IN (SELECT seq FROM (");
  for (guint i = 0; i < branches->n; i++)
    if (!append_branch (builder, branches, i, error))
      return FALSE;
  g_string_append (builder->text, ") r");
  append_order (builder, builder->limit, skip);
  g_string_append_c (builder->text, ')');
  append_order (builder, builder->limit, 0);
  return TRUE;
}

static void
append_range (Builder *builder, const char *before, const char *after, char **scope_end)
{
  guint from = add_text (builder, builder->query->scope);
  guint to;

  *scope_end = _wuyou_scope_end (builder->query->scope);
  to = add_text (builder, *scope_end);
  g_string_append_printf (builder->text, " AND %spath >= $%u AND path < $%u%s", before, from, to, after);
}

static void
append_scope (Builder *builder, GPtrArray *org_ids, char **scope_end)
{
  if (_wuyou_scope_is_all (builder->query->scope))
    return;
  if (builder->sql->path != NULL)
    append_range (builder, "", "", scope_end);
  else if (org_ids != NULL && org_ids->len == 1)
    g_string_append_printf (builder->text, " AND r.org_id = $%u", add_text (builder, org_ids->pdata[0]));
  else if (builder->sql->org_id != NULL)
    append_range (builder, "r.org_id IN (SELECT id FROM orgs WHERE ", ")", scope_end);
}

/* Walks an index over the rows passed over, and reads records and keys only of those wanted. */
static gboolean
append_skipping (Builder *builder, GPtrArray *org_ids, char **scope_end, GError **error)
{
  append_select (builder);
  g_string_append_printf (builder->text, " AND r.seq IN (SELECT seq FROM (SELECT r.seq FROM %s r WHERE TRUE",
                          builder->sql->type->table);
  append_scope (builder, org_ids, scope_end);
  if (!append_conditions (builder, builder->limit, builder->query->skip, error))
    return FALSE;
  g_string_append (builder->text, ") b)");
  append_order (builder, builder->limit, 0);
  return TRUE;
}

static gboolean
append_count (Builder *builder, char **scope_end, GError **error)
{
  g_string_append_printf (builder->text, "SELECT count(*) FROM %s r WHERE TRUE", builder->sql->type->table);
  append_scope (builder, NULL, scope_end);
  append_seqs (builder);
  return append_filters (builder, error);
}

static gboolean
append_one (Builder *builder, GPtrArray *org_ids, char **scope_end, GError **error)
{
  append_select (builder);
  append_scope (builder, org_ids, scope_end);
  return append_conditions (builder, builder->limit, 0, error);
}

static GPtrArray *
read_org_ids (WuyouDbConn *conn, const char *scope, GError **error)
{
  g_autofree char *end = _wuyou_scope_end (scope);
  g_autoptr (GPtrArray) org_ids = g_ptr_array_new_with_free_func (g_free);
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT id FROM orgs WHERE path >= $1 AND path < $2 LIMIT $3", "tti",
                                      scope, end, (gint64) MAX_BRANCHES + 1);

  if (stmt == NULL)
    return NULL;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (org_ids, g_strdup (wuyou_db_column_text (stmt, 0)));
  return result == WUYOU_DB_DONE ? g_steal_pointer (&org_ids) : NULL;
}

static WuyouDbStmt *
prepare_built (WuyouDbConn *conn, Builder *builder, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_prepare (conn, builder->text->str, error);

  for (guint i = 0; stmt != NULL && i < builder->values->len; i++) {
    const Value *value = &g_array_index (builder->values, Value, i);

    if (value->text != NULL)
      wuyou_db_bind_text (stmt, (int) i + 1, value->text);
    else
      wuyou_db_bind_int (stmt, (int) i + 1, value->number);
  }
  return stmt;
}

static gboolean
read_rows (WuyouDbConn *conn, WuyouStore *store, Builder *builder, GPtrArray *ret_records, GError **error)
{
  WuyouDbStmt *stmt = prepare_built (conn, builder, error);
  WuyouDbResult result;

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    gpointer record = _wuyou_record_read_row (store, builder->sql, stmt, builder->query->list_only, NULL, error);

    if (record == NULL)
      return FALSE;
    g_ptr_array_add (ret_records, record);
  }
  return result == WUYOU_DB_DONE;
}

/* Blocks count all records of an organisation, in their natural order. */
static gboolean
can_jump (const Builder *builder, const WuyouRecordQuery *query)
{
  return query->n_filters == 0 && query->seqs == NULL && query->after_seq == 0 && builder->sort == builder->sql->seq;
}

gboolean
wuyou_record_list (WuyouDbConn *conn,
                   WuyouStore *store,
                   const WuyouRecordType *type,
                   const WuyouRecordQuery *query,
                   GPtrArray *ret_records,
                   GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (Value));
  g_autoptr (GPtrArray) org_ids = NULL;
  g_autofree char *scope_end = NULL;
  WuyouRecordQuery jumped = *query;
  Branches branches;
  Builder builder
      = { _wuyou_store_get_sql (store, type), &jumped, NULL, text, values, CLAMP (query->limit, 1, 1000), NULL };
  gboolean built;

  builder.sort = query->sort == NULL ? builder.sql->seq : find_column (builder.sql, query->sort, error);
  if (builder.sort == NULL)
    return FALSE;
  if (!_wuyou_scope_is_all (query->scope) && builder.sql->org_id != NULL) {
    org_ids = read_org_ids (conn, query->scope, error);
    if (org_ids == NULL)
      return FALSE;
    if (org_ids->len == 0)
      return TRUE;
  }
  if (jumped.skip > 0 && can_jump (&builder, query)
      && !_wuyou_record_jump (conn, type, query, &jumped.after_seq, &jumped.skip, error))
    return FALSE;
  find_branches (builder.sql, &jumped, org_ids, &branches);
  if (branches.n > 1)
    built = append_branches (&builder, &branches, error);
  else if (jumped.skip > 0)
    built = append_skipping (&builder, org_ids, &scope_end, error);
  else
    built = append_one (&builder, org_ids, &scope_end, error);
  return built && read_rows (conn, store, &builder, ret_records, error);
}

gboolean
wuyou_record_count (WuyouDbConn *conn,
                    WuyouStore *store,
                    const WuyouRecordType *type,
                    const WuyouRecordQuery *query,
                    gint64 *ret_count,
                    GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (Value));
  g_autofree char *scope_end = NULL;
  Builder builder = { .sql = _wuyou_store_get_sql (store, type), .query = query, .text = text, .values = values };
  WuyouDbStmt *stmt = append_count (&builder, &scope_end, error) ? prepare_built (conn, &builder, error) : NULL;

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  *ret_count = wuyou_db_column_int (stmt, 0);
  return TRUE;
}
