/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-sign-in-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "accounts/wuyou-reset-view.h"
#include "accounts/wuyou-sign-in.h"
#include "base/wuyou-error.h"
#include "help/wuyou-hotline.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-password-row.h"
#include "widgets/wuyou-wrap-box.h"

struct _WuyouSignInView {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable; /* of the sign-in under way, or NULL */
  GtkButton *back;
  WuyouBanner *banner;
  GtkStack *steps;
  GtkBox *sign_in_box;
  AdwActionRow *server_row;
  AdwEntryRow *server_entry;
  AdwEntryRow *email_row;
  AdwPasswordEntryRow *password_row;
  AdwEntryRow *code_row;
  WuyouBusyButton *sign_in_button;
  GtkButton *forgot_button;
  WuyouHotline *hotline;
};

G_DEFINE_FINAL_TYPE (WuyouSignInView, wuyou_sign_in_view, ADW_TYPE_BIN)

static const char *
get_text (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

void
wuyou_sign_in_view_say (WuyouSignInView *self, const char *sentence)
{
  wuyou_banner_show (self->banner, WUYOU_BANNER_WARNING, sentence, NULL);
}

/* Not insensitive: that would take the focus from the entry that has it. */
static void
set_busy (WuyouSignInView *self, gboolean busy)
{
  GtkEditable *rows[] = { GTK_EDITABLE (self->server_entry), GTK_EDITABLE (self->email_row),
                          GTK_EDITABLE (self->password_row), GTK_EDITABLE (self->code_row) };

  wuyou_busy_button_set_busy (self->sign_in_button, busy);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_editable_set_editable (rows[i], !busy);
  if (!busy)
    g_clear_object (&self->cancellable);
}

/* The server names the code only when the password was right: then it is a question, and not yet a failure. */
static void
show_refusal (WuyouSignInView *self, const GError *error)
{
  gboolean about_code = g_strcmp0 (wuyou_error_get_field (error), "totp") == 0;

  if (about_code && !gtk_widget_get_visible (GTK_WIDGET (self->code_row)))
    wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE, _ ("Enter the one-time code from your authenticator app."),
                       NULL);
  else
    wuyou_banner_show_undone (self->banner, error);
  if (about_code) {
    gtk_widget_set_visible (GTK_WIDGET (self->code_row), TRUE);
    gtk_editable_set_text (GTK_EDITABLE (self->code_row), "");
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
  } else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS)) {
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  }
}

static void
on_signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouSignInView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  gboolean signed_in = wuyou_sign_in_finish (result, &note, &error);

  /* By now the window may show the work already, and this view be gone. */
  if (note != NULL)
    wuyou_app_context_toast (WUYOU_APP_CONTEXT (source), note);
  if (self->context == NULL)
    return;
  set_busy (self, FALSE);
  if (signed_in)
    gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  else
    show_refusal (self, error);
}

/* "cn.example" is https://cn.example. */
static gboolean
use_server (WuyouSignInView *self, GError **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (get_text (self->server_entry)));
  g_autofree char *url = strstr (typed, "://") != NULL ? g_strdup (typed) : g_strconcat ("https://", typed, NULL);
  WuyouClient *client = wuyou_app_context_get_client (self->context);

  if (g_strcmp0 (wuyou_client_get_server (client), url) == 0)
    return TRUE;
  return wuyou_client_set_server (client, url, error);
}

static gboolean
check_server (WuyouSignInView *self)
{
  g_autoptr (GError) error = NULL;

  if (use_server (self, &error))
    return TRUE;
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_INSECURE))
    wuyou_banner_show_undone (self->banner, error);
  else
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR,
                       _ ("Enter the address of the server, as your operator gave it."), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->server_entry), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->server_row), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->server_entry));
  return FALSE;
}

static gboolean
check_filled (WuyouSignInView *self, gpointer row, const char *sentence)
{
  if (*get_text (row) != '\0')
    return TRUE;
  wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR, sentence, NULL);
  gtk_widget_grab_focus (row);
  return FALSE;
}

static void
on_sign_in_pressed_cb (WuyouSignInView *self)
{
  g_autofree char *email = g_strstrip (g_strdup (get_text (self->email_row)));

  if (!check_server (self) || !check_filled (self, self->email_row, _ ("Enter your e-mail address."))
      || !check_filled (self, self->password_row, _ ("Enter your password.")))
    return;
  wuyou_banner_hide (self->banner);
  set_busy (self, TRUE);
  self->cancellable = g_cancellable_new ();
  wuyou_sign_in_async (self->context, email, get_text (self->password_row), get_text (self->code_row),
                       self->cancellable, on_signed_in_cb, g_object_ref (self));
}

static void
on_entry_activated_cb (WuyouSignInView *self)
{
  wuyou_busy_button_press (self->sign_in_button);
}

static void
on_cancelled_cb (WuyouSignInView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
on_server_row_activated_cb (WuyouSignInView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->server_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->server_entry), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->server_entry));
}

static void
show_step (WuyouSignInView *self, const char *step)
{
  gboolean first = g_str_equal (step, "sign-in");
  GtkWidget *old = gtk_stack_get_child_by_name (self->steps, "reset");

  wuyou_banner_hide (self->banner);
  gtk_stack_set_visible_child_name (self->steps, step);
  gtk_widget_set_visible (GTK_WIDGET (self->back), !first);
  if (first && old != NULL)
    gtk_stack_remove (self->steps, old);
}

static void
on_back_clicked_cb (WuyouSignInView *self)
{
  show_step (self, "sign-in");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
on_key_back_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  WuyouSignInView *self = WUYOU_SIGN_IN_VIEW (widget);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->back)))
    return FALSE;
  on_back_clicked_cb (self);
  return TRUE;
}

static void
on_reset_done_cb (WuyouSignInView *self)
{
  show_step (self, "sign-in");
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE, _ ("Your new password is set. Sign in with it."), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
on_forgot_clicked_cb (WuyouSignInView *self)
{
  GtkWidget *view;

  if (!check_server (self))
    return;
  view = wuyou_reset_view_new (self->context, get_text (self->email_row));
  g_signal_connect_object (view, "done", G_CALLBACK (on_reset_done_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->steps, view, "reset");
  show_step (self, "reset");
}

static void
fill_rows (WuyouSignInView *self)
{
  g_autofree char *email = g_settings_get_string (wuyou_app_context_get_settings (self->context), "email");
  const char *server = wuyou_client_get_server (wuyou_app_context_get_client (self->context));
  g_autoptr (GUri) uri = server != NULL ? g_uri_parse (server, G_URI_FLAGS_NONE, NULL) : NULL;

  gtk_editable_set_text (GTK_EDITABLE (self->server_entry), server != NULL ? server : "");
  gtk_editable_set_text (GTK_EDITABLE (self->email_row), email);
  if (uri != NULL)
    adw_action_row_set_subtitle (self->server_row, g_uri_get_host (uri));
  gtk_widget_set_visible (GTK_WIDGET (self->server_row), uri != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->server_entry), uri == NULL);
}

static gboolean
wuyou_sign_in_view_grab_focus (GtkWidget *widget)
{
  WuyouSignInView *self = WUYOU_SIGN_IN_VIEW (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->server_entry)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->server_entry));
  if (*get_text (self->email_row) == '\0')
    return gtk_widget_grab_focus (GTK_WIDGET (self->email_row));
  return gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_sign_in_view_unroot (GtkWidget *widget)
{
  if (WUYOU_SIGN_IN_VIEW (widget)->cancellable != NULL)
    g_cancellable_cancel (WUYOU_SIGN_IN_VIEW (widget)->cancellable);
  GTK_WIDGET_CLASS (wuyou_sign_in_view_parent_class)->unroot (widget);
}

static void
wuyou_sign_in_view_dispose (GObject *object)
{
  WuyouSignInView *self = WUYOU_SIGN_IN_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_sign_in_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/wuyou/Wuyou/accounts/wuyou-sign-in-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, back);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, banner);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, steps);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, sign_in_box);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, server_row);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, server_entry);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, email_row);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, password_row);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, code_row);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, WuyouSignInView, forgot_button);
}

static void
wuyou_sign_in_view_class_init (WuyouSignInViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_sign_in_view_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_sign_in_view_unroot;
  wuyou_focus_set_place (widget_class, wuyou_sign_in_view_grab_focus);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_key_back_cb, NULL);
  g_type_ensure (WUYOU_TYPE_BANNER);
  g_type_ensure (WUYOU_TYPE_BUSY_BUTTON);
  g_type_ensure (WUYOU_TYPE_WRAP_BOX);
  bind_children (widget_class);
}

static void
connect_children (WuyouSignInView *self)
{
  GtkWidget *entries[] = { GTK_WIDGET (self->server_entry), GTK_WIDGET (self->email_row),
                           GTK_WIDGET (self->password_row), GTK_WIDGET (self->code_row) };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect_object (entries[i], "entry-activated", G_CALLBACK (on_entry_activated_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in_button, "pressed", G_CALLBACK (on_sign_in_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in_button, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->server_row, "activated", G_CALLBACK (on_server_row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->forgot_button, "clicked", G_CALLBACK (on_forgot_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (on_back_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
wuyou_sign_in_view_init (WuyouSignInView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wuyou_password_row_name (self->password_row);
  connect_children (self);
}

GtkWidget *
wuyou_sign_in_view_new (WuyouAppContext *context)
{
  WuyouSignInView *self = g_object_new (WUYOU_TYPE_SIGN_IN_VIEW, NULL);

  self->context = g_object_ref (context);
  self->hotline = WUYOU_HOTLINE (wuyou_hotline_new (context));
  gtk_box_append (self->sign_in_box, GTK_WIDGET (self->hotline));
  fill_rows (self);
  return GTK_WIDGET (self);
}
