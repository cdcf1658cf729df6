/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-account.h"
#include "consent/wuyou-consent.h"
#include "wuyou-http-test.h"
#include "wuyou-test.h"

G_BEGIN_DECLS

/* The whole server of the product in this process, on the test clock, with organisations as a real operator has them:
 * /op/ operator, /op/gr/ group, /op/gr/ad/ and /op/gr/hy/ dealerships, /op/gr/ad/bc/ branch, /op/in/ insurer. */
#define WUYOU_SITE_PASSWORD "Songtao-37-Lanting"

typedef struct {
  WuyouHttpTest http; /* only its server is set */
  WuyouServerConfig *config;
  WuyouServerContext context;
  WuyouRouter *router;
  WuyouStore *store;
  char *uri, *data; /* database and folder */
  GPtrArray *orgs;  /* WuyouOrg */
  guint sessions;   /* opened by wuyou_site_open_session */
  guint feed_listener;
  /* Of the last call. */
  JsonObject *reply; /* NULL without a body */
  char *etag;
  /* For the next call only; NULL: none, or for POST and PUT a key of its own. */
  const char *if_match, *key, *agent;
} WuyouSite;

WuyouSite *wuyou_site_new (WuyouTestEngine engine);
/* A second server on the same database, as another process would be; nothing of the first is shared. PostgreSQL. */
WuyouSite *wuyou_site_new_beside (WuyouSite *first);
void wuyou_site_free (WuyouSite *site);

const WuyouOrg *wuyou_site_get_org (WuyouSite *site, const char *code);
/* With the password above, chosen by the user unless @origin says otherwise. Id, owned. */
char *wuyou_site_add_account (WuyouSite *site, const char *email, const char *roles, const char *org, int origin);
/* Loads, lets @change work on it, saves as the operator's command line would. */
void wuyou_site_change_account (WuyouSite *site, const char *id, void (*change) (WuyouAccount *account));
void wuyou_site_suspend_org (WuyouSite *site, const char *code, gboolean suspended);

/* Status; body in site->reply. @token NULL: none. @body NULL: none. */
guint wuyou_site_call (WuyouSite *site, const char *token, const char *method, const char *path, const char *body);
/* The same, asserted. @code NULL: any success with @status, else a problem document. */
#define wuyou_site_expect(site, token, method, path, body, status, code)                                               \
  wuyou_site_expect_at (G_STRLOC, site, token, method, path, body, status, code)
void wuyou_site_expect_at (const char *where,
                           WuyouSite *site,
                           const char *token,
                           const char *method,
                           const char *path,
                           const char *body,
                           guint status,
                           const char *code);
const char *wuyou_site_get (WuyouSite *site, const char *member); /* string of the last reply; "a.b" goes inside */

/* Through the sign-in of the API; token, owned. @code NULL: none. */
char *wuyou_site_sign_in (WuyouSite *site, const char *email, const char *code);
/* Without it: a session as if signed in now, stepped up. Token, owned. */
char *wuyou_site_open_session (WuyouSite *site, const char *account_id);

/* Publishes a version for an audience, its text told apart by @version; id, owned. */
char *wuyou_site_publish (WuyouSite *site, const char *audience, int version, WuyouDate effective_on);
/* The same, not material: it binds who accepted the one before. */
char *wuyou_site_publish_minor (WuyouSite *site, const char *audience, int version, WuyouDate effective_on);
/* A decision as the desktop would make it over what GET bundle says; JSON, owned. @spoil may change it before. */
char *wuyou_site_dup_decision (WuyouSite *site, const char *token, int decision, void (*spoil) (WuyouConsent *consent));
void wuyou_site_accept (WuyouSite *site, const char *token);

/* Text of the next mail to @to, waiting at most five seconds; NULL when there is none. Owned. */
char *wuyou_site_take_mail (WuyouSite *site, const char *to);
void wuyou_site_settle (WuyouSite *site);                   /* waits until every event has its place in the feed */
gint64 wuyou_site_count (WuyouSite *site, const char *sql); /* one number */

G_END_DECLS
