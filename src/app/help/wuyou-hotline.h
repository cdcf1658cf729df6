/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The support line: number, whether somebody answers now, until or from when, copied with one press (P-10). It loads
 * itself when it is first seen, and says nothing while it knows nothing. */
#define WUYOU_TYPE_HOTLINE (wuyou_hotline_get_type ())
G_DECLARE_FINAL_TYPE (WuyouHotline, wuyou_hotline, WUYOU, HOTLINE, AdwBin)

GtkWidget *wuyou_hotline_new (WuyouAppContext *context);
void wuyou_hotline_load (WuyouHotline *self);
/* Takes the body of GET /v1/support and the instant to judge by. */
void wuyou_hotline_show (WuyouHotline *self, JsonObject *support, gint64 now);
/* "open now, until 18:00" or "opens 2026-11-24 09:00"; translated, owned, NULL when there are no hours. */
char *wuyou_hotline_describe (JsonObject *support, gint64 now, gboolean *ret_open);

G_END_DECLS
