/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-session.h"

#include "accounts/wuyou-client-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

struct _WuyouSession {
  GObject parent_instance;
  JsonObject *body; /* the server's words; getters read it, so nothing is kept twice */
  GHashTable *gates;
  guint32 roles;
  gboolean locked;
};

enum { PROP_0, PROP_STATE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouSession, wuyou_session, G_TYPE_OBJECT)

static void
emit_changed (WuyouSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static JsonObject *
get_part (WuyouSession *self, const char *name)
{
  return self->body != NULL ? wuyou_json_get_object (self->body, name) : NULL;
}

static const char *
get_text (WuyouSession *self, const char *part, const char *name)
{
  JsonObject *object = get_part (self, part);

  return object != NULL ? wuyou_json_get_string (object, name) : NULL;
}

static JsonObject *
get_org (WuyouSession *self)
{
  JsonObject *account = get_part (self, "account");

  return account != NULL ? wuyou_json_get_object (account, "org") : NULL;
}

WuyouSessionState
wuyou_session_get_state (WuyouSession *self)
{
  if (self->body == NULL)
    return WUYOU_SESSION_SIGNED_OUT;
  if (g_hash_table_size (self->gates) > 0)
    return WUYOU_SESSION_GATED;
  return self->locked ? WUYOU_SESSION_LOCKED : WUYOU_SESSION_ACTIVE;
}

const char *
wuyou_session_get_id (WuyouSession *self)
{
  return get_text (self, "session", "id");
}

const char *
wuyou_session_get_account_id (WuyouSession *self)
{
  return get_text (self, "account", "id");
}

const char *
wuyou_session_get_name (WuyouSession *self)
{
  return get_text (self, "account", "name");
}

const char *
wuyou_session_get_email (WuyouSession *self)
{
  return get_text (self, "account", "email");
}

const char *
wuyou_session_get_phone (WuyouSession *self)
{
  return get_text (self, "account", "phone");
}

const char *
wuyou_session_get_org_id (WuyouSession *self)
{
  JsonObject *org = get_org (self);

  return org != NULL ? wuyou_json_get_string (org, "id") : NULL;
}

const char *
wuyou_session_get_org_name (WuyouSession *self)
{
  JsonObject *org = get_org (self);

  return org != NULL ? wuyou_json_get_string (org, "name") : NULL;
}

guint32
wuyou_session_get_roles (WuyouSession *self)
{
  return self->roles;
}

guint32
wuyou_session_get_roles_for (WuyouSession *self, gboolean for_dealer)
{
  return for_dealer ? wuyou_roles_for_dealer (self->roles) : self->roles;
}

gint64
wuyou_session_get_last_sign_in_at (WuyouSession *self)
{
  const char *at = get_text (self, "last_sign_in", "at");

  return at != NULL ? wuyou_instant_parse (at) : 0;
}

const char *
wuyou_session_get_last_sign_in_host (WuyouSession *self)
{
  return get_text (self, "last_sign_in", "host");
}

/* One that this version does not understand holds as far as none. */
static WuyouClientPolicy
get_policy (WuyouSession *self)
{
  WuyouClientPolicy policy;
  g_autoptr (GError) error = NULL;

  if (!wuyou_client_policy_read_json (&policy, get_part (self, "client_policy"), &error))
    g_debug ("client policy: %s", error->message);
  return policy;
}

guint
wuyou_session_get_lock_seconds (WuyouSession *self)
{
  JsonObject *session = get_part (self, "session");
  gint64 idle = session != NULL ? MAX (wuyou_json_get_int (session, "idle_seconds"), 0) : 0;
  gint64 allowed = get_policy (self).idle_lock_minutes_max * 60;

  if (idle == 0 || allowed == 0)
    return (guint) MAX (idle, allowed);
  return (guint) MIN (idle, allowed);
}

gboolean
wuyou_session_is_outdated (WuyouSession *self)
{
  WuyouClientPolicy policy = get_policy (self);

  return wuyou_client_policy_judge (&policy, WUYOU_CLIENT_NAME PACKAGE_VERSION) == WUYOU_CLIENT_OUTDATED;
}

gboolean
wuyou_session_has_totp (WuyouSession *self)
{
  JsonObject *account = get_part (self, "account");

  return account != NULL && wuyou_json_get_boolean (account, "totp");
}

gboolean
wuyou_session_has_gate (WuyouSession *self, const char *gate)
{
  return g_hash_table_contains (self->gates, gate);
}

gboolean
wuyou_session_can (WuyouSession *self, WuyouObject object, guint verbs)
{
  return self->body != NULL && wuyou_permission_check (self->roles, object, verbs);
}

/* "DADM DSAL" from text or from an array of texts. */
static gboolean
read_roles (JsonObject *account, guint32 *ret_roles)
{
  JsonArray *array = wuyou_json_get_array (account, "roles");
  const char *text = wuyou_json_get_string (account, "roles");
  g_autoptr (GString) joined = g_string_new (text);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return FALSE;
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", json_node_get_string (node));
  }
  return wuyou_roles_parse (joined->str, ret_roles);
}

static void
read_gates (WuyouSession *self, JsonArray *gates)
{
  g_hash_table_remove_all (self->gates);
  for (guint i = 0; gates != NULL && i < json_array_get_length (gates); i++) {
    JsonNode *node = json_array_get_element (gates, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_hash_table_add (self->gates, g_strdup (json_node_get_string (node)));
  }
}

gboolean
wuyou_session_take_body (WuyouSession *self, JsonObject *body, GError **error)
{
  JsonObject *account = wuyou_json_get_object (body, "account");
  guint32 roles = 0;

  if (account == NULL || wuyou_json_get_string (account, "id") == NULL || !read_roles (account, &roles)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "not a session");
    return FALSE;
  }
  json_object_ref (body);
  g_clear_pointer (&self->body, json_object_unref);
  self->body = body;
  if (json_object_has_member (body, "token"))
    json_object_remove_member (body, "token");
  self->roles = roles;
  read_gates (self, wuyou_json_get_array (body, "gates"));
  emit_changed (self);
  return TRUE;
}

char *
wuyou_session_dup_body (WuyouSession *self)
{
  g_autoptr (JsonNode) node = NULL;

  if (self->body == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), self->body);
  return json_to_string (node, FALSE);
}

void
wuyou_session_open_gate (WuyouSession *self, const char *gate)
{
  if (self->body == NULL || !g_hash_table_add (self->gates, g_strdup (gate)))
    return;
  emit_changed (self);
}

void
wuyou_session_set_locked (WuyouSession *self, gboolean locked)
{
  if (self->locked == locked || self->body == NULL)
    return;
  self->locked = locked;
  emit_changed (self);
}

void
wuyou_session_clear (WuyouSession *self)
{
  if (self->body == NULL)
    return;
  g_clear_pointer (&self->body, json_object_unref);
  g_hash_table_remove_all (self->gates);
  self->roles = 0;
  self->locked = FALSE;
  emit_changed (self);
}

static void
wuyou_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_STATE)
    g_value_set_int (value, wuyou_session_get_state (WUYOU_SESSION (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wuyou_session_finalize (GObject *object)
{
  WuyouSession *self = WUYOU_SESSION (object);

  g_clear_pointer (&self->body, json_object_unref);
  g_clear_pointer (&self->gates, g_hash_table_unref);
  G_OBJECT_CLASS (wuyou_session_parent_class)->finalize (object);
}

static void
wuyou_session_class_init (WuyouSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wuyou_session_get_property;
  object_class->finalize = wuyou_session_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, WUYOU_SESSION_SIGNED_OUT, WUYOU_SESSION_LOCKED,
                                             WUYOU_SESSION_SIGNED_OUT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_session_init (WuyouSession *self)
{
  self->gates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

WuyouSession *
wuyou_session_new (void)
{
  return g_object_new (WUYOU_TYPE_SESSION, NULL);
}
