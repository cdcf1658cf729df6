/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-contents.h"

#include <glib/gi18n.h>

#include "widgets/wuyou-text-scale.h"

struct _WuyouAgreementContents {
  AdwBin parent_instance;
  WuyouAgreementView *view;
  GtkStack *stack;
  GtkListBox *headings, *keys;
  GPtrArray *progress; /* GtkLabel of each document; borrowed */
  guint n_keys;
};

enum { JUMPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouAgreementContents, wuyou_agreement_contents, ADW_TYPE_BIN)

static GQuark
place_quark (void)
{
  return g_quark_from_static_string ("wuyou-place");
}

static WuyouBundle *
get_bundle (WuyouAgreementContents *self)
{
  return wuyou_agreement_buffer_get_bundle (wuyou_agreement_view_get_buffer (self->view));
}

char *
wuyou_agreement_contents_describe (guint percent)
{
  if (percent >= 100)
    return g_strdup (_ ("✓ Read to the end"));
  return g_strdup_printf (_ ("%u %% read (to be read to the end)"), percent);
}

static void
show_progress (WuyouAgreementContents *self)
{
  for (guint i = 0; i < self->progress->len; i++) {
    GtkLabel *label = self->progress->pdata[i];
    g_autofree char *text = wuyou_agreement_contents_describe (wuyou_agreement_view_get_percent (self->view, i));

    if (g_strcmp0 (gtk_label_get_text (label), text) == 0)
      continue;
    gtk_label_set_text (label, text);
    if (wuyou_agreement_view_is_read (self->view, i))
      gtk_widget_add_css_class (GTK_WIDGET (label), "success");
  }
}

void
wuyou_agreement_contents_hide_progress (WuyouAgreementContents *self)
{
  for (guint i = 0; i < self->progress->len; i++)
    gtk_widget_set_visible (self->progress->pdata[i], FALSE);
}

static void
on_row_activated_cb (WuyouAgreementContents *self, GtkListBoxRow *row)
{
  guint place = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (row), place_quark ()));

  wuyou_agreement_view_jump (self->view, place >> 20, place & 0xfffff);
  g_signal_emit (self, signals[JUMPED], 0);
}

static GtkWidget *
build_label (const char *text, int lines)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), lines != 1);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), lines > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  if (lines > 0)
    gtk_label_set_lines (GTK_LABEL (label), lines);
  return label;
}

static GtkListBoxRow *
add_row (GtkListBox *list, GtkWidget *child, guint document, guint clause, const char *name)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  g_object_set_qdata (G_OBJECT (row), place_quark (), GUINT_TO_POINTER (document << 20 | clause));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (list, row);
  return GTK_LIST_BOX_ROW (row);
}

static char *
describe_version (const WuyouAgreement *document)
{
  char date[11];

  wuyou_date_format (document->effective_on, date);
  /* Translators: version of an agreement and the day it comes into force. */
  return g_strdup_printf (_ ("%s · in force from %s"), document->version_label, date);
}

static void
add_document (WuyouAgreementContents *self, guint index)
{
  const WuyouAgreement *document = wuyou_bundle_get_document (get_bundle (self), index);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *title = build_label (document->title, 0);
  g_autofree char *version = describe_version (document);
  GtkWidget *since = build_label (version, 0), *progress = build_label ("", 0);

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (since, "caption");
  gtk_widget_add_css_class (since, "dim-label");
  gtk_widget_add_css_class (progress, "caption");
  gtk_widget_add_css_class (progress, "numeric");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), since);
  gtk_box_append (GTK_BOX (box), progress);
  gtk_widget_add_css_class (box, "wuyou-contents-document");
  add_row (self->headings, box, index, 0, document->title);
  g_ptr_array_add (self->progress, progress);
}

static void
add_heading (WuyouAgreementContents *self, guint document, guint index, const WuyouClause *clause)
{
  g_autofree char *label = wuyou_clause_dup_label (clause);
  GtkWidget *child = build_label (label, 1);

  gtk_widget_set_margin_start (child, 14);
  gtk_widget_set_tooltip_text (child, label);
  add_row (self->headings, child, document, index, label);
}

static void
add_key (WuyouAgreementContents *self, guint document, guint index, const WuyouClause *clause)
{
  g_autofree char *label = wuyou_clause_dup_label (clause);
  /* Translators: a key clause, as read by a screen reader. */
  g_autofree char *name = g_strdup_printf (_ ("Key clause: %s"), label);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *star = gtk_label_new ("★");
  GtkWidget *text = build_label (label, 2);

  gtk_widget_set_valign (star, GTK_ALIGN_START);
  gtk_widget_add_css_class (star, "wuyou-star");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), star);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  add_row (self->keys, box, document, index, name);
  self->n_keys++;
}

static void
fill_document (WuyouAgreementContents *self, guint index)
{
  const WuyouAgreement *document = wuyou_bundle_get_document (get_bundle (self), index);

  add_document (self, index);
  for (guint i = 0; i < document->clauses->len; i++) {
    const WuyouClause *clause = wuyou_agreement_get_clause (document, i);

    if (clause->kind == WUYOU_CLAUSE_HEADING)
      add_heading (self, index, i, clause);
    if (clause->key)
      add_key (self, index, i, clause);
  }
}

static GtkWidget *
build_list (WuyouAgreementContents *self, GtkListBox **ret_list, const char *name)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_widget_add_css_class (list, "wuyou-contents");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  *ret_list = GTK_LIST_BOX (list);
  return scrolled;
}

static void
build (WuyouAgreementContents *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *switcher = gtk_stack_switcher_new ();
  GtkWidget *contents = build_list (self, &self->headings, _ ("Contents"));
  GtkWidget *keys = build_list (self, &self->keys, _ ("Key clauses"));
  g_autofree char *title = NULL;

  for (guint i = 0; i < get_bundle (self)->documents->len; i++)
    fill_document (self, i);
  self->stack = GTK_STACK (gtk_stack_new ());
  title = g_strdup_printf (_ ("★ Key clauses %u"), self->n_keys);
  gtk_stack_add_titled (self->stack, contents, "contents", _ ("Contents"));
  gtk_stack_add_titled (self->stack, keys, "keys", title);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_FILL);
  if (wuyou_text_is_large (switcher))
    gtk_orientable_set_orientation (GTK_ORIENTABLE (switcher), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (switcher, "wuyou-contents-switcher");
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
wuyou_agreement_contents_new (WuyouAgreementView *view)
{
  WuyouAgreementContents *self = g_object_new (WUYOU_TYPE_AGREEMENT_CONTENTS, NULL);

  self->view = g_object_ref (view);
  build (self);
  g_signal_connect_object (view, "progress", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  show_progress (self);
  return GTK_WIDGET (self);
}

guint
wuyou_agreement_contents_get_n_keys (WuyouAgreementContents *self)
{
  return self->n_keys;
}

void
wuyou_agreement_contents_show_keys (WuyouAgreementContents *self, gboolean keys)
{
  gtk_stack_set_visible_child_name (self->stack, keys ? "keys" : "contents");
}

static void
wuyou_agreement_contents_dispose (GObject *object)
{
  g_clear_object (&WUYOU_AGREEMENT_CONTENTS (object)->view);
  G_OBJECT_CLASS (wuyou_agreement_contents_parent_class)->dispose (object);
}

static void
wuyou_agreement_contents_finalize (GObject *object)
{
  g_ptr_array_unref (WUYOU_AGREEMENT_CONTENTS (object)->progress);
  G_OBJECT_CLASS (wuyou_agreement_contents_parent_class)->finalize (object);
}

static void
wuyou_agreement_contents_class_init (WuyouAgreementContentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_agreement_contents_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_agreement_contents_finalize;
  signals[JUMPED]
      = g_signal_new ("jumped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_agreement_contents_init (WuyouAgreementContents *self)
{
  self->progress = g_ptr_array_new ();
}
