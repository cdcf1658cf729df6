/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-consent.h"

G_BEGIN_DECLS

typedef struct {
  int kind;         /* WuyouConsentEventKind */
  char *document;   /* code, or NULL */
  gint64 at;        /* client's clock */
  gint64 server_at; /* 0 where the server did not see it */
} WuyouConsentEvent;

/* GArray of WuyouConsentEvent; MALFORMED when @json is something else. */
GArray *_wuyou_consent_events_read (const char *json, GError **error);
char *_wuyou_consent_events_write (const GArray *events);
GArray *_wuyou_consent_events_new (void);

/* Adds a violation to @error, which may be NULL-initialised; @sentence is N_(). */
void _wuyou_consent_refuse (GError **error, const char *field, const char *authority, const char *sentence);

G_END_DECLS
