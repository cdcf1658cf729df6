/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sales/wuyou-contract-detail.h"
#include "sales/wuyou-contract-form.h"
#include "sales/wuyou-contract-list.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-document-slot.h"
#include "sales/wuyou-print-job.h"
#include "drafts/wuyou-draft-courier.h"
#include "sales/wuyou-sale-draft.h"
#include "sales/wuyou-sales-page.h"
#include "wuyou-app-test.h"
#include "wuyou-contract-paper.h"
#include "wuyou-test.h"

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define OTHER "01934f73-a800-7bd7-9265-caef53727401"
#define GET_CONTRACT "GET /v1/contracts/" ID
#define PUT_CONTRACT "PUT /v1/contracts/" ID

#define ROW                                                                                                            \
  "{\"id\":\"" ID "\",\"seq\":2,\"version\":3,\"number\":\"WY-2026-0000481\",\"state\":\"AWAIT_SIGN\","                \
  "\"vin\":\"LBV****181753\",\"brand\":\"BMW\",\"series\":\"3系\",\"model\":\"325Li\",\"owner_kind\":\"PERSON\","     \
  "\"owner_name\":\"李*\",\"received_fen\":268000,\"ends_on\":\"2029-11-09\"}"
#define DRAFT_ROW                                                                                                      \
  "{\"id\":\"" OTHER "\",\"seq\":1,\"version\":1,\"state\":\"DRAFT\",\"owner_name\":\"王*\",\"brand\":\"MINI\"}"
#define LIST "{\"items\":[" ROW "," DRAFT_ROW "],\"total\":2,\"more\":false,\"counts\":{\"AWAIT_SIGN\":1,\"DRAFT\":1}}"
#define DOSSIER                                                                                                        \
  "{\"contract\":{\"id\":\"" ID "\",\"version\":3,\"revision\":1,\"number\":\"WY-2026-0000481\","                      \
  "\"state\":\"AWAIT_SIGN\",\"owner_name\":\"李*\",\"owner_mobile\":\"138****1234\",\"vin\":\"LBV****181753\"},"      \
  "\"org\":{\"id\":\"" OTHER "\",\"name\":\"安达汽车\"},\"documents\":[],\"actions\":["                            \
  "{\"action\":\"sign\",\"to\":\"AWAIT_PAYMENT\",\"allowed\":false,\"problem\":{\"code\":\"FORBIDDEN\"}},"             \
  "{\"action\":\"void\",\"to\":\"VOIDED\",\"allowed\":true}],\"timeline\":[{\"at\":\"2026-11-22T10:31:05Z\","          \
  "\"action\":\"submit\",\"version\":2,\"actor\":\"赵敏\",\"changes\":[{\"field\":\"received_fen\",\"old\":\"\","    \
  "\"new\":\"2,680.00\"}]}],\"papers\":[]}"
#define DRAFT_DOSSIER                                                                                                  \
  "{\"contract\":{\"id\":\"" ID "\",\"version\":1,\"state\":\"DRAFT\",\"owner_name\":\"李*\",\"series\":\"3系\"},"   \
  "\"documents\":[],\"actions\":[],\"timeline\":[],\"papers\":[]}"
#define NEXT_DRAFT_DOSSIER                                                                                             \
  "{\"contract\":{\"id\":\"" ID "\",\"version\":2,\"state\":\"DRAFT\",\"series\":\"X3\"},"                             \
  "\"documents\":[],\"actions\":[],\"timeline\":[],\"papers\":[]}"

static void
set_up (WuyouAppTest *test, gconstpointer data)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200, LIST);
  wuyou_fake_server_say_json (test->server, "GET /v1/products", 200, "{\"items\":[]}");
  wuyou_fake_server_say_json (test->server, GET_CONTRACT, 200, DOSSIER);
}

static void
tear_down (WuyouAppTest *test, gconstpointer data)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static const WuyouField *
find_field (const char *name)
{
  return wuyou_record_type_find (&wuyou_contract_type, name);
}

static WuyouPage *
show_page (WuyouAppTest *test)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_SALES_PAGE, "context", test->context, NULL);

  wuyou_app_test_show (test, GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (test->window), 1200, 760);
  wuyou_page_enter (page);
  return page;
}

static void
test_list (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = show_page (test);

  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "WY-2026-0000481"));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "李*"));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, "GET /v1/contracts"), ==, 1);
  wuyou_app_test_assert_named (GTK_WIDGET (page));
}

/* The list as it was is there when the server is not. */
static void
test_offline (WuyouAppTest *test, gconstpointer data)
{
  WuyouProducts *products = wuyou_products_new (test->context);
  GtkWidget *list = g_object_ref_sink (wuyou_contract_list_new (test->context, products));

  wuyou_record_list_refresh (WUYOU_RECORD_LIST (list));
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_record_list_get_busy (WUYOU_RECORD_LIST (list)));
  g_assert_finalize_object (list);
  g_assert_true (wuyou_client_set_server (wuyou_app_context_get_client (test->context), "http://127.0.0.1:1", NULL));
  list = wuyou_contract_list_new (test->context, products);
  wuyou_app_test_show (test, list);
  wuyou_record_list_refresh (WUYOU_RECORD_LIST (list));
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_record_list_get_busy (WUYOU_RECORD_LIST (list)));
  g_assert_true (wuyou_app_test_has_text (list, "WY-2026-0000481"));
  g_object_unref (products);
}

static void
test_empty (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page;

  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200,
                              "{\"items\":[],\"total\":0,\"more\":false,\"counts\":{}}");
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200,
                              "{\"items\":[],\"total\":0,\"more\":false,\"counts\":{}}");
  page = show_page (test);
  wuyou_app_test_pump (400);
  wuyou_page_refresh (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "Sell the first contract"));
}

static void
test_detail (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = show_page (test);
  GtkWidget *next;

  wuyou_page_open_record (page, ID);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "138****1234"));
  next = wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "Register the signed copy");
  g_assert_false (gtk_widget_get_sensitive (next));
  g_assert_nonnull (gtk_widget_get_tooltip_text (next));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "Contract submitted"));
  wuyou_app_test_assert_named (GTK_WIDGET (page));
}

static void
test_form (WuyouAppTest *test, gconstpointer data)
{
  WuyouProducts *products = wuyou_products_new (test->context);
  GtkWidget *form = GTK_WIDGET (wuyou_contract_form_new (test->context, products, NULL));
  GtkWidget *row;

  wuyou_app_test_show (test, form);
  row = wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "VIN");
  gtk_editable_set_text (GTK_EDITABLE (row), "LBVJBAR75TS18175O");
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), " lbvjbar75ts181753 ");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (form, "Check digit right"));
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  wuyou_app_test_assert_named (form);
  g_object_unref (products);
}

/* Every key is on the disk, right or not, before the server heard of anything. */
static void
test_draft_is_kept (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_sale_draft_new (test->context, NULL);
  g_autofree char *id = g_strdup (wuyou_draft_get_id (draft));
  guint n_drafts = 0;
  g_autofree char *found = NULL;

  wuyou_draft_set_text (draft, find_field ("invoice_amount_fen"), "41万2");
  wuyou_draft_set_text (draft, find_field ("owner_name"), "李静博");
  g_assert_nonnull (wuyou_draft_get_error (draft, find_field ("invoice_amount_fen")));
  g_assert_finalize_object (draft);
  found = wuyou_draft_courier_find_local (test->context, &wuyou_sale_draft_kind, &n_drafts);
  g_assert_cmpstr (found, ==, id);
  g_assert_cmpuint (n_drafts, ==, 1);
  draft = wuyou_sale_draft_new (test->context, id);
  g_assert_cmpstr (wuyou_draft_get_text (draft, find_field ("invoice_amount_fen")), ==, "41万2");
  g_assert_cmpstr (wuyou_draft_get_text (draft, find_field ("owner_name")), ==, "李静博");
  g_assert_cmpint (((const WuyouContract *) wuyou_draft_get_record (draft))->invoice_amount_fen, ==, 0);
  wuyou_draft_discard (draft);
  g_assert_finalize_object (draft);
}

/* What the server masks is kept unless it is typed over, and never sent back masked. */
static void
test_draft_keeps_masked (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_sale_draft_new (test->context, ID);
  g_autoptr (JsonObject) answer = json_node_dup_object (json_from_string (DRAFT_DOSSIER, NULL));
  g_autoptr (WuyouDossier) dossier = wuyou_dossier_new (answer, "\"1\"", NULL);
  const char *body;

  wuyou_draft_take (draft, dossier->contract);
  g_assert_cmpstr (wuyou_draft_get_kept (draft, find_field ("owner_name")), ==, "李*");
  g_assert_cmpstr (wuyou_draft_get_text (draft, find_field ("series")), ==, "3系");
  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 200, DRAFT_DOSSIER);
  wuyou_draft_set_text (draft, find_field ("series"), "");
  wuyou_draft_set_text (draft, find_field ("seats"), "5");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  body = wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL);
  wuyou_test_assert_json (body, "{\"seats\":5,\"series\":null}");
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"1\"");
  wuyou_draft_discard (draft);
  g_assert_finalize_object (draft);
}

static char *
leave_draft (WuyouAppTest *test, const char *id, const char *name, const char *text, gboolean queued)
{
  WuyouDraft *draft = wuyou_sale_draft_new (test->context, id);
  g_autoptr (JsonObject) answer = json_node_dup_object (json_from_string (DRAFT_DOSSIER, NULL));
  g_autoptr (WuyouDossier) dossier = wuyou_dossier_new (answer, "\"1\"", NULL);
  char *own = g_strdup (wuyou_draft_get_id (draft));

  if (g_strcmp0 (id, ID) == 0)
    wuyou_draft_take (draft, dossier->contract);
  wuyou_draft_set_text (draft, find_field (name), text);
  if (queued)
    wuyou_draft_flush (draft);
  g_assert_finalize_object (draft); /* as kill -9 would: before it was queued */
  return own;
}

/* What an earlier run typed and did not queue any more goes to the server when the outbox is read, with no form open:
 * a new one is made, one that was there is saved over the version that was seen, and neither goes twice. */
static void
test_left_over (WuyouAppTest *test, gconstpointer data)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (test->context);
  WuyouClient *client = wuyou_app_context_get_client (test->context);
  g_autofree char *made = NULL, *kept = NULL, *again = NULL, *put_made = NULL;
  const char *body;
  guint n_drafts;

  g_assert_true (wuyou_client_set_server (client, "http://127.0.0.1:1", NULL));
  made = leave_draft (test, NULL, "owner_name", "李静博", TRUE);
  again = leave_draft (test, made, "series", "3系", FALSE);
  kept = leave_draft (test, ID, "seats", "5", FALSE);
  wuyou_draft_courier_start (test->context, &wuyou_sale_draft_kind);
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (outbox), ==, 1);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_client_get_online (client));
  g_assert_true (wuyou_client_set_server (client, wuyou_fake_server_get_url (test->server), NULL));
  wuyou_fake_server_say_json (test->server, "POST /v1/contracts", 201, DRAFT_DOSSIER);
  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 200, DRAFT_DOSSIER);
  put_made = g_strconcat ("PUT /v1/contracts/", made, NULL);
  wuyou_fake_server_say_json (test->server, put_made, 200, DRAFT_DOSSIER);
  wuyou_outbox_restore (outbox);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_outbox_get_n_waiting (outbox) == 0);
  body = wuyou_fake_server_last (test->server, "POST /v1/contracts", NULL);
  g_assert_nonnull (strstr (body, made));
  g_assert_nonnull (strstr (body, "李静博"));
  g_assert_null (strstr (body, "3系")); /* it may have been made already, so this comes as a change */
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, put_made, NULL), "3系"));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL), "{\"seats\":5}");
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"1\"");
  g_assert_null (wuyou_draft_courier_find_local (test->context, &wuyou_sale_draft_kind, &n_drafts));
  wuyou_outbox_restore (outbox);
  wuyou_app_test_pump (50);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, "POST /v1/contracts"), ==, 1);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, PUT_CONTRACT), ==, 1);
}

static void
show_slot (WuyouAppTest *test, GtkWidget *slot)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), slot);
  wuyou_app_test_show (test, group);
}

static WuyouDocumentSlot *
drop_file (WuyouAppTest *test, const char *content, gsize length)
{
  GtkWidget *slot = wuyou_document_slot_new (test->context, ID, WUYOU_SLOT_INVOICE, "");
  g_autofree char *path = g_build_filename (wuyou_test_new_dir (), "invoice.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  show_slot (test, slot);
  g_assert_true (wuyou_document_slot_take (WUYOU_DOCUMENT_SLOT (slot), file, NULL));
  return WUYOU_DOCUMENT_SLOT (slot);
}

static gboolean
is_over (WuyouDocumentSlot *slot)
{
  return wuyou_document_slot_is_available (slot) || !wuyou_document_slot_is_busy (slot);
}

/* Told in the row, and not again by the next one. */
static void
test_wrong_file (WuyouAppTest *test, gconstpointer data)
{
  WuyouDocumentSlot *slot = drop_file (test, "MZ program", 10);

  WUYOU_APP_TEST_WAIT_FOR (is_over (slot));
  g_assert_cmpint (wuyou_upload_item_get_state (wuyou_document_slot_get_upload (slot)), ==, WUYOU_UPLOAD_ITEM_REFUSED);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, "POST /v1/documents"), ==, 0);
  g_assert_false (gtk_widget_get_visible (wuyou_app_test_find (GTK_WIDGET (slot), GTK_TYPE_BUTTON, "Try again")));
  wuyou_app_test_assert_named (GTK_WIDGET (slot));
  gtk_window_destroy (GTK_WINDOW (test->window));
  test->window = NULL;
  wuyou_app_test_pump (20);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (wuyou_app_context_get_uploads (test->context))), ==, 0);
}

#define PNG "\x89PNG\r\n\x1a\n of an invoice"

/* Answers for the document of that id: it arrives, the first @n_damaged times damaged. */
static void
say_document (WuyouAppTest *test, const char *id, guint n_damaged)
{
  const WuyouFakeAnswer damaged
      = { .status = 422, .body = "{\"code\":\"INVALID\",\"detail\":\"The file arrived damaged. Send it again.\"}" };
  g_autofree char *get = g_strconcat ("GET /v1/documents/", id, NULL);
  g_autofree char *append = g_strconcat ("PATCH /v1/documents/", id, "/content", NULL);
  g_autofree char *finish = g_strconcat ("POST /v1/documents/", id, "/finish", NULL);
  g_autofree char *begun
      = g_strdup_printf ("{\"document\":{\"id\":\"%s\",\"state\":\"UPLOADING\",\"received\":0}}", id);
  g_autofree char *done = g_strdup_printf ("{\"document\":{\"id\":\"%s\",\"state\":\"AVAILABLE\"}}", id);
  g_autofree char *received = g_strdup_printf ("{\"received\":%u}", (guint) sizeof PNG - 1);

  wuyou_fake_server_say_json (test->server, "POST /v1/documents", 201, begun);
  wuyou_fake_server_say_json (test->server, get, 200, begun);
  wuyou_fake_server_say_json (test->server, append, 200, received);
  for (guint i = 0; i < n_damaged; i++)
    wuyou_fake_server_say (test->server, finish, &damaged);
  wuyou_fake_server_say (test->server, finish, &(WuyouFakeAnswer){ .status = 200, .body = done });
}

/* Once by itself from the beginning; then somebody is told, and may ask for it again. */
static void
test_damaged_upload (WuyouAppTest *test, gconstpointer data)
{
  guint n_damaged = GPOINTER_TO_UINT (data);
  WuyouDocumentSlot *slot = drop_file (test, PNG, sizeof PNG - 1);
  g_autofree char *id = g_strdup (wuyou_upload_item_get_id (wuyou_document_slot_get_upload (slot)));
  g_autofree char *append = g_strconcat ("PATCH /v1/documents/", id, "/content", NULL);

  say_document (test, id, n_damaged);
  WUYOU_APP_TEST_WAIT_FOR (is_over (slot));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, append), ==, 2);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, append, "Upload-Offset"), ==, "0");
  if (n_damaged == 2) {
    g_assert_false (wuyou_document_slot_is_available (slot));
    g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (slot), "The file arrived damaged. Send it again."));
    g_signal_emit_by_name (wuyou_app_test_find (GTK_WIDGET (slot), GTK_TYPE_BUTTON, "Try again"), "clicked");
    WUYOU_APP_TEST_WAIT_FOR (wuyou_document_slot_is_available (slot));
  }
  g_assert_true (wuyou_document_slot_is_available (slot));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (slot), "Received and checked"));
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, "POST /v1/documents", NULL),
                            "\"contract_id\":\"" ID "\",\"slot\":\"INVOICE\",\"file_name\":\"invoice.png\""));
}

/* The row went with its form, and the upload goes on; a row of the same document finds it again. */
static void
test_upload_without_row (WuyouAppTest *test, gconstpointer data)
{
  WuyouUploads *uploads = wuyou_app_context_get_uploads (test->context);
  g_autoptr (GBytes) png = g_bytes_new_static (PNG, sizeof PNG - 1);
  WuyouDocumentSlot *slot
      = g_object_ref_sink (WUYOU_DOCUMENT_SLOT (wuyou_document_slot_new (test->context, ID, WUYOU_SLOT_INVOICE, "")));
  GtkWidget *again, *other;
  g_autofree char *id = NULL;

  wuyou_fake_server_say (test->server, "POST /v1/documents", &(WuyouFakeAnswer){ .hang = TRUE });
  g_assert_true (wuyou_document_slot_take (slot, NULL, png));
  id = g_strdup (wuyou_upload_item_get_id (wuyou_document_slot_get_upload (slot)));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, "POST /v1/documents") == 1);
  g_assert_finalize_object (slot);
  wuyou_uploads_forget (uploads); /* as at the end of the program */
  wuyou_fake_server_forget (test->server, "POST /v1/documents");
  say_document (test, id, 0);
  wuyou_uploads_restore (uploads);
  again = wuyou_document_slot_new (test->context, ID, WUYOU_SLOT_INVOICE, "");
  other = g_object_ref_sink (wuyou_document_slot_new (test->context, ID, WUYOU_SLOT_POLICY, ""));
  show_slot (test, again);
  g_assert_nonnull (wuyou_document_slot_get_upload (WUYOU_DOCUMENT_SLOT (again)));
  g_assert_null (wuyou_document_slot_get_upload (WUYOU_DOCUMENT_SLOT (other)));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_document_slot_is_available (WUYOU_DOCUMENT_SLOT (again)));
  g_assert_false (wuyou_document_slot_is_available (WUYOU_DOCUMENT_SLOT (other)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (uploads)), ==, 0);
  g_assert_finalize_object (other);
}

/* Another file for the same document, before the first one arrived: only the second one goes on. */
static void
test_replaced_upload (WuyouAppTest *test, gconstpointer data)
{
  WuyouUploads *uploads = wuyou_app_context_get_uploads (test->context);
  WuyouDocumentSlot *slot = drop_file (test, PNG, sizeof PNG - 1);
  g_autoptr (GBytes) png = g_bytes_new_static (PNG, sizeof PNG - 1);
  g_autofree char *first = g_strdup (wuyou_upload_item_get_id (wuyou_document_slot_get_upload (slot)));
  const char *second;

  wuyou_fake_server_say (test->server, "POST /v1/documents", &(WuyouFakeAnswer){ .hang = TRUE });
  g_assert_true (wuyou_document_slot_take (slot, NULL, png));
  second = wuyou_upload_item_get_id (wuyou_document_slot_get_upload (slot));
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (uploads)), ==, 1);
  g_assert_nonnull (wuyou_uploads_find (uploads, second));
  g_signal_emit_by_name (wuyou_app_test_find (GTK_WIDGET (slot), GTK_TYPE_BUTTON, "Stop"), "clicked");
  g_assert_null (wuyou_document_slot_get_upload (slot));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (uploads)), ==, 0);
}

static void
test_refused_before_consent (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *slot = wuyou_document_slot_new (test->context, ID, WUYOU_SLOT_INVOICE, "");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x89PNG\r\n\x1a\n", 8);

  show_slot (test, slot);
  wuyou_document_slot_set_refusal (WUYOU_DOCUMENT_SLOT (slot), "First the owner’s notices and consents");
  g_assert_false (wuyou_document_slot_take (WUYOU_DOCUMENT_SLOT (slot), NULL, bytes));
  g_assert_null (wuyou_document_slot_get_upload (WUYOU_DOCUMENT_SLOT (slot)));
}

typedef struct {
  gboolean done;
  GtkPrintOperationResult result;
} Printed;

static void
on_printed_cb (GtkPrintOperationResult result, const char *printer, const GError *error, gpointer data)
{
  Printed *printed = data;

  printed->done = TRUE;
  printed->result = result;
}

static void
test_export (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  const WuyouContractPaperInput input = { .contract = contract, .dealer = { .name = "安达汽车" } };
  g_autoptr (WuyouPaper) paper = wuyou_consent_sheet_paper_new (&input, WUYOU_CONTRACT_PAPER_LEGAL, NULL);
  g_autofree char *path = g_build_filename (wuyou_test_new_dir (), "sheet.pdf", NULL);
  const WuyouPaperOverlay overlay = { .copy_number = 2, .reprint = TRUE, .copy_kind = "客户联" };
  const WuyouPrintJob job = { .title = "sheet", .paper = paper, .overlay = &overlay };
  g_autofree char *content = NULL;
  const char *command[] = { "pdftotext", path, "-", NULL };
  Printed printed = { FALSE, 0 };

  wuyou_print_job_run (&job, NULL, path, NULL, on_printed_cb, &printed);
  WUYOU_APP_TEST_WAIT_FOR (printed.done);
  g_assert_cmpint (printed.result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_true (
      g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &content, NULL, NULL, NULL));
  g_assert_nonnull (strstr (content, "补打"));
  g_assert_nonnull (strstr (content, "客户联"));
  test->window = NULL;
}

/* What the server refused does not stand in the way of what corrects it. */
static void
test_draft_refused (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_sale_draft_new (test->context, ID);
  g_autoptr (JsonObject) answer = json_node_dup_object (json_from_string (DRAFT_DOSSIER, NULL));
  g_autoptr (WuyouDossier) dossier = wuyou_dossier_new (answer, "\"1\"", NULL);

  wuyou_draft_take (draft, dossier->contract);
  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 422, "{\"code\":\"INVALID\",\"detail\":\"no\"}");
  wuyou_draft_set_text (draft, find_field ("seats"), "50");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_get_state (draft) == WUYOU_DRAFT_REFUSED);
  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 200, DRAFT_DOSSIER);
  wuyou_draft_set_text (draft, find_field ("seats"), "5");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, PUT_CONTRACT), ==, 2);
  wuyou_draft_discard (draft);
  g_assert_finalize_object (draft);
}

static void
test_price_words (void)
{
  static const struct {
    gint64 received_fen;
    gboolean gift;
    const char *words;
  } rows[] = {
    { 0, FALSE, "" },
    { 318000, FALSE, "¥3,180.00" },
    { 318000, TRUE, "¥3,180.00" },
    { 0, TRUE, "Free of charge" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (WuyouContract) contract = wuyou_contract_new ();
    g_autofree char *words = NULL;

    contract->received_fen = rows[i].received_fen;
    contract->gift = rows[i].gift;
    words = wuyou_contract_words_dup_price (contract);
    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

/* What was typed on one version is not sent with the tag of the next, which a refresh brought meanwhile. */
static void
test_form_keeps_tag (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (WuyouProducts) products = wuyou_products_new (test->context);
  GtkWidget *form, *row;

  wuyou_fake_server_say_json (test->server, GET_CONTRACT, 200, DRAFT_DOSSIER);
  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 200, DRAFT_DOSSIER);
  form = GTK_WIDGET (wuyou_contract_form_new (test->context, products, ID));
  wuyou_app_test_show (test, form);
  row = wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "Series");
  WUYOU_APP_TEST_WAIT_FOR (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), "3系"));
  wuyou_fake_server_say_json (test->server, GET_CONTRACT, 200, NEXT_DRAFT_DOSSIER);
  gtk_editable_set_text (GTK_EDITABLE (row), "X5");
  wuyou_record_form_refresh (WUYOU_RECORD_FORM (form));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, GET_CONTRACT) == 2);
  wuyou_app_test_pump (100);
  wuyou_record_form_flush (WUYOU_RECORD_FORM (form));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, PUT_CONTRACT) > 0);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"1\"");
}

#define ADD(path, function) g_test_add (path, WuyouAppTest, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  ADD ("/sales/list", test_list);
  g_test_add_func ("/sales/price-words", test_price_words);
  ADD ("/sales/list/offline", test_offline);
  ADD ("/sales/list/empty", test_empty);
  ADD ("/sales/detail", test_detail);
  ADD ("/sales/form", test_form);
  ADD ("/sales/form/keeps-tag", test_form_keeps_tag);
  ADD ("/sales/draft/kept", test_draft_is_kept);
  ADD ("/sales/draft/masked", test_draft_keeps_masked);
  ADD ("/sales/draft/refused", test_draft_refused);
  ADD ("/sales/draft/left-over", test_left_over);
  ADD ("/sales/documents/wrong-file", test_wrong_file);
  ADD ("/sales/documents/without-row", test_upload_without_row);
  ADD ("/sales/documents/replaced", test_replaced_upload);
  g_test_add ("/sales/documents/damaged", WuyouAppTest, GUINT_TO_POINTER (1), set_up, test_damaged_upload, tear_down);
  g_test_add ("/sales/documents/damaged-twice", WuyouAppTest, GUINT_TO_POINTER (2), set_up, test_damaged_upload,
              tear_down);
  ADD ("/sales/documents/before-consent", test_refused_before_consent);
  ADD ("/sales/print/export", test_export);
  return g_test_run ();
}
