/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* The operator's command line. A command is one row of the table in wuyou-ctl.c; its words are its grammar and its
 * help: "FILE… --effective DATE [--yes]". */
typedef struct _WuyouCtl WuyouCtl;

typedef struct {
  const char *name; /* "agreement import" */
  const char *args; /* "" when it takes none */
  const char *help; /* N_() */
  gboolean (*handler) (WuyouCtl *ctl, GError **error);
} WuyouCtlCommand;

/* What a handler gets; all borrowed. */
struct _WuyouCtl {
  const WuyouCtlCommand *command;
  const char *uri;      /* of --db, or NULL */
  const char *data_dir; /* of --data, or NULL */
  const WuyouClock *clock;
  GHashTable *options; /* "effective" → text, "" for one without a value */
  GPtrArray *args;     /* the others, const char * */
};

#define WUYOU_CTL_OK 0
#define WUYOU_CTL_FAILED 1
#define WUYOU_CTL_USAGE 2

/* Runs one command; what to tell goes to standard output, errors to standard error. @clock: NULL for the system's. */
int wuyou_ctl_run (int argc, char **argv, const WuyouClock *clock);

const char *wuyou_ctl_get (const WuyouCtl *ctl, const char *option); /* NULL when not given */
gboolean wuyou_ctl_has (const WuyouCtl *ctl, const char *option);
const char *wuyou_ctl_arg (const WuyouCtl *ctl, guint index); /* NULL when not given */
/* A number between @first and @last, or @fallback when not given. */
gboolean wuyou_ctl_get_number (const WuyouCtl *ctl,
                               const char *option,
                               gint64 first,
                               gint64 last,
                               gint64 fallback,
                               gint64 *ret_number,
                               GError **error);
/* Ends with exit status 2. Returns FALSE. */
gboolean wuyou_ctl_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The store of --db and --data; a usage error when they are missing. Owned. */
WuyouStore *wuyou_ctl_open (const WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_need_database (const WuyouCtl *ctl, GError **error);
/* --yes, or y on a terminal. */
gboolean wuyou_ctl_confirm (const WuyouCtl *ctl, const char *question);

/* Commands by feature. */
gboolean wuyou_ctl_init (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_demo (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_account_add (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_account_list (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_account_reset (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_agreement_import (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_agreement_approve (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_agreement_withdraw (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_agreement_list (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_consent_export (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_consent_verify (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_backup (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_backup_verify (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_restore (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_audit_verify (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_paper_verify (WuyouCtl *ctl, GError **error);
gboolean wuyou_ctl_workflow (WuyouCtl *ctl, GError **error);

G_END_DECLS
