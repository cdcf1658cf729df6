/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-new-password.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-error.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-password-row.h"

#define MAX_STRENGTH 4

struct _WuyouNewPassword {
  AdwBin parent_instance;
  AdwPasswordEntryRow *first;
  AdwPasswordEntryRow *second;
  GtkLevelBar *strength;
  GtkLabel *hint;
  GStrv words;
};

enum { CHANGED, ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouNewPassword, wuyou_new_password, ADW_TYPE_BIN)

static const char *
get_text (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

const char *
wuyou_new_password_get (WuyouNewPassword *self, GError **error)
{
  if (!wuyou_password_check (get_text (self->first), (const char *const *) self->words, error))
    return NULL;
  if (g_str_equal (get_text (self->first), get_text (self->second)))
    return get_text (self->first);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("Both passwords must be the same."));
  return NULL;
}

static void
set_hint (WuyouNewPassword *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (*get_text (self->first) == '\0')
    text = g_strdup_printf (_ ("At least %d characters. A short sentence is easy to remember and hard to guess."),
                            WUYOU_PASSWORD_MIN);
  else if (error != NULL && (error->code == WUYOU_ERROR_WEAK_PASSWORD || *get_text (self->second) != '\0'))
    text = g_strdup (wuyou_error_sentence (error));
  gtk_label_set_text (self->hint, text != NULL ? text : "");
}

static void
on_text_changed_cb (WuyouNewPassword *self)
{
  g_autoptr (GError) error = NULL;
  const char *good = wuyou_new_password_get (self, &error);
  int strength = wuyou_password_strength (get_text (self->first), (const char *const *) self->words);

  gtk_level_bar_set_value (self->strength, strength);
  set_hint (self, good == NULL ? error : NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_entry_activated_cb (WuyouNewPassword *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

void
wuyou_new_password_set_words (WuyouNewPassword *self, const char *const *words)
{
  g_strfreev (self->words);
  self->words = g_strdupv ((char **) words);
}

void
wuyou_new_password_clear (WuyouNewPassword *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->first), "");
  gtk_editable_set_text (GTK_EDITABLE (self->second), "");
}

static gboolean
wuyou_new_password_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WUYOU_NEW_PASSWORD (widget)->first));
}

static void
wuyou_new_password_finalize (GObject *object)
{
  g_strfreev (WUYOU_NEW_PASSWORD (object)->words);
  G_OBJECT_CLASS (wuyou_new_password_parent_class)->finalize (object);
}

static void
wuyou_new_password_class_init (WuyouNewPasswordClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wuyou_new_password_finalize;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_new_password_grab_focus);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static AdwPasswordEntryRow *
add_row (WuyouNewPassword *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_entry_activated_cb), self, G_CONNECT_SWAPPED);
  wuyou_password_row_name (ADW_PASSWORD_ENTRY_ROW (row));
  return ADW_PASSWORD_ENTRY_ROW (row);
}

static void
build_strength (WuyouNewPassword *self)
{
  self->strength = GTK_LEVEL_BAR (gtk_level_bar_new_for_interval (0, MAX_STRENGTH));
  gtk_level_bar_set_mode (self->strength, GTK_LEVEL_BAR_MODE_DISCRETE);
  gtk_level_bar_add_offset_value (self->strength, "low", 1);
  gtk_level_bar_add_offset_value (self->strength, "high", 3);
  gtk_level_bar_add_offset_value (self->strength, "full", 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->strength), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Strength of the password"), -1);
  self->hint = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_label_set_xalign (self->hint, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "caption");
}

static void
wuyou_new_password_init (WuyouNewPassword *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  build_strength (self);
  self->first = add_row (self, group, _ ("New password"));
  self->second = add_row (self, group, _ ("New password again"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (group));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->strength));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  adw_bin_set_child (ADW_BIN (self), box);
  set_hint (self, NULL);
}

GtkWidget *
wuyou_new_password_new (void)
{
  return g_object_new (WUYOU_TYPE_NEW_PASSWORD, NULL);
}
