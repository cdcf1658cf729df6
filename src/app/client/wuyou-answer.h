/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What came back, taken apart: an object, bytes, or a problem. Inside client/ only. */
typedef struct {
  guint status;
  char *etag;
  char *type;
  GBytes *bytes;
  JsonObject *object;  /* NULL for bytes and for an empty answer */
  JsonObject *problem; /* of a refusal; NULL when it was not problem+json */
} WuyouAnswer;

/* Always gives an answer, without its object; @error is set when it is a refusal or a redirect to a place that is not
 * secure. */
WuyouAnswer *wuyou_answer_new (SoupMessage *message, GBytes *bytes, GError **error);

/* Its object, on any thread; @error is set for an answer that no server of ours gives (OFFLINE: a portal stands in the
 * way). */
void wuyou_answer_read (WuyouAnswer *answer, GError **error);
void wuyou_answer_free (WuyouAnswer *answer);

G_END_DECLS
