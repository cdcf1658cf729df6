/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* What stands between signing in and the work: choosing a password, the agreements, later others. A gate fills the
 * one window; the server decides which are open (session gates), the client only shows them. */
#define WUYOU_TYPE_GATE (wuyou_gate_get_type ())
G_DECLARE_DERIVABLE_TYPE (WuyouGate, wuyou_gate, WUYOU, GATE, AdwBin)

struct _WuyouGateClass {
  AdwBinClass parent_class;
  gpointer padding[6];
};

/* Construct property "context". The gate loads itself when constructed; it is disposed when it is open.
 * Its grab_focus is called once it is shown. */
WuyouAppContext *wuyou_gate_get_context (WuyouGate *self);  /* borrowed */
GCancellable *wuyou_gate_get_cancellable (WuyouGate *self); /* cancelled on dispose; borrowed */
/* The person did what was asked: the window asks the server again and goes on. */
void wuyou_gate_passed (WuyouGate *self);
/* The person will not: signs out. */
void wuyou_gate_refused (WuyouGate *self);

/* A bar without a title whose only button is the other way out: signing out. Floating. */
GtkWidget *wuyou_gate_header_new (void);

typedef struct {
  const char *id; /* as in the session's gates: "CONSENT_REQUIRED" */
  GType (*get_type) (void);
} WuyouGateInfo;

/* First open gate of @session, or NULL. */
const WuyouGateInfo *wuyou_gates_first (WuyouSession *session);

G_END_DECLS
