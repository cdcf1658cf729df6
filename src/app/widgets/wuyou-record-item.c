/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-record-model-private.h"

struct _WuyouRecordItem {
  GObject parent_instance;
  const WuyouRecordType *type;
  gpointer record;
  guint position;
};

enum { PROP_0, PROP_RECORD, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WuyouRecordItem, wuyou_record_item, G_TYPE_OBJECT)

static void
wuyou_record_item_finalize (GObject *object)
{
  WuyouRecordItem *self = WUYOU_RECORD_ITEM (object);

  wuyou_record_free (self->type, self->record);
  G_OBJECT_CLASS (wuyou_record_item_parent_class)->finalize (object);
}

static void
wuyou_record_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_pointer (value, WUYOU_RECORD_ITEM (object)->record);
}

static void
wuyou_record_item_class_init (WuyouRecordItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wuyou_record_item_finalize;
  object_class->get_property = wuyou_record_item_get_property;
  properties[PROP_RECORD] = g_param_spec_pointer ("record", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wuyou_record_item_init (WuyouRecordItem *self)
{
}

WuyouRecordItem *
_wuyou_record_item_new (const WuyouRecordType *type, guint position)
{
  WuyouRecordItem *self = g_object_new (WUYOU_TYPE_RECORD_ITEM, NULL);

  self->type = type;
  self->position = position;
  return self;
}

static gboolean
equals (const WuyouRecordType *type, gconstpointer a, gconstpointer b)
{
  if (a == NULL || b == NULL)
    return a == b;
  for (guint i = 0; i < type->n_fields; i++)
    if (!wuyou_field_equal (&type->fields[i], a, b))
      return FALSE;
  return TRUE;
}

void
_wuyou_record_item_take (WuyouRecordItem *self, gpointer record)
{
  gboolean same = equals (self->type, self->record, record);

  wuyou_record_free (self->type, self->record);
  self->record = record;
  if (!same)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

gconstpointer
wuyou_record_item_get_record (WuyouRecordItem *self)
{
  g_return_val_if_fail (WUYOU_IS_RECORD_ITEM (self), NULL);
  return self->record;
}

const char *
wuyou_record_item_get_id (WuyouRecordItem *self)
{
  g_return_val_if_fail (WUYOU_IS_RECORD_ITEM (self), NULL);
  return self->record != NULL ? wuyou_field_get_text (wuyou_record_type_find (self->type, "id"), self->record) : NULL;
}

guint
wuyou_record_item_get_position (WuyouRecordItem *self)
{
  g_return_val_if_fail (WUYOU_IS_RECORD_ITEM (self), 0);
  return self->position;
}
