/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-vin.h"
#include "records/wuyou-job-service.h"
#include "wuyou-sale-test.h"
#include "wuyou-test-records.h"

#define OCTETS "Upload-Offset: %" G_GINT64_FORMAT "\r\n"

static void
set_vin (WuyouContract *contract)
{
  static int serial;

  g_free (contract->vin);
  contract->vin = g_strdup_printf ("LBV41CD00LF%06d", g_atomic_int_add (&serial, 1) + 1);
  contract->vin[8] = wuyou_vin_compute_check_digit (contract->vin);
}

static void
add_members (JsonObject *body, const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) members = wuyou_json_parse_object (more, strlen (more), &error);
  g_autoptr (GList) names = NULL;

  g_assert_no_error (error);
  names = json_object_get_members (members);
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (body, l->data, json_object_dup_member (members, l->data));
}

char *
wuyou_sale_dup_body (WuyouSale *sale, const char *id, const char *more)
{
  g_autoptr (WuyouContract) contract = wuyou_test_contract_new ();
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonNode) node = json_node_alloc ();

  g_free (contract->id);
  contract->id = g_strdup (id);
  set_vin (contract);
  wuyou_record_write_json (&wuyou_contract_type, contract, WUYOU_CODEC_CLIENT, plain);
  body = wuyou_json_parse_object (plain->str, plain->len, NULL);
  if (more != NULL)
    add_members (body, more);
  json_node_init_object (node, body);
  return json_to_string (node, FALSE);
}

char *
wuyou_sale_create (WuyouSale *sale, const WuyouSaleUser *user, const char *more)
{
  char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_sale_dup_body (sale, id, more);

  WUYOU_EXPECT (sale, 201, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body);
  return id;
}

gint64
wuyou_sale_get_version (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_GET, .arg0 = id);

  return reply->version;
}

static char *
dup_value (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : json_to_string (node, FALSE);
}

char *
wuyou_sale_dup_member (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *member)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_GET, .arg0 = id);

  return dup_value (wuyou_json_get_object (reply->json, "contract"), member);
}

void
wuyou_sale_assert_state (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *state)
{
  g_autofree char *present = wuyou_sale_dup_member (sale, user, id, "state");

  g_assert_cmpstr (present, ==, state);
}

void
wuyou_sale_act_at (const char *where,
                   WuyouSale *sale,
                   const WuyouSaleUser *user,
                   const char *id,
                   const char *action,
                   const char *body,
                   guint status,
                   const char *code)
{
  const WuyouSaleCall call = {
    .user = user,
    .route = WUYOU_ROUTE_CONTRACT_ACT,
    .arg0 = id,
    .arg1 = action,
    .body = body != NULL ? body : "{}",
    .version = wuyou_sale_get_version (sale, user, id),
  };

  wuyou_sale_reply_free (wuyou_sale_expect (where, sale, status, code, &call));
}

char *
wuyou_sale_announce (WuyouSale *sale,
                     const WuyouSaleUser *user,
                     const char *contract_id,
                     const char *slot,
                     const char *file_name,
                     gint64 size)
{
  char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"contract_id\":\"%s\",\"slot\":\"%s\",\"file_name\":\"%s\","
                                           "\"size\":%" G_GINT64_FORMAT "}",
                                           id, contract_id, slot, file_name, size);

  WUYOU_EXPECT (sale, 201, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_CREATE, .body = body);
  return id;
}

void
wuyou_sale_append (WuyouSale *sale,
                   const WuyouSaleUser *user,
                   const char *document_id,
                   gint64 offset,
                   const char *bytes,
                   gsize length,
                   guint status,
                   const char *code)
{
  g_autofree char *lines = g_strdup_printf (OCTETS, offset);

  WUYOU_EXPECT (sale, status, code, .user = user, .route = WUYOU_ROUTE_DOCUMENT_APPEND, .arg0 = document_id,
                .body = bytes, .length = (gssize) length, .lines = lines);
}

void
wuyou_sale_finish (WuyouSale *sale, const WuyouSaleUser *user, const char *document_id, const char *bytes, gsize length)
{
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  g_autofree char *body = g_strdup_printf ("{\"sha256\":\"%s\"}", sha256);

  WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_FINISH, .arg0 = document_id, .body = body);
}

char *
wuyou_sale_wait_document (WuyouSale *sale,
                          const WuyouSaleUser *user,
                          const char *document_id,
                          const char *state,
                          guint seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  for (;;) {
    g_autoptr (WuyouSaleReply) reply
        = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_GET, .arg0 = document_id);
    const char *now = wuyou_json_get_string (wuyou_json_get_object (reply->json, "document"), "state");

    if (g_strcmp0 (now, state) != 0 || g_get_monotonic_time () > end)
      return g_strdup (now);
    g_usleep (5000);
  }
}

char *
wuyou_sale_upload (WuyouSale *sale,
                   const WuyouSaleUser *user,
                   const char *contract_id,
                   const char *slot,
                   const char *bytes,
                   gsize length)
{
  char *id = wuyou_sale_announce (sale, user, contract_id, slot, "扫描件.pdf", (gint64) length);

  wuyou_sale_append (sale, user, id, 0, bytes, length, 200, NULL);
  wuyou_sale_finish (sale, user, id, bytes, length);
  g_free (wuyou_sale_wait_document (sale, user, id, "QUARANTINED", 20));
  return id;
}

static void
add_document (WuyouSale *sale, const WuyouSaleUser *user, const char *contract_id, const char *slot)
{
  g_autofree char *id = wuyou_sale_upload (sale, user, contract_id, slot, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  g_autofree char *state = wuyou_sale_wait_document (sale, user, id, "QUARANTINED", 20);

  g_assert_cmpstr (state, ==, "AVAILABLE");
}

void
wuyou_sale_submit (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  wuyou_sale_act (sale, user, id, "submit", NULL, 200, NULL);
}

static char *
dup_today (void)
{
  char *text = g_malloc0 (11);

  wuyou_date_format (wuyou_date_of_instant (wuyou_clock_now (wuyou_test_clock ())), text);
  return text;
}

void
wuyou_sale_sign (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  g_autofree char *hash = wuyou_sale_dup_member (sale, user, id, "content_sha256");
  g_autofree char *today = dup_today ();
  g_autofree char *body = g_strdup_printf ("{\"signed_on\":\"%s\",\"content_sha256\":\"%s\"}", today, hash);

  add_document (sale, user, id, "SIGNED_CONTRACT");
  add_document (sale, user, id, "CONSENT_SCAN");
  wuyou_sale_act (sale, user, id, "sign", body, 200, NULL);
}

void
wuyou_sale_pay (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  g_autofree char *amount = wuyou_sale_dup_member (sale, user, id, "received_fen");
  g_autofree char *today = dup_today ();
  g_autofree char *body
      = g_strdup_printf ("{\"paid_on\":\"%s\",\"paid_fen\":%s,\"payment_method\":\"CARD\"}", today, amount);

  add_document (sale, user, id, "VOUCHER");
  wuyou_sale_act (sale, user, id, "pay", body, 200, NULL);
}

char *
wuyou_sale_bring_to (WuyouSale *sale, const char *org, const char *more, const char *state)
{
  static const struct {
    const char *state;
    void (*step) (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
  } steps[] = {
    { "AWAIT_SIGN", wuyou_sale_submit },
    { "AWAIT_PAYMENT", wuyou_sale_sign },
    { "PAID", wuyou_sale_pay },
  };
  const WuyouSaleUser *user = wuyou_sale_user (sale, org, "DADM");
  char *id = wuyou_sale_create (sale, user, more);

  add_document (sale, user, id, "INVOICE");
  add_document (sale, user, id, "POLICY");
  for (guint i = 0; i < G_N_ELEMENTS (steps) && !g_str_equal (state, "DRAFT"); i++) {
    steps[i].step (sale, user, id);
    if (g_str_equal (steps[i].state, state))
      break;
  }
  return id;
}

void
wuyou_sale_wait_state (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *state)
{
  for (guint i = 0; i < 200; i++) {
    g_autofree char *present = wuyou_sale_dup_member (sale, user, id, "state");

    if (g_str_equal (present, state))
      return;
    wuyou_job_service_wake (sale->site->context.jobs);
    g_usleep (20000);
  }
  wuyou_sale_assert_state (sale, user, id, state);
}
