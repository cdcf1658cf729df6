/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-sales-page.h"

#include <glib/gi18n.h>

#include "base/wuyou-id.h"
#include "base/wuyou-json.h"
#include "sales/wuyou-contract-detail.h"
#include "sales/wuyou-contract-form.h"
#include "sales/wuyou-contract-list.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-verify-dialog.h"
#include "drafts/wuyou-draft-courier.h"
#include "sales/wuyou-sale-draft.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-split-view.h"

#define LIST_MIN 412
#define LIST_MAX 760
#define DETAIL_MIN 350

struct _WuyouSalesPage {
  WuyouPage parent_instance;
  WuyouProducts *products;
  GtkStack *stack;
  WuyouSplitView *split;
  WuyouRecordList *list;
  WuyouContractDetail *detail;
  WuyouContractForm *form; /* NULL while none is open */
  WuyouBanner *drafts;
  GtkWidget *browse_buttons;
  AdwButtonContent *new_words; /* NULL for who may not sell */
};

G_DEFINE_FINAL_TYPE (WuyouSalesPage, wuyou_sales_page, WUYOU_TYPE_PAGE)

static gboolean
can_create (WuyouSalesPage *self)
{
  return wuyou_session_can (wuyou_app_context_get_session (wuyou_page_get_context (WUYOU_PAGE (self))),
                            WUYOU_OBJECT_CONTRACT, WUYOU_VERB_CREATE);
}

/* There is room for one column only, and it is the contract. */
static gboolean
is_covered (WuyouSalesPage *self)
{
  return wuyou_split_view_get_folded (self->split) && wuyou_split_view_get_show_content (self->split);
}

static void
show_header (WuyouSalesPage *self)
{
  gboolean editing = self->form != NULL;

  gtk_widget_set_visible (self->browse_buttons, !editing && !is_covered (self));
  if (self->new_words != NULL)
    adw_button_content_set_label (self->new_words, wuyou_split_view_get_folded (self->split) ? "" : _ ("New Contract"));
  wuyou_page_set_inner (WUYOU_PAGE (self), editing || is_covered (self));
  wuyou_page_set_title (WUYOU_PAGE (self), editing ? wuyou_contract_form_get_title (self->form) : _ ("Sales"));
}

static void
drop_form (WuyouSalesPage *self)
{
  WuyouContractForm *form = self->form;

  if (form == NULL)
    return;
  self->form = NULL;
  wuyou_contract_form_flush (form);
  gtk_stack_set_visible_child_name (self->stack, "browse");
  gtk_stack_remove (self->stack, GTK_WIDGET (form));
  show_header (self);
}

static void show_local_drafts (WuyouSalesPage *self);

static void
close_form (WuyouSalesPage *self)
{
  g_autofree char *id = self->form != NULL ? g_strdup (wuyou_contract_form_get_id (self->form)) : NULL;

  drop_form (self);
  show_local_drafts (self);
  wuyou_record_list_refresh (self->list);
  wuyou_record_list_select (self->list, id);
  wuyou_contract_detail_show (self->detail, id);
  if (is_covered (self))
    wuyou_contract_detail_focus (self->detail);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_form_closed_cb (WuyouSalesPage *self)
{
  wuyou_split_view_set_show_content (self->split, TRUE);
  close_form (self);
}

static void
open_form (WuyouSalesPage *self, const char *id, const char *field)
{
  drop_form (self);
  self->form
      = WUYOU_CONTRACT_FORM (wuyou_contract_form_new (wuyou_page_get_context (WUYOU_PAGE (self)), self->products, id));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->form), "form");
  gtk_stack_set_visible_child_name (self->stack, "form");
  g_signal_connect_object (self->form, "closed", G_CALLBACK (on_form_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "notify::title", G_CALLBACK (show_header), self, G_CONNECT_SWAPPED);
  show_header (self);
  wuyou_contract_form_focus (self->form, field);
}

static void
on_new_requested_cb (WuyouSalesPage *self)
{
  if (can_create (self))
    open_form (self, NULL, NULL);
}

static void
on_edit_requested_cb (WuyouSalesPage *self, const char *id, const char *field)
{
  open_form (self, id, field);
}

static void
on_list_selected_cb (WuyouSalesPage *self, const char *id)
{
  wuyou_contract_detail_show (self->detail, id);
}

static void
on_list_opened_cb (WuyouSalesPage *self, const char *id)
{
  wuyou_contract_detail_show (self->detail, id);
  wuyou_split_view_set_show_content (self->split, TRUE);
  wuyou_contract_detail_focus (self->detail);
}

/* What is beside the list is read on in; what the list covers is shown. */
static void
on_list_peeked_cb (WuyouSalesPage *self, const char *id)
{
  if (wuyou_split_view_get_folded (self->split))
    on_list_opened_cb (self, id);
  else
    wuyou_contract_detail_read_on (self->detail);
}

static void
on_detail_changed_cb (WuyouSalesPage *self, const char *id)
{
  wuyou_record_list_touch (self->list, id, TRUE);
}

static void
on_list_busy_cb (WuyouSalesPage *self)
{
  if (self->form == NULL)
    wuyou_page_set_busy (WUYOU_PAGE (self), wuyou_record_list_get_busy (self->list));
}

static void
on_feed_event_cb (WuyouSalesPage *self, JsonObject *event)
{
  const char *object = wuyou_json_get_string (event, "object");
  const char *id = wuyou_json_get_string (event, "record");

  if (g_strcmp0 (object, "contract") != 0 || id == NULL)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return; /* entering the page asks anyway */
  if (self->form != NULL)
    wuyou_contract_form_touch (self->form, id);
  wuyou_record_list_touch (self->list, id, TRUE);
  if (self->form == NULL && g_strcmp0 (id, wuyou_contract_detail_get_id (self->detail)) == 0)
    wuyou_contract_detail_refresh (self->detail);
}

static void
show_local_drafts (WuyouSalesPage *self)
{
  guint n_drafts = 0;
  g_autofree char *newest
      = wuyou_draft_courier_find_local (wuyou_page_get_context (WUYOU_PAGE (self)), &wuyou_sale_draft_kind, &n_drafts);
  g_autofree char *text
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u draft is on this computer only, until it can be sent.",
                                      "%u drafts are on this computer only, until they can be sent.", n_drafts),
                         n_drafts);

  if (n_drafts > 0)
    wuyou_banner_show (self->drafts, WUYOU_BANNER_NOTE, text, _ ("_Open"));
  else
    wuyou_banner_hide (self->drafts);
}

static void
on_drafts_pressed_cb (WuyouSalesPage *self)
{
  guint n_drafts = 0;
  g_autofree char *newest
      = wuyou_draft_courier_find_local (wuyou_page_get_context (WUYOU_PAGE (self)), &wuyou_sale_draft_kind, &n_drafts);

  if (newest != NULL)
    open_form (self, newest, NULL);
}

static void
on_outbox_sent_cb (WuyouSalesPage *self)
{
  show_local_drafts (self);
}

static void
wuyou_sales_page_refresh (WuyouPage *page)
{
  WuyouSalesPage *self = WUYOU_SALES_PAGE (page);

  if (self->form != NULL) {
    wuyou_contract_form_refresh (self->form);
    return;
  }
  show_local_drafts (self);
  wuyou_record_list_refresh (self->list);
  wuyou_contract_detail_refresh (self->detail);
}

static void
wuyou_sales_page_open_record (WuyouPage *page, const char *record)
{
  WuyouSalesPage *self = WUYOU_SALES_PAGE (page);

  if (g_str_equal (record, "new")) {
    on_new_requested_cb (self);
    return;
  }
  if (!wuyou_id_is_valid (record))
    return;
  drop_form (self);
  wuyou_record_list_select (self->list, record);
  wuyou_contract_detail_show (self->detail, record);
  wuyou_split_view_set_show_content (self->split, TRUE);
}

/* Leaving keeps what was typed: it is sealed on this machine with every key. */
static void
wuyou_sales_page_left (WuyouPage *page)
{
  WuyouSalesPage *self = WUYOU_SALES_PAGE (page);

  if (self->form != NULL)
    wuyou_contract_form_flush (self->form);
  wuyou_contract_detail_stop (self->detail);
  WUYOU_PAGE_CLASS (wuyou_sales_page_parent_class)->left (page);
}

static gboolean
find (WuyouSalesPage *self)
{
  if (self->form != NULL)
    return FALSE;
  wuyou_split_view_set_show_content (self->split, FALSE);
  wuyou_record_list_focus_search (self->list);
  return TRUE;
}

static void
print (WuyouSalesPage *self)
{
  if (self->form != NULL)
    wuyou_contract_form_print (self->form);
  else if (!wuyou_contract_detail_print (self->detail))
    wuyou_app_context_toast (wuyou_page_get_context (WUYOU_PAGE (self)),
                             _ ("There is no paper yet: it is made when the contract is submitted."));
}

static gboolean
save (WuyouSalesPage *self)
{
  if (self->form == NULL)
    return FALSE;
  wuyou_contract_form_flush (self->form);
  wuyou_app_context_toast (wuyou_page_get_context (WUYOU_PAGE (self)), _ ("Saved"));
  return TRUE;
}

/* One way back at a time: from the form, then from the contract that covers the list. */
static gboolean
go_back (WuyouSalesPage *self)
{
  if (self->form != NULL)
    close_form (self);
  else if (is_covered (self))
    wuyou_split_view_set_show_content (self->split, FALSE);
  else
    return FALSE;
  return TRUE;
}

static gboolean
wuyou_sales_page_act (WuyouPage *page, WuyouPageAct act)
{
  WuyouSalesPage *self = WUYOU_SALES_PAGE (page);

  switch (act) {
  case WUYOU_PAGE_BACK:
    return go_back (self);
  case WUYOU_PAGE_FIND:
    return find (self);
  case WUYOU_PAGE_NEW:
    if (self->form == NULL)
      on_new_requested_cb (self);
    return TRUE;
  case WUYOU_PAGE_PRINT:
    print (self);
    return TRUE;
  case WUYOU_PAGE_SAVE:
    return save (self);
  default:
    return FALSE;
  }
}

/* The list first: its arrow keys are what most of the day is about. */
static gboolean
wuyou_sales_page_grab_focus (GtkWidget *widget)
{
  WuyouSalesPage *self = WUYOU_SALES_PAGE (widget);

  if (self->form != NULL || is_covered (self))
    return GTK_WIDGET_CLASS (wuyou_sales_page_parent_class)->grab_focus (widget);
  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_verify_clicked_cb (WuyouSalesPage *self)
{
  wuyou_verify_dialog_present (wuyou_page_get_context (WUYOU_PAGE (self)), GTK_WIDGET (self));
}

static GtkWidget *
build_new_button (WuyouSalesPage *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  self->new_words = ADW_BUTTON_CONTENT (content);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, _ ("New contract (Ctrl+N)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("New Contract"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_new_requested_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
build_header (WuyouSalesPage *self)
{
  AdwHeaderBar *header = wuyou_page_get_header (WUYOU_PAGE (self));
  GtkWidget *verify = gtk_button_new_from_icon_name ("security-high-symbolic");

  self->browse_buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (can_create (self))
    gtk_box_append (GTK_BOX (self->browse_buttons), build_new_button (self));
  gtk_widget_set_tooltip_text (verify, _ ("Verify a printed copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (verify), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Verify a printed copy"),
                                  -1);
  g_signal_connect_object (verify, "clicked", G_CALLBACK (on_verify_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (header, self->browse_buttons);
  adw_header_bar_pack_end (header, verify);
}

static void
build_content (WuyouSalesPage *self)
{
  WuyouAppContext *context = wuyou_page_get_context (WUYOU_PAGE (self));
  GtkWidget *browse = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = WUYOU_RECORD_LIST (wuyou_contract_list_new (context, self->products));
  self->detail = WUYOU_CONTRACT_DETAIL (wuyou_contract_detail_new (context));
  self->split = g_object_new (WUYOU_TYPE_SPLIT_VIEW, "sidebar-min", LIST_MIN, "sidebar-max", LIST_MAX, "sidebar-share",
                              0.54, "content-min", DETAIL_MIN, NULL);
  wuyou_split_view_set_sidebar (self->split, GTK_WIDGET (self->list));
  wuyou_split_view_set_content (self->split, GTK_WIDGET (self->detail));
  self->drafts = WUYOU_BANNER (wuyou_banner_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->split), TRUE);
  gtk_box_append (GTK_BOX (browse), GTK_WIDGET (self->drafts));
  gtk_box_append (GTK_BOX (browse), GTK_WIDGET (self->split));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, browse, "browse");
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (show_header), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::show-content", G_CALLBACK (show_header), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drafts, "pressed", G_CALLBACK (on_drafts_pressed_cb), self, G_CONNECT_SWAPPED);
  wuyou_page_set_content (WUYOU_PAGE (self), GTK_WIDGET (self->stack));
  g_signal_connect_object (self->list, "selected", G_CALLBACK (on_list_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "opened", G_CALLBACK (on_list_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "peeked", G_CALLBACK (on_list_peeked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "new-requested", G_CALLBACK (on_new_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::busy", G_CALLBACK (on_list_busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "edit-requested", G_CALLBACK (on_edit_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "changed", G_CALLBACK (on_detail_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
wuyou_sales_page_constructed (GObject *object)
{
  WuyouSalesPage *self = WUYOU_SALES_PAGE (object);
  WuyouAppContext *context;

  G_OBJECT_CLASS (wuyou_sales_page_parent_class)->constructed (object);
  context = wuyou_page_get_context (WUYOU_PAGE (self));
  self->products = wuyou_products_new (context);
  build_content (self);
  build_header (self);
  show_header (self);
  g_signal_connect_object (wuyou_app_context_get_outbox (context), "sent", G_CALLBACK (on_outbox_sent_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wuyou_app_context_get_feed (context), "event", G_CALLBACK (on_feed_event_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
wuyou_sales_page_dispose (GObject *object)
{
  WuyouSalesPage *self = WUYOU_SALES_PAGE (object);

  if (self->form != NULL)
    wuyou_contract_form_flush (self->form);
  self->form = NULL;
  g_clear_object (&self->products);
  G_OBJECT_CLASS (wuyou_sales_page_parent_class)->dispose (object);
}

static void
wuyou_sales_page_class_init (WuyouSalesPageClass *klass)
{
  WuyouPageClass *page_class = WUYOU_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = wuyou_sales_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = wuyou_sales_page_dispose;
  page_class->refresh = wuyou_sales_page_refresh;
  page_class->open_record = wuyou_sales_page_open_record;
  page_class->left = wuyou_sales_page_left;
  page_class->act = wuyou_sales_page_act;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_sales_page_grab_focus);
}

static void
wuyou_sales_page_init (WuyouSalesPage *self)
{
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  JsonArray *items = answer != NULL ? wuyou_json_get_array (answer, "items") : NULL;
  GPtrArray *found;

  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_finding_free);
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonObject *object = wuyou_json_array_get_object (items, i);
    g_autoptr (WuyouContract) contract = wuyou_contract_new ();
    g_autofree char *title = NULL;
    g_autofree char *vehicle = NULL;
    g_autofree char *text = NULL;

    if (object == NULL
        || !wuyou_record_read_json (&wuyou_contract_type, contract, object, WUYOU_CODEC_MASKED_INPUT, NULL))
      continue;
    title = wuyou_contract_words_dup_number (contract);
    vehicle = wuyou_contract_words_dup_vehicle (contract);
    text = g_strdup_printf ("%s · %s · %s", contract->owner_name != NULL ? contract->owner_name : "", vehicle,
                            wuyou_contract_words_state (contract->state));
    g_ptr_array_add (found, wuyou_finding_new (contract->id, title, text));
  }
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

void
wuyou_sales_page_find_async (WuyouAppContext *context, const char *text, GTask *task)
{
  const char *query[] = { "q", text, "limit", "8", NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = query };

  wuyou_client_call_async (wuyou_app_context_get_client (context), &call, g_task_get_cancellable (task), on_found_cb,
                           g_object_ref (task));
}
