/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* The compact form of some fields of a record, by name: what is sealed, and what the history keeps. */
typedef enum {
  WUYOU_PACK_CLEAR = 1 << 0,   /* fields without personal information */
  WUYOU_PACK_SEALED = 1 << 1,  /* fields with */
  WUYOU_PACK_HISTORY = 1 << 2, /* not those without history */
} WuyouPackFlags;

gboolean _wuyou_pack_wants (const WuyouField *field, guint flags);
/* Appends the set fields that @flags ask for; with @other only those that differ from it. */
void _wuyou_record_pack (const WuyouRecordType *type,
                         gconstpointer record,
                         gconstpointer other,
                         guint flags,
                         GByteArray *out);
/* Sets the fields named in @data, with @only those that have one of these flags; names unknown by now are passed over.
 * CORRUPT when cut. */
gboolean _wuyou_record_unpack (const WuyouRecordType *type,
                               gpointer record,
                               const guint8 *data,
                               gsize length,
                               guint only,
                               GPtrArray *ret_fields,
                               GError **error);

G_END_DECLS
