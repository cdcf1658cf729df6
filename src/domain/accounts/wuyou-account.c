/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-account.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-field-table.h"

const WuyouEnum wuyou_org_kinds[] = {
  { WUYOU_ORG_OPERATOR, "OPERATOR", N_ ("Operator") },
  { WUYOU_ORG_DEALER_GROUP, "DEALER_GROUP", N_ ("Dealer group") },
  { WUYOU_ORG_DEALER, "DEALER", N_ ("Dealership") },
  { WUYOU_ORG_BRANCH, "BRANCH", N_ ("Branch") },
  { WUYOU_ORG_INSURER, "INSURER", N_ ("Insurer") },
  { WUYOU_ORG_INSURER_BRANCH, "INSURER_BRANCH", N_ ("Insurer branch") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_account_states[] = {
  { WUYOU_ACCOUNT_INVITED, "INVITED", N_ ("Invited") },
  { WUYOU_ACCOUNT_ACTIVE, "ACTIVE", N_ ("Active") },
  { WUYOU_ACCOUNT_SUSPENDED, "SUSPENDED", N_ ("Suspended") },
  { WUYOU_ACCOUNT_CLOSED, "CLOSED", N_ ("Closed") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_password_origins[] = {
  { WUYOU_PASSWORD_INITIAL, "INITIAL", N_ ("Initial password") },
  { WUYOU_PASSWORD_RESET, "RESET", N_ ("Reset") },
  { WUYOU_PASSWORD_USER, "USER", N_ ("Chosen by the user") },
  { 0, NULL, NULL },
};

#define SRV WUYOU_FIELD_SERVER
#define SILENT (WUYOU_FIELD_SERVER | WUYOU_FIELD_NO_HISTORY)
#define FIXED (WUYOU_FIELD_ALWAYS | WUYOU_FIELD_IMMUTABLE)
#define ALW WUYOU_FIELD_ALWAYS
#define O(member, kind, label, flags, pi, min, max, values)                                                            \
  WUYOU_FIELD (WuyouOrg, member, kind, label, flags, pi, min, max, values, "org", NULL)
#define A(member, kind, label, flags, pi, min, max, values)                                                            \
  WUYOU_FIELD (WuyouAccount, member, kind, label, flags, pi, min, max, values, "account", NULL)

/* clang-format off */
static const WuyouField org_fields[] = {
  O (id, ID, N_("Record"), FIXED, NONE, 0, 0, NULL),
  O (seq, INTEGER, N_("Sequence"), SILENT, NONE, 0, 0, NULL),
  O (version, INTEGER, N_("Version"), SILENT, NONE, 0, 0, NULL),
  O (kind, ENUM, N_("Kind"), ALW, NONE, 0, 0, wuyou_org_kinds),
  O (parent_id, ID, N_("Part of"), 0, NONE, 0, 0, NULL),
  O (path, TEXT, N_("Path"), SRV, NONE, 0, 200, NULL),
  O (code, TEXT, N_("Code"), ALW, NONE, 1, 12, NULL),
  O (name, TEXT, N_("Name"), ALW, NONE, 2, 100, NULL),
  O (credit_code, TEXT, N_("Credit code"), 0, NONE, 18, 18, NULL),
  O (address, TEXT, N_("Registered address"), 0, NONE, 0, 200, NULL),
  O (phone, TEXT, N_("Telephone"), 0, NONE, 0, 30, NULL),
  O (legal_representative, TEXT, N_("Legal representative"), 0, USER, 0, 60, NULL),
  O (cooperation_no, TEXT, N_("Cooperation agreement"), 0, NONE, 0, 60, NULL),
  O (cooperation_from, DATE, N_("Agreement from"), 0, NONE, 0, 0, NULL),
  O (cooperation_to, DATE, N_("Agreement until"), 0, NONE, 0, 0, NULL),
  O (prepaid, BOOLEAN, N_("Prepaid balance"), 0, NONE, 0, 0, NULL),
  O (suspended, BOOLEAN, N_("Suspended"), SRV, NONE, 0, 0, NULL),
  O (created_at, INSTANT, N_("Created"), SILENT, NONE, 0, 0, NULL),
  O (updated_at, INSTANT, N_("Changed"), SILENT, NONE, 0, 0, NULL),
};

static const WuyouField account_fields[] = {
  A (id, ID, N_("Record"), FIXED, NONE, 0, 0, NULL),
  A (seq, INTEGER, N_("Sequence"), SILENT, NONE, 0, 0, NULL),
  A (version, INTEGER, N_("Version"), SILENT, NONE, 0, 0, NULL),
  A (org_id, ID, N_("Organisation"), SRV, NONE, 0, 0, NULL),
  A (name, TEXT, N_("Name"), ALW, USER, 1, 60, NULL),
  A (email, EMAIL, N_("E-mail"), ALW, USER, 0, 0, NULL),
  A (phone, MOBILE, N_("Mobile phone"), 0, USER, 0, 0, NULL),
  A (email_key, TEXT, N_("E-mail key"), SILENT, NONE, 0, 64, NULL),
  A (roles, TEXT, N_("Roles"), SRV, NONE, 0, 100, NULL),
  A (state, ENUM, N_("State"), SRV, NONE, 0, 0, wuyou_account_states),
  A (password_hash, TEXT, N_("Password"), SILENT, USER, 0, 200, NULL),
  A (password_origin, ENUM, N_("Password set by"), SRV, NONE, 0, 0, wuyou_password_origins),
  A (password_changed_at, INSTANT, N_("Password changed"), SRV, NONE, 0, 0, NULL),
  A (totp, BOOLEAN, N_("One-time codes"), SRV, NONE, 0, 0, NULL),
  A (created_by, ID, N_("Created by"), SRV, NONE, 0, 0, NULL),
  A (employed_until, DATE, N_("Employed until"), SRV, NONE, 0, 0, NULL),
  A (epoch, INTEGER, N_("Epoch"), SILENT, NONE, 0, 0, NULL),
  A (created_at, INSTANT, N_("Created"), SILENT, NONE, 0, 0, NULL),
  A (updated_at, INSTANT, N_("Changed"), SILENT, NONE, 0, 0, NULL),
};
/* clang-format on */

const WuyouRecordType wuyou_org_type = {
  "org", "orgs", "users", sizeof (WuyouOrg), org_fields, G_N_ELEMENTS (org_fields),
};

const WuyouRecordType wuyou_account_type = {
  "account", "accounts", "users", sizeof (WuyouAccount), account_fields, G_N_ELEMENTS (account_fields),
};

WUYOU_RECORD_FUNCTIONS (WuyouOrg, wuyou_org)
WUYOU_RECORD_FUNCTIONS (WuyouAccount, wuyou_account)

guint32
wuyou_account_get_roles (const WuyouAccount *account)
{
  guint32 roles = 0;

  wuyou_roles_parse (account->roles, &roles);
  return roles;
}

char *
wuyou_account_fold_email (const char *email)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (email));

  return g_utf8_casefold (trimmed, -1);
}
