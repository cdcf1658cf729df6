/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-step-dialog.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "drafts/wuyou-kept-text.h"
#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-document-slot.h"
#include "sales/wuyou-refund-preview.h"
#include "widgets/wuyou-field-row.h"
#include "wuyou-step-window.h"

#define MAX_SLOTS 2
#define MAX_FIELDS 4
#define REASON "state_reason" /* on the wire: "reason" */

typedef struct {
  const char *action;
  gboolean free;                     /* only of a contract that costs nothing; comes before the other */
  const char *title, *text, *button; /* N_() */
  int slots[MAX_SLOTS];
  const char *hints[MAX_SLOTS]; /* N_() */
  const char *fields[MAX_FIELDS + 1];
  gboolean quotes; /* shows what the owner would get back */
  gboolean destructive;
} Kind;

static const Kind kinds[] = {
  { .action = "sign",
    .title = N_ ("Register the Signed Copy"),
    .text = N_ ("Scan or photograph every page that was signed. The scan is bound to the printed revision."),
    .button = N_ ("_Register"),
    .slots = { WUYOU_SLOT_SIGNED_CONTRACT, WUYOU_SLOT_CONSENT_SCAN },
    .hints = { N_ ("Drop the signed contract here, or choose it"),
               N_ ("Drop the signed sheet of notices and consents here, or choose it") },
    .fields = { "signed_on" } },
  { .action = "pay",
    .free = TRUE,
    .title = N_ ("Confirm the Gift"),
    .text = N_ ("The dealership gives this contract: the owner pays nothing. It comes into force as if it were paid on "
                "this day."),
    .button = N_ ("_Confirm"),
    .fields = { "paid_on" } },
  { .action = "pay",
    .title = N_ ("Register the Payment"),
    .text = N_ ("Once registered, a payment cannot be changed: it is posted at the same moment."),
    .button = N_ ("_Register"),
    .slots = { WUYOU_SLOT_VOUCHER },
    .hints = { N_ ("Drop the voucher here, or choose it") },
    .fields = { "paid_on", "paid_fen", "payment_method", "payment_reference" } },
  { .action = "request-cancel",
    .title = N_ ("Request Cancellation"),
    .text = N_ ("Scan the request that the owner signed. The refund below is what the terms give for that day; it is "
                "frozen when you send the request, and the operator decides."),
    .button = N_ ("_Send the Request"),
    .slots = { WUYOU_SLOT_CANCEL_REQUEST },
    .hints = { N_ ("Drop the owner’s signed request here, or choose it") },
    .fields = { "cancel_requested_on", REASON },
    .quotes = TRUE },
  { .action = "refund",
    .title = N_ ("Register the Refund"),
    .text = N_ ("Register it once the money has left. It cannot be changed afterwards."),
    .button = N_ ("_Register"),
    .fields = { "refunded_on", "refund_fen", "refund_reference" } },
  { .action = "transfer",
    .title = N_ ("End by Transfer"),
    .text = N_ ("The contract ends on the day on which the car changed hands; there is no cover from that day on. This "
                "cannot be undone."),
    .button = N_ ("_End the Contract"),
    .slots = { WUYOU_SLOT_TRANSFER_PROOF },
    .hints = { N_ ("Drop the proof of the transfer here, or choose it") },
    .fields = { "transferred_on", REASON },
    .destructive = TRUE },
  { .action = "revoke",
    .title = N_ ("Revoke the Contract"),
    .text = N_ ("Only after the owner was told. The contract ends today; this cannot be undone."),
    .button = N_ ("_Revoke"),
    .fields = { "revoke_notice_on", REASON },
    .destructive = TRUE },
};

typedef struct {
  WuyouStepWindow *window; /* which owns this */
  WuyouAppContext *context;
  const Kind *kind;
  char *contract_id, *sha256;
  WuyouContract *entries;    /* what is typed here */
  WuyouRefundPreview *quote; /* or NULL */
  WuyouFieldRow *rows[MAX_FIELDS];
  WuyouDocumentSlot *slots[MAX_SLOTS];
  void (*done) (JsonObject *answer, const char *etag, gpointer data);
  gpointer data;
} Dialog;

static const Kind *
find_kind (const char *action, gboolean is_free)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].action, action) == 0 && (is_free || !kinds[i].free))
      return &kinds[i];
  return NULL;
}

gboolean
wuyou_step_dialog_knows (const char *action)
{
  return find_kind (action, FALSE) != NULL;
}

static void
on_done_cb (JsonObject *answer, const char *etag, gpointer data)
{
  Dialog *dialog = data;

  if (answer != NULL)
    wuyou_kept_text_save (dialog->context, dialog->kind->action, dialog->contract_id, NULL);
  dialog->done (answer, etag, dialog->data);
}

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->context);
  wuyou_contract_free (dialog->entries);
  g_free (dialog->contract_id);
  g_free (dialog->sha256);
  g_free (dialog);
}

static gboolean
on_refused_cb (const GError *error, gpointer data)
{
  Dialog *dialog = data;
  const char *named = wuyou_error_get_field (error);
  const char *field = g_strcmp0 (named, "reason") == 0 ? REASON : named;

  for (guint i = 0; dialog->kind->fields[i] != NULL; i++)
    if (g_strcmp0 (field, dialog->kind->fields[i]) == 0) {
      wuyou_field_row_set_sentence (dialog->rows[i], WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
      wuyou_field_row_focus (dialog->rows[i]);
      return TRUE;
    }
  return FALSE;
}

/* What comes with an end of the contract; the refund as it was shown. */
static void
add_end (GString *out, Dialog *dialog)
{
  const WuyouContract *c = dialog->entries;
  gint64 refund_fen = dialog->quote != NULL ? wuyou_refund_preview_get_fen (dialog->quote) : c->refund_fen;

  wuyou_json_add_date (out, "cancel_requested_on", c->cancel_requested_on);
  wuyou_json_add_date (out, "refunded_on", c->refunded_on);
  wuyou_json_add_date (out, "transferred_on", c->transferred_on);
  wuyou_json_add_date (out, "revoke_notice_on", c->revoke_notice_on);
  if (dialog->quote != NULL || refund_fen != 0)
    wuyou_json_add_int (out, "refund_fen", refund_fen);
  wuyou_json_add_string (out, "refund_reference", c->refund_reference);
  wuyou_json_add_string (out, "reason", c->state_reason);
}

static char *
build_body (Dialog *dialog)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const WuyouContract *c = dialog->entries;

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_date (out, "signed_on", c->signed_on);
  wuyou_json_add_date (out, "paid_on", c->paid_on);
  if (c->paid_fen != 0)
    wuyou_json_add_int (out, "paid_fen", c->paid_fen);
  wuyou_json_add_string (out, "payment_method", wuyou_enum_id (wuyou_payment_methods, c->payment_method));
  wuyou_json_add_string (out, "payment_reference", c->payment_reference);
  add_end (out, dialog);
  if (g_str_equal (dialog->kind->action, "sign"))
    wuyou_json_add_string (out, "content_sha256", dialog->sha256);
  wuyou_json_end_object (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
read_rows (Dialog *dialog)
{
  for (guint i = 0; dialog->kind->fields[i] != NULL; i++) {
    const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, dialog->kind->fields[i]);
    g_autoptr (GError) error = NULL;

    if (wuyou_field_parse_display (field, dialog->entries, wuyou_field_row_get_text (dialog->rows[i]), &error))
      continue;
    wuyou_field_row_set_sentence (dialog->rows[i], WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
    wuyou_field_row_focus (dialog->rows[i]);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_slots (Dialog *dialog)
{
  for (guint i = 0; i < MAX_SLOTS && dialog->slots[i] != NULL; i++) {
    g_autofree char *text = NULL;

    if (wuyou_document_slot_is_available (dialog->slots[i]))
      continue;
    text
        = g_strdup_printf (wuyou_document_slot_is_busy (dialog->slots[i]) ? _ ("%s is still being uploaded or checked.")
                                                                          : _ ("%s is missing."),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (dialog->slots[i])));
    wuyou_step_window_warn (dialog->window, text);
    return FALSE;
  }
  return TRUE;
}

static void
on_pressed_cb (gpointer data)
{
  Dialog *dialog = data;
  const char *args[] = { dialog->contract_id, dialog->kind->action, NULL };
  g_autofree char *body = NULL;

  if (!read_rows (dialog) || !check_slots (dialog))
    return;
  body = build_body (dialog);
  wuyou_step_window_send (dialog->window, WUYOU_ROUTE_CONTRACT_ACT, args, body);
}

static void
set_defaults (Dialog *dialog, const WuyouDossier *dossier)
{
  WuyouDate today = wuyou_date_of_instant (wuyou_app_context_now (dialog->context));
  char day[11];
  g_autofree char *amount = wuyou_money_format (dossier->contract->received_fen);
  g_autofree char *refund = wuyou_money_format (dossier->contract->refund_fen);

  wuyou_date_format (today, day);
  for (guint i = 0; dialog->kind->fields[i] != NULL; i++) {
    if (g_str_has_suffix (dialog->kind->fields[i], "_on"))
      wuyou_field_row_set_text (dialog->rows[i], day);
    else if (g_str_equal (dialog->kind->fields[i], "paid_fen"))
      wuyou_field_row_set_text (dialog->rows[i], amount);
    else if (g_str_equal (dialog->kind->fields[i], "refund_fen"))
      wuyou_field_row_set_text (dialog->rows[i], refund);
  }
}

/* What the owner gets back when the day typed is the one. */
static void
show_quote (Dialog *dialog)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, dialog->kind->fields[0]);
  g_autoptr (WuyouContract) typed = NULL;

  if (dialog->quote == NULL)
    return;
  typed = wuyou_contract_new ();
  if (!wuyou_field_parse_display (field, typed, wuyou_field_row_get_text (dialog->rows[0]), NULL))
    typed->cancel_requested_on = WUYOU_DATE_NONE;
  wuyou_refund_preview_show (dialog->quote, typed->cancel_requested_on);
}

static GtkWidget *
build_fields (Dialog *dialog)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; dialog->kind->fields[i] != NULL; i++) {
    const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, dialog->kind->fields[i]);

    dialog->rows[i] = wuyou_field_row_new (field, NULL);
    wuyou_field_row_add_to (dialog->rows[i], ADW_PREFERENCES_GROUP (group));
    if (g_str_equal (field->name, REASON))
      wuyou_kept_text_follow (dialog->context, GTK_EDITABLE (wuyou_field_row_get_row (dialog->rows[i])),
                              dialog->kind->action, dialog->contract_id);
    g_signal_connect_swapped (dialog->rows[i], "changed", G_CALLBACK (show_quote), dialog);
  }
  return group;
}

static GtkWidget *
build_slots (Dialog *dialog, const WuyouDossier *dossier)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ (dialog->kind->text));
  for (guint i = 0; i < MAX_SLOTS && dialog->kind->slots[i] != 0; i++) {
    GtkWidget *slot = wuyou_document_slot_new (dialog->context, dialog->contract_id, dialog->kind->slots[i],
                                               _ (dialog->kind->hints[i]));

    dialog->slots[i] = WUYOU_DOCUMENT_SLOT (slot);
    wuyou_document_slot_set_document (dialog->slots[i], wuyou_dossier_find_document (dossier, dialog->kind->slots[i]));
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), slot);
  }
  return group;
}

static void
build (Dialog *dialog, const WuyouDossier *dossier)
{
  wuyou_step_window_append (dialog->window, build_slots (dialog, dossier));
  wuyou_step_window_append (dialog->window, build_fields (dialog));
  if (dialog->kind->quotes) {
    dialog->quote = wuyou_refund_preview_new (dossier->contract, dossier->benefit_json);
    wuyou_step_window_append (dialog->window, GTK_WIDGET (dialog->quote));
  }
  set_defaults (dialog, dossier);
  show_quote (dialog);
}

void
wuyou_step_dialog_present (WuyouAppContext *context,
                           GtkWidget *owner,
                           const WuyouDossier *dossier,
                           const char *action,
                           void (*done) (JsonObject *answer, const char *etag, gpointer data),
                           gpointer data)
{
  static const WuyouStepWindowCalls calls = { on_pressed_cb, on_refused_cb, on_done_cb, free_dialog };
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->context = g_object_ref (context);
  dialog->kind = find_kind (action, wuyou_contract_is_free (dossier->contract));
  dialog->contract_id = g_strdup (dossier->contract->id);
  dialog->sha256 = g_strdup (dossier->contract->content_sha256);
  dialog->entries = wuyou_contract_new ();
  dialog->done = done;
  dialog->data = data;
  dialog->window = wuyou_step_window_new (context, owner, _ (dialog->kind->title), _ (dialog->kind->button),
                                          dossier->etag, &calls, dialog);
  if (dialog->kind->destructive)
    wuyou_step_window_set_destructive (dialog->window);
  build (dialog, dossier);
  gtk_window_present (GTK_WINDOW (dialog->window));
}
