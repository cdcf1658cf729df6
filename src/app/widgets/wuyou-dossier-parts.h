/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "base/wuyou-record.h"
#include "base/wuyou-workflow.h"
#include "client/wuyou-local.h"

G_BEGIN_DECLS

/* What the answers about a contract and about a claim have in common: steps and their refusals, the timeline. */

/* One step of the workflow from where the record stands. */
typedef struct {
  char *action;
  int to;
  gboolean allowed;
  char *code;                        /* of the refusal: "FORBIDDEN"; NULL when allowed */
  char *detail;                      /* of the refusal, translated; or NULL */
  char *field;                       /* what the refusal concerns, or NULL */
  GPtrArray *violations;             /* WuyouDossierProblem */
  const WuyouTransition *transition; /* NULL for a step this version does not know */
} WuyouDossierAction;

typedef struct {
  char *field;
  char *detail;
} WuyouDossierProblem;

typedef struct {
  char *field;
  char *old_value, *new_value; /* as shown; "" or NULL when not set */
} WuyouDossierChange;

typedef struct {
  gint64 at;
  char *action, *actor, *reason;
  gboolean unnamed;   /* a person, whom one is not told */
  GPtrArray *changes; /* WuyouDossierChange */
} WuyouDossierEntry;

/* Elements WuyouDossierAction, with their row of @workflow from @state; owned. */
GPtrArray *wuyou_dossier_read_actions (JsonObject *answer, const WuyouWorkflow *workflow, int state);
GPtrArray *wuyou_dossier_read_timeline (JsonObject *answer); /* WuyouDossierEntry; owned */
/* Every object of the array @name through @read, which may leave one out with NULL; owned. */
GPtrArray *wuyou_dossier_read_array (JsonObject *object,
                                     const char *name,
                                     gpointer (*read) (JsonObject *object),
                                     GDestroyNotify free_one);
char *wuyou_dossier_dup_string (JsonObject *object, const char *name); /* @object may be NULL */

const WuyouDossierAction *wuyou_dossier_actions_find (const GPtrArray *actions, const char *action); /* or NULL */
/* The step to suggest: the table's next one that a person may take. Borrowed, or NULL. */
const WuyouDossierAction *wuyou_dossier_actions_get_next (const GPtrArray *actions);
gboolean wuyou_dossier_action_is_for_people (const WuyouDossierAction *action);
/* Why a step is refused, one sentence; NULL when it is not. @get_name says how a field is called. Owned. */
char *wuyou_dossier_action_dup_refusal (const WuyouDossierAction *action, const char *(*get_name) (const char *field));

/* For when the server is away: the whole answer in the cache of this machine, by the record's id. */
void wuyou_dossier_keep_answer (WuyouLocal *local, const WuyouRecordType *type, JsonObject *answer);
JsonObject *wuyou_dossier_load_answer (WuyouLocal *local, const WuyouRecordType *type, const char *id); /* or NULL */

G_END_DECLS
