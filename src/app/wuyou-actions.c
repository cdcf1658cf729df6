/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-actions.h"

#include <glib/gi18n.h>

#include "wuyou-page.h"

#define GENERAL N_ ("General")
#define WORK N_ ("Lists and records")
#define EVIDENCE N_ ("Evidence of a claim")

static const WuyouActionInfo actions[] = {
  { "win.find-anything", "<Control>k", GENERAL, N_ ("Find an action or a record"), FALSE },
  { "win.find", "<Control>f", WORK, N_ ("Search on this page"), FALSE },
  { "win.refresh", "F5", GENERAL, N_ ("Refresh"), TRUE },
  { "win.help", "F1", GENERAL, N_ ("Explain this page"), TRUE },
  { "win.shortcuts", "<Control>question", GENERAL, N_ ("Keyboard shortcuts"), TRUE },
  { "win.preferences", "<Control>comma", GENERAL, N_ ("Preferences"), TRUE },
  { "win.outbox", "<Control><Shift>o", GENERAL, N_ ("What waits to be sent"), TRUE },
  { "win.lock", "<Control>l", GENERAL, N_ ("Lock the window"), TRUE },
  { "win.sign-out", NULL, GENERAL, N_ ("Sign out"), TRUE },
  { "win.report-misuse", NULL, GENERAL, N_ ("Report misuse of my account"), TRUE },
  { "win.about", NULL, GENERAL, N_ ("About Wuyou"), TRUE },
  { "app.quit", "<Control>q", GENERAL, N_ ("Quit"), TRUE },
  { "win.new", "<Control>n", WORK, N_ ("New contract"), TRUE },
  { "win.print", "<Control>p", WORK, N_ ("Print"), TRUE },
  { "win.save", "<Control>s", WORK, N_ ("Save now"), FALSE },
  { "win.back", "<Alt>Left", WORK, N_ ("Back"), FALSE },
  { NULL, "Return", WORK, N_ ("Open the selected record"), FALSE },
  { NULL, "space", WORK, N_ ("Read on in the selected record"), FALSE },
  { "win.compare", "F8", EVIDENCE, N_ ("Evidence and checks side by side"), FALSE },
  { NULL, "Left", EVIDENCE, N_ ("Previous file"), FALSE },
  { NULL, "Right", EVIDENCE, N_ ("Next file"), FALSE },
  { NULL, "Page_Up Page_Down", EVIDENCE, N_ ("Page before, page after"), FALSE },
  { NULL, "<Control>plus <Control>minus", EVIDENCE, N_ ("Larger, smaller"), FALSE },
  { NULL, "<Control>0", EVIDENCE, N_ ("Whole page"), FALSE },
  { "win.panel", "F9", EVIDENCE, N_ ("Picture or entries"), FALSE },
  { NULL, "v", EVIDENCE, N_ ("Verify the file"), FALSE },
  { NULL, "r", EVIDENCE, N_ ("Return the file"), FALSE },
  { NULL, "1...4", EVIDENCE, N_ ("Choose a check"), FALSE },
  { NULL, "y n", EVIDENCE, N_ ("The check is met, is not met"), FALSE },
  { NULL, "e", EVIDENCE, N_ ("Enter what the file says"), FALSE },
  { NULL, "m", EVIDENCE, N_ ("Move the file to another document"), FALSE },
};

const WuyouActionInfo *
wuyou_actions_get (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (actions);
  return actions;
}

void
wuyou_actions_set_accels (GtkApplication *application)
{
  guint n_pages;
  const WuyouPageInfo *pages = wuyou_pages_get (&n_pages);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    const char *accels[] = { actions[i].accel, NULL };

    if (actions[i].action != NULL && actions[i].accel != NULL)
      gtk_application_set_accels_for_action (application, actions[i].action, accels);
  }
  for (guint i = 0; i < n_pages; i++) {
    g_autofree char *action = g_strconcat ("win.go::", pages[i].id, NULL);
    const char *accels[] = { pages[i].accel, NULL };

    if (pages[i].accel != NULL)
      gtk_application_set_accels_for_action (application, action, accels);
  }
}

static void
append_shortcut (GString *xml, const char *label, const char *accel)
{
  g_autofree char *piece
      = g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
                                 "<property name='accelerator'>%s</property></object></child>",
                                 label, accel);

  g_string_append (xml, piece);
}

static void
begin_group (GString *xml, const char *title)
{
  g_autofree char *piece = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", title);

  g_string_append (xml, piece);
}

static void
append_group (GString *xml, const char *group)
{
  begin_group (xml, _ (group));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].group, group) && actions[i].accel != NULL)
      append_shortcut (xml, _ (actions[i].label), actions[i].accel);
  g_string_append (xml, "</object></child>");
}

static void
append_pages (GString *xml)
{
  guint n_pages;
  const WuyouPageInfo *pages = wuyou_pages_get (&n_pages);

  begin_group (xml, _ ("Pages"));
  for (guint i = 0; i < n_pages; i++)
    if (pages[i].accel != NULL)
      append_shortcut (xml, _ (pages[i].label), pages[i].accel);
  g_string_append (xml, "</object></child>");
}

static void
begin_section (GString *xml, const char *name, const char *title)
{
  g_autofree char *piece = g_markup_printf_escaped ("<child><object class='GtkShortcutsSection'>"
                                                    "<property name='section-name'>%s</property>"
                                                    "<property name='title'>%s</property>",
                                                    name, title);

  g_string_append (xml, piece);
}

/* GTK builds this window from XML only; the XML comes from the table, so that nothing is written twice. What would not
 * fit on a page is a section of its own: numbers of pages are drawn too narrow by libadwaita 1.2. */
GtkWindow *
wuyou_actions_shortcuts_window (void)
{
  g_autoptr (GString) xml = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'>"
                                          "<property name='modal'>1</property>");
  g_autoptr (GtkBuilder) builder = NULL;

  begin_section (xml, "all", _ ("Everywhere"));
  append_group (xml, GENERAL);
  append_pages (xml);
  append_group (xml, WORK);
  g_string_append (xml, "</object></child>");
  begin_section (xml, "evidence", _ (EVIDENCE));
  append_group (xml, EVIDENCE);
  g_string_append (xml, "</object></child></object></interface>");
  builder = gtk_builder_new_from_string (xml->str, xml->len);
  return GTK_WINDOW (gtk_builder_get_object (builder, "window"));
}
