/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

#include "base/wuyou-date.h"

G_BEGIN_DECLS

/* A record is a plain C struct; its field table says everything else about its members. Codec, checks,
 * columns, masking, history, forms and lists walk the table, so that each fact stands once. */

typedef enum {
  WUYOU_KIND_TEXT,    /* char *, NULL when not set; UTF-8 without control characters */
  WUYOU_KIND_LONG,    /* char *, several lines */
  WUYOU_KIND_ID,      /* char *, UUIDv7 */
  WUYOU_KIND_HASH,    /* char *, 64 lower-case hex digits (SHA-256) */
  WUYOU_KIND_VIN,     /* char * */
  WUYOU_KIND_ID_NO,   /* char *, checked by the record's own rule, as it depends on the type */
  WUYOU_KIND_MOBILE,  /* char * */
  WUYOU_KIND_EMAIL,   /* char * */
  WUYOU_KIND_PLATE,   /* char * */
  WUYOU_KIND_JSON,    /* char *, a JSON object or array as text */
  WUYOU_KIND_FEN,     /* gint64, 0 when not set */
  WUYOU_KIND_INTEGER, /* gint64, 0 when not set */
  WUYOU_KIND_INSTANT, /* gint64, UTC microseconds, 0 when not set */
  WUYOU_KIND_DATE,    /* WuyouDate */
  WUYOU_KIND_ENUM,    /* int, 0 when not set */
  WUYOU_KIND_BOOLEAN, /* gboolean */
} WuyouKind;

/* Class of personal information (requirements 7): what may be shown, where it is kept. */
typedef enum {
  WUYOU_PI_NONE,
  WUYOU_PI_USER,      /* a user of the platform */
  WUYOU_PI_THIRD,     /* a customer */
  WUYOU_PI_SENSITIVE, /* a customer, sensitive: identity numbers, images */
} WuyouPi;

typedef enum {
  WUYOU_FIELD_SERVER = 1 << 0,    /* set by the server only; a client that sends it is refused */
  WUYOU_FIELD_REQUIRED = 1 << 1,  /* must be set when the record is submitted (not while a draft) */
  WUYOU_FIELD_ALWAYS = 1 << 2,    /* must be set from the first save on */
  WUYOU_FIELD_IMMUTABLE = 1 << 3, /* never changes after the first save */
  WUYOU_FIELD_WHOLESALE = 1 << 4, /* shown only with the permission for wholesale prices */
  WUYOU_FIELD_LIST = 1 << 5,      /* part of a list row */
  WUYOU_FIELD_NO_HISTORY = 1 << 6,
} WuyouFieldFlags;

typedef struct {
  int value;         /* never 0 */
  const char *id;    /* on the wire and in the database: "NEW" */
  const char *label; /* N_() */
} WuyouEnum;

typedef struct {
  const char *name;  /* JSON member and column */
  const char *label; /* N_() */
  WuyouKind kind;
  gsize offset;
  guint flags;
  WuyouPi pi;
  gint64 min, max;         /* text: characters; fen, integer: value; 0, 0: the kind's own limits */
  const WuyouEnum *values; /* for ENUM, ended by a row with id NULL */
  const char *section;     /* group in forms, "vehicle" */
  const char *authority;   /* clause or standard, or NULL */
} WuyouField;

typedef struct {
  const char *name;    /* "contract", also the object of events and audit rows */
  const char *table;   /* database table */
  const char *purpose; /* purpose domain of its keys: "sales" */
  gsize size;          /* of the struct */
  const WuyouField *fields;
  guint n_fields;
} WuyouRecordType;

const WuyouField *wuyou_record_type_find (const WuyouRecordType *type, const char *name); /* NULL when unknown */

const char *wuyou_field_get_text (const WuyouField *field, gconstpointer record); /* text kinds; borrowed */
void wuyou_field_set_text (const WuyouField *field, gpointer record, const char *value);
gint64 wuyou_field_get_int (const WuyouField *field, gconstpointer record); /* all other kinds */
void wuyou_field_set_int (const WuyouField *field, gpointer record, gint64 value);
gboolean wuyou_field_is_text (const WuyouField *field);
gboolean wuyou_field_is_set (const WuyouField *field, gconstpointer record);
gboolean wuyou_field_equal (const WuyouField *field, gconstpointer a, gconstpointer b);

/* The value as people write it ("2026-11-22", "412,800.00", the enum's label untranslated), and back.
 * Owned; "" when not set. Parsing takes full-width digits, spaces and separators as people type them. */
char *wuyou_field_dup_display (const WuyouField *field, gconstpointer record);
gboolean wuyou_field_parse_display (const WuyouField *field, gpointer record, const char *text, GError **error);
/* Masked for the screen: 李*, 138****1234, last four of an id, last six of a VIN. Owned. */
char *wuyou_field_dup_masked (const WuyouField *field, gconstpointer record);

const WuyouEnum *wuyou_enum_find (const WuyouEnum *values, const char *id);
const char *wuyou_enum_id (const WuyouEnum *values, int value);    /* NULL for 0 and unknown */
const char *wuyou_enum_label (const WuyouEnum *values, int value); /* untranslated, "" for 0 */

/* Checks. One field: INVALID with the field's name and authority. */
gboolean wuyou_field_check (const WuyouField *field, gconstpointer record, GError **error);

G_END_DECLS
