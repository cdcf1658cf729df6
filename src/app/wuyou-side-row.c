/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-side-row.h"

#include <glib/gi18n.h>

struct _WuyouSideRow {
  GtkListBoxRow parent_instance;
  const WuyouPageInfo *info;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (WuyouSideRow, wuyou_side_row, GTK_TYPE_LIST_BOX_ROW)

const char *
wuyou_side_row_get_page (WuyouSideRow *self)
{
  return self->info->id;
}

static void
set_name (WuyouSideRow *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
wuyou_side_row_set_count (WuyouSideRow *self, guint count)
{
  g_autofree char *text = count > 999 ? g_strdup ("999+") : g_strdup_printf ("%u", count);
  g_autofree char *name
      = count > 0 ? g_strdup_printf ("%s, %s", _ (self->info->label), text) : g_strdup (_ (self->info->label));

  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
  set_name (self, name);
}

static void
wuyou_side_row_class_init (WuyouSideRowClass *klass)
{
}

static void
wuyou_side_row_init (WuyouSideRow *self)
{
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "wuyou-count");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_widget_set_visible (GTK_WIDGET (self->count), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self->count), GTK_ALIGN_CENTER);
}

GtkWidget *
wuyou_side_row_new (const WuyouPageInfo *info)
{
  WuyouSideRow *self = g_object_new (WUYOU_TYPE_SIDE_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (info->label));

  self->info = info;
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (info->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  set_name (self, _ (info->label));
  return GTK_WIDGET (self);
}
