/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-evidence-view-private.h"

/* What was saved is offered, never taken by itself: the folder may be used for other things too. */

static const char *
get_place_title (WuyouEvidenceView *self)
{
  g_auto (GStrv) parts = self->capture_place != NULL ? g_strsplit (self->capture_place, " ", 2) : NULL;
  const WuyouEvidencePlace *place = parts != NULL ? wuyou_evidence_folder_find_place (self->folder, parts[0], 0) : NULL;

  return place != NULL ? place->row->title : NULL;
}

static char *
dup_offer (WuyouEvidenceView *self)
{
  guint n = wuyou_evidence_capture_count (self->capture);
  const char *title = get_place_title (self);

  if (title != NULL)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new file was saved. Add it to “%s”?",
                                         "%u new files were saved. Add them to “%s”?", n),
                            n, title);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new file was saved. Add it to this claim?",
                                       "%u new files were saved. Add them to this claim?", n),
                          n);
}

static gboolean
is_of_this_claim (WuyouEvidenceView *self)
{
  return self->capture != NULL && self->folder != NULL && g_strcmp0 (self->capture_claim, self->folder->claim_id) == 0;
}

void
_wuyou_evidence_view_show_offer (WuyouEvidenceView *self)
{
  g_autofree char *text = NULL;

  if (!is_of_this_claim (self)) {
    g_clear_object (&self->capture);
    wuyou_banner_hide (self->offer);
    return;
  }
  if (wuyou_evidence_capture_count (self->capture) > 0)
    text = dup_offer (self);
  wuyou_banner_show (self->offer, WUYOU_BANNER_NOTE, text, _ ("_Add"));
}

static void
on_offer_pressed_cb (WuyouEvidenceView *self)
{
  GSList *files;

  if (!is_of_this_claim (self) || !_wuyou_evidence_view_may_take (self, self->capture_place))
    return;
  files = wuyou_evidence_capture_take (self->capture);
  _wuyou_evidence_view_take_files (self, files, self->capture_place);
  g_slist_free_full (files, g_object_unref);
  _wuyou_evidence_view_show_offer (self);
}

/* Not for this claim: these files are not asked about again, what is saved later is. */
static void
on_offer_dismissed_cb (WuyouEvidenceView *self)
{
  if (self->capture == NULL)
    return;
  g_slist_free_full (wuyou_evidence_capture_take (self->capture), g_object_unref);
}

void
_wuyou_evidence_view_build_offer (WuyouEvidenceView *self)
{
  self->offer = WUYOU_BANNER (wuyou_banner_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->offer), FALSE);
  wuyou_banner_set_dismissible (self->offer, TRUE);
  g_signal_connect_object (self->offer, "dismissed", G_CALLBACK (on_offer_dismissed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->offer, "pressed", G_CALLBACK (on_offer_pressed_cb), self, G_CONNECT_SWAPPED);
}

/* What was made for another place is not offered to this one. */
static void
prepare_capture (WuyouEvidenceView *self, const char *place)
{
  if (is_of_this_claim (self) && g_strcmp0 (self->capture_place, place) == 0)
    return;
  g_clear_object (&self->capture);
  self->capture = wuyou_evidence_capture_new ();
  g_free (self->capture_claim);
  self->capture_claim = g_strdup (self->folder->claim_id);
  g_free (self->capture_place);
  self->capture_place = g_strdup (place);
  g_signal_connect_object (self->capture, "changed", G_CALLBACK (_wuyou_evidence_view_show_offer), self,
                           G_CONNECT_SWAPPED);
}

/* "scan", or "scan LOSS_NOTICE 1" for a place. */
static void
capture (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouEvidenceView *self = WUYOU_EVIDENCE_VIEW (widget);
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), " ", 2);
  const WuyouEvidenceCaptureKind *kind = wuyou_evidence_capture_find_kind (parts[0]);
  g_autoptr (GdkAppLaunchContext) launch = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));

  if (kind == NULL || self->folder == NULL || !_wuyou_evidence_view_may_take (self, parts[1]))
    return;
  prepare_capture (self, parts[1]);
  _wuyou_evidence_view_show_offer (self);
  if (!wuyou_evidence_capture_start (self->capture, kind, G_APP_LAUNCH_CONTEXT (launch)))
    wuyou_app_context_toast (self->context, _ (kind->failed));
}

/* Only what this computer has. */
void
_wuyou_evidence_view_append_capture_tools (WuyouEvidenceView *self, GtkWidget *tools)
{
  self->capture_kinds = g_ptr_array_new ();
  for (guint i = 0; i < WUYOU_EVIDENCE_CAPTURE_KINDS; i++) {
    const WuyouEvidenceCaptureKind *kind = &wuyou_evidence_capture_kinds[i];
    g_autoptr (GAppInfo) program = wuyou_evidence_capture_find_program (kind);

    if (program == NULL)
      continue;
    g_ptr_array_add (self->capture_kinds, (gpointer) kind);
    _wuyou_evidence_view_append_tool (tools, kind->icon, _ (kind->label), "evidence.capture", kind->id,
                                      _ (kind->tooltip));
  }
}

GMenuModel *
_wuyou_evidence_view_build_capture_menu (WuyouEvidenceView *self, const char *place)
{
  GMenu *menu = self->capture_kinds->len > 0 ? g_menu_new () : NULL;

  for (guint i = 0; i < self->capture_kinds->len; i++) {
    const WuyouEvidenceCaptureKind *kind = self->capture_kinds->pdata[i];
    g_autofree char *target = g_strdup_printf ("%s %s", kind->id, place);
    g_autoptr (GMenuItem) item = g_menu_item_new (_ (kind->label), NULL);

    g_menu_item_set_action_and_target (item, "evidence.capture", "s", target);
    g_menu_append_item (menu, item);
  }
  return (GMenuModel *) menu;
}

void
_wuyou_evidence_view_install_capturing (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "evidence.capture", "s", capture);
}
