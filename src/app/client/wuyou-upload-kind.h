/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-field.h"
#include "base/wuyou-route.h"

G_BEGIN_DECLS

/* What a file is for: evidence of a claim, or a document of a contract. */
typedef enum {
  WUYOU_UPLOAD_OF_CLAIM,
  WUYOU_UPLOAD_OF_CONTRACT,
} WuyouUploadOf;

/* What a state at the server means to the queue. */
typedef enum {
  WUYOU_UPLOAD_FATE_UNKNOWN, /* no such state */
  WUYOU_UPLOAD_FATE_UPLOADING,
  WUYOU_UPLOAD_FATE_CHECKING,
  WUYOU_UPLOAD_FATE_ARRIVED,
  WUYOU_UPLOAD_FATE_INFECTED, /* destroyed */
  WUYOU_UPLOAD_FATE_REJECTED, /* destroyed, for its kind or what is in it */
  WUYOU_UPLOAD_FATE_GONE,     /* taken back or replaced: who sent it must know */
} WuyouUploadFate;

/* All that the queue knows of what a file is for; a constant. */
typedef struct {
  const char *name; /* as it is kept on this computer */
  WuyouRouteId create, get, append, finish, remove;
  const char *object, *record;  /* on the wire */
  const WuyouEnum *states;      /* of the object */
  const WuyouUploadFate *fates; /* by the values of @states */
  WuyouUploadFate absent;       /* it was received, and is not known any more */
  const WuyouEnum *phases;      /* announced with the slot; NULL: it has none */
  guint longest_watch;          /* seconds from one look at what is being checked to the next */
  const char *too_large;        /* N_() */
  const char *page, *of;        /* where its record is shown, and N_() what that is */
} WuyouUploadKind;

const WuyouUploadKind *wuyou_upload_kind_get (WuyouUploadOf of);
WuyouUploadOf wuyou_upload_kind_find (const char *name); /* what is not said is a claim's: so it began */

G_END_DECLS
