/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "help/wuyou-hotline.h"

#include <glib/gi18n.h>

#include "base/wuyou-calendar.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-focus.h"

struct _WuyouHotline {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  GtkWidget *box;
  GtkWidget *dot;
  GtkLabel *label;
  GtkButton *copy;
  char *number;
  gboolean asked; /* of the present server, and answered or on the way */
  gboolean under_way;
};

G_DEFINE_FINAL_TYPE (WuyouHotline, wuyou_hotline, ADW_TYPE_BIN)

static char *
time_of (gint64 instant)
{
  int minute = wuyou_instant_minute_of_day (instant);

  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

static char *
describe_closed (WuyouCalendar *calendar, gint64 now)
{
  gint64 opens = wuyou_calendar_next_opening (calendar, now);
  g_autofree char *at = opens != 0 ? time_of (opens) : NULL;
  char date[11];

  if (opens == 0)
    return NULL;
  if (wuyou_date_of_instant (opens) == wuyou_date_of_instant (now))
    /* Translators: a time of the day, as in "opens at 09:00". */
    return g_strdup_printf (_ ("closed now, opens at %s"), at);
  wuyou_date_format (wuyou_date_of_instant (opens), date);
  /* Translators: date and time, as in "opens 2026-11-24 09:00". */
  return g_strdup_printf (_ ("closed now, opens %s %s"), date, at);
}

char *
wuyou_hotline_describe (JsonObject *support, gint64 now, gboolean *ret_open)
{
  g_autoptr (WuyouCalendar) calendar = wuyou_calendar_new_from_json (support, NULL);
  g_autofree char *until = NULL;

  *ret_open = calendar != NULL && wuyou_calendar_is_open (calendar, now);
  if (calendar == NULL)
    return NULL;
  if (!*ret_open)
    return describe_closed (calendar, now);
  until = time_of (wuyou_calendar_closing (calendar, now));
  return g_strdup_printf (_ ("open now, until %s"), until);
}

void
wuyou_hotline_show (WuyouHotline *self, JsonObject *support, gint64 now)
{
  const char *number = wuyou_json_get_string (support, "tel");
  gboolean open;
  g_autofree char *hours = wuyou_hotline_describe (support, now, &open);
  g_autofree char *text = NULL;

  if (number == NULL)
    return;
  g_free (self->number);
  self->number = g_strdup (number);
  if (hours != NULL)
    text = g_strdup_printf (_ ("Support line %s · %s"), number, hours);
  else
    text = g_strdup_printf (_ ("Support line %s"), number);
  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (self->dot, hours != NULL);
  if (open)
    gtk_widget_add_css_class (self->dot, "open");
  else
    gtk_widget_remove_css_class (self->dot, "open");
  gtk_widget_set_visible (self->box, TRUE);
}

static void
on_support_got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouHotline) self = data;
  g_autoptr (JsonObject) support = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, NULL);

  if (self->context == NULL)
    return;
  self->under_way = FALSE;
  self->asked = support != NULL;
  if (support != NULL)
    wuyou_hotline_show (self, support, wuyou_app_context_now (self->context));
}

void
wuyou_hotline_load (WuyouHotline *self)
{
  WuyouClient *client = wuyou_app_context_get_client (self->context);
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT, .flags = WUYOU_CALL_ANONYMOUS };

  if (wuyou_client_get_server (client) == NULL || self->under_way)
    return;
  self->asked = self->under_way = TRUE;
  wuyou_client_call_async (client, &call, self->cancellable, on_support_got_cb, g_object_ref (self));
}

static void
on_copy_clicked_cb (WuyouHotline *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->number);
  wuyou_app_context_toast (self->context, _ ("Number copied"));
}

static void
wuyou_hotline_map (GtkWidget *widget)
{
  WuyouHotline *self = WUYOU_HOTLINE (widget);

  GTK_WIDGET_CLASS (wuyou_hotline_parent_class)->map (widget);
  if (!self->asked && self->context != NULL)
    wuyou_hotline_load (self);
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_hotline_unroot (GtkWidget *widget)
{
  WuyouHotline *self = WUYOU_HOTLINE (widget);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->asked = self->under_way = FALSE;
  GTK_WIDGET_CLASS (wuyou_hotline_parent_class)->unroot (widget);
}

static void
wuyou_hotline_dispose (GObject *object)
{
  WuyouHotline *self = WUYOU_HOTLINE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->number, g_free);
  G_OBJECT_CLASS (wuyou_hotline_parent_class)->dispose (object);
}

static void
wuyou_hotline_finalize (GObject *object)
{
  g_clear_object (&WUYOU_HOTLINE (object)->cancellable);
  G_OBJECT_CLASS (wuyou_hotline_parent_class)->finalize (object);
}

static void
wuyou_hotline_class_init (WuyouHotlineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_hotline_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_hotline_unroot;
  G_OBJECT_CLASS (klass)->finalize = wuyou_hotline_finalize;
  GTK_WIDGET_CLASS (klass)->map = wuyou_hotline_map;
}

static void
wuyou_hotline_init (WuyouHotline *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->copy = GTK_BUTTON (gtk_button_new_from_icon_name ("edit-copy-symbolic"));
  gtk_widget_add_css_class (self->dot, "wuyou-dot");
  gtk_widget_set_valign (self->dot, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (self->label, TRUE);
  wuyou_focus_let_mark (self->label);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->copy), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->copy), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy), _ ("Copy the number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Copy the number"),
                                  -1);
  gtk_widget_set_halign (self->box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->dot);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->copy));
  gtk_widget_set_visible (self->box, FALSE);
  adw_bin_set_child (ADW_BIN (self), self->box);
  g_signal_connect_object (self->copy, "clicked", G_CALLBACK (on_copy_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_hotline_new (WuyouAppContext *context)
{
  WuyouHotline *self = g_object_new (WUYOU_TYPE_HOTLINE, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
