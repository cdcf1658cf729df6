/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-permission.h"

G_BEGIN_DECLS

/* Every call of the API: the server's router, the client's addresses, the OpenAPI document and the test of
 * route × role all read this one table. */
typedef enum {
  WUYOU_ROUTE_SIGN_IN,
  WUYOU_ROUTE_SESSION_GET,
  WUYOU_ROUTE_SIGN_OUT,
  WUYOU_ROUTE_SESSIONS_LIST,
  WUYOU_ROUTE_SESSIONS_END_ALL,
  WUYOU_ROUTE_SESSION_END,
  WUYOU_ROUTE_STEP_UP,
  WUYOU_ROUTE_PASSWORD_CHANGE,
  WUYOU_ROUTE_RESET_REQUEST,
  WUYOU_ROUTE_RESET_FINISH,
  WUYOU_ROUTE_MISUSE_REPORT,
  WUYOU_ROUTE_ACCOUNT_GET,
  WUYOU_ROUTE_ACCOUNT_PUT,
  WUYOU_ROUTE_EMAIL_CONFIRM,
  WUYOU_ROUTE_ACCOUNT_ACTIVITY,
  WUYOU_ROUTE_TOTP_BEGIN,
  WUYOU_ROUTE_TOTP_CONFIRM,
  WUYOU_ROUTE_TOTP_REMOVE,
  WUYOU_ROUTE_SUPPORT,
  WUYOU_ROUTE_FEEDBACK,
  WUYOU_ROUTE_CONSENT_BUNDLE,
  WUYOU_ROUTE_CONSENT_TEXT,
  WUYOU_ROUTE_CONSENT_ACCEPT,
  WUYOU_ROUTE_CONSENT_DECLINE,
  WUYOU_ROUTE_CONSENT_RECORDS,
  WUYOU_ROUTE_CHANGES,
  WUYOU_ROUTE_TODAY,
  WUYOU_ROUTE_PRODUCTS_LIST,
  WUYOU_ROUTE_CONTRACTS_LIST,
  WUYOU_ROUTE_CONTRACT_CREATE,
  WUYOU_ROUTE_CONTRACT_GET,
  WUYOU_ROUTE_CONTRACT_PUT,
  WUYOU_ROUTE_CONTRACT_ACT,
  WUYOU_ROUTE_CONTRACT_UNMASK,
  WUYOU_ROUTE_CONTRACT_PAPER,
  WUYOU_ROUTE_CONTRACT_PRINT,
  WUYOU_ROUTE_DOCUMENT_CREATE,
  WUYOU_ROUTE_DOCUMENT_GET,
  WUYOU_ROUTE_DOCUMENT_APPEND,
  WUYOU_ROUTE_DOCUMENT_FINISH,
  WUYOU_ROUTE_DOCUMENT_CONTENT,
  WUYOU_ROUTE_DOCUMENT_DELETE,
  WUYOU_ROUTE_CLAIMS_LIST,
  WUYOU_ROUTE_CLAIM_CREATE,
  WUYOU_ROUTE_CLAIM_GET,
  WUYOU_ROUTE_CLAIM_PUT,
  WUYOU_ROUTE_CLAIM_ACT,
  WUYOU_ROUTE_CLAIM_UNMASK,
  WUYOU_ROUTE_CLAIM_CHECKS,
  WUYOU_ROUTE_CLAIM_SETTLE,
  WUYOU_ROUTE_CLAIM_MESSAGE,
  WUYOU_ROUTE_CLAIM_PAPER,
  WUYOU_ROUTE_CLAIM_THUMBNAILS,
  WUYOU_ROUTE_CLAIM_FLAG,
  WUYOU_ROUTE_EVIDENCE_CREATE,
  WUYOU_ROUTE_EVIDENCE_GET,
  WUYOU_ROUTE_EVIDENCE_PUT,
  WUYOU_ROUTE_EVIDENCE_APPEND,
  WUYOU_ROUTE_EVIDENCE_FINISH,
  WUYOU_ROUTE_EVIDENCE_DELETE,
  WUYOU_ROUTE_EVIDENCE_JUDGE,
  WUYOU_ROUTE_EVIDENCE_RENDITION,
  WUYOU_ROUTE_PAPER_VERIFY,
  WUYOU_ROUTE_OPENAPI,
  WUYOU_ROUTE_HEALTH,
  WUYOU_ROUTE_READY,
  WUYOU_ROUTE_METRICS,
  WUYOU_N_ROUTES
} WuyouRouteId;

typedef enum {
  WUYOU_ROUTE_PUBLIC = 1 << 0,          /* no session */
  WUYOU_ROUTE_BEFORE_CONSENT = 1 << 1,  /* on the allow-list of the consent gate */
  WUYOU_ROUTE_BEFORE_PASSWORD = 1 << 2, /* with an initial password */
  WUYOU_ROUTE_NEEDS_STEP_UP = 1 << 3,
  WUYOU_ROUTE_IDEMPOTENT = 1 << 4, /* Idempotency-Key header needed */
  WUYOU_ROUTE_IF_MATCH = 1 << 5,   /* If-Match header needed */
  WUYOU_ROUTE_STREAM_IN = 1 << 6,  /* body handed on in pieces */
  WUYOU_ROUTE_BYTES_OUT = 1 << 7,  /* answer is a file */
  WUYOU_ROUTE_LONG_POLL = 1 << 8,
  WUYOU_ROUTE_UNVERSIONED = 1 << 9,   /* not part of the API document */
  WUYOU_ROUTE_ANY_CLIENT = 1 << 11,   /* also for an application that is too old (client policy) */
  WUYOU_ROUTE_BEFORE_CODES = 1 << 10, /* for an account that has yet to set up its one-time codes */
} WuyouRouteFlags;

typedef struct {
  WuyouRouteId id;
  const char *method; /* "GET" */
  const char *path;   /* "/v1/contracts/{id}" */
  WuyouObject object;
  guint verbs;
  guint flags;
  guint max_body;                /* bytes */
  const char *purpose;           /* A3-01, for the access log: "SALE_ENTRY" */
  const WuyouRecordType *body;   /* record in the request, or NULL */
  const WuyouRecordType *answer; /* record in the answer, or NULL */
  const char *summary;           /* for the API document */
  const char *query;             /* names of parameters after the ?, "q sort"; NULL: none */
} WuyouRoute;

const WuyouRoute *wuyou_route_get (WuyouRouteId id);
/* Finds the route of a request; up to two path arguments are copied out (owned, may be NULL). NULL when there
 * is none; *ret_other_method says that the path exists. Segments are compared after percent-decoding was done. */
const WuyouRoute *
wuyou_route_match (const char *method, const char *path, char *ret_args[2], gboolean *ret_other_method);
/* The path with its arguments filled in and escaped; owned. */
char *wuyou_route_build (WuyouRouteId id, const char *arg0, const char *arg1);

G_END_DECLS
