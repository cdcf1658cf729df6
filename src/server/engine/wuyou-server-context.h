/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-access.h"
#include "engine/wuyou-metrics.h"
#include "engine/wuyou-server-config.h"
#include "wuyou-sealer.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

typedef struct _WuyouServer WuyouServer;
typedef struct _WuyouAuth WuyouAuth;
typedef struct _WuyouConsentService WuyouConsentService;
typedef struct _WuyouMailService WuyouMailService;
typedef struct _WuyouJobService WuyouJobService;
typedef struct _WuyouProductCache WuyouProductCache;
typedef struct _WuyouPolicyService WuyouPolicyService;

/* What every handler may use; put together once at start, borrowed by all, never written while the server
 * runs. There are no globals beside it. Members that a test does not need may be NULL. */
struct _WuyouServerContext {
  WuyouStore *store;
  WuyouDb *db; /* this and the next two are the store's own */
  WuyouKeys *keys;
  WuyouBlobs *blobs;
  WuyouSealer *sealer;
  const WuyouClock *clock;
  WuyouIdSource ids;
  const WuyouServerConfig *config;
  WuyouMetrics *metrics; /* set by the server */
  WuyouServer *server;   /* set by the server; to wake long polls */
  WuyouAccess access;    /* who may call what */
  WuyouJobService *jobs; /* what time or another part of the server asks for */
  WuyouAuth *auth;       /* sessions and gates, behind the hooks of access */
  WuyouConsentService *consent;
  WuyouPolicyService *policy;
  WuyouProductCache *products;
  WuyouMailService *mails; /* NULL without a spool folder */
  /* What /readyz asks beside the disk: database answers, migrations current. NULL: always ready. */
  gboolean (*is_ready) (WuyouServerContext *context, GError **error);
};

G_END_DECLS
