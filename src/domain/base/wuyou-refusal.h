/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-error.h"

G_BEGIN_DECLS

/* How a check says no: sets an INVALID error with the controlling standard (may be NULL) and returns FALSE.
 * @sentence is N_() and shown translated; the taken one was translated when it was put together. */
gboolean wuyou_refuse (GError **error, const char *authority, const char *sentence);
gboolean wuyou_refuse_take (GError **error, const char *authority, char *sentence);

/* For rules that say everything that is wrong at once: adds a violation to @refusal, which gets its own code and
 * message from the first. @sentence is taken. The rest is copied. */
void
wuyou_refusal_collect (GError **refusal, WuyouError code, const char *field, const char *authority, char *sentence);

G_END_DECLS
