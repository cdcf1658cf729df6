/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* Whole records by their table: memory, checks, JSON. */
gpointer wuyou_record_new (const WuyouRecordType *type);
void wuyou_record_free (const WuyouRecordType *type, gpointer record);
void wuyou_record_clear (const WuyouRecordType *type, gpointer record); /* frees members, zeroes the struct */
void wuyou_record_copy (const WuyouRecordType *type, gconstpointer from, gpointer to);

/* Every field; @required is the mask of flags that make a value compulsory. Collects violations. */
gboolean wuyou_record_check (const WuyouRecordType *type, gconstpointer record, guint required, GError **error);

/* JSON. Which fields a call may see or send is decided by the caller through @flags. */
typedef enum {
  WUYOU_CODEC_DEFAULT = 0,
  WUYOU_CODEC_MASK_PI = 1 << 0,      /* personal information as masked text */
  WUYOU_CODEC_NO_WHOLESALE = 1 << 1, /* leave WHOLESALE fields out */
  WUYOU_CODEC_LIST = 1 << 2,         /* LIST fields only */
  WUYOU_CODEC_CLIENT = 1 << 3,       /* reading: SERVER fields are refused; writing: left out */
  WUYOU_CODEC_PI_ONLY = 1 << 4,      /* only fields with a PI class: what is sealed */
  WUYOU_CODEC_MASKED_INPUT = 1 << 5, /* reading what MASK_PI wrote: PI text is taken unchecked */
} WuyouCodecFlags;

/* Appends {"name":value,…} to @out; fields that are not set are left out. */
void wuyou_record_write_json (const WuyouRecordType *type, gconstpointer record, guint flags, GString *out);
/* Sets members named in @object; null clears; unknown member, wrong type or limit: INVALID with violations,
 * @record then untouched. Members not named are left as they are. */
gboolean
wuyou_record_read_json (const WuyouRecordType *type, gpointer record, JsonObject *object, guint flags, GError **error);

G_END_DECLS
