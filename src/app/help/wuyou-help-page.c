/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "help/wuyou-help-page.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "client/wuyou-write-key.h"
#include "help/wuyou-hotline.h"
#include "help/wuyou-topics.h"
#include "widgets/wuyou-expander.h"
#include "widgets/wuyou-focus.h"

struct _WuyouHelpPage {
  WuyouPage parent_instance;
  AdwPreferencesPage *groups;
  WuyouHotline *hotline;
  AdwEntryRow *feedback_row;
  WuyouWriteKey feedback_key;
  GHashTable *topics; /* id → AdwExpanderRow, borrowed */
};

G_DEFINE_FINAL_TYPE (WuyouHelpPage, wuyou_help_page, WUYOU_TYPE_PAGE)

static WuyouAppContext *
get_context (WuyouHelpPage *self)
{
  return wuyou_page_get_context (WUYOU_PAGE (self));
}

static void
wuyou_help_page_refresh (WuyouPage *page)
{
  wuyou_hotline_load (WUYOU_HELP_PAGE (page)->hotline);
}

static void
wuyou_help_page_open_record (WuyouPage *page, const char *record)
{
  WuyouHelpPage *self = WUYOU_HELP_PAGE (page);
  AdwExpanderRow *row = g_hash_table_lookup (self->topics, record);

  if (row == NULL)
    return;
  adw_expander_row_set_expanded (row, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_feedback_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouHelpPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (get_context (self) == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->feedback_row), TRUE);
  if (reply == NULL) {
    wuyou_app_context_toast_error (get_context (self), error);
    return;
  }
  wuyou_write_key_clear (&self->feedback_key); /* the same words once more are meant once more */
  gtk_editable_set_text (GTK_EDITABLE (self->feedback_row), "");
  wuyou_app_context_toast (get_context (self), _ ("Thank you, the operator has it"));
}

static void
on_feedback_applied_cb (WuyouHelpPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->feedback_row));
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_FEEDBACK };

  if (*text == '\0')
    return;
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "text", text);
  wuyou_json_end_object (body);
  call.body = body->str;
  call.idempotency_key
      = wuyou_write_key_get (&self->feedback_key, &call, wuyou_app_context_get_clock (get_context (self)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->feedback_row), FALSE);
  wuyou_client_call_async (wuyou_app_context_get_client (get_context (self)), &call,
                           wuyou_page_get_cancellable (WUYOU_PAGE (self)), on_feedback_sent_cb, g_object_ref (self));
}

static AdwPreferencesGroup *
add_group (WuyouHelpPage *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (self->groups, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
build_support (WuyouHelpPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Support"));

  self->hotline = WUYOU_HOTLINE (wuyou_hotline_new (get_context (self)));
  gtk_widget_set_halign (GTK_WIDGET (self->hotline), GTK_ALIGN_START);
  adw_preferences_group_add (group, GTK_WIDGET (self->hotline));
  group = add_group (self, "");
  self->feedback_row = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->feedback_row), _ ("Tell the operator what to do better"));
  adw_entry_row_set_show_apply_button (self->feedback_row, TRUE);
  adw_preferences_group_add (group, GTK_WIDGET (self->feedback_row));
  g_signal_connect_object (self->feedback_row, "apply", G_CALLBACK (on_feedback_applied_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
topic_text_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  wuyou_focus_let_mark (GTK_LABEL (label));
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  return label;
}

static void
name_row (GtkWidget *row, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
build_topics (WuyouHelpPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("What each page is for"));
  guint n;
  const WuyouTopic *topics = wuyou_topics_get (&n);

  for (guint i = 0; i < n; i++) {
    GtkWidget *row = adw_expander_row_new ();
    GtkWidget *text = topic_text_new (_ (topics[i].text));

    wuyou_expander_set_title (ADW_EXPANDER_ROW (row), _ (topics[i].title));
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), text);
    /* Nor has the row of the text a name of its own. */
    name_row (gtk_widget_get_parent (text), _ (topics[i].text));
    adw_preferences_group_add (group, row);
    g_hash_table_insert (self->topics, (gpointer) topics[i].id, row);
  }
}

static void
wuyou_help_page_constructed (GObject *object)
{
  WuyouHelpPage *self = WUYOU_HELP_PAGE (object);

  G_OBJECT_CLASS (wuyou_help_page_parent_class)->constructed (object);
  self->groups = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  build_support (self);
  build_topics (self);
  wuyou_page_set_content (WUYOU_PAGE (self), GTK_WIDGET (self->groups));
}

static void
wuyou_help_page_finalize (GObject *object)
{
  g_clear_pointer (&WUYOU_HELP_PAGE (object)->topics, g_hash_table_unref);
  wuyou_write_key_clear (&WUYOU_HELP_PAGE (object)->feedback_key);
  G_OBJECT_CLASS (wuyou_help_page_parent_class)->finalize (object);
}

static void
wuyou_help_page_class_init (WuyouHelpPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wuyou_help_page_constructed;
  G_OBJECT_CLASS (klass)->finalize = wuyou_help_page_finalize;
  WUYOU_PAGE_CLASS (klass)->refresh = wuyou_help_page_refresh;
  WUYOU_PAGE_CLASS (klass)->open_record = wuyou_help_page_open_record;
}

static void
wuyou_help_page_init (WuyouHelpPage *self)
{
  self->topics = g_hash_table_new (g_str_hash, g_str_equal);
}
