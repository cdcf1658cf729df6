/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-totp-routes.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "accounts/wuyou-auth-change.h"

#define SECRET_BYTES 20
#define ISSUER "无忧"

static char *
encode_base32 (const guint8 *bytes, gsize length)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  GString *out = g_string_new (NULL);
  guint buffer = 0, bits = 0;

  for (gsize i = 0; i < length; i++) {
    buffer = (buffer << 8 | bytes[i]) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5)
      g_string_append_c (out, alphabet[buffer >> (bits - 5) & 31]);
  }
  if (bits > 0)
    g_string_append_c (out, alphabet[buffer << (5 - bits) & 31]);
  return g_string_free (out, FALSE);
}

static gboolean
refuse (const char *sentence, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION, sentence);
  return FALSE;
}

typedef struct {
  const char *account_id;
  GBytes *sealed;
  gint64 now;
} Beginning;

static gboolean
write_secret (WuyouDbConn *conn, gpointer data, GError **error)
{
  Beginning *b = data;

  return wuyou_totp_put (conn, b->account_id, b->sealed, b->now, error);
}

static WuyouReply *
reply_secret (const WuyouAccount *account, const char *secret)
{
  g_autofree char *label = g_uri_escape_string (account->email, "@", FALSE);
  g_autofree char *issuer = g_uri_escape_string (ISSUER, NULL, FALSE);
  g_autofree char *uri = g_strdup_printf ("otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30",
                                          issuer, label, secret, issuer);
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "secret", secret);
  wuyou_json_add_string (out, "uri", uri);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

static gboolean
store_secret (WuyouServerContext *context, const WuyouRequest *request, const guint8 *secret, GError **error)
{
  Beginning b = { wuyou_request_get_caller (request)->account_id, NULL, wuyou_request_get_now (request) };
  gboolean stored;

  b.sealed = wuyou_keys_seal (context->keys, WUYOU_PURPOSE_USERS, b.account_id, secret, SECRET_BYTES);
  stored = wuyou_db_write (context->db, write_secret, &b, error);
  g_bytes_unref (b.sealed);
  return stored;
}

static WuyouReply *
begin_codes (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouPerson) person = { NULL };
  g_autofree char *text = NULL;
  guint8 secret[SECRET_BYTES];
  WuyouReply *reply = NULL;

  if (!wuyou_person_load (&person, context, wuyou_request_get_caller (request)->account_id,
                          wuyou_request_get_now (request), error))
    return NULL;
  if (person.account->totp) {
    refuse (N_ ("One-time codes are on already. Turn them off first."), error);
    return NULL;
  }
  randombytes_buf (secret, sizeof secret);
  text = encode_base32 (secret, sizeof secret);
  if (store_secret (context, request, secret, error))
    reply = reply_secret (person.account, text);
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (text, strlen (text));
  return reply;
}

static gboolean
write_confirmed (WuyouDbConn *conn, gpointer data, GError **error)
{
  const WuyouAccountChange *change = data;

  return wuyou_totp_confirm (conn, change->changed->id, error);
}

static gboolean
check_first_code (WuyouAccountChange *change, const char *code, GError **error)
{
  WuyouPerson *person = &change->person;
  GError *local = NULL;

  if (person->totp_sealed == NULL || person->account->totp)
    return refuse (N_ ("There is no code to confirm. Begin again."), error);
  if (wuyou_person_check_code (person, change->context, code, wuyou_request_get_now (change->request), &local))
    return TRUE;
  if (g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS) && !person->locked)
    wuyou_person_record_failure (person, change->context, change->request, person->account->email_key, "totp");
  g_propagate_error (error, local);
  return FALSE;
}

static WuyouReply *
confirm_codes (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (WuyouAccountChange) change = { NULL };

  if (body == NULL
      || !wuyou_account_change_begin (&change, context, request, wuyou_request_get_caller (request)->account_id, error)
      || !check_first_code (&change, wuyou_json_get_string (body, "code"), error))
    return NULL;
  change.changed->totp = TRUE;
  change.and = write_confirmed;
  change.data = &change;
  wuyou_account_change_add_mail (&change, WUYOU_MAIL_CODES_ON, NULL, NULL);
  return wuyou_account_change_save (&change, "codes-on", NULL, error) ? wuyou_reply_new (204) : NULL;
}

static gboolean
write_removed (WuyouDbConn *conn, gpointer data, GError **error)
{
  const WuyouAccountChange *change = data;

  return wuyou_totp_remove (conn, change->changed->id, error);
}

static WuyouReply *
remove_codes (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const WuyouCaller *caller = wuyou_request_get_caller (request);
  g_auto (WuyouAccountChange) change = { NULL };

  if (wuyou_roles_are_operator (caller->roles)) {
    refuse (N_ ("Accounts of the operator keep their one-time codes."), error);
    return NULL;
  }
  if (!wuyou_account_change_begin (&change, context, request, caller->account_id, error))
    return NULL;
  if (!change.person.account->totp)
    return wuyou_reply_new (204);
  change.changed->totp = FALSE;
  change.and = write_removed;
  change.data = &change;
  wuyou_account_change_add_mail (&change, WUYOU_MAIL_CODES_OFF, NULL, NULL);
  return wuyou_account_change_save (&change, "codes-off", NULL, error) ? wuyou_reply_new (204) : NULL;
}

void
wuyou_totp_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_TOTP_BEGIN, begin_codes);
  wuyou_router_add (router, WUYOU_ROUTE_TOTP_CONFIRM, confirm_codes);
  wuyou_router_add (router, WUYOU_ROUTE_TOTP_REMOVE, remove_codes);
}
