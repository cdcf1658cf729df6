/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-claim-detail-private.h"
#include "widgets/wuyou-split-view.h"

/* The claim with its evidence and its checks side by side, for who reviews and who decides. It takes the room of the
 * list too; the way back, Escape and the button end it. */

static WuyouSplitView *
get_split (WuyouClaimDetail *self)
{
  return (WuyouSplitView *) gtk_widget_get_ancestor (GTK_WIDGET (self), WUYOU_TYPE_SPLIT_VIEW);
}

static gboolean
may_compare (WuyouClaimDetail *self)
{
  return self->dossier != NULL && _wuyou_claim_detail_sees_review (self)
         && wuyou_record_detail_can (WUYOU_RECORD_DETAIL (self), WUYOU_OBJECT_CLAIM_DOCUMENT, WUYOU_VERB_READ)
         && _wuyou_claim_detail_get_mode (self) != WUYOU_EVIDENCE_CLERK;
}

void
_wuyou_claim_detail_leave_desk (WuyouClaimDetail *self)
{
  WuyouClaimDesk *desk = self->desk;
  WuyouSplitView *split = get_split (self);

  if (desk == NULL)
    return;
  self->desk = NULL;
  gtk_toggle_button_set_active (self->beside, FALSE);
  if (split != NULL)
    wuyou_split_view_set_alone (split, FALSE);
  wuyou_claim_desk_give_back (desk);
  wuyou_case_view_set_body (self->view, NULL);
  if (self->dossier != NULL)
    _wuyou_claim_detail_fill (self, FALSE);
}

static void
on_desk_left_cb (WuyouClaimDetail *self)
{
  _wuyou_claim_detail_leave_desk (self);
  wuyou_case_view_focus (self->view);
}

/* The way back was taken: to the list. */
static void
on_alone_changed_cb (WuyouSplitView *split, GParamSpec *pspec, WuyouClaimDesk *desk)
{
  GtkWidget *detail = gtk_widget_get_ancestor (GTK_WIDGET (desk), WUYOU_TYPE_CLAIM_DETAIL);
  gboolean alone;

  g_object_get (split, "alone", &alone, NULL);
  if (!alone && detail != NULL)
    _wuyou_claim_detail_leave_desk (WUYOU_CLAIM_DETAIL (detail));
}

static void
enter (WuyouClaimDetail *self)
{
  WuyouSplitView *split = get_split (self);

  _wuyou_claim_detail_fill_rest (self);
  self->desk = WUYOU_CLAIM_DESK (wuyou_claim_desk_new (self->context, self->review));
  adw_bin_set_child (ADW_BIN (gtk_widget_get_parent (GTK_WIDGET (self->review))), NULL);
  wuyou_case_view_set_body (self->view, GTK_WIDGET (self->desk));
  g_signal_connect_object (self->desk, "left", G_CALLBACK (on_desk_left_cb), self, G_CONNECT_SWAPPED);
  if (split != NULL) {
    wuyou_split_view_set_alone (split, TRUE);
    g_signal_connect_object (split, "notify::alone", G_CALLBACK (on_alone_changed_cb), self->desk, 0);
  }
  gtk_toggle_button_set_active (self->beside, TRUE);
  _wuyou_claim_detail_fill_desk (self);
  wuyou_claim_desk_focus (self->desk);
}

void
_wuyou_claim_detail_fill_desk (WuyouClaimDetail *self)
{
  gboolean may = may_compare (self);
  const char *shown = self->desk != NULL ? wuyou_claim_desk_get_claim (self->desk) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->beside), may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "claim.compare", may);
  if (self->desk == NULL)
    return;
  if (!may || (shown != NULL && g_strcmp0 (shown, self->dossier->claim->id) != 0))
    _wuyou_claim_detail_leave_desk (self);
  else
    wuyou_claim_desk_take (self->desk, self->dossier->answer, self->dossier->etag, _wuyou_claim_detail_get_mode (self));
}

void
_wuyou_claim_detail_go_to_checks (WuyouClaimDetail *self)
{
  if (self->desk != NULL) {
    wuyou_claim_desk_show_checks (self->desk);
    return;
  }
  wuyou_case_view_jump (self->view, _wuyou_claim_detail_find_section (self, "check_contract"));
  wuyou_claim_review_focus (self->review);
}

static void
compare (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (widget);

  if (self->desk != NULL)
    on_desk_left_cb (self);
  else if (may_compare (self))
    enter (self);
}

gboolean
wuyou_claim_detail_compare (WuyouClaimDetail *self)
{
  return gtk_widget_activate_action (GTK_WIDGET (self), "claim.compare", NULL);
}

gboolean
wuyou_claim_detail_switch_panel (WuyouClaimDetail *self)
{
  return self->desk != NULL && wuyou_claim_desk_switch_panel (self->desk);
}

static void
on_beside_toggled_cb (WuyouClaimDetail *self)
{
  if (gtk_toggle_button_get_active (self->beside) != (self->desk != NULL))
    wuyou_claim_detail_compare (self);
}

void
_wuyou_claim_detail_add_desk_button (WuyouClaimDetail *self)
{
  self->beside = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Side by Side")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->beside), _ ("Evidence, facts and checks side by side (F8)"));
  gtk_widget_set_visible (GTK_WIDGET (self->beside), FALSE);
  wuyou_case_view_add_button (self->view, GTK_WIDGET (self->beside));
  g_signal_connect_object (self->beside, "toggled", G_CALLBACK (on_beside_toggled_cb), self, G_CONNECT_SWAPPED);
}

void
_wuyou_claim_detail_install_desk (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "claim.compare", NULL, compare);
}
