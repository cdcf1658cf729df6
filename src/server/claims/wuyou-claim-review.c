/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-settlement.h"
#include "claims/wuyou-claim-write.h"
#include "engine/wuyou-request-members.h"

/* What the assessor of a claim decides while it is reviewed: the four checks, and the amount. */

#define MAX_NOTE 1000
#define SETTLE "settle-amount"

typedef gboolean (*Change) (WuyouClaimWrite *write, JsonObject *body, GError **error);

static gboolean
refuse (GError **error, WuyouError code, const char *field, const char *authority, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, field, authority);
  return FALSE;
}

static gboolean
check_assessor (const WuyouClaimWrite *write, GError **error)
{
  const WuyouClaim *claim = write->before.claim;

  if (claim->state != WUYOU_CLAIM_PRE_REVIEW && claim->state != WUYOU_CLAIM_FINAL_REVIEW)
    return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL, NULL, N_ ("The claim is not being reviewed."));
  if (g_strcmp0 (claim->assessor_id, write->caller->account_id) != 0)
    return refuse (error, WUYOU_ERROR_FORBIDDEN, "assessor_id", "C-08",
                   N_ ("Only the assessor who took the case decides this."));
  return TRUE;
}

/* Only of what was decided now. */
static const char *
get_reason (const WuyouClaimWrite *write, const char *action)
{
  return g_str_equal (action, SETTLE) ? write->claim->override_reason : NULL;
}

/* What was endorsed were these checks and this amount. */
static gboolean
change_assessment (WuyouClaimWrite *write, Change change, JsonObject *body, GError **error)
{
  if (!check_assessor (write, error) || !change (write, body, error))
    return FALSE;
  wuyou_claim_clear_endorsement (write->claim);
  return TRUE;
}

static WuyouReply *
change_review (WuyouRequest *request, WuyouServerContext *context, const char *action, Change change, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (WuyouClaimWrite) write = { 0 };
  gboolean replayed = FALSE;
  GError *failure = NULL;
  gboolean done;

  if (body == NULL)
    return NULL;
  wuyou_claim_write_init (&write, request, context);
  write.id = wuyou_request_get_id_arg (request, 0, error);
  if (write.id == NULL)
    return NULL;
  done = wuyou_claim_write_begin (&write, &replayed, &failure)
         && (replayed
             || (change_assessment (&write, change, body, &failure)
                 && wuyou_claim_write_prepare (&write, action, get_reason (&write, action), &failure)
                 && wuyou_claim_write_save (&write, NULL, &failure)));
  return wuyou_claim_write_answer (&write, done, failure, error);
}

static const struct {
  const char *name;  /* on the wire */
  const char *field; /* of the claim */
} checks[] = {
  { "contract", "check_contract" },
  { "insurance", "check_insurance" },
  { "cause", "check_cause" },
  { "exclusions", "check_exclusions" },
};

/* A check that is not met says why; the note is what the letter is written from. */
static gboolean
read_check (WuyouClaim *claim, JsonObject *row, guint i, GError **error)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, checks[i].field);
  const char *id = wuyou_json_get_string (row, "value");
  const WuyouEnum *value = id != NULL ? wuyou_enum_find (wuyou_checks, id) : NULL;
  gsize min = value != NULL && value->value == WUYOU_CHECK_NOT_MET ? 2 : 0;

  if (id != NULL && value == NULL)
    return refuse (error, WUYOU_ERROR_INVALID, field->name, field->authority, N_ ("This value is not known here."));
  if (!wuyou_request_check_text (wuyou_json_get_string (row, "note"), field->name, min, MAX_NOTE,
                                 N_ ("Say what is not met."), error))
    return FALSE;
  wuyou_field_set_int (field, claim, value != NULL ? value->value : 0);
  return TRUE;
}

/* Notes of checks that are not among those sent stay. */
static JsonObject *
read_notes (const char *json)
{
  return json != NULL ? wuyou_json_parse_object (json, strlen (json), NULL) : NULL;
}

static gboolean
change_checks (WuyouClaimWrite *write, JsonObject *body, GError **error)
{
  const WuyouMember members[] = {
    { "contract", JSON_TYPE_OBJECT },
    { "insurance", JSON_TYPE_OBJECT },
    { "cause", JSON_TYPE_OBJECT },
    { "exclusions", JSON_TYPE_OBJECT },
  };
  g_autoptr (JsonObject) before = read_notes (write->claim->check_notes_json);
  g_autoptr (GString) notes = g_string_new (NULL);

  if (!wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error))
    return FALSE;
  wuyou_json_begin_object (notes, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    JsonObject *row = wuyou_json_get_object (body, checks[i].name);

    if (row != NULL && !read_check (write->claim, row, i, error))
      return FALSE;
    wuyou_json_add_string (notes, checks[i].field,
                           row != NULL ? wuyou_json_get_string (row, "note")
                                       : wuyou_json_get_string (before, checks[i].field));
  }
  wuyou_json_end_object (notes);
  wuyou_text_set (&write->claim->check_notes_json, notes->str);
  return TRUE;
}

WuyouReply *
wuyou_claim_checks (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return change_review (request, context, "check", change_checks, error);
}

static gboolean
put_other_amount (WuyouClaimWrite *write, JsonObject *body, GError **error)
{
  gint64 amount = wuyou_json_get_int (body, "amount_fen");
  const char *reason = wuyou_json_get_string (body, "reason");

  if (!json_object_has_member (body, "amount_fen"))
    return TRUE;
  if (amount < 0 || amount > write->before.sale.contract->invoice_amount_fen)
    return refuse (error, WUYOU_ERROR_INVALID, "amount_fen", "C-07",
                   N_ ("The amount lies between nothing and the price of the car."));
  if (!wuyou_request_check_text (reason, "reason", 2, MAX_NOTE, N_ ("Why another amount?"), error))
    return FALSE;
  write->claim->override_fen = amount;
  wuyou_text_set (&write->claim->override_reason, reason);
  wuyou_text_set (&write->claim->override_by, write->caller->account_id);
  return TRUE;
}

static gboolean
change_settlement (WuyouClaimWrite *write, JsonObject *body, GError **error)
{
  const WuyouMember members[] = { { "amount_fen", G_TYPE_INT64 }, { "reason", G_TYPE_STRING } };
  const WuyouClaimCase *loss = &write->before;

  return wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error)
         && wuyou_claim_settle (write->claim, loss->sale.contract, loss->sale.product->benefit_json, error)
         && put_other_amount (write, body, error);
}

WuyouReply *
wuyou_claim_settle_put (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return change_review (request, context, SETTLE, change_settlement, error);
}
