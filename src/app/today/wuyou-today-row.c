/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "today/wuyou-today-row.h"

#include <glib/gi18n.h>

#include "base/wuyou-date.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-claim-rules.h"
#include "sales/wuyou-contract-rules.h"
#include "widgets/wuyou-row-layout.h"

#define RECORD_KEY "wuyou-record"
#define PAGE_KEY "wuyou-page"

static gboolean
is_claim (JsonObject *item)
{
  return g_strcmp0 (wuyou_json_get_string (item, "object"), "claim") == 0;
}

/* "李* · X3 xDrive30i" of a contract, "李* · Collision" of a claim */
static char *
dup_title (JsonObject *item)
{
  const char *title = wuyou_json_get_string (item, "title");
  const WuyouEnum *kind = wuyou_enum_find (wuyou_loss_types, wuyou_json_get_string (item, "loss_type"));

  if (kind == NULL)
    return g_strdup (title != NULL ? title : "");
  return g_strdup_printf ("%s%s%s", title != NULL ? title : "", title != NULL ? " · " : "", _ (kind->label));
}

/* "Awaiting signature · Register the signed copy" */
static char *
dup_subtitle (JsonObject *item)
{
  const WuyouWorkflow *workflow = is_claim (item) ? &wuyou_claim_workflow : &wuyou_contract_workflow;
  const WuyouEnum *state = wuyou_enum_find (workflow->states, wuyou_json_get_string (item, "state"));
  const char *action = wuyou_json_get_string (item, "action");
  const WuyouTransition *step = NULL;

  if (state == NULL)
    return g_strdup ("");
  if (action != NULL)
    step = wuyou_workflow_find (workflow, state->value, action, NULL);
  if (step == NULL)
    return g_strdup (_ (state->label));
  return g_strdup_printf ("%s · %s", _ (state->label), _ (step->label));
}

static char *
dup_clock (JsonObject *item, gint64 now)
{
  gint64 due = wuyou_instant_parse (wuyou_json_get_string (item, "due"));
  gint64 at = wuyou_instant_parse (wuyou_json_get_string (item, "at"));
  int days;

  if (due == 0)
    return at != 0 ? wuyou_instant_format_local (at) : NULL;
  days = wuyou_date_of_instant (due) - wuyou_date_of_instant (now);
  if (days < 0)
    return g_strdup_printf (ngettext ("%d day late", "%d days late", (gulong) -days), -days);
  if (days == 0)
    return g_strdup (_ ("Today"));
  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) days), days);
}

static GtkWidget *
clock_label_new (JsonObject *item, gint64 now)
{
  g_autofree char *text = dup_clock (item, now);
  gint64 due = wuyou_instant_parse (wuyou_json_get_string (item, "due"));
  GtkWidget *label = gtk_label_new (text);
  const char *urgency = "dim-label";

  if (due != 0 && due < now)
    urgency = "error";
  else if (due != 0 && due < now + 2 * G_TIME_SPAN_DAY)
    urgency = "warning";
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, urgency);
  return label;
}

GtkWidget *
wuyou_today_row_new (JsonObject *item, gint64 now)
{
  GtkWidget *row = adw_action_row_new ();
  const char *number = wuyou_json_get_string (item, "number");
  const char *draft = is_claim (item) ? _ ("New claim") : _ ("Draft");
  g_autofree char *title = dup_title (item);
  g_autofree char *heading = g_strdup_printf ("%s  %s", number != NULL ? number : draft, title);
  g_autofree char *subtitle = dup_subtitle (item);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), heading);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), clock_label_new (item, now));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  wuyou_row_stack_if_large (ADW_ACTION_ROW (row));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), PAGE_KEY, (gpointer) (is_claim (item) ? "claims" : "sales"));
  g_object_set_data_full (G_OBJECT (row), RECORD_KEY, g_strdup (wuyou_json_get_string (item, "id")), g_free);
  return row;
}

const char *
wuyou_today_row_get_record (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), RECORD_KEY);
}

const char *
wuyou_today_row_get_page (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), PAGE_KEY);
}

GtkWidget *
wuyou_today_figure_new (const char *value, const char *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *amount = gtk_label_new (value);
  GtkWidget *name = gtk_label_new (label);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "figure");
  gtk_widget_add_css_class (amount, "title-3");
  gtk_widget_add_css_class (amount, "numeric");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_add_css_class (name, "caption");
  g_object_set (name, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, "max-width-chars", 10, NULL);
  gtk_box_append (GTK_BOX (box), amount);
  gtk_box_append (GTK_BOX (box), name);
  return box;
}
