/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WUYOU_CLIENT_NAME "wuyou/" /* the application to the server, before its version */

/* What the operator asks of the application on people's desks (requirements 2.4-03, 2.4-05, 6.1-01): a part of its
 * support profile. The server enforces what it can see, the desktop the rest. */
typedef struct {
  gint64 supported_from;        /* version; older ones work and say that they should be updated. 0: all are new */
  gint64 blocked_below;         /* version; older ones are refused. 0: none */
  gint64 idle_lock_minutes_max; /* people may lock sooner. 0: as they like */
  gint64 desktops_max;          /* of one account at a time */
} WuyouClientPolicy;

typedef enum {
  WUYOU_CLIENT_SUPPORTED,
  WUYOU_CLIENT_OUTDATED,
  WUYOU_CLIENT_BLOCKED,
} WuyouClientState;

/* What holds where the operator says nothing. */
extern const WuyouClientPolicy wuyou_client_policy_default;

/* @object NULL: the default. INVALID naming a member that is unknown, so that nothing is believed to be enforced that
 * is not, or out of its bounds. */
gboolean wuyou_client_policy_read_json (WuyouClientPolicy *policy, JsonObject *object, GError **error);
void wuyou_client_policy_write_json (const WuyouClientPolicy *policy, GString *out);

/* "1.2", "1.2.3", "1.2.3-rc1": a number that compares as versions do; 0 when it is no version. */
gint64 wuyou_version_parse (const char *text);
/* @agent: "wuyou/0.1.0", as the application names itself to the server, and perhaps more behind it. Programs other
 * than the application (NULL, "curl/8") are none of this policy's business: SUPPORTED. */
WuyouClientState wuyou_client_policy_judge (const WuyouClientPolicy *policy, const char *agent);

G_END_DECLS
