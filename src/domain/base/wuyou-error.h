/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One error domain for the whole product. What a code means to HTTP, to programs and to people
 * is one row of the table in wuyou-error.c, read by both sides of the wire. */
#define WUYOU_ERROR (wuyou_error_quark ())

typedef enum {
  WUYOU_ERROR_INTERNAL,
  WUYOU_ERROR_MALFORMED,
  WUYOU_ERROR_INVALID,
  WUYOU_ERROR_NOT_FOUND,
  WUYOU_ERROR_METHOD,
  WUYOU_ERROR_CONFLICT,
  WUYOU_ERROR_STALE,
  WUYOU_ERROR_PRECONDITION_REQUIRED,
  WUYOU_ERROR_KEY_REUSED,
  WUYOU_ERROR_ILLEGAL_TRANSITION,
  WUYOU_ERROR_FORBIDDEN,
  WUYOU_ERROR_UNAUTHENTICATED,
  WUYOU_ERROR_BAD_CREDENTIALS,
  WUYOU_ERROR_PASSWORD_CHANGE_REQUIRED,
  WUYOU_ERROR_CONSENT_REQUIRED,
  WUYOU_ERROR_CODES_REQUIRED,
  WUYOU_ERROR_STEP_UP_REQUIRED,
  WUYOU_ERROR_SUSPENDED,
  WUYOU_ERROR_WEAK_PASSWORD,
  WUYOU_ERROR_NOT_ELIGIBLE,
  WUYOU_ERROR_DUPLICATE_VEHICLE,
  WUYOU_ERROR_CLAIM_OPEN,
  WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED,
  WUYOU_ERROR_DOCUMENT_PENDING,
  WUYOU_ERROR_DOCUMENT_REFUSED,
  WUYOU_ERROR_TOO_LARGE,
  WUYOU_ERROR_UNSUPPORTED_TYPE,
  WUYOU_ERROR_OFFSET,
  WUYOU_ERROR_RATE_LIMITED,
  WUYOU_ERROR_BUSY,
  WUYOU_ERROR_UNAVAILABLE,
  WUYOU_ERROR_TIMEOUT,
  WUYOU_ERROR_STORAGE_FULL,
  WUYOU_ERROR_FONT_MISSING,
  WUYOU_ERROR_CORRUPT,
  WUYOU_ERROR_RESYNC_REQUIRED,
  WUYOU_ERROR_UPGRADE_REQUIRED,
  WUYOU_ERROR_OFFLINE,
  WUYOU_ERROR_INSECURE,
  WUYOU_ERROR_CANCELLED,
  WUYOU_N_ERRORS
} WuyouError;

typedef struct {
  const char *id;       /* stable code on the wire: "NOT_FOUND" */
  guint status;         /* HTTP status; 0 for what never crosses the wire */
  gboolean retryable;   /* the same request may succeed later */
  const char *sentence; /* N_(), for people: what happened and what to do next */
  gboolean is_gate;     /* stands between signing in and the work: the desktop has a page for it */
} WuyouErrorInfo;

GQuark wuyou_error_quark (void);

const WuyouErrorInfo *wuyou_error_info (WuyouError code);
WuyouError wuyou_error_from_id (const char *id); /* INTERNAL for an unknown id */

/* Details that a form or a log needs beside the message; all strings may be NULL. @field is a name
 * of the field table, @authority the controlling clause or standard. */
void wuyou_error_set_field (GError *error, const char *field, const char *authority);
const char *wuyou_error_get_field (const GError *error);
const char *wuyou_error_get_authority (const GError *error);

/* Violations collected while one record is checked; each is a GError of this domain. The first call
 * turns @error into the INVALID error that carries them; @violation is taken. */
void wuyou_error_take_violation (GError **error, GError *violation);
const GPtrArray *wuyou_error_get_violations (const GError *error); /* element GError*, or NULL */

/* Seconds to wait before trying again, 0 when unknown. */
void wuyou_error_set_retry_after (GError *error, guint seconds);
guint wuyou_error_get_retry_after (const GError *error);

/* The sentence for people: the error's own message for violations and refusals, else the table's,
 * translated. Borrowed from the error or static. */
const char *wuyou_error_sentence (const GError *error);
/* The same of what is not kept for later either, as signing in or reading a list. */
const char *wuyou_error_undone_sentence (const GError *error);

G_END_DECLS
