/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-work-view.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "consent/wuyou-consent-notice.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-split-view.h"
#include "widgets/wuyou-tab-stop.h"
#include "wuyou-side-row.h"
#include "wuyou-upload-line.h"

#define COUNT_DELAY_MS 2000

struct _WuyouWorkView {
  AdwBin parent_instance;
  WuyouAppContext *context;
  WuyouSplitView *split;
  AdwHeaderBar *side_header;
  AdwWindowTitle *org_title;
  WuyouTabStop *side_stop;
  GtkListBox *top_list;
  GtkListBox *bottom_list;
  GtkMenuButton *account_button;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *status_label;
  GtkStack *pages;
  WuyouBanner *banner;
  const WuyouPageInfo *present;
  gboolean selecting;
  GCancellable *counting;
  guint count_timer;
};

G_DEFINE_FINAL_TYPE (WuyouWorkView, wuyou_work_view, ADW_TYPE_BIN)

WuyouPage *
wuyou_work_view_get_page (WuyouWorkView *self)
{
  return WUYOU_PAGE (gtk_stack_get_visible_child (self->pages));
}

const char *
wuyou_work_view_get_page_id (WuyouWorkView *self)
{
  return self->present != NULL ? self->present->id : NULL;
}

static WuyouSideRow *
find_row (WuyouWorkView *self, const char *page)
{
  GtkListBox *lists[] = { self->top_list, self->bottom_list };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (int n = 0;; n++) {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (lists[i], n);

      if (row == NULL)
        break;
      if (g_str_equal (wuyou_side_row_get_page (WUYOU_SIDE_ROW (row)), page))
        return WUYOU_SIDE_ROW (row);
    }
  return NULL;
}

void
wuyou_work_view_set_count (WuyouWorkView *self, const char *page, guint count)
{
  WuyouSideRow *row = find_row (self, page);

  if (row != NULL)
    wuyou_side_row_set_count (row, count);
}

/* Two lists look like one: what is selected in one is not in the other. */
static void
select_row (WuyouWorkView *self, const char *page)
{
  WuyouSideRow *row = find_row (self, page);
  GtkWidget *list = row != NULL ? gtk_widget_get_parent (GTK_WIDGET (row)) : NULL;

  self->selecting = TRUE;
  if (list != GTK_WIDGET (self->top_list))
    gtk_list_box_unselect_all (self->top_list);
  if (list != GTK_WIDGET (self->bottom_list))
    gtk_list_box_unselect_all (self->bottom_list);
  if (row != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (list), GTK_LIST_BOX_ROW (row));
  self->selecting = FALSE;
  wuyou_tab_stop_set_place (self->side_stop, GTK_WIDGET (row));
}

static WuyouPage *
ensure_page (WuyouWorkView *self, const WuyouPageInfo *info)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, info->id);

  if (page != NULL)
    return WUYOU_PAGE (page);
  page = g_object_new (info->get_type (), "context", self->context, NULL);
  if (wuyou_page_get_title (WUYOU_PAGE (page)) == NULL)
    wuyou_page_set_title (WUYOU_PAGE (page), _ (info->label));
  gtk_stack_add_named (self->pages, page, info->id);
  return WUYOU_PAGE (page);
}

/* Who walks the sidebar with the arrow keys stays there. */
static gboolean
is_in_sidebar (WuyouWorkView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL
         && (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->top_list))
             || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->bottom_list)));
}

/* Where the page has nothing to stand on yet, its entry in the sidebar is the place to be. */
static gboolean
wuyou_work_view_grab_focus (GtkWidget *widget)
{
  WuyouWorkView *self = WUYOU_WORK_VIEW (widget);
  WuyouSideRow *row = self->present != NULL ? find_row (self, self->present->id) : NULL;

  if (self->present != NULL && gtk_widget_grab_focus (GTK_WIDGET (wuyou_work_view_get_page (self))))
    return TRUE;
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
enter_page (WuyouWorkView *self, const WuyouPageInfo *info)
{
  WuyouPage *page = ensure_page (self, info);
  WuyouPage *before = self->present != NULL ? wuyou_work_view_get_page (self) : NULL;

  self->present = info;
  select_row (self, info->id);
  if (before == page)
    return;
  if (before != NULL)
    wuyou_page_leave (before);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  if (!info->at_bottom)
    g_settings_set_string (wuyou_app_context_get_settings (self->context), "page", info->id);
  wuyou_page_enter (page);
  if (!is_in_sidebar (self))
    gtk_widget_grab_focus (GTK_WIDGET (page));
}

/* A key or a click names the page to work on; only the arrow keys stay among the names. */
static void
leave_sidebar (WuyouWorkView *self)
{
  if (is_in_sidebar (self))
    gtk_widget_grab_focus (GTK_WIDGET (wuyou_work_view_get_page (self)));
}

static gboolean
is_allowed (WuyouWorkView *self, const WuyouPageInfo *info)
{
  return wuyou_session_can (wuyou_app_context_get_session (self->context), info->object, info->verbs);
}

static gboolean
go (WuyouWorkView *self, const char *page, const char *record)
{
  const WuyouPageInfo *info = wuyou_pages_find (page);
  g_autofree char *reason = NULL;

  if (info == NULL || !is_allowed (self, info))
    return FALSE;
  if (info != self->present && self->present != NULL
      && !wuyou_page_can_leave (wuyou_work_view_get_page (self), &reason)) {
    select_row (self, self->present->id);
    wuyou_app_context_toast (self->context, reason);
    return FALSE;
  }
  enter_page (self, info);
  wuyou_split_view_set_show_content (self->split, TRUE);
  if (record != NULL)
    wuyou_page_open_record (wuyou_work_view_get_page (self), record);
  return TRUE;
}

gboolean
wuyou_work_view_go (WuyouWorkView *self, const char *page, const char *record)
{
  if (!go (self, page, record))
    return FALSE;
  leave_sidebar (self);
  return TRUE;
}

/* Not when a narrow window has the names of the pages in its place. */
static gboolean
is_on (WuyouWorkView *self, const char *page)
{
  return self->present != NULL && g_str_equal (self->present->id, page)
         && (!wuyou_split_view_get_folded (self->split) || wuyou_split_view_get_show_content (self->split));
}

gboolean
wuyou_work_view_go_by_key (WuyouWorkView *self, const char *page)
{
  gboolean again = is_on (self, page);

  if (!wuyou_work_view_go (self, page, NULL))
    return FALSE;
  if (again)
    wuyou_page_act (wuyou_work_view_get_page (self), WUYOU_PAGE_LIST);
  return TRUE;
}

/* Selection and not activation: that is what a screen reader and the arrow keys do. */
static void
on_row_selected_cb (WuyouWorkView *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->selecting)
    go (self, wuyou_side_row_get_page (WUYOU_SIDE_ROW (row)), NULL);
}

/* A click on the page that is on already: in a narrow window it shows it again. */
static void
on_row_activated_cb (WuyouWorkView *self, GtkListBoxRow *row)
{
  wuyou_work_view_go (self, wuyou_side_row_get_page (WUYOU_SIDE_ROW (row)), NULL);
}

static void
fill_sidebar (WuyouWorkView *self)
{
  guint n;
  const WuyouPageInfo *infos = wuyou_pages_get (&n);

  for (guint i = 0; i < n; i++)
    if (is_allowed (self, &infos[i]) && find_row (self, infos[i].id) == NULL)
      gtk_list_box_append (infos[i].at_bottom ? self->bottom_list : self->top_list, wuyou_side_row_new (&infos[i]));
}

typedef struct {
  WuyouWorkView *view;
  const WuyouPageInfo *info;
} Count;

static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Count *count = data;
  g_autoptr (GError) error = NULL;
  gssize n = g_task_propagate_int (G_TASK (result), &error);

  if (error == NULL && count->view->context != NULL)
    wuyou_work_view_set_count (count->view, count->info->id, (guint) n);
  g_object_unref (count->view);
  g_free (count);
}

static void
ask_counts (WuyouWorkView *self)
{
  guint n;
  const WuyouPageInfo *infos = wuyou_pages_get (&n);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GTask) task = NULL;
    Count *count;

    if (infos[i].count_async == NULL || !is_allowed (self, &infos[i]))
      continue;
    count = g_new0 (Count, 1);
    count->view = g_object_ref (self);
    count->info = &infos[i];
    task = g_task_new (self, self->counting, on_counted_cb, count);
    infos[i].count_async (self->context, task);
  }
}

static gboolean
on_count_due_cb (gpointer data)
{
  WuyouWorkView *self = data;

  self->count_timer = 0;
  ask_counts (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_counted (const char *object)
{
  guint n;
  const WuyouPageInfo *infos = wuyou_pages_get (&n);

  for (guint i = 0; i < n; i++)
    if (object != NULL && g_strcmp0 (infos[i].counts, object) == 0)
      return TRUE;
  return FALSE;
}

/* Many events in a moment are one question. */
static void
on_feed_event_cb (WuyouWorkView *self, JsonObject *event)
{
  if (is_counted (wuyou_json_get_string (event, "object")) && self->count_timer == 0)
    self->count_timer = g_timeout_add (COUNT_DELAY_MS, on_count_due_cb, self);
}

static void
open_first_page (WuyouWorkView *self)
{
  g_autofree char *kept = g_settings_get_string (wuyou_app_context_get_settings (self->context), "page");
  guint n;
  const WuyouPageInfo *infos = wuyou_pages_get (&n);
  const WuyouPageInfo *first = wuyou_pages_find (kept);

  for (guint i = 0; i < n && (first == NULL || !is_allowed (self, first)); i++)
    first = &infos[i];
  if (first == NULL)
    return;
  enter_page (self, first);
  wuyou_split_view_set_show_content (self->split, TRUE);
}

static void
update_person (WuyouWorkView *self)
{
  WuyouSession *session = wuyou_app_context_get_session (self->context);
  const char *name = wuyou_session_get_name (session);
  const char *org = wuyou_session_get_org_name (session);

  adw_window_title_set_title (self->org_title, org != NULL ? org : _ ("Wuyou"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->org_title), org); /* it may be longer than its column */
  gtk_label_set_text (self->name_label, name != NULL ? name : "");
  adw_avatar_set_text (self->avatar, name);
}

static void
show_waiting (WuyouWorkView *self, gboolean online, guint n_waiting)
{
  g_autofree char *text = NULL;

  if (online) {
    wuyou_banner_hide (self->banner);
    return;
  }
  if (n_waiting == 0)
    text = g_strdup (_ ("Offline. Drafts, files and messages are kept and sent later; steps wait for the connection."));
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Offline. %u change waits to be sent.",
                                         "Offline. %u changes wait to be sent.", n_waiting),
                            n_waiting);
  wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE, text, n_waiting > 0 ? _ ("Show") : _ ("Try Again"));
}

static char *
status_text (gboolean online, guint n_waiting)
{
  if (n_waiting > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change to send", "%u changes to send", n_waiting),
                            n_waiting);
  return g_strdup (online ? _ ("Online") : _ ("Offline"));
}

static void
update_state (WuyouWorkView *self)
{
  gboolean online = wuyou_client_get_online (wuyou_app_context_get_client (self->context));
  guint n_waiting = wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (self->context));
  g_autofree char *status = status_text (online, n_waiting);
  g_autofree char *name = g_strdup_printf ("%s, %s", gtk_label_get_text (self->name_label), status);

  gtk_label_set_text (self->status_label, status);
  if (online)
    gtk_widget_remove_css_class (GTK_WIDGET (self->account_button), "offline");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->account_button), "offline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->account_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_waiting (self, online, n_waiting);
}

static void
on_online_changed_cb (WuyouWorkView *self)
{
  update_state (self);
  if (self->present != NULL && wuyou_client_get_online (wuyou_app_context_get_client (self->context)))
    wuyou_page_refresh (wuyou_work_view_get_page (self));
}

static void
on_resync_cb (WuyouWorkView *self)
{
  if (self->present != NULL)
    wuyou_page_refresh (wuyou_work_view_get_page (self));
}

static void
on_banner_pressed_cb (WuyouWorkView *self)
{
  if (wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (self->context)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.outbox", NULL);
  else
    wuyou_feed_hurry (wuyou_app_context_get_feed (self->context));
}

static void
on_session_changed_cb (WuyouWorkView *self)
{
  if (wuyou_session_get_state (wuyou_app_context_get_session (self->context)) != WUYOU_SESSION_ACTIVE)
    return;
  update_person (self);
  fill_sidebar (self);
}

static void
connect_context (WuyouWorkView *self)
{
  WuyouClient *client = wuyou_app_context_get_client (self->context);
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (self->context);

  g_signal_connect_object (client, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "notify::n-waiting", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_feed (self->context), "resync", G_CALLBACK (on_resync_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_session (self->context), "changed", G_CALLBACK (on_session_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
wuyou_work_view_dispose (GObject *object)
{
  WuyouWorkView *self = WUYOU_WORK_VIEW (object);

  g_clear_handle_id (&self->count_timer, g_source_remove);
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_work_view_parent_class)->dispose (object);
}

static void
wuyou_work_view_class_init (WuyouWorkViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_work_view_dispose;
  wuyou_focus_set_place (widget_class, wuyou_work_view_grab_focus);
  g_type_ensure (WUYOU_TYPE_BANNER);
  g_type_ensure (WUYOU_TYPE_SPLIT_VIEW);
  g_type_ensure (WUYOU_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/wuyou/Wuyou/wuyou-work-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, split);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, side_header);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, org_title);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, top_list);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, side_stop);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, bottom_list);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, account_button);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, avatar);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, name_label);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, status_label);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, pages);
  gtk_widget_class_bind_template_child (widget_class, WuyouWorkView, banner);
}

/* The arrow keys take the two lists for one. */
static gboolean
on_list_keynav_failed_cb (WuyouWorkView *self, GtkDirectionType direction, GtkListBox *list)
{
  if (list == self->top_list && direction == GTK_DIR_DOWN)
    return gtk_widget_child_focus (GTK_WIDGET (self->bottom_list), direction);
  if (list == self->bottom_list && direction == GTK_DIR_UP)
    return gtk_widget_child_focus (GTK_WIDGET (self->top_list), direction);
  return FALSE;
}

/* GTK 4.8 centres what stands in a menu button; a name belongs at the start. */
/* One line above the person's button while files are on their way. */
static void
show_uploads (WuyouWorkView *self)
{
  GtkWidget *button = GTK_WIDGET (self->account_button);
  GtkWidget *line = wuyou_upload_line_new (self->context, TRUE);

  g_object_set (line, "margin-start", 12, "margin-end", 12, "margin-top", 6, "margin-bottom", 6, NULL);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (button)), line, gtk_widget_get_prev_sibling (button));
}

static void
align_account_button (WuyouWorkView *self)
{
  GtkWidget *around = gtk_widget_get_parent (gtk_menu_button_get_child (self->account_button));

  gtk_widget_set_halign (around, GTK_ALIGN_FILL);
}

static void
wuyou_work_view_init (WuyouWorkView *self)
{
  GtkListBox *lists[2];

  gtk_widget_init_template (GTK_WIDGET (self));
  align_account_button (self);
  lists[0] = self->top_list;
  lists[1] = self->bottom_list;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_signal_connect_object (lists[i], "row-selected", G_CALLBACK (on_row_selected_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (lists[i], "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (lists[i], "keynav-failed", G_CALLBACK (on_list_keynav_failed_cb), self, G_CONNECT_SWAPPED);
  }
  g_signal_connect_object (self->banner, "pressed", G_CALLBACK (on_banner_pressed_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->split, "folded", self->side_header, "show-end-title-buttons", G_BINDING_SYNC_CREATE);
}

WuyouWorkView *
wuyou_work_view_new (WuyouAppContext *context)
{
  WuyouWorkView *self = g_object_new (WUYOU_TYPE_WORK_VIEW, NULL);

  self->context = g_object_ref (context);
  fill_sidebar (self);
  update_person (self);
  update_state (self);
  self->counting = g_cancellable_new ();
  connect_context (self);
  g_signal_connect_object (wuyou_app_context_get_feed (context), "event", G_CALLBACK (on_feed_event_cb), self,
                           G_CONNECT_SWAPPED);
  show_uploads (self);
  gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), wuyou_consent_notice_new (context));
  open_first_page (self);
  ask_counts (self);
  return self;
}
