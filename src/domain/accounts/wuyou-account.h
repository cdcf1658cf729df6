/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-permission.h"
#include "base/wuyou-record.h"

G_BEGIN_DECLS

/* Organisations and accounts (requirements 1.2-01, 2.*, 6.5). Stored states are those that somebody set;
 * consent and password gates are computed at every request. */

typedef enum {
  WUYOU_ORG_OPERATOR = 1,
  WUYOU_ORG_DEALER_GROUP,
  WUYOU_ORG_DEALER,
  WUYOU_ORG_BRANCH,
  WUYOU_ORG_INSURER,
  WUYOU_ORG_INSURER_BRANCH,
} WuyouOrgKind;

typedef struct {
  char *id;
  gint64 seq, version;
  int kind;
  char *parent_id;
  char *path; /* "/root/dealer/branch/": short ids; what a subtree scope compares */
  char *code; /* short id of the path */
  char *name, *credit_code, *address, *phone, *legal_representative;
  char *cooperation_no; /* cooperation agreement in force */
  WuyouDate cooperation_from, cooperation_to;
  gboolean prepaid; /* settlement by balance instead of monthly statement */
  gboolean suspended;
  gint64 created_at, updated_at;
} WuyouOrg;

extern const WuyouRecordType wuyou_org_type;
extern const WuyouEnum wuyou_org_kinds[];

typedef enum {
  WUYOU_ACCOUNT_INVITED = 1,
  WUYOU_ACCOUNT_ACTIVE,
  WUYOU_ACCOUNT_SUSPENDED,
  WUYOU_ACCOUNT_CLOSED,
} WuyouAccountState;

typedef enum { WUYOU_PASSWORD_INITIAL = 1, WUYOU_PASSWORD_RESET, WUYOU_PASSWORD_USER } WuyouPasswordOrigin;

typedef struct {
  char *id;
  gint64 seq, version;
  char *org_id;
  char *name, *email, *phone;
  char *email_key; /* keyed hash of the case-folded address; the login look-up */
  char *roles;     /* "DADM DSAL" */
  int state;
  char *password_hash; /* Argon2id string */
  int password_origin;
  gint64 password_changed_at;
  gboolean totp; /* one-time codes confirmed; the secret is kept by the store */
  char *created_by;
  WuyouDate employed_until; /* 2.4-04 */
  gint64 epoch;             /* raised when roles or scope change */
  gint64 created_at, updated_at;
} WuyouAccount;

extern const WuyouRecordType wuyou_account_type;
extern const WuyouEnum wuyou_account_states[], wuyou_password_origins[];

WuyouOrg *wuyou_org_new (void);
void wuyou_org_free (WuyouOrg *org);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouOrg, wuyou_org_free)

WuyouAccount *wuyou_account_new (void);
void wuyou_account_free (WuyouAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouAccount, wuyou_account_free)

guint32 wuyou_account_get_roles (const WuyouAccount *account);
/* Trimmed and case-folded, for look-up; owned. */
char *wuyou_account_fold_email (const char *email);

G_END_DECLS
