/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "claims/wuyou-claim-form.h"
#include "claims/wuyou-claim-notice.h"
#include "drafts/wuyou-draft-courier.h"
#include "sales/wuyou-sale-draft.h"
#include "wuyou-actions.h"
#include "wuyou-app-context.h"
#include "wuyou-window.h"

#define COPYING_SECONDS 20

struct _WuyouApplication {
  AdwApplication parent_instance;
  GSettings *settings;
  WuyouAppContext *context;
  char *server; /* from the command line or the environment; wins over the preference */
  WuyouClaimNotice *claim_notice;
  guint on_term;
};

G_DEFINE_FINAL_TYPE (WuyouApplication, wuyou_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Address of the server"), "URL" },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
  { NULL },
};

static int
wuyou_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  WuyouApplication *self = WUYOU_APPLICATION (application);
  const char *server = NULL;

  if (g_variant_dict_contains (dict, "version")) {
    g_print ("wuyou %s\n", PACKAGE_VERSION);
    return 0;
  }
  if (!g_variant_dict_lookup (dict, "server", "&s", &server))
    server = g_getenv ("WUYOU_SERVER");
  if (server != NULL && *server != '\0')
    self->server = g_strdup (server);
  return -1;
}

static gboolean
on_term_received_cb (gpointer data)
{
  WuyouApplication *self = data;

  self->on_term = 0;
  g_application_quit (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (data);
}

/* From a notification: the window comes up with that claim. */
static void
open_claim (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WuyouApplication *self = data;

  g_application_activate (G_APPLICATION (self));
  wuyou_app_context_go (self->context, "claims", g_variant_get_string (parameter, NULL));
}

static void
send_claim_notice (const char *id, const char *text, gpointer data)
{
  WuyouApplication *self = data;
  g_autoptr (GNotification) notification = g_notification_new (_ ("Claims"));

  g_notification_set_body (notification, text);
  g_notification_set_default_action_and_target (notification, "app.open-claim", "s", id);
  g_notification_add_button_with_target (notification, _ ("Open"), "app.open-claim", "s", id);
  g_application_send_notification (G_APPLICATION (self), id, notification);
}

static void
apply_color_scheme (WuyouApplication *self)
{
  static const AdwColorScheme schemes[]
      = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  int wanted = g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[CLAMP (wanted, 0, 2)]);
}

static void
set_server (WuyouApplication *self)
{
  g_autofree char *kept = g_settings_get_string (self->settings, "server");
  const char *wanted = self->server != NULL ? self->server : kept;
  g_autoptr (GError) error = NULL;

  if (*wanted != '\0' && !wuyou_client_set_server (wuyou_app_context_get_client (self->context), wanted, &error))
    g_printerr ("%s: %s\n", wanted, error->message);
}

/* Where the Chinese font draws Latin words too, its apostrophe is as wide as a character. */
static void
add_latin_style (void)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  if (g_str_has_prefix (g_get_language_names ()[0], "zh"))
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/wuyou/Wuyou/style-latin.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
wuyou_application_startup (GApplication *application)
{
  WuyouApplication *self = WUYOU_APPLICATION (application);
  g_autofree char *data_dir = g_build_filename (g_get_user_data_dir (), "wuyou", NULL);
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = quit },
    { .name = "open-claim", .activate = open_claim, .parameter_type = "s" },
  };

  G_APPLICATION_CLASS (wuyou_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  self->context = wuyou_app_context_new (self->settings, &wuyou_clock_system, data_dir);
  wuyou_draft_courier_start (self->context, &wuyou_sale_draft_kind);
  wuyou_draft_courier_start (self->context, &wuyou_claim_draft_kind);
  self->claim_notice = wuyou_claim_notice_new (self->context, send_claim_notice, self);
  set_server (self);
  apply_color_scheme (self);
  add_latin_style ();
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (apply_color_scheme), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  wuyou_actions_set_accels (GTK_APPLICATION (self));
  self->on_term = g_unix_signal_add (SIGTERM, on_term_received_cb, self);
}

static void
wuyou_application_activate (GApplication *application)
{
  WuyouApplication *self = WUYOU_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (wuyou_window_new (GTK_APPLICATION (self), self->context));
  gtk_window_present (window);
}

static void
wuyou_application_shutdown (GApplication *application)
{
  WuyouApplication *self = WUYOU_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  g_clear_handle_id (&self->on_term, g_source_remove);
  if (window != NULL)
    gtk_window_destroy (window);
  g_clear_pointer (&self->claim_notice, wuyou_claim_notice_free);
  if (self->context != NULL)
    wuyou_uploads_finish_copying (wuyou_app_context_get_uploads (self->context), COPYING_SECONDS);
  if (self->context != NULL)
    wuyou_local_close (wuyou_app_context_get_local (self->context));
  g_clear_object (&self->context);
  G_APPLICATION_CLASS (wuyou_application_parent_class)->shutdown (application);
}

static void
wuyou_application_finalize (GObject *object)
{
  WuyouApplication *self = WUYOU_APPLICATION (object);

  g_clear_object (&self->settings);
  g_free (self->server);
  G_OBJECT_CLASS (wuyou_application_parent_class)->finalize (object);
}

static void
wuyou_application_class_init (WuyouApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->handle_local_options = wuyou_application_handle_local_options;
  application_class->startup = wuyou_application_startup;
  application_class->activate = wuyou_application_activate;
  application_class->shutdown = wuyou_application_shutdown;
  G_OBJECT_CLASS (klass)->finalize = wuyou_application_finalize;
}

static void
wuyou_application_init (WuyouApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

WuyouApplication *
wuyou_application_new (GSettings *settings)
{
  WuyouApplication *self = g_object_new (WUYOU_TYPE_APPLICATION, "application-id", APPLICATION_ID, "resource-base-path",
                                         "/org/wuyou/Wuyou", NULL);

  self->settings = g_object_ref (settings);
  return self;
}
