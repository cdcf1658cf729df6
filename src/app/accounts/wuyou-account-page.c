/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-account-page.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-activity-row.h"
#include "accounts/wuyou-password-form.h"
#include "accounts/wuyou-sessions-row.h"
#include "accounts/wuyou-step-up.h"
#include "accounts/wuyou-totp-dialog.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-consent-records-row.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-expander.h"
#include "widgets/wuyou-row-layout.h"

#define CACHE "account"

struct _WuyouAccountPage {
  WuyouPage parent_instance;
  WuyouBanner *banner;
  AdwPreferencesPage *groups;
  AdwEntryRow *name_row;
  AdwEntryRow *phone_row;
  AdwEntryRow *email_row;
  AdwEntryRow *code_row; /* shown while a new address waits for its code */
  AdwActionRow *roles_row;
  AdwActionRow *codes_row;
  GtkButton *codes_button;
  AdwExpanderRow *password_row;
  JsonObject *account; /* as the server said last */
  char *etag;
  char *asked_email; /* sent and not answered yet */
  gboolean filling;
  gboolean refresh_failed; /* the banner says so */
};

G_DEFINE_FINAL_TYPE (WuyouAccountPage, wuyou_account_page, WUYOU_TYPE_PAGE)

static WuyouAppContext *
get_context (WuyouAccountPage *self)
{
  return wuyou_page_get_context (WUYOU_PAGE (self));
}

static const char *
get_value (WuyouAccountPage *self, const char *name)
{
  const char *value = self->account != NULL ? wuyou_json_get_string (self->account, name) : NULL;

  return value != NULL ? value : "";
}

static char *
describe_roles (const char *roles)
{
  g_auto (GStrv) ids = g_strsplit (roles, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++) {
    const WuyouEnum *role = wuyou_enum_find (wuyou_roles, ids[i]);

    if (role != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ (role->label));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_codes (WuyouAccountPage *self)
{
  gboolean on = self->account != NULL && wuyou_json_get_boolean (self->account, "totp");

  adw_action_row_set_subtitle (self->codes_row,
                               on ? _ ("On: asked for at sign-in") : _ ("Off: a second proof besides the password"));
  gtk_button_set_label (self->codes_button, on ? _ ("Turn Off…") : _ ("Set Up…"));
}

/* An applied entry row keeps its button until its text is set again. */
static void
set_entry (WuyouAccountPage *self, AdwEntryRow *row, const char *value)
{
  self->filling = TRUE;
  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), value);
  adw_entry_row_set_show_apply_button (row, TRUE);
  self->filling = FALSE;
}

static void
show_account (WuyouAccountPage *self)
{
  g_autofree char *roles = describe_roles (get_value (self, "roles"));

  set_entry (self, self->name_row, get_value (self, "name"));
  set_entry (self, self->phone_row, get_value (self, "phone"));
  set_entry (self, self->email_row, get_value (self, "email"));
  adw_action_row_set_subtitle (self->roles_row, roles);
  gtk_widget_set_visible (GTK_WIDGET (self->roles_row), *roles != '\0');
  show_codes (self);
}

static void
take_account (WuyouAccountPage *self, JsonObject *account, char *etag)
{
  g_clear_pointer (&self->account, json_object_unref);
  self->account = json_object_ref (account);
  g_free (self->etag);
  self->etag = etag;
  show_account (self);
}

static void
keep_account (WuyouAccountPage *self)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), self->account);
  g_autofree char *json = json_to_string (node, FALSE);

  wuyou_local_save (wuyou_app_context_get_local (get_context (self)), WUYOU_LOCAL_CACHE, CACHE, json);
}

/* Without the server the window says so already; what is kept is shown, and nothing can be changed. A refresh that
 * succeeds takes away only what an earlier one said: the rest of the page answers in the same banner. */
static void
show_failure (WuyouAccountPage *self, const GError *error)
{
  gboolean offline = g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE);

  if (error != NULL || self->refresh_failed)
    wuyou_banner_show_error (self->banner, offline && self->account != NULL ? NULL : error);
  self->refresh_failed = error != NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->groups), self->account != NULL && !offline);
}

static void
on_account_got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAccountPage) self = data;
  g_autoptr (GError) error = NULL;
  char *etag = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (get_context (self) == NULL)
    return;
  wuyou_page_set_busy (WUYOU_PAGE (self), FALSE);
  if (reply != NULL) {
    take_account (self, reply, etag);
    keep_account (self);
  }
  show_failure (self, error);
}

static void
wuyou_account_page_refresh (WuyouPage *page)
{
  WuyouCall call = { .route = WUYOU_ROUTE_ACCOUNT_GET };

  wuyou_page_set_busy (page, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (wuyou_page_get_context (page)), &call,
                           wuyou_page_get_cancellable (page), on_account_got_cb, g_object_ref (page));
}

/* The address that was asked for and is not the account's yet; NULL when there is none. */
static char *
dup_new_email (WuyouAccountPage *self, JsonObject *account)
{
  g_autofree char *asked = g_steal_pointer (&self->asked_email);

  return g_strcmp0 (asked, wuyou_json_get_string (account, "email")) != 0 ? g_steal_pointer (&asked) : NULL;
}

/* 2.2-01: the server keeps the old address until the new one is proved. */
static void
wait_for_code (WuyouAccountPage *self, const char *email)
{
  g_autofree char *text = g_strdup_printf (_ ("A code was mailed to %s. Enter it within 30 minutes."), email);

  gtk_widget_set_visible (GTK_WIDGET (self->code_row), TRUE);
  set_entry (self, self->code_row, "");
  wuyou_banner_show (self->banner, WUYOU_BANNER_NOTE, text, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
}

static void
on_email_confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAccountPage) self = data;
  g_autoptr (GError) error = NULL;
  char *etag = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (get_context (self) == NULL)
    return;
  wuyou_page_set_busy (WUYOU_PAGE (self), FALSE);
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS))
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR,
                       _ ("This code is wrong, was used or is too old. Change the e-mail again for a new one."), NULL);
  else
    wuyou_banner_show_error (self->banner, error);
  if (reply == NULL)
    return;
  take_account (self, reply, etag);
  gtk_widget_set_visible (GTK_WIDGET (self->code_row), FALSE);
  wuyou_app_context_toast (get_context (self), _ ("Your e-mail address is changed"));
}

static void
on_code_applied_cb (WuyouAccountPage *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code_row))));
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_EMAIL_CONFIRM, .flags = WUYOU_CALL_ONCE };

  if (self->filling || *code == '\0')
    return;
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "token", code);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_page_set_busy (WUYOU_PAGE (self), TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (get_context (self)), &call,
                           wuyou_page_get_cancellable (WUYOU_PAGE (self)), on_email_confirmed_cb, g_object_ref (self));
}

static void
on_account_put_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAccountPage) self = data;
  g_autoptr (GError) error = NULL;
  char *etag = NULL;
  g_autoptr (JsonObject) reply = wuyou_step_up_call_finish (result, &etag, &error);
  g_autofree char *asked = NULL;

  if (get_context (self) == NULL)
    return;
  wuyou_page_set_busy (WUYOU_PAGE (self), FALSE);
  wuyou_banner_show_error (self->banner, error);
  if (reply == NULL)
    return;
  asked = dup_new_email (self, reply);
  take_account (self, reply, etag);
  if (asked != NULL)
    wait_for_code (self, asked);
  else
    wuyou_app_context_toast (get_context (self), _ ("Saved"));
}

static void
put_value (WuyouAccountPage *self, const char *name, AdwEntryRow *row)
{
  g_autofree char *value = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_ACCOUNT_PUT, .if_match = self->etag };

  if (self->filling || g_str_equal (value, get_value (self, name)))
    return;
  g_free (self->asked_email);
  self->asked_email = row == self->email_row ? g_strdup (value) : NULL;
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, name, value);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_page_set_busy (WUYOU_PAGE (self), TRUE);
  wuyou_step_up_call_async (get_context (self), GTK_WIDGET (self),
                            _ ("Confirm that it is you before your data change."), &call,
                            wuyou_page_get_cancellable (WUYOU_PAGE (self)), on_account_put_cb, g_object_ref (self));
}

static void
on_name_applied_cb (WuyouAccountPage *self)
{
  put_value (self, "name", self->name_row);
}

static void
on_phone_applied_cb (WuyouAccountPage *self)
{
  put_value (self, "phone", self->phone_row);
}

static void
on_email_applied_cb (WuyouAccountPage *self)
{
  put_value (self, "email", self->email_row);
}

static void
on_codes_changed_cb (gpointer data)
{
  wuyou_page_refresh (WUYOU_PAGE (data));
}

static void
on_codes_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAccountPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_step_up_call_finish (result, NULL, &error);

  if (get_context (self) == NULL)
    return;
  if (reply == NULL)
    wuyou_app_context_toast_error (get_context (self), error);
  else
    wuyou_app_context_toast (get_context (self), _ ("One-time codes are off"));
  wuyou_page_refresh (WUYOU_PAGE (self));
}

static void
on_codes_clicked_cb (WuyouAccountPage *self)
{
  WuyouCall call = { .route = WUYOU_ROUTE_TOTP_REMOVE };

  if (self->account != NULL && wuyou_json_get_boolean (self->account, "totp"))
    wuyou_step_up_call_async (get_context (self), GTK_WIDGET (self),
                              _ ("Confirm that it is you before one-time codes are turned off."), &call,
                              wuyou_page_get_cancellable (WUYOU_PAGE (self)), on_codes_removed_cb, g_object_ref (self));
  else
    wuyou_totp_dialog_present (get_context (self), GTK_WIDGET (self), on_codes_changed_cb, g_object_ref (self),
                               g_object_unref);
}

static void
on_password_changed_cb (WuyouAccountPage *self)
{
  adw_expander_row_set_expanded (self->password_row, FALSE);
}

static void
wuyou_account_page_finalize (GObject *object)
{
  WuyouAccountPage *self = WUYOU_ACCOUNT_PAGE (object);

  g_clear_pointer (&self->account, json_object_unref);
  g_free (self->etag);
  g_free (self->asked_email);
  G_OBJECT_CLASS (wuyou_account_page_parent_class)->finalize (object);
}

static AdwPreferencesGroup *
add_group (WuyouAccountPage *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (self->groups, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static AdwEntryRow *
add_entry (WuyouAccountPage *self, AdwPreferencesGroup *group, const char *title, GCallback applied)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "apply", applied, self, G_CONNECT_SWAPPED);
  return ADW_ENTRY_ROW (row);
}

static AdwActionRow *
add_action_row (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", title, NULL);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

static void
build_person (WuyouAccountPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("About you"), _ ("Every change is kept with its history."));

  self->name_row = add_entry (self, group, _ ("Name"), G_CALLBACK (on_name_applied_cb));
  self->phone_row = add_entry (self, group, _ ("Mobile phone"), G_CALLBACK (on_phone_applied_cb));
  self->email_row = add_entry (self, group, _ ("E-mail"), G_CALLBACK (on_email_applied_cb));
  self->code_row = add_entry (self, group, _ ("Code from the e-mail"), G_CALLBACK (on_code_applied_cb));
  gtk_widget_set_visible (GTK_WIDGET (self->code_row), FALSE);
  self->roles_row = add_action_row (group, _ ("Roles"));
}

static void
build_codes (WuyouAccountPage *self, AdwPreferencesGroup *group)
{
  self->codes_row = add_action_row (group, _ ("One-time codes"));
  self->codes_button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->codes_button), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->codes_row, GTK_WIDGET (self->codes_button));
  wuyou_row_stack_if_large (self->codes_row);
  g_signal_connect_object (self->codes_button, "clicked", G_CALLBACK (on_codes_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
build_security (WuyouAccountPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Security"), NULL);
  GtkWidget *form = wuyou_password_form_new (get_context (self));

  self->password_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  wuyou_expander_set_title (self->password_row, _ ("Change password"));
  gtk_widget_set_margin_start (form, 12);
  gtk_widget_set_margin_end (form, 12);
  gtk_widget_set_margin_top (form, 12);
  gtk_widget_set_margin_bottom (form, 12);
  adw_expander_row_add_row (self->password_row, form);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (form)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Change password"), -1);
  adw_preferences_group_add (group, GTK_WIDGET (self->password_row));
  build_codes (self, group);
  adw_preferences_group_add (group, wuyou_sessions_row_new (get_context (self)));
  adw_preferences_group_add (group, wuyou_activity_row_new (get_context (self)));
  adw_preferences_group_add (group, wuyou_consent_records_row_new (get_context (self)));
  g_signal_connect_object (form, "changed-password", G_CALLBACK (on_password_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
show_kept (WuyouAccountPage *self)
{
  g_autoptr (JsonObject) kept
      = wuyou_local_load_object (wuyou_app_context_get_local (get_context (self)), WUYOU_LOCAL_CACHE, CACHE);

  if (kept != NULL)
    take_account (self, kept, NULL);
}

static void
wuyou_account_page_constructed (GObject *object)
{
  WuyouAccountPage *self = WUYOU_ACCOUNT_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (wuyou_account_page_parent_class)->constructed (object);
  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->groups = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->groups), TRUE);
  build_person (self);
  build_security (self);
  show_codes (self);
  show_kept (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->groups));
  wuyou_page_set_content (WUYOU_PAGE (self), box);
}

static void
wuyou_account_page_class_init (WuyouAccountPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wuyou_account_page_constructed;
  G_OBJECT_CLASS (klass)->finalize = wuyou_account_page_finalize;
  WUYOU_PAGE_CLASS (klass)->refresh = wuyou_account_page_refresh;
}

static void
wuyou_account_page_init (WuyouAccountPage *self)
{
}
