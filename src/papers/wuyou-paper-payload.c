/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-payload.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"

#define PREFIX "WY1."
#define MAX_TEXT 1024
#define MAX_REVISION 999999u

G_STATIC_ASSERT (WUYOU_PAPER_PUBLIC_KEY == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (WUYOU_PAPER_SECRET_KEY == crypto_sign_SECRETKEYBYTES);

static gboolean
is_number (const char *number)
{
  gsize length = strlen (number);

  if (length == 0 || length >= sizeof (((WuyouPaperPayload *) NULL)->number))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (number[i]) && number[i] != '-')
      return FALSE;
  return TRUE;
}

static gboolean
parse_hex (const char *hex, guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    int high = g_ascii_xdigit_value (hex[2 * i]);
    int low = high >= 0 ? g_ascii_xdigit_value (hex[2 * i + 1]) : -1;

    if (low < 0)
      return FALSE;
    bytes[i] = (guint8) (high << 4 | low);
  }
  return TRUE;
}

gboolean
wuyou_paper_payload_init (WuyouPaperPayload *payload,
                          const char *number,
                          guint revision,
                          const char *hash_hex,
                          WuyouDate date)
{
  memset (payload, 0, sizeof *payload);
  if (number == NULL || hash_hex == NULL || !is_number (number) || revision == 0 || revision > MAX_REVISION
      || date == WUYOU_DATE_NONE || !parse_hex (hash_hex, payload->hash, sizeof payload->hash))
    return FALSE;
  g_strlcpy (payload->number, number, sizeof payload->number);
  payload->revision = revision;
  payload->date = date;
  return TRUE;
}

static char *
encode (const void *data, gsize length)
{
  gsize size = sodium_base64_ENCODED_LEN (length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *text = g_malloc (size);

  return sodium_bin2base64 (text, size, data, length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* Fields in fixed order, one a line: number, revision, date, hash. */
static char *
format_body (const WuyouPaperPayload *payload)
{
  g_autofree char *hash = encode (payload->hash, sizeof payload->hash);
  char date[11];

  wuyou_date_format (payload->date, date);
  return g_strdup_printf ("%s\n%u\n%s\n%s", payload->number, payload->revision, date, hash);
}

char *
wuyou_paper_payload_sign (const WuyouPaperPayload *payload, const guint8 *secret_key)
{
  g_autofree char *body = format_body (payload);
  g_autofree char *encoded = encode (body, strlen (body));
  g_autofree char *message = g_strconcat (PREFIX, encoded, NULL);
  g_autofree char *signature = NULL;
  guint8 bytes[crypto_sign_BYTES];

  crypto_sign_detached (bytes, NULL, (const guint8 *) message, strlen (message), secret_key);
  signature = encode (bytes, sizeof bytes);
  return g_strconcat (message, ".", signature, NULL);
}

static gboolean
decode (const char *text, gsize length, guint8 *bytes, gsize size, gsize *ret_length)
{
  const char *end;

  return sodium_base642bin (bytes, size, text, length, NULL, ret_length, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
             == 0
         && end == text + length;
}

static gboolean
parse_revision (const char *text, guint *ret_revision)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, MAX_REVISION, &value, NULL))
    return FALSE;
  *ret_revision = (guint) value;
  return TRUE;
}

static gboolean
parse_body (const char *body, WuyouPaperPayload *ret_payload)
{
  g_auto (GStrv) fields = g_strsplit (body, "\n", 5);
  WuyouPaperPayload payload = { 0 };
  gsize length;

  if (g_strv_length (fields) != 4 || !is_number (fields[0]) || !parse_revision (fields[1], &payload.revision))
    return FALSE;
  payload.date = wuyou_date_parse (fields[2]);
  if (payload.date == WUYOU_DATE_NONE
      || !decode (fields[3], strlen (fields[3]), payload.hash, sizeof payload.hash, &length)
      || length != sizeof payload.hash)
    return FALSE;
  g_strlcpy (payload.number, fields[0], sizeof payload.number);
  *ret_payload = payload;
  return TRUE;
}

/* What a camera, a mail program or a hand puts between the characters. */
static char *
strip_spaces (const char *text)
{
  GString *stripped = g_string_new (NULL);

  for (; text != NULL && *text != '\0' && stripped->len <= MAX_TEXT; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (stripped, *text);
  return g_string_free (stripped, FALSE);
}

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, reason);
  return FALSE;
}

gboolean
wuyou_paper_payload_verify (const char *text, const guint8 *public_key, WuyouPaperPayload *ret_payload, GError **error)
{
  g_autofree char *stripped = strip_spaces (text);
  const char *dot = strrchr (stripped, '.');
  guint8 signature[crypto_sign_BYTES], body[MAX_TEXT] = { 0 };
  gsize length, prefix = strlen (PREFIX);

  if (!g_str_has_prefix (stripped, PREFIX) || dot == NULL || dot < stripped + prefix)
    return refuse (error, N_ ("This is not the code of a contract. Scan the code at the top of the first page."));
  if (!decode (dot + 1, strlen (dot + 1), signature, sizeof signature, &length) || length != sizeof signature
      || !decode (stripped + prefix, (gsize) (dot - stripped) - prefix, body, sizeof body - 1, &length))
    return refuse (error, N_ ("The code is incomplete or damaged. Scan it again."));
  if (crypto_sign_verify_detached (signature, (const guint8 *) stripped, (gsize) (dot - stripped), public_key) != 0)
    return refuse (error, N_ ("The code was not signed by this server or was changed. Do not accept this copy."));
  if (memchr (body, 0, length) != NULL || !parse_body ((const char *) body, ret_payload))
    return refuse (error, N_ ("The code was written by a newer version. Please update."));
  return TRUE;
}

char *
wuyou_paper_short_code (const char *hash_hex)
{
  g_autofree char *upper = g_ascii_strup (hash_hex, MIN (8, (gssize) strlen (hash_hex)));

  return strlen (upper) == 8 ? g_strdup_printf ("%.4s-%s", upper, upper + 4) : g_steal_pointer (&upper);
}
