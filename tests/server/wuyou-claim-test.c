/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-test.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-evidence.h"
#include "wuyou-record-store.h"
#include "wuyou-test-benefit.h"

#define LOSS_DAY 1 /* of cover, from 0 */
#define DAYS_LATER 10

char *
wuyou_claim_test_contract (WuyouSale *sale, const char *org)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, org, "DADM");
  char *id = wuyou_sale_bring_to (sale, org, NULL, "PAID");
  g_autofree char *from = wuyou_sale_dup_member (sale, manager, id, "effective_on");

  wuyou_test_set_now (wuyou_date_start (wuyou_date_parse (from)) + G_TIME_SPAN_HOUR);
  wuyou_sale_wait_state (sale, manager, id, "ACTIVE");
  wuyou_test_set_now (wuyou_date_start (wuyou_date_parse (from) + LOSS_DAY + DAYS_LATER) + 10 * G_TIME_SPAN_HOUR);
  return id;
}

static char *
dup_loss (void)
{
  gint64 now = wuyou_clock_now (wuyou_test_clock ());
  char at[28];

  wuyou_instant_format (now - DAYS_LATER * G_TIME_SPAN_DAY, at);
  return g_strdup (at);
}

char *
wuyou_claim_test_dup_body (const char *id, const char *contract_id, const char *more)
{
  g_autofree char *loss = dup_loss ();
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"contract_id\":\"%s\",\"loss_at\":\"%s\",\"loss_type\":\"COLLISION\","
      "\"loss_place\":\"云岭高速 K118\",\"loss_cause\":\"追尾\",\"insurer_report_no\":\"BA2026110800017\","
      "\"informant_name\":\"钱多\",\"informant_mobile\":\"13800001234\",\"consent_sensitive\":true,"
      "\"consent_on\":\"2026-11-24\"}",
      id, contract_id, loss);
  g_autoptr (JsonObject) body = wuyou_json_parse_object (text, strlen (text), NULL);
  g_autoptr (JsonObject) added = more != NULL ? wuyou_json_parse_object (more, strlen (more), NULL) : NULL;
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autoptr (GList) names = added != NULL ? json_object_get_members (added) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (body, l->data, json_object_dup_member (added, l->data));
  json_node_init_object (node, body);
  return json_to_string (node, FALSE);
}

char *
wuyou_claim_test_create (WuyouSale *sale, const WuyouSaleUser *user, const char *contract_id, const char *more)
{
  char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_claim_test_dup_body (id, contract_id, more);

  WUYOU_EXPECT (sale, 201, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_CREATE, .body = body);
  return id;
}

typedef struct {
  WuyouStore *store;
  const char *claim_id;
  WuyouClaim *claim;
  WuyouKey *key;
  WuyouRecordDraft *draft;
} Filing;

static gboolean
read_claim (WuyouDbConn *conn, gpointer data, GError **error)
{
  Filing *f = data;

  f->claim = wuyou_record_load (conn, f->store, &wuyou_claim_type, f->claim_id, NULL, NULL, error);
  f->key = f->claim != NULL ? wuyou_record_load_key (conn, f->store, &wuyou_claim_type, f->claim_id, error) : NULL;
  return f->key != NULL;
}

static gboolean
save_file (WuyouDbConn *conn, gpointer data, GError **error)
{
  Filing *f = data;

  return wuyou_record_save (conn, f->draft, error);
}

char *
wuyou_claim_test_file (WuyouSale *sale, const char *claim_id, const char *slot, int phase)
{
  WuyouStore *store = sale->site->store;
  Filing f = { .store = store, .claim_id = claim_id };
  g_autoptr (WuyouEvidence) evidence = wuyou_evidence_new ();
  const WuyouActor actor = { .at = wuyou_clock_now (wuyou_test_clock ()) };
  g_autoptr (GError) error = NULL;

  wuyou_db_read (wuyou_store_get_db (store), read_claim, &f, &error);
  g_assert_no_error (error);
  evidence->id = wuyou_sale_new_id (sale);
  evidence->claim_id = g_strdup (claim_id);
  evidence->org_id = g_strdup (f.claim->org_id);
  evidence->slot = g_strdup (slot);
  evidence->phase = phase;
  evidence->file_name = g_strdup ("扫描.pdf");
  evidence->size = evidence->received = 1;
  evidence->state = WUYOU_EVIDENCE_AVAILABLE;
  evidence->created_at = evidence->updated_at = actor.at;
  f.draft = wuyou_record_prepare (store, &wuyou_evidence_type, NULL, evidence, f.key, "/op/", &actor, "create", NULL,
                                  &error);
  g_assert_no_error (error);
  wuyou_db_write (wuyou_store_get_db (store), save_file, &f, &error);
  g_assert_no_error (error);
  wuyou_record_draft_free (f.draft);
  wuyou_claim_free (f.claim);
  wuyou_key_unref (f.key);
  return g_strdup (evidence->id);
}

void
wuyou_claim_test_fill (WuyouSale *sale, const char *claim_id, int phase)
{
  g_autoptr (GPtrArray) rows = wuyou_checklist_read (wuyou_test_benefit, phase, WUYOU_LOSS_COLLISION, NULL);

  for (guint i = 0; i < rows->len; i++) {
    const WuyouChecklistRow *row = rows->pdata[i];

    if (row->required)
      g_free (wuyou_claim_test_file (sale, claim_id, row->slot, phase));
  }
}

WuyouSaleReply *
wuyou_claim_test_get (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  return WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_GET, .arg0 = id);
}

char *
wuyou_claim_test_dup (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *member)
{
  g_autoptr (WuyouSaleReply) reply = wuyou_claim_test_get (sale, user, id);
  JsonNode *node = json_object_get_member (wuyou_json_get_object (reply->json, "claim"), member);

  if (node == NULL)
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : json_to_string (node, FALSE);
}

gint64
wuyou_claim_test_version (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  g_autoptr (WuyouSaleReply) reply = wuyou_claim_test_get (sale, user, id);

  return reply->version;
}

void
wuyou_claim_test_act_at (const char *where,
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
    .route = WUYOU_ROUTE_CLAIM_ACT,
    .arg0 = id,
    .arg1 = action,
    .body = body != NULL ? body : "{}",
    .version = wuyou_claim_test_version (sale, user, id),
  };

  wuyou_sale_reply_free (wuyou_sale_expect (where, sale, status, code, &call));
}

void
wuyou_claim_test_put (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *body)
{
  WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_PUT, .arg0 = id, .body = body,
                .version = wuyou_claim_test_version (sale, user, id));
}

void
wuyou_claim_test_checks (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_CHECKS, .arg0 = id,
                .version = wuyou_claim_test_version (sale, user, id),
                .body = "{\"contract\":{\"value\":\"MET\"},\"insurance\":{\"value\":\"MET\"},"
                        "\"cause\":{\"value\":\"MET\",\"note\":\"证据一致\"},\"exclusions\":{\"value\":\"MET\"}}");
}

static void
determine (WuyouSale *sale, const WuyouSaleUser *clerk, const char *id)
{
  char day[11];
  g_autofree char *body = NULL;

  wuyou_date_format (wuyou_date_of_instant (wuyou_clock_now (wuyou_test_clock ())), day);
  body = g_strdup_printf ("{\"determination\":\"CONSTRUCTIVE\",\"determined_on\":\"%s\"}", day);
  wuyou_claim_test_fill (sale, id, WUYOU_PHASE_LOSS);
  wuyou_claim_test_act (sale, clerk, id, "determine", body, 200, NULL);
}

static void
settle (WuyouSale *sale, const WuyouSaleUser *assessor, const char *id)
{
  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_SETTLE, .arg0 = id, .body = "{}",
                .version = wuyou_claim_test_version (sale, assessor, id));
}

static void
deliver (WuyouSale *sale, const WuyouSaleUser *clerk, const char *id)
{
  wuyou_claim_test_put (sale, clerk, id, "{\"delivered_on\":\"2026-12-04\",\"new_invoice_fen\":40000000}");
  wuyou_claim_test_fill (sale, id, WUYOU_PHASE_REPLACEMENT);
}

#define NEW_CAR "{\"new_brand\":\"BMW\",\"new_series\":\"X3\",\"new_model\":\"xDrive30i\",\"new_msrp_fen\":50000000}"

char *
wuyou_claim_test_bring_to (WuyouSale *sale, const char *org, const char *state)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, org, "DCLM");
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  const WuyouSaleUser *approver = wuyou_sale_user (sale, "op", "OCLB");
  const WuyouSaleUser *finance = wuyou_sale_user (sale, "op", "OFIN");
  const struct {
    const char *state;
    const WuyouSaleUser *user;
    const char *action;
    void (*before) (WuyouSale *, const WuyouSaleUser *, const char *);
    const WuyouSaleUser *before_by;
  } steps[] = {
    { "REPORTED", clerk, "report", NULL, NULL },
    { "PRE_SUBMITTED", clerk, "submit", determine, clerk },
    { "PRE_REVIEW", assessor, "take", NULL, NULL },
    { "PRE_APPROVED", approver, "approve", wuyou_claim_test_checks, assessor },
    { "REPLACING", clerk, "replace", NULL, NULL },
    { "FINAL_SUBMITTED", clerk, "submit", deliver, clerk },
    { "FINAL_REVIEW", assessor, "take", NULL, NULL },
    { "APPROVED", approver, "approve", settle, assessor },
    { "SETTLING", finance, "settle", NULL, NULL },
  };
  g_autofree char *contract = wuyou_claim_test_contract (sale, org);
  char *id = wuyou_claim_test_create (sale, clerk, contract, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (g_str_equal (steps[i].action, "replace"))
      wuyou_claim_test_put (sale, clerk, id, NEW_CAR);
    if (g_str_equal (steps[i].state, "APPROVED"))
      wuyou_claim_test_checks (sale, assessor, id);
    if (steps[i].before != NULL)
      steps[i].before (sale, steps[i].before_by, id);
    wuyou_claim_test_act (sale, steps[i].user, id, steps[i].action, NULL, 200, NULL);
    if (g_str_equal (steps[i].state, state))
      break;
  }
  return id;
}
