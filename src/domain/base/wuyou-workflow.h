/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-permission.h"

G_BEGIN_DECLS

/* What a guard may look at. @record and @context belong to the record's kind (for a contract:
 * WuyouContract and WuyouContractFacts); @input is what came with the action. */
typedef struct {
  gconstpointer record;
  gconstpointer context;
  gconstpointer input;
  gint64 now;
} WuyouStep;

typedef struct {
  int from;
  const char *action; /* stable id: "submit", "void"; also on the wire */
  int to;
  WuyouObject object; /* permission; NONE with verbs 0: the system only */
  guint verbs;
  gboolean (*guard) (const WuyouStep *step, GError **error); /* NULL: always */
  const char *label;                                         /* N_(), the button */
  guint flags;
} WuyouTransition;

typedef enum {
  WUYOU_TRANSITION_SYSTEM = 1 << 0,      /* by jobs, never by a person */
  WUYOU_TRANSITION_REASON = 1 << 1,      /* needs a reason */
  WUYOU_TRANSITION_DESTRUCTIVE = 1 << 2, /* asks once */
  WUYOU_TRANSITION_NEXT = 1 << 3,        /* the step to suggest in this state */
  WUYOU_TRANSITION_ASIDE = 1 << 4,       /* never suggested, even where nothing else can be done */
} WuyouTransitionFlags;

typedef struct {
  const char *name; /* "contract" */
  const WuyouEnum *states;
  const WuyouTransition *transitions;
  guint n_transitions;
} WuyouWorkflow;

/* NULL and ILLEGAL_TRANSITION when the table has no such row. */
const WuyouTransition *
wuyou_workflow_find (const WuyouWorkflow *workflow, int state, const char *action, GError **error);
/* The row that is taken: rows of one action from one state lead to different states by their guards. Found and checked
 * as by the two others; a row that says it is not the one (ILLEGAL_TRANSITION) gives way to the next. */
const WuyouTransition *wuyou_workflow_choose (const WuyouWorkflow *workflow,
                                              int state,
                                              const char *action,
                                              guint32 roles,
                                              const char *reason,
                                              const WuyouStep *step,
                                              GError **error);
/* Permission, reason and guard, in this order; FORBIDDEN, INVALID or the guard's own refusal. */
gboolean wuyou_workflow_check (const WuyouTransition *transition,
                               guint32 roles,
                               const char *reason,
                               const WuyouStep *step,
                               GError **error);
char *wuyou_workflow_to_dot (const WuyouWorkflow *workflow); /* owned */
const WuyouWorkflow *wuyou_workflow_by_name (const char *name);

G_END_DECLS
