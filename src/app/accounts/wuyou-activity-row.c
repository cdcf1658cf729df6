/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-activity-row.h"

#include <glib/gi18n.h>

#include "base/wuyou-date.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-workflow.h"
#include "widgets/wuyou-expander.h"

#define PAGE "20"

struct _WuyouActivityRow {
  AdwExpanderRow parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  GPtrArray *rows;
  GtkWidget *more;
  gint64 before; /* where the next page begins; 0: the newest */
};

G_DEFINE_FINAL_TYPE (WuyouActivityRow, wuyou_activity_row, ADW_TYPE_EXPANDER_ROW)

static const struct {
  const char *action;
  const char *label;
} words[] = {
  { "sign-in", N_ ("Signed in") },
  { "sign-out", N_ ("Signed out") },
  { "session-replaced", N_ ("Signed in elsewhere, the earlier session ended") },
  { "step-up", N_ ("Confirmed identity") },
  { "password", N_ ("Changed the password") },
  { "password-reset", N_ ("Reset the password") },
  { "reset-request", N_ ("Asked for a new password") },
  { "codes-on", N_ ("Turned one-time codes on") },
  { "codes-off", N_ ("Turned one-time codes off") },
  { "create", N_ ("Created") },
  { "update", N_ ("Changed") },
  { "delete", N_ ("Deleted") },
  { "unmask", N_ ("Looked at full values") },
  { "print", N_ ("Printed") },
  { "read-paper", N_ ("Opened a paper") },
  { "read-document", N_ ("Opened a document") },
  { "refused", N_ ("Was refused") },
};

static const struct {
  const char *object;
  const char *label;
} objects[] = {
  { "account", N_ ("account") },
  { "contract", N_ ("contract") },
  { "document", N_ ("document") },
  { "session", N_ ("session") },
};

/* Steps of a workflow are named by its table. */
static const char *
step_label (const char *object, const char *action)
{
  const WuyouWorkflow *workflow = object != NULL ? wuyou_workflow_by_name (object) : NULL;

  for (guint i = 0; workflow != NULL && i < workflow->n_transitions; i++)
    if (g_str_equal (workflow->transitions[i].action, action))
      return _ (workflow->transitions[i].label);
  return action;
}

static const char *
action_label (const char *object, const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].action, action))
      return _ (words[i].label);
  return step_label (object, action);
}

static char *
describe (JsonObject *item)
{
  const char *action = wuyou_json_get_string (item, "action");
  const char *object = wuyou_json_get_string (item, "object");
  const char *label = action_label (object, action != NULL ? action : "");

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (objects); i++)
    if (g_str_equal (objects[i].object, object) && i > 0)
      return g_strdup_printf ("%s · %s", label, _ (objects[i].label));
  return g_strdup (label);
}

static void
add_row (WuyouActivityRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_item (WuyouActivityRow *self, JsonObject *item)
{
  GtkWidget *row = adw_action_row_new ();
  const char *at = wuyou_json_get_string (item, "at");
  const char *outcome = wuyou_json_get_string (item, "outcome");
  gint64 instant = at != NULL ? wuyou_instant_parse (at) : 0;
  g_autofree char *when = instant != 0 ? wuyou_instant_format_local (instant) : g_strdup ("");
  g_autofree char *title = describe (item);

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", when, NULL);
  if (outcome != NULL && !g_str_equal (outcome, "OK")) {
    GtkWidget *label = gtk_label_new (_ ("Refused"));

    gtk_widget_add_css_class (label, "warning");
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  }
  add_row (self, row);
}

static void
remove_more (WuyouActivityRow *self)
{
  if (self->more == NULL)
    return;
  g_ptr_array_remove (self->rows, self->more);
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->more);
  self->more = NULL;
}

static void load (WuyouActivityRow *self);

static void
add_more (WuyouActivityRow *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Show earlier"));

  self->more = adw_action_row_new ();
  g_object_set (self->more, "title", "", NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->more), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  add_row (self, self->more);
}

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouActivityRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  JsonArray *items = reply != NULL ? wuyou_json_get_array (reply, "items") : NULL;

  if (self->context == NULL)
    return;
  if (items == NULL) {
    wuyou_app_context_toast_error (self->context, error);
    return;
  }
  remove_more (self);
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonObject *item = wuyou_json_array_get_object (items, i);

    if (item != NULL)
      add_item (self, item);
  }
  self->before = wuyou_json_get_int (reply, "before");
  if (self->before != 0)
    add_more (self);
}

static void
load (WuyouActivityRow *self)
{
  g_autofree char *before = self->before != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, self->before) : g_strdup ("");
  const char *query[] = { "before", before, "limit", PAGE, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_ACCOUNT_ACTIVITY, .query = query };

  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_listed_cb,
                           g_object_ref (self));
}

static void
on_expanded_cb (WuyouActivityRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  self->more = NULL;
  self->before = 0;
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    load (self);
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_activity_row_unroot (GtkWidget *widget)
{
  WuyouActivityRow *self = WUYOU_ACTIVITY_ROW (widget);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  GTK_WIDGET_CLASS (wuyou_activity_row_parent_class)->unroot (widget);
}

static void
wuyou_activity_row_dispose (GObject *object)
{
  g_clear_object (&WUYOU_ACTIVITY_ROW (object)->context);
  G_OBJECT_CLASS (wuyou_activity_row_parent_class)->dispose (object);
}

static void
wuyou_activity_row_finalize (GObject *object)
{
  WuyouActivityRow *self = WUYOU_ACTIVITY_ROW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wuyou_activity_row_parent_class)->finalize (object);
}

static void
wuyou_activity_row_class_init (WuyouActivityRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_activity_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_activity_row_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_activity_row_unroot;
}

static void
wuyou_activity_row_init (WuyouActivityRow *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  wuyou_expander_set_title (ADW_EXPANDER_ROW (self), _ ("What was done with your account"));
  g_signal_connect_object (self, "notify::expanded", G_CALLBACK (on_expanded_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_activity_row_new (WuyouAppContext *context)
{
  WuyouActivityRow *self = g_object_new (WUYOU_TYPE_ACTIVITY_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
