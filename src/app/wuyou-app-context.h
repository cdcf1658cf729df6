/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "base/wuyou-clock.h"
#include "client/wuyou-client.h"
#include "client/wuyou-feed.h"
#include "client/wuyou-local.h"
#include "client/wuyou-outbox.h"
#include "client/wuyou-session.h"
#include "client/wuyou-uploads.h"

G_BEGIN_DECLS

/* What every page needs, passed at construction and never fetched from the application. All getters borrow;
 * nothing in here is NULL for as long as the context lives. */
#define WUYOU_TYPE_APP_CONTEXT (wuyou_app_context_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAppContext, wuyou_app_context, WUYOU, APP_CONTEXT, GObject)

/* @settings is referenced; @clock is copied; @data_dir is where sealed files live (created 0700). */
WuyouAppContext *wuyou_app_context_new (GSettings *settings, const WuyouClock *clock, const char *data_dir);

WuyouClient *wuyou_app_context_get_client (WuyouAppContext *self);
WuyouSession *wuyou_app_context_get_session (WuyouAppContext *self);
WuyouLocal *wuyou_app_context_get_local (WuyouAppContext *self);
WuyouOutbox *wuyou_app_context_get_outbox (WuyouAppContext *self);
WuyouUploads *wuyou_app_context_get_uploads (WuyouAppContext *self);
WuyouFeed *wuyou_app_context_get_feed (WuyouAppContext *self);
GSettings *wuyou_app_context_get_settings (WuyouAppContext *self);
const WuyouClock *wuyou_app_context_get_clock (WuyouAppContext *self);
gint64 wuyou_app_context_now (WuyouAppContext *self);   /* the server's time as far as known, µs */
char *wuyou_app_context_new_id (WuyouAppContext *self); /* UUIDv7; owned */
/* Name under which the keyring knows the local key of @account on the present server; the token stands beside it with
 * " token" appended. Owned. */
char *wuyou_app_context_dup_slot (WuyouAppContext *self, const char *account);
/* Signs out on this side. @wipe destroys the local data; @sentence (may be NULL) is shown where one signs in.
 * Signal "ended" (const char *sentence). */
void wuyou_app_context_end_session (WuyouAppContext *self, gboolean wipe, const char *sentence);

/* Signals: "place-requested" (const char *page, const char *record), "toast-requested" (AdwToast *). */
void wuyou_app_context_go (WuyouAppContext *self, const char *page, const char *record);
void wuyou_app_context_toast (WuyouAppContext *self, const char *text);
/* One sentence for @error as a toast; CANCELLED says nothing. @error is borrowed and may be NULL. */
void wuyou_app_context_toast_error (WuyouAppContext *self, const GError *error);
void wuyou_app_context_add_toast (WuyouAppContext *self, AdwToast *toast); /* @toast is borrowed, unless it floats */
/* A toast with a button; @undo runs once when it is pressed, @destroy in any case. */
void wuyou_app_context_toast_undo (WuyouAppContext *self,
                                   const char *text,
                                   const char *button,
                                   void (*undo) (gpointer data),
                                   gpointer data,
                                   GDestroyNotify destroy);

G_END_DECLS
