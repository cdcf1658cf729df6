/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-step.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-text.h"
#include "drafts/wuyou-kept-text.h"
#include "widgets/wuyou-field-row.h"
#include "widgets/wuyou-value-rows.h"
#include "wuyou-step-window.h"

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
  { "revoke-consent",
    N_ ("Identity card, licences and bank papers are closed to everybody at once. A review comes back to you until the "
        "owner consents again. What was decided stays decided."),
    N_ ("_Record"),
    { NULL },
    N_ ("What the owner said"),
    TRUE },
  { "take-over",
    N_ ("The case and its clock come to you. Who had it sees why."),
    N_ ("_Take Over"),
    { NULL },
    N_ ("Reason"),
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
  WuyouStepWindow *window; /* which owns this */
  WuyouAppContext *context;
  const Kind *kind;
  char *claim_id;
  WuyouClaim *entries; /* what is typed here */
  WuyouFieldRow *rows[MAX_FIELDS];
  WuyouFieldRow *reason;
  GtkSwitch *declared;
  WuyouClaimStepDone done;
  gpointer data;
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
on_done_cb (JsonObject *answer, const char *etag, gpointer data)
{
  Dialog *dialog = data;

  if (answer != NULL && dialog->reason != NULL)
    wuyou_kept_text_save (dialog->context, dialog->kind->action, dialog->claim_id, NULL);
  dialog->done (answer, etag, dialog->kind->action, dialog->data);
}

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->context);
  wuyou_claim_free (dialog->entries);
  g_free (dialog->claim_id);
  g_free (dialog);
}

static gboolean
on_refused_cb (const GError *error, gpointer data)
{
  Dialog *dialog = data;
  const char *field = wuyou_error_get_field (error);

  for (guint i = 0; i < MAX_FIELDS && dialog->rows[i] != NULL; i++)
    if (g_strcmp0 (field, wuyou_field_row_get_field (dialog->rows[i])->name) == 0) {
      wuyou_field_row_set_sentence (dialog->rows[i], WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
      wuyou_field_row_focus (dialog->rows[i]);
      return TRUE;
    }
  return FALSE;
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

/* No money is an amount too, but only where it was typed. */
static gboolean
is_given (Dialog *dialog, WuyouFieldRow *row)
{
  const WuyouField *field = wuyou_field_row_get_field (row);
  g_autofree char *text = wuyou_text_normalise (wuyou_field_row_get_text (row));

  return field->kind == WUYOU_KIND_FEN ? *text != '\0' : wuyou_field_is_set (field, dialog->entries);
}

static gboolean
read_row (Dialog *dialog, WuyouFieldRow *row, gboolean required)
{
  const WuyouField *field = wuyou_field_row_get_field (row);
  g_autoptr (GError) error = NULL;

  wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_QUIET, NULL);
  if (!wuyou_field_parse_display (field, dialog->entries, wuyou_field_row_get_text (row), &error))
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
  else if (required && !is_given (dialog, row))
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
  wuyou_step_window_warn (dialog->window, _ ("Declare it first: everything is sent in your name."));
  gtk_widget_grab_focus (GTK_WIDGET (dialog->declared));
  return FALSE;
}

static void
on_pressed_cb (gpointer data)
{
  Dialog *dialog = data;
  const char *args[] = { dialog->claim_id, is_amount (dialog) ? NULL : dialog->kind->action, NULL };
  g_autofree char *body = NULL;

  if (!read_rows (dialog))
    return;
  body = build_body (dialog);
  wuyou_step_window_send (dialog->window, is_amount (dialog) ? WUYOU_ROUTE_CLAIM_SETTLE : WUYOU_ROUTE_CLAIM_ACT, args,
                          body);
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
add_reason (Dialog *dialog, AdwPreferencesGroup *group)
{
  dialog->reason
      = wuyou_field_row_new (wuyou_record_type_find (&wuyou_claim_type, "state_reason"), _ (dialog->kind->reason));
  wuyou_field_row_add_to (dialog->reason, group);
  wuyou_kept_text_follow (dialog->context, GTK_EDITABLE (wuyou_field_row_get_row (dialog->reason)),
                          dialog->kind->action, dialog->claim_id);
}

static void
add_rows (Dialog *dialog, AdwPreferencesGroup *group, const WuyouClaim *claim)
{
  for (guint i = 0; i < MAX_FIELDS && dialog->kind->fields[i] != NULL; i++) {
    dialog->rows[i] = wuyou_field_row_new (wuyou_record_type_find (&wuyou_claim_type, dialog->kind->fields[i]), NULL);
    wuyou_field_row_add_to (dialog->rows[i], group);
    set_default (dialog, dialog->rows[i], claim);
  }
  if (dialog->kind->reason != NULL)
    add_reason (dialog, group);
}

/* What is approved is seen before it is. */
static void
add_amount (Dialog *dialog, AdwPreferencesGroup *group, const WuyouClaim *claim)
{
  g_autofree char *amount = wuyou_money_format (wuyou_claim_amount (claim));
  g_autofree char *shown = g_strconcat ("¥", amount, NULL);

  if (!g_str_equal (dialog->kind->action, "approve") || claim->state != WUYOU_CLAIM_FINAL_REVIEW)
    return;
  wuyou_value_group_add (group, _ ("Amount of the settlement"), shown);
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
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_description (group, _ (dialog->kind->text));
  add_amount (dialog, group, claim);
  add_rows (dialog, group, claim);
  if (dialog->kind->declares)
    add_declaration (dialog, group);
  return GTK_WIDGET (group);
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
  static const WuyouStepWindowCalls calls = { on_pressed_cb, on_refused_cb, on_done_cb, free_dialog };
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->context = g_object_ref (context);
  dialog->kind = kind;
  dialog->claim_id = g_strdup (dossier->claim->id);
  dialog->entries = wuyou_claim_new ();
  dialog->done = done;
  dialog->data = data;
  dialog->window = wuyou_step_window_new (context, owner, title, _ (kind->button), dossier->etag, &calls, dialog);
  if (kind->destructive)
    wuyou_step_window_set_destructive (dialog->window);
  wuyou_step_window_append (dialog->window, build (dialog, dossier->claim));
  gtk_window_present (GTK_WINDOW (dialog->window));
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
