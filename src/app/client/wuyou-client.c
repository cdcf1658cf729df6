/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-client.h"

#include <libsoup/soup.h>
#include <string.h>

#include "accounts/wuyou-client-policy.h"
#include "base/wuyou-json.h"
#include "client/wuyou-answer.h"

#define MAX_ATTEMPTS 3
#define MAX_ANSWER_BYTES (64 * 1024 * 1024)
#define LARGE_ANSWER_BYTES (32 * 1024) /* takes longer to read than a frame should wait */
#define CLOCK_SLACK (2 * G_USEC_PER_SEC)

struct _WuyouClient {
  GObject parent_instance;
  SoupSession *soup;
  GCancellable *everything; /* cancelled when the server or the account changes */
  WuyouClock clock;
  char *server;
  char *token;
  char *language;
  gint64 ahead; /* of our clock: server minus local, µs */
  guint n_requests;
  gboolean online;
};

/* One call on its way; lives in its GTask. */
typedef struct {
  const WuyouRoute *route;
  char *url;
  GBytes *body;
  const char *type;
  char *key;
  char *if_match;
  char *upload_offset;
  guint flags;
  char *token;
  guint attempts;
  gint64 ends; /* monotonic */
  GCancellable *attempt;
  GCancellable *everything;
  gulong on_cancelled;
  gulong on_everything;
  guint deadline_source;
  guint retry_source;
  gboolean timed_out;
  SoupMessage *message;
  WuyouAnswer *answer;
} Call;

enum { PROP_0, PROP_ONLINE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CONTACT, SIGNED_OUT, GATE, SUSPENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouClient, wuyou_client, G_TYPE_OBJECT)

static void send_attempt (GTask *task);

static void
call_free (Call *call)
{
  g_clear_pointer (&call->url, g_free);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_clear_pointer (&call->key, g_free);
  g_clear_pointer (&call->if_match, g_free);
  g_clear_pointer (&call->upload_offset, g_free);
  g_clear_pointer (&call->token, g_free);
  g_clear_object (&call->attempt);
  g_clear_object (&call->everything);
  g_clear_object (&call->message);
  g_clear_pointer (&call->answer, wuyou_answer_free);
  g_free (call);
}

static void
set_online (WuyouClient *self, gboolean online)
{
  if (self->online == online)
    return;
  self->online = online;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

/* Stops every clock and listener of the call; after it the task may be returned. */
static void
settle (GTask *task, Call *call)
{
  g_clear_handle_id (&call->deadline_source, g_source_remove);
  g_clear_handle_id (&call->retry_source, g_source_remove);
  if (call->on_cancelled != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), call->on_cancelled);
  if (call->on_everything != 0)
    g_cancellable_disconnect (call->everything, call->on_everything);
  call->on_cancelled = call->on_everything = 0;
}

/* What a refusal means to the whole window is said once, here; the caller still gets its error. */
static void
tell_refusal (WuyouClient *self, Call *call, const GError *error)
{
  if (call->token == NULL || g_strcmp0 (call->token, self->token) != 0)
    return;
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_UNAUTHENTICATED))
    g_signal_emit (self, signals[SIGNED_OUT], 0, error);
  else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_SUSPENDED))
    g_signal_emit (self, signals[SUSPENDED], 0, error);
  else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_UPGRADE_REQUIRED))
    g_signal_emit (self, signals[SIGNED_OUT], 0, error);
  else if (error->domain == WUYOU_ERROR && wuyou_error_info (error->code)->is_gate)
    g_signal_emit (self, signals[GATE], 0, wuyou_error_info (error->code)->id);
}

static void
return_error (GTask *task, GError *error)
{
  WuyouClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  settle (task, call);
  tell_refusal (self, call, error);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gboolean
may_retry (Call *call, const GError *error)
{
  gboolean idempotent = !g_str_equal (call->route->method, "POST") || call->key != NULL;

  return idempotent && (call->flags & WUYOU_CALL_ONCE) == 0 && call->attempts < MAX_ATTEMPTS && !call->timed_out
         && error->domain == WUYOU_ERROR && wuyou_error_info (error->code)->retryable;
}

static gboolean
on_retry_due_cb (gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);

  call->retry_source = 0;
  send_attempt (task);
  return G_SOURCE_REMOVE;
}

/* Doubling with jitter, so that desks which lost the server together do not come back together. */
static gboolean
schedule_retry (GTask *task, Call *call, const GError *error)
{
  guint wait = (250u << call->attempts) + g_random_int_range (0, 200);
  guint asked = wuyou_error_get_retry_after (error) * 1000;

  wait = MAX (wait, asked);
  if (!may_retry (call, error) || g_get_monotonic_time () + wait * 1000ll >= call->ends)
    return FALSE;
  g_clear_object (&call->message);
  call->retry_source = g_timeout_add (wait, on_retry_due_cb, task);
  return TRUE;
}

static GError *
error_of_failure (Call *call, const GError *error)
{
  if (call->timed_out)
    return g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_TIMEOUT, "deadline passed");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_CANCELLED, error->message);
  if (error->domain == G_TLS_ERROR)
    return g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INSECURE, error->message);
  if (error->domain == WUYOU_ERROR)
    return g_error_copy (error);
  return g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_OFFLINE, error->message);
}

static void
take_server_time (WuyouClient *self, SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  gint64 ahead;

  if (date == NULL)
    return;
  ahead = g_date_time_to_unix (date) * G_USEC_PER_SEC - wuyou_clock_now (&self->clock);
  self->ahead = ABS (ahead) > CLOCK_SLACK ? ahead : 0;
}

static void
conclude (GTask *task, GError *error)
{
  WuyouClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  set_online (self, !g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE));
  if (error != NULL) {
    if (schedule_retry (task, call, error))
      g_error_free (error);
    else
      return_error (task, error);
    return;
  }
  g_signal_emit (self, signals[CONTACT], 0);
  settle (task, call);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
conclude_failure (GTask *task, const GError *error)
{
  WuyouClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *mapped = error_of_failure (call, error);

  if (mapped->code == WUYOU_ERROR_OFFLINE || mapped->code == WUYOU_ERROR_TIMEOUT)
    set_online (self, FALSE);
  if (schedule_retry (task, call, mapped))
    g_error_free (mapped);
  else
    return_error (task, mapped);
}

static void
read_in_thread (GTask *reading, gpointer source, gpointer answer, GCancellable *cancellable)
{
  GError *error = NULL;

  wuyou_answer_read (answer, &error);
  if (error != NULL)
    g_task_return_error (reading, error);
  else
    g_task_return_boolean (reading, TRUE);
}

/* Nobody ends a call whose answer is being read: who gives up or runs out of time only marks the attempt. */
static void
on_answer_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) given_up = NULL;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (!g_cancellable_set_error_if_cancelled (call->attempt, &given_up)) {
    conclude (task, error);
    return;
  }
  g_clear_error (&error);
  conclude_failure (task, given_up);
}

/* Without a source: nothing of ours may end on the thread. */
static void
read_aside (GTask *task, WuyouAnswer *answer)
{
  GTask *reading = g_task_new (NULL, NULL, on_answer_read_cb, task);

  g_task_set_task_data (reading, answer, NULL);
  g_task_run_in_thread (reading, read_in_thread);
  g_object_unref (reading);
}

static void
take_answer (GTask *task, GBytes *bytes)
{
  WuyouClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  take_server_time (self, call->message);
  g_clear_pointer (&call->answer, wuyou_answer_free);
  call->answer = wuyou_answer_new (call->message, bytes, &error);
  if (error == NULL && (call->route->flags & WUYOU_ROUTE_BYTES_OUT) == 0) {
    if (g_bytes_get_size (bytes) > LARGE_ANSWER_BYTES) {
      read_aside (task, call->answer);
      return;
    }
    wuyou_answer_read (call->answer, &error);
  }
  conclude (task, error);
}

static void
on_message_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  if (bytes != NULL)
    take_answer (data, bytes);
  else
    conclude_failure (data, error);
}

static gboolean
on_deadline_passed_cb (gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);

  call->deadline_source = 0;
  call->timed_out = TRUE;
  if (call->retry_source != 0) {
    return_error (task, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_TIMEOUT, "deadline passed"));
    return G_SOURCE_REMOVE;
  }
  g_cancellable_cancel (call->attempt);
  return G_SOURCE_REMOVE;
}

static gboolean
return_cancelled (gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);

  call->retry_source = 0;
  return_error (task, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_CANCELLED, "cancelled"));
  return G_SOURCE_REMOVE;
}

/* May run inside g_cancellable_cancel() of the caller, where nothing may be disconnected: only marks and defers. */
static void
on_call_cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);

  g_cancellable_cancel (call->attempt);
  if (call->retry_source == 0)
    return;
  g_source_remove (call->retry_source);
  call->retry_source = g_idle_add (return_cancelled, task);
}

static void
on_headers_got_cb (SoupMessage *message, Call *call)
{
  if (soup_message_headers_get_content_length (soup_message_get_response_headers (message)) > MAX_ANSWER_BYTES)
    g_cancellable_cancel (call->attempt);
}

static void
add_headers (WuyouClient *self, Call *call, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json, */*;q=0.1");
  soup_message_headers_replace (headers, "Accept-Language", self->language);
  if (call->token != NULL) {
    g_autofree char *bearer = g_strconcat ("Bearer ", call->token, NULL);
    soup_message_headers_replace (headers, "Authorization", bearer);
  }
  if (call->key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", call->key);
  if (call->if_match != NULL)
    soup_message_headers_replace (headers, "If-Match", call->if_match);
  if (call->upload_offset != NULL)
    soup_message_headers_replace (headers, "Upload-Offset", call->upload_offset);
}

static void
send_attempt (GTask *task)
{
  WuyouClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  call->attempts++;
  self->n_requests++;
  g_clear_object (&call->message);
  call->message = soup_message_new (call->route->method, call->url);
  soup_message_set_flags (call->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_disable_feature (call->message, SOUP_TYPE_AUTH_MANAGER);
  add_headers (self, call, call->message);
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (call->message, call->type, call->body);
  g_signal_connect (call->message, "got-headers", G_CALLBACK (on_headers_got_cb), call);
  soup_session_send_and_read_async (self->soup, call->message, G_PRIORITY_DEFAULT, call->attempt, on_message_read_cb,
                                    task);
}

static char *
build_query (const char *const *query)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; query != NULL && query[i] != NULL; i += 2) {
    if (query[i + 1] == NULL)
      break;
    if (query[i + 1][0] == '\0')
      continue;
    g_string_append_c (text, text->len == 0 ? '?' : '&');
    g_string_append_uri_escaped (text, query[i], NULL, FALSE);
    g_string_append_c (text, '=');
    g_string_append_uri_escaped (text, query[i + 1], NULL, FALSE);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static Call *
call_new (WuyouClient *self, const WuyouCall *from)
{
  Call *call = g_new0 (Call, 1);
  const char *first = from->args != NULL ? from->args[0] : NULL;
  g_autofree char *path = wuyou_route_build (from->route, first, first != NULL ? from->args[1] : NULL);
  g_autofree char *query = build_query (from->query);

  call->route = wuyou_route_get (from->route);
  call->url = g_strconcat (self->server != NULL ? self->server : "", path, query, NULL);
  if (from->bytes != NULL)
    call->body = g_bytes_ref (from->bytes);
  else if (from->body != NULL)
    call->body = g_bytes_new (from->body, strlen (from->body));
  call->type = from->bytes != NULL ? "application/octet-stream" : "application/json";
  call->key = g_strdup (from->idempotency_key);
  call->if_match = g_strdup (from->if_match);
  call->upload_offset = g_strdup (from->upload_offset);
  call->flags = from->flags;
  if ((from->flags & WUYOU_CALL_ANONYMOUS) == 0)
    call->token = g_strdup (self->token);
  call->attempt = g_cancellable_new ();
  return call;
}

static void
start_call (WuyouClient *self, GTask *task, Call *call, guint deadline)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  call->ends = g_get_monotonic_time () + deadline * G_USEC_PER_SEC;
  call->deadline_source = g_timeout_add_seconds (deadline, on_deadline_passed_cb, task);
  if (cancellable != NULL && !g_cancellable_is_cancelled (cancellable))
    call->on_cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_call_cancelled_cb), task, NULL);
  else if (cancellable != NULL)
    g_cancellable_cancel (call->attempt);
  call->everything = g_object_ref (self->everything);
  call->on_everything = g_cancellable_connect (call->everything, G_CALLBACK (on_call_cancelled_cb), task, NULL);
  send_attempt (task);
}

void
wuyou_client_call_async (WuyouClient *self,
                         const WuyouCall *call,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *data = call_new (self, call);

  g_task_set_source_tag (task, wuyou_client_call_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, data, (GDestroyNotify) call_free);
  if (self->server == NULL) {
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_OFFLINE, "no server is set");
    g_object_unref (task);
    return;
  }
  start_call (self, task, data, call->deadline != 0 ? call->deadline : WUYOU_CLIENT_DEADLINE);
}

JsonObject *
wuyou_client_call_finish (WuyouClient *self, GAsyncResult *result, char **ret_etag, GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  call = g_task_get_task_data (G_TASK (result));
  if (ret_etag != NULL)
    *ret_etag = g_strdup (call->answer->etag);
  return call->answer->object != NULL ? json_object_ref (call->answer->object) : json_object_new ();
}

JsonObject *
wuyou_client_call_get_problem (GAsyncResult *result)
{
  Call *call = g_task_get_task_data (G_TASK (result));

  return call->answer != NULL ? call->answer->problem : NULL;
}

char *
wuyou_client_call_dup_etag_now (GAsyncResult *result)
{
  JsonObject *problem = wuyou_client_call_get_problem (result);
  JsonObject *current = problem != NULL ? wuyou_json_get_object (problem, "current") : NULL;

  return current != NULL ? g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", wuyou_json_get_int (current, "version")) : NULL;
}

GBytes *
wuyou_client_call_finish_bytes (WuyouClient *self,
                                GAsyncResult *result,
                                char **ret_type,
                                char **ret_etag,
                                GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  call = g_task_get_task_data (G_TASK (result));
  if (ret_type != NULL)
    *ret_type = g_strdup (call->answer->type);
  if (ret_etag != NULL)
    *ret_etag = g_strdup (call->answer->etag);
  return g_bytes_ref (call->answer->bytes);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));
}

void
wuyou_client_cancel_everything (WuyouClient *self)
{
  g_autoptr (GCancellable) old = g_steal_pointer (&self->everything);

  self->everything = g_cancellable_new ();
  g_cancellable_cancel (old);
}

gboolean
wuyou_client_set_server (WuyouClient *self, const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url != NULL ? url : "", G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gsize length;

  if (host == NULL || *host == '\0' || (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "not an http address");
    return FALSE;
  }
  if (strcmp (scheme, "http") == 0 && !is_loopback (host)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INSECURE, "http is for this computer only");
    return FALSE;
  }
  wuyou_client_cancel_everything (self);
  g_free (self->server);
  self->server = g_strdup (url);
  for (length = strlen (self->server); length > 0 && self->server[length - 1] == '/'; length--)
    self->server[length - 1] = '\0';
  self->ahead = 0;
  return TRUE;
}

const char *
wuyou_client_get_server (WuyouClient *self)
{
  return self->server;
}

void
wuyou_client_set_token (WuyouClient *self, const char *token)
{
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  self->token = g_strdup (token);
}

gboolean
wuyou_client_has_token (WuyouClient *self)
{
  return self->token != NULL;
}

gint64
wuyou_client_now (WuyouClient *self)
{
  return wuyou_clock_now (&self->clock) + self->ahead;
}

guint
wuyou_client_get_n_requests (WuyouClient *self)
{
  return self->n_requests;
}

gboolean
wuyou_client_get_online (WuyouClient *self)
{
  return self->online;
}

static void
wuyou_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouClient *self = WUYOU_CLIENT (object);

  if (prop_id == PROP_ONLINE)
    g_value_set_boolean (value, self->online);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wuyou_client_dispose (GObject *object)
{
  WuyouClient *self = WUYOU_CLIENT (object);

  if (self->soup != NULL)
    soup_session_abort (self->soup);
  g_clear_object (&self->soup);
  G_OBJECT_CLASS (wuyou_client_parent_class)->dispose (object);
}

static void
wuyou_client_finalize (GObject *object)
{
  WuyouClient *self = WUYOU_CLIENT (object);

  wuyou_client_set_token (self, NULL);
  g_clear_object (&self->everything);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->language, g_free);
  G_OBJECT_CLASS (wuyou_client_parent_class)->finalize (object);
}

static void
wuyou_client_class_init (WuyouClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wuyou_client_get_property;
  object_class->dispose = wuyou_client_dispose;
  object_class->finalize = wuyou_client_finalize;
  properties[PROP_ONLINE]
      = g_param_spec_boolean ("online", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CONTACT]
      = g_signal_new ("contact", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNED_OUT] = g_signal_new ("signed-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[GATE] = g_signal_new ("gate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  signals[SUSPENDED] = g_signal_new ("suspended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

/* "zh-CN" from "zh_CN.UTF-8". */
static char *
language_tag (void)
{
  char *tag = g_strdup (g_get_language_names ()[0]);
  gsize length = strcspn (tag, ".@");

  tag[length] = '\0';
  return g_strdelimit (tag, "_", '-');
}

static void
wuyou_client_init (WuyouClient *self)
{
  self->soup = soup_session_new_with_options ("user-agent", WUYOU_CLIENT_NAME PACKAGE_VERSION, "max-conns", 12,
                                              "max-conns-per-host", 8, "idle-timeout", 60, NULL);
  soup_session_remove_feature_by_type (self->soup, SOUP_TYPE_COOKIE_JAR);
  self->everything = g_cancellable_new ();
  self->online = TRUE;
  self->language = language_tag ();
}

WuyouClient *
wuyou_client_new (const WuyouClock *clock)
{
  WuyouClient *self = g_object_new (WUYOU_TYPE_CLIENT, NULL);

  self->clock = *clock;
  return self;
}
