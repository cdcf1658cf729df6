/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-record-form.h"

#include <glib/gi18n.h>

#include "drafts/wuyou-draft-submission.h"

typedef struct {
  WuyouAppContext *context;
  WuyouDraft *draft;
  WuyouDraftSubmission *submission;
  WuyouBusyButton *button; /* borrowed, as the banner */
  WuyouBanner *banner;
  char *title;
} WuyouRecordFormPrivate;

enum { PROP_0, PROP_TITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WuyouRecordForm, wuyou_record_form, ADW_TYPE_BIN)

static WuyouRecordFormPrivate *
get_private (WuyouRecordForm *self)
{
  return wuyou_record_form_get_instance_private (self);
}

const char *
wuyou_record_form_get_id (WuyouRecordForm *self)
{
  return wuyou_draft_get_id (get_private (self)->draft);
}

const char *
wuyou_record_form_get_title (WuyouRecordForm *self)
{
  return get_private (self)->title;
}

void
wuyou_record_form_focus (WuyouRecordForm *self, const char *field)
{
  WUYOU_RECORD_FORM_GET_CLASS (self)->focus (self, field);
}

void
wuyou_record_form_flush (WuyouRecordForm *self)
{
  wuyou_draft_flush (get_private (self)->draft);
}

void
wuyou_record_form_refresh (WuyouRecordForm *self)
{
  WUYOU_RECORD_FORM_GET_CLASS (self)->refresh (self);
}

/* While something of it is under way the answer of that is the news. */
void
wuyou_record_form_touch (WuyouRecordForm *self, const char *id)
{
  if (g_strcmp0 (id, wuyou_record_form_get_id (self)) == 0 && wuyou_draft_is_settled (get_private (self)->draft))
    wuyou_record_form_refresh (self);
}

void
wuyou_record_form_set_draft (WuyouRecordForm *self, WuyouDraft *draft)
{
  g_set_object (&get_private (self)->draft, draft);
}

void
wuyou_record_form_set_title (WuyouRecordForm *self, const char *title)
{
  WuyouRecordFormPrivate *priv = get_private (self);

  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
wuyou_record_form_close (WuyouRecordForm *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* --- its button --- */

static const char *
get_action (gpointer form)
{
  return WUYOU_RECORD_FORM_GET_CLASS (form)->get_action (form);
}

static const char *
get_etag (gpointer form)
{
  return WUYOU_RECORD_FORM_GET_CLASS (form)->get_etag (form);
}

static void
on_load_wanted_cb (gpointer form)
{
  wuyou_record_form_refresh (form);
}

static void
on_busy_cb (gpointer form, gboolean busy)
{
  wuyou_busy_button_set_busy (get_private (form)->button, busy);
}

static void
on_done_cb (gpointer form)
{
  wuyou_app_context_toast (get_private (form)->context, _ (WUYOU_RECORD_FORM_GET_CLASS (form)->kind->sent));
  wuyou_record_form_close (form);
}

static void
on_failed_cb (gpointer form, const GError *error)
{
  WuyouRecordFormClass *klass = WUYOU_RECORD_FORM_GET_CLASS (form);

  if (wuyou_error_get_violations (error) != NULL)
    klass->show_problems (form, error);
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE))
    wuyou_banner_show (get_private (form)->banner, WUYOU_BANNER_WARNING, _ (klass->kind->away), NULL);
  else
    wuyou_banner_show_error (get_private (form)->banner, error);
}

void
wuyou_record_form_set_submit (WuyouRecordForm *self,
                              WuyouAppContext *context,
                              WuyouBusyButton *button,
                              WuyouBanner *banner)
{
  static const WuyouDraftSubmissionCalls calls = {
    get_action, get_etag, on_load_wanted_cb, on_busy_cb, on_done_cb, on_failed_cb,
  };
  WuyouRecordFormPrivate *priv = get_private (self);

  priv->context = g_object_ref (context);
  priv->button = button;
  priv->banner = banner;
  priv->submission = wuyou_draft_submission_new (context, priv->draft, WUYOU_RECORD_FORM_GET_CLASS (self)->kind->route,
                                                 &calls, self);
  g_signal_connect_object (button, "cancelled", G_CALLBACK (wuyou_draft_submission_cancel), priv->submission,
                           G_CONNECT_SWAPPED);
}

void
wuyou_record_form_submit (WuyouRecordForm *self)
{
  WuyouRecordFormPrivate *priv = get_private (self);

  wuyou_banner_hide (priv->banner);
  wuyou_draft_submission_begin (priv->submission);
}

void
wuyou_record_form_loaded (WuyouRecordForm *self, const GError *error)
{
  wuyou_draft_submission_loaded (get_private (self)->submission, error);
}

static void
wuyou_record_form_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_TITLE)
    g_value_set_string (value, wuyou_record_form_get_title (WUYOU_RECORD_FORM (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wuyou_record_form_dispose (GObject *object)
{
  WuyouRecordFormPrivate *priv = get_private (WUYOU_RECORD_FORM (object));

  if (priv->submission != NULL)
    wuyou_draft_submission_leave (priv->submission);
  G_OBJECT_CLASS (wuyou_record_form_parent_class)->dispose (object);
}

static void
wuyou_record_form_finalize (GObject *object)
{
  WuyouRecordFormPrivate *priv = get_private (WUYOU_RECORD_FORM (object));

  g_clear_object (&priv->submission);
  g_clear_object (&priv->context);
  g_clear_object (&priv->draft);
  g_free (priv->title);
  G_OBJECT_CLASS (wuyou_record_form_parent_class)->finalize (object);
}

static void
wuyou_record_form_class_init (WuyouRecordFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wuyou_record_form_get_property;
  object_class->dispose = wuyou_record_form_dispose;
  object_class->finalize = wuyou_record_form_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CLOSED]
      = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_record_form_init (WuyouRecordForm *self)
{
}
