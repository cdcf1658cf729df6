/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-date.h"
#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* Identity documents of owners (requirements 8.2). Gender and birthday are never derived for storing. */
typedef enum {
  WUYOU_IDENTITY_RESIDENT = 1,      /* 居民身份证, GB 11643-1999 */
  WUYOU_IDENTITY_RESIDENCE_PERMIT,  /* 港澳台居民居住证: the same form in regions 81, 82, 83 */
  WUYOU_IDENTITY_HK_MACAU_PERMIT,   /* 港澳居民来往内地通行证 */
  WUYOU_IDENTITY_TAIWAN_PERMIT,     /* 台湾居民来往大陆通行证 */
  WUYOU_IDENTITY_FOREIGN_RESIDENCE, /* 外国人永久居留身份证, 15 or 18 characters */
  WUYOU_IDENTITY_PASSPORT,
  WUYOU_IDENTITY_CREDIT_CODE, /* 统一社会信用代码, of a company */
} WuyouIdentityType;

extern const WuyouEnum wuyou_identity_types[];

char *wuyou_identity_normalise (const char *typed); /* upper case, no spaces or dashes; owned */

/* @number as normalised. INVALID with the standard as authority. */
gboolean wuyou_identity_check (WuyouIdentityType type, const char *number, GError **error);

/* FALSE only when the number itself says that the person is under 18 on @today; a warning, not a refusal. */
gboolean wuyou_identity_is_adult (WuyouIdentityType type, const char *number, WuyouDate today);

/* The last character that belongs to the first 17 digits (ISO 7064 MOD 11-2); 0 when they are not digits. */
char wuyou_identity_compute_check (const char *number);

G_END_DECLS
