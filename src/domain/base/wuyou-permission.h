/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

#include "base/wuyou-field.h"

G_BEGIN_DECLS

/* Roles and the permission matrix of requirements 5, one row an object, one column a role. */
typedef enum {
  WUYOU_ROLE_OSYS = 1,
  WUYOU_ROLE_OOPS,
  WUYOU_ROLE_OPRD,
  WUYOU_ROLE_OCLA,
  WUYOU_ROLE_OCLB,
  WUYOU_ROLE_OFIN,
  WUYOU_ROLE_OPRV,
  WUYOU_ROLE_OAUD,
  WUYOU_ROLE_DGRP,
  WUYOU_ROLE_DADM,
  WUYOU_ROLE_DSAL,
  WUYOU_ROLE_DCLM,
  WUYOU_ROLE_DFIN,
  WUYOU_ROLE_DDPO,
  WUYOU_ROLE_ICLM,
  WUYOU_N_ROLES
} WuyouRole;

#define WUYOU_ROLE_BIT(role) (1u << (role))

typedef enum {
  WUYOU_VERB_CREATE = 1 << 0,
  WUYOU_VERB_READ = 1 << 1, /* personal information masked */
  WUYOU_VERB_UNMASK = 1 << 2,
  WUYOU_VERB_EDIT = 1 << 3,
  WUYOU_VERB_SUBMIT = 1 << 4,
  WUYOU_VERB_APPROVE = 1 << 5,
  WUYOU_VERB_EXECUTE = 1 << 6, /* also: cancel */
  WUYOU_VERB_PRINT = 1 << 7,
  WUYOU_VERB_EXPORT = 1 << 8,
} WuyouVerb;

typedef enum {
  WUYOU_OBJECT_NONE, /* any signed-in account: its own session, settings, agreements */
  WUYOU_OBJECT_ORG,
  WUYOU_OBJECT_ACCOUNT,
  WUYOU_OBJECT_AGREEMENT, /* publishing consent documents */
  WUYOU_OBJECT_CONSENT,   /* consent evidence of others */
  WUYOU_OBJECT_PRODUCT,
  WUYOU_OBJECT_CONTRACT,
  WUYOU_OBJECT_CONTRACT_PAYMENT,
  WUYOU_OBJECT_CONTRACT_CANCELLATION,
  WUYOU_OBJECT_CONTRACT_REFUND,     /* paying back: the last pair of eyes of a cancellation */
  WUYOU_OBJECT_CONTRACT_TRANSFER,   /* ending it when the car changes hands */
  WUYOU_OBJECT_CONTRACT_REVOCATION, /* one proposes, another decides */
  WUYOU_OBJECT_CUSTOMER,            /* full values of personal information */
  WUYOU_OBJECT_WHOLESALE,
  WUYOU_OBJECT_CLAIM,
  WUYOU_OBJECT_CLAIM_DECISION,      /* approve or refuse: the second pair of eyes */
  WUYOU_OBJECT_CLAIM_DETERMINATION, /* what the insurer determined */
  WUYOU_OBJECT_CLAIM_DOCUMENT,
  WUYOU_OBJECT_CLAIM_PICTURE, /* what its papers look like, beside what is written down of them */
  WUYOU_OBJECT_RED_FLAG,      /* what looks like fraud; never shown to those it may concern (C-10) */
  WUYOU_OBJECT_STATEMENT,
  WUYOU_OBJECT_REPORT,
  WUYOU_OBJECT_AUDIT,
  WUYOU_N_OBJECTS
} WuyouObject;

extern const WuyouEnum wuyou_roles[]; /* id "DADM", label N_("Dealership manager") */
const char *wuyou_object_id (WuyouObject object);

/* @roles: mask of WUYOU_ROLE_BIT. Object NONE is allowed to everyone. */
gboolean wuyou_permission_check (guint32 roles, WuyouObject object, guint verbs);
guint wuyou_permission_get_verbs (WuyouRole role, WuyouObject object);

gboolean wuyou_roles_are_operator (guint32 roles); /* sees all organisations */
gboolean wuyou_roles_are_insurer (guint32 roles);  /* claims staff of an insurer or its branch, and nothing else */
/* With what dealer operations may do in the claims of a dealership that may no longer act (4.2.1). */
guint32 wuyou_roles_for_dealer (guint32 roles);
char *wuyou_roles_format (guint32 roles); /* "DADM DSAL"; owned */
gboolean wuyou_roles_parse (const char *text, guint32 *ret_roles);

G_END_DECLS
