/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-find.h"

#include <glib/gi18n.h>

#include "widgets/wuyou-text-scale.h"

/* More are neither counted nor marked. */
#define MAX_MATCHES 9999

typedef struct {
  int start, end;
} Match;

struct _WuyouAgreementFind {
  AdwBin parent_instance;
  WuyouAgreementView *view;
  GtkSearchBar *bar;
  GtkEditable *entry;
  GtkLabel *count;
  GtkWidget *previous, *next;
  GtkTextTag *found, *current_tag;
  GArray *matches;
  guint current; /* from 1 */
};

G_DEFINE_FINAL_TYPE (WuyouAgreementFind, wuyou_agreement_find, ADW_TYPE_BIN)

static GtkTextBuffer *
get_buffer (WuyouAgreementFind *self)
{
  return GTK_TEXT_BUFFER (wuyou_agreement_view_get_buffer (self->view));
}

static void
get_match (WuyouAgreementFind *self, guint number, GtkTextIter *start, GtkTextIter *end)
{
  const Match *match = &g_array_index (self->matches, Match, number - 1);

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), start, match->start);
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), end, match->end);
}

static void
clear_marks (WuyouAgreementFind *self, GtkTextTag *tag)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_text_buffer_remove_tag (get_buffer (self), tag, &start, &end);
}

static void
show_count (WuyouAgreementFind *self, const char *text)
{
  g_autofree char *count = NULL;

  if (*text == '\0')
    count = g_strdup ("");
  else if (self->matches->len == 0)
    count = g_strdup (_ ("Not found"));
  else
    /* Translators: the third of seventeen matches. */
    count = g_strdup_printf (_ ("%u of %u"), self->current, self->matches->len);
  gtk_label_set_text (self->count, count);
  gtk_widget_set_sensitive (self->previous, self->matches->len > 0);
  gtk_widget_set_sensitive (self->next, self->matches->len > 0);
}

static void
show_current (WuyouAgreementFind *self)
{
  GtkTextIter start, end;

  clear_marks (self, self->current_tag);
  if (self->current > 0) {
    get_match (self, self->current, &start, &end);
    gtk_text_buffer_apply_tag (get_buffer (self), self->current_tag, &start, &end);
    wuyou_agreement_view_show_match (self->view, &start);
  }
  show_count (self, gtk_editable_get_text (self->entry));
}

static void
collect (WuyouAgreementFind *self, const char *text)
{
  const GtkTextSearchFlags flags = GTK_TEXT_SEARCH_CASE_INSENSITIVE | GTK_TEXT_SEARCH_TEXT_ONLY;
  GtkTextIter at, start, end;

  g_array_set_size (self->matches, 0);
  gtk_text_buffer_get_start_iter (get_buffer (self), &at);
  while (*text != '\0' && self->matches->len < MAX_MATCHES
         && gtk_text_iter_forward_search (&at, text, flags, &start, &end, NULL)) {
    Match match = { gtk_text_iter_get_offset (&start), gtk_text_iter_get_offset (&end) };

    g_array_append_val (self->matches, match);
    gtk_text_buffer_apply_tag (get_buffer (self), self->found, &start, &end);
    at = end;
  }
}

/* The first one from what is on screen, as a person who searches goes on from there. */
static guint
find_nearest (WuyouAgreementFind *self)
{
  guint document, clause;
  GtkTextIter top;

  wuyou_agreement_view_get_place (self->view, &document, &clause);
  wuyou_agreement_buffer_get_clause (wuyou_agreement_view_get_buffer (self->view), document, clause, &top, NULL);
  for (guint i = 0; i < self->matches->len; i++)
    if (g_array_index (self->matches, Match, i).start >= gtk_text_iter_get_offset (&top))
      return i + 1;
  return self->matches->len > 0 ? 1 : 0;
}

static void
search (WuyouAgreementFind *self, const char *text)
{
  clear_marks (self, self->found);
  collect (self, text);
  self->current = find_nearest (self);
  show_current (self);
}

static void
on_search_changed_cb (WuyouAgreementFind *self)
{
  search (self, gtk_editable_get_text (self->entry));
}

guint
wuyou_agreement_find_search (WuyouAgreementFind *self, const char *text)
{
  gtk_editable_set_text (self->entry, text);
  search (self, text);
  return self->matches->len;
}

guint
wuyou_agreement_find_get_current (WuyouAgreementFind *self)
{
  return self->current;
}

void
wuyou_agreement_find_step (WuyouAgreementFind *self, int step)
{
  guint n = self->matches->len;

  if (n == 0)
    return;
  self->current = (guint) ((int) self->current - 1 + step + (int) n) % n + 1;
  show_current (self);
}

static void
on_next_cb (WuyouAgreementFind *self)
{
  wuyou_agreement_find_step (self, 1);
}

static void
on_previous_cb (WuyouAgreementFind *self)
{
  wuyou_agreement_find_step (self, -1);
}

static void
on_close_cb (WuyouAgreementFind *self)
{
  gtk_search_bar_set_search_mode (self->bar, FALSE);
}

static void
on_mode_changed_cb (WuyouAgreementFind *self)
{
  if (gtk_search_bar_get_search_mode (self->bar))
    return;
  clear_marks (self, self->found);
  clear_marks (self, self->current_tag);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
wuyou_agreement_find_open (WuyouAgreementFind *self)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  search (self, gtk_editable_get_text (self->entry));
}

static GtkWidget *
build_button (WuyouAgreementFind *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_sensitive (button, FALSE);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
build_entry (WuyouAgreementFind *self)
{
  GtkWidget *entry = gtk_search_entry_new ();

  self->entry = GTK_EDITABLE (entry);
  gtk_widget_set_hexpand (entry, TRUE);
  g_object_set (entry, "placeholder-text", _ ("Search all documents"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search all documents"),
                                  -1);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "next-match", G_CALLBACK (on_next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "previous-match", G_CALLBACK (on_previous_cb), self, G_CONNECT_SWAPPED);
}

static void
build (WuyouAgreementFind *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *clamp = adw_clamp_new (), *close;

  build_entry (self);
  self->count = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_width_chars (self->count, wuyou_text_is_large (box) ? 5 : 9);
  gtk_label_set_wrap (self->count, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  self->previous = build_button (self, "go-up-symbolic", _ ("Previous match"), G_CALLBACK (on_previous_cb));
  self->next = build_button (self, "go-down-symbolic", _ ("Next match"), G_CALLBACK (on_next_cb));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (box), self->previous);
  gtk_box_append (GTK_BOX (box), self->next);
  close = build_button (self, "window-close-symbolic", _ ("Close the search"), G_CALLBACK (on_close_cb));
  gtk_widget_set_sensitive (close, TRUE);
  gtk_box_append (GTK_BOX (box), close);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_set_hexpand (clamp, TRUE);
  self->bar = GTK_SEARCH_BAR (gtk_search_bar_new ());
  gtk_search_bar_set_child (self->bar, clamp);
  gtk_search_bar_connect_entry (self->bar, self->entry);
  g_signal_connect_object (self->bar, "notify::search-mode-enabled", G_CALLBACK (on_mode_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bar));
}

/* Translucent, so that both are seen on light and dark paper. */
static void
create_tags (WuyouAgreementFind *self)
{
  const GdkRGBA found = { 0.96f, 0.76f, 0.07f, 0.38f }, current = { 1.0f, 0.47f, 0.0f, 0.65f };

  self->found = gtk_text_buffer_create_tag (get_buffer (self), NULL, "background-rgba", &found, NULL);
  self->current_tag = gtk_text_buffer_create_tag (get_buffer (self), NULL, "background-rgba", &current, NULL);
}

GtkWidget *
wuyou_agreement_find_new (WuyouAgreementView *view)
{
  WuyouAgreementFind *self = g_object_new (WUYOU_TYPE_AGREEMENT_FIND, NULL);

  self->view = g_object_ref (view);
  create_tags (self);
  build (self);
  return GTK_WIDGET (self);
}

static void
wuyou_agreement_find_dispose (GObject *object)
{
  g_clear_object (&WUYOU_AGREEMENT_FIND (object)->view);
  G_OBJECT_CLASS (wuyou_agreement_find_parent_class)->dispose (object);
}

static void
wuyou_agreement_find_finalize (GObject *object)
{
  g_array_unref (WUYOU_AGREEMENT_FIND (object)->matches);
  G_OBJECT_CLASS (wuyou_agreement_find_parent_class)->finalize (object);
}

static void
wuyou_agreement_find_class_init (WuyouAgreementFindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_agreement_find_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_agreement_find_finalize;
}

static void
wuyou_agreement_find_init (WuyouAgreementFind *self)
{
  self->matches = g_array_new (FALSE, FALSE, sizeof (Match));
}
