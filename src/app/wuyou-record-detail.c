/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-record-detail-private.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "widgets/wuyou-dossier-parts.h"

enum { PROP_0, PROP_CONTEXT, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { EDIT_REQUESTED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WuyouRecordDetail, wuyou_record_detail, ADW_TYPE_BIN)

WuyouRecordDetailPrivate *
_wuyou_record_detail_get_private (WuyouRecordDetail *self)
{
  return wuyou_record_detail_get_instance_private (self);
}

WuyouAppContext *
wuyou_record_detail_get_context (WuyouRecordDetail *self)
{
  return _wuyou_record_detail_get_private (self)->context;
}

WuyouCaseView *
wuyou_record_detail_get_view (WuyouRecordDetail *self)
{
  return _wuyou_record_detail_get_private (self)->view;
}

gboolean
wuyou_record_detail_can (WuyouRecordDetail *self, WuyouObject object, guint verbs)
{
  return wuyou_session_can (wuyou_app_context_get_session (wuyou_record_detail_get_context (self)), object, verbs);
}

gboolean
wuyou_record_detail_is_writing (WuyouRecordDetail *self)
{
  return _wuyou_record_detail_get_private (self)->writing;
}

const char *
wuyou_record_detail_get_id (WuyouRecordDetail *self)
{
  return _wuyou_record_detail_get_private (self)->id;
}

void
wuyou_record_detail_focus (WuyouRecordDetail *self)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);

  priv->wanted = !priv->shown;
  wuyou_case_view_focus (priv->view);
}

void
wuyou_record_detail_read_on (WuyouRecordDetail *self)
{
  wuyou_case_view_read_on (wuyou_record_detail_get_view (self));
}

void
wuyou_record_detail_request_edit (WuyouRecordDetail *self, const char *field)
{
  g_signal_emit (self, signals[EDIT_REQUESTED], 0, wuyou_record_detail_get_id (self), field);
}

void
_wuyou_record_detail_emit_changed (WuyouRecordDetail *self)
{
  g_signal_emit (self, signals[CHANGED], 0, wuyou_record_detail_get_id (self));
}

/* --- loading --- */

/* Who opened it before it had come, and went nowhere else since. */
static void
take_focus (WuyouRecordDetail *self)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (priv->wanted && (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    wuyou_case_view_focus (priv->view);
  priv->wanted = FALSE;
}

void
_wuyou_record_detail_take (WuyouRecordDetail *self, JsonObject *answer, const char *etag, gboolean keep)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  WuyouRecordDetailClass *klass = WUYOU_RECORD_DETAIL_GET_CLASS (self);
  g_autoptr (GError) error = NULL;

  if (!klass->take (self, answer, etag, &error)) {
    wuyou_banner_show_error (priv->banner, error);
    return;
  }
  priv->shown = TRUE;
  take_focus (self);
  if (keep)
    wuyou_dossier_keep_answer (wuyou_app_context_get_local (priv->context), klass->kind->type, answer);
}

/* Without a server what is on the screen stays as it is; the window says that it is away. */
static void
show_load_error (WuyouRecordDetail *self, const GError *error)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);

  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    return;
  if (!priv->shown)
    wuyou_case_view_show_error (priv->view, error);
  else if (!g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE))
    wuyou_banner_show_error (priv->banner, error);
}

typedef struct {
  WuyouRecordDetail *detail;
  char *id;
} Load;

static void
take_load (WuyouRecordDetail *self, JsonObject *answer, const char *etag, const GError *error)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);

  priv->loading = FALSE;
  wuyou_busy_line_set_busy (priv->line, FALSE);
  if (answer == NULL) {
    show_load_error (self, error);
    return;
  }
  if (!priv->refused)
    wuyou_banner_hide (priv->banner);
  _wuyou_record_detail_take (self, answer, etag, TRUE);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Load *load = data;
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (load->detail);
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (priv->context != NULL && g_strcmp0 (priv->id, load->id) == 0)
    take_load (load->detail, answer, etag, error);
  g_object_unref (load->detail);
  g_free (load->id);
  g_free (load);
}

void
wuyou_record_detail_refresh (WuyouRecordDetail *self)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  const char *args[] = { priv->id, NULL };
  WuyouCall call = { .route = WUYOU_RECORD_DETAIL_GET_CLASS (self)->kind->get, .args = args };
  Load *load;

  if (priv->id == NULL || priv->loading || priv->writing)
    return;
  priv->loading = TRUE;
  if (g_cancellable_is_cancelled (priv->cancellable)) {
    g_object_unref (priv->cancellable);
    priv->cancellable = g_cancellable_new ();
  }
  load = g_new0 (Load, 1);
  load->detail = g_object_ref (self);
  load->id = g_strdup (priv->id);
  wuyou_busy_line_set_busy (priv->line, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (priv->context), &call, priv->cancellable, on_loaded_cb, load);
}

void
wuyou_record_detail_stop (WuyouRecordDetail *self)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);

  g_cancellable_cancel (priv->cancellable);
  priv->loading = FALSE;
  wuyou_busy_line_set_busy (priv->line, FALSE);
}

/* --- which one --- */

static void
show_none (WuyouRecordDetail *self)
{
  WuyouRecordDetailClass *klass = WUYOU_RECORD_DETAIL_GET_CLASS (self);

  wuyou_case_view_show_none (wuyou_record_detail_get_view (self), "view-list-symbolic", _ (klass->kind->none),
                             klass->get_hint (self));
}

static void
show_cached (WuyouRecordDetail *self)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);
  g_autoptr (JsonObject) kept = wuyou_dossier_load_answer (wuyou_app_context_get_local (priv->context),
                                                           WUYOU_RECORD_DETAIL_GET_CLASS (self)->kind->type, priv->id);

  if (kept != NULL)
    _wuyou_record_detail_take (self, kept, NULL, FALSE);
  else if (WUYOU_RECORD_DETAIL_GET_CLASS (self)->expect != NULL)
    WUYOU_RECORD_DETAIL_GET_CLASS (self)->expect (self, priv->id);
}

static void
forget (WuyouRecordDetail *self)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);

  wuyou_record_detail_stop (self);
  g_clear_pointer (&priv->id, g_free);
  g_clear_pointer (&priv->reason, g_free);
  priv->shown = FALSE;
  priv->refused = priv->away = priv->wanted = FALSE;
  WUYOU_RECORD_DETAIL_GET_CLASS (self)->forget (self);
  wuyou_banner_hide (priv->banner);
  wuyou_case_view_set_place (priv->view, 0);
}

void
wuyou_record_detail_show (WuyouRecordDetail *self, const char *id)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);

  if (id != NULL && g_strcmp0 (priv->id, id) == 0) {
    wuyou_record_detail_refresh (self);
    return;
  }
  forget (self);
  priv->id = g_strdup (id);
  if (id == NULL) {
    show_none (self);
    return;
  }
  wuyou_record_detail_refresh (self); /* first, as all else waits for it */
  show_cached (self);
}

/* --- the object --- */

static void
on_next_cb (WuyouRecordDetail *self)
{
  WUYOU_RECORD_DETAIL_GET_CLASS (self)->next (self);
}

static void
on_step_cb (WuyouRecordDetail *self, const char *name)
{
  WUYOU_RECORD_DETAIL_GET_CLASS (self)->step (self, name);
}

static void
wuyou_record_detail_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_CONTEXT)
    _wuyou_record_detail_get_private (WUYOU_RECORD_DETAIL (object))->context = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

/* That it is away is no longer true. What was pressed was not done, or the record says that it was. */
static void
on_online_changed_cb (WuyouRecordDetail *self)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);

  if (!priv->away || !wuyou_client_get_online (wuyou_app_context_get_client (priv->context)))
    return;
  priv->away = FALSE;
  wuyou_banner_show (priv->banner, WUYOU_BANNER_NOTE,
                     _ ("The server can be reached again. If what you wanted was not done, press again."), NULL);
  wuyou_record_detail_refresh (self);
}

static void
wuyou_record_detail_constructed (GObject *object)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (WUYOU_RECORD_DETAIL (object));

  G_OBJECT_CLASS (wuyou_record_detail_parent_class)->constructed (object);
  g_signal_connect_object (wuyou_app_context_get_client (priv->context), "notify::online",
                           G_CALLBACK (on_online_changed_cb), object, G_CONNECT_SWAPPED);
  show_none (WUYOU_RECORD_DETAIL (object));
}

static void
wuyou_record_detail_dispose (GObject *object)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (WUYOU_RECORD_DETAIL (object));

  if (priv->cancellable != NULL)
    g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->context);
  G_OBJECT_CLASS (wuyou_record_detail_parent_class)->dispose (object);
}

static void
wuyou_record_detail_finalize (GObject *object)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (WUYOU_RECORD_DETAIL (object));

  g_clear_object (&priv->cancellable);
  g_free (priv->id);
  g_free (priv->reason);
  wuyou_write_key_clear (&priv->key);
  G_OBJECT_CLASS (wuyou_record_detail_parent_class)->finalize (object);
}

static void
wuyou_record_detail_class_init (WuyouRecordDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->set_property = wuyou_record_detail_set_property;
  object_class->constructed = wuyou_record_detail_constructed;
  object_class->dispose = wuyou_record_detail_dispose;
  object_class->finalize = wuyou_record_detail_finalize;
  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, WUYOU_TYPE_APP_CONTEXT,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[EDIT_REQUESTED] = g_signal_new ("edit-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                          2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wuyou_record_detail_init (WuyouRecordDetail *self)
{
  WuyouRecordDetailPrivate *priv = _wuyou_record_detail_get_private (self);

  priv->cancellable = g_cancellable_new ();
  priv->view = WUYOU_CASE_VIEW (wuyou_case_view_new ());
  priv->banner = wuyou_case_view_get_banner (priv->view);
  priv->line = wuyou_case_view_get_line (priv->view);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->view));
  g_signal_connect_object (priv->view, "next", G_CALLBACK (on_next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->view, "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->view, "retry", G_CALLBACK (wuyou_record_detail_refresh), self, G_CONNECT_SWAPPED);
}
