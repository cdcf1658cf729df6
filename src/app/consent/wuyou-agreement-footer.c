/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "consent/wuyou-agreement-contents.h"
#include "consent/wuyou-agreement-gate-private.h"
#include "consent/wuyou-consent-evidence.h"
#include "widgets/wuyou-wrap-box.h"

static WuyouAgreementView *
get_view (WuyouAgreementGate *self)
{
  return wuyou_agreement_reader_get_view (self->reader);
}

/* Where there is little room, which document it is stands in the tip alone. */
static void
show_next (WuyouAgreementGate *self)
{
  int next = wuyou_agreement_view_get_next (get_view (self));
  g_autofree char *tip = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->go_on), next >= 0);
  if (next < 0)
    return;
  /* Translators: %s is the title of a document. */
  tip = g_strdup_printf (_ ("Not read to the end yet: %s"),
                         wuyou_bundle_get_document (self->bundle, (guint) next)->title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->go_on), tip);
  gtk_button_set_label (self->go_on, self->folded ? _ ("Not read to the end") : tip);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->go_on)),
                           self->folded ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

/* The button beside it says the rest where there is little room. */
static char *
dup_progress (WuyouAgreementGate *self, guint total)
{
  if (self->folded && total < 100)
    return g_strdup_printf (_ ("%u %% read"), total);
  return wuyou_agreement_contents_describe (total);
}

static void
set_agree (WuyouAgreementGate *self, gboolean complete)
{
  const char *why = complete ? NULL : _ ("First read every document to its end.");

  gtk_widget_set_sensitive (GTK_WIDGET (self->agree), complete && self->usable && !self->sending);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->agree), why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->agree), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  why != NULL ? why : "", -1);
}

/* Nothing depends on how much was read; in little room the row still holds the tools. */
static void
show_told (WuyouAgreementGate *self)
{
  gtk_widget_set_visible (self->progress_row, self->folded);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->go_on), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->decline), FALSE);
  gtk_label_set_text (self->progress_text, "");
  set_agree (self, TRUE);
}

void
_wuyou_agreement_gate_show_progress (WuyouAgreementGate *self)
{
  gboolean complete;
  guint total;
  g_autofree char *text = NULL, *shown = NULL;

  if (self->reader == NULL)
    return;
  if (self->told) {
    show_told (self);
    return;
  }
  complete = wuyou_agreement_view_is_complete (get_view (self));
  total = wuyou_agreement_view_get_total (get_view (self));
  text = wuyou_agreement_contents_describe (total);
  shown = dup_progress (self, total);
  gtk_progress_bar_set_fraction (self->progress, total / 100.0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  gtk_label_set_text (self->progress_text, shown);
  show_next (self);
  set_agree (self, complete);
  gtk_widget_set_sensitive (GTK_WIDGET (self->decline), !self->sending);
}

void
_wuyou_agreement_gate_fill_footer (WuyouAgreementGate *self)
{
  const char *locale = wuyou_consent_evidence_get_locale ();
  g_autofree char *words = wuyou_consent_dup_call_to_action (locale, self->organisation);
  gboolean asks = !self->told;

  gtk_label_set_text (self->words, asks ? words : _ ("There is nothing to decide, and nothing is sent."));
  gtk_button_set_label (self->agree, asks ? wuyou_consent_agree_label (locale) : _ ("Understood"));
  gtk_button_set_label (self->decline, asks && !self->preview ? wuyou_consent_decline_label (locale) : _ ("Not Now"));
  gtk_widget_set_visible (self->progress_row, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->decline), asks);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), asks && !self->folded);
  _wuyou_agreement_gate_show_progress (self);
}

static void
on_go_on_cb (WuyouAgreementGate *self)
{
  wuyou_agreement_reader_go_on (self->reader);
}

static GtkWidget *
build_progress (WuyouAgreementGate *self)
{
  GtkWidget *box = wuyou_wrap_box_new (12);

  self->progress_row = box;
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->progress_text = GTK_LABEL (gtk_label_new (""));
  self->go_on = GTK_BUTTON (gtk_button_new_with_label (""));
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 120, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much was read"), -1);
  gtk_label_set_ellipsize (self->progress_text, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->progress_text), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->progress_text), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->go_on), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->go_on), "wuyou-go-on");
  gtk_widget_set_halign (GTK_WIDGET (self->go_on), GTK_ALIGN_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->go_on), TRUE);
  g_signal_connect_object (self->go_on, "clicked", G_CALLBACK (on_go_on_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "wuyou-consent-progress");
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (box), GTK_WIDGET (self->progress));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (box), GTK_WIDGET (self->progress_text));
  wuyou_wrap_box_append (WUYOU_WRAP_BOX (box), GTK_WIDGET (self->go_on));
  return box;
}

/* P-09: neither is more prominent than the other. */
static GtkButton *
build_button (WuyouAgreementGate *self, GtkSizeGroup *sizes, void (*callback) (WuyouAgreementGate *))
{
  GtkWidget *button = gtk_button_new_with_label ("");

  gtk_widget_add_css_class (button, "wuyou-decision");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_size_group_add_widget (sizes, button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (callback), self, G_CONNECT_SWAPPED);
  return GTK_BUTTON (button);
}

static GtkWidget *
build_decision (WuyouAgreementGate *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autoptr (GtkSizeGroup) sizes = gtk_size_group_new (GTK_SIZE_GROUP_BOTH);

  self->words = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_wrap_mode (self->words, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->words, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  self->decline = build_button (self, sizes, _wuyou_agreement_gate_ask_decline);
  self->agree = build_button (self, sizes, _wuyou_agreement_gate_agree);
  gtk_widget_set_sensitive (GTK_WIDGET (self->agree), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->decline));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->agree));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), buttons);
  self->decision = GTK_BOX (box);
  return box;
}

void
_wuyou_agreement_gate_fold_footer (WuyouAgreementGate *self, gboolean folded)
{
  self->folded = folded;
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !folded);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->decision),
                                  folded ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (folded)
    gtk_widget_add_css_class (gtk_widget_get_parent (self->progress_row), "folded");
  else
    gtk_widget_remove_css_class (gtk_widget_get_parent (self->progress_row), "folded");
  _wuyou_agreement_gate_show_progress (self);
}

void
_wuyou_agreement_gate_take_tools (WuyouAgreementGate *self)
{
  gtk_widget_insert_after (self->tool_box, self->progress_row, NULL);
}

GtkWidget *
_wuyou_agreement_gate_build_footer (WuyouAgreementGate *self)
{
  GtkWidget *footer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (footer, "wuyou-consent-footer");
  gtk_box_append (GTK_BOX (footer), build_progress (self));
  gtk_box_append (GTK_BOX (footer), build_decision (self));
  return footer;
}
