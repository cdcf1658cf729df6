/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-proof.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "client/wuyou-offline-proof.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-password-row.h"

#define MAX_OFFLINE 5
#define DEADLINE 10

struct _WuyouProof {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  WuyouBanner *banner;
  AdwEntryRow *code_row;
  AdwPasswordEntryRow *password_row;
  WuyouBusyButton *button;
  gboolean offline;
  guint n_offline;
  char *password; /* while the server is asked */
};

enum { PROP_0, PROP_OFFLINE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { PROVEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouProof, wuyou_proof, ADW_TYPE_BIN)

static const char *
get_text (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
forget_password (WuyouProof *self)
{
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_clear_pointer (&self->password, g_free);
}

static void
take_verdict (WuyouProof *self, const GError *error)
{
  forget_password (self);
  wuyou_busy_button_set_busy (self->button, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->code_row), "");
  if (error == NULL) {
    wuyou_banner_hide (self->banner);
    g_signal_emit (self, signals[PROVEN], 0);
    return;
  }
  if (error->code == WUYOU_ERROR_OFFLINE || error->code == WUYOU_ERROR_UNAVAILABLE)
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR,
                       _ ("The server cannot be reached, so this cannot be checked yet."), NULL);
  else
    wuyou_banner_show_error (self->banner, error);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouProof) self = data;
  g_autoptr (GError) error = NULL;

  if (wuyou_offline_proof_check_finish (result, &error))
    self->n_offline = 0;
  if (self->context != NULL)
    take_verdict (self, error);
}

/* The lock is between the person and their own screen; without the server the kept proof opens it, not for ever. */
static gboolean
check_offline (WuyouProof *self, const GError *error)
{
  gboolean away = error->code == WUYOU_ERROR_OFFLINE || error->code == WUYOU_ERROR_TIMEOUT;

  if (!self->offline || !away || self->password == NULL || *self->password == '\0' || self->n_offline >= MAX_OFFLINE)
    return FALSE;
  self->n_offline++;
  wuyou_offline_proof_check_async (wuyou_app_context_get_local (self->context), self->password, self->cancellable,
                                   on_checked_cb, g_object_ref (self));
  return TRUE;
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouProof) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL || (reply == NULL && check_offline (self, error)))
    return;
  take_verdict (self, error);
}

static char *
proof_body (WuyouProof *self)
{
  GString *body = g_string_new (NULL);
  g_autofree char *code = g_strstrip (g_strdup (get_text (self->code_row)));

  wuyou_json_begin_object (body, NULL);
  if (*code != '\0')
    wuyou_json_add_string (body, "totp", code);
  else
    wuyou_json_add_string (body, "password", get_text (self->password_row));
  wuyou_json_end_object (body);
  return g_string_free (body, FALSE);
}

static void
on_pressed_cb (WuyouProof *self)
{
  g_autofree char *body = NULL;
  WuyouCall call = { .route = WUYOU_ROUTE_STEP_UP, .flags = WUYOU_CALL_ONCE, .deadline = DEADLINE };

  if (*get_text (self->password_row) == '\0' && *get_text (self->code_row) == '\0') {
    gtk_widget_grab_focus (GTK_WIDGET (self));
    return;
  }
  body = proof_body (self);
  call.body = body;
  forget_password (self);
  self->password = g_strdup (get_text (self->password_row));
  wuyou_busy_button_set_busy (self->button, TRUE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_answered_cb,
                           g_object_ref (self));
  explicit_bzero (body, strlen (body));
}

static void
on_cancelled_cb (WuyouProof *self)
{
  g_cancellable_cancel (self->cancellable);
}

static gboolean
wuyou_proof_grab_focus (GtkWidget *widget)
{
  WuyouProof *self = WUYOU_PROOF (widget);
  gboolean codes = gtk_widget_get_visible (GTK_WIDGET (self->code_row));

  return gtk_widget_grab_focus (codes ? GTK_WIDGET (self->code_row) : GTK_WIDGET (self->password_row));
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_proof_unroot (GtkWidget *widget)
{
  if (WUYOU_PROOF (widget)->cancellable != NULL)
    g_cancellable_cancel (WUYOU_PROOF (widget)->cancellable);
  GTK_WIDGET_CLASS (wuyou_proof_parent_class)->unroot (widget);
}

static void
wuyou_proof_dispose (GObject *object)
{
  WuyouProof *self = WUYOU_PROOF (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  forget_password (self);
  G_OBJECT_CLASS (wuyou_proof_parent_class)->dispose (object);
}

static void
wuyou_proof_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_OFFLINE)
    WUYOU_PROOF (object)->offline = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wuyou_proof_class_init (WuyouProofClass *klass)
{
  G_OBJECT_CLASS (klass)->set_property = wuyou_proof_set_property;
  properties[PROP_OFFLINE]
      = g_param_spec_boolean ("offline", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  G_OBJECT_CLASS (klass)->dispose = wuyou_proof_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_proof_unroot;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_proof_grab_focus);
  signals[PROVEN]
      = g_signal_new ("proven", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_row (WuyouProof *self, AdwPreferencesGroup *group, gpointer row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (wuyou_busy_button_press), self->button,
                           G_CONNECT_SWAPPED);
}

static void
wuyou_proof_init (WuyouProof *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (""));
  self->code_row = ADW_ENTRY_ROW (adw_entry_row_new ());
  self->password_row = ADW_PASSWORD_ENTRY_ROW (adw_password_entry_row_new ());
  wuyou_password_row_name (self->password_row);
  g_object_set (self->button, "suggested", TRUE, NULL);
  add_row (self, group, self->code_row, _ ("One-time code"));
  add_row (self, group, self->password_row, _ ("Password"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (group));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->button, "pressed", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_proof_new (WuyouAppContext *context, const char *button)
{
  WuyouProof *self = g_object_new (WUYOU_TYPE_PROOF, NULL);
  gboolean codes = wuyou_session_has_totp (wuyou_app_context_get_session (context));

  self->context = g_object_ref (context);
  g_object_set (self->button, "label", button, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->code_row), codes);
  return GTK_WIDGET (self);
}
