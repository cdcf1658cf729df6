/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-date.h"

G_BEGIN_DECLS

/* What the code on a contract says, signed with the server's Ed25519 key so that a copy verifies offline:
 * WY1.<base64url fields>.<base64url signature>. No personal data. */
#define WUYOU_PAPER_PAYLOAD_HASH 16
#define WUYOU_PAPER_PUBLIC_KEY 32
#define WUYOU_PAPER_SECRET_KEY 64

typedef struct {
  char number[33];                       /* contract number: letters, digits, dashes */
  guint revision;                        /* from 1 */
  guint8 hash[WUYOU_PAPER_PAYLOAD_HASH]; /* first bytes of the content hash */
  WuyouDate date;                        /* when this revision was fixed */
} WuyouPaperPayload;

/* FALSE when @number does not fit or @hash_hex is not hex of at least 16 bytes. */
gboolean wuyou_paper_payload_init (WuyouPaperPayload *payload,
                                   const char *number,
                                   guint revision,
                                   const char *hash_hex,
                                   WuyouDate date);
/* @secret_key: 64 bytes as libsodium makes them. Owned text of about 165 characters. */
char *wuyou_paper_payload_sign (const WuyouPaperPayload *payload, const guint8 *secret_key);
/* INVALID with the reason when it is no payload, was changed or was signed by another key; @ret_payload is then
 * untouched. Spaces and line breaks in @text are ignored. */
gboolean
wuyou_paper_payload_verify (const char *text, const guint8 *public_key, WuyouPaperPayload *ret_payload, GError **error);

/* The short code people compare: first eight hex digits as "3F9A-21C4"; owned. */
char *wuyou_paper_short_code (const char *hash_hex);

G_END_DECLS
