/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *field;
  char *authority;
  GPtrArray *violations;
  guint retry_after;
} WuyouErrorPrivate;

static void
wuyou_error_private_init (WuyouErrorPrivate *priv)
{
  *priv = (WuyouErrorPrivate){ NULL, NULL, NULL, 0 };
}

static void
wuyou_error_private_copy (const WuyouErrorPrivate *src, WuyouErrorPrivate *dest)
{
  dest->field = g_strdup (src->field);
  dest->authority = g_strdup (src->authority);
  dest->violations = src->violations != NULL ? g_ptr_array_ref (src->violations) : NULL;
  dest->retry_after = src->retry_after;
}

static void
wuyou_error_private_clear (WuyouErrorPrivate *priv)
{
  g_clear_pointer (&priv->field, g_free);
  g_clear_pointer (&priv->authority, g_free);
  g_clear_pointer (&priv->violations, g_ptr_array_unref);
}

G_DEFINE_EXTENDED_ERROR (WuyouError, wuyou_error)

static const WuyouErrorInfo infos[WUYOU_N_ERRORS] = {
  [WUYOU_ERROR_INTERNAL]
  = { "INTERNAL", 500, TRUE, N_ ("Something went wrong on the server. Nothing was lost; try again.") },
  [WUYOU_ERROR_MALFORMED] = { "MALFORMED", 400, FALSE, N_ ("The server could not read this request.") },
  [WUYOU_ERROR_INVALID] = { "INVALID", 422, FALSE, N_ ("Some entries need attention.") },
  [WUYOU_ERROR_NOT_FOUND] = { "NOT_FOUND", 404, FALSE, N_ ("There is no such record, or it is not yours to see.") },
  [WUYOU_ERROR_METHOD] = { "METHOD_NOT_ALLOWED", 405, FALSE, N_ ("This cannot be done here.") },
  [WUYOU_ERROR_CONFLICT] = { "CONFLICT", 409, FALSE, N_ ("This record already exists with other contents.") },
  [WUYOU_ERROR_STALE]
  = { "STALE", 412, FALSE, N_ ("Someone else changed this record. Compare both versions and save again.") },
  [WUYOU_ERROR_PRECONDITION_REQUIRED]
  = { "PRECONDITION_REQUIRED", 428, FALSE, N_ ("This change needs to say which version it is based on.") },
  [WUYOU_ERROR_KEY_REUSED]
  = { "IDEMPOTENCY_KEY_REUSED", 409, FALSE, N_ ("This request was already used for something else.") },
  [WUYOU_ERROR_ILLEGAL_TRANSITION]
  = { "ILLEGAL_TRANSITION", 409, FALSE, N_ ("This step is not possible in the record’s present state.") },
  [WUYOU_ERROR_FORBIDDEN] = { "FORBIDDEN", 403, FALSE, N_ ("Your account may not do this. Ask your administrator.") },
  [WUYOU_ERROR_UNAUTHENTICATED] = { "UNAUTHENTICATED", 401, FALSE, N_ ("Please sign in again.") },
  [WUYOU_ERROR_BAD_CREDENTIALS]
  = { "BAD_CREDENTIALS", 401, FALSE,
      N_ ("The e-mail, password or code is wrong, or the account is locked. After several wrong tries, wait before trying again.") },
  [WUYOU_ERROR_PASSWORD_CHANGE_REQUIRED]
  = { "PASSWORD_CHANGE_REQUIRED", 403, FALSE, N_ ("Please choose a password of your own first."), TRUE },
  [WUYOU_ERROR_CONSENT_REQUIRED]
  = { "CONSENT_REQUIRED", 403, FALSE, N_ ("Please read and accept the agreements first."), TRUE },
  [WUYOU_ERROR_CODES_REQUIRED] = { "CODES_REQUIRED", 403, FALSE, N_ ("Please set up one-time codes first."), TRUE },
  [WUYOU_ERROR_STEP_UP_REQUIRED] = { "STEP_UP_REQUIRED", 403, FALSE, N_ ("Please confirm that it is you.") },
  [WUYOU_ERROR_SUSPENDED] = { "SUSPENDED", 403, FALSE, N_ ("This account is suspended. Call the support line.") },
  [WUYOU_ERROR_WEAK_PASSWORD]
  = { "WEAK_PASSWORD", 422, FALSE, N_ ("This password is too easy to guess or was used before.") },
  [WUYOU_ERROR_NOT_ELIGIBLE] = { "NOT_ELIGIBLE", 422, FALSE, N_ ("This vehicle is not eligible for the product.") },
  [WUYOU_ERROR_DUPLICATE_VEHICLE]
  = { "DUPLICATE_VEHICLE", 409, FALSE, N_ ("This vehicle already has a contract for this period.") },
  [WUYOU_ERROR_CLAIM_OPEN]
  = { "CLAIM_OPEN", 409, FALSE, N_ ("This contract has a claim that is not over yet. Go on with that one.") },
  [WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED]
  = { "CUSTOMER_CONSENT_REQUIRED", 409, FALSE,
      N_ ("The owner’s consents must be recorded before any document is taken.") },
  [WUYOU_ERROR_DOCUMENT_PENDING]
  = { "DOCUMENT_PENDING", 409, TRUE, N_ ("A document is still being checked. It will be ready in a moment.") },
  [WUYOU_ERROR_DOCUMENT_REFUSED]
  = { "DOCUMENT_REFUSED", 422, FALSE, N_ ("This file was refused by the security check.") },
  [WUYOU_ERROR_TOO_LARGE] = { "TOO_LARGE", 413, FALSE, N_ ("This is too large to send.") },
  [WUYOU_ERROR_UNSUPPORTED_TYPE] = { "UNSUPPORTED_TYPE", 415, FALSE, N_ ("Only JPEG, PNG and PDF files are taken.") },
  [WUYOU_ERROR_OFFSET] = { "OFFSET", 409, TRUE, N_ ("The upload continues from another place.") },
  [WUYOU_ERROR_RATE_LIMITED] = { "RATE_LIMITED", 429, TRUE, N_ ("Too many requests. Wait a moment.") },
  [WUYOU_ERROR_BUSY] = { "BUSY", 503, TRUE, N_ ("The server is busy. It will be tried again.") },
  [WUYOU_ERROR_UNAVAILABLE] = { "UNAVAILABLE", 503, TRUE, N_ ("A service that this needs is not available just now.") },
  [WUYOU_ERROR_TIMEOUT] = { "TIMEOUT", 504, TRUE, N_ ("The answer took too long. What you entered is kept.") },
  [WUYOU_ERROR_STORAGE_FULL]
  = { "STORAGE_FULL", 507, TRUE, N_ ("There is no space left to store this. Nothing was changed.") },
  [WUYOU_ERROR_FONT_MISSING]
  = { "FONT_MISSING", 503, TRUE,
      N_ ("No Chinese font is installed, so nothing can be printed. Install Noto Sans CJK.") },
  [WUYOU_ERROR_CORRUPT] = { "CORRUPT", 500, FALSE, N_ ("Stored data failed its integrity check. Tell the operator.") },
  [WUYOU_ERROR_RESYNC_REQUIRED] = { "RESYNC_REQUIRED", 410, FALSE, N_ ("Your view is being refreshed.") },
  [WUYOU_ERROR_UPGRADE_REQUIRED]
  = { "UPGRADE_REQUIRED", 426, FALSE, N_ ("This version of the application is too old. Please update it.") },
  [WUYOU_ERROR_OFFLINE]
  = { "OFFLINE", 0, TRUE, N_ ("The server cannot be reached. What you do is kept and sent later.") },
  [WUYOU_ERROR_INSECURE]
  = { "INSECURE", 0, FALSE, N_ ("The connection to the server is not secure, so nothing was sent.") },
  [WUYOU_ERROR_CANCELLED] = { "CANCELLED", 0, FALSE, N_ ("Cancelled.") },
};

const WuyouErrorInfo *
wuyou_error_info (WuyouError code)
{
  g_return_val_if_fail ((guint) code < WUYOU_N_ERRORS, &infos[WUYOU_ERROR_INTERNAL]);
  return &infos[code];
}

WuyouError
wuyou_error_from_id (const char *id)
{
  for (guint i = 0; id != NULL && i < WUYOU_N_ERRORS; i++)
    if (g_str_equal (infos[i].id, id))
      return i;
  return WUYOU_ERROR_INTERNAL;
}

static WuyouErrorPrivate *
get_private (const GError *error)
{
  return error != NULL && error->domain == WUYOU_ERROR ? wuyou_error_get_private (error) : NULL;
}

void
wuyou_error_set_field (GError *error, const char *field, const char *authority)
{
  WuyouErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);
  g_free (priv->field);
  priv->field = g_strdup (field);
  g_free (priv->authority);
  priv->authority = g_strdup (authority);
}

const char *
wuyou_error_get_field (const GError *error)
{
  WuyouErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->field : NULL;
}

const char *
wuyou_error_get_authority (const GError *error)
{
  WuyouErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->authority : NULL;
}

void
wuyou_error_take_violation (GError **error, GError *violation)
{
  WuyouErrorPrivate *priv;

  if (error == NULL) {
    g_error_free (violation);
    return;
  }
  if (*error == NULL) {
    *error = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, violation->message);
    wuyou_error_set_field (*error, wuyou_error_get_field (violation), wuyou_error_get_authority (violation));
  }
  priv = get_private (*error);
  if (priv->violations == NULL)
    priv->violations = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_ptr_array_add (priv->violations, violation);
}

const GPtrArray *
wuyou_error_get_violations (const GError *error)
{
  WuyouErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->violations : NULL;
}

void
wuyou_error_set_retry_after (GError *error, guint seconds)
{
  WuyouErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);
  priv->retry_after = seconds;
}

guint
wuyou_error_get_retry_after (const GError *error)
{
  WuyouErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->retry_after : 0;
}

/* Only these speak for themselves: their messages are written for people by the rule that refused. */
static gboolean
carries_sentence (int code)
{
  switch (code) {
  case WUYOU_ERROR_INVALID:
  case WUYOU_ERROR_NOT_ELIGIBLE:
  case WUYOU_ERROR_ILLEGAL_TRANSITION:
  case WUYOU_ERROR_WEAK_PASSWORD:
  case WUYOU_ERROR_DOCUMENT_REFUSED:
  case WUYOU_ERROR_DOCUMENT_PENDING:
  case WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED:
    return TRUE;
  default:
    return FALSE;
  }
}

const char *
wuyou_error_sentence (const GError *error)
{
  if (error->domain != WUYOU_ERROR)
    return g_dgettext (GETTEXT_PACKAGE, infos[WUYOU_ERROR_INTERNAL].sentence);
  if (carries_sentence (error->code) && *error->message != '\0')
    return g_dgettext (GETTEXT_PACKAGE, error->message);
  return g_dgettext (GETTEXT_PACKAGE, wuyou_error_info (error->code)->sentence);
}

const char *
wuyou_error_undone_sentence (const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE))
    return g_dgettext (GETTEXT_PACKAGE,
                       N_ ("The server cannot be reached. Check the network and the address, then try again."));
  return wuyou_error_sentence (error);
}
