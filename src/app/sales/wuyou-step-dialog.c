/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-step-dialog.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-document-slot.h"
#include "sales/wuyou-refund-preview.h"
#include "widgets/wuyou-field-row.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"

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
  AdwWindow *window;
  WuyouAppContext *context;
  GtkWidget *owner;
  const Kind *kind;
  char *contract_id, *etag, *sha256;
  WuyouContract *entries;    /* what is typed here */
  WuyouRefundPreview *quote; /* or NULL */
  WuyouFieldRow *rows[MAX_FIELDS];
  WuyouDocumentSlot *slots[MAX_SLOTS];
  WuyouBusyButton *button;
  WuyouBanner *banner;
  GCancellable *cancellable;
  char *key; /* one step, however often it is tried */
  void (*done) (JsonObject *answer, const char *etag, gpointer data);
  gpointer data;
  gboolean told;
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
tell (Dialog *dialog, JsonObject *answer, const char *etag)
{
  if (dialog->told)
    return;
  dialog->told = TRUE;
  dialog->done (answer, etag, dialog->data);
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
  wuyou_contract_free (dialog->entries);
  g_free (dialog->contract_id);
  g_free (dialog->etag);
  g_free (dialog->sha256);
  g_free (dialog->key);
  g_free (dialog);
}

static void
show_problem (Dialog *dialog, const GError *error)
{
  const char *named = wuyou_error_get_field (error);
  const char *field = g_strcmp0 (named, "reason") == 0 ? REASON : named;
  gboolean found = FALSE;

  for (guint i = 0; dialog->kind->fields[i] != NULL; i++)
    if (g_strcmp0 (field, dialog->kind->fields[i]) == 0) {
      wuyou_field_row_set_sentence (dialog->rows[i], WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
      wuyou_field_row_focus (dialog->rows[i]);
      found = TRUE;
    }
  if (found)
    wuyou_banner_hide (dialog->banner);
  else
    wuyou_banner_show_error (dialog->banner, error);
}

/* Somebody else was faster, or a document came in: what is shown stays, the next press is for the version now. */
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
    wuyou_banner_show (dialog->banner, WUYOU_BANNER_WARNING, text, NULL);
    return FALSE;
  }
  return TRUE;
}

static void
on_pressed_cb (Dialog *dialog)
{
  const char *args[] = { dialog->contract_id, dialog->kind->action, NULL };
  g_autofree char *body = NULL;
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_ACT, .args = args, .if_match = dialog->etag, .deadline = 60 };

  if (!read_rows (dialog) || !check_slots (dialog))
    return;
  wuyou_banner_hide (dialog->banner);
  /* A new try with other figures is another request. */
  g_free (dialog->key);
  dialog->key = wuyou_app_context_new_id (dialog->context);
  body = build_body (dialog);
  call.body = body;
  call.idempotency_key = dialog->key;
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

static GtkWidget *
build (Dialog *dialog, const WuyouDossier *dossier)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *header = adw_header_bar_new ();

  dialog->banner = WUYOU_BANNER (wuyou_banner_new ());
  dialog->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ (dialog->kind->button)));
  g_object_set (dialog->button, "suggested", !dialog->kind->destructive, "halign", GTK_ALIGN_END, NULL);
  g_object_set (column, "margin-start", 18, "margin-end", 18, "margin-top", 12, "margin-bottom", 18, NULL);
  gtk_box_append (GTK_BOX (column), build_slots (dialog, dossier));
  gtk_box_append (GTK_BOX (column), build_fields (dialog));
  if (dialog->kind->quotes) {
    dialog->quote = wuyou_refund_preview_new (dossier->contract, dossier->benefit_json);
    gtk_box_append (GTK_BOX (column), GTK_WIDGET (dialog->quote));
  }
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (dialog->button));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (dialog->banner));
  gtk_box_append (GTK_BOX (box), column);
  g_signal_connect_swapped (dialog->button, "pressed", G_CALLBACK (on_pressed_cb), dialog);
  g_signal_connect_swapped (dialog->button, "cancelled", G_CALLBACK (on_cancelled_cb), dialog);
  return box;
}

static gboolean
close_window (GtkWidget *window, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (close_window, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

void
wuyou_step_dialog_present (WuyouAppContext *context,
                           GtkWidget *owner,
                           const WuyouDossier *dossier,
                           const char *action,
                           void (*done) (JsonObject *answer, const char *etag, gpointer data),
                           gpointer data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  dialog->window = ADW_WINDOW (window);
  dialog->context = g_object_ref (context);
  dialog->owner = g_object_ref (owner);
  dialog->kind = find_kind (action, wuyou_contract_is_free (dossier->contract));
  dialog->contract_id = g_strdup (dossier->contract->id);
  dialog->etag = g_strdup (dossier->etag);
  dialog->sha256 = g_strdup (dossier->contract->content_sha256);
  dialog->entries = wuyou_contract_new ();
  dialog->cancellable = g_cancellable_new ();
  dialog->done = done;
  dialog->data = data;
  g_object_set_data_full (G_OBJECT (window), "wuyou-dialog", dialog, free_dialog);
  adw_window_set_content (dialog->window, build (dialog, dossier));
  set_defaults (dialog, dossier);
  show_quote (dialog);
  gtk_window_set_title (window, _ (dialog->kind->title));
  gtk_window_set_modal (window, TRUE);
  gtk_window_set_default_size (window, 520, -1);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (window, GTK_WINDOW (root));
  add_escape (GTK_WIDGET (window));
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_closed_cb), dialog);
  gtk_window_present (window);
}
