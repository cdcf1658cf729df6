/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-outbox.h"

G_BEGIN_DECLS

struct _WuyouOutboxItem {
  GObject parent_instance;
  char *id;
  char *kind;
  char *record;
  char *label;
  WuyouRouteId route;
  char **args;
  char **query;
  char *body;
  char *if_match;
  gboolean follow_tag;
  gboolean tried; /* may have reached the server */
  WuyouOutboxState state;
  GError *error;
};

WuyouOutboxItem *_wuyou_outbox_item_new (const char *id, const WuyouWrite *write);
void _wuyou_outbox_item_fill (WuyouOutboxItem *self, const WuyouWrite *write);
void _wuyou_outbox_item_set_state (WuyouOutboxItem *self, WuyouOutboxState state, const GError *error);
char *_wuyou_outbox_item_to_json (WuyouOutboxItem *self);                         /* owned */
WuyouOutboxItem *_wuyou_outbox_item_from_json (const char *id, const char *json); /* owned; NULL: not readable */

G_END_DECLS
