/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-request.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-text.h"
#include "claims/wuyou-evidence-folder.h"
#include "drafts/wuyou-kept-text.h"
#include "wuyou-step-window.h"

typedef struct {
  char *slot, *title;
  GtkCheckButton *check;
  AdwEntryRow *reason;
} Wanted;

typedef struct {
  WuyouStepWindow *window; /* which owns this */
  WuyouAppContext *context;
  char *claim_id;
  gboolean again;
  gint64 days;
  GPtrArray *wanted; /* Wanted */
  AdwEntryRow *why_again;
  GtkLabel *preview;
  WuyouClaimStepDone done;
  gpointer data;
} Dialog;

static void
free_wanted (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->slot);
  g_free (wanted->title);
  g_free (wanted);
}

/* What is kept until the notice is sent: the reason of @slot; NULL: why it is not the first. */
static char *
dup_what (const char *slot)
{
  return g_strconcat ("request:", slot, NULL);
}

static void
keep_text (Dialog *dialog, const char *slot, const char *text)
{
  g_autofree char *what = dup_what (slot);

  wuyou_kept_text_save (dialog->context, what, dialog->claim_id, text);
}

static void
forget_texts (Dialog *dialog)
{
  for (guint i = 0; i < dialog->wanted->len; i++)
    keep_text (dialog, ((const Wanted *) dialog->wanted->pdata[i])->slot, NULL);
  keep_text (dialog, NULL, NULL);
}

static void
on_done_cb (JsonObject *answer, const char *etag, gpointer data)
{
  Dialog *dialog = data;

  if (answer != NULL)
    forget_texts (dialog);
  dialog->done (answer, etag, "request", dialog->data);
}

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->context);
  g_ptr_array_unref (dialog->wanted);
  g_free (dialog->claim_id);
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

/* Of what is not asked for any more the words go when the dialog does. */
static void
on_check_toggled_cb (GtkCheckButton *check, Dialog *dialog)
{
  gboolean active = gtk_check_button_get_active (check);

  for (guint i = 0; i < dialog->wanted->len; i++) {
    const Wanted *wanted = dialog->wanted->pdata[i];

    if (wanted->check != check)
      continue;
    gtk_widget_set_visible (GTK_WIDGET (wanted->reason), active);
    keep_text (dialog, wanted->slot, active ? gtk_editable_get_text (GTK_EDITABLE (wanted->reason)) : NULL);
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
      wuyou_step_window_warn (dialog->window, _ ("Say of each document why it is needed."));
      gtk_widget_grab_focus (GTK_WIDGET (wanted->reason));
      return FALSE;
    }
    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "slot", wanted->slot);
    wuyou_json_add_string (out, "reason", reason);
    wuyou_json_end_object (out);
  }
  if (n == 0)
    wuyou_step_window_warn (dialog->window, _ ("Choose what is needed."));
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
    wuyou_step_window_warn (dialog->window, _ ("Documents were requested before. Say why these were not among them."));
    gtk_widget_grab_focus (GTK_WIDGET (dialog->why_again));
    return NULL;
  }
  wuyou_json_add_string (out, "request_reason", again);
  wuyou_json_end_object (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
on_pressed_cb (gpointer data)
{
  Dialog *dialog = data;
  const char *args[] = { dialog->claim_id, "request", NULL };
  g_autofree char *body = build_body (dialog);

  if (body != NULL)
    wuyou_step_window_send (dialog->window, WUYOU_ROUTE_CLAIM_ACT, args, body);
}

/* With what was said of its files and is not with the server yet. */
static WuyouSlotState
find_state (const WuyouEvidenceFolder *folder, const WuyouClaimSlotRow *slot)
{
  const WuyouEvidencePlace *place
      = folder != NULL ? wuyou_evidence_folder_find_place (folder, slot->slot, slot->phase) : NULL;

  return place != NULL ? place->state : (WuyouSlotState) slot->state;
}

static char *
dup_subtitle (const WuyouClaimSlotRow *slot, WuyouSlotState present)
{
  const char *state = _ (wuyou_enum_label (wuyou_slot_states, (int) present));
  g_autofree char *need = wuyou_claim_text_dup_need (slot->required, slot->when);

  return g_strdup_printf ("%s · %s", state, need);
}

/* What was said when a file of it was returned, in words or as a kind; borrowed, NULL: none was. */
static const char *
find_return_reason (const WuyouEvidenceFolder *folder, const WuyouClaimSlotRow *slot)
{
  const char *reason = NULL;

  for (guint i = 0; folder != NULL && i < folder->evidence->len; i++) {
    const WuyouEvidence *file = folder->evidence->pdata[i];

    if (file->state == WUYOU_EVIDENCE_RETURNED && file->phase == slot->phase && g_strcmp0 (file->slot, slot->slot) == 0)
      reason = file->state_reason != NULL ? file->state_reason
                                          : _ (wuyou_enum_label (wuyou_return_reasons, file->return_reason));
  }
  return reason;
}

static void
add_slot (Dialog *dialog, AdwPreferencesGroup *group, const WuyouEvidenceFolder *folder, const WuyouClaimSlotRow *slot)
{
  WuyouSlotState state = find_state (folder, slot);
  const char *reason = state == WUYOU_SLOT_RETURNED ? find_return_reason (folder, slot) : NULL;
  Wanted *wanted = g_new0 (Wanted, 1);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = dup_subtitle (slot, state);
  g_autofree char *what = dup_what (slot->slot);

  wanted->slot = g_strdup (slot->slot);
  wanted->title = g_strdup (slot->title != NULL ? slot->title : slot->slot);
  wanted->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  wanted->reason = ADW_ENTRY_ROW (adw_entry_row_new ());
  g_object_set (row, "use-markup", FALSE, "title", wanted->title, "subtitle", subtitle, NULL);
  gtk_widget_set_valign (GTK_WIDGET (wanted->check), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (wanted->check), GTK_ACCESSIBLE_PROPERTY_LABEL, wanted->title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (wanted->check));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (wanted->check));
  g_object_set (wanted->reason, "use-markup", FALSE, "title", _ ("Why it is needed"), NULL);
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, GTK_WIDGET (wanted->reason));
  g_ptr_array_add (dialog->wanted, wanted);
  g_signal_connect_swapped (wanted->reason, "changed", G_CALLBACK (show_preview), dialog);
  if (reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (wanted->reason), reason);
  wuyou_kept_text_follow (dialog->context, GTK_EDITABLE (wanted->reason), what, dialog->claim_id);
  /* Said before the dialog was closed, returned, or still missing: most likely that is what this is about. */
  if (*gtk_editable_get_text (GTK_EDITABLE (wanted->reason)) != '\0' || state == WUYOU_SLOT_RETURNED
      || (slot->required && state == WUYOU_SLOT_MISSING))
    gtk_check_button_set_active (wanted->check, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (wanted->reason), gtk_check_button_get_active (wanted->check));
  g_signal_connect (wanted->check, "toggled", G_CALLBACK (on_check_toggled_cb), dialog); /* by a person: kept */
}

static GtkWidget *
build_slots (Dialog *dialog, const WuyouClaimDossier *dossier)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  WuyouEvidenceFolder *folder = wuyou_evidence_folder_new (dialog->context, dossier->answer, dossier->etag, NULL);

  adw_preferences_group_set_description (
      group, _ ("Ask for everything that is missing in one notice. The review’s clock stands until it is there."));
  for (guint i = 0; i < dossier->checklist->len; i++) {
    const WuyouClaimSlotRow *slot = dossier->checklist->pdata[i];

    if (slot->phase == dossier->claim->phase)
      add_slot (dialog, group, folder, slot);
  }
  g_clear_pointer (&folder, wuyou_evidence_folder_unref);
  return GTK_WIDGET (group);
}

static GtkWidget *
build_again (Dialog *dialog)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *what = dup_what (NULL);

  dialog->why_again = ADW_ENTRY_ROW (adw_entry_row_new ());
  g_object_set (dialog->why_again, "use-markup", FALSE, "title", _ ("Why these were not asked for before"), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (dialog->why_again));
  gtk_widget_set_visible (group, dialog->again);
  if (dialog->again)
    wuyou_kept_text_follow (dialog->context, GTK_EDITABLE (dialog->why_again), what, dialog->claim_id);
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

void
wuyou_claim_request_present (WuyouAppContext *context,
                             GtkWidget *owner,
                             const WuyouClaimDossier *dossier,
                             WuyouClaimStepDone done,
                             gpointer data)
{
  static const WuyouStepWindowCalls calls = { on_pressed_cb, NULL, on_done_cb, free_dialog };
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *preview = build_preview (dialog);

  dialog->context = g_object_ref (context);
  dialog->claim_id = g_strdup (dossier->claim->id);
  dialog->again = dossier->claim->requests > 0;
  dialog->days = dossier->clocks.supplement_days;
  dialog->wanted = g_ptr_array_new_with_free_func (free_wanted);
  dialog->done = done;
  dialog->data = data;
  dialog->window = wuyou_step_window_new (context, owner, _ ("Request Documents"), _ ("_Send the Notice"),
                                          dossier->etag, &calls, dialog);
  wuyou_step_window_append (dialog->window, build_slots (dialog, dossier));
  wuyou_step_window_append (dialog->window, build_again (dialog));
  wuyou_step_window_append (dialog->window, preview);
  show_preview (dialog);
  gtk_window_present (GTK_WINDOW (dialog->window));
}
