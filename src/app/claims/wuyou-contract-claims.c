/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-contract-claims.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-text.h"
#include "widgets/wuyou-value-rows.h"

struct _WuyouContractClaims {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable; /* of the newest question */
  char *contract_id;
  gboolean can_report;
};

G_DEFINE_FINAL_TYPE (WuyouContractClaims, wuyou_contract_claims, ADW_TYPE_BIN)

static void
on_report_clicked_cb (WuyouContractClaims *self)
{
  g_autofree char *place = g_strconcat ("contract:", self->contract_id, NULL);

  wuyou_app_context_go (self->context, "claims", place);
}

static void
on_claim_activated_cb (AdwActionRow *row, WuyouContractClaims *self)
{
  wuyou_app_context_go (self->context, "claims", g_object_get_data (G_OBJECT (row), "wuyou-id"));
}

static void
add_claim (WuyouContractClaims *self, AdwPreferencesGroup *group, JsonObject *object)
{
  g_autoptr (WuyouClaim) claim = wuyou_claim_new ();
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  AdwActionRow *row;

  if (object == NULL || !wuyou_record_read_json (&wuyou_claim_type, claim, object, WUYOU_CODEC_MASKED_INPUT, NULL))
    return;
  number = wuyou_claim_text_dup_number (claim);
  text = g_strdup_printf ("%s · %s", wuyou_claim_text_state (claim->state),
                          claim->loss_type != 0 ? _ (wuyou_enum_label (wuyou_loss_types, claim->loss_type)) : "—");
  row = wuyou_value_group_add_text (group, number, text);
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "wuyou-id", g_strdup (claim->id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_claim_activated_cb), self, 0);
}

static void
show (WuyouContractClaims *self, JsonArray *items)
{
  AdwPreferencesGroup *group = wuyou_value_group_new (_ ("Claims"));
  guint n = items != NULL ? json_array_get_length (items) : 0;

  for (guint i = 0; i < n; i++)
    add_claim (self, group, wuyou_json_array_get_object (items, i));
  if (n == 0)
    wuyou_value_group_add_nothing (group, _ ("No loss was reported."));
  if (self->can_report) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Report a Loss"));

    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    adw_preferences_group_set_header_suffix (group, button);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_report_clicked_cb), self, G_CONNECT_SWAPPED);
  }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouContractClaims) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (answer != NULL && g_task_get_cancellable (G_TASK (result)) == self->cancellable)
    show (self, wuyou_json_get_array (answer, "items"));
}

static gboolean
can_report (WuyouContractClaims *self, const WuyouContract *contract, gboolean for_dealer)
{
  guint32 roles = wuyou_session_get_roles_for (wuyou_app_context_get_session (self->context), for_dealer);

  return (contract->state == WUYOU_CONTRACT_ACTIVE || contract->state == WUYOU_CONTRACT_EXPIRED
          || contract->state == WUYOU_CONTRACT_CANCEL_REQUESTED)
         && wuyou_permission_check (roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_CREATE);
}

void
wuyou_contract_claims_set (WuyouContractClaims *self, const WuyouContract *contract, gboolean for_dealer)
{
  const char *query[] = { "contract", contract->id, NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CLAIMS_LIST, .query = query };
  gboolean other = g_strcmp0 (self->contract_id, contract->id) != 0;

  g_free (self->contract_id);
  self->contract_id = g_strdup (contract->id);
  self->can_report = can_report (self, contract, for_dealer);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (other)
    show (self, NULL);
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_listed_cb,
                           g_object_ref (self));
}

static void
wuyou_contract_claims_dispose (GObject *object)
{
  WuyouContractClaims *self = WUYOU_CONTRACT_CLAIMS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->contract_id, g_free);
  G_OBJECT_CLASS (wuyou_contract_claims_parent_class)->dispose (object);
}

static void
wuyou_contract_claims_class_init (WuyouContractClaimsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_contract_claims_dispose;
}

static void
wuyou_contract_claims_init (WuyouContractClaims *self)
{
}

GtkWidget *
wuyou_contract_claims_new (WuyouAppContext *context)
{
  WuyouContractClaims *self = g_object_new (WUYOU_TYPE_CONTRACT_CLAIMS, NULL);

  self->context = g_object_ref (context);
  self->cancellable = g_cancellable_new ();
  return GTK_WIDGET (self);
}
