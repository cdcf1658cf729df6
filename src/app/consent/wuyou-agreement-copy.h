/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "consent/wuyou-agreement.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* The person's copy (P-03, P-11). Failures and success are told by a toast; @footer, who agreed and when, may be NULL.
 */
void wuyou_agreement_copy_save (WuyouAppContext *context, GtkWidget *parent, WuyouBundle *bundle, const char *footer);
void wuyou_agreement_copy_print (WuyouAppContext *context, GtkWidget *parent, WuyouBundle *bundle, const char *footer);
/* Without asking where; off the main thread. */
void wuyou_agreement_copy_write_async (WuyouBundle *bundle,
                                       const char *footer,
                                       gint64 now,
                                       GFile *file,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean wuyou_agreement_copy_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
