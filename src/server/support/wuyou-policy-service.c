/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "support/wuyou-policy-service.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-setting-store.h"

#define CACHE_LIFE (3 * G_TIME_SPAN_SECOND)

struct _WuyouPolicyService {
  GMutex lock;
  WuyouClientPolicy policy;
  gint64 until;
};

void
wuyou_policy_service_start (WuyouServerContext *context)
{
  context->policy = g_new0 (WuyouPolicyService, 1);
  g_mutex_init (&context->policy->lock);
}

void
wuyou_policy_service_stop (WuyouServerContext *context)
{
  if (context->policy == NULL)
    return;
  g_mutex_clear (&context->policy->lock);
  g_clear_pointer (&context->policy, g_free);
}

static void
parse (const char *profile, WuyouClientPolicy *ret_policy)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = profile != NULL ? wuyou_json_parse_object (profile, strlen (profile), &error) : NULL;
  JsonObject *member = object != NULL ? wuyou_json_get_object (object, "client_policy") : NULL;

  if (error == NULL && wuyou_client_policy_read_json (ret_policy, member, &error))
    return;
  *ret_policy = wuyou_client_policy_default;
  g_warning ("client policy not read: %s (%s)", error->message, wuyou_error_get_field (error));
}

static gboolean
find (WuyouPolicyService *self, gint64 now, WuyouClientPolicy *ret_policy)
{
  gboolean fresh;

  g_mutex_lock (&self->lock);
  fresh = now < self->until && now + CACHE_LIFE >= self->until;
  *ret_policy = self->policy;
  g_mutex_unlock (&self->lock);
  return fresh;
}

gboolean
wuyou_policy_service_get (WuyouServerContext *context, gint64 now, WuyouClientPolicy *ret_policy, GError **error)
{
  WuyouPolicyService *self = context->policy;
  g_autofree char *profile = NULL;

  if (find (self, now, ret_policy))
    return TRUE;
  if (!wuyou_setting_read (context->db, "support-profile", &profile, error))
    return FALSE;
  parse (profile, ret_policy);
  g_mutex_lock (&self->lock);
  self->policy = *ret_policy;
  self->until = now + CACHE_LIFE;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

gboolean
wuyou_policy_service_check (WuyouServerContext *context, const WuyouRequest *request, GError **error)
{
  WuyouClientPolicy policy;

  if (!wuyou_policy_service_get (context, wuyou_request_get_now (request), &policy, error))
    return FALSE;
  if (wuyou_client_policy_judge (&policy, wuyou_request_get_header (request, "User-Agent")) != WUYOU_CLIENT_BLOCKED)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UPGRADE_REQUIRED, "");
  return FALSE;
}
