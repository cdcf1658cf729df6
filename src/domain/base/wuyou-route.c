/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-route.h"

#include <string.h>

#include "accounts/wuyou-account.h"
#include "claims/wuyou-claim.h"
#include "claims/wuyou-evidence.h"
#include "sales/wuyou-contract.h"
#include "sales/wuyou-document.h"

#define PUBLIC WUYOU_ROUTE_PUBLIC
/* What passes a gate passes those behind it. */
#define CODES WUYOU_ROUTE_BEFORE_CODES
#define CONSENT (WUYOU_ROUTE_BEFORE_CONSENT | CODES)
#define PASSWORD (WUYOU_ROUTE_BEFORE_PASSWORD | CONSENT)
#define OLD WUYOU_ROUTE_ANY_CLIENT
#define STEP_UP WUYOU_ROUTE_NEEDS_STEP_UP
#define ONCE WUYOU_ROUTE_IDEMPOTENT
#define MATCH WUYOU_ROUTE_IF_MATCH
#define BYTES WUYOU_ROUTE_BYTES_OUT
#define HIDDEN (WUYOU_ROUTE_PUBLIC | WUYOU_ROUTE_UNVERSIONED | WUYOU_ROUTE_ANY_CLIENT)
#define SMALL 16384
#define RECORD 65536
#define CHUNK (4 * 1024 * 1024)

#define ANY WUYOU_OBJECT_NONE, 0
#define CONTRACT(verb) WUYOU_OBJECT_CONTRACT, WUYOU_VERB_##verb
#define CLAIM(verb) WUYOU_OBJECT_CLAIM, WUYOU_VERB_##verb
#define EVIDENCE(verb) WUYOU_OBJECT_CLAIM_DOCUMENT, WUYOU_VERB_##verb
#define PICTURE(verb) WUYOU_OBJECT_CLAIM_PICTURE, WUYOU_VERB_##verb

/* clang-format off */
static const WuyouRoute routes[] = {
  { WUYOU_ROUTE_SIGN_IN, "POST", "/v1/sessions", ANY, PUBLIC, SMALL, NULL, NULL, NULL, "Sign in" },
  { WUYOU_ROUTE_SESSION_GET, "GET", "/v1/session", ANY, PASSWORD, 0, NULL, NULL, NULL, "The present session, its account and gates" },
  { WUYOU_ROUTE_SIGN_OUT, "DELETE", "/v1/session", ANY, PASSWORD | OLD, SMALL, NULL, NULL, NULL, "Sign out" },
  { WUYOU_ROUTE_SESSIONS_LIST, "GET", "/v1/sessions", ANY, 0, 0, NULL, NULL, NULL, "The account's sessions and devices" },
  { WUYOU_ROUTE_SESSIONS_END_ALL, "DELETE", "/v1/sessions", ANY, PASSWORD | OLD, SMALL, NULL, NULL, NULL, "Sign out everywhere" },
  { WUYOU_ROUTE_SESSION_END, "DELETE", "/v1/sessions/{id}", ANY, 0, SMALL, NULL, NULL, NULL, "End one of the account's sessions" },
  { WUYOU_ROUTE_STEP_UP, "POST", "/v1/step-up", ANY, CONSENT, SMALL, NULL, NULL, NULL, "Confirm the person: password or one-time code" },
  { WUYOU_ROUTE_PASSWORD_CHANGE, "PUT", "/v1/password", ANY, PASSWORD, SMALL, NULL, NULL, NULL, "Change the password" },
  { WUYOU_ROUTE_RESET_REQUEST, "POST", "/v1/password-resets", ANY, PUBLIC, SMALL, NULL, NULL, NULL, "Ask for a reset by e-mail" },
  { WUYOU_ROUTE_RESET_FINISH, "PUT", "/v1/password-resets", ANY, PUBLIC, SMALL, NULL, NULL, NULL, "Set a new password with the mailed token" },
  { WUYOU_ROUTE_MISUSE_REPORT, "POST", "/v1/misuse-reports", ANY, PUBLIC | OLD, SMALL, NULL, NULL, NULL, "Report misuse of an account" },
  { WUYOU_ROUTE_ACCOUNT_GET, "GET", "/v1/account", ANY, 0, 0, "IDENTIFY", NULL, &wuyou_account_type, "Own data" },
  { WUYOU_ROUTE_ACCOUNT_PUT, "PUT", "/v1/account", ANY, STEP_UP | MATCH, SMALL, "IDENTIFY", &wuyou_account_type, &wuyou_account_type, "Change own data" },
  { WUYOU_ROUTE_EMAIL_CONFIRM, "PUT", "/v1/account/email", ANY, 0, SMALL, "IDENTIFY", NULL, &wuyou_account_type, "Prove a new e-mail address with the code mailed to it" },
  { WUYOU_ROUTE_ACCOUNT_ACTIVITY, "GET", "/v1/account/activity", ANY, 0, 0, NULL, NULL, NULL, "What was done with the account", "before limit" },
  { WUYOU_ROUTE_TOTP_BEGIN, "POST", "/v1/totp", ANY, CODES | STEP_UP, SMALL, NULL, NULL, NULL, "Begin with one-time codes" },
  { WUYOU_ROUTE_TOTP_CONFIRM, "PUT", "/v1/totp", ANY, CODES, SMALL, NULL, NULL, NULL, "Confirm the first one-time code" },
  { WUYOU_ROUTE_TOTP_REMOVE, "DELETE", "/v1/totp", ANY, STEP_UP, SMALL, NULL, NULL, NULL, "End one-time codes" },
  { WUYOU_ROUTE_SUPPORT, "GET", "/v1/support", ANY, PUBLIC | OLD, 0, NULL, NULL, NULL, "Operator, support line, hours, client policy" },
  { WUYOU_ROUTE_FEEDBACK, "POST", "/v1/feedback", ANY, PASSWORD | ONCE, SMALL, "FEEDBACK", NULL, NULL, "Send feedback" },
  { WUYOU_ROUTE_CONSENT_BUNDLE, "GET", "/v1/consent/bundle", ANY, CONSENT, 0, NULL, NULL, NULL, "Agreements in force or coming, with the last accepted ones", "locale" },
  { WUYOU_ROUTE_CONSENT_TEXT, "GET", "/v1/consent/bundles/{id}", ANY, CONSENT, 0, NULL, NULL, NULL, "The agreements of a version, as they were decided on" },
  { WUYOU_ROUTE_CONSENT_ACCEPT, "POST", "/v1/consent/acceptances", ANY, CONSENT | ONCE, 262144, NULL, NULL, NULL, "Accept the agreements, with the evidence of reading" },
  { WUYOU_ROUTE_CONSENT_DECLINE, "POST", "/v1/consent/declines", ANY, CONSENT | ONCE, 262144, NULL, NULL, NULL, "Decline the agreements" },
  { WUYOU_ROUTE_CONSENT_RECORDS, "GET", "/v1/consent/records", ANY, CONSENT, 0, NULL, NULL, NULL, "Own consent records", "id" },
  { WUYOU_ROUTE_CHANGES, "GET", "/v1/changes", ANY, CONSENT | WUYOU_ROUTE_LONG_POLL, 0, NULL, NULL, NULL, "What changed since a position", "since wait" },
  { WUYOU_ROUTE_TODAY, "GET", "/v1/today", ANY, 0, 0, "SALE_ENTRY", NULL, NULL, "What waits for me" },
  { WUYOU_ROUTE_PRODUCTS_LIST, "GET", "/v1/products", WUYOU_OBJECT_PRODUCT, WUYOU_VERB_READ, 0, 0, NULL, NULL, &wuyou_product_type, "Products on sale with rules and prices" },
  { WUYOU_ROUTE_CONTRACTS_LIST, "GET", "/v1/contracts", CONTRACT (READ), 0, 0, "SALE_ENTRY", NULL, &wuyou_contract_type, "List and search contracts", "state mine q sort limit offset after" },
  { WUYOU_ROUTE_CONTRACT_CREATE, "POST", "/v1/contracts", CONTRACT (CREATE), ONCE, RECORD, "SALE_ENTRY", &wuyou_contract_type, &wuyou_contract_type, "Create a draft" },
  { WUYOU_ROUTE_CONTRACT_GET, "GET", "/v1/contracts/{id}", CONTRACT (READ), 0, 0, "SALE_ENTRY", NULL, &wuyou_contract_type, "One contract with documents, timeline and actions" },
  { WUYOU_ROUTE_CONTRACT_PUT, "PUT", "/v1/contracts/{id}", CONTRACT (EDIT), MATCH | ONCE, RECORD, "SALE_ENTRY", &wuyou_contract_type, &wuyou_contract_type, "Change a draft" },
  { WUYOU_ROUTE_CONTRACT_ACT, "POST", "/v1/contracts/{id}/actions/{action}", CONTRACT (READ), MATCH | ONCE, SMALL, "SALE_ENTRY", NULL, &wuyou_contract_type, "Take a step of the workflow" },
  { WUYOU_ROUTE_CONTRACT_UNMASK, "POST", "/v1/contracts/{id}/unmask", WUYOU_OBJECT_CUSTOMER, WUYOU_VERB_UNMASK, STEP_UP, SMALL, "IDENTIFY", NULL, &wuyou_contract_type, "Full values, with a reason" },
  { WUYOU_ROUTE_CONTRACT_PAPER, "GET", "/v1/contracts/{id}/papers/{kind}", CONTRACT (PRINT), BYTES, 0, "CONTRACT_DOC", NULL, NULL, "The stored paper of a revision as PDF" },
  { WUYOU_ROUTE_CONTRACT_PRINT, "POST", "/v1/contracts/{id}/prints", CONTRACT (PRINT), ONCE, SMALL, "CONTRACT_DOC", NULL, NULL, "Reserve a copy number before printing" },
  { WUYOU_ROUTE_DOCUMENT_CREATE, "POST", "/v1/documents", CONTRACT (READ), ONCE, SMALL, "CONTRACT_DOC", &wuyou_document_type, &wuyou_document_type, "Announce an upload" },
  { WUYOU_ROUTE_DOCUMENT_GET, "GET", "/v1/documents/{id}", CONTRACT (READ), 0, 0, "CONTRACT_DOC", NULL, &wuyou_document_type, "State of a document and the offset to go on from" },
  { WUYOU_ROUTE_DOCUMENT_APPEND, "PATCH", "/v1/documents/{id}/content", CONTRACT (READ), WUYOU_ROUTE_STREAM_IN, CHUNK, "CONTRACT_DOC", NULL, NULL, "Append bytes at Upload-Offset" },
  { WUYOU_ROUTE_DOCUMENT_FINISH, "POST", "/v1/documents/{id}/finish", CONTRACT (READ), ONCE, SMALL, "CONTRACT_DOC", NULL, &wuyou_document_type, "Finish with the SHA-256 of the whole" },
  { WUYOU_ROUTE_DOCUMENT_CONTENT, "GET", "/v1/documents/{id}/content", WUYOU_OBJECT_CUSTOMER, WUYOU_VERB_UNMASK, BYTES, 0, "CONTRACT_DOC", NULL, NULL, "The document's bytes, once available" },
  { WUYOU_ROUTE_DOCUMENT_DELETE, "DELETE", "/v1/documents/{id}", CONTRACT (READ), 0, SMALL, "CONTRACT_DOC", NULL, NULL, "Take a document back while the contract is a draft" },
  { WUYOU_ROUTE_CLAIMS_LIST, "GET", "/v1/claims", CLAIM (READ), 0, 0, "CLAIM_SUBMIT", NULL, &wuyou_claim_type, "List and search claims", "state phase contract mine queue q sort limit offset after" },
  { WUYOU_ROUTE_CLAIM_CREATE, "POST", "/v1/claims", CLAIM (READ), ONCE, RECORD, "CLAIM_SUBMIT", &wuyou_claim_type, &wuyou_claim_type, "Begin a claim on a contract" },
  { WUYOU_ROUTE_CLAIM_GET, "GET", "/v1/claims/{id}", CLAIM (READ), 0, 0, "CLAIM_SUBMIT", NULL, &wuyou_claim_type, "One claim with checklist, evidence, timeline and actions" },
  { WUYOU_ROUTE_CLAIM_PUT, "PUT", "/v1/claims/{id}", CLAIM (READ), MATCH | ONCE, RECORD, "CLAIM_SUBMIT", &wuyou_claim_type, &wuyou_claim_type, "Change the sections that are open in its state" },
  { WUYOU_ROUTE_CLAIM_ACT, "POST", "/v1/claims/{id}/actions/{action}", CLAIM (READ), MATCH | ONCE, RECORD, "CLAIM_SUBMIT", NULL, &wuyou_claim_type, "Take a step of the workflow" },
  { WUYOU_ROUTE_CLAIM_UNMASK, "POST", "/v1/claims/{id}/unmask", WUYOU_OBJECT_CUSTOMER, WUYOU_VERB_UNMASK, STEP_UP, SMALL, "IDENTIFY", NULL, &wuyou_claim_type, "Full values, with a reason" },
  { WUYOU_ROUTE_CLAIM_CHECKS, "PUT", "/v1/claims/{id}/checks", CLAIM (APPROVE), MATCH | ONCE, RECORD, "CLAIM_REVIEW", NULL, &wuyou_claim_type, "Decide the checks of the review" },
  { WUYOU_ROUTE_CLAIM_SETTLE, "PUT", "/v1/claims/{id}/settlement", CLAIM (APPROVE), MATCH | ONCE, SMALL, "CLAIM_REVIEW", NULL, &wuyou_claim_type, "Compute the settlement, or put another amount beside it" },
  { WUYOU_ROUTE_CLAIM_MESSAGE, "POST", "/v1/claims/{id}/messages", CLAIM (READ), ONCE, SMALL, "CLAIM_SUBMIT", NULL, &wuyou_claim_type, "Write to the other side" },
  { WUYOU_ROUTE_CLAIM_PAPER, "GET", "/v1/claims/{id}/papers/{kind}", CLAIM (READ), BYTES, 0, "CLAIM_SUBMIT", NULL, NULL, "A paper of the claim as PDF" },
  { WUYOU_ROUTE_CLAIM_THUMBNAILS, "GET", "/v1/claims/{id}/thumbnails", PICTURE (READ), 0, 0, "CLAIM_SUBMIT", NULL, NULL, "Small pictures of all its evidence" },
  { WUYOU_ROUTE_CLAIM_FLAG, "PUT", "/v1/claims/{id}/flags/{flag}", WUYOU_OBJECT_RED_FLAG, WUYOU_VERB_EDIT, ONCE, SMALL, "CLAIM_REVIEW", NULL, &wuyou_claim_type, "Clear or confirm a red flag" },
  { WUYOU_ROUTE_EVIDENCE_CREATE, "POST", "/v1/evidence", CLAIM (READ), ONCE, SMALL, "CLAIM_SUBMIT", &wuyou_evidence_type, &wuyou_evidence_type, "Announce an upload" },
  { WUYOU_ROUTE_EVIDENCE_GET, "GET", "/v1/evidence/{id}", CLAIM (READ), 0, 0, "CLAIM_SUBMIT", NULL, &wuyou_evidence_type, "State of a file and the offset to go on from" },
  { WUYOU_ROUTE_EVIDENCE_PUT, "PUT", "/v1/evidence/{id}", CLAIM (READ), MATCH | ONCE, RECORD, "CLAIM_SUBMIT", &wuyou_evidence_type, &wuyou_evidence_type, "Another slot, rotation, redactions, what the paper says" },
  { WUYOU_ROUTE_EVIDENCE_APPEND, "PATCH", "/v1/evidence/{id}/content", CLAIM (READ), WUYOU_ROUTE_STREAM_IN, CHUNK, "CLAIM_SUBMIT", NULL, NULL, "Append bytes at Upload-Offset" },
  { WUYOU_ROUTE_EVIDENCE_FINISH, "POST", "/v1/evidence/{id}/finish", CLAIM (READ), ONCE, SMALL, "CLAIM_SUBMIT", NULL, &wuyou_evidence_type, "Finish with the SHA-256 of the whole" },
  { WUYOU_ROUTE_EVIDENCE_DELETE, "DELETE", "/v1/evidence/{id}", CLAIM (READ), 0, SMALL, "CLAIM_SUBMIT", NULL, NULL, "Take a file back while its slot is open" },
  { WUYOU_ROUTE_EVIDENCE_JUDGE, "PUT", "/v1/evidence/{id}/judgement", EVIDENCE (UNMASK), MATCH | ONCE, SMALL, "CLAIM_REVIEW", NULL, &wuyou_evidence_type, "Verified, or returned for a reason" },
  { WUYOU_ROUTE_EVIDENCE_RENDITION, "GET", "/v1/evidence/{id}/renditions/{kind}", PICTURE (READ), BYTES, 0, "CLAIM_SUBMIT", NULL, NULL, "What the decoder made of a file; the original stays sealed" },
  { WUYOU_ROUTE_PAPER_VERIFY, "POST", "/v1/papers/verify", ANY, 0, SMALL, "IDENTIFY", NULL, NULL, "What the server says of a printed code" },
  { WUYOU_ROUTE_OPENAPI, "GET", "/v1/openapi.json", ANY, PUBLIC | OLD, 0, NULL, NULL, NULL, "This description" },
  { WUYOU_ROUTE_HEALTH, "GET", "/healthz", ANY, HIDDEN, 0, NULL, NULL, NULL, "The process lives" },
  { WUYOU_ROUTE_READY, "GET", "/readyz", ANY, HIDDEN, 0, NULL, NULL, NULL, "Database and storage answer" },
  { WUYOU_ROUTE_METRICS, "GET", "/metrics", ANY, HIDDEN, 0, NULL, NULL, NULL, "Counters as Prometheus text" },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (routes) == WUYOU_N_ROUTES);

const WuyouRoute *
wuyou_route_get (WuyouRouteId id)
{
  g_return_val_if_fail ((guint) id < WUYOU_N_ROUTES, NULL);
  return &routes[id];
}

/* Without copies before the match is sure: this runs for every request and every row. */
static gboolean
match_path (const char *pattern, const char *path, char *args[2])
{
  const char *starts[2];
  gsize lengths[2];
  guint n_args = 0;

  while (*pattern != '\0') {
    if (*pattern != '{') {
      if (*pattern++ != *path++)
        return FALSE;
      continue;
    }
    starts[n_args] = path;
    lengths[n_args] = strcspn (path, "/");
    if (lengths[n_args] == 0)
      return FALSE;
    path += lengths[n_args++];
    pattern = strchr (pattern, '}') + 1;
  }
  if (*path != '\0')
    return FALSE;
  for (guint i = 0; i < n_args; i++)
    args[i] = g_strndup (starts[i], lengths[i]);
  return TRUE;
}

const WuyouRoute *
wuyou_route_match (const char *method, const char *path, char *ret_args[2], gboolean *ret_other_method)
{
  gboolean other = FALSE;

  for (guint i = 0; i < WUYOU_N_ROUTES; i++) {
    char *args[2] = { NULL, NULL };

    if (!match_path (routes[i].path, path, args))
      continue;
    if (g_str_equal (routes[i].method, method)) {
      memcpy (ret_args, args, sizeof args);
      return &routes[i];
    }
    other = TRUE;
    g_free (args[0]);
    g_free (args[1]);
  }
  if (ret_other_method != NULL)
    *ret_other_method = other;
  return NULL;
}

char *
wuyou_route_build (WuyouRouteId id, const char *arg0, const char *arg1)
{
  const char *args[] = { arg0, arg1 };
  const WuyouRoute *route = wuyou_route_get (id);
  GString *out = g_string_new (NULL);
  guint n_args = 0;

  for (const char *p = route->path; *p != '\0'; p++) {
    if (*p != '{') {
      g_string_append_c (out, *p);
      continue;
    }
    g_string_append_uri_escaped (out, args[n_args++], NULL, FALSE);
    p = strchr (p, '}');
  }
  return g_string_free (out, FALSE);
}
