/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-page.h"

#include <glib/gi18n.h>

#include "widgets/wuyou-busy-line.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-split-view.h"

typedef struct {
  WuyouAppContext *context;
  GCancellable *cancellable;
  char *title;
  AdwHeaderBar *header;
  AdwWindowTitle *window_title;
  WuyouBusyLine *line;
  GtkBox *box;
  GtkWidget *content;
  GtkWidget *back;
  gboolean busy, inner;
} WuyouPagePrivate;

enum { PROP_0, PROP_CONTEXT, PROP_TITLE, PROP_SUBTITLE, PROP_BUSY, PROP_CONTENT, N_PROPS };
static GParamSpec *properties[N_PROPS];

static GtkBuildableIface *parent_buildable;

static void
wuyou_page_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  WuyouPage *self = WUYOU_PAGE (buildable);

  if (g_strcmp0 (type, "start") == 0)
    adw_header_bar_pack_start (wuyou_page_get_header (self), GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    adw_header_bar_pack_end (wuyou_page_get_header (self), GTK_WIDGET (child));
  else if (g_strcmp0 (type, "title") == 0)
    adw_header_bar_set_title_widget (wuyou_page_get_header (self), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
wuyou_page_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = wuyou_page_add_child;
}

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (WuyouPage,
                                  wuyou_page,
                                  ADW_TYPE_BIN,
                                  G_ADD_PRIVATE (WuyouPage)
                                      G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, wuyou_page_buildable_init))

static WuyouPagePrivate *
get_private (WuyouPage *self)
{
  return wuyou_page_get_instance_private (self);
}

static gboolean
is_folded (WuyouPage *self)
{
  GtkWidget *split = gtk_widget_get_ancestor (GTK_WIDGET (self), WUYOU_TYPE_SPLIT_VIEW);

  return split != NULL && wuyou_split_view_get_folded (WUYOU_SPLIT_VIEW (split));
}

WuyouAppContext *
wuyou_page_get_context (WuyouPage *self)
{
  return get_private (self)->context;
}

GCancellable *
wuyou_page_get_cancellable (WuyouPage *self)
{
  return get_private (self)->cancellable;
}

const char *
wuyou_page_get_title (WuyouPage *self)
{
  return get_private (self)->title;
}

void
wuyou_page_set_title (WuyouPage *self, const char *title)
{
  WuyouPagePrivate *priv = get_private (self);

  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  adw_window_title_set_title (priv->window_title, title != NULL ? title : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

AdwHeaderBar *
wuyou_page_get_header (WuyouPage *self)
{
  return get_private (self)->header;
}

void
wuyou_page_set_content (WuyouPage *self, GtkWidget *content)
{
  WuyouPagePrivate *priv = get_private (self);

  if (priv->content != NULL)
    gtk_box_remove (priv->box, priv->content);
  priv->content = content;
  if (content == NULL)
    return;
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (priv->box, content);
}

gboolean
wuyou_page_get_busy (WuyouPage *self)
{
  return get_private (self)->busy;
}

void
wuyou_page_set_busy (WuyouPage *self, gboolean busy)
{
  WuyouPagePrivate *priv = get_private (self);

  if (priv->busy == busy)
    return;
  priv->busy = busy;
  wuyou_busy_line_set_busy (priv->line, busy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
wuyou_page_enter (WuyouPage *self)
{
  WuyouPagePrivate *priv = get_private (self);

  if (g_cancellable_is_cancelled (priv->cancellable)) {
    g_object_unref (priv->cancellable);
    priv->cancellable = g_cancellable_new ();
  }
  wuyou_page_refresh (self);
}

void
wuyou_page_leave (WuyouPage *self)
{
  g_cancellable_cancel (get_private (self)->cancellable);
  wuyou_page_set_busy (self, FALSE);
  WUYOU_PAGE_GET_CLASS (self)->left (self);
}

void
wuyou_page_refresh (WuyouPage *self)
{
  WuyouPageClass *klass = WUYOU_PAGE_GET_CLASS (self);

  if (klass->refresh != NULL)
    klass->refresh (self);
}

gboolean
wuyou_page_can_leave (WuyouPage *self, char **ret_reason)
{
  WuyouPageClass *klass = WUYOU_PAGE_GET_CLASS (self);

  return klass->can_leave == NULL || klass->can_leave (self, ret_reason);
}

void
wuyou_page_open_record (WuyouPage *self, const char *record)
{
  WuyouPageClass *klass = WUYOU_PAGE_GET_CLASS (self);

  if (klass->open_record != NULL)
    klass->open_record (self, record);
}

gboolean
wuyou_page_act (WuyouPage *self, WuyouPageAct act)
{
  WuyouPageClass *klass = WUYOU_PAGE_GET_CLASS (self);

  if (klass->act != NULL && klass->act (self, act))
    return TRUE;
  return act == WUYOU_PAGE_BACK && is_folded (self)
         && gtk_widget_activate_action (GTK_WIDGET (self), "split.back", NULL);
}

static void
update_back (WuyouPage *self)
{
  gtk_widget_set_visible (get_private (self)->back, get_private (self)->inner || is_folded (self));
}

void
wuyou_page_set_inner (WuyouPage *self, gboolean inner)
{
  get_private (self)->inner = inner;
  update_back (self);
}

static void
on_back_clicked_cb (WuyouPage *self)
{
  wuyou_page_act (self, WUYOU_PAGE_BACK);
}

/* What the page is about, before its header's buttons. */
static gboolean
wuyou_page_grab_focus (GtkWidget *widget)
{
  WuyouPagePrivate *priv = get_private (WUYOU_PAGE (widget));

  return priv->content != NULL && gtk_widget_child_focus (priv->content, GTK_DIR_TAB_FORWARD);
}

static void
wuyou_page_left (WuyouPage *self)
{
}

WuyouFinding *
wuyou_finding_new (const char *record, const char *title, const char *subtitle)
{
  WuyouFinding *finding = g_new0 (WuyouFinding, 1);

  finding->record = g_strdup (record);
  finding->title = g_strdup (title);
  finding->subtitle = g_strdup (subtitle);
  return finding;
}

void
wuyou_finding_free (WuyouFinding *finding)
{
  g_free (finding->record);
  g_free (finding->title);
  g_free (finding->subtitle);
  g_free (finding);
}

static void
wuyou_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouPagePrivate *priv = get_private (WUYOU_PAGE (object));

  switch (prop_id) {
  case PROP_CONTEXT:
    g_value_set_object (value, priv->context);
    break;
  case PROP_TITLE:
    g_value_set_string (value, priv->title);
    break;
  case PROP_SUBTITLE:
    g_value_set_string (value, adw_window_title_get_subtitle (priv->window_title));
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, priv->busy);
    break;
  case PROP_CONTENT:
    g_value_set_object (value, priv->content);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WuyouPage *self = WUYOU_PAGE (object);
  WuyouPagePrivate *priv = get_private (self);

  switch (prop_id) {
  case PROP_CONTEXT:
    priv->context = g_value_dup_object (value);
    break;
  case PROP_TITLE:
    wuyou_page_set_title (self, g_value_get_string (value));
    break;
  case PROP_SUBTITLE:
    adw_window_title_set_subtitle (priv->window_title, g_value_get_string (value));
    break;
  case PROP_BUSY:
    wuyou_page_set_busy (self, g_value_get_boolean (value));
    break;
  case PROP_CONTENT:
    wuyou_page_set_content (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

/* The window's columns are known once the page stands in them. */
static void
wuyou_page_root (GtkWidget *widget)
{
  GtkWidget *split = gtk_widget_get_ancestor (widget, WUYOU_TYPE_SPLIT_VIEW);

  GTK_WIDGET_CLASS (wuyou_page_parent_class)->root (widget);
  if (split != NULL)
    g_signal_connect_object (split, "notify::folded", G_CALLBACK (update_back), widget, G_CONNECT_SWAPPED);
  update_back (WUYOU_PAGE (widget));
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_page_unroot (GtkWidget *widget)
{
  GtkWidget *split = gtk_widget_get_ancestor (widget, WUYOU_TYPE_SPLIT_VIEW);

  if (split != NULL)
    g_signal_handlers_disconnect_by_func (split, update_back, widget);
  g_cancellable_cancel (get_private (WUYOU_PAGE (widget))->cancellable);
  GTK_WIDGET_CLASS (wuyou_page_parent_class)->unroot (widget);
}

static void
wuyou_page_dispose (GObject *object)
{
  WuyouPagePrivate *priv = get_private (WUYOU_PAGE (object));

  if (priv->cancellable != NULL)
    g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->context);
  G_OBJECT_CLASS (wuyou_page_parent_class)->dispose (object);
}

static void
wuyou_page_finalize (GObject *object)
{
  WuyouPagePrivate *priv = get_private (WUYOU_PAGE (object));

  g_clear_object (&priv->cancellable);
  g_free (priv->title);
  G_OBJECT_CLASS (wuyou_page_parent_class)->finalize (object);
}

static void
wuyou_page_class_init (WuyouPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wuyou_page_get_property;
  object_class->set_property = wuyou_page_set_property;
  object_class->dispose = wuyou_page_dispose;
  GTK_WIDGET_CLASS (klass)->root = wuyou_page_root;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_page_unroot;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_page_grab_focus);
  object_class->finalize = wuyou_page_finalize;
  klass->left = wuyou_page_left;
  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, WUYOU_TYPE_APP_CONTEXT,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE]
      = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONTENT]
      = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static GtkWidget *
build_back (WuyouPage *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Back"), -1);
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_back_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
wuyou_page_init (WuyouPage *self)
{
  WuyouPagePrivate *priv = get_private (self);

  priv->cancellable = g_cancellable_new ();
  priv->header = ADW_HEADER_BAR (adw_header_bar_new ());
  priv->window_title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  priv->line = WUYOU_BUSY_LINE (wuyou_busy_line_new ());
  priv->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  adw_header_bar_set_title_widget (priv->header, GTK_WIDGET (priv->window_title));
  priv->back = build_back (self);
  adw_header_bar_pack_start (priv->header, priv->back);
  gtk_box_append (priv->box, GTK_WIDGET (priv->header));
  gtk_box_append (priv->box, GTK_WIDGET (priv->line));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->box));
}
