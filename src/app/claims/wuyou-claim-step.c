/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-step.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "claims/wuyou-claim-text.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-escape.h"
#include "widgets/wuyou-field-row.h"

#define MAX_FIELDS 4
#define AMOUNT "amount" /* not a step: the settlement's route */

typedef struct {
  const char *action;
  const char *text, *button;      /* N_() */
  const char *fields[MAX_FIELDS]; /* of the claim */
  const char *reason;             /* N_(), label of its row; NULL: none */
  gboolean reason_required, declares, destructive;
} Kind;

static const Kind kinds[] = {
  { "determine",
    N_ ("What the insurer decided, and when. Its document must be among the evidence."),
    N_ ("_Record"),
    { "determination", "determined_on" } },
  { "submit", N_ ("The documents go to the operator for review."), N_ ("_Send"), .declares = TRUE },
  { "supply", N_ ("Everything that was asked for goes to the assessor in one go."), N_ ("_Send"), .declares = TRUE },
  { "supply-final", N_ ("Everything that was asked for goes to the assessor in one go."), N_ ("_Send"),
    .declares = TRUE },
  { "approve", N_ ("A letter with the decision goes to the dealership."), N_ ("_Approve"),
    .reason = N_ ("Reasons in words (may be left out)") },
  { "reject",
    N_ ("The letter names the reason, its clause and the way to appeal."),
    N_ ("_Refuse the Claim"),
    { "exclusion" },
    N_ ("Reasons in words"),
    TRUE,
    FALSE,
    TRUE },
  { "pay",
    N_ ("Once registered, a payment cannot be changed. The contract is fulfilled with it."),
    N_ ("_Register"),
    { "paid_fen", "paid_on", "payment_reference", "delivered_on" } },
  { "appeal",
    N_ ("Somebody else looks at the case again. The owner’s statement must be among the evidence."),
    N_ ("_Appeal"),
    { NULL },
    N_ ("Why the decision is wrong"),
    TRUE },
  { "withdraw",
    N_ ("The claim ends here. The owner’s statement must be among the evidence."),
    N_ ("_Withdraw"),
    { NULL },
    N_ ("Reason"),
    TRUE,
    FALSE,
    TRUE },
  { "discard", N_ ("The draft ends here."), N_ ("_Discard"), { NULL }, N_ ("Reason"), TRUE, FALSE, TRUE },
  { "close",
    N_ ("The time for the documents is over. The dealership may still appeal."),
    N_ ("_Close"),
    { NULL },
    N_ ("Reason"),
    TRUE,
    FALSE,
    TRUE },
  { "confirm",
    N_ ("The refusal stands. The case is closed."),
    N_ ("_Confirm"),
    { NULL },
    N_ ("Reasons in words"),
    TRUE,
    FALSE,
    TRUE },
  { AMOUNT,
    N_ ("It is proposed beside the computed amount; somebody else approves it."),
    N_ ("_Propose"),
    { "override_fen" },
    N_ ("Why another amount"),
    TRUE },
};

typedef struct {
  AdwWindow *window; /* NULL once closed */
  WuyouAppContext *context;
  GtkWidget *owner;
  const Kind *kind;
  char *claim_id, *etag;
  WuyouClaim *entries; /* what is typed here */
  WuyouFieldRow *rows[MAX_FIELDS];
  WuyouFieldRow *reason;
  GtkSwitch *declared;
  WuyouBusyButton *button;
  WuyouBanner *banner;
  GCancellable *cancellable;
  WuyouClaimStepDone done;
  gpointer data;
  gboolean told;
} Dialog;

static const Kind *
find_kind (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].action, action) == 0)
      return &kinds[i];
  return NULL;
}

gboolean
wuyou_claim_step_needs_dialog (const char *action)
{
  return find_kind (action) != NULL;
}

static void
tell (Dialog *dialog, JsonObject *answer, const char *etag)
{
  if (dialog->told)
    return;
  dialog->told = TRUE;
  dialog->done (answer, etag, dialog->kind->action, dialog->data);
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
  wuyou_claim_free (dialog->entries);
  g_free (dialog->claim_id);
  g_free (dialog->etag);
  g_free (dialog);
}

static void
show_problem (Dialog *dialog, const GError *error)
{
  const char *field = wuyou_error_get_field (error);

  wuyou_banner_hide (dialog->banner);
  for (guint i = 0; i < MAX_FIELDS && dialog->rows[i] != NULL; i++)
    if (g_strcmp0 (field, wuyou_field_row_get_field (dialog->rows[i])->name) == 0) {
      wuyou_field_row_set_sentence (dialog->rows[i], WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
      wuyou_field_row_focus (dialog->rows[i]);
      return;
    }
  wuyou_banner_show_error (dialog->banner, error);
}

/* Somebody else was faster, or a document came in: the next press is for the version now. */
static void
take_version (Dialog *dialog, JsonObject *problem)
{
  JsonObject *current = problem != NULL ? wuyou_json_get_object (problem, "current") : NULL;

  if (current == NULL)
    return;
  g_free (dialog->etag);
  dialog->etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", wuyou_json_get_int (current, "version"));
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
  else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_STALE))
    take_version (dialog, wuyou_client_call_get_problem (result));
  if (dialog->window != NULL) {
    wuyou_busy_button_set_busy (dialog->button, FALSE);
    if (answer != NULL)
      gtk_window_destroy (GTK_WINDOW (dialog->window));
    else
      show_problem (dialog, error);
  }
  g_object_unref (window);
}

static gboolean
is_amount (const Dialog *dialog)
{
  return g_str_equal (dialog->kind->action, AMOUNT);
}

static char *
build_body (Dialog *dialog)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const WuyouClaim *c = dialog->entries;

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "determination", wuyou_enum_id (wuyou_determinations, c->determination));
  wuyou_json_add_date (out, "determined_on", c->determined_on);
  wuyou_json_add_string (out, "exclusion", wuyou_enum_id (wuyou_exclusions, c->exclusion));
  if (c->paid_fen != 0)
    wuyou_json_add_int (out, "paid_fen", c->paid_fen);
  wuyou_json_add_date (out, "paid_on", c->paid_on);
  wuyou_json_add_string (out, "payment_reference", c->payment_reference);
  wuyou_json_add_date (out, "delivered_on", c->delivered_on);
  if (is_amount (dialog))
    wuyou_json_add_int (out, "amount_fen", c->override_fen);
  wuyou_json_add_string (out, "reason", c->state_reason);
  wuyou_json_end_object (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
read_row (Dialog *dialog, WuyouFieldRow *row, gboolean required)
{
  const WuyouField *field = wuyou_field_row_get_field (row);
  g_autoptr (GError) error = NULL;

  wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_QUIET, NULL);
  if (!wuyou_field_parse_display (field, dialog->entries, wuyou_field_row_get_text (row), &error))
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
  else if (required && !wuyou_field_is_set (field, dialog->entries) && field->kind != WUYOU_KIND_FEN)
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG, _ ("This is needed."));
  else
    return TRUE;
  wuyou_field_row_focus (row);
  return FALSE;
}

static gboolean
read_rows (Dialog *dialog)
{
  for (guint i = 0; i < MAX_FIELDS && dialog->rows[i] != NULL; i++)
    if (!read_row (dialog, dialog->rows[i], TRUE))
      return FALSE;
  if (dialog->reason != NULL && !read_row (dialog, dialog->reason, dialog->kind->reason_required))
    return FALSE;
  if (dialog->declared == NULL || gtk_switch_get_active (dialog->declared))
    return TRUE;
  wuyou_banner_show (dialog->banner, WUYOU_BANNER_WARNING, _ ("Declare it first: everything is sent in your name."),
                     NULL);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->declared));
  return FALSE;
}

static void
on_pressed_cb (Dialog *dialog)
{
  const char *args[] = { dialog->claim_id, is_amount (dialog) ? NULL : dialog->kind->action, NULL };
  g_autofree char *key = NULL;
  g_autofree char *body = NULL;
  WuyouCall call = { .route = is_amount (dialog) ? WUYOU_ROUTE_CLAIM_SETTLE : WUYOU_ROUTE_CLAIM_ACT,
                     .args = args,
                     .if_match = dialog->etag,
                     .deadline = 60 };

  if (!read_rows (dialog))
    return;
  wuyou_banner_hide (dialog->banner);
  /* A new try with other figures is another request. */
  key = wuyou_app_context_new_id (dialog->context);
  body = build_body (dialog);
  call.body = body;
  call.idempotency_key = key;
  wuyou_busy_button_set_busy (dialog->button, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (dialog->context), &call, dialog->cancellable, on_answered_cb,
                           g_object_ref (dialog->window));
}

static void
on_cancelled_cb (Dialog *dialog)
{
  g_cancellable_cancel (dialog->cancellable);
  g_object_unref (dialog->cancellable);
  dialog->cancellable = g_cancellable_new ();
}

static void
set_default (Dialog *dialog, WuyouFieldRow *row, const WuyouClaim *claim)
{
  const WuyouField *field = wuyou_field_row_get_field (row);
  char day[11] = "";

  if (g_str_equal (field->name, "paid_fen") || g_str_equal (field->name, "override_fen")) {
    g_autofree char *amount = wuyou_money_format (wuyou_claim_amount (claim));

    wuyou_field_row_set_text (row, amount);
  } else if (wuyou_field_is_set (field, claim) && field->kind == WUYOU_KIND_ENUM) {
    wuyou_field_row_set_text (row, wuyou_enum_id (field->values, (int) wuyou_field_get_int (field, claim)));
  } else if (wuyou_field_is_set (field, claim) && field->pi == WUYOU_PI_NONE) {
    g_autofree char *text = wuyou_field_dup_display (field, claim);

    wuyou_field_row_set_text (row, text);
  } else if (field->kind == WUYOU_KIND_DATE) {
    wuyou_date_format (wuyou_date_of_instant (wuyou_app_context_now (dialog->context)), day);
    wuyou_field_row_set_text (row, day);
  }
}

static void
add_rows (Dialog *dialog, AdwPreferencesGroup *group, const WuyouClaim *claim)
{
  for (guint i = 0; i < MAX_FIELDS && dialog->kind->fields[i] != NULL; i++) {
    dialog->rows[i] = wuyou_field_row_new (wuyou_record_type_find (&wuyou_claim_type, dialog->kind->fields[i]), NULL);
    wuyou_field_row_add_to (dialog->rows[i], group);
    set_default (dialog, dialog->rows[i], claim);
  }
  if (dialog->kind->reason == NULL)
    return;
  dialog->reason
      = wuyou_field_row_new (wuyou_record_type_find (&wuyou_claim_type, "state_reason"), _ (dialog->kind->reason));
  wuyou_field_row_add_to (dialog->reason, group);
}

/* 5.3.1-01: said by who sends it in, each time. */
static void
add_declaration (Dialog *dialog, AdwPreferencesGroup *group)
{
  GtkWidget *row = adw_action_row_new ();

  dialog->declared = GTK_SWITCH (gtk_switch_new ());
  g_object_set (row, "use-markup", FALSE, "title",
                _ ("I declare that what is sent is true and complete, and that nothing is made up, altered or agreed "
                   "with others to deceive."),
                "title-lines", 0, NULL);
  gtk_widget_set_valign (GTK_WIDGET (dialog->declared), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->declared), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("I declare it"),
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (dialog->declared));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (dialog->declared));
  adw_preferences_group_add (group, row);
}

static GtkWidget *
build (Dialog *dialog, const WuyouClaim *claim)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  dialog->banner = WUYOU_BANNER (wuyou_banner_new ());
  dialog->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ (dialog->kind->button)));
  g_object_set (dialog->button, "suggested", !dialog->kind->destructive, "halign", GTK_ALIGN_END, NULL);
  g_object_set (column, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 18, NULL);
  adw_preferences_group_set_description (group, _ (dialog->kind->text));
  add_rows (dialog, group, claim);
  if (dialog->kind->declares)
    add_declaration (dialog, group);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (group));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (dialog->button));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (dialog->banner));
  gtk_box_append (GTK_BOX (box), column);
  g_signal_connect_swapped (dialog->button, "pressed", G_CALLBACK (on_pressed_cb), dialog);
  g_signal_connect_swapped (dialog->button, "cancelled", G_CALLBACK (on_cancelled_cb), dialog);
  return box;
}

static void
present (WuyouAppContext *context,
         GtkWidget *owner,
         const WuyouClaimDossier *dossier,
         const Kind *kind,
         const char *title,
         WuyouClaimStepDone done,
         gpointer data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  dialog->window = ADW_WINDOW (window);
  dialog->context = g_object_ref (context);
  dialog->owner = g_object_ref (owner);
  dialog->kind = kind;
  dialog->claim_id = g_strdup (dossier->claim->id);
  dialog->etag = g_strdup (dossier->etag);
  dialog->entries = wuyou_claim_new ();
  dialog->cancellable = g_cancellable_new ();
  dialog->done = done;
  dialog->data = data;
  g_object_set_data_full (G_OBJECT (window), "wuyou-dialog", dialog, free_dialog);
  adw_window_set_content (dialog->window, build (dialog, dossier->claim));
  gtk_window_set_title (window, title);
  gtk_window_set_modal (window, TRUE);
  gtk_window_set_default_size (window, 520, -1);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (window, GTK_WINDOW (root));
  wuyou_escape_closes (window);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_closed_cb), dialog);
  gtk_window_present (window);
}

void
wuyou_claim_step_present (WuyouAppContext *context,
                          GtkWidget *owner,
                          const WuyouClaimDossier *dossier,
                          const WuyouDossierAction *action,
                          WuyouClaimStepDone done,
                          gpointer data)
{
  present (context, owner, dossier, find_kind (action->action), _ (action->transition->label), done, data);
}

void
wuyou_claim_step_present_amount (WuyouAppContext *context,
                                 GtkWidget *owner,
                                 const WuyouClaimDossier *dossier,
                                 WuyouClaimStepDone done,
                                 gpointer data)
{
  present (context, owner, dossier, find_kind (AMOUNT), _ ("Another Amount"), done, data);
}
