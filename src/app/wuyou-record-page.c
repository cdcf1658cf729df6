/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-record-page-private.h"

#include <glib/gi18n.h>

#include "base/wuyou-id.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-focus.h"

#define LIST_MIN 412
#define LIST_MAX 760
#define DETAIL_MIN 350

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WuyouRecordPage, wuyou_record_page, WUYOU_TYPE_PAGE)

WuyouRecordPagePrivate *
_wuyou_record_page_get_private (WuyouRecordPage *self)
{
  return wuyou_record_page_get_instance_private (self);
}

const WuyouRecordPageKind *
_wuyou_record_page_get_kind (WuyouRecordPage *self)
{
  return WUYOU_RECORD_PAGE_GET_CLASS (self)->kind;
}

static WuyouAppContext *
get_context (WuyouRecordPage *self)
{
  return wuyou_page_get_context (WUYOU_PAGE (self));
}

WuyouRecordDetail *
wuyou_record_page_get_detail (WuyouRecordPage *self)
{
  return _wuyou_record_page_get_private (self)->detail;
}

WuyouRecordForm *
wuyou_record_page_get_form (WuyouRecordPage *self)
{
  return _wuyou_record_page_get_private (self)->form;
}

gboolean
wuyou_record_page_can_create (WuyouRecordPage *self)
{
  return wuyou_session_can (wuyou_app_context_get_session (get_context (self)),
                            _wuyou_record_page_get_kind (self)->object, WUYOU_VERB_CREATE);
}

/* There is room for one column only, and it is the record. */
gboolean
_wuyou_record_page_is_covered (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  return wuyou_split_view_get_folded (priv->split) && wuyou_split_view_get_show_content (priv->split);
}

const char *
wuyou_record_page_get_shown (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return NULL;
  if (priv->form != NULL)
    return wuyou_record_form_get_id (priv->form);
  if (wuyou_split_view_get_folded (priv->split) && !wuyou_split_view_get_show_content (priv->split))
    return NULL;
  return wuyou_record_detail_get_id (priv->detail);
}

static void
tell_shown (WuyouRecordPage *self)
{
  WuyouRecordPageClass *klass = WUYOU_RECORD_PAGE_GET_CLASS (self);

  if (klass->shown != NULL)
    klass->shown (self);
}

void
_wuyou_record_page_show_header (WuyouRecordPage *self)
{
  const WuyouRecordPageKind *kind = _wuyou_record_page_get_kind (self);
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);
  gboolean editing = priv->form != NULL, inner = editing || _wuyou_record_page_is_covered (self);

  gtk_widget_set_visible (priv->browse_buttons, !inner);
  if (priv->new_words != NULL)
    adw_button_content_set_label (priv->new_words, wuyou_split_view_get_folded (priv->split) ? "" : _ (kind->create));
  wuyou_page_set_inner (WUYOU_PAGE (self), inner);
  wuyou_page_set_title (WUYOU_PAGE (self), editing ? wuyou_record_form_get_title (priv->form) : _ (kind->title));
  tell_shown (self);
}

/* --- list and record --- */

static void
on_edit_requested_cb (WuyouRecordPage *self, const char *id, const char *field)
{
  wuyou_record_page_open_form (self, id, NULL, field);
}

static void
on_list_selected_cb (WuyouRecordPage *self, const char *id)
{
  wuyou_record_detail_show (_wuyou_record_page_get_private (self)->detail, id);
  tell_shown (self);
}

static void
on_list_opened_cb (WuyouRecordPage *self, const char *id)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  wuyou_record_detail_show (priv->detail, id);
  wuyou_split_view_set_show_content (priv->split, TRUE);
  wuyou_record_detail_focus (priv->detail);
  tell_shown (self);
}

/* What is beside the list is read on in; what the list covers is shown. */
static void
on_list_peeked_cb (WuyouRecordPage *self, const char *id)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  if (wuyou_split_view_get_folded (priv->split))
    on_list_opened_cb (self, id);
  else
    wuyou_record_detail_read_on (priv->detail);
}

static void
on_detail_changed_cb (WuyouRecordPage *self, const char *id)
{
  wuyou_record_list_touch (_wuyou_record_page_get_private (self)->list, id, TRUE);
}

static void
on_list_busy_cb (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  if (priv->form == NULL)
    wuyou_page_set_busy (WUYOU_PAGE (self), wuyou_record_list_get_busy (priv->list));
}

static void
on_feed_event_cb (WuyouRecordPage *self, JsonObject *event)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);
  const char *id = wuyou_json_get_string (event, "record");

  if (g_strcmp0 (wuyou_json_get_string (event, "object"), _wuyou_record_page_get_kind (self)->event) != 0 || id == NULL)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return; /* entering the page asks anyway */
  wuyou_record_list_touch (priv->list, id, TRUE);
  if (priv->form != NULL)
    wuyou_record_form_touch (priv->form, id);
  else if (g_strcmp0 (id, wuyou_record_detail_get_id (priv->detail)) == 0)
    wuyou_record_detail_refresh (priv->detail);
}

/* --- the page --- */

static void
wuyou_record_page_refresh (WuyouPage *page)
{
  WuyouRecordPage *self = WUYOU_RECORD_PAGE (page);
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  tell_shown (self);
  if (priv->form != NULL) {
    wuyou_record_form_refresh (priv->form);
    return;
  }
  _wuyou_record_page_show_drafts (self);
  wuyou_record_list_refresh (priv->list);
  wuyou_record_detail_refresh (priv->detail);
}

static void
wuyou_record_page_open_record (WuyouPage *page, const char *record)
{
  WuyouRecordPage *self = WUYOU_RECORD_PAGE (page);
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  if (g_str_equal (record, "new")) {
    _wuyou_record_page_begin (self);
    return;
  }
  if (!wuyou_id_is_valid (record))
    return;
  _wuyou_record_page_drop_form (self);
  wuyou_record_list_select (priv->list, record);
  wuyou_record_detail_show (priv->detail, record);
  wuyou_split_view_set_show_content (priv->split, TRUE);
  tell_shown (self);
}

/* Leaving keeps what was typed: it is sealed on this machine with every key. */
static void
wuyou_record_page_left (WuyouPage *page)
{
  WuyouRecordPage *self = WUYOU_RECORD_PAGE (page);
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  if (priv->form != NULL)
    wuyou_record_form_flush (priv->form);
  wuyou_record_detail_stop (priv->detail);
  WUYOU_PAGE_CLASS (wuyou_record_page_parent_class)->left (page);
}

static gboolean
find (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  if (priv->form != NULL)
    return FALSE;
  wuyou_split_view_set_show_content (priv->split, FALSE);
  wuyou_record_list_focus_search (priv->list);
  return TRUE;
}

static gboolean
save (WuyouRecordPage *self)
{
  WuyouRecordForm *form = _wuyou_record_page_get_private (self)->form;

  if (form == NULL)
    return FALSE;
  wuyou_record_form_flush (form);
  wuyou_app_context_toast (get_context (self), _ ("Saved"));
  return TRUE;
}

/* One way back at a time: from the form, then from the record that covers the list. */
static gboolean
go_back (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  if (priv->form != NULL)
    _wuyou_record_page_close_form (self);
  else if (_wuyou_record_page_is_covered (self))
    wuyou_split_view_set_show_content (priv->split, FALSE);
  else
    return FALSE;
  return TRUE;
}

/* A form stays: it is left on purpose. */
static gboolean
go_to_list (WuyouRecordPage *self)
{
  return _wuyou_record_page_get_private (self)->form == NULL && go_back (self);
}

static gboolean
wuyou_record_page_act (WuyouPage *page, WuyouPageAct act)
{
  WuyouRecordPage *self = WUYOU_RECORD_PAGE (page);

  switch (act) {
  case WUYOU_PAGE_BACK:
    return go_back (self);
  case WUYOU_PAGE_LIST:
    return go_to_list (self);
  case WUYOU_PAGE_FIND:
    return find (self);
  case WUYOU_PAGE_NEW:
    if (_wuyou_record_page_get_private (self)->form == NULL)
      _wuyou_record_page_begin (self);
    return TRUE;
  case WUYOU_PAGE_SAVE:
    return save (self);
  default:
    return FALSE;
  }
}

/* The list first: its arrow keys are what most of the day is about. */
static gboolean
wuyou_record_page_grab_focus (GtkWidget *widget)
{
  WuyouRecordPage *self = WUYOU_RECORD_PAGE (widget);
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  if (priv->form != NULL || _wuyou_record_page_is_covered (self))
    return GTK_WIDGET_CLASS (wuyou_record_page_parent_class)->grab_focus (widget);
  return gtk_widget_grab_focus (GTK_WIDGET (priv->list));
}

static GtkWidget *
build_new_button (WuyouRecordPage *self)
{
  const WuyouRecordPageKind *kind = _wuyou_record_page_get_kind (self);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  _wuyou_record_page_get_private (self)->new_words = ADW_BUTTON_CONTENT (content);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, _ (kind->create_tooltip));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (kind->create), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (_wuyou_record_page_begin), self, G_CONNECT_SWAPPED);
  return button;
}

static void
build_header (WuyouRecordPage *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  _wuyou_record_page_get_private (self)->browse_buttons = buttons;
  if (wuyou_record_page_can_create (self))
    gtk_box_append (GTK_BOX (buttons), build_new_button (self));
  adw_header_bar_pack_start (wuyou_page_get_header (WUYOU_PAGE (self)), buttons);
}

static void
connect_parts (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);
  const struct {
    gpointer from;
    const char *signal;
    GCallback run;
  } links[] = {
    { priv->split, "notify::folded", G_CALLBACK (_wuyou_record_page_show_header) },
    { priv->split, "notify::show-content", G_CALLBACK (_wuyou_record_page_show_header) },
    { priv->drafts, "pressed", G_CALLBACK (_wuyou_record_page_open_newest_draft) },
    { priv->list, "selected", G_CALLBACK (on_list_selected_cb) },
    { priv->list, "opened", G_CALLBACK (on_list_opened_cb) },
    { priv->list, "peeked", G_CALLBACK (on_list_peeked_cb) },
    { priv->list, "new-requested", G_CALLBACK (_wuyou_record_page_begin) },
    { priv->list, "notify::busy", G_CALLBACK (on_list_busy_cb) },
    { priv->detail, "edit-requested", G_CALLBACK (on_edit_requested_cb) },
    { priv->detail, "changed", G_CALLBACK (on_detail_changed_cb) },
    { wuyou_app_context_get_outbox (get_context (self)), "sent", G_CALLBACK (_wuyou_record_page_show_drafts) },
    { wuyou_app_context_get_feed (get_context (self)), "event", G_CALLBACK (on_feed_event_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    g_signal_connect_object (links[i].from, links[i].signal, links[i].run, self, G_CONNECT_SWAPPED);
}

static void
build_content (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);
  WuyouRecordPageClass *klass = WUYOU_RECORD_PAGE_GET_CLASS (self);
  GtkWidget *browse = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  priv->list = WUYOU_RECORD_LIST (klass->create_list (self));
  priv->detail = klass->create_detail (self);
  priv->split = g_object_new (WUYOU_TYPE_SPLIT_VIEW, "sidebar-min", LIST_MIN, "sidebar-max", LIST_MAX, "sidebar-share",
                              klass->kind->share, "content-min", DETAIL_MIN, NULL);
  wuyou_split_view_set_sidebar (priv->split, GTK_WIDGET (priv->list));
  wuyou_split_view_set_content (priv->split, GTK_WIDGET (priv->detail));
  priv->drafts = WUYOU_BANNER (wuyou_banner_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (priv->split), TRUE);
  gtk_box_append (GTK_BOX (browse), GTK_WIDGET (priv->drafts));
  gtk_box_append (GTK_BOX (browse), GTK_WIDGET (priv->split));
  priv->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (priv->stack, FALSE);
  gtk_stack_add_named (priv->stack, browse, "browse");
  wuyou_page_set_content (WUYOU_PAGE (self), GTK_WIDGET (priv->stack));
}

static void
wuyou_record_page_constructed (GObject *object)
{
  WuyouRecordPage *self = WUYOU_RECORD_PAGE (object);
  WuyouRecordPageClass *klass = WUYOU_RECORD_PAGE_GET_CLASS (self);

  G_OBJECT_CLASS (wuyou_record_page_parent_class)->constructed (object);
  if (klass->prepare != NULL)
    klass->prepare (self);
  build_content (self);
  build_header (self);
  connect_parts (self);
  _wuyou_record_page_show_header (self);
}

static void
wuyou_record_page_dispose (GObject *object)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (WUYOU_RECORD_PAGE (object));

  if (priv->form != NULL)
    wuyou_record_form_flush (priv->form);
  priv->form = NULL;
  G_OBJECT_CLASS (wuyou_record_page_parent_class)->dispose (object);
}

static void
wuyou_record_page_class_init (WuyouRecordPageClass *klass)
{
  WuyouPageClass *page_class = WUYOU_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = wuyou_record_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = wuyou_record_page_dispose;
  page_class->refresh = wuyou_record_page_refresh;
  page_class->open_record = wuyou_record_page_open_record;
  page_class->left = wuyou_record_page_left;
  page_class->act = wuyou_record_page_act;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_record_page_grab_focus);
}

static void
wuyou_record_page_init (WuyouRecordPage *self)
{
}
