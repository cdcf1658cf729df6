/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-window-private.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-misuse-dialog.h"
#include "accounts/wuyou-sign-out.h"
#include "wuyou-actions.h"
#include "wuyou-finder.h"
#include "wuyou-outbox-view.h"
#include "wuyou-preferences.h"

static void
go_to_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouWindow *self = WUYOU_WINDOW (widget);

  if (self->work != NULL)
    wuyou_work_view_go_by_key (self->work, g_variant_get_string (parameter, NULL));
}

static void
find_anything (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouWindow *self = WUYOU_WINDOW (widget);

  wuyou_finder_present (self->context, GTK_WINDOW (self));
}

static gboolean
act_on_page (GtkWidget *widget, WuyouPageAct act)
{
  WuyouWindow *self = WUYOU_WINDOW (widget);
  WuyouPage *page = self->work != NULL ? wuyou_work_view_get_page (self->work) : NULL;

  return page != NULL && wuyou_page_act (page, act);
}

static void
find_on_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!act_on_page (widget, WUYOU_PAGE_FIND))
    find_anything (widget, name, parameter);
}

/* A sale can begin anywhere. */
static void
make_new (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!act_on_page (widget, WUYOU_PAGE_NEW))
    wuyou_app_context_go (WUYOU_WINDOW (widget)->context, "sales", "new");
}

static void
print (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!act_on_page (widget, WUYOU_PAGE_PRINT))
    wuyou_app_context_toast (WUYOU_WINDOW (widget)->context, _ ("There is nothing to print here."));
}

static void
save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act_on_page (widget, WUYOU_PAGE_SAVE);
}

static void
compare (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act_on_page (widget, WUYOU_PAGE_COMPARE);
}

static void
switch_panel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act_on_page (widget, WUYOU_PAGE_PANEL);
}

static void
go_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  act_on_page (widget, WUYOU_PAGE_BACK);
}

static void
refresh (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouWindow *self = WUYOU_WINDOW (widget);
  WuyouPage *page = self->work != NULL ? wuyou_work_view_get_page (self->work) : NULL;

  wuyou_outbox_retry (wuyou_app_context_get_outbox (self->context));
  wuyou_uploads_try_again (wuyou_app_context_get_uploads (self->context), NULL);
  if (page != NULL)
    wuyou_page_refresh (page);
}

static void
show_help (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouWindow *self = WUYOU_WINDOW (widget);
  const WuyouPageInfo *info = self->work != NULL ? wuyou_pages_find (wuyou_work_view_get_page_id (self->work)) : NULL;

  if (self->work != NULL)
    wuyou_work_view_go (self->work, "help", info != NULL ? info->help : NULL);
}

static void
show_shortcuts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *window = wuyou_actions_shortcuts_window ();

  gtk_window_set_transient_for (window, GTK_WINDOW (widget));
  gtk_window_present (window);
}

static void
show_preferences (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wuyou_preferences_present (WUYOU_WINDOW (widget)->context, GTK_WINDOW (widget));
}

static void
show_outbox (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wuyou_outbox_view_present (WUYOU_WINDOW (widget)->context, GTK_WINDOW (widget));
}

static void
lock (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wuyou_session_set_locked (wuyou_app_context_get_session (WUYOU_WINDOW (widget)->context), TRUE);
}

static void
report_misuse (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wuyou_misuse_dialog_present (WUYOU_WINDOW (widget)->context, GTK_WINDOW (widget));
}

/* The button with the version, which libadwaita 1.2 leaves without a name. */
static void
name_version_button (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "app-version")) {
    g_autofree char *name = g_strdup_printf (_ ("Copy the version: %s"), PACKAGE_VERSION);

    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_version_button (child);
}

static void
show_about (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *about = g_object_new (ADW_TYPE_ABOUT_WINDOW, "transient-for", widget, "application-name", _ ("Wuyou"),
                                   "application-icon", APPLICATION_ID, "version", PACKAGE_VERSION, "developer-name",
                                   _ ("The Wuyou authors"), "license-type", GTK_LICENSE_GPL_3_0, "comments",
                                   _ ("Service contracts for car dealerships: sold, printed and found again."), NULL);

  name_version_button (about);
  gtk_window_present (GTK_WINDOW (about));
}

static void
on_sign_out_answered_cb (WuyouWindow *self, const char *response)
{
  if (g_str_equal (response, "send"))
    wuyou_sign_out_after_sending (self->context);
  else if (g_str_equal (response, "out"))
    wuyou_sign_out_now (self->context);
}

static void
ask_to_send_first (WuyouWindow *self, const char *question)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Send first?"), question);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _ ("_Stay"), "out", _ ("Sign _Out Now"),
                                    "send", _ ("Send, _Then Sign Out"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "send", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "send");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_sign_out_answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WuyouWindow *self = WUYOU_WINDOW (widget);
  g_autofree char *question = wuyou_sign_out_dup_question (self->context);

  if (question != NULL)
    ask_to_send_first (self, question);
  else
    wuyou_sign_out (self->context);
}

/* What makes sense only while working. */
static const struct {
  const char *name;
  const char *type;
  GtkWidgetActionActivateFunc activate;
  gboolean work_only;
} window_actions[] = {
  { "win.go", "s", go_to_page, TRUE },
  { "win.find-anything", NULL, find_anything, TRUE },
  { "win.find", NULL, find_on_page, TRUE },
  { "win.new", NULL, make_new, TRUE },
  { "win.print", NULL, print, TRUE },
  { "win.save", NULL, save, TRUE },
  { "win.back", NULL, go_back, TRUE },
  { "win.compare", NULL, compare, TRUE },
  { "win.panel", NULL, switch_panel, TRUE },
  { "win.refresh", NULL, refresh, TRUE },
  { "win.help", NULL, show_help, TRUE },
  { "win.outbox", NULL, show_outbox, TRUE },
  { "win.lock", NULL, lock, TRUE },
  { "win.sign-out", NULL, sign_out, FALSE },
  { "win.shortcuts", NULL, show_shortcuts, FALSE },
  { "win.preferences", NULL, show_preferences, FALSE },
  { "win.report-misuse", NULL, report_misuse, FALSE },
  { "win.about", NULL, show_about, FALSE },
};

void
_wuyou_window_install_actions (WuyouWindowClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (window_actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), window_actions[i].name, window_actions[i].type,
                                     window_actions[i].activate);
}

void
_wuyou_window_update_actions (WuyouWindow *self)
{
  WuyouSessionState state = wuyou_session_get_state (wuyou_app_context_get_session (self->context));

  for (guint i = 0; i < G_N_ELEMENTS (window_actions); i++)
    if (window_actions[i].work_only)
      gtk_widget_action_set_enabled (GTK_WIDGET (self), window_actions[i].name, state == WUYOU_SESSION_ACTIVE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out", state != WUYOU_SESSION_SIGNED_OUT);
}
