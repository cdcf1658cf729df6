/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "today/wuyou-today-page.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "today/wuyou-today-row.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-empty-state.h"
#include "widgets/wuyou-text-scale.h"

#define CACHE_ID "today"

struct _WuyouTodayPage {
  WuyouPage parent_instance;
  GtkStack *stack;
  WuyouBanner *banner;
  WuyouEmptyState *empty;
  GtkBox *content;
  gboolean failed; /* so the empty page says what went wrong */
};

G_DEFINE_FINAL_TYPE (WuyouTodayPage, wuyou_today_page, WUYOU_TYPE_PAGE)

/* Members of the answer, in order of consequence. */
static const struct {
  const char *member;
  const char *title;
} lists[] = {
  { "clock_running_out", N_ ("Time is running out") },
  { "waiting_for_me", N_ ("Waiting for me") },
  { "waiting_for_others", N_ ("Waiting for others") },
  { "new_since_yesterday", N_ ("New since yesterday") },
};

/* Of the month, then those of all contracts by the id of their state. */
static const struct {
  const char *member;
  const char *label;
  gboolean money;
} figures[] = {
  { "contracts", N_ ("Paid this month"), FALSE },
  { "received_fen", N_ ("Service fees this month"), TRUE },
  { "AWAIT_SIGN", N_ ("Awaiting signature"), FALSE },
  { "AWAIT_PAYMENT", N_ ("Awaiting payment"), FALSE },
  { "ACTIVE", N_ ("In force"), FALSE },
};

static WuyouAppContext *
get_context (WuyouTodayPage *self)
{
  return wuyou_page_get_context (WUYOU_PAGE (self));
}

static void
clear_content (WuyouTodayPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->content))) != NULL)
    gtk_box_remove (self->content, child);
}

static void
on_row_activated_cb (WuyouTodayPage *self, GtkListBoxRow *row)
{
  wuyou_app_context_go (get_context (self), wuyou_today_row_get_page (GTK_WIDGET (row)),
                        wuyou_today_row_get_record (GTK_WIDGET (row)));
}

static guint
add_list (WuyouTodayPage *self, JsonObject *answer, const char *member, const char *title)
{
  JsonArray *items = wuyou_json_get_array (answer, member);
  guint n_items = items != NULL ? json_array_get_length (items) : 0;
  gint64 now = wuyou_app_context_now (get_context (self));
  GtkWidget *heading, *list;

  if (n_items == 0)
    return 0;
  heading = gtk_label_new (title);
  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_box_append (self->content, heading);
  list = gtk_list_box_new ();
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_margin_bottom (list, 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < n_items; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), wuyou_today_row_new (wuyou_json_array_get_object (items, i), now));
  gtk_box_append (self->content, list);
  return n_items;
}

static char *
dup_money (gint64 fen)
{
  g_autofree char *text = wuyou_money_format (fen);

  return g_strconcat ("¥", text, NULL);
}

static void
add_figures (WuyouTodayPage *self, JsonObject *answer)
{
  JsonObject *values = wuyou_json_get_object (answer, "figures");
  JsonObject *states = wuyou_json_get_object (values, "states");
  GtkWidget *strip;

  if (values == NULL)
    return;
  strip = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (strip), GTK_SELECTION_NONE);
  gtk_widget_set_can_focus (strip, FALSE); /* to be read; the keys begin at what waits */
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (strip), TRUE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (strip), G_N_ELEMENTS (figures));
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (strip), 1);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (strip), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (strip), 6);
  gtk_widget_set_margin_bottom (strip, 12);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    JsonObject *from = states != NULL && json_object_has_member (states, figures[i].member) ? states : values;
    gint64 value = wuyou_json_get_int (from, figures[i].member);
    g_autofree char *text = figures[i].money ? dup_money (value) : g_strdup_printf ("%'" G_GINT64_FORMAT, value);

    if (json_object_has_member (from, figures[i].member))
      gtk_flow_box_insert (GTK_FLOW_BOX (strip), wuyou_today_figure_new (text, _ (figures[i].label)), -1);
  }
  gtk_box_append (self->content, strip);
}

/* Under the month's figures, where there would be lists. */
static void
add_calm (WuyouTodayPage *self)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing waits for you"));
  gtk_widget_add_css_class (page, "compact");
  gtk_box_append (self->content, page);
}

static gboolean
can_sell (WuyouTodayPage *self)
{
  return wuyou_session_can (wuyou_app_context_get_session (get_context (self)), WUYOU_OBJECT_CONTRACT,
                            WUYOU_VERB_CREATE);
}

static void
show_answer (WuyouTodayPage *self, JsonObject *answer)
{
  guint shown = 0;

  self->failed = FALSE;
  clear_content (self);
  add_figures (self, answer);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    shown += add_list (self, answer, lists[i].member, _ (lists[i].title));
  if (shown == 0 && wuyou_json_get_object (answer, "figures") == NULL) {
    wuyou_empty_state_set (self->empty, "emblem-ok-symbolic", _ ("Nothing waits for you"),
                           _ ("What needs your attention appears here: signatures, payments, documents."),
                           can_sell (self) ? _ ("_New contract") : NULL);
    gtk_stack_set_visible_child_name (self->stack, "empty");
    return;
  }
  if (shown == 0)
    add_calm (self);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
keep_answer (WuyouTodayPage *self, JsonObject *answer)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *text = NULL;

  json_node_init_object (node, answer);
  text = json_to_string (node, FALSE);
  wuyou_local_save (wuyou_app_context_get_local (get_context (self)), WUYOU_LOCAL_CACHE, CACHE_ID, text);
}

static void
show_error (WuyouTodayPage *self, const GError *error)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "content") == 0) {
    /* The window itself says that the server is away. */
    wuyou_banner_show_error (self->banner, g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE) ? NULL : error);
    return;
  }
  self->failed = TRUE;
  wuyou_empty_state_set_error (self->empty, error);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
on_today_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouTodayPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED) || get_context (self) == NULL)
    return;
  wuyou_page_set_busy (WUYOU_PAGE (self), FALSE);
  if (answer == NULL) {
    show_error (self, error);
    return;
  }
  wuyou_banner_hide (self->banner);
  show_answer (self, answer);
  keep_answer (self, answer);
}

static void
wuyou_today_page_refresh (WuyouPage *page)
{
  const WuyouCall call = { .route = WUYOU_ROUTE_TODAY };

  wuyou_page_set_busy (page, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (wuyou_page_get_context (page)), &call,
                           wuyou_page_get_cancellable (page), on_today_answered_cb, g_object_ref (page));
}

/* A failed load is tried again; an empty day offers the first step. */
static void
on_empty_pressed_cb (WuyouTodayPage *self)
{
  if (self->failed)
    wuyou_page_refresh (WUYOU_PAGE (self));
  else
    wuyou_app_context_go (get_context (self), "sales", "new");
}

static void
on_feed_event_cb (WuyouTodayPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wuyou_today_page_refresh (WUYOU_PAGE (self));
}

static void
show_cached (WuyouTodayPage *self)
{
  WuyouLocal *local = wuyou_app_context_get_local (get_context (self));
  g_autoptr (JsonObject) answer = wuyou_local_load_object (local, WUYOU_LOCAL_CACHE, CACHE_ID);

  if (answer != NULL)
    show_answer (self, answer);
}

static GtkWidget *
content_new (WuyouTodayPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_margin_start (GTK_WIDGET (self->content), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->content), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->content), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->content), 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), wuyou_text_scale_px (clamp, 860));
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->content));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
wuyou_today_page_constructed (GObject *object)
{
  WuyouTodayPage *self = WUYOU_TODAY_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (wuyou_today_page_parent_class)->constructed (object);
  wuyou_page_set_title (WUYOU_PAGE (self), _ ("Today"));
  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  self->empty = WUYOU_EMPTY_STATE (wuyou_empty_state_new (NULL, "", NULL, NULL));
  gtk_stack_add_named (self->stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "blank");
  gtk_stack_add_named (self->stack, content_new (self), "content");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  wuyou_page_set_content (WUYOU_PAGE (self), box);
  g_signal_connect_object (self->empty, "pressed", G_CALLBACK (on_empty_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_feed (get_context (self)), "event", G_CALLBACK (on_feed_event_cb),
                           self, G_CONNECT_SWAPPED);
  show_cached (self);
}

static void
wuyou_today_page_class_init (WuyouTodayPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wuyou_today_page_constructed;
  WUYOU_PAGE_CLASS (klass)->refresh = wuyou_today_page_refresh;
}

static void
wuyou_today_page_init (WuyouTodayPage *self)
{
}
