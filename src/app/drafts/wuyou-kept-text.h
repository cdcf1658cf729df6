/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Words that take a while to write, sealed on this computer with every key until they were sent: what stood in an entry
 * when its dialog was closed, or the program ended, stands there again. One for each record and @what it is for: the
 * name of a step, "message". */
char *wuyou_kept_text_dup (WuyouAppContext *context, const char *what, const char *record); /* NULL: none */
/* @text empty or NULL: forgets. */
void wuyou_kept_text_save (WuyouAppContext *context, const char *what, const char *record, const char *text);

/* Puts what was kept into @entry, and keeps what is typed there from now on. */
void wuyou_kept_text_follow (WuyouAppContext *context, GtkEditable *entry, const char *what, const char *record);

G_END_DECLS
