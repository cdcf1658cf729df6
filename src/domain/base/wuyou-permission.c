/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-permission.h"

#include <glib/gi18n-lib.h>

const WuyouEnum wuyou_roles[] = {
  { WUYOU_ROLE_OSYS, "OSYS", N_ ("System administrator") },
  { WUYOU_ROLE_OOPS, "OOPS", N_ ("Dealer operations") },
  { WUYOU_ROLE_OPRD, "OPRD", N_ ("Products and prices") },
  { WUYOU_ROLE_OCLA, "OCLA", N_ ("Claim assessor") },
  { WUYOU_ROLE_OCLB, "OCLB", N_ ("Claim approver") },
  { WUYOU_ROLE_OFIN, "OFIN", N_ ("Operator finance") },
  { WUYOU_ROLE_OPRV, "OPRV", N_ ("Privacy contact") },
  { WUYOU_ROLE_OAUD, "OAUD", N_ ("Auditor") },
  { WUYOU_ROLE_DGRP, "DGRP", N_ ("Group manager") },
  { WUYOU_ROLE_DADM, "DADM", N_ ("Dealership manager") },
  { WUYOU_ROLE_DSAL, "DSAL", N_ ("Sales") },
  { WUYOU_ROLE_DCLM, "DCLM", N_ ("Claims clerk") },
  { WUYOU_ROLE_DFIN, "DFIN", N_ ("Dealership finance") },
  { WUYOU_ROLE_DDPO, "DDPO", N_ ("Information protection officer") },
  { WUYOU_ROLE_ICLM, "ICLM", N_ ("Insurer claims") },
  { 0, NULL, NULL },
};

static const char *const object_ids[WUYOU_N_OBJECTS] = {
  [WUYOU_OBJECT_NONE] = "none",
  [WUYOU_OBJECT_ORG] = "org",
  [WUYOU_OBJECT_ACCOUNT] = "account",
  [WUYOU_OBJECT_AGREEMENT] = "agreement",
  [WUYOU_OBJECT_CONSENT] = "consent",
  [WUYOU_OBJECT_PRODUCT] = "product",
  [WUYOU_OBJECT_CONTRACT] = "contract",
  [WUYOU_OBJECT_CONTRACT_PAYMENT] = "contract-payment",
  [WUYOU_OBJECT_CONTRACT_CANCELLATION] = "contract-cancellation",
  [WUYOU_OBJECT_CONTRACT_REFUND] = "contract-refund",
  [WUYOU_OBJECT_CONTRACT_TRANSFER] = "contract-transfer",
  [WUYOU_OBJECT_CONTRACT_REVOCATION] = "contract-revocation",
  [WUYOU_OBJECT_CUSTOMER] = "customer",
  [WUYOU_OBJECT_WHOLESALE] = "wholesale",
  [WUYOU_OBJECT_CLAIM] = "claim",
  [WUYOU_OBJECT_CLAIM_DECISION] = "claim-decision",
  [WUYOU_OBJECT_CLAIM_DETERMINATION] = "claim-determination",
  [WUYOU_OBJECT_CLAIM_DOCUMENT] = "claim-document",
  [WUYOU_OBJECT_CLAIM_PICTURE] = "claim-picture",
  [WUYOU_OBJECT_RED_FLAG] = "red-flag",
  [WUYOU_OBJECT_STATEMENT] = "statement",
  [WUYOU_OBJECT_REPORT] = "report",
  [WUYOU_OBJECT_AUDIT] = "audit",
};

#define C WUYOU_VERB_CREATE
#define R WUYOU_VERB_READ
#define U WUYOU_VERB_UNMASK
#define E WUYOU_VERB_EDIT
#define S WUYOU_VERB_SUBMIT
#define A WUYOU_VERB_APPROVE
#define X WUYOU_VERB_EXECUTE
#define P WUYOU_VERB_PRINT
#define T WUYOU_VERB_EXPORT

/* Requirements 5. Columns: OSYS OOPS OPRD OCLA OCLB OFIN OPRV OAUD DGRP DADM DSAL DCLM DFIN DDPO ICLM. */
static const guint16 matrix[WUYOU_N_OBJECTS][WUYOU_N_ROLES - 1] = {
  [WUYOU_OBJECT_ORG] = { R, C | E | A, R, R, R, R, R, R, R, R | E, 0, 0, R, R, 0 },
  [WUYOU_OBJECT_ACCOUNT] = { C | R | E | X, C | R | E, 0, 0, 0, 0, R, R, R, C | R | E | X, 0, 0, 0, R, 0 },
  [WUYOU_OBJECT_AGREEMENT] = { 0, C | R, 0, 0, 0, 0, A | R, R, 0, 0, 0, 0, 0, 0, 0 },
  [WUYOU_OBJECT_CONSENT] = { 0, R, 0, 0, 0, 0, R | T, R, R, R, 0, 0, 0, R, 0 },
  [WUYOU_OBJECT_PRODUCT] = { 0, R, C | R | E | S | A, R, R, R, 0, R, R, R, R, 0, R, 0, 0 },
  [WUYOU_OBJECT_CONTRACT]
  = { 0, R | A, R, R, R, R, 0, R, R, C | R | E | S | X | P, C | R | E | S | X | P, R | P, R, R, 0 },
  [WUYOU_OBJECT_CONTRACT_PAYMENT] = { 0, R, 0, 0, 0, R, 0, R, R, R | S, S, 0, R | S, 0, 0 },
  [WUYOU_OBJECT_CONTRACT_CANCELLATION] = { 0, R | A, 0, R, 0, R, 0, R, R, R | S, R | S, 0, R, 0, 0 },
  [WUYOU_OBJECT_CONTRACT_REFUND] = { 0, R, 0, 0, 0, R | A, 0, R, R, R, R, 0, R, 0, 0 },
  [WUYOU_OBJECT_CONTRACT_TRANSFER] = { 0, R | X, 0, R, R, R, 0, R, R, R | X, R, R, R, 0, 0 },
  [WUYOU_OBJECT_CONTRACT_REVOCATION] = { 0, R | S, 0, R, R | A, R, 0, R, R, R, R, R, R, 0, 0 },
  [WUYOU_OBJECT_CUSTOMER] = { 0, U, 0, U, U, 0, U, 0, 0, U, U, U, 0, U, U },
  [WUYOU_OBJECT_WHOLESALE] = { 0, R, R, 0, 0, R, 0, R, R, R, 0, 0, R, 0, 0 },
  [WUYOU_OBJECT_CLAIM]
  = { 0, R, 0, R | U | E | A, R | U | A, R | X, R, R, R, C | R | U | E | S | P, R, C | R | U | E | S | P, R, R, R },
  [WUYOU_OBJECT_CLAIM_DECISION] = { 0, 0, 0, 0, A, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
  [WUYOU_OBJECT_CLAIM_DETERMINATION] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, C, 0, C, 0, 0, C },
  [WUYOU_OBJECT_CLAIM_DOCUMENT] = { 0, R, 0, R | U, R | U, 0, 0, R, 0, C | R | U, 0, C | R | U, 0, R, R | U },
  [WUYOU_OBJECT_CLAIM_PICTURE] = { 0, R, 0, R, R, R, 0, 0, 0, R, 0, R, 0, 0, R },
  [WUYOU_OBJECT_RED_FLAG] = { 0, 0, 0, R | E, R | E, 0, 0, R, 0, 0, 0, 0, 0, 0, 0 },
  [WUYOU_OBJECT_STATEMENT] = { 0, R, 0, 0, 0, C | R | E | A | P, 0, R, R, R | A | P, 0, 0, R | S | A | P, 0, 0 },
  [WUYOU_OBJECT_REPORT] = { 0, R, R, R, R, R, R, R, R, R | T, R, R, R, R, R },
  [WUYOU_OBJECT_AUDIT] = { 0, 0, 0, 0, 0, 0, R, R, 0, R, 0, 0, 0, R, 0 },
};

#undef C
#undef R
#undef U
#undef E
#undef S
#undef A
#undef X
#undef P
#undef T

#define OPERATOR_ROLES (WUYOU_ROLE_BIT (WUYOU_ROLE_DGRP) - 2)

const char *
wuyou_object_id (WuyouObject object)
{
  return object_ids[object];
}

guint
wuyou_permission_get_verbs (WuyouRole role, WuyouObject object)
{
  g_return_val_if_fail (role >= 1 && role < WUYOU_N_ROLES, 0);
  g_return_val_if_fail ((guint) object < WUYOU_N_OBJECTS, 0);
  return matrix[object][role - 1];
}

gboolean
wuyou_permission_check (guint32 roles, WuyouObject object, guint verbs)
{
  guint granted = 0;

  if (object == WUYOU_OBJECT_NONE)
    return TRUE;
  for (int role = 1; role < WUYOU_N_ROLES; role++)
    if (roles & WUYOU_ROLE_BIT (role))
      granted |= matrix[object][role - 1];
  return verbs != 0 && (granted & verbs) == verbs;
}

guint32
wuyou_roles_for_dealer (guint32 roles)
{
  return roles | WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM);
}

gboolean
wuyou_roles_are_operator (guint32 roles)
{
  return (roles & OPERATOR_ROLES) != 0;
}

gboolean
wuyou_roles_are_insurer (guint32 roles)
{
  return roles == WUYOU_ROLE_BIT (WUYOU_ROLE_ICLM);
}

char *
wuyou_roles_format (guint32 roles)
{
  GString *out = g_string_new (NULL);

  for (const WuyouEnum *role = wuyou_roles; role->id != NULL; role++)
    if (roles & WUYOU_ROLE_BIT (role->value))
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", role->id);
  return g_string_free (out, FALSE);
}

gboolean
wuyou_roles_parse (const char *text, guint32 *ret_roles)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  guint32 roles = 0;

  for (char **word = words; *word != NULL; word++) {
    const WuyouEnum *role = wuyou_enum_find (wuyou_roles, *word);

    if (role == NULL)
      return FALSE;
    roles |= WUYOU_ROLE_BIT (role->value);
  }
  *ret_roles = roles;
  return TRUE;
}
