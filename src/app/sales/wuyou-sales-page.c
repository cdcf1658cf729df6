/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-sales-page.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-detail.h"
#include "sales/wuyou-contract-form.h"
#include "sales/wuyou-contract-list.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-sale-draft.h"
#include "sales/wuyou-verify-dialog.h"
#include "wuyou-record-finding.h"

struct _WuyouSalesPage {
  WuyouRecordPage parent_instance;
  WuyouProducts *products;
};

G_DEFINE_FINAL_TYPE (WuyouSalesPage, wuyou_sales_page, WUYOU_TYPE_RECORD_PAGE)

static const WuyouRecordPageKind sales_kind = {
  .event = "contract",
  .object = WUYOU_OBJECT_CONTRACT,
  .draft = &wuyou_sale_draft_kind,
  .title = N_ ("Sales"),
  .create = N_ ("New Contract"),
  .create_tooltip = N_ ("New contract (Ctrl+N)"),
  .share = 0.54,
};

static WuyouAppContext *
get_context (WuyouRecordPage *page)
{
  return wuyou_page_get_context (WUYOU_PAGE (page));
}

static void
wuyou_sales_page_prepare (WuyouRecordPage *page)
{
  WUYOU_SALES_PAGE (page)->products = wuyou_products_new (get_context (page));
}

static GtkWidget *
wuyou_sales_page_create_list (WuyouRecordPage *page)
{
  return wuyou_contract_list_new (get_context (page), WUYOU_SALES_PAGE (page)->products);
}

static WuyouRecordDetail *
wuyou_sales_page_create_detail (WuyouRecordPage *page)
{
  return wuyou_contract_detail_new (get_context (page));
}

static WuyouRecordForm *
wuyou_sales_page_create_form (WuyouRecordPage *page, const char *id, const char *basis)
{
  return wuyou_contract_form_new (get_context (page), WUYOU_SALES_PAGE (page)->products, id);
}

static void
print (WuyouRecordPage *page)
{
  WuyouRecordForm *form = wuyou_record_page_get_form (page);

  if (form != NULL)
    wuyou_contract_form_print (WUYOU_CONTRACT_FORM (form));
  else if (!wuyou_contract_detail_print (WUYOU_CONTRACT_DETAIL (wuyou_record_page_get_detail (page))))
    wuyou_app_context_toast (get_context (page),
                             _ ("There is no paper yet: it is made when the contract is submitted."));
}

static gboolean
wuyou_sales_page_act (WuyouPage *page, WuyouPageAct act)
{
  if (act != WUYOU_PAGE_PRINT)
    return WUYOU_PAGE_CLASS (wuyou_sales_page_parent_class)->act (page, act);
  print (WUYOU_RECORD_PAGE (page));
  return TRUE;
}

static void
on_verify_clicked_cb (WuyouPage *self)
{
  wuyou_verify_dialog_present (wuyou_page_get_context (self), GTK_WIDGET (self));
}

static void
wuyou_sales_page_constructed (GObject *object)
{
  GtkWidget *verify = gtk_button_new_from_icon_name ("security-high-symbolic");

  G_OBJECT_CLASS (wuyou_sales_page_parent_class)->constructed (object);
  gtk_widget_set_tooltip_text (verify, _ ("Verify a printed copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (verify), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Verify a printed copy"),
                                  -1);
  g_signal_connect_object (verify, "clicked", G_CALLBACK (on_verify_clicked_cb), object, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (wuyou_page_get_header (WUYOU_PAGE (object)), verify);
}

static void
wuyou_sales_page_dispose (GObject *object)
{
  G_OBJECT_CLASS (wuyou_sales_page_parent_class)->dispose (object);
  g_clear_object (&WUYOU_SALES_PAGE (object)->products);
}

static void
wuyou_sales_page_class_init (WuyouSalesPageClass *klass)
{
  WuyouRecordPageClass *record_class = WUYOU_RECORD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = wuyou_sales_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = wuyou_sales_page_dispose;
  WUYOU_PAGE_CLASS (klass)->act = wuyou_sales_page_act;
  record_class->kind = &sales_kind;
  record_class->prepare = wuyou_sales_page_prepare;
  record_class->create_list = wuyou_sales_page_create_list;
  record_class->create_detail = wuyou_sales_page_create_detail;
  record_class->create_form = wuyou_sales_page_create_form;
}

static void
wuyou_sales_page_init (WuyouSalesPage *self)
{
}

static WuyouFinding *
read_finding (JsonObject *item)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  g_autofree char *title = NULL;
  g_autofree char *vehicle = NULL;
  g_autofree char *text = NULL;

  if (!wuyou_record_read_json (&wuyou_contract_type, contract, item, WUYOU_CODEC_MASKED_INPUT, NULL))
    return NULL;
  title = wuyou_contract_words_dup_number (contract);
  vehicle = wuyou_contract_words_dup_vehicle (contract);
  text = g_strdup_printf ("%s · %s · %s", contract->owner_name != NULL ? contract->owner_name : "", vehicle,
                          wuyou_contract_words_state (contract->state));
  return wuyou_finding_new (contract->id, title, text);
}

void
wuyou_sales_page_find_async (WuyouAppContext *context, const char *text, GTask *task)
{
  wuyou_record_finding_async (context, WUYOU_ROUTE_CONTRACTS_LIST, text, read_finding, task);
}
