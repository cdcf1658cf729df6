/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-test-records.h"

#include "base/wuyou-text.h"
#include "wuyou-test-benefit.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-test.h"

static const char product_json[]
    = "{\"id\":\"" WUYOU_TEST_PRODUCT_ID "\",\"code\":\"T-D\",\"label\":\"2026.1\",\"name\":\"全损无忧·测试\","
      "\"family\":\"DEPRECIATION\",\"on_sale_from\":\"2026-01-01\",\"terms_title\":\"测试条款\","
      "\"terms_text\":\"第一条 服务内容\\n\\n1.1 测试。\",\"summary\":\"测试\",\"benefit_json\":\"{}\","
      "\"rules_json\":\"{\\\"brands\\\":[\\\"BMW\\\",\\\"MINI\\\"],\\\"conditions\\\":[\\\"NEW\\\",\\\"USED\\\"],"
      "\\\"uses\\\":[\\\"PRIVATE\\\",\\\"COMPANY\\\"],\\\"max_seats\\\":9,\\\"max_age_months_new\\\":12,"
      "\\\"max_age_months_used\\\":48,\\\"term_months_new\\\":36,\\\"term_months_used\\\":24,"
      "\\\"start_rule\\\":\\\"DAY_AFTER_SIGNING\\\",\\\"min_replacement_msrp_percent\\\":90}\","
      "\"prices_json\":\"["
      "{\\\"condition\\\":\\\"NEW\\\",\\\"term_months\\\":36,\\\"min_invoice_fen\\\":10000000,"
      "\\\"max_invoice_fen\\\":99999999,\\\"retail_fen\\\":398000,\\\"wholesale_fen\\\":260000,"
      "\\\"min_received_fen\\\":318000,\\\"max_received_fen\\\":398000},"
      "{\\\"condition\\\":\\\"USED\\\",\\\"term_months\\\":24,\\\"min_invoice_fen\\\":10000000,"
      "\\\"max_invoice_fen\\\":99999999,\\\"retail_fen\\\":298000,\\\"wholesale_fen\\\":200000,"
      "\\\"min_received_fen\\\":238000,\\\"max_received_fen\\\":298000}]\"}";

static const char contract_json[]
    = "{\"id\":\"" WUYOU_TEST_CONTRACT_ID "\",\"vin\":\"LBV41CD06LFA00001\",\"brand\":\"BMW\",\"series\":\"X3\","
      "\"model\":\"xDrive30i\",\"energy\":\"PETROL\",\"vehicle_use\":\"PRIVATE\",\"condition\":\"NEW\",\"seats\":5,"
      "\"first_invoice_on\":\"2026-10-03\",\"invoice_no\":\"26112000000012345678\",\"invoice_amount_fen\":41280000,"
      "\"owner_kind\":\"PERSON\",\"owner_name\":\"李雷\",\"owner_id_type\":\"RESIDENT\","
      "\"owner_id_no\":\"11010519491231002X\",\"owner_mobile\":\"13812345678\","
      "\"owner_address\":\"云川市青石区学府路 8 号\",\"owner_source\":\"PLATFORM\",\"commercial_insurer\":\"安泰示例财险\","
      "\"commercial_policy_no\":\"AT2026110000012345\",\"commercial_from\":\"2026-10-05\",\"commercial_to\":\"2027-10-04\","
      "\"commercial_sum_fen\":41000000,\"compulsory_insurer\":\"安泰示例财险\","
      "\"compulsory_policy_no\":\"AT2026110000012346\",\"compulsory_from\":\"2026-10-05\",\"compulsory_to\":\"2027-10-04\","
      "\"product_id\":\"" WUYOU_TEST_PRODUCT_ID "\",\"term_months\":36,\"received_fen\":368000,"
      "\"consent_processing\":true,\"consent_sensitive\":true,\"consent_provision\":true,\"consent_on\":\"2026-11-23\"}";

static const char company_json[]
    = "{\"owner_kind\":\"COMPANY\",\"owner_name\":\"云川市示例贸易有限公司\",\"owner_id_type\":\"CREDIT_CODE\","
      "\"owner_id_no\":\"91350100M000100Y43\",\"agent_name\":\"韩梅\",\"agent_mobile\":\"13900001111\","
      "\"vehicle_use\":\"COMPANY\",\"condition\":\"USED\",\"first_invoice_on\":\"2024-10-03\",\"term_months\":24,"
      "\"received_fen\":268000,\"mileage_km\":32000}";

static void
read_record (const WuyouRecordType *type, gpointer record, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = wuyou_json_parse_object (text, strlen (text), &error);

  g_assert_no_error (error);
  wuyou_record_read_json (type, record, object, WUYOU_CODEC_DEFAULT, &error);
  g_assert_no_error (error);
}

WuyouProduct *
wuyou_test_product_new (void)
{
  WuyouProduct *product = wuyou_product_new ();
  g_autoptr (GError) error = NULL;

  read_record (&wuyou_product_type, product, product_json);
  wuyou_text_set (&product->benefit_json, wuyou_test_benefit);
  product->terms_sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, product->terms_text, -1);
  g_assert_true (wuyou_product_parse (product, &error));
  return product;
}

WuyouContract *
wuyou_test_contract_new (void)
{
  WuyouContract *contract = wuyou_contract_new ();

  read_record (&wuyou_contract_type, contract, contract_json);
  contract->state = WUYOU_CONTRACT_DRAFT;
  return contract;
}

WuyouContract *
wuyou_test_company_contract_new (void)
{
  WuyouContract *contract = wuyou_test_contract_new ();

  read_record (&wuyou_contract_type, contract, company_json);
  return contract;
}

WuyouContractFacts
wuyou_test_contract_facts (const WuyouProduct *product)
{
  return (WuyouContractFacts){
    .product = product,
    .today = wuyou_date_of_instant (WUYOU_TEST_NOW),
    .invoice_available = TRUE,
    .policy_available = TRUE,
    .signed_scan_available = TRUE,
    .consent_scan_available = TRUE,
    .voucher_available = TRUE,
    .cancel_request_available = TRUE,
    .transfer_proof_available = TRUE,
    .actor_id = WUYOU_TEST_ACTOR_ID,
    .own = TRUE,
    .manager = TRUE,
  };
}
