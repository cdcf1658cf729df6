/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-gate.h"

#include <glib/gi18n.h>

typedef struct {
  WuyouAppContext *context;
  GCancellable *cancellable;
} WuyouGatePrivate;

enum { PROP_0, PROP_CONTEXT, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { PASSED, REFUSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WuyouGate, wuyou_gate, ADW_TYPE_BIN)

static WuyouGatePrivate *
get_private (WuyouGate *self)
{
  return wuyou_gate_get_instance_private (self);
}

WuyouAppContext *
wuyou_gate_get_context (WuyouGate *self)
{
  return get_private (self)->context;
}

GCancellable *
wuyou_gate_get_cancellable (WuyouGate *self)
{
  return get_private (self)->cancellable;
}

void
wuyou_gate_passed (WuyouGate *self)
{
  g_signal_emit (self, signals[PASSED], 0);
}

void
wuyou_gate_refused (WuyouGate *self)
{
  g_signal_emit (self, signals[REFUSED], 0);
}

GtkWidget *
wuyou_gate_header_new (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *sign_out = gtk_button_new_with_mnemonic (_ ("Sign _Out"));

  gtk_widget_add_css_class (header, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (sign_out), "win.sign-out");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), sign_out);
  /* A window title keeps room for a few letters even without any. */
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_bin_new ());
  return header;
}

static void
wuyou_gate_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_CONTEXT)
    g_value_set_object (value, get_private (WUYOU_GATE (object))->context);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wuyou_gate_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_CONTEXT)
    get_private (WUYOU_GATE (object))->context = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_gate_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (get_private (WUYOU_GATE (widget))->cancellable);
  GTK_WIDGET_CLASS (wuyou_gate_parent_class)->unroot (widget);
}

static void
wuyou_gate_dispose (GObject *object)
{
  WuyouGatePrivate *priv = get_private (WUYOU_GATE (object));

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->context);
  G_OBJECT_CLASS (wuyou_gate_parent_class)->dispose (object);
}

static void
wuyou_gate_finalize (GObject *object)
{
  g_clear_object (&get_private (WUYOU_GATE (object))->cancellable);
  G_OBJECT_CLASS (wuyou_gate_parent_class)->finalize (object);
}

static void
wuyou_gate_class_init (WuyouGateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = wuyou_gate_get_property;
  object_class->set_property = wuyou_gate_set_property;
  object_class->dispose = wuyou_gate_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_gate_unroot;
  object_class->finalize = wuyou_gate_finalize;
  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, WUYOU_TYPE_APP_CONTEXT,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[PASSED] = g_signal_new ("passed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_gate_init (WuyouGate *self)
{
  get_private (self)->cancellable = g_cancellable_new ();
}
