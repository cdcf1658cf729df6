/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-request.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-text.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-escape.h"

typedef struct {
  char *slot, *title;
  GtkCheckButton *check;
  AdwEntryRow *reason;
} Wanted;

typedef struct {
  AdwWindow *window; /* NULL once closed */
  WuyouAppContext *context;
  GtkWidget *owner;
  char *claim_id, *etag;
  gboolean again;
  gint64 days;
  GPtrArray *wanted; /* Wanted */
  AdwEntryRow *why_again;
  GtkLabel *preview;
  WuyouBusyButton *button;
  WuyouBanner *banner;
  GCancellable *cancellable;
  WuyouClaimStepDone done;
  gpointer data;
  gboolean told;
} Dialog;

static void
free_wanted (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->slot);
  g_free (wanted->title);
  g_free (wanted);
}

static void
tell (Dialog *dialog, JsonObject *answer, const char *etag)
{
  if (dialog->told)
    return;
  dialog->told = TRUE;
  dialog->done (answer, etag, "request", dialog->data);
}

static void
on_closed_cb (Dialog *dialog)
{
  dialog->window = NULL;
  g_cancellable_cancel (dialog->cancellable);
  tell (dialog, NULL, NULL);
}

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->context);
  g_object_unref (dialog->owner);
  g_object_unref (dialog->cancellable);
  g_ptr_array_unref (dialog->wanted);
  g_free (dialog->claim_id);
  g_free (dialog->etag);
  g_free (dialog);
}

static char *
dup_entry (AdwEntryRow *row)
{
  return wuyou_text_normalise (gtk_editable_get_text (GTK_EDITABLE (row)));
}

/* As the letter says it. */
static void
show_preview (Dialog *dialog)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < dialog->wanted->len; i++) {
    const Wanted *wanted = dialog->wanted->pdata[i];
    g_autofree char *reason = dup_entry (wanted->reason);

    if (gtk_check_button_get_active (wanted->check))
      g_string_append_printf (text, "\n%u. %s%s%s", ++n, wanted->title, *reason != '\0' ? " — " : "", reason);
  }
  if (n == 0) {
    gtk_label_set_text (dialog->preview, _ ("Nothing chosen yet."));
    return;
  }
  g_string_prepend (text, _ ("To go on with the claim these documents are needed, all of them at once:"));
  g_string_append_printf (text, "\n");
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "Please send them within %d working day.",
                                       "Please send them within %d working days.", (gulong) dialog->days),
                          (int) dialog->days);
  gtk_label_set_text (dialog->preview, text->str);
}

static void
on_check_toggled_cb (GtkCheckButton *check, Dialog *dialog)
{
  for (guint i = 0; i < dialog->wanted->len; i++) {
    const Wanted *wanted = dialog->wanted->pdata[i];

    if (wanted->check == check)
      gtk_widget_set_visible (GTK_WIDGET (wanted->reason), gtk_check_button_get_active (check));
  }
  show_preview (dialog);
}

static gboolean
add_wanted (Dialog *dialog, GString *out)
{
  guint n = 0;

  for (guint i = 0; i < dialog->wanted->len; i++) {
    const Wanted *wanted = dialog->wanted->pdata[i];
    g_autofree char *reason = dup_entry (wanted->reason);

    if (!gtk_check_button_get_active (wanted->check))
      continue;
    n++;
    if (*reason == '\0') {
      wuyou_banner_show (dialog->banner, WUYOU_BANNER_WARNING, _ ("Say of each document why it is needed."), NULL);
      gtk_widget_grab_focus (GTK_WIDGET (wanted->reason));
      return FALSE;
    }
    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "slot", wanted->slot);
    wuyou_json_add_string (out, "reason", reason);
    wuyou_json_end_object (out);
  }
  if (n == 0)
    wuyou_banner_show (dialog->banner, WUYOU_BANNER_WARNING, _ ("Choose what is needed."), NULL);
  return n > 0;
}

static char *
build_body (Dialog *dialog)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *again = dialog->again ? dup_entry (dialog->why_again) : NULL;

  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "request");
  if (!add_wanted (dialog, out))
    return NULL;
  wuyou_json_end_array (out);
  if (again != NULL && *again == '\0') {
    wuyou_banner_show (dialog->banner, WUYOU_BANNER_WARNING,
                       _ ("Documents were requested before. Say why these were not among them."), NULL);
    gtk_widget_grab_focus (GTK_WIDGET (dialog->why_again));
    return NULL;
  }
  wuyou_json_add_string (out, "request_reason", again);
  wuyou_json_end_object (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget *window = data;
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "wuyou-dialog");
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (answer != NULL)
    tell (dialog, answer, etag);
  if (dialog->window != NULL) {
    wuyou_busy_button_set_busy (dialog->button, FALSE);
    if (answer != NULL)
      gtk_window_destroy (GTK_WINDOW (dialog->window));
    else
      wuyou_banner_show_error (dialog->banner, error);
  }
  g_object_unref (window);
}

static void
on_pressed_cb (Dialog *dialog)
{
  const char *args[] = { dialog->claim_id, "request", NULL };
  g_autofree char *key = wuyou_app_context_new_id (dialog->context);
  g_autofree char *body = build_body (dialog);
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIM_ACT,
                     .args = args,
                     .body = body,
                     .if_match = dialog->etag,
                     .idempotency_key = key,
                     .deadline = 60 };

  if (body == NULL)
    return;
  wuyou_banner_hide (dialog->banner);
  wuyou_busy_button_set_busy (dialog->button, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (dialog->context), &call, dialog->cancellable, on_answered_cb,
                           g_object_ref (dialog->window));
}

static void
add_slot (Dialog *dialog, AdwPreferencesGroup *group, const WuyouClaimSlotRow *slot)
{
  Wanted *wanted = g_new0 (Wanted, 1);
  GtkWidget *row = adw_action_row_new ();

  wanted->slot = g_strdup (slot->slot);
  wanted->title = g_strdup (slot->title != NULL ? slot->title : slot->slot);
  wanted->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  wanted->reason = ADW_ENTRY_ROW (adw_entry_row_new ());
  g_object_set (row, "use-markup", FALSE, "title", wanted->title, "subtitle",
                _ (wuyou_enum_label (wuyou_slot_states, slot->state)), NULL);
  gtk_widget_set_valign (GTK_WIDGET (wanted->check), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (wanted->check), GTK_ACCESSIBLE_PROPERTY_LABEL, wanted->title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (wanted->check));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (wanted->check));
  g_object_set (wanted->reason, "use-markup", FALSE, "title", _ ("Why it is needed"), "visible", FALSE, NULL);
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, GTK_WIDGET (wanted->reason));
  g_ptr_array_add (dialog->wanted, wanted);
  g_signal_connect (wanted->check, "toggled", G_CALLBACK (on_check_toggled_cb), dialog);
  g_signal_connect_swapped (wanted->reason, "changed", G_CALLBACK (show_preview), dialog);
  /* Returned, or still missing: most likely that is what this is about. */
  if (slot->state == WUYOU_SLOT_RETURNED || (slot->required && slot->state == WUYOU_SLOT_MISSING))
    gtk_check_button_set_active (wanted->check, TRUE);
}

static GtkWidget *
build_slots (Dialog *dialog, const WuyouClaimDossier *dossier)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_description (
      group, _ ("Ask for everything that is missing in one notice. The review’s clock stands until it is there."));
  for (guint i = 0; i < dossier->checklist->len; i++) {
    const WuyouClaimSlotRow *slot = dossier->checklist->pdata[i];

    if (slot->phase == dossier->claim->phase)
      add_slot (dialog, group, slot);
  }
  return GTK_WIDGET (group);
}

static GtkWidget *
build_again (Dialog *dialog)
{
  GtkWidget *group = adw_preferences_group_new ();

  dialog->why_again = ADW_ENTRY_ROW (adw_entry_row_new ());
  g_object_set (dialog->why_again, "use-markup", FALSE, "title", _ ("Why these were not asked for before"), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (dialog->why_again));
  gtk_widget_set_visible (group, dialog->again);
  return group;
}

static GtkWidget *
build_preview (Dialog *dialog)
{
  GtkWidget *frame = gtk_frame_new (_ ("The notice"));

  dialog->preview = GTK_LABEL (gtk_label_new (NULL));
  g_object_set (dialog->preview, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "margin-start", 12,
                "margin-end", 12, "margin-top", 6, "margin-bottom", 12, NULL);
  gtk_frame_set_child (GTK_FRAME (frame), GTK_WIDGET (dialog->preview));
  return frame;
}

static GtkWidget *
build (Dialog *dialog, const WuyouClaimDossier *dossier)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *preview = build_preview (dialog);

  dialog->banner = WUYOU_BANNER (wuyou_banner_new ());
  dialog->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ ("_Send the Notice")));
  g_object_set (dialog->button, "suggested", TRUE, "halign", GTK_ALIGN_END, NULL);
  g_object_set (column, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 18, NULL);
  gtk_box_append (GTK_BOX (column), build_slots (dialog, dossier));
  gtk_box_append (GTK_BOX (column), build_again (dialog));
  gtk_box_append (GTK_BOX (column), preview);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (dialog->button));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (dialog->banner));
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect_swapped (dialog->button, "pressed", G_CALLBACK (on_pressed_cb), dialog);
  show_preview (dialog);
  return box;
}

void
wuyou_claim_request_present (WuyouAppContext *context,
                             GtkWidget *owner,
                             const WuyouClaimDossier *dossier,
                             WuyouClaimStepDone done,
                             gpointer data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  dialog->window = ADW_WINDOW (window);
  dialog->context = g_object_ref (context);
  dialog->owner = g_object_ref (owner);
  dialog->claim_id = g_strdup (dossier->claim->id);
  dialog->etag = g_strdup (dossier->etag);
  dialog->again = dossier->claim->requests > 0;
  dialog->days = dossier->clocks.supplement_days;
  dialog->wanted = g_ptr_array_new_with_free_func (free_wanted);
  dialog->cancellable = g_cancellable_new ();
  dialog->done = done;
  dialog->data = data;
  g_object_set_data_full (G_OBJECT (window), "wuyou-dialog", dialog, free_dialog);
  adw_window_set_content (dialog->window, build (dialog, dossier));
  gtk_window_set_title (window, _ ("Request Documents"));
  gtk_window_set_modal (window, TRUE);
  gtk_window_set_default_size (window, 560, 640);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (window, GTK_WINDOW (root));
  wuyou_escape_closes (window);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_closed_cb), dialog);
  gtk_window_present (window);
}
