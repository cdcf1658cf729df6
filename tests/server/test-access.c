/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-route.h"
#include "wuyou-site-test.h"

/* Every route of the table × every kind of caller. What a handler then says of an empty request is its own affair. */
#define SOME_ID "01932f1e-0000-7000-8000-0000000000aa"

typedef enum { NOBODY, INITIAL, NOT_CONSENTED, WITHOUT_CODES, CONSENTED, N_CALLERS } Caller;

static const struct {
  const char *name;
  guint passes; /* routes with one of these flags; 0: all */
  const char *refusal;
  guint status;
} callers[N_CALLERS] = {
  [NOBODY] = { "nobody", WUYOU_ROUTE_PUBLIC, "UNAUTHENTICATED", 401 },
  [INITIAL] = { "initial password", WUYOU_ROUTE_PUBLIC | WUYOU_ROUTE_BEFORE_PASSWORD, "PASSWORD_CHANGE_REQUIRED", 403 },
  [NOT_CONSENTED] = { "not consented", WUYOU_ROUTE_PUBLIC | WUYOU_ROUTE_BEFORE_CONSENT, "CONSENT_REQUIRED", 403 },
  [WITHOUT_CODES] = { "without codes", WUYOU_ROUTE_PUBLIC | WUYOU_ROUTE_BEFORE_CODES, "CODES_REQUIRED", 403 },
  [CONSENTED] = { "consented", 0, "-", 0 },
};

static gboolean
is_refusal (const char *code)
{
  for (guint i = 0; code != NULL && i < N_CALLERS; i++)
    if (g_str_equal (code, callers[i].refusal))
      return TRUE;
  return FALSE;
}

/* The second argument of a path that has one: a step, the kind of a paper. */
static const char *
get_second (const WuyouRoute *route)
{
  const char *first = strchr (route->path, '{');

  if (first == NULL || strchr (first + 1, '{') == NULL)
    return NULL;
  return strstr (route->path, "{action}") != NULL ? "submit" : "CONTRACT";
}

static const char *
call_route (WuyouSite *site, const WuyouRoute *route, const char *token, guint *ret_status)
{
  g_autofree char *path = wuyou_route_build (route->id, SOME_ID, get_second (route));

  site->if_match = "1";
  *ret_status = wuyou_site_call (site, token, route->method, path, "{}");
  return site->reply != NULL ? wuyou_json_get_string (site->reply, "code") : NULL;
}

/* A caller of the kind; a session of its own for every route, as some routes end it. */
static char *
open_caller (WuyouSite *site, Caller caller, char *const *accounts)
{
  return caller == NOBODY ? NULL : wuyou_site_open_session (site, accounts[caller]);
}

static void
check_route (WuyouSite *site, const WuyouRoute *route, Caller caller, char *const *accounts)
{
  g_autofree char *token = open_caller (site, caller, accounts);
  gboolean passes = callers[caller].passes == 0 || (route->flags & callers[caller].passes) != 0;
  guint status;
  const char *code = call_route (site, route, token, &status);

  g_test_message ("%s, %s %s: %u %s", callers[caller].name, route->method, route->path, status, code);
  if (passes) {
    g_assert_false (is_refusal (code));
    g_assert_cmpuint (status, !=, 500);
  } else {
    g_assert_cmpuint (status, ==, callers[caller].status);
    g_assert_cmpstr (code, ==, callers[caller].refusal);
  }
}

static void
drop_codes (WuyouAccount *account)
{
  account->totp = FALSE;
}

static void
test_gates (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  g_autofree char *bundle = wuyou_site_publish (site, "DEALER", 1, wuyou_date_of_instant (WUYOU_TEST_NOW) - 30);
  char *accounts[N_CALLERS] = { NULL };
  g_autofree char *token = NULL;

  accounts[INITIAL] = wuyou_site_add_account (site, "a@ad.example", "DADM", "ad", WUYOU_PASSWORD_INITIAL);
  accounts[NOT_CONSENTED] = wuyou_site_add_account (site, "b@ad.example", "DADM", "ad", 0);
  accounts[WITHOUT_CODES] = wuyou_site_add_account (site, "a@op.example", "OOPS", "op", 0);
  wuyou_site_change_account (site, accounts[WITHOUT_CODES], drop_codes);
  accounts[CONSENTED] = wuyou_site_add_account (site, "c@ad.example", "DADM", "ad", 0);
  token = wuyou_site_open_session (site, accounts[CONSENTED]);
  wuyou_site_accept (site, token);
  for (guint id = 0; id < WUYOU_N_ROUTES; id++)
    for (guint caller = 0; caller < N_CALLERS; caller++)
      check_route (site, wuyou_route_get (id), caller, accounts);
  for (guint i = 0; i < N_CALLERS; i++)
    g_free (accounts[i]);
  wuyou_site_free (site);
}

/* The allow-list of architecture 7, letter by letter: a flag too many in the table would open the gate. */
static void
test_allow_list (void)
{
  static const WuyouRouteId before_consent[] = {
    WUYOU_ROUTE_SESSION_GET,     WUYOU_ROUTE_SIGN_OUT,        WUYOU_ROUTE_SESSIONS_END_ALL, WUYOU_ROUTE_STEP_UP,
    WUYOU_ROUTE_PASSWORD_CHANGE, WUYOU_ROUTE_FEEDBACK,        WUYOU_ROUTE_CONSENT_BUNDLE,   WUYOU_ROUTE_CONSENT_ACCEPT,
    WUYOU_ROUTE_CONSENT_DECLINE, WUYOU_ROUTE_CONSENT_RECORDS, WUYOU_ROUTE_CONSENT_TEXT,     WUYOU_ROUTE_CHANGES,
  };
  static const WuyouRouteId before_codes[] = { WUYOU_ROUTE_TOTP_BEGIN, WUYOU_ROUTE_TOTP_CONFIRM };
  static const WuyouRouteId public[] = {
    WUYOU_ROUTE_SIGN_IN,       WUYOU_ROUTE_RESET_REQUEST, WUYOU_ROUTE_RESET_FINISH,
    WUYOU_ROUTE_MISUSE_REPORT, WUYOU_ROUTE_SUPPORT,       WUYOU_ROUTE_OPENAPI,
    WUYOU_ROUTE_HEALTH,        WUYOU_ROUTE_READY,         WUYOU_ROUTE_METRICS,
  };

  for (guint id = 0; id < WUYOU_N_ROUTES; id++) {
    guint flags = wuyou_route_get (id)->flags;
    gboolean listed = FALSE, codes = FALSE, open = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS (before_consent); i++)
      listed = listed || before_consent[i] == id;
    for (gsize i = 0; i < G_N_ELEMENTS (before_codes); i++)
      codes = codes || before_codes[i] == id;
    for (gsize i = 0; i < G_N_ELEMENTS (public); i++)
      open = open || public[i] == id;
    g_assert_cmpint ((flags & WUYOU_ROUTE_BEFORE_CONSENT) != 0, ==, listed);
    g_assert_cmpint ((flags & WUYOU_ROUTE_BEFORE_CODES) != 0, ==, listed || codes);
    g_assert_cmpint ((flags & WUYOU_ROUTE_PUBLIC) != 0, ==, open);
  }
}

static const char *
get_org_of (const WuyouEnum *role)
{
  if (wuyou_roles_are_operator (WUYOU_ROLE_BIT (role->value)))
    return "op";
  if (role->value == WUYOU_ROLE_DGRP)
    return "gr";
  return role->value == WUYOU_ROLE_ICLM ? "in" : "ad";
}

static void
check_role (WuyouSite *site, const WuyouEnum *role)
{
  g_autofree char *email = g_strdup_printf ("%s@role.example", role->id);
  g_autofree char *account = wuyou_site_add_account (site, email, role->id, get_org_of (role), 0);
  g_autofree char *first = wuyou_site_open_session (site, account);

  if (!wuyou_roles_are_operator (WUYOU_ROLE_BIT (role->value)))
    wuyou_site_accept (site, first);
  for (guint id = 0; id < WUYOU_N_ROUTES; id++) {
    const WuyouRoute *route = wuyou_route_get (id);
    gboolean may = wuyou_permission_check (WUYOU_ROLE_BIT (role->value), route->object, route->verbs);
    g_autofree char *token = NULL;
    const char *code;
    guint status;

    if (route->object == WUYOU_OBJECT_NONE)
      continue;
    token = wuyou_site_open_session (site, account);
    code = call_route (site, route, token, &status);
    g_test_message ("%s, %s %s: %u %s", role->id, route->method, route->path, status, code);
    if (may)
      g_assert_cmpstr (code, !=, "FORBIDDEN");
    else
      g_assert_cmpstr (code, ==, "FORBIDDEN");
  }
}

static void
test_roles (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  WuyouDate since = wuyou_date_of_instant (WUYOU_TEST_NOW) - 30;
  g_autofree char *dealer = wuyou_site_publish (site, "DEALER", 1, since);
  g_autofree char *insurer = wuyou_site_publish (site, "INSURER", 1, since);

  for (const WuyouEnum *role = wuyou_roles; role->id != NULL; role++)
    check_role (site, role);
  wuyou_site_free (site);
}

/* Whatever stands where a token should be is nobody. */
static void
test_forged_tokens (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  g_autofree char *id = wuyou_site_add_account (site, "a@ad.example", "DADM", "ad", 0);
  g_autofree char *token = wuyou_site_open_session (site, id);
  g_autofree char *longer = g_strconcat (token, "x", NULL), *shorter = g_strndup (token, strlen (token) - 1);
  g_autofree char *endless = g_strnfill (5000, 'a');
  const char *tokens[] = { "x", "' OR 1=1 --", "null", longer, shorter, endless, "a b", "\"\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    wuyou_site_expect (site, tokens[i], "GET", "/v1/session", NULL, 401, "UNAUTHENTICATED");
  wuyou_site_expect (site, token, "GET", "/v1/session", NULL, 200, NULL);
  wuyou_site_free (site);
}

/* One account's loop does not slow the others. */
static void
test_rate_limit (void)
{
  WuyouSite *site = wuyou_site_new (WUYOU_TEST_SQLITE);
  g_autofree char *noisy = wuyou_site_add_account (site, "a@op.example", "OOPS", "op", 0);
  g_autofree char *quiet = wuyou_site_add_account (site, "b@op.example", "OOPS", "op", 0);
  g_autofree char *token = wuyou_site_open_session (site, noisy), *other = wuyou_site_open_session (site, quiet);
  guint refused = 0;

  site->config->rate_limit = 1; /* a second, three at once */
  for (guint i = 0; i < 40; i++)
    refused += wuyou_site_call (site, token, "GET", "/v1/session", NULL) == 429;
  g_assert_cmpuint (refused, >, 10);
  wuyou_site_expect (site, other, "GET", "/v1/session", NULL, 200, NULL);
  g_usleep (G_USEC_PER_SEC * 3 / 2);
  wuyou_site_expect (site, token, "GET", "/v1/session", NULL, 200, NULL);
  wuyou_site_free (site);
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/access/gates", test_gates);
  g_test_add_func ("/access/allow-list", test_allow_list);
  g_test_add_func ("/access/roles", test_roles);
  g_test_add_func ("/access/forged-tokens", test_forged_tokens);
  g_test_add_func ("/access/rate-limit", test_rate_limit);
  return g_test_run ();
}
