/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "sales/wuyou-contract.h"
#include "sales/wuyou-document.h"
#include "wuyou-site-test.h"
#include "wuyou-test-scanner.h"

G_BEGIN_DECLS

/* A site with one product on sale, a published agreement, a scanner that says what the test wants, and people who may
 * work. Its calls keep nothing between them, so any thread may make them. */
typedef struct {
  WuyouSite *site;
  WuyouTestScanner *scanner;
  GPtrArray *users;
} WuyouSale;

WuyouSale *wuyou_sale_new (WuyouTestEngine engine);
void wuyou_sale_free (WuyouSale *sale);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouSale, wuyou_sale_free)

/* Somebody signed in and stepped up, who has accepted what dealers accept. Borrowed. */
typedef struct {
  char *id, *token;
  char *org, *roles; /* "ad", "DSAL" */
} WuyouSaleUser;

/* The one with these roles in this organisation ("op", "gr", "ad", "bc", "hy", "in"), made when first asked for. */
const WuyouSaleUser *wuyou_sale_user (WuyouSale *sale, const char *org, const char *roles);
const WuyouSaleUser *wuyou_sale_add_user (WuyouSale *sale, const char *org, const char *roles); /* one more */
void wuyou_sale_set_step_up (WuyouSale *sale, const WuyouSaleUser *user, gboolean stepped_up);
void wuyou_sale_sql (WuyouSale *sale, const char *sql); /* one statement, counted on to work */

/* A request; what is left out is as the route wants it: a fresh Idempotency-Key, JSON. */
typedef struct {
  const WuyouSaleUser *user; /* NULL: nobody */
  WuyouRouteId route;
  const char *arg0, *arg1;
  const char *query; /* "q=…", encoded */
  const char *body;
  gssize length;     /* of @body; 0: up to its NUL */
  const char *key;   /* Idempotency-Key; "": none */
  gint64 version;    /* If-Match; 0: none */
  const char *lines; /* further header lines, each with its CRLF */
  const char *path;  /* instead of the route's */
} WuyouSaleCall;

typedef struct {
  guint status; /* 0: no answer */
  JsonObject *json;
  GBytes *body;
  GHashTable *headers;
  gint64 version; /* ETag */
} WuyouSaleReply;

/* Every answer is held against the API document. */
WuyouSaleReply *wuyou_sale_call (WuyouSale *sale, const WuyouSaleCall *call);
/* At a server that may die meanwhile. */
WuyouSaleReply *wuyou_sale_call_port (guint16 port, const WuyouSaleCall *call);
void wuyou_sale_reply_free (WuyouSaleReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouSaleReply, wuyou_sale_reply_free)
const char *wuyou_sale_reply_get_code (const WuyouSaleReply *reply);
gboolean wuyou_sale_reply_has_field (const WuyouSaleReply *reply, const char *field); /* problem or a violation */
gboolean wuyou_sale_reply_has_bytes (const WuyouSaleReply *reply, const char *bytes);

/* Calls and asserts status and, of a problem, code. Owned. */
#define WUYOU_CALL(sale, status, code, ...)                                                                            \
  wuyou_sale_expect (G_STRLOC, (sale), (status), (code), &(WuyouSaleCall){ __VA_ARGS__ })
#define WUYOU_EXPECT(sale, status, code, ...) wuyou_sale_reply_free (WUYOU_CALL ((sale), (status), (code), __VA_ARGS__))
WuyouSaleReply *
wuyou_sale_expect (const char *where, WuyouSale *sale, guint status, const char *code, const WuyouSaleCall *call);

/* --- contracts --- */

char *wuyou_sale_new_id (WuyouSale *sale);
/* A whole draft as a client sends it, each with a VIN of its own; @more: members that are added or replace, JSON
 * object or NULL. Owned. */
char *wuyou_sale_dup_body (WuyouSale *sale, const char *id, const char *more);
char *wuyou_sale_create (WuyouSale *sale, const WuyouSaleUser *user, const char *more); /* id, owned */
gint64 wuyou_sale_get_version (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
/* Member of the contract as @user sees it; owned, NULL when not set. */
char *wuyou_sale_dup_member (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *member);
void wuyou_sale_assert_state (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *state);
/* A step on the present version. */
#define wuyou_sale_act(sale, user, id, action, body, status, code)                                                     \
  wuyou_sale_act_at (G_STRLOC, sale, user, id, action, body, status, code)
void wuyou_sale_act_at (const char *where,
                        WuyouSale *sale,
                        const WuyouSaleUser *user,
                        const char *id,
                        const char *action,
                        const char *body,
                        guint status,
                        const char *code);
/* Announces, sends and finishes, and waits until it is no longer in quarantine. Id, owned. */
char *wuyou_sale_upload (WuyouSale *sale,
                         const WuyouSaleUser *user,
                         const char *contract_id,
                         const char *slot,
                         const char *bytes,
                         gsize length);
char *wuyou_sale_announce (WuyouSale *sale,
                           const WuyouSaleUser *user,
                           const char *contract_id,
                           const char *slot,
                           const char *file_name,
                           gint64 size);
void wuyou_sale_append (WuyouSale *sale,
                        const WuyouSaleUser *user,
                        const char *document_id,
                        gint64 offset,
                        const char *bytes,
                        gsize length,
                        guint status,
                        const char *code);
void wuyou_sale_finish (WuyouSale *sale,
                        const WuyouSaleUser *user,
                        const char *document_id,
                        const char *bytes,
                        gsize length);
/* Its state once it leaves @state, at most @seconds later. Owned. */
char *wuyou_sale_wait_document (WuyouSale *sale,
                                const WuyouSaleUser *user,
                                const char *document_id,
                                const char *state,
                                guint seconds);
/* A new contract brought to @state (DRAFT with documents, AWAIT_SIGN, AWAIT_PAYMENT, PAID) by a manager of @org. */
char *wuyou_sale_bring_to (WuyouSale *sale, const char *org, const char *more, const char *state);
void wuyou_sale_submit (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
void wuyou_sale_sign (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
void wuyou_sale_pay (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
/* Runs what is due and waits until the contract is in @state. */
void wuyou_sale_wait_state (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *state);

#define WUYOU_SALE_PDF "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"

typedef struct {
  const char *name;
  void (*run) (WuyouSale *sale);
} WuyouSaleCase;

/* Every case on both engines, each with a sale of its own. */
void wuyou_sale_add_tests (const char *group, const WuyouSaleCase *cases, guint n);

G_END_DECLS
