/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "drafts/wuyou-draft-courier.h"
#include "wuyou-record-page-private.h"

/* The form in the place of list and record: opened for a new one, for the one shown or for a draft that only this
 * machine has, and closed back to the record. */

static WuyouAppContext *
get_context (WuyouRecordPage *self)
{
  return wuyou_page_get_context (WUYOU_PAGE (self));
}

void
_wuyou_record_page_show_drafts (WuyouRecordPage *self)
{
  WuyouBanner *banner = _wuyou_record_page_get_private (self)->drafts;
  guint n_drafts = 0;
  g_autofree char *newest
      = wuyou_draft_courier_find_local (get_context (self), _wuyou_record_page_get_kind (self)->draft, &n_drafts);
  g_autofree char *text
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u draft is on this computer only, until it can be sent.",
                                      "%u drafts are on this computer only, until they can be sent.", n_drafts),
                         n_drafts);

  if (n_drafts > 0)
    wuyou_banner_show (banner, WUYOU_BANNER_NOTE, text, _ ("_Open"));
  else
    wuyou_banner_hide (banner);
}

void
_wuyou_record_page_open_newest_draft (WuyouRecordPage *self)
{
  guint n_drafts = 0;
  g_autofree char *newest
      = wuyou_draft_courier_find_local (get_context (self), _wuyou_record_page_get_kind (self)->draft, &n_drafts);

  if (newest != NULL)
    wuyou_record_page_open_form (self, newest, NULL, NULL);
}

/* --- the form --- */

void
_wuyou_record_page_drop_form (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);
  WuyouRecordForm *form = priv->form;

  if (form == NULL)
    return;
  priv->form = NULL;
  wuyou_record_form_flush (form);
  gtk_stack_set_visible_child_name (priv->stack, "browse");
  gtk_stack_remove (priv->stack, GTK_WIDGET (form));
  _wuyou_record_page_show_header (self);
}

void
_wuyou_record_page_close_form (WuyouRecordPage *self)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);
  g_autofree char *id = priv->form != NULL ? g_strdup (wuyou_record_form_get_id (priv->form)) : NULL;

  _wuyou_record_page_drop_form (self);
  _wuyou_record_page_show_drafts (self);
  wuyou_record_list_refresh (priv->list);
  wuyou_record_list_select (priv->list, id);
  wuyou_record_detail_show (priv->detail, id);
  if (_wuyou_record_page_is_covered (self))
    wuyou_record_detail_focus (priv->detail);
  else
    gtk_widget_grab_focus (GTK_WIDGET (priv->list));
}

static void
on_form_closed_cb (WuyouRecordPage *self)
{
  wuyou_split_view_set_show_content (_wuyou_record_page_get_private (self)->split, TRUE);
  _wuyou_record_page_close_form (self);
}

void
wuyou_record_page_open_form (WuyouRecordPage *self, const char *id, const char *basis, const char *field)
{
  WuyouRecordPagePrivate *priv = _wuyou_record_page_get_private (self);

  _wuyou_record_page_drop_form (self);
  priv->form = WUYOU_RECORD_PAGE_GET_CLASS (self)->create_form (self, id, basis);
  gtk_stack_add_named (priv->stack, GTK_WIDGET (priv->form), "form");
  gtk_stack_set_visible_child_name (priv->stack, "form");
  g_signal_connect_object (priv->form, "closed", G_CALLBACK (on_form_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->form, "notify::title", G_CALLBACK (_wuyou_record_page_show_header), self,
                           G_CONNECT_SWAPPED);
  _wuyou_record_page_show_header (self);
  wuyou_record_form_focus (priv->form, field);
}

void
_wuyou_record_page_begin (WuyouRecordPage *self)
{
  WuyouRecordPageClass *klass = WUYOU_RECORD_PAGE_GET_CLASS (self);

  if (!wuyou_record_page_can_create (self))
    return;
  if (klass->begin != NULL)
    klass->begin (self);
  else
    wuyou_record_page_open_form (self, NULL, NULL, NULL);
}
